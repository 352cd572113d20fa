/* SPDX-License-Identifier: MIT
 * copy.c — what moving elements means: the definitions of the kernels in kernels/copy.h, one element at a time. */
#include "kernels/copy.h"
#include "kernels/ref/ref.h"

static bool is_integer(uint8_t dtype) { return dtype >= COT_I64 && dtype <= COT_U8; }

/* One element with conversion. Integers do not go through double, complex numbers keep both parts. */
static void put(const tensor_desc *to, void *to_data, int64_t d, const tensor_desc *from, const void *from_data,
                int64_t s) {
    if (to->dtype == from->dtype) {
        memcpy((char *)to_data + d * to->item_bytes, (const char *)from_data + s * to->item_bytes, to->item_bytes);
    } else if (is_integer(to->dtype) && is_integer(from->dtype)) {
        ref_store_int(to, to_data, d, element_load_int(from->dtype, from_data, s));
    } else {
        element_store(to->dtype, to_data, d, element_load(from->dtype, from_data, s));
    }
}

void ref_copy(const kernel_call *call) {
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    int64_t coords[COT_MAX_DIMS] = {0};
    if (to->numel == 0) return;
    do put(to, call->data[0], ref_at(to, coords), from, call->data[1], ref_at_broadcast(from, coords, to->ndim));
    while (ref_next(to, coords));
}

void ref_fill(const kernel_call *call) {
    const fill_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0];
    for (int64_t i = 0; i < to->numel; i++) put(to, call->data[0], element_offset(to, i), to, a->item, 0);
}

void ref_cat(const kernel_call *call) {
    const cat_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0];
    int64_t at = 0;
    for (uint32_t k = 0; k < call->num_operands; k++) {
        const tensor_desc *from = &call->tensors[1 + k];
        bool skipped = !a->stack && from->ndim != to->ndim;
        for (int64_t i = 0; i < from->numel; i++) {
            int64_t coords[COT_MAX_DIMS], place[COT_MAX_DIMS];
            ref_coords(from, i, coords);
            for (uint32_t d = 0, c = 0; d < to->ndim; d++) place[d] = a->stack && d == a->dim ? 0 : coords[c++];
            place[a->dim] += at;
            put(to, call->data[0], ref_at(to, place), from, call->data[1 + k], ref_at(from, coords));
        }
        at += a->stack ? 1 : skipped ? 0 : from->sizes[a->dim];
    }
}

void ref_scatter_view(const kernel_call *call) {
    const scatter_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[call->num_operands];
    for (int64_t i = 0; i < to->numel; i++) {
        int64_t d = element_offset(to, i);
        if (a->zeros) element_store(to->dtype, call->data[0], d, 0);
        else put(to, call->data[0], d, &call->tensors[1], call->data[1], element_offset(&call->tensors[1], i));
    }
    for (int64_t i = 0; i < from->numel; i++)
        put(to, call->data[0], a->offset + element_offset(&a->place, i), from, call->data[call->num_operands],
            element_offset(from, i));
}

void ref_flip(const kernel_call *call) {
    const flip_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    for (int64_t i = 0; i < to->numel; i++) {
        int64_t coords[COT_MAX_DIMS];
        ref_coords(to, i, coords);
        int64_t d = ref_at(to, coords);
        for (int k = 0; k < to->ndim; k++)
            if (a->dims >> k & 1) coords[k] = to->sizes[k] - 1 - coords[k];
        put(to, call->data[0], d, from, call->data[1], ref_at(from, coords));
    }
}

void ref_roll(const kernel_call *call) {
    const roll_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    for (int64_t i = 0; i < to->numel; i++) {
        int64_t coords[COT_MAX_DIMS];
        ref_coords(from, i, coords);
        int64_t s = ref_at(from, coords);
        for (int k = 0; k < to->ndim; k++) coords[k] = (coords[k] + a->shifts[k]) % to->sizes[k];
        put(to, call->data[0], ref_at(to, coords), from, call->data[1], s);
    }
}

void ref_repeat(const kernel_call *call) {
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    int lead = to->ndim - from->ndim;
    for (int64_t i = 0; i < to->numel; i++) {
        int64_t coords[COT_MAX_DIMS], source[COT_MAX_DIMS];
        ref_coords(to, i, coords);
        for (int k = 0; k < from->ndim; k++) source[k] = coords[lead + k] % from->sizes[k];
        put(to, call->data[0], ref_at(to, coords), from, call->data[1], ref_at(from, source));
    }
}
