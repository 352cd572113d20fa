/* SPDX-License-Identifier: MIT
 * options.c — command line options, error lines, JSON values, time. */
#include "tools/cli.h"
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int usage(const char *format, const char *what) {
    fprintf(stderr, "cotangent: ");
    fprintf(stderr, format, what);
    fprintf(stderr, " (see cotangent --help)\n");
    return EXIT_USAGE;
}

static int set_option(const option *o, const char *text) {
    char *end = NULL;
    errno = 0;
    switch (o->kind) {
    case OPTION_FLAG: *(bool *)o->target = true; break;
    case OPTION_TEXT: *(const char **)o->target = text; break;
    case OPTION_FILES: {
        file_names *list = o->target;
        if (list->count == MAX_FILES) return usage("%s is given too often", o->name);
        list->items[list->count++] = text;
        break;
    }
    case OPTION_UNSIGNED:
        *(uint64_t *)o->target = strtoull(text, &end, 10);
        if (errno || end == text || *end || *text == '-') return usage("'%s' is no count", text);
        break;
    case OPTION_REAL:
        *(double *)o->target = strtod(text, &end);
        if (errno || end == text || *end || !isfinite(*(double *)o->target)) return usage("'%s' is no number", text);
        break;
    }
    if (o->given) *o->given = true;
    return EXIT_DONE;
}

int parse_options(int argc, char **argv, const option *options, uint32_t count, const char **words, uint32_t max_words,
                  uint32_t *num_words, const char *help) {
    *num_words = 0;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
            fputs(help, stdout);
            return -1;
        }
        if (argv[i][0] != '-' || !argv[i][1]) {
            if (*num_words == max_words) return usage("one word too many: '%s'", argv[i]);
            words[(*num_words)++] = argv[i];
            continue;
        }
        uint32_t k = 0;
        while (k < count && strcmp(options[k].name, argv[i])) k++;
        if (k == count) return usage("there is no option '%s'", argv[i]);
        const char *text = NULL;
        if (options[k].kind != OPTION_FLAG && !(text = argv[++i])) return usage("%s needs a value", options[k].name);
        const int status = set_option(&options[k], text);
        if (status) return status;
    }
    return EXIT_DONE;
}

string_list split_names(const char *text, const char *separators) {
    string_list list = {.text = strdup(text)};
    uint32_t room = 1;
    for (const char *c = text; *c; c++) room += strchr(separators, *c) != NULL;
    list.items = calloc(room, sizeof(*list.items));
    char *rest = list.items ? list.text : NULL;
    for (char *item; rest && (item = strsep(&rest, separators));) {
        while (*item == ' ') item++;
        if (*item) list.items[list.count++] = item;
    }
    return list;
}

void list_free(string_list *list) {
    free(list->items);
    free(list->text);
    *list = (string_list){0};
}

int report(const cot_error *e) {
    /* The place first, as Python does it: the line that scripts look for is the last. */
    if (*e->source && e->column && e->column <= strlen(e->source) + 1)
        fprintf(stderr, "    %s\n    %*s^\n", e->source, (int)e->column - 1, "");
    if (e->line && e->column) fprintf(stderr, "%s:%u:%u: error: %s\n", e->file, e->line, e->column, e->text);
    else if (*e->file) fprintf(stderr, "%s: error: %s\n", e->file, e->text);
    else fprintf(stderr, "cotangent: error: %s\n", e->text);
    return EXIT_REFUSED;
}

int refuse(const char *place, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s: error: ", place);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return EXIT_REFUSED;
}

double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

void print_json_string(FILE *out, const char *text) {
    fputc('"', out);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\') fprintf(out, "\\%c", *c);
        else if (*c < 0x20) fprintf(out, "\\u%04x", *c);
        else fputc(*c, out);
    }
    fputc('"', out);
}

void print_json_number(FILE *out, double number) {
    if (isfinite(number)) fprintf(out, "%.17g", number);
    else fputs("null", out);
}
