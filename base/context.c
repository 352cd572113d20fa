/* SPDX-License-Identifier: MIT
 * context.c — the bare context: the default allocator, the number of threads, the log. */
#include "base/context.h"
#include "base/error.h"
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_THREADS 64

static void *default_allocate(void *user, size_t bytes) {
    UNUSED(user);
    return bytes > SIZE_MAX - 63 ? NULL : aligned_alloc(64, (bytes + 63) / 64 * 64);
}

static void default_release(void *user, void *memory, size_t bytes) {
    UNUSED(user);
    UNUSED(bytes);
    free(memory);
}

static void print_to_stderr(void *user, const char *text, size_t bytes) {
    UNUSED(user);
    fwrite(text, 1, bytes, stderr);
}

/* Processors this process may run on. */
static uint32_t processors(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set)) return 1;
    return (uint32_t)MAX(1, MIN(CPU_COUNT(&set), MAX_THREADS));
}

/* A context and what its copies share. */
typedef struct whole_context {
    cot_context context;
    pthread_mutex_t lock;
} whole_context;

static void make_lock(whole_context *w) {
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE); /* a callback may call us again */
    pthread_mutex_init(&w->lock, &kind);
    pthread_mutexattr_destroy(&kind);
    w->context.lock = &w->lock;
}

cot_status context_create(const cot_context_options *options, cot_context **out, cot_error *error) {
    *out = NULL;
    cot_context_options o = {0};
    if (options) memcpy(&o, options, options->struct_bytes ? MIN(options->struct_bytes, sizeof o) : sizeof o);
    if (o.allocator && (!o.allocator->allocate || !o.allocator->release))
        return fail(error, COT_INVALID, "the allocator needs both allocate and release");
    if (o.runner && (!o.runner->run || !o.runner->threads))
        return fail(error, COT_INVALID, "the runner needs run and at least one thread");
    cot_allocator allocator = {.allocate = default_allocate, .release = default_release};
    if (o.allocator) allocator = *o.allocator;
    whole_context *w = allocator.allocate(allocator.user, sizeof *w);
    if (!w) return fail(error, COT_NO_MEMORY, "out of memory: the allocator gave none");
    cot_context *ctx = &w->context;
    *ctx = (cot_context){.allocator = allocator, .log = o.log, .log_user = o.log_user};
    ctx->print = o.print ? o.print : print_to_stderr;
    ctx->print_user = o.print_user;
    if (o.runner) ctx->runner = *o.runner;
    ctx->f32_by_parts = !o.plain_f32_products;
    ctx->threads = o.runner ? o.runner->threads : o.threads ? o.threads : processors();
    make_lock(w);
    guard g;
    if (GUARD_ENTER(&g, ctx)) {
        cot_status status = guard_failed(&g, error);
        context_destroy(ctx);
        return status;
    }
    ctx->arena = arena_create(ctx);
    guard_leave(&g);
    *out = ctx;
    return COT_OK;
}

cot_context context_copy(const cot_context *ctx) {
    pthread_mutex_lock(ctx->lock);
    cot_context copy = *ctx;
    pthread_mutex_unlock(ctx->lock);
    copy.arenas = NULL;
    copy.innermost = NULL;
    return copy;
}

void context_destroy(cot_context *ctx) {
    if (ctx->team) ctx->team_destroy(ctx->team);
    while (ctx->arenas) arena_destroy(ctx->arenas);
    cot_allocator allocator = ctx->allocator;
    pthread_mutex_destroy(ctx->lock);
    allocator.release(allocator.user, ctx, sizeof(whole_context)); /* begins with it */
}

void context_print(const cot_context *ctx, const char *text, size_t bytes) { ctx->print(ctx->print_user, text, bytes); }

void context_log(cot_context *ctx, const char *format, ...) {
    if (!ctx->log) return;
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    ctx->log(ctx->log_user, line);
}
