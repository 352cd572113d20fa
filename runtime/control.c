/* SPDX-License-Identifier: MIT
 * control.c — branches and loops: a step that runs planned bodies as often as the data say.
 *
 * A body is a relocatable plan, so an iteration is filling in addresses: items of xs are addresses that move on,
 * stacked results are made in their row, and a carry takes two places in turn, so that no iteration reads what it
 * writes. Compiling costs the same for any number of iterations.
 *
 * Carries of a while loop that are kept for the backward are made in rows of memory that grows (grown.h); a loop over
 * such rows learns from them how often it runs. */
#include "kernels/cpu/dispatch.h"
#include "kernels/lanes.h"
#include "ops/control.h"
#include "runtime/grown.h"
#include "runtime/late.h"
#include "runtime/plan.h"
#include "runtime/pool.h"
#include "runtime/prefix.h"
#include "runtime/segments.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* ---- planning -------------------------------------------------------------------------------------------------- */

typedef struct control_planner {
    planner *p;
    const cot_graph *g;
    value v;
    plan_value *values;
    control_form form;
    const cot_graph **bodies;
    binding *bindings;        /* by body: with what sizes of operands tell of its symbols */
    bool *misfit;             /* by body: operands have other sizes than it takes, so it must not be the one taken */
    control_step *step;       /* num_regions: how many bodies there are, or 2 */
    uint64_t scratch;         /* bytes so far, behind the arenas */
    VEC(location) at;         /* of operands */
    VEC(tensor_desc) tensors; /* of operands */
} control_planner;

/* An error that begins with the operator's name. */
PRINTF_LIKE(3, 4)
static cot_status refuse(const control_planner *c, cot_status status, const char *format, ...) {
    char words[256];
    va_list list;
    va_start(list, format);
    vsnprintf(words, sizeof words, format, list);
    va_end(list);
    return graph_fail(c->g, c->v, c->p->error, status, "%s: %s", graph_node(c->g, c->v)->op->name, words);
}

static const arg *flat_operand(const control_form *f, uint32_t i) {
    if (i < f->carries.count) return &f->carries.list[i];
    i -= f->carries.count;
    return i < f->xs.count ? &f->xs.list[i] : &f->rest.list[i - f->xs.count];
}

/* What body k wants to see as its input. */
static cot_status wanted_input(control_planner *c, uint32_t k, uint32_t i, type *out, tensor_desc *desc) {
    const cot_graph *body = c->bodies[k];
    const value placeholder = body->inputs.data[i];
    const binding *outside = c->p->binding;
    c->p->binding = &c->bindings[k];
    const cot_status status = planner_type(c->p, body, placeholder, graph_type(body, placeholder), out);
    c->p->binding = outside;
    if (!status) *desc = type_describe(out);
    return status;
}

static bool same_sizes(const tensor_desc *a, const tensor_desc *b) {
    return a->dtype == b->dtype && a->ndim == b->ndim && !memcmp(a->sizes, b->sizes, sizeof a->sizes);
}

/* A stack of `count` tensors like `item`, `stride` elements from one to the next. */
static tensor_desc stack_of(const tensor_desc *item, int64_t count, int64_t stride) {
    int64_t sizes[COT_MAX_DIMS + 1] = {count}, strides[COT_MAX_DIMS + 1] = {stride};
    memcpy(sizes + 1, item->sizes, item->ndim * sizeof *sizes);
    memcpy(strides + 1, item->strides, item->ndim * sizeof *strides);
    return tensor_describe((cot_dtype)item->dtype, item->ndim + 1u, sizes, strides);
}

static int64_t extent_items(const tensor_desc *t) {
    uint64_t bytes = 0;
    tensor_extent(t, &bytes);
    return (int64_t)(bytes / t->item_bytes);
}

/* Whether one of the bodies runs, as a predicate says. */
static bool picks(const control_step *s) { return s->kind == CONTROL_BRANCH || s->kind == CONTROL_SWITCH; }

/* Whether an operand may have other sizes than a branch takes: then that branch is not the one that is taken. */
static bool may_differ(const control_planner *c, value operand, const cot_graph *body, value placeholder) {
    const type *given = graph_type(c->g, operand), *taken = graph_type(body, placeholder);
    return picks(c->step) && given->ndim == taken->ndim && given->dtype == taken->dtype &&
           !(type_is_static(given) && type_is_static(taken));
}

/* Operand i in the layout that input `input` of the body has (for xs: in each item); copied where it is another. */
static cot_status add_operand(control_planner *c, uint32_t k, uint32_t i, uint32_t input) {
    planner *p = c->p;
    const cot_graph *body = c->bodies[k];
    const node *n = graph_node(c->g, c->v);
    const value operand = arg_as_value(flat_operand(&c->form, i));
    type t;
    tensor_desc wanted;
    location *at = VEC_PUSH(p->scratch, &c->at);
    tensor_desc *desc = VEC_PUSH(p->scratch, &c->tensors);
    *at = (location){NO_STORAGE, 0};
    desc->numel = -1;
    const uint32_t num_carries = c->form.carries.count;
    const bool is_rest = i >= num_carries + c->form.xs.count, is_x = i >= num_carries && !is_rest;
    TRY(wanted_input(c, k, input, &t, &wanted));
    if (t.kind != TYPE_TENSOR || operand == NO_VALUE || c->values[operand].type.kind != TYPE_TENSOR) {
        if (is_rest && t.kind != TYPE_TENSOR) return COT_OK;
        return refuse(c, COT_UNSUPPORTED, "operand %u is no tensor, which cannot run yet (hook 'run')", i);
    }
    const plan_value *given = &c->values[operand];
    const tensor_desc from = type_describe(&given->type);
    if (is_x && wanted.ndim == COT_MAX_DIMS) return refuse(c, COT_SHAPE, "operand %u has too many dimensions", i);
    if (given->is_stack && !(is_x && c->step->kind == CONTROL_LOOP))
        return refuse(c, COT_UNSUPPORTED, "operand %u is a stack whose length is known only when the program runs", i);
    tensor_desc to = is_x ? stack_of(&wanted, c->step->iterations, from.ndim ? from.strides[0] : 0) : wanted;
    if (!same_sizes(&to, &from) && may_differ(c, operand, body, body->inputs.data[input])) {
        c->misfit[k] = true;
        to = from;
    }
    if (!same_sizes(&to, &from))
        return refuse(c, COT_SHAPE, "operand %u does not have the sizes and dtype of the body's %s", i,
                      graph_node(body, body->inputs.data[input])->name);
    *at = given->at;
    if (!tensor_same_layout(&to, &from) && given->is_stack)
        return refuse(c, COT_UNSUPPORTED, "the body takes operand %u in a layout that is not row-major", i);
    if (!tensor_same_layout(&to, &from)) {
        if (is_x) to = stack_of(&wanted, c->step->iterations, extent_items(&wanted));
        uint64_t extent = 0;
        tensor_extent(&to, &extent);
        *at = (location){planner_add_storage(p, n->name, extent), 0};
        planner_add_copy(p, graph_node(c->g, operand)->name, &to, *at, &from, given->at);
    }
    *desc = to;
    return COT_OK;
}

/* Whether body k sees its inputs in the same layouts as the first. */
static cot_status inputs_agree(control_planner *c, uint32_t k, bool *agree) {
    for (uint32_t i = 0; c->bodies[k] && i < c->bodies[0]->inputs.count; i++) {
        type a, b;
        tensor_desc x, y;
        TRY(wanted_input(c, 0, i, &a, &x));
        TRY(wanted_input(c, k, i, &b, &y));
        *agree &= a.kind == b.kind && (a.kind != TYPE_TENSOR || (same_sizes(&x, &y) && tensor_same_layout(&x, &y)));
    }
    return COT_OK;
}

static uint64_t reserve(control_planner *c, uint64_t bytes) {
    const uint64_t at = c->scratch;
    c->scratch += (bytes + 63) / 64 * 64;
    return at;
}

static tensor_desc item_of(const tensor_desc *stack) {
    return tensor_describe((cot_dtype)stack->dtype, stack->ndim - 1u, stack->sizes + 1, NULL);
}

/* Whether a branch gives a tensor of other sizes than the result has, which only data tell. */
static bool result_differs(const control_planner *c, uint32_t which, value v, uint32_t part,
                           const tensor_desc *wanted) {
    const type *t = graph_type(c->bodies[which], v), *result = &graph_type(c->g, c->v)->parts[part];
    if (!picks(c->step) || t->kind != TYPE_TENSOR || t->ndim != wanted->ndim || type_is_static(result)) return false;
    bool differs = false;
    for (uint32_t d = 0; d < t->ndim; d++) {
        const int64_t size =
            dim_is_static(t->sizes[d]) ? t->sizes[d] : dim_value(c->p->ctx->syms, t->sizes[d], &c->bindings[which]);
        differs |= size != DIM_ERROR && size != wanted->sizes[d];
    }
    return differs;
}

/* The plan of a body for what it will be given, in the layouts that it wants. */
static cot_status plan_body(control_planner *c, uint32_t which, const tensor_desc *wanted, uint32_t count,
                            const plan **out) {
    planner *p = c->p;
    const cot_graph *body = c->bodies[which];
    arg_list leaves = {0};
    arg_leaves(p->scratch, &body->output, &leaves);
    type *given = ARENA_ARRAY(p->scratch, type, body->inputs.count), *results = ARENA_ARRAY(p->scratch, type, count);
    tensor_desc unused;
    bool misfit = c->misfit[which];
    for (uint32_t i = 0; i < body->inputs.count; i++) TRY(wanted_input(c, which, i, &given[i], &unused));
    for (uint32_t i = 0; i < count; i++) {
        if (wanted[i].numel < 0) continue;
        results[i] = type_tensor(p->arena, p->ctx->syms, (cot_dtype)wanted[i].dtype, wanted[i].sizes, wanted[i].ndim);
        const value v = i < leaves.count ? arg_as_value(&leaves.data[i]) : NO_VALUE;
        misfit |= v != NO_VALUE && result_differs(c, which, v, i, &wanted[i]);
    }
    return late_body_plan(p, body, &c->bindings[which], given, results, count, misfit, out);
}

/* The places of a body's outputs. wanted: by output, the layout that its result has. */
static cot_status plan_region(control_planner *c, uint32_t which, const tensor_desc *wanted, uint32_t count) {
    planner *p = c->p;
    region *r = &c->step->regions[which];
    const plan *body;
    TRY(plan_body(c, which, wanted, count, &body));
    uint32_t *made_for = ARENA_ARRAY(p->arena, uint32_t, body->num_blocks);
    uint64_t *block_at = ARENA_ARRAY(p->arena, uint64_t, body->num_blocks);
    bool *copied = ARENA_ARRAY(p->arena, bool, count);
    tensor_desc(*copies)[2] = arena_array(p->arena, count, sizeof *copies);
    for (uint32_t b = 0; b < body->num_blocks; b++) made_for[b] = NO_RESULT;
    for (uint32_t i = 0; i < count; i++) {
        const body_output *o = i < body->num_outputs ? &body->outputs[i] : NULL;
        if (wanted[i].numel < 0) continue; /* None, or a constant that whoever reads it has */
        if (!o || !o->type || o->type->kind != TYPE_TENSOR)
            return refuse(c, COT_UNSUPPORTED, "output %u of a body is no tensor, which cannot run yet (hook 'run')", i);
        copies[i][0] = wanted[i];
        copies[i][1] = type_describe(o->type);
        if (!same_sizes(&copies[i][0], &copies[i][1]))
            return refuse(c, COT_SHAPE, "output %u of a body does not have the result's sizes and dtype", i);
        copied[i] = o->is_input || o->offset || made_for[o->index] != NO_RESULT ||
                    body->blocks[o->index] != (uint64_t)extent_items(&wanted[i]) * wanted[i].item_bytes ||
                    !tensor_same_layout(&copies[i][0], &copies[i][1]);
        if (!copied[i]) made_for[o->index] = i;
    }
    for (uint32_t b = 0; b < body->num_blocks; b++)
        if (made_for[b] == NO_RESULT) block_at[b] = reserve(c, body->blocks[b]);
    *r = (region){.body = body, .made_for = made_for, .block_at = block_at, .copied = copied, .copies = copies};
    const uint32_t words = body->num_inputs + MAX(c->step->num_results, 1u) + body->stack_words;
    c->step->stack_words = MAX(c->step->stack_words, words);
    return COT_OK;
}

/* Whether the graph is cut behind the loop: what reads its stacks is planned for their length. */
static bool is_measured(const control_planner *c) {
    const segments *s = c->p->segments;
    return s && s->graph == c->g && c->p->segment + 1 < s->count && s->bind[c->p->segment] == c->v;
}

/* Whether somebody reads more of part i of the call than its last row. */
static bool is_kept(const control_planner *c, uint32_t i) {
    const cot_graph *g = c->g;
    const bool all = is_measured(c);
    for (value v = c->v + 1; v < g->nodes.count; v++) {
        const node *part = graph_node(g, v);
        if (part->op->kind != OP_GETITEM || arg_as_value(&part->args[0]) != c->v || arg_as_int(&part->args[1], -1) != i)
            continue;
        for (value u = v + 1; u < g->nodes.count; u++) {
            const node *user = graph_node(g, u);
            for (uint32_t k = 0; k < user->nargs; k++)
                if (arg_reads(&user->args[k], v) && (all || user->op->record->rows != ROWS_LAST)) return true;
        }
        if (arg_reads(&g->output, v)) return true;
    }
    return false;
}

/* A while loop that stacks: each part is a header, and its last row a result of the step. */
static void plan_stacks(control_planner *c, const location *last) {
    planner *p = c->p;
    control_step *s = c->step;
    location *headers = ARENA_ARRAY(p->scratch, location, s->num_results);
    bool *stacked = ARENA_ARRAY(p->arena, bool, s->num_results),
         *stacks = ARENA_ARRAY(p->scratch, bool, s->num_results);
    for (uint32_t i = 0; i < s->num_results; i++) {
        stacks[i] = true;
        stacked[i] = is_kept(c, i);
        headers[i] = (location){planner_add_storage(p, graph_node(c->g, c->v)->name, sizeof(grown_stack)), 0};
    }
    c->values[c->v].parts = headers;
    c->values[c->v].stacks = stacks;
    c->values[c->v].lasts = last;
    s->stacked = stacked;
}

/* A loop over stacks: what it stacks are headers. */
static void plan_grown(control_planner *c, location *at) {
    control_step *s = c->step;
    bool *stacks = ARENA_ARRAY(c->p->scratch, bool, s->num_results);
    location *lasts = ARENA_ARRAY(c->p->scratch, location, s->num_results);
    for (uint32_t i = 0; i < s->num_results; i++) {
        lasts[i] = (location){NO_STORAGE, 0};
        stacks[i] = i >= s->num_carries && at[i].storage != NO_STORAGE;
        if (stacks[i]) c->p->storages.data[at[i].storage].bytes = sizeof(grown_stack);
    }
    c->values[c->v].stacks = stacks;
    c->values[c->v].lasts = lasts;
    s->grows = true;
}

/* Results: row-major, each of its own; what the bodies give is one of them, or an item of it. */
static cot_status plan_results(control_planner *c, tensor_desc *results, location *at, tensor_desc *wanted) {
    planner *p = c->p;
    control_step *s = c->step;
    const node *n = graph_node(c->g, c->v);
    plan_value *out = &c->values[c->v];
    location *parts = ARENA_ARRAY(p->scratch, location, s->num_results);
    int64_t *result_bytes = ARENA_ARRAY(p->arena, int64_t, s->num_results);
    for (uint32_t i = 0; i < s->num_results; i++) {
        at[i] = parts[i] = (location){NO_STORAGE, 0};
        results[i].numel = wanted[i].numel = -1;
        if (out->type.parts[i].kind != TYPE_TENSOR && i >= s->num_carries) continue; /* None, or a known number */
        if (out->type.parts[i].kind != TYPE_TENSOR)
            return refuse(c, COT_UNSUPPORTED, "result %u is no tensor, which cannot run yet (hook 'run')", i);
        results[i] = wanted[i] = type_describe(&out->type.parts[i]);
        uint64_t extent = 0;
        tensor_extent(&results[i], &extent);
        at[i] = parts[i] = (location){planner_add_storage(p, n->name, extent), 0};
        if (c->form.stacks) { /* the type is that of one row, stacked */
            results[i] = wanted[i] = item_of(&results[i]);
            p->storages.data[at[i].storage].bytes = (uint64_t)wanted[i].numel * wanted[i].item_bytes;
            result_bytes[i] = wanted[i].numel * wanted[i].item_bytes;
            continue;
        }
        const bool stacked = s->kind == CONTROL_PREFIX || (s->kind == CONTROL_LOOP && i >= s->num_carries);
        if (!stacked) continue;
        wanted[i] = item_of(&results[i]);
        result_bytes[i] = wanted[i].numel * wanted[i].item_bytes;
    }
    out->parts = parts;
    s->result_bytes = result_bytes;
    if (c->form.stacks) plan_stacks(c, parts);
    else if (s->kind == CONTROL_LOOP && s->num_xs && s->is_stack[0] && s->num_results > s->num_carries)
        plan_grown(c, parts);
    return COT_OK;
}

/* Result `i` and the body's input for it must have one layout, for what is written as the one is read as the other. */
static cot_status check_carry(control_planner *c, uint32_t input, const tensor_desc *wanted) {
    type t;
    tensor_desc read;
    TRY(wanted_input(c, 0, input, &t, &read));
    if (same_sizes(wanted, &read) && tensor_same_layout(wanted, &read)) return COT_OK;
    return refuse(c, COT_UNSUPPORTED, "the body takes input %u in a layout that is not row-major", input);
}

/* Carries live in the result and a second place; a combined item is made in a place of its own. */
static cot_status plan_carries(control_planner *c, const tensor_desc *wanted) {
    control_step *s = c->step;
    const bool is_prefix = s->kind == CONTROL_PREFIX;
    s->num_turns = is_prefix ? s->num_xs : s->num_carries;
    uint64_t *carry_at = ARENA_ARRAY(c->p->arena, uint64_t, s->num_turns);
    tensor_desc(*copies)[2] = arena_array(c->p->arena, s->num_turns, sizeof *copies);
    for (uint32_t i = 0; i < s->num_turns; i++) {
        copies[i][0] = copies[i][1] = wanted[i];
        TRY(check_carry(c, i, &wanted[i]));
        if (is_prefix) TRY(check_carry(c, s->num_xs + i, &wanted[i]));
        carry_at[i] = reserve(c, (uint64_t)wanted[i].numel * wanted[i].item_bytes);
    }
    s->carry_at = carry_at;
    s->copies = copies;
    return COT_OK;
}

static cot_status plan_predicate(control_planner *c) {
    control_step *s = c->step;
    const arg *a = &c->form.predicate;
    const value predicate = arg_as_value(a);
    const plan_value *given = predicate == NO_VALUE ? NULL : &c->values[predicate];
    s->known = !given || given->type.kind != TYPE_TENSOR;
    const int64_t picked = given ? given->integer : a->i, last = (int64_t)s->num_regions - 1;
    s->taken = s->kind == CONTROL_BRANCH ? picked == 0 : (uint32_t)MAX(MIN(picked, last), 0);
    if (!s->known) s->index_bytes = (uint8_t)dtype_bytes((cot_dtype)given->type.dtype);
    if (given && s->known && !given->known)
        return refuse(c, COT_UNSUPPORTED, "the predicate %s is a number known only when the program runs",
                      graph_node(c->g, predicate)->name);
    if (!s->known && type_describe(&given->type).numel != 1)
        return refuse(c, COT_SHAPE, "Expected `pred` to be a bool or a boolean tensor with a single item");
    *VEC_PUSH(c->p->scratch, &c->at) = s->known ? (location){NO_STORAGE, 0} : given->at;
    tensor_desc *desc = VEC_PUSH(c->p->scratch, &c->tensors);
    *desc = s->known ? (tensor_desc){.numel = -1} : type_describe(&given->type);
    return COT_OK;
}

static cot_status plan_operands(control_planner *c) {
    control_step *s = c->step;
    const uint32_t count = s->num_carries + s->num_xs + s->num_rest;
    const uint32_t skip = s->kind == CONTROL_PREFIX ? s->num_xs : 0; /* inputs for the left neighbour */
    bool agree = true;
    for (uint32_t k = 0; k < s->num_regions && c->bodies[k]; k++)
        if (c->bodies[k]->inputs.count != count + skip) return refuse(c, COT_SHAPE, "the operands do not fit the body");
    for (uint32_t k = 1; k < s->num_regions; k++) TRY(inputs_agree(c, k, &agree));
    if (!agree && s->kind == CONTROL_WHILE)
        return refuse(c, COT_UNSUPPORTED, "the bodies take their inputs in different layouts");
    for (uint32_t i = 0; i < count; i++) TRY(add_operand(c, 0, i, i + skip));
    s->second = agree ? 0 : count;
    for (uint32_t k = 1; k < s->num_regions; k++)
        for (uint32_t i = 0; i < s->second; i++) TRY(add_operand(c, k, i, i));
    int64_t *x_bytes = ARENA_ARRAY(c->p->arena, int64_t, s->num_xs);
    bool *is_stack = ARENA_ARRAY(c->p->arena, bool, s->num_xs), *backwards = ARENA_ARRAY(c->p->arena, bool, s->num_xs);
    for (uint32_t i = 0; i < s->num_xs; i++) {
        const tensor_desc *t = &c->tensors.data[s->num_carries + i];
        x_bytes[i] = t->strides[0] * t->item_bytes;
        const plan_value *x = &c->values[c->form.xs.list[i].value];
        is_stack[i] = x->is_stack;
        backwards[i] = x->reversed;
        if (is_stack[i] != is_stack[0]) return refuse(c, COT_SHAPE, "xs of different lengths");
    }
    s->x_bytes = x_bytes;
    s->is_stack = is_stack;
    s->backwards = backwards;
    return picks(s) ? plan_predicate(c) : COT_OK;
}

/* Whether what the loop carries can stay in registers from item to item. */
static bool fits_lanes(const control_planner *c, const lanes_body *body, const tensor_desc *wanted) {
    const control_step *s = c->step;
    for (uint32_t i = 0; i < body->num_values; i++) {
        const lane_value *v = &body->values[i];
        if (v->kind == LANE_INPUT && v->input < s->num_carries && (v->offset || v->width != wanted[v->input].numel))
            return false;
    }
    for (uint32_t i = 0; i < s->num_carries; i++)
        if (wanted[i].numel < 1 || wanted[i].numel > LANES_MAX_WIDTH) return false;
    return true;
}

static void plan_lanes(control_planner *c, const tensor_desc *wanted) {
    control_step *s = c->step;
    const lanes_body *bodies[2] = {s->regions[0].body->small, c->bodies[1] ? s->regions[1].body->small : NULL};
    const bool is_while = s->kind == CONTROL_WHILE;
    if ((s->kind != CONTROL_LOOP && !is_while) || !bodies[0] || (is_while && !bodies[1]) || c->form.stacks) return;
    if (!fits_lanes(c, bodies[0], wanted) || (is_while && !fits_lanes(c, bodies[1], wanted))) return;
    s->lanes = lanes_pack(bodies, s->num_carries, s->num_xs, c->p->arena, c->p->scratch);
    if (!s->lanes) return;
    s->file_at = reserve(c, s->lanes->file_bytes);
    int64_t *steps = ARENA_ARRAY(c->p->arena, int64_t, s->num_xs);
    for (uint32_t i = 0; i < s->num_xs; i++) steps[i] = s->backwards[i] ? -s->x_bytes[i] : s->x_bytes[i];
    s->x_steps = steps;
}

/* All pairs of a level at once, where the combination is one tile program. */
static void plan_levels(control_planner *c, const tensor_desc *results) {
    control_step *s = c->step;
    const plan *body = s->regions[0].body;
    if (s->kind != CONTROL_PREFIX) return;
    tensor_desc(*stacks)[2] = arena_array(c->p->arena, s->num_xs, sizeof *stacks);
    for (uint32_t i = 0; i < s->num_xs; i++) {
        stacks[i][0] = results[i];
        stacks[i][1] = c->tensors.data[i];
        if (!same_sizes(&stacks[i][0], &stacks[i][1])) return;
    }
    s->stacks = stacks;
    if (!body->whole || body->num_outputs != s->num_xs) return;
    s->levels = prefix_plan(c->p, body->whole, s->num_xs, s->iterations, s->result_bytes);
    if (!s->levels) return;
    s->file_at = reserve(c, s->levels->scratch_bytes);
    const uint32_t words =
        body->num_inputs + MAX(s->num_results, 1u) + body->whole->num_results + body->whole->num_operands;
    s->stack_words = MAX(s->stack_words, words);
    s->kernels = s->levels->count;
}

static cot_status plan_regions(control_planner *c, const tensor_desc *results, const tensor_desc *wanted) {
    control_step *s = c->step;
    const tensor_desc test = tensor_describe(COT_BOOL, 0, NULL, NULL);
    const bool is_while = s->kind == CONTROL_WHILE;
    TRY(plan_region(c, 0, is_while ? &test : wanted, is_while ? 1 : s->num_results));
    for (uint32_t k = 1; k < s->num_regions; k++)
        if (c->bodies[k]) TRY(plan_region(c, k, wanted, s->num_results));
    if (!picks(s)) TRY(plan_carries(c, wanted));
    if (is_while) s->test_at = reserve(c, 1);
    plan_lanes(c, wanted);
    const uint32_t first = s->regions[0].body->kernels, second = c->bodies[1] ? s->regions[1].body->kernels : 0;
    s->kernels = is_while ? first + second : first * (uint32_t)s->iterations;
    for (uint32_t k = 0; k < s->num_regions && picks(s); k++)
        s->kernels = MAX(k ? s->kernels : 0, s->regions[k].body->kernels);
    if (s->lanes) s->kernels = 1;
    plan_levels(c, results);
    return COT_OK;
}

/* The arena of the body that runs comes first. */
static void shift_scratch(control_planner *c, uint64_t by) {
    control_step *s = c->step;
    for (uint32_t k = 0; k < s->num_regions && s->regions[k].body; k++)
        for (uint32_t b = 0; b < s->regions[k].body->num_blocks; b++) ((uint64_t *)s->regions[k].block_at)[b] += by;
    for (uint32_t i = 0; i < s->num_turns; i++) ((uint64_t *)s->carry_at)[i] += by;
    s->test_at += by;
    s->file_at += by;
}

static uint64_t body_arena(const region *r) { return r->body ? (r->body->arena_bytes + 63) / 64 * 64 : 0; }

static void add_draft(control_planner *c, const tensor_desc *results, const location *at) {
    planner *p = c->p;
    control_step *s = c->step;
    const node *n = graph_node(c->g, c->v);
    const uint32_t headers = s->stacked ? s->num_results : 0, num_results = s->num_results + headers;
    const uint32_t count = num_results + c->at.count;
    uint64_t arena_bytes = 0;
    for (uint32_t k = 0; k < s->num_regions; k++) arena_bytes = MAX(arena_bytes, body_arena(&s->regions[k]));
    shift_scratch(c, arena_bytes);
    const uint64_t scratch_bytes = arena_bytes + c->scratch;
    const uint32_t scratch = scratch_bytes ? planner_add_storage(p, n->name, scratch_bytes) : NO_STORAGE;
    draft *d = VEC_PUSH(p->scratch, &p->drafts);
    *d = (draft){.step = {.name = n->name,
                          .what = n->op->name,
                          .num_results = num_results,
                          .num_operands = c->at.count,
                          .control = s,
                          .backward = p->backward,
                          .call = n->call},
                 .scratch = scratch,
                 .scratch_bytes = scratch_bytes};
    d->at = ARENA_ARRAY(p->scratch, location, count);
    d->tensors = ARENA_ARRAY(p->arena, tensor_desc, count);
    if (s->num_results) {
        memcpy(d->at, at, s->num_results * sizeof *at);
        memcpy(d->tensors, results, s->num_results * sizeof *results);
    }
    for (uint32_t i = s->num_carries; s->grows && i < s->num_results; i++) d->tensors[i].numel = -1;
    for (uint32_t i = 0; i < headers; i++) {
        d->at[s->num_results + i] = c->values[c->v].parts[i];
        d->tensors[s->num_results + i].numel = -1;
    }
    if (c->at.count) {
        memcpy(d->at + num_results, c->at.data, c->at.count * sizeof *at);
        memcpy(d->tensors + num_results, c->tensors.data, c->at.count * sizeof *results);
    }
}

/* Branches may have sizes of their own, which those of operands tell. */
static cot_status bind_bodies(control_planner *c) {
    planner *p = c->p;
    const uint32_t count = MAX(c->step->num_regions, 2u);
    c->bindings = ARENA_ARRAY(p->scratch, binding, count);
    c->misfit = ARENA_ARRAY(p->scratch, bool, count);
    for (uint32_t k = 0; k < count; k++) {
        c->bindings[k] = *p->binding;
        if (!c->bodies[k] || !picks(c->step) || c->bodies[k]->inputs.count != c->form.rest.count) continue;
        type *given = ARENA_ARRAY(p->scratch, type, c->form.rest.count);
        for (uint32_t i = 0; i < c->form.rest.count; i++) {
            const value v = arg_as_value(&c->form.rest.list[i]);
            if (v != NO_VALUE) given[i] = c->values[v].type;
        }
        c->bindings[k] = late_binding(p, c->bodies[k], given, c->form.rest.count);
    }
    return COT_OK;
}

static cot_status find_bodies(control_planner *c) {
    control_step *s = c->step;
    const bool listed = s->kind == CONTROL_SWITCH;
    s->num_regions = listed ? c->form.branches.count : 2;
    s->regions = ARENA_ARRAY(c->p->arena, region, MAX(s->num_regions, 2u));
    c->bodies = arena_array(c->p->scratch, MAX(s->num_regions, 2u), sizeof *c->bodies);
    bool all = c->values[c->v].type.kind == TYPE_TUPLE;
    for (uint32_t k = 0; k < s->num_regions; k++) {
        const value body = listed ? arg_as_value(&c->form.branches.list[k]) : c->form.bodies[k];
        c->bodies[k] = body == NO_VALUE ? NULL : c->values[body].child;
        all &= c->bodies[k] || (k && !listed);
    }
    if (all && c->bodies[0]) return bind_bodies(c);
    return graph_fail(c->g, c->v, c->p->error, COT_SCHEMA, "%s: a body of the call does not exist",
                      graph_node(c->g, c->v)->op->name);
}

cot_status planner_add_control(planner *p, const cot_graph *g, value v, plan_value *values) {
    const node *n = graph_node(g, v);
    control_planner c = {.p = p, .g = g, .v = v, .values = values, .step = ARENA_NEW(p->arena, control_step)};
    n->op->record->control->run(n, &c.form);
    control_step *s = c.step;
    s->kind = c.form.kind;
    TRY(find_bodies(&c));
    s->reversed = c.form.reversed;
    s->num_carries = c.form.carries.count, s->num_xs = c.form.xs.count, s->num_rest = c.form.rest.count;
    s->num_results = values[v].type.count;
    if (s->num_xs) s->iterations = values[arg_as_value(&c.form.xs.list[0])].type.sizes[0];
    tensor_desc *results = ARENA_ARRAY(p->scratch, tensor_desc, s->num_results);
    tensor_desc *wanted = ARENA_ARRAY(p->scratch, tensor_desc, s->num_results);
    location *at = ARENA_ARRAY(p->scratch, location, s->num_results);
    TRY(plan_operands(&c));
    TRY(plan_results(&c, results, at, wanted));
    TRY(plan_regions(&c, results, wanted));
    add_draft(&c, results, at);
    return COT_OK;
}

/* ---- running ---------------------------------------------------------------------------------------------------- */

typedef struct control_frame {
    const step *s;
    char *const *results, *const *operands;
    char *scratch;
    char **in, **out, **stack; /* of the body that runs */
    struct pool *pool;
    const _Atomic(int) *cancel;
} control_frame;

static void copy_tensor(const control_frame *f, const tensor_desc descs[2], char *to, char *from) {
    void *data[2] = {to, from};
    const kernel_call call = {.tensors = descs, .data = data, .num_results = 1, .num_operands = 1, .pool = f->pool};
    move_copy(&call);
}

/* Runs a body on in[], its results to out[]. */
static bool run_region(const control_frame *f, const region *r, uint32_t num_results, run_key key) {
    const plan *body = r->body;
    char **stack = f->stack, **inputs = stack + SLOT_FIRST, **blocks = inputs + body->num_inputs;
    stack[SLOT_NONE] = NULL;
    stack[SLOT_ARENA] = f->scratch;
    memcpy(inputs, f->in, body->num_inputs * sizeof *stack);
    for (uint32_t b = 0; b < body->num_blocks; b++)
        blocks[b] = r->made_for[b] == NO_RESULT ? f->scratch + r->block_at[b] : f->out[r->made_for[b]];
    const uint32_t used = f->pool->grown->used; /* what grew in the body goes with it */
    const bool done = plan_run(body, 0, body->num_steps, stack, f->pool, key, f->cancel);
    f->pool->grown->used = used;
    if (!done) return false;
    for (uint32_t i = 0; i < num_results; i++) {
        const body_output *o = &body->outputs[i];
        if (r->copied[i])
            copy_tensor(f, r->copies[i], f->out[i], (o->is_input ? inputs[o->index] : blocks[o->index]) + o->offset);
    }
    return true;
}

/* The number of a branch; one that does not exist is the nearest that does. */
static uint32_t picked(const control_step *c, const char *predicate) {
    int64_t index = 0;
    if (c->index_bytes == 8) memcpy(&index, predicate, 8);
    else if (c->index_bytes == 4) index = *(const int32_t *)(const void *)predicate;
    else if (c->index_bytes == 2) index = *(const int16_t *)(const void *)predicate;
    else index = *(const int8_t *)predicate;
    return (uint32_t)MAX(MIN(index, (int64_t)c->num_regions - 1), 0);
}

static bool run_branch(control_frame *f, run_key key) {
    const control_step *c = f->s->control;
    const char *predicate = f->operands[(c->num_regions - 1) * c->second + c->num_rest];
    const uint32_t taken = c->known ? c->taken : c->kind == CONTROL_BRANCH ? !*predicate : picked(c, predicate);
    memcpy(f->in, f->operands + taken * c->second, c->num_rest * sizeof *f->in);
    memcpy(f->out, f->results, c->num_results * sizeof *f->out);
    return run_region(f, &c->regions[taken], c->num_results, key);
}

/* The carries as they are now become the results. */
static void keep_carries(control_frame *f) {
    const control_step *c = f->s->control;
    for (uint32_t i = 0; i < c->num_carries; i++)
        if (f->in[i] != f->results[i]) copy_tensor(f, c->copies[i], f->results[i], f->in[i]);
}

/* The next place of each carry: the one that is not read now. */
static void turn_carries(control_frame *f, bool to_result) {
    const control_step *c = f->s->control;
    for (uint32_t i = 0; i < c->num_carries; i++) f->out[i] = to_result ? f->results[i] : f->scratch + c->carry_at[i];
}

static grown_stack *header_of(char *pointer) { return (grown_stack *)(void *)pointer; }

KERNEL_DECLARE(lanes_run_fn, lanes_run);

/* The whole loop at once. */
static bool run_lanes(control_frame *f, int64_t count) {
    const control_step *c = f->s->control;
    for (uint32_t i = 0; i < c->num_xs; i++) {
        char *rows = f->operands[c->num_carries + i];
        if (c->is_stack[i]) rows = header_of(rows)->data;
        f->in[c->num_carries + i] = rows + (c->backwards[i] ? (count - 1) * c->x_bytes[i] : 0);
    }
    memcpy(f->out, f->results, c->num_results * sizeof *f->out);
    for (uint32_t i = c->num_carries; c->grows && i < c->num_results; i++) f->out[i] = header_of(f->results[i])->data;
    const lanes_call call = {.program = c->lanes,
                             .file = f->scratch + c->file_at,
                             .inputs = f->in,
                             .outputs = f->out,
                             .item_bytes = c->x_steps,
                             .row_bytes = c->result_bytes,
                             .count = count,
                             .cancel = f->cancel};
    return KERNEL_SELECT(lanes_run)(&call) >= 0;
}

/* Room for the rows of what a loop over stacks stacks. */
static bool begin_grown(control_frame *f, int64_t rows) {
    const control_step *c = f->s->control;
    for (uint32_t i = c->num_carries; c->grows && i < c->num_results; i++) {
        grown_stack *h = header_of(f->results[i]);
        if (!grown_take(f->pool->grown, &h->buffer)) return false;
        h->data = grown_reserve(f->pool->grown, h->buffer, MAX((uint64_t)rows * (uint64_t)c->result_bytes[i], 1u));
        if (!h->data) return false;
        h->rows = rows;
    }
    return true;
}

static bool run_loop(control_frame *f, run_key key) {
    const control_step *c = f->s->control;
    char *const *xs = f->operands + c->num_carries;
    int64_t iterations = c->iterations;
    memcpy(f->in, f->operands, (c->num_carries + c->num_xs + c->num_rest) * sizeof *f->in);
    if (c->num_xs && c->is_stack[0]) iterations = header_of(xs[0])->rows;
    if (!begin_grown(f, iterations)) return false;
    if (c->lanes) return run_lanes(f, iterations);
    for (int64_t k = 0; k < iterations; k++) {
        turn_carries(f, (iterations - k) & 1);
        for (uint32_t i = 0; i < c->num_xs; i++)
            f->in[c->num_carries + i] = (c->is_stack[i] ? header_of(xs[i])->data : xs[i]) +
                                        (c->backwards[i] ? iterations - 1 - k : k) * c->x_bytes[i];
        for (uint32_t i = c->num_carries; i < c->num_results; i++)
            f->out[i] = (c->grows ? header_of(f->results[i])->data : f->results[i]) + k * c->result_bytes[i];
        const uint64_t number = (uint64_t)(c->reversed ? iterations - 1 - k : k);
        if (!run_region(f, &c->regions[0], c->num_results, run_key_of(key, number))) return false;
        memcpy(f->in, f->out, c->num_carries * sizeof *f->in);
    }
    keep_carries(f);
    return true;
}

/* Buffers for the carries that are kept. */
static bool begin_stacks(control_frame *f) {
    const control_step *c = f->s->control;
    for (uint32_t i = 0; c->stacked && i < c->num_carries; i++) {
        grown_stack *h = header_of(f->results[c->num_carries + i]);
        if (c->stacked[i] && !grown_take(f->pool->grown, &h->buffer)) return false;
    }
    return true;
}

/* Row k is the next place of each carry that is kept; where the row before it is now, the body reads it. */
static bool grow_stacks(control_frame *f, uint64_t k) {
    const control_step *c = f->s->control;
    for (uint32_t i = 0; c->stacked && i < c->num_carries; i++) {
        if (!c->stacked[i]) continue;
        grown_stack *h = header_of(f->results[c->num_carries + i]);
        const uint64_t row = (uint64_t)c->result_bytes[i];
        h->data = grown_reserve(f->pool->grown, h->buffer, MAX((k + 1) * row, 1u));
        if (!h->data) return false;
        f->out[i] = h->data + k * row;
        if (k) f->in[i] = f->out[i] - row;
    }
    return true;
}

/* After `count` iterations; a loop without iterations gives the carries as they were. */
static bool end_stacks(control_frame *f, uint64_t count) {
    const control_step *c = f->s->control;
    if (!count && !grow_stacks(f, 0)) return false;
    for (uint32_t i = 0; c->stacked && i < c->num_carries; i++) {
        grown_stack *h = header_of(f->results[c->num_carries + i]);
        h->rows = (int64_t)MAX(count, 1u);
        if (c->stacked[i] && !count) copy_tensor(f, c->copies[i], h->data, f->in[i]);
    }
    return true;
}

static bool run_while(control_frame *f, run_key key) {
    const control_step *c = f->s->control;
    const run_key tests = run_key_of(key, UINT64_MAX); /* iteration k of the body has number k, as in the backward */
    uint64_t k = 0;
    if (!begin_stacks(f)) return false;
    memcpy(f->in, f->operands, (c->num_carries + c->num_rest) * sizeof *f->in);
    if (c->lanes) return run_lanes(f, INT64_MAX);
    for (;; k++) {
        if (atomic_load_explicit(f->cancel, memory_order_relaxed)) return false;
        f->out[0] = f->scratch + c->test_at;
        if (!run_region(f, &c->regions[0], 1, run_key_of(tests, k))) return false;
        if (!*(const bool *)(f->scratch + c->test_at)) break;
        turn_carries(f, k & 1);
        if (!grow_stacks(f, k) || !run_region(f, &c->regions[1], c->num_results, run_key_of(key, k))) return false;
        memcpy(f->in, f->out, c->num_carries * sizeof *f->in);
    }
    keep_carries(f);
    return end_stacks(f, k);
}

/* Item `right` of the results becomes the combination of item `left` and itself. */
static bool combine(control_frame *f, int64_t left, int64_t right, run_key key) {
    const control_step *c = f->s->control;
    for (uint32_t i = 0; i < c->num_xs; i++) {
        f->in[i] = f->results[i] + left * c->result_bytes[i];
        f->in[c->num_xs + i] = f->results[i] + right * c->result_bytes[i];
        f->out[i] = f->scratch + c->carry_at[i];
    }
    const uint64_t number = (uint64_t)(left * c->iterations + right);
    if (!run_region(f, &c->regions[0], c->num_xs, run_key_of(key, number))) return false;
    for (uint32_t i = 0; i < c->num_xs; i++) copy_tensor(f, c->copies[i], f->in[c->num_xs + i], f->out[i]);
    return true;
}

/* In place, in the order of PyTorch's recursion: neighbours are combined, the prefixes of those found, and from them
 * those in between. The elements of a level lie `span` items apart, each at the end of its span. */
static bool run_prefix(control_frame *f, run_key key) {
    const control_step *c = f->s->control;
    const int64_t count = c->iterations;
    memcpy(f->in + 2 * c->num_xs, f->operands + c->num_xs, c->num_rest * sizeof *f->in);
    for (uint32_t i = 0; i < c->num_xs && c->stacks; i++) copy_tensor(f, c->stacks[i], f->results[i], f->operands[i]);
    for (uint32_t i = 0; i < c->num_xs && !c->stacks; i++)
        for (int64_t k = 0; k < count; k++)
            copy_tensor(f, c->copies[i], f->results[i] + k * c->result_bytes[i], f->operands[i] + k * c->x_bytes[i]);
    if (c->levels) {
        const prefix_call call = {.results = f->results,
                                  .rest = f->operands + c->num_xs,
                                  .data = f->stack,
                                  .item_bytes = c->result_bytes,
                                  .scratch = f->scratch + c->file_at,
                                  .pool = f->pool};
        prefix_run(c->levels, &call);
        return true;
    }
    int64_t span = 1;
    for (; count / span > 1; span *= 2)
        for (int64_t k = 2 * span - 1; k < count; k += 2 * span)
            if (!combine(f, k - span, k, key)) return false;
    for (span /= 2; span; span /= 2)
        for (int64_t k = 3 * span - 1; k < count; k += 2 * span)
            if (!combine(f, k - span, k, key)) return false;
    return true;
}

bool control_run(const step *s, char *const *pointers, char *scratch, char **stack, struct pool *pool, run_key key,
                 const _Atomic(int) *cancel) {
    const control_step *c = s->control;
    const uint32_t num_inputs = c->regions[0].body->num_inputs;
    control_frame f = {.s = s,
                       .results = pointers,
                       .operands = pointers + s->num_results,
                       .scratch = scratch,
                       .in = stack,
                       .out = stack + num_inputs,
                       .stack = stack + num_inputs + MAX(c->num_results, 1u),
                       .pool = pool,
                       .cancel = cancel};
    switch (c->kind) {
    case CONTROL_BRANCH:
    case CONTROL_SWITCH: return run_branch(&f, key);
    case CONTROL_LOOP: return run_loop(&f, key);
    case CONTROL_WHILE: return run_while(&f, key);
    default: return run_prefix(&f, key);
    }
}
