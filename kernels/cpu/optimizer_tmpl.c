/* SPDX-License-Identifier: MIT
 * optimizer_tmpl.c — the updates for one dtype; see each_float.h for T, A, LOAD, STORE, FN. */

typedef struct FN(sgd_pass) {
    const T *grad;
    T *p, *velocity; /* updated in place: `old_` below are where they are read */
    const T *old_p, *old_velocity;
    A lr, momentum, decay;
} FN(sgd_pass);

static void FN(sgd_range)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(sgd_pass) s = *(const FN(sgd_pass) *)arg;
    UNUSED(worker);
#pragma GCC ivdep
    for (int64_t i = begin; i < end; i++) {
        A p = LOAD(s.old_p[i]), g = LOAD(s.grad[i]) + s.decay * p;
        A v = s.momentum * LOAD(s.old_velocity[i]) + g;
        s.velocity[i] = STORE(v);
        s.p[i] = STORE(p - s.lr * v);
    }
}

static void FN(optimizer_sgd)(const kernel_call *call) {
    const optimizer_sgd_attributes *a = call->attributes;
    void *const *d = call->data;
    FN(sgd_pass)
    s = {.p = d[0],
         .velocity = d[1],
         .old_p = d[2],
         .old_velocity = d[3],
         .grad = d[4],
         .lr = (A) * (const float *)d[5],
         .momentum = (A)a->momentum,
         .decay = (A)a->weight_decay};
    parallel_for(call->pool, call->tensors[0].numel, 8192, FN(sgd_range), &s);
}

typedef struct FN(adamw_pass) {
    const T *grad, *old_p, *old_m, *old_v;
    T *p, *m, *v;
    A beta1, beta2, rest1, rest2, eps, keep, size,
        root2; /* keep: 1 - lr·decay; size: lr / (1 - β1ᵗ); root2: 1 / √(1 - β2ᵗ) */
} FN(adamw_pass);

static void FN(adamw_range)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(adamw_pass) s = *(const FN(adamw_pass) *)arg;
    UNUSED(worker);
#pragma GCC ivdep
    for (int64_t i = begin; i < end; i++) {
        A g = LOAD(s.grad[i]);
        A m = s.beta1 * LOAD(s.old_m[i]) + s.rest1 * g;
        A v = s.beta2 * LOAD(s.old_v[i]) + s.rest2 * g * g;
        A root = sizeof(A) == sizeof(float) ? (A)sqrtf((float)v) : (A)sqrt((double)v);
        s.m[i] = STORE(m);
        s.v[i] = STORE(v);
        s.p[i] = STORE(LOAD(s.old_p[i]) * s.keep - s.size * m / (root * s.root2 + s.eps));
    }
}

static void FN(optimizer_adamw)(const kernel_call *call) {
    const optimizer_adamw_attributes *a = call->attributes;
    void *const *d = call->data;
    double lr = *(const float *)d[7], step = (double)*(const int64_t *)d[8];
    FN(adamw_pass) s = {.p = d[0], .m = d[1], .v = d[2], .old_p = d[3], .old_m = d[4], .old_v = d[5], .grad = d[6]};
    s.beta1 = (A)a->beta1, s.beta2 = (A)a->beta2, s.rest1 = (A)(1 - a->beta1), s.rest2 = (A)(1 - a->beta2);
    s.eps = (A)a->eps, s.keep = (A)(1 - lr * a->weight_decay);
    s.size = (A)(lr / (1 - pow(a->beta1, step)));
    s.root2 = (A)(1 / sqrt(1 - pow(a->beta2, step)));
    parallel_for(call->pool, call->tensors[0].numel, 8192, FN(adamw_range), &s);
}
