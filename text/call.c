/* SPDX-License-Identifier: MIT
 * call.c — one call: arguments bound to the operator's schema, its type computed, a node appended. */
#include "text/read.h"

#include "base/error.h"

#include <string.h>

void call_push(reader *r, call_args *c, arg a) { *VEC_PUSH(r->scratch, &c->pos) = a; }

void call_push_keyword(reader *r, call_args *c, const char *name, arg a) {
    *VEC_PUSH(r->scratch, &c->kwnames) = name;
    *VEC_PUSH(r->scratch, &c->kw) = a;
}

/* ---- arguments --------------------------------------------------------------------------------------------------- */

/* "name = " in front of an argument: passes it and gives the name, else NULL. */
static const char *read_keyword(reader *r) {
    if (read_now(r)->kind != TOKEN_NAME) return NULL;
    lexer next = r->lex;
    lex_next(&next);
    if (!token_is(&next.now, '=')) return NULL;
    const char *name = read_name_of(r, read_now(r));
    lex_next(&next);
    r->lex = next;
    return name;
}

cot_status read_call_args(reader *r, call_args *c) {
    token open = *read_now(r);
    TRY(read_expect(r, '(', "("));
    while (!read_at(r, ')')) {
        token at = *read_now(r);
        const char *name = read_keyword(r);
        arg a;
        TRY(read_expression(r, &a));
        if (name) call_push_keyword(r, c, name, a);
        else if (c->kw.count)
            return read_fail(r, &at, COT_SYNTAX, "a positional argument stands behind a keyword argument");
        else call_push(r, c, a);
        if (!read_accept(r, ',')) break;
    }
    return read_close(r, &open, ')', ")");
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

/* The annotation counts for the node that has the statement's name. */
static cot_status settle_type(reader *r, const token *at, value v) {
    node *n = &r->graph->nodes.data[v];
    if (!r->target || strcmp(n->name, r->target) || !r->annotation.given || (n->flags & NODE_ANNOTATED)) return COT_OK;
    n->flags |= NODE_ANNOTATED;
    if (!r->annotation.is_type) {
        n->dtype_text = r->annotation.text;
        return COT_OK;
    }
    n->annotation = arena_copy(r->arena, &r->annotation.type, sizeof(type));
    return read_reconcile(r, at, &r->annotation, n->name, &n->type);
}

cot_status read_settle(reader *r, const token *at, value v) {
    if (strcmp(r->graph->nodes.data[v].name, r->target)) read_rename(r, v, r->target);
    return settle_type(r, at, v);
}

static cot_status finish_node(reader *r, const token *at, value v, arg *out) {
    *out = arg_value(v);
    return settle_type(r, at, v);
}

static cot_status fail_binding(reader *r, const token *at, const op *o, const char *why) {
    return read_fail(r, at, COT_SCHEMA, "%s: %s", o->name, why);
}

/* Operands of several floating dtypes: wrong for most operators, but right in an autocast region, which casts them. The
 * region's body does not know that it is one; functionalize casts, and refuses what is still wrong. */
static bool mixes_floats(const reader *r, const op *o, const arg *bound) {
    uint32_t seen = 0;
    for (uint32_t i = 0; i < o->num_params; i++) {
        const type *t = bound[i].kind == ARG_VALUE ? graph_type(r->graph, bound[i].value) : NULL;
        if (t && t->kind == TYPE_TENSOR && dtype_is_float(t->dtype)) seen |= 1u << t->dtype;
    }
    return seen & (seen - 1);
}

/* A rule that cannot say is no error while the text says. */
static bool annotation_may_help(const reader *r, cot_status status, bool casts) {
    return (status != COT_SHAPE || casts) && status != COT_SCHEMA && status != COT_NO_MEMORY && r->target &&
           r->annotation.is_type && read_at_end(r);
}

static cot_status emit_with_schema(reader *r, const token *at, const op *o, const call_args *c, arg *out) {
    char why[256];
    uint32_t kwmask;
    arg *bound = ARENA_ARRAY(r->arena, arg, o->num_params);
    if (bind_args(r->graph, o, c->pos.data, c->pos.count, c->kw.data, c->kwnames.data, c->kw.count, bound, &kwmask, why,
                  sizeof why))
        return fail_binding(r, at, o, why);
    type result = {0};
    cot_status status = infer_type(r->graph, o, bound, &result, r->error);
    if (status && !annotation_may_help(r, status, mixes_floats(r, o, bound))) return read_place(r, at, status);
    if (status) result = r->annotation.type;
    value v = read_append(r, at, o);
    node *n = &r->graph->nodes.data[v];
    n->args = bound;
    n->nargs = o->num_params;
    n->npos = (uint16_t)c->pos.count;
    n->kwmask = kwmask;
    n->type = result;
    const bool changes = (o->traits & OP_REBINDS) || (o->traits & OP_MUTATES && o->functional && o->traits & OP_VIEW);
    if (changes && bound[0].kind == ARG_VALUE && !type_equal(graph_type(r->graph, bound[0].value), &result, true))
        read_rebind(r, bound[0].value, v);
    return finish_node(r, at, v, out);
}

/* Control operators: arguments as written. Their type comes from the hook, else from their getitems (index.c). */
static cot_status emit_without_schema(reader *r, const token *at, const op *o, const call_args *c, arg *out) {
    uint32_t npos = c->pos.count, count = npos + c->kw.count;
    if (count > UINT16_MAX) return read_fail(r, at, COT_SCHEMA, "%s: %u arguments are too many", o->name, count);
    arg *args = ARENA_ARRAY(r->arena, arg, count);
    if (npos) memcpy(args, c->pos.data, npos * sizeof(arg));
    if (c->kw.count) memcpy(args + npos, c->kw.data, c->kw.count * sizeof(arg));
    type result = {0};
    const char *const *kwnames =
        c->kw.count ? arena_copy(r->arena, c->kwnames.data, c->kw.count * sizeof(char *)) : NULL;
    const node call = {.op = o, .args = args, .nargs = (uint16_t)count, .npos = (uint16_t)npos, .kwnames = kwnames};
    cot_status status = control_shape(r->graph, &call, &result, r->error);
    if (status) return read_place(r, at, status);
    value v = read_append(r, at, o);
    node *n = &r->graph->nodes.data[v];
    n->args = args;
    n->nargs = (uint16_t)count;
    n->npos = (uint16_t)npos;
    n->kwnames = kwnames;
    n->type = result;
    if (o->record->control && o->record->control->mark) TRY(read_mark(r, at, v));
    return finish_node(r, at, v, out);
}

cot_status read_emit(reader *r, const token *at, const op *o, const call_args *c, arg *out) {
    return o->has_schema ? emit_with_schema(r, at, o, c, out) : emit_without_schema(r, at, o, c, out);
}

cot_status read_emit_aten(reader *r, const token *at, const char *packet, const call_args *c, arg *out) {
    if (c->kw.count && read_is_out(r, packet, c)) {
        call_args written = *c;
        written.kw.data = arena_copy(r->scratch, c->kw.data, c->kw.count * sizeof(arg));
        written.kwnames.data = arena_copy(r->scratch, c->kwnames.data, c->kw.count * sizeof(char *));
        return read_call_out(r, at, packet, &written, out);
    }
    const op *o = op_select(r->graph, packet, c->pos.data, c->pos.count, c->kw.data, c->kwnames.data, c->kw.count);
    if (!o) o = op_find(r->ctx, packet); /* none fits: binding says why */
    if (o) return read_emit(r, at, o, c, out);
    return read_unknown(r, at, packet);
}

cot_status read_unknown(reader *r, const token *at, const char *name) {
    const char *near = op_nearest(r->ctx, name);
    if (near) return read_fail(r, at, COT_UNKNOWN_OPERATOR, "unknown operator %s; did you mean %s?", name, near);
    return read_fail(r, at, COT_UNKNOWN_OPERATOR, "unknown operator %s", name);
}

/* ---- attributes of the module ------------------------------------------------------------------------------------ */

cot_status read_get_attr(reader *r, const token *at, const char *path, arg *out) {
    value v = read_append(r, at, op_get_attr(r->ctx));
    node *n = &r->graph->nodes.data[v];
    n->target = arena_string(r->arena, path, strlen(path));
    if (map_get(&r->children, path) != MAP_NONE) n->type.kind = TYPE_GRAPH;
    return finish_node(r, at, v, out);
}

/* ---- getitem ----------------------------------------------------------------------------------------------------- */

/* The least power of two that is not below n, the parts that there is room for; 0 for 0. */
static uint32_t power_of_two(uint32_t n) { return n < 2 ? n : 1u << (32 - __builtin_clz(n - 1)); }

/* A part of a result whose type nobody computed: the annotations of the parts make it. */
static void grow_tuple(reader *r, value tuple, uint32_t index, const type *part) {
    type *t = &r->graph->nodes.data[tuple].type;
    if (index >= power_of_two(t->count)) {
        type *parts = ARENA_ARRAY(r->arena, type, power_of_two(index + 1));
        if (t->count) memcpy(parts, t->parts, t->count * sizeof(type));
        t->parts = parts;
    }
    ((type *)t->parts)[index] = *part;
    t->kind = TYPE_TUPLE;
    t->count = MAX(t->count, index + 1);
}

static value append_item(reader *r, const token *at, value tuple, arg index) {
    const value v = read_append(r, at, op_getitem(r->ctx));
    node *n = &r->graph->nodes.data[v];
    arg *args = ARENA_ARRAY(r->arena, arg, 2);
    args[0] = arg_value(tuple);
    args[1] = index;
    n->args = args;
    n->nargs = n->npos = 2;
    return v;
}

cot_status read_item_of_name(reader *r, const token *at, value dict, const char *name, arg *out) {
    const node *source = graph_node(r->graph, dict);
    if (source->op->kind != OP_CALL || source->op->has_schema || control_has_shape(source->op))
        return read_fail(r, at, COT_SHAPE, "'%s' has no items with names", source->name);
    return finish_node(r, at, append_item(r, at, dict, arg_string(name)), out);
}

static void rename_size(reader *r, type *t, dim from, dim to) {
    dim *sizes = arena_copy(r->arena, t->sizes, t->ndim * sizeof *sizes);
    for (uint32_t d = 0; d < t->ndim; d++)
        if (sizes[d] == from) sizes[d] = to;
    *t = type_tensor(r->arena, r->ctx->syms, t->dtype, sizes, t->ndim);
}

static void rename_numbers(reader *r, node *source, dim from, dim to) {
    type *parts = arena_copy(r->arena, source->type.parts, source->type.count * sizeof *parts);
    for (uint32_t i = 0; i < source->type.count; i++)
        if (parts[i].kind == TYPE_INT && parts[i].expr == from && !dim_is_static(from)) parts[i].expr = to;
    source->type.parts = parts;
}

/* A size that only data tell has its name from the annotation of the first part that has it; it is that of all. */
static void take_part_names(reader *r, value tuple, const type *computed, const type *named) {
    node *source = &r->graph->nodes.data[tuple];
    if (!(source->op->traits & (OP_BINDS | OP_CONTROL))) return;
    if (computed->kind == TYPE_INT && named->kind == TYPE_INT) rename_numbers(r, source, computed->expr, named->expr);
    if (computed->kind != TYPE_TENSOR || named->kind != TYPE_TENSOR) return;
    for (uint32_t d = 0; d < computed->ndim && d < named->ndim; d++) {
        const dim from = computed->sizes[d], to = named->sizes[d];
        if (dim_is_static(from) || from == to || !dim_symbol_name(r->ctx->syms, from)) continue;
        type *parts = arena_copy(r->arena, source->type.parts, source->type.count * sizeof *parts);
        for (uint32_t i = 0; i < source->type.count; i++) rename_size(r, &parts[i], from, to);
        source->type.parts = parts;
    }
}

cot_status read_getitem(reader *r, const token *at, value tuple, int64_t index, arg *out) {
    const node *source = graph_node(r->graph, tuple);
    bool known = source->op->has_schema || source->op->kind != OP_CALL || control_has_shape(source->op);
    const type *t = &source->type;
    if (known && t->kind == TYPE_TUPLE && (index >= (int64_t)t->count || index < -(int64_t)t->count))
        return read_fail(r, at, COT_SHAPE, "item %lld of '%s' is taken, which has %u", (long long)index, source->name,
                         t->count);
    if (!known && (index < 0 || index > 0xffff))
        return read_fail(r, at, COT_SHAPE, "an item %lld of '%s' cannot be", (long long)index, source->name);
    type part = {0};
    if (index < (int64_t)t->count && -index <= (int64_t)t->count) part = t->parts[index < 0 ? index + t->count : index];
    const value v = append_item(r, at, tuple, arg_int(index));
    r->graph->nodes.data[v].type = part;
    TRY(finish_node(r, at, v, out));
    if (known) take_part_names(r, tuple, &part, &r->graph->nodes.data[v].type);
    if (!known) grow_tuple(r, tuple, (uint32_t)index, &r->graph->nodes.data[v].type);
    return COT_OK;
}
