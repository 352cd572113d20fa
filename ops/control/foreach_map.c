/* SPDX-License-Identifier: MIT
 * foreach_map.c — one function on each item of a list, which whoever makes kernels may do in one go: the body holds all
 * the calls.
 *
 *     foreach_map(body, operands…) → (outputs…) */
#include "ops/control/control.h"

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    return control_base_shape(g, args, nargs, "foreach_map", result, error);
}

static const control_hooks hooks = CONTROL_BASE_HOOKS(shape);

const op_record ops_foreach_map[] = {
    {.schema = "higher_order::foreach_map", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_foreach_map_count = COUNT_OF(ops_foreach_map);
