/* SPDX-License-Identifier: MIT
 * softmax.c — softmax and log_softmax along a dimension, with derivatives. */
#include "ops/reduce.h"
#include "ops/batch.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/softmax.h"
#include "ops/form.h"

#include <string.h>

KERNEL_DECLARE(kernel_fn, softmax_run);

static uint8_t code_of(const op *o) { return *(const uint8_t *)o->record->data; }

/* ---- shape and plan time ----------------------------------------------------------------------------------------- */

static cot_status shape_softmax(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    const int half = op_param(c->op, "half_to_float"), named = op_param(c->op, "dtype"),
              from = op_param(c->op, "input_dtype");
    uint32_t d;
    cot_dtype dtype = (cot_dtype)t->dtype;
    TRY(shape_wrap(c, arg_as_int(&c->args[op_param(c->op, "dim")], 0), t->ndim, &d));
    if (half >= 0 && arg_as_bool(&c->args[half], false)) dtype = COT_F32;
    if (named >= 0 && c->args[named].kind == ARG_DTYPE) dtype = (cot_dtype)c->args[named].i;
    if (from >= 0 && c->args[from].kind == ARG_DTYPE) dtype = (cot_dtype)c->args[from].i;
    if (!dtype_is_float(dtype))
        return shape_fail(c, "not implemented for %s, expected floating point", dtype_torch_name(dtype));
    return shape_result(c, dtype, t->sizes, t->ndim);
}

static cot_status prepare_softmax(prepare_call *c) {
    const tensor_desc *t = &c->results[0];
    softmax_attributes *s = PREPARE_ATTRIBUTES(c, softmax_attributes);
    const uint32_t d = reduce_dim(&c->args[op_param(c->op, "dim")], t->ndim);
    if (dtype_is_complex((cot_dtype)c->operands[0].dtype)) return prepare_no_kernel(c);
    s->code = code_of(c->op);
    s->class = t->dtype == COT_F64 || c->operands[0].dtype == COT_F64 ? TILE_F64 : TILE_F32;
    s->outer = s->inner = s->length = 1;
    for (uint32_t i = 0; i < t->ndim; i++) *(i < d ? &s->outer : i == d ? &s->length : &s->inner) *= t->sizes[i];
    s->width = MIN(s->inner, TILE_LENGTH);
    while (s->width >= 128 && s->outer * ((s->inner + s->width - 1) / s->width) < c->threads) s->width /= 2;
    const int64_t room = s->inner > 1 ? TILE_LENGTH : s->length;
    s->worker_bytes = ((size_t)room * 3 * sizeof(double) + 63) / 64 * 64;
    c->scratch_bytes = s->worker_bytes * c->threads;
    c->contiguous = 3;
    c->in_place = 3; /* each line is read in full before it is written, in the last pass element by element */
    c->kernel = KERNEL_SELECT(softmax_run);
    if (s->inner == 1 && d + 1 == t->ndim) {
        if (s->code == SOFTMAX || s->code == SOFTMAX_LOG) form_softmax(c, s->code == SOFTMAX_LOG);
        if (s->code == SOFTMAX_BACKWARD || s->code == SOFTMAX_LOG_BACKWARD)
            form_softmax_backward(c, s->code == SOFTMAX_LOG_BACKWARD);
    }
    return COT_OK;
}

/* ---- composites -------------------------------------------------------------------------------------------------- */

/* softmax.int, log_softmax.int: with a dtype, the operand is cast first. */
static value decompose_softmax(builder *b, const op *o, const arg *args) {
    value x = arg_as_value(&args[0]);
    const bool logarithm = strstr(o->packet, "log_") != NULL;
    if (args[2].kind == ARG_DTYPE && (cot_dtype)args[2].i != TYPE_OF(b, x)->dtype) {
        const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
        x = emit(b, "_to_copy", "v,dtype=t,layout=a,device=a", x, (int)args[2].i, &strided, &cpu);
    }
    return emit(b, logarithm ? "_log_softmax" : "_softmax", "vab", x, &args[1], 0);
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

#define SOFTMAX_RECORD(schema_, code, ...)                                                                             \
    {                                                                                                                  \
        .schema = schema_, .batch = &batch_dims, .shape = shape_softmax, .prepare = prepare_softmax,                   \
        .reference = softmax_reference, .data = &(const uint8_t){code}, __VA_ARGS__                                    \
    }
#define SOFTMAX_SAMPLES                                                                                                \
    "f32[2, 5], -1, False; f32[2, 5, 3], 1, False; f32[3, 200], 1, False; f32[], 0, False; f32[2, 0], 1, False"

const op_record ops_softmax[] = {
    SOFTMAX_RECORD("_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", SOFTMAX,
                   .vjp = "self: _softmax_backward_data(grad, result, dim, self.dtype)", .samples = SOFTMAX_SAMPLES),
    SOFTMAX_RECORD("_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", SOFTMAX_LOG,
                   .vjp = "self: _log_softmax_backward_data(grad, result, dim, self.dtype)",
                   .samples = SOFTMAX_SAMPLES),
    SOFTMAX_RECORD("_safe_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", SOFTMAX_SAFE,
                   .vjp = "self: _softmax_backward_data(grad, result, dim, self.dtype)",
                   .samples = "f32[2, 5], -1; f32[2, 5, 3], 1"),
    SOFTMAX_RECORD(
        "_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor",
        SOFTMAX_BACKWARD,
        .vjp = "grad_output: _softmax_backward_data(grad, output, dim, input_dtype)\n"
               "output: s = sum.dim_IntList(mul.Tensor(grad, output), [dim], True); "
               "t = sum.dim_IntList(mul.Tensor(grad_output, output), [dim], True); "
               "sub.Tensor(sub.Tensor(mul.Tensor(grad_output, grad), mul.Tensor(grad_output, s)), mul.Tensor(grad, t))",
        .samples = "f32[2, 5], f32[2, 5], -1, torch.float32; f32[2, 5, 3], f32[2, 5, 3], 1, torch.float32"),
    SOFTMAX_RECORD(
        "_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor",
        SOFTMAX_LOG_BACKWARD,
        .vjp = "grad_output: sub.Tensor(grad, sum.dim_IntList(mul.Tensor(grad, exp(output)), [dim], True))\n"
               "output: s = neg(sum.dim_IntList(grad_output, [dim], True)); "
               "mul.Tensor(mul.Tensor(s, exp(output)), grad)",
        .samples = "f32[2, 5], f32[2, 5], -1, torch.float32; f32[2, 5, 3], f32[2, 5, 3], 1, torch.float32"),
    {.schema = "softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_softmax,
     .samples = "f32[2, 5], 1; f32[2, 5], 0, torch.float64"},
    {.schema = "log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_softmax,
     .samples = "f32[2, 5], 1; f32[2, 5], 0, torch.float64"},
    {.schema = "special_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_softmax},
    {.schema = "special_log_softmax(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_softmax},
};
const uint32_t ops_softmax_count = COUNT_OF(ops_softmax);
