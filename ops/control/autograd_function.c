/* SPDX-License-Identifier: MIT
 * autograd_function.c — a forward with a backward of the user's own (torch.autograd.Function).
 *
 *     autograd_function_apply(fwd, bwd, args…, non_differentiable_idx = […], saved_for_backward_idx = […]) → outs
 *         fwd(args…) → (outs, (saved…))        bwd(gradients of outs…, saved…) → a gradient or None for each arg
 *
 * An older form has `args_tensor_mask` and a context as first input of both bodies; its bwd has a result for each arg
 * that the mask says is a tensor. The forward is inlined, without history; its results get one from
 *
 *     cot.with_backward(bwd, (outs…), (saved…), (args…)) → (outs…)
 *
 * which computes nothing: autograd puts bwd in place of a derivative, and without autograd it is its operands. */
#include "ops/batch.h"
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

enum { FWD, BWD, FIRST };
enum { BACKWARD, OUTS, SAVED, ARGS, COUNT };

/* ---- the call in the program ------------------------------------------------------------------------------------- */

typedef struct application {
    const cot_graph *forward, *backward;
    const arg *outs, *saved; /* of what the forward returns */
    const arg *args;
    uint32_t count; /* of args */
} application;

static cot_status read_application(const cot_graph *g, const arg *args, uint32_t nargs, application *a,
                                   cot_error *error) {
    *a = (application){.forward = nargs > FWD ? control_body(g, &args[FWD]) : NULL,
                       .backward = nargs > BWD ? control_body(g, &args[BWD]) : NULL,
                       .args = args + FIRST};
    if (!a->forward || !a->backward)
        return fail(error, COT_SCHEMA, "autograd_function_apply: Expected %s to be a function or method.",
                    a->forward ? "bwd" : "fwd");
    const arg *result = &a->forward->output;
    if (!control_is_list(result) || result->count != 2)
        return fail(error, COT_SCHEMA, "autograd_function_apply: fwd must return its outputs and what it saves");
    a->outs = &result->list[0];
    a->saved = &result->list[1];
    while (FIRST + a->count < nargs && !control_is_list(&a->args[a->count])) a->count++; /* lists are options */
    if (a->forward->inputs.count != a->count && a->forward->inputs.count != a->count + 1)
        return fail(error, COT_SCHEMA, "autograd_function_apply: fwd takes %u operands, the call has %u",
                    a->forward->inputs.count, a->count);
    const uint32_t contexts = a->forward->inputs.count - a->count;
    for (uint32_t i = 0; i < a->count; i++) {
        const type *wanted = graph_type(a->forward, a->forward->inputs.data[contexts + i]);
        if (wanted->kind != TYPE_TENSOR || graph_type(g, arg_as_value(&a->args[i]))->kind == TYPE_TENSOR) continue;
        return fail(error, COT_SCHEMA, "autograd_function_apply: operand %u is no tensor, fwd takes one", i);
    }
    return COT_OK;
}

static type type_of_leaf(const cot_graph *g, const arg *a) {
    return a->kind == ARG_VALUE ? *graph_type(g, a->value) : (type){0};
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    application a;
    TRY(read_application(g, args, nargs, &a, error));
    arg_list outs = {0}, saved = {0};
    arg_leaves(g->arena, a.outs, &outs);
    arg_leaves(g->arena, a.saved, &saved);
    const uint32_t taken = outs.count + saved.count;
    if (a.backward->inputs.count != taken && a.backward->inputs.count != taken + 1)
        return fail(error, COT_SCHEMA,
                    "autograd_function_apply: bwd takes %u values, the forward gives %u outputs and saves %u",
                    a.backward->inputs.count, outs.count, saved.count);
    type *parts = ARENA_ARRAY(g->arena, type, outs.count);
    for (uint32_t i = 0; i < outs.count; i++) {
        const type t = type_of_leaf(a.forward, &outs.data[i]);
        parts[i] = type_copy(g->arena, &t);
    }
    *result = control_is_list(a.outs) ? type_tuple(g->arena, parts, outs.count) : parts[0];
    return COT_OK;
}

static const arg *option(const node *n, const char *name) {
    for (uint32_t i = n->npos; i < n->nargs && n->kwnames; i++)
        if (!strcmp(n->kwnames[i - n->npos], name) && control_is_list(&n->args[i])) return &n->args[i];
    return NULL;
}

static bool lists(const arg *list, uint32_t index) {
    for (uint32_t i = 0; list && i < list->count; i++)
        if (arg_as_int(&list->list[i], -1) == (int64_t)index) return true;
    return false;
}

/* In the older form what stands behind the masked args are values that the forward only reads. */
static uint32_t differentiable_args(const node *n, uint32_t count) {
    const arg *mask = option(n, "args_tensor_mask");
    uint32_t tensors = 0;
    for (uint32_t i = 0; mask && i < mask->count; i++) tensors += arg_as_bool(&mask->list[i], false);
    return mask ? MIN(tensors, count) : count;
}

static arg tuple(const arg *items, uint32_t count) { return (arg){.kind = ARG_TUPLE, .list = items, .count = count}; }

static cot_status shape_given(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs != COUNT || !control_body(g, &args[BACKWARD]) || !control_is_list(&args[OUTS]) ||
        !control_is_list(&args[SAVED]) || !control_is_list(&args[ARGS]))
        return fail(error, COT_SCHEMA, "cot.with_backward: expected a body, results, saved values and operands");
    type *parts = ARENA_ARRAY(g->arena, type, args[OUTS].count);
    for (uint32_t i = 0; i < args[OUTS].count; i++) parts[i] = type_of_leaf(g, &args[OUTS].list[i]);
    *result = type_tuple(g->arena, parts, args[OUTS].count);
    return COT_OK;
}

static cot_status lower_application(lower_stage *s, arg_list *parts) {
    const node *n = s->call;
    builder *b = s->b;
    arena *arena = b->graph->arena;
    application a;
    TRY(read_application(s->source, n->args, n->nargs, &a, b->error));
    const uint32_t contexts = a.forward->inputs.count - a.count, differentiable = differentiable_args(n, a.count);
    arg *operands = ARENA_ARRAY(arena, arg, a.forward->inputs.count);
    for (uint32_t i = 0; i < a.count; i++) operands[contexts + i] = s->argument(s, &a.args[i]);
    region_mode mode = s->mode;
    mode.no_grad = true;
    arg_list leaves = {0}, outs = {0};
    s->inline_body(s, a.forward, operands, &mode, &leaves);
    arg_leaves(arena, a.outs, &outs);
    if (b->status) return b->status;
    value given = NO_VALUE;
    if (!s->mode.no_grad) {
        const arg args[COUNT] = {[BACKWARD] = s->argument(s, &n->args[BWD]),
                                 [OUTS] = tuple(leaves.data, outs.count),
                                 [SAVED] = tuple(leaves.data + outs.count, leaves.count - outs.count),
                                 [ARGS] = tuple(operands + contexts, differentiable)};
        type t;
        if (!b->status) b->status = shape_given(b->graph, args, COUNT, &t, b->error);
        given = emit_raw(b, op_find(b->graph->ctx, "cot.with_backward"), args, COUNT, &t, NULL);
    }
    const arg *fixed = option(n, "non_differentiable_idx");
    for (uint32_t i = 0; i < outs.count && !b->status; i++) {
        const type t = type_of_leaf(b->graph, &leaves.data[i]);
        const bool kept = given == NO_VALUE || !control_is_float(&t) || lists(fixed, i);
        *VEC_PUSH(arena, parts) = kept ? leaves.data[i] : arg_value(emit_get(b, given, i));
    }
    return b->status;
}

/* ---- what stands for it ------------------------------------------------------------------------------------------ */

static cot_status functionalize_given(functionalize_stage *s, value *result) {
    if (s->training) return s->call_again(s, result);
    const arg *outs = &s->args[OUTS];
    value *values = ARENA_ARRAY(s->b->graph->arena, value, outs->count);
    for (uint32_t i = 0; i < outs->count; i++) values[i] = arg_as_value(&outs->list[i]);
    *result = emit_pack(s->b, values, outs->count);
    return s->b->status;
}

static cot_status forward_given(joint_stage *s, value *result, value *parts) {
    const arg *outs = &s->args[OUTS];
    for (uint32_t i = 0; i < outs->count; i++) *result = parts[i] = arg_as_value(&outs->list[i]);
    if (!s->again) return COT_OK;
    type t;
    TRY(shape_given(s->b->graph, s->args, COUNT, &t, s->b->error));
    *result = emit_raw(s->b, s->call->op, s->args, COUNT, &t, NULL);
    for (uint32_t i = 0; i < outs->count; i++)
        if (parts[i] != NO_VALUE) parts[i] = emit_get(s->b, *result, i);
    return s->b->status;
}

static uint32_t count_values(const arg *list) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++) count += list->list[i].kind == ARG_VALUE;
    return count;
}

/* A saved result, as the call gives it: its history is the user's derivative. */
static arg with_history(joint_stage *s, const arg *saved) {
    const arg *outs = &s->args[OUTS];
    for (uint32_t i = 0; i < outs->count; i++)
        if (saved->kind == ARG_VALUE && arg_as_value(&outs->list[i]) == saved->value)
            return arg_value(emit_get(s->b, s->result, i));
    return *saved;
}

/* The user's backward in its place: gradients of all results, zeros where there is none, then what was saved. */
static cot_status joint_given(joint_stage *s) {
    builder *b = s->b;
    const arg *outs = &s->args[OUTS], *saved = &s->args[SAVED], *args = &s->args[ARGS];
    const cot_graph *body = control_body(s->functional, &s->call->args[BACKWARD]);
    const uint32_t contexts = body->inputs.count - outs->count - saved->count;
    arg *inputs = ARENA_ARRAY(b->graph->arena, arg, body->inputs.count);
    for (uint32_t i = 0; i < outs->count; i++) {
        const value out = arg_as_value(&outs->list[i]);
        const bool zero = out != NO_VALUE && s->grads[i] == NO_VALUE;
        inputs[contexts + i] = arg_value(zero ? emit(b, "zeros_like", "v", out) : s->grads[i]);
    }
    for (uint32_t i = 0; i < saved->count; i++)
        inputs[contexts + outs->count + i] = s->again ? with_history(s, &saved->list[i]) : saved->list[i];
    arg_list gradients = {0};
    TRY(control_inline(b, body, inputs, &gradients));
    uint32_t k = count_values(outs) + count_values(saved);
    for (uint32_t i = 0; i < args->count; i++) {
        if (args->list[i].kind != ARG_VALUE) continue;
        if (s->needs[k] && i < gradients.count) s->out[k] = arg_as_value(&gradients.data[i]);
        k++;
    }
    return b->status;
}

/* ---- over a batch ------------------------------------------------------------------------------------------------ */

/* Gradients as the operands need them: one that is the same for all examples gets the sum of theirs. */
static void fit_gradients(vmap_stage *s, builder *b, const bool *batched, arg *gradients, const bool *have,
                          uint32_t n) {
    const int64_t first = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (gradients[i].kind != ARG_VALUE) continue;
        value v = gradients[i].value;
        if (batched[i] && !have[i]) v = emit(b, "clone", "v", batch_repeat(b, v, s->size));
        if (!batched[i] && have[i]) v = emit(b, "sum.dim_IntList", "vI", v, &first, 1u);
        gradients[i] = arg_value(v);
    }
}

static type over_batch(cot_graph *g, const type *one, dim size) {
    dim sizes[COT_MAX_DIMS + 1] = {size};
    for (uint32_t d = 0; d < one->ndim; d++) sizes[d + 1] = one->sizes[d];
    return type_tensor(g->arena, g->ctx->syms, (cot_dtype)one->dtype, sizes, one->ndim + 1u);
}

/* The user's backward over the batch, as a body of the same form. `in`: by input of it. */
static cot_status batch_backward(vmap_stage *s, const bool *in, const bool *of_args, value *attribute) {
    const node *n = s->call;
    const cot_graph *old = control_body(s->source, &n->args[BACKWARD]);
    cot_graph *g = s->b->graph, *root = g->parent ? g->parent : g;
    const char *name = graph_child_name(g, "bwd_batched");
    builder b;
    builder_init(&b, graph_create_child(root, name), s->b->error);
    b.decompose = true;
    arena *a = b.graph->arena;
    arg *operands = ARENA_ARRAY(a, arg, old->inputs.count);
    for (uint32_t i = 0; i < old->inputs.count; i++) {
        const type *t = graph_type(old, old->inputs.data[i]);
        const type own = in[i] ? over_batch(b.graph, t, s->size) : type_copy(a, t);
        operands[i] = arg_value(emit_placeholder(&b, graph_node(old, old->inputs.data[i])->name, &own));
    }
    arg_list leaves = {0};
    arg_leaves(a, &old->output, &leaves);
    arg *gradients = ARENA_ARRAY(a, arg, leaves.count + 1u);
    bool *have = ARENA_ARRAY(a, bool, leaves.count + 1u);
    TRY(s->inlined(s, &b, old, operands, in, gradients, have));
    fit_gradients(s, &b, of_args, gradients, have, MIN(leaves.count, n->args[ARGS].count));
    if (b.status) return builder_failed(s->b, b.status), b.status;
    b.graph->output = arg_list_of(gradients, leaves.count);
    b.graph->num_user_outputs = leaves.count;
    *attribute = emit_get_attr(s->b, name, graph_clean(b.graph, root));
    return s->b->status;
}

static cot_status batch_given(vmap_stage *s) {
    const arg *outs = &s->call->args[OUTS], *saved = &s->call->args[SAVED];
    const cot_graph *old = control_body(s->source, &s->call->args[BACKWARD]);
    const uint32_t contexts = old->inputs.count - outs->count - saved->count;
    uint32_t first = 0;
    bool *in = ARENA_ARRAY(s->b->graph->arena, bool, old->inputs.count + 1u);
    const bool *of_outs = control_batched(s, outs, &first), *of_saved = control_batched(s, saved, &first);
    const bool *of_args = control_batched(s, &s->call->args[ARGS], &first);
    for (uint32_t i = 0; i < outs->count; i++) in[contexts + i] = s->out[i] = of_outs[i];
    for (uint32_t i = 0; i < saved->count; i++) in[contexts + outs->count + i] = of_saved[i];
    arg args[COUNT];
    value attribute = NO_VALUE;
    TRY(batch_backward(s, in, of_args, &attribute));
    for (uint32_t i = 0; i < COUNT; i++) args[i] = i == BACKWARD ? arg_value(attribute) : s->args[i];
    return control_batch_call(s, args, COUNT, &s->result);
}

/* ---- capture ------------------------------------------------------------------------------------------------------
 */

/* A gradient or None for each operand; None for what the forward used of outside besides. */
static void pad_gradients(capture_stage *s, const captured *forward, captured *backward) {
    arg *output = &backward->graph->output;
    arg *items = ARENA_ARRAY(s->b->graph->arena, arg, output->count + forward->lifted.count);
    for (uint32_t i = 0; i < output->count; i++) items[i] = output->list[i];
    *output = (arg){.kind = ARG_TUPLE, .list = items, .count = output->count + forward->lifted.count};
}

static cot_status check_captured(capture_stage *s, const captured *forward, const captured *backward, uint32_t count) {
    if (s->count(s, forward, CAPTURE_ALL) != 2)
        return builder_fail(s->b, COT_SCHEMA,
                            "autograd_function_apply: fwd must return its outputs and what it saves, a tuple of two");
    if (backward->lifted.count)
        return builder_fail(s->b, COT_SCHEMA,
                            "autograd_function_apply: bwd uses '%s' of outside: let the forward save it",
                            graph_node(s->b->graph, backward->lifted.data[0])->name);
    const arg *gradients = &backward->graph->output;
    if ((control_is_list(gradients) ? gradients->count : 1) == count && control_is_list(gradients)) return COT_OK;
    return builder_fail(s->b, COT_SCHEMA, "autograd_function_apply: bwd returns %u gradients for %u operands",
                        control_is_list(gradients) ? gradients->count : 1, count);
}

static arg indices(arena *a, uint32_t count) {
    arg *items = ARENA_ARRAY(a, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = arg_int(i);
    return arg_list_of(items, count);
}

/* Written as autograd_function_apply(fwd, bwd, operands…, non_differentiable_idx = […]). */
static cot_status capture(capture_stage *s) {
    static const capture_input results[] = {{.how = CAPTURE_GIVEN, .at = 0}, {.how = CAPTURE_GIVEN, .at = 1}};
    arena *a = s->b->graph->arena;
    captured forward, backward;
    if (s->npos < FIRST)
        return builder_fail(s->b, COT_SCHEMA, "autograd_function_apply: expected fwd, bwd and operands");
    const uint32_t count = s->npos - FIRST;
    capture_input *operands = ARENA_ARRAY(a, capture_input, count);
    for (uint32_t i = 0; i < count; i++)
        operands[i] = (capture_input){.how = CAPTURE_SAME, .structure = true, .at = FIRST + i};
    const capture_request of_forward = {
        .at = FWD, .inputs = operands, .count = count, .returns = ARG_TUPLE, .nested = true};
    TRY(s->body(s, &of_forward, &forward));
    capture_input given[] = {results[0], results[1]};
    given[0].from = given[1].from = &forward;
    const capture_request of_backward = {.at = BWD, .inputs = given, .count = 2, .returns = ARG_TUPLE, .nested = true};
    TRY(s->body(s, &of_backward, &backward));
    const uint32_t saved = s->count(s, &forward, 1);
    VEC(arg) args = {0};
    *VEC_PUSH(a, &args) = s->attach(s, &forward, "fwd_body_", false);
    *VEC_PUSH(a, &args) = s->attach(s, &backward, "bwd_body_", false);
    if (s->b->status) return s->b->status;
    TRY(check_captured(s, &forward, &backward, forward.num_own));
    pad_gradients(s, &forward, &backward);
    arg_list own = {0};
    for (uint32_t i = FIRST; i < s->npos; i++) arg_leaves(a, &s->args[i], &own);
    for (uint32_t i = 0; i < own.count; i++) *VEC_PUSH(a, &args) = own.data[i];
    for (uint32_t i = 0; i < forward.lifted.count; i++) *VEC_PUSH(a, &args) = arg_value(forward.lifted.data[i]);
    const bool told = s->nargs > s->npos;
    const char **names = ARENA_ARRAY(a, const char *, 2);
    names[0] = "non_differentiable_idx", names[1] = "saved_for_backward_idx";
    *VEC_PUSH(a, &args) = told ? s->args[s->npos] : arg_list_of(NULL, 0);
    *VEC_PUSH(a, &args) = indices(a, saved);
    s->nargs = s->npos + 2;
    s->kwnames = names;
    return s->call(s, args.data, args.count, &forward, 0);
}

static const control_hooks application_hooks = {
    .capture = capture, .capture_rules = CAPTURE_REGION, .shape = shape, .lower = lower_application};
static const control_hooks given_hooks = {.shape = shape_given,
                                          .functionalize = functionalize_given,
                                          .forward = forward_given,
                                          .joint = joint_given,
                                          .vmap = batch_given,
                                          .passes = true,
                                          .passed = OUTS};

const op_record ops_autograd_function[] = {
    {.schema = "higher_order::autograd_function_apply", .traits = OP_CONTROL, .control = &application_hooks},
    {.schema = "cot::with_backward", .traits = OP_CONTROL, .control = &given_hooks},
};
const uint32_t ops_autograd_function_count = COUNT_OF(ops_autograd_function);
