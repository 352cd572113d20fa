/* SPDX-License-Identifier: MIT
 * invoke_subgraph.c — a call of a body that is compiled once and called many times.
 *
 *     invoke_subgraph(body, 'identifier', operands…) → (outputs…)
 *
 * A body may write its inputs where nothing is differentiated: its functional form returns their new values behind its
 * outputs, and the call's operands take them. */
#include "ops/control/control.h"

#include "base/error.h"

enum { FIRST = 2 }; /* operand */

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs < FIRST) return fail(error, COT_SCHEMA, "invoke_subgraph: expected a body, an identifier and operands");
    if (args[1].kind != ARG_STRING && args[1].kind != ARG_NONE)
        return fail(error, COT_SCHEMA, "invoke_subgraph: identifier must be None or a string");
    return control_result_of_body(g, control_body(g, &args[0]), "invoke_subgraph", result, error);
}

/* What leaves a body must be memory of its own. */
static cot_status check_aliases(functionalize_stage *s, const cot_graph *body) {
    for (uint32_t k = 0; k < body->num_user_outputs; k++)
        if (body->aliases[k].kind != ALIAS_NONE)
            return builder_fail(s->b, COT_REFUSED, "Encountered aliasing during higher order op tracing: "
                                "Higher order ops do not support aliasing. Found in invoke_subgraph");
    return COT_OK;
}

static cot_status refuse_training(functionalize_stage *s) {
    return builder_fail(s->b, COT_REFUSED, "The invoke_subgraph HigherOrderOperator does not currently support training with "
                        "in-place input or buffer mutations If you require this feature, please submit an issue to PyTorch. "
                        "Alternatively, consider creating your own custom autograd.Function. ");
}

static cot_status functionalize_call(functionalize_stage *s, value *result) {
    const node *n = s->call;
    builder *b = s->b;
    const cot_graph *body = control_body(s->source, &n->args[0]);
    if (!body) return builder_fail(b, COT_SCHEMA, "invoke_subgraph: expected a body (get_attr of a graph)");
    const node *attribute = graph_node(s->source, n->args[0].value);
    cot_graph *functional;
    TRY(s->body(s, body, attribute->target ? attribute->target : attribute->name, &functional));
    TRY(check_aliases(s, functional));
    if (functional->num_mutated && s->training) return refuse_training(s);

    arg *args = arena_copy(b->graph->arena, s->args, n->nargs * sizeof(arg));
    args[0] = arg_value(emit_get_attr(b, s->name_of(s, functional), NULL));
    if (functional->num_mutated && args[1].kind == ARG_STRING)
        args[1] = arg_string(arena_printf(b->graph->arena, "functionalized_%s", args[1].s));
    type t;
    if (!b->status) b->status = shape(b->graph, args, n->nargs, &t, b->error);
    if (b->status) return b->status;
    *result = emit_raw(b, n->op, args, n->nargs, &t, NULL);
    for (uint32_t k = 0; k < functional->num_mutated; k++)
        s->write(s, &n->args[FIRST + functional->mutated[k]], emit_get(b, *result, functional->num_user_outputs + k));
    return b->status;
}

static const control_hooks hooks = {.shape = shape, .functionalize = functionalize_call, .calls = true};

const op_record ops_invoke_subgraph[] = {
    {.schema = "higher_order::invoke_subgraph", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_invoke_subgraph_count = COUNT_OF(ops_invoke_subgraph);
