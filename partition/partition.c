/* SPDX-License-Identifier: MIT
 * partition.c — the pipeline of this folder: equal calls merged, bodies done, values chosen, graph split. */
#include "partition/analysis.h"

/* What happens in the forward cannot happen once more in the backward (TOK-05). */
static cot_status check_effects(const cot_graph *joint, cot_error *error) {
    for (value v = 0; v < joint->nodes.count; v++) {
        const node *n = graph_node(joint, v);
        if (!op_has_effect(n->op->traits, n->flags) || (n->flags & NODE_POLICY) != NODE_RECOMPUTE) continue;
        return graph_fail(
            joint, v, error, COT_REFUSED,
            "AOTAutograd does not support MUST_RECOMPUTE for effectful operations because forward effects "
            "cannot join the backward effect-token chain.");
    }
    return COT_OK;
}

cot_status partition_one(const cot_graph *joint, const partition_options *options, bool nested, cot_graph *root,
                         cot_graph **forward, cot_graph **backward, uint32_t *released, cot_error *error) {
    cot_graph *merged = merge_equal(joint, nested), *rewritten = NULL;
    settle_checkpoints(merged, options);
    TRY(check_effects(merged, error));
    if (nested) recompute_unknown(merged);
    TRY(partition_bodies(merged, options, &rewritten, released, error));
    analysis a;
    value_list saved = {0};
    analyse(&a, rewritten ? rewritten : merged, options, nested);
    if (options->policy == COT_PARTITION_DEFAULT) choose_all(&a, &saved);
    else TRY(choose_by_cut(&a, &saved, error));
    value_list first = {0};
    for (uint32_t i = 0; i < saved.count; i++) *VEC_PUSH(a.scratch, &first) = saved.data[i];
    if (options->level) *released += release_saved(&a, &saved);
    TRY(split(&a, &first, &saved, root, root, forward, backward, error));
    arena_destroy(a.scratch);
    if (rewritten) graph_destroy(rewritten);
    graph_destroy(merged);
    return COT_OK;
}

cot_status partition_body(const cot_graph *joint, const partition_options *options, cot_graph *root,
                          cot_graph **forward, cot_graph **backward, uint32_t *released, cot_error *error) {
    return partition_one(joint, options, true, root, forward, backward, released, error);
}

cot_status partition(const cot_graph *joint, const partition_options *options, cot_graph **forward,
                     cot_graph **backward, uint32_t *released, cot_error *error) {
    uint32_t unused = 0;
    if (released) *released = 0;
    return partition_one(joint, options, false, NULL, forward, backward, released ? released : &unused, error);
}
