/* SPDX-License-Identifier: MIT
 * loss.c — the definition of the losses, in double precision over any dtype and strides. */
#include "kernels/loss.h"
#include "kernels/element.h"

#define A double
#define LOSS_NAME(name) name
#include "kernels/loss_term.h"

/* Operand o at element e of the space, 1 where there is none. */
static double get(const kernel_call *call, uint32_t o, int64_t e) {
    const loss_attributes *a = call->attributes;
    int64_t offset = 0;
    if (o >= call->num_operands || !call->data[1 + o]) return 1;
    for (int d = a->ndim - 1; d >= 0; d--) {
        offset += e % a->sizes[d] * a->strides[o][d];
        e /= a->sizes[d];
    }
    return element_load(call->tensors[1 + o].dtype, call->data[1 + o], offset);
}

void ref_loss(const kernel_call *call) {
    const loss_attributes *a = call->attributes;
    const tensor_desc *y = &call->tensors[0];
    double total = 0;
    for (int64_t e = 0; e < a->numel; e++) {
        double v = loss_term(a->kind, a->parameter, get(call, 0, e), get(call, 1, e), get(call, 2, e), get(call, 3, e));
        if (a->reduction == LOSS_NONE) element_store(y->dtype, call->data[0], element_offset(y, e), v);
        total += v;
    }
    if (a->reduction != LOSS_NONE)
        element_store(y->dtype, call->data[0], 0, a->reduction == LOSS_MEAN ? total / (double)a->numel : total);
}

void ref_loss_backward(const kernel_call *call) {
    const loss_attributes *a = call->attributes;
    const tensor_desc *y = &call->tensors[0];
    double scale = a->reduction == LOSS_MEAN ? 1 / (double)a->numel : 1;
    for (int64_t e = 0; e < a->numel; e++) {
        double g = get(call, 0, e) * scale;
        double v = loss_slope(a->kind, a->parameter, g, get(call, 1, e), get(call, 2, e), get(call, 3, e));
        element_store(y->dtype, call->data[0], element_offset(y, e), v);
    }
}

typedef struct rows {
    int64_t batch, classes, inner;
} rows;

static rows rows_of(const tensor_desc *x, bool one_row) {
    rows r = {one_row ? 1 : x->sizes[0], one_row ? x->sizes[0] : x->sizes[1], 1};
    for (int d = 2; d < x->ndim; d++) r.inner *= x->sizes[d];
    return r;
}

void ref_nll_loss(const kernel_call *call) {
    const nll_attributes *a = call->attributes;
    const tensor_desc *x = &call->tensors[2], *target = &call->tensors[3], *w = &call->tensors[4],
                      *y = &call->tensors[0];
    rows r = rows_of(x, a->one_row);
    double loss = 0, weight = 0;
    for (int64_t i = 0; i < r.batch * r.inner; i++) {
        int64_t label = element_load_int(target->dtype, call->data[3], element_offset(target, i));
        bool ignored = label == a->ignore_index, valid = !ignored && label >= 0 && label < r.classes;
        double each = valid ? 1 : ignored ? 0 : (double)NAN, v = each;
        if (valid && call->data[4]) each = element_load(w->dtype, call->data[4], label * w->strides[0]);
        int64_t e = (i / r.inner * r.classes + label) * r.inner + i % r.inner;
        if (valid) v = -each * element_load(x->dtype, call->data[2], element_offset(x, e));
        if (a->reduction == LOSS_NONE) element_store(y->dtype, call->data[0], element_offset(y, i), v);
        loss += v, weight += each;
    }
    element_store(call->tensors[1].dtype, call->data[1], 0, a->reduction == LOSS_NONE ? 0 : weight);
    if (a->reduction != LOSS_NONE)
        element_store(y->dtype, call->data[0], 0, a->reduction == LOSS_MEAN ? loss / weight : loss);
}

void ref_nll_loss_backward(const kernel_call *call) {
    const nll_attributes *a = call->attributes;
    const tensor_desc *y = &call->tensors[0], *grad = &call->tensors[1], *target = &call->tensors[3],
                      *w = &call->tensors[4];
    rows r = rows_of(y, a->one_row);
    double total = element_load(call->tensors[5].dtype, call->data[5], 0);
    for (int64_t e = 0; e < y->numel; e++) {
        int64_t i = e / (r.classes * r.inner) * r.inner + e % r.inner, c = e / r.inner % r.classes;
        int64_t label = element_load_int(target->dtype, call->data[3], element_offset(target, i));
        double v = 0;
        if (label == c && label != a->ignore_index) {
            double g =
                element_load(grad->dtype, call->data[1], a->reduction == LOSS_NONE ? element_offset(grad, i) : 0);
            v = -g * (call->data[4] ? element_load(w->dtype, call->data[4], label * w->strides[0]) : 1);
            if (a->reduction == LOSS_MEAN) v /= total;
        }
        element_store(y->dtype, call->data[0], element_offset(y, e), v);
    }
}

/* The backward of nll_loss, then that of log_softmax. */
void ref_cross_entropy_backward(const kernel_call *call) {
    const tensor_desc *y = &call->tensors[0], *x = &call->tensors[2];
    ref_nll_loss_backward(call);
    for (int64_t r = 0; r < y->sizes[0]; r++) {
        double sum = 0;
        for (int64_t i = 0; i < y->sizes[1]; i++)
            sum += element_load(y->dtype, call->data[0], r * y->strides[0] + i * y->strides[1]);
        for (int64_t i = 0; i < y->sizes[1]; i++) {
            const int64_t at = r * y->strides[0] + i * y->strides[1];
            const double p = exp(element_load(x->dtype, call->data[2], r * x->strides[0] + i * x->strides[1]));
            element_store(y->dtype, call->data[0], at, element_load(y->dtype, call->data[0], at) - p * sum);
        }
    }
}
