/* SPDX-License-Identifier: MIT
 * grid.c — grid sampling. Positions are independent in the forward and in the gradient of the grid; in the gradient of
 * the image one worker has a whole plane, because positions meet there. */
#include "kernels/grid.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

/* (N, C, spatial…) by strides, or (N, spatial…, coordinates), whose last stride is sc. */
typedef struct view {
    int64_t sn, sc, s[3];
} view;

static view view_of(const grid_attributes *a, const tensor_desc *t, bool coordinates) {
    view v = {t->strides[0], t->strides[coordinates ? t->ndim - 1 : 1], {0}};
    for (uint32_t d = 0; d < a->spatial; d++) v.s[3 - a->spatial + d] = t->strides[(coordinates ? 1 : 2) + d];
    return v;
}

typedef struct grid_job {
    const kernel_call *call;
    const grid_attributes *a;
    view image, grid, out; /* out: the result, or its gradient */
    view image_grad, grid_grad;
} grid_job;

static int64_t place(const view *v, const grid_attributes *a, int64_t p) {
    return p / a->out[2] / a->out[1] * v->s[0] + p / a->out[2] % a->out[1] * v->s[1] + p % a->out[2] * v->s[2];
}

#define TEMPLATE "kernels/cpu/grid_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(grid_sample);
FLOAT_TABLE(grid_sample_backward);
