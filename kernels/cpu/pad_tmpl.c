/* SPDX-License-Identifier: MIT
 * pad_tmpl.c — columns of windows for one dtype. See pad.c, each_float.h. */

/* Units are planes (image, channel) of the image. */
static void FN(im2col_planes)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const columns_job *job = arg;
    const columns_attributes *a = job->a;
    int64_t taps = a->kernel[0] * a->kernel[1];
    for (int64_t plane = begin; plane < end; plane++)
        for (int64_t tap = 0; tap < taps; tap++) {
            int64_t n = plane / a->channels, c = plane % a->channels;
            const T *x = (const T *)job->call->data[1] + n * job->sn + c * job->sc;
            T *to = (T *)job->call->data[0] + n * job->col_n + (c * taps + tap) * job->col_k;
            for (int64_t p = 0; p < a->out[0] * a->out[1]; p++) {
                int64_t h = p / a->out[1] * a->stride[0] - a->padding[0] + tap / a->kernel[1] * a->dilation[0];
                int64_t w = p % a->out[1] * a->stride[1] - a->padding[1] + tap % a->kernel[1] * a->dilation[1];
                bool inside = h >= 0 && h < a->in[0] && w >= 0 && w < a->in[1];
                to[p * job->col_p] = inside ? x[h * job->s[0] + w * job->s[1]] : STORE((A)0);
            }
        }
}

static void FN(im2col)(const kernel_call *call) {
    columns_job job = columns_of(call, 1, 0);
    parallel_for(call->pool, job.a->batch * job.a->channels, 1, FN(im2col_planes), &job);
}

static void FN(col2im_planes)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const columns_job *job = arg;
    const columns_attributes *a = job->a;
    int64_t taps = a->kernel[0] * a->kernel[1];
    A *sum = (A *)((char *)job->call->scratch + worker * a->worker_bytes);
    for (int64_t plane = begin; plane < end; plane++) {
        int64_t n = plane / a->channels, c = plane % a->channels;
        T *x = (T *)job->call->data[0] + n * job->sn + c * job->sc;
        memset(sum, 0, (size_t)(a->in[0] * a->in[1]) * sizeof(A));
        for (int64_t tap = 0; tap < taps; tap++) {
            const T *from = (const T *)job->call->data[1] + n * job->col_n + (c * taps + tap) * job->col_k;
            for (int64_t p = 0; p < a->out[0] * a->out[1]; p++) {
                int64_t h = p / a->out[1] * a->stride[0] - a->padding[0] + tap / a->kernel[1] * a->dilation[0];
                int64_t w = p % a->out[1] * a->stride[1] - a->padding[1] + tap % a->kernel[1] * a->dilation[1];
                if (h >= 0 && h < a->in[0] && w >= 0 && w < a->in[1])
                    sum[h * a->in[1] + w] += LOAD(from[p * job->col_p]);
            }
        }
        for (int64_t i = 0; i < a->in[0] * a->in[1]; i++)
            x[i / a->in[1] * job->s[0] + i % a->in[1] * job->s[1]] = STORE(sum[i]);
    }
}

static void FN(col2im)(const kernel_call *call) {
    columns_job job = columns_of(call, 0, 1);
    parallel_for(call->pool, job.a->batch * job.a->channels, 1, FN(col2im_planes), &job);
}
