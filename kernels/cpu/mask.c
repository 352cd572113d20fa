/* SPDX-License-Identifier: MIT
 * mask.c — elements that are not zero: how many, where, and what another tensor has there.
 *
 * Each chunk of the mask is counted, then each is written where the counts before it say: the order is that of the
 * mask, whoever does the work. */
#include "kernels/cpu/isa.h"
#include "kernels/element.h"
#include "kernels/measured.h"

#include <stdio.h>

typedef struct mask_job {
    const kernel_call *call;
    const mask_attributes *a;
    int64_t numel;
    int64_t *counts; /* by chunk; then the number of elements before it */
    bool plain;      /* bytes in row-major order */
} mask_job;

static bool is_set(uint8_t dtype, const void *data, int64_t i) {
    switch (dtype) {
    case COT_BOOL:
    case COT_U8:
    case COT_I8: return ((const uint8_t *)data)[i] != 0;
    case COT_I64: return ((const int64_t *)data)[i] != 0;
    case COT_C64: return ((const float *)data)[2 * i] != 0 || ((const float *)data)[2 * i + 1] != 0;
    case COT_C128: return ((const double *)data)[2 * i] != 0 || ((const double *)data)[2 * i + 1] != 0;
    default: return element_load(dtype, data, i) != 0;
    }
}

/* A walk over the dimensions of the mask in row-major order. */
typedef struct walk {
    const mask_attributes *a;
    int64_t at[COT_MAX_DIMS], mask, from; /* coordinates, offsets in elements */
} walk;

static walk walk_begin(const mask_attributes *a, int64_t linear) {
    walk w = {.a = a};
    for (uint32_t i = a->masked; i-- > 0;) {
        const uint32_t d = a->before + i;
        w.at[i] = linear % a->sizes[d];
        linear /= a->sizes[d];
        w.mask += w.at[i] * a->mask_strides[d];
        w.from += w.at[i] * a->from_strides[d];
    }
    return w;
}

static inline void walk_next(walk *w) {
    const mask_attributes *a = w->a;
    for (uint32_t i = a->masked; i-- > 0;) {
        const uint32_t d = a->before + i;
        w->mask += a->mask_strides[d];
        w->from += a->from_strides[d];
        if (++w->at[i] < a->sizes[d]) return;
        w->mask -= w->at[i] * a->mask_strides[d];
        w->from -= w->at[i] * a->from_strides[d];
        w->at[i] = 0;
    }
}

static void count_chunks(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const mask_job *j = arg;
    const uint8_t dtype = j->call->tensors[j->a->mask_at].dtype, *mask = j->call->data[j->a->mask_at];
    UNUSED(worker);
    for (int64_t c = begin; c < end; c++) {
        const int64_t first = c * MASK_CHUNK, last = MIN(first + MASK_CHUNK, j->numel);
        int64_t count = 0;
        if (j->plain) {
            for (int64_t i = first; i < last; i++) count += mask[i] != 0;
        } else {
            walk w = walk_begin(j->a, first);
            for (int64_t i = first; i < last; i++, walk_next(&w)) count += is_set(dtype, mask, w.mask);
        }
        j->counts[c] = count;
    }
}

/* Fills in counts; gives the number of elements. */
static int64_t begin(mask_job *j, const kernel_call *call) {
    const mask_attributes *a = call->attributes;
    const tensor_desc *t = &call->tensors[a->mask_at];
    *j = (mask_job){.call = call, .a = a, .numel = 1, .counts = call->scratch};
    for (uint32_t i = 0; i < a->masked; i++) j->numel *= a->sizes[a->before + i];
    j->plain = t->item_bytes == 1 && t->contiguous && t->numel == j->numel;
    parallel_for(call->pool, mask_chunks(j->numel), 1, count_chunks, j);
    int64_t all = 0;
    for (int64_t c = 0; c < mask_chunks(j->numel); c++) {
        const int64_t here = j->counts[c];
        j->counts[c] = all;
        all += here;
    }
    return all;
}

/* A size that another mask gave is taken for this one's, too, where the program says that they are equal. */
static void check_count(const kernel_call *call, int64_t found, int64_t said) {
    char text[96];
    if (found == said) return;
    snprintf(text, sizeof text, "a size is %lld, where the program says %lld", (long long)found, (long long)said);
    kernel_fail(call, COT_SHAPE, text);
}

void KERNEL(mask_count)(const kernel_call *call) {
    mask_job j;
    *(int64_t *)call->data[0] = begin(&j, call);
}

/* The place of element n: a row of coordinates. */
static void write_places(void *arg, int64_t first_chunk, int64_t end, uint32_t worker) {
    const mask_job *j = arg;
    const tensor_desc *to = &j->call->tensors[0];
    const uint8_t dtype = j->call->tensors[j->a->mask_at].dtype;
    const void *mask = j->call->data[j->a->mask_at];
    int64_t *out = j->call->data[0];
    UNUSED(worker);
    for (int64_t c = first_chunk; c < end; c++) {
        const int64_t first = c * MASK_CHUNK, last = MIN(first + MASK_CHUNK, j->numel);
        walk w = walk_begin(j->a, first);
        int64_t n = j->counts[c];
        for (int64_t i = first; i < last; i++, walk_next(&w)) {
            if (!is_set(dtype, mask, w.mask)) continue;
            if (n >= to->sizes[0]) return; /* the mask is not what was measured */
            for (uint32_t d = 0; d < j->a->masked; d++) out[n * to->strides[0] + d * to->strides[1]] = w.at[d];
            n++;
        }
    }
}

void KERNEL(mask_places)(const kernel_call *call) {
    mask_job j;
    check_count(call, begin(&j, call), call->tensors[0].sizes[0]);
    parallel_for(call->pool, mask_chunks(j.numel), 1, write_places, &j);
}

/* All that lies behind one element of the mask, `from` and `to` being where it begins. */
static void take_block(const mask_job *j, char *to, const char *from) {
    const mask_attributes *a = j->a;
    const tensor_desc *t = &j->call->tensors[0];
    const uint32_t bytes = t->item_bytes, behind = a->before + a->masked;
    int64_t at[2 * COT_MAX_DIMS] = {0}, numel = 1, dense = 1;
    uint32_t last = a->after;
    for (uint32_t i = 0; i < a->after; i++) numel *= a->sizes[behind + i];
    while (last > 0 && a->from_strides[behind + last - 1] == dense && t->strides[a->before + last] == dense)
        dense *= a->sizes[behind + --last];
    for (int64_t k = 0; k < numel; k += dense) {
        memcpy(to, from, (size_t)dense * bytes);
        for (uint32_t i = last; i-- > 0;) {
            const int64_t step_to = t->strides[a->before + 1 + i] * bytes,
                          step_from = a->from_strides[behind + i] * bytes;
            to += step_to, from += step_from;
            if (++at[i] < a->sizes[behind + i]) break;
            to -= at[i] * step_to, from -= at[i] * step_from;
            at[i] = 0;
        }
    }
}

static void take_chunks(void *arg, int64_t first_chunk, int64_t end, uint32_t worker) {
    const mask_job *j = arg;
    const mask_attributes *a = j->a;
    const tensor_desc *to = &j->call->tensors[0];
    const uint32_t bytes = to->item_bytes;
    const uint8_t dtype = j->call->tensors[a->mask_at].dtype;
    int64_t outer = 1;
    UNUSED(worker);
    for (uint32_t d = 0; d < a->before; d++) outer *= a->sizes[d];
    for (int64_t c = first_chunk; c < end; c++) {
        const int64_t first = c * MASK_CHUNK, last = MIN(first + MASK_CHUNK, j->numel);
        walk w = walk_begin(a, first);
        int64_t n = j->counts[c];
        for (int64_t i = first; i < last; i++, walk_next(&w)) {
            if (!is_set(dtype, j->call->data[a->mask_at], w.mask)) continue;
            if (n >= to->sizes[a->before]) return;
            for (int64_t o = 0; o < outer; o++) {
                int64_t rest = o, x = w.from, y = n * to->strides[a->before];
                for (uint32_t d = a->before; d-- > 0; rest /= a->sizes[d]) {
                    x += rest % a->sizes[d] * a->from_strides[d];
                    y += rest % a->sizes[d] * to->strides[d];
                }
                take_block(j, (char *)j->call->data[0] + y * bytes, (char *)j->call->data[a->from_at] + x * bytes);
            }
            n++;
        }
    }
}

void KERNEL(mask_take)(const kernel_call *call) {
    mask_job j;
    const mask_attributes *a = call->attributes;
    check_count(call, begin(&j, call), call->tensors[0].sizes[a->before]);
    if (call->tensors[0].numel) parallel_for(call->pool, mask_chunks(j.numel), 1, take_chunks, &j);
}

/* The one element of a tensor as an i64, or as an f64 where it is a float. */
void KERNEL(read_number)(const kernel_call *call) {
    const uint8_t dtype = call->tensors[1].dtype;
    if (call->tensors[0].dtype == COT_F64) *(double *)call->data[0] = element_load(dtype, call->data[1], 0);
    else *(int64_t *)call->data[0] = element_load_int(dtype, call->data[1], 0);
}
