/* SPDX-License-Identifier: MIT
 * registered.h — operators of the caller's as records: what the public header's callbacks become. */
#ifndef OPS_REGISTERED_H
#define OPS_REGISTERED_H

#include "ops/prepare.h"
#include <cotangent/operator.h>

/* What such a record's `data` points at. */
typedef struct registered {
    cot_operator_kernel kernel;
    cot_operator_shape shape;
    const char *result; /* expression, NULL without */
    void *user;
} registered;

/* The record of an operator with this schema and these callbacks, in the context's arena. */
op_record *registered_record(cot_context *ctx, const char *schema, const registered *callbacks);

#endif
