/* SPDX-License-Identifier: MIT
 * small.c — bodies of loops that compute on a few numbers: what their steps do, as values for kernels/lanes.h.
 *
 * Every step must be a tile program or a constant, over single elements or row-major tensors of one short width: then
 * a value is what a step leaves in memory, and nothing else of the step matters. */
#include "kernels/lanes.h"
#include "runtime/plan.h"
#include <string.h>

/* What lies at a place in a storage. */
typedef struct known {
    int64_t offset;
    uint32_t value, width, before; /* before: the entry of the same storage that was made before this one, + 1 */
} known;

typedef struct reader {
    const planner *p;
    const cot_graph *g;
    uint32_t num_inputs;
    VEC(lane_value) values;
    VEC(known) memory;
    uint32_t *newest; /* by storage: in memory, + 1 */
    bool failed;
} reader;

static uint32_t add_value(reader *r, lane_value v) {
    r->failed |= r->values.count >= LANES_MAX_VALUES;
    *VEC_PUSH(r->p->scratch, &r->values) = v;
    return r->values.count - 1;
}

static uint32_t add_instruction(reader *r, tile_instruction in, uint32_t width) {
    return add_value(r, (lane_value){.kind = LANE_INSTRUCTION, .class = in.class, .width = (uint8_t)width, .in = in});
}

/* A value in another class, wider, or rounded to a dtype. */
static uint32_t convert(reader *r, uint32_t v, uint32_t class, uint32_t width, uint32_t round) {
    const lane_value *of = &r->values.data[v];
    tile_instruction in = {
        .element = TILE_convert, .class = (uint8_t) class, .from = of->class, .round = (uint8_t)round};
    for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) in.x[k] = (uint16_t)v;
    return add_instruction(r, in, width);
}

static void remember(reader *r, location at, uint32_t value, uint32_t width) {
    *VEC_PUSH(r->p->scratch, &r->memory) = (known){at.offset, value, width, r->newest[at.storage]};
    r->newest[at.storage] = r->memory.count;
}

/* The value in memory where this tensor lies. */
static uint32_t recall(reader *r, location at, const tensor_desc *t) {
    const int64_t width = t->numel;
    if (at.storage == NO_STORAGE || width < 1 || width > LANES_MAX_WIDTH || !t->contiguous) {
        r->failed = true;
        return 0;
    }
    for (uint32_t i = r->newest[at.storage]; i; i = r->memory.data[i - 1].before) {
        const known *k = &r->memory.data[i - 1];
        if (k->offset == at.offset && k->width == width) return k->value;
    }
    const storage *lies = &r->p->storages.data[at.storage];
    const bool has_class = !dtype_is_complex((cot_dtype)t->dtype);
    if (!lies->outside || lies->slot - SLOT_FIRST >= r->num_inputs || !has_class) {
        r->failed = true;
        return 0;
    }
    const uint32_t v = add_value(r, (lane_value){.kind = LANE_INPUT,
                                                 .class = tile_class_of((cot_dtype)t->dtype),
                                                 .width = (uint8_t)width,
                                                 .dtype = t->dtype,
                                                 .input = (uint16_t)(lies->slot - SLOT_FIRST),
                                                 .offset = at.offset});
    remember(r, at, v, (uint32_t)width);
    return v;
}

/* ---- one step --------------------------------------------------------------------------------------------------- */

typedef struct step_reader {
    reader *r;
    const draft *d;
    uint32_t *values; /* by register of the form */
} step_reader;

static tile_instruction instruction(uint32_t element, uint32_t class, uint32_t a, uint32_t b) {
    return (tile_instruction){.element = (uint16_t)element,
                              .class = (uint8_t) class,
                              .round = COT_DTYPE_COUNT,
                              .x = {(uint16_t)a, (uint16_t)b, (uint16_t)a, (uint16_t)a}};
}

/* What all elements come to, where there is one element. */
static uint32_t total(reader *r, uint32_t v, uint32_t combine, double scale) {
    const uint32_t class = r->values.data[v].class;
    r->failed |= r->values.data[v].width != 1;
    if (combine == TILE_SQUARES) v = add_instruction(r, instruction(TILE_mul, class, v, v), 1);
    if ((combine != TILE_SQUARES && combine != TILE_SUM) || scale == 1) return v;
    const lane_value factor = {.kind = LANE_CONSTANT, .class = (uint8_t) class, .width = 1, .number = {.f = scale}};
    r->failed |= class == TILE_I64;
    return add_instruction(r, instruction(TILE_mul, class, v, add_value(r, factor)), 1);
}

static uint32_t read_instruction(step_reader *s, const tile_instruction *in) {
    reader *r = s->r;
    tile_instruction made = *in;
    uint32_t width = 1;
    for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) {
        made.x[k] = (uint16_t)s->values[in->x[k]];
        width = MAX(width, r->values.data[made.x[k]].width);
    }
    if (in->element == TILE_reduce) return total(r, made.x[0], (uint32_t)in->p[0].i, in->p[1].f);
    if (in->element == TILE_expand) return made.x[0];
    return add_instruction(r, made, width);
}

static void read_form(reader *r, const draft *d) {
    const tile_builder *f = d->form;
    step_reader s = {.r = r, .d = d, .values = ARENA_ARRAY(r->p->scratch, uint32_t, f->classes.count)};
    for (uint32_t i = 0; i < f->loads.count && !r->failed; i++) {
        const tile_access *a = &f->loads.data[i];
        const uint32_t v = recall(r, d->at[a->tensor], &d->tensors[a->tensor]);
        if (r->failed) return;
        const bool same = r->values.data[v].class == a->class;
        s.values[a->value] = same ? v : convert(r, v, a->class, r->values.data[v].width, COT_DTYPE_COUNT);
    }
    for (uint32_t i = 0; i < f->fills.count; i++)
        s.values[f->fills.data[i].value] = add_value(r, (lane_value){.kind = LANE_CONSTANT,
                                                                     .class = f->fills.data[i].class,
                                                                     .width = 1,
                                                                     .number = f->fills.data[i].number});
    for (uint32_t i = 0; i < f->code.count; i++) s.values[f->code.data[i].y] = read_instruction(&s, &f->code.data[i]);
    for (uint32_t i = 0; i < f->stores.count && !r->failed; i++) {
        const tile_access *a = &f->stores.data[i];
        const tensor_desc *t = &d->tensors[a->tensor];
        uint32_t v = s.values[a->value];
        if (a->combine != TILE_PLAIN) v = total(r, v, a->combine, a->scale);
        const uint32_t width = r->values.data[v].width;
        r->failed |= t->numel < 1 || t->numel > LANES_MAX_WIDTH || !t->contiguous || (width != 1 && width != t->numel);
        if (r->failed) return;
        const bool exact = tile_class_of((cot_dtype)t->dtype) == (tile_class)r->values.data[v].class &&
                           dtype_bytes((cot_dtype)t->dtype) == (a->class == TILE_F32 ? 4u : 8u);
        if (!exact || width != t->numel)
            v = convert(r, v, a->class, (uint32_t)t->numel, exact ? COT_DTYPE_COUNT : t->dtype);
        const tile_class class = tile_class_of((cot_dtype)t->dtype);
        if (r->values.data[v].class != class) v = convert(r, v, class, (uint32_t)t->numel, COT_DTYPE_COUNT);
        remember(r, d->at[a->tensor], v, (uint32_t)t->numel);
    }
}

/* Operands and results that are longer than the others do not fit: a space of more than a result has. */
static bool fits(const draft *d) {
    if (d->form && d->form->rows) return false;
    int64_t numel = 1;
    for (uint32_t i = 0; d->form && i < d->form->ndim; i++) numel *= d->form->sizes[i];
    for (uint32_t i = 0; i < d->step.num_results; i++)
        if (d->tensors[i].numel >= 0 && d->tensors[i].numel != numel) return false;
    for (uint32_t i = 0; i < d->step.num_results + d->step.num_operands; i++)
        if (d->tensors[i].numel > 1 && d->tensors[i].numel != numel) return false;
    return !d->is_write;
}

/* ---- a body ----------------------------------------------------------------------------------------------------- */

static void read_outputs(reader *r, const plan_value *values, lanes_body *out) {
    arg_list leaves = {0};
    arg_leaves(r->p->scratch, &r->g->output, &leaves);
    lane_output *outputs = ARENA_ARRAY(r->p->arena, lane_output, leaves.count);
    for (uint32_t i = 0; i < leaves.count && !r->failed; i++) {
        const value v = arg_as_value(&leaves.data[i]);
        outputs[i].value = LANE_NO_VALUE;
        if (v == NO_VALUE) continue;
        const tensor_desc t = type_describe(&values[v].type);
        r->failed |= t.numel < 0 || values[v].is_stack;
        if (!r->failed) outputs[i] = (lane_output){recall(r, values[v].at, &t), t.dtype};
    }
    out->outputs = outputs, out->num_outputs = leaves.count;
}

const lanes_body *planner_small_body(planner *p, const cot_graph *g, const plan_value *values) {
    reader r = {.p = p, .g = g, .num_inputs = g->inputs.count};
    if (p->drafts.count > LANES_MAX_VALUES / 4) return NULL;
    for (uint32_t i = 0; i < p->drafts.count; i++) {
        const draft *d = &p->drafts.data[i];
        if (!d->form || !fits(d)) return NULL;
    }
    r.newest = ARENA_ARRAY(p->scratch, uint32_t, p->storages.count);
    for (uint32_t i = 0; i < g->inputs.count && !r.failed; i++) {
        const plan_value *in = &values[g->inputs.data[i]];
        const tensor_desc t = type_describe(&in->type);
        const bool small = t.numel >= 1 && t.numel <= LANES_MAX_WIDTH && t.contiguous;
        if (small && !dtype_is_complex((cot_dtype)t.dtype)) recall(&r, in->at, &t);
    }
    for (uint32_t i = 0; i < p->drafts.count && !r.failed; i++) read_form(&r, &p->drafts.data[i]);
    lanes_body *out = ARENA_NEW(p->arena, lanes_body);
    if (!r.failed) read_outputs(&r, values, out);
    if (r.failed) return NULL;
    out->values = arena_copy(p->arena, r.values.data, r.values.count * sizeof *r.values.data);
    out->num_values = r.values.count, out->num_inputs = r.num_inputs;
    return out;
}
