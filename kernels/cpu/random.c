/* SPDX-License-Identifier: MIT
 * random.c — random numbers of a counter (philox.h), written in memory order; dropout and its backward. */
#include "kernels/cpu/isa.h"
#include "kernels/element.h"
#include "kernels/philox.h"
#include "kernels/random.h"

#include <math.h>
#include <string.h>

/* Elements are drawn in chunks of 64, each from two chunks of bits: 32 are enough for f32, 64 for f64 and integers. */
typedef struct draw {
    const kernel_call *call;
    const random_attributes *a;
    philox_key key;
} draw;

typedef struct bits {
    uint32_t high[PHILOX_CHUNK], low[PHILOX_CHUNK];
} bits;

static void draw_bits(const draw *w, uint64_t chunk, bool wide, bits *b) {
    philox_chunk(&w->key, 2 * chunk, b->high);
    if (wide) philox_chunk(&w->key, 2 * chunk + 1, b->low);
}

static double uniform(const bits *b, int64_t j, bool wide) {
    return wide ? philox_uniform_double(b->high[j], b->low[j]) : (double)philox_uniform(b->high[j]);
}

/* Box and Muller: elements j and j + 32 of a chunk are one pair. */
static double normal(const bits *b, int64_t j, bool wide) {
    const int64_t half = PHILOX_CHUNK / 2, pair = j % half;
    const double u = 1 - uniform(b, pair, wide), angle = 6.283185307179586 * uniform(b, pair + half, wide);
    return sqrt(-2 * log(u)) * (j < half ? cos(angle) : sin(angle));
}

static int64_t integer(const random_attributes *a, const bits *b, int64_t j) {
    if (a->range == 0) return a->low;
    if (a->range <= UINT32_MAX) return a->low + (int64_t)((uint64_t)b->high[j] * a->range >> 32);
    return (int64_t)((uint64_t)a->low + ((uint64_t)b->high[j] << 32 | b->low[j]) % a->range);
}

static double parameter(const kernel_call *call, uint32_t at, double fixed, int64_t i) {
    if (!at) return fixed;
    return element_load(call->tensors[at].dtype, call->data[at], call->tensors[at].numel == 1 ? 0 : i);
}

static double sample(const draw *w, const bits *b, int64_t j, int64_t i, bool wide) {
    const random_attributes *a = w->a;
    const double p = parameter(w->call, a->a_at, a->a, i), q = parameter(w->call, a->b_at, a->b, i);
    switch ((random_kind)a->kind) {
    case RANDOM_UNIFORM: return p + (q - p) * uniform(b, j, wide);
    case RANDOM_NORMAL: return p + q * normal(b, j, wide);
    case RANDOM_BERNOULLI: return uniform(b, j, wide) < p;
    case RANDOM_EXPONENTIAL: return -log(1 - uniform(b, j, wide)) / p;
    default: return (double)integer(a, b, j);
    }
}

static void draw_part(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const draw *w = arg;
    const tensor_desc *t = &w->call->tensors[0];
    void *to = w->call->data[0];
    const bool integral = w->a->kind == RANDOM_INTEGER && t->dtype == COT_I64;
    const bool wide = t->dtype == COT_F64 || (w->a->kind == RANDOM_INTEGER && w->a->range > UINT32_MAX);
    const bool plain = w->a->kind == RANDOM_UNIFORM && t->dtype == COT_F32 && w->a->a == 0 && w->a->b == 1;
    bits b;
    UNUSED(worker);
    for (int64_t chunk = begin; chunk < end; chunk++) {
        const int64_t first = chunk * PHILOX_CHUNK, n = MIN(t->numel - first, (int64_t)PHILOX_CHUNK);
        draw_bits(w, (uint64_t)chunk, wide, &b);
        if (plain)
            for (int64_t j = 0; j < n; j++) ((float *)to)[first + j] = philox_uniform(b.high[j]);
        else if (integral)
            for (int64_t j = 0; j < n; j++) ((int64_t *)to)[first + j] = integer(w->a, &b, j);
        else
            for (int64_t j = 0; j < n; j++) element_store(t->dtype, to, first + j, sample(w, &b, j, first + j, wide));
    }
}

/* Fisher and Yates; serial, as each swap needs those before it. */
static void permute(const draw *w) {
    const tensor_desc *t = &w->call->tensors[0];
    void *to = w->call->data[0];
    bits b;
    for (int64_t i = 0; i < t->numel; i++) element_store(t->dtype, to, i, (double)i);
    for (int64_t i = 0; i < t->numel; i++) {
        if (i % PHILOX_CHUNK == 0) draw_bits(w, (uint64_t)(i / PHILOX_CHUNK), true, &b);
        const uint64_t word = (uint64_t)b.high[i % PHILOX_CHUNK] << 32 | b.low[i % PHILOX_CHUNK];
        const int64_t j = i + (int64_t)(word % (uint64_t)(t->numel - i));
        const double x = element_load(t->dtype, to, i), y = element_load(t->dtype, to, j);
        element_store(t->dtype, to, i, y);
        element_store(t->dtype, to, j, x);
    }
}

void KERNEL(random_fill)(const kernel_call *call) {
    const random_attributes *a = call->attributes;
    draw w = {call, a, {call->seed, call->step, a->stream}};
    if (a->kind == RANDOM_PERMUTATION) permute(&w);
    else parallel_for(call->pool, (call->tensors[0].numel + PHILOX_CHUNK - 1) / PHILOX_CHUNK, 16, draw_part, &w);
}

/* ---- dropout ---------------------------------------------------------------------------------------------------- */

typedef struct drop {
    const kernel_call *call;
    const dropout_attributes *a;
    philox_key key;
} drop;

/* An element stays when its 32 bits are below keep · 2^32. */
static void draw_mask(const drop *w, int64_t chunk, uint8_t *mask) {
    if (!w->a->train) {
        memset(mask, 1, PHILOX_CHUNK);
        return;
    }
    const double keep = (1 - w->a->p) * 0x1p32;
    const uint32_t limit = keep >= 0x1p32 ? UINT32_MAX : (uint32_t)keep;
    const uint8_t all = w->a->p == 0, none = w->a->p == 1;
    uint32_t words[PHILOX_CHUNK];
    philox_chunk(&w->key, (uint64_t)chunk, words);
    for (int j = 0; j < PHILOX_CHUNK; j++) mask[j] = (uint8_t)(((words[j] < limit) | all) & !none);
}

#define DROPOUT(name, T, A, LOAD, STORE)                                                                               \
    static void dropout_part_##name(void *arg, int64_t begin, int64_t end, uint32_t worker) {                          \
        const drop *w = arg;                                                                                           \
        const T *from = w->call->data[2];                                                                              \
        T *to = w->call->data[0];                                                                                      \
        uint8_t *masks = w->call->data[1], mask[PHILOX_CHUNK];                                                         \
        const A scale = (A)w->a->scale;                                                                                \
        (void)worker;                                                                                                  \
        for (int64_t chunk = begin; chunk < end; chunk++) {                                                            \
            const int64_t first = chunk * PHILOX_CHUNK,                                                                \
                          n = MIN(w->call->tensors[0].numel - first, (int64_t)PHILOX_CHUNK);                           \
            draw_mask(w, chunk, mask);                                                                                 \
            memcpy(masks + first, mask, (size_t)n);                                                                    \
            for (int64_t j = 0; j < n; j++) to[first + j] = STORE(LOAD(from[first + j]) * (mask[j] ? scale : 0));      \
        }                                                                                                              \
    }                                                                                                                  \
    static void dropout_##name(const kernel_call *call) {                                                              \
        const dropout_attributes *a = call->attributes;                                                                \
        drop w = {call, a, {call->seed, call->step, a->stream}};                                                       \
        parallel_for(call->pool, (call->tensors[0].numel + PHILOX_CHUNK - 1) / PHILOX_CHUNK, 64, dropout_part_##name,  \
                     &w);                                                                                              \
    }                                                                                                                  \
    static void backward_part_##name(void *arg, int64_t begin, int64_t end, uint32_t worker) {                         \
        const kernel_call *call = arg;                                                                                 \
        const T *grad = call->data[1];                                                                                 \
        const uint8_t *mask = call->data[2];                                                                           \
        T *to = call->data[0];                                                                                         \
        const A scale = (A)((const dropout_attributes *)call->attributes)->scale;                                      \
        (void)worker;                                                                                                  \
        for (int64_t i = begin; i < end; i++) to[i] = STORE(LOAD(grad[i]) * (mask[i] ? scale : 0));                    \
    }                                                                                                                  \
    static void backward_##name(const kernel_call *call) {                                                             \
        parallel_for(call->pool, call->tensors[0].numel, 8192, backward_part_##name, (void *)(uintptr_t)call);         \
    }
#define SAME(x) (x)
DROPOUT(f32, float, float, SAME, SAME)
DROPOUT(f64, double, double, SAME, SAME)
DROPOUT(f16, f16, float, f16_load, f16_store)
DROPOUT(bf16, bf16, float, bf16_load, bf16_store)

const kernel_fn KERNEL(dropout_forward)[] = {dropout_f32, dropout_f64, dropout_f16, dropout_bf16};
const kernel_fn KERNEL(dropout_backward)[] = {backward_f32, backward_f64, backward_f16, backward_bf16};
