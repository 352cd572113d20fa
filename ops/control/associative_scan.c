/* SPDX-License-Identifier: MIT
 * associative_scan.c — inclusive prefixes of an associative combination along the first dimension.
 *
 *     associative_scan(combine, [xs…], (additional…)) → (prefixes…)
 *     combine(so far…, next items…, additional…)
 *
 * The order of combining shows where the combination rounds, or is not associative at all: it is that of PyTorch's
 * recursion, less than 2n combinations.
 *
 * Prefix k is combine(prefix k - 1, item k), whatever the order in which it was found. So the backward is a scan over
 * the items from the last to the second that carries the gradient of the prefix: combine's derivative gives that of the
 * item, and that of the prefix before, to which the tangent that arrives there is added. What `additional` gets is
 * summed on the way. */
#include "ops/control/control.h"

#include "base/error.h"

enum { COMBINE, XS, ADDITIONAL, COUNT };

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs != COUNT || !control_is_list(&args[XS]) || !control_is_list(&args[ADDITIONAL]))
        return fail(error, COT_SCHEMA, "associative_scan: expected a body, a list of tensors and additional inputs");
    if (!args[XS].count) return fail(error, COT_SCHEMA, "Expected at least 1 xs leaf");
    cot_graph *body;
    arg_list outputs = {0};
    const uint32_t count = args[XS].count;
    TRY(control_read_body(g, &args[COMBINE], 2 * count + args[ADDITIONAL].count, "associative_scan", &body, &outputs,
                          error));
    if (outputs.count != count)
        return fail(error, COT_SHAPE,
                    "The tree structure of the xs and the outs of the combine_fn are expected to be identical: "
                    "associative_scan: the body gives %u values for %u xs",
                    outputs.count, count);
    type *parts = ARENA_ARRAY(g->arena, type, count);
    for (uint32_t i = 0; i < count; i++) {
        const type *t = graph_type(g, arg_as_value(&args[XS].list[i]));
        if (t->kind != TYPE_TENSOR) return fail(error, COT_SHAPE, "xs leaves must be a Tensor");
        if (!t->ndim) return fail(error, COT_SHAPE, "All xs leaves must have at least 'dim + 1' dimensions");
        parts[i] = control_result(g, body, &outputs.data[i], &t->sizes[0]);
        if (!type_equal(&parts[i], t, false))
            return fail(error, COT_SHAPE, "associative_scan: output %u of the body is not like an item of xs", i);
        if (!dim_equal(t->sizes[0], graph_type(g, args[XS].list[0].value)->sizes[0]))
            return fail(error, COT_SHAPE, "All xs leaves must have the same scan dimension size");
    }
    *result = type_tuple(g->arena, parts, count);
    return COT_OK;
}

static cot_status capture(capture_stage *s) {
    static const capture_input inputs[] = {{.how = CAPTURE_ITEM, .structure = true, .at = XS},
                                           {.how = CAPTURE_ITEM, .structure = true, .at = XS},
                                           {.how = CAPTURE_HANDED, .at = ADDITIONAL}};
    captured body;
    const capture_request request = {.at = COMBINE, .inputs = inputs, .count = 3, .returns = ARG_LIST};
    TRY(control_expect(s, COUNT, "associative_scan(combine_fn, xs, additional_inputs)"));
    TRY(s->body(s, &request, &body));
    s->args[COMBINE] = s->attach(s, &body, "associative_scan_combine_graph_", false);
    s->args[XS] = control_as_list(s, XS);
    s->args[ADDITIONAL] = control_lifted(s, &body, ARG_TUPLE, NULL);
    return s->call(s, s->args, COUNT, &body, CAPTURE_ALL);
}

/* ---- joint ------------------------------------------------------------------------------------------------------ */

typedef struct differentiated {
    joint_stage *stage;
    const cot_graph *body;
    uint32_t num_xs, num_rest;
    bool *needs, *tangents; /* by input, by output of the body */
    bool *zero;             /* by item: has no gradient, as nothing leads to it */
} differentiated;

static void find_needs(differentiated *d) {
    joint_stage *s = d->stage;
    arena *a = s->b->graph->arena;
    uint32_t k = 0;
    const bool *of_xs = control_needs(s, &s->args[XS], &k), *of_rest = control_needs(s, &s->args[ADDITIONAL], &k);
    d->needs = ARENA_ARRAY(a, bool, d->body->inputs.count);
    d->tangents = ARENA_ARRAY(a, bool, d->num_xs);
    d->zero = ARENA_ARRAY(a, bool, d->num_xs);
    for (uint32_t i = 0; i < d->num_xs; i++) {
        d->needs[i] = d->tangents[i] = control_is_float(graph_type(d->body, d->body->inputs.data[i]));
        d->needs[d->num_xs + i] = of_xs[i];
    }
    for (uint32_t i = 0; i < d->num_rest; i++) d->needs[2 * d->num_xs + i] = of_rest[i];
}

/* (gradients of the prefix…, sums for additional…, tangents of the prefix before…, that prefix…, items…, additional…) →
 * (gradients of the prefix before…, sums…, gradients of the items…) */
static cot_status backward_body(differentiated *d, value *attribute) {
    control_backward w;
    joint_stage *s = d->stage;
    arena *a = s->b->graph->arena;
    TRY(control_backward_start(&w, s, d->body, d->needs, d->tangents));
    const uint32_t num_inputs = d->body->inputs.count, first_rest = 2 * d->num_xs;
    VEC(value) sums = {0}, out = {0}, arriving = {0};
    for (uint32_t i = num_inputs; i < w.joint->inputs.count; i++) control_backward_input(&w, i);
    for (uint32_t i = first_rest; i < num_inputs; i++)
        if (d->needs[i])
            *VEC_PUSH(a, &sums) = control_backward_new_input(&w, graph_type(d->body, d->body->inputs.data[i]));
    for (uint32_t i = num_inputs; i < w.joint->inputs.count; i++)
        *VEC_PUSH(a, &arriving) = control_backward_new_input(&w, graph_type(w.joint, w.joint->inputs.data[i]));
    for (uint32_t i = 0; i < num_inputs; i++) control_backward_input(&w, i);
    control_backward_fill(&w);
    for (uint32_t i = 0, k = 0; i < d->num_xs; i++) {
        if (!d->tangents[i]) continue;
        const value before = arriving.data[k++], gradient = control_backward_gradient(&w, i, NO_VALUE);
        *VEC_PUSH(a, &out) =
            gradient == NO_VALUE ? emit(&w.b, "clone", "v", before) : emit(&w.b, "add.Tensor", "vv", gradient, before);
    }
    for (uint32_t i = first_rest, k = 0; i < num_inputs; i++) {
        if (!d->needs[i]) continue;
        const value sum = sums.data[k++], more = control_backward_gradient(&w, i, NO_VALUE);
        *VEC_PUSH(a, &out) =
            more == NO_VALUE ? emit(&w.b, "clone", "v", sum) : emit(&w.b, "add.Tensor", "vv", sum, more);
    }
    for (uint32_t i = 0; i < d->num_xs; i++) {
        if (!d->needs[d->num_xs + i]) continue;
        const value gradient = control_backward_gradient(&w, d->num_xs + i, NO_VALUE);
        d->zero[i] = gradient == NO_VALUE;
        if (!d->zero[i]) *VEC_PUSH(a, &out) = gradient;
    }
    return control_backward_finish(&w, out.data, out.count, "scan_combine_graph_", attribute);
}

/* Rows [from, to) of v, the last first. */
static value reversed_rows(builder *b, value v, int64_t from, int64_t to) {
    const int64_t first = 0;
    return emit(b, "flip", "vI", emit(b, "slice.Tensor", "viii", v, first, from, to), &first, 1u);
}

static cot_status backward_call(differentiated *d, value attribute, const value *tangents, value *call) {
    joint_stage *s = d->stage;
    builder *b = s->b;
    arena *a = b->graph->arena;
    arg_list carries = {0}, xs = {0};
    for (uint32_t i = 0; i < d->num_xs; i++)
        if (d->tangents[i])
            *VEC_PUSH(a, &carries) = arg_value(emit(b, "select.int", "vii", tangents[i], (int64_t)0, (int64_t)-1));
    for (uint32_t i = 0; i < d->num_rest; i++)
        if (d->needs[2 * d->num_xs + i])
            *VEC_PUSH(a, &carries) = arg_value(emit(b, "zeros_like", "v", s->args[ADDITIONAL].list[i].value));
    for (uint32_t i = 0; i < d->num_xs; i++)
        if (d->tangents[i]) *VEC_PUSH(a, &xs) = arg_value(reversed_rows(b, tangents[i], 0, -1));
    for (uint32_t i = 0; i < d->num_xs; i++) {
        const uint32_t flags = b->flags;
        b->flags &= ~(uint32_t)NODE_BACKWARD; /* a part of the forward call is a forward value */
        const value prefixes = emit_get(b, s->result, i);
        b->flags = flags;
        *VEC_PUSH(a, &xs) = arg_value(reversed_rows(b, prefixes, 0, -1));
    }
    for (uint32_t i = 0; i < d->num_xs; i++)
        *VEC_PUSH(a, &xs) = arg_value(reversed_rows(b, s->args[XS].list[i].value, 1, INT64_MAX));
    TRY(b->status);
    const arg args[] = {arg_value(attribute), arg_list_of(carries.data, carries.count), arg_list_of(xs.data, xs.count),
                        s->args[ADDITIONAL]};
    const op *scan = op_find(b->graph->ctx, "torch.ops.higher_order.scan");
    type t;
    TRY(scan->record->control->shape(b->graph, args, COUNT_OF(args), &t, b->error));
    *call = emit_raw(b, scan, args, COUNT_OF(args), &t, NULL);
    return b->status;
}

static cot_status joint(joint_stage *s) {
    builder *b = s->b;
    differentiated d = {.stage = s,
                        .body = control_body(s->functional, &s->call->args[COMBINE]),
                        .num_xs = s->args[XS].count,
                        .num_rest = s->args[ADDITIONAL].count};
    if (graph_draws(d.body)) /* which prefixes were combined to which depends on their number */
        return builder_fail(b, COT_UNSUPPORTED,
                            "associative_scan: the derivative of a combination that draws random numbers is not "
                            "supported (hook 'joint')");
    find_needs(&d);
    value *tangents = ARENA_ARRAY(b->graph->arena, value, d.num_xs), attribute, call;
    for (uint32_t i = 0; i < d.num_xs; i++)
        tangents[i] = s->grads[i] != NO_VALUE || !d.tangents[i] ? s->grads[i]
                                                                : emit(b, "zeros_like", "v", s->args[XS].list[i].value);
    const type *x = TYPE_OF(b, s->args[XS].list[0].value);
    if (dim_is_static(x->sizes[0]) && x->sizes[0] <= 1) { /* a lone item is its prefix */
        for (uint32_t i = 0; i < d.num_xs; i++)
            if (d.needs[d.num_xs + i]) s->out[i] = tangents[i];
        return b->status;
    }
    TRY(backward_body(&d, &attribute));
    TRY(backward_call(&d, attribute, tangents, &call));
    uint32_t part = 0, k = d.num_xs, item = 0;
    for (uint32_t i = 0; i < d.num_xs; i++) item += d.tangents[i];
    for (uint32_t i = 0; i < d.num_rest; i++) {
        if (s->args[ADDITIONAL].list[i].kind != ARG_VALUE) continue;
        if (d.needs[2 * d.num_xs + i]) s->out[k] = emit_get(b, call, item++);
        k++;
    }
    for (uint32_t i = 0; i < d.num_xs; i++) {
        if (d.needs[d.num_xs + i]) {
            const int64_t first = 0;
            const value head = emit(b, "unsqueeze", "vi", emit_get(b, call, part), first);
            const value tail = d.zero[i]
                                   ? emit(b, "zeros_like", "v",
                                          emit(b, "slice.Tensor", "viii", tangents[i], first, (int64_t)1, INT64_MAX))
                                   : emit(b, "flip", "vI", emit_get(b, call, item++), &first, 1u);
            const value parts[] = {head, tail};
            s->out[i] = emit(b, "cat", "V", parts, 2u);
        }
        part += d.tangents[i];
    }
    return b->status;
}

static cot_status batch(vmap_stage *s) {
    arena *a = s->b->graph->arena;
    const cot_graph *body = control_body(s->source, &s->call->args[COMBINE]);
    const uint32_t num_xs = s->args[XS].count, num_rest = s->args[ADDITIONAL].count;
    uint32_t first = 0;
    const bool *xs = control_batched(s, &s->args[XS], &first), *rest = control_batched(s, &s->args[ADDITIONAL], &first);
    bool *in = ARENA_ARRAY(a, bool, 2 * num_xs + num_rest + 1u), *want = ARENA_ARRAY(a, bool, num_xs + 1u);
    for (uint32_t i = 0; i < num_xs; i++) want[i] = xs[i];
    for (uint32_t i = 0; i < num_rest; i++) in[2 * num_xs + i] = rest[i];
    value attribute, call, *parts = ARENA_ARRAY(a, value, num_xs);
    for (bool settled = false; !settled;) {
        for (uint32_t i = 0; i < num_xs; i++) s->out[i] = in[i] = in[num_xs + i] = want[i];
        TRY(s->body(s, body, in, s->out, &attribute));
        settled = true;
        for (uint32_t i = 0; i < num_xs; i++) {
            settled &= want[i] == s->out[i];
            want[i] = s->out[i];
        }
    }
    const arg args[COUNT] = {arg_value(attribute), control_batch_operands(s, &s->args[XS], xs, want, true),
                             s->args[ADDITIONAL]};
    TRY(control_batch_call(s, args, COUNT, &call));
    for (uint32_t i = 0; i < num_xs; i++)
        parts[i] = s->out[i] ? control_batch_stack(s, call, i) : emit_get(s->b, call, i);
    control_batch_result(s, parts, num_xs);
    return s->b->status;
}

static void run(const node *n, control_form *form) {
    *form = (control_form){.kind = CONTROL_PREFIX,
                           .bodies = {n->args[COMBINE].value, NO_VALUE},
                           .xs = n->args[XS],
                           .rest = n->args[ADDITIONAL]};
}

static const control_hooks hooks = {.capture = capture,
                                    .shape = shape,
                                    .parameters = "combine_fn, [xs], (additional_input)",
                                    .joint = joint,
                                    .vmap = batch,
                                    .run = run};

const op_record ops_associative_scan[] = {
    {.schema = "higher_order::associative_scan", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_associative_scan_count = COUNT_OF(ops_associative_scan);
