/* SPDX-License-Identifier: MIT
 * recurrent.c — recurrent layers in f32 and f64: each step is one product in registers with the cell applied to it
 * while it is there.
 *
 * The weights are packed once for all steps into panels as wide as the registers take, so that a panel holds all gates
 * of some units (forward), and a thread keeps its panels in its own cache over the steps. The tile of a panel and a few
 * rows goes from the product right into the cell. Threads meet once a step, where the whole state is needed. */
#include "kernels/recurrent.h"
#include "kernels/cpu/isa.h"
#include "kernels/cpu/math.h"

/* Bytes of a vector, and what a product holds in registers: rows of the state by vectors of the panel. With more rows
 * the panel is narrower; each of its numbers is then loaded fewer times. A state of other rows fills up. */
typedef struct shape {
    int8_t rows, vectors;
} shape;
#if defined(__AVX512F__)
enum { VECTOR_BYTES = 64, MOST_ROWS = 8 };
#define SHAPES(X) X(1, 4) X(2, 4) X(4, 4) X(6, 4) X(8, 2)
#else
#if defined(__AVX2__)
enum { VECTOR_BYTES = 32, MOST_ROWS = 12 };
#else
enum { VECTOR_BYTES = 16, MOST_ROWS = 12 };
#endif
#define SHAPES(X) X(1, 4) X(2, 4) X(4, 2) X(6, 2) X(8, 1) X(12, 1)
#endif
enum { MOST_VECTORS = 4, PIECE_FLOPS = 200000 };

#define SHAPE(rows, vectors) {rows, vectors},
static const shape shapes[] = {SHAPES(SHAPE)};
#undef SHAPE

/* How a layer is cut: panels of `width` vectors, `blocks` of them of different units, the others gates. A panel lies in
 * chunks as wide as the product's shape. */
typedef struct cut {
    int64_t depth; /* of the product */
    int64_t blocks, width, panels;
    int64_t row_blocks, rows; /* rows of a block; the last may have fewer */
    int64_t grain;
    int64_t state_row; /* from row to row of a state's copy: no power of two, which would fall into one cache set */
    uint32_t shape;
} cut;

static cut cut_layer(const recurrent_attributes *a, bool forward, int64_t lanes, int64_t threads) {
    const int64_t vectors = (a->hidden + lanes - 1) / lanes;
    cut c = {.depth = forward ? a->hidden : a->hidden * a->gates, .blocks = 1};
    c.row_blocks = (a->batch + MOST_ROWS - 1) / MOST_ROWS;
    c.rows = c.row_blocks ? (a->batch + c.row_blocks - 1) / c.row_blocks : 1;
    while (shapes[c.shape].rows < c.rows) c.shape++;
    if (!forward || a->gates == 1)
        c.blocks = MIN(MAX((vectors + threads - 1) / threads, 1), (int64_t)shapes[c.shape].vectors);
    c.panels = (vectors + c.blocks - 1) / c.blocks;
    c.width = forward ? c.blocks * a->gates : c.blocks;
    c.grain = MAX(PIECE_FLOPS / MAX(2 * c.rows * c.depth * c.width * lanes, 1), 1);
    c.state_row = (c.depth + 15) / 16 * 16 + 16;
    return c;
}

#define T float
#define FN(name) name##_f32
#define SIGMOID f32_sigmoid
#define TANH f32_tanh
#include "kernels/cpu/recurrent_tmpl.c"
#undef T
#undef FN
#undef SIGMOID
#undef TANH
#define T double
#define FN(name) name##_f64
#define SIGMOID f64_sigmoid
#define TANH f64_tanh
#include "kernels/cpu/recurrent_tmpl.c"

extern const kernel_fn KERNEL(recurrent)[2];
extern const kernel_fn KERNEL(recurrent_backward)[2];
const kernel_fn KERNEL(recurrent)[2] = {recurrent_f32, recurrent_f64};
const kernel_fn KERNEL(recurrent_backward)[2] = {recurrent_backward_f32, recurrent_backward_f64};
