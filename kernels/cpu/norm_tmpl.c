/* SPDX-License-Identifier: MIT
 * norm_tmpl.c — sums in lanes, layer norm and group norm for one dtype. See norm.c, each_float.h. */

/* Sum of x[i · step]. */
static double FN(sum)(const T *x, int64_t count, int64_t step) {
    double total = 0;
    for (int64_t from = 0; from < count; from += RUN) {
        int64_t to = MIN(count, from + RUN), i = from;
        A lane[LANES] = {0};
        if (step == 1)
            for (; i + LANES <= to; i += LANES)
                for (int j = 0; j < LANES; j++) lane[j] += LOAD(x[i + j]);
        for (int j = 0; i < to; i++, j = (j + 1) % LANES) lane[j] += LOAD(x[i * step]);
        for (int j = 0; j < LANES; j++) total += lane[j];
    }
    return total;
}

/* Sum of (x − mean)². */
static double FN(sum_squares)(const T *x, int64_t count, int64_t step, A mean) {
    double total = 0;
    for (int64_t from = 0; from < count; from += RUN) {
        int64_t to = MIN(count, from + RUN), i = from;
        A lane[LANES] = {0};
        if (step == 1)
            for (; i + LANES <= to; i += LANES)
                for (int j = 0; j < LANES; j++) {
                    A d = LOAD(x[i + j]) - mean;
                    lane[j] += d * d;
                }
        for (int j = 0; i < to; i++, j = (j + 1) % LANES) {
            A d = LOAD(x[i * step]) - mean;
            lane[j] += d * d;
        }
        for (int j = 0; j < LANES; j++) total += lane[j];
    }
    return total;
}

/* Sum of g · (x − mean), and of g. */
static double FN(sum_products)(const T *g, int64_t g_step, const T *x, int64_t x_step, int64_t count, A mean,
                               double *sum) {
    double total = 0, plain = 0;
    for (int64_t from = 0; from < count; from += RUN) {
        int64_t to = MIN(count, from + RUN), i = from;
        A lane[LANES] = {0}, other[LANES] = {0};
        if (g_step == 1 && x_step == 1)
            for (; i + LANES <= to; i += LANES)
                for (int j = 0; j < LANES; j++) {
                    A v = LOAD(g[i + j]);
                    lane[j] += v * (LOAD(x[i + j]) - mean);
                    other[j] += v;
                }
        for (int j = 0; i < to; i++, j = (j + 1) % LANES) {
            A v = LOAD(g[i * g_step]);
            lane[j] += v * (LOAD(x[i * x_step]) - mean);
            other[j] += v;
        }
        for (int j = 0; j < LANES; j++) total += lane[j], plain += other[j];
    }
    *sum = plain;
    return total;
}

/* y = x · scale + shift. */
static void FN(scale_shift)(T *y, int64_t y_step, const T *x, int64_t x_step, int64_t count, A scale, A shift) {
    if (y_step == 1 && x_step == 1)
        for (int64_t i = 0; i < count; i++) y[i] = STORE(LOAD(x[i]) * scale + shift);
    else
        for (int64_t i = 0; i < count; i++) y[i * y_step] = STORE(LOAD(x[i * x_step]) * scale + shift);
}

/* y = g · gs + (x − mean) · xs + shift. */
static void FN(scale_both)(T *y, int64_t y_step, const T *g, int64_t g_step, A gs, const T *x, int64_t x_step, A mean,
                           A xs, A shift, int64_t count) {
    if (y_step == 1 && g_step == 1 && x_step == 1)
        for (int64_t i = 0; i < count; i++) y[i] = STORE(LOAD(g[i]) * gs + (LOAD(x[i]) - mean) * xs + shift);
    else
        for (int64_t i = 0; i < count; i++)
            y[i * y_step] = STORE(LOAD(g[i * g_step]) * gs + (LOAD(x[i * x_step]) - mean) * xs + shift);
}

/* ---- layer norm: rows of one contiguous tensor ------------------------------------------------------------------- */

/* Weight or bias of a row, in A: a copy in scratch, so the loops below know one type whatever dtype it has. */
static A *FN(row_copy)(const kernel_call *call, uint32_t tensor, A *to, int64_t count, A absent) {
    for (int64_t i = 0; i < count; i++)
        to[i] = call->data[tensor] ? (A)element_load(call->tensors[tensor].dtype, call->data[tensor], i) : absent;
    return to;
}

typedef struct FN(layer_job) {
    const kernel_call *call;
    const A *weight, *bias;
    A *partial; /* backward: for each worker, sums for weight, then bias */
} FN(layer_job);

static void FN(layer_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(layer_job) *job = arg;
    const layer_norm_attributes *a = job->call->attributes;
    const tensor_desc *stats = &job->call->tensors[1];
    int64_t n = a->columns;
    const A *restrict w = job->weight, *restrict b = job->bias;
    for (int64_t r = begin; r < end; r++) {
        const T *restrict x = (const T *)job->call->data[3] + r * n;
        T *restrict y = (T *)job->call->data[0] + r * n;
        double mean = FN(sum)(x, n, 1) / (double)n;
        double rstd = 1 / sqrt(FN(sum_squares)(x, n, 1, (A)mean) / (double)n + a->eps);
        A m = (A)mean, s = (A)rstd;
        for (int64_t i = 0; i < n; i++) y[i] = STORE((LOAD(x[i]) - m) * s * w[i] + b[i]);
        element_store(stats->dtype, job->call->data[1], r, mean);
        element_store(stats->dtype, job->call->data[2], r, rstd);
    }
}

/* results: output, mean, rstd; operands: input, weight, bias */
static void FN(layer_norm)(const kernel_call *call) {
    const layer_norm_attributes *a = call->attributes;
    A *scratch = call->scratch;
    FN(layer_job) job = {.call = call};
    job.weight = FN(row_copy)(call, 4, scratch, a->columns, 1);
    job.bias = FN(row_copy)(call, 5, scratch + a->columns, a->columns, 0);
    parallel_for(call->pool, a->rows, 1 + 8192 / MAX(a->columns, 1), FN(layer_rows), &job);
}

static void FN(layer_rows_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const FN(layer_job) *job = arg;
    const kernel_call *call = job->call;
    const layer_norm_attributes *a = call->attributes;
    int64_t n = a->columns;
    const A *restrict w = job->weight;
    A *restrict sum_w = job->partial + worker * 2 * n, *restrict sum_b = sum_w + n;
    for (int64_t r = begin; r < end; r++) {
        const T *restrict g = (const T *)call->data[3] + r * n, *restrict x = (const T *)call->data[4] + r * n;
        A mean = (A)element_load(call->tensors[5].dtype, call->data[5], r);
        A rstd = (A)element_load(call->tensors[6].dtype, call->data[6], r);
        if (a->mask[1] || a->mask[2])
            for (int64_t i = 0; i < n; i++) {
                A v = LOAD(g[i]);
                sum_w[i] += v * ((LOAD(x[i]) - mean) * rstd);
                sum_b[i] += v;
            }
        if (!a->mask[0]) continue;
        double dot = 0, plain = 0;
        for (int64_t from = 0; from < n; from += RUN) {
            int64_t to = MIN(n, from + RUN), i = from;
            A lane[LANES] = {0}, other[LANES] = {0};
            for (; i + LANES <= to; i += LANES)
                for (int j = 0; j < LANES; j++) {
                    A v = LOAD(g[i + j]) * w[i + j];
                    lane[j] += v * (LOAD(x[i + j]) - mean);
                    other[j] += v;
                }
            for (int j = 0; i < to; i++, j++) {
                A v = LOAD(g[i]) * w[i];
                lane[j] += v * (LOAD(x[i]) - mean);
                other[j] += v;
            }
            for (int j = 0; j < LANES; j++) dot += lane[j], plain += other[j];
        }
        A slope = (A)(-(double)rstd * rstd * rstd * dot / (double)n), shift = (A)(-(double)rstd * plain / (double)n);
        T *restrict out = (T *)call->data[0] + r * n;
        for (int64_t i = 0; i < n; i++) out[i] = STORE(LOAD(g[i]) * w[i] * rstd + (LOAD(x[i]) - mean) * slope + shift);
    }
}

/* results: gradients of input, weight, bias; operands: gradient, input, mean, rstd, weight, bias */
static void FN(layer_norm_backward)(const kernel_call *call) {
    const layer_norm_attributes *a = call->attributes;
    int64_t n = a->columns, threads = pool_threads(call->pool);
    A *scratch = call->scratch;
    FN(layer_job) job = {.call = call, .partial = scratch + n};
    job.weight = FN(row_copy)(call, 7, scratch, n, 1);
    memset(job.partial, 0, (size_t)(threads * 2 * n) * sizeof(A));
    parallel_for(call->pool, a->rows, 1 + 8192 / MAX(n, 1), FN(layer_rows_backward), &job);
    for (uint32_t part = 0; part < 2; part++) {
        if (!a->mask[1 + part]) continue;
        for (int64_t i = 0; i < n; i++) {
            double total = 0;
            for (int64_t t = 0; t < threads; t++) total += job.partial[(t * 2 + part) * n + i];
            element_store(call->tensors[1 + part].dtype, call->data[1 + part], i, total);
        }
    }
}

/* ---- group norm: planes (n, channel), any strides that collapse -------------------------------------------------- */

typedef struct FN(group_job) {
    const kernel_call *call;
    planes x, y, g;
    double *sums; /* backward: for each (n, channel), the sums of g·x and g */
} FN(group_job);

static void FN(group_units)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(group_job) *job = arg;
    const kernel_call *call = job->call;
    const group_norm_attributes *a = call->attributes;
    planes x = job->x, y = job->y;
    int64_t channels = x.c / a->groups;
    double count = (double)(channels * x.s);
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t n = unit / a->groups, first = unit % a->groups * channels;
        const T *from = (const T *)call->data[3] + n * x.sn;
        T *to = (T *)call->data[0] + n * y.sn;
        double mean = 0, squares = 0;
        for (int64_t c = first; c < first + channels; c++) mean += FN(sum)(from + c * x.sc, x.s, x.ss);
        mean /= count;
        for (int64_t c = first; c < first + channels; c++)
            squares += FN(sum_squares)(from + c * x.sc, x.s, x.ss, (A)mean);
        double rstd = 1 / sqrt(squares / count + a->eps);
        for (int64_t c = first; c < first + channels; c++) {
            double scale = rstd * channel_value(call, 4, c, 1), shift = channel_value(call, 5, c, 0) - mean * scale;
            FN(scale_shift)(to + c * y.sc, y.ss, from + c * x.sc, x.ss, x.s, (A)scale, (A)shift);
        }
        element_store(call->tensors[1].dtype, call->data[1], unit, mean);
        element_store(call->tensors[2].dtype, call->data[2], unit, rstd);
    }
}

/* results: output, mean, rstd; operands: input, weight, bias */
static void FN(group_norm)(const kernel_call *call) {
    const group_norm_attributes *a = call->attributes;
    FN(group_job) job = {.call = call, .x = planes_of(&call->tensors[3]), .y = planes_of(&call->tensors[0])};
    parallel_for(call->pool, job.x.n * a->groups, 1, FN(group_units), &job);
}

static void FN(group_sums)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(group_job) *job = arg;
    const kernel_call *call = job->call;
    const group_norm_attributes *a = call->attributes;
    planes x = job->x, g = job->g;
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t n = unit / x.c, c = unit % x.c, group = n * a->groups + c / (x.c / a->groups);
        double mean = element_load(call->tensors[5].dtype, call->data[5], group);
        const T *gp = (const T *)call->data[3] + n * g.sn + c * g.sc,
                *xp = (const T *)call->data[4] + n * x.sn + c * x.sc;
        job->sums[2 * unit] = FN(sum_products)(gp, g.ss, xp, x.ss, x.s, (A)mean, &job->sums[2 * unit + 1]);
    }
}

/* Gradient of the input of one group: with p the sum of w·Σg·(x−mean) and q that of w·Σg over its channels. */
static void FN(group_units_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const FN(group_job) *job = arg;
    const kernel_call *call = job->call;
    const group_norm_attributes *a = call->attributes;
    planes x = job->x, y = job->y, g = job->g;
    int64_t channels = x.c / a->groups;
    double count = (double)(channels * x.s);
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t n = unit / a->groups, first = unit % a->groups * channels;
        double mean = element_load(call->tensors[5].dtype, call->data[5], unit);
        double rstd = element_load(call->tensors[6].dtype, call->data[6], unit), p = 0, q = 0;
        for (int64_t c = first; c < first + channels; c++) {
            double w = channel_value(call, 7, c, 1);
            p += w * job->sums[2 * (n * x.c + c)];
            q += w * job->sums[2 * (n * x.c + c) + 1];
        }
        double slope = -p * rstd * rstd * rstd / count, shift = -q * rstd / count;
        for (int64_t c = first; c < first + channels; c++) {
            double scale = rstd * channel_value(call, 7, c, 1);
            FN(scale_both)
            ((T *)call->data[0] + n * y.sn + c * y.sc, y.ss, (const T *)call->data[3] + n * g.sn + c * g.sc, g.ss,
             (A)scale, (const T *)call->data[4] + n * x.sn + c * x.sc, x.ss, (A)mean, (A)slope, (A)shift, x.s);
        }
    }
}

/* results: gradients of input, weight, bias; operands: gradient, input, mean, rstd, weight */
static void FN(group_norm_backward)(const kernel_call *call) {
    const group_norm_attributes *a = call->attributes;
    FN(group_job)
    job = {.call = call, .x = planes_of(&call->tensors[4]), .g = planes_of(&call->tensors[3]), .sums = call->scratch};
    parallel_for(call->pool, job.x.n * job.x.c, 1, FN(group_sums), &job);
    if (a->mask[0]) {
        job.y = planes_of(&call->tensors[0]);
        parallel_for(call->pool, job.x.n * a->groups, 1, FN(group_units_backward), &job);
    }
    for (int64_t c = 0; c < job.x.c; c++) {
        double weight = 0, bias = 0;
        for (int64_t n = 0; n < job.x.n; n++) {
            int64_t group = n * a->groups + c / (job.x.c / a->groups);
            weight += job.sums[2 * (n * job.x.c + c)] * element_load(call->tensors[6].dtype, call->data[6], group);
            bias += job.sums[2 * (n * job.x.c + c) + 1];
        }
        if (a->mask[1]) channel_store(call, 1, c, weight);
        if (a->mask[2]) channel_store(call, 2, c, bias);
    }
}
