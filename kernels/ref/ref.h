/* SPDX-License-Identifier: MIT
 * ref.h — how reference kernels read and write: any dtype, any strides, one element at a time, in double.
 *
 * An element is named by its logical index in row-major order, or by its coordinates; reference kernels never see an
 * offset, so they are as short as the definition they state. */
#ifndef KERNELS_REF_REF_H
#define KERNELS_REF_REF_H

#include "kernels/element.h"

/* Element `linear` (in row-major order of logical coordinates). */
static inline double ref_get(const tensor_desc *t, const void *data, int64_t linear) {
    return element_load(t->dtype, data, element_offset(t, linear));
}

static inline int64_t ref_get_int(const tensor_desc *t, const void *data, int64_t linear) {
    return element_load_int(t->dtype, data, element_offset(t, linear));
}

static inline void ref_set(const tensor_desc *t, void *data, int64_t linear, double x) {
    element_store(t->dtype, data, element_offset(t, linear), x);
}

/* An integer, wrapped to the width of an integer dtype. */
static inline void ref_store_int(const tensor_desc *t, void *data, int64_t offset, int64_t x) {
    switch ((cot_dtype)t->dtype) {
    case COT_I64: ((int64_t *)data)[offset] = x; break;
    case COT_I32: ((int32_t *)data)[offset] = (int32_t)x; break;
    case COT_I16: ((int16_t *)data)[offset] = (int16_t)x; break;
    case COT_I8: ((int8_t *)data)[offset] = (int8_t)x; break;
    case COT_U8: ((uint8_t *)data)[offset] = (uint8_t)x; break;
    default: element_store(t->dtype, data, offset, (double)x);
    }
}

static inline void ref_set_int(const tensor_desc *t, void *data, int64_t linear, int64_t x) {
    ref_store_int(t, data, element_offset(t, linear), x);
}

/* Coordinates of logical element `linear`. */
static inline void ref_coords(const tensor_desc *t, int64_t linear, int64_t *coords) {
    for (int d = t->ndim - 1; d >= 0; d--) {
        coords[d] = linear % t->sizes[d];
        linear /= t->sizes[d];
    }
}

/* Offset, in elements, of these coordinates. */
static inline int64_t ref_at(const tensor_desc *t, const int64_t *coords) {
    int64_t offset = 0;
    for (int d = 0; d < t->ndim; d++) offset += coords[d] * t->strides[d];
    return offset;
}

/* Offset of the element that broadcasts to `coords` of an `ndim`-dimensional result. */
static inline int64_t ref_at_broadcast(const tensor_desc *t, const int64_t *coords, int ndim) {
    int64_t offset = 0;
    for (int d = 0; d < t->ndim; d++)
        if (t->sizes[d] != 1) offset += coords[ndim - t->ndim + d] * t->strides[d];
    return offset;
}

/* Next coordinates in row-major order; false behind the last (coords are then all zero). */
static inline bool ref_next(const tensor_desc *t, int64_t *coords) {
    for (int d = t->ndim - 1; d >= 0; d--) {
        if (++coords[d] < t->sizes[d]) return true;
        coords[d] = 0;
    }
    return false;
}

/* By offset, where coordinates were used. */
static inline double ref_load(const tensor_desc *t, const void *data, int64_t offset) {
    return element_load(t->dtype, data, offset);
}

static inline void ref_store(const tensor_desc *t, void *data, int64_t offset, double x) {
    element_store(t->dtype, data, offset, x);
}

#endif
