/* SPDX-License-Identifier: MIT
 * grown.c — buffers that double when they are full. */
#include "runtime/grown.h"
#include "base/base.h"
#include <string.h>

enum { FIRST_BYTES = 4096, FIRST_COUNT = 8 };

/* Twice the room, or what is asked for: old contents kept. */
static void *larger(grown *g, void *old, uint64_t old_bytes, uint64_t bytes) {
    void *fresh = bytes > SIZE_MAX / 2 ? NULL : g->allocator->allocate(g->allocator->user, (size_t)bytes);
    if (!fresh) {
        g->failed = true;
        return NULL;
    }
    if (old) {
        memcpy(fresh, old, (size_t)old_bytes);
        g->allocator->release(g->allocator->user, old, (size_t)old_bytes);
    }
    return fresh;
}

bool grown_take(grown *g, uint32_t *buffer) {
    if (g->used == g->count) {
        const uint32_t count = MAX(2 * g->count, (uint32_t)FIRST_COUNT);
        grown_buffer *fresh = larger(g, g->buffers, g->count * sizeof *fresh, count * sizeof *fresh);
        if (!fresh) return false;
        memset(fresh + g->count, 0, (count - g->count) * sizeof *fresh);
        g->buffers = fresh;
        g->count = count;
    }
    *buffer = g->used++;
    return true;
}

char *grown_reserve(grown *g, uint32_t buffer, uint64_t bytes) {
    grown_buffer *b = &g->buffers[buffer];
    if (bytes <= b->bytes) return b->data;
    const uint64_t room = MAX(MAX(2 * b->bytes, bytes), (uint64_t)FIRST_BYTES);
    char *fresh = larger(g, b->data, b->bytes, room);
    if (fresh) *b = (grown_buffer){fresh, room};
    return fresh;
}

bool grown_room(const cot_allocator *a, grown_buffer *b, uint64_t bytes, bool keep) {
    if (bytes <= b->bytes) return true;
    const uint64_t room = MAX(bytes, b->bytes + b->bytes / 2);
    char *fresh = room > SIZE_MAX / 2 ? NULL : a->allocate(a->user, (size_t)room);
    if (!fresh) return false;
    if (keep && b->data) memcpy(fresh, b->data, (size_t)b->bytes);
    if (b->data) a->release(a->user, b->data, (size_t)b->bytes);
    *b = (grown_buffer){fresh, room};
    return true;
}

void grown_free(grown *g) {
    for (uint32_t i = 0; i < g->count; i++)
        if (g->buffers[i].data) g->allocator->release(g->allocator->user, g->buffers[i].data, g->buffers[i].bytes);
    if (g->buffers) g->allocator->release(g->allocator->user, g->buffers, g->count * sizeof *g->buffers);
    g->buffers = NULL;
    g->count = g->used = 0;
}
