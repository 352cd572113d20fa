/* SPDX-License-Identifier: MIT
 * vmap.h — nodes of one example written out for a batch, for the passes of this folder. */
#ifndef TRANSFORMS_VMAP_H
#define TRANSFORMS_VMAP_H

#include "ops/batch.h"
#include "ops/control.h"

typedef struct batched_body {
    const cot_graph *body;
    const bool *in, *wanted; /* the pattern: by input, by output */
    const char *name;        /* under which it is a child of the graph */
    const bool *out;         /* which outputs have the batch */
} batched_body;

/* One walk over a functional graph. Values with a batch have it as dimension 0. */
typedef struct vmap_walk {
    builder *b;
    const cot_graph *source;
    dim size;
    uint8_t randomness;
    value *map;     /* by value of source */
    bool *batched;  /* by value of source; of a tuple: see parts */
    bool **parts;   /* by value of source with a tuple type: which parts have the batch */
    arena *scratch; /* the caller's */
    VEC(batched_body) bodies;
    uint32_t depth; /* of decompositions within decompositions */
} vmap_walk;

/* Begins a walk; the caller sets map and batched of the inputs. */
void vmap_start(vmap_walk *w, builder *b, const cot_graph *source, dim size, uint8_t randomness, arena *scratch);
/* Writes node v of the source. Nothing that does not depend on the batch is repeated. */
cot_status vmap_node(vmap_walk *w, value v);
/* All nodes but placeholders. */
cot_status vmap_nodes(vmap_walk *w);
/* What an argument of the source has become: an output, with the batch at dimension `at` of it. */
arg vmap_output(vmap_walk *w, const arg *a, int64_t at);
/* Dimension `from` of a tensor moved to `to`. */
value vmap_move(builder *b, value v, int64_t from, int64_t to);

/* What v of the source has become; `plain`: without the batch. */
void vmap_set(vmap_walk *w, value v, value made, bool plain);
bool vmap_any(const vmap_walk *w, const node *n); /* whether a call has a batched operand */

/* vmap_control.c: a call with bodies. */
cot_status vmap_call(vmap_walk *w, value v);
/* The nodes of a body in the place of its call. outs: its output leaves, batched or not as out says. */
cot_status vmap_inline(vmap_walk *w, builder *b, const cot_graph *body, const arg *operands, const bool *in, arg *outs,
                       bool *out);
/* vmap_loop.c: a call without rule, as a loop over the batch. */
cot_status vmap_loop(vmap_walk *w, value v, const arg *args);

#endif
