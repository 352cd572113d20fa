/* SPDX-License-Identifier: MIT
 * gemm_threads.c — OpenBLAS is told once that it has one thread; products are divided over the pool by gemm.c. Two
 * spinning pools on the same cores halve every product (performance.md, section 5). */
#include "kernels/gemm.h"

#include <cblas.h>

void gemm_one_thread(void) {
    if (openblas_get_num_threads() != 1) openblas_set_num_threads(1);
}
