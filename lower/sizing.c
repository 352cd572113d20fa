/* SPDX-License-Identifier: MIT
 * sizing.c — numbers that only a run knows, and that must stay numbers.
 *
 * Such a number is a size where its symbol stands in the type of a tensor, or where an operator takes no tensor in its
 * place: then what follows is planned for its value. All others can be computed with in memory (numbers.c). */
#include "lower/sizing.h"
#include "ops/control.h"
#include <string.h>

typedef struct sizing {
    map *marks;
    const syms *syms;
    arena *scratch;
    bool found;
} sizing;

static void mark_symbol(void *user, dim symbol) { map_set_number(((sizing *)user)->marks, (uint64_t)symbol, 1); }

static void see_symbol(void *user, dim symbol) {
    sizing *s = user;
    s->found |= map_get_number(s->marks, (uint64_t)symbol) != MAP_NONE;
}

static bool is_number(const type *t) { return t->kind == TYPE_INT || t->kind == TYPE_FLOAT || t->kind == TYPE_BOOL; }

static void mark(sizing *s, dim d) {
    if (!dim_is_static(d)) dim_each_symbol(s->syms, d, mark_symbol, s);
}

static void mark_type(sizing *s, const type *t) {
    for (uint32_t d = 0; t->kind == TYPE_TENSOR && d < t->ndim; d++) {
        mark(s, t->sizes[d]);
        mark(s, t->strides[d]);
    }
    for (uint32_t i = 0; t->kind == TYPE_TUPLE && i < t->count; i++) mark_type(s, &t->parts[i]);
}

static bool is_sized(sizing *s, const type *t) {
    s->found = false;
    if (is_number(t) && !dim_is_static(t->expr)) dim_each_symbol(s->syms, t->expr, see_symbol, s);
    return s->found;
}

/* ---- operators --------------------------------------------------------------------------------------------------- */

/* Whether some overload takes a tensor where this one takes a number. */
static bool takes_tensor(cot_context *ctx, const op *o, uint32_t at) {
    if (o->params[at].type == PARAM_TENSOR && !o->params[at].list) return true;
    if (o->params[at].type != PARAM_SCALAR) return false;
    for (const op *other = op_find(ctx, o->packet); other; other = other->next)
        if (at < other->num_params && other->params[at].type == PARAM_TENSOR && !other->params[at].list) return true;
    return false;
}

typedef struct reading {
    sizing *s;
    const cot_graph *g;
} reading;

static void mark_number(void *user, value v) {
    const reading *r = user;
    const type *t = graph_type(r->g, v);
    if (is_number(t)) mark(r->s, t->expr);
}

static void mark_reads(sizing *s, const cot_graph *g, const node *n) {
    const op *o = n->op;
    reading r = {s, g};
    if (!o->has_schema || !o->record || o->record->on_numbers || o->record->control) return;
    for (uint32_t i = 0; i < n->nargs; i++)
        if (n->args[i].kind != ARG_VALUE || !takes_tensor(g->ctx, o, i)) arg_each(&n->args[i], mark_number, &r);
}

/* ---- calls with bodies ------------------------------------------------------------------------------------------- */

typedef struct values {
    arena *arena;
    value_list list;
} values;

static void add_value(void *user, value v) { *VEC_PUSH(((values *)user)->arena, &((values *)user)->list) = v; }

/* An operand is a size where the body takes it for one: operands are the last values that a call reads. */
static void mark_operands(sizing *s, const cot_graph *g, const node *n) {
    values all = {.arena = s->scratch};
    if (!n->op->record || !n->op->record->control) return;
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], add_value, &all);
    for (uint32_t i = 0; i < all.list.count; i++) {
        const node *attribute = graph_node(g, all.list.data[i]);
        const cot_graph *body = attribute->op->kind == OP_GET_ATTR
                                    ? graph_child(g, attribute->target ? attribute->target : attribute->name)
                                    : NULL;
        for (uint32_t k = 0; body && k < MIN(body->inputs.count, all.list.count); k++) {
            const type *operand = graph_type(g, all.list.data[all.list.count - 1 - k]);
            const value input = body->inputs.data[body->inputs.count - 1 - k];
            if (is_number(operand) && is_sized(s, graph_type(body, input))) mark(s, operand->expr);
        }
    }
}

static void mark_graph(sizing *s, const cot_graph *g) {
    for (uint32_t i = 0; i < g->children.count; i++) mark_graph(s, g->children.data[i].graph);
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        mark_type(s, &n->type);
        mark_reads(s, g, n);
        mark_operands(s, g, n);
    }
}

/* The caller is told where a view lies in what it is a view of. */
static void mark_output(sizing *s, const type *t) {
    if (is_number(t)) mark(s, t->expr);
    if (t->kind == TYPE_TENSOR) mark(s, t->offset);
}

void sizing_find(const cot_graph *g, uint32_t num_outputs, arena *scratch, map *marks) {
    sizing s = {.marks = marks, .syms = g->ctx->syms, .scratch = scratch};
    arg_list leaves = {0};
    mark_graph(&s, g);
    arg_leaves(scratch, &g->output, &leaves);
    for (uint32_t i = 0; i < MIN(num_outputs, leaves.count); i++)
        if (leaves.data[i].kind == ARG_VALUE) mark_output(&s, graph_type(g, leaves.data[i].value));
}

bool sizing_has(const map *marks, const syms *symbols, const type *t) {
    sizing s = {.marks = (map *)(uintptr_t)marks, .syms = symbols};
    return is_sized(&s, t);
}
