/* SPDX-License-Identifier: MIT
 * map.c — a body for each item along the first dimension, its outputs stacked.
 *
 *     map_impl(body, [xs…], [args…]) → (outputs…)        body(items of xs…, args…)
 *
 * Its backward is a map over xs and the tangents; the gradients of args come stacked and are summed. */
#include "ops/control/control.h"

#include "base/error.h"

enum { BODY, XS, ARGS, COUNT };

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs != COUNT || !control_is_list(&args[XS]) || !control_is_list(&args[ARGS]) || !args[XS].count)
        return fail(error, COT_SCHEMA, "map_impl: expected a body, a list of tensors to map over, a list of arguments");
    cot_graph *body;
    arg_list outputs = {0};
    TRY(control_read_body(g, &args[BODY], args[XS].count + args[ARGS].count, "map_impl", &body, &outputs, error));
    for (uint32_t i = 0; i < args[XS].count; i++) {
        const type *t = graph_type(g, arg_as_value(&args[XS].list[i]));
        if (t->kind != TYPE_TENSOR || !t->ndim)
            return fail(error, COT_SHAPE, "Mapped xs can only consist of tensors of one dimension or more");
        if (!dim_equal(t->sizes[0], graph_type(g, args[XS].list[0].value)->sizes[0]))
            return fail(error, COT_SHAPE, "Leading dimensions of mapped xs must be consistent.");
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
    if (s->nargs != COUNT || s->npos != COUNT)
        return builder_fail(s->b, COT_SCHEMA, "map_impl: expected a body, xs and arguments");
    TRY(s->body(s, &request, &body));
    s->args[BODY] = s->attach(s, &body, "body_graph_", false);
    s->args[XS] = control_as_list(s, XS);
    s->args[ARGS] = control_lifted(s, &body, ARG_LIST, NULL);
    return s->call(s, s->args, COUNT, &body, CAPTURE_ALL);
}

/* (items of xs…, items of tangents…, args…) → gradients of the operands that need one. */
static cot_status backward_body(joint_stage *s, const bool *needs, const bool *tangents, value *attribute) {
    control_backward w;
    const cot_graph *body = control_body(s->functional, &s->call->args[BODY]);
    const uint32_t num_xs = s->args[XS].count, num_inputs = body->inputs.count;
    TRY(control_backward_start(&w, s, body, needs, tangents));
    for (uint32_t i = 0; i < num_xs; i++) control_backward_input(&w, i);
    for (uint32_t i = num_inputs; i < w.joint->inputs.count; i++) control_backward_input(&w, i);
    for (uint32_t i = num_xs; i < num_inputs; i++) control_backward_input(&w, i);
    control_backward_fill(&w);
    VEC(value) gradients = {0};
    for (uint32_t i = 0; i < num_inputs; i++)
        if (needs[i])
            *VEC_PUSH(s->b->graph->arena, &gradients) =
                control_backward_gradient(&w, i, w.map[w.joint->inputs.data[i]]);
    return control_backward_finish(&w, gradients.data, gradients.count, "body_graph_", attribute);
}

/* The sum over all items. */
static value sum_items(builder *b, value stacked, value like) {
    const int64_t first = 0;
    const value sum = emit(b, "sum.dim_IntList", "vIb", stacked, &first, 1u, 1);
    const type *t = TYPE_OF(b, like);
    return emit(b, "view", "vD", sum, t->sizes, (uint32_t)t->ndim);
}

static cot_status joint(joint_stage *s) {
    builder *b = s->b;
    arena *a = b->graph->arena;
    const uint32_t num_xs = s->args[XS].count, num_outputs = s->call->type.count;
    const uint32_t num_inputs = num_xs + s->args[ARGS].count;
    uint32_t k = 0;
    bool *needs = ARENA_ARRAY(a, bool, num_inputs), *tangents = ARENA_ARRAY(a, bool, num_outputs);
    VEC(arg) xs = {0};
    for (uint32_t i = 0; i < num_outputs; i++) tangents[i] = s->grads[i] != NO_VALUE;
    const bool *of_xs = control_needs(s, &s->args[XS], &k), *of_args = control_needs(s, &s->args[ARGS], &k);
    for (uint32_t i = 0; i < num_inputs; i++) needs[i] = i < num_xs ? of_xs[i] : of_args[i - num_xs];

    arg args[COUNT];
    value attribute;
    TRY(backward_body(s, needs, tangents, &attribute));
    args[BODY] = arg_value(attribute);
    for (uint32_t i = 0; i < num_xs; i++) *VEC_PUSH(a, &xs) = s->args[XS].list[i];
    for (uint32_t i = 0; i < num_outputs; i++)
        if (tangents[i]) *VEC_PUSH(a, &xs) = arg_value(s->grads[i]);
    args[XS] = arg_list_of(xs.data, xs.count);
    args[ARGS] = s->args[ARGS];
    type t;
    TRY(shape(b->graph, args, COUNT, &t, b->error));
    const value call = emit_raw(b, s->call->op, args, COUNT, &t, NULL);
    k = 0;
    for (uint32_t i = 0, part = 0; i < num_inputs; i++) {
        const arg *operand = i < num_xs ? &s->args[XS].list[i] : &s->args[ARGS].list[i - num_xs];
        if (operand->kind != ARG_VALUE) continue;
        if (needs[i]) s->out[k] = emit_get(b, call, part++);
        if (needs[i] && i >= num_xs) s->out[k] = sum_items(b, s->out[k], operand->value);
        k++;
    }
    return b->status;
}

static void run(const node *n, control_form *form) {
    *form = (control_form){
        .kind = CONTROL_LOOP, .bodies = {n->args[BODY].value, NO_VALUE}, .xs = n->args[XS], .rest = n->args[ARGS]};
}

static const control_hooks hooks = {
    .capture = capture, .python = "torch.map", .shape = shape, .joint = joint, .run = run};

const op_record ops_map[] = {
    {.schema = "higher_order::map_impl", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_map_count = COUNT_OF(ops_map);
