/* SPDX-License-Identifier: MIT
 * norm.c — batch, layer and group normalisation. Moments take two passes (mean, then squares of what is left), in lanes
 * of the computing type that are added up in double every few thousand elements. */
#include "kernels/norm.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

enum { LANES = 32, RUN = 4096 };

/* One number of a per-channel tensor, or `absent` where the call has none. */
static double channel_value(const kernel_call *call, uint8_t tensor, int64_t c, double absent) {
    if (!tensor || !call->data[tensor]) return absent;
    const tensor_desc *t = &call->tensors[tensor];
    return element_load(t->dtype, call->data[tensor], c * t->strides[0]);
}

static void channel_store(const kernel_call *call, uint8_t tensor, int64_t c, double x) {
    const tensor_desc *t = &call->tensors[tensor];
    if (call->data[tensor] && t->numel > c) element_store(t->dtype, call->data[tensor], c * t->strides[0], x);
}

#define TEMPLATE "kernels/cpu/norm_tmpl.c"
#include "kernels/cpu/each_float.h"

#define TEMPLATE "kernels/cpu/batch_norm_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(batch_norm);
FLOAT_TABLE(batch_norm_backward);
FLOAT_TABLE(layer_norm);
FLOAT_TABLE(layer_norm_backward);
FLOAT_TABLE(group_norm);
FLOAT_TABLE(group_norm_backward);
