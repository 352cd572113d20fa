/* SPDX-License-Identifier: MIT
 * pool_channels_tmpl.c — pooling where channels lie innermost: vectors of channels, whatever the window. Part of
 * pool_tmpl.c. Forwards, a unit is a row of the output; backwards, where windows overlap, an image's block of channels.
 */

/* Channels [first, first + count) of a block. */
static inline int64_t FN(block_first)(const pool_attributes *a, int64_t block, int64_t *count) {
    const int64_t first = block * POOL_LANES;
    *count = MIN(POOL_LANES, a->channels - first);
    return first;
}

/* The first row of a unit: image and output position. */
static inline position FN(row_at)(const pool_attributes *a, int64_t row, int64_t *n) {
    *n = row / (a->out[0] * a->out[1]);
    return (position){{row / a->out[1] % a->out[0], row % a->out[1], 0}};
}

static void FN(max_window)(const pool_job *job, const T *x, const pool_window w[3], int64_t count, A *restrict most,
                           int32_t *restrict where) {
    const int64_t *in = job->a->in, *s = job->x.s;
    const int32_t first = (int32_t)((w[0].from * in[1] + w[1].from) * in[2] + w[2].from);
    for (int64_t j = 0; j < POOL_LANES; j++) most[j] = (A)-INFINITY, where[j] = first;
    for (int64_t d = w[0].from; d < w[0].to; d += w[0].step)
        for (int64_t h = w[1].from; h < w[1].to; h += w[1].step)
            for (int64_t i = w[2].from; i < w[2].to; i += w[2].step) {
                const T *restrict v = x + d * s[0] + h * s[1] + i * s[2];
                const int32_t at = (int32_t)((d * in[1] + h) * in[2] + i);
                for (int64_t j = 0; j < count; j++) {
                    const A value = LOAD(v[j]);
                    const bool take = (value > most[j]) | (value != value); /* NaN wins, as in PyTorch */
                    most[j] = take ? value : most[j];
                    where[j] = take ? at : where[j];
                }
            }
}

static void FN(max_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const pool_job *job = arg;
    const pool_attributes *a = job->a;
    A most[POOL_LANES];
    int32_t where[POOL_LANES];
    for (int64_t row = begin; row < end; row++) {
        int64_t n, count;
        position p = FN(row_at)(a, row, &n);
        for (; p.o[2] < a->out[2]; p.o[2]++) {
            pool_window w[3];
            windows_at(a, &p, w);
            T *y = (T *)job->call->data[0] + n * job->y.sn + position_offset(&job->y, &p);
            int64_t *index = (int64_t *)job->call->data[1] + n * job->indices.sn + position_offset(&job->indices, &p);
            for (int64_t b = 0; b * POOL_LANES < a->channels; b++) {
                const int64_t first = FN(block_first)(a, b, &count);
                FN(max_window)(job, (const T *)job->call->data[2] + n * job->x.sn + first, w, count, most, where);
                for (int64_t j = 0; j < count; j++) y[first + j] = STORE(most[j]);
                for (int64_t j = 0; j < count; j++) index[first + j] = where[j];
            }
        }
    }
}

static void FN(avg_rows)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const pool_job *job = arg;
    const pool_attributes *a = job->a;
    for (int64_t row = begin; row < end; row++) {
        int64_t n, count;
        position p = FN(row_at)(a, row, &n);
        for (; p.o[2] < a->out[2]; p.o[2]++) {
            pool_window w[3];
            windows_at(a, &p, w);
            const A divisor = (A)pool_divisor(a, w);
            T *y = (T *)job->call->data[0] + n * job->y.sn + position_offset(&job->y, &p);
            for (int64_t b = 0; b * POOL_LANES < a->channels; b++) {
                const int64_t first = FN(block_first)(a, b, &count);
                const T *x = (const T *)job->call->data[1] + n * job->x.sn + first;
                A sum[POOL_LANES] = {0};
                for (int64_t d = w[0].from; d < w[0].to; d++)
                    for (int64_t h = w[1].from; h < w[1].to; h++)
                        for (int64_t i = w[2].from; i < w[2].to; i++) {
                            const T *restrict v = x + d * job->x.s[0] + h * job->x.s[1] + i * job->x.s[2];
                            for (int64_t j = 0; j < count; j++) sum[j] += LOAD(v[j]);
                        }
                for (int64_t j = 0; j < count; j++) y[first + j] = STORE(sum[j] / divisor);
            }
        }
    }
}

/* Zero in a block of channels of an image on the input's side. */
static void FN(block_clear)(const pool_job *job, T *x, int64_t count) {
    const int64_t *in = job->a->in, *s = job->x.s;
    for (int64_t d = 0; d < in[0]; d++)
        for (int64_t h = 0; h < in[1]; h++)
            for (int64_t w = 0; w < in[2]; w++)
                memset(x + d * s[0] + h * s[1] + w * s[2], 0, (size_t)count * sizeof(T));
}

/* The two backwards add into the result itself: only where that is what sums are kept in (T and A are one type). */
static void FN(max_blocks_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const pool_job *job = arg;
    const pool_attributes *a = job->a;
    const int64_t blocks = (a->channels + POOL_LANES - 1) / POOL_LANES, size = volume(a->in), pixel = job->x.s[2];
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t n = unit / blocks, count;
        const int64_t first = FN(block_first)(a, unit % blocks, &count);
        A *x = (A *)job->call->data[0] + n * job->x.sn + first;
        FN(block_clear)(job, (T *)x, count);
        for (position p = position_first(a); p.o[0] < a->out[0]; position_next(a, &p)) {
            const T *g = (const T *)job->call->data[1] + n * job->y.sn + position_offset(&job->y, &p) + first;
            const int64_t *index =
                (const int64_t *)job->call->data[3] + n * job->indices.sn + position_offset(&job->indices, &p) + first;
            for (int64_t j = 0; j < count; j++)
                if (index[j] >= 0 && index[j] < size) x[index[j] * pixel + j] += LOAD(g[j]);
        }
    }
}

static void FN(avg_blocks_backward)(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    const pool_job *job = arg;
    const pool_attributes *a = job->a;
    const int64_t blocks = (a->channels + POOL_LANES - 1) / POOL_LANES;
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t n = unit / blocks, count;
        const int64_t first = FN(block_first)(a, unit % blocks, &count);
        A *x = (A *)job->call->data[0] + n * job->x.sn + first;
        FN(block_clear)(job, (T *)x, count);
        for (position p = position_first(a); p.o[0] < a->out[0]; position_next(a, &p)) {
            pool_window w[3];
            windows_at(a, &p, w);
            const A factor = 1 / (A)pool_divisor(a, w);
            const T *g = (const T *)job->call->data[1] + n * job->y.sn + position_offset(&job->y, &p) + first;
            for (int64_t d = w[0].from; d < w[0].to; d++)
                for (int64_t h = w[1].from; h < w[1].to; h++)
                    for (int64_t i = w[2].from; i < w[2].to; i++) {
                        A *restrict to = x + d * job->x.s[0] + h * job->x.s[1] + i * job->x.s[2];
                        for (int64_t j = 0; j < count; j++) to[j] += LOAD(g[j]) * factor;
                    }
        }
    }
}
