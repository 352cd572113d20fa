/* SPDX-License-Identifier: MIT
 * attention_block.h — products and softmax of blocks that lie in the first caches (block_tmpl.c), for float and double:
 * BLOCK(name) picks by A. For kernels of attention. */
#ifndef KERNELS_CPU_ATTENTION_BLOCK_H
#define KERNELS_CPU_ATTENTION_BLOCK_H

#include "kernels/attention.h"
#include "kernels/cpu/math.h"

/* exp for x <= 0 (scores less their maximum), where one power of two reaches all results that are not zero. */
static inline float exp_negative(float x) {
    int32_t n;
    const float y = x < -87.0f ? -87.0f : x, r = f32_reduce_ln2(y, &n);
    const float e = (1.0f + (r + r * r * f32_exp_tail(r))) * f32_power_of_two(n);
    return x < -87.0f ? 0.0f : e;
}

#define EXP(A) _Generic((A)0, float : exp_negative, double : exp)
#define LOG(A) _Generic((A)0, float : f32_log, double : log)

/* What part of a product is computed: see block_product. */
typedef enum block_shape { BLOCK_WHOLE, BLOCK_RESULT_ENDS, BLOCK_LEFT_ENDS, BLOCK_LEFT_BEGINS } block_shape;

#define A float
#define BLOCK_INTEGER int32_t
#define BN(name) name##_float
#include "kernels/cpu/block_tmpl.c"
#undef A
#undef BLOCK_INTEGER
#undef BN

#define A double
#define BLOCK_INTEGER int64_t
#define BN(name) name##_double
#include "kernels/cpu/block_tmpl.c"
#undef A
#undef BLOCK_INTEGER
#undef BN

#define BLOCK(name) _Generic((A)0, float : name##_float, double : name##_double)

#endif
