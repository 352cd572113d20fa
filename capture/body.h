/* SPDX-License-Identifier: MIT
 * body.h — a body while it is captured: what body.c makes and control.c uses. */
#ifndef CAPTURE_BODY_H
#define CAPTURE_BODY_H

#include "capture/capture.h"
#include "ops/control/control.h"

/* captured.state */
typedef struct body_state {
    cot_builder *inner;
    value_list inputs;   /* its own, then what stands for the lifted ones */
    cot_value structure; /* what the function returned */
    public_list leaves;  /* of it, then of the cells */
    bool *returned;      /* by leaf: one of the graph's outputs; else a constant that is put back outside */
    public_list cells;   /* variables outside that the body was allowed to change, and did */
    uint8_t returns;     /* ARG_TUPLE, ARG_LIST */
    bool nested;         /* the structure as it is */
    bool bare;           /* its one output without a list around it */
} body_state;

/* capture_stage.state */
typedef struct capture_state {
    cot_builder *b;
    const cot_argument *arguments;
    cot_value result;
} capture_state;

static inline cot_builder *capture_builder(const capture_stage *s) { return ((capture_state *)s->state)->b; }

bool body_is_function(const capture_stage *s, uint32_t at);
cot_status body_capture(capture_stage *s, const capture_request *request, captured *out);
cot_status body_inline(capture_stage *s, const capture_request *request);
void body_give(capture_stage *s, uint32_t at);
/* An argument as a public value. */
cot_value body_argument(capture_stage *s, uint32_t at);
/* The graph's outputs anew, after `returned` changed. */
void body_outputs(captured *body);
/* The call fails where the body did, in the words of a body that cannot be captured (CAP-34). */
cot_status body_failed(capture_stage *s, const captured *body);
cot_status body_refuse(capture_stage *s, cot_status status, const char *text);
/* NULL for a missing value. */
const handle *leaf_handle(cot_builder *b, cot_value leaf);

#endif
