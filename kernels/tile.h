/* SPDX-License-Identifier: MIT
 * tile.h — tile programs: pointwise computations as a short list of vector instructions over tiles that stay in L1.
 *
 * A program loads tiles of up to 512 elements (converting to its compute class and applying strides and broadcasting),
 * runs instructions from register to register, and stores tiles (rounding to the dtype). One pointwise operator is a
 * program with one instruction; a fused chain is a program with several. A program is made at plan time with a
 * tile_builder and never changes; tile_run (kernels/cpu/tile.c) executes it.
 *
 *     tile_builder b = {.arena = arena};
 *     uint16_t x = tile_load(&b, 1, COT_BF16, TILE_F32), two = tile_constant(&b, TILE_F32, (tile_number){.f = 2});
 *     uint16_t y = tile_apply(&b, TILE_mul, TILE_F32, (uint16_t[]){x, two}, 2, NULL);
 *     tile_store(&b, y, 0, COT_BF16);                     // tensor 0: the result; tensor 1: the operand
 *     tile_lay_out(&b, &tensors[0], tensors, 0);
 *     tile_program *p = tile_finish(&b, arena);
 *
 * The idea is that of vectorised query engines (MonetDB/X100, Boncz et al. 2005): an interpreter whose overhead is
 * divided by the length of a vector. */
#ifndef KERNELS_TILE_H
#define KERNELS_TILE_H

#include "base/text.h"
#include "kernels/kernel.h"

#define TILE_LENGTH 512         /* elements: measured best on tiles of f32 (2 KB) */
#define TILE_ROWS 16            /* of a block; TILE_LENGTH / TILE_ROWS columns */
#define TILE_MAX_BUFFERS 24     /* of a program without rows: they lie on the stack */
#define TILE_MAX_ROW_BUFFERS 48 /* of a program with rows: in the scratch of the call */
#define TILE_MAX_VALUES 256
#define TILE_MAX_DIMS 12
#define TILE_TOTAL_LANES 64
#define TILE_LONGEST_ROW 16384 /* elements of a row that is reduced as one tile */
#define TILE_MAX_OPERANDS 4
#define TILE_MAX_IMMEDIATES 4

/* In what numbers an instruction computes: f16, bf16 and f32 as f32; all integers and bool as i64. */
typedef enum tile_class { TILE_F32, TILE_F64, TILE_I64, TILE_CLASS_COUNT } tile_class;

/* One name for each element of ops/pointwise.def: TILE_add, TILE_exp … */
typedef enum tile_element {
#define ELEMENT(name, value) TILE_##name,
#define ELEMENT_F(name, value) TILE_##name,
#define ELEMENT_I(name, value) TILE_##name,
#define ELEMENT_FI(name, value, integer) TILE_##name,
#include "ops/pointwise.def"
    TILE_ELEMENT_COUNT,
    TILE_convert = TILE_ELEMENT_COUNT, /* from the class `from` to the class of the instruction */
    TILE_reduce,                       /* each row to one number; p[0].i: tile_combine, p[1].f: a factor */
    TILE_expand,                       /* each number to a row */
} tile_element;

/* How a row, or all rows, become one number. */
typedef enum tile_combine { TILE_PLAIN, TILE_SUM, TILE_SQUARES, TILE_LARGEST, TILE_SMALLEST } tile_combine;

/* What a register holds of a tile of rows: a number for each element, for each row, or the same everywhere. */
typedef enum tile_level { TILE_ELEMENTS, TILE_PER_ROW, TILE_SAME } tile_level;

typedef union tile_number {
    double f;  /* classes F32 and F64 */
    int64_t i; /* class I64 */
} tile_number;

typedef enum tile_walk {
    TILE_DENSE,   /* element k of the iteration space is element k in memory */
    TILE_UNIFORM, /* the same element everywhere */
    TILE_STRIDED,
} tile_walk;

typedef struct tile_access {
    uint16_t tensor; /* index into kernel_call.tensors and .data */
    uint16_t value;  /* register */
    uint8_t dtype, class, walk;
    uint8_t combine;                /* of a store: tile_combine over the dimensions whose stride is 0 */
    uint8_t level;                  /* of a program with rows */
    bool direct;                    /* of a store: an instruction may write it where it lies, when it is dense there */
    bool stored;                    /* of a load: some result is what is loaded */
    bool same_rows;                 /* of a load of a program with rows: the same in each row */
    double scale;                   /* of a store that combines: a factor of what comes out */
    uint64_t total;                 /* of a store that combines: where a worker's totals begin in its scratch */
    int64_t strides[TILE_MAX_DIMS]; /* in elements, by dimension of the program's iteration space */
} tile_access;

typedef struct tile_fill {
    uint16_t value;
    uint8_t class;
    tile_number number;
} tile_fill;

typedef struct tile_instruction {
    uint16_t element;
    uint8_t class, from;              /* from: of TILE_convert */
    uint8_t level;                    /* of a program with rows */
    uint8_t round;                    /* the result is rounded to this cot_dtype; COT_DTYPE_COUNT: not */
    uint16_t y, x[TILE_MAX_OPERANDS]; /* unused operands repeat the first */
    tile_number p[TILE_MAX_IMMEDIATES];
} tile_instruction;

typedef struct tile_program {
    const tile_access *loads, *stores;
    const tile_fill *fills;
    const tile_instruction *code;
    const uint16_t *buffers; /* by register: which buffer it has */
    uint32_t num_loads, num_stores, num_fills, num_code, num_values, num_buffers;
    uint32_t buffer_bytes; /* of one buffer */
    uint32_t ndim;         /* iteration space: dimensions in the memory order of the first result, merged */
    int64_t sizes[TILE_MAX_DIMS];
    bool blocked; /* some operand is transposed: the two innermost dimensions go in blocks */
    int64_t numel, grain;
    /* A program with rows: the last dimensions are a row; tiles are some whole rows, or a part of one where nothing is
     * reduced along it. */
    bool has_rows;
    uint32_t outer; /* dimensions before those of a row */
    int64_t rows, row_length, tile_rows, tile_columns;
    bool combines;         /* some store does */
    uint64_t worker_bytes; /* of scratch: totals, then buffers */
} tile_program;

/* A program that is being made, or merged with others: its iteration space is not yet in memory order. */
typedef struct tile_builder {
    arena *arena;
    VEC(tile_access) loads;
    VEC(tile_access) stores;
    VEC(tile_fill) fills;
    VEC(tile_instruction) code;
    VEC(uint8_t) classes; /* by register */
    uint32_t ndim;        /* of the iteration space; no dimension has one element */
    int64_t sizes[TILE_MAX_DIMS];
    uint32_t rows; /* bit d: dimension d lies in a row; 0: the program has no rows */
} tile_builder;

/* The class that computes values of a dtype. */
static inline tile_class tile_class_of(cot_dtype dtype) {
    return dtype == COT_F64                                            ? TILE_F64
           : dtype == COT_F32 || dtype == COT_F16 || dtype == COT_BF16 ? TILE_F32
                                                                       : TILE_I64;
}

/* Whether an element exists in a class (exp does not for integers). */
bool tile_has(uint32_t element, tile_class class);

/* Each gives the register of its result. Loading a tensor twice in one class gives the same register. */
uint16_t tile_load(tile_builder *b, uint32_t tensor, cot_dtype dtype, tile_class class);
uint16_t tile_constant(tile_builder *b, tile_class class, tile_number number);
uint16_t tile_apply(tile_builder *b, uint32_t element, tile_class class, const uint16_t *x, uint32_t count,
                    const tile_number *immediates);
uint16_t tile_cast(tile_builder *b, uint16_t x, tile_class class); /* x itself when it is of that class */
/* Rounds the result of the last instruction to a dtype: what a store and a load in between would do. */
void tile_round(tile_builder *b, cot_dtype dtype);
void tile_store(tile_builder *b, uint16_t x, uint32_t tensor, cot_dtype dtype);
/* A row of a program with rows as one number. Floats only. */
uint16_t tile_reduce(tile_builder *b, uint16_t x, tile_combine combine, double scale);
/* Stores what elements (or numbers of rows) come to over all dimensions that the stored tensor does not have. */
void tile_store_combined(tile_builder *b, uint16_t x, uint32_t tensor, cot_dtype dtype, tile_combine combine,
                         double scale);
/* The iteration space, and where each access lies in it: `space` has its sizes; tensors broadcast to it, those without
 * some of its dimensions have size 1 there. rows: bit d of space is part of a row. */
void tile_lay_out(tile_builder *b, const tensor_desc *space, const tensor_desc *tensors, uint32_t rows);
/* The program of a builder that is laid out, in memory of `arena`: registers share buffers, dimensions are merged. NULL
 * when it needs more than TILE_MAX_BUFFERS live tiles, TILE_MAX_VALUES registers or COT_MAX_DIMS dimensions: split it.
 */
tile_program *tile_finish(const tile_builder *b, arena *arena);
/* Bytes of scratch for a call with so many threads. */
uint64_t tile_scratch_bytes(const tile_program *p, uint32_t threads);

/* tile_print.c — for people. */
void tile_print(const tile_program *p, text *out);

/* tile_merge.c — two programs as one. */
typedef struct tile_pair {
    uint32_t store, load; /* of the first program, of the second */
} tile_pair;
/* `second` with `first` put before it: the loads of the pairs become registers; the stores of `first` whose bit in
 * `keep` is not set are left out. Loads of `first` are numbered by first_operands, stores by first_results. Without
 * pairs the two only share an operand: `shared` names a load of each. False when the second does not walk through what
 * it loads as the first one does; `out` is then undefined. All memory comes from second->arena. */
bool tile_merge(const tile_builder *first, const tile_builder *second, const tile_pair *pairs, uint32_t count,
                const tile_pair *shared, uint64_t keep, const uint16_t *first_operands, const uint16_t *first_results,
                tile_builder *out);

/* kernels/ref/pointwise.c: one element at a time, in double; attributes: a tile_program without rows. */
void tile_reference(const kernel_call *call);

#endif
