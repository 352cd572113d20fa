/* SPDX-License-Identifier: MIT
 * pointwise.h — pointwise operators as instructions of tile programs: what the fusion of chains builds on. */
#ifndef OPS_POINTWISE_H
#define OPS_POINTWISE_H

#include "kernels/tile.h"
#include "ops/prepare.h"
#include "ops/shape.h"
#include "ops/vjp.h"

typedef enum pointwise_result {
    POINTWISE_SAME,    /* the promoted dtype */
    POINTWISE_FLOAT,   /* the promoted dtype, f32 for integers */
    POINTWISE_BOOL,    /* bool, computed in the promoted dtype */
    POINTWISE_INTEGER, /* the promoted dtype; floats are refused */
    POINTWISE_DIVIDE,  /* FLOAT where rounding_mode is None, else SAME */
} pointwise_result;

/* A call as one instruction. */
typedef struct pointwise_call {
    uint32_t element; /* tile_element */
    cot_dtype dtype;  /* that operands are promoted to */
    tile_class class;
    uint32_t count; /* of operands */
    struct {
        int param; /* the tensor parameter, or -1: a number */
        tile_number number;
    } operands[TILE_MAX_OPERANDS];
    tile_number immediates[TILE_MAX_IMMEDIATES];
} pointwise_call;

/* One record of ops/pointwise.def: its record's `data`. */
typedef struct pointwise {
    uint16_t element;
    uint8_t result;                                        /* pointwise_result */
    const char *slots;                                     /* one letter for each parameter, see ops/pointwise.def */
    void (*choose)(pointwise_call *call, const arg *args); /* picks the element by attributes; may be NULL */
} pointwise;

/* Describes a call of a pointwise operator with bound arguments (numbers, no Sym values). False when it is none of
 * ops/pointwise.def or has no instruction for these dtypes. */
bool pointwise_describe(const cot_graph *g, const op *o, const arg *args, arena *scratch, pointwise_call *out);
cot_status pointwise_shape(shape_call *c);
cot_status pointwise_prepare(prepare_call *c);
/* Prepare: copies operand 0 to result 0, converting its dtype; any strides and broadcasting. */
cot_status pointwise_prepare_copy(prepare_call *c);
/* The type of a fresh result of one dtype computed from tensor parameters, in TensorIterator's layout. */
cot_status pointwise_type(shape_call *c, cot_dtype dtype, type *out);

/* ops/pointwise_vjp.c */
cot_status vjp_add(vjp_call *c);
cot_status vjp_sub(vjp_call *c);
cot_status vjp_rsub(vjp_call *c);
cot_status vjp_div_mode(vjp_call *c);
cot_status vjp_pow_scalar(vjp_call *c);
cot_status vjp_pow_tensor(vjp_call *c);
cot_status vjp_pow_base(vjp_call *c);
cot_status vjp_xlogy_scalar(vjp_call *c);
cot_status vjp_atan2(vjp_call *c);
cot_status vjp_elu_backward(vjp_call *c);
cot_status vjp_gelu_backward(vjp_call *c);
cot_status vjp_prelu(vjp_call *c);
cot_status vjp_prelu_backward(vjp_call *c);
cot_status vjp_clamp(vjp_call *c);
cot_status vjp_clamp_tensor(vjp_call *c);
/* An expression over the parameters of the call, grad and result. */
value vjp_line(vjp_call *c, const char *expression);

#endif
