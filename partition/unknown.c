/* SPDX-License-Identifier: MIT
 * unknown.c — values of a body whose sizes only its run tells, as what a loop of unknown length stacks: nobody could
 * hold one from the forward call to the backward one, so the backward computes it again. */
#include "partition/analysis.h"

typedef struct known_sizes {
    const syms *symbols;
    map names; /* of the sizes that the inputs have */
    bool unknown;
} known_sizes;

static void add_symbol(void *user, dim symbol) {
    known_sizes *k = user;
    map_set_number(&k->names, (uint32_t)-symbol, 1);
}

static void look_up(void *user, dim symbol) {
    known_sizes *k = user;
    const char *name = dim_symbol_name(k->symbols, symbol);
    k->unknown |= name && name[0] == 'u' && map_get_number(&k->names, (uint32_t)-symbol) == MAP_NONE;
}

static void each_size(const type *t, known_sizes *k, void (*f)(void *, dim)) {
    for (uint32_t i = 0; t->kind == TYPE_TUPLE && i < t->count; i++) each_size(&t->parts[i], k, f);
    for (uint32_t i = 0; t->kind == TYPE_TENSOR && i < t->ndim; i++) dim_each_symbol(k->symbols, t->sizes[i], f, k);
}

void recompute_unknown(cot_graph *joint) {
    known_sizes k = {.symbols = joint->ctx->syms, .names = {.arena = joint->arena}};
    for (uint32_t i = 0; i < joint->inputs.count; i++)
        each_size(graph_type(joint, joint->inputs.data[i]), &k, add_symbol);
    for (value v = 0; v < joint->nodes.count; v++) {
        node *n = &joint->nodes.data[v];
        k.unknown = false;
        each_size(&n->type, &k, look_up);
        if (k.unknown && !(n->flags & NODE_BACKWARD)) n->flags = (n->flags & ~(uint32_t)NODE_POLICY) | NODE_RECOMPUTE;
    }
}
