/* SPDX-License-Identifier: MIT
 * types.c — facts about element types. */
#include "base/base.h"

size_t cot_dtype_bytes(cot_dtype dtype) {
    switch (dtype) {
#define X(name, code, bytes, text, torch, st)                                                                          \
    case COT_##name: return bytes;
        COT_DTYPE_MAP(X)
#undef X
    case COT_DTYPE_COUNT: break;
    }
    return 0;
}

const char *cot_dtype_name(cot_dtype dtype) {
    switch (dtype) {
#define X(name, code, bytes, text, torch, st)                                                                          \
    case COT_##name: return text;
        COT_DTYPE_MAP(X)
#undef X
    case COT_DTYPE_COUNT: break;
    }
    return "?";
}
