/* SPDX-License-Identifier: MIT
 * inner.h — operators that call another operator, which is one of their arguments: what the files of ops/control/ share
 * that read, type and plan such calls. */
#ifndef OPS_CONTROL_INNER_H
#define OPS_CONTROL_INNER_H

#include "ops/control.h"
#include "ops/prepare.h"

/* A call inside a call. */
typedef struct inner_call {
    const op *op;
    const arg *args; /* bound to the schema, else as written */
    uint16_t nargs, npos;
    const char *const *kwnames; /* without a schema: names of args[npos …] */
} inner_call;

/* Reads args[op_at] as an operator and the arguments behind it as its own; bound ones go into the arena. */
cot_status inner_read(const cot_graph *g, const node *call, uint32_t op_at, inner_call *out, arena *a,
                      cot_error *error);
/* The same when the call is planned. */
cot_status inner_read_planned(prepare_call *c, uint32_t op_at, inner_call *out);
cot_status inner_type(cot_graph *g, const inner_call *c, type *result, cot_error *error);
value inner_emit(builder *b, const inner_call *c);
/* How many results a call of this type has. */
uint32_t inner_results(const type *t);
/* The argument that is named so, NULL without. */
const arg *inner_keyword(const node *call, const char *name);

/* ---- planning ---------------------------------------------------------------------------------------------------
 * The outer operator's kernel runs the inner one's, which sees some of the outer's tensors, maybe through other
 * descriptors and at an offset. */

enum { INNER_ABSENT = UINT32_MAX };

typedef struct inner_tensor {
    uint32_t source;  /* of the outer's tensors (results, then operands); INNER_ABSENT */
    int64_t offset;   /* bytes from there */
    tensor_desc desc; /* as the inner kernel sees it */
} inner_tensor;

typedef struct inner_plan {
    kernel_fn kernel;
    const void *attributes;
    const inner_tensor *from;
    const tensor_desc *tensors;
    uint32_t num_results, num_operands;
} inner_plan;

/* Where each flat tensor operand of the inner call is among the outer's; those that `given` has an entry for (by
 * parameter, source not INNER_ABSENT) are taken from there. NULL: none. */
cot_status inner_prepare(prepare_call *outer, const inner_call *call, const inner_tensor *results, uint32_t num_results,
                         const inner_tensor *const *given, inner_plan *out);
/* Runs it inside of the outer kernel, with this key. */
void inner_run(const kernel_call *outer, const inner_plan *p, uint64_t seed, uint64_t step);

/* Which of the outer's flat operands a value of the graph is; INNER_ABSENT: none. */
uint32_t inner_operand(const prepare_call *outer, value v);
/* A tensor of the outer call, whole. */
inner_tensor inner_whole(const prepare_call *outer, uint32_t source);

#endif
