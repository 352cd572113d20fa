/* SPDX-License-Identifier: MIT
 * golden.c — programs and the stages they must become, in one file:
 *
 *     # What the case is about.
 *     # run: grad=a,b cost=reference          how to compile it (also: infer, keep, partition=default,
 *                                           transform=TEXT without blanks, views=x:pool:0,y:pool:4)
 *     class GraphModule(torch.nn.Module): …   the program
 *     # expect functional:                    a stage; or `error`: the line that the library refuses it with
 *     …
 *
 * Comments and empty lines of stages do not count. `COT_ACCEPT=1 golden FILE…` rewrites what is expected. */
#include "tests/unit/tap.h"

#include <cotangent/compile.h>
#include <cotangent/transform.h>

#define MOST 32

typedef struct section {
    const char *stage; /* behind "# expect ", to the colon */
    size_t stage_length;
    const char *from, *to;
} section;

typedef struct golden {
    const char *path;
    char *text;
    size_t program; /* bytes */
    section sections[MOST];
    uint32_t count;
    char run[512];
    const char *grads[MOST];
    cot_compile_options options;
    const char *transform; /* NULL: none */
    cot_view views[MOST];
} golden;

static char *read_file(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    char *text = calloc((size_t)size + 1, 1);
    if (text && fread(text, 1, (size_t)size, f) != (size_t)size) text[0] = '\0';
    fclose(f);
    return text;
}

static const char *next_line(const char *at) {
    const char *end = strchr(at, '\n');
    return end ? end + 1 : at + strlen(at);
}

/* ---- the file -------------------------------------------------------------------------------------------------- */

static void find_sections(golden *g) {
    static const char mark[] = "# expect ", run[] = "# run:";
    g->program = strlen(g->text);
    for (const char *at = g->text; *at; at = next_line(at)) {
        if (!strncmp(at, run, sizeof run - 1) && !g->count)
            snprintf(g->run, sizeof g->run, "%.*s", (int)strcspn(at + sizeof run - 1, "\n"), at + sizeof run - 1);
        if (strncmp(at, mark, sizeof mark - 1) || g->count == MOST) continue;
        if (g->count) g->sections[g->count - 1].to = at;
        else g->program = (size_t)(at - g->text);
        section *s = &g->sections[g->count++];
        s->stage = at + sizeof mark - 1;
        s->stage_length = strcspn(s->stage, ":\n");
        s->from = next_line(at);
        s->to = g->text + strlen(g->text);
    }
}

static void read_grads(golden *g, char *names) {
    g->options.grad = g->grads;
    for (char *name = strtok(names, ","); name && g->options.num_grad < MOST; name = strtok(NULL, ","))
        g->grads[g->options.num_grad++] = name;
}

static void read_views(golden *g, char *views) {
    g->options.views = g->views;
    for (char *at = views; at && g->options.num_views < MOST;) {
        char *entry = strsep(&at, ",");
        cot_view *v = &g->views[g->options.num_views++];
        v->input = strsep(&entry, ":");
        v->storage = strsep(&entry, ":");
        v->offset = entry ? strtoll(entry, NULL, 10) : 0;
    }
}

static void read_options(golden *g) {
    char *grads = NULL, *views = NULL;
    for (char *word = strtok(g->run, " "); word; word = strtok(NULL, " ")) {
        if (!strncmp(word, "grad=", 5)) grads = word + 5;
        else if (!strncmp(word, "views=", 6)) views = word + 6;
        else if (!strncmp(word, "transform=", 10)) g->transform = word + 10;
        else if (!strcmp(word, "infer")) g->options.mode = COT_MODE_INFERENCE;
        else if (!strcmp(word, "keep")) g->options.keep_input_mutations = 1;
        else if (!strcmp(word, "cost=reference")) g->options.cost = COT_COST_REFERENCE;
        else if (!strcmp(word, "partition=default")) g->options.partition = COT_PARTITION_DEFAULT;
        else printf("# %s: unknown option %s\n", g->path, word);
    }
    if (grads) read_grads(g, grads);
    if (views) read_views(g, views);
}

/* ---- comparing ------------------------------------------------------------------------------------------------- */

/* Without comment lines, empty lines and trailing blanks. */
static char *plain(const char *from, const char *to) {
    char *out = calloc((size_t)(to - from) + 2, 1), *end = out;
    for (const char *line = from; line < to; line = next_line(line)) {
        size_t length = strcspn(line, "\n"), blanks = strspn(line, " ");
        if (length > (size_t)(to - line)) length = (size_t)(to - line);
        while (length && line[length - 1] == ' ') length--;
        if (blanks >= length || line[blanks] == '#') continue;
        memcpy(end, line, length);
        end += length;
        *end++ = '\n';
    }
    return out;
}

static bool stage_of(const section *s, cot_stage *stage) {
    static const char *const names[] = {"input", "functional", "joint", "forward", "backward", "plan", "fusion"};
    for (uint32_t i = 0; i < COUNT_OF(names); i++)
        if (strlen(names[i]) == s->stage_length && !strncmp(names[i], s->stage, s->stage_length)) {
            *stage = (cot_stage)i;
            return true;
        }
    return false;
}

/* What the library gives for a section. */
static char *actual(cot_context *ctx, const golden *g, const section *s) {
    cot_graph *graph = NULL;
    cot_executable *exe = NULL;
    cot_error error = {0};
    char *text = NULL, *out;
    cot_stage stage;
    cot_status status = cot_graph_parse(ctx, g->text, g->program, g->path, &graph, &error);
    if (!status && g->transform) {
        cot_graph *made = NULL;
        status = cot_transform(graph, g->transform, &made, &error);
        cot_graph_destroy(&graph);
        graph = made;
    }
    if (!status) status = cot_compile(graph, &g->options, &exe, &error);
    if (!status && stage_of(s, &stage)) status = cot_executable_print(exe, stage, &text, &error);
    if (status) {
        out = plain(error.text, error.text + strlen(error.text));
    } else {
        out = plain(text ? text : "", text ? text + strlen(text) : "");
    }
    cot_text_free(ctx, &text);
    cot_executable_destroy(&exe);
    cot_graph_destroy(&graph);
    return out;
}

static void accept(const golden *g, char *const *texts) {
    FILE *f = fopen(g->path, "wb");
    if (!f) return;
    fwrite(g->text, 1, g->program, f);
    for (uint32_t i = 0; i < g->count; i++)
        fprintf(f, "# expect %.*s:\n%s", (int)g->sections[i].stage_length, g->sections[i].stage, texts[i]);
    fclose(f);
}

static void print_commented(const char *head, const char *text) {
    printf("# %s\n", head);
    for (const char *line = text; *line; line = next_line(line)) printf("#   %.*s\n", (int)strcspn(line, "\n"), line);
}

static void check(cot_context *ctx, const char *path) {
    golden g = {.path = path, .text = read_file(path)};
    if (!g.text) {
        tap_check(0, path, __FILE__, __LINE__);
        return;
    }
    find_sections(&g);
    read_options(&g);
    char *texts[MOST];
    for (uint32_t i = 0; i < g.count; i++) {
        const section *s = &g.sections[i];
        char *expected = plain(s->from, s->to), what[512];
        texts[i] = actual(ctx, &g, s);
        snprintf(what, sizeof what, "%s: %.*s", path, (int)s->stage_length, s->stage);
        bool same = !strcmp(expected, texts[i]);
        tap_check(same, what, path, 1);
        if (!same) print_commented("found", texts[i]);
        if (!same) print_commented("expected", expected);
        free(expected);
    }
    if (getenv("COT_ACCEPT")) accept(&g, texts);
    for (uint32_t i = 0; i < g.count; i++) free(texts[i]);
    free(g.text);
}

int main(int argc, char **argv) {
    cot_context *ctx;
    cot_error error;
    if (cot_context_create(NULL, &ctx, &error)) return 1;
    for (int i = 1; i < argc; i++) check(ctx, argv[i]);
    cot_context_destroy(&ctx);
    return tap_done();
}
