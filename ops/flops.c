/* SPDX-License-Identifier: MIT
 * flops.c — floating-point operations of calls, from their sizes. */
#include "ops/flops.h"

static double count(const tensor_desc *t) { return t->numel > 0 ? (double)t->numel : 0; }

double op_flops(const op *o, const flops_call *c) {
    if (o->record && o->record->flops) return o->record->flops(c);
    if (o->traits & (OP_VIEW | OP_RECOMPUTE_FREE | OP_CREATES | OP_COPIES)) return 0;
    double most = c->num_results ? count(&c->results[0]) : 0;
    if (o->traits & OP_POINTWISE) return most;
    for (uint32_t i = 0; i < c->num_operands; i++) most = MAX(most, count(&c->operands[i]));
    return most;
}

/* The last two operands are the factors: each element of the first meets a row of the second; of a vector one element,
 * but in an outer product all. */
double flops_product(const flops_call *c) {
    if (c->num_operands < 2) return 0;
    const tensor_desc *a = &c->operands[c->num_operands - 2], *b = &c->operands[c->num_operands - 1];
    const bool outer = a->ndim < 2 && c->results[0].ndim > 1;
    return 2 * count(a) * (b->ndim > 1 ? (double)b->sizes[b->ndim - 1] : outer ? count(b) : 1);
}

/* Each element of the output meets one filter's weights; of a transposed convolution, each element of the input. */
static double convolution(const tensor_desc *in, const tensor_desc *out, const tensor_desc *weight, bool transposed) {
    if (!weight->ndim || !weight->sizes[0]) return 0;
    return 2 * count(transposed ? in : out) * (count(weight) / (double)weight->sizes[0]);
}

double flops_convolution(const flops_call *c) {
    enum { TRANSPOSED = 6 };
    return convolution(&c->operands[0], &c->results[0], &c->operands[1], arg_as_bool(&c->args[TRANSPOSED], false));
}

double flops_convolution_backward(const flops_call *c) {
    enum { TRANSPOSED = 7 };
    const tensor_desc *out = &c->operands[0], *in = &c->operands[1], *weight = &c->operands[2];
    const int wanted = (c->results[0].numel >= 0) + (c->num_results > 1 && c->results[1].numel >= 0);
    return wanted * convolution(in, out, weight, arg_as_bool(&c->args[TRANSPOSED], false));
}

/* Of one product of scores and values over all heads; a causal mask leaves half of them. */
static double attention(const tensor_desc *q, const tensor_desc *k, bool causal) {
    if (k->ndim < 2) return 0;
    return (causal ? 1 : 2) * count(q) * (double)k->sizes[k->ndim - 2];
}

double flops_attention(const flops_call *c) {
    enum { CAUSAL = 4 };
    return 2 * attention(&c->operands[0], &c->operands[1], arg_as_bool(&c->args[CAUSAL], false));
}

/* Scores again, and the four products of the gradients. */
double flops_attention_backward(const flops_call *c) {
    enum { CAUSAL = 7 };
    return 5 * attention(&c->operands[1], &c->operands[2], arg_as_bool(&c->args[CAUSAL], false));
}
