/* SPDX-License-Identifier: MIT
 * cost.c — what saving a value costs, and what may not be recomputed and why. Two cost models: `reference` reproduces
 * PyTorch's rules (torch/_functorch/partitioners.py; PAR-11 … PAR-28), `runtime` knows what our runtime really keeps.
 */
#include "partition/analysis.h"
#include "ops/flops.h"
#include <math.h>

bool node_is_view(const node *n) { return (n->op->traits & OP_VIEW) != 0; }

/* Costs nothing to compute again: loops go along reversed items as they lie (runtime/plan.c). */
static bool is_free(const analysis *a, const node *n) {
    const bool reverses = n->op->record && n->op->record->rows == ROWS_REVERSED;
    return node_is_view(n) || (reverses && a->options->cost == COT_COST_RUNTIME);
}

/* In the list of operators that fuse with their neighbours (PAR-17, PAR-19). */
static bool is_recomputable(const analysis *a, const node *n) {
    if (n->op->traits & OP_CHEAP && a->options->cost == COT_COST_RUNTIME) return true;
    if (n->op->kind == OP_GETITEM || n->op->kind == OP_MAGIC) return true;
    return n->op->kind == OP_CALL && n->op->traits & (OP_RECOMPUTABLE | OP_POINTWISE | OP_VIEW | OP_SYMBOLIC);
}

static bool is_fusible(const analysis *a, const node *n) { return is_recomputable(a, n) || n->op->traits & OP_RANDOM; }

bool node_fuses(const analysis *a, value producer, value consumer) {
    const node *p = graph_node(a->joint, producer), *c = graph_node(a->joint, consumer);
    if (c->op->traits & OP_FUSES_INPUTS) return true;
    return is_fusible(a, p) && is_fusible(a, c);
}

static uint64_t type_bytes(const type *t) {
    if (t->kind == TYPE_TUPLE) {
        uint64_t total = 0;
        for (uint32_t i = 0; i < t->count; i++) total += type_bytes(&t->parts[i]);
        return total;
    }
    if (t->kind == TYPE_INT || t->kind == TYPE_BOOL) return 1;
    if (t->kind == TYPE_FLOAT) return 4;
    if (t->kind != TYPE_TENSOR) return 0;
    uint64_t n = dtype_bytes(t->dtype);
    for (uint32_t i = 0; i < t->ndim; i++) {
        const uint64_t size = dim_is_static(t->sizes[i]) ? (uint64_t)t->sizes[i] : 4096;
        if (size && n > UINT64_MAX / 64 / size) return UINT64_MAX / 64;
        n *= size;
    }
    return n;
}

uint64_t value_bytes(const analysis *a, value v) { return type_bytes(graph_type(a->joint, v)); }

static bool is_materialised(const analysis *a, value v) {
    if (graph_node(a->joint, v)->op->kind == OP_PLACEHOLDER) return true;
    for (uint32_t u = a->user_start[v]; u < a->user_start[v + 1]; u++)
        if (!node_fuses(a, v, a->users[u])) return true;
    return false;
}

static bool is_parameter(const analysis *a, value v) {
    const cot_graph *j = a->joint;
    if (a->nested || v >= j->input_specs.count) return false;
    return j->input_specs.data[v].kind == INPUT_PARAMETER || j->input_specs.data[v].kind == INPUT_BUFFER;
}

static bool is_mutated_input(const analysis *a, value v) {
    for (uint32_t i = 0; i < a->joint->num_mutated; i++)
        if (a->joint->inputs.data[a->joint->mutated[i]] == v) return true;
    return false;
}

static uint64_t reference_cost(const analysis *a, value v) {
    if (is_parameter(a, v)) return 0;
    const uint64_t bytes = value_bytes(a, v);
    const uint32_t distance = MAX(MIN(a->distance[v], 100u), 1u);
    const uint64_t weight = (uint64_t)((double)bytes * pow(1.1, distance));
    return is_materialised(a, v) ? weight : 2 * weight;
}

/* Bytes that stay alive because of this value. Inputs of the program are alive anyway, unless the program writes them;
 * in a body an input is a value of the caller, which often keeps it for other reasons. A view keeps its base: at equal
 * bytes the base is the better choice, for then the view costs nothing. */
static uint64_t runtime_cost(const analysis *a, value v) {
    const uint64_t bytes = value_bytes(a, v);
    if (is_primal(a, v)) {
        if (a->nested) return 8 * bytes;
        return is_mutated_input(a, v) ? 16 * bytes : 0;
    }
    return 16 * bytes + (is_free(a, graph_node(a->joint, v)) ? 1 : 0);
}

uint64_t save_cost(const analysis *a, value v) {
    const type *t = graph_type(a->joint, v);
    if (a->flags[v] & LOCAL_SIZE) return FLOW_INFINITE;
    if (t->kind == TYPE_INT || t->kind == TYPE_BOOL) return 1;
    if (t->kind != TYPE_TENSOR) return FLOW_INFINITE;
    return a->options->cost == COT_COST_REFERENCE ? reference_cost(a, v) : runtime_cost(a, v);
}

/* ---- time ----------------------------------------------------------------------------------------------------- */

static tensor_desc describe(const type *t) {
    tensor_desc d = {.numel = t->kind == TYPE_TENSOR ? 1 : -1,
                     .ndim = t->kind == TYPE_TENSOR ? MIN(t->ndim, COT_MAX_DIMS) : 0};
    for (uint32_t i = 0; i < d.ndim; i++) {
        d.sizes[i] = dim_is_static(t->sizes[i]) ? t->sizes[i] : 4096;
        if (__builtin_mul_overflow(d.numel, d.sizes[i], &d.numel)) d.numel = INT64_MAX / 64;
    }
    return d;
}

typedef VEC(tensor_desc) desc_list;

static void add_descs(const analysis *a, const arg *given, desc_list *out) {
    if (given->kind == ARG_LIST || given->kind == ARG_TUPLE)
        for (uint32_t i = 0; i < given->count; i++) add_descs(a, &given->list[i], out);
    else *VEC_PUSH(a->scratch, out) = describe(graph_type(a->joint, arg_as_value(given)));
}

static double node_flops(const analysis *a, const node *n) {
    desc_list operands = {0}, results = {0};
    for (uint32_t i = 0; i < n->nargs && i < n->op->num_params; i++)
        if (n->op->params[i].type == PARAM_TENSOR) add_descs(a, &n->args[i], &operands);
    for (uint32_t i = 0; i < n->type.count && n->type.kind == TYPE_TUPLE; i++)
        *VEC_PUSH(a->scratch, &results) = describe(&n->type.parts[i]);
    if (n->type.kind != TYPE_TUPLE) *VEC_PUSH(a->scratch, &results) = describe(&n->type);
    const flops_call c = {n->args, results.data, operands.data, results.count, operands.count};
    return op_flops(n->op, &c);
}

double compute_time(const analysis *a, value v) {
    enum { PICOSECONDS_A_FLOP = 4, PICOSECONDS_A_BYTE = 40 };
    const node *n = graph_node(a->joint, v);
    if (n->op->kind == OP_GETITEM || n->op->kind == OP_PLACEHOLDER || n->op->kind == OP_GET_ATTR || is_free(a, n))
        return 0;
    const double bytes = (double)value_bytes(a, v) * (is_fusible(a, n) ? 1 : 2);
    return PICOSECONDS_A_BYTE * bytes + PICOSECONDS_A_FLOP * (n->op->record ? node_flops(a, n) : 0);
}

/* ---- bans ----------------------------------------------------------------------------------------------------- */

/* A join of tensors is one pass over memory, and its operands are often kept for others: the skip connections of a
 * U-Net. */
static bool is_cheap_join(const analysis *a, const node *n) {
    return a->options->cost == COT_COST_RUNTIME && n->op->traits & OP_FUSES_INPUTS && n->op->traits & OP_CHEAP;
}

/* Whether `user` reads no more of v than its shape. */
static bool reads_shape_only(const analysis *a, value v, value user) {
    const node *n = graph_node(a->joint, user);
    if (!n->op->record || a->options->cost == COT_COST_REFERENCE) return false;
    const uint32_t mask = n->op->traits & OP_CREATES ? UINT32_MAX : n->op->record->shape_only;
    if (!mask) return false;
    for (uint32_t i = 0; i < n->nargs; i++) {
        if (n->args[i].kind == ARG_LIST || n->args[i].kind == ARG_TUPLE) continue;
        if (n->args[i].kind == ARG_VALUE && n->args[i].value == v && !(i < 32 && mask >> i & 1)) return false;
    }
    return true;
}

/* Whether some user in the backward makes this value exist in memory there, looking through views (PAR-21). */
static bool is_materialised_backward(const analysis *a, value v, value_list *stack) {
    stack->count = 0;
    *VEC_PUSH(a->scratch, stack) = v;
    uint32_t looked = 0;
    while (stack->count) {
        const value current = stack->data[--stack->count];
        for (uint32_t u = a->user_start[current]; u < a->user_start[current + 1]; u++) {
            const value user = a->users[u];
            if (!(a->flags[user] & REQUIRED_FORWARD) && !node_fuses(a, current, user) &&
                !reads_shape_only(a, current, user))
                return true;
            if (node_is_view(graph_node(a->joint, user)) && ++looked < 1000) *VEC_PUSH(a->scratch, stack) = user;
        }
    }
    return false;
}

static uint64_t direct_operand_bytes(const analysis *a, const node *n) {
    uint64_t total = 0;
    for (uint32_t i = 0; i < n->nargs; i++)
        if (n->args[i].kind == ARG_VALUE) total += value_bytes(a, n->args[i].value);
    return total;
}

static const char *why_banned(const analysis *a, value v, value_list *stack) {
    const node *n = graph_node(a->joint, v);
    if (n->op->kind != OP_CALL) return NULL;
    if (n->flags & NODE_MUST_SAVE) return "marked MUST_SAVE";
    if (n->op->traits & (OP_EFFECT | OP_CONTROL)) return "a control operator, or one with effects";
    if (n->type.kind == TYPE_NONE) return NULL; /* an object, made of constants: there is nothing to keep */
    if (n->op->traits & OP_RANDOM) return "random op";
    if (n->op->traits & OP_EXPENSIVE) return "compute intensive op";
    if (!is_recomputable(a, n)) return "not in recomputable allowlist";
    if (!is_free(a, n) && !is_cheap_join(a, n) && is_materialised_backward(a, v, stack))
        return "materialized in backward";
    if (value_bytes(a, v) * 4 < direct_operand_bytes(a, n)) return "reduction op";
    return NULL;
}

static void ban(analysis *a, value v, const char *reason) {
    const node *n = graph_node(a->joint, v);
    /* An effect happens once, also in a region that is computed again. */
    const bool again =
        (n->flags & NODE_RECOMPUTE || a->flags[v] & LOCAL_SIZE) && !op_has_effect(n->op->traits, n->flags);
    if (again || a->flags[v] & BANNED) return;
    if (is_free(a, n) && !(n->flags & NODE_MUST_SAVE)) return;
    a->flags[v] |= BANNED;
    a->ban_reason[v] = reason;
}

/* A small heap of nodes by forward order, for PAR-24. */
typedef struct heap_item {
    uint32_t order;
    value v;
    bool fuses;
} heap_item;
typedef struct heap {
    VEC(heap_item) items;
    uint32_t *seen; /* by value: the search that pushed it last */
    uint32_t search;
} heap;

static void heap_push(analysis *a, heap *h, value v, bool fuses) {
    if (h->seen[v] == h->search && fuses) return;
    h->seen[v] = h->search;
    (void)VEC_PUSH(a->scratch, &h->items);
    uint32_t i = h->items.count - 1;
    const heap_item item = {a->forward_order[v], v, fuses};
    for (; i && h->items.data[(i - 1) / 2].order > item.order; i = (i - 1) / 2)
        h->items.data[i] = h->items.data[(i - 1) / 2];
    h->items.data[i] = item;
}

static heap_item heap_pop(heap *h) {
    const heap_item top = h->items.data[0], last = h->items.data[--h->items.count];
    uint32_t i = 0;
    for (;;) {
        uint32_t c = 2 * i + 1;
        if (c >= h->items.count) break;
        if (c + 1 < h->items.count && h->items.data[c + 1].order < h->items.data[c].order) c++;
        if (h->items.data[c].order >= last.order) break;
        h->items.data[i] = h->items.data[c];
        i = c;
    }
    h->items.data[i] = last;
    return top;
}

/* Forward order of the first node in the fusible region behind v's users that does not fuse, at most `range`. */
static uint32_t first_unfusible_use(analysis *a, heap *h, value v, uint32_t range) {
    h->items.count = 0;
    h->search++;
    for (uint32_t u = a->user_start[v]; u < a->user_start[v + 1]; u++)
        if (a->flags[a->users[u]] & REQUIRED_FORWARD) heap_push(a, h, a->users[u], true);
    while (h->items.count) {
        const heap_item item = heap_pop(h);
        if (!item.fuses) return item.order;
        for (uint32_t u = a->user_start[item.v]; u < a->user_start[item.v + 1]; u++) {
            const value user = a->users[u];
            if (a->flags[user] & REQUIRED_FORWARD && a->forward_order[user] <= range)
                heap_push(a, h, user, node_fuses(a, item.v, user));
        }
    }
    return range;
}

/* A value used nearby and again behind something that does not fuse: the far users could not be fused with the near
 * ones, so they are not recomputed (PAR-24). */
static void ban_used_far_apart(analysis *a) {
    heap h = {.seen = ARENA_ARRAY(a->scratch, uint32_t, a->count)};
    for (value v = 0; v < a->count; v++) {
        if (!(a->flags[v] & REQUIRED_FORWARD)) continue;
        uint32_t range = 0, forward_users = 0;
        for (uint32_t u = a->user_start[v]; u < a->user_start[v + 1]; u++) {
            if (!(a->flags[a->users[u]] & REQUIRED_FORWARD)) continue;
            range = MAX(range, a->forward_order[a->users[u]]);
            forward_users++;
        }
        if (forward_users < 2) continue; /* the only use is the first: nothing lies behind it */
        const uint32_t first = first_unfusible_use(a, &h, v, range);
        for (uint32_t u = a->user_start[v]; u < a->user_start[v + 1]; u++) {
            const value user = a->users[u];
            if (a->flags[user] & REQUIRED_FORWARD && a->forward_order[user] > first && node_fuses(a, v, user) &&
                !is_cheap_join(a, graph_node(a->joint, user)))
                ban(a, user, "an operand is used nearby and far apart");
        }
    }
}

/* A chain of fusible nodes more than 100 long is broken by saving (PAR-25). */
static void ban_long_chains(analysis *a) {
    bool *visited = ARENA_ARRAY(a->scratch, bool, a->count);
    heap h = {.seen = ARENA_ARRAY(a->scratch, uint32_t, a->count)};
    for (value start = 0; start < a->count; start++) {
        if (!(a->flags[start] & REQUIRED_FORWARD) || visited[start]) continue;
        h.items.count = 0;
        h.search++;
        heap_push(a, &h, start, true);
        while (h.items.count) {
            const heap_item item = heap_pop(&h);
            if (visited[item.v]) continue;
            visited[item.v] = true;
            if (item.order > a->forward_order[start] + 100 && !h.items.count) {
                ban(a, item.v, "a long chain of fusible operators");
                break;
            }
            for (uint32_t u = a->user_start[item.v]; u < a->user_start[item.v + 1]; u++) {
                const value user = a->users[u];
                if (a->flags[user] & REQUIRED_FORWARD && node_fuses(a, item.v, user) && !(a->flags[user] & BANNED))
                    heap_push(a, &h, user, true);
            }
        }
    }
}

void ban_recomputation(analysis *a) {
    value_list stack = {0};
    for (value v = 0; v < a->count; v++) {
        if (a->flags[v] & NEEDS_TANGENT) continue;
        if (is_primal(a, v)) {
            ban(a, v, "primal input");
            continue;
        }
        if (!(a->flags[v] & REQUIRED_FORWARD)) continue;
        /* Made again only where it fuses into its reader: a product's operand would have to be written out once more.
         */
        if (a->again[v] && !a->again[v]->materialised && is_materialised_backward(a, v, &stack)) a->again[v] = NULL;
        const char *reason = why_banned(a, v, &stack);
        if (reason) ban(a, v, reason);
    }
    ban_used_far_apart(a);
    ban_long_chains(a);
}
