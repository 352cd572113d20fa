/* SPDX-License-Identifier: MIT
 * copy.c — the strided copy, and the kernels that are one or several of it.
 *
 * A copy is brought to few dimensions first: ones are dropped, the rest is ordered by the target's strides, neighbours
 * that lie one behind the other in both tensors become one. Then rows are copied; where the target's rows are the
 * source's columns, square blocks are, so that both sides use whole cache lines. */
#include "kernels/copy.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

#include <stdlib.h>

enum { LOOP_DIMS = 2 * COT_MAX_DIMS, BLOCK = 32, LEAST_BLOCK = 8, RUN = 512, GRAIN = 16384 };

typedef void (*row_fn)(void *d, int64_t ds, const void *s, int64_t ss, int64_t n);

/* ---- rows of one dtype, by item size ---------------------------------------------------------------------------- */

#define SAME(bytes, type)                                                                                              \
    static void same_##bytes(void *to, int64_t ds, const void *from, int64_t ss, int64_t n) {                          \
        type *restrict d = to;                                                                                         \
        const type *restrict s = from;                                                                                 \
        if (ds == 1 && ss == 1) memcpy(d, s, (size_t)n * sizeof *d);                                                   \
        else if (ds == 1 && ss == 0)                                                                                   \
            for (int64_t i = 0; i < n; i++) d[i] = s[0];                                                               \
        else if (ds == 1)                                                                                              \
            for (int64_t i = 0; i < n; i++) d[i] = s[i * ss];                                                          \
        else                                                                                                           \
            for (int64_t i = 0; i < n; i++) d[i * ds] = s[i * ss];                                                     \
    }
typedef struct wide {
    uint64_t half[2];
} wide;
SAME(1, uint8_t)
SAME(2, uint16_t)
SAME(4, uint32_t) SAME(8, uint64_t) SAME(16, wide)

    static row_fn same_row(uint32_t item_bytes) {
    switch (item_bytes) {
    case 1: return same_1;
    case 2: return same_2;
    case 4: return same_4;
    case 8: return same_8;
    default: return same_16;
    }
}

/* ---- rows with conversion --------------------------------------------------------------------------------------- */

typedef struct c64 {
    float re, im;
} c64;
typedef struct c128 {
    double re, im;
} c128;

/* A type to compute in for each dtype: conversions go through it (never losing what both sides can hold). */
#define FROM_F32(x) (x)
#define FROM_F64(x) (x)
#define FROM_F16(x) f16_load(x)
#define FROM_BF16(x) bf16_load(x)
#define FROM_INT(x) (x)
#define FROM_BOOL(x) ((x) != 0)
#define FROM_COMPLEX(x) ((x).re)
#define TO_F32(x) ((float)(x))
#define TO_F64(x) ((double)(x))
#define TO_F16(x) f16_store((float)(x))
#define TO_BF16(x) bf16_store((float)(x))
#define TO_I64(x) ((int64_t)(x))
#define TO_I32(x) ((int32_t)(x))
#define TO_I16(x) ((int16_t)(int32_t)(x))
#define TO_I8(x) ((int8_t)(int32_t)(x))
#define TO_U8(x) ((uint8_t)(int64_t)(x))
#define TO_BOOL(x) ((uint8_t)((x) != 0))
#define TO_C64(x) ((c64){(float)(x), 0})
#define TO_C128(x) ((c128){(double)(x), 0})

#define CONVERT(from, ftype, load, to, ttype, store)                                                                   \
    static void from##_to_##to(void *target, int64_t ds, const void *source, int64_t ss, int64_t n) {                  \
        ttype *restrict d = target;                                                                                    \
        const ftype *restrict s = source;                                                                              \
        if (ds == 1 && ss == 1)                                                                                        \
            for (int64_t i = 0; i < n; i++) d[i] = store(load(s[i]));                                                  \
        else                                                                                                           \
            for (int64_t i = 0; i < n; i++) d[i * ds] = store(load(s[i * ss]));                                        \
    }

#define TARGETS(X, from, ftype, load)                                                                                  \
    X(from, ftype, load, f32, float, TO_F32)                                                                           \
    X(from, ftype, load, f64, double, TO_F64)                                                                          \
    X(from, ftype, load, f16, f16, TO_F16) X(from, ftype, load, bf16, bf16, TO_BF16)                                   \
        X(from, ftype, load, i64, int64_t, TO_I64) X(from, ftype, load, i32, int32_t, TO_I32)                          \
            X(from, ftype, load, i16, int16_t, TO_I16) X(from, ftype, load, i8, int8_t, TO_I8)                         \
                X(from, ftype, load, u8, uint8_t, TO_U8) X(from, ftype, load, b8, uint8_t, TO_BOOL)                    \
                    X(from, ftype, load, c64, c64, TO_C64) X(from, ftype, load, c128, c128, TO_C128)

TARGETS(CONVERT, f32, float, FROM_F32)
TARGETS(CONVERT, f64, double, FROM_F64)
TARGETS(CONVERT, f16, f16, FROM_F16)
TARGETS(CONVERT, bf16, bf16, FROM_BF16)
TARGETS(CONVERT, i64, int64_t, FROM_INT)
TARGETS(CONVERT, i32, int32_t, FROM_INT)
TARGETS(CONVERT, i16, int16_t, FROM_INT)
TARGETS(CONVERT, i8, int8_t, FROM_INT)
TARGETS(CONVERT, u8, uint8_t, FROM_INT)
TARGETS(CONVERT, b8, uint8_t, FROM_BOOL)
TARGETS(CONVERT, c64, c64, FROM_COMPLEX)
TARGETS(CONVERT, c128, c128, FROM_COMPLEX)

static void c64_to_c128_both(void *target, int64_t ds, const void *source, int64_t ss, int64_t n) {
    c128 *restrict d = target;
    const c64 *restrict s = source;
    for (int64_t i = 0; i < n; i++) d[i * ds] = (c128){s[i * ss].re, s[i * ss].im};
}

static void c128_to_c64_both(void *target, int64_t ds, const void *source, int64_t ss, int64_t n) {
    c64 *restrict d = target;
    const c128 *restrict s = source;
    for (int64_t i = 0; i < n; i++) d[i * ds] = (c64){(float)s[i * ss].re, (float)s[i * ss].im};
}

#define ENTRY_f32 COT_F32
#define ENTRY_f64 COT_F64
#define ENTRY_f16 COT_F16
#define ENTRY_bf16 COT_BF16
#define ENTRY_i64 COT_I64
#define ENTRY_i32 COT_I32
#define ENTRY_i16 COT_I16
#define ENTRY_i8 COT_I8
#define ENTRY_u8 COT_U8
#define ENTRY_b8 COT_BOOL
#define ENTRY_c64 COT_C64
#define ENTRY_c128 COT_C128
#define ENTRY(from, ftype, load, to, ttype, store) [ENTRY_##from][ENTRY_##to] = from##_to_##to,

static const row_fn convert_rows[COT_DTYPE_COUNT][COT_DTYPE_COUNT] = {
    TARGETS(ENTRY, f32, , ) TARGETS(ENTRY, f64, , ) TARGETS(ENTRY, f16, , ) TARGETS(ENTRY, bf16, , )
        TARGETS(ENTRY, i64, , ) TARGETS(ENTRY, i32, , ) TARGETS(ENTRY, i16, , ) TARGETS(ENTRY, i8, , )
            TARGETS(ENTRY, u8, , ) TARGETS(ENTRY, b8, , ) TARGETS(ENTRY, c64, , ) TARGETS(ENTRY, c128, , )};

static row_fn row_for(uint8_t to, uint32_t item_bytes, uint8_t from) {
    if (to == from) return same_row(item_bytes);
    if (from == COT_C64 && to == COT_C128) return c64_to_c128_both;
    if (from == COT_C128 && to == COT_C64) return c128_to_c64_both;
    return convert_rows[from][to];
}

/* ---- blocks, transposed ----------------------------------------------------------------------------------------- */

/* d[i * ds + k] = s[k * BLOCK + i] for the part of a block that begins at (row, column). */
#define PLAIN_BLOCK(bytes, type)                                                                                       \
    static void plain_##bytes(type *restrict d, int64_t ds, const type *restrict s, int64_t row, int64_t rows,         \
                              int64_t column, int64_t columns) {                                                       \
        for (int64_t i = row; i < rows; i++)                                                                           \
            for (int64_t k = column; k < columns; k++) d[i * ds + k] = s[k * BLOCK + i];                               \
    }
PLAIN_BLOCK(1, uint8_t)
PLAIN_BLOCK(2, uint16_t)
PLAIN_BLOCK(4, uint32_t) PLAIN_BLOCK(8, uint64_t) PLAIN_BLOCK(16, wide)

    typedef uint16_t vector_2 __attribute__((vector_size(16)));
typedef uint32_t vector_4 __attribute__((vector_size(16)));
typedef uint64_t vector_8 __attribute__((vector_size(16)));
#define LOW_2 ((vector_2){0, 8, 1, 9, 2, 10, 3, 11})
#define HIGH_2 ((vector_2){4, 12, 5, 13, 6, 14, 7, 15})
#define LOW_4 ((vector_4){0, 4, 1, 5})
#define HIGH_4 ((vector_4){2, 6, 3, 7})
#define LOW_8 ((vector_8){0, 2})
#define HIGH_8 ((vector_8){1, 3})

/* A square of vectors: interleaving row i with row i + n/2, log2(n) times, transposes it. */
#define INTERLEAVE(bytes, n, from, to)                                                                                 \
    for (int i = 0; i < n / 2; i++) {                                                                                  \
        to[2 * i] = __builtin_shuffle(from[i], from[i + n / 2], LOW_##bytes);                                          \
        to[2 * i + 1] = __builtin_shuffle(from[i], from[i + n / 2], HIGH_##bytes);                                     \
    }
#define INTERLEAVE_1(bytes, n) INTERLEAVE(bytes, n, a, b)
#define INTERLEAVE_2(bytes, n) INTERLEAVE_1(bytes, n) INTERLEAVE(bytes, n, b, c)
#define INTERLEAVE_3(bytes, n) INTERLEAVE_2(bytes, n) INTERLEAVE(bytes, n, c, e)
#define SQUARE(bytes, type, n, passes, result)                                                                         \
    static inline void square_##bytes(type *d, int64_t ds, const type *s) {                                            \
        vector_##bytes a[n], b[n], c[n], e[n];                                                                         \
        for (int i = 0; i < n; i++) memcpy(&a[i], s + i * BLOCK, 16);                                                  \
        INTERLEAVE_##passes(bytes, n) for (int i = 0; i < n; i++) memcpy(d + i * ds, &result[i], 16);                  \
        UNUSED(b), UNUSED(c), UNUSED(e);                                                                               \
    }                                                                                                                  \
    static void block_##bytes(type *d, int64_t ds, const type *s, int64_t rows, int64_t columns) {                     \
        int64_t i_end = rows / n * n, k_end = columns / n * n;                                                         \
        for (int64_t i = 0; i < i_end; i += n)                                                                         \
            for (int64_t k = 0; k < k_end; k += n) square_##bytes(d + i * ds + k, ds, s + k * BLOCK + i);              \
        plain_##bytes(d, ds, s, 0, i_end, k_end, columns);                                                             \
        plain_##bytes(d, ds, s, i_end, rows, 0, columns);                                                              \
    }
SQUARE(2, uint16_t, 8, 3, e)
SQUARE(4, uint32_t, 4, 2, c)
SQUARE(8, uint64_t, 2, 1, b)

    static void put_block(int64_t item_bytes, void *d, int64_t ds, const void *s, int64_t rows, int64_t columns) {
    switch (item_bytes) {
    case 1: plain_1(d, ds, s, 0, rows, 0, columns); return;
    case 2: block_2(d, ds, s, rows, columns); return;
    case 4: block_4(d, ds, s, rows, columns); return;
    case 8: block_8(d, ds, s, rows, columns); return;
    default: plain_16(d, ds, s, 0, rows, 0, columns); return;
    }
}

/* ---- the loop --------------------------------------------------------------------------------------------------- */

typedef struct loop {
    int ndim;
    int64_t sizes[LOOP_DIMS], ds[LOOP_DIMS], ss[LOOP_DIMS]; /* outermost first; strides in elements */
    char *to;
    const char *from;
    int64_t to_bytes, from_bytes; /* of an item */
    row_fn row;
    bool converts; /* the dtypes differ */
    bool blocks;   /* the last two dimensions are copied in blocks */
} loop;

static void add_dim(loop *l, int64_t size, int64_t ds, int64_t ss) {
    if (size == 1) return;
    int at = l->ndim++;
    for (; at > 0 && llabs(l->ds[at - 1]) < llabs(ds); at--) {
        l->sizes[at] = l->sizes[at - 1];
        l->ds[at] = l->ds[at - 1];
        l->ss[at] = l->ss[at - 1];
    }
    l->sizes[at] = size;
    l->ds[at] = ds;
    l->ss[at] = ss;
}

/* Dimensions that continue the one outside of them become part of it. */
static void merge_dims(loop *l) {
    int n = 0;
    for (int i = 0; i < l->ndim; i++) {
        bool joins = n > 0 && l->ds[n - 1] == l->ds[i] * l->sizes[i] && l->ss[n - 1] == l->ss[i] * l->sizes[i];
        int at = joins ? n - 1 : n++;
        l->sizes[at] = joins ? l->sizes[at] * l->sizes[i] : l->sizes[i];
        l->ds[at] = l->ds[i];
        l->ss[at] = l->ss[i];
    }
    l->ndim = n;
    if (n == 0) l->sizes[0] = 1, l->ds[0] = l->ss[0] = 1, l->ndim = 1;
}

/* A dimension that is contiguous in the source while the rows of the target are not: it goes next to the rows. */
static void find_blocks(loop *l) {
    int last = l->ndim - 1, k = 0;
    if (llabs(l->ss[last]) <= 1 || l->ds[last] != 1 || l->sizes[last] < LEAST_BLOCK) return;
    while (k < last && (l->ss[k] != 1 || l->sizes[k] < LEAST_BLOCK)) k++;
    if (k == last) return;
    int64_t size = l->sizes[k], ds = l->ds[k], ss = l->ss[k];
    for (; k < last - 1; k++) l->sizes[k] = l->sizes[k + 1], l->ds[k] = l->ds[k + 1], l->ss[k] = l->ss[k + 1];
    l->sizes[k] = size, l->ds[k] = ds, l->ss[k] = ss;
    l->blocks = true;
}

/* Offsets of outer iteration `row` of the dimensions before `inner`. */
static void seek(const loop *l, int inner, int64_t row, int64_t *coords, int64_t *d, int64_t *s) {
    *d = *s = 0;
    for (int i = inner - 1; i >= 0; i--) {
        coords[i] = row % l->sizes[i];
        row /= l->sizes[i];
        *d += coords[i] * l->ds[i];
        *s += coords[i] * l->ss[i];
    }
}

static void step(const loop *l, int inner, int64_t *coords, int64_t *d, int64_t *s) {
    for (int i = inner - 1; i >= 0; i--) {
        *d += l->ds[i];
        *s += l->ss[i];
        if (++coords[i] < l->sizes[i]) return;
        *d -= l->sizes[i] * l->ds[i];
        *s -= l->sizes[i] * l->ss[i];
        coords[i] = 0;
    }
}

static void copy_rows(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const loop *l = arg;
    int last = l->ndim - 1;
    int64_t coords[LOOP_DIMS], d, s;
    UNUSED(worker);
    seek(l, last, begin, coords, &d, &s);
    for (int64_t row = begin; row < end; row++) {
        l->row(l->to + d * l->to_bytes, l->ds[last], l->from + s * l->from_bytes, l->ss[last], l->sizes[last]);
        step(l, last, coords, &d, &s);
    }
}

/* A single row, cut into pieces. */
static void copy_piece(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const loop *l = arg;
    UNUSED(worker);
    l->row(l->to + begin * l->ds[0] * l->to_bytes, l->ds[0], l->from + begin * l->ss[0] * l->from_bytes, l->ss[0],
           end - begin);
}

/* Rows of the source into the buffer. Copies of a length that is known are moves, not calls. */
static void get_block(const loop *l, char *buffer, const char *from, int64_t stride, int64_t rows, int64_t count) {
    int64_t step = stride * l->from_bytes;
    if (!l->converts && count == BLOCK && l->to_bytes == 4) {
        for (int64_t k = 0; k < rows; k++) memcpy(buffer + k * BLOCK * 4, from + k * step, BLOCK * 4);
    } else if (!l->converts && count == BLOCK && l->to_bytes == 2) {
        for (int64_t k = 0; k < rows; k++) memcpy(buffer + k * BLOCK * 2, from + k * step, BLOCK * 2);
    } else {
        for (int64_t k = 0; k < rows; k++) l->row(buffer + k * BLOCK * l->to_bytes, 1, from + k * step, 1, count);
    }
}

/* The last two dimensions in strips: BLOCK of the target's rows, RUN places of each, so that the pages that a strip
 * reads are still known to the processor when the next strip reads beside them. Each block is read along the source's
 * rows into a buffer, converted on the way, and written along the target's: whole cache lines on both sides. */
static void copy_blocks(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const loop *l = arg;
    int row = l->ndim - 1, column = l->ndim - 2;
    int64_t strips = (l->sizes[column] + BLOCK - 1) / BLOCK, runs = (l->sizes[row] + RUN - 1) / RUN;
    int64_t coords[LOOP_DIMS], d, s;
    _Alignas(64) char buffer[BLOCK * BLOCK * 16];
    UNUSED(worker);
    for (int64_t item = begin; item < end; item++) {
        int64_t c = item % strips * BLOCK, count = MIN(BLOCK, l->sizes[column] - c);
        int64_t from = item / strips % runs * RUN, to = MIN(from + RUN, l->sizes[row]);
        seek(l, column, item / strips / runs, coords, &d, &s);
        for (int64_t r = from; r < to; r += BLOCK) {
            int64_t length = MIN(BLOCK, to - r);
            get_block(l, buffer, l->from + (s + c + r * l->ss[row]) * l->from_bytes, l->ss[row], length, count);
            put_block(l->to_bytes, l->to + (d + c * l->ds[column] + r) * l->to_bytes, l->ds[column], buffer, count,
                      length);
        }
    }
}

static void run(loop *l, struct pool *pool) {
    merge_dims(l);
    find_blocks(l);
    int64_t outer = 1, row = l->sizes[l->ndim - 1];
    for (int i = 0; i + 1 < l->ndim; i++) outer *= l->sizes[i];
    if (l->ndim == 1) {
        parallel_for(pool, row, GRAIN, copy_piece, l);
    } else if (l->blocks) {
        int64_t columns = l->sizes[l->ndim - 2], strips = (columns + BLOCK - 1) / BLOCK, runs = (row + RUN - 1) / RUN;
        parallel_for(pool, outer / columns * runs * strips, MAX(1, GRAIN / (MIN(row, RUN) * BLOCK)), copy_blocks, l);
    } else {
        parallel_for(pool, outer, MAX(1, GRAIN / row), copy_rows, l);
    }
}

static loop loop_between(const tensor_desc *to, void *to_data, const tensor_desc *from, const void *from_data) {
    return (loop){.to = to_data,
                  .from = from_data,
                  .to_bytes = to->item_bytes,
                  .from_bytes = from->item_bytes,
                  .row = row_for(to->dtype, to->item_bytes, from->dtype),
                  .converts = to->dtype != from->dtype};
}

/* `from` is broadcast to `to`. */
static void copy(const tensor_desc *to, void *to_data, const tensor_desc *from, const void *from_data,
                 struct pool *pool) {
    loop l = loop_between(to, to_data, from, from_data);
    int lead = to->ndim - from->ndim;
    if (to->numel == 0) return;
    for (int i = 0; i < to->ndim; i++) {
        bool repeats = i < lead || from->sizes[i - lead] == 1;
        add_dim(&l, to->sizes[i], to->strides[i], repeats ? 0 : from->strides[i - lead]);
    }
    run(&l, pool);
}

/* ---- kernels ---------------------------------------------------------------------------------------------------- */

void KERNEL(copy_kernel)(const kernel_call *call) {
    copy(&call->tensors[0], call->data[0], &call->tensors[1], call->data[1], call->pool);
}

void KERNEL(cat_kernel)(const kernel_call *call) {
    const cat_attributes *a = call->attributes;
    const tensor_desc *result = &call->tensors[0];
    int64_t at = 0;
    for (uint32_t i = 0; i < call->num_operands; i++) {
        const tensor_desc *operand = &call->tensors[1 + i];
        if (operand->numel == 0 && !(a->stack || operand->ndim == result->ndim)) continue;
        tensor_desc part = *result;
        int64_t length = a->stack ? 1 : operand->sizes[a->dim];
        part.sizes[a->dim] = length;
        part.numel = operand->numel;
        char *place = (char *)call->data[0] + at * result->strides[a->dim] * result->item_bytes;
        if (a->stack) {
            for (uint32_t d = a->dim; d + 1 < result->ndim; d++)
                part.sizes[d] = part.sizes[d + 1], part.strides[d] = part.strides[d + 1];
            part.ndim--;
        }
        copy(&part, place, operand, call->data[1 + i], call->pool);
        at += length;
    }
}

static void fill(const tensor_desc *t, void *data, const void *item, struct pool *pool) {
    tensor_desc scalar = {.dtype = t->dtype, .item_bytes = t->item_bytes, .numel = 1};
    copy(t, data, &scalar, item, pool);
}

void KERNEL(fill_kernel)(const kernel_call *call) {
    const fill_attributes *a = call->attributes;
    fill(&call->tensors[0], call->data[0], a->item, call->pool);
}

void KERNEL(scatter_view_kernel)(const kernel_call *call) {
    const scatter_attributes *a = call->attributes;
    const tensor_desc *result = &call->tensors[0], *source = &call->tensors[call->num_operands];
    char *data = call->data[0];
    static const wide zero = {{0, 0}};
    if (a->zeros) fill(result, data, &zero, call->pool);
    else if (call->data[1] != call->data[0]) copy(result, data, &call->tensors[1], call->data[1], call->pool);
    copy(&a->place, data + a->offset * result->item_bytes, source, call->data[call->num_operands], call->pool);
}

void KERNEL(flip_kernel)(const kernel_call *call) {
    const flip_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    loop l = loop_between(to, call->data[0], from, call->data[1]);
    if (to->numel == 0) return;
    for (int i = 0; i < to->ndim; i++) {
        bool flips = a->dims >> i & 1;
        if (flips) l.from += (to->sizes[i] - 1) * from->strides[i] * from->item_bytes;
        add_dim(&l, to->sizes[i], to->strides[i], flips ? -from->strides[i] : from->strides[i]);
    }
    run(&l, call->pool);
}

/* Each rolled dimension has two runs, what stays before the end and what comes around; their products are copied. */
void KERNEL(roll_kernel)(const kernel_call *call) {
    const roll_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    if (to->numel == 0) return;
    for (uint32_t part = 0; part < 1u << to->ndim; part++) {
        loop l = loop_between(to, call->data[0], from, call->data[1]);
        bool empty = false;
        for (int i = 0; i < to->ndim; i++) {
            int64_t shift = a->shifts[i], size = to->sizes[i];
            bool around = part >> i & 1;
            int64_t length = around ? shift : size - shift;
            empty |= length == 0;
            l.to += (around ? 0 : shift) * to->strides[i] * to->item_bytes;
            l.from += (around ? size - shift : 0) * from->strides[i] * from->item_bytes;
            add_dim(&l, length, to->strides[i], from->strides[i]);
        }
        if (!empty) run(&l, call->pool);
    }
}

void KERNEL(repeat_kernel)(const kernel_call *call) {
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    loop l = loop_between(to, call->data[0], from, call->data[1]);
    int lead = to->ndim - from->ndim;
    if (to->numel == 0) return;
    for (int i = 0; i < to->ndim; i++) {
        int64_t size = i < lead ? 1 : from->sizes[i - lead];
        add_dim(&l, to->sizes[i] / size, size * to->strides[i], 0);
        if (i >= lead) add_dim(&l, size, to->strides[i], from->strides[i - lead]);
    }
    run(&l, call->pool);
}
