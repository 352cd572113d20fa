/* SPDX-License-Identifier: MIT
 * lifetime.c — when storages hold something, and which of them can be one.
 *
 * Two savings, both found here: a new value of an input is made straight in the input's memory when nobody needs the
 * old value any more, and a result lies over an operand that its kernel reads element by element and nobody reads
 * later. */
#include "runtime/plan.h"

location planner_resolve(const planner *p, location at) {
    if (at.storage == NO_STORAGE) return at;
    const storage *s = &p->storages.data[at.storage];
    if (s->root == at.storage) return at;
    return (location){s->root, at.offset + s->root_offset};
}

static void find_uses(planner *p) {
    for (uint32_t i = 0; i < p->drafts.count; i++) {
        const draft *d = &p->drafts.data[i];
        uint32_t n = d->step.num_results + d->step.num_operands;
        ++*p->visits;
        if (d->dropped) continue;
        for (uint32_t k = 0; k < n; k++) {
            if (d->at[k].storage == NO_STORAGE) continue;
            storage *s = &p->storages.data[d->at[k].storage];
            s->first = MIN(s->first, i), s->last = MAX(s->last, i);
            if (k >= d->step.num_results) s->read = i, s->reads++;
        }
        if (d->scratch != NO_STORAGE) {
            storage *s = &p->storages.data[d->scratch];
            s->first = s->last = i;
        }
    }
}

static bool same_location(location a, location b) { return a.storage == b.storage && a.offset == b.offset; }

/* Whether result r of d may lie over operand k, as far as the kernel goes. */
static bool kernel_allows(const draft *d, uint32_t r, uint32_t k) {
    if (k >= 64) return false;
    bool pair = (r == 0 && d->in_place >> k & 1) || (r == k && d->in_place_same >> k & 1);
    if (d->over) pair = d->over[r] >> k & 1;
    return pair && tensor_same_layout(&d->tensors[r], &d->tensors[d->step.num_results + k]);
}

/* Whether result r of d may be written at `to`: every operand that lies in the same storage lies exactly there, and the
 * kernel allows each. */
static bool may_overwrite(const planner *p, const draft *d, uint32_t r, location to) {
    for (uint32_t k = 0; k < d->step.num_operands; k++) {
        location at = planner_resolve(p, d->at[d->step.num_results + k]);
        if (at.storage != to.storage) continue;
        if (!same_location(at, to) || !kernel_allows(d, r, k)) return false;
    }
    for (uint32_t k = 0; k < d->step.num_results; k++) {
        location at = planner_resolve(p, d->at[k]);
        if (k != r && at.storage == to.storage) return false;
    }
    return true;
}

/* The tensor fills its storage from the first byte to the last. */
static bool fills(const storage *s, location at, const tensor_desc *t) {
    uint64_t extent;
    return at.offset == 0 && tensor_extent(t, &extent) && extent == s->bytes && tensor_is_dense(t);
}

/* Which result of the draft is this storage; UINT32_MAX when none. */
static uint32_t result_of(const draft *d, uint32_t storage) {
    for (uint32_t r = 0; r < d->step.num_results; r++)
        if (d->at[r].storage == storage) return r;
    return UINT32_MAX;
}

/* A write of a new value into an input: can the step that makes the value make it there? */
static void try_write_through(planner *p, draft *write) {
    location to = write->at[0], from = write->at[1];
    storage *input = &p->storages.data[to.storage], *made = &p->storages.data[from.storage];
    if (made->outside || made->pinned || made->root != from.storage || made->first == UINT32_MAX) return;
    if (!tensor_same_layout(&write->tensors[0], &write->tensors[1]) || !fills(made, from, &write->tensors[1])) return;
    const draft *maker = &p->drafts.data[made->first];
    uint32_t r = result_of(maker, from.storage);
    if (r == UINT32_MAX || (input->reads && input->read > made->first)) return;
    if (!may_overwrite(p, maker, r, to)) return;
    made->root = to.storage;
    made->root_offset = to.offset;
    write->dropped = true;
}

static void try_in_place(planner *p, uint32_t index, uint32_t r, uint32_t k) {
    const draft *d = &p->drafts.data[index];
    uint32_t made_index = d->at[r].storage;
    location to = planner_resolve(p, d->at[d->step.num_results + k]);
    if (made_index == NO_STORAGE || to.storage == NO_STORAGE || !kernel_allows(d, r, k)) return;
    storage *made = &p->storages.data[made_index], *over = &p->storages.data[to.storage];
    if (made->outside || made->root != made_index || made->first != index) return;
    if (over->outside || over->keeps_slot || over->last != index) return; /* the caller's memory, or read later */
    if (!fills(made, d->at[r], &d->tensors[r]) || !fills(over, to, &d->tensors[d->step.num_results + k])) return;
    if (!may_overwrite(p, d, r, to)) return;
    made->root = to.storage;
    made->root_offset = to.offset;
    over->last = made->last;
    over->pinned |= made->pinned;
}

void planner_lifetimes(planner *p) {
    find_uses(p);
    for (uint32_t i = 0; i < p->drafts.count; i++)
        if (p->drafts.data[i].is_write && !p->drafts.data[i].dropped) try_write_through(p, &p->drafts.data[i]);
    for (uint32_t i = 0; i < p->drafts.count; i++) {
        const draft *d = &p->drafts.data[i];
        for (uint32_t r = 0; !d->dropped && r < d->step.num_results && r < 64; r++)
            for (uint32_t k = 0; (d->in_place | d->in_place_same || d->over) && k < d->step.num_operands && k < 64; k++)
                if ((r == 0 || r == k || d->over) && d->at[r].storage != NO_STORAGE) try_in_place(p, i, r, k);
    }
}
