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
    void *state;
};

/* run: the forms in which the runtime executes calls. Bodies take carries, items of xs, rest, in this order. */
typedef enum control_kind {
    CONTROL_BRANCH, /* `predicate` picks bodies[0] or bodies[1]; operands are `rest` */
    CONTROL_LOOP,   /* bodies[0] once for each item of xs: gives the next carries, then what is stacked */
    CONTROL_WHILE,  /* bodies[1] as long as bodies[0], which takes the same inputs, says so */
    CONTROL_PREFIX, /* inclusive prefixes: bodies[0] combines two neighbours of xs, all of the left, all of the right */
} control_kind;

typedef struct control_form {
    uint8_t kind;          /* control_kind */
    value bodies[2];       /* get_attr values */
    arg predicate;         /* a value or a constant */
    arg carries, xs, rest; /* lists or tuples; None: empty */
    bool stacks;           /* while: gives the carries after each iteration, stacked, one row at least */
    bool reversed;         /* loop: items come last first, and draw the random numbers that they drew in that place */
} control_form;

struct control_hooks {
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
    cot_status (*functionalize)(functionalize_stage *s, value *result);
    /* The forward call where it is differentiated, if that is another one: emits it, gives the values that stand for
     * the parts of its result. `joint` finds it as result. */
    cot_status (*forward)(joint_stage *s, value *result, value *parts);
    cot_status (*joint)(joint_stage *s);
    /* run: which body runs and with which operands is the runtime's business for operators that simply call
     * (`calls`). */
    bool calls; /* a plain call of one body, which the partitioner pairs with its backward: args[0] body, args[2 …]
                 * operands */
    /* A plain call of one body otherwise. False: it is malformed. */
    bool (*call)(const cot_graph *g, const arg *args, uint32_t nargs, control_call *call);
    /* For the others: the form of a call whose shape was accepted. NULL: the call cannot run. */
    void (*run)(const node *n, control_form *form);
};

#endif
