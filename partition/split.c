/* SPDX-License-Identifier: MIT
 * split.c — the joint graph and a saved set made into two graphs (PAR-03 … PAR-05). The forward keeps the joint's
 * order; the backward is in the order of PyTorch's engine, recomputed nodes right before their first use (PAR-36).
 *
 * Gradients must be the same bits at every level of a memory budget. Level 0 makes some values again in another way
 * than the forward did (analysis.again); those, and what it computes from them, are *loose*. A saved value that a
 * higher level computes again must be exactly what it was: it is computed from exact values, as the forward did it. So
 * a loose value can be needed twice, once as level 0 has it and once exactly; all others are one and the same. */
#include "partition/analysis.h"

/* A value, as level 0 has it or exactly. */
typedef struct wanted {
    value v;
    bool exact;
} wanted;

typedef struct splitter {
    analysis *a;
    bool *saved, *loose, *live;
    bool twofold;     /* the backward of a level above 0: loose values may be needed exactly */
    bool *live_exact; /* twofold: needed exactly */
    value *map;       /* joint → out, a loose value as level 0 has it */
    value *exact;     /* twofold: the same, a loose value exactly */
    cot_graph *out;
    builder b; /* on out */
    cot_error *error;
    bool input_is_loose; /* find_loose */
    bool pull_exact;     /* push_missing */
    bool backward;       /* the graph that is made is the backward */
    VEC(wanted) stack;
} splitter;

/* ---- what is needed ---------------------------------------------------------------------------------------------- */

static void find_loose_input(void *user, value v) {
    splitter *s = user;
    s->input_is_loose |= s->loose[v];
}

/* first: the saved set of level 0. What needs a tangent counts as loose: it reads values as level 0 has them. */
static void find_loose(splitter *s, const value_list *first) {
    const analysis *a = s->a;
    bool *kept = ARENA_ARRAY(a->scratch, bool, a->count);
    for (uint32_t i = 0; i < first->count; i++) kept[first->data[i]] = true;
    for (value v = 0; v < a->count; v++) {
        const node *n = graph_node(a->joint, v);
        if (kept[v] || is_primal(a, v)) continue;
        s->input_is_loose = a->again[v] || a->flags[v] & NEEDS_TANGENT;
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], find_loose_input, s);
        s->loose[v] = s->input_is_loose;
    }
}

static bool is_exact(const splitter *s, wanted w) { return s->twofold && (w.exact || !s->loose[w.v]); }

static void mark_live(void *user, value v) { ((splitter *)user)->live[v] = true; }
static void mark_live_exact(void *user, value v) { ((splitter *)user)->live_exact[v] = true; }

static void mark_inputs(splitter *s, value v, void (*mark)(void *, value)) {
    const node *n = graph_node(s->a->joint, v);
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], mark, s);
}

/* live[v] for all that the forward needs for `roots`. */
static void find_live_forward(splitter *s, const arg *roots, uint32_t count) {
    const analysis *a = s->a;
    for (value v = 0; v < a->count; v++) s->live[v] = false;
    for (uint32_t i = 0; i < count; i++) arg_each(&roots[i], mark_live, s);
    for (value v = a->count; v-- > 0;) {
        const node *n = graph_node(a->joint, v);
        if (op_has_effect(n->op->traits, n->flags) && !(a->flags[v] & NEEDS_TANGENT) && !(n->flags & NODE_BACKWARD))
            s->live[v] = true;
        if (s->live[v]) mark_inputs(s, v, mark_live);
    }
}

static bool is_backward_effect(const node *n) {
    return op_has_effect(n->op->traits, n->flags) && n->flags & NODE_BACKWARD;
}

/* live[v] and live_exact[v] for all that the backward needs for the gradients: not behind saved values. */
static void find_live_backward(splitter *s) {
    const analysis *a = s->a;
    const arg *roots = a->outputs.data + a->num_forward_outputs;
    for (value v = 0; v < a->count; v++) s->live[v] = s->live_exact[v] = false;
    for (uint32_t i = 0; i + a->num_forward_outputs < a->outputs.count; i++) arg_each(&roots[i], mark_live, s);
    for (value v = a->count; v-- > 0;) {
        s->live[v] |= is_backward_effect(graph_node(a->joint, v));
        if (s->live[v] && is_exact(s, (wanted){v, false})) s->live_exact[v] = true;
        if (s->saved[v]) {
            s->live[v] |= s->live_exact[v];
            continue;
        }
        if (s->live_exact[v]) mark_inputs(s, v, mark_live_exact);
        if (!s->live[v] || is_exact(s, (wanted){v, false})) continue;
        if (a->again[v]) {
            value inputs[MAX_AGAIN];
            for (uint32_t i = again_inputs(a, v, inputs, NULL); i-- > 0;) s->live[inputs[i]] = true;
        } else {
            mark_inputs(s, v, mark_live);
        }
    }
}

/* ---- copying nodes ----------------------------------------------------------------------------------------------- */

static void start_graph(splitter *s, cot_graph *out) {
    s->out = out;
    builder_init(&s->b, out, s->error);
    s->b.decompose = true;
    s->map = ARENA_ARRAY(s->a->scratch, value, s->a->count);
    s->exact = ARENA_ARRAY(s->a->scratch, value, s->a->count);
    for (value v = 0; v < s->a->count; v++) s->map[v] = s->exact[v] = NO_VALUE;
    graph_copy_facts(out, s->a->joint);
}

static void note_placed(splitter *s, wanted w, value made) {
    const bool exact = is_exact(s, w);
    if (exact) s->exact[w.v] = made;
    if (!exact || !s->loose[w.v]) s->map[w.v] = made;
}

/* A body for the graph that is made. What of the forward is computed again in the backward has had its effects. */
static void place_body(splitter *s, value v, const char *name) {
    const cot_graph *j = s->a->joint, *c = graph_child(j, graph_node(j, v)->target);
    cot_graph *root = s->out->parent ? s->out->parent : s->out, *made = NULL;
    if (!c) return;
    bool again = s->backward;
    for (uint32_t u = s->a->user_start[v]; u < s->a->user_start[v + 1]; u++)
        again &= !(graph_node(j, s->a->users[u])->flags & NODE_BACKWARD);
    if (again && graph_has_effect(s->a->scratch, c)) {
        made = graph_quiet(c, root);
        if (!made)
            builder_failed(&s->b, graph_fail(j, v, s->error, COT_REFUSED,
                                             "AOTAutograd does not support MUST_RECOMPUTE for effectful operations "
                                             "because forward effects cannot join the backward effect-token chain."));
    }
    graph_add_child(s->out, name, made ? made : graph_copy(c, root));
}

/* A random node that is computed twice draws the same numbers. */
static void place(splitter *s, wanted w) {
    const cot_graph *j = s->a->joint;
    const node *n = graph_node(j, w.v);
    const value made = graph_copy_node(s->out, j, w.v, is_exact(s, w) ? s->exact : s->map);
    node *copy = &s->out->nodes.data[made];
    note_placed(s, w, made);
    if (n->op->traits & OP_RANDOM) copy->stream = node_stream(n);
    if (n->op->kind == OP_PLACEHOLDER) *VEC_PUSH(s->out->arena, &s->out->inputs) = made;
    if (s->backward && !(n->flags & NODE_BACKWARD)) copy->flags &= ~(uint32_t)NODE_EFFECT;
    if (n->op->kind == OP_GET_ATTR && !graph_child(s->out, n->target)) place_body(s, w.v, copy->target);
}

/* A saved value as an input of the backward: same name and type, no longer computed. */
static void place_input(splitter *s, value v) {
    cot_graph *g = s->out;
    const node *n = graph_node(s->a->joint, v);
    const value in = graph_append(g, op_placeholder(g->ctx), n->name);
    g->nodes.data[in].type = type_copy(g->arena, &n->type);
    note_placed(s, (wanted){v, true}, in);
    s->map[v] = in; /* a loose value that is saved after all */
    *VEC_PUSH(g->arena, &g->inputs) = in;
}

static value placed(const splitter *s, wanted w) { return is_exact(s, w) ? s->exact[w.v] : s->map[w.v]; }

static void push_missing(void *user, value v) {
    splitter *s = user;
    const wanted w = {v, s->pull_exact};
    if (placed(s, w) == NO_VALUE) *VEC_PUSH(s->a->scratch, &s->stack) = w;
}

/* A value made again from its statistics, in the backward. */
static void place_again(splitter *s, value v) {
    const cot_graph *j = s->a->joint;
    const node *producer = graph_node(j, graph_node(j, v)->args[0].value);
    value results[32] = {0}, inputs[MAX_AGAIN];
    again_inputs(s->a, v, inputs, results);
    for (uint32_t i = 0; i < producer->type.count && i < 32; i++)
        results[i] = results[i] == NO_VALUE ? NO_VALUE : s->map[results[i]];
    arg *args = ARENA_ARRAY(s->a->scratch, arg, producer->nargs);
    for (uint32_t i = 0; i < producer->nargs; i++)
        args[i] = s->a->again[v]->operands >> MIN(i, 31u) & 1 || producer->args[i].kind != ARG_VALUE
                      ? arg_map(s->out, &producer->args[i], s->map)
                      : arg_none();
    s->map[v] = s->a->again[v]->make(&s->b, args, results);
}

/* Places v after everything it needs; operands in their order. */
static void pull(splitter *s, value v) {
    s->stack.count = 0;
    *VEC_PUSH(s->a->scratch, &s->stack) = (wanted){v, false};
    while (s->stack.count) {
        const wanted top = s->stack.data[s->stack.count - 1];
        if (placed(s, top) != NO_VALUE) {
            s->stack.count--;
            continue;
        }
        const node *n = graph_node(s->a->joint, top.v);
        const uint32_t before = s->stack.count;
        const bool again = s->a->again[top.v] && !is_exact(s, top);
        s->pull_exact = is_exact(s, top);
        if (again) {
            value inputs[MAX_AGAIN];
            for (uint32_t i = again_inputs(s->a, top.v, inputs, NULL); i-- > 0;) push_missing(s, inputs[i]);
        } else {
            for (uint32_t i = n->nargs; i-- > 0;) arg_each(&n->args[i], push_missing, s);
        }
        if (s->stack.count > before) continue;
        if (again) place_again(s, top.v);
        else place(s, top);
        s->stack.count--;
        if (s->b.status) return;
    }
}

/* ---- the two graphs ---------------------------------------------------------------------------------------------- */

static void note_saved(splitter *s, value v) {
    const analysis *a = s->a;
    const node *n = graph_node(a->joint, v);
    if (n->op->kind == OP_PLACEHOLDER) return;
    const char *reason = a->ban_reason[v];
    if (!reason && n->op->kind == OP_GETITEM) reason = a->ban_reason[arg_as_value(&n->args[0])];
    cot_graph *g = s->out;
    if (!g->notes) g->notes = ARENA_NEW(g->arena, graph_notes);
    text t = {.arena = g->arena};
    text_printf(&t, "saved %s: ", n->name);
    type_print(g->ctx->syms, &n->type, false, false, &t);
    text_printf(&t, ", %llu bytes, not recomputed: %s", (unsigned long long)value_bytes(a, v),
                reason ? reason : "cheaper to keep than what it is computed from");
    *VEC_PUSH(g->arena, &g->notes->lines) = t.data;
}

static void make_forward(splitter *s, cot_graph *out, const value_list *kept) {
    analysis *a = s->a;
    const cot_graph *j = a->joint;
    const bool return_inputs = !(a->nested && a->options->cost == COT_COST_RUNTIME);
    start_graph(s, out);
    graph_copy_outputs(out, j);
    arg_list roots = {0};
    for (uint32_t i = 0; i < a->num_forward_outputs; i++) *VEC_PUSH(a->scratch, &roots) = a->outputs.data[i];
    for (uint32_t i = 0; i < kept->count; i++)
        if (return_inputs || !is_primal(a, kept->data[i])) *VEC_PUSH(a->scratch, &roots) = arg_value(kept->data[i]);
    find_live_forward(s, roots.data, roots.count);
    for (uint32_t i = 0; i < a->num_primals; i++) place(s, (wanted){j->inputs.data[i], false});
    for (value v = 0; v < a->count; v++)
        if (s->live[v] && s->map[v] == NO_VALUE) place(s, (wanted){v, false});
    for (uint32_t i = 0; i < j->input_specs.count; i++) {
        input_spec spec = j->input_specs.data[i];
        spec.node = s->map[spec.node];
        if (spec.target) spec.target = arena_printf(out->arena, "%s", spec.target);
        *VEC_PUSH(out->arena, &out->input_specs) = spec;
    }
    arg *items = ARENA_ARRAY(out->arena, arg, roots.count);
    for (uint32_t i = 0; i < roots.count; i++) items[i] = arg_map(out, &roots.data[i], s->map);
    out->output = (arg){.kind = ARG_TUPLE, .list = items, .count = roots.count};
    out->num_saved = roots.count - a->num_forward_outputs;
    for (uint32_t i = 0; i < kept->count; i++) note_saved(s, kept->data[i]);
}

static bool is_symbol(const analysis *a, value v) { return graph_type(a->joint, v)->kind != TYPE_TENSOR; }

static void make_backward(splitter *s, cot_graph *out, const value_list *kept) {
    analysis *a = s->a;
    const cot_graph *j = a->joint;
    start_graph(s, out);
    s->backward = true;
    s->twofold = a->options->level > 0;
    for (int symbols = 1; symbols >= 0; symbols--)
        for (uint32_t i = 0; i < kept->count; i++)
            if (is_symbol(a, kept->data[i]) == (symbols == 1)) place_input(s, kept->data[i]);
    for (uint32_t i = a->num_primals; i < j->inputs.count; i++) place(s, (wanted){j->inputs.data[i], false});
    const arg *gradients = a->outputs.data + a->num_forward_outputs;
    const uint32_t count = a->outputs.count - a->num_forward_outputs;
    find_live_backward(s);
    for (value v = 0; v < a->count; v++)
        if (s->live[v] && (a->flags[v] & NEEDS_TANGENT || is_backward_effect(graph_node(j, v)))) pull(s, v);
    for (uint32_t i = 0; i < count; i++)
        if (gradients[i].kind == ARG_VALUE) pull(s, gradients[i].value);
    arg *items = ARENA_ARRAY(out->arena, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = arg_map(out, &gradients[i], s->map);
    out->output = (arg){.kind = ARG_TUPLE, .list = items, .count = count};
    out->num_saved = kept->count;
    out->num_tangents = j->num_tangents;
    if (j->tangent_outputs)
        out->tangent_outputs =
            arena_copy(out->arena, j->tangent_outputs, j->num_tangents * sizeof(*j->tangent_outputs));
}

cot_status split(analysis *a, const value_list *first, const value_list *saved, cot_graph *forward_root,
                 cot_graph *backward_root, cot_graph **forward, cot_graph **backward, cot_error *error) {
    splitter s = {.a = a,
                  .error = error,
                  .saved = ARENA_ARRAY(a->scratch, bool, a->count),
                  .loose = ARENA_ARRAY(a->scratch, bool, a->count),
                  .live = ARENA_ARRAY(a->scratch, bool, a->count),
                  .live_exact = ARENA_ARRAY(a->scratch, bool, a->count)};
    for (uint32_t i = 0; i < saved->count; i++) s.saved[saved->data[i]] = true;
    /* What the backward does not read after all is not kept (PAR-05). */
    find_loose(&s, first);
    s.twofold = a->options->level > 0;
    find_live_backward(&s);
    value_list kept = {0};
    for (uint32_t i = 0; i < saved->count; i++)
        if (s.live[saved->data[i]]) *VEC_PUSH(a->scratch, &kept) = saved->data[i];
    *forward =
        forward_root ? graph_create_child(forward_root, "GraphModule") : graph_create(a->joint->ctx, "GraphModule");
    *backward =
        backward_root ? graph_create_child(backward_root, "GraphModule") : graph_create(a->joint->ctx, "GraphModule");
    s.twofold = false;
    make_forward(&s, *forward, &kept);
    make_backward(&s, *backward, &kept);
    return s.b.status;
}
