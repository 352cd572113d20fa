/* SPDX-License-Identifier: MIT
 * shorthands.c — the common operators as C functions: each is one cot_call. */
#include <cotangent/build.h>

static cot_argument of_value(cot_value v) {
    return v == COT_NO_VALUE ? (cot_argument){.kind = COT_ARGUMENT_NONE}
                             : (cot_argument){.kind = COT_ARGUMENT_VALUE, .value = v};
}
static cot_argument of_int(int64_t i) { return (cot_argument){.kind = COT_ARGUMENT_INT, .integer = i}; }
static cot_argument of_real(double x) { return (cot_argument){.kind = COT_ARGUMENT_REAL, .real = x}; }
static cot_argument of_bool(int flag) { return (cot_argument){.kind = COT_ARGUMENT_BOOL, .integer = flag != 0}; }
static cot_argument of_ints(const int64_t *ints, uint32_t count) {
    return (cot_argument){.kind = COT_ARGUMENT_INTS, .ints = ints, .count = count};
}

#define CALL(b, name, ...)                                                                                             \
    cot_call((b), (name), (const cot_argument[]){__VA_ARGS__},                                                         \
             sizeof((const cot_argument[]){__VA_ARGS__}) / sizeof(cot_argument))

#define UNARY(function, name)                                                                                          \
    cot_value function(cot_builder *b, cot_value x) { return CALL(b, name, of_value(x)); }
#define BINARY(function, name)                                                                                         \
    cot_value function(cot_builder *b, cot_value x, cot_value y) { return CALL(b, name, of_value(x), of_value(y)); }

BINARY(cot_add, "add.Tensor")
BINARY(cot_sub, "sub.Tensor")
BINARY(cot_mul, "mul.Tensor")
BINARY(cot_div, "div.Tensor")
BINARY(cot_matmul, "matmul.default")
BINARY(cot_mse_loss, "mse_loss.default")
BINARY(cot_cross_entropy, "cross_entropy_loss.default")
BINARY(cot_embedding, "embedding.default")
BINARY(cot_copy_into, "copy_.default")
UNARY(cot_neg, "neg.default")
UNARY(cot_exp, "exp.default")
UNARY(cot_log, "log.default")
UNARY(cot_sqrt, "sqrt.default")
UNARY(cot_sin, "sin.default")
UNARY(cot_cos, "cos.default")
UNARY(cot_tanh, "tanh.default")
UNARY(cot_sigmoid, "sigmoid.default")
UNARY(cot_relu, "relu.default")
UNARY(cot_gelu, "gelu.default")
UNARY(cot_silu, "silu.default")
UNARY(cot_sum, "sum.default")
UNARY(cot_mean, "mean.default")

cot_value cot_scale(cot_builder *b, cot_value x, double factor) {
    return CALL(b, "mul.Tensor", of_value(x), of_real(factor));
}
cot_value cot_shift(cot_builder *b, cot_value x, double summand) {
    return CALL(b, "add.Tensor", of_value(x), of_real(summand));
}

cot_value cot_linear(cot_builder *b, cot_value x, cot_value weight, cot_value bias) {
    return CALL(b, "linear.default", of_value(x), of_value(weight), of_value(bias));
}

cot_value cot_conv2d(cot_builder *b, cot_value x, cot_value weight, cot_value bias, int64_t stride, int64_t padding) {
    const int64_t strides[] = {stride, stride}, paddings[] = {padding, padding};
    return CALL(b, "conv2d.default", of_value(x), of_value(weight), of_value(bias), of_ints(strides, 2),
                of_ints(paddings, 2));
}

cot_value cot_max_pool2d(cot_builder *b, cot_value x, int64_t size) {
    const int64_t sizes[] = {size, size};
    return CALL(b, "max_pool2d.default", of_value(x), of_ints(sizes, 2), of_ints(sizes, 2));
}

cot_value cot_layer_norm(cot_builder *b, cot_value x, cot_value weight, cot_value bias, double epsilon) {
    int64_t sizes[COT_MAX_DIMS] = {0};
    const int ndim = cot_value_shape(b, x, sizes, NULL);
    return CALL(b, "layer_norm.default", of_value(x), of_ints(sizes + (ndim > 0 ? ndim - 1 : 0), 1), of_value(weight),
                of_value(bias), of_real(epsilon));
}

cot_value cot_attention(cot_builder *b, cot_value q, cot_value k, cot_value v, int causal) {
    return CALL(b, "scaled_dot_product_attention.default", of_value(q), of_value(k), of_value(v),
                of_value(COT_NO_VALUE), of_real(0), of_bool(causal));
}

cot_value cot_dropout(cot_builder *b, cot_value x, double p) {
    return CALL(b, "dropout.default", of_value(x), of_real(p), of_bool(1));
}
cot_value cot_softmax(cot_builder *b, cot_value x, int64_t dim) {
    return CALL(b, "softmax.int", of_value(x), of_int(dim));
}
cot_value cot_log_softmax(cot_builder *b, cot_value x, int64_t dim) {
    return CALL(b, "log_softmax.int", of_value(x), of_int(dim));
}

cot_value cot_reshape(cot_builder *b, cot_value x, uint32_t ndim, const int64_t *sizes) {
    return CALL(b, "reshape.default", of_value(x), of_ints(sizes, ndim));
}

cot_value cot_transpose(cot_builder *b, cot_value x, int64_t dim0, int64_t dim1) {
    return CALL(b, "transpose.int", of_value(x), of_int(dim0), of_int(dim1));
}
