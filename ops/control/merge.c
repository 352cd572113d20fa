/* SPDX-License-Identifier: MIT
 * merge.c — what branches give that is alike but for sizes, or for the value of an int: one result, whose sizes or
 * value only a run knows.
 *
 * Where the program is made functional, each branch pads what it gives to the larger of the sizes and gives its own
 * sizes as numbers beside it; behind the call these are read, and the result is cut to them. So nothing behind
 * functionalize needs to know of such results.
 *
 * A branch that does not know its sizes itself (x[mask]) cannot pad: there the sizes come from a call of their own
 * before the call, and the result has them. */
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

/* ---- types ------------------------------------------------------------------------------------------------------- */

/* The symbol that the program has for this, or a new one. */
static dim merged_symbol(cot_graph *g, uint32_t part, int64_t d) {
    const type *t = g->expected;
    t = t && t->kind == TYPE_TUPLE && part < t->count ? &t->parts[part] : NULL;
    if (t && d < 0 && t->kind == TYPE_INT) return t->expr;
    if (t && d >= 0 && t->kind == TYPE_TENSOR && d < t->ndim && !dim_is_static(t->sizes[d])) return t->sizes[d];
    return graph_unbacked(g, "u");
}

static const char *strides_text(const cot_graph *g, const dim *dims, uint32_t count, const char *open,
                                const char *close) {
    text out = {.arena = g->arena};
    text_add(&out, open);
    for (uint32_t i = 0; i < count; i++) {
        if (i) text_add(&out, ", ");
        dim_print(g->ctx->syms, dims[i], &out);
    }
    text_add(&out, count == 1 && *close == ')' && !open[1] ? ",)" : close);
    return out.data;
}

/* Dimensions from the innermost to the outermost; of equal strides the last comes first. */
static void stride_order(const type *t, uint32_t *order) {
    for (uint32_t i = 0; i < t->ndim; i++) {
        const uint32_t d = t->ndim - 1 - i;
        uint32_t at = i;
        for (; at > 0 && t->strides[order[at - 1]] > t->strides[d]; at--) order[at] = order[at - 1];
        order[at] = d;
    }
}

static bool is_dense(const type *t, const uint32_t *order) {
    dim next = 1;
    for (uint32_t i = 0; i < t->ndim; i++) {
        const uint32_t d = order[i];
        if (t->strides[d] == 0 || t->sizes[d] == 1) continue;
        if (t->strides[d] != next) return false;
        next *= t->sizes[d];
    }
    return true;
}

static cot_status check_strides(const cot_graph *g, const type *a, const type *b, cot_error *error) {
    uint32_t left[COT_MAX_DIMS], right[COT_MAX_DIMS];
    stride_order(a, left);
    stride_order(b, right);
    if (memcmp(left, right, a->ndim * sizeof *left))
        return fail(error, COT_SHAPE,
                    "The sorted order of strides of the two branches' output doesn't match.this indicates the "
                    "contiguousness of the two branches are different. True branch has stride %s but false branch has "
                    "stride %s.Consider using contiguous() to make the two branches have the same contiguousness.",
                    strides_text(g, a->strides, a->ndim, "(", ")"), strides_text(g, b->strides, b->ndim, "(", ")"));
    if (is_dense(a, left) && is_dense(b, right)) return COT_OK;
    return fail(
        error, COT_SHAPE,
        "It seems one of cond's output stride is not a simple accumulative multiplication of sizes. This could "
        "be because cond returns a slice of a tensor, which is not dense in memory. True branch has size %s, "
        "stride %s and false branch has size %s stride %s. Hint: can call t.contiguous(). ",
        strides_text(g, a->sizes, a->ndim, "torch.Size([", "])"), strides_text(g, a->strides, a->ndim, "(", ")"),
        strides_text(g, b->sizes, b->ndim, "torch.Size([", "])"), strides_text(g, b->strides, b->ndim, "(", ")"));
}

#define DIFFERS(attribute, format, a, b)                                                                               \
    fail(error, COT_SHAPE,                                                                                             \
         "When merging two branches' output in torch.cond,  expected same " attribute " but got " format               \
         " and " format ".",                                                                                           \
         a, b)

static cot_status merge_tensors(cot_graph *g, uint32_t part, const type *a, const type *b, type *out,
                                cot_error *error) {
    if (a->dtype != b->dtype)
        return DIFFERS("dtype", "torch.%s", dtype_torch_name((cot_dtype)a->dtype),
                       dtype_torch_name((cot_dtype)b->dtype));
    if (a->ndim != b->ndim) return DIFFERS("dim", "%u", a->ndim, b->ndim);
    dim sizes[COT_MAX_DIMS];
    bool differ = false;
    for (uint32_t d = 0; d < a->ndim; d++) {
        const bool same = dim_equal(a->sizes[d], b->sizes[d]);
        sizes[d] = same ? a->sizes[d] : merged_symbol(g, part, d);
        differ |= !same;
    }
    if (differ && type_is_static(a) && type_is_static(b)) {
        if (a->offset != b->offset)
            return DIFFERS("storage_offset", "%lld", (long long)a->offset, (long long)b->offset);
        TRY(check_strides(g, a, b, error));
    }
    *out = type_tensor(g->arena, g->ctx->syms, (cot_dtype)a->dtype, sizes, a->ndim);
    return COT_OK;
}

cot_status control_merge(cot_graph *g, uint32_t part, const cot_graph *const bodies[2], const arg *a, const arg *b,
                         type *out, cot_error *error) {
    const type *left = graph_type(bodies[0], arg_as_value(a)), *right = graph_type(bodies[1], arg_as_value(b));
    if (a->kind == ARG_INT && b->kind == ARG_INT) {
        const dim same = a->i >= 0 ? a->i : dim_negative(g->ctx->syms, a->i);
        *out = type_int(a->i == b->i ? same : merged_symbol(g, part, -1));
        return COT_OK;
    }
    if (left->kind == TYPE_TENSOR && right->kind == TYPE_TENSOR) return merge_tensors(g, part, left, right, out, error);
    *out = control_result(g, bodies[0], a, NULL);
    return COT_OK;
}

/* ---- functionalize ----------------------------------------------------------------------------------------------- */

typedef struct merger {
    functionalize_stage *stage;
    cot_graph *bodies[2]; /* functional */
    arg_list outputs[2];
    const node *call; /* as it would be made again */
} merger;

static const type *given(const merger *m, uint32_t k, uint32_t part) {
    return graph_type(m->bodies[k], arg_as_value(&m->outputs[k].data[part]));
}

static bool differs(const merger *m, uint32_t part, uint32_t d) {
    return !dim_equal(given(m, 0, part)->sizes[d], given(m, 1, part)->sizes[d]);
}

static bool any_differs(const merger *m, uint32_t part) {
    const type *a = given(m, 0, part), *b = given(m, 1, part);
    bool any = false;
    for (uint32_t d = 0; a->kind == TYPE_TENSOR && b->kind == TYPE_TENSOR && d < a->ndim; d++)
        any |= differs(m, part, d);
    return any;
}

/* Output `part` of branch k, as large as the larger of both. */
static value pad(const merger *m, builder *b, uint32_t k, uint32_t part, value v) {
    const type *mine = given(m, k, part), *other = given(m, 1 - k, part);
    int64_t amounts[2 * COT_MAX_DIMS] = {0};
    bool any = false;
    for (uint32_t d = 0; d < mine->ndim; d++) {
        const int64_t more = other->sizes[d] > mine->sizes[d] ? other->sizes[d] - mine->sizes[d] : 0;
        amounts[2 * (mine->ndim - 1 - d) + 1] = more;
        any |= more != 0;
    }
    return any ? emit(b, "constant_pad_nd", "vI", v, amounts, 2u * mine->ndim) : emit(b, "clone", "v", v);
}

/* A size of output `part` of branch k as a tensor. */
static value emit_size(const merger *m, builder *b, uint32_t k, uint32_t part, uint32_t d) {
    const dim size = given(m, k, part)->sizes[d];
    if (dim_is_static(size)) return emit(b, "scalar_tensor", "d,dtype=t", size, (int)COT_I64);
    const value number = emit(b, "sym_size.int", "vi", arg_as_value(&m->outputs[k].data[part]), (int64_t)d);
    const arg scalar = arg_value(number);
    return emit(b, "scalar_tensor", "a,dtype=t", &scalar, (int)COT_I64);
}

/* Branch k with padded outputs, and its sizes behind them. */
static value padded_branch(merger *m, uint32_t k) {
    cot_graph *g = m->stage->b->graph, *root = g->parent ? g->parent : g;
    cot_graph *body = graph_copy(m->bodies[k], root);
    builder b;
    arg_list outputs = {0}, sizes = {0};
    builder_init(&b, body, m->stage->b->error);
    b.decompose = true;
    arg_leaves(g->arena, &body->output, &outputs);
    const uint32_t count = outputs.count;
    for (uint32_t i = 0; i < count; i++) {
        if (!any_differs(m, i)) continue;
        const type *mine = given(m, k, i);
        for (uint32_t d = 0; d < mine->ndim; d++)
            if (differs(m, i, d))
                *VEC_PUSH(g->arena, &sizes) =
                    arg_value(emit(&b, "scalar_tensor", "d,dtype=t", mine->sizes[d], (int)COT_I64));
        outputs.data[i] = arg_value(pad(m, &b, k, i, arg_as_value(&outputs.data[i])));
    }
    for (uint32_t i = 0; i < sizes.count; i++) *VEC_PUSH(g->arena, &outputs) = sizes.data[i];
    if (b.status) return builder_failed(m->stage->b, b.status), NO_VALUE;
    body->output = (arg){.kind = ARG_TUPLE, .list = outputs.data, .count = outputs.count};
    body->num_user_outputs = outputs.count;
    output_alias *aliases = ARENA_ARRAY(g->arena, output_alias, outputs.count);
    for (uint32_t i = 0; body->aliases && i < count; i++) aliases[i] = body->aliases[i];
    body->aliases = aliases;
    const char *name = graph_child_name(g, k ? "false_graph_padded_" : "true_graph_padded_");
    body->class_name = name;
    return emit_get_attr(m->stage->b, name, body);
}

/* The number in a part of the call. */
static value read_size(merger *m, value call, uint32_t part) {
    builder *b = m->stage->b;
    const value place = b->place_node, cell = emit_get(b, call, part);
    if (b->status) return NO_VALUE;
    b->place_node = NO_VALUE;
    const value v = emit(b, "_local_scalar_dense", "v", cell);
    b->place_node = place;
    return v;
}

/* Part i of the call, cut to the sizes that are read from part *next on. */
static value cut(merger *m, value call, uint32_t i, uint32_t *next) {
    builder *b = m->stage->b;
    const type *t = &m->call->type.parts[i];
    value v = emit_get(b, call, i);
    bool inner = false;
    for (uint32_t d = 0; d < t->ndim && !b->status; d++) {
        if (!differs(m, i, d)) continue;
        const arg size = arg_value(read_size(m, call, (*next)++));
        v = emit(b, "slice.Tensor", "viia", v, (int64_t)d, (int64_t)0, &size);
        inner |= d > 0;
    }
    const arg format = {.kind = ARG_CONST, .s = "contiguous_format"};
    return inner ? emit(b, "clone", "v,memory_format=a", v, &format) : v;
}

/* Branch k with nothing but the sizes that differ as outputs: what they do not need is not computed. */
static value sizes_branch(merger *m, uint32_t k) {
    cot_graph *g = m->stage->b->graph, *root = g->parent ? g->parent : g;
    cot_graph *body = graph_copy(m->bodies[k], root);
    builder b;
    arg_list sizes = {0};
    builder_init(&b, body, m->stage->b->error);
    b.decompose = true;
    for (uint32_t i = 0; i < m->outputs[k].count; i++)
        for (uint32_t d = 0; any_differs(m, i) && d < given(m, k, i)->ndim; d++)
            if (differs(m, i, d)) *VEC_PUSH(g->arena, &sizes) = arg_value(emit_size(m, &b, k, i, d));
    if (b.status) return builder_failed(m->stage->b, b.status), NO_VALUE;
    body->output = (arg){.kind = ARG_TUPLE, .list = sizes.data, .count = sizes.count};
    body->num_user_outputs = sizes.count;
    body->aliases = ARENA_ARRAY(g->arena, output_alias, sizes.count);
    body = graph_clean(body, root);
    if (graph_draws(body))
        return builder_fail(m->stage->b, COT_UNSUPPORTED,
                            "%s: the sizes that a branch gives depend on random numbers, which cannot run yet (hook "
                            "'functionalize')",
                            m->stage->call->op->name),
               NO_VALUE;
    const char *name = graph_child_name(g, k ? "false_graph_sizes_" : "true_graph_sizes_");
    body->class_name = name;
    return emit_get_attr(m->stage->b, name, body);
}

/* The call as it was first made is none: its branches may check or print something, so it would stay. */
static void drop_call(merger *m, value made) {
    builder *b = m->stage->b;
    const value nothing = emit_pack(b, NULL, 0);
    if (b->status) return;
    node *n = &b->graph->nodes.data[made];
    const char *name = n->name;
    *n = *graph_node(b->graph, nothing);
    n->name = name;
}

static value call_branches(merger *m, uint32_t first_body, value (*branch)(merger *m, uint32_t k)) {
    builder *b = m->stage->b;
    const node *call = m->call;
    arg *args = arena_copy(b->graph->arena, call->args, call->nargs * sizeof *args);
    for (uint32_t k = 0; k < 2; k++) args[first_body + k] = arg_value(branch(m, k));
    if (b->status) return NO_VALUE;
    type t;
    const node changed = {
        .op = call->op, .args = args, .nargs = call->nargs, .npos = call->npos, .kwnames = call->kwnames};
    b->status = control_shape(b->graph, &changed, &t, b->error);
    return b->status ? NO_VALUE : emit_raw(b, call->op, args, call->nargs, &t, NULL);
}

/* The number has the symbol that the type of the call has; the check keeps it, for nothing else reads it. */
static void name_size(const merger *m, value number, dim symbol) {
    builder *b = m->stage->b;
    if (number == NO_VALUE) return;
    b->graph->nodes.data[number].type = type_int(symbol);
    const arg size = arg_value(number);
    emit(b, "sym_constrain_range_for_size", "a", &size);
}

/* Sizes that only data tell: a first call gives them, and the call itself comes behind it. */
static cot_status measure_first(merger *m, uint32_t first_body, value *result) {
    builder *b = m->stage->b;
    const node *call = m->call;
    const value sizes = call_branches(m, first_body, sizes_branch);
    uint32_t next = 0;
    for (uint32_t i = 0; i < call->type.count && !b->status; i++)
        for (uint32_t d = 0; any_differs(m, i) && d < given(m, 0, i)->ndim; d++)
            if (differs(m, i, d)) name_size(m, read_size(m, sizes, next++), call->type.parts[i].sizes[d]);
    if (!b->status) *result = emit_raw(b, call->op, call->args, call->nargs, &call->type, NULL);
    return b->status;
}

static bool is_known(const merger *m, uint32_t part) {
    bool known = true;
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t d = 0; d < given(m, k, part)->ndim; d++)
            known &= !differs(m, part, d) || dim_is_static(given(m, k, part)->sizes[d]);
    return known;
}

cot_status control_merge_functionalize(functionalize_stage *s, uint32_t first_body, value *result) {
    builder *b = s->b;
    const node call = *graph_node(b->graph, *result);
    if (call.op != s->call->op || call.type.kind != TYPE_TUPLE) return COT_OK;
    merger m = {.stage = s, .call = &call};
    bool any = false, known = true;
    for (uint32_t k = 0; k < 2; k++) {
        m.bodies[k] = control_body(b->graph, &call.args[first_body + k]);
        arg_leaves(b->graph->arena, &m.bodies[k]->output, &m.outputs[k]);
    }
    for (uint32_t i = 0; i < call.type.count; i++) {
        if (!any_differs(&m, i)) continue;
        known &= is_known(&m, i);
        any = true;
    }
    if (!any) return COT_OK;
    drop_call(&m, *result);
    if (!known) return measure_first(&m, first_body, result);
    const value made = call_branches(&m, first_body, padded_branch);
    TRY(b->status);
    value *parts = ARENA_ARRAY(b->graph->arena, value, call.type.count);
    uint32_t next = call.type.count;
    for (uint32_t i = 0; i < call.type.count; i++)
        parts[i] = any_differs(&m, i) ? cut(&m, made, i, &next) : emit_get(b, made, i);
    *result = emit_pack(b, parts, call.type.count);
    return b->status;
}
