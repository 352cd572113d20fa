/* SPDX-License-Identifier: MIT
 * search.c — where values would stand in sorted boundaries: searchsorted and bucketize. */
#include "ops/prepare.h"
#include "ops/batch.h"
#include "ops/shape.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/index.h"
#include "kernels/ref/index.h"

#include <string.h>

KERNEL_DECLARE(kernel_fn, search);

/* Which parameters are boundaries, values, "right". */
typedef struct search_form {
    uint8_t boundaries, values;
} search_form;

static const search_form form_search = {0, 1}, form_bucket = {1, 0};

static cot_status shape_search(shape_call *c) {
    const search_form *f = c->op->record->data;
    const type *boundaries = shape_tensor(c, f->boundaries);
    const bool scalar = c->op->params[f->values].type != PARAM_TENSOR;
    const type *values = scalar ? NULL : shape_tensor(c, f->values);
    const int narrow = op_param(c->op, "out_int32");
    if (f == &form_bucket && boundaries->ndim != 1)
        return shape_fail(c, "boundaries tensor must be 1 dimension, but got dim(%u)", boundaries->ndim);
    if (boundaries->ndim > 1) {
        bool same = !scalar && boundaries->ndim == values->ndim;
        for (uint32_t d = 0; same && d + 1 < boundaries->ndim; d++)
            same = !dim_is_static(boundaries->sizes[d]) || !dim_is_static(values->sizes[d]) ||
                   dim_equal(boundaries->sizes[d], values->sizes[d]);
        if (!same)
            return shape_fail(c, "boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries "
                                 "tensor and input value tensor must match");
    }
    return shape_result(c, arg_as_bool(&c->args[narrow], false) ? COT_I32 : COT_I64, scalar ? NULL : values->sizes,
                        scalar ? 0 : values->ndim);
}

static cot_status prepare_search(prepare_call *c) {
    const search_form *f = c->op->record->data;
    search_attributes *a = PREPARE_ATTRIBUTES(c, search_attributes);
    const tensor_desc *boundaries = prepare_operand(c, f->boundaries);
    const int side = op_param(c->op, "side"), sorter = op_param(c->op, "sorter");
    a->boundaries = boundaries->ndim ? boundaries->sizes[boundaries->ndim - 1] : 1;
    a->boundaries_at = c->num_results + c->first[f->boundaries];
    a->one_row = boundaries->ndim <= 1;
    a->has_scalar = c->op->params[f->values].type != PARAM_TENSOR;
    if (!a->has_scalar) a->values_at = c->num_results + c->first[f->values];
    else a->scalar = arg_as_float(&c->args[f->values], 0);
    const int64_t numel = c->results[0].numel;
    a->values = a->one_row ? numel : c->results[0].sizes[c->results[0].ndim - 1];
    a->rows = a->values ? numel / a->values : 0;
    a->right = arg_as_bool(&c->args[op_param(c->op, "right")], false);
    if (side >= 0 && c->args[side].kind == ARG_STRING) a->right = !strcmp(c->args[side].s, "right");
    if (sorter >= 0 && prepare_has(c, (uint32_t)sorter)) a->sorter_at = c->num_results + c->first[sorter];
    for (uint32_t i = 0; i < c->num_operands; i++)
        if (c->operands[i].numel >= 0) c->contiguous |= (uint64_t)1 << i;
    if (dtype_is_complex((cot_dtype)boundaries->dtype)) return prepare_no_kernel(c);
    c->kernel = KERNEL_SELECT(search);
    return COT_OK;
}

#define SEARCH(form)                                                                                                   \
    .shape = shape_search, .prepare = prepare_search, .reference = ref_search, .traits = OP_NO_HISTORY, .data = &(form)

const op_record ops_search[] = {
    {.schema = "searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, "
               "str? side=None, Tensor? sorter=None) -> Tensor",
     .batch = &batch_search,
     SEARCH(form_search),
     .samples = "^ f32[5], f32[2, 3]; ^ f32[2, 5], f32[2, 3], right = True"},
    {.schema = "searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, "
               "str? side=None, Tensor? sorter=None) -> Tensor",
     .batch = &batch_search,
     SEARCH(form_search),
     .samples = "^ f32[5], 0.5"},
    {.schema = "bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor",
     .batch = &batch_search,
     SEARCH(form_bucket),
     .samples = "^ f32[2, 3], f32[5]; ^ f32[], f32[5], out_int32 = True"},
    {.schema = "bucketize.Scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor",
     .batch = &batch_search,
     SEARCH(form_bucket),
     .samples = "^ 0.5, f32[5]"},
};
const uint32_t ops_search_count = COUNT_OF(ops_search);
