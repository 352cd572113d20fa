/* SPDX-License-Identifier: MIT
 * tap.h — the least that a test program needs: numbered "ok" lines (Test Anything Protocol), read by meson. */
#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include "base/context.h"
#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tap_count, tap_failed;

static inline void tap_check(int ok, const char *what, const char *file, int line) {
    tap_count++;
    if (!ok) tap_failed++;
    printf("%sok %d - %s\n", ok ? "" : "not ", tap_count, what);
    if (!ok) printf("# %s:%d\n", file, line);
}

static inline void tap_same_text(const char *found, const char *expected, const char *what, const char *file,
                                 int line) {
    int same = found && strcmp(found, expected) == 0;
    tap_check(same, what, file, line);
    if (!same) printf("#   found    %s\n#   expected %s\n", found ? found : "(null)", expected);
}

#define CHECK(condition) tap_check(!!(condition), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(found, expected) tap_same_text((found), (expected), #found, __FILE__, __LINE__)

static inline int tap_done(void) {
    printf("1..%d\n", tap_count);
    return tap_failed != 0;
}

/* An allocator that counts what is held, and says no from the `fail_at`-th request on (0: never). */
typedef struct counting {
    size_t requests, fail_at, held;
} counting;

static inline void *counting_allocate(void *user, size_t bytes) {
    counting *c = user;
    if (++c->requests == c->fail_at) return NULL;
    void *memory = NULL;
    if (posix_memalign(&memory, 64, bytes)) return NULL;
    memset(memory, 0xa5, bytes);
    c->held += bytes;
    return memory;
}

static inline void counting_release(void *user, void *memory, size_t bytes) {
    ((counting *)user)->held -= bytes;
    free(memory);
}

static inline cot_allocator counting_allocator(counting *c) {
    return (cot_allocator){.allocate = counting_allocate, .release = counting_release, .user = c};
}

#endif
