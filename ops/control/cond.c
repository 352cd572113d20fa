/* SPDX-License-Identifier: MIT
 * cond.c — one of two bodies runs, as a predicate says when the program runs.
 *
 *     cond(predicate, if_true, if_false, (operands…)) → (outputs…)
 *
 * Its backward is a cond on the same predicate: each branch computes again what it needs and gives the gradients of all
 * operands, zeros where it does not read one. */
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

enum { PREDICATE, IF_TRUE, IF_FALSE, OPERANDS, COUNT };

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs != COUNT)
        return fail(error, COT_SCHEMA,
                    "torch.cond expects 4 positional arguments (got %u) and no keyword arguments "
                    "Usage: cond(pred, cond_fn, body_fn, operands)",
                    nargs);
    if (!control_is_list(&args[OPERANDS]))
        return fail(error, COT_SCHEMA, "Expected `operands` to be a list/tuple of tensors");
    const type *predicate = args[PREDICATE].kind == ARG_VALUE ? graph_type(g, args[PREDICATE].value) : NULL;
    const bool is_bool =
        predicate ? predicate->kind == TYPE_BOOL || (predicate->kind == TYPE_TENSOR && predicate->dtype == COT_BOOL)
                  : args[PREDICATE].kind == ARG_BOOL;
    if (!is_bool) return fail(error, COT_SCHEMA, "Expected `pred` to be a bool or a boolean tensor with a single item");
    cot_graph *body[2];
    arg_list outputs[2] = {{0}, {0}};
    for (uint32_t i = 0; i < 2; i++)
        TRY(control_read_body(g, &args[IF_TRUE + i], args[OPERANDS].count, "cond", &body[i], &outputs[i], error));
    if (outputs[0].count != outputs[1].count)
        return fail(error, COT_SHAPE,
                    "Expected to return same number of outputs but got:\n  true branch returns %u "
                    "item(s)\n  false branch returns %u item(s)",
                    outputs[0].count, outputs[1].count);
    type *parts = ARENA_ARRAY(g->arena, type, outputs[0].count);
    for (uint32_t i = 0; i < outputs[0].count; i++) {
        parts[i] = control_result(g, body[0], &outputs[0].data[i], NULL);
        const type other = control_result(g, body[1], &outputs[1].data[i], NULL);
        if (parts[i].kind == TYPE_TENSOR && !type_equal(&parts[i], &other, false))
            return fail(error, COT_UNSUPPORTED, "cond: the branches give different types for output %u", i);
    }
    *result = type_tuple(g->arena, parts, outputs[0].count);
    return COT_OK;
}

/* A predicate that is known picks its branch here and now. */
static cot_status capture(capture_stage *s) {
    static const capture_input operands = {.how = CAPTURE_HANDED, .at = OPERANDS};
    static const char *const suffixes[] = {"_true_branch", "_false_branch"};
    captured branches[2], *both[2] = {&branches[0], &branches[1]};
    if (s->nargs != COUNT || s->npos != COUNT) {
        type none;
        return s->b->status = shape(s->b->graph, s->args, s->nargs ? s->nargs - 1 : 0, &none, s->b->error);
    }
    if (s->args[PREDICATE].kind == ARG_BOOL) {
        context_log(
            s->b->graph->ctx,
            "Pred is a Python constant. When used with torch.cond, it specializes on one of the branches. If you "
            "want torch.cond to preserve two branches, please make the predicate a boolean tensor or a SymBool.");
        const capture_request taken = {
            .at = s->args[PREDICATE].i ? IF_TRUE : IF_FALSE, .inputs = &operands, .count = 1};
        return s->inline_call(s, &taken);
    }
    for (uint32_t i = 0; i < 2; i++) {
        const capture_request request = {.at = IF_TRUE + i, .inputs = &operands, .count = 1, .returns = ARG_TUPLE};
        TRY(s->body(s, &request, &branches[i]));
    }
    TRY(s->agree(s, both, 2));
    TRY(s->merge(s, both, 2, suffixes));
    s->args[IF_TRUE] = s->attach(s, &branches[0], "true_graph_", false);
    s->args[IF_FALSE] = s->attach(s, &branches[1], "false_graph_", false);
    s->args[OPERANDS] = control_lifted(s, &branches[0], ARG_TUPLE, NULL);
    return s->call(s, s->args, COUNT, &branches[0], CAPTURE_ALL);
}

/* One branch of the backward: (operands…, tangents…) → gradients of the operands that need one. */
static cot_status branch(joint_stage *s, uint32_t which, const bool *needs, const bool *tangents, const char *stem,
                         value *attribute) {
    control_backward w;
    const cot_graph *body = control_body(s->functional, &s->call->args[which]);
    TRY(control_backward_start(&w, s, body, needs, tangents));
    VEC(value) gradients = {0};
    for (uint32_t i = 0; i < w.joint->inputs.count; i++) control_backward_input(&w, i);
    control_backward_fill(&w);
    for (uint32_t i = 0; i < body->inputs.count; i++)
        if (needs[i])
            *VEC_PUSH(s->b->graph->arena, &gradients) =
                control_backward_gradient(&w, i, w.map[w.joint->inputs.data[i]]);
    return control_backward_finish(&w, gradients.data, gradients.count, stem, attribute);
}

static cot_status joint(joint_stage *s) {
    builder *b = s->b;
    arena *a = b->graph->arena;
    const arg *operands = &s->args[OPERANDS];
    const uint32_t num_outputs = s->call->type.count;
    uint32_t first = s->args[PREDICATE].kind == ARG_VALUE, k = first;
    const bool *needs = control_needs(s, operands, &k);
    bool *tangents = ARENA_ARRAY(a, bool, num_outputs);
    for (uint32_t i = 0; i < num_outputs; i++) tangents[i] = s->grads[i] != NO_VALUE;

    arg args[COUNT] = {s->args[PREDICATE]};
    value bodies[2];
    TRY(branch(s, IF_TRUE, needs, tangents, "true_graph_", &bodies[0]));
    TRY(branch(s, IF_FALSE, needs, tangents, "false_graph_", &bodies[1]));
    args[IF_TRUE] = arg_value(bodies[0]);
    args[IF_FALSE] = arg_value(bodies[1]);
    VEC(arg) items = {0};
    for (uint32_t i = 0; i < operands->count; i++) *VEC_PUSH(a, &items) = operands->list[i];
    for (uint32_t i = 0; i < num_outputs; i++)
        if (tangents[i]) *VEC_PUSH(a, &items) = arg_value(s->grads[i]);
    args[OPERANDS] = (arg){.kind = ARG_TUPLE, .list = items.data, .count = items.count};
    type t;
    TRY(shape(b->graph, args, COUNT, &t, b->error));
    const value call = emit_raw(b, s->call->op, args, COUNT, &t, NULL);
    k = first;
    for (uint32_t i = 0, part = 0; i < operands->count; i++) {
        if (operands->list[i].kind != ARG_VALUE) continue;
        if (needs[i]) s->out[k] = emit_get(b, call, part++);
        k++;
    }
    return b->status;
}

static void run(const node *n, control_form *form) {
    *form = (control_form){.kind = CONTROL_BRANCH,
                           .bodies = {n->args[IF_TRUE].value, n->args[IF_FALSE].value},
                           .predicate = n->args[PREDICATE],
                           .rest = n->args[OPERANDS]};
}

static const control_hooks hooks = {
    .capture = capture, .python = "torch.cond", .shape = shape, .joint = joint, .run = run};

const op_record ops_cond[] = {
    {.schema = "higher_order::cond", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_cond_count = COUNT_OF(ops_cond);
