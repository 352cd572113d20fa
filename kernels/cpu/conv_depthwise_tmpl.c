/* SPDX-License-Identifier: MIT
 * conv_depthwise_tmpl.c — convolutions with one x and one y channel in each group: no products, only memory. Loops run
 * along rows of a plane, or along channels where both x and y are channels last. Part of conv_tmpl.c. */

static bool FN(along_channels)(const FN(conv) *c) {
    return c->x.sc == 1 && c->y.sc == 1 && c->a->x_channels > 1;
}

/* Where tap `tap` is in the kernel, and what offset it has in each dimension of x from position 0 of y. */
static void FN(tap_offset)(const conv_attributes *a, int64_t tap, int64_t offset[3]) {
    for (int d = 2; d >= 0; d--) {
        offset[d] = tap % a->kernel[d] * a->dilation[d] - a->padding[d];
        tap /= a->kernel[d];
    }
}

static A FN(tap_weight)(const FN(conv) *c, int64_t channel, int64_t tap) {
    const conv_attributes *a = c->a;
    int64_t kw = tap % a->kernel[2], kh = tap / a->kernel[2] % a->kernel[1], kd = tap / a->kernel[2] / a->kernel[1];
    return LOAD(((const T *)c->w.data)[channel * c->w.sn + kd * c->w.s[0] + kh * c->w.s[1] + kw * c->w.s[2]]);
}

/* The row of x that a tap of the row (od, oh) of y reads, at output position 0; NULL when it lies in the padding. */
static T *FN(tap_row)(const FN(conv) *c, int64_t n, int64_t channel, int64_t row, const int64_t offset[3]) {
    const conv_attributes *a = c->a;
    int64_t ih = row % a->out[1] * a->stride[1] + offset[1], id = row / a->out[1] * a->stride[0] + offset[0];
    if (ih < 0 || ih >= a->in[1] || id < 0 || id >= a->in[0]) return NULL;
    return (T *)c->x.data + n * c->x.sn + channel * c->x.sc + id * c->x.s[0] + ih * c->x.s[1] + offset[2] * c->x.s[2];
}

static void FN(depthwise_forward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    int64_t rows = a->out[0] * a->out[1], step = a->stride[2] * c->x.s[2];
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t n = unit / a->y_channels, channel = unit % a->y_channels;
        A bias = c->bias ? LOAD(c->bias[channel * c->bias_stride]) : 0;
        for (int64_t row = 0; row < rows; row++)
            for (int64_t from = 0; from < a->out[2]; from += 4 * CONV_LANES) {
                int64_t to = MIN(from + 4 * CONV_LANES, a->out[2]);
                A lane[4 * CONV_LANES];
                for (int64_t i = 0; i < to - from; i++) lane[i] = bias;
                for (int64_t tap = 0; tap < c->taps; tap++) {
                    int64_t offset[3], lo, hi;
                    FN(tap_offset)(a, tap, offset);
                    const T *x = FN(tap_row)(c, n, channel, row, offset);
                    if (!x) continue;
                    A w = FN(tap_weight)(c, channel, tap);
                    tap_range(offset[2], a->stride[2], a->in[2], from, to, &lo, &hi);
                    A *restrict sum = lane - from;
                    if (step == 1)
                        for (int64_t i = lo; i < hi; i++) sum[i] += w * LOAD(x[i]);
                    else
                        for (int64_t i = lo; i < hi; i++) sum[i] += w * LOAD(x[i * step]);
                }
                T *y = (T *)c->y.data + n * c->y.sn + channel * c->y.sc + row % a->out[1] * c->y.s[1] +
                       row / a->out[1] * c->y.s[0];
                for (int64_t i = from; i < to; i++) y[i * c->y.s[2]] = STORE(lane[i - from]);
            }
    }
}

static void FN(depthwise_data)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    A *picture = (A *)(c->scratch + worker * a->worker_bytes);
    int64_t rows = a->out[0] * a->out[1];
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t n = unit / a->x_channels, channel = unit % a->x_channels;
        memset(picture, 0, (size_t)volume(a->in) * sizeof(A));
        for (int64_t row = 0; row < rows; row++) {
            const T *y = (const T *)c->y.data + n * c->y.sn + channel * c->y.sc + row % a->out[1] * c->y.s[1] +
                         row / a->out[1] * c->y.s[0];
            for (int64_t tap = 0; tap < c->taps; tap++) {
                int64_t offset[3], lo, hi;
                FN(tap_offset)(a, tap, offset);
                int64_t ih = row % a->out[1] * a->stride[1] + offset[1], id = row / a->out[1] * a->stride[0] + offset[0];
                if (ih < 0 || ih >= a->in[1] || id < 0 || id >= a->in[0]) continue;
                A w = FN(tap_weight)(c, channel, tap), *restrict x = picture + (id * a->in[1] + ih) * a->in[2] + offset[2];
                tap_range(offset[2], a->stride[2], a->in[2], 0, a->out[2], &lo, &hi);
                if (a->stride[2] == 1 && c->y.s[2] == 1)
                    for (int64_t i = lo; i < hi; i++) x[i] += w * LOAD(y[i]);
                else
                    for (int64_t i = lo; i < hi; i++) x[i * a->stride[2]] += w * LOAD(y[i * c->y.s[2]]);
            }
        }
        FN(image_store)(c, picture, n, channel, 1);
    }
}

static void FN(depthwise_weight_store)(const FN(conv) *c, int64_t channel, int64_t tap, double x) {
    const conv_attributes *a = c->a;
    int64_t kw = tap % a->kernel[2], kh = tap / a->kernel[2] % a->kernel[1], kd = tap / a->kernel[2] / a->kernel[1];
    ((T *)c->w.data)[channel * c->w.sn + kd * c->w.s[0] + kh * c->w.s[1] + kw * c->w.s[2]] = STORE((A)x);
}

static void FN(depthwise_weight)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    A *sums = (A *)(c->scratch + worker * a->worker_bytes);
    int64_t rows = a->out[0] * a->out[1], step = a->stride[2] * c->x.s[2];
    for (int64_t channel = begin; channel < end; channel++) {
        memset(sums, 0, (size_t)(c->taps * CONV_LANES) * sizeof(A));
        for (int64_t unit = 0; unit < a->batch * rows; unit++) {
            int64_t n = unit / rows, row = unit % rows;
            const T *y = (const T *)c->y.data + n * c->y.sn + channel * c->y.sc + row % a->out[1] * c->y.s[1] +
                         row / a->out[1] * c->y.s[0];
            for (int64_t tap = 0; tap < c->taps; tap++) {
                int64_t offset[3];
                FN(tap_offset)(a, tap, offset);
                const T *x = FN(tap_row)(c, n, channel, row, offset);
                if (!x) continue;
                for (int64_t from = 0; from < a->out[2]; from += CONV_LANES) {
                    int64_t lo, hi;
                    tap_range(offset[2], a->stride[2], a->in[2], from, MIN(from + CONV_LANES, a->out[2]), &lo, &hi);
                    A *restrict lane = sums + tap * CONV_LANES - from;
                    if (step == 1 && c->y.s[2] == 1)
                        for (int64_t i = lo; i < hi; i++) lane[i] += LOAD(y[i]) * LOAD(x[i]);
                    else
                        for (int64_t i = lo; i < hi; i++) lane[i] += LOAD(y[i * c->y.s[2]]) * LOAD(x[i * step]);
                }
            }
        }
        for (int64_t tap = 0; tap < c->taps; tap++) {
            double total = 0;
            for (int64_t i = 0; i < CONV_LANES; i++) total += sums[tap * CONV_LANES + i];
            FN(depthwise_weight_store)(c, channel, tap, total);
        }
    }
}

/* ---- channels last: c->weights is (taps, channels) ---------------------------------------------------------------- */

static void FN(depthwise_pack)(FN(conv) *c, const kernel_call *call) {
    A *to = call->scratch;
    for (int64_t tap = 0; tap < c->taps; tap++)
        for (int64_t i = 0; i < c->a->x_channels; i++) *to++ = FN(tap_weight)(c, i, tap);
    c->weights = call->scratch;
}

/* Units are rows (n, od, oh) of y. */
static void FN(depthwise_forward_last)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    int64_t rows = a->out[0] * a->out[1], channels = a->x_channels;
    for (int64_t unit = begin; unit < end; unit++)
        for (int64_t ow = 0; ow < a->out[2]; ow++)
            for (int64_t from = 0; from < channels; from += CONV_LANES) {
                int64_t n = unit / rows, row = unit % rows, count = MIN(CONV_LANES, channels - from);
                A lane[CONV_LANES] = {0};
                for (int64_t i = 0; c->bias && i < count; i++) lane[i] = LOAD(c->bias[(from + i) * c->bias_stride]);
                for (int64_t tap = 0; tap < c->taps; tap++) {
                    int64_t offset[3];
                    FN(tap_offset)(a, tap, offset);
                    int64_t iw = ow * a->stride[2] + offset[2];
                    const T *x = FN(tap_row)(c, n, from, row, offset);
                    if (!x || iw < 0 || iw >= a->in[2]) continue;
                    x += ow * a->stride[2] * c->x.s[2];
                    const A *w = c->weights + tap * channels + from;
                    for (int64_t i = 0; i < count; i++) lane[i] += w[i] * LOAD(x[i]);
                }
                T *y = (T *)c->y.data + n * c->y.sn + row / a->out[1] * c->y.s[0] + row % a->out[1] * c->y.s[1] +
                       ow * c->y.s[2] + from;
                for (int64_t i = 0; i < count; i++) y[i] = STORE(lane[i]);
            }
}

/* The position of y that reads x position `i` through a tap with this offset; -1 when none does. */
static int64_t FN(reader)(int64_t i, int64_t offset, int64_t stride, int64_t size) {
    int64_t at = i - offset;
    return at >= 0 && at % stride == 0 && at / stride < size ? at / stride : -1;
}

/* Units are rows (n, id, ih) of x. */
static void FN(depthwise_data_last)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    int64_t rows = a->in[0] * a->in[1], channels = a->x_channels;
    for (int64_t unit = begin; unit < end; unit++)
        for (int64_t iw = 0; iw < a->in[2]; iw++)
            for (int64_t from = 0; from < channels; from += CONV_LANES) {
                int64_t n = unit / rows, id = unit % rows / a->in[1], ih = unit % a->in[1];
                int64_t count = MIN(CONV_LANES, channels - from);
                A lane[CONV_LANES] = {0};
                for (int64_t i = 0; c->bias && i < count; i++) lane[i] = LOAD(c->bias[(from + i) * c->bias_stride]);
                for (int64_t tap = 0; tap < c->taps; tap++) {
                    int64_t offset[3];
                    FN(tap_offset)(a, tap, offset);
                    int64_t od = FN(reader)(id, offset[0], a->stride[0], a->out[0]);
                    int64_t oh = FN(reader)(ih, offset[1], a->stride[1], a->out[1]);
                    int64_t ow = FN(reader)(iw, offset[2], a->stride[2], a->out[2]);
                    if (od < 0 || oh < 0 || ow < 0) continue;
                    const T *y = (const T *)c->y.data + n * c->y.sn + od * c->y.s[0] + oh * c->y.s[1] + ow * c->y.s[2] + from;
                    const A *w = c->weights + tap * channels + from;
                    for (int64_t i = 0; i < count; i++) lane[i] += w[i] * LOAD(y[i]);
                }
                T *x = (T *)c->x.data + n * c->x.sn + id * c->x.s[0] + ih * c->x.s[1] + iw * c->x.s[2] + from;
                for (int64_t i = 0; i < count; i++) x[i] = STORE(lane[i]);
            }
}

/* Units are blocks of CONV_LANES channels. */
static void FN(depthwise_weight_last)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    A *sums = (A *)(c->scratch + worker * a->worker_bytes);
    int64_t rows = a->out[0] * a->out[1], channels = a->x_channels;
    for (int64_t block = begin; block < end; block++) {
        int64_t from = block * CONV_LANES, count = MIN(CONV_LANES, channels - from);
        memset(sums, 0, (size_t)(c->taps * CONV_LANES) * sizeof(A));
        for (int64_t unit = 0; unit < a->batch * rows; unit++)
            for (int64_t tap = 0; tap < c->taps; tap++) {
                int64_t offset[3], lo, hi, n = unit / rows, row = unit % rows;
                FN(tap_offset)(a, tap, offset);
                const T *x = FN(tap_row)(c, n, from, row, offset);
                if (!x) continue;
                const T *y = (const T *)c->y.data + n * c->y.sn + row / a->out[1] * c->y.s[0] +
                             row % a->out[1] * c->y.s[1] + from;
                tap_range(offset[2], a->stride[2], a->in[2], 0, a->out[2], &lo, &hi);
                A *restrict lane = sums + tap * CONV_LANES;
                for (int64_t ow = lo; ow < hi; ow++) {
                    const T *v = x + ow * a->stride[2] * c->x.s[2], *g = y + ow * c->y.s[2];
                    for (int64_t i = 0; i < count; i++) lane[i] += LOAD(g[i]) * LOAD(v[i]);
                }
            }
        for (int64_t tap = 0; tap < c->taps; tap++)
            for (int64_t i = 0; i < count; i++)
                FN(depthwise_weight_store)(c, from + i, tap, sums[tap * CONV_LANES + i]);
    }
}
