/* SPDX-License-Identifier: MIT
 * onednn.c — one OpenMP thread for the length of a call. The two functions are declared here because clang has no omp.h
 * of its own; OpenMP's settings belong to the calling thread. */
#include "kernels/cpu/onednn.h"

#if COT_HAVE_DNNL
#include <oneapi/dnnl/dnnl.h>

extern int omp_get_max_threads(void);
extern void omp_set_num_threads(int threads);

bool onednn_usable(void) {
    const unsigned runtime = dnnl_version()->cpu_runtime;
    return runtime == DNNL_RUNTIME_OMP || runtime == DNNL_RUNTIME_SEQ;
}

int onednn_enter(void) {
    const int before = omp_get_max_threads();
    if (before != 1) omp_set_num_threads(1);
    return before;
}

void onednn_leave(int before) {
    if (before != 1) omp_set_num_threads(before);
}
#else
bool onednn_usable(void) { return false; }
int onednn_enter(void) { return 1; }
void onednn_leave(int before) { UNUSED(before); }
#endif
