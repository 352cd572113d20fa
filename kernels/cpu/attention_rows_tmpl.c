/* SPDX-License-Identifier: MIT
 * attention_rows_tmpl.c — rows of a head to and from scratch, dense and padded with zeros to whole vectors. Included by
 * templates of attention (each_float.h): T stores, A computes. */

/* Rows [first, first + rows) of head (b, h) of tensor t. */
typedef struct FN(head) {
    const tensor_desc *t;
    void *data;
    int64_t b, h;
} FN(head);

static FN(head) FN(head_of)(const kernel_call *call, uint32_t tensor, int64_t b, int64_t h) {
    return (FN(head)){&call->tensors[tensor], call->data[tensor], b, h};
}

static T *FN(first_row)(const FN(head) * x, int64_t first) {
    const int64_t *st = x->t->strides;
    return (T *)x->data + x->b * st[0] + x->h * st[1] + first * st[2];
}

/* Makes `padded` rows, zero after the first `rows`. */
static void FN(load_rows)(A *restrict to, FN(head) x, int64_t first, int64_t rows, int64_t padded, A scale) {
    const int64_t width = x.t->sizes[3], step = x.t->strides[3], w = attention_pad(width);
    const T *restrict from = FN(first_row)(&x, first);
    for (int64_t i = 0; i < rows; i++, from += x.t->strides[2], to += w) {
        if (step == 1)
            for (int64_t d = 0; d < width; d++) to[d] = LOAD(from[d]) * scale;
        else
            for (int64_t d = 0; d < width; d++) to[d] = LOAD(from[d * step]) * scale;
        for (int64_t d = width; d < w; d++) to[d] = 0;
    }
    if (padded > rows) memset(to, 0, (size_t)((padded - rows) * w) * sizeof(A));
}

/* Row i times scale[i], or times scale[0] where there is one for all. */
static void FN(store_rows)(const A *restrict from, FN(head) x, int64_t first, int64_t rows, const A *scale, bool one) {
    const int64_t width = x.t->sizes[3], step = x.t->strides[3], w = attention_pad(width);
    T *restrict to = FN(first_row)(&x, first);
    for (int64_t i = 0; i < rows; i++, to += x.t->strides[2], from += w) {
        const A s = scale[one ? 0 : i];
        if (step == 1)
            for (int64_t d = 0; d < width; d++) to[d] = STORE(from[d] * s);
        else
            for (int64_t d = 0; d < width; d++) to[d * step] = STORE(from[d] * s);
    }
}
