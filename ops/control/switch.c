/* SPDX-License-Identifier: MIT
 * switch.c — one of several bodies runs, as an index says when the program runs. An index that is too low or too high
 * picks the first or the last.
 *
 *     switch(index, [branches…], (operands…)) → (outputs…)
 *
 * Its backward is a switch on the same index (branches.c). */
#include "ops/control/control.h"

#include "base/error.h"

enum { INDEX, BRANCHES, OPERANDS, COUNT };

static bool is_index(const cot_graph *g, const arg *a) {
    if (a->kind == ARG_INT) return true;
    const type *t = graph_type(g, arg_as_value(a));
    return t->kind == TYPE_INT || (t->kind == TYPE_TENSOR && dtype_is_integral((cot_dtype)t->dtype) &&
                                   t->dtype != COT_U8 && control_is_scalar(t));
}

/* Constants are ints or None, and the branches agree on them. */
static cot_status check_output(cot_graph *g, cot_graph *const *bodies, const arg_list *outputs, uint32_t k, uint32_t i,
                               type *part, cot_error *error) {
    const arg *a = &outputs[k].data[i];
    if (a->kind != ARG_VALUE && a->kind != ARG_INT && a->kind != ARG_NONE)
        return fail(error, COT_SCHEMA, "Constants returned from branches must be int or None.");
    const type found = control_result(g, bodies[k], a, NULL);
    if (!k) *part = found;
    else if (part->kind != found.kind || (found.kind == TYPE_TENSOR && !type_equal(part, &found, false)))
        return fail(error, COT_UNSUPPORTED, "switch: branch0 and branch%u give different types for output %u", k, i);
    return COT_OK;
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs != COUNT)
        return fail(error, COT_SCHEMA,
                    "torch.switch expects 3 positional arguments (got %u). Usage: switch(index, branches, operands)",
                    nargs);
    if (!is_index(g, &args[INDEX]))
        return fail(error, COT_SCHEMA, "Expected index to be int or single-element tensor, but got %s.",
                    control_show(g, &args[INDEX]));
    if (!control_is_list(&args[BRANCHES]))
        return fail(error, COT_SCHEMA, "Expected branches to be a list/tuple of callables.");
    const uint32_t count = args[BRANCHES].count;
    if (!count) return fail(error, COT_SCHEMA, "Expected at least one branch.");
    if (!control_is_list(&args[OPERANDS]))
        return fail(error, COT_SCHEMA, "Expected `operands` to be a list/tuple of tensors");
    if (args[INDEX].kind == ARG_INT && (args[INDEX].i < 0 || args[INDEX].i >= count))
        return fail(error, COT_SCHEMA, "switch index %lld out of range for %u branches", (long long)args[INDEX].i,
                    count);
    cot_graph **bodies = arena_array(g->arena, count, sizeof *bodies);
    arg_list *outputs = ARENA_ARRAY(g->arena, arg_list, count);
    for (uint32_t k = 0; k < count; k++) {
        TRY(control_read_body(g, &args[BRANCHES].list[k], args[OPERANDS].count, "switch", &bodies[k], &outputs[k],
                              error));
        if (outputs[k].count != outputs[0].count)
            return fail(error, COT_SHAPE,
                        "Unmatched output spec from torch.switch branches: branch0 tree_spec has %u leaves vs branch%u "
                        "tree_spec %u",
                        outputs[0].count, k, outputs[k].count);
    }
    type *parts = ARENA_ARRAY(g->arena, type, outputs[0].count);
    for (uint32_t k = 0; k < count; k++)
        for (uint32_t i = 0; i < outputs[0].count; i++) TRY(check_output(g, bodies, outputs, k, i, &parts[i], error));
    *result = type_tuple(g->arena, parts, outputs[0].count);
    return COT_OK;
}

static cot_status joint(joint_stage *s) {
    const arg *branches = &s->call->args[BRANCHES];
    const char **stems = arena_array(s->b->graph->arena, branches->count, sizeof *stems);
    for (uint32_t k = 0; k < branches->count; k++) stems[k] = arena_printf(s->b->graph->arena, "branch%u_graph_", k);
    const branch_form form = {.first = INDEX,
                              .bodies = branches->list,
                              .num_bodies = branches->count,
                              .stems = stems,
                              .listed = true,
                              .operands = OPERANDS,
                              .shape = shape};
    return control_branch_joint(s, &form);
}

static cot_status batch(vmap_stage *s) {
    builder *b = s->b;
    const arg *branches = &s->call->args[BRANCHES];
    const bool on_value = s->args[INDEX].kind == ARG_VALUE;
    uint32_t first = on_value;
    const bool *in = control_batched(s, &s->args[OPERANDS], &first);
    value *made = ARENA_ARRAY(b->graph->arena, value, branches->count);
    if (on_value && s->batched[0]) {
        for (uint32_t k = 0; k + 1 < branches->count; k++) /* too low is the first */
            made[k] = emit(b, k ? "eq.Scalar" : "le.Scalar", "vi", s->args[INDEX].value, (int64_t)k);
        return control_batch_choose(s, branches->list, branches->count, &s->args[OPERANDS], in, made);
    }
    TRY(control_batch_branches(s, branches->list, branches->count, in, made));
    arg args[COUNT] = {s->args[INDEX], s->args[BRANCHES], s->args[OPERANDS]};
    arg *items = ARENA_ARRAY(b->graph->arena, arg, branches->count);
    for (uint32_t k = 0; k < branches->count; k++) items[k] = arg_value(made[k]);
    args[BRANCHES].list = items;
    return control_batch_call(s, args, COUNT, &s->result);
}

static void run(const node *n, control_form *form) {
    *form = (control_form){.kind = CONTROL_SWITCH,
                           .bodies = {NO_VALUE, NO_VALUE},
                           .predicate = n->args[INDEX],
                           .branches = n->args[BRANCHES],
                           .rest = n->args[OPERANDS]};
}

/* Written with a list of functions: switch(index, f, g, h, (operands…)). */
static cot_status capture(capture_stage *s) {
    arena *a = s->b->graph->arena;
    if (s->npos < 3 || s->nargs != s->npos)
        return builder_fail(s->b, COT_SCHEMA,
                            "torch.switch expects 3 positional arguments (got %u) and no keyword arguments (got %u) "
                            "Usage: switch(index, branches, operands)",
                            s->npos, s->nargs - s->npos);
    const uint32_t count = s->npos - 2;
    const capture_input operands = {.how = CAPTURE_HANDED, .at = s->npos - 1};
    captured *branches = ARENA_ARRAY(a, captured, count), **all = ARENA_ARRAY(a, captured *, count);
    const char **suffixes = ARENA_ARRAY(a, const char *, count);
    for (uint32_t i = 0; i < count; i++) {
        const capture_request request = {.at = 1 + i, .inputs = &operands, .count = 1, .returns = ARG_TUPLE};
        TRY(s->body(s, &request, &branches[i]));
        all[i] = &branches[i];
        suffixes[i] = arena_printf(a, "_branch%u", i);
    }
    TRY(s->agree(s, all, count));
    TRY(s->merge(s, all, count, suffixes));
    arg *items = ARENA_ARRAY(a, arg, count), *args = ARENA_ARRAY(a, arg, COUNT);
    for (uint32_t i = 0; i < count; i++)
        items[i] = s->attach(s, &branches[i], arena_printf(a, "branch%u_graph_", i), false);
    args[INDEX] = s->args[0];
    args[BRANCHES] = arg_list_of(items, count);
    args[OPERANDS] = control_lifted(s, &branches[0], ARG_TUPLE, NULL);
    return s->call(s, args, COUNT, &branches[0], CAPTURE_ALL);
}

static const control_hooks hooks = {.capture = capture,
                                    .python = "torch.switch",
                                    .shape = shape,
                                    .parameters = "index, [branch#_fn], (operand)",
                                    .joint = joint,
                                    .vmap = batch,
                                    .run = run};

const op_record ops_switch[] = {
    {.schema = "higher_order::switch", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_switch_count = COUNT_OF(ops_switch);
