/* SPDX-License-Identifier: MIT
 * random.c — dropout, the definition, on the bits that philox.h defines. */
#include "kernels/ref/random.h"
#include "kernels/philox.h"
#include "kernels/random.h"
#include "kernels/ref/ref.h"

void ref_dropout(const kernel_call *call) {
    const dropout_attributes *a = call->attributes;
    const philox_key key = {call->seed, call->step, a->stream};
    const tensor_desc *t = call->tensors;
    uint32_t words[PHILOX_CHUNK];
    for (int64_t i = 0; i < t[0].numel; i++) { /* i counts elements in memory: all three have one dense layout */
        philox_chunk(&key, (uint64_t)(i / PHILOX_CHUNK), words);
        const bool keep = !a->train || a->p == 0 || (a->p < 1 && words[i % PHILOX_CHUNK] < (1 - a->p) * 0x1p32);
        const double x = element_load(t[2].dtype, call->data[2], i);
        element_store(t[0].dtype, call->data[0], i, x * (keep ? a->scale : 0));
        element_store(t[1].dtype, call->data[1], i, keep);
    }
}

void ref_dropout_backward(const kernel_call *call) {
    const dropout_attributes *a = call->attributes;
    const tensor_desc *t = call->tensors;
    for (int64_t i = 0; i < t[0].numel; i++)
        element_store(t[0].dtype, call->data[0], i,
                      element_load(t[1].dtype, call->data[1], i) *
                          (element_load(t[2].dtype, call->data[2], i) ? a->scale : 0));
}
