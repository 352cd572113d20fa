/* SPDX-License-Identifier: MIT
 * attention.c — the kernels of kernels/attention.h for each floating dtype; 16-bit ones compute in f32. */
#include "kernels/attention.h"
#include "kernels/cpu/math.h"

#include <cblas.h>

/* C (m × n) = alpha · A · B + beta · C, row-major; `a_t`: A is stored k × m. */
static void product_f32(bool a_t, int64_t m, int64_t n, int64_t k, float alpha, const float *a, int64_t lda,
                        const float *b, int64_t ldb, float beta, float *c, int64_t ldc) {
    cblas_sgemm(CblasRowMajor, a_t ? CblasTrans : CblasNoTrans, CblasNoTrans, (blasint)m, (blasint)n, (blasint)k, alpha,
                a, (blasint)lda, b, (blasint)ldb, beta, c, (blasint)ldc);
}

static void product_f64(bool a_t, int64_t m, int64_t n, int64_t k, double alpha, const double *a, int64_t lda,
                        const double *b, int64_t ldb, double beta, double *c, int64_t ldc) {
    cblas_dgemm(CblasRowMajor, a_t ? CblasTrans : CblasNoTrans, CblasNoTrans, (blasint)m, (blasint)n, (blasint)k, alpha,
                a, (blasint)lda, b, (blasint)ldb, beta, c, (blasint)ldc);
}

#define PRODUCT(A) _Generic((A)0, float : product_f32, double : product_f64)
#define EXP(A) _Generic((A)0, float : f32_exp, double : exp)
#define LOG(A) _Generic((A)0, float : logf, double : log)

#define TEMPLATE "kernels/cpu/attention_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(attention_forward);
FLOAT_TABLE(attention_backward);
