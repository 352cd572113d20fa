/* SPDX-License-Identifier: MIT
 * program.c — from a program to its functional form and, at the end of a transform, to a program again. */
#include "transforms/transform.h"

#include "base/error.h"
#include "functionalize/functionalize.h"
#include "transforms/marks.h"

#include <stdlib.h>
#include <string.h>

void transform_begin(transform *t, const cot_graph *functional, cot_error *error) {
    *t = (transform){.error = error};
    t->scratch = arena_create(functional->ctx);
    t->made = graph_create(functional->ctx, functional->class_name);
    graph_copy_facts(t->made, functional);
    t->made->is_program = functional->is_program;
    if (functional->source)
        t->made->source = arena_string(t->made->arena, functional->source, strlen(functional->source));
    arg_leaves(t->scratch, &functional->output, &t->leaves);
}

/* What a later derivative may go by: buffers are written by programs that are trained. */
static bool *all_differentiable(const cot_graph *g, arena *a) {
    bool *requires = ARENA_ARRAY(a, bool, g->inputs.count + 1u);
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        const uint8_t kind = i < g->input_specs.count ? g->input_specs.data[i].kind : INPUT_USER;
        requires[i] =
            (kind == INPUT_USER || kind == INPUT_PARAMETER) && type_is_differentiable(graph_type(g, g->inputs.data[i]));
    }
    return requires;
}

/* Where nothing is differentiated now it may be later: histories that are not those of the values (a derivative of the
 * user's own, a write that autograd does not see) are kept where the program may be differentiated at all. */
static cot_status make_functional(const cot_graph *lowered, const bool *requires, cot_graph **out, cot_error *error) {
    functionalize_options options = {.requires_grad = requires};
    if (requires) return functionalize(lowered, &options, out, error);
    arena *a = arena_create(lowered->ctx);
    options.requires_grad = all_differentiable(lowered, a);
    cot_status status = functionalize(lowered, &options, out, NULL);
    arena_destroy(a);
    options = (functionalize_options){.inference = true};
    return status ? functionalize(lowered, &options, out, error) : COT_OK;
}

cot_status transform_open(transform *t, const cot_graph *program, const bool *requires, cot_error *error) {
    cot_graph *lowered, *functional;
    TRY(lower(program, &lowered, error));
    cot_status status = make_functional(lowered, requires, &functional, error);
    graph_destroy(lowered);
    if (!status) status = marks_expand(&functional, error);
    if (status) return status;
    functional->is_program = program->is_program;
    transform_begin(t, functional, error);
    t->functional = functional;
    t->first_output = functional->num_mutated;
    for (uint32_t i = 0; i < functional->num_user_outputs; i++)
        *VEC_PUSH(t->scratch, &t->outputs) = t->leaves.data[t->first_output + i];
    return COT_OK;
}

static value placeholder(transform *t, builder *b, const char *name, const type *as, const input_spec *spec) {
    if (b->status) return NO_VALUE;
    cot_graph *g = t->made;
    const value v = emit_placeholder(b, name, as);
    if (v == NO_VALUE) return v;
    input_spec *made = VEC_PUSH(g->arena, &g->input_specs);
    *made = *spec;
    made->node = v;
    made->requires_grad = false;
    if (spec->target) made->target = arena_string(g->arena, spec->target, strlen(spec->target));
    return v;
}

value transform_input(transform *t, builder *b, uint32_t i, const type *as) {
    const cot_graph *f = t->functional;
    const value input = f->inputs.data[i];
    const input_spec user = {.kind = INPUT_USER, .persistent = -1};
    const input_spec *spec = i < f->input_specs.count ? &f->input_specs.data[i] : &user;
    return placeholder(t, b, graph_node(f, input)->name, as ? as : graph_type(f, input), spec);
}

value transform_new_input(transform *t, builder *b, const char *name, const type *as) {
    const input_spec user = {.kind = INPUT_USER, .persistent = -1};
    return placeholder(t, b, name, as, &user);
}

void transform_result(transform *t, arg a) { *VEC_PUSH(t->scratch, &t->results) = a; }

void transform_write(transform *t, builder *b, uint32_t input, value v) {
    const value to = t->made->inputs.data[input];
    if (b->status) return;
    if (!type_equal(TYPE_OF(b, to), TYPE_OF(b, v), false)) {
        builder_fail(b, COT_UNSUPPORTED, "the program changes the sizes of its input %s: it cannot be transformed",
                     graph_node(t->made, to)->name);
        return;
    }
    emit(b, "copy_", "vv", to, v);
}

/* Nodes forget what they were to the stage that made them. */
static void forget(cot_graph *g) {
    for (value v = 0; v < g->nodes.count; v++) {
        node *n = &g->nodes.data[v];
        n->flags &= NODE_NO_GRAD;
        n->forward = n->overwritten = NO_VALUE;
        n->call = 0;
    }
    for (uint32_t i = 0; i < g->children.count; i++) forget(g->children.data[i].graph);
}

cot_status transform_finish(transform *t, cot_status status, cot_graph **out) {
    cot_graph *g = t->made;
    if (!status) {
        arg_list items = {0};
        for (uint32_t i = 0; i < t->results.count; i++) {
            const arg *a = &t->results.data[i];
            *VEC_PUSH(g->arena, &items) = arg_map(g, a, NULL);
            const char *name = a->kind == ARG_VALUE ? graph_node(g, a->value)->name : "";
            *VEC_PUSH(g->arena, &g->output_specs) = (output_spec){.kind = OUTPUT_USER, .name = name};
        }
        g->output = (arg){.kind = ARG_TUPLE, .list = items.data, .count = items.count};
        if (!g->is_program) g->output_specs.count = 0;
        *out = graph_clean(g, NULL);
        forget(*out);
    }
    graph_destroy(g);
    graph_destroy(t->functional);
    arena_destroy(t->scratch);
    return status;
}

bool transform_is_user(const cot_graph *g, uint32_t i) {
    return i >= g->input_specs.count || g->input_specs.data[i].kind == INPUT_USER;
}

cot_status transform_find_input(const cot_graph *g, const char *name, uint32_t *index, cot_error *error) {
    char *end;
    const long number = strtol(name, &end, 10);
    for (uint32_t i = 0, users = 0; i < g->inputs.count; i++) {
        const char *target = i < g->input_specs.count ? g->input_specs.data[i].target : NULL;
        const bool counts = transform_is_user(g, i) && users++ == number && !*end && *name;
        if (strcmp(graph_node(g, g->inputs.data[i])->name, name) && (!target || strcmp(target, name)) && !counts)
            continue;
        *index = i;
        return COT_OK;
    }
    return fail(error, COT_INVALID, "the program has no input '%s'", name);
}

cot_status transform_functional_call(const cot_graph *g, const char *const *names, uint32_t count, cot_graph **out,
                                     cot_error *error) {
    cot_graph *copy = graph_copy(g, NULL);
    for (uint32_t i = 0; i < (count ? count : copy->input_specs.count); i++) {
        uint32_t at = i;
        if (count && transform_find_input(copy, names[i], &at, error)) {
            graph_destroy(copy);
            return COT_INVALID;
        }
        if (at >= copy->input_specs.count) continue;
        input_spec *spec = &copy->input_specs.data[at];
        if (spec->kind != INPUT_PARAMETER && spec->kind != INPUT_BUFFER && spec->kind != INPUT_CONSTANT) continue;
        spec->kind = INPUT_USER;
        spec->persistent = -1;
        spec->target = NULL;
    }
    for (uint32_t i = 0; i < copy->output_specs.count; i++)
        if (copy->output_specs.data[i].kind == OUTPUT_BUFFER_MUTATION) {
            graph_destroy(copy);
            return fail(error, COT_UNSUPPORTED,
                        "functional_call: the program names the buffers it writes among its "
                        "outputs: transform it before it is decomposed");
        }
    *out = copy;
    return COT_OK;
}
