/* SPDX-License-Identifier: MIT
 * control.h — what the files of ops/control/ share. */
#ifndef OPS_CONTROL_CONTROL_H
#define OPS_CONTROL_CONTROL_H

#include "ops/control.h"

/* The child graph that an argument (a get_attr value) names; NULL when it names none. */
cot_graph *control_body(const cot_graph *g, const arg *a);
/* The type of a call that gives what its body returns: a tuple of the body's output leaves. `who` is for the error. */
cot_status control_result_of_body(cot_graph *g, const cot_graph *body, const char *who, type *result, cot_error *error);

#endif
