/* SPDX-License-Identifier: MIT
 * peak.h — loops that do nothing but compute, read or write: the speeds that kernels are compared with. */
#ifndef KERNELS_PEAK_H
#define KERNELS_PEAK_H

#include "kernels/kernel.h"

typedef struct peak_loops {
    double (*multiply_add)(uint64_t rounds); /* from registers to registers; gives something that must be used */
    double (*read)(const void *memory, uint64_t bytes); /* 64-byte aligned, whole multiples of 1024 bytes */
    void (*write)(void *memory, uint64_t bytes);
    double flops_per_round;
} peak_loops;

/* The loops built for this processor. */
const peak_loops *peak_select(void);

#endif
