/* SPDX-License-Identifier: MIT
 * op.h — what an operator is: one record, and everything a stage needs to know of it.
 *
 * A record is constant data in the file of its family (ops/FAMILY.c), listed in that family's array, a line of
 * ops/families.def. `docs/add-an-operator.md` walks through one. In-place (`mul_`) forms, and `_copy` forms of views,
 * are derived from the functional record by the table. */
#ifndef OPS_OP_H
#define OPS_OP_H

#include "graph/graph.h"
#include "kernels/kernel.h"

typedef struct op op;
typedef struct builder builder; /* ops/emit.h */
typedef struct shape_call shape_call;
typedef struct vjp_call vjp_call;
typedef struct prepare_call prepare_call;
typedef struct flops_call flops_call;
typedef struct batch_rule batch_rule;

/* Properties that passes ask for, in place of naming operators. */
enum op_traits {
    OP_POINTWISE = 1 << 0, /* each output element depends on one element of each (broadcast) operand */
    OP_VIEW = 1 << 1,      /* the result shares the storage of the first operand (schema says so too) */
    OP_REDUCTION = 1 << 2,
    OP_EXPENSIVE = 1 << 3,    /* products, convolutions, attention: never computed twice (PAR-19) */
    OP_RECOMPUTABLE = 1 << 4, /* in the partitioner's allow list (PAR-17); pointwise and view operators always are */
    OP_RANDOM = 1 << 5,       /* draws random numbers */
    OP_EFFECT = 1 << 6,       /* has an effect beyond its result: never removed */
    OP_MUTATES = 1 << 7,      /* writes an operand (from the schema) */
    OP_AUTOCAST_LOW = 1 << 8, /* under autocast: operands cast to the low precision dtype */
    OP_AUTOCAST_F32 = 1 << 9, /* under autocast: operands cast to f32 */
    OP_AUTOCAST_WIDEST = 1 << 10, /* under autocast: operands cast to the widest of their dtypes */
    OP_NO_HISTORY = 1 << 11,      /* the result never requires grad (detach, comparisons, argmax …) */
    OP_COMPOSITE = 1 << 12,       /* always decomposed before autograd (CompositeImplicit); needs decompose */
    OP_CREATES = 1 << 13,         /* makes a tensor from nothing (zeros, arange) */
    OP_SYMBOLIC = 1 << 14,        /* computes a size, not a tensor (sym_size, operator.mul) */
    OP_CONTROL = 1 << 15,         /* a higher-order operator */
    OP_RECOMPUTE_FREE = 1 << 16,  /* moves no data at run time (views, getitem) */
    OP_HAS_INPLACE = 1 << 17,     /* the table derives `name_`; pointwise operators always have one */
    OP_HAS_COPY = 1 << 18,        /* of a view: the table derives `name_copy` */
    OP_PACK = 1 << 19,            /* cot.pack: a tuple made of its operands; emit_get sees through it */
};

enum op_more_traits {
    OP_HISTORY = 1 << 20,      /* value of the first operand, history of the second (cot.with_history) */
    OP_CHEAP = 1 << 22,        /* bound by memory: the runtime cost model may compute it twice (pooling) */
    OP_FUSES_INPUTS = 1 << 21, /* its operands can be computed right into its result (cat) */
    OP_ORDERED = 1 << 23,      /* has effects that keep their order: tokens are threaded through its calls */
    OP_TOKEN = 1 << 24,        /* makes or ends such a thread: nothing runs */
    OP_THREADED = 1 << 25,     /* takes a token first, and gives one first */
    OP_BINDS = 1 << 26,        /* a size of its result, or the number that it is, is known only in a run: see measure */
    OP_REBINDS = 1 << 27,      /* the first operand is, from here on, the second: its memory, its sizes (set_) */
    OP_COPIES = 1 << 22,       /* the second operand's data, laid out and typed as the first operand (copy) */
};

typedef enum op_kind { OP_CALL, OP_PLACEHOLDER, OP_GET_ATTR, OP_GETITEM, OP_MAGIC } op_kind;

/* What the strides of operands mean to an operator; a pass chooses layouts by it (lower/layout.c). */
typedef enum layout_rule {
    LAYOUT_DEFAULT,  /* by traits: views and pointwise operators FOLLOWED, reductions and creations READ, else FIXED */
    LAYOUT_FIXED,    /* operands must have the strides that the program says */
    LAYOUT_READ,     /* operands may have any strides; the result is as the program says */
    LAYOUT_FOLLOWED, /* the result lies as the operands do, as the shape rule says */
    LAYOUT_WANTED,   /* the same, and fastest where channels are innermost */
} layout_rule;

typedef struct control_hooks control_hooks; /* ops/control.h */

/* A result that is cheap to make a second time from operands and other, small results: the normalised output of a
 * normalisation from its statistics. The partitioner then saves those instead. */
typedef struct recompute_rule {
    uint32_t result;   /* which */
    uint32_t operands; /* bit i: parameter i is needed */
    uint32_t results;  /* bit i: result i is needed */
    value (*make)(builder *b, const arg *args, const value *results);
    bool materialised; /* also where the reader does not fuse: one more pass over memory is little beside a convolution
                        */
} recompute_rule;

/* What an operator can do with a stack whose number of rows is known only in a run, and so costs nothing. */
typedef enum rows_rule {
    ROWS_UNKNOWN,
    ROWS_LAST,      /* select: row -1 of dimension 0 */
    ROWS_REVERSED,  /* flip: dimension 0 alone */
    ROWS_ONLY_LAST, /* select_backward: zeros but for row -1 of dimension 0 */
} rows_rule;

typedef struct op_record {
    /* "add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", ATen's own text. A name without namespace
     * is aten's; "prims::…", "cot::…" and "higher_order::name" (no parameter list: no schema) are others. Those of
     * "torch::", "_operator::" and "math::" are Python functions: FX prints "torch.sym_max", "math.floor" or `a + b`.
     */
    const char *schema;
    /* Result type from operand types. Fills c->result; NULL for composite operators (they have none of their own: the
     * reader uses decomposition on a scratch graph to know their type). See ops/shape.h. */
    cot_status (*shape)(shape_call *c);
    /* Derivatives, one line for each differentiable input: "self: grad * other.conj()\nother: …", in FX expressions
     * over grad, result, result0… (parts), grads… and the schema's parameter names. An input without line has none: if
     * it requires grad that is COT_NO_RULE, unless the line says "none" (a gradient that is nothing by definition). */
    const char *vjp;
    /* Or a C function; see ops/vjp.h. */
    cot_status (*vjp_fn)(vjp_call *c);
    /* Straight-line decomposition as an FX expression over the parameters, or a C function that emits it. */
    const char *decompose;
    value (*decompose_fn)(builder *b, const op *o, const arg *args);
    /* What takes numbers, on numbers that only a run knows (lower/numbers.c): an expression over the parameters, in
     * which those are tensors of no dimensions. NULL: the overload that takes tensors. */
    const char *on_numbers;
    /* The same operator on other arguments, in cases that its kernel does not have: emitted in its place where a
     * program is lowered. NO_VALUE: not this case. */
    value (*instead)(builder *b, const op *o, const arg *args);
    /* Views: the functional inverse that writes `y` back into `base`: "slice_scatter(base, y, dim, start, end, step)".
     */
    const char *inverse;
    /* Plan time: checks dtypes and strides, picks a kernel, fills its attributes. NULL: views and composites. */
    cot_status (*prepare)(prepare_call *c);
    /* OP_BINDS: a kernel that finds that size or number, before the call itself is prepared: its one result is an i64
     * (f64 for a float) scalar, its operands are those of the call. Fills c->measured too, when it is another than the
     * first size of the result. NULL: of a number, its value. */
    cot_status (*measure)(prepare_call *c);
    /* Floating-point operations of a call, from its sizes; NULL: see ops/flops.h. */
    double (*flops)(const flops_call *c);
    /* Naive kernel in double precision, the definition of the operator; reads and writes any dtype and strides. */
    kernel_fn reference;
    uint32_t traits;
    /* Test samples: argument lists in FX text with annotations for tensors, separated by ';':
     * "f32[2, 3], f32[3]; f32[2, 3], 2.0". Every table-driven test runs on these; marks in front of
     * one: '!' its derivative is none by definition or its operands depend on each other, '.' only its first result is
     * differentiated, '^' its operands rise, '1' with a blank: it has no second derivative. */
    const char *samples;
    /* An in-place operator that is listed because its name does not follow from the functional one's: that one's name.
     */
    const char *functional;
    const recompute_rule *again;  /* NULL without */
    uint32_t kept;                /* bit i: result i is there for the backward; where it gets a gradient itself (in a
                                   * second derivative) the decomposition is differentiated */
    uint8_t rows;                 /* rows_rule */
    uint32_t shape_only;          /* bit i: of parameter i (a tensor) only sizes and dtype matter */
    uint8_t layout;               /* layout_rule */
    uint32_t layout_images;       /* bit i: it is about parameter i; 0: about all tensors */
    uint32_t layout_kept;         /* bit i: result i stays as the program says */
    const control_hooks *control; /* higher-order operators */
    const batch_rule *batch;      /* what it is over a batch (ops/batch.h); NULL: by traits */
    const void *data;             /* for the family's own functions: e.g. which pointwise kernel */
} op_record;

/* Whether a call has an effect beyond its result: its operator has, or a body that it runs. */
static inline bool op_has_effect(uint32_t traits, uint32_t flags) {
    return (traits & OP_EFFECT) || (flags & NODE_EFFECT);
}

/* clean.c: whether running a graph does something beyond its results, bodies included. */
bool graph_has_effect(arena *a, const cot_graph *g);
/* Whether something in g, or in a body of it, draws random numbers. */
bool graph_draws(const cot_graph *g);

/* ---- parsed schema ---------------------------------------------------------------------------------------------- */

typedef enum param_type {
    PARAM_TENSOR,
    PARAM_INT,
    PARAM_FLOAT,
    PARAM_BOOL,
    PARAM_SCALAR,
    PARAM_STRING,
    PARAM_DTYPE,
    PARAM_LAYOUT,
    PARAM_DEVICE,
    PARAM_MEMORY_FORMAT,
    PARAM_GENERATOR,
    PARAM_DIMNAME,
    PARAM_STORAGE,
    PARAM_STREAM
} param_type;

typedef struct param {
    const char *name;
    uint8_t type;       /* param_type; SymInt is PARAM_INT */
    bool list;          /* Tensor[], int[2]; also int[1] given as one int */
    bool optional;      /* Tensor? */
    bool item_optional; /* Tensor?[] */
    bool keyword_only;
    bool has_default;
    bool writes;   /* (a!) */
    char alias;    /* 'a' of (a) or (a!), 0 without */
    uint8_t fixed; /* int[2]: 2 */
    arg default_value;
} param;

struct op {
    const op_record *record;
    const char *name;       /* "torch.ops.aten.add.Tensor", as FX prints it */
    const char *packet;     /* "add": the candidate for node names */
    const char *overload;   /* "Tensor" */
    const char *namespace_; /* "aten" */
    uint8_t kind;           /* op_kind */
    bool has_schema;
    uint16_t num_params, num_returns;
    uint32_t traits; /* the record's, and those the schema implies */
    const param *params;
    const param *returns;
    const op *functional; /* of an in-place form: the functional operator; NULL otherwise */
    const op *view;       /* of a derived _copy form: the view */
    uint32_t id;          /* index in the table */
    const op *next;       /* next overload of the same packet, NULL at the end */
};

/* ---- the table (table.c) ---------------------------------------------------------------------------------------- */

typedef struct op_table op_table; /* ctx->ops */
cot_status op_table_create(cot_context *ctx, cot_error *error);
/* Adds an operator to the table; the record must live as long as the context. SYNTAX when its schema does not parse,
 * INVALID when there is an operator of its name. */
cot_status op_register(cot_context *ctx, const op_record *record, const op **out, cot_error *error);
/* "torch.ops.aten.add.Tensor", "aten.add.Tensor", "add.Tensor" or "add" (= the overload "default", else the first).
 * NULL when unknown. */
const op *op_find(const cot_context *ctx, const char *name);
/* The known name nearest to an unknown one, or NULL; for "did you mean". */
const char *op_nearest(const cot_context *ctx, const char *name);
uint32_t op_count(const cot_context *ctx);
const op *op_at(const cot_context *ctx, uint32_t id);
int op_param(const op *o, const char *name); /* index of a parameter, -1 when absent */
/* Built-in structure operators. */
const op *op_placeholder(const cot_context *ctx);
const op *op_get_attr(const cot_context *ctx);
const op *op_getitem(const cot_context *ctx);

/* ---- accessors of bound arguments -------------------------------------------------------------------------------- */

/* Argument `i` as …; the default of a None is given by the caller. All are safe on any kind. */
static inline value arg_as_value(const arg *a) { return a->kind == ARG_VALUE ? a->value : NO_VALUE; }
static inline bool arg_is_none(const arg *a) { return a->kind == ARG_NONE; }
int64_t arg_as_int(const arg *a, int64_t none); /* ints, bools, integral floats */
double arg_as_float(const arg *a, double none); /* ints, floats, bools */
bool arg_as_bool(const arg *a, bool none);
/* A size: an int, or a Sym value of the graph. */
dim arg_as_dim(const cot_graph *g, const arg *a);
/* A list of sizes (a lone int counts as a list of one), at most `max`; returns the count. */
uint32_t arg_as_dims(const cot_graph *g, const arg *a, dim *out, uint32_t max);
uint32_t arg_as_ints(const arg *a, int64_t *out, uint32_t max);

#endif
