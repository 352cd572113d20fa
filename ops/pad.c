/* SPDX-License-Identifier: MIT
 * pad.c — padding by a constant, by reflection, by replication and around; columns of windows; channel shuffling. */
#include "ops/resample.h"
#include "ops/batch.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/element.h"
#include "kernels/pad.h"

KERNEL_DECLARE_TABLE(kernel_fn, im2col);
KERNEL_DECLARE_TABLE(kernel_fn, col2im);

/* ---- by a constant ----------------------------------------------------------------------------------------------- */

/* What is added at both ends of dimension d; pads are listed from the last dimension. */
typedef struct ends {
    dim low, high;
} ends;

static ends ends_at(const cot_graph *g, const arg *pad, uint32_t ndim, uint32_t d) {
    uint32_t i = 2 * (ndim - 1 - d);
    if (i + 1 >= pad->count) return (ends){0, 0};
    return (ends){arg_as_dim(g, &pad->list[i]), arg_as_dim(g, &pad->list[i + 1])};
}

static cot_status padded_sizes(shape_call *c, const type *t, const arg *pad, dim *sizes) {
    if (pad->count % 2 || pad->count / 2 > t->ndim)
        return shape_fail(c, "pad has %u numbers, expected an even number, at most %u", pad->count, 2 * t->ndim);
    for (uint32_t d = 0; d < t->ndim; d++) {
        ends e = ends_at(c->graph, pad, t->ndim, d);
        sizes[d] = dim_add(c->syms, dim_add(c->syms, t->sizes[d], e.low), e.high);
        int64_t number;
        if (layout_number(c->syms, sizes[d], &number) && number < 0)
            return shape_fail(c, "the padding takes more elements than dimension %u has", d);
    }
    return COT_OK;
}

static cot_status shape_constant_pad(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS];
    TRY(padded_sizes(c, t, &c->args[1], sizes));
    return layout_result(c, layout_suggest(t, c->syms), t->dtype, sizes, t->ndim);
}

/* The gradient is padded by the negative: what was added is cut off, what was cut off is zero. */
static cot_status vjp_constant_pad(vjp_call *c) {
    builder *b = c->b;
    const arg *pad = vjp_arg(c, 1);
    arg *negative = ARENA_ARRAY(b->graph->arena, arg, pad->count);
    for (uint32_t i = 0; i < pad->count; i++) {
        dim d = arg_as_dim(b->graph, &pad->list[i]);
        negative[i] =
            pad->list[i].kind == ARG_INT ? arg_int(-pad->list[i].i) : emit_dim(b, dim_sub(b->graph->ctx->syms, 0, d));
    }
    arg list = arg_list_of(negative, pad->count);
    vjp_set(c, 0, emit(b, "constant_pad_nd", "va", c->grads[0], &list));
    return b->status;
}

static cot_status prepare_constant_pad(prepare_call *c) {
    pad_attributes *a = PREPARE_ATTRIBUTES(c, pad_attributes);
    const tensor_desc *in = &c->operands[0], *out = &c->results[0];
    int64_t pads[2 * COT_MAX_DIMS] = {0};
    arg_as_ints(&c->args[1], pads, 2 * COT_MAX_DIMS);
    a->place = *out, a->part = *in;
    a->place.numel = 1;
    for (uint32_t d = 0; d < out->ndim; d++) {
        int64_t low = pads[2 * (out->ndim - 1 - d)], high = pads[2 * (out->ndim - 1 - d) + 1];
        int64_t count = MAX(0, in->sizes[d] - MAX(-low, 0) - MAX(-high, 0));
        a->place.sizes[d] = a->part.sizes[d] = count;
        a->place.numel *= count;
        a->place_offset += MAX(low, 0) * out->strides[d];
        a->part_offset += MAX(-low, 0) * in->strides[d];
    }
    a->part.numel = a->place.numel;
    a->place.contiguous = a->part.contiguous = 0;
    if (c->args[2].kind == ARG_INT && out->dtype == COT_I64) memcpy(a->fill.item, &c->args[2].i, sizeof(int64_t));
    else element_store(out->dtype, a->fill.item, 0, arg_as_float(&c->args[2], 0));
    c->kernel = KERNEL_SELECT(constant_pad);
    return COT_OK;
}

/* ---- by reflection and replication ------------------------------------------------------------------------------- */

static uint32_t spatial_of(const op *o) {
    for (const char *p = o->packet; *p; p++)
        if (*p >= '1' && *p <= '3') return (uint32_t)(*p - '0');
    return 2;
}

static bool reflects(const op *o) { return strncmp(o->packet, "reflection", 10) == 0; }

static cot_status shape_edge_pad(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    uint32_t n = spatial_of(c->op);
    const arg *pad = &c->args[1];
    dim sizes[COT_MAX_DIMS];
    if (pad->count != 2 * n || (t->ndim != n + 1 && t->ndim != n + 2))
        return shape_fail(c, "expected padding of %u numbers and an input of %u or %u dimensions, found %u and %u",
                          2 * n, n + 1, n + 2, pad->count, t->ndim);
    TRY(padded_sizes(c, t, pad, sizes));
    for (uint32_t d = t->ndim - n; d < t->ndim; d++) {
        ends e = ends_at(c->graph, pad, t->ndim, d);
        if (!dim_is_static(t->sizes[d])) continue;
        if (sizes[d] < 1) return shape_fail(c, "the padding leaves no elements at dimension %u", d);
        if (reflects(c->op) && (e.low >= t->sizes[d] || e.high >= t->sizes[d]))
            return shape_fail(
                c,
                "padding size should be less than the corresponding input dimension, but got: padding (%lld, %lld) "
                "at dimension %u of size %lld",
                (long long)e.low, (long long)e.high, d, (long long)t->sizes[d]);
    }
    return layout_result(c, layout_suggest(t, c->syms), t->dtype, sizes, t->ndim);
}

static cot_status shape_edge_pad_backward(shape_call *c) {
    const type *t = shape_tensor(c, 1);
    c->result = type_tensor(c->arena, c->syms, t->dtype, t->sizes, t->ndim);
    return COT_OK;
}

static cot_status prepare_edge(prepare_call *c, const tensor_desc *in, const tensor_desc *out, const arg *padding,
                               bool backward) {
    uint32_t n = spatial_of(c->op), lead = in->ndim - n;
    int64_t pads[6] = {0}, *index;
    arg_as_ints(padding, pads, 6);
    TRY(resample_prepare(c, in, out, n, backward));
    for (uint32_t d = 0; d < n; d++) {
        int64_t size = in->sizes[lead + d], low = pads[2 * (n - 1 - d)];
        resample_axis_set(c, d, 1, &index, NULL);
        for (int64_t o = 0; o < out->sizes[lead + d]; o++) {
            int64_t i = o - low;
            if (reflects(c->op)) i = i < 0 ? -i : i >= size ? 2 * (size - 1) - i : i;
            index[o] = MIN(MAX(i, 0), size - 1);
        }
    }
    return COT_OK;
}

static cot_status prepare_edge_pad(prepare_call *c) {
    return prepare_edge(c, &c->operands[0], &c->results[0], &c->args[1], false);
}

static cot_status prepare_edge_pad_backward(prepare_call *c) {
    return prepare_edge(c, &c->results[0], &c->operands[0], &c->args[2], true);
}

/* ---- around, and the choice of a mode ---------------------------------------------------------------------------- */

static value slice(builder *b, value x, int64_t axis, dim from, dim to) {
    return emit(b, "slice.Tensor", "vidd", x, axis, from, to);
}

/* What is cut off goes first; then the ends are copies of the other end. */
static value pad_around(builder *b, value x, uint32_t d, ends e) {
    syms *s = b->graph->ctx->syms;
    dim size = TYPE_OF(b, x)->sizes[d];
    int64_t number;
    bool cut_low = layout_number(s, e.low, &number) && number < 0,
         cut_high = layout_number(s, e.high, &number) && number < 0;
    if (b->status) return NO_VALUE;
    if (cut_low || cut_high) {
        dim low = cut_low ? dim_sub(s, 0, e.low) : 0, high = cut_high ? dim_sub(s, 0, e.high) : 0;
        x = slice(b, x, d, low, dim_sub(s, size, high));
        size = dim_sub(s, dim_sub(s, size, low), high);
    }
    value parts[3];
    uint32_t count = 0;
    if (!cut_low && e.low != 0) parts[count++] = slice(b, x, d, dim_sub(s, size, e.low), size);
    parts[count++] = x;
    if (!cut_high && e.high != 0) parts[count++] = slice(b, x, d, 0, e.high);
    return count == 1 ? x : emit(b, "cat", "Vi", parts, count, (int64_t)d);
}

static value decompose_circular(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value x = arg_as_value(&args[0]);
    uint32_t ndim = TYPE_OF(b, x)->ndim;
    if (args[1].count % 2 || args[1].count / 2 + 2 != ndim) {
        builder_fail(b, COT_SHAPE, "_pad_circular: padding of %u numbers does not fit an input of %u dimensions",
                     args[1].count, ndim);
        return NO_VALUE;
    }
    for (uint32_t d = ndim; d-- > 2;) {
        uint32_t i = 2 * (ndim - 1 - d);
        dim size = TYPE_OF(b, x)->sizes[d];
        for (uint32_t k = i; k < i + 2; k++)
            if (args[1].list[k].kind == ARG_INT && dim_is_static(size) && args[1].list[k].i > size) {
                builder_fail(b, COT_SHAPE, "_pad_circular: padding value causes wrapping around more than once");
                return NO_VALUE;
            }
        x = pad_around(b, x, d, ends_at(b->graph, &args[1], ndim, d));
        if (b->status) return NO_VALUE;
    }
    return x;
}

static value decompose_pad(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const char *mode = args[2].kind == ARG_STRING ? args[2].s : "constant";
    uint32_t ndim = TYPE_OF(b, arg_as_value(&args[0]))->ndim, n = args[1].count / 2;
    if (strcmp(mode, "constant") == 0)
        return emit(b, "constant_pad_nd", "aaf", &args[0], &args[1], arg_as_float(&args[3], 0));
    if (strcmp(mode, "circular") == 0 && (args[1].count == 2 * (ndim - 2) || ndim == n + 2))
        return emit(b, "_pad_circular", "aa", &args[0], &args[1]);
    static const char *const names[2][3] = {{"reflection_pad1d", "reflection_pad2d", "reflection_pad3d"},
                                            {"replication_pad1d", "replication_pad2d", "replication_pad3d"}};
    int row = strcmp(mode, "reflect") == 0 ? 0 : strcmp(mode, "replicate") == 0 ? 1 : -1;
    if (row < 0 || n < 1 || n > 3 || args[1].count % 2 || (ndim != n + 1 && ndim != n + 2)) {
        builder_fail(b, COT_SHAPE,
                     "pad: padding of %u numbers with mode '%s' is not supported for an input of %u dimensions",
                     args[1].count, mode, ndim);
        return NO_VALUE;
    }
    return emit(b, names[row][n - 1], "aa", &args[0], &args[1]);
}

/* ---- columns of windows ------------------------------------------------------------------------------------------ */

/* im2col(self, kernel_size, …): the lists start at 1; col2im has output_size there. */
static bool read_windows(const op *o, const arg *args, columns_attributes *a) {
    int at = op_param(o, "kernel_size");
    return layout_ints(&args[at], 2, NULL, a->kernel) && layout_ints(&args[at + 1], 2, NULL, a->dilation) &&
           layout_ints(&args[at + 2], 2, NULL, a->padding) && layout_ints(&args[at + 3], 2, NULL, a->stride);
}

static dim windows_along(syms *s, const columns_attributes *a, dim in, int d) {
    int64_t reach = a->dilation[d] * (a->kernel[d] - 1) + 1;
    return dim_add(s, dim_floordiv(s, dim_sub(s, dim_add(s, in, 2 * a->padding[d]), reach), a->stride[d]), 1);
}

static cot_status shape_im2col(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    columns_attributes a = {0};
    if (t->ndim != 3 && t->ndim != 4) return shape_fail(c, "the input has %u dimensions, expected 3 or 4", t->ndim);
    if (!read_windows(c->op, c->args, &a))
        return shape_fail(c, "kernel_size, dilation, padding and stride need 2 numbers");
    uint32_t lead = t->ndim - 3u;
    dim h = windows_along(c->syms, &a, t->sizes[lead + 1], 0), w = windows_along(c->syms, &a, t->sizes[lead + 2], 1);
    dim sizes[3] = {t->sizes[0], 0, 0};
    sizes[lead] = dim_mul(c->syms, t->sizes[lead], a.kernel[0] * a.kernel[1]);
    sizes[lead + 1] = dim_mul(c->syms, h, w);
    return shape_result(c, t->dtype, sizes, lead + 2);
}

static cot_status shape_col2im(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    columns_attributes a = {0};
    dim size[2], sizes[4];
    if (t->ndim != 2 && t->ndim != 3) return shape_fail(c, "the input has %u dimensions, expected 2 or 3", t->ndim);
    if (!read_windows(c->op, c->args, &a) || !layout_dims(c->graph, &c->args[1], 2, size))
        return shape_fail(c, "output_size, kernel_size, dilation, padding and stride need 2 numbers");
    uint32_t lead = t->ndim - 2u;
    dim expected = dim_mul(c->syms, windows_along(c->syms, &a, size[0], 0), windows_along(c->syms, &a, size[1], 1));
    if (dim_is_static(expected) && dim_is_static(t->sizes[lead + 1]) && expected != t->sizes[lead + 1])
        return shape_fail(
            c,
            "expected size of input's last dimension to match the calculated number of sliding blocks %lld, but got "
            "%lld",
            (long long)expected, (long long)t->sizes[lead + 1]);
    sizes[0] = t->sizes[0];
    sizes[lead] = dim_floordiv(c->syms, t->sizes[lead], a.kernel[0] * a.kernel[1]);
    sizes[lead + 1] = size[0], sizes[lead + 2] = size[1];
    return shape_result(c, t->dtype, sizes, lead + 3);
}

static cot_status prepare_columns(prepare_call *c) {
    columns_attributes *a = PREPARE_ATTRIBUTES(c, columns_attributes);
    bool gather = strcmp(c->op->packet, "im2col") == 0;
    const tensor_desc *image = gather ? &c->operands[0] : &c->results[0];
    uint32_t lead = image->ndim - 3u;
    read_windows(c->op, c->args, a);
    a->one_image = lead == 0;
    a->batch = lead ? image->sizes[0] : 1, a->channels = image->sizes[lead];
    for (uint32_t d = 0; d < 2; d++) {
        a->in[d] = image->sizes[lead + 1 + d];
        a->out[d] = (a->in[d] + 2 * a->padding[d] - a->dilation[d] * (a->kernel[d] - 1) - 1) / a->stride[d] + 1;
    }
    a->worker_bytes = ((size_t)(a->in[0] * a->in[1]) * sizeof(double) + 63) & ~(size_t)63;
    if (!gather) c->scratch_bytes = a->worker_bytes * MAX(c->threads, 1);
    return gather ? layout_kernel(c, KERNEL_SELECT(im2col)) : layout_kernel(c, KERNEL_SELECT(col2im));
}

/* ---- channel shuffle --------------------------------------------------------------------------------------------- */

static cot_status shape_channel_shuffle(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    int64_t groups = arg_as_int(&c->args[1], 1);
    if (t->ndim < 3 || groups < 1 || (dim_is_static(t->sizes[1]) && t->sizes[1] % groups))
        return shape_fail(c, "expected an input of more than 2 dimensions whose channels are divisible by groups=%lld",
                          (long long)groups);
    return layout_result(c, layout_suggest(t, c->syms), t->dtype, t->sizes, t->ndim);
}

/* Channels (groups, each) become (each, groups). */
static cot_status prepare_channel_shuffle(prepare_call *c) {
    regroup_attributes *a = PREPARE_ATTRIBUTES(c, regroup_attributes);
    const tensor_desc *in = &c->operands[0], *out = &c->results[0];
    int64_t groups = arg_as_int(&c->args[1], 1), each = in->sizes[1] / groups;
    if (in->ndim + 1 > COT_MAX_DIMS) return prepare_no_kernel(c);
    a->operand = *in, a->result = *out;
    tensor_desc *both[2] = {&a->operand, &a->result};
    for (int k = 0; k < 2; k++) {
        tensor_desc *t = both[k];
        for (uint32_t d = t->ndim; d > 2; d--) t->sizes[d] = t->sizes[d - 1], t->strides[d] = t->strides[d - 1];
        t->ndim++, t->contiguous = 0;
        t->sizes[1] = groups, t->sizes[2] = each;
    }
    a->operand.strides[1] = each * in->strides[1], a->operand.strides[2] = in->strides[1];
    a->result.strides[1] = out->strides[1], a->result.strides[2] = groups * out->strides[1];
    c->kernel = KERNEL_SELECT(regroup);
    return COT_OK;
}

static cot_status vjp_channel_shuffle(vjp_call *c) {
    dim channels = TYPE_OF(c->b, c->grads[0])->sizes[1];
    dim groups = arg_as_dim(c->b->graph, vjp_arg(c, 1));
    vjp_set(c, 0,
            emit(c->b, "channel_shuffle", "vd", c->grads[0], dim_floordiv(c->b->graph->ctx->syms, channels, groups)));
    return c->b->status;
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

#define EDGE_PAD(name, n, numbers, samples_)                                                                           \
    {.schema = name "(Tensor self, SymInt[" numbers "] padding) -> Tensor",                                            \
     .layout = LAYOUT_FOLLOWED,                                                                                        \
     .batch = &batch_samples##n##d,                                                                                    \
     .shape = shape_edge_pad,                                                                                          \
     .vjp = "self: " name "_backward(grad, self, padding)",                                                            \
     .prepare = prepare_edge_pad,                                                                                      \
     .reference = ref_resample,                                                                                        \
     .traits = OP_AUTOCAST_F32,                                                                                        \
     .samples = samples_},                                                                                             \
    {                                                                                                                  \
        .schema = name "_backward(Tensor grad_output, Tensor self, SymInt[" numbers "] padding) -> Tensor",            \
        .layout = LAYOUT_FOLLOWED, .batch = &batch_samples##n##d, .shape = shape_edge_pad_backward,                    \
        .vjp = "grad_output: " name "(grad, padding)\nself: none", .prepare = prepare_edge_pad_backward,               \
        .reference = ref_resample_backward                                                                             \
    }

const op_record ops_pad[] = {
    {
        .schema = "constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor",
        .batch = &batch_leading,
        .layout = LAYOUT_FOLLOWED,
        .shape = shape_constant_pad,
        .vjp_fn = vjp_constant_pad,
        .prepare = prepare_constant_pad,
        .reference = ref_constant_pad,
        .samples = "f32[2, 3, 4], [1, 2], 0.5; f32[2, 3, 4], [-1, 2, 1, -1]; i64[3], [1, 1], 7; f32[0, 3], [1, 1]",
    },
    EDGE_PAD("reflection_pad1d", 1, "2", "f32[2, 3, 4], [1, 3]; f32[3, 4], [2, 0]"),
    EDGE_PAD("reflection_pad2d", 2, "4", "f32[2, 3, 4, 5], [1, 3, 2, 0]"),
    EDGE_PAD("reflection_pad3d", 3, "6", "f32[2, 3, 4, 5, 3], [1, 2, 2, 0, 1, 1]"),
    EDGE_PAD("replication_pad1d", 1, "2", "f32[2, 3, 4], [1, 6]; f32[3, 4], [-1, 2]"),
    EDGE_PAD("replication_pad2d", 2, "4", "f32[2, 3, 4, 5], [1, 7, 2, -1]"),
    EDGE_PAD("replication_pad3d", 3, "6", "f32[2, 3, 4, 5, 3], [1, 2, 2, 0, 1, 1]"),
    {
        .schema = "_pad_circular(Tensor self, SymInt[] pad) -> Tensor",
        .decompose_fn = decompose_circular,
        .traits = OP_COMPOSITE,
    },
    {
        .schema = "pad(Tensor self, SymInt[] pad, str mode=\"constant\", float? value=None) -> Tensor",
        .decompose_fn = decompose_pad,
        .traits = OP_COMPOSITE,
    },
    {
        .schema = "im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor",
        .batch = &batch_samples2d,
        .shape = shape_im2col,
        .vjp = "self: col2im(grad, [self.size(-2), self.size(-1)], kernel_size, dilation, padding, stride)",
        .prepare = prepare_columns,
        .reference = ref_im2col,
        .samples = "f32[2, 3, 4, 5], [2, 3], [1, 1], [1, 0], [2, 1]",
    },
    {
        .schema =
            "col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] "
            "stride) -> Tensor",
        .batch = &batch_samples1d,
        .shape = shape_col2im,
        .vjp = "self: im2col(grad, kernel_size, dilation, padding, stride)",
        .prepare = prepare_columns,
        .reference = ref_col2im,
        .samples = "f32[2, 12, 9], [4, 4], [2, 2], [1, 1], [0, 0], [1, 1]",
    },
    {
        .schema = "channel_shuffle(Tensor self, SymInt groups) -> Tensor",
        .batch = &batch_samples,
        .shape = shape_channel_shuffle,
        .vjp_fn = vjp_channel_shuffle,
        .prepare = prepare_channel_shuffle,
        .reference = ref_regroup,
        .samples = "f32[2, 6, 2, 3], 3",
    },
    {
        .schema = "native_channel_shuffle(Tensor self, SymInt groups) -> Tensor",
        .batch = &batch_samples,
        .shape = shape_channel_shuffle,
        .prepare = prepare_channel_shuffle,
        .reference = ref_regroup,
        .samples = "f32[2, 6, 2, 3], 3",
    },
};
const uint32_t ops_pad_count = COUNT_OF(ops_pad);
