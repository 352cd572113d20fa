/* SPDX-License-Identifier: MIT
 * attention.c — scaled dot product attention. The composition becomes the fused operator where PyTorch's CPU rules
 * (aten/src/ATen/native/transformers/sdp_utils_cpp.cpp) allow it, else products and a softmax. */
#include "ops/emit.h"
#include "ops/batch.h"
#include "ops/flops.h"
#include "ops/prepare.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/attention.h"
#include "kernels/cpu/dispatch.h"
#include "kernels/ref/linalg.h"

#include <math.h>

KERNEL_DECLARE_TABLE(kernel_fn, attention_forward);
KERNEL_DECLARE_TABLE(kernel_fn, attention_backward);

/* Parameters of the forward; the backward's are named where they differ. */
enum { QUERY, KEY, VALUE, DROPOUT, CAUSAL, MASK, SCALE };
enum { B_GRAD, B_QUERY, B_KEY, B_VALUE, B_OUT, B_LSE, B_DROPOUT, B_CAUSAL, B_MASK, B_SCALE };

static double scale_given(const arg *scale, dim width) { return arg_as_float(scale, 1 / sqrt((double)MAX(width, 1))); }

/* ---- fused: shapes ---------------------------------------------------------------------------------------------- */

static bool differ(dim a, dim b) { return dim_is_static(a) && dim_is_static(b) && a != b; }

static cot_status check_attention(shape_call *c, uint32_t first) {
    const type *q = shape_tensor(c, first), *k = shape_tensor(c, first + 1), *v = shape_tensor(c, first + 2);
    if (q->ndim != 4 || k->ndim != 4 || v->ndim != 4)
        return shape_fail(c, "query, key and value must have 4 dimensions, found %u, %u and %u", q->ndim, k->ndim,
                          v->ndim);
    if (q->dtype != k->dtype || q->dtype != v->dtype)
        return shape_fail(c, "query, key and value must have the same dtype");
    if (differ(q->sizes[0], k->sizes[0]) || differ(k->sizes[0], v->sizes[0]) || differ(k->sizes[1], v->sizes[1]) ||
        differ(k->sizes[2], v->sizes[2]) || differ(q->sizes[3], k->sizes[3]) || differ(k->sizes[3], v->sizes[3]))
        return shape_fail(c, "Q/K/V should have the same head size, K/V the same length");
    return COT_OK;
}

/* (batch, heads, length[, width]) laid out as (batch, length, heads[, width]). */
static type heads_inside(const shape_call *c, cot_dtype dtype, const dim *sizes, uint32_t ndim) {
    const dim width = ndim == 4 ? sizes[3] : 1, row = dim_mul(c->syms, sizes[1], width);
    const dim strides[4] = {dim_mul(c->syms, sizes[2], row), width, row, 1};
    return type_strided(c->arena, dtype, sizes, strides, ndim, 0);
}

static cot_status shape_attention(shape_call *c) {
    const type *q = shape_tensor(c, QUERY);
    TRY(check_attention(c, QUERY));
    type *parts = ARENA_ARRAY(c->arena, type, 2);
    TRY(shape_result_like(c, q->dtype, q));
    parts[0] = c->result;
    parts[1] = heads_inside(c, q->dtype == COT_F64 ? COT_F64 : COT_F32, q->sizes, 3);
    c->result = type_tuple(c->arena, parts, 2);
    return COT_OK;
}

static cot_status shape_attention_backward(shape_call *c) {
    TRY(check_attention(c, B_QUERY));
    type *parts = ARENA_ARRAY(c->arena, type, 3);
    for (uint32_t i = 0; i < 3; i++) {
        const type *t = shape_tensor(c, B_QUERY + i);
        parts[i] = heads_inside(c, t->dtype, t->sizes, 4);
    }
    c->result = type_tuple(c->arena, parts, 3);
    return COT_OK;
}

/* ---- fused: plan time ------------------------------------------------------------------------------------------- */

static cot_status prepare_attributes(prepare_call *c, const tensor_desc *q, const tensor_desc *k, uint32_t dropout,
                                     uint32_t mask, attention_attributes **out) {
    attention_attributes *a = *out = PREPARE_ATTRIBUTES(c, attention_attributes);
    if (q->dtype > COT_BF16) return prepare_no_kernel(c);
    if (arg_as_float(&c->args[dropout], 0) != 0)
        return graph_fail(c->graph, c->node, c->error, COT_NO_KERNEL, "%s: dropout_p is not zero", c->op->name);
    a->batch = q->sizes[0];
    a->heads = q->sizes[1];
    a->queries = q->sizes[2];
    a->width = q->sizes[3];
    a->keys = k->sizes[2];
    a->key_heads = MAX(k->sizes[1], 1);
    if (a->heads % a->key_heads)
        return graph_fail(c->graph, c->node, c->error, COT_SHAPE, "%s: %lld query heads cannot share %lld key heads",
                          c->op->name, (long long)a->heads, (long long)a->key_heads);
    a->causal = arg_as_bool(&c->args[dropout + 1], false);
    a->scale = scale_given(&c->args[mask + 1], a->width);
    if (!prepare_has(c, mask)) return COT_OK;
    const tensor_desc *m = prepare_operand(c, mask);
    a->mask_at = c->num_results + c->first[mask];
    for (int d = 3, s = m->ndim - 1; d >= 0 && s >= 0; d--, s--)
        a->mask_strides[d] = m->sizes[s] == 1 ? 0 : m->strides[s];
    return COT_OK;
}

static size_t scratch_bytes(const prepare_call *c, size_t numbers) {
    return c->threads * numbers * (c->results[0].dtype == COT_F64 ? sizeof(double) : sizeof(float));
}

static cot_status prepare_attention(prepare_call *c) {
    attention_attributes *a;
    TRY(prepare_attributes(c, prepare_operand(c, QUERY), prepare_operand(c, KEY), DROPOUT, MASK, &a));
    a->worker = attention_forward_scratch(a);
    c->scratch_bytes = scratch_bytes(c, a->worker);
    c->kernel = KERNEL_SELECT(attention_forward)[c->results[0].dtype];
    return COT_OK;
}

static cot_status prepare_attention_backward(prepare_call *c) {
    attention_attributes *a;
    TRY(prepare_attributes(c, prepare_operand(c, B_QUERY), prepare_operand(c, B_KEY), B_DROPOUT, B_MASK, &a));
    /* Heads are divided over the threads, at five products a tile, or blocks of all heads, at seven. */
    const int64_t heads = a->batch * a->key_heads, threads = MAX(c->threads, 1);
    a->split = (heads + threads - 1) / threads * threads * 5 > heads * 7 && attention_blocks(a->queries) > 1 &&
               attention_blocks(a->keys) > 1;
    a->worker = attention_backward_scratch(a);
    c->scratch_bytes = scratch_bytes(c, a->worker);
    c->kernel = KERNEL_SELECT(attention_backward)[c->results[0].dtype];
    return COT_OK;
}

/* ---- fused: derivative ------------------------------------------------------------------------------------------ */

/* Heads of keys for each head of queries. */
static value grouped_heads(builder *b, value v, dim heads) {
    const type *t = TYPE_OF(b, v);
    if (t->ndim != 4 || dim_equal(t->sizes[1], heads)) return v;
    syms *s = b->graph->ctx->syms;
    const dim wide[5] = {t->sizes[0], t->sizes[1], dim_floordiv(s, heads, t->sizes[1]), t->sizes[2], t->sizes[3]};
    const dim flat[4] = {t->sizes[0], heads, t->sizes[2], t->sizes[3]};
    const arg contiguous = {.kind = ARG_CONST, .s = "contiguous_format"};
    value copies = emit(b, "expand", "vD", emit(b, "unsqueeze", "vi", v, (int64_t)2), wide, 5u);
    return emit(b, "view", "vD", emit(b, "clone", "v,memory_format=a", copies, &contiguous), flat, 4u);
}

/* The fused backward gives none for the mask: scores are computed again, and p (dp - delta) is it. */
static value gradient_of_mask(vjp_call *c) {
    builder *b = c->b;
    const type *q = TYPE_OF(b, vjp_tensor(c, QUERY));
    const value k = grouped_heads(b, vjp_tensor(c, KEY), q->sizes[1]),
                v = grouped_heads(b, vjp_tensor(c, VALUE), q->sizes[1]);
    value scores =
        emit(b, "matmul", "vv", vjp_tensor(c, QUERY), emit(b, "transpose.int", "vii", k, (int64_t)-2, (int64_t)-1));
    scores = emit(b, "mul.Scalar", "vf", scores, scale_given(vjp_arg(c, SCALE), q->sizes[3]));
    scores = emit(b, "add.Tensor", "vv", scores, vjp_tensor(c, MASK));
    value p = emit(b, "exp", "v",
                   emit(b, "sub.Tensor", "vv", scores, emit(b, "unsqueeze", "vi", vjp_result(c, 1), (int64_t)-1)));
    value dp = emit(b, "matmul", "vv", c->grads[0], emit(b, "transpose.int", "vii", v, (int64_t)-2, (int64_t)-1));
    const int64_t last = -1;
    value delta =
        emit(b, "sum.dim_IntList", "vIb", emit(b, "mul.Tensor", "vv", c->grads[0], vjp_result(c, 0)), &last, 1u, 1);
    return emit(b, "mul.Tensor", "vv", p, emit(b, "sub.Tensor", "vv", dp, delta));
}

/* The log of sums is for the backward alone: like PyTorch, we take it for a constant. */
static cot_status vjp_attention(vjp_call *c) {
    builder *b = c->b;
    if (c->grads[0] == NO_VALUE) return COT_OK;
    if (vjp_needs(c, QUERY) || vjp_needs(c, KEY) || vjp_needs(c, VALUE)) {
        value all =
            emit(b, "_scaled_dot_product_flash_attention_for_cpu_backward", "vvvvvvaa,attn_mask=a,scale=a", c->grads[0],
                 vjp_tensor(c, QUERY), vjp_tensor(c, KEY), vjp_tensor(c, VALUE), vjp_result(c, 0), vjp_result(c, 1),
                 vjp_arg(c, DROPOUT), vjp_arg(c, CAUSAL), vjp_arg(c, MASK), vjp_arg(c, SCALE));
        for (uint32_t i = 0; i < 3; i++)
            if (vjp_needs(c, i)) vjp_set(c, i, emit_get(b, all, i));
    }
    if (vjp_needs(c, MASK)) vjp_set(c, MASK, gradient_of_mask(c));
    return b->status;
}

/* ---- the backward in simple operators -----------------------------------------------------------------------------
 */

/* Above the diagonal nothing is seen. */
static value masked_scores(builder *b, value scores) {
    const type *t = TYPE_OF(b, scores);
    const dim sizes[] = {t->sizes[2], t->sizes[3]};
    const value unseen = emit(b, "full", "Df,dtype=t", sizes, 2u, -INFINITY, (int)t->dtype);
    return emit(b, "add.Tensor", "vv", scores, emit(b, "triu", "vi", unseen, (int64_t)1));
}

/* Keys and values of as many heads as the queries have; and the gradients of the shared heads, summed. */
static value share_heads(builder *b, value v, dim heads) {
    const type *t = TYPE_OF(b, v);
    if (dim_equal(t->sizes[1], heads) || b->status) return v;
    const dim times = dim_floordiv(b->graph->ctx->syms, heads, t->sizes[1]);
    const dim sizes[] = {t->sizes[0], t->sizes[1], times, t->sizes[2], t->sizes[3]};
    const dim merged[] = {t->sizes[0], heads, t->sizes[2], t->sizes[3]};
    const value wide = emit(b, "expand", "vD", emit(b, "unsqueeze", "vi", v, (int64_t)2), sizes, 5u);
    return emit(b, "reshape", "vD", wide, merged, 4u);
}

static value sum_heads(builder *b, value v, value like) {
    const type *t = TYPE_OF(b, v), *to = TYPE_OF(b, like);
    if (b->status || dim_equal(t->sizes[1], to->sizes[1])) return v;
    const dim times = dim_floordiv(b->graph->ctx->syms, t->sizes[1], to->sizes[1]);
    const dim sizes[] = {t->sizes[0], to->sizes[1], times, t->sizes[2], t->sizes[3]};
    const int64_t shared = 2;
    return emit(b, "sum.dim_IntList", "vI", emit(b, "reshape", "vD", v, sizes, 5u), &shared, 1u);
}

/* The probabilities again, and the gradients of the three products. */
static value decompose_backward(builder *b, const op *o, const arg *args) {
    const value grad = args[0].value, q = args[1].value;
    const uint32_t mask = (uint32_t)op_param(o, "attn_mask"), scaling = (uint32_t)op_param(o, "scale");
    const uint32_t dropout = (uint32_t)op_param(o, "dropout_p"), causal = (uint32_t)op_param(o, "is_causal");
    const type t = *TYPE_OF(b, q);
    const dim width = t.sizes[3];
    const value k = share_heads(b, args[2].value, t.sizes[1]), v = share_heads(b, args[3].value, t.sizes[1]);
    if (arg_as_float(&args[dropout], 0) > 0 || !dim_is_static(width)) {
        builder_fail(b, COT_NO_RULE, "%s with dropout has no derivative", o->name);
        return NO_VALUE;
    }
    const double scale = arg_as_float(&args[scaling], 1 / sqrt((double)width));
    value scores = emit(b, "mul.Scalar", "vf", emit(b, "matmul", "vv", q, emit(b, "mT", "v", k)), scale);
    if (arg_as_bool(&args[causal], false)) scores = masked_scores(b, scores);
    if (args[mask].kind == ARG_VALUE) scores = emit(b, "add.Tensor", "vv", scores, args[mask].value);
    const int64_t last = -1;
    const value p = emit(b, "_softmax", "vib", scores, last, 0);
    const value dp = emit(b, "matmul", "vv", grad, emit(b, "mT", "v", v));
    const value row = emit(b, "sum.dim_IntList", "vIb", emit(b, "mul.Tensor", "vv", dp, p), &last, 1u, 1);
    value ds = emit(b, "mul.Tensor", "vv", p, emit(b, "sub.Tensor", "vv", dp, row));
    ds = emit(b, "mul.Scalar", "vf", ds, scale);
    const value dk = emit(b, "matmul", "vv", emit(b, "mT", "v", ds), q);
    const value dv = emit(b, "matmul", "vv", emit(b, "mT", "v", p), grad);
    const value parts[] = {emit(b, "matmul", "vv", ds, k), sum_heads(b, dk, args[2].value),
                           sum_heads(b, dv, args[3].value)};
    return b->status ? NO_VALUE : emit_pack(b, parts, 3);
}

/* ---- composition ------------------------------------------------------------------------------------------------ */

/* Arguments of scaled_dot_product_attention. */
typedef struct sdpa {
    value query, key, value_, mask;
    double dropout;
    bool causal, grouped;
    const arg *scale;
} sdpa;

static bool last_is_dense(const type *t) { return t->kind != TYPE_TENSOR || dim_is_one(t->strides[t->ndim - 1]); }

static bool mask_fits(const type *m, const type *q, const type *k) {
    if (m->kind != TYPE_TENSOR) return true;
    if (m->ndim != 2 && m->ndim != 4) return false;
    const dim want[4] = {q->sizes[0], q->sizes[1], q->sizes[2], k->sizes[2]};
    for (uint32_t d = 0; d < m->ndim; d++)
        if (!dim_is_one(m->sizes[d]) && differ(m->sizes[d], want[4 - m->ndim + d])) return false;
    return true;
}

static bool is_fused(builder *b, const sdpa *s) {
    const type *q = TYPE_OF(b, s->query), *k = TYPE_OF(b, s->key), *v = TYPE_OF(b, s->value_), *m = TYPE_OF(b, s->mask);
    if (s->dropout > 0 || q->ndim != 4 || k->ndim != 4 || v->ndim != 4 || !dtype_is_float(q->dtype)) return false;
    if (q->dtype != k->dtype || q->dtype != v->dtype || differ(q->sizes[0], k->sizes[0]) ||
        differ(q->sizes[0], v->sizes[0]))
        return false;
    if (differ(k->sizes[1], v->sizes[1]) || (!s->grouped && differ(q->sizes[1], k->sizes[1]))) return false;
    if (differ(q->sizes[3], k->sizes[3]) || differ(q->sizes[3], v->sizes[3]) || q->sizes[2] == 0 || k->sizes[2] == 0)
        return false;
    return mask_fits(m, q, k) && last_is_dense(q) && last_is_dense(k) && last_is_dense(v) && last_is_dense(m);
}

static value number(builder *b, double x, cot_dtype dtype, bool layout) {
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    if (!layout) return emit(b, "scalar_tensor", "f,dtype=t,device=a", x, (int)dtype, &cpu);
    return emit(b, "scalar_tensor", "f,dtype=t,layout=a,device=a", x, (int)dtype, &strided, &cpu);
}

/* A bool mask as what is added to scores: 0 where true, -inf where false. */
static value as_added(builder *b, value mask, cot_dtype dtype) {
    if (mask == NO_VALUE || TYPE_OF(b, mask)->dtype != COT_BOOL) return mask;
    value hidden = number(b, -INFINITY, dtype, false), seen = number(b, 0, dtype, true);
    return emit(b, "where.self", "vvv", mask, seen, hidden);
}

static value as_float(builder *b, value v) {
    const cot_dtype dtype = TYPE_OF(b, v)->dtype;
    return dtype == COT_BF16 || dtype == COT_F16 ? emit(b, "_to_copy", "v,dtype=t", v, (int)COT_F32) : v;
}

/* Queries before keys, all true on and below the diagonal. */
static value causal_mask(builder *b, dim queries, dim keys) {
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    const dim sizes[2] = {queries, keys};
    return emit(b, "tril", "v",
                emit(b, "ones", "D,dtype=t,layout=a,device=a", sizes, 2u, (int)COT_BOOL, &strided, &cpu));
}

/* Gives the output and the probabilities. The scale is split between both factors, which keeps scores small. */
static void attention_by_products(builder *b, const sdpa *s, value out[2]) {
    const type *t = TYPE_OF(b, s->query);
    if (t->ndim < 2 || TYPE_OF(b, s->key)->ndim < 2) {
        builder_fail(b, COT_SHAPE,
                     "scaled_dot_product_attention: query and key have %u and %u dimensions, expected at least 2",
                     t->ndim, TYPE_OF(b, s->key)->ndim);
        return;
    }
    const cot_dtype dtype = t->dtype;
    const dim queries = t->sizes[t->ndim - 2], heads = t->ndim >= 3 ? t->sizes[t->ndim - 3] : 1;
    const double scale = scale_given(s->scale, t->sizes[t->ndim - 1]), root = sqrt(fabs(scale));
    value q = as_float(b, s->query), k = as_float(b, s->key), v = as_float(b, s->value_), mask = s->mask;
    q = emit(b, "mul.Scalar", "vf", q, scale < 0 ? -root : root);
    if (s->causal) mask = causal_mask(b, queries, TYPE_OF(b, k)->sizes[TYPE_OF(b, k)->ndim - 2]);
    mask = as_added(b, mask, TYPE_OF(b, q)->dtype);
    if (s->grouped) {
        k = grouped_heads(b, k, heads);
        v = grouped_heads(b, v, heads);
    }
    value keys = emit(b, "mul.Scalar", "vf", emit(b, "transpose.int", "vii", k, (int64_t)-2, (int64_t)-1), root);
    value scores = emit(b, "matmul", "vv", q, keys);
    if (mask != NO_VALUE) scores = emit(b, "add.Tensor", "vv", scores, mask);
    value p = emit(b, "_safe_softmax", "vi", scores, (int64_t)-1);
    if (s->dropout > 0) p = emit(b, "dropout", "vfb", p, s->dropout, 1);
    out[0] = emit(b, "matmul", "vv", p, v);
    out[1] = p;
    for (int i = 0; i < 2; i++)
        if (dtype == COT_BF16 || dtype == COT_F16) out[i] = emit(b, "_to_copy", "v,dtype=t", out[i], (int)dtype);
}

static value attention_fused(builder *b, const sdpa *s) {
    const arg mask = arg_value(s->mask);
    value all = emit(b, "_scaled_dot_product_flash_attention_for_cpu", "vvvfb,attn_mask=a,scale=a", s->query, s->key,
                     s->value_, 0.0, (int)s->causal, &mask, s->scale);
    return emit_get(b, all, 0);
}

static value decompose_sdpa(builder *b, const op *o, const arg *args) {
    sdpa s = {
        arg_as_value(&args[0]),    arg_as_value(&args[1]),       arg_as_value(&args[2]),       arg_as_value(&args[3]),
        arg_as_float(&args[4], 0), arg_as_bool(&args[5], false), arg_as_bool(&args[7], false), &args[6]};
    const uint32_t ndim = TYPE_OF(b, s.query)->ndim;
    UNUSED(o);
    if (s.causal && s.mask != NO_VALUE) {
        builder_fail(b, COT_SHAPE,
                     "_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True");
        return NO_VALUE;
    }
    s.mask = as_added(b, s.mask, TYPE_OF(b, s.query)->dtype);
    if (b->status) return NO_VALUE;
    if (is_fused(b, &s)) return attention_fused(b, &s);
    if (ndim == 3 && TYPE_OF(b, s.key)->ndim == 3 && TYPE_OF(b, s.value_)->ndim == 3 && s.mask == NO_VALUE &&
        s.dropout == 0) {
        sdpa batch = s;
        batch.query = emit(b, "unsqueeze", "vi", s.query, (int64_t)0);
        batch.key = emit(b, "unsqueeze", "vi", s.key, (int64_t)0);
        batch.value_ = emit(b, "unsqueeze", "vi", s.value_, (int64_t)0);
        if (!b->status && is_fused(b, &batch))
            return emit(b, "squeeze.dim", "vi", attention_fused(b, &batch), (int64_t)0);
    }
    value out[2] = {NO_VALUE, NO_VALUE};
    attention_by_products(b, &s, out);
    return out[0];
}

static value decompose_math(builder *b, const op *o, const arg *args) {
    const sdpa s = {
        arg_as_value(&args[0]),    arg_as_value(&args[1]),       arg_as_value(&args[2]),       arg_as_value(&args[3]),
        arg_as_float(&args[4], 0), arg_as_bool(&args[5], false), arg_as_bool(&args[8], false), &args[7]};
    value out[2] = {NO_VALUE, NO_VALUE};
    UNUSED(o);
    attention_by_products(b, &s, out);
    return emit_pack(b, out, 2);
}

const op_record ops_attention[] = {
    {.schema = "scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, "
               "float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor",
     .decompose_fn = decompose_sdpa,
     .traits = OP_COMPOSITE | OP_AUTOCAST_LOW,
     .samples =
         "f32[2, 3, 4, 8], f32[2, 3, 5, 8], f32[2, 3, 5, 8]; "
         "f32[2, 3, 4, 8], f32[2, 3, 4, 8], f32[2, 3, 4, 8], None, 0.0, True; "
         "f32[2, 4, 8], f32[2, 5, 8], f32[2, 5, 6]; f32[2, 3, 4, 8], f32[2, 3, 5, 8], f32[2, 3, 5, 8], b8[4, 5]; "
         "f32[2, 6, 4, 8], f32[2, 3, 5, 8], f32[2, 3, 5, 8], enable_gqa = True"},
    {.schema = "_scaled_dot_product_attention_math(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, "
               "float dropout_p=0.0, bool is_causal=False, Tensor? dropout_mask=None, *, float? scale=None, "
               "bool enable_gqa=False) -> (Tensor, Tensor)",
     .decompose_fn = decompose_math,
     .traits = OP_COMPOSITE,
     .samples = "f32[2, 3, 4, 8], f32[2, 3, 5, 8], f32[2, 3, 5, 8]; f32[4, 8], f32[5, 8], f32[5, 6]"},
    {.schema =
         "_scaled_dot_product_flash_attention_for_cpu(Tensor query, Tensor key, Tensor value, float dropout_p=0.0, "
         "bool is_causal=False, *, Tensor? attn_mask=None, float? scale=None) -> (Tensor output, Tensor logsumexp)",
     .batch = &batch_attention,
     .shape = shape_attention,
     .vjp_fn = vjp_attention,
     .prepare = prepare_attention,
     .flops = flops_attention,
     .reference = ref_attention,
     .traits = OP_EXPENSIVE,
     .samples = ". f32[2, 3, 4, 8], f32[2, 3, 5, 8], f32[2, 3, 5, 8]; "
                ". f64[1, 2, 70, 4], f64[1, 2, 70, 4], f64[1, 2, 70, 4], 0.0, True; "
                "! f32[2, 4, 3, 8], f32[2, 2, 5, 8], f32[2, 2, 5, 8], attn_mask = f32[3, 5], scale = 0.3"},
    {.schema = "_scaled_dot_product_flash_attention_for_cpu_backward(Tensor grad_out, Tensor query, Tensor key, "
               "Tensor value, "
               "Tensor out, Tensor logsumexp, float dropout_p, bool is_causal, *, Tensor? attn_mask=None, "
               "float? scale=None) -> (Tensor grad_query, Tensor grad_key, Tensor grad_value)",
     .batch = &batch_attention,
     .decompose_fn = decompose_backward,
     .shape = shape_attention_backward,
     .prepare = prepare_attention_backward,
     .flops = flops_attention_backward,
     .reference = ref_attention_backward,
     .traits = OP_EXPENSIVE},
};
const uint32_t ops_attention_count = COUNT_OF(ops_attention);
