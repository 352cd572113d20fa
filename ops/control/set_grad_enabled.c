/* SPDX-License-Identifier: MIT
 * set_grad_enabled.c — a region of grad mode as torch.export writes it: a body that is inlined, and what changes for
 * the nodes inside.
 *
 *     wrap_with_set_grad_enabled(False, body, operands…) → (outputs…) */
#include "ops/control/control.h"

#include "base/error.h"

enum { ENABLED, BODY, FIRST };

static bool region(const cot_graph *g, const node *n, region_mode *mode, control_call *call) {
    if (!control_flat_call(g, n->args, n->nargs, BODY, FIRST, call)) return false;
    mode->no_grad = !arg_as_bool(&n->args[ENABLED], true);
    return true;
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    control_call call;
    if (!nargs || args[ENABLED].kind != ARG_BOOL)
        return fail(error, COT_SCHEMA, "wrap_with_set_grad_enabled expects grad_enabled argument to be a constant.");
    if (!control_flat_call(g, args, nargs, BODY, FIRST, &call))
        return fail(error, COT_SCHEMA,
                    "wrap_with_set_grad_enabled: expected a body and an operand for each input of it");
    if (nargs > FIRST + call.count)
        return fail(error, COT_SCHEMA, "wrap_with_set_grad_enabled expects no keyword arguments (got %u).",
                    nargs - FIRST - call.count);
    return control_call_shape(g, args, &call, "wrap_with_set_grad_enabled", result, error);
}

static const control_hooks hooks = {
    .capture = control_capture_call, .capture_rules = CAPTURE_REGION, .region = region, .shape = shape};

const op_record ops_set_grad_enabled[] = {
    {.schema = "higher_order::wrap_with_set_grad_enabled", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_set_grad_enabled_count = COUNT_OF(ops_set_grad_enabled);
