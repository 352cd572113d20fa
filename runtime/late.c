/* SPDX-License-Identifier: MIT
 * late.c — calls of bodies whose sizes only a run knows: planned as calls, then piece by piece as they run. */
#include "runtime/late.h"
#include "base/error.h"
#include "runtime/grown.h"
#include "runtime/pool.h"
#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>

enum { KEPT = 256 }; /* plans of a body that are kept: those used last */

/* ---- planning the call ------------------------------------------------------------------------------------------- */

static void bind_symbol(planner *p, binding *b, dim symbol, int64_t number) {
    if (!dim_symbol_name(p->ctx->syms, symbol) || dim_value(p->ctx->syms, symbol, b) != DIM_ERROR) return;
    b->entries[b->count++] = (symbol_value){.symbol = symbol, .value = number};
}

binding late_binding(planner *p, const cot_graph *body, const type *given, uint32_t count) {
    uint32_t room = p->binding->count;
    for (uint32_t i = 0; i < count; i++) room += graph_type(body, body->inputs.data[i])->ndim;
    binding b = {ARENA_ARRAY(p->arena, symbol_value, room), p->binding->count};
    if (b.count) memcpy(b.entries, p->binding->entries, b.count * sizeof *b.entries);
    for (uint32_t i = 0; i < count; i++) {
        const type *t = graph_type(body, body->inputs.data[i]);
        if (t->kind != TYPE_TENSOR || given[i].kind != TYPE_TENSOR || t->ndim != given[i].ndim) continue;
        for (uint32_t d = 0; d < t->ndim; d++)
            if (!dim_is_static(t->sizes[d])) bind_symbol(p, &b, t->sizes[d], given[i].sizes[d]);
    }
    return b;
}

/* A symbol's value as it is compared. */
static int64_t key_of(const symbol_value *v) {
    int64_t bits = v->value;
    if (v->is_float) memcpy(&bits, &v->number, sizeof bits);
    return bits;
}

/* Values of symbols, then layouts: two calls with one key have the same plans. */
static void make_key(planner *p, late_body *l) {
    VEC(int64_t) key = {0};
    for (uint32_t i = 0; i < l->binding.count; i++) {
        *VEC_PUSH(p->arena, &key) = l->binding.entries[i].symbol;
        *VEC_PUSH(p->arena, &key) = key_of(&l->binding.entries[i]);
    }
    for (uint32_t i = 0; i < l->graph->inputs.count + l->num_outputs; i++) {
        const type *t = i < l->graph->inputs.count ? &l->inputs[i] : &l->outputs[i - l->graph->inputs.count];
        *VEC_PUSH(p->arena, &key) = t->kind == TYPE_TENSOR ? t->ndim : -1;
        for (uint32_t d = 0; t->kind == TYPE_TENSOR && d < t->ndim; d++) {
            *VEC_PUSH(p->arena, &key) = t->sizes[d];
            *VEC_PUSH(p->arena, &key) = t->strides[d];
        }
    }
    l->key = key.data;
    l->key_words = key.count;
}

static type known_type(planner *p, const type *t) {
    return t->kind == TYPE_TENSOR ? type_copy(p->arena, t) : (type){.kind = TYPE_NONE};
}

/* The call as a plan without steps: a block for each result. */
static plan *plan_call(planner *p, const late_body *l) {
    plan *out = ARENA_NEW(p->arena, plan);
    body_output *outputs = ARENA_ARRAY(p->arena, body_output, l->num_outputs);
    uint64_t *blocks = ARENA_ARRAY(p->arena, uint64_t, l->num_outputs);
    out->num_inputs = l->graph->inputs.count;
    for (uint32_t i = 0; i < l->num_outputs; i++) {
        if (l->outputs[i].kind != TYPE_TENSOR) continue;
        const tensor_desc d = type_describe(&l->outputs[i]);
        outputs[i] = (body_output){.index = out->num_blocks, .type = &l->outputs[i]};
        blocks[out->num_blocks++] = (uint64_t)d.numel * d.item_bytes;
    }
    out->late = l;
    out->blocks = blocks;
    out->outputs = outputs;
    out->num_outputs = l->num_outputs;
    out->num_slots = out->stack_words = SLOT_FIRST + out->num_inputs + out->num_blocks;
    out->kernels = 1;
    return out;
}

cot_status late_body_plan(planner *p, const cot_graph *body, const binding *b, const type *given, const type *wanted,
                          uint32_t num_wanted, bool misfit, const plan **out) {
    const segments *s = segments_find(p->arena, body, NULL, b, p->ctx->syms);
    if (!s && !misfit && b->count == p->binding->count) return planner_body(p, body, out);
    late_body *l = ARENA_NEW(p->arena, late_body);
    type *inputs = ARENA_ARRAY(p->arena, type, body->inputs.count), *outputs = ARENA_ARRAY(p->arena, type, num_wanted);
    for (uint32_t i = 0; i < body->inputs.count; i++) inputs[i] = known_type(p, &given[i]);
    for (uint32_t i = 0; i < num_wanted; i++) outputs[i] = known_type(p, &wanted[i]);
    *l = (late_body){.graph = body,
                     .segments = s,
                     .binding = {arena_copy(p->arena, b->entries, b->count * sizeof *b->entries), b->count},
                     .inputs = inputs,
                     .outputs = outputs,
                     .num_outputs = num_wanted,
                     .threads = p->threads};
    make_key(p, l);
    *out = plan_call(p, l);
    return COT_OK;
}

/* ---- planning a piece -------------------------------------------------------------------------------------------- */

static bool same_sizes(const tensor_desc *a, const tensor_desc *b) {
    return a->dtype == b->dtype && a->ndim == b->ndim && !memcmp(a->sizes, b->sizes, sizeof a->sizes);
}

static cot_status enter_inputs(planner *p, const late_body *l, plan_value *values) {
    const cot_graph *g = l->graph;
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        const value v = g->inputs.data[i];
        const node *n = graph_node(g, v);
        plan_value *out = &values[v];
        const uint32_t outside = planner_add_outside(p, n->name, 0);
        TRY(planner_type(p, g, v, &n->type, &out->type));
        out->at = (location){out->type.kind == TYPE_TENSOR ? outside : NO_STORAGE, 0};
        out->contiguous.storage = NO_STORAGE;
        if (out->type.kind != TYPE_TENSOR) {
            planner_number(p, &n->type, out);
            continue;
        }
        const tensor_desc wanted = type_describe(&out->type), given = type_describe(&l->inputs[i]);
        if (same_sizes(&wanted, &given) && tensor_same_layout(&wanted, &given)) continue;
        return graph_fail(g, v, p->error, COT_SHAPE, "operand %u does not have the sizes and dtype of the body's %s", i,
                          n->name);
    }
    return COT_OK;
}

/* Results as copies into the caller's blocks; one that is made by a step is made there (lifetime.c). */
static cot_status add_results(planner *p, const late_body *l, const plan_value *values) {
    arg_list leaves = {0};
    arg_leaves(p->scratch, &l->graph->output, &leaves);
    for (uint32_t i = 0; i < l->num_outputs; i++) {
        if (l->outputs[i].kind != TYPE_TENSOR) continue;
        const value v = i < leaves.count ? arg_as_value(&leaves.data[i]) : NO_VALUE;
        const tensor_desc to = type_describe(&l->outputs[i]);
        if (v == NO_VALUE || values[v].type.kind != TYPE_TENSOR)
            return fail(p->error, COT_UNSUPPORTED, "output %u of a body is no tensor, which cannot run yet", i);
        const tensor_desc from = type_describe(&values[v].type);
        if (!same_sizes(&to, &from))
            return graph_fail(l->graph, v, p->error, COT_SHAPE,
                              "output %u of a body does not have the result's sizes and dtype", i);
        const uint32_t block = planner_add_outside(p, "result", (uint64_t)to.numel * to.item_bytes);
        planner_add_copy(p, graph_node(l->graph, v)->name, &to, (location){block, 0}, &from, values[v].at)->is_write =
            true;
    }
    return COT_OK;
}

static cot_status plan_tail(planner *p, const late_body *l, plan_value *values, plan *out) {
    TRY(planner_add_graph(p, l->graph, values));
    TRY(add_results(p, l, values));
    planner_fuse(p);
    planner_lifetimes(p);
    TRY(planner_place(p, &out->arena_bytes));
    return planner_finish(p, out);
}

static uint32_t num_segments(const late_body *l) { return l->segments ? l->segments->count : 1; }

static cot_status plan_piece(const late_body *l, uint32_t segment, cot_context *ctx, arena *a, const binding *b,
                             head_plan *out, cot_error *error) {
    planner *p = planner_create(ctx, a, b, l->threads, &ctx->visits, error);
    p->is_body = true;
    p->segments = l->segments;
    p->segment = segment;
    plan_value *values = ARENA_ARRAY(p->scratch, plan_value, l->graph->nodes.count);
    cot_status status = enter_inputs(p, l, values);
    if (!status && l->segments) status = segments_enter(p, values);
    if (!status && segment + 1 < num_segments(l)) status = segments_plan_head(p, values, out);
    else if (!status) status = plan_tail(p, l, values, &out->plan);
    arena_destroy(p->scratch);
    return status;
}

/* ---- plans that are kept ----------------------------------------------------------------------------------------- */

typedef struct variant {
    arena *arena;
    uint64_t used, hash;
    const int64_t *key;
    uint32_t words;
    head_plan head; /* of the last segment only `plan` */
} variant;

/* What a frame has of one body. A body does not call itself, so it has memory for one run. */
typedef struct late_state {
    cot_context ctx; /* for planning in a run: its own arenas */
    const cot_graph *graph;
    uint64_t clock;
    grown_buffer variants, key, values, arena, bases, blocks; /* the last: a grown_buffer for each segment */
    uint32_t num_variants, num_blocks;
    int64_t number; /* where measurements go */
} late_state;

static cot_status no_memory(cot_error *error, uint64_t bytes) {
    return fail(error, COT_NO_MEMORY, "out of memory: the sizes of this run need %" PRIu64 " bytes more", bytes);
}

static cot_status room(late_state *s, grown_buffer *b, uint64_t bytes, bool keep, cot_error *error) {
    return grown_room(&s->ctx.allocator, b, bytes, keep) ? COT_OK : no_memory(error, bytes);
}

static cot_status find_state(late_plans *l, const cot_graph *g, late_state **out, cot_error *error) {
    for (uint32_t i = 0; i < l->count; i++) {
        *out = l->states[i];
        if (l->states[i]->graph == g) return COT_OK;
    }
    const cot_allocator *a = &l->ctx->allocator;
    if (l->count == l->room) {
        grown_buffer b = {(char *)(void *)l->states, l->room * sizeof *l->states};
        if (!grown_room(a, &b, (l->room + 4) * sizeof *l->states, true)) return no_memory(error, b.bytes);
        l->states = (late_state **)(void *)b.data;
        l->room = (uint32_t)(b.bytes / sizeof *l->states);
    }
    late_state *s = a->allocate(a->user, sizeof *s);
    if (!s) return no_memory(error, sizeof *s);
    *s = (late_state){.ctx = context_copy(l->ctx), .graph = g};
    *out = l->states[l->count++] = s;
    return COT_OK;
}

static void release(const cot_allocator *a, grown_buffer *b) {
    if (b->data) a->release(a->user, b->data, (size_t)b->bytes);
}

void late_free(late_plans *l) {
    const cot_allocator *a = l->ctx ? &l->ctx->allocator : NULL;
    for (uint32_t i = 0; i < l->count; i++) {
        late_state *s = l->states[i];
        while (s->ctx.arenas) arena_destroy(s->ctx.arenas);
        for (uint32_t k = 0; k < s->num_blocks; k++) release(a, &((grown_buffer *)(void *)s->blocks.data)[k]);
        grown_buffer *all[] = {&s->variants, &s->key, &s->values, &s->arena, &s->bases, &s->blocks};
        for (uint32_t k = 0; k < COUNT_OF(all); k++) release(a, all[k]);
        a->release(a->user, s, sizeof *s);
    }
    if (l->states) a->release(a->user, l->states, l->room * sizeof *l->states);
    l->states = NULL;
    l->count = l->room = 0;
}

static cot_status plan_variant(late_state *s, const late_body *l, uint32_t segment, const binding *b, uint32_t words,
                               variant *v, cot_error *error) {
    guard shared, g; /* symbols of new sizes lie in the context of the program */
    if (GUARD_ENTER(&shared, s->graph->ctx)) {
        if (s->ctx.innermost == &g) guard_failed(&g, error);
        return guard_failed(&shared, error);
    }
    if (GUARD_ENTER(&g, &s->ctx)) {
        guard_leave(&shared);
        return guard_failed(&g, error);
    }
    arena *a = arena_create(&s->ctx);
    variant made = {.arena = a, .key = arena_copy(a, s->key.data, words * sizeof(int64_t)), .words = words};
    const cot_status status = plan_piece(l, segment, &s->ctx, a, b, &made.head, error);
    if (status) arena_destroy(a);
    else *v = made;
    guard_leave(&g);
    guard_leave(&shared);
    return status;
}

static uint64_t hash_of(const int64_t *key, uint32_t words) {
    uint64_t h = words;
    for (uint32_t i = 0; i < words; i++) h = (h ^ (uint64_t)key[i]) * 0x9e3779b97f4a7c15u, h ^= h >> 29;
    return h;
}

/* A place for one more plan: a new one, or that of the plan not used for longest. */
static cot_status free_variant(late_state *s, variant **out, cot_error *error) {
    variant *all = (variant *)(void *)s->variants.data;
    if (s->num_variants < KEPT) {
        TRY(room(s, &s->variants, (s->num_variants + 1) * sizeof *all, true, error));
        *out = (variant *)(void *)s->variants.data + s->num_variants;
        **out = (variant){0};
        s->num_variants++;
        return COT_OK;
    }
    variant *oldest = all;
    for (uint32_t i = 1; i < s->num_variants; i++)
        if (all[i].used < oldest->used) oldest = &all[i];
    arena_destroy(oldest->arena);
    *oldest = (variant){0};
    *out = oldest;
    return COT_OK;
}

static cot_status find_variant(late_state *s, const late_body *l, uint32_t segment, const binding *b, variant **out,
                               cot_error *error) {
    int64_t *key = (int64_t *)(void *)s->key.data;
    uint32_t words = l->key_words;
    for (uint32_t i = l->binding.count; i < b->count; i++) key[words++] = key_of(&b->entries[i]);
    key[words++] = segment;
    const uint64_t hash = hash_of(key, words);
    variant *all = (variant *)(void *)s->variants.data;
    for (uint32_t i = 0; i < s->num_variants; i++) {
        *out = &all[i];
        if (!all[i].arena || all[i].hash != hash || all[i].words != words) continue;
        if (memcmp(all[i].key, key, words * sizeof *key)) continue;
        all[i].used = ++s->clock;
        return COT_OK;
    }
    TRY(free_variant(s, out, error));
    TRY(plan_variant(s, l, segment, b, words, *out, error));
    (*out)->hash = hash;
    (*out)->used = ++s->clock;
    return COT_OK;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

typedef struct late_call {
    const late_body *body;
    late_state *state;
    binding binding;
    char *const *given; /* the caller's addresses */
    struct pool *pool;
    run_key key;
    const _Atomic(int) *cancel;
} late_call;

/* Memory that does not depend on what the run finds. */
static cot_status begin(late_call *c, cot_error *error) {
    late_state *s = c->state;
    const late_body *l = c->body;
    const uint32_t symbols = l->segments ? l->segments->num_symbols : 0, count = num_segments(l);
    TRY(room(s, &s->key, (l->key_words + symbols + 1) * sizeof(int64_t), false, error));
    TRY(room(s, &s->values, (l->binding.count + symbols + 1) * sizeof(symbol_value), false, error));
    TRY(room(s, &s->blocks, count * sizeof(grown_buffer), true, error));
    for (; s->num_blocks < count; s->num_blocks++)
        ((grown_buffer *)(void *)s->blocks.data)[s->num_blocks] = (grown_buffer){0};
    memcpy(s->key.data, l->key, l->key_words * sizeof *l->key);
    c->binding = (binding){(symbol_value *)(void *)s->values.data, l->binding.count};
    if (l->binding.count) memcpy(c->binding.entries, l->binding.entries, l->binding.count * sizeof(symbol_value));
    return COT_OK;
}

/* Addresses and an arena with room for a plan; operands and homes stay where they are. */
static cot_status enter(late_call *c, const plan *p, cot_error *error) {
    late_state *s = c->state;
    TRY(room(s, &s->bases, (uint64_t)p->stack_words * sizeof(char *), true, error));
    TRY(room(s, &s->arena, p->arena_bytes, false, error));
    char **bases = (char **)(void *)s->bases.data;
    bases[SLOT_NONE] = NULL;
    bases[SLOT_ARENA] = s->arena.data;
    memcpy(bases + SLOT_FIRST, c->given + SLOT_FIRST, c->body->graph->inputs.count * sizeof *bases);
    return COT_OK;
}

static bool run_steps(const late_call *c, const plan *p) {
    return plan_run(p, 0, p->num_steps, (char **)(void *)c->state->bases.data, c->pool, c->key, c->cancel);
}

static cot_status run_head(late_call *c, uint32_t segment, cot_error *error) {
    late_state *s = c->state;
    variant *v;
    TRY(find_variant(s, c->body, segment, &c->binding, &v, error));
    const head_plan *h = &v->head;
    TRY(enter(c, &h->plan, error));
    grown_buffer *blocks = &((grown_buffer *)(void *)s->blocks.data)[segment];
    TRY(room(s, blocks, h->bytes, false, error));
    segments_bind_head(h, (char **)(void *)s->bases.data, blocks->data, &s->number);
    if (!run_steps(c, &h->plan)) return COT_CANCELLED;
    segments_take_rows(h, (char **)(void *)s->bases.data, &s->number);
    return segments_take_measure(c->body->segments, segment, h, s->ctx.syms, s->number, &c->binding, error);
}

static cot_status run_call(late_call *c, const plan *p, cot_error *error) {
    const uint32_t count = num_segments(c->body), num_inputs = c->body->graph->inputs.count;
    const uint32_t num_homes = c->body->segments ? c->body->segments->num_homes : 0;
    variant *v;
    TRY(begin(c, error));
    for (uint32_t k = 0; k + 1 < count; k++) TRY(run_head(c, k, error));
    TRY(find_variant(c->state, c->body, count - 1, &c->binding, &v, error));
    TRY(enter(c, &v->head.plan, error));
    char **blocks = (char **)(void *)c->state->bases.data + SLOT_FIRST + num_inputs + num_homes;
    memcpy(blocks, c->given + SLOT_FIRST + num_inputs, p->num_blocks * sizeof *blocks);
    return run_steps(c, &v->head.plan) ? COT_OK : COT_CANCELLED;
}

bool late_run(const plan *p, char **bases, struct pool *pool, run_key key, const _Atomic(int) *cancel) {
    late_call c = {.body = p->late, .given = bases, .pool = pool, .key = key, .cancel = cancel};
    cot_error error;
    cot_status status = find_state(pool->late, p->late->graph, &c.state, &error);
    if (!status) status = run_call(&c, p, &error);
    if (status && status != COT_CANCELLED) run_fail(pool, &error);
    return !status;
}
