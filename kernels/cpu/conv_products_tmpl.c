/* SPDX-License-Identifier: MIT
 * conv_products_tmpl.c — convolutions as one product over all positions, where channels lie innermost and weights lie
 * (O, C, taps) in order. Part of conv_tmpl.c, for dtypes that are computed as they are stored.
 *
 * This is for 1×1 kernels, whose columns are x itself, and for few positions under many weights, where reordering
 * weights and summing their gradients for each share of the images would cost more than the product. */

/* What a product is divided into: rows or columns of its result. */
typedef struct FN(slices) {
    gemm_piece piece;
    gemm_provider provider;
    char *scratch;
    size_t worker_bytes;
} FN(slices);

static void FN(product_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(slices) *s = arg;
    gemm_piece p = s->piece;
    p.scratch = s->scratch + worker * s->worker_bytes;
    p.a = (const T *)p.a + begin * p.as.row, p.c = (T *)p.c + begin * p.c_row;
    p.m = end - begin;
    s->provider(&p);
}

static void FN(product_columns)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(slices) *s = arg;
    gemm_piece p = s->piece;
    p.scratch = s->scratch + worker * s->worker_bytes;
    p.b = (const T *)p.b + begin * p.bs.col, p.c = (T *)p.c + begin;
    p.n = end - begin;
    s->provider(&p);
}

static void FN(product_share)(const kernel_call *call, const FN(conv) * c, gemm_piece piece) {
    const conv_attributes *a = c->a;
    FN(slices) s = {piece, a->provider, (char *)call->scratch + a->columns_bytes, a->worker_bytes};
    s.piece.alpha = 1;
    if (piece.n >= piece.m) parallel_for(call->pool, piece.n, 32, FN(product_columns), &s);
    else parallel_for(call->pool, piece.m, 32, FN(product_rows), &s);
}

/* Copies positions [begin, end) from x into columns, K values in the order (channel, tap) for each. */
static void FN(gather_columns)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    for (int64_t at = begin; at < end; at++) {
        const int64_t n = at / c->pixels, p = at % c->pixels;
        const int64_t ow = p % a->out[2], oh = p / a->out[2] % a->out[1], od = p / a->out[2] / a->out[1];
        for (int64_t tap = 0; tap < c->taps; tap++) {
            A *restrict to = (A *)c->columns + at * c->k + tap;
            const A *restrict x = (const A *)FN(tap_pixel)(c, n, &a->taps[tap], od, oh, ow);
            if (x)
                for (int64_t i = 0; i < c->xg; i++) to[i * c->taps] = x[i];
            else
                for (int64_t i = 0; i < c->xg; i++) to[i * c->taps] = 0;
        }
    }
}

/* The reverse: sums columns into images [begin, end) of x. */
static void FN(scatter_columns)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(conv) *c = arg;
    const conv_attributes *a = c->a;
    memset((T *)c->x.data + begin * c->x.sn, 0, (size_t)((end - begin) * volume(a->in) * c->xg) * sizeof(T));
    for (int64_t at = begin * c->pixels; at < end * c->pixels; at++) {
        const int64_t n = at / c->pixels, p = at % c->pixels;
        const int64_t ow = p % a->out[2], oh = p / a->out[2] % a->out[1], od = p / a->out[2] / a->out[1];
        for (int64_t tap = 0; tap < c->taps; tap++) {
            const A *restrict from = (const A *)c->columns + at * c->k + tap;
            A *restrict x = (A *)FN(tap_pixel)(c, n, &a->taps[tap], od, oh, ow);
            for (int64_t i = 0; x && i < c->xg; i++) x[i] += from[i * c->taps];
        }
    }
}

/* x as the matrix of columns, (positions, K): itself, or made in scratch. */
static void FN(columns_prepare)(const kernel_call *call, FN(conv) * c, bool read) {
    c->columns = c->a->pointwise ? c->x.data : call->scratch;
    if (!c->a->pointwise && read) parallel_for(call->pool, c->a->batch * c->pixels, 4, FN(gather_columns), c);
}

/* True when this part was done by one product. */
static bool FN(by_product)(const kernel_call *call, FN(conv) * c, conv_part part) {
    const conv_attributes *a = c->a;
    if (!a->products) return false;
    const int64_t positions = a->batch * c->pixels, o = a->y_channels, k = c->k;
    const gemm_matrix columns = {0, k, 1}, y = {0, o, 1}, turned_y = {0, 1, o}, w = {0, k, 1}, turned_w = {0, 1, k};
    FN(columns_prepare)(call, c, part != CONV_DATA);
    if (part == CONV_FORWARD) {
        const FN(tile) all = {0, a->batch, 0, c->pixels};
        FN(product_share)
        (call, c,
         (gemm_piece){.a = c->columns,
                      .as = columns,
                      .b = c->w.data,
                      .bs = turned_w,
                      .c = c->y.data,
                      .c_row = o,
                      .m = positions,
                      .n = o,
                      .k = k});
        FN(add_bias)(c, all, 0, (A *)c->y.data, o);
    } else if (part == CONV_WEIGHT) {
        FN(product_share)
        (call, c,
         (gemm_piece){.a = c->y.data,
                      .as = turned_y,
                      .b = c->columns,
                      .bs = columns,
                      .c = c->w.data,
                      .c_row = k,
                      .m = o,
                      .n = k,
                      .k = positions});
    } else {
        FN(product_share)
        (call, c,
         (gemm_piece){.a = c->y.data,
                      .as = y,
                      .b = c->w.data,
                      .bs = w,
                      .c = c->columns,
                      .c_row = k,
                      .m = positions,
                      .n = k,
                      .k = o});
        if (!a->pointwise) parallel_for(call->pool, a->batch, 1, FN(scatter_columns), c);
    }
    return true;
}
