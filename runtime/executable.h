/* SPDX-License-Identifier: MIT
 * executable.h — the inside of an executable: its stages, its plan, and what stands around the plan.
 *
 * What stands around the plan are outputs that share memory with inputs, tangents that arrive at such outputs, and
 * gradients on their way to the caller. Each is a table made when compiling; a frame only fills in addresses. */
#ifndef RUNTIME_EXECUTABLE_H
#define RUNTIME_EXECUTABLE_H

#include "runtime/plan.h"
#include "runtime/pool.h"
#include <cotangent/run.h>

#define NO_INDEX UINT32_MAX

typedef struct exe_input {
    cot_input_info info; /* sizes and strides are numbers */
    tensor_desc desc;
    bool is_number; /* a Sym: compiled for `number` */
    double number;
    bool needed; /* must be bound before a run */
    bool mutated;
    tensor_desc final; /* mutated: sizes and layout of its final value */
    uint32_t slot;
} exe_input;

/* A tangent of the caller's that is added to something through a view: to the tangent of a base, or to a gradient. */
typedef struct exe_fold {
    bool is_final; /* tangent of the final value of input `source`, else of output `source` */
    uint32_t source;
    tensor_desc view; /* of the target's memory */
    int64_t offset;   /* bytes from the target's first element */
} exe_fold;

typedef struct exe_tangent {
    tensor_desc desc;
    uint32_t slot;
    int64_t offset; /* of its own memory in the arena */
    const exe_fold *folds;
    uint32_t num_folds;
} exe_tangent;

typedef struct exe_gradient {
    bool computed; /* by the plan; else it is nothing but its folds */
    tensor_desc desc;
    uint32_t slot;
    int64_t offset; /* of its own memory in the arena */
    const exe_fold *folds;
    uint32_t num_folds;
} exe_gradient; /* num_folds == 0 && !computed: the input has no gradient */

typedef struct exe_output {
    cot_output_info info;
    tensor_desc desc;
    bool is_stack; /* of a loop: a grown_stack lies at `at`, and desc is one row of it */
    place at;
    int64_t integer;
    double number;
} exe_output;

struct cot_executable {
    cot_context *ctx;
    arena *arena;
    cot_mode mode;
    bool unlift_tokens;                /* of printed stages */
    cot_graph *stages[COT_STAGE_PLAN]; /* NULL where there is none */
    cot_graph *segmented;              /* the functional graph with loops in segments, NULL without */
    cot_graph *lowered[2];             /* what is planned: forward (or step) and backward */
    cot_graph *on_tensors[2]; /* forward and backward with tensors for numbers that only a run knows, NULL without */
    cot_graph *step;          /* COT_MODE_STEP: the merged graph with the optimizer */
    cot_graph *rewritten;     /* the step or the backward as it was planned, where that is another graph; else NULL */
    uint32_t threads;
    plan plan;
    uint32_t forward_steps; /* the others are the backward */
    bool has_backward;
    bool updates; /* a whole step with an optimizer: gradients are used up inside */
    exe_input *inputs;
    uint32_t num_inputs;
    exe_output *outputs;
    uint32_t num_outputs;
    exe_tangent *tangents;
    uint32_t num_tangents;
    exe_gradient *gradients; /* by input of the program */
    uint32_t num_gradients;
    uint32_t lone_output; /* the scalar output that gets 1 when no tangent is bound, or NO_INDEX */
    cot_stats stats;
    /* A program with sizes known only in a run: what is above was planned for sizes that are made up, and a frame makes
     * such an executable for each sizes that it meets (live.h). */
    const segments *segments;    /* NULL: all sizes are known */
    const cot_graph *planned[3]; /* functional, forward, backward as executable_plan took them */
    binding known;               /* symbols with values before a run */
};

/* symbols.c — values of symbolic sizes from what the caller said. */
cot_status symbols_bind(const cot_graph *g, const cot_compile_options *o, arena *a, binding *out, cot_error *error);
/* rewrite.c — the graph as it is planned: *out is a new one, or NULL where it is as it was. */
cot_status plan_rewrite(const cot_graph *g, cot_graph **out);
/* executable.c — plans the stages and fills the tables. `functional` says which outputs alias what. */
cot_status executable_plan(cot_executable *e, const cot_graph *functional, const cot_graph *forward,
                           const cot_graph *backward, const binding *b, bool rehearsal, cot_error *error);
/* Plans segment `segment` of the forward, not the last, in arena e->arena. */
struct head_plan;
cot_status executable_plan_head(cot_executable *e, uint32_t segment, const binding *b, bool rehearsal,
                                struct head_plan *out, cot_error *error);
/* optimizer.c — forward and backward in one graph, with the update of each differentiated input. */
cot_status optimizer_build(const cot_graph *forward, const cot_graph *backward, const cot_graph *program,
                           const cot_compile_options *o, cot_graph **step, cot_error *error);

#endif
