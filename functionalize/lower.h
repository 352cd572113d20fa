/* SPDX-License-Identifier: MIT
 * lower.h — what lower.c and autocast.c share. */
#ifndef FUNCTIONALIZE_LOWER_H
#define FUNCTIONALIZE_LOWER_H

#include "functionalize/functionalize.h"
#include "ops/control.h"

/* A body that is a child of the lowered graph already. */
typedef struct lowered_body {
    const cot_graph *source;
    region_mode mode;
    const char *path;
} lowered_body;

typedef struct lowering {
    builder b; /* the lowered graph */
    arena *scratch;
    region_mode mode;
    VEC(lowered_body) bodies;
    map casts;             /* of this autocast region: parameter → its low precision copy */
    map inlined;           /* bodies that were inlined: at the next call their sizes are new symbols */
    uint32_t *checkpoints; /* checkpointed regions of the program so far */
} lowering;

/* autocast.c: casts the operands of a call as torch.autocast does on the CPU. */
void autocast_operands(lowering *l, const op *o, arg *args);
/* The same for a control operator: tensors among its arguments, not those in lists. */
void autocast_call(lowering *l, const op *o, arg *args, uint32_t nargs);
/* Does the call choose a precision of its own here, so that what it is made of needs no further casts? */
static inline bool autocast_applies(const lowering *l, const op *o) {
    return l->mode.autocast && (o->traits & (OP_AUTOCAST_LOW | OP_AUTOCAST_F32 | OP_AUTOCAST_WIDEST));
}

#endif
