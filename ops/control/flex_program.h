/* SPDX-License-Identifier: MIT
 * flex_program.h — bodies of flex_attention as programs of kernels/flex.h.
 *
 * A body computes one number from a score and its coordinates. It can be a program when all it does is pointwise on
 * such numbers, and reading captured tensors at places that it computes. */
#ifndef OPS_CONTROL_FLEX_PROGRAM_H
#define OPS_CONTROL_FLEX_PROGRAM_H

#include "kernels/flex.h"
#include "ops/control/control.h"

/* score_mod(score, b, h, m, n, captured…), mask_mod(b, h, m, n, captured…), and the joint of score_mod:
 * (score, b, h, m, n, grad, captured…) → [grad of score, None × 4, grads of captured…]. */
typedef enum flex_kind { FLEX_SCORE_MOD, FLEX_MASK_MOD, FLEX_JOINT } flex_kind;

/* What a body captured, as it lies: a tensor of the call, or a number. */
typedef struct flex_capture {
    type type;
    uint32_t at;
    arg number; /* of one that is no tensor */
} flex_capture;

typedef struct flex_body {
    flex_kind kind;
    const cot_graph *graph;
    cot_dtype dtype; /* in which scores are computed */
    const flex_capture *captured;
    uint32_t num_captured;
    const uint64_t *totals; /* FLEX_JOINT, by captured: where its gradient begins in a worker's totals */
} flex_body;

/* How many inputs a body has before what it captured. */
static inline uint32_t flex_first_captured(flex_kind kind) {
    return kind == FLEX_MASK_MOD ? 4 : kind == FLEX_SCORE_MOD ? 5 : 6;
}

typedef enum flex_answer {
    FLEX_IS_PROGRAM,
    FLEX_IS_PLAIN,   /* scores, or gradients, as they are; everything is seen */
    FLEX_IS_NOTHING, /* a mask that hides everything */
    FLEX_IS_NEITHER, /* it is more than a program can say */
} flex_answer;

/* `program`, in memory of `arena`, may be NULL: just asks. *why is set when the answer is FLEX_IS_NEITHER. */
flex_answer flex_compile(cot_context *ctx, const flex_body *body, arena *arena, flex_program *program,
                         const char **why);

/* ---- inside (flex_program.c makes registers, flex_finish.c lays them out) --------------------------------------- */

typedef struct flex_registers {
    tile_builder t;
    uint16_t in[FLEX_INPUTS];
    uint8_t levels[FLEX_INPUTS]; /* of the registers in `in` */
    uint16_t out;
    VEC(flex_scatter) scatters; /* level is filled in by flex_finish */
} flex_registers;

/* False when there are too many registers. */
bool flex_finish(flex_registers *r, arena *arena, flex_program *out);

#endif
