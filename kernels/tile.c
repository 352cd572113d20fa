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

/* ---- registers to buffers ------------------------------------------------------------------------------------- */

#define UNREAD UINT32_MAX

/* A register lives from the instruction that makes it to the last that reads it; fills live for the whole run (they are
 * written once), loads from the start of a tile, stored registers to its end. False: too many at once. */
static bool assign_buffers(tile_builder *b, tile_program *p) {
    const uint32_t n = p->num_values, never = p->num_code;
    uint32_t *last = ARENA_ARRAY(b->arena, uint32_t, n);
    uint16_t *buffer = ARENA_ARRAY(b->arena, uint16_t, n);
    bool busy[TILE_MAX_BUFFERS] = {false};
    for (uint32_t i = 0; i < n; i++) last[i] = UNREAD;
    for (uint32_t i = 0; i < p->num_code; i++)
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) last[p->code[i].x[k]] = i;
    for (uint32_t i = 0; i < p->num_stores; i++) last[p->stores[i].value] = never;
    for (uint32_t i = 0; i < p->num_fills; i++) last[p->fills[i].value] = never;
    uint32_t used = 0;
    for (uint32_t i = 0; i < p->num_fills + p->num_loads; i++) {
        if (used == TILE_MAX_BUFFERS) return false;
        /* A uniform load is read once for each piece of work, so it keeps its buffer, too. */
        const bool load = i >= p->num_fills;
        const uint16_t value = load ? p->loads[i - p->num_fills].value : p->fills[i].value;
        if (load && p->loads[i - p->num_fills].walk == TILE_UNIFORM) last[value] = never;
        busy[used] = true;
        buffer[value] = (uint16_t)used++;
    }
    for (uint32_t i = 0; i < p->num_code; i++) {
        uint32_t at = 0;
        while (at < TILE_MAX_BUFFERS && busy[at]) at++;
        if (at == TILE_MAX_BUFFERS) return false;
        busy[at] = true;
        buffer[p->code[i].y] = (uint16_t)at;
        used = MAX(used, at + 1);
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++)
            if (last[p->code[i].x[k]] == i) busy[buffer[p->code[i].x[k]]] = false;
        if (last[p->code[i].y] == UNREAD) busy[at] = false;
    }
    p->buffers = buffer;
    p->num_buffers = used;
    return true;
}

/* ---- iteration space ------------------------------------------------------------------------------------------- */

/* Strides of t over the sizes of the result: right-aligned, 0 where it broadcasts. */
static void broadcast_strides(const tensor_desc *t, const tensor_desc *result, int64_t *strides) {
    for (uint32_t d = 0; d < result->ndim; d++) {
        const int at = (int)d - ((int)result->ndim - (int)t->ndim);
        strides[d] = at < 0 || t->sizes[at] == 1 ? 0 : t->strides[at];
    }
}

static bool mergeable(const tile_access *accesses, uint32_t count, uint32_t outer, uint32_t inner, int64_t inner_size) {
    for (uint32_t i = 0; i < count; i++)
        if (accesses[i].strides[outer] != accesses[i].strides[inner] * inner_size) return false;
    return true;
}

/* Dimensions in the order of `order`, those of one element left out, neighbours merged where every access allows. */
static void merge_dimensions(tile_program *p, const tensor_desc *result, const uint32_t *order, tile_access *accesses,
                             uint32_t count) {
    p->ndim = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t sorted[COT_MAX_DIMS];
        for (uint32_t d = 0; d < result->ndim; d++) sorted[d] = accesses[i].strides[order[d]];
        memcpy(accesses[i].strides, sorted, sizeof sorted);
    }
    for (uint32_t d = 0; d < result->ndim; d++) {
        const int64_t size = result->sizes[order[d]];
        if (size == 1) continue;
        const uint32_t at = p->ndim;
        for (uint32_t i = 0; i < count; i++) accesses[i].strides[at] = accesses[i].strides[d];
        if (at > 0 && mergeable(accesses, count, at - 1, at, size)) {
            for (uint32_t i = 0; i < count; i++) accesses[i].strides[at - 1] = accesses[i].strides[at];
            p->sizes[at - 1] *= size;
        } else {
            p->sizes[p->ndim++] = size;
        }
    }
    if (p->ndim == 0) {
        p->ndim = 1;
        p->sizes[0] = 1;
        for (uint32_t i = 0; i < count; i++) accesses[i].strides[0] = 0;
    }
}

static void classify_walk(const tile_program *p, tile_access *a) {
    bool dense = true, uniform = true;
    int64_t expected = 1;
    for (uint32_t d = p->ndim; d-- > 0;) {
        if (a->strides[d] != 0) uniform = false;
        if (a->strides[d] != expected && p->sizes[d] != 1) dense = false;
        expected *= p->sizes[d];
    }
    a->walk = dense ? TILE_DENSE : uniform ? TILE_UNIFORM : TILE_STRIDED;
}

/* Where an operand's own innermost dimension is another one, a tile that follows the result's would take one element
 * from each of many cache lines. Blocks of both dimensions use whole lines: brings that dimension next to the
 * innermost. */
static void choose_blocks(tile_program *p, tile_access *accesses, uint32_t count) {
    const uint32_t inner = p->ndim - 1;
    uint32_t with = inner;
    for (uint32_t i = 0; i < count && with == inner; i++)
        for (uint32_t d = 0; d < inner && accesses[i].strides[inner] > 1; d++)
            if (accesses[i].strides[d] == 1 && p->sizes[d] >= 8 && p->sizes[inner] >= 8) with = d;
    if (with == inner) return;
    p->blocked = true;
    for (; with + 1 < inner; with++) {
        const int64_t size = p->sizes[with];
        p->sizes[with] = p->sizes[with + 1];
        p->sizes[with + 1] = size;
        for (uint32_t i = 0; i < count; i++) {
            const int64_t stride = accesses[i].strides[with];
            accesses[i].strides[with] = accesses[i].strides[with + 1];
            accesses[i].strides[with + 1] = stride;
        }
    }
}

/* A store may be written in place by the instruction that makes its value, if it is the first store of that value. */
static void mark_direct(const tile_program *p, tile_access *stores) {
    for (uint32_t i = 0; i < p->num_stores; i++) {
        const tile_class class = (tile_class)stores[i].class;
        bool made = false;
        for (uint32_t k = 0; k < p->num_code; k++) made |= p->code[k].y == stores[i].value;
        for (uint32_t k = 0; k < i; k++) made &= stores[k].value != stores[i].value;
        stores[i].direct = made && stores[i].dtype == (class == TILE_F32   ? COT_F32
                                                       : class == TILE_F64 ? COT_F64
                                                                           : COT_I64);
    }
}

/* Outermost dimension first: by the strides of the first result, so that a permuted dense result is one long run. */
static void memory_order(const tensor_desc *result, uint32_t *order) {
    for (uint32_t d = 0; d < result->ndim; d++) {
        uint32_t at = d;
        for (; at > 0 && result->strides[order[at - 1]] < result->strides[d]; at--) order[at] = order[at - 1];
        order[at] = d;
    }
}

tile_program *tile_finish(tile_builder *b, const tensor_desc *tensors) {
    tile_program *p = ARENA_NEW(b->arena, tile_program);
    const uint32_t loads = b->loads.count, count = loads + b->stores.count;
    const tensor_desc *result = &tensors[b->stores.data[0].tensor];
    tile_access *accesses = ARENA_ARRAY(b->arena, tile_access, count);
    for (uint32_t i = 0; i < count; i++) {
        accesses[i] = i < loads ? b->loads.data[i] : b->stores.data[i - loads];
        broadcast_strides(&tensors[accesses[i].tensor], result, accesses[i].strides);
    }
    uint32_t order[COT_MAX_DIMS];
    memory_order(result, order);
    merge_dimensions(p, result, order, accesses, count);
    p->numel = result->numel;
    p->loads = accesses;
    p->num_loads = loads;
    p->stores = accesses + loads;
    p->num_stores = b->stores.count;
    p->fills = b->fills.data;
    p->num_fills = b->fills.count;
    p->code = b->code.data;
    p->num_code = b->code.count;
    p->num_values = b->classes.count;
    p->buffer_bytes = TILE_LENGTH * sizeof(float);
    for (uint32_t i = 0; i < count; i++) classify_walk(p, &accesses[i]);
    choose_blocks(p, accesses, count);
    mark_direct(p, accesses + loads);
    for (uint32_t i = 0; i < p->num_values; i++)
        if (b->classes.data[i] != TILE_F32) p->buffer_bytes = TILE_LENGTH * sizeof(double);
    const int64_t work = 1 + (int64_t)p->num_code;
    p->grain = MAX(TILE_LENGTH, 32 * TILE_LENGTH / work / TILE_LENGTH * TILE_LENGTH);
    return p->num_values <= TILE_MAX_VALUES && assign_buffers(b, p) ? p : NULL;
}
