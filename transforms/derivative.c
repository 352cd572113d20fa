/* SPDX-License-Identifier: MIT
 * derivative.c — grad, vjp, jvp: the reverse walk of autograd/ written into a program of its own.
 *
 * Forward mode needs no rules of its own: a gradient is linear in its cotangent, so the gradient of (cotangent →
 * gradient), taken along a tangent, is that tangent carried forward. What the first walk computed of the cotangent
 * is not read by the second and goes with the cleaning; what stays is the program and its tangents. Every operator
 * that differentiates twice, control operators among them, has forward mode by this. */
#include "transforms/transform.h"

#include "base/error.h"
#include "partition/partition.h"

static const type *input_type(const cot_graph *g, uint32_t i) { return graph_type(g, g->inputs.data[i]); }

cot_status derivative_choose(derivative *d, const cot_graph *g, const cot_derivative_options *o, arena *a,
                             cot_error *error) {
    *d = (derivative){.options = o, .arena = a, .chosen = ARENA_ARRAY(a, bool, g->inputs.count + 1u)};
    for (uint32_t i = 0; o->inputs && i < o->num_inputs; i++) {
        uint32_t at;
        TRY(transform_find_input(g, o->inputs[i], &at, error));
        if (!type_is_differentiable(input_type(g, at)))
            return fail(error, COT_INVALID, "cannot differentiate by %s: it is no floating-point tensor",
                        graph_node(g, g->inputs.data[at])->name);
        d->chosen[at] = true;
    }
    uint32_t first = g->inputs.count;
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        const bool can = type_is_differentiable(input_type(g, i));
        const bool parameter = i < g->input_specs.count && g->input_specs.data[i].kind == INPUT_PARAMETER;
        if (!o->inputs && can && parameter) d->chosen[i] = true;
        if (can && first == g->inputs.count) first = i;
        d->num_inputs += d->chosen[i];
    }
    if (!d->num_inputs && !o->inputs && first < g->inputs.count) {
        d->chosen[first] = true;
        d->num_inputs = 1;
    }
    return d->num_inputs ? COT_OK : fail(error, COT_INVALID, "the program has no floating-point input");
}

static cot_status split_body(void *user, const cot_graph *joint, cot_graph *root, cot_graph **forward,
                             cot_graph **backward, cot_error *error) {
    uint32_t released = 0;
    return partition_body(joint, user, root, forward, backward, &released, error);
}

/* ---- reverse mode ----------------------------------------------------------------------------------------------- */

/* The walk over t's source; `seed` gives the gradient that arrives at leaf i of its outputs, NO_VALUE for none. */
typedef struct reverse_walk {
    transform t;
    differentiation d;
    body_cache bodies;
    partition_options partition;
    joint_splitter splitter;
} reverse_walk;

static void reverse_start(reverse_walk *r, const bool *requires) {
    const cot_graph *f = r->t.functional;
    r->splitter = (joint_splitter){split_body, &r->partition};
    r->bodies.splitter = &r->splitter;
    r->bodies.again = true;
    differentiate_start(&r->d, f, r->t.made, &r->bodies, r->t.error);
    differentiate_needs(&r->d, requires);
    for (uint32_t i = 0; i < f->inputs.count; i++)
        r->d.copy[f->inputs.data[i]] = transform_input(&r->t, &r->d.b, i, NULL);
}

static void reverse_seed(reverse_walk *r, value output, value gradient) {
    differentiation *d = &r->d;
    if (!d->needs[output]) return;
    d->reached[output] = true;
    d->grad[output] =
        d->grad[output] == NO_VALUE ? gradient : emit(&d->b, "add.Tensor", "vv", d->grad[output], gradient);
}

static void write_mutated(reverse_walk *r) {
    const cot_graph *f = r->t.functional;
    for (uint32_t k = 0; k < f->num_mutated; k++)
        transform_write(&r->t, &r->d.b, f->mutated[k], r->d.copy[r->t.leaves.data[k].value]);
}

static void give_outputs(reverse_walk *r, uint32_t from) {
    for (uint32_t i = from; i < r->t.outputs.count; i++)
        transform_result(&r->t, arg_map(r->t.made, &r->t.outputs.data[i], r->d.copy));
}

static void give_gradients(reverse_walk *r, const bool *chosen) {
    const cot_graph *f = r->t.functional;
    for (uint32_t i = 0; i < f->inputs.count; i++) {
        if (!chosen[i]) continue;
        value g = differentiate_input_gradient(&r->d, f->inputs.data[i]);
        if (g == NO_VALUE) g = emit(&r->d.b, "zeros_like", "v", r->d.copy[f->inputs.data[i]]);
        transform_result(&r->t, arg_value(g));
    }
}

static cot_status reverse_finish(reverse_walk *r, cot_status status, cot_graph **out) {
    if (!status) status = r->d.b.status;
    arena_destroy(r->d.scratch);
    return transform_finish(&r->t, status, out);
}

static cot_status check_scalar(const transform *t, bool has_aux) {
    const arg *first = t->outputs.count ? &t->outputs.data[0] : NULL;
    if (!first || first->kind != ARG_VALUE)
        return fail(t->error, COT_REFUSED, "grad: Expected f(*args) to return tensor");
    if (t->outputs.count > 1 && !has_aux)
        return fail(t->error, COT_REFUSED,
                    "grad: Expected f(*args) to return tensor, got %u outputs: with has_aux the first alone is "
                    "differentiated",
                    t->outputs.count);
    const type *y = graph_type(t->functional, first->value);
    if (y->kind != TYPE_TENSOR || y->ndim)
        return fail(t->error, COT_REFUSED,
                    "grad: Expected f(*args) to return a scalar tensor, got tensor with %u dims. Maybe you wanted to "
                    "use the vjp or jacrev APIs instead?",
                    y->ndim);
    return COT_OK;
}

static cot_status walk_gradient(reverse_walk *r, const derivative *c) {
    differentiation *d = &r->d;
    TRY(check_scalar(&r->t, c->options->has_aux));
    TRY(differentiate_copy_forward(d));
    const value y = r->t.outputs.data[0].value;
    if (d->needs[y]) reverse_seed(r, y, emit(&d->b, "ones_like", "v", d->copy[y]));
    TRY(differentiate_backward(d));
    write_mutated(r);
    give_gradients(r, c->chosen);
    if (c->options->value || c->options->has_aux) give_outputs(r, c->options->value ? 0 : 1);
    return d->b.status;
}

cot_status transform_grad(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error) {
    derivative c;
    reverse_walk r = {0};
    arena *a = arena_create(g->ctx);
    cot_status status = derivative_choose(&c, g, o, a, error);
    if (!status) status = transform_open(&r.t, g, c.chosen, error);
    if (!status) {
        reverse_start(&r, c.chosen);
        status = reverse_finish(&r, walk_gradient(&r, &c), out);
    }
    arena_destroy(a);
    return status;
}

static cot_status walk_vjp(reverse_walk *r, derivative *c) {
    differentiation *d = &r->d;
    transform *t = &r->t;
    const uint32_t count = t->outputs.count;
    value *seeds = ARENA_ARRAY(t->scratch, value, count + 1u);
    c->outputs = ARENA_ARRAY(c->arena, bool, count + 1u);
    c->num_outputs = 0;
    for (uint32_t i = 0; i < count && (!i || !c->options->has_aux); i++) {
        const value y = arg_as_value(&t->outputs.data[i]);
        if (y == NO_VALUE || !type_is_differentiable(graph_type(t->functional, y))) continue;
        const type *of = graph_type(t->functional, y);
        const type ct = type_tensor(t->made->arena, t->made->ctx->syms, (cot_dtype)of->dtype, of->sizes, of->ndim);
        seeds[i] = transform_new_input(t, &d->b, arena_printf(t->scratch, "cotangents_%u", ++c->num_outputs), &ct);
        c->outputs[i] = true;
    }
    TRY(d->b.status);
    TRY(differentiate_copy_forward(d));
    for (uint32_t i = 0; i < count; i++)
        if (c->outputs[i]) reverse_seed(r, t->outputs.data[i].value, seeds[i]);
    TRY(differentiate_backward(d));
    write_mutated(r);
    give_outputs(r, 0);
    give_gradients(r, c->chosen);
    return d->b.status;
}

cot_status derivative_vjp(const cot_graph *g, derivative *c, cot_graph **out, cot_error *error) {
    reverse_walk r = {0};
    TRY(transform_open(&r.t, g, c->chosen, error));
    reverse_start(&r, c->chosen);
    return reverse_finish(&r, walk_vjp(&r, c), out);
}

cot_status transform_vjp(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error) {
    derivative c;
    arena *a = arena_create(g->ctx);
    cot_status status = derivative_choose(&c, g, o, a, error);
    if (!status) status = derivative_vjp(g, &c, out, error);
    arena_destroy(a);
    return status;
}

/* ---- forward mode ----------------------------------------------------------------------------------------------- */

/* The second walk: over the vjp, differentiated by its cotangents, along tangents that arrive at its gradients. */
static cot_status walk_jvp(reverse_walk *r, const derivative *c) {
    differentiation *d = &r->d;
    transform *t = &r->t;
    const cot_graph *f = t->functional;
    const uint32_t num_inputs = f->inputs.count - c->num_outputs, num_leaves = t->outputs.count - c->num_inputs;
    bool *requires = ARENA_ARRAY(t->scratch, bool, f->inputs.count + 1u);
    for (uint32_t i = num_inputs; i < f->inputs.count; i++) requires[i] = true;
    differentiate_start(d, f, t->made, &r->bodies, t->error);
    differentiate_needs(d, requires);
    for (uint32_t i = 0; i < num_inputs; i++) d->copy[f->inputs.data[i]] = transform_input(t, &d->b, i, NULL);
    value *tangents = ARENA_ARRAY(t->scratch, value, c->num_inputs + 1u);
    for (uint32_t i = 0; i < c->num_inputs; i++) {
        const type *g = graph_type(f, arg_as_value(&t->outputs.data[num_leaves + i]));
        const type like = type_tensor(t->made->arena, f->ctx->syms, (cot_dtype)g->dtype, g->sizes, g->ndim);
        tangents[i] = transform_new_input(t, &d->b, arena_printf(t->scratch, "tangents_%u", i + 1), &like);
    }
    TRY(d->b.status);
    for (uint32_t i = num_inputs; i < f->inputs.count; i++) { /* any cotangent will do */
        const type *u = graph_type(f, f->inputs.data[i]);
        d->copy[f->inputs.data[i]] = emit(&d->b, "zeros", "D,dtype=t", u->sizes, (uint32_t)u->ndim, (int)u->dtype);
    }
    TRY(differentiate_copy_forward(d));
    for (uint32_t i = 0; i < c->num_inputs; i++)
        reverse_seed(r, arg_as_value(&t->outputs.data[num_leaves + i]), tangents[i]);
    TRY(differentiate_backward(d));
    write_mutated(r);
    for (uint32_t i = 0; i < num_leaves; i++) transform_result(t, arg_map(t->made, &t->outputs.data[i], d->copy));
    give_gradients(r, requires);
    return d->b.status;
}

cot_status derivative_jvp(const cot_graph *g, derivative *c, cot_graph **out, cot_error *error) {
    cot_graph *vjp;
    reverse_walk r = {0};
    TRY(derivative_vjp(g, c, &vjp, error));
    bool *requires = ARENA_ARRAY(c->arena, bool, vjp->inputs.count + 1u);
    for (uint32_t i = vjp->inputs.count - c->num_outputs; i < vjp->inputs.count; i++) requires[i] = true;
    cot_status status = transform_open(&r.t, vjp, requires, error);
    graph_destroy(vjp);
    TRY(status);
    r.splitter = (joint_splitter){split_body, &r.partition};
    r.bodies.splitter = &r.splitter;
    return reverse_finish(&r, walk_jvp(&r, c), out);
}

cot_status transform_jvp(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error) {
    derivative c;
    arena *a = arena_create(g->ctx);
    cot_status status = derivative_choose(&c, g, o, a, error);
    if (!status) status = derivative_jvp(g, &c, out, error);
    arena_destroy(a);
    return status;
}
