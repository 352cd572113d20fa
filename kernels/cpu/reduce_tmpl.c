/* SPDX-License-Identifier: MIT
 * reduce_tmpl.c — the inner loops of reductions for one class: T elements, FN(name) names. For each reduction `row`
 * combines a dense run into one number and `columns` combines a run into as many numbers.
 *
 * A row goes over LANES accumulators, combined in a fixed tree at the end: the compiler needs no licence to reorder. */
#define X(name, map, combine, float_identity, integer_identity)                                                        \
    static T FN(row_##name)(const T *restrict p, T c, int64_t n) {                                                     \
        T lane[LANES];                                                                                                 \
        int64_t i = 0;                                                                                                 \
        UNUSED(c);                                                                                                     \
        if (n < LANES) {                                                                                               \
            T total = IDENTITY(float_identity, integer_identity);                                                      \
            for (; i < n; i++) {                                                                                       \
                const T x = p[i], y = (T)(map);                                                                        \
                total = combine(total, y);                                                                             \
            }                                                                                                          \
            return total;                                                                                              \
        }                                                                                                              \
        for (int l = 0; l < LANES; l++) lane[l] = IDENTITY(float_identity, integer_identity);                          \
        for (; i + LANES <= n; i += LANES)                                                                             \
            for (int l = 0; l < LANES; l++) {                                                                          \
                const T x = p[i + l], y = (T)(map);                                                                    \
                lane[l] = combine(lane[l], y);                                                                         \
            }                                                                                                          \
        for (int l = 0; i + l < n; l++) {                                                                              \
            const T x = p[i + l], y = (T)(map);                                                                        \
            lane[l] = combine(lane[l], y);                                                                             \
        }                                                                                                              \
        for (int width = LANES / 2; width > 0; width /= 2)                                                             \
            for (int l = 0; l < width; l++) lane[l] = combine(lane[l], lane[l + width]);                               \
        return lane[0];                                                                                                \
    }                                                                                                                  \
    static void FN(columns_##name)(T *restrict total, const T *restrict p, const T *restrict centers, int64_t n) {     \
        for (int64_t i = 0; i < n; i++) {                                                                              \
            const T x = p[i], c = centers[i], y = (T)(map);                                                            \
            UNUSED(c);                                                                                                 \
            total[i] = combine(total[i], y);                                                                           \
        }                                                                                                              \
    }                                                                                                                  \
    static A FN(fold_##name)(A a, A b) { return combine(a, b); }
REDUCTIONS(X)
#undef X

static const struct {
    T (*row)(const T *, T, int64_t);
    void (*columns)(T *, const T *, const T *, int64_t);
    A (*fold)(A, A);
    A identity;
} FN(loops)[REDUCE_COUNT] = {
#define X(name, map, combine, float_identity, integer_identity)                                                        \
    [REDUCE_##name] = {FN(row_##name), FN(columns_##name), FN(fold_##name), IDENTITY(float_identity, integer_identity)},
    REDUCTIONS(X)
#undef X
};

/* The total of one output over reduced elements [begin, end) of its reduced space. */
static A FN(reduce_row)(const reduction *r, reduce_code code, const char *base, A center, int64_t begin, int64_t end) {
    _Alignas(64) T tile[TILE_LENGTH];
    const uint32_t inner = r->reduced ? r->reduced - 1 : 0;
    const int64_t stride = r->reduced ? r->reduced_strides[inner] : 1, size = r->reduced ? r->reduced_sizes[inner] : 1;
    const size_t bytes = item_bytes[r->dtype];
    const bool direct = stride == 1 && r->dtype == class_dtypes[CLASS];
    A total = FN(loops)[code].identity;
    while (begin < end) {
        const int64_t run = MIN(MIN(end - begin, size - begin % size), direct ? BLOCK : TILE_LENGTH);
        const char *p = base + offset_of(begin, r->reduced_sizes, r->reduced_strides, r->reduced) * (int64_t)bytes;
        const T *x = dense_run(tile, CLASS, r->dtype, p, stride, run);
        total = FN(loops)[code].fold(total, (A)FN(loops)[code].row(x, (T)center, run));
        begin += run;
    }
    return total;
}

/* The totals of n outputs side by side. Blocks of rows are combined as T, blocks as A. */
static void FN(reduce_columns)(const reduction *r, reduce_code code, const char *base, const A *center, A *total,
                               int64_t n, int64_t begin, int64_t end) {
    _Alignas(64) T tile[TILE_LENGTH], block[TILE_LENGTH], centers[TILE_LENGTH];
    const int64_t stride = r->kept_strides[r->kept - 1];
    const size_t bytes = item_bytes[r->dtype];
    const A identity = FN(loops)[code].identity;
    for (int64_t i = 0; i < n; i++) total[i] = identity, centers[i] = (T)center[i];
    while (begin < end) {
        const int64_t stop = MIN(end, begin + ROWS);
        for (int64_t i = 0; i < n; i++) block[i] = (T)identity;
        for (; begin < stop; begin++) {
            const char *p = base + offset_of(begin, r->reduced_sizes, r->reduced_strides, r->reduced) * (int64_t)bytes;
            FN(loops)[code].columns(block, dense_run(tile, CLASS, r->dtype, p, stride, n), centers, n);
        }
        for (int64_t i = 0; i < n; i++) total[i] = FN(loops)[code].fold(total[i], (A)block[i]);
    }
}

static A FN(center_of)(const reduction *r, A first) {
    if (r->second == REDUCE_deviation) return r->count ? first / (A)r->count : (A)first;
    return first - first == 0 ? first : 0; /* of an infinite maximum: the exponentials are about 0 */
}

/* n results, `step` elements apart from `out` on. */
static void FN(write)(const reduction *r, const kernel_call *call, int64_t out, int64_t step, const A *total,
                      const A *first, int64_t n) {
    const uint8_t dtype = call->tensors[r->result].dtype;
    T narrow[TILE_LENGTH];
    for (int64_t i = 0; i < n; i++) narrow[i] = (T)FINISH(r, total[i], first[i]).MEMBER;
    KERNEL(tile_stores)[CLASS][dtype]((char *)call->data[r->result] + out * item_bytes[dtype], narrow, step, n);
    if (!r->center) return;
    for (int64_t i = 0; i < n; i++) narrow[i] = (T)first[i];
    KERNEL(tile_stores)[CLASS][dtype]((char *)call->data[r->center] + out * item_bytes[dtype], narrow, step, n);
}

/* Outputs [begin, end), each over the whole reduced space, or over piece `split` into the scratch. */
static void FN(run_rows)(const job *j, int64_t begin, int64_t end, int64_t split) {
    const reduction *r = j->r;
    const int64_t from = r->count * split / r->splits, to = r->count * (split + 1) / r->splits;
    for (int64_t o = begin; o < end; o++) {
        const char *base = j->base + offset_of(o, r->kept_sizes, r->kept_strides, r->kept) * item_bytes[r->dtype];
        A total = FN(reduce_row)(r, r->first, base, (A)r->parameter, from, to), first = total;
        if (r->second != REDUCE_NONE) {
            first = FN(center_of)(r, total);
            total = FN(reduce_row)(r, r->second, base, first, from, to);
        }
        if (r->splits > 1) ((A *)j->call->scratch)[split * r->outputs + o] = total;
        else FN(write)(r, j->call, offset_of(o, r->kept_sizes, r->result_strides, r->kept), 1, &total, &first, 1);
    }
}

static void FN(run_columns)(const job *j, int64_t begin, int64_t end, int64_t split) {
    const reduction *r = j->r;
    const int64_t inner = r->kept_sizes[r->kept - 1], strips = (inner + r->width - 1) / r->width;
    const int64_t from = r->count * split / r->splits, to = r->count * (split + 1) / r->splits;
    A total[TILE_LENGTH], first[TILE_LENGTH];
    for (int64_t unit = begin; unit < end; unit++) {
        const int64_t o = unit / strips * inner + unit % strips * r->width,
                      n = MIN(r->width, inner - unit % strips * r->width);
        const char *base = j->base + offset_of(o, r->kept_sizes, r->kept_strides, r->kept) * item_bytes[r->dtype];
        for (int64_t i = 0; i < n; i++) first[i] = (A)r->parameter;
        FN(reduce_columns)(r, r->first, base, first, total, n, from, to);
        if (r->second != REDUCE_NONE) {
            for (int64_t i = 0; i < n; i++) first[i] = FN(center_of)(r, total[i]);
            FN(reduce_columns)(r, r->second, base, first, total, n, from, to);
        }
        const int64_t out = offset_of(o, r->kept_sizes, r->result_strides, r->kept),
                      step = r->result_strides[r->kept - 1];
        if (r->splits == 1) FN(write)(r, j->call, out, step, total, first, n);
        else memcpy((A *)j->call->scratch + split * r->outputs + o, total, (size_t)n * sizeof *total);
    }
}

/* Partial totals of each output, in the order of their pieces. */
static void FN(join)(const job *j) {
    const reduction *r = j->r;
    const A *parts = j->call->scratch;
    for (int64_t o = 0; o < r->outputs; o++) {
        A total = parts[o];
        for (int64_t s = 1; s < r->splits; s++) total = FN(loops)[r->first].fold(total, parts[s * r->outputs + o]);
        FN(write)(r, j->call, offset_of(o, r->kept_sizes, r->result_strides, r->kept), 1, &total, &total, 1);
    }
}
