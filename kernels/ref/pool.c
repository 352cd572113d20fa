/* SPDX-License-Identifier: MIT
 * pool.c — the definition of pooling, in double precision over any dtype and strides. */
#include "kernels/pool.h"
#include "kernels/element.h"

typedef struct position {
    int64_t n, c, s[3];
} position;

static int64_t volume(const int64_t size[3]) { return size[0] * size[1] * size[2]; }

static position position_of(const pool_attributes *a, const int64_t size[3], int64_t e) {
    position p;
    for (int d = 2; d >= 0; d--) {
        p.s[d] = e % size[d];
        e /= size[d];
    }
    p.c = e % a->channels, p.n = e / a->channels;
    return p;
}

static int64_t offset(const pool_view *v, const position *p, const int64_t s[3]) {
    return p->n * v->sn + p->c * v->sc + s[0] * v->s[0] + s[1] * v->s[1] + s[2] * v->s[2];
}

/* Goes to the next position of a window; false after the last. */
static bool next(const pool_window w[3], int64_t s[3]) {
    for (int d = 2; d >= 0; d--) {
        s[d] += w[d].step;
        if (s[d] < w[d].to) return true;
        s[d] = w[d].from;
    }
    return false;
}

/* Sets s to the first position; false where the window is empty. */
static bool first(const pool_attributes *a, const position *p, pool_window w[3], int64_t s[3]) {
    for (int d = 0; d < 3; d++) {
        w[d] = pool_window_at(a, d, p->s[d]);
        s[d] = w[d].from;
    }
    return w[0].from < w[0].to && w[1].from < w[1].to && w[2].from < w[2].to;
}

void ref_max_pool(const kernel_call *call) {
    const pool_attributes *a = call->attributes;
    const tensor_desc *y = &call->tensors[0], *x = &call->tensors[2];
    pool_view from = pool_view_of(a, x), to = pool_view_of(a, y), index = pool_view_of(a, &call->tensors[1]);
    for (int64_t e = 0; e < y->numel; e++) {
        position p = position_of(a, a->out, e);
        pool_window w[3];
        int64_t s[3], best;
        bool more = first(a, &p, w, s);
        double most = -INFINITY;
        best = (s[0] * a->in[1] + s[1]) * a->in[2] + s[2];
        for (; more; more = next(w, s)) {
            double v = element_load(x->dtype, call->data[2], offset(&from, &p, s));
            if (!(v > most) && v == v) continue;
            most = v;
            best = (s[0] * a->in[1] + s[1]) * a->in[2] + s[2];
        }
        element_store(y->dtype, call->data[0], offset(&to, &p, p.s), most);
        ((int64_t *)call->data[1])[offset(&index, &p, p.s)] = best;
    }
}

/* Sets all of tensor 0 to zero. */
static void clear(const kernel_call *call) {
    const tensor_desc *t = &call->tensors[0];
    for (int64_t e = 0; e < t->numel; e++) element_store(t->dtype, call->data[0], element_offset(t, e), 0);
}

static void add(const kernel_call *call, int64_t at, double x) {
    uint8_t dtype = call->tensors[0].dtype;
    element_store(dtype, call->data[0], at, element_load(dtype, call->data[0], at) + x);
}

/* Where element `flat` of the plane of p lies. */
static int64_t plane_offset(const pool_attributes *a, const pool_view *v, const position *p, int64_t flat) {
    int64_t s[3];
    for (int d = 2; d >= 0; d--) {
        s[d] = flat % a->in[d];
        flat /= a->in[d];
    }
    return offset(v, p, s);
}

static void scatter(const kernel_call *call, uint32_t indices, bool sum) {
    const pool_attributes *a = call->attributes;
    const tensor_desc *g = &call->tensors[1];
    pool_view to = pool_view_of(a, &call->tensors[0]), from = pool_view_of(a, g);
    pool_view index = pool_view_of(a, &call->tensors[indices]);
    clear(call);
    for (int64_t e = 0; e < g->numel; e++) {
        position p = position_of(a, a->out, e);
        int64_t i = ((const int64_t *)call->data[indices])[offset(&index, &p, p.s)];
        double v = element_load(g->dtype, call->data[1], offset(&from, &p, p.s));
        if (i < 0 || i >= volume(a->in)) continue;
        if (sum) add(call, plane_offset(a, &to, &p, i), v);
        else element_store(call->tensors[0].dtype, call->data[0], plane_offset(a, &to, &p, i), v);
    }
}

void ref_max_pool_backward(const kernel_call *call) { scatter(call, 3, true); }

void ref_max_unpool(const kernel_call *call) { scatter(call, 2, false); }

void ref_avg_pool(const kernel_call *call) {
    const pool_attributes *a = call->attributes;
    const tensor_desc *y = &call->tensors[0], *x = &call->tensors[1];
    pool_view from = pool_view_of(a, x), to = pool_view_of(a, y);
    for (int64_t e = 0; e < y->numel; e++) {
        position p = position_of(a, a->out, e);
        pool_window w[3];
        int64_t s[3];
        double sum = 0;
        for (bool more = first(a, &p, w, s); more; more = next(w, s))
            sum += element_load(x->dtype, call->data[1], offset(&from, &p, s));
        element_store(y->dtype, call->data[0], offset(&to, &p, p.s), sum / (double)pool_divisor(a, w));
    }
}

void ref_avg_pool_backward(const kernel_call *call) {
    const pool_attributes *a = call->attributes;
    const tensor_desc *g = &call->tensors[1];
    pool_view from = pool_view_of(a, g), to = pool_view_of(a, &call->tensors[0]);
    clear(call);
    for (int64_t e = 0; e < g->numel; e++) {
        position p = position_of(a, a->out, e);
        pool_window w[3];
        int64_t s[3];
        bool more = first(a, &p, w, s);
        double v = element_load(g->dtype, call->data[1], offset(&from, &p, p.s)) / (double)pool_divisor(a, w);
        for (; more; more = next(w, s)) add(call, offset(&to, &p, s), v);
    }
}
