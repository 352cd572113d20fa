/* SPDX-License-Identifier: MIT
 * gemm.c — matrix products on the CPU: cblas for f32, f64 and complex, blocks widened to f32 for bf16 and f16, plain
 * loops for integers.
 *
 * A product is divided over the pool by columns or rows (whichever are more), a batch by its items, and each piece is
 * one call of the single-threaded library. The division depends on sizes and thread count alone: same bits in every
 * run. */
#include "kernels/cpu/isa.h"
#include "kernels/element.h"
#include "kernels/gemm.h"

#include <cblas.h>
#include <string.h>

/* Below this many multiply-adds a piece is not worth waking a thread. */
enum { SERIAL_WORK = 1 << 17 };

/* ---- integers: rows of C gather rows of B ----------------------------------------------------------------------- */

#define INTEGER_PRODUCT(name, T, U)                                                                                    \
    static void multiply_##name(const gemm_piece *p) {                                                                 \
        const T *a = (const T *)(const void *)p->a, *b = (const T *)(const void *)p->b;                                \
        T *c = (T *)(void *)p->c;                                                                                      \
        const U alpha = (U)(int64_t)p->alpha;                                                                          \
        for (int64_t i = 0; i < p->m; i++) {                                                                           \
            T *restrict to = c + i * p->c_row;                                                                         \
            if (p->beta == 0) memset(to, 0, (size_t)p->n * sizeof(T));                                                 \
            for (int64_t l = 0; l < p->k; l++) {                                                                       \
                const U x = (U)((U)a[i * p->as.row + l * p->as.col] * alpha);                                          \
                const T *row = b + l * p->bs.row;                                                                      \
                for (int64_t j = 0; j < p->n; j++) to[j] = (T)((U)to[j] + x * (U)row[j * p->bs.col]);                  \
            }                                                                                                          \
        }                                                                                                              \
    }
INTEGER_PRODUCT(i64, int64_t, uint64_t)
INTEGER_PRODUCT(i32, int32_t, uint32_t)
INTEGER_PRODUCT(i16, int16_t, uint32_t)
INTEGER_PRODUCT(i8, int8_t, uint32_t)
INTEGER_PRODUCT(u8, uint8_t, uint32_t)

/* ---- what is added ---------------------------------------------------------------------------------------------- */

#define ADDED(name, T, A)                                                                                              \
    static void added_##name(const gemm_attributes *g, char *c, const char *d, int64_t batch, int64_t rows,            \
                             int64_t cols, double beta) {                                                              \
        const T *from = (const T *)(const void *)d + batch * g->d.batch;                                               \
        T *to = (T *)(void *)c;                                                                                        \
        for (int64_t i = 0; i < rows; i++, to += g->c.row, from += g->d.row) {                                         \
            if (beta == 1 && to == from && g->d.col == 1) continue; /* computed in place */                            \
            if (beta == 1 && g->d.col == 1) memcpy(to, from, (size_t)cols * sizeof(T));                                \
            else if (beta == 1)                                                                                        \
                for (int64_t j = 0; j < cols; j++) to[j] = from[j * g->d.col];                                         \
            else                                                                                                       \
                for (int64_t j = 0; j < cols; j++) to[j] = (T)((A)from[j * g->d.col] * (A)beta);                       \
        }                                                                                                              \
    }
ADDED(f32, float, float)
ADDED(f64, double, double)
ADDED(c64, _Complex float, float)
ADDED(c128, _Complex double, double)
ADDED(i64, int64_t, int64_t)
ADDED(i32, int32_t, int32_t)
ADDED(i16, int16_t, int32_t)
ADDED(i8, int8_t, int32_t)
ADDED(u8, uint8_t, int32_t)

/* ---- dividing the work ------------------------------------------------------------------------------------------ */

typedef struct job {
    const kernel_call *call;
    const gemm_attributes *g;
    size_t bytes; /* of an element */
    gemm_provider multiply;
    void (*added)(const gemm_attributes *g, char *c, const char *d, int64_t batch, int64_t rows, int64_t cols,
                  double beta);
    int64_t item; /* of the batch, when one product is divided */
    bool by_rows;
} job;

/* Rows [i, i + m) and columns [j, j + n) of product `item`. */
static void multiply_part(const job *w, int64_t item, int64_t i, int64_t m, int64_t j, int64_t n) {
    const gemm_attributes *g = w->g;
    const int64_t bytes = (int64_t)w->bytes;
    if (m <= 0 || n <= 0) return;
    gemm_piece p = {.as = g->a, .bs = g->b, .c_row = g->c.row, .m = m, .n = n, .k = g->k, .alpha = g->alpha};
    p.a = (const char *)w->call->data[g->a_at] + (item * g->a.batch + i * g->a.row) * bytes;
    p.b = (const char *)w->call->data[g->b_at] + (item * g->b.batch + j * g->b.col) * bytes;
    p.c = (char *)w->call->data[0] + (item * g->c.batch + i * g->c.row + j) * bytes;
    const bool first = !g->sum_batch || item == 0;
    if (first && g->d_at && g->beta != 0) {
        const char *d = (const char *)w->call->data[g->d_at] + (i * g->d.row + j * g->d.col) * bytes;
        w->added(g, p.c, d, item, m, n, g->beta);
        p.beta = 1;
    } else if (!first) {
        p.beta = 1;
    }
    if (g->k > 0) w->multiply(&p);
    else if (p.beta == 0)
        for (int64_t r = 0; r < m; r++) memset((char *)p.c + r * g->c.row * bytes, 0, (size_t)n * w->bytes);
}

static void run_items(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const job *w = arg;
    UNUSED(worker);
    for (int64_t i = begin; i < end; i++) multiply_part(w, i, 0, w->g->m, 0, w->g->n);
}

static void run_slice(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const job *w = arg;
    UNUSED(worker);
    if (w->by_rows) multiply_part(w, w->item, begin, end - begin, 0, w->g->n);
    else multiply_part(w, w->item, 0, w->g->m, begin, end - begin);
}

static int64_t round_up(int64_t x, int64_t to) { return (x + to - 1) / to * to; }

static void run(job *w) {
    const gemm_attributes *g = w->g;
    const int64_t work = MAX(1, g->m) * MAX(1, g->n) * MAX(1, g->k);
    if (g->batch >= (int64_t)pool_threads(w->call->pool) && !g->sum_batch) {
        parallel_for(w->call->pool, g->batch, MAX(1, SERIAL_WORK / work), run_items, w);
        return;
    }
    w->by_rows = g->n < g->m;
    const int64_t count = w->by_rows ? g->m : g->n, each = MAX(1, work / MAX(1, count));
    const int64_t grain = round_up(MAX(1, SERIAL_WORK / each), 16);
    for (w->item = 0; w->item < g->batch; w->item++) parallel_for(w->call->pool, count, grain, run_slice, w);
}

#define PRODUCT_KERNEL(name, item_bytes, piece_provider)                                                               \
    void KERNEL(gemm_##name)(const kernel_call *call) {                                                                \
        const gemm_attributes *g = call->attributes;                                                                   \
        run(&(job){.call = call, .g = g, .bytes = item_bytes, .multiply = piece_provider, .added = added_##name});     \
    }
PRODUCT_KERNEL(f32, 4, g->provider)
PRODUCT_KERNEL(f64, 8, g->provider)
PRODUCT_KERNEL(c64, 8, g->provider)
PRODUCT_KERNEL(c128, 16, g->provider)
PRODUCT_KERNEL(i64, 8, multiply_i64)
PRODUCT_KERNEL(i32, 4, multiply_i32)
PRODUCT_KERNEL(i16, 2, multiply_i16)
PRODUCT_KERNEL(i8, 1, multiply_i8)
PRODUCT_KERNEL(u8, 1, multiply_u8)

/* ---- bf16, f16: blocks widened to f32, rounded once ------------------------------------------------------------- */

typedef struct half_job {
    const kernel_call *call;
    const gemm_attributes *g;
    uint8_t dtype;
} half_job;

static float half_load(uint8_t dtype, uint16_t bits) {
    return dtype == COT_BF16 ? bf16_load((bf16){bits}) : f16_load((f16){bits});
}

static uint16_t half_store(uint8_t dtype, float x) {
    return dtype == COT_BF16 ? bf16_store(x).bits : f16_store(x).bits;
}

/* A rows × cols block into row-major floats. The loop runs along the unit stride. */
static void widen(uint8_t dtype, float *restrict to, const uint16_t *restrict from, int64_t rows, int64_t cols,
                  int64_t row, int64_t col) {
    if (col != 1 && row == 1) {
        for (int64_t j = 0; j < cols; j++)
            for (int64_t i = 0; i < rows; i++) to[i * cols + j] = half_load(dtype, from[j * col + i]);
        return;
    }
    for (int64_t i = 0; i < rows; i++, from += row, to += cols) {
        if (dtype == COT_BF16 && col == 1)
            for (int64_t j = 0; j < cols; j++) to[j] = bf16_load((bf16){from[j]});
        else if (col == 1)
            for (int64_t j = 0; j < cols; j++) to[j] = f16_load((f16){from[j]});
        else
            for (int64_t j = 0; j < cols; j++) to[j] = half_load(dtype, from[j * col]);
    }
}

static void half_start(const half_job *w, float *c, int64_t item, int64_t i, int64_t m, int64_t j, int64_t n) {
    const gemm_attributes *g = w->g;
    if (!g->d_at || g->beta == 0) {
        memset(c, 0, (size_t)(m * n) * sizeof(float));
        return;
    }
    const uint16_t *d = (const uint16_t *)w->call->data[g->d_at] + item * g->d.batch + i * g->d.row + j * g->d.col;
    for (int64_t r = 0; r < m; r++)
        for (int64_t s = 0; s < n; s++)
            c[r * n + s] = (float)g->beta * half_load(w->dtype, d[r * g->d.row + s * g->d.col]);
}

/* Adds the product of one item to a block of C in f32. */
static void half_accumulate(const half_job *w, float *a, float *b, float *c, int64_t item, int64_t i, int64_t m,
                            int64_t j, int64_t n) {
    const gemm_attributes *g = w->g;
    const uint16_t *x = (const uint16_t *)w->call->data[g->a_at] + item * g->a.batch + i * g->a.row;
    const uint16_t *y = (const uint16_t *)w->call->data[g->b_at] + item * g->b.batch + j * g->b.col;
    for (int64_t l = 0; l < g->k; l += GEMM_BLOCK_K) {
        int64_t k = MIN(g->k - l, (int64_t)GEMM_BLOCK_K);
        widen(w->dtype, a, x + l * g->a.col, m, k, g->a.row, g->a.col);
        widen(w->dtype, b, y + l * g->b.row, k, n, g->b.row, g->b.col);
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (blasint)m, (blasint)n, (blasint)k, (float)g->alpha, a,
                    (blasint)k, b, (blasint)n, 1, c, (blasint)n);
    }
}

/* Blocks are numbered item by item, then by rows of blocks. */
static void run_blocks(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const half_job *w = arg;
    const gemm_attributes *g = w->g;
    float *a = (float *)w->call->scratch + worker * GEMM_WORKER_FLOATS;
    float *b = a + GEMM_BLOCK_M * GEMM_BLOCK_K, *c = b + GEMM_BLOCK_K * GEMM_BLOCK_N;
    const int64_t across = (g->n + GEMM_BLOCK_N - 1) / GEMM_BLOCK_N, down = (g->m + GEMM_BLOCK_M - 1) / GEMM_BLOCK_M;
    for (int64_t block = begin; block < end; block++) {
        int64_t item = block / (across * down), i = block / across % down * GEMM_BLOCK_M;
        int64_t j = block % across * GEMM_BLOCK_N;
        int64_t m = MIN(g->m - i, (int64_t)GEMM_BLOCK_M), n = MIN(g->n - j, (int64_t)GEMM_BLOCK_N);
        half_start(w, c, item, i, m, j, n);
        for (int64_t s = item; s < (g->sum_batch ? g->batch : item + 1); s++)
            half_accumulate(w, a, b, c, s, i, m, j, n);
        uint16_t *to = (uint16_t *)w->call->data[0] + item * g->c.batch + i * g->c.row + j;
        for (int64_t r = 0; r < m; r++)
            for (int64_t s = 0; s < n; s++) to[r * g->c.row + s] = half_store(w->dtype, c[r * n + s]);
    }
}

void KERNEL(gemm_half)(const kernel_call *call) {
    const gemm_attributes *g = call->attributes;
    half_job w = {call, g, call->tensors[0].dtype};
    const int64_t across = (g->n + GEMM_BLOCK_N - 1) / GEMM_BLOCK_N, down = (g->m + GEMM_BLOCK_M - 1) / GEMM_BLOCK_M;
    const int64_t work = MIN(g->m, (int64_t)GEMM_BLOCK_M) * MIN(g->n, (int64_t)GEMM_BLOCK_N) * MAX(1, g->k);
    parallel_for(call->pool, across * down * (g->sum_batch ? 1 : g->batch), MAX(1, SERIAL_WORK / MAX(1, work)),
                 run_blocks, &w);
}
