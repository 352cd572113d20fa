/* SPDX-License-Identifier: MIT
 * loss_term.h — one element of each elementwise loss and of its derivative; what the fast kernels and the reference
 * share. A is the type to compute in; x the prediction, t the target, w a weight, p the weight of positive examples. */
#ifndef LOSS_NAME
#error "LOSS_NAME(name) and A are given by the file that includes this one"
#endif

static inline A LOSS_NAME(loss_term)(int kind, A parameter, A x, A t, A w, A p) {
    A d = x - t, z = d < 0 ? -d : d;
    switch (kind) {
    case LOSS_MSE: return d * d;
    case LOSS_SMOOTH_L1: return z < parameter ? (A)0.5 * z * z / parameter : z - (A)0.5 * parameter;
    case LOSS_HUBER: return z <= parameter ? (A)0.5 * z * z : parameter * (z - (A)0.5 * parameter);
    case LOSS_SOFT_MARGIN: return (A)log1p(exp((double)(-t * x)));
    case LOSS_BCE: {
        A zero = (A)log1p((double)-x), one = (A)log((double)x);
        return w * ((t - 1) * (zero > -100 ? zero : -100) - t * (one > -100 ? one : -100));
    }
    default: {
        A positive = 1 + (p - 1) * t, size = x < 0 ? -x : x;
        return w * ((1 - t) * x + positive * ((A)log1p(exp((double)-size)) + (x < 0 ? -x : 0)));
    }
    }
}

/* d term / dx, times g. */
static inline A LOSS_NAME(loss_slope)(int kind, A parameter, A g, A x, A t, A w) {
    A d = x - t;
    switch (kind) {
    case LOSS_MSE: return 2 * d * g;
    case LOSS_SMOOTH_L1: return d <= -parameter ? -g : d >= parameter ? g : d * g / parameter;
    case LOSS_HUBER: return d <= -parameter ? -g * parameter : d >= parameter ? g * parameter : d * g;
    case LOSS_SOFT_MARGIN: {
        A z = (A)exp((double)(-t * x));
        return -t * z * g / (z + 1);
    }
    default: {
        A spread = (1 - x) * x, least = (A)1e-12;
        return w * g * d / (spread > least ? spread : least);
    }
    }
}
