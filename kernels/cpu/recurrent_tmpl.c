/* SPDX-License-Identifier: MIT
 * recurrent_tmpl.c — recurrent layers for one dtype T; see recurrent.c. */

enum { FN(LANES) = VECTOR_BYTES / sizeof(T) };
#define LANES FN(LANES)

typedef T FN(lanes) __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(T)), may_alias));

/* A sequence, a matrix or a vector of a call; data NULL: not there. */
typedef struct FN(sequence) {
    T *data;
    int64_t step, row;
} FN(sequence);

typedef struct FN(pass) {
    const recurrent_attributes *a;
    FN(sequence) seq[RECURRENT_ROLES];
    cut cut;
    T *packed;
    /* Of the step that is made: its place in time, the state that its product multiplies, NULL for none. */
    int64_t now, before;
    const T *state;
    int64_t state_row;
    bool last; /* backward: nothing is left but the product of the first step */
} FN(pass);

static T *FN(at)(const FN(pass) * p, recurrent_role role, int64_t step, int64_t row) {
    const FN(sequence) *s = &p->seq[role];
    return s->data ? s->data + step * s->step + row * s->row : NULL;
}

static FN(pass) FN(describe)(const kernel_call *call, bool forward) {
    FN(pass) p = {.a = call->attributes, .packed = call->scratch};
    for (int role = 0; role < RECURRENT_ROLES; role++) {
        const int8_t at = p.a->at[role];
        if (at < 0 || call->tensors[at].numel < 0) continue;
        const tensor_desc *t = &call->tensors[at];
        p.seq[role].data = call->data[at];
        if (t->ndim > 1) p.seq[role].row = t->strides[t->ndim - 2];
        if (t->ndim > 2) p.seq[role].step = t->strides[0];
    }
    p.cut = cut_layer(p.a, forward, LANES, pool_threads(call->pool));
    return p;
}

/* ---- the product ------------------------------------------------------------------------------------------------ */

/* Vector v of panel `panel` begins with this unit; its gate is v without blocks. */
static int64_t FN(first_unit)(const cut *c, int64_t panel, int64_t v) { return (panel * c->blocks + v) * LANES; }

/* Forward: column k of the weights' rows, so that a panel holds all gates of its units. */
static void FN(pack_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(pass) *p = arg;
    const cut *c = &p->cut;
    const FN(sequence) *w = &p->seq[RECURRENT_WEIGHT];
    UNUSED(worker);
    for (int64_t panel = begin; panel < end; panel++)
        for (int64_t v = 0; v < c->vectors; v++) {
            const int64_t gate = v / c->blocks, unit = FN(first_unit)(c, panel, v % c->blocks);
            T *to = p->packed + (panel * c->depth * c->vectors + v) * LANES;
            for (int64_t j = 0; j < LANES; j++) {
                const bool real = unit + j < p->a->hidden;
                const T *from = w->data + (gate * p->a->hidden + unit + j) * w->row;
                for (int64_t k = 0; k < c->depth; k++) to[k * c->vectors * LANES + j] = real ? from[k] : 0;
            }
        }
}

/* Backward: row k of the weights, some units wide. */
static void FN(pack_columns)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(pass) *p = arg;
    const cut *c = &p->cut;
    const FN(sequence) *w = &p->seq[RECURRENT_WEIGHT];
    UNUSED(worker);
    for (int64_t panel = begin; panel < end; panel++) {
        const int64_t unit = FN(first_unit)(c, panel, 0), wide = c->vectors * LANES, n = MIN(p->a->hidden - unit, wide);
        for (int64_t k = 0; k < c->depth; k++) {
            T *to = p->packed + (panel * c->depth + k) * wide;
            memcpy(to, w->data + k * w->row + unit, (size_t)n * sizeof(T));
            memset(to + n, 0, (size_t)(wide - n) * sizeof(T));
        }
    }
}

/* tile[r][v] = Σk rows[r][k] · panel[k][v]; the tile stays in registers while `count` and `vectors` are constants. */
static inline __attribute__((always_inline)) void FN(multiply)(const T *rows, int64_t stride, const T *panel,
                                                               int64_t depth, T *tile, int count, int vectors) {
    FN(lanes) sum[TILE_ROWS][TILE_VECTORS];
#pragma GCC unroll 6
    for (int r = 0; r < count; r++)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) sum[r][v] = (FN(lanes)){0};
    for (int64_t k = 0; k < depth; k++) {
        FN(lanes) b[TILE_VECTORS];
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) b[v] = *(const FN(lanes) *)(const void *)(panel + (k * vectors + v) * LANES);
#pragma GCC unroll 6
        for (int r = 0; r < count; r++)
#pragma GCC unroll 4
            for (int v = 0; v < vectors; v++) sum[r][v] += rows[r * stride + k] * b[v];
    }
#pragma GCC unroll 6
    for (int r = 0; r < count; r++)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) *(FN(lanes) *)(void *)(tile + (r * vectors + v) * LANES) = sum[r][v];
}

#define PRODUCT(count, vectors)                                                                                        \
    static void FN(product_##count##_##vectors)(const T *rows, int64_t stride, const T *panel, int64_t depth,          \
                                                T *tile) {                                                             \
        FN(multiply)(rows, stride, panel, depth, tile, count, vectors);                                                \
    }
#define PRODUCTS(count) PRODUCT(count, 1) PRODUCT(count, 2) PRODUCT(count, 3) PRODUCT(count, 4)
#define PRODUCT_ROW(count)                                                                                             \
    { FN(product_##count##_1), FN(product_##count##_2), FN(product_##count##_3), FN(product_##count##_4) }
typedef void (*FN(product_fn))(const T *rows, int64_t stride, const T *panel, int64_t depth, T *tile);
PRODUCTS(1)
PRODUCTS(2)
#if defined(__AVX512F__)
    PRODUCTS(3) PRODUCTS(4) PRODUCTS(5) PRODUCTS(6)
#endif
        static const FN(product_fn) FN(products)[TILE_ROWS][TILE_VECTORS] = {
            PRODUCT_ROW(1), PRODUCT_ROW(2),
#if defined(__AVX512F__)
            PRODUCT_ROW(3), PRODUCT_ROW(4), PRODUCT_ROW(5), PRODUCT_ROW(6),
#endif
};
#undef PRODUCT
#undef PRODUCTS
#undef PRODUCT_ROW

/* ---- cells: n units of one row; the tile holds a vector for each gate ------------------------------------------- */

#define CELL static inline __attribute__((always_inline)) void

CELL FN(lstm_forward)(const FN(pass) * p, const T *tile, int64_t row, int64_t unit, int64_t n) {
    const int64_t t = p->now, h = p->a->hidden;
    const T *x = FN(at)(p, RECURRENT_INPUT, t, row) + unit;
    const T *c_before =
        p->before < 0 ? FN(at)(p, RECURRENT_C, 0, row) + unit : FN(at)(p, RECURRENT_CELLS, p->before, row) + unit;
    T *kept = FN(at)(p, RECURRENT_GATES, t, row) + unit, *c = FN(at)(p, RECURRENT_CELLS, t, row) + unit;
    T *out = FN(at)(p, RECURRENT_OUTPUT, t, row) + unit;
#pragma GCC ivdep
    for (int64_t j = 0; j < n; j++) {
        const T in = SIGMOID(tile[j] + x[j]), f = SIGMOID(tile[LANES + j] + x[h + j]);
        const T g = TANH(tile[2 * LANES + j] + x[2 * h + j]), o = SIGMOID(tile[3 * LANES + j] + x[3 * h + j]);
        const T now = f * c_before[j] + in * g;
        kept[j] = in, kept[h + j] = f, kept[2 * h + j] = g, kept[3 * h + j] = o;
        c[j] = now;
        out[j] = o * TANH(now);
    }
}

CELL FN(gru_forward)(const FN(pass) * p, const T *tile, int64_t row, int64_t unit, int64_t n) {
    const int64_t t = p->now, h = p->a->hidden;
    const T *x = FN(at)(p, RECURRENT_INPUT, t, row) + unit;
    const T *before =
        p->before < 0 ? FN(at)(p, RECURRENT_H, 0, row) + unit : FN(at)(p, RECURRENT_OUTPUT, p->before, row) + unit;
    T *kept = FN(at)(p, RECURRENT_GATES, t, row) + unit, *out = FN(at)(p, RECURRENT_OUTPUT, t, row) + unit;
#pragma GCC ivdep
    for (int64_t j = 0; j < n; j++) {
        const T r = SIGMOID(tile[j] + x[j]), z = SIGMOID(tile[LANES + j] + x[h + j]), m = tile[2 * LANES + j];
        const T g = TANH(x[2 * h + j] + r * m);
        kept[j] = r, kept[h + j] = z, kept[2 * h + j] = g, kept[3 * h + j] = m;
        out[j] = g + z * (before[j] - g);
    }
}

CELL FN(plain_forward)(const FN(pass) * p, const T *tile, int64_t row, int64_t unit, int64_t n) {
    const T *x = FN(at)(p, RECURRENT_INPUT, p->now, row) + unit;
    T *out = FN(at)(p, RECURRENT_OUTPUT, p->now, row) + unit;
    if (p->a->cell == RECURRENT_TANH)
#pragma GCC ivdep
        for (int64_t j = 0; j < n; j++) out[j] = TANH(tile[j] + x[j]);
    else
#pragma GCC ivdep
        for (int64_t j = 0; j < n; j++) out[j] = tile[j] + x[j] < 0 ? 0 : tile[j] + x[j];
}

CELL FN(cell_forward)(const FN(pass) * p, const T *tile, int64_t row, int64_t unit, int64_t n) {
    if (p->a->cell == RECURRENT_LSTM) FN(lstm_forward)(p, tile, row, unit, n);
    else if (p->a->cell == RECURRENT_GRU) FN(gru_forward)(p, tile, row, unit, n);
    else FN(plain_forward)(p, tile, row, unit, n);
}

/* dh: of the output and what the product of the next step gave. The cell's own gradient runs along in GRAD_C. */
CELL FN(lstm_backward)(const FN(pass) * p, const T *dh, int64_t row, int64_t unit, int64_t n) {
    const int64_t t = p->now, h = p->a->hidden;
    const T *kept = FN(at)(p, RECURRENT_GATES, t, row) + unit, *c = FN(at)(p, RECURRENT_CELLS, t, row) + unit;
    const T *c_before =
        p->before < 0 ? FN(at)(p, RECURRENT_C, 0, row) + unit : FN(at)(p, RECURRENT_CELLS, p->before, row) + unit;
    T *d = FN(at)(p, RECURRENT_GRAD_INPUT, t, row) + unit, *dc = FN(at)(p, RECURRENT_GRAD_C, 0, row) + unit;
    const T *more = FN(at)(p, RECURRENT_GRAD_CELLS, t, row);
    if (!p->state) memset(dc, 0, (size_t)n * sizeof(T));
    if (more)
        for (int64_t j = 0; j < n; j++) dc[j] += more[unit + j];
#pragma GCC ivdep
    for (int64_t j = 0; j < n; j++) {
        const T in = kept[j], f = kept[h + j], g = kept[2 * h + j], o = kept[3 * h + j], y = TANH(c[j]);
        const T all = dc[j] + dh[j] * o * (1 - y * y);
        d[j] = all * g * in * (1 - in);
        d[h + j] = all * c_before[j] * f * (1 - f);
        d[2 * h + j] = all * in * (1 - g * g);
        d[3 * h + j] = dh[j] * y * o * (1 - o);
        dc[j] = all * f;
    }
}

/* What goes to the state before past the product runs along in GRAD_H. */
CELL FN(gru_backward)(const FN(pass) * p, const T *dh, int64_t row, int64_t unit, int64_t n) {
    const int64_t t = p->now, h = p->a->hidden;
    const T *kept = FN(at)(p, RECURRENT_GATES, t, row) + unit;
    const T *before =
        p->before < 0 ? FN(at)(p, RECURRENT_H, 0, row) + unit : FN(at)(p, RECURRENT_OUTPUT, p->before, row) + unit;
    T *d = FN(at)(p, RECURRENT_GRAD_INPUT, t, row) + unit, *e = FN(at)(p, RECURRENT_GRAD_HIDDEN, t, row) + unit;
    T *past = FN(at)(p, RECURRENT_GRAD_H, 0, row) + unit;
    if (!p->state) memset(past, 0, (size_t)n * sizeof(T));
#pragma GCC ivdep
    for (int64_t j = 0; j < n; j++) {
        const T r = kept[j], z = kept[h + j], g = kept[2 * h + j], all = dh[j] + past[j];
        const T dm = all * (1 - z) * (1 - g * g), dr = dm * kept[3 * h + j] * r * (1 - r);
        const T dz = all * (before[j] - g) * z * (1 - z);
        d[j] = e[j] = dr;
        d[h + j] = e[h + j] = dz;
        d[2 * h + j] = dm;
        e[2 * h + j] = dm * r;
        past[j] = all * z;
    }
}

CELL FN(plain_backward)(const FN(pass) * p, const T *dh, int64_t row, int64_t unit, int64_t n) {
    const T *out = FN(at)(p, RECURRENT_OUTPUT, p->now, row) + unit;
    T *d = FN(at)(p, RECURRENT_GRAD_INPUT, p->now, row) + unit;
    if (p->a->cell == RECURRENT_TANH)
#pragma GCC ivdep
        for (int64_t j = 0; j < n; j++) d[j] = dh[j] * (1 - out[j] * out[j]);
    else
#pragma GCC ivdep
        for (int64_t j = 0; j < n; j++) d[j] = out[j] > 0 ? dh[j] : 0;
}

/* The product of the first step is the gradient of the first state. */
CELL FN(finish_state)(const FN(pass) * p, const T *tile, int64_t row, int64_t unit, int64_t n) {
    T *d = FN(at)(p, RECURRENT_GRAD_H, 0, row) + unit;
    if (p->a->cell == RECURRENT_GRU)
        for (int64_t j = 0; j < n; j++) d[j] += tile[j];
    else memcpy(d, tile, (size_t)n * sizeof(T));
}

CELL FN(cell_backward)(const FN(pass) * p, T *tile, int64_t row, int64_t unit, int64_t n) {
    const T *given = p->last ? NULL : FN(at)(p, RECURRENT_GRAD_OUTPUT, p->now, row);
    if (given)
        for (int64_t j = 0; j < n; j++) tile[j] += given[unit + j];
    if (p->last) FN(finish_state)(p, tile, row, unit, n);
    else if (p->a->cell == RECURRENT_LSTM) FN(lstm_backward)(p, tile, row, unit, n);
    else if (p->a->cell == RECURRENT_GRU) FN(gru_backward)(p, tile, row, unit, n);
    else FN(plain_backward)(p, tile, row, unit, n);
}
#undef CELL

/* ---- steps ------------------------------------------------------------------------------------------------------ */

/* One panel for some rows; gives the number of those rows. */
static int64_t FN(run_product)(const FN(pass) * p, int64_t item, T *tile) {
    const cut *c = &p->cut;
    const int64_t row = item % c->row_blocks * c->rows, rows = MIN(c->rows, p->a->batch - row);
    const T *panel = p->packed + item / c->row_blocks * c->depth * c->vectors * LANES;
    if (rows <= 0) return 0;
    if (p->state)
        FN(products)[rows - 1][c->vectors - 1](p->state + row * p->state_row, p->state_row, panel, c->depth, tile);
    else memset(tile, 0, (size_t)(rows * c->vectors * LANES) * sizeof(T));
    return rows;
}

static void FN(add_bias)(const FN(pass) * p, T *tile, int64_t unit, int64_t n) {
    const T *bias = p->seq[RECURRENT_BIAS].data;
    for (int64_t g = 0; bias && g < p->a->gates; g++)
        for (int64_t j = 0; j < n; j++) tile[g * LANES + j] += bias[g * p->a->hidden + unit + j];
}

static void FN(forward_items)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(pass) *p = arg;
    const cut *c = &p->cut;
    T tile[TILE_ROWS * TILE_VECTORS * LANES];
    UNUSED(worker);
    for (int64_t item = begin; item < end; item++) {
        const int64_t panel = item / c->row_blocks, row = item % c->row_blocks * c->rows;
        const int64_t rows = FN(run_product)(p, item, tile);
        for (int64_t k = 0; k < rows * c->blocks; k++) {
            const int64_t r = k / c->blocks, block = k % c->blocks, unit = FN(first_unit)(c, panel, block);
            T *z = tile + (r * c->vectors + block) * LANES;
            if (unit >= p->a->hidden) continue;
            const int64_t n = MIN((int64_t)LANES, p->a->hidden - unit);
            FN(add_bias)(p, z, unit, n);
            if (n == LANES) FN(cell_forward)(p, z, row + r, unit, LANES);
            else FN(cell_forward)(p, z, row + r, unit, n);
        }
    }
}

static void FN(backward_items)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(pass) *p = arg;
    const cut *c = &p->cut;
    T tile[TILE_ROWS * TILE_VECTORS * LANES];
    UNUSED(worker);
    for (int64_t item = begin; item < end; item++) {
        const int64_t panel = item / c->row_blocks, row = item % c->row_blocks * c->rows;
        const int64_t rows = FN(run_product)(p, item, tile), unit = FN(first_unit)(c, panel, 0);
        const int64_t n = MIN(c->vectors * LANES, p->a->hidden - unit);
        for (int64_t r = 0; r < rows; r++) FN(cell_backward)(p, tile + r * c->vectors * LANES, row + r, unit, n);
    }
}

static int64_t FN(time_of)(const FN(pass) * p, int64_t i) { return p->a->reverse ? p->a->steps - 1 - i : i; }

static void FN(recurrent)(const kernel_call *call) {
    FN(pass) p = FN(describe)(call, true);
    const cut *c = &p.cut;
    parallel_for(call->pool, c->panels, 1, FN(pack_rows), &p);
    p.before = -1;
    p.state = p.seq[RECURRENT_H].data;
    p.state_row = p.seq[RECURRENT_H].row;
    for (int64_t i = 0; i < p.a->steps; i++) {
        p.now = FN(time_of)(&p, i);
        parallel_for(call->pool, c->panels * c->row_blocks, c->grain, FN(forward_items), &p);
        p.before = p.now;
        p.state = FN(at)(&p, RECURRENT_OUTPUT, p.now, 0);
        p.state_row = p.seq[RECURRENT_OUTPUT].row;
    }
}

static void FN(recurrent_backward)(const kernel_call *call) {
    FN(pass) p = FN(describe)(call, false);
    const cut *c = &p.cut;
    const recurrent_role product = p.a->cell == RECURRENT_GRU ? RECURRENT_GRAD_HIDDEN : RECURRENT_GRAD_INPUT;
    parallel_for(call->pool, c->panels, 1, FN(pack_columns), &p);
    p.state_row = p.seq[product].row;
    for (int64_t i = p.a->steps; i-- > 0;) {
        p.now = FN(time_of)(&p, i);
        p.before = i ? FN(time_of)(&p, i - 1) : -1;
        parallel_for(call->pool, c->panels * c->row_blocks, c->grain, FN(backward_items), &p);
        p.state = FN(at)(&p, product, p.now, 0);
    }
    p.last = true;
    parallel_for(call->pool, c->panels * c->row_blocks, c->grain, FN(backward_items), &p);
}
#undef LANES
