/* SPDX-License-Identifier: MIT
 * call.c — calls of operators by name, with arguments as a program writes them. */
#include "capture/capture.h"

static arg convert(cot_builder *b, const cot_argument *from) {
    arena *a = b->b.graph->arena;
    switch (from->kind) {
    case COT_ARGUMENT_NONE: return arg_none();
    case COT_ARGUMENT_VALUE: return value_argument(b, from->value);
    case COT_ARGUMENT_INT: return arg_int(from->integer);
    case COT_ARGUMENT_REAL: return arg_float(from->real);
    case COT_ARGUMENT_BOOL: return arg_bool(from->integer != 0);
    case COT_ARGUMENT_DTYPE: return arg_dtype((cot_dtype)from->integer);
    case COT_ARGUMENT_TEXT: return arg_string(arena_string(a, from->text, strlen(from->text)));
    case COT_ARGUMENT_INTS:
    case COT_ARGUMENT_VALUES: {
        const bool ints = from->kind == COT_ARGUMENT_INTS;
        arg *items = ARENA_ARRAY(a, arg, from->count);
        for (uint32_t i = 0; i < from->count; i++)
            items[i] = !ints                           ? value_argument(b, from->values[i])
                       : size_is_symbol(from->ints[i]) ? emit_dim(&b->b, size_dim(from->ints[i]))
                                                       : arg_int(from->ints[i]);
        return arg_list_of(items, from->count);
    }
    case COT_ARGUMENT_OPERATOR: {
        const op *o = op_find(b->b.graph->ctx, from->text);
        if (!o) builder_fail(&b->b, COT_UNKNOWN_OPERATOR, "unknown operator %s", from->text);
        return o ? (arg){.kind = ARG_OP, .op = o} : arg_none();
    }
    case COT_ARGUMENT_BODY: builder_fail(&b->b, COT_INVALID, "the operator takes no body"); return arg_none();
    }
    builder_fail(&b->b, COT_INVALID, "an argument of kind %d", (int)from->kind);
    return arg_none();
}

arg call_argument(cot_builder *b, const cot_argument *from) { return convert(b, from); }

static cot_value call(cot_builder *b, const char *name, const cot_argument *arguments, uint32_t count) {
    arena *a = b->b.graph->arena;
    arg *args = ARENA_ARRAY(a, arg, count);
    const char **keywords = ARENA_ARRAY(a, const char *, count);
    uint32_t npos = 0;
    for (uint32_t i = 0; i < count; i++) {
        args[i] = convert(b, &arguments[i]);
        if (arguments[i].keyword)
            keywords[i - npos] = arena_string(a, arguments[i].keyword, strlen(arguments[i].keyword));
        else if (npos++ != i)
            builder_fail(&b->b, COT_INVALID, "%s: an argument by position after one by keyword", name);
    }
    if (b->b.status) return COT_NO_VALUE;
    const arg result = emit_written(&b->b, name, args, npos, args + npos, keywords, count - npos);
    return value_of_argument(b, &result);
}

/* A name in the namespace of the higher-order operators, "torch.ops." in front or not. */
static const char *higher_order_name(const char *name) {
    if (!strncmp(name, "torch.ops.", 10)) name += 10;
    return strncmp(name, "higher_order.", 13) ? NULL : name + 13;
}

cot_value cot_call(cot_builder *b, const char *name, const cot_argument *arguments, uint32_t count) {
    GUARDED(b, COT_NO_VALUE);
    cot_value v = COT_NO_VALUE;
    if (builder_in_scope(b)) {
        const op *o = op_find(b->b.graph->ctx, name);
        const char *control = higher_order_name(name);
        if (o && (o->traits & OP_CONTROL)) v = control_capture(b, o, arguments, count);
        else if (control)
            builder_fail(&b->b, COT_UNKNOWN_OPERATOR, "Unable to create higher order operator variable for %s.",
                         control);
        else v = call(b, name, arguments, count);
    }
    UNGUARDED();
    return v;
}

cot_value cot_operator(cot_builder *b, const char *symbol, cot_value x, cot_value y) {
    GUARDED(b, COT_NO_VALUE);
    cot_value v = COT_NO_VALUE;
    if (builder_in_scope(b)) {
        const arg left = value_argument(b, x), right = value_argument(b, y);
        const arg result = emit_operator(&b->b, symbol, left, right);
        v = value_of_argument(b, &result);
    }
    UNGUARDED();
    return v;
}
