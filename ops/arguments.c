/* SPDX-License-Identifier: MIT
 * arguments.c — reading bound arguments: what a parameter's value is as a number, a size, a list. */
#include "ops/op.h"

int64_t arg_as_int(const arg *a, int64_t none) {
    switch ((arg_kind)a->kind) {
    case ARG_INT:
    case ARG_BOOL:
    case ARG_DTYPE: return a->i;
    case ARG_FLOAT: return a->f > -0x1p63 && a->f < 0x1p63 ? (int64_t)a->f : none;
    default: return none;
    }
}

double arg_as_float(const arg *a, double none) {
    if (a->kind == ARG_FLOAT) return a->f;
    if (a->kind == ARG_INT || a->kind == ARG_BOOL) return (double)a->i;
    if (a->kind == ARG_COMPLEX) return a->complex[0];
    return none;
}

bool arg_as_bool(const arg *a, bool none) {
    if (a->kind == ARG_BOOL || a->kind == ARG_INT) return a->i != 0;
    return a->kind == ARG_FLOAT ? a->f != 0 : none;
}

dim arg_as_dim(const cot_graph *g, const arg *a) {
    if (a->kind == ARG_VALUE) {
        const type *t = graph_type(g, a->value);
        return t->kind == TYPE_INT || t->kind == TYPE_BOOL ? t->expr : DIM_ERROR;
    }
    if (a->kind != ARG_INT && a->kind != ARG_BOOL && a->kind != ARG_FLOAT) return DIM_ERROR;
    int64_t i = arg_as_int(a, 0);
    return i >= 0 ? i : dim_negative(g->ctx->syms, i);
}

static bool is_list(const arg *a) { return a->kind == ARG_LIST || a->kind == ARG_TUPLE; }

uint32_t arg_as_dims(const cot_graph *g, const arg *a, dim *out, uint32_t max) {
    if (a->kind == ARG_NONE) return 0;
    uint32_t count = is_list(a) ? a->count : 1;
    const arg *items = is_list(a) ? a->list : a;
    for (uint32_t i = 0; i < count && i < max; i++) out[i] = arg_as_dim(g, &items[i]);
    return MIN(count, max);
}

uint32_t arg_as_ints(const arg *a, int64_t *out, uint32_t max) {
    if (a->kind == ARG_NONE) return 0;
    uint32_t count = is_list(a) ? a->count : 1;
    const arg *items = is_list(a) ? a->list : a;
    for (uint32_t i = 0; i < count && i < max; i++) out[i] = arg_as_int(&items[i], 0);
    return MIN(count, max);
}
