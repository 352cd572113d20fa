/* SPDX-License-Identifier: MIT
 * bases.c — inputs that are views of one storage: the storage becomes the input, and they are read from it by
 * as_strided, so that a write to one of them shows in the others (PyTorch: synthetic bases). */
#include "base/error.h"
#include "functionalize/functionalize.h"
#include "ops/emit.h"

#include <string.h>

#define NONE UINT32_MAX

typedef struct base {
    const char *name;
    uint32_t first; /* the first of its views, an input of the program */
    int64_t extent; /* elements */
    value made;     /* its placeholder */
} base;

typedef struct merge {
    const cot_graph *from;
    builder b;
    VEC(base) bases;
    uint32_t *base_of; /* by value of the program: index among bases, NONE */
    const input_view **view_of;
    arena *scratch;
} merge;

/* How a view lies in its storage. */
static const int64_t *strides_of(const input_view *v, const type *t) {
    bool given = false;
    for (uint32_t d = 0; d < t->ndim; d++) given |= v->strides[d] != 0;
    return given ? v->strides : t->strides;
}

static uint32_t find_base(merge *m, const char *name, uint32_t input) {
    for (uint32_t i = 0; i < m->bases.count; i++)
        if (!strcmp(m->bases.data[i].name, name)) return i;
    *VEC_PUSH(m->scratch, &m->bases) = (base){.name = name, .first = input};
    return m->bases.count - 1;
}

/* Outputs that name what they are new values of: such a program has no writes that another view could show. */
static bool is_functional_already(const cot_graph *g, const char *name) {
    for (uint32_t k = 0; k < g->output_specs.count; k++) {
        const output_spec *s = &g->output_specs.data[k];
        const bool mutation = s->kind == OUTPUT_INPUT_MUTATION || s->kind == OUTPUT_BUFFER_MUTATION;
        if (mutation && s->target && !strcmp(s->target, name)) return true;
    }
    return false;
}

static cot_status add_view(merge *m, const input_view *v) {
    const cot_graph *g = m->from;
    const value u = g->inputs.data[v->input];
    const type *t = graph_type(g, u);
    const char *name = graph_node(g, u)->name;
    if (m->base_of[u] != NONE)
        return fail(m->b.error, COT_INVALID, "input %s is said to be a view of a storage twice", name);
    if (t->kind != TYPE_TENSOR || !type_is_static(t))
        return graph_fail(g, u, m->b.error, COT_UNSUPPORTED,
                          "input %s is said to be a view of %s: it must be a tensor whose sizes are numbers", name,
                          v->storage);
    if (v->offset < 0) return fail(m->b.error, COT_INVALID, "input %s lies before its storage %s", name, v->storage);
    if (is_functional_already(g, name))
        return fail(m->b.error, COT_UNSUPPORTED,
                    "input %s cannot be a view of %s: the program's writes are outputs already", name, v->storage);
    const uint32_t i = m->base_of[u] = find_base(m, v->storage, v->input);
    base *s = &m->bases.data[i];
    if (graph_type(g, g->inputs.data[s->first])->dtype != t->dtype)
        return fail(m->b.error, COT_UNSUPPORTED,
                    "aot_autograd() does not yet handle input mutations on views with different dtypes.");
    const int64_t *strides = strides_of(v, t);
    int64_t last = v->offset, count = 1;
    for (uint32_t d = 0; d < t->ndim; d++) {
        if (strides[d] < 0)
            return fail(m->b.error, COT_INVALID, "input %s cannot be a view of %s: a stride is negative", name,
                        v->storage);
        last += (t->sizes[d] - 1) * strides[d];
        count *= t->sizes[d];
    }
    m->view_of[u] = v;
    if (count) s->extent = MAX(s->extent, last + 1);
    return COT_OK;
}

/* Storages come before all other inputs, each where the first of its views stood among them. */
static void add_placeholders(merge *m) {
    cot_graph *to = m->b.graph;
    for (uint32_t i = 0; i < m->bases.count; i++) {
        base *s = &m->bases.data[i];
        const type *first = graph_type(m->from, m->from->inputs.data[s->first]);
        type t = type_tensor(to->arena, to->ctx->syms, (cot_dtype)first->dtype, &s->extent, 1);
        s->made = emit_placeholder(&m->b, s->name, &t);
    }
}

static value replace_view(void *user, cot_graph *to, value v, const value *map) {
    merge *m = user;
    UNUSED(map);
    UNUSED(to);
    if (m->base_of[v] == NONE || m->b.status) return NO_VALUE;
    const type *t = graph_type(m->from, v);
    const int64_t *strides = strides_of(m->view_of[v], t);
    return emit(&m->b, "as_strided", "vDDi", m->bases.data[m->base_of[v]].made, t->sizes, (uint32_t)t->ndim, strides,
                (uint32_t)t->ndim, m->view_of[v]->offset);
}

static void add_input(cot_graph *to, value v, const input_spec *spec) {
    *VEC_PUSH(to->arena, &to->inputs) = v;
    if (!spec) return;
    input_spec *s = VEC_PUSH(to->arena, &to->input_specs);
    *s = *spec;
    s->node = v;
}

/* The inputs anew: the storages, then those that are left, as *kept says. */
static void fill_inputs(merge *m, uint32_t *kept) {
    const cot_graph *g = m->from;
    cot_graph *to = m->b.graph;
    const bool specs = g->input_specs.count > 0;
    const value *copied = arena_copy(to->arena, to->inputs.data, to->inputs.count * sizeof *to->inputs.data);
    const input_spec *old = arena_copy(to->arena, to->input_specs.data, to->input_specs.count * sizeof *old);
    const uint32_t first = to->inputs.count - g->inputs.count;
    to->inputs.count = to->input_specs.count = 0;
    for (uint32_t i = 0; i < m->bases.count; i++) {
        const base *s = &m->bases.data[i];
        input_spec spec = specs ? g->input_specs.data[s->first] : (input_spec){0};
        spec.target = spec.kind == INPUT_USER ? NULL : arena_string(to->arena, s->name, strlen(s->name));
        add_input(to, s->made, specs ? &spec : NULL);
        kept[i] = NONE;
    }
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        if (m->base_of[g->inputs.data[i]] != NONE) continue;
        kept[to->inputs.count] = i;
        add_input(to, copied[first + i], specs ? &old[i] : NULL);
    }
}

cot_status bases_merge(const cot_graph *program, const input_view *views, uint32_t count, cot_graph **out,
                       uint32_t *kept, cot_error *error) {
    arena *scratch = arena_create(program->ctx);
    merge m = {.from = program,
               .scratch = scratch,
               .base_of = ARENA_ARRAY(scratch, uint32_t, program->nodes.count),
               .view_of = ARENA_ARRAY(scratch, const input_view *, program->nodes.count)};
    bool *late = ARENA_ARRAY(scratch, bool, program->nodes.count);
    m.b.error = error;
    for (value v = 0; v < program->nodes.count; v++) m.base_of[v] = NONE;
    for (uint32_t i = 0; i < count; i++) {
        TRY(add_view(&m, &views[i]));
        late[program->inputs.data[views[i].input]] = true;
    }
    cot_graph *to = graph_create_like(program, NULL);
    builder_init(&m.b, to, error);
    for (uint32_t i = 0; i < program->children.count; i++)
        graph_add_child(to, program->children.data[i].name, graph_copy(program->children.data[i].graph, to));
    add_placeholders(&m);
    graph_copy_replacing(program, late, replace_view, &m, to);
    fill_inputs(&m, kept);
    arena_destroy(scratch);
    *out = to;
    return m.b.status;
}
