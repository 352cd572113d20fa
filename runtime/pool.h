/* SPDX-License-Identifier: MIT
 * pool.h — the one set of threads that kernels divide their work over.
 *
 * A `pool` is what a kernel sees: a number of pieces (`threads`) and the team that runs them. Work is always cut into
 * the same pieces, whoever runs them, so that the result is the same bits with eight workers, with one, or with none: a
 * second caller that finds the team busy runs all pieces itself. A `team` is the workers; one context has one.
 *
 * Workers wait for work by spinning for about 200 µs, then sleep; spec of the numbers: docs/performance.md. A piece
 * that no worker has begun when the caller is through with its own is taken by the caller, so a sleeping or preempted
 * worker costs nothing for short kernels. */
#ifndef RUNTIME_POOL_H
#define RUNTIME_POOL_H

#include "base/context.h"
#include "kernels/kernel.h"

typedef struct team team;
struct watch;      /* profile.h */
struct grown;      /* grown.h */
struct late_plans; /* late.h */

typedef struct pool {
    uint32_t threads;        /* pieces that work is cut into */
    team *team;              /* NULL: the caller runs all pieces, in order */
    struct watch *watch;     /* NULL: nobody watches this run */
    struct grown *grown;     /* memory of this run that grows */
    struct late_plans *late; /* bodies that are planned as they run */
    struct run_failure *failure;
} pool;

/* What fails a run: what a kernel has said (kernel_fail), or why a body could not be planned in it. */
typedef struct run_failure {
    cot_error error;
    _Atomic(int) *cancel; /* set, so that the run ends */
} run_failure;
/* The first failure of a run counts. */
void run_fail(pool *p, const cot_error *error);

enum { POOL_MAX_THREADS = 64 };

/* The team of the context, made when there is none yet; NULL when it would have no workers. Needs a guard.
 * Thread-safety: as the context. */
team *context_team(cot_context *ctx);

/* Takes the team for one run, so that no other run disturbs it; NULL when it is taken. Thread-safety: safe. */
team *team_acquire(team *t);
void team_release(team *t);

/* Runs `work(arg, pool)` as one step: floating-point modes set, the team acquired when it is free, or the caller's
 * runner used when the context has one. Modes are restored before it returns. */
void pool_run(cot_context *ctx, uint32_t threads, void (*work)(void *arg, pool *p), void *arg);

/* Denormals are zero while a step runs (FTZ and DAZ): they are up to a hundred times slower and training needs none. */
unsigned float_mode_enter(void);
void float_mode_leave(unsigned before);

#endif
