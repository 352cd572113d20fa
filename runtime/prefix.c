/* SPDX-License-Identifier: MIT
 * prefix.c — inclusive prefixes whose combination is one tile program: all pairs of a level at once.
 *
 * The program of the body, which goes along one item, gets a dimension for the pairs, in which neighbours lie two spans
 * apart. So a level is one call of a kernel that threads share, over pairs and elements alike, and there are at most
 * two levels for each doubling of the length. Results are made where the right items lie: a pair reads nothing that
 * another pair of its level writes. */
#include "runtime/prefix.h"
#include "kernels/cpu/dispatch.h"
#include <string.h>

KERNEL_DECLARE(kernel_fn, tile_run);

/* The planner that made it is gone when prefixes are planned. */
static const tile_builder *copy_form(const tile_builder *form, arena *a) {
    tile_builder b = *form;
    b.arena = a;
    b.loads.data = arena_copy(a, b.loads.data, b.loads.count * sizeof *b.loads.data);
    b.stores.data = arena_copy(a, b.stores.data, b.stores.count * sizeof *b.stores.data);
    b.fills.data = arena_copy(a, b.fills.data, b.fills.count * sizeof *b.fills.data);
    b.code.data = arena_copy(a, b.code.data, b.code.count * sizeof *b.code.data);
    b.classes.data = arena_copy(a, b.classes.data, b.classes.count * sizeof *b.classes.data);
    return arena_copy(a, &b, sizeof b);
}

/* One draft that is left of a body, its tensors all inputs or outputs of the body. */
const whole_body *planner_whole_body(planner *p, const plan *body) {
    const draft *only = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->drafts.count; i++) {
        if (p->drafts.data[i].dropped) continue;
        only = &p->drafts.data[i];
        count++;
    }
    if (count != 1 || !only->form || only->form->rows || only->is_write) return NULL;
    for (uint32_t i = 0; i < only->form->stores.count; i++)
        if (only->form->stores.data[i].combine != TILE_PLAIN) return NULL;
    const uint32_t n = only->step.num_results + only->step.num_operands;
    whole_tensor *tensors = ARENA_ARRAY(p->arena, whole_tensor, n);
    for (uint32_t i = 0; i < n; i++) {
        const location at = planner_resolve(p, only->at[i]);
        const storage *lies = at.storage == NO_STORAGE ? NULL : &p->storages.data[at.storage];
        if (!lies || lies->slot < SLOT_FIRST) return NULL;
        const uint32_t slot = lies->slot - SLOT_FIRST;
        tensors[i] = (whole_tensor){.is_input = slot < body->num_inputs, .index = slot, .offset = at.offset};
        if (tensors[i].is_input) continue;
        uint32_t output = 0;
        while (output < body->num_outputs &&
               (body->outputs[output].is_input || body->outputs[output].index != slot - body->num_inputs))
            output++;
        if (output == body->num_outputs || body->outputs[output].offset || at.offset) return NULL;
        tensors[i].index = output;
    }
    for (uint32_t i = 0; i < body->num_outputs; i++) {
        bool made = false;
        for (uint32_t k = 0; k < only->step.num_results; k++) made |= !tensors[k].is_input && tensors[k].index == i;
        if (!made) return NULL;
    }
    whole_body *out = ARENA_NEW(p->arena, whole_body);
    *out = (whole_body){.form = copy_form(only->form, p->arena), .tensors = tensors, .descs = only->tensors};
    out->num_results = only->step.num_results, out->num_operands = only->step.num_operands;
    return out;
}

/* Access `a` with a dimension of pairs in front, `step` elements from one to the next. */
static void add_dimension(tile_access *a, uint32_t ndim, int64_t step) {
    memmove(a->strides + 1, a->strides, ndim * sizeof *a->strides);
    a->strides[0] = step;
}

typedef struct level_maker {
    planner *p;
    const whole_body *body;
    prefix_levels *levels;
    const int64_t *item_bytes; /* by result */
} level_maker;

/* From tensor to tensor of a pair's neighbour, in elements; what stays is the same for all. */
static int64_t pair_step(const level_maker *m, uint32_t tensor, int64_t span) {
    const whole_tensor *t = &m->body->tensors[tensor];
    if (t->is_input && t->index >= 2 * m->levels->num_xs) return 0;
    return 2 * span * m->item_bytes[t->index % m->levels->num_xs] / m->body->descs[tensor].item_bytes;
}

static bool add_level(level_maker *m, int64_t first, int64_t span, int64_t count) {
    arena *a = m->p->scratch;
    tile_builder b = *m->body->form;
    if (count < 1) return true;
    if (b.ndim + 1 > TILE_MAX_DIMS) return false;
    b.arena = a;
    b.loads.data = arena_copy(a, b.loads.data, b.loads.count * sizeof *b.loads.data);
    b.stores.data = arena_copy(a, b.stores.data, b.stores.count * sizeof *b.stores.data);
    if (count > 1) {
        for (uint32_t i = 0; i < b.loads.count; i++)
            add_dimension(&b.loads.data[i], b.ndim, pair_step(m, b.loads.data[i].tensor, span));
        for (uint32_t i = 0; i < b.stores.count; i++)
            add_dimension(&b.stores.data[i], b.ndim, pair_step(m, b.stores.data[i].tensor, span));
        memmove(b.sizes + 1, b.sizes, b.ndim * sizeof *b.sizes);
        b.sizes[0] = count;
        b.ndim++;
    }
    const tile_program *program = tile_finish(&b, m->p->arena);
    if (!program) return false;
    m->levels->levels[m->levels->count++] = (prefix_level){program, first - span, first};
    m->levels->scratch_bytes = MAX(m->levels->scratch_bytes, tile_scratch_bytes(program, m->p->threads));
    return true;
}

const prefix_levels *prefix_plan(planner *p, const whole_body *body, uint32_t num_xs, int64_t count,
                                 const int64_t *item_bytes) {
    enum { MOST_LEVELS = 2 * 63 };
    prefix_levels *levels = ARENA_NEW(p->arena, prefix_levels);
    *levels = (prefix_levels){.body = body, .num_xs = num_xs};
    levels->levels = arena_array(p->arena, MOST_LEVELS, sizeof *levels->levels);
    level_maker m = {p, body, levels, item_bytes};
    int64_t span = 1;
    bool fits = true;
    for (; fits && count / span > 1; span *= 2) fits = add_level(&m, 2 * span - 1, span, count / (2 * span));
    for (span /= 2; fits && span; span /= 2) fits = add_level(&m, 3 * span - 1, span, (count - span) / (2 * span));
    return fits ? levels : NULL;
}

void prefix_run(const prefix_levels *l, const prefix_call *c) {
    const whole_body *body = l->body;
    const uint32_t n = body->num_results + body->num_operands;
    for (uint32_t k = 0; k < l->count; k++) {
        const prefix_level *level = &l->levels[k];
        for (uint32_t i = 0; i < n; i++) {
            const whole_tensor *t = &body->tensors[i];
            const uint32_t x = t->index % l->num_xs;
            const bool is_rest = t->is_input && t->index >= 2 * l->num_xs,
                       is_left = t->is_input && t->index < l->num_xs;
            c->data[i] = is_rest ? c->rest[t->index - 2 * l->num_xs]
                                 : c->results[x] + (is_left ? level->left : level->right) * c->item_bytes[x];
            c->data[i] += t->offset;
        }
        const kernel_call call = {.tensors = body->descs,
                                  .data = (void *const *)c->data,
                                  .num_results = body->num_results,
                                  .num_operands = body->num_operands,
                                  .attributes = level->program,
                                  .scratch = c->scratch,
                                  .pool = c->pool};
        KERNEL_SELECT(tile_run)(&call);
    }
}
