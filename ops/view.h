/* SPDX-License-Identifier: MIT
 * view.h — the geometry of views, shared by the families that read through them (view.c, split.c, reshape.c,
 * scatter_view.c). */
#ifndef OPS_VIEW_H
#define OPS_VIEW_H

#include "ops/emit.h"
#include "ops/shape.h"

/* A tensor's place in its storage while a view of it is worked out. */
typedef struct geometry {
    uint32_t ndim;
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS], offset;
} geometry;

geometry view_geometry(const type *t);
cot_status view_result(shape_call *c, const geometry *v);

/* One dimension narrowed to [start, end) by step; None means the whole. */
cot_status view_slice(shape_call *c, geometry *v, int64_t dimension, const arg *start, const arg *end, const arg *step);
/* One dimension taken away at an index. */
cot_status view_select(shape_call *c, geometry *v, int64_t dimension, const arg *index);
cot_status view_diagonal(shape_call *c, geometry *v, int64_t offset, int64_t dim1, int64_t dim2);
void view_remove(geometry *v, uint32_t d);
void view_insert(geometry *v, uint32_t d, dim size, dim stride);

/* Sizes with one -1 resolved against `numel`. */
cot_status view_sizes(shape_call *c, const arg *a, dim numel, dim *sizes, uint32_t *ndim);
/* Strides under which the elements of t are seen with these sizes without copying; false when there are none. */
bool view_strides(syms *s, const type *t, const dim *sizes, uint32_t ndim, dim *strides);
/* Is the argument the number -1? */
bool view_is_minus_one(const cot_graph *g, const arg *a);

#endif
