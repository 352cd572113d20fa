/* SPDX-License-Identifier: MIT
 * recurrent.h — layers of recurrent networks taken apart into steps (recurrent_steps.c), as they are printed. */
#ifndef OPS_RECURRENT_H
#define OPS_RECURRENT_H

#include "kernels/recurrent.h"
#include "ops/emit.h"

enum { RECURRENT_LONGEST = 4096 }; /* steps that are written out */

/* Operands of a layer or of its backward by what they are; NO_VALUE where there is none. */
typedef struct layer_values {
    recurrent_cell cell;
    bool reverse, batch_first;
    value at[RECURRENT_ROLES];
} layer_values;

/* Emit the steps and fill in the results: OUTPUT, CELLS, GATES, or GRAD_INPUT, GRAD_HIDDEN, GRAD_H, GRAD_C. */
void recurrent_unroll(builder *b, layer_values *l);
void recurrent_unroll_backward(builder *b, layer_values *l);

#endif
