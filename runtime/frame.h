/* SPDX-License-Identifier: MIT
 * frame.h — the inside of a frame: addresses, what is bound, where the last run got to. */
#ifndef RUNTIME_FRAME_H
#define RUNTIME_FRAME_H

#include "runtime/executable.h"
#include "runtime/grown.h"
#include "runtime/late.h"
#include "runtime/profile.h"

/* A tensor of the caller's; data NULL: none. */
typedef struct bound {
    void *data;
    tensor_desc desc;
    bool is_bound;
    bool accumulate; /* gradients: added to what is there */
} bound;

typedef enum frame_state { FRAME_FRESH, FRAME_FORWARD_DONE, FRAME_BACKWARD_DONE } frame_state;

struct cot_frame {
    const cot_executable *exe;
    char **bases; /* an address for each slot, and the plan's stack */
    char *arena;
    bool *input_bound;
    bool *input_new;    /* bound since the last run */
    bound *tangents;    /* by output */
    bound *finals;      /* by input: tangents of final values */
    bound *gradients;   /* by input of the program */
    bool *has_gradient; /* of the last backward */
    bound one;          /* what arrives at a lone scalar output */
    _Alignas(16) unsigned char one_value[16];
    uint32_t num_new;
    uint32_t unbound; /* inputs that are needed and not bound */
    uint32_t num_tangents_bound;
    _Atomic(int) cancel;
    frame_state state;
    run_key key;
    watch watch;
    grown grown;
    late_plans late;
    run_failure failure;
    struct live *live; /* of a program whose sizes are known only in a run; else NULL */
    void *memory;      /* NULL: the caller's */
    uint64_t memory_bytes;
};

/* around.c — what stands around the plan in a run. */
void frame_tangents_in(cot_frame *f, pool *p);
void frame_gradients_out(cot_frame *f, pool *p);

#endif
