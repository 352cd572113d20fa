/* SPDX-License-Identifier: MIT
 * each_float.h — includes the file that TEMPLATE names once for each floating dtype.
 *
 * Inside, T is the storage type, A the type to compute in (f32 for the 16-bit types), LOAD and STORE convert between
 * them, and FN(name) is the name with the dtype behind it. FLOAT_TABLE(name) then makes the table of the four, indexed
 * by cot_dtype (f32 f64 f16 bf16 are codes 0 to 3). There is no include guard on purpose. */
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

#ifndef FLOAT_TABLE
#define FLOAT_TABLE(name) const kernel_fn KERNEL(name)[4] = {name##_f32, name##_f64, name##_f16, name##_bf16}
#endif

#define T float
#define A float
#define LOAD(x) (x)
#define STORE(x) (x)
#define FN(name) name##_f32
#include TEMPLATE
#undef T
#undef A
#undef FN

#define T double
#define A double
#define FN(name) name##_f64
#include TEMPLATE
#undef T
#undef A
#undef LOAD
#undef STORE
#undef FN

#define T f16
#define A float
#define LOAD(x) f16_load(x)
#define STORE(x) f16_store(x)
#define FN(name) name##_f16
#include TEMPLATE
#undef T
#undef LOAD
#undef STORE
#undef FN

#define T bf16
#define LOAD(x) bf16_load(x)
#define STORE(x) bf16_store(x)
#define FN(name) name##_bf16
#include TEMPLATE
#undef T
#undef A
#undef LOAD
#undef STORE
#undef FN
#undef TEMPLATE
