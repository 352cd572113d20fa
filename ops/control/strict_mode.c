/* SPDX-License-Identifier: MIT
 * strict_mode.c — a body that was traced strictly. It is a plain call.
 *
 *     strict_mode(body, (operands…)) → (outputs…) */
#include "ops/control/control.h"

#include "base/error.h"

enum { BODY, OPERANDS, COUNT };

static bool call(const cot_graph *g, const arg *args, uint32_t nargs, control_call *call) {
    return control_body(g, &args[BODY]) && control_list_call(args, nargs, BODY, OPERANDS, call);
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    control_call c;
    if (nargs > COUNT)
        return fail(error, COT_SCHEMA, "strict_mode higher order op expects no keyword arguments (got %u).",
                    nargs - COUNT);
    if (nargs < COUNT || !control_is_list(&args[OPERANDS]))
        return fail(error, COT_SCHEMA, "strict_mode higher order op expects flat inputs (list/tuple/dict/set)");
    if (!call(g, args, nargs, &c)) return fail(error, COT_SCHEMA, "strict_mode: expected a body (get_attr of a graph)");
    return control_call_shape(g, args, &c, "strict_mode", result, error);
}

static const control_hooks hooks = {.capture = control_capture_call_list,
                                    .capture_rules = CAPTURE_ANYTHING,
                                    .shape = shape,
                                    .functionalize = control_call_functionalize,
                                    .joint = control_call_joint,
                                    .vmap = control_call_batch,
                                    .call = call};

const op_record ops_strict_mode[] = {
    {.schema = "higher_order::strict_mode", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_strict_mode_count = COUNT_OF(ops_strict_mode);
