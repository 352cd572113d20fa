/* SPDX-License-Identifier: MIT
 * optimizer.c — parameter updates as operators of a training step: SGD with momentum, and AdamW (Loshchilov and Hutter,
 * "Decoupled weight decay regularization", 2019). Result i replaces operand i, so they update in place. */
#include "kernels/cpu/dispatch.h"
#include "kernels/optimizer.h"
#include "ops/prepare.h"
#include "ops/shape.h"

KERNEL_DECLARE_TABLE(kernel_fn, optimizer_sgd);
KERNEL_DECLARE_TABLE(kernel_fn, optimizer_adamw);

/* The first `count` parameters are what is updated; the gradient stands behind them. */
static cot_status shape_updated(shape_call *c, uint32_t count) {
    const type *self = shape_tensor(c, 0);
    type parts[3];
    for (uint32_t i = 0; i <= count; i++) {
        const type *t = shape_tensor(c, i);
        if (!type_equal(t, self, false))
            return shape_fail(c, "%s has other sizes or another dtype than self", c->op->params[i].name);
        if (i < count) parts[i] = *t;
    }
    c->result = type_tuple(c->arena, parts, count);
    return COT_OK;
}

static cot_status shape_sgd(shape_call *c) { return shape_updated(c, 2); }
static cot_status shape_adamw(shape_call *c) { return shape_updated(c, 3); }

/* One pass over memory when all tensors lie the same way; the gradient is copied when only it does not. */
static cot_status prepare_update(prepare_call *c, uint32_t count, const kernel_fn *table, kernel_fn general) {
    const tensor_desc *self = &c->operands[0];
    bool fast = self->contiguous && self->dtype <= COT_BF16;
    for (uint32_t i = 1; i < count; i++) fast = fast && c->operands[i].contiguous;
    if (!dtype_is_float((cot_dtype)self->dtype)) return prepare_no_kernel(c);
    c->kernel = fast ? table[self->dtype] : general;
    if (fast) c->contiguous = (uint64_t)1 << count;
    c->in_place_same = ((uint64_t)1 << count) - 1;
    return COT_OK;
}

static cot_status prepare_sgd(prepare_call *c) {
    optimizer_sgd_attributes *a = PREPARE_ATTRIBUTES(c, optimizer_sgd_attributes);
    a->momentum = arg_as_float(&c->args[4], 0);
    a->weight_decay = arg_as_float(&c->args[5], 0);
    return prepare_update(c, 2, KERNEL_SELECT(optimizer_sgd), ref_sgd);
}

static cot_status prepare_adamw(prepare_call *c) {
    optimizer_adamw_attributes *a = PREPARE_ATTRIBUTES(c, optimizer_adamw_attributes);
    a->beta1 = arg_as_float(&c->args[6], 0.9);
    a->beta2 = arg_as_float(&c->args[7], 0.999);
    a->eps = arg_as_float(&c->args[8], 1e-8);
    a->weight_decay = arg_as_float(&c->args[9], 0);
    return prepare_update(c, 3, KERNEL_SELECT(optimizer_adamw), ref_adamw);
}

const op_record ops_optimizer[] = {
    {
        .schema = "cot::sgd(Tensor self, Tensor momentum_buffer, Tensor grad, Tensor lr, float momentum=0.9, "
                  "float weight_decay=0.) -> (Tensor, Tensor)",
        .shape = shape_sgd,
        .prepare = prepare_sgd,
        .reference = ref_sgd,
        .traits = OP_NO_HISTORY,
        .samples = "f32[7, 3], f32[7, 3], f32[7, 3], f32[]; f32[], f32[], f32[], f32[], 0.5, 0.1; "
                   "bf16[70], bf16[70], bf16[70], f32[]; f64[0], f64[0], f64[0], f32[]",
    },
    {
        .schema =
            "cot::adamw(Tensor self, Tensor exp_avg, Tensor exp_avg_sq, Tensor grad, Tensor lr, Tensor step, "
            "float beta1=0.9, float beta2=0.999, float eps=1e-08, float weight_decay=0.) -> (Tensor, Tensor, Tensor)",
        .shape = shape_adamw,
        .prepare = prepare_adamw,
        .reference = ref_adamw,
        .traits = OP_NO_HISTORY,
        .samples = "f32[7, 3], f32[7, 3], f32[7, 3], f32[7, 3], f32[], i64[]; "
                   "f64[], f64[], f64[], f64[], f32[], i64[], 0.8, 0.99, 1e-06, 0.1",
    },
};
const uint32_t ops_optimizer_count = COUNT_OF(ops_optimizer);
