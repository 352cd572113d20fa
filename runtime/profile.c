/* SPDX-License-Identifier: MIT
 * profile.c — a run with a watcher: each step and each piece of parallel work with its times, and what a kernel is. */
#include "runtime/profile.h"
#include "runtime/frame.h"
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static uint64_t nanoseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- running --------------------------------------------------------------------------------------------------- */

void watched_piece_run(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const watched_piece *piece = arg;
    const watch *w = piece->watch;
    cot_event event = {.kind = COT_EVENT_PIECE, .kernel = (const cot_kernel *)w->running, .thread = worker};
    event.depth = w->depth + 1;
    event.is_backward = w->backward;
    event.begin_ns = nanoseconds();
    piece->body(piece->arg, begin, end, worker);
    event.end_ns = nanoseconds();
    w->report(w->user, &event);
}

bool plan_run_watched(const plan *p, uint32_t from, uint32_t to, char **bases, pool *pool, run_key key,
                      const _Atomic(int) *cancel) {
    watch *w = pool->watch;
    const step *outer = w->running;
    bool done = true;
    for (uint32_t i = from; i < to && done; i++) {
        const step *s = &p->steps[i];
        if (atomic_load_explicit(cancel, memory_order_relaxed)) return false;
        if (!outer) w->backward = s->backward;
        w->running = s;
        cot_event event = {.kind = s->kernel ? COT_EVENT_KERNEL : COT_EVENT_CALL, .kernel = (const cot_kernel *)s};
        event.depth = w->depth++;
        event.is_backward = w->backward;
        event.begin_ns = nanoseconds();
        done = plan_run_step(p, s, bases, pool, key, cancel);
        event.end_ns = nanoseconds();
        w->depth--;
        w->running = outer;
        w->report(w->user, &event);
    }
    return done;
}

void cot_frame_watch(cot_frame *frame, cot_watch report, void *user) {
    frame->watch = (watch){.report = report, .user = user};
}

/* ---- describing ------------------------------------------------------------------------------------------------ */

/* Elements that lie at different places. */
static uint64_t distinct(const tensor_desc *t) {
    if (t->numel <= 0) return 0;
    uint64_t count = 1;
    for (uint32_t d = 0; d < t->ndim; d++)
        if (t->strides[d]) count *= (uint64_t)t->sizes[d];
    return count * t->item_bytes;
}

static bool same_place(const place *a, const place *b) { return a->slot == b->slot && a->offset == b->offset; }

static bool is_sparse(const step *s, uint32_t k) { return k < 64 && s->sparse >> k & 1; }

/* A tensor that is touched in a few places: at most as much of it as there is of the others. */
static uint64_t bytes_of(const step *s, uint32_t k) {
    const uint64_t all = distinct(&s->tensors[k]);
    uint64_t others = 0;
    if (!is_sparse(s, k)) return all;
    for (uint32_t i = 0; i < s->num_results + s->num_operands; i++)
        if (!is_sparse(s, i)) others += distinct(&s->tensors[i]);
    return MIN(all, others);
}

uint64_t step_bytes_read(const step *s) {
    uint64_t bytes = 0;
    if (!s->kernel) return 0;
    for (uint32_t k = s->num_results; k < s->num_results + s->num_operands; k++) {
        bool seen = false, over = !is_sparse(s, 0);
        for (uint32_t i = s->num_results; i < k && !seen; i++)
            seen = s->tensors[i].numel > 0 && same_place(&s->places[i], &s->places[k]);
        for (uint32_t r = 0; r < s->num_results && !over; r++) over = same_place(&s->places[r], &s->places[k]);
        if (!seen) bytes += over ? bytes_of(s, k) : distinct(&s->tensors[k]);
    }
    return bytes;
}

uint64_t step_bytes_written(const step *s) {
    uint64_t bytes = 0;
    for (uint32_t r = 0; s->kernel && r < s->num_results; r++) {
        bool over = false;
        for (uint32_t k = s->num_results; k < s->num_results + s->num_operands; k++)
            over |= is_sparse(s, k) && same_place(&s->places[r], &s->places[k]);
        bytes += over ? bytes_of(s, r) : distinct(&s->tensors[r]);
    }
    return bytes;
}

void step_print_shapes(const step *s, uint32_t first, uint32_t count, char *to, size_t room) {
    size_t n = 0;
    *to = 0;
    for (uint32_t i = first; s->tensors && i < first + count && n < room; i++) {
        const tensor_desc *t = &s->tensors[i];
        if (t->numel < 0) continue;
        n += (size_t)snprintf(to + n, room - n, "%s%s[", n ? " " : "", cot_dtype_name((cot_dtype)t->dtype));
        for (uint32_t d = 0; d < t->ndim && n < room; d++)
            n += (size_t)snprintf(to + n, room - n, d ? ", %" PRId64 : "%" PRId64, t->sizes[d]);
        if (n < room) n += (size_t)snprintf(to + n, room - n, "]");
    }
}

void cot_kernel_describe(const cot_kernel *kernel, cot_kernel_info *info) {
    const step *s = (const step *)kernel;
    *info = (cot_kernel_info){.name = s->name,
                              .what = s->what,
                              .flops = s->flops,
                              .bytes_read = step_bytes_read(s),
                              .bytes_written = step_bytes_written(s)};
    step_print_shapes(s, s->num_results, s->num_operands, info->operands, sizeof info->operands);
    step_print_shapes(s, 0, s->num_results, info->results, sizeof info->results);
}
