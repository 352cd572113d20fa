/* SPDX-License-Identifier: MIT
 * lines.c — laying out an operator along lines. */
#include "kernels/lines.h"

/* Strides of a result over the other dimensions, and along the line (0 where it has no such dimension). */
static int64_t result_strides(const tensor_desc *in, const tensor_desc *out, uint32_t dim, int64_t *strides) {
    uint32_t at = 0;
    for (uint32_t d = 0; d < in->ndim; d++) {
        if (d == dim) continue;
        strides[at] = out->strides[out->ndim == in->ndim ? d : at];
        at++;
    }
    return in->ndim && out->ndim == in->ndim ? out->strides[dim] : 1;
}

size_t lines_layout(lines_attributes *a, const tensor_desc *tensors, uint32_t dim, uint32_t threads) {
    const tensor_desc *in = &tensors[a->operand];
    a->length = in->ndim ? in->sizes[dim] : 1;
    a->stride = in->ndim ? in->strides[dim] : 1;
    a->lines = 1;
    for (uint32_t d = 0; d < in->ndim; d++) {
        if (d == dim) continue;
        a->sizes[a->ndim] = in->sizes[d];
        a->strides[a->ndim++] = in->strides[d];
        a->lines *= in->sizes[d];
    }
    if (a->values >= 0) a->value_stride = result_strides(in, &tensors[a->values], dim, a->value_strides);
    if (a->indices >= 0) a->index_stride = result_strides(in, &tensors[a->indices], dim, a->index_strides);
    /* The line as numbers of its class, results and their indices, and twice the pairs that sorting moves. */
    a->worker_bytes =
        ((size_t)MAX(a->length, 1) * 8 * 3 + (a->code >= LINES_SORT ? (size_t)a->length * 32 : 0) + 255) / 64 * 64;
    return a->worker_bytes * threads;
}
