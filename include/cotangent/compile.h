/* SPDX-License-Identifier: MIT
 * compile.h — from a program to something that runs.
 *
 *     program → functional → joint → forward + backward → plan
 *
 * cot_compile does all of it; every stage can be printed as text. An executable is immutable: any number of threads may
 * run it at one time, each with a frame of its own (run.h). It keeps nothing of the graph and may outlive it, not the
 * context. */
#ifndef COTANGENT_COMPILE_H
#define COTANGENT_COMPILE_H

#include <cotangent/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cot_executable cot_executable;

typedef enum cot_stage {
    COT_STAGE_INPUT,      /* the program as read */
    COT_STAGE_FUNCTIONAL, /* no mutation, no composite operators */
    COT_STAGE_JOINT,      /* forward and backward in one graph */
    COT_STAGE_FORWARD,    /* returns (mutated inputs…, outputs…, saved…) */
    COT_STAGE_BACKWARD,   /* takes saved values and tangents, returns a gradient or None for each input */
    COT_STAGE_PLAN,       /* kernels, offsets, lifetimes; for reading only */
    COT_STAGE_FUSION      /* what was fused, as tile programs; for reading only */
} cot_stage;

typedef enum cot_mode {
    COT_MODE_TRAIN,    /* forward and backward apart: cot_forward, cot_backward */
    COT_MODE_STEP,     /* forward, backward and optimizer in one: cot_step; a gradient's memory is reused at once */
    COT_MODE_INFERENCE /* forward only */
} cot_mode;
typedef enum cot_partition { COT_PARTITION_MIN_CUT, COT_PARTITION_DEFAULT } cot_partition;
typedef enum cot_cost { COT_COST_RUNTIME, COT_COST_REFERENCE } cot_cost;
typedef enum cot_optimizer { COT_OPTIMIZER_NONE, COT_OPTIMIZER_SGD, COT_OPTIMIZER_ADAMW } cot_optimizer;

/* What a checkpointed region does with the result of an operator: keeps it for the backward, or computes it again. */
typedef enum cot_checkpoint {
    COT_CHECKPOINT_PREFER_RECOMPUTE,
    COT_CHECKPOINT_MUST_RECOMPUTE,
    COT_CHECKPOINT_PREFER_SAVE, /* the cheaper one, as outside of a region */
    COT_CHECKPOINT_MUST_SAVE
} cot_checkpoint;
/* Asked for each call in a checkpointed region: `operation` is its operator ("torch.ops.aten.mm.default"), `name` the
 * node's, `region` the number of the region, from 1. Must answer alike whenever it is asked the same. */
typedef cot_checkpoint cot_checkpoint_policy(void *user, const char *operation, const char *name, uint32_t region);

typedef struct cot_symbol_value {
    const char *name; /* "s77" */
    int64_t value;
} cot_symbol_value;

/* Sizes of an input, from which symbolic sizes follow. known == 0: nothing is said. */
typedef struct cot_shape {
    int known;
    uint32_t ndim;
    int64_t sizes[COT_MAX_DIMS];
    int64_t number; /* of a number input (Sym) */
} cot_shape;

/* An input that shares memory with others which the program writes, or which must show what it writes: a view of a
 * storage, `offset` elements behind its first. Its sizes must be numbers. */
typedef struct cot_view {
    const char *input;
    const char *storage; /* a name of the caller's; inputs that share memory give the same */
    int64_t offset;
    int64_t strides[COT_MAX_DIMS]; /* in elements; all zero: as the program says */
} cot_view;

/* Zero means default in every field. Borrowed until the call returns. */
typedef struct cot_compile_options {
    size_t struct_bytes; /* sizeof(cot_compile_options); 0 is read as today's size */
    cot_mode mode;
    const char *const *grad; /* names of the inputs to differentiate; NULL: the parameters */
    uint32_t num_grad;       /* with grad != NULL; 0 then means none: as inference */
    const char *const *tied; /* pairs of input names that are one parameter: a, b, a, b, … */
    uint32_t num_tied;       /* entries of tied, even */
    cot_partition partition;
    cot_cost cost;
    uint64_t
        memory_budget; /* bytes of planned peak; 0: none. Refused (INVALID, with the least possible) if unreachable */
    int keep_input_mutations; /* inference: write mutated inputs by copy_ at the end of the graph */
    cot_optimizer
        optimizer;       /* COT_MODE_STEP: updates each differentiated input in place; NONE: gradients are outputs */
    int no_decay_1d;     /* no weight decay on parameters of rank below 2 */
    double weight_decay; /* of the optimizer */
    double momentum;     /* SGD; 0: 0.9 */
    double beta1, beta2, eps;        /* AdamW; 0: 0.9, 0.999, 1e-8 */
    const cot_symbol_value *symbols; /* values of symbolic sizes; those not given must follow from nothing */
    uint32_t num_symbols;
    const cot_shape *shapes; /* by input of the program, or NULL: other symbolic sizes follow from these */
    uint32_t num_shapes;
    uint32_t threads;                         /* plan for this many; 0: the context's */
    cot_checkpoint_policy *checkpoint_policy; /* NULL: all of a checkpointed region is computed again */
    void *checkpoint_user;
    int unlift_effect_tokens; /* stages print tokens of effects as made and ended inside, not as inputs and outputs */
    /* Inputs that are views. The executable has their storages as inputs in their place, each a 1-D tensor with the
     * storage's name up to the last element that a view has, before all others: bound, differentiated and written as
     * one. */
    const cot_view *views;
    uint32_t num_views;
} cot_compile_options;

/* Compiles. Gives *out (caller destroys). Errors: REFUSED, NO_RULE, NO_KERNEL, SHAPE, ALIAS, INVALID, NO_MEMORY. */
COT_API cot_status cot_compile(const cot_graph *graph, const cot_compile_options *options, cot_executable **out,
                               cot_error *error);
COT_API void cot_executable_destroy(cot_executable **executable);

/* Text of a stage; gives *text (cot_text_free). INVALID when the stage does not exist (a backward of an inference). */
COT_API cot_status cot_executable_print(const cot_executable *executable, cot_stage stage, char **text,
                                        cot_error *error);

typedef struct cot_saved_info {
    const char *name;
    cot_dtype dtype;
    uint32_t ndim;
    int64_t sizes[COT_MAX_DIMS];
    uint64_t bytes;
} cot_saved_info;

typedef struct cot_stats {
    double compile_ms;
    uint32_t nodes_input, nodes_functional, nodes_joint, nodes_forward,
        nodes_backward;    /* calls, placeholders not counted */
    uint32_t kernels;      /* calls of kernels in a step */
    uint64_t saved_bytes;  /* tensors saved from forward to backward that are not inputs of the program */
    uint64_t peak_bytes;   /* arena of a frame */
    uint64_t weight_bytes; /* inputs of kind parameter and buffer */
    uint64_t node_visits;  /* nodes that the passes made or went over: what the linear-time tests count */
    uint32_t num_saved;
    const cot_saved_info *saved; /* owned by the executable */
} cot_stats;
COT_API void cot_executable_stats(const cot_executable *executable, cot_stats *stats);

#ifdef __cplusplus
}
#endif
#endif
