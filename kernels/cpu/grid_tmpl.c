/* SPDX-License-Identifier: MIT
 * grid_tmpl.c — grid.c for one dtype. See each_float.h. */
#define GRID_NAME(name) FN(name)
#include "kernels/grid_taps.h"
#undef GRID_NAME

/* Taps in each dimension at a position of one image. */
static void FN(taps_at)(const grid_job *job, const T *grid, int64_t n, int64_t p, FN(taps) t[3]) {
    const grid_attributes *a = job->a;
    const T *g = grid + n * job->grid.sn + place(&job->grid, a, p);
    for (int d = 0; d < 3; d++) {
        bool real = d >= 3 - a->spatial;
        if (real) t[d] = FN(grid_taps)(a, d, LOAD(g[(2 - d) * job->grid.sc]));
        else t[d] = (FN(taps)){.count = 1, .weight = {1}};
    }
}

static void FN(sample_positions)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const grid_job *job = arg;
    const grid_attributes *a = job->a;
    int64_t pixels = a->out[0] * a->out[1] * a->out[2];
    for (int64_t i = begin; i < end; i++) {
        FN(taps) t[3];
        int64_t n = i / pixels, p = i % pixels;
        FN(taps_at)(job, job->call->data[2], n, p, t);
        const T *x = (const T *)job->call->data[1] + n * job->image.sn;
        T *y = (T *)job->call->data[0] + n * job->out.sn + place(&job->out, a, p);
        for (int64_t c = 0; c < a->channels; c++) {
            A sum = 0;
            for (int d = 0; d < t[0].count; d++)
                for (int h = 0; h < t[1].count; h++)
                    for (int w = 0; w < t[2].count; w++) {
                        if (t[0].index[d] < 0 || t[1].index[h] < 0 || t[2].index[w] < 0) continue;
                        int64_t at = t[0].index[d] * job->image.s[0] + t[1].index[h] * job->image.s[1] +
                                     t[2].index[w] * job->image.s[2];
                        sum += t[0].weight[d] * t[1].weight[h] * t[2].weight[w] * LOAD(x[c * job->image.sc + at]);
                    }
            y[c * job->out.sc] = STORE(sum);
        }
    }
}

/* operands: input, grid */
static void FN(grid_sample)(const kernel_call *call) {
    const grid_attributes *a = call->attributes;
    grid_job job = {.call = call,
                    .a = a,
                    .image = view_of(a, &call->tensors[1], false),
                    .grid = view_of(a, &call->tensors[2], true),
                    .out = view_of(a, &call->tensors[0], false)};
    parallel_for(call->pool, a->batch * a->out[0] * a->out[1] * a->out[2], 64, FN(sample_positions), &job);
}

/* Gradient of the image: units are planes. */
static void FN(image_planes)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const grid_job *job = arg;
    const grid_attributes *a = job->a;
    int64_t pixels = a->out[0] * a->out[1] * a->out[2], size = a->in[0] * a->in[1] * a->in[2];
    A *sum = (A *)job->call->scratch + (int64_t)worker * size;
    for (int64_t plane = begin; plane < end; plane++) {
        int64_t n = plane / a->channels, c = plane % a->channels;
        const T *g = (const T *)job->call->data[2] + n * job->out.sn + c * job->out.sc;
        T *x = (T *)job->call->data[0] + n * job->image_grad.sn + c * job->image_grad.sc;
        memset(sum, 0, (size_t)size * sizeof(A));
        for (int64_t p = 0; p < pixels; p++) {
            FN(taps) t[3];
            FN(taps_at)(job, job->call->data[4], n, p, t);
            A v = LOAD(g[place(&job->out, a, p)]);
            for (int d = 0; d < t[0].count; d++)
                for (int h = 0; h < t[1].count; h++)
                    for (int w = 0; w < t[2].count; w++) {
                        if (t[0].index[d] < 0 || t[1].index[h] < 0 || t[2].index[w] < 0) continue;
                        int64_t at = (t[0].index[d] * a->in[1] + t[1].index[h]) * a->in[2] + t[2].index[w];
                        sum[at] += t[0].weight[d] * t[1].weight[h] * t[2].weight[w] * v;
                    }
        }
        const int64_t *s = job->image_grad.s;
        for (int64_t i = 0; i < size; i++)
            x[i / a->in[2] / a->in[1] * s[0] + i / a->in[2] % a->in[1] * s[1] + i % a->in[2] * s[2]] = STORE(sum[i]);
    }
}

/* Gradient of the grid: units are positions. */
static void FN(grid_positions)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const grid_job *job = arg;
    const grid_attributes *a = job->a;
    int64_t pixels = a->out[0] * a->out[1] * a->out[2];
    for (int64_t i = begin; i < end; i++) {
        FN(taps) t[3];
        int64_t n = i / pixels, p = i % pixels;
        A slope[3] = {0};
        FN(taps_at)(job, job->call->data[4], n, p, t);
        const T *x = (const T *)job->call->data[3] + n * job->image.sn;
        const T *g = (const T *)job->call->data[2] + n * job->out.sn + place(&job->out, a, p);
        for (int d = 0; d < t[0].count; d++)
            for (int h = 0; h < t[1].count; h++)
                for (int w = 0; w < t[2].count; w++) {
                    if (t[0].index[d] < 0 || t[1].index[h] < 0 || t[2].index[w] < 0) continue;
                    int64_t at = t[0].index[d] * job->image.s[0] + t[1].index[h] * job->image.s[1] +
                                 t[2].index[w] * job->image.s[2];
                    A sum = 0;
                    for (int64_t c = 0; c < a->channels; c++)
                        sum += LOAD(g[c * job->out.sc]) * LOAD(x[c * job->image.sc + at]);
                    slope[0] += sum * t[0].slope[d] * t[1].weight[h] * t[2].weight[w];
                    slope[1] += sum * t[0].weight[d] * t[1].slope[h] * t[2].weight[w];
                    slope[2] += sum * t[0].weight[d] * t[1].weight[h] * t[2].slope[w];
                }
        T *to = (T *)job->call->data[1] + n * job->grid_grad.sn + place(&job->grid_grad, a, p);
        for (int d = 3 - a->spatial; d < 3; d++) to[(2 - d) * job->grid_grad.sc] = STORE(slope[d]);
    }
}

/* results: gradients of input and grid; operands: grad_output, input, grid */
static void FN(grid_sample_backward)(const kernel_call *call) {
    const grid_attributes *a = call->attributes;
    grid_job job = {.call = call,
                    .a = a,
                    .image = view_of(a, &call->tensors[3], false),
                    .grid = view_of(a, &call->tensors[4], true),
                    .out = view_of(a, &call->tensors[2], false)};
    if (a->mask[0]) {
        job.image_grad = view_of(a, &call->tensors[0], false);
        parallel_for(call->pool, a->batch * a->channels, 1, FN(image_planes), &job);
    }
    if (a->mask[1]) {
        job.grid_grad = view_of(a, &call->tensors[1], true);
        parallel_for(call->pool, a->batch * a->out[0] * a->out[1] * a->out[2], 64, FN(grid_positions), &job);
    }
}
