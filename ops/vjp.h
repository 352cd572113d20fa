/* SPDX-License-Identifier: MIT
 * vjp.h — writing derivative rules in C.
 *
 * The driver (autograd/) hands in the forward node, gradients of its results and which inputs need a gradient; the rule
 * emits the backward and stores a gradient for each needed input. The driver sums to size where an input was broadcast,
 * casts to the input's dtype, accumulates, and takes NO_VALUE for zero: rules do none of this. */
#ifndef OPS_VJP_H
#define OPS_VJP_H

#include "ops/emit.h"

struct vjp_call {
    builder *b; /* emit into this: the joint graph */
    const op *op;
    const arg *args;    /* the forward call's bound arguments, as values of the joint graph */
    value result;       /* its result (a tuple value when it has several) */
    const value *grads; /* gradient of each result (NO_VALUE: zero), num_results of them */
    uint32_t num_results;
    const bool *needs;     /* by flat tensor operand: does it need a gradient */
    value *out;            /* by flat tensor operand: to be filled where needed; NO_VALUE is zero */
    uint32_t num_operands; /* flat tensor operands: tensors and items of tensor lists, in schema order; a None counts */
    const uint32_t *first; /* by parameter: index of its first flat operand (num_params + 1 entries) */
};

/* Shorthands: parameter i's argument / tensor; whether parameter i (a tensor) needs a gradient; set it. */
static inline const arg *vjp_arg(const vjp_call *c, uint32_t i) { return &c->args[i]; }
static inline value vjp_tensor(const vjp_call *c, uint32_t i) { return arg_as_value(&c->args[i]); }
static inline bool vjp_needs(const vjp_call *c, uint32_t i) {
    return c->first[i + 1] > c->first[i] && c->needs[c->first[i]];
}
static inline void vjp_set(vjp_call *c, uint32_t i, value v) { c->out[c->first[i]] = v; }
/* Part i of the forward result (a getitem node, made when there is none yet). */
value vjp_result(vjp_call *c, uint32_t i);

#endif
