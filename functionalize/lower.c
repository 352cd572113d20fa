/* SPDX-License-Identifier: MIT
 * lower.c — regions of grad mode and autocast inlined, composite operators taken apart, checks without effect dropped.
 *
 * After this pass a node says itself under which grad mode it runs, casts are nodes, and every operator is one that the
 * later passes know: what is left of the program's own text is mutation and views. Bodies of the control operators that
 * stay are lowered under the modes of their call. */
#include "functionalize/lower.h"

#include "base/error.h"

#include <string.h>

/* What a value of the source has become: an argument (a value or a constant), or the parts of a region's result. */
typedef struct lowered {
    arg whole;
    const arg *parts;
    uint32_t count;
} lowered;

/* A region that a mark has opened. */
typedef struct opened {
    value mark;
    region_mode before;
} opened;

/* A graph that is being lowered: the program, a region inside it, or a scratch graph of a decomposition. */
typedef struct frame {
    const cot_graph *source;
    lowered *map; /* by value of source */
    VEC(opened) open;
} frame;

static void lower_nodes(lowering *l, frame *f);
static cot_status lower_graph(const cot_graph *source, region_mode mode, cot_graph *root, uint32_t *checkpoints,
                              cot_graph **out, cot_error *error);

/* ---- arguments ------------------------------------------------------------------------------------------------- */

static const cot_graph *child_of(const cot_graph *source, const node *n) {
    return n->op->kind == OP_GET_ATTR ? graph_child(source, n->target ? n->target : n->name) : NULL;
}

static bool same_mode(region_mode a, region_mode b) {
    return a.no_grad == b.no_grad && a.autocast == b.autocast && a.autocast_cache == b.autocast_cache &&
           a.autocast_dtype == b.autocast_dtype;
}

/* Its own name, unless the body of another region has taken it. */
static const char *free_name(const cot_graph *g, arena *a, const char *name) {
    const char *path = name;
    for (uint32_t k = 1; graph_child(g, path); k++) path = arena_printf(a, "%s_%u", name, k);
    return path;
}

/* A body that is called from here: lowered once for each mode. */
static arg lower_body(lowering *l, const frame *f, const node *attribute) {
    const cot_graph *body = child_of(f->source, attribute);
    cot_graph *g = l->b.graph, *root = g, *made;
    const char *name = attribute->target ? attribute->target : attribute->name;
    if (!body) {
        builder_fail(&l->b, COT_SCHEMA, "there is no graph '%s' here", name);
        return arg_none();
    }
    for (uint32_t i = 0; i < l->bodies.count; i++) {
        const lowered_body *known = &l->bodies.data[i];
        if (known->source == body && same_mode(known->mode, l->mode))
            return arg_value(emit_get_attr(&l->b, known->path, NULL));
    }
    while (root->parent) root = root->parent;
    region_mode mode = l->mode;
    mode.checkpoint = 0; /* of a checkpointed call the call is computed again, as it is */
    l->b.status = lower_graph(body, mode, root, l->checkpoints, &made, l->b.error);
    if (l->b.status) return arg_none();
    const char *path = free_name(g, l->scratch, name);
    *VEC_PUSH(l->scratch, &l->bodies) = (lowered_body){.source = body, .mode = l->mode, .path = path};
    return arg_value(emit_get_attr(&l->b, path, made));
}

static arg lower_arg(lowering *l, const frame *f, const arg *a) {
    arg r = *a;
    if (a->kind == ARG_VALUE) {
        const node *n = graph_node(f->source, a->value);
        return n->type.kind == TYPE_GRAPH ? lower_body(l, f, n) : f->map[a->value].whole;
    }
    if (a->kind == ARG_LIST || a->kind == ARG_TUPLE || a->kind == ARG_DICT || a->kind == ARG_SLICE) {
        uint32_t count = a->kind == ARG_DICT ? 2 * a->count : a->kind == ARG_SLICE ? 3 : a->count;
        arg *items = ARENA_ARRAY(l->scratch, arg, count);
        for (uint32_t i = 0; i < count; i++) items[i] = lower_arg(l, f, &a->list[i]);
        r.list = items;
    }
    return r;
}

static arg *lower_args(lowering *l, const frame *f, const node *n) {
    arg *args = ARENA_ARRAY(l->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = lower_arg(l, f, &n->args[i]);
    return args;
}

/* ---- regions --------------------------------------------------------------------------------------------------- */

static void lower_leaves(lowering *l, const frame *f, lowered *result) {
    arg_list leaves = {0};
    arg_leaves(l->scratch, &f->source->output, &leaves);
    arg *parts = ARENA_ARRAY(l->scratch, arg, leaves.count);
    for (uint32_t i = 0; i < leaves.count; i++) parts[i] = lower_arg(l, f, &leaves.data[i]);
    result->parts = parts;
    result->count = leaves.count;
}

static void inline_graph(lowering *l, const cot_graph *body, const arg *operands, lowered *result) {
    const cot_graph *place = l->b.place;
    value place_node = l->b.place_node;
    frame inner = {.source = body, .map = ARENA_ARRAY(l->scratch, lowered, body->nodes.count)};
    for (uint32_t i = 0; i < body->inputs.count; i++) inner.map[body->inputs.data[i]].whole = operands[i];
    l->b.place = body;
    lower_nodes(l, &inner);
    lower_leaves(l, &inner, result);
    l->b.place = place;
    l->b.place_node = place_node;
}

/* The same under a mode of its own. */
static void inline_body(lowering *l, const cot_graph *body, const arg *operands, region_mode mode, lowered *result) {
    const region_mode outer = l->mode;
    const bool new_symbols = l->b.new_symbols;
    map casts = l->casts;
    if (mode.checkpoint == CHECKPOINT_NEW) mode.checkpoint = outer.checkpoint ? outer.checkpoint : ++*l->checkpoints;
    l->mode = mode;
    l->casts = (map){.arena = l->scratch};
    l->b.new_symbols |= map_get_number(&l->inlined, (uint64_t)(uintptr_t)body) != MAP_NONE;
    map_set_number(&l->inlined, (uint64_t)(uintptr_t)body, 1);
    inline_graph(l, body, operands, result);
    l->b.new_symbols = new_symbols;
    l->mode = outer;
    l->casts = casts;
}

static bool lower_region(lowering *l, frame *f, value u, const node *n) {
    const control_hooks *hooks = n->op->record->control;
    region_mode mode = l->mode;
    control_call call;
    if (!hooks || !hooks->region || !hooks->region(f->source, n, &mode, &call)) return false;
    const value attribute = arg_as_value(&n->args[call.body]);
    const cot_graph *body = attribute == NO_VALUE ? NULL : child_of(f->source, graph_node(f->source, attribute));
    if (!body || call.count != body->inputs.count) {
        builder_fail(&l->b, COT_SCHEMA, "%s: the body takes %u operands, the call has %u", n->op->name,
                     body ? body->inputs.count : 0, call.count);
        return true;
    }
    arg *operands = ARENA_ARRAY(l->scratch, arg, body->inputs.count);
    for (uint32_t i = 0; i < body->inputs.count; i++) {
        operands[i] = lower_arg(l, f, &call.operands[i]);
        if (graph_type(body, body->inputs.data[i])->kind != TYPE_TENSOR || l->b.status) continue;
        if (TYPE_OF(&l->b, arg_as_value(&operands[i]))->kind == TYPE_TENSOR) continue;
        builder_fail(&l->b, COT_SCHEMA, "%s: operand %u is no tensor, the body takes one", n->op->name, i);
        return true;
    }
    inline_body(l, body, operands, mode, &f->map[u]);
    if (body->output.kind == ARG_VALUE && f->map[u].count) f->map[u] = (lowered){.whole = f->map[u].parts[0]};
    return true;
}

/* ---- marks and operators that write themselves out --------------------------------------------------------------- */

static bool lower_mark(lowering *l, frame *f, value u, const node *n) {
    const control_hooks *hooks = n->op->record->control;
    if (!hooks || !hooks->mark) return false;
    if (hooks->opens) *VEC_PUSH(l->scratch, &f->open) = (opened){u, l->mode};
    if (!hooks->closes) {
        hooks->mark(n, &l->mode);
    } else if (f->open.count && n->nargs && f->open.data[f->open.count - 1].mark == arg_as_value(&n->args[0])) {
        l->mode = f->open.data[--f->open.count].before;
    } else {
        builder_fail(&l->b, COT_SCHEMA, "%s: closes a region that is not the one opened last", n->op->name);
    }
    if (!f->open.count) l->casts = (map){.arena = l->scratch};
    return true;
}

/* What lower_stage.state is. */
typedef struct lower_call_state {
    lowering *l;
    frame *f;
} lower_call_state;

static arg stage_argument(lower_stage *s, const arg *a) {
    const lower_call_state *state = s->state;
    return lower_arg(state->l, state->f, a);
}

static void stage_inline(lower_stage *s, const cot_graph *body, const arg *operands, const region_mode *mode,
                         arg_list *leaves) {
    lowering *l = ((lower_call_state *)s->state)->l;
    lowered result = {0};
    const uint32_t flags = l->b.flags, checkpoint = l->b.checkpoint;
    inline_body(l, body, operands, *mode, &result);
    l->b.flags = flags;
    l->b.checkpoint = checkpoint;
    for (uint32_t i = 0; i < result.count; i++) *VEC_PUSH(l->scratch, leaves) = result.parts[i];
}

static bool lower_by_hook(lowering *l, frame *f, value u, const node *n) {
    const control_hooks *hooks = n->op->record->control;
    if (!hooks || !hooks->lower) return false;
    lower_call_state state = {l, f};
    lower_stage s = {.b = &l->b,
                     .source = f->source,
                     .call = n,
                     .mode = l->mode,
                     .argument = stage_argument,
                     .inline_body = stage_inline,
                     .state = &state};
    arg_list parts = {0};
    const cot_status status = hooks->lower(&s, &parts);
    if (status && !l->b.status) l->b.status = status;
    if (n->type.kind == TYPE_TUPLE) f->map[u] = (lowered){.parts = parts.data, .count = parts.count};
    else if (parts.count) f->map[u].whole = parts.data[0];
    return true;
}

/* ---- calls ----------------------------------------------------------------------------------------------------- */

static arg to_placeholder(builder *b, arena *a, const cot_graph *g, const arg *from, arg_list *operands) {
    arg r = *from;
    if (from->kind == ARG_VALUE) {
        r.value = emit_placeholder(b, "x", graph_type(g, from->value));
        *VEC_PUSH(a, operands) = *from;
    } else if (from->kind == ARG_LIST || from->kind == ARG_TUPLE) {
        arg *items = ARENA_ARRAY(a, arg, from->count);
        for (uint32_t i = 0; i < from->count; i++) items[i] = to_placeholder(b, a, g, &from->list[i], operands);
        r.list = items;
    }
    return r;
}

/* A composite operator under autocast that chooses no precision itself: what it is made of may. It is taken apart in
 * a graph of its own, whose nodes are then lowered like the program's. */
static void lower_composite(lowering *l, const op *o, const arg *args, lowered *result) {
    cot_graph *apart = graph_create(l->b.graph->ctx, o->packet);
    builder b;
    builder_init(&b, apart, l->b.error);
    b.place = l->b.place;
    b.place_node = l->b.place_node;
    arg_list operands = {0};
    arg *moved = ARENA_ARRAY(l->scratch, arg, o->num_params);
    for (uint32_t i = 0; i < o->num_params; i++)
        moved[i] = to_placeholder(&b, l->scratch, l->b.graph, &args[i], &operands);
    b.decompose = b.autocast = true;
    apart->output = arg_value(decompose(&b, o, moved));
    lowered whole = {0};
    if (b.status) l->b.status = b.status;
    else inline_graph(l, apart, operands.data, &whole);
    if (!l->b.status) result->whole = whole.parts[0];
    graph_destroy(apart);
}

/* Checks have no result and no effect: what they check, shape rules know. */
static bool is_check(const op *o) {
    return o->has_schema && o->num_returns == 0 && !(o->traits & (OP_EFFECT | OP_MUTATES));
}

static void lower_call(lowering *l, frame *f, value u, const node *n) {
    const op *o = n->op;
    if (is_check(o) || (o->traits & OP_TOKEN)) return; /* tokens are made anew */
    arg *args = lower_args(l, f, n);
    if (l->b.status) return;
    if (!o->has_schema) {
        autocast_call(l, o, args, n->nargs);
        type t = type_copy(l->b.graph->arena, &n->type);
        const node call = {.op = o, .args = args, .nargs = n->nargs, .npos = n->npos, .kwnames = n->kwnames};
        l->b.graph->expected = &n->type;
        l->b.status = control_shape(l->b.graph, &call, &t, l->b.error);
        l->b.graph->expected = NULL;
        value v = emit_raw(&l->b, o, args, n->nargs, &t, n->name);
        if (l->b.status) return;
        node *made = &l->b.graph->nodes.data[v];
        made->npos = n->npos;
        made->kwmask = n->kwmask;
        made->kwnames = n->kwnames;
        f->map[u].whole = arg_value(v);
        return;
    }
    autocast_operands(l, o, args);
    if (l->mode.autocast && (o->traits & OP_COMPOSITE) && !o->functional && !autocast_applies(l, o)) {
        lower_composite(l, o, args, &f->map[u]);
        return;
    }
    value v = emit_bound(&l->b, o, args, n->name);
    const type *t = graph_type(l->b.graph, v);
    bool number = t->kind == TYPE_INT && dim_is_static(t->expr);
    f->map[u].whole = number ? arg_int(t->expr) : arg_value(v);
}

static void lower_getitem(lowering *l, frame *f, value u, const node *n) {
    const lowered *tuple = &f->map[arg_as_value(&n->args[0])];
    int64_t i = arg_as_int(&n->args[1], 0);
    if (tuple->parts) {
        if (i < 0) i += tuple->count;
        if (i >= 0 && i < tuple->count) f->map[u].whole = tuple->parts[i];
        else builder_fail(&l->b, COT_SHAPE, "item %lld is taken of a value that has %u", (long long)i, tuple->count);
        return;
    }
    value whole = arg_as_value(&tuple->whole);
    const type *t = graph_type(l->b.graph, whole);
    if (i < 0 && t->kind == TYPE_TUPLE) i += t->count;
    value v = emit_get(&l->b, whole, (uint32_t)i);
    f->map[u].whole = arg_value(v);
    if (n->type.kind == TYPE_TENSOR && graph_type(l->b.graph, v)->kind != TYPE_TENSOR)
        builder_fail(&l->b, COT_SHAPE, "item %lld of %s is no tensor", (long long)i,
                     graph_node(f->source, arg_as_value(&n->args[0]))->op->name);
}

static void lower_pack(lowering *l, frame *f, value u, const node *n) {
    arg list = lower_arg(l, f, &n->args[0]);
    f->map[u].parts = list.list;
    f->map[u].count = list.count;
}

static void lower_attribute(lowering *l, frame *f, value u, const node *n) {
    if (n->type.kind == TYPE_GRAPH) return; /* taken from the call that names it */
    value v = emit_get_attr(&l->b, n->target ? n->target : n->name, NULL);
    if (!l->b.status) l->b.graph->nodes.data[v].type = type_copy(l->b.graph->arena, &n->type);
    f->map[u].whole = arg_value(v);
}

static void lower_node(lowering *l, frame *f, value u) {
    const node *n = graph_node(f->source, u);
    uint32_t before = l->b.graph->nodes.count;
    l->b.place_node = u;
    l->b.flags = (n->flags & (NODE_NO_GRAD | NODE_POLICY)) | (l->mode.no_grad ? NODE_NO_GRAD : 0);
    l->b.checkpoint = l->mode.checkpoint ? l->mode.checkpoint : n->checkpoint;
    if (l->mode.checkpoint && !(n->flags & NODE_POLICY)) l->b.flags |= NODE_RECOMPUTE | NODE_PREFER;
    if (n->op->kind == OP_PLACEHOLDER) return;
    if (n->op->kind == OP_GET_ATTR) lower_attribute(l, f, u, n);
    else if (n->op->kind == OP_GETITEM) lower_getitem(l, f, u, n);
    else if (n->op->traits & OP_PACK) lower_pack(l, f, u, n);
    else if ((n->op->traits & OP_CONTROL) && (lower_region(l, f, u, n) || lower_mark(l, f, u, n))) return;
    else if ((n->op->traits & OP_CONTROL) && lower_by_hook(l, f, u, n)) return;
    else lower_call(l, f, u, n);
    for (uint32_t i = before; i < l->b.graph->nodes.count; i++) {
        node *made = &l->b.graph->nodes.data[i];
        if (made->line) continue;
        made->line = n->line;
        made->column = n->column;
    }
}

static void lower_nodes(lowering *l, frame *f) {
    for (value u = 0; u < f->source->nodes.count && !l->b.status; u++) lower_node(l, f, u);
}

/* ---- the whole ------------------------------------------------------------------------------------------------- */

static const char *copy_text(arena *a, const char *s) { return s ? arena_string(a, s, strlen(s)) : NULL; }

static void copy_signature(cot_graph *to, const cot_graph *from) {
    graph_copy_facts(to, from);
    to->is_program = from->is_program;
    if (!to->parent && from->source) to->source = copy_text(to->arena, from->source);
    for (uint32_t i = 0; i < from->input_specs.count; i++) {
        input_spec spec = from->input_specs.data[i];
        spec.target = copy_text(to->arena, spec.target);
        *VEC_PUSH(to->arena, &to->input_specs) = spec;
    }
    for (uint32_t i = 0; i < from->output_specs.count; i++) {
        output_spec spec = from->output_specs.data[i];
        spec.name = copy_text(to->arena, spec.name);
        spec.target = copy_text(to->arena, spec.target);
        *VEC_PUSH(to->arena, &to->output_specs) = spec;
    }
}

static void copy_inputs(lowering *l, frame *f) {
    cot_graph *g = l->b.graph;
    for (uint32_t i = 0; i < f->source->inputs.count; i++) {
        const node *n = graph_node(f->source, f->source->inputs.data[i]);
        value v = graph_append_named(g, n->op, n->name);
        node *made = &g->nodes.data[v];
        made->type = type_copy(g->arena, &n->type);
        made->target = copy_text(g->arena, n->target);
        made->dtype_text = copy_text(g->arena, n->dtype_text);
        made->line = n->line;
        made->column = n->column;
        *VEC_PUSH(g->arena, &g->inputs) = v;
        if (i < g->input_specs.count) g->input_specs.data[i].node = v;
        f->map[f->source->inputs.data[i]].whole = arg_value(v);
    }
}

static cot_status lower_graph(const cot_graph *source, region_mode mode, cot_graph *root, uint32_t *checkpoints,
                              cot_graph **out, cot_error *error) {
    cot_graph *g = root ? graph_create_child(root, source->class_name) : graph_create(source->ctx, source->class_name);
    arena *scratch = arena_create(source->ctx);
    lowering l = {.scratch = scratch,
                  .mode = mode,
                  .casts = {.arena = scratch},
                  .inlined = {.arena = scratch},
                  .checkpoints = checkpoints};
    frame f = {.source = source, .map = ARENA_ARRAY(scratch, lowered, source->nodes.count)};
    builder_init(&l.b, g, error);
    l.b.place = source;
    l.b.decompose = true;
    copy_signature(g, source);
    copy_inputs(&l, &f);
    lower_nodes(&l, &f);
    if (!l.b.status) {
        arg output = lower_arg(&l, &f, &source->output);
        g->output = arg_map(g, &output, NULL);
        *out = g;
    } else if (!root) {
        graph_destroy(g);
    }
    arena_destroy(scratch);
    return l.b.status;
}

/* Tokens that the program returns are nobody's business. */
static void drop_tokens(cot_graph *g) {
    arg_list leaves = {0};
    uint32_t kept = 0;
    arg_leaves(g->arena, &g->output, &leaves);
    if (leaves.count != g->output_specs.count) return;
    for (uint32_t i = 0; i < leaves.count; i++) {
        if (g->output_specs.data[i].kind == OUTPUT_TOKEN) continue;
        leaves.data[kept] = leaves.data[i];
        g->output_specs.data[kept++] = g->output_specs.data[i];
    }
    if (kept == leaves.count) return;
    g->output_specs.count = kept;
    g->output = (arg){.kind = ARG_TUPLE, .list = leaves.data, .count = kept};
}

cot_status lower(const cot_graph *program, cot_graph **out, cot_error *error) {
    uint32_t checkpoints = 0;
    TRY(lower_graph(program, (region_mode){0}, NULL, &checkpoints, out, error));
    drop_tokens(*out);
    return COT_OK;
}
