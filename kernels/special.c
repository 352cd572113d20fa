/* SPDX-License-Identifier: MIT
 * special.c — special functions by their series, asymptotic expansions and continued fractions (Abramowitz and Stegun;
 * NIST Digital Library of Mathematical Functions), refined by Newton steps where an inverse is asked for. */
#include "kernels/special.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#define PI 3.14159265358979323846

double special_lgamma(double x) {
    int sign;
    return lgamma_r(x, &sign);
}

/* Recurrence up to x >= 10, then the asymptotic series; reflection on the left. */
double special_digamma(double x) {
    if (x == 0) return copysign(INFINITY, -x);
    if (x < 0) {
        if (x == floor(x)) return NAN;
        return special_digamma(1 - x) - PI / tan(PI * (x - floor(x)));
    }
    double sum = 0;
    for (; x < 10; x += 1) sum -= 1 / x;
    if (x > 1e17) return sum + log(x);
    const double z = 1 / (x * x);
    const double tail =
        z * (1.0 / 12 -
             z * (1.0 / 120 - z * (1.0 / 252 - z * (1.0 / 240 - z * (1.0 / 132 - z * (691.0 / 32760 - z / 12))))));
    return sum + log(x) - 0.5 / x - tail;
}

/* Hurwitz zeta(s, q), s > 1, q > 0: a few terms and the Euler–Maclaurin tail. */
static double zeta(double s, double q) {
    static const double bernoulli[] = {1.0 / 6,  -1.0 / 30,     1.0 / 42, -1.0 / 30,
                                       5.0 / 66, -691.0 / 2730, 7.0 / 6,  -3617.0 / 510};
    double sum = 0;
    const int terms = 12;
    for (int k = 0; k < terms; k++) sum += pow(q + k, -s);
    const double w = q + terms;
    sum += pow(w, 1 - s) / (s - 1) + 0.5 * pow(w, -s);
    double factor = s, power = pow(w, -s - 1), factorial = 2;
    for (int j = 0; j < 8; j++) {
        sum += bernoulli[j] / factorial * factor * power;
        factor *= (s + 2 * j + 1) * (s + 2 * j + 2);
        factorial *= (2 * j + 3) * (2 * j + 4);
        power /= w * w;
    }
    return sum;
}

/* cot and its derivatives by the reflection formula: only n = 1 has it; others are defined for x > 0. */
double special_polygamma(double n, double x) {
    if (n == 0) return special_digamma(x);
    if (x <= 0) {
        if (x == floor(x)) return INFINITY;
        if (n == 1) {
            const double s = sin(PI * (x - floor(x)));
            return PI * PI / (s * s) - zeta(2, 1 - x);
        }
        double sum = 0, y = x; /* recurrence: ψ(n)(x) = ψ(n)(x + 1) - (-1)^n n! x^(-n-1) */
        for (; y <= 0; y += 1) sum += pow(y, -n - 1);
        return (fmod(n, 2) == 0 ? -1 : 1) * exp(special_lgamma(n + 1)) * (zeta(n + 1, y) + sum);
    }
    return (fmod(n, 2) == 0 ? -1 : 1) * exp(special_lgamma(n + 1)) * zeta(n + 1, x);
}

/* A start within a few percent (Winitzki), then Halley steps on erf, on erfc where erf has run out of digits. */
double special_erfinv(double x) {
    if (!(fabs(x) < 1)) return fabs(x) == 1 ? copysign(INFINITY, x) : NAN;
    if (x == 0) return x;
    const double t = fabs(x), l = log((1 - t) * (1 + t)), u = 2 / (PI * 0.147) + l / 2;
    double y = sqrt(sqrt(u * u - l / 0.147) - u);
    for (int i = 0; i < 3; i++) {
        const double error = t > 0.5 ? (1 - t) - erfc(y) : erf(y) - t;
        const double step = error / (2 / sqrt(PI) * exp(-y * y));
        y -= step / (1 + y * step);
    }
    return copysign(y, x);
}

/* The power series for small x, the asymptotic one for large; `order` 0 or 1. */
static double bessel(double x, int order) {
    const double t = fabs(x), z = t * t / 4;
    double sum, term;
    if (t < 30) {
        sum = term = order ? t / 2 : 1;
        for (int k = 1; k < 200 && term > sum * DBL_EPSILON / 4; k++) sum += term *= z / ((double)k * (k + order));
    } else {
        sum = term = 1;
        for (int k = 1; k < 30; k++) {
            const double next = term * ((2 * k - 1.0) * (2 * k - 1.0) - 4.0 * order) / (8 * k * t);
            if (fabs(next) > fabs(term) || next == 0) break;
            sum += term = next;
        }
        sum *= exp(t - 0.5 * log(2 * PI * t));
    }
    return order && x < 0 ? -sum : sum;
}

double special_i0(double x) { return bessel(x, 0); }

double special_i1(double x) { return bessel(x, 1); }

double special_sinc(double x) { return x == 0 ? 1 : sin(PI * x) / (PI * x); }

double special_log_ndtr(double x) {
    if (x > -5) return log(erfc(-x * M_SQRT1_2) / 2);
    double fraction = 0; /* continued fraction of Mills' ratio */
    for (int k = 60; k > 0; k--) fraction = k / (-x + fraction);
    return -x * x / 2 - log(-x + fraction) - 0.5 * log(2 * PI);
}

/* P(a, x) by its series (x < a + 1), Q(a, x) by its continued fraction (Lentz). */
static double incomplete_gamma(double a, double x, bool upper) {
    if (isnan(a) || isnan(x) || a < 0 || x < 0 || (a == 0 && x == 0)) return NAN;
    if (a == 0) return upper ? 0 : 1;
    if (x == 0) return upper ? 1 : 0;
    if (isinf(a)) return isinf(x) ? NAN : upper ? 1 : 0;
    if (isinf(x)) return upper ? 0 : 1;
    const double front = exp(a * log(x) - x - special_lgamma(a));
    if (x < a + 1) {
        double term = 1 / a, sum = term;
        for (int k = 1; k < 10000 && fabs(term) > fabs(sum) * DBL_EPSILON / 4; k++) sum += term *= x / (a + k);
        return upper ? 1 - sum * front : sum * front;
    }
    double b = x + 1 - a, c = 1 / DBL_MIN, d = 1 / b, h = d;
    for (int k = 1; k < 10000; k++) {
        const double numerator = -k * (k - a);
        b += 2;
        d = 1 / (fabs(numerator * d + b) < DBL_MIN ? DBL_MIN : numerator * d + b);
        c = fabs(b + numerator / c) < DBL_MIN ? DBL_MIN : b + numerator / c;
        h *= d * c;
        if (fabs(d * c - 1) < DBL_EPSILON) break;
    }
    return upper ? front * h : 1 - front * h;
}

double special_igamma(double a, double x) { return incomplete_gamma(a, x, false); }

double special_igammac(double a, double x) { return incomplete_gamma(a, x, true); }
