/* SPDX-License-Identifier: MIT
 * conv_tmpl.c — conv.c for one dtype: T in memory, A in products. See each_float.h. */

/* A tile of y: images [n, n + images), positions [p, p + pixels) of each. */
typedef struct FN(tile) {
    int64_t n, images, p, pixels;
} FN(tile);

/* What all workers share. */
typedef struct FN(conv) {
    const conv_attributes *a;
    image x, w, y;
    const T *bias;
    int64_t bias_stride;
    char *columns;           /* of all positions, see conv_products_tmpl.c */
    const A *weights;        /* (O, K) in the order of the columns */
    bool rows;               /* columns are (K, positions): y is not channels last */
    int64_t xg, yg, taps, k; /* channels in a group, taps of a kernel, K = xg · taps */
    int64_t pixels, y_stride;
    int64_t blocks;  /* data gradient: channel blocks an image is cut into */
    int64_t images;  /* … and images in a unit */
    char *scratch;   /* of worker 0 */
    double *partial; /* depthwise weight gradient: sums of each share of the images */
    int64_t shares;
} FN(conv);

static int64_t FN(tiles)(const FN(conv) * c) {
    const conv_attributes *a = c->a;
    if (a->tile_images > 1 || a->tile_pixels >= c->pixels) return (a->batch + a->tile_images - 1) / a->tile_images;
    return a->batch * ((c->pixels + a->tile_pixels - 1) / a->tile_pixels);
}

static FN(tile) FN(tile_at)(const FN(conv) * c, int64_t i) {
    const conv_attributes *a = c->a;
    if (a->tile_images > 1 || a->tile_pixels >= c->pixels) {
        int64_t n = i * a->tile_images;
        return (FN(tile)){n, MIN(a->tile_images, a->batch - n), 0, c->pixels};
    }
    int64_t each = (c->pixels + a->tile_pixels - 1) / a->tile_pixels, p = i % each * a->tile_pixels;
    return (FN(tile)){i / each, 1, p, MIN(a->tile_pixels, c->pixels - p)};
}

/* The walk of a tap over the rows of y that a tile has: pieces of rows, in order. */
typedef struct FN(walk) {
    const conv_tap *tap;
    int64_t od, oh, ow, left; /* where the walk is in an image, and how many pixels are left of it */
    int64_t lo, hi, to;       /* the piece: [ow, to), the part inside */
    int64_t id, ih;           /* what row of x the piece reads; id is −1 in the padding */
} FN(walk);

static void FN(walk_image)(const conv_attributes *a, FN(tile) t, FN(walk) * w) {
    int64_t row = t.p / a->out[2];
    w->ow = t.p % a->out[2], w->oh = row % a->out[1], w->od = row / a->out[1];
    w->left = t.pixels;
}

/* Sets the piece that is next; false after the last of the image. */
static inline bool FN(walk_next)(const conv_attributes *a, FN(walk) * w) {
    if (w->left == 0) return false;
    w->to = MIN(a->out[2], w->ow + w->left);
    w->lo = MIN(MAX(w->tap->low, w->ow), w->to);
    w->hi = MAX(MIN(w->tap->high, w->to), w->lo);
    w->ih = w->oh * a->stride[1] + w->tap->offset[1];
    w->id = w->od * a->stride[0] + w->tap->offset[0];
    if (w->ih < 0 || w->ih >= a->in[1] || w->id >= a->in[0]) w->id = -1;
    return true;
}

static inline void FN(walk_on)(const conv_attributes *a, FN(walk) * w) {
    w->left -= w->to - w->ow;
    w->ow = 0;
    if (++w->oh < a->out[1]) return;
    w->oh = 0;
    w->od++;
}

/* One row of columns: the pixels of a tile that tap `tap` of x channel `channel` sees. */
static void FN(row_to_columns)(const FN(conv) * c, FN(tile) t, int64_t channel, int64_t tap, A *restrict out) {
    const conv_attributes *a = c->a;
    FN(walk) w = {.tap = &a->taps[tap]};
    int64_t step = a->stride[2] * c->x.s[2];
    for (int64_t n = t.n; n < t.n + t.images; n++) {
        const T *base = (const T *)c->x.data + n * c->x.sn + channel * c->x.sc + w.tap->offset[2] * c->x.s[2];
        for (FN(walk_image)(a, t, &w); FN(walk_next)(a, &w); out += w.to - w.ow, FN(walk_on)(a, &w)) {
            A *o = out - w.ow;
            if (w.id < 0) w.lo = w.hi = w.to;
            for (int64_t i = w.ow; i < w.lo; i++) o[i] = 0;
            const T *x = base + w.id * c->x.s[0] + w.ih * c->x.s[1];
            if (step == 1)
                for (int64_t i = w.lo; i < w.hi; i++) o[i] = LOAD(x[i]);
            else
                for (int64_t i = w.lo; i < w.hi; i++) o[i] = LOAD(x[i * step]);
            for (int64_t i = w.hi; i < w.to; i++) o[i] = 0;
        }
    }
}

/* The reverse: adds a row of columns into x (A elements: a buffer, or x itself). */
static void FN(row_from_columns)(const FN(conv) * c, FN(tile) t, const image *x, int64_t channel, int64_t tap,
                                 const A *restrict in) {
    const conv_attributes *a = c->a;
    FN(walk) w = {.tap = &a->taps[tap]};
    int64_t step = a->stride[2] * x->s[2];
    for (int64_t n = t.n; n < t.n + t.images; n++) {
        A *base = (A *)x->data + n * x->sn + channel * x->sc + w.tap->offset[2] * x->s[2];
        for (FN(walk_image)(a, t, &w); FN(walk_next)(a, &w); in += w.to - w.ow, FN(walk_on)(a, &w)) {
            if (w.id < 0) continue;
            A *restrict o = base + w.id * x->s[0] + w.ih * x->s[1];
            const A *restrict v = in - w.ow;
            if (step == 1)
                for (int64_t i = w.lo; i < w.hi; i++) o[i] += v[i];
            else
                for (int64_t i = w.lo; i < w.hi; i++) o[i * step] += v[i];
        }
    }
}

/* Channels-last columns: for each pixel of the tile, K values in the order (tap, channel); `add` is the reverse. */
static void FN(pixels_and_columns)(const FN(conv) * c, FN(tile) t, const image *x, int64_t first, int64_t channels,
                                   A *restrict columns, bool add) {
    const conv_attributes *a = c->a;
    for (int64_t i = 0; i < t.images * t.pixels; i++) {
        int64_t n = t.n + i / t.pixels, p = t.p + i % t.pixels, start[3], rest = p;
        for (int d = 2; d >= 0; d--) {
            start[d] = rest % a->out[d] * a->stride[d] - a->padding[d];
            rest /= a->out[d];
        }
        for (int64_t kd = 0; kd < a->kernel[0]; kd++)
            for (int64_t kh = 0; kh < a->kernel[1]; kh++)
                for (int64_t kw = 0; kw < a->kernel[2]; kw++, columns += channels) {
                    int64_t id = start[0] + kd * a->dilation[0], ih = start[1] + kh * a->dilation[1];
                    int64_t iw = start[2] + kw * a->dilation[2];
                    bool inside = id >= 0 && id < a->in[0] && ih >= 0 && ih < a->in[1] && iw >= 0 && iw < a->in[2];
                    int64_t at = n * x->sn + first * x->sc + id * x->s[0] + ih * x->s[1] + iw * x->s[2];
                    if (add) {
                        A *restrict o = (A *)x->data + at;
                        if (inside)
                            for (int64_t j = 0; j < channels; j++) o[j * x->sc] += columns[j];
                    } else if (!inside) {
                        memset(columns, 0, (size_t)channels * sizeof(A));
                    } else {
                        const T *v = (const T *)x->data + at;
                        if (x->sc == 1)
                            for (int64_t j = 0; j < channels; j++) columns[j] = LOAD(v[j]);
                        else
                            for (int64_t j = 0; j < channels; j++) columns[j] = LOAD(v[j * x->sc]);
                    }
                }
    }
}

/* x itself where it already is the matrix of columns of a tile; NULL otherwise. */
static const A *FN(x_as_columns)(const FN(conv) * c, FN(tile) t, int64_t channel, int64_t *leading) {
    const conv_attributes *a = c->a;
    if (sizeof(T) != sizeof(A) || c->taps != 1) return NULL;
    for (int d = 0; d < 3; d++)
        if (a->stride[d] != 1 || a->padding[d] != 0 || a->in[d] != a->out[d]) return NULL;
    int64_t expected = 0;
    for (int d = 2; d >= 0; d--) {
        if (a->in[d] == 1) continue;
        if (expected && c->x.s[d] != expected) return NULL;
        expected = c->x.s[d] * a->in[d];
    }
    int64_t step = pixel_stride(&c->x, a->in, c->rows);
    bool together = t.images == 1 || c->x.sn == c->pixels * step;
    if (c->rows ? (step != 1 || t.images != 1 || c->x.sc < t.pixels) : (c->x.sc != 1 || !together || step < c->xg))
        return NULL;
    *leading = c->rows ? c->x.sc : step;
    return (const A *)c->x.data + t.n * c->x.sn + channel * c->x.sc + t.p * step;
}

/* The part of y of one group and tile as a matrix, (yg, positions) or (positions, yg); NULL where it is none. */
static A *FN(y_as_matrix)(const FN(conv) * c, FN(tile) t, int64_t g, int64_t *leading) {
    bool together = t.images == 1 || c->y.sn == c->pixels * c->y_stride;
    if (sizeof(T) != sizeof(A)) return NULL;
    if (c->rows ? (c->y_stride != 1 || t.images != 1 || c->y.sc < t.pixels)
                : (c->y.sc != 1 || !together || c->y_stride < c->yg))
        return NULL;
    *leading = c->rows ? c->y.sc : c->y_stride;
    return (A *)c->y.data + t.n * c->y.sn + g * c->yg * c->y.sc + t.p * c->y_stride;
}

/* Copies that part of y into, or out of, such a matrix; `bias` is added on the way out. */
static void FN(y_copy)(const FN(conv) * c, FN(tile) t, int64_t g, A *restrict matrix, bool out) {
    int64_t positions = t.images * t.pixels, along_o = c->rows ? positions : 1, along_p = c->rows ? 1 : c->yg;
    for (int64_t o = 0; o < c->yg; o++) {
        A bias = out && c->bias ? LOAD(c->bias[(g * c->yg + o) * c->bias_stride]) : 0;
        for (int64_t n = 0; n < t.images; n++) {
            T *y = (T *)c->y.data + (t.n + n) * c->y.sn + (g * c->yg + o) * c->y.sc + t.p * c->y_stride;
            A *m = matrix + o * along_o + n * t.pixels * along_p;
            if (out)
                for (int64_t p = 0; p < t.pixels; p++) y[p * c->y_stride] = STORE(m[p * along_p] + bias);
            else
                for (int64_t p = 0; p < t.pixels; p++) m[p * along_p] = LOAD(y[p * c->y_stride]);
        }
    }
}

static void FN(add_bias)(const FN(conv) * c, FN(tile) t, int64_t g, A *restrict matrix, int64_t leading) {
    if (!c->bias) return;
    int64_t positions = t.images * t.pixels;
    const T *bias = c->bias + g * c->yg * c->bias_stride;
    for (int64_t i = 0; i < (c->rows ? c->yg : positions); i++) {
        A *restrict row = matrix + i * leading;
        A b = c->rows ? LOAD(bias[i * c->bias_stride]) : 0;
        if (c->rows)
            for (int64_t p = 0; p < positions; p++) row[p] += b;
        else
            for (int64_t o = 0; o < c->yg; o++) row[o] += LOAD(bias[o * c->bias_stride]);
    }
}

/* Columns [first, first + count) of K (rows) or all of a group (channels last) for a tile. */
static const A *FN(columns)(const FN(conv) * c, FN(tile) t, int64_t g, int64_t first, int64_t count, A *buffer,
                            int64_t *leading) {
    if (!c->rows) {
        const A *x = FN(x_as_columns)(c, t, g * c->xg, leading);
        if (x) return x;
        FN(pixels_and_columns)(c, t, &c->x, g * c->xg, c->xg, buffer, false);
        *leading = c->k;
        return buffer;
    }
    const A *x = FN(x_as_columns)(c, t, g * c->xg + first, leading);
    if (x) return x;
    int64_t positions = t.images * t.pixels;
    for (int64_t i = 0; i < count; i++)
        FN(row_to_columns)(c, t, g * c->xg + (first + i) / c->taps, (first + i) % c->taps, buffer + i * positions);
    *leading = positions;
    return buffer;
}

static void FN(forward_tiles)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(conv) *c = arg;
    char *scratch = c->scratch + worker * c->a->worker_bytes;
    A *buffer = (A *)scratch, *tile = (A *)(scratch + c->a->columns_bytes);
    int64_t tiles = FN(tiles)(c);
    for (int64_t unit = begin; unit < end; unit++) {
        FN(tile) t = FN(tile_at)(c, unit % tiles);
        int64_t g = unit / tiles, positions = t.images * t.pixels, leading, y_leading = c->rows ? positions : c->yg;
        const A *columns = FN(columns)(c, t, g, 0, c->k, buffer, &leading);
        const A *weights = c->weights + g * c->yg * c->k;
        A *direct = FN(y_as_matrix)(c, t, g, &y_leading), *y = direct ? direct : tile;
        if (c->rows)
            FN(product)(false, false, c->yg, positions, c->k, weights, c->k, columns, leading, 0, y, y_leading);
        else FN(product)(false, true, positions, c->yg, c->k, columns, leading, weights, c->k, 0, y, y_leading);
        if (direct) FN(add_bias)(c, t, g, y, y_leading);
        else FN(y_copy)(c, t, g, tile, true);
    }
}

/* Stores the A image buffer of `channels` channels into x. */
static void FN(image_store)(const FN(conv) * c, const A *restrict from, int64_t n, int64_t channel, int64_t channels) {
    const int64_t *in = c->a->in;
    for (int64_t j = 0; j < channels; j++) {
        A bias = c->bias ? LOAD(c->bias[(channel + j) * c->bias_stride]) : 0;
        for (int64_t d = 0; d < in[0]; d++)
            for (int64_t h = 0; h < in[1]; h++) {
                T *x = (T *)c->x.data + n * c->x.sn + (channel + j) * c->x.sc + d * c->x.s[0] + h * c->x.s[1];
                for (int64_t w = 0; w < in[2]; w++) x[w * c->x.s[2]] = STORE(*from++ + bias);
            }
    }
}

/* Can sums be kept in x itself? Then each plane of x is contiguous. */
static bool FN(x_takes_sums)(const FN(conv) * c) {
    const int64_t *in = c->a->in;
    return sizeof(T) == sizeof(A) && !c->bias && (in[2] == 1 || c->x.s[2] == 1) && (in[1] == 1 || c->x.s[1] == in[2]) &&
           (in[0] == 1 || c->x.s[0] == in[1] * in[2]);
}

/* Gradient of x, or a transposed convolution: a unit is some images and a block of a group's channels. Pieces of y of
 * one image overlap in x, so one worker has them all. */
static void FN(data_units)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    char *scratch = c->scratch + worker * a->worker_bytes;
    A *buffer = (A *)scratch, *tile = (A *)(scratch + a->columns_bytes);
    A *picture = (A *)(scratch + a->columns_bytes + a->tile_bytes);
    int64_t size = volume(a->in), groups_of_images = (a->batch + c->images - 1) / c->images;
    bool direct = FN(x_takes_sums)(c);
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t block = unit % c->blocks, g = unit / c->blocks / groups_of_images;
        int64_t n0 = unit / c->blocks % groups_of_images * c->images, n1 = MIN(n0 + c->images, a->batch);
        int64_t c0 = c->xg * block / c->blocks, channels = c->xg * (block + 1) / c->blocks - c0;
        int64_t first = c0 * c->taps, k = channels * c->taps;
        image x = {(char *)picture, channels * size, size, {a->in[1] * a->in[2], a->in[2], 1}};
        if (direct) {
            x = c->x;
            x.data += (n0 * x.sn + (g * c->xg + c0) * x.sc) * (int64_t)sizeof(T);
            for (int64_t i = 0; i < (n1 - n0) * channels; i++)
                memset((T *)x.data + i / channels * x.sn + i % channels * x.sc, 0, (size_t)size * sizeof(T));
        } else {
            memset(picture, 0, (size_t)((n1 - n0) * channels * size) * sizeof(A));
        }
        int64_t step = c->images > 1 ? c->pixels : a->tile_pixels;
        for (int64_t p = 0; p < c->pixels; p += step) {
            FN(tile) t = {n0, n1 - n0, p, MIN(step, c->pixels - p)}, local = t;
            int64_t positions = t.images * t.pixels, y_leading = c->rows ? positions : c->yg;
            A *y = FN(y_as_matrix)(c, t, g, &y_leading);
            if (!y) FN(y_copy)(c, t, g, y = tile, false);
            const A *weights = c->weights + g * c->yg * c->k + (c->rows ? first : 0);
            local.n = 0;
            if (c->rows) {
                FN(product)(true, false, k, positions, c->yg, weights, c->k, y, y_leading, 0, buffer, positions);
                for (int64_t i = 0; i < k; i++)
                    FN(row_from_columns)(c, local, &x, i / c->taps, i % c->taps, buffer + i * positions);
            } else {
                FN(product)(false, false, positions, c->k, c->yg, y, y_leading, weights, c->k, 0, buffer, c->k);
                FN(pixels_and_columns)(c, local, &x, 0, c->xg, buffer, true);
            }
        }
        for (int64_t n = n0; n < n1 && !direct; n++)
            FN(image_store)(c, picture + (n - n0) * channels * size, n, g * c->xg + c0, channels);
    }
}

/* Do the weights lie as (O, K) in the order of the columns? */
static bool FN(weights_plain)(const FN(conv) * c) {
    const conv_attributes *a = c->a;
    bool plain = c->w.sn == c->k || a->y_channels == 1;
    int64_t expected = c->rows ? 1 : c->xg;
    for (int d = 2; d >= 0; d--) {
        plain = plain && (a->kernel[d] == 1 || c->w.s[d] == expected);
        expected *= a->kernel[d];
    }
    return plain && (c->xg == 1 || c->w.sc == (c->rows ? c->taps : 1));
}

/* Writes columns [first, first + k) of the weights of a group. */
static void FN(weights_store)(const FN(conv) * c, int64_t g, int64_t first, int64_t k, const A *restrict sums) {
    const conv_attributes *a = c->a;
    bool plain = FN(weights_plain)(c);
    for (int64_t o = 0; o < c->yg; o++, sums += k) {
        T *w = (T *)c->w.data + (g * c->yg + o) * c->w.sn;
        if (plain) {
            for (int64_t i = 0; i < k; i++) w[first + i] = STORE(sums[i]);
            continue;
        }
        for (int64_t i = 0; i < k; i++) {
            int64_t at = first + i, channel = c->rows ? at / c->taps : at % c->xg,
                    tap = c->rows ? at % c->taps : at / c->xg;
            int64_t kw = tap % a->kernel[2], kh = tap / a->kernel[2] % a->kernel[1],
                    kd = tap / a->kernel[2] / a->kernel[1];
            w[channel * c->w.sc + kd * c->w.s[0] + kh * c->w.s[1] + kw * c->w.s[2]] = STORE(sums[i]);
        }
    }
}

/* Gradient of the weights: a unit is a range of K of one group; each worker walks all tiles for its own range, so
 * nothing is summed between workers and the result does not depend on their number. */
static void FN(weight_units)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    char *scratch = c->scratch + worker * a->worker_bytes;
    A *buffer = (A *)scratch, *tile = (A *)(scratch + a->columns_bytes);
    A *sums = (A *)(scratch + a->columns_bytes + a->tile_bytes);
    int64_t tiles = FN(tiles)(c);
    while (begin < end) {
        int64_t g = begin / c->k, first = begin % c->k, k = MIN(MIN(c->k - first, end - begin), a->weight_columns);
        memset(sums, 0, (size_t)(c->yg * k) * sizeof(A));
        for (int64_t i = 0; i < tiles; i++) {
            FN(tile) t = FN(tile_at)(c, i);
            int64_t positions = t.images * t.pixels, leading, y_leading = c->rows ? positions : c->yg;
            const A *columns = FN(columns)(c, t, g, first, k, buffer, &leading);
            A *y = FN(y_as_matrix)(c, t, g, &y_leading);
            if (!y) FN(y_copy)(c, t, g, y = tile, false);
            if (c->rows) FN(product)(false, true, c->yg, k, positions, y, y_leading, columns, leading, 1, sums, k);
            else FN(product)(true, false, c->yg, k, positions, y, y_leading, columns + first, leading, 1, sums, k);
        }
        FN(weights_store)(c, g, first, k, sums);
        begin += k;
    }
}

/* Weights as (O, K) in the order of the columns: themselves where they are that, else packed into scratch. */
static void FN(pack_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    for (int64_t o = begin; o < end; o++) {
        A *to = (A *)c->weights + o * c->k;
        int64_t along_c = c->rows ? c->taps : 1, along_tap = c->rows ? 1 : c->xg, tap = 0;
        for (int64_t d = 0; d < a->kernel[0]; d++)
            for (int64_t h = 0; h < a->kernel[1]; h++)
                for (int64_t w = 0; w < a->kernel[2]; w++, tap++) {
                    const T *from = (const T *)c->w.data + o * c->w.sn + d * c->w.s[0] + h * c->w.s[1] + w * c->w.s[2];
                    for (int64_t i = 0; i < c->xg; i++) to[i * along_c + tap * along_tap] = LOAD(from[i * c->w.sc]);
                }
    }
}

static void FN(weights_prepare)(FN(conv) * c, const kernel_call *call) {
    const conv_attributes *a = c->a;
    bool plain = sizeof(T) == sizeof(A) && FN(weights_plain)(c);
    c->weights = plain ? (const A *)c->w.data : (const A *)call->scratch;
    if (!plain) parallel_for(call->pool, a->y_channels, 1 + 32768 / MAX(c->k, 1), FN(pack_rows), c);
}

/* Describes the call: which tensor of it is x, w and y of the canonical convolution. */
static FN(conv) FN(describe)(const kernel_call *call, uint32_t x, uint32_t w, uint32_t y) {
    const conv_attributes *a = call->attributes;
    FN(conv)
    c = {.a = a,
         .x = image_of(call, x, a->spatial),
         .w = image_of(call, w, a->spatial),
         .y = image_of(call, y, a->spatial)};
    c.xg = a->x_channels / a->groups, c.yg = a->y_channels / a->groups;
    c.taps = volume(a->kernel), c.k = c.xg * c.taps;
    c.pixels = volume(a->out), c.y_stride = pixel_stride(&c.y, a->out, false);
    c.rows = !(c.y.sc == 1 && a->y_channels > 1 && c.y_stride >= a->y_channels);
    if (c.rows) c.y_stride = pixel_stride(&c.y, a->out, true);
    c.scratch = (char *)call->scratch + a->weight_bytes;
    return c;
}

#include "kernels/cpu/conv_depthwise_tmpl.c"
#include "kernels/cpu/conv_depthwise_channels_tmpl.c"

/* The pixel of image n of x that a tap of output position (od, oh, ow) sees; NULL in the padding. */
static T *FN(tap_pixel)(const FN(conv) * c, int64_t n, const conv_tap *tap, int64_t od, int64_t oh, int64_t ow) {
    const conv_attributes *a = c->a;
    const int64_t id = od * a->stride[0] + tap->offset[0], ih = oh * a->stride[1] + tap->offset[1],
                  iw = ow * a->stride[2] + tap->offset[2];
    if (id < 0 || id >= a->in[0] || ih < 0 || ih >= a->in[1] || iw < 0 || iw >= a->in[2]) return NULL;
    return (T *)c->x.data + n * c->x.sn + ((id * a->in[1] + ih) * a->in[2] + iw) * a->x_channels;
}

#include "kernels/cpu/conv_products_tmpl.c"

/* True when oneDNN has done this part. */
static bool FN(by_onednn)(const kernel_call *call, const FN(conv) * c, conv_part part) {
    const conv_onednn *library = c->a->onednn[part];
    if (!library) return false;
    conv_onednn_run(library, call->pool, call->scratch, c->x.data, c->w.data, c->y.data, (const char *)c->bias);
    return true;
}

/* True when one of the special ways has done this part. */
static bool FN(done)(const kernel_call *call, FN(conv) * c, conv_part part) {
    return FN(by_product)(call, c, part) || FN(by_onednn)(call, c, part) || FN(by_vectors)(call, c, part);
}

static void FN(forward)(const kernel_call *call, FN(conv) * c) {
    const conv_attributes *a = c->a;
    if (FN(done)(call, c, CONV_FORWARD)) return;
    if (a->depthwise) {
        parallel_for(call->pool, a->batch * ((a->x_channels + CONV_LANES - 1) / CONV_LANES), 1, FN(depthwise_forward),
                     c);
        return;
    }
    FN(weights_prepare)(c, call);
    parallel_for(call->pool, FN(tiles)(c) * a->groups, 1, FN(forward_tiles), c);
}

static void FN(data)(const kernel_call *call, FN(conv) * c) {
    const conv_attributes *a = c->a;
    if (FN(done)(call, c, CONV_DATA)) return;
    if (a->depthwise) {
        parallel_for(call->pool, a->batch * ((a->x_channels + CONV_LANES - 1) / CONV_LANES), 1, FN(depthwise_data), c);
        return;
    }
    FN(weights_prepare)(c, call);
    int64_t threads = pool_threads(call->pool);
    c->images = c->pixels <= a->tile_pixels ? a->tile_images : 1;
    int64_t units = (a->batch + c->images - 1) / c->images * a->groups;
    c->blocks = c->rows && units < threads ? MAX(1, MIN(c->xg, threads / MAX(units, 1))) : 1;
    parallel_for(call->pool, units * c->blocks, 1, FN(data_units), c);
}

static void FN(weight)(const kernel_call *call, FN(conv) * c) {
    const conv_attributes *a = c->a;
    if (FN(done)(call, c, CONV_WEIGHT)) return;
    if (a->depthwise) FN(depthwise_weight_all)(call, c);
    else parallel_for(call->pool, a->groups * c->k, 1, FN(weight_units), c);
}

static void FN(convolution)(const kernel_call *call) {
    const conv_attributes *a = call->attributes;
    FN(conv) c = a->transposed ? FN(describe)(call, 0, 2, 1) : FN(describe)(call, 1, 2, 0);
    if (call->num_operands > 2 && call->data[3]) {
        c.bias = call->data[3];
        c.bias_stride = call->tensors[3].strides[0];
    }
    if (call->tensors[0].numel == 0) return;
    if (a->transposed) FN(data)(call, &c);
    else FN(forward)(call, &c);
}

typedef struct FN(bias_job) {
    const kernel_call *call;
    planes y;
} FN(bias_job);

static void FN(bias_channels)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(bias_job) *job = arg;
    const T *y = job->call->data[3];
    T *out = job->call->data[2];
    planes v = job->y;
    for (int64_t c = begin; c < end; c++) {
        double total = 0;
        for (int64_t n = 0; n < v.n; n++) {
            const T *row = y + n * v.sn + c * v.sc;
            A lane[CONV_LANES] = {0};
            int64_t i = 0;
            for (; i + CONV_LANES <= v.s; i += CONV_LANES)
                for (int64_t j = 0; j < CONV_LANES; j++) lane[j] += LOAD(row[(i + j) * v.ss]);
            for (int64_t j = 0; i < v.s; i++, j++) lane[j] += LOAD(row[i * v.ss]);
            for (int64_t j = 0; j < CONV_LANES; j++) total += lane[j];
        }
        out[c * job->call->tensors[2].strides[0]] = STORE((A)total);
    }
}

/* The same where channels lie innermost: a unit is CONV_LANES of them. */
static void FN(bias_lanes)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(bias_job) *job = arg;
    const planes v = job->y;
    for (int64_t unit = begin; unit < end; unit++) {
        const int64_t first = unit * CONV_LANES, count = MIN(CONV_LANES, v.c - first);
        double total[CONV_LANES] = {0};
        for (int64_t row = 0; row < v.n * v.s; row += 256) {
            A lane[CONV_LANES] = {0};
            for (int64_t r = row; r < MIN(row + 256, v.n * v.s); r++) {
                const T *y = (const T *)job->call->data[3] + r / v.s * v.sn + r % v.s * v.ss + first;
                for (int64_t j = 0; j < count; j++) lane[j] += LOAD(y[j]);
            }
            for (int64_t j = 0; j < count; j++) total[j] += lane[j];
        }
        T *out = (T *)job->call->data[2] + first * job->call->tensors[2].strides[0];
        for (int64_t j = 0; j < count; j++) out[j * job->call->tensors[2].strides[0]] = STORE((A)total[j]);
    }
}

/* results: gradients of input, weight, bias; operands: gradient of the output, input, weight */
static void FN(convolution_backward)(const kernel_call *call) {
    const conv_attributes *a = call->attributes;
    if (a->mask[0] && call->tensors[0].numel > 0) {
        FN(conv) c = a->transposed ? FN(describe)(call, 3, 5, 0) : FN(describe)(call, 0, 5, 3);
        if (a->transposed) FN(forward)(call, &c);
        else FN(data)(call, &c);
    }
    if (a->mask[1] && call->tensors[1].numel > 0) {
        FN(conv) c = a->transposed ? FN(describe)(call, 3, 1, 4) : FN(describe)(call, 4, 1, 3);
        FN(weight)(call, &c);
    }
    if (a->mask[2] && call->tensors[2].numel > 0) {
        FN(bias_job) job = {call, planes_of(&call->tensors[3])};
        const int64_t blocks = (job.y.c + CONV_LANES - 1) / CONV_LANES;
        if (job.y.sc == 1 && job.y.c > 1) parallel_for(call->pool, blocks, 1, FN(bias_lanes), &job);
        else parallel_for(call->pool, job.y.c, 1, FN(bias_channels), &job);
    }
}
