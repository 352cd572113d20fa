/* SPDX-License-Identifier: MIT
 * batch.h — batching rules: what an operator is over a batch.
 *
 * The vmap pass (transforms/vmap.c) hands in a call of the program for one example, its operands for the whole batch.
 * A batched operand has the batch as its dimension 0, in front of the dimensions that the program knows; the others are
 * as the program has them. The rule emits one call (or a few) for all examples. An operator's record names its rule
 * (op_record.batch); pointwise operators and creations have theirs by their traits. An operator without rule is taken
 * apart where it has a decomposition, else it runs in a loop over the batch, with a warning. */
#ifndef OPS_BATCH_H
#define OPS_BATCH_H

#include "ops/emit.h"

typedef enum batch_randomness { BATCH_RANDOM_ERROR, BATCH_RANDOM_DIFFERENT, BATCH_RANDOM_SAME } batch_randomness;

typedef struct batch_call {
    builder *b; /* emit into this; composite operators are taken apart */
    const op *op;
    arg *args;               /* the bound arguments, with values of b->graph; a rule may change them */
    const cot_graph *source; /* of one example: */
    const node *call;        /* the call in it */
    dim size;                /* of the batch */
    uint8_t randomness;      /* batch_randomness */
    const bool *batched;     /* by flat tensor operand (as in vjp_call) */
    const uint32_t *first;   /* by parameter: index of its first flat operand */
    value result;            /* to be filled: with the batch as dimension 0, of all parts of a tuple */
    bool loop;               /* to be set where there is no rule for these operands: the call runs in a loop */
    bool plain;              /* to be set where the result has no batch: it is the same for all examples */
} batch_call;

struct batch_rule {
    const char *name; /* for tables and errors */
    cot_status (*apply)(batch_call *c);
    uint32_t rank; /* of an operand with its dimension of samples, for the rules that fold it */
};

/* ---- rules (batch.c) -------------------------------------------------------------------------------------------- */

extern const batch_rule batch_pointwise; /* operands lined up by their last dimensions */
extern const batch_rule batch_creation;  /* reads sizes alone */
extern const batch_rule batch_leading;   /* works on last dimensions, whatever stands in front of them */
extern const batch_rule batch_dims;      /* names dimensions (dim, dims …) and sizes: moved one up, one size more */
extern const batch_rule batch_new_dim;   /* as batch_dims; the named dimension is one of the result */
extern const batch_rule batch_permute;
extern const batch_rule batch_expand_sizes; /* expand, repeat: sizes for dimensions that are to be put in front */
extern const batch_rule batch_shape;        /* other sizes for the same elements */
extern const batch_rule batch_reduction;    /* over dimensions, or over all elements laid out along one */
extern const batch_rule batch_matrix;       /* t, trace */
extern const batch_rule batch_strided;      /* sizes and strides written out */
extern const batch_rule batch_roll, batch_search;
extern const batch_rule batch_join; /* cat */
/* batch_fold.c: the batch joins the dimension of samples, which operands of `rank` dimensions have (0: all). */
extern const batch_rule batch_samples, batch_samples1d, batch_samples2d, batch_samples3d;
extern const batch_rule batch_convolution, batch_convolution_backward, batch_norm_channels, batch_norm_groups,
    batch_norm_layer, batch_attention;
/* batch_product.c */
extern const batch_rule batch_product, batch_product_added;
/* batch_index.c */
extern const batch_rule batch_index, batch_index_put, batch_index_dim, batch_take, batch_embedding,
    batch_embedding_backward;
/* batch_loss.c: reductions over examples' own elements. */
extern const batch_rule batch_loss, batch_loss_backward, batch_nll, batch_nll_backward;
/* batch_random.c */
extern const batch_rule batch_random, batch_random_tensor, batch_dropout;

/* The rule of an operator: its record's, or the one its traits say; NULL without. */
const batch_rule *batch_rule_of(const op *o);

/* ---- for rules -------------------------------------------------------------------------------------------------- */

static inline bool batch_has(const batch_call *c, uint32_t i) {
    return c->first[i + 1] > c->first[i] && c->batched[c->first[i]];
}
static inline value batch_tensor(const batch_call *c, uint32_t i) { return arg_as_value(&c->args[i]); }
/* The type of parameter i for one example (kind TYPE_NONE where it is no tensor), and of item k of a list. */
const type *batch_logical(const batch_call *c, uint32_t i);
/* A tensor of one example, the same for all: repeated along a new dimension 0, without a copy. */
value batch_repeat(builder *b, value v, dim size);
/* Parameter i with the batch in front, whether or not it came so; sets it in args. NO_VALUE for None. */
value batch_whole(batch_call *c, uint32_t i);
void batch_whole_all(batch_call *c); /* of all tensors and lists of tensors */
/* Dimensions of 1 behind the batch until it is followed by `rank` of them. */
value batch_pad(batch_call *c, value v, uint32_t rank);
/* Parameter i lined up with others of `rank` dimensions: padded where it has a batch. */
value batch_lined(batch_call *c, uint32_t i, uint32_t rank);
/* v seen with the batch and then these sizes. */
value batch_shaped(batch_call *c, value v, const dim *sizes, uint32_t ndim);
/* Emits the call with args as they are now; its result, or results, in the sizes the program expects. */
cot_status batch_emit(batch_call *c);
value batch_fit(batch_call *c, value v, const type *logical);
/* Drops memory formats, which speak of another number of dimensions. */
void batch_drop_formats(batch_call *c);
bool batch_any(const batch_call *c);

#endif
