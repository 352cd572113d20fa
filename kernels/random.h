/* SPDX-License-Identifier: MIT
 * random.h — filling tensors with random numbers, and dropout. What a stream gives depends on (seed, step, stream) and
 * the element's place in memory alone: any number of threads draws the same numbers. */
#ifndef KERNELS_RANDOM_H
#define KERNELS_RANDOM_H

#include "kernels/kernel.h"

typedef enum random_kind {
    RANDOM_UNIFORM,     /* [a, b) */
    RANDOM_NORMAL,      /* mean a, deviation b */
    RANDOM_BERNOULLI,   /* 1 with probability a, else 0 */
    RANDOM_EXPONENTIAL, /* rate a */
    RANDOM_INTEGER,     /* low, low + 1 … low + range - 1 */
    RANDOM_PERMUTATION, /* of 0 … numel - 1 */
} random_kind;

typedef struct random_attributes {
    uint64_t stream; /* names the operator in the program */
    uint8_t kind;
    double a, b;
    int64_t low;
    uint64_t range;
    uint32_t a_at, b_at; /* operands (contiguous, as many elements as the result or one) in place of a and b; 0: none */
} random_attributes;

typedef struct dropout_attributes {
    uint64_t stream;
    double p, scale;
    bool train;
} dropout_attributes;

#endif
