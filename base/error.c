/* SPDX-License-Identifier: MIT
 * error.c — errors are values. */
#include "base/error.h"
#include <stdio.h>
#include <string.h>

cot_status fail_v(cot_error *error, cot_status status, const char *format, va_list args) {
    if (!error) return status;
    memset(error, 0, sizeof *error);
    error->status = status;
    vsnprintf(error->text, sizeof error->text, format, args);
    return status;
}

cot_status fail(cot_error *error, cot_status status, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_v(error, status, format, args);
    va_end(args);
    return status;
}

const char *cot_status_text(cot_status status) {
    switch (status) {
#define X(name, code, sentence)                                                                                        \
    case COT_##name: return sentence;
        COT_STATUS_MAP(X)
#undef X
    }
    return "unknown status";
}
