/* SPDX-License-Identifier: MIT
 * complex.c — making complex numbers of real ones. There are no lazy conjugates here: they are made when they are asked
 * for. */
#include "ops/emit.h"

/* (real, imag) of one shape as one complex tensor. */
static value join_parts(builder *b, value real, value imag) {
    const value both = emit(b, "stack", "Vi", (const value[]){real, imag}, 2u, (int64_t)-1);
    return emit(b, "view_as_complex", "v", both);
}

static value decompose_complex(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const value given[] = {arg_as_value(&args[0]), arg_as_value(&args[1])};
    const value same = emit(b, "broadcast_tensors", "V", given, 2u);
    return join_parts(b, emit_get(b, same, 0), emit_get(b, same, 1));
}

static value decompose_polar(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const value size = arg_as_value(&args[0]), angle = arg_as_value(&args[1]);
    return join_parts(b, emit(b, "mul.Tensor", "vv", size, emit(b, "cos", "v", angle)),
                      emit(b, "mul.Tensor", "vv", size, emit(b, "sin", "v", angle)));
}

static value decompose_conj_physical(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const value self = arg_as_value(&args[0]);
    if (!dtype_is_complex((cot_dtype)TYPE_OF(b, self)->dtype)) return emit(b, "clone", "v", self);
    const value parts = emit(b, "view_as_real", "v", self);
    const value real = emit(b, "select.int", "vii", parts, (int64_t)-1, (int64_t)0),
                imag = emit(b, "select.int", "vii", parts, (int64_t)-1, (int64_t)1);
    return join_parts(b, real, emit(b, "neg", "v", imag));
}

#define COMPOSITE(schema_, fn, samples_)                                                                               \
    { .schema = schema_, .decompose_fn = fn, .traits = OP_COMPOSITE, .samples = samples_ }

const op_record ops_complex[] = {
    COMPOSITE("complex(Tensor real, Tensor imag) -> Tensor", decompose_complex, "f32[2, 3], f32[3]; f64[], f64[2]"),
    COMPOSITE("polar(Tensor abs, Tensor angle) -> Tensor", decompose_polar, "f32[2, 3], f32[3]; f64[], f64[2]"),
    COMPOSITE("conj_physical(Tensor self) -> Tensor", decompose_conj_physical, "f32[2]; c64[2, 3]"),
};
const uint32_t ops_complex_count = COUNT_OF(ops_complex);
