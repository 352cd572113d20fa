/* SPDX-License-Identifier: MIT
 * norm.c — batch, instance, layer, group and RMS normalisation.
 *
 * Batch norm mutates its running statistics: the operators that programs write are decomposed into the functional one
 * (Ioffe and Szegedy 2015), whose last results are the new statistics, and a copy_ of each that autograd does not see.
 */
#include "kernels/norm.h"
#include "kernels/cpu/dispatch.h"
#include "ops/form.h"
#include "ops/batch.h"
#include "ops/again.h"
#include "ops/layout.h"
#include "ops/norm_apart.h"

KERNEL_DECLARE_TABLE(kernel_fn, batch_norm);
KERNEL_DECLARE_TABLE(kernel_fn, batch_norm_backward);
KERNEL_DECLARE_TABLE(kernel_fn, layer_norm);
KERNEL_DECLARE_TABLE(kernel_fn, layer_norm_backward);
KERNEL_DECLARE_TABLE(kernel_fn, group_norm);
KERNEL_DECLARE_TABLE(kernel_fn, group_norm_backward);

/* Statistics have the dtype of the data, but f32 where 16-bit data meets f32 parameters. */
static cot_dtype statistics_dtype(const shape_call *c, const type *input, const uint32_t *params, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const type *t = shape_tensor(c, params[i]);
        if (t->kind == TYPE_TENSOR && t->dtype == COT_F32 && dtype_bytes(input->dtype) == 2) return COT_F32;
    }
    return input->dtype;
}

static cot_status check_channels(shape_call *c, const uint32_t *params, uint32_t count, dim channels) {
    for (uint32_t i = 0; i < count; i++) {
        const type *t = shape_tensor(c, params[i]);
        if (t->kind != TYPE_TENSOR || !dim_is_static(channels)) continue;
        dim numel = type_numel(c->syms, t);
        if (dim_is_static(numel) && numel != channels)
            return shape_fail(c, "%s should contain %lld elements not %lld", c->op->params[params[i]].name,
                              (long long)channels, (long long)numel);
    }
    return COT_OK;
}

/* Sets the gradients of input, weight and bias, parameters at[0 … n), from the parts of `all`. */
static cot_status set_parts(vjp_call *c, value all, const uint32_t *at, const bool *mask, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (mask[i]) vjp_set(c, at[i], emit_get(c->b, all, i));
    return c->b->status;
}

static cot_status shape_masked(shape_call *c, const type *parts, uint32_t count, uint32_t mask_param) {
    int64_t mask[3] = {0};
    arg_as_ints(&c->args[mask_param], mask, 3);
    type kept[3] = {{0}};
    for (uint32_t i = 0; i < count; i++)
        if (mask[i]) kept[i] = parts[i];
    return layout_tuple(c, kept, count);
}

static void read_mask(const arg *a, bool mask[3]) {
    int64_t given[3] = {0};
    arg_as_ints(a, given, 3);
    for (int i = 0; i < 3; i++) mask[i] = given[i] != 0;
}

/* ---- batch norm -------------------------------------------------------------------------------------------------- */

enum { BN_INPUT, BN_WEIGHT, BN_BIAS, BN_MEAN, BN_VAR };

/* Results (output, mean, invstd) and, where `running`, the new statistics. */
static cot_status shape_batch(shape_call *c, bool training, bool running) {
    static const uint32_t params[] = {BN_WEIGHT, BN_BIAS, BN_MEAN, BN_VAR};
    const type *input = shape_tensor(c, BN_INPUT);
    uint32_t known = op_param(c->op, "running_mean") >= 0 ? 4 : 2;
    if (input->ndim < 2) return shape_fail(c, "input has %u dimensions, expected at least 2", input->ndim);
    TRY(check_channels(c, params, known, input->sizes[1]));
    cot_dtype dtype = statistics_dtype(c, input, params, known);
    dim count = training ? input->sizes[1] : 0;
    type parts[5];
    parts[0] = layout_type(c, layout_suggest(input, c->syms), input->dtype, input->sizes, input->ndim);
    parts[1] = parts[2] = type_tensor(c->arena, c->syms, dtype, &count, 1);
    if (running) {
        parts[3] = *shape_tensor(c, BN_MEAN);
        parts[4] = *shape_tensor(c, BN_VAR);
        for (int i = 3; i < 5; i++)
            parts[i] = type_tensor(c->arena, c->syms, parts[i].dtype, parts[i].sizes, parts[i].ndim);
    }
    return layout_tuple(c, parts, running ? 5 : 3);
}

static cot_status shape_batch_functional(shape_call *c) { return shape_batch(c, arg_as_bool(&c->args[5], true), true); }

static cot_status shape_batch_no_stats(shape_call *c) { return shape_batch(c, true, false); }

static cot_status shape_batch_no_training(shape_call *c) { return shape_batch(c, false, false); }

static cot_status shape_batch_backward(shape_call *c) {
    const type *input = shape_tensor(c, 1), *weight = shape_tensor(c, 2);
    if (input->ndim < 2) return shape_fail(c, "input has %u dimensions, expected at least 2", input->ndim);
    cot_dtype dtype = weight->kind == TYPE_TENSOR ? (cot_dtype)weight->dtype : (cot_dtype)input->dtype;
    type parts[3];
    parts[0] = layout_type(c, layout_suggest(input, c->syms), input->dtype, input->sizes, input->ndim);
    parts[1] = parts[2] = type_tensor(c->arena, c->syms, dtype, &input->sizes[1], 1);
    return shape_masked(c, parts, 3, 9);
}

/* Emits the backward of a batch norm that was given these running statistics. */
static cot_status batch_backward(vjp_call *c, value mean, value var, const arg *training, const arg *eps) {
    static const uint32_t at[] = {BN_INPUT, BN_WEIGHT, BN_BIAS};
    bool mask[3];
    for (uint32_t i = 0; i < 3; i++) mask[i] = vjp_needs(c, at[i]);
    arg wanted = layout_bools(c->b, mask, 3);
    value save_mean = vjp_result(c, 1), save_invstd = vjp_result(c, 2);
    if (c->grads[0] != NO_VALUE) {
        value all = emit(c->b, "native_batch_norm_backward", "vvvvvvvaaa", c->grads[0], vjp_tensor(c, BN_INPUT),
                         vjp_tensor(c, BN_WEIGHT), mean, var, save_mean, save_invstd, training, eps, &wanted);
        TRY(set_parts(c, all, at, mask, 3));
    }
    if (mask[0] && arg_as_bool(training, true)) norm_through_channels(c, save_mean, save_invstd);
    return c->b->status;
}

static cot_status vjp_batch_functional(vjp_call *c) {
    value mean = vjp_result(c, 3), var = vjp_result(c, 4);
    return batch_backward(c, mean, var, &c->args[5], &c->args[7]);
}

static cot_status vjp_batch_no_stats(vjp_call *c) {
    return batch_backward(c, NO_VALUE, NO_VALUE, &c->args[3], &c->args[5]);
}

static cot_status vjp_batch_no_training(vjp_call *c) {
    arg training = arg_bool(false);
    return batch_backward(c, vjp_tensor(c, BN_MEAN), vjp_tensor(c, BN_VAR), &training, &c->args[6]);
}

/* Writes a new statistic into its tensor; autograd is not to see it. */
static void keep_statistic(builder *b, value tensor, value all, uint32_t part) {
    uint32_t flags = b->flags;
    b->flags |= NODE_NO_GRAD;
    emit(b, "copy_", "vv", tensor, emit_get(b, all, part));
    b->flags = flags;
}

/* The operator that a training or evaluating call of batch norm is. args: input, weight, bias, running_mean,
 * running_var. */
static value batch_core(builder *b, const arg *args, bool training, const arg *momentum, const arg *eps) {
    value mean = arg_as_value(&args[BN_MEAN]), var = arg_as_value(&args[BN_VAR]);
    bool known = mean != NO_VALUE && var != NO_VALUE;
    if (!training && !known) {
        builder_fail(b, COT_SHAPE,
                     "batch_norm: expected running_mean and running_var to be defined when training=False");
        return NO_VALUE;
    }
    if (!training)
        return emit(b, "_native_batch_norm_legit_no_training", "aaaaaaa", &args[0], &args[1], &args[2], &args[3],
                    &args[4], momentum, eps);
    if (!known)
        return emit(b, "_native_batch_norm_legit.no_stats", "aaabaa", &args[0], &args[1], &args[2], 1, momentum, eps);
    value all = emit(b, "_native_batch_norm_legit_functional", "aaaaabaa", &args[0], &args[1], &args[2], &args[3],
                     &args[4], 1, momentum, eps);
    keep_statistic(b, mean, all, 3);
    keep_statistic(b, var, all, 4);
    return all;
}

static value decompose_batch_norm(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return emit_get(b, batch_core(b, args, arg_as_bool(&args[5], false), &args[6], &args[7]), 0);
}

static value first_parts(builder *b, value all, uint32_t count) {
    value parts[4];
    if (b->status) return NO_VALUE;
    for (uint32_t i = 0; i < count; i++) parts[i] = emit_get(b, all, i);
    return emit_pack(b, parts, count);
}

static value decompose_native_batch_norm(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return first_parts(b, batch_core(b, args, arg_as_bool(&args[5], false), &args[6], &args[7]), 3);
}

static value with_reserve(builder *b, value all) {
    value parts[4];
    for (uint32_t i = 0; i < 3; i++) parts[i] = emit_get(b, all, i);
    dim none = 0;
    parts[3] = emit(b, "zeros", "D,dtype=t", &none, 1u, (int)COT_U8);
    return b->status ? NO_VALUE : emit_pack(b, parts, 4);
}

static value decompose_with_update(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return with_reserve(b, batch_core(b, args, true, &args[5], &args[6]));
}

static value decompose_no_update(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return with_reserve(b, batch_core(b, args, false, &args[5], &args[6]));
}

static value decompose_batch_norm_backward(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return emit(b, "native_batch_norm_backward", "aaaaaaaaaa", &args[0], &args[1], &args[2], &args[3], &args[4],
                &args[5], &args[6], &args[7], &args[8], &args[9]);
}

/* Position of a parameter's tensor in kernel_call.tensors, 0 when it is None or no parameter of the operator. */
static uint8_t position(const prepare_call *c, const char *name) {
    int i = op_param(c->op, name);
    return i >= 0 && prepare_has(c, (uint32_t)i) ? (uint8_t)(c->num_results + c->first[i]) : 0;
}

/* Room for sums by channel where those lie innermost. */
static void batch_scratch(prepare_call *c, const tensor_desc *input, batch_norm_attributes *a) {
    a->rows = input->ndim > 1 && input->strides[1] == 1 && input->numel > 0;
    if (a->rows) c->scratch_bytes = (c->threads + 1) * BATCH_NORM_SHARE * (size_t)input->sizes[1] * sizeof(double);
}

static cot_status prepare_batch(prepare_call *c) {
    batch_norm_attributes *a = PREPARE_ATTRIBUTES(c, batch_norm_attributes);
    int training = op_param(c->op, "training");
    a->training = training >= 0 && arg_as_bool(&c->args[training], true);
    a->momentum = arg_as_float(&c->args[op_param(c->op, "momentum")], 0.1);
    a->eps = arg_as_float(&c->args[op_param(c->op, "eps")], 1e-5);
    a->input = position(c, "input"), a->weight = position(c, "weight"), a->bias = position(c, "bias");
    a->running_mean = position(c, "running_mean"), a->running_var = position(c, "running_var");
    a->save_mean = 1, a->save_invstd = 2;
    if (c->num_results == 5) a->new_mean = 3, a->new_var = 4;
    layout_planes(c, BN_INPUT);
    batch_scratch(c, &c->operands[BN_INPUT], a);
    return layout_kernel(c, KERNEL_SELECT(batch_norm));
}

static cot_status prepare_batch_backward(prepare_call *c) {
    batch_norm_attributes *a = PREPARE_ATTRIBUTES(c, batch_norm_attributes);
    a->training = arg_as_bool(&c->args[7], true);
    a->eps = arg_as_float(&c->args[8], 1e-5);
    read_mask(&c->args[9], a->mask);
    a->input = position(c, "input"), a->weight = position(c, "weight");
    a->running_mean = position(c, "running_mean"), a->running_var = position(c, "running_var");
    a->save_mean = position(c, "save_mean"), a->save_invstd = position(c, "save_invstd");
    layout_planes(c, 0);
    layout_planes(c, 1);
    if (c->operands[1].dtype > COT_BF16) return prepare_no_kernel(c);
    batch_scratch(c, &c->operands[1], a);
    c->kernel = KERNEL_SELECT(batch_norm_backward)[c->operands[1].dtype];
    return COT_OK;
}

/* ---- instance norm: batch norm of (1, N·C, …) -------------------------------------------------------------------- */

static value contiguous(builder *b, value x) {
    if (b->status || type_is_contiguous(TYPE_OF(b, x), b->graph->ctx->syms)) return x;
    arg format = {.kind = ARG_CONST, .s = "contiguous_format"};
    return emit(b, "clone", "v,memory_format=a", x, &format);
}

static value repeat_batch(builder *b, const arg *x, dim batch) {
    return x->kind == ARG_VALUE ? emit(b, "repeat", "vD", x->value, &batch, 1u) : NO_VALUE;
}

/* The mean over the batch of a repeated statistic is the new statistic. */
static void keep_mean(builder *b, const arg *tensor, value all, uint32_t part, dim batch, dim channels) {
    uint32_t flags = b->flags;
    dim sizes[2] = {batch, channels};
    int64_t first = 0;
    b->flags |= NODE_NO_GRAD;
    value grid = emit(b, "view", "vD", emit_get(b, all, part), sizes, 2u);
    emit(b, "copy_", "vv", tensor->value, emit(b, "mean.dim", "vI", grid, &first, 1u));
    b->flags = flags;
}

static value decompose_instance_norm(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    syms *s = b->graph->ctx->syms;
    const type *t = TYPE_OF(b, arg_as_value(&args[0]));
    uint32_t ndim = t->ndim;
    bool use_input = arg_as_bool(&args[5], true), known = args[3].kind == ARG_VALUE && args[4].kind == ARG_VALUE;
    if (ndim < 2 || (!use_input && !known)) {
        builder_fail(b, COT_SHAPE,
                     ndim < 2 ? "instance_norm: input needs at least 2 dimensions"
                              : "instance_norm: expected running_mean and running_var when use_input_stats=False");
        return NO_VALUE;
    }
    dim sizes[COT_MAX_DIMS], joined[COT_MAX_DIMS];
    for (uint32_t d = 0; d < ndim; d++) sizes[d] = joined[d] = t->sizes[d];
    joined[0] = 1, joined[1] = dim_mul(s, sizes[0], sizes[1]);
    arg core[5];
    for (uint32_t i = 1; i < 5; i++) core[i] = arg_value(repeat_batch(b, &args[i], sizes[0]));
    core[0] = arg_value(emit(b, "view", "vD", contiguous(b, arg_as_value(&args[0])), joined, ndim));
    if (b->status) return NO_VALUE;
    value all;
    if (use_input && known) {
        all = emit(b, "_native_batch_norm_legit_functional", "aaaaabaa", &core[0], &core[1], &core[2], &core[3],
                   &core[4], 1, &args[6], &args[7]);
        keep_mean(b, &args[3], all, 3, sizes[0], sizes[1]);
        keep_mean(b, &args[4], all, 4, sizes[0], sizes[1]);
    } else {
        all = batch_core(b, core, use_input, &args[6], &args[7]);
    }
    return emit(b, "view", "vD", emit_get(b, all, 0), sizes, ndim);
}

/* ---- layer norm -------------------------------------------------------------------------------------------------- */

/* How many trailing dimensions are normalised; fails where they do not match. */
static cot_status normalized_dims(shape_call *c, const type *input, const arg *shape, uint32_t *count) {
    dim sizes[COT_MAX_DIMS];
    uint32_t n = arg_as_dims(c->graph, shape, sizes, COT_MAX_DIMS);
    if (n < 1 || n > input->ndim)
        return shape_fail(c, "normalized_shape has %u dimensions, expected 1 to %u", n, input->ndim);
    for (uint32_t d = 0; d < n; d++) {
        dim own = input->sizes[input->ndim - n + d];
        if (dim_is_static(own) && dim_is_static(sizes[d]) && own != sizes[d])
            return shape_fail(c, "normalized_shape has %lld where the input has %lld", (long long)sizes[d],
                              (long long)own);
    }
    *count = n;
    return COT_OK;
}

static cot_status shape_layer_norm(shape_call *c) {
    static const uint32_t params[] = {2, 3};
    const type *input = shape_tensor(c, 0);
    uint32_t n;
    TRY(normalized_dims(c, input, &c->args[1], &n));
    dim sizes[COT_MAX_DIMS];
    for (uint32_t d = 0; d < input->ndim; d++) sizes[d] = d < input->ndim - n ? input->sizes[d] : 1;
    type parts[3];
    parts[0] = type_tensor(c->arena, c->syms, input->dtype, input->sizes, input->ndim);
    parts[1] = parts[2] = type_tensor(c->arena, c->syms, statistics_dtype(c, input, params, 2), sizes, input->ndim);
    return layout_tuple(c, parts, 3);
}

static type contiguous_like(shape_call *c, const type *t) {
    return t->kind == TYPE_TENSOR ? type_tensor(c->arena, c->syms, t->dtype, t->sizes, t->ndim) : (type){0};
}

static cot_status shape_layer_norm_backward(shape_call *c) {
    type parts[3] = {contiguous_like(c, shape_tensor(c, 1)), contiguous_like(c, shape_tensor(c, 5)),
                     contiguous_like(c, shape_tensor(c, 6))};
    return shape_masked(c, parts, 3, 7);
}

static cot_status vjp_layer_norm(vjp_call *c) {
    static const uint32_t at[] = {0, 2, 3};
    bool mask[3];
    for (uint32_t i = 0; i < 3; i++) mask[i] = vjp_needs(c, at[i]);
    arg wanted = layout_bools(c->b, mask, 3);
    value mean = vjp_result(c, 1), rstd = vjp_result(c, 2);
    if (c->grads[0] != NO_VALUE) {
        value all = emit(c->b, "native_layer_norm_backward", "vaavvaaa", c->grads[0], &c->args[0], &c->args[1], mean,
                         rstd, &c->args[2], &c->args[3], &wanted);
        TRY(set_parts(c, all, at, mask, 3));
    }
    if (mask[0]) norm_through_statistics(c, mean, rstd);
    return c->b->status;
}

static value decompose_layer_norm(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return emit_get(b, emit(b, "native_layer_norm", "aaaaa", &args[0], &args[1], &args[2], &args[3], &args[4]), 0);
}

static uint32_t normalized_count(const arg *shape) {
    int64_t ignored[COT_MAX_DIMS];
    return arg_as_ints(shape, ignored, COT_MAX_DIMS);
}

static void layer_sizes(const tensor_desc *input, const arg *shape, layer_norm_attributes *a) {
    const uint32_t n = normalized_count(shape);
    a->columns = 1, a->rows = 1;
    for (uint32_t d = 0; d < input->ndim; d++) *(d < input->ndim - n ? &a->rows : &a->columns) *= input->sizes[d];
}

static cot_status prepare_layer_norm(prepare_call *c) {
    layer_norm_attributes *a = PREPARE_ATTRIBUTES(c, layer_norm_attributes);
    layer_sizes(&c->operands[0], &c->args[1], a);
    a->eps = arg_as_float(&c->args[4], 1e-5);
    for (uint32_t i = 0; i < 4; i++) layout_contiguous(c, i == 1 ? 0 : i);
    form_layer_norm(c, normalized_count(&c->args[1]), a->eps);
    c->scratch_bytes = (size_t)(2 * a->columns) * sizeof(double);
    return layout_kernel(c, KERNEL_SELECT(layer_norm));
}

static cot_status prepare_layer_norm_backward(prepare_call *c) {
    layer_norm_attributes *a = PREPARE_ATTRIBUTES(c, layer_norm_attributes);
    layer_sizes(&c->operands[1], &c->args[2], a);
    read_mask(&c->args[7], a->mask);
    for (uint32_t i = 0; i < 6; i++) layout_contiguous(c, i == 2 ? 0 : i);
    form_layer_norm_backward(c, normalized_count(&c->args[2]));
    c->scratch_bytes = (size_t)(a->columns * (1 + 2 * (int64_t)MAX(c->threads, 1))) * sizeof(double);
    if (c->operands[1].dtype > COT_BF16) return prepare_no_kernel(c);
    c->kernel = KERNEL_SELECT(layer_norm_backward)[c->operands[1].dtype];
    return COT_OK;
}

/* ---- group norm -------------------------------------------------------------------------------------------------- */

static cot_status shape_group_norm(shape_call *c) {
    static const uint32_t params[] = {1, 2};
    const type *input = shape_tensor(c, 0);
    int64_t groups = arg_as_int(&c->args[6], 1);
    if (input->ndim < 2) return shape_fail(c, "input has %u dimensions, expected at least 2", input->ndim);
    if (groups < 1 || (dim_is_static(input->sizes[1]) && input->sizes[1] % groups))
        return shape_fail(c, "expected the number of channels (%lld) to be divisible by the number of groups (%lld)",
                          (long long)input->sizes[1], (long long)groups);
    TRY(check_channels(c, params, 2, input->sizes[1]));
    dim sizes[2] = {input->sizes[0], groups};
    type parts[3];
    parts[0] = layout_type(c, layout_suggest(input, c->syms), input->dtype, input->sizes, input->ndim);
    parts[1] = parts[2] = type_tensor(c->arena, c->syms, statistics_dtype(c, input, params, 2), sizes, 2);
    return layout_tuple(c, parts, 3);
}

static cot_status shape_group_norm_backward(shape_call *c) {
    const type *input = shape_tensor(c, 1), *weight = shape_tensor(c, 4);
    type parts[3];
    parts[0] = layout_type(c, layout_suggest(input, c->syms), input->dtype, input->sizes, input->ndim);
    parts[1] = parts[2] =
        type_tensor(c->arena, c->syms, weight->kind == TYPE_TENSOR ? weight->dtype : input->dtype, &input->sizes[1], 1);
    return shape_masked(c, parts, 3, 9);
}

/* What the gradients of mean and rstd add to that of the input: (dmean + drstd · −rstd³ · (x − mean)) / size. */
static value through_statistics(vjp_call *c, value input, value mean, value rstd) {
    builder *b = c->b;
    syms *s = b->graph->ctx->syms;
    const type *t = TYPE_OF(b, input);
    dim groups = arg_as_int(&c->args[6], 1), size = 1, sizes[COT_MAX_DIMS];
    for (uint32_t d = 0; d < t->ndim; d++) sizes[d] = t->sizes[d];
    for (uint32_t d = 1; d < t->ndim; d++) size = dim_mul(s, size, sizes[d]);
    size = dim_floordiv(s, size, groups);
    uint32_t ndim = t->ndim;
    dim rows[3] = {sizes[0], groups, size}, column[3] = {sizes[0], groups, 1};
    value total = NO_VALUE;
    arg count = emit_dim(b, size);
    if (c->grads[2] != NO_VALUE) {
        value x = emit(b, "reshape", "vD", input, rows, 3u), m = emit(b, "view", "vD", mean, column, 3u);
        value r = emit(b, "view", "vD", rstd, column, 3u), g = emit(b, "view", "vD", c->grads[2], column, 3u);
        value slope =
            emit(b, "neg", "v", emit(b, "mul.Tensor", "vv", g, emit(b, "pow.Tensor_Scalar", "vi", r, (int64_t)3)));
        total = emit(b, "mul.Tensor", "vv", slope, emit(b, "sub.Tensor", "vv", x, m));
    }
    if (c->grads[1] != NO_VALUE) {
        value g = emit(b, "view", "vD", c->grads[1], column, 3u);
        total = total == NO_VALUE ? emit(b, "expand", "vD", g, rows, 3u) : emit(b, "add.Tensor", "vv", total, g);
    }
    total = emit(b, "div.Scalar", "va", total, &count);
    return emit(b, "reshape", "vD", total, sizes, ndim);
}

static cot_status vjp_group_norm(vjp_call *c) {
    builder *b = c->b;
    bool mask[3] = {vjp_needs(c, 0), vjp_needs(c, 1), vjp_needs(c, 2)};
    value mean = vjp_result(c, 1), rstd = vjp_result(c, 2), of_input = NO_VALUE;
    const arg *a = c->args;
    if (c->grads[0] != NO_VALUE) {
        arg wanted = layout_bools(b, mask, 3);
        value all = emit(b, "native_group_norm_backward", "vavvaaaaaa", c->grads[0], &a[0], mean, rstd, &a[1], &a[3],
                         &a[4], &a[5], &a[6], &wanted);
        if (mask[0]) of_input = emit_get(b, all, 0);
        for (uint32_t i = 1; i < 3; i++)
            if (mask[i]) vjp_set(c, i, emit_get(b, all, i));
    }
    if (!mask[0]) return b->status;
    if (c->grads[1] != NO_VALUE || c->grads[2] != NO_VALUE) {
        value more = through_statistics(c, vjp_tensor(c, 0), mean, rstd);
        of_input = of_input == NO_VALUE ? more : emit(b, "add.Tensor", "vv", of_input, more);
    }
    vjp_set(c, 0, of_input);
    return b->status;
}

static value decompose_group_norm(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const type *t = TYPE_OF(b, arg_as_value(&args[0]));
    if (t->ndim < 2) {
        builder_fail(b, COT_SHAPE, "group_norm: input has %u dimensions, expected at least 2", t->ndim);
        return NO_VALUE;
    }
    dim batch = t->sizes[0], channels = t->sizes[1], rest = 1;
    for (uint32_t d = 2; d < t->ndim; d++) rest = dim_mul(b->graph->ctx->syms, rest, t->sizes[d]);
    value all = emit(b, "native_group_norm", "aaadddaa", &args[0], &args[2], &args[3], batch, channels, rest, &args[1],
                     &args[4]);
    return emit_get(b, all, 0);
}

static cot_status prepare_group_norm(prepare_call *c) {
    group_norm_attributes *a = PREPARE_ATTRIBUTES(c, group_norm_attributes);
    a->groups = arg_as_int(&c->args[6], 1);
    a->eps = arg_as_float(&c->args[7], 1e-5);
    layout_planes(c, 0);
    return layout_kernel(c, KERNEL_SELECT(group_norm));
}

static cot_status prepare_group_norm_backward(prepare_call *c) {
    group_norm_attributes *a = PREPARE_ATTRIBUTES(c, group_norm_attributes);
    a->groups = arg_as_int(&c->args[8], 1);
    read_mask(&c->args[9], a->mask);
    layout_planes(c, 0);
    layout_planes(c, 1);
    layout_contiguous(c, 2);
    layout_contiguous(c, 3);
    c->scratch_bytes = (size_t)(2 * c->operands[1].sizes[0] * c->operands[1].sizes[1]) * sizeof(double);
    if (c->operands[1].dtype > COT_BF16) return prepare_no_kernel(c);
    c->kernel = KERNEL_SELECT(group_norm_backward)[c->operands[1].dtype];
    return COT_OK;
}

/* ---- RMS norm and weight norm: compositions ---------------------------------------------------------------------- */

/* x / sqrt(mean(x²) + eps) over the normalised dimensions, in f32 for 16-bit inputs. *scale is 1/sqrt(…). */
static value rms(builder *b, const arg *args, value *scale) {
    value x = arg_as_value(&args[0]);
    cot_dtype dtype = TYPE_OF(b, x)->dtype;
    bool half = dtype == COT_F16 || dtype == COT_BF16;
    int64_t dims[COT_MAX_DIMS], ignored[COT_MAX_DIMS];
    uint32_t n = arg_as_ints(&args[1], ignored, COT_MAX_DIMS), ndim = TYPE_OF(b, x)->ndim;
    if (n < 1 || n > ndim) {
        builder_fail(b, COT_SHAPE, "rms_norm: normalized_shape has %u dimensions, expected 1 to %u", n, ndim);
        return NO_VALUE;
    }
    for (uint32_t i = 0; i < n; i++) dims[i] = ndim - n + i;
    double smallest = dtype == COT_F64 ? 0x1p-52 : 0x1p-23;
    double eps = arg_as_float(&args[3], smallest);
    if (dtype != COT_F64) eps = (float)eps;
    value wide = half ? emit(b, "_to_copy", "v,dtype=t", x, (int)COT_F32) : x;
    value mean = emit(b, "mean.dim", "vIb", emit(b, "pow.Tensor_Scalar", "vi", wide, (int64_t)2), dims, n, 1);
    *scale = emit(b, "rsqrt", "v", emit(b, "add.Scalar", "vf", mean, eps));
    value y = emit(b, "mul.Tensor", "vv", wide, *scale);
    if (args[2].kind == ARG_VALUE) y = emit(b, "mul.Tensor", "vv", y, args[2].value);
    arg strided = {.kind = ARG_CONST, .s = "strided"};
    if (!b->status && TYPE_OF(b, y)->dtype != dtype)
        y = emit(b, "_to_copy", "v,dtype=t,layout=a", y, (int)dtype, &strided);
    return y;
}

static value decompose_rms_norm(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value scale;
    return rms(b, args, &scale);
}

static value decompose_fused_rms_norm(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value parts[2];
    parts[0] = rms(b, args, &parts[1]);
    return b->status ? NO_VALUE : emit_pack(b, parts, 2);
}

/* v scaled to length g along all dimensions but `dim` (all, when dim is −1). */
static value weight_norm(builder *b, const arg *args, value *norm) {
    value v = arg_as_value(&args[0]);
    uint32_t ndim = TYPE_OF(b, v)->ndim, n = 0;
    int64_t keep = arg_as_int(&args[2], 0), dims[COT_MAX_DIMS];
    for (uint32_t d = 0; d < ndim; d++)
        if (keep == -1 || (int64_t)d != (keep < 0 ? keep + ndim : keep)) dims[n++] = d;
    *norm = emit(b, "linalg_vector_norm", "viIb", v, (int64_t)2, dims, n, keep == -1 ? 0 : 1);
    return emit(b, "mul.Tensor", "vv", v, emit(b, "div.Tensor", "av", &args[1], *norm));
}

static value decompose_weight_norm(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value norm;
    return weight_norm(b, args, &norm);
}

static value decompose_weight_norm_interface(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value parts[2];
    parts[0] = weight_norm(b, args, &parts[1]);
    return b->status ? NO_VALUE : emit_pack(b, parts, 2);
}

const op_record ops_norm[] = {
    {
        .schema =
            "_native_batch_norm_legit_functional(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, "
            "Tensor running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor "
            "running_mean_out, Tensor running_var_out)",
        .batch = &batch_norm_channels,
        .again = &recompute_batch_norm,
        .layout = LAYOUT_FOLLOWED,
        .shape = shape_batch_functional,
        .vjp_fn = vjp_batch_functional,
        .prepare = prepare_batch,
        .reference = ref_batch_norm,
        .samples = ". f32[4, 3, 2, 2], f32[3], f32[3], f32[3], f32[3], True, 0.1, 1e-05;"
                   ". f32[4, 3], None, None, f32[3], f32[3], True, 0.5, 0.001",
    },
    {
        .schema = "_native_batch_norm_legit.no_stats(Tensor input, Tensor? weight, Tensor? bias, bool training, float "
                  "momentum, float eps) -> (Tensor, Tensor, Tensor)",
        .batch = &batch_norm_channels,
        .again = &recompute_batch_norm_no_stats,
        .layout = LAYOUT_FOLLOWED,
        .shape = shape_batch_no_stats,
        .vjp_fn = vjp_batch_no_stats,
        .prepare = prepare_batch,
        .reference = ref_batch_norm,
        .samples = ". f32[4, 3, 5], f32[3], f32[3], True, 0.1, 1e-05",
    },
    {
        .schema =
            "_native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, "
            "Tensor running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor)",
        .batch = &batch_norm_channels,
        .layout = LAYOUT_FOLLOWED,
        .shape = shape_batch_no_training,
        .vjp_fn = vjp_batch_no_training,
        .prepare = prepare_batch,
        .reference = ref_batch_norm,
        .samples = "! . f32[4, 3, 2, 2], f32[3], f32[3], f32[3], f32[3], 0.1, 1.0",
    },
    {
        .schema = "native_batch_norm_backward(Tensor grad_out, Tensor input, Tensor? weight, Tensor? running_mean, "
                  "Tensor? running_var, Tensor? save_mean, Tensor? save_invstd, bool train, float eps, bool[3] "
                  "output_mask) -> (Tensor, Tensor, Tensor)",
        .batch = &batch_norm_channels,
        .layout = LAYOUT_FOLLOWED,
        .decompose_fn = norm_apart_batch,
        .shape = shape_batch_backward,
        .prepare = prepare_batch_backward,
        .reference = ref_batch_norm_backward,
        .samples =
            "f32[4, 3, 2, 2], f32[4, 3, 2, 2], f32[3], f32[3], f32[3], f32[3], f32[3], True, 1e-05, [True, True, True]",
    },
    {
        .schema =
            "batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool "
            "training, float momentum, float eps, bool cudnn_enabled) -> Tensor",
        .decompose_fn = decompose_batch_norm,
        .traits = OP_COMPOSITE,
    },
    {
        .schema = "native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? "
                  "running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)",
        .decompose_fn = decompose_native_batch_norm,
        .traits = OP_COMPOSITE,
    },
    {
        .schema =
            "_native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, Tensor(b!) "
            "running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)",
        .decompose_fn = decompose_native_batch_norm,
        .traits = OP_COMPOSITE,
    },
    {
        .schema =
            "_batch_norm_with_update(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, Tensor(b!) "
            "running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor)",
        .decompose_fn = decompose_with_update,
        .traits = OP_COMPOSITE,
    },
    {
        .schema = "_batch_norm_no_update(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? "
                  "running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor)",
        .decompose_fn = decompose_no_update,
        .traits = OP_COMPOSITE,
    },
    {
        .schema =
            "batch_norm_backward(Tensor grad_out, Tensor input, Tensor weight, Tensor? running_mean, Tensor? "
            "running_var, Tensor? save_mean, Tensor? save_var, bool update, float eps, bool[3] output_mask, Tensor "
            "reserve) -> (Tensor, Tensor, Tensor)",
        .decompose_fn = decompose_batch_norm_backward,
        .traits = OP_COMPOSITE,
    },
    {
        .schema =
            "instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool "
            "use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor",
        .decompose_fn = decompose_instance_norm,
        .traits = OP_COMPOSITE,
    },
    {
        .schema =
            "native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> "
            "(Tensor, Tensor, Tensor)",
        .batch = &batch_norm_layer,
        .again = &recompute_layer_norm,
        .shape = shape_layer_norm,
        .vjp_fn = vjp_layer_norm,
        .prepare = prepare_layer_norm,
        .reference = ref_layer_norm,
        .samples = ". f32[3, 2, 5], [5], f32[5], f32[5], 1e-05; . f32[3, 2, 5], [2, 5], None, None, 0.1",
    },
    {
        .schema = "native_layer_norm_backward(Tensor grad_out, Tensor input, SymInt[] normalized_shape, Tensor mean, "
                  "Tensor rstd, Tensor? weight, Tensor? bias, bool[3] output_mask) -> (Tensor, Tensor, Tensor)",
        .decompose_fn = norm_apart_layer,
        .shape = shape_layer_norm_backward,
        .prepare = prepare_layer_norm_backward,
        .reference = ref_layer_norm_backward,
        .samples = "f32[3, 2, 5], f32[3, 2, 5], [5], f32[3, 2, 1], f32[3, 2, 1], f32[5], f32[5], [True, True, True]",
    },
    {
        .schema = "layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float "
                  "eps=1e-05, bool cudnn_enable=True) -> Tensor",
        .decompose_fn = decompose_layer_norm,
        .traits = OP_COMPOSITE,
    },
    {
        .schema = "native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int "
                  "group, float eps) -> (Tensor, Tensor, Tensor)",
        .batch = &batch_norm_groups,
        .again = &recompute_group_norm,
        .layout = LAYOUT_FOLLOWED,
        .shape = shape_group_norm,
        .vjp_fn = vjp_group_norm,
        .prepare = prepare_group_norm,
        .reference = ref_group_norm,
        .samples = ". f32[2, 6, 3], f32[6], f32[6], 2, 6, 3, 3, 0.1; . f32[2, 4, 2, 2], None, None, 2, 4, 4, 2, 1e-05",
    },
    {
        .schema = "native_group_norm_backward(Tensor grad_out, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, "
                  "SymInt N, SymInt C, SymInt HxW, int group, bool[3] output_mask) -> (Tensor, Tensor, Tensor)",
        .layout = LAYOUT_FOLLOWED,
        .decompose_fn = norm_apart_group,
        .shape = shape_group_norm_backward,
        .prepare = prepare_group_norm_backward,
        .reference = ref_group_norm_backward,
        .samples = "f32[2, 6, 3], f32[2, 6, 3], f32[2, 3], f32[2, 3], f32[6], 2, 6, 3, 3, [True, True, True]",
    },
    {
        .schema =
            "group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool "
            "cudnn_enabled=True) -> Tensor",
        .decompose_fn = decompose_group_norm,
        .traits = OP_COMPOSITE,
    },
    {
        .schema = "rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor",
        .decompose_fn = decompose_rms_norm,
        .traits = OP_COMPOSITE,
    },
    {
        .schema =
            "_fused_rms_norm(Tensor input, int[] normalized_shape, Tensor? weight, float? eps) -> (Tensor, Tensor)",
        .decompose_fn = decompose_fused_rms_norm,
        .traits = OP_COMPOSITE,
    },
    {
        .schema = "_weight_norm(Tensor v, Tensor g, int dim=0) -> Tensor",
        .decompose_fn = decompose_weight_norm,
        .traits = OP_COMPOSITE,
    },
    {
        .schema = "_weight_norm_interface(Tensor v, Tensor g, int dim=0) -> (Tensor, Tensor)",
        .decompose_fn = decompose_weight_norm_interface,
        .traits = OP_COMPOSITE,
    },
};
const uint32_t ops_norm_count = COUNT_OF(ops_norm);
