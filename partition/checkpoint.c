/* SPDX-License-Identifier: MIT
 * checkpoint.c — what each node of a checkpointed region is to the partitioner: kept or computed again (PAR-30,
 * PAR-31).
 *
 * Between two regions that follow each other the border is kept, else the backward would compute the first one again
 * for the sake of the second. */
#include "ops/op.h"
#include "partition/analysis.h"

static const uint32_t flags_of[] = {
    [COT_CHECKPOINT_PREFER_RECOMPUTE] = NODE_RECOMPUTE | NODE_PREFER,
    [COT_CHECKPOINT_MUST_RECOMPUTE] = NODE_RECOMPUTE,
    [COT_CHECKPOINT_PREFER_SAVE] = NODE_PREFER,
    [COT_CHECKPOINT_MUST_SAVE] = NODE_MUST_SAVE,
};

static void set_policy(node *n, uint32_t flags) { n->flags = (n->flags & ~(uint32_t)NODE_POLICY) | flags; }

/* The caller is asked about calls of operators; the parts of a result go with it. */
static void ask(cot_graph *g, value v, const partition_options *options) {
    node *n = &g->nodes.data[v];
    if (n->op->kind == OP_GETITEM && n->args[0].kind == ARG_VALUE) {
        const node *tuple = graph_node(g, n->args[0].value);
        if (!tuple->checkpoint && !(tuple->flags & NODE_POLICY)) return;
        set_policy(n, tuple->flags & NODE_POLICY);
        n->checkpoint = tuple->checkpoint;
        return;
    }
    const bool open = (n->flags & NODE_POLICY) == (NODE_RECOMPUTE | NODE_PREFER); /* nobody has said another one */
    if (!options->checkpoint_policy || !n->checkpoint || !open || n->op->kind != OP_CALL) return;
    const cot_checkpoint policy =
        options->checkpoint_policy(options->checkpoint_user, n->op->name, n->name, n->checkpoint);
    if ((uint32_t)policy < COUNT_OF(flags_of)) set_policy(n, flags_of[policy]);
}

/* An effect happens once: its results are kept, and those of a call whose body needs its effects' results. A body that
 * does not is computed again without them. */
static void keep_effects(cot_graph *g, value v) {
    node *n = &g->nodes.data[v];
    if (!op_has_effect(n->op->traits, n->flags) || (n->flags & NODE_POLICY) != (NODE_RECOMPUTE | NODE_PREFER)) return;
    bool quiet = !(n->op->traits & OP_EFFECT);
    for (uint32_t i = 0; quiet && i < n->nargs; i++) {
        const node *body = n->args[i].kind == ARG_VALUE ? graph_node(g, n->args[i].value) : NULL;
        cot_graph *c = body && body->type.kind == TYPE_GRAPH ? graph_child(g, body->target) : NULL;
        quiet = !c || graph_quiet(c, g->parent ? g->parent : g);
    }
    if (!quiet) set_policy(n, NODE_MUST_SAVE);
}

typedef struct border {
    cot_graph *graph;
    const node *user;
    bool all; /* what comes from outside is kept, too */
} border;

static void keep_border(void *state, value v) {
    const border *b = state;
    node *n = &b->graph->nodes.data[v];
    const bool again = n->flags & NODE_RECOMPUTE;
    if (again && n->checkpoint && n->checkpoint < b->user->checkpoint) set_policy(n, NODE_MUST_SAVE);
    if (!again && b->all && !n->checkpoint && n->op->kind == OP_CALL) set_policy(n, NODE_MUST_SAVE);
}

void settle_checkpoints(cot_graph *joint, const partition_options *options) {
    bool any = false;
    for (value v = 0; v < joint->nodes.count; v++) {
        if (graph_node(joint, v)->flags & NODE_BACKWARD) continue;
        ask(joint, v, options);
        keep_effects(joint, v);
        any |= (graph_node(joint, v)->flags & NODE_RECOMPUTE) != 0;
    }
    for (value v = 0; any && v < joint->nodes.count; v++) {
        border b = {joint, graph_node(joint, v), options->policy == COT_PARTITION_DEFAULT};
        if (!(b.user->flags & NODE_RECOMPUTE)) continue;
        for (uint32_t i = 0; i < b.user->nargs; i++) arg_each(&b.user->args[i], keep_border, &b);
    }
}
