/* SPDX-License-Identifier: MIT
 * control.c — higher-order operators in the reverse walk: the operator's hook writes the backward, this stage gives it
 * the joints of its bodies, each made once for each pattern of needs and tangents. */
#include "autograd/differentiate.h"
#include <string.h>

typedef struct hook_operands {
    differentiation *d;
    VEC(value) values;
} hook_operands;

static void collect(void *user, value v) {
    hook_operands *o = user;
    if (graph_type(o->d->functional, v)->kind != TYPE_GRAPH) *VEC_PUSH(o->d->scratch, &o->values) = v;
}

/* Fills `o` with the tensor operands of a call; which of them need a gradient. */
static const bool *operand_needs(hook_operands *o, const node *n) {
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], collect, o);
    bool *needs = ARENA_ARRAY(o->d->scratch, bool, o->values.count + 1u);
    for (uint32_t i = 0; i < o->values.count; i++) needs[i] = o->d->needs[o->values.data[i]];
    return needs;
}

/* Joint of a body: inputs (its own, tangents of the parts that have one), outputs (its own, a gradient or None for each
 * of its inputs). Names are PyTorch's for partitioned bodies: 0-based. */
static cot_status build_body(differentiation *d, const cot_graph *body, const bool *needs, const bool *tangents,
                             cot_graph **out) {
    cot_graph *j = graph_create_child(d->b.graph->parent ? d->b.graph->parent : d->b.graph, body->class_name);
    differentiation inner;
    differentiate_start(&inner, body, j, d->bodies, d->b.error);
    differentiate_needs(&inner, needs);
    for (uint32_t i = 0; i < body->inputs.count; i++) {
        const value v = body->inputs.data[i];
        inner.copy[v] = emit_placeholder(&inner.b, arena_printf(inner.scratch, "primals_%u", i), graph_type(body, v));
    }
    arg_list outputs = {0}, joint_outputs = {0};
    arg_leaves(inner.scratch, &body->output, &outputs);
    value *tangent = ARENA_ARRAY(inner.scratch, value, outputs.count);
    uint32_t num_tangents = 0;
    for (uint32_t i = 0; i < outputs.count; i++) {
        const value v = arg_as_value(&outputs.data[i]);
        tangent[i] = NO_VALUE;
        if (!tangents[i] || v == NO_VALUE) continue;
        const char *name = arena_printf(inner.scratch, "tangents_%u", num_tangents++);
        const type t = tangent_type(j, graph_type(body, v));
        tangent[i] = emit_placeholder(&inner.b, name, &t);
    }
    TRY(differentiate_copy_forward(&inner));
    inner.b.flags = NODE_BACKWARD;
    for (uint32_t i = 0; i < outputs.count; i++) {
        if (tangent[i] == NO_VALUE || !inner.needs[outputs.data[i].value]) continue;
        value *g = &inner.grad[outputs.data[i].value];
        inner.reached[outputs.data[i].value] = true;
        *g = *g == NO_VALUE ? tangent[i] : emit(&inner.b, "add.Tensor", "vv", *g, tangent[i]);
    }
    TRY(differentiate_backward(&inner));
    for (uint32_t i = 0; i < outputs.count; i++)
        *VEC_PUSH(j->arena, &joint_outputs) = arg_map(j, &outputs.data[i], inner.copy);
    for (uint32_t i = 0; i < body->inputs.count; i++)
        *VEC_PUSH(j->arena, &joint_outputs) =
            needs[i] ? arg_value(differentiate_input_gradient(&inner, body->inputs.data[i])) : arg_none();
    TRY(inner.b.status);
    j->output = (arg){.kind = ARG_TUPLE, .list = joint_outputs.data, .count = joint_outputs.count};
    j->num_user_outputs = outputs.count;
    j->num_tangents = num_tangents;
    *out = graph_clean(j, d->b.graph->parent ? d->b.graph->parent : d->b.graph);
    arena_destroy(inner.scratch);
    return COT_OK;
}

static cot_status body_joint_of(joint_stage *s, const cot_graph *body, const bool *needs, const bool *tangents,
                                cot_graph **joint) {
    differentiation *d = s->state;
    arg_list outputs = {0};
    arg_leaves(d->scratch, &body->output, &outputs);
    for (uint32_t i = 0; i < d->bodies->made.count; i++) {
        const body_joint *m = &d->bodies->made.data[i];
        if (m->body == body && !memcmp(m->needs, needs, body->inputs.count) &&
            !memcmp(m->tangents, tangents, outputs.count)) {
            *joint = m->joint;
            return COT_OK;
        }
    }
    TRY(build_body(d, body, needs, tangents, joint));
    arena *a = d->b.graph->arena;
    *VEC_PUSH(a, &d->bodies->made) = (body_joint){.body = body,
                                                  .needs = arena_copy(a, needs, body->inputs.count),
                                                  .tangents = arena_copy(a, tangents, outputs.count),
                                                  .joint = *joint};
    return COT_OK;
}

static cot_status split_of(joint_stage *s, const cot_graph *joint, const cot_graph **forward,
                           const cot_graph **backward) {
    differentiation *d = s->state;
    const joint_splitter *splitter = d->bodies->splitter;
    *forward = *backward = NULL;
    for (uint32_t i = 0; splitter && i < d->bodies->made.count; i++) {
        body_joint *m = &d->bodies->made.data[i];
        if (m->joint != joint) continue;
        cot_graph *root = d->b.graph->parent ? d->b.graph->parent : d->b.graph;
        if (!m->forward) TRY(splitter->split(splitter->user, joint, root, &m->forward, &m->backward, d->b.error));
        *forward = m->forward;
        *backward = m->backward;
    }
    return COT_OK;
}

static arg *mapped_args(differentiation *d, const node *n) {
    arg *args = ARENA_ARRAY(d->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(d->b.graph, &n->args[i], d->copy);
    return args;
}

/* A forward call and its backward carry one number: the partitioner pairs them by it, and what a body draws again is
 * what it drew. It is functionalize's, so a body that is computed again has its own calls' numbers, too. Calls of
 * bodies that another operator is written out in are no pairs. */
static void stamp(differentiation *d, const node *call, value begin) {
    for (value v = begin; v < d->b.graph->nodes.count; v++) {
        node *n = &d->b.graph->nodes.data[v];
        if (!(n->op->traits & OP_CONTROL)) continue;
        if (!(n->flags & NODE_BACKWARD)) n->flags |= call->flags & NODE_EFFECT;
        n->call = n->op == call->op || !n->op->record->control || !n->op->record->control->calls ? call->call : 0;
    }
}

cot_status forward_by_hook(differentiation *d, value n, bool *done) {
    const node *node = graph_node(d->functional, n);
    const control_hooks *hooks = node->op->record->control;
    *done = hooks && hooks->forward;
    if (!*done) return COT_OK;
    d->b.place_node = n;
    hook_operands operands = {.d = d};
    joint_stage s = {.b = &d->b,
                     .functional = d->functional,
                     .call = node,
                     .args = mapped_args(d, node),
                     .needs = operand_needs(&operands, node),
                     .body = body_joint_of,
                     .split = split_of,
                     .as_reference = d->bodies->splitter && d->bodies->splitter->as_reference,
                     .again = d->bodies->again,
                     .state = d,
                     .number = node->call};
    value *parts = ARENA_ARRAY(d->scratch, value, node->type.count);
    const value begin = d->b.graph->nodes.count;
    d->b.flags = node->flags & (NODE_NO_GRAD | NODE_POLICY);
    d->b.checkpoint = node->checkpoint;
    const cot_status status = hooks->forward(&s, &d->copy[n], parts);
    d->b.flags = d->b.checkpoint = 0;
    TRY(status);
    d->parts[n] = parts;
    stamp(d, node, begin);
    return d->b.status;
}

cot_status gradient_by_hook(differentiation *d, value n) {
    const node *node = graph_node(d->functional, n);
    const control_hooks *hooks = node->op->record ? node->op->record->control : NULL;
    if (!hooks || !hooks->joint)
        return graph_fail(d->functional, n, d->b.error, COT_NO_RULE, "%s has no derivative (hook 'joint')",
                          node->op->name);
    const type *t = graph_type(d->functional, n);
    hook_operands operands = {.d = d};
    const bool *needs = operand_needs(&operands, node);
    const uint32_t count = operands.values.count, parts = t->kind == TYPE_TUPLE ? t->count : 1;
    arg *args = mapped_args(d, node);
    value *out = ARENA_ARRAY(d->scratch, value, count), *grads = ARENA_ARRAY(d->scratch, value, parts);
    for (uint32_t i = 0; i < count; i++) out[i] = NO_VALUE;
    for (uint32_t i = 0; i < parts; i++)
        grads[i] = t->kind != TYPE_TUPLE ? d->grad[n] : d->part_grad[n] ? d->part_grad[n][i] : NO_VALUE;
    joint_stage s = {.b = &d->b,
                     .functional = d->functional,
                     .call = node,
                     .args = args,
                     .result = d->copy[n],
                     .grads = grads,
                     .needs = needs,
                     .out = out,
                     .body = body_joint_of,
                     .split = split_of,
                     .as_reference = d->bodies->splitter && d->bodies->splitter->as_reference,
                     .again = d->bodies->again,
                     .state = d};
    s.number = node->call;
    const value begin = d->b.graph->nodes.count;
    TRY(hooks->joint(&s));
    TRY(d->b.status);
    stamp(d, node, begin);
    TRY(saved_check(d, n, begin));
    for (uint32_t i = 0; i < count; i++)
        if (needs[i]) gradient_add(d, operands.values.data[i], out[i]);
    return d->b.status;
}
