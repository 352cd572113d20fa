/* SPDX-License-Identifier: MIT
 * pool.h — what the pooling kernels are told. Always three spatial dimensions; leading ones are 1. */
#ifndef KERNELS_POOL_H
#define KERNELS_POOL_H

#include "kernels/kernel.h"

typedef struct pool_attributes {
    int64_t batch, channels;
    int64_t in[3], out[3], kernel[3], stride[3], padding[3], dilation[3];
    uint8_t spatial;
    bool adaptive; /* windows divide the input evenly; kernel, stride … are not used */
    bool count_include_pad;
    int64_t divisor;     /* of averages, 0: the size of the window */
    size_t worker_bytes; /* scratch of each worker: a plane of the input */
} pool_attributes;

/* The positions of the input that output `o` sees in dimension d: from, from + step, … below to. `whole` is the extent
 * of the window with the padding that counts. */
typedef struct pool_window {
    int64_t from, to, step, whole;
} pool_window;

static inline pool_window pool_window_at(const pool_attributes *a, int d, int64_t o) {
    if (a->adaptive) {
        int64_t from = o * a->in[d] / a->out[d], to = ((o + 1) * a->in[d] + a->out[d] - 1) / a->out[d];
        return (pool_window){from, to, 1, to - from};
    }
    int64_t from = o * a->stride[d] - a->padding[d], step = a->dilation[d];
    int64_t to = from + (a->kernel[d] - 1) * step + 1, padded = MIN(to, a->in[d] + a->padding[d]);
    int64_t whole = padded - from;
    if (from < 0) from += (-from + step - 1) / step * step;
    return (pool_window){from, MIN(to, a->in[d]), step, whole};
}

/* What an average is divided by. */
static inline int64_t pool_divisor(const pool_attributes *a, const pool_window w[3]) {
    if (a->divisor) return a->divisor;
    if (a->count_include_pad || a->adaptive) return w[0].whole * w[1].whole * w[2].whole;
    return (w[0].to - w[0].from) * (w[1].to - w[1].from) * (w[2].to - w[2].from);
}

/* A tensor (N, C, spatial…) or (C, spatial…) by strides. */
typedef struct pool_view {
    int64_t sn, sc, s[3];
} pool_view;

static inline pool_view pool_view_of(const pool_attributes *a, const tensor_desc *t) {
    pool_view v = {0};
    uint32_t lead = t->ndim - a->spatial;
    v.sn = lead > 1 ? t->strides[0] : 0;
    v.sc = t->strides[lead - 1];
    for (uint32_t d = 0; d < a->spatial; d++) v.s[3 - a->spatial + d] = t->strides[lead + d];
    return v;
}

void ref_max_pool(const kernel_call *call);
void ref_max_pool_backward(const kernel_call *call);
void ref_avg_pool(const kernel_call *call);
void ref_avg_pool_backward(const kernel_call *call);
void ref_max_unpool(const kernel_call *call);

#endif
