/* SPDX-License-Identifier: MIT
 * tile.c — making tile programs: registers to buffers by last use, dimensions to few long runs. */
#include "kernels/tile.h"

#include <string.h>

bool tile_has(uint32_t element, tile_class class) {
    static const uint8_t integer[TILE_ELEMENT_COUNT] = {
#define ELEMENT(name, value) [TILE_##name] = 1,
#define ELEMENT_I(name, value) [TILE_##name] = 2,
#define ELEMENT_FI(name, value, integer) [TILE_##name] = 1,
#include "ops/pointwise.def"
    };
    return class == TILE_I64 ? integer[element] != 0 : integer[element] != 2;
}

static uint16_t new_value(tile_builder *b, tile_class class) {
    *VEC_PUSH(b->arena, &b->classes) = (uint8_t) class;
    return (uint16_t)(b->classes.count - 1);
}

uint16_t tile_load(tile_builder *b, uint32_t tensor, cot_dtype dtype, tile_class class) {
    for (uint32_t i = 0; i < b->loads.count; i++) {
        const tile_access *known = &b->loads.data[i];
        if (known->tensor == tensor && known->class == class) return known->value;
    }
    const uint16_t value = new_value(b, class);
    *VEC_PUSH(b->arena, &b->loads) =
        (tile_access){.tensor = (uint16_t)tensor, .value = value, .dtype = (uint8_t)dtype, .class = (uint8_t) class};
    return value;
}

uint16_t tile_constant(tile_builder *b, tile_class class, tile_number number) {
    const uint16_t value = new_value(b, class);
    *VEC_PUSH(b->arena, &b->fills) = (tile_fill){.value = value, .class = (uint8_t) class, .number = number};
    return value;
}

uint16_t tile_apply(tile_builder *b, uint32_t element, tile_class class, const uint16_t *x, uint32_t count,
                    const tile_number *immediates) {
    tile_instruction in = {.element = (uint16_t)element, .class = (uint8_t) class, .round = COT_DTYPE_COUNT};
    for (uint32_t i = 0; i < TILE_MAX_OPERANDS; i++) in.x[i] = x[i < count ? i : 0];
    if (immediates) memcpy(in.p, immediates, sizeof in.p);
    in.y = new_value(b, class);
    *VEC_PUSH(b->arena, &b->code) = in;
    return in.y;
}

uint16_t tile_cast(tile_builder *b, uint16_t x, tile_class class) {
    const tile_class from = b->classes.data[x];
    if (from == class) return x;
    const uint16_t y = tile_apply(b, TILE_convert, class, &x, 1, NULL);
    b->code.data[b->code.count - 1].from = (uint8_t)from;
    return y;
}

void tile_round(tile_builder *b, cot_dtype dtype) {
    if (b->code.count) b->code.data[b->code.count - 1].round = (uint8_t)dtype;
}

void tile_store(tile_builder *b, uint16_t x, uint32_t tensor, cot_dtype dtype) {
    *VEC_PUSH(b->arena, &b->stores) =
        (tile_access){.tensor = (uint16_t)tensor, .value = x, .dtype = (uint8_t)dtype, .class = b->classes.data[x]};
}

uint16_t tile_reduce(tile_builder *b, uint16_t x, tile_combine combine, double scale) {
    const tile_number p[TILE_MAX_IMMEDIATES] = {{.i = combine}, {.f = scale}};
    return tile_apply(b, TILE_reduce, (tile_class)b->classes.data[x], &x, 1, p);
}

void tile_store_combined(tile_builder *b, uint16_t x, uint32_t tensor, cot_dtype dtype, tile_combine combine,
                         double scale) {
    tile_store(b, x, tensor, dtype);
    tile_access *a = &b->stores.data[b->stores.count - 1];
    a->combine = (uint8_t)combine;
    a->scale = scale;
}

/* ---- iteration space ------------------------------------------------------------------------------------------- */

/* Strides of t over the sizes of the space: right-aligned, 0 where it broadcasts; dimensions of one element left out.
 */
static void broadcast_strides(const tensor_desc *t, const tensor_desc *space, int64_t *strides) {
    uint32_t n = 0;
    for (uint32_t d = 0; d < space->ndim; d++) {
        const int at = (int)d - ((int)space->ndim - (int)t->ndim);
        if (space->sizes[d] != 1) strides[n++] = at < 0 || t->sizes[at] == 1 ? 0 : t->strides[at];
    }
}

void tile_lay_out(tile_builder *b, const tensor_desc *space, const tensor_desc *tensors, uint32_t rows) {
    b->ndim = b->rows = 0;
    for (uint32_t d = 0; d < space->ndim; d++) {
        if (space->sizes[d] == 1) continue;
        b->rows |= (rows >> d & 1) << b->ndim;
        b->sizes[b->ndim++] = space->sizes[d];
    }
    for (uint32_t i = 0; i < b->loads.count; i++)
        broadcast_strides(&tensors[b->loads.data[i].tensor], space, b->loads.data[i].strides);
    for (uint32_t i = 0; i < b->stores.count; i++)
        broadcast_strides(&tensors[b->stores.data[i].tensor], space, b->stores.data[i].strides);
}
