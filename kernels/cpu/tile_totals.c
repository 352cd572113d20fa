/* SPDX-License-Identifier: MIT
 * tile_totals.c — what tile programs combine over a row or over all of their tiles. */
#include "kernels/cpu/isa.h"
#include "kernels/cpu/tile_step.h"

enum { LANES = 64, BLOCK = 2048 };

#define LARGER(a, b) ((a) > (b) || (a) != (a) ? (a) : (b)) /* NaN wins */
#define SMALLER(a, b) ((a) < (b) || (a) != (a) ? (a) : (b))
#define PLUS(a, b) ((a) + (b))

/* One block over lanes that are combined in a fixed tree: the compiler needs no licence to reorder. */
#define RUN(T, name, map, combine, start)                                                                              \
    static double name(const T *restrict p, int64_t n) {                                                               \
        T lane[LANES];                                                                                                 \
        int64_t i = 0;                                                                                                 \
        for (int l = 0; l < LANES; l++) lane[l] = (T)(start);                                                          \
        for (; i + LANES <= n; i += LANES)                                                                             \
            for (int l = 0; l < LANES; l++) {                                                                          \
                const T x = p[i + l], y = (map);                                                                       \
                lane[l] = combine(lane[l], y);                                                                         \
            }                                                                                                          \
        for (int l = 0; i + l < n; l++) {                                                                              \
            const T x = p[i + l], y = (map);                                                                           \
            lane[l] = combine(lane[l], y);                                                                             \
        }                                                                                                              \
        for (int width = LANES / 2; width > 0; width /= 2)                                                             \
            for (int l = 0; l < width; l++) lane[l] = combine(lane[l], lane[l + width]);                               \
        return (double)lane[0];                                                                                        \
    }
#define RUNS(T)                                                                                                        \
    RUN(T, sum_##T, x, PLUS, 0)                                                                                        \
    RUN(T, squares_##T, x *x, PLUS, 0)                                                                                 \
    RUN(T, largest_##T, x, LARGER, -INFINITY)                                                                          \
    RUN(T, smallest_##T, x, SMALLER, INFINITY)
RUNS(float)
RUNS(double)

double KERNEL(tile_combine_run)(uint32_t class, uint32_t combine, const void *x, int64_t n) {
    static double (*const narrow[])(const float *, int64_t) = {[TILE_SUM] = sum_float,
                                                               [TILE_SQUARES] = squares_float,
                                                               [TILE_LARGEST] = largest_float,
                                                               [TILE_SMALLEST] = smallest_float};
    static double (*const wide[])(const double *, int64_t) = {[TILE_SUM] = sum_double,
                                                              [TILE_SQUARES] = squares_double,
                                                              [TILE_LARGEST] = largest_double,
                                                              [TILE_SMALLEST] = smallest_double};
    double total = identity(combine);
    for (int64_t i = 0; i < n; i += BLOCK) {
        const int64_t m = MIN(BLOCK, n - i);
        const double block =
            class == TILE_F32 ? narrow[combine]((const float *)x + i, m) : wide[combine]((const double *)x + i, m);
        total = i == 0 ? block : fold(combine, total, block);
    }
    return total;
}

#define LANE_LOOP(T, map, combine)                                                                                     \
    for (int64_t i = 0; i < n;) {                                                                                      \
        const int64_t lane = (first + i) % TILE_TOTAL_LANES, m = MIN(TILE_TOTAL_LANES - lane, n - i);                  \
        double *restrict to = lanes + lane;                                                                            \
        const T *restrict from = (const T *)x_ + i;                                                                    \
        for (int64_t k = 0; k < m; k++) {                                                                              \
            const double x = from[k], y = (map);                                                                       \
            to[k] = combine(to[k], y);                                                                                 \
        }                                                                                                              \
        i += m;                                                                                                        \
    }
#define LANE_LOOPS(T)                                                                                                  \
    switch (combine) {                                                                                                 \
    case TILE_SQUARES: LANE_LOOP(T, x *x, PLUS) break;                                                                 \
    case TILE_LARGEST: LANE_LOOP(T, x, LARGER) break;                                                                  \
    case TILE_SMALLEST: LANE_LOOP(T, x, SMALLER) break;                                                                \
    default: LANE_LOOP(T, x, PLUS) break;                                                                              \
    }

void KERNEL(tile_combine_lanes)(uint32_t class, uint32_t combine, double *lanes, const void *x_, int64_t first,
                                int64_t n) {
    if (class == TILE_F32) {
        LANE_LOOPS(float)
    } else {
        LANE_LOOPS(double)
    }
}

/* ---- totals of all tiles --------------------------------------------------------------------------------------- */

static bool has_columns(const tile_program *p, const tile_access *a) {
    for (uint32_t d = p->outer; p->has_rows && d < p->ndim; d++)
        if (a->strides[d]) return true;
    return false;
}

void KERNEL(tile_totals_begin)(const kernel_call *call, uint32_t threads) {
    const tile_program *p = call->attributes;
    for (uint32_t i = 0; i < p->num_stores; i++) {
        const tile_access *a = &p->stores[i];
        if (a->combine == TILE_PLAIN) continue;
        const int64_t n = has_columns(p, a) ? p->row_length : TILE_TOTAL_LANES;
        for (uint32_t w = 0; w < threads; w++) {
            double *total = (double *)((char *)call->scratch + w * p->worker_bytes + a->total);
            for (int64_t k = 0; k < n; k++) total[k] = identity(a->combine);
        }
    }
}

typedef struct ending {
    const kernel_call *call;
    const tile_access *access;
    uint32_t threads;
} ending;

/* A total over everything: lanes in a fixed tree, then workers. */
static double end_lanes(const ending *e) {
    const tile_program *p = e->call->attributes;
    double total = identity(e->access->combine);
    for (uint32_t w = 0; w < e->threads; w++) {
        double *lanes = (double *)((char *)e->call->scratch + w * p->worker_bytes + e->access->total);
        for (int width = TILE_TOTAL_LANES / 2; width > 0; width /= 2)
            for (int l = 0; l < width; l++) lanes[l] = fold(e->access->combine, lanes[l], lanes[l + width]);
        total = fold(e->access->combine, total, lanes[0]);
    }
    return total * e->access->scale;
}

/* Columns [begin, end) of a row: their place in memory goes by the dimensions of a row. */
static void end_columns(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const ending *e = arg;
    const tile_program *p = e->call->attributes;
    const tile_access *a = e->access;
    UNUSED(worker);
    for (int64_t k = begin; k < end; k++) {
        double total = identity(a->combine);
        for (uint32_t w = 0; w < e->threads; w++) {
            const double *of = (const double *)((char *)e->call->scratch + w * p->worker_bytes + a->total);
            total = fold(a->combine, total, of[k]);
        }
        int64_t offset = 0, left = k;
        for (uint32_t d = p->ndim; p->has_rows && d-- > p->outer; left /= p->sizes[d])
            offset += left % p->sizes[d] * a->strides[d];
        total *= a->scale;
        KERNEL(tile_stores)
        [TILE_F64][a->dtype]((char *)e->call->data[a->tensor] + offset * item_bytes[a->dtype], &total, 1, 1);
    }
}

void KERNEL(tile_totals_end)(const kernel_call *call, uint32_t threads) {
    const tile_program *p = call->attributes;
    for (uint32_t i = 0; i < p->num_stores; i++) {
        ending e = {.call = call, .access = &p->stores[i], .threads = threads};
        if (e.access->combine == TILE_PLAIN) continue;
        if (has_columns(p, e.access)) {
            parallel_for(call->pool, p->row_length, 4096, end_columns, &e);
        } else {
            const double total = end_lanes(&e);
            KERNEL(tile_stores)[TILE_F64][e.access->dtype](call->data[e.access->tensor], &total, 1, 1);
        }
    }
}
