/* SPDX-License-Identifier: MIT
 * pad.c — the definition of padding, regrouping and columns of windows, element by element. */
#include "kernels/pad.h"
#include "kernels/element.h"

void ref_constant_pad(const kernel_call *call) {
    const pad_attributes *a = call->attributes;
    uint32_t bytes = call->tensors[0].item_bytes;
    for (int64_t e = 0; e < call->tensors[0].numel; e++)
        memcpy((char *)call->data[0] + element_offset(&call->tensors[0], e) * bytes, a->fill.item, bytes);
    for (int64_t e = 0; e < a->place.numel; e++)
        memcpy((char *)call->data[0] + (a->place_offset + element_offset(&a->place, e)) * bytes,
               (const char *)call->data[1] + (a->part_offset + element_offset(&a->part, e)) * bytes, bytes);
}

void ref_regroup(const kernel_call *call) {
    const regroup_attributes *a = call->attributes;
    uint32_t bytes = call->tensors[0].item_bytes;
    for (int64_t e = 0; e < a->result.numel; e++)
        memcpy((char *)call->data[0] + element_offset(&a->result, e) * bytes,
               (const char *)call->data[1] + element_offset(&a->operand, e) * bytes, bytes);
}

/* Visits each element of the columns with the element of the image that it is, −1 in the padding. */
static void visit(const kernel_call *call, uint32_t image, uint32_t columns, bool gather) {
    const columns_attributes *a = call->attributes;
    const tensor_desc *x = &call->tensors[image], *y = &call->tensors[columns];
    int64_t taps = a->kernel[0] * a->kernel[1], pixels = a->out[0] * a->out[1];
    for (int64_t e = 0; e < a->batch * a->channels * taps * pixels; e++) {
        int64_t p = e % pixels, tap = e / pixels % taps, plane = e / pixels / taps;
        int64_t h = p / a->out[1] * a->stride[0] - a->padding[0] + tap / a->kernel[1] * a->dilation[0];
        int64_t w = p % a->out[1] * a->stride[1] - a->padding[1] + tap % a->kernel[1] * a->dilation[1];
        bool inside = h >= 0 && h < a->in[0] && w >= 0 && w < a->in[1];
        int64_t at = inside ? element_offset(x, (plane * a->in[0] + h) * a->in[1] + w) : 0, own = element_offset(y, e);
        if (gather) {
            element_store(y->dtype, call->data[columns], own,
                          inside ? element_load(x->dtype, call->data[image], at) : 0);
        } else if (inside) {
            double v = element_load(x->dtype, call->data[image], at) + element_load(y->dtype, call->data[columns], own);
            element_store(x->dtype, call->data[image], at, v);
        }
    }
}

void ref_im2col(const kernel_call *call) { visit(call, 1, 0, true); }

void ref_col2im(const kernel_call *call) {
    const tensor_desc *x = &call->tensors[0];
    for (int64_t e = 0; e < x->numel; e++) element_store(x->dtype, call->data[0], element_offset(x, e), 0);
    visit(call, 0, 1, false);
}
