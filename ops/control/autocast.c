/* SPDX-License-Identifier: MIT
 * autocast.c — a region of autocast as torch.export writes it: a body that is inlined, its operators' operands cast.
 *
 *     wrap_with_autocast('cpu', torch.bfloat16, enabled, cache_enabled, body, operands…) → (outputs…) */
#include "ops/control/control.h"

#include "base/error.h"

enum { BODY = CONTROL_AUTOCAST_ARGS, FIRST };

static bool region(const cot_graph *g, const node *n, region_mode *mode, control_call *call) {
    if (!control_flat_call(g, n->args, n->nargs, BODY, FIRST, call)) return false;
    control_autocast(n->args, mode);
    return true;
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    control_call call;
    if (nargs < BODY || !control_is_autocast(args))
        return fail(
            error, COT_SCHEMA,
            "wrap_with_autocast expects device_type, dtype, enabled, and cache_enabled arguments to be constants.");
    if (!control_flat_call(g, args, nargs, BODY, FIRST, &call))
        return fail(error, COT_SCHEMA, "wrap_with_autocast: expected a body and an operand for each input of it");
    if (nargs > FIRST + call.count)
        return fail(error, COT_SCHEMA, "wrap_with_autocast expects no keyword arguments (got %u).",
                    nargs - FIRST - call.count);
    return control_call_shape(g, args, &call, "wrap_with_autocast", result, error);
}

static const control_hooks hooks = {
    .capture = control_capture_call, .capture_rules = CAPTURE_REGION, .region = region, .shape = shape};

const op_record ops_autocast[] = {
    {.schema = "higher_order::wrap_with_autocast", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_autocast_count = COUNT_OF(ops_autocast);
