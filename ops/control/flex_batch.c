/* SPDX-License-Identifier: MIT
 * flex_batch.c — flex_attention and its backward over a batch (vmap): examples join the first dimension, so each keeps
 * its own tiles and its own block mask. Bodies get coordinate b of all examples: they take it apart, and read what they
 * captured, where that differs between examples, at the place of theirs. */
#include "ops/batch.h"
#include "ops/control/flex_attention.h"

typedef struct folding {
    vmap_stage *s;
    uint32_t rest; /* where the block mask stands */
    bool backward;
    dim batch;     /* of one example */
    uint32_t next; /* operand of s->batched */
} folding;

static const type *example_type(const folding *f, const arg *one) { return graph_type(f->s->source, one->value); }

/* Whether the next operand, an argument of the call for one example, has the batch. */
static bool take_batched(folding *f, const arg *one) {
    if (one->kind != ARG_VALUE || example_type(f, one)->kind == TYPE_GRAPH) return false;
    return f->s->batched[f->next++];
}

/* (examples, batch, …) as (all, …); where the example has more of them, a batch of 1 is that of all. */
static value fold(folding *f, value v, bool batched) {
    builder *b = f->s->b;
    if (!batched) v = batch_repeat(b, v, f->s->size);
    if (b->status) return NO_VALUE;
    dim sizes[COT_MAX_DIMS];
    const uint32_t ndim = TYPE_OF(b, v)->ndim;
    for (uint32_t d = 0; d < ndim; d++) sizes[d] = TYPE_OF(b, v)->sizes[d];
    if (!dim_equal(sizes[1], f->batch)) {
        sizes[1] = f->batch;
        v = emit(b, "expand", "vD", v, sizes, ndim);
    }
    sizes[1] = dim_mul(b->graph->ctx->syms, sizes[0], sizes[1]);
    return emit(b, "reshape", "vD", v, sizes + 1, ndim - 1);
}

/* (all, …) as (examples, batch, …). */
static value unfold(folding *f, value v) {
    builder *b = f->s->b;
    dim sizes[COT_MAX_DIMS] = {f->s->size, f->batch};
    if (b->status) return NO_VALUE;
    const type *t = TYPE_OF(b, v);
    for (uint32_t d = 1; d < t->ndim; d++) sizes[d + 1] = t->sizes[d];
    return emit(b, "reshape", "vD", v, sizes, t->ndim + 1u);
}

/* ---- bodies ----------------------------------------------------------------------------------------------------- */

typedef struct body_request {
    flex_kind kind;
    const arg *old;      /* the argument that names the body */
    const arg *captured; /* of the call over the batch */
    const bool *batched; /* by captured value */
    arg batch;           /* of one example: a number, or a value that is captured behind the others */
} body_request;

/* Values that the new body captures as its inputs. */
static void add_captured(const folding *f, builder *b, const arg *captured, arg *inputs) {
    for (uint32_t i = 0; i < captured->count; i++) {
        const arg *a = &captured->list[i];
        const type t = a->kind == ARG_VALUE ? *TYPE_OF(f->s->b, a->value) : type_int(arg_as_int(a, 0));
        inputs[i] = arg_value(emit_placeholder(b, "captured", &t));
    }
}

/* A gradient for each example, added at its place. */
static void scatter_gradients(builder *b, const body_request *r, const arg *inputs, value example, arg_list *leaves) {
    const arg where = arg_value(example), indices = arg_list_of(&where, 1);
    for (uint32_t i = 0; i < r->captured->count && 5 + i < leaves->count && !b->status; i++) {
        arg *leaf = &leaves->data[5 + i];
        if (leaf->kind != ARG_VALUE || !r->batched[i]) continue;
        const type *t = TYPE_OF(b, inputs[i].value);
        *leaf =
            arg_value(emit(b, "flex_lib.zeros_and_scatter", "Dav", t->sizes, (uint32_t)t->ndim, &indices, leaf->value));
    }
}

static cot_status make_body(folding *f, const body_request *r, const char *stem, arg *out) {
    const cot_graph *old = control_body(f->s->source, r->old);
    cot_graph *g = f->s->b->graph, *root = g->parent ? g->parent : g;
    const uint32_t first = flex_first_captured(r->kind), at = r->kind == FLEX_MASK_MOD ? 0 : 1;
    const char *name = graph_child_name(g, stem);
    builder b;
    builder_init(&b, graph_create_child(root, name), f->s->b->error);
    b.decompose = true;
    arena *a = b.graph->arena;
    arg *given = ARENA_ARRAY(a, arg, old->inputs.count), *captured = ARENA_ARRAY(a, arg, r->captured->count);
    for (uint32_t i = 0; i < first; i++)
        given[i] = arg_value(emit_placeholder(&b, "arg", graph_type(old, old->inputs.data[i])));
    add_captured(f, &b, r->captured, captured);
    arg batch = r->batch;
    if (batch.kind == ARG_VALUE) batch = arg_value(emit_placeholder(&b, "batch", TYPE_OF(f->s->b, batch.value)));
    const value all = given[at].value, example = emit(&b, "floor_divide.Scalar", "va", all, &batch);
    const arg where = arg_value(example), indices = arg_list_of(&where, 1);
    given[at] = arg_value(emit(&b, "remainder.Scalar", "va", all, &batch));
    for (uint32_t i = 0; i < r->captured->count; i++)
        given[first + i] =
            r->batched[i] ? arg_value(emit(&b, "index.Tensor", "va", captured[i].value, &indices)) : captured[i];
    arg_list leaves = {0};
    if (!b.status) b.status = control_inline(&b, old, given, &leaves);
    if (r->kind == FLEX_JOINT) scatter_gradients(&b, r, captured, example, &leaves);
    if (b.status) return builder_failed(f->s->b, b.status), b.status;
    b.graph->output = control_is_list(&old->output) ? arg_list_of(leaves.data, leaves.count) : leaves.data[0];
    b.graph->num_user_outputs = leaves.count;
    *out = arg_value(emit_get_attr(f->s->b, name, graph_clean(b.graph, root)));
    return f->s->b->status;
}

/* ---- arguments -------------------------------------------------------------------------------------------------- */

/* Whether the backward gives a gradient of captured value i. */
static bool has_gradient(const folding *f, uint32_t i) {
    if (!f->backward) return false;
    const type *parts = &f->s->call->type.parts[3];
    return i < parts->count && parts->parts[i].kind == TYPE_TENSOR;
}

/* Captured values as the call over the batch has them: of each example its own where it gets a gradient. */
static arg fold_captured(folding *f, uint32_t at, bool of_mask, bool *batched) {
    const arg *one = &f->s->call->args[at], *all = &f->s->args[at];
    arg *items = ARENA_ARRAY(f->s->b->graph->arena, arg, all->count + 1u);
    for (uint32_t i = 0; i < all->count; i++) {
        items[i] = all->list[i];
        batched[i] = take_batched(f, &one->list[i]);
        if (batched[i] || of_mask || !has_gradient(f, i)) continue;
        items[i] = arg_value(batch_repeat(f->s->b, items[i].value, f->s->size));
        batched[i] = true;
    }
    return (arg){.kind = ARG_TUPLE, .list = items, .count = all->count};
}

static bool is_list_of_blocks(const folding *f, const arg *one) {
    return one->kind == ARG_VALUE && example_type(f, one)->kind == TYPE_TENSOR;
}

/* Lists of blocks join as the queries do, unless all examples share one batch of them. */
static arg fold_blocks(folding *f) {
    const arg *one = &f->s->call->args[f->rest + FLEX_REST_BLOCKS], *all = &f->s->args[f->rest + FLEX_REST_BLOCKS];
    arg *items = arena_copy(f->s->b->graph->arena, all->list, all->count * sizeof *items);
    bool batched[FLEX_BLOCKS_ITEMS], any = false;
    for (uint32_t i = 0; i < one->count; i++) {
        batched[i] = take_batched(f, &one->list[i]);
        any |= batched[i];
        if (is_list_of_blocks(f, &one->list[i])) any |= !dim_equal(example_type(f, &one->list[i])->sizes[0], 1);
    }
    for (uint32_t i = 0; i < one->count && any; i++)
        if (is_list_of_blocks(f, &one->list[i])) items[i] = arg_value(fold(f, items[i].value, batched[i]));
    return (arg){.kind = ARG_TUPLE, .list = items, .count = all->count};
}

/* Keys and values stay as they are where all batches of all examples share them. */
static void fold_tensors(folding *f, arg *args) {
    const arg *one = f->s->call->args;
    bool batched[FLEX_ARG_BACKWARD_REST] = {false};
    for (uint32_t i = 0; i < f->rest; i++) batched[i] = take_batched(f, &one[i]);
    const bool shared = !f->backward && !batched[FLEX_ARG_K] && !batched[FLEX_ARG_V] &&
                        dim_equal(example_type(f, &one[FLEX_ARG_K])->sizes[0], 1);
    for (uint32_t i = 0; i < f->rest; i++) {
        if (one[i].kind != ARG_VALUE || example_type(f, &one[i])->kind != TYPE_TENSOR) continue;
        if (!shared || (i != FLEX_ARG_K && i != FLEX_ARG_V)) args[i] = arg_value(fold(f, args[i].value, batched[i]));
    }
}

static cot_status make_bodies(folding *f, const bool *batched, const bool *of_mask, arg *args) {
    const arg *one = f->s->call->args;
    arg *rest = args + f->rest;
    body_request r = {.captured = &rest[FLEX_REST_OTHERS], .batched = batched, .batch = emit_dim(f->s->b, f->batch)};
    const uint32_t score = f->backward ? FLEX_ARG_FW_GRAPH : FLEX_ARG_SCORE_MOD;
    r.kind = FLEX_SCORE_MOD, r.old = &one[score];
    TRY(make_body(f, &r, "score_mod_batched", &args[score]));
    r.kind = FLEX_JOINT, r.old = &one[FLEX_ARG_JOINT_GRAPH];
    if (f->backward) TRY(make_body(f, &r, "joint_batched", &args[FLEX_ARG_JOINT_GRAPH]));
    arg *mask_mod = (arg *)&rest[FLEX_REST_BLOCKS].list[FLEX_BLOCKS_MASK_MOD];
    r.kind = FLEX_MASK_MOD, r.old = &one[f->rest + FLEX_REST_BLOCKS].list[FLEX_BLOCKS_MASK_MOD];
    r.captured = &rest[FLEX_REST_MASK_OTHERS], r.batched = of_mask;
    TRY(make_body(f, &r, "mask_mod_batched", mask_mod));
    if (r.batch.kind != ARG_VALUE) return COT_OK;
    for (uint32_t i = FLEX_REST_OTHERS; i <= FLEX_REST_MASK_OTHERS; i++)
        ((arg *)rest[i].list)[rest[i].count++] = r.batch; /* fold_captured left room */
    return COT_OK;
}

static cot_status batch_call_of(folding *f, value *call) {
    vmap_stage *s = f->s;
    const node *n = s->call;
    arg args[FLEX_ARG_BACKWARD_REST + FLEX_REST_COUNT];
    const uint32_t nargs = f->rest + FLEX_REST_COUNT, others = f->rest + FLEX_REST_OTHERS;
    if (n->nargs != nargs) return builder_fail(s->b, COT_SCHEMA, "%s: arguments are missing", n->op->packet);
    for (uint32_t i = 0; i < nargs; i++) args[i] = s->args[i];
    f->batch = example_type(f, &n->args[FLEX_ARG_Q])->sizes[0];
    bool *batched = ARENA_ARRAY(s->b->graph->arena, bool, n->args[others].count + 1u);
    bool *of_mask = ARENA_ARRAY(s->b->graph->arena, bool, n->args[others + 1].count + 1u);
    fold_tensors(f, args);
    args[f->rest + FLEX_REST_BLOCKS] = fold_blocks(f);
    take_batched(f, &n->args[f->rest + FLEX_REST_SCALE]);
    args[others] = fold_captured(f, others, false, batched);
    args[others + 1] = fold_captured(f, others + 1, true, of_mask);
    TRY(s->b->status);
    TRY(make_bodies(f, batched, of_mask, args));
    return control_batch_call(s, args, nargs, call);
}

cot_status flex_batch_forward(vmap_stage *s) {
    folding f = {.s = s, .rest = FLEX_ARG_FORWARD_REST};
    value call, parts[3];
    TRY(batch_call_of(&f, &call));
    for (uint32_t i = 0; i < 3; i++) {
        parts[i] = unfold(&f, emit_get(s->b, call, i));
        s->out[i] = true;
    }
    control_batch_result(s, parts, 3);
    return s->b->status;
}

cot_status flex_batch_backward(vmap_stage *s) {
    folding f = {.s = s, .rest = FLEX_ARG_BACKWARD_REST, .backward = true};
    const int64_t second = 1;
    value call, parts[4];
    TRY(batch_call_of(&f, &call));
    for (uint32_t i = 0; i < 4; i++) {
        parts[i] = emit_get(s->b, call, i);
        s->out[i] = true;
        if (i == 3) continue; /* of captured values: they have their examples already */
        parts[i] = unfold(&f, parts[i]);
        if (!dim_equal(s->call->type.parts[i].sizes[0], f.batch)) /* keys of all batches */
            parts[i] = emit(s->b, "sum.dim_IntList", "vIb", parts[i], &second, 1u, 1);
    }
    control_batch_result(s, parts, 4);
    return s->b->status;
}
