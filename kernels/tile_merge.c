/* SPDX-License-Identifier: MIT
 * tile_merge.c — two tile programs as one.
 *
 * Both walk through the same memory: the first stores a tensor that the second loads, or both load one. So dimensions
 * belong together when their strides there do, in whatever order and grouping each program has them; where one has two
 * dimensions for one of the other, that one is split. What is left are dimensions along which the tensor does not move:
 * rows, of which it has a number each. */
#include "kernels/tile.h"

#include <string.h>

#define UNTAGGED 0xff

typedef struct space {
    tile_access *loads, *stores;
    uint32_t num_loads, num_stores, ndim, rows;
    int64_t sizes[TILE_MAX_DIMS];
    uint8_t tags[TILE_MAX_DIMS]; /* dimensions with the same tag belong together */
} space;

static space space_of(arena *a, const tile_builder *b) {
    space s = {.num_loads = b->loads.count, .num_stores = b->stores.count, .ndim = b->ndim, .rows = b->rows};
    s.loads = arena_copy(a, b->loads.data, s.num_loads * sizeof *s.loads);
    s.stores = arena_copy(a, b->stores.data, s.num_stores * sizeof *s.stores);
    memcpy(s.sizes, b->sizes, sizeof s.sizes);
    memset(s.tags, UNTAGGED, sizeof s.tags);
    return s;
}

static tile_access *access_at(space *s, uint32_t i) {
    return i < s->num_loads ? &s->loads[i] : &s->stores[i - s->num_loads];
}

static bool split(space *s, uint32_t d, int64_t inner) {
    if (s->ndim == TILE_MAX_DIMS || s->sizes[d] % inner) return false;
    for (uint32_t k = s->ndim; k > d + 1; k--) s->sizes[k] = s->sizes[k - 1], s->tags[k] = s->tags[k - 1];
    s->sizes[d] /= inner;
    s->sizes[d + 1] = inner;
    s->tags[d + 1] = s->tags[d];
    const uint32_t below = (1u << d) - 1, here = s->rows >> d & 1;
    s->rows = (s->rows & below) | here << d | here << (d + 1) | (s->rows & ~below & ~(1u << d)) << 1;
    for (uint32_t i = 0; i < s->num_loads + s->num_stores; i++) {
        int64_t *strides = access_at(s, i)->strides;
        for (uint32_t k = s->ndim; k > d + 1; k--) strides[k] = strides[k - 1];
        strides[d + 1] = strides[d];
        strides[d] *= inner;
    }
    s->ndim++;
    return true;
}

/* The untagged dimension along which the access moves least; of those along which it does not move the last. ndim when
 * there is none. */
static uint32_t next_dimension(const space *s, const tile_access *a, bool moves) {
    uint32_t best = s->ndim;
    for (uint32_t d = 0; d < s->ndim; d++) {
        if (s->tags[d] != UNTAGGED || (a->strides[d] != 0) != moves) continue;
        if (best == s->ndim || !moves || a->strides[d] < a->strides[best]) best = d;
    }
    return best;
}

/* Tags the dimensions of both along which the accesses move, or do not, from the innermost outwards. */
static bool tag(space *f, const tile_access *fa, space *s, const tile_access *sa, bool moves, uint8_t *tags) {
    for (;;) {
        const uint32_t i = next_dimension(f, fa, moves), k = next_dimension(s, sa, moves);
        if (i == f->ndim || k == s->ndim) return i == f->ndim && k == s->ndim;
        if (fa->strides[i] != sa->strides[k] || f->sizes[i] <= 0 || s->sizes[k] <= 0) return false;
        uint32_t at = i, with = k;
        if (f->sizes[i] > s->sizes[k]) {
            if (!split(f, i, s->sizes[k])) return false;
            at = i + 1;
        } else if (f->sizes[i] < s->sizes[k]) {
            if (!split(s, k, f->sizes[i])) return false;
            with = k + 1;
        }
        f->tags[at] = s->tags[with] = (*tags)++;
    }
}

static uint32_t still(const space *s, const tile_access *a) {
    uint32_t mask = 0;
    for (uint32_t d = 0; d < s->ndim; d++) mask |= (uint32_t)(a->strides[d] == 0) << d;
    return mask;
}

/* A dimension of the other program, along which nothing here moves: what was an element becomes the number of a row. */
static bool add_dimension(space *s, int64_t size, uint8_t tag, bool row) {
    if (s->ndim == TILE_MAX_DIMS) return false;
    for (uint32_t i = 0; i < s->num_loads + s->num_stores; i++) access_at(s, i)->strides[s->ndim] = 0;
    s->sizes[s->ndim] = size;
    s->tags[s->ndim] = tag;
    s->rows |= (uint32_t)row << s->ndim;
    s->ndim++;
    return true;
}

/* Brings both to one set of tagged dimensions. */
static bool match(space *f, const tile_access *fa, space *s, const tile_access *sa) {
    uint8_t tags = 0;
    if (!tag(f, fa, s, sa, true, &tags)) return false;
    const uint32_t still_f = still(f, fa), still_s = still(s, sa);
    if (still_f && still_s)
        return f->rows == still_f && (s->rows == 0 || s->rows == still_s) && tag(f, fa, s, sa, false, &tags);
    if (still_f) { /* numbers of rows go on to be worked on */
        if (f->rows != still_f || s->rows) return false;
        for (uint32_t d = 0; d < f->ndim; d++) {
            if (!(still_f >> d & 1)) continue;
            f->tags[d] = tags;
            if (!add_dimension(s, f->sizes[d], tags++, true)) return false;
        }
        for (uint32_t i = 0; i < s->num_stores; i++) s->stores[i].level = TILE_PER_ROW;
    }
    if (still_s) { /* what the first one makes is a number of each row of the second */
        if (s->rows != still_s || f->rows) return false;
        for (uint32_t d = 0; d < s->ndim; d++) {
            if (!(still_s >> d & 1)) continue;
            s->tags[d] = tags;
            if (!add_dimension(f, s->sizes[d], tags++, true)) return false;
        }
        for (uint32_t i = 0; i < f->num_stores; i++) f->stores[i].level = TILE_PER_ROW;
    }
    return true;
}

/* The dimensions of `f` in the order of `s`. */
static void reorder(space *f, const space *s) {
    const space old = *f;
    uint8_t from[TILE_MAX_DIMS];
    f->rows = 0;
    for (uint32_t d = 0; d < s->ndim; d++)
        for (uint32_t k = 0; k < old.ndim; k++)
            if (old.tags[k] == s->tags[d]) from[d] = (uint8_t)k;
    for (uint32_t d = 0; d < s->ndim; d++) {
        f->sizes[d] = old.sizes[from[d]];
        f->rows |= (old.rows >> from[d] & 1) << d;
    }
    for (uint32_t i = 0; i < f->num_loads + f->num_stores; i++) {
        int64_t *strides = access_at(f, i)->strides, sorted[TILE_MAX_DIMS];
        for (uint32_t d = 0; d < s->ndim; d++) sorted[d] = strides[from[d]];
        memcpy(strides, sorted, s->ndim * sizeof *strides);
    }
}

static bool same_walk(const tile_access *a, const tile_access *b, uint32_t ndim) {
    return !memcmp(a->strides, b->strides, ndim * sizeof *a->strides);
}

/* ---- registers ------------------------------------------------------------------------------------------------- */

static cot_dtype class_dtype(uint8_t class) {
    return class == TILE_F32 ? COT_F32 : class == TILE_F64 ? COT_F64 : COT_I64;
}

/* Whether an element gives 0 or 1. */
static bool gives_truth(uint32_t element) {
    switch (element) {
    case TILE_eq:
    case TILE_ne:
    case TILE_lt:
    case TILE_le:
    case TILE_gt:
    case TILE_ge:
    case TILE_logical_not:
    case TILE_logical_and:
    case TILE_logical_or:
    case TILE_logical_xor: return true;
    default: return false;
    }
}

/* The register that holds what a load of the stored value would give. */
static uint16_t reloaded(tile_builder *b, const tile_access *store, uint8_t class) {
    uint16_t x = store->value;
    tile_instruction *made = NULL;
    bool read = false;
    for (uint32_t i = 0; i < b->code.count; i++) {
        if (b->code.data[i].y == x) made = &b->code.data[i];
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) read |= b->code.data[i].x[k] == x;
    }
    const bool exact = store->dtype == class_dtype(store->class) || (made && made->round == store->dtype) ||
                       (store->dtype == COT_BOOL && made && gives_truth(made->element));
    if (!exact && made && !read && made->round == COT_DTYPE_COUNT) {
        made->round = store->dtype;
    } else if (!exact) {
        x = tile_apply(b, TILE_identity, (tile_class)store->class, &x, 1, NULL);
        tile_round(b, (cot_dtype)store->dtype);
    }
    return tile_cast(b, x, (tile_class) class);
}

/* A load that the merged program already has. */
static uint16_t add_load(tile_builder *out, tile_access a, uint16_t value) {
    for (uint32_t i = 0; i < out->loads.count; i++) {
        const tile_access *known = &out->loads.data[i];
        if (known->tensor == a.tensor && known->class == a.class && same_walk(known, &a, out->ndim))
            return known->value;
    }
    a.value = value;
    *VEC_PUSH(out->arena, &out->loads) = a;
    return value;
}

static void append_code(tile_builder *out, const tile_builder *from, const uint16_t *map) {
    for (uint32_t i = 0; i < from->code.count; i++) {
        tile_instruction in = from->code.data[i];
        in.y = map[in.y];
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) in.x[k] = map[in.x[k]];
        *VEC_PUSH(out->arena, &out->code) = in;
    }
}

static void append_fills(tile_builder *out, const tile_builder *from, uint16_t *map) {
    for (uint32_t i = 0; i < from->fills.count; i++) {
        tile_fill f = from->fills.data[i];
        uint32_t k = 0;
        for (; k < out->fills.count; k++)
            if (out->fills.data[k].class == f.class && out->fills.data[k].number.i == f.number.i) break;
        if (k < out->fills.count) {
            map[f.value] = out->fills.data[k].value;
            continue;
        }
        f.value = map[f.value];
        *VEC_PUSH(out->arena, &out->fills) = f;
    }
}

bool tile_merge(const tile_builder *first, const tile_builder *second, const tile_pair *pairs, uint32_t count,
                const tile_pair *shared, uint64_t keep, const uint16_t *first_operands, const uint16_t *first_results,
                tile_builder *out) {
    arena *arena = second->arena;
    const uint32_t values = first->classes.count + second->classes.count + 2 * count;
    if (values > TILE_MAX_VALUES) return false;
    for (uint32_t i = 0; i < count; i++)
        if (first->stores.data[pairs[i].store].combine != TILE_PLAIN) return false;
    space f = space_of(arena, first), s = space_of(arena, second);
    const tile_access *fa = count ? &f.stores[pairs[0].store] : &f.loads[shared->store];
    const tile_access *sa = count ? &s.loads[pairs[0].load] : &s.loads[shared->load];
    if (!match(&f, fa, &s, sa)) return false;
    reorder(&f, &s);
    if (f.rows && s.rows && f.rows != s.rows) return false;
    for (uint32_t i = 0; i < count; i++)
        if (!same_walk(&f.stores[pairs[i].store], &s.loads[pairs[i].load], s.ndim)) return false;
    *out = (tile_builder){.arena = arena, .ndim = s.ndim, .rows = f.rows | s.rows};
    memcpy(out->sizes, s.sizes, sizeof out->sizes);
    uint16_t map[TILE_MAX_VALUES];
    for (uint32_t i = 0; i < first->classes.count; i++) map[i] = (uint16_t)i;
    for (uint32_t i = 0; i < first->classes.count; i++) *VEC_PUSH(arena, &out->classes) = first->classes.data[i];
    for (uint32_t i = 0; i < f.num_loads; i++) {
        f.loads[i].tensor = first_operands[f.loads[i].tensor];
        map[f.loads[i].value] = add_load(out, f.loads[i], f.loads[i].value);
    }
    append_fills(out, first, map);
    append_code(out, first, map);
    for (uint32_t i = 0; i < f.num_stores; i++) f.stores[i].value = map[f.stores[i].value];
    uint16_t from[TILE_MAX_VALUES];
    for (uint32_t i = 0; i < second->classes.count; i++) {
        from[i] = (uint16_t)out->classes.count;
        *VEC_PUSH(arena, &out->classes) = second->classes.data[i];
    }
    for (uint32_t i = 0; i < s.num_loads; i++) {
        uint32_t k = 0;
        while (k < count && pairs[k].load != i) k++;
        from[s.loads[i].value] = k < count ? reloaded(out, &f.stores[pairs[k].store], s.loads[i].class)
                                           : add_load(out, s.loads[i], from[s.loads[i].value]);
    }
    append_fills(out, second, from);
    append_code(out, second, from);
    for (uint32_t i = 0; i < f.num_stores; i++) {
        if (!(keep >> i & 1)) continue;
        f.stores[i].tensor = first_results[f.stores[i].tensor];
        *VEC_PUSH(arena, &out->stores) = f.stores[i];
    }
    for (uint32_t i = 0; i < s.num_stores; i++) {
        s.stores[i].value = from[s.stores[i].value];
        *VEC_PUSH(arena, &out->stores) = s.stores[i];
    }
    return out->classes.count <= TILE_MAX_VALUES;
}
