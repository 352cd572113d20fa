/* SPDX-License-Identifier: MIT
 * tile_elements.h — the instructions of one class: a loop over a tile for each element of ops/pointwise.def, and their
 * table. Whoever includes it defines T, FN(name), NUMBER(tile_number) and which of the ELEMENT macros expand to LOOP.
 *
 * The loops may write the tile they read (element k is read before it is written), which `ivdep` says to the compiler
 * and `restrict` would deny. */
#define LOOP(name, value)                                                                                              \
    static void FN(name)(void *y_, const void *const *x_, const tile_number *p_, int64_t n) {                          \
        T *y = y_;                                                                                                     \
        const T *xa = x_[0], *xb = x_[1], *xc = x_[2], *xd = x_[3];                                                    \
        const T p = NUMBER(p_[0]), q = NUMBER(p_[1]), r = NUMBER(p_[2]), s = NUMBER(p_[3]);                            \
        _Pragma("GCC ivdep") for (int64_t i = 0; i < n; i++) {                                                         \
            const T a = xa[i], b = xb[i], c = xc[i], d = xd[i];                                                        \
            UNUSED(b), UNUSED(c), UNUSED(d), UNUSED(p), UNUSED(q), UNUSED(r), UNUSED(s);                               \
            y[i] = (T)(value);                                                                                         \
        }                                                                                                              \
    }
