/* SPDX-License-Identifier: MIT
 * mutate.c — writes. An operator that writes an operand becomes its functional form; the new value goes back to the
 * base of the operand's storage through the inverse of each view on the way, and everything else in the storage is
 * stale. */
#include "functionalize/walk.h"

/* ---- writing back ------------------------------------------------------------------------------------------------ */

/* The parent's value with y where the view lies: the view's own inverse. */
static value invert(walk *w, uint32_t v, value parent, value y) {
    const view *link = walk_view(w, v);
    const op *o = link->op;
    if (!o->record->inverse) {
        builder_fail(&w->b, COT_UNSUPPORTED, "a write through %s has no inverse", o->name);
        return NO_VALUE;
    }
    uint32_t n = o->num_params;
    const char **names = ARENA_ARRAY(w->scratch, const char *, n + 3);
    arg *args = ARENA_ARRAY(w->scratch, arg, n + 3);
    for (uint32_t i = 0; i < n; i++) {
        names[i] = o->params[i].name;
        args[i] = i ? link->args[i] : arg_value(parent);
    }
    names[n] = "base", args[n] = arg_value(parent);
    names[n + 1] = "y", args[n + 1] = arg_value(y);
    names[n + 2] = "part", args[n + 2] = arg_int(link->part);
    return emit_expression(&w->b, o->record->inverse, names, args, n + 3);
}

/* The write has come up to the root of a history. `seen`: autograd follows the write up to here. */
static value close_root(walk *w, uint32_t v, value y, bool seen) {
    view *root = walk_view(w, v);
    if (seen) root->requires_grad |= history_of(w, y);
    else if (root->requires_grad) y = history_keep(w, y, root->current);
    else if (history_of(w, y)) y = history_cut(w, y);
    root = walk_view(w, v);
    root->current = y;
    root->version = walk_storage_of(w, v)->version;
    if (root->parent == NONE) walk_storage_of(w, v)->tracked_write |= seen && root->requires_grad;
    return y;
}

/* Values of the views between the base and the written one, made anew from the base outward. */
static value *parents_of(walk *w, const uint32_t *chain, uint32_t depth) {
    value *values = ARENA_ARRAY(w->scratch, value, depth + 1);
    values[0] = walk_view(w, chain[0])->current;
    for (uint32_t i = 1; i < depth; i++)
        values[i] = walk_view(w, chain[i])->root == chain[i] ? walk_view(w, chain[i])->current
                                                             : alias_apply(w, chain[i], values[i - 1]);
    return values;
}

static void write_back(walk *w, uint32_t v, value y) {
    uint32_t depth = walk_view(w, v)->depth, flags = w->b.flags;
    uint32_t *chain = ARENA_ARRAY(w->scratch, uint32_t, depth + 1);
    for (uint32_t i = v, k = depth + 1; k-- > 0; i = walk_view(w, i)->parent) chain[k] = i;
    value *parents = parents_of(w, chain, depth);
    walk_storage_of(w, v)->version++;
    bool seen = !walk_no_grad(w);
    for (uint32_t i = depth + 1; i-- > 0 && !w->b.status;) {
        if (walk_view(w, chain[i])->root == chain[i]) {
            y = close_root(w, chain[i], y, seen);
            seen = false;
            w->b.flags |= NODE_NO_GRAD;
        }
        alias_hold(w, walk_view(w, v)->storage, y);
        if (i) y = invert(w, chain[i], parents[i - 1], y);
    }
    w->b.flags = flags;
}

void mutate_write(walk *w, uint32_t t, value v) {
    uint32_t at = walk_tensor(w, t)->view, s = walk_view(w, at)->storage;
    if (w->b.status || v == alias_read(w, t)) return; /* the very same value: eval dropout_ */
    if (walk_storage_of(w, at)->frozen) {
        builder_fail(&w->b, COT_REFUSED, "cannot mutate tensors with frozen storage");
        return;
    }
    history_overwrite(w, s, v);
    alias_hold(w, s, v);
    write_back(w, at, v);
    if (w->b.status) return;
    walk_tensor(w, t)->current = alias_replay(w, at);
    walk_tensor(w, t)->version = w->storages.data[s].version;
}

void mutate_base(walk *w, uint32_t s, value v) {
    const uint32_t flags = w->b.flags;
    history_overwrite(w, s, v);
    alias_hold(w, s, v);
    w->b.flags |= NODE_NO_GRAD;
    write_back(w, w->storages.data[s].base, v);
    w->b.flags = flags;
}

/* ---- operators that write -------------------------------------------------------------------------------------- */

value mutate_fit(walk *w, uint32_t t, value v) {
    const type *self = graph_type(w->b.graph, walk_tensor(w, t)->current), *result = graph_type(w->b.graph, v);
    if (w->b.status) return v;
    cot_error error;
    cot_status status = infer_written(w->b.graph, self, result, &error);
    if (status) builder_fail(&w->b, status, "%s", error.text);
    if (status || self->dtype == result->dtype) return v;
    arg strided = {.kind = ARG_CONST, .s = "strided"};
    return emit(&w->b, "_to_copy", "v,dtype=t,layout=a", v, (int)self->dtype, &strided);
}

/* Does result r of the operator stand for written parameter p. */
static bool returns_param(const op *o, uint32_t r, uint32_t p) {
    return o->returns[r].alias && o->returns[r].alias == o->params[p].alias;
}

static bool is_returned(const op *o, uint32_t p) {
    for (uint32_t r = 0; r < o->num_returns; r++)
        if (returns_param(o, r, p)) return true;
    return false;
}

static bool is_fresh(const op *o, uint32_t r) {
    for (uint32_t p = 0; p < o->num_params; p++)
        if (o->params[p].writes && returns_param(o, r, p)) return false;
    return true;
}

/* A functional form returns what the operator computes afresh, then the new values of what it writes, in order. */
static bool write_params(walk *w, const node *n, value result, uint32_t fresh) {
    const op *o = n->op;
    bool several = graph_type(w->b.graph, result)->kind == TYPE_TUPLE;
    for (uint32_t p = 0; p < o->num_params && !w->b.status; p++) {
        value operand = arg_as_value(&n->args[p]);
        if (!o->params[p].writes) continue;
        uint32_t part = fresh++;
        if (operand == NO_VALUE) continue;
        value v = several ? emit_get(&w->b, result, part) : result;
        if (w->b.status) return false;
        /* What is written but not returned (running statistics) is no business of autograd's. */
        if (!is_returned(o, p)) w->b.graph->nodes.data[v].flags |= NODE_NO_GRAD;
        uint32_t t = w->bound[operand].tensor;
        mutate_write(w, t, mutate_fit(w, t, v));
    }
    return !w->b.status;
}

static bound bind_results(walk *w, const node *n, value result) {
    const op *o = n->op;
    bound *parts = ARENA_ARRAY(w->scratch, bound, o->num_returns);
    for (uint32_t r = 0, fresh = 0; r < o->num_returns; r++) {
        parts[r] = (bound){.tensor = NONE, .plain = NO_VALUE};
        if (is_fresh(o, r)) parts[r] = walk_bind(w, emit_get(&w->b, result, fresh++));
        else
            for (uint32_t p = 0; p < o->num_params; p++)
                if (returns_param(o, r, p) && n->args[p].kind == ARG_VALUE) parts[r] = w->bound[n->args[p].value];
    }
    if (o->num_returns == 1) return parts[0];
    return (bound){.tensor = NONE, .plain = NO_VALUE, .parts = parts, .count = o->num_returns};
}

/* `t_`, `squeeze_`, `detach_`: the tensor lies in its storage in another way from here on. */
static void change_metadata(walk *w, value u, const node *n) {
    const op *view = n->op->functional;
    uint32_t t = w->bound[n->args[0].value].tensor;
    if (view->traits & OP_NO_HISTORY) refuse_detach(w, t);
    if (w->b.status) return;
    arg *args = walk_args(w, n, (view->traits & OP_NO_HISTORY) || walk_no_grad(w));
    value v = emit_bound(&w->b, view, args, NULL);
    if (!w->b.status) alias_change(w, t, v, view, args);
    w->bound[u] = w->bound[n->args[0].value];
}

/* A copy of a whole tensor that nothing else reads, unseen by autograd, is that tensor: new running statistics. It
 * is not held as the storage's contents, for it is also a result that a derivative may read whatever becomes of the
 * storage. */
static bool take_over(walk *w, value u, const node *n) {
    if (!(n->op->functional->traits & OP_COPIES) || !walk_no_grad(w)) return false;
    value self = n->args[0].value, from = n->args[1].value;
    if (w->uses[from] != 1 || !type_equal(graph_type(w->source, self), graph_type(w->source, from), true)) return false;
    uint32_t to = w->bound[self].tensor, t = w->bound[from].tensor;
    uint32_t view_to = walk_tensor(w, to)->view, view_from = walk_tensor(w, t)->view;
    if (walk_view(w, view_to)->parent != NONE || walk_view(w, view_from)->parent != NONE) return false;
    if (walk_storage_of(w, view_from)->input != NONE) return false;
    value v = alias_read(w, t);
    if (graph_node(w->b.graph, v)->op->kind == OP_GETITEM) {
        w->b.graph->nodes.data[v].flags |= NODE_NO_GRAD;
        history_set(w, v, false);
    }
    mutate_write(w, to, v);
    walk_storage_of(w, view_to)->values.count = 0;
    w->bound[u] = w->bound[self];
    return true;
}

/* set_ on what autograd follows, or what was written before, is no value that could be handed back. */
static void refuse_rebind(walk *w, uint32_t t, const view *v) {
    const storage *s = &w->storages.data[v->storage];
    const char *no_grad = walk_no_grad(w) ? "True" : "False", *grad = v->requires_grad ? "True" : "False";
    if (s->input == NONE || w->inputs[s->input] != t || (s->version == 0 && (walk_no_grad(w) || !v->requires_grad)))
        return;
    builder_fail(&w->b, COT_REFUSED,
                 "Encountered a set_ on a graph input, but the input has other mutations that we cannot\nkeep in the "
                 "graph. This is not supported today. Current state:\n  keep_input_mutations=%s\n  mutates_data=%s\n"
                 "  mutates_metadata=False\n  mutations_hidden_from_autograd=%s\n"
                 "  mutations_under_no_grad_or_inference_mode=%s\n  mutation_inductor_storage_resize=False\n"
                 "  requires_grad=%s",
                 w->options->keep_input_mutations ? "True" : "False", s->version ? "True" : "False",
                 s->tracked_write ? "False" : no_grad, no_grad, grad);
}

static void rebind(walk *w, value u) {
    const node *n = graph_node(w->source, u);
    const uint32_t t = w->bound[arg_as_value(&n->args[0])].tensor, from = w->bound[arg_as_value(&n->args[1])].tensor;
    const uint32_t old = walk_tensor(w, t)->view, s = walk_view(w, old)->storage;
    refuse_rebind(w, t, walk_root_of(w, old));
    alias_read(w, from);
    w->storages.data[s].frozen = w->storages.data[s].input != NONE && w->inputs[w->storages.data[s].input] == t;
    w->tensors.data[t] = w->tensors.data[from];
    w->storages.data[walk_view(w, walk_tensor(w, t)->view)->storage].frozen = false;
    w->bound[u] = w->bound[arg_as_value(&n->args[0])];
}

void mutate_visit(walk *w, value u) {
    const node *n = graph_node(w->source, u);
    if (n->op->traits & OP_REBINDS) {
        rebind(w, u);
        return;
    }
    const op *f = n->op->functional;
    if (!f) {
        wrapped_visit(w, u);
        return;
    }
    if (f->traits & OP_VIEW) {
        change_metadata(w, u, n);
        return;
    }
    for (uint32_t p = 0; p < n->op->num_params; p++)
        if (n->op->params[p].writes && n->args[p].kind == ARG_VALUE)
            refuse_write(w, w->bound[n->args[p].value].tensor, n, is_returned(n->op, p));
    if (w->b.status || take_over(w, u, n)) return;
    value result = emit_bound(&w->b, f, walk_args(w, n, true), NULL);
    uint32_t fresh = 0;
    for (uint32_t r = 0; r < n->op->num_returns; r++) fresh += is_fresh(n->op, r);
    if (w->b.status || !write_params(w, n, result, fresh)) return;
    w->bound[u] = bind_results(w, n, result);
}
