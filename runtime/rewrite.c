/* SPDX-License-Identifier: MIT
 * rewrite.c — calls that become one before a graph is planned. The printed stages keep what PyTorch has; here stands
 * what only a plan may know.
 *
 * A table of vectors that is also a product's weight (a tied embedding) gets two gradients. The embedding's is a tensor
 * of zeros with a few rows; adding those rows to the other gradient, in its place, saves making and reading it.
 *
 * The backward of nll_loss is a tensor of zeros with one number in each row, and that of log_softmax reads it: together
 * they are one pass over the log-probabilities, and with a large vocabulary one large tensor less.
 *
 * The gradient of a tensor that was cut in pieces (queries, keys and values of one product; halves that a rotary
 * embedding swaps) is a sum of tensors of zeros with one piece each. Where the pieces are all of it, they are put side
 * by side. */
#include "ops/emit.h"
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

/* ---- sums of pieces -------------------------------------------------------------------------------------------- */

enum { MOST_PIECES = 16 };

typedef struct piece {
    value leaf; /* slice_backward or select_backward */
    int64_t from, to;
} piece;

typedef struct pieces {
    piece items[MOST_PIECES];
    uint32_t count;
    bool slices; /* all are; else all are selects */
    int64_t dim, size;
    value rest; /* another operand of the sum, NO_VALUE without */
} pieces;

typedef struct piece_ops {
    const op *add, *slice, *select, *cat, *unsqueeze;
} piece_ops;

/* A leaf of the sum, if it is a piece like the others. */
static bool add_piece(const rewriter *r, const piece_ops *ops, value v, pieces *p) {
    enum { SIZES = 1, DIM = 2, START = 3, END = 4, STEP = 5 };
    const node *n = graph_node(r->g, v);
    const bool slices = n->op == ops->slice;
    if ((!slices && n->op != ops->select) || r->uses[v] != 1 || p->count == MOST_PIECES) return false;
    const int64_t ndim = n->type.ndim;
    int64_t dim = arg_as_int(&n->args[DIM], INT64_MAX);
    if (ndim == 0 || dim < -ndim || dim >= ndim || n->args[START].kind != ARG_INT) return false;
    if (dim < 0) dim += ndim;
    if (!dim_is_static(n->type.sizes[dim])) return false;
    const int64_t size = n->type.sizes[dim];
    if (p->count && (p->slices != slices || p->dim != dim || p->size != size)) return false;
    int64_t from = n->args[START].i, to;
    if (from < 0) from += size;
    to = from + 1;
    if (slices) {
        if (n->args[END].kind != ARG_INT || n->args[STEP].kind != ARG_INT || n->args[STEP].i != 1) return false;
        to = n->args[END].i < 0 ? n->args[END].i + size : MIN(n->args[END].i, size);
    }
    if (from < 0 || to <= from || to > size) return false;
    p->slices = slices, p->dim = dim, p->size = size;
    uint32_t at = p->count++;
    for (; at > 0 && p->items[at - 1].from > from; at--) p->items[at] = p->items[at - 1];
    p->items[at] = (piece){v, from, to};
    return true;
}

static bool plain_sum(const rewriter *r, const piece_ops *ops, value v) {
    const node *n = graph_node(r->g, v);
    return n->op == ops->add && n->args[0].kind == ARG_VALUE && n->args[1].kind == ARG_VALUE &&
           n->args[2].kind == ARG_INT && n->args[2].i == 1 && n->args[0].value != n->args[1].value;
}

/* An operand of the sum: a piece, or the one that is none. */
static bool add_operand(const rewriter *r, const piece_ops *ops, value v, pieces *p) {
    if (add_piece(r, ops, v, p)) return true;
    if (p->rest != NO_VALUE) return false;
    p->rest = v;
    return true;
}

/* Whether v is a sum of pieces that are all of it, and at most one other tensor. */
static bool find_pieces(const rewriter *r, const piece_ops *ops, value v, pieces *p) {
    const type *whole = graph_type(r->g, v);
    *p = (pieces){.rest = NO_VALUE};
    if (!plain_sum(r, ops, v)) return false;
    for (value at = v; at != NO_VALUE;) {
        const value a = graph_node(r->g, at)->args[0].value, b = graph_node(r->g, at)->args[1].value;
        if (!type_equal(graph_type(r->g, a), whole, true) || !type_equal(graph_type(r->g, b), whole, true))
            return false;
        const bool a_is_sum = r->uses[a] == 1 && plain_sum(r, ops, a);
        const bool b_is_sum = !a_is_sum && r->uses[b] == 1 && plain_sum(r, ops, b);
        if (!a_is_sum && !add_operand(r, ops, a, p)) return false;
        if (!b_is_sum && !add_operand(r, ops, b, p)) return false;
        at = a_is_sum ? a : b_is_sum ? b : NO_VALUE;
    }
    int64_t covered = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->items[i].from != covered) return false;
        covered = p->items[i].to;
    }
    return p->count > 1 && covered == p->size && (p->rest == NO_VALUE || p->slices);
}

static void set_call(cot_graph *g, value v, const op *o, const arg *args, uint32_t count) {
    node *n = &g->nodes.data[v];
    n->op = o;
    n->args = arena_copy(g->arena, args, count * sizeof *args);
    n->nargs = n->npos = (uint16_t)count;
    n->kwmask = 0;
}

/* The sum in `out` becomes cat(pieces); what was selected gets its dimension back first. With another operand, the last
 * piece becomes the cat, and the sum is that of the two. */
static cot_status fold_pieces(cot_graph *out, value v, const pieces *p, const piece_ops *ops) {
    arg *list = ARENA_ARRAY(out->arena, arg, p->count);
    const arg dim = {.kind = ARG_INT, .i = p->dim};
    value last = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        const value leaf = p->items[i].leaf;
        last = MAX(last, leaf);
        list[i] = graph_node(out, leaf)->args[0];
        if (p->slices) continue;
        cot_error error;
        set_call(out, leaf, ops->unsqueeze, (const arg[]){list[i], dim}, 2);
        TRY(infer_type(out, ops->unsqueeze, graph_node(out, leaf)->args, &out->nodes.data[leaf].type, &error));
        list[i] = arg_value(leaf);
    }
    set_call(out, p->rest == NO_VALUE ? v : last, ops->cat,
             (const arg[]){{.kind = ARG_LIST, .list = list, .count = p->count}, dim}, 2);
    if (p->rest == NO_VALUE) return COT_OK;
    const arg alpha = graph_node(out, v)->args[2];
    set_call(out, v, ops->add, (const arg[]){arg_value(p->rest), arg_value(last), alpha}, 3);
    return COT_OK;
}

/* ---- the pass -------------------------------------------------------------------------------------------------- */

cot_status plan_rewrite(const cot_graph *g, cot_graph **out) {
    const op *add = op_find(g->ctx, "aten.add.Tensor"),
             *rows = op_find(g->ctx, "aten.embedding_dense_backward.default"),
             *folded = op_find(g->ctx, "cot.embedding_add.default");
    const op *softmax = op_find(g->ctx, "aten._log_softmax_backward_data.default"),
             *likelihood = op_find(g->ctx, "aten.nll_loss_backward.default"),
             *cross_entropy = op_find(g->ctx, "cot.cross_entropy_backward.default");
    const piece_ops ops = {.add = add,
                           .slice = op_find(g->ctx, "aten.slice_backward.default"),
                           .select = op_find(g->ctx, "aten.select_backward.default"),
                           .cat = op_find(g->ctx, "aten.cat.default"),
                           .unsqueeze = op_find(g->ctx, "aten.unsqueeze.default")};
    arena *scratch = arena_create(g->ctx);
    cot_status status = COT_OK;
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
        pieces found;
        if (!status && n->op == add && find_pieces(&r, &ops, v, &found)) {
            if (!copy) copy = graph_copy(g, NULL);
            status = fold_pieces(copy, v, &found, &ops);
            continue;
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
    return status;
}
