/* SPDX-License-Identifier: MIT
 * emit.h — appending calls to a graph: how decompositions, derivative rules and passes write programs.
 *
 * A builder is sticky: after the first error every emit gives NO_VALUE and does nothing; whoever made the builder
 * looks at `status` once at the end. A NO_VALUE operand where the schema wants a tensor is an error, where it allows
 * None it is None. Results have their type computed by the operator's shape rule at once, so graph_type(b->graph, v)
 * holds. */
#ifndef OPS_EMIT_H
#define OPS_EMIT_H

#include "ops/op.h"

struct builder {
    cot_graph *graph;
    cot_error *error; /* filled with the first failure; may be NULL */
    cot_status status;
    uint32_t flags;         /* node_flags given to every new node */
    value forward;          /* given to every new node: node.forward */
    bool new_symbols;       /* sizes that only data tell are not those of place_node */
    uint32_t checkpoint;    /* given to every new node: node.checkpoint */
    bool decompose;         /* expand composite operators when they are emitted */
    bool autocast;          /* dtypes are not final: casts will be put between the nodes */
    const cot_graph *place; /* with place_node: where errors are said to be (the source program) */
    value place_node;
    uint32_t depth; /* of decompositions within decompositions */
    map dims;       /* symbolic size → the node that knows it; filled as far as `scanned` */
    uint32_t scanned;
};

void builder_init(builder *b, cot_graph *g, cot_error *error);
cot_status builder_fail(builder *b, cot_status status, const char *format, ...); /* keeps the first */
void builder_failed(builder *b, cot_status status); /* keeps a failure that has filled b->error already */

/* Emits a call. `name` as op_find takes it. One letter of `format` for each argument given, in schema order:
 *   v value (NO_VALUE: None)     V const value *, uint32_t: a list of values
 *   i int64_t                    I const int64_t *, uint32_t: a list of ints
 *   d dim (a size; a symbolic one is materialised as a Sym node)     D const dim *, uint32_t: a list of sizes
 *   f double                     b int (bool)         n None         s const char *
 *   t cot_dtype (int)            a const arg * (any argument, values of b->graph)
 * then optionally keywords: "vv,alpha=f". Arguments not given take their defaults.
 *     value y = emit(b, "add.Tensor", "vv,alpha=f", x, z, 2.0);
 *     value s = emit(b, "sum.dim_IntList", "vIb", x, dims, 2u, 1);
 * Counts are uint32_t. */
value emit(builder *b, const char *name, const char *format, ...);
/* Emits with arguments already bound to o's schema (op with schema: num_params of them). npos/kwmask as in node are
 * recomputed: arguments equal to their default are not printed. candidate NULL: the packet's name. */
value emit_bound(builder *b, const op *o, const arg *args, const char *candidate);
/* Emits a call of an operator without schema, arguments as they are. `result` is its type. */
value emit_raw(builder *b, const op *o, const arg *args, uint32_t nargs, const type *result, const char *candidate);
/* Part i of a tuple value (makes a getitem node; of a value that is no tuple, i == 0, the value itself). */
value emit_get(builder *b, value tuple, uint32_t i);
/* Values as one tuple value, for operators that return lists: emit_get of it gives the value itself back. */
value emit_pack(builder *b, const value *values, uint32_t count);
value emit_placeholder(builder *b, const char *candidate, const type *t);
/* An argument of g as one of b's graph, a placeholder for each value in it: for a graph that only tells types. */
arg emit_argument_placeholders(builder *b, const cot_graph *g, const arg *a);
value emit_get_attr(builder *b, const char *path, cot_graph *child);
/* A Sym node for a symbolic size (sym_size of a tensor that has it, or arithmetic), an ARG_INT for a static one. */
arg emit_dim(builder *b, dim d);

/* Binds written arguments (positional, then keywords) to a schema; defaults filled in. On failure says which argument.
 */
cot_status bind_args(const cot_graph *g, const op *o, const arg *pos, uint32_t npos, const arg *kw,
                     const char *const *kwnames, uint32_t nkw, arg *bound, uint32_t *kwmask, char *why,
                     size_t why_bytes);

/* The overload of a packet that Python would choose for these arguments; NULL when none takes them. */
const op *op_select(const cot_graph *g, const char *packet, const arg *pos, uint32_t npos, const arg *kw,
                    const char *const *kwnames, uint32_t nkw);
/* Emits a call with arguments as written; the overload is chosen when `name` is a packet. */
arg emit_written(builder *b, const char *name, const arg *pos, uint32_t npos, const arg *kw, const char *const *kwnames,
                 uint32_t nkw);
/* Python's operator ("+", "==", "@", "neg", "~" …) on numbers (folded), sizes or tensors. */
arg emit_operator(builder *b, const char *symbol, arg left, arg right);

/* Runs o's shape rule on bound arguments. */
cot_status infer_type(cot_graph *g, const op *o, const arg *args, type *result, cot_error *error);

/* Does a value of type `result` fit into the tensor `self` that it is written to? Fails in PyTorch's words. */
cot_status infer_written(cot_graph *g, const type *self, const type *result, cot_error *error);

/* Decomposes a call of o into operators without OP_COMPOSITE; NO_VALUE when it has no decomposition (not an error). */
value decompose(builder *b, const op *o, const arg *args);

#define TYPE_OF(b, v) graph_type((b)->graph, (v))

/* An FX expression of the record language ("grad * other", "neg(mul(grad, sin(self)))"), evaluated into b. Names are
 * looked up in `names`/`args`. Calls are aten operators by packet name (the overload is chosen by argument kinds) or
 * with overload ("sum.dim_IntList(grad, [0], True)"); operators + - * / ** @ unary -; lists; numbers; None, True,
 * False; x[0]; .size(i), .dim(), .shape, .dtype; any other method is the operator of that name. */
value emit_expression(builder *b, const char *expression, const char *const *names, const arg *args, uint32_t count);
/* As emit_expression, but the result may be any argument (a list for several results). */
arg evaluate_expression(builder *b, const char *expression, const char *const *names, const arg *args, uint32_t count);

#endif
