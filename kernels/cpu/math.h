/* SPDX-License-Identifier: MIT
 * math.h — elementary functions of one f32 or f64, written so that loops over them vectorise.
 *
 * f32: short polynomials without branches or tables, within a few ulp, right at infinities, NaN and zeros; coefficients
 * are minimax fits of our own, the reductions are those of Cody and Waite, "Software Manual for the Elementary
 * Functions". Functions that are rare in programs, and all of f64, are libm's. Never compile this with -ffast-math: the
 * rounding by adding ROUND would fold away. */
#ifndef KERNELS_CPU_MATH_H
#define KERNELS_CPU_MATH_H

#include "kernels/element.h"
#include "kernels/special.h"

#define ROUND 12582912.0f /* 1.5 · 2^23: adding it leaves an integer in the low bits */
#define LN2_HIGH 0.693359375f
#define LN2_LOW -2.12194440054690583e-4f

static inline int32_t round_bits(float shifted) { return (int32_t)float_bits(shifted) - (int32_t)0x4b400000; }

/* 2^n for -126 <= n <= 127 */
static inline float f32_power_of_two(int32_t n) { return float_of_bits((uint32_t)(n + 127) << 23); }

/* exp(r) for |r| <= ln 2 / 2 is 1 + r + r² times this. */
static inline float f32_exp_tail(float r) {
    return (((1.3814232e-3f * r + 8.3689019e-3f) * r + 4.16684076e-2f) * r + 0.166665196f) * r + 0.49999994f;
}

/* x = n ln 2 + r; gives r. */
static inline float f32_reduce_ln2(float x, int32_t *n) {
    const float shifted = x * 1.44269504f + ROUND, whole = shifted - ROUND;
    *n = round_bits(shifted);
    return (x - whole * LN2_HIGH) - whole * LN2_LOW;
}

static inline float f32_exp(float x) {
    float y = x > 89.0f ? 89.0f : x;
    y = y < -104.0f ? -104.0f : y;
    int32_t n;
    const float r = f32_reduce_ln2(y, &n);
    const int32_t half = n >> 1; /* two factors: results below 2^-126 and above 2^127 stay right */
    return (1.0f + (r + r * r * f32_exp_tail(r))) * f32_power_of_two(half) * f32_power_of_two(n - half);
}

static inline float f32_exp2(float x) {
    float y = x > 129.0f ? 129.0f : x;
    y = y < -151.0f ? -151.0f : y;
    const float shifted = y + ROUND;
    const int32_t n = round_bits(shifted), half = n >> 1;
    const float r = (y - (shifted - ROUND)) * 0.693147181f;
    return (1.0f + (r + r * r * f32_exp_tail(r))) * f32_power_of_two(half) * f32_power_of_two(n - half);
}

/* q 2^n + (2^n - 1): exact near zero, no branch. */
static inline float f32_expm1(float x) {
    float y = x > 89.0f ? 89.0f : x;
    y = y < -80.0f ? -80.0f : y;
    int32_t n;
    const float r = f32_reduce_ln2(y, &n);
    const float q =
        r + r * r * ((((1.38824957e-3f * r + 8.3666956e-3f) * r + 4.16672044e-2f) * r + 0.16666542f) * r + 0.5f);
    const float s = f32_power_of_two(n - 1);
    return 2.0f * (q * s + (s - 0.5f));
}

static inline float f32_tanh(float x) {
    float y = x > 10.0f ? 10.0f : x;
    y = y < -10.0f ? -10.0f : y;
    const float e = f32_expm1(2.0f * y);
    return e / (e + 2.0f);
}

static inline float f32_sigmoid(float x) { return 1.0f / (1.0f + f32_exp(-x)); }

/* |x| = 2^e (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), x normal; gives f. */
static inline float f32_split(float x, float *e) {
    const uint32_t bits = float_bits(x), shifted = bits - 0x3f3504f3u;
    *e = (float)((int32_t)shifted >> 23);
    return float_of_bits((shifted & 0x007fffffu) + 0x3f3504f3u) - 1.0f;
}

/* log(1 + f) is f plus this. */
static inline float f32_log_tail(float f) {
    const float z = f * f;
    const float p =
        ((((((-7.63457045e-2f * f + 0.127617016f) * f - 0.131602138f) * f + 0.142017439f) * f - 0.166233525f) * f +
          0.200012267f) *
             f -
         0.250008225f) *
            f +
        0.333333313f;
    return f * z * p - 0.5f * z;
}

/* log at the edges: y where x is positive and finite. */
static inline float f32_log_edges(float x, float y) {
    y = x < 0.0f ? NAN : y;
    y = x == 0.0f ? -INFINITY : y;
    return x < INFINITY ? y : x; /* inf and NaN give themselves */
}

/* Denormals are brought into range; *e is put right for them. */
static inline float f32_log_reduce(float x, float *e) {
    const bool small = x < 1.17549435e-38f;
    const float f = f32_split(small ? x * 33554432.0f : x, e);
    *e -= small ? 25.0f : 0.0f;
    return f;
}

static inline float f32_log(float x) {
    float e;
    const float f = f32_log_reduce(x, &e);
    return f32_log_edges(x, (e * LN2_LOW + f32_log_tail(f)) + f + e * LN2_HIGH);
}

static inline float f32_log2(float x) {
    float e;
    const float f = f32_log_reduce(x, &e);
    return f32_log_edges(x, e + (f + f32_log_tail(f)) * 1.44269504f); /* exact for powers of two */
}

static inline float f32_log10(float x) {
    float e;
    const float f = f32_log_reduce(x, &e);
    return f32_log_edges(x, ((f + f32_log_tail(f)) * 0.434294482f + e * 2.48745663e-4f) + e * 0.30078125f);
}

/* log(u) x / (u - 1) with u = 1 + x rounded: the error of u cancels (Kahan). */
static inline float f32_log1p(float x) {
    const float u = 1.0f + x, d = u - 1.0f;
    const float y = f32_log(u) * (x / (d == 0.0f ? 1.0f : d));
    return d == 0.0f ? x : x < INFINITY && x > -1.0f ? y : f32_log(u);
}

static inline float f32_erf(float x) {
    const float t = fabsf(x), s = x * x, c = t > 4.0f ? 4.0f : t;
    const float near =
        x +
        x * ((((((8.31671787e-5f * s - 8.12999904e-4f) * s + 5.1999055e-3f) * s - 2.68589407e-2f) * s + 0.112836875f) *
                  s -
              0.376126319f) *
                 s +
             0.128379166f);
    const float p =
        ((((((1.12305888e-5f * c - 3.22796695e-4f) * c + 3.64242983e-3f) * c - 2.37620007e-2f) * c + 0.106236808f) * c +
          0.635151386f) *
             c +
         1.12864852f) *
        c;
    const float far = copysignf(1.0f - f32_exp(-p), x);
    return t > 0.925f ? far : near; /* NaN takes the near branch */
}

/* x = n π/2 + r, in double: good to |x| of about 10^8; beyond that the result is some number in [-1, 1]. */
static inline float f32_reduce_pi(float x, int32_t *n) {
    const double shifted = (double)x * 0.63661977236758134 + 6755399441055744.0, whole = shifted - 6755399441055744.0;
    int64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    *n = (int32_t)bits;
    const float r = (float)(((double)x - whole * 1.5707963267341256) - whole * 6.0771005065061922e-11);
    return r > 0.8f ? 0.8f : r < -0.8f ? -0.8f : r;
}

static inline float f32_sin_near(float r) {
    const float z = r * r;
    return r + r * z * ((-1.95151777e-4f * z + 8.3321603e-3f) * z - 0.166666552f);
}

static inline float f32_cos_near(float r) {
    const float z = r * r;
    return 1.0f - 0.5f * z + z * z * ((2.4433044e-5f * z - 1.38873153e-3f) * z + 4.16666456e-2f);
}

static inline float f32_sin(float x) {
    int32_t n;
    const float r = f32_reduce_pi(x, &n), y = n & 1 ? f32_cos_near(r) : f32_sin_near(r);
    return n & 2 ? -y : y;
}

static inline float f32_cos(float x) {
    int32_t n;
    const float r = f32_reduce_pi(x, &n), y = n & 1 ? f32_sin_near(r) : f32_cos_near(r);
    return (n + 1) & 2 ? -y : y;
}

static inline double f64_sigmoid(double x) { return 1.0 / (1.0 + exp(-x)); }

static inline float f32_hypot(float x, float y) {
    const double s = sqrt((double)x * x + (double)y * y);
    return fabsf(x) == INFINITY || fabsf(y) == INFINITY ? INFINITY : (float)s;
}

/* Python's floor division and modulo, as PyTorch has them on floats. */
#define DEFINE_DIVISION(T, name, fmod, floor, copysign)                                                                \
    static inline T name##_remainder(T a, T b) {                                                                       \
        const T m = fmod(a, b);                                                                                        \
        return m != 0 && (b < 0) != (m < 0) ? m + b : m;                                                               \
    }                                                                                                                  \
    static inline T name##_floor_divide(T a, T b) {                                                                    \
        if (b == 0) return a / b;                                                                                      \
        const T m = fmod(a, b), d = (a - m) / b - (m != 0 && (b < 0) != (m < 0) ? 1 : 0), f = floor(d);                \
        return d == 0 ? copysign(0, a / b) : f + (d - f > (T)0.5 ? 1 : 0);                                             \
    }
DEFINE_DIVISION(float, f32, fmodf, floorf, copysignf)
DEFINE_DIVISION(double, f64, fmod, floor, copysign)

/* ---- functions that are libm's or kernels/special.h's in both precisions ----------------------------------------- */

#define MATH_LIBM(X)                                                                                                   \
    X(sqrt)                                                                                                            \
    X(floor) X(ceil) X(trunc) X(rint) X(fabs) X(tan) X(asin) X(acos) X(atan) X(sinh) X(cosh) X(asinh) X(acosh)         \
        X(atanh) X(erfc)
#define MATH_LIBM_2(X) X(fmod) X(pow) X(atan2) X(copysign) X(nextafter)
#define MATH_SPECIAL(X) X(digamma) X(erfinv) X(i0) X(i1) X(lgamma) X(sinc) X(log_ndtr)
#define MATH_SPECIAL_2(X) X(polygamma) X(igamma) X(igammac)
#define MATH_OWN(X) X(exp) X(exp2) X(expm1) X(tanh) X(log) X(log2) X(log10) X(log1p) X(erf) X(sin) X(cos)

#define X(name)                                                                                                        \
    static inline float f32_##name(float x) { return name##f(x); }                                                     \
    static inline double f64_##name(double x) { return name(x); }
MATH_LIBM(X)
#undef X
#define X(name)                                                                                                        \
    static inline float f32_##name(float x, float y) { return name##f(x, y); }                                         \
    static inline double f64_##name(double x, double y) { return name(x, y); }
MATH_LIBM_2(X)
#undef X
#define X(f)                                                                                                           \
    static inline float f32_##f(float x) { return (float)special_##f(x); }                                             \
    static inline double f64_##f(double x) { return special_##f(x); }
MATH_SPECIAL(X)
#undef X
#define X(f)                                                                                                           \
    static inline float f32_##f(float x, float y) { return (float)special_##f(x, y); }                                 \
    static inline double f64_##f(double x, double y) { return special_##f(x, y); }
MATH_SPECIAL_2(X)
#undef X
#define X(f)                                                                                                           \
    static inline double f64_##f(double x) { return f(x); }
MATH_OWN(X)
#undef X
static inline float f32_frexp_mantissa(float x) {
    int e;
    return frexpf(x, &e);
}
static inline double f64_frexp_mantissa(double x) {
    int e;
    return frexp(x, &e);
}
static inline float f32_frexp_exponent(float x) {
    int e;
    frexpf(x, &e);
    return (float)e;
}
static inline double f64_frexp_exponent(double x) {
    int e;
    frexp(x, &e);
    return e;
}
static inline double f64_hypot(double x, double y) { return hypot(x, y); }

/* ---- integers ---------------------------------------------------------------------------------------------------- */

/* Arithmetic that wraps, as PyTorch's does; division by zero gives 0 where PyTorch raises. */
#define WRAP(a, operator, b) ((int64_t)((uint64_t)(a) operator(uint64_t)(b)))

static inline int64_t i64_divide(int64_t a, int64_t b) { return b == 0 ? 0 : b == -1 ? WRAP(0, -, a) : a / b; }

static inline int64_t i64_fmod(int64_t a, int64_t b) { return b == 0 || b == -1 ? 0 : a % b; }

static inline int64_t i64_remainder(int64_t a, int64_t b) {
    const int64_t m = i64_fmod(a, b);
    return m != 0 && (m < 0) != (b < 0) ? m + b : m;
}

static inline int64_t i64_floor_divide(int64_t a, int64_t b) {
    const int64_t q = i64_divide(a, b);
    return i64_fmod(a, b) != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

static inline int64_t i64_pow(int64_t a, int64_t n) {
    if (n < 0) return a == 1 ? 1 : a == -1 ? (n & 1 ? -1 : 1) : 0;
    int64_t r = 1;
    for (; n; n >>= 1, a = WRAP(a, *, a))
        if (n & 1) r = WRAP(r, *, a);
    return r;
}

static inline int64_t i64_gcd(int64_t a, int64_t b) {
    uint64_t x = a < 0 ? -(uint64_t)a : (uint64_t)a, y = b < 0 ? -(uint64_t)b : (uint64_t)b;
    while (y) {
        const uint64_t r = x % y;
        x = y;
        y = r;
    }
    return (int64_t)x;
}

static inline int64_t i64_lcm(int64_t a, int64_t b) {
    const int64_t g = i64_gcd(a, b), l = g ? WRAP(i64_divide(a, g), *, b) : 0;
    return l < 0 ? WRAP(0, -, l) : l;
}

static inline int64_t i64_shift_left(int64_t a, int64_t n) { return n < 0 || n > 63 ? 0 : (int64_t)((uint64_t)a << n); }

static inline int64_t i64_shift_right(int64_t a, int64_t n) { return a >> (n < 0 || n > 63 ? 63 : n); }

#endif
