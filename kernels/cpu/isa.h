/* SPDX-License-Identifier: MIT
 * isa.h — names of kernels that are compiled once for each instruction set.
 *
 * A file listed in `kernels_cpu_sources` is compiled with KERNEL_ISA set to v2, v3 and v4 (x86-64-v2: SSE4.2;
 * -v3: AVX2, FMA, F16C; -v4: AVX-512); on other processors once, portably, as v2. Every external name in it goes
 * through KERNEL, everything else is static:
 *
 *     void KERNEL(add_f32)(const kernel_call *call) { … }            // add_f32_v2, add_f32_v3, add_f32_v4
 *     const kernel_fn KERNEL(unary_table)[] = { … };
 *
 * Who uses them declares and picks them with dispatch.h. */
#ifndef KERNELS_CPU_ISA_H
#define KERNELS_CPU_ISA_H

#ifndef KERNEL_ISA
#define KERNEL_ISA v2 /* editors and single-file checks */
#endif

#define KERNEL_JOIN_(name, isa) name##_##isa
#define KERNEL_JOIN(name, isa) KERNEL_JOIN_(name, isa)
#define KERNEL(name) KERNEL_JOIN(name, KERNEL_ISA)

/* dispatch.h declares the other names with a prototype; here -Wmissing-prototypes would ask for one a second time. */
#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#endif

#endif
