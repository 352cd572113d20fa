/* SPDX-License-Identifier: MIT
 * signature.c — the words of a program's signature, each once. */
#include "text/signature.h"

#include <string.h>

static const char *const input_words[] = {
    [INPUT_USER] = "USER_INPUT",          [INPUT_PARAMETER] = "PARAMETER", [INPUT_BUFFER] = "BUFFER",
    [INPUT_CONSTANT] = "CONSTANT_TENSOR", [INPUT_TOKEN] = "TOKEN",         [INPUT_CUSTOM_OBJ] = "CUSTOM_OBJ",
};

static const char *const output_words[] = {
    [OUTPUT_USER] = "USER_OUTPUT",
    [OUTPUT_BUFFER_MUTATION] = "BUFFER_MUTATION",
    [OUTPUT_INPUT_MUTATION] = "USER_INPUT_MUTATION",
    [OUTPUT_LOSS] = "LOSS_OUTPUT",
    [OUTPUT_GRADIENT_PARAMETER] = "GRADIENT_TO_PARAMETER",
    [OUTPUT_GRADIENT_INPUT] = "GRADIENT_TO_USER_INPUT",
    [OUTPUT_TOKEN] = "TOKEN",
};

static int find(const char *const *words, uint32_t count, const char *word) {
    for (uint32_t i = 0; i < count; i++)
        if (!strcmp(words[i], word)) return (int)i;
    return -1;
}

int signature_input_kind(const char *word) { return find(input_words, COUNT_OF(input_words), word); }
int signature_output_kind(const char *word) { return find(output_words, COUNT_OF(output_words), word); }
const char *signature_input_word(uint8_t kind) {
    return kind < COUNT_OF(input_words) ? input_words[kind] : "USER_INPUT";
}
const char *signature_output_word(uint8_t kind) {
    return kind < COUNT_OF(output_words) ? output_words[kind] : "USER_OUTPUT";
}
