/* SPDX-License-Identifier: MIT
 * text_errors.c — the words of errors. Each file given starts with the comments
 *
 *     # LINE:COLUMN: STATUS: TEXT
 *     # the source line with
 *     #     ^ its caret
 *
 * and reading it must fail with exactly that. With COT_ACCEPT=1 the comments are written anew. */
#include "tests/unit/tap.h"

#include <cotangent/graph.h>

static const char *status_name(cot_status status) {
    switch (status) {
#define X(name, code, sentence)                                                                                        \
    case COT_##name: return #name;
        COT_STATUS_MAP(X)
#undef X
    }
    return "?";
}

enum { HEAD_LINES = 3 };

static char *read_whole(const char *path, size_t *count) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    char *text = calloc(1, 1 << 20);
    *count = fread(text, 1, (1 << 20) - 1, f);
    fclose(f);
    return text;
}

/* Behind the comments that hold what is expected. */
static size_t skip_head(const char *text) {
    size_t at = 0;
    for (int i = 0; i < HEAD_LINES && text[at] == '#'; i++) at += strcspn(text + at, "\n") + 1;
    return at;
}

static void accept(const char *path, const char *head, const char *body, size_t count) {
    FILE *f = fopen(path, "wb");
    if (!f) return;
    fputs(head, f);
    fwrite(body, 1, count, f);
    fclose(f);
}

static void check_file(cot_context *ctx, const char *path) {
    size_t count = 0;
    char *text = read_whole(path, &count), head[2048] = "", expected[2048] = "";
    cot_graph *g = NULL;
    cot_error e = {0};
    if (!text) {
        tap_check(0, path, __FILE__, __LINE__);
        return;
    }
    size_t body = skip_head(text);
    snprintf(expected, sizeof expected, "%.*s", (int)body, text);
    cot_status status = cot_graph_parse(ctx, text + body, count - body, "program.fx", &g, &e);
    snprintf(head, sizeof head, "# %u:%u: %s: %s\n#%s%s\n# %*s^\n", e.line, e.column, status_name(status), e.text,
             *e.source ? " " : "", e.source, e.source_column ? (int)e.source_column - 1 : 0, "");
    if (getenv("COT_ACCEPT")) accept(path, head, text + body, count - body);
    else tap_same_text(head, expected, path, __FILE__, __LINE__);
    cot_graph_destroy(&g);
    free(text);
}

int main(int argc, char **argv) {
    cot_context *ctx;
    cot_error e;
    if (cot_context_create(NULL, &ctx, &e)) {
        printf("Bail out! %s\n", e.text);
        return 1;
    }
    for (int i = 1; i < argc; i++) check_file(ctx, argv[i]);
    cot_context_destroy(&ctx);
    return tap_done();
}
