/* SPDX-License-Identifier: MIT
 * resize.h — resampling: every element of the result is a weighted sum of a few elements of its plane of the input, and
 * the weights are products of one per dimension. Nearest, linear, cubic and antialiased resizing are that, and so are
 * padding by reflection and replication (one element of weight 1); their backwards are its transpose. */
#ifndef KERNELS_RESIZE_H
#define KERNELS_RESIZE_H

#include "kernels/kernel.h"

/* One dimension: output position o reads index[o · taps + k] with weight[o · taps + k]; NULL weights are 1. */
typedef struct resample_axis {
    int64_t taps;
    const int64_t *index;
    const double *weight;
} resample_axis;

typedef struct resample_attributes {
    int64_t batch, channels;
    int64_t in[3], out[3]; /* leading ones are 1 */
    resample_axis axis[3];
    uint8_t spatial;     /* dimensions of the tensors behind the channels */
    size_t worker_bytes; /* scratch of each worker: a plane of the input and a row */
} resample_attributes;

void ref_resample(const kernel_call *call);
void ref_resample_backward(const kernel_call *call);

#endif
