/* SPDX-License-Identifier: MIT
 * conv_onednn.h — convolutions by oneDNN, one thread for each share of the images.
 *
 * Primitives are made at plan time, for tensors whose channels lie innermost; they belong to an arena. Only direct
 * algorithms are asked for: Winograd's error is ten times theirs, and whether it is chosen depends on the batch. */
#ifndef KERNELS_CPU_CONV_ONEDNN_H
#define KERNELS_CPU_CONV_ONEDNN_H

#include "base/arena.h"
#include "kernels/conv.h"

/* x, weights → y; y, weights → x; x, y → weights. */
typedef enum conv_part { CONV_FORWARD, CONV_DATA, CONV_WEIGHT } conv_part;

/* One part of a canonical convolution, or NULL where oneDNN is missing or has no fast kernel for it. x and y must be
 * dense with channels innermost; weights may have any strides. `bias` (CONV_FORWARD only) has their dtype. */
conv_onednn *conv_onednn_create(cot_context *ctx, arena *a, const conv_attributes *c, conv_part part, cot_dtype dtype,
                                const tensor_desc *weights, bool bias, uint32_t threads);
size_t conv_onednn_scratch(const conv_onednn *c);
void conv_onednn_run(const conv_onednn *c, struct pool *pool, char *scratch, char *x, char *weights, char *y,
                     const char *bias);

#endif
