/* SPDX-License-Identifier: MIT
 * executable.c — planning the stages of a program as one sequence of steps.
 *
 * Forward and backward share one arena and one timeline, so what the forward saves dies in the backward as it is read,
 * and nothing needs a block of its own. Behind the forward stand the writes of new values into inputs; before them,
 * copies of old values that the backward still reads. Tables of tangents, gradients and outputs are in tables.c. */
#include "runtime/segments.h"
#include "runtime/stage.h"
#include "base/error.h"
#include <string.h>

/* ---- inputs -------------------------------------------------------------------------------------------------- */

static void input_info(exe_input *in, const cot_graph *g, uint32_t i, const type *t) {
    const node *n = graph_node(g, g->inputs.data[i]);
    const input_spec *spec = i < g->input_specs.count ? &g->input_specs.data[i] : NULL;
    in->info = (cot_input_info){.name = n->name,
                                .target = spec ? spec->target : n->target,
                                .is_tensor = t->kind == TYPE_TENSOR,
                                .dtype = (cot_dtype)t->dtype,
                                .ndim = t->ndim};
    if (spec && spec->kind == INPUT_PARAMETER) in->info.kind = COT_INPUT_PARAMETER;
    if (spec && spec->kind == INPUT_BUFFER) in->info.kind = COT_INPUT_BUFFER;
    if (spec && spec->kind == INPUT_CONSTANT) in->info.kind = COT_INPUT_CONSTANT;
    if (spec && (spec->kind == INPUT_TOKEN || spec->kind == INPUT_CUSTOM_OBJ)) in->info.is_tensor = 0;
    if (t->kind != TYPE_TENSOR) return;
    in->desc = type_describe(t);
    memcpy(in->info.sizes, in->desc.sizes, sizeof in->info.sizes);
    memcpy(in->info.strides, in->desc.strides, sizeof in->info.strides);
}

static cot_status add_input(stage_planner *s, const cot_graph *g, uint32_t i, plan_value *values, exe_input *in) {
    value v = g->inputs.data[i];
    plan_value *out = &values[v];
    TRY(planner_type(s->p, g, v, graph_type(g, v), &out->type));
    out->at.storage = out->contiguous.storage = NO_STORAGE;
    input_info(in, g, i, &out->type);
    uint32_t outside = planner_add_outside(s->p, in->info.name, 0);
    in->slot = s->p->storages.data[outside].slot;
    if (out->type.kind == TYPE_TENSOR) {
        out->at = (location){outside, 0};
        uint64_t extent;
        tensor_extent(&in->desc, &extent);
        s->p->storages.data[outside].bytes = extent;
    } else if (out->type.kind != TYPE_NONE) {
        planner_number(s->p, &out->type, out);
        in->is_number = out->known;
        in->number = out->number;
    }
    return COT_OK;
}

/* Inputs of the first graph: the program's, the tangents (a whole step has them here), what the optimizer adds. Names
 * are the program's: those of later stages are numbered. */
static cot_status add_inputs(stage_planner *s) {
    const cot_graph *g = s->forward;
    cot_executable *e = s->e;
    uint32_t program = s->functional->inputs.count, tangents = g->num_tangents;
    e->num_inputs = g->inputs.count - tangents;
    e->inputs = ARENA_ARRAY(e->arena, exe_input, e->num_inputs);
    s->first_input = s->p->storages.count;
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        if (i >= program && i < program + tangents) continue;
        uint32_t to = i < program ? i : i - tangents;
        TRY(add_input(s, g, i, s->forward_values, &e->inputs[to]));
        if (i >= program) continue;
        exe_input *in = &e->inputs[i];
        const node *n = graph_node(s->functional, s->functional->inputs.data[i]);
        in->info.name = arena_string(e->arena, n->name, strlen(n->name));
        in->info.parameter = n->target ? arena_string(e->arena, n->target, strlen(n->target)) : NULL;
        if (in->info.target) in->info.target = arena_string(e->arena, in->info.target, strlen(in->info.target));
    }
    return COT_OK;
}

static void add_tangents(stage_planner *s, const cot_graph *g, uint32_t first, plan_value *values, cot_status *status) {
    cot_executable *e = s->e;
    planner *p = s->p;
    e->num_tangents = g->num_tangents;
    e->tangents = ARENA_ARRAY(e->arena, exe_tangent, e->num_tangents);
    s->tangent_at = ARENA_ARRAY(p->scratch, location, e->num_tangents);
    for (uint32_t i = 0; i < e->num_tangents; i++) {
        value v = g->inputs.data[first + i];
        plan_value *out = &values[v];
        *status = planner_type(p, g, v, graph_type(g, v), &out->type);
        if (*status) return;
        exe_tangent *t = &e->tangents[i];
        t->desc = type_describe(&out->type);
        uint64_t extent;
        tensor_extent(&t->desc, &extent);
        uint32_t index = planner_add_storage(p, graph_node(g, v)->name, extent);
        storage *made = &p->storages.data[index];
        t->slot = made->slot = p->num_slots++;
        made->keeps_slot = true;
        made->first = made->last = p->drafts.count; /* filled right before the backward */
        s->tangent_at[i] = out->at = (location){index, 0};
        out->contiguous.storage = NO_STORAGE;
    }
}

/* ---- writes into inputs -------------------------------------------------------------------------------------- */

/* Inputs are the first slots. */
static exe_input *input_of(stage_planner *s, uint32_t storage) {
    uint32_t slot = s->p->storages.data[storage].slot;
    return slot >= SLOT_FIRST && slot - SLOT_FIRST < s->e->num_inputs ? &s->e->inputs[slot - SLOT_FIRST] : NULL;
}

static value input_value(const stage_planner *s, uint32_t i) {
    uint32_t program = s->functional->inputs.count;
    return s->forward->inputs.data[i < program ? i : i + s->forward->num_tangents];
}

static bool same_sizes(const tensor_desc *a, const tensor_desc *b) {
    return a->ndim == b->ndim && !memcmp(a->sizes, b->sizes, sizeof a->sizes);
}

/* A copy with the same layout in a storage of its own. */
static location duplicate(planner *p, const char *name, const tensor_desc *t, location at) {
    uint64_t extent = 0;
    tensor_extent(t, &extent);
    location copy = {planner_add_storage(p, name, extent), 0};
    planner_add_copy(p, name, t, copy, t, at);
    return copy;
}

static cot_status find_writes(stage_planner *s) {
    const cot_graph *g = s->forward;
    for (uint32_t m = 0; m < g->num_mutated; m++) {
        value v = arg_as_value(&s->outputs.data[m]), input = input_value(s, g->mutated[m]);
        const plan_value *from = &s->forward_values[v], *to = &s->forward_values[input];
        plan_write w = {.to = to->at,
                        .from = from->at,
                        .to_desc = type_describe(&to->type),
                        .from_desc = type_describe(&from->type),
                        .name = graph_node(g, v)->name};
        /* An input that got other sizes (t_) keeps its memory: the new value's layout is the layout there. */
        if (!same_sizes(&w.to_desc, &w.from_desc)) w.to_desc = w.from_desc;
        s->e->inputs[g->mutated[m]].final = w.to_desc;
        *VEC_PUSH(s->p->scratch, &s->writes) = w;
    }
    TRY(planner_find_writes(s->p, g, s->forward_values, &s->writes));
    for (uint32_t i = 0; i < s->writes.count; i++) {
        exe_input *in = input_of(s, s->writes.data[i].to.storage);
        if (!in) return fail(s->p->error, COT_INTERNAL, "a write into a value that is no input");
        in->mutated = true;
        if (!in->final.item_bytes) in->final = s->writes.data[i].to_desc;
    }
    return COT_OK;
}

/* The writes as steps. A new value that is (a view of) the old value of a mutated input is set aside first. */
static void add_writes(stage_planner *s) {
    planner *p = s->p;
    for (uint32_t i = 0; i < s->writes.count; i++) {
        plan_write *w = &s->writes.data[i];
        if (w->from.storage == w->to.storage && w->from.offset == w->to.offset &&
            tensor_same_layout(&w->to_desc, &w->from_desc))
            continue;
        const exe_input *source = input_of(s, w->from.storage);
        if (source && source->mutated) w->from = duplicate(p, w->name, &w->from_desc, w->from);
    }
    for (uint32_t i = 0; i < s->writes.count; i++) {
        plan_write *w = &s->writes.data[i];
        bool in_place = w->from.storage == w->to.storage && w->from.offset == w->to.offset &&
                        tensor_same_layout(&w->to_desc, &w->from_desc);
        if (!in_place) planner_add_copy(p, w->name, &w->to_desc, w->to, &w->from_desc, w->from)->is_write = true;
    }
}

/* ---- from forward to backward -------------------------------------------------------------------------------- */

/* What the backward reads of the forward: where the forward has it, or, when an input's old value is overwritten, a
 * copy. */
static cot_status hand_over(stage_planner *s) {
    const cot_graph *g = s->backward;
    for (uint32_t i = 0; i + g->num_tangents < g->inputs.count; i++) {
        value v = g->inputs.data[i], from = graph_find(s->forward, graph_node(g, v)->name);
        if (from == NO_VALUE)
            return graph_fail(g, v, s->p->error, COT_INTERNAL,
                              "the backward reads a value that the forward does not have");
        plan_value *to = &s->backward_values[v];
        *to = s->forward_values[from];
        to->contiguous.storage = NO_STORAGE;
        if (to->type.kind != TYPE_TENSOR) continue;
        const exe_input *in = input_of(s, to->at.storage);
        tensor_desc desc = type_describe(&to->type);
        if (in && in->mutated) to->at = duplicate(s->p, graph_node(g, v)->name, &desc, to->at);
        s->p->storages.data[to->at.storage].pinned = true;
    }
    return COT_OK;
}

/* What the partition saves, whether the stages run apart or as one step. */
static cot_status count_saved(cot_executable *e, planner *p) {
    const cot_graph *f = e->stages[COT_STAGE_FORWARD], *g = e->stages[COT_STAGE_BACKWARD];
    if (!g) return COT_OK;
    cot_saved_info *saved = ARENA_ARRAY(e->arena, cot_saved_info, g->inputs.count);
    for (uint32_t i = 0; i + g->num_tangents < g->inputs.count; i++) {
        value v = g->inputs.data[i], from = graph_find(f, graph_node(g, v)->name);
        type t = *graph_type(g, v);
        if (planner_is_stack(p, &t)) continue; /* as long as the loop runs */
        t.offset = 0;                          /* of the last row of such a stack nobody knows it */
        TRY(planner_type(p, g, v, &t, &t));
        if (t.kind != TYPE_TENSOR || from == NO_VALUE || graph_node(f, from)->op->kind == OP_PLACEHOLDER) continue;
        tensor_desc d = type_describe(&t);
        cot_saved_info *info = &saved[e->stats.num_saved++];
        *info = (cot_saved_info){.name = graph_node(g, v)->name,
                                 .dtype = (cot_dtype)d.dtype,
                                 .ndim = d.ndim,
                                 .bytes = (uint64_t)d.numel * d.item_bytes};
        memcpy(info->sizes, d.sizes, sizeof d.sizes);
        e->stats.saved_bytes += info->bytes;
    }
    e->stats.saved = saved;
    return COT_OK;
}

/* ---- gradients ----------------------------------------------------------------------------------------------- */

/* Layout of a gradient's memory: the input's where that is dense. */
static tensor_desc gradient_layout(const exe_input *in) {
    return tensor_is_dense(&in->desc) ? in->desc
                                      : tensor_describe((cot_dtype)in->desc.dtype, in->desc.ndim, in->desc.sizes, NULL);
}

/* A gradient lies in memory of its own: that of its value when the value is alone there and fills it, else a copy. */
static void add_gradient(stage_planner *s, uint32_t i, const plan_value *v, const char *name) {
    planner *p = s->p;
    exe_gradient *gradient = &s->e->gradients[i];
    tensor_desc d = type_describe(&v->type);
    location at = v->at;
    const storage *lies = &p->storages.data[at.storage];
    uint64_t extent;
    bool own = !lies->outside && !lies->keeps_slot && !lies->pinned && lies->last != STEP_END && at.offset == 0 &&
               tensor_is_dense(&d) && tensor_extent(&d, &extent) && extent == lies->bytes;
    if (!own) {
        tensor_desc to = gradient_layout(&s->e->inputs[i]);
        tensor_extent(&to, &extent);
        location copy = {planner_add_storage(p, name, extent), 0};
        planner_add_copy(p, name, &to, copy, &d, at);
        at = copy, d = to;
    }
    p->storages.data[at.storage].last = STEP_END;
    p->storages.data[at.storage].pinned = true;
    gradient->computed = true;
    gradient->desc = d;
    s->gradient_at[i] = at;
}

static void add_gradients(stage_planner *s, const cot_graph *g, const arg *leaves, const plan_value *values) {
    cot_executable *e = s->e;
    for (uint32_t i = 0; i < e->num_gradients; i++) {
        value v = arg_as_value(&leaves[i]);
        if (v != NO_VALUE && e->inputs[i].info.is_tensor) add_gradient(s, i, &values[v], graph_node(g, v)->name);
    }
}

/* ---- the whole ----------------------------------------------------------------------------------------------- */

static bool is_one_element(const tensor_desc *d) {
    for (uint32_t i = 0; i < d->ndim; i++)
        if (d->strides[i]) return false;
    return d->numel > 1;
}

/* A cot_tensor whose strides are all zero is contiguous: an output that is one element expanded is handed out as a
 * copy. Nobody can tell, for nothing can be written through such a tensor. */
static void copy_expanded(stage_planner *s) {
    const cot_graph *g = s->forward;
    s->output_copies = ARENA_ARRAY(s->p->scratch, location, g->num_user_outputs);
    for (uint32_t k = 0; k < g->num_user_outputs; k++) s->output_copies[k].storage = NO_STORAGE;
    for (uint32_t k = 0; k < g->num_user_outputs; k++) {
        value v = arg_as_value(&s->outputs.data[g->num_mutated + k]);
        if (v == NO_VALUE || s->forward_values[v].type.kind != TYPE_TENSOR) continue;
        tensor_desc from;
        location at = stage_output_location(s, k, &from);
        if (!is_one_element(&from)) continue;
        tensor_desc to = tensor_describe((cot_dtype)from.dtype, from.ndim, from.sizes, NULL);
        location copy = {planner_add_storage(s->p, graph_node(g, v)->name, (uint64_t)to.numel * to.item_bytes), 0};
        s->p->storages.data[copy.storage].last = STEP_END;
        planner_add_copy(s->p, graph_node(g, v)->name, &to, copy, &from, at);
        s->output_copies[k] = copy;
    }
}

/* Outputs that the caller sees live for ever; those that are new values of inputs are seen there. */
static void keep_outputs(stage_planner *s) {
    const cot_graph *g = s->forward;
    for (uint32_t k = 0; k < g->num_user_outputs; k++) {
        value v = arg_as_value(&s->outputs.data[g->num_mutated + k]);
        if (v == NO_VALUE || s->forward_values[v].type.kind != TYPE_TENSOR) continue;
        if (stage_output_input(s, k) != NO_INDEX || s->output_copies[k].storage != NO_STORAGE) continue;
        storage *lies = &s->p->storages.data[s->forward_values[v].at.storage];
        lies->last = STEP_END;
        lies->pinned = true;
    }
}

static cot_status plan_backward(stage_planner *s) {
    const cot_graph *g = s->backward;
    cot_status status = COT_OK;
    s->p->backward = true;
    add_tangents(s, g, g->inputs.count - g->num_tangents, s->backward_values, &status);
    TRY(status);
    TRY(planner_add_graph(s->p, g, s->backward_values));
    arg_list leaves = {0};
    arg_leaves(s->p->scratch, &g->output, &leaves);
    if (leaves.count < s->e->num_gradients)
        return fail(s->p->error, COT_INTERNAL, "the backward gives %u gradients, expected %u", leaves.count,
                    s->e->num_gradients);
    add_gradients(s, g, leaves.data, s->backward_values);
    return COT_OK;
}

/* Numbers that the program returns must be known: they follow from sizes. */
static cot_status check_numbers(const stage_planner *s) {
    const cot_graph *g = s->forward;
    for (uint32_t k = 0; k < g->num_user_outputs; k++) {
        value v = arg_as_value(&s->outputs.data[g->num_mutated + k]);
        const plan_value *out = v == NO_VALUE ? NULL : &s->forward_values[v];
        if (!out || out->known ||
            (out->type.kind != TYPE_INT && out->type.kind != TYPE_FLOAT && out->type.kind != TYPE_BOOL))
            continue;
        return graph_fail(g, v, s->p->error, COT_UNSUPPORTED,
                          "output %u is a number that is known only when the program runs", k);
    }
    return COT_OK;
}

static cot_status plan_stages(stage_planner *s) {
    cot_executable *e = s->e;
    const cot_graph *f = s->forward;
    cot_status status = COT_OK;
    TRY(add_inputs(s));
    if (e->segments) TRY(segments_enter(s->p, s->forward_values));
    if (f->num_tangents) add_tangents(s, f, s->functional->inputs.count, s->forward_values, &status);
    TRY(status);
    TRY(planner_add_graph(s->p, f, s->forward_values));
    arg_leaves(s->p->scratch, &f->output, &s->outputs);
    TRY(check_numbers(s));
    TRY(find_writes(s));
    if (s->backward) TRY(hand_over(s));
    add_writes(s);
    copy_expanded(s);
    keep_outputs(s);
    uint32_t fixed = f->num_mutated + f->num_user_outputs + f->num_bases;
    if (!s->backward && s->outputs.count >= fixed + e->num_gradients)
        add_gradients(s, f, s->outputs.data + fixed, s->forward_values);
    uint32_t boundary = s->p->drafts.count;
    if (s->backward) TRY(plan_backward(s));
    stage_find_folds(s);
    planner_fuse(s->p);
    TRY(planner_order(s->p, boundary));
    planner_lifetimes(s->p);
    stage_gradient_slots(s);
    TRY(planner_place(s->p, &e->plan.arena_bytes));
    TRY(planner_finish(s->p, &e->plan));
    for (uint32_t i = 0; i < boundary; i++) e->forward_steps += !s->p->drafts.data[i].dropped;
    stage_fill_tables(s);
    return COT_OK;
}

static planner *create_planner(cot_executable *e, const binding *b, bool rehearsal, uint32_t segment,
                               cot_error *error) {
    planner *p = planner_create(e->ctx, e->arena, b, e->threads, &e->stats.node_visits, error);
    p->segments = e->segments;
    p->segment = segment;
    p->rehearsal = rehearsal;
    return p;
}

cot_status executable_plan(cot_executable *e, const cot_graph *functional, const cot_graph *forward,
                           const cot_graph *backward, const binding *b, bool rehearsal, cot_error *error) {
    planner *p = create_planner(e, b, rehearsal, e->segments ? e->segments->count - 1 : 0, error);
    stage_planner s = {.e = e, .p = p, .functional = functional, .forward = forward, .backward = backward};
    e->num_gradients = functional->inputs.count;
    e->gradients = ARENA_ARRAY(e->arena, exe_gradient, e->num_gradients);
    s.forward_values = ARENA_ARRAY(p->scratch, plan_value, forward->nodes.count);
    if (backward) s.backward_values = ARENA_ARRAY(p->scratch, plan_value, backward->nodes.count);
    s.gradient_at = ARENA_ARRAY(p->scratch, location, e->num_gradients);
    for (uint32_t i = 0; i < e->num_gradients; i++) s.gradient_at[i].storage = NO_STORAGE;
    cot_status status = plan_stages(&s);
    if (!status) status = count_saved(e, p);
    arena_destroy(p->scratch);
    return status;
}

/* Inputs that the segment reads must be bound before a run. */
static void note_needed(const stage_planner *s, cot_executable *e) {
    for (uint32_t i = 0; i < e->num_inputs; i++)
        e->inputs[i].needed |= s->p->storages.data[s->first_input + i].first != UINT32_MAX;
}

cot_status executable_plan_head(cot_executable *e, uint32_t segment, const binding *b, bool rehearsal, head_plan *out,
                                cot_error *error) {
    planner *p = create_planner(e, b, rehearsal, segment, error);
    cot_executable unused = {.arena = p->scratch};
    stage_planner s = {.e = &unused, .p = p, .functional = e->planned[0], .forward = e->planned[1]};
    s.forward_values = ARENA_ARRAY(p->scratch, plan_value, s.forward->nodes.count);
    cot_status status = add_inputs(&s);
    if (!status) status = segments_enter(p, s.forward_values);
    if (!status) status = segments_plan_head(p, s.forward_values, out);
    if (!status && rehearsal) note_needed(&s, e);
    arena_destroy(p->scratch);
    return status;
}
