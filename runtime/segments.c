/* SPDX-License-Identifier: MIT
 * segments.c — cutting a graph at its bind points, and planning what ends at one. */
#include "runtime/segments.h"
#include "ops/control.h"
#include "ops/emit.h"
#include "runtime/grown.h"
#include <inttypes.h>
#include <string.h>

/* ---- cutting ----------------------------------------------------------------------------------------------------- */

typedef struct cutter {
    arena *arena;
    syms *syms;
    const cot_graph *g;
    VEC(symbol_value) known;
    VEC(segment_symbol) symbols;
    uint32_t *of;
    value *root;
    bool *crosses;
    uint32_t reader; /* see note_read: the segment of the node that reads */
    VEC(dim) asked;  /* numbers of iterations that somebody asks for */
} cutter;

static binding known_of(const cutter *c) { return (binding){c->known.data, c->known.count}; }

static dim unbound_in(const cutter *c, const type *t) {
    const binding b = known_of(c);
    dim found = t->kind == TYPE_TENSOR || t->kind == TYPE_TUPLE ? 0 : dim_unbound(c->syms, t->expr, &b);
    for (uint32_t i = 0; t->kind == TYPE_TENSOR && i < t->ndim && !found; i++)
        found = dim_unbound(c->syms, t->sizes[i], &b);
    for (uint32_t i = 0; t->kind == TYPE_TUPLE && i < t->count && !found; i++) found = unbound_in(c, &t->parts[i]);
    return found;
}

/* ---- stacks whose length is asked for -----------------------------------------------------------------------------
 */

static bool is_loop(const node *n, control_form *form) {
    const control_hooks *hooks = n->op->record ? n->op->record->control : NULL;
    if (!hooks || !hooks->run) return false;
    hooks->run(n, form);
    return true;
}

static bool is_stacking(const node *n) {
    control_form form;
    return is_loop(n, &form) && form.stacks;
}

static bool is_measured(const cutter *c, dim d) {
    bool found = false;
    for (uint32_t i = 0; i < c->asked.count; i++) found |= c->asked.data[i] == d;
    return found;
}

/* What is done with stacks as they lie, and what asks for their length: one walk over a graph. */
typedef struct stack_walk {
    cutter *c;
    const cot_graph *g;
    bool *reversed; /* by value: the last row comes first */
    const node *reader;
    control_form form; /* of a reader that is a loop along its xs */
    bool along;
} stack_walk;

/* A size of v that a loop makes; 0: it has none. */
static dim length_of(const stack_walk *w, value v) {
    const type *t = graph_type(w->g, v);
    return t->kind == TYPE_TENSOR ? unbound_in(w->c, t) : 0;
}

/* Whether the reader takes v, a stack, as it lies. */
static bool takes_rows(const stack_walk *w, value v) {
    const node *n = w->reader;
    if (n->op->kind == OP_GETITEM) return true;
    const rows_rule rule = n->op->record->rows;
    const arg *dims = n->nargs > 1 ? &n->args[1] : NULL;
    const bool lone = dims && (dims->kind == ARG_LIST || dims->kind == ARG_TUPLE) && dims->count == 1;
    const bool first = dims && arg_as_int(lone ? &dims->list[0] : dims, -1) == 0;
    if (rule == ROWS_REVERSED) return first && arg_as_value(&n->args[0]) == v;
    if (rule == ROWS_LAST) {
        const node *part = graph_node(w->g, v);
        const bool kept = part->op->kind == OP_GETITEM && is_stacking(graph_node(w->g, arg_as_value(&part->args[0])));
        return first && kept && n->nargs > 2 && arg_as_int(&n->args[2], 0) == -1 && arg_as_value(&n->args[0]) == v;
    }
    return w->along && arg_reads(&w->form.xs, v) && !arg_reads(&w->form.carries, v) && !arg_reads(&w->form.rest, v);
}

static void ask_length(cutter *c, dim d) {
    if (!is_measured(c, d)) *VEC_PUSH(c->arena, &c->asked) = d;
}

static void see_operand(void *user, value v) {
    stack_walk *w = user;
    const dim d = length_of(w, v);
    if (!d || takes_rows(w, v)) return;
    ask_length(w->c, d);
}

static void see_output(void *user, value v) {
    stack_walk *w = user;
    const dim d = length_of(w, v);
    if (d && w->reversed[v]) ask_length(w->c, d);
}

/* `forward`: of g, if that is a backward; reversed: of it. */
static bool *find_asked(cutter *c, const cot_graph *g, const cot_graph *forward, const bool *reversed) {
    stack_walk w = {.c = c, .g = g, .reversed = ARENA_ARRAY(c->arena, bool, g->nodes.count + 1u)};
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = w.reader = graph_node(g, v);
        if (n->op->kind == OP_PLACEHOLDER) {
            const value from = forward ? graph_find(forward, n->name) : NO_VALUE;
            w.reversed[v] = from != NO_VALUE && reversed[from];
            if (from == NO_VALUE && length_of(&w, v)) ask_length(c, length_of(&w, v)); /* the tangent of a stack */
            continue;
        }
        w.along = is_loop(n, &w.form) && w.form.kind == CONTROL_LOOP;
        const value base = n->nargs ? arg_as_value(&n->args[0]) : NO_VALUE;
        if (n->op->record && n->op->record->rows == ROWS_REVERSED && base != NO_VALUE)
            w.reversed[v] = !w.reversed[base];
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], see_operand, &w);
    }
    if (forward) return w.reversed; /* what a backward gives is no stack */
    arg_list leaves = {0};
    arg_leaves(c->arena, &g->output, &leaves);
    for (uint32_t i = 0; i < g->num_mutated + g->num_user_outputs && i < leaves.count; i++)
        arg_each(&leaves.data[i], see_output, &w);
    return w.reversed;
}

/* ---- bind points ---------------------------------------------------------------------------------------------------
 */

static value root_of(const cutter *c, value v) {
    const node *n = graph_node(c->g, v);
    const value base = n->nargs ? arg_as_value(&n->args[0]) : NO_VALUE;
    if (n->type.kind != TYPE_TENSOR && n->type.kind != TYPE_TUPLE) return v;
    if (base == NO_VALUE || n->op->kind == OP_PLACEHOLDER || n->op->kind == OP_GET_ATTR) return v;
    if (n->op->kind == OP_GETITEM) return planner_is_view(graph_node(c->g, base)->op) ? c->root[base] : v;
    return planner_is_view(n->op) && graph_type(c->g, base)->kind == TYPE_TENSOR ? c->root[base] : v;
}

static void note_read(void *user, value v) {
    cutter *c = user;
    if (c->of[v] >= c->reader) return;
    c->crosses[v] = true;
    c->crosses[c->root[v]] = true;
}

static bool cut(cutter *c, value *bind, uint32_t *count) {
    const cot_graph *g = c->g;
    *count = 0;
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        c->root[v] = root_of(c, v);
        for (dim d; n->op->traits & OP_BINDS && (d = unbound_in(c, &n->type)) != 0;) {
            if (!*count || bind[*count - 1] != v) bind[(*count)++] = v;
            *VEC_PUSH(c->arena, &c->known) = (symbol_value){.symbol = d, .value = 1};
            *VEC_PUSH(c->arena, &c->symbols) = (segment_symbol){d, n->type.kind == TYPE_FLOAT};
        }
        /* A part is there when the tuple is. */
        c->of[v] = n->op->kind == OP_GETITEM ? c->of[n->args[0].value] : *count;
        const dim d = c->asked.count && is_stacking(n) ? unbound_in(c, &n->type) : 0;
        if (!d || !is_measured(c, d)) continue;
        *VEC_PUSH(c->arena, &c->known) = (symbol_value){.symbol = d, .value = 1};
        *VEC_PUSH(c->arena, &c->symbols) = (segment_symbol){d, false};
        bind[(*count)++] = v;
    }
    ++*count;
    return *count > 1;
}

static void find_crossing(cutter *c, uint32_t count) {
    const cot_graph *g = c->g;
    for (value v = 0; v < g->nodes.count; v++) {
        c->reader = c->of[v];
        for (uint32_t i = 0; i < graph_node(g, v)->nargs; i++) arg_each(&graph_node(g, v)->args[i], note_read, c);
    }
    c->reader = count;
    arg_each(&g->output, note_read, c);
}

/* What a loop stacks has a length that nobody asked for: it has no value, and the plan needs none. */
static bool is_stack(const cutter *c, const type *t) { return t->kind == TYPE_TENSOR && unbound_in(c, t); }

static void find_homes(cutter *c, segments *out) {
    const cot_graph *g = c->g;
    VEC(home) homes = {0};
    uint32_t *home_of = ARENA_ARRAY(c->arena, uint32_t, g->nodes.count);
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        home_of[v] = NO_PART;
        if (!c->crosses[v] || c->root[v] != v || c->of[v] + 1 == out->count || n->op->kind == OP_PLACEHOLDER) continue;
        home_of[v] = homes.count;
        if (n->type.kind == TYPE_TENSOR) *VEC_PUSH(c->arena, &homes) = (home){v, NO_PART};
        if (is_stack(c, &n->type)) *VEC_PUSH(c->arena, &homes) = (home){v, LAST_ROW};
        for (uint32_t i = 0; n->type.kind == TYPE_TUPLE && i < n->type.count; i++)
            *VEC_PUSH(c->arena, &homes) = (home){v, i};
    }
    out->homes = homes.data;
    out->num_homes = homes.count;
    out->home_of = home_of;
}

const segments *segments_find(arena *a, const cot_graph *g, const cot_graph *backward, const binding *b, syms *s) {
    cutter c = {.arena = a, .syms = s, .g = g};
    bool any = false, stacks = false;
    for (value v = 0; v < g->nodes.count; v++) {
        any |= (graph_node(g, v)->op->traits & OP_BINDS) != 0;
        stacks |= is_stacking(graph_node(g, v));
    }
    if (!any && !stacks) return NULL;
    for (uint32_t i = 0; i < b->count; i++) *VEC_PUSH(a, &c.known) = b->entries[i];
    if (stacks) {
        const bool *reversed = find_asked(&c, g, NULL, NULL);
        if (backward) find_asked(&c, backward, g, reversed);
    }
    c.of = ARENA_ARRAY(a, uint32_t, g->nodes.count);
    c.root = ARENA_ARRAY(a, value, g->nodes.count);
    c.crosses = ARENA_ARRAY(a, bool, g->nodes.count);
    segments *out = ARENA_NEW(a, segments);
    value *bind = ARENA_ARRAY(a, value, g->nodes.count);
    if (!cut(&c, bind, &out->count)) return NULL;
    find_crossing(&c, out->count);
    find_homes(&c, out);
    out->graph = g;
    out->of = c.of;
    out->bind = bind;
    out->root = c.root;
    out->crosses = c.crosses;
    out->symbols = c.symbols.data;
    out->num_symbols = c.symbols.count;
    return out;
}

/* ---- what a segment reads of those before it --------------------------------------------------------------------- */

/* Where a part of a view, or a view, lies in its root. */
static location view_of(const plan_value *root, const type *view) {
    const int64_t from = root->type.offset * (int64_t)dtype_bytes((cot_dtype)root->type.dtype);
    const int64_t to = view->offset * (int64_t)dtype_bytes((cot_dtype)view->dtype);
    return (location){root->at.storage, root->at.offset + to - from};
}

static void enter_parts(planner *p, plan_value *out, const plan_value *root, uint32_t first_storage) {
    location *parts = ARENA_ARRAY(p->scratch, location, out->type.count);
    for (uint32_t i = 0; i < out->type.count; i++)
        parts[i] = root == out ? (location){first_storage + i, 0} : view_of(root, &out->type.parts[i]);
    out->parts = parts;
}

static cot_status enter_value(planner *p, value v, plan_value *values, uint32_t first_home) {
    const segments *s = p->segments;
    const node *n = graph_node(s->graph, v);
    plan_value *out = &values[v];
    out->at.storage = out->contiguous.storage = NO_STORAGE;
    if (n->op->kind == OP_GET_ATTR) {
        out->type = n->type;
        out->child = graph_child(s->graph, n->target ? n->target : n->name);
        return COT_OK;
    }
    const bool is_number = n->type.kind == TYPE_INT || n->type.kind == TYPE_BOOL || n->type.kind == TYPE_FLOAT;
    if (!s->crosses[v] && !is_number) return COT_OK;
    const uint32_t storage = s->home_of[v] == NO_PART ? NO_STORAGE : first_home + s->home_of[v];
    if (planner_is_stack(p, &n->type)) {
        out->is_stack = true;
        out->at = (location){storage, 0};
        out->last = (location){storage + 1, 0};
        return planner_stack_type(p, s->graph, v, &n->type, &out->type);
    }
    TRY(planner_type(p, s->graph, v, &n->type, &out->type));
    if (is_number) {
        planner_number(p, &n->type, out);
        return COT_OK;
    }
    const plan_value *root = &values[s->root[v]];
    if (out->type.kind == TYPE_TUPLE) enter_parts(p, out, root, storage);
    else if (out->type.kind == TYPE_TENSOR) out->at = root == out ? (location){storage, 0} : view_of(root, &out->type);
    return COT_OK;
}

cot_status segments_enter(planner *p, plan_value *values) {
    const segments *s = p->segments;
    const uint32_t first = p->storages.count;
    p->first_home_slot = p->num_slots;
    for (uint32_t i = 0; i < s->num_homes; i++) planner_add_outside(p, graph_node(s->graph, s->homes[i].of)->name, 0);
    for (value v = 0; v < s->graph->nodes.count; v++)
        if (s->of[v] < p->segment && graph_node(s->graph, v)->op->kind != OP_PLACEHOLDER)
            TRY(enter_value(p, v, values, first));
    return COT_OK;
}

/* ---- planning a segment that ends at a bind point ---------------------------------------------------------------- */

static location home_location(const segments *s, const plan_value *values, uint32_t h) {
    const home *x = &s->homes[h];
    if (x->part == LAST_ROW) return values[x->of].last;
    return x->part == NO_PART ? values[x->of].at : values[x->of].parts[x->part];
}

static bool is_made_here(const planner *p, uint32_t h) {
    return p->segments->of[p->segments->homes[h].of] == p->segment;
}

static void keep_homes(planner *p, const plan_value *values) {
    for (uint32_t h = 0; h < p->segments->num_homes; h++) {
        if (!is_made_here(p, h)) continue;
        const location at = home_location(p->segments, values, h);
        if (at.storage == NO_STORAGE) continue;
        p->storages.data[at.storage].last = STEP_END;
        p->storages.data[at.storage].pinned = true;
    }
}

/* Storages of homes leave the arena: each is a block of the run's memory. */
static void take_homes(planner *p, const plan_value *values, head_plan *out) {
    const segments *s = p->segments;
    head_block *blocks = ARENA_ARRAY(p->arena, head_block, s->num_homes);
    head_home *homes = ARENA_ARRAY(p->arena, head_home, s->num_homes);
    for (uint32_t h = 0; h < s->num_homes; h++) {
        if (!is_made_here(p, h)) continue;
        const location at = planner_resolve(p, home_location(s, values, h));
        if (at.storage == NO_STORAGE) continue;
        storage *lies = &p->storages.data[at.storage];
        if (!lies->outside) {
            lies->outside = true;
            lies->slot = p->num_slots++;
            blocks[out->num_blocks++] = (head_block){lies->slot, lies->bytes, out->bytes};
            out->bytes += (lies->bytes + 63) / 64 * 64;
        }
        const value of = s->homes[h].of, tuple = arg_as_value(&graph_node(s->graph, of)->args[0]);
        const bool is_part = graph_node(s->graph, of)->op->kind == OP_GETITEM && tuple == s->bind[p->segment];
        homes[out->num_homes++] = (head_home){p->first_home_slot + h, lies->slot, at.offset, is_part};
    }
    out->blocks = blocks;
    out->homes = homes;
}

/* A loop at the end of the segment counts its rows itself. */
static location count_rows(planner *p, plan_value *values, head_plan *out) {
    const plan_value *loop = &values[p->segments->bind[p->segment]];
    out->measured = graph_type(p->segments->graph, p->segments->bind[p->segment])->parts[0].sizes[0];
    out->number_slot = SLOT_NONE;
    p->storages.data[loop->parts[0].storage].last = STEP_END;
    p->storages.data[loop->parts[0].storage].pinned = true;
    return loop->parts[0];
}

static cot_status add_measurement(planner *p, plan_value *values, head_plan *out) {
    const segments *s = p->segments;
    const value v = s->bind[p->segment];
    const uint32_t number = planner_add_outside(p, graph_node(s->graph, v)->name, sizeof(int64_t));
    out->number_slot = p->storages.data[number].slot;
    return planner_add_measurement(p, s->graph, v, values, (location){number, 0}, &out->measured, &out->is_float);
}

cot_status segments_plan_head(planner *p, plan_value *values, head_plan *out) {
    *out = (head_plan){0};
    location counted = {NO_STORAGE, 0};
    TRY(planner_add_graph(p, p->segments->graph, values));
    if (p->segments->of[p->segments->bind[p->segment]] == p->segment) counted = count_rows(p, values, out);
    else TRY(add_measurement(p, values, out));
    keep_homes(p, values);
    planner_fuse(p);
    planner_lifetimes(p);
    take_homes(p, values, out);
    TRY(planner_place(p, &out->plan.arena_bytes));
    if (counted.storage != NO_STORAGE) out->counted = planner_location_place(p, counted);
    return planner_finish(p, &out->plan);
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

void segments_bind_head(const head_plan *h, char **bases, char *memory, int64_t *number) {
    for (uint32_t i = 0; i < h->num_blocks; i++) bases[h->blocks[i].slot] = memory + h->blocks[i].at;
    for (uint32_t i = 0; i < h->num_homes; i++) {
        const char *from = bases[h->homes[i].from];
        bases[h->homes[i].slot] = from ? (char *)(uintptr_t)from + h->homes[i].offset : NULL;
    }
    if (h->number_slot) bases[h->number_slot] = (char *)number;
}

void segments_take_rows(const head_plan *h, char **bases, int64_t *number) {
    if (h->number_slot) return;
    *number = ((const grown_stack *)(const void *)(bases[h->counted.slot] + h->counted.offset))->rows;
    for (uint32_t i = 0; i < h->num_homes; i++)
        if (h->homes[i].is_stack)
            bases[h->homes[i].slot] = ((const grown_stack *)(const void *)bases[h->homes[i].slot])->data;
}

cot_status segments_take_measure(const segments *s, uint32_t segment, const head_plan *h, const syms *symbols,
                                 int64_t number, binding *b, cot_error *error) {
    const cot_graph *g = s->graph;
    const value v = s->bind[segment];
    symbol_value found = {.value = number, .is_float = h->is_float};
    if (h->is_float) memcpy(&found.number, &number, sizeof found.number);
    const bool relation = graph_type(g, v)->kind == TYPE_BOOL;
    found.symbol = dim_unbound(symbols, h->measured, b);
    if (!h->is_float && !relation && graph_type(g, v)->kind != TYPE_INT && found.value < 0)
        return graph_fail(g, v, error, COT_SHAPE, "%s: repeats can not be negative", graph_node(g, v)->op->name);
    if (found.symbol) b->entries[b->count++] = found;
    if (h->is_float || relation || dim_value(symbols, h->measured, b) == found.value) return COT_OK;
    return graph_fail(g, v, error, COT_SHAPE, "a size is %" PRId64 ", where the program says %" PRId64, found.value,
                      dim_value(symbols, h->measured, b));
}
