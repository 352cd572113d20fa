/* SPDX-License-Identifier: MIT
 * pool_tmpl.c — pool.c for one dtype. See each_float.h. */

#include "kernels/cpu/pool_channels_tmpl.c"

/* The largest element of a window and where it is; NaN wins, as in PyTorch. */
static inline A FN(window_max)(const pool_job *job, const T *x, const pool_window w[3], int64_t *best) {
    const int64_t *in = job->a->in, *s = job->x.s;
    A most = (A)-INFINITY;
    int64_t where = (w[0].from * in[1] + w[1].from) * in[2] + w[2].from;
    for (int64_t d = w[0].from; d < w[0].to; d += w[0].step)
        for (int64_t h = w[1].from; h < w[1].to; h += w[1].step) {
            const T *row = x + d * s[0] + h * s[1];
            for (int64_t i = w[2].from; i < w[2].to; i += w[2].step) {
                A v = LOAD(row[i * s[2]]);
                bool take = v > most || v != v;
                most = take ? v : most;
                where = take ? (d * in[1] + h) * in[2] + i : where;
            }
        }
    *best = where;
    return most;
}

static void FN(max_planes)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const pool_job *job = arg;
    const pool_attributes *a = job->a;
    for (int64_t plane = begin; plane < end; plane++) {
        int64_t n = plane / a->channels, c = plane % a->channels;
        const T *x = (const T *)job->call->data[2] + n * job->x.sn + c * job->x.sc;
        T *y = (T *)job->call->data[0] + n * job->y.sn + c * job->y.sc;
        int64_t *index = (int64_t *)job->call->data[1] + n * job->indices.sn + c * job->indices.sc;
        for (position p = position_first(a); p.o[0] < a->out[0]; position_next(a, &p)) {
            pool_window w[3];
            windows_at(a, &p, w);
            int64_t best;
            A most = FN(window_max)(job, x, w, &best);
            y[position_offset(&job->y, &p)] = STORE(most);
            index[position_offset(&job->indices, &p)] = best;
        }
    }
}

/* results: output, indices; operand: self */
static void FN(max_pool)(const kernel_call *call) {
    const pool_attributes *a = call->attributes;
    pool_job job = {call, a, pool_view_of(a, &call->tensors[2]), pool_view_of(a, &call->tensors[0]),
                    pool_view_of(a, &call->tensors[1])};
    if (channels_inside(&job) && volume(a->in) <= INT32_MAX)
        parallel_for(call->pool, a->batch * a->out[0] * a->out[1], 1, FN(max_rows), &job);
    else parallel_for(call->pool, a->batch * a->channels, 1, FN(max_planes), &job);
}

/* Stores a plane of A elements into x. */
static void FN(plane_store)(const pool_job *job, const A *restrict from, T *x) {
    const int64_t *in = job->a->in;
    for (int64_t d = 0; d < in[0]; d++)
        for (int64_t h = 0; h < in[1]; h++)
            for (int64_t w = 0; w < in[2]; w++) x[d * job->x.s[0] + h * job->x.s[1] + w * job->x.s[2]] = STORE(*from++);
}

static void FN(max_planes_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const pool_job *job = arg;
    const pool_attributes *a = job->a;
    int64_t size = volume(a->in);
    A *sum = (A *)((char *)job->call->scratch + worker * a->worker_bytes);
    for (int64_t plane = begin; plane < end; plane++) {
        int64_t n = plane / a->channels, c = plane % a->channels;
        const T *g = (const T *)job->call->data[1] + n * job->y.sn + c * job->y.sc;
        const int64_t *index = (const int64_t *)job->call->data[3] + n * job->indices.sn + c * job->indices.sc;
        memset(sum, 0, (size_t)size * sizeof(A));
        for (position p = position_first(a); p.o[0] < a->out[0]; position_next(a, &p)) {
            int64_t i = index[position_offset(&job->indices, &p)];
            if (i >= 0 && i < size) sum[i] += LOAD(g[position_offset(&job->y, &p)]);
        }
        FN(plane_store)(job, sum, (T *)job->call->data[0] + n * job->x.sn + c * job->x.sc);
    }
}

/* operands: grad_output, self, indices */
static void FN(max_pool_backward)(const kernel_call *call) {
    const pool_attributes *a = call->attributes;
    pool_job job = {call, a, pool_view_of(a, &call->tensors[0]), pool_view_of(a, &call->tensors[1]),
                    pool_view_of(a, &call->tensors[3])};
    if (sizeof(T) == sizeof(A) && channels_inside(&job) && pixels_collapse(&job))
        parallel_for(call->pool, a->batch * blocks_of(a), 1, FN(max_blocks_backward), &job);
    else parallel_for(call->pool, a->batch * a->channels, 1, FN(max_planes_backward), &job);
}

static void FN(avg_planes)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const pool_job *job = arg;
    const pool_attributes *a = job->a;
    for (int64_t plane = begin; plane < end; plane++) {
        int64_t n = plane / a->channels, c = plane % a->channels;
        const T *x = (const T *)job->call->data[1] + n * job->x.sn + c * job->x.sc;
        T *y = (T *)job->call->data[0] + n * job->y.sn + c * job->y.sc;
        for (position p = position_first(a); p.o[0] < a->out[0]; position_next(a, &p)) {
            pool_window w[3];
            A sum = 0;
            windows_at(a, &p, w);
            for (int64_t d = w[0].from; d < w[0].to; d++)
                for (int64_t h = w[1].from; h < w[1].to; h++)
                    for (int64_t i = w[2].from; i < w[2].to; i++)
                        sum += LOAD(x[d * job->x.s[0] + h * job->x.s[1] + i * job->x.s[2]]);
            y[position_offset(&job->y, &p)] = STORE(sum / (A)pool_divisor(a, w));
        }
    }
}

static void FN(avg_pool)(const kernel_call *call) {
    const pool_attributes *a = call->attributes;
    pool_job job = {
        .call = call, .a = a, .x = pool_view_of(a, &call->tensors[1]), .y = pool_view_of(a, &call->tensors[0])};
    if (channels_inside(&job)) parallel_for(call->pool, a->batch * a->out[0] * a->out[1], 1, FN(avg_rows), &job);
    else parallel_for(call->pool, a->batch * a->channels, 1, FN(avg_planes), &job);
}

static void FN(avg_planes_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const pool_job *job = arg;
    const pool_attributes *a = job->a;
    int64_t size = volume(a->in);
    A *sum = (A *)((char *)job->call->scratch + worker * a->worker_bytes);
    for (int64_t plane = begin; plane < end; plane++) {
        int64_t n = plane / a->channels, c = plane % a->channels;
        const T *g = (const T *)job->call->data[1] + n * job->y.sn + c * job->y.sc;
        memset(sum, 0, (size_t)size * sizeof(A));
        for (position p = position_first(a); p.o[0] < a->out[0]; position_next(a, &p)) {
            pool_window w[3];
            windows_at(a, &p, w);
            A v = LOAD(g[position_offset(&job->y, &p)]) / (A)pool_divisor(a, w);
            for (int64_t d = w[0].from; d < w[0].to; d++)
                for (int64_t h = w[1].from; h < w[1].to; h++)
                    for (int64_t i = w[2].from; i < w[2].to; i++) sum[(d * a->in[1] + h) * a->in[2] + i] += v;
        }
        FN(plane_store)(job, sum, (T *)job->call->data[0] + n * job->x.sn + c * job->x.sc);
    }
}

/* operands: grad_output, self */
static void FN(avg_pool_backward)(const kernel_call *call) {
    const pool_attributes *a = call->attributes;
    pool_job job = {
        .call = call, .a = a, .x = pool_view_of(a, &call->tensors[0]), .y = pool_view_of(a, &call->tensors[1])};
    if (sizeof(T) == sizeof(A) && channels_inside(&job))
        parallel_for(call->pool, a->batch * blocks_of(a), 1, FN(avg_blocks_backward), &job);
    else parallel_for(call->pool, a->batch * a->channels, 1, FN(avg_planes_backward), &job);
}

/* The larger side is x, so `in` is the size of the result. */
static void FN(unpool_planes)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const pool_job *job = arg;
    const pool_attributes *a = job->a;
    int64_t size = volume(a->in);
    for (int64_t plane = begin; plane < end; plane++) {
        int64_t n = plane / a->channels, c = plane % a->channels;
        T *x = (T *)job->call->data[0] + n * job->x.sn + c * job->x.sc;
        const T *y = (const T *)job->call->data[1] + n * job->y.sn + c * job->y.sc;
        const int64_t *index = (const int64_t *)job->call->data[2] + n * job->indices.sn + c * job->indices.sc;
        for (int64_t i = 0; i < size; i++) x[offset_of(&job->x, a->in, i)] = STORE((A)0);
        for (position p = position_first(a); p.o[0] < a->out[0]; position_next(a, &p)) {
            int64_t i = index[position_offset(&job->indices, &p)];
            if (i >= 0 && i < size) x[offset_of(&job->x, a->in, i)] = y[position_offset(&job->y, &p)];
        }
    }
}

/* operands: self, indices */
static void FN(max_unpool)(const kernel_call *call) {
    const pool_attributes *a = call->attributes;
    pool_job job = {call, a, pool_view_of(a, &call->tensors[0]), pool_view_of(a, &call->tensors[1]),
                    pool_view_of(a, &call->tensors[2])};
    parallel_for(call->pool, a->batch * a->channels, 1, FN(unpool_planes), &job);
}
