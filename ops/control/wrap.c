/* SPDX-License-Identifier: MIT
 * wrap.c — a body and nothing else: the plainest higher-order operator. It is inlined.
 *
 *     wrap(body, operands…) → (outputs…) */
#include "ops/control/control.h"

#include "base/error.h"

enum { BODY, FIRST };

static bool region(const cot_graph *g, const node *n, region_mode *mode, control_call *call) {
    UNUSED(mode);
    return control_flat_call(g, n->args, n->nargs, BODY, FIRST, call);
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    control_call call;
    if (!control_flat_call(g, args, nargs, BODY, FIRST, &call))
        return fail(error, COT_SCHEMA, "wrap: expected a body and an operand for each input of it");
    if (nargs > FIRST + call.count)
        return fail(error, COT_SCHEMA, "wrap: kwargs should have been flattened into lifted args.");
    return control_call_shape(g, args, &call, "wrap", result, error);
}

static const control_hooks hooks = {
    .capture = control_capture_call, .capture_rules = CAPTURE_REGION, .region = region, .shape = shape};

const op_record ops_wrap[] = {
    {.schema = "higher_order::wrap", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_wrap_count = COUNT_OF(ops_wrap);
