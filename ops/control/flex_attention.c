/* SPDX-License-Identifier: MIT
 * flex_attention.c — attention with a function of scores and a mask that are bodies, and its backward.
 *
 *     flex_attention(query, key, value, score_mod, (…17, mask_mod), scale, {options}, (captured…), (captured…))
 *         → (out, logsumexp to base 2, largest scores to base 2)
 *
 * The backward computes tiles of scores again from the logs of their sums. It gets score_mod and its joint, which gives
 * the gradient of a score, and of captured tensors as zeros_and_scatter: where each element adds its part. Bodies are
 * no calls: they become programs that run inside the tiles (flex_program.c). */
#include "ops/control/flex_attention.h"

#include "base/error.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include <string.h>

static bool differ(dim a, dim b) { return dim_is_static(a) && dim_is_static(b) && a != b; }
static bool is_one(dim a) { return dim_is_static(a) && a == 1; }

/* ---- what must hold --------------------------------------------------------------------------------------------- */

static cot_status check_sizes(const cot_graph *g, const arg *args, const char *who, cot_error *error) {
    static const char *const names[3] = {"query", "key", "value"};
    const type *t[3];
    for (uint32_t i = 0; i < 3; i++) {
        t[i] = graph_type(g, arg_as_value(&args[i]));
        if (t[i]->kind != TYPE_TENSOR || t[i]->ndim != 4)
            return fail(error, COT_SHAPE, "%s: expected %s to be a tensor of 4 dimensions", who, names[i]);
    }
    const dim *q = t[0]->sizes, *k = t[1]->sizes, *v = t[2]->sizes;
    if (differ(q[0], k[0]) && !(is_one(k[0]) && !is_one(q[0])))
        return fail(error, COT_SHAPE, "Bq and Bkv must broadcast. Got Bq=%lld and Bkv=%lld", (long long)q[0],
                    (long long)k[0]);
    if (differ(q[3], k[3]))
        return fail(error, COT_SHAPE,
                    "Expect query and key/value to have the same embedding dimension but got E=%lld and E=%lld.",
                    (long long)q[3], (long long)k[3]);
    if (dim_is_static(q[1]) && dim_is_static(k[1]) && (k[1] == 0 || q[1] % k[1]))
        return fail(error, COT_SHAPE,
                    "Expect number of query heads to be a multiple of kv heads for GQA but got Hq=%lld and Hkv=%lld.",
                    (long long)q[1], (long long)k[1]);
    if (differ(k[0], v[0]) || differ(k[1], v[1]) || differ(k[2], v[2]))
        return fail(error, COT_SHAPE, "%s: key and value must have the same batch, heads and length", who);
    return COT_OK;
}

static cot_status check_body(cot_graph *g, const arg *body, const char *who, const char *what, uint32_t count,
                             cot_graph **out, cot_error *error) {
    *out = control_body(g, body);
    if (!*out) return fail(error, COT_SCHEMA, "%s: expected %s to be a body (get_attr of a graph)", who, what);
    if ((*out)->inputs.count != count)
        return fail(error, COT_SCHEMA, "%s: %s takes %u inputs, %u are given", who, what, (*out)->inputs.count, count);
    return COT_OK;
}

static cot_status check_returns_tensor(const cot_graph *body, arena *a, cot_error *error) {
    static const char *const kinds[] = {
        [ARG_NONE] = "NoneType", [ARG_INT] = "int",   [ARG_FLOAT] = "float", [ARG_BOOL] = "bool",  [ARG_LIST] = "list",
        [ARG_TUPLE] = "tuple",   [ARG_DICT] = "dict", [ARG_STRING] = "str",  [ARG_ELLIPSIS] = NULL};
    const arg *out = &body->output;
    if ((out->kind == ARG_LIST || out->kind == ARG_TUPLE) && out->count == 1) out = &out->list[0];
    if (out->kind == ARG_VALUE && graph_type(body, out->value)->kind == TYPE_TENSOR) return COT_OK;
    UNUSED(a);
    const char *kind = out->kind < COUNT_OF(kinds) && kinds[out->kind] ? kinds[out->kind] : "object";
    return fail(error, COT_SCHEMA, "Expected output of score_mod to be a tensor.Got type <class '%s'>.", kind);
}

/* `rest` is where the block mask stands. */
static cot_status check_call(cot_graph *g, const arg *args, uint32_t nargs, uint32_t rest, uint32_t score_mod,
                             const char *who, cot_error *error) {
    const uint32_t least = rest + FLEX_REST_OTHERS;
    if (nargs < least || nargs > rest + FLEX_REST_COUNT)
        return fail(error, COT_SCHEMA, "%s: %u arguments are given, expected %u to %u", who, nargs, least,
                    rest + FLEX_REST_COUNT);
    const arg *blocks = &args[rest + FLEX_REST_BLOCKS];
    if (!control_is_list(blocks) || blocks->count != FLEX_BLOCKS_ITEMS)
        return fail(error, COT_SCHEMA, "%s: expected the block mask to be a tuple of %d items", who, FLEX_BLOCKS_ITEMS);
    uint32_t captured[2] = {0, 0};
    for (uint32_t i = 0; i < 2 && least + i < nargs; i++) {
        if (!control_is_list(&args[least + i]))
            return fail(error, COT_SCHEMA, "%s: expected captured buffers as a tuple", who);
        captured[i] = args[least + i].count;
    }
    cot_graph *score, *mask;
    TRY(check_sizes(g, args, who, error));
    TRY(check_body(g, &args[score_mod], who, "score_mod", 5 + captured[0], &score, error));
    TRY(check_body(g, &blocks->list[FLEX_BLOCKS_MASK_MOD], who, "mask_mod", 4 + captured[1], &mask, error));
    return check_returns_tensor(score, g->arena, error);
}

/* ---- shapes ----------------------------------------------------------------------------------------------------- */

/* A dense tensor whose dimensions lie in the order of those of `like`, the last one innermost. */
static type result_like(cot_graph *g, const dim sizes[4], const type *like) {
    uint32_t order[4] = {3, 0, 0, 0}, n = 1; /* innermost first */
    dim strides[4], next = 1;
    for (uint32_t d = 3; d-- > 0; n++) {
        uint32_t at = n;
        for (; at > 1 && dim_is_static(like->strides[d]) && dim_is_static(like->strides[order[at - 1]]) &&
               like->strides[order[at - 1]] > like->strides[d];
             at--)
            order[at] = order[at - 1];
        order[at] = d;
    }
    for (uint32_t i = 0; i < 4; i++) {
        strides[order[i]] = next;
        next = dim_mul(g->ctx->syms, next, sizes[order[i]]);
    }
    return type_strided(g->arena, (cot_dtype)like->dtype, sizes, strides, 4, 0);
}

static cot_status shape_forward(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    TRY(check_call(g, args, nargs, FLEX_ARG_FORWARD_REST, FLEX_ARG_SCORE_MOD, "flex_attention", error));
    const type *q = graph_type(g, args[FLEX_ARG_Q].value), *v = graph_type(g, args[FLEX_ARG_V].value);
    const dim out[4] = {q->sizes[0], q->sizes[1], q->sizes[2], v->sizes[3]};
    const cot_dtype logs = q->dtype == COT_F64 ? COT_F64 : COT_F32;
    type parts[3] = {result_like(g, out, q), type_tensor(g->arena, g->ctx->syms, logs, out, 3)};
    parts[2] = parts[1];
    *result = type_tuple(g->arena, parts, 3);
    return COT_OK;
}

/* Gradients of what score_mod captured: those that its joint gives. */
static type shape_of_captured(cot_graph *g, const cot_graph *joint, const arg *captured) {
    arg_list outputs = {0};
    arg_leaves(g->arena, &joint->output, &outputs);
    const uint32_t count = captured ? captured->count : 0;
    type *parts = ARENA_ARRAY(g->arena, type, count);
    for (uint32_t i = 0; i < count; i++) {
        const type *t = graph_type(g, arg_as_value(&captured->list[i]));
        if (t->kind == TYPE_TENSOR && 5 + i < outputs.count && outputs.data[5 + i].kind == ARG_VALUE)
            parts[i] = type_tensor(g->arena, g->ctx->syms, (cot_dtype)t->dtype, t->sizes, t->ndim);
    }
    return type_tuple(g->arena, parts, count);
}

static cot_status shape_backward(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    const char *who = "flex_attention_backward";
    cot_graph *joint;
    TRY(check_call(g, args, nargs, FLEX_ARG_BACKWARD_REST, FLEX_ARG_FW_GRAPH, who, error));
    const type *t[3];
    for (uint32_t i = 0; i < 3; i++) t[i] = graph_type(g, args[i].value);
    if (t[0]->dtype != t[1]->dtype || t[0]->dtype != t[2]->dtype)
        return fail(error, COT_UNSUPPORTED,
                    "Backward pass with mixed query, key, and value dtype is not supported, got query.dtype=torch.%s, "
                    "key.dtype=torch.%s, and value.dtype=torch.%s",
                    dtype_torch_name((cot_dtype)t[0]->dtype), dtype_torch_name((cot_dtype)t[1]->dtype),
                    dtype_torch_name((cot_dtype)t[2]->dtype));
    const uint32_t others = FLEX_ARG_BACKWARD_REST + FLEX_REST_OTHERS;
    const arg *captured = others < nargs ? &args[others] : NULL;
    TRY(check_body(g, &args[FLEX_ARG_JOINT_GRAPH], who, "joint_graph", 6 + (captured ? captured->count : 0), &joint,
                   error));
    type parts[4];
    for (uint32_t i = 0; i < 3; i++) parts[i] = result_like(g, t[i]->sizes, t[i]);
    parts[3] = shape_of_captured(g, joint, captured);
    *result = type_tuple(g->arena, parts, 4);
    return COT_OK;
}

/* ---- capture ---------------------------------------------------------------------------------------------------- */

/* In C: flex_attention(query, key, value, score_mod, mask_mod, (the block mask without its function), scale, a score,
 * (coordinates)). The last two are only types. */
enum { C_SCORE_MOD = 3, C_MASK_MOD, C_BLOCKS, C_SCALE, C_SCORE, C_COORDINATES, C_COUNT };

static cot_status capture(capture_stage *s) {
    static const capture_input inputs[] = {{.how = CAPTURE_OWN, .structure = true, .at = C_SCORE},
                                           {.how = CAPTURE_OWN, .at = C_COORDINATES}};
    const capture_request scores = {.at = C_SCORE_MOD, .inputs = inputs, .count = 2, .returns = ARG_VALUE};
    const capture_request masks = {.at = C_MASK_MOD, .inputs = &inputs[1], .count = 1, .returns = ARG_VALUE};
    captured score, mask;
    arg args[FLEX_ARG_FORWARD_REST + FLEX_REST_COUNT], *rest = &args[FLEX_ARG_FORWARD_REST];
    if (s->nargs != C_COUNT || s->npos != C_COUNT || s->args[C_BLOCKS].count != FLEX_BLOCKS_MASK_MOD ||
        !control_is_list(&s->args[C_COORDINATES]))
        return builder_fail(s->b, COT_SCHEMA, "flex_attention: expected what cot_flex_attention gives");
    TRY(s->body(s, &scores, &score));
    TRY(s->body(s, &masks, &mask));
    if (score.outputs.count != 1 || mask.outputs.count != 1)
        return builder_fail(s->b, COT_SCHEMA, "flex_attention: score_mod and mask_mod must return one tensor");
    for (uint32_t i = 0; i < 3; i++) args[i] = s->args[i];
    args[FLEX_ARG_SCORE_MOD] = s->attach(s, &score, "score_mod_", false);
    arg *blocks = ARENA_ARRAY(s->b->graph->arena, arg, FLEX_BLOCKS_ITEMS);
    for (uint32_t i = 0; i < FLEX_BLOCKS_MASK_MOD; i++) blocks[i] = s->args[C_BLOCKS].list[i];
    blocks[FLEX_BLOCKS_MASK_MOD] = s->attach(s, &mask, "mask_fn_", false);
    rest[FLEX_REST_BLOCKS] = (arg){.kind = ARG_TUPLE, .list = blocks, .count = FLEX_BLOCKS_ITEMS};
    rest[FLEX_REST_SCALE] = s->args[C_SCALE];
    rest[FLEX_REST_OPTIONS] = (arg){.kind = ARG_DICT};
    rest[FLEX_REST_OTHERS] = control_lifted(s, &score, ARG_TUPLE, NULL);
    rest[FLEX_REST_MASK_OTHERS] = control_lifted(s, &mask, ARG_TUPLE, NULL);
    return s->call(s, args, COUNT_OF(args), NULL, CAPTURE_ALL);
}

/* ---- functionalize ---------------------------------------------------------------------------------------------- */

/* The call anew with functional bodies; buffers that were not given become empty tuples. */
static cot_status call_again(functionalize_stage *s, uint32_t nargs, value *result) {
    builder *b = s->b;
    TRY(s->call_again(s, result));
    node *made = &b->graph->nodes.data[*result];
    arg *args = ARENA_ARRAY(b->graph->arena, arg, nargs);
    for (uint32_t i = 0; i < nargs; i++) args[i] = i < made->nargs ? made->args[i] : (arg){.kind = ARG_TUPLE};
    made->args = args;
    made->nargs = made->npos = (uint16_t)nargs;
    return b->status;
}

/* What a body captured, as far as it is known before sizes are. */
static const flex_capture *captures(functionalize_stage *s, const arg *list) {
    flex_capture *out = ARENA_ARRAY(s->b->graph->arena, flex_capture, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        out[i].number = list->list[i];
        if (list->list[i].kind == ARG_VALUE) out[i].type = *TYPE_OF(s->b, list->list[i].value);
    }
    return out;
}

static bool is_program(functionalize_stage *s, flex_kind kind, const cot_graph *body, const arg *captured) {
    static const arg none = {.kind = ARG_TUPLE};
    const char *why;
    const cot_dtype dtype = (cot_dtype)TYPE_OF(s->b, s->args[FLEX_ARG_Q].value)->dtype;
    if (!captured) captured = &none;
    const flex_body b = {.kind = kind,
                         .graph = body,
                         .dtype = dtype == COT_F64 ? COT_F64 : COT_F32,
                         .captured = captures(s, captured),
                         .num_captured = captured->count};
    return flex_compile(b.graph->ctx, &b, s->b->graph->arena, NULL, &why) != FLEX_IS_NEITHER;
}

/* The functional form of the body that an argument of the call names. */
static cot_status functional_body(functionalize_stage *s, const arg *a, cot_graph **out) {
    const node *attribute = graph_node(s->source, a->value);
    return s->body(s, control_body(s->source, a), attribute->target ? attribute->target : attribute->name, out);
}

static cot_status functionalize_forward(functionalize_stage *s, value *result) {
    enum { OTHERS = FLEX_ARG_FORWARD_REST + FLEX_REST_OTHERS, BLOCKS = FLEX_ARG_FORWARD_REST + FLEX_REST_BLOCKS };
    const node *n = s->call;
    const arg *blocks = &n->args[BLOCKS];
    cot_graph *score, *mask;
    if (n->kwnames) return builder_fail(s->b, COT_SCHEMA, "flex_attention: arguments must be positional");
    TRY(functional_body(s, &n->args[FLEX_ARG_SCORE_MOD], &score));
    TRY(functional_body(s, &blocks->list[FLEX_BLOCKS_MASK_MOD], &mask));
    if (score->num_mutated) return builder_fail(s->b, COT_REFUSED, "Mutations detected in score_mod");
    if (s->training && blocks->list[FLEX_BLOCKS_QUERIES].kind == ARG_NONE)
        return builder_fail(s->b, COT_REFUSED,
                            "BlockMask q_indices is None. Backward pass requires q_indices to be computed. Please "
                            "create the BlockMask with compute_q_blocks=True");
    const arg *others = OTHERS < n->nargs ? &s->args[OTHERS] : NULL,
              *of_mask = OTHERS + 1 < n->nargs ? &s->args[OTHERS + 1] : NULL;
    if (is_program(s, FLEX_SCORE_MOD, score, others) && is_program(s, FLEX_MASK_MOD, mask, of_mask))
        return call_again(s, FLEX_ARG_FORWARD_REST + FLEX_REST_COUNT, result);
    arg *args = ARENA_ARRAY(s->b->graph->arena, arg, FLEX_ARG_FORWARD_REST + FLEX_REST_COUNT);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = s->args[i];
    *result = flex_dense(s->b, args, score, mask);
    return s->b->status;
}

static cot_status functionalize_backward(functionalize_stage *s, value *result) {
    if (s->call->kwnames)
        return builder_fail(s->b, COT_SCHEMA, "flex_attention_backward: arguments must be positional");
    return call_again(s, FLEX_ARG_BACKWARD_REST + FLEX_REST_COUNT, result);
}

/* ---- derivative ------------------------------------------------------------------------------------------------- */

/* A gradient that is added at indices into zeros, in the words of PyTorch's joints, which run element by element. */
static value as_scatter(builder *b, const cot_graph *joint, value v, const value *map) {
    const node *n = graph_node(joint, v);
    if (strcmp(n->op->name, "torch.ops.aten.index_put.default") || !arg_as_bool(&n->args[3], false)) return NO_VALUE;
    const node *zeros = graph_node(joint, arg_as_value(&n->args[0]));
    if (strcmp(zeros->op->name, "torch.ops.aten.new_zeros.default")) return NO_VALUE;
    const type *t = graph_type(joint, v);
    const arg indices = arg_map(b->graph, &n->args[1], map);
    return emit(b, "flex_lib.zeros_and_scatter", "Dav", t->sizes, (uint32_t)t->ndim, &indices,
                map[arg_as_value(&n->args[2])]);
}

static void fill_joint(control_backward *w) {
    graph_copy_children(w->b.graph, w->joint);
    for (value v = 0; v < w->joint->nodes.count && !w->b.status; v++) {
        if (graph_node(w->joint, v)->op->kind == OP_PLACEHOLDER) continue;
        w->map[v] = as_scatter(&w->b, w->joint, v, w->map);
        if (w->map[v] == NO_VALUE && !w->b.status) w->map[v] = graph_copy_node(w->b.graph, w->joint, v, w->map);
    }
}

/* A captured number: each element adds to it. */
static value scatter_number(builder *b, value v) {
    const arg nothing = arg_list_of(NULL, 0);
    if (v == NO_VALUE || TYPE_OF(b, v)->ndim) return v;
    return emit(b, "flex_lib.zeros_and_scatter", "Dav", NULL, 0u, &nothing, v);
}

/* (score, b, h, m, n, grad, captured…) → [gradient of score, None × 4, gradients of captured…]. */
static cot_status joint_body(joint_stage *s, const bool *needs_captured, uint32_t count, value *attribute) {
    const cot_graph *body = control_body(s->functional, &s->call->args[FLEX_ARG_SCORE_MOD]);
    arena *a = s->b->graph->arena;
    bool *needs = ARENA_ARRAY(a, bool, 5 + count);
    const bool tangent = true;
    value *outputs = ARENA_ARRAY(a, value, 5 + count);
    control_backward w;
    needs[0] = true;
    for (uint32_t i = 0; i < count; i++) needs[5 + i] = needs_captured[i];
    TRY(control_backward_start(&w, s, body, needs, &tangent));
    if (control_backward_gradient(&w, 0, NO_VALUE) == NO_VALUE && w.outputs.data[w.num_outputs].kind != ARG_VALUE)
        return builder_fail(s->b, COT_REFUSED,
                            "flex_attention backward requires the output of score_mod to depend on score. Got a "
                            "score_mod whose output does not require gradients with respect to score.");
    for (uint32_t i = 0; i < 5; i++) control_backward_input(&w, i);
    control_backward_input(&w, 5 + count);
    for (uint32_t i = 0; i < count; i++) control_backward_input(&w, 5 + i);
    fill_joint(&w);
    for (uint32_t i = 0; i < 5 + count; i++) {
        outputs[i] = i && i < 5 ? NO_VALUE : control_backward_gradient(&w, i, NO_VALUE);
        if (i >= 5) outputs[i] = scatter_number(&w.b, outputs[i]);
    }
    return control_backward_finish(&w, outputs, 5 + count, "joint_graph", attribute);
}

static value same_body(joint_stage *s, const arg *from, const char *stem) {
    const char *name = graph_child_name(s->b->graph, stem);
    return emit_get_attr(s->b, name, control_body(s->functional, from));
}

typedef struct counter {
    const cot_graph *g;
    uint32_t count;
} counter;

static void count_operand(void *user, value v) {
    counter *c = user;
    c->count += graph_type(c->g, v)->kind != TYPE_GRAPH;
}

uint32_t flex_operands_before(const joint_stage *s, uint32_t i) {
    counter c = {.g = s->b->graph};
    for (uint32_t k = 0; k < i; k++) arg_each(&s->args[k], count_operand, &c);
    return c.count;
}

static value part_of(joint_stage *s, uint32_t i) {
    vjp_call c = {.b = s->b, .result = s->result, .num_results = 3};
    return vjp_result(&c, i);
}

static cot_status emit_backward(joint_stage *s, const bool *needs_captured, value *call) {
    builder *b = s->b;
    const arg *rest = &s->args[FLEX_ARG_FORWARD_REST];
    arg args[FLEX_ARG_BACKWARD_REST + FLEX_REST_COUNT];
    value joint;
    TRY(joint_body(s, needs_captured, rest[FLEX_REST_OTHERS].count, &joint));
    for (uint32_t i = 0; i < 3; i++) args[i] = s->args[i];
    args[FLEX_ARG_RESULT] = arg_value(part_of(s, 0));
    args[FLEX_ARG_LOGS] = arg_value(part_of(s, 1));
    args[FLEX_ARG_GRAD] = arg_value(s->grads[0]);
    args[FLEX_ARG_GRAD_LOGS] = arg_value(s->grads[1]);
    args[FLEX_ARG_FW_GRAPH] = arg_value(same_body(s, &s->call->args[FLEX_ARG_SCORE_MOD], "fw_graph"));
    args[FLEX_ARG_JOINT_GRAPH] = arg_value(joint);
    for (uint32_t i = 0; i < FLEX_REST_COUNT; i++) args[FLEX_ARG_BACKWARD_REST + i] = rest[i];
    arg *blocks = arena_copy(b->graph->arena, rest->list, rest->count * sizeof(arg));
    const arg *mask = &s->call->args[FLEX_ARG_FORWARD_REST].list[FLEX_BLOCKS_MASK_MOD];
    blocks[FLEX_BLOCKS_MASK_MOD] = arg_value(same_body(s, mask, "mask_graph"));
    args[FLEX_ARG_BACKWARD_REST].list = blocks;
    if (b->status) return b->status;
    type t;
    const cot_status status = shape_backward(b->graph, args, COUNT_OF(args), &t, b->error);
    if (status) builder_failed(b, status);
    *call = emit_raw(b, op_find(b->graph->ctx, "higher_order.flex_attention_backward"), args, COUNT_OF(args), &t, NULL);
    return b->status;
}

static cot_status joint(joint_stage *s) {
    const uint32_t others = FLEX_ARG_FORWARD_REST + FLEX_REST_OTHERS;
    const arg *captured = &s->args[others];
    uint32_t first = flex_operands_before(s, others), of_mask = flex_operands_before(s, others + 1);
    if (s->grads[0] == NO_VALUE && s->grads[1] == NO_VALUE) return COT_OK;
    const bool *needs = control_needs(s, captured, &first);
    const bool *masks = control_needs(s, &s->args[others + 1], &of_mask);
    for (uint32_t i = 0; i < s->args[others + 1].count; i++)
        if (masks[i])
            return builder_fail(s->b, COT_REFUSED,
                                "Captured buffers from mask mod that require grad are not supported.");
    value call;
    TRY(emit_backward(s, needs, &call));
    for (uint32_t i = 0; i < 3; i++)
        if (s->needs[i]) s->out[i] = emit_get(s->b, call, i);
    first = flex_operands_before(s, others);
    value parts = NO_VALUE;
    for (uint32_t i = 0; i < captured->count; i++) {
        if (captured->list[i].kind != ARG_VALUE) continue;
        if (needs[i] && parts == NO_VALUE) parts = emit_get(s->b, call, 3);
        if (needs[i] && TYPE_OF(s->b, parts)->parts[i].kind == TYPE_TENSOR) s->out[first] = emit_get(s->b, parts, i);
        first++;
    }
    return s->b->status;
}

/* ---- records ---------------------------------------------------------------------------------------------------- */

static cot_status shape_scatter(shape_call *c) {
    dim sizes[COT_MAX_DIMS];
    const uint32_t ndim = arg_as_dims(c->graph, &c->args[0], sizes, COT_MAX_DIMS);
    return shape_result(c, (cot_dtype)shape_tensor(c, 2)->dtype, sizes, ndim);
}

static const control_hooks forward_hooks = {.capture = capture,
                                            .capture_rules = CAPTURE_ALIASES,
                                            .python = "flex_attention",
                                            .shape = shape_forward,
                                            .functionalize = functionalize_forward,
                                            .joint = joint,
                                            .vmap = flex_batch_forward};
static const control_hooks backward_hooks = {.shape = shape_backward,
                                             .functionalize = functionalize_backward,
                                             .joint = flex_joint_backward,
                                             .vmap = flex_batch_backward};

const op_record ops_flex_attention[] = {
    {.schema = "higher_order::flex_attention",
     .prepare = flex_prepare_forward,
     .traits = OP_CONTROL | OP_EXPENSIVE | OP_AUTOCAST_LOW,
     .control = &forward_hooks},
    {.schema = "higher_order::flex_attention_backward",
     .prepare = flex_prepare_backward,
     .traits = OP_CONTROL | OP_EXPENSIVE,
     .control = &backward_hooks},
    /* What a joint of score_mod says of captured tensors; it runs inside the attention only. */
    {.schema = "flex_lib::zeros_and_scatter(SymInt[] shape, Tensor[] indices, Tensor vals) -> Tensor",
     .shape = shape_scatter,
     .traits = OP_NO_HISTORY},
};
const uint32_t ops_flex_attention_count = COUNT_OF(ops_flex_attention);
