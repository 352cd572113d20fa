/* SPDX-License-Identifier: MIT
 * unfold.c — the derivative of sliding windows. Every element gathers from the windows it lies in, in their order, so
 * threads never meet and the sum is always the same. It is its own reference. */
#include "kernels/unfold.h"
#include "kernels/ref/ref.h"

/* First window that ends behind position i, and one past the last that begins at or before it. */
static void windows_over(const unfold_attributes *a, int64_t count, int64_t i, int64_t *first, int64_t *last) {
    *first = i < a->size ? 0 : (i - a->size) / a->step + 1;
    *last = MIN(count, i / a->step + 1);
}

static void gather(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const unfold_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    int64_t count = to->ndim ? from->sizes[a->dim] : 1, by = to->ndim ? from->strides[a->dim] : 0;
    int64_t along = from->strides[from->ndim - 1];
    UNUSED(worker);
    for (int64_t i = begin; i < end; i++) {
        int64_t coords[COT_MAX_DIMS] = {0}, first, last, at, s = 0;
        double sum = 0;
        ref_coords(to, i, coords);
        at = to->ndim ? coords[a->dim] : 0;
        for (int d = 0; d < to->ndim; d++)
            if ((uint32_t)d != a->dim) s += coords[d] * from->strides[d];
        windows_over(a, count, at, &first, &last);
        for (int64_t w = first; w < last; w++)
            sum += ref_load(from, call->data[1], s + w * by + (at - w * a->step) * along);
        ref_store(to, call->data[0], ref_at(to, coords), sum);
    }
}

void unfold_backward_kernel(const kernel_call *call) {
    parallel_for(call->pool, call->tensors[0].numel, 2048, gather, (void *)call);
}
