/* SPDX-License-Identifier: MIT
 * marks_derive.c — derivatives that a program carries as marks, as Dynamo writes torch.func: _autograd_grad asks for
 * gradients of values computed before, _unpack_dual for the tangent of one.
 *
 * What lies between the inputs and the outputs of such a question is cut out as a program of its own; its vjp, or jvp,
 * stands in place of the mark, so a question further out finds nothing but operators. needs: all marks of deeper levels
 * written out. */
#include "transforms/marks.h"

#include "base/error.h"
#include "ops/control/control.h"
#include "transforms/transform.h"

#include <string.h>

typedef VEC(value) values;

typedef struct derive_walk {
    builder b;
    const cot_graph *source;
    arena *scratch;
    value *map; /* by value of source */
    int64_t level, depth, least;
    values duals;    /* of this level, in the new graph */
    value **answers; /* by value of source: of a question, its results */
} derive_walk;

/* ---- a slice of the program ------------------------------------------------------------------------------------- */

/* The program from `ins` to `outs`, values of w's graph. What else it reads comes behind ins, in `others`. */
typedef struct slice {
    derive_walk *w;
    bool *depends, *needed; /* by value */
    cot_graph *program;
    value *map;
    builder b;
    values others;
} slice;

typedef struct marker {
    bool *marks;
    bool any;
} marker;

static void ask_mark(void *user, value v) {
    marker *m = user;
    m->any |= m->marks[v];
}

static void set_mark(void *user, value v) { ((marker *)user)->marks[v] = true; }

static bool any_operand(const node *n, bool *marks) {
    marker m = {marks, false};
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], ask_mark, &m);
    return m.any;
}

static void find_nodes(slice *s, const values *ins, const values *outs) {
    const cot_graph *g = s->w->b.graph;
    const uint32_t count = g->nodes.count;
    marker m = {s->needed, false};
    for (uint32_t i = 0; i < ins->count; i++) s->depends[ins->data[i]] = true;
    for (value v = 0; v < count; v++) s->depends[v] |= any_operand(graph_node(g, v), s->depends);
    for (uint32_t i = 0; i < outs->count; i++) s->needed[outs->data[i]] = true;
    for (value v = count; v-- > 0;) {
        const node *n = graph_node(g, v);
        s->needed[v] &= s->depends[v];
        if (!s->needed[v] || s->map[v] != NO_VALUE) continue;
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], set_mark, &m);
    }
}

/* An operand from outside becomes an input, a body comes along. */
static void bring(void *user, value v) {
    slice *s = user;
    const cot_graph *g = s->w->b.graph;
    if (s->map[v] != NO_VALUE || (s->needed[v] && s->depends[v])) return;
    if (graph_type(g, v)->kind == TYPE_GRAPH) {
        s->map[v] = graph_copy_node(s->program, g, v, s->map);
        return;
    }
    s->map[v] = emit_placeholder(&s->b, arena_printf(s->w->scratch, "x%u", v), graph_type(g, v));
    *VEC_PUSH(s->w->scratch, &s->others) = v;
}

/* Placeholders stand first: what is brought is brought before the nodes. */
static cot_status cut_out(slice *s, derive_walk *w, const values *ins, const values *outs) {
    const cot_graph *g = w->b.graph;
    const uint32_t count = g->nodes.count;
    *s = (slice){.w = w, .program = graph_create(g->ctx, "slice")};
    builder_init(&s->b, s->program, w->b.error);
    graph_copy_children(s->program, g);
    s->depends = ARENA_ARRAY(w->scratch, bool, count);
    s->needed = ARENA_ARRAY(w->scratch, bool, count);
    s->map = ARENA_ARRAY(w->scratch, value, count);
    for (value v = 0; v < count; v++) s->map[v] = NO_VALUE;
    for (uint32_t i = 0; i < ins->count; i++)
        s->map[ins->data[i]] =
            emit_placeholder(&s->b, arena_printf(w->scratch, "in%u", i), graph_type(g, ins->data[i]));
    find_nodes(s, ins, outs);
    for (value v = 0; v < count; v++) {
        const node *n = graph_node(g, v);
        if (!s->needed[v] || s->map[v] != NO_VALUE) continue;
        for (uint32_t i = 0; i < n->nargs; i++)
            if (n->args[i].kind != ARG_NONE) arg_each(&n->args[i], bring, s);
    }
    for (value v = 0; v < count; v++)
        if (s->needed[v] && s->map[v] == NO_VALUE) s->map[v] = graph_copy_node(s->program, g, v, s->map);
    arg *outputs = ARENA_ARRAY(s->program->arena, arg, outs->count);
    for (uint32_t i = 0; i < outs->count; i++) {
        if (s->map[outs->data[i]] == NO_VALUE) bring(s, outs->data[i]); /* it depends on none of the inputs */
        outputs[i] = arg_value(s->map[outs->data[i]]);
    }
    s->program->output = (arg){.kind = ARG_TUPLE, .list = outputs, .count = outs->count};
    s->program->num_user_outputs = outs->count;
    return s->b.status;
}

/* ---- its derivative in place of the mark ------------------------------------------------------------------------- */

static value laid_out(builder *b, value v, const type *wanted) {
    const arg contiguous = {.kind = ARG_CONST, .s = "contiguous_format"};
    if (b->status || type_equal(TYPE_OF(b, v), wanted, true)) return v;
    return emit(b, "clone", "v,memory_format=a", v, &contiguous);
}

/* The nodes of a program in w's graph; gives the leaves of what it returns. */
static cot_status write_here(derive_walk *w, const cot_graph *p, const value *inputs, arg_list *leaves) {
    cot_graph *g = w->b.graph, *root = g->parent ? g->parent : g;
    value *map = ARENA_ARRAY(w->scratch, value, p->nodes.count);
    arg_list outputs = {0};
    for (uint32_t i = 0; i < p->inputs.count; i++)
        map[p->inputs.data[i]] = laid_out(&w->b, inputs[i], graph_type(p, p->inputs.data[i]));
    for (value v = 0; v < p->nodes.count && !w->b.status; v++) {
        const node *n = graph_node(p, v);
        if (n->op->kind == OP_PLACEHOLDER) continue;
        if (n->type.kind != TYPE_GRAPH) {
            map[v] = graph_copy_node(g, p, v, map);
            continue;
        }
        const char *path = n->target ? n->target : n->name;
        map[v] = emit_get_attr(&w->b, graph_child_name(g, arena_printf(w->scratch, "%s_", path)),
                               graph_copy(graph_child(p, path), root));
    }
    arg_leaves(w->scratch, &p->output, &outputs);
    for (uint32_t i = 0; i < outputs.count; i++) *VEC_PUSH(w->scratch, leaves) = arg_map(g, &outputs.data[i], map);
    return w->b.status;
}

typedef cot_status (*derivative_of)(const cot_graph *g, const cot_derivative_options *o, cot_graph **out,
                                    cot_error *error);

/* (ins…, what else it reads…, directions…) → (outputs…, derivatives…). */
static cot_status derive(derive_walk *w, derivative_of apply, const values *ins, const value *at, const values *outs,
                         const values *directions, arg_list *leaves) {
    slice s;
    cot_graph *p = NULL;
    const char **names = ARENA_ARRAY(w->scratch, const char *, ins->count);
    for (uint32_t i = 0; i < ins->count; i++) names[i] = arena_printf(w->scratch, "in%u", i);
    cot_status status = cut_out(&s, w, ins, outs);
    const cot_derivative_options options = {.inputs = names, .num_inputs = ins->count};
    if (!status) status = apply(s.program, &options, &p, w->b.error);
    graph_destroy(s.program);
    if (status) return builder_failed(&w->b, status), status;
    values inputs = {0};
    for (uint32_t i = 0; i < ins->count; i++) *VEC_PUSH(w->scratch, &inputs) = at[i];
    for (uint32_t i = 0; i < s.others.count; i++) *VEC_PUSH(w->scratch, &inputs) = s.others.data[i];
    for (uint32_t i = 0; i < directions->count; i++) *VEC_PUSH(w->scratch, &inputs) = directions->data[i];
    status = inputs.count == p->inputs.count
                 ? write_here(w, p, inputs.data, leaves)
                 : builder_fail(&w->b, COT_SCHEMA, "a derivative in the program is asked for of what has none");
    graph_destroy(p);
    return status;
}

static void read_values(derive_walk *w, const arg *a, values *out) {
    const bool list = a->kind == ARG_LIST || a->kind == ARG_TUPLE;
    for (uint32_t i = 0; i < (list ? a->count : 1u); i++) {
        const value v = arg_as_value(list ? &a->list[i] : a);
        if (v != NO_VALUE) *VEC_PUSH(w->scratch, out) = w->map[v];
    }
}

static bool is_list(const node *n, uint32_t i) {
    return i < n->npos && (n->args[i].kind == ARG_LIST || n->args[i].kind == ARG_TUPLE);
}

/* _autograd_grad(outputs, inputs, cotangents?): a gradient for each input. */
static cot_status answer_gradients(derive_walk *w, value u, const node *n) {
    values outs = {0}, ins = {0}, cotangents = {0};
    arg_list leaves = {0};
    read_values(w, &n->args[0], &outs);
    read_values(w, &n->args[1], &ins);
    if (is_list(n, 2)) read_values(w, &n->args[2], &cotangents);
    else
        for (uint32_t i = 0; i < outs.count; i++)
            *VEC_PUSH(w->scratch, &cotangents) = emit(&w->b, "ones_like", "v", outs.data[i]);
    if (cotangents.count != outs.count)
        return builder_fail(&w->b, COT_SCHEMA, "_autograd_grad: %u outputs have %u cotangents", outs.count,
                            cotangents.count);
    TRY(derive(w, transform_vjp, &ins, ins.data, &outs, &cotangents, &leaves));
    w->answers[u] = ARENA_ARRAY(w->scratch, value, ins.count);
    for (uint32_t i = 0; i < ins.count; i++) w->answers[u][i] = arg_as_value(&leaves.data[outs.count + i]);
    return COT_OK;
}

/* _unpack_dual(x): its value, and its tangent, zeros where no dual number reaches it. */
static cot_status answer_tangent(derive_walk *w, value u, const node *n) {
    values outs = {0}, at = {0}, tangents = {0};
    arg_list leaves = {0};
    read_values(w, &n->args[0], &outs);
    for (uint32_t i = 0; i < w->duals.count; i++) {
        const node *dual = graph_node(w->b.graph, w->duals.data[i]);
        *VEC_PUSH(w->scratch, &at) = arg_as_value(&dual->args[0]);
        *VEC_PUSH(w->scratch, &tangents) = arg_as_value(&dual->args[1]);
    }
    w->answers[u] = ARENA_ARRAY(w->scratch, value, 2);
    if (!w->duals.count) {
        w->answers[u][0] = outs.data[0];
        w->answers[u][1] = emit(&w->b, "zeros_like", "v", outs.data[0]);
        return w->b.status;
    }
    TRY(derive(w, transform_jvp, &w->duals, at.data, &outs, &tangents, &leaves));
    for (uint32_t i = 0; i < 2 && i < leaves.count; i++) w->answers[u][i] = arg_as_value(&leaves.data[i]);
    if (leaves.count < 2)
        w->answers[u][1] = emit(&w->b, "zeros_like", "v", outs.data[0]); /* no floating-point number */
    return w->b.status;
}

/* ---- the walk --------------------------------------------------------------------------------------------------- */

/* A gradient belongs to the deepest of the regions around the question and of its inputs' level. */
static bool is_of_level(const derive_walk *w, const node *n, uint8_t mark) {
    int64_t level = MAX(w->depth, w->least);
    if (mark == BATCH_MARK_DERIVE && is_list(n, 1) && n->args[1].count && n->args[1].list[0].kind == ARG_VALUE) {
        const node *in = graph_node(w->b.graph, w->map[n->args[1].list[0].value]);
        if (marks_of(in) == BATCH_MARK_WRAP) level = MAX(level, in->args[1].i);
    }
    return level >= w->level;
}

static cot_status walk_node(derive_walk *w, value v) {
    const node *n = graph_node(w->source, v);
    const uint8_t mark = marks_of(n);
    w->b.place_node = v;
    w->depth += marks_opens(mark);
    if (mark == BATCH_MARK_SAME) {
        w->map[v] = w->map[n->args[0].value];
        return COT_OK;
    }
    if (mark == BATCH_MARK_DERIVE && is_of_level(w, n, mark)) return answer_gradients(w, v, n);
    if (mark == BATCH_MARK_UNPACK && is_of_level(w, n, mark)) return answer_tangent(w, v, n);
    if (n->op->kind == OP_GETITEM && w->answers[n->args[0].value]) {
        w->map[v] = w->answers[n->args[0].value][arg_as_int(&n->args[1], 0)];
        return COT_OK;
    }
    w->map[v] = graph_copy_node_named(w->b.graph, w->source, v, w->map, n->name);
    if (mark == BATCH_MARK_DUAL && w->depth == w->level) *VEC_PUSH(w->scratch, &w->duals) = w->map[v];
    w->depth -= marks_closes(mark);
    return w->b.status;
}

cot_status marks_derive(const cot_graph *g, int64_t level, int64_t depth, cot_graph *made, cot_error *error) {
    arena *scratch = arena_create(g->ctx);
    derive_walk w = {.source = g, .scratch = scratch, .level = level, .depth = depth, .least = depth + 1};
    builder_init(&w.b, made, error);
    w.b.decompose = true;
    w.b.place = g;
    w.map = ARENA_ARRAY(scratch, value, g->nodes.count);
    w.answers = ARENA_ARRAY(scratch, value *, g->nodes.count);
    for (value v = 0; v < g->nodes.count && !w.b.status; v++) {
        const cot_status status = walk_node(&w, v);
        if (status && !w.b.status) w.b.status = status;
    }
    if (!w.b.status) {
        marks_copy_signature(made, g, w.map);
        made->output = arg_map(made, &g->output, w.map);
    }
    arena_destroy(scratch);
    return w.b.status;
}
