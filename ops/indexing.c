/* SPDX-License-Identifier: MIT
 * indexing.c — the plan-time half of kernels/index.h. */
#include "ops/indexing.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/element.h"

#include <string.h>

KERNEL_DECLARE(kernel_fn, index_read);
KERNEL_DECLARE(kernel_fn, index_write);

index_attributes *indexing_begin(prepare_call *c, index_mode mode, uint32_t base, uint32_t other) {
    index_attributes *a = PREPARE_ATTRIBUTES(c, index_attributes);
    a->mode = (uint8_t)mode;
    a->base_at = base;
    a->other_at = other;
    a->alpha = 1;
    a->skip = INT64_MIN;
    return a;
}

uint32_t indexing_at(const prepare_call *c, uint32_t param) { return c->num_results + c->first[param]; }

const tensor_desc *indexing_desc(const prepare_call *c, uint32_t at) {
    return at < c->num_results ? &c->results[at] : &c->operands[at - c->num_results];
}

cot_status indexing_source(prepare_call *c, index_attributes *a, uint32_t at, int64_t size, int64_t step) {
    const tensor_desc *t = indexing_desc(c, at);
    if (t->dtype != COT_I64 && t->dtype != COT_I32) return prepare_no_kernel(c);
    a->index[a->count++] = (index_source){.at = at, .narrow = t->dtype == COT_I32, .size = size, .step = step};
    return COT_OK;
}

uint32_t indexing_dim(index_attributes *a, int64_t size, int64_t base_stride, int64_t other_stride) {
    a->sizes[a->ndim] = size;
    a->base_strides[a->ndim] = base_stride;
    a->other_strides[a->ndim] = other_stride;
    return a->ndim++;
}

void indexing_scalar(unsigned char *out, uint8_t dtype, double x) {
    memset(out, 0, 16);
    element_store(dtype, out, 0, x);
}

/* ---- ordering and merging --------------------------------------------------------------------------------------- */

static bool is_free(const index_attributes *a, uint32_t d) {
    for (uint32_t k = 0; k < a->count; k++)
        if (a->index[k].strides[d]) return false;
    return true;
}

static void move_dim(index_attributes *to, const index_attributes *from, uint32_t d) {
    const uint32_t n = indexing_dim(to, from->sizes[d], from->base_strides[d], from->other_strides[d]);
    for (uint32_t k = 0; k < from->count; k++) to->index[k].strides[n] = from->index[k].strides[d];
}

/* Whether dimension d of `from` continues the last of `to`: their strides make one longer dimension. */
static bool continues(const index_attributes *to, const index_attributes *from, uint32_t d) {
    if (to->ndim == 0) return false;
    const uint32_t last = to->ndim - 1;
    const int64_t n = from->sizes[d];
    if (to->base_strides[last] != from->base_strides[d] * n || to->other_strides[last] != from->other_strides[d] * n)
        return false;
    for (uint32_t k = 0; k < from->count; k++)
        if (to->index[k].strides[last] != from->index[k].strides[d] * n) return false;
    return true;
}

static void append_dims(index_attributes *to, const index_attributes *from, bool free) {
    for (uint32_t d = 0; d < from->ndim; d++) {
        if (from->sizes[d] == 1 || is_free(from, d) != free) continue;
        if (!continues(to, from, d)) {
            move_dim(to, from, d);
            continue;
        }
        const uint32_t last = to->ndim - 1;
        to->sizes[last] *= from->sizes[d];
        to->base_strides[last] = from->base_strides[d];
        to->other_strides[last] = from->other_strides[d];
        for (uint32_t k = 0; k < from->count; k++) to->index[k].strides[last] = from->index[k].strides[d];
    }
}

/* Reads divide along the longest dimension; writes only along one whose elements lie in different places of base. */
static void choose_split(index_attributes *a) {
    int64_t best = 0;
    for (uint32_t d = 0; d < a->ndim; d++) {
        if ((a->mode != INDEX_READ && a->base_strides[d] == 0) || a->sizes[d] <= 2 * best) continue;
        best = a->sizes[d];
        a->split = d;
        a->divisible = true;
    }
}

cot_status indexing_finish(prepare_call *c, index_attributes *a) {
    const index_attributes from = *a;
    const uint8_t dtype = indexing_desc(c, a->base_at)->dtype;
    a->ndim = 0;
    append_dims(a, &from, false);
    const uint32_t indexed = a->ndim;
    append_dims(a, &from, true);
    if (a->ndim == indexed && (indexed == 0 || a->frequency)) {
        const uint32_t d = indexing_dim(a, 1, 1, 1);
        for (uint32_t k = 0; k < a->count; k++) a->index[k].strides[d] = 0;
    }
    choose_split(a);
    c->sparse = UINT64_C(1) << MIN(a->base_at, 63u);
    if (a->mode != INDEX_READ && a->start == INDEX_COPY_SELF) c->sparse |= UINT64_C(1) << MIN(a->self_at, 63u);
    if (a->mode != INDEX_READ && a->start == INDEX_ZERO) c->sparse = 0;
    c->flops = 1;
    for (uint32_t d = 0; d < a->ndim; d++) c->flops *= (double)a->sizes[d];
    if (a->mode > INDEX_ADD && dtype_is_complex((cot_dtype)dtype)) return prepare_no_kernel(c);
    c->kernel = a->mode == INDEX_READ ? KERNEL_SELECT(index_read) : KERNEL_SELECT(index_write);
    return COT_OK;
}
