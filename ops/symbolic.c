/* SPDX-License-Identifier: MIT
 * symbolic.c — operators that compute sizes, not tensors: sizes of tensors, Python's operators on them (printed as
 * `a * b`) and torch.sym_*. Their value is the expression in their type; the runtime evaluates it when sizes are bound.
 */
#include "ops/shape.h"

#include <string.h>

/* ---- from tensors ----------------------------------------------------------------------------------------------- */

static cot_status shape_sym_size(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    uint32_t d;
    TRY(shape_wrap(c, arg_as_int(&c->args[1], 0), t->ndim, &d));
    if (t->ndim == 0) return shape_fail(c, "a 0-dimensional tensor has no sizes");
    c->result =
        type_int(strcmp(c->op->packet, "sym_stride") && strcmp(c->op->packet, "stride") ? t->sizes[d] : t->strides[d]);
    return COT_OK;
}

static cot_status shape_sym_numel(shape_call *c) {
    c->result = type_int(type_numel(c->syms, shape_tensor(c, 0)));
    return COT_OK;
}

static cot_status shape_sym_storage_offset(shape_call *c) {
    c->result = type_int(shape_tensor(c, 0)->offset);
    return COT_OK;
}

/* A list of sizes: a tuple of numbers. */
static cot_status shape_all_sizes(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    type *parts = ARENA_ARRAY(c->arena, type, t->ndim);
    bool strides = strstr(c->op->packet, "stride") != NULL;
    for (uint32_t i = 0; i < t->ndim; i++) parts[i] = type_int(strides ? t->strides[i] : t->sizes[i]);
    c->result = type_tuple(c->arena, parts, t->ndim);
    return COT_OK;
}

/* ---- arithmetic ------------------------------------------------------------------------------------------------- */

static bool is_float(const shape_call *c, uint32_t i) {
    const arg *a = &c->args[i];
    return a->kind == ARG_FLOAT || (a->kind == ARG_VALUE && graph_type(c->graph, a->value)->kind == TYPE_FLOAT);
}

/* An operand as an expression, a float too. */
static dim number_of(const shape_call *c, const arg *a) {
    const type *t = a->kind == ARG_VALUE ? graph_type(c->graph, a->value) : NULL;
    if (t && t->kind == TYPE_FLOAT) return t->expr;
    if (a->kind != ARG_FLOAT) return arg_as_dim(c->graph, a);
    text words = {.arena = c->arena};
    const char *end;
    text_add_float(&words, a->f);
    return dim_parse(c->syms, words.data, words.data + words.count, &end);
}

static dim power(syms *s, dim a, dim b) {
    dim r = 1;
    if (!dim_is_static(b) || b > 64) return dim_function(s, "PowByNatural", (dim[2]){a, b}, 2);
    for (dim i = 0; i < b; i++) r = dim_mul(s, r, a);
    return r;
}

typedef struct arithmetic {
    const char *name;                    /* of the function in sympy's print, where there is no rule for it */
    dim (*exact)(syms *s, dim a, dim b); /* on integers */
    bool boolean;
} arithmetic;

static const arithmetic add = {"Add", dim_add, false}, subtract = {"Sub", dim_sub, false},
                        multiply = {"Mul", dim_mul, false};
static const arithmetic floor_divide = {"FloorDiv", dim_floordiv, false}, modulo = {"Mod", dim_mod, false};
static const arithmetic raise = {"PowByNatural", power, false}, maximum = {"Max", dim_max, false},
                        minimum = {"Min", dim_min, false};
static const arithmetic left_shift = {"LShift", NULL, false}, right_shift = {"RShift", NULL, false};
static const arithmetic equal = {"==", NULL, true}, different = {"!=", NULL, true}, less = {"<", NULL, true};
static const arithmetic less_equal = {"<=", NULL, true}, greater = {">", NULL, true},
                        greater_equal = {">=", NULL, true};
static const arithmetic both = {"&", NULL, true}, either = {"|", NULL, true};

static cot_status shape_arithmetic(shape_call *c) {
    const arithmetic *k = c->op->record->data;
    dim operands[2] = {number_of(c, &c->args[0]), number_of(c, &c->args[1])};
    bool real = is_float(c, 0) || is_float(c, 1);
    const bool sums = k->exact == dim_add || k->exact == dim_sub || k->exact == dim_mul; /* of floats as well */
    dim r = k->exact && (!real || sums) ? k->exact(c->syms, operands[0], operands[1])
                                        : dim_function(c->syms, k->name, operands, 2);
    c->result = type_int(r);
    if (real) c->result.kind = TYPE_FLOAT;
    if (k->boolean) c->result.kind = TYPE_BOOL;
    return COT_OK;
}

static cot_status shape_true_divide(shape_call *c) {
    dim operands[2] = {number_of(c, &c->args[0]), number_of(c, &c->args[1])};
    bool real = is_float(c, 0) || is_float(c, 1);
    c->result = type_int(dim_function(c->syms, real ? "FloatTrueDiv" : "IntTrueDiv", operands, 2));
    c->result.kind = TYPE_FLOAT;
    return COT_OK;
}

static cot_status shape_negative(shape_call *c) {
    c->result = type_int(dim_sub(c->syms, 0, number_of(c, &c->args[0])));
    if (is_float(c, 0)) c->result.kind = TYPE_FLOAT;
    return COT_OK;
}

static cot_status shape_same(shape_call *c) {
    c->result = type_int(number_of(c, &c->args[0]));
    if (is_float(c, 0)) c->result.kind = TYPE_FLOAT;
    return COT_OK;
}

static cot_status shape_not(shape_call *c) {
    dim operand = number_of(c, &c->args[0]);
    c->result = type_int(dim_function(c->syms, "~", &operand, 1));
    c->result.kind = TYPE_BOOL;
    return COT_OK;
}

static cot_status shape_to_float(shape_call *c) {
    dim operand = number_of(c, &c->args[0]);
    c->result = type_int(is_float(c, 0) ? operand : dim_function(c->syms, "ToFloat", &operand, 1));
    c->result.kind = TYPE_FLOAT;
    return COT_OK;
}

/* torch.sym_int and math.trunc; math.floor and math.ceil name theirs. */
static cot_status shape_to_int(shape_call *c) {
    dim operand = number_of(c, &c->args[0]);
    c->result = type_int(is_float(c, 0) ? dim_function(c->syms, c->op->record->data, &operand, 1) : operand);
    return COT_OK;
}

/* A function of a number that gives a float: torch._sym_sqrt and its like. */
static cot_status shape_to_real(shape_call *c) {
    dim operand = number_of(c, &c->args[0]);
    if (!is_float(c, 0)) operand = dim_function(c->syms, "ToFloat", &operand, 1);
    c->result = type_int(dim_function(c->syms, c->op->record->data, &operand, 1));
    c->result.kind = TYPE_FLOAT;
    return COT_OK;
}

static cot_status shape_abs(shape_call *c) {
    dim operand = number_of(c, &c->args[0]);
    c->result = type_int(dim_function(c->syms, "Abs", &operand, 1));
    if (is_float(c, 0)) c->result.kind = TYPE_FLOAT;
    return COT_OK;
}

/* To an int, or to a number of digits behind the point. */
static cot_status shape_round(shape_call *c) {
    dim operands[2] = {number_of(c, &c->args[0]), 0};
    const bool to_int = arg_is_none(&c->args[1]);
    if (!to_int) operands[1] = number_of(c, &c->args[1]);
    if (!is_float(c, 0)) return shape_same(c);
    c->result = type_int(dim_function(c->syms, to_int ? "RoundToInt" : "RoundDecimal", operands, to_int ? 1 : 2));
    if (!to_int) c->result.kind = TYPE_FLOAT;
    return COT_OK;
}

static cot_status shape_sum(shape_call *c) {
    dim sum = 0;
    for (uint32_t i = 0; i < c->args[0].count; i++) sum = dim_add(c->syms, sum, number_of(c, &c->args[0].list[i]));
    c->result = type_int(sum);
    return COT_OK;
}

static cot_status shape_ite(shape_call *c) {
    dim operands[3];
    for (uint32_t i = 0; i < 3; i++) operands[i] = number_of(c, &c->args[i]);
    dim condition = operands[0];
    c->result =
        type_int(dim_is_static(condition) ? operands[condition ? 1 : 2] : dim_function(c->syms, "Where", operands, 3));
    return COT_OK;
}

#define SYMBOLIC (OP_SYMBOLIC | OP_RECOMPUTABLE | OP_RECOMPUTE_FREE | OP_NO_HISTORY)
#define OF_TENSOR(schema_, fn)                                                                                         \
    { .schema = schema_, .shape = fn, .vjp = "self: none", .traits = SYMBOLIC }
#define BINARY(name, kind, tensors)                                                                                    \
    {                                                                                                                  \
        .schema = "_operator::" name "(Scalar a, Scalar b) -> Scalar", .shape = shape_arithmetic,                      \
        .on_numbers = tensors, .traits = SYMBOLIC, .data = &(kind)                                                     \
    }
#define UNARY(name, fn, tensors)                                                                                       \
    { .schema = name "(Scalar a) -> Scalar", .shape = fn, .on_numbers = tensors, .traits = SYMBOLIC }
#define TO_INT(name, function, tensors)                                                                                \
    {                                                                                                                  \
        .schema = name "(Scalar a) -> Scalar", .shape = shape_to_int, .on_numbers = tensors, .traits = SYMBOLIC,       \
        .data = function                                                                                               \
    }

#define TO_REAL(name, tensors)                                                                                         \
    {                                                                                                                  \
        .schema = "torch::_sym_" name "(Scalar a) -> Scalar", .shape = shape_to_real, .on_numbers = tensors,           \
        .traits = SYMBOLIC, .data = "OpaqueUnaryFn_" name                                                              \
    }

const op_record ops_symbolic[] = {
    OF_TENSOR("sym_size.int(Tensor self, int dim) -> SymInt", shape_sym_size),
    OF_TENSOR("sym_stride.int(Tensor self, int dim) -> SymInt", shape_sym_size),
    OF_TENSOR("size.int(Tensor self, int dim) -> int", shape_sym_size),
    OF_TENSOR("stride.int(Tensor self, int dim) -> int", shape_sym_size),
    OF_TENSOR("sym_size(Tensor self) -> SymInt[]", shape_all_sizes),
    OF_TENSOR("sym_stride(Tensor self) -> SymInt[]", shape_all_sizes),
    OF_TENSOR("sym_numel(Tensor self) -> SymInt", shape_sym_numel),
    OF_TENSOR("sym_storage_offset(Tensor self) -> SymInt", shape_sym_storage_offset),
    BINARY("add", add, "add(a, b)"),
    BINARY("sub", subtract, "sub(a, b)"),
    BINARY("mul", multiply, "mul(a, b)"),
    BINARY("floordiv", floor_divide, "floor_divide(a, b)"),
    BINARY("mod", modulo, "remainder(a, b)"),
    BINARY("pow", raise, "pow(a, b)"),
    BINARY("lshift", left_shift, "bitwise_left_shift(a, b)"),
    BINARY("rshift", right_shift, "bitwise_right_shift(a, b)"),
    BINARY("eq", equal, "eq(a, b)"),
    BINARY("ne", different, "ne(a, b)"),
    BINARY("lt", less, "lt(a, b)"),
    BINARY("le", less_equal, "le(a, b)"),
    BINARY("gt", greater, "gt(a, b)"),
    BINARY("ge", greater_equal, "ge(a, b)"),
    BINARY("and_", both, "bitwise_and(a, b)"),
    BINARY("or_", either, "bitwise_or(a, b)"),
    {.schema = "_operator::truediv(Scalar a, Scalar b) -> Scalar",
     .shape = shape_true_divide,
     .on_numbers = "div(a, b)",
     .traits = SYMBOLIC},
    UNARY("_operator::neg", shape_negative, "neg(a)"),
    UNARY("_operator::pos", shape_same, "clone(a)"),
    UNARY("torch::sym_not", shape_not, "logical_not(a)"),
    UNARY("torch::sym_float", shape_to_float, "clone(a)"),
    TO_INT("torch::sym_int", "TruncToInt", "trunc(a)"),
    TO_INT("math::trunc", "TruncToInt", "trunc(a)"),
    TO_INT("math::floor", "FloorToInt", "floor(a)"),
    TO_INT("math::ceil", "CeilToInt", "ceil(a)"),
    TO_REAL("sqrt", "sqrt(a)"),
    TO_REAL("cos", "cos(a)"),
    TO_REAL("cosh", "cosh(a)"),
    TO_REAL("sin", "sin(a)"),
    TO_REAL("sinh", "sinh(a)"),
    TO_REAL("tan", "tan(a)"),
    TO_REAL("tanh", "tanh(a)"),
    TO_REAL("asin", "asin(a)"),
    TO_REAL("acos", "acos(a)"),
    TO_REAL("atan", "atan(a)"),
    TO_REAL("log2", "log2(a)"),
    UNARY("builtins::abs", shape_abs, "abs(a)"),
    {.schema = "builtins::round(Scalar a, int? ndigits=None) -> Scalar", .shape = shape_round, .traits = SYMBOLIC},
    {.schema = "torch::sym_max(Scalar a, Scalar b) -> Scalar",
     .shape = shape_arithmetic,
     .on_numbers = "where(ge(a, b), a, b)",
     .traits = SYMBOLIC,
     .data = &maximum},
    {.schema = "torch::sym_min(Scalar a, Scalar b) -> Scalar",
     .shape = shape_arithmetic,
     .on_numbers = "where(le(a, b), a, b)",
     .traits = SYMBOLIC,
     .data = &minimum},
    {.schema = "torch::sym_sum(Scalar[] args) -> Scalar", .shape = shape_sum, .traits = SYMBOLIC},
    {.schema = "torch::sym_ite(Scalar b, Scalar t, Scalar f) -> Scalar",
     .shape = shape_ite,
     .on_numbers = "where(b, t, f)",
     .traits = SYMBOLIC},
};
const uint32_t ops_symbolic_count = COUNT_OF(ops_symbolic);
