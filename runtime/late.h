/* SPDX-License-Identifier: MIT
 * late.h — bodies that are planned when they run, because only then their sizes are known.
 *
 * A body that makes a tensor whose size only data tell (x[mask].sum() in a branch or a step of a loop) is cut into
 * segments like a program (segments.h). Its call is planned like any other, for operands and results have known sizes;
 * its steps are planned when it runs, for the sizes that it meets, and kept by the frame. So is a branch whose operands
 * or results have the sizes of the other branch's: it is judged when it is taken. */
#ifndef RUNTIME_LATE_H
#define RUNTIME_LATE_H

#include "runtime/segments.h"

/* One call of such a body: what is known when the call is planned. */
struct late_body {
    const cot_graph *graph;
    const segments *segments; /* NULL: it has no bind point */
    binding binding;          /* what is known outside, and what the sizes of operands tell */
    const type *inputs;       /* by input: the operand's; TYPE_NONE for what is no tensor */
    const type *outputs;      /* by output: what the caller expects, row-major; TYPE_NONE for what is no tensor */
    uint32_t num_outputs;
    uint32_t threads;
    const int64_t *key; /* all that the plan depends on */
    uint32_t key_words;
};

/* What sizes of operands tell of the symbols of a body, behind what is known outside. */
binding late_binding(planner *p, const cot_graph *body, const type *given, uint32_t count);

/* The plan of a body for a call: as planner_body gives it, or one that is made when the body runs. `binding`: of
 * late_binding; misfit: the sizes of operands are not those that the body takes. */
cot_status late_body_plan(planner *p, const cot_graph *body, const binding *b, const type *given, const type *wanted,
                          uint32_t num_wanted, bool misfit, const plan **out);

/* The plans of a frame. Zero: none yet. */
typedef struct late_plans {
    cot_context *ctx; /* of the executable */
    struct late_state **states;
    uint32_t count, room;
} late_plans;

/* Runs a plan with `late`; bases as for plan_run. False: cancelled, or pool->failure says why. */
bool late_run(const plan *p, char **bases, struct pool *pool, run_key key, const _Atomic(int) *cancel);
void late_free(late_plans *l);

#endif
