/* SPDX-License-Identifier: MIT
 * gemm_library.c — one piece of a product by OpenBLAS, and whether that or our own kernel is best.
 *
 * OpenBLAS has a kernel for small matrices that packs nothing; above, ours (gemm_packed.c) is a fifth faster
 * (bench/gemm.c measures both). */
#include "kernels/cpu/dispatch.h"
#include "kernels/gemm.h"

#include <cblas.h>

/* ---- OpenBLAS ---------------------------------------------------------------------------------------------------- */

typedef struct view {
    bool transposed;
    int64_t lead;
} view;

/* How the library sees rows × cols elements with these strides. */
static view view_of(const gemm_matrix *m, int64_t rows, int64_t cols) {
    bool plain = (m->col == 1 || cols <= 1) && (rows <= 1 || m->row >= (cols > 1 ? cols : 1));
    int64_t least = MAX(1, plain ? cols : rows);
    int64_t lead = plain ? (rows > 1 ? m->row : least) : (cols > 1 ? m->col : least);
    return (view){!plain, MAX(lead, least)};
}

#define VIEWS                                                                                                          \
    const view a = view_of(&p->as, p->m, p->k), b = view_of(&p->bs, p->k, p->n);                                       \
    const CBLAS_TRANSPOSE ta = a.transposed ? CblasTrans : CblasNoTrans,                                               \
                          tb = b.transposed ? CblasTrans : CblasNoTrans;                                               \
    const blasint m = (blasint)p->m, n = (blasint)p->n, k = (blasint)p->k, lda = (blasint)a.lead,                      \
                  ldb = (blasint)b.lead, ldc = (blasint)MAX(p->m > 1 ? p->c_row : p->n, p->n)

/* A matrix times a column. */
static void openblas_vector_f32(const gemm_piece *p) {
    const view a = view_of(&p->as, p->m, p->k);
    const blasint step = (blasint)(p->k > 1 ? p->bs.row : 1), out = (blasint)(p->m > 1 ? p->c_row : 1);
    cblas_sgemv(CblasRowMajor, a.transposed ? CblasTrans : CblasNoTrans, (blasint)(a.transposed ? p->k : p->m),
                (blasint)(a.transposed ? p->m : p->k), (float)p->alpha, p->a, (blasint)a.lead, p->b, step,
                (float)p->beta, p->c, out);
}

static void openblas_f32(const gemm_piece *p) {
    if (p->n == 1) {
        openblas_vector_f32(p);
        return;
    }
    if (p->m == 1) { /* a row times a matrix is the transposed matrix times a column */
        openblas_vector_f32(&(gemm_piece){.a = p->b,
                                          .b = p->a,
                                          .c = p->c,
                                          .as = {0, p->bs.col, p->bs.row},
                                          .bs = {0, p->as.col, p->as.row},
                                          .c_row = 1,
                                          .m = p->n,
                                          .n = 1,
                                          .k = p->k,
                                          .alpha = p->alpha,
                                          .beta = p->beta});
        return;
    }
    VIEWS;
    cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, (float)p->alpha, p->a, lda, p->b, ldb, (float)p->beta, p->c, ldc);
}

static void openblas_f64(const gemm_piece *p) {
    VIEWS;
    cblas_dgemm(CblasRowMajor, ta, tb, m, n, k, p->alpha, p->a, lda, p->b, ldb, p->beta, p->c, ldc);
}

static void openblas_c64(const gemm_piece *p) {
    VIEWS;
    const float alpha[2] = {(float)p->alpha, 0}, beta[2] = {(float)p->beta, 0};
    cblas_cgemm(CblasRowMajor, ta, tb, m, n, k, alpha, p->a, lda, p->b, ldb, beta, p->c, ldc);
}

static void openblas_c128(const gemm_piece *p) {
    VIEWS;
    const double alpha[2] = {p->alpha, 0}, beta[2] = {p->beta, 0};
    cblas_zgemm(CblasRowMajor, ta, tb, m, n, k, alpha, p->a, lda, p->b, ldb, beta, p->c, ldc);
}

/* ---- the choice -------------------------------------------------------------------------------------------------- */

typedef size_t (*gemm_bytes_fn)(int64_t m, int64_t n, int64_t k);

KERNEL_DECLARE(gemm_provider, gemm_packed);
KERNEL_DECLARE(gemm_bytes_fn, gemm_packed_bytes);

gemm_provider gemm_provider_of(gemm_library library, cot_dtype dtype) {
    if (library == GEMM_SPLIT) return dtype == COT_F32 && gemm_amx_usable() ? gemm_split : NULL;
    if (library == GEMM_PACKED) return dtype == COT_F32 ? KERNEL_SELECT(gemm_packed) : NULL;
    switch (dtype) {
    case COT_F32: return openblas_f32;
    case COT_F64: return openblas_f64;
    case COT_C64: return openblas_c64;
    case COT_C128: return openblas_c128;
    default: return NULL;
    }
}

size_t gemm_scratch(gemm_provider provider, int64_t m, int64_t n, int64_t k) {
    if (provider == gemm_split) return gemm_split_bytes(m, n, k);
    return provider && provider == KERNEL_SELECT(gemm_packed) ? KERNEL_SELECT(gemm_packed_bytes)(m, n, k) : 0;
}

bool gemm_adds_row(gemm_provider provider) {
    return provider && (provider == KERNEL_SELECT(gemm_packed) || provider == gemm_split);
}

/* Blocks of 32 × 32 must be worth their packing, and not be mostly beyond the edges. */
static bool worth_splitting(int64_t m, int64_t n, int64_t k) {
    const double work = (double)m * (double)n * (double)k, whole = 32.0 * 32 * 32;
    const double blocks = (double)((m + 31) / 32) * (double)((n + 31) / 32) * (double)((k + 31) / 32);
    return MIN(m, n) >= 64 && m * n >= 64 * 128 && k >= 32 && work >= 0.6 * whole * blocks;
}

gemm_provider gemm_choose_layout(cot_dtype dtype, int64_t m, int64_t n, int64_t k, const gemm_matrix *b,
                                 bool by_parts) {
    if (dtype == COT_F32 && by_parts && worth_splitting(m, n, k)) return gemm_split;
    /* Below 100³ OpenBLAS reads operands as they lie, which is slow along a transposed B unless A has few rows; and
     * ours computes whole panels of columns. */
    const bool small = (double)m * (double)n * (double)k <= 1e6 && (b->col == 1 || m <= 16), narrow = n < 24 || m == 1;
    const bool ours = dtype == COT_F32 && kernel_isa() > KERNEL_V2 && !small && !narrow;
    return gemm_provider_of(ours ? GEMM_PACKED : GEMM_OPENBLAS, dtype);
}

gemm_provider gemm_choose(cot_dtype dtype, int64_t m, int64_t n, int64_t k, bool by_parts) {
    return gemm_choose_layout(dtype, m, n, k, &(gemm_matrix){.row = n, .col = 1}, by_parts);
}

void gemm_one_thread(void) {
    if (openblas_get_num_threads() != 1) openblas_set_num_threads(1);
}
