/* SPDX-License-Identifier: MIT
 * prefix.h — prefixes by an associative combination that is one tile program: see prefix.c. */
#ifndef RUNTIME_PREFIX_H
#define RUNTIME_PREFIX_H

#include "runtime/plan.h"

typedef struct whole_tensor {
    bool is_input;
    uint32_t index; /* of the input, or of the output */
    int64_t offset; /* bytes */
} whole_tensor;

/* A body that is one tile program. */
struct whole_body {
    const tile_builder *form;
    const whole_tensor *tensors; /* results, then operands */
    const tensor_desc *descs;
    uint32_t num_results, num_operands;
};

typedef struct prefix_level {
    const tile_program *program;
    int64_t left, right; /* items of the first pair */
} prefix_level;

typedef struct prefix_levels {
    const whole_body *body;
    prefix_level *levels;
    uint32_t count, num_xs;
    uint64_t scratch_bytes;
} prefix_levels;

/* NULL where it does not fit a tile program. item_bytes: by result, from item to item; kept. */
const prefix_levels *prefix_plan(planner *p, const whole_body *body, uint32_t num_xs, int64_t count,
                                 const int64_t *item_bytes);

typedef struct prefix_call {
    char *const *results; /* hold the items, then their prefixes */
    char *const *rest;
    char **data; /* room for a pointer to each tensor of the body's program */
    const int64_t *item_bytes;
    char *scratch;
    struct pool *pool;
} prefix_call;
void prefix_run(const prefix_levels *l, const prefix_call *c);

#endif
