/* SPDX-License-Identifier: MIT
 * form.h — reductions and normalisations as tile programs with rows, so that the plan can merge them with the pointwise
 * operators around them (runtime/fuse.c). A kernel of their own runs them where there is nothing to merge with. Each
 * fills c->form, or leaves it NULL where memory does not lie as a tile program would need it. */
#ifndef OPS_FORM_H
#define OPS_FORM_H

#include "ops/prepare.h"

/* Operand 0 in the dtype and layout of result 0, which has its sizes. */
void form_copy(prepare_call *c);
/* Operand 0 over the dimensions of `mask`, into result 0. */
void form_reduction(prepare_call *c, uint32_t mask, tile_class class, tile_combine combine, double scale);
/* Variance (or its root) over the dimensions of `mask` into result 0, the mean into result 1 where there is one. */
void form_variance(prepare_call *c, uint32_t mask, tile_class class, double correction, bool root);
/* Over the last `dims` dimensions. */
void form_layer_norm(prepare_call *c, uint32_t dims, double eps);
void form_layer_norm_backward(prepare_call *c, uint32_t dims);
/* Along the last dimension. */
void form_softmax(prepare_call *c, bool logarithm);
void form_softmax_backward(prepare_call *c, bool logarithm);

#endif
