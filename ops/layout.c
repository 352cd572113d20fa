/* SPDX-License-Identifier: MIT
 * layout.c — which memory format an operator on images keeps.
 *
 * PyTorch guesses the format from strides alone (c10/core/MemoryFormat.h, "is_channels_last_strides"): the dimensions,
 * from the innermost out, must not step back, and ties are read as contiguous. */
#include "ops/layout.h"
#include "kernels/element.h"

static bool looks_channels_last(const type *t, syms *s) {
    uint32_t n = t->ndim;
    /* From the innermost: channels, then the spatial dimensions from the last, then the batch. */
    uint32_t order[COT_MAX_DIMS], count = 0;
    order[count++] = 1;
    for (uint32_t d = n - 1; d >= 2; d--) order[count++] = d;
    order[count++] = 0;
    if (t->strides[1] == 0) return false;
    dim least = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t d = order[i];
        dim size = t->sizes[d], stride = t->strides[d];
        if (size == 0) return false;
        if (!dim_is_static(stride) || !dim_is_static(least)) {
            /* Symbolic: the exact stride is the only sure sign. */
            if (!dim_equal(stride, least)) return false;
        } else if (stride < least) {
            return false;
        }
        if (d == 0 && dim_equal(least, t->strides[1])) return false;
        least = dim_is_one(size) ? stride : dim_mul(s, stride, size);
    }
    return true;
}

const char *layout_suggest(const type *t, syms *s) {
    if (t->kind != TYPE_TENSOR || (t->ndim != 4 && t->ndim != 5)) return NULL;
    if (!looks_channels_last(t, s)) return NULL;
    return t->ndim == 4 ? "channels_last" : "channels_last_3d";
}

type layout_type(const shape_call *c, const char *format, cot_dtype dtype, const dim *sizes, uint32_t ndim) {
    if (!format || ndim < 4) return type_tensor(c->arena, c->syms, dtype, sizes, ndim);
    dim strides[COT_MAX_DIMS];
    shape_format_strides(c, ndim == 4 ? "channels_last" : "channels_last_3d", sizes, ndim, strides);
    return type_strided(c->arena, dtype, sizes, strides, ndim, 0);
}

cot_status layout_result(shape_call *c, const char *format, cot_dtype dtype, const dim *sizes, uint32_t ndim) {
    c->result = layout_type(c, format, dtype, sizes, ndim);
    return COT_OK;
}

cot_status layout_tuple(shape_call *c, const type *parts, uint32_t count) {
    c->result = type_tuple(c->arena, parts, count);
    return COT_OK;
}

bool layout_ints(const arg *a, uint32_t n, const int64_t *fallback, int64_t *out) {
    int64_t given[COT_MAX_DIMS];
    uint32_t count = arg_as_ints(a, given, COT_MAX_DIMS);
    if (count != n && count != 1 && (count != 0 || !fallback)) return false;
    for (uint32_t i = 0; i < n; i++) out[i] = count == 0 ? fallback[i] : given[count == 1 ? 0 : i];
    return true;
}

bool layout_dims(const cot_graph *g, const arg *a, uint32_t n, dim *out) {
    dim given[COT_MAX_DIMS];
    uint32_t count = arg_as_dims(g, a, given, COT_MAX_DIMS);
    if (count != n && count != 1) return false;
    for (uint32_t i = 0; i < n; i++) out[i] = given[count == 1 ? 0 : i];
    return true;
}

bool layout_number(syms *s, dim d, int64_t *out) {
    static const binding none = {0};
    *out = dim_is_static(d) ? d : dim_value(s, d, &none);
    return *out != DIM_ERROR;
}

cot_status layout_kernel(prepare_call *c, const kernel_fn *table) {
    uint8_t dtype = c->results[0].dtype;
    if (dtype <= COT_BF16) {
        c->kernel = table[dtype];
    } else if (!dtype_is_complex(dtype) && c->op->record->reference) {
        c->kernel = c->op->record->reference;
    } else {
        return prepare_no_kernel(c);
    }
    return COT_OK;
}

void layout_planes(prepare_call *c, uint32_t operand) {
    const tensor_desc *t = &c->operands[operand];
    if (t->numel >= 0 && !planes_collapse(t)) c->contiguous |= (uint64_t)1 << operand;
}

void layout_contiguous(prepare_call *c, uint32_t param) {
    if (prepare_has(c, param)) c->contiguous |= (uint64_t)1 << c->first[param];
}

arg layout_bools(builder *b, const bool *items, uint32_t count) {
    arg *list = ARENA_ARRAY(b->graph->arena, arg, count);
    for (uint32_t i = 0; i < count; i++) list[i] = arg_bool(items[i]);
    return arg_list_of(list, count);
}
