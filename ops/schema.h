/* SPDX-License-Identifier: MIT
 * schema.h — reading ATen's schema text into the parameters of an op. Used where operators are made. */
#ifndef OPS_SCHEMA_H
#define OPS_SCHEMA_H

#include "ops/op.h"

/* Parses o->record->schema into name, packet, overload, params, returns and the traits that follow from them.
 * `form` derives the in-place form, or the `_copy` form of a view. False when the text is malformed: a bug. */
typedef enum schema_form { SCHEMA_AS_IS, SCHEMA_INPLACE, SCHEMA_COPY } schema_form;
bool schema_parse(arena *a, op *o, schema_form form);

#endif
