/* SPDX-License-Identifier: MIT
 * builder.c — the public builder: inputs, calls, outputs, and bodies built by nested builders.
 *
 * A public value carries the depth of its builder in its top bits, so a body may name values of the builders around it;
 * the first use of one lifts it: it becomes an operand of the call and an input of the body (CAP-01 … CAP-04). */
#include "ops/control.h"
#include "ops/emit.h"
#include <cotangent/build.h>
#include <string.h>

#define DEPTH_SHIFT 26
#define MAX_DEPTH 63
#define INDEX_MASK ((UINT32_C(1) << DEPTH_SHIFT) - 1)

struct cot_builder {
    builder b;
    cot_error error;
    cot_builder *outer;
    uint32_t depth;
    arg_list outputs;
    value_list lifted;       /* nested: values of the outer builder (public form) in order of first use */
    value_list placeholders; /* nested: what they are here */
};

static cot_value to_public(const cot_builder *b, value v) {
    return v == NO_VALUE ? NO_VALUE : b->depth << DEPTH_SHIFT | v;
}

/* The frame of every public function: nothing after a failure; running out of memory is a failure like any other. */
#define GUARDED(b, failed)                                                                                             \
    guard g_;                                                                                                          \
    if ((b)->b.status) return failed;                                                                                  \
    if (GUARD_ENTER(&g_, (b)->b.graph->ctx)) {                                                                         \
        (b)->b.status = guard_failed(&g_, &(b)->error);                                                                \
        return failed;                                                                                                 \
    }
#define UNGUARDED() guard_leave(&g_)

static cot_builder *start(cot_graph *g, cot_builder *outer) {
    cot_builder *b = ARENA_NEW(g->arena, cot_builder);
    builder_init(&b->b, g, &b->error);
    b->outer = outer;
    b->depth = outer ? outer->depth + 1 : 0;
    return b;
}

cot_status cot_builder_create(cot_context *ctx, const char *name, cot_builder **out, cot_error *error) {
    guard g;
    *out = NULL;
    if (GUARD_ENTER(&g, ctx)) return guard_failed(&g, error);
    cot_graph *graph = graph_create(ctx, name ? name : "GraphModule");
    graph->file = "<built>";
    graph->is_program = true;
    *out = start(graph, NULL);
    guard_leave(&g);
    return COT_OK;
}

cot_status cot_builder_status(const cot_builder *builder) { return builder->b.status; }

/* The value as one of this builder's graph, lifting it from outside where needed; NO_VALUE after a failure. */
static value resolve(cot_builder *b, cot_value v) {
    if (v == COT_NO_VALUE) return NO_VALUE;
    const uint32_t depth = v >> DEPTH_SHIFT;
    if (depth == b->depth) {
        if ((v & INDEX_MASK) < b->b.graph->nodes.count) return v & INDEX_MASK;
        builder_fail(&b->b, COT_INVALID, "value %u is no value of this builder", v);
        return NO_VALUE;
    }
    if (depth > b->depth) {
        builder_fail(&b->b, COT_INVALID, "a value of a body is used outside it: return it from the body instead");
        return NO_VALUE;
    }
    for (uint32_t i = 0; i < b->lifted.count; i++)
        if (b->lifted.data[i] == v) return b->placeholders.data[i];
    const value outside = resolve(b->outer, v);
    if (outside == NO_VALUE) return NO_VALUE;
    arena *a = b->b.graph->arena;
    const value in =
        emit_placeholder(&b->b, graph_node(b->outer->b.graph, outside)->name, graph_type(b->outer->b.graph, outside));
    *VEC_PUSH(a, &b->lifted) = v;
    *VEC_PUSH(a, &b->placeholders) = in;
    return in;
}

/* ---- inputs and outputs ------------------------------------------------------------------------------------------ */

static value add_input(cot_builder *b, const char *name, input_kind kind, const char *target, cot_dtype dtype,
                       uint32_t ndim, const int64_t *sizes) {
    cot_graph *g = b->b.graph;
    dim dims[COT_MAX_DIMS];
    if (b->outer || !name || ndim > COT_MAX_DIMS || (unsigned)dtype >= COT_DTYPE_COUNT) {
        builder_fail(&b->b, COT_INVALID,
                     b->outer ? "a body's inputs are its operands"
                              : "an input needs a name, a dtype and at most 8 sizes");
        return NO_VALUE;
    }
    for (uint32_t i = 0; i < ndim; i++) {
        dims[i] = sizes[i];
        if (sizes[i] < 0) {
            builder_fail(&b->b, COT_SHAPE, "input '%s': size %lld of dimension %u is negative", name,
                         (long long)sizes[i], i);
            return NO_VALUE;
        }
    }
    const type t = type_tensor(g->arena, g->ctx->syms, dtype, dims, ndim);
    const value v = emit_placeholder(&b->b, name, &t);
    if (v == NO_VALUE) return v;
    *VEC_PUSH(g->arena, &g->input_specs) =
        (input_spec){.node = v, .kind = (uint8_t)kind, .persistent = kind == INPUT_BUFFER ? 1 : -1, .target = target};
    return v;
}

cot_value cot_input(cot_builder *b, const char *name, cot_dtype dtype, uint32_t ndim, const int64_t *sizes) {
    GUARDED(b, COT_NO_VALUE);
    const value v = add_input(b, name, INPUT_USER, NULL, dtype, ndim, sizes);
    UNGUARDED();
    return to_public(b, v);
}

/* "fc1.weight" is the placeholder p_fc1_weight, as torch.export names it. */
static value add_state(cot_builder *b, char letter, input_kind kind, const char *key, cot_dtype dtype, uint32_t ndim,
                       const int64_t *sizes) {
    arena *a = b->b.graph->arena;
    if (!key) return add_input(b, NULL, kind, NULL, dtype, ndim, sizes);
    char *name = arena_printf(a, "%c_%s", letter, key);
    for (char *c = name; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9'))) *c = '_';
    return add_input(b, name, kind, arena_string(a, key, strlen(key)), dtype, ndim, sizes);
}

cot_value cot_parameter(cot_builder *b, const char *key, cot_dtype dtype, uint32_t ndim, const int64_t *sizes) {
    GUARDED(b, COT_NO_VALUE);
    const value v = add_state(b, 'p', INPUT_PARAMETER, key, dtype, ndim, sizes);
    UNGUARDED();
    return to_public(b, v);
}

cot_value cot_buffer(cot_builder *b, const char *key, cot_dtype dtype, uint32_t ndim, const int64_t *sizes) {
    GUARDED(b, COT_NO_VALUE);
    const value v = add_state(b, 'b', INPUT_BUFFER, key, dtype, ndim, sizes);
    UNGUARDED();
    return to_public(b, v);
}

void cot_output(cot_builder *b, cot_value v) {
    GUARDED(b, );
    const value own = resolve(b, v);
    if (own == NO_VALUE) builder_fail(&b->b, COT_INVALID, "an output is no value");
    else *VEC_PUSH(b->b.graph->arena, &b->outputs) = arg_value(own);
    UNGUARDED();
}

int cot_value_shape(const cot_builder *b, cot_value v, int64_t *sizes, cot_dtype *dtype) {
    const cot_builder *owner = b;
    if (v == COT_NO_VALUE) return -1;
    while (owner && owner->depth > v >> DEPTH_SHIFT) owner = owner->outer;
    if (!owner || owner->depth != v >> DEPTH_SHIFT || (v & INDEX_MASK) >= owner->b.graph->nodes.count) return -1;
    const type *t = graph_type(owner->b.graph, v & INDEX_MASK);
    if (t->kind != TYPE_TENSOR) return -1;
    for (uint32_t i = 0; sizes && i < t->ndim; i++) sizes[i] = t->sizes[i];
    if (dtype) *dtype = (cot_dtype)t->dtype;
    return t->ndim;
}

/* ---- calls ------------------------------------------------------------------------------------------------------- */

static arg convert(cot_builder *b, const cot_argument *from) {
    arena *a = b->b.graph->arena;
    switch (from->kind) {
    case COT_ARGUMENT_NONE: return arg_none();
    case COT_ARGUMENT_VALUE: return arg_value(resolve(b, from->value));
    case COT_ARGUMENT_INT: return arg_int(from->integer);
    case COT_ARGUMENT_REAL: return arg_float(from->real);
    case COT_ARGUMENT_BOOL: return arg_bool(from->integer != 0);
    case COT_ARGUMENT_DTYPE: return arg_dtype((cot_dtype)from->integer);
    case COT_ARGUMENT_TEXT: return arg_string(arena_string(a, from->text, strlen(from->text)));
    case COT_ARGUMENT_INTS:
    case COT_ARGUMENT_VALUES: {
        arg *items = ARENA_ARRAY(a, arg, from->count);
        for (uint32_t i = 0; i < from->count; i++)
            items[i] =
                from->kind == COT_ARGUMENT_INTS ? arg_int(from->ints[i]) : arg_value(resolve(b, from->values[i]));
        return arg_list_of(items, from->count);
    }
    }
    builder_fail(&b->b, COT_INVALID, "an argument of kind %d", (int)from->kind);
    return arg_none();
}

static value call(cot_builder *b, const char *name, const cot_argument *arguments, uint32_t count) {
    arena *a = b->b.graph->arena;
    arg *args = ARENA_ARRAY(a, arg, count);
    const char **keywords = ARENA_ARRAY(a, const char *, count);
    uint32_t npos = 0;
    for (uint32_t i = 0; i < count; i++) {
        args[i] = convert(b, &arguments[i]);
        if (arguments[i].keyword)
            keywords[i - npos] = arena_string(a, arguments[i].keyword, strlen(arguments[i].keyword));
        else if (npos++ != i)
            builder_fail(&b->b, COT_INVALID, "%s: an argument by position after one by keyword", name);
    }
    if (b->b.status) return NO_VALUE;
    const arg result = emit_written(&b->b, name, args, npos, args + npos, keywords, count - npos);
    return arg_as_value(&result);
}

cot_value cot_call(cot_builder *b, const char *name, const cot_argument *arguments, uint32_t count) {
    GUARDED(b, COT_NO_VALUE);
    const value v = call(b, name, arguments, count);
    UNGUARDED();
    return to_public(b, v);
}

cot_value cot_part(cot_builder *b, cot_value tuple, uint32_t index) {
    GUARDED(b, COT_NO_VALUE);
    const value own = resolve(b, tuple);
    value v = NO_VALUE;
    if (own != NO_VALUE) {
        const type *t = graph_type(b->b.graph, own);
        if (t->kind == TYPE_TUPLE ? index >= t->count : index > 0)
            builder_fail(&b->b, COT_INVALID, "part %u of a value with %u parts", index,
                         t->kind == TYPE_TUPLE ? t->count : 1);
        else v = emit_get(&b->b, own, index);
    }
    UNGUARDED();
    return to_public(b, v);
}

/* ---- bodies ------------------------------------------------------------------------------------------------------ */

/* The name under which an equal body is known already, or a new one. */
static const char *share_body(cot_graph *g, cot_graph **body) {
    for (uint32_t i = 0; i < g->children.count; i++) {
        if (!graph_equal(g->children.data[i].graph, *body)) continue;
        *body = g->children.data[i].graph;
        return g->children.data[i].name;
    }
    const char *name = arena_printf(g->arena, "repeated_subgraph%u", g->children.count);
    graph_add_child(g, name, *body);
    return name;
}

static value invoke(cot_builder *b, cot_body body, void *user, const cot_value *operands, uint32_t count) {
    cot_graph *g = b->b.graph, *root = g->parent ? g->parent : g;
    if (b->depth == MAX_DEPTH) {
        builder_fail(&b->b, COT_INVALID, "bodies are nested more than %d deep", MAX_DEPTH);
        return NO_VALUE;
    }
    cot_builder *inner = start(graph_create_child(root, "GraphModule"), b);
    cot_value *inputs = ARENA_ARRAY(g->arena, cot_value, count);
    for (uint32_t i = 0; i < count; i++) inputs[i] = to_public(inner, resolve(inner, operands[i]));
    /* A body's own function may fail to allocate in its builder calls: each has a guard of its own, and the failure is
     * kept. */
    const cot_value result = body(inner, inputs, count, user);
    const value own = resolve(inner, result);
    if (!inner->b.status && own == NO_VALUE) builder_fail(&inner->b, COT_INVALID, "the body returned no value");
    if (inner->b.status) {
        if (!b->b.status) b->error = inner->error;
        builder_failed(&b->b, inner->b.status);
        return NO_VALUE;
    }
    arg *output = ARENA_NEW(g->arena, arg);
    *output = arg_value(own);
    inner->b.graph->output = (arg){.kind = ARG_TUPLE, .list = output, .count = 1};
    cot_graph *graph = inner->b.graph;
    const type part = *graph_type(graph, own);
    const char *name = share_body(g, &graph);
    arg *args = ARENA_ARRAY(g->arena, arg, inner->lifted.count + 2u);
    args[0] = arg_value(emit_get_attr(&b->b, name, graph));
    args[1] = arg_string(arena_printf(g->arena, "subgraph_%s", name + strlen("repeated_subgraph")));
    for (uint32_t i = 0; i < inner->lifted.count; i++) args[i + 2] = arg_value(resolve(b, inner->lifted.data[i]));
    const type t = type_tuple(g->arena, &part, 1);
    const op *o = op_find(g->ctx, "torch.ops.higher_order.invoke_subgraph");
    const value v = emit_raw(&b->b, o, args, inner->lifted.count + 2, &t, o->packet);
    return v == NO_VALUE ? v : emit_get(&b->b, v, 0);
}

cot_value cot_invoke(cot_builder *b, cot_body body, void *user, const cot_value *operands, uint32_t count) {
    GUARDED(b, COT_NO_VALUE);
    const value v = invoke(b, body, user, operands, count);
    UNGUARDED();
    return to_public(b, v);
}

/* ---- the end ----------------------------------------------------------------------------------------------------- */

static cot_status finish(cot_builder *b, cot_error *error) {
    cot_graph *g = b->b.graph;
    if (b->b.status) {
        if (error) *error = b->error;
        return b->b.status;
    }
    if (!b->outputs.count)
        return fail(error, COT_INVALID, "the program has no output: call cot_output before cot_builder_finish");
    g->output = (arg){.kind = ARG_TUPLE, .list = b->outputs.data, .count = b->outputs.count};
    for (uint32_t i = 0; i < b->outputs.count; i++)
        *VEC_PUSH(g->arena, &g->output_specs) =
            (output_spec){.kind = OUTPUT_USER, .name = graph_node(g, b->outputs.data[i].value)->name};
    return graph_verify(g, error);
}

cot_status cot_builder_finish(cot_builder **builder, cot_graph **graph, cot_error *error) {
    cot_builder *b = *builder;
    if (graph) *graph = NULL;
    if (!b) return COT_OK;
    *builder = NULL;
    cot_graph *g = b->b.graph;
    guard guard_;
    if (GUARD_ENTER(&guard_, g->ctx)) {
        const cot_status status = guard_failed(&guard_, error);
        graph_destroy(g);
        return status;
    }
    const cot_status status = graph ? finish(b, error) : COT_OK;
    guard_leave(&guard_);
    if (status || !graph) graph_destroy(g);
    else *graph = g;
    return status;
}
