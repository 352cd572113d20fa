/* SPDX-License-Identifier: MIT
 * conv.h — what the convolution kernels are told.
 *
 * One canonical convolution serves all: x (N, C, in…) and weights (O, C/groups, kernel…) give y (N, O, out…), always
 * with three spatial dimensions (leading ones are 1). A transposed convolution runs the same thing backwards: its input
 * is y, its output x. */
#ifndef KERNELS_CONV_H
#define KERNELS_CONV_H

#include "kernels/gemm.h"

/* A position of the kernel: what it adds to stride · output position, and the outputs of a row that it does not put
 * into the padding. */
typedef struct conv_tap {
    int64_t offset[3];
    int64_t low, high;
} conv_tap;

typedef struct conv_onednn conv_onednn; /* kernels/cpu/conv_onednn.h */

typedef struct conv_attributes {
    int64_t batch, x_channels, y_channels, groups;
    int64_t in[3], out[3], kernel[3], stride[3], padding[3], dilation[3];
    uint8_t spatial; /* spatial dimensions of the tensors: 1, 2 or 3 */
    bool transposed;
    bool depthwise;               /* one x and one y channel in each group, and more than one group */
    bool mask[3];                 /* backward: which results are wanted */
    bool products;                /* one product over all positions (kernels/cpu/conv_products_tmpl.c) … */
    bool pointwise;               /* … whose columns are x itself: a 1×1 kernel */
    gemm_provider provider;       /* … by this */
    const conv_onednn *onednn[3]; /* by part (forward, data, weight): where oneDNN computes it; NULL: ours */
    const conv_tap *taps;
    /* Tiles of output positions: `tile_images` whole images, or `tile_pixels` positions of one image when that is 1. */
    int64_t tile_images, tile_pixels;
    int64_t weight_columns; /* most of K that one product of the weight gradient takes */
    size_t weight_bytes;    /* scratch: packed weights, then … */
    size_t worker_bytes;    /* … for each worker columns, a tile of y, an image of x, weight gradients */
    size_t columns_bytes, tile_bytes; /* with `products`: all columns, then worker_bytes of the provider for each */
} conv_attributes;

#define CONV_LANES 16 /* channels that depthwise loops take at a time */

/* Reference kernels. */
void ref_convolution(const kernel_call *call);
void ref_convolution_backward(const kernel_call *call);

#endif
