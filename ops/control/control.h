/* SPDX-License-Identifier: MIT
 * control.h — what the files of ops/control/ share: shapes of results, and the backward of a body as a body of its own.
 */
#ifndef OPS_CONTROL_CONTROL_H
#define OPS_CONTROL_CONTROL_H

#include "ops/control.h"

/* The child graph that an argument (a get_attr value) names; NULL when it names none. */
cot_graph *control_body(const cot_graph *g, const arg *a);
/* The type of a call that gives what its body returns: a tuple of the body's output leaves. `who` is for the error. */
cot_status control_result_of_body(cot_graph *g, const cot_graph *body, const char *who, type *result, cot_error *error);

/* A call whose body is argument `body` and whose operands stand behind each other from argument `first` on: as many as
 * the body has inputs. What is behind them are options. */
bool control_flat_call(const cot_graph *g, const arg *args, uint32_t nargs, uint32_t body, uint32_t first,
                       control_call *call);
/* A call whose operands are one list or tuple, argument `list`. */
bool control_list_call(const arg *args, uint32_t nargs, uint32_t body, uint32_t list, control_call *call);
/* The type of such a call: its operands fit the body, its result is what the body returns (a tuple, or one value). */
cot_status control_call_shape(cot_graph *g, const arg *args, const control_call *call, const char *who, type *result,
                              cot_error *error);
/* The same for op(body, operands…, options…), with PyTorch's words for what is no body. */
cot_status control_base_shape(cot_graph *g, const arg *args, uint32_t nargs, const char *who, type *result,
                              cot_error *error);
/* The call hook of op(body, operands…, options…). */
bool control_base_call(const cot_graph *g, const arg *args, uint32_t nargs, control_call *call);
/* All hooks of such an operator, where the body runs as it is. */
#define CONTROL_BASE_HOOKS(shape_)                                                                                     \
    {                                                                                                                  \
        .capture = control_capture_call, .capture_rules = CAPTURE_ANYTHING, .shape = shape_,                           \
        .functionalize = control_call_functionalize, .joint = control_call_joint, .vmap = control_call_batch,          \
        .parameters = "subgraph, arg*", .call = control_base_call                                                      \
    }
/* An argument in an error's words. */
const char *control_show(const cot_graph *g, const arg *a);
/* Hooks of an operator that has `call` and `shape`. */
cot_status control_call_functionalize(functionalize_stage *s, value *result);
cot_status control_call_joint(joint_stage *s);
/* How `from` had its arguments written, for `to`, which has `added` more by position. */
void control_copy_form(cot_graph *g, node *to, const node *from, uint32_t added);

/* The body that an argument names, its outputs, and that it takes `count` inputs. */
cot_status control_read_body(cot_graph *g, const arg *a, uint32_t count, const char *who, cot_graph **body,
                             arg_list *outputs, cot_error *error);
/* Whether a size is a symbol that only a run gives its value. */
bool control_is_unbacked(const cot_graph *g, dim size);
/* Whether a body returns a number, or a tensor of a size, that it alone knows: no input has it. */
bool control_gives_own_sizes(const cot_graph *body);
/* Whether a value of this type can have a gradient. */
bool control_is_float(const type *t);
/* The value whose storage v lies in, through views and writes: v itself where it has its own. */
value control_storage(const cot_graph *g, value v);
/* An argument for an error: a constant as Python prints it, a value by its name. */
const char *control_leaf_text(cot_graph *g, const arg *a);
/* Whether an argument is a list or a tuple. */
bool control_is_list(const arg *a);
/* The type of output leaf `a` of a body as a result with memory of its own: row-major; with `leading`, a stack. */
type control_result(cot_graph *g, const cot_graph *body, const arg *a, const dim *leading);

/* The type of what two branches give, `part` of the call: sizes that differ, or ints, become a symbol (merge.c). */
cot_status control_merge(cot_graph *g, uint32_t part, const cot_graph *const bodies[2], const arg *a, const arg *b,
                         type *out, cot_error *error);
/* The functional form of a call whose two bodies, arguments first_body and the one behind it, may differ so, from the
 * call again. */
cot_status control_merge_functionalize(functionalize_stage *s, uint32_t first_body, value *result);
/* Fails, in PyTorch's words, where two lists of results do not have the same dtypes and sizes (CAP-37). */
cot_status control_same_metadata(const cot_graph *g, const type *lhs, uint32_t num_lhs, const char *lhs_name,
                                 const type *rhs, uint32_t num_rhs, const char *rhs_name, cot_error *error);
/* "torch.Size([3])" */
const char *control_sizes_text(const cot_graph *g, const type *t);
/* Whether a type is one number: of a tensor, of one element (a symbolic size may be 1). */
bool control_is_scalar(const type *t);

/* Of a region of autocast: its four arguments are constants; what they make of the mode. */
enum { CONTROL_AUTOCAST_ARGS = 4 };
bool control_is_autocast(const arg *args);
void control_autocast(const arg *args, region_mode *mode);

/* ---- capture (capture.c) ---------------------------------------------------------------------------------------- */

/* The lifted values of a body as arguments: a list of this kind (ARG_TUPLE, ARG_LIST), behind what is there. */
arg control_lifted(capture_stage *s, const captured *body, uint8_t kind, const arg *before);
/* Fails unless the call has this many arguments, all by position. `usage`: "cond(pred, cond_fn, body_fn, operands)". */
cot_status control_expect(capture_stage *s, uint32_t count, const char *usage);
/* An argument as a list, though one value was given. */
arg control_as_list(capture_stage *s, uint32_t at);
/* Hooks of operators that call one body: f(…, body, operands…, keywords…), and f(…, body, (operands…), …). Operands
 * that the body does not use are none (CAP-03). */
cot_status control_capture_call(capture_stage *s);
/* Of operators without bodies: the call as it is written. */
cot_status control_capture_plain(capture_stage *s);
cot_status control_capture_call_list(capture_stage *s);

/* ---- bodies in place of their calls ---------------------------------------------------------------------------- */

/* The nodes of a functional body behind each other in b's graph, under b's flags; gives the leaves of its output. */
cot_status control_inline(builder *b, const cot_graph *body, const arg *inputs, arg_list *leaves);

/* ---- backward bodies --------------------------------------------------------------------------------------------
 * A joint of a body (joint_stage.body) holds forward and backward of it. The body of a backward call takes the same
 * inputs in an order of its own and gives gradients alone, zeros where there is no path; what it needs of the forward
 * it computes again. */
typedef struct control_backward {
    joint_stage *stage;
    const cot_graph *joint;
    builder b; /* on the new body */
    value *map;
    arg_list outputs;     /* of the joint */
    uint32_t num_outputs; /* of the body that was differentiated, 0 where the joint's backward part stands for it */
} control_backward;

/* Makes the joint of a body and begins. */
cot_status control_backward_start(control_backward *w, joint_stage *s, const cot_graph *body, const bool *needs,
                                  const bool *tangents);
/* Begins with a joint, or with its backward part (joint_stage.split). */
void control_backward_begin(control_backward *w, joint_stage *s, const cot_graph *joint, const char *class_name);
/* The next input is input i of the joint; or one that the joint does not have. */
value control_backward_input(control_backward *w, uint32_t i);
value control_backward_new_input(control_backward *w, const type *t);
/* Everything that is no input. */
void control_backward_fill(control_backward *w);
/* The gradient of the body's input i; where the joint has None, zeros like `like` (a value of the new body), or
 * NO_VALUE. */
value control_backward_gradient(control_backward *w, uint32_t i, value like);
/* Ends with these outputs; gives a get_attr in the joint graph, under a name that begins with `stem`. */
cot_status control_backward_finish(control_backward *w, const value *outputs, uint32_t count, const char *stem,
                                   value *attribute);

/* ---- halves -----------------------------------------------------------------------------------------------------
 * Or the backward reads values that the forward keeps: the joint of a body is split once (joint_stage.split), and the
 * forward call gives what the minimum cut says. */
typedef struct control_halves {
    const cot_graph *body, *joint;
    const cot_graph *forward; /* gives the body's outputs; the body itself where nothing is kept */
    const cot_graph *source;  /* of the backward: the joint's backward part, or the joint where nobody splits it */
    uint32_t num_inputs;      /* of source, before its tangents */
    uint32_t num_tangents;
    uint32_t *input; /* by input of source: which input of the body it is; their number: a value that is kept */
} control_halves;

/* split: keep what the cut says; else the backward computes its forward again. */
cot_status control_halve(joint_stage *s, const cot_graph *body, const bool *needs, const bool *tangents, bool split,
                         control_halves *h);
/* Whether it is cheaper to keep what a body computes than to compute it again: not for pointwise operators, which fuse
 * with what reads them. */
bool control_is_dear(const cot_graph *body);
bool control_is_kept(const control_halves *h, uint32_t i);
bool control_reads(const control_halves *h, uint32_t input);
/* The forward's body as a new graph; its outputs, then what is kept: part[i] is which of them input i of source is,
 * where that is kept. One of the body's own from first_kept on may do. */
cot_graph *control_keep(joint_stage *s, const control_halves *h, uint32_t num_outputs, uint32_t first_kept,
                        uint32_t *part, arg_list *outputs);
/* `body` with these outputs takes the place of an argument of the forward call, under a name that begins with `stem`.
 * The call's type is then the caller's business. */
void control_change_body(joint_stage *s, uint32_t argument, cot_graph *body, const arg_list *outputs, const char *stem);
/* The same for the body that a get_attr value names. */
void control_rename_body(joint_stage *s, value attribute, cot_graph *body, const arg_list *outputs, const char *stem);
/* Part of the forward call, as a forward value. */
value control_part(joint_stage *s, uint32_t part);

/* A call of op(predicate, bodies…, (operands…)) that runs one of its bodies. */
typedef struct branch_form {
    uint32_t first; /* argument: the predicate; bodies stand behind it */
    const arg *bodies;
    uint32_t num_bodies;
    const char *const *stems; /* by body */
    bool listed;              /* they are a list */
    uint32_t operands;        /* argument */
    cot_status (*shape)(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error);
} branch_form;
/* branches.c: its joint hook. */
cot_status control_branch_joint(joint_stage *s, const branch_form *form);

/* Whether each leaf of `list` (an argument of the call) needs a gradient, from the stage's needs: `first` of those are
 * of operands before the list. */
const bool *control_needs(joint_stage *s, const arg *list, uint32_t *first);

/* ---- vmap ------------------------------------------------------------------------------------------------------- */

/* Whether each leaf of a list (an argument of the call) has the batch; `first` as in control_needs. */
bool *control_batched(vmap_stage *s, const arg *list, uint32_t *first);
/* The list's leaves as the pattern says: those that have no batch but should are repeated. `along`: the batch stands
 * behind a dimension that a loop goes along. */
arg control_batch_operands(vmap_stage *s, const arg *list, const bool *have, const bool *want, bool along);
/* Part i of a loop's stacked results: the batch in front again. */
value control_batch_stack(vmap_stage *s, value call, uint32_t i);
/* Emits the call with these arguments; its results are parts of *call. */
cot_status control_batch_call(vmap_stage *s, const arg *args, uint32_t nargs, value *call);
/* The result is these parts. */
void control_batch_result(vmap_stage *s, const value *parts, uint32_t count);
/* The vmap hook of an operator with a `call` hook: the same call of the body over the batch. */
cot_status control_call_batch(vmap_stage *s);
/* Branches over the batch (get_attr values), which agree on the outputs that have it (s->out). */
cot_status control_batch_branches(vmap_stage *s, const arg *bodies, uint32_t num_bodies, const bool *in,
                                  value *attributes);
/* A branch for each example: all are computed, and `where` chooses: the first whose chosen[k] (by example) is true,
 * else the last. */
cot_status control_batch_choose(vmap_stage *s, const arg *bodies, uint32_t num_bodies, const arg *operands,
                                const bool *in, const value *chosen);
/* Output leaves of a body. */
uint32_t control_count_outputs(vmap_stage *s, const cot_graph *body);

#endif
