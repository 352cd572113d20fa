/* SPDX-License-Identifier: MIT
 * gemm.c — products in f32, f64 and complex by the provider of the call, and plain loops for integers. What is added is
 * written to C first and the product comes on top: the copy of a row costs less than reading C again afterwards. */
#include "kernels/cpu/gemm_divide.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

#include <string.h>

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

/* ---- one thread's part ------------------------------------------------------------------------------------------- */

typedef void (*added_fn)(const gemm_attributes *g, char *c, const char *d, int64_t batch, int64_t rows, int64_t cols,
                         double beta);

static inline void multiply_part(const kernel_call *call, const gemm_attributes *g, const gemm_part *part,
                                 int64_t bytes, gemm_provider multiply, added_fn added) {
    gemm_piece p = {.as = g->a, .bs = g->b, .c_row = g->c.row, .m = part->m, .n = part->n, .k = g->k};
    p.alpha = g->alpha;
    if (call->scratch) p.scratch = (char *)call->scratch + part->worker * g->scratch;
    p.c = (char *)call->data[0] + (part->item * g->c.batch + part->i * g->c.row + part->j) * bytes;
    if (g->d_at && g->beta != 0) {
        const char *d = (const char *)call->data[g->d_at] + (part->i * g->d.row + part->j * g->d.col) * bytes;
        if (g->add_row) {
            p.row = (const float *)(const void *)d;
        } else {
            added(g, p.c, d, part->item, part->m, part->n, g->beta);
            p.beta = 1;
        }
    }
    if (g->k == 0 && p.beta == 0)
        for (int64_t r = 0; r < p.m; r++) memset((char *)p.c + r * g->c.row * bytes, 0, (size_t)(p.n * bytes));
    for (int64_t item = part->item; g->k > 0 && item < part->item + part->terms; item++, p.beta = 1) {
        p.a = (const char *)call->data[g->a_at] + (item * g->a.batch + part->i * g->a.row) * bytes;
        p.b = (const char *)call->data[g->b_at] + (item * g->b.batch + part->j * g->b.col) * bytes;
        multiply(&p);
    }
}

#define PRODUCT_KERNEL(name, item_bytes, provider)                                                                     \
    static void part_##name(const kernel_call *call, const gemm_attributes *g, const gemm_part *p) {                   \
        multiply_part(call, g, p, item_bytes, provider, added_##name);                                                 \
    }                                                                                                                  \
    void KERNEL(gemm_##name)(const kernel_call *call) { gemm_divide(call, 32, part_##name); }
PRODUCT_KERNEL(f32, 4, g->provider)
PRODUCT_KERNEL(f64, 8, g->provider)
PRODUCT_KERNEL(c64, 8, g->provider)
PRODUCT_KERNEL(c128, 16, g->provider)
PRODUCT_KERNEL(i64, 8, multiply_i64)
PRODUCT_KERNEL(i32, 4, multiply_i32)
PRODUCT_KERNEL(i16, 2, multiply_i16)
PRODUCT_KERNEL(i8, 1, multiply_i8)
PRODUCT_KERNEL(u8, 1, multiply_u8)
