/* SPDX-License-Identifier: MIT
 * invoke_subgraph.c — a call of a body that is compiled once and called many times.
 *
 *     invoke_subgraph(body, 'identifier', operands…) → (outputs…)
 *
 * A body may write its inputs where nothing is differentiated: its functional form returns their new values behind its
 * outputs, and the call's operands take them. One that gives sizes that it alone knows is inlined: each call has its
 * own. */
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

enum { FIRST = 2 }; /* operand */

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs < FIRST) return fail(error, COT_SCHEMA, "invoke_subgraph: expected a body, an identifier and operands");
    if (args[1].kind != ARG_STRING && args[1].kind != ARG_NONE)
        return fail(error, COT_SCHEMA, "invoke_subgraph: identifier must be None or a string");
    return control_result_of_body(g, control_body(g, &args[0]), "invoke_subgraph", result, error);
}

/* Written without the identifier: equal bodies have one. */
static cot_status capture(capture_stage *s) {
    arena *a = s->b->graph->arena;
    capture_input *inputs = ARENA_ARRAY(a, capture_input, s->npos);
    if (!s->npos) return builder_fail(s->b, COT_SCHEMA, "invoke_subgraph: expected a body and operands");
    for (uint32_t i = 1; i < s->npos; i++)
        inputs[i - 1] = (capture_input){.how = CAPTURE_HANDED, .structure = true, .at = i};
    const capture_request request = {.at = 0, .inputs = inputs, .count = s->npos - 1, .returns = ARG_TUPLE};
    captured body;
    TRY(s->body(s, &request, &body));
    const arg operands = control_lifted(s, &body, ARG_TUPLE, NULL);
    arg *args = ARENA_ARRAY(a, arg, operands.count + FIRST);
    args[0] = s->attach(s, &body, "repeated_subgraph", true);
    if (s->b->status) return s->b->status;
    const char *name = graph_node(s->b->graph, args[0].value)->target;
    args[1] = arg_string(arena_printf(a, "subgraph_%s", name + strlen("repeated_subgraph")));
    for (uint32_t i = 0; i < operands.count; i++) args[FIRST + i] = operands.list[i];
    return s->call(s, args, operands.count + FIRST, &body, CAPTURE_ALL);
}

/* Two different outputs lie in one storage. */
static bool outputs_share(arena *a, const cot_graph *body) {
    arg_list outputs = {0};
    map owners = {.arena = a};
    arg_leaves(a, &body->output, &outputs);
    for (uint32_t k = 0; k < outputs.count; k++) {
        const value v = arg_as_value(&outputs.data[k]);
        if (v == NO_VALUE || graph_type(body, v)->kind != TYPE_TENSOR) continue;
        const value storage = control_storage(body, v);
        const uint32_t owner = map_get_number(&owners, storage);
        if (owner != MAP_NONE && owner != v) return true;
        map_set_number(&owners, storage, v);
    }
    return false;
}

/* A partitioner's forward gives back inputs, and views of them, that its backward reads; its identifier says so. */
static bool is_partitioned(const node *call) {
    return call->args[1].kind == ARG_STRING && !strncmp(call->args[1].s, "partitioned_fw", 14);
}

/* What leaves a body must be memory of its own. */
static cot_status check_aliases(functionalize_stage *s, const cot_graph *body, const cot_graph *functional) {
    bool aliases = outputs_share(s->b->graph->arena, body);
    for (uint32_t k = 0; k < functional->num_user_outputs; k++) aliases |= functional->aliases[k].kind != ALIAS_NONE;
    if (!aliases || (is_partitioned(s->call) && !functional->num_mutated)) return COT_OK;
    return builder_fail(s->b, COT_REFUSED,
                        "Encountered aliasing during higher order op tracing: "
                        "Higher order ops do not support aliasing. Found in invoke_subgraph");
}

static cot_status refuse_training(functionalize_stage *s) {
    return builder_fail(
        s->b, COT_REFUSED,
        "The invoke_subgraph HigherOrderOperator does not currently support "
        "training with in-place input or buffer mutations If you require this feature, please submit an "
        "issue to PyTorch. Alternatively, consider creating your own custom autograd.Function. ");
}

static cot_status functionalize_call(functionalize_stage *s, value *result) {
    const node *n = s->call;
    builder *b = s->b;
    const cot_graph *body = control_body(s->source, &n->args[0]);
    if (!body) return builder_fail(b, COT_SCHEMA, "invoke_subgraph: expected a body (get_attr of a graph)");
    const node *attribute = graph_node(s->source, n->args[0].value);
    cot_graph *functional;
    TRY(s->body(s, body, attribute->target ? attribute->target : attribute->name, &functional));
    TRY(check_aliases(s, body, functional));
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

/* The name under which this joint is a child of the graph already, or "bw_IDENTIFIER_N" with the next N (ISG-07,
 * ISG-10). */
static const char *joint_name(cot_graph *g, const cot_graph *joint, const arg *identifier) {
    const char *stem = arena_printf(g->arena, "bw_%s_", identifier->kind == ARG_STRING ? identifier->s : "subgraph");
    for (uint32_t k = 0;; k++) {
        const char *name = arena_printf(g->arena, "%s%u", stem, k);
        const cot_graph *child = graph_child(g, name);
        if (!child || child == joint) return name;
    }
}

/* The backward of a call is a call of the body's joint, on the same operands and the tangents there are. The
 * partitioner makes both into calls of the body's two halves. */
static cot_status joint(joint_stage *s) {
    builder *b = s->b;
    arena *a = b->graph->arena;
    const cot_graph *body = control_body(s->functional, &s->call->args[0]);
    const uint32_t num_inputs = body->inputs.count, num_outputs = s->call->type.count;
    bool *needs = ARENA_ARRAY(a, bool, num_inputs), *tangents = ARENA_ARRAY(a, bool, num_outputs);
    VEC(arg) args = {0};
    for (uint32_t i = 0, k = 0; i < num_inputs; i++)
        if (s->args[FIRST + i].kind == ARG_VALUE) needs[i] = s->needs[k++];
    for (uint32_t i = 0; i < num_outputs; i++) tangents[i] = s->grads[i] != NO_VALUE;
    cot_graph *backward;
    TRY(s->body(s, body, needs, tangents, &backward));

    const char *name = joint_name(b->graph, backward, &s->args[1]);
    *VEC_PUSH(a, &args) = arg_value(emit_get_attr(b, name, backward));
    *VEC_PUSH(a, &args) = arg_string(name);
    for (uint32_t i = 0; i < num_inputs; i++) *VEC_PUSH(a, &args) = s->args[FIRST + i];
    for (uint32_t i = 0; i < num_outputs; i++)
        if (tangents[i]) *VEC_PUSH(a, &args) = arg_value(s->grads[i]);
    type t;
    TRY(control_result_of_body(b->graph, backward, "invoke_subgraph", &t, b->error));
    const value call = emit_raw(b, s->call->op, args.data, args.count, &t, NULL);
    for (uint32_t i = 0, k = 0; i < num_inputs; i++) {
        if (s->args[FIRST + i].kind != ARG_VALUE) continue;
        if (needs[i] && t.parts[num_outputs + i].kind == TYPE_TENSOR) s->out[k] = emit_get(b, call, num_outputs + i);
        k++;
    }
    return b->status;
}

static cot_status batch(vmap_stage *s) {
    arena *a = s->b->graph->arena;
    const cot_graph *body = control_body(s->source, &s->call->args[0]);
    uint32_t first = 0;
    const arg operands = arg_list_of(&s->args[FIRST], s->call->nargs - (uint32_t)FIRST);
    const bool *in = control_batched(s, &operands, &first);
    arg *args = arena_copy(a, s->args, s->call->nargs * sizeof *args);
    value attribute;
    TRY(s->body(s, body, in, s->out, &attribute));
    args[0] = arg_value(attribute);
    if (args[1].kind == ARG_STRING) args[1] = arg_string(graph_node(s->b->graph, attribute)->target);
    return control_batch_call(s, args, s->call->nargs, &s->result);
}

static bool region(const cot_graph *g, const node *n, region_mode *mode, control_call *call) {
    const cot_graph *body = n->nargs < FIRST ? NULL : control_body(g, &n->args[0]);
    UNUSED(mode);
    if (!body || body->inputs.count + FIRST != n->nargs || !control_gives_own_sizes(body)) return false;
    *call = (control_call){.operands = n->args + FIRST, .count = n->nargs - FIRST};
    return true;
}

static const control_hooks hooks = {.capture = capture,
                                    .capture_rules = CAPTURE_WRITES | CAPTURE_ANYTHING,
                                    .region = region,
                                    .shape = shape,
                                    .functionalize = functionalize_call,
                                    .parameters = "subgraph, identifier, arg*",
                                    .joint = joint,
                                    .vmap = batch,
                                    .calls = true};

const op_record ops_invoke_subgraph[] = {
    {.schema = "higher_order::invoke_subgraph", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_invoke_subgraph_count = COUNT_OF(ops_invoke_subgraph);
