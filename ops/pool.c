/* SPDX-License-Identifier: MIT
 * pool.c — pooling with windows of a fixed size, windows that divide the input evenly (adaptive), and the inverse of
 * max pooling. One-dimensional forms are two-dimensional ones with a dimension of size 1 in between. */
#include "kernels/pool.h"
#include "kernels/cpu/dispatch.h"
#include "ops/layout.h"
#include "ops/batch.h"

KERNEL_DECLARE_TABLE(kernel_fn, max_pool);
KERNEL_DECLARE_TABLE(kernel_fn, max_pool_backward);
KERNEL_DECLARE_TABLE(kernel_fn, avg_pool);
KERNEL_DECLARE_TABLE(kernel_fn, avg_pool_backward);
KERNEL_DECLARE_TABLE(kernel_fn, max_unpool);

/* The number of spatial dimensions is in the name: max_pool2d_with_indices, _adaptive_avg_pool3d_backward. */
static uint32_t spatial_of(const op *o) {
    for (const char *p = o->packet; *p; p++)
        if (*p >= '1' && *p <= '3') return (uint32_t)(*p - '0');
    return 2;
}

static const arg *named(const op *o, const arg *args, const char *name) {
    static const arg none = {.kind = ARG_NONE};
    int i = op_param(o, name);
    return i < 0 ? &none : &args[i];
}

/* ---- geometry ---------------------------------------------------------------------------------------------------- */

typedef struct window {
    int64_t kernel[3], stride[3], padding[3], dilation[3];
    bool ceil;
} window;

/* Reads kernel_size, stride …, whichever the operator has. NULL, or what is wrong. */
static const char *read_window(const op *o, const arg *args, uint32_t n, window *w) {
    static const int64_t ones[3] = {1, 1, 1}, zeros[3] = {0};
    if (!layout_ints(named(o, args, "kernel_size"), n, NULL, w->kernel))
        return "kernel_size needs 1 number or one per dimension";
    if (!layout_ints(named(o, args, "stride"), n, w->kernel, w->stride))
        return "stride needs 1 number or one per dimension";
    if (!layout_ints(named(o, args, "padding"), n, zeros, w->padding))
        return "padding needs 1 number or one per dimension";
    if (!layout_ints(named(o, args, "dilation"), n, ones, w->dilation))
        return "dilation needs 1 number or one per dimension";
    w->ceil = arg_as_bool(named(o, args, "ceil_mode"), false);
    for (uint32_t d = 0; d < n; d++) {
        if (w->kernel[d] < 1) return "kernel_size should be greater than zero";
        if (w->stride[d] < 1) return "stride should not be zero";
        if (w->dilation[d] < 1) return "dilation should be greater than zero";
        if (w->padding[d] < 0 || w->padding[d] > ((w->kernel[d] - 1) * w->dilation[d] + 1) / 2)
            return "pad should be at most half of effective kernel size";
    }
    return NULL;
}

static dim pooled_size(syms *s, dim in, const window *w, uint32_t d) {
    int64_t reach = w->dilation[d] * (w->kernel[d] - 1) + 1, stride = w->stride[d], padding = w->padding[d];
    dim room = dim_sub(s, dim_add(s, in, 2 * padding), reach);
    dim out = dim_add(s, dim_floordiv(s, w->ceil ? dim_add(s, room, stride - 1) : room, stride), 1);
    /* With ceil_mode the last window has to start inside the input or the padding before it. */
    if (w->ceil && dim_is_static(out) && dim_is_static(in) && (out - 1) * stride >= in + padding) out--;
    return out;
}

static cot_status check_rank(shape_call *c, const type *t, uint32_t n) {
    if (t->ndim == n + 1 || t->ndim == n + 2) return COT_OK;
    return shape_fail(c, "the input has %u dimensions, expected %u or %u", t->ndim, n + 1, n + 2);
}

static cot_status pooled_sizes(shape_call *c, const type *t, dim *sizes) {
    uint32_t n = spatial_of(c->op), lead = t->ndim - n;
    window w;
    const char *wrong = read_window(c->op, c->args, n, &w);
    if (wrong) return shape_fail(c, "%s", wrong);
    for (uint32_t d = 0; d < t->ndim; d++) {
        sizes[d] = d < lead ? t->sizes[d] : pooled_size(c->syms, t->sizes[d], &w, d - lead);
        if (sizes[d] == DIM_ERROR ||
            (d >= lead && dim_is_static(t->sizes[d]) && pooled_size(c->syms, t->sizes[d], &w, d - lead) < 1))
            return shape_fail(c, "input of size %lld at dimension %u gives no output: output size is too small",
                              (long long)t->sizes[d], d);
    }
    return COT_OK;
}

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

static cot_status shape_max_pool(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS];
    TRY(check_rank(c, t, spatial_of(c->op)));
    TRY(pooled_sizes(c, t, sizes));
    const char *format = layout_suggest(t, c->syms);
    type parts[2] = {layout_type(c, format, t->dtype, sizes, t->ndim), layout_type(c, format, COT_I64, sizes, t->ndim)};
    return layout_tuple(c, parts, 2);
}

static cot_status shape_avg_pool(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS];
    TRY(check_rank(c, t, spatial_of(c->op)));
    TRY(pooled_sizes(c, t, sizes));
    return layout_result(c, layout_suggest(t, c->syms), t->dtype, sizes, t->ndim);
}

static cot_status adaptive_sizes(shape_call *c, const type *t, dim *sizes) {
    uint32_t n = spatial_of(c->op), lead = t->ndim - n;
    TRY(check_rank(c, t, n));
    if (!layout_dims(c->graph, named(c->op, c->args, "output_size"), n, &sizes[lead]))
        return shape_fail(c, "output_size needs %u numbers", n);
    for (uint32_t d = 0; d < lead; d++) sizes[d] = t->sizes[d];
    return COT_OK;
}

static cot_status shape_adaptive_avg(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS];
    TRY(adaptive_sizes(c, t, sizes));
    return layout_result(c, layout_suggest(t, c->syms), t->dtype, sizes, t->ndim);
}

static cot_status shape_adaptive_max(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS];
    TRY(adaptive_sizes(c, t, sizes));
    const char *format = layout_suggest(t, c->syms);
    type parts[2] = {layout_type(c, format, t->dtype, sizes, t->ndim), layout_type(c, format, COT_I64, sizes, t->ndim)};
    return layout_tuple(c, parts, 2);
}

/* Backwards: as the input, which is the second operand. */
static cot_status shape_pool_backward(shape_call *c) {
    const type *t = shape_tensor(c, 1);
    return layout_result(c, layout_suggest(t, c->syms), t->dtype, t->sizes, t->ndim);
}

static cot_status shape_unpool(shape_call *c) {
    const type *t = shape_tensor(c, 0), *indices = shape_tensor(c, 1);
    if (indices->dtype != COT_I64)
        return shape_fail(c, "elements in indices should be type int64 but got: %s", dtype_torch_name(indices->dtype));
    dim sizes[COT_MAX_DIMS];
    TRY(adaptive_sizes(c, t, sizes));
    return layout_result(c, spatial_of(c->op) == 2 ? layout_suggest(t, c->syms) : NULL, t->dtype, sizes, t->ndim);
}

/* ---- derivatives ------------------------------------------------------------------------------------------------- */

/* Of each plane of x, the elements that the indices name. */
static value gather_planes(vjp_call *c, value x, value indices) {
    builder *b = c->b;
    const type *t = TYPE_OF(b, indices);
    uint32_t n = spatial_of(c->op), lead = t->ndim - n, ndim = t->ndim;
    arg rows[3];
    dim sizes[COT_MAX_DIMS];
    for (uint32_t d = 0; d < ndim; d++) sizes[d] = t->sizes[d];
    for (uint32_t d = 0; d < lead; d++) rows[d] = emit_dim(b, sizes[d]);
    rows[lead] = arg_int(-1);
    arg list = arg_list_of(rows, lead + 1);
    value flat_indices = emit(b, "reshape", "va", indices, &list);
    value flat = emit(b, "reshape", "va", x, &list);
    return emit(b, "view", "vD", emit(b, "gather", "viv", flat, (int64_t)-1, flat_indices), sizes, ndim);
}

static cot_status vjp_indices(vjp_call *c) {
    int indices = op_param(c->op, "indices");
    if (vjp_needs(c, 0)) vjp_set(c, 0, gather_planes(c, c->grads[0], vjp_tensor(c, (uint32_t)indices)));
    return c->b->status;
}

/* ---- composites -------------------------------------------------------------------------------------------------- */

/* [1, x] of a list of one. */
static void with_one(const arg *from, int64_t one, int64_t out[2]) {
    int64_t given = one;
    arg_as_ints(from, &given, 1);
    out[0] = one, out[1] = given;
}

/* A copy of the call with a dimension more, as the two-dimensional operator `name`. */
static value call_2d(builder *b, const char *name, const op *o, const arg *args) {
    const op *wide = op_find(b->graph->ctx, name);
    arg bound[8], *lists = ARENA_ARRAY(b->graph->arena, arg, 16);
    for (uint32_t i = 0; i < wide->num_params; i++) {
        int from = op_param(o, wide->params[i].name);
        bound[i] = from >= 0 ? args[from] : wide->params[i].has_default ? wide->params[i].default_value : arg_none();
        if (!wide->params[i].list || from < 0) continue;
        int64_t pair[2];
        bool stride = strcmp(wide->params[i].name, "stride") == 0,
             given = bound[i].kind != ARG_LIST || bound[i].count > 0;
        with_one(stride && !given ? named(o, args, "kernel_size") : &args[from],
                 strcmp(wide->params[i].name, "padding") != 0, pair);
        lists[2 * i] = arg_int(pair[0]), lists[2 * i + 1] = arg_int(pair[1]);
        bound[i] = arg_list_of(&lists[2 * i], 2);
    }
    bound[0] = arg_value(emit(b, "unsqueeze", "ai", &args[0], (int64_t)-2));
    return emit_bound(b, wide, bound, NULL);
}

static value drop_row(builder *b, value v) { return emit(b, "squeeze.dim", "vi", v, (int64_t)-2); }

static value decompose_max_pool1d(builder *b, const op *o, const arg *args) {
    return drop_row(b, emit_get(b, call_2d(b, "max_pool2d_with_indices", o, args), 0));
}

static value both_parts(builder *b, value all) {
    value parts[2] = {drop_row(b, emit_get(b, all, 0)), NO_VALUE};
    parts[1] = drop_row(b, emit_get(b, all, 1));
    return b->status ? NO_VALUE : emit_pack(b, parts, 2);
}

static value decompose_max_pool1d_with_indices(builder *b, const op *o, const arg *args) {
    return both_parts(b, call_2d(b, "max_pool2d_with_indices", o, args));
}

static value decompose_adaptive_max_pool1d(builder *b, const op *o, const arg *args) {
    return both_parts(b, call_2d(b, "adaptive_max_pool2d", o, args));
}

static value decompose_avg_pool1d(builder *b, const op *o, const arg *args) {
    return drop_row(b, call_2d(b, "avg_pool2d", o, args));
}

static value decompose_max_pool(builder *b, const op *o, const arg *args) {
    const char *name = spatial_of(o) == 2 ? "max_pool2d_with_indices" : "max_pool3d_with_indices";
    return emit_get(b, emit(b, name, "aaaaaa", &args[0], &args[1], &args[2], &args[3], &args[4], &args[5]), 0);
}

/* To one element: the mean. */
static value decompose_adaptive_avg(builder *b, const op *o, const arg *args) {
    static const int64_t last[3] = {-1, -2, -3};
    uint32_t n = spatial_of(o);
    dim sizes[3];
    bool single = layout_dims(b->graph, &args[1], n, sizes);
    for (uint32_t d = 0; d < n; d++) single = single && dim_is_one(sizes[d]);
    if (single) return emit(b, "mean.dim", "aIb", &args[0], last, n, 1);
    return emit(b, n == 2 ? "_adaptive_avg_pool2d" : "_adaptive_avg_pool3d", "aa", &args[0], &args[1]);
}

static value decompose_adaptive_avg_pool1d(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    int64_t pair[2];
    with_one(&args[1], 1, pair);
    value wide = emit(b, "unsqueeze", "ai", &args[0], (int64_t)-2);
    value out = pair[1] == 1 ? emit(b, "mean.dim", "vIb", wide, (int64_t[]){-1, -2}, 2u, 1)
                             : emit(b, "_adaptive_avg_pool2d", "vI", wide, pair, 2u);
    return drop_row(b, out);
}

/* ---- plan time --------------------------------------------------------------------------------------------------- */

/* Fills the attributes from the tensors on the input's and the output's side. */
static cot_status describe(prepare_call *c, const tensor_desc *in, const tensor_desc *out, bool adaptive,
                           const kernel_fn *table) {
    pool_attributes *a = PREPARE_ATTRIBUTES(c, pool_attributes);
    uint32_t n = spatial_of(c->op), lead = in->ndim - n;
    window w = {0};
    if (!adaptive) read_window(c->op, c->args, n, &w);
    a->spatial = (uint8_t)n;
    a->adaptive = adaptive;
    a->batch = lead > 1 ? in->sizes[0] : 1;
    a->channels = in->sizes[lead - 1];
    int64_t size = 1;
    for (uint32_t d = 0; d < 3; d++) {
        a->in[d] = a->out[d] = a->kernel[d] = a->stride[d] = a->dilation[d] = 1;
        if (d < 3 - n) continue;
        uint32_t from = d - (3 - n);
        a->in[d] = in->sizes[lead + from], a->out[d] = out->sizes[lead + from];
        a->kernel[d] = w.kernel[from], a->stride[d] = w.stride[from];
        a->padding[d] = w.padding[from], a->dilation[d] = adaptive ? 1 : w.dilation[from];
        size *= a->in[d];
    }
    a->count_include_pad = arg_as_bool(named(c->op, c->args, "count_include_pad"), true);
    a->divisor = arg_as_int(named(c->op, c->args, "divisor_override"), 0);
    a->worker_bytes = ((size_t)size * sizeof(double) + 63) & ~(size_t)63;
    return layout_kernel(c, table);
}

static cot_status with_scratch(prepare_call *c) {
    const pool_attributes *a = c->attributes;
    c->scratch_bytes = a->worker_bytes * MAX(c->threads, 1);
    return COT_OK;
}

static cot_status prepare_max_pool(prepare_call *c) {
    return describe(c, &c->operands[0], &c->results[0], false, KERNEL_SELECT(max_pool));
}

static cot_status prepare_adaptive_max(prepare_call *c) {
    return describe(c, &c->operands[0], &c->results[0], true, KERNEL_SELECT(max_pool));
}

static cot_status prepare_avg_pool(prepare_call *c) {
    return describe(c, &c->operands[0], &c->results[0], false, KERNEL_SELECT(avg_pool));
}

static cot_status prepare_adaptive_avg(prepare_call *c) {
    return describe(c, &c->operands[0], &c->results[0], true, KERNEL_SELECT(avg_pool));
}

static cot_status prepare_max_backward(prepare_call *c) {
    TRY(describe(c, &c->results[0], &c->operands[0], true, KERNEL_SELECT(max_pool_backward)));
    return with_scratch(c);
}

static cot_status prepare_avg_backward(prepare_call *c) {
    TRY(describe(c, &c->results[0], &c->operands[0], false, KERNEL_SELECT(avg_pool_backward)));
    return with_scratch(c);
}

static cot_status prepare_adaptive_avg_backward(prepare_call *c) {
    TRY(describe(c, &c->results[0], &c->operands[0], true, KERNEL_SELECT(avg_pool_backward)));
    return with_scratch(c);
}

static cot_status prepare_unpool(prepare_call *c) {
    return describe(c, &c->results[0], &c->operands[0], true, KERNEL_SELECT(max_unpool));
}

/* The backward of max pooling reads the indices from the operand behind (grad_output, self). */
#define MAX_POOL(n, samples_)                                                                                          \
    {.schema = "max_pool" #n "d_with_indices(Tensor self, int[" #n "] kernel_size, int[" #n "] stride=[], int[" #n     \
               "] padding=0, int[" #n "] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)",                       \
     .layout = LAYOUT_FOLLOWED,                                                                                        \
     .batch = &batch_samples##n##d,                                                                                    \
     .shape = shape_max_pool,                                                                                          \
     .vjp = "self: max_pool" #n "d_with_indices_backward(grad, self, kernel_size, stride, padding, dilation, "         \
            "ceil_mode, result1)",                                                                                     \
     .traits = OP_CHEAP,                                                                                               \
     .prepare = prepare_max_pool,                                                                                      \
     .reference = ref_max_pool,                                                                                        \
     .samples = samples_},                                                                                             \
        {.schema =                                                                                                     \
             "max_pool" #n "d_with_indices_backward(Tensor grad_output, Tensor self, int[" #n "] kernel_size, int[" #n \
             "] stride, int[" #n "] padding, int[" #n "] dilation, bool ceil_mode, Tensor indices) -> Tensor",         \
         .layout = LAYOUT_FOLLOWED,                                                                                    \
         .batch = &batch_samples##n##d,                                                                                \
         .shape = shape_pool_backward,                                                                                 \
         .vjp_fn = vjp_indices,                                                                                        \
         .shape_only = 1 << 1,                                                                                         \
         .prepare = prepare_max_backward,                                                                              \
         .reference = ref_max_pool_backward},                                                                          \
    {                                                                                                                  \
        .schema = "max_pool" #n "d(Tensor self, int[" #n "] kernel_size, int[" #n "] stride=[], int[" #n               \
                  "] padding=0, int[" #n "] dilation=1, bool ceil_mode=False) -> Tensor",                              \
        .decompose_fn = decompose_max_pool, .traits = OP_COMPOSITE                                                     \
    }
#define AVG_POOL(n, traits_, samples_)                                                                                 \
    {.schema =                                                                                                         \
         "avg_pool" #n "d(Tensor self, int[" #n "] kernel_size, int[" #n "] stride=[], int[" #n                        \
         "] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor",      \
     .layout = LAYOUT_FOLLOWED,                                                                                        \
     .batch = &batch_samples##n##d,                                                                                    \
     .shape = shape_avg_pool,                                                                                          \
     .vjp = "self: avg_pool" #n "d_backward(grad, self, kernel_size, stride, padding, ceil_mode, count_include_pad, "  \
            "divisor_override)",                                                                                       \
     .prepare = prepare_avg_pool,                                                                                      \
     .reference = ref_avg_pool,                                                                                        \
     .traits = traits_,                                                                                                \
     .samples = samples_},                                                                                             \
    {                                                                                                                  \
        .schema = "avg_pool" #n "d_backward(Tensor grad_output, Tensor self, int[" #n "] kernel_size, int[" #n         \
                  "] stride, int[" #n "] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> "  \
                  "Tensor",                                                                                            \
        .layout = LAYOUT_FOLLOWED, .batch = &batch_samples##n##d, .shape = shape_pool_backward,                        \
        .vjp = "grad_output: avg_pool" #n "d(grad, kernel_size, stride, padding, ceil_mode, count_include_pad, "       \
               "divisor_override)\nself: none",                                                                        \
        .shape_only = 1 << 1, .prepare = prepare_avg_backward, .reference = ref_avg_pool_backward                      \
    }
#define ADAPTIVE_AVG(n, list, samples_)                                                                                \
    {.schema = "_adaptive_avg_pool" #n "d(Tensor self, SymInt[" #n "] output_size) -> Tensor",                         \
     .layout = LAYOUT_FOLLOWED,                                                                                        \
     .batch = &batch_samples##n##d,                                                                                    \
     .shape = shape_adaptive_avg,                                                                                      \
     .vjp = "self: _adaptive_avg_pool" #n "d_backward(grad, self)",                                                    \
     .prepare = prepare_adaptive_avg,                                                                                  \
     .reference = ref_avg_pool,                                                                                        \
     .samples = samples_},                                                                                             \
    {                                                                                                                  \
        .schema = "_adaptive_avg_pool" #n "d_backward(Tensor grad_output, Tensor self) -> Tensor",                     \
        .layout = LAYOUT_FOLLOWED, .batch = &batch_samples##n##d, .shape = shape_pool_backward,                        \
        .vjp = "grad_output: _adaptive_avg_pool" #n "d(grad, " list ")\nself: none", .shape_only = 1 << 1,             \
        .prepare = prepare_adaptive_avg_backward, .reference = ref_avg_pool_backward                                   \
    }
#define ADAPTIVE_MAX(n, traits_, samples_)                                                                             \
    {.schema = "adaptive_max_pool" #n "d(Tensor self, int[" #n "] output_size) -> (Tensor, Tensor)",                   \
     .layout = LAYOUT_FOLLOWED,                                                                                        \
     .batch = &batch_samples##n##d,                                                                                    \
     .shape = shape_adaptive_max,                                                                                      \
     .vjp = "self: adaptive_max_pool" #n "d_backward(grad, self, result1)",                                            \
     .prepare = prepare_adaptive_max,                                                                                  \
     .reference = ref_max_pool,                                                                                        \
     .traits = traits_,                                                                                                \
     .samples = samples_},                                                                                             \
    {                                                                                                                  \
        .schema = "adaptive_max_pool" #n "d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor",      \
        .layout = LAYOUT_FOLLOWED, .batch = &batch_samples##n##d, .shape = shape_pool_backward, .vjp_fn = vjp_indices, \
        .shape_only = 1 << 1, .prepare = prepare_max_backward, .reference = ref_max_pool_backward                      \
    }
#define COMPOSITE(schema_, decompose_, traits_)                                                                        \
    { .schema = schema_, .decompose_fn = decompose_, .traits = OP_COMPOSITE | (traits_) }

const op_record ops_pool[] = {
    MAX_POOL(2, "f32[2, 3, 6, 7], [3, 2], [2, 2], [1, 1]; f32[3, 6, 7], [2, 2], [], [0, 0], [2, 1], True"),
    MAX_POOL(3, "f32[2, 3, 4, 6, 5], [2, 2, 2]"),
    AVG_POOL(2, 0,
             "f32[2, 3, 6, 7], [3, 2], [2, 2], [1, 1]; f32[2, 3, 6, 7], [3, 3], [2, 2], [1, 1], True, False;"
             "f32[3, 6, 7], [2, 2], [], [0, 0], False, True, 3"),
    AVG_POOL(3, OP_AUTOCAST_F32, "f32[2, 3, 4, 6, 5], [2, 2, 2]"),
    ADAPTIVE_AVG(2, "[grad_output.size(-2), grad_output.size(-1)]", "f32[2, 3, 5, 7], [2, 3]"),
    ADAPTIVE_AVG(3, "[grad_output.size(-3), grad_output.size(-2), grad_output.size(-1)]",
                 "f32[2, 3, 5, 7, 4], [2, 3, 1]"),
    ADAPTIVE_MAX(2, 0, "f32[2, 3, 5, 7], [2, 3]"),
    ADAPTIVE_MAX(3, OP_AUTOCAST_F32, "f32[2, 3, 5, 7, 4], [2, 3, 1]"),
    {
        .schema = "max_unpool2d(Tensor self, Tensor indices, SymInt[2] output_size) -> Tensor",
        .batch = &batch_samples2d,
        .layout = LAYOUT_FOLLOWED,
        .shape = shape_unpool,
        .vjp_fn = vjp_indices,
        .prepare = prepare_unpool,
        .reference = ref_max_unpool,
    },
    {
        .schema =
            "max_unpool3d(Tensor self, Tensor indices, SymInt[3] output_size, int[3] stride, int[3] padding) -> Tensor",
        .batch = &batch_samples3d,
        .layout = LAYOUT_FOLLOWED,
        .shape = shape_unpool,
        .vjp_fn = vjp_indices,
        .prepare = prepare_unpool,
        .reference = ref_max_unpool,
    },
    COMPOSITE("max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool "
              "ceil_mode=False) -> Tensor",
              decompose_max_pool1d, 0),
    COMPOSITE("max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] "
              "dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)",
              decompose_max_pool1d_with_indices, 0),
    COMPOSITE(
        "avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, bool ceil_mode=False, bool "
        "count_include_pad=True) -> Tensor",
        decompose_avg_pool1d, 0),
    COMPOSITE("adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor", decompose_adaptive_avg_pool1d, 0),
    COMPOSITE("adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor", decompose_adaptive_avg, 0),
    COMPOSITE("adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor", decompose_adaptive_avg,
              OP_AUTOCAST_F32),
    COMPOSITE("adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)", decompose_adaptive_max_pool1d,
              0),
};
const uint32_t ops_pool_count = COUNT_OF(ops_pool);
