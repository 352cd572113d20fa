/* SPDX-License-Identifier: MIT
 * attention.c — the kernels of kernels/attention.h for each floating dtype; 16-bit ones compute in f32. */
#include "kernels/attention.h"
#include "kernels/cpu/attention_block.h"

#define TEMPLATE "kernels/cpu/attention_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(attention_forward);
FLOAT_TABLE(attention_backward);
