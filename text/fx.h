/* SPDX-License-Identifier: MIT
 * fx.h — FX text for the rest of the library: reading a program, printing a graph.
 *
 * The grammar is in docs/text.md. Torch-level calls (`x.relu()`, `torch.sin(x)`, `x @ w`) are read as the ATen
 * operators they stand for and printed as those: reading what was printed gives the same graph, and the same text. */
#ifndef TEXT_FX_H
#define TEXT_FX_H

#include "graph/graph.h"

/* Zero means default in every field. */
typedef struct fx_options {
    bool strict; /* an annotation that contradicts the computed type is an error; default: a warning in the log */
} fx_options;

/* Reads a program. Gives *out (caller destroys with graph_destroy). options may be NULL. */
cot_status fx_read(cot_context *ctx, const char *source, size_t length, const char *file, const fx_options *options,
                   cot_graph **out, cot_error *error);
/* Appends the text of a graph: a program file when it has a signature, else its class. */
void fx_print(const cot_graph *g, text *out);
/* Appends one argument as it stands in a call. */
void fx_print_arg(const cot_graph *g, const arg *a, text *out);
/* A text as the public functions give it: freed with cot_text_free. */
cot_status fx_give_text(cot_context *ctx, const text *t, char **out, cot_error *error);

#endif
