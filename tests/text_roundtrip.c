/* SPDX-License-Identifier: MIT
 * text_roundtrip.c — what is read is what is printed: for each file given, reading and printing gives the file again
 * (comments included, empty lines apart), and reading that once more gives the same text. */
#include "tests/unit/tap.h"

#include <cotangent/graph.h>

static char *read_whole(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    size_t count = 0, room = 1 << 16;
    char *text = malloc(room);
    for (size_t n; (n = fread(text + count, 1, room - count - 1, f)) > 0;) {
        count += n;
        if (room - count == 1) text = realloc(text, room *= 2);
    }
    fclose(f);
    text[count] = '\0';
    return text;
}

/* Takes lines without any text out, in place. */
static void drop_empty_lines(char *text) {
    char *to = text;
    for (char *line = text; *line;) {
        size_t blanks = strspn(line, " "), n = strcspn(line, "\n");
        n += line[n] == '\n';
        if (line[blanks] != '\n' && line[blanks]) {
            memmove(to, line, n);
            to += n;
        }
        line += n;
    }
    *to = '\0';
}

static void check_file(cot_context *ctx, const char *path) {
    cot_graph *g = NULL, *again = NULL;
    char *printed = NULL, *printed_again = NULL, *file = read_whole(path);
    cot_error e = {0};
    tap_check(file && cot_graph_read(ctx, path, &g, &e) == COT_OK, path, __FILE__, __LINE__);
    if (!g) printf("# %s:%u:%u: %s\n", e.file, e.line, e.column, e.text);
    if (g && cot_graph_print(g, &printed, &e) == COT_OK &&
        cot_graph_parse(ctx, printed, strlen(printed), path, &again, &e) == COT_OK)
        CHECK(cot_graph_print(again, &printed_again, &e) == COT_OK);
    CHECK_TEXT(printed_again, printed ? printed : "(nothing)");
    char *shown = strdup(printed ? printed : "");
    if (file) drop_empty_lines(file);
    drop_empty_lines(shown);
    CHECK_TEXT(shown, file ? file : "");
    free(shown);
    free(file);
    cot_text_free(ctx, &printed);
    cot_text_free(ctx, &printed_again);
    cot_graph_destroy(&g);
    cot_graph_destroy(&again);
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
