/* SPDX-License-Identifier: MIT
 * local_map.c — a body that runs on the local parts of distributed tensors. On one machine the parts are the tensors.
 *
 *     local_map_hop(body, operands…) → (outputs…) */
#include "ops/control/control.h"

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    return control_base_shape(g, args, nargs, "local_map_hop", result, error);
}

static const control_hooks hooks = CONTROL_BASE_HOOKS(shape);

const op_record ops_local_map[] = {
    {.schema = "higher_order::local_map_hop", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_local_map_count = COUNT_OF(ops_local_map);
