/* SPDX-License-Identifier: MIT
 * pad.c — padding and regrouping are strided copies (copy.c) of parts; columns of windows are gathered and added back.
 */
#include "kernels/pad.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

/* One strided copy between tensors as they are described here. */
static void copy_part(const kernel_call *call, const tensor_desc descriptions[2], void *to, void *from) {
    void *data[2] = {to, from};
    kernel_call part = *call;
    part.tensors = descriptions;
    part.data = data;
    part.num_results = part.num_operands = 1;
    part.attributes = NULL;
    KERNEL(copy_kernel)(&part);
}

void KERNEL(constant_pad)(const kernel_call *call) {
    const pad_attributes *a = call->attributes;
    const tensor_desc descriptions[2] = {a->place, a->part};
    kernel_call fill = *call;
    fill.attributes = &a->fill;
    fill.num_operands = 0;
    KERNEL(fill_kernel)(&fill);
    int64_t bytes = call->tensors[0].item_bytes;
    if (a->place.numel > 0)
        copy_part(call, descriptions, (char *)call->data[0] + a->place_offset * bytes,
                  (char *)call->data[1] + a->part_offset * bytes);
}

void KERNEL(regroup)(const kernel_call *call) {
    const regroup_attributes *a = call->attributes;
    const tensor_desc descriptions[2] = {a->result, a->operand};
    if (a->result.numel > 0) copy_part(call, descriptions, call->data[0], call->data[1]);
}

typedef struct columns_job {
    const kernel_call *call;
    const columns_attributes *a;
    int64_t sn, sc, s[2];        /* the image */
    int64_t col_n, col_k, col_p; /* the columns */
} columns_job;

static columns_job columns_of(const kernel_call *call, uint32_t image, uint32_t columns) {
    const columns_attributes *a = call->attributes;
    const int64_t *i = call->tensors[image].strides, *c = call->tensors[columns].strides;
    int lead = a->one_image ? 0 : 1;
    return (columns_job){
        call,    a,          a->one_image ? 0 : i[0], i[lead], {i[lead + 1], i[lead + 2]}, a->one_image ? 0 : c[0],
        c[lead], c[lead + 1]};
}

#define TEMPLATE "kernels/cpu/pad_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(im2col);
FLOAT_TABLE(col2im);
