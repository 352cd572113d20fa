/* SPDX-License-Identifier: MIT
 * attention.c — attention, the definition, one query at a time in double precision. Scores are not stored but computed
 * again wherever they are needed. */
#include "kernels/attention.h"
#include "kernels/ref/linalg.h"
#include "kernels/ref/ref.h"

static double at(const kernel_call *call, uint32_t i, int64_t b, int64_t h, int64_t row, int64_t d) {
    const tensor_desc *t = &call->tensors[i];
    return element_load(t->dtype, call->data[i],
                        b * t->strides[0] + h * t->strides[1] + row * t->strides[2] +
                            (t->ndim > 3 ? d * t->strides[3] : 0));
}

static void put(const kernel_call *call, uint32_t i, int64_t b, int64_t h, int64_t row, int64_t d, double x) {
    const tensor_desc *t = &call->tensors[i];
    element_store(t->dtype, call->data[i],
                  b * t->strides[0] + h * t->strides[1] + row * t->strides[2] + (t->ndim > 3 ? d * t->strides[3] : 0),
                  x);
}

/* Scaled and masked score of query i and key j; q and k are places of the operands. */
static double score(const kernel_call *call, uint32_t q, uint32_t k, int64_t b, int64_t h, int64_t i, int64_t j) {
    const attention_attributes *a = call->attributes;
    double s = 0;
    if (a->causal && j > i) return -INFINITY;
    for (int64_t d = 0; d < a->width; d++)
        s += at(call, q, b, h, i, d) * at(call, k, b, h / (a->heads / a->key_heads), j, d);
    s *= a->scale;
    const int64_t *st = a->mask_strides;
    if (a->mask_at)
        s += element_load(call->tensors[a->mask_at].dtype, call->data[a->mask_at],
                          b * st[0] + h * st[1] + i * st[2] + j * st[3]);
    return s;
}

void ref_attention(const kernel_call *call) {
    const attention_attributes *a = call->attributes;
    for (int64_t row = 0; row < a->batch * a->heads * a->queries; row++) {
        const int64_t i = row % a->queries, h = row / a->queries % a->heads, b = row / a->queries / a->heads;
        double most = -INFINITY, sum = 0;
        for (int64_t j = 0; j < a->keys; j++) most = fmax(most, score(call, ATTENTION_Q, ATTENTION_K, b, h, i, j));
        for (int64_t j = 0; j < a->keys && most > -INFINITY; j++)
            sum += exp(score(call, ATTENTION_Q, ATTENTION_K, b, h, i, j) - most);
        put(call, ATTENTION_LSE, b, h, i, 0, most + log(sum));
        for (int64_t d = 0; d < a->width; d++) {
            double x = 0;
            for (int64_t j = 0; j < a->keys && sum > 0; j++)
                x += exp(score(call, ATTENTION_Q, ATTENTION_K, b, h, i, j) - most) / sum *
                     at(call, ATTENTION_V, b, h / (a->heads / a->key_heads), j, d);
            put(call, ATTENTION_OUT, b, h, i, d, x);
        }
    }
}

typedef struct pair {
    double p, ds; /* probability, and gradient of the score */
} pair;

static pair gradients(const kernel_call *call, int64_t b, int64_t h, int64_t i, int64_t j) {
    const attention_attributes *a = call->attributes;
    const double lse = at(call, ATTENTION_B_LSE, b, h, i, 0);
    double dp = 0, delta = 0;
    if (lse == -INFINITY) return (pair){0, 0};
    for (int64_t d = 0; d < a->width; d++) {
        const double g = at(call, ATTENTION_B_DO, b, h, i, d);
        dp += g * at(call, ATTENTION_B_V, b, h / (a->heads / a->key_heads), j, d);
        delta += g * at(call, ATTENTION_B_OUT, b, h, i, d);
    }
    const double p = exp(score(call, ATTENTION_B_Q, ATTENTION_B_K, b, h, i, j) - lse);
    return (pair){p, p * (dp - delta)};
}

void ref_attention_backward(const kernel_call *call) {
    const attention_attributes *a = call->attributes;
    const int64_t share = a->heads / a->key_heads;
    for (int64_t row = 0; row < a->batch * a->heads * a->queries; row++) {
        const int64_t i = row % a->queries, h = row / a->queries % a->heads, b = row / a->queries / a->heads;
        for (int64_t d = 0; d < a->width; d++) {
            double x = 0;
            for (int64_t j = 0; j < a->keys; j++)
                x += gradients(call, b, h, i, j).ds * a->scale * at(call, ATTENTION_B_K, b, h / share, j, d);
            put(call, ATTENTION_DQ, b, h, i, d, x);
        }
    }
    for (int64_t row = 0; row < a->batch * a->key_heads * a->keys; row++) {
        const int64_t j = row % a->keys, k = row / a->keys % a->key_heads, b = row / a->keys / a->key_heads;
        for (int64_t d = 0; d < a->width; d++) {
            double dk = 0, dv = 0;
            for (int64_t h = k * share; h < (k + 1) * share; h++)
                for (int64_t i = 0; i < a->queries; i++) {
                    const pair g = gradients(call, b, h, i, j);
                    dk += g.ds * a->scale * at(call, ATTENTION_B_Q, b, h, i, d);
                    dv += g.p * at(call, ATTENTION_B_DO, b, h, i, d);
                }
            put(call, ATTENTION_DK, b, k, j, d, dk);
            put(call, ATTENTION_DV, b, k, j, d, dv);
        }
    }
}
