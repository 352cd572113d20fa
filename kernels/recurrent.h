/* SPDX-License-Identifier: MIT
 * recurrent.h — one layer of a recurrent network over all its steps, forward and backward.
 *
 * The products of the inputs with their weights have been made for all steps at once; what is left is a chain: each
 * step multiplies the last hidden state with the recurrent weights and applies the cell. Sequences are (steps, batch,
 * width) with any strides but 1 in the last dimension; states are (batch, hidden); weights (gates · hidden, hidden).
 *
 *     lstm   gates i f g o:  c = f·c' + i·g,  h = o·tanh(c)                                   kept: i f g o, cells
 *     gru    gates r z n:    h = n + z·(h' - n), n = tanh(x + r·(product + bias))             kept: r z n, product +
 * bias plain  one gate:       h = tanh or relu of the sum
 *
 * Hochreiter and Schmidhuber, "Long short-term memory", 1997; Cho et al., 2014; gates lie in PyTorch's order. */
#ifndef KERNELS_RECURRENT_H
#define KERNELS_RECURRENT_H

#include "kernels/kernel.h"

typedef enum recurrent_cell { RECURRENT_LSTM, RECURRENT_GRU, RECURRENT_TANH, RECURRENT_RELU } recurrent_cell;

/* Tensors of a call by what they are; which of them there are depends on the cell and the direction. */
typedef enum recurrent_role {
    RECURRENT_INPUT,  /* the inputs' products: (steps, batch, gates · hidden) */
    RECURRENT_H,      /* the first hidden state */
    RECURRENT_C,      /* lstm: the first cell */
    RECURRENT_WEIGHT, /* of the hidden state */
    RECURRENT_BIAS,   /* of the hidden product */
    RECURRENT_OUTPUT, /* hidden states */
    RECURRENT_CELLS,  /* lstm: cells */
    RECURRENT_GATES,  /* lstm, gru: what is kept for the backward, four parts */
    RECURRENT_GRAD_OUTPUT,
    RECURRENT_GRAD_CELLS,
    RECURRENT_GRAD_INPUT,  /* also of the hidden product, except for gru */
    RECURRENT_GRAD_HIDDEN, /* gru: of the hidden product */
    RECURRENT_GRAD_H,
    RECURRENT_GRAD_C,
    RECURRENT_ROLES
} recurrent_role;

typedef struct recurrent_attributes {
    int64_t steps, batch, hidden;
    uint8_t cell; /* recurrent_cell */
    uint8_t gates;
    bool reverse;               /* from the last step to the first */
    int8_t at[RECURRENT_ROLES]; /* index in kernel_call.data; -1: not there */
} recurrent_attributes;

static inline int64_t recurrent_gates(recurrent_cell cell) {
    return cell == RECURRENT_LSTM ? 4 : cell == RECURRENT_GRU ? 3 : 1;
}

/* Bytes of scratch of the fast kernels: the weights, packed in panels of at most 64 units, the last one filled up, and
 * two states, copied with some more rows and columns. */
static inline size_t recurrent_scratch(const recurrent_attributes *a, size_t item_bytes) {
    const int64_t weights = a->gates * a->hidden * (a->hidden + 64), row = a->gates * a->hidden + 32;
    return (size_t)(weights + 2 * (2 * a->batch + 16) * row) * item_bytes;
}

void ref_recurrent(const kernel_call *call);
void ref_recurrent_backward(const kernel_call *call);

#endif
