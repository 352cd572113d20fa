/* SPDX-License-Identifier: MIT
 * conv_onednn.c — convolutions by oneDNN (conv_onednn.h).
 *
 * The images are shared out over the threads, each running the primitive of its share. Weights are few: they are
 * reordered each time to what the primitives like best, slices of them by different threads. The weight gradient is
 * one partial sum for each share, added in order. */
#include "kernels/cpu/conv_onednn.h"

#include "kernels/cpu/onednn.h"
#include <string.h>

#if COT_HAVE_DNNL
enum { MAX_SLICES = 16, SLICE_CHANNELS = 64 };

/* A primitive with what it reads and writes. */
typedef struct primitive {
    dnnl_primitive_t handle;
    dnnl_memory_desc_t x, y, weights, bias;
} primitive;

typedef struct reorder {
    dnnl_primitive_t handle;
    dnnl_memory_desc_t from, to;
} reorder;

struct conv_onednn {
    conv_part part;
    int64_t images, shares;            /* images of a share; the last one may have fewer */
    primitive full, last;              /* the same where the shares are equal */
    int64_t x_bytes, y_bytes;          /* of a share */
    size_t weight_bytes, worker_bytes; /* scratch: weights as the primitives have them (one for each share of a
                                        * gradient), then room for each share's primitive */
    uint32_t slices;                   /* of weights; 0: the primitives take them as they lie */
    reorder slice[MAX_SLICES];
    const onednn *library;
    dnnl_engine_t engine;
    dnnl_stream_t stream;
};

/* What a description of a convolution is made of. */
typedef struct recipe {
    const conv_attributes *c;
    conv_part part;
    dnnl_data_type_t type;
    bool bias;
    const onednn *library;
    dnnl_engine_t engine;
} recipe;

static void release(void *what) {
    conv_onednn *c = what;
    c->library->primitive_destroy(c->full.handle);
    if (c->last.handle != c->full.handle) c->library->primitive_destroy(c->last.handle);
    for (uint32_t i = 0; i < c->slices; i++) c->library->primitive_destroy(c->slice[i].handle);
    c->library->stream_destroy(c->stream);
    c->library->engine_destroy(c->engine);
}

/* ---- descriptions ------------------------------------------------------------------------------------------------ */

/* (batch, channels, spatial …) with channels innermost. */
static dnnl_memory_desc_t images_of(const recipe *r, int64_t batch, int64_t channels, const int64_t size[3]) {
    static const dnnl_format_tag_t tags[] = {dnnl_nwc, dnnl_nhwc, dnnl_ndhwc};
    const int n = r->c->spatial;
    dnnl_dims_t dims = {batch, channels};
    for (int d = 0; d < n; d++) dims[2 + d] = size[3 - n + d];
    dnnl_memory_desc_t md;
    r->library->memory_desc_init_by_tag(&md, n + 2, dims, r->type, tags[n - 1]);
    return md;
}

/* Weights in whatever order the primitive likes, or with the strides of a tensor. Groups are a dimension of their own.
 */
static dnnl_memory_desc_t weights_of(const recipe *r, const tensor_desc *strides) {
    const conv_attributes *c = r->c;
    const int n = c->spatial;
    const bool groups = c->groups > 1;
    dnnl_dims_t dims, steps;
    int at = 0;
    if (groups) dims[at] = c->groups, steps[at++] = strides ? c->y_channels / c->groups * strides->strides[0] : 0;
    dims[at] = c->y_channels / c->groups, steps[at++] = strides ? strides->strides[0] : 0;
    dims[at] = c->x_channels / c->groups, steps[at++] = strides ? strides->strides[1] : 0;
    for (int d = 0; d < n; d++) {
        dims[at] = c->kernel[3 - n + d];
        steps[at++] = strides ? strides->strides[2 + d] : 0;
    }
    /* Gradients are summed in f32. */
    const dnnl_data_type_t type = r->part == CONV_WEIGHT && !strides ? dnnl_f32 : r->type;
    dnnl_memory_desc_t md;
    if (strides) r->library->memory_desc_init_by_strides(&md, at, dims, type, steps);
    else r->library->memory_desc_init_by_tag(&md, at, dims, type, dnnl_format_tag_any);
    return md;
}

static bool describe(const recipe *r, conv_part part, int64_t batch, dnnl_convolution_desc_t *out) {
    const conv_attributes *c = r->c;
    const int n = c->spatial;
    dnnl_dims_t stride, dilation, before, after;
    for (int d = 0; d < n; d++) {
        const int from = 3 - n + d;
        const int64_t reach = (c->kernel[from] - 1) * c->dilation[from] + 1;
        stride[d] = c->stride[from], dilation[d] = c->dilation[from] - 1, before[d] = c->padding[from];
        after[d] = (c->out[from] - 1) * c->stride[from] + reach - c->in[from] - c->padding[from];
    }
    const dnnl_memory_desc_t x = images_of(r, batch, c->x_channels, c->in),
                             y = images_of(r, batch, c->y_channels, c->out), w = weights_of(r, NULL);
    dnnl_memory_desc_t bias = {0};
    if (r->bias) r->library->memory_desc_init_by_tag(&bias, 1, (dnnl_dims_t){c->y_channels}, r->type, dnnl_x);
    dnnl_status_t status;
    if (part == CONV_FORWARD)
        status = r->library->dilated_convolution_forward_desc_init(out, dnnl_forward_training, dnnl_convolution_direct,
                                                                   &x, &w, &bias, &y, stride, dilation, before, after);
    else if (part == CONV_DATA)
        status = r->library->dilated_convolution_backward_data_desc_init(out, dnnl_convolution_direct, &x, &w, &y,
                                                                         stride, dilation, before, after);
    else
        status = r->library->dilated_convolution_backward_weights_desc_init(out, dnnl_convolution_direct, &x, &w, &bias,
                                                                            &y, stride, dilation, before, after);
    return status == dnnl_success;
}

/* Only kernels with code of their own: the others are slower than ours. */
static bool is_fast(const onednn *library, dnnl_primitive_desc_t pd) {
    const char *name = "";
    library->primitive_desc_query(pd, dnnl_query_impl_info_str, 0, &name);
    return !strncmp(name, "jit", 3) || !strncmp(name, "brg", 3);
}

static bool make_primitive(const recipe *r, int64_t batch, primitive *out, size_t *scratch) {
    dnnl_convolution_desc_t forward, wanted;
    dnnl_primitive_desc_t hint = NULL, pd = NULL;
    dnnl_primitive_attr_t attributes = NULL;
    bool done = r->library->primitive_attr_create(&attributes) == dnnl_success &&
                r->library->primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user) == dnnl_success;
    if (done && r->part != CONV_FORWARD)
        done = describe(r, CONV_FORWARD, batch, &forward) &&
               r->library->primitive_desc_create(&hint, &forward, attributes, r->engine, NULL) == dnnl_success;
    done = done && describe(r, r->part, batch, &wanted) &&
           r->library->primitive_desc_create(&pd, &wanted, attributes, r->engine, hint) == dnnl_success &&
           is_fast(r->library, pd) && r->library->primitive_create(&out->handle, pd) == dnnl_success;
    if (done) {
        const bool data = r->part == CONV_DATA, weight = r->part == CONV_WEIGHT;
        out->x = *r->library->primitive_desc_query_md(pd, data ? dnnl_query_diff_src_md : dnnl_query_src_md, 0);
        out->y =
            *r->library->primitive_desc_query_md(pd, data || weight ? dnnl_query_diff_dst_md : dnnl_query_dst_md, 0);
        out->weights =
            *r->library->primitive_desc_query_md(pd, weight ? dnnl_query_diff_weights_md : dnnl_query_weights_md, 0);
        if (r->bias) out->bias = *r->library->primitive_desc_query_md(pd, dnnl_query_weights_md, 1);
        *scratch =
            MAX(*scratch,
                r->library->memory_desc_get_size(r->library->primitive_desc_query_md(pd, dnnl_query_scratchpad_md, 0)));
    }
    r->library->primitive_desc_destroy(pd);
    r->library->primitive_desc_destroy(hint);
    r->library->primitive_attr_destroy(attributes);
    return done;
}

/* Reorders slices of output channels between the tensor's weights and the primitives'. */
static bool make_reorders(const recipe *r, const tensor_desc *weights, uint32_t threads, conv_onednn *c) {
    const dnnl_memory_desc_t ours = weights_of(r, weights), *theirs = &c->full.weights;
    const bool back = r->part == CONV_WEIGHT;
    if (!back && r->library->memory_desc_equal(&ours, theirs)) return true;
    const int64_t channels = r->c->y_channels;
    uint32_t slices = MIN(threads, (uint32_t)MAX_SLICES);
    if (r->c->groups > 1 || channels % SLICE_CHANNELS || channels / SLICE_CHANNELS < slices) slices = 1;
    for (uint32_t i = 0; i < slices; i++) {
        const int64_t blocks = channels / SLICE_CHANNELS, first = blocks * i / slices * SLICE_CHANNELS;
        dnnl_dims_t dims, offsets = {0};
        memcpy(dims, ours.dims, sizeof dims);
        if (slices > 1) dims[0] = blocks * (i + 1) / slices * SLICE_CHANNELS - first, offsets[0] = first;
        dnnl_memory_desc_t a, b;
        dnnl_primitive_desc_t pd = NULL;
        reorder *slice = &c->slice[i];
        bool done = r->library->memory_desc_init_submemory(&a, &ours, dims, offsets) == dnnl_success &&
                    r->library->memory_desc_init_submemory(&b, theirs, dims, offsets) == dnnl_success;
        if (done) slice->from = back ? b : a, slice->to = back ? a : b;
        done = done &&
               r->library->reorder_primitive_desc_create(&pd, &slice->from, r->engine, &slice->to, r->engine, NULL) ==
                   dnnl_success &&
               r->library->primitive_create(&slice->handle, pd) == dnnl_success;
        r->library->primitive_desc_destroy(pd);
        if (!done) return false;
        c->slices = i + 1;
    }
    return true;
}

static size_t round_up(size_t bytes) { return (bytes + 63) & ~(size_t)63; }

static bool create(conv_onednn *c, recipe *r, const tensor_desc *weights, uint32_t threads) {
    if (r->library->engine_create(&c->engine, dnnl_cpu, 0) != dnnl_success) return false;
    r->engine = c->engine;
    if (r->library->stream_create(&c->stream, c->engine, dnnl_stream_default_flags) != dnnl_success) return false;
    const int64_t batch = r->c->batch, rest = batch % c->images;
    if (!make_primitive(r, c->images, &c->full, &c->worker_bytes)) return false;
    c->last = c->full;
    if (rest) {
        c->last.handle = NULL;
        if (!make_primitive(r, rest, &c->last, &c->worker_bytes)) return false;
        /* All shares must agree on the weights. */
        if (!r->library->memory_desc_equal(&c->full.weights, &c->last.weights)) return false;
    }
    c->x_bytes = (int64_t)r->library->memory_desc_get_size(&c->full.x);
    c->y_bytes = (int64_t)r->library->memory_desc_get_size(&c->full.y);
    c->weight_bytes = round_up(r->library->memory_desc_get_size(&c->full.weights));
    c->worker_bytes = round_up(c->worker_bytes);
    return make_reorders(r, weights, threads, c);
}

conv_onednn *conv_onednn_create(cot_context *ctx, arena *a, const conv_attributes *attributes, conv_part part,
                                cot_dtype dtype, const tensor_desc *weights, bool bias, uint32_t threads) {
    if (dtype != COT_F32 && dtype != COT_BF16) return NULL;
    const int64_t batch = attributes->batch;
    if (batch < threads || threads < 1) return NULL; /* ours share out an image */
    for (int d = 0; d < 3; d++)
        if (attributes->in[d] < 1 || attributes->out[d] < 1 || attributes->kernel[d] < 1) return NULL;
    const onednn *library = onednn_open(ctx);
    if (!library) return NULL;
    conv_onednn *c = ARENA_NEW(a, conv_onednn);
    c->library = library;
    c->part = part;
    c->images = (batch + threads - 1) / threads;
    c->shares = (batch + c->images - 1) / c->images;
    recipe r = {.c = attributes,
                .part = part,
                .type = dtype == COT_F32 ? dnnl_f32 : dnnl_bf16,
                .bias = bias,
                .library = library};
    arena_on_destroy(a, release, c);
    const int before = onednn_enter(c->library);
    const bool done = create(c, &r, weights, threads);
    onednn_leave(c->library, before);
    return done ? c : NULL;
}

size_t conv_onednn_scratch(const conv_onednn *c) {
    const int64_t copies = c->part == CONV_WEIGHT ? c->shares : c->slices != 0;
    return c->weight_bytes * (size_t)copies + c->worker_bytes * (size_t)c->shares;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

typedef struct job {
    const conv_onednn *c;
    char *x, *y, *weights, *theirs, *room; /* theirs: weights as the primitives have them */
    const char *bias;
} job;

static void execute(const conv_onednn *c, dnnl_primitive_t handle, const int *kinds,
                    const dnnl_memory_desc_t *const *mds, void *const *data, int count) {
    dnnl_exec_arg_t args[5];
    for (int i = 0; i < count; i++) {
        args[i].arg = kinds[i];
        c->library->memory_create(&args[i].memory, mds[i], c->engine, data[i]);
    }
    c->library->primitive_execute(handle, c->stream, count, args);
    for (int i = 0; i < count; i++) c->library->memory_destroy(args[i].memory);
}

static void run_slices(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    static const int kinds[] = {DNNL_ARG_FROM, DNNL_ARG_TO};
    const job *j = arg;
    const conv_onednn *c = j->c;
    const bool back = c->part == CONV_WEIGHT;
    const int before = onednn_enter(c->library);
    for (int64_t i = begin; i < end; i++)
        execute(c, c->slice[i].handle, kinds, (const dnnl_memory_desc_t *const[]){&c->slice[i].from, &c->slice[i].to},
                (void *const[]){back ? j->theirs : j->weights, back ? j->weights : j->theirs}, 2);
    onednn_leave(c->library, before);
}

static void run_shares(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    static const int kinds[3][5] = {
        [CONV_FORWARD] = {DNNL_ARG_SRC, DNNL_ARG_DST, DNNL_ARG_WEIGHTS, DNNL_ARG_SCRATCHPAD, DNNL_ARG_BIAS},
        [CONV_DATA] = {DNNL_ARG_DIFF_SRC, DNNL_ARG_DIFF_DST, DNNL_ARG_WEIGHTS, DNNL_ARG_SCRATCHPAD},
        [CONV_WEIGHT] = {DNNL_ARG_SRC, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_WEIGHTS, DNNL_ARG_SCRATCHPAD},
    };
    const job *j = arg;
    const conv_onednn *c = j->c;
    dnnl_memory_desc_t room;
    c->library->memory_desc_init_by_tag(&room, 1, (dnnl_dims_t){(dnnl_dim_t)c->worker_bytes}, dnnl_u8, dnnl_x);
    const int before = onednn_enter(c->library);
    for (int64_t i = begin; i < end; i++) {
        const primitive *p = i + 1 == c->shares ? &c->last : &c->full;
        char *weights = c->part == CONV_WEIGHT ? j->theirs + (size_t)i * c->weight_bytes
                        : c->slices            ? j->theirs
                                               : j->weights;
        execute(c, p->handle, kinds[c->part],
                (const dnnl_memory_desc_t *const[]){&p->x, &p->y, &p->weights, &room, &p->bias},
                (void *const[]){j->x + i * c->x_bytes, j->y + i * c->y_bytes, weights,
                                j->room + (size_t)i * c->worker_bytes, (void *)(uintptr_t)j->bias},
                j->bias ? 5 : 4);
    }
    onednn_leave(c->library, before);
}

/* Adds the other shares' sums to the first one's, elements [begin, end). */
static void add_shares(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const job *j = arg;
    float *restrict sum = (float *)j->theirs;
    for (int64_t s = 1; s < j->c->shares; s++) {
        const float *restrict more = (const float *)(j->theirs + (size_t)s * j->c->weight_bytes);
        for (int64_t i = begin; i < end; i++) sum[i] += more[i];
    }
}

void conv_onednn_run(const conv_onednn *c, struct pool *pool, char *scratch, char *x, char *weights, char *y,
                     const char *bias) {
    job j = {c, x, y, weights, scratch, scratch, bias};
    const int64_t copies = c->part == CONV_WEIGHT ? c->shares : c->slices != 0;
    j.room += c->weight_bytes * (size_t)copies;
    if (c->part != CONV_WEIGHT) parallel_for(pool, c->slices, 1, run_slices, &j);
    parallel_for(pool, c->shares, 1, run_shares, &j);
    if (c->part != CONV_WEIGHT) return;
    if (c->shares > 1) parallel_for(pool, (int64_t)(c->weight_bytes / sizeof(float)), 16384, add_shares, &j);
    parallel_for(pool, c->slices, 1, run_slices, &j);
}
#else
conv_onednn *conv_onednn_create(cot_context *ctx, arena *a, const conv_attributes *attributes, conv_part part,
                                cot_dtype dtype, const tensor_desc *weights, bool bias, uint32_t threads) {
    UNUSED(ctx), UNUSED(a), UNUSED(attributes), UNUSED(part), UNUSED(dtype), UNUSED(weights), UNUSED(bias),
        UNUSED(threads);
    return NULL;
}

size_t conv_onednn_scratch(const conv_onednn *c) {
    UNUSED(c);
    return 0;
}

void conv_onednn_run(const conv_onednn *c, struct pool *pool, char *scratch, char *x, char *weights, char *y,
                     const char *bias) {
    UNUSED(c), UNUSED(pool), UNUSED(scratch), UNUSED(x), UNUSED(weights), UNUSED(y), UNUSED(bias);
}
#endif
