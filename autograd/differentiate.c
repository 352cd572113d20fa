/* SPDX-License-Identifier: MIT
 * differentiate.c — the reverse walk over a functional graph. Reverse program order is the order of PyTorch's engine
 * (highest sequence number first), so contributions are added in the same order as there. */
#include "autograd/differentiate.h"

bool type_is_differentiable(const type *t) {
    return t->kind == TYPE_TENSOR && (dtype_is_float(t->dtype) || dtype_is_complex(t->dtype));
}

void differentiate_start(differentiation *d, const cot_graph *functional, cot_graph *joint, body_cache *bodies,
                         cot_error *error) {
    const uint32_t count = functional->nodes.count;
    *d = (differentiation){.functional = functional, .scratch = arena_create(functional->ctx), .bodies = bodies};
    builder_init(&d->b, joint, error);
    d->b.decompose = true; /* rules may say reshape or where with a number */
    d->b.forward = NO_VALUE;
    d->b.place = functional;
    d->b.place_node = NO_VALUE;
    d->copy = ARENA_ARRAY(d->scratch, value, count);
    d->grad = ARENA_ARRAY(d->scratch, value, count);
    d->parts = ARENA_ARRAY(d->scratch, value *, count);
    d->part_grad = ARENA_ARRAY(d->scratch, value *, count);
    d->needs = ARENA_ARRAY(d->scratch, bool, count);
    d->reached = ARENA_ARRAY(d->scratch, bool, count);
    for (uint32_t v = 0; v < count; v++) d->copy[v] = d->grad[v] = NO_VALUE;
}

/* Whether a call passes history on at all. */
static bool keeps_history(const node *n) { return !(n->flags & NODE_NO_GRAD) && !(n->op->traits & OP_NO_HISTORY); }

static bool has_history_operand(const node *n) { return (n->op->traits & OP_HISTORY) != 0; }

typedef struct needs_walk {
    const bool *needs;
    bool any;
} needs_walk;

static void see_need(void *user, value v) {
    needs_walk *w = user;
    w->any |= w->needs[v];
}

void differentiate_needs(differentiation *d, const bool *requires) {
    const cot_graph *f = d->functional;
    for (uint32_t i = 0; i < f->inputs.count; i++) {
        const value v = f->inputs.data[i];
        d->needs[v] = requires[i] && type_is_differentiable(graph_type(f, v));
    }
    for (value v = 0; v < f->nodes.count; v++) {
        const node *n = graph_node(f, v);
        if (n->op->kind == OP_PLACEHOLDER || n->op->kind == OP_GET_ATTR || !keeps_history(n)) continue;
        if (has_history_operand(n)) { /* the history is that of the second operand alone */
            d->needs[v] = d->needs[arg_as_value(&n->args[1])];
            continue;
        }
        const type *t = graph_type(f, v);
        if (t->kind != TYPE_TUPLE && !type_is_differentiable(t)) continue;
        needs_walk w = {d->needs, false};
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], see_need, &w);
        d->needs[v] = w.any;
    }
}

cot_status differentiate_copy_forward(differentiation *d) {
    const cot_graph *f = d->functional;
    graph_copy_children(d->b.graph, f);
    for (value v = 0; v < f->nodes.count; v++) {
        const node *n = graph_node(f, v);
        if (n->op->kind == OP_PLACEHOLDER) continue;
        bool done = false;
        if (n->op->traits & OP_CONTROL && d->needs[v]) TRY(forward_by_hook(d, v, &done));
        if (done) continue;
        const value tuple = n->op->kind == OP_GETITEM ? arg_as_value(&n->args[0]) : NO_VALUE;
        if (tuple != NO_VALUE && d->parts[tuple]) d->copy[v] = d->parts[tuple][arg_as_int(&n->args[1], 0)];
        else if (has_history_operand(n)) d->copy[v] = d->copy[arg_as_value(&n->args[0])];
        else d->copy[v] = graph_copy_node(d->b.graph, f, v, d->copy);
    }
    d->forward_end = d->b.graph->nodes.count;
    d->origin = ARENA_ARRAY(d->scratch, value, d->forward_end);
    for (value j = 0; j < d->forward_end; j++) d->origin[j] = NO_VALUE;
    for (value v = f->nodes.count; v-- > 0;)
        if (!has_history_operand(graph_node(f, v)) && d->copy[v] != NO_VALUE) d->origin[d->copy[v]] = v;
    return d->b.status;
}

static void mark_reached(void *user, value v) {
    differentiation *d = user;
    if (d->needs[v]) d->reached[v] = true;
}

static bool has_gradient(const differentiation *d, value v) {
    if (d->grad[v] != NO_VALUE) return true;
    if (!d->part_grad[v]) return false;
    const uint32_t count = graph_type(d->functional, v)->count;
    for (uint32_t i = 0; i < count; i++)
        if (d->part_grad[v][i] != NO_VALUE) return true;
    return false;
}

static cot_status step_back(differentiation *d, value v) {
    const node *n = graph_node(d->functional, v);
    if (has_history_operand(n)) {
        const value history = arg_as_value(&n->args[1]);
        mark_reached(d, history);
        if (has_gradient(d, v)) gradient_add(d, history, d->grad[v]);
        return d->b.status;
    }
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], mark_reached, d);
    if (!has_gradient(d, v)) return COT_OK;
    if (n->op->kind == OP_GETITEM) {
        const value tuple = arg_as_value(&n->args[0]);
        const uint32_t part = (uint32_t)arg_as_int(&n->args[1], 0), count = graph_type(d->functional, tuple)->count;
        if (!d->part_grad[tuple]) {
            d->part_grad[tuple] = ARENA_ARRAY(d->scratch, value, count);
            for (uint32_t i = 0; i < count; i++) d->part_grad[tuple][i] = NO_VALUE;
        }
        value *slot = &d->part_grad[tuple][part];
        if (d->part_grad[v]) *slot = emit_pack(&d->b, d->part_grad[v], graph_type(d->functional, v)->count);
        else *slot = *slot == NO_VALUE ? d->grad[v] : emit(&d->b, "add.Tensor", "vv", *slot, d->grad[v]);
        return d->b.status;
    }
    d->b.forward = d->copy[v];
    d->b.place_node = v;
    if (n->op->traits & OP_CONTROL) return gradient_by_hook(d, v);
    return gradient_by_rule(d, v);
}

cot_status differentiate_backward(differentiation *d) {
    d->b.flags = NODE_BACKWARD;
    for (value v = d->functional->nodes.count; v-- > 0;) {
        if (!d->needs[v] || !(d->reached[v] || has_gradient(d, v))) continue;
        if (graph_node(d->functional, v)->op->kind == OP_PLACEHOLDER) continue;
        TRY(step_back(d, v));
    }
    d->b.forward = d->b.place_node = NO_VALUE;
    return d->b.status;
}

value differentiate_input_gradient(differentiation *d, value input) {
    if (!d->needs[input]) return NO_VALUE;
    if (d->grad[input] == NO_VALUE && d->reached[input])
        d->grad[input] = emit(&d->b, "zeros_like", "v", d->copy[input]);
    return d->grad[input];
}
