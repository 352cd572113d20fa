/* SPDX-License-Identifier: MIT
 * prepare.h — plan time of an operator: from a node with concrete sizes to a kernel with attributes. */
#ifndef OPS_PREPARE_H
#define OPS_PREPARE_H

#include "kernels/tile.h"
#include "ops/op.h"

struct prepare_call {
    const cot_graph *graph;
    value node;
    const op *op;
    const arg *args;            /* bound to the schema, else as written; Sym values are already numbers (ARG_INT) */
    uint32_t nargs, npos;       /* entries of args; without a schema, how many of them have no name */
    const char *const *kwnames; /* without a schema: names of args[npos …] */
    arena *arena;               /* of the plan: attributes live here */
    arena *scratch;             /* for what is not needed when the plan is made */
    tensor_desc *results;       /* num_results; strides may not be changed */
    tensor_desc *operands; /* flat tensor operands in schema order, items of lists in order, Nones included (ndim 0,
                            * numel -1); without a schema all tensors among the arguments, in order */
    uint32_t num_results, num_operands;
    const uint32_t *first; /* by parameter (argument): index of its first flat operand, one entry more at the end */
    uint32_t threads;
    const binding *binding; /* of symbolic sizes */
    cot_error *error;
    /* to be filled: */
    kernel_fn kernel;
    kernel_fn reference; /* comes as the record's; NULL where the attributes are not what that one reads */
    void *attributes;
    size_t scratch_bytes;
    uint64_t sparse; /* bit i: of tensor i (results, then operands) only a few elements are touched, as many as the
                      * other tensors have; of a result, where it lies over its operand. For counting bytes. */
    bool rehearsal;  /* sizes are made up: what depends on data is not judged */
    dim measured;    /* of `measure`: what is found, an expression of the node's type */
    double flops;    /* where attributes know better than sizes (a fused chain); 0: as the record says, ops/flops.h */
    uint64_t contiguous;    /* bit i: operand i must be row-major contiguous; the plan inserts a copy when it is not */
    uint64_t in_place;      /* bit i: result 0 may be written over operand i (same sizes, strides and item bytes are
                             * checked by the plan), because element k is read before it is written and never after */
    tile_builder *form;     /* the same as a tile program that is laid out, results and then operands being its tensors:
                             * the plan may merge it with others; NULL: it cannot be merged */
    bool form_alone;        /* the form says what the kernel does, but merging it would gain nothing */
    bool form_strided;      /* the form walks through operands as they lie: `contiguous` does not hold for it */
    const uint64_t *over;   /* where those two do not say it, by result: bit i: it may lie over operand i */
    uint64_t in_place_same; /* bit i: the same for result i over operand i: operators that update several tensors */
};

static inline bool prepare_has(const prepare_call *c, uint32_t param) {
    return c->first[param + 1] > c->first[param] && c->operands[c->first[param]].numel >= 0;
}
static inline tensor_desc *prepare_operand(const prepare_call *c, uint32_t param) {
    return &c->operands[c->first[param]];
}
/* COT_NO_KERNEL with operator and dtypes named. */
cot_status prepare_no_kernel(prepare_call *c);
#define PREPARE_ATTRIBUTES(c, type) ((type *)((c)->attributes = arena_alloc((c)->arena, sizeof(type))))

#endif
