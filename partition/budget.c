/* SPDX-License-Identifier: MIT
 * budget.c — fewer saved values, for a memory budget: they are computed again in the backward, products too.
 *
 * Saved values are given up one by one, always the one that costs the least time for each byte it frees: the time to
 * compute it again from what is still kept. That time grows as its ancestors go, so that neighbours are not given up
 * together and the stretches that are computed again stay short. Level n of BUDGET_LEVELS gives up that share of the
 * bytes; the order does not depend on the level, so a higher level computes again all that a lower one does. The idea
 * is PyTorch's activation_memory_budget (PAR-39); a knapsack would not give nested sets. */
#include "partition/analysis.h"

typedef struct candidate {
    double price; /* time for each byte, when it was looked at last */
    value v;
} candidate;

typedef struct releaser {
    const analysis *a;
    bool *kept;     /* by value */
    double *time;   /* by value: of computing it, given its operands */
    uint32_t *seen; /* by value: the last search that came by */
    uint32_t search;
    value_list stack;
    candidate *heap; /* the cheapest on top */
    uint32_t count;
} releaser;

static bool may_compute_again(const node *n) {
    if (n->flags & NODE_MUST_SAVE) return false;
    if (n->op->kind == OP_GETITEM || n->op->kind == OP_MAGIC || n->op->kind == OP_GET_ATTR) return true;
    return n->op->kind == OP_CALL && !(n->op->traits & (OP_EFFECT | OP_CONTROL | OP_MUTATES));
}

static void push_input(void *user, value v) {
    releaser *r = user;
    if (r->seen[v] == r->search) return;
    r->seen[v] = r->search;
    if (!r->kept[v] && !is_primal(r->a, v)) *VEC_PUSH(r->a->scratch, &r->stack) = v;
}

/* The time to compute v from what is kept without it; negative when that is not possible. */
static double time_again(releaser *r, value v) {
    double time = 0;
    r->search++;
    r->seen[v] = r->search;
    r->stack.count = 0;
    *VEC_PUSH(r->a->scratch, &r->stack) = v;
    while (r->stack.count) {
        const value top = r->stack.data[--r->stack.count];
        const node *n = graph_node(r->a->joint, top);
        r->a->joint->ctx->visits++;
        if (!may_compute_again(n)) return -1;
        time += r->time[top];
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], push_input, r);
    }
    return time;
}

static bool cheaper(candidate x, candidate y) { return x.price != y.price ? x.price < y.price : x.v < y.v; }

/* Puts c into the place of the top and lets it sink. */
static void replace_top(releaser *r, candidate c) {
    uint32_t i = 0;
    for (uint32_t child; (child = 2 * i + 1) < r->count; i = child) {
        if (child + 1 < r->count && cheaper(r->heap[child + 1], r->heap[child])) child++;
        if (!cheaper(r->heap[child], c)) break;
        r->heap[i] = r->heap[child];
    }
    r->heap[i] = c;
}

static void push(releaser *r, candidate c) {
    uint32_t i = r->count++;
    for (; i && cheaper(c, r->heap[(i - 1) / 2]); i = (i - 1) / 2) r->heap[i] = r->heap[(i - 1) / 2];
    r->heap[i] = c;
}

/* A value is in memory anyway when the forward returns it. */
static bool is_returned(const analysis *a, value v) {
    for (uint32_t i = 0; i < a->num_forward_outputs; i++)
        if (arg_as_value(&a->outputs.data[i]) == v) return true;
    return false;
}

static uint64_t collect(releaser *r, const value_list *saved) {
    const analysis *a = r->a;
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < saved->count; i++) {
        const value v = saved->data[i];
        if (is_primal(a, v) || graph_type(a->joint, v)->kind != TYPE_TENSOR || is_returned(a, v)) continue;
        const double time = time_again(r, v);
        if (time < 0 || !value_bytes(a, v)) continue;
        bytes += value_bytes(a, v);
        push(r, (candidate){time / (double)value_bytes(a, v), v});
    }
    return bytes;
}

/* Gives up `bytes` of saved values, the cheapest first. A price is looked at again before it counts: it can only have
 * risen. Gives how many went. */
static uint32_t release(releaser *r, uint64_t bytes) {
    const analysis *a = r->a;
    uint32_t gone = 0;
    while (r->count && bytes) {
        const candidate top = r->heap[0];
        const double price = time_again(r, top.v) / (double)value_bytes(a, top.v);
        if (price > top.price) {
            replace_top(r, (candidate){price, top.v});
            continue;
        }
        if (value_bytes(a, top.v) > bytes) break;
        bytes -= value_bytes(a, top.v);
        r->kept[top.v] = false;
        gone++;
        replace_top(r, r->heap[--r->count]);
    }
    return gone;
}

uint32_t release_saved(analysis *a, value_list *saved) {
    releaser r = {.a = a,
                  .kept = ARENA_ARRAY(a->scratch, bool, a->count),
                  .time = ARENA_ARRAY(a->scratch, double, a->count),
                  .seen = ARENA_ARRAY(a->scratch, uint32_t, a->count),
                  .heap = ARENA_ARRAY(a->scratch, candidate, saved->count)};
    for (uint32_t i = 0; i < saved->count; i++) r.kept[saved->data[i]] = true;
    for (value v = 0; v < a->count; v++)
        if (!(a->flags[v] & NEEDS_TANGENT)) r.time[v] = compute_time(a, v);
    const uint64_t all = collect(&r, saved);
    const uint32_t gone =
        release(&r, all / BUDGET_LEVELS * a->options->level + all % BUDGET_LEVELS * a->options->level / BUDGET_LEVELS);
    /* Inputs of the program are at hand: what is computed again may read any of them. */
    for (value v = 0; v < a->count && gone; v++)
        if (is_primal(a, v)) r.kept[v] = true;
    saved->count = 0;
    for (value v = 0; v < a->count; v++)
        if (r.kept[v]) *VEC_PUSH(a->scratch, saved) = v;
    return gone;
}
