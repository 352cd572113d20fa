/* SPDX-License-Identifier: MIT
 * wrapped.c — operators of the caller's that write operands: a call of auto_functionalized_v2, which takes the bases of
 * what is written and says which views of them the operator gets (PyTorch: _higher_order_ops/auto_functionalize.py). */
#include "functionalize/walk.h"

/* The call that is being written. */
typedef struct wrapping {
    walk *walk;
    const node *node;
    VEC(arg) args;
    VEC(const char *) names; /* of args[1 …] */
    VEC(uint32_t) storages;  /* of the bases */
    VEC(arg) bases;          /* their values */
} wrapping;

static void add(wrapping *x, const char *name, arg a) {
    *VEC_PUSH(x->walk->scratch, &x->args) = a;
    *VEC_PUSH(x->walk->b.graph->arena, &x->names) = name;
}

static void add_view(wrapping *x, const char *prefix, const char *suffix, arg a) {
    add(x, arena_printf(x->walk->b.graph->arena, "_%s_%s", prefix, suffix), a);
}

static uint32_t base_of(wrapping *x, uint32_t t) {
    walk *w = x->walk;
    const uint32_t s = walk_view(w, walk_tensor(w, t)->view)->storage;
    for (uint32_t i = 0; i < x->storages.count; i++)
        if (x->storages.data[i] == s) return i;
    *VEC_PUSH(w->scratch, &x->storages) = s;
    *VEC_PUSH(w->scratch, &x->bases) = arg_value(alias_root_value(w, w->storages.data[s].base));
    return x->storages.count - 1;
}

static arg dims(wrapping *x, const dim *d, uint32_t count) {
    arg *items = ARENA_ARRAY(x->walk->scratch, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = emit_dim(&x->walk->b, d[i]);
    return (arg){.kind = ARG_TUPLE, .list = items, .count = count};
}

static bool same_place(const type *a, const type *b) {
    return type_equal(a, b, true) && dim_equal(a->offset, b->offset);
}

/* The one dimension in which a view is a slice of its base; NONE when it is no slice. */
static uint32_t sliced_dim(const type *base, const type *view) {
    uint32_t found = NONE;
    if (base->ndim != view->ndim) return NONE;
    for (uint32_t i = 0; i < base->ndim; i++) {
        if (!dim_equal(base->strides[i], view->strides[i])) return NONE;
        if (dim_equal(base->sizes[i], view->sizes[i])) continue;
        if (found != NONE) return NONE;
        found = i;
    }
    if (found == NONE || !dim_is_static(view->offset) || !dim_is_static(base->offset)) return NONE;
    const dim stride = view->strides[found];
    return dim_is_static(stride) && stride && (view->offset - base->offset) % stride == 0 ? found : NONE;
}

/* How the operand lies in its base: as it is, as a slice of it, or by sizes and strides. */
static void add_written(wrapping *x, const char *prefix, const arg *operand) {
    walk *w = x->walk;
    builder *b = &w->b;
    if (operand->kind != ARG_VALUE) {
        add_view(x, prefix, "base_index", arg_none());
        return;
    }
    const uint32_t t = w->bound[operand->value].tensor, base = base_of(x, t);
    const view *v = walk_view(w, walk_tensor(w, t)->view);
    const type *whole = graph_type(b->graph, x->bases.data[base].value);
    const type *part = graph_type(b->graph, alias_read(w, t));
    add_view(x, prefix, "base_index", arg_int(base));
    if (v->parent == NONE || b->status) return;
    if (same_place(whole, part)) {
        add_view(x, prefix, "alias", arg_bool(true));
        return;
    }
    const uint32_t d = sliced_dim(whole, part);
    if (d != NONE) {
        const dim start = (part->offset - whole->offset) / part->strides[d];
        add_view(x, prefix, "slice_dim", arg_int(d));
        add_view(x, prefix, "slice_start", arg_int(start));
        add_view(x, prefix, "slice_end", emit_dim(b, dim_add(b->graph->ctx->syms, start, part->sizes[d])));
        return;
    }
    add_view(x, prefix, "size", dims(x, part->sizes, part->ndim));
    add_view(x, prefix, "stride", dims(x, part->strides, part->ndim));
    add_view(x, prefix, "storage_offset", emit_dim(b, part->offset));
}

static void add_param(wrapping *x, uint32_t p) {
    const param *param = &x->node->op->params[p];
    const arg *a = &x->node->args[p];
    if (!param->list) {
        add_written(x, param->name, a);
        return;
    }
    if (a->kind == ARG_NONE) {
        add_view(x, param->name, "length", arg_none());
        return;
    }
    add_view(x, param->name, "length", arg_int(a->count));
    for (uint32_t i = 0; i < a->count; i++)
        add_written(x, arena_printf(x->walk->b.graph->arena, "%s_%u", param->name, i), &a->list[i]);
}

static value emit_call(wrapping *x) {
    walk *w = x->walk;
    builder *b = &w->b;
    add(x, "_all_bases", arg_list_of(x->bases.data, x->bases.count));
    const op *o = op_find(b->graph->ctx, "higher_order.auto_functionalized_v2");
    const node call = {
        .op = o, .args = x->args.data, .nargs = (uint16_t)x->args.count, .npos = 1, .kwnames = x->names.data};
    type t = {0};
    if (!b->status) b->status = control_shape(b->graph, &call, &t, b->error);
    const value v = emit_raw(b, o, x->args.data, x->args.count, &t, NULL);
    if (b->status) return NO_VALUE;
    node *made = &b->graph->nodes.data[v];
    made->npos = 1;
    made->kwnames = x->names.data;
    made->call = ++w->calls;
    return v;
}

/* A result of the call: what the operator gives anew, or an operand that it wrote. */
static bound result_of(wrapping *x, value call, uint32_t r) {
    const op *o = x->node->op;
    for (uint32_t p = 0; o->returns[r].alias && p < o->num_params; p++)
        if (o->params[p].writes && o->params[p].alias == o->returns[r].alias && x->node->args[p].kind == ARG_VALUE)
            return x->walk->bound[x->node->args[p].value];
    return walk_bind(x->walk, emit_get(&x->walk->b, call, r));
}

void wrapped_visit(walk *w, value u) {
    const node *n = graph_node(w->source, u);
    const op *o = n->op;
    wrapping x = {.walk = w, .node = n};
    *VEC_PUSH(w->scratch, &x.args) = (arg){.kind = ARG_OP, .op = o};
    for (uint32_t p = 0; p < o->num_params; p++)
        if (!o->params[p].writes) add(&x, o->params[p].name, walk_arg(w, &n->args[p], true));
    for (uint32_t p = 0; p < o->num_params; p++)
        if (o->params[p].writes) add_param(&x, p);
    const value call = emit_call(&x);
    if (w->b.status) return;
    bound *parts = ARENA_ARRAY(w->scratch, bound, o->num_returns);
    for (uint32_t r = 0; r < o->num_returns && !w->b.status; r++) parts[r] = result_of(&x, call, r);
    const uint32_t outputs = o->num_returns ? o->num_returns : 1;
    for (uint32_t i = 0; i < x.storages.count && !w->b.status; i++)
        mutate_base(w, x.storages.data[i], emit_get(&w->b, call, outputs + i));
    w->bound[u] = o->num_returns == 1
                      ? parts[0]
                      : (bound){.tensor = NONE, .plain = NO_VALUE, .parts = parts, .count = o->num_returns};
}
