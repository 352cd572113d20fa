/* SPDX-License-Identifier: MIT
 * conv.c — convolution as matrix products over columns (im2col, Chellapilla et al. 2006), in tiles that stay in the
 * second-level cache, and vectors of channels for depthwise ones. The columns follow the layout of y: a row for each
 * weight position and a column for each pixel when y is (N, C, H, W), the transpose when y is channels last, so the
 * product lands in y where it belongs. 1×1 convolutions use x itself as columns. */
#include "kernels/conv.h"
#include "kernels/cpu/conv_onednn.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

#include <cblas.h>

/* A tensor (N, C, three spatial dimensions) by strides. */
typedef struct image {
    char *data;
    int64_t sn, sc, s[3];
} image;

static image image_of(const kernel_call *call, uint32_t i, uint8_t spatial) {
    const tensor_desc *t = &call->tensors[i];
    image v = {call->data[i], t->strides[0], t->strides[1], {0, 0, 0}};
    for (uint32_t d = 0; d < spatial; d++) v.s[3 - spatial + d] = t->strides[2 + d];
    return v;
}

/* The stride of the spatial dimensions, which collapse into one. An image of one pixel may have any: 1 in rows, that of
 * the batch when the batch is to be the pixels. */
static int64_t pixel_stride(const image *v, const int64_t size[3], bool rows) {
    for (int d = 2; d >= 0; d--)
        if (size[d] != 1) return v->s[d];
    return rows ? 1 : v->sn;
}

static int64_t volume(const int64_t size[3]) { return size[0] * size[1] * size[2]; }

/* C = A B + beta C with single-threaded cblas: a tile is one thread's work. `ta`, `tb`: the operand is stored
 * transposed. */
#define PRODUCT(name, type, gemm)                                                                                      \
    static void name(bool ta, bool tb, int64_t m, int64_t n, int64_t k, const type *a, int64_t lda, const type *b,     \
                     int64_t ldb, type beta, type *c, int64_t ldc) {                                                   \
        gemm(CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, (blasint)m, (blasint)n,    \
             (blasint)k, 1, a, (blasint)MAX(lda, 1), b, (blasint)MAX(ldb, 1), beta, c, (blasint)MAX(ldc, 1));          \
    }
PRODUCT(product_f32, float, cblas_sgemm)
PRODUCT(product_f64, double, cblas_dgemm)
#define product_f16 product_f32
#define product_bf16 product_f32

#define TEMPLATE "kernels/cpu/conv_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(convolution);
FLOAT_TABLE(convolution_backward);
