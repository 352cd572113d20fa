/* SPDX-License-Identifier: MIT
 * with_effects.c — an operator with effects, in the order that tokens give.
 *
 *     with_effects(token, op, arguments…) → (token, results…)
 *
 * A token is an empty tensor. A program may come with tokens of its own; they are taken out when it is lowered, and
 * what comes out of autograd is threaded anew (functionalize/effects.c). */
#include "ops/control/control.h"
#include "ops/control/inner.h"

#include "base/error.h"
#include "ops/shape.h"

#include <string.h>

enum { TOKEN, OPERATOR };

static cot_status shape_token(shape_call *c) { return shape_result(c, COT_F32, (dim[]){0}, 1); }

static bool aliases(const op *o) {
    for (uint32_t i = 0; i < o->num_params; i++)
        if (o->params[i].alias) return true;
    for (uint32_t i = 0; i < o->num_returns; i++)
        if (o->returns[i].alias) return true;
    return false;
}

static cot_status shape(cot_graph *g, const node *n, type *result, cot_error *error) {
    inner_call call;
    type inner;
    TRY(inner_read(g, n, OPERATOR, &call, g->arena, error));
    if (aliases(call.op)) return fail(error, COT_SCHEMA, "Ops with aliasing is not supported");
    TRY(inner_type(g, &call, &inner, error));
    type *parts = ARENA_ARRAY(g->arena, type, 1 + inner_results(&inner));
    parts[0] = type_tensor(g->arena, g->ctx->syms, COT_F32, (dim[]){0}, 1);
    for (uint32_t i = 0; i < inner_results(&inner); i++)
        parts[1 + i] = inner.kind == TYPE_TUPLE ? inner.parts[i] : inner;
    *result = type_tuple(g->arena, parts, 1 + inner_results(&inner));
    return COT_OK;
}

static void run(const kernel_call *k) { inner_run(k, k->attributes, k->seed, k->step); }

static cot_status prepare(prepare_call *c) {
    inner_call call;
    TRY(inner_read_planned(c, OPERATOR, &call));
    inner_plan *plan = PREPARE_ATTRIBUTES(c, inner_plan);
    inner_tensor *results = ARENA_ARRAY(c->scratch, inner_tensor, c->num_results);
    for (uint32_t i = 1; i < c->num_results; i++) results[i - 1] = inner_whole(c, i);
    TRY(inner_prepare(c, &call, results, c->num_results - 1, NULL, plan));
    c->kernel = run;
    return COT_OK;
}

/* The operator's call in its place; the token goes. */
static cot_status lower(lower_stage *s, arg_list *parts) {
    const node *n = s->call;
    builder *b = s->b;
    arena *a = b->graph->arena;
    const control_hooks *hooks = n->args[OPERATOR].op->record->control;
    *VEC_PUSH(a, parts) = arg_none();
    if (hooks && hooks->lower) { /* which is written out itself */
        node written = *n;
        written.op = n->args[OPERATOR].op;
        written.args += OPERATOR + 1;
        written.nargs -= OPERATOR + 1;
        written.npos -= OPERATOR + 1;
        lower_stage inner_stage = *s;
        inner_stage.call = &written;
        return hooks->lower(&inner_stage, parts);
    }
    arg *args = ARENA_ARRAY(a, arg, n->nargs);
    for (uint32_t i = OPERATOR; i < n->nargs; i++) args[i] = s->argument(s, &n->args[i]);
    if (b->status) return b->status;
    const node call = {.op = n->op, .args = args, .nargs = n->nargs, .npos = n->npos, .kwnames = n->kwnames};
    inner_call inner;
    TRY(inner_read(b->graph, &call, OPERATOR, &inner, a, b->error));
    const value v = inner_emit(b, &inner);
    if (b->status) return b->status;
    for (uint32_t i = 0; i < inner_results(TYPE_OF(b, v)); i++) *VEC_PUSH(a, parts) = arg_value(emit_get(b, v, i));
    return b->status;
}

static const control_hooks hooks = {.capture = control_capture_plain, .shape_named = shape, .lower = lower};

const op_record ops_with_effects[] = {
    {.schema = "higher_order::with_effects",
     .traits = OP_CONTROL | OP_EFFECT | OP_THREADED,
     .prepare = prepare,
     .control = &hooks},
    {.schema = "prims::_make_token() -> Tensor", .shape = shape_token, .traits = OP_EFFECT | OP_TOKEN | OP_NO_HISTORY},
    {.schema = "prims::_sink_tokens(Tensor[] tokens) -> ()", .traits = OP_EFFECT | OP_TOKEN},
};
const uint32_t ops_with_effects_count = COUNT_OF(ops_with_effects);
