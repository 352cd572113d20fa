/* SPDX-License-Identifier: MIT
 * softmax.c — softmax and its relatives, the definition, in double. */
#include "kernels/softmax.h"
#include "kernels/element.h"

static double load(const kernel_call *call, uint32_t tensor, int64_t i) {
    return element_load(call->tensors[tensor].dtype, call->data[tensor], i);
}

static void line(const kernel_call *call, const softmax_attributes *s, int64_t base) {
    double high = -INFINITY, total = 0;
    const bool backward = s->code >= SOFTMAX_BACKWARD;
    for (int64_t k = 0; k < s->length && !backward; k++) {
        const double x = load(call, 1, base + k * s->inner);
        high = x > high || x != x ? x : high;
    }
    for (int64_t k = 0; k < s->length; k++) {
        const int64_t i = base + k * s->inner;
        const double x = load(call, 1, i);
        total += s->code == SOFTMAX_BACKWARD       ? x * load(call, 2, i)
                 : s->code == SOFTMAX_LOG_BACKWARD ? x
                                                   : exp(x - high);
    }
    for (int64_t k = 0; k < s->length; k++) {
        const int64_t i = base + k * s->inner;
        const double x = load(call, 1, i);
        double y = 0;
        switch ((softmax_code)s->code) {
        case SOFTMAX: y = exp(x - high) / total; break;
        case SOFTMAX_SAFE: y = high == -INFINITY ? 0 : exp(x - high) / total; break;
        case SOFTMAX_LOG: y = x - high - log(total); break;
        case SOFTMAX_BACKWARD: y = load(call, 2, i) * (x - total); break;
        case SOFTMAX_LOG_BACKWARD: y = x - exp(load(call, 2, i)) * total; break;
        }
        element_store(call->tensors[0].dtype, call->data[0], i, y);
    }
}

void softmax_reference(const kernel_call *call) {
    const softmax_attributes *s = call->attributes;
    for (int64_t o = 0; o < s->outer; o++)
        for (int64_t i = 0; i < s->inner; i++) line(call, s, o * s->length * s->inner + i);
}
