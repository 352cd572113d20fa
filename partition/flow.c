/* SPDX-License-Identifier: MIT
 * flow.c — maximum flow, minimum cut: Dinic's algorithm (level graphs and blocking flows, E. A. Dinic 1970), with an
 * explicit stack, on flat arrays. No tensors in here. Capacities are exact integers; infinite is more than all finite
 * ones together, so an infinite flow is recognised, never computed. */
#include "partition/analysis.h"

typedef struct network {
    uint32_t count, source, sink;
    uint32_t *start; /* arcs of node n: arc[start[n] .. start[n + 1]) */
    uint32_t *to, *twin;
    uint64_t *left; /* residual capacity */
    uint32_t *level, *next, *queue, *path;
    uint64_t *visits;
} network;

static void build(network *g, arena *scratch, const flow_edge *edges, uint32_t num_edges, uint64_t infinite) {
    g->start = ARENA_ARRAY(scratch, uint32_t, g->count + 2u);
    g->to = ARENA_ARRAY(scratch, uint32_t, 2 * (size_t)num_edges);
    g->twin = ARENA_ARRAY(scratch, uint32_t, 2 * (size_t)num_edges);
    g->left = ARENA_ARRAY(scratch, uint64_t, 2 * (size_t)num_edges);
    g->level = ARENA_ARRAY(scratch, uint32_t, g->count);
    g->next = ARENA_ARRAY(scratch, uint32_t, g->count);
    g->queue = ARENA_ARRAY(scratch, uint32_t, g->count);
    g->path = ARENA_ARRAY(scratch, uint32_t, g->count);
    for (uint32_t e = 0; e < num_edges; e++) {
        g->start[edges[e].from + 2]++;
        g->start[edges[e].to + 2]++;
    }
    for (uint32_t n = 2; n < g->count + 2; n++) g->start[n] += g->start[n - 1];
    for (uint32_t e = 0; e < num_edges; e++) {
        const uint32_t forth = g->start[edges[e].from + 1]++, back = g->start[edges[e].to + 1]++;
        g->to[forth] = edges[e].to;
        g->to[back] = edges[e].from;
        g->twin[forth] = back;
        g->twin[back] = forth;
        g->left[forth] = edges[e].capacity == FLOW_INFINITE ? infinite : edges[e].capacity;
    }
}

/* Distances from the source in the residual graph; whether the sink is reached. */
static bool set_levels(network *g) {
    for (uint32_t n = 0; n < g->count; n++) g->level[n] = UINT32_MAX;
    uint32_t head = 0, tail = 0;
    g->level[g->source] = 0;
    g->queue[tail++] = g->source;
    while (head < tail) {
        const uint32_t n = g->queue[head++];
        ++*g->visits;
        for (uint32_t a = g->start[n]; a < g->start[n + 1]; a++) {
            if (!g->left[a] || g->level[g->to[a]] != UINT32_MAX) continue;
            g->level[g->to[a]] = g->level[n] + 1;
            g->queue[tail++] = g->to[a];
        }
    }
    return g->level[g->sink] != UINT32_MAX;
}

/* A blocking flow of the level graph: walk forward along arcs to the next level, back off at dead ends. */
static uint64_t blocking_flow(network *g, uint64_t infinite, uint32_t *conflict) {
    uint64_t total = 0;
    for (uint32_t n = 0; n < g->count; n++) g->next[n] = g->start[n];
    uint32_t depth = 0, n = g->source;
    for (;;) {
        ++*g->visits;
        if (n == g->sink) {
            uint64_t amount = UINT64_MAX;
            uint32_t tight = 0;
            for (uint32_t i = 0; i < depth; i++)
                if (g->left[g->path[i]] < amount) amount = g->left[g->path[tight = i]];
            if (amount >= infinite) {
                *conflict = depth > 1 ? g->to[g->path[depth / 2]] : n;
                return infinite;
            }
            for (uint32_t i = 0; i < depth; i++) {
                g->left[g->path[i]] -= amount;
                g->left[g->twin[g->path[i]]] += amount;
            }
            total += amount;
            depth = tight;
            n = g->to[g->twin[g->path[depth]]];
            continue;
        }
        uint32_t *a = &g->next[n];
        while (*a < g->start[n + 1] && !(g->left[*a] && g->level[g->to[*a]] == g->level[n] + 1)) ++*a;
        if (*a < g->start[n + 1]) {
            g->path[depth++] = *a;
            n = g->to[*a];
        } else {
            if (!depth) return total;
            g->level[n] = UINT32_MAX; /* a dead end of this level graph */
            n = g->to[g->twin[g->path[--depth]]];
        }
    }
}

static void reach_sink(network *g, bool *sink_side) {
    uint32_t head = 0, tail = 0;
    for (uint32_t n = 0; n < g->count; n++) sink_side[n] = false;
    sink_side[g->sink] = true;
    g->queue[tail++] = g->sink;
    while (head < tail) {
        const uint32_t n = g->queue[head++];
        for (uint32_t a = g->start[n]; a < g->start[n + 1]; a++) {
            if (!g->left[g->twin[a]] || sink_side[g->to[a]]) continue;
            sink_side[g->to[a]] = true;
            g->queue[tail++] = g->to[a];
        }
    }
}

bool min_cut(arena *scratch, uint32_t count, const flow_edge *edges, uint32_t num_edges, uint32_t source, uint32_t sink,
             bool *sink_side, uint32_t *conflict, uint64_t *visits) {
    uint64_t infinite = 1;
    for (uint32_t e = 0; e < num_edges; e++)
        if (edges[e].capacity != FLOW_INFINITE) infinite += edges[e].capacity;
    network g = {.count = count, .source = source, .sink = sink, .visits = visits};
    build(&g, scratch, edges, num_edges, infinite);
    uint64_t flow = 0;
    while (set_levels(&g)) {
        flow += blocking_flow(&g, infinite, conflict);
        if (flow >= infinite) return false;
    }
    reach_sink(&g, sink_side);
    return true;
}
