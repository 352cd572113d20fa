/* SPDX-License-Identifier: MIT
 * index.c — the walk of kernels/index.h: rows are moved by element size, combined by dtype. */
#include "kernels/cpu/isa.h"
#include "kernels/element.h"
#include "kernels/index.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* A row of the walk: element j of `other` and the element of `base` at j * base_step, or at offsets[j] (-1: none). */
typedef struct row {
    char *base, *other;
    int64_t n, base_step, other_step;
    const int64_t *offsets;
    double alpha;
    const unsigned char *missing; /* read where there is no offset */
} row;

typedef void (*row_fn)(const row *r);
enum { CHUNK = 256 };

/* ---- moving, by element size ------------------------------------------------------------------------------------ */

typedef struct bits128 {
    uint64_t low, high;
} bits128;

#define MOVE(name, T)                                                                                                  \
    static void read_##name(const row *r) {                                                                            \
        const T *base = (const T *)(const void *)r->base;                                                              \
        T *other = (T *)(void *)r->other, missing;                                                                     \
        memcpy(&missing, r->missing, sizeof missing);                                                                  \
        if (r->offsets)                                                                                                \
            for (int64_t j = 0; j < r->n; j++)                                                                         \
                other[j * r->other_step] = r->offsets[j] < 0 ? missing : base[r->offsets[j]];                          \
        else if (r->base_step == 1 && r->other_step == 1) memcpy(other, base, (size_t)r->n * sizeof(T));               \
        else                                                                                                           \
            for (int64_t j = 0; j < r->n; j++) other[j * r->other_step] = base[j * r->base_step];                      \
    }                                                                                                                  \
    static void set_##name(const row *r) {                                                                             \
        T *base = (T *)(void *)r->base;                                                                                \
        const T *other = (const T *)(const void *)r->other;                                                            \
        if (r->offsets) {                                                                                              \
            for (int64_t j = 0; j < r->n; j++)                                                                         \
                if (r->offsets[j] >= 0) base[r->offsets[j]] = other[j * r->other_step];                                \
        } else if (r->base_step == 1 && r->other_step == 1) memcpy(base, other, (size_t)r->n * sizeof(T));             \
        else                                                                                                           \
            for (int64_t j = 0; j < r->n; j++) base[j * r->base_step] = other[j * r->other_step];                      \
    }
MOVE(8, uint8_t)
MOVE(16, uint16_t)
MOVE(32, uint32_t)
MOVE(64, uint64_t)
MOVE(128, bits128)

static row_fn move_row(uint32_t bytes, bool read) {
    switch (bytes) {
    case 1: return read ? read_8 : set_8;
    case 2: return read ? read_16 : set_16;
    case 4: return read ? read_32 : set_32;
    case 8: return read ? read_64 : set_64;
    default: return read ? read_128 : set_128;
    }
}

/* ---- combining, by dtype ---------------------------------------------------------------------------------------- */

#define COMBINE_ROW(name, T, A, LOAD, STORE, value)                                                                    \
    static void name(const row *r) {                                                                                   \
        T *base = (T *)(void *)r->base;                                                                                \
        const T *other = (const T *)(const void *)r->other;                                                            \
        const A alpha = (A)r->alpha;                                                                                   \
        (void)alpha;                                                                                                   \
        if (r->offsets) {                                                                                              \
            for (int64_t j = 0; j < r->n; j++) {                                                                       \
                if (r->offsets[j] < 0) continue;                                                                       \
                const A x = LOAD(base[r->offsets[j]]), y = LOAD(other[j * r->other_step]);                             \
                base[r->offsets[j]] = STORE(value);                                                                    \
            }                                                                                                          \
        } else if (r->base_step == 1 && r->other_step == 1) {                                                          \
            T *restrict to = base;                                                                                     \
            for (int64_t j = 0; j < r->n; j++) {                                                                       \
                const A x = LOAD(to[j]), y = LOAD(other[j]);                                                           \
                to[j] = STORE(value);                                                                                  \
            }                                                                                                          \
        } else {                                                                                                       \
            for (int64_t j = 0; j < r->n; j++) {                                                                       \
                const A x = LOAD(base[j * r->base_step]), y = LOAD(other[j * r->other_step]);                          \
                base[j * r->base_step] = STORE(value);                                                                 \
            }                                                                                                          \
        }                                                                                                              \
    }

/* Minimum and maximum give NaN where either is NaN. */
#define COMBINE(name, T, A, LOAD, STORE)                                                                               \
    COMBINE_ROW(add_##name, T, A, LOAD, STORE, (A)(x + alpha * y))                                                     \
    COMBINE_ROW(multiply_##name, T, A, LOAD, STORE, (A)(x * y))                                                        \
    COMBINE_ROW(min_##name, T, A, LOAD, STORE, x != x || x < y ? x : y)                                                \
    COMBINE_ROW(max_##name, T, A, LOAD, STORE, x != x || x > y ? x : y)
#define SAME(x) (x)
#define AS_I16(x) ((int16_t)(x))
#define AS_I8(x) ((int8_t)(x))
#define AS_U8(x) ((uint8_t)(x))
#define AS_BOOL(x) ((uint8_t)((x) != 0))
COMBINE(f32, float, float, SAME, SAME)
COMBINE(f64, double, double, SAME, SAME)
COMBINE(f16, f16, float, f16_load, f16_store)
COMBINE(bf16, bf16, float, bf16_load, bf16_store)
COMBINE(i64, int64_t, int64_t, SAME, SAME)
COMBINE(i32, int32_t, int32_t, SAME, SAME)
COMBINE(i16, int16_t, int32_t, SAME, AS_I16)
COMBINE(i8, int8_t, int32_t, SAME, AS_I8)
COMBINE(u8, uint8_t, int32_t, SAME, AS_U8)
COMBINE(bool, uint8_t, int32_t, SAME, AS_BOOL)
COMBINE_ROW(add_c64, _Complex float, _Complex float, SAME, SAME, x + alpha * y)
COMBINE_ROW(add_c128, _Complex double, _Complex double, SAME, SAME, x + alpha * y)

static row_fn combine_row(uint8_t dtype, uint8_t mode) {
#define ROWS(name)                                                                                                     \
    { add_##name, multiply_##name, min_##name, max_##name }
    static const row_fn rows[COT_DTYPE_COUNT][4] = {
        [COT_F32] = ROWS(f32), [COT_F64] = ROWS(f64),   [COT_F16] = ROWS(f16), [COT_BF16] = ROWS(bf16),
        [COT_I64] = ROWS(i64), [COT_I32] = ROWS(i32),   [COT_I16] = ROWS(i16), [COT_I8] = ROWS(i8),
        [COT_U8] = ROWS(u8),   [COT_BOOL] = ROWS(bool), [COT_C64] = {add_c64}, [COT_C128] = {add_c128},
    };
    return rows[dtype][mode - INDEX_ADD];
}

/* ---- the walk --------------------------------------------------------------------------------------------------- */

typedef struct walk {
    const kernel_call *call;
    const index_attributes *a;
    row_fn run;
    char *base, *other;
    uint32_t base_bytes, other_bytes;
    bool constant;            /* other is one element */
    const int32_t *frequency; /* of each index, or NULL */
    _Atomic(int) *bad;        /* set where an index is out of bounds */
} walk;

/* Index value at `offset` of source s, in [0, size), or -1 where it names nothing. */
static int64_t index_at(const walk *w, const index_source *s, int64_t offset) {
    const void *p = w->call->data[s->at];
    if (s->mask) return ((const uint8_t *)p)[offset] ? 0 : -1;
    int64_t i = s->narrow ? ((const int32_t *)p)[offset] : ((const int64_t *)p)[offset];
    if (i == w->a->skip) return -1;
    if (i < 0 && (s->from_back || w->a->lenient)) i += s->size;
    if (i >= 0 && i < s->size) return i;
    if (!w->a->lenient) atomic_store_explicit(w->bad, 1, memory_order_relaxed);
    return -1;
}

static int64_t step_of(const walk *w, const index_source *s, int64_t i) {
    return s->logical ? element_offset(&w->call->tensors[w->a->base_at], i) : i * s->step;
}

static void run_free_row(const walk *w, row *r, const int64_t *at) {
    const index_attributes *a = w->a;
    for (uint32_t k = 0; k < a->count; k++) {
        int64_t i = index_at(w, &a->index[k], at[k]);
        if (i < 0) {
            for (int64_t j = 0; j < r->n && a->mode == INDEX_READ; j++)
                memcpy(r->other + j * r->other_step * w->other_bytes, r->missing, w->other_bytes);
            return;
        }
        r->base += step_of(w, &a->index[k], i) * w->base_bytes;
        if (w->frequency) r->alpha = a->alpha / w->frequency[i];
    }
    w->run(r);
}

/* A row along which indices change: offsets are gathered in chunks. */
static void run_indexed_row(const walk *w, const row *whole, const int64_t *at) {
    const index_attributes *a = w->a;
    const uint32_t last = a->ndim - 1;
    int64_t offsets[CHUNK];
    for (int64_t start = 0; start < whole->n; start += CHUNK) {
        row r = *whole;
        r.n = MIN(whole->n - start, CHUNK);
        r.other += start * r.other_step * w->other_bytes;
        r.offsets = offsets;
        for (int64_t j = 0; j < r.n; j++) offsets[j] = (start + j) * r.base_step;
        for (uint32_t k = 0; k < a->count; k++) {
            const index_source *s = &a->index[k];
            for (int64_t j = 0; j < r.n; j++) {
                int64_t i = index_at(w, s, at[k] + (start + j) * s->strides[last]);
                offsets[j] = i < 0 || offsets[j] < 0 ? -1 : offsets[j] + step_of(w, s, i);
            }
        }
        w->run(&r);
    }
}

static void walk_part(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const walk *w = arg;
    const index_attributes *a = w->a;
    const uint32_t last = a->ndim - 1;
    int64_t coords[COT_MAX_DIMS] = {0};
    UNUSED(worker);
    bool free_row = true;
    for (uint32_t k = 0; k < a->count; k++) free_row = free_row && a->index[k].strides[last] == 0;
    const int64_t first = a->split == last ? begin : 0, count = a->split == last ? end - begin : a->sizes[last];
    if (a->split != last) coords[a->split] = begin;
    for (;;) {
        int64_t base = first * a->base_strides[last], other = first * a->other_strides[last], at[COT_MAX_DIMS + 1];
        for (uint32_t k = 0; k < a->count; k++) at[k] = first * a->index[k].strides[last];
        for (uint32_t d = 0; d < last; d++) {
            base += coords[d] * a->base_strides[d];
            other += coords[d] * a->other_strides[d];
            for (uint32_t k = 0; k < a->count; k++) at[k] += coords[d] * a->index[k].strides[d];
        }
        row r = {w->base + base * w->base_bytes,
                 w->other + (w->constant ? 0 : other * w->other_bytes),
                 count,
                 a->base_strides[last],
                 w->constant ? 0 : a->other_strides[last],
                 NULL,
                 a->alpha,
                 a->scalar};
        if (free_row) run_free_row(w, &r, at);
        else run_indexed_row(w, &r, at);
        int d = (int)last - 1;
        for (; d >= 0; d--) {
            if (++coords[d] < ((uint32_t)d == a->split ? end : a->sizes[d])) break;
            coords[d] = (uint32_t)d == a->split ? begin : 0;
        }
        if (d < 0) return;
    }
}

static void run_walk(walk *w) {
    const index_attributes *a = w->a;
    int64_t total = 1;
    for (uint32_t d = 0; d < a->ndim; d++) total *= a->sizes[d];
    if (total == 0) return;
    if (!a->divisible) {
        walk_part(w, 0, a->sizes[a->split], 0);
        return;
    }
    const int64_t count = a->sizes[a->split], each = total / count;
    int64_t grain = MAX(1, 8192 / each);
    if (a->split == a->ndim - 1) grain = (grain + 15) / 16 * 16; /* whole cache lines */
    parallel_for(w->call->pool, count, grain, walk_part, w);
}

/* Fails the run with the first index that is out of bounds. */
static void report(const walk *w) {
    char text[160];
    for (uint32_t k = 0; k < w->a->count; k++) {
        const index_source *s = &w->a->index[k];
        const tensor_desc *t = &w->call->tensors[s->at];
        for (int64_t j = 0; j < t->numel && !s->mask; j++) {
            const int64_t i = element_load_int(t->dtype, w->call->data[s->at], element_offset(t, j));
            if (i == w->a->skip || (i < s->size && i >= (s->from_back ? -s->size : 0))) continue;
            snprintf(text, sizeof text, "index %lld is out of bounds for dimension %u with size %lld", (long long)i,
                     s->dim, (long long)s->size);
            kernel_fail(w->call, COT_INVALID, text);
            return;
        }
    }
}

static walk walk_of(const kernel_call *call, _Atomic(int) *bad) {
    const index_attributes *a = call->attributes;
    const bool scalar = a->other_at == UINT32_MAX;
    const uint32_t bytes = call->tensors[a->base_at].item_bytes;
    return (walk){.call = call,
                  .a = a,
                  .base = call->data[a->base_at],
                  .base_bytes = bytes,
                  .other_bytes = bytes,
                  .constant = scalar,
                  .bad = bad,
                  .other = scalar ? (char *)(uintptr_t)a->scalar : call->data[a->other_at]};
}

void KERNEL(index_read)(const kernel_call *call) {
    _Atomic(int) bad = 0;
    walk w = walk_of(call, &bad);
    w.run = move_row(w.base_bytes, true);
    run_walk(&w);
    if (bad) report(&w);
}

/* ---- what base holds before the writes -------------------------------------------------------------------------- */

typedef struct fill {
    const kernel_call *call;
    const tensor_desc *to, *from;
    char *data;
    const char *source; /* NULL: zero */
} fill;

static void fill_bytes(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const fill *f = arg;
    UNUSED(worker);
    if (f->source) memcpy(f->data + begin, f->source + begin, (size_t)(end - begin));
    else memset(f->data + begin, 0, (size_t)(end - begin));
}

static void fill_strided(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const fill *f = arg;
    const uint32_t bytes = f->to->item_bytes;
    tensor_desc from = *f->to; /* self broadcast to the result */
    for (int d = from.ndim - 1, s = f->from->ndim - 1; d >= 0; d--, s--)
        from.strides[d] = s < 0 || f->from->sizes[s] == 1 ? 0 : f->from->strides[s];
    UNUSED(worker);
    for (int64_t i = begin; i < end; i++)
        memcpy(f->data + element_offset(f->to, i) * bytes, f->source + element_offset(&from, i) * bytes, bytes);
}

static bool same_layout(const tensor_desc *a, const tensor_desc *b) {
    if (a->ndim != b->ndim) return false;
    for (int d = 0; d < a->ndim; d++)
        if (a->sizes[d] != b->sizes[d] || (a->strides[d] != b->strides[d] && a->sizes[d] != 1)) return false;
    return true;
}

/* Result 0 becomes self, or zero. Results are dense, so one with self's strides is one block. */
static void fill_result(const kernel_call *call, uint32_t self_at, bool zero) {
    const tensor_desc *to = &call->tensors[0], *from = zero ? to : &call->tensors[self_at];
    fill f = {call, to, from, call->data[0], zero ? NULL : call->data[self_at]};
    if (to->numel == 0 || f.data == f.source) return;
    if (same_layout(to, from)) parallel_for(call->pool, to->numel * to->item_bytes, 1 << 16, fill_bytes, &f);
    else parallel_for(call->pool, to->numel, 4096, fill_strided, &f);
}

/* ---- writes ----------------------------------------------------------------------------------------------------- */

static void count_row(const row *r) {
    int32_t *counts = (int32_t *)(void *)r->base;
    for (int64_t j = 0; j < r->n; j++) {
        if (!r->offsets) counts[j * r->base_step]++;
        else if (r->offsets[j] >= 0) counts[r->offsets[j]]++;
    }
}

/* How often each element is written. */
static void count_writes(const walk *w, int32_t *counts) {
    walk c = *w;
    c.base = (char *)counts;
    c.base_bytes = sizeof *counts;
    c.constant = true;
    c.frequency = NULL;
    c.run = count_row;
    memset(counts, 0, (size_t)w->call->tensors[0].numel * sizeof *counts);
    run_walk(&c);
}

static void divide(const kernel_call *call, const int32_t *counts, bool include_self) {
    const uint8_t dtype = call->tensors[0].dtype;
    for (int64_t i = 0; i < call->tensors[0].numel; i++) {
        const int64_t n = counts[i] + include_self;
        if (n <= 1) continue;
        if (dtype <= COT_BF16) {
            element_store(dtype, call->data[0], i, element_load(dtype, call->data[0], i) / (double)n);
            continue;
        }
        const int64_t x = element_load_int(dtype, call->data[0], i);
        const int64_t q = x / n - (x % n < 0);
        if (dtype == COT_I64) ((int64_t *)call->data[0])[i] = q;
        else element_store(dtype, call->data[0], i, (double)q);
    }
}

/* How often each index occurs: counts of the indexed dimension. */
static void count_frequency(const walk *w, int32_t *counts) {
    const index_source *s = &w->a->index[0];
    const tensor_desc *t = &w->call->tensors[s->at];
    memset(counts, 0, (size_t)s->size * sizeof *counts);
    for (int64_t j = 0; j < t->numel; j++) {
        int64_t i = index_at(w, s, element_offset(t, j));
        if (i >= 0) counts[i]++;
    }
}

void KERNEL(index_write)(const kernel_call *call) {
    const index_attributes *a = call->attributes;
    _Atomic(int) bad = 0;
    walk w = walk_of(call, &bad);
    fill_result(call, a->self_at, a->start == INDEX_ZERO);
    int32_t *counts = call->scratch;
    if (a->exclude_self) { /* written elements begin at the identity of the reduction */
        walk first = w;
        first.constant = true;
        first.other = (char *)(uintptr_t)a->identity;
        first.run = move_row(w.base_bytes, false);
        run_walk(&first);
    }
    if (a->mean) count_writes(&w, counts);
    if (a->frequency) {
        count_frequency(&w, counts);
        w.frequency = counts;
    }
    w.run = a->mode == INDEX_SET ? move_row(w.base_bytes, false) : combine_row(call->tensors[0].dtype, a->mode);
    run_walk(&w);
    if (a->mean) divide(call, counts, !a->exclude_self);
    if (bad) report(&w);
}

/* ---- masks ------------------------------------------------------------------------------------------------------ */

static int64_t offset_of(int64_t linear, uint32_t first, uint32_t count, const int64_t *sizes, const int64_t *strides) {
    int64_t offset = 0;
    for (uint32_t d = first + count; d-- > first;) {
        offset += linear % sizes[d] * strides[d];
        linear /= sizes[d];
    }
    return offset;
}

static int64_t product(const int64_t *sizes, uint32_t first, uint32_t count) {
    int64_t n = 1;
    for (uint32_t d = first; d < first + count; d++) n *= sizes[d];
    return n;
}

/* Serial: which row of `other` an element takes depends on all before it. */
static void run_mask(const kernel_call *call, const index_mask *m, uint8_t dtype, uint32_t bytes) {
    const uint8_t *mask = call->data[m->mask_at];
    char *base = call->data[m->base_at], *other = call->data[m->other_at];
    const row_fn add = m->accumulate ? combine_row(dtype, INDEX_ADD) : NULL;
    const int64_t before = product(m->sizes, 0, m->before), masked = product(m->sizes, m->before, m->masked);
    const int64_t after = product(m->sizes, m->before + m->masked, m->after);
    const uint32_t behind = m->before + m->masked;
    int64_t n = 0;
    for (int64_t i = 0; i < masked; i++) {
        if (!mask[offset_of(i, m->before, m->masked, m->sizes, m->mask_strides)]) continue;
        if (m->rows != 1 && n >= m->rows) return;
        const int64_t to = offset_of(i, m->before, m->masked, m->sizes, m->base_strides),
                      from = m->rows == 1 ? 0 : n * m->row;
        n++;
        for (int64_t p = 0; p < before * after; p++) {
            const int64_t o = p / MAX(after, 1), k = p % MAX(after, 1);
            row r = {.n = 1, .alpha = 1};
            r.base = base + (to + offset_of(o, 0, m->before, m->sizes, m->base_strides) +
                             offset_of(k, behind, m->after, m->sizes, m->base_strides)) *
                                bytes;
            r.other = other + (from + offset_of(o, 0, m->before, m->sizes, m->other_strides) +
                               offset_of(k, behind, m->after, m->sizes, m->other_strides)) *
                                  bytes;
            if (add) add(&r);
            else if (m->gather) memcpy(r.other, r.base, bytes);
            else memcpy(r.base, r.other, bytes);
        }
    }
}

void KERNEL(index_masked)(const kernel_call *call) {
    const index_mask *m = call->attributes;
    fill_result(call, m->self_at, m->gather);
    run_mask(call, m, call->tensors[0].dtype, call->tensors[0].item_bytes);
}
