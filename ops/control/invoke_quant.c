/* SPDX-License-Identifier: MIT
 * invoke_quant.c — a body that a quantising compiler may match as a whole: the call keeps its options for it, also in
 * the backward. Here the body runs as it is.
 *
 *     invoke_quant(body, operands…, scheme = 'nf4') → (outputs…)
 *     invoke_quant_packed(body, operands…, scheme = 'nf4', quant_options = InvokeQuant(codegen_low_precision = True))
 */
#include "ops/control/control.h"

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    return control_base_shape(g, args, nargs, "invoke_quant", result, error);
}

static const control_hooks hooks = CONTROL_BASE_HOOKS(shape);

const op_record ops_invoke_quant[] = {
    {.schema = "higher_order::invoke_quant", .traits = OP_CONTROL, .control = &hooks},
    {.schema = "higher_order::invoke_quant_packed", .traits = OP_CONTROL, .control = &hooks},
    /* The options, an object: nobody looks into it. */
    {.schema = "torch::_higher_order_ops._invoke_quant.InvokeQuant", .traits = OP_RECOMPUTABLE | OP_RECOMPUTE_FREE},
};
const uint32_t ops_invoke_quant_count = COUNT_OF(ops_invoke_quant);
