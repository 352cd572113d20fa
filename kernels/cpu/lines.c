/* SPDX-License-Identifier: MIT
 * lines.c — scans, sorting and selection along lines (kernels/lines.h). A line that is not dense in memory is gathered
 * first; threads divide the lines. */
#include "kernels/lines.h"
#include "kernels/cpu/math.h"
#include "kernels/cpu/tile_moves.h"

static int64_t offset_of(int64_t line, const lines_attributes *a, const int64_t *strides) {
    int64_t offset = 0;
    for (uint32_t d = a->ndim; d-- > 0;) {
        offset += line % a->sizes[d] * strides[d];
        line /= a->sizes[d];
    }
    return offset;
}

/* log(e^a + e^b), and for a = b = ±inf that infinity. */
static double log_add(double a, double b) {
    const double high = a > b || a != a ? a : b, low = high == a ? b : a;
    return high == low ? high + log(2) : isinf(high) ? high : high + log1p(exp(low - high));
}

#define DEFINE_SCAN_LOG(T, name)                                                                                       \
    static void name(const T *x, T *y, int64_t n) {                                                                    \
        double total = -INFINITY;                                                                                      \
        for (int64_t i = 0; i < n; i++) y[i] = (T)(total = log_add(total, (double)x[i]));                              \
    }
DEFINE_SCAN_LOG(float, f32_scan_log)
DEFINE_SCAN_LOG(double, f64_scan_log)
DEFINE_SCAN_LOG(int64_t, i64_scan_log)

#define IS_NAN(x) ((x) != (x))
#define PLUS(a, b) ((a) + (b))
#define TIMES(a, b) ((a) * (b))
#define A double
#define T float
#define CLASS TILE_F32
#define FN(name) f32_##name
#include "kernels/cpu/lines_tmpl.c"
#undef T
#undef CLASS
#undef FN

#define T double
#define CLASS TILE_F64
#define FN(name) f64_##name
#include "kernels/cpu/lines_tmpl.c"
#undef T
#undef CLASS
#undef FN
#undef A
#undef IS_NAN
#undef PLUS
#undef TIMES

#define IS_NAN(x) false
#define PLUS(a, b) WRAP(a, +, b)
#define TIMES(a, b) WRAP(a, *, b)
#define A int64_t
#define T int64_t
#define CLASS TILE_I64
#define FN(name) i64_##name
#include "kernels/cpu/lines_tmpl.c"

void KERNEL(lines_run)(const kernel_call *call) {
    const lines_attributes *a = call->attributes;
    if (a->lines == 0 || a->length == 0) return;
    const int64_t grain = MAX(1, 4096 / a->length);
    parallel_for(call->pool, a->lines, grain,
                 a->class == TILE_F32   ? f32_run
                 : a->class == TILE_F64 ? f64_run
                                        : i64_run,
                 (void *)call);
}
