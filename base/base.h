/* SPDX-License-Identifier: MIT
 * base.h — what every folder uses: integers, TRY, minimum and maximum. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <cotangent/error.h>
#include <cotangent/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        cot_status try_ = (call);                                                                                      \
        if (try_) return try_;                                                                                         \
    } while (0)

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define UNUSED(x) ((void)(x))

#if defined(__GNUC__)
#define PRINTF_LIKE(string, first) __attribute__((format(printf, string, first)))
#else
#define PRINTF_LIKE(string, first)
#endif

#endif
