/* SPDX-License-Identifier: MIT
 * vjp.c — what derivative rules share. */
#include "ops/vjp.h"

/* Parts that the forward took stand right behind their tuple: one of them is better than a new node, which would be a
 * second value to save. */
value vjp_result(vjp_call *c, uint32_t i) {
    const cot_graph *g = c->b->graph;
    if (c->result == NO_VALUE) return NO_VALUE;
    for (value v = c->result + 1; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (n->op->kind != OP_GETITEM || n->args[0].kind != ARG_VALUE || n->args[0].value != c->result) break;
        if (arg_as_int(&n->args[1], -1) == i) return v;
    }
    return emit_get(c->b, c->result, i);
}
