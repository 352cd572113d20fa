/* SPDX-License-Identifier: MIT
 * conv_depthwise_tmpl.c — convolutions with one x and one y channel in each group: no products, only memory. Part of
 * conv_tmpl.c.
 *
 * A block of CONV_LANES channels of one image is copied so that the channels lie side by side, whatever layout it has:
 * then every step is one vector of channels, however narrow the image and whatever the stride. */

/* A block: image n, channels [first, first + count). Lanes behind count are zero. */
typedef struct FN(block) {
    int64_t n, first, count;
} FN(block);

static FN(block) FN(block_at)(const FN(conv) * c, int64_t n, int64_t i) {
    int64_t first = i * CONV_LANES;
    return (FN(block)){n, first, MIN(CONV_LANES, c->a->x_channels - first)};
}

static void FN(lanes_load)(const image *v, const int64_t size[3], FN(block) b, A *restrict to) {
    memset(to, 0, (size_t)(volume(size) * CONV_LANES) * sizeof(A));
    for (int64_t d = 0; d < size[0]; d++)
        for (int64_t h = 0; h < size[1]; h++, to += size[2] * CONV_LANES) {
            const T *row = (const T *)v->data + b.n * v->sn + b.first * v->sc + d * v->s[0] + h * v->s[1];
            for (int64_t j = 0; j < b.count; j++)
                for (int64_t w = 0; w < size[2]; w++) to[w * CONV_LANES + j] = LOAD(row[j * v->sc + w * v->s[2]]);
        }
}

static void FN(lanes_store)(const image *v, const int64_t size[3], FN(block) b, const A *restrict from) {
    for (int64_t d = 0; d < size[0]; d++)
        for (int64_t h = 0; h < size[1]; h++, from += size[2] * CONV_LANES) {
            T *row = (T *)v->data + b.n * v->sn + b.first * v->sc + d * v->s[0] + h * v->s[1];
            for (int64_t j = 0; j < b.count; j++)
                for (int64_t w = 0; w < size[2]; w++) row[j * v->sc + w * v->s[2]] = STORE(from[w * CONV_LANES + j]);
        }
}

/* Weights of a block as (taps, lanes). */
static void FN(lanes_weights)(const FN(conv) * c, FN(block) b, A *restrict to) {
    const conv_attributes *a = c->a;
    memset(to, 0, (size_t)(c->taps * CONV_LANES) * sizeof(A));
    for (int64_t j = 0; j < b.count; j++) {
        const T *from = (const T *)c->w.data + (b.first + j) * c->w.sn;
        A *lane = to + j;
        for (int64_t d = 0; d < a->kernel[0]; d++)
            for (int64_t h = 0; h < a->kernel[1]; h++)
                for (int64_t w = 0; w < a->kernel[2]; w++, lane += CONV_LANES)
                    *lane = LOAD(from[d * c->w.s[0] + h * c->w.s[1] + w * c->w.s[2]]);
    }
}

/* The row of a block of x (lanes) that a tap of row (od, oh) of y reads, at output position 0; NULL in the padding. */
static inline A *FN(lanes_row)(const conv_attributes *a, A *x, const conv_tap *tap, int64_t od, int64_t oh) {
    int64_t id = od * a->stride[0] + tap->offset[0], ih = oh * a->stride[1] + tap->offset[1];
    if (id < 0 || id >= a->in[0] || ih < 0 || ih >= a->in[1]) return NULL;
    return x + ((id * a->in[1] + ih) * a->in[2] + tap->offset[2]) * CONV_LANES;
}

/* What a worker keeps of a block: x, y and weights side by side. */
typedef struct FN(lanes) {
    A *x, *y, *w;
} FN(lanes);

static FN(lanes) FN(lanes_of)(const FN(conv) * c, uint32_t worker) {
    A *x = (A *)(c->scratch + worker * c->a->worker_bytes), *y = x + volume(c->a->in) * CONV_LANES;
    return (FN(lanes)){x, y, y + c->pixels * CONV_LANES};
}

static void FN(lanes_bias)(const FN(conv) * c, FN(block) b, A *restrict to, int64_t pixels) {
    A bias[CONV_LANES] = {0};
    for (int64_t j = 0; c->bias && j < b.count; j++) bias[j] = LOAD(c->bias[(b.first + j) * c->bias_stride]);
    for (int64_t p = 0; p < pixels; p++)
        for (int j = 0; j < CONV_LANES; j++) to[p * CONV_LANES + j] = bias[j];
}

/* Units are (image, block). */
static void FN(depthwise_forward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    FN(lanes) l = FN(lanes_of)(c, worker);
    int64_t blocks = (a->x_channels + CONV_LANES - 1) / CONV_LANES;
    for (int64_t unit = begin; unit < end; unit++) {
        FN(block) b = FN(block_at)(c, unit / blocks, unit % blocks);
        FN(lanes_load)(&c->x, a->in, b, l.x);
        FN(lanes_weights)(c, b, l.w);
        FN(lanes_bias)(c, b, l.y, c->pixels);
        for (int64_t row = 0; row < a->out[0] * a->out[1]; row++)
            for (int64_t tap = 0; tap < c->taps; tap++) {
                const conv_tap *t = &a->taps[tap];
                const A *restrict x = FN(lanes_row)(a, l.x, t, row / a->out[1], row % a->out[1]);
                const A *restrict w = l.w + tap * CONV_LANES;
                A *restrict y = l.y + row * a->out[2] * CONV_LANES;
                for (int64_t i = t->low; x && i < t->high; i++)
                    for (int j = 0; j < CONV_LANES; j++)
                        y[i * CONV_LANES + j] += w[j] * x[i * a->stride[2] * CONV_LANES + j];
            }
        FN(lanes_store)(&c->y, a->out, b, l.y);
    }
}

static void FN(depthwise_data)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    FN(lanes) l = FN(lanes_of)(c, worker);
    int64_t blocks = (a->x_channels + CONV_LANES - 1) / CONV_LANES;
    for (int64_t unit = begin; unit < end; unit++) {
        FN(block) b = FN(block_at)(c, unit / blocks, unit % blocks);
        FN(lanes_load)(&c->y, a->out, b, l.y);
        FN(lanes_weights)(c, b, l.w);
        FN(lanes_bias)(c, b, l.x, volume(a->in));
        for (int64_t row = 0; row < a->out[0] * a->out[1]; row++)
            for (int64_t tap = 0; tap < c->taps; tap++) {
                const conv_tap *t = &a->taps[tap];
                A *restrict x = FN(lanes_row)(a, l.x, t, row / a->out[1], row % a->out[1]);
                const A *restrict w = l.w + tap * CONV_LANES, *restrict y = l.y + row * a->out[2] * CONV_LANES;
                for (int64_t i = t->low; x && i < t->high; i++)
                    for (int j = 0; j < CONV_LANES; j++)
                        x[i * a->stride[2] * CONV_LANES + j] += w[j] * y[i * CONV_LANES + j];
            }
        FN(lanes_store)(&c->x, a->in, b, l.x);
    }
}

/* Units are (share of the images, block); each leaves its sums, in double, for itself. */
static void FN(depthwise_weight)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    FN(lanes) l = FN(lanes_of)(c, worker);
    int64_t blocks = (a->x_channels + CONV_LANES - 1) / CONV_LANES, size = c->taps * CONV_LANES;
    for (int64_t unit = begin; unit < end; unit++) {
        double *total = c->partial + unit * size;
        int64_t share = unit / blocks;
        memset(total, 0, (size_t)size * sizeof *total);
        for (int64_t n = a->batch * share / c->shares; n < a->batch * (share + 1) / c->shares; n++) {
            FN(block) b = FN(block_at)(c, n, unit % blocks);
            FN(lanes_load)(&c->x, a->in, b, l.x);
            FN(lanes_load)(&c->y, a->out, b, l.y);
            memset(l.w, 0, (size_t)size * sizeof(A));
            for (int64_t row = 0; row < a->out[0] * a->out[1]; row++)
                for (int64_t tap = 0; tap < c->taps; tap++) {
                    const conv_tap *t = &a->taps[tap];
                    const A *restrict x = FN(lanes_row)(a, l.x, t, row / a->out[1], row % a->out[1]);
                    const A *restrict y = l.y + row * a->out[2] * CONV_LANES;
                    A *restrict w = l.w + tap * CONV_LANES, sum[CONV_LANES] = {0};
                    for (int64_t i = t->low; x && i < t->high; i++)
                        for (int j = 0; j < CONV_LANES; j++)
                            sum[j] += y[i * CONV_LANES + j] * x[i * a->stride[2] * CONV_LANES + j];
                    for (int j = 0; j < CONV_LANES; j++) w[j] += sum[j];
                }
            for (int64_t i = 0; i < size; i++) total[i] += l.w[i];
        }
    }
}

static void FN(depthwise_weight_all)(const kernel_call *call, FN(conv) * c) {
    const conv_attributes *a = c->a;
    int64_t blocks = (a->x_channels + CONV_LANES - 1) / CONV_LANES, size = c->taps * CONV_LANES;
    c->partial = call->scratch;
    c->shares = MIN(a->batch, pool_threads(call->pool));
    if (blocks >= 2 * (int64_t)pool_threads(call->pool)) c->shares = MIN(c->shares, 1);
    parallel_for(call->pool, c->shares * blocks, 1, FN(depthwise_weight), c);
    for (int64_t channel = 0; channel < a->x_channels; channel++)
        for (int64_t tap = 0; tap < c->taps; tap++) {
            int64_t kw = tap % a->kernel[2], kh = tap / a->kernel[2] % a->kernel[1],
                    kd = tap / a->kernel[2] / a->kernel[1];
            double total = 0;
            for (int64_t s = 0; s < c->shares; s++)
                total +=
                    c->partial[(s * blocks + channel / CONV_LANES) * size + tap * CONV_LANES + channel % CONV_LANES];
            T *w = (T *)c->w.data + channel * c->w.sn + kd * c->w.s[0] + kh * c->w.s[1];
            w[kw * c->w.s[2]] = STORE((A)total);
        }
}
