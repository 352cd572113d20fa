/* SPDX-License-Identifier: MIT
 * gemm_packed.c — products in f32 by one thread. Blocks of A and B are copied in the order in which a tile of C reads
 * them, and the tile stays in registers while it sums (Goto and van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication", 2008).
 *
 * The smaller operand stays: a part of it is packed once and lies in the second-level cache. The larger one passes: a
 * panel or block of it at a time is packed into the first-level cache, and while the tiles of one are computed the next
 * is prefetched, so that memory is read beside the arithmetic. Sizes are divided evenly, so that no short block
 * remains: 256 rows are 19 blocks of 13 or 14, not 18 and one of 4. */
#include "kernels/cpu/isa.h"
#include "kernels/gemm.h"

#if defined(__SSE__)
#include <immintrin.h>
#endif
#include <string.h>

#if defined(__AVX512F__)
#define WIDTH 16 /* lanes of a vector */
#define ROWS 14  /* of a tile: 28 sums, 2 vectors of B and one element of A fill 32 registers */
#define SPLAT(x) ((vec){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x})
#define STREAM(p, v) _mm512_stream_ps(p, (__m512)(v))
#elif defined(__AVX__)
#define WIDTH 8
#define ROWS 6
#define SPLAT(x) ((vec){x, x, x, x, x, x, x, x})
#define STREAM(p, v) _mm256_stream_ps(p, (__m256)(v))
#else
#define WIDTH 4
#define ROWS 4
#define SPLAT(x) ((vec){x, x, x, x})
#if defined(__SSE__)
#define STREAM(p, v) _mm_stream_ps(p, (__m128)(v))
#else
#define STREAM(p, v) (*(vec *)(p) = (v))
#endif
#endif

typedef float vec __attribute__((vector_size(4 * WIDTH)));
typedef float vec_anywhere __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));

enum {
    COLS = 2 * WIDTH,  /* of a tile, and of a panel of B */
    DEPTH = 512,       /* of a block, at most */
    LINE = DEPTH + 16, /* between rows of A: not a multiple of a page, whose lines would share cache sets */
    BLOCK = MAX(ROWS * LINE, WIDTH *DEPTH), /* between blocks of A */
    STAY_BLOCKS = (320 << 10) / BLOCK,      /* of A where it stays: 1.3 MB, 560 rows */
    STAY_FLOATS = 1 << 18,                  /* of B where it stays: 1 MB */
    RUN = 112 / ROWS, /* blocks of a passing A whose columns lie in order that are packed at once */
    FEW = 8,          /* rows, for which packing B costs more than it saves */
    LARGE = 1 << 20,  /* elements of C that do not stay in a cache */
};

static inline vec load(const float *p) { return *(const vec_anywhere *)p; }
static inline void store(float *p, vec v) { *(vec_anywhere *)p = v; }

/* ---- what comes next --------------------------------------------------------------------------------------------- */

/* A part of a matrix that is packed soon. Its memory is asked for piece by piece beside the sums of each tile: all at
 * once would take the buffers that the sums' own loads from the second-level cache need. */
typedef struct ahead {
    const float *at;
    int64_t left, inner; /* pieces of this line, and of each line */
    int64_t line;        /* from the last piece of a line to the first of the next */
    int64_t lines;
} ahead;

enum { PIECE = 32, STEPS = 8 }; /* floats, two lines of the cache; terms of the sums between two pieces */

static ahead ahead_of(const float *from, const gemm_matrix *s, int64_t rows, int64_t cols) {
    const bool by_rows = s->col == 1;
    const int64_t inner = ((by_rows ? cols : rows) + PIECE - 1) / PIECE;
    return (ahead){from, inner, inner, (by_rows ? s->row : s->col) - (inner - 1) * PIECE, by_rows ? rows : cols};
}

static inline void ahead_piece(ahead *n) {
    if (n->lines <= 0) return;
    __builtin_prefetch(n->at, 0, 2);
    __builtin_prefetch(n->at + PIECE / 2, 0, 2);
    if (--n->left > 0) {
        n->at += PIECE;
    } else {
        n->at += n->line, n->left = n->inner, n->lines--;
    }
}

/* ---- a tile of C ------------------------------------------------------------------------------------------------- */

/* What becomes of the sums. SUMS_STREAMED writes past the caches: for a C that is too large to be there when it is
 * read. */
typedef enum sums_go { SUMS_OVER, SUMS_ADDED, SUMS_STREAMED } sums_go;

/* Sums over `depth` of A's rows (of one block, packed) times a panel of B, which begin with `row` in each row of C. */
typedef void (*tile_fn)(const float *a, const float *b, int64_t b_row, int64_t depth, const float *row, float *c,
                        int64_t c_row, sums_go go, ahead *next);

#define ROWS_1(X) X(0)
#define ROWS_2(X) ROWS_1(X) X(1)
#define ROWS_3(X) ROWS_2(X) X(2)
#define ROWS_4(X) ROWS_3(X) X(3)
#define ROWS_5(X) ROWS_4(X) X(4)
#define ROWS_6(X) ROWS_5(X) X(5)
#define ROWS_7(X) ROWS_6(X) X(6)
#define ROWS_8(X) ROWS_7(X) X(7)
#define ROWS_9(X) ROWS_8(X) X(8)
#define ROWS_10(X) ROWS_9(X) X(9)
#define ROWS_11(X) ROWS_10(X) X(10)
#define ROWS_12(X) ROWS_11(X) X(11)
#define ROWS_13(X) ROWS_12(X) X(12)
#define ROWS_14(X) ROWS_13(X) X(13)

#define AHEAD(r) __builtin_prefetch(c + (r)*c_row, 1), __builtin_prefetch(c + (r)*c_row + WIDTH, 1);
#define SUMS(r) vec left##r = first, right##r = second;
#define TERM(r)                                                                                                        \
    {                                                                                                                  \
        const float x = a[(r)*row_step];                                                                               \
        left##r += SPLAT(x) * l, right##r += SPLAT(x) * h;                                                             \
    }
#define WRITE(r) store(c + (r)*c_row, left##r), store(c + (r)*c_row + WIDTH, right##r);
#define WRITE_ADDED(r)                                                                                                 \
    store(c + (r)*c_row, load(c + (r)*c_row) + left##r);                                                               \
    store(c + (r)*c_row + WIDTH, load(c + (r)*c_row + WIDTH) + right##r);
#define WRITE_STREAMED(r) STREAM(c + (r)*c_row, left##r), STREAM(c + (r)*c_row + WIDTH, right##r);

#define TILE(name, rows, row_at, col_at)                                                                               \
    static void name##_##rows(const float *restrict a, const float *restrict b, int64_t b_row, int64_t depth,          \
                              const float *row, float *restrict c, int64_t c_row, sums_go go, ahead *next) {           \
        enum { row_step = row_at, col_step = col_at };                                                                 \
        ahead soon = *next;                                                                                            \
        if (go != SUMS_STREAMED) {                                                                                     \
            ROWS_##rows(AHEAD)                                                                                         \
        }                                                                                                              \
        const vec first = load(row), second = load(row + WIDTH);                                                       \
        ROWS_##rows(SUMS) for (int64_t begin = 0; begin < depth; begin += STEPS) {                                     \
            ahead_piece(&soon);                                                                                        \
            const int64_t end = MIN(begin + STEPS, depth);                                                             \
            for (int64_t i = begin; i < end; i++, a += col_step, b += b_row) {                                         \
                const vec l = load(b), h = load(b + WIDTH);                                                            \
                ROWS_##rows(TERM)                                                                                      \
            }                                                                                                          \
        }                                                                                                              \
        *next = soon;                                                                                                  \
        if (go == SUMS_ADDED) {                                                                                        \
            ROWS_##rows(WRITE_ADDED)                                                                                   \
        } else if (go == SUMS_STREAMED) {                                                                              \
            ROWS_##rows(WRITE_STREAMED)                                                                                \
        } else {                                                                                                       \
            ROWS_##rows(WRITE)                                                                                         \
        }                                                                                                              \
    }
/* The left half of a tile, where a panel has no more columns; always written over C. */
#define HALF_SUMS(r) vec left##r = first;
#define HALF_TERM(r) left##r += SPLAT(a[(r)*row_step]) * l;
#define HALF_WRITE(r) store(c + (r)*c_row, left##r);
#define HALF_TILE(name, rows, row_at, col_at)                                                                          \
    static void name##_##rows(const float *restrict a, const float *restrict b, int64_t b_row, int64_t depth,          \
                              const float *row, float *restrict c, int64_t c_row, sums_go go, ahead *next) {           \
        enum { row_step = row_at, col_step = col_at };                                                                 \
        UNUSED(go);                                                                                                    \
        const vec first = load(row);                                                                                   \
        ROWS_##rows(HALF_SUMS) for (int64_t i = 0; i < depth; i++, a += col_step, b += b_row) {                        \
            const vec l = load(b);                                                                                     \
            if (i % STEPS == 0) ahead_piece(next);                                                                     \
            ROWS_##rows(HALF_TERM)                                                                                     \
        }                                                                                                              \
        ROWS_##rows(HALF_WRITE)                                                                                        \
    }
/* Packed A lies by rows (a row is LINE long) or by columns (a column is WIDTH long). */
#define TILES(rows)                                                                                                    \
    TILE(by_rows, rows, LINE, 1)                                                                                       \
    TILE(by_columns, rows, 1, WIDTH)                                                                                   \
    HALF_TILE(half_by_rows, rows, LINE, 1)                                                                             \
    HALF_TILE(half_by_columns, rows, 1, WIDTH)
/* clang-format off */
TILES(1) TILES(2) TILES(3) TILES(4)
#if ROWS == 4
#define TILES_OF(name) {NULL, name##_1, name##_2, name##_3, name##_4}
#elif ROWS == 6
TILES(5) TILES(6)
#define TILES_OF(name) {NULL, name##_1, name##_2, name##_3, name##_4, name##_5, name##_6}
#else
TILES(5) TILES(6) TILES(7) TILES(8) TILES(9) TILES(10) TILES(11) TILES(12) TILES(13) TILES(14)
#define TILES_OF(name)                                                                                                 \
    {NULL, name##_1, name##_2, name##_3, name##_4, name##_5, name##_6, name##_7, name##_8, name##_9, name##_10,        \
     name##_11, name##_12, name##_13, name##_14}
#endif
    /* clang-format on */
    static const tile_fn tiles[2][ROWS + 1] = {TILES_OF(by_columns), TILES_OF(by_rows)},
                                         half_tiles[2][ROWS + 1] = {TILES_OF(half_by_columns), TILES_OF(half_by_rows)};

/* A tile that is narrower than a panel passes through memory of its own. */
static void narrow_tile(tile_fn tile, int64_t rows, int64_t cols, const float *a, const float *b, int64_t depth,
                        const float *row, float *c, int64_t c_row, sums_go go, ahead *next) {
    float whole[ROWS * COLS], begin[COLS] = {0};
    for (int64_t j = 0; row && j < cols; j++) begin[j] = row[j];
    tile(a, b, COLS, depth, begin, whole, COLS, SUMS_OVER, next);
    for (int64_t r = 0; r < rows; r++)
        for (int64_t j = 0; j < cols; j++)
            c[r * c_row + j] = whole[r * COLS + j] + (go == SUMS_ADDED ? c[r * c_row + j] : 0);
}

/* ---- packing ----------------------------------------------------------------------------------------------------- */

#define LANES_4(F, d) F(0, d), F(1, d), F(2, d), F(3, d)
#define LANES_8(F, d) LANES_4(F, d), F(4, d), F(5, d), F(6, d), F(7, d)
#define LANES_16(F, d) LANES_8(F, d), F(8, d), F(9, d), F(10, d), F(11, d), F(12, d), F(13, d), F(14, d), F(15, d)
#if WIDTH == 16
#define LANES LANES_16
#elif WIDTH == 8
#define LANES LANES_8
#else
#define LANES LANES_4
#endif
#define LOW(lane, d) ((lane) & (d) ? WIDTH + (lane) - (d) : (lane))
#define HIGH(lane, d) ((lane) & (d) ? WIDTH + (lane) : (lane) + (d))
/* Swaps the two quarters off the diagonal in each square of 2d rows and columns. */
#define SWAP(d)                                                                                                        \
    for (int i = 0; i < WIDTH; i++) {                                                                                  \
        if (i & (d)) continue;                                                                                         \
        const vec x = v[i], y = v[i + (d)];                                                                            \
        v[i] = __builtin_shufflevector(x, y, LANES(LOW, d));                                                           \
        v[i + (d)] = __builtin_shufflevector(x, y, LANES(HIGH, d));                                                    \
    }

/* WIDTH rows of WIDTH elements become columns. */
static inline void transpose(const float *restrict from, int64_t from_row, float *restrict to, int64_t to_row) {
    vec v[WIDTH];
    for (int i = 0; i < WIDTH; i++) v[i] = load(from + i * from_row);
#if WIDTH >= 16
    SWAP(8)
#endif
#if WIDTH >= 8
    SWAP(4)
#endif
    SWAP(2)
    SWAP(1)
    for (int i = 0; i < WIDTH; i++) *(vec *)(to + i * to_row) = v[i];
}

/* Panels of B, `depth` × COLS each; what lies beyond the columns is 0. */
static void pack_b(float *restrict to, const float *restrict b, const gemm_matrix *s, int64_t depth, int64_t cols) {
    for (int64_t j = 0; j < cols; j += COLS, to += depth * COLS) {
        const float *from = b + j * s->col;
        const int64_t wide = MIN(cols - j, (int64_t)COLS);
        int64_t k = 0;
        if (s->col == 1 && wide == COLS)
            for (; k < depth; k++) {
                *(vec *)(to + k * COLS) = load(from + k * s->row);
                *(vec *)(to + k * COLS + WIDTH) = load(from + k * s->row + WIDTH);
            }
        else if (s->row == 1 && wide == COLS)
            for (; k + WIDTH <= depth; k += WIDTH)
                for (int h = 0; h < COLS; h += WIDTH) transpose(from + h * s->col + k, s->col, to + k * COLS + h, COLS);
        for (; k < depth; k++)
            for (int64_t i = 0; i < COLS; i++) to[k * COLS + i] = i < wide ? from[k * s->row + i * s->col] : 0;
    }
}

/* Blocks of A, `count` of about equal height, BLOCK floats each, times alpha. */
static void pack_a(float *restrict to, const float *restrict a, const gemm_matrix *s, int64_t rows, int64_t count,
                   int64_t depth, float alpha) {
    if (s->col == 1) {
        for (int64_t i = 0; i < count; i++, to += BLOCK)
            for (int64_t begin = rows * i / count, r = begin; r < rows * (i + 1) / count; r++)
                for (int64_t k = 0; k < depth; k++) to[(r - begin) * LINE + k] = a[r * s->row + k] * alpha;
        return;
    }
    int64_t begin[STAY_BLOCKS + 1];
    for (int64_t i = 0; i <= count; i++) begin[i] = rows * i / count;
    for (int64_t k = 0; k < depth; k++, a += s->col, to += WIDTH)
        for (int64_t i = 0; i < count; i++) {
            float *block = to + i * BLOCK;
            if (begin[i] + WIDTH <= rows) *(vec *)block = load(a + begin[i]) * SPLAT(alpha);
            else
                for (int64_t r = begin[i]; r < begin[i + 1]; r++) block[r - begin[i]] = a[r] * alpha;
        }
}

/* ---- the loops --------------------------------------------------------------------------------------------------- */

/* One step in depth: strips of A and B that are `depth` long, packed or to be packed. */
typedef struct strip {
    const gemm_piece *p;
    const float *a, *b;
    const float *row; /* begins the sums, or NULL */
    int64_t depth;
    sums_go go;
    float *packed_a, *packed_b;
} strip;

/* How much of A is packed at once, in blocks: rows and steps of them where A stays, else rows that pass. */
static int64_t blocks_that_stay(int64_t m, int64_t n, int64_t steps) {
    const int64_t blocks = (m + ROWS - 1) / ROWS;
    return MIN(m * n >= LARGE ? blocks * steps : blocks, (int64_t)STAY_BLOCKS);
}

static int64_t blocks_that_pass(int64_t m) { return MIN((m + ROWS - 1) / ROWS, (int64_t)RUN); }

/* Columns of B that stay, all of them if they fit. */
static int64_t columns_that_stay(int64_t n, int64_t depth) {
    return MIN((n + COLS - 1) / COLS, STAY_FLOATS / (depth * COLS)) * COLS;
}

/* Larger sizes need no less. */
size_t KERNEL(gemm_packed_bytes)(int64_t m, int64_t n, int64_t k) {
    if (m < 1 || n < 1 || k < 1) return 0;
    const int64_t steps = (k + DEPTH - 1) / DEPTH, depth = (k + steps - 1) / steps;
    const int64_t a_stays = blocks_that_stay(m, n, steps) * BLOCK + COLS * depth;
    const int64_t b_stays = blocks_that_pass(m) * BLOCK + columns_that_stay(n, depth) * depth;
    return ((size_t)MAX(a_stays, b_stays) * sizeof(float) + 63) & ~(size_t)63;
}

/* `blocks` of A stand before the packed B. */
static strip strip_of(const gemm_piece *p, int64_t step, int64_t steps, int64_t blocks, bool stream) {
    const int64_t k = p->k * step / steps;
    return (strip){.p = p,
                   .a = (const float *)p->a + k * p->as.col,
                   .b = (const float *)p->b + k * p->bs.row,
                   .row = step > 0 ? NULL : p->row,
                   .depth = p->k * (step + 1) / steps - k,
                   .go = step > 0 || p->beta != 0 ? SUMS_ADDED
                         : stream                 ? SUMS_STREAMED
                                                  : SUMS_OVER,
                   .packed_a = p->scratch,
                   .packed_b = (float *)p->scratch + blocks * BLOCK};
}

static inline void tile_at(const strip *s, const float *a, const float *b, int64_t b_row, int64_t i, int64_t rows,
                           int64_t j, ahead *next) {
    static const float zeros[COLS];
    const int64_t cols = s->p->n - j;
    const tile_fn tile = (cols <= WIDTH ? half_tiles : tiles)[s->p->as.col == 1][rows];
    const float *row = s->row ? s->row + j : NULL;
    float *c = (float *)s->p->c + i * s->p->c_row + j;
    if (cols >= COLS) tile(a, b, b_row, s->depth, row ? row : zeros, c, s->p->c_row, s->go, next);
    else narrow_tile(tile, rows, cols, a, b, s->depth, row, c, s->p->c_row, s->go, next);
}

/* A panel of B passes by blocks of A that stay: rows [begin, begin + rows). For few blocks it is read as it lies. */
static void multiply_panel(const strip *s, int64_t begin, int64_t rows, int64_t blocks, int64_t j, ahead next) {
    const gemm_matrix *bs = &s->p->bs;
    const float *from = s->b + j * bs->col;
    const int64_t cols = MIN(s->p->n - j, (int64_t)COLS);
    const bool direct = bs->col == 1 && blocks <= 2 && cols == COLS;
    if (!direct) pack_b(s->packed_b, from, bs, s->depth, cols);
    for (int64_t i = 0; i < blocks; i++) {
        const int64_t first = rows * i / blocks, height = rows * (i + 1) / blocks - first;
        tile_at(s, s->packed_a + i * BLOCK, direct ? from : s->packed_b, direct ? bs->row : COLS, begin + first, height,
                j, &next);
    }
}

/* A stays: as many rows as the scratch holds; and where C does not stay in a cache as many steps, too, so that C is
 * touched less often. */
static void multiply_panels(const gemm_piece *p, int64_t steps, bool stream) {
    const int64_t all = (p->m + ROWS - 1) / ROWS, parts = (all + STAY_BLOCKS - 1) / STAY_BLOCKS;
    const int64_t room = blocks_that_stay(p->m, p->n, steps);
    for (int64_t part = 0; part < parts; part++) {
        const int64_t begin = p->m * part / parts, rows = p->m * (part + 1) / parts - begin;
        const int64_t blocks = (rows + ROWS - 1) / ROWS, together = MAX(1, room / blocks);
        for (int64_t from = 0; from < steps; from += together) {
            strip s[STAY_BLOCKS + 1];
            const int64_t count = MIN(together, steps - from);
            for (int64_t i = 0; i < count; i++) {
                s[i] = strip_of(p, from + i, steps, room, stream);
                s[i].packed_a += i * blocks * BLOCK;
                pack_a(s[i].packed_a, s[i].a + begin * p->as.row, &p->as, rows, blocks, s[i].depth, (float)p->alpha);
            }
            for (int64_t j = 0; j < p->n; j += COLS)
                for (int64_t i = 0; i < count; i++) {
                    const strip *then = &s[i + 1 < count ? i + 1 : 0];
                    const int64_t at = i + 1 < count ? j : j + COLS, cols = MAX(0, MIN(p->n - at, (int64_t)COLS));
                    multiply_panel(&s[i], begin, rows, blocks, j,
                                   ahead_of(then->b + at * p->bs.col, &p->bs, then->depth, cols));
                }
        }
    }
}

/* Columns [begin, end) of B stay, blocks of A pass. */
static void multiply_blocks(const strip *s, int64_t begin, int64_t end) {
    const gemm_piece *p = s->p;
    const int64_t panels = (end - begin + COLS - 1) / COLS, most = p->as.col == 1 ? 1 : RUN;
    const int64_t blocks = (p->m + ROWS - 1) / ROWS, runs = (blocks + most - 1) / most;
    pack_b(s->packed_b, s->b + begin * p->bs.col, &p->bs, s->depth, end - begin);
    for (int64_t run = 0; run < runs; run++) {
        const int64_t top = p->m * run / runs, rows = p->m * (run + 1) / runs - top;
        const int64_t count = (rows + ROWS - 1) / ROWS, after = p->m * MIN(run + 2, runs) / runs - top - rows;
        pack_a(s->packed_a, s->a + top * p->as.row, &p->as, rows, count, s->depth, (float)p->alpha);
        ahead next = ahead_of(s->a + (top + rows) * p->as.row, &p->as, after, s->depth);
        for (int64_t i = 0; i < count; i++)
            for (int64_t j = 0; j < panels; j++) {
                const int64_t first = rows * i / count, height = rows * (i + 1) / count - first;
                tile_at(s, s->packed_a + i * BLOCK, s->packed_b + j * COLS * s->depth, COLS, top + first, height,
                        begin + j * COLS, &next);
            }
    }
}

/* ---- few rows ---------------------------------------------------------------------------------------------------- */

enum { DOTS = 4 };

/* Rows of A times columns of B that lie in order, DOTS of each at once. */
static void dots(const gemm_piece *p, int64_t i, int64_t rows, int64_t j, int64_t cols) {
    const float *a[DOTS], *b[DOTS];
    vec sums[DOTS][DOTS] = {0};
    for (int64_t r = 0; r < DOTS; r++) {
        a[r] = (const float *)p->a + (i + MIN(r, rows - 1)) * p->as.row;
        b[r] = (const float *)p->b + (j + MIN(r, cols - 1)) * p->bs.col;
    }
    int64_t k = 0;
    for (; k + WIDTH <= p->k; k += WIDTH) {
        vec x[DOTS];
        for (int r = 0; r < DOTS; r++) x[r] = load(a[r] + k);
        for (int c = 0; c < DOTS; c++) {
            const vec y = load(b[c] + k);
            for (int r = 0; r < DOTS; r++) sums[r][c] += x[r] * y;
        }
    }
    for (int64_t r = 0; r < rows; r++)
        for (int64_t c = 0; c < cols; c++) {
            float sum = 0, *to = (float *)p->c + (i + r) * p->c_row + j + c;
            for (int l = 0; l < WIDTH; l++) sum += sums[r][c][l];
            for (int64_t l = k; l < p->k; l++) sum += a[r][l] * b[c][l];
            *to = sum * (float)p->alpha + (p->beta != 0 ? *to : 0) + (p->row ? p->row[j + c] : 0);
        }
}

static void multiply_dots(const gemm_piece *p) {
    for (int64_t j = 0; j < p->n; j += DOTS)
        for (int64_t i = 0; i < p->m; i += DOTS)
            dots(p, i, MIN(p->m - i, (int64_t)DOTS), j, MIN(p->n - j, (int64_t)DOTS));
}

void KERNEL(gemm_packed)(const gemm_piece *p) {
    const int64_t steps = (p->k + DEPTH - 1) / DEPTH, panels = (p->n + COLS - 1) / COLS;
    const bool aligned = (uintptr_t)p->c % (4 * WIDTH) == 0 && p->c_row % WIDTH == 0;
    const bool stream = aligned && steps == 1 && p->m * p->n >= LARGE;
    if (p->m <= FEW && p->as.col == 1 && p->bs.row == 1) {
        multiply_dots(p);
    } else if (p->m <= p->n && p->as.col == 1) {
        multiply_panels(p, steps, stream);
    } else {
        const int64_t depth = (p->k + steps - 1) / steps, most = columns_that_stay(p->n, depth) / COLS;
        const int64_t parts = (panels + most - 1) / most;
        for (int64_t part = 0; part < parts; part++)
            for (int64_t step = 0; step < steps; step++) {
                const strip s = strip_of(p, step, steps, blocks_that_pass(p->m), stream);
                multiply_blocks(&s, panels * part / parts * COLS, MIN(panels * (part + 1) / parts * COLS, p->n));
            }
    }
#if defined(__SSE__)
    if (stream) _mm_sfence();
#endif
}
