/* SPDX-License-Identifier: MIT
 * live.c — segments planned, kept and run as sizes become known. */
#include "runtime/live.h"
#include "base/error.h"
#include "runtime/segments.h"
#include <inttypes.h>
#include <string.h>

enum { KEPT = 24 }; /* plans of a segment that are kept: those used last */

/* ---- when compiling ---------------------------------------------------------------------------------------------- */

/* Sizes that most programs can be planned for, within what they say of the symbol. */
static symbol_value made_up(const cot_graph *g, const segment_symbol *s, int64_t wish) {
    int64_t low, high;
    graph_range(g, s->symbol, &low, &high);
    if (s->is_float) return (symbol_value){.symbol = s->symbol, .number = 0.5, .is_float = true};
    return (symbol_value){.symbol = s->symbol, .value = MIN(MAX(wish, low), high)};
}

static cot_status rehearse(cot_executable *e, const binding *b, cot_error *error) {
    e->forward_steps = 0;
    e->plan = (plan){0};
    e->stats.num_saved = 0;
    e->stats.saved_bytes = 0;
    TRY(executable_plan(e, e->planned[0], e->planned[1], e->planned[2], b, true, error));
    head_plan unused;
    for (uint32_t k = 0; k + 1 < e->segments->count; k++) TRY(executable_plan_head(e, k, b, true, &unused, error));
    return COT_OK;
}

/* Sizes that were made up are none. */
static void forget_sizes(cot_executable *e) {
    const cot_graph *g = e->planned[1];
    arena *a = arena_create(e->ctx);
    arg_list leaves = {0};
    arg_leaves(a, &g->output, &leaves);
    for (uint32_t k = 0; k < e->num_outputs; k++) {
        const type *t = graph_type(g, arg_as_value(&leaves.data[g->num_mutated + k]));
        cot_output_info *info = &e->outputs[k].info;
        for (uint32_t d = 0; t->kind == TYPE_TENSOR && d < t->ndim; d++) {
            if (dim_unbound(e->ctx->syms, t->sizes[d], &e->known)) info->sizes[d] = -1;
            if (dim_unbound(e->ctx->syms, t->strides[d], &e->known)) info->strides[d] = -1;
        }
    }
    arena_destroy(a);
}

cot_status live_plan(cot_executable *e, const cot_graph *functional, const cot_graph *forward,
                     const cot_graph *backward, const binding *b, cot_error *error) {
    static const int64_t wishes[] = {48, 2, 1, 0, INT64_MAX, INT64_MIN};
    e->planned[0] = functional, e->planned[1] = forward, e->planned[2] = backward;
    e->known = *b;
    e->segments = segments_find(e->arena, forward, backward, b, e->ctx->syms);
    if (!e->segments) return executable_plan(e, functional, forward, backward, b, false, error);
    const segments *s = e->segments;
    binding made = {ARENA_ARRAY(e->arena, symbol_value, b->count + s->num_symbols), b->count + s->num_symbols};
    if (b->count) memcpy(made.entries, b->entries, b->count * sizeof *made.entries);
    cot_status status = COT_INTERNAL;
    for (uint32_t w = 0; w < COUNT_OF(wishes) && status; w++) {
        cot_error other;
        for (uint32_t i = 0; i < s->num_symbols; i++)
            made.entries[b->count + i] = made_up(functional, &s->symbols[i], wishes[w]);
        status = rehearse(e, &made, w ? &other : error);
    }
    if (!status) forget_sizes(e);
    return status;
}

/* ---- memory ------------------------------------------------------------------------------------------------------ */

/* A segment planned for sizes. */
typedef struct variant {
    arena *arena; /* NULL: free */
    uint64_t used;
    const int64_t *key;
    cot_executable *exe;
    head_plan head; /* all but the last segment */
} variant;

struct live {
    cot_context ctx; /* for planning in a run: its own arenas */
    const cot_allocator *allocator;
    const cot_executable *program;
    const segments *segments;
    binding binding; /* what is known before a run, then what the run found */
    uint32_t num_known;
    uint64_t clock;
    variant *variants;    /* KEPT for each segment */
    grown_buffer *blocks; /* by segment: what lies in homes */
    grown_buffer arena, bases, own;
    int64_t number; /* where measurements go */
};

static cot_status no_memory(cot_error *error, uint64_t bytes) {
    return fail(error, COT_NO_MEMORY, "out of memory: the sizes of this run need %" PRIu64 " bytes more", bytes);
}

static uint64_t take(uint64_t *end, uint64_t bytes) {
    const uint64_t at = *end;
    *end += (bytes + 63) / 64 * 64;
    return at;
}

cot_status live_create(const cot_executable *e, live **out, cot_error *error) {
    const segments *s = e->segments;
    *out = NULL;
    if (!s) return COT_OK;
    uint64_t bytes = 0;
    take(&bytes, sizeof(live));
    const uint64_t variants = take(&bytes, (uint64_t)s->count * KEPT * sizeof(variant));
    const uint64_t blocks = take(&bytes, s->count * sizeof(grown_buffer));
    const uint64_t values = take(&bytes, (e->known.count + s->num_symbols) * sizeof(symbol_value));
    const cot_allocator *a = &e->ctx->allocator;
    char *data = a->allocate(a->user, (size_t)bytes);
    if (!data) return no_memory(error, bytes);
    memset(data, 0, (size_t)bytes);
    live *l = (live *)(void *)data;
    *l = (live){.ctx = context_copy(e->ctx), .allocator = a, .program = e, .segments = s, .num_known = e->known.count};
    l->variants = (variant *)(void *)(data + variants);
    l->blocks = (grown_buffer *)(void *)(data + blocks);
    l->binding.entries = (symbol_value *)(void *)(data + values);
    if (l->num_known) memcpy(l->binding.entries, e->known.entries, l->num_known * sizeof(symbol_value));
    l->own = (grown_buffer){data, bytes};
    *out = l;
    const uint64_t words = e->plan.stack_words * sizeof(char *);
    if (grown_room(l->allocator, &l->bases, words, false)) {
        memset(l->bases.data, 0, (size_t)l->bases.bytes);
        return COT_OK;
    }
    live_destroy(l);
    *out = NULL;
    return no_memory(error, words);
}

void live_destroy(live *l) {
    if (!l) return;
    const cot_allocator *a = l->allocator;
    while (l->ctx.arenas) arena_destroy(l->ctx.arenas);
    for (uint32_t k = 0; k < l->segments->count; k++)
        if (l->blocks[k].data) a->release(a->user, l->blocks[k].data, (size_t)l->blocks[k].bytes);
    if (l->arena.data) a->release(a->user, l->arena.data, (size_t)l->arena.bytes);
    if (l->bases.data) a->release(a->user, l->bases.data, (size_t)l->bases.bytes);
    const grown_buffer own = l->own;
    a->release(a->user, own.data, (size_t)own.bytes);
}

char **live_bases(live *l) { return (char **)(void *)l->bases.data; }

const int64_t *live_output_sizes(const live *l, uint32_t output) { return l->program->outputs[output].info.sizes; }

/* ---- plans ------------------------------------------------------------------------------------------------------- */

/* A symbol's value as it is compared. */
static int64_t key_of(const symbol_value *v) {
    int64_t bits = v->value;
    if (v->is_float) memcpy(&bits, &v->number, sizeof bits);
    return bits;
}

static bool is_for(const live *l, const variant *v) {
    if (!v->arena) return false;
    for (uint32_t i = l->num_known; i < l->binding.count; i++)
        if (v->key[i - l->num_known] != key_of(&l->binding.entries[i])) return false;
    return true;
}

static cot_status plan_variant(live *l, uint32_t segment, variant *v, cot_error *error) {
    guard shared, g; /* symbols of new sizes lie in the context of the program */
    if (GUARD_ENTER(&shared, l->program->ctx)) {
        if (l->ctx.innermost == &g) guard_failed(&g, error);
        return guard_failed(&shared, error);
    }
    if (GUARD_ENTER(&g, &l->ctx)) {
        guard_leave(&shared);
        return guard_failed(&g, error);
    }
    arena *a = arena_create(&l->ctx);
    cot_executable *e = ARENA_NEW(a, cot_executable);
    const cot_executable *program = l->program;
    int64_t *key = ARENA_ARRAY(a, int64_t, l->binding.count);
    for (uint32_t i = l->num_known; i < l->binding.count; i++) key[i - l->num_known] = key_of(&l->binding.entries[i]);
    *e = *program;
    e->ctx = &l->ctx;
    e->arena = a;
    e->forward_steps = 0;
    e->plan = (plan){0};
    e->stats = (cot_stats){0};
    variant made = {.arena = a, .key = key, .exe = e};
    cot_status status = segment + 1 < l->segments->count
                            ? executable_plan_head(e, segment, &l->binding, false, &made.head, error)
                            : executable_plan(e, program->planned[0], program->planned[1], program->planned[2],
                                              &l->binding, false, error);
    if (status) arena_destroy(a);
    else *v = made;
    guard_leave(&g);
    guard_leave(&shared);
    return status;
}

/* The plan of a segment for the sizes so far; made when there is none, in the place of the one not used for longest. */
static cot_status find_variant(live *l, uint32_t segment, variant **out, cot_error *error) {
    variant *all = &l->variants[(size_t)segment * KEPT], *oldest = all;
    for (uint32_t i = 0; i < KEPT; i++) {
        if (is_for(l, &all[i])) {
            all[i].used = ++l->clock;
            *out = &all[i];
            return COT_OK;
        }
        if (all[i].used < oldest->used) oldest = &all[i];
    }
    arena_destroy(oldest->arena);
    *oldest = (variant){0};
    TRY(plan_variant(l, segment, oldest, error));
    oldest->used = ++l->clock;
    *out = oldest;
    return COT_OK;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

/* Addresses and an arena with room for a plan; inputs stay bound, homes stay where they are. */
static cot_status make_room(cot_frame *f, const plan *p, cot_error *error) {
    live *l = f->live;
    const uint64_t words = (uint64_t)p->stack_words * sizeof(char *);
    if (!grown_room(l->allocator, &l->bases, words, true)) return no_memory(error, words);
    if (!grown_room(l->allocator, &l->arena, p->arena_bytes, false)) return no_memory(error, p->arena_bytes);
    f->bases = live_bases(l);
    f->bases[SLOT_NONE] = NULL;
    f->bases[SLOT_ARENA] = f->arena = l->arena.data;
    return COT_OK;
}

static cot_status run_head(cot_frame *f, uint32_t segment, struct pool *p, cot_error *error) {
    live *l = f->live;
    variant *v;
    TRY(find_variant(l, segment, &v, error));
    const head_plan *h = &v->head;
    TRY(make_room(f, &h->plan, error));
    if (!grown_room(l->allocator, &l->blocks[segment], h->bytes, false)) return no_memory(error, h->bytes);
    segments_bind_head(h, f->bases, l->blocks[segment].data, &l->number);
    if (!plan_run(&h->plan, 0, h->plan.num_steps, f->bases, p, f->key, &f->cancel)) return COT_CANCELLED;
    segments_take_rows(h, f->bases, &l->number);
    return segments_take_measure(l->segments, segment, h, l->ctx.syms, l->number, &l->binding, error);
}

/* The frame becomes one of the executable for these sizes: memory in the arena for what the caller has not bound. */
static void enter_tail(cot_frame *f, const cot_executable *e) {
    f->exe = e;
    for (uint32_t t = 0; t < e->num_tangents; t++) f->bases[e->tangents[t].slot] = f->arena + e->tangents[t].offset;
    for (uint32_t i = 0; i < e->num_gradients; i++) {
        const exe_gradient *g = &e->gradients[i];
        const bound *b = &f->gradients[i];
        if (!g->slot) continue;
        const bool direct = b->is_bound && !b->accumulate && tensor_same_layout(&b->desc, &g->desc);
        f->bases[g->slot] = direct ? b->data : f->arena + g->offset;
    }
    if (e->lone_output != NO_INDEX) f->one.desc = e->outputs[e->lone_output].desc;
}

cot_status live_begin(cot_frame *f, struct pool *p, cot_error *error) {
    live *l = f->live;
    variant *v;
    l->binding.count = l->num_known;
    for (uint32_t k = 0; k + 1 < l->segments->count; k++) TRY(run_head(f, k, p, error));
    TRY(find_variant(l, l->segments->count - 1, &v, error));
    TRY(make_room(f, &v->exe->plan, error));
    enter_tail(f, v->exe);
    return COT_OK;
}
