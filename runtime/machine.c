/* SPDX-License-Identifier: MIT
 * machine.c — measures what the machine can do at most, with the pool's own threads. */
#include "base/error.h"
#include "kernels/peak.h"
#include "runtime/pool.h"
#include <cotangent/run.h>
#include <sys/mman.h>
#include <time.h>

enum { REPEATS = 5, HUGE_PAGE = 2 << 20 };
#define ROUNDS (UINT64_C(1) << 20)   /* of multiply-adds: about 2 ms */
#define MEMORY (UINT64_C(256) << 20) /* bytes: more than caches hold */

typedef struct measuring {
    const peak_loops *loops;
    char *memory;
    volatile double sink[POOL_MAX_THREADS];
    cot_machine *machine;
} measuring;

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void compute_piece(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    measuring *m = arg;
    m->sink[worker] = m->loops->multiply_add(ROUNDS * (uint64_t)(end - begin));
}

static void read_piece(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    measuring *m = arg;
    m->sink[worker] = m->loops->read(m->memory + begin, (uint64_t)(end - begin));
}

static void write_piece(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    measuring *m = arg;
    UNUSED(worker);
    m->loops->write(m->memory + begin, (uint64_t)(end - begin));
}

/* The shortest time of a few. */
static double shortest(pool *p, measuring *m, int64_t count, int64_t grain,
                       void (*piece)(void *, int64_t, int64_t, uint32_t)) {
    double best = 1e30;
    for (int i = 0; i < REPEATS; i++) {
        const double start = seconds();
        parallel_for(p, count, grain, piece, m);
        best = MIN(best, seconds() - start);
    }
    return best;
}

static void measure(void *arg, pool *p) {
    measuring *m = arg;
    const int64_t threads = p->threads;
    m->machine->threads = p->threads;
    m->machine->write = (double)MEMORY / shortest(p, m, MEMORY, HUGE_PAGE, write_piece);
    m->machine->read = (double)MEMORY / shortest(p, m, MEMORY, HUGE_PAGE, read_piece);
    m->machine->flops =
        (double)threads * (double)ROUNDS * m->loops->flops_per_round / shortest(p, m, threads, 1, compute_piece);
}

cot_status cot_context_measure(cot_context *ctx, uint32_t threads, cot_machine *machine, cot_error *error) {
    measuring m = {.loops = peak_select(), .machine = machine};
    *machine = (cot_machine){0};
    const uint64_t bytes = MEMORY + HUGE_PAGE;
    guard g;
    if (GUARD_ENTER(&g, ctx)) return guard_failed(&g, error);
    context_team(ctx);
    guard_leave(&g);
    char *block = ctx->allocator.allocate(ctx->allocator.user, (size_t)bytes);
    if (!block)
        return fail(error, COT_NO_MEMORY, "out of memory: measuring needs %llu bytes", (unsigned long long)bytes);
    m.memory = block + (HUGE_PAGE - (uintptr_t)block % HUGE_PAGE) % HUGE_PAGE;
#ifdef MADV_HUGEPAGE
    madvise(m.memory, MEMORY, MADV_HUGEPAGE);
#endif
    pool_run(ctx, MIN(threads ? threads : ctx->threads, (uint32_t)POOL_MAX_THREADS), measure, &m);
    ctx->allocator.release(ctx->allocator.user, block, (size_t)bytes);
    return COT_OK;
}
