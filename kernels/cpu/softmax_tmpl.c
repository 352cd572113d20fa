/* SPDX-License-Identifier: MIT
 * softmax_tmpl.c — softmax of T. Rows: the line is dense. Columns: many lines side by side, each row of them dense. */

static inline T FN(larger)(T a, T b) { return a > b || a != a ? a : b; }

static T FN(row_max)(const T *x, int64_t n) {
    T lane[LANES];
    int64_t i = 0;
    for (int l = 0; l < LANES; l++) lane[l] = -INFINITY;
    for (; i + LANES <= n; i += LANES)
        for (int l = 0; l < LANES; l++) lane[l] = FN(larger)(lane[l], x[i + l]);
    for (int l = 0; i + l < n; l++) lane[l] = FN(larger)(lane[l], x[i + l]);
    for (int l = 1; l < LANES; l++) lane[0] = FN(larger)(lane[0], lane[l]);
    return lane[0];
}

static T FN(tree)(T *lane) {
    for (int width = LANES / 2; width > 0; width /= 2)
        for (int l = 0; l < width; l++) lane[l] += lane[l + width];
    return lane[0];
}

/* Σ exp(x - m), the terms left in y. */
static T FN(row_exp)(T *y, const T *x, T m, int64_t n) {
    T lane[LANES] = {0};
    int64_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (int l = 0; l < LANES; l++) {
            const T e = EXPONENTIAL(x[i + l] - m);
            y[i + l] = e;
            lane[l] += e;
        }
    for (int l = 0; i + l < n; l++) lane[l] += y[i + l] = EXPONENTIAL(x[i + l] - m);
    return FN(tree)(lane);
}

static T FN(row_exp_sum)(const T *x, T m, int64_t n) {
    T lane[LANES] = {0};
    int64_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (int l = 0; l < LANES; l++) lane[l] += EXPONENTIAL(x[i + l] - m);
    for (int l = 0; i + l < n; l++) lane[l] += EXPONENTIAL(x[i + l] - m);
    return FN(tree)(lane);
}

/* Σ a b, and with b NULL Σ a. */
static T FN(row_dot)(const T *a, const T *b, int64_t n) {
    T lane[LANES] = {0};
    int64_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (int l = 0; l < LANES; l++) lane[l] += b ? a[i + l] * b[i + l] : a[i + l];
    for (int l = 0; i + l < n; l++) lane[l] += b ? a[i + l] * b[i + l] : a[i + l];
    return FN(tree)(lane);
}

/* An infinite maximum would give inf - inf: -inf lines become NaN as in PyTorch, or 0 where `safe`. */
static void FN(row)(const softmax_attributes *s, T *y, const T *x, const T *z) {
    const int64_t n = s->length;
    if (s->code == SOFTMAX_BACKWARD) { /* x: gradient, z: result */
        const T dot = FN(row_dot)(x, z, n);
        for (int64_t i = 0; i < n; i++) y[i] = z[i] * (x[i] - dot);
    } else if (s->code == SOFTMAX_LOG_BACKWARD) {
        const T sum = FN(row_dot)(x, NULL, n);
        for (int64_t i = 0; i < n; i++) y[i] = x[i] - EXPONENTIAL(z[i]) * sum;
    } else {
        const T m = FN(row_max)(x, n);
        if (s->code == SOFTMAX_LOG) {
            const T shift = m + LOGARITHM(FN(row_exp_sum)(x, m, n));
            for (int64_t i = 0; i < n; i++) y[i] = x[i] - shift;
            return;
        }
        const bool none = s->code == SOFTMAX_SAFE && m == -INFINITY;
        const T scale = 1 / FN(row_exp)(y, x, none ? 0 : m, n);
        for (int64_t i = 0; i < n; i++) y[i] = none ? 0 : y[i] * scale;
    }
}

/* w lines side by side. Each pass walks the length with the columns inside. */
static void FN(columns)(const softmax_attributes *s, const kernel_call *call, int64_t base, int64_t w, void *scratch) {
    T *y = scratch, *x_tile = y + TILE_LENGTH, *z_tile = x_tile + TILE_LENGTH;
    T high[TILE_LENGTH], total[TILE_LENGTH];
    const bool backward = s->code >= SOFTMAX_BACKWARD;
    const uint8_t xd = call->tensors[1].dtype, zd = backward ? call->tensors[2].dtype : 0, yd = call->tensors[0].dtype;
#define X(k) dense_run(x_tile, CLASS, xd, (const char *)call->data[1] + (base + (k)*s->inner) * item_bytes[xd], 1, w)
#define Z(k) dense_run(z_tile, CLASS, zd, (const char *)call->data[2] + (base + (k)*s->inner) * item_bytes[zd], 1, w)
    for (int64_t i = 0; i < w; i++) high[i] = -INFINITY, total[i] = 0;
    for (int64_t k = 0; k < s->length && !backward; k++) {
        const T *x = X(k);
        for (int64_t i = 0; i < w; i++) high[i] = FN(larger)(high[i], x[i]);
    }
    for (int64_t i = 0; i < w && s->code == SOFTMAX_SAFE; i++) high[i] = high[i] == -INFINITY ? 0 : high[i];
    for (int64_t k = 0; k < s->length; k++) {
        const T *x = X(k), *z = s->code == SOFTMAX_BACKWARD ? Z(k) : NULL;
        if (s->code == SOFTMAX_BACKWARD)
            for (int64_t i = 0; i < w; i++) total[i] += x[i] * z[i];
        else if (s->code == SOFTMAX_LOG_BACKWARD)
            for (int64_t i = 0; i < w; i++) total[i] += x[i];
        else
            for (int64_t i = 0; i < w; i++) total[i] += EXPONENTIAL(x[i] - high[i]);
    }
    if (s->code == SOFTMAX_LOG)
        for (int64_t i = 0; i < w; i++) total[i] = high[i] + LOGARITHM(total[i]);
    else if (!backward)
        for (int64_t i = 0; i < w; i++) total[i] = total[i] == 0 && s->code == SOFTMAX_SAFE ? 0 : 1 / total[i];
    for (int64_t k = 0; k < s->length; k++) {
        const T *x = X(k), *z = backward ? Z(k) : NULL;
        if (s->code == SOFTMAX_BACKWARD)
            for (int64_t i = 0; i < w; i++) y[i] = z[i] * (x[i] - total[i]);
        else if (s->code == SOFTMAX_LOG_BACKWARD)
            for (int64_t i = 0; i < w; i++) y[i] = x[i] - EXPONENTIAL(z[i]) * total[i];
        else if (s->code == SOFTMAX_LOG)
            for (int64_t i = 0; i < w; i++) y[i] = x[i] - total[i];
        else
            for (int64_t i = 0; i < w; i++) y[i] = EXPONENTIAL(x[i] - high[i]) * total[i];
        KERNEL(tile_stores)[CLASS][yd]((char *)call->data[0] + (base + k * s->inner) * item_bytes[yd], y, 1, w);
    }
#undef X
#undef Z
}

static void FN(run)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const softmax_attributes *s = call->attributes;
    char *scratch = (char *)call->scratch + worker * s->worker_bytes;
    const bool backward = s->code >= SOFTMAX_BACKWARD;
    const int64_t strips = (s->inner + s->width - 1) / s->width;
    const uint8_t xd = call->tensors[1].dtype, zd = backward ? call->tensors[2].dtype : 0, yd = call->tensors[0].dtype;
    for (int64_t unit = begin; unit < end; unit++) {
        if (s->inner > 1) {
            const int64_t at = unit % strips * s->width;
            FN(columns)(s, call, unit / strips * s->length * s->inner + at, MIN(s->width, s->inner - at), scratch);
            continue;
        }
        const int64_t n = s->length, base = unit * n;
        T *tile = (T *)scratch, *z_tile = tile + n, *y_tile = z_tile + n;
        const T *x = dense_run(tile, CLASS, xd, (const char *)call->data[1] + base * item_bytes[xd], 1, n);
        const T *z =
            backward ? dense_run(z_tile, CLASS, zd, (const char *)call->data[2] + base * item_bytes[zd], 1, n) : NULL;
        char *out = (char *)call->data[0] + base * item_bytes[yd];
        const bool direct = yd == class_dtypes[CLASS];
        FN(row)(s, direct ? (T *)out : y_tile, x, z);
        if (!direct) KERNEL(tile_stores)[CLASS][yd](out, y_tile, 1, n);
    }
}
