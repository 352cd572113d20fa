/* SPDX-License-Identifier: MIT
 * kernel.h — the calling convention of all kernels. A kernel sees pointers, sizes and strides, never a graph.
 *
 * The descriptors, attributes and kernel pointer of a call are made once by the plan; a run hands in data pointers.
 * A kernel allocates nothing, reads no environment and keeps no state. It divides its own work over the pool through
 * `parallel_for`, in a way that depends only on sizes and thread count, so results are the same bits in every run. */
#ifndef KERNELS_KERNEL_H
#define KERNELS_KERNEL_H

#include "base/base.h"

struct pool; /* runtime/pool.h */

typedef struct tensor_desc {
    uint8_t dtype; /* cot_dtype */
    uint8_t ndim;
    uint8_t contiguous; /* row-major without gaps */
    uint8_t reserved;
    uint32_t item_bytes;
    int64_t numel;
    int64_t sizes[COT_MAX_DIMS];
    int64_t strides[COT_MAX_DIMS]; /* in elements */
} tensor_desc;

typedef struct kernel_call {
    const tensor_desc *tensors; /* results first, then operands */
    void *const *data;          /* same order; points at the first element (offset applied); an absent optional: NULL */
    uint32_t num_results, num_operands;
    const void *attributes; /* made by the operator's prepare function */
    void *scratch;          /* 64-byte aligned, as many bytes as prepare asked for, or NULL */
    struct pool *pool;
    uint64_t seed, step; /* of random operators: the key of the run */
} kernel_call;

typedef void (*kernel_fn)(const kernel_call *call);

/* Runs body(arg, begin, end, worker) over [0, count) in pieces of whole multiples of `grain` (the last may be short),
 * one piece for each thread at most; serial when count <= grain. worker < threads of the pool. */
void parallel_for(struct pool *pool, int64_t count, int64_t grain,
                  void (*body)(void *arg, int64_t begin, int64_t end, uint32_t worker), void *arg);
uint32_t pool_threads(const struct pool *pool);

/* For kernels that run code of the caller's or check data: the run ends behind this kernel and fails with this status
 * and text (at most as long as cot_error's). The first failure of a run counts. On the run's own thread only. */
void kernel_fail(const kernel_call *call, cot_status status, const char *text);

#endif
