/* SPDX-License-Identifier: MIT
 * reduce.c — reductions, the definition: each output's elements one after the other, in double (int64 for integers). */
#include "kernels/reduce.h"
#include "kernels/cpu/math.h"
#include "kernels/element.h"

#define ADD(a, b) ((a) + (b))
#define MULTIPLY(a, b) ((a) * (b))
#define MAXIMUM(a, b) ((a) > (b) || (a) != (a) ? (a) : (b))
#define MINIMUM(a, b) ((a) < (b) || (a) != (a) ? (a) : (b))
#define POWER(x, c) pow((double)(x), (double)(c))
#define EXPONENTIAL(x) exp((double)(x))

#define T double
static double step_float(uint32_t code, double total, double x, double c) {
    switch (code) {
#define X(name, map, combine, float_identity, integer_identity)                                                        \
    case REDUCE_##name: {                                                                                              \
        const T y = (T)(map);                                                                                          \
        return combine(total, y);                                                                                      \
    }
        REDUCTIONS(X)
    }
    return NAN;
}
#undef T

#define T int64_t
static int64_t step_integer(uint32_t code, int64_t total, int64_t x, int64_t c) {
    switch (code) { REDUCTIONS(X) }
    return 0;
}
#undef X

static tile_number identity(const reduction *r, uint32_t code) {
    static const double floats[] = {
#define Y(name, map, combine, float_identity, integer_identity) float_identity,
        REDUCTIONS(Y)
#undef Y
    };
    static const int64_t integers[] = {
#define Y(name, map, combine, float_identity, integer_identity) integer_identity,
        REDUCTIONS(Y)
#undef Y
    };
    return r->class == TILE_I64 ? (tile_number){.i = integers[code]} : (tile_number){.f = floats[code]};
}

static int64_t offset_of(int64_t linear, const int64_t *sizes, const int64_t *strides, uint32_t n) {
    int64_t offset = 0;
    for (uint32_t d = n; d-- > 0;) {
        offset += linear % sizes[d] * strides[d];
        linear /= sizes[d];
    }
    return offset;
}

static tile_number pass(const reduction *r, uint32_t code, const void *data, int64_t base, tile_number center) {
    tile_number total = identity(r, code);
    for (int64_t i = 0; i < r->count; i++) {
        const int64_t at = base + offset_of(i, r->reduced_sizes, r->reduced_strides, r->reduced);
        if (r->class == TILE_I64) total.i = step_integer(code, total.i, element_load_int(r->dtype, data, at), center.i);
        else total.f = step_float(code, total.f, element_load(r->dtype, data, at), center.f);
    }
    return total;
}

static double finish(const reduction *r, double total, double first) {
    const double n = (double)r->count, freedom = n - r->parameter > 0 ? n - r->parameter : 0;
    switch (r->finish) {
    case REDUCE_MEAN: return total / n;
    case REDUCE_SQRT: return sqrt(total);
    case REDUCE_ROOT: return pow(total, 1 / r->parameter);
    case REDUCE_VARIANCE: return total / freedom;
    case REDUCE_DEVIATION: return sqrt(total / freedom);
    case REDUCE_LOG: return log(total) + first;
    default: return total;
    }
}

static void reduce_one(const reduction *r, const kernel_call *call, uint32_t operand, int64_t o) {
    const int64_t base = offset_of(o, r->kept_sizes, r->kept_strides, r->kept);
    const int64_t out = offset_of(o, r->kept_sizes, r->result_strides, r->kept);
    tile_number first = pass(r, r->first, call->data[operand], base, (tile_number){.f = r->parameter}), total = first;
    const uint8_t dtype = call->tensors[r->result].dtype;
    if (r->second != REDUCE_NONE) {
        first.f = r->second == REDUCE_deviation ? first.f / (double)r->count : isfinite(first.f) ? first.f : 0;
        total = pass(r, r->second, call->data[operand], base, first);
    }
    if (r->class == TILE_I64 && dtype == COT_I64) ((int64_t *)call->data[r->result])[out] = total.i;
    else
        element_store(dtype, call->data[r->result], out,
                      r->class == TILE_I64 ? (double)total.i : finish(r, total.f, first.f));
    if (r->center) element_store(call->tensors[r->center].dtype, call->data[r->center], out, first.f);
}

void reduce_reference(const kernel_call *call) {
    const reduce_attributes *a = call->attributes;
    for (uint32_t i = 0; i < a->count; i++)
        for (int64_t o = 0; o < a->runs[i].outputs; o++) reduce_one(&a->runs[i], call, a->operand, o);
}
