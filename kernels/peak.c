/* SPDX-License-Identifier: MIT
 * peak.c — picking the loops of kernels/peak.h. */
#include "kernels/peak.h"
#include "kernels/cpu/dispatch.h"

KERNEL_DECLARE_TABLE(peak_loops, peak_table);

const peak_loops *peak_select(void) { return KERNEL_SELECT(peak_table); }
