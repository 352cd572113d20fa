/* SPDX-License-Identifier: MIT
 * memory.c — in whose storage a value of a graph lies, by views and writes: before a program is functional. */
#include "ops/control/control.h"

static value first_value(const node *n) {
    for (uint32_t i = 0; i < n->nargs; i++)
        if (n->args[i].kind == ARG_VALUE) return n->args[i].value;
    return NO_VALUE;
}

/* The operand whose storage the node's result lies in; NO_VALUE: a storage of its own. */
static value lies_in(const cot_graph *g, const node *n) {
    if (n->op->kind == OP_GETITEM) {
        const value whole = arg_as_value(&n->args[0]);
        return whole != NO_VALUE && (graph_node(g, whole)->op->traits & OP_VIEW) ? whole : NO_VALUE;
    }
    if (n->op->traits & OP_VIEW) return first_value(n);
    for (uint32_t p = 0; p < n->op->num_params && p < n->nargs; p++)
        if (n->op->params[p].writes && n->op->num_returns && n->op->returns[0].alias == n->op->params[p].alias)
            return arg_as_value(&n->args[p]);
    return NO_VALUE;
}

value control_storage(const cot_graph *g, value v) {
    for (value in; (in = lies_in(g, graph_node(g, v))) != NO_VALUE;) v = in;
    return v;
}
