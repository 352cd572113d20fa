/* SPDX-License-Identifier: MIT
 * graph.h — programs: reading FX text, printing it, asking what a program takes and returns.
 *
 * A graph belongs to its context (used by one thread at a time) and owns all that is asked of it: strings and infos
 * live until the graph is destroyed. */
#ifndef COTANGENT_GRAPH_H
#define COTANGENT_GRAPH_H

#include <cotangent/context.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cot_graph cot_graph;

/* Reads a program: str(torch.export.export(...)), or the print of a graph module ("class …"). `text` is borrowed until
 * the call returns; `file` is the name used in errors. Gives *out (caller destroys). Errors: SYNTAX, UNKNOWN_OPERATOR,
 * SCHEMA, SHAPE, NO_MEMORY; the error has line, column and the source line. */
COT_API cot_status cot_graph_parse(cot_context *ctx, const char *text, size_t length, const char *file, cot_graph **out,
                                   cot_error *error);
/* As cot_graph_parse, from a file. Errors: also IO. */
COT_API cot_status cot_graph_read(cot_context *ctx, const char *path, cot_graph **out, cot_error *error);
/* Frees *graph and sets it to NULL; accepts NULL inside. */
COT_API void cot_graph_destroy(cot_graph **graph);

/* The program as text. Gives *text, NUL-terminated, freed with cot_text_free. */
COT_API cot_status cot_graph_print(const cot_graph *graph, char **text, cot_error *error);
/* The schema of one call of a higher-order operator, whose node is `name`, as PyTorch generates it: arguments flattened
 * and named, those marked that bodies write. Gives *text (cot_text_free).
 *     cond(Tensor pred, Any true_fn, Any false_fn, Tensor(a3!) operand0) -> ((Tensor))
 * Errors: INVALID (no such node, or one that calls no such operator), UNSUPPORTED (operators without schema). */
COT_API cot_status cot_graph_schema(const cot_graph *graph, const char *name, char **text, cot_error *error);
COT_API void cot_text_free(cot_context *ctx, char **text);

typedef enum cot_input_kind {
    COT_INPUT_USER,
    COT_INPUT_PARAMETER,
    COT_INPUT_BUFFER,
    COT_INPUT_CONSTANT
} cot_input_kind;

/* A size of -1 is symbolic: fixed when the program is compiled for given sizes. */
typedef struct cot_input_info {
    const char *name;      /* of the placeholder: "p_l_weight" */
    const char *parameter; /* in the list of parameters, where the body calls it otherwise: "L_x_"; else NULL */
    const char *target;    /* key in the state dict: "l.weight"; NULL for a user input */
    cot_input_kind kind;
    int is_tensor; /* 0: a number (Sym), or a constant the program does not use */
    cot_dtype dtype;
    uint32_t ndim;
    int64_t sizes[COT_MAX_DIMS];
    int64_t strides[COT_MAX_DIMS]; /* in elements */
} cot_input_info;

COT_API uint32_t cot_graph_num_inputs(const cot_graph *graph);
/* index < cot_graph_num_inputs. Errors: INVALID. */
COT_API cot_status cot_graph_input(const cot_graph *graph, uint32_t index, cot_input_info *info);
/* Leaves of the returned structure, constants and None included. */
COT_API uint32_t cot_graph_num_outputs(const cot_graph *graph);

#ifdef __cplusplus
}
#endif
#endif
