/* SPDX-License-Identifier: MIT
 * live.h — running a program whose sizes become known as it runs (segments.h).
 *
 * A frame of such a program plans each segment for the sizes that it meets, and keeps what it planned: a segment is
 * looked up by the values of the symbols so far. Plans belong to the frame, so frames share nothing and take no lock.
 * Memory grows when a size asks for more than any before it. */
#ifndef RUNTIME_LIVE_H
#define RUNTIME_LIVE_H

#include "runtime/frame.h"

typedef struct live live;

/* When compiling: plans e as executable_plan does, or, when sizes are known only in a run, for sizes that are made up.
 */
cot_status live_plan(cot_executable *e, const cot_graph *functional, const cot_graph *forward,
                     const cot_graph *backward, const binding *b, cot_error *error);

/* What a frame of such an executable has beside others. *out is NULL for one whose sizes are known. */
cot_status live_create(const cot_executable *e, live **out, cot_error *error);
void live_destroy(live *l); /* accepts NULL */
/* Sizes of an output; -1: known only in a run. */
const int64_t *live_output_sizes(const live *l, uint32_t output);
/* The table of addresses, with room for the plans so far. */
char **live_bases(live *l);

/* Runs all segments but the last, and makes the frame one of the executable that is planned for the sizes found.
 * CANCELLED when the run was. */
cot_status live_begin(cot_frame *f, struct pool *p, cot_error *error);

#endif
