/* SPDX-License-Identifier: MIT
 * flex_finish.c — registers of a program of kernels/flex.h: levels, what must be spread over rows, and where each lies
 * in the room. Registers of elements share memory by last use; the others keep theirs. */
#include "ops/control/flex_program.h"

#include <string.h>

typedef struct layout {
    flex_registers *r;
    VEC(uint8_t) levels;
    VEC(tile_instruction) code; /* with spreads */
    uint16_t *spread;           /* by register: its spread form, FLEX_NONE: not made */
} layout;

/* A register as something that has a number for each element of a strip. */
static uint16_t in_strips(layout *l, uint16_t x) {
    if (l->levels.data[x] != FLEX_ROW) return x;
    if (l->spread[x] != FLEX_NONE) return l->spread[x];
    tile_builder *t = &l->r->t;
    const uint8_t class = t->classes.data[x];
    const uint16_t y = (uint16_t)t->classes.count;
    *VEC_PUSH(t->arena, &t->classes) = class;
    *VEC_PUSH(t->arena, &l->levels) = FLEX_ELEMENT;
    tile_instruction in = {.element = FLEX_spread, .class = class, .round = COT_DTYPE_COUNT, .y = y};
    for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) in.x[k] = x;
    in.level = FLEX_ELEMENT;
    *VEC_PUSH(t->arena, &l->code) = in;
    return l->spread[x] = y;
}

static void assign_levels(layout *l) {
    flex_registers *r = l->r;
    tile_builder *t = &r->t;
    const uint32_t count = t->classes.count;
    l->spread = ARENA_ARRAY(t->arena, uint16_t, count);
    for (uint32_t i = 0; i < count; i++) {
        l->spread[i] = FLEX_NONE;
        *VEC_PUSH(t->arena, &l->levels) = FLEX_SAME;
    }
    for (uint32_t i = 0; i < FLEX_INPUTS; i++)
        if (r->in[i] != FLEX_NONE) l->levels.data[r->in[i]] = r->levels[i];
    for (uint32_t i = 0; i < t->code.count; i++) {
        tile_instruction in = t->code.data[i];
        in.level = FLEX_SAME;
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) in.level |= l->levels.data[in.x[k]];
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS && in.level == FLEX_ELEMENT; k++) in.x[k] = in_strips(l, in.x[k]);
        l->levels.data[in.y] = in.level;
        *VEC_PUSH(t->arena, &l->code) = in;
    }
    r->out = in_strips(l, r->out);
    for (uint32_t i = 0; i < r->scatters.count; i++) {
        flex_scatter *s = &r->scatters.data[i];
        s->value = in_strips(l, s->value);
        s->level = s->place == FLEX_NONE ? FLEX_SAME : l->levels.data[s->place];
    }
}

/* The code with what changes least first. */
static void sort_code(layout *l, arena *arena, flex_program *out) {
    tile_instruction *code = ARENA_ARRAY(arena, tile_instruction, l->code.count);
    uint32_t n = 0;
    for (uint32_t level = 0; level < FLEX_LEVELS; level++) {
        out->first[level] = n;
        for (uint32_t i = 0; i < l->code.count; i++)
            if (l->code.data[i].level == level) code[n++] = l->code.data[i];
    }
    out->first[FLEX_LEVELS] = n;
    out->code = code;
}

static uint32_t register_bytes(const layout *l, uint32_t x) {
    const uint32_t item = l->r->t.classes.data[x] == TILE_F32 ? sizeof(float) : sizeof(double);
    return item * (l->levels.data[x] == FLEX_ROW ? (uint32_t)ATTENTION_LARGEST : (uint32_t)FLEX_STRIP);
}

/* Where registers of elements are read for the last time, as places in the sorted code. */
static uint32_t *last_uses(const layout *l, const flex_program *p) {
    const uint32_t count = l->levels.count, end = p->first[FLEX_LEVELS];
    uint32_t *last = ARENA_ARRAY(l->r->t.arena, uint32_t, count);
    for (uint32_t i = 0; i < end; i++)
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) last[p->code[i].x[k]] = i;
    last[l->r->out] = end;
    for (uint32_t i = 0; i < l->r->scatters.count; i++) {
        last[l->r->scatters.data[i].value] = end;
        if (l->r->scatters.data[i].place != FLEX_NONE) last[l->r->scatters.data[i].place] = end;
    }
    return last;
}

static void assign_room(layout *l, arena *arena, flex_program *out) {
    const uint32_t count = l->levels.count;
    uint32_t *at = ARENA_ARRAY(arena, uint32_t, count), *last = last_uses(l, out), bytes = 0;
    VEC(uint32_t) free_rooms[2] = {{0}, {0}}; /* of narrow and of wide numbers */
    for (uint32_t x = 0; x < count; x++) {
        bool input = false;
        for (uint32_t i = 0; i < FLEX_INPUTS; i++) input |= l->r->in[i] == x;
        if (l->levels.data[x] == FLEX_ELEMENT && !input) continue;
        at[x] = bytes;
        bytes += register_bytes(l, x);
    }
    for (uint32_t i = out->first[FLEX_ELEMENT]; i < out->first[FLEX_LEVELS]; i++) {
        const tile_instruction *in = &out->code[i];
        const bool wide = l->r->t.classes.data[in->y] != TILE_F32;
        if (free_rooms[wide].count) {
            at[in->y] = free_rooms[wide].data[--free_rooms[wide].count];
        } else {
            at[in->y] = bytes;
            bytes += register_bytes(l, in->y);
        }
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) {
            const uint16_t x = in->x[k];
            bool again = false;
            for (uint32_t j = 0; j < k; j++) again |= in->x[j] == x;
            bool made = l->levels.data[x] == FLEX_ELEMENT && last[x] == i && !again;
            for (uint32_t j = 0; j < FLEX_INPUTS; j++) made &= l->r->in[j] != x;
            if (made) *VEC_PUSH(l->r->t.arena, &free_rooms[l->r->t.classes.data[x] != TILE_F32]) = at[x];
        }
    }
    out->at = at;
    out->bytes = bytes;
}

bool flex_finish(flex_registers *r, arena *arena, flex_program *out) {
    layout l = {.r = r};
    assign_levels(&l);
    if (l.levels.count >= FLEX_NONE) return false;
    *out = (flex_program){.num_fills = r->t.fills.count, .num_scatters = r->scatters.count, .out = r->out};
    memcpy(out->in, r->in, sizeof out->in);
    sort_code(&l, arena, out);
    assign_room(&l, arena, out);
    out->fills = arena_copy(arena, r->t.fills.data, r->t.fills.count * sizeof *out->fills);
    out->scatters = arena_copy(arena, r->scatters.data, r->scatters.count * sizeof *out->scatters);
    return true;
}
