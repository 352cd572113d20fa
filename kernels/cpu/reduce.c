/* SPDX-License-Identifier: MIT
 * reduce.c — reductions (kernels/reduce.h): rows where the innermost dimension is reduced, columns where it is kept.
 * Threads divide the outputs; where there are fewer outputs than threads, each output's elements, in fixed pieces. */
#include "kernels/reduce.h"
#include "kernels/cpu/math.h"
#include "kernels/cpu/tile_moves.h"

#define ADD(a, b) ((a) + (b))
#define MULTIPLY(a, b) ((a) * (b))
#define MAXIMUM(a, b) ((a) > (b) || (a) != (a) ? (a) : (b)) /* NaN wins */
#define MINIMUM(a, b) ((a) < (b) || (a) != (a) ? (a) : (b))
#define BLOCK 4096 /* elements of a row that are summed in T before they join the total */
#define ROWS 64    /* the same for columns */

typedef struct job {
    const kernel_call *call;
    const reduction *r;
    const char *base;
} job;

/* Offset of point `linear` (row-major) of a space of n dimensions. */
static int64_t offset_of(int64_t linear, const int64_t *sizes, const int64_t *strides, uint32_t n) {
    int64_t offset = 0;
    if (n == 1) return linear * strides[0];
    for (uint32_t d = n; d-- > 0;) {
        offset += linear % sizes[d] * strides[d];
        linear /= sizes[d];
    }
    return offset;
}

static tile_number finish_float(const reduction *r, double total, double first) {
    const double n = (double)r->count;
    switch (r->finish) {
    case REDUCE_MEAN: return (tile_number){.f = total / n};
    case REDUCE_SQRT: return (tile_number){.f = sqrt(total)};
    case REDUCE_ROOT: return (tile_number){.f = pow(total, 1 / r->parameter)};
    case REDUCE_VARIANCE: return (tile_number){.f = total / (n - r->parameter > 0 ? n - r->parameter : 0)};
    case REDUCE_DEVIATION: return (tile_number){.f = sqrt(total / (n - r->parameter > 0 ? n - r->parameter : 0))};
    case REDUCE_LOG: return (tile_number){.f = log(total) + first};
    default: return (tile_number){.f = total};
    }
}

static tile_number finish_integer(const reduction *r, int64_t total, int64_t first) {
    UNUSED(r), UNUSED(first);
    return (tile_number){.i = total};
}

#define IDENTITY(floating, integer) (floating)
#define FINISH finish_float
#define MEMBER f
#define A double

#define T float
#define CLASS TILE_F32
#define LANES 64
#define FN(name) f32_##name
#define POWER(x, c) powf(x, c)
#define EXPONENTIAL(x) f32_exp(x)
#include "kernels/cpu/reduce_tmpl.c"
#undef T
#undef CLASS
#undef LANES
#undef FN
#undef POWER
#undef EXPONENTIAL

#define T double
#define CLASS TILE_F64
#define LANES 32
#define FN(name) f64_##name
#define POWER(x, c) pow(x, c)
#define EXPONENTIAL(x) exp(x)
#include "kernels/cpu/reduce_tmpl.c"
#undef T
#undef CLASS
#undef FN
#undef POWER
#undef EXPONENTIAL
#undef IDENTITY
#undef FINISH
#undef MEMBER
#undef A
#undef ADD
#undef MULTIPLY

#define ADD(a, b) WRAP(a, +, b)
#define MULTIPLY(a, b) WRAP(a, *, b)
#define IDENTITY(floating, integer) (integer)
#define FINISH finish_integer
#define MEMBER i
#define A int64_t
#define T int64_t
#define CLASS TILE_I64
#define FN(name) i64_##name
#define POWER(x, c) i64_pow(x, c)
#define EXPONENTIAL(x) (x)
#include "kernels/cpu/reduce_tmpl.c"

typedef void (*piece_fn)(const job *j, int64_t begin, int64_t end, int64_t split);
static const piece_fn pieces[TILE_CLASS_COUNT][2] = {
    {f32_run_rows, f32_run_columns}, {f64_run_rows, f64_run_columns}, {i64_run_rows, i64_run_columns}};

static int64_t units_of(const reduction *r) {
    if (!r->columns) return r->outputs;
    const int64_t inner = r->kept_sizes[r->kept - 1];
    return r->outputs / inner * ((inner + r->width - 1) / r->width);
}

static void run_outputs(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const job *j = arg;
    UNUSED(worker);
    pieces[j->r->class][j->r->columns](j, begin, end, 0);
}

static void run_splits(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const job *j = arg;
    UNUSED(worker);
    for (int64_t split = begin; split < end; split++) pieces[j->r->class][j->r->columns](j, 0, units_of(j->r), split);
}

static void join(const job *j) {
    if (j->r->class == TILE_F32) f32_join(j);
    else if (j->r->class == TILE_F64) f64_join(j);
    else i64_join(j);
}

void KERNEL(reduce_run)(const kernel_call *call) {
    const reduce_attributes *a = call->attributes;
    for (uint32_t i = 0; i < a->count; i++) {
        job j = {.call = call, .r = &a->runs[i], .base = call->data[a->operand]};
        if (j.r->outputs == 0) continue;
        if (j.r->splits > 1) {
            parallel_for(call->pool, j.r->splits, 1, run_splits, &j);
            join(&j);
        } else {
            const int64_t unit = MAX(1, j.r->count) * j.r->width;
            parallel_for(call->pool, units_of(j.r), MAX(1, 16384 / unit), run_outputs, &j);
        }
    }
}
