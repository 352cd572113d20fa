/* SPDX-License-Identifier: MIT
 * loss_tmpl.c — loss.c for one dtype. See each_float.h. */
#define LOSS_NAME(name) FN(name)
#include "kernels/loss_term.h"
#undef LOSS_NAME

typedef struct FN(loss_job) {
    const kernel_call *call;
    const loss_attributes *a;
    double *partial; /* by worker */
    A scale;         /* of gradients */
} FN(loss_job);

/* Element `i` of operand `o` of a row, 1 where there is no such operand. */
#define OPERAND(o, i) (p[o] ? LOAD(p[o][(i)*step[o]]) : (A)1)

/* The kinds are constants in these loops, so each is compiled for itself. */
#define EACH_KIND(kind, BODY)                                                                                          \
    switch (kind) {                                                                                                    \
    case LOSS_MSE: BODY(LOSS_MSE); break;                                                                              \
    case LOSS_SMOOTH_L1: BODY(LOSS_SMOOTH_L1); break;                                                                  \
    case LOSS_HUBER: BODY(LOSS_HUBER); break;                                                                          \
    case LOSS_SOFT_MARGIN: BODY(LOSS_SOFT_MARGIN); break;                                                              \
    case LOSS_BCE: BODY(LOSS_BCE); break;                                                                              \
    default: BODY(LOSS_BCE_LOGITS); break;                                                                             \
    }

#define TERM(kind, i) FN(loss_term)(kind, (A)a->parameter, OPERAND(0, i), OPERAND(1, i), OPERAND(2, i), OPERAND(3, i))
#define SUM_ROW(kind)                                                                                                  \
    for (int64_t i = 0; i < n; i += LANES)                                                                             \
        for (int64_t j = 0; j < MIN(LANES, n - i); j++) lane[j] += TERM(kind, i + j)
#define STORE_ROW(kind)                                                                                                \
    for (int64_t i = 0; i < n; i++) y[i * y_step] = STORE(TERM(kind, i))
#define SLOPE_ROW(kind)                                                                                                \
    for (int64_t i = 0; i < n; i++)                                                                                    \
    y[i * y_step] = STORE(                                                                                             \
        FN(loss_slope)(kind, (A)a->parameter, OPERAND(0, i) * scale, OPERAND(1, i), OPERAND(2, i), OPERAND(3, i)))

static void FN(loss_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(loss_job) *job = arg;
    const loss_attributes *a = job->a;
    int last = a->ndim - 1;
    int64_t n = a->sizes[last], y_step = a->result[last], step[LOSS_OPERANDS], offset[LOSS_OPERANDS], at;
    double total = 0;
    for (int o = 0; o < LOSS_OPERANDS; o++) step[o] = a->strides[o][last];
    for (int64_t row = begin; row < end; row++) {
        const T *p[LOSS_OPERANDS];
        row_offsets(a, row, offset, &at);
        for (uint32_t o = 0; o < LOSS_OPERANDS; o++) {
            bool here = o < job->call->num_operands && job->call->data[1 + o];
            p[o] = here ? (const T *)job->call->data[1 + o] + offset[o] : NULL;
        }
        if (a->reduction == LOSS_NONE) {
            T *y = (T *)job->call->data[0] + at;
            EACH_KIND(a->kind, STORE_ROW)
            continue;
        }
        A lane[LANES] = {0};
        EACH_KIND(a->kind, SUM_ROW)
        for (int j = 0; j < LANES; j++) total += lane[j];
    }
    if (a->reduction != LOSS_NONE) job->partial[worker] += total;
}

static void FN(loss)(const kernel_call *call) {
    const loss_attributes *a = call->attributes;
    uint32_t threads = pool_threads(call->pool);
    FN(loss_job) job = {.call = call, .a = a, .partial = call->scratch};
    for (uint32_t i = 0; i < threads && a->reduction != LOSS_NONE; i++) job.partial[i] = 0;
    int64_t n = a->sizes[a->ndim - 1], rows = n ? a->numel / n : 0;
    parallel_for(call->pool, rows, 1 + 4096 / MAX(n, 1), FN(loss_rows), &job);
    if (a->reduction == LOSS_NONE) return;
    double total = add_partials(job.partial, threads);
    *(T *)call->data[0] = STORE((A)(a->reduction == LOSS_MEAN ? total / (double)a->numel : total));
}

static void FN(slope_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(loss_job) *job = arg;
    const loss_attributes *a = job->a;
    int last = a->ndim - 1;
    int64_t n = a->sizes[last], y_step = a->result[last], step[LOSS_OPERANDS], offset[LOSS_OPERANDS], at;
    A scale = job->scale;
    for (int o = 0; o < LOSS_OPERANDS; o++) step[o] = a->strides[o][last];
    for (int64_t row = begin; row < end; row++) {
        const T *p[LOSS_OPERANDS];
        row_offsets(a, row, offset, &at);
        for (uint32_t o = 0; o < LOSS_OPERANDS; o++) {
            bool here = o < job->call->num_operands && job->call->data[1 + o];
            p[o] = here ? (const T *)job->call->data[1 + o] + offset[o] : NULL;
        }
        T *y = (T *)job->call->data[0] + at;
        EACH_KIND(a->kind, SLOPE_ROW)
    }
}

static void FN(loss_backward)(const kernel_call *call) {
    const loss_attributes *a = call->attributes;
    FN(loss_job) job = {.call = call, .a = a, .scale = a->reduction == LOSS_MEAN ? (A)(1.0 / (double)a->numel) : (A)1};
    int64_t n = a->sizes[a->ndim - 1], rows = n ? a->numel / n : 0;
    parallel_for(call->pool, rows, 1 + 4096 / MAX(n, 1), FN(slope_rows), &job);
}

#undef OPERAND
#undef EACH_KIND
#undef TERM
#undef SUM_ROW
#undef STORE_ROW
#undef SLOPE_ROW

/* ---- negative log likelihood: self is (N, C, S), target (N, S) --------------------------------------------------- */

typedef struct FN(nll_job) {
    const kernel_call *call;
    const nll_attributes *a;
    planes x, target; /* target as (N, 1, S) */
    const int64_t *labels;
    const T *weight;
    double *partial; /* by worker: loss, then weight */
} FN(nll_job);

static planes FN(nll_planes)(const tensor_desc *t, bool one_row, bool labels) {
    planes p = planes_of(t);
    if (one_row && !labels) return (planes){1, t->sizes[0], 1, 0, t->strides[0], 1};
    if (!labels) return p;
    /* (N) or (N, H, W) contiguous, or a scalar */
    int64_t n = t->ndim ? t->sizes[0] : 1, s = n ? t->numel / n : 0;
    return (planes){n, 1, s, s, 0, 1};
}

/* The weight of a label; 0 when it is ignored, NaN when it names no class. */
static A FN(label_weight)(const FN(nll_job) * job, int64_t label) {
    if (label == job->a->ignore_index) return 0;
    if (label < 0 || label >= job->x.c) return (A)NAN;
    return job->weight ? LOAD(job->weight[label]) : (A)1;
}

static void FN(nll_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(nll_job) *job = arg;
    const planes x = job->x;
    const T *from = job->call->data[2];
    double loss = 0, weight = 0;
    for (int64_t i = begin; i < end; i++) {
        int64_t label = job->labels[i], n = i / x.s, s = i % x.s;
        A w = FN(label_weight)(job, label);
        bool valid = label != job->a->ignore_index && label >= 0 && label < x.c;
        A v = valid ? -w * LOAD(from[n * x.sn + label * x.sc + s * x.ss]) : w;
        if (job->a->reduction == LOSS_NONE) {
            ((T *)job->call->data[0])[i] = STORE(v);
            continue;
        }
        loss += v;
        weight += w;
    }
    if (job->a->reduction == LOSS_NONE) return;
    job->partial[2 * worker] += loss;
    job->partial[2 * worker + 1] += weight;
}

/* results: output, total_weight; operands: self, target, weight */
static void FN(nll_loss)(const kernel_call *call) {
    const nll_attributes *a = call->attributes;
    uint32_t threads = pool_threads(call->pool);
    FN(nll_job)
    job = {.call = call, .a = a, .labels = call->data[3], .weight = call->data[4], .partial = call->scratch};
    job.x = FN(nll_planes)(&call->tensors[2], a->one_row, false);
    for (uint32_t i = 0; i < 2 * threads; i++) job.partial[i] = 0;
    parallel_for(call->pool, call->tensors[3].numel, 4096, FN(nll_rows), &job);
    double loss = 0, weight = 0;
    for (uint32_t i = 0; i < threads; i++) loss += job.partial[2 * i], weight += job.partial[2 * i + 1];
    *(T *)call->data[1] = STORE((A)weight);
    if (a->reduction == LOSS_MEAN) loss /= weight;
    if (a->reduction != LOSS_NONE) *(T *)call->data[0] = STORE((A)loss);
}

/* Units are rows (n) of x when it has one position each, else (n, class). */
static void FN(nll_slopes)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(nll_job) *job = arg;
    const kernel_call *call = job->call;
    const planes x = job->x;
    T *to = call->data[0];
    const T *grad = call->data[1];
    int64_t grad_step = job->a->reduction == LOSS_NONE ? 1 : 0;
    A scale = job->a->reduction == LOSS_MEAN ? 1 / LOAD(*(const T *)call->data[5]) : (A)1;
    for (int64_t n = begin; n < end; n++) {
        const bool dense = x.ss == 1 && x.sc == x.s;
        if (dense) memset(to + n * x.sn, 0, (size_t)(x.c * x.s) * sizeof(T));
        for (int64_t c = 0; c < x.c && !dense; c++)
            if (x.ss == 1) memset(to + n * x.sn + c * x.sc, 0, (size_t)x.s * sizeof(T));
            else
                for (int64_t s = 0; s < x.s; s++) to[n * x.sn + c * x.sc + s * x.ss] = STORE((A)0);
        for (int64_t s = 0; s < x.s; s++) {
            int64_t i = n * x.s + s, label = job->labels[i];
            if (label == job->a->ignore_index || label < 0 || label >= x.c) continue;
            A g = LOAD(grad[i * grad_step]) * scale;
            to[n * x.sn + label * x.sc + s * x.ss] = STORE(-FN(label_weight)(job, label) * g);
        }
    }
}

/* operands: grad_output, self, target, weight, total_weight */
static void FN(nll_loss_backward)(const kernel_call *call) {
    const nll_attributes *a = call->attributes;
    FN(nll_job) job = {.call = call, .a = a, .labels = call->data[3], .weight = call->data[4]};
    job.x = FN(nll_planes)(&call->tensors[0], a->one_row, false);
    if (job.x.s == 1) job.x.ss = 1;
    parallel_for(call->pool, job.x.n, 1 + 16384 / MAX(job.x.c * job.x.s, 1), FN(nll_slopes), &job);
}

/* ---- log-softmax and likelihood together ------------------------------------------------------------------------- */

/* With c = weight · gradient of a row: exp(log p) · c, and −c more at its label. */
static void FN(cross_entropy_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(nll_job) *job = arg;
    const kernel_call *call = job->call;
    const T *grad = call->data[1];
    const A scale = job->a->reduction == LOSS_MEAN ? 1 / LOAD(*(const T *)call->data[5]) : (A)1;
    for (int64_t r = begin; r < end; r++) {
        const int64_t label = job->labels[r], n = job->x.c;
        const T *x = (const T *)call->data[2] + r * n;
        T *y = (T *)call->data[0] + r * n; /* may be x */
        if (label == job->a->ignore_index || label < 0 || label >= n) {
            memset(y, 0, (size_t)n * sizeof(T));
            continue;
        }
        const A c = FN(label_weight)(job, label) * LOAD(grad[job->a->reduction == LOSS_NONE ? r : 0]) * scale;
        const A own = EXPONENTIAL(LOAD(x[label])) * c - c;
#pragma GCC ivdep
        for (int64_t i = 0; i < n; i++) y[i] = STORE(EXPONENTIAL(LOAD(x[i])) * c);
        y[label] = STORE(own);
    }
}

/* operands: grad_output, log probabilities, target, weight, total_weight */
static void FN(cross_entropy_backward)(const kernel_call *call) {
    const nll_attributes *a = call->attributes;
    FN(nll_job) job = {.call = call, .a = a, .labels = call->data[3], .weight = call->data[4]};
    job.x = FN(nll_planes)(&call->tensors[0], false, false);
    parallel_for(call->pool, job.x.n, 1 + 16384 / MAX(job.x.c, 1), FN(cross_entropy_rows), &job);
}
