/* SPDX-License-Identifier: MIT
 * roundtrip.c — any bytes as a program: what can be read prints to something that reads, and prints, the same again.
 * A fuzz target as pipeline.c, but of the text alone; a difference aborts. */
#include <cotangent/graph.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static cot_context *context(void) {
    static cot_context *ctx;
    static int uses;
    if (ctx && ++uses % 512 == 0) cot_context_destroy(&ctx); /* it keeps every symbol it has met */
    if (!ctx) cot_context_create(NULL, &ctx, NULL);
    return ctx;
}

static void differ(const char *printed, const cot_error *e) {
    printf("# printed, and read again: %u:%u: %s\n# %s\n%s\n", e->line, e->column, e->text, e->source, printed);
    fflush(stdout);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    cot_context *ctx = context();
    cot_graph *g = NULL, *again = NULL;
    char *printed = NULL, *printed_again = NULL;
    cot_error e = {0};
    if (ctx && cot_graph_parse(ctx, (const char *)bytes, length, "fuzz.fx", &g, NULL) == COT_OK &&
        cot_graph_print(g, &printed, NULL) == COT_OK) {
        if (cot_graph_parse(ctx, printed, strlen(printed), "again.fx", &again, &e)) differ(printed, &e);
        if (cot_graph_print(again, &printed_again, &e) || strcmp(printed, printed_again)) differ(printed, &e);
    }
    cot_text_free(ctx, &printed);
    cot_text_free(ctx, &printed_again);
    cot_graph_destroy(&g);
    cot_graph_destroy(&again);
    return 0;
}
