/* SPDX-License-Identifier: MIT
 * conv.c — the definition of convolution: nested loops in double precision over any dtype and strides. */
#include "kernels/conv.h"
#include "kernels/element.h"

/* Offset of (n, c, position) in a tensor with `spatial` spatial dimensions behind the first two. */
static int64_t at(const tensor_desc *t, uint8_t spatial, int64_t n, int64_t c, const int64_t position[3]) {
    int64_t offset = n * t->strides[0] + c * t->strides[1];
    for (uint8_t d = 0; d < spatial; d++) offset += position[3 - spatial + d] * t->strides[2 + d];
    return offset;
}

static void split(int64_t linear, const int64_t size[3], int64_t out[3]) {
    for (int d = 2; d >= 0; d--) {
        out[d] = linear % size[d];
        linear /= size[d];
    }
}

static int64_t volume(const int64_t size[3]) { return size[0] * size[1] * size[2]; }

/* A tensor of the call. */
typedef struct operand {
    const tensor_desc *t;
    void *data;
} operand;

static operand operand_of(const kernel_call *call, uint32_t i) { return (operand){&call->tensors[i], call->data[i]}; }

/* Calls `visit` for each product x · w that is part of an element of y. */
typedef struct walk {
    const conv_attributes *a;
    operand x, w, y;
} walk;

typedef struct triple {
    int64_t x, w, y; /* offsets */
} triple;

/* The term of y (n, o, p) from channel i of its group and tap k; false in the padding. */
static bool term(const walk *v, int64_t n, int64_t o, int64_t p, int64_t i, int64_t k, triple *out) {
    const conv_attributes *a = v->a;
    int64_t to[3], tap[3], from[3];
    split(p, a->out, to);
    split(k, a->kernel, tap);
    for (int d = 0; d < 3; d++) {
        from[d] = to[d] * a->stride[d] - a->padding[d] + tap[d] * a->dilation[d];
        if (from[d] < 0 || from[d] >= a->in[d]) return false;
    }
    int64_t xg = a->x_channels / a->groups, yg = a->y_channels / a->groups;
    out->x = at(v->x.t, a->spatial, n, o / yg * xg + i, from);
    out->w = at(v->w.t, a->spatial, o, i, tap);
    out->y = at(v->y.t, a->spatial, n, o, to);
    return true;
}

/* Adds all terms into the operand that is wanted: 'y', 'x' or 'w'. Sums are kept in double by going over the terms of
 * one element at a time. */
static void accumulate(const walk *v, char wanted, operand bias) {
    const conv_attributes *a = v->a;
    int64_t taps = volume(a->kernel), pixels = volume(a->out), xg = a->x_channels / a->groups,
            yg = a->y_channels / a->groups;
    operand out = wanted == 'y' ? v->y : wanted == 'x' ? v->x : v->w;
    int64_t channels = out.t->sizes[1];
    for (int64_t e = 0; e < out.t->numel; e++) {
        int64_t target = element_offset(out.t, e), inner = out.t->numel / MAX(1, out.t->sizes[0] * channels);
        int64_t first = e / (inner * channels), second = e / inner % channels;
        double sum = bias.data ? element_load(bias.t->dtype, bias.data, second * bias.t->strides[0]) : 0;
        /* Bounds of the loops over (n, o, p, i, k) that can reach this element. */
        int64_t n0 = wanted == 'w' ? 0 : first, n1 = wanted == 'w' ? a->batch : first + 1;
        int64_t o0 = wanted == 'y' ? second : wanted == 'w' ? first : second / xg * yg;
        int64_t o1 = wanted == 'x' ? o0 + yg : o0 + 1;
        int64_t i0 = wanted == 'y' ? 0 : wanted == 'w' ? second : second % xg, i1 = wanted == 'y' ? xg : i0 + 1;
        int64_t p0 = wanted == 'y' ? e % inner : 0, p1 = wanted == 'y' ? p0 + 1 : pixels;
        int64_t k0 = wanted == 'w' ? e % inner : 0, k1 = wanted == 'w' ? k0 + 1 : taps;
        for (int64_t n = n0; n < n1; n++)
            for (int64_t o = o0; o < o1; o++)
                for (int64_t p = p0; p < p1; p++)
                    for (int64_t i = i0; i < i1; i++)
                        for (int64_t k = k0; k < k1; k++) {
                            triple t;
                            if (!term(v, n, o, p, i, k, &t)) continue;
                            if ((wanted == 'y' ? t.y : wanted == 'x' ? t.x : t.w) != target) continue;
                            double x = wanted == 'x' ? 1 : element_load(v->x.t->dtype, v->x.data, t.x);
                            double w = wanted == 'w' ? 1 : element_load(v->w.t->dtype, v->w.data, t.w);
                            double y = wanted == 'y' ? 1 : element_load(v->y.t->dtype, v->y.data, t.y);
                            sum += x * w * y;
                        }
        element_store(out.t->dtype, out.data, target, sum);
    }
}

void ref_convolution(const kernel_call *call) {
    const conv_attributes *a = call->attributes;
    operand bias = call->num_operands > 2 && call->data[3] ? operand_of(call, 3) : (operand){0};
    walk v = {a, operand_of(call, a->transposed ? 0 : 1), operand_of(call, 2), operand_of(call, a->transposed ? 1 : 0)};
    accumulate(&v, a->transposed ? 'x' : 'y', bias);
}

void ref_convolution_backward(const kernel_call *call) {
    const conv_attributes *a = call->attributes;
    operand grad = operand_of(call, 3), input = operand_of(call, 4), none = {0};
    if (a->mask[0]) {
        operand out = operand_of(call, 0);
        walk v = {a, a->transposed ? grad : out, operand_of(call, 5), a->transposed ? out : grad};
        accumulate(&v, a->transposed ? 'y' : 'x', none);
    }
    if (a->mask[1]) {
        walk v = {a, a->transposed ? grad : input, operand_of(call, 1), a->transposed ? input : grad};
        accumulate(&v, 'w', none);
    }
    if (!a->mask[2]) return;
    operand bias = operand_of(call, 2);
    int64_t channels = grad.t->sizes[1], inner = 1;
    for (int d = 2; d < grad.t->ndim; d++) inner *= grad.t->sizes[d];
    for (int64_t c = 0; c < channels; c++) {
        double sum = 0;
        for (int64_t n = 0; n < grad.t->sizes[0]; n++)
            for (int64_t i = 0; i < inner; i++)
                sum += element_load(grad.t->dtype, grad.data, element_offset(grad.t, (n * channels + c) * inner + i));
        element_store(bias.t->dtype, bias.data, c * bias.t->strides[0], sum);
    }
}
