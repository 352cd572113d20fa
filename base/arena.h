/* SPDX-License-Identifier: MIT
 * arena.h — memory that is freed all at once, and how running out of it is handled.
 *
 * All memory of compile time comes from arenas; an arena belongs to a context. `arena_alloc` never returns NULL: when
 * the allocator refuses, control goes back to the innermost GUARD of the public function that is running, which frees
 * every arena created since it was entered and returns COT_NO_MEMORY. So no pass checks for NULL, and nothing leaks,
 * as long as a pass holds no other resource (file, lock, mapping) across an allocation: open files after allocating,
 * close them before. No jump ever crosses a caller's frame. Running a step allocates nothing and needs no guard.
 *
 * Thread-safety: as the context, one thread at a time; inside of a guard that thread holds the context's lock. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/base.h"
#include <cotangent/context.h>
#include <setjmp.h>
#include <stdarg.h>

typedef struct arena arena;

/* A new arena of the context. Freed by arena_destroy, or by a guard that unwinds past its creation. */
arena *arena_create(cot_context *ctx);
void arena_destroy(arena *a); /* accepts NULL */
cot_context *arena_context(const arena *a);
size_t arena_bytes(const arena *a); /* taken from the allocator so far */

/* Zeroed memory, aligned to 16 (arena_alloc) or `align` bytes (a power of two up to 4096). bytes may be 0. */
void *arena_alloc(arena *a, size_t bytes);
void *arena_alloc_aligned(arena *a, size_t bytes, size_t align);
/* As arena_alloc(count * size), with the product checked for overflow. */
void *arena_array(arena *a, size_t count, size_t size);
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))
void *arena_copy(arena *a, const void *bytes, size_t count);
char *arena_string(arena *a, const char *text, size_t length); /* NUL-terminated copy */
char *arena_printf(arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

/* Calls release(what) when the arena goes: for what lives as long as the arena but comes from another library. The last
 * one added is called first. Room is made before the resource is: add a hook, then fill what it points at; release must
 * accept what was never filled. */
void arena_on_destroy(arena *a, void (*release)(void *what), void *what);

/* Guards: see above. Use in public functions only, through GUARD_ENTER / guard_leave:
 *
 *     guard g;
 *     if (GUARD_ENTER(&g, ctx)) return guard_failed(&g, error);   // frees what was created, fills the error
 *     ... work ...
 *     guard_leave(&g);
 *     return status;
 *
 * Locals changed between GUARD_ENTER and a jump must be volatile if read in the failure branch. */
typedef struct guard {
    jmp_buf jump;
    cot_context *ctx;
    struct guard *outer;
    arena *newest; /* the newest arena when the guard was entered */
} guard;
void guard_enter_(guard *g, cot_context *ctx); /* takes the context's lock until it is left or failed */
#define GUARD_ENTER(g, ctx) (guard_enter_((g), (ctx)), setjmp((g)->jump))
void guard_leave(guard *g);
cot_status guard_failed(guard *g, cot_error *error); /* frees, leaves, fills the error, gives COT_NO_MEMORY */
/* Same as an allocation that failed; for resources that are not arenas. Does not return. */
_Noreturn void guard_unwind(cot_context *ctx);

#endif
