/* SPDX-License-Identifier: MIT
 * regions.c — regions of grad mode and autocast, as torch.export writes them: a body that is inlined, and what
 * changes for the nodes inside.
 *
 *     wrap_with_set_grad_enabled(False, body, operands…)
 *     wrap_with_autocast('cpu', torch.bfloat16, enabled, cache_enabled, body, operands…) */
#include "ops/control/control.h"

#include <string.h>

enum { GRAD_BODY = 1, AUTOCAST_BODY = 4 };

static bool grad_region(const cot_graph *g, const node *n, region_mode *mode, uint32_t *body, uint32_t *first) {
    UNUSED(g);
    if (n->nargs <= GRAD_BODY) return false;
    mode->no_grad = !arg_as_bool(&n->args[0], true);
    *body = GRAD_BODY;
    *first = GRAD_BODY + 1;
    return true;
}

static bool autocast_region(const cot_graph *g, const node *n, region_mode *mode, uint32_t *body, uint32_t *first) {
    UNUSED(g);
    if (n->nargs <= AUTOCAST_BODY) return false;
    const arg *device = &n->args[0], *dtype = &n->args[1];
    *body = AUTOCAST_BODY;
    *first = AUTOCAST_BODY + 1;
    if (device->kind == ARG_STRING && strcmp(device->s, "cpu")) return true; /* nothing on the CPU is cast */
    mode->autocast = arg_as_bool(&n->args[2], true);
    mode->autocast_dtype = dtype->kind == ARG_DTYPE ? (cot_dtype)dtype->i : COT_BF16;
    mode->autocast_cache = arg_as_bool(&n->args[3], true);
    return true;
}

static cot_status shape_grad(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    const cot_graph *body = nargs > GRAD_BODY ? control_body(g, &args[GRAD_BODY]) : NULL;
    return control_result_of_body(g, body, "wrap_with_set_grad_enabled", result, error);
}

static cot_status shape_autocast(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    const cot_graph *body = nargs > AUTOCAST_BODY ? control_body(g, &args[AUTOCAST_BODY]) : NULL;
    return control_result_of_body(g, body, "wrap_with_autocast", result, error);
}

static const control_hooks grad_hooks = {.region = grad_region, .shape = shape_grad};
static const control_hooks autocast_hooks = {.region = autocast_region, .shape = shape_autocast};

const op_record ops_control[] = {
    {.schema = "higher_order::wrap_with_set_grad_enabled", .traits = OP_CONTROL, .control = &grad_hooks},
    {.schema = "higher_order::wrap_with_autocast", .traits = OP_CONTROL, .control = &autocast_hooks},
};
const uint32_t ops_control_count = COUNT_OF(ops_control);
