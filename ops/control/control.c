/* SPDX-License-Identifier: MIT
 * control.c — what the files of ops/control/ share. */
#include "ops/control/control.h"

#include "base/error.h"

bool control_has_shape(const op *o) {
    const control_hooks *hooks = o->record->control;
    return hooks && (hooks->shape || hooks->shape_named);
}

cot_status control_shape(cot_graph *g, const node *call, type *result, cot_error *error) {
    const control_hooks *hooks = call->op->record->control;
    if (hooks && hooks->shape_named) return hooks->shape_named(g, call, result, error);
    return hooks && hooks->shape ? hooks->shape(g, call->args, call->nargs, result, error) : COT_OK;
}

cot_graph *control_body(const cot_graph *g, const arg *a) {
    if (a->kind != ARG_VALUE || a->value >= g->nodes.count || graph_type(g, a->value)->kind != TYPE_GRAPH) return NULL;
    const node *n = graph_node(g, a->value);
    return graph_child(g, n->target ? n->target : n->name);
}

cot_status control_result_of_body(cot_graph *g, const cot_graph *body, const char *who, type *result,
                                  cot_error *error) {
    if (!body) return fail(error, COT_SCHEMA, "%s: expected a body (get_attr of a graph)", who);
    arg_list leaves = {0};
    arg_leaves(g->arena, &body->output, &leaves);
    type *parts = ARENA_ARRAY(g->arena, type, leaves.count);
    for (uint32_t i = 0; i < leaves.count; i++)
        if (leaves.data[i].kind == ARG_VALUE) parts[i] = type_copy(g->arena, graph_type(body, leaves.data[i].value));
    *result = type_tuple(g->arena, parts, leaves.count);
    return COT_OK;
}

cot_status control_read_body(cot_graph *g, const arg *a, uint32_t count, const char *who, cot_graph **body,
                             arg_list *outputs, cot_error *error) {
    *body = control_body(g, a);
    if (!*body) return fail(error, COT_SCHEMA, "%s: expected a body (get_attr of a graph)", who);
    if ((*body)->inputs.count != count)
        return fail(error, COT_SCHEMA, "%s: a body takes %u inputs, %u are given", who, (*body)->inputs.count, count);
    arg_leaves(g->arena, &(*body)->output, outputs);
    return COT_OK;
}

bool control_is_unbacked(const cot_graph *g, dim size) {
    const char *name = dim_is_static(size) ? NULL : dim_symbol_name(g->ctx->syms, size);
    return name && (name[0] == 'u' || name[0] == 'z');
}

typedef struct own_sizes {
    const cot_graph *body;
    dim sought; /* among the sizes of inputs; 0: any that no input has */
    bool found;
} own_sizes;

static void each_size(const cot_graph *g, const type *t, void (*f)(void *user, dim symbol), own_sizes *o) {
    const bool is_number = t->kind == TYPE_INT || t->kind == TYPE_FLOAT || t->kind == TYPE_BOOL;
    if (is_number) dim_each_symbol(g->ctx->syms, t->expr, f, o);
    for (uint32_t d = 0; t->kind == TYPE_TENSOR && d < t->ndim; d++) dim_each_symbol(g->ctx->syms, t->sizes[d], f, o);
}

static void see_input_size(void *user, dim symbol) {
    ((own_sizes *)user)->found |= ((own_sizes *)user)->sought == symbol;
}

static void see_output_size(void *user, dim symbol) {
    own_sizes *o = user;
    const cot_graph *g = o->body;
    if (o->found || !control_is_unbacked(g, symbol)) return;
    own_sizes inputs = {.body = g, .sought = symbol};
    for (uint32_t i = 0; i < g->inputs.count; i++)
        each_size(g, graph_type(g, g->inputs.data[i]), see_input_size, &inputs);
    o->found = !inputs.found;
}

bool control_gives_own_sizes(const cot_graph *body) {
    own_sizes o = {.body = body};
    arg_list leaves = {0};
    arena *a = arena_create(body->ctx);
    arg_leaves(a, &body->output, &leaves);
    for (uint32_t i = 0; i < leaves.count; i++)
        if (leaves.data[i].kind == ARG_VALUE)
            each_size(body, graph_type(body, leaves.data[i].value), see_output_size, &o);
    arena_destroy(a);
    return o.found;
}

bool control_is_float(const type *t) {
    return t->kind == TYPE_TENSOR && (dtype_is_float(t->dtype) || dtype_is_complex(t->dtype));
}

const char *control_leaf_text(cot_graph *g, const arg *a) {
    switch (a->kind) {
    case ARG_VALUE: return graph_node(g, a->value)->name;
    case ARG_INT: return arena_printf(g->arena, "%lld", (long long)a->i);
    case ARG_BOOL: return a->i ? "True" : "False";
    case ARG_FLOAT: return arena_printf(g->arena, "%.17g", a->f);
    case ARG_NONE: return "None";
    default: return "no tensor";
    }
}

bool control_is_list(const arg *a) { return a->kind == ARG_LIST || a->kind == ARG_TUPLE; }

type control_result(cot_graph *g, const cot_graph *body, const arg *a, const dim *leading) {
    if (a->kind != ARG_VALUE) return (type){0};
    const type *t = graph_type(body, a->value);
    if (t->kind != TYPE_TENSOR) return type_copy(g->arena, t);
    dim *sizes = ARENA_ARRAY(g->arena, dim, t->ndim + 1u);
    if (leading) sizes[0] = *leading;
    for (uint32_t i = 0; i < t->ndim; i++) sizes[i + !!leading] = t->sizes[i];
    return type_tensor(g->arena, g->ctx->syms, t->dtype, sizes, t->ndim + !!leading);
}

/* ---- the same types ------------------------------------------------------------------------------------------------
 */

static void print_types(const cot_graph *g, const type *types, uint32_t count, text *out) {
    text_add(out, "[");
    for (uint32_t i = 0; i < count; i++) {
        if (i) text_add(out, ", ");
        type_print(g->ctx->syms, &types[i], false, false, out);
    }
    text_add(out, "]");
}

static void print_sizes(const cot_graph *g, const type *t, text *out) {
    text_add(out, "torch.Size([");
    for (uint32_t i = 0; i < t->ndim; i++) {
        if (i) text_add(out, ", ");
        dim_print(g->ctx->syms, t->sizes[i], out);
    }
    text_add(out, "])");
}

const char *control_sizes_text(const cot_graph *g, const type *t) {
    text out = {.arena = g->arena};
    print_sizes(g, t, &out);
    return out.data;
}

/* What differs between a pair, "" where nothing does. */
static void print_difference(const cot_graph *g, const type *lhs, const type *rhs, text *out) {
    if (lhs->kind == TYPE_TENSOR && rhs->kind == TYPE_TENSOR) {
        if (!type_equal(lhs, &(type){.kind = TYPE_TENSOR, .dtype = lhs->dtype, .ndim = rhs->ndim, .sizes = rhs->sizes},
                        false)) {
            text_add(out, "'shape: ");
            print_sizes(g, lhs, out);
            text_add(out, " vs ");
            print_sizes(g, rhs, out);
            text_add(out, "'");
        }
        if (lhs->dtype != rhs->dtype)
            text_printf(out, "%s'dtype: torch.%s vs torch.%s'", out->count ? ", " : "",
                        dtype_torch_name((cot_dtype)lhs->dtype), dtype_torch_name((cot_dtype)rhs->dtype));
        return;
    }
    const bool same = lhs->kind == rhs->kind || (lhs->kind != TYPE_TENSOR && rhs->kind != TYPE_TENSOR);
    if (same) return;
    text_add(out, "type: ");
    type_print(g->ctx->syms, lhs, false, false, out);
    text_add(out, " vs ");
    type_print(g->ctx->syms, rhs, false, false, out);
}

cot_status control_same_metadata(const cot_graph *g, const type *lhs, uint32_t num_lhs, const char *lhs_name,
                                 const type *rhs, uint32_t num_rhs, const char *rhs_name, cot_error *error) {
    text all = {.arena = g->arena};
    if (num_lhs != num_rhs) {
        text_add(&all, "lhs:");
        print_types(g, lhs, num_lhs, &all);
        text_add(&all, " and rhs:");
        print_types(g, rhs, num_rhs, &all);
        return fail(error, COT_SHAPE, "Expected %s and %s to have same number of outputs but got %s", lhs_name,
                    rhs_name, all.data);
    }
    for (uint32_t i = 0; i < num_lhs; i++) {
        text difference = {.arena = g->arena};
        print_difference(g, &lhs[i], &rhs[i], &difference);
        if (!difference.count) continue;
        text_printf(&all, "\npair[%u] differ in %s, where lhs is ", i, difference.data);
        type_print(g->ctx->syms, &lhs[i], false, false, &all);
        text_add(&all, " and rhs is ");
        type_print(g->ctx->syms, &rhs[i], false, false, &all);
    }
    if (!all.count) return COT_OK;
    return fail(error, COT_SHAPE, "Expected %s and %s to have same metadata but found:%s", lhs_name, rhs_name,
                all.data);
}

bool control_is_scalar(const type *t) {
    for (uint32_t i = 0; t->kind == TYPE_TENSOR && i < t->ndim; i++)
        if (dim_is_static(t->sizes[i]) && t->sizes[i] != 1) return false;
    return t->kind == TYPE_TENSOR || t->kind == TYPE_BOOL || t->kind == TYPE_INT;
}

/* ---- backward bodies ------------------------------------------------------------------------------------------- */

static cot_graph *root_of(cot_graph *g) { return g->parent ? g->parent : g; }

void control_backward_begin(control_backward *w, joint_stage *s, const cot_graph *joint, const char *class_name) {
    cot_graph *g = s->b->graph;
    *w = (control_backward){.stage = s, .joint = joint};
    arg_leaves(g->arena, &joint->output, &w->outputs);
    w->num_outputs = joint->num_user_outputs;
    builder_init(&w->b, graph_create_child(root_of(g), class_name), s->b->error);
    w->b.decompose = true;
    w->b.flags = NODE_BACKWARD;
    w->map = ARENA_ARRAY(g->arena, value, joint->nodes.count);
    for (value v = 0; v < joint->nodes.count; v++) w->map[v] = NO_VALUE;
}

cot_status control_backward_start(control_backward *w, joint_stage *s, const cot_graph *body, const bool *needs,
                                  const bool *tangents) {
    cot_graph *joint;
    TRY(s->body(s, body, needs, tangents, &joint));
    control_backward_begin(w, s, joint, body->class_name);
    return COT_OK;
}

value control_backward_new_input(control_backward *w, const type *t) {
    return emit_placeholder(&w->b, arena_printf(w->b.graph->arena, "arg%u_1", w->b.graph->inputs.count), t);
}

value control_backward_input(control_backward *w, uint32_t i) {
    const value v = w->joint->inputs.data[i];
    return w->map[v] = control_backward_new_input(w, graph_type(w->joint, v));
}

static void mark_live(void *user, value v) { ((bool *)user)[v] = true; }

/* What the gradients need, and effects that the backward itself has. What the forward did is done. */
static bool *find_live(const control_backward *w) {
    const cot_graph *g = w->joint;
    bool *live = ARENA_ARRAY(w->b.graph->arena, bool, g->nodes.count);
    for (uint32_t i = w->num_outputs; i < w->outputs.count; i++) arg_each(&w->outputs.data[i], mark_live, live);
    for (value v = g->nodes.count; v-- > 0;) {
        const node *n = graph_node(g, v);
        live[v] |= op_has_effect(n->op->traits, n->flags) && n->flags & NODE_BACKWARD;
        for (uint32_t i = 0; live[v] && i < n->nargs; i++) arg_each(&n->args[i], mark_live, live);
    }
    return live;
}

/* The bodies of a call that the forward has made, and that is made once more, do without their effects. */
static bool quiet_bodies(control_backward *w, const node *n) {
    cot_graph *g = w->b.graph;
    for (uint32_t i = 0; i < n->nargs; i++) {
        const node *body = n->args[i].kind == ARG_VALUE ? graph_node(w->joint, n->args[i].value) : NULL;
        if (!body || body->type.kind != TYPE_GRAPH) continue;
        for (uint32_t c = 0; c < g->children.count; c++) {
            child *made = &g->children.data[c];
            if (strcmp(made->name, body->target)) continue;
            cot_graph *quiet = graph_quiet(made->graph, root_of(g));
            if (!quiet) return false;
            made->graph = quiet;
        }
    }
    return true;
}

void control_backward_fill(control_backward *w) {
    if (w->b.status) return;
    graph_copy_children(w->b.graph, w->joint);
    const bool *live = find_live(w);
    for (value v = 0; v < w->joint->nodes.count && !w->b.status; v++) {
        const node *n = graph_node(w->joint, v);
        if (n->op->kind == OP_PLACEHOLDER || !live[v]) continue;
        const bool effect = op_has_effect(n->op->traits, n->flags) && !(n->flags & NODE_BACKWARD);
        if (effect && ((n->op->traits & OP_EFFECT) || !quiet_bodies(w, n))) {
            builder_fail(&w->b, COT_UNSUPPORTED,
                         "AOTAutograd does not support MUST_RECOMPUTE for effectful operations because forward effects "
                         "cannot join the backward effect-token chain.");
            return;
        }
        w->map[v] = graph_copy_node(w->b.graph, w->joint, v, w->map);
        if (effect) w->b.graph->nodes.data[w->map[v]].flags &= ~(uint32_t)NODE_EFFECT;
    }
}

value control_backward_gradient(control_backward *w, uint32_t i, value like) {
    const arg *a = &w->outputs.data[w->num_outputs + i];
    if (a->kind == ARG_VALUE) return w->map[a->value];
    return like == NO_VALUE ? NO_VALUE : emit(&w->b, "zeros_like", "v", like);
}

cot_status control_backward_finish(control_backward *w, const value *outputs, uint32_t count, const char *stem,
                                   value *attribute) {
    cot_graph *body = w->b.graph, *g = w->stage->b->graph;
    if (w->b.status) builder_failed(w->stage->b, w->b.status);
    if (w->b.status) return w->b.status;
    arg *items = ARENA_ARRAY(body->arena, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = arg_value(outputs[i]);
    body->output = arg_list_of(items, count);
    body->num_user_outputs = count;
    body = graph_clean(body, root_of(g));
    const char *name = graph_child_name(g, stem);
    body->class_name = name;
    *attribute = emit_get_attr(w->stage->b, name, body);
    return w->stage->b->status;
}

const bool *control_needs(joint_stage *s, const arg *list, uint32_t *first) {
    bool *needs = ARENA_ARRAY(s->b->graph->arena, bool, list->count);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->list[i].kind == ARG_VALUE) needs[i] = s->needs[(*first)++];
    return needs;
}
