/* SPDX-License-Identifier: MIT
 * tables.c — what stands around the plan: outputs that share memory, and where the caller's tangents go.
 *
 * A tangent that the joint graph has an input for arrives there. An output that is a view of an input or of another
 * output has none: its tangent is added, through the same view, to the tangent of the tensor it is a view of, or to the
 * gradient of the input. */
#include "runtime/stage.h"
#include <string.h>

/* ---- views carried over to another layout -------------------------------------------------------------------- */

/* A distance in elements of `from`, as the distance between the same two elements of `to`. */
static int64_t carry_distance(const tensor_desc *from, const tensor_desc *to, const uint32_t *order, uint32_t n,
                              int64_t distance) {
    int64_t carried = 0;
    for (uint32_t i = 0; i < n && distance; i++) {
        int64_t stride = from->strides[order[i]];
        if (stride <= 0) continue;
        carried += distance / stride * to->strides[order[i]];
        distance %= stride;
    }
    return carried;
}

/* A view of a tensor laid out as `from`, seen in the same tensor laid out as `to`. */
static void carry_view(const tensor_desc *from, const tensor_desc *to, tensor_desc *view, int64_t *offset) {
    if (tensor_same_layout(from, to)) return;
    uint32_t order[COT_MAX_DIMS], n = 0; /* dimensions of `from`, largest stride first */
    for (uint32_t d = 0; d < from->ndim; d++) {
        if (from->sizes[d] <= 1) continue;
        uint32_t at = n++;
        for (; at > 0 && from->strides[order[at - 1]] < from->strides[d]; at--) order[at] = order[at - 1];
        order[at] = d;
    }
    int64_t strides[COT_MAX_DIMS];
    for (uint32_t d = 0; d < view->ndim; d++) strides[d] = carry_distance(from, to, order, n, view->strides[d]);
    *offset = carry_distance(from, to, order, n, *offset / from->item_bytes) * to->item_bytes;
    *view = tensor_describe((cot_dtype)view->dtype, view->ndim, view->sizes, strides);
}

/* ---- outputs ------------------------------------------------------------------------------------------------- */

static value output_value(const stage_planner *s, uint32_t index) { return arg_as_value(&s->outputs.data[index]); }

static const plan_value *output_of(const stage_planner *s, uint32_t index) {
    value v = output_value(s, index);
    return v == NO_VALUE ? NULL : &s->forward_values[v];
}

/* The place of input i among the mutated ones, or NO_INDEX. */
static uint32_t mutated_index(const stage_planner *s, uint32_t i) {
    const cot_graph *g = s->forward;
    for (uint32_t m = 0; m < g->num_mutated; m++)
        if (g->mutated[m] == i) return m;
    return NO_INDEX;
}

uint32_t stage_output_input(const stage_planner *s, uint32_t k) {
    const cot_graph *g = s->forward;
    const output_alias *alias = g->aliases ? &g->aliases[k] : NULL;
    if (!alias || (alias->kind != ALIAS_IS_INPUT && alias->kind != ALIAS_OF_INPUT)) return NO_INDEX;
    return alias->base;
}

/* Where the caller sees output k: location and layout. An alias of a mutated input lies in the input, as its new value
 * did. */
location stage_output_location(const stage_planner *s, uint32_t k, tensor_desc *desc) {
    const plan_value *v = output_of(s, s->forward->num_mutated + k);
    uint32_t input = stage_output_input(s, k), m = input == NO_INDEX ? NO_INDEX : mutated_index(s, input);
    *desc = type_describe(&v->type);
    if (s->output_copies[k].storage != NO_STORAGE) {
        *desc = tensor_describe((cot_dtype)desc->dtype, desc->ndim, desc->sizes, NULL);
        return s->output_copies[k];
    }
    if (m == NO_INDEX) return v->at;
    const plan_value *fresh = output_of(s, m);
    if (v->at.storage != fresh->at.storage) return v->at;
    tensor_desc from = type_describe(&fresh->type);
    int64_t offset = v->at.offset - fresh->at.offset;
    carry_view(&from, &s->e->inputs[input].final, desc, &offset);
    return (location){s->forward_values[s->forward->inputs.data[input]].at.storage, offset};
}

/* ---- where tangents go --------------------------------------------------------------------------------------- */

typedef VEC(exe_fold) fold_list;

typedef struct folding {
    const stage_planner *s;
    fold_list *tangents, *gradients; /* one list for each */
    bool *needs;                     /* by value of the functional graph: has a history that leads to an input */
    uint32_t *tangent_of;            /* by output of the graph: its tangent, or NO_INDEX */
} folding;

static void mark_need(void *user, value v) {
    bool **pair = user;
    if (pair[0][v]) *pair[1] = true;
}

static void find_needs(folding *f) {
    const cot_graph *g = f->s->functional;
    f->needs = ARENA_ARRAY(f->s->p->scratch, bool, g->nodes.count);
    for (uint32_t i = 0; i < g->inputs.count; i++)
        f->needs[g->inputs.data[i]] = i < g->input_specs.count && g->input_specs.data[i].requires_grad;
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (n->op->kind == OP_PLACEHOLDER || (n->flags & NODE_NO_GRAD) || (n->op->traits & OP_NO_HISTORY)) continue;
        bool any = false;
        bool *pair[2] = {f->needs, &any};
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], mark_need, pair);
        const type *t = &n->type;
        bool can =
            t->kind != TYPE_TENSOR || dtype_is_float((cot_dtype)t->dtype) || dtype_is_complex((cot_dtype)t->dtype);
        f->needs[v] = any && can;
    }
}

/* The tangent of some output that lies in this storage, or NO_INDEX. */
static uint32_t tangent_in(const folding *f, uint32_t storage) {
    const cot_executable *e = f->s->e;
    for (uint32_t t = 0; t < e->num_tangents; t++) {
        const plan_value *v = output_of(f->s, f->s->tangent_outputs[t]);
        if (v->at.storage == storage) return t;
    }
    return NO_INDEX;
}

static void fold_into_tangent(folding *f, uint32_t t, exe_fold fold, int64_t offset) {
    const plan_value *base = output_of(f->s, f->s->tangent_outputs[t]);
    tensor_desc from = type_describe(&base->type);
    fold.offset = offset;
    carry_view(&from, &f->s->e->tangents[t].desc, &fold.view, &fold.offset);
    *VEC_PUSH(f->s->p->scratch, &f->tangents[t]) = fold;
}

/* Output k has no tangent of its own in the graph. Gives whether it can have one at all. */
static bool fold_alias(folding *f, uint32_t k) {
    const stage_planner *s = f->s;
    const plan_value *v = output_of(s, s->forward->num_mutated + k);
    uint32_t input = stage_output_input(s, k), t = tangent_in(f, v->at.storage);
    exe_fold fold = {.source = k, .view = type_describe(&v->type)};
    if (t != NO_INDEX) {
        fold_into_tangent(f, t, fold, v->at.offset - output_of(s, s->tangent_outputs[t])->at.offset);
        return true;
    }
    if (input == NO_INDEX || s->e->updates) return false;
    const input_spec *spec = &s->functional->input_specs.data[input];
    location at = s->forward_values[s->forward->inputs.data[input]].at;
    if (!spec->requires_grad || v->at.storage != at.storage) return false;
    fold.offset = v->at.offset - at.offset;
    *VEC_PUSH(s->p->scratch, &f->gradients[input]) = fold;
    return true;
}

static bool needs_tangent(const folding *f, uint32_t k) {
    const cot_graph *g = f->s->functional;
    const arg *a = &f->s->functional_outputs.data[g->num_mutated + k];
    return a->kind == ARG_VALUE && f->needs[a->value] && graph_type(g, a->value)->kind == TYPE_TENSOR;
}

static void find_output_folds(folding *f) {
    const stage_planner *s = f->s;
    uint32_t m = s->forward->num_mutated;
    for (uint32_t k = 0; k < s->forward->num_user_outputs; k++) {
        exe_output *out = &s->e->outputs[k];
        uint32_t t = f->tangent_of[m + k];
        if (t != NO_INDEX) {
            exe_fold fold = {.source = k, .view = type_describe(&output_of(s, m + k)->type)};
            fold_into_tangent(f, t, fold, 0);
            out->info.has_gradient = 1;
        } else if (needs_tangent(f, k)) {
            out->info.has_gradient = fold_alias(f, k);
        }
    }
    for (uint32_t i = 0; i < m; i++) {
        uint32_t t = f->tangent_of[i];
        exe_fold fold = {.is_final = true, .source = s->forward->mutated[i]};
        if (t == NO_INDEX) continue;
        fold.view = type_describe(&output_of(s, i)->type);
        fold_into_tangent(f, t, fold, 0);
    }
}

/* Gradients that are nothing but folds get memory; views of inputs are carried over to the gradients' layouts. */
static void finish_gradients(folding *f) {
    const stage_planner *s = f->s;
    for (uint32_t i = 0; i < s->e->num_gradients; i++) {
        exe_gradient *gradient = &s->e->gradients[i];
        gradient->folds = f->gradients[i].data;
        gradient->num_folds = f->gradients[i].count;
        if (!gradient->num_folds) continue;
        gradient->folds = arena_copy(s->e->arena, gradient->folds, gradient->num_folds * sizeof *gradient->folds);
        const tensor_desc *input = &s->e->inputs[i].desc;
        if (!gradient->computed) {
            gradient->desc = tensor_describe((cot_dtype)input->dtype, input->ndim, input->sizes,
                                             tensor_is_dense(input) ? input->strides : NULL);
            uint64_t extent = 0;
            tensor_extent(&gradient->desc, &extent);
            s->gradient_at[i] = (location){planner_add_storage(s->p, s->e->inputs[i].info.name, extent), 0};
            storage *made = &s->p->storages.data[s->gradient_at[i].storage];
            made->first = s->p->drafts.count;
            made->last = STEP_END;
        }
        for (uint32_t k = 0; k < gradient->num_folds; k++) {
            exe_fold *fold = (exe_fold *)&gradient->folds[k];
            carry_view(input, &gradient->desc, &fold->view, &fold->offset);
        }
    }
}

static void find_lone_output(cot_executable *e) {
    uint32_t count = 0;
    e->lone_output = NO_INDEX;
    for (uint32_t k = 0; k < e->num_outputs; k++) {
        if (!e->outputs[k].info.has_gradient) continue;
        e->lone_output = k;
        count++;
    }
    if (count != 1 || e->outputs[e->lone_output].desc.numel != 1) e->lone_output = NO_INDEX;
}

static cot_output_kind output_kind_of(const plan_value *v) {
    if (!v) return COT_OUTPUT_NONE;
    switch (v->type.kind) {
    case TYPE_TENSOR: return COT_OUTPUT_TENSOR;
    case TYPE_INT: return COT_OUTPUT_INT;
    case TYPE_BOOL: return COT_OUTPUT_BOOL;
    case TYPE_FLOAT: return COT_OUTPUT_FLOAT;
    default: return COT_OUTPUT_NONE;
    }
}

/* Another output in the same storage that is not itself a view, or NO_INDEX. */
static uint32_t output_sharing(const stage_planner *s, uint32_t k, uint32_t storage) {
    for (uint32_t j = 0; j < s->e->num_outputs; j++) {
        const plan_value *v = output_of(s, s->forward->num_mutated + j);
        if (j != k && v && v->type.kind == TYPE_TENSOR && v->at.storage == storage &&
            s->forward->aliases[j].kind == ALIAS_NONE)
            return j;
    }
    return NO_INDEX;
}

static void describe_output(const stage_planner *s, uint32_t k) {
    exe_output *out = &s->e->outputs[k];
    const plan_value *v = output_of(s, s->forward->num_mutated + k);
    out->info.kind = output_kind_of(v);
    if (out->info.kind == COT_OUTPUT_NONE) return;
    if (out->info.kind != COT_OUTPUT_TENSOR) {
        out->integer = v->integer, out->number = v->number;
        return;
    }
    stage_output_location(s, k, &out->desc);
    out->info.dtype = (cot_dtype)out->desc.dtype;
    out->info.ndim = out->desc.ndim;
    memcpy(out->info.sizes, out->desc.sizes, sizeof out->desc.sizes);
    memcpy(out->info.strides, out->desc.strides, sizeof out->desc.strides);
    out->is_stack = v->is_stack;
    if (out->is_stack) out->info.sizes[0] = -1;
    const output_alias *alias = s->forward->aliases ? &s->forward->aliases[k] : NULL;
    if (!alias || alias->kind == ALIAS_NONE) return;
    out->info.alias_of = alias->base;
    if (alias->kind == ALIAS_IS_INPUT || alias->kind == ALIAS_OF_INPUT) out->info.alias = COT_ALIAS_INPUT;
    else if (alias->kind == ALIAS_OF_OUTPUT) out->info.alias = COT_ALIAS_OUTPUT;
    else {
        uint32_t other = output_sharing(s, k, v->at.storage);
        out->info.alias = other == NO_INDEX ? COT_ALIAS_BASE : COT_ALIAS_OUTPUT;
        if (other != NO_INDEX) out->info.alias_of = other;
    }
}

void stage_find_folds(stage_planner *s) {
    cot_executable *e = s->e;
    arena *a = s->p->scratch;
    folding f = {.s = s};
    f.tangents = arena_array(a, e->num_tangents, sizeof *f.tangents);
    f.gradients = arena_array(a, e->num_gradients, sizeof *f.gradients);
    f.tangent_of = ARENA_ARRAY(a, uint32_t, s->outputs.count);
    for (uint32_t i = 0; i < s->outputs.count; i++) f.tangent_of[i] = NO_INDEX;
    s->tangent_outputs = s->backward ? s->backward->tangent_outputs : s->forward->tangent_outputs;
    for (uint32_t t = 0; t < e->num_tangents; t++) f.tangent_of[s->tangent_outputs[t]] = t;
    arg_leaves(a, &s->functional->output, &s->functional_outputs);
    e->num_outputs = s->forward->num_user_outputs;
    e->outputs = ARENA_ARRAY(e->arena, exe_output, e->num_outputs);
    for (uint32_t k = 0; k < e->num_outputs; k++) describe_output(s, k);
    find_needs(&f);
    find_output_folds(&f);
    finish_gradients(&f);
    for (uint32_t t = 0; t < e->num_tangents; t++) {
        e->tangents[t].num_folds = f.tangents[t].count;
        e->tangents[t].folds = arena_copy(e->arena, f.tangents[t].data, f.tangents[t].count * sizeof(exe_fold));
    }
    find_lone_output(e);
}

/* ---- slots and places ---------------------------------------------------------------------------------------- */

void stage_gradient_slots(stage_planner *s) {
    for (uint32_t i = 0; i < s->e->num_gradients; i++) {
        if (s->gradient_at[i].storage == NO_STORAGE) continue;
        storage *lies = &s->p->storages.data[planner_resolve(s->p, s->gradient_at[i]).storage];
        s->e->gradients[i].slot = lies->slot = s->p->num_slots++;
        lies->keeps_slot = true;
    }
}

void stage_fill_tables(stage_planner *s) {
    cot_executable *e = s->e;
    const planner *p = s->p;
    for (uint32_t t = 0; t < e->num_tangents; t++)
        e->tangents[t].offset = p->storages.data[s->tangent_at[t].storage].offset;
    for (uint32_t i = 0; i < e->num_gradients; i++)
        if (s->gradient_at[i].storage != NO_STORAGE)
            e->gradients[i].offset = p->storages.data[planner_resolve(p, s->gradient_at[i]).storage].offset;
    for (uint32_t i = 0; i < e->num_inputs; i++) {
        const storage *lies = &p->storages.data[e->inputs[i].slot - SLOT_FIRST + s->first_input];
        e->inputs[i].needed = lies->first != UINT32_MAX || e->inputs[i].mutated;
    }
    for (uint32_t k = 0; k < e->num_outputs; k++) {
        if (e->outputs[k].info.kind != COT_OUTPUT_TENSOR) continue;
        tensor_desc desc;
        e->outputs[k].at = planner_location_place(p, stage_output_location(s, k, &desc));
        uint32_t slot = e->outputs[k].at.slot;
        if (slot >= SLOT_FIRST && slot - SLOT_FIRST < e->num_inputs) e->inputs[slot - SLOT_FIRST].needed = true;
    }
}
