/* SPDX-License-Identifier: MIT
 * pool.c — work is cut into the same pieces whoever runs them, each piece is run once, and modes are restored. */
#include "runtime/pool.h"
#include "tests/unit/tap.h"
#include <pthread.h>
#include <stdatomic.h>

enum { COUNT = 1000, JOBS = 2000 };

typedef struct trace {
    _Atomic int visits[COUNT];
    uint32_t worker[COUNT];
    int64_t count, grain;
} trace;

static void visit(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    trace *t = arg;
    for (int64_t i = begin; i < end; i++) {
        t->visits[i]++;
        t->worker[i] = worker;
    }
}

static void many(void *arg, pool *p) {
    trace *t = arg;
    for (int i = 0; i < JOBS; i++) parallel_for(p, t->count, t->grain, visit, t);
}

static int visited(const trace *t, int times) {
    for (int64_t i = 0; i < COUNT; i++)
        if (t->visits[i] != (i < t->count ? times : 0)) return 0;
    return 1;
}

static void test_pieces(cot_context *ctx) {
    static const int64_t counts[] = {0, 1, 7, 8, 9, 63, 64, 65, 999, 1000}, grains[] = {1, 8, 100};
    int same = 1, once = 1;
    for (size_t c = 0; c < COUNT_OF(counts); c++)
        for (size_t g = 0; g < COUNT_OF(grains); g++) {
            static trace by_team, alone;
            by_team = (trace){.count = counts[c], .grain = grains[g]}, alone = by_team;
            pool serial = {.threads = 3}, parallel = {.threads = 3, .team = team_acquire(ctx->team)};
            parallel_for(&parallel, counts[c], grains[g], visit, &by_team);
            parallel_for(&serial, counts[c], grains[g], visit, &alone);
            team_release(parallel.team);
            once &= visited(&by_team, 1) && visited(&alone, 1);
            same &= !memcmp(by_team.worker, alone.worker, sizeof alone.worker);
        }
    CHECK(once);
    CHECK(same);
}

static void *run_many(void *ctx) {
    trace *t = calloc(1, sizeof *t);
    *t = (trace){.count = COUNT, .grain = 16};
    pool_run(ctx, 3, many, t);
    void *right = visited(t, JOBS) ? ctx : NULL;
    free(t);
    return right;
}

static void test_several_callers(cot_context *ctx) {
    pthread_t threads[4];
    int right = 1;
    for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, run_many, ctx);
    for (int i = 0; i < 4; i++) {
        void *result;
        pthread_join(threads[i], &result);
        right &= result != NULL;
    }
    CHECK(right);
}

static void divide(void *arg, pool *p) {
    volatile float tiny = 1e-38f;
    UNUSED(p);
    *(float *)arg = tiny / 4;
}

static void test_modes(cot_context *ctx) {
    float inside = 1;
    volatile float tiny = 1e-38f;
    pool_run(ctx, 1, divide, &inside);
#if defined(__x86_64__)
    CHECK(inside == 0);
#endif
    CHECK(tiny / 4 > 0);
}

int main(void) {
    cot_context *ctx;
    guard g;
    if (context_create(&(cot_context_options){.threads = 3}, &ctx, NULL)) return 1;
    if (GUARD_ENTER(&g, ctx)) return 1;
    context_team(ctx);
    guard_leave(&g);
    test_pieces(ctx);
    test_several_callers(ctx);
    test_modes(ctx);
    context_destroy(ctx);
    return tap_done();
}
