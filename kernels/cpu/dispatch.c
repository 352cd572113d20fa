/* SPDX-License-Identifier: MIT
 * dispatch.c — what this processor has. The levels are those of the x86-64 psABI; the compiler's run-time library read
 * cpuid (and asked the system whether the wide registers are saved) before main. */
#include "kernels/cpu/dispatch.h"

kernel_level kernel_isa(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
              __builtin_cpu_supports("bmi2");
    bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
              __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
              __builtin_cpu_supports("avx512vl");
    return v4 ? KERNEL_V4 : v3 ? KERNEL_V3 : KERNEL_V2;
#else
    return KERNEL_V2;
#endif
}
