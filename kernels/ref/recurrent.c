/* SPDX-License-Identifier: MIT
 * recurrent.c — the definition of recurrent layers: one step, one row, one unit at a time. */
#include "kernels/recurrent.h"
#include "kernels/ref/ref.h"

typedef struct layer {
    const kernel_call *call;
    const recurrent_attributes *a;
} layer;

static bool has(const layer *l, recurrent_role role) {
    return l->a->at[role] >= 0 && l->call->tensors[l->a->at[role]].numel >= 0;
}

/* Of a sequence (step, row, column), a matrix (row, column) or a vector (column); 0 where it is missing. */
static int64_t offset(const layer *l, recurrent_role role, int64_t step, int64_t row, int64_t column) {
    const tensor_desc *t = &l->call->tensors[l->a->at[role]];
    const int64_t *s = t->strides + t->ndim - 1;
    return column * s[0] + (t->ndim > 1 ? row * s[-1] : 0) + (t->ndim > 2 ? step * s[-2] : 0);
}

static double get(const layer *l, recurrent_role role, int64_t step, int64_t row, int64_t column) {
    if (!has(l, role)) return 0;
    const int8_t at = l->a->at[role];
    return ref_load(&l->call->tensors[at], l->call->data[at], offset(l, role, step, row, column));
}

static void set(const layer *l, recurrent_role role, int64_t step, int64_t row, int64_t column, double x) {
    if (!has(l, role)) return;
    const int8_t at = l->a->at[role];
    ref_store(&l->call->tensors[at], l->call->data[at], offset(l, role, step, row, column), x);
}

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

/* The i-th step that is made, counted from 0; -1 before it. */
static int64_t step_at(const recurrent_attributes *a, int64_t i) { return a->reverse ? a->steps - 1 - i : i; }

static double state_before(const layer *l, recurrent_role first, recurrent_role all, int64_t i, int64_t row,
                           int64_t unit) {
    return i ? get(l, all, step_at(l->a, i - 1), row, unit) : get(l, first, 0, row, unit);
}

/* ---- forward ---------------------------------------------------------------------------------------------------- */

static double hidden_product(const layer *l, int64_t i, int64_t row, int64_t column) {
    double sum = get(l, RECURRENT_BIAS, 0, 0, column);
    for (int64_t k = 0; k < l->a->hidden; k++)
        sum += state_before(l, RECURRENT_H, RECURRENT_OUTPUT, i, row, k) * get(l, RECURRENT_WEIGHT, 0, column, k);
    return sum;
}

static void forward_unit(const layer *l, int64_t i, int64_t row, int64_t unit) {
    const recurrent_attributes *a = l->a;
    const int64_t t = step_at(a, i), n = a->hidden;
    double z[4], x[4], h = 0;
    for (int64_t g = 0; g < a->gates; g++) {
        z[g] = hidden_product(l, i, row, g * n + unit);
        x[g] = get(l, RECURRENT_INPUT, t, row, g * n + unit);
    }
    if (a->cell == RECURRENT_LSTM) {
        const double kept[4] = {sigmoid(z[0] + x[0]), sigmoid(z[1] + x[1]), tanh(z[2] + x[2]), sigmoid(z[3] + x[3])};
        const double c = kept[1] * state_before(l, RECURRENT_C, RECURRENT_CELLS, i, row, unit) + kept[0] * kept[2];
        for (int g = 0; g < 4; g++) set(l, RECURRENT_GATES, t, row, g * n + unit, kept[g]);
        set(l, RECURRENT_CELLS, t, row, unit, c);
        h = kept[3] * tanh(c);
    } else if (a->cell == RECURRENT_GRU) {
        const double r = sigmoid(z[0] + x[0]), u = sigmoid(z[1] + x[1]), kept[4] = {r, u, tanh(x[2] + r * z[2]), z[2]};
        for (int g = 0; g < 4; g++) set(l, RECURRENT_GATES, t, row, g * n + unit, kept[g]);
        h = kept[2] + u * (state_before(l, RECURRENT_H, RECURRENT_OUTPUT, i, row, unit) - kept[2]);
    } else {
        h = a->cell == RECURRENT_TANH ? tanh(z[0] + x[0]) : fmax(z[0] + x[0], 0);
    }
    set(l, RECURRENT_OUTPUT, t, row, unit, h);
}

void ref_recurrent(const kernel_call *call) {
    const layer l = {call, call->attributes};
    for (int64_t i = 0; i < l.a->steps; i++)
        for (int64_t row = 0; row < l.a->batch; row++)
            for (int64_t unit = 0; unit < l.a->hidden; unit++) forward_unit(&l, i, row, unit);
}

/* ---- backward --------------------------------------------------------------------------------------------------- */

/* What the product of step i hands back to the state before it. */
static double product_gradient(const layer *l, int64_t i, int64_t row, int64_t unit) {
    const recurrent_role from = l->a->cell == RECURRENT_GRU ? RECURRENT_GRAD_HIDDEN : RECURRENT_GRAD_INPUT;
    double sum = 0;
    for (int64_t k = 0; k < l->a->gates * l->a->hidden; k++)
        sum += get(l, from, step_at(l->a, i), row, k) * get(l, RECURRENT_WEIGHT, 0, k, unit);
    return sum;
}

static void lstm_unit(const layer *l, int64_t i, int64_t row, int64_t unit, double dh) {
    const int64_t t = step_at(l->a, i), n = l->a->hidden;
    double kept[4];
    for (int g = 0; g < 4; g++) kept[g] = get(l, RECURRENT_GATES, t, row, g * n + unit);
    const double in = kept[0], f = kept[1], g = kept[2], o = kept[3], c = tanh(get(l, RECURRENT_CELLS, t, row, unit));
    double dc = dh * o * (1 - c * c) + get(l, RECURRENT_GRAD_CELLS, t, row, unit);
    if (i + 1 < l->a->steps) dc += get(l, RECURRENT_GRAD_C, 0, row, unit);
    const double before = state_before(l, RECURRENT_C, RECURRENT_CELLS, i, row, unit);
    const double d[4] = {dc * g * in * (1 - in), dc * before * f * (1 - f), dc * in * (1 - g * g),
                         dh * c * o * (1 - o)};
    for (int k = 0; k < 4; k++) set(l, RECURRENT_GRAD_INPUT, t, row, k * n + unit, d[k]);
    set(l, RECURRENT_GRAD_C, 0, row, unit, dc * f);
}

/* The gradient that goes to the state before past the product waits in that state's. */
static void gru_unit(const layer *l, int64_t i, int64_t row, int64_t unit, double dh) {
    const int64_t t = step_at(l->a, i), n = l->a->hidden;
    double kept[4];
    for (int g = 0; g < 4; g++) kept[g] = get(l, RECURRENT_GATES, t, row, g * n + unit);
    const double r = kept[0], z = kept[1], m = kept[2];
    if (i + 1 < l->a->steps) dh += get(l, RECURRENT_GRAD_H, 0, row, unit);
    const double dm = dh * (1 - z) * (1 - m * m);
    const double dz = dh * (state_before(l, RECURRENT_H, RECURRENT_OUTPUT, i, row, unit) - m) * z * (1 - z);
    const double d[3] = {dm * kept[3] * r * (1 - r), dz, dm};
    for (int k = 0; k < 3; k++) {
        set(l, RECURRENT_GRAD_INPUT, t, row, k * n + unit, d[k]);
        set(l, RECURRENT_GRAD_HIDDEN, t, row, k * n + unit, k == 2 ? dm * r : d[k]);
    }
    set(l, RECURRENT_GRAD_H, 0, row, unit, dh * z);
}

static void backward_unit(const layer *l, int64_t i, int64_t row, int64_t unit) {
    const recurrent_attributes *a = l->a;
    const int64_t t = step_at(a, i);
    double dh = get(l, RECURRENT_GRAD_OUTPUT, t, row, unit);
    if (i + 1 < a->steps) dh += product_gradient(l, i + 1, row, unit);
    if (a->cell == RECURRENT_LSTM) {
        lstm_unit(l, i, row, unit, dh);
    } else if (a->cell == RECURRENT_GRU) {
        gru_unit(l, i, row, unit, dh);
    } else {
        const double h = get(l, RECURRENT_OUTPUT, t, row, unit);
        const double slope = a->cell == RECURRENT_TANH ? 1 - h * h : h > 0;
        set(l, RECURRENT_GRAD_INPUT, t, row, unit, dh * slope);
    }
}

void ref_recurrent_backward(const kernel_call *call) {
    const layer l = {call, call->attributes};
    const recurrent_attributes *a = l.a;
    for (int64_t i = a->steps; i-- > 0;)
        for (int64_t row = 0; row < a->batch; row++)
            for (int64_t unit = 0; unit < a->hidden; unit++) backward_unit(&l, i, row, unit);
    for (int64_t row = 0; row < a->batch; row++)
        for (int64_t unit = 0; unit < a->hidden; unit++) {
            const double past = a->cell == RECURRENT_GRU ? get(&l, RECURRENT_GRAD_H, 0, row, unit) : 0;
            set(&l, RECURRENT_GRAD_H, 0, row, unit, past + product_gradient(&l, 0, row, unit));
        }
}
