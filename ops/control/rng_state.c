/* SPDX-License-Identifier: MIT
 * rng_state.c — random operators whose numbers are drawn again.
 *
 *     run_and_save_rng_state(op, arguments…) → (state, result)
 *     run_with_rng_state(state, op, arguments…) → result, drawn from that state
 *     graphsafe_run_with_rng_state(op, arguments…, rng_state = generator) → result
 *
 * Random numbers are a function of a key (kernels/random.h), so a state is a key: the run's, mixed with the place where
 * it was saved, in 16 bytes. A result of several parts stands behind the state part by part. */
#include "ops/control/control.h"
#include "ops/control/inner.h"

#include "base/error.h"

#include <string.h>

enum { STATE_BYTES = 16 };
/* The stream of all operators that run under a state: what they draw depends on the state alone. */
#define STATE_STREAM 0x9e3779b97f4a7c15u

typedef struct state {
    uint64_t seed, step;
} state;

/* What a record says of its operator. */
typedef struct form {
    uint32_t op_at;
    bool saves, reads;
} form;

static const form *form_of(const op *o) { return o->record->data; }

/* The call without the generator that is only named. */
static cot_status read_call(const cot_graph *g, const node *n, inner_call *out, arena *a, cot_error *error) {
    node call = *n;
    const char **names = n->kwnames ? ARENA_ARRAY(a, const char *, n->nargs - n->npos) : NULL;
    arg *args = arena_copy(a, n->args, n->nargs * sizeof(arg));
    uint32_t kept = n->npos;
    for (uint32_t i = n->npos; names && i < n->nargs; i++) {
        if (!strcmp(n->kwnames[i - n->npos], "rng_state")) continue;
        names[kept - n->npos] = n->kwnames[i - n->npos];
        args[kept++] = n->args[i];
    }
    call.args = args;
    call.nargs = (uint16_t)kept;
    call.kwnames = names;
    return inner_read(g, &call, form_of(n->op)->op_at, out, a, error);
}

static type state_type(cot_graph *g) { return type_tensor(g->arena, g->ctx->syms, COT_U8, (dim[]){STATE_BYTES}, 1); }

static cot_status shape(cot_graph *g, const node *n, type *result, cot_error *error) {
    inner_call call;
    type t;
    TRY(read_call(g, n, &call, g->arena, error));
    TRY(inner_type(g, &call, &t, error));
    if (form_of(n->op)->reads && graph_type(g, arg_as_value(&n->args[0]))->kind != TYPE_TENSOR)
        return fail(error, COT_SCHEMA, "%s: the state is no tensor", n->op->packet);
    *result = t;
    if (!form_of(n->op)->saves) return COT_OK;
    const type parts[2] = {state_type(g), t};
    *result = type_tuple(g->arena, parts, 2);
    return COT_OK;
}

/* As it runs: the parts of a result beside the state. */
static type flat_type(cot_graph *g, const form *f, const type *t) {
    if (!f->saves) return *t;
    const uint32_t count = inner_results(t);
    type *parts = ARENA_ARRAY(g->arena, type, count + 1);
    parts[0] = state_type(g);
    for (uint32_t i = 0; i < count; i++) parts[i + 1] = t->kind == TYPE_TUPLE ? t->parts[i] : *t;
    return type_tuple(g->arena, parts, count + 1);
}

static cot_status lower(lower_stage *s, arg_list *out) {
    const node *n = s->call;
    const form *f = form_of(n->op);
    builder *b = s->b;
    arena *a = b->graph->arena;
    arg *args = ARENA_ARRAY(a, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) {
        const bool generator = i >= n->npos && !strcmp(n->kwnames[i - n->npos], "rng_state");
        args[i] = generator ? arg_none() : s->argument(s, &n->args[i]);
    }
    node call = *n;
    call.args = args;
    inner_call inner;
    type t;
    if (!b->status) b->status = read_call(b->graph, &call, &inner, a, b->error);
    if (!b->status) b->status = inner_type(b->graph, &inner, &t, b->error);
    if (b->status) return b->status;
    value v;
    if (f->saves || f->reads) {
        const type flat = flat_type(b->graph, f, &t);
        v = emit_raw(b, n->op, args, n->nargs, &flat, NULL);
        if (v == NO_VALUE) return b->status;
        b->graph->nodes.data[v].npos = n->npos;
        b->graph->nodes.data[v].kwnames = n->kwnames;
        b->graph->nodes.data[v].stream = STATE_STREAM;
    } else {
        v = inner_emit(b, &inner);
    }
    const uint32_t count = b->status ? 0 : inner_results(TYPE_OF(b, v));
    value *parts = ARENA_ARRAY(a, value, count);
    for (uint32_t i = 0; i < count; i++) parts[i] = emit_get(b, v, i);
    if (f->saves && count > 2) {
        *VEC_PUSH(a, out) = arg_value(parts[0]);
        *VEC_PUSH(a, out) = arg_value(emit_pack(b, parts + 1, count - 1));
    } else {
        for (uint32_t i = 0; i < count; i++) *VEC_PUSH(a, out) = arg_value(parts[i]);
    }
    return b->status;
}

/* The same call on the functional graph's values; its stream goes with it. */
static cot_status functionalize(functionalize_stage *s, value *result) {
    const node *n = s->call;
    const type t = type_copy(s->b->graph->arena, &n->type);
    *result = emit_raw(s->b, n->op, s->args, n->nargs, &t, NULL);
    if (s->b->status) return s->b->status;
    node *made = &s->b->graph->nodes.data[*result];
    const uint32_t named = n->nargs - n->npos;
    const char **names = n->kwnames ? ARENA_ARRAY(s->b->graph->arena, const char *, named) : NULL;
    for (uint32_t i = 0; names && i < named; i++)
        names[i] = arena_string(s->b->graph->arena, n->kwnames[i], strlen(n->kwnames[i]));
    made->npos = n->npos;
    made->kwnames = names;
    made->stream = STATE_STREAM;
    return COT_OK;
}

/* ---- running ---------------------------------------------------------------------------------------------------- */

typedef struct attributes {
    inner_plan inner;
    uint64_t place; /* where the state is saved */
    bool saves;
} attributes;

static void run(const kernel_call *k) {
    const attributes *a = k->attributes;
    state s;
    if (a->saves) {
        s = (state){.seed = (k->seed ^ a->place) * 0xbf58476d1ce4e5b9u, .step = k->step};
        memcpy(k->data[0], &s, sizeof s);
    } else {
        memcpy(&s, k->data[k->num_results], sizeof s);
    }
    inner_run(k, &a->inner, s.seed, s.step);
}

static cot_status prepare(prepare_call *c) {
    const form *f = form_of(c->op);
    attributes *a = PREPARE_ATTRIBUTES(c, attributes);
    inner_call call;
    TRY(inner_read_planned(c, f->op_at, &call));
    if (f->reads && (c->operands[0].numel < STATE_BYTES || c->operands[0].item_bytes != 1))
        return graph_fail(c->graph, c->node, c->error, COT_SHAPE, "%s: a state has %d bytes", c->op->name, STATE_BYTES);
    if (f->reads) c->contiguous |= 1;
    const uint32_t first = f->saves ? 1 : 0;
    inner_tensor *results = ARENA_ARRAY(c->scratch, inner_tensor, c->num_results);
    for (uint32_t i = first; i < c->num_results; i++) results[i - first] = inner_whole(c, i);
    TRY(inner_prepare(c, &call, results, c->num_results - first, NULL, &a->inner));
    node own = *graph_node(c->graph, c->node);
    own.stream = 0;
    a->place = node_stream(&own);
    a->saves = f->saves;
    c->kernel = run;
    return COT_OK;
}

static const control_hooks hooks = {
    .capture = control_capture_plain, .shape_named = shape, .lower = lower, .functionalize = functionalize};
static const form saving = {.op_at = 0, .saves = true}, reading = {.op_at = 1, .reads = true}, named = {.op_at = 0};

const op_record ops_rng_state[] = {
    {.schema = "higher_order::run_and_save_rng_state",
     .traits = OP_CONTROL,
     .prepare = prepare,
     .control = &hooks,
     .data = &saving},
    {.schema = "higher_order::run_with_rng_state",
     .traits = OP_CONTROL,
     .prepare = prepare,
     .control = &hooks,
     .data = &reading},
    {.schema = "higher_order::graphsafe_run_with_rng_state", .traits = OP_CONTROL, .control = &hooks, .data = &named},
};
const uint32_t ops_rng_state_count = COUNT_OF(ops_rng_state);
