/* SPDX-License-Identifier: MIT
 * resize.c — upsample_*: resizing images by nearest, linear, cubic and antialiased interpolation, and pixel shuffling.
 *
 * All interpolations are one kernel; what differs is which input positions an output position reads, and with what
 * weights. The rules for positions are PyTorch's (ATen/native/UpSample.h), with their f32 arithmetic where rounding
 * shows. */
#include "ops/resample.h"
#include "ops/batch.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/pad.h"

#include <math.h>

KERNEL_DECLARE_TABLE(kernel_fn, resample);
KERNEL_DECLARE_TABLE(kernel_fn, resample_backward);

typedef enum filter { NEAREST, NEAREST_EXACT, LINEAR, CUBIC, LINEAR_SMOOTH, CUBIC_SMOOTH } filter;

static const filter nearest = NEAREST, nearest_exact = NEAREST_EXACT, linear = LINEAR, cubic = CUBIC,
                    linear_smooth = LINEAR_SMOOTH, cubic_smooth = CUBIC_SMOOTH;

/* ---- resampling at plan time ------------------------------------------------------------------------------------- */

void resample_axis_set(prepare_call *c, uint32_t d, int64_t taps, int64_t **index, double **weight) {
    resample_attributes *a = c->attributes;
    uint32_t at = 3u - a->spatial + d;
    size_t count = (size_t)(a->out[at] * taps);
    *index = ARENA_ARRAY(c->arena, int64_t, count);
    if (weight) *weight = ARENA_ARRAY(c->arena, double, count);
    a->axis[at] = (resample_axis){taps, *index, weight ? *weight : NULL};
}

cot_status resample_prepare(prepare_call *c, const tensor_desc *in, const tensor_desc *out, uint32_t spatial,
                            bool backward) {
    resample_attributes *a = PREPARE_ATTRIBUTES(c, resample_attributes);
    uint32_t lead = in->ndim - spatial;
    int64_t size = 1, *index;
    a->spatial = (uint8_t)spatial;
    a->batch = lead > 1 ? in->sizes[0] : 1;
    a->channels = in->sizes[lead - 1];
    int64_t *one = ARENA_ARRAY(c->arena, int64_t, 1);
    for (uint32_t d = 0; d < 3; d++) {
        bool real = d >= 3 - spatial;
        a->in[d] = real ? in->sizes[lead + d - (3 - spatial)] : 1;
        a->out[d] = real ? out->sizes[lead + d - (3 - spatial)] : 1;
        a->axis[d] = (resample_axis){1, one, NULL};
        size *= a->in[d];
    }
    for (uint32_t d = 0; d < spatial; d++) {
        resample_axis_set(c, d, 1, &index, NULL);
        for (int64_t o = 0; o < a->out[3 - spatial + d]; o++) index[o] = MIN(o, a->in[3 - spatial + d] - 1);
    }
    a->worker_bytes = ((size_t)(size + a->in[2]) * sizeof(double) + 63) & ~(size_t)63;
    c->scratch_bytes = a->worker_bytes * MAX(c->threads, 1);
    return backward ? layout_kernel(c, KERNEL_SELECT(resample_backward)) : layout_kernel(c, KERNEL_SELECT(resample));
}

/* Input positions per output position. A scale that was given wins over the ratio of sizes. */
static double ratio(int64_t in, int64_t out, bool align, double given, bool narrow) {
    if (align) return out > 1 ? narrow ? (float)(in - 1) / (float)(out - 1) : (double)(in - 1) / (double)(out - 1) : 0;
    if (given > 0) return narrow ? (float)(1.0 / given) : 1.0 / given;
    return narrow ? (float)in / (float)out : (double)in / (double)out;
}

static double cubic_weight(double x, double a) {
    x = fabs(x);
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

/* How one dimension is resampled. */
typedef struct dimension {
    uint32_t d;
    int64_t in, out;
    bool align, narrow; /* narrow: positions are computed in f32 */
    double scale;       /* given, 0: none */
} dimension;

static void axis_nearest(prepare_call *c, const dimension *s, bool exact) {
    int64_t *index;
    float scale = (float)ratio(s->in, s->out, false, s->scale, true);
    resample_axis_set(c, s->d, 1, &index, NULL);
    for (int64_t o = 0; o < s->out; o++) {
        float position = exact ? ((float)o + 0.5f) * scale : (float)o * scale;
        index[o] = MIN((int64_t)floorf(position), s->in - 1);
    }
}

/* Where output position o lies in the input. */
static double source(const dimension *s, double scale, int64_t o, bool clamp) {
    double at;
    if (s->align) at = s->narrow ? (double)((float)scale * (float)o) : scale * (double)o;
    else at = s->narrow ? (double)((float)scale * ((float)o + 0.5f) - 0.5f) : scale * ((double)o + 0.5) - 0.5;
    return clamp && at < 0 ? 0 : at;
}

static void axis_linear(prepare_call *c, const dimension *s) {
    int64_t *index;
    double *weight, scale = ratio(s->in, s->out, s->align, s->scale, s->narrow);
    resample_axis_set(c, s->d, 2, &index, &weight);
    for (int64_t o = 0; o < s->out; o++) {
        double at = s->in == s->out ? (double)o : source(s, scale, o, true);
        int64_t first = MIN((int64_t)at, s->in - 1);
        double rest = MIN(MAX(at - (double)first, 0), 1);
        index[2 * o] = first, index[2 * o + 1] = MIN(first + 1, s->in - 1);
        weight[2 * o] = 1 - rest, weight[2 * o + 1] = rest;
    }
}

static void axis_cubic(prepare_call *c, const dimension *s) {
    int64_t *index;
    double *weight, scale = ratio(s->in, s->out, s->align, s->scale, s->narrow);
    resample_axis_set(c, s->d, 4, &index, &weight);
    for (int64_t o = 0; o < s->out; o++) {
        double at = source(s, scale, o, false), first = floor(at), rest = at - first;
        for (int k = 0; k < 4; k++) {
            index[4 * o + k] = MIN(MAX((int64_t)first - 1 + k, 0), s->in - 1);
            weight[4 * o + k] = cubic_weight(rest + 1 - k, -0.75);
        }
    }
}

/* Antialiased: the filter is as wide as the input positions that one output position covers. */
static void axis_smooth(prepare_call *c, const dimension *s, bool is_cubic) {
    int64_t *index;
    double *weight, scale = ratio(s->in, s->out, s->align, s->scale, s->narrow), wide = MAX(scale, 1);
    double support = (is_cubic ? 2 : 1) * wide;
    int64_t taps = (int64_t)ceil(support) * 2 + 1;
    resample_axis_set(c, s->d, taps, &index, &weight);
    for (int64_t o = 0; o < s->out; o++) {
        double center = scale * ((double)o + 0.5), total = 0;
        int64_t first = MAX((int64_t)(center - support + 0.5), 0);
        int64_t count = MIN(MIN((int64_t)(center + support + 0.5), s->in) - first, taps);
        for (int64_t k = 0; k < taps; k++) {
            double x = fabs(((double)(k + first) - center + 0.5) / wide);
            double w = is_cubic ? cubic_weight(x, -0.5) : x < 1 ? 1 - x : 0;
            index[o * taps + k] = MIN(first + k, s->in - 1);
            weight[o * taps + k] = k < count ? w : 0;
            total += weight[o * taps + k];
        }
        for (int64_t k = 0; k < count && total != 0; k++) weight[o * taps + k] /= total;
    }
}

static void set_axis(prepare_call *c, filter f, const dimension *s) {
    switch (f) {
    case NEAREST: axis_nearest(c, s, false); break;
    case NEAREST_EXACT: axis_nearest(c, s, true); break;
    case LINEAR: axis_linear(c, s); break;
    case CUBIC: axis_cubic(c, s); break;
    case LINEAR_SMOOTH: axis_smooth(c, s, false); break;
    case CUBIC_SMOOTH: axis_smooth(c, s, true); break;
    }
}

/* The number of spatial dimensions is in the name: upsample_bilinear2d. */
static uint32_t spatial_of(const op *o) {
    for (const char *p = o->packet; *p; p++)
        if (*p >= '1' && *p <= '3') return (uint32_t)(*p - '0');
    return 2;
}

/* The scales are the last parameters, one for each dimension. */
static cot_status prepare_upsample(prepare_call *c) {
    uint32_t n = spatial_of(c->op);
    bool backward = strstr(c->op->packet, "_backward") != NULL;
    const tensor_desc *in = backward ? &c->results[0] : &c->operands[0],
                      *out = backward ? &c->operands[0] : &c->results[0];
    int align = op_param(c->op, "align_corners");
    TRY(resample_prepare(c, in, out, n, backward));
    for (uint32_t d = 0; d < n; d++) {
        dimension s = {.d = d, .in = in->sizes[2 + d], .out = out->sizes[2 + d], .narrow = in->dtype != COT_F64};
        s.align = align >= 0 && arg_as_bool(&c->args[align], false);
        s.scale = arg_as_float(&c->args[c->op->num_params - n + d], 0);
        set_axis(c, *(const filter *)c->op->record->data, &s);
    }
    return COT_OK;
}

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

static cot_status shape_upsample(shape_call *c) {
    uint32_t n = spatial_of(c->op);
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS];
    if (t->ndim != n + 2) return shape_fail(c, "the input has %u dimensions, expected %u", t->ndim, n + 2);
    if (!layout_dims(c->graph, &c->args[1], n, &sizes[2])) return shape_fail(c, "output_size needs %u numbers", n);
    sizes[0] = t->sizes[0], sizes[1] = t->sizes[1];
    for (uint32_t d = 2; d < n + 2; d++)
        if (sizes[d] == 0 || t->sizes[d] == 0) return shape_fail(c, "input and output sizes should be greater than 0");
    return layout_result(c, layout_suggest(t, c->syms), t->dtype, sizes, t->ndim);
}

static cot_status shape_upsample_backward(shape_call *c) {
    uint32_t n = spatial_of(c->op);
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS];
    if (!layout_dims(c->graph, &c->args[2], n + 2, sizes)) return shape_fail(c, "input_size needs %u numbers", n + 2);
    return layout_result(c, layout_suggest(t, c->syms), t->dtype, sizes, n + 2);
}

/* ---- forms with a list of scales --------------------------------------------------------------------------------- */

/* upsample_*.vec(input, output_size, [align_corners,] scale_factors) as the plain form. */
static value decompose_vec(builder *b, const op *o, const arg *args) {
    uint32_t n = spatial_of(o), factors = o->num_params - 1u;
    const type *t = TYPE_OF(b, arg_as_value(&args[0]));
    const op *plain = op_find(b->graph->ctx, o->packet);
    dim sizes[3];
    arg bound[8], *list = ARENA_ARRAY(b->graph->arena, arg, 3);
    bool by_size = !arg_is_none(&args[1]), by_factor = !arg_is_none(&args[factors]);
    if (t->ndim != n + 2 || by_size == by_factor || (by_factor && args[factors].count != n) ||
        (by_size && !layout_dims(b->graph, &args[1], n, sizes))) {
        builder_fail(b, COT_SHAPE,
                     "%s: expected an input of %u dimensions and either output_size or scale_factors with %u numbers",
                     o->packet, n + 2, n);
        return NO_VALUE;
    }
    for (uint32_t d = 0; d < n; d++) {
        arg factor = by_factor ? args[factors].list[d] : arg_none();
        double scale = arg_as_float(&factor, 1);
        dim own = t->sizes[2 + d];
        if (by_factor && dim_is_static(own)) sizes[d] = (dim)floor((double)own * scale);
        else if (by_factor) sizes[d] = dim_mul(b->graph->ctx->syms, own, (dim)scale);
        if (by_factor && !dim_is_static(own) && scale != floor(scale)) {
            builder_fail(b, COT_UNSUPPORTED, "%s: a scale of %g of a symbolic size", o->packet, scale);
            return NO_VALUE;
        }
        bound[plain->num_params - n + d] = factor;
    }
    for (uint32_t d = 0; d < n; d++) list[d] = emit_dim(b, sizes[d]);
    bound[0] = args[0], bound[1] = arg_list_of(list, n);
    if (o->num_params == 4) bound[2] = args[2];
    return emit_bound(b, plain, bound, NULL);
}

/* ---- pixel shuffle ----------------------------------------------------------------------------------------------- */

/* sizes of the side with many channels from those of the other, or the reverse. */
static cot_status shuffled_sizes(shape_call *c, bool back, dim *sizes) {
    const type *t = shape_tensor(c, 0);
    int64_t r = arg_as_int(&c->args[1], 1);
    uint32_t n = t->ndim;
    syms *s = c->syms;
    if (n < 3 || r < 1)
        return shape_fail(c, "expected at least 3 dimensions and a positive factor, found %u and %lld", n,
                          (long long)r);
    for (uint32_t d = 0; d + 3 < n; d++) sizes[d] = t->sizes[d];
    const dim *from = &t->sizes[n - 3];
    if ((!back && dim_is_static(from[0]) && from[0] % (r * r)) ||
        (back && ((dim_is_static(from[1]) && from[1] % r) || (dim_is_static(from[2]) && from[2] % r))))
        return shape_fail(c, "the sizes are not divisible by the factor %lld", (long long)r);
    sizes[n - 3] = back ? dim_mul(s, from[0], r * r) : dim_floordiv(s, from[0], r * r);
    sizes[n - 2] = back ? dim_floordiv(s, from[1], r) : dim_mul(s, from[1], r);
    sizes[n - 1] = back ? dim_floordiv(s, from[2], r) : dim_mul(s, from[2], r);
    return COT_OK;
}

static cot_status shape_pixel_shuffle(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS];
    TRY(shuffled_sizes(c, strcmp(c->op->packet, "pixel_unshuffle") == 0, sizes));
    return layout_result(c, layout_suggest(t, c->syms), t->dtype, sizes, t->ndim);
}

/* Both sides seen as (…, C, H, r, W, r). */
static cot_status prepare_pixel_shuffle(prepare_call *c) {
    regroup_attributes *a = PREPARE_ATTRIBUTES(c, regroup_attributes);
    bool back = strcmp(c->op->packet, "pixel_unshuffle") == 0;
    const tensor_desc *many = back ? &c->results[0] : &c->operands[0], *few = back ? &c->operands[0] : &c->results[0];
    int64_t r = arg_as_int(&c->args[1], 1);
    uint32_t lead = many->ndim - 3u;
    if (lead + 5 > COT_MAX_DIMS) return prepare_no_kernel(c);
    tensor_desc m = *many, f = *few;
    m.ndim = f.ndim = (uint8_t)(lead + 5), m.contiguous = f.contiguous = 0;
    const int64_t *ms = &many->strides[lead], *fs = &few->strides[lead], *size = &few->sizes[lead];
    const int64_t sizes[5] = {size[0], size[1] / r, r, size[2] / r, r};
    const int64_t from_many[5] = {r * r * ms[0], ms[1], r * ms[0], ms[2], ms[0]};
    const int64_t from_few[5] = {fs[0], r * fs[1], fs[1], r * fs[2], fs[2]};
    for (uint32_t d = 0; d < 5; d++) {
        m.sizes[lead + d] = f.sizes[lead + d] = sizes[d];
        m.strides[lead + d] = from_many[d], f.strides[lead + d] = from_few[d];
    }
    a->result = back ? m : f, a->operand = back ? f : m;
    c->kernel = KERNEL_SELECT(regroup);
    return COT_OK;
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

#define SIZE1 "[self.size(0), self.size(1), self.size(2)]"
#define SIZE2 "[self.size(0), self.size(1), self.size(2), self.size(3)]"
#define SIZE3 "[self.size(0), self.size(1), self.size(2), self.size(3), self.size(4)]"
#define SCALES1 "scales"
#define SCALES2 "scales_h, scales_w"
#define SCALES3 "scales_d, scales_h, scales_w"
#define SCALE_PARAMS1 "float? scales=None"
#define SCALE_PARAMS2 "float? scales_h=None, float? scales_w=None"
#define SCALE_PARAMS3 "float? scales_d=None, float? scales_h=None, float? scales_w=None"

/* name, dimensions, dimensions of the input, filter, "bool align_corners, " or "", "align_corners, " or "", traits,
 * samples */
#define UPSAMPLE(name, n, m, filter_, align_param, align, traits_, samples_)                                           \
    {.schema = name "(Tensor self, SymInt[" #n "] output_size, " align_param SCALE_PARAMS##n ") -> Tensor",            \
     .layout = LAYOUT_FOLLOWED,                                                                                        \
     .batch = &batch_samples##n##d,                                                                                    \
     .shape = shape_upsample,                                                                                          \
     .vjp = "self: " name "_backward(grad, output_size, " SIZE##n ", " align SCALES##n ")",                            \
     .prepare = prepare_upsample,                                                                                      \
     .reference = ref_resample,                                                                                        \
     .data = &filter_,                                                                                                 \
     .traits = traits_,                                                                                                \
     .samples = samples_},                                                                                             \
        {.schema = name "_backward(Tensor grad_output, SymInt[" #n "] output_size, SymInt[" #m                         \
                        "] input_size, " align_param SCALE_PARAMS##n ") -> Tensor",                                    \
         .layout = LAYOUT_FOLLOWED,                                                                                    \
         .batch = &batch_samples##n##d,                                                                                \
         .shape = shape_upsample_backward,                                                                             \
         .vjp = "grad_output: " name "(grad, output_size, " align SCALES##n ")",                                       \
         .prepare = prepare_upsample,                                                                                  \
         .reference = ref_resample_backward,                                                                           \
         .data = &filter_},                                                                                            \
    {                                                                                                                  \
        .schema = name ".vec(Tensor input, SymInt[]? output_size, " align_param "float[]? scale_factors) -> Tensor",   \
        .decompose_fn = decompose_vec, .traits = OP_COMPOSITE                                                          \
    }
#define ALIGN_PARAM "bool align_corners, "
#define ALIGN "align_corners, "

const op_record ops_resize[] = {
    UPSAMPLE("upsample_nearest1d", 1, 3, nearest, "", "", OP_CHEAP, "f32[2, 3, 4], [7]"),
    UPSAMPLE("upsample_nearest2d", 2, 4, nearest, "", "", OP_CHEAP, "f32[2, 3, 4, 5], [8, 3]"),
    UPSAMPLE("upsample_nearest3d", 3, 5, nearest, "", "", OP_CHEAP, "f32[2, 3, 4, 5, 2], [8, 3, 4]"),
    UPSAMPLE("_upsample_nearest_exact1d", 1, 3, nearest_exact, "", "", OP_CHEAP, "f32[2, 3, 4], [7]"),
    UPSAMPLE("_upsample_nearest_exact2d", 2, 4, nearest_exact, "", "", OP_CHEAP, "f32[2, 3, 4, 5], [8, 3]"),
    UPSAMPLE("_upsample_nearest_exact3d", 3, 5, nearest_exact, "", "", OP_CHEAP, "f32[2, 3, 4, 5, 2], [8, 3, 4]"),
    UPSAMPLE("upsample_linear1d", 1, 3, linear, ALIGN_PARAM, ALIGN, 0, "f32[2, 3, 4], [7], False"),
    UPSAMPLE("upsample_bilinear2d", 2, 4, linear, ALIGN_PARAM, ALIGN, OP_EXPENSIVE, "f32[2, 3, 4, 5], [8, 3], True"),
    UPSAMPLE("upsample_trilinear3d", 3, 5, linear, ALIGN_PARAM, ALIGN, 0, "f32[2, 3, 4, 5, 2], [8, 3, 4], False"),
    UPSAMPLE("upsample_bicubic2d", 2, 4, cubic, ALIGN_PARAM, ALIGN, 0, "f32[2, 3, 4, 5], [8, 3], False"),
    UPSAMPLE("_upsample_bilinear2d_aa", 2, 4, linear_smooth, ALIGN_PARAM, ALIGN, 0, "f32[2, 3, 9, 8], [4, 3], False"),
    UPSAMPLE("_upsample_bicubic2d_aa", 2, 4, cubic_smooth, ALIGN_PARAM, ALIGN, 0, "f32[2, 3, 9, 8], [4, 3], False"),
    {
        .schema = "pixel_shuffle(Tensor self, int upscale_factor) -> Tensor",
        .batch = &batch_leading,
        .layout = LAYOUT_FOLLOWED,
        .shape = shape_pixel_shuffle,
        .vjp = "self: pixel_unshuffle(grad, upscale_factor)",
        .prepare = prepare_pixel_shuffle,
        .reference = ref_regroup,
        .samples = "f32[2, 8, 3, 2], 2; f32[8, 3, 2], 2",
    },
    {
        .schema = "pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor",
        .batch = &batch_leading,
        .layout = LAYOUT_FOLLOWED,
        .shape = shape_pixel_shuffle,
        .vjp = "self: pixel_shuffle(grad, downscale_factor)",
        .prepare = prepare_pixel_shuffle,
        .reference = ref_regroup,
        .samples = "f32[2, 3, 4, 6], 2",
    },
};
const uint32_t ops_resize_count = COUNT_OF(ops_resize);
