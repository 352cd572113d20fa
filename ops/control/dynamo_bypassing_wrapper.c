/* SPDX-License-Identifier: MIT
 * dynamo_bypassing_wrapper.c — a body, and the key of a function that Python would have put around it when it ran. Such
 * a wrapper can only change how the body runs, not what it computes; here there is none, and the body is inlined.
 *
 *     dynamo_bypassing_wrapper('key', body, operands…) → (outputs…) */
#include "ops/control/control.h"

#include "base/error.h"

enum { KEY, BODY, FIRST };

static bool region(const cot_graph *g, const node *n, region_mode *mode, control_call *call) {
    UNUSED(mode);
    return control_flat_call(g, n->args, n->nargs, BODY, FIRST, call);
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    control_call call;
    if (nargs < FIRST || args[KEY].kind != ARG_STRING)
        return fail(error, COT_SCHEMA, "dynamo_bypassing_wrapper: expected a key, a body and operands");
    if (!control_body(g, &args[BODY]))
        return fail(error, COT_SCHEMA, "expected inner_fn to be torch.fx.GraphModule, got %s",
                    control_show(g, &args[BODY]));
    if (!control_flat_call(g, args, nargs, BODY, FIRST, &call) || nargs != FIRST + call.count)
        return fail(error, COT_SCHEMA, "dynamo_bypassing_wrapper: the body takes %u operands, the call has %u",
                    control_body(g, &args[BODY])->inputs.count, nargs - FIRST);
    return control_call_shape(g, args, &call, "dynamo_bypassing_wrapper", result, error);
}

static const control_hooks hooks = {
    .capture = control_capture_call, .capture_rules = CAPTURE_REGION, .region = region, .shape = shape};

const op_record ops_dynamo_bypassing_wrapper[] = {
    {.schema = "higher_order::dynamo_bypassing_wrapper", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_dynamo_bypassing_wrapper_count = COUNT_OF(ops_dynamo_bypassing_wrapper);
