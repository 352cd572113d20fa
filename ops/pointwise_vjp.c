/* SPDX-License-Identifier: MIT
 * pointwise_vjp.c — derivatives of pointwise operators that depend on attributes. The order of nodes is PyTorch's. */
#include "ops/pointwise.h"

#include <math.h>

static arg vjp_evaluate(vjp_call *c, const char *expression) {
    const uint32_t n = c->op->num_params;
    const char **names = ARENA_ARRAY(c->b->graph->arena, const char *, n + 2);
    arg *args = ARENA_ARRAY(c->b->graph->arena, arg, n + 2);
    for (uint32_t i = 0; i < n; i++) {
        names[i] = c->op->params[i].name;
        args[i] = c->args[i];
    }
    names[n] = "grad";
    args[n] = arg_value(c->grads[0]);
    names[n + 1] = "result";
    args[n + 1] = arg_value(c->result);
    return evaluate_expression(c->b, expression, names, args, n + 2);
}

value vjp_line(vjp_call *c, const char *expression) {
    const arg r = vjp_evaluate(c, expression);
    return arg_as_value(&r);
}

static void set_line(vjp_call *c, uint32_t param, const char *expression) {
    if (vjp_needs(c, param)) vjp_set(c, param, vjp_line(c, expression));
}

static value zero_scalar(vjp_call *c) {
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    return emit(c->b, "scalar_tensor", "f,dtype=t,layout=a,device=a", 0.0, (int)TYPE_OF(c->b, c->grads[0])->dtype,
                &strided, &cpu);
}

/* ---- sums, quotients, powers ------------------------------------------------------------------------------------- */

/* Also one that only a run knows. */
static bool has_alpha(const vjp_call *c) { return arg_as_float(&c->args[2], NAN) != 1; }

cot_status vjp_add(vjp_call *c) {
    set_line(c, 1, has_alpha(c) ? "mul.Scalar(grad, alpha)" : "grad");
    set_line(c, 0, "grad");
    return c->b->status;
}

cot_status vjp_sub(vjp_call *c) {
    set_line(c, 1, has_alpha(c) ? "mul.Scalar(neg(grad), alpha)" : "neg(grad)");
    set_line(c, 0, "grad");
    return c->b->status;
}

cot_status vjp_rsub(vjp_call *c) {
    set_line(c, 1, "grad");
    set_line(c, 0, has_alpha(c) ? "mul.Scalar(neg(grad), alpha)" : "neg(grad)");
    return c->b->status;
}

cot_status vjp_div_mode(vjp_call *c) {
    const bool rounded = !arg_is_none(&c->args[2]);
    set_line(c, 1,
             rounded ? "zeros_like(grad)" : "d = div.Tensor(div.Tensor(self, other), other); mul.Tensor(neg(grad), d)");
    set_line(c, 0, rounded ? "zeros_like(grad)" : "div.Tensor(grad, other)");
    return c->b->status;
}

cot_status vjp_pow_scalar(vjp_call *c) {
    if (!vjp_needs(c, 0)) return COT_OK;
    const arg *exponent = &c->args[1];
    const double e = arg_as_float(exponent, NAN);
    if (e == 0) set_line(c, 0, "zeros_like(self)");
    else if (isnan(e)) set_line(c, 0, "mul.Tensor(grad, mul.Scalar(pow.Tensor_Scalar(self, exponent - 1), exponent))");
    else {
        const value p = emit(c->b, "pow.Tensor_Scalar", "vf", vjp_tensor(c, 0), e - 1);
        vjp_set(c, 0, emit(c->b, "mul.Tensor", "vv", c->grads[0], emit(c->b, "mul.Scalar", "vf", p, e)));
    }
    return c->b->status;
}

/* Where the exponent is 0, so is the derivative of the base, whatever the base; where the base is 0 and the exponent is
 * not negative, so is the derivative of the exponent. */
cot_status vjp_pow_tensor(vjp_call *c) {
    set_line(c, 1,
             "g = ge.Scalar(exponent, 0); c = logical_and(eq.Scalar(self, 0), g); m = mul.Tensor(result, log(self)); "
             "mul.Tensor(grad, where(c, 0.0, m))");
    if (!vjp_needs(c, 0)) return c->b->status;
    const value m =
        vjp_line(c, "mul.Tensor(grad, mul.Tensor(exponent, pow.Tensor_Tensor(self, sub.Scalar(exponent, 1))))");
    const value zero = zero_scalar(c), flat = emit(c->b, "eq.Scalar", "af", vjp_arg(c, 1), 0.0);
    vjp_set(c, 0, emit(c->b, "where.self", "vvv", flat, zero, m));
    return c->b->status;
}

cot_status vjp_pow_base(vjp_call *c) {
    const double base = arg_as_float(&c->args[0], NAN);
    if (!vjp_needs(c, 1)) return COT_OK;
    if (base == 0) {
        set_line(c, 1, "g = ge.Scalar(exponent, 0); mul.Tensor(grad, where(g, 0.0, mul.Scalar(result, -inf)))");
        return c->b->status;
    }
    if (isnan(base)) { /* known only in a run */
        set_line(c, 1, "mul.Tensor(grad, mul.Tensor(result, log(scalar_tensor(self, dtype = torch.float64))))");
        return c->b->status;
    }
    const value m = emit(c->b, "mul.Scalar", "vf", c->result, log(base));
    vjp_set(c, 1, emit(c->b, "mul.Tensor", "vv", c->grads[0], m));
    return c->b->status;
}

cot_status vjp_xlogy_scalar(vjp_call *c) {
    set_line(c, 0,
             arg_as_float(&c->args[1], 1) > 0
                 ? "xlogy.Scalar_Other(grad, other)"
                 : "x = xlogy.Scalar_Other(grad, other); masked_fill.Scalar(x, eq.Scalar(self, 0.0), 0.0)");
    return c->b->status;
}

cot_status vjp_atan2(vjp_call *c) {
    builder *b = c->b;
    const value self = vjp_tensor(c, 0), other = vjp_tensor(c, 1);
    const value o = emit(b, "mul.Tensor", "aa", vjp_arg(c, 1), vjp_arg(c, 1)),
                s = emit(b, "mul.Tensor", "aa", vjp_arg(c, 0), vjp_arg(c, 0));
    const value sum = emit(b, "add.Tensor", "vv", s, o), reciprocal = emit(b, "reciprocal", "v", sum);
    const value k =
        emit(b, "masked_fill.Scalar", "vvi", reciprocal, emit(b, "eq.Scalar", "vi", sum, (int64_t)0), (int64_t)0);
    if (vjp_needs(c, 0)) vjp_set(c, 0, emit(b, "mul.Tensor", "vv", emit(b, "mul.Tensor", "vv", c->grads[0], other), k));
    if (vjp_needs(c, 1)) {
        const value n = emit(b, "neg", "v", self);
        vjp_set(c, 1, emit(b, "mul.Tensor", "vv", emit(b, "mul.Tensor", "vv", c->grads[0], n), k));
    }
    return b->status;
}

/* ---- activations ------------------------------------------------------------------------------------------------- */

cot_status vjp_elu_backward(vjp_call *c) {
    const bool is_result = arg_as_bool(&c->args[4], false);
    set_line(c, 0, "elu_backward(grad, alpha, scale, input_scale, is_result, self_or_result)");
    set_line(c, 5,
             is_result
                 ? "g = mul.Scalar(mul.Tensor(grad, grad_output), input_scale); "
                   "where(le.Scalar(self_or_result, 0), g, 0.0)"
                 : "e = exp(mul.Scalar(self_or_result, input_scale)); "
                   "g = mul.Scalar(mul.Tensor(mul.Tensor(grad, grad_output), e), input_scale * input_scale * alpha * "
                   "scale); "
                   "where(le.Scalar(self_or_result, 0), g, 0.0)");
    return c->b->status;
}

/* none: φ(x) (2 - x²) with φ the normal density. tanh: with s = σ(2u), w = (2u)', the derivative of s + x s (1 - s) w.
 */
cot_status vjp_gelu_backward(vjp_call *c) {
    const char *approximate = c->args[2].kind == ARG_STRING ? c->args[2].s : "none";
    set_line(c, 0, "gelu_backward(grad, self, approximate=approximate)");
    set_line(
        c, 1,
        approximate[0] == 'n'
            ? "z = mul.Tensor(self, self); d = mul.Scalar(exp(mul.Scalar(z, -0.5)), 0.3989422804014327); "
              "mul.Tensor(mul.Tensor(grad, grad_output), mul.Tensor(d, rsub.Scalar(z, 2)))"
            : "z = mul.Tensor(self, self); k = add.Scalar(mul.Scalar(z, 0.07135481282636), 1.5957691216057308); "
              "s = sigmoid(mul.Tensor(self, k)); w = add.Scalar(mul.Scalar(z, 0.21406443847908), 1.5957691216057308); "
              "t = mul.Tensor(s, rsub.Scalar(s, 1)); x = mul.Tensor(self, w); "
              "p = add.Tensor(mul.Tensor(x, w), mul.Scalar(mul.Tensor(mul.Tensor(x, w), s), -2)); "
              "q = add.Tensor(add.Tensor(mul.Scalar(w, 2), p), mul.Scalar(z, 0.42812887695816)); "
              "mul.Tensor(mul.Tensor(grad, grad_output), mul.Tensor(t, q))");
    return c->b->status;
}

cot_status vjp_prelu(vjp_call *c) {
    const value both = vjp_line(c, "_prelu_kernel_backward(grad, self, weight)");
    const value self = emit_get(c->b, both, 0), weight = emit_get(c->b, both, 1);
    if (vjp_needs(c, 0)) vjp_set(c, 0, self);
    if (vjp_needs(c, 1)) vjp_set(c, 1, weight);
    return c->b->status;
}

/* With g0 and g1 the gradients of the two results; a missing one is zero. */
cot_status vjp_prelu_backward(vjp_call *c) {
    const value g0 = c->grads[0], g1 = c->grads[1];
    static const char *const names[] = {"grad_output", "self", "weight", "g0", "g1"};
    const arg args[] = {c->args[0], c->args[1], c->args[2], arg_value(g0), arg_value(g1)};
    const char *lines[] = {
        g0 == NO_VALUE ? "where(ge.Scalar(self, 0), 0.0, mul.Tensor(g1, self))"
        : g1 == NO_VALUE
            ? "w = mul.Tensor(g0, weight); where.self(ge.Scalar(self, 0), g0, w)"
            : "w = add.Tensor(mul.Tensor(g0, weight), mul.Tensor(g1, self)); where.self(ge.Scalar(self, 0), g0, w)",
        g1 == NO_VALUE ? NULL : "where(ge.Scalar(self, 0), 0.0, mul.Tensor(grad_output, g1))",
        g0 == NO_VALUE ? NULL : "where(ge.Scalar(self, 0), 0.0, mul.Tensor(grad_output, g0))"};
    for (uint32_t i = 0; i < 3; i++)
        if (vjp_needs(c, i) && lines[i]) vjp_set(c, i, emit_expression(c->b, lines[i], names, args, COUNT_OF(args)));
    return c->b->status;
}

/* ---- bounds ------------------------------------------------------------------------------------------------------ */

/* clamp, clamp_min, clamp_max: inside the bounds the gradient passes. */
cot_status vjp_clamp(vjp_call *c) {
    const int min = op_param(c->op, "min"), max = op_param(c->op, "max");
    const bool below = min >= 0 && !arg_is_none(&c->args[min]), above = max >= 0 && !arg_is_none(&c->args[max]);
    if (!vjp_needs(c, 0)) return COT_OK;
    if (!below && !above) {
        vjp_set(c, 0, c->grads[0]);
        return COT_OK;
    }
    const value zero = zero_scalar(c);
    const value g = below ? emit(c->b, "gt.Scalar", "va", vjp_tensor(c, 0), vjp_arg(c, (uint32_t)min)) : NO_VALUE;
    const value l = above ? emit(c->b, "lt.Scalar", "va", vjp_tensor(c, 0), vjp_arg(c, (uint32_t)max)) : NO_VALUE;
    const value inside = below && above ? emit(c->b, "logical_and", "vv", g, l) : below ? g : l;
    vjp_set(c, 0, emit(c->b, "where.self", "vvv", inside, c->grads[0], zero));
    return c->b->status;
}

#define HALF_AT(tie, mask)                                                                                             \
    "m = " mask "; h = div.Scalar(grad, 2); masked_fill.Scalar(where.self(eq.Tensor(self, " tie "), h, grad), m, 0)"

#define MIN_SHARE                                                                                                      \
    "l = lt.Tensor(min, max); e = eq.Tensor(min, max); a = logical_and(l, le.Tensor(self, min)); "                     \
    "n = logical_not(logical_or(a, logical_and(e, lt.Tensor(self, min)))); h = div.Scalar(grad, 2); "                  \
    "x = masked_fill.Scalar(where.self(eq.Tensor(self, min), h, grad), n, 0); "
#define MAX_SHARE                                                                                                      \
    "r = lt.Tensor(max, min); b = logical_or(r, logical_and(l, ge.Tensor(self, max))); "                               \
    "o = logical_not(logical_or(b, logical_and(e, gt.Tensor(self, max)))); k = div.Scalar(grad, 2); "                  \
    "t = logical_and(eq.Tensor(self, max), l); y = masked_fill.Scalar(where.self(t, k, grad), o, 0); "

/* The bounds share what decides which of them holds. */
static void clamp_between(vjp_call *c) {
    const bool min = vjp_needs(c, 1), max = vjp_needs(c, 2);
    if (min && max) {
        const arg both = vjp_evaluate(c, MIN_SHARE MAX_SHARE "[x, y]");
        if (both.kind == ARG_LIST && both.count == 2) {
            vjp_set(c, 1, arg_as_value(&both.list[0]));
            vjp_set(c, 2, arg_as_value(&both.list[1]));
        }
    } else if (min) {
        set_line(c, 1, MIN_SHARE "x");
    } else if (max) {
        set_line(c, 2, "l = lt.Tensor(min, max); e = eq.Tensor(min, max); " MAX_SHARE "y");
    }
    set_line(c, 0,
             "l = lt.Tensor(min, max); a = eq.Tensor(self, min); t = logical_and(logical_or(a, eq.Tensor(self, "
             "max)), l); "
             "b = lt.Tensor(self, min); o = logical_or(b, gt.Tensor(self, max)); h = div.Scalar(grad, 2); "
             "masked_fill.Scalar(where.self(t, h, grad), o, 0)");
}

cot_status vjp_clamp_tensor(vjp_call *c) {
    const bool below = !arg_is_none(&c->args[1]), above = !arg_is_none(&c->args[2]);
    if (below && above) {
        clamp_between(c);
    } else if (below) {
        set_line(c, 1, HALF_AT("min", "gt.Tensor(self, min)"));
        set_line(c, 0, HALF_AT("min", "lt.Tensor(self, min)"));
    } else if (above) {
        set_line(c, 2, HALF_AT("max", "lt.Tensor(self, max)"));
        set_line(c, 0, HALF_AT("max", "gt.Tensor(self, max)"));
    } else if (vjp_needs(c, 0)) {
        vjp_set(c, 0, c->grads[0]);
    }
    return c->b->status;
}
