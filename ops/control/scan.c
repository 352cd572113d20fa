/* SPDX-License-Identifier: MIT
 * scan.c — a loop along the first dimension that carries values from item to item.
 *
 *     scan(combine, [init…], [xs…], (additional…)) → (last carries…, stacked outputs…)
 *     combine(carries…, items…, additional…) → (next carries…, outputs…)
 *
 * Its backward is a scan over the items in reverse, which carries the gradients of the carries and the sums of the
 * gradients of `additional`. For that the forward also stacks each carry as it was before its item; what else a step
 * needs of its forward it computes again. */
#include "ops/control/control.h"

#include "base/error.h"

enum { COMBINE, INIT, XS, ADDITIONAL, COUNT };

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs != COUNT || !control_is_list(&args[INIT]) || !control_is_list(&args[XS]) ||
        !control_is_list(&args[ADDITIONAL]))
        return fail(error, COT_SCHEMA, "scan: expected a body, and lists of carries, xs and additional inputs");
    if (!args[XS].count) return fail(error, COT_UNSUPPORTED, "scan: a loop without xs is not supported");
    cot_graph *body;
    arg_list outputs = {0};
    const uint32_t num_carries = args[INIT].count;
    TRY(control_read_body(g, &args[COMBINE], num_carries + args[XS].count + args[ADDITIONAL].count, "scan", &body,
                          &outputs, error));
    if (outputs.count < num_carries)
        return fail(error, COT_SHAPE, "scan: the body gives %u values, expected one for each of %u carries",
                    outputs.count, num_carries);
    for (uint32_t i = 0; i < args[XS].count; i++) {
        const type *t = graph_type(g, arg_as_value(&args[XS].list[i]));
        if (t->kind != TYPE_TENSOR || !t->ndim)
            return fail(error, COT_SHAPE, "All xs leaves must have at least 'dim + 1' dimensions");
        if (!dim_equal(t->sizes[0], graph_type(g, args[XS].list[0].value)->sizes[0]))
            return fail(error, COT_SHAPE, "All xs leaves must have the same scan dimension size");
    }
    const dim leading = graph_type(g, args[XS].list[0].value)->sizes[0];
    type *parts = ARENA_ARRAY(g->arena, type, outputs.count);
    for (uint32_t i = 0; i < outputs.count; i++) {
        parts[i] = control_result(g, body, &outputs.data[i], i < num_carries ? NULL : &leading);
        const arg *init = i < num_carries ? &args[INIT].list[i] : NULL;
        if (init && !type_equal(&parts[i], graph_type(g, arg_as_value(init)), false))
            return fail(error, COT_SHAPE,
                        "Expected init and carry to have same metadata but found: carry %u has "
                        "another type",
                        i);
    }
    *result = type_tuple(g->arena, parts, outputs.count);
    return COT_OK;
}

/* ---- joint ------------------------------------------------------------------------------------------------------ */

typedef struct differentiated {
    joint_stage *stage;
    const cot_graph *body;
    uint32_t num_carries, num_xs, num_rest, num_outputs;
    bool *needs, *tangents; /* by input, by output of the body */
    value *before;          /* by carry: stacked, as it was before each item */
} differentiated;

static bool is_float(const type *t) {
    return t->kind == TYPE_TENSOR && (dtype_is_float(t->dtype) || dtype_is_complex(t->dtype));
}

static const type *input_type(const differentiated *d, uint32_t i) {
    return graph_type(d->body, d->body->inputs.data[i]);
}

/* A carry may come to depend on what is differentiated: all that can have a gradient take part. */
static void find_needs(differentiated *d) {
    joint_stage *s = d->stage;
    arena *a = s->b->graph->arena;
    uint32_t k = 0;
    control_needs(s, &s->args[INIT], &k);
    const bool *of_xs = control_needs(s, &s->args[XS], &k), *of_rest = control_needs(s, &s->args[ADDITIONAL], &k);
    d->needs = ARENA_ARRAY(a, bool, d->body->inputs.count);
    d->tangents = ARENA_ARRAY(a, bool, d->num_outputs);
    for (uint32_t i = 0; i < d->num_carries; i++) d->needs[i] = d->tangents[i] = is_float(input_type(d, i));
    for (uint32_t i = 0; i < d->num_xs; i++) d->needs[d->num_carries + i] = of_xs[i];
    for (uint32_t i = 0; i < d->num_rest; i++) d->needs[d->num_carries + d->num_xs + i] = of_rest[i];
    for (uint32_t i = d->num_carries; i < d->num_outputs; i++) d->tangents[i] = s->grads[i] != NO_VALUE;
}

/* The body of the forward call becomes one that also gives copies of its carries; the call gives their stacks. */
static cot_status stack_carries(differentiated *d) {
    builder *b = d->stage->b;
    cot_graph *g = b->graph;
    node *call = &g->nodes.data[d->stage->result];
    builder inner;
    builder_init(&inner, graph_copy(d->body, g->parent ? g->parent : g), b->error);
    arg_list outputs = {0};
    arg_leaves(g->arena, &inner.graph->output, &outputs);
    for (uint32_t i = 0; i < d->num_carries; i++)
        *VEC_PUSH(g->arena, &outputs) = arg_value(emit(&inner, "clone", "v", inner.graph->inputs.data[i]));
    if (inner.status) return builder_failed(b, inner.status), inner.status;
    inner.graph->output = (arg){.kind = ARG_TUPLE, .list = outputs.data, .count = outputs.count};
    inner.graph->num_user_outputs = outputs.count;
    inner.graph->aliases = ARENA_ARRAY(g->arena, output_alias, outputs.count); /* a body's outputs alias nothing */
    inner.graph->user_output = NULL;
    const char *name = control_free_name(g, "scan_combine_graph_");
    inner.graph->class_name = name;
    graph_add_child(g, name, inner.graph);
    g->nodes.data[call->args[COMBINE].value].target = name;
    TRY(shape(g, call->args, COUNT, &call->type, b->error));
    const uint32_t flags = b->flags;
    b->flags &= ~(uint32_t)NODE_BACKWARD; /* the stacks are forward values */
    for (uint32_t i = 0; i < d->num_carries; i++) d->before[i] = emit_get(b, d->stage->result, d->num_outputs + i);
    b->flags = flags;
    return b->status;
}

/* (gradients of carries…, sums for additional…, tangents of an item…, items of xs…, carries before…, additional…) →
 * (gradients of carries before…, sums…, gradients of items…) */
static cot_status backward_body(differentiated *d, value *attribute) {
    control_backward w;
    arena *a = d->stage->b->graph->arena;
    TRY(control_backward_start(&w, d->stage, d->body, d->needs, d->tangents));
    const uint32_t num_inputs = d->body->inputs.count, first_rest = d->num_carries + d->num_xs;
    VEC(value) sums = {0}, out = {0};
    uint32_t tangent = num_inputs; /* of the joint's inputs */
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (d->tangents[i]) control_backward_input(&w, tangent++);
    for (uint32_t i = first_rest; i < num_inputs; i++)
        if (d->needs[i]) *VEC_PUSH(a, &sums) = control_backward_new_input(&w, input_type(d, i));
    while (tangent < w.joint->inputs.count) control_backward_input(&w, tangent++);
    for (uint32_t i = d->num_carries; i < first_rest; i++) control_backward_input(&w, i);
    for (uint32_t i = 0; i < d->num_carries; i++) control_backward_input(&w, i);
    for (uint32_t i = first_rest; i < num_inputs; i++) control_backward_input(&w, i);
    control_backward_fill(&w);
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (d->needs[i]) *VEC_PUSH(a, &out) = control_backward_gradient(&w, i);
    for (uint32_t i = first_rest, k = 0; i < num_inputs; i++)
        if (d->needs[i])
            *VEC_PUSH(a, &out) = emit(&w.b, "add.Tensor", "vv", sums.data[k++], control_backward_gradient(&w, i));
    for (uint32_t i = d->num_carries; i < first_rest; i++)
        if (d->needs[i]) *VEC_PUSH(a, &out) = control_backward_gradient(&w, i);
    return control_backward_finish(&w, out.data, out.count, "scan_combine_graph_", attribute);
}

static value reverse(builder *b, value v) {
    const int64_t first = 0;
    return emit(b, "flip", "vI", v, &first, 1u);
}

static cot_status backward_call(differentiated *d, value attribute, value *call) {
    joint_stage *s = d->stage;
    builder *b = s->b;
    arena *a = b->graph->arena;
    arg_list carries = {0}, xs = {0};
    const uint32_t first_rest = d->num_carries + d->num_xs;
    for (uint32_t i = 0; i < d->num_carries; i++) {
        if (!d->tangents[i]) continue;
        const value init = s->args[INIT].list[i].value;
        *VEC_PUSH(a, &carries) = arg_value(s->grads[i] != NO_VALUE ? s->grads[i] : emit(b, "zeros_like", "v", init));
    }
    for (uint32_t i = 0; i < d->num_rest; i++)
        if (d->needs[first_rest + i])
            *VEC_PUSH(a, &carries) = arg_value(emit(b, "zeros_like", "v", s->args[ADDITIONAL].list[i].value));
    for (uint32_t i = d->num_carries; i < d->num_outputs; i++)
        if (d->tangents[i]) *VEC_PUSH(a, &xs) = arg_value(reverse(b, s->grads[i]));
    for (uint32_t i = 0; i < d->num_xs; i++) *VEC_PUSH(a, &xs) = arg_value(reverse(b, s->args[XS].list[i].value));
    for (uint32_t i = 0; i < d->num_carries; i++) *VEC_PUSH(a, &xs) = arg_value(reverse(b, d->before[i]));
    TRY(b->status);
    const arg args[COUNT] = {arg_value(attribute), arg_list_of(carries.data, carries.count),
                             arg_list_of(xs.data, xs.count), s->args[ADDITIONAL]};
    type t;
    TRY(shape(b->graph, args, COUNT, &t, b->error));
    *call = emit_raw(b, s->call->op, args, COUNT, &t, NULL);
    return b->status;
}

static cot_status joint(joint_stage *s) {
    differentiated d = {.stage = s,
                        .body = control_body(s->functional, &s->call->args[COMBINE]),
                        .num_carries = s->args[INIT].count,
                        .num_xs = s->args[XS].count,
                        .num_rest = s->args[ADDITIONAL].count,
                        .num_outputs = s->call->type.count};
    d.before = ARENA_ARRAY(s->b->graph->arena, value, d.num_carries);
    find_needs(&d);
    value attribute, call;
    TRY(stack_carries(&d));
    TRY(backward_body(&d, &attribute));
    TRY(backward_call(&d, attribute, &call));
    uint32_t part = 0, k = 0;
    for (uint32_t i = 0; i < d.num_carries; i++, k++) {
        if (d.needs[i] && s->needs[k]) s->out[k] = emit_get(s->b, call, part);
        part += d.needs[i];
    }
    const uint32_t first_rest = d.num_carries + d.num_xs;
    uint32_t of_rest = part, last = k + d.num_xs;
    for (uint32_t i = 0; i < d.num_rest; i++) {
        if (s->args[ADDITIONAL].list[i].kind != ARG_VALUE) continue;
        if (d.needs[first_rest + i]) s->out[last] = emit_get(s->b, call, of_rest++);
        last++;
    }
    for (uint32_t i = 0; i < d.num_xs; i++, k++)
        if (d.needs[d.num_carries + i]) s->out[k] = reverse(s->b, emit_get(s->b, call, of_rest++));
    return s->b->status;
}

static void run(const node *n, control_form *form) {
    *form = (control_form){.kind = CONTROL_LOOP,
                           .bodies = {n->args[COMBINE].value, NO_VALUE},
                           .carries = n->args[INIT],
                           .xs = n->args[XS],
                           .rest = n->args[ADDITIONAL]};
}

static const control_hooks hooks = {.shape = shape, .joint = joint, .run = run};

const op_record ops_scan[] = {
    {.schema = "higher_order::scan", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_scan_count = COUNT_OF(ops_scan);
