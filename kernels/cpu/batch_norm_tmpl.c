/* SPDX-License-Identifier: MIT
 * batch_norm_tmpl.c — batch norm for one dtype. A unit of work is a channel where pixels are contiguous, and a block of
 * channels where channels are (channels last): either way one worker has all of a channel, and sums have one order. */

enum { FN(BLOCK) = 32 };

typedef struct FN(batch_job) {
    const kernel_call *call;
    const batch_norm_attributes *a;
    planes x, y, g;
    const T *input, *grad;
    T *output;
} FN(batch_job);

/* Do neighbouring channels lie side by side in all of the job's tensors? */
static bool FN(channels_inside)(const FN(batch_job) * job, bool backward) {
    return job->x.c > 1 && job->x.sc == 1 && job->x.ss != 1 && job->y.sc == 1 && (!backward || job->g.sc == 1);
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

/* For channels [c, c + count): sums over all pixels of x − mean, or of its square. */
static void FN(batch_block_sums)(const FN(batch_job) * job, int64_t c, int64_t count, const A *mean, bool squares,
                                 double *total) {
    planes x = job->x;
    A lane[FN(BLOCK)] = {0};
    int64_t since = 0;
    for (int64_t j = 0; j < count; j++) total[j] = 0;
    for (int64_t n = 0; n < x.n; n++)
        for (int64_t s = 0; s < x.s; s++) {
            const T *v = job->input + n * x.sn + s * x.ss + c;
            if (squares)
                for (int64_t j = 0; j < count; j++) {
                    A d = LOAD(v[j]) - mean[j];
                    lane[j] += d * d;
                }
            else
                for (int64_t j = 0; j < count; j++) lane[j] += LOAD(v[j]);
            if (++since < 256) continue;
            for (int64_t j = 0; j < count; j++) total[j] += lane[j], lane[j] = 0;
            since = 0;
        }
    for (int64_t j = 0; j < count; j++) total[j] += lane[j];
}

static void FN(batch_blocks)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(batch_job) *job = arg;
    planes x = job->x, y = job->y;
    for (int64_t block = begin; block < end; block++) {
        int64_t first = block * FN(BLOCK), count = MIN(FN(BLOCK), x.c - first);
        double mean[FN(BLOCK)], invstd[FN(BLOCK)], squares[FN(BLOCK)];
        A scale[FN(BLOCK)], shift[FN(BLOCK)], center[FN(BLOCK)];
        if (job->a->training) {
            FN(batch_block_sums)(job, first, count, NULL, false, mean);
            for (int64_t j = 0; j < count; j++) center[j] = (A)(mean[j] /= (double)(x.n * x.s));
            FN(batch_block_sums)(job, first, count, center, true, squares);
        }
        for (int64_t j = 0; j < count; j++) {
            if (job->a->training) FN(batch_keep)(job, first + j, mean[j], squares[j], &invstd[j]);
            else FN(batch_given)(job, first + j, &mean[j], &invstd[j]);
            double factor = invstd[j] * channel_value(job->call, job->a->weight, first + j, 1);
            scale[j] = (A)factor;
            shift[j] = (A)(channel_value(job->call, job->a->bias, first + j, 0) - mean[j] * factor);
        }
        for (int64_t n = 0; n < x.n; n++)
            for (int64_t s = 0; s < x.s; s++) {
                const T *from = job->input + n * x.sn + s * x.ss + first;
                T *to = job->output + n * y.sn + s * y.ss + first;
                for (int64_t j = 0; j < count; j++) to[j] = STORE(LOAD(from[j]) * scale[j] + shift[j]);
            }
    }
}

static void FN(batch_norm)(const kernel_call *call) {
    const batch_norm_attributes *a = call->attributes;
    FN(batch_job)
    job = {.call = call,
           .a = a,
           .x = planes_of(&call->tensors[a->input]),
           .y = planes_of(&call->tensors[0]),
           .input = call->data[a->input],
           .output = call->data[0]};
    if (FN(channels_inside)(&job, false))
        parallel_for(call->pool, (job.x.c + FN(BLOCK) - 1) / FN(BLOCK), 1, FN(batch_blocks), &job);
    else parallel_for(call->pool, job.x.c, 1, FN(batch_channels), &job);
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

static void FN(batch_blocks_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(batch_job) *job = arg;
    planes x = job->x, y = job->y, g = job->g;
    for (int64_t block = begin; block < end; block++) {
        int64_t first = block * FN(BLOCK), count = MIN(FN(BLOCK), x.c - first), since = 0;
        double mean[FN(BLOCK)], invstd[FN(BLOCK)], dot[FN(BLOCK)] = {0}, sum[FN(BLOCK)] = {0};
        A scale[FN(BLOCK)], slope[FN(BLOCK)], shift[FN(BLOCK)], center[FN(BLOCK)];
        A lane[FN(BLOCK)] = {0}, other[FN(BLOCK)] = {0};
        for (int64_t j = 0; j < count; j++) {
            FN(batch_used)(job, first + j, &mean[j], &invstd[j]);
            center[j] = (A)mean[j];
        }
        for (int64_t i = 0; i < x.n * x.s; i++) {
            const T *gp = job->grad + i / x.s * g.sn + i % x.s * g.ss + first;
            const T *xp = job->input + i / x.s * x.sn + i % x.s * x.ss + first;
            for (int64_t j = 0; j < count; j++) {
                A v = LOAD(gp[j]);
                lane[j] += v * (LOAD(xp[j]) - center[j]);
                other[j] += v;
            }
            if (++since < 256 && i + 1 < x.n * x.s) continue;
            for (int64_t j = 0; j < count; j++) dot[j] += lane[j], sum[j] += other[j], lane[j] = other[j] = 0;
            since = 0;
        }
        for (int64_t j = 0; j < count; j++)
            FN(batch_finish)(job, first + j, dot[j], sum[j], invstd[j], &scale[j], &slope[j], &shift[j]);
        for (int64_t i = 0; i < x.n * x.s && job->a->mask[0]; i++) {
            const T *gp = job->grad + i / x.s * g.sn + i % x.s * g.ss + first;
            const T *xp = job->input + i / x.s * x.sn + i % x.s * x.ss + first;
            T *to = job->output + i / x.s * y.sn + i % x.s * y.ss + first;
            for (int64_t j = 0; j < count; j++)
                to[j] = STORE(LOAD(gp[j]) * scale[j] + (LOAD(xp[j]) - center[j]) * slope[j] + shift[j]);
        }
    }
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
    if (FN(channels_inside)(&job, true))
        parallel_for(call->pool, (job.x.c + FN(BLOCK) - 1) / FN(BLOCK), 1, FN(batch_blocks_backward), &job);
    else parallel_for(call->pool, job.x.c, 1, FN(batch_channels_backward), &job);
}
