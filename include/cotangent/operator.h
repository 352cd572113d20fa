/* SPDX-License-Identifier: MIT
 * operator.h — operators of the caller's: a schema, a kernel in C, a shape rule, a derivative.
 *
 *     static cot_status cube(void *user, const cot_operator_call *c, cot_error *error) {
 *         const float *x = c->operands[0].data;
 *         float *y = c->results[0].data;
 *         for (int64_t i = 0; i < c->operands[0].sizes[0]; i++) y[i] = x[i] * x[i] * x[i] *
 * (float)c->arguments[1].real; return COT_OK;
 *     }
 *
 *     cot_operator_options o = {.schema = "mylib::cube(Tensor x, float k) -> Tensor",
 *                               .kernel = cube,
 *                               .result = "x",
 *                               .derivative = "x: grad * 3 * x * x * k"};
 *     cot_operator_register(ctx, &o, &err);
 *     …
 *     cot_value y = cot_call(b, "mylib.cube", …);   // or torch.ops.mylib.cube.default(x, 2.0) in a program's text
 *
 * A registered operator is an operator like any other: its calls are inferred, differentiated, partitioned, planned and
 * printed. One that writes operands ("mylib::push_(Tensor(a!) stack, Tensor x) -> Tensor") becomes, in the functional
 * stage, a call of auto_functionalized_v2, which runs it on copies where the old contents are still needed.
 * Thread-safety: registering is as the context; kernels run on the thread that runs the frame, so several at a time
 * when several frames run, and share `user`. */
#ifndef COTANGENT_OPERATOR_H
#define COTANGENT_OPERATOR_H

#include <cotangent/build.h>
#include <cotangent/run.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One call of an operator, valid until the callback returns. Tensors are row-major contiguous, but for operands that
 * the operator writes: those have their own strides. */
typedef struct cot_operator_call {
    const cot_tensor *results; /* to be written; of operators that return what they write: that operand */
    uint32_t num_results;
    const cot_tensor *operands; /* tensors of the arguments in the schema's order, items of lists in theirs; one that is
                                 * None has data NULL and ndim 0 */
    uint32_t num_operands;
    /* By parameter of the schema. A tensor is a VALUE, its index among `operands`; a list of tensors VALUES. */
    const cot_argument *arguments;
    uint32_t num_arguments;
    uint64_t seed, step; /* the key of the run: random numbers that are a function of it are drawn again alike */
    void *internal;      /* for cot_operator_parallel */
} cot_operator_call;

/* Computes. Any status but COT_OK ends the run, which fails with that status and the error's text. A kernel must not
 * call functions of the frame or the context that runs it. */
typedef cot_status (*cot_operator_kernel)(void *user, const cot_operator_call *call, cot_error *error);
/* Fills dtype, ndim, sizes (and strides, all zero: row-major) of call->results; data are NULL everywhere. Called when
 * the sizes of all operands are numbers. */
typedef cot_status (*cot_operator_shape)(void *user, cot_tensor *results, const cot_operator_call *call,
                                         cot_error *error);

enum {
    COT_OPERATOR_EFFECT = 1, /* does something beside its results: runs once for each call, in the program's order */
    COT_OPERATOR_CHEAP = 2   /* may be computed twice when that saves memory */
};

/* Zero means default in every field. Strings are copied; `user` must outlive the context. */
typedef struct cot_operator_options {
    size_t struct_bytes; /* sizeof(cot_operator_options); 0 is read as today's size */
    /* As torch.library has it: "namespace::name.overload(Tensor x, Tensor(a!) out, *, int k=1) -> (Tensor, Tensor)". */
    const char *schema;
    cot_operator_kernel kernel; /* NULL: the operator cannot run (but may have a decomposition) */
    /* The results' types as those of an expression over the parameters ("x", "x @ w", "[x, x.sum(0)]"), symbolic sizes
     * included; or a rule in C. Neither: as the first tensor. */
    const char *result;
    cot_operator_shape shape;
    /* A line for each differentiable parameter, expressions over parameters, `grad` (grad0, grad1 … for several
     * results) and `result` (result0 …), which may call any operator: "x: mylib.cube_backward(grad, x, k)\nw: none". A
     * parameter without line has no derivative: a gradient that needs one is refused. */
    const char *derivative;
    /* What it is made of, as an expression: then it is taken apart before anything else and needs nothing of the above.
     */
    const char *decomposition;
    unsigned flags;
    void *user;
} cot_operator_options;

/* Adds an operator to the context. Errors: SYNTAX (the schema does not parse), INVALID (the name is taken; aten, prims,
 * higher_order and the library's own namespaces are closed). */
COT_API cot_status cot_operator_register(cot_context *ctx, const cot_operator_options *options, cot_error *error);

/* Inside a kernel: runs body over [0, count) in pieces of whole multiples of grain, on the threads of the run. */
COT_API void cot_operator_parallel(const cot_operator_call *call, int64_t count, int64_t grain,
                                   void (*body)(void *arg, int64_t begin, int64_t end), void *arg);

/* ---- objects and functions that programs name -------------------------------------------------------------------- */

/* Something that a program calls by name: a method of an object (call_torchbind), or a function that PyTorch did not
 * look into (invoke_leaf_function), which is the method "call" of an object of the function's name. */
typedef struct cot_method {
    const char *schema; /* "add_tensor(Tensor x) -> Tensor", "call(Tensor(a!) x) -> ()": without the object */
    cot_operator_kernel kernel;
    const char *result; /* these four as of an operator */
    cot_operator_shape shape;
    const char *derivative;
} cot_method;

/* Makes an object known by the name that programs have for it: that of the attribute or the placeholder, or the
 * placeholder's target in the signature ("self.counter" is "counter"; dots become underscores). Its methods are called
 * in the program's order, each once a call; `self` is handed to them as `user` and must outlive the context. Errors:
 * SYNTAX, INVALID (there is a method of that name already). */
COT_API cot_status cot_object_register(cot_context *ctx, const char *name, const cot_method *methods, uint32_t count,
                                       void *self, cot_error *error);

#ifdef __cplusplus
}
#endif
#endif
