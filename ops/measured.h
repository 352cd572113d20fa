/* SPDX-License-Identifier: MIT
 * measured.h — elements under a mask, at plan time; shared by measured.c and index.c. */
#ifndef OPS_MEASURED_H
#define OPS_MEASURED_H

#include "kernels/measured.h"
#include "ops/prepare.h"

/* Flat operand `mask` over dimensions [before, …) of what elements are taken from or put into. */
mask_attributes *mask_describe(prepare_call *c, uint32_t mask, uint32_t before);
/* The kernel that counts the elements of flat operand `mask`. */
void mask_measure(prepare_call *c, uint32_t mask);
/* The kernel that takes those elements of flat operand `from`. */
void mask_take_from(prepare_call *c, mask_attributes *a, uint32_t from);

#endif
