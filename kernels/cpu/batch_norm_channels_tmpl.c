/* SPDX-License-Identifier: MIT
 * batch_norm_channels_tmpl.c — batch norm where channels lie innermost: a pixel is a row of channels, and each thread
 * has a share of the rows. Part of batch_norm_tmpl.c.
 *
 * Moments are those of short runs of rows, about the run's own mean, put together in double (Chan, Golub and LeVeque,
 * "Updating formulae and a pairwise algorithm for computing sample variances", 1979): memory is read once, and nothing
 * cancels. */

enum { FN(RUN) = 128 }; /* rows */

/* Scratch of a share: two sums for each channel, and lanes to collect them in. */
typedef struct FN(share) {
    double *first, *second;
    A *lane, *other;
} FN(share);

static FN(share) FN(share_of)(const FN(batch_job) * job, int64_t i) {
    const int64_t c = job->x.c;
    double *at = (double *)job->call->scratch + (i + 1) * BATCH_NORM_SHARE * c;
    return (FN(share)){at, at + c, (A *)(at + 2 * c), (A *)(at + 3 * c)};
}

/* What all rows are computed with, before the shares: up to four numbers for each channel. */
static A *FN(factor)(const FN(batch_job) * job, int i) { return (A *)((double *)job->call->scratch + i * job->x.c); }

/* From here on, ss is the step from row to row; planes of one pixel have that between images. */
static void FN(take_rows)(FN(batch_job) * job) {
    planes *all[] = {&job->x, &job->y, &job->g};
    for (int i = 0; i < 3; i++)
        if (all[i]->s == 1) all[i]->ss = all[i]->sn;
}

static int64_t FN(rows)(const FN(batch_job) * job) { return job->x.n * job->x.s; }

static int64_t FN(share_begin)(const FN(batch_job) * job, int64_t share) { return FN(rows)(job) * share / job->shares; }

/* Adds the moments of `count` rows to those of `before` rows. */
static void FN(run_moments)(const FN(share) * to, const T *restrict x, int64_t step, int64_t count, int64_t before,
                            int64_t channels) {
    A *restrict mean = to->lane, *restrict squares = to->other;
    for (int64_t c = 0; c < channels; c++) mean[c] = squares[c] = 0;
    for (int64_t r = 0; r < count; r++)
        for (int64_t c = 0; c < channels; c++) mean[c] += LOAD(x[r * step + c]);
    const A inverse = 1 / (A)count;
    for (int64_t c = 0; c < channels; c++) mean[c] *= inverse;
    for (int64_t r = 0; r < count; r++)
        for (int64_t c = 0; c < channels; c++) {
            const A d = LOAD(x[r * step + c]) - mean[c];
            squares[c] += d * d;
        }
    const double all = (double)(before + count), weight = (double)before * (double)count / all;
    for (int64_t c = 0; c < channels; c++) {
        const double delta = mean[c] - to->first[c];
        to->first[c] += delta * ((double)count / all);
        to->second[c] += squares[c] + delta * delta * weight;
    }
}

static void FN(share_moments)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(batch_job) *job = arg;
    const int64_t c = job->x.c, step = job->x.ss;
    for (int64_t i = begin; i < end; i++) {
        const FN(share) to = FN(share_of)(job, i);
        const int64_t from = FN(share_begin)(job, i), until = FN(share_begin)(job, i + 1);
        memset(to.first, 0, (size_t)(2 * c) * sizeof(double));
        for (int64_t r = from; r < until; r += FN(RUN))
            FN(run_moments)(&to, job->input + r * step, step, MIN(FN(RUN), until - r), r - from, c);
    }
}

/* Mean and squares of channel c over all shares, in their order. */
static void FN(join_moments)(const FN(batch_job) * job, int64_t c, double *mean, double *squares) {
    double before = 0;
    *mean = *squares = 0;
    for (int64_t i = 0; i < job->shares; i++) {
        const FN(share) from = FN(share_of)(job, i);
        const double count = (double)(FN(share_begin)(job, i + 1) - FN(share_begin)(job, i)), all = before + count;
        if (count == 0) continue;
        const double delta = from.first[c] - *mean;
        *mean += delta * (count / all);
        *squares += from.second[c] + delta * delta * (before * count / all);
        before = all;
    }
}

static void FN(rows_forward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(batch_job) *job = arg;
    const A *restrict scale = FN(factor)(job, 0), *restrict shift = FN(factor)(job, 1);
    for (int64_t r = begin; r < end; r++) {
        const T *restrict x = job->input + r * job->x.ss;
        T *restrict y = job->output + r * job->y.ss;
        for (int64_t c = 0; c < job->x.c; c++) y[c] = STORE(LOAD(x[c]) * scale[c] + shift[c]);
    }
}

static void FN(batch_rows)(const kernel_call *call, FN(batch_job) * job) {
    const batch_norm_attributes *a = job->a;
    A *scale = FN(factor)(job, 0), *shift = FN(factor)(job, 1);
    FN(take_rows)(job);
    if (a->training) parallel_for(call->pool, job->shares, 1, FN(share_moments), job);
    for (int64_t c = 0; c < job->x.c; c++) {
        double mean, squares, invstd;
        if (a->training) {
            FN(join_moments)(job, c, &mean, &squares);
            FN(batch_keep)(job, c, mean, squares, &invstd);
        } else {
            FN(batch_given)(job, c, &mean, &invstd);
        }
        const double factor = invstd * channel_value(call, a->weight, c, 1);
        scale[c] = (A)factor;
        shift[c] = (A)(channel_value(call, a->bias, c, 0) - mean * factor);
    }
    parallel_for(call->pool, FN(rows)(job), 1 + 4096 / job->x.c, FN(rows_forward), job);
}

/* ---- backward ---------------------------------------------------------------------------------------------------- */

/* Σ g·(x − mean) and Σ g of a share's rows. */
static void FN(share_products)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(batch_job) *job = arg;
    const int64_t channels = job->x.c;
    const A *restrict center = FN(factor)(job, 3);
    for (int64_t i = begin; i < end; i++) {
        const FN(share) to = FN(share_of)(job, i);
        A *restrict dot = to.lane, *restrict sum = to.other;
        const int64_t until = FN(share_begin)(job, i + 1);
        memset(to.first, 0, (size_t)(2 * channels) * sizeof(double));
        for (int64_t from = FN(share_begin)(job, i); from < until; from += FN(RUN)) {
            for (int64_t c = 0; c < channels; c++) dot[c] = sum[c] = 0;
            for (int64_t r = from; r < MIN(until, from + FN(RUN)); r++) {
                const T *restrict g = job->grad + r * job->g.ss, *restrict x = job->input + r * job->x.ss;
                for (int64_t c = 0; c < channels; c++) {
                    const A v = LOAD(g[c]);
                    dot[c] += v * (LOAD(x[c]) - center[c]);
                    sum[c] += v;
                }
            }
            for (int64_t c = 0; c < channels; c++) to.first[c] += dot[c], to.second[c] += sum[c];
        }
    }
}

static void FN(rows_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(batch_job) *job = arg;
    const A *restrict scale = FN(factor)(job, 0), *restrict slope = FN(factor)(job, 1),
                      *restrict shift = FN(factor)(job, 2), *restrict center = FN(factor)(job, 3);
    for (int64_t r = begin; r < end; r++) {
        const T *restrict g = job->grad + r * job->g.ss, *restrict x = job->input + r * job->x.ss;
        T *restrict y = job->output + r * job->y.ss;
        for (int64_t c = 0; c < job->x.c; c++)
            y[c] = STORE(LOAD(g[c]) * scale[c] + (LOAD(x[c]) - center[c]) * slope[c] + shift[c]);
    }
}

static void FN(batch_rows_backward)(const kernel_call *call, FN(batch_job) * job) {
    A *scale = FN(factor)(job, 0), *slope = FN(factor)(job, 1), *shift = FN(factor)(job, 2),
      *center = FN(factor)(job, 3);
    double mean, invstd;
    FN(take_rows)(job);
    for (int64_t c = 0; c < job->x.c; c++) {
        FN(batch_used)(job, c, &mean, &invstd);
        center[c] = (A)mean;
    }
    parallel_for(call->pool, job->shares, 1, FN(share_products), job);
    for (int64_t c = 0; c < job->x.c; c++) {
        double dot = 0, sum = 0;
        for (int64_t i = 0; i < job->shares; i++) {
            const FN(share) from = FN(share_of)(job, i);
            dot += from.first[c], sum += from.second[c];
        }
        FN(batch_used)(job, c, &mean, &invstd);
        FN(batch_finish)(job, c, dot, sum, invstd, &scale[c], &slope[c], &shift[c]);
    }
    if (job->a->mask[0]) parallel_for(call->pool, FN(rows)(job), 1 + 4096 / job->x.c, FN(rows_backward), job);
}
