/* SPDX-License-Identifier: MIT
 * checkpoint.c — a block whose values are not kept for the backward but computed again there.
 *
 *     tag_activation_checkpoint(body, operands…, use_reentrant = False) → (outputs…)
 *
 * The body is inlined; each node of it carries the number of its region (`ac_graph_id`) and a policy that the
 * partitioner follows: PREFER_RECOMPUTE, unless the text says another one over the node (`# recompute: MUST_SAVE`) or
 * the caller's function does (cot_compile_options.checkpoint_policy). A region inside another belongs to the outer one.
 * "Training deep nets with sublinear memory cost", Chen et al., 2016. */
#include "ops/control/control.h"

#include "base/error.h"

enum { BODY, FIRST };

static bool region(const cot_graph *g, const node *n, region_mode *mode, control_call *call) {
    mode->checkpoint = CHECKPOINT_NEW;
    return control_flat_call(g, n->args, n->nargs, BODY, FIRST, call);
}

/* What torch.utils.checkpoint itself takes by keyword stands behind the operands. */
static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    control_call call;
    if (!control_flat_call(g, args, nargs, BODY, FIRST, &call))
        return fail(error, COT_SCHEMA, "checkpoint: expected a body and an operand for each input of it");
    for (uint32_t i = FIRST + call.count; i < nargs; i++)
        if (args[i].kind == ARG_VALUE)
            return fail(error, COT_SCHEMA, "checkpoint: the body takes %u operands, the call has more", call.count);
    return control_call_shape(g, args, &call, "checkpoint", result, error);
}

static const control_hooks hooks = {
    .capture = control_capture_call, .capture_rules = CAPTURE_REGION, .region = region, .shape = shape};

const op_record ops_checkpoint[] = {
    {.schema = "higher_order::tag_activation_checkpoint", .traits = OP_CONTROL, .control = &hooks},
    {.schema = "higher_order::wrap_activation_checkpoint", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_checkpoint_count = COUNT_OF(ops_checkpoint);
