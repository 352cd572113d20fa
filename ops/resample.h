/* SPDX-License-Identifier: MIT
 * resample.h — plan time of operators that are resampling (kernels/resize.h): resizing and padding by what is there. */
#ifndef OPS_RESAMPLE_H
#define OPS_RESAMPLE_H

#include "kernels/resize.h"
#include "ops/layout.h"

/* Fills the attributes for `in` → `out` (tensors on those sides, whichever way data flows) with `spatial` dimensions;
 * axes are identities until they are set. Picks the forward or the backward kernel. */
cot_status resample_prepare(prepare_call *c, const tensor_desc *in, const tensor_desc *out, uint32_t spatial,
                            bool backward);
/* Axis of spatial dimension d (0: the first of the tensor's) with room for `taps` positions per output; weights when
 * asked. */
void resample_axis_set(prepare_call *c, uint32_t d, int64_t taps, int64_t **index, double **weight);

#endif
