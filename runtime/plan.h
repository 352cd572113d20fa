/* SPDX-License-Identifier: MIT
 * plan.h — graphs as lists of steps over one arena.
 *
 * A plan is what runs: kernels in order, each with descriptors, attributes and places. A place is a slot and an offset;
 * a frame has an address for each slot (the arena, each input, each tangent, each gradient), so binding memory is
 * storing one pointer, and a step resolves its pointers with one addition each.
 *
 * Planning goes through three views of memory: a *location* is where a value lies, a storage and an offset; a *storage*
 * is a block with a lifetime in steps; a *place* is where the storage was put. Views have locations and no steps. */
#ifndef RUNTIME_PLAN_H
#define RUNTIME_PLAN_H

#include "graph/graph.h"
#include "ops/prepare.h"
#include "runtime/move.h"

typedef struct plan plan;

enum { SLOT_NONE, SLOT_ARENA, SLOT_FIRST }; /* then the inputs, then what the owner of the plan adds */
#define NO_STORAGE UINT32_MAX
#define STEP_END UINT32_MAX /* a lifetime that does not end with the plan */

typedef struct place {
    uint32_t slot;
    int64_t offset; /* bytes */
} place;

typedef struct control_step control_step;

typedef struct step {
    kernel_fn kernel; /* NULL: `body` or `control` runs */
    const plan *body;
    const control_step *control;
    const tensor_desc *tensors; /* results, then operands; of a body NULL */
    const place *places;        /* the same order */
    const void *attributes;
    place scratch; /* of a body: its arena */
    uint32_t num_results, num_operands;
    uint32_t call; /* of a body: which call this is, for the random key */
    bool backward; /* behind the first step of the backward */
    double flops;
    uint64_t sparse;             /* as in prepare_call */
    const char *name;            /* of the node, for reading */
    const char *what;            /* the operator, for reading; of a fused step all of them */
    uint32_t members;            /* of a fused step: drafts that went into it; 0 otherwise */
    const tile_program *program; /* of a fused step, or one that reduces: its attributes */
} step;

/* One body of a control step: block b of it is made where result made_for[b] is wanted, or in the step's scratch, and
 * copied from there; so is a result that is an operand of the body. */
typedef struct region {
    const plan *body;
    const uint32_t *made_for;       /* by block: NO_RESULT, or the result */
    const uint64_t *block_at;       /* by block: where in the scratch */
    const bool *copied;             /* by result */
    const tensor_desc (*copies)[2]; /* by result: to, from */
} region;
#define NO_RESULT UINT32_MAX

/* A step that runs bodies as often as the data say (ops/control.h). Operands are carries, xs, rest, the predicate. The
 * scratch begins with the arena of the body that runs. */
struct control_step {
    uint8_t kind;   /* control_kind */
    uint32_t taken; /* branch, switch: the region that a predicate that is known picks */
    bool known;
    const bool *is_stack;  /* by xs: its rows are those of a grown_stack */
    const bool *backwards; /* by xs: the last row first */
    const bool *stacked;   /* while, by carry: every one of them is kept, in a grown_stack that is a result, too */
    bool grows;            /* loop over stacks: what it stacks are grown_stacks */
    bool reversed;         /* loop: iteration k has the random numbers of the k-th from the last */
    region *regions;
    uint32_t num_regions;
    uint32_t num_carries, num_xs, num_rest, num_results;
    uint32_t second; /* branch, switch: from the operands of one body to those of the next, 0 where all have the same */
    uint8_t index_bytes; /* switch: of the predicate */
    int64_t iterations;
    const int64_t *x_bytes;             /* by xs: from item to item */
    const int64_t *result_bytes;        /* by result: from item to item, 0 for a carry */
    uint32_t num_turns;                 /* carries, or items of a prefix */
    const uint64_t *carry_at;           /* for each: a place in the scratch, taken in turn with the result */
    const tensor_desc (*copies)[2];     /* for each: to copy it from place to place */
    uint64_t test_at;                   /* while: what the condition gave, in the scratch */
    const struct prefix_levels *levels; /* prefixes: runs instead of the region */
    const tensor_desc (*stacks)[2];     /* prefixes, by xs: to, from: all items */
    const struct lanes_program *lanes;  /* loops on a few numbers: runs instead of the regions */
    uint64_t file_at;                   /* its registers, in the scratch */
    const int64_t *x_steps;             /* by xs: as x_bytes, negative where the last row comes first */
    uint32_t kernels;                   /* of the run that takes most, one iteration where their number is unknown */
    uint32_t stack_words;
};

/* One result of a body: a block that the caller of the body supplies, or memory of one of its operands. */
typedef struct body_output {
    bool is_input;
    uint32_t index;   /* of the block, or of the input */
    int64_t offset;   /* bytes, of the first element */
    const type *type; /* NULL: None */
} body_output;

/* What lies where in the arena, and when: for pictures and checks. */
typedef struct plan_block {
    const char *name;
    uint64_t offset, bytes;
    uint32_t first, last; /* steps; last >= num_steps: kept behind the plan */
} plan_block;

struct plan {
    const step *steps;
    uint32_t num_steps;
    uint32_t num_slots;
    uint32_t max_pointers; /* of a step */
    uint32_t stack_words;  /* pointers that a run needs: addresses of slots, pointers of a step, the same of bodies */
    uint64_t arena_bytes;
    const plan_block *arena_blocks;
    uint32_t num_arena_blocks;
    uint32_t kernels; /* calls of kernels in one run, bodies' included */
    /* Bodies only. */
    uint32_t num_inputs;
    const uint64_t *blocks; /* bytes of each result block */
    uint32_t num_blocks;
    const body_output *outputs;
    uint32_t num_outputs;
    const struct lanes_body *small; /* the same for a loop on a few numbers; NULL: it is none */
    const struct whole_body *whole; /* the same for prefixes; NULL: it is more than one tile program */
    const struct late_body *late;   /* it has no steps: they are planned when it runs (late.h) */
};

/* ---- planning ------------------------------------------------------------------------------------------------ */

typedef struct location {
    uint32_t storage; /* NO_STORAGE: none */
    int64_t offset;   /* bytes of the first element */
} location;

/* What the plan knows of a value of a graph: its type with numbers for sizes, and where it lies. */
typedef struct plan_value {
    type type;
    location at;            /* TYPE_TENSOR */
    const location *parts;  /* TYPE_TUPLE: one for each part */
    int64_t integer;        /* TYPE_INT, TYPE_BOOL */
    double number;          /* TYPE_FLOAT, and the above as a double */
    bool known;             /* it has a number */
    const cot_graph *child; /* TYPE_GRAPH */
    location contiguous;    /* a row-major copy that some step needed; NO_STORAGE before */
    /* Of a stack whose number of rows is known only in a run: `at` is a grown_stack, `type` that of one row stacked. */
    bool is_stack;
    bool reversed;         /* what loops over it takes the last row first */
    location last;         /* of a stack: its last row; NO_STORAGE: it is not known where that will be */
    const bool *stacks;    /* TYPE_TUPLE: which parts are stacks; NULL: none */
    const location *lasts; /* TYPE_TUPLE with stacks: the last row of each */
} plan_value;

typedef struct storage {
    uint64_t bytes;
    const char *name;
    uint32_t slot; /* SLOT_NONE: not placed; SLOT_ARENA: see offset; else outside the arena */
    int64_t offset;
    bool keeps_slot;      /* lies in the arena until its slot is bound to other memory (gradients) */
    bool outside;         /* the caller's memory */
    bool pinned;          /* must not move into the caller's memory: saved, or an output of its own */
    uint32_t first, last; /* steps in which it holds something */
    uint32_t read;        /* last step that reads it (0 with reads == 0) */
    uint32_t reads;
    uint32_t root; /* the storage it was merged into, itself when it was not */
    int64_t root_offset;
} storage;

/* A step while it is planned. */
typedef struct draft {
    step step;
    location *at; /* results, then operands */
    tensor_desc *tensors;
    uint64_t in_place;      /* bit i: result 0 may lie over operand i */
    uint64_t in_place_same; /* bit i: result i may lie over operand i */
    const uint64_t *over;   /* of a fused step, by result: bit i: it may lie over operand i; NULL otherwise */
    tile_builder *form;     /* as a tile program, for fuse.c; NULL: it is none */
    bool form_alone;        /* the form is not for fuse.c */
    uint64_t scratch_bytes;
    uint32_t scratch; /* storage */
    bool is_write;    /* copies a new value into an input; dropped where the value can be made there */
    bool dropped;
} draft;

typedef struct body_cache body_cache;
typedef struct segments segments;   /* segments.h */
typedef struct late_body late_body; /* late.h */

typedef struct planner {
    cot_context *ctx;
    arena *arena;   /* of the result */
    arena *scratch; /* dropped with the planner */
    const binding *binding;
    cot_error *error;
    uint32_t threads;
    body_cache *bodies; /* bodies that are planned, shared by all plans of an executable */
    uint64_t *visits;
    uint32_t num_slots;
    bool is_body;
    bool backward; /* what is drafted now belongs to the backward */
    VEC(storage) storages;
    VEC(draft) drafts;
    const char *caller;       /* the call whose body this is, for errors */
    const segments *segments; /* of a graph that is planned in pieces; NULL otherwise */
    uint32_t segment;         /* which of them this is */
    uint32_t first_home_slot;
    const cot_graph *checked; /* the graph whose nodes are in `concrete`: with the types that the plan gives them */
    node *concrete;
    bool rehearsal; /* sizes are made up: what depends on data is not judged */
} planner;

planner *planner_create(cot_context *ctx, arena *result, const binding *b, uint32_t threads, uint64_t *visits,
                        cot_error *error);
/* Whether the result of an operator lies in the memory of its first operand. */
bool planner_is_view(const op *o);
/* Storage in memory that the caller of the plan supplies, in a slot of its own. */
uint32_t planner_add_outside(planner *p, const char *name, uint64_t bytes);
uint32_t planner_add_storage(planner *p, const char *name, uint64_t bytes);
/* Turns symbolic sizes into numbers. COT_INVALID naming the symbol that has no value; COT_SHAPE when sizes overflow. */
cot_status planner_type(planner *p, const cot_graph *g, value v, const type *t, type *out);
/* The same, for a stack of unknown length the type of one row, stacked. */
cot_status planner_stack_type(planner *p, const cot_graph *g, value v, const type *t, type *out);
/* Whether the first size of a tensor has no value before a run. */
bool planner_is_stack(const planner *p, const type *t);
/* The number that a value of kind INT, FLOAT or BOOL stands for, where it is known before the run. */
void planner_number(planner *p, const type *t, plan_value *out);
tensor_desc type_describe(const type *t); /* of a concrete tensor type */

/* Drafts the steps of a graph. values: one for each node; those of placeholders are filled in by the caller. */
cot_status planner_add_graph(planner *p, const cot_graph *g, plan_value *values);
/* A step that copies `from` (as described) into `to`. */
draft *planner_add_copy(planner *p, const char *name, const tensor_desc *to, location to_at, const tensor_desc *from,
                        location from_at);
/* The step that measures node v, whose type has a symbol without value; its operands are there, `at` gets the number.
 * *measured: the expression that it is. */
cot_status planner_add_measurement(planner *p, const cot_graph *g, value v, plan_value *values, location at,
                                   dim *measured, bool *is_float);
/* A row-major copy of a value in a storage of its own. */
location planner_copy_of(planner *p, const char *name, const type *t, location at);
/* The writes that copy_ nodes of the graph ask for, in order: see plan.c. */
typedef struct plan_write {
    location to, from;
    tensor_desc to_desc, from_desc;
    const char *name;
} plan_write;
typedef VEC(plan_write) plan_writes;
cot_status planner_find_writes(planner *p, const cot_graph *g, plan_value *values, plan_writes *out);

/* order.c — an order of steps that needs less memory, steps before `boundary` (a draft) staying there. */
cot_status planner_order(planner *p, uint32_t boundary);
/* fuse.c — steps that are tile programs become fewer and larger ones. Reads `last == STEP_END`. */
void planner_fuse(planner *p);

/* lifetime.c — uses, writes straight into inputs, results over operands. `pinned` and `last == STEP_END` are read. */
void planner_lifetimes(planner *p);
/* The storage a location really lies in, after merging. */
location planner_resolve(const planner *p, location at);
/* place.c — offsets in the arena. COT_NO_MEMORY when the sum does not fit a size. */
cot_status planner_place(planner *p, uint64_t *arena_bytes);
/* Writes out the plan. */
cot_status planner_finish(planner *p, plan *out);
place planner_location_place(const planner *p, location at);

/* body.c — a call of one body. */
cot_status planner_add_call(planner *p, const cot_graph *g, value v, plan_value *values);
/* The plan of a body, made at its first use. */
cot_status planner_body(planner *p, const cot_graph *g, const plan **out);
/* small.c — what the drafts of a body do on a few numbers, before they are fused; NULL where there are more. */
const struct lanes_body *planner_small_body(planner *p, const cot_graph *g, const plan_value *values);
/* prefix.c — a body that is one tile program, after its drafts were fused; NULL where it is not. */
typedef struct whole_body whole_body;
const whole_body *planner_whole_body(planner *p, const plan *body);
/* control.c — branches and loops. */
cot_status planner_add_control(planner *p, const cot_graph *g, value v, plan_value *values);

/* execute.c — runs steps [from, to). bases: an address for each slot; stack: plan->stack_words pointers of room behind
 * the addresses. Gives false when *cancel was found set. */
typedef struct run_key {
    uint64_t seed, step;
} run_key;
struct pool;
/* control.c: a branch or a loop with these addresses of results and operands; stack as behind those of a body. */
bool control_run(const step *s, char *const *pointers, char *scratch, char **stack, struct pool *pool, run_key key,
                 const _Atomic(int) *cancel);
/* The key of the number-th of several runs that must not draw the same numbers. */
run_key run_key_of(run_key key, uint64_t number);
bool plan_run(const plan *p, uint32_t from, uint32_t to, char **bases, struct pool *pool, run_key key,
              const _Atomic(int) *cancel);
/* One step of it. */
bool plan_run_step(const plan *p, const step *s, char **bases, struct pool *pool, run_key key,
                   const _Atomic(int) *cancel);

/* report.c — the plan as text. */
void plan_report(const plan *p, uint32_t forward_steps, text *out);
/* The tile programs of its fused steps, those of bodies behind them. */
void plan_report_fusion(const plan *p, text *out);

#endif
