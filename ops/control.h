/* SPDX-License-Identifier: MIT
 * control.h — higher-order operators: one file each in ops/control/, one hook per stage.
 *
 * Passes find hooks through the record and name no operator. What a hook needs of its stage comes in as callbacks,
 * so that ops/ includes no pass. A hook that is missing is an error that names operator and stage. */
#ifndef OPS_CONTROL_H
#define OPS_CONTROL_H

#include "ops/emit.h"

/* Modes that regions set and every inlined node carries. */
typedef struct region_mode {
    bool no_grad;
    bool autocast;
    cot_dtype autocast_dtype;
    bool autocast_cache; /* a parameter is cast once in a region */
    uint32_t checkpoint; /* the outermost checkpointed region; CHECKPOINT_NEW: number this one */
} region_mode;
#define CHECKPOINT_NEW UINT32_MAX

/* A call of one body: where it stands, and what the body is given. */
typedef struct control_call {
    uint32_t body; /* argument */
    const arg *operands;
    uint32_t count;
} control_call;

/* lower: for operators that are written out before anything else happens. */
typedef struct lower_stage lower_stage;
struct lower_stage {
    builder *b; /* the lowered graph */
    const cot_graph *source;
    const node *call; /* the node in source */
    region_mode mode; /* of the call */
    /* An argument of the call as values of b->graph; the bodies in it become children of b->graph. */
    arg (*argument)(lower_stage *s, const arg *a);
    /* The nodes of a body of the call in its place, under a mode; gives the leaves of its output. */
    void (*inline_body)(lower_stage *s, const cot_graph *body, const arg *operands, const region_mode *mode,
                        arg_list *leaves);
    void *state;
};

/* capture: a call is being written in C, and its bodies are functions that have not run. Running one makes a graph: its
 * first inputs are those that the hook asks for, then come the outer values that it used ("lifted"), in order of first
 * use, each once, symbols before the first tensor that needs them. */
typedef enum capture_how {
    CAPTURE_HANDED, /* the outer value itself: an input only if the body uses it, and then a lifted one */
    CAPTURE_OWN,    /* an input of the same type */
    CAPTURE_SAME,   /* an input that lies in memory as the outer value does */
    CAPTURE_ITEM,   /* an input of the type of an item along the first dimension */
    CAPTURE_GIVEN,  /* an input like what another body returned: `from`, and there part `at`, or CAPTURE_ALL of it */
} capture_how;

enum { CAPTURE_ALL = UINT32_MAX };

typedef struct captured captured;

typedef struct capture_input {
    uint8_t how;    /* capture_how */
    bool structure; /* what stands there is one operand of the function; else each item of a list or tuple is */
    uint32_t at;    /* argument of the call */
    const captured *from;
} capture_input;

typedef struct capture_request {
    uint32_t at; /* the argument that is the function */
    const capture_input *inputs;
    uint32_t count;
    uint8_t returns; /* ARG_TUPLE, ARG_LIST; ARG_VALUE: its one value without a list around it */
    bool nested;     /* what the function returns keeps its structure in the graph, and its constants */
} capture_request;

struct captured {
    cot_graph *graph;
    uint32_t num_own;  /* inputs before the lifted ones */
    value_list lifted; /* values of the graph around it */
    arg_list outputs;  /* what the graph returns; constants are put back outside */
    arg constant;      /* what a body returned that only returns a constant, else None */
    void *state;
};

typedef struct capture_stage capture_stage;
struct capture_stage {
    builder *b; /* the graph that gets the call */
    const op *op;
    arg *args; /* as written: a structure is the list of its leaves, a function nothing yet */
    uint32_t nargs, npos;
    const char *const *kwnames; /* of args[npos …] */
    bool (*is_function)(const capture_stage *s, uint32_t at);
    cot_status (*body)(capture_stage *s, const capture_request *request, captured *out);
    /* Makes bodies take the same lifted values: those of all first, then those that only some use, under names with
     * the suffix of the first that does; each part by name (CAP-32). */
    cot_status (*merge)(capture_stage *s, captured *const *bodies, uint32_t count, const char *const *suffixes);
    /* Of how many outputs item `at` of what the body returned is made; CAPTURE_ALL: how many items that has, 0 for
     * what is no list. */
    uint32_t (*count)(capture_stage *s, const captured *body, uint32_t at);
    /* Makes bodies return the same: the structure of one is that of all; ints that differ are results. */
    cot_status (*agree)(capture_stage *s, captured *const *bodies, uint32_t count);
    /* A get_attr of the body, a child under the name STEMn with the next n. `share`: of an equal one, if there is. */
    arg (*attach)(capture_stage *s, captured *body, const char *stem, bool share);
    /* The function is called as a function: no body, no call. It is the result. */
    cot_status (*inline_call)(capture_stage *s, const capture_request *request);
    /* There is no call: the result is argument `at` as it is. */
    void (*give)(capture_stage *s, uint32_t at);
    /* Emits the call with these arguments; its result has the structure of what `like` returned (part `at` of it, or
     * CAPTURE_ALL), or that of argument `at` (like NULL), or is a tuple (like NULL, CAPTURE_ALL). */
    cot_status (*call)(capture_stage *s, const arg *args, uint32_t nargs, const captured *like, uint32_t at);
    void *state;
};

/* What a body may do that is checked when it has been captured. */
enum capture_rules {
    CAPTURE_ALIASES = 1,  /* its outputs may share storage with inputs and each other */
    CAPTURE_WRITES = 2,   /* it may write its inputs */
    CAPTURE_ANYTHING = 4, /* it may return anything, in any structure */
    CAPTURE_REGION = 7    /* of a region that is inlined */
};

/* functionalize: what the stage gives a hook. */
typedef struct functionalize_stage functionalize_stage;
struct functionalize_stage {
    builder *b; /* the functional graph */
    const cot_graph *source;
    const node *call; /* the node in source */
    const arg *args;  /* its arguments, as values of b->graph; child graphs are still the source's */
    /* The functional form of a body (made once for each body, added to b->graph as a child under `name`). */
    cot_status (*body)(functionalize_stage *s, const cot_graph *body, const char *name, cot_graph **out);
    /* The name under which a body that `body` gave is a child of b->graph. */
    const char *(*name_of)(functionalize_stage *s, const cot_graph *functional);
    /* The call's operand (an argument of `call`, a value of source) has been written: its contents are now v. A
     * functional body that writes its inputs returns their new values behind its outputs: see its num_mutated,
     * mutated, num_user_outputs. */
    void (*write)(functionalize_stage *s, const arg *operand, value v);
    /* What is done for an operator without this hook: the same call, with functional bodies that write nothing. */
    cot_status (*call_again)(functionalize_stage *s, value *result);
    bool training; /* some operand requires grad */
    void *state;
};

/* joint: derivatives of a call. */
typedef struct joint_stage joint_stage;
struct joint_stage {
    builder *b; /* the joint graph */
    const cot_graph *functional;
    const node *call;   /* the forward call in the functional graph */
    const arg *args;    /* its arguments as values of b->graph */
    value result;       /* the forward call in the joint graph; the hook may give it more results */
    const value *grads; /* gradient of each result part, NO_VALUE: zero */
    const bool *needs;  /* by tensor operand (in order of appearance in args) */
    value *out;         /* by tensor operand */
    uint32_t number;    /* of this call: stamped on the forward call and every control call emitted here */
    /* The joint of a body for these needs (by body input) and tangents (by body output): made once for each such
     * pattern, so the same pointer comes back for the next call. Its inputs are the body's inputs then a tangent for
     * each output marked; its outputs the body's outputs, then a gradient or None for each body input. */
    cot_status (*body)(joint_stage *s, const cot_graph *body, const bool *needs, const bool *tangents,
                       cot_graph **joint);
    /* Such a joint split in two, once: *forward returns the body's outputs, then what it saves; *backward takes what is
     * saved and the body's inputs that it reads, by the joint's names, then the tangents. Both NULL where the caller
     * of the stage has no partitioner. */
    cot_status (*split)(joint_stage *s, const cot_graph *joint, const cot_graph **forward, const cot_graph **backward);
    bool as_reference; /* what PyTorch computes again in the backward of a call is computed again */
    bool again;        /* what is made here may be differentiated once more */
    void *state;
};

/* vmap: a call over a batch. Batched operands have the batch as their dimension 0. */
typedef struct vmap_stage vmap_stage;
struct vmap_stage {
    builder *b;
    const cot_graph *source; /* of one example */
    const node *call;        /* the call in it */
    const arg *args;         /* its arguments as values of b->graph */
    const bool *batched;     /* by tensor operand (in order of appearance in args) */
    dim size;                /* of the batch */
    value result;            /* to be filled */
    bool *out;               /* by result part: to be set where it has the batch */
    /* A body over the batch, made once for each pattern: `in` by input; `out` by output leaf: where set, the output
     * has the batch in any case, and all that do are set. Gives a get_attr in b->graph. */
    cot_status (*body)(vmap_stage *s, const cot_graph *body, const bool *in, bool *out, value *attribute);
    /* The body's nodes written into `b` (of any graph), on operands of its graph; gives its output leaves. */
    cot_status (*inlined)(vmap_stage *s, builder *b, const cot_graph *body, const arg *operands, const bool *in,
                          arg *outputs, bool *out);
    void *state;
};

/* run: the forms in which the runtime executes calls. Bodies take carries, items of xs, rest, in this order. */
typedef enum control_kind {
    CONTROL_BRANCH, /* `predicate` picks bodies[0] or bodies[1]; operands are `rest` */
    CONTROL_SWITCH, /* `predicate`, an integer, picks one of `branches` */
    CONTROL_LOOP,   /* bodies[0] once for each item of xs: gives the next carries, then what is stacked */
    CONTROL_WHILE,  /* bodies[1] as long as bodies[0], which takes the same inputs, says so */
    CONTROL_PREFIX, /* inclusive prefixes: bodies[0] combines two neighbours of xs, all of the left, all of the right */
} control_kind;

typedef struct control_form {
    uint8_t kind;          /* control_kind */
    value bodies[2];       /* get_attr values */
    arg predicate;         /* a value or a constant */
    arg branches;          /* switch: a list of get_attr values, in place of bodies */
    arg carries, xs, rest; /* lists or tuples; None: empty */
    bool stacks;           /* while: gives the carries after each iteration, stacked, one row at least */
    bool reversed;         /* loop: items come last first, and draw the random numbers that they drew in that place */
} control_form;

/* What a call means to the regions of vmap in a program (ops/control/vmap_mark.c). */
typedef enum batch_mark {
    BATCH_MARK_NONE,
    BATCH_MARK_NOTHING, /* of no effect here */
    BATCH_MARK_SAME,    /* its operand */
    BATCH_MARK_BEGIN,   /* (size, randomness) */
    BATCH_MARK_END,
    BATCH_MARK_ADD,    /* (tensor, dimension, level): an example of it */
    BATCH_MARK_REMOVE, /* (example, level, size, dimension): all of them */
    BATCH_MARK_OPEN,   /* of a level of derivatives */
    BATCH_MARK_CLOSE,
    BATCH_MARK_WRAP,   /* (tensor, level): it as an input of a derivative */
    BATCH_MARK_DERIVE, /* (outputs, inputs, cotangents?): gradients of the inputs */
    BATCH_MARK_DUAL,   /* (tensor, tangent) */
    BATCH_MARK_UNPACK, /* (x): its value and its tangent */
} batch_mark;

struct control_hooks {
    uint8_t batch_mark;
    /* A call written in C. NULL: calls of it cannot be (a program that is read may have them). */
    cot_status (*capture)(capture_stage *s);
    uint32_t capture_rules;
    const char *python; /* "torch.cond": what Python calls it, for errors; NULL: the name of the record */
    /* A region that is inlined: changes *mode, says what the call calls. False: it is malformed. */
    bool (*region)(const cot_graph *g, const node *n, region_mode *mode, control_call *call);
    /* A mark: what stands behind it runs under another mode. One that `opens` is closed by one that `closes`, which
     * names it as its first argument and brings back the mode before it. */
    void (*mark)(const node *n, region_mode *mode);
    bool opens, closes;
    /* Writes the call out: the parts of its result, or its result where that is no tuple. */
    cot_status (*lower)(lower_stage *s, arg_list *parts);
    /* Result type from arguments and bodies. */
    cot_status (*shape)(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error);
    /* The same for operators whose arguments have names, and for records that share their hooks: of the call only op,
     * args, nargs, npos and kwnames are read. */
    cot_status (*shape_named)(cot_graph *g, const node *call, type *result, cot_error *error);
    cot_status (*functionalize)(functionalize_stage *s, value *result);
    /* Names of its arguments, as PyTorch has them: "pred, true_fn, (operand)". `(operand)` is a tuple
     * of operand0, operand1 …, `[xs]` a list of those, `arg*` are arguments one by one; `[branch#_fn]` is a list of
     * branch0_fn, branch1_fn …, which bodies do not take. */
    const char *parameters;
    /* The forward call where it is differentiated, if that is another one: emits it, gives the values that stand for
     * the parts of its result. `joint` finds it as result. */
    cot_status (*forward)(joint_stage *s, value *result, value *parts);
    cot_status (*joint)(joint_stage *s);
    cot_status (*vmap)(vmap_stage *s);
    /* run: which body runs and with which operands is the runtime's business for operators that simply call
     * (`calls`). */
    bool calls; /* a plain call of one body, which the partitioner pairs with its backward: args[0] body, args[2 …]
                 * operands */
    /* A plain call of one body otherwise. False: it is malformed. */
    bool (*call)(const cot_graph *g, const arg *args, uint32_t nargs, control_call *call);
    /* Computes nothing: its results are the values in argument `passed`, a list. */
    bool passes;
    uint32_t passed;
    /* For the others: the form of a call whose shape was accepted. NULL: the call cannot run. */
    void (*run)(const node *n, control_form *form);
};

/* schema.c: the schema of a call as PyTorch writes it, in the arena. */
cot_status control_schema(const cot_graph *g, value call, arena *a, const char **out, cot_error *error);
/* Whether a call's type follows from its arguments. */
bool control_has_shape(const op *o);
/* The type of a call, from op, args, nargs, npos and kwnames; *result stays where that says nothing. */
cot_status control_shape(cot_graph *g, const node *call, type *result, cot_error *error);

#endif
