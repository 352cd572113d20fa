/* SPDX-License-Identifier: MIT
 * build.h — writing programs in C. Capture is building: calling these functions appends to a graph.
 *
 *     cot_builder *b;  cot_builder_create(ctx, "net", &b, &err);
 *     cot_value w = cot_parameter(b, "w", COT_F32, 2, (int64_t[]){10, 64});
 *     cot_value x = cot_input(b, "x", COT_F32, 2, (int64_t[]){32, 64});
 *     cot_value y = cot_input(b, "y", COT_I64, 1, (int64_t[]){32});
 *     cot_output(b, cot_cross_entropy(b, cot_linear(b, x, w, COT_NO_VALUE), y));
 *     cot_builder_finish(&b, &graph, &err);          // the first thing that went wrong is said here
 *
 * A builder is sticky: after the first failure every call does nothing and gives COT_NO_VALUE, so calls need no checks.
 * Values belong to the builder they came from. Any operator of the library can be called with cot_call; the functions
 * below it are shorthands for the common ones. Shapes are inferred at once and can be asked for. Thread-safety: a
 * builder is used by one thread at a time, as its context. */
#ifndef COTANGENT_BUILD_H
#define COTANGENT_BUILD_H

#include <cotangent/graph.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cot_builder cot_builder;

/* Starts a program; name is its class name in the text form, NULL for "GraphModule". Gives *out (finish takes it). */
COT_API cot_status cot_builder_create(cot_context *ctx, const char *name, cot_builder **out, cot_error *error);
/* Ends the program: checks it, gives *graph (caller destroys) and takes *builder (NULL afterwards), also on failure.
 * Errors: the first of any call on this builder; INVALID without output. graph NULL: just drops the builder. */
COT_API cot_status cot_builder_finish(cot_builder **builder, cot_graph **graph, cot_error *error);
/* Whether something failed already, and its text. */
COT_API cot_status cot_builder_status(const cot_builder *builder);

/* Makes the builder fail with the caller's own words: for bodies and hooks that refuse what they are given. */
COT_API void cot_builder_fail(cot_builder *builder, cot_status status, const char *text);

/* ---- inputs and outputs: in the order of calls ---- */

/* sizes: ndim of them, borrowed until the call returns; each a number, or what cot_dynamic gave. */
COT_API cot_value cot_input(cot_builder *b, const char *name, cot_dtype dtype, uint32_t ndim, const int64_t *sizes);
/* Something that training updates; key is its name in weight files ("fc1.weight"). */
COT_API cot_value cot_parameter(cot_builder *b, const char *key, cot_dtype dtype, uint32_t ndim, const int64_t *sizes);
/* State that is not trained (running statistics). */
COT_API cot_value cot_buffer(cot_builder *b, const char *key, cot_dtype dtype, uint32_t ndim, const int64_t *sizes);
/* Of a structure, each leaf is an output. */
COT_API void cot_output(cot_builder *b, cot_value v);
/* A size that each call of the program may choose anew, from `least` to `most` (negative: no end); for cot_input and
 * wherever else sizes stand. It is no number: compute with cot_size. */
COT_API int64_t cot_dynamic(cot_builder *b, int64_t least, int64_t most);
/* The size of a dimension as a value: a constant, or a number that a run knows. */
COT_API cot_value cot_size(cot_builder *b, cot_value x, int64_t index);
/* Rank, sizes and dtype of a tensor value: rank, or -1 for what is no tensor. sizes (COT_MAX_DIMS) and dtype may be
 * NULL; sizes that only a run knows are negative. */
COT_API int cot_value_shape(const cot_builder *b, cot_value v, int64_t *sizes, cot_dtype *dtype);

/* ---- any operator ---- */

/* A body: gets a builder of its own and its operands, returns its result; see "bodies" below. */
typedef cot_value (*cot_body)(cot_builder *b, const cot_value *operands, uint32_t count, void *user);

typedef enum cot_argument_kind {
    COT_ARGUMENT_NONE,
    COT_ARGUMENT_VALUE,
    COT_ARGUMENT_INT,
    COT_ARGUMENT_REAL,
    COT_ARGUMENT_BOOL,
    COT_ARGUMENT_DTYPE,
    COT_ARGUMENT_TEXT,
    COT_ARGUMENT_INTS,
    COT_ARGUMENT_VALUES,
    COT_ARGUMENT_BODY,    /* for higher-order operators */
    COT_ARGUMENT_OPERATOR /* an operator by its name, for operators that call it */
} cot_argument_kind;

typedef struct cot_argument {
    cot_argument_kind kind;
    const char *keyword; /* NULL: by position; positional ones come first */
    uint32_t count;      /* of ints or values */
    int64_t integer;     /* INT, BOOL (0 or 1), DTYPE */
    double real;
    cot_value value;
    const char *text;    /* TEXT, OPERATOR */
    const int64_t *ints; /* borrowed until the call returns */
    const cot_value *values;
    cot_body body;
    void *user; /* handed to the body */
} cot_argument;

/* Calls an operator by the name FX text has for it, "aten." in front or not: "aten.addmm.default", "layer_norm",
 * "mul.Tensor". With no overload in the name the arguments choose it. A tuple result is taken apart with cot_part.
 * A higher-order operator ("higher_order.cond") is called as the text has it, with functions for bodies and without the
 * operands that bodies use on their own; the functions under "bodies" are shorthands.
 * Errors (sticky): UNKNOWN_OPERATOR, SCHEMA, SHAPE. */
COT_API cot_value cot_call(cot_builder *b, const char *name, const cot_argument *arguments, uint32_t count);
COT_API cot_value cot_part(cot_builder *b, cot_value tuple, uint32_t index);
/* Python's operator ("+", "-", "*", "//", "<", "==" …) on numbers, sizes or tensors. */
COT_API cot_value cot_operator(cot_builder *b, const char *symbol, cot_value x, cot_value y);

/* ---- constants and structures: values that stand for no node; operands and results of bodies may be such ---- */

COT_API cot_value cot_none(cot_builder *b);
COT_API cot_value cot_int(cot_builder *b, int64_t i);
COT_API cot_value cot_real(cot_builder *b, double x);
COT_API cot_value cot_bool(cot_builder *b, int flag);
COT_API cot_value cot_text(cot_builder *b, const char *text);
/* Items may be structures. What is given is copied. Parts are taken with cot_part, or by key. */
COT_API cot_value cot_list(cot_builder *b, const cot_value *items, uint32_t count);
COT_API cot_value cot_tuple(cot_builder *b, const cot_value *items, uint32_t count);
COT_API cot_value cot_dict(cot_builder *b, const char *const *keys, const cot_value *items, uint32_t count);
COT_API cot_value cot_field(cot_builder *b, cot_value dict, const char *key);
COT_API uint32_t cot_count(const cot_builder *b, cot_value v); /* of parts; 1 for what is no structure */

/* A struct of C whose members are values, as a dict, and back:
 *     static const cot_member members[] = {{"h", offsetof(state, h)}, {"c", offsetof(state, c)}};
 *     cot_value carry = cot_struct(b, members, 2, &s);  …  cot_struct_read(b, carry, members, 2, &s); */
typedef struct cot_member {
    const char *name;
    size_t offset; /* of a cot_value */
} cot_member;
COT_API cot_value cot_struct(cot_builder *b, const cot_member *members, uint32_t count, const void *object);
COT_API void cot_struct_read(cot_builder *b, cot_value dict, const cot_member *members, uint32_t count, void *object);

/* ---- shorthands ---- */

COT_API cot_value cot_add(cot_builder *b, cot_value x, cot_value y);
COT_API cot_value cot_sub(cot_builder *b, cot_value x, cot_value y);
COT_API cot_value cot_mul(cot_builder *b, cot_value x, cot_value y);
COT_API cot_value cot_div(cot_builder *b, cot_value x, cot_value y);
COT_API cot_value cot_scale(cot_builder *b, cot_value x, double factor);  /* x * factor */
COT_API cot_value cot_shift(cot_builder *b, cot_value x, double summand); /* x + summand */
COT_API cot_value cot_neg(cot_builder *b, cot_value x);
COT_API cot_value cot_exp(cot_builder *b, cot_value x);
COT_API cot_value cot_log(cot_builder *b, cot_value x);
COT_API cot_value cot_sqrt(cot_builder *b, cot_value x);
COT_API cot_value cot_sin(cot_builder *b, cot_value x);
COT_API cot_value cot_cos(cot_builder *b, cot_value x);
COT_API cot_value cot_tanh(cot_builder *b, cot_value x);
COT_API cot_value cot_sigmoid(cot_builder *b, cot_value x);
COT_API cot_value cot_relu(cot_builder *b, cot_value x);
COT_API cot_value cot_gelu(cot_builder *b, cot_value x);
COT_API cot_value cot_silu(cot_builder *b, cot_value x);
COT_API cot_value cot_matmul(cot_builder *b, cot_value x, cot_value y); /* torch.matmul */
COT_API cot_value cot_linear(cot_builder *b, cot_value x, cot_value weight,
                             cot_value bias); /* weight (out, in); bias or COT_NO_VALUE */
COT_API cot_value cot_conv2d(cot_builder *b, cot_value x, cot_value weight, cot_value bias, int64_t stride,
                             int64_t padding);
COT_API cot_value cot_max_pool2d(cot_builder *b, cot_value x, int64_t size);
COT_API cot_value cot_embedding(cot_builder *b, cot_value table, cot_value ids);
COT_API cot_value cot_layer_norm(cot_builder *b, cot_value x, cot_value weight, cot_value bias,
                                 double epsilon); /* last dimension */
COT_API cot_value cot_attention(cot_builder *b, cot_value q, cot_value k, cot_value v,
                                int causal); /* (…, heads, time, width) */
COT_API cot_value cot_dropout(cot_builder *b, cot_value x,
                              double p); /* drops with probability p: for training programs */
COT_API cot_value cot_softmax(cot_builder *b, cot_value x, int64_t dim);
COT_API cot_value cot_log_softmax(cot_builder *b, cot_value x, int64_t dim);
COT_API cot_value cot_cross_entropy(cot_builder *b, cot_value logits,
                                    cot_value classes); /* mean; logits (n, c, …), classes i64 (n, …) */
COT_API cot_value cot_mse_loss(cot_builder *b, cot_value x, cot_value y);
COT_API cot_value cot_sum(cot_builder *b, cot_value x);
COT_API cot_value cot_mean(cot_builder *b, cot_value x);
COT_API cot_value cot_reshape(cot_builder *b, cot_value x, uint32_t ndim,
                              const int64_t *sizes); /* one size may be -1 */
COT_API cot_value cot_transpose(cot_builder *b, cot_value x, int64_t dim0, int64_t dim1);
COT_API cot_value cot_copy_into(cot_builder *b, cot_value to,
                                cot_value from); /* to.copy_(from): writes an input or a view of it */

/* ---- bodies ---- */

/* A body may use values of the builders outside: they become operands of the call, each once, in order of first use
 * (sizes that only a run knows before the tensor that has them). Operands are handed on as they were given, structures
 * as structures; constants are part of the body. It returns a value or a structure; the call gives the same structure.
 * The function runs at once, with `user`.
 * What it may not do is change anything outside: use a builder outside, set a cell, write an outer tensor (regions may,
 * where nothing is differentiated). Errors: REFUSED, and what failed in the body. */

/* Calls a body as a region that is compiled once and may be called many times (invoke_subgraph): bodies with equal
 * graphs are one. */
COT_API cot_value cot_invoke(cot_builder *b, cot_body body, void *user, const cot_value *operands, uint32_t count);
/* if_true(operands) or if_false(operands), as `predicate` says in a run: a bool tensor of one element. A constant
 * predicate is decided here. Both return the same structure, sizes and dtypes. */
COT_API cot_value cot_cond(cot_builder *b, cot_value predicate, cot_body if_true, cot_body if_false, void *user,
                           const cot_value *operands, uint32_t count);
/* The branch that `index` says in a run, an integer tensor of one element: the first or the last where it is too low or
 * too high. */
COT_API cot_value cot_switch(cot_builder *b, cot_value index, const cot_body *branches, uint32_t num_branches,
                             void *user, const cot_value *operands, uint32_t count);
/* carries = body(carries) as long as condition(carries), a bool tensor of one element, holds. Gives the last carries as
 * a tuple. */
COT_API cot_value cot_while(cot_builder *b, cot_body condition, cot_body body, void *user, const cot_value *carries,
                            uint32_t count);
/* For each item of xs (a tensor, or a structure of tensors that share the size of dimension `dim`): combine(carry,
 * item) returns a tuple (next carry, output). Gives (last carry, outputs stacked along `dim`). `reverse`: from the last
 * item to the first. */
COT_API cot_value cot_scan(cot_builder *b, cot_body combine, void *user, cot_value carry, cot_value xs, int64_t dim,
                           int reverse);
/* Inclusive prefixes along `dim`: combine(x, y) of two items is associative and returns what an item is. */
COT_API cot_value cot_associative_scan(cot_builder *b, cot_body combine, void *user, cot_value xs, int64_t dim,
                                       int reverse);
/* body(item, operands…) for each item of xs along dimension 0, stacked. */
COT_API cot_value cot_map(cot_builder *b, cot_body body, void *user, cot_value xs, const cot_value *operands,
                          uint32_t count);
/* Attention whose scores go through a function and a mask: softmax of score_mod(scale · q kᵀ) where mask_mod, times v.
 * q (batch, heads, queries, width); k and v may have fewer heads, which neighbours share, and one batch for all.
 * score_mod gets a score and the coordinates b, h, q, k, 0-dim i32 tensors, and returns a number like the score;
 * mask_mod gets the coordinates and returns a bool. Both compute single numbers, pointwise and by indexing tensors
 * outside ("index.Tensor"), which get gradients from score_mod. NULL: scores as they are; everything is seen. scale 0:
 * 1 / sqrt(width). No matrix of scores is made. Gives (result, logs of the sums of exponentials, largest scores); the
 * last two to base 2, and only the first two have gradients. */
COT_API cot_value cot_flex_attention(cot_builder *b, cot_value q, cot_value k, cot_value v, cot_body score_mod,
                                     cot_body mask_mod, void *user, double scale);
/* The blocks of scores that a mask leaves, as PyTorch's BlockMask lists them. A block is query_size × key_size; tensors
 * are i32 and have batch and heads in front, of size 1 where all share them. `counts` says how many blocks of `keys` a
 * row of blocks has in which mask_mod is asked; those in which it would be true everywhere have lists of their own. */
typedef struct cot_block_mask {
    size_t struct_bytes; /* sizeof(cot_block_mask); 0 is read as today's size */
    int64_t query_size, key_size;
    cot_value counts, keys;           /* [b, h, rows], [b, h, rows, columns] */
    cot_value full_counts, full_keys; /* COT_NO_VALUE: none */
    /* The same lists by columns, of which a program that is differentiated must have the first two. */
    cot_value query_counts, queries, full_query_counts, full_queries;
} cot_block_mask;
/* cot_flex_attention that skips the blocks which are not listed. blocks NULL: mask_mod alone says what is seen. */
COT_API cot_value cot_flex_attention_blocks(cot_builder *b, cot_value q, cot_value k, cot_value v, cot_body score_mod,
                                            cot_body mask_mod, void *user, double scale, const cot_block_mask *blocks);
/* The body without derivatives (wrap_with_set_grad_enabled), and with matrix products in `dtype`. */
COT_API cot_value cot_no_grad(cot_builder *b, cot_body body, void *user, const cot_value *operands, uint32_t count);
COT_API cot_value cot_autocast(cot_builder *b, cot_dtype dtype, cot_body body, void *user, const cot_value *operands,
                               uint32_t count);

/* The body computed again in the backward, so that nothing of it is kept (tag_activation_checkpoint). */
COT_API cot_value cot_checkpointed(cot_builder *b, cot_body body, void *user, const cot_value *operands,
                                   uint32_t count);
/* A forward with a derivative of its own (torch.autograd.Function): forward(operands…) returns a tuple of two, its
 * outputs (a value, or a structure) and a tuple of what it saves; backward(gradients of the outputs…, saved…) returns a
 * tuple of a gradient, or cot_none, for each operand. Gives the outputs. */
COT_API cot_value cot_custom(cot_builder *b, cot_body forward, cot_body backward, void *user, const cot_value *operands,
                             uint32_t count);

/* A variable of the program, for what a body changes: C's own variables would be changed once, when the body runs, not
 * when the program does. Any body may read a cell; only the builder that made it may set it, and bodies that are
 * allowed to (then the call gives the new contents). */
COT_API cot_value cot_cell(cot_builder *b, cot_value content);
COT_API cot_value cot_cell_get(cot_builder *b, cot_value cell);
COT_API void cot_cell_set(cot_builder *b, cot_value cell, cot_value content);
/* In a body, before anything else: it may change what lies outside. Bodies within it are checked as ever. */
COT_API void cot_allow_side_effects(cot_builder *b);

#ifdef __cplusplus
}
#endif
#endif
