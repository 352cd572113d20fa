/* SPDX-License-Identifier: MIT
 * cut.c — which values to save: a minimum cut between the program's inputs and the backward.
 *
 * Every value v is an edge v_in → v_out whose capacity is the cost of saving it, every use an infinite edge. What may
 * not be recomputed hangs on the source, what the backward computes on the sink; a cut edge is a saved value (PAR-08 …
 * PAR-10). Rematerialisation as a cut: "Automatic rematerialization in AOTAutograd", PyTorch developer notes, 2022. */
#include "partition/analysis.h"

static uint32_t node_in(value v) { return 2 * v; }
static uint32_t node_out(value v) { return 2 * v + 1; }

typedef VEC(flow_edge) edge_list;

static void connect(analysis *a, edge_list *edges, uint32_t from, uint32_t to, uint64_t capacity) {
    *VEC_PUSH(a->scratch, edges) = (flow_edge){from, to, capacity};
}

/* In the backward v is made from these, not from its producer. */
static void connect_again(analysis *a, edge_list *edges, value v) {
    value inputs[MAX_AGAIN];
    const uint32_t count = again_inputs(a, v, inputs, NULL);
    for (uint32_t i = 0; i < count; i++) connect(a, edges, node_out(inputs[i]), node_in(v), FLOW_INFINITE);
}

static void build_network(analysis *a, edge_list *edges, uint32_t source, uint32_t sink) {
    for (value v = 0; v < a->count; v++) {
        const uint8_t flags = a->flags[v];
        if (flags & NEEDS_TANGENT) {
            connect(a, edges, node_in(v), sink, FLOW_INFINITE);
            continue;
        }
        if (flags & REQUIRED_BACKWARD) connect(a, edges, node_out(v), sink, FLOW_INFINITE);
        if (graph_node(a->joint, v)->flags & NODE_RECOMPUTE) {
            connect(a, edges, node_in(v), sink, FLOW_INFINITE);
            continue;
        }
        if (flags & BANNED) connect(a, edges, source, node_in(v), FLOW_INFINITE);
        connect(a, edges, node_in(v), node_out(v), save_cost(a, v));
        for (uint32_t u = a->user_start[v]; u < a->user_start[v + 1]; u++)
            if (!a->again[a->users[u]]) connect(a, edges, node_out(v), node_in(a->users[u]), FLOW_INFINITE);
        if (a->again[v]) connect_again(a, edges, v);
    }
}

static cot_status no_cut(const analysis *a, uint32_t conflict, cot_error *error) {
    const value v = conflict / 2;
    const char *reason =
        v < a->count && a->ban_reason[v] ? a->ban_reason[v] : "depends on a value that cannot be recomputed";
    return graph_fail(
        a->joint, v < a->count ? v : NO_VALUE, error, COT_INTERNAL,
        "AOT Autograd failed to partition the joint forward-backward graph. '%s' is required for backward, but "
        "cannot be saved AND cannot be recomputed (cannot recompute: %s)",
        v < a->count ? graph_node(a->joint, v)->name : "?", reason);
}

cot_status choose_by_cut(analysis *a, value_list *saved, cot_error *error) {
    ban_recomputation(a);
    const uint32_t source = 2 * a->count, sink = source + 1;
    edge_list edges = {0};
    VEC_RESERVE(a->scratch, &edges, 4 * a->count + a->user_start[a->count]);
    build_network(a, &edges, source, sink);
    bool *sink_side = ARENA_ARRAY(a->scratch, bool, sink + 1);
    uint32_t conflict = UINT32_MAX;
    if (!min_cut(a->scratch, sink + 1, edges.data, edges.count, source, sink, sink_side, &conflict,
                 &a->joint->ctx->visits))
        return no_cut(a, conflict, error);
    for (value v = 0; v < a->count; v++)
        if (!(a->flags[v] & NEEDS_TANGENT) && !sink_side[node_in(v)] && sink_side[node_out(v)])
            *VEC_PUSH(a->scratch, saved) = v;
    return COT_OK;
}

/* The default policy saves every forward value that a backward node reads (PAR-02), or one that a checkpoint has
 * computed again there, of which nothing is kept. Parts of a forward tuple that only
 * the backward fetches are forward values. */
static bool is_forward_side(const analysis *a, value v) {
    const node *n = graph_node(a->joint, v);
    if (a->flags[v] & NEEDS_TANGENT) return false;
    return n->op->kind == OP_GETITEM || n->op->kind == OP_PLACEHOLDER || !(n->flags & NODE_BACKWARD);
}

void choose_all(analysis *a, value_list *saved) {
    bool *again = ARENA_ARRAY(a->scratch, bool, a->count); /* computed in the backward */
    for (value v = a->count; v-- > 0;) {
        again[v] = !is_forward_side(a, v);
        if (again[v]) continue;
        bool used = a->flags[v] & GRADIENT;
        for (uint32_t u = a->user_start[v]; u < a->user_start[v + 1] && !used; u++) used = again[a->users[u]];
        if (!used) continue;
        const bool can_save = save_cost(a, v) != FLOW_INFINITE;
        again[v] = !can_save || (graph_node(a->joint, v)->flags & NODE_RECOMPUTE) != 0;
        if (!again[v]) *VEC_PUSH(a->scratch, saved) = v;
    }
    for (uint32_t i = 0; 2 * i + 1 < saved->count; i++) { /* in the joint's order */
        const value v = saved->data[i];
        saved->data[i] = saved->data[saved->count - 1 - i];
        saved->data[saved->count - 1 - i] = v;
    }
}
