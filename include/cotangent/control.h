/* SPDX-License-Identifier: MIT
 * control.h — higher-order operators of the caller's: calls with bodies, written out in other operators, with a
 * derivative of their own where they have one.
 *
 *     static cot_status lower(void *user, cot_builder *b, const cot_control_call *c, cot_value *results) {
 *         results[0] = c->operands[0];                                  // three times over
 *         for (int i = 0; i < 3; i++) results[0] = cot_part(b, cot_control_body(b, c, 0, results), 0);
 *         return COT_OK;
 *     }
 *
 *     cot_control_options o = {.name = "thrice", .num_bodies = 1, .lower = lower};
 *     cot_control_register(ctx, &o, &err);
 *     …
 *     cot_value y = cot_call(b, "higher_order.thrice", (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = f},
 *                            {.kind = COT_ARGUMENT_VALUE, .value = x}}, 2);
 *
 * In a program's text such a call is `torch.ops.higher_order.thrice(body_0, (x,), (w,))`: the bodies, the operands, the
 * outer values that the bodies use, then options by keyword. A body takes operands, then those values; it is captured,
 * printed, read, functionalized and differentiated like any other.
 * Thread-safety: as the context. */
#ifndef COTANGENT_CONTROL_H
#define COTANGENT_CONTROL_H

#include <cotangent/build.h>
#include <cotangent/run.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One call, valid until the hook returns. Values belong to the builder that the hook is given; bodies that it builds
 * may use them as any outer value. */
typedef struct cot_control_call {
    const cot_value *operands; /* structures flattened */
    uint32_t num_operands;
    const cot_value *captured; /* outer values that bodies use */
    uint32_t num_captured;
    const cot_argument *options; /* the call's keywords: constants */
    uint32_t num_options;
    uint32_t num_results;
    const cot_value *results;  /* joint: of the forward call */
    const cot_value *tangents; /* joint: of each result, COT_NO_VALUE where it has none */
    void *internal;
} cot_control_call;

/* Inside lower and joint: what body `index` gives for these operands (num_operands of them; captured values are added),
 * as a tuple. b: the hook's builder, or one of a body that the hook builds. */
COT_API cot_value cot_control_body(cot_builder *b, const cot_control_call *call, uint32_t index,
                                   const cot_value *operands);
/* Inside joint: the derivative of that, times `tangents` (one for each of its results, COT_NO_VALUE: none): a tuple
 * with a gradient for each operand, then for each captured value; cot_none where there is none. */
COT_API cot_value cot_control_vjp(cot_builder *b, const cot_control_call *call, uint32_t index,
                                  const cot_value *operands, const cot_value *tangents);
/* An option by its keyword; NULL when the call has none. */
COT_API const cot_argument *cot_control_option(const cot_control_call *call, const char *keyword);

/* What a call's results are. Only dtype, ndim and sizes of tensors; sizes that a run knows are negative and may be
 * handed on. */
typedef struct cot_control_types {
    const cot_tensor *operands; /* and captured values behind them; a number has ndim 0 and no data */
    uint32_t num_operands;
    cot_tensor *results; /* to be changed: at first what body 0 returns; room for num_results and num_operands */
    uint32_t num_results;
} cot_control_types;

/* Zero means default in every field. Strings are copied; `user` must outlive the context. */
typedef struct cot_control_options {
    size_t struct_bytes; /* sizeof(cot_control_options); 0 is read as today's size */
    const char *name;    /* "thrice": it becomes higher_order.thrice */
    uint32_t num_bodies; /* 0 means 1 */
    /* capture: bit i: a body gets an item of operand i along its first dimension, not all of it. */
    uint32_t items;
    /* shape: NULL: the results are like those of body 0. */
    cot_status (*shape)(void *user, cot_control_types *types, cot_error *error);
    /* run: fills results[0 … num_results) with what the call computes, in other operators. Without it the operator is
     * captured, printed and read, but no program with it compiles. */
    cot_status (*lower)(void *user, cot_builder *b, const cot_control_call *call, cot_value *results);
    /* joint: fills gradients of operands, then of captured values; COT_NO_VALUE: zero. NULL: the derivative is that of
     * what `lower` writes. */
    cot_status (*joint)(void *user, cot_builder *b, const cot_control_call *call, cot_value *gradients);
    void *user;
} cot_control_options;

/* Adds a higher-order operator to the context. Errors: INVALID (no name, no identifier, or one that is taken). */
COT_API cot_status cot_control_register(cot_context *ctx, const cot_control_options *options, cot_error *error);

/* ---- operators that call another operator ------------------------------------------------------------------------
 * `name` is the inner operator's ("aten.bernoulli.p", "mylib.push_.default"); its arguments follow as for cot_call. */

/* An operator with effects after others: token is what the call before gave, COT_NO_VALUE for the first. Gives (token,
 * results…). Without tokens calls keep their order, too: these are for programs that are to be printed with them. */
COT_API cot_value cot_with_effects(cot_builder *b, cot_value token, const char *name, const cot_argument *arguments,
                                   uint32_t count);
/* The end of such a thread. */
COT_API void cot_sink_token(cot_builder *b, cot_value token);
/* A random operator whose numbers can be drawn again: gives (state, results…). */
COT_API cot_value cot_save_rng_state(cot_builder *b, const char *name, const cot_argument *arguments, uint32_t count);
/* The same operator from a saved state: gives its results, the same numbers. */
COT_API cot_value cot_with_rng_state(cot_builder *b, cot_value state, const char *name, const cot_argument *arguments,
                                     uint32_t count);
/* An operator that writes operands, as a function: gives (results or None…, new value of each written operand…). What
 * is given stays as it was. Errors: INVALID (it writes nothing), UNKNOWN_OPERATOR. */
COT_API cot_value cot_auto_functionalized(cot_builder *b, const char *name, const cot_argument *arguments,
                                          uint32_t count);
/* An input that is an object of cot_object_register, and a call of a method of it (call_torchbind). Not in bodies. */
COT_API cot_value cot_object(cot_builder *b, const char *name);
COT_API cot_value cot_call_method(cot_builder *b, cot_value object, const char *method, const cot_argument *arguments,
                                  uint32_t count);

#ifdef __cplusplus
}
#endif
#endif
