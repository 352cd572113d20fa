/* SPDX-License-Identifier: MIT
 * alias.c — who shares storage with whom, and what a tensor's value is after a write to its storage.
 *
 * A stale tensor is replayed from its root, link by link, as PyTorch's FunctionalTensorWrapper does
 * (regenerate_from_base): nodes nobody reads go at the end, but the numbers in names stay as PyTorch's. Views deeper
 * than DEEP remember what the last replay gave, so that the pass stays linear. */
#include "functionalize/walk.h"

#define DEEP 8

void alias_hold(walk *w, uint32_t s, value v) { *VEC_PUSH(w->scratch, &w->storages.data[s].values) = v; }

static uint32_t add_tensor(walk *w, uint32_t view, value v, uint32_t version, uint32_t made) {
    *VEC_PUSH(w->scratch, &w->tensors) = (tensor){.view = view, .current = v, .version = version, .made = made};
    return w->tensors.count - 1;
}

uint32_t alias_new(walk *w, value v, uint32_t input) {
    uint32_t s = w->storages.count, at = w->views.count;
    *VEC_PUSH(w->scratch, &w->storages) = (storage){.base = at, .input = input};
    *VEC_PUSH(w->scratch, &w->views) = (view){.storage = s,
                                              .parent = NONE,
                                              .root = at,
                                              .first = at,
                                              .part = NONE,
                                              .seen = NO_VALUE,
                                              .current = v,
                                              .requires_grad = history_of(w, v)};
    alias_hold(w, s, v);
    return add_tensor(w, at, v, 0, 0);
}

/* A view without history of its own operand: detach, a change to integers, any view made under no_grad. */
static bool cuts_history(const walk *w, const op *o, value v) {
    const type *t = graph_type(w->b.graph, v);
    return (o->traits & OP_NO_HISTORY) || walk_no_grad(w) || !(dtype_is_float(t->dtype) || dtype_is_complex(t->dtype));
}

static uint32_t add_link(walk *w, uint32_t parent, value v, const op *o, const arg *args, uint32_t part,
                         uint32_t first) {
    uint32_t at = w->views.count;
    view link = *walk_view(w, parent);
    storage *s = walk_storage_of(w, parent);
    bool cut = cuts_history(w, o, v);
    if (o->traits & OP_NO_HISTORY) link.from_multi = link.from_no_grad = false; /* to autograd this is no view */
    else link.from_no_grad |= walk_no_grad(w) && walk_root_of(w, parent)->requires_grad;
    link.from_multi |= part != NONE;
    link.parent = parent;
    link.depth++;
    link.op = o;
    link.args = args;
    link.flags = w->b.flags;
    link.part = part;
    link.first = first == NONE ? at : first;
    link.seen = link.seen_result = NO_VALUE;
    link.requires_grad = false;
    link.replayed_at = 0;
    if (cut) {
        link.root = at;
        link.current = v;
        link.version = s->version;
    }
    *VEC_PUSH(w->scratch, &w->views) = link;
    alias_hold(w, link.storage, v);
    return at;
}

uint32_t alias_view(walk *w, uint32_t t, value v, const op *o, const arg *args, uint32_t part, uint32_t first) {
    uint32_t at = add_link(w, walk_tensor(w, t)->view, v, o, args, part, first);
    /* Version 0: the view of a written storage is replayed when it is read, as in PyTorch. */
    return add_tensor(w, at, v, 0, walk_storage_of(w, at)->version);
}

void alias_change(walk *w, uint32_t t, value v, const op *o, const arg *args) {
    uint32_t at = add_link(w, walk_tensor(w, t)->view, v, o, args, NONE, NONE);
    walk_tensor(w, t)->view = at;
    walk_tensor(w, t)->current = v;
}

/* ---- replaying -------------------------------------------------------------------------------------------------- */

static value apply_call(walk *w, view *first, const view *link, value parent) {
    arg *args = arena_copy(w->scratch, link->args, link->op->num_params * sizeof(arg));
    args[0] = arg_value(parent);
    first->seen_result = emit_bound(&w->b, link->op, args, NULL);
    first->seen = parent;
    return first->seen_result;
}

value alias_apply(walk *w, uint32_t v, value parent) {
    view *link = walk_view(w, v), *first = walk_view(w, link->first);
    uint32_t flags = w->b.flags;
    w->b.flags = link->flags;
    bool reuse = first->seen == parent && link->part != NONE;
    value r = reuse ? first->seen_result : apply_call(w, first, link, parent);
    if (link->part != NONE) r = emit_get(&w->b, r, link->part);
    w->b.flags = flags;
    if (!w->b.status) alias_hold(w, link->storage, r);
    return r;
}

value alias_root_value(walk *w, uint32_t v) {
    view *root = walk_view(w, v);
    storage *s = walk_storage_of(w, v);
    if (root->parent == NONE || root->version == s->version) return root->current;
    value r = alias_apply(w, v, alias_replay(w, root->parent));
    if (walk_view(w, v)->requires_grad) r = history_keep(w, r, walk_view(w, v)->current);
    walk_view(w, v)->current = r;
    walk_view(w, v)->version = s->version;
    return r;
}

/* Deep views remember their value. */
static bool is_known(walk *w, const view *v) {
    return v->depth > DEEP && v->replayed_at == walk_storage_of(w, v->root)->version && v->replayed_at;
}

value alias_replay(walk *w, uint32_t v) {
    uint32_t root = walk_view(w, v)->root, top = v, length = 0;
    for (; top != root && !is_known(w, walk_view(w, top)); top = walk_view(w, top)->parent) length++;
    uint32_t *chain = ARENA_ARRAY(w->scratch, uint32_t, length);
    for (uint32_t i = v, k = length; i != top; i = walk_view(w, i)->parent) chain[--k] = i;
    value r = top == root ? alias_root_value(w, root) : walk_view(w, top)->replayed;
    for (uint32_t k = 0; k < length; k++) {
        r = alias_apply(w, chain[k], r);
        walk_view(w, chain[k])->replayed = r;
        walk_view(w, chain[k])->replayed_at = walk_storage_of(w, v)->version;
    }
    return r;
}

value alias_read(walk *w, uint32_t t) {
    tensor *x = walk_tensor(w, t);
    uint32_t version = walk_storage_of(w, x->view)->version;
    if (x->made != version && !walk_no_grad(w)) refuse_read(w, t);
    if (x->version == version || w->b.status) return x->current;
    x->current = alias_replay(w, x->view);
    x->version = version;
    return x->current;
}
