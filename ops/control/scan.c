/* SPDX-License-Identifier: MIT
 * scan.c — a loop along the first dimension that carries values from item to item.
 *
 *     scan(combine, [init…], [xs…], (additional…)) → (last carries…, stacked outputs…)
 *     combine(carries…, items…, additional…) → (next carries…, outputs…)
 *
 * Its backward is a scan over the items in reverse, which carries the gradients of the carries and the sums of the
 * gradients of `additional`. The body's joint is split once, by the same minimum cut as a program; what an item keeps
 * for its backward the forward stacks, carries as they were before the item among them. */
#include "ops/control/control.h"
#include "ops/control/written.h"

#include "base/error.h"

enum { COMBINE, INIT, XS, ADDITIONAL, COUNT };

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (!written_has_arguments(args, nargs, COUNT) || !control_is_list(&args[INIT]) || !control_is_list(&args[XS]) ||
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
        if (t->kind != TYPE_TENSOR)
            return fail(error, COT_SHAPE, "All xs leaves must be a Tensor but got %s",
                        control_leaf_text(g, &args[XS].list[i]));
        if (!t->ndim) return fail(error, COT_SHAPE, "All xs leaves must have at least 'dim + 1' dimensions");
        if (!dim_equal(t->sizes[0], graph_type(g, args[XS].list[0].value)->sizes[0]))
            return fail(error, COT_SHAPE, "All xs leaves must have the same scan dimension size");
    }
    const dim leading = graph_type(g, args[XS].list[0].value)->sizes[0];
    type *parts = ARENA_ARRAY(g->arena, type, outputs.count), *inits = ARENA_ARRAY(g->arena, type, num_carries);
    for (uint32_t i = 0; i < outputs.count; i++) {
        parts[i] = control_result(g, body, &outputs.data[i], i < num_carries ? NULL : &leading);
        if (i >= num_carries) continue;
        inits[i] = *graph_type(g, arg_as_value(&args[INIT].list[i]));
        if (inits[i].kind != TYPE_TENSOR)
            return fail(error, COT_SHAPE, "All init leaves must be a Tensor but got %s",
                        control_leaf_text(g, &args[INIT].list[i]));
    }
    TRY(control_same_metadata(g, inits, num_carries, "init", parts, num_carries, "carry", error));
    *result = type_tuple(g->arena, parts, outputs.count);
    return COT_OK;
}

/* As many carries as there are inits; whether they are alike is the shape rule's business. */
static cot_status check_carries(capture_stage *s, const captured *body) {
    const arg init = control_as_list(s, INIT);
    const uint32_t count = s->count(s, body, 0);
    type *inits = ARENA_ARRAY(s->b->graph->arena, type, init.count);
    type *carries = ARENA_ARRAY(s->b->graph->arena, type, count);
    if (!init.count) return builder_fail(s->b, COT_SCHEMA, "scan() operator requires init leaves.");
    for (uint32_t i = 0; i < init.count; i++) inits[i] = *TYPE_OF(s->b, arg_as_value(&init.list[i]));
    for (uint32_t i = 0; i < count; i++) carries[i] = *graph_type(body->graph, arg_as_value(&body->outputs.data[i]));
    const cot_status status =
        control_same_metadata(s->b->graph, inits, init.count, "init", carries, count, "carry", s->b->error);
    if (status) builder_failed(s->b, status);
    return status;
}

static cot_status capture(capture_stage *s) {
    static const capture_input inputs[] = {{.how = CAPTURE_OWN, .structure = true, .at = INIT},
                                           {.how = CAPTURE_ITEM, .structure = true, .at = XS},
                                           {.how = CAPTURE_HANDED, .at = ADDITIONAL}};
    captured body;
    const capture_request request = {.at = COMBINE, .inputs = inputs, .count = 3, .returns = ARG_LIST};
    TRY(control_expect(s, COUNT, "scan(combine_fn, init, xs, additional_inputs)"));
    TRY(s->body(s, &request, &body));
    if (s->count(s, &body, CAPTURE_ALL) != 2)
        return builder_fail(s->b, COT_SCHEMA, "Expect combine_fn to return a tuple (next_carry, y) but got %u values.",
                            body.outputs.count);
    TRY(check_carries(s, &body));
    s->args[COMBINE] = s->attach(s, &body, "scan_combine_graph_", false);
    s->args[INIT] = control_as_list(s, INIT);
    s->args[XS] = control_as_list(s, XS);
    s->args[ADDITIONAL] = control_lifted(s, &body, ARG_TUPLE, NULL);
    return s->call(s, s->args, COUNT, &body, CAPTURE_ALL);
}

/* ---- joint ------------------------------------------------------------------------------------------------------ */

/* What the backward of an item reads. */
typedef struct differentiated {
    joint_stage *stage;
    const cot_graph *body;
    control_halves halves;
    uint32_t num_carries, num_xs, num_rest, num_outputs;
    bool *needs, *tangents; /* by input, by output of the body */
    bool *reads;            /* by input of the body: of source */
    bool *zero;             /* by input of the body: has no gradient, as nothing leads to it */
    bool counts;            /* the backward reads nothing of an item: the first of xs says how many there are */
    value *stacks;          /* by input of the backward that is no input of the body: what the forward kept, stacked */
    value *before;          /* by carry that is read: stacked, as it was before each item */
} differentiated;

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
    for (uint32_t i = 0; i < d->num_carries; i++) d->needs[i] = d->tangents[i] = control_is_float(input_type(d, i));
    for (uint32_t i = 0; i < d->num_xs; i++) d->needs[d->num_carries + i] = of_xs[i];
    for (uint32_t i = 0; i < d->num_rest; i++) d->needs[d->num_carries + d->num_xs + i] = of_rest[i];
    for (uint32_t i = d->num_carries; i < d->num_outputs; i++) d->tangents[i] = s->grads[i] != NO_VALUE;
}

/* The joint, and whose inputs and gradients the backward has. */
static cot_status find_source(differentiated *d) {
    control_halves *h = &d->halves;
    TRY(control_halve(d->stage, d->body, d->needs, d->tangents, true, h));
    d->reads = ARENA_ARRAY(d->stage->b->graph->arena, bool, d->body->inputs.count + 1u);
    d->counts = true;
    for (uint32_t i = 0; i < h->num_inputs; i++) {
        const uint32_t k = h->input[i];
        d->reads[k] = true;
        d->counts &= k >= d->num_carries + d->num_xs && k < d->body->inputs.count;
    }
    for (uint32_t i = d->num_carries; i < d->num_outputs; i++) d->counts &= !d->tangents[i];
    return COT_OK;
}

/* The body of the forward call becomes one that also gives what the backward reads: values of its own, and copies of
 * carries; the call gives their stacks. */
static cot_status stack_saved(differentiated *d) {
    joint_stage *s = d->stage;
    cot_graph *g = s->b->graph;
    arg_list outputs = {0};
    uint32_t *part = ARENA_ARRAY(g->arena, uint32_t, d->halves.num_inputs);
    builder inner;
    builder_init(&inner, control_keep(s, &d->halves, d->num_outputs, d->num_carries, part, &outputs), s->b->error);
    uint32_t before = outputs.count;
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (d->reads[i])
            *VEC_PUSH(g->arena, &outputs) = arg_value(emit(&inner, "clone", "v", inner.graph->inputs.data[i]));
    if (inner.status) return builder_failed(s->b, inner.status), inner.status;
    control_change_body(s, COMBINE, inner.graph, &outputs, "scan_combine_graph_");
    node *call = &g->nodes.data[s->result];
    TRY(shape(g, call->args, COUNT, &call->type, s->b->error));
    for (uint32_t i = 0; i < d->halves.num_inputs; i++)
        if (control_is_kept(&d->halves, i)) d->stacks[i] = control_part(s, part[i]);
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (d->reads[i]) d->before[i] = control_part(s, before++);
    return s->b->status;
}

/* Places the inputs of source that are input [from, to) of the body; the values kept, where `from` is the number. */
static void place_saved(control_backward *w, const differentiated *d, uint32_t from, uint32_t to) {
    for (uint32_t i = 0; i < d->halves.num_inputs; i++)
        if (d->halves.input[i] >= from && d->halves.input[i] < to) control_backward_input(w, i);
}

/* (gradients of carries…, sums for additional…, tangents of an item…, items of xs, values kept, carries before…,
 * additional…: those that are read) → (gradients of carries before…, sums…, gradients of items…) */
static cot_status backward_body(differentiated *d, value *attribute) {
    control_backward w;
    arena *a = d->stage->b->graph->arena;
    control_backward_begin(&w, d->stage, d->halves.source, d->body->class_name);
    const uint32_t num_inputs = d->body->inputs.count, first_rest = d->num_carries + d->num_xs;
    VEC(value) sums = {0}, out = {0}, carried = {0};
    uint32_t tangent = d->halves.num_inputs;
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (d->tangents[i]) *VEC_PUSH(a, &carried) = control_backward_input(&w, tangent++);
    for (uint32_t i = first_rest; i < num_inputs; i++)
        if (d->needs[i]) *VEC_PUSH(a, &sums) = control_backward_new_input(&w, input_type(d, i));
    while (tangent < d->halves.source->inputs.count) control_backward_input(&w, tangent++);
    for (uint32_t i = 0; i < d->num_xs; i++) place_saved(&w, d, d->num_carries + i, d->num_carries + i + 1);
    place_saved(&w, d, num_inputs, num_inputs + 1);
    for (uint32_t i = 0; i < d->num_carries; i++) place_saved(&w, d, i, i + 1);
    if (d->counts) control_backward_new_input(&w, input_type(d, d->num_carries));
    for (uint32_t i = first_rest; i < num_inputs; i++) place_saved(&w, d, i, i + 1);
    control_backward_fill(&w);
    for (uint32_t i = 0, k = 0; i < d->num_carries; i++)
        if (d->needs[i]) *VEC_PUSH(a, &out) = control_backward_gradient(&w, i, carried.data[k++]);
    for (uint32_t i = first_rest, k = 0; i < num_inputs; i++) {
        if (!d->needs[i]) continue;
        const value sum = sums.data[k++], more = control_backward_gradient(&w, i, NO_VALUE);
        *VEC_PUSH(a, &out) =
            more == NO_VALUE ? emit(&w.b, "clone", "v", sum) : emit(&w.b, "add.Tensor", "vv", sum, more);
    }
    for (uint32_t i = d->num_carries; i < first_rest; i++) {
        if (!d->needs[i]) continue;
        const value gradient = control_backward_gradient(&w, i, NO_VALUE);
        d->zero[i] = gradient == NO_VALUE;
        if (!d->zero[i]) *VEC_PUSH(a, &out) = gradient;
    }
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
    arg_list carries = {0}, xs = {0}, rest = {0};
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
    for (uint32_t i = 0; i < d->num_xs; i++)
        if (d->reads[d->num_carries + i]) *VEC_PUSH(a, &xs) = arg_value(reverse(b, s->args[XS].list[i].value));
    for (uint32_t i = 0; i < d->halves.num_inputs; i++)
        if (control_is_kept(&d->halves, i)) *VEC_PUSH(a, &xs) = arg_value(reverse(b, d->stacks[i]));
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (d->reads[i]) *VEC_PUSH(a, &xs) = arg_value(reverse(b, d->before[i]));
    if (d->counts) *VEC_PUSH(a, &xs) = s->args[XS].list[0];
    for (uint32_t i = 0; i < d->num_rest; i++)
        if (d->reads[first_rest + i]) *VEC_PUSH(a, &rest) = s->args[ADDITIONAL].list[i];
    TRY(b->status);
    const arg args[COUNT] = {arg_value(attribute), arg_list_of(carries.data, carries.count),
                             arg_list_of(xs.data, xs.count),
                             (arg){.kind = ARG_TUPLE, .list = rest.data, .count = rest.count}};
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
    value attribute, call;
    find_needs(&d);
    TRY(find_source(&d));
    d.zero = ARENA_ARRAY(s->b->graph->arena, bool, d.body->inputs.count);
    d.before = ARENA_ARRAY(s->b->graph->arena, value, d.num_carries);
    d.stacks = ARENA_ARRAY(s->b->graph->arena, value, d.halves.num_inputs);
    TRY(stack_saved(&d));
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
    for (uint32_t i = 0; i < d.num_xs; i++, k++) {
        if (!d.needs[d.num_carries + i]) continue;
        s->out[k] = d.zero[d.num_carries + i] ? emit(s->b, "zeros_like", "v", s->args[XS].list[i].value)
                                              : reverse(s->b, emit_get(s->b, call, of_rest++));
    }
    return s->b->status;
}

/* Carries that come to have the batch have it from the beginning. */
static cot_status batch(vmap_stage *s) {
    arena *a = s->b->graph->arena;
    const cot_graph *body = control_body(s->source, &s->call->args[COMBINE]);
    const uint32_t num_carries = s->args[INIT].count, num_xs = s->args[XS].count, num_rest = s->args[ADDITIONAL].count;
    const uint32_t count = s->call->type.count;
    uint32_t first = 0;
    const bool *init = control_batched(s, &s->args[INIT], &first), *xs = control_batched(s, &s->args[XS], &first);
    const bool *rest = control_batched(s, &s->args[ADDITIONAL], &first);
    bool *in = ARENA_ARRAY(a, bool, num_carries + num_xs + num_rest + 1u);
    for (uint32_t i = 0; i < num_carries; i++) in[i] = init[i];
    for (uint32_t i = 0; i < num_xs; i++) in[num_carries + i] = xs[i];
    for (uint32_t i = 0; i < num_rest; i++) in[num_carries + num_xs + i] = rest[i];
    value attribute, call, *parts = ARENA_ARRAY(a, value, count);
    for (bool settled = false; !settled;) {
        for (uint32_t i = 0; i < count; i++) s->out[i] = i < num_carries && in[i];
        TRY(s->body(s, body, in, s->out, &attribute));
        settled = true;
        for (uint32_t i = 0; i < num_carries; i++) {
            settled &= in[i] == s->out[i];
            in[i] = s->out[i];
        }
    }
    const arg args[COUNT] = {arg_value(attribute), control_batch_operands(s, &s->args[INIT], init, in, false),
                             control_batch_operands(s, &s->args[XS], xs, xs, true), s->args[ADDITIONAL]};
    TRY(control_batch_call(s, args, COUNT, &call));
    for (uint32_t i = 0; i < count; i++)
        parts[i] = i >= num_carries && s->out[i] ? control_batch_stack(s, call, i) : emit_get(s->b, call, i);
    control_batch_result(s, parts, count);
    return s->b->status;
}

static void run(const node *n, control_form *form) {
    *form = (control_form){.kind = CONTROL_LOOP,
                           .bodies = {n->args[COMBINE].value, NO_VALUE},
                           .carries = n->args[INIT],
                           .xs = n->args[XS],
                           .rest = n->args[ADDITIONAL],
                           .reversed = (n->flags & NODE_BACKWARD) != 0};
}

static uint32_t count_carries(const node *call) { return call->args[INIT].count; }

static cot_status functionalize(functionalize_stage *s, value *result) {
    static const written_form form = {
        .first_body = COMBINE,
        .num_bodies = 1,
        .first_list = INIT,
        .num_lists = 3,
        .roles = {WRITTEN_NEVER, WRITTEN_NEVER, WRITTEN_CARRIED},
        .carries = count_carries,
        .refusal =
            "scan only supports in-place mutation of additional_inputs (loop-invariant tensors). init is the "
            "*initial* carry only -- from step 1 on the driver feeds combine_fn's returned carry, so an in-place "
            "write to init would only affect step 0. xs[t] is a fresh, storage-disjoint slice each step, so a "
            "mutation cannot be observed by step t+1. Update the carry via the combine_fn return value; for "
            "in-place lifted buffers use additional_inputs."};
    return written_functionalize(s, &form, result);
}

static const control_hooks hooks = {.capture = capture,
                                    .shape = shape,
                                    .functionalize = functionalize,
                                    .parameters = "combine_fn, [init], [xs], (additional_input)",
                                    .joint = joint,
                                    .vmap = batch,
                                    .run = run};

const op_record ops_scan[] = {
    {.schema = "higher_order::scan", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_scan_count = COUNT_OF(ops_scan);
