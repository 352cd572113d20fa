/* SPDX-License-Identifier: MIT
 * constants.c — tensors that a program has as attributes (`_tensor_constant0 = self._tensor_constant0`) become inputs,
 * as those of a program with a signature are. */
#include "functionalize/functionalize.h"
#include "ops/emit.h"

#include <string.h>

typedef struct constants {
    const cot_graph *from;
    builder b;
    VEC(const node *) found; /* one for each path */
    value *made;
    bool placed;
} constants;

static bool is_constant(const node *n) {
    return n->op->kind == OP_GET_ATTR && n->type.kind == TYPE_TENSOR && n->target;
}

static uint32_t find(const constants *c, const char *path) {
    uint32_t i = 0;
    while (i < c->found.count && strcmp(c->found.data[i]->target, path)) i++;
    return i;
}

/* Behind the other inputs, before anything else. */
static void place(constants *c) {
    cot_graph *to = c->b.graph;
    for (uint32_t i = 0; i < c->found.count; i++) {
        c->made[i] = emit_placeholder(&c->b, c->found.data[i]->name, &c->found.data[i]->type);
        to->nodes.data[c->made[i]].target =
            arena_string(to->arena, c->found.data[i]->target, strlen(c->found.data[i]->target));
    }
    c->placed = true;
}

static value replace(void *user, cot_graph *to, value v, const value *map) {
    constants *c = user;
    const node *n = graph_node(c->from, v);
    UNUSED(to);
    UNUSED(map);
    if (n->op->kind == OP_PLACEHOLDER || c->b.status) return NO_VALUE;
    if (!c->placed) place(c);
    return is_constant(n) ? c->made[find(c, n->target)] : NO_VALUE;
}

/* Copying has listed the program's own inputs again behind those that were placed. */
static void fill_inputs(constants *c) {
    cot_graph *to = c->b.graph;
    const uint32_t count = c->found.count, own = to->inputs.count - count;
    value *inputs = ARENA_ARRAY(to->arena, value, own);
    for (uint32_t i = 0; i < own; i++) inputs[i] = to->inputs.data[count + i];
    to->inputs.count = 0;
    for (uint32_t i = 0; i < own; i++) *VEC_PUSH(to->arena, &to->inputs) = inputs[i];
    for (uint32_t i = 0; i < count; i++) {
        *VEC_PUSH(to->arena, &to->inputs) = c->made[i];
        if (to->input_specs.count < own + i) continue;
        *VEC_PUSH(to->arena, &to->input_specs) = (input_spec){
            .node = c->made[i], .kind = INPUT_CONSTANT, .persistent = -1, .target = to->nodes.data[c->made[i]].target};
    }
}

cot_status constants_lift(const cot_graph *program, cot_graph **out, cot_error *error) {
    arena *scratch = arena_create(program->ctx);
    constants c = {.from = program};
    *out = NULL;
    for (value v = 0; v < program->nodes.count; v++) {
        const node *n = graph_node(program, v);
        if (is_constant(n) && find(&c, n->target) == c.found.count) *VEC_PUSH(scratch, &c.found) = n;
    }
    if (c.found.count) {
        cot_graph *to = *out = graph_create_like(program, NULL);
        c.made = ARENA_ARRAY(scratch, value, c.found.count);
        builder_init(&c.b, to, error);
        for (uint32_t i = 0; i < program->children.count; i++)
            graph_add_child(to, program->children.data[i].name, graph_copy(program->children.data[i].graph, to));
        graph_copy_replacing(program, NULL, replace, &c, to);
        fill_inputs(&c);
    }
    arena_destroy(scratch);
    return c.b.status;
}
