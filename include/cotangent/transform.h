/* SPDX-License-Identifier: MIT
 * transform.h — functions of programs: derivatives, batches, Jacobians. Each takes a program and gives a new one, which
 * can be printed, compiled, and transformed again, to any depth.
 *
 *     cot_graph *gradient, *each;                       // the gradient of a loss for every example of a batch
 *     cot_grad(loss, &(cot_derivative_options){.inputs = (const char *[]){"w"}, .num_inputs = 1}, &gradient, &err);
 *     cot_vmap(gradient, &(cot_vmap_options){.size = 32, .in_dims = (int[]){COT_NOT_BATCHED, 0, 0}, .num_in_dims = 3},
 *              &each, &err);
 *
 * They are torch.func's functions on flat lists: a program's inputs are its placeholders in order, its outputs the
 * leaves of what it returns. The source is only read. Writes to inputs stay writes to inputs. Thread-safety: as the
 * graph's context. */
#ifndef COTANGENT_TRANSFORM_H
#define COTANGENT_TRANSFORM_H

#include <cotangent/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Zero means default in every field. Borrowed until the call returns. */
typedef struct cot_derivative_options {
    size_t struct_bytes;       /* sizeof(cot_derivative_options); 0 is read as today's size */
    const char *const *inputs; /* by which to differentiate: names, state dict keys, or numbers among the user
                                * inputs ("0"); NULL: the
                                * parameters, or the first floating-point input of a program that has none */
    uint32_t num_inputs;
    int has_aux; /* output 0 alone is differentiated; the others are returned behind the derivatives */
    int value;   /* cot_grad: the outputs come behind the gradients, too */
} cot_derivative_options;

/* (inputs…) → (a gradient of output 0 for each chosen input…). Output 0 is a scalar, and without has_aux the only
 * output. An input that output 0 does not depend on gets zeros. Gives *out (caller destroys). Errors: INVALID (no such
 * input), REFUSED (no scalar), NO_RULE. */
COT_API cot_status cot_grad(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out,
                            cot_error *error);
/* (inputs…, a cotangent for each differentiable output…) → (outputs…, a gradient for each chosen input…). */
COT_API cot_status cot_vjp(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out,
                           cot_error *error);
/* (inputs…, a tangent for each chosen input…) → (outputs…, a tangent for each differentiable output…). */
COT_API cot_status cot_jvp(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out,
                           cot_error *error);
/* (inputs…) → (for each differentiable output, for each chosen input, a Jacobian of the output's sizes, then the
 * input's…). jacrev goes through the outputs' elements, all at once, jacfwd through the inputs'. */
COT_API cot_status cot_jacrev(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out,
                              cot_error *error);
COT_API cot_status cot_jacfwd(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out,
                              cot_error *error);
/* jacfwd of jacrev: for each output, for each chosen input i, for each chosen input j: sizes of output, i, j. */
COT_API cot_status cot_hessian(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out,
                               cot_error *error);

/* What a random operator does in a batch. */
typedef enum cot_randomness {
    COT_RANDOMNESS_ERROR,     /* it is refused */
    COT_RANDOMNESS_DIFFERENT, /* it draws for each example */
    COT_RANDOMNESS_SAME       /* it draws once for all */
} cot_randomness;

#define COT_NOT_BATCHED (-1000) /* an input that is the same for all examples */

typedef struct cot_vmap_options {
    size_t struct_bytes;
    int64_t size; /* of the batch, at least 1 */
    /* By user input, or by input: where its batch stands, negative from the end, or COT_NOT_BATCHED; a lone entry is
     * for all user inputs. NULL: 0 for user inputs. Parameters, buffers and constants are the same for all examples. */
    const int *in_dims;
    uint32_t num_in_dims;
    const int *out_dims; /* by output: where its batch is put; NULL: 0 */
    uint32_t num_out_dims;
    cot_randomness randomness;
} cot_vmap_options;

/* The program over a batch. What does not depend on a batched input is computed once. An operator without batching rule
 * runs in a loop over the batch, and the context's log says which. Errors: INVALID, REFUSED (data-dependent sizes,
 * random numbers in mode ERROR, a value for each example written to an input that is the same for all), UNSUPPORTED. */
COT_API cot_status cot_vmap(const cot_graph *graph, const cot_vmap_options *options, cot_graph **out, cot_error *error);

/* Parameters, buffers and constants become plain inputs, which a caller gives at each call and transforms may batch:
 * those of `names` (names or state dict keys), all with num_names 0. Errors: INVALID. */
COT_API cot_status cot_functional_call(const cot_graph *graph, const char *const *names, uint32_t num_names,
                                       cot_graph **out, cot_error *error);

/* Any of these by their text: "grad(w, has_aux=True)", "vmap(size=8, in_dims=(0, None), randomness='same')",
 * "functional_call()"; several are separated by ';' and applied from left to right. Keywords are the fields above;
 * words without keyword are inputs. Errors: SYNTAX, and those of the functions. */
COT_API cot_status cot_transform(const cot_graph *graph, const char *text, cot_graph **out, cot_error *error);

#ifdef __cplusplus
}
#endif
#endif
