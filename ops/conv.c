/* SPDX-License-Identifier: MIT
 * conv.c — convolution: one operator with one backward; conv1d … conv_transpose3d are written in terms of it.
 *
 * The second derivative needs no operators of its own: each part of the backward is linear in what it reads, so its
 * derivative is the convolution, or another part of the backward, of other operands. */
#include "kernels/conv.h"
#include "kernels/cpu/conv_onednn.h"
#include "kernels/cpu/dispatch.h"
#include "kernels/gemm.h"
#include "ops/flops.h"
#include "ops/batch.h"
#include "ops/layout.h"

KERNEL_DECLARE_TABLE(kernel_fn, convolution);
KERNEL_DECLARE_TABLE(kernel_fn, convolution_backward);

enum { INPUT, WEIGHT, BIAS, STRIDE, PADDING, DILATION, TRANSPOSED, OUTPUT_PADDING, GROUPS };
enum {
    B_GRAD,
    B_INPUT,
    B_WEIGHT,
    B_BIAS_SIZES,
    B_STRIDE,
    B_PADDING,
    B_DILATION,
    B_TRANSPOSED,
    B_OUTPUT_PADDING,
    B_GROUPS,
    B_MASK
};

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

static dim spatial_size(syms *s, dim in, dim kernel, int64_t stride, int64_t padding, int64_t dilation, bool transposed,
                        int64_t output_padding) {
    dim reach = dim_add(s, dim_mul(s, dilation, dim_sub(s, kernel, 1)), 1);
    if (transposed) {
        dim out = dim_add(s, dim_mul(s, dim_sub(s, in, 1), stride), reach);
        return dim_sub(s, dim_add(s, out, output_padding), 2 * padding);
    }
    return dim_add(s, dim_floordiv(s, dim_sub(s, dim_add(s, in, 2 * padding), reach), stride), 1);
}

/* Checks operands as the messages of PyTorch do; `channels` is the number that the weights expect of the input. */
static cot_status check_operands(shape_call *c, const type *input, const type *weight, int64_t groups,
                                 bool transposed) {
    syms *s = c->syms;
    if (input->ndim != weight->ndim || input->ndim < 3)
        return shape_fail(c, "input has %u dimensions and weight %u: expected the same number, 3 to 5", input->ndim,
                          weight->ndim);
    if (input->dtype != weight->dtype)
        return shape_fail(c, "input type (%s) and weight type (%s) should be the same", dtype_torch_name(input->dtype),
                          dtype_torch_name(weight->dtype));
    dim channels = transposed ? weight->sizes[0] : dim_mul(s, weight->sizes[1], groups);
    if (dim_is_static(channels) && dim_is_static(input->sizes[1]) && channels != input->sizes[1])
        return shape_fail(c, "with groups=%lld and this weight, input should have %lld channels but has %lld",
                          (long long)groups, (long long)channels, (long long)input->sizes[1]);
    if (groups < 1 || (dim_is_static(weight->sizes[0]) && weight->sizes[0] % groups != 0))
        return shape_fail(c, "groups=%lld does not divide the %lld channels of weight", (long long)groups,
                          (long long)weight->sizes[0]);
    return COT_OK;
}

static cot_status shape_convolution(shape_call *c) {
    const type *input = shape_tensor(c, INPUT), *weight = shape_tensor(c, WEIGHT);
    bool transposed = arg_as_bool(&c->args[TRANSPOSED], false);
    int64_t groups = arg_as_int(&c->args[GROUPS], 1), stride[3], padding[3], dilation[3], extra[3];
    static const int64_t zeros[3] = {0}, ones[3] = {1, 1, 1};
    TRY(check_operands(c, input, weight, groups, transposed));
    uint32_t n = input->ndim - 2u;
    if (n > 3 || !layout_ints(&c->args[STRIDE], n, ones, stride) ||
        !layout_ints(&c->args[PADDING], n, zeros, padding) || !layout_ints(&c->args[DILATION], n, ones, dilation) ||
        !layout_ints(&c->args[OUTPUT_PADDING], n, zeros, extra))
        return shape_fail(c, "stride, padding, dilation and output_padding need 1 or %u numbers", n);
    dim sizes[COT_MAX_DIMS];
    sizes[0] = input->sizes[0];
    sizes[1] = transposed ? dim_mul(c->syms, weight->sizes[1], groups) : weight->sizes[0];
    for (uint32_t d = 0; d < n; d++) {
        if (stride[d] < 1 || padding[d] < 0 || dilation[d] < 1)
            return shape_fail(c, "stride and dilation should be positive, padding not negative");
        sizes[2 + d] = spatial_size(c->syms, input->sizes[2 + d], weight->sizes[2 + d], stride[d], padding[d],
                                    dilation[d], transposed, extra[d]);
        int64_t padded = dim_is_static(input->sizes[2 + d]) ? input->sizes[2 + d] + 2 * padding[d] : INT64_MAX;
        if (!transposed && dim_is_static(weight->sizes[2 + d]) && padded < dilation[d] * (weight->sizes[2 + d] - 1) + 1)
            return shape_fail(c, "the kernel (%lld, dilation %lld) is larger than the padded input (%lld)",
                              (long long)weight->sizes[2 + d], (long long)dilation[d], (long long)padded);
        int64_t number;
        if (layout_number(c->syms, sizes[2 + d], &number) && number < 0)
            return shape_fail(c, "the output would have a negative size (%lld)", (long long)number);
    }
    const char *format = layout_suggest(input, c->syms);
    if (!format) format = layout_suggest(weight, c->syms);
    return layout_result(c, format, input->dtype, sizes, input->ndim);
}

static cot_status shape_convolution_backward(shape_call *c) {
    const type *grad = shape_tensor(c, B_GRAD), *input = shape_tensor(c, B_INPUT), *weight = shape_tensor(c, B_WEIGHT);
    const char *format = layout_suggest(input, c->syms);
    if (!format) format = layout_suggest(weight, c->syms);
    int64_t mask[3] = {0};
    arg_as_ints(&c->args[B_MASK], mask, 3);
    type parts[3] = {{0}};
    if (mask[0]) parts[0] = layout_type(c, format, input->dtype, input->sizes, input->ndim);
    if (mask[1]) parts[1] = layout_type(c, format, weight->dtype, weight->sizes, weight->ndim);
    if (mask[2]) parts[2] = type_tensor(c->arena, c->syms, grad->dtype, &grad->sizes[1], 1);
    return layout_tuple(c, parts, 3);
}

/* ---- derivatives ------------------------------------------------------------------------------------------------- */

/* convolution_backward of these operands with the geometry of the call (its arguments from `at` on). */
static value emit_backward(vjp_call *c, value grad, value input, value weight, const arg *bias_sizes,
                           const arg *geometry, const bool mask[3]) {
    arg wanted = layout_bools(c->b, mask, 3);
    return emit(c->b, "convolution_backward", "vvvaaaaaaaa", grad, input, weight, bias_sizes, &geometry[0],
                &geometry[1], &geometry[2], &geometry[3], &geometry[4], &geometry[5], &wanted);
}

static cot_status vjp_convolution(vjp_call *c) {
    const arg *a = c->args;
    bool mask[3] = {vjp_needs(c, INPUT), vjp_needs(c, WEIGHT), vjp_needs(c, BIAS)};
    value bias = vjp_tensor(c, BIAS);
    arg size = bias == NO_VALUE ? arg_int(0) : emit_dim(c->b, TYPE_OF(c->b, bias)->sizes[0]);
    arg *item = ARENA_NEW(c->b->graph->arena, arg);
    *item = size;
    arg sizes = arg_list_of(item, 1);
    value all = emit_backward(c, c->grads[0], vjp_tensor(c, INPUT), vjp_tensor(c, WEIGHT), &sizes, &a[STRIDE], mask);
    for (uint32_t i = 0; i < 3; i++)
        if (mask[i]) vjp_set(c, i, emit_get(c->b, all, i));
    return c->b->status;
}

/* The gradient of a gradient: `part` of the backward of other operands. */
static value backward_part(vjp_call *c, value grad, value input, value weight, uint32_t part) {
    bool mask[3] = {part == 0, part == 1, false};
    arg none = arg_none();
    return emit_get(c->b, emit_backward(c, grad, input, weight, &none, &c->args[B_STRIDE], mask), part);
}

static value sum_of(builder *b, value x, value y) {
    return x == NO_VALUE ? y : y == NO_VALUE ? x : emit(b, "add.Tensor", "vv", x, y);
}

static value again(vjp_call *c, value input, value weight) {
    const arg *a = &c->args[B_STRIDE];
    return emit(c->b, "convolution", "vvvaaaaaa", input, weight, NO_VALUE, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5]);
}

/* grads: of the gradients of input (I), weight (W) and bias (B). */
static cot_status vjp_convolution_backward(vjp_call *c) {
    builder *b = c->b;
    value grad = vjp_tensor(c, B_GRAD), input = vjp_tensor(c, B_INPUT), weight = vjp_tensor(c, B_WEIGHT);
    value of_input = c->grads[0], of_weight = c->grads[1], of_bias = c->grads[2];
    if (vjp_needs(c, B_GRAD)) {
        value total = NO_VALUE;
        if (of_input != NO_VALUE) total = again(c, of_input, weight);
        if (of_weight != NO_VALUE) total = sum_of(b, total, again(c, input, of_weight));
        if (of_bias != NO_VALUE) {
            const type *t = TYPE_OF(b, grad);
            dim sizes[COT_MAX_DIMS];
            for (uint32_t d = 0; d < t->ndim; d++) sizes[d] = d == 1 ? t->sizes[1] : 1;
            value row = emit(b, "view", "vD", of_bias, sizes, (uint32_t)t->ndim);
            total = sum_of(b, total, emit(b, "expand", "vD", row, t->sizes, (uint32_t)t->ndim));
        }
        vjp_set(c, B_GRAD, total);
    }
    if (vjp_needs(c, B_INPUT) && of_weight != NO_VALUE)
        vjp_set(c, B_INPUT, backward_part(c, grad, input, of_weight, 0));
    if (vjp_needs(c, B_WEIGHT) && of_input != NO_VALUE)
        vjp_set(c, B_WEIGHT, backward_part(c, grad, of_input, weight, 1));
    return b->status;
}

/* ---- composites -------------------------------------------------------------------------------------------------- */

/* A list of numbers, repeated to n where one is given. */
static cot_status spread(builder *b, const op *o, const arg *from, uint32_t n, int64_t *out) {
    if (layout_ints(from, n, NULL, out)) return COT_OK;
    return builder_fail(b, COT_SHAPE, "%s: expected 1 or %u numbers for stride, padding and dilation", o->packet, n);
}

typedef struct unbatched {
    value input;
    bool added;
} unbatched;

/* A batch dimension where the input has none: `n` spatial dimensions. */
static unbatched add_batch(builder *b, value input, uint32_t n) {
    bool missing = TYPE_OF(b, input)->ndim == n + 1;
    return (unbatched){missing ? emit(b, "unsqueeze", "vi", input, (int64_t)0) : input, missing};
}

static value drop_batch(builder *b, unbatched in, value out) {
    return in.added ? emit(b, "squeeze.dim", "vi", out, (int64_t)0) : out;
}

/* The number of spatial dimensions is in the name: conv2d, conv_transpose3d. */
static uint32_t spatial_of(const op *o) {
    for (const char *p = o->packet; *p; p++)
        if (*p >= '1' && *p <= '3') return (uint32_t)(*p - '0');
    return 2;
}

static value decompose_conv(builder *b, const op *o, const arg *args) {
    uint32_t n = spatial_of(o);
    int64_t stride[3], padding[3], dilation[3], none[3] = {0};
    if (spread(b, o, &args[3], n, stride) || spread(b, o, &args[4], n, padding) || spread(b, o, &args[5], n, dilation))
        return NO_VALUE;
    unbatched in = add_batch(b, arg_as_value(&args[0]), n);
    value out = emit(b, "convolution", "vaaIIIbIa", in.input, &args[1], &args[2], stride, n, padding, n, dilation, n, 0,
                     none, n, &args[6]);
    return drop_batch(b, in, out);
}

static value decompose_conv_transpose(builder *b, const op *o, const arg *args) {
    uint32_t n = spatial_of(o);
    int64_t stride[3], padding[3], extra[3], dilation[3];
    if (spread(b, o, &args[3], n, stride) || spread(b, o, &args[4], n, padding) || spread(b, o, &args[5], n, extra) ||
        spread(b, o, &args[7], n, dilation))
        return NO_VALUE;
    unbatched in = add_batch(b, arg_as_value(&args[0]), n);
    value out = emit(b, "convolution", "vaaIIIbIa", in.input, &args[1], &args[2], stride, n, padding, n, dilation, n, 1,
                     extra, n, &args[6]);
    return drop_batch(b, in, out);
}

/* padding='same' or 'valid'. An odd total cannot be divided evenly: the rest is padded at the end first. */
static value decompose_conv_named(builder *b, const op *o, const arg *args) {
    uint32_t n = spatial_of(o);
    int64_t stride[3], dilation[3], padding[3] = {0}, none[3] = {0}, rest[6] = {0};
    if (spread(b, o, &args[3], n, stride) || spread(b, o, &args[5], n, dilation)) return NO_VALUE;
    const char *name = args[4].kind == ARG_STRING ? args[4].s : "";
    unbatched in = add_batch(b, arg_as_value(&args[0]), n);
    if (strcmp(name, "valid") == 0) {
        value out = emit(b, "convolution", "vaaIIIbIa", in.input, &args[1], &args[2], stride, n, none, 1u, dilation, n,
                         0, none, 1u, &args[6]);
        return drop_batch(b, in, out);
    }
    if (strcmp(name, "same") != 0) {
        builder_fail(b, COT_SHAPE, "%s: padding should be 'same' or 'valid', not '%s'", o->packet, name);
        return NO_VALUE;
    }
    const type *weight = TYPE_OF(b, arg_as_value(&args[1]));
    bool uneven = false;
    for (uint32_t d = 0; d < n && weight->ndim == n + 2; d++) {
        if (stride[d] != 1) {
            builder_fail(b, COT_SHAPE, "%s: padding='same' is not supported for strided convolutions", o->packet);
            return NO_VALUE;
        }
        if (!dim_is_static(weight->sizes[2 + d])) {
            builder_fail(b, COT_UNSUPPORTED, "%s: padding='same' needs a kernel of known size", o->packet);
            return NO_VALUE;
        }
        int64_t total = dilation[d] * (weight->sizes[2 + d] - 1);
        padding[d] = total / 2;
        rest[2 * (n - 1 - d) + 1] = total % 2;
        uneven = uneven || total % 2;
    }
    value input = in.input;
    if (uneven) input = emit(b, "constant_pad_nd", "vI", input, rest, 2 * n);
    value out = emit(b, "convolution", "vaaIIIbIa", input, &args[1], &args[2], stride, n, padding, n, dilation, n, 0,
                     none, n, &args[6]);
    return drop_batch(b, in, out);
}

/* Up to this many positions of all images, weights are what a convolution is about (measured with 256 and 512 channels,
 * 3×3). */
enum { FEW_FORWARD = 128, FEW_BACKWARD = 256, FEW_BY_PARTS = 256 };

/* ---- plan time --------------------------------------------------------------------------------------------------- */

static size_t align64(size_t bytes) { return (bytes + 63) & ~(size_t)63; }

static void describe_taps(prepare_call *c, conv_attributes *a) {
    int64_t count = a->kernel[0] * a->kernel[1] * a->kernel[2];
    conv_tap *taps = ARENA_ARRAY(c->arena, conv_tap, (size_t)count);
    for (int64_t i = 0; i < count; i++) {
        int64_t rest = i, offset, stride = a->stride[2];
        for (int d = 2; d >= 0; d--) {
            taps[i].offset[d] = rest % a->kernel[d] * a->dilation[d] - a->padding[d];
            rest /= a->kernel[d];
        }
        offset = taps[i].offset[2];
        int64_t first = offset < 0 ? (-offset + stride - 1) / stride : 0;
        int64_t last = a->in[2] - 1 - offset < 0 ? 0 : (a->in[2] - 1 - offset) / stride + 1;
        taps[i].low = MIN(first, a->out[2]);
        taps[i].high = MAX(MIN(last, a->out[2]), taps[i].low);
    }
    a->taps = taps;
}

/* Fills the geometry from the tensors of the canonical convolution (kernels/conv.h). */
static void describe(conv_attributes *a, const tensor_desc *x, const tensor_desc *y, const tensor_desc *w,
                     const arg *geometry) {
    static const int64_t ones[3] = {1, 1, 1}, zeros[3] = {0};
    uint32_t n = x->ndim - 2u;
    int64_t stride[3], padding[3], dilation[3];
    layout_ints(&geometry[0], n, ones, stride);
    layout_ints(&geometry[1], n, zeros, padding);
    layout_ints(&geometry[2], n, ones, dilation);
    a->spatial = (uint8_t)n;
    a->batch = x->sizes[0], a->x_channels = x->sizes[1], a->y_channels = y->sizes[1];
    a->groups = arg_as_int(&geometry[5], 1);
    for (uint32_t d = 0; d < 3; d++) {
        a->in[d] = a->out[d] = a->kernel[d] = a->stride[d] = a->dilation[d] = 1;
        if (d < 3 - n) continue;
        uint32_t from = d - (3 - n);
        a->in[d] = x->sizes[2 + from], a->out[d] = y->sizes[2 + from], a->kernel[d] = w->sizes[2 + from];
        a->stride[d] = stride[from], a->padding[d] = padding[from], a->dilation[d] = dilation[from];
    }
    a->depthwise = a->groups > 1 && a->groups == a->x_channels && a->groups == a->y_channels;
}

/* Tiles whose columns take about 1 MB, but not so few positions that products are slow, nor so many that threads idle.
 */
static void choose_tiles(conv_attributes *a, int64_t k, int64_t threads) {
    int64_t pixels = MAX(1, a->out[0] * a->out[1] * a->out[2]), all = MAX(1, a->batch * pixels);
    int64_t positions = MIN(MAX((1 << 18) / MAX(k, 1), 192), 4096);
    positions = MAX(1, MIN(positions, (all + threads - 1) / threads));
    a->tile_images = 1, a->tile_pixels = pixels;
    if (pixels > positions) {
        int64_t pieces = (pixels + positions - 1) / positions, row = MAX(1, a->out[2]);
        a->tile_pixels = (pixels + pieces - 1) / pieces;
        if (a->tile_pixels > row) a->tile_pixels = (a->tile_pixels + row - 1) / row * row;
    } else {
        a->tile_images = MAX(1, MIN(positions / pixels, (a->batch + threads - 1) / threads));
    }
}

static void choose_scratch(prepare_call *c, conv_attributes *a, size_t item) {
    int64_t xg = a->x_channels / a->groups, yg = a->y_channels / a->groups, threads = MAX(c->threads, 1);
    int64_t taps = a->kernel[0] * a->kernel[1] * a->kernel[2], k = xg * taps, size = a->in[0] * a->in[1] * a->in[2];
    describe_taps(c, a);
    choose_tiles(a, k, threads);
    int64_t positions = a->tile_images * a->tile_pixels;
    a->weight_columns = MAX(1, (a->groups * k + threads - 1) / threads);
    a->weight_columns = MAX(1, MIN(a->weight_columns, k));
    a->weight_bytes = align64((size_t)(a->y_channels * k) * item);
    a->columns_bytes = align64((size_t)(k * positions) * item);
    a->tile_bytes = align64((size_t)(yg * positions) * item);
    size_t image = (size_t)(a->tile_images * xg * size) * item, sums = (size_t)(yg * a->weight_columns) * item;
    if (a->depthwise) {
        int64_t pixels = a->out[0] * a->out[1] * a->out[2], blocks = (a->x_channels + CONV_LANES - 1) / CONV_LANES;
        a->columns_bytes = a->tile_bytes = 0;
        a->weight_bytes = align64((size_t)(threads * blocks * taps * CONV_LANES) * sizeof(double));
        image = (size_t)((size + pixels + taps) * CONV_LANES) * item, sums = 0;
    }
    a->worker_bytes = align64(a->columns_bytes + a->tile_bytes + MAX(image, sums));
    c->scratch_bytes = MAX(c->scratch_bytes, a->weight_bytes + a->worker_bytes * (size_t)threads);
}

/* Dense, with channels innermost. */
static bool channels_inside(const tensor_desc *t) {
    int64_t expected = 1;
    for (uint32_t i = 0; i < t->ndim; i++) {
        const uint32_t d = i == 0 ? 1 : i + 1 < t->ndim ? t->ndim - i : 0;
        if (t->sizes[d] != 1 && t->strides[d] != expected) return false;
        expected *= t->sizes[d];
    }
    return true;
}

/* Chooses one product over all positions where that is best: 1×1 kernels, and few positions under many weights. */
static bool choose_products(prepare_call *c, conv_attributes *a, const tensor_desc *x, const tensor_desc *y,
                            const tensor_desc *w, int64_t few) {
    const int64_t taps = a->kernel[0] * a->kernel[1] * a->kernel[2], k = a->x_channels * taps;
    const int64_t positions = a->batch * a->out[0] * a->out[1] * a->out[2];
    if (a->groups != 1 || !w->contiguous || !channels_inside(x) || !channels_inside(y) || positions < 1) return false;
    a->pointwise = taps == 1;
    for (int d = 0; d < 3; d++) a->pointwise = a->pointwise && a->stride[d] == 1 && a->padding[d] == 0;
    a->provider = gemm_choose((cot_dtype)x->dtype, positions, a->y_channels, k, c->graph->ctx->f32_by_parts);
    if (a->provider == gemm_split) few = FEW_BY_PARTS;
    if (!a->pointwise && positions > few) return false;
    a->products = (x->dtype == COT_F32 || x->dtype == COT_F64) && a->provider;
    if (!a->products) return false;
    describe_taps(c, a);
    if (!a->pointwise) a->columns_bytes = ((size_t)(positions * k) * x->item_bytes + 63) & ~(size_t)63;
    a->worker_bytes = gemm_scratch(a->provider, MAX(positions, a->y_channels), MAX(a->y_channels, k),
                                   MAX(positions, MAX(a->y_channels, k)));
    c->scratch_bytes = MAX(c->scratch_bytes, a->columns_bytes + c->threads * a->worker_bytes);
    return true;
}

/* Gives a part to oneDNN where that has a kernel for it, and says whether it did. */
static bool offer(prepare_call *c, conv_attributes *a, conv_part part, const tensor_desc *x, const tensor_desc *y,
                  const tensor_desc *w, bool bias) {
    if (a->depthwise || !channels_inside(x) || !channels_inside(y) || w->dtype != x->dtype) return false;
    a->onednn[part] = conv_onednn_create(c->graph->ctx, c->arena, a, part, (cot_dtype)x->dtype, w, bias, c->threads);
    if (a->onednn[part]) c->scratch_bytes = MAX(c->scratch_bytes, conv_onednn_scratch(a->onednn[part]));
    return a->onednn[part] != NULL;
}

static cot_status prepare_convolution(prepare_call *c) {
    conv_attributes *a = PREPARE_ATTRIBUTES(c, conv_attributes);
    a->transposed = arg_as_bool(&c->args[TRANSPOSED], false);
    const tensor_desc *in = &c->operands[0], *out = &c->results[0];
    describe(a, a->transposed ? out : in, a->transposed ? in : out, &c->operands[1], &c->args[STRIDE]);
    if (a->transposed) layout_planes(c, 0);
    gemm_one_thread();
    TRY(layout_kernel(c, KERNEL_SELECT(convolution)));
    const bool bias = prepare_has(c, BIAS);
    if (!a->transposed && choose_products(c, a, in, out, &c->operands[1], FEW_FORWARD)) return COT_OK;
    if (a->transposed ? !bias && offer(c, a, CONV_DATA, out, in, &c->operands[1], false)
                      : offer(c, a, CONV_FORWARD, in, out, &c->operands[1], bias))
        return COT_OK;
    choose_scratch(c, a, in->dtype == COT_F64 ? 8 : 4);
    return COT_OK;
}

static cot_status prepare_convolution_backward(prepare_call *c) {
    conv_attributes *a = PREPARE_ATTRIBUTES(c, conv_attributes);
    a->transposed = arg_as_bool(&c->args[B_TRANSPOSED], false);
    const tensor_desc *grad = &c->operands[0], *in = &c->operands[1];
    describe(a, a->transposed ? grad : in, a->transposed ? in : grad, &c->operands[2], &c->args[B_STRIDE]);
    int64_t mask[3] = {0};
    arg_as_ints(&c->args[B_MASK], mask, 3);
    for (int i = 0; i < 3; i++) a->mask[i] = mask[i] != 0;
    layout_planes(c, 0);
    if (a->transposed) layout_planes(c, 1);
    gemm_one_thread();
    if (grad->dtype > COT_BF16) return prepare_no_kernel(c);
    c->kernel = KERNEL_SELECT(convolution_backward)[grad->dtype];
    const tensor_desc *x = a->transposed ? grad : in, *y = a->transposed ? in : grad, *w = &c->operands[2];
    const bool plain = !a->mask[1] || c->results[1].contiguous;
    if (plain && choose_products(c, a, x, y, w, FEW_BACKWARD)) return COT_OK;
    bool ours = a->mask[0] && !offer(c, a, a->transposed ? CONV_FORWARD : CONV_DATA, x, y, w, false);
    ours |= a->mask[1] && !offer(c, a, CONV_WEIGHT, x, y, &c->results[1], false);
    if (ours) choose_scratch(c, a, in->dtype == COT_F64 ? 8 : 4);
    return COT_OK;
}

#define CONV(n)                                                                                                        \
    {.schema = "conv" #n "d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[" #n "] stride=1, SymInt[" #n       \
               "] padding=0, SymInt[" #n "] dilation=1, SymInt groups=1) -> Tensor",                                   \
     .decompose_fn = decompose_conv,                                                                                   \
     .traits = OP_COMPOSITE | OP_AUTOCAST_LOW},                                                                        \
    {                                                                                                                  \
        .schema = "conv" #n "d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[" #n                     \
                  "] stride=1, str padding=\"valid\", SymInt[" #n "] dilation=1, SymInt groups=1) -> Tensor",          \
        .decompose_fn = decompose_conv_named, .traits = OP_COMPOSITE | OP_AUTOCAST_LOW                                 \
    }
#define CONV_TRANSPOSE(n, overload)                                                                                    \
    {                                                                                                                  \
        .schema = "conv_transpose" #n "d" overload "(Tensor input, Tensor weight, Tensor? bias=None, SymInt[" #n       \
                  "] stride=1, SymInt[" #n "] padding=0, SymInt[" #n "] output_padding=0, SymInt groups=1, SymInt[" #n \
                  "] dilation=1) -> Tensor",                                                                           \
        .decompose_fn = decompose_conv_transpose, .traits = OP_COMPOSITE | OP_AUTOCAST_LOW                             \
    }

const op_record ops_conv[] = {
    {
        .schema = "convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] "
                  "dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor",
        .batch = &batch_convolution,
        .shape = shape_convolution,
        .vjp_fn = vjp_convolution,
        .prepare = prepare_convolution,
        .flops = flops_convolution,
        .reference = ref_convolution,
        .traits = OP_EXPENSIVE,
        .layout = LAYOUT_WANTED,
        .layout_images = 1 << INPUT,
        .samples = "f32[2, 3, 5, 6], f32[4, 3, 3, 3], f32[4], [1, 1], [1, 1], [1, 1], False, [0, 0], 1;"
                   "f32[2, 4, 5, 6], f32[6, 2, 3, 2], None, [2, 1], [1, 0], [1, 2], False, [0, 0], 2;"
                   "f32[2, 4, 5, 6], f32[4, 1, 3, 3], f32[4], [2, 2], [1, 1], [1, 1], False, [0, 0], 4;"
                   "f32[2, 3, 7], f32[4, 3, 3], f32[4], [2], [1], [1], False, [0], 1;"
                   "f32[2, 3, 4, 5], f32[3, 2, 3, 3], f32[2], [2, 2], [1, 1], [1, 1], True, [1, 0], 1;"
                   "f32[1, 2, 3, 4, 5], f32[3, 2, 2, 2, 2], f32[3], [1], [0], [1], False, [0], 1;"
                   "f32[0, 3, 5, 6], f32[4, 3, 1, 1], f32[4], [1, 1], [0, 0], [1, 1], False, [0, 0], 1;"
                   "f32[4, 16, 5, 6], f32[32, 16, 3, 3], f32[32], [1, 1], [1, 1], [1, 1], False, [0, 0], 1;"
                   "f32[3, 20, 9, 12], f32[20, 1, 3, 5], f32[20], [1, 2], [2, 1], [2, 1], False, [0, 0], 20",
    },
    {
        .schema =
            "convolution_backward(Tensor grad_output, Tensor input, Tensor weight, SymInt[]? bias_sizes, SymInt[] "
            "stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, "
            "bool[3] output_mask) -> (Tensor, Tensor, Tensor)",
        .batch = &batch_convolution_backward,
        .shape = shape_convolution_backward,
        .vjp_fn = vjp_convolution_backward,
        .prepare = prepare_convolution_backward,
        .flops = flops_convolution_backward,
        .reference = ref_convolution_backward,
        .traits = OP_EXPENSIVE,
        .layout = LAYOUT_WANTED,
        .layout_images = 1 << B_GRAD | 1 << B_INPUT,
        .layout_kept = 1 << 1 | 1 << 2,
        .samples = "f32[2, 4, 5, 6], f32[2, 3, 5, 6], f32[4, 3, 3, 3], [4], [1, 1], [1, 1], [1, 1], False, [0, 0], 1, "
                   "[True, True, True];"
                   "f32[2, 2, 8, 9], f32[2, 3, 4, 5], f32[3, 2, 3, 3], [2], [2, 2], [1, 1], [1, 1], True, [1, 0], 1, "
                   "[True, True, True];"
                   "f32[2, 4, 3, 3], f32[2, 4, 5, 6], f32[4, 1, 3, 3], [4], [2, 2], [1, 1], [1, 1], False, [0, 0], 4, "
                   "[True, True, False];"
                   "f32[4, 32, 5, 6], f32[4, 16, 5, 6], f32[32, 16, 3, 3], [32], [1, 1], [1, 1], [1, 1], False, [0, "
                   "0], 1, [True, True, True];"
                   "f32[3, 20, 9, 5], f32[3, 20, 9, 12], f32[20, 1, 3, 5], [20], [1, 2], [2, 1], [2, 1], False, [0, "
                   "0], 20, [True, True, True]",
    },
    CONV(1),
    CONV(2),
    CONV(3),
    CONV_TRANSPOSE(1, ""),
    CONV_TRANSPOSE(2, ".input"),
    CONV_TRANSPOSE(3, ".input"),
};
const uint32_t ops_conv_count = COUNT_OF(ops_conv);
