/* SPDX-License-Identifier: MIT
 * mark.c — regions as Dynamo writes them: no bodies, but calls between which the nodes run under another mode.
 *
 *     h = torch.amp.autocast_mode._enter_autocast('cpu', torch.bfloat16, True, None)
 *     torch.amp.autocast_mode._exit_autocast(h)
 *     torch._C._set_grad_enabled(False)
 *
 * Regions of autocast and of inference mode nest; grad mode is set, and set back, by a call of its own. Behind
 * lower.c there are no marks. */
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

bool control_is_autocast(const arg *args) {
    return args[0].kind == ARG_STRING && (args[1].kind == ARG_DTYPE || args[1].kind == ARG_NONE) &&
           (args[2].kind == ARG_BOOL || args[2].kind == ARG_NONE) &&
           (args[3].kind == ARG_BOOL || args[3].kind == ARG_NONE);
}

void control_autocast(const arg *args, region_mode *mode) {
    if (strcmp(args[0].s, "cpu")) return; /* nothing on the CPU is cast */
    mode->autocast = arg_as_bool(&args[2], true);
    mode->autocast_dtype = args[1].kind == ARG_DTYPE ? (cot_dtype)args[1].i : COT_BF16;
    mode->autocast_cache = arg_as_bool(&args[3], true);
}

static cot_status none(type *result) {
    *result = (type){0};
    return COT_OK;
}

static cot_status shape_autocast(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    UNUSED(g);
    if (nargs != CONTROL_AUTOCAST_ARGS || !control_is_autocast(args))
        return fail(
            error, COT_SCHEMA,
            "_enter_autocast expects device_type, dtype, enabled, and cache_enabled arguments to be constants.");
    return none(result);
}

static cot_status shape_switch(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    UNUSED(g);
    if (nargs != 1 || args[0].kind != ARG_BOOL) return fail(error, COT_SCHEMA, "a mode is True or False");
    return none(result);
}

static cot_status shape_exit(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    const value handle = nargs == 1 ? arg_as_value(&args[0]) : NO_VALUE;
    const op_record *record = handle == NO_VALUE ? NULL : graph_node(g, handle)->op->record;
    if (!record || !record->control || !record->control->opens)
        return fail(error, COT_SCHEMA, "what ends a region takes what began it");
    return none(result);
}

static void mark_autocast(const node *n, region_mode *mode) { control_autocast(n->args, mode); }
static void mark_grad(const node *n, region_mode *mode) { mode->no_grad = !arg_as_bool(&n->args[0], true); }
static void mark_end(const node *n, region_mode *mode) { UNUSED(n), UNUSED(mode); }

static void mark_inference(const node *n, region_mode *mode) {
    if (arg_as_bool(&n->args[0], true)) mode->no_grad = true;
}

static const control_hooks enter_autocast = {.shape = shape_autocast, .mark = mark_autocast, .opens = true};
static const control_hooks enter_inference = {.shape = shape_switch, .mark = mark_inference, .opens = true};
static const control_hooks leave = {.shape = shape_exit, .mark = mark_end, .closes = true};
static const control_hooks set_grad = {.shape = shape_switch, .mark = mark_grad};

#define MARK(name, hooks)                                                                                              \
    { .schema = "torch::" name, .traits = OP_CONTROL | OP_EFFECT, .control = &hooks }

const op_record ops_mark[] = {
    MARK("amp.autocast_mode._enter_autocast", enter_autocast),
    MARK("amp.autocast_mode._exit_autocast", leave),
    MARK("autograd.grad_mode._enter_inference_mode", enter_inference),
    MARK("autograd.grad_mode._exit_inference_mode", leave),
    MARK("_C._set_grad_enabled", set_grad),
};
const uint32_t ops_mark_count = COUNT_OF(ops_mark);
