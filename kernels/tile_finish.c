/* SPDX-License-Identifier: MIT
 * tile_finish.c — from a builder to a program that runs: dimensions in memory order and merged to few long runs,
 * registers to buffers by last use, and for programs with rows what is a number of a row. */
#include "kernels/tile.h"

#include <string.h>

#define UNREAD UINT32_MAX
#define TOTALS_GRAIN 8192 /* elements worth a thread where totals are taken: sizes alone say how work is divided */

static bool is_uniform(const tile_program *p, const tile_access *a) { return !p->has_rows && a->walk == TILE_UNIFORM; }

/* A register lives from the instruction that makes it to the last that reads it; fills live for the whole run (they are
 * written once), loads from the start of a tile, stored registers to its end. False: too many at once. */
static bool assign_buffers(arena *arena, tile_program *p) {
    const uint32_t n = p->num_values, never = p->num_code;
    const uint32_t most = p->has_rows ? TILE_MAX_ROW_BUFFERS : TILE_MAX_BUFFERS;
    uint32_t *last = ARENA_ARRAY(arena, uint32_t, n);
    uint16_t *buffer = ARENA_ARRAY(arena, uint16_t, n);
    bool busy[TILE_MAX_ROW_BUFFERS] = {false};
    for (uint32_t i = 0; i < n; i++) last[i] = UNREAD;
    for (uint32_t i = 0; i < p->num_code; i++)
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) last[p->code[i].x[k]] = i;
    for (uint32_t i = 0; i < p->num_stores; i++) last[p->stores[i].value] = never;
    for (uint32_t i = 0; i < p->num_fills; i++) last[p->fills[i].value] = never;
    uint32_t used = 0;
    for (uint32_t i = 0; i < p->num_fills + p->num_loads; i++) {
        if (used == most) return false;
        /* A load that is the same in every tile is read once for each piece of work, so it keeps its buffer, too. */
        const bool load = i >= p->num_fills;
        const uint16_t value = load ? p->loads[i - p->num_fills].value : p->fills[i].value;
        if (load && (is_uniform(p, &p->loads[i - p->num_fills]) || p->loads[i - p->num_fills].same_rows))
            last[value] = never;
        busy[used] = true;
        buffer[value] = (uint16_t)used++;
    }
    for (uint32_t i = 0; i < p->num_code; i++) {
        uint32_t at = 0;
        while (at < most && busy[at]) at++;
        if (at == most) return false;
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

static bool mergeable(const tile_access *accesses, uint32_t count, uint32_t outer, uint32_t inner, int64_t inner_size) {
    for (uint32_t i = 0; i < count; i++)
        if (accesses[i].strides[outer] != accesses[i].strides[inner] * inner_size) return false;
    return true;
}

/* Dimensions in the order of `order`, neighbours merged where every access allows; those before `split` not with those
 * after. */
static void merge_dimensions(tile_program *p, const tile_builder *b, const uint32_t *order, uint32_t split,
                             tile_access *accesses, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        int64_t sorted[TILE_MAX_DIMS];
        for (uint32_t d = 0; d < b->ndim; d++) sorted[d] = accesses[i].strides[order[d]];
        memcpy(accesses[i].strides, sorted, sizeof sorted);
    }
    for (uint32_t d = 0; d < b->ndim; d++) {
        const int64_t size = b->sizes[order[d]];
        const uint32_t at = p->ndim;
        if (d == split) p->outer = at;
        for (uint32_t i = 0; i < count; i++) accesses[i].strides[at] = accesses[i].strides[d];
        if (at > 0 && at != (d >= split ? p->outer : 0) && mergeable(accesses, count, at - 1, at, size)) {
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
        bool made = stores[i].combine == TILE_PLAIN;
        bool found = false;
        for (uint32_t k = 0; k < p->num_code; k++) found |= p->code[k].y == stores[i].value;
        for (uint32_t k = 0; k < i; k++) made &= stores[k].value != stores[i].value;
        stores[i].direct = made && found &&
                           stores[i].dtype == (class == TILE_F32   ? COT_F32
                                               : class == TILE_F64 ? COT_F64
                                                                   : COT_I64);
    }
}

/* Outermost dimension first, those of rows behind the others: by the strides of the access that covers most. */
static uint32_t memory_order(const tile_builder *b, uint32_t *order) {
    const tile_access *main = NULL;
    uint32_t most = 0, outer = 0;
    for (uint32_t i = 0; i < b->stores.count + b->loads.count; i++) {
        const tile_access *a = i < b->stores.count ? &b->stores.data[i] : &b->loads.data[i - b->stores.count];
        uint32_t covered = 0;
        for (uint32_t d = 0; d < b->ndim; d++) covered += a->strides[d] != 0;
        if (!main || covered > most) main = a, most = covered;
    }
    for (uint32_t pass = 0, n = 0; pass < 2; pass++) {
        const uint32_t from = n;
        for (uint32_t d = 0; d < b->ndim; d++) {
            if ((b->rows >> d & 1) != pass) continue;
            uint32_t at = n++;
            for (; at > from && main->strides[order[at - 1]] < main->strides[d]; at--) order[at] = order[at - 1];
            order[at] = d;
        }
        if (pass == 0) outer = n;
    }
    return outer;
}

/* ---- rows ------------------------------------------------------------------------------------------------------ */

static uint8_t level_of_access(const tile_builder *b, const tile_access *a) {
    for (uint32_t d = 0; d < b->ndim; d++)
        if (b->rows >> d & 1 && a->strides[d]) return TILE_ELEMENTS;
    return TILE_PER_ROW;
}

/* A register that has elements, made from one that has a number for each row. */
static uint16_t expanded(tile_builder *b, uint16_t x, uint8_t *levels, uint16_t *known) {
    if (levels[x] == TILE_ELEMENTS || levels[x] == TILE_SAME) return x;
    if (known[x]) return (uint16_t)(known[x] - 1u);
    const uint16_t y = tile_apply(b, TILE_expand, (tile_class)b->classes.data[x], &x, 1, NULL);
    b->code.data[b->code.count - 1].level = TILE_ELEMENTS;
    levels[y] = TILE_ELEMENTS;
    known[x] = (uint16_t)(y + 1u);
    return y;
}

/* Levels of all registers; expansions where elements meet numbers of rows. */
static bool assign_levels(const tile_builder *b, tile_builder *out) {
    uint8_t levels[TILE_MAX_VALUES];
    uint16_t known[TILE_MAX_VALUES] = {0};
    if (b->classes.count * 2 > TILE_MAX_VALUES) return false;
    memset(levels, TILE_SAME, sizeof levels);
    *out = *b;
    memset(&out->code, 0, sizeof out->code);
    memset(&out->classes, 0, sizeof out->classes);
    for (uint32_t i = 0; i < b->classes.count; i++) *VEC_PUSH(b->arena, &out->classes) = b->classes.data[i];
    out->loads.data = arena_copy(b->arena, b->loads.data, b->loads.count * sizeof *b->loads.data);
    out->stores.data = arena_copy(b->arena, b->stores.data, b->stores.count * sizeof *b->stores.data);
    for (uint32_t i = 0; i < b->loads.count; i++)
        levels[b->loads.data[i].value] = out->loads.data[i].level = level_of_access(b, &b->loads.data[i]);
    for (uint32_t i = 0; i < b->code.count; i++) {
        tile_instruction in = b->code.data[i];
        uint8_t level = TILE_SAME;
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) level = MIN(level, levels[in.x[k]]);
        if (in.element == TILE_reduce || level == TILE_SAME) level = TILE_ELEMENTS;
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS && level == TILE_ELEMENTS; k++)
            in.x[k] = expanded(out, in.x[k], levels, known);
        in.level = in.element == TILE_reduce ? TILE_PER_ROW : level;
        levels[in.y] = in.level;
        *VEC_PUSH(b->arena, &out->code) = in;
    }
    for (uint32_t i = 0; i < out->stores.count; i++) {
        tile_access *a = &out->stores.data[i];
        if (a->combine == TILE_PLAIN) a->level = level_of_access(b, a);
        if (a->level == TILE_ELEMENTS) a->value = expanded(out, a->value, levels, known);
        else if (levels[a->value] == TILE_ELEMENTS) return false;
    }
    return true;
}

static bool reduces_rows(const tile_builder *b) {
    for (uint32_t i = 0; i < b->code.count; i++)
        if (b->code.data[i].element == TILE_reduce) return true;
    return false;
}

/* How many rows, or how much of one, make a tile: about 1024 elements. */
static bool shape_tiles(tile_program *p, bool whole) {
    enum { TARGET = 1024 };
    if (whole && p->row_length > TILE_LONGEST_ROW) return false;
    bool parts = !whole && p->ndim == p->outer + 1 && p->row_length > TARGET;
    for (uint32_t i = 0; i < p->num_stores; i++) /* numbers of rows are counted once */
        parts &= p->stores[i].combine == TILE_PLAIN || p->stores[i].level == TILE_ELEMENTS;
    if (!parts && p->row_length > TILE_LONGEST_ROW) return false;
    p->tile_columns = parts ? TARGET : p->row_length;
    p->tile_rows = MIN(MAX(1, TARGET / MAX(p->tile_columns, 1)), MAX(p->rows, 1));
    for (uint32_t i = 0; i < p->num_loads; i++) {
        tile_access *a = (tile_access *)&p->loads[i];
        a->same_rows = a->level == TILE_ELEMENTS && p->tile_columns == p->row_length;
        for (uint32_t d = 0; d < p->outer; d++) a->same_rows &= a->strides[d] == 0;
    }
    return true;
}

/* False when a total has dimensions besides those of a row. */
static bool lay_out_totals(tile_program *p, tile_access *stores) {
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < p->num_stores; i++) {
        tile_access *a = &stores[i];
        if (a->combine == TILE_PLAIN) continue;
        bool columns = false;
        for (uint32_t d = p->outer; p->has_rows && d < p->ndim; d++) columns |= a->strides[d] != 0;
        for (uint32_t d = 0; d < p->outer; d++)
            if (a->strides[d]) return false;
        p->combines = true;
        a->total = bytes;
        bytes += (uint64_t)(columns ? p->row_length : TILE_TOTAL_LANES) * sizeof(double);
        bytes = (bytes + 63) / 64 * 64;
    }
    p->worker_bytes = bytes;
    return true;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

tile_program *tile_finish(const tile_builder *given, arena *arena) {
    tile_builder leveled, *b = (tile_builder *)given;
    tile_program *p = ARENA_NEW(arena, tile_program);
    if (given->rows) {
        if (!assign_levels(given, &leveled)) return NULL;
        b = &leveled;
    }
    const uint32_t loads = b->loads.count, count = loads + b->stores.count;
    if (b->classes.count > TILE_MAX_VALUES) return NULL;
    tile_access *accesses = ARENA_ARRAY(arena, tile_access, count);
    memcpy(accesses, b->loads.data, loads * sizeof *accesses);
    memcpy(accesses + loads, b->stores.data, b->stores.count * sizeof *accesses);
    uint32_t order[TILE_MAX_DIMS];
    const uint32_t split = memory_order(b, order);
    p->has_rows = b->rows != 0;
    merge_dimensions(p, b, order, split, accesses, count);
    if (!p->has_rows) p->outer = p->ndim;
    p->rows = p->row_length = 1;
    for (uint32_t d = 0; d < p->ndim; d++) *(d < p->outer ? &p->rows : &p->row_length) *= p->sizes[d];
    p->numel = p->rows * p->row_length;
    p->loads = accesses;
    p->num_loads = loads;
    p->stores = accesses + loads;
    p->num_stores = b->stores.count;
    p->fills = arena_copy(arena, b->fills.data, b->fills.count * sizeof *p->fills);
    p->num_fills = b->fills.count;
    p->code = arena_copy(arena, b->code.data, b->code.count * sizeof *p->code);
    p->num_code = b->code.count;
    p->num_values = b->classes.count;
    for (uint32_t i = 0; i < count; i++) classify_walk(p, &accesses[i]);
    mark_direct(p, accesses + loads);
    for (uint32_t i = 0; i < loads; i++)
        for (uint32_t k = loads; k < count; k++) accesses[i].stored |= accesses[k].value == accesses[i].value;
    uint64_t item = sizeof(float);
    for (uint32_t i = 0; i < p->num_values; i++)
        if (b->classes.data[i] != TILE_F32) item = sizeof(double);
    if (!lay_out_totals(p, accesses + loads)) return NULL;
    const int64_t work = 1 + (int64_t)p->num_code;
    if (!p->has_rows) {
        if (!p->combines) choose_blocks(p, accesses, count);
        p->buffer_bytes = (uint32_t)(TILE_LENGTH * item);
        p->grain = MAX(TILE_LENGTH, 32 * TILE_LENGTH / work / TILE_LENGTH * TILE_LENGTH);
        if (p->combines) p->grain = TOTALS_GRAIN;
        return assign_buffers(arena, p) ? p : NULL;
    }
    if (!shape_tiles(p, reduces_rows(b)) || !assign_buffers(arena, p)) return NULL;
    p->buffer_bytes = (uint32_t)(((uint64_t)(p->tile_rows * p->tile_columns) * item + 63) / 64 * 64);
    p->worker_bytes += (uint64_t)p->num_buffers * p->buffer_bytes;
    p->grain = p->combines ? MAX(1, TOTALS_GRAIN / p->row_length) : MAX(1, 16384 / work / p->row_length) * p->tile_rows;
    return p;
}

uint64_t tile_scratch_bytes(const tile_program *p, uint32_t threads) { return p->worker_bytes * MAX(threads, 1u); }
