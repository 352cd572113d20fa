/* SPDX-License-Identifier: MIT
 * error.h — statuses and errors of the library.
 *
 * Every function that can fail returns a cot_status and fills the caller's cot_error, when one is given. An error is
 * a value: the library never exits, aborts, prints, or keeps a "last error" behind the caller's back.
 *
 *     cot_error err;
 *     if (cot_graph_parse(ctx, text, length, "m.fx", &graph, &err)) { fprintf(stderr, "%s\n", err.text); ... }
 */
#ifndef COTANGENT_ERROR_H
#define COTANGENT_ERROR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define COT_API __attribute__((visibility("default")))
#else
#define COT_API
#endif

/* Name, stable code, sentence. Codes never change their meaning; new ones are added at the end. */
#define COT_STATUS_MAP(X)                                                                                              \
    X(OK, 0, "success")                                                                                                \
    X(SYNTAX, 1, "the program text does not parse")                                                                    \
    X(UNKNOWN_OPERATOR, 2, "the program names an operator that does not exist here")                                   \
    X(SCHEMA, 3, "the arguments of a call do not fit the operator's schema")                                           \
    X(SHAPE, 4, "shapes, dtypes or strides do not fit together")                                                       \
    X(ALIAS, 5, "the program aliases or mutates in a way that is refused")                                             \
    X(NO_RULE, 6, "an operator on the path to a gradient has no derivative rule")                                      \
    X(NO_KERNEL, 7, "an operator has no kernel for these dtypes on this device")                                       \
    X(DATA, 8, "a data file is damaged, incomplete or does not fit the program")                                       \
    X(INVALID, 9, "the function was called in a way its manual forbids")                                               \
    X(NO_MEMORY, 10, "out of memory")                                                                                  \
    X(IO, 11, "a file could not be read or written")                                                                   \
    X(CANCELLED, 12, "the run was cancelled by the caller")                                                            \
    X(UNSUPPORTED, 13, "valid, but not implemented")                                                                   \
    X(REFUSED, 14, "PyTorch refuses this program, and so do we")                                                       \
    X(INTERNAL, 15, "a bug in this library")

typedef enum cot_status {
#define X(name, code, sentence) COT_##name = code,
    COT_STATUS_MAP(X)
#undef X
} cot_status;

/* An error with its place. The caller owns the struct; nothing in it points elsewhere. Zero-initialise or leave
 * uninitialised: a function that fails fills all of it, a function that succeeds does not touch it. */
typedef struct cot_error {
    cot_status status;
    uint32_t line, column; /* 1-based place in `file`, 0 when there is none */
    char file[256];        /* program or data file, empty when there is none */
    char node[96];         /* name of the node of the program, empty when there is none */
    char text[768];        /* one line: what was expected, what was found */
    char source[256]; /* the line of text the place lies in, or a window of a long line; empty when there is none */
    uint32_t source_column; /* 1-based: where in `source` the caret goes; 0 without source */
} cot_error;

/* The sentence of a status; never NULL. Thread-safety: safe. */
COT_API const char *cot_status_text(cot_status status);

#ifdef __cplusplus
}
#endif
#endif
