/* SPDX-License-Identifier: MIT
 * flex_forms.h — what a value of a body becomes on the way to a program: shared by flex_program.c, which walks over
 * nodes and makes numbers, and flex_captured.c, which knows captured tensors and their gradients. */
#ifndef OPS_CONTROL_FLEX_FORMS_H
#define OPS_CONTROL_FLEX_FORMS_H

#include "ops/control/flex_program.h"

typedef enum form_kind {
    FORM_NOTHING,
    FORM_NUMBER, /* in register `at` */
    FORM_BUFFER, /* captured tensor `capture`, seen from place `at` on (FLEX_NONE: 0) */
    FORM_SPARSE, /* zeros, but for `terms` */
} form_kind;

/* `value` at this place of row-major zeros. */
typedef struct term {
    uint16_t value, place; /* place FLEX_NONE: 0 */
} term;

typedef struct form {
    uint8_t kind;
    uint16_t at;
    uint32_t capture;
    const term *terms;
    uint32_t num_terms;
} form;

typedef struct compiler {
    const flex_body *body;
    cot_context *ctx;
    builder b;  /* of the new graph */
    arena *own; /* of that graph */
    flex_registers r;
    VEC(form) forms; /* by value of the new graph */
    const char *why;
} compiler;

static inline const type *type_at(const compiler *c, value v) { return graph_type(c->b.graph, v); }
static inline int64_t number_of(dim d) { return dim_is_static(d) ? d : 1; } /* 1: only asked whether it can be done */

static inline int64_t numel_of(const type *t) {
    int64_t n = 1;
    for (uint32_t d = 0; d < t->ndim; d++) n *= number_of(t->sizes[d]);
    return n;
}

static inline bool is_number_type(const type *t) { return t->kind == TYPE_TENSOR && numel_of(t) == 1; }
static inline tile_number integer(int64_t i) { return (tile_number){.i = i}; }

/* Keeps the first reason; gives false. */
bool flex_refuse(compiler *c, const char *why);
/* The register of the one element of a value. */
bool flex_number_at(compiler *c, value v, uint16_t *out);

/* flex_captured.c — each makes the form of v, or refuses. */
bool flex_view(compiler *c, value v);
bool flex_index(compiler *c, value v);
/* Zeros with what is added at indices: dimensions that have none must be the last. */
bool flex_scatter_at(compiler *c, value v, const arg *indices, value values);
bool flex_slice_backward(compiler *c, value v, bool select);
bool flex_sum_of_sparse(compiler *c, value v, value x, value y);
/* Values that stand for themselves and those with places become terms; *count of them. */
bool flex_terms_of(compiler *c, value v, const term **terms, uint32_t *count);
/* A place in what a view is taken of, as one in the view's own row-major order. */
uint16_t flex_place_in_view(compiler *c, uint16_t place, const type *t);

#endif
