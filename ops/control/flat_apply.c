/* SPDX-License-Identifier: MIT
 * flat_apply.c — a Python function that torch.export keeps as a call:
 *
 *     flat_apply(function, in_spec, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', tensor, indices…)
 *
 * ModIndex is `tensor[indices]` by tensors of coordinates, in bodies of flex_attention; nothing else is known. */
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

enum { NAME = 2, TENSOR, FIRST };

static cot_status arguments(cot_graph *g, const arg *args, uint32_t nargs, arg bound[2], cot_error *error) {
    static const char suffix[] = ".ModIndex";
    const char *name = nargs > NAME && args[NAME].kind == ARG_STRING ? args[NAME].s : "";
    const size_t length = strlen(name);
    if (length < sizeof suffix || strcmp(name + length - (sizeof suffix - 1), suffix))
        return fail(error, COT_UNSUPPORTED, "flat_apply: the function '%s' is not known", name);
    if (nargs <= TENSOR || graph_type(g, arg_as_value(&args[TENSOR]))->kind != TYPE_TENSOR)
        return fail(error, COT_SCHEMA, "flat_apply: expected a tensor to index");
    bound[0] = args[TENSOR];
    bound[1] = arg_list_of(args + FIRST, nargs - FIRST);
    return COT_OK;
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    arg bound[2];
    TRY(arguments(g, args, nargs, bound, error));
    if (nargs == FIRST) {
        *result = type_copy(g->arena, graph_type(g, bound[0].value));
        return COT_OK;
    }
    return infer_type(g, op_find(g->ctx, "index.Tensor"), bound, result, error);
}

static cot_status functionalize(functionalize_stage *s, value *result) {
    arg bound[2];
    TRY(arguments(s->b->graph, s->args, s->call->nargs, bound, s->b->error));
    *result = s->call->nargs == FIRST ? emit(s->b, "clone", "a", &bound[0])
                                      : emit_bound(s->b, op_find(s->b->graph->ctx, "index.Tensor"), bound, NULL);
    return s->b->status;
}

static const control_hooks hooks = {.shape = shape, .functionalize = functionalize};

const op_record ops_flat_apply[] = {
    {.schema = "higher_order::flat_apply", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_flat_apply_count = COUNT_OF(ops_flat_apply);
