/* SPDX-License-Identifier: MIT
 * call.c — what operators share that call one body once: their shapes, their functional form, and a backward that is a
 * call by the same operator, with the same options, of a body that computes the forward again (PyTorch: BaseHOP). */
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

bool control_flat_call(const cot_graph *g, const arg *args, uint32_t nargs, uint32_t body, uint32_t first,
                       control_call *call) {
    const cot_graph *callee = body < nargs ? control_body(g, &args[body]) : NULL;
    if (!callee || nargs - MIN(nargs, first) < callee->inputs.count) return false;
    *call = (control_call){.body = body, .operands = args + first, .count = callee->inputs.count};
    return true;
}

bool control_base_call(const cot_graph *g, const arg *args, uint32_t nargs, control_call *call) {
    return control_flat_call(g, args, nargs, 0, 1, call);
}

bool control_list_call(const arg *args, uint32_t nargs, uint32_t body, uint32_t list, control_call *call) {
    if (nargs <= MAX(body, list) || !control_is_list(&args[list])) return false;
    *call = (control_call){.body = body, .operands = args[list].list, .count = args[list].count};
    return true;
}

cot_status control_call_shape(cot_graph *g, const arg *args, const control_call *call, const char *who, type *result,
                              cot_error *error) {
    const cot_graph *body = control_body(g, &args[call->body]);
    if (!body) return fail(error, COT_SCHEMA, "%s: expected a body (get_attr of a graph)", who);
    if (body->inputs.count != call->count)
        return fail(error, COT_SCHEMA, "%s: the body takes %u operands, the call has %u", who, body->inputs.count,
                    call->count);
    for (uint32_t i = 0; i < call->count; i++) {
        const type *wanted = graph_type(body, body->inputs.data[i]),
                   *given = graph_type(g, arg_as_value(&call->operands[i]));
        if (wanted->kind != TYPE_TENSOR || (given->kind == TYPE_TENSOR && given->ndim == wanted->ndim)) continue;
        return fail(error, COT_SHAPE, "%s: operand %u is not the tensor of %u dimensions that the body takes", who, i,
                    wanted->ndim);
    }
    if (body->output.kind != ARG_VALUE) return control_result_of_body(g, body, who, result, error);
    *result = type_copy(g->arena, graph_type(body, body->output.value));
    return COT_OK;
}

cot_status control_base_shape(cot_graph *g, const arg *args, uint32_t nargs, const char *who, type *result,
                              cot_error *error) {
    control_call call;
    if (!nargs || !control_body(g, &args[0]))
        return fail(error, COT_SCHEMA,
                    "%s: when calling this API without torch.compile, we require that the subgraph be a "
                    "torch.fx.GraphModule (or a function we know doesn't have free variables).",
                    who);
    if (!control_base_call(g, args, nargs, &call))
        return fail(error, COT_SCHEMA, "%s: the body takes %u operands, the call has %u", who,
                    control_body(g, &args[0])->inputs.count, nargs - 1);
    return control_call_shape(g, args, &call, who, result, error);
}

const char *control_show(const cot_graph *g, const arg *a) {
    switch ((arg_kind)a->kind) {
    case ARG_VALUE: return graph_node(g, a->value)->name;
    case ARG_INT: return arena_printf(g->arena, "%lld", (long long)a->i);
    case ARG_FLOAT: return arena_printf(g->arena, "%g", a->f);
    case ARG_BOOL: return a->i ? "True" : "False";
    case ARG_STRING: return a->s;
    case ARG_NONE: return "None";
    case ARG_LIST: return "a list";
    case ARG_TUPLE: return "a tuple";
    case ARG_DICT: return a->count ? "a dict" : "{}";
    case ARG_OP: return a->op->name;
    default: return "a constant";
    }
}

/* ---- functionalize ---------------------------------------------------------------------------------------------- */

static cot_status refuse_training(functionalize_stage *s) {
    return builder_fail(
        s->b, COT_REFUSED,
        "The %s HigherOrderOperator does not currently support "
        "training with in-place input or buffer mutations If you require this feature, please submit an "
        "issue to PyTorch. Alternatively, consider creating your own custom autograd.Function. ",
        s->call->op->packet);
}

/* What leaves a body must be memory of its own. */
static cot_status check_aliases(functionalize_stage *s, const cot_graph *body) {
    for (uint32_t k = 0; k < body->num_user_outputs; k++)
        if (body->aliases[k].kind != ALIAS_NONE)
            return builder_fail(s->b, COT_REFUSED,
                                "Encountered aliasing during higher order op tracing: "
                                "Higher order ops do not support aliasing. Found in %s",
                                s->call->op->packet);
    return COT_OK;
}

void control_copy_form(cot_graph *g, node *to, const node *from, uint32_t added) {
    to->npos = (uint16_t)(from->npos + added);
    if (!from->kwnames) return;
    const char **names = ARENA_ARRAY(g->arena, const char *, from->nargs - from->npos);
    for (uint32_t i = 0; i + from->npos < from->nargs; i++)
        names[i] = arena_string(g->arena, from->kwnames[i], strlen(from->kwnames[i]));
    to->kwnames = names;
}

cot_status control_call_functionalize(functionalize_stage *s, value *result) {
    const node *n = s->call;
    const control_hooks *hooks = n->op->record->control;
    builder *b = s->b;
    control_call call;
    if (!hooks->call(s->source, n->args, n->nargs, &call))
        return builder_fail(b, COT_SCHEMA, "%s: the operands do not fit the body", n->op->name);
    const node *attribute = graph_node(s->source, n->args[call.body].value);
    cot_graph *functional;
    TRY(s->body(s, control_body(s->source, &n->args[call.body]),
                attribute->target ? attribute->target : attribute->name, &functional));
    TRY(check_aliases(s, functional));
    if (functional->num_mutated && s->training) return refuse_training(s);
    arg *args = arena_copy(b->graph->arena, s->args, n->nargs * sizeof(arg));
    args[call.body] = arg_value(emit_get_attr(b, s->name_of(s, functional), NULL));
    type t;
    if (!b->status) b->status = hooks->shape(b->graph, args, n->nargs, &t, b->error);
    if (b->status) return b->status;
    *result = emit_raw(b, n->op, args, n->nargs, &t, NULL);
    control_copy_form(b->graph, &b->graph->nodes.data[*result], n, 0);
    for (uint32_t k = 0; k < functional->num_mutated; k++)
        s->write(s, &call.operands[functional->mutated[k]], emit_get(b, *result, functional->num_user_outputs + k));
    return b->status;
}

/* ---- in place of a call ----------------------------------------------------------------------------------------- */

typedef struct inlining {
    builder *b;
    const cot_graph *body;
    value *map;
    bool *moved; /* by value of the body: lies otherwise than the body has it */
} inlining;

typedef struct moved_use {
    inlining *in;
    bool any;
} moved_use;

static void see_moved(void *user, value v) {
    moved_use *u = user;
    u->any |= u->in->moved[v];
}

/* Those operands of a node that lie otherwise, laid out as the body has them. */
static void lay_out(void *user, value v) {
    inlining *in = user;
    if (!in->moved[v] || in->b->status) return;
    const arg contiguous = {.kind = ARG_CONST, .s = "contiguous_format"};
    in->map[v] = emit(in->b, "clone", "v,memory_format=a", in->map[v], &contiguous);
    in->moved[v] = false;
}

/* A body is typed for operands that lie in memory as its placeholders say; where they do not, types are found anew, and
 * what cannot be done in that layout (view) is done with a copy. */
static void inline_call(inlining *in, value v) {
    cot_graph *g = in->b->graph;
    const node *n = graph_node(in->body, v);
    moved_use use = {.in = in};
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], see_moved, &use);
    type t = n->type;
    if (use.any && n->op->has_schema) {
        cot_error ignored;
        arg *args = ARENA_ARRAY(g->arena, arg, n->nargs);
        for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(g, &n->args[i], in->map);
        /* One that is told places in memory has to find the places that it knows. */
        if (op_param(n->op, "storage_offset") >= 0 || infer_type(g, n->op, args, &t, &ignored)) {
            for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], lay_out, in);
            t = n->type;
        }
    }
    in->map[v] = graph_copy_node(g, in->body, v, in->map);
    node *made = &g->nodes.data[in->map[v]];
    if (use.any && n->op->has_schema) made->type = type_copy(g->arena, &t);
    if (use.any && n->op->kind == OP_GETITEM) {
        const type *tuple = graph_type(g, made->args[0].value);
        const int64_t part = arg_as_int(&made->args[1], 0);
        if (tuple->kind == TYPE_TUPLE && part >= 0 && part < tuple->count)
            made->type = type_copy(g->arena, &tuple->parts[part]);
    }
    in->moved[v] = use.any && !type_equal(&made->type, &n->type, true);
    made->flags = in->b->flags;
    made->checkpoint = in->b->checkpoint;
    made->forward = in->b->forward;
}

cot_status control_inline(builder *b, const cot_graph *body, const arg *inputs, arg_list *leaves) {
    cot_graph *g = b->graph;
    inlining in = {b, body, ARENA_ARRAY(g->arena, value, body->nodes.count),
                   ARENA_ARRAY(g->arena, bool, body->nodes.count)};
    for (uint32_t i = 0; i < body->inputs.count; i++) {
        const value u = body->inputs.data[i], v = in.map[u] = arg_as_value(&inputs[i]);
        const type *wanted = graph_type(body, u);
        if (wanted->kind == TYPE_TENSOR && graph_type(g, v)->kind != TYPE_TENSOR)
            return builder_fail(b, COT_SHAPE, "a body takes a tensor as its input %u, and is given none", i);
        in.moved[u] = wanted->kind == TYPE_TENSOR && !type_equal(graph_type(g, v), wanted, true);
    }
    for (value v = 0; v < body->nodes.count && !b->status; v++) {
        const node *n = graph_node(body, v);
        if (n->op->kind == OP_PLACEHOLDER) continue;
        if (n->type.kind == TYPE_GRAPH) {
            cot_graph *root = g->parent ? g->parent : g;
            in.map[v] = emit_get_attr(b, graph_child_name(g, arena_printf(g->arena, "%s_", n->target)),
                                      graph_copy(graph_child(body, n->target), root));
            continue;
        }
        inline_call(&in, v);
    }
    arg_list outputs = {0};
    arg_leaves(g->arena, &body->output, &outputs);
    for (uint32_t i = 0; i < outputs.count; i++) *VEC_PUSH(g->arena, leaves) = arg_map(g, &outputs.data[i], in.map);
    return b->status;
}

/* ---- joint ------------------------------------------------------------------------------------------------------ */

/* Where a body is dear to compute again, its call gives what the minimum cut says, behind its results. */
static cot_status keep(joint_stage *s, const control_call *call, const control_halves *h, arg_list *kept) {
    cot_graph *g = s->b->graph;
    if (h->forward == h->body) return COT_OK;
    arg_list outputs = {0};
    uint32_t *part = ARENA_ARRAY(g->arena, uint32_t, h->num_inputs + 1u);
    cot_graph *body = control_keep(s, h, s->call->type.count, 0, part, &outputs);
    control_change_body(s, call->body, body, &outputs, "subgraph");
    node *made = &g->nodes.data[s->result];
    TRY(s->call->op->record->control->shape(g, made->args, made->nargs, &made->type, s->b->error));
    for (uint32_t i = 0; i < h->num_inputs; i++)
        if (control_is_kept(h, i)) *VEC_PUSH(g->arena, kept) = arg_value(control_part(s, part[i]));
    return s->b->status;
}

/* (operands…, what is kept…, tangents…) → gradients of the operands that need one */
static cot_status backward_body(joint_stage *s, const control_halves *h, const bool *needs, value *attribute) {
    control_backward w;
    control_backward_begin(&w, s, h->source, h->body->class_name);
    const uint32_t num_inputs = h->body->inputs.count;
    value *operands = ARENA_ARRAY(s->b->graph->arena, value, num_inputs + 1u);
    for (uint32_t i = 0; i < num_inputs; i++) {
        operands[i] = NO_VALUE;
        for (uint32_t j = 0; j < h->num_inputs; j++)
            if (h->input[j] == i) operands[i] = control_backward_input(&w, j);
        if (operands[i] == NO_VALUE)
            operands[i] = control_backward_new_input(&w, graph_type(h->body, h->body->inputs.data[i]));
    }
    for (uint32_t j = 0; j < h->num_inputs; j++)
        if (control_is_kept(h, j)) control_backward_input(&w, j);
    for (uint32_t j = h->num_inputs; j < h->source->inputs.count; j++) control_backward_input(&w, j);
    control_backward_fill(&w);
    VEC(value) gradients = {0};
    for (uint32_t i = 0; i < num_inputs; i++)
        if (needs[i]) *VEC_PUSH(s->b->graph->arena, &gradients) = control_backward_gradient(&w, i, operands[i]);
    return control_backward_finish(&w, gradients.data, gradients.count, "subgraph", attribute);
}

/* The arguments of the call of the backward: as those of the call, with what is kept and the tangents (`added`) behind
 * the operands. */
static arg_list backward_args(joint_stage *s, const control_call *call, value body, const arg_list *added) {
    arena *a = s->b->graph->arena;
    const node *n = s->call;
    arg_list args = {0}, inner = {0};
    for (uint32_t i = 0; i < n->nargs; i++) {
        const bool is_list = call->count && n->args[i].kind != ARG_VALUE && n->args[i].list == call->operands;
        arg *made = VEC_PUSH(a, &args);
        *made = i == call->body ? arg_value(body) : s->args[i];
        for (uint32_t k = 0; is_list && k < s->args[i].count; k++) *VEC_PUSH(a, &inner) = s->args[i].list[k];
        for (uint32_t k = 0; is_list && k < added->count; k++) *VEC_PUSH(a, &inner) = added->data[k];
        if (is_list) *made = (arg){.kind = s->args[i].kind, .list = inner.data, .count = inner.count};
        if (&n->args[i] != call->operands + call->count - 1) continue;
        for (uint32_t k = 0; k < added->count; k++) *VEC_PUSH(a, &args) = added->data[k];
    }
    return args;
}

cot_status control_call_joint(joint_stage *s) {
    builder *b = s->b;
    arena *a = b->graph->arena;
    const node *n = s->call;
    const control_hooks *hooks = n->op->record->control;
    control_call call;
    if (!hooks->call(s->functional, n->args, n->nargs, &call)) return COT_INTERNAL;
    const cot_graph *body = control_body(s->functional, &n->args[call.body]);
    const uint32_t num_outputs = n->type.kind == TYPE_TUPLE ? n->type.count : 1;
    bool *needs = ARENA_ARRAY(a, bool, call.count), *tangents = ARENA_ARRAY(a, bool, num_outputs);
    arg_list given = {0};
    for (uint32_t i = 0, k = 0; i < call.count; i++)
        if (call.operands[i].kind == ARG_VALUE) needs[i] = s->needs[k++];
    for (uint32_t i = 0; i < num_outputs; i++) tangents[i] = s->grads[i] != NO_VALUE;
    value attribute;
    control_halves halves;
    const bool split = !s->as_reference && n->type.kind == TYPE_TUPLE && control_is_dear(body);
    TRY(control_halve(s, body, needs, tangents, split, &halves));
    TRY(keep(s, &call, &halves, &given));
    TRY(backward_body(s, &halves, needs, &attribute));
    for (uint32_t i = 0; i < num_outputs; i++)
        if (tangents[i]) *VEC_PUSH(a, &given) = arg_value(s->grads[i]);
    const arg_list args = backward_args(s, &call, attribute, &given);
    type t;
    TRY(hooks->shape(b->graph, args.data, args.count, &t, b->error));
    const value made = emit_raw(b, n->op, args.data, args.count, &t, NULL);
    if (b->status) return b->status;
    control_copy_form(b->graph, &b->graph->nodes.data[made], n, args.count - n->nargs);
    for (uint32_t i = 0, k = 0, part = 0; i < call.count; i++) {
        if (call.operands[i].kind != ARG_VALUE) continue;
        if (needs[i]) s->out[k] = emit_get(b, made, part++);
        k++;
    }
    return b->status;
}
