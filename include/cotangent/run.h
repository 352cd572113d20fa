/* SPDX-License-Identifier: MIT
 * run.h — running an executable.
 *
 * A frame is one run's memory: the arena, the saved tensors, the bound inputs. Frames of one executable are
 * independent: one a thread, or several in one thread when several forwards must run before their backwards.
 *
 *     cot_frame *f;
 *     cot_frame_create(exe, NULL, 0, &f, &err);
 *     cot_frame_bind_input(f, i, &(cot_tensor){.data = weights, .dtype = COT_F32, .ndim = 2, .sizes = {4, 8}}, &err);
 *     for (;;) { cot_forward(f, &err); cot_backward(f, &err); … }
 *
 * Nothing here allocates after cot_frame_create, but for what a differentiated loop of unknown length keeps: that grows
 * through the context's allocator when such a loop runs longer than ever before in this frame, and for sizes that only
 * data tell (x[mask], nonzero): what follows is planned in the run that meets a size first. No step copies an
 * input: memory bound stays the caller's, must stay valid until it is bound anew or the frame is destroyed, and is
 * written where the program mutates it. */
#ifndef COTANGENT_RUN_H
#define COTANGENT_RUN_H

#include <cotangent/compile.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cot_frame cot_frame;

/* A tensor: the caller's memory and what lies in it. */
typedef struct cot_tensor {
    void *data; /* first element */
    cot_dtype dtype;
    uint32_t ndim;
    int64_t sizes[COT_MAX_DIMS];
    int64_t strides[COT_MAX_DIMS]; /* in elements; all zero: row-major contiguous */
} cot_tensor;

/* Bytes of memory that a frame takes; known before the first run. */
COT_API uint64_t cot_executable_frame_bytes(const cot_executable *executable);
/* Makes a frame. memory NULL: allocated through the context's allocator, touched once; else the caller's, 64-byte
 * aligned, at least cot_executable_frame_bytes, his until the frame is destroyed. Errors: NO_MEMORY, INVALID. */
COT_API cot_status cot_frame_create(const cot_executable *executable, void *memory, uint64_t bytes, cot_frame **out,
                                    cot_error *error);
COT_API void cot_frame_destroy(cot_frame **frame);

/* Inputs of an executable: the program's inputs in order, then, with an optimizer, its state and scalars: "lr" (0-dim
 * f32), "step" (0-dim i64, counts up by itself), "momentum"/"exp_avg"/"exp_avg_sq" of each parameter ("exp_avg.PATH").
 */
COT_API uint32_t cot_executable_num_inputs(const cot_executable *executable);
COT_API cot_status cot_executable_input(const cot_executable *executable, uint32_t index, cot_input_info *info);
COT_API int cot_executable_find_input(const cot_executable *executable, const char *name); /* by name or target; -1 */
/* Whether the program writes this input (final value), and whether it has a gradient. */
COT_API int cot_executable_input_is_mutated(const cot_executable *executable, uint32_t index);
COT_API int cot_executable_input_has_gradient(const cot_executable *executable, uint32_t index);
/* Whether a run needs this input bound. */
COT_API int cot_executable_input_is_used(const cot_executable *executable, uint32_t index);
/* Sizes and strides of a mutated input's final value in its memory: its own, unless the program changed them (t_).
 * Errors: INVALID (not mutated). */
COT_API cot_status cot_executable_final(const cot_executable *executable, uint32_t index, cot_tensor *tensor);

/* Binds memory to input `index`. Checks dtype, sizes and strides against the program. Errors: SHAPE, INVALID. */
COT_API cot_status cot_frame_bind_input(cot_frame *frame, uint32_t index, const cot_tensor *tensor, cot_error *error);
/* Sets a number input (Sym). Errors: INVALID (not a number input, or not the value compiled for). */
COT_API cot_status cot_frame_set_number(cot_frame *frame, uint32_t index, double number, cot_error *error);
/* Where gradient of input `index` goes: the caller's memory; accumulate != 0 adds to what is there (micro-batches).
 * Sizes must be the input's, strides may be any. Without, gradients lie in the frame and are valid until its next run.
 */
COT_API cot_status cot_frame_bind_gradient(cot_frame *frame, uint32_t index, const cot_tensor *tensor, int accumulate,
                                           cot_error *error);
/* The gradient arriving at output `index` (or at the final value of a mutated input). Not bound: 1 for a lone
 * differentiable scalar output, else nothing. */
COT_API cot_status cot_frame_bind_tangent(cot_frame *frame, uint32_t index, const cot_tensor *tensor, cot_error *error);
COT_API cot_status cot_frame_bind_final_tangent(cot_frame *frame, uint32_t input, const cot_tensor *tensor,
                                                cot_error *error);

/* Runs. A backward consumes what its forward saved: one backward for each forward. The random key is (seed, step):
 * masks differ between steps and are equal in forward and backward. Errors: INVALID (an input is not bound; backward
 * before forward), CANCELLED. */
COT_API cot_status cot_forward(cot_frame *frame, cot_error *error);
COT_API cot_status cot_backward(cot_frame *frame, cot_error *error);
COT_API cot_status cot_step(cot_frame *frame, cot_error *error);
COT_API void cot_frame_seed(cot_frame *frame, uint64_t seed);
/* Makes the run that is going on, or the next one, stop between two kernels with CANCELLED. Thread-safety: any thread.
 */
COT_API void cot_frame_cancel(cot_frame *frame);

typedef enum cot_output_kind {
    COT_OUTPUT_TENSOR,
    COT_OUTPUT_INT,
    COT_OUTPUT_FLOAT,
    COT_OUTPUT_BOOL,
    COT_OUTPUT_NONE
} cot_output_kind;
typedef enum cot_alias { COT_ALIAS_NO, COT_ALIAS_INPUT, COT_ALIAS_OUTPUT, COT_ALIAS_BASE } cot_alias;
typedef struct cot_output_info {
    cot_output_kind kind; /* INT, FLOAT, BOOL: a number the program computes; NONE: None or a constant */
    int has_gradient;     /* can have a tangent */
    cot_alias alias;      /* shares storage with input `alias_of`, output `alias_of`, or hidden base `alias_of` */
    uint32_t alias_of;
    cot_dtype dtype;
    uint32_t ndim;
    int64_t sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS]; /* -1: known only in a run, see cot_frame_output */
} cot_output_info;
COT_API uint32_t cot_executable_num_outputs(const cot_executable *executable);
COT_API cot_status cot_executable_output(const cot_executable *executable, uint32_t index, cot_output_info *info);

/* Results of the last run. Tensors point into the frame or (aliases) into inputs; valid until the frame's next run, the
 * next binding, or its destruction. An absent gradient: tensor->data is NULL. */
COT_API cot_status cot_frame_output(const cot_frame *frame, uint32_t index, cot_tensor *tensor, cot_error *error);
COT_API cot_status cot_frame_number(const cot_frame *frame, uint32_t index, double *number, int64_t *integer,
                                    cot_error *error);
COT_API cot_status cot_frame_gradient(const cot_frame *frame, uint32_t input, cot_tensor *tensor, cot_error *error);

/* ---- seeing where the time goes --------------------------------------------------------------------------------- */

/* A kernel of an executable's plan; lives as long as the executable. */
typedef struct cot_kernel cot_kernel;

typedef struct cot_kernel_info {
    const char *name;    /* of the node that it computes; of a fused one, of its last */
    const char *what;    /* the operator */
    double flops;        /* floating-point operations, from the sizes: a multiplication and an addition are two */
    uint64_t bytes_read; /* of its operands, each once; of its results. 0 for a call: its kernels have their own */
    uint64_t bytes_written;
    char operands[256], results[256]; /* "f32[4, 8] f32[8]" */
} cot_kernel_info;
COT_API void cot_kernel_describe(const cot_kernel *kernel, cot_kernel_info *info);

typedef enum cot_event_kind {
    COT_EVENT_KERNEL, /* a kernel has run */
    COT_EVENT_CALL,   /* a repeated body, a branch or a loop has run: its kernels were reported before it */
    COT_EVENT_PIECE   /* one thread has done its piece of a kernel's work: reported before the kernel */
} cot_event_kind;

typedef struct cot_event {
    cot_event_kind kind;
    const cot_kernel *kernel;
    uint64_t begin_ns, end_ns; /* of the monotonic clock */
    uint32_t depth;            /* 0; inside of a call 1, … */
    uint32_t thread;           /* of a piece: 0 is the thread that runs the step */
    int is_backward;
} cot_event;

/* Pieces are reported by the threads that did them, so by several at a time; the others by the caller's thread. */
typedef void (*cot_watch)(void *user, const cot_event *event);

/* Reports what the frame's runs do, until it is called with NULL. A run that nobody watches pays nothing for this; one
 * that is watched reads the clock twice for each event. */
COT_API void cot_frame_watch(cot_frame *frame, cot_watch watch, void *user);

/* What the machine can do at most, measured in about half a second with `threads` threads (0: the context's): compare a
 * kernel's speed with it. Errors: NO_MEMORY. */
typedef struct cot_machine {
    double flops;       /* f32 operations a second of a register-only loop of multiply-adds */
    double read, write; /* bytes a second to and from memory */
    uint32_t threads;
} cot_machine;
COT_API cot_status cot_context_measure(cot_context *ctx, uint32_t threads, cot_machine *machine, cot_error *error);

#ifdef __cplusplus
}
#endif
#endif
