/* SPDX-License-Identifier: MIT
 * attention.h — softmax(scale · Q Kᵀ + mask) V for batches of heads, and its backward, without the matrix of scores
 * (Dao et al., "FlashAttention", 2022): blocks of queries meet blocks of keys, the softmax is kept up to date on the
 * way, and the backward computes scores again from the log of their sums.
 *
 * Tensors are (batch, heads, length, width), any strides. Query heads may be a multiple of key heads: neighbours share.
 */
#ifndef KERNELS_ATTENTION_H
#define KERNELS_ATTENTION_H

#include "kernels/kernel.h"

enum { ATTENTION_QUERIES = 64, ATTENTION_KEYS = 64 }; /* sizes of blocks */

typedef struct attention_attributes {
    int64_t batch, heads, key_heads, queries, keys, width;
    double scale;
    bool causal;      /* query i sees keys 0 … i */
    uint32_t mask_at; /* in kernel_call.data, broadcast to (batch, heads, queries, keys) by zero strides; 0: none */
    int64_t mask_strides[4];
    size_t worker; /* numbers of scratch for each thread */
} attention_attributes;

/* Where operands stand in kernel_call.data. */
enum { ATTENTION_OUT, ATTENTION_LSE, ATTENTION_Q, ATTENTION_K, ATTENTION_V };
enum {
    ATTENTION_DQ,
    ATTENTION_DK,
    ATTENTION_DV,
    ATTENTION_B_DO,
    ATTENTION_B_Q,
    ATTENTION_B_K,
    ATTENTION_B_V,
    ATTENTION_B_OUT,
    ATTENTION_B_LSE
};

/* Numbers of scratch that one thread needs. */
static inline size_t attention_forward_scratch(const attention_attributes *a) {
    const size_t w = (size_t)a->width, k = (size_t)a->keys;
    return 2 * w * k + 2 * (ATTENTION_QUERIES * w) + (size_t)ATTENTION_QUERIES * ATTENTION_KEYS + 2 * ATTENTION_QUERIES;
}

static inline size_t attention_backward_scratch(const attention_attributes *a) {
    const size_t w = (size_t)a->width, k = (size_t)a->keys;
    return 5 * w * k + 3 * (ATTENTION_QUERIES * w) + 2 * ((size_t)ATTENTION_QUERIES * ATTENTION_KEYS) +
           2 * ATTENTION_QUERIES;
}

#endif
