/* SPDX-License-Identifier: MIT
 * resize_tmpl.c — resize.c for one dtype. See each_float.h. */

/* Adds weight · (row of x) to a row of A. */
static void FN(row_add)(A *restrict row, const T *x, int64_t step, int64_t count, A weight) {
    if (step == 1)
        for (int64_t i = 0; i < count; i++) row[i] += weight * LOAD(x[i]);
    else
        for (int64_t i = 0; i < count; i++) row[i] += weight * LOAD(x[i * step]);
}

/* y[o] = the row resampled along the last dimension. */
static void FN(row_resample)(const resample_axis *axis, const A *row, T *y, int64_t step, int64_t count) {
    const int64_t *index = axis->index;
    if (axis->taps == 1 && !axis->weight) {
        for (int64_t o = 0; o < count; o++) y[o * step] = STORE(row[index[o]]);
        return;
    }
    for (int64_t o = 0; o < count; o++) {
        A sum = 0;
        for (int64_t k = 0; k < axis->taps; k++)
            sum += (A)weight_at(axis, o * axis->taps + k) * row[index[o * axis->taps + k]];
        y[o * step] = STORE(sum);
    }
}

static void FN(resample_planes)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const resample_job *job = arg;
    const resample_attributes *a = job->a;
    const resample_axis *outer = &a->axis[0], *middle = &a->axis[1];
    A *row = (A *)((char *)job->call->scratch + worker * a->worker_bytes);
    for (int64_t plane = begin; plane < end; plane++) {
        int64_t n = plane / a->channels, c = plane % a->channels;
        const T *x = (const T *)job->call->data[1] + n * job->x.sn + c * job->x.sc;
        T *y = (T *)job->call->data[0] + n * job->y.sn + c * job->y.sc;
        for (int64_t d = 0; d < a->out[0]; d++)
            for (int64_t h = 0; h < a->out[1]; h++) {
                memset(row, 0, (size_t)a->in[2] * sizeof(A));
                for (int64_t i = d * outer->taps; i < (d + 1) * outer->taps; i++)
                    for (int64_t j = h * middle->taps; j < (h + 1) * middle->taps; j++) FN(row_add)
                (row, x + outer->index[i] * job->x.s[0] + middle->index[j] * job->x.s[1], job->x.s[2], a->in[2],
                 (A)(weight_at(outer, i) * weight_at(middle, j)));
                FN(row_resample)(&a->axis[2], row, y + d * job->y.s[0] + h * job->y.s[1], job->y.s[2], a->out[2]);
            }
    }
}

static void FN(resample)(const kernel_call *call) {
    const resample_attributes *a = call->attributes;
    resample_job job = {call, a, view_of(a, &call->tensors[1]), view_of(a, &call->tensors[0])};
    parallel_for(call->pool, a->batch * a->channels, 1, FN(resample_planes), &job);
}

static void FN(resample_planes_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const resample_job *job = arg;
    const resample_attributes *a = job->a;
    const resample_axis *outer = &a->axis[0], *middle = &a->axis[1], *last = &a->axis[2];
    int64_t size = a->in[0] * a->in[1] * a->in[2];
    A *sum = (A *)((char *)job->call->scratch + worker * a->worker_bytes), *row = sum + size;
    for (int64_t plane = begin; plane < end; plane++) {
        int64_t n = plane / a->channels, c = plane % a->channels;
        const T *g = (const T *)job->call->data[1] + n * job->y.sn + c * job->y.sc;
        T *x = (T *)job->call->data[0] + n * job->x.sn + c * job->x.sc;
        memset(sum, 0, (size_t)size * sizeof(A));
        for (int64_t d = 0; d < a->out[0]; d++)
            for (int64_t h = 0; h < a->out[1]; h++) {
                const T *from = g + d * job->y.s[0] + h * job->y.s[1];
                memset(row, 0, (size_t)a->in[2] * sizeof(A));
                for (int64_t o = 0; o < a->out[2]; o++)
                    for (int64_t k = o * last->taps; k < (o + 1) * last->taps; k++)
                        row[last->index[k]] += (A)weight_at(last, k) * LOAD(from[o * job->y.s[2]]);
                for (int64_t i = d * outer->taps; i < (d + 1) * outer->taps; i++)
                    for (int64_t j = h * middle->taps; j < (h + 1) * middle->taps; j++) {
                        A w = (A)(weight_at(outer, i) * weight_at(middle, j));
                        A *restrict to = sum + (outer->index[i] * a->in[1] + middle->index[j]) * a->in[2];
                        for (int64_t k = 0; k < a->in[2]; k++) to[k] += w * row[k];
                    }
            }
        for (int64_t d = 0; d < a->in[0]; d++)
            for (int64_t h = 0; h < a->in[1]; h++)
                for (int64_t w = 0; w < a->in[2]; w++)
                    x[d * job->x.s[0] + h * job->x.s[1] + w * job->x.s[2]] =
                        STORE(sum[(d * a->in[1] + h) * a->in[2] + w]);
    }
}

/* result: gradient of the input; operand: gradient of the output */
static void FN(resample_backward)(const kernel_call *call) {
    const resample_attributes *a = call->attributes;
    resample_job job = {call, a, view_of(a, &call->tensors[0]), view_of(a, &call->tensors[1])};
    parallel_for(call->pool, a->batch * a->channels, 1, FN(resample_planes_backward), &job);
}
