/* SPDX-License-Identifier: MIT
 * written.h — the functionalize hook of operators whose bodies may write their inputs. */
#ifndef OPS_CONTROL_WRITTEN_H
#define OPS_CONTROL_WRITTEN_H

#include "ops/control/control.h"

/* What becomes of an operand that a body writes. */
typedef enum written_role {
    WRITTEN_NEVER,    /* it must not be written */
    WRITTEN_RETURNED, /* the body returns its new value, the call gives it behind its other results */
    WRITTEN_CARRIED,  /* it becomes a carry of the loop */
} written_role;

enum { WRITTEN_MOST_LISTS = 3 };

/* How a call is built: bodies, and lists of operands in the order in which bodies take them, the first one being
 * carries where there are any. */
typedef struct written_form {
    uint32_t first_body, num_bodies;
    uint32_t num_tests; /* the first of them return what they return and nothing else */
    uint32_t first_list, num_lists;
    uint8_t roles[WRITTEN_MOST_LISTS]; /* written_role, by list */
    uint32_t (*carries)(const node *call);
    const char *refusal; /* NULL: the general one */
} written_form;

cot_status written_functionalize(functionalize_stage *s, const written_form *form, value *result);
/* Whether a call has `count` arguments; PyTorch adds mutated_arg_indices = '2' where bodies write. */
bool written_has_arguments(const arg *args, uint32_t nargs, uint32_t count);

#endif
