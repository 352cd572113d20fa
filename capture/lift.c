/* SPDX-License-Identifier: MIT
 * lift.c — an outer value that a body uses becomes an input of the body, once, at its first use; the symbols of its
 * sizes before it (CAP-03 … CAP-10, CAP-18). */
#include "capture/capture.h"

static void lift_symbol(void *user, dim symbol) {
    cot_builder *b = user;
    if (b->b.status || map_get_number(&b->symbols, (uint64_t)symbol) != MAP_NONE) return;
    const arg outside = emit_dim(&b->outer->b, symbol);
    if (b->outer->b.status) {
        b->error = b->outer->error;
        builder_failed(&b->b, b->outer->b.status);
    } else if (outside.kind == ARG_VALUE) {
        lift_value(b, outside.value);
    }
}

static void lift_symbols(cot_builder *b, const type *t) {
    const syms *s = b->b.graph->ctx->syms;
    for (uint32_t i = 0; i < t->ndim; i++) dim_each_symbol(s, t->sizes[i], lift_symbol, b);
    for (uint32_t i = 0; i < t->ndim; i++) dim_each_symbol(s, t->strides[i], lift_symbol, b);
    dim_each_symbol(s, t->offset, lift_symbol, b);
}

value lift_value(cot_builder *b, value outside) {
    const uint32_t known = map_get_number(&b->inside, outside);
    if (known != MAP_NONE) return known;
    const cot_graph *outer = b->outer->b.graph;
    const type t = *graph_type(outer, outside); /* by value: lifting symbols may append there */
    const bool is_symbol = t.kind == TYPE_INT && dim_symbol_name(outer->ctx->syms, t.expr);
    value inside = is_symbol ? map_get_number(&b->symbols, (uint64_t)t.expr) : NO_VALUE;
    if (inside == NO_VALUE) {
        if (t.kind == TYPE_TENSOR) lift_symbols(b, &t);
        inside = emit_placeholder(&b->b, graph_node(outer, outside)->name, &t);
        if (inside == NO_VALUE) return NO_VALUE;
        *VEC_PUSH(b->b.graph->arena, &b->lifted) = (lifted_value){.outside = outside, .inside = inside};
        if (is_symbol) map_set_number(&b->symbols, (uint64_t)t.expr, inside);
    }
    map_set_number(&b->inside, outside, inside);
    return inside;
}
