/* SPDX-License-Identifier: MIT
 * gemm_split.c — products in f32 by one thread on the processor's matrix unit (Intel AMX), which multiplies bf16.
 *
 * A number in f32 is the exact sum of three in bf16: the number rounded (high), what that leaves rounded (middle), and
 * what is left then (low), 2⁻⁹ and 2⁻¹⁸ of it. Of the nine products of two such sums six are computed; the others
 * are 2⁻²⁶ of the whole, a quarter of what rounding to f32 loses. The unit adds in f32. The five small products of a
 * block are summed before the large one, so that as few sums are rounded at full size as by multiply-adds in f32: the
 * error is no larger (tests/unit/gemm.c measures both). After Henry, Tang and Heinecke, "Leveraging the bfloat16
 * Artificial Intelligence Datatype For Higher-Precision Computations" (2019).
 *
 * Six products of bf16 take less than half the time of one of f32. Infinities, NaN and what rounds to infinity cannot
 * be split: blocks with such go through gemm_packed.c. The unit takes denormals for zero, so an element may be off by
 * 2⁻¹²⁶, as it is on a processor that flushes them.
 *
 * Blocks of 32 rows of A or 32 columns of B are packed as tiles; those of the smaller operand stay in the second-level
 * cache, those of the larger pass, each packed piece by piece beside the products of the one before. */
#include "kernels/cpu/amx.h"
#include "kernels/cpu/dispatch.h"
#include "kernels/gemm.h"

#if COT_HAVE_AMX
#include <string.h>

KERNEL_DECLARE(gemm_provider, gemm_packed);

typedef size_t (*gemm_bytes_fn)(int64_t m, int64_t n, int64_t k);
KERNEL_DECLARE(gemm_bytes_fn, gemm_packed_bytes);

enum {
    SIDE = AMX_SIDE,
    BLOCK = 2 * SIDE,          /* rows of A or columns of B */
    CHUNK = 2 * SIDE,          /* depth of a tile */
    TILE = SIDE * CHUNK,       /* 16-bit elements */
    CHUNK_SIZE = 3 * 2 * TILE, /* elements of a block's chunk: two tiles each of high, middle and low parts */
    UNITS = 4,                 /* of a chunk, 16 × 16 elements that are packed at once */
    DEPTH = 512,               /* of a step, at most: a block that passes is 96 KB */
    STAY = 1280 << 10,         /* bytes of the operand that stays */
    LARGE = 1 << 20,           /* elements of C that do not stay in a cache */
};

enum { ASKED = 4 };                                   /* times a chunk's products are interrupted to ask for memory */
enum { HIGH = 0, MIDDLE = 2 * TILE, LOW = 4 * TILE }; /* where the parts lie in a chunk */

/* ---- packing ----------------------------------------------------------------------------------------------------- */

/* A block on its way: element x (a row of A, a column of B) at depth k lies at from[x · x_step + k · k_step]. */
typedef struct packing {
    const float *from;
    int64_t x_step, k_step, x_count, k_count;
    uint16_t *to;
    bool pairs; /* of B: two neighbours in depth side by side */
    int64_t done, units;
} packing;

static int64_t divide_up(int64_t x, int64_t by) { return (x + by - 1) / by; }

static inline __mmask16 lanes(int64_t n) { return n >= 16 ? 0xffff : n <= 0 ? 0 : (__mmask16)((1u << n) - 1); }

/* The number rounded to bf16, in the high half of each word. */
static inline __m512i rounded(__m512 x) {
    return _mm512_and_si512(_mm512_add_epi32(_mm512_castps_si512(x), _mm512_set1_epi32(0x8000)),
                            _mm512_set1_epi32((int)0xffff0000));
}

static inline __m512 rest(__m512 x, __m512i part) { return _mm512_sub_ps(x, _mm512_castsi512_ps(part)); }

/* High halves of two vectors of neighbours in depth become one of pairs. */
static inline void store_pairs(uint16_t *to, __m512i x, __m512i y) {
    static const uint16_t halves[32] = {1,  33, 3,  35, 5,  37, 7,  39, 9,  41, 11, 43, 13, 45, 15, 47,
                                        17, 49, 19, 51, 21, 53, 23, 55, 25, 57, 27, 59, 29, 61, 31, 63};
    _mm512_store_si512(to, _mm512_permutex2var_epi16(x, _mm512_loadu_si512(halves), y));
}

static inline void store_half_row(uint16_t *to, __m512i x) {
    _mm256_store_si256((__m256i *)(void *)to, _mm512_cvtepi32_epi16(_mm512_srli_epi32(x, 16)));
}

/* Lines of memory that are packed after that. They are asked for a few at a time beside the products: all at once would
 * take the buffers that the tiles' own loads from the second-level cache need. */
typedef struct ahead {
    const float *at;
    int64_t left, inner; /* lines in a row, at most */
    int64_t row;         /* from the last line of a row to the first of the next */
    int64_t rows, pace;
} ahead;

static ahead ahead_of(const packing *p, int64_t pace) {
    const bool along = p->k_step == 1;
    const int64_t inner = divide_up(along ? p->k_count : p->x_count, SIDE);
    return (ahead){.at = p->from,
                   .left = inner,
                   .inner = inner,
                   .row = (along ? p->x_step : p->k_step) - (inner - 1) * SIDE,
                   .rows = p->x_count <= 0 ? 0
                           : along         ? p->x_count
                                           : p->k_count,
                   .pace = pace};
}

static inline void ask_ahead(ahead *n) {
    for (int64_t i = 0; i < n->pace && n->rows > 0; i++) {
        _mm_prefetch((const char *)n->at, _MM_HINT_T1);
        if (--n->left > 0) n->at += SIDE;
        else n->at += n->row, n->left = n->inner, n->rows--;
    }
}

typedef struct parts {
    __m512i high, middle, low;
} parts;

static inline parts split(__m512i x) {
    const __m512 all = _mm512_castsi512_ps(x);
    const __m512i high = rounded(all);
    const __m512 left = rest(all, high);
    const __m512i middle = rounded(left);
    return (parts){high, middle, _mm512_castps_si512(rest(left, middle))};
}

/* Packs the next 16 × 16 elements, whose depth lies side by side in memory (`along`) or not. */
static inline __attribute__((always_inline)) void pack_square(packing *p, const bool along, const bool pairs) {
    const int64_t unit = p->done++, k = (unit >> 2) * CHUNK + (unit & 1) * SIDE, x = (unit & 2) * (SIDE / 2);
    const float *from = p->from + x * p->x_step + k * p->k_step;
    const int64_t step = along ? p->x_step : p->k_step;
    const int64_t outer = along ? p->x_count - x : p->k_count - k, inner = along ? p->k_count - k : p->x_count - x;
    __m512i r[SIDE];
    if (outer >= SIDE && inner >= SIDE)
        for (int i = 0; i < SIDE; i++) r[i] = _mm512_loadu_si512(from + i * step);
    else
        for (int i = 0; i < SIDE; i++) r[i] = _mm512_maskz_loadu_epi32(i < outer ? lanes(inner) : 0, from + i * step);
    if (along == pairs) amx_transpose(r); /* pairs need vectors of one depth, rows of A vectors of one row */
    uint16_t *to = p->to + (unit >> 2) * CHUNK_SIZE + (x ? TILE : 0);
    to += (unit & 1) * (pairs ? SIDE / 2 * CHUNK : SIDE);
    if (pairs)
        for (int i = 0; i < SIDE; i += 2, to += CHUNK) {
            const parts u = split(r[i]), v = split(r[i + 1]);
            store_pairs(to + HIGH, u.high, v.high);
            store_pairs(to + MIDDLE, u.middle, v.middle);
            store_pairs(to + LOW, u.low, v.low);
        }
    else
        for (int i = 0; i < SIDE; i++, to += CHUNK) {
            const parts u = split(r[i]);
            store_half_row(to + HIGH, u.high);
            store_half_row(to + MIDDLE, u.middle);
            store_half_row(to + LOW, u.low);
        }
}

static void pack_unit(packing *p) {
    if (p->k_step == 1 && p->pairs) pack_square(p, true, true);
    else if (p->k_step == 1) pack_square(p, true, false);
    else if (p->pairs) pack_square(p, false, true);
    else pack_square(p, false, false);
}

static inline void pack_units(packing *p, int64_t count) {
    for (; count > 0 && p->done < p->units; count--) pack_unit(p);
}

static void pack_rest(packing *p) {
    while (p->done < p->units) pack_unit(p);
}

/* ---- a block of C ------------------------------------------------------------------------------------------------ */

#define LOAD_A(from)                                                                                                   \
    _tile_loadd(4, from, 64);                                                                                          \
    _tile_loadd(5, (from) + TILE, 64)
#define LOAD_B(from)                                                                                                   \
    _tile_loadd(6, from, 64);                                                                                          \
    _tile_loadd(7, (from) + TILE, 64)
#define PRODUCTS                                                                                                       \
    _tile_dpbf16ps(0, 4, 6);                                                                                           \
    _tile_dpbf16ps(1, 4, 7);                                                                                           \
    _tile_dpbf16ps(2, 5, 6);                                                                                           \
    _tile_dpbf16ps(3, 5, 7)

/* sums: four tiles, [half of the rows][half of the columns]. Packs `pace` units of the next block a chunk. */
static void multiply_block(float *sums, const uint16_t *a, const uint16_t *b, int64_t chunks, packing *next,
                           int64_t pace, ahead *soon) {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    const uint16_t *x = a, *y = b;
    for (int64_t l = 0; l < chunks; l++, x += CHUNK_SIZE, y += CHUNK_SIZE) {
        LOAD_A(x + LOW);
        LOAD_B(y + HIGH);
        PRODUCTS;
        ask_ahead(soon);
        LOAD_A(x + MIDDLE);
        PRODUCTS;
        ask_ahead(soon);
        LOAD_B(y + MIDDLE);
        PRODUCTS;
        ask_ahead(soon);
        pack_units(next, pace);
        LOAD_A(x + HIGH);
        PRODUCTS;
        ask_ahead(soon);
        LOAD_B(y + LOW);
        PRODUCTS;
    }
    for (int64_t l = 0; l < chunks; l++, a += CHUNK_SIZE, b += CHUNK_SIZE) {
        LOAD_A(a + HIGH);
        LOAD_B(b + HIGH);
        PRODUCTS;
    }
    _tile_stored(0, sums, 64);
    _tile_stored(1, sums + 256, 64);
    _tile_stored(2, sums + 512, 64);
    _tile_stored(3, sums + 768, 64);
}

/* What becomes of a block's sums; streamed past the caches where C is too large to be there when it is read. */
typedef enum sums_go { SUMS_OVER, SUMS_ADDED, SUMS_STREAMED } sums_go;

/* Whether all sums are finite. They are not where a number could not be split. */
static bool all_finite(const float *sums) {
    enum { NAN_OR_INFINITE = 0x99 };
    __mmask16 odd = 0;
    for (int64_t i = 0; i < BLOCK * BLOCK; i += SIDE)
        odd |= _mm512_fpclass_ps_mask(_mm512_load_ps(sums + i), NAN_OR_INFINITE);
    return !odd;
}

static void write_block(const gemm_piece *p, const float *sums, int64_t i, int64_t j, const float *row, sums_go go) {
    const int64_t rows = MIN(p->m - i, (int64_t)BLOCK), cols = MIN(p->n - j, (int64_t)BLOCK);
    const __mmask16 left = lanes(cols), right = lanes(cols - SIDE);
    float *c = (float *)p->c + i * p->c_row + j;
    const __m512 alpha = _mm512_set1_ps((float)p->alpha);
    __m512 first = _mm512_setzero_ps(), second = first;
    if (row) first = _mm512_maskz_loadu_ps(left, row + j), second = _mm512_maskz_loadu_ps(right, row + j + SIDE);
    for (int64_t r = 0; r < rows; r++, c += p->c_row) {
        const float *sum = sums + r / SIDE * 512 + r % SIDE * SIDE;
        __m512 x = _mm512_mul_ps(_mm512_load_ps(sum), alpha), y = _mm512_mul_ps(_mm512_load_ps(sum + 256), alpha);
        if (go == SUMS_STREAMED && cols == BLOCK) {
            _mm512_stream_ps(c, _mm512_add_ps(x, first));
            _mm512_stream_ps(c + SIDE, _mm512_add_ps(y, second));
            continue;
        }
        if (go == SUMS_ADDED) {
            x = _mm512_add_ps(x, _mm512_maskz_loadu_ps(left, c));
            y = _mm512_add_ps(y, _mm512_maskz_loadu_ps(right, c + SIDE));
        }
        _mm512_mask_storeu_ps(c, left, _mm512_add_ps(x, first));
        _mm512_mask_storeu_ps(c + SIDE, right, _mm512_add_ps(y, second));
    }
}

/* ---- the loops --------------------------------------------------------------------------------------------------- */

/* Numbers that cannot be split: the same block by multiply-adds. */
static void plain_block(const gemm_piece *p, int64_t i, int64_t j, int64_t k, int64_t depth, sums_go go,
                        void *scratch) {
    gemm_piece q = *p;
    q.a = (const float *)p->a + i * p->as.row + k * p->as.col;
    q.b = (const float *)p->b + k * p->bs.row + j * p->bs.col;
    q.c = (float *)p->c + i * p->c_row + j;
    q.m = MIN(p->m - i, (int64_t)BLOCK), q.n = MIN(p->n - j, (int64_t)BLOCK), q.k = depth;
    q.beta = go == SUMS_ADDED;
    q.row = p->row && k == 0 ? p->row + j : NULL;
    q.scratch = scratch;
    KERNEL_SELECT(gemm_packed)(&q);
}

/* Depth is divided into steps, so that what passes leaves the second-level cache to what stays. */
static int64_t step_depth(int64_t k) {
    const int64_t steps = divide_up(k, DEPTH);
    return divide_up(divide_up(k, steps), CHUNK) * CHUNK;
}

/* Elements of a packed block. */
static int64_t block_size(int64_t depth) { return divide_up(depth, CHUNK) * CHUNK_SIZE; }

/* Larger sizes need no less. */
size_t gemm_split_bytes(int64_t m, int64_t n, int64_t k) {
    if (m < 1 || n < 1 || k < 1) return 0;
    const int64_t all = divide_up(MIN(m, n), BLOCK) * 2 * block_size(k), pass = 2 * block_size(MIN(k, (int64_t)DEPTH));
    return (size_t)(MIN(all, STAY) + 2 * pass) + sizeof(float) * BLOCK * BLOCK +
           KERNEL_SELECT(gemm_packed_bytes)(BLOCK, BLOCK, DEPTH);
}

/* Rows (of_a) or columns from x on, at depths from k on. */
static packing packing_of(const gemm_piece *p, bool of_a, int64_t x, int64_t k, int64_t depth, uint16_t *to) {
    const float *from = of_a ? p->a : p->b;
    packing n = {.x_step = of_a ? p->as.row : p->bs.col, .k_step = of_a ? p->as.col : p->bs.row, .k_count = depth};
    n.x_count = MIN((of_a ? p->m : p->n) - x, (int64_t)BLOCK);
    n.from = from + x * n.x_step + k * n.k_step;
    n.to = to;
    n.pairs = !of_a;
    n.units = n.x_count > 0 ? divide_up(depth, CHUNK) * UNITS : 0;
    return n;
}

/* Blocks of the operand that stays, [begin, begin + count), and depths [k, end): as much as is packed at once. */
typedef struct region {
    const gemm_piece *p;
    bool a_stays;
    int64_t begin, count, k, end;
    int64_t step, steps; /* depth of one, and how many */
    uint16_t *stay, *pass[2];
    float *sums;
    void *spare; /* of plain_block */
} region;

/* The i-th block that passes, where the steps in depth of one follow each other. */
static packing passing(const region *r, int64_t i) {
    const int64_t k = r->k + i % r->steps * r->step;
    return packing_of(r->p, !r->a_stays, i / r->steps * BLOCK, k, MIN(r->step, r->end - k), r->pass[i % 2]);
}

/* All blocks that stay times the i-th that passes. */
static void multiply_blocks(const region *r, int64_t i, packing *next, ahead *soon, sums_go go) {
    const gemm_piece *p = r->p;
    const int64_t offset = i % r->steps * r->step, k = r->k + offset, depth = MIN(r->step, r->end - k);
    const int64_t stride = block_size(r->end - r->k), pace = divide_up(UNITS, r->count);
    if (k > 0) go = SUMS_ADDED;
    for (int64_t at = 0; at < r->count; at++) {
        const uint16_t *staying = r->stay + at * stride + block_size(offset), *passes = r->pass[i % 2];
        const int64_t row = (r->a_stays ? r->begin + at : i / r->steps) * BLOCK;
        const int64_t col = (r->a_stays ? i / r->steps : r->begin + at) * BLOCK;
        multiply_block(r->sums, r->a_stays ? staying : passes, r->a_stays ? passes : staying, divide_up(depth, CHUNK),
                       next, pace, soon);
        if (all_finite(r->sums)) write_block(p, r->sums, row, col, k > 0 ? NULL : p->row, go);
        else plain_block(p, row, col, k, depth, go, r->spare);
    }
}

static void multiply_region(const region *r, sums_go go) {
    const int64_t items = divide_up(r->a_stays ? r->p->n : r->p->m, BLOCK) * r->steps;
    for (int64_t i = 0; i < r->count; i++) {
        uint16_t *to = r->stay + i * block_size(r->end - r->k);
        packing n = packing_of(r->p, r->a_stays, (r->begin + i) * BLOCK, r->k, r->end - r->k, to);
        pack_rest(&n);
    }
    packing next = passing(r, 0);
    pack_rest(&next);
    for (int64_t i = 0; i < items; i++) {
        const packing after = passing(r, i + 2);
        ahead soon = ahead_of(&after, divide_up(BLOCK * CHUNK / SIDE, ASKED * r->count));
        next = passing(r, i + 1);
        multiply_blocks(r, i, &next, &soon, go);
        pack_rest(&next);
    }
}

void gemm_split(const gemm_piece *p) {
    const bool a_stays = p->m <= p->n, aligned = (uintptr_t)p->c % 64 == 0 && p->c_row % SIDE == 0;
    const int64_t step = step_depth(p->k), size = 2 * block_size(step);
    const int64_t blocks = divide_up(a_stays ? p->m : p->n, BLOCK), parts = divide_up(blocks, STAY / size);
    const int64_t together = MAX(1, STAY / (divide_up(blocks, parts) * size)); /* steps */
    const sums_go go = p->beta != 0                                      ? SUMS_ADDED
                       : aligned && p->k <= step && p->m * p->n >= LARGE ? SUMS_STREAMED
                                                                         : SUMS_OVER;
    region r = {.p = p, .a_stays = a_stays, .step = step, .stay = p->scratch};
    r.pass[0] = r.stay + MIN(divide_up(p->k, CHUNK) * CHUNK_SIZE * blocks, STAY / 2);
    r.pass[1] = r.pass[0] + size / 2;
    r.sums = (float *)(void *)(r.pass[1] + size / 2);
    r.spare = r.sums + BLOCK * BLOCK;
    amx_configure();
    for (int64_t part = 0; part < parts; part++) {
        r.begin = blocks * part / parts, r.count = blocks * (part + 1) / parts - r.begin;
        for (r.k = 0; r.k < p->k; r.k = r.end) {
            r.end = MIN(r.k + together * step, p->k), r.steps = divide_up(r.end - r.k, step);
            multiply_region(&r, go);
        }
    }
    _tile_release();
    if (go == SUMS_STREAMED) _mm_sfence();
}

#else
size_t gemm_split_bytes(int64_t m, int64_t n, int64_t k) { return UNUSED(m), UNUSED(n), UNUSED(k), 0; }
void gemm_split(const gemm_piece *p) { UNUSED(p); }
#endif
