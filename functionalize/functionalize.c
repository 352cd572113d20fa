/* SPDX-License-Identifier: MIT
 * functionalize.c — the walk: one pass over a lowered program that emits the functional graph.
 *
 * Each value of the program is bound to a tensor object (alias.c); reading it gives its newest functional value.
 * Calls are emitted anew on those values, so names are PyTorch's retraced ones. Whether an input's place must be
 * taken by a copy (FUN-04) is known at the end only: then the walk is done once more. */
#include "functionalize/walk.h"

/* ---- arguments ------------------------------------------------------------------------------------------------- */

static value value_now(walk *w, value u, bool now) {
    const bound *x = &w->bound[u];
    if (x->tensor == NONE) return x->plain;
    return now ? alias_read(w, x->tensor) : walk_tensor(w, x->tensor)->current;
}

arg walk_arg(walk *w, const arg *a, bool now) {
    arg r = *a;
    if (a->kind == ARG_VALUE) {
        r = arg_value(value_now(w, a->value, now));
    } else if (a->kind == ARG_LIST || a->kind == ARG_TUPLE || a->kind == ARG_DICT || a->kind == ARG_SLICE) {
        uint32_t count = a->kind == ARG_DICT ? 2 * a->count : a->kind == ARG_SLICE ? 3 : a->count;
        arg *items = ARENA_ARRAY(w->scratch, arg, count);
        for (uint32_t i = 0; i < count; i++) items[i] = walk_arg(w, &a->list[i], now);
        r.list = items;
    }
    return r;
}

arg *walk_args(walk *w, const node *n, bool now) {
    arg *args = ARENA_ARRAY(w->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = walk_arg(w, &n->args[i], now);
    return args;
}

const char *const *walk_kwnames(walk *w, const node *n) {
    if (!n->kwnames) return NULL;
    uint32_t count = n->nargs - n->npos;
    const char **names = ARENA_ARRAY(w->b.graph->arena, const char *, count);
    for (uint32_t i = 0; i < count; i++)
        names[i] = arena_string(w->b.graph->arena, n->kwnames[i], strlen(n->kwnames[i]));
    return names;
}

/* ---- results --------------------------------------------------------------------------------------------------- */

bound walk_bind(walk *w, value v) {
    const type *t = graph_type(w->b.graph, v);
    bound r = {.tensor = NONE, .plain = v};
    if (t->kind == TYPE_TENSOR) r.tensor = alias_new(w, v, NONE);
    if (t->kind != TYPE_TUPLE) return r;
    uint32_t count = t->count;
    bound *parts = ARENA_ARRAY(w->scratch, bound, count);
    for (uint32_t i = 0; i < count && !w->b.status; i++) parts[i] = walk_bind(w, emit_get(&w->b, v, i));
    r.parts = parts;
    r.count = count;
    return r;
}

/* All parts of a multi-output view lie in the operand's storage. */
static bound bind_views(walk *w, uint32_t t, value v, const op *o, const arg *args) {
    const type *ty = graph_type(w->b.graph, v);
    bound r = {.tensor = NONE, .plain = v};
    if (ty->kind != TYPE_TUPLE) {
        r.tensor = alias_view(w, t, v, o, args, NONE, NONE);
        return r;
    }
    uint32_t count = ty->count, first = NONE;
    bound *parts = ARENA_ARRAY(w->scratch, bound, count);
    for (uint32_t i = 0; i < count && !w->b.status; i++) {
        parts[i] = (bound){.plain = emit_get(&w->b, v, i)};
        parts[i].tensor = alias_view(w, t, parts[i].plain, o, args, i, first);
        if (i == 0) first = walk_tensor(w, parts[i].tensor)->view;
    }
    r.parts = parts;
    r.count = count;
    return r;
}

/* ---- nodes ----------------------------------------------------------------------------------------------------- */

static void visit_input(walk *w, value u, const node *n) {
    cot_graph *g = w->b.graph;
    uint32_t i = g->inputs.count;
    value v = graph_append_named(g, n->op, n->name);
    node *made = &g->nodes.data[v];
    made->type = type_copy(g->arena, &n->type);
    if (n->target) made->target = arena_string(g->arena, n->target, strlen(n->target));
    if (n->dtype_text) made->dtype_text = arena_string(g->arena, n->dtype_text, strlen(n->dtype_text));
    *VEC_PUSH(g->arena, &g->inputs) = v;
    w->bound[u] = (bound){.tensor = NONE, .plain = v};
    w->inputs[i] = NONE;
    if (n->type.kind != TYPE_TENSOR) return;
    bool grad = w->options->requires_grad && w->options->requires_grad[i] &&
                (dtype_is_float(n->type.dtype) || dtype_is_complex(n->type.dtype));
    history_set(w, v, grad);
    if (i < g->input_specs.count) g->input_specs.data[i].requires_grad = grad;
}

/* Behind the last placeholder: what the program sees of each input. */
static void bind_inputs(walk *w) {
    for (uint32_t i = 0; i < w->source->inputs.count; i++) {
        value u = w->source->inputs.data[i], v = w->bound[u].plain;
        const type *t = graph_type(w->b.graph, v);
        if (t->kind != TYPE_TENSOR) continue;
        if (w->fresh[i] == FRESH_CLONE) v = emit(&w->b, "clone", "v", v);
        if (w->fresh[i] == FRESH_VIEW) v = emit(&w->b, "view", "vD", v, t->sizes, (uint32_t)t->ndim);
        if (w->b.status) return;
        w->inputs[i] = w->bound[u].tensor = alias_new(w, v, i);
    }
}

static void visit_getitem(walk *w, value u, const node *n) {
    const bound *tuple = &w->bound[n->args[0].value];
    int64_t i = arg_as_int(&n->args[1], 0);
    if (i < 0) i += tuple->count;
    if (tuple->parts && i >= 0 && i < tuple->count) w->bound[u] = tuple->parts[i];
    else builder_fail(&w->b, COT_SHAPE, "item %lld is taken of a value that has %u", (long long)i, tuple->count);
}

/* Its parts are values of the program already. */
static void visit_pack(walk *w, value u, const node *n) {
    uint32_t count = n->args[0].count;
    bound *parts = ARENA_ARRAY(w->scratch, bound, count);
    for (uint32_t i = 0; i < count; i++)
        parts[i] = n->args[0].list[i].kind == ARG_VALUE ? w->bound[n->args[0].list[i].value]
                                                        : (bound){.tensor = NONE, .plain = NO_VALUE};
    w->bound[u] = (bound){.tensor = NONE, .plain = NO_VALUE, .parts = parts, .count = count};
}

static void visit_view(walk *w, value u, const node *n) {
    uint32_t t = w->bound[arg_as_value(&n->args[0])].tensor;
    /* A view of a stale tensor is made of the stale value, and replayed when it is read, as in PyTorch. */
    bool now = (n->op->traits & (OP_NO_HISTORY | OP_HISTORY)) || walk_no_grad(w);
    arg *args = walk_args(w, n, now);
    value v = emit_bound(&w->b, n->op, args, NULL);
    if (!w->b.status) w->bound[u] = bind_views(w, t, v, n->op, args);
}

static void visit_call(walk *w, value u, const node *n) {
    arg *args = walk_args(w, n, true);
    value v;
    if (n->op->has_schema) {
        v = emit_bound(&w->b, n->op, args, NULL);
    } else {
        type t = type_copy(w->b.graph->arena, &n->type);
        v = emit_raw(&w->b, n->op, args, n->nargs, &t, NULL);
        if (w->b.status) return;
        node *made = &w->b.graph->nodes.data[v];
        made->npos = n->npos;
        made->kwmask = n->kwmask;
        made->kwnames = walk_kwnames(w, n);
        if (n->target) made->target = arena_string(w->b.graph->arena, n->target, strlen(n->target));
    }
    if (!w->b.status) w->bound[u] = walk_bind(w, v);
}

static void visit(walk *w, value u) {
    const node *n = graph_node(w->source, u);
    w->bound[u] = (bound){.tensor = NONE, .plain = NO_VALUE};
    w->b.flags = n->flags & (NODE_NO_GRAD | NODE_POLICY);
    w->b.checkpoint = n->checkpoint;
    w->b.place_node = u;
    uint32_t before = w->b.graph->nodes.count;
    if (n->op->kind == OP_PLACEHOLDER) visit_input(w, u, n);
    else if (n->op->kind == OP_GET_ATTR && n->type.kind == TYPE_GRAPH) return; /* control.c takes it from the call */
    else if (n->op->kind == OP_GETITEM) visit_getitem(w, u, n);
    else if (n->op->traits & OP_PACK) visit_pack(w, u, n);
    else if (n->op->traits & OP_CONTROL) control_visit(w, u);
    else if (n->op->traits & OP_MUTATES) mutate_visit(w, u);
    else if (n->op->traits & OP_VIEW) visit_view(w, u, n);
    else visit_call(w, u, n);
    for (uint32_t i = before; i < w->b.graph->nodes.count; i++) {
        w->b.graph->nodes.data[i].line = n->line;
        w->b.graph->nodes.data[i].column = n->column;
    }
}

/* ---- the whole ------------------------------------------------------------------------------------------------- */

static void copy_signature(cot_graph *to, const cot_graph *from) {
    graph_copy_facts(to, from);
    if (!to->parent && from->source) to->source = arena_string(to->arena, from->source, strlen(from->source));
    for (uint32_t i = 0; i < from->input_specs.count; i++) {
        input_spec spec = from->input_specs.data[i];
        if (spec.target) spec.target = arena_string(to->arena, spec.target, strlen(spec.target));
        *VEC_PUSH(to->arena, &to->input_specs) = spec;
    }
}

static void walk_nodes(walk *w) {
    bool inputs_bound = false;
    for (value u = 0; u < w->source->nodes.count && !w->b.status; u++) {
        if (!inputs_bound && graph_node(w->source, u)->op->kind != OP_PLACEHOLDER) {
            bind_inputs(w);
            inputs_bound = true;
        }
        if (!w->b.status) visit(w, u);
    }
    if (!inputs_bound) bind_inputs(w);
    for (uint32_t i = 0; i < w->b.graph->input_specs.count && i < w->b.graph->inputs.count; i++)
        w->b.graph->input_specs.data[i].node = w->b.graph->inputs.data[i];
    if (!w->b.status) outputs_finish(w);
}

static void count_use(void *user, value u) { ((uint32_t *)user)[u]++; }

static uint32_t *count_uses(const cot_graph *g, arena *a) {
    uint32_t *uses = ARENA_ARRAY(a, uint32_t, g->nodes.count);
    for (value u = 0; u < g->nodes.count; u++)
        for (uint32_t i = 0; i < graph_node(g, u)->nargs; i++) arg_each(&graph_node(g, u)->args[i], count_use, uses);
    arg_each(&g->output, count_use, uses);
    return uses;
}

static cot_status walk_once(const cot_graph *source, const functionalize_options *options, cot_graph *g, uint8_t *fresh,
                            bool body, bool *again, cot_error *error) {
    arena *scratch = arena_create(source->ctx);
    walk w = {.source = source, .scratch = scratch, .options = options, .body = body, .fresh = fresh};
    builder_init(&w.b, g, error);
    w.b.place = source;
    w.b.decompose = true;
    w.bound = ARENA_ARRAY(scratch, bound, source->nodes.count);
    w.inputs = ARENA_ARRAY(scratch, uint32_t, source->inputs.count);
    w.uses = count_uses(source, scratch);
    copy_signature(g, source);
    walk_nodes(&w);
    *again = w.again;
    arena_destroy(scratch);
    return w.b.status;
}

cot_status walk_graph(const cot_graph *source, const functionalize_options *options, cot_graph *root, bool body,
                      cot_graph **out, cot_error *error) {
    arena *own = arena_create(source->ctx);
    uint8_t *fresh = ARENA_ARRAY(own, uint8_t, source->inputs.count);
    cot_status status = COT_OK;
    for (bool again = true; again && !status;) {
        const char *name = source->class_name;
        cot_graph *g = root ? graph_create_child(root, name) : graph_create(source->ctx, name);
        status = walk_once(source, options, g, fresh, body, &again, error);
        if ((status || again) && !root) graph_destroy(g);
        if (!status && !again) compact(*out = g);
    }
    arena_destroy(own);
    return status;
}

cot_status functionalize(const cot_graph *lowered, const functionalize_options *options, cot_graph **out,
                         cot_error *error) {
    return walk_graph(lowered, options, NULL, false, out, error);
}
