/* SPDX-License-Identifier: MIT
 * emit.c — appending calls to a graph through a sticky builder. */
#include "ops/emit.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

#define MOST_ARGUMENTS 48

void builder_init(builder *b, cot_graph *g, cot_error *error) {
    *b = (builder){.graph = g, .error = error, .forward = NO_VALUE, .place_node = NO_VALUE};
    b->dims.arena = g->arena;
}

/* Gives *e the place of the node of the source program that is being worked on. */
static void add_place(builder *b, cot_status status) {
    char text[sizeof b->error->text];
    if (!b->error || !b->place || b->place_node == NO_VALUE) return;
    snprintf(text, sizeof text, "%s", b->error->text);
    graph_fail(b->place, b->place_node, b->error, status, "%s", text);
}

cot_status builder_fail(builder *b, cot_status status, const char *format, ...) {
    if (b->status) return b->status;
    va_list args;
    va_start(args, format);
    fail_v(b->error, status, format, args);
    va_end(args);
    add_place(b, status);
    return b->status = status;
}

void builder_failed(builder *b, cot_status status) {
    if (b->status) return;
    add_place(b, status);
    b->status = status;
}

/* ---- nodes ------------------------------------------------------------------------------------------------------ */

/* A copy that lives as long as the graph: callers' lists may be on their stack or in another graph. */
static arg keep_arg(arena *a, const arg *from) {
    arg r = *from;
    switch ((arg_kind)from->kind) {
    case ARG_LIST:
    case ARG_TUPLE:
    case ARG_DICT:
    case ARG_SLICE: {
        uint32_t count = from->kind == ARG_DICT ? 2 * from->count : from->kind == ARG_SLICE ? 3 : from->count;
        arg *items = ARENA_ARRAY(a, arg, count);
        for (uint32_t i = 0; i < count; i++) items[i] = keep_arg(a, &from->list[i]);
        r.list = items;
        return r;
    }
    case ARG_STRING:
    case ARG_CONST:
    case ARG_DEVICE:
    case ARG_CALL: r.s = arena_string(a, from->s, strlen(from->s)); return r;
    case ARG_BYTES: r.s = arena_copy(a, from->s, from->count); return r;
    case ARG_COMPLEX: r.complex = arena_copy(a, from->complex, 2 * sizeof(double)); return r;
    default: return r;
    }
}

static node *append(builder *b, const op *o, const char *candidate, const arg *args, uint32_t nargs, value *out) {
    arg *kept = ARENA_ARRAY(b->graph->arena, arg, nargs);
    for (uint32_t i = 0; i < nargs; i++) kept[i] = keep_arg(b->graph->arena, &args[i]);
    *out = graph_append(b->graph, o, candidate);
    node *n = &b->graph->nodes.data[*out];
    n->args = kept;
    n->nargs = (uint16_t)nargs;
    n->npos = (uint16_t)nargs;
    n->flags = b->flags;
    n->forward = b->forward;
    n->checkpoint = b->checkpoint;
    n->overwritten = NO_VALUE;
    if (b->place && b->place_node != NO_VALUE)
        n->comment = graph_keep_comment(b->graph, graph_node(b->place, b->place_node)->comment);
    return n;
}

static bool arg_equal(const arg *a, const arg *b) {
    if (a->kind != b->kind) return false;
    switch ((arg_kind)a->kind) {
    case ARG_NONE:
    case ARG_ELLIPSIS: return true;
    case ARG_VALUE: return a->value == b->value;
    case ARG_INT:
    case ARG_BOOL:
    case ARG_DTYPE: return a->i == b->i;
    case ARG_FLOAT: return a->f == b->f;
    case ARG_STRING:
    case ARG_CONST:
    case ARG_DEVICE: return !strcmp(a->s, b->s);
    case ARG_LIST:
    case ARG_TUPLE:
        if (a->count != b->count) return false;
        for (uint32_t i = 0; i < a->count; i++)
            if (!arg_equal(&a->list[i], &b->list[i])) return false;
        return true;
    default: return false;
    }
}

/* What is printed: positional arguments up to the last that is not its default, keyword-only ones that are not. */
static void set_printed(node *n, const op *o) {
    n->npos = 0;
    n->kwmask = 0;
    for (uint32_t i = 0; i < o->num_params; i++) {
        const param *p = &o->params[i];
        if (p->has_default && arg_equal(&n->args[i], &p->default_value)) continue;
        if (!p->keyword_only) n->npos = (uint16_t)(i + 1);
        else if (p->has_default || n->args[i].kind != ARG_NONE) n->kwmask |= (uint32_t)1 << i;
    }
}

value emit_bound(builder *b, const op *o, const arg *args, const char *candidate) {
    if (b->status) return NO_VALUE;
    if (b->decompose && (o->traits & OP_COMPOSITE)) {
        value v = decompose(b, o, args);
        if (v != NO_VALUE || b->status) return v;
    }
    if (b->decompose && o->record->instead) {
        const value v = o->record->instead(b, o, args);
        if (v != NO_VALUE || b->status) return v;
    }
    type result = {0};
    const node *from = b->place && b->place_node != NO_VALUE ? graph_node(b->place, b->place_node) : NULL;
    b->graph->expected = from && !b->new_symbols ? &from->type : NULL;
    cot_status status = infer_type(b->graph, o, args, &result, b->error);
    b->graph->expected = NULL;
    if (status) {
        builder_failed(b, status);
        return NO_VALUE;
    }
    value v;
    node *n = append(b, o, candidate ? candidate : o->packet, args, o->num_params, &v);
    n->type = result;
    set_printed(n, o);
    return v;
}

value emit_raw(builder *b, const op *o, const arg *args, uint32_t nargs, const type *result, const char *candidate) {
    if (b->status) return NO_VALUE;
    value v;
    node *n = append(b, o, candidate ? candidate : o->packet, args, nargs, &v);
    n->type = *result;
    return v;
}

value emit_pack(builder *b, const value *values, uint32_t count) {
    if (b->status) return NO_VALUE;
    arg *items = ARENA_ARRAY(b->graph->arena, arg, count);
    type *parts = ARENA_ARRAY(b->graph->arena, type, count);
    for (uint32_t i = 0; i < count; i++) {
        items[i] = arg_value(values[i]);
        parts[i] = *graph_type(b->graph, values[i]);
    }
    type result = type_tuple(b->graph->arena, parts, count);
    arg list = arg_list_of(items, count);
    return emit_raw(b, op_find(b->graph->ctx, "cot.pack"), &list, 1, &result, "pack");
}

static bool is_pack(const node *n) { return n->op->record->traits & OP_PACK; }

value emit_get(builder *b, value tuple, uint32_t i) {
    if (b->status) return NO_VALUE;
    const type *t = TYPE_OF(b, tuple);
    if (t->kind != TYPE_TUPLE && i == 0) return tuple;
    if (t->kind != TYPE_TUPLE || i >= t->count) {
        builder_fail(b, COT_SHAPE, "item %u is taken of a value that has %u", i, t->kind == TYPE_TUPLE ? t->count : 1);
        return NO_VALUE;
    }
    const node *n = graph_node(b->graph, tuple);
    if (is_pack(n)) return arg_as_value(&n->args[0].list[i]);
    arg args[2] = {arg_value(tuple), arg_int(i)};
    type part = t->parts[i];
    return emit_raw(b, op_getitem(b->graph->ctx), args, 2, &part, "getitem");
}

value emit_placeholder(builder *b, const char *candidate, const type *t) {
    if (b->status) return NO_VALUE;
    type kept = type_copy(b->graph->arena, t);
    value v = emit_raw(b, op_placeholder(b->graph->ctx), NULL, 0, &kept, candidate);
    *VEC_PUSH(b->graph->arena, &b->graph->inputs) = v;
    return v;
}

arg emit_argument_placeholders(builder *b, const cot_graph *g, const arg *a) {
    arg r = *a;
    if (a->kind == ARG_VALUE) {
        r.value = emit_placeholder(b, "x", graph_type(g, a->value));
    } else if (a->kind == ARG_LIST || a->kind == ARG_TUPLE) {
        arg *items = ARENA_ARRAY(b->graph->arena, arg, a->count);
        for (uint32_t i = 0; i < a->count; i++) items[i] = emit_argument_placeholders(b, g, &a->list[i]);
        r.list = items;
    }
    return r;
}

value emit_get_attr(builder *b, const char *path, cot_graph *child) {
    if (b->status) return NO_VALUE;
    type t = {.kind = TYPE_GRAPH};
    if (child && !graph_child(b->graph, path)) graph_add_child(b->graph, path, child);
    value v = emit_raw(b, op_get_attr(b->graph->ctx), NULL, 0, &t, path);
    b->graph->nodes.data[v].target = arena_string(b->graph->arena, path, strlen(path));
    return v;
}

/* ---- emit by format --------------------------------------------------------------------------------------------- */

static arg list_of_values(builder *b, const value *values, uint32_t count) {
    arg *items = ARENA_ARRAY(b->graph->arena, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = arg_value(values[i]);
    return arg_list_of(items, count);
}

static arg list_of_ints(builder *b, const int64_t *ints, uint32_t count) {
    arg *items = ARENA_ARRAY(b->graph->arena, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = arg_int(ints[i]);
    return arg_list_of(items, count);
}

static arg list_of_dims(builder *b, const dim *dims, uint32_t count) {
    arg *items = ARENA_ARRAY(b->graph->arena, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = emit_dim(b, dims[i]);
    return arg_list_of(items, count);
}

/* The arguments that follow emit's format, taken one letter at a time. */
typedef struct given {
    va_list list;
} given;

static arg take(builder *b, given *rest, char letter) {
    switch (letter) {
    case 'v': return arg_value(va_arg(rest->list, value));
    case 'i': return arg_int(va_arg(rest->list, int64_t));
    case 'd': return emit_dim(b, va_arg(rest->list, dim));
    case 'f': return arg_float(va_arg(rest->list, double));
    case 'b': return arg_bool(va_arg(rest->list, int));
    case 't': return arg_dtype((cot_dtype)va_arg(rest->list, int));
    case 's': return arg_string(va_arg(rest->list, const char *));
    case 'a': return *va_arg(rest->list, const arg *);
    case 'V': {
        const value *values = va_arg(rest->list, const value *);
        return list_of_values(b, values, va_arg(rest->list, uint32_t));
    }
    case 'I': {
        const int64_t *ints = va_arg(rest->list, const int64_t *);
        return list_of_ints(b, ints, va_arg(rest->list, uint32_t));
    }
    case 'D': {
        const dim *dims = va_arg(rest->list, const dim *);
        return list_of_dims(b, dims, va_arg(rest->list, uint32_t));
    }
    case 'n': return arg_none();
    default: builder_fail(b, COT_INTERNAL, "'%c' is no letter of an emit format", letter); return arg_none();
    }
}

/* Reads ",alpha=f,dtype=t" behind the positional letters; returns the number of keywords. */
static uint32_t take_keywords(builder *b, const char *at, given *rest, arg *kw, const char **names) {
    uint32_t count = 0;
    while (*at == ',' && count < MOST_ARGUMENTS) {
        const char *name = at + 1, *equals = strchr(name, '=');
        if (!equals) break;
        names[count] = arena_string(b->graph->arena, name, (size_t)(equals - name));
        kw[count++] = take(b, rest, equals[1]);
        at = equals + 2;
    }
    if (*at) builder_fail(b, COT_INTERNAL, "the emit format does not end where expected: '%s'", at);
    return count;
}

static value bind_and_emit(builder *b, const op *o, const arg *pos, uint32_t npos, const arg *kw,
                           const char *const *names, uint32_t nkw) {
    char why[256];
    uint32_t kwmask;
    arg *bound = ARENA_ARRAY(b->graph->arena, arg, o->num_params);
    cot_status status = bind_args(b->graph, o, pos, npos, kw, names, nkw, bound, &kwmask, why, sizeof why);
    if (status) builder_fail(b, status, "%s: %s", o->name, why);
    return emit_bound(b, o, bound, NULL);
}

value emit(builder *b, const char *name, const char *format, ...) {
    if (b->status) return NO_VALUE;
    const op *o = op_find(b->graph->ctx, name);
    if (!o || !o->has_schema) {
        builder_fail(b, COT_UNKNOWN_OPERATOR, "the operator %s is not known", name);
        return NO_VALUE;
    }
    arg pos[MOST_ARGUMENTS], kw[MOST_ARGUMENTS];
    const char *names[MOST_ARGUMENTS];
    uint32_t npos = 0;
    given rest;
    va_start(rest.list, format);
    while (*format && *format != ',' && npos < MOST_ARGUMENTS) pos[npos++] = take(b, &rest, *format++);
    uint32_t nkw = take_keywords(b, format, &rest, kw, names);
    va_end(rest.list);
    return b->status ? NO_VALUE : bind_and_emit(b, o, pos, npos, kw, names, nkw);
}

/* A size that folds to a number is the number, in the text and here. */
static arg as_written_result(const builder *b, value v) {
    const type *t = TYPE_OF(b, v);
    if (v != NO_VALUE && t->kind == TYPE_INT && dim_is_static(t->expr)) return arg_int(t->expr);
    return arg_value(v);
}

arg emit_written(builder *b, const char *name, const arg *pos, uint32_t npos, const arg *kw, const char *const *kwnames,
                 uint32_t nkw) {
    if (b->status) return arg_none();
    const op *o = op_select(b->graph, name, pos, npos, kw, kwnames, nkw);
    if (!o) o = op_find(b->graph->ctx, name); /* none fits: let binding say why */
    if (!o || !o->has_schema) {
        builder_fail(b, COT_UNKNOWN_OPERATOR, "the operator %s is not known", name);
        return arg_none();
    }
    return as_written_result(b, bind_and_emit(b, o, pos, npos, kw, kwnames, nkw));
}
