/* SPDX-License-Identifier: MIT
 * types.h — element types and other small enumerations shared by all headers. */
#ifndef COTANGENT_TYPES_H
#define COTANGENT_TYPES_H

#include <cotangent/error.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* name, code, bytes, name in FX text, name in torch, name in safetensors. Codes are stable. */
#define COT_DTYPE_MAP(X)                                                                                               \
    X(F32, 0, 4, "f32", "float32", "F32")                                                                              \
    X(F64, 1, 8, "f64", "float64", "F64")                                                                              \
    X(F16, 2, 2, "f16", "float16", "F16")                                                                              \
    X(BF16, 3, 2, "bf16", "bfloat16", "BF16")                                                                          \
    X(I64, 4, 8, "i64", "int64", "I64")                                                                                \
    X(I32, 5, 4, "i32", "int32", "I32")                                                                                \
    X(I16, 6, 2, "i16", "int16", "I16")                                                                                \
    X(I8, 7, 1, "i8", "int8", "I8")                                                                                    \
    X(U8, 8, 1, "u8", "uint8", "U8")                                                                                   \
    X(BOOL, 9, 1, "b8", "bool", "BOOL")                                                                                \
    X(C64, 10, 8, "c64", "complex64", "C64")                                                                           \
    X(C128, 11, 16, "c128", "complex128", "C128")

typedef enum cot_dtype {
#define X(name, code, bytes, text, torch, st) COT_##name = code,
    COT_DTYPE_MAP(X)
#undef X
        COT_DTYPE_COUNT
} cot_dtype;

/* Bytes of one element; 0 for a value that is no dtype. Thread-safety: safe. */
COT_API size_t cot_dtype_bytes(cot_dtype dtype);
/* The name FX text uses ("f32"); "?" for a value that is no dtype. Thread-safety: safe. */
COT_API const char *cot_dtype_name(cot_dtype dtype);

/* A value of a graph: the index of the node that computes it. */
typedef uint32_t cot_value;
#define COT_NO_VALUE UINT32_MAX

#define COT_MAX_DIMS 8 /* rank of a tensor is at most this */

#ifdef __cplusplus
}
#endif
#endif
