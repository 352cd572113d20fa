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
 *     tile_program *p = tile_finish(&b, tensors);
 *
 * The idea is that of vectorised query engines (MonetDB/X100, Boncz et al. 2005): an interpreter whose overhead is
 * divided by the length of a vector. */
#ifndef KERNELS_TILE_H
#define KERNELS_TILE_H

#include "base/vec.h"
#include "kernels/kernel.h"

#define TILE_LENGTH 512 /* elements: measured best on tiles of f32 (2 KB) */
#define TILE_ROWS 16    /* of a block; TILE_LENGTH / TILE_ROWS columns */
#define TILE_MAX_BUFFERS 24
#define TILE_MAX_VALUES 256
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
} tile_element;

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
    bool direct;                   /* of a store: an instruction may write it where it lies, when it is dense there */
    int64_t strides[COT_MAX_DIMS]; /* in elements, by dimension of the program's iteration space */
} tile_access;

typedef struct tile_fill {
    uint16_t value;
    uint8_t class;
    tile_number number;
} tile_fill;

typedef struct tile_instruction {
    uint16_t element;
    uint8_t class, from;              /* from: of TILE_convert */
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
    int64_t sizes[COT_MAX_DIMS];
    bool blocked; /* some operand is transposed: the two innermost dimensions go in blocks */
    int64_t numel, grain;
} tile_program;

typedef struct tile_builder {
    arena *arena;
    VEC(tile_access) loads;
    VEC(tile_access) stores;
    VEC(tile_fill) fills;
    VEC(tile_instruction) code;
    VEC(uint8_t) classes; /* by register */
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
/* The program: registers share buffers, iteration space and strides are fixed. All stored tensors have one shape, to
 * which loaded tensors broadcast. NULL when the program needs more than TILE_MAX_BUFFERS live tiles or
 * TILE_MAX_VALUES registers: split it. */
tile_program *tile_finish(tile_builder *b, const tensor_desc *tensors);

/* kernels/ref/pointwise.c: one element at a time, in double; attributes: a tile_program. */
void tile_reference(const kernel_call *call);

#endif
