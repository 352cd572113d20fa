/* SPDX-License-Identifier: MIT
 * order.c — an order of steps that needs less memory.
 *
 * The given order is that of PyTorch's engine and good as it is, but for large results that wait long for their reader:
 * the gradient of a tied embedding, or an input's gradient while the weight's is made. Such a step sinks: to its first
 * reader when its result is larger than the operands that must wait for it instead, or as far as operands are in use
 * anyway. Only moves that matter beside the peak are made, so that neighbours keep meeting in the caches. Both orders
 * are then placed in memory, and the new one is taken when its arena is the smaller. */
#include "runtime/plan.h"
#include <stdlib.h>
#include <string.h>

enum { MATTERS = 128 }; /* a result of at least this part of the peak */

typedef struct sinker {
    const planner *p;
    uint64_t matters;   /* bytes */
    uint32_t *anchor;   /* by draft: it comes right before the draft of this number; its own where it stays */
    uint32_t *last_use; /* by storage: the last of all later steps that touch it, where they are now; 0: none */
    uint32_t *next_use, *next_write; /* the first of them, and the first that writes it */
    uint32_t *next_over;             /* of an input: the first step that makes a new value of it in its place */
    uint32_t *goes_to;               /* of a value that an input gets: that input's storage */
} sinker;

static void at_most(uint32_t *to, uint32_t value) { *to = MIN(*to, value); }

/* Bytes that a step's result takes from the arena from that step on: none where it is made in an input's memory. */
static uint64_t made_bytes(const sinker *s, const draft *d, uint32_t r) {
    if (d->at[r].storage == NO_STORAGE) return 0;
    const storage *made = &s->p->storages.data[d->at[r].storage];
    return made->outside || s->goes_to[d->at[r].storage] != NO_STORAGE ? 0 : made->bytes;
}

/* Bytes of operands that must live longer when the step waits until `until`. */
static uint64_t waiting_bytes(const sinker *s, const draft *d, uint32_t until) {
    uint64_t bytes = 0;
    for (uint32_t k = d->step.num_results; k < d->step.num_results + d->step.num_operands; k++) {
        const uint32_t at = d->at[k].storage;
        if (at == NO_STORAGE) continue;
        const storage *o = &s->p->storages.data[at];
        if (!o->outside && o->last != STEP_END && s->last_use[at] < until) bytes += o->bytes;
    }
    return bytes;
}

/* Up to where all operands are in use anyway. */
static uint32_t free_wait(const sinker *s, const draft *d, uint32_t until) {
    for (uint32_t k = d->step.num_results; k < d->step.num_results + d->step.num_operands; k++) {
        const uint32_t at = d->at[k].storage;
        if (at == NO_STORAGE) continue;
        const storage *o = &s->p->storages.data[at];
        if (!o->outside && o->last != STEP_END) at_most(&until, s->last_use[at] + 1);
    }
    return until;
}

/* The first step that must come behind this one. */
static uint32_t first_behind(const sinker *s, const draft *d, uint32_t end) {
    for (uint32_t k = 0; k < d->step.num_results + d->step.num_operands; k++) {
        const uint32_t at = d->at[k].storage;
        if (at == NO_STORAGE) continue;
        at_most(&end, k < d->step.num_results ? s->next_use[at] : s->next_write[at]);
        if (k >= d->step.num_results) at_most(&end, s->next_over[at]);
    }
    return end;
}

static uint32_t where_to(const sinker *s, const draft *d, uint32_t index, uint32_t end) {
    uint64_t made = 0;
    for (uint32_t r = 0; r < d->step.num_results; r++) made += made_bytes(s, d, r);
    if (d->dropped || d->is_write || made < s->matters) return index;
    uint32_t until = first_behind(s, d, end);
    if (until == end) return index; /* nobody waits for it */
    if (made < waiting_bytes(s, d, until) + s->matters) until = free_wait(s, d, until);
    return until > index + 1 ? until : index;
}

static void note_uses(sinker *s, const draft *d, uint32_t at) {
    for (uint32_t k = 0; k < d->step.num_results + d->step.num_operands && !d->dropped; k++) {
        const uint32_t i = d->at[k].storage;
        if (i == NO_STORAGE) continue;
        s->last_use[i] = MAX(s->last_use[i], at);
        at_most(&s->next_use[i], at);
        if (k >= d->step.num_results) continue;
        at_most(&s->next_write[i], at);
        if (s->goes_to[i] != NO_STORAGE) at_most(&s->next_over[s->goes_to[i]], at);
    }
}

/* Anchors of the drafts [begin, end). */
static bool sink(const planner *p, uint32_t begin, uint32_t end, uint64_t peak, uint32_t *anchor) {
    const uint32_t storages = p->storages.count;
    sinker s = {.p = p, .matters = peak / MATTERS + 1, .anchor = anchor};
    uint32_t **arrays[] = {&s.next_use, &s.next_write, &s.next_over, &s.goes_to};
    for (uint32_t i = 0; i < COUNT_OF(arrays); i++) {
        *arrays[i] = ARENA_ARRAY(p->scratch, uint32_t, storages);
        memset(*arrays[i], 0xff, storages * sizeof **arrays[i]);
    }
    s.last_use = ARENA_ARRAY(p->scratch, uint32_t, storages);
    for (uint32_t i = 0; i < p->drafts.count; i++) {
        const draft *d = &p->drafts.data[i];
        if (d->is_write && !d->dropped && d->at[1].storage != NO_STORAGE)
            s.goes_to[d->at[1].storage] = d->at[0].storage;
        if (i >= end) note_uses(&s, d, end); /* the backward, seen from the forward */
    }
    bool moved = false;
    for (uint32_t i = end; i-- > begin;) {
        ++*p->visits;
        s.anchor[i] = where_to(&s, &p->drafts.data[i], i, end);
        moved |= s.anchor[i] != i;
        note_uses(&s, &p->drafts.data[i], s.anchor[i]);
    }
    return moved;
}

/* Drafts in their new order. */
static draft *sorted(const planner *p, const uint32_t *anchor) {
    const uint32_t count = p->drafts.count;
    draft *out = ARENA_ARRAY(p->scratch, draft, count);
    uint32_t *start = ARENA_ARRAY(p->scratch, uint32_t, count + 2u);
    for (uint32_t i = 0; i < count; i++) start[anchor[i] + 1]++;
    for (uint32_t i = 1; i <= count; i++) start[i] += start[i - 1];
    for (uint32_t i = 0; i < count; i++) out[start[anchor[i]]++] = p->drafts.data[i];
    return out;
}

/* A copy to try things on. */
static planner trial_of(const planner *p, draft *drafts) {
    planner trial = *p;
    trial.storages.data = arena_copy(p->scratch, p->storages.data, p->storages.count * sizeof *p->storages.data);
    trial.drafts.data = arena_copy(p->scratch, drafts, p->drafts.count * sizeof *drafts);
    return trial;
}

/* The most bytes that live at one time. */
static uint64_t peak_of(planner *p) {
    uint64_t *born = ARENA_ARRAY(p->scratch, uint64_t, p->drafts.count + 2u);
    uint64_t *gone = ARENA_ARRAY(p->scratch, uint64_t, p->drafts.count + 2u), live = 0, peak = 0;
    planner_lifetimes(p);
    for (uint32_t i = 0; i < p->storages.count; i++) {
        const storage *s = &p->storages.data[i];
        if (s->root != i || s->outside || s->first == UINT32_MAX) continue;
        born[s->first] += s->bytes;
        gone[MIN(s->last, p->drafts.count) + 1] += s->bytes;
    }
    for (uint32_t i = 0; i <= p->drafts.count; i++) {
        live += born[i] - gone[i];
        peak = MAX(peak, live);
    }
    return peak;
}

cot_status planner_order(planner *p, uint32_t boundary) {
    if (!p->drafts.count) return COT_OK;
    uint32_t *anchor = ARENA_ARRAY(p->scratch, uint32_t, p->drafts.count);
    planner given = trial_of(p, p->drafts.data);
    const uint64_t before = peak_of(&given);
    bool moved = sink(p, 0, boundary, before, anchor);
    moved |= sink(p, boundary, p->drafts.count, before, anchor);
    if (!moved) return COT_OK;
    draft *drafts = sorted(p, anchor);
    planner other = trial_of(p, drafts);
    if (peak_of(&other) >= before) return COT_OK;
    uint64_t arena_before = 0, arena_behind = 0;
    TRY(planner_place(&given, &arena_before));
    TRY(planner_place(&other, &arena_behind));
    if (arena_behind < arena_before) memcpy(p->drafts.data, drafts, p->drafts.count * sizeof *drafts);
    return COT_OK;
}
