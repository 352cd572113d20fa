/* SPDX-License-Identifier: MIT
 * functionalized_call.c — auto_functionalized_v2 over an operator with bodies:
 *
 *     auto_functionalized_v2(cond, pred = p, true_fn = t, false_fn = f, _operand0_base_index = 0, _all_bases = [a],
 *                            _op_schema = c) → (outputs…, new value of each base…)
 *
 * It is written out when the program is lowered: the bases are cloned, and the operator is called on the clones, which
 * its bodies write by copy_. What follows knows how to make that functional. */
#include "ops/control/functionalized_call.h"

#include "base/error.h"

#include <ctype.h>
#include <string.h>

typedef struct call {
    cot_graph *graph; /* of the values in args */
    const node *node; /* the names of the arguments */
    const arg *args;  /* in place of the node's */
    arena *arena;
    cot_error *error;
    arg_list made;    /* arguments of the operator */
    const arg *bases; /* values that stand for the bases */
    uint32_t num_bases;
    builder *b; /* views are made here; NULL: a base stands for its view */
} call;

static const arg *keyword(const call *c, const char *name) {
    const node *n = c->node;
    for (uint32_t i = n->npos; n->kwnames && i < n->nargs; i++)
        if (!strcmp(n->kwnames[i - n->npos], name)) return &c->args[i];
    return NULL;
}

static const arg *view_keyword(const call *c, const char *name, const char *suffix) {
    return keyword(c, arena_printf(c->arena, "_%s_%s", name, suffix));
}

/* The operand `name` where it is a view of a base. */
static cot_status read_view(const call *c, const char *name, const arg *index, arg *out) {
    const int64_t i = arg_as_int(index, -1);
    if (index->kind == ARG_NONE) {
        *out = arg_none();
        return COT_OK;
    }
    if (i < 0 || i >= c->num_bases)
        return fail(c->error, COT_SCHEMA, "auto_functionalized_v2: %s has no such base", name);
    *out = c->bases[i];
    if (!c->b) return COT_OK;
    const value base = out->value;
    const arg *size = view_keyword(c, name, "size"), *stride = view_keyword(c, name, "stride");
    const arg *offset = view_keyword(c, name, "storage_offset"), *along = view_keyword(c, name, "slice_dim");
    const arg *start = view_keyword(c, name, "slice_start"), *end = view_keyword(c, name, "slice_end");
    if (size && stride && offset) *out = arg_value(emit(c->b, "as_strided", "vaaa", base, size, stride, offset));
    if (along && start && end) *out = arg_value(emit(c->b, "slice.Tensor", "vaaa", base, along, start, end));
    return c->b->status;
}

/* The argument of this name; *found: there is one. */
static cot_status read_argument(const call *c, const char *name, bool *found, arg *out) {
    const arg *given = keyword(c, name), *index = given ? NULL : view_keyword(c, name, "base_index");
    *found = given || index;
    if (given) *out = *given;
    return index ? read_view(c, name, index, out) : COT_OK;
}

/* name0, name1 … as far as there are any. */
static cot_status read_numbered(call *c, const char *name, arg_list *out) {
    for (uint32_t i = 0;; i++) {
        bool found;
        arg a;
        const size_t before = strcspn(name, "#");
        TRY(read_argument(
            c, arena_printf(c->arena, "%.*s%u%s", (int)before, name, i, name[before] ? name + before + 1 : ""), &found,
            &a));
        if (!found) return COT_OK;
        *VEC_PUSH(c->arena, out) = a;
    }
}

/* The operator's own arguments, from its record's list of their names. */
static cot_status read_arguments(call *c, const op *o) {
    const char *at = o->record->control->parameters;
    while (*at) {
        const char form = *at;
        at += form == '(' || form == '[';
        const size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz_#");
        const char *name = arena_string(c->arena, at, length);
        at += length;
        if (*at == '*') {
            TRY(read_numbered(c, name, &c->made));
        } else if (form == '(' || form == '[') {
            arg_list items = {0};
            TRY(read_numbered(c, name, &items));
            *VEC_PUSH(c->arena, &c->made) =
                (arg){.kind = form == '(' ? ARG_TUPLE : ARG_LIST, .list = items.data, .count = items.count};
        } else {
            bool found;
            arg a;
            TRY(read_argument(c, name, &found, &a));
            if (!found)
                return fail(c->error, COT_SCHEMA, "auto_functionalized_v2: the argument %s of %s is missing", name,
                            o->name);
            *VEC_PUSH(c->arena, &c->made) = a;
        }
        while (*at && !islower((unsigned char)*at) && *at != '(' && *at != '[') at++;
    }
    return COT_OK;
}

static cot_status start(call *c, const op *o) {
    const arg *bases = keyword(c, "_all_bases");
    if (c->node->npos != 1) return fail(c->error, COT_SCHEMA, "auto_functionalized_v2: arguments must have names");
    if (!o->record->control || !o->record->control->parameters)
        return fail(c->error, COT_SCHEMA, "Cannot auto-functionalize op %s", o->name);
    if (!bases || !control_is_list(bases))
        return fail(c->error, COT_SCHEMA, "auto_functionalized_v2: there are no _all_bases");
    for (uint32_t i = 0; i < bases->count; i++)
        if (bases->list[i].kind != ARG_VALUE || graph_type(c->graph, bases->list[i].value)->kind != TYPE_TENSOR)
            return fail(c->error, COT_SCHEMA, "auto_functionalized_v2: a base is no tensor");
    c->bases = bases->list;
    c->num_bases = bases->count;
    return COT_OK;
}

cot_status functionalized_call_shape(cot_graph *g, const node *n, type *result, cot_error *error) {
    const op *o = n->args[0].op;
    call c = {.graph = g, .node = n, .args = n->args, .arena = g->arena, .error = error};
    TRY(start(&c, o));
    TRY(read_arguments(&c, o));
    const node inner = {.op = o, .args = c.made.data, .nargs = (uint16_t)c.made.count, .npos = (uint16_t)c.made.count};
    type t = {0};
    TRY(control_shape(g, &inner, &t, error));
    const uint32_t own = t.kind == TYPE_TUPLE ? t.count : 0;
    type *parts = ARENA_ARRAY(g->arena, type, own + c.num_bases);
    for (uint32_t i = 0; i < own; i++) parts[i] = t.parts[i];
    for (uint32_t i = 0; i < c.num_bases; i++) {
        parts[own + i] = type_copy(g->arena, graph_type(g, c.bases[i].value));
        parts[own + i].offset = 0;
    }
    *result = type_tuple(g->arena, parts, own + c.num_bases);
    return COT_OK;
}

cot_status functionalized_call_lower(lower_stage *s, arg_list *parts) {
    builder *b = s->b;
    arena *a = b->graph->arena;
    const node *n = s->call;
    const op *o = n->args[0].op;
    arg *args = ARENA_ARRAY(a, arg, n->nargs);
    for (uint32_t i = 1; i < n->nargs; i++) {
        const bool constant = n->args[i].kind == ARG_VALUE && !strcmp(n->kwnames[i - n->npos], "_op_schema");
        args[i] = constant ? arg_none() : s->argument(s, &n->args[i]);
    }
    call c = {.graph = b->graph, .node = n, .args = args, .arena = a, .error = b->error, .b = b};
    if (b->status) return b->status;
    TRY(start(&c, o));
    arg *clones = ARENA_ARRAY(a, arg, c.num_bases);
    for (uint32_t i = 0; i < c.num_bases; i++) clones[i] = arg_value(emit(b, "clone", "v", c.bases[i].value));
    c.bases = clones;
    TRY(read_arguments(&c, o));
    const node inner = {.op = o, .args = c.made.data, .nargs = (uint16_t)c.made.count, .npos = (uint16_t)c.made.count};
    type t = {0};
    if (!b->status) b->status = control_shape(b->graph, &inner, &t, b->error);
    const value v = emit_raw(b, o, c.made.data, c.made.count, &t, NULL);
    for (uint32_t i = 0; !b->status && i < t.count; i++) *VEC_PUSH(a, parts) = arg_value(emit_get(b, v, i));
    for (uint32_t i = 0; i < c.num_bases; i++) *VEC_PUSH(a, parts) = clones[i];
    return b->status;
}
