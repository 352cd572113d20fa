/* SPDX-License-Identifier: MIT
 * local.c — values of a body that cannot leave it, for their sizes are known only inside (x[mask] in a branch): what
 * the backward needs of them it computes again. */
#include "partition/analysis.h"

typedef struct locals {
    const syms *syms;
    map known; /* symbols that inputs bring */
    bool found;
} locals;

static void note_symbol(void *user, dim symbol) {
    locals *l = user;
    map_set_number(&l->known, (uint64_t)symbol, 1);
}

/* Only a run gives these a value: u0, zuf0. */
static bool is_unbacked(const syms *s, dim symbol) {
    const char *name = dim_symbol_name(s, symbol);
    return name && (name[0] == 'u' || name[0] == 'z');
}

static void check_symbol(void *user, dim symbol) {
    locals *l = user;
    l->found |= is_unbacked(l->syms, symbol) && map_get_number(&l->known, (uint64_t)symbol) == MAP_NONE;
}

static void each_symbol(const syms *s, const type *t, void (*f)(void *user, dim symbol), locals *l) {
    if (t->kind == TYPE_INT || t->kind == TYPE_BOOL || t->kind == TYPE_FLOAT) dim_each_symbol(s, t->expr, f, l);
    for (uint32_t d = 0; t->kind == TYPE_TENSOR && d < t->ndim; d++) dim_each_symbol(s, t->sizes[d], f, l);
    for (uint32_t i = 0; t->kind == TYPE_TUPLE && i < t->count; i++) each_symbol(s, &t->parts[i], f, l);
}

void find_local_sizes(analysis *a) {
    const syms *s = a->joint->ctx->syms;
    locals l = {.syms = s, .known = {.arena = a->scratch}};
    for (uint32_t i = 0; i < a->num_primals; i++)
        each_symbol(s, graph_type(a->joint, a->joint->inputs.data[i]), note_symbol, &l);
    for (value v = 0; v < a->count; v++) {
        l.found = false;
        each_symbol(s, graph_type(a->joint, v), check_symbol, &l);
        if (l.found) a->flags[v] |= LOCAL_SIZE;
    }
}
