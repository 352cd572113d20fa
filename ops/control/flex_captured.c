/* SPDX-License-Identifier: MIT
 * flex_captured.c — captured tensors in bodies of flex_attention: where they are read, and where their gradients go. */
#include "ops/control/flex_forms.h"

/* ---- places ----------------------------------------------------------------------------------------------------- */

/* base + step · (x, wrapped and kept inside a dimension of `size`). */
static uint16_t place_step(compiler *c, uint16_t base, uint16_t x, int64_t size, int64_t step) {
    const tile_number p[TILE_MAX_IMMEDIATES] = {integer(size), integer(step), integer(base != FLEX_NONE)};
    const uint16_t in[2] = {tile_cast(&c->r.t, x, TILE_I64), base};
    return tile_apply(&c->r.t, FLEX_place, TILE_I64, in, base == FLEX_NONE ? 1 : 2, p);
}

static uint16_t binary(compiler *c, uint32_t element, uint16_t x, int64_t number) {
    const uint16_t in[2] = {x, tile_constant(&c->r.t, TILE_I64, integer(number))};
    return tile_apply(&c->r.t, element, TILE_I64, in, 2, NULL);
}

static uint16_t add_places(compiler *c, uint16_t x, uint16_t y) {
    if (x == FLEX_NONE || y == FLEX_NONE) return x == FLEX_NONE ? y : x;
    return tile_apply(&c->r.t, TILE_add, TILE_I64, (const uint16_t[]){x, y}, 2, NULL);
}

static uint16_t add_offset(compiler *c, uint16_t x, int64_t offset) {
    if (!offset) return x;
    return x == FLEX_NONE ? tile_constant(&c->r.t, TILE_I64, integer(offset)) : binary(c, TILE_add, x, offset);
}

uint16_t flex_place_in_view(compiler *c, uint16_t place, const type *t) {
    if (type_is_contiguous(t, c->ctx->syms)) return add_offset(c, place, -number_of(t->offset));
    if (place == FLEX_NONE) place = tile_constant(&c->r.t, TILE_I64, integer(0));
    uint16_t sum = FLEX_NONE;
    for (int64_t d = (int64_t)t->ndim - 1, below = 1; d >= 0; below *= number_of(t->sizes[d--])) {
        if (number_of(t->sizes[d]) == 1) continue;
        const uint16_t at = binary(c, TILE_remainder, binary(c, TILE_div_floor, place, number_of(t->strides[d])),
                                   number_of(t->sizes[d]));
        sum = add_places(c, sum, below == 1 ? at : binary(c, TILE_mul, at, below));
    }
    return sum;
}

/* ---- captured tensors and their gradients ----------------------------------------------------------------------- */

bool flex_view(compiler *c, value v) {
    const value from = arg_as_value(&graph_node(c->b.graph, v)->args[0]);
    c->forms.data[v] = c->forms.data[from];
    if (c->forms.data[v].kind == FORM_NUMBER && !is_number_type(type_at(c, v)))
        return flex_refuse(c, "it makes a tensor of one number");
    return c->forms.data[v].kind != FORM_NOTHING || flex_refuse(c, "it looks at something that is no tensor");
}

/* Dimensions with an index stand first, in `count` items; a None or a missing item leaves a dimension. */
static bool index_place(compiler *c, const arg *indices, const type *t, uint16_t place, bool *indexed, uint16_t *out) {
    for (uint32_t d = 0; d < t->ndim; d++) {
        indexed[d] = d < indices->count && indices->list[d].kind == ARG_VALUE;
        if (!indexed[d]) continue;
        const value at = indices->list[d].value;
        uint16_t x;
        if (type_at(c, at)->dtype == COT_BOOL) return flex_refuse(c, "it reads by a mask");
        if (!is_number_type(type_at(c, at))) return flex_refuse(c, "it reads more than one number at a time");
        if (!flex_number_at(c, at, &x)) return false;
        place = place_step(c, place, x, number_of(t->sizes[d]), number_of(t->strides[d]));
    }
    *out = place;
    return true;
}

bool flex_index(compiler *c, value v) {
    const node *n = graph_node(c->b.graph, v);
    const value from = arg_as_value(&n->args[0]);
    const form f = c->forms.data[from];
    const type *t = type_at(c, from);
    bool indexed[COT_MAX_DIMS] = {false};
    uint16_t place;
    if (f.kind != FORM_BUFFER) return flex_refuse(c, "it reads from a tensor that it has made");
    if (!index_place(c, &n->args[1], t, f.at, indexed, &place)) return false;
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    uint32_t ndim = 0;
    for (uint32_t d = 0; d < t->ndim; d++)
        if (!indexed[d]) sizes[ndim] = t->sizes[d], strides[ndim++] = t->strides[d];
    const type *result = type_at(c, v);
    if (result->ndim != ndim) return flex_refuse(c, "it reads more than one number at a time");
    c->forms.data[v] = (form){.kind = FORM_BUFFER, .capture = f.capture, .at = place};
    c->b.graph->nodes.data[v].type = type_strided(c->own, (cot_dtype)result->dtype, sizes, strides, ndim, t->offset);
    return true;
}

bool flex_terms_of(compiler *c, value v, const term **terms, uint32_t *count) {
    const form *f = &c->forms.data[v];
    if (f->kind == FORM_SPARSE) {
        term *out = ARENA_ARRAY(c->own, term, f->num_terms);
        for (uint32_t i = 0; i < f->num_terms; i++)
            out[i] = (term){f->terms[i].value, flex_place_in_view(c, f->terms[i].place, type_at(c, v))};
        *terms = out;
        *count = f->num_terms;
        return true;
    }
    term *one = ARENA_NEW(c->own, term);
    one->place = FLEX_NONE;
    *terms = one;
    *count = 1;
    return flex_number_at(c, v, &one->value);
}

/* The terms of `from`, each with a place computed by `place`, are what v consists of. */
typedef uint16_t (*move_place)(compiler *c, uint16_t place, const void *how);

static bool compile_moved(compiler *c, value v, value from, move_place move, const void *how) {
    const term *terms;
    uint32_t count;
    if (!flex_terms_of(c, from, &terms, &count)) return false;
    term *out = ARENA_ARRAY(c->own, term, count);
    for (uint32_t i = 0; i < count; i++) out[i] = (term){terms[i].value, move(c, terms[i].place, how)};
    c->forms.data[v] = (form){.kind = FORM_SPARSE, .terms = out, .num_terms = count};
    return true;
}

static uint16_t move_to(compiler *c, uint16_t place, const void *how) {
    return add_places(c, place, *(const uint16_t *)how);
}

bool flex_scatter_at(compiler *c, value v, const arg *indices, value values) {
    const type *t = type_at(c, v);
    bool indexed[COT_MAX_DIMS] = {false};
    uint16_t place;
    if (!index_place(c, indices, t, FLEX_NONE, indexed, &place)) return false;
    for (uint32_t d = 1; d < t->ndim; d++)
        if (indexed[d] && !indexed[d - 1]) return flex_refuse(c, "it reads along a dimension behind one that it keeps");
    return compile_moved(c, v, values, move_to, &place);
}

/* Zeros with a slice of them set: element k of dimension `size` becomes first + k · step of a dimension of `whole`. */
typedef struct slice_move {
    int64_t inner, size, whole, first, step;
} slice_move;

static uint16_t move_slice(compiler *c, uint16_t place, const void *how) {
    const slice_move *s = how;
    if (place == FLEX_NONE) return add_offset(c, FLEX_NONE, s->first * s->inner);
    const uint16_t within = binary(c, TILE_remainder, place, s->inner);
    const uint16_t line = binary(c, TILE_div_floor, place, s->inner);
    const uint16_t k = binary(c, TILE_remainder, line, s->size), outer = binary(c, TILE_div_floor, line, s->size);
    const uint16_t sum = add_places(
        c, within,
        add_places(c, binary(c, TILE_mul, k, s->step * s->inner), binary(c, TILE_mul, outer, s->whole * s->inner)));
    return add_offset(c, sum, s->first * s->inner);
}

static int64_t wrapped(int64_t i, int64_t size) { return i < 0 ? i + size : i; }

bool flex_slice_backward(compiler *c, value v, bool select) {
    const node *n = graph_node(c->b.graph, v);
    const type *t = type_at(c, v);
    if (!t->ndim) return flex_refuse(c, "a slice of a number");
    const int64_t d = wrapped(arg_as_int(&n->args[2], 0), t->ndim);
    if (d < 0 || d >= t->ndim) return flex_refuse(c, "a slice along a dimension that is not there");
    slice_move s = {.inner = 1, .size = 1, .whole = number_of(t->sizes[d]), .step = 1};
    for (int64_t k = d + 1; k < t->ndim; k++) s.inner *= number_of(t->sizes[k]);
    s.first = wrapped(arg_as_int(&n->args[3], 0), s.whole);
    if (!select) {
        const type *from = type_at(c, arg_as_value(&n->args[0]));
        s.size = number_of(from->sizes[d]);
        s.step = arg_as_int(&n->args[5], 1);
    }
    return compile_moved(c, v, arg_as_value(&n->args[0]), move_slice, &s);
}

bool flex_sum_of_sparse(compiler *c, value v, value x, value y) {
    const term *a, *b;
    uint32_t na, nb;
    if (!flex_terms_of(c, x, &a, &na) || !flex_terms_of(c, y, &b, &nb)) return false;
    term *out = ARENA_ARRAY(c->own, term, na + nb);
    for (uint32_t i = 0; i < na + nb; i++) out[i] = i < na ? a[i] : b[i - na];
    c->forms.data[v] = (form){.kind = FORM_SPARSE, .terms = out, .num_terms = na + nb};
    return type_is_contiguous(type_at(c, v), c->ctx->syms) || flex_refuse(c, "a gradient is not laid out row by row");
}
