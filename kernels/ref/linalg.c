/* SPDX-License-Identifier: MIT
 * linalg.c — matrix products, the definition: each element of the result is a sum in double precision. */
#include "kernels/gemm.h"
#include "kernels/element.h"
#include "kernels/ref/linalg.h"

#include <complex.h>

static double _Complex load(const kernel_call *call, uint32_t i, int64_t index) {
    const uint8_t dtype = call->tensors[i].dtype;
    const void *p = call->data[i];
    if (dtype == COT_C64) return (double _Complex)((const float _Complex *)p)[index];
    if (dtype == COT_C128) return ((const double _Complex *)p)[index];
    return element_load(dtype, p, index);
}

static void store(const kernel_call *call, int64_t index, double _Complex x) {
    const uint8_t dtype = call->tensors[0].dtype;
    if (dtype == COT_C64) ((float _Complex *)call->data[0])[index] = (float _Complex)x;
    else if (dtype == COT_C128) ((double _Complex *)call->data[0])[index] = x;
    else element_store(dtype, call->data[0], index, creal(x));
}

void ref_gemm(const kernel_call *call) {
    const gemm_attributes *g = call->attributes;
    const tensor_desc *t = call->tensors;
    const gemm_matrix a = gemm_describe(&t[g->a_at], g->outer), b = gemm_describe(&t[g->b_at], !g->outer);
    const gemm_matrix c = g->c, d = g->d;
    const int64_t items = g->sum_batch ? 1 : g->batch, terms = g->sum_batch ? g->batch : 1;
    for (int64_t item = 0; item < items; item++)
        for (int64_t i = 0; i < g->m; i++)
            for (int64_t j = 0; j < g->n; j++) {
                double _Complex sum = 0;
                for (int64_t s = item; s < item + terms; s++)
                    for (int64_t l = 0; l < g->k; l++)
                        sum += load(call, g->a_at, s * a.batch + i * a.row + l * a.col) *
                               load(call, g->b_at, s * b.batch + l * b.row + j * b.col);
                sum *= g->alpha;
                if (g->d_at && g->beta != 0)
                    sum += g->beta * load(call, g->d_at, item * d.batch + i * d.row + j * d.col);
                store(call, item * c.batch + i * c.row + j * c.col, sum);
            }
}
