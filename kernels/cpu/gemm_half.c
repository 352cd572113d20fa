/* SPDX-License-Identifier: MIT
 * gemm_half.c — products of bf16 and f16 without a matrix unit: blocks are widened to f32, multiplied by the f32
 * provider, and rounded once. (AVX-512's bf16 dot products are slower than f32: performance.md, section 2.) */
#include "kernels/cpu/gemm_divide.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

#include <string.h>

/* One thread's blocks in the scratch. */
typedef struct half_job {
    const kernel_call *call;
    const gemm_attributes *g;
    float *a, *b, *c;
    void *scratch; /* of the provider */
    uint8_t dtype;
} half_job;

static float half_load(uint8_t dtype, uint16_t bits) {
    return dtype == COT_BF16 ? bf16_load((bf16){bits}) : f16_load((f16){bits});
}

static void widen_row(uint8_t dtype, float *restrict to, const uint16_t *restrict from, int64_t step, int64_t n) {
    if (dtype == COT_BF16 && step == 1)
        for (int64_t j = 0; j < n; j++) to[j] = bf16_load((bf16){from[j]});
    else if (step == 1)
        for (int64_t j = 0; j < n; j++) to[j] = f16_load((f16){from[j]});
    else
        for (int64_t j = 0; j < n; j++) to[j] = half_load(dtype, from[j * step]);
}

static void narrow_row(uint8_t dtype, uint16_t *restrict to, const float *restrict from, int64_t n) {
    if (dtype == COT_BF16)
        for (int64_t j = 0; j < n; j++) to[j] = bf16_store(from[j]).bits;
    else
        for (int64_t j = 0; j < n; j++) to[j] = f16_store(from[j]).bits;
}

/* A rows × cols block in floats, without gaps, in the order it lies in memory: the provider takes either. */
static gemm_matrix widen(uint8_t dtype, float *to, const uint16_t *from, int64_t rows, int64_t cols, int64_t row,
                         int64_t col) {
    const bool transposed = col != 1 && row == 1;
    const int64_t lines = transposed ? cols : rows, length = transposed ? rows : cols;
    const int64_t line = transposed ? col : row, step = transposed ? row : col;
    for (int64_t i = 0; i < lines; i++) widen_row(dtype, to + i * length, from + i * line, step, length);
    return transposed ? (gemm_matrix){0, 1, rows} : (gemm_matrix){0, cols, 1};
}

/* A block of C begins as what is added. */
static void begin_block(const half_job *w, int64_t item, int64_t i, int64_t m, int64_t j, int64_t n) {
    const gemm_attributes *g = w->g;
    if (!g->d_at || g->beta == 0) {
        memset(w->c, 0, (size_t)(m * n) * sizeof(float));
        return;
    }
    const uint16_t *d = (const uint16_t *)w->call->data[g->d_at] + item * g->d.batch + i * g->d.row + j * g->d.col;
    for (int64_t r = 0; r < m; r++) {
        widen_row(w->dtype, w->c + r * n, d + r * g->d.row, g->d.col, n);
        for (int64_t s = 0; g->beta != 1 && s < n; s++) w->c[r * n + s] *= (float)g->beta;
    }
}

/* Adds the product of one item. */
static void add_product(const half_job *w, int64_t item, int64_t i, int64_t m, int64_t j, int64_t n) {
    const gemm_attributes *g = w->g;
    const uint16_t *x = (const uint16_t *)w->call->data[g->a_at] + item * g->a.batch + i * g->a.row;
    const uint16_t *y = (const uint16_t *)w->call->data[g->b_at] + item * g->b.batch + j * g->b.col;
    gemm_piece p = {.a = w->a, .b = w->b, .c = w->c, .c_row = n, .m = m, .n = n, .alpha = g->alpha, .beta = 1};
    p.scratch = w->scratch;
    for (int64_t l = 0; l < g->k; l += GEMM_BLOCK_K) {
        p.k = MIN(g->k - l, (int64_t)GEMM_BLOCK_K);
        p.as = widen(w->dtype, w->a, x + l * g->a.col, m, p.k, g->a.row, g->a.col);
        p.bs = widen(w->dtype, w->b, y + l * g->b.row, p.k, n, g->b.row, g->b.col);
        g->provider(&p);
    }
}

static void half_part(const kernel_call *call, const gemm_attributes *g, const gemm_part *p) {
    half_job w = {.call = call, .g = g, .dtype = call->tensors[0].dtype};
    w.a = (float *)(void *)((char *)call->scratch + p->worker * g->scratch);
    w.b = w.a + GEMM_BLOCK_M * GEMM_BLOCK_K;
    w.c = w.b + GEMM_BLOCK_K * GEMM_BLOCK_N;
    w.scratch = w.c + GEMM_BLOCK_M * GEMM_BLOCK_N;
    for (int64_t i = p->i; i < p->i + p->m; i += GEMM_BLOCK_M)
        for (int64_t j = p->j; j < p->j + p->n; j += GEMM_BLOCK_N) {
            const int64_t m = MIN(p->i + p->m - i, (int64_t)GEMM_BLOCK_M);
            const int64_t n = MIN(p->j + p->n - j, (int64_t)GEMM_BLOCK_N);
            begin_block(&w, p->item, i, m, j, n);
            for (int64_t s = 0; s < p->terms; s++) add_product(&w, p->item + s, i, m, j, n);
            uint16_t *to = (uint16_t *)call->data[0] + p->item * g->c.batch + i * g->c.row + j;
            for (int64_t r = 0; r < m; r++) narrow_row(w.dtype, to + r * g->c.row, w.c + r * n, n);
        }
}

void KERNEL(gemm_half)(const kernel_call *call) { gemm_divide(call, 16, half_part); }
