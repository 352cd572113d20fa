/* SPDX-License-Identifier: MIT
 * index.c — indexing, the definition: one element after another, in program order. */
#include "kernels/ref/index.h"
#include "kernels/index.h"
#include "kernels/ref/ref.h"

#include <math.h>
#include <string.h>

/* Coordinates of step `linear` of the walk; false where an index names nothing. Gives offsets in base and other. */
static bool locate(const kernel_call *call, const index_attributes *a, int64_t linear, int64_t *base, int64_t *other,
                   int64_t *first) {
    int64_t coords[COT_MAX_DIMS];
    for (uint32_t d = a->ndim; d-- > 0;) {
        coords[d] = linear % a->sizes[d];
        linear /= a->sizes[d];
    }
    *base = *other = 0;
    for (uint32_t d = 0; d < a->ndim; d++) {
        *base += coords[d] * a->base_strides[d];
        *other += coords[d] * a->other_strides[d];
    }
    bool found = true;
    for (uint32_t k = 0; k < a->count; k++) {
        const index_source *s = &a->index[k];
        int64_t at = 0;
        for (uint32_t d = 0; d < a->ndim; d++) at += coords[d] * s->strides[d];
        if (s->mask && !((const uint8_t *)call->data[s->at])[at]) return false;
        if (s->mask) continue;
        int64_t i = element_load_int(call->tensors[s->at].dtype, call->data[s->at], at);
        if (i == a->skip) found = false;
        if (i < 0) i += s->size;
        if (i < 0 || i >= s->size) found = false;
        if (!found) break;
        if (k == 0) *first = i;
        *base += s->logical ? element_offset(&call->tensors[a->base_at], i) : i * s->step;
    }
    return found;
}

static int64_t steps(const index_attributes *a) {
    int64_t n = 1;
    for (uint32_t d = 0; d < a->ndim; d++) n *= a->sizes[d];
    return n;
}

void ref_index_read(const kernel_call *call) {
    const index_attributes *a = call->attributes;
    const uint32_t bytes = call->tensors[a->base_at].item_bytes;
    for (int64_t i = 0; i < steps(a); i++) {
        int64_t base, other, first;
        bool found = locate(call, a, i, &base, &other, &first);
        char *to = (char *)call->data[a->other_at] + other * bytes;
        if (found) memcpy(to, (const char *)call->data[a->base_at] + base * bytes, bytes);
        else memcpy(to, a->scalar, bytes);
    }
}

static void start(const kernel_call *call, uint32_t self_at, bool zero) {
    const tensor_desc *t = &call->tensors[0];
    int64_t coords[COT_MAX_DIMS];
    for (int64_t i = 0; i < t->numel; i++) {
        char *to = (char *)call->data[0] + element_offset(t, i) * t->item_bytes;
        ref_coords(t, i, coords);
        if (zero) memset(to, 0, t->item_bytes);
        else
            memmove(to,
                    (const char *)call->data[self_at] +
                        ref_at_broadcast(&call->tensors[self_at], coords, t->ndim) * t->item_bytes,
                    t->item_bytes);
    }
}

static double combined(uint8_t mode, double x, double y, double alpha) {
    switch ((index_mode)mode) {
    case INDEX_ADD: return x + alpha * y;
    case INDEX_MULTIPLY: return x * y;
    case INDEX_MIN: return x != x || x < y ? x : y;
    case INDEX_MAX: return x != x || x > y ? x : y;
    default: return y;
    }
}

/* Counts of writes of an element, or of uses of an index, by looking through the whole walk again. */
static int64_t count_of(const kernel_call *call, const index_attributes *a, int64_t where, bool by_index) {
    int64_t n = 0, base, other, first = 0, free = 1;
    for (uint32_t d = 0; d < a->ndim; d++)
        if (a->index[0].strides[d] == 0) free *= a->sizes[d];
    for (int64_t i = 0; i < steps(a); i++)
        if (locate(call, a, i, &base, &other, &first) && (by_index ? first : base) == where) n++;
    return by_index ? n / free : n;
}

void ref_index_write(const kernel_call *call) {
    const index_attributes *a = call->attributes;
    const uint8_t dtype = call->tensors[0].dtype;
    const uint32_t bytes = call->tensors[0].item_bytes;
    int64_t base, other, first = 0;
    start(call, a->self_at, a->start == INDEX_ZERO);
    for (int64_t i = 0; a->exclude_self && i < steps(a); i++)
        if (locate(call, a, i, &base, &other, &first)) memcpy((char *)call->data[0] + base * bytes, a->identity, bytes);
    for (int64_t i = 0; i < steps(a); i++) {
        if (!locate(call, a, i, &base, &other, &first)) continue;
        const bool scalar = a->other_at == UINT32_MAX;
        const void *from = scalar ? (const void *)a->scalar : (const char *)call->data[a->other_at] + other * bytes;
        if (a->mode == INDEX_SET) {
            memcpy((char *)call->data[0] + base * bytes, from, bytes);
            continue;
        }
        double alpha = a->frequency ? a->alpha / (double)count_of(call, a, first, true) : a->alpha;
        element_store(dtype, call->data[0], base,
                      combined(a->mode, element_load(dtype, call->data[0], base), element_load(dtype, from, 0), alpha));
    }
    for (int64_t i = 0; a->mean && i < call->tensors[0].numel; i++) {
        const int64_t n = count_of(call, a, i, false) + !a->exclude_self;
        const double x = element_load(dtype, call->data[0], i) / (double)MAX(n, 1);
        element_store(dtype, call->data[0], i, dtype <= COT_BF16 ? x : floor(x));
    }
}

static int64_t offset_of(int64_t linear, uint32_t begin, uint32_t count, const int64_t *sizes, const int64_t *strides) {
    int64_t offset = 0;
    for (uint32_t d = begin + count; d-- > begin;) {
        offset += linear % sizes[d] * strides[d];
        linear /= sizes[d];
    }
    return offset;
}

void ref_index_masked(const kernel_call *call) {
    const index_mask *m = call->attributes;
    const uint32_t bytes = call->tensors[0].item_bytes, behind = m->before + m->masked;
    const uint8_t dtype = call->tensors[0].dtype;
    int64_t counts[3] = {1, 1, 1}, n = 0;
    for (uint32_t d = 0; d < behind + m->after; d++) counts[d < m->before ? 0 : d < behind ? 1 : 2] *= m->sizes[d];
    start(call, m->self_at, m->gather);
    for (int64_t i = 0; i < counts[1]; i++) {
        if (!((const uint8_t *)call->data[m->mask_at])[offset_of(i, m->before, m->masked, m->sizes, m->mask_strides)])
            continue;
        if (m->rows != 1 && n >= m->rows) return;
        for (int64_t o = 0; o < counts[0]; o++)
            for (int64_t k = 0; k < counts[2]; k++) {
                char *base =
                    (char *)call->data[m->base_at] + (offset_of(i, m->before, m->masked, m->sizes, m->base_strides) +
                                                      offset_of(o, 0, m->before, m->sizes, m->base_strides) +
                                                      offset_of(k, behind, m->after, m->sizes, m->base_strides)) *
                                                         bytes;
                char *other =
                    (char *)call->data[m->other_at] +
                    ((m->rows == 1 ? 0 : n * m->row) + offset_of(o, 0, m->before, m->sizes, m->other_strides) +
                     offset_of(k, behind, m->after, m->sizes, m->other_strides)) *
                        bytes;
                if (m->gather) memcpy(other, base, bytes);
                else if (!m->accumulate) memcpy(base, other, bytes);
                else element_store(dtype, base, 0, element_load(dtype, base, 0) + element_load(dtype, other, 0));
            }
        n++;
    }
}

/* How many boundaries stand before the value: counted, not searched. */
void ref_search(const kernel_call *call) {
    const search_attributes *a = call->attributes;
    const tensor_desc *t = &call->tensors[a->boundaries_at];
    for (int64_t i = 0; i < a->rows * a->values; i++) {
        const int64_t row = a->one_row ? 0 : i / a->values * a->boundaries;
        const double x = a->has_scalar ? a->scalar : ref_get(&call->tensors[a->values_at], call->data[a->values_at], i);
        int64_t n = 0;
        for (int64_t j = 0; j < a->boundaries; j++) {
            const int64_t k =
                a->sorter_at ? ref_get_int(&call->tensors[a->sorter_at], call->data[a->sorter_at], row + j) : j;
            const double y = ref_get(t, call->data[a->boundaries_at], row + k);
            n += a->right ? !(x < y || (y != y && x == x)) : y < x || (x != x && y == y);
        }
        ref_set_int(&call->tensors[0], call->data[0], i, n);
    }
}

void ref_renorm_rows(const kernel_call *call) {
    const renorm_attributes *a = call->attributes;
    const tensor_desc *t = &call->tensors[0], *index = &call->tensors[2];
    for (int64_t i = 0; i < t->numel; i++) ref_set(t, call->data[0], i, ref_get(&call->tensors[1], call->data[1], i));
    for (int64_t row = 0; row < t->sizes[0]; row++) {
        bool named = false;
        for (int64_t i = 0; i < index->numel; i++) named = named || ref_get_int(index, call->data[2], i) == row;
        double norm = 0;
        for (int64_t j = 0; j < t->sizes[1]; j++) {
            const double x = fabs(ref_get(t, call->data[0], row * t->sizes[1] + j));
            norm = isinf(a->power) ? fmax(norm, x) : norm + pow(x, a->power);
        }
        if (!isinf(a->power)) norm = pow(norm, 1 / a->power);
        for (int64_t j = 0; named && norm > a->most && j < t->sizes[1]; j++)
            ref_set(t, call->data[0], row * t->sizes[1] + j,
                    ref_get(t, call->data[0], row * t->sizes[1] + j) * a->most / (norm + 1e-7));
    }
}
