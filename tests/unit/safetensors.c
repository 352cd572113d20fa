/* SPDX-License-Identifier: MIT
 * safetensors.c — a file comes back as it was written, and damaged headers are refused with key and place. */
#include "tests/unit/tap.h"
#include <cotangent/safetensors.h>
#include <unistd.h>

static cot_context *ctx;
static char path[64];

static void put(const char *header, size_t data_bytes) {
    FILE *f = fopen(path, "wb");
    uint64_t length = strlen(header);
    fwrite(&length, 8, 1, f);
    fwrite(header, 1, length, f);
    for (size_t i = 0; i < data_bytes; i++) fputc((int)i, f);
    fclose(f);
}

/* The header is refused, in these words. */
static void refused(const char *header, size_t data_bytes, const char *words) {
    cot_file *f = NULL;
    cot_error e = {0};
    put(header, data_bytes);
    cot_status status = cot_file_open(ctx, path, &f, &e);
    int right = status == COT_DATA && !f && strstr(e.text, words) && !strcmp(e.file, path);
    tap_check(right, words, __FILE__, __LINE__);
    if (!right) printf("#   header %s\n#   said   %s\n", header, e.text);
    cot_file_close(&f);
}

#define ENTRY(dtype, shape, from, to)                                                                                  \
    "{\"dtype\":\"" dtype "\",\"shape\":[" shape "],\"data_offsets\":[" from "," to "]}"

static void test_damaged(void) {
    refused("", 0, "expected '{'");
    refused("[]", 0, "expected '{'");
    refused("{} x", 0, "something follows the end");
    refused("{\"a\":" ENTRY("F32", "2", "0", "8"), 8, "expected ',' or '}'");
    refused("{\"a\":" ENTRY("F32", "2", "0", "8") "}", 7, "a: offsets outside the file");
    refused("{\"a\":" ENTRY("F32", "2", "0", "8") "}", 9, "belongs to no key");
    refused("{\"a\":" ENTRY("F32", "3", "0", "8") "}", 8, "a: offsets do not fit dtype and shape");
    refused("{\"a\":" ENTRY("F33", "2", "0", "8") "}", 8, "a: unknown dtype");
    refused("{\"a\":" ENTRY("F32", "2", "8", "0") "}", 8, "a: offsets outside the file");
    refused("{\"a\":" ENTRY("F32", "-2", "0", "8") "}", 8, "not negative");
    refused("{\"a\":" ENTRY("F32", "2.0", "0", "8") "}", 8, "expected an integer");
    refused("{\"a\":" ENTRY("F32", "02", "0", "8") "}", 8, "leading zero");
    refused("{\"a\":" ENTRY("F32", "99999999999999999999", "0", "8") "}", 8, "too large");
    refused("{\"a\":" ENTRY("F32", "4294967296,4294967296", "0", "8") "}", 8, "overflow");
    refused("{\"a\":" ENTRY("F64", "1,4611686018427387904", "0", "8") "}", 8, "overflow");
    refused("{\"a\":" ENTRY("U8", "4", "0", "4") ",\"b\":" ENTRY("U8", "4", "2", "6") "}", 6, "b: its data overlaps");
    refused("{\"a\":" ENTRY("U8", "2", "0", "2") ",\"b\":" ENTRY("U8", "2", "4", "6") "}", 6, "b: there is a gap");
    refused("{\"a\":" ENTRY("U8", "2", "0", "2") ",\"a\":" ENTRY("U8", "2", "2", "4") "}", 4,
            "a: the key stands twice");
    refused("{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", 1, "a: dtype, shape or data_offsets is missing");
    refused("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}", 1, "repeated field");
    refused("{\"a\":{\"colour\":3}}", 0, "unknown or repeated field");
    refused("{\"a\xff\":" ENTRY("U8", "1", "0", "1") "}", 1, "no valid UTF-8");
    refused("{\"a\\u0000\":" ENTRY("U8", "1", "0", "1") "}", 1, "NUL");
    refused("{\"a\\ud800\":" ENTRY("U8", "1", "0", "1") "}", 1, "surrogate");
    refused("{\"a\\q\":" ENTRY("U8", "1", "0", "1") "}", 1, "unknown escape");
    refused("{\"a", 0, "a string without end");
    refused("{\"__metadata__\":{\"a\":1}}", 0, "expected a string");
}

static void test_short(void) {
    cot_file *f = NULL;
    cot_error e = {0};
    FILE *out = fopen(path, "wb");
    fwrite("\x10\0\0\0\0\0\0", 1, 7, out);
    fclose(out);
    CHECK(cot_file_open(ctx, path, &f, &e) == COT_DATA && !f);
    out = fopen(path, "wb");
    fwrite("\xff\xff\xff\xff\xff\xff\xff\xff{}", 1, 10, out);
    fclose(out);
    CHECK(cot_file_open(ctx, path, &f, &e) == COT_DATA && strstr(e.text, "longer than the file"));
    CHECK(cot_file_open(ctx, "/nowhere/at/all", &f, &e) == COT_IO && !f);
    CHECK(cot_file_open(ctx, "/", &f, &e) != COT_OK && !f);
}

static void test_round_trip(void) {
    float a[6] = {1, 2, 3, 4, 5, 6};
    int64_t n = -7;
    uint8_t flags[3] = {1, 0, 1};
    cot_tensor tensors[] = {
        {.data = flags, .dtype = COT_BOOL, .ndim = 1, .sizes = {3}},
        {.data = a, .dtype = COT_F32, .ndim = 2, .sizes = {3, 2}, .strides = {1, 3}},
        {.data = &n, .dtype = COT_I64},
        {.dtype = COT_F64, .ndim = 2, .sizes = {0, 4}},
    };
    const char *keys[] = {"flags", "turned \"a\"\n", "n", "empty"}, *metadata[] = {"format", "pt", "\xc3\xa9", "\\\t"};
    cot_error e = {0};
    cot_file *f = NULL;
    cot_tensor t;
    CHECK(cot_file_write(ctx, path, keys, tensors, 4, metadata, 4, &e) == COT_OK);
    CHECK(cot_file_open(ctx, path, &f, &e) == COT_OK && cot_file_count(f) == 4);
    CHECK(cot_file_tensor(f, keys[1], &t) && t.sizes[0] == 3 && t.sizes[1] == 2 && (uintptr_t)t.data % 4 == 0);
    float turned[6] = {1, 4, 2, 5, 3, 6};
    CHECK(!memcmp(t.data, turned, sizeof turned));
    CHECK(cot_file_tensor(f, "n", &t) && t.ndim == 0 && *(const int64_t *)t.data == -7);
    CHECK(cot_file_tensor(f, "flags", &t) && !memcmp(t.data, flags, 3));
    CHECK(cot_file_tensor(f, "empty", &t) && t.sizes[0] == 0 && t.sizes[1] == 4);
    CHECK(!cot_file_tensor(f, "none", &t) && !cot_file_metadata(f, "none"));
    CHECK_TEXT(cot_file_metadata(f, "\xc3\xa9"), "\\\t");
    cot_file_close(&f);
    /* What cannot be written leaves the old file. */
    const char *twice[] = {"n", "n"};
    CHECK(cot_file_write(ctx, path, twice, tensors, 2, NULL, 0, &e) == COT_INVALID);
    CHECK(cot_file_write(ctx, "/nowhere/at/all", keys, tensors, 1, NULL, 0, &e) == COT_IO);
    CHECK(cot_file_open(ctx, path, &f, &e) == COT_OK && cot_file_count(f) == 4);
    cot_file_close(&f);
}

int main(void) {
    cot_context_create(NULL, &ctx, NULL);
    snprintf(path, sizeof path, "/tmp/cotangent-test-%ld.safetensors", (long)getpid());
    test_damaged();
    test_short();
    test_round_trip();
    unlink(path);
    cot_context_destroy(&ctx);
    return tap_done();
}
