/* SPDX-License-Identifier: MIT
 * text.c — numbers and strings as Python writes them, in any locale; edit distances. */
#include "tests/unit/tap.h"
#include <float.h>
#include <locale.h>
#include <math.h>

static cot_context *ctx;

static const char *shown(double value) {
    text t = {.arena = ctx->arena};
    text_add_float(&t, value);
    return t.data;
}

static const char *quoted(const char *string) {
    text t = {.arena = ctx->arena};
    text_add_quoted(&t, string);
    return t.data;
}

static void test_floats(void) {
    CHECK_TEXT(shown(0.1), "0.1");
    CHECK_TEXT(shown(1), "1.0");
    CHECK_TEXT(shown(-0.0), "-0.0");
    CHECK_TEXT(shown(100), "100.0");
    CHECK_TEXT(shown(123.456), "123.456");
    CHECK_TEXT(shown(1e15), "1000000000000000.0");
    CHECK_TEXT(shown(1e16), "1e+16");
    CHECK_TEXT(shown(1e22), "1e+22");
    CHECK_TEXT(shown(0.0001), "0.0001");
    CHECK_TEXT(shown(1e-05), "1e-05");
    CHECK_TEXT(shown(1.5e-10), "1.5e-10");
    CHECK_TEXT(shown(5e-324), "5e-324");
    CHECK_TEXT(shown(DBL_MAX), "1.7976931348623157e+308");
    CHECK_TEXT(shown(0.30000000000000004), "0.30000000000000004");
    CHECK_TEXT(shown(0x1p-44), "5.684341886080802e-14"); /* the nearest 16 digits do not read back, the next do */
    CHECK_TEXT(shown(INFINITY), "inf");
    CHECK_TEXT(shown(-INFINITY), "-inf");
    CHECK_TEXT(shown(NAN), "nan");
    uint64_t state = 1, wrong = 0;
    for (int i = 0; i < 20000; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double value, back;
        memcpy(&value, &state, sizeof value);
        const char *s = shown(value);
        wrong += value == value && (!text_read_float(s, strlen(s), &back) || back != value);
    }
    CHECK(wrong == 0);
    double out;
    CHECK(!text_read_float("1.5x", 4, &out) && !text_read_float("", 0, &out));
}

int main(void) {
    if (context_create(NULL, &ctx, NULL)) return 1;
    test_floats();
    /* A host program may have set a locale with a decimal comma. */
    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") || setlocale(LC_NUMERIC, "fr_FR.UTF-8")) test_floats();
    setlocale(LC_NUMERIC, "C");
    CHECK_TEXT(quoted("cpu"), "'cpu'");
    CHECK_TEXT(quoted("it's"), "\"it's\"");
    CHECK_TEXT(quoted("'\""), "'\\'\"'");
    CHECK_TEXT(quoted("a\n\t\\\x01"), "'a\\n\\t\\\\\\x01'");
    CHECK(text_distance("", "", 5) == 0);
    CHECK(text_distance("kitten", "sitting", 5) == 3);
    CHECK(text_distance("relu", "rel", 5) == 1);
    CHECK(text_distance("kitten", "sitting", 2) == 2);
    CHECK(text_distance("a", "abcdefgh", 4) == 4);
    context_destroy(ctx);
    return tap_done();
}
