/* SPDX-License-Identifier: MIT
 * execute.c — running steps. Nothing here allocates, looks anything up or takes a lock; bodies whose sizes only data
 * tell do when a size is new (late.h). */
#include "base/error.h"
#include "runtime/grown.h"
#include "runtime/late.h"
#include "runtime/profile.h"
#include <stdatomic.h>
#include <string.h>

/* Bits of a well-mixed number (the finaliser of SplitMix64). */
static uint64_t mix(uint64_t x) {
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

run_key run_key_of(run_key key, uint64_t number) {
    return (run_key){.seed = mix(key.seed + 0x9e3779b97f4a7c15u * (number + 1u)), .step = key.step};
}

/* The addresses a body sees: its arena in ours, its operands and results where we have them. */
static bool run_body(const step *s, char *const *pointers, char *arena, char **stack, struct pool *pool, run_key key,
                     const _Atomic(int) *cancel) {
    const plan *body = s->body;
    stack[SLOT_NONE] = NULL;
    stack[SLOT_ARENA] = arena;
    memcpy(stack + SLOT_FIRST, pointers + s->num_results, body->num_inputs * sizeof *stack);
    memcpy(stack + SLOT_FIRST + body->num_inputs, pointers, body->num_blocks * sizeof *stack);
    const uint32_t used = pool->grown->used; /* what grew in the body goes with it */
    const bool done = plan_run(body, 0, body->num_steps, stack, pool, run_key_of(key, s->call), cancel);
    pool->grown->used = used;
    return done;
}

static inline bool run_step(const plan *p, const step *s, char **bases, struct pool *pool, run_key key,
                            const _Atomic(int) *cancel) {
    char **pointers = bases + p->num_slots, **stack = pointers + p->max_pointers;
    for (uint32_t k = 0; k < s->num_results + s->num_operands; k++)
        pointers[k] = bases[s->places[k].slot] + s->places[k].offset;
    char *scratch = bases[s->scratch.slot] + s->scratch.offset;
    if (!s->kernel)
        return s->control ? control_run(s, pointers, scratch, stack, pool, run_key_of(key, s->call), cancel)
                          : run_body(s, pointers, scratch, stack, pool, key, cancel);
    kernel_call call = {.tensors = s->tensors,
                        .data = (void *const *)pointers,
                        .num_results = s->num_results,
                        .num_operands = s->num_operands,
                        .attributes = s->attributes,
                        .scratch = scratch,
                        .pool = pool,
                        .seed = key.seed,
                        .step = key.step};
    s->kernel(&call);
    return true;
}

void run_fail(pool *p, const cot_error *error) {
    run_failure *f = p->failure;
    if (!f || f->error.status) return;
    f->error = *error;
    atomic_store(f->cancel, 1);
}

void kernel_fail(const kernel_call *call, cot_status status, const char *text) {
    cot_error error;
    fail(&error, status, "%s", text);
    run_fail(call->pool, &error);
}

bool plan_run_step(const plan *p, const step *s, char **bases, struct pool *pool, run_key key,
                   const _Atomic(int) *cancel) {
    return run_step(p, s, bases, pool, key, cancel);
}

bool plan_run(const plan *p, uint32_t from, uint32_t to, char **bases, struct pool *pool, run_key key,
              const _Atomic(int) *cancel) {
    if (p->late) return late_run(p, bases, pool, key, cancel);
    if (pool->watch) return plan_run_watched(p, from, to, bases, pool, key, cancel);
    for (uint32_t i = from; i < to; i++) {
        if (atomic_load_explicit(cancel, memory_order_relaxed)) return false;
        if (!run_step(p, &p->steps[i], bases, pool, key, cancel)) return false;
    }
    return true;
}
