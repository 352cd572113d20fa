/* SPDX-License-Identifier: MIT
 * recurrent_steps.c — a recurrent layer, forward or backward, step by step in ATen's operators. */
#include "ops/recurrent.h"

typedef struct steps {
    builder *b;
    layer_values *l;
    uint32_t count;
    value *parts[RECURRENT_ROLES]; /* of the sequences that are made, by step */
} steps;

static bool begin(builder *b, layer_values *l, recurrent_role lead, steps *s) {
    const dim count = TYPE_OF(b, l->at[lead])->sizes[0];
    *s = (steps){.b = b, .l = l, .count = (uint32_t)count};
    if (b->status) return false;
    if (dim_is_static(count) && count >= 1 && count <= RECURRENT_LONGEST) return true;
    builder_fail(b, COT_SHAPE, "a recurrent network is written out for a known number of steps, from 1 to %d",
                 RECURRENT_LONGEST);
    return false;
}

static uint32_t step_at(const steps *s, uint32_t i) { return s->l->reverse ? s->count - 1 - i : i; }

/* Step t of a sequence that is given, or that is being made. */
static value item(steps *s, recurrent_role role, uint32_t t) {
    if (s->parts[role]) return s->parts[role][t];
    if (s->l->at[role] == NO_VALUE) return NO_VALUE;
    return emit(s->b, "select.int", "vii", s->l->at[role], (int64_t)0, (int64_t)t);
}

static void put(steps *s, recurrent_role role, uint32_t t, value v) {
    if (!s->parts[role]) s->parts[role] = ARENA_ARRAY(s->b->graph->arena, value, s->count);
    s->parts[role][t] = v;
}

static value before(steps *s, recurrent_role first, recurrent_role all, uint32_t i) {
    return i ? item(s, all, step_at(s, i - 1)) : s->l->at[first];
}

/* The sequence, laid out as the operator's result is. */
static void finish(steps *s, recurrent_role role) {
    builder *b = s->b;
    const int64_t time = s->l->batch_first ? 1 : 0;
    if (!s->parts[role]) return;
    value all = emit(b, "stack", "Vi", s->parts[role], s->count, time);
    if (s->l->batch_first) all = emit(b, "transpose.int", "vii", all, (int64_t)0, (int64_t)1);
    s->l->at[role] = all;
}

static void split(steps *s, value v, uint32_t count, value *gates) {
    builder *b = s->b;
    for (uint32_t i = 0; i < count; i++) gates[i] = NO_VALUE;
    if (b->status) return;
    const dim width = dim_floordiv(b->graph->ctx->syms, TYPE_OF(b, v)->sizes[1], count);
    const value parts = emit(b, "split.Tensor", "vdi", v, width, (int64_t)1);
    for (uint32_t i = 0; i < count; i++) gates[i] = emit_get(b, parts, i);
}

static value join(steps *s, const value *gates, uint32_t count) {
    return emit(s->b, "cat", "Vi", gates, count, (int64_t)1);
}

static value add(steps *s, value x, value y) {
    if (x == NO_VALUE || y == NO_VALUE) return x == NO_VALUE ? y : x;
    return emit(s->b, "add.Tensor", "vv", x, y);
}
static value sub(steps *s, value x, value y) { return emit(s->b, "sub.Tensor", "vv", x, y); }
static value mul(steps *s, value x, value y) { return emit(s->b, "mul.Tensor", "vv", x, y); }
static value sigmoid(steps *s, value x) { return emit(s->b, "sigmoid", "v", x); }
static value tanh_of(steps *s, value x) { return emit(s->b, "tanh", "v", x); }
/* Gradients through a sigmoid or tanh of result y. */
static value through_sigmoid(steps *s, value grad, value y) { return emit(s->b, "sigmoid_backward", "vv", grad, y); }
static value through_tanh(steps *s, value grad, value y) { return emit(s->b, "tanh_backward", "vv", grad, y); }
static value one_less(steps *s, value x) { return emit(s->b, "rsub.Scalar", "vi", x, (int64_t)1); }

/* ---- forward ---------------------------------------------------------------------------------------------------- */

static value hidden_product(steps *s, value h) {
    const value w = emit(s->b, "t", "v", s->l->at[RECURRENT_WEIGHT]), bias = s->l->at[RECURRENT_BIAS];
    return bias == NO_VALUE ? emit(s->b, "mm", "vv", h, w) : emit(s->b, "addmm", "vvv", bias, h, w);
}

static value lstm_forward(steps *s, uint32_t i, value z, value x) {
    const uint32_t t = step_at(s, i);
    value g[4];
    split(s, add(s, z, x), 4, g);
    for (uint32_t k = 0; k < 4; k++) g[k] = k == 2 ? tanh_of(s, g[k]) : sigmoid(s, g[k]);
    const value kept = mul(s, g[1], before(s, RECURRENT_C, RECURRENT_CELLS, i));
    const value c = add(s, kept, mul(s, g[0], g[2]));
    put(s, RECURRENT_CELLS, t, c);
    put(s, RECURRENT_GATES, t, join(s, g, 4));
    return mul(s, g[3], tanh_of(s, c));
}

static value gru_forward(steps *s, uint32_t i, value z, value x, value h) {
    value zs[3], xs[3];
    split(s, z, 3, zs);
    split(s, x, 3, xs);
    const value r = sigmoid(s, add(s, zs[0], xs[0])), u = sigmoid(s, add(s, zs[1], xs[1]));
    const value n = tanh_of(s, add(s, xs[2], mul(s, zs[2], r)));
    const value kept[4] = {r, u, n, zs[2]};
    put(s, RECURRENT_GATES, step_at(s, i), join(s, kept, 4));
    return add(s, mul(s, sub(s, h, n), u), n);
}

void recurrent_unroll(builder *b, layer_values *l) {
    steps s;
    if (!begin(b, l, RECURRENT_INPUT, &s)) return;
    for (uint32_t i = 0; i < s.count && !b->status; i++) {
        const value h = before(&s, RECURRENT_H, RECURRENT_OUTPUT, i), z = hidden_product(&s, h);
        const value x = item(&s, RECURRENT_INPUT, step_at(&s, i));
        value next;
        if (l->cell == RECURRENT_LSTM) next = lstm_forward(&s, i, z, x);
        else if (l->cell == RECURRENT_GRU) next = gru_forward(&s, i, z, x, h);
        else next = emit(b, l->cell == RECURRENT_TANH ? "tanh" : "relu", "v", add(&s, z, x));
        put(&s, RECURRENT_OUTPUT, step_at(&s, i), next);
    }
    finish(&s, RECURRENT_OUTPUT);
    finish(&s, RECURRENT_CELLS);
    finish(&s, RECURRENT_GATES);
}

/* ---- backward --------------------------------------------------------------------------------------------------- */

/* What runs from step to step: gradients of the cell, and of the state past the product. */
typedef struct running {
    value c, past;
} running;

static value lstm_backward(steps *s, uint32_t i, value dh, running *r) {
    const uint32_t t = step_at(s, i);
    value g[4];
    split(s, item(s, RECURRENT_GATES, t), 4, g);
    const value y = tanh_of(s, item(s, RECURRENT_CELLS, t));
    value dc = r->c, d_out = NO_VALUE;
    if (dh != NO_VALUE) {
        d_out = through_sigmoid(s, mul(s, dh, y), g[3]);
        dc = add(s, through_tanh(s, mul(s, dh, g[3]), y), dc);
    }
    dc = add(s, dc, item(s, RECURRENT_GRAD_CELLS, t));
    if (d_out == NO_VALUE) d_out = emit(s->b, "zeros_like", "v", g[3]);
    const value c = before(s, RECURRENT_C, RECURRENT_CELLS, i);
    const value d[4] = {through_sigmoid(s, mul(s, dc, g[2]), g[0]), through_sigmoid(s, mul(s, dc, c), g[1]),
                        through_tanh(s, mul(s, dc, g[0]), g[2]), d_out};
    r->c = mul(s, dc, g[1]);
    return join(s, d, 4);
}

static value gru_backward(steps *s, uint32_t i, value dh, running *r) {
    const uint32_t t = step_at(s, i);
    value g[4];
    split(s, item(s, RECURRENT_GATES, t), 4, g);
    const value all = add(s, dh, r->past), h = before(s, RECURRENT_H, RECURRENT_OUTPUT, i);
    const value dn = through_tanh(s, mul(s, all, one_less(s, g[1])), g[2]);
    const value dr = through_sigmoid(s, mul(s, dn, g[3]), g[0]);
    const value dz = through_sigmoid(s, mul(s, all, sub(s, h, g[2])), g[1]);
    const value d[3] = {dr, dz, dn}, e[3] = {dr, dz, mul(s, dn, g[0])};
    put(s, RECURRENT_GRAD_INPUT, t, join(s, d, 3));
    r->past = mul(s, all, g[1]);
    return join(s, e, 3);
}

static value plain_backward(steps *s, uint32_t i, value dh) {
    const value y = item(s, RECURRENT_OUTPUT, step_at(s, i));
    if (s->l->cell == RECURRENT_TANH) return through_tanh(s, dh, y);
    return emit(s->b, "threshold_backward", "vvi", dh, y, (int64_t)0);
}

void recurrent_unroll_backward(builder *b, layer_values *l) {
    steps s;
    const bool gru = l->cell == RECURRENT_GRU;
    const recurrent_role product = gru ? RECURRENT_GRAD_HIDDEN : RECURRENT_GRAD_INPUT;
    running r = {NO_VALUE, NO_VALUE};
    value back = NO_VALUE; /* what the product of the step behind gave */
    if (!begin(b, l, l->cell <= RECURRENT_GRU ? RECURRENT_GATES : RECURRENT_OUTPUT, &s)) return;
    for (uint32_t i = s.count; i-- > 0 && !b->status;) {
        const value dh = add(&s, item(&s, RECURRENT_GRAD_OUTPUT, step_at(&s, i)), back);
        value d;
        if (l->cell == RECURRENT_LSTM) d = lstm_backward(&s, i, dh, &r);
        else d = gru ? gru_backward(&s, i, dh, &r) : plain_backward(&s, i, dh);
        put(&s, product, step_at(&s, i), d);
        back = emit(b, "mm", "vv", d, l->at[RECURRENT_WEIGHT]);
    }
    finish(&s, RECURRENT_GRAD_INPUT);
    finish(&s, RECURRENT_GRAD_HIDDEN);
    l->at[RECURRENT_GRAD_H] = add(&s, back, r.past);
    l->at[RECURRENT_GRAD_C] = r.c;
}
