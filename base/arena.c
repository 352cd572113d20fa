/* SPDX-License-Identifier: MIT
 * arena.c — arenas as lists of blocks, and guards: what happens when the allocator says no.
 *
 * Blocks double in size, so an arena of n bytes costs O(log n) allocations; a request that does not fit the rest of the
 * block and is large gets a block of its own, so that the rest is not lost. Under the address sanitizer what was not
 * handed out is poisoned, and a gap behind each piece catches overruns. */
#include "base/arena.h"
#include "base/context.h"
#include "base/error.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(memory, bytes) ASAN_POISON_MEMORY_REGION((memory), (bytes))
#define UNPOISON(memory, bytes) ASAN_UNPOISON_MEMORY_REGION((memory), (bytes))
#define GAP_BYTES 16
#else
#define POISON(memory, bytes) ((void)0)
#define UNPOISON(memory, bytes) ((void)0)
#define GAP_BYTES 0
#endif

#define FIRST_BLOCK_BYTES ((size_t)4096)
#define LARGEST_BLOCK_BYTES ((size_t)1 << 20)
#define ARENA_ALIGN ((size_t)16)

typedef struct block {
    struct block *next;
    size_t bytes; /* with this header */
} block;

typedef struct hook {
    struct hook *next;
    void (*release)(void *what);
    void *what;
} hook;

struct arena {
    cot_context *ctx;
    hook *hooks;
    arena *newer, *older; /* in ctx->arenas */
    block *blocks;        /* all, the one behind `cursor` not necessarily first */
    char *cursor, *end;   /* free part of the current block */
    size_t next_bytes;    /* size of the next ordinary block */
    size_t bytes;
};

static size_t round_up(size_t bytes, size_t align) { return (bytes + align - 1) & ~(align - 1); }

/* A block with room for `payload` bytes at any alignment up to that of the allocator (64). */
static block *block_take(cot_context *ctx, size_t payload) {
    if (payload > SIZE_MAX / 2) guard_unwind(ctx);
    size_t bytes = round_up(payload + sizeof(block), 64);
    block *b = ctx->allocator.allocate(ctx->allocator.user, bytes);
    if (!b) guard_unwind(ctx);
    b->next = NULL;
    b->bytes = bytes;
    POISON(b + 1, bytes - sizeof(block));
    return b;
}

arena *arena_create(cot_context *ctx) {
    block *b = block_take(ctx, FIRST_BLOCK_BYTES - sizeof(block));
    arena *a = (arena *)(b + 1);
    UNPOISON(a, sizeof(arena));
    *a = (arena){.ctx = ctx, .older = ctx->arenas, .blocks = b, .next_bytes = 2 * FIRST_BLOCK_BYTES, .bytes = b->bytes};
    a->cursor = (char *)(a + 1);
    a->end = (char *)b + b->bytes;
    if (ctx->arenas) ctx->arenas->newer = a;
    ctx->arenas = a;
    return a;
}

void arena_destroy(arena *a) {
    if (!a) return;
    cot_context *ctx = a->ctx;
    /* A guard remembers the newest arena older than itself; when that one goes, the next older takes its place. */
    for (guard *g = ctx->innermost; g; g = g->outer)
        if (g->newest == a) g->newest = a->older;
    if (a->newer) a->newer->older = a->older;
    else ctx->arenas = a->older;
    if (a->older) a->older->newer = a->newer;
    for (hook *h = a->hooks; h; h = h->next) h->release(h->what);
    for (block *b = a->blocks; b;) { /* `a` itself lies in one of them */
        block *next = b->next;
        size_t bytes = b->bytes;
        UNPOISON(b, bytes);
        ctx->allocator.release(ctx->allocator.user, b, bytes);
        b = next;
    }
}

void arena_on_destroy(arena *a, void (*release)(void *what), void *what) {
    hook *h = ARENA_NEW(a, hook);
    *h = (hook){a->hooks, release, what};
    a->hooks = h;
}

cot_context *arena_context(const arena *a) { return a->ctx; }
size_t arena_bytes(const arena *a) { return a->bytes; }

/* Adds a block and gives the start of its payload. */
static char *arena_grow(arena *a, size_t payload) {
    block *b = block_take(a->ctx, payload);
    b->next = a->blocks;
    a->blocks = b;
    a->bytes += b->bytes;
    return (char *)(b + 1);
}

void *arena_alloc_aligned(arena *a, size_t bytes, size_t align) {
    if (bytes > SIZE_MAX / 4) guard_unwind(a->ctx);
    align = MAX(align, ARENA_ALIGN);
    size_t room = round_up(bytes, ARENA_ALIGN) + GAP_BYTES;
    char *start = (char *)round_up((size_t)a->cursor, align);
    if (start > a->end || (size_t)(a->end - start) < room) {
        size_t wanted = room + align;
        if (wanted >= a->next_bytes / 4) { /* its own block; the current one stays current */
            start = (char *)round_up((size_t)arena_grow(a, wanted), align);
            UNPOISON(start, bytes);
            return memset(start, 0, bytes);
        }
        size_t payload = a->next_bytes - sizeof(block);
        start = arena_grow(a, payload);
        a->end = start + payload;
        a->next_bytes = MIN(2 * a->next_bytes, LARGEST_BLOCK_BYTES);
        start = (char *)round_up((size_t)start, align);
    }
    a->cursor = start + room;
    UNPOISON(start, bytes);
    return memset(start, 0, bytes);
}

void *arena_alloc(arena *a, size_t bytes) { return arena_alloc_aligned(a, bytes, ARENA_ALIGN); }

void *arena_array(arena *a, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) guard_unwind(a->ctx);
    return arena_alloc(a, count * size);
}

void *arena_copy(arena *a, const void *bytes, size_t count) {
    void *copy = arena_alloc(a, count);
    if (count) memcpy(copy, bytes, count);
    return copy;
}

char *arena_string(arena *a, const char *text, size_t length) {
    char *copy = arena_alloc(a, length + 1);
    if (length) memcpy(copy, text, length);
    return copy;
}

char *arena_printf(arena *a, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) guard_unwind(a->ctx);
    char *copy = arena_alloc(a, (size_t)length + 1);
    va_start(args, format);
    vsnprintf(copy, (size_t)length + 1, format, args);
    va_end(args);
    return copy;
}

/* ---- guards ----------------------------------------------------------------------------------------------------- */

void guard_enter_(guard *g, cot_context *ctx) {
    pthread_mutex_lock(ctx->lock);
    g->ctx = ctx;
    g->outer = ctx->innermost;
    g->newest = ctx->arenas;
    ctx->innermost = g;
}

void guard_leave(guard *g) {
    g->ctx->innermost = g->outer;
    pthread_mutex_unlock(g->ctx->lock);
}

cot_status guard_failed(guard *g, cot_error *error) {
    while (g->ctx->arenas != g->newest) arena_destroy(g->ctx->arenas);
    guard_leave(g);
    return fail(error, COT_NO_MEMORY, "out of memory: the allocator gave none");
}

_Noreturn void guard_unwind(cot_context *ctx) {
    if (!ctx->innermost) abort(); /* a public function of ours without a guard: no input leads here */
    longjmp(ctx->innermost->jump, 1);
}
