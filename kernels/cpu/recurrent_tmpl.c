/* SPDX-License-Identifier: MIT
 * recurrent_tmpl.c — recurrent layers for one dtype T; see recurrent.c. */

enum { FN(LANES) = VECTOR_BYTES / sizeof(T) };
#define LANES FN(LANES)
#define VECTOR FN(lanes)
#define SEQUENCE FN(sequence)
#define PASS FN(pass)
#define SITE FN(site)

typedef T VECTOR __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(T)), may_alias));

/* A sequence, a matrix or a vector of a call; data NULL: not there. */
typedef struct SEQUENCE {
    T *data;
    int64_t step, row;
} SEQUENCE;

typedef struct PASS {
    const recurrent_attributes *a;
    SEQUENCE seq[RECURRENT_ROLES];
    cut cut;
    T *packed;
    /* Of the step that is made: its place in time and that of the step before (-1: none), what its product multiplies
     * (NULL: nothing) and where the next step finds that, both copies with rows that lie close. */
    int64_t now, before;
    T *from, *to;
    bool last; /* backward: nothing is left but the product of the first step */
} PASS;

static T *FN(at)(const PASS *p, recurrent_role role, int64_t step, int64_t row) {
    const SEQUENCE *s = &p->seq[role];
    return s->data ? s->data + step * s->step + row * s->row : NULL;
}

static PASS FN(describe)(const kernel_call *call, bool forward) {
    PASS p = {.a = call->attributes, .packed = call->scratch};
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

/* The first of the units in block `block` of a panel. */
static int64_t FN(first_unit)(const cut *c, int64_t panel, int64_t block) {
    return (panel * c->blocks + block) * LANES;
}

/* Vector v of a panel for the first k, and how far the next k is. */
static T *FN(packed_vector)(const PASS *p, int64_t panel, int64_t v, int64_t *stride) {
    const cut *c = &p->cut;
    const int64_t wide = shapes[c->shape].vectors, chunk = v / wide * wide;
    *stride = MIN(wide, c->width - chunk) * LANES;
    return p->packed + (panel * c->width + chunk) * c->depth * LANES + (v - chunk) * LANES;
}

/* Forward: rows of the weights, so that a panel holds all gates of its units. */
static void FN(pack_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const PASS *p = arg;
    const cut *c = &p->cut;
    const SEQUENCE *w = &p->seq[RECURRENT_WEIGHT];
    UNUSED(worker);
    for (int64_t i = begin; i < end; i++) {
        const int64_t panel = i / c->width, v = i % c->width, gate = v / c->blocks;
        const int64_t unit = FN(first_unit)(c, panel, v % c->blocks), n = MIN((int64_t)LANES, p->a->hidden - unit);
        const T *rows = w->data + (gate * p->a->hidden + unit) * w->row;
        int64_t stride;
        T *to = FN(packed_vector)(p, panel, v, &stride);
        for (int64_t k = 0; k < c->depth; k++)
            for (int64_t j = 0; j < LANES; j++) to[k * stride + j] = j < n ? rows[j * w->row + k] : 0;
    }
}

/* Backward: columns of the weights. */
static void FN(pack_columns)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const PASS *p = arg;
    const cut *c = &p->cut;
    const SEQUENCE *w = &p->seq[RECURRENT_WEIGHT];
    UNUSED(worker);
    for (int64_t i = begin; i < end; i++) {
        const int64_t unit = FN(first_unit)(c, i / c->width, i % c->width);
        const int64_t n = MAX(MIN((int64_t)LANES, p->a->hidden - unit), 0);
        int64_t stride;
        T *to = FN(packed_vector)(p, i / c->width, i % c->width, &stride);
        for (int64_t k = 0; k < c->depth; k++)
            for (int64_t j = 0; j < LANES; j++) to[k * stride + j] = j < n ? w->data[k * w->row + unit + j] : 0;
    }
}

/* tile[v][r] = Σk rows[r][k] · chunk[k][v]; in registers while `count` and `vectors` are constants. */
static inline __attribute__((always_inline)) void FN(multiply)(const T *rows, int64_t row, const T *chunk,
                                                               int64_t depth, T *tile, int count, int vectors) {
    VECTOR sum[MOST_ROWS][MOST_VECTORS];
#pragma GCC unroll 16
    for (int r = 0; r < count; r++)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) sum[r][v] = (VECTOR){0};
    for (int64_t k = 0; k < depth; k++) {
        VECTOR b[MOST_VECTORS];
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) b[v] = *(const VECTOR *)(const void *)(chunk + (k * vectors + v) * LANES);
#pragma GCC unroll 16
        for (int r = 0; r < count; r++)
#pragma GCC unroll 4
            for (int v = 0; v < vectors; v++) sum[r][v] += rows[r * row + k] * b[v];
    }
#pragma GCC unroll 16
    for (int r = 0; r < count; r++)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) *(VECTOR *)(void *)(tile + (v * count + r) * LANES) = sum[r][v];
}

typedef void (*FN(product_fn))(const T *rows, int64_t row, const T *chunk, int64_t depth, T *tile, int vectors);
#define PRODUCT(count, most)                                                                                           \
    static void FN(product_##count)(const T *rows, int64_t row, const T *chunk, int64_t depth, T *tile, int vectors) { \
        if (most >= 4 && vectors == 4) FN(multiply)(rows, row, chunk, depth, tile, count, 4);                          \
        else if (most >= 3 && vectors == 3) FN(multiply)(rows, row, chunk, depth, tile, count, 3);                     \
        else if (most >= 2 && vectors == 2) FN(multiply)(rows, row, chunk, depth, tile, count, 2);                     \
        else FN(multiply)(rows, row, chunk, depth, tile, count, 1);                                                    \
    }
SHAPES(PRODUCT)
#undef PRODUCT
#define PRODUCT(count, most) FN(product_##count),
static const FN(product_fn) FN(products)[] = {SHAPES(PRODUCT)};
#undef PRODUCT

/* One panel for a block of rows: tile[v][r], r counted to the shape's rows. */
static void FN(run_product)(const PASS *p, int64_t panel, int64_t row, T *tile) {
    const cut *c = &p->cut;
    const shape s = shapes[c->shape];
    if (!p->from) {
        memset(tile, 0, (size_t)(c->width * s.rows * LANES) * sizeof(T));
        return;
    }
    for (int64_t v = 0; v < c->width; v += s.vectors) {
        int64_t stride;
        const T *chunk = FN(packed_vector)(p, panel, v, &stride);
        FN(products)
        [c->shape](p->from + row * c->state_row, c->state_row, chunk, c->depth, tile + v * s.rows * LANES,
                   (int)(stride / LANES));
    }
}

/* ---- cells: LANES units of some rows ----------------------------------------------------------------------------- */

/* Rows [row, row + count) and units [unit, unit + n): what a cell works on. `tile` has LANES numbers for each row of a
 * gate; operators run over all of them, so that the next row begins while the last one waits for its divisions. */
typedef struct SITE {
    const PASS *p;
    T *tile;
    int64_t gate; /* from gate to gate of the tile */
    int64_t row, count, unit, n;
} SITE;

static T *FN(here)(const SITE *s, recurrent_role role, int64_t step, int64_t r) {
    return FN(at)(s->p, role, step, s->row + r) + s->unit;
}

/* The same of the step before, or of the state before the first. */
static const T *FN(here_before)(const SITE *s, recurrent_role first, recurrent_role all, int64_t r) {
    return s->p->before < 0 ? FN(here)(s, first, 0, r) : FN(here)(s, all, s->p->before, r);
}

/* The cell's operands come from many places, a line from each: they are asked for before the product is made. */
static void FN(fetch)(const SITE *s, recurrent_role role, int64_t step, int64_t parts) {
    if (!s->p->seq[role].data) return;
    for (int64_t r = 0; r < s->count; r++)
        for (int64_t k = 0; k < parts; k++) __builtin_prefetch(FN(here)(s, role, step, r) + k * s->p->a->hidden, 1);
}

/* Where the next step's product reads gate g of row r. */
static T *FN(handed_on)(const SITE *s, int64_t g, int64_t r) {
    return s->p->to + (s->row + r) * s->p->cut.state_row + g * s->p->a->hidden + s->unit;
}

#define CELL static inline __attribute__((always_inline)) void

/* A loop of LANES turns would be unrolled into scalars before it can become a vector. */
CELL FN(add_to)(T *z, const T *x, int64_t n) {
    if (n == LANES) *(VECTOR *)(void *)z += *(const VECTOR *)(const void *)x;
    else
        for (int64_t j = 0; j < n; j++) z[j] += x[j];
}

CELL FN(add_inputs)(const SITE *s, int64_t gates, int64_t n) {
    const int64_t h = s->p->a->hidden;
    for (int64_t r = 0; r < s->count; r++)
        for (int64_t g = 0; g < gates; g++) {
            const T *x = FN(here)(s, RECURRENT_INPUT, s->p->now, r) + g * h;
            T *z = s->tile + g * s->gate + r * LANES;
            FN(add_to)(z, x, n);
        }
}

CELL FN(add_bias)(const SITE *s, int64_t n) {
    const T *bias = s->p->seq[RECURRENT_BIAS].data;
    for (int64_t g = 0; bias && g < s->p->a->gates; g++)
        for (int64_t r = 0; r < s->count; r++)
            FN(add_to)(s->tile + g * s->gate + r * LANES, bias + g * s->p->a->hidden + s->unit, n);
}

static void FN(apply_sigmoid)(T *x, int64_t count) {
    for (int64_t i = 0; i < count; i++) x[i] = SIGMOID(x[i]);
}

static void FN(apply_tanh)(T *x, int64_t count) {
    for (int64_t i = 0; i < count; i++) x[i] = TANH(x[i]);
}

CELL FN(keep)(const SITE *s, recurrent_role role, int64_t part, const T *from, int64_t n) {
    for (int64_t r = 0; r < s->count; r++)
        memcpy(FN(here)(s, role, s->p->now, r) + part * s->p->a->hidden, from + r * LANES, (size_t)n * sizeof(T));
}

CELL FN(give_state)(const SITE *s, const T *h, int64_t n) {
    FN(keep)(s, RECURRENT_OUTPUT, 0, h, n);
    for (int64_t r = 0; r < s->count; r++) memcpy(FN(handed_on)(s, 0, r), h + r * LANES, (size_t)n * sizeof(T));
}

CELL FN(lstm_forward)(const SITE *s, int64_t n) {
    const int64_t all = s->count * LANES;
    T *in = s->tile, *f = in + s->gate, *g = f + s->gate, *o = g + s->gate, c[MOST_ROWS * LANES] = {0},
      h[MOST_ROWS * LANES];
    FN(add_inputs)(s, 4, n);
    FN(apply_sigmoid)(in, all);
    FN(apply_sigmoid)(f, all);
    FN(apply_tanh)(g, all);
    FN(apply_sigmoid)(o, all);
    for (int k = 0; k < 4; k++) FN(keep)(s, RECURRENT_GATES, k, in + k * s->gate, n);
    for (int64_t r = 0; r < s->count; r++)
        memcpy(c + r * LANES, FN(here_before)(s, RECURRENT_C, RECURRENT_CELLS, r), (size_t)n * sizeof(T));
    for (int64_t i = 0; i < all; i++) c[i] = f[i] * c[i] + in[i] * g[i];
    FN(keep)(s, RECURRENT_CELLS, 0, c, n);
    for (int64_t i = 0; i < all; i++) h[i] = o[i] * TANH(c[i]);
    FN(give_state)(s, h, n);
}

CELL FN(gru_forward)(const SITE *s, int64_t n) {
    const int64_t all = s->count * LANES, hidden = s->p->a->hidden;
    T *u = s->tile, *z = u + s->gate, *m = z + s->gate, g[MOST_ROWS * LANES] = {0}, h[MOST_ROWS * LANES] = {0};
    FN(add_inputs)(s, 2, n);
    FN(apply_sigmoid)(u, all);
    FN(apply_sigmoid)(z, all);
    for (int64_t r = 0; r < s->count; r++) {
        memcpy(g + r * LANES, FN(here)(s, RECURRENT_INPUT, s->p->now, r) + 2 * hidden, (size_t)n * sizeof(T));
        memcpy(h + r * LANES, FN(here_before)(s, RECURRENT_H, RECURRENT_OUTPUT, r), (size_t)n * sizeof(T));
    }
    for (int64_t i = 0; i < all; i++) {
        g[i] = TANH(g[i] + u[i] * m[i]);
        h[i] = g[i] + z[i] * (h[i] - g[i]);
    }
    const T *kept[4] = {u, z, g, m};
    for (int k = 0; k < 4; k++) FN(keep)(s, RECURRENT_GATES, k, kept[k], n);
    FN(give_state)(s, h, n);
}

CELL FN(plain_forward)(const SITE *s, int64_t n) {
    const int64_t all = s->count * LANES;
    T *z = s->tile;
    FN(add_inputs)(s, 1, n);
    if (s->p->a->cell == RECURRENT_TANH) FN(apply_tanh)(z, all);
    else
        for (int64_t i = 0; i < all; i++) z[i] = z[i] < 0 ? 0 : z[i];
    FN(give_state)(s, z, n);
}

CELL FN(cell_forward)(const SITE *s, int64_t n) {
    FN(add_bias)(s, n);
    if (s->p->a->cell == RECURRENT_LSTM) FN(lstm_forward)(s, n);
    else if (s->p->a->cell == RECURRENT_GRU) FN(gru_forward)(s, n);
    else FN(plain_forward)(s, n);
}

/* Row r of the backward. */

/* dh: of the output and what the product of the next step gave. The cell's own gradient runs along in GRAD_C. */
CELL FN(lstm_backward)(const SITE *s, const T *dh, int64_t r, int64_t n) {
    const PASS *p = s->p;
    const int64_t t = p->now, h = p->a->hidden;
    const T *kept = FN(here)(s, RECURRENT_GATES, t, r), *c = FN(here)(s, RECURRENT_CELLS, t, r);
    const T *c_before = FN(here_before)(s, RECURRENT_C, RECURRENT_CELLS, r);
    T *d = FN(here)(s, RECURRENT_GRAD_INPUT, t, r), *dc = FN(here)(s, RECURRENT_GRAD_C, 0, r);
    T *to = FN(handed_on)(s, 0, r);
    const T *more = p->seq[RECURRENT_GRAD_CELLS].data ? FN(here)(s, RECURRENT_GRAD_CELLS, t, r) : NULL;
    if (!p->from) memset(dc, 0, (size_t)n * sizeof(T));
    if (more) FN(add_to)(dc, more, n);
#pragma GCC ivdep
    for (int64_t j = 0; j < n; j++) {
        const T in = kept[j], f = kept[h + j], g = kept[2 * h + j], o = kept[3 * h + j], y = TANH(c[j]);
        const T all = dc[j] + dh[j] * o * (1 - y * y);
        d[j] = to[j] = all * g * in * (1 - in);
        d[h + j] = to[h + j] = all * c_before[j] * f * (1 - f);
        d[2 * h + j] = to[2 * h + j] = all * in * (1 - g * g);
        d[3 * h + j] = to[3 * h + j] = dh[j] * y * o * (1 - o);
        dc[j] = all * f;
    }
}

/* What goes to the state before past the product runs along in GRAD_H. */
CELL FN(gru_backward)(const SITE *s, const T *dh, int64_t r, int64_t n) {
    const PASS *p = s->p;
    const int64_t t = p->now, h = p->a->hidden;
    const T *kept = FN(here)(s, RECURRENT_GATES, t, r), *before = FN(here_before)(s, RECURRENT_H, RECURRENT_OUTPUT, r);
    T *d = FN(here)(s, RECURRENT_GRAD_INPUT, t, r), *e = FN(here)(s, RECURRENT_GRAD_HIDDEN, t, r);
    T *past = FN(here)(s, RECURRENT_GRAD_H, 0, r), *to = FN(handed_on)(s, 0, r);
    if (!p->from) memset(past, 0, (size_t)n * sizeof(T));
#pragma GCC ivdep
    for (int64_t j = 0; j < n; j++) {
        const T u = kept[j], z = kept[h + j], g = kept[2 * h + j], all = dh[j] + past[j];
        const T dm = all * (1 - z) * (1 - g * g), du = dm * kept[3 * h + j] * u * (1 - u);
        const T dz = all * (before[j] - g) * z * (1 - z);
        d[j] = e[j] = to[j] = du;
        d[h + j] = e[h + j] = to[h + j] = dz;
        d[2 * h + j] = dm;
        e[2 * h + j] = to[2 * h + j] = dm * u;
        past[j] = all * z;
    }
}

CELL FN(plain_backward)(const SITE *s, const T *dh, int64_t r, int64_t n) {
    const PASS *p = s->p;
    const T *out = FN(here)(s, RECURRENT_OUTPUT, p->now, r);
    T *d = FN(here)(s, RECURRENT_GRAD_INPUT, p->now, r), *to = FN(handed_on)(s, 0, r);
    if (p->a->cell == RECURRENT_TANH)
#pragma GCC ivdep
        for (int64_t j = 0; j < n; j++) d[j] = to[j] = dh[j] * (1 - out[j] * out[j]);
    else
#pragma GCC ivdep
        for (int64_t j = 0; j < n; j++) d[j] = to[j] = out[j] > 0 ? dh[j] : 0;
}

/* The product of the first step is the gradient of the first state. */
CELL FN(finish_state)(const SITE *s, const T *dh, int64_t r, int64_t n) {
    T *d = FN(here)(s, RECURRENT_GRAD_H, 0, r);
    if (s->p->a->cell == RECURRENT_GRU) FN(add_to)(d, dh, n);
    else memcpy(d, dh, (size_t)n * sizeof(T));
}

CELL FN(cell_backward)(const SITE *s, int64_t r, int64_t n) {
    const PASS *p = s->p;
    T *dh = s->tile + r * LANES;
    if (p->last) {
        FN(finish_state)(s, dh, r, n);
        return;
    }
    if (p->seq[RECURRENT_GRAD_OUTPUT].data) {
        FN(add_to)(dh, FN(here)(s, RECURRENT_GRAD_OUTPUT, p->now, r), n);
    }
    if (p->a->cell == RECURRENT_LSTM) FN(lstm_backward)(s, dh, r, n);
    else if (p->a->cell == RECURRENT_GRU) FN(gru_backward)(s, dh, r, n);
    else FN(plain_backward)(s, dh, r, n);
}
#undef CELL

/* Whole vectors are the case that counts: then their length is a constant. */
static void FN(forward_site)(const SITE *s) {
    if (s->n == LANES) FN(cell_forward)(s, LANES);
    else FN(cell_forward)(s, s->n);
}

static void FN(backward_site)(const SITE *s) {
    for (int64_t r = 0; r < s->count; r++) {
        if (s->n == LANES) FN(cell_backward)(s, r, LANES);
        else FN(cell_backward)(s, r, s->n);
    }
}

/* ---- steps ------------------------------------------------------------------------------------------------------ */

static SITE FN(find_site)(const PASS *p, T *tile, int64_t panel, int64_t row, int64_t block) {
    const cut *c = &p->cut;
    const int64_t gate = shapes[c->shape].rows * LANES, unit = FN(first_unit)(c, panel, block);
    return (SITE){.p = p,
                  .tile = tile + block * gate,
                  .gate = gate,
                  .row = row,
                  .count = MIN(c->rows, p->a->batch - row),
                  .unit = unit,
                  .n = MIN((int64_t)LANES, p->a->hidden - unit)};
}

static void FN(fetch_operands)(const SITE *s, bool forward) {
    const PASS *p = s->p;
    if (p->last || s->n <= 0) return;
    FN(fetch)(s, RECURRENT_INPUT, p->now, p->a->gates);
    FN(fetch)(s, RECURRENT_GATES, p->now, 4);
    FN(fetch)(s, RECURRENT_OUTPUT, p->now, 1);
    FN(fetch)(s, RECURRENT_CELLS, forward ? p->now : MAX(p->before, 0), 1);
    FN(fetch)(s, RECURRENT_GRAD_OUTPUT, p->now, 1);
}

/* Item: a panel for a block of rows. Panels come first, so that a thread keeps to its own. */
static void FN(run_items)(const PASS *p, int64_t begin, int64_t end, bool forward) {
    const cut *c = &p->cut;
    T tile[MOST_ROWS * MOST_VECTORS * LANES] __attribute__((aligned(64)));
    for (int64_t item = begin; item < end; item++) {
        const int64_t panel = item / c->row_blocks, row = item % c->row_blocks * c->rows;
        for (int64_t block = 0; block < c->blocks; block++) {
            const SITE s = FN(find_site)(p, tile, panel, row, block);
            FN(fetch_operands)(&s, forward);
        }
        FN(run_product)(p, panel, row, tile);
        for (int64_t block = 0; block < c->blocks; block++) {
            const SITE s = FN(find_site)(p, tile, panel, row, block);
            if (s.n <= 0 || s.count <= 0) continue;
            if (forward) FN(forward_site)(&s);
            else FN(backward_site)(&s);
        }
    }
}

static void FN(forward_items)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    FN(run_items)(arg, begin, end, true);
}

static void FN(backward_items)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    FN(run_items)(arg, begin, end, false);
}

static int64_t FN(time_of)(const PASS *p, int64_t i) { return p->a->reverse ? p->a->steps - 1 - i : i; }

/* Room for the copies of two states behind the packed weights; the rows that fill up the last shape are zero. */
static int64_t FN(place_states)(PASS *p) {
    const cut *c = &p->cut;
    const int64_t rows = MAX(c->row_blocks - 1, 0) * c->rows + shapes[c->shape].rows;
    p->to = p->packed + c->panels * c->width * c->depth * LANES;
    memset(p->to, 0, (size_t)(2 * rows * c->state_row) * sizeof(T));
    return rows * c->state_row;
}

static void FN(recurrent)(const kernel_call *call) {
    PASS p = FN(describe)(call, true);
    const cut *c = &p.cut;
    const int64_t state = FN(place_states)(&p);
    T *const states = p.to;
    for (int64_t row = 0; row < p.a->batch; row++)
        memcpy(states + row * c->state_row, FN(at)(&p, RECURRENT_H, 0, row), (size_t)p.a->hidden * sizeof(T));
    parallel_for(call->pool, c->panels * c->width, 1, FN(pack_rows), &p);
    p.before = -1;
    for (int64_t i = 0; i < p.a->steps; i++) {
        p.now = FN(time_of)(&p, i);
        p.from = states + i % 2 * state;
        p.to = states + (i + 1) % 2 * state;
        parallel_for(call->pool, c->panels * c->row_blocks, c->grain, FN(forward_items), &p);
        p.before = p.now;
    }
}

static void FN(recurrent_backward)(const kernel_call *call) {
    PASS p = FN(describe)(call, false);
    const cut *c = &p.cut;
    const int64_t state = FN(place_states)(&p);
    T *const states = p.to;
    parallel_for(call->pool, c->panels * c->width, 1, FN(pack_columns), &p);
    for (int64_t i = p.a->steps; i-- > 0;) {
        p.now = FN(time_of)(&p, i);
        p.before = i ? FN(time_of)(&p, i - 1) : -1;
        p.to = states + i % 2 * state;
        parallel_for(call->pool, c->panels * c->row_blocks, c->grain, FN(backward_items), &p);
        p.from = p.to;
    }
    p.last = true;
    parallel_for(call->pool, c->panels * c->row_blocks, c->grain, FN(backward_items), &p);
}
#undef LANES
#undef VECTOR
#undef SEQUENCE
#undef PASS
#undef SITE
