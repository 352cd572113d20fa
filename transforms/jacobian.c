/* SPDX-License-Identifier: MIT
 * jacobian.c — jacrev, jacfwd, hessian: the vjp over a batch of cotangents, the jvp over a batch of tangents. The batch
 * is a basis: one example for each element, of all outputs (or inputs) behind each other. */
#include "base/error.h"
#include "transforms/transform.h"
#include "transforms/vmap.h"

typedef struct jacobian {
    transform t; /* over the vjp or the jvp */
    builder b;
    vmap_walk walk;
    derivative c;
    uint32_t num_inputs; /* of the program */
    uint32_t num_basis;  /* what is seeded: differentiable outputs, or chosen inputs */
    dim *first;          /* of each: its first example; then the number of all */
} jacobian;

static cot_status choose_basis(jacobian *j) {
    const cot_graph *f = j->t.functional;
    syms *s = f->ctx->syms;
    j->first = ARENA_ARRAY(j->t.scratch, dim, j->num_basis + 1u);
    for (uint32_t k = 0; k < j->num_basis; k++) {
        const type *t = graph_type(f, f->inputs.data[j->num_inputs + k]);
        j->first[k + 1] = dim_add(s, j->first[k], type_numel(s, t));
        if (t->ndim == COT_MAX_DIMS)
            return fail(j->t.error, COT_UNSUPPORTED, "a Jacobian of a tensor with 8 dimensions");
    }
    return j->num_basis ? COT_OK : fail(j->t.error, COT_REFUSED, "no output of the program can be differentiated");
}

static value shaped(builder *b, value v, const dim *sizes, uint32_t ndim) {
    const type *t = TYPE_OF(b, v);
    bool same = !b->status && t->ndim == ndim;
    for (uint32_t i = 0; same && i < ndim; i++) same = dim_equal(t->sizes[i], sizes[i]);
    return same ? v : emit(b, "reshape", "vD", v, sizes, ndim);
}

/* Rows of the identity that belong to seed k, in its sizes: zeros but in its own examples. */
static value basis(jacobian *j, uint32_t k) {
    builder *b = &j->b;
    const cot_graph *f = j->t.functional;
    const type *t = graph_type(f, f->inputs.data[j->num_inputs + k]);
    dim sizes[COT_MAX_DIMS + 1] = {j->first[j->num_basis]};
    for (uint32_t i = 0; i < t->ndim; i++) sizes[i + 1] = t->sizes[i];
    value v = emit(b, "eye", "d,dtype=t", j->first[j->num_basis], (int)t->dtype);
    if (j->num_basis > 1) v = emit(b, "slice.Tensor", "vidd", v, (int64_t)1, j->first[k], j->first[k + 1]);
    return shaped(b, v, sizes, t->ndim + 1u);
}

/* Examples of seed k from a batched result, with the seed's sizes in place of the batch. */
static value rows_of(jacobian *j, value whole, uint32_t k, const type *result) {
    const cot_graph *f = j->t.functional;
    const type *seed = graph_type(f, f->inputs.data[j->num_inputs + k]);
    dim sizes[2 * COT_MAX_DIMS];
    value v = whole;
    if (seed->ndim + result->ndim > COT_MAX_DIMS) {
        builder_fail(&j->b, COT_UNSUPPORTED, "a Jacobian has %u dimensions, %u at most", seed->ndim + result->ndim,
                     COT_MAX_DIMS);
        return NO_VALUE;
    }
    if (j->num_basis > 1) v = emit(&j->b, "slice.Tensor", "vidd", v, (int64_t)0, j->first[k], j->first[k + 1]);
    for (uint32_t i = 0; i < seed->ndim; i++) sizes[i] = seed->sizes[i];
    for (uint32_t i = 0; i < result->ndim; i++) sizes[seed->ndim + i] = result->sizes[i];
    return shaped(&j->b, v, sizes, (uint32_t)seed->ndim + result->ndim);
}

/* Dimensions [0, n) put behind the others. */
static value turn(builder *b, value v, uint32_t n) {
    int64_t order[COT_MAX_DIMS];
    const uint32_t ndim = TYPE_OF(b, v)->ndim;
    if (b->status || !n || n == ndim) return v;
    for (uint32_t i = 0; i < ndim; i++) order[i] = (i + n) % ndim;
    return emit(b, "permute", "vI", v, order, ndim);
}

static cot_status run_basis(jacobian *j) {
    const cot_graph *f = j->t.functional;
    builder_init(&j->b, j->t.made, j->t.error);
    j->b.decompose = true;
    vmap_start(&j->walk, &j->b, f, j->first[j->num_basis], BATCH_RANDOM_SAME, j->t.scratch);
    for (uint32_t i = 0; i < j->num_inputs; i++)
        j->walk.map[f->inputs.data[i]] = transform_input(&j->t, &j->b, i, NULL);
    for (uint32_t k = 0; k < j->num_basis; k++) {
        const value v = f->inputs.data[j->num_inputs + k];
        j->walk.map[v] = basis(j, k);
        j->walk.batched[v] = true;
    }
    TRY(j->b.status);
    return vmap_nodes(&j->walk);
}

static void give_rest(jacobian *j, const cot_derivative_options *o, uint32_t num_leaves) {
    for (uint32_t i = 1; o->has_aux && i < num_leaves; i++)
        transform_result(&j->t, arg_map(j->t.made, &j->t.outputs.data[i], j->walk.map));
}

static cot_status write_reverse(jacobian *j) {
    TRY(choose_basis(j));
    TRY(run_basis(j));
    const uint32_t leaves = j->t.outputs.count - j->c.num_inputs;
    for (uint32_t k = 0; k < j->num_basis; k++)
        for (uint32_t i = 0; i < j->c.num_inputs; i++) {
            const arg *g = &j->t.outputs.data[leaves + i];
            const arg whole = vmap_output(&j->walk, g, 0);
            transform_result(&j->t,
                             arg_value(rows_of(j, arg_as_value(&whole), k, graph_type(j->t.functional, g->value))));
        }
    give_rest(j, j->c.options, leaves);
    return j->b.status;
}

static cot_status write_forward(jacobian *j) {
    TRY(choose_basis(j));
    TRY(run_basis(j));
    const uint32_t leaves = j->t.outputs.count - j->c.num_outputs;
    const cot_graph *f = j->t.functional;
    for (uint32_t k = 0; k < j->c.num_outputs; k++)
        for (uint32_t i = 0; i < j->num_basis; i++) {
            const arg *y = &j->t.outputs.data[leaves + k];
            const arg whole = vmap_output(&j->walk, y, 0);
            const value v = rows_of(j, arg_as_value(&whole), i, graph_type(f, y->value));
            transform_result(&j->t, arg_value(turn(&j->b, v, graph_type(f, f->inputs.data[j->num_inputs + i])->ndim)));
        }
    give_rest(j, j->c.options, leaves);
    return j->b.status;
}

static cot_status build(const cot_graph *g, const cot_derivative_options *o, bool forward, cot_graph **out,
                        cot_error *error) {
    jacobian j = {.num_inputs = g->inputs.count};
    arena *a = arena_create(g->ctx);
    cot_graph *inner = NULL;
    cot_status status = derivative_choose(&j.c, g, o, a, error);
    if (!status) status = (forward ? derivative_jvp : derivative_vjp)(g, &j.c, &inner, error);
    if (!status) status = transform_open(&j.t, inner, NULL, error);
    if (!status) {
        j.num_basis = forward ? j.c.num_inputs : j.c.num_outputs;
        status = transform_finish(&j.t, forward ? write_forward(&j) : write_reverse(&j), out);
    }
    graph_destroy(inner);
    arena_destroy(a);
    return status;
}

cot_status transform_jacrev(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error) {
    return build(g, o, false, out, error);
}

cot_status transform_jacfwd(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error) {
    return build(g, o, true, out, error);
}

cot_status transform_hessian(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error) {
    derivative c;
    cot_graph *first = NULL;
    arena *a = arena_create(g->ctx);
    cot_status status = derivative_choose(&c, g, o, a, error);
    if (!status) status = transform_jacrev(g, o, &first, error);
    cot_derivative_options second = *o; /* the same inputs, which have kept their names */
    const char **names = ARENA_ARRAY(a, const char *, g->inputs.count + 1u);
    second.inputs = names;
    second.num_inputs = second.has_aux = 0;
    for (uint32_t i = 0; !status && i < g->inputs.count; i++)
        if (c.chosen[i]) names[second.num_inputs++] = graph_node(g, g->inputs.data[i])->name;
    if (!status) status = transform_jacfwd(first, &second, out, error);
    graph_destroy(first);
    arena_destroy(a);
    return status;
}
