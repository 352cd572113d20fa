/* SPDX-License-Identifier: MIT
 * gemm_library.c — one piece of a product by OpenBLAS or oneDNN, and which of the two.
 *
 * OpenBLAS has a kernel for small matrices that is several times faster than oneDNN's there; above, oneDNN packs less
 * and prefetches better (performance.md, section 1; bench/gemm.c measures both). */
#include "kernels/cpu/onednn.h"
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

/* ---- oneDNN ------------------------------------------------------------------------------------------------------ */

#if COT_HAVE_DNNL
#include <oneapi/dnnl/dnnl.h>

static void onednn_f32(const gemm_piece *p) {
    const view a = view_of(&p->as, p->m, p->k), b = view_of(&p->bs, p->k, p->n);
    const int before = onednn_enter();
    dnnl_sgemm(a.transposed ? 'T' : 'N', b.transposed ? 'T' : 'N', p->m, p->n, p->k, (float)p->alpha, p->a, a.lead,
               p->b, b.lead, (float)p->beta, p->c, MAX(p->m > 1 ? p->c_row : p->n, p->n));
    onednn_leave(before);
}
#else
#define onednn_f32 ((gemm_provider)NULL)
#endif

/* ---- the choice -------------------------------------------------------------------------------------------------- */

gemm_provider gemm_provider_of(gemm_library library, cot_dtype dtype) {
    if (library == GEMM_ONEDNN) return dtype == COT_F32 && onednn_usable() ? onednn_f32 : NULL;
    switch (dtype) {
    case COT_F32: return openblas_f32;
    case COT_F64: return openblas_f64;
    case COT_C64: return openblas_c64;
    case COT_C128: return openblas_c128;
    default: return NULL;
    }
}

gemm_provider gemm_choose_layout(cot_dtype dtype, int64_t m, int64_t n, int64_t k, const gemm_matrix *b) {
    const gemm_provider onednn = gemm_provider_of(GEMM_ONEDNN, dtype);
    /* Below 100³ OpenBLAS reads operands as they lie, which is slow along a transposed B unless A has few rows. */
    const bool small = (double)m * (double)n * (double)k <= 1e6 && (b->col == 1 || m <= 16);
    return onednn && !small ? onednn : gemm_provider_of(GEMM_OPENBLAS, dtype);
}

gemm_provider gemm_choose(cot_dtype dtype, int64_t m, int64_t n, int64_t k) {
    return gemm_choose_layout(dtype, m, n, k, &(gemm_matrix){.row = n, .col = 1});
}

void gemm_one_thread(void) {
    if (openblas_get_num_threads() != 1) openblas_set_num_threads(1);
}

void gemm_warm_up(void) {
    const gemm_provider onednn = gemm_provider_of(GEMM_ONEDNN, COT_F32);
    if (!onednn) return;
    float a[4] = {0}, b[4] = {0}, c[4]; /* its first product makes machine code */
    onednn(&(gemm_piece){a, b, c, {0, 2, 1}, {0, 2, 1}, 2, 2, 2, 2, 1, 0});
}
