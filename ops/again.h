/* SPDX-License-Identifier: MIT
 * again.h — the normalisations' rules for making their output again: see recompute_rule in op.h. */
#ifndef OPS_AGAIN_H
#define OPS_AGAIN_H

#include "ops/emit.h"

extern const recompute_rule recompute_batch_norm, recompute_batch_norm_no_stats, recompute_layer_norm,
    recompute_group_norm;

#endif
