/* SPDX-License-Identifier: MIT
 * lines_tmpl.c — one line of a class: T elements, A accumulates, FN(name) names. */

typedef struct FN(pair) {
    T key;
    int64_t index;
} FN(pair);

/* In ascending order a comes before b; NaN is larger than all numbers. Equal elements keep their order. */
static inline bool FN(less)(T a, T b) { return a < b || (IS_NAN(b) && !IS_NAN(a)); }

static inline bool FN(before)(FN(pair) a, FN(pair) b, bool descending) {
    return descending ? FN(less)(b.key, a.key) : FN(less)(a.key, b.key);
}

/* Stable: insertion sort of short runs, then merging from one array into the other. Gives the one that is sorted. */
static FN(pair) * FN(sort)(FN(pair) * p, FN(pair) * spare, int64_t n, bool descending) {
    enum { RUN = 16 };
    for (int64_t begin = 0; begin < n; begin += RUN)
        for (int64_t i = begin + 1; i < MIN(begin + RUN, n); i++) {
            const FN(pair) x = p[i];
            int64_t k = i;
            for (; k > begin && FN(before)(x, p[k - 1], descending); k--) p[k] = p[k - 1];
            p[k] = x;
        }
    for (int64_t width = RUN; width < n; width *= 2) {
        for (int64_t begin = 0; begin < n; begin += 2 * width) {
            int64_t a = begin, b = MIN(begin + width, n), to = begin;
            const int64_t a_end = b, b_end = MIN(begin + 2 * width, n);
            while (a < a_end || b < b_end) {
                const bool second = a == a_end || (b < b_end && FN(before)(p[b], p[a], descending));
                spare[to++] = second ? p[b++] : p[a++];
            }
        }
        FN(pair) *swap = p;
        p = spare;
        spare = swap;
    }
    return p;
}

/* The k first in order of n elements: a heap of the best so far, its worst at the root. */
static void FN(sift_down)(FN(pair) * heap, int64_t k, int64_t at, bool descending) {
    for (;;) {
        int64_t worst = at;
        for (int64_t child = 2 * at + 1; child <= 2 * at + 2 && child < k; child++)
            if (FN(before)(heap[worst], heap[child], descending) ||
                (!FN(before)(heap[child], heap[worst], descending) && heap[child].index > heap[worst].index))
                worst = child;
        if (worst == at) return;
        const FN(pair) swap = heap[at];
        heap[at] = heap[worst];
        heap[worst] = swap;
        at = worst;
    }
}

static FN(pair) * FN(ordered)(const T *x, int64_t n, int64_t k, bool descending, FN(pair) * p) {
    FN(pair) *spare = p + n;
    if (k * 8 >= n) {
        for (int64_t i = 0; i < n; i++) p[i] = (FN(pair)){x[i], i};
        return FN(sort)(p, spare, n, descending);
    }
    for (int64_t i = 0; i < k; i++) p[i] = (FN(pair)){x[i], i};
    for (int64_t i = k / 2; i-- > 0;) FN(sift_down)(p, k, i, descending);
    for (int64_t i = k; k > 0 && i < n; i++) {
        if (!FN(before)((FN(pair)){x[i], i}, p[0], descending)) continue;
        p[0] = (FN(pair)){x[i], i};
        FN(sift_down)(p, k, 0, descending);
    }
    /* By index first, so that the stable sort leaves equal elements in order. */
    for (int64_t i = 1; i < k; i++) {
        const FN(pair) moving = p[i];
        int64_t at = i;
        for (; at > 0 && p[at - 1].index > moving.index; at--) p[at] = p[at - 1];
        p[at] = moving;
    }
    return FN(sort)(p, spare, k, descending);
}

static void FN(scan)(uint8_t code, const T *x, T *y, int64_t n) {
    A total = code == LINES_CUMPROD ? 1 : 0;
    for (int64_t i = 0; i < n; i++) {
        total = code == LINES_CUMPROD ? TIMES(total, x[i]) : PLUS(total, x[i]);
        y[i] = (T)total;
    }
}

static void FN(scan_extremum)(bool largest, const T *x, T *y, int64_t *at, int64_t n) {
    T best = n ? x[0] : 0;
    int64_t where = 0;
    for (int64_t i = 0; i < n; i++) {
        if (IS_NAN(x[i]) || (!IS_NAN(best) && (largest ? x[i] >= best : x[i] <= best))) {
            best = x[i];
            where = i;
        }
        y[i] = best;
        at[i] = where;
    }
}

/* The first extremum; a NaN is one. */
static void FN(extremum)(bool largest, const T *x, T *y, int64_t *at, int64_t n) {
    T best = x[0];
    int64_t where = 0;
    for (int64_t i = 1; i < n && !IS_NAN(best); i++)
        if (IS_NAN(x[i]) || (largest ? x[i] > best : x[i] < best)) {
            best = x[i];
            where = i;
        }
    *y = best;
    *at = where;
}

static int64_t FN(valid)(const T *x, int64_t n) {
    int64_t count = 0;
    UNUSED(x);
    for (int64_t i = 0; i < n; i++) count += !IS_NAN(x[i]);
    return count;
}

/* The element at place `k` of the sorted line. */
static void FN(select)(const lines_attributes *a, const T *x, T *y, int64_t *at, FN(pair) * pairs) {
    const int64_t n = a->length, valid = FN(valid)(x, n);
    const FN(pair) *sorted = FN(ordered)(x, n, n, false, pairs);
    int64_t k = a->code == LINES_KTH ? a->k - 1 : (n - 1) / 2;
    if (a->code == LINES_MEDIAN && valid < n) k = valid; /* the first NaN */
    if (a->code == LINES_NANMEDIAN) k = valid ? (valid - 1) / 2 : 0;
    *y = sorted[k].key;
    *at = sorted[k].index;
}

/* The most frequent element, the smallest of several, and where it stands last. */
static void FN(mode)(const T *x, int64_t n, T *y, int64_t *at, FN(pair) * pairs) {
    const FN(pair) *sorted = FN(ordered)(x, n, n, false, pairs);
    int64_t most = 0, run = 0;
    for (int64_t i = 0; i < n; i++) {
        run++;
        if (i + 1 < n && sorted[i].key == sorted[i + 1].key) continue;
        if (run > most) {
            most = run;
            *y = sorted[i].key;
            *at = sorted[i].index;
        }
        run = 0;
    }
}

/* One line: x is dense; y and at take what is written. Gives how many elements that is. */
static int64_t FN(line)(const lines_attributes *a, const T *x, T *y, int64_t *at, void *pairs) {
    const int64_t n = a->length;
    switch ((lines_code)a->code) {
    case LINES_CUMSUM:
    case LINES_CUMPROD: FN(scan)(a->code, x, y, n); return n;
    case LINES_LOGCUMSUMEXP: FN(scan_log)(x, y, n); return n;
    case LINES_CUMMAX:
    case LINES_CUMMIN: FN(scan_extremum)(a->code == LINES_CUMMAX, x, y, at, n); return n;
    case LINES_MAX:
    case LINES_MIN: FN(extremum)(a->code == LINES_MAX, x, y, at, n); return 1;
    case LINES_SORT:
    case LINES_TOPK: {
        const FN(pair) *sorted = FN(ordered)(x, n, a->k, a->descending, pairs);
        for (int64_t i = 0; i < a->k; i++) y[i] = sorted[i].key, at[i] = sorted[i].index;
        return a->k;
    }
    case LINES_KTH:
    case LINES_MEDIAN:
    case LINES_NANMEDIAN: FN(select)(a, x, y, at, pairs); return 1;
    case LINES_MODE: FN(mode)(x, n, y, at, pairs); return 1;
    case LINES_CODE_COUNT: break;
    }
    return 0;
}

static void FN(run)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const lines_attributes *a = call->attributes;
    char *scratch = (char *)call->scratch + worker * a->worker_bytes;
    const int64_t room = MAX(a->length, 1);
    T *tile = (T *)scratch, *y = (T *)(scratch + room * 8);
    int64_t *at = (int64_t *)(scratch + room * 16);
    const uint8_t dtype = call->tensors[a->operand].dtype;
    for (int64_t l = begin; l < end; l++) {
        const char *p = (const char *)call->data[a->operand] + offset_of(l, a, a->strides) * item_bytes[dtype];
        const T *x = dense_run(tile, CLASS, dtype, p, a->stride, a->length);
        const int64_t n = FN(line)(a, x, y, at, scratch + room * 24);
        if (a->values >= 0) {
            const uint8_t to = call->tensors[a->values].dtype;
            char *out = (char *)call->data[a->values] + offset_of(l, a, a->value_strides) * item_bytes[to];
            KERNEL(tile_stores)[CLASS][to](out, y, a->value_stride, n);
        }
        if (a->indices >= 0) {
            int64_t *out = (int64_t *)call->data[a->indices] + offset_of(l, a, a->index_strides);
            for (int64_t i = 0; i < n; i++) out[i * a->index_stride] = at[i];
        }
    }
}
