/* SPDX-License-Identifier: MIT
 * functionalized_call.h — auto_functionalized_v2 over an operator with bodies. */
#ifndef OPS_CONTROL_FUNCTIONALIZED_CALL_H
#define OPS_CONTROL_FUNCTIONALIZED_CALL_H

#include "ops/control/control.h"

cot_status functionalized_call_shape(cot_graph *g, const node *n, type *result, cot_error *error);
cot_status functionalized_call_lower(lower_stage *s, arg_list *parts);

#endif
