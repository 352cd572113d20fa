/* SPDX-License-Identifier: MIT
 * lanes.h — loops whose bodies compute on a few numbers: the whole loop is one program over a file of registers.
 *
 * A body of pointwise operators on single elements (or on short tensors of one width) costs next to nothing to compute,
 * and much to run step by step. Here its instructions, those of tile programs (tile.h), are packed: instructions that
 * do the same on different values become one over neighbouring lanes, so sixty carries cost about what four do. What
 * does not change from item to item is computed once, before the loop. Carries stay in the file.
 *
 * A body comes as a list of values in order of definition (lanes_body); lanes_pack makes the program; lanes_run
 * (kernels/cpu/lanes.c) runs it. The idea is that of superword-level parallelism (Larsen and Amarasinghe 2000). */
#ifndef KERNELS_LANES_H
#define KERNELS_LANES_H

#include "kernels/tile.h"

#include <stdatomic.h>

enum {
    LANES_MAX_VALUES = 4096, /* of a body */
    LANES_MAX_WIDTH = 64,    /* elements of a value */
};

typedef enum lane_kind { LANE_INPUT, LANE_CONSTANT, LANE_INSTRUCTION } lane_kind;

/* One value of a body: `width` elements of a class. */
typedef struct lane_value {
    uint8_t kind, class, width;
    uint8_t dtype;       /* input: in memory */
    uint16_t input;      /* input: of the body */
    int64_t offset;      /* input: bytes */
    tile_number number;  /* constant */
    tile_instruction in; /* instruction: x are values before it; y is not used */
} lane_value;

typedef struct lane_output {
    uint32_t value; /* LANE_NO_VALUE: None */
    uint8_t dtype;
} lane_output;
#define LANE_NO_VALUE UINT32_MAX

typedef struct lanes_body {
    const lane_value *values;
    const lane_output *outputs;
    uint32_t num_values, num_outputs, num_inputs;
} lanes_body;

/* ---- the program ------------------------------------------------------------------------------------------------ */

typedef enum lane_step {
    LANE_APPLY,
    LANE_SPREAD,
    LANE_GATHER,
    LANE_ADD, /* one lane of f32: what chains of sums and products cannot pack */
    LANE_SUB,
    LANE_MUL,
} lane_step;

typedef struct lane_op {
    uint8_t step, class;
    uint16_t count;                   /* lanes; of a gather: blocks */
    uint32_t y, x[TILE_MAX_OPERANDS]; /* bytes in the file */
    tile_instruction in;              /* apply */
    const uint32_t *from;             /* gather: where each block is */
    uint32_t block;                   /* gather: bytes of one */
} lane_op;

/* A value between the file and memory. */
typedef struct lane_port {
    uint32_t at;     /* in the file */
    uint16_t tensor; /* input, or output */
    uint8_t class, dtype, width;
    int64_t offset; /* bytes */
} lane_port;

/* Bytes that move inside the file: a next carry becomes the carry. */
typedef struct lane_move {
    uint32_t to, from, bytes;
} lane_move;

typedef struct lane_code {
    const lane_op *ops;
    uint32_t count;
} lane_code;

typedef struct lanes_program {
    uint64_t file_bytes;
    const lane_port *fixed, *carries, *items; /* inputs: those that stay, carries, items of xs */
    const lane_port *stacked;                 /* outputs behind the carries */
    const lane_move *turns;                   /* carries */
    const lane_port *constants;               /* `numbers` of the same index */
    const tile_number *numbers;
    uint32_t num_fixed, num_carries, num_items, num_stacked, num_turns, num_constants;
    lane_code before, test, body; /* once; of a while loop its condition; each time */
    lane_port tested;
} lanes_program;

/* The loop's program: bodies[0] alone, or the condition and the body of a while loop. Inputs are carries, items of xs,
 * what stays. NULL where it would be too large. */
const lanes_program *lanes_pack(const lanes_body *const bodies[2], uint32_t num_carries, uint32_t num_items,
                                arena *result, arena *scratch);

typedef struct lanes_call {
    const lanes_program *program;
    char *file;                            /* file_bytes of memory */
    char *const *inputs;                   /* of the body: carries as they begin, first items, what stays */
    char *const *outputs;                  /* of the body: where carries are to be at the end, first rows */
    const int64_t *item_bytes, *row_bytes; /* by item of xs, by output: from one to the next; may be negative */
    int64_t count;                         /* of items; of a while loop at most so many */
    const _Atomic(int) *cancel;
} lanes_call;

/* Gives how many times the body ran, or -1 when it was cancelled. */
typedef int64_t (*lanes_run_fn)(const lanes_call *call);

#endif
