/* SPDX-License-Identifier: MIT
 * pointwise.c — tile programs, the definition: one element at a time, floats in double precision, libm's functions. */
#include "kernels/cpu/math.h"
#include "kernels/element.h"
#include "kernels/tile.h"

/* Offset of logical element `linear` of the result in t, which broadcasts to it. */
static int64_t broadcast_offset(const tensor_desc *t, const tensor_desc *result, int64_t linear) {
    int64_t offset = 0;
    for (int d = result->ndim - 1; d >= 0; d--) {
        const int at = d - (result->ndim - t->ndim);
        if (at >= 0 && t->sizes[at] != 1) offset += linear % result->sizes[d] * t->strides[at];
        linear /= result->sizes[d];
    }
    return offset;
}

#include "kernels/cpu/tile_names.h"

#define T double
#define MATH(name) f64_##name
#define APPLY(name, value)                                                                                             \
    case TILE_##name: return (T)(value);
static double apply_float(uint32_t element, const tile_number *x, const tile_number *n) {
    const T a = x[0].f, b = x[1].f, c = x[2].f, p = n[0].f, q = n[1].f, r = n[2].f, s = n[3].f;
    switch (element) {
#define ELEMENT(name, value) APPLY(name, value)
#define ELEMENT_F(name, value) APPLY(name, value)
#define ELEMENT_FI(name, value, integer) APPLY(name, value)
#include "ops/pointwise.def"
    }
    return NAN;
}
#undef T

#define T int64_t
static int64_t apply_integer(uint32_t element, const tile_number *x, const tile_number *n) {
    const T a = x[0].i, b = x[1].i, c = x[2].i, p = n[0].i, q = n[1].i;
    switch (element) {
#define ELEMENT(name, value) APPLY(name, value)
#define ELEMENT_I(name, value) APPLY(name, value)
#define ELEMENT_FI(name, value, integer) APPLY(name, integer)
#include "ops/pointwise.def"
    }
    return 0;
}

static tile_number load(uint8_t class, uint8_t dtype, const void *p, int64_t index) {
    return class == TILE_I64 ? (tile_number){.i = element_load_int(dtype, p, index)}
                             : (tile_number){.f = element_load(dtype, p, index)};
}

static void store(uint8_t class, uint8_t dtype, void *p, int64_t index, tile_number x) {
    if (class == TILE_I64 && dtype == COT_I64) ((int64_t *)p)[index] = x.i;
    else if (class == TILE_I64 && dtype != COT_BOOL) /* wraps */
        element_store(dtype, p, index,
                      dtype == COT_I32   ? (int32_t)x.i
                      : dtype == COT_I16 ? (int16_t)x.i
                      : dtype == COT_I8  ? (int8_t)x.i
                      : dtype == COT_U8  ? (uint8_t)x.i
                                         : (double)x.i);
    else element_store(dtype, p, index, class == TILE_I64 ? (double)x.i : x.f);
}

static tile_number run_instruction(const tile_instruction *in, const tile_number *values) {
    tile_number x[TILE_MAX_OPERANDS], y;
    for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) x[k] = values[in->x[k]];
    if (in->element == TILE_convert)
        y = in->class == TILE_I64  ? (tile_number){.i = (int64_t)x[0].f}
            : in->from == TILE_I64 ? (tile_number){.f = (double)x[0].i}
                                   : x[0];
    else if (in->class == TILE_I64) y.i = apply_integer(in->element, x, in->p);
    else y.f = apply_float(in->element, x, in->p);
    if (in->round != COT_DTYPE_COUNT) {
        double narrow;
        store(in->class, in->round, &narrow, 0, y);
        y = load(in->class, in->round, &narrow, 0);
    }
    return y;
}

void tile_reference(const kernel_call *call) {
    const tile_program *p = call->attributes;
    const tensor_desc *result = &call->tensors[p->stores[0].tensor];
    tile_number values[TILE_MAX_VALUES];
    for (uint32_t i = 0; i < p->num_fills; i++) values[p->fills[i].value] = p->fills[i].number;
    for (int64_t e = 0; e < result->numel; e++) {
        for (uint32_t i = 0; i < p->num_loads; i++) {
            const tile_access *a = &p->loads[i];
            const int64_t at = broadcast_offset(&call->tensors[a->tensor], result, e);
            values[a->value] = load(a->class, a->dtype, call->data[a->tensor], at);
        }
        for (uint32_t i = 0; i < p->num_code; i++) values[p->code[i].y] = run_instruction(&p->code[i], values);
        for (uint32_t i = 0; i < p->num_stores; i++) {
            const tile_access *a = &p->stores[i];
            store(a->class, a->dtype, call->data[a->tensor], broadcast_offset(&call->tensors[a->tensor], result, e),
                  values[a->value]);
        }
    }
}
