/* SPDX-License-Identifier: MIT
 * attention_tmpl.c — included by attention.c once for each floating dtype (each_float.h). T stores, A computes.
 *
 * What a thread works on is copied into its scratch: rows dense, padded with zeros to whole vectors, keys and values
 * also transposed, so that every product has the rows of its right factor dense. A query whose keys are all masked
 * gives zeros, and no gradient. */

#include "kernels/cpu/attention_rows_tmpl.c"

/* ---- masks ------------------------------------------------------------------------------------------------------- */

static A FN(mask_at)(const kernel_call *call, int64_t at) {
    const tensor_desc *t = &call->tensors[((const attention_attributes *)call->attributes)->mask_at];
    const void *mask = call->data[((const attention_attributes *)call->attributes)->mask_at];
    return t->dtype == call->tensors[0].dtype ? LOAD(((const T *)mask)[at]) : (A)element_load(t->dtype, mask, at);
}

typedef struct FN(tile) { /* of scores */
    int64_t b, h, i0, m, j0, n;
} FN(tile);

static int64_t FN(mask_row)(const attention_attributes *a, const FN(tile) * x, int64_t i) {
    const int64_t *st = a->mask_strides;
    return x->b * st[0] + x->h * st[1] + (x->i0 + i) * st[2] + x->j0 * st[3];
}

/* Whether the mask hides everything. A causal mask that was handed in as numbers so costs no more than half. */
static bool FN(is_hidden)(const kernel_call *call, const FN(tile) * x) {
    const attention_attributes *a = call->attributes;
    if (!a->mask_at) return false;
    for (int64_t i = 0; i < x->m; i++) {
        const int64_t at = FN(mask_row)(a, x, i);
        for (int64_t j = 0; j < x->n; j++)
            if (FN(mask_at)(call, at + j * a->mask_strides[3]) != -(A)INFINITY) return false;
        if (a->mask_strides[2] == 0) break;
    }
    return true;
}

/* Adds the mask, hides keys behind the query, and the padding. */
static void FN(mask_scores)(const kernel_call *call, A *s, const FN(tile) * x) {
    const attention_attributes *a = call->attributes;
    const int64_t n = attention_pad(x->n), step = a->mask_strides[3];
    for (int64_t i = 0; i < x->m; i++, s += ATTENTION_LARGEST) {
        const int64_t at = a->mask_at ? FN(mask_row)(a, x, i) : 0;
        if (a->mask_at && step == 1 && call->tensors[a->mask_at].dtype == call->tensors[0].dtype) {
            const T *mask = (const T *)call->data[a->mask_at] + at;
            for (int64_t j = 0; j < x->n; j++) s[j] += LOAD(mask[j]);
        } else if (a->mask_at) {
            for (int64_t j = 0; j < x->n; j++) s[j] += FN(mask_at)(call, at + j * step);
        }
        const int64_t seen = a->causal ? MAX(0, MIN(x->n, x->i0 + i + 1 - x->j0)) : x->n;
        for (int64_t j = seen; j < n; j++) s[j] = -(A)INFINITY;
    }
}

/* ---- forward ----------------------------------------------------------------------------------------------------- */

/* Behind this key the block of queries sees nothing. */
static int64_t FN(last_key)(const attention_attributes *a, int64_t i0, int64_t m) {
    return a->causal ? MIN(a->keys, i0 + m) : a->keys;
}

/* How far row 0 of the tile reaches. */
static int64_t FN(reach)(const attention_attributes *a, const FN(tile) * x) {
    return a->causal ? x->i0 - x->j0 : INT32_MAX;
}

typedef struct FN(forward_space) {
    A *keys_t, *values; /* of the whole head, block by block */
    A *q, *out, *s, *most, *sum;
} FN(forward_space);

static FN(forward_space) FN(forward_layout)(const attention_attributes *a, A *at) {
    const int64_t w = attention_pad(a->width), head = w * attention_pad(a->keys), rows = ATTENTION_LARGEST * w;
    FN(forward_space) x = {.keys_t = at, .values = at + head, .q = at + 2 * head};
    x.out = x.q + rows;
    x.s = x.out + rows;
    x.most = x.s + ATTENTION_LARGEST * ATTENTION_LARGEST;
    x.sum = x.most + ATTENTION_LARGEST;
    return x;
}

static void FN(load_keys)(const kernel_call *call, const FN(forward_space) * x, int64_t b, int64_t h) {
    const attention_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width);
    for (int64_t j0 = 0, n, padded; j0 < a->keys; j0 += n) {
        n = attention_rows(a->keys, j0);
        padded = attention_pad(n);
        FN(load_rows)(x->out, FN(head_of)(call, ATTENTION_K, b, h), j0, n, padded, 1);
        BLOCK(block_transpose)(x->keys_t + j0 * w, padded, x->out, w, padded, w);
        FN(load_rows)(x->values + j0 * w, FN(head_of)(call, ATTENTION_V, b, h), j0, n, padded, 1);
    }
}

/* One block of queries against all its keys. */
static void FN(forward_queries)(const kernel_call *call, const FN(forward_space) * x, int64_t b, int64_t h,
                                int64_t i0) {
    const attention_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), m = attention_rows(a->queries, i0), last = FN(last_key)(a, i0, m);
    FN(load_rows)(x->q, FN(head_of)(call, ATTENTION_Q, b, h), i0, m, m, (A)a->scale);
    memset(x->out, 0, (size_t)(m * w) * sizeof(A));
    for (int64_t i = 0; i < m; i++) x->most[i] = -(A)INFINITY, x->sum[i] = 0;
    for (int64_t j0 = 0, n; j0 < last; j0 += n) {
        n = attention_rows(a->keys, j0);
        const FN(tile) t = {b, h, i0, m, j0, n};
        if (FN(is_hidden)(call, &t)) continue;
        const int64_t padded = attention_pad(n), reach = FN(reach)(a, &t);
        BLOCK(block_product)
        (m, padded, a->width, BLOCK_RESULT_ENDS, reach, x->q, w, 1, x->keys_t + j0 * w, padded, false, x->s,
         ATTENTION_LARGEST);
        FN(mask_scores)(call, x->s, &t);
        BLOCK(block_join)(x->s, m, padded, x->most, x->sum, x->out, w);
        BLOCK(block_product)
        (m, w, n, BLOCK_LEFT_ENDS, reach, x->s, ATTENTION_LARGEST, 1, x->values + j0 * w, w, true, x->out, w);
    }
    const tensor_desc *lse = &call->tensors[ATTENTION_LSE];
    A *logs = (A *)call->data[ATTENTION_LSE] + b * lse->strides[0] + h * lse->strides[1] + i0 * lse->strides[2];
    for (int64_t i = 0; i < m; i++) {
        x->most[i] += LOG(A)(x->sum[i]);
        x->sum[i] = 1 / (x->sum[i] == 0 ? 1 : x->sum[i]);
    }
    for (int64_t i = 0; i < m; i++) logs[i * lse->strides[2]] = x->most[i];
    FN(store_rows)(x->out, FN(head_of)(call, ATTENTION_OUT, b, h), i0, m, x->sum, false);
}

/* Blocks of a head in an order that gives equal work to parts of it when later ones see more keys. */
static int64_t FN(fair_block)(int64_t i, int64_t blocks) { return i % 2 ? blocks - 1 - i / 2 : i / 2; }

static void FN(forward_part)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const attention_attributes *a = call->attributes;
    const FN(forward_space) x = FN(forward_layout)(a, (A *)call->scratch + worker * a->worker);
    const int64_t blocks = attention_blocks(a->queries), share = a->heads / a->key_heads;
    int64_t loaded = -1;
    for (int64_t item = begin; item < end; item++) {
        const int64_t head = item / blocks, b = head / a->heads, h = head % a->heads;
        const int64_t key_head = b * a->key_heads + h / share;
        if (key_head != loaded) FN(load_keys)(call, &x, b, h / share);
        loaded = key_head;
        FN(forward_queries)(call, &x, b, h, FN(fair_block)(item % blocks, blocks) * ATTENTION_BLOCK);
    }
}

static void FN(attention_forward)(const kernel_call *call) {
    const attention_attributes *a = call->attributes;
    parallel_for(call->pool, a->batch * a->heads * attention_blocks(a->queries), 1, FN(forward_part),
                 (void *)(uintptr_t)call);
}

/* ---- backward --------------------------------------------------------------------------------------------------- */

/* What one thread holds while it works on a key head, or (split) on one block of keys of it. */
typedef struct FN(backward_space) {
    A *keys_t, *keys, *values_t, *dk, *dv; /* block by block */
    A *q, *dout, *dq;                      /* a block of queries */
    A *p, *ds;                             /* queries × keys of a tile */
    A *delta, *lse;                        /* of the block's queries */
} FN(backward_space);

static FN(backward_space) FN(backward_layout)(const attention_attributes *a, A *at) {
    FN(backward_space) x;
    const int64_t w = attention_pad(a->width), block = ATTENTION_LARGEST;
    A **big[5] = {&x.keys_t, &x.keys, &x.values_t, &x.dk, &x.dv}, **rows[3] = {&x.q, &x.dout, &x.dq};
    for (int i = 0; i < 5; i++) *big[i] = at, at += w * (a->split ? block : attention_pad(a->keys));
    for (int i = 0; i < 3; i++) *rows[i] = at, at += w * block;
    x.p = at;
    x.ds = x.p + block * block;
    x.delta = x.ds + block * block;
    x.lse = x.delta + block;
    return x;
}

/* The part of x that belongs to keys from j0. */
static FN(backward_space) FN(keys_from)(const FN(backward_space) * x, int64_t j0, int64_t w) {
    FN(backward_space) y = *x;
    A **big[5] = {&y.keys_t, &y.keys, &y.values_t, &y.dk, &y.dv};
    for (int i = 0; i < 5; i++) *big[i] += j0 * w;
    return y;
}

/* A block of keys and values; dv's room serves on the way, and both gradients begin at zero. */
static void FN(load_key_block)(const kernel_call *call, const FN(backward_space) * x, int64_t b, int64_t k,
                               int64_t j0) {
    const attention_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), n = attention_rows(a->keys, j0), padded = attention_pad(n);
    FN(load_rows)(x->keys, FN(head_of)(call, ATTENTION_B_K, b, k), j0, n, padded, 1);
    FN(load_rows)(x->dv, FN(head_of)(call, ATTENTION_B_V, b, k), j0, n, padded, 1);
    BLOCK(block_transpose)(x->keys_t, padded, x->keys, w, padded, w);
    BLOCK(block_transpose)(x->values_t, padded, x->dv, w, padded, w);
    memset(x->dk, 0, (size_t)(padded * w) * sizeof(A));
    memset(x->dv, 0, (size_t)(padded * w) * sizeof(A));
}

static void FN(store_key_block)(const kernel_call *call, const FN(backward_space) * x, int64_t b, int64_t k,
                                int64_t j0) {
    const attention_attributes *a = call->attributes;
    const A one = 1;
    FN(store_rows)(x->dk, FN(head_of)(call, ATTENTION_DK, b, k), j0, attention_rows(a->keys, j0), &one, true);
    FN(store_rows)(x->dv, FN(head_of)(call, ATTENTION_DV, b, k), j0, attention_rows(a->keys, j0), &one, true);
}

static void FN(load_query_block)(const kernel_call *call, const FN(backward_space) * x, int64_t b, int64_t h,
                                 int64_t i0) {
    const attention_attributes *a = call->attributes;
    const tensor_desc *lse = &call->tensors[ATTENTION_B_LSE];
    const int64_t w = attention_pad(a->width), m = attention_rows(a->queries, i0);
    const A *logs =
        (const A *)call->data[ATTENTION_B_LSE] + b * lse->strides[0] + h * lse->strides[1] + i0 * lse->strides[2];
    FN(load_rows)(x->dq, FN(head_of)(call, ATTENTION_B_OUT, b, h), i0, m, m, 1); /* the output, for delta */
    FN(load_rows)(x->dout, FN(head_of)(call, ATTENTION_B_DO, b, h), i0, m, m, 1);
    FN(load_rows)(x->q, FN(head_of)(call, ATTENTION_B_Q, b, h), i0, m, m, (A)a->scale);
    for (int64_t i = 0; i < m; i++) {
        for (int64_t d = 0; d < w; d++) x->dq[i * w + d] *= x->dout[i * w + d];
        x->delta[i] = BLOCK(row_sum)(x->dq + i * w, w);
        x->lse[i] = logs[i * lse->strides[2]];
    }
    memset(x->dq, 0, (size_t)(m * w) * sizeof(A));
}

/* A tile's part of the gradients of its queries, and of its keys and values. */
static void FN(backward_tile)(const kernel_call *call, const FN(backward_space) * x, const FN(tile) * t, bool queries,
                              bool keys) {
    const attention_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), n = attention_pad(t->n), s = ATTENTION_LARGEST, reach = FN(reach)(a, t);
    if (FN(is_hidden)(call, t)) return;
    BLOCK(block_product)(t->m, n, a->width, BLOCK_RESULT_ENDS, reach, x->q, w, 1, x->keys_t, n, false, x->p, s);
    FN(mask_scores)(call, x->p, t);
    BLOCK(block_product)(t->m, n, a->width, BLOCK_RESULT_ENDS, reach, x->dout, w, 1, x->values_t, n, false, x->ds, s);
    BLOCK(block_gradients)(x->p, x->ds, t->m, n, x->lse, x->delta);
    if (keys) { /* q holds the scale */
        BLOCK(block_product)(t->n, w, t->m, BLOCK_LEFT_BEGINS, reach, x->p, 1, s, x->dout, w, true, x->dv, w);
        BLOCK(block_product)(t->n, w, t->m, BLOCK_LEFT_BEGINS, reach, x->ds, 1, s, x->q, w, true, x->dk, w);
    }
    if (queries) BLOCK(block_product)(t->m, w, t->n, BLOCK_LEFT_ENDS, reach, x->ds, s, 1, x->keys, w, true, x->dq, w);
}

static void FN(store_query_block)(const kernel_call *call, const FN(backward_space) * x, int64_t b, int64_t h,
                                  int64_t i0) {
    const attention_attributes *a = call->attributes;
    const A scale = (A)a->scale;
    FN(store_rows)(x->dq, FN(head_of)(call, ATTENTION_DQ, b, h), i0, attention_rows(a->queries, i0), &scale, true);
}

/* Whole key heads, with all heads of queries that share them. */
static void FN(backward_heads)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const attention_attributes *a = call->attributes;
    const FN(backward_space) x = FN(backward_layout)(a, (A *)call->scratch + worker * a->worker);
    const int64_t share = a->heads / a->key_heads, w = attention_pad(a->width);
    for (int64_t item = begin; item < end; item++) {
        const int64_t b = item / a->key_heads, k = item % a->key_heads;
        for (int64_t j0 = 0; j0 < a->keys; j0 += attention_rows(a->keys, j0)) {
            const FN(backward_space) y = FN(keys_from)(&x, j0, w);
            FN(load_key_block)(call, &y, b, k, j0);
        }
        for (int64_t h = k * share; h < (k + 1) * share; h++)
            for (int64_t i0 = 0, m; i0 < a->queries; i0 += m) {
                m = attention_rows(a->queries, i0);
                FN(load_query_block)(call, &x, b, h, i0);
                const int64_t last = FN(last_key)(a, i0, m);
                for (int64_t j0 = 0, n; j0 < last; j0 += n) {
                    n = attention_rows(a->keys, j0);
                    const FN(tile) t = {b, h, i0, m, j0, n};
                    const FN(backward_space) y = FN(keys_from)(&x, j0, w);
                    FN(backward_tile)(call, &y, &t, true, true);
                }
                FN(store_query_block)(call, &x, b, h, i0);
            }
        for (int64_t j0 = 0; j0 < a->keys; j0 += attention_rows(a->keys, j0)) {
            const FN(backward_space) y = FN(keys_from)(&x, j0, w);
            FN(store_key_block)(call, &y, b, k, j0);
        }
    }
}

/* Split: gradients of keys and values, a block of keys at a time. */
static void FN(backward_key_blocks)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const attention_attributes *a = call->attributes;
    const FN(backward_space) x = FN(backward_layout)(a, (A *)call->scratch + worker * a->worker);
    const int64_t share = a->heads / a->key_heads, blocks = attention_blocks(a->keys);
    for (int64_t item = begin; item < end; item++) {
        const int64_t head = item / blocks, b = head / a->key_heads, k = head % a->key_heads;
        const int64_t j0 = FN(fair_block)(item % blocks, blocks) * ATTENTION_BLOCK, n = attention_rows(a->keys, j0);
        FN(load_key_block)(call, &x, b, k, j0);
        for (int64_t h = k * share; h < (k + 1) * share; h++)
            for (int64_t i0 = 0, m; i0 < a->queries; i0 += m) {
                m = attention_rows(a->queries, i0);
                if (FN(last_key)(a, i0, m) <= j0) continue;
                const FN(tile) t = {b, h, i0, m, j0, n};
                FN(load_query_block)(call, &x, b, h, i0);
                FN(backward_tile)(call, &x, &t, false, true);
            }
        FN(store_key_block)(call, &x, b, k, j0);
    }
}

/* Split: gradients of queries, a block of queries at a time. */
static void FN(backward_query_blocks)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const attention_attributes *a = call->attributes;
    const FN(backward_space) x = FN(backward_layout)(a, (A *)call->scratch + worker * a->worker);
    const int64_t share = a->heads / a->key_heads, blocks = attention_blocks(a->queries);
    for (int64_t item = begin; item < end; item++) {
        const int64_t head = item / blocks, b = head / a->heads, h = head % a->heads;
        const int64_t i0 = FN(fair_block)(item % blocks, blocks) * ATTENTION_BLOCK, m = attention_rows(a->queries, i0);
        const int64_t last = FN(last_key)(a, i0, m);
        FN(load_query_block)(call, &x, b, h, i0);
        for (int64_t j0 = 0, n; j0 < last; j0 += n) {
            n = attention_rows(a->keys, j0);
            const FN(tile) t = {b, h, i0, m, j0, n};
            FN(load_key_block)(call, &x, b, h / share, j0);
            FN(backward_tile)(call, &x, &t, true, false);
        }
        FN(store_query_block)(call, &x, b, h, i0);
    }
}

static void FN(attention_backward)(const kernel_call *call) {
    const attention_attributes *a = call->attributes;
    void *arg = (void *)(uintptr_t)call;
    if (!a->split) {
        parallel_for(call->pool, a->batch * a->key_heads, 1, FN(backward_heads), arg);
        return;
    }
    parallel_for(call->pool, a->batch * a->key_heads * attention_blocks(a->keys), 1, FN(backward_key_blocks), arg);
    parallel_for(call->pool, a->batch * a->heads * attention_blocks(a->queries), 1, FN(backward_query_blocks), arg);
}
