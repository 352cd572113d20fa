/* SPDX-License-Identifier: MIT
 * fill.h — kernels that make elements from their indices: ranges, identities, triangles. */
#ifndef KERNELS_FILL_H
#define KERNELS_FILL_H

#include "kernels/cpu/dispatch.h"

/* result[i] = start + i * step; for integers in whole numbers. */
typedef struct range_attributes {
    double start, step;
    int64_t first, by;
} range_attributes;
void range_kernel(const kernel_call *call);

/* result[i] = start + i * (end - start) / (n - 1), from both ends; or base to that power. */
typedef struct line_attributes {
    double start, end, base; /* base 0: the line itself */
    bool end_first;          /* the first operand, where there is one, is the end: see below */
} line_attributes;
/* 0-dimensional operands give start and end, or the one of them that is no number. */
void line_kernel(const kernel_call *call);

/* Ones where column - row == 0, else zeros. */
void eye_kernel(const kernel_call *call);

/* operand where column - row <= diagonal (lower) or >= diagonal (upper), else zeros. */
typedef struct triangle_attributes {
    int64_t diagonal;
    bool upper;
} triangle_attributes;
void triangle_kernel(const kernel_call *call);

/* Rows and columns of the elements of a triangle, as a (2, n) tensor. */
typedef struct triangle_indices_attributes {
    int64_t rows, columns, offset;
    bool upper;
} triangle_indices_attributes;
void triangle_indices_kernel(const kernel_call *call);
/* How many elements that triangle has. */
int64_t triangle_count(int64_t rows, int64_t columns, int64_t offset, bool upper);

#endif
