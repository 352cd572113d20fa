/* SPDX-License-Identifier: MIT
 * context.h — what the library needs from its surroundings: memory, threads, a log.
 *
 * A context owns the operator table and the interned symbolic sizes. Graphs and executables belong to one context and
 * must be destroyed before it. Thread-safety: a context and its graphs are used by one thread at a time; executables
 * made from it run on any number of threads (run.h). */
#ifndef COTANGENT_CONTEXT_H
#define COTANGENT_CONTEXT_H

#include <cotangent/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cot_context cot_context;

/* Memory. `allocate` returns memory aligned to 64 bytes, or NULL; `release` gets the same byte count back. Both are
 * called from the threads that call the library, never from its workers. */
typedef struct cot_allocator {
    void *(*allocate)(void *user, size_t bytes);
    void (*release)(void *user, void *memory, size_t bytes);
    void *user;
} cot_allocator;

/* The caller's threads in place of ours: run `job(arg, i)` for i in [0, count), at the same time on `count` threads
 * (jobs wait for each other: a runner that runs them one after the other deadlocks), and return when all are done. */
typedef struct cot_runner {
    void (*run)(void *user, uint32_t count, void (*job)(void *arg, uint32_t index), void *arg);
    void *user;
    uint32_t threads; /* how many jobs it can run at the same time */
} cot_runner;

/* Zero means default in every field. Borrowed until the call returns. */
typedef struct cot_context_options {
    size_t struct_bytes;            /* sizeof(cot_context_options), lets the struct grow; 0 is read as today's size */
    const cot_allocator *allocator; /* NULL: aligned_alloc/free (jemalloc's when built with it) */
    const cot_runner *runner;       /* NULL: the library's own pool */
    uint32_t threads;               /* of the library's own pool; 0: the processors this process may use, at most 64 */
    void (*log)(void *user, const char *line); /* warnings, one line each without newline; NULL: dropped */
    void *log_user;
    /* What programs print (`print`, `_print`): each message with its newline, in one piece unless it is long; on the
     * thread that runs the frame. NULL: to stderr. */
    void (*print)(void *user, const char *text, size_t bytes);
    void *print_user;
    /* Products in f32 by multiply-adds in f32 alone. 0: large ones on the processor's matrix unit (Intel AMX), where
     * there is one: six products of bf16 parts, about twice as fast and with an error no larger; but elements below
     * 2^-126 count as zero, and what is smaller than 2^-110 loses digits. */
    int plain_f32_products;
} cot_context_options;

/* Makes a context. Gives *out (caller destroys); on failure *out is NULL. options may be NULL. Errors: NO_MEMORY. */
COT_API cot_status cot_context_create(const cot_context_options *options, cot_context **out, cot_error *error);
/* Frees *context and sets it to NULL; accepts NULL inside. All graphs and executables must be gone. */
COT_API void cot_context_destroy(cot_context **context);

#ifdef __cplusplus
}
#endif
#endif
