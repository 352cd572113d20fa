/* SPDX-License-Identifier: MIT
 * tile_print.c — a tile program as text for people: what a tile is, then loads, instructions, stores. */
#include "kernels/tile.h"

#include <inttypes.h>

static const char *element_name(uint32_t element) {
    static const char *const names[] = {
#define ELEMENT(name, value) [TILE_##name] = #name,
#define ELEMENT_F(name, value) [TILE_##name] = #name,
#define ELEMENT_I(name, value) [TILE_##name] = #name,
#define ELEMENT_FI(name, value, integer) [TILE_##name] = #name,
#include "ops/pointwise.def"
        [TILE_convert] = "convert",
        [TILE_expand] = "expand",
    };
    return names[element];
}

static const char *combine_name(int64_t combine) {
    static const char *const names[] = {[TILE_PLAIN] = "",
                                        [TILE_SUM] = "sum",
                                        [TILE_SQUARES] = "squares",
                                        [TILE_LARGEST] = "largest",
                                        [TILE_SMALLEST] = "smallest"};
    return names[combine];
}

static void print_walk(const tile_program *p, const tile_access *a, text *out) {
    static const char *const walks[] = {[TILE_DENSE] = "dense", [TILE_UNIFORM] = "the same everywhere", NULL};
    if (a->walk != TILE_STRIDED) {
        text_printf(out, " (%s)", walks[a->walk]);
        return;
    }
    text_add(out, " (strides");
    for (uint32_t d = 0; d < p->ndim; d++) text_printf(out, d ? ", %" PRId64 : " %" PRId64, a->strides[d]);
    text_add(out, ")");
}

static void print_number(uint8_t class, tile_number n, text *out) {
    if (class == TILE_I64) text_printf(out, "%" PRId64, n.i);
    else text_add_float(out, n.f);
}

static void print_instruction(const tile_instruction *in, text *out) {
    static const char *const levels[] = {[TILE_ELEMENTS] = "", [TILE_PER_ROW] = "  # of each row", [TILE_SAME] = ""};
    uint32_t last = TILE_MAX_OPERANDS;
    while (last > 1 && in->x[last - 1] == in->x[0]) last--;
    text_printf(out, "        r%u = ", in->y);
    if (in->element == TILE_reduce) {
        text_printf(out, "%s(r%u)", combine_name(in->p[0].i), in->x[0]);
        if (in->p[1].f != 1) text_add(out, " * "), text_add_float(out, in->p[1].f);
    } else {
        text_printf(out, "%s(", element_name(in->element));
        for (uint32_t k = 0; k < last; k++) text_printf(out, k ? ", r%u" : "r%u", in->x[k]);
        text_add(out, ")");
    }
    if (in->round != COT_DTYPE_COUNT) text_printf(out, " as %s", cot_dtype_name((cot_dtype)in->round));
    text_printf(out, "%s\n", levels[in->level]);
}

void tile_print(const tile_program *p, text *out) {
    text_add(out, "        over ");
    for (uint32_t d = 0; d < p->ndim; d++)
        text_printf(out, "%s%" PRId64, d == 0 ? "" : d == p->outer ? " rows × " : " × ", p->sizes[d]);
    if (p->has_rows) text_printf(out, ", tiles of %" PRId64 " × %" PRId64, p->tile_rows, p->tile_columns);
    else text_printf(out, ", tiles of %d%s", TILE_LENGTH, p->blocked ? " in blocks" : "");
    text_printf(out, ", %u buffers of %u bytes\n", p->num_buffers, p->buffer_bytes);
    for (uint32_t i = 0; i < p->num_loads; i++) {
        const tile_access *a = &p->loads[i];
        text_printf(out, "        r%u = load tensor %u, %s", a->value, a->tensor, cot_dtype_name((cot_dtype)a->dtype));
        print_walk(p, a, out);
        text_add(out, "\n");
    }
    for (uint32_t i = 0; i < p->num_fills; i++) {
        text_printf(out, "        r%u = ", p->fills[i].value);
        print_number(p->fills[i].class, p->fills[i].number, out);
        text_add(out, "\n");
    }
    for (uint32_t i = 0; i < p->num_code; i++) print_instruction(&p->code[i], out);
    for (uint32_t i = 0; i < p->num_stores; i++) {
        const tile_access *a = &p->stores[i];
        text_printf(out, "        store r%u to tensor %u, %s", a->value, a->tensor,
                    cot_dtype_name((cot_dtype)a->dtype));
        if (a->combine) text_printf(out, ", %s over the rest", combine_name(a->combine));
        print_walk(p, a, out);
        text_add(out, "\n");
    }
}
