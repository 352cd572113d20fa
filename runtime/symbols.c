/* SPDX-License-Identifier: MIT
 * symbols.c — values of symbolic sizes, from names and from the shapes of inputs, checked against range constraints. */
#include "base/error.h"
#include "runtime/executable.h"
#include <inttypes.h>
#include <string.h>

typedef struct collector {
    const cot_graph *graph;
    arena *arena;
    syms *syms;
    binding *out;
    uint32_t capacity;
    cot_error *error;
} collector;

static const int64_t *known_value(const binding *b, dim symbol) {
    for (uint32_t i = 0; i < b->count; i++)
        if (b->entries[i].symbol == symbol) return &b->entries[i].value;
    return NULL;
}

static cot_status set_symbol(collector *c, dim symbol, int64_t number) {
    const int64_t *known = known_value(c->out, symbol);
    if (known && *known == number) return COT_OK;
    const char *name = dim_symbol_name(c->syms, symbol);
    if (known)
        return fail(c->error, COT_SHAPE, "the size %s is %" PRId64 " in one place and %" PRId64 " in another", name,
                    *known, number);
    if (c->out->count == c->capacity) {
        uint32_t wanted = 2 * c->capacity + 8;
        void *grown = arena_array(c->arena, wanted, sizeof *c->out->entries);
        if (c->out->count) memcpy(grown, c->out->entries, c->out->count * sizeof *c->out->entries);
        c->out->entries = grown;
        c->capacity = wanted;
    }
    c->out->entries[c->out->count++] = (symbol_value){.symbol = symbol, .value = number};
    return COT_OK;
}

/* A size like 2*s + 1 tells its one symbol. */
static cot_status solve(collector *c, value v, dim expected, int64_t found) {
    const dim symbol = dim_unbound(c->syms, expected, c->out);
    symbol_value *all = ARENA_ARRAY(c->arena, symbol_value, c->out->count + 1u);
    if (c->out->count) memcpy(all, c->out->entries, c->out->count * sizeof *all);
    binding with = {all, c->out->count + 1u};
    all[c->out->count] = (symbol_value){.symbol = symbol};
    const int64_t zero = dim_value(c->syms, expected, &with);
    all[c->out->count].value = 1;
    const int64_t one = dim_value(c->syms, expected, &with);
    if (zero == DIM_ERROR || one == DIM_ERROR || one <= zero) return COT_OK;
    all[c->out->count].value = (found - zero) / (one - zero);
    if (dim_value(c->syms, expected, &with) == found) return set_symbol(c, symbol, all[c->out->count].value);
    text name = {.arena = c->arena};
    dim_print(c->syms, expected, &name);
    return graph_fail(c->graph, v, c->error, COT_SHAPE, "the data of %s has a size of %" PRId64 ", which %s cannot be",
                      graph_node(c->graph, v)->name, found, name.data);
}

static cot_status match(collector *c, value v, dim expected, int64_t found) {
    if (!dim_is_static(expected) && dim_symbol_name(c->syms, expected)) return set_symbol(c, expected, found);
    int64_t number = dim_is_static(expected) ? expected : dim_value(c->syms, expected, c->out);
    if (number == DIM_ERROR) return solve(c, v, expected, found);
    if (number == found) return COT_OK;
    return graph_fail(c->graph, v, c->error, COT_SHAPE, "the data of %s has a size of %" PRId64 ", expected %" PRId64,
                      graph_node(c->graph, v)->name, found, number);
}

static cot_status match_shapes(collector *c, const cot_compile_options *o) {
    const cot_graph *g = c->graph;
    uint32_t count = MIN(o->shapes ? o->num_shapes : 0, g->inputs.count);
    /* Twice: a size that is an expression is checked when its symbols are known. */
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < count; i++) {
            value v = g->inputs.data[i];
            const type *t = graph_type(g, v);
            if (!o->shapes[i].known) continue;
            if (t->kind == TYPE_INT || t->kind == TYPE_BOOL) TRY(match(c, v, t->expr, o->shapes[i].number));
            if (t->kind != TYPE_TENSOR) continue;
            if (t->ndim != o->shapes[i].ndim)
                return graph_fail(g, v, c->error, COT_SHAPE, "a tensor of %u dimensions, expected %u",
                                  o->shapes[i].ndim, t->ndim);
            for (uint32_t d = 0; d < t->ndim; d++) TRY(match(c, v, t->sizes[d], o->shapes[i].sizes[d]));
        }
    }
    return COT_OK;
}

static cot_status check_ranges(const collector *c) {
    for (uint32_t i = 0; i < c->graph->ranges.count; i++) {
        const range_constraint *r = &c->graph->ranges.data[i];
        const int64_t number = dim_value(c->syms, r->symbol, c->out);
        if (number == DIM_ERROR || (number >= r->low && number <= r->high)) continue;
        text name = {.arena = c->arena};
        dim_print(c->syms, r->symbol, &name);
        return fail(c->error, COT_SHAPE, "the size %s is %" PRId64 ", outside its range [%s, %s]", name.data, number,
                    r->low_text ? r->low_text : "?", r->high_text ? r->high_text : "?");
    }
    return COT_OK;
}

cot_status symbols_bind(const cot_graph *g, const cot_compile_options *o, arena *a, binding *out, cot_error *error) {
    *out = (binding){0};
    collector c = {.graph = g, .arena = a, .syms = g->ctx->syms, .out = out, .error = error};
    for (uint32_t i = 0; i < o->num_symbols; i++) {
        const char *name = o->symbols[i].name;
        if (!name) return fail(error, COT_INVALID, "symbol %u has no name", i);
        TRY(set_symbol(&c, dim_symbol(c.syms, name, strlen(name)), o->symbols[i].value));
    }
    TRY(match_shapes(&c, o));
    return check_ranges(&c);
}
