/* SPDX-License-Identifier: MIT
 * flex_attention.h — arguments of flex_attention and of its backward, shared by its files. */
#ifndef OPS_CONTROL_FLEX_ATTENTION_H
#define OPS_CONTROL_FLEX_ATTENTION_H

#include "ops/control/flex_program.h"

/* Arguments of both that come in this order: Q, K and V first, the others from `base` on. */
enum { FLEX_ARG_Q, FLEX_ARG_K, FLEX_ARG_V, FLEX_ARG_SCORE_MOD, FLEX_ARG_FORWARD_REST };
enum {
    FLEX_ARG_RESULT = FLEX_ARG_SCORE_MOD, /* of the backward */
    FLEX_ARG_LOGS,
    FLEX_ARG_GRAD,
    FLEX_ARG_GRAD_LOGS,
    FLEX_ARG_FW_GRAPH,
    FLEX_ARG_JOINT_GRAPH,
    FLEX_ARG_BACKWARD_REST
};
/* Behind FLEX_ARG_…_REST. */
enum { FLEX_REST_BLOCKS, FLEX_REST_SCALE, FLEX_REST_OPTIONS, FLEX_REST_OTHERS, FLEX_REST_MASK_OTHERS, FLEX_REST_COUNT };
/* Items of the block mask, a tuple of 17. */
enum {
    FLEX_BLOCKS_PARTIAL_COUNT = 2,
    FLEX_BLOCKS_PARTIAL_KEYS,
    FLEX_BLOCKS_FULL_COUNT,
    FLEX_BLOCKS_FULL_KEYS,
    FLEX_BLOCKS_QUERIES = 7,
    FLEX_BLOCKS_QUERY_SIZE = 14,
    FLEX_BLOCKS_KEY_SIZE,
    FLEX_BLOCKS_MASK_MOD,
    FLEX_BLOCKS_ITEMS
};

/* flex_plan.c */
cot_status flex_prepare_forward(prepare_call *c);
cot_status flex_prepare_backward(prepare_call *c);

/* flex_attention.c: how many operands stand before argument i of a call, as joint_stage.needs counts them. */
uint32_t flex_operands_before(const joint_stage *s, uint32_t i);

/* flex_again.c: the derivative of the backward. */
cot_status flex_joint_backward(joint_stage *s);

/* flex_batch.c: both calls over a batch. */
cot_status flex_batch_forward(vmap_stage *s);
cot_status flex_batch_backward(vmap_stage *s);

/* flex_dense.c: the call written out; functional bodies. Gives the three results as a tuple. */
value flex_dense(builder *b, const arg *args, const cot_graph *score_mod, const cot_graph *mask_mod);

#endif
