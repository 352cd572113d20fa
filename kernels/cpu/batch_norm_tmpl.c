/* SPDX-License-Identifier: MIT
 * batch_norm_tmpl.c — batch norm for one dtype. A unit of work is a channel where pixels are contiguous; where channels
 * are (channels last), it is a share of the pixels (batch_norm_channels_tmpl.c). Sums have one order either way. */

typedef struct FN(batch_job) {
    const kernel_call *call;
    const batch_norm_attributes *a;
    planes x, y, g;
    const T *input, *grad;
    T *output;
    int64_t shares; /* of the pixels */
} FN(batch_job);

/* Are the planes rows of channels, one behind the other? */
static bool FN(planes_are_rows)(planes v) { return v.sc == 1 && (v.n == 1 || v.s == 1 || v.sn == v.s * v.ss); }

/* Do channels lie innermost in all of the job's tensors? */
static bool FN(channels_inside)(const FN(batch_job) * job, bool backward) {
    return job->a->rows && job->x.c > 1 && FN(planes_are_rows)(job->x) && FN(planes_are_rows)(job->y) &&
           (!backward || FN(planes_are_rows)(job->g));
}

/* Mean and 1/sqrt(variance + eps) of a channel from its sums; keeps them, and moves the running statistics. */
static void FN(batch_keep)(const FN(batch_job) * job, int64_t c, double mean, double squares, double *invstd) {
    const batch_norm_attributes *a = job->a;
    double count = (double)(job->x.n * job->x.s), variance = squares / count;
    *invstd = 1 / sqrt(variance + a->eps);
    channel_store(job->call, a->save_mean, c, mean);
    channel_store(job->call, a->save_invstd, c, *invstd);
    if (!a->new_mean) return;
    double old_mean = channel_value(job->call, a->running_mean, c, 0),
           old_var = channel_value(job->call, a->running_var, c, 0);
    channel_store(job->call, a->new_mean, c, a->momentum * mean + (1 - a->momentum) * old_mean);
    double unbiased = squares / (count - 1);
    channel_store(job->call, a->new_var, c, a->momentum * unbiased + (1 - a->momentum) * old_var);
}

/* Given statistics: what evaluation uses; they are their own new values. */
static void FN(batch_given)(const FN(batch_job) * job, int64_t c, double *mean, double *invstd) {
    const batch_norm_attributes *a = job->a;
    double variance = channel_value(job->call, a->running_var, c, 1);
    *mean = channel_value(job->call, a->running_mean, c, 0);
    *invstd = 1 / sqrt(variance + a->eps);
    if (!a->new_mean) return;
    channel_store(job->call, a->new_mean, c, *mean);
    channel_store(job->call, a->new_var, c, variance);
}

static void FN(batch_channels)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(batch_job) *job = arg;
    planes x = job->x, y = job->y;
    for (int64_t c = begin; c < end; c++) {
        double mean = 0, invstd, squares = 0;
        if (job->a->training) {
            for (int64_t n = 0; n < x.n; n++) mean += FN(sum)(job->input + n * x.sn + c * x.sc, x.s, x.ss);
            mean /= (double)(x.n * x.s);
            for (int64_t n = 0; n < x.n; n++)
                squares += FN(sum_squares)(job->input + n * x.sn + c * x.sc, x.s, x.ss, (A)mean);
            FN(batch_keep)(job, c, mean, squares, &invstd);
        } else {
            FN(batch_given)(job, c, &mean, &invstd);
        }
        double scale = invstd * channel_value(job->call, job->a->weight, c, 1);
        double shift = channel_value(job->call, job->a->bias, c, 0) - mean * scale;
        for (int64_t n = 0; n < x.n; n++) FN(scale_shift)
        (job->output + n * y.sn + c * y.sc, y.ss, job->input + n * x.sn + c * x.sc, x.ss, x.s, (A)scale, (A)shift);
    }
}

/* ---- backward ---------------------------------------------------------------------------------------------------- */

/* The statistics that the forward used. */
static void FN(batch_used)(const FN(batch_job) * job, int64_t c, double *mean, double *invstd) {
    const batch_norm_attributes *a = job->a;
    if (a->training) {
        *mean = channel_value(job->call, a->save_mean, c, 0);
        *invstd = channel_value(job->call, a->save_invstd, c, 1);
    } else {
        *mean = channel_value(job->call, a->running_mean, c, 0);
        *invstd = 1 / sqrt(channel_value(job->call, a->running_var, c, 1) + a->eps);
    }
}

/* Gradient of the input of a channel is g · scale + (x − mean) · slope + shift. `dot` is Σ g·(x − mean), `sum` is Σ g.
 */
static void FN(batch_finish)(const FN(batch_job) * job, int64_t c, double dot, double sum, double invstd, A *scale,
                             A *slope, A *shift) {
    const batch_norm_attributes *a = job->a;
    double count = (double)(job->x.n * job->x.s), factor = invstd * channel_value(job->call, a->weight, c, 1);
    double tilt = a->training ? -dot * invstd * invstd / count * factor : 0;
    *scale = (A)factor, *slope = (A)tilt;
    *shift = (A)(a->training ? -sum / count * factor : 0);
    if (a->mask[1]) channel_store(job->call, 1, c, dot * invstd);
    if (a->mask[2]) channel_store(job->call, 2, c, sum);
}

static void FN(batch_channels_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(batch_job) *job = arg;
    planes x = job->x, y = job->y, g = job->g;
    for (int64_t c = begin; c < end; c++) {
        double dot = 0, sum = 0, part, mean, invstd;
        A scale, slope, shift;
        FN(batch_used)(job, c, &mean, &invstd);
        for (int64_t n = 0; n < x.n; n++) {
            dot += FN(sum_products)(job->grad + n * g.sn + c * g.sc, g.ss, job->input + n * x.sn + c * x.sc, x.ss, x.s,
                                    (A)mean, &part);
            sum += part;
        }
        FN(batch_finish)(job, c, dot, sum, invstd, &scale, &slope, &shift);
        for (int64_t n = 0; n < x.n && job->a->mask[0]; n++) FN(scale_both)
        (job->output + n * y.sn + c * y.sc, y.ss, job->grad + n * g.sn + c * g.sc, g.ss, scale,
         job->input + n * x.sn + c * x.sc, x.ss, (A)mean, slope, shift, x.s);
    }
}

#include "kernels/cpu/batch_norm_channels_tmpl.c"

static void FN(batch_norm)(const kernel_call *call) {
    const batch_norm_attributes *a = call->attributes;
    FN(batch_job)
    job = {.call = call,
           .a = a,
           .x = planes_of(&call->tensors[a->input]),
           .y = planes_of(&call->tensors[0]),
           .input = call->data[a->input],
           .output = call->data[0]};
    job.shares = pool_threads(call->pool);
    if (FN(channels_inside)(&job, false)) FN(batch_rows)(call, &job);
    else parallel_for(call->pool, job.x.c, 1, FN(batch_channels), &job);
}

/* results: gradients of input, weight, bias; operands: gradient, input, … */
static void FN(batch_norm_backward)(const kernel_call *call) {
    const batch_norm_attributes *a = call->attributes;
    FN(batch_job)
    job = {.call = call,
           .a = a,
           .x = planes_of(&call->tensors[4]),
           .g = planes_of(&call->tensors[3]),
           .input = call->data[4],
           .grad = call->data[3],
           .output = call->data[0]};
    job.y = a->mask[0] ? planes_of(&call->tensors[0]) : job.x;
    job.shares = pool_threads(call->pool);
    if (FN(channels_inside)(&job, true)) FN(batch_rows_backward)(call, &job);
    else parallel_for(call->pool, job.x.c, 1, FN(batch_channels_backward), &job);
}
