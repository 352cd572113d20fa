/* SPDX-License-Identifier: MIT
 * while_loop.h — what the files of while_loop share. */
#ifndef OPS_CONTROL_WHILE_LOOP_H
#define OPS_CONTROL_WHILE_LOOP_H

#include "ops/control/control.h"

/* Arguments of while_loop and while_loop_stack_output. */
enum { WHILE_CONDITION, WHILE_BODY, WHILE_CARRIES, WHILE_ADDITIONAL, WHILE_ARGUMENTS };

/* The type of while_loop_stack_output: all parts have one symbol as their first size. */
cot_status while_stack_shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error);

/* while_backward.c: the hooks of both operators. */
cot_status while_forward(joint_stage *s, value *result, value *parts);
cot_status while_joint(joint_stage *s);

#endif
