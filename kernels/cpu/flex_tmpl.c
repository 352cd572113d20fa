/* SPDX-License-Identifier: MIT
 * flex_tmpl.c — included by flex.c once for each floating dtype (each_float.h). T stores, A computes.
 *
 * The loops are those of attention_tmpl.c: a block of queries meets the blocks of keys that it sees anything of. A tile
 * asks its mask first, and what it does not see is neither computed nor read. */

#include "kernels/cpu/attention_rows_tmpl.c"

/* An operand of a call, head (b, h). */
static FN(head) FN(flex_rows_of)(const kernel_call *call, uint32_t which, int64_t b, int64_t h) {
    return FN(head_of)(call, ((const flex_attributes *)call->attributes)->at[which], b, h);
}

/* Numbers of type A by batch, head and query: the first query's, and the step to the next. */
static A *FN(flex_row_numbers)(const kernel_call *call, uint32_t which, const flex_tile *t, int64_t *step) {
    const uint32_t at = ((const flex_attributes *)call->attributes)->at[which];
    const tensor_desc *d = &call->tensors[at];
    *step = d->strides[2];
    return (A *)call->data[at] + t->b * d->strides[0] + t->h * d->strides[1] + t->i0 * d->strides[2];
}

static bool FN(flex_has)(const kernel_call *call, uint32_t which) {
    const uint32_t at = ((const flex_attributes *)call->attributes)->at[which];
    return at != FLEX_ABSENT && call->data[at];
}

/* Takes n numbers of A from the scratch. */
static A *FN(flex_take)(char **scratch, int64_t n) {
    A *at = (A *)(void *)*scratch;
    *scratch += (size_t)n * sizeof(A);
    return at;
}

/* Blocks of a head in an order that gives equal work to parts of it when later ones see more keys. */
static int64_t FN(flex_block)(int64_t i, int64_t blocks) { return i % 2 ? blocks - 1 - i / 2 : i / 2; }

/* ---- forward ----------------------------------------------------------------------------------------------------- */

typedef struct FN(flex_forward_space) {
    A *keys_t, *values, *rows, *q, *out, *s, *most, *sum;
    uint8_t *seen;
    flex_machine score, mask;
} FN(flex_forward_space);

static FN(flex_forward_space) FN(flex_forward_layout)(const kernel_call *call, uint32_t worker) {
    const flex_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), v = attention_pad(a->value_width), block = ATTENTION_LARGEST;
    const int64_t keys = attention_pad(a->keys);
    char *scratch = (char *)call->scratch + a->states_bytes + worker * a->worker, *const base = scratch;
    FN(flex_forward_space) x = {.keys_t = FN(flex_take)(&scratch, w * keys)};
    x.values = FN(flex_take)(&scratch, v * keys);
    x.rows = FN(flex_take)(&scratch, MAX(w, v) * block);
    x.q = FN(flex_take)(&scratch, w * block);
    x.out = FN(flex_take)(&scratch, v * block);
    x.s = FN(flex_take)(&scratch, block * block);
    x.most = FN(flex_take)(&scratch, block);
    x.sum = FN(flex_take)(&scratch, block);
    scratch = base + flex_align((uint64_t)(scratch - base));
    x.seen = (uint8_t *)scratch;
    scratch += flex_align((uint64_t)(block * block));
    x.score = flex_begin(a->score, &scratch, call->data);
    x.mask = flex_begin(a->mask, &scratch, call->data);
    return x;
}

static void FN(flex_load_keys)(const kernel_call *call, const FN(flex_forward_space) * x, int64_t b, int64_t h) {
    const flex_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), v = attention_pad(a->value_width);
    for (int64_t j0 = 0, n, padded; j0 < a->keys; j0 += n) {
        n = attention_rows(a->keys, j0);
        padded = attention_pad(n);
        FN(load_rows)(x->rows, FN(flex_rows_of)(call, FLEX_K, b, h), j0, n, padded, 1);
        BLOCK(block_transpose)(x->keys_t + j0 * w, padded, x->rows, w, padded, w);
        FN(load_rows)(x->values + j0 * v, FN(flex_rows_of)(call, FLEX_V, b, h), j0, n, padded, 1);
    }
}

static void FN(flex_store_queries)(const kernel_call *call, const FN(flex_forward_space) * x, const flex_tile *t) {
    int64_t log_step, most_step;
    A *logs = FN(flex_row_numbers)(call, FLEX_LSE, t, &log_step);
    A *most = FN(flex_row_numbers)(call, FLEX_MOST, t, &most_step);
    for (int64_t i = 0; i < t->m; i++) {
        most[i * most_step] = x->most[i] * (A)LOG2_E;
        logs[i * log_step] = (x->most[i] + LOG(A)(x->sum[i])) * (A)LOG2_E;
        x->sum[i] = 1 / (x->sum[i] == 0 ? 1 : x->sum[i]);
    }
    FN(store_rows)(x->out, FN(flex_rows_of)(call, FLEX_OUT, t->b, t->h), t->i0, t->m, x->sum, false);
}

static void FN(flex_forward_queries)(const kernel_call *call, FN(flex_forward_space) * x, flex_tile t) {
    const flex_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), v = attention_pad(a->value_width), s = ATTENTION_LARGEST;
    FN(load_rows)(x->q, FN(flex_rows_of)(call, FLEX_Q, t.b, t.h), t.i0, t.m, t.m, (A)a->scale);
    memset(x->out, 0, (size_t)(t.m * v) * sizeof(A));
    for (int64_t i = 0; i < t.m; i++) x->most[i] = -(A)INFINITY, x->sum[i] = 0;
    flex_queries(&x->score, t.i0, t.m);
    flex_queries(&x->mask, t.i0, t.m);
    for (t.j0 = 0; t.j0 < a->keys && !a->nothing; t.j0 += t.n) {
        t.n = attention_rows(a->keys, t.j0);
        const uint8_t state = flex_tile_mask(call, &x->mask, &t, x->seen);
        if (state == FLEX_EMPTY) continue;
        const int64_t padded = attention_pad(t.n);
        BLOCK(block_product)
        (t.m, padded, a->width, BLOCK_WHOLE, 0, x->q, w, 1, x->keys_t + t.j0 * w, padded, false, x->s, s);
        BLOCK(flex_score)(&x->score, &t, x->s);
        BLOCK(flex_hide)(x->s, &t, state == FLEX_PARTIAL ? x->seen : NULL, -(A)INFINITY);
        BLOCK(block_join)(x->s, t.m, padded, x->most, x->sum, x->out, v);
        BLOCK(block_product)(t.m, v, t.n, BLOCK_WHOLE, 0, x->s, s, 1, x->values + t.j0 * v, v, true, x->out, v);
    }
    FN(flex_store_queries)(call, x, &t);
}

static void FN(flex_forward_part)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const flex_attributes *a = call->attributes;
    FN(flex_forward_space) x = FN(flex_forward_layout)(call, worker);
    const int64_t blocks = attention_blocks(a->queries), share = a->heads / a->key_heads;
    int64_t loaded = -1, known = -1;
    for (int64_t item = begin; item < end; item++) {
        const int64_t head = item / blocks, b = head / a->heads, h = head % a->heads;
        const int64_t key_b = b % a->key_batch, key_head = key_b * a->key_heads + h / share;
        if (key_head != loaded) FN(flex_load_keys)(call, &x, key_b, h / share);
        if (head != known) flex_head(&x.score, b, h), flex_head(&x.mask, b, h);
        loaded = key_head;
        known = head;
        const int64_t i0 = FN(flex_block)(item % blocks, blocks) * ATTENTION_BLOCK;
        FN(flex_forward_queries)(call, &x, (flex_tile){b, h, i0, attention_rows(a->queries, i0), 0, 0});
    }
}

static void FN(flex_forward)(const kernel_call *call) {
    const flex_attributes *a = call->attributes;
    flex_states(call);
    parallel_for(call->pool, a->batch * a->heads * attention_blocks(a->queries), 1, FN(flex_forward_part),
                 (void *)(uintptr_t)call);
}

/* ---- backward --------------------------------------------------------------------------------------------------- */

typedef struct FN(flex_backward_space) {
    A *keys_t, *keys, *dk, *values_t, *dv; /* block by block */
    A *q, *dq, *dout, *rows;               /* a block of queries */
    A *raw, *p, *ds;                       /* queries × keys of a tile */
    A *delta, *lse;                        /* of the block's queries */
    double *totals;
    uint8_t *seen;
    flex_machine score, mask, joint;
} FN(flex_backward_space);

static FN(flex_backward_space) FN(flex_backward_layout)(const kernel_call *call, uint32_t worker) {
    const flex_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), v = attention_pad(a->value_width), block = ATTENTION_LARGEST;
    const int64_t keys = a->split ? block : attention_pad(a->keys);
    char *scratch = (char *)call->scratch + a->states_bytes + worker * a->worker;
    FN(flex_backward_space) x = {.totals = (double *)(void *)scratch};
    scratch += flex_align(a->total_numbers * sizeof(double));
    char *const base = scratch;
    A **of_keys[5] = {&x.keys_t, &x.keys, &x.dk, &x.values_t, &x.dv};
    A **of_queries[4] = {&x.q, &x.dq, &x.dout, &x.rows}, **of_tile[3] = {&x.raw, &x.p, &x.ds};
    for (int i = 0; i < 5; i++) *of_keys[i] = FN(flex_take)(&scratch, (i < 3 ? w : v) * keys);
    for (int i = 0; i < 4; i++) *of_queries[i] = FN(flex_take)(&scratch, (i < 2 ? w : v) * block);
    for (int i = 0; i < 3; i++) *of_tile[i] = FN(flex_take)(&scratch, block * block);
    x.delta = FN(flex_take)(&scratch, block);
    x.lse = FN(flex_take)(&scratch, block);
    scratch = base + flex_align((uint64_t)(scratch - base));
    x.seen = (uint8_t *)scratch;
    scratch += flex_align((uint64_t)(block * block));
    x.score = flex_begin(a->score, &scratch, call->data);
    x.mask = flex_begin(a->mask, &scratch, call->data);
    x.joint = flex_begin(a->joint, &scratch, call->data);
    return x;
}

/* The part of x that belongs to keys from j0. */
static FN(flex_backward_space)
    FN(flex_keys_from)(const FN(flex_backward_space) * x, const flex_attributes *a, int64_t j0) {
    FN(flex_backward_space) y = *x;
    const int64_t w = attention_pad(a->width) * j0, v = attention_pad(a->value_width) * j0;
    y.keys_t += w, y.keys += w, y.dk += w;
    y.values_t += v, y.dv += v;
    return y;
}

/* A block of keys and values; dv's room serves on the way, and both gradients begin at zero. */
static void FN(flex_load_key_block)(const kernel_call *call, const FN(flex_backward_space) * x, int64_t b, int64_t k,
                                    int64_t j0) {
    const flex_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), v = attention_pad(a->value_width), n = attention_rows(a->keys, j0);
    const int64_t padded = attention_pad(n);
    FN(load_rows)(x->keys, FN(flex_rows_of)(call, FLEX_K, b, k), j0, n, padded, 1);
    FN(load_rows)(x->dv, FN(flex_rows_of)(call, FLEX_V, b, k), j0, n, padded, 1);
    BLOCK(block_transpose)(x->keys_t, padded, x->keys, w, padded, w);
    BLOCK(block_transpose)(x->values_t, padded, x->dv, v, padded, v);
    memset(x->dk, 0, (size_t)(padded * w) * sizeof(A));
    memset(x->dv, 0, (size_t)(padded * v) * sizeof(A));
}

static void FN(flex_store_key_block)(const kernel_call *call, const FN(flex_backward_space) * x, int64_t b, int64_t k,
                                     int64_t j0) {
    const flex_attributes *a = call->attributes;
    const A one = 1;
    FN(store_rows)(x->dk, FN(flex_rows_of)(call, FLEX_DK, b, k), j0, attention_rows(a->keys, j0), &one, true);
    FN(store_rows)(x->dv, FN(flex_rows_of)(call, FLEX_DV, b, k), j0, attention_rows(a->keys, j0), &one, true);
}

/* delta: what the gradients of all scores of a query have in common. */
static void FN(flex_load_deltas)(const kernel_call *call, const FN(flex_backward_space) * x, const flex_tile *t) {
    const int64_t v = attention_pad(((const flex_attributes *)call->attributes)->value_width);
    int64_t step;
    const A *logs = FN(flex_row_numbers)(call, FLEX_LSE, t, &step);
    for (int64_t i = 0; i < t->m; i++) x->lse[i] = logs[i * step] * (A)LN_2, x->delta[i] = 0;
    if (FN(flex_has)(call, FLEX_DOUT)) {
        FN(load_rows)(x->dout, FN(flex_rows_of)(call, FLEX_DOUT, t->b, t->h), t->i0, t->m, t->m, 1);
        FN(load_rows)(x->rows, FN(flex_rows_of)(call, FLEX_OUT, t->b, t->h), t->i0, t->m, t->m, 1);
        for (int64_t i = 0; i < t->m; i++) {
            for (int64_t d = 0; d < v; d++) x->rows[i * v + d] *= x->dout[i * v + d];
            x->delta[i] = BLOCK(row_sum)(x->rows + i * v, v);
        }
    } else {
        memset(x->dout, 0, (size_t)(t->m * v) * sizeof(A));
    }
    if (!FN(flex_has)(call, FLEX_DLSE)) return;
    const A *dlogs = FN(flex_row_numbers)(call, FLEX_DLSE, t, &step);
    for (int64_t i = 0; i < t->m; i++) x->delta[i] -= dlogs[i * step] * (A)LOG2_E;
}

static void FN(flex_load_query_block)(const kernel_call *call, FN(flex_backward_space) * x, const flex_tile *t) {
    const flex_attributes *a = call->attributes;
    FN(load_rows)(x->q, FN(flex_rows_of)(call, FLEX_Q, t->b, t->h), t->i0, t->m, t->m, (A)a->scale);
    FN(flex_load_deltas)(call, x, t);
    memset(x->dq, 0, (size_t)(t->m * attention_pad(a->width)) * sizeof(A));
    flex_queries(&x->score, t->i0, t->m);
    flex_queries(&x->mask, t->i0, t->m);
    flex_queries(&x->joint, t->i0, t->m);
}

static void FN(flex_store_query_block)(const kernel_call *call, const FN(flex_backward_space) * x, const flex_tile *t) {
    const A scale = (A)((const flex_attributes *)call->attributes)->scale;
    FN(store_rows)(x->dq, FN(flex_rows_of)(call, FLEX_DQ, t->b, t->h), t->i0, t->m, &scale, true);
}

/* The gradients of a tile's scores, in ds, and their probabilities, in p. totals NULL: captured tensors have theirs. */
static void FN(flex_tile_gradients)(const kernel_call *call, FN(flex_backward_space) * x, const flex_tile *t,
                                    const uint8_t *seen, double *totals) {
    const flex_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), v = attention_pad(a->value_width), n = attention_pad(t->n);
    const int64_t s = ATTENTION_LARGEST;
    BLOCK(block_product)(t->m, n, a->width, BLOCK_WHOLE, 0, x->q, w, 1, x->keys_t, n, false, x->p, s);
    if (a->joint) BLOCK(flex_copy)(x->raw, s, x->p, s, t->m, n);
    BLOCK(flex_score)(&x->score, t, x->p);
    BLOCK(flex_hide)(x->p, t, seen, -(A)INFINITY);
    BLOCK(block_product)(t->m, n, a->value_width, BLOCK_WHOLE, 0, x->dout, v, 1, x->values_t, n, false, x->ds, s);
    BLOCK(block_gradients)(x->p, x->ds, t->m, n, x->lse, x->delta);
    BLOCK(flex_joint)(&x->joint, t, seen, x->raw, x->ds, totals);
    if (a->joint) BLOCK(flex_hide)(x->ds, t, seen, 0);
}

/* A tile's part of the gradients of its queries, and of its keys, values and captured tensors. */
static void FN(flex_backward_tile)(const kernel_call *call, FN(flex_backward_space) * x, const flex_tile *t,
                                   bool queries, bool keys) {
    const flex_attributes *a = call->attributes;
    const int64_t w = attention_pad(a->width), v = attention_pad(a->value_width), s = ATTENTION_LARGEST;
    const uint8_t state = flex_tile_mask(call, &x->mask, t, x->seen);
    if (state == FLEX_EMPTY || a->nothing) return;
    FN(flex_tile_gradients)(call, x, t, state == FLEX_PARTIAL ? x->seen : NULL, keys ? x->totals : NULL);
    if (keys) { /* q holds the scale */
        BLOCK(block_product)(t->n, v, t->m, BLOCK_WHOLE, 0, x->p, 1, s, x->dout, v, true, x->dv, v);
        BLOCK(block_product)(t->n, w, t->m, BLOCK_WHOLE, 0, x->ds, 1, s, x->q, w, true, x->dk, w);
    }
    if (queries) BLOCK(block_product)(t->m, w, t->n, BLOCK_WHOLE, 0, x->ds, s, 1, x->keys, w, true, x->dq, w);
}

typedef void (*FN(flex_pair))(const kernel_call *call, FN(flex_backward_space) * x, const flex_tile *t);

/* Every block of queries of the heads that share a key head. */
static void FN(flex_each_query_block)(const kernel_call *call, FN(flex_backward_space) * x, int64_t key_b, int64_t k,
                                      const flex_tile *keys, FN(flex_pair) visit) {
    const flex_attributes *a = call->attributes;
    const int64_t share = a->heads / a->key_heads;
    for (int64_t b = key_b; b < a->batch; b += a->key_batch)
        for (int64_t h = k * share; h < (k + 1) * share; h++) {
            flex_head(&x->score, b, h), flex_head(&x->mask, b, h), flex_head(&x->joint, b, h);
            for (int64_t i0 = 0, m; i0 < a->queries; i0 += m) {
                m = attention_rows(a->queries, i0);
                const flex_tile t = {b, h, i0, m, keys ? keys->j0 : 0, keys ? keys->n : 0};
                visit(call, x, &t);
            }
        }
}

static void FN(flex_query_block)(const kernel_call *call, FN(flex_backward_space) * x, const flex_tile *block) {
    const flex_attributes *a = call->attributes;
    flex_tile t = *block;
    FN(flex_load_query_block)(call, x, &t);
    for (t.j0 = 0; t.j0 < a->keys; t.j0 += t.n) {
        t.n = attention_rows(a->keys, t.j0);
        FN(flex_backward_space) y = FN(flex_keys_from)(x, a, t.j0);
        FN(flex_backward_tile)(call, &y, &t, true, true);
    }
    FN(flex_store_query_block)(call, x, &t);
}

/* Whole key heads, with all heads of queries that share them. */
static void FN(flex_backward_heads)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const flex_attributes *a = call->attributes;
    FN(flex_backward_space) x = FN(flex_backward_layout)(call, worker);
    for (int64_t item = begin; item < end; item++) {
        const int64_t b = item / a->key_heads, k = item % a->key_heads;
        for (int64_t j0 = 0; j0 < a->keys; j0 += attention_rows(a->keys, j0)) {
            const FN(flex_backward_space) y = FN(flex_keys_from)(&x, a, j0);
            FN(flex_load_key_block)(call, &y, b, k, j0);
        }
        FN(flex_each_query_block)(call, &x, b, k, NULL, FN(flex_query_block));
        for (int64_t j0 = 0; j0 < a->keys; j0 += attention_rows(a->keys, j0)) {
            const FN(flex_backward_space) y = FN(flex_keys_from)(&x, a, j0);
            FN(flex_store_key_block)(call, &y, b, k, j0);
        }
    }
}

static void FN(flex_key_pair)(const kernel_call *call, FN(flex_backward_space) * x, const flex_tile *t) {
    bool mixed;
    if (flex_tile_state(call, t, &mixed) == FLEX_EMPTY) return;
    FN(flex_load_query_block)(call, x, t);
    FN(flex_backward_tile)(call, x, t, false, true);
}

/* Split: gradients of keys, values and captured tensors, a block of keys at a time. */
static void FN(flex_backward_keys)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const flex_attributes *a = call->attributes;
    FN(flex_backward_space) x = FN(flex_backward_layout)(call, worker);
    const int64_t blocks = attention_blocks(a->keys);
    for (int64_t item = begin; item < end; item++) {
        const int64_t head = item / blocks, b = head / a->key_heads, k = head % a->key_heads;
        const int64_t j0 = FN(flex_block)(item % blocks, blocks) * ATTENTION_BLOCK;
        const flex_tile keys = {.j0 = j0, .n = attention_rows(a->keys, j0)};
        FN(flex_load_key_block)(call, &x, b, k, j0);
        FN(flex_each_query_block)(call, &x, b, k, &keys, FN(flex_key_pair));
        FN(flex_store_key_block)(call, &x, b, k, j0);
    }
}

/* Split: gradients of queries, a block of queries at a time. */
static void FN(flex_backward_queries)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const kernel_call *call = arg;
    const flex_attributes *a = call->attributes;
    FN(flex_backward_space) x = FN(flex_backward_layout)(call, worker);
    const int64_t share = a->heads / a->key_heads, blocks = attention_blocks(a->queries);
    int64_t known = -1;
    for (int64_t item = begin; item < end; item++) {
        const int64_t head = item / blocks, i0 = FN(flex_block)(item % blocks, blocks) * ATTENTION_BLOCK;
        flex_tile t = {head / a->heads, head % a->heads, i0, attention_rows(a->queries, i0), 0, 0};
        if (head != known) flex_head(&x.score, t.b, t.h), flex_head(&x.mask, t.b, t.h), flex_head(&x.joint, t.b, t.h);
        known = head;
        FN(flex_load_query_block)(call, &x, &t);
        for (t.j0 = 0; t.j0 < a->keys; t.j0 += t.n) {
            bool mixed;
            t.n = attention_rows(a->keys, t.j0);
            if (flex_tile_state(call, &t, &mixed) == FLEX_EMPTY) continue;
            FN(flex_load_key_block)(call, &x, t.b % a->key_batch, t.h / share, t.j0);
            FN(flex_backward_tile)(call, &x, &t, true, false);
        }
        FN(flex_store_query_block)(call, &x, &t);
    }
}

/* Gradients of captured tensors: what the workers have, in their order. */
static void FN(flex_store_totals)(const kernel_call *call, const flex_total *total) {
    const flex_attributes *a = call->attributes;
    const tensor_desc *t = &call->tensors[total->result];
    const char *workers = (const char *)call->scratch + a->states_bytes;
    for (int64_t i = 0; i < t->numel; i++) {
        double sum = 0;
        for (uint32_t k = 0; k < pool_threads(call->pool); k++)
            sum += ((const double *)(const void *)(workers + k * a->worker))[total->first + (uint64_t)i];
        element_store(t->dtype, call->data[total->result], i, sum);
    }
}

static void FN(flex_backward)(const kernel_call *call) {
    const flex_attributes *a = call->attributes;
    void *arg = (void *)(uintptr_t)call;
    char *workers = (char *)call->scratch + a->states_bytes;
    flex_states(call);
    for (uint32_t k = 0; k < pool_threads(call->pool); k++)
        memset(workers + k * a->worker, 0, (size_t)a->total_numbers * sizeof(double));
    if (a->split) {
        parallel_for(call->pool, a->key_batch * a->key_heads * attention_blocks(a->keys), 1, FN(flex_backward_keys),
                     arg);
        parallel_for(call->pool, a->batch * a->heads * attention_blocks(a->queries), 1, FN(flex_backward_queries), arg);
    } else {
        parallel_for(call->pool, a->key_batch * a->key_heads, 1, FN(flex_backward_heads), arg);
    }
    for (uint32_t k = 0; k < a->num_totals; k++) FN(flex_store_totals)(call, &a->totals[k]);
}
