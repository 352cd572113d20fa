/* SPDX-License-Identifier: MIT
 * create.h — what others ask of operators that make tensors from nothing. */
#ifndef OPS_CREATE_H
#define OPS_CREATE_H

#include "ops/op.h"

/* The number that a call fills its result with; NULL for operators that do something else. */
const arg *create_number(const op *o, const arg *args);

#endif
