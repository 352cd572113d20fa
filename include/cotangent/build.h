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

/* ---- inputs and outputs: in the order of calls ---- */

/* sizes: ndim of them, borrowed until the call returns. */
COT_API cot_value cot_input(cot_builder *b, const char *name, cot_dtype dtype, uint32_t ndim, const int64_t *sizes);
/* Something that training updates; key is its name in weight files ("fc1.weight"). */
COT_API cot_value cot_parameter(cot_builder *b, const char *key, cot_dtype dtype, uint32_t ndim, const int64_t *sizes);
/* State that is not trained (running statistics). */
COT_API cot_value cot_buffer(cot_builder *b, const char *key, cot_dtype dtype, uint32_t ndim, const int64_t *sizes);
COT_API void cot_output(cot_builder *b, cot_value v);
/* Rank, sizes and dtype of a tensor value: rank, or -1 for what is no tensor. sizes (COT_MAX_DIMS) and dtype may be
 * NULL. */
COT_API int cot_value_shape(const cot_builder *b, cot_value v, int64_t *sizes, cot_dtype *dtype);

/* ---- any operator ---- */

typedef enum cot_argument_kind {
    COT_ARGUMENT_NONE,
    COT_ARGUMENT_VALUE,
    COT_ARGUMENT_INT,
    COT_ARGUMENT_REAL,
    COT_ARGUMENT_BOOL,
    COT_ARGUMENT_DTYPE,
    COT_ARGUMENT_TEXT,
    COT_ARGUMENT_INTS,
    COT_ARGUMENT_VALUES
} cot_argument_kind;

typedef struct cot_argument {
    cot_argument_kind kind;
    const char *keyword; /* NULL: by position; positional ones come first */
    uint32_t count;      /* of ints or values */
    int64_t integer;     /* INT, BOOL (0 or 1), DTYPE */
    double real;
    cot_value value;
    const char *text;
    const int64_t *ints; /* borrowed until the call returns */
    const cot_value *values;
} cot_argument;

/* Calls an operator by the name FX text has for it, "aten." in front or not: "aten.addmm.default", "layer_norm",
 * "mul.Tensor". With no overload in the name the arguments choose it. A tuple result is taken apart with cot_part.
 * Errors (sticky): UNKNOWN_OPERATOR, SCHEMA, SHAPE. */
COT_API cot_value cot_call(cot_builder *b, const char *name, const cot_argument *arguments, uint32_t count);
COT_API cot_value cot_part(cot_builder *b, cot_value tuple, uint32_t index);

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

/* ---- regions ---- */

/* A body: gets a builder of its own and its operands as values of that builder, returns its result. It may use values
 * of the builder outside: they become operands. */
typedef cot_value (*cot_body)(cot_builder *b, const cot_value *operands, uint32_t count, void *user);
/* Calls a body as a region that is compiled once and may be called many times (invoke_subgraph): bodies with equal
 * graphs are one. `user` is handed to the body, which runs now. */
COT_API cot_value cot_invoke(cot_builder *b, cot_body body, void *user, const cot_value *operands, uint32_t count);

#ifdef __cplusplus
}
#endif
#endif
