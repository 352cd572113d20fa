/* SPDX-License-Identifier: MIT
 * grid.c — the definition of grid sampling, in double precision over any dtype and strides. */
#include "kernels/grid.h"
#include "kernels/element.h"

#define A double
#define GRID_NAME(name) name
#include "kernels/grid_taps.h"

static int64_t offset(const grid_attributes *a, const tensor_desc *t, int64_t n, int64_t c, const int64_t s[3],
                      bool coordinates) {
    int64_t at = n * t->strides[0] + c * t->strides[coordinates ? t->ndim - 1 : 1];
    for (uint32_t d = 0; d < a->spatial; d++) at += s[3 - a->spatial + d] * t->strides[(coordinates ? 1 : 2) + d];
    return at;
}

/* Visits each product of an image element and its weight. Tensors: y the output or its gradient, x, grid. Where `image`
 * and `slopes` are given, gradients are added to them, else y is set. */
static void walk(const kernel_call *call, uint32_t y, uint32_t x, uint32_t grid, bool backward) {
    const grid_attributes *a = call->attributes;
    const tensor_desc *ty = &call->tensors[y], *tx = &call->tensors[x], *tg = &call->tensors[grid];
    int64_t pixels = a->out[0] * a->out[1] * a->out[2];
    for (int64_t e = 0; e < a->batch * pixels; e++) {
        int64_t n = e / pixels, p = e % pixels,
                to[3] = {p / a->out[2] / a->out[1], p / a->out[2] % a->out[1], p % a->out[2]};
        taps t[3];
        double slope[3] = {0};
        for (int d = 0; d < 3; d++) {
            t[d] = (taps){.count = 1, .weight = {1}};
            if (d >= 3 - a->spatial)
                t[d] = grid_taps(a, d, element_load(tg->dtype, call->data[grid], offset(a, tg, n, 2 - d, to, true)));
        }
        for (int64_t c = 0; c < a->channels; c++) {
            double sum = 0, g = backward ? element_load(ty->dtype, call->data[y], offset(a, ty, n, c, to, false)) : 0;
            for (int k = 0; k < t[0].count * t[1].count * t[2].count; k++) {
                int i[3] = {k / t[2].count / t[1].count, k / t[2].count % t[1].count, k % t[2].count};
                int64_t from[3] = {t[0].index[i[0]], t[1].index[i[1]], t[2].index[i[2]]};
                double w = t[0].weight[i[0]] * t[1].weight[i[1]] * t[2].weight[i[2]];
                if (from[0] < 0 || from[1] < 0 || from[2] < 0) continue;
                double v = element_load(tx->dtype, call->data[x], offset(a, tx, n, c, from, false));
                sum += w * v;
                if (!backward) continue;
                if (a->mask[0]) {
                    const tensor_desc *r = &call->tensors[0];
                    int64_t at = offset(a, r, n, c, from, false);
                    element_store(r->dtype, call->data[0], at, element_load(r->dtype, call->data[0], at) + w * g);
                }
                slope[0] += g * v * t[0].slope[i[0]] * t[1].weight[i[1]] * t[2].weight[i[2]];
                slope[1] += g * v * t[0].weight[i[0]] * t[1].slope[i[1]] * t[2].weight[i[2]];
                slope[2] += g * v * t[0].weight[i[0]] * t[1].weight[i[1]] * t[2].slope[i[2]];
            }
            if (!backward) element_store(ty->dtype, call->data[y], offset(a, ty, n, c, to, false), sum);
        }
        for (int d = 3 - a->spatial; backward && a->mask[1] && d < 3; d++)
            element_store(call->tensors[1].dtype, call->data[1], offset(a, &call->tensors[1], n, 2 - d, to, true),
                          slope[d]);
    }
}

void ref_grid_sample(const kernel_call *call) { walk(call, 0, 1, 2, false); }

void ref_grid_sample_backward(const kernel_call *call) {
    const grid_attributes *a = call->attributes;
    const tensor_desc *r = &call->tensors[0];
    for (int64_t e = 0; a->mask[0] && e < r->numel; e++)
        element_store(r->dtype, call->data[0], element_offset(r, e), 0);
    walk(call, 2, 3, 4, true);
}
