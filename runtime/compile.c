/* SPDX-License-Identifier: MIT
 * compile.c — the pipeline: a program through all its stages to an executable. */
#include "autograd/joint.h"
#include "base/error.h"
#include "functionalize/functionalize.h"
#include "kernels/gemm.h"
#include "lower/layout.h"
#include "lower/numbers.h"
#include "lower/segments.h"
#include "partition/partition.h"
#include "runtime/live.h"
#include "transforms/marks.h"
#include "text/fx.h"
#include <pthread.h>
#include <string.h>
#include <time.h>

/* ---- what to differentiate ----------------------------------------------------------------------------------- */

static void mark_use(void *user, value v) { ((bool *)user)[v] = true; }

static bool *find_uses(arena *a, const cot_graph *g) {
    bool *used = ARENA_ARRAY(a, bool, g->nodes.count);
    for (value v = 0; v < g->nodes.count; v++)
        for (uint32_t i = 0; i < graph_node(g, v)->nargs; i++) arg_each(&graph_node(g, v)->args[i], mark_use, used);
    arg_each(&g->output, mark_use, used);
    return used;
}

/* An input by one of its names or its path in the state dict; NO_INDEX when there is none. */
static uint32_t find_input(const cot_graph *g, const char *name) {
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        const char *target = i < g->input_specs.count ? g->input_specs.data[i].target : NULL;
        const node *n = graph_node(g, g->inputs.data[i]);
        if (!strcmp(n->name, name) || (n->target && !strcmp(n->target, name))) return i;
        if (target && !strcmp(target, name)) return i;
    }
    return NO_INDEX;
}

/* Also by the name of a view that a storage has taken the place of. */
static uint32_t find_differentiated(const cot_graph *g, const cot_compile_options *o, const char *name) {
    const uint32_t found = find_input(g, name);
    for (uint32_t i = 0; found == NO_INDEX && i < o->num_views; i++)
        if (!strcmp(o->views[i].input, name)) return find_input(g, o->views[i].storage);
    return found;
}

static cot_status choose_gradients(const cot_graph *g, const cot_compile_options *o, arena *a, bool *requires,
                                   bool *any, cot_error *error) {
    const bool *used = find_uses(a, g);
    *any = false;
    if (o->mode == COT_MODE_INFERENCE) return COT_OK;
    for (uint32_t i = 0; o->grad && i < o->num_grad; i++) {
        uint32_t input = find_differentiated(g, o, o->grad[i]);
        if (input == NO_INDEX)
            return fail(error, COT_INVALID, "cannot differentiate by %s: the program has no such input", o->grad[i]);
        requires[input] = true;
    }
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        const type *t = graph_type(g, g->inputs.data[i]);
        if (!o->grad) requires[i] = i < g->input_specs.count && g->input_specs.data[i].kind == INPUT_PARAMETER;
        bool can =
            t->kind == TYPE_TENSOR && (dtype_is_float((cot_dtype)t->dtype) || dtype_is_complex((cot_dtype)t->dtype));
        requires[i] = requires[i] && can && used[g->inputs.data[i]];
        *any |= requires[i];
    }
    return COT_OK;
}

static cot_status lift_constants(cot_graph **program, cot_error *error) {
    cot_graph *lifted;
    TRY(constants_lift(*program, &lifted, error));
    if (!lifted) return COT_OK;
    graph_destroy(*program);
    *program = lifted;
    return COT_OK;
}

/* Of two inputs that are one parameter and both used, the first takes the second's uses. */
static cot_status join_tied(cot_graph *g, const cot_compile_options *o, arena *a, cot_error *error) {
    if (!o->num_tied) return COT_OK;
    if (o->num_tied % 2) return fail(error, COT_INVALID, "tied must hold pairs of names: it has %u", o->num_tied);
    const bool *used = find_uses(a, g);
    value *map = ARENA_ARRAY(a, value, g->nodes.count);
    for (value v = 0; v < g->nodes.count; v++) map[v] = v;
    for (uint32_t i = 0; i < o->num_tied; i += 2) {
        uint32_t first = find_input(g, o->tied[i]), second = find_input(g, o->tied[i + 1]);
        if (first == NO_INDEX || second == NO_INDEX)
            return fail(error, COT_INVALID, "cannot tie %s and %s: the program has no such input", o->tied[i],
                        o->tied[i + 1]);
        value from = g->inputs.data[second], to = map[g->inputs.data[first]];
        if (!type_equal(graph_type(g, from), graph_type(g, to), true))
            return fail(error, COT_SHAPE, "cannot tie %s and %s: they differ in sizes or dtype", o->tied[i],
                        o->tied[i + 1]);
        if (used[from] && used[to]) map[from] = to;
    }
    for (value v = 0; v < g->nodes.count; v++) {
        node *n = &g->nodes.data[v];
        arg *args = ARENA_ARRAY(g->arena, arg, n->nargs);
        for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(g, &n->args[i], map);
        n->args = args;
    }
    g->output = arg_map(g, &g->output, map);
    return COT_OK;
}

/* Inputs that share memory become one; what the options say by input follows. */
static cot_status join_views(cot_graph **program, cot_compile_options *o, arena *a, cot_error *error) {
    if (!o->num_views) return COT_OK;
    cot_graph *g = *program;
    input_view *views = ARENA_ARRAY(a, input_view, o->num_views);
    uint32_t *kept = ARENA_ARRAY(a, uint32_t, g->inputs.count);
    for (uint32_t i = 0; i < o->num_views; i++) {
        const cot_view *v = &o->views[i];
        if (!v->input || !v->storage) return fail(error, COT_INVALID, "view %u names no input or no storage", i);
        views[i] = (input_view){find_input(g, v->input), v->storage, v->offset, v->strides};
        if (views[i].input == NO_INDEX)
            return fail(error, COT_INVALID, "%s is no view of %s: the program has no such input", v->input, v->storage);
    }
    TRY(bases_merge(g, views, o->num_views, program, kept, error));
    cot_shape *shapes = ARENA_ARRAY(a, cot_shape, (*program)->inputs.count);
    for (uint32_t i = 0; o->shapes && i < (*program)->inputs.count; i++)
        if (kept[i] < o->num_shapes) shapes[i] = o->shapes[kept[i]];
    graph_destroy(g);
    if (o->shapes) o->shapes = shapes, o->num_shapes = (*program)->inputs.count;
    return COT_OK;
}

/* ---- the stages
 * ------------------------------------------------------------------------------------------------------- */

static uint32_t count_calls(const cot_graph *g) {
    uint32_t count = 0;
    for (value v = 0; g && v < g->nodes.count; v++) {
        op_kind kind = (op_kind)graph_node(g, v)->op->kind;
        count += kind == OP_CALL || kind == OP_MAGIC;
    }
    return count;
}

/* In checked builds the verifier stands between the passes. */
static cot_status checked(const cot_graph *g, cot_error *error) {
#ifdef COT_CHECKS
    return g ? graph_verify(g, error) : COT_OK;
#else
    UNUSED(g);
    UNUSED(error);
    return COT_OK;
#endif
}

static partition_options partition_of(const cot_compile_options *o, uint32_t level) {
    return (partition_options){.policy = o->partition,
                               .cost = o->cost,
                               .level = level,
                               .checkpoint_policy = o->checkpoint_policy,
                               .checkpoint_user = o->checkpoint_user};
}

/* What one compilation has beside the executable. */
typedef struct compilation {
    const cot_compile_options *options;
    binding binding; /* of symbolic sizes */
    cot_error *error;
    const cot_graph *source; /* of the joint graph: functional, no effects threaded */
    cot_graph *unthreaded;   /* source where that is a copy */
    partition_options bodies;
    bool splits;       /* the joint graph has bodies of loops or branches that were split */
    uint32_t released; /* values that bodies of the last joint graph gave up */
} compilation;

static cot_status split_body(void *user, const cot_graph *joint, cot_graph *root, cot_graph **forward,
                             cot_graph **backward, cot_error *error) {
    compilation *c = user;
    c->splits = true;
    return partition_body(joint, &c->bodies, root, forward, backward, &c->released, error);
}

/* The joint graph. level: how much the bodies of loops compute again for less memory. */
static cot_status build_joint(cot_executable *e, compilation *c, uint32_t level) {
    cot_graph **joint = &e->stages[COT_STAGE_JOINT];
    c->bodies = partition_of(c->options, level);
    c->released = 0;
    const joint_splitter splitter = {split_body, c, c->options->cost == COT_COST_REFERENCE};
    TRY(joint_build(c->source, &splitter, joint, c->error));
    if (*joint) effects_thread(*joint);
    return checked(*joint, c->error);
}

/* From the program to the joint graph. */
static cot_status run_front(cot_executable *e, compilation *c) {
    const cot_compile_options *o = c->options;
    cot_error *error = c->error;
    cot_graph **stage = e->stages, *program = stage[COT_STAGE_INPUT], *lowered;
    bool *requires = ARENA_ARRAY(e->arena, bool, program->inputs.count), any;
    TRY(choose_gradients(program, o, e->arena, requires, &any, error));
    functionalize_options f = {
        .requires_grad = requires, .inference = !any, .keep_input_mutations = o->keep_input_mutations != 0};
    TRY(symbols_bind(program, o, e->arena, &c->binding, error));

    TRY(lower(program, &lowered, error));
    TRY(functionalize(lowered, &f, &stage[COT_STAGE_FUNCTIONAL], error));
    graph_destroy(lowered);
    TRY(marks_expand(&stage[COT_STAGE_FUNCTIONAL], error));
    TRY(checked(stage[COT_STAGE_FUNCTIONAL], error));
    if (any && o->memory_budget)
        TRY(loops_in_segments(stage[COT_STAGE_FUNCTIONAL], o->memory_budget, &e->segmented, error));
    c->source = e->segmented ? e->segmented : stage[COT_STAGE_FUNCTIONAL];
    if (any) TRY(build_joint(e, c, 0));
    if (c->splits && o->memory_budget && !e->segmented) /* other levels need it as it is */
        c->source = c->unthreaded = graph_copy(stage[COT_STAGE_FUNCTIONAL], NULL);
    effects_thread(stage[COT_STAGE_FUNCTIONAL]);
    return COT_OK;
}

/* Forward and backward. level: how much is computed again for less memory (partition.h); *released: how many saved
 * values that takes. */
static cot_status run_partition(cot_executable *e, compilation *c, uint32_t level, uint32_t *released) {
    cot_error *error = c->error;
    cot_graph **stage = e->stages;
    const partition_options p = partition_of(c->options, level);
    *released = 0;
    if (stage[COT_STAGE_JOINT])
        TRY(partition(stage[COT_STAGE_JOINT], &p, &stage[COT_STAGE_FORWARD], &stage[COT_STAGE_BACKWARD], released,
                      error));
    *released += c->released;
    TRY(checked(stage[COT_STAGE_FORWARD], error));
    return checked(stage[COT_STAGE_BACKWARD], error);
}

/* From the stages that are printed to what is planned: the same computations, in other layouts. */
static cot_status lower_stages(cot_executable *e, const cot_graph **forward, const cot_graph **backward,
                               const compilation *c) {
    const cot_graph **stage[] = {forward, backward};
    arena *scratch = arena_create(e->ctx);
    map sized = {.arena = scratch};
    const cot_graph *f = *forward;
    sizing_find(f, f->num_mutated + f->num_user_outputs + f->num_bases, scratch, &sized);
    if (*backward) sizing_find(*backward, 0, scratch, &sized);
    for (uint32_t i = 0; i < COUNT_OF(stage); i++) {
        if (*stage[i]) TRY(numbers_to_tensors(*stage[i], &c->binding, &sized, &e->on_tensors[i], c->error));
        if (e->on_tensors[i]) *stage[i] = e->on_tensors[i];
    }
    arena_destroy(scratch);
    layout_choose(*forward, NULL, &e->lowered[0]);
    if (*backward) layout_choose(*backward, e->lowered[0], &e->lowered[1]);
    if (e->lowered[0]) *forward = e->lowered[0];
    if (e->lowered[1]) *backward = e->lowered[1];
    return COT_OK;
}

static cot_status run_plan(cot_executable *e, compilation *c) {
    const cot_compile_options *o = c->options;
    cot_error *error = c->error;
    cot_graph **stage = e->stages;
    const cot_graph *forward = stage[COT_STAGE_FORWARD] ? stage[COT_STAGE_FORWARD] : stage[COT_STAGE_FUNCTIONAL];
    const cot_graph *backward = stage[COT_STAGE_BACKWARD];
    if (o->mode == COT_MODE_STEP) {
        if (!backward)
            return fail(error, COT_INVALID,
                        "a training step needs something to differentiate: no output depends on a parameter");
        TRY(optimizer_build(forward, backward, stage[COT_STAGE_FUNCTIONAL], o, &e->step, error));
        forward = e->step, backward = NULL;
    }
    TRY(plan_rewrite(backward ? backward : forward, &e->rewritten));
    if (e->rewritten) *(backward ? &backward : &forward) = e->rewritten;
    TRY(lower_stages(e, &forward, &backward, c));
    return live_plan(e, stage[COT_STAGE_FUNCTIONAL], forward, backward, &c->binding, error);
}

/* ---- the memory budget ----------------------------------------------------------------------------------------- */

/* The peak of a plan at this level, and nothing else of it. *released: of the level before, then of this one; when
 * nothing more is given up the peak is still the one before. */
static cot_status try_level(const cot_executable *e, compilation *c, uint32_t level, uint64_t *peak,
                            uint32_t *released) {
    const uint32_t before = *released;
    arena *a = arena_create(e->ctx);
    cot_executable trial = *e;
    trial.arena = a;
    if (level && c->splits) TRY(build_joint(&trial, c, level));
    TRY(run_partition(&trial, c, level, released));
    if (!level || *released != before) {
        TRY(run_plan(&trial, c));
        *peak = trial.plan.arena_bytes;
    }
    if (level && c->splits) graph_destroy(trial.stages[COT_STAGE_JOINT]);
    graph_destroy(trial.stages[COT_STAGE_FORWARD]);
    graph_destroy(trial.stages[COT_STAGE_BACKWARD]);
    graph_destroy(trial.step);
    graph_destroy(trial.rewritten);
    for (uint32_t i = 0; i < COUNT_OF(trial.lowered); i++) graph_destroy(trial.lowered[i]);
    for (uint32_t i = 0; i < COUNT_OF(trial.on_tensors); i++) graph_destroy(trial.on_tensors[i]);
    arena_destroy(a);
    return COT_OK;
}

/* The lowest level whose peak is within the budget. Levels are tried in their order and their peaks do not depend on
 * the budget, so a smaller budget never gives a larger peak, and never computes less again. */
static cot_status choose_level(const cot_executable *e, compilation *c, uint32_t *level) {
    const uint64_t budget = c->options->memory_budget;
    uint64_t least = UINT64_MAX, peak = 0;
    uint32_t released = 0;
    const uint32_t levels = e->stages[COT_STAGE_JOINT] ? BUDGET_LEVELS : 0;
    for (*level = 0; *level <= levels; ++*level) {
        TRY(try_level(e, c, *level, &peak, &released));
        if (peak <= budget) return COT_OK;
        least = MIN(least, peak);
    }
    return fail(c->error, COT_INVALID, "a memory budget of %llu bytes cannot be met: the least is %llu",
                (unsigned long long)budget, (unsigned long long)least);
}

static cot_status run_stages(cot_executable *e, const cot_compile_options *o, cot_error *error) {
    compilation c = {.options = o, .error = error};
    uint32_t level = 0, released;
    TRY(run_front(e, &c));
    if (o->memory_budget) TRY(choose_level(e, &c, &level));
    if (level && c.splits) {
        graph_destroy(e->stages[COT_STAGE_JOINT]);
        TRY(build_joint(e, &c, level));
    }
    graph_destroy(c.unthreaded);
    TRY(run_partition(e, &c, level, &released));
    return run_plan(e, &c);
}

static void fill_stats(cot_executable *e) {
    cot_graph *const *stage = e->stages;
    bool joint = stage[COT_STAGE_JOINT] != NULL;
    e->stats.nodes_input = count_calls(stage[COT_STAGE_INPUT]);
    e->stats.nodes_functional = count_calls(stage[COT_STAGE_FUNCTIONAL]);
    e->stats.nodes_joint = count_calls(stage[COT_STAGE_JOINT]);
    e->stats.nodes_forward = count_calls(stage[joint ? COT_STAGE_FORWARD : COT_STAGE_FUNCTIONAL]);
    e->stats.nodes_backward = count_calls(stage[COT_STAGE_BACKWARD]);
    e->stats.kernels = e->plan.kernels;
    e->stats.peak_bytes = e->plan.arena_bytes;
    for (uint32_t i = 0; i < e->num_inputs; i++) {
        cot_input_kind kind = e->inputs[i].info.kind;
        if (e->inputs[i].info.is_tensor && (kind == COT_INPUT_PARAMETER || kind == COT_INPUT_BUFFER))
            e->stats.weight_bytes += (uint64_t)e->inputs[i].desc.numel * e->inputs[i].desc.item_bytes;
    }
}

static double milliseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static cot_status compile(const cot_graph *graph, cot_compile_options *o, cot_executable **out, cot_error *error) {
    cot_context *ctx = graph->ctx;
    uint64_t visits = ctx->visits;
    arena *a = arena_create(ctx);
    cot_executable *e = ARENA_NEW(a, cot_executable);
    e->ctx = ctx;
    e->arena = a;
    e->mode = o->mode;
    e->unlift_tokens = o->unlift_effect_tokens != 0;
    e->updates = o->mode == COT_MODE_STEP && o->optimizer != COT_OPTIMIZER_NONE;
    e->threads = MIN(o->threads ? o->threads : ctx->threads, (uint32_t)POOL_MAX_THREADS);
    context_team(ctx);
    e->stages[COT_STAGE_INPUT] = graph_copy(graph, NULL);
    TRY(lift_constants(&e->stages[COT_STAGE_INPUT], error));
    TRY(join_tied(e->stages[COT_STAGE_INPUT], o, a, error));
    TRY(join_views(&e->stages[COT_STAGE_INPUT], o, a, error));
    TRY(run_stages(e, o, error));
    e->has_backward = o->mode == COT_MODE_STEP;
    for (uint32_t i = 0; i < e->num_gradients; i++) e->has_backward |= e->gradients[i].slot != SLOT_NONE;
    fill_stats(e);
    e->stats.node_visits += ctx->visits - visits;
    *out = e;
    return COT_OK;
}

cot_status cot_compile(const cot_graph *graph, const cot_compile_options *options, cot_executable **out,
                       cot_error *error) {
    cot_compile_options o = {0};
    if (options) memcpy(&o, options, options->struct_bytes ? MIN(options->struct_bytes, sizeof o) : sizeof o);
    *out = NULL;
    guard g;
    const double start = milliseconds();
    if (GUARD_ENTER(&g, graph->ctx)) return guard_failed(&g, error);
    cot_status status = compile(graph, &o, out, error);
    if (!status) (*out)->stats.compile_ms = milliseconds() - start;
    while (status && graph->ctx->arenas != g.newest) arena_destroy(graph->ctx->arenas);
    guard_leave(&g);
    return status;
}

void cot_executable_destroy(cot_executable **executable) {
    cot_executable *e = *executable;
    *executable = NULL;
    if (!e) return;
    for (uint32_t i = 0; i < COUNT_OF(e->stages); i++) graph_destroy(e->stages[i]);
    graph_destroy(e->segmented);
    graph_destroy(e->step);
    graph_destroy(e->rewritten);
    for (uint32_t i = 0; i < COUNT_OF(e->lowered); i++) graph_destroy(e->lowered[i]);
    for (uint32_t i = 0; i < COUNT_OF(e->on_tensors); i++) graph_destroy(e->on_tensors[i]);
    arena_destroy(e->arena);
}
