/* SPDX-License-Identifier: MIT
 * control.c — what the files of ops/control/ share. */
#include "ops/control/control.h"

#include "base/error.h"

cot_graph *control_body(const cot_graph *g, const arg *a) {
    if (a->kind != ARG_VALUE || a->value >= g->nodes.count || graph_type(g, a->value)->kind != TYPE_GRAPH) return NULL;
    const node *n = graph_node(g, a->value);
    return graph_child(g, n->target ? n->target : n->name);
}

cot_status control_result_of_body(cot_graph *g, const cot_graph *body, const char *who, type *result,
                                  cot_error *error) {
    if (!body) return fail(error, COT_SCHEMA, "%s: expected a body (get_attr of a graph)", who);
    arg_list leaves = {0};
    arg_leaves(g->arena, &body->output, &leaves);
    type *parts = ARENA_ARRAY(g->arena, type, leaves.count);
    for (uint32_t i = 0; i < leaves.count; i++)
        if (leaves.data[i].kind == ARG_VALUE) parts[i] = type_copy(g->arena, graph_type(body, leaves.data[i].value));
    *result = type_tuple(g->arena, parts, leaves.count);
    return COT_OK;
}
