/* SPDX-License-Identifier: MIT
 * vmap_loop.c — an operator without batching rule: a loop over the batch, its operands taken one example at a time. */
#include "transforms/vmap.h"

#include "base/error.h"

typedef struct one_example {
    builder b; /* on the body */
    vmap_walk *w;
    arg_list xs; /* of the call, by input of the body */
} one_example;

/* An operand of the call as it stands in the body: an input that gets the operand's item. */
static arg place(one_example *e, const arg *one, const arg *all) {
    arg r = *one;
    if (one->kind == ARG_LIST || one->kind == ARG_TUPLE) {
        arg *items = ARENA_ARRAY(e->w->scratch, arg, one->count);
        for (uint32_t k = 0; k < one->count; k++) items[k] = place(e, &one->list[k], &all->list[k]);
        r.list = items;
        return r;
    }
    if (one->kind != ARG_VALUE) return r;
    const type *t = graph_type(e->w->source, one->value);
    syms *s = e->b.graph->ctx->syms;
    if (t->kind != TYPE_TENSOR) {
        builder_fail(e->w->b, COT_UNSUPPORTED, "vmap: an operator without batching rule depends on a size");
        return r;
    }
    const type own = type_tensor(e->b.graph->arena, s, (cot_dtype)t->dtype, t->sizes, t->ndim);
    const value whole = e->w->batched[one->value] ? all->value : batch_repeat(e->w->b, all->value, e->w->size);
    *VEC_PUSH(e->w->scratch, &e->xs) = arg_value(whole);
    r.value = emit_placeholder(&e->b, arena_printf(e->w->scratch, "arg%u_1", e->b.graph->inputs.count), &own);
    return r;
}

cot_status vmap_loop(vmap_walk *w, value v, const arg *args) {
    const node *n = graph_node(w->source, v);
    cot_graph *g = w->b->graph, *root = g->parent ? g->parent : g;
    const bool many = n->type.kind == TYPE_TUPLE;
    const uint32_t parts = many ? n->type.count : 1;
    context_log(g->ctx, "vmap: there is no batching rule for %s: it runs in a loop over the batch", n->op->name);
    one_example e = {.w = w};
    const char *name = arena_printf(root->arena, "body_graph_%u", g->children.count);
    while (graph_child(g, name)) name = arena_printf(root->arena, "%s_0", name);
    builder_init(&e.b, graph_create_child(root, name), w->b->error);
    e.b.decompose = true;
    arg *inner = ARENA_ARRAY(w->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) inner[i] = place(&e, &n->args[i], &args[i]);
    TRY(w->b->status);
    const value made = emit_bound(&e.b, n->op, inner, NULL);
    arg *outputs = ARENA_ARRAY(root->arena, arg, parts);
    for (uint32_t i = 0; i < parts; i++) outputs[i] = arg_value(emit_get(&e.b, made, i));
    if (e.b.status) return builder_failed(w->b, e.b.status), e.b.status;
    e.b.graph->output = (arg){.kind = ARG_TUPLE, .list = outputs, .count = parts};
    e.b.graph->num_user_outputs = parts;
    const op *map = op_find(g->ctx, "torch.ops.higher_order.map_impl");
    const arg call[] = {arg_value(emit_get_attr(w->b, name, e.b.graph)), arg_list_of(e.xs.data, e.xs.count),
                        arg_list_of(NULL, 0)};
    type t;
    TRY(map->record->control->shape(g, call, COUNT_OF(call), &t, w->b->error));
    const value all = emit_raw(w->b, map, call, COUNT_OF(call), &t, NULL);
    vmap_set(w, v, many ? all : emit_get(w->b, all, 0), false);
    return w->b->status;
}
