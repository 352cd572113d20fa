/* SPDX-License-Identifier: MIT
 * dispatch.h — picking the build of a kernel that this processor runs best.
 *
 *     KERNEL_DECLARE(kernel_fn, add_f32);             // the function add_f32 of isa.h, in each build
 *     KERNEL_DECLARE_TABLE(kernel_fn, unary_table);   // the array unary_table of isa.h, in each build
 *
 *     c->kernel = KERNEL_SELECT(add_f32);
 *     c->kernel = KERNEL_SELECT(unary_table)[i];
 *
 * Declarations stand at file scope. The first argument of KERNEL_DECLARE is a pointer-to-function type. */
#ifndef KERNELS_CPU_DISPATCH_H
#define KERNELS_CPU_DISPATCH_H

#include "kernels/kernel.h"

typedef enum kernel_level { KERNEL_V2, KERNEL_V3, KERNEL_V4 } kernel_level;

/* The best level this processor has. Constant while the process lives; cheap. */
kernel_level kernel_isa(void);

#if defined(__x86_64__)
#define KERNEL_DECLARE(type, name) extern __typeof__(*(type)0) name##_v2, name##_v3, name##_v4
#define KERNEL_DECLARE_TABLE(type, name) extern const type name##_v2[], name##_v3[], name##_v4[]
#define KERNEL_SELECT(name) KERNEL_SELECT_AT(kernel_isa(), name)
/* As KERNEL_SELECT, at a given level: what tests of each build use. */
#define KERNEL_SELECT_AT(level, name) ((level) == KERNEL_V4 ? name##_v4 : (level) == KERNEL_V3 ? name##_v3 : name##_v2)
#else
#define KERNEL_DECLARE(type, name) extern __typeof__(*(type)0) name##_v2
#define KERNEL_DECLARE_TABLE(type, name) extern const type name##_v2[]
#define KERNEL_SELECT(name) (name##_v2)
#define KERNEL_SELECT_AT(level, name) ((void)(level), name##_v2)
#endif

#endif
