/* SPDX-License-Identifier: MIT
 * ops.h — the table-driven test of operators: every record, on every one of its samples.
 *
 * A sample ("f32[2, 3], f32[3], alpha=2") becomes a program with one call; its tensors are placeholders. */
#ifndef TESTS_OPS_OPS_H
#define TESTS_OPS_OPS_H

#include "base/context.h"
#include "base/text.h"
#include "graph/graph.h"
#include "ops/op.h"

/* How the operands of a program lie in memory. */
typedef enum layout { LAYOUT_CONTIGUOUS, LAYOUT_REVERSED, LAYOUT_SPACED, LAYOUT_CHANNELS_LAST, LAYOUT_COUNT } layout;

/* What stands in for a dtype of the sample. */
typedef struct variant {
    const char *from, *to; /* "f32", "bf16" */
} variant;

/* The samples of a record, one string each, in the arena. */
uint32_t sample_split(arena *a, const char *samples, const char **out, uint32_t most);
/* Marks in front of a sample (ops/op.h); gives what stands behind them. */
typedef struct sample_marks {
    bool rough, first_only, rising, once;
} sample_marks;
const char *sample_marks_of(const char *sample, sample_marks *marks);
/* The program text for a call of o with these arguments. */
const char *sample_program(arena *a, const op *o, const char *sample, const variant *v, layout l);

/* Random numbers: the same in every run. `low` to `high`. */
double random_between(uint64_t *state, double low, double high);
/* Ranges in which operators are defined: around zero, positive, above one. */
#define NUM_DOMAINS 3
extern const double domains[NUM_DOMAINS][2];
/* Fills n elements. Integers: -4 … 4 where any will do, else 0 or 1 (indices). */
typedef struct filling {
    const double *domain;
    bool any_integer, rising;
} filling;
void random_fill(uint64_t *state, cot_dtype dtype, void *data, int64_t n, const filling *how);

/* Each prints `#` lines about what fails and gives whether all is well. */
bool test_kernels(cot_context *ctx, const op *o, const char *sample, sample_marks marks);    /* kernel.c */
bool test_derivative(cot_context *ctx, const op *o, const char *sample, sample_marks marks); /* derivative.c */
/* The same of the gradients themselves, by inputs and cotangents. */
bool test_second_derivative(cot_context *ctx, const op *o, const char *sample, sample_marks marks);
bool test_batch(cot_context *ctx, const op *o, const char *sample, sample_marks marks); /* batch.c */

#endif
