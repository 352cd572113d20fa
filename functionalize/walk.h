/* SPDX-License-Identifier: MIT
 * walk.h — what the files of functionalize/ share: storages, views and tensors of the program that is being walked.
 *
 * A storage is memory. A view is a way of lying in a storage: the chain of view operators that leads to it from the
 * storage's base. A tensor is an object of the program: it lies in a storage as its view says, and knows the functional
 * value it had at some version of the storage; when the storage has been written since, reading the tensor replays its
 * chain on the base's newest value. (PyTorch: FunctionalTensorWrapper, FunctionalStorageImpl, ViewMeta.)
 *
 * Values and history: a view made by `detach` or under no_grad is the root of a history of its own. Tensors below one
 * root share its history; the data of all roots of a storage agree. */
#ifndef FUNCTIONALIZE_WALK_H
#define FUNCTIONALIZE_WALK_H

#include "functionalize/functionalize.h"
#include "ops/control.h"

#define NONE UINT32_MAX

typedef struct storage {
    uint32_t base;      /* the view that is all of it */
    uint32_t version;   /* writes so far */
    uint32_t input;     /* of which input, NONE */
    bool tracked_write; /* autograd has seen one of the writes */
    bool frozen;        /* an input has been given other memory (set_): this is nobody's to write any more */
    value_list values;  /* functional values that hold present contents: out of date after the next write */
} storage;

typedef struct view {
    uint32_t storage, parent, root, depth;
    const op *op;            /* how it comes from its parent; NULL for a base */
    const arg *args;         /* of the functional graph; args[0] is replaced by the parent's value */
    uint32_t flags;          /* node_flags of its nodes */
    uint32_t part;           /* of a multi-output view operator; NONE otherwise */
    uint32_t first;          /* the view of part 0 of the same call: its `seen` entries serve all parts */
    bool from_multi;         /* it, or a view on its chain, is an output of an operator with several */
    bool from_no_grad;       /* likewise: made under no_grad from a tensor with a history */
    value seen, seen_result; /* of a multi-output call: parent's value at the last replay, and its result */
    value replayed;          /* value at the last replay */
    uint32_t replayed_at;    /* version of the storage then; 0: never */
    /* Of roots only: */
    value current;    /* newest value: data and history */
    uint32_t version; /* of the storage when `current` was made */
    bool requires_grad;
} view;

typedef struct tensor {
    uint32_t view;
    value current;
    uint32_t version; /* of the storage when `current` was made */
    uint32_t made;    /* of the storage when the tensor was made */
} tensor;

/* What a value of the program stands for. */
typedef struct bound {
    uint32_t tensor;           /* NONE: no tensor */
    value plain;               /* a size, a tuple: its functional value */
    const struct bound *parts; /* of a tuple */
    uint32_t count;
} bound;

enum fresh { FRESH_NO, FRESH_CLONE, FRESH_VIEW };

typedef struct body_entry {
    const cot_graph *source;
    cot_graph *functional;
    const char *name;
    uint64_t hash;
    bool training, effect;
} body_entry;

typedef struct walk {
    const cot_graph *source;
    builder b; /* the functional graph */
    arena *scratch;
    const functionalize_options *options;
    bool body;      /* of a control operator: the output keeps its structure */
    uint8_t *fresh; /* by input: what the program sees in its place, enum fresh */
    VEC(storage) storages;
    VEC(view) views;
    VEC(tensor) tensors;
    VEC(bool) grads;  /* by functional value: does it require grad */
    bound *bound;     /* by value of the program */
    uint32_t *inputs; /* tensor of each input, NONE */
    uint32_t *uses;   /* by value of the program: how often it is read */
    VEC(body_entry) bodies;
    uint32_t calls; /* of control operators so far */
    bool again;     /* `fresh` was wrong: walk anew */
} walk;

static inline view *walk_view(walk *w, uint32_t i) { return &w->views.data[i]; }
static inline tensor *walk_tensor(walk *w, uint32_t i) { return &w->tensors.data[i]; }
static inline storage *walk_storage_of(walk *w, uint32_t v) { return &w->storages.data[w->views.data[v].storage]; }
static inline view *walk_root_of(walk *w, uint32_t v) { return &w->views.data[w->views.data[v].root]; }
static inline bool walk_no_grad(const walk *w) { return w->b.flags & NODE_NO_GRAD; }

/* alias.c */
uint32_t alias_new(walk *w, value v, uint32_t input); /* a tensor with a storage of its own */
/* A tensor that lies in t's storage: result of `o` on it. `first` is the view of the call's part 0 (NONE: this is
 * it). */
uint32_t alias_view(walk *w, uint32_t t, value v, const op *o, const arg *args, uint32_t part, uint32_t first);
/* t itself becomes a view of what it was. */
void alias_change(walk *w, uint32_t t, value v, const op *o, const arg *args);
value alias_read(walk *w, uint32_t t);                /* its value now */
value alias_replay(walk *w, uint32_t v);              /* the value of a view now, made anew */
value alias_apply(walk *w, uint32_t v, value parent); /* one link of a chain */
value alias_root_value(walk *w, uint32_t v);
void alias_hold(walk *w, uint32_t s, value v); /* v holds contents of the storage */

/* mutate.c */
void mutate_write(walk *w, uint32_t t, value v); /* t's contents become v, as the builder's mode says */
void mutate_base(walk *w, uint32_t s, value v);  /* all of a storage becomes v, unseen by autograd */
void mutate_visit(walk *w, value u);             /* a node that writes operands */
value mutate_fit(walk *w, uint32_t t, value v);  /* v with t's dtype; refuses other sizes */

/* wrapped.c: an operator that writes operands and has no functional form of its own. */
void wrapped_visit(walk *w, value u);

/* history.c */
bool history_of(walk *w, value v); /* does v require grad */
void history_set(walk *w, value v, bool requires_grad);
value history_keep(walk *w, value v, value history); /* v's data, the other's history */
value history_cut(walk *w, value v);
void history_overwrite(walk *w, uint32_t s, value by); /* everything the storage held is out of date */

/* refuse.c: all fill the builder's error. */
void refuse_write(walk *w, uint32_t t, const node *n, bool differentiable);
void refuse_read(walk *w, uint32_t t);
void refuse_detach(walk *w, uint32_t t);

/* outputs.c */
void outputs_finish(walk *w);

/* control.c */
void control_visit(walk *w, value u);

/* functionalize.c */
arg walk_arg(walk *w, const arg *a, bool now); /* an argument as values of the functional graph */
arg *walk_args(walk *w, const node *n, bool now);
const char *const *walk_kwnames(walk *w, const node *n); /* copied into the functional graph */
bound walk_bind(walk *w, value v);                       /* a result with storages of its own */
cot_status walk_graph(const cot_graph *source, const functionalize_options *options, cot_graph *root, bool body,
                      cot_graph **out, cot_error *error);

/* compact.c — takes dead nodes out of a graph that is being made: what nothing live reads goes, names stay (with gaps),
 * `overwritten` keeps its meaning, children that nobody calls go. */
void compact(cot_graph *g);

#endif
