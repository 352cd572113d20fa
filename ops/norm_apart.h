/* SPDX-License-Identifier: MIT
 * norm_apart.h — normalisations and their backwards written in simple operators. */
#ifndef OPS_NORM_APART_H
#define OPS_NORM_APART_H

#include "ops/vjp.h"

/* Decompositions of the backwards, by which they are differentiated again and run over a batch. */
value norm_apart_layer(builder *b, const op *o, const arg *args);
value norm_apart_batch(builder *b, const op *o, const arg *args);
value norm_apart_group(builder *b, const op *o, const arg *args);

/* Adds to the gradient of input 0 what comes through mean and 1/deviation, whose gradients are grads[1], grads[2]. */
void norm_through_statistics(vjp_call *c, value mean, value rstd);
/* The same where they are one for each channel. */
void norm_through_channels(vjp_call *c, value mean, value rstd);

#endif
