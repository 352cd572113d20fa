/* SPDX-License-Identifier: MIT
 * place.c — where each storage goes in the arena.
 *
 * Two placements are made and the smaller one is taken: along time, each storage into the smallest gap that is free
 * when it is born; and by size, the largest first, each at the lowest offset that no storage living at the same time
 * covers (Pisarchyk and Lee, "Efficient memory management for deep neural net inference", 2020). The second is better
 * almost always, and quadratic; programs with many storages get the first alone. */
#include "runtime/plan.h"
#include "base/error.h"
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64, QUADRATIC_LIMIT = 3000 };

typedef struct block {
    uint64_t bytes, offset;
    uint32_t first, last, storage;
} block;

static uint64_t aligned(uint64_t bytes) { return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

static int by_birth(const void *a, const void *b) {
    const block *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->bytes != y->bytes) return x->bytes > y->bytes ? -1 : 1;
    return x->storage < y->storage ? -1 : x->storage > y->storage;
}

static int by_size(const void *a, const void *b) {
    const block *x = a, *y = b;
    if (x->bytes != y->bytes) return x->bytes > y->bytes ? -1 : 1;
    return x->storage < y->storage ? -1 : x->storage > y->storage;
}

/* ---- along time ---------------------------------------------------------------------------------------------- */

typedef struct gap {
    uint64_t offset, bytes;
} gap;

typedef struct gaps {
    gap *data; /* sorted by offset, never touching */
    uint32_t count;
    uint64_t end; /* of what was ever used */
} gaps;

static void gaps_free(gaps *g, uint64_t offset, uint64_t bytes) {
    uint32_t at = 0, high = g->count;
    while (at < high) {
        uint32_t middle = (at + high) / 2;
        if (g->data[middle].offset < offset) at = middle + 1;
        else high = middle;
    }
    bool left = at > 0 && g->data[at - 1].offset + g->data[at - 1].bytes == offset;
    bool right = at < g->count && offset + bytes == g->data[at].offset;
    if (left && right) {
        g->data[at - 1].bytes += bytes + g->data[at].bytes;
        memmove(&g->data[at], &g->data[at + 1], (--g->count - at) * sizeof(gap));
    } else if (left) {
        g->data[at - 1].bytes += bytes;
    } else if (right) {
        g->data[at].offset = offset, g->data[at].bytes += bytes;
    } else {
        memmove(&g->data[at + 1], &g->data[at], (g->count++ - at) * sizeof(gap));
        g->data[at] = (gap){offset, bytes};
    }
}

static uint64_t gaps_take(gaps *g, uint64_t bytes) {
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < g->count; i++)
        if (g->data[i].bytes >= bytes && (best == UINT32_MAX || g->data[i].bytes < g->data[best].bytes)) best = i;
    if (best == UINT32_MAX) {
        gap *last = g->count ? &g->data[g->count - 1] : NULL;
        bool at_end = last && last->offset + last->bytes == g->end;
        uint64_t offset = at_end ? last->offset : g->end;
        if (at_end) g->count--;
        g->end = offset + bytes;
        return offset;
    }
    uint64_t offset = g->data[best].offset;
    g->data[best].offset += bytes, g->data[best].bytes -= bytes;
    if (!g->data[best].bytes) memmove(&g->data[best], &g->data[best + 1], (--g->count - best) * sizeof(gap));
    return offset;
}

/* A heap of living blocks, the one that dies first on top. */
static void heap_push(uint32_t *heap, uint32_t *count, const block *blocks, uint32_t b) {
    uint32_t i = (*count)++;
    for (; i > 0 && blocks[heap[(i - 1) / 2]].last > blocks[b].last; i = (i - 1) / 2) heap[i] = heap[(i - 1) / 2];
    heap[i] = b;
}

static uint32_t heap_pop(uint32_t *heap, uint32_t *count, const block *blocks) {
    uint32_t top = heap[0], moved = heap[--*count], i = 0;
    for (uint32_t child; (child = 2 * i + 1) < *count; i = child) {
        if (child + 1 < *count && blocks[heap[child + 1]].last < blocks[heap[child]].last) child++;
        if (blocks[heap[child]].last >= blocks[moved].last) break;
        heap[i] = heap[child];
    }
    heap[i] = moved;
    return top;
}

static uint64_t place_along_time(planner *p, block *blocks, uint32_t count) {
    qsort(blocks, count, sizeof(block), by_birth);
    gaps g = {.data = ARENA_ARRAY(p->scratch, gap, count + 1u)};
    uint32_t *heap = ARENA_ARRAY(p->scratch, uint32_t, count), living = 0;
    for (uint32_t i = 0; i < count; i++) {
        ++*p->visits;
        while (living && blocks[heap[0]].last < blocks[i].first) {
            const block *dead = &blocks[heap_pop(heap, &living, blocks)];
            gaps_free(&g, dead->offset, dead->bytes);
        }
        blocks[i].offset = gaps_take(&g, blocks[i].bytes);
        heap_push(heap, &living, blocks, i);
    }
    return g.end;
}

/* ---- by size ------------------------------------------------------------------------------------------------- */

static uint64_t place_by_size(planner *p, block *blocks, uint32_t count) {
    qsort(blocks, count, sizeof(block), by_size);
    uint32_t *order = ARENA_ARRAY(p->scratch, uint32_t, count); /* placed blocks by offset */
    uint64_t end = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t offset = 0;
        uint32_t at = 0;
        for (uint32_t k = 0; k < i; k++) {
            const block *other = &blocks[order[k]];
            if (other->last < blocks[i].first || other->first > blocks[i].last) continue;
            if (offset + blocks[i].bytes <= other->offset) break;
            offset = MAX(offset, other->offset + other->bytes);
        }
        blocks[i].offset = offset;
        end = MAX(end, offset + blocks[i].bytes);
        for (at = i; at > 0 && blocks[order[at - 1]].offset > offset; at--) order[at] = order[at - 1];
        order[at] = i;
    }
    return end;
}

/* ---------------------------------------------------------------------------------------------------------------- */

static cot_status collect(planner *p, block *blocks, uint32_t *count) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < p->storages.count; i++) {
        const storage *s = &p->storages.data[i];
        if (s->root != i || s->outside || s->first == UINT32_MAX) continue;
        block b = {.bytes = aligned(s->bytes), .first = s->first, .last = s->last, .storage = i};
        if (b.bytes == 0) b.bytes = ALIGNMENT; /* so that every tensor has an address */
        if (s->bytes > INT64_MAX / 4 || __builtin_add_overflow(sum, b.bytes, &sum) || sum > INT64_MAX / 2)
            return fail(p->error, COT_NO_MEMORY, "the program's tensors need more memory than can be addressed");
        blocks[(*count)++] = b;
    }
    return COT_OK;
}

cot_status planner_place(planner *p, uint64_t *arena_bytes) {
    block *blocks = ARENA_ARRAY(p->scratch, block, p->storages.count), *others = NULL;
    uint32_t count = 0;
    TRY(collect(p, blocks, &count));
    if (count <= QUADRATIC_LIMIT) others = arena_copy(p->scratch, blocks, count * sizeof(block));
    *arena_bytes = place_along_time(p, blocks, count);
    if (others) {
        uint64_t bytes = place_by_size(p, others, count);
        if (bytes < *arena_bytes) blocks = others, *arena_bytes = bytes;
    }
    for (uint32_t i = 0; i < count; i++) {
        storage *s = &p->storages.data[blocks[i].storage];
        if (s->slot == SLOT_NONE) s->slot = SLOT_ARENA;
        s->offset = (int64_t)blocks[i].offset;
    }
    return COT_OK;
}
