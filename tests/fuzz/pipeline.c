/* SPDX-License-Identifier: MIT
 * pipeline.c — any bytes as a program: reading must give a status, and what was read must compile or be refused.
 *
 * With clang, a fuzzer:  clang -g -O1 -fsanitize=fuzzer,address,undefined -D_GNU_SOURCE -Iinclude \
 *                            tests/fuzz/pipeline.c build/libcotangent.a … -lopenblas -lm
 * Else mutate.c calls it on mutated copies of real programs. The memory limit turns programs with absurd sizes into
 * COT_NO_MEMORY in place of a swapping machine. */
#include <cotangent/compile.h>
#include <stdlib.h>

#define LIMIT ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void *allocate(void *user, size_t bytes) {
    size_t *held = user;
    void *block = NULL;
    if (bytes > LIMIT - *held || posix_memalign(&block, 64, bytes ? bytes : 64)) return NULL;
    *held += bytes;
    return block;
}

static void release(void *user, void *block, size_t bytes) {
    *(size_t *)user -= bytes;
    free(block);
}

/* One context for many inputs: making one reads all schemas. It is renewed before its interned sizes pile up. */
static cot_context *context(void) {
    static cot_context *ctx;
    static size_t held;
    static unsigned uses;
    static const cot_allocator allocator = {.allocate = allocate, .release = release, .user = &held};
    if (ctx && ++uses % 256 == 0) {
        cot_context_destroy(&ctx);
        if (held) abort(); /* a leak */
    }
    if (!ctx && cot_context_create(&(cot_context_options){.allocator = &allocator, .threads = 1}, &ctx, NULL)) abort();
    return ctx;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static const cot_compile_options inference = {.mode = COT_MODE_INFERENCE};
    cot_context *ctx = context();
    cot_graph *graph = NULL;
    cot_error error;
    char *text = NULL;
    if (cot_graph_parse(ctx, (const char *)bytes, length, "fuzz.fx", &graph, &error)) return 0;
    if (!cot_graph_print(graph, &text, &error)) cot_text_free(ctx, &text);
    for (int i = 0; i < 2; i++) {
        cot_executable *executable = NULL;
        if (!cot_compile(graph, i ? &inference : NULL, &executable, &error)) cot_executable_destroy(&executable);
    }
    cot_graph_destroy(&graph);
    return 0;
}
