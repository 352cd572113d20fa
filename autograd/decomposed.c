/* SPDX-License-Identifier: MIT
 * decomposed.c — the derivative of an operator without a rule that can be taken apart: its parts are written into the
 * joint graph and walked back. Operators of backwards differentiate this way, as few programs differentiate twice. */
#include "autograd/differentiate.h"

#include "base/error.h"

typedef struct parts_of {
    differentiation *d;
    builder b;           /* on a graph of its own: the operator's decomposition */
    VEC(value) operands; /* of the functional graph, by input of that graph */
} parts_of;

static arg place(parts_of *p, const arg *from) {
    arg r = *from;
    if (from->kind == ARG_VALUE) {
        r.value = emit_placeholder(&p->b, "x", graph_type(p->d->functional, from->value));
        *VEC_PUSH(p->d->scratch, &p->operands) = from->value;
    } else if (from->kind == ARG_LIST || from->kind == ARG_TUPLE) {
        arg *items = ARENA_ARRAY(p->d->scratch, arg, from->count);
        for (uint32_t i = 0; i < from->count; i++) items[i] = place(p, &from->list[i]);
        r.list = items;
    }
    return r;
}

/* The decomposition's copy stands in the joint graph; gradients arrive at its results. */
static cot_status walk_parts(parts_of *p, differentiation *inner, value n, value whole) {
    differentiation *d = p->d;
    const cot_graph *g = p->b.graph;
    const type *t = graph_type(d->functional, n);
    bool *requires = ARENA_ARRAY(d->scratch, bool, p->operands.count + 1u);
    inner->b.flags = NODE_BACKWARD;
    inner->b.forward = d->b.forward;
    for (uint32_t i = 0; i < p->operands.count; i++) {
        requires[i] = d->needs[p->operands.data[i]];
        inner->copy[g->inputs.data[i]] = d->copy[p->operands.data[i]];
    }
    differentiate_needs(inner, requires);
    TRY(differentiate_copy_forward(inner));
    const uint32_t count = t->kind == TYPE_TUPLE ? t->count : 1;
    const value *grads = t->kind == TYPE_TUPLE ? d->part_grad[n] : &d->grad[n];
    for (uint32_t i = 0; i < count; i++) {
        const value part = emit_get(&p->b, whole, i);
        if (grads[i] == NO_VALUE || part == NO_VALUE || !inner->needs[part]) continue;
        gradient_add(inner, part, grads[i]);
    }
    TRY(inner->b.status);
    inner->b.flags = NODE_BACKWARD;
    TRY(differentiate_backward(inner));
    for (uint32_t i = 0; i < p->operands.count; i++)
        if (requires[i]) gradient_add(d, p->operands.data[i], inner->grad[g->inputs.data[i]]);
    return d->b.status;
}

cot_status gradient_by_decomposition(differentiation *d, value n) {
    const node *node = graph_node(d->functional, n);
    parts_of p = {.d = d};
    differentiation inner;
    cot_graph *g = graph_create(d->functional->ctx, node->op->packet);
    builder_init(&p.b, g, d->b.error);
    p.b.decompose = true;
    p.b.flags = NODE_BACKWARD;
    p.b.place = d->functional;
    p.b.place_node = n;
    arg *args = ARENA_ARRAY(d->scratch, arg, node->nargs);
    for (uint32_t i = 0; i < node->nargs; i++) args[i] = place(&p, &node->args[i]);
    const value whole = decompose(&p.b, node->op, args);
    cot_status status = p.b.status;
    if (!status) {
        differentiate_start(&inner, g, d->b.graph, d->bodies, d->b.error);
        status = walk_parts(&p, &inner, n, whole);
        arena_destroy(inner.scratch);
    }
    graph_destroy(g);
    if (status && !d->b.status) d->b.status = status;
    return status;
}
