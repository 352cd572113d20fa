/* SPDX-License-Identifier: MIT
 * loss.c — losses with kernels of their own: elementwise ones with a reduction, and the negative log likelihood.
 * Losses that are compositions are in criterion.c. */
#include "kernels/loss.h"
#include "kernels/cpu/dispatch.h"
#include "ops/layout.h"
#include "ops/batch.h"

KERNEL_DECLARE_TABLE(kernel_fn, loss);
KERNEL_DECLARE_TABLE(kernel_fn, loss_backward);
KERNEL_DECLARE_TABLE(kernel_fn, nll_loss);
KERNEL_DECLARE_TABLE(kernel_fn, nll_loss_backward);
KERNEL_DECLARE_TABLE(kernel_fn, cross_entropy_backward);

/* What a record of an elementwise loss knows: its kind and the name of its number (beta, delta). */
typedef struct loss_data {
    loss_kind kind;
    const char *parameter;
} loss_data;

static const loss_data mse = {LOSS_MSE, NULL}, smooth_l1 = {LOSS_SMOOTH_L1, "beta"}, huber = {LOSS_HUBER, "delta"},
                       soft_margin = {LOSS_SOFT_MARGIN, NULL}, bce = {LOSS_BCE, NULL},
                       bce_logits = {LOSS_BCE_LOGITS, NULL};

static int64_t reduction_of(const op *o, const arg *args) {
    return arg_as_int(&args[op_param(o, "reduction")], LOSS_MEAN);
}

/* ---- elementwise: shapes ----------------------------------------------------------------------------------------- */

/* The space of the tensors among the first parameters, from `from` on, and the strides of a result that fills it. */
static cot_status space_of(shape_call *c, uint32_t from, dim *sizes, uint32_t *ndim, dim *strides) {
    const type *operands[LOSS_OPERANDS];
    uint32_t count = 0;
    for (uint32_t i = from; i < c->op->num_params && count < LOSS_OPERANDS; i++) {
        const type *t = shape_tensor(c, i);
        if (c->op->params[i].type != PARAM_TENSOR || t->kind != TYPE_TENSOR) continue;
        TRY(shape_broadcast(c, sizes, ndim, t->sizes, t->ndim));
        operands[count++] = t;
    }
    shape_iterator_strides(c, sizes, *ndim, operands, count, strides);
    return COT_OK;
}

static cot_dtype promoted(const shape_call *c, uint32_t from) {
    uint32_t params[] = {from, from + 1};
    return shape_promote(c, params, 2);
}

static cot_status shape_loss(shape_call *c) {
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    uint32_t ndim = 0;
    TRY(space_of(c, 0, sizes, &ndim, strides));
    cot_dtype dtype = promoted(c, 0);
    if (reduction_of(c->op, c->args) != LOSS_NONE) return shape_result(c, dtype, NULL, 0);
    c->result = type_strided(c->arena, dtype, sizes, strides, ndim, 0);
    return COT_OK;
}

static cot_status shape_loss_backward(shape_call *c) {
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    uint32_t ndim = 0;
    TRY(space_of(c, 1, sizes, &ndim, strides));
    const type *grad = shape_tensor(c, 0);
    if (grad->ndim > 0) TRY(shape_broadcast(c, sizes, &ndim, grad->sizes, grad->ndim));
    c->result = type_strided(c->arena, promoted(c, 1), sizes, strides, ndim, 0);
    return COT_OK;
}

/* Those of a difference write into fresh zeros, which are row-major whatever the operands' strides. */
static cot_status shape_difference_backward(shape_call *c) {
    TRY(shape_loss_backward(c));
    return shape_result(c, (cot_dtype)c->result.dtype, c->result.sizes, c->result.ndim);
}

/* ---- elementwise: plan time -------------------------------------------------------------------------------------- */

/* Describes how the operands lie in the space. All must have the dtype of the result: the plan has no casts. */
static cot_status describe(prepare_call *c, loss_attributes *a) {
    const tensor_desc *space = &c->results[0];
    const loss_data *data = c->op->record->data;
    bool reduced = false;
    int64_t sizes[COT_MAX_DIMS];
    uint32_t ndim = 0;
    for (uint32_t o = 0; o < c->num_operands; o++) {
        const tensor_desc *t = &c->operands[o];
        if (t->numel >= 0 && t->dtype != space->dtype) return prepare_no_kernel(c);
        if (t->numel < 0) continue;
        for (uint32_t d = ndim; d < t->ndim; d++) {
            for (uint32_t i = d; i-- > 0;) sizes[i + 1] = sizes[i];
            sizes[0] = 1;
        }
        ndim = MAX(ndim, t->ndim);
        for (uint32_t d = 0; d < t->ndim; d++)
            if (t->sizes[d] != 1) sizes[ndim - t->ndim + d] = t->sizes[d];
    }
    a->kind = (uint8_t)data->kind;
    a->reduction = (uint8_t)reduction_of(c->op, c->args);
    a->parameter = data->parameter ? arg_as_float(&c->args[op_param(c->op, data->parameter)], 1) : 0;
    a->ndim = (uint8_t)MAX(ndim, 1);
    a->numel = 1;
    if (ndim == 0) sizes[0] = 1;
    reduced = space->ndim == 0 && ndim > 0;
    for (uint32_t d = 0; d < a->ndim; d++) {
        a->sizes[d] = sizes[d];
        a->numel *= sizes[d];
        a->result[d] = reduced || space->ndim == 0 ? 0 : space->strides[d];
    }
    for (uint32_t o = 0; o < c->num_operands && o < LOSS_OPERANDS; o++) {
        const tensor_desc *t = &c->operands[o];
        for (uint32_t d = 0; t->numel >= 0 && d < t->ndim; d++)
            a->strides[o][ndim - t->ndim + d] = t->sizes[d] == 1 ? 0 : t->strides[d];
    }
    return COT_OK;
}

static cot_status prepare_loss(prepare_call *c) {
    loss_attributes *a = PREPARE_ATTRIBUTES(c, loss_attributes);
    TRY(describe(c, a));
    c->scratch_bytes = MAX(c->threads, 1) * sizeof(double);
    return layout_kernel(c, KERNEL_SELECT(loss));
}

static cot_status prepare_loss_backward(prepare_call *c) {
    loss_attributes *a = PREPARE_ATTRIBUTES(c, loss_attributes);
    TRY(describe(c, a));
    return layout_kernel(c, KERNEL_SELECT(loss_backward));
}

/* ---- elementwise: derivatives ------------------------------------------------------------------------------------ */

/* Divides by the number of elements of `of` where the reduction was the mean. */
static value divide_mean(vjp_call *c, value v, value of) {
    if (reduction_of(c->op, c->args) != LOSS_MEAN) return v;
    arg count = emit_dim(c->b, type_numel(c->b->graph->ctx->syms, TYPE_OF(c->b, of)));
    return emit(c->b, "div.Scalar", "va", v, &count);
}

/* Binary cross entropy: gradients of the prediction (its own operator) and of the target, −logit(x). */
static cot_status vjp_bce(vjp_call *c) {
    builder *b = c->b;
    value grad = c->grads[0], x = vjp_tensor(c, 0), weight = vjp_tensor(c, 2);
    if (vjp_needs(c, 0))
        vjp_set(c, 0,
                emit(b, "binary_cross_entropy_backward", "vaaaa", grad, &c->args[0], &c->args[1], &c->args[2],
                     &c->args[3]));
    if (vjp_needs(c, 1)) {
        value slope = emit(b, "mul.Tensor", "vv", emit(b, "neg", "v", emit(b, "logit", "v", x)), grad);
        if (weight != NO_VALUE) slope = emit(b, "mul.Tensor", "vv", slope, weight);
        vjp_set(c, 1, divide_mean(c, slope, x));
    }
    return b->status;
}

/* With logits: sigmoid(x) − t, or with a weight p for positives ((p·t + 1 − t) · sigmoid(x)) − p·t. */
static cot_status vjp_bce_logits(vjp_call *c) {
    builder *b = c->b;
    value grad = c->grads[0], x = vjp_tensor(c, 0), t = vjp_tensor(c, 1), weight = vjp_tensor(c, 2),
          p = vjp_tensor(c, 3);
    if (vjp_needs(c, 0)) {
        value slope;
        if (p != NO_VALUE) {
            value pt = emit(b, "mul.Tensor", "vv", p, t), one = emit(b, "add.Scalar", "vi", pt, (int64_t)1);
            value spread = emit(b, "sub.Tensor", "vv", one, t);
            slope = emit(b, "mul.Tensor", "vv", spread, emit(b, "sigmoid", "v", x));
            slope = emit(b, "mul.Tensor", "vv", emit(b, "sub.Tensor", "vv", slope, pt), grad);
        } else {
            slope = emit(b, "mul.Tensor", "vv", emit(b, "sub.Tensor", "vv", emit(b, "sigmoid", "v", x), t), grad);
        }
        if (weight != NO_VALUE) slope = emit(b, "mul.Tensor", "vv", slope, weight);
        vjp_set(c, 0, divide_mean(c, slope, x));
    }
    if (vjp_needs(c, 1)) {
        value slope;
        if (p != NO_VALUE) {
            value minus = emit(b, "log_sigmoid", "v", emit(b, "neg", "v", x));
            value plus = emit(b, "mul.Tensor", "vv", p, emit(b, "log_sigmoid", "v", x));
            slope = emit(b, "mul.Tensor", "vv", emit(b, "sub.Tensor", "vv", minus, plus), grad);
        } else {
            slope = emit(b, "mul.Tensor", "vv", emit(b, "neg", "v", x), grad);
        }
        if (weight != NO_VALUE) slope = emit(b, "mul.Tensor", "vv", slope, weight);
        vjp_set(c, 1, divide_mean(c, slope, x));
    }
    return b->status;
}

/* The curvature of a loss of x − t: 2 for the square, 1 (or 1/beta) within the bend and 0 outside. */
static value curvature(vjp_call *c, value product, value x, value t) {
    builder *b = c->b;
    const loss_data *data = c->op->record->data;
    if (data->kind == LOSS_MSE) return emit(b, "mul.Scalar", "vi", product, (int64_t)2);
    double parameter = arg_as_float(&c->args[op_param(c->op, data->parameter)], 1);
    value distance = emit(b, "abs", "v", emit(b, "sub.Tensor", "vv", x, t));
    value inside = emit(b, "lt.Scalar", "vf", distance, parameter);
    value bent = emit(b, "mul.Tensor", "vv", product, inside);
    return data->kind == LOSS_SMOOTH_L1 ? emit(b, "div.Scalar", "vf", bent, parameter) : bent;
}

/* Backward of a loss of the difference: linear in grad_output, curved in the difference. */
static cot_status vjp_difference_backward(vjp_call *c) {
    builder *b = c->b;
    value grad = c->grads[0], x = vjp_tensor(c, 1), t = vjp_tensor(c, 2);
    if (vjp_needs(c, 0)) {
        arg args[8];
        memcpy(args, c->args, c->op->num_params * sizeof *args);
        args[0] = arg_value(grad);
        vjp_set(c, 0, emit_bound(b, c->op, args, NULL));
    }
    if (!vjp_needs(c, 1) && !vjp_needs(c, 2)) return b->status;
    value product = emit(b, "mul.Tensor", "vv", grad, vjp_tensor(c, 0));
    value slope = divide_mean(c, curvature(c, product, x, t), x);
    if (vjp_needs(c, 1)) vjp_set(c, 1, slope);
    if (vjp_needs(c, 2)) vjp_set(c, 2, emit(b, "neg", "v", slope));
    return b->status;
}

/* ---- negative log likelihood ------------------------------------------------------------------------------------- */

static cot_status shape_nll(shape_call *c) {
    const type *self = shape_tensor(c, 0), *target = shape_tensor(c, 1), *weight = shape_tensor(c, 2);
    bool image = strncmp(c->op->packet, "nll_loss2d", 10) == 0;
    if (image ? self->ndim != 4 || target->ndim != 3 : self->ndim < 1 || self->ndim > 2 || target->ndim > 1)
        return shape_fail(c, "self has %u and target %u dimensions, expected %s", self->ndim, target->ndim,
                          image ? "4 and 3" : "1 or 2, and at most 1");
    if (target->dtype != COT_I64 && target->dtype != COT_U8)
        return shape_fail(c, "expected target of dtype int64, found %s", dtype_torch_name(target->dtype));
    dim classes = self->sizes[self->ndim == 1 ? 0 : 1];
    if (weight->kind == TYPE_TENSOR && dim_is_static(classes) && (weight->ndim != 1 || weight->sizes[0] != classes))
        return shape_fail(c, "weight should be defined for all %lld classes or not at all", (long long)classes);
    if (self->ndim > 1 && target->ndim > 0 && dim_is_static(self->sizes[0]) && dim_is_static(target->sizes[0]) &&
        self->sizes[0] != target->sizes[0])
        return shape_fail(c, "the batch of self is %lld, that of target %lld", (long long)self->sizes[0],
                          (long long)target->sizes[0]);
    bool none = reduction_of(c->op, c->args) == LOSS_NONE && self->ndim > 1;
    type parts[2];
    parts[0] = type_tensor(c->arena, c->syms, self->dtype, target->sizes, none ? target->ndim : 0);
    parts[1] = type_tensor(c->arena, c->syms, self->dtype, NULL, 0);
    return layout_tuple(c, parts, 2);
}

static cot_status shape_nll_backward(shape_call *c) {
    const type *self = shape_tensor(c, 1);
    c->result = type_tensor(c->arena, c->syms, self->dtype, self->sizes, self->ndim);
    return COT_OK;
}

/* The backward of nll_loss_forward and of nll_loss2d_forward. */
static cot_status vjp_nll(vjp_call *c) {
    bool image = strncmp(c->op->packet, "nll_loss2d", 10) == 0;
    if (c->grads[0] == NO_VALUE) return COT_OK;
    vjp_set(c, 0,
            emit(c->b, image ? "nll_loss2d_backward" : "nll_loss_backward", "vaaaaav", c->grads[0], &c->args[0],
                 &c->args[1], &c->args[2], &c->args[3], &c->args[4], vjp_result(c, 1)));
    return c->b->status;
}

static cot_status vjp_nll_backward(vjp_call *c) {
    bool image = strncmp(c->op->packet, "nll_loss2d", 10) == 0;
    if (!vjp_needs(c, 0)) return COT_OK;
    value all = emit(c->b, image ? "nll_loss2d_forward" : "nll_loss_forward", "vaaaa", c->grads[0], &c->args[2],
                     &c->args[3], &c->args[4], &c->args[5]);
    vjp_set(c, 0, emit_get(c->b, all, 0));
    return c->b->status;
}

static cot_status prepare_nll(prepare_call *c) {
    nll_attributes *a = PREPARE_ATTRIBUTES(c, nll_attributes);
    const tensor_desc *self = &c->operands[0];
    a->one_row = self->ndim == 1;
    a->reduction =
        (uint8_t)(a->one_row && arg_as_int(&c->args[3], 1) == LOSS_NONE ? LOSS_NONE : arg_as_int(&c->args[3], 1));
    a->ignore_index = arg_as_int(&c->args[4], -100);
    layout_planes(c, 0);
    layout_contiguous(c, 1);
    layout_contiguous(c, 2);
    if (c->operands[1].dtype != COT_I64) return prepare_no_kernel(c);
    c->scratch_bytes = 2 * MAX(c->threads, 1) * sizeof(double);
    c->sparse = UINT64_C(1) << c->num_results;
    c->flops = (double)c->operands[1].numel;
    return layout_kernel(c, KERNEL_SELECT(nll_loss));
}

static cot_status prepare_nll_backward(prepare_call *c) {
    nll_attributes *a = PREPARE_ATTRIBUTES(c, nll_attributes);
    a->one_row = c->operands[1].ndim == 1;
    a->reduction = (uint8_t)arg_as_int(&c->args[4], 1);
    a->ignore_index = arg_as_int(&c->args[5], -100);
    layout_contiguous(c, 0);
    layout_contiguous(c, 2);
    layout_contiguous(c, 3);
    if (c->operands[2].dtype != COT_I64) return prepare_no_kernel(c);
    c->sparse = UINT64_C(1) << (c->num_results + 1); /* of self, the sizes */
    c->flops = (double)c->operands[2].numel;
    return layout_kernel(c, KERNEL_SELECT(nll_loss_backward));
}

/* Gradient of logits from log-probabilities, over these where nobody reads them later. */
static cot_status prepare_cross_entropy_backward(prepare_call *c) {
    TRY(prepare_nll_backward(c));
    layout_contiguous(c, 1);
    c->in_place |= (uint64_t)1 << 1;
    return layout_kernel(c, KERNEL_SELECT(cross_entropy_backward));
}

static value decompose_nll(builder *b, const op *o, const arg *args) {
    bool image = strcmp(o->packet, "nll_loss2d") == 0;
    value all = emit(b, image ? "nll_loss2d_forward" : "nll_loss_forward", "aaaaa", &args[0], &args[1], &args[2],
                     &args[3], &args[4]);
    return emit_get(b, all, 0);
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

#define ELEMENTWISE(schema_, data_)                                                                                    \
    .schema = schema_, .shape = shape_loss, .prepare = prepare_loss, .reference = ref_loss, .data = &data_,            \
    .traits = OP_AUTOCAST_F32
#define BACKWARD(schema_, data_, shape_)                                                                               \
    .schema = schema_, .shape = shape_, .prepare = prepare_loss_backward, .reference = ref_loss_backward, .data = &data_
#define ELEMENTWISE_BACKWARD(schema_, data_) BACKWARD(schema_, data_, shape_loss_backward)
#define DIFFERENCE_BACKWARD(schema_, data_) BACKWARD(schema_, data_, shape_difference_backward)

const op_record ops_loss[] = {
    {
        ELEMENTWISE("mse_loss(Tensor self, Tensor target, int reduction=Mean) -> Tensor", mse),
        .batch = &batch_loss,
        .vjp = "self: mse_loss_backward(grad, self, target, reduction)\n"
               "target: mse_loss_backward(grad, target, self, reduction)",
        .samples = "f32[3, 4], f32[3, 4]; f32[3, 4], f32[3, 4], 2; f32[3, 4], f32[3, 4], 0",
    },
    {
        DIFFERENCE_BACKWARD(
            "mse_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor", mse),
        .batch = &batch_loss_backward,
        .vjp_fn = vjp_difference_backward,
        .samples = "f32[], f32[3, 4], f32[3, 4], 1; f32[3, 4], f32[3, 4], f32[3, 4], 0",
    },
    {
        ELEMENTWISE("smooth_l1_loss(Tensor self, Tensor target, int reduction=Mean, float beta=1.0) -> Tensor",
                    smooth_l1),
        .batch = &batch_loss,
        .vjp = "self: smooth_l1_loss_backward(grad, self, target, reduction, beta)\n"
               "target: smooth_l1_loss_backward(grad, target, self, reduction, beta)",
        .samples = "f32[3, 4], f32[3, 4]; f32[3, 4], f32[3, 4], 2, 0.5",
    },
    {
        DIFFERENCE_BACKWARD(
            "smooth_l1_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float beta) "
            "-> Tensor",
            smooth_l1),
        .batch = &batch_loss_backward,
        .vjp_fn = vjp_difference_backward,
        .samples = "f32[], f32[3, 4], f32[3, 4], 1, 0.5",
    },
    {
        ELEMENTWISE("huber_loss(Tensor self, Tensor target, int reduction=Mean, float delta=1.0) -> Tensor", huber),
        .batch = &batch_loss,
        .vjp = "self: huber_loss_backward(grad, self, target, reduction, delta)\n"
               "target: huber_loss_backward(grad, target, self, reduction, delta)",
        .samples = "f32[3, 4], f32[3, 4]; f32[3, 4], f32[3, 4], 0, 0.5",
    },
    {
        DIFFERENCE_BACKWARD(
            "huber_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float delta) -> "
            "Tensor",
            huber),
        .batch = &batch_loss_backward,
        .vjp_fn = vjp_difference_backward,
        .samples = "f32[], f32[3, 4], f32[3, 4], 1, 0.5",
    },
    {
        ELEMENTWISE("soft_margin_loss(Tensor self, Tensor target, int reduction=Mean) -> Tensor", soft_margin),
        .batch = &batch_loss,
        .vjp = "self: soft_margin_loss_backward(grad, self, target, reduction)",
        .samples = "f32[3, 4], f32[3, 4]",
    },
    {
        ELEMENTWISE_BACKWARD(
            "soft_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor",
            soft_margin),
        .batch = &batch_loss_backward,
        .vjp = "grad_output: soft_margin_loss_backward(grad, self, target, reduction)",
        .samples = "f32[], f32[3, 4], f32[3, 4], 1",
    },
    {
        ELEMENTWISE(
            "binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean) -> Tensor", bce),
        .batch = &batch_loss,
        .vjp_fn = vjp_bce,
    },
    {
        ELEMENTWISE_BACKWARD(
            "binary_cross_entropy_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight=None, int "
            "reduction=Mean) -> Tensor",
            bce),
        .batch = &batch_loss_backward,
        .vjp = "grad_output: binary_cross_entropy_backward(grad, self, target, weight, reduction)",
    },
    {
        ELEMENTWISE("binary_cross_entropy_with_logits(Tensor self, Tensor target, Tensor? weight=None, Tensor? "
                    "pos_weight=None, int reduction=Mean) -> Tensor",
                    bce_logits),
        .batch = &batch_loss,
        .vjp_fn = vjp_bce_logits,
        .samples = "f32[3, 4], f32[3, 4]; ! f32[3, 4], f32[3, 4], f32[3, 4], f32[4], 2",
    },
    {
        .schema = "nll_loss_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> "
                  "(Tensor output, Tensor total_weight)",
        .batch = &batch_nll,
        .shape = shape_nll,
        .vjp_fn = vjp_nll,
        .prepare = prepare_nll,
        .reference = ref_nll_loss,
    },
    {
        .schema =
            "nll_loss_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt "
            "ignore_index, Tensor total_weight) -> Tensor",
        .batch = &batch_nll_backward,
        .shape = shape_nll_backward,
        .vjp_fn = vjp_nll_backward,
        .prepare = prepare_nll_backward,
        .reference = ref_nll_loss_backward,
    },
    {
        .schema =
            "nll_loss2d_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> "
            "(Tensor output, Tensor total_weight)",
        .batch = &batch_nll,
        .shape = shape_nll,
        .vjp_fn = vjp_nll,
        .prepare = prepare_nll,
        .reference = ref_nll_loss,
    },
    {
        .schema = "cot::cross_entropy_backward(Tensor grad_output, Tensor log_probabilities, Tensor target, Tensor? "
                  "weight, int reduction, SymInt ignore_index, Tensor total_weight) -> Tensor",
        .shape = shape_nll_backward,
        .prepare = prepare_cross_entropy_backward,
        .reference = ref_cross_entropy_backward,
        .traits = OP_NO_HISTORY,
        .samples = "f32[], f32[5, 7], i64[5], None, 2, 1, f32[]; f32[5], f32[5, 40], i64[5], f32[40], 0, -100, f32[]",
    },
    {
        .schema =
            "nll_loss2d_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt "
            "ignore_index, Tensor total_weight) -> Tensor",
        .batch = &batch_nll_backward,
        .shape = shape_nll_backward,
        .vjp_fn = vjp_nll_backward,
        .prepare = prepare_nll_backward,
        .reference = ref_nll_loss_backward,
    },
    {
        .schema = "nll_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean, SymInt "
                  "ignore_index=-100) -> Tensor",
        .decompose_fn = decompose_nll,
        .traits = OP_COMPOSITE | OP_AUTOCAST_F32,
    },
    {
        .schema = "nll_loss2d(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean, SymInt "
                  "ignore_index=-100) -> Tensor",
        .decompose_fn = decompose_nll,
        .traits = OP_COMPOSITE | OP_AUTOCAST_F32,
    },
};
const uint32_t ops_loss_count = COUNT_OF(ops_loss);
