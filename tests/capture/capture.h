/* SPDX-License-Identifier: MIT
 * capture.h — what the tests of capture share: a program that is being built, and what it must become. */
#ifndef TESTS_CAPTURE_H
#define TESTS_CAPTURE_H

#include "graph/graph.h"
#include "tests/unit/tap.h"
#include <cotangent/cotangent.h>

typedef struct fixture {
    cot_context *ctx;
    cot_builder *b;
    cot_graph *graph;
    cot_error error;
    cot_value x, y, w, flag; /* f32[3] each, b8[] */
} fixture;

static inline cot_value vector(cot_builder *b, const char *name) {
    return cot_input(b, name, COT_F32, 1, (int64_t[]){3});
}

static inline void begin(fixture *f) {
    memset(f, 0, sizeof *f);
    if (cot_context_create(NULL, &f->ctx, &f->error) || cot_builder_create(f->ctx, NULL, &f->b, &f->error)) abort();
    f->x = vector(f->b, "x");
    f->y = vector(f->b, "y");
    f->w = vector(f->b, "w");
}

static inline cot_status finish(fixture *f) { return cot_builder_finish(&f->b, &f->graph, &f->error); }

static inline void end(fixture *f) {
    cot_builder_finish(&f->b, NULL, NULL);
    cot_graph_destroy(&f->graph);
    cot_context_destroy(&f->ctx);
}

/* The program's print, and whether reading it gives the same graph. */
static inline void check_round_trip(fixture *f, const char *what) {
    char *text = NULL;
    cot_graph *again = NULL;
    cot_error error = {0};
    int same = !cot_graph_print(f->graph, &text, &error) &&
               !cot_graph_parse(f->ctx, text, strlen(text), what, &again, &error) && graph_equal(f->graph, again);
    tap_check(same, what, __FILE__, __LINE__);
    if (!same) printf("# %s\n%s\n", error.text, text ? text : "");
    cot_graph_destroy(&again);
    cot_text_free(f->ctx, &text);
}

/* The program is the same as this text, whatever names values have. */
static inline void check_same(fixture *f, const char *text, const char *what) {
    cot_graph *expected = NULL;
    cot_error error = {0};
    const int same =
        !cot_graph_parse(f->ctx, text, strlen(text), what, &expected, &error) && graph_equal(f->graph, expected);
    tap_check(same, what, __FILE__, __LINE__);
    if (!same) {
        char *found = NULL;
        cot_graph_print(f->graph, &found, NULL);
        printf("# %s (line %u)\n%s\n", error.text, error.line, found ? found : "");
        cot_text_free(f->ctx, &found);
    }
    cot_graph_destroy(&expected);
}

/* Ends the program, which must fail with words that contain `text`. */
static inline void check_refused(fixture *f, cot_status status, const char *text, const char *what) {
    cot_output(f->b, f->x);
    const cot_status found = finish(f);
    const int as_expected = found == status && strstr(f->error.text, text);
    tap_check(as_expected, what, __FILE__, __LINE__);
    if (!as_expected) printf("# %s: %s\n", cot_status_text(found), f->error.text);
}

static inline const node *find_call(const cot_graph *g, const char *packet) {
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (strstr(n->name, packet) == n->name && n->type.kind == TYPE_TUPLE) return n;
    }
    return NULL;
}

#endif
