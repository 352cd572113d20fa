/* SPDX-License-Identifier: MIT
 * flex.c — the kernels of kernels/flex.h for each floating dtype; 16-bit ones compute in f32. */
#include "kernels/flex.h"
#include "kernels/cpu/attention_block.h"
#include "kernels/cpu/flex_run.h"

#define LOG2_E 1.44269504088896340736
#define LN_2 0.69314718055994530942

#define A float
#define BN(name) name##_float
#include "kernels/cpu/flex_tile_tmpl.c"
#undef A
#undef BN

#define A double
#define BN(name) name##_double
#include "kernels/cpu/flex_tile_tmpl.c"
#undef A
#undef BN

#define TEMPLATE "kernels/cpu/flex_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(flex_forward);
FLOAT_TABLE(flex_backward);
