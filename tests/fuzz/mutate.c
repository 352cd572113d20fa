/* SPDX-License-Identifier: MIT
 * mutate.c — feeds a fuzz target mutated copies of real files; the same ones in every run.
 *
 *     mutate [-v] COUNT FILE…
 *
 * Mutations: bytes changed, removed, doubled; words of the file put elsewhere; numbers replaced by awkward ones; the
 * file cut short. A crash ends the program; with -v the last line says at which copy. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define ROOM ((size_t)1 << 20)

typedef struct buffer {
    char *data;
    size_t length;
} buffer;

static uint64_t next_random(uint64_t *state) { /* xorshift64* (Vigna) */
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static size_t below(uint64_t *state, size_t n) { return n ? next_random(state) % n : 0; }

/* Replaces [at, at + old) by the bytes. */
static void splice(buffer *b, size_t at, size_t old, const char *bytes, size_t count) {
    if (b->length - old + count > ROOM) return;
    memmove(b->data + at + count, b->data + at + old, b->length - at - old);
    memcpy(b->data + at, bytes, count);
    b->length += count - old;
}

/* The word (letters, digits, '_', '.') around a place. */
static void word_at(const buffer *b, size_t at, size_t *from, size_t *to) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    for (*from = at; *from && b->data[*from - 1] && strchr(letters, b->data[*from - 1]);) --*from;
    for (*to = at; *to < b->length && b->data[*to] && strchr(letters, b->data[*to]);) ++*to;
}

static void mutate(buffer *b, uint64_t *state) {
    static const char *const awkward[] = {
        "0",
        "-1",
        "1",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999",
        "1e999",
        "nan",
        "None",
        "True",
        "[]",
        "()",
        "(",
        "]",
        "\"",
        "'",
        "s0",
        "u0 + 1",
        "f32[0]",
        "f32[1, 1, 1, 1, 1, 1, 1, 1, 1]",
        "f32[4611686018427387904, 4]",
        "self",
        "torch.ops.aten.view.default",
        ", ",
        " = ",
        "\n",
        "\t",
        "\r\n",
        "#",
        "{",
        "slice(None, None, None)",
        "\xff",
        ";",
    };
    char copy[256];
    size_t at = below(state, b->length), from, to, other_from, other_to;
    word_at(b, at, &from, &to);
    switch (below(state, 7)) {
    case 0:
        if (b->length) b->data[at] = (char)next_random(state);
        break;
    case 1: splice(b, at, below(state, b->length - at < 40 ? b->length - at : 40), "", 0); break;
    case 2: { /* a piece again */
        size_t count = below(state, b->length - at < sizeof copy ? b->length - at : sizeof copy);
        memcpy(copy, b->data + at, count);
        splice(b, at, 0, copy, count);
        break;
    }
    case 3: { /* a word in place of another */
        word_at(b, below(state, b->length), &other_from, &other_to);
        size_t count = other_to - other_from < sizeof copy ? other_to - other_from : sizeof copy;
        memcpy(copy, b->data + other_from, count);
        splice(b, from, to - from, copy, count);
        break;
    }
    case 4:
    case 5: {
        const char *word = awkward[below(state, sizeof awkward / sizeof *awkward)];
        splice(b, from, to - from, word, strlen(word));
        break;
    }
    default:
        if (below(state, 8) == 0) b->length = at;
        break;
    }
}

int main(int argc, char **argv) {
    int verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    argc -= verbose;
    argv += verbose;
    size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    buffer original = {.data = malloc(ROOM)}, b = {.data = malloc(ROOM)};
    if (!original.data || !b.data) return 1;
    for (int i = 2; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f) return 1;
        original.length = fread(original.data, 1, ROOM / 2, f);
        fclose(f);
        for (size_t n = 0; n < count; n++) {
            uint64_t state = UINT64_C(0x9e3779b97f4a7c15) * (n + 1);
            memcpy(b.data, original.data, original.length);
            b.length = original.length;
            for (size_t k = 1 + below(&state, 4); k; k--) mutate(&b, &state);
            if (verbose) fprintf(stderr, "# %s %zu\n", argv[i], n);
            uint8_t *exact = malloc(b.length + !b.length); /* its own block: the address sanitizer sees overreading */
            if (!exact) return 1;
            memcpy(exact, b.data, b.length);
            LLVMFuzzerTestOneInput(exact, b.length);
            free(exact);
        }
        const char *name = strrchr(argv[i], '/');
        printf("ok %d - %zu mutations of %s\n", i - 1, count, name ? name + 1 : argv[i]);
    }
    free(original.data);
    free(b.data);
    printf("1..%d\n", argc - 2);
    return 0;
}
