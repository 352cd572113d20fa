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

/* A block has 64 rows; a rest of at most 16 joins the last one, which saves short blocks behind lengths like 65. */
enum { ATTENTION_BLOCK = 64, ATTENTION_LARGEST = 80, ATTENTION_PAD = 16 };

typedef struct attention_attributes {
    int64_t batch, heads, key_heads, queries, keys, width;
    double scale;
    bool causal;      /* query i sees keys 0 … i */
    bool split;       /* backward: fewer heads than threads, so blocks of one head are divided (twice) */
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

/* Rows of scratch have a multiple of ATTENTION_PAD numbers, zeros at the end, so that vectors need no rest. */
static inline int64_t attention_pad(int64_t n) { return (n + ATTENTION_PAD - 1) / ATTENTION_PAD * ATTENTION_PAD; }

static inline int64_t attention_blocks(int64_t length) {
    return length ? MAX(1, (length + ATTENTION_BLOCK - ATTENTION_PAD - 1) / ATTENTION_BLOCK) : 0;
}

/* Rows of the block that begins at `first`. */
static inline int64_t attention_rows(int64_t length, int64_t first) {
    return length - first <= ATTENTION_LARGEST ? length - first : ATTENTION_BLOCK;
}

/* Numbers of scratch that one thread needs. */
static inline size_t attention_forward_scratch(const attention_attributes *a) {
    const size_t w = (size_t)attention_pad(a->width), k = (size_t)attention_pad(a->keys), block = ATTENTION_LARGEST;
    return 2 * w * k + 2 * block * w + block * block + 2 * block;
}

static inline size_t attention_backward_scratch(const attention_attributes *a) {
    const size_t w = (size_t)attention_pad(a->width), block = ATTENTION_LARGEST;
    const size_t k = a->split ? block : (size_t)attention_pad(a->keys);
    return 5 * w * k + 3 * block * w + 2 * block * block + 2 * block;
}

#endif
