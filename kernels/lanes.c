/* SPDX-License-Identifier: MIT
 * lanes.c — packing the body of a loop: which instructions become one, and where in the file everything lies.
 *
 * Level by level from the inputs: instructions of one level that do the same are one over neighbouring lanes, in the
 * order of their first operands, so that operands made together are mostly read where they lie. Others are gathered. */
#include "kernels/lanes.h"

#include <stdlib.h>
#include <string.h>

typedef enum section { BEFORE, TEST, BODY, SECTIONS } section;

#define NOWHERE UINT32_MAX

typedef struct place {
    uint32_t at;                         /* in the file */
    uint32_t spread[3], spread_lanes[3]; /* by section: where the same number lies side by side, how often */
    uint32_t depth;
    uint8_t section;
    bool live;
} place;

typedef struct packer {
    arena *result, *scratch;
    const lane_value *values; /* of both bodies */
    place *places;
    uint32_t num_values, num_carries, num_items;
    uint32_t top; /* of the file */
    bool failed;
    lanes_program *program;
    VEC(lane_op) code[SECTIONS];
    VEC(lane_port) constants;
    VEC(tile_number) numbers;
} packer;

static uint32_t class_bytes(uint32_t class) { return class == TILE_F32 ? sizeof(float) : sizeof(double); }

static uint32_t reserve(packer *p, uint32_t bytes) {
    const uint32_t align = bytes >= 32 ? 64 : 8;
    const uint64_t at = ((uint64_t)p->top + align - 1) / align * align;
    p->failed |= at + bytes > UINT32_MAX / 2;
    p->top = p->failed ? 0 : (uint32_t)(at + bytes);
    return (uint32_t)at;
}

/* ---- both bodies as one list ------------------------------------------------------------------------------------ */

typedef struct joined {
    lane_value *values;
    uint32_t count;
    uint32_t *first; /* by value: of which body */
    uint32_t *map[2];
} joined;

static uint32_t same_input(const joined *j, const lane_value *v) {
    for (uint32_t i = 0; i < j->count; i++)
        if (j->values[i].kind == LANE_INPUT && j->values[i].input == v->input && j->values[i].offset == v->offset &&
            j->values[i].width == v->width)
            return i;
    return LANE_NO_VALUE;
}

static void join(joined *j, const lanes_body *body, uint32_t which, arena *scratch) {
    j->map[which] = ARENA_ARRAY(scratch, uint32_t, body->num_values);
    for (uint32_t i = 0; i < body->num_values; i++) {
        lane_value v = body->values[i];
        uint32_t at = v.kind == LANE_INPUT ? same_input(j, &v) : LANE_NO_VALUE;
        for (uint32_t k = 0; v.kind == LANE_INSTRUCTION && k < TILE_MAX_OPERANDS; k++)
            v.in.x[k] = (uint16_t)j->map[which][v.in.x[k]];
        if (at == LANE_NO_VALUE) {
            at = j->count++;
            j->values[at] = v;
            j->first[at] = which;
        }
        j->map[which][i] = at;
    }
}

/* ---- what is needed when --------------------------------------------------------------------------------------- */

static bool is_fixed(const packer *p, const lane_value *v) { return v->input >= p->num_carries + p->num_items; }

static void find_sections(packer *p, const uint32_t *first, bool is_while) {
    for (uint32_t i = 0; i < p->num_values; i++) {
        const lane_value *v = &p->values[i];
        place *at = &p->places[i];
        const uint8_t own = is_while && !first[i] ? TEST : BODY;
        at->at = NOWHERE;
        at->section = v->kind == LANE_CONSTANT || (v->kind == LANE_INPUT && is_fixed(p, v)) ? BEFORE : own;
        if (v->kind == LANE_INPUT && !is_fixed(p, v)) at->section = TEST; /* there before either */
        if (v->kind != LANE_INSTRUCTION) continue;
        at->section = BEFORE;
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++)
            if (p->places[v->in.x[k]].section != BEFORE) at->section = own;
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) {
            const place *x = &p->places[v->in.x[k]];
            if (x->section == at->section && p->values[v->in.x[k]].kind == LANE_INSTRUCTION)
                at->depth = MAX(at->depth, x->depth + 1);
        }
    }
}

static void find_live(packer *p) {
    for (uint32_t i = p->num_values; i-- > 0;)
        for (uint32_t k = 0; p->places[i].live && p->values[i].kind == LANE_INSTRUCTION && k < TILE_MAX_OPERANDS; k++)
            p->places[p->values[i].in.x[k]].live = true;
}

/* ---- inputs and constants --------------------------------------------------------------------------------------- */

static void place_constant(packer *p, uint32_t at, const lane_value *v, uint32_t lanes) {
    *VEC_PUSH(p->result, &p->constants) =
        (lane_port){.at = at, .class = v->class, .dtype = v->dtype, .width = (uint8_t)lanes};
    *VEC_PUSH(p->result, &p->numbers) = v->number;
}

/* Inputs of one class and width side by side, in their order. */
static void place_inputs(packer *p, bool constants) {
    for (uint32_t class = 0; class < TILE_CLASS_COUNT; class ++) {
        for (uint32_t wide = 0; wide < 2; wide++) {
            uint32_t bytes = 0;
            for (uint32_t pass = 0, at = 0; pass < 2; pass++) {
                for (uint32_t i = 0; i < p->num_values; i++) {
                    const lane_value *v = &p->values[i];
                    const bool is_carry = v->kind == LANE_INPUT && v->input < p->num_carries;
                    if (v->kind == LANE_INSTRUCTION || (v->kind == LANE_CONSTANT) != constants || v->class != class ||
                        (v->width > 1) != (wide != 0) || (!p->places[i].live && !is_carry))
                        continue;
                    const uint32_t size = v->width * class_bytes(class);
                    if (pass) p->places[i].at = at, at += size;
                    else bytes += size;
                    if (pass && constants) place_constant(p, p->places[i].at, v, v->width);
                }
                if (!pass) at = reserve(p, bytes);
            }
        }
    }
}

/* ---- groups ----------------------------------------------------------------------------------------------------- */

static int order(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

/* Whether two instructions can be one. */
static int compare_kinds(const packer *p, const lane_value *a, const lane_value *b) {
    int way = order(a->in.element, b->in.element);
    if (!way) way = order(a->in.class, b->in.class);
    if (!way) way = order(a->in.from, b->in.from);
    if (!way) way = order(a->in.round, b->in.round);
    if (!way) way = order(a->width, b->width);
    for (uint32_t k = 0; !way && k < TILE_MAX_OPERANDS; k++)
        way = order(p->values[a->in.x[k]].width, p->values[b->in.x[k]].width);
    return way ? way : memcmp(a->in.p, b->in.p, sizeof a->in.p);
}

typedef struct member {
    const packer *p;
    uint32_t value;
} member;

static int compare(const void *a_, const void *b_) {
    const member *a = a_, *b = b_;
    const packer *p = a->p;
    const lane_value *v = &p->values[a->value], *w = &p->values[b->value];
    int way = compare_kinds(p, v, w);
    for (uint32_t k = 0; !way && k < TILE_MAX_OPERANDS; k++)
        way = order(p->places[v->in.x[k]].at, p->places[w->in.x[k]].at);
    return way ? way : order(a->value, b->value);
}

static void add_op(packer *p, section s, lane_op op) { *VEC_PUSH(p->result, &p->code[s]) = op; }

/* One number as often as `lanes` says. */
static uint32_t spread(packer *p, uint32_t v, uint32_t lanes, section s) {
    const lane_value *of = &p->values[v];
    place *at = &p->places[v];
    const section own = at->section == BEFORE ? BEFORE : s;
    if (at->spread_lanes[own] >= lanes) return at->spread[own];
    const uint32_t to = reserve(p, lanes * class_bytes(of->class));
    add_op(p, own,
           (lane_op){.step = LANE_SPREAD, .class = of->class, .count = (uint16_t)lanes, .y = to, .x = {at->at}});
    at->spread[own] = to, at->spread_lanes[own] = lanes;
    return to;
}

/* Where operand k of the members lies side by side. */
static uint32_t operand(packer *p, const member *members, uint32_t count, uint32_t k, section s) {
    const lane_value *first = &p->values[members[0].value];
    const uint32_t x = first->in.x[k], width = p->values[x].width, wanted = first->width;
    const uint32_t bytes = class_bytes(p->values[x].class);
    bool same = true, dense = width == wanted, fixed = true;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t v = p->values[members[i].value].in.x[k];
        same &= v == x;
        dense &= p->places[v].at == p->places[x].at + i * width * bytes;
        fixed &= p->places[v].section == BEFORE;
    }
    if (dense) return p->places[x].at;
    if (same && width == 1) return spread(p, x, count * wanted, s);
    const uint32_t repeat = width == wanted ? 1 : wanted, blocks = count * repeat, block = width * bytes;
    uint32_t *from = ARENA_ARRAY(p->result, uint32_t, blocks);
    for (uint32_t i = 0; i < blocks; i++) from[i] = p->places[p->values[members[i / repeat].value].in.x[k]].at;
    const uint32_t to = reserve(p, blocks * block);
    add_op(p, fixed ? BEFORE : s,
           (lane_op){.step = LANE_GATHER, .count = (uint16_t)blocks, .y = to, .from = from, .block = block});
    return to;
}

static lane_step step_of(const lane_op *op) {
    if (op->count > 1 || op->class != TILE_F32 || op->in.round != COT_DTYPE_COUNT) return LANE_APPLY;
    if (op->in.element == TILE_add) return LANE_ADD;
    if (op->in.element == TILE_sub) return LANE_SUB;
    return op->in.element == TILE_mul ? LANE_MUL : LANE_APPLY;
}

static void add_group(packer *p, const member *members, uint32_t count, section s) {
    const lane_value *first = &p->values[members[0].value];
    const uint32_t size = first->width * class_bytes(first->class);
    lane_op op = {
        .step = LANE_APPLY, .class = first->class, .count = (uint16_t)(count * first->width), .in = first->in};
    p->failed |= count * first->width > UINT16_MAX;
    for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) {
        uint32_t known = 0; /* unused operands repeat the first */
        while (known < k && first->in.x[known] != first->in.x[k]) known++;
        bool repeats = known < k;
        for (uint32_t i = 0; i < count && repeats; i++) {
            const tile_instruction *in = &p->values[members[i].value].in;
            repeats = in->x[known] == in->x[k];
        }
        op.x[k] = repeats ? op.x[known] : operand(p, members, count, k, s);
    }
    op.step = (uint8_t)step_of(&op);
    op.y = reserve(p, count * size);
    for (uint32_t i = 0; i < count; i++) p->places[members[i].value].at = op.y + i * size;
    add_op(p, s, op);
}

/* The live instructions of a section, level by level. */
static void pack_section(packer *p, section s) {
    uint32_t deepest = 0, count = 0;
    member *all = arena_array(p->scratch, p->num_values, sizeof *all);
    uint32_t *next = NULL;
    for (uint32_t i = 0; i < p->num_values; i++)
        if (p->values[i].kind == LANE_INSTRUCTION && p->places[i].live && p->places[i].section == s)
            deepest = MAX(deepest, p->places[i].depth), count++;
    if (!count) return;
    next = ARENA_ARRAY(p->scratch, uint32_t, deepest + 2);
    for (uint32_t i = 0; i < p->num_values; i++)
        if (p->values[i].kind == LANE_INSTRUCTION && p->places[i].live && p->places[i].section == s)
            next[p->places[i].depth + 1]++;
    for (uint32_t d = 0; d <= deepest; d++) next[d + 1] += next[d];
    for (uint32_t i = 0; i < p->num_values; i++)
        if (p->values[i].kind == LANE_INSTRUCTION && p->places[i].live && p->places[i].section == s)
            all[next[p->places[i].depth]++] = (member){p, i};
    for (uint32_t d = 0, begin = 0; d <= deepest; begin = next[d++]) {
        qsort(all + begin, next[d] - begin, sizeof *all, compare);
        for (uint32_t i = begin, k = begin; i < next[d] && !p->failed; i = k) {
            while (k < next[d] && !compare_kinds(p, &p->values[all[i].value], &p->values[all[k].value])) k++;
            add_group(p, all + i, k - i, s);
        }
    }
}

/* ---- ports ------------------------------------------------------------------------------------------------------ */

static lane_port port_of(const packer *p, uint32_t v, uint16_t tensor, uint8_t dtype, int64_t offset) {
    return (lane_port){.at = p->places[v].at,
                       .tensor = tensor,
                       .class = p->values[v].class,
                       .dtype = dtype,
                       .width = p->values[v].width,
                       .offset = offset};
}

static void add_inputs(packer *p) {
    VEC(lane_port) ports[3] = {{0}, {0}, {0}};
    lane_port *carries = ARENA_ARRAY(p->result, lane_port, p->num_carries);
    for (uint32_t i = 0; i < p->num_values; i++) {
        const lane_value *v = &p->values[i];
        if (v->kind != LANE_INPUT || p->places[i].at == NOWHERE) continue;
        const lane_port port = port_of(p, i, v->input, v->dtype, v->offset);
        if (v->input < p->num_carries) carries[v->input] = port;
        else *VEC_PUSH(p->result, &ports[is_fixed(p, v)]) = port;
    }
    p->program->carries = carries, p->program->num_carries = p->num_carries;
    p->program->items = ports[0].data, p->program->num_items = ports[0].count;
    p->program->fixed = ports[1].data, p->program->num_fixed = ports[1].count;
}

static void add_turns(packer *p, const uint32_t *next) {
    lane_move *turns = ARENA_ARRAY(p->result, lane_move, p->num_carries);
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->num_carries; i++) {
        const lane_port *carry = &p->program->carries[i];
        const lane_move m = {carry->at, p->places[next[i]].at, carry->width * class_bytes(carry->class)};
        lane_move *last = count ? &turns[count - 1] : NULL;
        if (m.to == m.from) continue;
        if (last && last->to + last->bytes == m.to && last->from + last->bytes == m.from) last->bytes += m.bytes;
        else turns[count++] = m;
    }
    p->program->turns = turns, p->program->num_turns = count;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

/* What a carry becomes is a value of its own: another carry would have turned before it. */
static uint32_t next_carry(joined *j, uint32_t v, uint32_t carry, uint32_t num_carries, uint32_t which) {
    const lane_value *of = &j->values[v];
    if (of->kind != LANE_INPUT || of->input >= num_carries || of->input == carry) return v;
    lane_value copy = {.kind = LANE_INSTRUCTION, .class = of->class, .width = of->width};
    copy.in =
        (tile_instruction){.element = TILE_convert, .class = of->class, .from = of->class, .round = COT_DTYPE_COUNT};
    for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) copy.in.x[k] = (uint16_t)v;
    j->values[j->count] = copy;
    j->first[j->count] = which;
    return j->count++;
}

static void fill_program(packer *p) {
    lanes_program *out = p->program;
    out->constants = p->constants.data, out->num_constants = p->constants.count, out->numbers = p->numbers.data;
    out->before = (lane_code){p->code[BEFORE].data, p->code[BEFORE].count};
    out->test = (lane_code){p->code[TEST].data, p->code[TEST].count};
    out->body = (lane_code){p->code[BODY].data, p->code[BODY].count};
    out->file_bytes = ((uint64_t)p->top + 63) / 64 * 64;
}

const lanes_program *lanes_pack(const lanes_body *const bodies[2], uint32_t num_carries, uint32_t num_items,
                                arena *result, arena *scratch) {
    const bool is_while = bodies[1] != NULL;
    const lanes_body *body = bodies[is_while];
    const uint32_t most = bodies[0]->num_values + (is_while ? bodies[1]->num_values : 0) + body->num_outputs;
    if (most > LANES_MAX_VALUES) return NULL;
    joined j = {.values = arena_array(scratch, most, sizeof *j.values), .first = ARENA_ARRAY(scratch, uint32_t, most)};
    for (uint32_t b = 0; b < 2 && bodies[b]; b++) join(&j, bodies[b], b, scratch);
    uint32_t *outputs = ARENA_ARRAY(scratch, uint32_t, body->num_outputs);
    for (uint32_t i = 0; i < body->num_outputs; i++) {
        const uint32_t v = body->outputs[i].value;
        outputs[i] = v == LANE_NO_VALUE ? v : j.map[is_while][v];
        if (i < num_carries) outputs[i] = next_carry(&j, outputs[i], i, num_carries, is_while);
    }
    packer p = {.result = result,
                .scratch = scratch,
                .values = j.values,
                .places = arena_array(scratch, j.count, sizeof *p.places),
                .num_values = j.count,
                .num_carries = num_carries,
                .num_items = num_items,
                .program = ARENA_NEW(result, lanes_program)};
    for (uint32_t i = 0; i < body->num_outputs; i++)
        if (outputs[i] != LANE_NO_VALUE) p.places[outputs[i]].live = true;
    const uint32_t tested = is_while ? j.map[0][bodies[0]->outputs[0].value] : 0;
    if (is_while) p.places[tested].live = true;
    find_sections(&p, j.first, is_while);
    find_live(&p);
    place_inputs(&p, true);
    place_inputs(&p, false);
    for (section s = BEFORE; s < SECTIONS; s++) pack_section(&p, s);
    add_inputs(&p);
    add_turns(&p, outputs);
    if (is_while) p.program->tested = port_of(&p, tested, 0, COT_BOOL, 0);
    lane_port *stacked = ARENA_ARRAY(result, lane_port, body->num_outputs);
    for (uint32_t i = num_carries; i < body->num_outputs; i++)
        if (outputs[i] != LANE_NO_VALUE)
            stacked[p.program->num_stacked++] = port_of(&p, outputs[i], (uint16_t)i, body->outputs[i].dtype, 0);
    p.program->stacked = stacked;
    fill_program(&p);
    return p.failed ? NULL : p.program;
}
