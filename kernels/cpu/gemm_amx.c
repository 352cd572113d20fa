/* SPDX-License-Identifier: MIT
 * gemm_amx.c — products of bf16 on the matrix unit of the processor (Intel AMX), f32 inside, rounded once.
 *
 * A tile register holds 16 rows of 64 bytes. `tdpbf16ps` multiplies a tile of A, 16 rows × 32 of depth, by a tile of B,
 * 32 of depth × 16 columns, in which two neighbours in depth stand side by side. Four accumulators, two tiles of A and
 * two of B make a block of 32 × 32 that loads one tile for each product. Around it stand the loops of Goto and van de
 * Geijn ("Anatomy of high-performance matrix multiplication", 2008): A is packed for the second-level cache, a panel of
 * 32 columns of B at a time for the first.
 *
 * Even columns of a panel are in one tile and odd ones in the other: so pairs are made by shifting and masking alone,
 * and two rounded results of neighbours are the halves of one word. */
#include "kernels/cpu/amx.h"
#include "kernels/cpu/gemm_divide.h"

#if COT_HAVE_AMX
#include <cpuid.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    SIDE = AMX_SIDE,
    BLOCK = 2 * SIDE,  /* rows and columns of a block */
    DEPTH = 2 * SIDE,  /* of a tile */
    TILE = SIDE * 32,  /* 16-bit elements of a tile */
    DEPTH_MOST = 1024, /* of a packed panel */
    A_MOST = 1 << 19,  /* elements of packed A */
    C_MOST = 1 << 18,  /* elements of C in f32, where depth goes in several panels */
    TILE_STRIDE = 64,
};
_Static_assert(GEMM_AMX_BYTES >= 2 * (A_MOST + BLOCK * DEPTH_MOST) + 4 * C_MOST, "scratch");

/* ---- permission -------------------------------------------------------------------------------------------------- */

/* The processor has it, the system saves the tiles, and lets us use them: Linux wants to be asked, once per process. */
bool gemm_amx_usable(void) {
    enum { OSXSAVE = 1 << 27, BF16_TILES = 1 << 22 | 1 << 24, BF16_VECTORS = 1 << 5, XCR0_TILES = 3 << 17 };
    enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_TILES = 18 };
    unsigned a, b, c, d, low, high;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & OSXSAVE)) return false;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    if ((low & XCR0_TILES) != XCR0_TILES) return false;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & BF16_TILES) != BF16_TILES) return false;
    if (!__get_cpuid_count(7, 1, &a, &b, &c, &d) || !(a & BF16_VECTORS)) return false;
    return __builtin_cpu_supports("avx512bw") && !syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_TILES);
}

/* ---- packing ----------------------------------------------------------------------------------------------------- */

static __mmask32 first_halves(int64_t n) { return n >= 32 ? ~(__mmask32)0 : n <= 0 ? 0 : ((__mmask32)1 << n) - 1; }

/* 32 elements from `line` on, `step` apart, `n` of them there. */
static inline __m512i load_line(const uint16_t *line, int64_t step, int64_t n) {
    if (step == 1) return _mm512_maskz_loadu_epi16(first_halves(n), line);
    _Alignas(64) uint16_t gathered[32] = {0};
    for (int64_t i = 0; i < MIN(n, 32); i++) gathered[i] = line[i * step];
    return _mm512_load_si512(gathered);
}

/* One tile of A: `rows` rows × `depth`, the rest zero. */
static inline void pack_a_tile(uint16_t *to, const uint16_t *a, const gemm_matrix *s, int64_t rows, int64_t depth) {
    if (s->row != 1 || s->col == 1) {
        for (int64_t i = 0; i < SIDE; i++)
            _mm512_store_si512(to + i * 32,
                               i < rows ? load_line(a + i * s->row, s->col, depth) : _mm512_setzero_si512());
        return;
    }
    __m512i r[SIDE]; /* word i of vector l: depths 2l and 2l + 1 of row i */
    for (int64_t l = 0; l < SIDE; l++) {
        const __mmask16 there = (__mmask16)first_halves(rows);
        const __m256i x = _mm256_maskz_loadu_epi16(2 * l < depth ? there : 0, a + 2 * l * s->col);
        const __m256i y = _mm256_maskz_loadu_epi16(2 * l + 1 < depth ? there : 0, a + (2 * l + 1) * s->col);
        r[l] = _mm512_or_si512(_mm512_cvtepu16_epi32(x), _mm512_slli_epi32(_mm512_cvtepu16_epi32(y), 16));
    }
    amx_transpose(r);
    for (int64_t i = 0; i < SIDE; i++) _mm512_store_si512(to + i * 32, r[i]);
}

/* Rows of A by 16, each as its tiles along the depth; an even number of them. */
static void pack_a(uint16_t *to, const uint16_t *a, const gemm_matrix *s, int64_t m, int64_t depth) {
    for (int64_t i = 0; i < m; i += BLOCK)
        for (int64_t half = i; half < i + BLOCK; half += SIDE)
            for (int64_t l = 0; l < depth; l += DEPTH, to += TILE)
                pack_a_tile(to, a + half * s->row + l * s->col, s, m - half, depth - l);
}

/* Two tiles of B, even and odd columns, from memory in which columns lie side by side. */
static inline void pack_b_rows(uint16_t *to, const uint16_t *b, int64_t row, int64_t col, int64_t depth, int64_t n) {
    const __m512i high = _mm512_set1_epi32((int)0xffff0000);
    for (int64_t l = 0; l < SIDE; l++) {
        const __m512i x = load_line(b + 2 * l * row, col, 2 * l < depth ? n : 0);
        const __m512i y = load_line(b + (2 * l + 1) * row, col, 2 * l + 1 < depth ? n : 0);
        _mm512_store_si512(to + l * 32, _mm512_ternarylogic_epi32(high, _mm512_slli_epi32(y, 16), x, 0xca));
        _mm512_store_si512(to + TILE + l * 32, _mm512_ternarylogic_epi32(high, y, _mm512_srli_epi32(x, 16), 0xca));
    }
}

/* The same from memory in which depth lies side by side: columns become rows. */
static inline void pack_b_columns(uint16_t *to, const uint16_t *b, int64_t col, int64_t depth, int64_t n) {
    for (int64_t odd = 0; odd < 2; odd++, to += TILE) {
        __m512i r[SIDE];
        for (int64_t i = 0; i < SIDE; i++)
            r[i] = 2 * i + odd < n ? load_line(b + (2 * i + odd) * col, 1, depth) : _mm512_setzero_si512();
        amx_transpose(r);
        for (int64_t i = 0; i < SIDE; i++) _mm512_store_si512(to + i * 32, r[i]);
    }
}

static void pack_b(uint16_t *to, const uint16_t *b, const gemm_matrix *s, int64_t depth, int64_t n) {
    for (int64_t l = 0; l < depth; l += DEPTH, to += 2 * TILE) {
        if (s->row == 1 && s->col != 1) pack_b_columns(to, b + l, s->col, depth - l, n);
        else pack_b_rows(to, b + l * s->row, s->row, s->col, depth - l, n);
    }
}

/* ---- one block --------------------------------------------------------------------------------------------------- */

/* c, four tiles, gets or adds the product of two rows of tiles of A and one panel of B. */
static inline void block_product(float *c, const uint16_t *a, const uint16_t *b, int64_t tiles, bool add) {
    if (add) {
        _tile_loadd(0, c, TILE_STRIDE);
        _tile_loadd(1, c + 256, TILE_STRIDE);
        _tile_loadd(2, c + 512, TILE_STRIDE);
        _tile_loadd(3, c + 768, TILE_STRIDE);
    } else {
        _tile_zero(0);
        _tile_zero(1);
        _tile_zero(2);
        _tile_zero(3);
    }
    for (int64_t l = 0; l < tiles; l++) {
        _tile_loadd(4, a + l * TILE, TILE_STRIDE);
        _tile_loadd(6, b + 2 * l * TILE, TILE_STRIDE);
        _tile_loadd(7, b + (2 * l + 1) * TILE, TILE_STRIDE);
        _tile_loadd(5, a + (tiles + l) * TILE, TILE_STRIDE);
        _tile_dpbf16ps(0, 4, 6);
        _tile_dpbf16ps(1, 4, 7);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
    }
    _tile_stored(0, c, TILE_STRIDE);
    _tile_stored(1, c + 256, TILE_STRIDE);
    _tile_stored(2, c + 512, TILE_STRIDE);
    _tile_stored(3, c + 768, TILE_STRIDE);
}

/* Rounds f32 to bf16 in the high half of each word; NaN stays NaN. */
static inline __m512i round_high(__m512 x) {
    const __m512i bits = _mm512_castps_si512(x),
                  odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    const __m512i rounded = _mm512_add_epi32(_mm512_add_epi32(bits, odd), _mm512_set1_epi32(0x7fff));
    const __mmask16 nan = _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q);
    return _mm512_mask_or_epi32(rounded, nan, bits, _mm512_set1_epi32(0x400000));
}

/* Writes rows × cols of a block: alpha · c + beta · d, rounded. */
static void store_block(const gemm_attributes *g, uint16_t *to, const uint16_t *d, const float *c, int64_t rows,
                        int64_t cols) {
    const __mmask32 there = first_halves(cols);
    const __m512i high = _mm512_set1_epi32((int)0xffff0000);
    const __m512 alpha = _mm512_set1_ps((float)g->alpha), beta = _mm512_set1_ps((float)g->beta);
    for (int64_t i = 0; i < rows; i++) {
        const float *row = c + i / SIDE * 512 + i % SIDE * SIDE;
        __m512 even = _mm512_mul_ps(_mm512_load_ps(row), alpha), odd = _mm512_mul_ps(_mm512_load_ps(row + 256), alpha);
        if (d) {
            const __m512i x = load_line(d + i * g->d.row, g->d.col, cols);
            even = _mm512_fmadd_ps(_mm512_castsi512_ps(_mm512_slli_epi32(x, 16)), beta, even);
            odd = _mm512_fmadd_ps(_mm512_castsi512_ps(_mm512_and_si512(x, high)), beta, odd);
        }
        const __m512i low = _mm512_srli_epi32(round_high(even), 16);
        _mm512_mask_storeu_epi16(to + i * g->c.row, there, _mm512_ternarylogic_epi32(high, round_high(odd), low, 0xca));
    }
}

/* ---- one part ---------------------------------------------------------------------------------------------------- */

typedef struct amx_job {
    const gemm_attributes *g;
    const uint16_t *a, *b, *d; /* of the part's first item; d NULL: nothing is added */
    uint16_t *c, *packed_a, *panel;
    float *sums;
    int64_t terms;
} amx_job;

static int64_t round_up(int64_t x, int64_t to) { return (x + to - 1) / to * to; }

/* Rows [i, i + m), columns [j, j + n) at depths [l, l + depth) of one term. sums: blocks of f32 row by row, or one
 * block where the depth goes in one. */
static void depth_product(const amx_job *w, int64_t term, int64_t i, int64_t m, int64_t j, int64_t n, int64_t l,
                          int64_t depth, bool first, bool last) {
    const gemm_attributes *g = w->g;
    const uint16_t *a = w->a + term * g->a.batch + i * g->a.row + l * g->a.col;
    const uint16_t *b = w->b + term * g->b.batch + l * g->b.row;
    const int64_t tiles = round_up(depth, DEPTH) / DEPTH;
    pack_a(w->packed_a, a, &g->a, m, depth);
    float *c = w->sums;
    for (int64_t jj = j; jj < j + n; jj += BLOCK) {
        pack_b(w->panel, b + jj * g->b.col, &g->b, depth, j + n - jj);
        for (int64_t ii = 0; ii < m; ii += BLOCK, c += first && last ? 0 : BLOCK * BLOCK) {
            block_product(c, w->packed_a + ii / SIDE * tiles * TILE, w->panel, tiles, !first);
            if (last)
                store_block(g, w->c + (i + ii) * g->c.row + jj,
                            w->d ? w->d + (i + ii) * g->d.row + jj * g->d.col : NULL, c, MIN(m - ii, BLOCK),
                            MIN(j + n - jj, BLOCK));
        }
    }
}

static void amx_part(const kernel_call *call, const gemm_attributes *g, const gemm_part *p) {
    char *scratch = (char *)call->scratch + p->worker * GEMM_AMX_BYTES;
    amx_job w = {.g = g, .terms = p->terms};
    w.a = (const uint16_t *)call->data[g->a_at] + p->item * g->a.batch + p->i * g->a.row;
    w.b = (const uint16_t *)call->data[g->b_at] + p->item * g->b.batch + p->j * g->b.col;
    w.c = (uint16_t *)call->data[0] + p->item * g->c.batch + p->i * g->c.row + p->j;
    if (g->d_at && g->beta != 0)
        w.d = (const uint16_t *)call->data[g->d_at] + p->item * g->d.batch + p->i * g->d.row + p->j * g->d.col;
    w.sums = (float *)(void *)scratch;
    w.packed_a = (uint16_t *)(void *)(scratch + sizeof(float) * C_MOST);
    w.panel = w.packed_a + A_MOST;
    const int64_t depth_most = MIN(MAX(round_up(g->k, DEPTH), DEPTH), DEPTH_MOST);
    const bool single = g->k <= DEPTH_MOST && p->terms == 1;
    const int64_t m_most = MIN(A_MOST / depth_most / BLOCK * BLOCK, single ? INT64_MAX : 256);
    const int64_t n_most = single ? INT64_MAX : C_MOST / MIN(round_up(p->m, BLOCK), m_most) / BLOCK * BLOCK;
    amx_configure();
    for (int64_t i = 0; i < p->m; i += m_most)
        for (int64_t j = 0; j < p->n; j += n_most)
            for (int64_t term = 0; term < p->terms; term++)
                for (int64_t l = 0; l < MAX(g->k, 1); l += DEPTH_MOST)
                    depth_product(&w, term, i, MIN(p->m - i, m_most), j, MIN(p->n - j, n_most), l,
                                  MIN(g->k - l, DEPTH_MOST), term == 0 && l == 0,
                                  term == p->terms - 1 && l + DEPTH_MOST >= g->k);
    _tile_release();
}

void gemm_amx(const kernel_call *call) { gemm_divide(call, BLOCK, amx_part); }

#else
bool gemm_amx_usable(void) { return false; }
void gemm_amx(const kernel_call *call) { UNUSED(call); }
#endif
