/* SPDX-License-Identifier: MIT
 * mark.c — regions that calls begin and end, not bodies (ops/control/mark.c): they nest, and each ends in the class in
 * which it began. */
#include "text/read.h"

cot_status read_mark(reader *r, const token *at, value v) {
    const node *n = graph_node(r->graph, v);
    const control_hooks *hooks = n->op->record->control;
    if (hooks->opens) *VEC_PUSH(r->scratch, &r->open) = (open_region){v, *at};
    if (!hooks->closes) return COT_OK;
    const value handle = arg_as_value(&n->args[0]);
    const open_region *last = r->open.count ? &r->open.data[r->open.count - 1] : NULL;
    if (!last)
        return read_fail(r, at, COT_SYNTAX, "%s: the region of '%s' has ended before", n->op->name,
                         graph_node(r->graph, handle)->name);
    if (last->mark != handle)
        return read_fail(r, at, COT_SYNTAX, "%s: the region of '%s' cannot end before that of '%s', which began in it",
                         n->op->name, graph_node(r->graph, handle)->name, graph_node(r->graph, last->mark)->name);
    r->open.count--;
    return COT_OK;
}

cot_status read_marks_end(reader *r) {
    if (!r->open.count) return COT_OK;
    const open_region *last = &r->open.data[r->open.count - 1];
    return read_fail(r, &last->at, COT_SYNTAX, "the region of '%s' does not end",
                     graph_node(r->graph, last->mark)->name);
}
