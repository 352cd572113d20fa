/* SPDX-License-Identifier: MIT
 * differentiate.h — the state of one reverse walk, shared by the files of this folder.
 *
 * Gradients are kept for values of the *functional* graph, not for their copies in the joint graph: a cot.with_history
 * node shares its copy with the value it renames but has a history, and so a gradient, of its own. */
#ifndef AUTOGRAD_DIFFERENTIATE_H
#define AUTOGRAD_DIFFERENTIATE_H

#include "autograd/joint.h"
#include "ops/control.h"
#include "ops/emit.h"
#include "ops/vjp.h"

typedef struct body_joint {
    const cot_graph *body;
    const bool *needs, *tangents; /* the pattern: by tensor operand, by result part */
    cot_graph *joint;
    cot_graph *forward, *backward; /* its parts, once they have been asked for */
} body_joint;

/* Joints of bodies, made once for each (body, needs, tangents); shared by a graph and all its bodies. */
typedef struct body_cache {
    const joint_splitter *splitter;
    bool again; /* gradients may be differentiated once more */
    VEC(body_joint) made;
} body_cache;

typedef struct differentiation {
    const cot_graph *functional;
    builder b;         /* the joint graph */
    arena *scratch;    /* dropped when the walk ends */
    value *copy;       /* functional value → joint value */
    value *origin;     /* joint value of a forward node → functional value; NO_VALUE otherwise */
    value forward_end; /* joint values below are inputs and forward nodes */
    bool *needs;       /* by functional value: is connected to an input that requires grad */
    bool *reached;     /* by functional value: a differentiated output depends on it */
    value *grad;       /* by functional value: its gradient so far, in the joint graph */
    value **parts;     /* by functional value: joint values of the parts of a call that got another form, or NULL */
    value **part_grad; /* by functional value with a tuple type: gradients of its parts */
    body_cache *bodies;
} differentiation;

/* Copies the forward of d->functional into the joint graph; inputs must have been placed (copy[] filled). */
cot_status differentiate_copy_forward(differentiation *d);
/* Which values need a gradient, from requires[] by input. */
void differentiate_needs(differentiation *d, const bool *requires);
/* The reverse walk: gradients of all values from those already put in grad[]. */
cot_status differentiate_backward(differentiation *d);
/* The gradient of an input, or NO_VALUE where there is no path; an input that is only reached by zeros gets zeros. */
value differentiate_input_gradient(differentiation *d, value input);
void differentiate_start(differentiation *d, const cot_graph *functional, cot_graph *joint, body_cache *bodies,
                         cot_error *error);

/* accumulate.c: adds a contribution to the gradient of functional value v: summed to v's size, cast to its dtype. */
void gradient_add(differentiation *d, value v, value contribution);
/* rule.c: gradients of the operands of functional node n by its record's rule. */
cot_status gradient_by_rule(differentiation *d, value n);
/* decomposed.c: by the parts of an operator that has a decomposition and no rule. */
cot_status gradient_by_decomposition(differentiation *d, value n);
/* control.c: by a higher-order operator's joint hook. */
cot_status gradient_by_hook(differentiation *d, value n);
/* The forward call of functional node n in the form that its hook gives it. False: it has none, n is copied. */
cot_status forward_by_hook(differentiation *d, value n, bool *done);
/* saved.c: refuses a backward (joint nodes from `begin` on) of n that reads a value written after n. */
cot_status saved_check(const differentiation *d, value n, value begin);

/* forget.c: takes histories out of a joint graph and its bodies, which nobody differentiates again. */
void differentiate_forget(cot_graph *g);

/* joint.c: a tangent has its output's layout where that is dense, else it is contiguous (ALI-21). */
type tangent_type(cot_graph *joint, const type *output);
/* Whether a value of this type can have a gradient. */
bool type_is_differentiable(const type *t);

#endif
