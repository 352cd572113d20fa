/* SPDX-License-Identifier: MIT
 * context.h — the inside of a context. Folders hang their own tables in it through opaque pointers. */
#ifndef BASE_CONTEXT_H
#define BASE_CONTEXT_H

#include "base/arena.h"
#include <pthread.h>

struct cot_context {
    cot_allocator allocator;
    cot_runner runner; /* run == NULL: the library's own pool */
    uint32_t threads;
    bool matrix_unit;  /* the processor's (Intel AMX) may be used; asked once, as it takes 30 µs on virtual machines */
    bool f32_by_parts; /* large products in f32 go there: not so with cot_context_options.plain_f32_products */
    void (*log)(void *, const char *);
    void *log_user;
    void (*print)(void *, const char *, size_t);
    void *print_user;
    pthread_mutex_t *lock; /* held inside of guards: frames that plan as they run share the symbols, and this lock,
                            * with the context they were compiled in */
    guard *innermost;      /* guard of the running public function, NULL outside */
    arena *arenas;         /* newest first */
    arena *arena;          /* lives as long as the context */
    struct syms *syms;     /* graph/sym.h */
    struct op_table *ops;  /* ops/table.h */
    struct team *team;     /* runtime/pool.h: the worker threads, made with the first executable */
    void (*team_destroy)(struct team *);
    const struct onednn *onednn; /* kernels/cpu/onednn.h: once sought, NULL where there is none */
    bool onednn_sought;
    uint64_t visits; /* nodes that passes made or went over, since the context was made */
};

/* A frame's own context, to plan in a run: arenas and guards are its own, all else is the other's. */
cot_context context_copy(const cot_context *ctx);

/* The bare context: allocator, threads, log and its arena. cot_context_create adds the tables (capture/context.c). */
cot_status context_create(const cot_context_options *options, cot_context **out, cot_error *error);
void context_destroy(cot_context *ctx);

/* What a program prints. */
void context_print(const cot_context *ctx, const char *text, size_t bytes);
void context_log(cot_context *ctx, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
