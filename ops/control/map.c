/* SPDX-License-Identifier: MIT
 * map.c — a body for each item along the first dimension, its outputs stacked.
 *
 *     map_impl(body, [xs…], [args…]) → (outputs…)        body(items of xs…, args…)
 *
 * Its backward is a map over xs and the tangents; the gradients of args come stacked and are summed. */
#include "ops/control/control.h"
#include "ops/control/written.h"

#include "base/error.h"
#include "base/text.h"

enum { BODY, XS, ARGS, COUNT };

static const char *shapes_text(cot_graph *g, const arg *xs) {
    text t = {.arena = g->arena};
    for (uint32_t i = 0; i < xs->count; i++)
        text_printf(&t, "%s%s", i ? ", " : "[", control_sizes_text(g, graph_type(g, arg_as_value(&xs->list[i]))));
    text_printf(&t, "]");
    return t.data;
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (!written_has_arguments(args, nargs, COUNT) || !control_is_list(&args[XS]) || !control_is_list(&args[ARGS]) ||
        !args[XS].count)
        return fail(error, COT_SCHEMA, "map_impl: expected a body, a list of tensors to map over, a list of arguments");
    cot_graph *body;
    arg_list outputs = {0};
    TRY(control_read_body(g, &args[BODY], args[XS].count + args[ARGS].count, "map_impl", &body, &outputs, error));
    for (uint32_t i = 0; i < args[XS].count; i++) {
        const type *t = graph_type(g, arg_as_value(&args[XS].list[i]));
        if (t->kind != TYPE_TENSOR || !t->ndim)
            return fail(error, COT_SHAPE, "Mapped xs can only consist of tensors. Got xs %s.",
                        control_leaf_text(g, &args[XS].list[i]));
        if (dim_is_static(t->sizes[0]) && !t->sizes[0])
            return fail(error, COT_SHAPE, "Leading dimensions of mapped xs cannot be 0.");
        if (!dim_equal(t->sizes[0], graph_type(g, args[XS].list[0].value)->sizes[0]))
            return fail(error, COT_SHAPE, "Leading dimensions of mapped xs must be consistent. Got shapes %s.",
                        shapes_text(g, &args[XS]));
    }
    const dim leading = graph_type(g, args[XS].list[0].value)->sizes[0];
    type *parts = ARENA_ARRAY(g->arena, type, outputs.count);
    for (uint32_t i = 0; i < outputs.count; i++) parts[i] = control_result(g, body, &outputs.data[i], &leading);
    *result = type_tuple(g->arena, parts, outputs.count);
    return COT_OK;
}

static cot_status capture(capture_stage *s) {
    static const capture_input inputs[] = {{.how = CAPTURE_ITEM, .structure = true, .at = XS},
                                           {.how = CAPTURE_HANDED, .at = ARGS}};
    captured body;
    const capture_request request = {.at = BODY, .inputs = inputs, .count = 2, .returns = ARG_TUPLE};
    TRY(control_expect(s, COUNT, "map(f, xs, *args)"));
    TRY(s->body(s, &request, &body));
    s->args[BODY] = s->attach(s, &body, "body_graph_", false);
    s->args[XS] = control_as_list(s, XS);
    s->args[ARGS] = control_lifted(s, &body, ARG_LIST, NULL);
    return s->call(s, s->args, COUNT, &body, CAPTURE_ALL);
}

typedef struct differentiated {
    joint_stage *stage;
    control_halves halves;
    uint32_t num_xs, num_inputs, num_outputs;
    bool *needs, *tangents; /* by input, by output of the body */
    bool *zero;             /* by input: has no gradient, as nothing leads to it */
    value *stacks;          /* by input of the backward: what the forward kept, stacked */
} differentiated;

static void find_needs(differentiated *d) {
    joint_stage *s = d->stage;
    arena *a = s->b->graph->arena;
    uint32_t k = 0;
    d->needs = ARENA_ARRAY(a, bool, d->num_inputs);
    d->tangents = ARENA_ARRAY(a, bool, d->num_outputs);
    d->zero = ARENA_ARRAY(a, bool, d->num_inputs);
    for (uint32_t i = 0; i < d->num_outputs; i++) d->tangents[i] = s->grads[i] != NO_VALUE;
    const bool *of_xs = control_needs(s, &s->args[XS], &k), *of_args = control_needs(s, &s->args[ARGS], &k);
    for (uint32_t i = 0; i < d->num_inputs; i++) d->needs[i] = i < d->num_xs ? of_xs[i] : of_args[i - d->num_xs];
}

/* The body of the forward call becomes one that also gives what the backward reads. */
static cot_status stack_saved(differentiated *d) {
    joint_stage *s = d->stage;
    cot_graph *g = s->b->graph;
    d->stacks = ARENA_ARRAY(g->arena, value, d->halves.num_inputs);
    if (d->halves.forward == d->halves.body) return COT_OK;
    arg_list outputs = {0};
    uint32_t *part = ARENA_ARRAY(g->arena, uint32_t, d->halves.num_inputs);
    cot_graph *body = control_keep(s, &d->halves, d->num_outputs, 0, part, &outputs);
    control_change_body(s, BODY, body, &outputs, "body_graph_");
    node *call = &g->nodes.data[s->result];
    TRY(shape(g, call->args, COUNT, &call->type, s->b->error));
    for (uint32_t i = 0; i < d->halves.num_inputs; i++)
        if (control_is_kept(&d->halves, i)) d->stacks[i] = control_part(s, part[i]);
    return s->b->status;
}

static void place_inputs(const differentiated *d, control_backward *w, uint32_t from, uint32_t to) {
    for (uint32_t i = 0; i < d->halves.num_inputs; i++)
        if (d->halves.input[i] >= from && d->halves.input[i] < to) control_backward_input(w, i);
}

/* (items of xs…, items that are kept…, items of tangents…, args…) → gradients of the operands that need one. */
static cot_status backward_body(differentiated *d, value *attribute) {
    const control_halves *h = &d->halves;
    control_backward w;
    control_backward_begin(&w, d->stage, h->source, h->body->class_name);
    place_inputs(d, &w, 0, d->num_xs);
    place_inputs(d, &w, d->num_inputs, d->num_inputs + 1);
    for (uint32_t i = h->num_inputs; i < h->source->inputs.count; i++) control_backward_input(&w, i);
    place_inputs(d, &w, d->num_xs, d->num_inputs);
    control_backward_fill(&w);
    VEC(value) gradients = {0};
    for (uint32_t i = 0; i < d->num_inputs; i++) {
        if (!d->needs[i]) continue;
        value like = NO_VALUE;
        for (uint32_t k = 0; k < h->num_inputs; k++)
            if (h->input[k] == i) like = w.map[h->source->inputs.data[k]];
        const value gradient = control_backward_gradient(&w, i, like);
        d->zero[i] = gradient == NO_VALUE;
        if (!d->zero[i]) *VEC_PUSH(d->stage->b->graph->arena, &gradients) = gradient;
    }
    return control_backward_finish(&w, gradients.data, gradients.count, "body_graph_", attribute);
}

/* The sum over all items. */
static value sum_items(builder *b, value stacked, value like) {
    const int64_t first = 0;
    const value sum = emit(b, "sum.dim_IntList", "vIb", stacked, &first, 1u, 1);
    const type *t = TYPE_OF(b, like);
    return emit(b, "view", "vD", sum, t->sizes, (uint32_t)t->ndim);
}

static cot_status backward_call(differentiated *d, value attribute, value *call) {
    joint_stage *s = d->stage;
    arena *a = s->b->graph->arena;
    arg_list xs = {0}, rest = {0};
    for (uint32_t i = 0; i < d->num_xs; i++)
        if (control_reads(&d->halves, i)) *VEC_PUSH(a, &xs) = s->args[XS].list[i];
    for (uint32_t i = 0; i < d->halves.num_inputs; i++)
        if (control_is_kept(&d->halves, i)) *VEC_PUSH(a, &xs) = arg_value(d->stacks[i]);
    for (uint32_t i = 0; i < d->num_outputs; i++)
        if (d->tangents[i]) *VEC_PUSH(a, &xs) = arg_value(s->grads[i]);
    for (uint32_t i = d->num_xs; i < d->num_inputs; i++)
        if (control_reads(&d->halves, i)) *VEC_PUSH(a, &rest) = s->args[ARGS].list[i - d->num_xs];
    const arg args[COUNT] = {arg_value(attribute), arg_list_of(xs.data, xs.count), arg_list_of(rest.data, rest.count)};
    type t;
    TRY(shape(s->b->graph, args, COUNT, &t, s->b->error));
    *call = emit_raw(s->b, s->call->op, args, COUNT, &t, NULL);
    return s->b->status;
}

static cot_status joint(joint_stage *s) {
    builder *b = s->b;
    const cot_graph *body = control_body(s->functional, &s->call->args[BODY]);
    differentiated d = {
        .stage = s, .num_xs = s->args[XS].count, .num_inputs = body->inputs.count, .num_outputs = s->call->type.count};
    value attribute, call = NO_VALUE;
    find_needs(&d);
    TRY(control_halve(s, body, d.needs, d.tangents, !s->as_reference, &d.halves));
    TRY(stack_saved(&d));
    TRY(backward_body(&d, &attribute));
    TRY(backward_call(&d, attribute, &call));
    for (uint32_t i = 0, part = 0, k = 0; i < d.num_inputs; i++) {
        const arg *operand = i < d.num_xs ? &s->args[XS].list[i] : &s->args[ARGS].list[i - d.num_xs];
        if (operand->kind != ARG_VALUE) continue;
        if (d.needs[i]) s->out[k] = d.zero[i] ? emit(b, "zeros_like", "v", operand->value) : emit_get(b, call, part++);
        if (d.needs[i] && !d.zero[i] && i >= d.num_xs) s->out[k] = sum_items(b, s->out[k], operand->value);
        k++;
    }
    return b->status;
}

static cot_status batch(vmap_stage *s) {
    const cot_graph *body = control_body(s->source, &s->call->args[BODY]);
    const uint32_t num_xs = s->args[XS].count, num_args = s->args[ARGS].count, count = s->call->type.count;
    uint32_t first = 0;
    bool *in = ARENA_ARRAY(s->b->graph->arena, bool, num_xs + num_args + 1u);
    const bool *xs = control_batched(s, &s->args[XS], &first), *rest = control_batched(s, &s->args[ARGS], &first);
    for (uint32_t i = 0; i < num_xs + num_args; i++) in[i] = i < num_xs ? xs[i] : rest[i - num_xs];
    value attribute, call, *parts = ARENA_ARRAY(s->b->graph->arena, value, count);
    TRY(s->body(s, body, in, s->out, &attribute));
    const arg args[COUNT] = {arg_value(attribute), control_batch_operands(s, &s->args[XS], xs, xs, true),
                             s->args[ARGS]};
    TRY(control_batch_call(s, args, COUNT, &call));
    for (uint32_t i = 0; i < count; i++)
        parts[i] = s->out[i] ? control_batch_stack(s, call, i) : emit_get(s->b, call, i);
    control_batch_result(s, parts, count);
    return s->b->status;
}

static void run(const node *n, control_form *form) {
    *form = (control_form){
        .kind = CONTROL_LOOP, .bodies = {n->args[BODY].value, NO_VALUE}, .xs = n->args[XS], .rest = n->args[ARGS]};
}

static uint32_t no_carries(const node *call) {
    UNUSED(call);
    return 0;
}

static cot_status functionalize(functionalize_stage *s, value *result) {
    static const written_form form = {
        .first_body = BODY,
        .num_bodies = 1,
        .first_list = XS,
        .num_lists = 2,
        .roles = {WRITTEN_RETURNED, WRITTEN_NEVER},
        .carries = no_carries,
        .refusal = "map only supports in-place mutation of xs (each iteration sees a storage-disjoint slice). pos_args "
                   "are loop-invariant: every iteration sees the same tensor, so a mutation makes iterations depend on "
                   "each other, breaking map's independence contract and introducing a data race under any parallel "
                   "lowering. Use scan or while_loop if sequential buffer updates are required."};
    return written_functionalize(s, &form, result);
}

static const control_hooks hooks = {.capture = capture,
                                    .python = "torch.map",
                                    .shape = shape,
                                    .functionalize = functionalize,
                                    .parameters = "f, [xs], [additional_input]",
                                    .joint = joint,
                                    .vmap = batch,
                                    .run = run};

const op_record ops_map[] = {
    {.schema = "higher_order::map_impl", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_map_count = COUNT_OF(ops_map);
