/* SPDX-License-Identifier: MIT
 * writing.h — hooks of the caller's write into a graph that a pass is making, through the public builder. */
#ifndef CAPTURE_WRITING_H
#define CAPTURE_WRITING_H

#include "capture/body.h"
#include <cotangent/control.h>

/* Behind cot_control_call.internal. */
typedef struct control_bodies {
    const cot_graph *const *graphs; /* functional */
    uint32_t count;
    joint_stage *joint; /* NULL before differentiation */
} control_bodies;

/* A public builder on a pass's own; what it does is the pass's from writing_end on. */
cot_builder *writing_begin(builder *b);
/* `status`: what the hook returned. */
cot_status writing_end(cot_builder *w, builder *b, cot_status status, const char *who);

#endif
