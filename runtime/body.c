/* SPDX-License-Identifier: MIT
 * body.c — calls of repeated bodies, and writing a plan out.
 *
 * A body is planned once, for any number of calls: its arena, operands and results are slots, so a call is one step
 * that fills in addresses and runs the body's steps. Results that are the body's operands or views of them need no
 * memory: the caller sees them where they are. */
#include "base/map.h"
#include "ops/control.h"
#include "runtime/late.h"
#include <stdint.h>
#include <string.h>

struct body_cache {
    map by_graph; /* of the child graph's address */
    VEC(const plan *) plans;
};

/* The type and place of each result; result blocks become slots. */
static cot_status body_outputs(planner *p, const cot_graph *g, const plan_value *values, plan *out) {
    arg_list leaves = {0};
    arg_leaves(p->scratch, &g->output, &leaves);
    body_output *outputs = ARENA_ARRAY(p->arena, body_output, leaves.count);
    uint64_t *blocks = ARENA_ARRAY(p->arena, uint64_t, leaves.count);
    for (uint32_t i = 0; i < leaves.count; i++) {
        value v = arg_as_value(&leaves.data[i]);
        if (v == NO_VALUE) continue;
        if (values[v].is_stack)
            return graph_fail(g, v, p->error, COT_UNSUPPORTED,
                              "a body returns a stack whose length is known only when the program runs");
        type *t = ARENA_NEW(p->arena, type);
        *t = values[v].type;
        outputs[i].type = t;
        if (t->kind != TYPE_TENSOR) continue;
        location at = planner_resolve(p, values[v].at);
        storage *s = &p->storages.data[at.storage];
        if (!s->outside) {
            s->outside = true;
            s->slot = p->num_slots++;
            blocks[out->num_blocks++] = s->bytes;
        }
        uint32_t slot = s->slot - SLOT_FIRST;
        outputs[i].is_input = slot < out->num_inputs;
        outputs[i].index = outputs[i].is_input ? slot : slot - out->num_inputs;
        outputs[i].offset = at.offset;
    }
    out->blocks = blocks;
    out->outputs = outputs;
    out->num_outputs = leaves.count;
    return COT_OK;
}

static void keep_outputs(planner *p, const cot_graph *g, const plan_value *values) {
    arg_list leaves = {0};
    arg_leaves(p->scratch, &g->output, &leaves);
    for (uint32_t i = 0; i < leaves.count; i++) {
        value v = arg_as_value(&leaves.data[i]);
        if (v == NO_VALUE || values[v].at.storage == NO_STORAGE) continue;
        p->storages.data[values[v].at.storage].last = STEP_END;
    }
}

static cot_status body_inputs(planner *p, const cot_graph *g, plan_value *values) {
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        value v = g->inputs.data[i];
        const node *n = graph_node(g, v);
        plan_value *out = &values[v];
        TRY(planner_type(p, g, v, &n->type, &out->type));
        uint32_t s = planner_add_outside(p, n->name, 0);
        out->at = (location){out->type.kind == TYPE_TENSOR ? s : NO_STORAGE, 0};
        out->contiguous.storage = NO_STORAGE;
        if (out->type.kind != TYPE_TENSOR) planner_number(p, &n->type, out);
    }
    return COT_OK;
}

static cot_status body_plan(planner *parent, const cot_graph *g, plan *out) {
    planner *p =
        planner_create(parent->ctx, parent->arena, parent->binding, parent->threads, parent->visits, parent->error);
    p->bodies = parent->bodies;
    p->is_body = true;
    plan_value *values = ARENA_ARRAY(p->scratch, plan_value, g->nodes.count);
    cot_status status = body_inputs(p, g, values);
    out->num_inputs = g->inputs.count;
    if (!status) status = planner_add_graph(p, g, values);
    if (!status) {
        keep_outputs(p, g, values);
        out->small = planner_small_body(p, g, values);
        planner_fuse(p);
        planner_lifetimes(p);
        status = body_outputs(p, g, values, out);
        if (!status) out->whole = planner_whole_body(p, out);
        if (!status) status = planner_place(p, &out->arena_bytes);
    }
    if (!status) status = planner_finish(p, out);
    arena_destroy(p->scratch);
    return status;
}

cot_status planner_body(planner *p, const cot_graph *g, const plan **out) {
    if (!p->bodies) {
        p->bodies = ARENA_NEW(p->arena, body_cache);
        p->bodies->by_graph.arena = p->arena;
    }
    uint32_t known = map_get_number(&p->bodies->by_graph, (uint64_t)(uintptr_t)g);
    if (known != MAP_NONE) {
        *out = p->bodies->plans.data[known];
        return COT_OK;
    }
    plan *made = ARENA_NEW(p->arena, plan);
    TRY(body_plan(p, g, made));
    map_set_number(&p->bodies->by_graph, (uint64_t)(uintptr_t)g, p->bodies->plans.count);
    *VEC_PUSH(p->arena, &p->bodies->plans) = made;
    *out = made;
    return COT_OK;
}

/* The operand where the body expects it: with the layout of the body's placeholder. */
static location body_operand(planner *p, const cot_graph *g, value v, const plan_value *given, const cot_graph *body,
                             uint32_t index, cot_status *status) {
    value placeholder = body->inputs.data[index];
    type wanted;
    *status = planner_type(p, body, placeholder, graph_type(body, placeholder), &wanted);
    if (*status || wanted.kind != TYPE_TENSOR) return (location){NO_STORAGE, 0};
    if (given->type.kind != TYPE_TENSOR) {
        *status = graph_fail(g, v, p->error, COT_SHAPE, "operand %u of the body must be a tensor", index);
        return (location){NO_STORAGE, 0};
    }
    tensor_desc to = type_describe(&wanted), from = type_describe(&given->type);
    if (to.dtype != from.dtype || to.ndim != from.ndim || memcmp(to.sizes, from.sizes, sizeof to.sizes)) {
        *status = graph_fail(g, v, p->error, COT_SHAPE, "operand %u does not have the sizes and dtype of the body's %s",
                             index, graph_node(body, placeholder)->name);
        return (location){NO_STORAGE, 0};
    }
    if (tensor_same_layout(&to, &from)) return given->at;
    uint64_t extent = 0;
    tensor_extent(&to, &extent);
    location copy = {planner_add_storage(p, graph_node(body, placeholder)->name, extent), 0};
    planner_add_copy(p, graph_node(g, v)->name, &to, copy, &from, given->at);
    return copy;
}

static void call_results(planner *p, const plan *body, const draft *d, plan_value *result) {
    location *parts = ARENA_ARRAY(p->scratch, location, body->num_outputs);
    type *types = ARENA_ARRAY(p->arena, type, body->num_outputs);
    for (uint32_t i = 0; i < body->num_outputs; i++) {
        const body_output *o = &body->outputs[i];
        parts[i] = (location){NO_STORAGE, 0};
        if (o->type) types[i] = *o->type;
        if (!o->type || o->type->kind != TYPE_TENSOR) continue;
        location base = d->at[o->is_input ? body->num_blocks + o->index : o->index];
        parts[i] = (location){base.storage, base.offset + o->offset};
    }
    if (result->type.kind == TYPE_TENSOR) { /* a body that returns one value, in no tuple */
        result->at = parts[0];
        return;
    }
    result->parts = parts;
    result->type = (type){.kind = TYPE_TUPLE, .count = body->num_outputs, .parts = types};
}

/* What a call calls. */
static bool find_call(const cot_graph *g, const node *n, control_call *call) {
    enum { FIRST_OPERAND = 2 }; /* behind the body and its identifier */
    const control_hooks *hooks = n->op->record->control;
    if (hooks->call) return hooks->call(g, n->args, n->nargs, call);
    if (n->nargs < FIRST_OPERAND || n->args[0].kind != ARG_VALUE) return false;
    *call = (control_call){.operands = n->args + FIRST_OPERAND, .count = n->nargs - FIRST_OPERAND};
    return true;
}

/* The plan of what is called; results of the call have the sizes that its type says. */
static cot_status call_plan(planner *p, const cot_graph *child, const control_call *call, const type *result,
                            const plan **out) {
    type *given = ARENA_ARRAY(p->scratch, type, call->count);
    for (uint32_t i = 0; i < call->count; i++) {
        const value placeholder = child->inputs.data[i];
        TRY(planner_type(p, child, placeholder, graph_type(child, placeholder), &given[i]));
    }
    const bool is_tuple = result->kind == TYPE_TUPLE;
    return late_body_plan(p, child, p->binding, given, is_tuple ? result->parts : result, is_tuple ? result->count : 1,
                          false, out);
}

cot_status planner_add_call(planner *p, const cot_graph *g, value v, plan_value *values) {
    const node *n = graph_node(g, v);
    control_call call;
    const cot_graph *child = find_call(g, n, &call) ? values[n->args[call.body].value].child : NULL;
    if (!child || call.count != child->inputs.count)
        return graph_fail(g, v, p->error, COT_SHAPE, "%s: the operands do not fit the body", n->op->name);
    const plan *body;
    TRY(call_plan(p, child, &call, &values[v].type, &body));
    location *at = ARENA_ARRAY(p->scratch, location, body->num_inputs);
    for (uint32_t i = 0; i < body->num_inputs; i++) {
        value operand = arg_as_value(&call.operands[i]);
        at[i] = (location){NO_STORAGE, 0};
        cot_status status = COT_OK;
        if (operand != NO_VALUE) at[i] = body_operand(p, g, v, &values[operand], child, i, &status);
        TRY(status);
    }
    draft *d = VEC_PUSH(p->scratch, &p->drafts);
    *d = (draft){.step = {.name = n->name,
                          .what = n->op->name,
                          .num_results = body->num_blocks,
                          .num_operands = body->num_inputs,
                          .body = body,
                          .backward = p->backward,
                          .call = n->call},
                 .scratch = NO_STORAGE,
                 .scratch_bytes = body->arena_bytes};
    d->at = ARENA_ARRAY(p->scratch, location, body->num_blocks + body->num_inputs);
    for (uint32_t i = 0; i < body->num_blocks; i++)
        d->at[i] = (location){planner_add_storage(p, n->name, body->blocks[i]), 0};
    memcpy(d->at + body->num_blocks, at, body->num_inputs * sizeof *at);
    if (body->arena_bytes) d->scratch = planner_add_storage(p, n->name, body->arena_bytes);
    call_results(p, body, d, &values[v]);
    return COT_OK;
}

/* ---- writing out --------------------------------------------------------------------------------------------- */

place planner_location_place(const planner *p, location at) {
    if (at.storage == NO_STORAGE) return (place){SLOT_NONE, 0};
    at = planner_resolve(p, at);
    const storage *s = &p->storages.data[at.storage];
    return (place){s->slot, at.offset + (s->slot == SLOT_ARENA ? s->offset : 0)};
}

/* step_of: by draft, the step that it is or that comes next. */
static void finish_blocks(const planner *p, const uint32_t *step_of, plan *out) {
    plan_block *blocks = ARENA_ARRAY(p->arena, plan_block, p->storages.count);
    for (uint32_t i = 0; i < p->storages.count; i++) {
        const storage *s = &p->storages.data[i];
        if (s->root != i || s->outside || s->first == UINT32_MAX || !s->bytes) continue;
        plan_block *b = &blocks[out->num_arena_blocks++];
        *b = (plan_block){.name = s->name, .offset = (uint64_t)s->offset, .bytes = s->bytes};
        b->first = step_of[MIN(s->first, p->drafts.count)];
        b->last = s->last >= p->drafts.count ? STEP_END : step_of[s->last];
        if (b->last != STEP_END && p->drafts.data[s->last].dropped && b->last > b->first) b->last--;
    }
    out->arena_blocks = blocks;
}

cot_status planner_finish(planner *p, plan *out) {
    step *steps = ARENA_ARRAY(p->arena, step, p->drafts.count);
    uint32_t nested = 0, *step_of = ARENA_ARRAY(p->scratch, uint32_t, p->drafts.count + 1u);
    for (uint32_t i = 0; i < p->drafts.count; i++) {
        const draft *d = &p->drafts.data[i];
        step_of[i] = out->num_steps;
        if (d->dropped) continue;
        uint32_t n = d->step.num_results + d->step.num_operands;
        step *s = &steps[out->num_steps++];
        *s = d->step;
        place *places = ARENA_ARRAY(p->arena, place, n);
        for (uint32_t k = 0; k < n; k++) places[k] = planner_location_place(p, d->at[k]);
        s->places = places;
        s->tensors = d->tensors;
        s->scratch = planner_location_place(p, (location){d->scratch, 0});
        out->kernels += s->body ? s->body->kernels : s->control ? s->control->kernels : 1;
        out->max_pointers = MAX(out->max_pointers, n);
        if (s->body) nested = MAX(nested, s->body->stack_words);
        if (s->control) nested = MAX(nested, s->control->stack_words);
    }
    step_of[p->drafts.count] = out->num_steps;
    finish_blocks(p, step_of, out);
    out->steps = steps;
    out->num_slots = p->num_slots;
    out->stack_words = out->num_slots + out->max_pointers + nested;
    return COT_OK;
}
