/* SPDX-License-Identifier: MIT
 * grid.h — what the grid sampling kernels are told: an image is read at positions that another tensor gives. */
#ifndef KERNELS_GRID_H
#define KERNELS_GRID_H

#include "kernels/kernel.h"

typedef enum grid_mode { GRID_LINEAR, GRID_NEAREST, GRID_CUBIC } grid_mode;
typedef enum grid_padding { GRID_ZEROS, GRID_BORDER, GRID_REFLECTION } grid_padding;

/* Always three spatial dimensions, leading ones 1; coordinates are in the order width, height, depth. */
typedef struct grid_attributes {
    int64_t batch, channels;
    int64_t in[3], out[3];
    uint8_t spatial, mode, padding;
    bool align_corners;
    bool mask[2]; /* backward: gradients of the image and of the grid */
} grid_attributes;

void ref_grid_sample(const kernel_call *call);
void ref_grid_sample_backward(const kernel_call *call);

#endif
