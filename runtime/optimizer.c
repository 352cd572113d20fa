/* SPDX-License-Identifier: MIT
 * optimizer.c — a whole training step as one graph: forward, backward, and the update of each parameter as soon as its
 * gradient is there and its old value has been read for the last time: no gradient lives longer than it must. */
#include "ops/emit.h"
#include "partition/partition.h"
#include "runtime/executable.h"
#include <stdio.h>
#include <string.h>

typedef struct stepper {
    builder b;
    const cot_graph *merged, *program;
    const cot_compile_options *options;
    arena *scratch;
    value *map;             /* merged → step */
    const arg *gradients;   /* leaves of merged's output */
    uint32_t *first_update; /* by node of merged: an input that is updated behind it, or NO_INDEX */
    uint32_t *next_update;  /* by input: another one at the same node */
    value *state[2];        /* by input: placeholders of its state */
    value lr, step, next_step;
    VEC(value) written; /* pairs: placeholder, new value */
} stepper;

static bool is_view(const op *o) { return (o->traits & (OP_VIEW | OP_RECOMPUTE_FREE)) != 0; }

typedef struct reader {
    value *last;
    value by;
} reader;

static void note_read(void *user, value v) {
    reader *r = user;
    if (r->last[v] == NO_VALUE || r->last[v] < r->by) r->last[v] = r->by;
}

/* Where each input is updated: behind its gradient and behind its last reader, looking through views. */
static void schedule(stepper *s) {
    const cot_graph *g = s->merged;
    reader r = {.last = ARENA_ARRAY(s->scratch, value, g->nodes.count)};
    for (value v = 0; v < g->nodes.count; v++) r.last[v] = NO_VALUE;
    for (value v = g->nodes.count; v-- > 0;) {
        const node *n = graph_node(g, v);
        r.by = is_view(n->op) && r.last[v] != NO_VALUE ? r.last[v] : v;
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], note_read, &r);
    }
    for (value v = 0; v < g->nodes.count; v++) s->first_update[v] = NO_INDEX;
    for (uint32_t i = s->program->inputs.count; i-- > 0;) {
        if (s->gradients[i].kind != ARG_VALUE) continue;
        value at = s->gradients[i].value, read = r.last[g->inputs.data[i]];
        if (read != NO_VALUE && read > at) at = read;
        s->next_update[i] = s->first_update[at];
        s->first_update[at] = i;
    }
}

static const char *path_of(const stepper *s, uint32_t i) {
    const char *target = i < s->program->input_specs.count ? s->program->input_specs.data[i].target : NULL;
    return target ? target : graph_node(s->program, s->program->inputs.data[i])->name;
}

static value add_state(stepper *s, const char *what, uint32_t i, const type *t) {
    cot_graph *g = s->b.graph;
    const char *name = graph_node(s->program, s->program->inputs.data[i])->name;
    value v = emit_placeholder(&s->b, arena_printf(s->scratch, "%s_%s", what, name), t);
    if (v != NO_VALUE) g->nodes.data[v].target = arena_printf(g->arena, "%s.%s", what, path_of(s, i));
    return v;
}

static void add_placeholders(stepper *s) {
    const cot_graph *m = s->merged;
    cot_graph *g = s->b.graph;
    bool adamw = s->options->optimizer == COT_OPTIMIZER_ADAMW;
    for (uint32_t i = 0; i < m->inputs.count; i++) {
        value v = m->inputs.data[i];
        s->map[v] = emit_placeholder(&s->b, graph_node(m, v)->name, graph_type(m, v));
    }
    for (uint32_t i = 0; i < m->input_specs.count; i++) {
        input_spec spec = m->input_specs.data[i];
        spec.node = s->map[spec.node];
        if (spec.target) spec.target = arena_string(g->arena, spec.target, strlen(spec.target)); /* outlives m */
        *VEC_PUSH(g->arena, &g->input_specs) = spec;
    }
    type lr = type_tensor(g->arena, g->ctx->syms, COT_F32, NULL, 0),
         step = type_tensor(g->arena, g->ctx->syms, COT_I64, NULL, 0);
    s->lr = emit_placeholder(&s->b, "lr", &lr);
    if (adamw) s->step = emit_placeholder(&s->b, "step", &step);
    for (uint32_t i = 0; i < s->program->inputs.count; i++) {
        if (s->gradients[i].kind != ARG_VALUE) continue;
        const type *t = graph_type(m, m->inputs.data[i]);
        s->state[0][i] = add_state(s, adamw ? "exp_avg" : "momentum", i, t);
        if (adamw) s->state[1][i] = add_state(s, "exp_avg_sq", i, t);
    }
}

static void write_back(stepper *s, value placeholder, value v) {
    *VEC_PUSH(s->scratch, &s->written) = placeholder;
    *VEC_PUSH(s->scratch, &s->written) = v;
}

static double or_default(double given, double fallback) { return given != 0 ? given : fallback; }

static void update(stepper *s, uint32_t i) {
    const cot_compile_options *o = s->options;
    value p = s->map[s->merged->inputs.data[i]], grad = s->map[s->gradients[i].value], new_values;
    double decay = o->no_decay_1d && graph_type(s->b.graph, p)->ndim < 2 ? 0 : o->weight_decay;
    bool adamw = o->optimizer == COT_OPTIMIZER_ADAMW;
    if (adamw)
        new_values =
            emit(&s->b, "cot.adamw.default", "vvvvvvffff", p, s->state[0][i], s->state[1][i], grad, s->lr, s->next_step,
                 or_default(o->beta1, 0.9), or_default(o->beta2, 0.999), or_default(o->eps, 1e-8), decay);
    else
        new_values = emit(&s->b, "cot.sgd.default", "vvvvff", p, s->state[0][i], grad, s->lr,
                          or_default(o->momentum, 0.9), decay);
    write_back(s, p, emit_get(&s->b, new_values, 0));
    write_back(s, s->state[0][i], emit_get(&s->b, new_values, 1));
    if (adamw) write_back(s, s->state[1][i], emit_get(&s->b, new_values, 2));
}

static void copy_nodes(stepper *s) {
    const cot_graph *m = s->merged;
    cot_graph *g = s->b.graph;
    graph_copy_children(g, m);
    if (s->options->optimizer == COT_OPTIMIZER_ADAMW) {
        s->next_step = emit(&s->b, "add.Scalar", "vi", s->step, (int64_t)1);
        write_back(s, s->step, s->next_step);
    }
    for (value v = 0; v < m->nodes.count && !s->b.status; v++) {
        if (s->map[v] == NO_VALUE) s->map[v] = graph_copy_node(g, m, v, s->map);
        for (uint32_t i = s->first_update[v]; i != NO_INDEX; i = s->next_update[i]) update(s, i);
    }
    for (uint32_t i = 0; i < s->written.count; i += 2)
        emit(&s->b, "copy_", "vv", s->written.data[i], s->written.data[i + 1]);
}

/* Outputs of the program; tangents as the merged graph has them; gradients are gone. */
static void finish(stepper *s, const arg_list *leaves, uint32_t fixed) {
    const cot_graph *m = s->merged;
    cot_graph *g = s->b.graph;
    arg *items = ARENA_ARRAY(g->arena, arg, fixed);
    for (uint32_t i = 0; i < fixed; i++) items[i] = arg_map(g, &leaves->data[i], s->map);
    g->output = (arg){.kind = ARG_TUPLE, .list = items, .count = fixed};
    g->num_tangents = m->num_tangents;
    g->tangent_outputs = arena_copy(g->arena, m->tangent_outputs, m->num_tangents * sizeof *m->tangent_outputs);
}

static cot_status append_updates(const cot_graph *merged, const cot_graph *program, const cot_compile_options *o,
                                 arena *scratch, cot_graph **step, cot_error *error) {
    uint32_t fixed = merged->num_mutated + merged->num_user_outputs + merged->num_bases, inputs = program->inputs.count;
    arg_list leaves = {0};
    arg_leaves(scratch, &merged->output, &leaves);
    stepper s = {
        .merged = merged, .program = program, .options = o, .scratch = scratch, .gradients = leaves.data + fixed};
    s.map = ARENA_ARRAY(scratch, value, merged->nodes.count);
    for (value v = 0; v < merged->nodes.count; v++) s.map[v] = NO_VALUE;
    s.first_update = ARENA_ARRAY(scratch, uint32_t, merged->nodes.count);
    s.next_update = ARENA_ARRAY(scratch, uint32_t, inputs);
    for (int k = 0; k < 2; k++) s.state[k] = ARENA_ARRAY(scratch, value, inputs);
    cot_graph *g = graph_create(merged->ctx, "GraphModule");
    builder_init(&s.b, g, error);
    graph_copy_facts(g, merged);
    graph_copy_outputs(g, merged);
    schedule(&s);
    add_placeholders(&s);
    copy_nodes(&s);
    if (!s.b.status) finish(&s, &leaves, fixed);
    *step = g;
    return s.b.status;
}

cot_status optimizer_build(const cot_graph *forward, const cot_graph *backward, const cot_graph *program,
                           const cot_compile_options *o, cot_graph **step, cot_error *error) {
    cot_graph *merged;
    TRY(partition_merge(forward, backward, &merged, error));
    if (o->optimizer == COT_OPTIMIZER_NONE) {
        *step = merged;
        return COT_OK;
    }
    arena *scratch = arena_create(forward->ctx);
    cot_status status = append_updates(merged, program, o, scratch, step, error);
    arena_destroy(scratch);
    graph_destroy(merged);
    return status;
}
