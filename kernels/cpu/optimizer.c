/* SPDX-License-Identifier: MIT
 * optimizer.c — parameter updates in one pass over contiguous memory: bound by memory, so everything of an element is
 * read and written once. */
#include "kernels/optimizer.h"
#define TEMPLATE "kernels/cpu/optimizer_tmpl.c"
#include "kernels/cpu/each_float.h"

extern const kernel_fn KERNEL(optimizer_sgd)[4];
extern const kernel_fn KERNEL(optimizer_adamw)[4];
FLOAT_TABLE(optimizer_sgd);
FLOAT_TABLE(optimizer_adamw);
