/* SPDX-License-Identifier: MIT
 * partition.h — one joint graph to a forward and a backward. */
#ifndef PARTITION_PARTITION_H
#define PARTITION_PARTITION_H

#include "graph/graph.h"
#include <cotangent/compile.h>

/* How far saved values are given up for memory: 0 not at all, BUDGET_LEVELS all that can be. */
enum { BUDGET_LEVELS = 64 };

typedef struct partition_options {
    cot_partition policy;
    cot_cost cost;
    uint32_t level;
    cot_checkpoint_policy *checkpoint_policy; /* NULL: all of a checkpointed region is computed again */
    void *checkpoint_user;
} partition_options;

/* partition.c — needs: a joint graph. gives: *forward takes the primals, returns (forward outputs…, saved…; num_saved);
 * *backward takes (saved symbols, saved tensors and primals it reads, by the forward's names…, tangents_i), returns a
 * gradient or None for each input. Repeated bodies are partitioned once. cost: a max-flow, linear in practice. Same
 * graph, same result; gradients are the same bits at every level. *released (may be NULL): how many values were given
 * up. */
cot_status partition(const cot_graph *joint, const partition_options *options, cot_graph **forward,
                     cot_graph **backward, uint32_t *released, cot_error *error);

/* The same for the joint of a loop's body: both parts become children of root. The forward returns what it saves but
 * its own inputs, which the backward takes from the loop. *released is added to. */
cot_status partition_body(const cot_graph *joint, const partition_options *options, cot_graph *root,
                          cot_graph **forward, cot_graph **backward, uint32_t *released, cot_error *error);

/* merge.c — forward and backward put together again as one graph for a whole training step: inputs (primals…,
 * tangents…), outputs (forward's outputs without saved…, gradients…). Recomputation stays as partitioned. */
cot_status partition_merge(const cot_graph *forward, const cot_graph *backward, cot_graph **step, cot_error *error);

#endif
