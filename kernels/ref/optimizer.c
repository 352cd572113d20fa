/* SPDX-License-Identifier: MIT
 * optimizer.c — the definition of the parameter updates. */
#include "kernels/optimizer.h"
#include "kernels/ref/ref.h"

void ref_sgd(const kernel_call *call) {
    const optimizer_sgd_attributes *a = call->attributes;
    const tensor_desc *t = call->tensors;
    void *const *d = call->data;
    double lr = ref_get(&t[5], d[5], 0);
    for (int64_t i = 0; i < t[0].numel; i++) {
        double p = ref_get(&t[2], d[2], i), g = ref_get(&t[4], d[4], i) + a->weight_decay * p;
        double velocity = a->momentum * ref_get(&t[3], d[3], i) + g;
        ref_set(&t[1], d[1], i, velocity);
        ref_set(&t[0], d[0], i, p - lr * velocity);
    }
}

void ref_adamw(const kernel_call *call) {
    const optimizer_adamw_attributes *a = call->attributes;
    const tensor_desc *t = call->tensors;
    void *const *d = call->data;
    double lr = ref_get(&t[7], d[7], 0), step = ref_get(&t[8], d[8], 0);
    double correct1 = 1 - pow(a->beta1, step), correct2 = sqrt(1 - pow(a->beta2, step));
    for (int64_t i = 0; i < t[0].numel; i++) {
        double p = ref_get(&t[3], d[3], i), g = ref_get(&t[6], d[6], i);
        double m = a->beta1 * ref_get(&t[4], d[4], i) + (1 - a->beta1) * g;
        double v = a->beta2 * ref_get(&t[5], d[5], i) + (1 - a->beta2) * g * g;
        p -= lr * a->weight_decay * p;
        ref_set(&t[0], d[0], i, p - lr / correct1 * m / (sqrt(v) / correct2 + a->eps));
        ref_set(&t[1], d[1], i, m);
        ref_set(&t[2], d[2], i, v);
    }
}
