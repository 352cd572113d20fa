/* SPDX-License-Identifier: MIT
 * read.h — the inside of the reader: what its files share.
 *
 *     program.c     the wrapper: signature, range constraints        → module.c
 *     module.c      classes, parameters, the order of reading        → statement.c
 *     statement.c   assignments, in-place statements, returns        → expression.c
 *     expression.c  values and constants, precedence                 → function.c, method.c, infix.c, index.c
 *     function.c    calls by name                                    → alias.c, call.c
 *     alias.c       torch-level functions
 *     method.c      methods and attributes of tensors
 *     infix.c       Python's operators
 *     index.c       x[…] of tensors and tuples
 *     call.c        one call: schema, type, annotation, node
 *     annotation.c  "f32[4, 8][8, 1]cpu"
 *
 * A body is read in one pass: every expression appends its nodes at once. What a name stands for lies in `scope`, apart
 * from the names of nodes: a name may be bound to a constant, and nodes of nested expressions have names of our making.
 */
#ifndef TEXT_READ_H
#define TEXT_READ_H

#include "ops/control.h"
#include "text/fx.h"
#include "text/lex.h"

enum {
    READ_MAX_CLASSES_DEEP = 64, /* nested classes */
    READ_MAX_DEPTH = 96,        /* nested expressions: the reader recurses on them */
};

/* An annotation as read: a type, or text that we keep without understanding it. */
typedef struct annotation {
    bool given;
    bool is_type;
    bool has_strides, has_device;
    type type;
    const char *text; /* when !is_type */
} annotation;

typedef struct binding_of {
    arg value;
    uint32_t line; /* where the name was bound */
} binding_of;

/* A region that a mark has begun, and no mark ended yet. */
typedef struct open_region {
    value mark;
    token at;
} open_region;

typedef struct reader {
    cot_context *ctx;
    arena *arena;   /* of the graph */
    arena *scratch; /* dropped when the text is read */
    cot_graph *root, *graph;
    const fx_options *options;
    cot_error *error;
    const char *text, *text_end;
    const char *file;
    bool has_strides, has_device; /* some annotation has */
    bool autocast;                /* the text has a region of autocast */
    lexer lex;
    map scope; /* name → index in bindings, of the class being read */
    VEC(binding_of) bindings;
    map children;                       /* names of the classes in the class being read */
    const char *comment, *comment_seen; /* the stack trace over the statement; where the lexer last saw one */
    uint32_t policy, checkpoint;        /* what the comment says of checkpoints: node_flags, the region's number */
    VEC(open_region) open;              /* of the class being read */
    bool returned;                      /* the class has returned */
    uint32_t depth;
    /* The statement being read. */
    const char *target;    /* the name its last call gets, NULL for none */
    annotation annotation; /* of that name */
    token start;           /* its first token */
    uint32_t made_before;  /* nodes from here on were made by this statement */
    lexer before_name;     /* where the dotted name last read starts */
    uint32_t uses;         /* counts names that stand for values */
} reader;

/* Fills the error with the place of `at` and its line of text. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
cot_status
read_fail(reader *r, const token *at, cot_status status, const char *format, ...);
/* Puts a place on an error that another part of the library made, when it has none. */
cot_status read_place(reader *r, const token *at, cot_status status);

/* ---- small steps ------------------------------------------------------------------------------------------------- */

static inline const token *read_now(const reader *r) { return &r->lex.now; }
static inline bool read_at(const reader *r, uint32_t sign) { return token_is(&r->lex.now, sign); }
/* Passes the sign when it is the next token. */
bool read_accept(reader *r, uint32_t sign);
cot_status read_expect(reader *r, uint32_t sign, const char *shown);
/* At the end of a simple statement: a line end, ';' or the end of the text. */
bool read_at_end(const reader *r);
void read_skip(reader *r); /* to there, or to a token that is none */
/* Passes the sign that closes `open`; when it is missing, that is where to look. */
cot_status read_close(reader *r, const token *open, uint32_t sign, const char *shown);
const char *read_name_of(reader *r, const token *t); /* the token's text in the graph's arena */

/* ---- scope (statement.c) ----------------------------------------------------------------------------------------- */

/* What a name stands for; NULL when it is not defined. */
const arg *read_lookup(reader *r, const char *name);
/* The tensor `from` has other sizes from here on, those of `to`, which is the same tensor: names stand for that. */
void read_rebind(reader *r, value from, value to);
cot_status read_bind(reader *r, const token *at, const char *name, const arg *value);

/* ---- parts ------------------------------------------------------------------------------------------------------- */

/* Can the bytes of this type be counted in 63 bits? */
bool read_fits(const type *t);
cot_status read_annotation(reader *r, const token *t, annotation *out);
/* Brings a computed type and an annotation together: where sizes are symbolic the annotation's names count, where they
 * contradict it is a warning or (strict) an error. `computed` of kind TYPE_NONE takes the annotation. */
cot_status read_reconcile(reader *r, const token *at, const annotation *a, const char *name, type *computed);

/* The body of a `def forward`, parameters bound, up to the end of the lexer. */
cot_status read_body(reader *r);
/* "def forward(…):" and how its parameters become placeholders. */
cot_status read_parameters(reader *r);
/* The classes in [from, to), whose first line is `line`, into r->root. */
cot_status read_module(reader *r, const char *from, const char *to, uint32_t line);
/* The signature and the ranges of a program file. */
cot_status read_signature(reader *r, const char *from, const char *to, uint32_t line);
cot_status read_ranges(reader *r, const char *from, const char *to, uint32_t line);
/* Every parameter and output of the root is the user's. */
void read_default_signature(reader *r);

cot_status read_expression(reader *r, arg *out);
cot_status read_subscript(reader *r, arg *out); /* "[" … "]" */
/* A comma-separated list up to (not including) the closing sign. Gives items in the graph's arena. */
cot_status read_items(reader *r, uint32_t closing, const arg **items, uint32_t *count, bool *trailing_comma);

/* ---- calls ------------------------------------------------------------------------------------------------------- */

typedef struct call_args {
    VEC(arg) pos;
    VEC(arg) kw;
    VEC(const char *) kwnames;
} call_args;

void call_push(reader *r, call_args *c, arg a);
void call_push_keyword(reader *r, call_args *c, const char *name, arg a);
/* "(" [args] ")" with the opening bracket next. */
cot_status read_call_args(reader *r, call_args *c);
/* Appends a call of `o`. */
cot_status read_emit(reader *r, const token *at, const op *o, const call_args *c, arg *out);
/* Appends a call of the operator `packet` ("add", "sum.dim_IntList"), the overload chosen by the arguments. */
cot_status read_emit_aten(reader *r, const token *at, const char *packet, const call_args *c, arg *out);
/* Item `index` of a tuple value. */
cot_status read_getitem(reader *r, const token *at, value tuple, int64_t index, arg *out);
/* The item of a dict, which an operator without shape rule gives. */
cot_status read_item_of_name(reader *r, const token *at, value dict, const char *name, arg *out);
/* UNKNOWN_OPERATOR, with the nearest known name. */
cot_status read_unknown(reader *r, const token *at, const char *name);
/* A call of the function `name` ("torch.sin", "torch.ops.aten.add.Tensor"), or of the method `name` of `self`. */
cot_status read_call_function(reader *r, const token *at, const char *name, arg *out);
cot_status read_call_method(reader *r, const token *at, const arg *self, const char *name, arg *out);
cot_status read_attribute(reader *r, const token *at, const arg *self, const char *name, arg *out);
/* out.c: a call that says where its results go, which no operator of the table takes. */
bool read_is_out(reader *r, const char *packet, const call_args *c);
cot_status read_call_out(reader *r, const token *at, const char *packet, call_args *c, arg *out);
/* The operator `packet` with Python's ways of writing arguments: sizes from argument `sizes_from` on may stand apart.
 */
cot_status read_call_packet(reader *r, const token *at, const char *packet, call_args *c, uint32_t sizes_from,
                            arg *out);
/* A function of torch by its full name; of the operator module by its own. */
cot_status read_call_torch(reader *r, const token *at, const char *name, call_args *c, arg *out);
cot_status read_call_operator(reader *r, const token *at, const char *name, const call_args *c, arg *out);
/* Infix and prefix operators; `sign` as in tokens. */
cot_status read_binary(reader *r, const token *at, uint32_t sign, const arg *a, const arg *b, arg *out);
cot_status read_unary(reader *r, const token *at, uint32_t sign, const arg *a, arg *out);
/* A tensor of numbers in lists of lists (function.c). */
cot_status read_numbers(reader *r, const token *at, const arg *data, const arg *dtype, arg *out);
/* a[index]; and a[index] = v. */
cot_status read_index(reader *r, const token *at, const arg *a, const arg *index, arg *out);
cot_status read_set_index(reader *r, const token *at, const arg *a, const arg *index, const arg *v);
/* self.path; a node of its own. */
cot_status read_get_attr(reader *r, const token *at, const char *path, arg *out);
/* Gives a node exactly this name; another node that has it, of our making, is renamed. */
void read_rename(reader *r, value v, const char *name);
/* Appends an empty node with the statement's name when the statement ends here, else a name of our making. */
value read_append(reader *r, const token *at, const op *o);

/* mark.c: a call that begins or ends a region; the end of the class, where all must have ended. */
cot_status read_mark(reader *r, const token *at, value v);
cot_status read_marks_end(reader *r);

/* Gives the statement's name and annotation to its result. */
cot_status read_settle(reader *r, const token *at, value v);

static inline const type *read_type_of(const reader *r, const arg *a) {
    return graph_type(r->graph, a->kind == ARG_VALUE ? a->value : NO_VALUE);
}
static inline bool read_is_tensor(const reader *r, const arg *a) { return read_type_of(r, a)->kind == TYPE_TENSOR; }

#endif
