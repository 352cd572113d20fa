/* SPDX-License-Identifier: MIT
 * resize.c — resampling of planes. Rows of the input that a row of the output needs are added up first, with the
 * weights of the outer dimensions; then the row is resampled. */
#include "kernels/resize.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

/* A tensor (N, C, spatial…) or (C, spatial…) by strides. */
typedef struct view {
    int64_t sn, sc, s[3];
} view;

static view view_of(const resample_attributes *a, const tensor_desc *t) {
    view v = {0};
    uint32_t lead = t->ndim - a->spatial;
    v.sn = lead > 1 ? t->strides[0] : 0;
    v.sc = t->strides[lead - 1];
    for (uint32_t d = 0; d < a->spatial; d++) v.s[3 - a->spatial + d] = t->strides[lead + d];
    return v;
}

static double weight_at(const resample_axis *axis, int64_t i) { return axis->weight ? axis->weight[i] : 1; }

typedef struct resample_job {
    const kernel_call *call;
    const resample_attributes *a;
    view x, y; /* the input's side, the output's side */
} resample_job;

#define TEMPLATE "kernels/cpu/resize_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(resample);
FLOAT_TABLE(resample_backward);
