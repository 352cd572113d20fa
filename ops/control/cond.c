/* SPDX-License-Identifier: MIT
 * cond.c — one of two bodies runs, as a predicate says when the program runs.
 *
 *     cond(predicate, if_true, if_false, (operands…)) → (outputs…)
 *
 * Its backward is a cond on the same predicate (branches.c). */
#include "ops/control/control.h"
#include "ops/control/written.h"

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
        predicate ? predicate->kind == TYPE_BOOL ||
                        (predicate->kind == TYPE_TENSOR && predicate->dtype == COT_BOOL && control_is_scalar(predicate))
                  : args[PREDICATE].kind == ARG_BOOL;
    if (!is_bool) {
        text found = {.arena = g->arena};
        if (predicate) type_print(g->ctx->syms, predicate, false, false, &found);
        else text_add(&found, "a constant");
        return fail(error, COT_SCHEMA, "Expected `pred` to be a bool or a boolean tensor with a single item but got %s",
                    found.data);
    }
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
        const cot_graph *const bodies[2] = {body[0], body[1]};
        TRY(control_merge(g, i, bodies, &outputs[0].data[i], &outputs[1].data[i], &parts[i], error));
    }
    *result = type_tuple(g->arena, parts, outputs[0].count);
    return COT_OK;
}

/* A predicate that is known picks its branch here and now. */
static cot_status capture(capture_stage *s) {
    static const capture_input operands = {.how = CAPTURE_HANDED, .at = OPERANDS};
    static const char *const suffixes[] = {"_true_branch", "_false_branch"};
    captured branches[2], *both[2] = {&branches[0], &branches[1]};
    TRY(control_expect(s, COUNT, "cond(pred, cond_fn, body_fn, operands)"));
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

static cot_status joint(joint_stage *s) {
    static const char *const stems[] = {"true_graph_", "false_graph_"};
    const branch_form form = {.first = PREDICATE,
                              .bodies = &s->call->args[IF_TRUE],
                              .num_bodies = 2,
                              .stems = stems,
                              .operands = OPERANDS,
                              .shape = shape};
    return control_branch_joint(s, &form);
}

/* A predicate for each example chooses between both branches; one for all stays a branch. */
static cot_status batch(vmap_stage *s) {
    const bool on_value = s->args[PREDICATE].kind == ARG_VALUE;
    uint32_t first = on_value;
    const bool *in = control_batched(s, &s->args[OPERANDS], &first);
    const arg *bodies = &s->call->args[IF_TRUE];
    if (on_value && s->batched[0])
        return control_batch_choose(s, bodies, 2, &s->args[OPERANDS], in, &s->args[PREDICATE].value);
    value made[2];
    TRY(control_batch_branches(s, bodies, 2, in, made));
    const arg args[COUNT] = {s->args[PREDICATE], arg_value(made[0]), arg_value(made[1]), s->args[OPERANDS]};
    return control_batch_call(s, args, COUNT, &s->result);
}

static void run(const node *n, control_form *form) {
    *form = (control_form){.kind = CONTROL_BRANCH,
                           .bodies = {n->args[IF_TRUE].value, n->args[IF_FALSE].value},
                           .predicate = n->args[PREDICATE],
                           .rest = n->args[OPERANDS]};
}

static uint32_t no_carries(const node *call) {
    UNUSED(call);
    return 0;
}

static cot_status functionalize(functionalize_stage *s, value *result) {
    static const written_form form = {.first_body = IF_TRUE,
                                      .num_bodies = 2,
                                      .first_list = OPERANDS,
                                      .num_lists = 1,
                                      .roles = {WRITTEN_RETURNED},
                                      .carries = no_carries};
    TRY(written_functionalize(s, &form, result));
    return control_merge_functionalize(s, IF_TRUE, result);
}

static const control_hooks hooks = {.capture = capture,
                                    .python = "torch.cond",
                                    .shape = shape,
                                    .functionalize = functionalize,
                                    .parameters = "pred, true_fn, false_fn, (operand)",
                                    .joint = joint,
                                    .vmap = batch,
                                    .run = run};

const op_record ops_cond[] = {
    {.schema = "higher_order::cond", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_cond_count = COUNT_OF(ops_cond);
