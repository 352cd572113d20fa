/* SPDX-License-Identifier: MIT
 * attention_tmpl.c — included by attention.c once for each floating dtype (each_float.h). T stores, A computes.
 *
 * Keys are transposed once for each head, so that every product but those that sum over queries has both factors along
 * their rows. A row whose keys are all masked gives zeros, and no gradient. */

/* rows × width elements of head (b, h) of tensor t from row `first`, as A, row-major; `transpose`: width × rows. */
static void FN(load_rows)(A *restrict to, const tensor_desc *t, const void *data, int64_t b, int64_t h, int64_t first,
                          int64_t rows, bool transpose, A scale) {
    const int64_t width = t->sizes[3], step = t->strides[3];
    const T *from = (const T *)data + b * t->strides[0] + h * t->strides[1] + first * t->strides[2];
    for (int64_t i = 0; i < rows; i++, from += t->strides[2]) {
        if (transpose)
            for (int64_t d = 0; d < width; d++) to[d * rows + i] = LOAD(from[d * step]) * scale;
        else if (step == 1)
            for (int64_t d = 0; d < width; d++) to[i * width + d] = LOAD(from[d]) * scale;
        else
            for (int64_t d = 0; d < width; d++) to[i * width + d] = LOAD(from[d * step]) * scale;
    }
}

static void FN(store_rows)(const A *restrict from, const tensor_desc *t, void *data, int64_t b, int64_t h,
                           int64_t first, int64_t rows) {
    const int64_t width = t->sizes[3], step = t->strides[3];
    T *to = (T *)data + b * t->strides[0] + h * t->strides[1] + first * t->strides[2];
    for (int64_t i = 0; i < rows; i++, to += t->strides[2])
        for (int64_t d = 0; d < width; d++) to[d * step] = STORE(from[i * width + d]);
}

/* Adds the mask to scores of queries [i0, i0 + m) and keys [j0, j0 + n), and hides keys behind the query. */
static void FN(mask_scores)(const kernel_call *call, A *s, int64_t b, int64_t h, int64_t i0, int64_t m, int64_t j0,
                            int64_t n) {
    const attention_attributes *a = call->attributes;
    for (int64_t i = 0; i < m && a->mask_at; i++) {
        const int64_t *st = a->mask_strides, at = b * st[0] + h * st[1] + (i0 + i) * st[2] + j0 * st[3];
        const tensor_desc *t = &call->tensors[a->mask_at];
        if (t->item_bytes == sizeof(T) && t->dtype == call->tensors[0].dtype) {
            const T *mask = (const T *)call->data[a->mask_at] + at;
            for (int64_t j = 0; j < n; j++) s[i * ATTENTION_KEYS + j] += LOAD(mask[j * st[3]]);
        } else {
            for (int64_t j = 0; j < n; j++)
                s[i * ATTENTION_KEYS + j] += (A)element_load(t->dtype, call->data[a->mask_at], at + j * st[3]);
        }
    }
    for (int64_t i = 0; i < m && a->causal; i++)
        for (int64_t j = MAX(0, i0 + i + 1 - j0); j < n; j++) s[i * ATTENTION_KEYS + j] = -(A)INFINITY;
}

/* Sum in one fixed order that needs no reassociation to vectorise. */
static A FN(row_sum)(const A *x, int64_t n) {
    A lanes[16] = {0}, sum = 0;
    int64_t j = 0;
    for (; j + 16 <= n; j += 16)
        for (int k = 0; k < 16; k++) lanes[k] += x[j + k];
    for (; j < n; j++) lanes[j % 16] += x[j];
    for (int k = 0; k < 16; k++) sum += lanes[k];
    return sum;
}

static A FN(row_max)(const A *x, int64_t n) {
    A lanes[16], most = -(A)INFINITY;
    for (int k = 0; k < 16; k++) lanes[k] = most;
    int64_t j = 0;
    for (; j + 16 <= n; j += 16)
        for (int k = 0; k < 16; k++) lanes[k] = x[j + k] > lanes[k] ? x[j + k] : lanes[k];
    for (; j < n; j++) lanes[0] = x[j] > lanes[0] ? x[j] : lanes[0];
    for (int k = 0; k < 16; k++) most = lanes[k] > most ? lanes[k] : most;
    return most;
}

/* One block of scores joins the running softmax: s becomes exp(s - max), earlier sums and output are rescaled. */
static void FN(join_block)(A *s, int64_t m, int64_t n, A *most, A *sum, A *out, int64_t width) {
    for (int64_t i = 0; i < m; i++) {
        A *row = s + i * ATTENTION_KEYS;
        const A here = FN(row_max)(row, n), now = here > most[i] ? here : most[i];
        if (now == -(A)INFINITY) { /* nothing to see yet */
            for (int64_t j = 0; j < n; j++) row[j] = 0;
            continue;
        }
        const A rescale = most[i] == -(A)INFINITY ? 0 : EXP(A)(most[i] - now);
        for (int64_t j = 0; j < n; j++) row[j] = EXP(A)(row[j] - now);
        sum[i] = sum[i] * rescale + FN(row_sum)(row, n);
        most[i] = now;
        if (rescale != 1)
            for (int64_t d = 0; d < width; d++) out[i * width + d] *= rescale;
    }
}

static int64_t FN(last_key)(const attention_attributes *a, int64_t i0, int64_t m) {
    return a->causal ? MIN(a->keys, i0 + m) : a->keys;
}

static void FN(forward_part)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const attention_attributes *a = call->attributes;
    const tensor_desc *t = call->tensors, *lse = &t[ATTENTION_LSE];
    const int64_t w = a->width, blocks = (a->queries + ATTENTION_QUERIES - 1) / ATTENTION_QUERIES;
    const int64_t share = a->heads / a->key_heads;
    A *keys = (A *)call->scratch + worker * a->worker, *values = keys + w * a->keys, *q = values + w * a->keys;
    A *out = q + ATTENTION_QUERIES * w, *s = out + ATTENTION_QUERIES * w,
      *most = s + ATTENTION_QUERIES * ATTENTION_KEYS;
    A *sum = most + ATTENTION_QUERIES;
    int64_t loaded = -1;
    for (int64_t item = begin; item < end; item++) {
        const int64_t head = item / blocks, b = head / a->heads, h = head % a->heads,
                      i0 = item % blocks * ATTENTION_QUERIES;
        const int64_t m = MIN(a->queries - i0, (int64_t)ATTENTION_QUERIES), key_head = b * a->key_heads + h / share;
        if (key_head != loaded) {
            FN(load_rows)(keys, &t[ATTENTION_K], call->data[ATTENTION_K], b, h / share, 0, a->keys, true, 1);
            FN(load_rows)(values, &t[ATTENTION_V], call->data[ATTENTION_V], b, h / share, 0, a->keys, false, 1);
            loaded = key_head;
        }
        FN(load_rows)(q, &t[ATTENTION_Q], call->data[ATTENTION_Q], b, h, i0, m, false, (A)a->scale);
        memset(out, 0, (size_t)(m * w) * sizeof(A));
        for (int64_t i = 0; i < m; i++) most[i] = -(A)INFINITY, sum[i] = 0;
        const int64_t last = FN(last_key)(a, i0, m);
        for (int64_t j0 = 0; j0 < last; j0 += ATTENTION_KEYS) {
            const int64_t n = MIN(last - j0, (int64_t)ATTENTION_KEYS);
            PRODUCT(A)(false, m, n, w, 1, q, w, keys + j0, a->keys, 0, s, ATTENTION_KEYS);
            FN(mask_scores)(call, s, b, h, i0, m, j0, n);
            FN(join_block)(s, m, n, most, sum, out, w);
            PRODUCT(A)(false, m, w, n, 1, s, ATTENTION_KEYS, values + j0 * w, w, 1, out, w);
        }
        A *logs = (A *)call->data[ATTENTION_LSE] + b * lse->strides[0] + h * lse->strides[1];
        for (int64_t i = 0; i < m; i++) {
            const A inverse = 1 / (sum[i] == 0 ? 1 : sum[i]);
            for (int64_t d = 0; d < w; d++) out[i * w + d] *= inverse;
            logs[(i0 + i) * lse->strides[2]] = most[i] + LOG(A)(sum[i]);
        }
        FN(store_rows)(out, &t[ATTENTION_OUT], call->data[ATTENTION_OUT], b, h, i0, m);
    }
}

static void FN(attention_forward)(const kernel_call *call) {
    const attention_attributes *a = call->attributes;
    const int64_t blocks = (a->queries + ATTENTION_QUERIES - 1) / ATTENTION_QUERIES;
    parallel_for(call->pool, a->batch * a->heads * blocks, 1, FN(forward_part), (void *)(uintptr_t)call);
}

/* ---- backward --------------------------------------------------------------------------------------------------- */

/* What one thread holds while it works on a key head. */
typedef struct FN(backward_space) {
    A *keys_t, *keys, *values_t, *dk, *dv; /* width × keys or keys × width */
    A *q, *dout, *dq;                      /* a block of queries × width */
    A *p, *ds;                             /* queries × keys of a block */
    A *delta, *lse;                        /* of the block's queries */
} FN(backward_space);

static FN(backward_space) FN(backward_layout)(const attention_attributes *a, A *at) {
    FN(backward_space) x;
    const int64_t kw = a->keys * a->width, qw = ATTENTION_QUERIES * a->width,
                  block = ATTENTION_QUERIES * ATTENTION_KEYS;
    A **big[5] = {&x.keys_t, &x.keys, &x.values_t, &x.dk, &x.dv}, **rows[3] = {&x.q, &x.dout, &x.dq};
    for (int i = 0; i < 5; i++) *big[i] = at, at += kw;
    for (int i = 0; i < 3; i++) *rows[i] = at, at += qw;
    x.p = at;
    x.ds = x.p + block;
    x.delta = x.ds + block;
    x.lse = x.delta + ATTENTION_QUERIES;
    return x;
}

/* p = exp(scores - lse), ds = p (dp - delta) */
static void FN(score_gradients)(const FN(backward_space) * x, int64_t m, int64_t n) {
    for (int64_t i = 0; i < m; i++) {
        A *p = x->p + i * ATTENTION_KEYS, *ds = x->ds + i * ATTENTION_KEYS;
        const A lse = x->lse[i], delta = x->delta[i];
        if (lse == -(A)INFINITY) {
            for (int64_t j = 0; j < n; j++) p[j] = ds[j] = 0;
            continue;
        }
        for (int64_t j = 0; j < n; j++) p[j] = EXP(A)(p[j] - lse);
        for (int64_t j = 0; j < n; j++) ds[j] = p[j] * (ds[j] - delta);
    }
}

/* One block of queries against all its keys. */
static void FN(backward_queries)(const kernel_call *call, const FN(backward_space) * x, int64_t b, int64_t h,
                                 int64_t i0, int64_t m) {
    const attention_attributes *a = call->attributes;
    const tensor_desc *t = call->tensors, *lse = &t[ATTENTION_B_LSE], *out = &t[ATTENTION_B_OUT];
    const int64_t w = a->width;
    const A *logs = (const A *)call->data[ATTENTION_B_LSE] + b * lse->strides[0] + h * lse->strides[1];
    FN(load_rows)(x->dq, out, call->data[ATTENTION_B_OUT], b, h, i0, m, false, 1); /* the output, for delta */
    FN(load_rows)(x->dout, &t[ATTENTION_B_DO], call->data[ATTENTION_B_DO], b, h, i0, m, false, 1);
    FN(load_rows)(x->q, &t[ATTENTION_B_Q], call->data[ATTENTION_B_Q], b, h, i0, m, false, (A)a->scale);
    for (int64_t i = 0; i < m; i++) {
        for (int64_t d = 0; d < w; d++) x->dq[i * w + d] *= x->dout[i * w + d];
        x->delta[i] = FN(row_sum)(x->dq + i * w, w);
        x->lse[i] = logs[(i0 + i) * lse->strides[2]];
    }
    memset(x->dq, 0, (size_t)(m * w) * sizeof(A));
    const int64_t last = FN(last_key)(a, i0, m);
    for (int64_t j0 = 0; j0 < last; j0 += ATTENTION_KEYS) {
        const int64_t n = MIN(last - j0, (int64_t)ATTENTION_KEYS);
        PRODUCT(A)(false, m, n, w, 1, x->q, w, x->keys_t + j0, a->keys, 0, x->p, ATTENTION_KEYS);
        FN(mask_scores)(call, x->p, b, h, i0, m, j0, n);
        PRODUCT(A)(false, m, n, w, 1, x->dout, w, x->values_t + j0, a->keys, 0, x->ds, ATTENTION_KEYS);
        FN(score_gradients)(x, m, n);
        PRODUCT(A)(true, n, w, m, 1, x->p, ATTENTION_KEYS, x->dout, w, 1, x->dv + j0 * w, w);
        PRODUCT(A)(true, n, w, m, 1, x->ds, ATTENTION_KEYS, x->q, w, 1, x->dk + j0 * w, w); /* q holds the scale */
        PRODUCT(A)(false, m, w, n, (A)a->scale, x->ds, ATTENTION_KEYS, x->keys + j0 * w, w, 1, x->dq, w);
    }
    FN(store_rows)(x->dq, &t[ATTENTION_DQ], call->data[ATTENTION_DQ], b, h, i0, m);
}

static void FN(backward_part)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const attention_attributes *a = call->attributes;
    const tensor_desc *t = call->tensors;
    const FN(backward_space) x = FN(backward_layout)(a, (A *)call->scratch + worker * a->worker);
    const int64_t share = a->heads / a->key_heads;
    for (int64_t item = begin; item < end; item++) {
        const int64_t b = item / a->key_heads, k = item % a->key_heads;
        FN(load_rows)(x.keys_t, &t[ATTENTION_B_K], call->data[ATTENTION_B_K], b, k, 0, a->keys, true, 1);
        FN(load_rows)(x.keys, &t[ATTENTION_B_K], call->data[ATTENTION_B_K], b, k, 0, a->keys, false, 1);
        FN(load_rows)(x.values_t, &t[ATTENTION_B_V], call->data[ATTENTION_B_V], b, k, 0, a->keys, true, 1);
        memset(x.dk, 0, (size_t)(a->keys * a->width) * sizeof(A));
        memset(x.dv, 0, (size_t)(a->keys * a->width) * sizeof(A));
        for (int64_t h = k * share; h < (k + 1) * share; h++)
            for (int64_t i0 = 0; i0 < a->queries; i0 += ATTENTION_QUERIES)
                FN(backward_queries)(call, &x, b, h, i0, MIN(a->queries - i0, (int64_t)ATTENTION_QUERIES));
        FN(store_rows)(x.dk, &t[ATTENTION_DK], call->data[ATTENTION_DK], b, k, 0, a->keys);
        FN(store_rows)(x.dv, &t[ATTENTION_DV], call->data[ATTENTION_DV], b, k, 0, a->keys);
    }
}

static void FN(attention_backward)(const kernel_call *call) {
    const attention_attributes *a = call->attributes;
    parallel_for(call->pool, a->batch * a->key_heads, 1, FN(backward_part), (void *)(uintptr_t)call);
}
