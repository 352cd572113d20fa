/* SPDX-License-Identifier: MIT
 * rewrite.c — calls that become one before a graph is planned. The printed stages keep what PyTorch has; here stands
 * what only a plan may know.
 *
 * A table of vectors that is also a product's weight (a tied embedding) gets two gradients. The embedding's is a tensor
 * of zeros with a few rows; adding those rows to the other gradient, in its place, saves making and reading it.
 *
 * The backward of nll_loss is a tensor of zeros with one number in each row, and that of log_softmax reads it: together
 * they are one pass over the log-probabilities, and with a large vocabulary one large tensor less. */
#include "ops/op.h"
#include "runtime/executable.h"

typedef struct rewriter {
    const cot_graph *g;
    uint32_t *uses; /* by value */
} rewriter;

static void count_use(void *user, value v) { ((uint32_t *)user)[v]++; }

/* Whether v is the gradient of an embedding that nobody else reads, and may be added row by row to a `sum`. */
static bool is_rows(const rewriter *r, const op *rows, value v, const type *sum) {
    enum { FREQUENCY = 4 };
    const node *n = graph_node(r->g, v);
    if (n->op != rows || r->uses[v] != 1 || arg_as_bool(&n->args[FREQUENCY], false)) return false;
    return (n->type.dtype == COT_F32 || n->type.dtype == COT_F64) && type_equal(&n->type, sum, false);
}

/* add(x, rows) in `out`, a copy of the graph, becomes embedding_add(x, …). */
static void fold(cot_graph *out, value add, value x, value rows, const op *folded) {
    node *n = &out->nodes.data[add];
    const node *from = graph_node(out, rows);
    arg *args = ARENA_ARRAY(out->arena, arg, folded->num_params);
    args[0] = arg_value(x), args[1] = from->args[0], args[2] = from->args[1], args[3] = from->args[3];
    n->op = folded;
    n->args = args;
    n->nargs = n->npos = folded->num_params;
    n->kwmask = 0;
}

/* Whether n is the backward of log_softmax over the classes of a likelihood's backward that nobody else reads. */
static bool is_cross_entropy(const rewriter *r, const node *n, const op *softmax, const op *likelihood) {
    enum { GRAD, OUTPUT, DIM, SELF = 1 };
    if (n->op != softmax || n->args[GRAD].kind != ARG_VALUE || n->args[OUTPUT].kind != ARG_VALUE) return false;
    const node *from = graph_node(r->g, n->args[GRAD].value);
    const int64_t dim = arg_as_int(&n->args[DIM], 0);
    if (from->op != likelihood || r->uses[n->args[GRAD].value] != 1) return false;
    if (from->args[SELF].kind != ARG_VALUE || from->args[SELF].value != n->args[OUTPUT].value) return false;
    const type *x = graph_type(r->g, n->args[OUTPUT].value);
    return x->ndim == 2 && (dim == 1 || dim == -1) && (x->dtype == COT_F32 || x->dtype == COT_F64) &&
           type_equal(x, &n->type, false);
}

/* The backward of log_softmax in `out` becomes cross_entropy_backward with the operands of the likelihood's. */
static void fold_cross_entropy(cot_graph *out, value v, const op *folded) {
    node *n = &out->nodes.data[v];
    const node *from = graph_node(out, n->args[0].value);
    n->op = folded;
    n->args = from->args;
    n->nargs = from->nargs;
    n->npos = from->npos;
    n->kwmask = from->kwmask;
}

cot_status plan_rewrite(const cot_graph *g, cot_graph **out) {
    const op *add = op_find(g->ctx, "aten.add.Tensor"),
             *rows = op_find(g->ctx, "aten.embedding_dense_backward.default"),
             *folded = op_find(g->ctx, "cot.embedding_add.default");
    const op *softmax = op_find(g->ctx, "aten._log_softmax_backward_data.default"),
             *likelihood = op_find(g->ctx, "aten.nll_loss_backward.default"),
             *cross_entropy = op_find(g->ctx, "cot.cross_entropy_backward.default");
    arena *scratch = arena_create(g->ctx);
    rewriter r = {.g = g, .uses = ARENA_ARRAY(scratch, uint32_t, g->nodes.count)};
    cot_graph *copy = NULL;
    for (value v = 0; v < g->nodes.count; v++)
        for (uint32_t i = 0; i < graph_node(g, v)->nargs; i++) arg_each(&graph_node(g, v)->args[i], count_use, r.uses);
    arg_each(&g->output, count_use, r.uses);
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (is_cross_entropy(&r, n, softmax, likelihood)) {
            if (!copy) copy = graph_copy(g, NULL);
            fold_cross_entropy(copy, v, cross_entropy);
        }
        if (n->op != add || n->args[0].kind != ARG_VALUE || n->args[1].kind != ARG_VALUE) continue;
        if (n->args[2].kind != ARG_INT || n->args[2].i != 1) continue;
        const value a = n->args[0].value, b = n->args[1].value;
        const bool first = a != b && is_rows(&r, rows, a, &n->type) && type_equal(graph_type(g, b), &n->type, true);
        const bool second = a != b && is_rows(&r, rows, b, &n->type) && type_equal(graph_type(g, a), &n->type, true);
        if (!first && !second) continue;
        if (!copy) copy = graph_copy(g, NULL);
        fold(copy, v, second ? a : b, second ? b : a, folded);
    }
    *out = copy ? graph_clean(copy, NULL) : NULL;
    graph_destroy(copy);
    arena_destroy(scratch);
    return COT_OK;
}
