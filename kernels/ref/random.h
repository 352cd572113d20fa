/* SPDX-License-Identifier: MIT
 * random.h — reference kernels of random operators, named by operator records. The stream is part of the definition, so
 * these give the very numbers of the fast kernels. */
#ifndef KERNELS_REF_RANDOM_H
#define KERNELS_REF_RANDOM_H

#include "kernels/kernel.h"

void ref_dropout(const kernel_call *call); /* kernels/random.h: dropout_attributes */
void ref_dropout_backward(const kernel_call *call);

#endif
