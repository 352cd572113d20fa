/* SPDX-License-Identifier: MIT
 * tile.c — the machine that runs tile programs (kernels/tile.h).
 *
 * A tensor that lies dense in memory and has the dtype of its class is not copied into a tile: instructions read and
 * write it where it is. So a single operator costs one pass, and a chain touches memory at its ends only. */
#include "kernels/tile.h"
#include "kernels/cpu/isa.h"
#include "kernels/cpu/math.h"
#include "kernels/cpu/tile_step.h"

/* ---- instructions ------------------------------------------------------------------------------------------------ */

#include "kernels/cpu/tile_elements.h"
#include "kernels/cpu/tile_names.h"

#define T float
#define MATH(name) f32_##name
#define FN(name) f32_tile_##name
#define NUMBER(x) ((float)(x).f)
#define ELEMENT(name, value) LOOP(name, value)
#define ELEMENT_F(name, value) LOOP(name, value)
#define ELEMENT_FI(name, value, integer) LOOP(name, value)
#include "ops/pointwise.def"
#undef T
#undef MATH
#undef FN

#define T double
#define MATH(name) f64_##name
#define FN(name) f64_tile_##name
#undef NUMBER
#define NUMBER(x) ((x).f)
#define ELEMENT(name, value) LOOP(name, value)
#define ELEMENT_F(name, value) LOOP(name, value)
#define ELEMENT_FI(name, value, integer) LOOP(name, value)
#include "ops/pointwise.def"
#undef T
#undef FN

#define T int64_t
#define FN(name) i64_tile_##name
#undef NUMBER
#define NUMBER(x) ((x).i)
#define ELEMENT(name, value) LOOP(name, value)
#define ELEMENT_I(name, value) LOOP(name, value)
#define ELEMENT_FI(name, value, integer) LOOP(name, integer)
#include "ops/pointwise.def"
#undef T
#undef FN

const tile_fn KERNEL(tile_instructions)[TILE_CLASS_COUNT][TILE_ELEMENT_COUNT] = {
    [TILE_F32] =
        {
#define ELEMENT(name, value) [TILE_##name] = f32_tile_##name,
#define ELEMENT_F(name, value) [TILE_##name] = f32_tile_##name,
#define ELEMENT_FI(name, value, integer) [TILE_##name] = f32_tile_##name,
#include "ops/pointwise.def"
        },
    [TILE_F64] =
        {
#define ELEMENT(name, value) [TILE_##name] = f64_tile_##name,
#define ELEMENT_F(name, value) [TILE_##name] = f64_tile_##name,
#define ELEMENT_FI(name, value, integer) [TILE_##name] = f64_tile_##name,
#include "ops/pointwise.def"
        },
    [TILE_I64] =
        {
#define ELEMENT(name, value) [TILE_##name] = i64_tile_##name,
#define ELEMENT_I(name, value) [TILE_##name] = i64_tile_##name,
#define ELEMENT_FI(name, value, integer) [TILE_##name] = i64_tile_##name,
#include "ops/pointwise.def"

#include <string.h>
        },
};

/* ---- loads, stores, conversions ---------------------------------------------------------------------------------- */

/* A floating number that becomes an integer: what does not fit gives the smallest one, as x86 and PyTorch do. */
static inline int64_t to_integer(double x) {
    return x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? (int64_t)x : INT64_MIN;
}

#define SAME_NUMBER(x) (x)
#define TRUTH(x) ((x) != 0)
#define MOVES(class, C, dtype, M, load, store)                                                                         \
    static void class##_load_##dtype(void *y_, const void *x_, int64_t stride, int64_t n) {                            \
        C *y = y_;                                                                                                     \
        const M *x = x_;                                                                                               \
        if (stride == 1) {                                                                                             \
            for (int64_t i = 0; i < n; i++) y[i] = (C)load(x[i]);                                                      \
        } else if (stride == 0) {                                                                                      \
            const C same = (C)load(x[0]);                                                                              \
            for (int64_t i = 0; i < n; i++) y[i] = same;                                                               \
        } else {                                                                                                       \
            for (int64_t i = 0; i < n; i++) y[i] = (C)load(x[i * stride]);                                             \
        }                                                                                                              \
    }                                                                                                                  \
    static void class##_store_##dtype(void *y_, const void *x_, int64_t stride, int64_t n) {                           \
        M *y = y_;                                                                                                     \
        const C *x = x_;                                                                                               \
        if (stride == 1) {                                                                                             \
            _Pragma("GCC ivdep") for (int64_t i = 0; i < n; i++) y[i] = store(x[i]);                                   \
        } else {                                                                                                       \
            for (int64_t i = 0; i < n; i++) y[i * stride] = store(x[i]);                                               \
        }                                                                                                              \
    }

#define TO_I64(x) to_integer(x)
#define TO_I32(x) ((int32_t)to_integer(x))
#define TO_I16(x) ((int16_t)to_integer(x))
#define TO_I8(x) ((int8_t)to_integer(x))
#define TO_U8(x) ((uint8_t)to_integer(x))
#define F16_OF(x) f16_store((float)(x))
#define BF16_OF(x) bf16_store((float)(x))
#define FLOAT_CLASS(class, C)                                                                                          \
    MOVES(class, C, F32, float, SAME_NUMBER, (float))                                                                  \
    MOVES(class, C, F64, double, SAME_NUMBER, (double))                                                                \
    MOVES(class, C, F16, f16, f16_load, F16_OF)                                                                        \
    MOVES(class, C, BF16, bf16, bf16_load, BF16_OF)                                                                    \
    MOVES(class, C, I64, int64_t, SAME_NUMBER, TO_I64)                                                                 \
    MOVES(class, C, I32, int32_t, SAME_NUMBER, TO_I32)                                                                 \
    MOVES(class, C, I16, int16_t, SAME_NUMBER, TO_I16)                                                                 \
    MOVES(class, C, I8, int8_t, SAME_NUMBER, TO_I8)                                                                    \
    MOVES(class, C, U8, uint8_t, SAME_NUMBER, TO_U8)                                                                   \
    MOVES(class, C, BOOL, uint8_t, TRUTH, TRUTH)
FLOAT_CLASS(f32, float)
FLOAT_CLASS(f64, double)
MOVES(i64, int64_t, F32, float, to_integer, (float))
MOVES(i64, int64_t, F64, double, to_integer, (double))
#define INTEGER_OF_F16(x) to_integer(f16_load(x))
#define INTEGER_OF_BF16(x) to_integer(bf16_load(x))
MOVES(i64, int64_t, F16, f16, INTEGER_OF_F16, F16_OF)
MOVES(i64, int64_t, BF16, bf16, INTEGER_OF_BF16, BF16_OF)
MOVES(i64, int64_t, I64, int64_t, SAME_NUMBER, SAME_NUMBER)
MOVES(i64, int64_t, I32, int32_t, SAME_NUMBER, (int32_t))
MOVES(i64, int64_t, I16, int16_t, SAME_NUMBER, (int16_t))
MOVES(i64, int64_t, I8, int8_t, SAME_NUMBER, (int8_t))
MOVES(i64, int64_t, U8, uint8_t, SAME_NUMBER, (uint8_t))
MOVES(i64, int64_t, BOOL, uint8_t, TRUTH, TRUTH)

#define MOVE_TABLE(class, verb)                                                                                        \
    {                                                                                                                  \
        [COT_F32] = class##_##verb##_F32, [COT_F64] = class##_##verb##_F64, [COT_F16] = class##_##verb##_F16,          \
        [COT_BF16] = class##_##verb##_BF16, [COT_I64] = class##_##verb##_I64, [COT_I32] = class##_##verb##_I32,        \
        [COT_I16] = class##_##verb##_I16, [COT_I8] = class##_##verb##_I8, [COT_U8] = class##_##verb##_U8,              \
        [COT_BOOL] = class##_##verb##_BOOL                                                                             \
    }
const move_fn KERNEL(tile_loads)[TILE_CLASS_COUNT][COT_DTYPE_COUNT] = {MOVE_TABLE(f32, load), MOVE_TABLE(f64, load),
                                                                       MOVE_TABLE(i64, load)};
const move_fn KERNEL(tile_stores)[TILE_CLASS_COUNT][COT_DTYPE_COUNT] = {MOVE_TABLE(f32, store), MOVE_TABLE(f64, store),
                                                                        MOVE_TABLE(i64, store)};

/* ---- running a piece --------------------------------------------------------------------------------------------- */

typedef struct machine {
    const tile_program *p;
    void *const *data;
    char *buffers;             /* num_buffers × buffer_bytes */
    char *totals;              /* of this worker */
    bool separate;             /* some result lies over an operand: results go through tiles */
    int64_t at[TILE_MAX_DIMS]; /* coordinates of the tile that comes next */
} machine;

static void *buffer_of(const machine *m, uint32_t value) {
    return m->buffers + (size_t)m->p->buffers[value] * m->p->buffer_bytes;
}

static char *element_of(const machine *m, const tile_access *a, int64_t offset) {
    return (char *)m->data[a->tensor] + offset * item_bytes[a->dtype];
}

static int64_t offset_at(const machine *m, const tile_access *a, const int64_t *at) {
    int64_t offset = 0;
    for (uint32_t d = 0; d < m->p->ndim; d++) offset += at[d] * a->strides[d];
    return offset;
}

/* Moves coordinates by n elements, row-major. */
static void advance(const tile_program *p, int64_t *at, int64_t n) {
    if (p->ndim == 1) {
        at[0] += n;
        return;
    }
    for (uint32_t d = p->ndim; n && d-- > 0;) {
        at[d] += n;
        if (at[d] < p->sizes[d]) return;
        n = at[d] / p->sizes[d];
        at[d] -= n * p->sizes[d];
    }
}

/* A tile of n elements, or in blocked programs of rows × columns, at the coordinates of the machine. */
typedef struct extent {
    int64_t begin, n, rows, columns;
} extent;

/* Each number `times` times, the first of them only `first` times. */
static void spread(char *tile, const char *from, size_t bytes, int64_t first, int64_t times, int64_t n) {
    for (int64_t at = 0, left = first; at < n; at++) {
        if (bytes == sizeof(float)) ((float *)tile)[at] = *(const float *)from;
        else ((double *)tile)[at] = *(const double *)from;
        if (--left) continue;
        from += bytes;
        left = times;
    }
}

/* Copies n elements from the coordinates on, run by run along dimension `inner`, which is the innermost one seen. */
static void walk(const machine *m, const tile_access *a, bool store, char *tile, int64_t n, const int64_t *from,
                 uint32_t inner) {
    const move_fn move = (store ? KERNEL(tile_stores) : KERNEL(tile_loads))[a->class][a->dtype];
    const size_t bytes = item_bytes[class_dtypes[a->class]];
    const int64_t size = m->p->sizes[inner];
    int64_t at[TILE_MAX_DIMS] = {0};
    for (uint32_t d = 0; d <= inner; d++) at[d] = from[d];
    if (!store && inner > 0 && a->strides[inner] == 0 && size < 32) { /* short runs of one number */
        _Alignas(64) char narrow[TILE_LENGTH * sizeof(double)];
        walk(m, a, false, narrow, (at[inner] + n + size - 1) / size, from, inner - 1);
        spread(tile, narrow, bytes, size - at[inner], size, n);
        return;
    }
    while (n > 0) {
        const int64_t run = MIN(n, size - at[inner]);
        char *memory = element_of(m, a, offset_at(m, a, at));
        if (store) move(memory, tile, a->strides[inner], run);
        else move(tile, memory, a->strides[inner], run);
        tile += (size_t)run * bytes;
        n -= run;
        at[inner] += run;
        for (uint32_t d = inner; d > 0 && at[d] == m->p->sizes[d]; d--) at[d] = 0, at[d - 1]++;
    }
}

/* A block, row by row; or column by column where columns are what lies dense. */
static void walk_block(const machine *m, const tile_access *a, bool store, char *tile, const extent *e) {
    const move_fn move = (store ? KERNEL(tile_stores) : KERNEL(tile_loads))[a->class][a->dtype];
    const size_t bytes = item_bytes[class_dtypes[a->class]];
    const int64_t down = a->strides[m->p->ndim - 2], right = a->strides[m->p->ndim - 1], base = offset_at(m, a, m->at);
    if (store || down != 1 || right == 1) {
        for (int64_t r = 0; r < e->rows; r++) {
            char *memory = element_of(m, a, base + r * down), *row = tile + (size_t)(r * e->columns) * bytes;
            if (store) move(memory, row, right, e->columns);
            else move(row, memory, right, e->columns);
        }
        return;
    }
    for (int64_t c = 0; c < e->columns; c++) {
        _Alignas(64) char column[TILE_ROWS * sizeof(double)];
        __builtin_prefetch(element_of(m, a, base + (c + e->columns) * right)); /* the block to the right comes next */
        move(column, element_of(m, a, base + c * right), 1, e->rows);
        if (bytes == sizeof(float))
            for (int64_t r = 0; r < e->rows; r++) ((float *)tile)[r * e->columns + c] = ((float *)column)[r];
        else
            for (int64_t r = 0; r < e->rows; r++) ((double *)tile)[r * e->columns + c] = ((double *)column)[r];
    }
}

/* Where the elements of the tile lie side by side in memory in the dtype of the class; NULL where they do not. */
static char *dense_at(const machine *m, const tile_access *a, const extent *e) {
    const uint32_t inner = m->p->ndim - 1;
    if (a->dtype != class_dtypes[a->class] || m->p->blocked) return NULL;
    if (a->walk == TILE_DENSE) return element_of(m, a, e->begin);
    const bool within = a->strides[inner] == 1 && m->at[inner] + e->n <= m->p->sizes[inner];
    return within ? element_of(m, a, offset_at(m, a, m->at)) : NULL;
}

static void move_tile(const machine *m, const tile_access *a, bool store, char *tile, const extent *e) {
    if (m->p->blocked) walk_block(m, a, store, tile, e);
    else if (a->walk != TILE_DENSE) walk(m, a, store, tile, e->n, m->at, m->p->ndim - 1);
    else if (store) KERNEL(tile_stores)[a->class][a->dtype](element_of(m, a, e->begin), tile, 1, e->n);
    else KERNEL(tile_loads)[a->class][a->dtype](tile, element_of(m, a, e->begin), 1, e->n);
}

static void *load_tile(const machine *m, const tile_access *a, const extent *e) {
    char *tile = buffer_of(m, a->value), *memory = a->walk == TILE_UNIFORM ? tile : dense_at(m, a, e);
    if (memory && (memory == tile || !m->separate || !a->stored)) return memory; /* a uniform one was filled before */
    move_tile(m, a, false, tile, e);
    return tile;
}

static void run_tile(const machine *m, void **values, const extent *e) {
    const tile_program *p = m->p;
    for (uint32_t i = 0; i < p->num_loads; i++) values[p->loads[i].value] = load_tile(m, &p->loads[i], e);
    for (uint32_t i = 0; i < p->num_code; i++) values[p->code[i].y] = buffer_of(m, p->code[i].y);
    for (uint32_t i = 0; i < p->num_stores; i++) {
        const tile_access *a = &p->stores[i];
        char *memory = a->direct && !m->separate ? dense_at(m, a, e) : NULL;
        if (memory) values[a->value] = memory;
    }
    for (uint32_t i = 0; i < p->num_code; i++) {
        const tile_instruction *in = &p->code[i];
        const void *x[TILE_MAX_OPERANDS];
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) x[k] = values[in->x[k]];
        run_instruction(in, values[in->y], x, e->n);
    }
    for (uint32_t i = 0; i < p->num_stores; i++) {
        const tile_access *a = &p->stores[i];
        if (a->combine == TILE_PLAIN) continue;
        combine_lanes(a->class, a->combine, (double *)(m->totals + a->total), values[a->value], e->begin, e->n);
    }
    for (uint32_t i = 0; i < p->num_stores; i++) {
        const tile_access *a = &p->stores[i];
        if (a->combine != TILE_PLAIN) continue;
        const bool written = a->direct && values[a->value] != buffer_of(m, a->value);
        if (!written) move_tile(m, a, true, values[a->value], e);
    }
}

/* Values that are the same in every tile: constants, and operands of one element. */
static void fill_uniform(const machine *m, void **values, int64_t n) {
    const tile_program *p = m->p;
    for (uint32_t i = 0; i < p->num_fills; i++) {
        const tile_fill *f = &p->fills[i];
        const float narrow = (float)f->number.f;
        const void *number = f->class == TILE_F32 ? (const void *)&narrow : (const void *)&f->number;
        values[f->value] = buffer_of(m, f->value);
        KERNEL(tile_loads)[f->class][class_dtypes[f->class]](values[f->value], number, 0, n);
    }
    for (uint32_t i = 0; i < p->num_loads; i++) {
        const tile_access *a = &p->loads[i];
        if (a->walk == TILE_UNIFORM)
            KERNEL(tile_loads)[a->class][a->dtype](buffer_of(m, a->value), element_of(m, a, 0), 0, n);
    }
}

/* Tiles end with the innermost run where runs are long, so that a run can be used where it lies; short runs are
 * gathered into full tiles. */
static int64_t tile_length(const machine *m, int64_t left) {
    const int64_t inner = m->p->sizes[m->p->ndim - 1];
    if (m->p->ndim == 1 || inner < TILE_LENGTH / 4) return MIN(left, TILE_LENGTH);
    return MIN(MIN(left, TILE_LENGTH), inner - m->at[m->p->ndim - 1]);
}

typedef struct piece {
    const kernel_call *call;
    bool separate;
} piece;

static void run_blocks(machine *m, void **values, int64_t begin, int64_t end) {
    const tile_program *p = m->p;
    const uint32_t down = p->ndim - 2, right = p->ndim - 1;
    const int64_t width = TILE_LENGTH / TILE_ROWS, across = (p->sizes[right] + width - 1) / width;
    const int64_t along = (p->sizes[down] + TILE_ROWS - 1) / TILE_ROWS;
    for (int64_t block = begin; block < end; block++) {
        int64_t outer = block / across / along;
        m->at[right] = block % across * width;
        m->at[down] = block / across % along * TILE_ROWS;
        for (uint32_t d = down; d-- > 0; outer /= p->sizes[d]) m->at[d] = outer % p->sizes[d];
        extent e = {.rows = MIN(TILE_ROWS, p->sizes[down] - m->at[down]),
                    .columns = MIN(width, p->sizes[right] - m->at[right])};
        e.n = e.rows * e.columns;
        run_tile(m, values, &e);
    }
}

static void run_tiles(machine *m, void **values, int64_t begin, int64_t end) {
    const tile_program *p = m->p;
    advance(p, m->at, begin);
    while (begin < end) {
        const extent e = {.begin = begin, .n = tile_length(m, end - begin)};
        run_tile(m, values, &e);
        begin += e.n;
        advance(p, m->at, e.n);
    }
}

static void run_piece(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const piece *job = arg;
    const tile_program *p = job->call->attributes;
    _Alignas(64) char buffers[TILE_MAX_BUFFERS * TILE_LENGTH * sizeof(double)];
    void *values[TILE_MAX_VALUES];
    machine m = {.p = p, .data = job->call->data, .buffers = buffers, .separate = job->separate};
    m.totals = (char *)job->call->scratch + worker * p->worker_bytes;
    fill_uniform(&m, values, p->blocked ? TILE_LENGTH : MIN(end - begin, TILE_LENGTH));
    if (p->blocked) run_blocks(&m, values, begin, end);
    else run_tiles(&m, values, begin, end);
}

/* What parallel_for counts: elements, or blocks. */
static int64_t work_units(const tile_program *p) {
    if (!p->blocked) return p->numel;
    const int64_t rows = p->sizes[p->ndim - 2], columns = p->sizes[p->ndim - 1], width = TILE_LENGTH / TILE_ROWS;
    return p->numel / (rows * columns) * ((rows + TILE_ROWS - 1) / TILE_ROWS) * ((columns + width - 1) / width);
}

/* With one instruction a result may be written where its operand is read; longer programs may read it again. */
static bool must_separate(const tile_program *p, void *const *data) {
    for (uint32_t i = 0; p->num_code + p->num_stores > 2 && i < p->num_stores; i++)
        for (uint32_t k = 0; k < p->num_loads; k++)
            if (data[p->stores[i].tensor] == data[p->loads[k].tensor]) return true;
    return false;
}

void KERNEL(tile_run)(const kernel_call *call) {
    const tile_program *p = call->attributes;
    if (p->numel == 0) return;
    piece job = {.call = call, .separate = must_separate(p, call->data)};
    const int64_t grain = p->blocked ? MAX(1, p->grain / TILE_LENGTH) : p->grain;
    if (p->combines) totals_begin(call, pool_threads(call->pool));
    parallel_for(call->pool, work_units(p), grain, run_piece, &job);
    if (p->combines) totals_end(call, pool_threads(call->pool));
}
