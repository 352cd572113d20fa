/* SPDX-License-Identifier: MIT
 * flex_dense.c — flex_attention with a matrix of scores, for bodies that are no programs (flex_program.c): those that
 * compute with vectors for each score, say. The body is written out once for all scores: what differs between them has
 * four dimensions in front of its own (batch, head, query, key), of size 1 where it is the same along one. */
#include "ops/control/flex_attention.h"

#include "ops/pointwise.h"

#include <math.h>
#include <string.h>

enum { FRONT = 4 };
#define TO_BASE_2 1.44269504088896340736

typedef struct spread {
    builder *b;
    const cot_graph *body;
    const char *what;
    value *map;    /* by value of the body */
    bool *differs; /* by value of the body: it has the dimensions in front */
} spread;

static cot_status refuse(const spread *s, value v) {
    const node *n = graph_node(s->body, v);
    if (n->op->kind == OP_GET_ATTR)
        return builder_fail(s->b, COT_UNSUPPORTED,
                            "flex_attention: %s has a constant tensor '%s', whose numbers the program does not have",
                            s->what, n->target ? n->target : n->name);
    return builder_fail(s->b, COT_UNSUPPORTED, "flex_attention: %s: %s cannot be computed for all scores at once",
                        s->what, n->op->name);
}

static const type *one_of(const spread *s, value v) { return graph_type(s->body, v); }

/* A value with dimensions of 1 between those in front and its own, so that it lines up with others of `rank`. */
static value padded(spread *s, value v, uint32_t rank) {
    const type *t = TYPE_OF(s->b, s->map[v]);
    dim sizes[COT_MAX_DIMS];
    if (s->b->status || !s->differs[v] || one_of(s, v)->ndim >= rank) return s->map[v];
    const uint32_t own = one_of(s, v)->ndim, gap = rank - own;
    for (uint32_t d = 0; d < FRONT + rank; d++)
        sizes[d] = d < FRONT ? t->sizes[d] : d < FRONT + gap ? 1 : t->sizes[d - gap];
    return emit(s->b, "view", "vD", s->map[v], sizes, FRONT + rank);
}

static bool differs(const spread *s, const arg *a) {
    bool any = a->kind == ARG_VALUE && s->differs[a->value];
    for (uint32_t i = 0; control_is_list(a) && i < a->count; i++) any |= differs(s, &a->list[i]);
    return any;
}

/* Arguments with values replaced; tensors are lined up with `rank`. */
static arg line_up(spread *s, const arg *a, uint32_t rank) {
    arg r = *a;
    if (a->kind == ARG_VALUE) return arg_value(padded(s, a->value, rank));
    if (!control_is_list(a)) return r;
    arg *items = ARENA_ARRAY(s->b->graph->arena, arg, a->count);
    for (uint32_t i = 0; i < a->count; i++) items[i] = line_up(s, &a->list[i], rank);
    r.list = items;
    return r;
}

/* ---- how arguments change --------------------------------------------------------------------------------------- */

static arg moved_dim(const arg *a) {
    arg r = *a;
    if (a->kind == ARG_INT && a->i >= 0) r.i += FRONT; /* others count from the end */
    return r;
}

static arg moved_dims(arena *a, const arg *from) {
    if (!control_is_list(from)) return moved_dim(from);
    arg *items = ARENA_ARRAY(a, arg, from->count), r = *from;
    for (uint32_t i = 0; i < from->count; i++) items[i] = moved_dim(&from->list[i]);
    r.list = items;
    return r;
}

/* Sizes with those in front. */
static arg more_sizes(spread *s, const arg *sizes, value self) {
    const type *t = TYPE_OF(s->b, self);
    arg *items = ARENA_ARRAY(s->b->graph->arena, arg, FRONT + sizes->count);
    for (uint32_t i = 0; i < FRONT; i++) items[i] = emit_dim(s->b, t->sizes[i]);
    for (uint32_t i = 0; i < sizes->count; i++) items[FRONT + i] = arg_map(s->b->graph, &sizes->list[i], s->map);
    return arg_list_of(items, FRONT + sizes->count);
}

/* Operators on one tensor that name dimensions and sizes. */
static cot_status along_dims(spread *s, value v) {
    const node *n = graph_node(s->body, v);
    arg *args = ARENA_ARRAY(s->b->graph->arena, arg, n->nargs);
    bool told = n->op->num_params == 1;
    for (uint32_t i = 0; i < n->nargs; i++) {
        const char *name = n->op->params[i].name;
        args[i] = arg_map(s->b->graph, &n->args[i], s->map);
        if (!strcmp(name, "dim") || !strcmp(name, "dim0") || !strcmp(name, "dim1"))
            args[i] = moved_dims(s->b->graph->arena, &n->args[i]), told |= n->args[i].kind != ARG_NONE;
        if (!strcmp(name, "size") || !strcmp(name, "shape"))
            args[i] = more_sizes(s, &n->args[i], args[0].value), told = true;
        if (!strcmp(name, "dims") || (i && n->args[i].kind == ARG_VALUE)) return refuse(s, v);
    }
    if (!told) return refuse(s, v);
    s->map[v] = emit_bound(s->b, n->op, args, NULL);
    return s->b->status;
}

static cot_status sum_of_all(spread *s, value v) {
    const value x = graph_node(s->body, v)->args[0].value;
    int64_t dims[COT_MAX_DIMS];
    const uint32_t ndim = one_of(s, x)->ndim;
    for (uint32_t d = 0; d < ndim; d++) dims[d] = FRONT + d;
    s->map[v] = ndim ? emit(s->b, "sum.dim_IntList", "vI", s->map[x], dims, ndim) : s->map[x];
    return s->b->status;
}

/* Products of vectors, and of matrices and vectors: the last operand has one dimension. */
static cot_status product(spread *s, value v) {
    const node *n = graph_node(s->body, v);
    const uint32_t rank = one_of(s, n->args[0].value)->ndim;
    const int64_t last = -1;
    const value x = padded(s, n->args[0].value, rank), y = padded(s, n->args[1].value, rank);
    s->map[v] = emit(s->b, "sum.dim_IntList", "vI", emit(s->b, "mul.Tensor", "vv", x, y), &last, 1u);
    return s->b->status;
}

static value coordinate(builder *b, dim size, uint32_t d) {
    dim sizes[FRONT] = {1, 1, 1, 1};
    sizes[d] = size;
    return emit(b, "view", "vD", emit(b, "arange", "d", size), sizes, 4u);
}

/* Of a table that differs between scores, each reads its own: the dimensions in front are indexed by where it stands.
 */
static arg with_front(spread *s, value table, const arg *indices, uint32_t rank) {
    const type *t = TYPE_OF(s->b, table);
    arg *items = ARENA_ARRAY(s->b->graph->arena, arg, FRONT + indices->count);
    for (uint32_t d = 0; d < FRONT; d++) {
        dim sizes[COT_MAX_DIMS] = {1, 1, 1, 1};
        sizes[d] = t->sizes[d];
        for (uint32_t k = 0; k < rank; k++) sizes[FRONT + k] = 1;
        items[d] = arg_value(emit(s->b, "view", "vD", coordinate(s->b, t->sizes[d], d), sizes, FRONT + rank));
    }
    for (uint32_t i = 0; i < indices->count; i++) items[FRONT + i] = indices->list[i];
    return arg_list_of(items, FRONT + indices->count);
}

static cot_status index_by(spread *s, value v) {
    const node *n = graph_node(s->body, v);
    const arg *indices = &n->args[1];
    uint32_t rank = 0;
    for (uint32_t i = 0; i < indices->count; i++) {
        if (indices->list[i].kind != ARG_VALUE) return refuse(s, v); /* the result would have other dimensions first */
        rank = MAX(rank, one_of(s, indices->list[i].value)->ndim);
    }
    arg lined = line_up(s, indices, rank);
    if (s->differs[n->args[0].value]) lined = with_front(s, s->map[n->args[0].value], &lined, rank);
    s->map[v] = emit(s->b, "index.Tensor", "va", s->map[n->args[0].value], &lined);
    return s->b->status;
}

/* ---- nodes ------------------------------------------------------------------------------------------------------ */

static cot_status write_same(spread *s, value v) {
    const node *n = graph_node(s->body, v);
    arg *args = ARENA_ARRAY(s->b->graph->arena, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(s->b->graph, &n->args[i], s->map);
    s->map[v] = emit_bound(s->b, n->op, args, NULL);
    return s->b->status;
}

static cot_status write_pointwise(spread *s, value v) {
    const node *n = graph_node(s->body, v);
    arg *args = ARENA_ARRAY(s->b->graph->arena, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = line_up(s, &n->args[i], one_of(s, v)->ndim);
    s->map[v] = emit_bound(s->b, n->op, args, NULL);
    return s->b->status;
}

static cot_status write_node(spread *s, value v) {
    const node *n = graph_node(s->body, v);
    const char *name = n->op->packet;
    if (!n->op->has_schema || n->type.kind == TYPE_TUPLE) return refuse(s, v);
    for (uint32_t i = 0; i < n->nargs; i++) s->differs[v] |= differs(s, &n->args[i]);
    if (!s->differs[v]) return write_same(s, v);
    if (!strncmp(name, "new_", 4)) { /* reads the dtype alone */
        s->differs[v] = false;
        return write_same(s, v);
    }
    if (n->op->traits & OP_POINTWISE) return write_pointwise(s, v);
    if (!strcmp(name, "index")) return index_by(s, v);
    if (!strcmp(name, "dot") || !strcmp(name, "mv")) return product(s, v);
    if (!strcmp(n->op->name, "torch.ops.aten.sum.default")) return sum_of_all(s, v);
    if (!strcmp(name, "clone") || !strcmp(name, "_to_copy") || strstr(name, "_like")) return write_same(s, v);
    return along_dims(s, v);
}

/* What the body gives, for all scores. scores: its first input, NO_VALUE for a mask; at: coordinates. */
static value write_body(builder *b, const cot_graph *body, const char *what, value scores, const value at[4],
                        const arg *captured) {
    arena *a = b->graph->arena;
    spread s = {.b = b, .body = body, .what = what};
    s.map = ARENA_ARRAY(a, value, body->nodes.count);
    s.differs = ARENA_ARRAY(a, bool, body->nodes.count);
    const uint32_t first = scores == NO_VALUE ? 0 : 1;
    for (uint32_t i = 0; i < body->inputs.count; i++) {
        const value v = body->inputs.data[i];
        s.differs[v] = i < first + FRONT;
        s.map[v] = i < first           ? scores
                   : i < first + FRONT ? at[i - first]
                                       : arg_as_value(&captured->list[i - first - FRONT]);
    }
    for (value v = 0; v < body->nodes.count && !b->status; v++)
        if (graph_node(body, v)->op->kind != OP_PLACEHOLDER) write_node(&s, v);
    const arg *out = control_is_list(&body->output) ? &body->output.list[0] : &body->output;
    return b->status ? NO_VALUE : s.map[out->value];
}

/* ---- attention -------------------------------------------------------------------------------------------------- */

static value as_dtype(builder *b, value v, cot_dtype dtype) {
    return TYPE_OF(b, v)->dtype == dtype ? v : emit(b, "_to_copy", "v,dtype=t", v, (int)dtype);
}

/* Key heads as often as query heads share them. */
static value shared(builder *b, value v, dim heads) {
    const type *t = TYPE_OF(b, v);
    if (dim_equal(t->sizes[1], heads)) return v;
    const dim wide[5] = {t->sizes[0], t->sizes[1], dim_floordiv(b->graph->ctx->syms, heads, t->sizes[1]), t->sizes[2],
                         t->sizes[3]};
    const dim flat[4] = {t->sizes[0], heads, t->sizes[2], t->sizes[3]};
    return emit(b, "reshape", "vD", emit(b, "expand", "vD", emit(b, "unsqueeze", "vi", v, (int64_t)2), wide, 5u), flat,
                4u);
}

/* Logs of the sums of exponentials, to base 2; rows that see nothing have neither a sum nor a gradient. */
static value logs(builder *b, value scores, value most) {
    const int64_t last = -1;
    const value hidden = emit(b, "eq.Scalar", "vf", most, -(double)INFINITY);
    const value seen = emit(b, "masked_fill.Scalar", "vvf", scores, emit(b, "unsqueeze", "vi", hidden, last), 0.0);
    const value sums = emit(b, "logsumexp", "vI", seen, &last, 1u);
    return emit(b, "mul.Tensor", "vf", emit(b, "masked_fill.Scalar", "vvf", sums, hidden, -(double)INFINITY),
                TO_BASE_2);
}

value flex_dense(builder *b, const arg *args, const cot_graph *score_mod, const cot_graph *mask_mod) {
    const arg *rest = &args[FLEX_ARG_FORWARD_REST];
    const value q = args[0].value;
    const type *t = TYPE_OF(b, q);
    const cot_dtype dtype = (cot_dtype)t->dtype, wide = dtype == COT_F64 ? COT_F64 : COT_F32;
    const value k = shared(b, args[1].value, t->sizes[1]), v = shared(b, args[2].value, t->sizes[1]);
    const value raw = emit(b, "matmul", "vv", as_dtype(b, q, wide),
                           emit(b, "transpose.int", "vii", as_dtype(b, k, wide), (int64_t)-2, (int64_t)-1));
    const value scaled = emit(b, "mul.Tensor", "vf", raw, arg_as_float(&rest[FLEX_REST_SCALE], 1));
    if (b->status) return NO_VALUE;
    const type *all = TYPE_OF(b, scaled);
    const dim sizes[FRONT] = {all->sizes[0], all->sizes[1], all->sizes[2], all->sizes[3]};
    value at[FRONT];
    for (uint32_t d = 0; d < FRONT; d++) at[d] = coordinate(b, sizes[d], d);
    value scores = write_body(b, score_mod, "score_mod", scaled, at, &rest[FLEX_REST_OTHERS]);
    const value seen = write_body(b, mask_mod, "mask_mod", NO_VALUE, at, &rest[FLEX_REST_MASK_OTHERS]);
    if (b->status) return NO_VALUE;
    scores = emit(b, "expand", "vD", as_dtype(b, scores, wide), sizes, 4u);
    scores = emit(b, "where.ScalarOther", "vvf", seen, scores, -(double)INFINITY);
    const int64_t last = -1;
    const value p = emit(b, "_safe_softmax", "vi", scores, last);
    const value most = emit(b, "detach", "v", emit(b, "amax", "vI", scores, &last, 1u));
    const value parts[3] = {emit(b, "matmul", "vv", as_dtype(b, p, dtype), as_dtype(b, v, dtype)),
                            logs(b, scores, most), emit(b, "mul.Tensor", "vf", most, TO_BASE_2)};
    return emit_pack(b, parts, 3);
}
