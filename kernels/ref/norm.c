/* SPDX-License-Identifier: MIT
 * norm.c — the definition of the normalisations, in double precision over any dtype and strides. */
#include "kernels/norm.h"
#include "kernels/element.h"

typedef struct operand {
    const tensor_desc *t;
    void *data;
} operand;

static operand at(const kernel_call *call, uint32_t i) { return (operand){&call->tensors[i], call->data[i]}; }

/* Logical element i; `absent` of a tensor that is not there. */
static double get(operand o, int64_t i, double absent) {
    return o.data ? element_load(o.t->dtype, o.data, element_offset(o.t, i)) : absent;
}

static void put(operand o, int64_t i, double x) {
    if (o.data && i < o.t->numel) element_store(o.t->dtype, o.data, element_offset(o.t, i), x);
}

/* An operand that the attributes may say is not there: position 0. */
static operand maybe(const kernel_call *call, uint8_t i) { return i ? at(call, i) : (operand){0}; }

static int64_t inner_of(const tensor_desc *t) {
    int64_t inner = 1;
    for (int d = 2; d < t->ndim; d++) inner *= t->sizes[d];
    return inner;
}

void ref_batch_norm(const kernel_call *call) {
    const batch_norm_attributes *a = call->attributes;
    operand x = at(call, a->input), y = at(call, 0), old_mean = maybe(call, a->running_mean),
            old_var = maybe(call, a->running_var);
    int64_t batch = x.t->sizes[0], channels = x.t->sizes[1], inner = inner_of(x.t);
    double count = (double)(batch * inner);
    for (int64_t c = 0; c < channels; c++) {
        double mean = get(old_mean, c, 0), variance = get(old_var, c, 1), new_mean = mean, new_var = variance;
        if (a->training) {
            double sum = 0, squares = 0;
            for (int64_t i = 0; i < batch * inner; i++)
                sum += get(x, (i / inner * channels + c) * inner + i % inner, 0);
            double center = sum / count;
            for (int64_t i = 0; i < batch * inner; i++) {
                double d = get(x, (i / inner * channels + c) * inner + i % inner, 0) - center;
                squares += d * d;
            }
            new_mean = a->momentum * center + (1 - a->momentum) * mean;
            new_var = a->momentum * squares / (count - 1) + (1 - a->momentum) * variance;
            mean = center, variance = squares / count;
        }
        double invstd = 1 / sqrt(variance + a->eps), w = get(maybe(call, a->weight), c, 1),
               b = get(maybe(call, a->bias), c, 0);
        if (a->training) {
            put(at(call, a->save_mean), c, mean);
            put(at(call, a->save_invstd), c, invstd);
        }
        if (a->new_mean) {
            put(at(call, a->new_mean), c, new_mean);
            put(at(call, a->new_var), c, new_var);
        }
        for (int64_t i = 0; i < batch * inner; i++) {
            int64_t e = (i / inner * channels + c) * inner + i % inner;
            put(y, e, (get(x, e, 0) - mean) * invstd * w + b);
        }
    }
}

void ref_batch_norm_backward(const kernel_call *call) {
    const batch_norm_attributes *a = call->attributes;
    operand g = at(call, 3), x = at(call, 4);
    int64_t batch = x.t->sizes[0], channels = x.t->sizes[1], inner = inner_of(x.t);
    double count = (double)(batch * inner);
    for (int64_t c = 0; c < channels; c++) {
        double mean = a->training ? get(maybe(call, a->save_mean), c, 0) : get(maybe(call, a->running_mean), c, 0);
        double invstd = a->training ? get(maybe(call, a->save_invstd), c, 1)
                                    : 1 / sqrt(get(maybe(call, a->running_var), c, 1) + a->eps);
        double w = get(maybe(call, a->weight), c, 1), sum = 0, dot = 0;
        for (int64_t i = 0; i < batch * inner; i++) {
            int64_t e = (i / inner * channels + c) * inner + i % inner;
            sum += get(g, e, 0);
            dot += get(g, e, 0) * (get(x, e, 0) - mean) * invstd;
        }
        for (int64_t i = 0; i < batch * inner && a->mask[0]; i++) {
            int64_t e = (i / inner * channels + c) * inner + i % inner;
            double d = get(g, e, 0);
            if (a->training) d -= sum / count + (get(x, e, 0) - mean) * invstd * dot / count;
            put(at(call, 0), e, d * invstd * w);
        }
        if (a->mask[1]) put(at(call, 1), c, dot);
        if (a->mask[2]) put(at(call, 2), c, sum);
    }
}

void ref_layer_norm(const kernel_call *call) {
    const layer_norm_attributes *a = call->attributes;
    operand x = at(call, 3);
    double n = (double)a->columns;
    for (int64_t r = 0; r < a->rows; r++) {
        double sum = 0, squares = 0;
        for (int64_t i = 0; i < a->columns; i++) sum += get(x, r * a->columns + i, 0);
        for (int64_t i = 0; i < a->columns; i++) {
            double d = get(x, r * a->columns + i, 0) - sum / n;
            squares += d * d;
        }
        double mean = sum / n, rstd = 1 / sqrt(squares / n + a->eps);
        for (int64_t i = 0; i < a->columns; i++) {
            double v = (get(x, r * a->columns + i, 0) - mean) * rstd;
            put(at(call, 0), r * a->columns + i, v * get(at(call, 4), i, 1) + get(at(call, 5), i, 0));
        }
        put(at(call, 1), r, mean);
        put(at(call, 2), r, rstd);
    }
}

void ref_layer_norm_backward(const kernel_call *call) {
    const layer_norm_attributes *a = call->attributes;
    operand g = at(call, 3), x = at(call, 4), mean = at(call, 5), rstd = at(call, 6), w = at(call, 7);
    double n = (double)a->columns;
    for (int64_t r = 0; r < a->rows && a->mask[0]; r++) {
        double dot = 0, sum = 0, m = get(mean, r, 0), s = get(rstd, r, 1);
        for (int64_t i = 0; i < a->columns; i++) {
            double v = get(g, r * a->columns + i, 0) * get(w, i, 1);
            sum += v;
            dot += v * (get(x, r * a->columns + i, 0) - m) * s;
        }
        for (int64_t i = 0; i < a->columns; i++) {
            double v = get(g, r * a->columns + i, 0) * get(w, i, 1), h = (get(x, r * a->columns + i, 0) - m) * s;
            put(at(call, 0), r * a->columns + i, s * (v - sum / n - h * dot / n));
        }
    }
    for (int64_t i = 0; i < a->columns; i++) {
        double weight = 0, bias = 0;
        for (int64_t r = 0; r < a->rows; r++) {
            double v = get(g, r * a->columns + i, 0);
            weight += v * (get(x, r * a->columns + i, 0) - get(mean, r, 0)) * get(rstd, r, 1);
            bias += v;
        }
        if (a->mask[1]) put(at(call, 1), i, weight);
        if (a->mask[2]) put(at(call, 2), i, bias);
    }
}

void ref_group_norm(const kernel_call *call) {
    const group_norm_attributes *a = call->attributes;
    operand x = at(call, 3);
    int64_t batch = x.t->sizes[0], channels = x.t->sizes[1], inner = inner_of(x.t), size = channels / a->groups * inner;
    for (int64_t unit = 0; unit < batch * a->groups; unit++) {
        double sum = 0, squares = 0, n = (double)size;
        for (int64_t i = 0; i < size; i++) sum += get(x, unit * size + i, 0);
        for (int64_t i = 0; i < size; i++) {
            double d = get(x, unit * size + i, 0) - sum / n;
            squares += d * d;
        }
        double mean = sum / n, rstd = 1 / sqrt(squares / n + a->eps);
        for (int64_t i = 0; i < size; i++) {
            int64_t c = (unit * size + i) / inner % channels;
            double v = (get(x, unit * size + i, 0) - mean) * rstd;
            put(at(call, 0), unit * size + i, v * get(at(call, 4), c, 1) + get(at(call, 5), c, 0));
        }
        put(at(call, 1), unit, mean);
        put(at(call, 2), unit, rstd);
    }
}

void ref_group_norm_backward(const kernel_call *call) {
    const group_norm_attributes *a = call->attributes;
    operand g = at(call, 3), x = at(call, 4), mean = at(call, 5), rstd = at(call, 6), w = at(call, 7);
    int64_t batch = x.t->sizes[0], channels = x.t->sizes[1], inner = inner_of(x.t), size = channels / a->groups * inner;
    for (int64_t unit = 0; unit < batch * a->groups && a->mask[0]; unit++) {
        double sum = 0, dot = 0, m = get(mean, unit, 0), s = get(rstd, unit, 1), n = (double)size;
        for (int64_t i = unit * size; i < (unit + 1) * size; i++) {
            double v = get(g, i, 0) * get(w, i / inner % channels, 1);
            sum += v;
            dot += v * (get(x, i, 0) - m) * s;
        }
        for (int64_t i = unit * size; i < (unit + 1) * size; i++) {
            double v = get(g, i, 0) * get(w, i / inner % channels, 1), h = (get(x, i, 0) - m) * s;
            put(at(call, 0), i, s * (v - sum / n - h * dot / n));
        }
    }
    for (int64_t c = 0; c < channels; c++) {
        double weight = 0, bias = 0;
        for (int64_t n = 0; n < batch; n++)
            for (int64_t s = 0; s < inner; s++) {
                int64_t i = (n * channels + c) * inner + s, group = n * a->groups + c / (channels / a->groups);
                weight += get(g, i, 0) * (get(x, i, 0) - get(mean, group, 0)) * get(rstd, group, 1);
                bias += get(g, i, 0);
            }
        if (a->mask[1]) put(at(call, 1), c, weight);
        if (a->mask[2]) put(at(call, 2), c, bias);
    }
}
