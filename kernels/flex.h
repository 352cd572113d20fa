/* SPDX-License-Identifier: MIT
 * flex.h — attention whose scores go through a program of the user's, and through a mask that is one, too: the tiled
 * attention of attention.h with small vector programs run on each tile, forward and backward.
 *
 *     scores = score_mod(scale · q kᵀ, b, h, m, n) where mask_mod(b, h, m, n), else -inf;  out = softmax(scores) v
 *
 * A flex_program is a list of tile instructions (tile.h) over registers of four levels, each computed as seldom as it
 * changes: the same for a head, one number for each key, one for each query, one for each pair of them. Levels are sets
 * of bits, so what is made of two registers has the union of their levels. Numbers of keys are kept repeated for every
 * row of a strip, so only numbers of queries have to be spread out. A strip is as many whole rows of a tile as fit
 * FLEX_STRIP elements. */
#ifndef KERNELS_FLEX_H
#define KERNELS_FLEX_H

#include "kernels/attention.h"
#include "kernels/tile.h"

enum { FLEX_STRIP = 512 };
typedef enum flex_level { FLEX_SAME, FLEX_COLUMN, FLEX_ROW, FLEX_ELEMENT, FLEX_LEVELS } flex_level;
#define FLEX_NONE UINT16_MAX

/* Elements of instructions beside those of tile.h. */
enum {
    FLEX_gather = TILE_ELEMENT_COUNT + 16, /* operand p[0].i of the call, at element x[0] + p[1].i; from: its dtype */
    FLEX_place,  /* x[1] + p[1].i · x[0]; indices below 0 count from p[0].i, and what is outside is brought inside */
    FLEX_spread, /* a number for each query to the rows of a strip */
};

/* What the programs read. The last is the gradient of what score_mod gave. */
typedef enum flex_input { FLEX_SCORE, FLEX_B, FLEX_H, FLEX_M, FLEX_N, FLEX_GRAD, FLEX_INPUTS } flex_input;

/* A gradient of a captured tensor: `value` is added to number `first` + place of the worker's totals. */
typedef struct flex_scatter {
    uint16_t value, place; /* registers; place FLEX_NONE: 0 */
    uint8_t class, level;  /* of value; of place */
    uint64_t first;
} flex_scatter;

typedef struct flex_program {
    const tile_instruction *code;    /* by level */
    uint32_t first[FLEX_LEVELS + 1]; /* of each level, in code */
    const tile_fill *fills;
    const uint32_t *at; /* by register: bytes from the start of its room */
    const flex_scatter *scatters;
    uint32_t num_fills, num_scatters;
    uint32_t bytes;           /* of a room */
    uint16_t in[FLEX_INPUTS]; /* registers; FLEX_NONE: not read */
    uint16_t out;             /* the new scores, the mask (class I64), or the gradient of scores; in strips */
} flex_program;

/* Which blocks of queries × keys have something to see, as lists of keys for each block of queries. */
typedef struct flex_blocks {
    int64_t query_size, key_size, batch, heads, rows, columns;
} flex_blocks;
enum { FLEX_EMPTY, FLEX_PARTIAL, FLEX_FULL }; /* of a block; a mixture counts as partial */

/* A captured tensor's gradient: a result of the call, and where its numbers begin in a worker's totals. */
typedef struct flex_total {
    uint32_t result;
    uint64_t first;
} flex_total;

/* Tensors of a call. */
enum {
    FLEX_OUT,
    FLEX_LSE, /* base 2 */
    FLEX_MOST,
    FLEX_Q,
    FLEX_K,
    FLEX_V,
    FLEX_DOUT, /* may be absent, like the next */
    FLEX_DLSE,
    FLEX_DQ,
    FLEX_DK,
    FLEX_DV,
    FLEX_PARTIAL_COUNT,
    FLEX_PARTIAL_KEYS,
    FLEX_FULL_COUNT,
    FLEX_FULL_KEYS,
    FLEX_TENSORS
};
#define FLEX_ABSENT UINT32_MAX

typedef struct flex_attributes {
    int64_t batch, heads, queries, keys, width, value_width; /* as the queries have them */
    int64_t key_batch, key_heads; /* divide them: neighbouring heads, or all batches, share */
    double scale;
    const flex_program *score, *mask, *joint; /* NULL: scores as they are; everything is seen; gradients as they are */
    bool nothing;                             /* the mask is false everywhere */
    bool split;                               /* backward: as in attention.h */
    flex_blocks blocks;
    const flex_total *totals;
    uint32_t num_totals;
    uint64_t total_numbers;        /* of a worker, in double */
    uint32_t at[FLEX_TENSORS];     /* in kernel_call.tensors */
    uint64_t states_bytes, worker; /* of scratch: a byte for each block, then what each worker has */
} flex_attributes;

static inline uint64_t flex_align(uint64_t bytes) { return (bytes + 63) / 64 * 64; }
static inline uint64_t flex_room(const flex_program *p) { return p ? flex_align(p->bytes) : 0; }

/* Bytes of scratch of one worker, numbers being `item` bytes wide. Its totals come first. */
static inline uint64_t flex_forward_worker(const flex_attributes *a, uint64_t item) {
    const uint64_t w = (uint64_t)attention_pad(a->width), v = (uint64_t)attention_pad(a->value_width);
    const uint64_t keys = (uint64_t)attention_pad(a->keys), block = ATTENTION_LARGEST;
    const uint64_t numbers = (w + v) * keys + block * (MAX(w, v) + w + v + block + 2);
    return flex_align(numbers * item) + flex_align(block * block) + flex_room(a->score) + flex_room(a->mask);
}

static inline uint64_t flex_backward_worker(const flex_attributes *a, uint64_t item) {
    const uint64_t w = (uint64_t)attention_pad(a->width), v = (uint64_t)attention_pad(a->value_width);
    const uint64_t block = ATTENTION_LARGEST, keys = a->split ? block : (uint64_t)attention_pad(a->keys);
    const uint64_t numbers = (3 * w + 2 * v) * keys + block * (2 * w + 2 * v + 3 * block + 2);
    return flex_align(a->total_numbers * sizeof(double)) + flex_align(numbers * item) + flex_align(block * block) +
           flex_room(a->score) + flex_room(a->mask) + flex_room(a->joint);
}

#endif
