/* SPDX-License-Identifier: MIT
 * embedding.c — tables of vectors: embedding, its dense gradient, renorm, one_hot. The gradient is a scatter-add of
 * rows divided over columns, so it needs no atomics and gives the same bits for any number of threads. */
#include "ops/indexing.h"
#include "ops/batch.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/ref/index.h"

#include <math.h>

KERNEL_DECLARE(kernel_fn, renorm_rows);

static cot_status check_indices(shape_call *c, uint32_t i) {
    const type *t = shape_tensor(c, i);
    if (t->dtype == COT_I64 || t->dtype == COT_I32) return COT_OK;
    return shape_fail(
        c, "Expected tensor for argument '%s' to have one of the following scalar types: Long, Int; but got %s",
        c->op->params[i].name, dtype_torch_name(t->dtype));
}

/* ---- embedding -------------------------------------------------------------------------------------------------- */

static cot_status shape_embedding(shape_call *c) {
    const type *weight = shape_tensor(c, 0), *indices = shape_tensor(c, 1);
    dim sizes[COT_MAX_DIMS];
    if (weight->ndim != 2) return shape_fail(c, "'weight' must be 2-D, found %u dimensions", weight->ndim);
    TRY(check_indices(c, 1));
    if (indices->ndim + 1u > COT_MAX_DIMS) return shape_fail(c, "indices have %u dimensions", indices->ndim);
    for (uint32_t d = 0; d < indices->ndim; d++) sizes[d] = indices->sizes[d];
    sizes[indices->ndim] = weight->sizes[1];
    return shape_result(c, weight->dtype, sizes, indices->ndim + 1u);
}

static cot_status prepare_embedding(prepare_call *c) {
    const tensor_desc *weight = prepare_operand(c, 0), *indices = prepare_operand(c, 1), *result = &c->results[0];
    index_attributes *a = indexing_begin(c, INDEX_READ, indexing_at(c, 0), 0);
    TRY(indexing_source(c, a, indexing_at(c, 1), weight->sizes[0], weight->strides[0]));
    for (uint32_t d = 0; d < indices->ndim; d++)
        a->index[0].strides[indexing_dim(a, indices->sizes[d], 0, result->strides[d])] = indices->strides[d];
    indexing_dim(a, weight->sizes[1], weight->strides[1], result->strides[indices->ndim]);
    return indexing_finish(c, a);
}

static cot_status vjp_embedding(vjp_call *c) {
    builder *b = c->b;
    if (!vjp_needs(c, 0)) return COT_OK;
    vjp_set(c, 0,
            emit(b, "embedding_dense_backward", "vvdaa", c->grads[0], vjp_tensor(c, 1),
                 TYPE_OF(b, vjp_tensor(c, 0))->sizes[0], vjp_arg(c, 2), vjp_arg(c, 3)));
    return b->status;
}

static cot_status shape_embedding_backward(shape_call *c) {
    const type *grad = shape_tensor(c, 0);
    TRY(check_indices(c, 1));
    if (grad->ndim != shape_tensor(c, 1)->ndim + 1u)
        return shape_fail(c, "grad_output has %u dimensions, expected one more than indices", grad->ndim);
    const dim sizes[2] = {arg_as_dim(c->graph, &c->args[2]), grad->sizes[grad->ndim - 1]};
    return shape_result(c, grad->dtype, sizes, 2);
}

static cot_status prepare_embedding_backward(prepare_call *c) {
    const tensor_desc *grad = prepare_operand(c, 0), *indices = prepare_operand(c, 1), *result = &c->results[0];
    index_attributes *a = indexing_begin(c, INDEX_ADD, 0, indexing_at(c, 0));
    a->start = INDEX_ZERO;
    a->skip = arg_as_int(&c->args[3], -1);
    a->frequency = arg_as_bool(&c->args[4], false);
    if (a->frequency) c->scratch_bytes = (size_t)result->sizes[0] * sizeof(int32_t);
    TRY(indexing_source(c, a, indexing_at(c, 1), result->sizes[0], result->strides[0]));
    for (uint32_t d = 0; d < indices->ndim; d++)
        a->index[0].strides[indexing_dim(a, indices->sizes[d], 0, grad->strides[d])] = indices->strides[d];
    indexing_dim(a, result->sizes[1], result->strides[1], grad->strides[grad->ndim - 1]);
    return indexing_finish(c, a);
}

/* The gradient added to another tensor, in its place where nobody else needs that. */
static cot_status shape_embedding_add(shape_call *c) {
    const type *self = shape_tensor(c, 0), *grad = shape_tensor(c, 1);
    TRY(check_indices(c, 2));
    if (self->ndim != 2 || grad->ndim != shape_tensor(c, 2)->ndim + 1u)
        return shape_fail(c, "grad_output has %u dimensions, expected one more than indices", grad->ndim);
    return shape_result_like(c, self->dtype, self);
}

static cot_status prepare_embedding_add(prepare_call *c) {
    const tensor_desc *grad = prepare_operand(c, 1), *indices = prepare_operand(c, 2), *result = &c->results[0];
    index_attributes *a = indexing_begin(c, INDEX_ADD, 0, indexing_at(c, 1));
    a->self_at = indexing_at(c, 0);
    a->skip = arg_as_int(&c->args[3], -1);
    c->in_place |= (uint64_t)1 << c->first[0];
    TRY(indexing_source(c, a, indexing_at(c, 2), result->sizes[0], result->strides[0]));
    for (uint32_t d = 0; d < indices->ndim; d++)
        a->index[0].strides[indexing_dim(a, indices->sizes[d], 0, grad->strides[d])] = indices->strides[d];
    indexing_dim(a, result->sizes[1], result->strides[1], grad->strides[grad->ndim - 1]);
    return indexing_finish(c, a);
}

/* The double backward reads rows as embedding does, zero where padding was. */
static cot_status vjp_embedding_backward(vjp_call *c) {
    builder *b = c->b;
    if (!vjp_needs(c, 0)) return COT_OK;
    const value indices = vjp_tensor(c, 1);
    if (arg_as_bool(vjp_arg(c, 4), false))
        return builder_fail(b, COT_NO_RULE, "embedding_dense_backward has no derivative rule with scale_grad_by_freq");
    value rows = emit(b, "embedding", "vv", c->grads[0], indices);
    if (arg_as_int(vjp_arg(c, 3), -1) >= 0) {
        value padded = emit(b, "unsqueeze", "vi", emit(b, "eq.Scalar", "va", indices, vjp_arg(c, 3)), (int64_t)-1);
        rows = emit(b, "masked_fill.Scalar", "vvi", rows, padded, (int64_t)0);
    }
    vjp_set(c, 0, rows);
    return b->status;
}

/* ---- embedding_renorm ------------------------------------------------------------------------------------------- */

static cot_status shape_renorm(shape_call *c) {
    const type *self = shape_tensor(c, 0);
    if (self->ndim != 2) return shape_fail(c, "self must be 2-D, found %u dimensions", self->ndim);
    TRY(check_indices(c, 1));
    return shape_result_like(c, self->dtype, self);
}

static cot_status prepare_renorm(prepare_call *c) {
    renorm_attributes *a = PREPARE_ATTRIBUTES(c, renorm_attributes);
    const uint8_t dtype = c->results[0].dtype;
    if (dtype > COT_BF16) return prepare_no_kernel(c);
    a->most = arg_as_float(&c->args[2], INFINITY);
    a->power = arg_as_float(&c->args[3], 2);
    c->contiguous |= (uint64_t)1 << c->first[1];
    c->scratch_bytes = (size_t)c->results[0].sizes[0]; /* which rows are done */
    c->kernel = KERNEL_SELECT(renorm_rows);
    return COT_OK;
}

/* ---- one_hot ---------------------------------------------------------------------------------------------------- */

static value decompose_one_hot(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]);
    const int64_t classes = arg_as_int(&args[1], -1);
    const arg cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    UNUSED(o);
    if (classes < 0) {
        builder_fail(b, COT_SHAPE, "one_hot: without num_classes the size of the result depends on data");
        return NO_VALUE;
    }
    value column = emit(b, "unsqueeze", "vi", self, (int64_t)-1);
    value range = emit(b, "arange", "i,dtype=t,device=a", classes, (int)COT_I64, &cpu);
    value hot = emit(b, "eq.Tensor", "vv", column, range);
    return emit(b, "_to_copy", "v,dtype=t", hot, (int)COT_I64);
}

const op_record ops_embedding[] = {
    {.schema = "embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, "
               "bool sparse=False) -> Tensor",
     .batch = &batch_embedding,
     .shape = shape_embedding,
     .vjp_fn = vjp_embedding,
     .prepare = prepare_embedding,
     .reference = ref_index_read,
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[4, 3], i64[2, 2]; f32[4, 3], i64[]; ! f32[4, 3], i64[5], 1, True"},
    {.schema = "embedding_dense_backward(Tensor grad_output, Tensor indices, SymInt num_weights, SymInt padding_idx, "
               "bool scale_grad_by_freq) -> Tensor",
     .batch = &batch_embedding_backward,
     .shape = shape_embedding_backward,
     .vjp_fn = vjp_embedding_backward,
     .prepare = prepare_embedding_backward,
     .reference = ref_index_write,
     .samples = "f32[2, 2, 3], i64[2, 2], 4, -1, False; f32[5, 3], i64[5], 4, 1, False"},
    {.schema = "cot::embedding_add(Tensor self, Tensor grad_output, Tensor indices, int padding_idx=-1) -> Tensor",
     .shape = shape_embedding_add,
     .prepare = prepare_embedding_add,
     .reference = ref_index_write,
     .traits = OP_NO_HISTORY,
     .samples = "f32[4, 3], f32[2, 2, 3], i64[2, 2]; f64[4, 3], f64[5, 3], i64[5], 1"},
    {.schema = "embedding_renorm(Tensor self, Tensor indices, float max_norm, float norm_type) -> Tensor",
     .shape = shape_renorm,
     .prepare = prepare_renorm,
     .reference = ref_renorm_rows,
     .traits = OP_HAS_INPLACE | OP_NO_HISTORY,
     .samples = "f32[4, 3], i64[2], 1.0, 2.0"},
    {.schema = "one_hot(Tensor self, int num_classes=-1) -> Tensor",
     .decompose_fn = decompose_one_hot,
     .traits = OP_COMPOSITE | OP_NO_HISTORY,
     .samples = "i64[2, 3], 4; i64[], 10"},
};
const uint32_t ops_embedding_count = COUNT_OF(ops_embedding);
