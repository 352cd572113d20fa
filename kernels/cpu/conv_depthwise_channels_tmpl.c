/* SPDX-License-Identifier: MIT
 * conv_depthwise_channels_tmpl.c — depthwise convolutions where channels lie innermost: vectors of channels straight
 * from and to memory, sums in registers. Part of conv_tmpl.c, for dtypes that are computed as they are stored.
 *
 * Forward and data gradient are one loop: a line of pixels of the result, each a sum over taps of weight · source,
 * where a tap's source moves by one step from pixel to pixel. In the data gradient with stride s, a row is s such
 * lines. */

typedef A FN(vector) __attribute__((vector_size(64), aligned(sizeof(A)), may_alias));
enum { FN(WIDTH) = 64 / sizeof(A), FN(MOST_TAPS) = 128 };

/* A tap of a line: its weights and its source for pixel 0 (which need not exist), and the pixels that see it. */
typedef struct FN(line_tap) {
    const A *weight, *source;
    int64_t low, high;
} FN(line_tap);

typedef struct FN(line) {
    FN(line_tap) tap[FN(MOST_TAPS)];
    int64_t taps, step; /* of the sources, in elements */
    int64_t pixels, out_step;
    int64_t low, high; /* pixels that see all taps */
    A *out;
    const A *bias;
} FN(line);

static void FN(line_begin)(FN(line) * l, A *out, int64_t pixels, int64_t out_step, int64_t step, const A *bias) {
    l->taps = 0, l->step = step, l->pixels = pixels, l->out_step = out_step, l->low = 0, l->high = pixels;
    l->out = out, l->bias = bias;
}

static void FN(line_add)(FN(line) * l, const A *weight, const A *source, int64_t low, int64_t high) {
    if (low >= high) return;
    l->tap[l->taps++] = (FN(line_tap)){weight, source, low, high};
    l->low = MAX(l->low, low), l->high = MIN(l->high, high);
}

/* Vectors at channel c of `count` neighbouring pixels that see all taps. */
static inline __attribute__((always_inline)) void FN(line_inner)(const FN(line) * l, int64_t c, int64_t i,
                                                                 const int count) {
    FN(vector) sum[4];
    const FN(vector) zero = {0};
#pragma GCC unroll 4
    for (int k = 0; k < count; k++) sum[k] = l->bias ? *(const FN(vector) *)(l->bias + c) : zero;
    for (int64_t t = 0; t < l->taps; t++) {
        const A *source = l->tap[t].source + i * l->step + c;
        const FN(vector) weight = *(const FN(vector) *)(l->tap[t].weight + c);
#pragma GCC unroll 4
        for (int k = 0; k < count; k++) sum[k] += weight * *(const FN(vector) *)(source + k * l->step);
    }
#pragma GCC unroll 4
    for (int k = 0; k < count; k++) *(FN(vector) *)(l->out + (i + k) * l->out_step + c) = sum[k];
}

static void FN(line_edge)(const FN(line) * l, int64_t c, int64_t from, int64_t to) {
    const FN(vector) zero = {0};
    for (int64_t i = from; i < to; i++) {
        FN(vector) sum = l->bias ? *(const FN(vector) *)(l->bias + c) : zero;
        for (int64_t t = 0; t < l->taps; t++) {
            const FN(line_tap) *tap = &l->tap[t];
            if (i < tap->low || i >= tap->high) continue;
            sum += *(const FN(vector) *)(tap->weight + c) * *(const FN(vector) *)(tap->source + i * l->step + c);
        }
        *(FN(vector) *)(l->out + i * l->out_step + c) = sum;
    }
}

/* All channels; the last vector overlaps the one before where they do not divide evenly. */
static void FN(line_run)(const FN(line) * l, int64_t channels) {
    const int64_t low = MIN(l->low, l->pixels), high = MAX(l->high, low);
    for (int64_t at = 0; at < channels; at += FN(WIDTH)) {
        const int64_t c = MIN(at, channels - FN(WIDTH));
        int64_t i = low;
        FN(line_edge)(l, c, 0, low);
        for (; i + 4 <= high; i += 4) FN(line_inner)(l, c, i, 4);
        for (; i < high; i++) FN(line_inner)(l, c, i, 1);
        FN(line_edge)(l, c, high, l->pixels);
    }
}

/* ---- weights as (taps, channels) --------------------------------------------------------------------------------- */

static void FN(pack_channels)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const int64_t *kernel = c->a->kernel, channels = c->a->x_channels;
    for (int64_t tap = 0; tap < c->taps; tap++) {
        const int64_t kw = tap % kernel[2], kh = tap / kernel[2] % kernel[1], kd = tap / kernel[2] / kernel[1];
        const T *from = (const T *)c->w.data + kd * c->w.s[0] + kh * c->w.s[1] + kw * c->w.s[2];
        A *to = (A *)c->weights + tap * channels;
        for (int64_t i = begin; i < end; i++) to[i] = LOAD(from[i * c->w.sn]);
    }
}

/* ---- forward and data gradient: a unit is a row of the result -----------------------------------------------------
 */

static void FN(forward_lines)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    FN(line) l;
    for (int64_t row = begin; row < end; row++) {
        const int64_t oh = row % a->out[1], od = row / a->out[1] % a->out[0], n = row / a->out[1] / a->out[0];
        A *y = (A *)c->y.data + n * c->y.sn + od * c->y.s[0] + oh * c->y.s[1];
        FN(line_begin)(&l, y, a->out[2], c->y.s[2], a->stride[2] * c->x.s[2], (const A *)c->bias);
        for (int64_t t = 0; t < c->taps; t++) {
            const conv_tap *tap = &a->taps[t];
            const int64_t id = od * a->stride[0] + tap->offset[0], ih = oh * a->stride[1] + tap->offset[1];
            if (id < 0 || id >= a->in[0] || ih < 0 || ih >= a->in[1]) continue;
            const A *x = (const A *)c->x.data + n * c->x.sn + id * c->x.s[0] + ih * c->x.s[1];
            FN(line_add)(&l, c->weights + t * a->x_channels, x + tap->offset[2] * c->x.s[2], tap->low, tap->high);
        }
        FN(line_run)(&l, a->x_channels);
    }
}

/* The output position whose tap at `offset` lies on input position i; false where there is none. */
static bool FN(position_of)(const conv_attributes *a, int d, int64_t i, int64_t offset, int64_t *o) {
    const int64_t moved = i - offset;
    *o = moved / a->stride[d];
    return moved >= 0 && moved % a->stride[d] == 0 && *o < a->out[d];
}

/* Input positions first, first + stride … of a row: which taps they see does not change but at the ends. */
static void FN(data_line)(const FN(conv) * c, FN(line) * l, int64_t n, int64_t id, int64_t ih, int64_t first) {
    const conv_attributes *a = c->a;
    const int64_t stride = a->stride[2], pixels = (a->in[2] - first + stride - 1) / stride;
    A *x = (A *)c->x.data + n * c->x.sn + id * c->x.s[0] + ih * c->x.s[1] + first * c->x.s[2];
    FN(line_begin)(l, x, pixels, stride * c->x.s[2], c->y.s[2], (const A *)c->bias);
    for (int64_t t = 0; t < c->taps; t++) {
        const conv_tap *tap = &a->taps[t];
        int64_t od, oh;
        const int64_t moved = first - tap->offset[2];
        if (!FN(position_of)(a, 0, id, tap->offset[0], &od) || !FN(position_of)(a, 1, ih, tap->offset[1], &oh))
            continue;
        if (moved % stride != 0) continue;
        const int64_t ow = moved / stride; /* of pixel 0, perhaps negative */
        const A *y = (const A *)c->y.data + n * c->y.sn + od * c->y.s[0] + oh * c->y.s[1] + ow * c->y.s[2];
        FN(line_add)(l, c->weights + t * a->x_channels, y, MAX(0, -ow), MIN(pixels, a->out[2] - ow));
    }
    FN(line_run)(l, a->x_channels);
}

static void FN(data_lines)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    FN(line) l;
    for (int64_t row = begin; row < end; row++) {
        const int64_t ih = row % a->in[1], id = row / a->in[1] % a->in[0], n = row / a->in[1] / a->in[0];
        for (int64_t first = 0; first < MIN(a->stride[2], a->in[2]); first++) FN(data_line)(c, &l, n, id, ih, first);
    }
}

/* ---- weight gradient ----------------------------------------------------------------------------------------------
 */

/* Sums of `count` taps side by side in a row, over output positions [from, to). */
static inline __attribute__((always_inline)) void FN(tap_sums)(const A *y, const A *const *x, int64_t y_step,
                                                               int64_t x_step, int64_t from, int64_t to,
                                                               FN(vector) * total, const int count) {
    FN(vector) sum[4];
#pragma GCC unroll 4
    for (int k = 0; k < count; k++) sum[k] = total[k];
    for (int64_t i = from; i < to; i++) {
        const FN(vector) g = *(const FN(vector) *)(y + i * y_step);
#pragma GCC unroll 4
        for (int k = 0; k < count; k++) sum[k] += g * *(const FN(vector) *)(x[k] + i * x_step);
    }
#pragma GCC unroll 4
    for (int k = 0; k < count; k++) total[k] = sum[k];
}

/* Adds what one row of y at channel `at` gives the taps [first, first + count), which lie in one row of the kernel. */
static void FN(row_sums)(const FN(conv) * c, const A *y, const A *x, int64_t at, int64_t first, int64_t count,
                         FN(vector) * total) {
    const conv_attributes *a = c->a;
    const int64_t y_step = c->y.s[2], x_step = a->stride[2] * c->x.s[2];
    for (int64_t t = first; t < first + count; t += 4) {
        const int64_t some = MIN(4, first + count - t);
        int64_t low = 0, high = a->out[2];
        const A *source[4];
        for (int64_t k = 0; k < some; k++) {
            const conv_tap *tap = &a->taps[t + k];
            low = MAX(low, tap->low), high = MIN(high, tap->high);
            source[k] = x + tap->offset[2] * c->x.s[2] + at;
        }
        high = MAX(high, low);
        if (some == 4) FN(tap_sums)(y + at, source, y_step, x_step, low, high, total + t, 4);
        else if (some == 3) FN(tap_sums)(y + at, source, y_step, x_step, low, high, total + t, 3);
        else if (some == 2) FN(tap_sums)(y + at, source, y_step, x_step, low, high, total + t, 2);
        else FN(tap_sums)(y + at, source, y_step, x_step, low, high, total + t, 1);
        for (int64_t k = 0; k < some; k++) {
            const conv_tap *tap = &a->taps[t + k];
            FN(tap_sums)(y + at, &source[k], y_step, x_step, tap->low, MIN(low, tap->high), total + t + k, 1);
            FN(tap_sums)(y + at, &source[k], y_step, x_step, MAX(high, tap->low), tap->high, total + t + k, 1);
        }
    }
}

static void FN(image_sums)(const FN(conv) * c, int64_t n, int64_t at, FN(vector) * total) {
    const conv_attributes *a = c->a;
    const int64_t width = a->kernel[2];
    for (int64_t row = 0; row < a->out[0] * a->out[1]; row++) {
        const int64_t oh = row % a->out[1], od = row / a->out[1];
        const A *y = (const A *)c->y.data + n * c->y.sn + od * c->y.s[0] + oh * c->y.s[1];
        for (int64_t t = 0; t < c->taps; t += width) {
            const conv_tap *tap = &a->taps[t];
            const int64_t id = od * a->stride[0] + tap->offset[0], ih = oh * a->stride[1] + tap->offset[1];
            if (id < 0 || id >= a->in[0] || ih < 0 || ih >= a->in[1]) continue;
            const A *x = (const A *)c->x.data + n * c->x.sn + id * c->x.s[0] + ih * c->x.s[1];
            FN(row_sums)(c, y, x, at, t, width, total);
        }
    }
}

/* Units are (share of the images, vector of channels); each leaves its sums, in double, for itself. */
static void FN(weight_vectors)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    const int64_t vectors = (a->x_channels + FN(WIDTH) - 1) / FN(WIDTH), size = c->taps * FN(WIDTH);
    FN(vector) image[FN(MOST_TAPS)];
    for (int64_t unit = begin; unit < end; unit++) {
        const int64_t at = MIN(unit % vectors * FN(WIDTH), a->x_channels - FN(WIDTH)), share = unit / vectors;
        double *total = c->partial + unit * size;
        memset(total, 0, (size_t)size * sizeof *total);
        for (int64_t n = a->batch * share / c->shares; n < a->batch * (share + 1) / c->shares; n++) {
            memset(image, 0, (size_t)c->taps * sizeof *image);
            FN(image_sums)(c, n, at, image);
            for (int64_t i = 0; i < size; i++) total[i] += ((const A *)image)[i];
        }
    }
}

static void FN(weight_finish)(const FN(conv) * c) {
    const conv_attributes *a = c->a;
    const int64_t vectors = (a->x_channels + FN(WIDTH) - 1) / FN(WIDTH), size = c->taps * FN(WIDTH);
    for (int64_t v = 0; v < vectors; v++) {
        const int64_t at = MIN(v * FN(WIDTH), a->x_channels - FN(WIDTH));
        for (int64_t i = 0; i < size; i++) {
            const int64_t tap = i / FN(WIDTH), kw = tap % a->kernel[2], kh = tap / a->kernel[2] % a->kernel[1],
                          kd = tap / a->kernel[2] / a->kernel[1];
            double total = 0;
            for (int64_t s = 0; s < c->shares; s++) total += c->partial[(s * vectors + v) * size + i];
            T *w = (T *)c->w.data + (at + i % FN(WIDTH)) * c->w.sn + kd * c->w.s[0] + kh * c->w.s[1];
            w[kw * c->w.s[2]] = STORE((A)total);
        }
    }
}

/* True when this part was done here. */
static bool FN(by_vectors)(const kernel_call *call, FN(conv) * c, conv_part part) {
    const conv_attributes *a = c->a;
    if (!a->depthwise || sizeof(T) != sizeof(A) || c->x.sc != 1 || c->y.sc != 1 || a->x_channels < FN(WIDTH) ||
        c->taps > FN(MOST_TAPS) || (c->bias && c->bias_stride != 1))
        return false;
    if (part == CONV_WEIGHT) {
        const int64_t vectors = (a->x_channels + FN(WIDTH) - 1) / FN(WIDTH), threads = pool_threads(call->pool);
        c->partial = call->scratch;
        c->shares = vectors >= 4 * threads ? 1 : MAX(1, MIN(a->batch, threads));
        parallel_for(call->pool, c->shares * vectors, 1, FN(weight_vectors), c);
        FN(weight_finish)(c);
        return true;
    }
    c->weights = call->scratch;
    parallel_for(call->pool, a->x_channels, 256, FN(pack_channels), c);
    if (part == CONV_FORWARD) parallel_for(call->pool, a->batch * a->out[0] * a->out[1], 1, FN(forward_lines), c);
    else parallel_for(call->pool, a->batch * a->in[0] * a->in[1], 1, FN(data_lines), c);
    return true;
}
