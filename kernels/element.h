/* SPDX-License-Identifier: MIT
 * element.h — reading and writing one element of any dtype, and the two 16-bit floats.
 *
 * bf16 is the upper half of an f32; f16 is IEEE binary16. Both are widened to f32 to compute and rounded to nearest
 * even when stored. The conversions are plain integer arithmetic, so compilers vectorise them. */
#ifndef KERNELS_ELEMENT_H
#define KERNELS_ELEMENT_H

#include "kernels/kernel.h"
#include <math.h>
#include <string.h>

typedef struct bf16 {
    uint16_t bits;
} bf16;
typedef struct f16 {
    uint16_t bits;
} f16;

static inline uint32_t float_bits(float x) {
    uint32_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

static inline float float_of_bits(uint32_t u) {
    float x;
    memcpy(&x, &u, sizeof x);
    return x;
}

static inline float bf16_load(bf16 x) { return float_of_bits((uint32_t)x.bits << 16); }

static inline bf16 bf16_store(float x) {
    uint32_t u = float_bits(x);
    uint32_t rounded = (u + 0x7fff + ((u >> 16) & 1)) >> 16;
    uint32_t nan = 0x7fc0;
    return (bf16){(uint16_t)((u & 0x7fffffff) > 0x7f800000 ? nan : rounded)};
}

static inline float f16_load(f16 x) {
    uint32_t sign = (uint32_t)(x.bits & 0x8000) << 16, rest = x.bits & 0x7fff;
    /* Normal numbers, infinities and NaN by moving the exponent; subnormals exactly, as integer × 2^-24. */
    uint32_t wide = (rest << 13) + (rest >= 0x7c00 ? (uint32_t)(255 - 31) << 23 : (uint32_t)(127 - 15) << 23);
    float small = (float)(int32_t)rest * 0x1p-24f;
    return float_of_bits(sign | (rest < 0x400 ? float_bits(small) : wide));
}

static inline f16 f16_store(float x) {
    uint32_t u = float_bits(x), sign = (u >> 16) & 0x8000, rest = u & 0x7fffffff;
    /* Below 2^-14 the spacing is fixed at 2^-24: adding 0.5 leaves the rounded result in the low bits. */
    uint32_t small = float_bits(float_of_bits(rest) + 0.5f) - float_bits(0.5f);
    uint32_t normal = (rest - ((uint32_t)(127 - 15) << 23) + 0xfff + ((rest >> 13) & 1)) >> 13;
    uint32_t big = rest > 0x7f800000 ? 0x7e00 : 0x7c00;
    return (f16){(uint16_t)(sign | (rest < 0x38800000 ? small : rest >= 0x477ff000 ? big : normal))};
}

/* Element `index` of p as a double (the real part of a complex one). */
static inline double element_load(uint8_t dtype, const void *p, int64_t index) {
    switch ((cot_dtype)dtype) {
    case COT_F32: return ((const float *)p)[index];
    case COT_F64: return ((const double *)p)[index];
    case COT_F16: return f16_load(((const f16 *)p)[index]);
    case COT_BF16: return bf16_load(((const bf16 *)p)[index]);
    case COT_I64: return (double)((const int64_t *)p)[index];
    case COT_I32: return ((const int32_t *)p)[index];
    case COT_I16: return ((const int16_t *)p)[index];
    case COT_I8: return ((const int8_t *)p)[index];
    case COT_U8: return ((const uint8_t *)p)[index];
    case COT_BOOL: return ((const uint8_t *)p)[index] != 0;
    case COT_C64: return ((const float *)p)[2 * index];
    case COT_C128: return ((const double *)p)[2 * index];
    case COT_DTYPE_COUNT: break;
    }
    return 0;
}

static inline int64_t element_load_int(uint8_t dtype, const void *p, int64_t index) {
    return dtype == COT_I64 ? ((const int64_t *)p)[index] : (int64_t)element_load(dtype, p, index);
}

static inline void element_store(uint8_t dtype, void *p, int64_t index, double x) {
    switch ((cot_dtype)dtype) {
    case COT_F32: ((float *)p)[index] = (float)x; break;
    case COT_F64: ((double *)p)[index] = x; break;
    case COT_F16: ((f16 *)p)[index] = f16_store((float)x); break;
    case COT_BF16: ((bf16 *)p)[index] = bf16_store((float)x); break;
    case COT_I64: ((int64_t *)p)[index] = (int64_t)x; break;
    case COT_I32: ((int32_t *)p)[index] = (int32_t)x; break;
    case COT_I16: ((int16_t *)p)[index] = (int16_t)x; break;
    case COT_I8: ((int8_t *)p)[index] = (int8_t)x; break;
    case COT_U8: ((uint8_t *)p)[index] = (uint8_t)x; break;
    case COT_BOOL: ((uint8_t *)p)[index] = x != 0; break;
    case COT_C64: ((float *)p)[2 * index] = (float)x, ((float *)p)[2 * index + 1] = 0; break;
    case COT_C128: ((double *)p)[2 * index] = x, ((double *)p)[2 * index + 1] = 0; break;
    case COT_DTYPE_COUNT: break;
    }
}

/* Offset, in elements, of logical element `linear` (row-major count) of t. */
static inline int64_t element_offset(const tensor_desc *t, int64_t linear) {
    int64_t offset = 0;
    for (int d = t->ndim - 1; d >= 0; d--) {
        offset += linear % t->sizes[d] * t->strides[d];
        linear /= t->sizes[d];
    }
    return offset;
}

/* A tensor (N, C, spatial…) seen as planes: element (n, c, s) lies at n*sn + c*sc + s*ss. Right for contiguous and for
 * channels-last tensors, and for (N, C); other layouts do not collapse. */
typedef struct planes {
    int64_t n, c, s, sn, sc, ss;
} planes;

static inline bool planes_collapse(const tensor_desc *t) {
    int64_t expected = -1;
    for (int d = t->ndim - 1; d >= 2; d--) {
        if (t->sizes[d] == 1) continue;
        if (expected >= 0 && t->strides[d] != expected) return false;
        expected = t->strides[d] * t->sizes[d];
    }
    return true;
}

static inline planes planes_of(const tensor_desc *t) {
    planes p = {t->ndim > 0 ? t->sizes[0] : 1,   t->ndim > 1 ? t->sizes[1] : 1,   1,
                t->ndim > 0 ? t->strides[0] : 0, t->ndim > 1 ? t->strides[1] : 0, 1};
    bool found = false;
    for (int d = t->ndim - 1; d >= 2; d--) {
        p.s *= t->sizes[d];
        if (t->sizes[d] != 1 && !found) p.ss = t->strides[d], found = true;
    }
    return p;
}

#endif
