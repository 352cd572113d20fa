/* SPDX-License-Identifier: MIT
 * profile.h — telling a watcher what runs (cot_frame_watch).
 *
 * A watch hangs on the pool of one run. plan_run and parallel_for look whether there is one, and go through here when
 * there is; an ordinary run pays for nothing else. */
#ifndef RUNTIME_PROFILE_H
#define RUNTIME_PROFILE_H

#include "runtime/plan.h"
#include "runtime/pool.h"
#include <cotangent/run.h>

typedef struct watch {
    cot_watch report; /* NULL: nobody watches */
    void *user;
    const step *running; /* the innermost step */
    uint32_t depth;
    bool backward;
} watch;

/* A share of a kernel's work, timed. */
typedef struct watched_piece {
    const watch *watch;
    void (*body)(void *arg, int64_t begin, int64_t end, uint32_t worker);
    void *arg;
} watched_piece;
void watched_piece_run(void *arg, int64_t begin, int64_t end, uint32_t worker); /* arg: a watched_piece */

/* As plan_run, reporting each step. */
bool plan_run_watched(const plan *p, uint32_t from, uint32_t to, char **bases, pool *pool, run_key key,
                      const _Atomic(int) *cancel);

/* Bytes that a step must read and write: each tensor once, elements that are read many times once. */
uint64_t step_bytes_read(const step *s);
uint64_t step_bytes_written(const step *s);
/* "f32[4, 8] f32[8]" of count tensors from `first`. */
void step_print_shapes(const step *s, uint32_t first, uint32_t count, char *to, size_t room);

#endif
