/* SPDX-License-Identifier: MIT
 * error.h — filling a cot_error. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/base.h"
#include <stdarg.h>

/* Fills *error (which may be NULL) with the status and the text, no place, and gives the status back. */
cot_status fail(cot_error *error, cot_status status, const char *format, ...) PRINTF_LIKE(3, 4);
cot_status fail_v(cot_error *error, cot_status status, const char *format, va_list args);

#endif
