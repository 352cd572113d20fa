/* SPDX-License-Identifier: MIT
 * reduce.h — reductions over any set of dimensions: how one is described to its kernel.
 *
 * A reduction maps each element and combines what comes out: sum, norms, maximum, any … Some take a second pass that
 * needs the result of the first (variance about the mean, log-sum-exp about the maximum). Each output is written once,
 * from a total in double or int64; sums of f32 go in blocks of lanes first, so that their error stays small and their
 * order is fixed. */
#ifndef KERNELS_REDUCE_H
#define KERNELS_REDUCE_H

#include "kernels/tile.h"

/* name, what an element x becomes (c: a number of its output), how two are combined, identity for floats, integers */
#define REDUCTIONS(X)                                                                                                  \
    X(sum, x, ADD, 0, 0)                                                                                               \
    X(nansum, x != x ? 0 : x, ADD, 0, 0)                                                                               \
    X(count, (T)(x != 0), ADD, 0, 0)                                                                                   \
    X(prod, x, MULTIPLY, 1, 1)                                                                                         \
    X(max, x, MAXIMUM, -INFINITY, INT64_MIN)                                                                           \
    X(min, x, MINIMUM, INFINITY, INT64_MAX)                                                                            \
    X(any, (T)(x != 0), MAXIMUM, 0, 0)                                                                                 \
    X(all, (T)(x != 0), MINIMUM, 1, 1)                                                                                 \
    X(abs_sum, x < 0 ? -x : x, ADD, 0, 0)                                                                              \
    X(square_sum, x *x, ADD, 0, 0)                                                                                     \
    X(abs_max, x < 0 ? -x : x, MAXIMUM, 0, 0)                                                                          \
    X(abs_min, x < 0 ? -x : x, MINIMUM, INFINITY, INT64_MAX)                                                           \
    X(power_sum, POWER(x < 0 ? -x : x, c), ADD, 0, 0)                                                                  \
    X(deviation, (x - c) * (x - c), ADD, 0, 0)                                                                         \
    X(exp_sum, EXPONENTIAL(x - c), ADD, 0, 0)

typedef enum reduce_code {
#define X(name, map, combine, float_identity, integer_identity) REDUCE_##name,
    REDUCTIONS(X)
#undef X
        REDUCE_COUNT,
    REDUCE_NONE = REDUCE_COUNT
} reduce_code;

typedef enum reduce_finish {
    REDUCE_TOTAL,
    REDUCE_MEAN, /* total / count */
    REDUCE_SQRT,
    REDUCE_ROOT,      /* total ^ (1 / parameter) */
    REDUCE_VARIANCE,  /* total / (count - parameter), about the mean of the first pass */
    REDUCE_DEVIATION, /* its square root */
    REDUCE_LOG,       /* log(total) + the maximum of the first pass */
} reduce_finish;

typedef struct reduction {
    uint8_t first, second;        /* reduce_code; second: REDUCE_NONE, or a pass with c = what the first one gave */
    uint8_t finish, class, dtype; /* dtype: of the operand */
    bool columns;                 /* the innermost dimension is kept: many outputs go side by side */
    uint32_t result,
        center; /* tensors that get the result, and what the first pass gave (0: nobody, result is 0 then) */
    double parameter;
    uint32_t kept, reduced; /* dimensions */
    int64_t kept_sizes[COT_MAX_DIMS], kept_strides[COT_MAX_DIMS], result_strides[COT_MAX_DIMS];
    int64_t reduced_sizes[COT_MAX_DIMS], reduced_strides[COT_MAX_DIMS];
    int64_t outputs, count; /* number of outputs, elements for each */
    int64_t width;          /* columns: outputs of one unit of work */
    int64_t splits;         /* > 1: each output is made of this many partial totals, in the scratch */
} reduction;

typedef struct reduce_attributes {
    uint32_t count;
    uint32_t operand; /* tensor that is reduced */
    reduction runs[2];
} reduce_attributes;

/* Fills the sizes, strides and the division of work for reducing the dimensions of `mask`. The result has the kept
 * dimensions in order, the reduced ones as 1 (keepdim) or not at all. Gives the bytes of scratch it needs. */
size_t reduce_layout(reduction *r, const tensor_desc *in, const tensor_desc *out, uint32_t mask, uint32_t threads);

/* kernels/ref/reduce.c; attributes: reduce_attributes. */
void reduce_reference(const kernel_call *call);

#endif
