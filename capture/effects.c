/* SPDX-License-Identifier: MIT
 * effects.c — what a captured body does to memory: which inputs it writes, and which of its inputs and outputs share
 * storage. Most operators refuse both, in PyTorch's words (CAP-33, HOX-05). */
#include "capture/capture.h"
#include "ops/control/control.h"

static bool writes_input(const cot_graph *g) {
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        for (uint32_t p = 0; (n->op->traits & OP_MUTATES) && p < n->op->num_params && p < n->nargs; p++) {
            if (!n->op->params[p].writes || n->args[p].kind != ARG_VALUE) continue;
            if (graph_node(g, control_storage(g, n->args[p].value))->op->kind == OP_PLACEHOLDER) return true;
        }
    }
    return false;
}

/* Whether two of these tensors, or one and what is in `seen`, lie in one storage. */
static bool share(const cot_graph *g, const value *values, uint32_t count, map *seen) {
    for (uint32_t i = 0; i < count; i++) {
        if (values[i] == NO_VALUE || graph_type(g, values[i])->kind != TYPE_TENSOR) continue;
        const value s = control_storage(g, values[i]);
        if (map_get_number(seen, s) != MAP_NONE) return true;
        map_set_number(seen, s, 1);
    }
    return false;
}

static bool shares_storage(arena *a, const captured *body, const cot_graph *outside) {
    const cot_graph *g = body->graph;
    map outer = {.arena = a}, inner = {.arena = a};
    if (share(outside, body->lifted.data, body->lifted.count, &outer)) return true;
    for (value v = 0; v < g->nodes.count; v++)
        if (graph_node(g, v)->op->kind == OP_PLACEHOLDER) map_set_number(&inner, v, 1);
    value *outputs = ARENA_ARRAY(a, value, body->outputs.count);
    for (uint32_t i = 0; i < body->outputs.count; i++) outputs[i] = arg_as_value(&body->outputs.data[i]);
    return share(g, outputs, body->outputs.count, &inner);
}

cot_status effects_check(builder *b, const captured *body, const cot_graph *outside, uint32_t rules, const char *who) {
    arena *a = b->graph->arena;
    if (!(rules & CAPTURE_WRITES) && writes_input(body->graph))
        return builder_fail(b, COT_REFUSED,
                            "Encountered input mutation during higher order op tracing: "
                            "Higher order ops do not support input mutation. Found in %s",
                            who);
    if (!(rules & CAPTURE_ALIASES) && shares_storage(a, body, outside))
        return builder_fail(b, COT_REFUSED,
                            "Encountered aliasing during higher order op tracing: Higher order ops do not support "
                            "aliasing. Found in %s. Replace `return input` with `return input.clone()` to avoid "
                            "aliasing.",
                            who);
    return COT_OK;
}
