/* SPDX-License-Identifier: MIT
 * flex_run.h — running the programs of kernels/flex.h on a tile of queries × keys, and what a tile's mask is. */
#ifndef KERNELS_CPU_FLEX_RUN_H
#define KERNELS_CPU_FLEX_RUN_H

#include "kernels/cpu/tile_step.h"
#include "kernels/flex.h"

/* A tile of scores: queries [i0, i0 + m) and keys [j0, j0 + n) of a head. Rows of tiles are ATTENTION_LARGEST apart. */
typedef struct flex_tile {
    int64_t b, h, i0, m, j0, n;
} flex_tile;

/* A program in its room. */
typedef struct flex_machine {
    const flex_program *p; /* NULL: none */
    char *room;
    void *const *data;
    int64_t width, rows; /* of a strip */
} flex_machine;

static void *flex_register(const flex_machine *m, uint16_t r) { return m->room + m->p->at[r]; }

/* ---- instructions beside those of tiles ---------------------------------------------------------------------- */

#define FLEX_GATHER(T)                                                                                                 \
    for (int64_t i = 0; i < n; i++) ((T *)to)[i] = ((const T *)from)[at[i]]

static void flex_gather(const tile_instruction *in, void *y, const int64_t *at, void *const *data, int64_t n) {
    _Alignas(64) char narrow[FLEX_STRIP * sizeof(double)];
    const uint8_t bytes = item_bytes[in->from];
    const bool same = in->from == class_dtypes[in->class];
    void *to = same ? y : narrow;
    const char *from = (const char *)data[in->p[0].i] + in->p[1].i * bytes;
    if (bytes == 1) FLEX_GATHER(uint8_t);
    else if (bytes == 2) FLEX_GATHER(uint16_t);
    else if (bytes == 4) FLEX_GATHER(uint32_t);
    else FLEX_GATHER(uint64_t);
    if (!same) KERNEL(tile_loads)[in->class][in->from](y, narrow, 1, n);
}

static void flex_place(const tile_instruction *in, int64_t *y, const int64_t *x, const int64_t *other, int64_t n) {
    const int64_t size = in->p[0].i, step = in->p[1].i;
    _Pragma("GCC ivdep") for (int64_t i = 0; i < n; i++) {
        const int64_t at = x[i] < 0 ? x[i] + size : x[i], low = at < 0 ? 0 : at;
        y[i] = (other ? other[i] : 0) + (low < size ? low : size - 1) * step;
    }
}

static void flex_spread(const tile_instruction *in, char *y, const char *x, int64_t rows, int64_t width) {
    const uint8_t dtype = class_dtypes[in->class], bytes = item_bytes[dtype];
    for (int64_t r = 0; r < rows; r++)
        KERNEL(tile_loads)[in->class][dtype](y + r * width * bytes, x + r * bytes, 0, width);
}

/* One level; of elements, the strip that begins at `row` of the tile. */
static void flex_level_run(const flex_machine *m, flex_level level, int64_t n, int64_t row) {
    for (uint32_t i = m->p->first[level]; i < m->p->first[level + 1]; i++) {
        const tile_instruction *in = &m->p->code[i];
        const void *x[TILE_MAX_OPERANDS];
        void *y = flex_register(m, in->y);
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) x[k] = flex_register(m, in->x[k]);
        if (in->element == FLEX_gather) flex_gather(in, y, x[0], m->data, n);
        else if (in->element == FLEX_place) flex_place(in, y, x[0], in->p[2].i ? x[1] : NULL, n);
        else if (in->element == FLEX_spread)
            flex_spread(in, y, (const char *)x[0] + row * item_bytes[class_dtypes[in->class]], n / m->width, m->width);
        else run_instruction(in, y, x, n);
    }
}

/* ---- from what changes least to what changes most ------------------------------------------------------------- */

static flex_machine flex_begin(const flex_program *p, char **scratch, void *const *data) {
    const flex_machine m = {.p = p, .room = *scratch, .data = data};
    *scratch += flex_room(p);
    for (uint32_t i = 0; p && i < p->num_fills; i++) {
        const tile_fill *f = &p->fills[i];
        const float narrow = (float)f->number.f;
        const void *number = f->class == TILE_F32 ? (const void *)&narrow : (const void *)&f->number;
        KERNEL(tile_loads)[f->class][class_dtypes[f->class]](flex_register(&m, f->value), number, 0, FLEX_STRIP);
    }
    return m;
}

static void flex_fill(const flex_machine *m, flex_input input, int64_t x) {
    if (m->p->in[input] == FLEX_NONE) return;
    int64_t *to = flex_register(m, m->p->in[input]);
    for (int64_t i = 0; i < FLEX_STRIP; i++) to[i] = x;
}

static void flex_head(const flex_machine *m, int64_t b, int64_t h) {
    if (!m->p) return;
    flex_fill(m, FLEX_B, b);
    flex_fill(m, FLEX_H, h);
    flex_level_run(m, FLEX_SAME, FLEX_STRIP, 0);
}

static void flex_queries(const flex_machine *m, int64_t first, int64_t count) {
    if (!m->p) return;
    int64_t *to = m->p->in[FLEX_M] == FLEX_NONE ? NULL : flex_register(m, m->p->in[FLEX_M]);
    for (int64_t i = 0; to && i < count; i++) to[i] = first + i;
    flex_level_run(m, FLEX_ROW, count, 0);
}

/* Columns behind the last key are as that one. */
static void flex_keys(flex_machine *m, int64_t first, int64_t count) {
    if (!m->p) return;
    m->width = attention_pad(count);
    m->rows = FLEX_STRIP / m->width;
    int64_t *to = m->p->in[FLEX_N] == FLEX_NONE ? NULL : flex_register(m, m->p->in[FLEX_N]);
    for (int64_t r = 0; to && r < m->rows; r++)
        for (int64_t j = 0; j < m->width; j++) *to++ = first + MIN(j, count - 1);
    flex_level_run(m, FLEX_COLUMN, m->rows * m->width, 0);
}

/* ---- blocks and masks ------------------------------------------------------------------------------------------- */

/* Marks the blocks that the lists of a tensor of counts and one of indices name. */
static void flex_mark(const kernel_call *call, const flex_blocks *x, uint32_t count, uint32_t list, uint8_t mark,
                      uint8_t *states) {
    if (count == FLEX_ABSENT || list == FLEX_ABSENT) return;
    const int64_t *cs = call->tensors[count].strides, *ls = call->tensors[list].strides;
    const int64_t most = call->tensors[list].sizes[3];
    const int32_t *counts = call->data[count], *lists = call->data[list];
    for (int64_t b = 0; b < x->batch; b++)
        for (int64_t h = 0; h < x->heads; h++)
            for (int64_t i = 0; i < x->rows; i++, states += x->columns) {
                const int64_t n = MIN(counts[b * cs[0] + h * cs[1] + i * cs[2]], most);
                for (int64_t k = 0; k < n; k++) {
                    const int32_t at = lists[b * ls[0] + h * ls[1] + i * ls[2] + k * ls[3]];
                    if (at >= 0 && at < x->columns) states[at] = mark;
                }
            }
}

/* The state of each block, at the start of the scratch. */
static void flex_states(const kernel_call *call) {
    const flex_attributes *a = call->attributes;
    uint8_t *states = call->scratch;
    memset(states, FLEX_EMPTY, (size_t)a->states_bytes);
    flex_mark(call, &a->blocks, a->at[FLEX_PARTIAL_COUNT], a->at[FLEX_PARTIAL_KEYS], FLEX_PARTIAL, states);
    flex_mark(call, &a->blocks, a->at[FLEX_FULL_COUNT], a->at[FLEX_FULL_KEYS], FLEX_FULL, states);
}

/* States of the blocks of keys of the row of blocks that a query is in; NULL behind the last one. */
static const uint8_t *flex_row_states(const kernel_call *call, const flex_tile *t, int64_t query) {
    const flex_attributes *a = call->attributes;
    const flex_blocks *x = &a->blocks;
    const int64_t b = t->b % x->batch, h = t->h % x->heads, row = query / x->query_size;
    return row < x->rows ? (const uint8_t *)call->scratch + ((b * x->heads + h) * x->rows + row) * x->columns : NULL;
}

/* What the blocks say of a tile; *mixed: they do not agree. */
static uint8_t flex_tile_state(const kernel_call *call, const flex_tile *t, bool *mixed) {
    const flex_blocks *x = &((const flex_attributes *)call->attributes)->blocks;
    uint8_t state = UINT8_MAX;
    *mixed = false;
    for (int64_t i = t->i0; i < t->i0 + t->m; i = (i / x->query_size + 1) * x->query_size) {
        const uint8_t *row = flex_row_states(call, t, i);
        for (int64_t j = t->j0; j < t->j0 + t->n; j = (j / x->key_size + 1) * x->key_size) {
            const uint8_t here = row && j / x->key_size < x->columns ? row[j / x->key_size] : FLEX_EMPTY;
            *mixed |= state != UINT8_MAX && here != state;
            state = here;
        }
    }
    return *mixed ? FLEX_PARTIAL : state;
}

/* Blocks that are empty or full have the last word. */
static void flex_mask_blocks(const kernel_call *call, const flex_tile *t, uint8_t *seen) {
    const flex_blocks *x = &((const flex_attributes *)call->attributes)->blocks;
    for (int64_t i = 0; i < t->m; i++, seen += ATTENTION_LARGEST) {
        const uint8_t *row = flex_row_states(call, t, t->i0 + i);
        for (int64_t j = t->j0, next; j < t->j0 + t->n; j = next) {
            next = MIN((j / x->key_size + 1) * x->key_size, t->j0 + t->n);
            const uint8_t state = row && j / x->key_size < x->columns ? row[j / x->key_size] : FLEX_EMPTY;
            if (state != FLEX_PARTIAL) memset(seen + j - t->j0, state == FLEX_FULL, (size_t)(next - j));
        }
    }
}

static void flex_mask_run(flex_machine *mask, const flex_tile *t, uint8_t *seen) {
    if (!mask->p) {
        memset(seen, 1, (size_t)(t->m * ATTENTION_LARGEST));
        return;
    }
    flex_keys(mask, t->j0, t->n);
    for (int64_t r = 0, rows; r < t->m; r += rows) {
        rows = MIN(mask->rows, t->m - r);
        flex_level_run(mask, FLEX_ELEMENT, rows * mask->width, r);
        const int64_t *out = flex_register(mask, mask->p->out);
        for (int64_t i = 0; i < rows; i++, out += mask->width)
            for (int64_t j = 0; j < t->n; j++) seen[(r + i) * ATTENTION_LARGEST + j] = out[j] != 0;
    }
}

/* What can be seen of a tile: FLEX_EMPTY nothing, FLEX_FULL everything, else `seen` says it pair by pair. */
static uint8_t flex_tile_mask(const kernel_call *call, flex_machine *mask, const flex_tile *t, uint8_t *seen) {
    bool mixed;
    const uint8_t state = flex_tile_state(call, t, &mixed);
    if (state != FLEX_PARTIAL || (!mixed && !mask->p)) return state == FLEX_EMPTY ? FLEX_EMPTY : FLEX_FULL;
    flex_mask_run(mask, t, seen);
    if (mixed) flex_mask_blocks(call, t, seen);
    uint8_t any = 0, all = 1;
    for (int64_t i = 0; i < t->m; i++) {
        const uint8_t *row = seen + i * ATTENTION_LARGEST;
        for (int64_t j = 0; j < t->n; j++) any |= row[j], all &= row[j];
    }
    return all ? FLEX_FULL : any ? FLEX_PARTIAL : FLEX_EMPTY;
}

#endif
