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

/* Bytes of a vector, and rows of a tile: as many as leave room in the registers for the panel's four vectors. */
#if defined(__AVX512F__)
enum { VECTOR_BYTES = 64, TILE_ROWS = 6 };
#elif defined(__AVX2__)
enum { VECTOR_BYTES = 32, TILE_ROWS = 2 };
#else
enum { VECTOR_BYTES = 16, TILE_ROWS = 2 };
#endif
enum { TILE_VECTORS = 4, PIECE_FLOPS = 200000 };

/* How a layer is cut: panels of `vectors` vectors, `blocks` of them of different units, the others gates. */
typedef struct cut {
    int64_t depth;  /* of the product */
    int64_t blocks; /* vectors of units in a panel */
    int64_t panels, vectors, row_blocks, rows, grain;
} cut;

static cut cut_layer(const recurrent_attributes *a, bool forward, int64_t lanes, int64_t threads) {
    const int64_t vectors = (a->hidden + lanes - 1) / lanes;
    cut c = {.depth = forward ? a->hidden : a->hidden * a->gates, .blocks = 1};
    if (!forward || a->gates == 1) c.blocks = MIN(MAX((vectors + threads - 1) / threads, 1), (int64_t)TILE_VECTORS);
    c.panels = (vectors + c.blocks - 1) / c.blocks;
    c.vectors = forward ? c.blocks * a->gates : c.blocks;
    c.row_blocks = (a->batch + TILE_ROWS - 1) / TILE_ROWS;
    c.rows = c.row_blocks ? (a->batch + c.row_blocks - 1) / c.row_blocks : 0;
    c.grain = MAX(PIECE_FLOPS / MAX(2 * c.rows * c.depth * c.vectors * lanes, 1), 1);
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
