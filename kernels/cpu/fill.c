/* SPDX-License-Identifier: MIT
 * fill.c — kernels that make elements from their indices. They are bound by the store, so they are compiled once and
 * are their own reference, but for triangles, whose rows are copied. */
#include "kernels/fill.h"
#include "kernels/ref/ref.h"

#include <string.h>

static bool is_integer(uint8_t dtype) { return dtype >= COT_I64 && dtype <= COT_U8; }

typedef struct job {
    const kernel_call *call;
    const void *attributes;
    double start, end;
} job;

/* ---- ranges ----------------------------------------------------------------------------------------------------- */

static void fill_range(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = ((const job *)arg)->call;
    const range_attributes *a = call->attributes;
    const tensor_desc *r = &call->tensors[0];
    UNUSED(worker);
    if (r->dtype == COT_F32 && r->contiguous) {
        float *to = call->data[0];
        for (int64_t i = begin; i < end; i++) to[i] = (float)(a->start + (double)i * a->step);
    } else if (is_integer(r->dtype)) {
        for (int64_t i = begin; i < end; i++) ref_set_int(r, call->data[0], i, a->first + i * a->by);
    } else {
        for (int64_t i = begin; i < end; i++) ref_set(r, call->data[0], i, a->start + (double)i * a->step);
    }
}

void range_kernel(const kernel_call *call) {
    job j = {.call = call};
    parallel_for(call->pool, call->tensors[0].numel, 16384, fill_range, &j);
}

static void fill_line(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const job *j = arg;
    const line_attributes *a = j->call->attributes;
    const tensor_desc *r = &j->call->tensors[0];
    int64_t n = r->numel;
    double step = n > 1 ? (j->end - j->start) / (double)(n - 1) : 0;
    UNUSED(worker);
    for (int64_t i = begin; i < end; i++) {
        double x = i < n / 2 || n == 1 ? j->start + step * (double)i : j->end - step * (double)(n - 1 - i);
        ref_set(r, j->call->data[0], i, a->base != 0 ? pow(a->base, x) : x);
    }
}

void line_kernel(const kernel_call *call) {
    const line_attributes *a = call->attributes;
    job j = {.call = call, .start = a->start, .end = a->end};
    for (uint32_t i = 0; i < call->num_operands; i++)
        if (call->data[1 + i])
            *(i || a->end_first ? &j.end : &j.start) = ref_get(&call->tensors[1 + i], call->data[1 + i], 0);
    parallel_for(call->pool, call->tensors[0].numel, 4096, fill_line, &j);
}

/* ---- identities and triangles ----------------------------------------------------------------------------------- */

void eye_kernel(const kernel_call *call) {
    const tensor_desc *r = &call->tensors[0];
    int64_t coords[COT_MAX_DIMS] = {0};
    if (r->numel == 0) return;
    do ref_store(r, call->data[0], ref_at(r, coords), coords[0] == coords[1]);
    while (ref_next(r, coords));
}

static void copy_triangle(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = ((const job *)arg)->call;
    const triangle_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    int64_t columns = to->sizes[to->ndim - 1], rows = to->sizes[to->ndim - 2], bytes = to->item_bytes;
    int64_t ds = to->strides[to->ndim - 1] * bytes, ss = from->strides[to->ndim - 1] * bytes;
    UNUSED(worker);
    for (int64_t row = begin; row < end; row++) {
        char *d = (char *)call->data[0] + element_offset(to, row * columns) * bytes;
        const char *s = (const char *)call->data[1] + element_offset(from, row * columns) * bytes;
        int64_t edge = row % rows + a->diagonal + (a->upper ? 0 : 1); /* kept: [edge, columns) or [0, edge) */
        edge = edge < 0 ? 0 : edge > columns ? columns : edge;
        for (int64_t k = 0; k < columns; k++) {
            if ((k >= edge) == a->upper) memmove(d + k * ds, s + k * ss, (size_t)bytes);
            else memset(d + k * ds, 0, (size_t)bytes);
        }
    }
}

void triangle_kernel(const kernel_call *call) {
    const tensor_desc *r = &call->tensors[0];
    job j = {.call = call};
    if (r->numel == 0) return;
    int64_t columns = r->sizes[r->ndim - 1];
    parallel_for(call->pool, r->numel / columns, MAX(1, 8192 / columns), copy_triangle, &j);
}

/* Of row i, the columns [first, last) belong to the triangle. */
static void triangle_row(int64_t i, int64_t columns, int64_t offset, bool upper, int64_t *first, int64_t *last) {
    int64_t edge = i + offset + (upper ? 0 : 1);
    edge = edge < 0 ? 0 : edge > columns ? columns : edge;
    *first = upper ? edge : 0;
    *last = upper ? columns : edge;
}

int64_t triangle_count(int64_t rows, int64_t columns, int64_t offset, bool upper) {
    int64_t count = 0, first, last;
    for (int64_t i = 0; i < rows; i++) {
        triangle_row(i, columns, offset, upper, &first, &last);
        count += last - first;
    }
    return count;
}

void triangle_indices_kernel(const kernel_call *call) {
    const triangle_indices_attributes *a = call->attributes;
    const tensor_desc *r = &call->tensors[0];
    int64_t at = 0, count = r->sizes[1], first, last;
    for (int64_t i = 0; i < a->rows; i++) {
        triangle_row(i, a->columns, a->offset, a->upper, &first, &last);
        for (int64_t k = first; k < last; k++, at++) {
            ref_set_int(r, call->data[0], at, i);
            ref_set_int(r, call->data[0], count + at, k);
        }
    }
}
