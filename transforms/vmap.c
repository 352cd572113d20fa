/* SPDX-License-Identifier: MIT
 * vmap.c — a program for one example becomes one for a batch: each node by its operator's batching rule.
 *
 * needs: functional nodes. gives: nodes that compute all examples at once; what no batched operand reaches is copied
 * and computed once. cost: linear. */
#include "transforms/vmap.h"

#include "base/error.h"

#include <string.h>

void vmap_start(vmap_walk *w, builder *b, const cot_graph *source, dim size, uint8_t randomness, arena *scratch) {
    const uint32_t count = source->nodes.count;
    *w = (vmap_walk){.b = b, .source = source, .size = size, .randomness = randomness, .scratch = scratch};
    w->map = ARENA_ARRAY(scratch, value, count);
    w->batched = ARENA_ARRAY(scratch, bool, count);
    w->parts = ARENA_ARRAY(scratch, bool *, count);
    for (value v = 0; v < count; v++) w->map[v] = NO_VALUE;
}

value vmap_move(builder *b, value v, int64_t from, int64_t to) {
    const type *t = TYPE_OF(b, v);
    int64_t order[COT_MAX_DIMS];
    if (from == to || b->status) return v;
    for (int64_t i = 0, next = 0; i < t->ndim; i++) {
        if (next == from) next++;
        order[i] = i == to ? from : next++;
    }
    return emit(b, "permute", "vI", v, order, (uint32_t)t->ndim);
}

arg vmap_output(vmap_walk *w, const arg *a, int64_t at) {
    if (a->kind != ARG_VALUE) return arg_map(w->b->graph, a, w->map);
    value v = w->map[a->value];
    const type *t = graph_type(w->source, a->value);
    if (t->kind != TYPE_TENSOR || w->b->status) return arg_value(v);
    if (!w->batched[a->value]) v = batch_repeat(w->b, v, w->size);
    const int64_t rank = t->ndim + 1;
    if (at < -rank || at >= rank) {
        builder_fail(w->b, COT_INVALID,
                     "vmap: out_dim %lld is not within [%lld, %lld) for an output of %lld dimensions with its batch",
                     (long long)at, (long long)-rank, (long long)rank, (long long)rank);
        return arg_none();
    }
    return arg_value(vmap_move(w->b, v, 0, at < 0 ? at + rank : at));
}

/* ---- calls ------------------------------------------------------------------------------------------------------ */

typedef struct operand_walk {
    const vmap_walk *w;
    bool any;
} operand_walk;

static void see_operand(void *user, value v) {
    operand_walk *o = user;
    o->any |= o->w->batched[v];
}

bool vmap_any(const vmap_walk *w, const node *n) {
    operand_walk o = {w, false};
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], see_operand, &o);
    return o.any;
}

typedef struct layout_question {
    const vmap_walk *w;
    bool moved;
} layout_question;

static void ask_layout(void *user, value v) {
    layout_question *q = user;
    const type *was = graph_type(q->w->source, v);
    if (was->kind != TYPE_TENSOR || q->w->map[v] == NO_VALUE) return;
    const type *is = graph_type(q->w->b->graph, q->w->map[v]);
    q->moved |= is->kind == TYPE_TENSOR && (!type_equal(was, is, true) || !dim_equal(was->offset, is->offset));
}

/* Whether an operand lies in memory otherwise than in the source: what a batch gives need not be laid out as one of its
 * examples. Then a view of it does not lie where it did, either. */
static bool moved(const vmap_walk *w, const node *n) {
    layout_question q = {.w = w};
    if (!n->op->has_schema || !n->op->record || !n->op->record->shape) return false;
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], ask_layout, &q);
    return q.moved;
}

/* An operand that lies otherwise than in the source, row by row. */
static void lay_out(void *user, value v) {
    vmap_walk *w = user;
    layout_question q = {.w = w};
    const arg contiguous = {.kind = ARG_CONST, .s = "contiguous_format"};
    ask_layout(&q, v);
    if (q.moved) w->map[v] = emit(w->b, "clone", "v,memory_format=a", w->map[v], &contiguous);
}

static cot_status infer_plain(vmap_walk *w, const node *n, type *t, cot_error *error) {
    arg *args = ARENA_ARRAY(w->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(w->b->graph, &n->args[i], w->map);
    return infer_type(w->b->graph, n->op, args, t, error);
}

/* What the batch does not reach. A view that is none of what lies otherwise now is one of a copy. */
static void copy_plain(vmap_walk *w, value v) {
    const node *n = graph_node(w->source, v);
    const bool again = moved(w, n);
    type t;
    cot_error ignored = {0};
    if (again && infer_plain(w, n, &t, &ignored)) {
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], lay_out, w);
        const cot_status status = w->b->status ? w->b->status : infer_plain(w, n, &t, w->b->error);
        if (status) {
            builder_failed(w->b, status);
            return;
        }
    }
    w->map[v] = graph_copy_node(w->b->graph, w->source, v, w->map);
    node *made = &w->b->graph->nodes.data[w->map[v]];
    made->flags = w->b->flags;
    if (again) made->type = t;
}

static cot_status refuse_random(vmap_walk *w) {
    return builder_fail(w->b, COT_REFUSED,
                        "vmap: called random operation while in randomness error mode. Please either use the 'same' "
                        "or 'different' randomness flags on vmap or perform the randomness operation out of vmap");
}

/* A rule's result must be what the program says of one example, with the batch in front. */
static bool fits(const vmap_walk *w, const type *made, const type *one, bool plain) {
    if (one->kind == TYPE_TUPLE) {
        bool all = made->kind == TYPE_TUPLE && made->count == one->count;
        for (uint32_t i = 0; all && i < one->count; i++) all = fits(w, &made->parts[i], &one->parts[i], plain);
        return all;
    }
    if (one->kind != TYPE_TENSOR || plain) return true;
    bool same = made->kind == TYPE_TENSOR && made->ndim == one->ndim + 1 && made->dtype == one->dtype;
    for (uint32_t i = 0; same && i < one->ndim; i++)
        same = dim_equal(made->sizes[i + 1], one->sizes[i]) || !dim_is_static(made->sizes[i + 1]) ||
               !dim_is_static(one->sizes[i]);
    return same;
}

void vmap_set(vmap_walk *w, value v, value made, bool plain) {
    const type *t = graph_type(w->source, v);
    w->map[v] = made;
    w->batched[v] = !plain;
    if (t->kind != TYPE_TUPLE) return;
    w->parts[v] = ARENA_ARRAY(w->scratch, bool, t->count);
    for (uint32_t i = 0; i < t->count; i++) w->parts[v][i] = !plain && t->parts[i].kind == TYPE_TENSOR;
}

/* The operator's decomposition, traced for one example, then batched. */
static cot_status take_apart(vmap_walk *w, value v, arg *args, const bool *batched, const uint32_t *first) {
    const node *n = graph_node(w->source, v);
    cot_graph *g = graph_create_child(w->b->graph->parent ? w->b->graph->parent : w->b->graph, n->op->packet);
    builder b;
    builder_init(&b, g, w->b->error);
    b.decompose = true;
    arg *moved = ARENA_ARRAY(w->scratch, arg, n->nargs);
    VEC(value) operands = {0};
    VEC(bool) marks = {0};
    for (uint32_t i = 0; i < n->nargs; i++) {
        moved[i] = n->args[i];
        if (n->args[i].kind != ARG_VALUE) continue;
        moved[i] = arg_value(emit_placeholder(&b, "x", graph_type(w->source, n->args[i].value)));
        *VEC_PUSH(w->scratch, &operands) = args[i].value;
        *VEC_PUSH(w->scratch, &marks) = first[i + 1] > first[i] && batched[first[i]];
    }
    const value whole = decompose(&b, n->op, moved);
    if (b.status || whole == NO_VALUE)
        return b.status ? builder_failed(w->b, b.status),
               b.status : builder_fail(w->b, COT_INTERNAL, "%s has no decomposition", n->op->name);
    vmap_walk inner;
    vmap_start(&inner, w->b, g, w->size, w->randomness, w->scratch);
    inner.depth = w->depth + 1;
    for (uint32_t i = 0; i < operands.count; i++) {
        inner.map[g->inputs.data[i]] = operands.data[i];
        inner.batched[g->inputs.data[i]] = marks.data[i];
    }
    TRY(vmap_nodes(&inner));
    w->map[v] = inner.map[whole];
    w->batched[v] = inner.batched[whole];
    w->parts[v] = inner.parts[whole];
    return w->b->status;
}

static bool can_take_apart(const vmap_walk *w, const node *n) {
    const op_record *r = n->op->record;
    for (uint32_t i = 0; i < n->nargs; i++)
        if (n->args[i].kind == ARG_LIST && n->op->params[i].type == PARAM_TENSOR) return false;
    return r && (r->decompose || r->decompose_fn) && w->depth < 8;
}

/* `batched` by flat tensor operand, as rules see it. */
static void flatten(vmap_walk *w, const node *n, bool **batched, uint32_t **first) {
    VEC(bool) flat = {0};
    *first = ARENA_ARRAY(w->scratch, uint32_t, n->op->num_params + 1u);
    for (uint32_t i = 0; i < n->op->num_params; i++) {
        (*first)[i] = flat.count;
        if (n->op->params[i].type != PARAM_TENSOR) continue;
        const arg *a = &n->args[i];
        const bool list = a->kind == ARG_LIST || a->kind == ARG_TUPLE;
        for (uint32_t k = 0; k < (list ? a->count : 1u); k++) {
            const value v = arg_as_value(list ? &a->list[k] : a);
            *VEC_PUSH(w->scratch, &flat) = v != NO_VALUE && w->batched[v];
        }
    }
    (*first)[n->op->num_params] = flat.count;
    *batched = flat.data;
}

/* An input is written at the end of the program: with a value for each example it needs room for each. */
static cot_status write_input(vmap_walk *w, value v, arg *args) {
    const node *n = graph_node(w->source, v);
    const value to = arg_as_value(&n->args[0]), from = arg_as_value(&n->args[1]);
    if (!w->batched[to])
        return builder_fail(w->b, COT_REFUSED,
                            "vmap: %s(self, *extra_args) is not possible because there exists a Tensor `other` in "
                            "extra_args that has more elements than `self`. This happened due to `other` being vmapped "
                            "over but `self` not being vmapped over in a vmap. Please try to use out-of-place "
                            "operators instead of %s.",
                            n->op->packet, n->op->packet);
    if (!w->batched[from]) args[1] = arg_value(batch_repeat(w->b, args[1].value, w->size));
    vmap_set(w, v, emit_bound(w->b, n->op, args, NULL), false);
    return w->b->status;
}

/* What it gives would be of another size, or another number, for each example. */
static cot_status refuse_sizes(vmap_walk *w, const node *n) {
    if (n->type.kind == TYPE_TENSOR || n->type.kind == TYPE_TUPLE)
        return builder_fail(w->b, COT_REFUSED,
                            "vmap: We do not support batching operators that can output dynamic shape. Attempted to "
                            "vmap over %s::%s.",
                            n->op->namespace_, n->op->packet);
    return builder_fail(w->b, COT_REFUSED,
                        "vmap: It looks like you're calling .item() on a Tensor. We don't support vmap over calling "
                        ".item() on a Tensor, please try to rewrite what you're doing with other operations.");
}

static cot_status apply_rule(vmap_walk *w, value v) {
    const node *n = graph_node(w->source, v);
    const batch_rule *rule = batch_rule_of(n->op);
    arg *args = ARENA_ARRAY(w->scratch, arg, n->nargs);
    bool *batched;
    uint32_t *first;
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(w->b->graph, &n->args[i], w->map);
    flatten(w, n, &batched, &first);
    if (n->op->traits & OP_MUTATES) return write_input(w, v, args);
    if (!rule && can_take_apart(w, n)) return take_apart(w, v, args, batched, first);
    if (!rule) return vmap_loop(w, v, args);
    batch_call c = {.b = w->b,
                    .op = n->op,
                    .args = args,
                    .source = w->source,
                    .call = n,
                    .size = w->size,
                    .randomness = w->randomness,
                    .batched = batched,
                    .first = first,
                    .result = NO_VALUE};
    const cot_status status = rule->apply(&c);
    if (status) return builder_failed(w->b, status), status;
    TRY(w->b->status);
    if (c.loop) return vmap_loop(w, v, args);
    if (!fits(w, TYPE_OF(w->b, c.result), &n->type, c.plain))
        return builder_fail(w->b, COT_INTERNAL, "vmap: the rule '%s' gives %s another shape than one example has",
                            rule->name, n->op->name);
    vmap_set(w, v, c.result, c.plain);
    return COT_OK;
}

/* ---- nodes ------------------------------------------------------------------------------------------------------ */

static cot_status take_part(vmap_walk *w, value v, const node *n) {
    const value tuple = arg_as_value(&n->args[0]);
    const uint32_t part = (uint32_t)arg_as_int(&n->args[1], 0);
    w->map[v] = emit_get(w->b, w->map[tuple], part);
    w->batched[v] = w->parts[tuple] && w->parts[tuple][part];
    if (n->type.kind == TYPE_TUPLE) vmap_set(w, v, w->map[v], !w->batched[v]);
    return w->b->status;
}

/* A size is that of one example, whose dimensions stand behind the batch. */
static cot_status take_size(vmap_walk *w, value v, const node *n) {
    if (n->type.kind == TYPE_INT && dim_is_static(n->type.expr)) return copy_plain(w, v), COT_OK;
    arg *args = ARENA_ARRAY(w->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(w->b->graph, &n->args[i], w->map);
    const int at = op_param(n->op, "dim");
    if (at >= 0) {
        const int64_t d = arg_as_int(&args[at], 0), rank = graph_type(w->source, arg_as_value(&n->args[0]))->ndim;
        args[at] = arg_int((d < 0 ? d + rank : d) + 1);
    }
    w->map[v] = emit_bound(w->b, n->op, args, NULL);
    return w->b->status;
}

/* A tuple of values that stand for an operator's results, each with the batch or without. */
static cot_status take_pack(vmap_walk *w, value v, const node *n) {
    const arg *items = &n->args[0];
    value *parts = ARENA_ARRAY(w->scratch, value, items->count);
    w->parts[v] = ARENA_ARRAY(w->scratch, bool, items->count + 1u);
    for (uint32_t i = 0; i < items->count; i++) {
        const value part = arg_as_value(&items->list[i]);
        parts[i] = part == NO_VALUE ? NO_VALUE : w->map[part];
        w->parts[v][i] = part != NO_VALUE && w->batched[part];
    }
    w->map[v] = emit_pack(w->b, parts, items->count);
    w->batched[v] = true;
    return w->b->status;
}

cot_status vmap_node(vmap_walk *w, value v) {
    const node *n = graph_node(w->source, v);
    w->b->place_node = v;
    w->b->flags = n->flags & (NODE_NO_GRAD | NODE_MUST_SAVE | NODE_RECOMPUTE);
    if (n->op->kind == OP_PLACEHOLDER) return COT_OK;
    if (n->op->kind == OP_GETITEM && w->map[n->args[0].value] != NO_VALUE) return take_part(w, v, n);
    if (n->op->traits & OP_PACK) return take_pack(w, v, n);
    if (n->op->traits & OP_CONTROL) return vmap_call(w, v);
    const bool any = vmap_any(w, n), random = (n->op->traits & OP_RANDOM) != 0;
    if (random && w->randomness == BATCH_RANDOM_ERROR) return refuse_random(w);
    if (!any && !(random && w->randomness == BATCH_RANDOM_DIFFERENT)) return copy_plain(w, v), w->b->status;
    if (n->op->traits & OP_BINDS && !batch_rule_of(n->op)) return refuse_sizes(w, n);
    if (n->op->traits & OP_SYMBOLIC) return take_size(w, v, n);
    return apply_rule(w, v);
}

cot_status vmap_nodes(vmap_walk *w) {
    const cot_graph *place = w->b->place;
    const value place_node = w->b->place_node;
    graph_copy_children(w->b->graph, w->source);
    w->b->place = w->source;
    for (value v = 0; v < w->source->nodes.count; v++) TRY(vmap_node(w, v));
    w->b->place = place;
    w->b->place_node = place_node;
    return w->b->status;
}
