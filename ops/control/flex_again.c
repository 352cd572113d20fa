/* SPDX-License-Identifier: MIT
 * flex_again.c — the derivative of flex_attention_backward: attention written out with a matrix of scores
 * (flex_dense.c), differentiated twice by autograd. The result and the logs that the backward got are functions of
 * query, key and value, so what they contribute comes with those. Memory is quadratic in the length here, as it is for
 * attention made of products. */
#include "ops/control/flex_attention.h"

enum { RESULTS = 2 }; /* of attention: its result and its logs; the largest scores have no gradients */

/* What the two walks differentiate by: query, key, value, what score_mod captured, what mask_mod captured; then, of
 * the backward alone, the tangents of its results. */
typedef struct twice {
    joint_stage *s;
    const arg *rest;     /* arguments from the block mask on */
    value *operands;     /* in the joint graph */
    uint32_t *flat;      /* by operand: its place in s->needs and s->out */
    uint32_t *captured;  /* by operand: which captured buffer of score_mod it is, UINT32_MAX: none */
    uint32_t count, all; /* operands before the tangents, and with them */
} twice;

static void add_operand(twice *t, const arg *a, uint32_t *flat, uint32_t captured) {
    if (a->kind != ARG_VALUE) return;
    t->operands[t->all] = a->value;
    t->captured[t->all] = captured;
    t->flat[t->all++] = (*flat)++;
}

static void list_operands(twice *t) {
    joint_stage *s = t->s;
    arena *a = s->b->graph->arena;
    const arg *others = &t->rest[FLEX_REST_OTHERS], *of_mask = &t->rest[FLEX_REST_MASK_OTHERS];
    const uint32_t most = 3 + others->count + of_mask->count + RESULTS;
    t->operands = ARENA_ARRAY(a, value, most);
    t->flat = ARENA_ARRAY(a, uint32_t, most);
    t->captured = ARENA_ARRAY(a, uint32_t, most);
    uint32_t flat = 0;
    for (uint32_t i = 0; i < 3; i++) add_operand(t, &s->args[i], &flat, UINT32_MAX);
    flat = flex_operands_before(s, FLEX_ARG_BACKWARD_REST + FLEX_REST_OTHERS);
    for (uint32_t i = 0; i < others->count; i++) add_operand(t, &others->list[i], &flat, i);
    for (uint32_t i = 0; i < of_mask->count; i++) add_operand(t, &of_mask->list[i], &flat, UINT32_MAX);
    t->count = t->all;
    flat = flex_operands_before(s, FLEX_ARG_GRAD);
    for (uint32_t i = 0; i < RESULTS; i++) add_operand(t, &s->args[FLEX_ARG_GRAD + i], &flat, UINT32_MAX);
}

/* ---- attention as a body ---------------------------------------------------------------------------------------- */

static arg as_inputs(builder *b, const builder *outside, const arg *list) {
    arg *items = ARENA_ARRAY(b->graph->arena, arg, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        items[i] = list->list[i];
        if (items[i].kind == ARG_VALUE)
            items[i] = arg_value(emit_placeholder(b, "x", TYPE_OF(outside, list->list[i].value)));
    }
    return (arg){.kind = ARG_TUPLE, .list = items, .count = list->count};
}

/* (operands…) → (result, logs) */
static cot_graph *written_out(twice *t) {
    joint_stage *s = t->s;
    cot_graph *g = s->b->graph, *root = g->parent ? g->parent : g;
    builder b;
    builder_init(&b, graph_create_child(root, "attention"), s->b->error);
    b.decompose = true;
    arg args[FLEX_ARG_FORWARD_REST + FLEX_REST_COUNT] = {{0}}, *rest = &args[FLEX_ARG_FORWARD_REST];
    for (uint32_t i = 0; i < 3; i++) args[i] = arg_value(emit_placeholder(&b, "x", TYPE_OF(s->b, s->args[i].value)));
    rest[FLEX_REST_SCALE] = t->rest[FLEX_REST_SCALE];
    rest[FLEX_REST_OTHERS] = as_inputs(&b, s->b, &t->rest[FLEX_REST_OTHERS]);
    rest[FLEX_REST_MASK_OTHERS] = as_inputs(&b, s->b, &t->rest[FLEX_REST_MASK_OTHERS]);
    const arg *from = s->call->args;
    const arg *mask_mod = &from[FLEX_ARG_BACKWARD_REST + FLEX_REST_BLOCKS].list[FLEX_BLOCKS_MASK_MOD];
    const value whole = flex_dense(&b, args, control_body(s->functional, &from[FLEX_ARG_FW_GRAPH]),
                                   control_body(s->functional, mask_mod));
    if (b.status) {
        builder_failed(s->b, b.status);
        return NULL;
    }
    arg *outputs = ARENA_ARRAY(b.graph->arena, arg, RESULTS);
    for (uint32_t i = 0; i < RESULTS; i++) outputs[i] = arg_value(emit_get(&b, whole, i));
    b.graph->output = (arg){.kind = ARG_TUPLE, .list = outputs, .count = RESULTS};
    b.graph->num_user_outputs = RESULTS;
    return graph_clean(b.graph, root);
}

/* ---- its backward as a body ------------------------------------------------------------------------------------- */

static bool is_differentiated(const twice *t, uint32_t i) {
    const type *parts = &t->s->call->type.parts[3];
    return i < 3 || (t->captured[i] < parts->count && parts->parts[t->captured[i]].kind == TYPE_TENSOR);
}

/* (operands…, tangents…) → a gradient for each operand that the call gives one of. */
static cot_status backward_body(twice *t, cot_graph **out) {
    joint_stage *s = t->s;
    arena *a = s->b->graph->arena;
    bool *needs = ARENA_ARRAY(a, bool, t->count), tangents[RESULTS];
    value *outputs = ARENA_ARRAY(a, value, t->count), attribute;
    control_backward w;
    for (uint32_t i = 0; i < t->count; i++) needs[i] = is_differentiated(t, i);
    for (uint32_t i = 0; i < RESULTS; i++) tangents[i] = s->args[FLEX_ARG_GRAD + i].kind == ARG_VALUE;
    const cot_graph *forward = written_out(t);
    if (!forward) return s->b->status;
    TRY(control_backward_start(&w, s, forward, needs, tangents));
    for (uint32_t i = 0; i < w.joint->inputs.count; i++) control_backward_input(&w, i);
    control_backward_fill(&w);
    for (uint32_t i = 0; i < t->count; i++)
        outputs[i] = needs[i] ? control_backward_gradient(&w, i, w.map[w.joint->inputs.data[i]]) : NO_VALUE;
    TRY(control_backward_finish(&w, outputs, t->count, "attention_backward", &attribute));
    const arg made = arg_value(attribute);
    *out = control_body(s->b->graph, &made);
    return COT_OK;
}

/* ---- its derivative --------------------------------------------------------------------------------------------- */

/* What arrives at the gradient of operand i. */
static value arriving(const twice *t, uint32_t i) {
    joint_stage *s = t->s;
    if (i < 3) return s->grads[i];
    if (!is_differentiated(t, i) || s->grads[3] == NO_VALUE) return NO_VALUE;
    return emit_get(s->b, s->grads[3], t->captured[i]);
}

cot_status flex_joint_backward(joint_stage *s) {
    arena *a = s->b->graph->arena;
    twice t = {.s = s, .rest = &s->args[FLEX_ARG_BACKWARD_REST]};
    cot_graph *body = NULL, *joint = NULL;
    list_operands(&t);
    TRY(backward_body(&t, &body));
    bool *needs = ARENA_ARRAY(a, bool, t.all), *tangents = ARENA_ARRAY(a, bool, t.count);
    arg *inputs = ARENA_ARRAY(a, arg, t.all + t.count);
    uint32_t given = t.all;
    for (uint32_t i = 0; i < t.all; i++) {
        needs[i] = s->needs[t.flat[i]];
        inputs[i] = arg_value(t.operands[i]);
    }
    for (uint32_t i = 0; i < t.count; i++) {
        const value v = arriving(&t, i);
        tangents[i] = v != NO_VALUE;
        if (tangents[i]) inputs[given++] = arg_value(v);
    }
    TRY(s->body(s, body, needs, tangents, &joint));
    arg_list leaves = {0};
    TRY(control_inline(s->b, joint, inputs, &leaves));
    for (uint32_t i = 0; i < t.all; i++)
        if (needs[i]) s->out[t.flat[i]] = arg_as_value(&leaves.data[joint->num_user_outputs + i]);
    return s->b->status;
}
