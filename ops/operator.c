/* SPDX-License-Identifier: MIT
 * operator.c — Python's operators on arguments: numbers are folded, sizes become `_operator` nodes, tensors the ATen
 * operators that torch.Tensor's own methods call. */
#include "ops/emit.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *symbol, *aten, *magic;
    const char *swapped; /* when the left operand is a number: this operator with operands exchanged */
} operators[] = {
    {"+", "add", "_operator.add", "+"},
    {"-", "sub", "_operator.sub", NULL},
    {"*", "mul", "_operator.mul", "*"},
    {"/", "div", "_operator.truediv", NULL},
    {"//", "floor_divide", "_operator.floordiv", NULL},
    {"%", "remainder", "_operator.mod", NULL},
    {"**", "pow", "_operator.pow", NULL},
    {"@", "matmul", "_operator.matmul", NULL},
    {"==", "eq", "_operator.eq", "=="},
    {"!=", "ne", "_operator.ne", "!="},
    {"<", "lt", "_operator.lt", ">"},
    {"<=", "le", "_operator.le", ">="},
    {">", "gt", "_operator.gt", "<"},
    {">=", "ge", "_operator.ge", "<="},
    {"&", "bitwise_and", "_operator.and_", "&"},
    {"|", "bitwise_or", "_operator.or_", "|"},
    {"^", "bitwise_xor", "_operator.xor", "^"},
    {"<<", "bitwise_left_shift", "_operator.lshift", NULL},
    {">>", "bitwise_right_shift", "_operator.rshift", NULL},
};

static bool is_literal(const arg *a) { return a->kind == ARG_INT || a->kind == ARG_FLOAT || a->kind == ARG_BOOL; }

static bool is_tensor(const builder *b, const arg *a) {
    return a->kind == ARG_VALUE && TYPE_OF(b, a->value)->kind == TYPE_TENSOR;
}

/* ---- folding numbers -------------------------------------------------------------------------------------------- */

/* b is not 0, and not -1 with a = INT64_MIN. */
static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a % b < 0) != (b < 0)); }

static bool fold_compare(const char *s, double x, double y, arg *out) {
    if (!strcmp(s, "==")) *out = arg_bool(x == y);
    else if (!strcmp(s, "!=")) *out = arg_bool(x != y);
    else if (!strcmp(s, "<")) *out = arg_bool(x < y);
    else if (!strcmp(s, "<=")) *out = arg_bool(x <= y);
    else if (!strcmp(s, ">")) *out = arg_bool(x > y);
    else if (!strcmp(s, ">=")) *out = arg_bool(x >= y);
    else return false;
    return true;
}

/* False where the result is no integer of 64 bits. */
static bool fold_ints(const char *s, int64_t x, int64_t y, arg *out) {
    int64_t r = 0;
    if (!strcmp(s, "+")) {
        if (__builtin_add_overflow(x, y, &r)) return false;
    } else if (!strcmp(s, "-")) {
        if (__builtin_sub_overflow(x, y, &r)) return false;
    } else if (!strcmp(s, "*")) {
        if (__builtin_mul_overflow(x, y, &r)) return false;
    } else if (y == -1 && (!strcmp(s, "//") || !strcmp(s, "%"))) {
        if (s[0] == '/' && __builtin_sub_overflow(0, x, &r)) return false;
    } else if (!strcmp(s, "//") && y) r = floor_div(x, y);
    else if (!strcmp(s, "%") && y) r = x - y * floor_div(x, y);
    else if (!strcmp(s, "&")) r = x & y;
    else if (!strcmp(s, "|")) r = x | y;
    else if (!strcmp(s, "^")) r = x ^ y;
    else if (!strcmp(s, "<<") && x >= 0 && y >= 0 && y < 62 && x < ((int64_t)1 << (62 - y))) r = x << y;
    else if (!strcmp(s, ">>") && y >= 0 && y < 64) r = x >> y;
    else return false;
    *out = arg_int(r);
    return true;
}

static bool fold_floats(const char *s, double x, double y, arg *out) {
    if (!strcmp(s, "+")) *out = arg_float(x + y);
    else if (!strcmp(s, "-")) *out = arg_float(x - y);
    else if (!strcmp(s, "*")) *out = arg_float(x * y);
    else if (!strcmp(s, "/") && y != 0) *out = arg_float(x / y);
    else if (!strcmp(s, "//") && y != 0) *out = arg_float(floor(x / y));
    else if (!strcmp(s, "%") && y != 0) *out = arg_float(x - y * floor(x / y));
    else if (!strcmp(s, "**")) *out = arg_float(pow(x, y));
    else return false;
    return true;
}

static bool fold_power(const char *s, const arg *x, const arg *y, arg *out) {
    if (strcmp(s, "**") || x->kind == ARG_FLOAT || y->kind == ARG_FLOAT || y->i < 0) return false;
    int64_t r = 1, square = x->i, left = y->i;
    for (;;) { /* by squaring */
        if ((left & 1) && __builtin_mul_overflow(r, square, &r)) return false;
        left >>= 1;
        if (!left) break;
        if (__builtin_mul_overflow(square, square, &square)) return false;
    }
    *out = arg_int(r);
    return true;
}

static arg fold(builder *b, const char *s, const arg *x, const arg *y) {
    arg r = arg_none();
    bool ints = x->kind != ARG_FLOAT && y->kind != ARG_FLOAT;
    if (fold_compare(s, arg_as_float(x, 0), arg_as_float(y, 0), &r)) return r;
    if (ints && (fold_power(s, x, y, &r) || fold_ints(s, x->i, y->i, &r))) return r;
    if (fold_floats(s, arg_as_float(x, 0), arg_as_float(y, 0), &r)) return r;
    builder_fail(b, COT_SCHEMA, "the operator %s has no value on these numbers", s);
    return r;
}

/* ---- tensors ---------------------------------------------------------------------------------------------------- */

static arg call(builder *b, const char *name, arg left, arg right) {
    arg pos[2] = {left, right};
    return emit_written(b, name, pos, 2, NULL, NULL, 0);
}

/* `2 - x` and `1 / x` have forms of their own in torch. */
static arg reversed(builder *b, const char *symbol, arg number, arg tensor) {
    if (!strcmp(symbol, "-")) return call(b, "rsub", tensor, number);
    arg reciprocal = arg_value(emit(b, "reciprocal", "v", tensor.value));
    return call(b, "mul", reciprocal, number);
}

static arg negate(builder *b, arg a) {
    if (a.kind == ARG_FLOAT) return arg_float(-a.f);
    if (is_literal(&a) && a.i == INT64_MIN) return arg_float(-(double)a.i);
    if (is_literal(&a)) return arg_int(-a.i);
    if (is_tensor(b, &a)) return emit_written(b, "neg", &a, 1, NULL, NULL, 0);
    return emit_written(b, "_operator.neg", &a, 1, NULL, NULL, 0);
}

arg emit_operator(builder *b, const char *symbol, arg left, arg right) {
    if (b->status) return arg_none();
    if (!strcmp(symbol, "neg")) return negate(b, left);
    if (!strcmp(symbol, "~")) return emit_written(b, "bitwise_not", &left, 1, NULL, NULL, 0);
    if (is_literal(&left) && is_literal(&right)) return fold(b, symbol, &left, &right);
    size_t i = 0;
    while (i < COUNT_OF(operators) && strcmp(operators[i].symbol, symbol)) i++;
    if (i == COUNT_OF(operators)) {
        builder_fail(b, COT_INTERNAL, "'%s' is no operator", symbol);
        return arg_none();
    }
    if (!is_tensor(b, &left) && !is_tensor(b, &right)) return call(b, operators[i].magic, left, right);
    if (is_tensor(b, &left)) return call(b, operators[i].aten, left, right);
    if (operators[i].swapped) return emit_operator(b, operators[i].swapped, right, left);
    if (!strcmp(symbol, "-") || !strcmp(symbol, "/")) return reversed(b, symbol, left, right);
    return call(b, operators[i].aten, left, right);
}
