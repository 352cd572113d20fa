/* SPDX-License-Identifier: MIT
 * softmax.c — softmax and its relatives (kernels/softmax.h), numerically safe by the maximum of each line. Threads
 * divide the lines. */
#include "kernels/softmax.h"
#include "kernels/cpu/math.h"
#include "kernels/cpu/tile_moves.h"

#define CLASS TILE_F32
#define T float
#define LANES 64
#define FN(name) f32_##name
#define EXPONENTIAL(x) f32_exp(x)
#define LOGARITHM(x) logf(x)
#include "kernels/cpu/softmax_tmpl.c"
#undef CLASS
#undef T
#undef LANES
#undef FN
#undef EXPONENTIAL
#undef LOGARITHM

#define CLASS TILE_F64
#define T double
#define LANES 32
#define FN(name) f64_##name
#define EXPONENTIAL(x) exp(x)
#define LOGARITHM(x) log(x)
#include "kernels/cpu/softmax_tmpl.c"

void KERNEL(softmax_run)(const kernel_call *call) {
    const softmax_attributes *s = call->attributes;
    const int64_t strips = s->inner > 1 ? (s->inner + s->width - 1) / s->width : 1, units = s->outer * strips;
    if (s->outer == 0 || s->length == 0 || s->inner == 0) return;
    const int64_t work = s->length * (s->inner > 1 ? s->width : 1);
    parallel_for(call->pool, units, MAX(1, 8192 / work), s->class == TILE_F32 ? f32_run : f64_run, (void *)call);
}
