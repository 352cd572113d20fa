/* SPDX-License-Identifier: MIT
 * builder.c — the public builder: its beginning and end, and what a program takes and gives. Calls are in call.c,
 * bodies in control.c. */
#include "capture/capture.h"

#define MAX_DEPTH 63

cot_builder *builder_start(cot_graph *g, cot_builder *outer) {
    cot_builder *b = ARENA_NEW(g->arena, cot_builder);
    builder_init(&b->b, g, &b->error);
    b->writing = outer ? outer->writing : ARENA_NEW(g->arena, writing);
    b->outer = outer;
    b->scope = b->writing->scopes++;
    b->depth = outer ? outer->depth + 1 : 0;
    b->inside.arena = b->symbols.arena = g->arena;
    b->writing->active = b;
    if (b->depth > MAX_DEPTH)
        builder_fail(&b->b, COT_INVALID, "bodies are nested more than %d deep: does a body call itself?", MAX_DEPTH);
    return b;
}

bool builder_in_scope(cot_builder *b) {
    const cot_builder *inner = b->writing->active;
    while (inner != b && inner->may_change_outside) inner = inner->outer;
    if (inner == b) return true;
    /* The body that does it fails: it is what must be written otherwise. */
    builder_fail(&b->writing->active->b, COT_REFUSED,
                 "HigherOrderOperator: Mutating a variable not in the current scope (SideEffects)");
    return false;
}

cot_status cot_builder_create(cot_context *ctx, const char *name, cot_builder **out, cot_error *error) {
    guard g;
    *out = NULL;
    if (GUARD_ENTER(&g, ctx)) return guard_failed(&g, error);
    cot_graph *graph = graph_create(ctx, name ? name : "GraphModule");
    graph->file = "<built>";
    graph->is_program = true;
    *out = builder_start(graph, NULL);
    guard_leave(&g);
    return COT_OK;
}

cot_status cot_builder_status(const cot_builder *builder) { return builder->b.status; }

void cot_builder_fail(cot_builder *builder, cot_status status, const char *text) {
    builder_fail(&builder->b, status ? status : COT_INVALID, "%s", text);
}

void cot_allow_side_effects(cot_builder *b) { b->may_change_outside = true; }

/* ---- inputs ------------------------------------------------------------------------------------------------------ */

static bool is_declared(const cot_graph *g, dim size) {
    for (uint32_t i = 0; i < g->ranges.count; i++)
        if (g->ranges.data[i].symbol == size) return true;
    return false;
}

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
        dims[i] = size_dim(sizes[i]);
        if (sizes[i] < 0 && !is_declared(g, dims[i])) {
            builder_fail(&b->b, COT_SHAPE, "input '%s': size %lld of dimension %u is negative", name,
                         (long long)sizes[i], i);
            return NO_VALUE;
        }
    }
    const type t = type_tensor(g->arena, g->ctx->syms, dtype, dims, ndim);
    const value v = builder_in_scope(b) ? emit_placeholder(&b->b, name, &t) : NO_VALUE;
    if (v == NO_VALUE) return v;
    *VEC_PUSH(g->arena, &g->input_specs) =
        (input_spec){.node = v, .kind = (uint8_t)kind, .persistent = kind == INPUT_BUFFER ? 1 : -1, .target = target};
    return v;
}

cot_value cot_input(cot_builder *b, const char *name, cot_dtype dtype, uint32_t ndim, const int64_t *sizes) {
    GUARDED(b, COT_NO_VALUE);
    const cot_value v = value_public(b, add_input(b, name, INPUT_USER, NULL, dtype, ndim, sizes));
    UNGUARDED();
    return v;
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
    const cot_value v = value_public(b, add_state(b, 'p', INPUT_PARAMETER, key, dtype, ndim, sizes));
    UNGUARDED();
    return v;
}

cot_value cot_buffer(cot_builder *b, const char *key, cot_dtype dtype, uint32_t ndim, const int64_t *sizes) {
    GUARDED(b, COT_NO_VALUE);
    const cot_value v = value_public(b, add_state(b, 'b', INPUT_BUFFER, key, dtype, ndim, sizes));
    UNGUARDED();
    return v;
}

/* ---- sizes that a call gives ------------------------------------------------------------------------------------- */

int64_t cot_dynamic(cot_builder *b, int64_t least, int64_t most) {
    GUARDED(b, 1);
    cot_graph *g = b->b.graph;
    if (b->outer || least < 0 || (most >= 0 && most < least)) {
        builder_fail(&b->b, COT_INVALID,
                     b->outer ? "sizes of a program are declared outside bodies"
                              : "the range of a size is empty or begins below 0");
        UNGUARDED();
        return 1;
    }
    const char *name = arena_printf(g->arena, "s%u", g->ranges.count);
    const dim symbol = dim_symbol(g->ctx->syms, name, strlen(name));
    *VEC_PUSH(g->arena, &g->ranges) =
        (range_constraint){.symbol = symbol,
                           .low = least,
                           .high = most < 0 ? INT64_MAX : most,
                           .low_text = arena_printf(g->arena, "%lld", (long long)least),
                           .high_text = most < 0 ? "int_oo" : arena_printf(g->arena, "%lld", (long long)most)};
    UNGUARDED();
    return size_public(symbol);
}

cot_value cot_size(cot_builder *b, cot_value x, int64_t index) {
    GUARDED(b, COT_NO_VALUE);
    const value own = value_resolve(b, x);
    const type *t = graph_type(b->b.graph, own);
    cot_value v = COT_NO_VALUE;
    if (own != NO_VALUE && (t->kind != TYPE_TENSOR || index < -(int64_t)t->ndim || index >= t->ndim)) {
        builder_fail(&b->b, COT_SHAPE, "the value has no dimension %lld", (long long)index);
    } else if (own != NO_VALUE) {
        const arg size = emit_dim(&b->b, t->sizes[index < 0 ? index + t->ndim : index]);
        v = value_of_argument(b, &size);
    }
    UNGUARDED();
    return v;
}

int cot_value_shape(const cot_builder *b, cot_value v, int64_t *sizes, cot_dtype *dtype) {
    const cot_builder *owner = b;
    if (v >= b->writing->handles.count || b->writing->handles.data[v].kind != HANDLE_VALUE) return -1;
    const handle *h = &b->writing->handles.data[v];
    while (owner && owner->scope != h->scope) owner = owner->outer;
    const type *t = owner ? graph_type(owner->b.graph, h->value) : NULL;
    if (!t || t->kind != TYPE_TENSOR) return -1;
    for (uint32_t i = 0; sizes && i < t->ndim; i++) sizes[i] = size_public(t->sizes[i]);
    if (dtype) *dtype = (cot_dtype)t->dtype;
    return t->ndim;
}

/* ---- outputs and the end ----------------------------------------------------------------------------------------- */

void cot_output(cot_builder *b, cot_value v) {
    GUARDED(b, );
    public_list leaves = {0};
    if (b->outer) builder_fail(&b->b, COT_INVALID, "a body returns its result: outputs are the program's");
    if (v == COT_NO_VALUE) builder_fail(&b->b, COT_INVALID, "an output is no value");
    else if (!b->b.status && builder_in_scope(b)) value_leaves(b, v, &leaves);
    for (uint32_t i = 0; i < leaves.count; i++)
        *VEC_PUSH(b->b.graph->arena, &b->outputs) = value_argument(b, leaves.data[i]);
    UNGUARDED();
}

static cot_status finish(cot_builder *b, cot_error *error) {
    cot_graph *g = b->b.graph;
    if (b->b.status) {
        if (error) *error = b->error;
        return b->b.status;
    }
    if (b->writing->active != b) return fail(error, COT_INVALID, "the program ends inside a body");
    if (!b->outputs.count)
        return fail(error, COT_INVALID, "the program has no output: call cot_output before cot_builder_finish");
    g->output = (arg){.kind = ARG_TUPLE, .list = b->outputs.data, .count = b->outputs.count};
    for (uint32_t i = 0; i < b->outputs.count; i++) {
        const value v = arg_as_value(&b->outputs.data[i]);
        *VEC_PUSH(g->arena, &g->output_specs) =
            (output_spec){.kind = OUTPUT_USER, .name = v == NO_VALUE ? "" : graph_node(g, v)->name};
    }
    arrange_graph(g, g->inputs.data, g->inputs.count);
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
