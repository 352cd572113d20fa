/* SPDX-License-Identifier: MIT
 * amx.h — the processor's matrix unit: eight tile registers of 16 rows of 64 bytes. `tdpbf16ps` multiplies a tile of A,
 * 16 rows × 32 of depth, by a tile of B, 32 of depth × 16 columns, in which two neighbours in depth stand side by side,
 * and adds to a tile of 16 × 16 in f32. */
#ifndef KERNELS_CPU_AMX_H
#define KERNELS_CPU_AMX_H

#include <stdint.h>

#if COT_HAVE_AMX
#include <immintrin.h>

enum { AMX_SIDE = 16 }; /* rows of a tile, and 32-bit words in a row */

/* All eight registers whole. Each thread does it before its first tile, and _tile_release after its last. */
static inline void amx_configure(void) {
    struct {
        uint8_t palette, start_row, reserved[14];
        uint16_t row_bytes[16];
        uint8_t rows[16];
    } c = {.palette = 1};
    for (int i = 0; i < 8; i++) c.row_bytes[i] = 64, c.rows[i] = AMX_SIDE;
    _tile_loadconfig(&c);
}

/* 16 rows of 16 words become columns. */
static inline void amx_transpose(__m512i r[AMX_SIDE]) {
    __m512i t[AMX_SIDE];
    for (int i = 0; i < AMX_SIDE; i += 2) {
        t[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
        t[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
    }
    for (int i = 0; i < AMX_SIDE; i += 4)
        for (int k = 0; k < 2; k++) {
            r[i + 2 * k] = _mm512_unpacklo_epi64(t[i + k], t[i + k + 2]);
            r[i + 2 * k + 1] = _mm512_unpackhi_epi64(t[i + k], t[i + k + 2]);
        }
    for (int i = 0; i < AMX_SIDE; i += 8)
        for (int k = 0; k < 4; k++) {
            t[i + k] = _mm512_shuffle_i32x4(r[i + k], r[i + k + 4], 0x88);
            t[i + k + 4] = _mm512_shuffle_i32x4(r[i + k], r[i + k + 4], 0xdd);
        }
    for (int k = 0; k < 8; k++) {
        r[k] = _mm512_shuffle_i32x4(t[k], t[k + 8], 0x88);
        r[k + 8] = _mm512_shuffle_i32x4(t[k], t[k + 8], 0xdd);
    }
}
#endif
#endif
