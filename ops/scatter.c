/* SPDX-License-Identifier: MIT
 * scatter.c — writing at places that an index names: scatter and its reductions, index_add, index_copy, index_fill,
 * index_reduce, put. All are walks of kernels/index.h; an element written twice sees its writes in program order. */
#include "ops/indexing.h"
#include "ops/batch.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/ref/index.h"

#include <math.h>
#include <string.h>

/* ---- reductions by name ----------------------------------------------------------------------------------------- */

typedef struct reduction {
    const char *name;
    index_mode mode;
    double identity;
    bool mean;
} reduction;

static const reduction reductions[] = {
    {"sum", INDEX_ADD, 0, false},         {"add", INDEX_ADD, 0, false},           {"mean", INDEX_ADD, 0, true},
    {"prod", INDEX_MULTIPLY, 1, false},   {"multiply", INDEX_MULTIPLY, 1, false}, {"amax", INDEX_MAX, -INFINITY, false},
    {"amin", INDEX_MIN, INFINITY, false},
};

static const reduction *find_reduction(const arg *a) {
    for (size_t i = 0; a->kind == ARG_STRING && i < COUNT_OF(reductions); i++)
        if (!strcmp(a->s, reductions[i].name)) return &reductions[i];
    return NULL;
}

/* The operators of one way to address: by element, or by a vector of rows. */
typedef struct addressing {
    const char *read, *add, *reduce, *fill;
} addressing;

static const addressing by_element = {"gather", "scatter_add", "scatter_reduce.two", "scatter.value"};
static const addressing by_row = {"index_select", "index_add", "index_reduce", "index_fill.int_Scalar"};

/* What a record says of its operator. */
typedef struct write_form {
    const reduction *reduction; /* where no argument names one */
    const addressing *by;
    bool keeps_strides; /* the result is a clone of self with its strides, else it is contiguous */
} write_form;

/* What a reduction starts from, in a dtype without infinities its extreme value. */
static double identity_of(const reduction *r, uint8_t dtype) {
    if (!isinf(r->identity) || dtype_is_float((cot_dtype)dtype)) return r->identity;
    const bool low = r->identity < 0;
    switch ((cot_dtype)dtype) {
    case COT_I64: return low ? -0x1p63 : 0x1.fffffffffffffp62;
    case COT_I32: return low ? -0x1p31 : 0x1p31 - 1;
    case COT_I16: return low ? -0x1p15 : 0x1p15 - 1;
    case COT_I8: return low ? -0x1p7 : 0x1p7 - 1;
    case COT_U8: return low ? 0 : 255;
    default: return low ? 0 : 1;
    }
}

static void exclude_self(prepare_call *c, index_attributes *a, const reduction *r) {
    const uint8_t dtype = c->results[0].dtype;
    a->exclude_self = true;
    indexing_scalar(a->identity, dtype, identity_of(r, dtype));
    if (dtype == COT_I64 && isinf(r->identity)) {
        const int64_t extreme = r->identity < 0 ? INT64_MIN : INT64_MAX;
        memcpy(a->identity, &extreme, sizeof extreme);
    }
}

static void count_writes(prepare_call *c, index_attributes *a) {
    a->mean = true;
    c->scratch_bytes = (size_t)c->results[0].numel * sizeof(int32_t);
}

/* ---- scatter: index has as many dimensions as self -------------------------------------------------------------- */

enum { SELF, DIM, INDEX, SOURCE, REDUCE, INCLUDE_SELF }; /* parameters of all operators here */

static cot_status check_index(shape_call *c, uint32_t i) {
    const type *t = shape_tensor(c, i);
    if (t->dtype == COT_I64 || t->dtype == COT_I32) return COT_OK;
    return shape_fail(c, "Expected dtype int32/int64 for index, found %s", dtype_torch_name(t->dtype));
}

static cot_status shape_scatter(shape_call *c) {
    const type *self = shape_tensor(c, SELF), *index = shape_tensor(c, INDEX);
    const int reduce = op_param(c->op, "reduce");
    uint32_t d;
    TRY(check_index(c, INDEX));
    TRY(shape_wrap(c, arg_as_int(&c->args[DIM], 0), self->ndim, &d));
    if (MAX(self->ndim, 1) != MAX(index->ndim, 1))
        return shape_fail(c, "Index tensor must have the same number of dimensions as self tensor, found %u and %u",
                          index->ndim, self->ndim);
    if (c->op->params[SOURCE].type == PARAM_TENSOR && shape_tensor(c, SOURCE)->dtype != self->dtype)
        return shape_fail(c, "Expected self.dtype to be equal to src.dtype, found %s and %s",
                          dtype_torch_name(self->dtype), dtype_torch_name(shape_tensor(c, SOURCE)->dtype));
    if (reduce >= 0 && !find_reduction(&c->args[reduce])) return shape_fail(c, "reduce must be a known reduction");
    return shape_result(c, self->dtype, self->sizes, self->ndim);
}

static uint32_t wrapped_dim(const prepare_call *c, uint32_t ndim) {
    const int64_t d = arg_as_int(&c->args[DIM], 0);
    return ndim == 0 ? 0 : (uint32_t)(d < 0 ? d + ndim : d);
}

/* `other` is the source, or the scalar when the parameter is one. */
static index_attributes *begin_write(prepare_call *c, index_mode mode, uint32_t source) {
    const bool tensor = c->op->params[source].type == PARAM_TENSOR;
    index_attributes *a = indexing_begin(c, mode, 0, tensor ? indexing_at(c, source) : UINT32_MAX);
    a->self_at = indexing_at(c, SELF);
    c->in_place |= (uint64_t)1 << c->first[SELF];
    if (!tensor) indexing_scalar(a->scalar, c->results[0].dtype, arg_as_float(&c->args[source], 0));
    return a;
}

static cot_status prepare_scatter(prepare_call *c) {
    const tensor_desc *result = &c->results[0], *index = prepare_operand(c, INDEX);
    const write_form *form = c->op->record->data;
    const int reduce = op_param(c->op, "reduce"), include = op_param(c->op, "include_self");
    const reduction *r = reduce >= 0 ? find_reduction(&c->args[reduce]) : form->reduction;
    index_attributes *a = begin_write(c, r ? r->mode : INDEX_SET, SOURCE);
    const tensor_desc *source = a->other_at == UINT32_MAX ? NULL : prepare_operand(c, SOURCE);
    const uint32_t along = wrapped_dim(c, result->ndim);
    TRY(indexing_source(c, a, indexing_at(c, INDEX), result->ndim ? result->sizes[along] : 1,
                        result->ndim ? result->strides[along] : 0));
    a->index[0].dim = along;
    for (uint32_t d = 0; d < index->ndim; d++) {
        const int64_t from = source && d < source->ndim ? source->strides[d] : 0;
        const uint32_t w =
            indexing_dim(a, index->sizes[d], d == along || d >= result->ndim ? 0 : result->strides[d], from);
        a->index[0].strides[w] = index->strides[d];
    }
    if (r && include >= 0 && !arg_as_bool(&c->args[include], true)) exclude_self(c, a, r);
    if (r && r->mean) count_writes(c, a);
    return indexing_finish(c, a);
}

/* ---- index_add and its kin: index is a vector ------------------------------------------------------------------- */

static cot_status shape_index_write(shape_call *c) {
    const type *self = shape_tensor(c, SELF), *index = shape_tensor(c, INDEX);
    const int reduce = op_param(c->op, "reduce");
    uint32_t d;
    TRY(check_index(c, INDEX));
    TRY(shape_wrap(c, arg_as_int(&c->args[DIM], 0), self->ndim, &d));
    if (index->ndim > 1) return shape_fail(c, "index has %u dimensions, expected a vector", index->ndim);
    if (reduce >= 0 && !find_reduction(&c->args[reduce]))
        return shape_fail(c, "reduce must be one of prod, mean, amax or amin");
    if (c->op->params[SOURCE].type == PARAM_TENSOR) {
        const type *source = shape_tensor(c, SOURCE);
        if (source->dtype != self->dtype)
            return shape_fail(c, "self (%s) and source (%s) must have the same dtype", dtype_torch_name(self->dtype),
                              dtype_torch_name(source->dtype));
    }
    const write_form *form = c->op->record->data;
    if (form->keeps_strides) return shape_result_like(c, self->dtype, self);
    return shape_result(c, self->dtype, self->sizes, self->ndim);
}

static cot_status prepare_index_write(prepare_call *c, index_attributes *a) {
    const tensor_desc *result = &c->results[0], *index = prepare_operand(c, INDEX);
    const tensor_desc *source = a->other_at == UINT32_MAX ? NULL : prepare_operand(c, SOURCE);
    const uint32_t along = wrapped_dim(c, result->ndim);
    const int64_t count = index->ndim ? index->sizes[0] : 1;
    TRY(indexing_source(c, a, indexing_at(c, INDEX), result->ndim ? result->sizes[along] : 1,
                        result->ndim ? result->strides[along] : 0));
    a->index[0].dim = along;
    for (uint32_t d = 0; d < result->ndim; d++) {
        const bool here = d == along;
        const int64_t from = source && d < source->ndim ? source->strides[d] : 0;
        const uint32_t w = indexing_dim(a, here ? count : result->sizes[d], here ? 0 : result->strides[d], from);
        if (here && index->ndim) a->index[0].strides[w] = index->strides[0];
    }
    if (result->ndim == 0) a->index[0].strides[indexing_dim(a, count, 0, 0)] = index->ndim ? index->strides[0] : 0;
    return indexing_finish(c, a);
}

static cot_status prepare_index_add(prepare_call *c) {
    index_attributes *a = begin_write(c, INDEX_ADD, SOURCE);
    a->alpha = arg_as_float(&c->args[4], 1);
    return prepare_index_write(c, a);
}

static cot_status prepare_index_set(prepare_call *c) {
    return prepare_index_write(c, begin_write(c, INDEX_SET, SOURCE));
}

static cot_status prepare_index_fill(prepare_call *c) {
    index_attributes *a = begin_write(c, INDEX_SET, SOURCE);
    if (a->other_at != UINT32_MAX && prepare_operand(c, SOURCE)->dtype != c->results[0].dtype)
        return prepare_no_kernel(c);
    return prepare_index_write(c, a);
}

static cot_status prepare_index_reduce(prepare_call *c) {
    const reduction *r = find_reduction(&c->args[REDUCE]);
    index_attributes *a = begin_write(c, r->mode, SOURCE);
    if (!arg_as_bool(&c->args[INCLUDE_SELF], true)) exclude_self(c, a, r);
    if (r->mean) count_writes(c, a);
    return prepare_index_write(c, a);
}

/* ---- put: index counts elements --------------------------------------------------------------------------------- */

static cot_status shape_put(shape_call *c) {
    const type *self = shape_tensor(c, 0);
    if (shape_tensor(c, 1)->dtype != COT_I64)
        return shape_fail(c, "put_(): Expected a long tensor for index, but got %s",
                          dtype_torch_name(shape_tensor(c, 1)->dtype));
    if (shape_tensor(c, 2)->dtype != self->dtype)
        return shape_fail(
            c, "put_(): self and source expected to have the same dtype, but got self.dtype = %s and source.dtype = %s",
            dtype_torch_name(self->dtype), dtype_torch_name(shape_tensor(c, 2)->dtype));
    return shape_result_like(c, self->dtype, self);
}

static cot_status prepare_put(prepare_call *c) {
    const tensor_desc *result = &c->results[0], *index = prepare_operand(c, 1);
    index_attributes *a =
        indexing_begin(c, arg_as_bool(&c->args[3], false) ? INDEX_ADD : INDEX_SET, 0, indexing_at(c, 2));
    a->self_at = indexing_at(c, 0);
    c->in_place |= 1;
    /* source and index have as many elements, not always the same sizes: both are walked as vectors */
    c->contiguous |= (uint64_t)1 << c->first[1] | (uint64_t)1 << c->first[2];
    TRY(indexing_source(c, a, indexing_at(c, 1), result->numel, 1));
    a->index[0].logical = !result->contiguous;
    a->index[0].from_back = true;
    a->index[0].strides[indexing_dim(a, index->numel, 0, 1)] = 1;
    return indexing_finish(c, a);
}

static cot_status vjp_put(vjp_call *c) {
    builder *b = c->b;
    const value grad = c->grads[0], index = vjp_tensor(c, 1), source = vjp_tensor(c, 2);
    const type *t = TYPE_OF(b, source);
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    if (vjp_needs(c, 0) && arg_as_bool(vjp_arg(c, 3), false)) vjp_set(c, 0, grad);
    else if (vjp_needs(c, 0)) {
        value zeros =
            emit(b, "zeros", "D,dtype=t,layout=a,device=a", t->sizes, (uint32_t)t->ndim, (int)t->dtype, &strided, &cpu);
        vjp_set(c, 0, emit(b, "put", "vvv", grad, index, zeros));
    }
    if (vjp_needs(c, 2))
        vjp_set(c, 2, emit(b, "view", "vD", emit(b, "take", "vv", grad, index), t->sizes, (uint32_t)t->ndim));
    return b->status;
}

/* ---- derivatives ------------------------------------------------------------------------------------------------ */

static cot_status vjp_source_rows(vjp_call *c, const arg *alpha) {
    builder *b = c->b;
    if (!vjp_needs(c, SOURCE)) return b->status;
    const type *source = TYPE_OF(b, vjp_tensor(c, SOURCE));
    value rows = emit(b, "index_select", "vav", c->grads[0], vjp_arg(c, DIM), vjp_tensor(c, INDEX));
    if (source->ndim) rows = emit(b, "expand", "vD", rows, source->sizes, (uint32_t)source->ndim);
    else if (TYPE_OF(b, rows)->ndim) rows = emit(b, "squeeze.dim", "vi", rows, (int64_t)0);
    if (alpha && arg_as_float(alpha, 1) != 1) rows = emit(b, "mul.Scalar", "va", rows, alpha);
    vjp_set(c, SOURCE, rows);
    return b->status;
}

static cot_status vjp_index_add(vjp_call *c) {
    if (vjp_needs(c, SELF)) vjp_set(c, SELF, c->grads[0]);
    return vjp_source_rows(c, vjp_arg(c, 4));
}

static cot_status vjp_index_copy(vjp_call *c) {
    if (vjp_needs(c, SELF))
        vjp_set(c, SELF,
                emit(c->b, "index_fill.int_Scalar", "vavi", c->grads[0], vjp_arg(c, DIM), vjp_tensor(c, INDEX),
                     (int64_t)0));
    return vjp_source_rows(c, NULL);
}

static cot_status vjp_index_fill_tensor(vjp_call *c) {
    builder *b = c->b;
    const value grad = c->grads[0], index = vjp_tensor(c, INDEX);
    if (vjp_needs(c, SELF))
        vjp_set(c, SELF, emit(b, "index_fill.int_Scalar", "vavi", grad, vjp_arg(c, DIM), index, (int64_t)0));
    if (vjp_needs(c, SOURCE)) { /* each filled element counts once, however often the index names it */
        value filled = emit(b, "index_fill.int_Scalar", "vavi", emit(b, "zeros_like", "v", grad), vjp_arg(c, DIM),
                            index, (int64_t)1);
        vjp_set(c, SOURCE, emit(b, "sum", "v", emit(b, "mul.Tensor", "vv", grad, filled)));
    }
    return b->status;
}

typedef struct reduce_call {
    builder *b;
    const addressing *by;
    const arg *dim_;
    value self, index, source, grad, result;
} reduce_call;

static value read_at(const reduce_call *r, value v) { return emit(r->b, r->by->read, "vav", v, r->dim_, r->index); }

static value add_at(const reduce_call *r, value to, value v) {
    return emit(r->b, r->by->add, "vavv", to, r->dim_, r->index, v);
}

static value as_self(const reduce_call *r, value v) {
    return emit(r->b, "_to_copy", "v,dtype=t", v, (int)TYPE_OF(r->b, r->self)->dtype);
}

static void grads_of_mean(const reduce_call *r, bool include_self, value *self, value *source) {
    builder *b = r->b;
    value n = emit(b, include_self ? "ones_like" : "zeros_like", "v", r->grad);
    n = add_at(r, n, emit(b, "ones_like", "v", r->source));
    n = emit(b, "masked_fill.Scalar", "vvi", n, emit(b, "eq.Scalar", "vi", n, (int64_t)0), (int64_t)1);
    *self = emit(b, "div.Tensor", "vv", r->grad, n);
    value at = read_at(r, n);
    *source = emit(b, "div.Tensor", "vv", read_at(r, r->grad), at);
}

/* Shared evenly by all elements that equal the extreme value. */
static void grads_of_extreme(const reduce_call *r, value *self, value *source) {
    builder *b = r->b;
    value at = read_at(r, r->result);
    value self_is = as_self(r, emit(b, "eq.Tensor", "vv", r->self, r->result));
    value source_is = as_self(r, emit(b, "eq.Tensor", "vv", r->source, at));
    value share = emit(b, "div.Tensor", "vv", r->grad, add_at(r, self_is, source_is));
    *self = emit(b, "mul.Tensor", "vv", self_is, share);
    *source = emit(b, "mul.Tensor", "vv", source_is, read_at(r, share));
}

static value without_zeros(builder *b, value v, value zero) {
    return emit(b, "masked_fill.Scalar", "vvi", v, zero, (int64_t)1);
}

static value reduce_again(const reduce_call *r, value self, value source, int include_self) {
    return emit(r->b, r->by->reduce, "vavvs,include_self=b", self, r->dim_, r->index, source, "prod", include_self);
}

/* The product of all others: by division where nothing is zero, by leaving out the one zero where there is one. */
static void grads_of_product(const reduce_call *r, int include_self, value *self, value *source) {
    builder *b = r->b;
    value masked = without_zeros(b, r->self, emit(b, "eq.Scalar", "vi", r->self, (int64_t)0));
    value product = reduce_again(r, masked, r->source, include_self);
    *self = emit(b, "div.Tensor", "vv", emit(b, "mul.Tensor", "vv", r->grad, product), masked);
    value zero = emit(b, "eq.Scalar", "vi", r->source, (int64_t)0);
    value none = emit(b, "zeros_like", "v", r->self);
    value zeros = read_at(r, add_at(r, none, as_self(r, zero)));
    value lone = emit(b, "bitwise_and.Tensor", "vv", zero, emit(b, "eq.Scalar", "vi", zeros, (int64_t)1));
    value others = reduce_again(r, r->self, without_zeros(b, r->source, lone), include_self);
    value nonzero = without_zeros(b, r->source, zero);
    value plain = emit(b, "div.Tensor", "vv", read_at(r, emit(b, "mul.Tensor", "vv", r->grad, r->result)), nonzero);
    value left_out = read_at(r, emit(b, "mul.Tensor", "vv", r->grad, others));
    *source = emit(b, "where.self", "vvv", lone, left_out, plain);
}

static cot_status vjp_reduce(vjp_call *c) {
    builder *b = c->b;
    const reduction *how = find_reduction(vjp_arg(c, REDUCE));
    const bool include_self = arg_as_bool(vjp_arg(c, INCLUDE_SELF), true);
    const write_form *form = c->op->record->data;
    reduce_call r = {
        b,           form->by, vjp_arg(c, DIM), vjp_tensor(c, SELF), vjp_tensor(c, INDEX), vjp_tensor(c, SOURCE),
        c->grads[0], c->result};
    value self = NO_VALUE, source = NO_VALUE;
    if (how->mean) grads_of_mean(&r, include_self, &self, &source);
    else if (how->mode == INDEX_ADD) self = r.grad, source = vjp_needs(c, SOURCE) ? read_at(&r, r.grad) : NO_VALUE;
    else if (how->mode == INDEX_MULTIPLY) grads_of_product(&r, include_self, &self, &source);
    else grads_of_extreme(&r, &self, &source);
    if (!include_self && vjp_needs(c, SELF)) self = emit(b, r.by->fill, "vavi", self, r.dim_, r.index, (int64_t)0);
    if (vjp_needs(c, SELF)) vjp_set(c, SELF, self);
    if (vjp_needs(c, SOURCE)) vjp_set(c, SOURCE, source);
    return b->status;
}

/* ---- records ---------------------------------------------------------------------------------------------------- */

static const write_form element_adds = {.reduction = &reductions[1], .by = &by_element};
static const write_form element_writes = {.by = &by_element};
static const write_form row_writes = {.by = &by_row};
static const write_form row_fills = {.by = &by_row, .keeps_strides = true};

#define SCATTER                                                                                                        \
    .shape = shape_scatter, .prepare = prepare_scatter, .reference = ref_index_write, .traits = OP_HAS_INPLACE
#define INDEX_WRITE .shape = shape_index_write, .reference = ref_index_write, .traits = OP_HAS_INPLACE

const op_record ops_scatter[] = {
    {.schema = "scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor",
     .batch = &batch_dims,
     SCATTER,
     .data = &element_writes,
     .vjp = "self: scatter.value(grad, dim, index, 0)\nsrc: gather(grad, dim, index)",
     .samples = "! f32[4, 3], 0, i64[2, 3], f32[2, 3]"},
    {.schema = "scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor",
     .batch = &batch_dims,
     SCATTER,
     .data = &element_writes,
     .vjp = "self: scatter.value(grad, dim, index, 0)",
     .samples = "f32[4, 3], 1, i64[4, 2], 2.0; f32[], 0, i64[], 1.0"},
    {.schema = "scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor",
     .batch = &batch_dims,
     SCATTER,
     .data = &element_writes,
     .samples = "f32[4, 3], 0, i64[2, 3], f32[2, 3], reduce = 'add'"},
    {.schema = "scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor",
     .batch = &batch_dims,
     SCATTER,
     .data = &element_writes,
     .samples = "f32[4, 3], 0, i64[2, 3], 2.0, reduce = 'multiply'"},
    {.schema = "scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor",
     .batch = &batch_dims,
     SCATTER,
     .data = &element_adds,
     .vjp = "self: grad\nsrc: gather(grad, dim, index)",
     .samples = "f32[4, 3], 0, i64[2, 3], f32[2, 3]; f32[4], 0, i64[9], f32[9]"},
    {.schema = "scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, "
               "*, bool include_self=True) -> Tensor",
     .batch = &batch_dims,
     SCATTER,
     .data = &element_writes,
     .vjp_fn = vjp_reduce,
     .samples = "f32[4, 3], 0, i64[2, 3], f32[2, 3], 'amax'; f32[4], 0, i64[9], f32[9], 'mean', include_self = False; "
                "f32[4], 0, i64[9], f32[9], 'prod'; f32[4], 0, i64[9], f32[9], 'sum'"},
    {.schema = "index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor",
     .batch = &batch_index_dim,
     INDEX_WRITE,
     .data = &row_writes,
     .prepare = prepare_index_add,
     .vjp_fn = vjp_index_add,
     .samples = "f32[4, 3], 0, i64[2], f32[2, 3], alpha = 2; f32[], 0, i64[1], f32[]"},
    {.schema = "index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor",
     .batch = &batch_index_dim,
     INDEX_WRITE,
     .data = &row_writes,
     .prepare = prepare_index_set,
     .vjp_fn = vjp_index_copy,
     .samples = "f32[4, 3], 1, i64[2], f32[4, 2]"},
    {.schema = "index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor",
     .batch = &batch_index_dim,
     INDEX_WRITE,
     .prepare = prepare_index_fill,
     .data = &row_fills,
     .vjp = "self: index_fill.int_Scalar(grad, dim, index, 0)",
     .samples = "f32[4, 3], 1, i64[2], 2.0; f32[], 0, i64[1], 2.0"},
    {.schema = "index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor",
     .batch = &batch_index_dim,
     INDEX_WRITE,
     .prepare = prepare_index_fill,
     .data = &row_fills,
     .vjp_fn = vjp_index_fill_tensor,
     .samples = "f32[4, 3], 1, i64[2], f32[]"},
    {.schema = "index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, "
               "*, bool include_self=True) -> Tensor",
     .batch = &batch_index_dim,
     INDEX_WRITE,
     .prepare = prepare_index_reduce,
     .data = &row_writes,
     .vjp_fn = vjp_reduce,
     .samples = "f32[4, 3], 0, i64[2], f32[2, 3], 'amax'; f32[4], 0, i64[9], f32[9], 'mean', include_self = False; "
                "f32[4], 0, i64[9], f32[9], 'prod'"},
    {.schema = "put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor",
     .shape = shape_put,
     .prepare = prepare_put,
     .reference = ref_index_write,
     .vjp_fn = vjp_put,
     .traits = OP_HAS_INPLACE,
     .samples = "f32[4, 3], i64[2], f32[2]; f32[4, 3], i64[2], f32[2], True"},
};
const uint32_t ops_scatter_count = COUNT_OF(ops_scatter);
