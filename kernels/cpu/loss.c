/* SPDX-License-Identifier: MIT
 * loss.c — elementwise losses with their reduction in one pass, and the negative log likelihood of one class per row.
 * Sums are kept in double, one for each worker, and added in the order of workers. */
#include "kernels/loss.h"
#include "kernels/cpu/math.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

enum { LANES = 32 };

/* Offsets of row `row` (all dimensions but the last) of the space for each operand. */
static void row_offsets(const loss_attributes *a, int64_t row, int64_t operand[LOSS_OPERANDS], int64_t *result) {
    for (int o = 0; o < LOSS_OPERANDS; o++) operand[o] = 0;
    *result = 0;
    for (int d = a->ndim - 2; d >= 0; d--) {
        int64_t i = row % a->sizes[d];
        row /= a->sizes[d];
        for (int o = 0; o < LOSS_OPERANDS; o++) operand[o] += i * a->strides[o][d];
        *result += i * a->result[d];
    }
}

static double add_partials(const double *partial, uint32_t count) {
    double total = 0;
    for (uint32_t i = 0; i < count; i++) total += partial[i];
    return total;
}

#define EXPONENTIAL(x) _Generic((x), float : f32_exp, double : exp)(x)
#define TEMPLATE "kernels/cpu/loss_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(loss);
FLOAT_TABLE(loss_backward);
FLOAT_TABLE(nll_loss);
FLOAT_TABLE(nll_loss_backward);
FLOAT_TABLE(cross_entropy_backward);
