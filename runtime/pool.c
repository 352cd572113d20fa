/* SPDX-License-Identifier: MIT
 * pool.c — the team of workers, handing out work, and floating-point modes.
 *
 * A job is published by its number. Each piece has a word that is `2n` while piece of job n is free and `2n + 1` when
 * someone has taken it; who takes a piece may read the job, because the job cannot end before that piece is done. */
#include "runtime/profile.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { SPIN_NANOSECONDS = 200000, SPINS_PER_LOOK = 64, CACHE_LINE = 64 };

typedef void (*job_body)(void *arg, int64_t begin, int64_t end, uint32_t worker);

typedef struct piece {
    _Alignas(CACHE_LINE) _Atomic uint64_t state;
} piece;

typedef struct worker {
    team *team;
    uint32_t index; /* from 1; the caller is 0 */
    pthread_t thread;
} worker;

struct team {
    _Alignas(CACHE_LINE) _Atomic uint64_t job; /* number of the newest job */
    _Atomic bool quit;
    _Atomic uint32_t sleepers;
    _Alignas(CACHE_LINE) _Atomic uint32_t done; /* pieces of the newest job that are finished */
    _Atomic bool taken;                         /* by a run */
    /* The newest job. Read only by who has taken a piece of it. */
    job_body body;
    void *arg;
    int64_t count, share;
    piece piece[POOL_MAX_THREADS];
    uint32_t workers, stride; /* stride: of the pieces that one thread takes */
    worker worker[POOL_MAX_THREADS];
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    cot_context *ctx;
};

/* ---- floating-point modes ------------------------------------------------------------------------------------ */

#if defined(__x86_64__)
unsigned float_mode_enter(void) {
    unsigned before = _mm_getcsr();
    _mm_setcsr(before | 0x8040);
    return before;
}
void float_mode_leave(unsigned before) { _mm_setcsr(before); }
static void relax(void) { _mm_pause(); }
#else
unsigned float_mode_enter(void) { return 0; }
void float_mode_leave(unsigned before) { UNUSED(before); }
static void relax(void) {}
#endif

static int64_t nanoseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- pieces -------------------------------------------------------------------------------------------------- */

static void job_run_piece(job_body body, void *arg, int64_t count, int64_t share, uint32_t index) {
    int64_t begin = share * index, end = begin + share < count ? begin + share : count;
    if (begin < end) body(arg, begin, end, index);
}

/* Takes piece `index` of job `number` and runs it; false when it is not free. */
static bool team_try_piece(team *t, uint64_t number, uint32_t index) {
    uint64_t free_state = 2 * number;
    if (!atomic_compare_exchange_strong_explicit(&t->piece[index].state, &free_state, 2 * number + 1,
                                                 memory_order_acq_rel, memory_order_relaxed))
        return false;
    job_run_piece(t->body, t->arg, t->count, t->share, index);
    atomic_fetch_add_explicit(&t->done, 1, memory_order_release);
    return true;
}

static void team_publish(team *t, int64_t count, int64_t share, uint32_t pieces, job_body body, void *arg) {
    uint64_t number = atomic_load_explicit(&t->job, memory_order_relaxed) + 1;
    t->body = body, t->arg = arg, t->count = count, t->share = share;
    atomic_store_explicit(&t->done, 0, memory_order_relaxed);
    for (uint32_t i = 1; i < pieces; i++) atomic_store_explicit(&t->piece[i].state, 2 * number, memory_order_release);
    atomic_store(&t->job, number); /* sequentially consistent with `sleepers`: see team_sleep */
    if (atomic_load(&t->sleepers)) {
        pthread_mutex_lock(&t->mutex);
        pthread_cond_broadcast(&t->wake);
        pthread_mutex_unlock(&t->mutex);
    }
}

/* The caller's share: piece 0, then whatever nobody has begun; then waits for what others are doing. */
static void team_run(team *t, int64_t count, int64_t share, uint32_t pieces, job_body body, void *arg) {
    team_publish(t, count, share, pieces, body, arg);
    uint64_t number = atomic_load_explicit(&t->job, memory_order_relaxed);
    job_run_piece(body, arg, count, share, 0);
    for (uint32_t i = pieces; i-- > 1;) team_try_piece(t, number, i);
    for (uint32_t looks = 0; atomic_load_explicit(&t->done, memory_order_acquire) != pieces - 1; looks++) {
        relax();
        if (looks > 10000) sched_yield(); /* more threads than processors: let the one we wait for run */
    }
}

void parallel_for(struct pool *p, int64_t count, int64_t grain, job_body body, void *arg) {
    if (count <= 0) return;
    if (grain < 1) grain = 1;
    watched_piece watched = {p->watch, body, arg};
    if (p->watch) body = watched_piece_run, arg = &watched;
    if (count <= grain || p->threads <= 1) {
        body(arg, 0, count, 0);
        return;
    }
    int64_t grains = (count + grain - 1) / grain;
    int64_t share = (grains + p->threads - 1) / p->threads * grain;
    uint32_t pieces = (uint32_t)((count + share - 1) / share);
    if (p->team && pieces > 1) {
        team_run(p->team, count, share, pieces, body, arg);
        return;
    }
    for (uint32_t i = 0; i < pieces; i++) job_run_piece(body, arg, count, share, i);
}

uint32_t pool_threads(const struct pool *p) { return p->threads; }

/* ---- workers ------------------------------------------------------------------------------------------------- */

/* Sleeps until there is a job newer than `seen`. The publisher looks at `sleepers` after it has stored the number and
 * we look at the number after we have counted ourselves, so one of us sees the other. */
static void team_sleep(team *t, uint64_t seen) {
    pthread_mutex_lock(&t->mutex);
    atomic_fetch_add(&t->sleepers, 1);
    while (atomic_load(&t->job) == seen && !atomic_load(&t->quit)) pthread_cond_wait(&t->wake, &t->mutex);
    atomic_fetch_sub(&t->sleepers, 1);
    pthread_mutex_unlock(&t->mutex);
}

/* Waits for a job newer than `seen`; gives its number, or `seen` when the worker shall go. */
static uint64_t team_wait(team *t, uint64_t seen, bool may_sleep) {
    int64_t start = nanoseconds();
    for (uint32_t spins = 1;; spins++) {
        uint64_t number = atomic_load_explicit(&t->job, memory_order_acquire);
        if (number != seen) return number;
        if (atomic_load_explicit(&t->quit, memory_order_acquire)) return seen;
        relax();
        if (spins % SPINS_PER_LOOK || nanoseconds() - start < SPIN_NANOSECONDS) continue;
        if (may_sleep) team_sleep(t, seen);
        else sched_yield();
    }
}

/* Worker `index` of the team (from 1) serves jobs until the team quits. It takes its own piece first, so that the same
 * thread works on the same part of a tensor in each kernel and finds it in its cache. */
static void team_serve(team *t, uint32_t index, bool may_sleep) {
    for (uint64_t seen = 0, number; (number = team_wait(t, seen, may_sleep)) != seen; seen = number)
        for (uint32_t i = index; i < POOL_MAX_THREADS; i += t->stride)
            if (!team_try_piece(t, number, i)) break;
}

static void *worker_main(void *arg) {
    const worker *w = arg;
    float_mode_enter();
    team_serve(w->team, w->index, true);
    return NULL;
}

static void team_destroy(struct team *t) {
    atomic_store(&t->quit, true);
    pthread_mutex_lock(&t->mutex);
    pthread_cond_broadcast(&t->wake);
    pthread_mutex_unlock(&t->mutex);
    for (uint32_t i = 0; i < t->workers; i++) pthread_join(t->worker[i].thread, NULL);
    pthread_cond_destroy(&t->wake);
    pthread_mutex_destroy(&t->mutex);
    t->ctx->allocator.release(t->ctx->allocator.user, t, sizeof(team));
}

/* ---- the context's team -------------------------------------------------------------------------------------- */

team *context_team(cot_context *ctx) {
    if (ctx->team || ctx->runner.run || ctx->threads < 2) return ctx->team;
    team *t = ctx->allocator.allocate(ctx->allocator.user, sizeof(team));
    if (!t) guard_unwind(ctx);
    memset(t, 0, sizeof *t);
    t->ctx = ctx;
    pthread_mutex_init(&t->mutex, NULL);
    pthread_cond_init(&t->wake, NULL);
    uint32_t wanted = MIN(ctx->threads, (uint32_t)POOL_MAX_THREADS) - 1;
    t->stride = wanted + 1;
    for (; t->workers < wanted; t->workers++) {
        worker *w = &t->worker[t->workers];
        *w = (worker){.team = t, .index = t->workers + 1};
        if (pthread_create(&w->thread, NULL, worker_main, w)) break;
    }
    ctx->team = t;
    ctx->team_destroy = team_destroy;
    return t;
}

team *team_acquire(team *t) {
    if (!t || atomic_exchange_explicit(&t->taken, true, memory_order_acquire)) return NULL;
    return t;
}

void team_release(team *t) {
    if (t) atomic_store_explicit(&t->taken, false, memory_order_release);
}

/* ---- one step
 * -------------------------------------------------------------------------------------------------------- */

typedef struct step_job {
    team team;
    pool pool;
    void (*work)(void *arg, pool *p);
    void *arg;
} step_job;

/* A job of the caller's runner: the first one is the step, the others are its workers until it ends. */
static void runner_job(void *arg, uint32_t index) {
    step_job *job = arg;
    unsigned mode = float_mode_enter();
    if (index == 0) {
        job->work(job->arg, &job->pool);
        atomic_store_explicit(&job->team.quit, true, memory_order_release);
    } else {
        team_serve(&job->team, index, false);
    }
    float_mode_leave(mode);
}

static void run_with_runner(const cot_runner *runner, uint32_t threads, void (*work)(void *, pool *), void *arg) {
    uint32_t count = MIN(MIN(runner->threads, threads), (uint32_t)POOL_MAX_THREADS);
    step_job job = {.team.stride = count, .pool.threads = threads, .work = work, .arg = arg};
    if (count > 1) job.pool.team = &job.team;
    runner->run(runner->user, count, runner_job, &job);
}

void pool_run(cot_context *ctx, uint32_t threads, void (*work)(void *arg, pool *p), void *arg) {
    if (ctx->runner.run) {
        run_with_runner(&ctx->runner, threads, work, arg);
        return;
    }
    pool p = {.threads = threads, .team = team_acquire(ctx->team)};
    unsigned mode = float_mode_enter();
    work(arg, &p);
    float_mode_leave(mode);
    team_release(p.team);
}
