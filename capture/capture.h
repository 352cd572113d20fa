/* SPDX-License-Identifier: MIT
 * capture.h — what the files of capture/ share: builders, and what a cot_value of the public interface stands for. */
#ifndef CAPTURE_CAPTURE_H
#define CAPTURE_CAPTURE_H

#include "ops/control.h"
#include "ops/emit.h"
#include <cotangent/build.h>

/* A public value is the index of a handle: a value of one builder's graph, a constant, or a structure of others. */
typedef enum handle_kind {
    HANDLE_VALUE,
    HANDLE_NONE,
    HANDLE_INT,
    HANDLE_REAL,
    HANDLE_BOOL,
    HANDLE_TEXT,
    HANDLE_LIST,
    HANDLE_TUPLE,
    HANDLE_DICT,
    HANDLE_CELL,
} handle_kind;

typedef struct handle {
    uint8_t kind;
    uint32_t scope; /* VALUE, CELL: of which builder */
    uint32_t count; /* of items */
    union {
        value value;
        int64_t integer; /* INT, BOOL */
        double real;
        const char *text;
        cot_value content; /* CELL */
        const cot_value *items;
    };
    const char *const *keys; /* DICT */
} handle;

typedef struct known_body {
    uint64_t hash;
    const cot_graph *parent;
    cot_graph *graph;
    const char *name;
} known_body;

/* What the builders of one program share. */
typedef struct writing {
    VEC(handle) handles;
    VEC(known_body) bodies;
    cot_builder *active; /* the innermost: what runs is its body */
    uint32_t scopes;     /* numbers given to builders so far */
} writing;

typedef struct lifted_value {
    value outside, inside;
} lifted_value;

struct cot_builder {
    builder b;
    cot_error error;
    writing *writing;
    cot_builder *outer;
    uint32_t scope, depth;
    bool may_change_outside; /* the check of side effects is off for this body */
    arg_list outputs;
    VEC(lifted_value) lifted; /* nested: of the graph outside, in order of first use */
    map inside;               /* value outside → value here */
    map symbols;              /* symbol → the number here that is its value */
};

/* The frame of every public function: nothing after a failure; running out of memory is a failure like any other. */
#define GUARDED(b, failed)                                                                                             \
    guard g_;                                                                                                          \
    if ((b)->b.status) return failed;                                                                                  \
    if (GUARD_ENTER(&g_, (b)->b.graph->ctx)) {                                                                         \
        (b)->b.status = guard_failed(&g_, &(b)->error);                                                                \
        return failed;                                                                                                 \
    }
#define UNGUARDED() guard_leave(&g_)

/* Symbolic sizes as the interface shows them: far below any number that a program writes. */
#define SIZE_TAG (INT64_C(1) << 62)
static inline int64_t size_public(dim d) { return dim_is_static(d) ? d : d - SIZE_TAG; }
static inline bool size_is_symbol(int64_t size) { return size < -(SIZE_TAG / 2); }
static inline dim size_dim(int64_t size) { return size_is_symbol(size) ? size + SIZE_TAG : size; }

/* builder.c */
cot_builder *builder_start(cot_graph *g, cot_builder *outer);
/* Whether this builder may be written to now: a body that runs changes nothing outside it (CAP-22). */
bool builder_in_scope(cot_builder *b);

/* value.c */
cot_value value_public(cot_builder *b, value v); /* NO_VALUE: COT_NO_VALUE */
cot_value value_handle(cot_builder *b, handle h);
const handle *value_find(cot_builder *b, cot_value v); /* NULL, and the builder fails, where it is none */
/* As a value of this builder's graph, lifted from outside where needed; NO_VALUE after a failure. */
value value_resolve(cot_builder *b, cot_value v);
/* As an argument: constants are themselves, structures lists of their leaves in the structure's own form (dicts:
 * tuples). COT_NO_VALUE is None. */
arg value_argument(cot_builder *b, cot_value v);
/* What a result of the expression language is: a value, a number. */
cot_value value_of_argument(cot_builder *b, const arg *a);
bool value_is_structure(const handle *h);
typedef VEC(cot_value) public_list;
void value_leaves(cot_builder *b, cot_value v, public_list *out);
/* The same structure with other leaves: each(user, leaf). */
cot_value value_map(cot_builder *b, cot_value v, cot_value (*each)(void *user, cot_value leaf), void *user);

/* lift.c: the input of this body that stands for a value of the graph outside. */
value lift_value(cot_builder *b, value outside);

/* arrange.c: inputs first and in this order, results of calls that nobody takes left out; in place. */
void arrange_graph(cot_graph *g, const value *inputs, uint32_t count);

/* effects.c: a body writes its inputs, or what it returns shares storage: refused where the operator says so. */
cot_status effects_check(builder *b, const captured *body, const cot_graph *outside, uint32_t rules, const char *who);

/* call.c */
arg call_argument(cot_builder *b, const cot_argument *from);

/* control.c */
cot_value control_capture(cot_builder *b, const op *o, const cot_argument *arguments, uint32_t count);

#endif
