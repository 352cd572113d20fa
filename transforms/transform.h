/* SPDX-License-Identifier: MIT
 * transform.h — what the transforms share: the source made functional, the new program being written. */
#ifndef TRANSFORMS_TRANSFORM_H
#define TRANSFORMS_TRANSFORM_H

#include "autograd/differentiate.h"
#include "ops/emit.h"

#include <cotangent/transform.h>

typedef struct transform {
    cot_graph *functional; /* of the source */
    cot_graph *made;       /* the new program */
    arena *scratch;
    cot_error *error;
    arg_list outputs;      /* of the functional graph: leaves of what the program returns */
    arg_list results;      /* of the new program, in order */
    uint32_t first_output; /* of `leaves`: those before it are new values of mutated inputs */
    arg_list leaves;
} transform;

/* Makes the program functional and begins a new one. requires: by input, NULL where nothing is differentiated. */
cot_status transform_open(transform *t, const cot_graph *program, const bool *requires, cot_error *error);
/* Begins a new program whose source is functional already. */
void transform_begin(transform *t, const cot_graph *functional, cot_error *error);
/* A placeholder of the new program: for input i of the source, perhaps of another type; or one of its own. */
value transform_input(transform *t, builder *b, uint32_t i, const type *as);
value transform_new_input(transform *t, builder *b, const char *name, const type *as);
void transform_result(transform *t, arg a);
/* Writes new values to inputs: values[i] goes to input inputs[i] of the new program. */
void transform_write(transform *t, builder *b, uint32_t input, value v);
/* Ends: gives the cleaned program. Frees everything else, also on failure. */
cot_status transform_finish(transform *t, cot_status status, cot_graph **out);
bool transform_is_user(const cot_graph *g, uint32_t i); /* no parameter, buffer or constant */
/* An input by name, key or number among the user's. */
cot_status transform_find_input(const cot_graph *g, const char *name, uint32_t *index, cot_error *error);

/* The derivative of a program (derivative.c), not yet public: all on graphs without guard. */
typedef struct derivative {
    const cot_derivative_options *options;
    bool *chosen;  /* by input */
    bool *outputs; /* by leaf: is differentiated */
    uint32_t num_inputs, num_outputs;
    arena *arena; /* of the flags */
} derivative;
cot_status derivative_choose(derivative *d, const cot_graph *g, const cot_derivative_options *o, arena *a,
                             cot_error *error);
/* (inputs…, cotangents_i…) → (outputs…, gradients…), every value in order of the flags in d. */
cot_status derivative_vjp(const cot_graph *g, derivative *d, cot_graph **out, cot_error *error);
/* (inputs…, tangents_i…) → (outputs…, tangents…). */
cot_status derivative_jvp(const cot_graph *g, derivative *d, cot_graph **out, cot_error *error);

/* The bodies of the public functions, called inside a guard. */
cot_status transform_grad(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error);
cot_status transform_vjp(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error);
cot_status transform_jvp(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error);
cot_status transform_jacrev(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error);
cot_status transform_jacfwd(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error);
cot_status transform_hessian(const cot_graph *g, const cot_derivative_options *o, cot_graph **out, cot_error *error);
cot_status transform_vmap(const cot_graph *g, const cot_vmap_options *o, cot_graph **out, cot_error *error);
cot_status transform_functional_call(const cot_graph *g, const char *const *names, uint32_t count, cot_graph **out,
                                     cot_error *error);

#endif
