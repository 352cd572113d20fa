/* SPDX-License-Identifier: MIT
 * graph.h — the program as a list of nodes.
 *
 * A graph is an arena: nodes, names, types and children are freed at once. A node is one value: FX has it so, and so
 * do we; an operator with several results has a tuple type and `getitem` nodes take its parts. Nodes stand in program
 * order and are only ever appended: a pass reads a const graph and makes a new one. A value is the index of its node.
 *
 * Arguments are bound to the operator's schema: node->args[i] belongs to schema parameter i, defaults filled in, for
 * every operator with a schema; control operators (no schema) have their arguments as written. */
#ifndef GRAPH_GRAPH_H
#define GRAPH_GRAPH_H

#include "base/context.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"
#include "graph/sym.h"

typedef cot_value value;
#define NO_VALUE COT_NO_VALUE
struct op; /* ops/op.h */

/* ---- types -------------------------------------------------------------------------------------------------- */

typedef enum type_kind {
    TYPE_NONE, /* nothing known, or a call that returns nothing */
    TYPE_TENSOR,
    TYPE_INT, /* a size computed by the program: `expr` is its expression */
    TYPE_FLOAT,
    TYPE_BOOL,
    TYPE_TUPLE, /* several results */
    TYPE_GRAPH, /* get_attr of a child graph */
} type_kind;

typedef struct type {
    uint8_t kind;  /* type_kind */
    uint8_t dtype; /* cot_dtype */
    uint8_t ndim;
    uint8_t device;             /* 0: cpu */
    uint32_t count;             /* TYPE_TUPLE: number of parts */
    const dim *sizes, *strides; /* ndim each; strides in elements */
    dim offset;                 /* in elements, from the start of the storage the tensor lies in */
    dim expr;                   /* TYPE_INT, TYPE_BOOL: the value as an expression */
    const struct type *parts;   /* TYPE_TUPLE */
} type;

/* ---- arguments ---------------------------------------------------------------------------------------------- */

typedef enum arg_kind {
    ARG_NONE,    /* None */
    ARG_VALUE,   /* .value: a node (tensor, Sym or child graph) */
    ARG_INT,     /* .i */
    ARG_FLOAT,   /* .f */
    ARG_BOOL,    /* .i, 0 or 1 */
    ARG_COMPLEX, /* .complex: two doubles */
    ARG_STRING,  /* .s */
    ARG_BYTES,   /* .s, count bytes */
    ARG_DTYPE,   /* .i: cot_dtype            torch.float32 */
    ARG_CONST,   /* .s: "strided", "channels_last", "preserve_format" …: torch.NAME that is no dtype */
    ARG_DEVICE,  /* .s: "cpu", "cuda:0"      device(type='cpu') */
    ARG_LIST,    /* .list, count             [a, b] */
    ARG_TUPLE,   /* .list, count             (a, b) */
    ARG_DICT,    /* .list, 2 × count: key, value, … */
    ARG_SLICE,   /* .list, 3                 slice(a, b, c) */
    ARG_ELLIPSIS,
    ARG_OP,   /* .op: an operator as an argument */
    ARG_CALL, /* .s: any other printed form (range(…), named tuples), kept verbatim */
} arg_kind;

/* arg.flags: a schema's list parameter was given as a tuple, and prints as one. */
enum { ARG_WAS_TUPLE = 1 };

typedef struct arg {
    uint8_t kind; /* arg_kind */
    uint8_t flags;
    uint16_t pad;
    uint32_t count; /* of list items */
    union {
        value value;
        int64_t i;
        double f;
        const double *complex;
        const char *s;
        const struct arg *list;
        const struct op *op;
    };
} arg;

/* ---- nodes -------------------------------------------------------------------------------------------------- */

enum node_flags {
    NODE_NO_GRAD = 1,    /* traced under no_grad: its result has no history */
    NODE_BACKWARD = 2,   /* made by autograd */
    NODE_MUST_SAVE = 4,  /* checkpoint policies: from the forward to the backward the value is kept */
    NODE_RECOMPUTE = 8,  /* or computed again */
    NODE_ANNOTATED = 16, /* the text carried an annotation: see `annotation` */
    NODE_PREFER = 32,    /* with NODE_RECOMPUTE: PREFER_RECOMPUTE, not MUST_RECOMPUTE; alone: PREFER_SAVE */
    NODE_POLICY = NODE_MUST_SAVE | NODE_RECOMPUTE | NODE_PREFER,
    NODE_EFFECT = 64, /* a call of a body that has effects */
};

typedef struct node {
    const struct op *op;
    const char *name;           /* unique in its graph */
    const char *target;         /* placeholder: its target when not the name; get_attr: the attribute path */
    const arg *args;            /* by schema parameter; as written when the operator has no schema */
    uint16_t nargs;             /* entries of args */
    uint16_t npos;              /* how many of them are printed by position */
    uint32_t kwmask;            /* which of the others were given by keyword (bit i: args[i]) */
    const char *const *kwnames; /* without schema: names of args[npos …], else NULL */
    type type;
    const type *annotation; /* as read, NULL without one; verify compares it with `type` */
    const char *dtype_text; /* an annotation whose form we keep but do not understand (subclasses), else NULL */
    uint32_t flags;
    uint32_t line, column; /* place in the text, 0 when built */
    const char *comment;   /* the stack-trace line printed over it ("File: …"), NULL when there is none */
    value overwritten;     /* functional stage: the first node whose write made this value out of date, or NO_VALUE */
    value forward;         /* joint stage: the forward node whose derivative this node belongs to, or NO_VALUE */
    uint32_t call;         /* control operators: which call this is, the same number on its forward and backward */
    uint64_t stream;       /* random operators: whose numbers it draws; 0: its own, known by its name */
    uint32_t checkpoint;   /* the checkpointed region that it lies in (`ac_graph_id`), 0: none */
} node;

typedef enum input_kind {
    INPUT_USER,
    INPUT_PARAMETER,
    INPUT_BUFFER,
    INPUT_CONSTANT,
    INPUT_TOKEN,
    INPUT_CUSTOM_OBJ
} input_kind;
typedef enum output_kind {
    OUTPUT_USER,
    OUTPUT_BUFFER_MUTATION,
    OUTPUT_INPUT_MUTATION,
    OUTPUT_LOSS,
    OUTPUT_GRADIENT_PARAMETER,
    OUTPUT_GRADIENT_INPUT,
    OUTPUT_TOKEN
} output_kind;

typedef struct input_spec {
    value node;         /* the placeholder */
    uint8_t kind;       /* input_kind */
    int8_t persistent;  /* 1, 0, or -1: not said */
    bool requires_grad; /* filled by autograd_require */
    const char *target; /* path in the state dict ("m.0.weight"), NULL without one */
} input_spec;

typedef struct output_spec {
    uint8_t kind;     /* output_kind */
    const char *name; /* as written, "" for a constant */
    const char *target;
} output_spec;

typedef struct range_constraint {
    dim symbol;
    int64_t low, high;                /* INT64_MIN / INT64_MAX: open */
    const char *low_text, *high_text; /* as written: "2", "int_oo", "-oo" */
} range_constraint;

/* How functionalize and autograd describe what the runtime does around the graph (ALI, FUN groups). */
typedef enum alias_kind {
    ALIAS_NONE,
    ALIAS_IS_INPUT,
    ALIAS_OF_INPUT,
    ALIAS_OF_INTERMEDIATE,
    ALIAS_OF_OUTPUT
} alias_kind;
typedef struct output_alias {
    uint8_t kind;  /* alias_kind */
    uint32_t base; /* ALIAS_*_INPUT: index of the input; ALIAS_OF_INTERMEDIATE: index of the base in the group;
                    * ALIAS_OF_OUTPUT: the user output (its index among them) that is the base */
} output_alias;

/* What a pass has to say in the print of its graph: comment lines before the return statement, without "# ". */
typedef struct graph_notes {
    VEC(const char *) lines;
} graph_notes;

typedef struct child {
    const char *name; /* attribute path in the parent */
    struct cot_graph *graph;
} child;

typedef struct cot_graph cot_graph;
struct cot_graph {
    cot_context *ctx;
    arena *arena;      /* a child graph shares its root's arena */
    cot_graph *parent; /* NULL for a root */
    cot_graph *owner;  /* of the arena that it lies in, NULL: itself */
    const char *class_name;
    const char *file;   /* for errors, never NULL */
    const char *source; /* the text it was read from (owned by the arena), NULL when built */
    VEC(node) nodes;
    VEC(value) inputs; /* the placeholders in order */
    arg output;        /* the returned expression: a tree of lists, tuples, dicts, values and constants */
    VEC(child) children;
    map child_names;                /* of a child → its index */
    map child_suffixes;             /* stem → the first number that may be free */
    map names;                      /* node name → value */
    map suffixes;                   /* base name → last number given out */
    const char *last_comment;       /* what graph_keep_comment gave last */
    bool is_program;                /* has a signature and range constraints ("ExportedProgram:") */
    bool is_joint;                  /* prints with the pytree code generator: primals and tangents */
    bool show_strides, show_device; /* how annotations print; set by the reader as it found them */
    VEC(input_spec) input_specs;    /* one for each placeholder, of root graphs */
    VEC(output_spec) output_specs;
    VEC(range_constraint) ranges;
    /* Filled by passes; zero before. */
    uint32_t num_mutated;            /* first outputs that are new values of mutated inputs */
    const uint32_t *mutated;         /* for each, the index of the input */
    uint32_t num_user_outputs;       /* leaves of the program's own returned structure, constants included */
    const output_alias *aliases;     /* for each user output */
    uint32_t num_bases;              /* outputs behind the user's: bases of aliased intermediates */
    uint32_t num_tangents;           /* joint and backward: last inputs */
    const uint32_t *tangent_outputs; /* for each tangent: index among (mutated, user, base) outputs */
    uint32_t num_saved;              /* forward: last outputs */
    const arg *user_output; /* the structure as the program returned it; each leaf, constant or not, is an ARG_INT: its
                             * index among the leaves of `output` */
    graph_notes *notes;     /* NULL without */
    const type *expected; /* while a node is made: the type of the one that it is made for, in another graph; or NULL */
    uint32_t num_unbacked; /* of a root: how many symbols graph_unbacked has given out */
};

/* ---- making and reading graphs (graph.c) ---------------------------------------------------------------------- */

cot_graph *graph_create(cot_context *ctx, const char *class_name);
/* A graph in the arena of `root`, not yet a child of any. */
cot_graph *graph_create_child(cot_graph *root, const char *class_name);
void graph_add_child(cot_graph *g, const char *name, cot_graph *c);
cot_graph *graph_child(const cot_graph *g, const char *name); /* NULL when absent */
/* Its place among the children; MAP_NONE when absent. */
uint32_t graph_child_index(const cot_graph *g, const char *name);
/* The stem with the first number that no child has: "body_0". */
const char *graph_child_name(cot_graph *g, const char *stem);
/* Keeps the children that `used` names. */
void graph_keep_children(cot_graph *g, const map *used);
void graph_destroy(cot_graph *g); /* a root; accepts NULL */

static inline const node *graph_node(const cot_graph *g, value v) { return &g->nodes.data[v]; }
/* The type of a value; of NO_VALUE, a type of kind TYPE_NONE. Never NULL. */
const type *graph_type(const cot_graph *g, value v);
value graph_find(const cot_graph *g, const char *name); /* NO_VALUE when absent */
/* The stream that a random node draws from. */
uint64_t node_stream(const node *n);

/* A fresh name as FX makes it: create_name("add") gives add, add_1, …; keywords and builtins get _1 at once. */
const char *graph_name(cot_graph *g, const char *candidate);
/* A symbol for a size ("u0") or a float ("zuf0") that only data tell, new in this graph and its relatives. */
dim graph_unbacked(cot_graph *g, const char *stem);
/* What the program says of a symbol: at least low, at most high. */
void graph_range(const cot_graph *g, dim symbol, int64_t *low, int64_t *high);
/* Appends a node; the caller fills the rest. `candidate` is what graph_name gave, or goes through it. */
value graph_append(cot_graph *g, const struct op *op, const char *candidate);
/* The same with a name that was written: kept as it is if it is free, even where FX would not make it ("input"). */
value graph_append_named(cot_graph *g, const struct op *op, const char *name);
const char *graph_name_exact(cot_graph *g, const char *name);

/* A node's comment in this graph's arena; nodes that follow each other share it. */
const char *graph_keep_comment(cot_graph *g, const char *comment);

/* Calls f for each value in an argument tree, in FX's order (args left to right). */
void arg_each(const arg *a, void (*f)(void *user, value v), void *user);
/* Whether v stands in it. */
bool arg_reads(const arg *a, value v);
/* A deep copy of an argument into g's arena with values replaced through map[] (NO_VALUE entries are a bug). */
arg arg_map(cot_graph *g, const arg *a, const value *map);
/* The values a node reads, duplicates removed, in FX order, appended to out (cleared first). */
typedef VEC(value) value_list;
void node_inputs(arena *a, const node *n, value_list *out);
/* Leaves of an output structure in order (lists, tuples, dict values descended; None and constants included). */
typedef VEC(arg) arg_list;
void arg_leaves(arena *a, const arg *tree, arg_list *out);

/* transplant.c: a copy of node v of `from` at the end of `to` (another graph), operands replaced through map[]; its
 * name is the candidate. Modes and type are kept; overwritten and forward are not (they are values of another graph).
 */
value graph_copy_node(cot_graph *to, const cot_graph *from, value v, const value *map);
/* The same with a name that is kept as it is if it is free. */
value graph_copy_node_named(cot_graph *to, const cot_graph *from, value v, const value *map, const char *name);
/* Copies of from's children, under the same names, where `to` has none of that name. */
void graph_copy_children(cot_graph *to, const cot_graph *from);
/* File, printing options and ranges. */
void graph_copy_facts(cot_graph *to, const cot_graph *from);
/* What the forward's outputs are (num_mutated, mutated, num_user_outputs, aliases, num_bases, user_output). */
void graph_copy_outputs(cot_graph *to, const cot_graph *from);

static inline arg arg_none(void) { return (arg){.kind = ARG_NONE}; }
static inline arg arg_value(value v) { return v == NO_VALUE ? arg_none() : (arg){.kind = ARG_VALUE, .value = v}; }
static inline arg arg_int(int64_t i) { return (arg){.kind = ARG_INT, .i = i}; }
static inline arg arg_float(double f) { return (arg){.kind = ARG_FLOAT, .f = f}; }
static inline arg arg_bool(bool b) { return (arg){.kind = ARG_BOOL, .i = b}; }
static inline arg arg_dtype(cot_dtype d) { return (arg){.kind = ARG_DTYPE, .i = d}; }
static inline arg arg_string(const char *s) { return (arg){.kind = ARG_STRING, .s = s}; }
static inline arg arg_list_of(const arg *items, uint32_t count) {
    return (arg){.kind = ARG_LIST, .list = items, .count = count};
}

/* ---- types (type.c) ------------------------------------------------------------------------------------------- */

/* A contiguous tensor type; sizes are copied into the arena. */
type type_tensor(arena *a, syms *s, cot_dtype dtype, const dim *sizes, uint32_t ndim);
type type_strided(arena *a, cot_dtype dtype, const dim *sizes, const dim *strides, uint32_t ndim, dim offset);
type type_int(dim expr);
type type_tuple(arena *a, const type *parts, uint32_t count);
type type_copy(arena *a, const type *t); /* deep */
dim type_numel(syms *s, const type *t);
bool type_is_contiguous(const type *t, syms *s);
bool type_is_static(const type *t); /* all sizes, strides and the offset are numbers */
/* Same kind, dtype, sizes (and strides, when asked); parts compared pairwise. */
bool type_equal(const type *a, const type *b, bool strides);
void type_print(const syms *s, const type *t, bool strides, bool device, text *out); /* f32[4, 8][8, 1]cpu */
size_t dtype_bytes(cot_dtype d);
bool dtype_is_float(cot_dtype d); /* f32 f64 f16 bf16 */
bool dtype_is_complex(cot_dtype d);
bool dtype_is_integral(cot_dtype d); /* without bool */
/* torch.promote_types */
cot_dtype dtype_promote(cot_dtype a, cot_dtype b);
bool dtype_parse(const char *name, size_t length, cot_dtype *out); /* the FX text name */
bool dtype_parse_torch(const char *name, cot_dtype *out);          /* "float32", "long" … */
const char *dtype_torch_name(cot_dtype d);

/* ---- cleaning and checking ------------------------------------------------------------------------------------ */

/* graph.c: an error that names node, file, line and column of v (when known). */
cot_status graph_fail(const cot_graph *g, value v, cot_error *error, cot_status status, const char *format, ...)
    PRINTF_LIKE(5, 6);
/* ops/clean.c: a copy (new root arena, or child of `root` when given) without nodes that nothing live reads;
 * placeholders and nodes with effects stay. Names are kept. Children that are no longer referenced go. */
cot_graph *graph_clean(const cot_graph *g, cot_graph *root);
/* ops/clean.c: a body without its effects, for computing its results once more; NULL where these need an effect's. */
cot_graph *graph_quiet(const cot_graph *g, cot_graph *root);
/* copy.c: an exact deep copy. */
cot_graph *graph_copy(const cot_graph *g, cot_graph *root);
/* copy.c: copies the nodes that keep[] says (NULL: all) and all else but the children into `to`, a new graph made by
 * graph_create_like. Nothing kept may read a node that is not. */
void graph_copy_kept(const cot_graph *from, const bool *keep, cot_graph *to);
cot_graph *graph_create_like(const cot_graph *g, cot_graph *root);
/* copy.c: as graph_copy without children, but `replace` may append other nodes to `to` in the place of v and give the
 * value that stands for it, which gets v's name; NO_VALUE: v is copied. late: placeholders (by value; NULL: none) that
 * are asked for behind all others, so that calls may stand for them. */
typedef value (*graph_replace_fn)(void *user, cot_graph *to, value v, const value *map);
void graph_copy_replacing(const cot_graph *from, const bool *late, graph_replace_fn replace, void *user, cot_graph *to);
/* ops/expand.c: whether the graph or a body in it calls operators of our own that can be written out in others. */
bool graph_has_own(const cot_graph *g);
/* ops/expand.c: a copy with those written out. */
cot_status graph_expand(const cot_graph *g, cot_graph **out, cot_error *error);
/* ops/verify.c: definition before use, unique names, arguments fit schemas, types and annotations agree with what shape
 * rules compute (where both are numbers: a symbolic size may have two names). For tests: errors are bugs of a pass. */
cot_status graph_verify(const cot_graph *g, cot_error *error);
/* equal.c: same structure, operators, constants and types; names ignored. */
bool graph_equal(const cot_graph *a, const cot_graph *b);
uint64_t graph_hash(const cot_graph *g);

#endif
