/* SPDX-License-Identifier: MIT
 * resize.c — the definition of resampling, in double precision over any dtype and strides. */
#include "kernels/resize.h"
#include "kernels/element.h"

/* Offset of position s of a plane of t. */
static int64_t offset(const resample_attributes *a, const tensor_desc *t, int64_t n, int64_t c, const int64_t s[3]) {
    uint32_t lead = t->ndim - a->spatial;
    int64_t at = (lead > 1 ? n * t->strides[0] : 0) + c * t->strides[lead - 1];
    for (uint32_t d = 0; d < a->spatial; d++) at += s[3 - a->spatial + d] * t->strides[lead + d];
    return at;
}

/* Visits the terms of every element of the output; forward adds them up, backward hands them out. */
static void resample(const kernel_call *call, bool backward) {
    const resample_attributes *a = call->attributes;
    const tensor_desc *result = &call->tensors[0], *given = &call->tensors[1];
    const resample_axis *x = a->axis;
    int64_t pixels = a->out[0] * a->out[1] * a->out[2], taps = x[0].taps * x[1].taps * x[2].taps;
    for (int64_t e = 0; backward && e < result->numel; e++)
        element_store(result->dtype, call->data[0], element_offset(result, e), 0);
    for (int64_t e = 0; e < a->batch * a->channels * pixels; e++) {
        int64_t n = e / pixels / a->channels, c = e / pixels % a->channels, p = e % pixels;
        int64_t to[3] = {p / a->out[2] / a->out[1], p / a->out[2] % a->out[1], p % a->out[2]};
        double sum = 0;
        for (int64_t k = 0; k < taps; k++) {
            int64_t tap[3] = {k / x[2].taps / x[1].taps, k / x[2].taps % x[1].taps, k % x[2].taps}, from[3];
            double weight = 1;
            for (int d = 0; d < 3; d++) {
                int64_t i = to[d] * x[d].taps + tap[d];
                from[d] = x[d].index[i];
                weight *= x[d].weight ? x[d].weight[i] : 1;
            }
            if (!backward) {
                sum += weight * element_load(given->dtype, call->data[1], offset(a, given, n, c, from));
                continue;
            }
            int64_t at = offset(a, result, n, c, from);
            double g = element_load(given->dtype, call->data[1], offset(a, given, n, c, to));
            element_store(result->dtype, call->data[0], at,
                          element_load(result->dtype, call->data[0], at) + weight * g);
        }
        if (!backward) element_store(result->dtype, call->data[0], offset(a, result, n, c, to), sum);
    }
}

void ref_resample(const kernel_call *call) { resample(call, false); }

void ref_resample_backward(const kernel_call *call) { resample(call, true); }
