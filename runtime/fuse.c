/* SPDX-License-Identifier: MIT
 * fuse.c — neighbouring steps that are tile programs become one.
 *
 * It works on drafts, where views are already nothing but locations: a step that loads what another one stores takes
 * that step's program in, and the tensor between them is not made unless somebody else reads it; steps that load one
 * tensor share the load. A step sinks to the place of its reader, or the reader rises to it, as the steps between
 * allow. Whether two programs can be one is decided by how they walk through memory (kernels/tile_merge.c). */
#include "kernels/cpu/dispatch.h"
#include "runtime/plan.h"
#include <string.h>

KERNEL_DECLARE(kernel_fn, tile_run);
KERNEL_DECLARE(kernel_fn, tile_run_rows);

enum {
    SINK = 128, /* steps that a step may be moved down by */
    RISE = 64,  /* and up, where it makes nothing but totals */
    RISE_TENSOR = 8 /* and up otherwise: its result lives longer */,
    MOST_READERS = 16,
    MOST_TENSORS = 24,
    SMALLEST_SHARED = 1 << 14 /* bytes of an operand that are worth sharing a load; in a body, where a step fewer is
                               * one fewer each time round, any are */
};

typedef struct tensor_at {
    location at;
    tensor_desc desc;
} tensor_at;

/* A step that is a tile program; loads name operands, stores results. */
typedef struct group {
    tile_builder *form;
    VEC(tensor_at) results;
    VEC(tensor_at) operands;
    VEC(uint32_t) members; /* drafts */
} group;

typedef struct fuser {
    planner *p;
    group **groups;         /* by draft; NULL: no tile program */
    uint32_t *home;         /* by draft: the draft it went into, itself when it did not */
    uint32_t *maker;        /* by storage: the draft that makes it */
    uint32_t *written;      /* by storage: the first step that writes a new value there */
    uint32_t *first_reader; /* by storage: begin in `readers` (one more at the end) */
    uint32_t *readers;      /* drafts */
} fuser;

static uint32_t home_of(const fuser *f, uint32_t d) {
    while (f->home[d] != d) d = f->home[d] = f->home[f->home[d]];
    return d;
}

/* ---- who makes and who reads ----------------------------------------------------------------------------------- */

static void find_makers(fuser *f) {
    const planner *p = f->p;
    const uint32_t storages = p->storages.count, drafts = p->drafts.count;
    uint32_t total = 0;
    for (uint32_t s = 0; s < storages; s++) f->maker[s] = f->written[s] = UINT32_MAX;
    for (uint32_t i = 0; i < drafts; i++) {
        const draft *d = &p->drafts.data[i];
        ++*p->visits;
        for (uint32_t k = 0; k < d->step.num_results; k++) {
            const uint32_t s = d->at[k].storage;
            if (s == NO_STORAGE) continue;
            f->maker[s] = MIN(f->maker[s], i);
            if (d->is_write) f->written[s] = MIN(f->written[s], i);
        }
        for (uint32_t k = d->step.num_results; k < d->step.num_results + d->step.num_operands; k++)
            if (d->at[k].storage != NO_STORAGE) f->first_reader[d->at[k].storage + 1]++, total++;
    }
    for (uint32_t s = 0; s < storages; s++) f->first_reader[s + 1] += f->first_reader[s];
    f->readers = ARENA_ARRAY(p->scratch, uint32_t, total);
    uint32_t *next = ARENA_ARRAY(p->scratch, uint32_t, storages + 1);
    memcpy(next, f->first_reader, storages * sizeof *next);
    for (uint32_t i = 0; i < drafts; i++) {
        const draft *d = &p->drafts.data[i];
        for (uint32_t k = d->step.num_results; k < d->step.num_results + d->step.num_operands; k++)
            if (d->at[k].storage != NO_STORAGE) f->readers[next[d->at[k].storage]++] = i;
    }
}

static group *group_of(planner *p, uint32_t index) {
    const draft *d = &p->drafts.data[index];
    if (!d->form || d->form_alone || d->is_write || d->step.num_results > 63) return NULL;
    group *g = ARENA_NEW(p->scratch, group);
    g->form = d->form;
    for (uint32_t i = 0; i < d->step.num_results + d->step.num_operands; i++) {
        tensor_at *t = i < d->step.num_results ? VEC_PUSH(p->scratch, &g->results) : VEC_PUSH(p->scratch, &g->operands);
        *t = (tensor_at){d->at[i], d->tensors[i]};
    }
    for (uint32_t i = 0; i < g->form->loads.count; i++) {
        tile_access *a = &g->form->loads.data[i];
        a->tensor = (uint16_t)(a->tensor - d->step.num_results);
    }
    *VEC_PUSH(p->scratch, &g->members) = index;
    return g;
}

/* ---- may they be one? ------------------------------------------------------------------------------------------ */

static bool reads_group(const group *g, uint32_t storage) {
    for (uint32_t i = 0; i < g->form->loads.count; i++)
        if (g->operands.data[g->form->loads.data[i].tensor].at.storage == storage) return true;
    return false;
}

/* Whether nobody but `except` reads a result of the group before step `until`. */
static bool unread_until(const fuser *f, const group *g, uint32_t from, uint32_t except, uint32_t until) {
    for (uint32_t i = 0; i < g->form->stores.count; i++) {
        const uint32_t s = g->results.data[g->form->stores.data[i].tensor].at.storage;
        for (uint32_t k = f->first_reader[s]; k < f->first_reader[s + 1]; k++) {
            const uint32_t reader = home_of(f, f->readers[k]);
            if (reader != from && reader != except && reader < until) return false;
        }
    }
    return true;
}

/* Whether no operand of the group gets a new value between the two steps. */
static bool unwritten_between(const fuser *f, const group *g, uint32_t from, uint32_t to) {
    for (uint32_t i = 0; i < g->form->loads.count; i++) {
        const uint32_t s = g->operands.data[g->form->loads.data[i].tensor].at.storage;
        if (f->written[s] > from && f->written[s] < to) return false;
    }
    return true;
}

/* Whether all operands of the group but those that `except` makes are there before step `at`. */
static bool made_before(const fuser *f, const group *g, uint32_t except, uint32_t at) {
    for (uint32_t i = 0; i < g->form->loads.count; i++) {
        const uint32_t s = g->operands.data[g->form->loads.data[i].tensor].at.storage;
        if (f->maker[s] == UINT32_MAX || f->p->storages.data[s].outside) continue;
        const uint32_t maker = home_of(f, f->maker[s]);
        if (maker != except && maker >= at) return false;
    }
    return true;
}

static bool only_totals(const group *g) {
    for (uint32_t i = 0; i < g->form->stores.count; i++)
        if (g->form->stores.data[i].combine == TILE_PLAIN) return false;
    return true;
}

/* Loads of the second that read stores of the first. False when one reads a part of a result, or a total. */
static bool find_pairs(const fuser *f, const group *first, const group *second, tile_pair *pairs, uint32_t *count) {
    *count = 0;
    for (uint32_t i = 0; i < second->form->loads.count; i++) {
        const location at = second->operands.data[second->form->loads.data[i].tensor].at;
        uint32_t k = 0, stores = first->form->stores.count;
        bool there = false;
        for (; k < stores; k++) {
            const location made = first->results.data[first->form->stores.data[k].tensor].at;
            there |= made.storage == at.storage;
            if (made.storage == at.storage && made.offset == at.offset) break;
        }
        if (!there) continue;
        if (k == stores || first->form->stores.data[k].combine != TILE_PLAIN || *count == MOST_READERS) return false;
        pairs[(*count)++] = (tile_pair){.store = k, .load = i};
    }
    UNUSED(f);
    return true;
}

/* Results of the first that somebody besides the second needs. */
static uint64_t needed(const fuser *f, const group *first, uint32_t from, uint32_t except) {
    uint64_t keep = 0;
    for (uint32_t i = 0; i < first->form->stores.count; i++) {
        const uint32_t s = first->results.data[first->form->stores.data[i].tensor].at.storage;
        const storage *lies = &f->p->storages.data[s];
        bool needs = lies->last == STEP_END || lies->outside || lies->keeps_slot;
        for (uint32_t k = f->first_reader[s]; k < f->first_reader[s + 1] && !needs; k++) {
            const uint32_t reader = home_of(f, f->readers[k]);
            needs = reader != from && reader != except;
        }
        keep |= (uint64_t)needs << i;
    }
    return keep;
}

/* Loads and stores that jump from element to element. */
static uint32_t count_jumps(const tile_program *p) {
    uint32_t jumps = 0;
    for (uint32_t i = 0; i < p->num_loads + p->num_stores; i++) {
        const tile_access *a = i < p->num_loads ? &p->loads[i] : &p->stores[i - p->num_loads];
        jumps += a->walk == TILE_STRIDED && a->strides[p->ndim - 1] > 1;
    }
    return jumps;
}

static bool worth_it(const fuser *f, const tile_builder *first, const tile_builder *second, const tile_builder *both) {
    arena *scratch = f->p->scratch;
    if (both->loads.count + both->stores.count > MOST_TENSORS || both->stores.count > 60) return false;
    const tile_program *p = tile_finish(both, scratch);
    if (!p) return false;
    const uint32_t jumps = count_jumps(p);
    if (!jumps) return true;
    const tile_program *a = tile_finish(first, scratch), *b = tile_finish(second, scratch);
    if (!a || !b) return false;
    /* Rows cannot go in blocks: what jumps in one is to be copied by a step of its own. */
    const bool count_a = !p->has_rows || a->has_rows, count_b = !p->has_rows || b->has_rows;
    return jumps <= (count_a ? count_jumps(a) : 0) + (count_b ? count_jumps(b) : 0);
}

static uint16_t operand_index(planner *p, group *g, const tensor_at *t) {
    for (uint32_t i = 0; i < g->operands.count; i++) {
        const tensor_at *known = &g->operands.data[i];
        if (known->at.storage == t->at.storage && known->at.offset == t->at.offset &&
            tensor_same_layout(&known->desc, &t->desc))
            return (uint16_t)i;
    }
    *VEC_PUSH(p->scratch, &g->operands) = *t;
    return (uint16_t)(g->operands.count - 1);
}

/* The first group before the second one, at step `at`. */
static bool merge(fuser *f, uint32_t a, uint32_t b, uint32_t at, const tile_pair *shared) {
    planner *p = f->p;
    const group *first = f->groups[a];
    group *second = f->groups[b];
    tile_pair pairs[MOST_READERS];
    uint32_t count = 0;
    if (!find_pairs(f, first, second, pairs, &count) || (!count && !shared)) return false;
    const uint64_t keep = needed(f, first, a, b);
    group *g = ARENA_NEW(p->scratch, group);
    for (uint32_t i = 0; i < second->results.count; i++) *VEC_PUSH(p->scratch, &g->results) = second->results.data[i];
    for (uint32_t i = 0; i < second->operands.count; i++)
        *VEC_PUSH(p->scratch, &g->operands) = second->operands.data[i];
    uint16_t *operands = ARENA_ARRAY(p->scratch, uint16_t, first->operands.count);
    uint16_t *results = ARENA_ARRAY(p->scratch, uint16_t, first->results.count);
    for (uint32_t i = 0; i < first->operands.count; i++) operands[i] = operand_index(p, g, &first->operands.data[i]);
    for (uint32_t i = 0; i < first->results.count; i++) {
        results[i] = (uint16_t)g->results.count;
        *VEC_PUSH(p->scratch, &g->results) = first->results.data[i];
    }
    g->form = ARENA_NEW(p->scratch, tile_builder);
    if (!tile_merge(first->form, second->form, pairs, count, shared, keep, operands, results, g->form)) return false;
    if (!worth_it(f, first->form, second->form, g->form)) return false;
    for (uint32_t i = 0; i < first->members.count; i++) *VEC_PUSH(p->scratch, &g->members) = first->members.data[i];
    for (uint32_t i = 0; i < second->members.count; i++) *VEC_PUSH(p->scratch, &g->members) = second->members.data[i];
    f->groups[a] = f->groups[b] = NULL;
    f->groups[at] = g;
    f->home[at == a ? b : a] = at;
    return true;
}

/* Step a into step b, of which a comes first. */
static bool try_merge(fuser *f, uint32_t a, uint32_t b, const tile_pair *shared) {
    const group *first = f->groups[a], *second = f->groups[b];
    const draft *drafts = f->p->drafts.data;
    if (drafts[a].step.backward != drafts[b].step.backward) return false;
    if (b - a <= SINK && unread_until(f, first, a, b, b) && unwritten_between(f, first, a, b) &&
        merge(f, a, b, b, shared))
        return true;
    if (b - a > (only_totals(second) ? RISE : RISE_TENSOR)) return false;
    return made_before(f, second, a, a) && unwritten_between(f, second, a, b) && merge(f, a, b, a, shared);
}

/* ---- the pass -------------------------------------------------------------------------------------------------- */

/* Takes one of the steps that make an operand of step b in. Gives where the group now is, or b. */
static uint32_t take_maker(fuser *f, uint32_t b) {
    const group *g = f->groups[b];
    for (uint32_t i = 0; i < g->form->loads.count; i++) {
        const uint32_t s = g->operands.data[g->form->loads.data[i].tensor].at.storage;
        if (f->maker[s] == UINT32_MAX) continue;
        const uint32_t a = home_of(f, f->maker[s]);
        if (a < b && f->groups[a] && try_merge(f, a, b, NULL)) return f->groups[a] ? a : b;
    }
    return UINT32_MAX;
}

/* Takes in a step that loads the same tensor. */
static uint32_t take_sibling(fuser *f, uint32_t b) {
    const group *g = f->groups[b];
    for (uint32_t i = 0; i < g->form->loads.count; i++) {
        const tensor_at *t = &g->operands.data[g->form->loads.data[i].tensor];
        const uint32_t s = t->at.storage;
        if (t->desc.numel * t->desc.item_bytes < SMALLEST_SHARED && !f->p->is_body) continue;
        if (f->first_reader[s + 1] - f->first_reader[s] > MOST_READERS) continue;
        for (uint32_t k = f->first_reader[s]; k < f->first_reader[s + 1]; k++) {
            const uint32_t a = home_of(f, f->readers[k]);
            if (a >= b || !f->groups[a] || !reads_group(f->groups[a], s)) continue;
            tile_pair shared = {.store = UINT32_MAX, .load = i};
            for (uint32_t l = 0; l < f->groups[a]->form->loads.count; l++) {
                const location at = f->groups[a]->operands.data[f->groups[a]->form->loads.data[l].tensor].at;
                if (at.storage == s && at.offset == t->at.offset) shared.store = l;
            }
            if (shared.store != UINT32_MAX && try_merge(f, a, b, &shared)) return f->groups[a] ? a : b;
        }
    }
    return UINT32_MAX;
}

/* ---- writing drafts -------------------------------------------------------------------------------------------- */

static const char *group_name(const planner *p, const group *g) {
    text t = {.arena = p->arena};
    for (uint32_t i = 0; i < g->members.count; i++) {
        const char *what = p->drafts.data[g->members.data[i]].step.what, *last = strrchr(what, '.');
        const char *from = what;
        for (const char *c = what; last && c < last; c++)
            if (*c == '.') from = c + 1;
        if (last && from > last) from = what;
        text_printf(&t, i ? " %.*s" : "%.*s", last ? (int)(last - from) : (int)strlen(from), from);
    }
    return t.data;
}

/* Operands that lie element by element as a result does, whatever else the program reads. */
static uint64_t operands_under(const group *g, const tile_access *store, const uint32_t *number) {
    uint64_t mask = 0;
    if (store->combine != TILE_PLAIN) return 0;
    for (uint32_t i = 0; i < g->form->loads.count; i++) {
        const tile_access *a = &g->form->loads.data[i];
        if (number[a->tensor] < 64 && !memcmp(a->strides, store->strides, g->form->ndim * sizeof *a->strides))
            mask |= 1ull << number[a->tensor];
    }
    for (uint32_t i = 0; i < g->form->loads.count; i++) {
        const tile_access *a = &g->form->loads.data[i];
        if (number[a->tensor] < 64 && memcmp(a->strides, store->strides, g->form->ndim * sizeof *a->strides))
            mask &= ~(1ull << number[a->tensor]);
    }
    return mask;
}

static void write_draft(fuser *f, uint32_t index) {
    planner *p = f->p;
    group *g = f->groups[index];
    draft *d = &p->drafts.data[index];
    const uint32_t num_results = g->form->stores.count;
    const bool alone = g->members.count == 1;
    if (alone && !tile_finish(g->form, p->scratch)) { /* too long a row: stays what it is */
        d->form = NULL;
        return;
    }
    uint32_t *number = ARENA_ARRAY(p->scratch, uint32_t, g->operands.count), num_operands = 0;
    for (uint32_t i = 0; i < g->operands.count; i++) number[i] = UINT32_MAX;
    for (uint32_t i = 0; i < g->form->loads.count; i++) {
        uint32_t *n = &number[g->form->loads.data[i].tensor];
        if (*n == UINT32_MAX) *n = num_operands++;
    }
    const char *name = p->drafts.data[g->members.data[g->members.count - 1]].step.name;
    double flops = 0;
    for (uint32_t i = 0; i < g->members.count; i++) flops += p->drafts.data[g->members.data[i]].step.flops;
    *d = (draft){.step = {.name = name,
                          .what = alone ? d->step.what : group_name(p, g),
                          .flops = flops,
                          .backward = d->step.backward},
                 .scratch = NO_STORAGE};
    d->step.num_results = num_results, d->step.num_operands = num_operands;
    d->tensors = ARENA_ARRAY(p->arena, tensor_desc, num_results + num_operands);
    d->at = ARENA_ARRAY(p->scratch, location, num_results + num_operands);
    uint64_t *over = ARENA_ARRAY(p->scratch, uint64_t, num_results);
    for (uint32_t i = 0; i < num_results; i++) {
        const tile_access *a = &g->form->stores.data[i];
        d->tensors[i] = g->results.data[a->tensor].desc, d->at[i] = g->results.data[a->tensor].at;
        over[i] = operands_under(g, a, number);
    }
    for (uint32_t i = 0; i < g->operands.count; i++) {
        if (number[i] == UINT32_MAX) continue;
        d->tensors[num_results + number[i]] = g->operands.data[i].desc;
        d->at[num_results + number[i]] = g->operands.data[i].at;
    }
    for (uint32_t i = 0; i < g->form->loads.count; i++) {
        tile_access *a = &g->form->loads.data[i];
        a->tensor = (uint16_t)(num_results + number[a->tensor]);
    }
    for (uint32_t i = 0; i < num_results; i++) g->form->stores.data[i].tensor = (uint16_t)i;
    const tile_program *program = tile_finish(g->form, p->arena);
    d->over = over;
    d->form = g->form;
    d->step.attributes = d->step.program = program;
    d->step.kernel = program->has_rows ? KERNEL_SELECT(tile_run_rows) : KERNEL_SELECT(tile_run);
    d->step.members = alone ? 0 : g->members.count;
    d->scratch_bytes = tile_scratch_bytes(program, p->threads);
    if (d->scratch_bytes) d->scratch = planner_add_storage(p, name, d->scratch_bytes);
}

/* A draft that stays as it was: loads name tensors again. */
static void number_tensors(draft *d) {
    for (uint32_t i = 0; i < d->form->loads.count; i++)
        d->form->loads.data[i].tensor = (uint16_t)(d->form->loads.data[i].tensor + d->step.num_results);
}

/* What reduces runs as a tile program also when it is alone: its bits must not depend on its neighbours. */
static bool reduces(const group *g) {
    for (uint32_t i = 0; i < g->form->stores.count; i++)
        if (g->form->stores.data[i].combine != TILE_PLAIN) return true;
    return g->form->rows != 0;
}

void planner_fuse(planner *p) {
    const uint32_t drafts = p->drafts.count, storages = p->storages.count;
    fuser f = {.p = p,
               .groups = ARENA_ARRAY(p->scratch, group *, drafts),
               .home = ARENA_ARRAY(p->scratch, uint32_t, drafts),
               .maker = ARENA_ARRAY(p->scratch, uint32_t, storages),
               .written = ARENA_ARRAY(p->scratch, uint32_t, storages),
               .first_reader = ARENA_ARRAY(p->scratch, uint32_t, storages + 1)};
    find_makers(&f);
    for (uint32_t i = 0; i < drafts; i++) f.home[i] = i, f.groups[i] = group_of(p, i);
    for (uint32_t i = 0; i < drafts; i++) {
        uint32_t at = i;
        while (f.groups[at]) {
            ++*p->visits;
            uint32_t next = take_maker(&f, at);
            if (next == UINT32_MAX) next = take_sibling(&f, at);
            if (next == UINT32_MAX) break;
            at = next;
        }
    }
    for (uint32_t i = 0; i < drafts; i++) {
        if (f.home[i] != i) p->drafts.data[i].dropped = true;
        else if (f.groups[i] && (f.groups[i]->members.count > 1 || reduces(f.groups[i]))) write_draft(&f, i);
        else if (f.groups[i]) number_tensors(&p->drafts.data[i]);
    }
}
