/* SPDX-License-Identifier: MIT
 * analysis.h — what the partitioner knows of a joint graph, on flat arrays indexed by value. */
#ifndef PARTITION_ANALYSIS_H
#define PARTITION_ANALYSIS_H

#include "ops/control.h"
#include "partition/partition.h"

enum analysis_flags {
    NEEDS_TANGENT = 1,     /* a tangent, or computed from one (tangents closure, PAR-16) */
    REQUIRED_BACKWARD = 2, /* NEEDS_TANGENT, or a gradient */
    REQUIRED_FORWARD = 4,  /* an output of the forward depends on it; every primal */
    BANNED = 8,            /* may not be recomputed: see ban_reason */
    GRADIENT = 16,         /* is itself returned as a gradient */
    LOCAL_SIZE = 32,       /* of a body: a size of it is known only inside, so it cannot leave */
};

typedef struct analysis {
    const cot_graph *joint;
    arena *scratch;
    uint32_t count;
    uint32_t *user_start, *users; /* users of v: users[user_start[v] .. user_start[v + 1]) , in order, no duplicates */
    uint8_t *flags;
    uint32_t *forward_order; /* index among REQUIRED_FORWARD nodes */
    uint32_t *distance;      /* from the backward (PAR-15) */
    const char **ban_reason; /* by value, NULL where not banned */
    const recompute_rule *
        *again;       /* by value: how the backward may make it without its producer; NULL where it may not */
    arg_list outputs; /* leaves: forward outputs, then gradients */
    uint32_t num_forward_outputs, num_primals;
    bool nested; /* the joint of a body: its primals are values of the caller */
    const partition_options *options;
} analysis;

void analyse(analysis *a, const cot_graph *joint, const partition_options *options, bool nested);
/* What v is made from where again[v] says so: at most MAX_AGAIN values. results[] (by result of the producer) may be
 * NULL. */
#define MAX_AGAIN 16
uint32_t again_inputs(const analysis *a, value v, value *inputs, value *results);
static inline bool is_primal(const analysis *a, value v) {
    return graph_node(a->joint, v)->op->kind == OP_PLACEHOLDER && !(a->flags[v] & NEEDS_TANGENT);
}

/* local.c: fills LOCAL_SIZE. */
void find_local_sizes(analysis *a);

/* cost.c */
bool node_is_view(const node *n);
bool node_fuses(const analysis *a, value producer, value consumer); /* PAR-26 */
uint64_t value_bytes(const analysis *a, value v);                   /* symbolic sizes count 4096 elements a symbol */
void ban_recomputation(analysis *a); /* fills BANNED and ban_reason (PAR-17 … PAR-25) */
/* Price of keeping v from forward to backward; UINT64_MAX: impossible (a tuple, a graph). */
uint64_t save_cost(const analysis *a, value v);

/* Picoseconds to compute v, given its operands: a rough figure, to compare values with each other. */
double compute_time(const analysis *a, value v);

/* flow.c: a maximum flow by Dinic's algorithm, iterative, on flat arrays (Dinic 1970). */
typedef struct flow_edge {
    uint32_t from, to;
    uint64_t capacity;
} flow_edge;
#define FLOW_INFINITE UINT64_MAX
/* Nodes [0, count); gives in sink_side[] which nodes can still reach the sink in the residual graph: the minimum cut
 * closest to the sink (PAR-09). False when the flow is infinite; then *conflict is a node on such a path. *visits is
 * added to for each node that is looked at. */
bool min_cut(arena *scratch, uint32_t count, const flow_edge *edges, uint32_t num_edges, uint32_t source, uint32_t sink,
             bool *sink_side, uint32_t *conflict, uint64_t *visits);

/* cut.c, keep.c: the saved values in joint order. */
cot_status choose_by_cut(analysis *a, value_list *saved, cot_error *error);
void choose_all(analysis *a, value_list *saved);

/* budget.c: takes values out of the saved set, as many as options->level says, and puts all primals in; how many went.
 */
uint32_t release_saved(analysis *a, value_list *saved);

/* split.c: joint → forward, backward for a saved set. `first`: the saved set of level 0, whose bits gradients have. */
cot_status split(analysis *a, const value_list *first, const value_list *saved, cot_graph *forward_root,
                 cot_graph *backward_root, cot_graph **forward, cot_graph **backward, cot_error *error);

/* same.c: a joint graph without repeated equal calls (PAR-29), getitems behind their producers (PAR-37). */
cot_graph *merge_equal(const cot_graph *joint, bool body);

/* checkpoint.c: the policies of checkpointed regions, final. */
void settle_checkpoints(cot_graph *joint, const partition_options *options);

/* unknown.c: in the joint of a body, what has sizes that only the body knows is marked to be computed again. */
void recompute_unknown(cot_graph *joint);

/* bodies.c: pairs of forward and backward calls of a body → calls of its partitioned forward and backward. */
cot_status partition_bodies(const cot_graph *joint, const partition_options *options, cot_graph **out,
                            uint32_t *released, cot_error *error);
/* partition.c: one graph, bodies already done; forward and backward become children of (or copies for) root. *released
 * is added to. */
cot_status partition_one(const cot_graph *joint, const partition_options *options, bool nested, cot_graph *root,
                         cot_graph **forward, cot_graph **backward, uint32_t *released, cot_error *error);

#endif
