/* SPDX-License-Identifier: MIT
 * cond.c — one of two bodies runs, as a predicate says when the program runs.
 *
 *     cond(predicate, if_true, if_false, (operands…)) → (outputs…)
 *
 * Its backward is a cond on the same predicate: each branch gives the gradients of all operands, zeros where it does
 * not read one. What is dear to compute again the forward keeps: values of both branches that are alike share a part of
 * the call, and the branch that is not theirs gives zeros. The rest each branch computes again. */
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

typedef struct differentiated {
    joint_stage *stage;
    const arg *operands;
    uint32_t num_outputs;
    const bool *needs; /* by operand */
    bool *tangents;    /* by output */
    bool *passed;      /* by operand: the backward takes it */
    control_halves halves[2];
    uint32_t *part[2]; /* by branch, by input of its backward: the part of the forward call that is kept for it */
    VEC(type) kept;    /* parts of the forward call behind its outputs */
    bool *parts;       /* by part of the forward call: the backward takes it */
} differentiated;

/* Whether it is cheaper to keep what a branch computes than to compute it again: not for pointwise operators, which
 * fuse with what reads them. */
static bool worth_keeping(const cot_graph *body) {
    bool worth = false;
    for (value v = 0; v < body->nodes.count; v++)
        worth |= (graph_node(body, v)->op->traits & (OP_EXPENSIVE | OP_CONTROL)) != 0;
    return worth;
}

/* What one branch keeps the other has to give as well, and knows no sizes for it but numbers. */
static bool sizes_known(const control_halves *h) {
    for (uint32_t i = 0; i < h->num_inputs; i++)
        if (control_is_kept(h, i) && !type_is_static(graph_type(h->source, h->source->inputs.data[i]))) return false;
    return true;
}

static cot_status halve(differentiated *d) {
    joint_stage *s = d->stage;
    const cot_graph *bodies[2];
    bool split = !s->as_reference;
    for (uint32_t k = 0; k < 2; k++) bodies[k] = control_body(s->functional, &s->call->args[IF_TRUE + k]);
    split &= worth_keeping(bodies[0]) || worth_keeping(bodies[1]);
    for (uint32_t k = 0; k < 2; k++) TRY(control_halve(s, bodies[k], d->needs, d->tangents, split, &d->halves[k]));
    if (split && sizes_known(&d->halves[0]) && sizes_known(&d->halves[1])) return COT_OK;
    for (uint32_t k = 0; k < 2; k++) TRY(control_halve(s, bodies[k], d->needs, d->tangents, false, &d->halves[k]));
    return COT_OK;
}

/* A part for a value that branch k keeps: one of the other branch's that is alike, or a new one. */
static uint32_t find_part(differentiated *d, const type *t, bool *taken) {
    arena *a = d->stage->b->graph->arena;
    for (uint32_t i = 0; i < d->kept.count; i++)
        if (!taken[i] && type_equal(t, &d->kept.data[i], false)) return taken[i] = true, i;
    *VEC_PUSH(a, &d->kept) = type_tensor(a, d->stage->b->graph->ctx->syms, (cot_dtype)t->dtype, t->sizes, t->ndim);
    taken[d->kept.count - 1] = true;
    return d->kept.count - 1;
}

/* Both branches give what either keeps; zeros stand for what is the other one's. */
static cot_status keep(differentiated *d) {
    joint_stage *s = d->stage;
    cot_graph *g = s->b->graph;
    arg_list outputs[2] = {{0}, {0}};
    builder inner[2];
    const uint32_t most = d->halves[0].num_inputs + d->halves[1].num_inputs;
    value *given[2];
    for (uint32_t k = 0; k < 2; k++) {
        d->part[k] = ARENA_ARRAY(g->arena, uint32_t, d->halves[k].num_inputs);
        if (d->halves[0].forward == d->halves[0].body && d->halves[1].forward == d->halves[1].body) continue;
        cot_graph *body = control_keep(s, &d->halves[k], d->num_outputs, 0, d->part[k], &outputs[k]);
        builder_init(&inner[k], body, s->b->error);
        bool *taken = ARENA_ARRAY(g->arena, bool, most);
        given[k] = ARENA_ARRAY(g->arena, value, most);
        for (uint32_t i = 0; i < most; i++) given[k][i] = NO_VALUE;
        for (uint32_t i = 0; i < d->halves[k].num_inputs; i++) {
            if (!control_is_kept(&d->halves[k], i) || d->part[k][i] < d->num_outputs) continue;
            const value v = arg_as_value(&outputs[k].data[d->part[k][i]]);
            const uint32_t at = find_part(d, graph_type(body, v), taken);
            given[k][at] = v;
            d->part[k][i] = d->num_outputs + at;
        }
        outputs[k].count = d->num_outputs;
    }
    d->parts = ARENA_ARRAY(g->arena, bool, d->num_outputs + d->kept.count);
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t i = 0; i < d->halves[k].num_inputs; i++)
            if (control_is_kept(&d->halves[k], i)) d->parts[d->part[k][i]] = true;
    if (!d->kept.count) return COT_OK;
    for (uint32_t k = 0; k < 2; k++) {
        for (uint32_t i = 0; i < d->kept.count; i++) {
            const type *t = &d->kept.data[i];
            const value v = given[k][i] != NO_VALUE
                                ? given[k][i]
                                : emit(&inner[k], "zeros", "D,dtype=t", t->sizes, (uint32_t)t->ndim, (int)t->dtype);
            *VEC_PUSH(g->arena, &outputs[k]) = arg_value(v);
        }
        if (inner[k].status) return builder_failed(s->b, inner[k].status), inner[k].status;
        control_change_body(s, IF_TRUE + k, inner[k].graph, &outputs[k], k ? "false_graph_" : "true_graph_");
    }
    node *call = &g->nodes.data[s->result];
    return shape(g, call->args, COUNT, &call->type, s->b->error);
}

/* One branch of the backward: (operands…, what is kept…, tangents…) → gradients of the operands that need one, zeros
 * where the branch does not read one. */
static cot_status branch(differentiated *d, uint32_t k, value *attribute) {
    const control_halves *h = &d->halves[k];
    control_backward w;
    control_backward_begin(&w, d->stage, h->source, h->body->class_name);
    const uint32_t num_inputs = h->body->inputs.count;
    value *operands = ARENA_ARRAY(d->stage->b->graph->arena, value, num_inputs);
    for (uint32_t i = 0; i < num_inputs; i++) {
        operands[i] = NO_VALUE;
        for (uint32_t j = 0; j < h->num_inputs; j++)
            if (h->input[j] == i) operands[i] = control_backward_input(&w, j);
        if (operands[i] == NO_VALUE && d->passed[i])
            operands[i] = control_backward_new_input(&w, graph_type(h->body, h->body->inputs.data[i]));
    }
    for (uint32_t part = 0; part < d->num_outputs + d->kept.count; part++) {
        if (!d->parts[part]) continue;
        const value v = control_backward_new_input(&w, &graph_type(d->stage->b->graph, d->stage->result)->parts[part]);
        for (uint32_t j = 0; j < h->num_inputs; j++)
            if (control_is_kept(h, j) && d->part[k][j] == part) w.map[h->source->inputs.data[j]] = v;
    }
    for (uint32_t j = h->num_inputs; j < h->source->inputs.count; j++) control_backward_input(&w, j);
    control_backward_fill(&w);
    VEC(value) gradients = {0};
    for (uint32_t i = 0; i < num_inputs; i++)
        if (d->needs[i])
            *VEC_PUSH(d->stage->b->graph->arena, &gradients) = control_backward_gradient(&w, i, operands[i]);
    return control_backward_finish(&w, gradients.data, gradients.count, k ? "false_graph_" : "true_graph_", attribute);
}

static cot_status backward_call(differentiated *d, value *call) {
    joint_stage *s = d->stage;
    arena *a = s->b->graph->arena;
    arg args[COUNT] = {s->args[PREDICATE]};
    for (uint32_t k = 0; k < 2; k++) {
        value body;
        TRY(branch(d, k, &body));
        args[IF_TRUE + k] = arg_value(body);
    }
    arg_list items = {0};
    for (uint32_t i = 0; i < d->operands->count; i++)
        if (d->passed[i]) *VEC_PUSH(a, &items) = d->operands->list[i];
    for (uint32_t part = 0; part < d->num_outputs + d->kept.count; part++)
        if (d->parts[part]) *VEC_PUSH(a, &items) = arg_value(control_part(s, part));
    for (uint32_t i = 0; i < d->num_outputs; i++)
        if (d->tangents[i]) *VEC_PUSH(a, &items) = arg_value(s->grads[i]);
    args[OPERANDS] = (arg){.kind = ARG_TUPLE, .list = items.data, .count = items.count};
    type t;
    TRY(shape(s->b->graph, args, COUNT, &t, s->b->error));
    *call = emit_raw(s->b, s->call->op, args, COUNT, &t, NULL);
    return s->b->status;
}

static cot_status joint(joint_stage *s) {
    arena *a = s->b->graph->arena;
    const arg *operands = &s->args[OPERANDS];
    const uint32_t first = s->args[PREDICATE].kind == ARG_VALUE;
    uint32_t k = first;
    differentiated d = {.stage = s, .operands = operands, .num_outputs = s->call->type.count};
    d.needs = control_needs(s, operands, &k);
    d.tangents = ARENA_ARRAY(a, bool, d.num_outputs);
    for (uint32_t i = 0; i < d.num_outputs; i++) d.tangents[i] = s->grads[i] != NO_VALUE;
    TRY(halve(&d));
    d.passed = ARENA_ARRAY(a, bool, operands->count);
    for (uint32_t i = 0; i < operands->count; i++)
        d.passed[i] = d.needs[i] || control_reads(&d.halves[0], i) || control_reads(&d.halves[1], i);
    TRY(keep(&d));
    value call = NO_VALUE;
    TRY(backward_call(&d, &call));
    k = first;
    for (uint32_t i = 0, part = 0; i < operands->count; i++) {
        if (operands->list[i].kind != ARG_VALUE) continue;
        if (d.needs[i]) s->out[k] = emit_get(s->b, call, part++);
        k++;
    }
    return s->b->status;
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
