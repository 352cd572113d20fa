/* SPDX-License-Identifier: MIT
 * functionalize.h — mutation and aliasing out. */
#ifndef FUNCTIONALIZE_FUNCTIONALIZE_H
#define FUNCTIONALIZE_FUNCTIONALIZE_H

#include "graph/graph.h"

typedef struct functionalize_options {
    const bool *requires_grad; /* by input, num_inputs of the program; NULL: none (inference) */
    bool inference;            /* nothing will be differentiated */
    bool keep_input_mutations; /* write inputs by copy_ at the end of the graph where that is allowed (FUN-09) */
} functionalize_options;

/* An input that lies in a storage which others lie in, too. */
typedef struct input_view {
    uint32_t input;         /* index of the program's input */
    const char *storage;    /* its name: inputs that share one have the same */
    int64_t offset;         /* elements from the storage's first */
    const int64_t *strides; /* by dimension; all zero: the input's own */
} input_view;

/* bases.c — needs: a program. gives: the program with one input for each storage, one-dimensional, before all others,
 * from which the views are read by as_strided. kept: by input of it, the program's, or UINT32_MAX for a storage (room
 * for num_inputs of the program). keeps: names, a view's too. cost: linear. */
cot_status bases_merge(const cot_graph *program, const input_view *views, uint32_t count, cot_graph **out,
                       uint32_t *kept, cot_error *error);

/* constants.c — needs: a program. gives: the program with its tensor attributes as inputs behind all others, or NULL
 * where it has none. keeps: names. cost: linear. */
cot_status constants_lift(const cot_graph *program, cot_graph **out, cot_error *error);

/* lower.c — needs: a verified program. gives: the same program with regions inlined (their modes on the nodes),
 * autocast casts in place, composite operators decomposed; still with mutation and views. keeps: inputs, outputs,
 * names of nodes that stay. cost: linear. */
cot_status lower(const cot_graph *program, cot_graph **out, cot_error *error);

/* functionalize.c — needs: a lowered program. gives: a graph without mutation (but copy_ into placeholders at its
 * end) whose outputs are (new values of mutated inputs…, program's outputs…, bases of aliased intermediates…),
 * described in num_mutated, mutated, num_user_outputs, aliases, num_bases; input_specs[].requires_grad is set.
 * Writes that autograd does not see become cot.with_history nodes; node.overwritten says which values were written
 * later. cost: linear. */
cot_status functionalize(const cot_graph *lowered, const functionalize_options *options, cot_graph **out,
                         cot_error *error);

/* effects.c — needs: a functional or joint graph. gives, in place: each call of an operator whose effects keep their
 * order becomes one of with_effects, and a token goes through them from prims._make_token to prims._sink_tokens; those
 * of the backward have a token of their own. keeps: names of all other nodes, the order of calls. Bodies too. cost:
 * linear. */
void effects_thread(cot_graph *g);

/* Such a graph with its tokens as first input and first output, that of a backward as last ones (TOK-01, TOK-02): how
 * stages are printed. Gives NULL when it has none. */
cot_graph *effects_lift(const cot_graph *g);

#endif
