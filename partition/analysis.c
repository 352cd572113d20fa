/* SPDX-License-Identifier: MIT
 * analysis.c — users, what the forward needs, what needs a tangent (PAR-15, PAR-16). All linear. */
#include "partition/analysis.h"

static void build_users(analysis *a) {
    const cot_graph *j = a->joint;
    value_list inputs = {0};
    a->user_start = ARENA_ARRAY(a->scratch, uint32_t, a->count + 2u);
    for (value v = 0; v < a->count; v++) {
        node_inputs(a->scratch, graph_node(j, v), &inputs);
        for (uint32_t i = 0; i < inputs.count; i++) a->user_start[inputs.data[i] + 2]++;
    }
    for (uint32_t v = 2; v < a->count + 2; v++) a->user_start[v] += a->user_start[v - 1];
    a->users = ARENA_ARRAY(a->scratch, uint32_t, a->user_start[a->count + 1]);
    for (value v = 0; v < a->count; v++) {
        node_inputs(a->scratch, graph_node(j, v), &inputs);
        for (uint32_t i = 0; i < inputs.count; i++) a->users[a->user_start[inputs.data[i] + 1]++] = v;
    }
}

typedef struct mark_walk {
    uint8_t *flags;
    uint8_t seek, set;
    bool found;
} mark_walk;

static void mark_inputs(void *user, value v) {
    mark_walk *w = user;
    w->flags[v] |= w->set;
}

static void find_flag(void *user, value v) {
    mark_walk *w = user;
    w->found |= (w->flags[v] & w->seek) != 0;
}

static void each_input(const node *n, void (*f)(void *, value), mark_walk *w) {
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], f, w);
}

static void classify(analysis *a) {
    const cot_graph *j = a->joint;
    for (uint32_t i = 0; i < j->inputs.count; i++)
        a->flags[j->inputs.data[i]] = i < a->num_primals ? REQUIRED_FORWARD : NEEDS_TANGENT | REQUIRED_BACKWARD;
    for (value v = 0; v < a->count; v++) {
        mark_walk w = {a->flags, NEEDS_TANGENT, 0, false};
        each_input(graph_node(j, v), find_flag, &w);
        const node *n = graph_node(j, v);
        const bool effect = op_has_effect(n->op->traits, n->flags) && n->flags & NODE_BACKWARD; /* not before it */
        if (w.found || effect) a->flags[v] |= NEEDS_TANGENT | REQUIRED_BACKWARD;
    }
    for (uint32_t i = 0; i < a->outputs.count; i++) {
        const value v = arg_as_value(&a->outputs.data[i]);
        if (v == NO_VALUE) continue;
        a->flags[v] |= i < a->num_forward_outputs ? REQUIRED_FORWARD : REQUIRED_BACKWARD | GRADIENT;
    }
    for (value v = a->count; v-- > 0;) {
        const node *n = graph_node(j, v);
        if (op_has_effect(n->op->traits, n->flags) && !(n->flags & NODE_BACKWARD)) a->flags[v] |= REQUIRED_FORWARD;
        mark_walk w = {a->flags, 0, REQUIRED_FORWARD, false};
        if (a->flags[v] & REQUIRED_FORWARD) each_input(n, mark_inputs, &w);
    }
    uint32_t order = 0;
    for (value v = 0; v < a->count; v++)
        if (a->flags[v] & REQUIRED_FORWARD) a->forward_order[v] = order++;
    for (value v = a->count; v-- > 0;) {
        uint32_t d = a->flags[v] & REQUIRED_FORWARD ? 1000000000u : 0;
        for (uint32_t u = a->user_start[v]; d && u < a->user_start[v + 1]; u++)
            d = MIN(d, a->distance[a->users[u]] + 1);
        a->distance[v] = d;
    }
}

/* ---- values that can be made again from statistics --------------------------------------------------------------- */

static value part(const analysis *a, value tuple, uint32_t index) {
    for (uint32_t u = a->user_start[tuple]; u < a->user_start[tuple + 1]; u++) {
        const node *n = graph_node(a->joint, a->users[u]);
        if (n->op->kind == OP_GETITEM && arg_as_int(&n->args[1], -1) == index) return a->users[u];
    }
    return NO_VALUE;
}

uint32_t again_inputs(const analysis *a, value v, value *inputs, value *results) {
    const recompute_rule *rule = a->again[v];
    const value tuple = arg_as_value(&graph_node(a->joint, v)->args[0]);
    const node *producer = graph_node(a->joint, tuple);
    uint32_t count = 0;
    for (uint32_t i = 0; i < producer->nargs && i < 32; i++)
        if (rule->operands >> i & 1 && producer->args[i].kind == ARG_VALUE) inputs[count++] = producer->args[i].value;
    for (uint32_t i = 0; i < producer->type.count && i < 32; i++) {
        const value result = rule->results >> i & 1 ? part(a, tuple, i) : NO_VALUE;
        if (results) results[i] = result;
        if (rule->results >> i & 1) inputs[count++] = result;
    }
    return count;
}

/* Made again elementwise, a value has the layout of the first operand: its readers must find the one they expect. */
static bool same_layout(const type *made, const type *operand) {
    return type_equal(made, operand, true) && made->offset == 0;
}

/* A rule is of use when the joint graph holds the results it needs, which it does when the backward reads them. */
static void find_again(analysis *a) {
    for (value v = 0; v < a->count; v++) {
        const node *n = graph_node(a->joint, v);
        if (n->op->kind != OP_GETITEM || n->args[0].kind != ARG_VALUE || a->flags[v] & NEEDS_TANGENT) continue;
        const op_record *record = graph_node(a->joint, n->args[0].value)->op->record;
        if (!record || !record->again || arg_as_int(&n->args[1], -1) != record->again->result) continue;
        const node *producer = graph_node(a->joint, n->args[0].value);
        if (n->flags & NODE_RECOMPUTE) continue; /* it comes with its producer */
        if (!same_layout(&n->type, graph_type(a->joint, arg_as_value(&producer->args[0])))) continue;
        value inputs[MAX_AGAIN];
        a->again[v] = record->again;
        const uint32_t count = again_inputs(a, v, inputs, NULL);
        for (uint32_t i = 0; i < count; i++)
            if (inputs[i] == NO_VALUE) a->again[v] = NULL;
    }
}

void analyse(analysis *a, const cot_graph *joint, const partition_options *options, bool nested) {
    const uint32_t count = joint->nodes.count;
    *a = (analysis){
        .joint = joint, .scratch = arena_create(joint->ctx), .count = count, .options = options, .nested = nested};
    a->flags = ARENA_ARRAY(a->scratch, uint8_t, count);
    a->forward_order = ARENA_ARRAY(a->scratch, uint32_t, count);
    a->distance = ARENA_ARRAY(a->scratch, uint32_t, count);
    a->ban_reason = ARENA_ARRAY(a->scratch, const char *, count);
    a->num_forward_outputs = joint->num_mutated + joint->num_user_outputs + joint->num_bases;
    a->num_primals = joint->inputs.count - joint->num_tangents;
    a->again = ARENA_ARRAY(a->scratch, const recompute_rule *, count);
    arg_leaves(a->scratch, &joint->output, &a->outputs);
    build_users(a);
    classify(a);
    joint->ctx->visits += 2 * (uint64_t)count;
    if (nested) find_local_sizes(a);
    if (options->cost == COT_COST_RUNTIME) find_again(a);
}
