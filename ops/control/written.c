/* SPDX-License-Identifier: MIT
 * written.c — bodies that write their inputs, where nothing is differentiated: the functional call hands the new values
 * on. A branch returns them behind its outputs; a loop carries an input that stays the same over all iterations; a map
 * stacks the new items. */
#include "ops/control/written.h"

#include "base/error.h"

typedef struct operand {
    uint8_t role;
    const arg *given, *functional; /* in the program, in the functional graph */
    uint32_t index;                /* among the inputs of the bodies */
    bool written;
} operand;

typedef VEC(operand) operand_list;

typedef struct rewriter {
    functionalize_stage *s;
    const written_form *form;
    operand_list operands;
    VEC(const cot_graph *) bodies;
    VEC(const char *) names;
    uint32_t num_written;
} rewriter;

static cot_graph *root_of(cot_graph *g) { return g->parent ? g->parent : g; }

/* ---- what is written ------------------------------------------------------------------------------------------------
 */

static cot_status add_body(rewriter *r, const arg *a) {
    functionalize_stage *s = r->s;
    const cot_graph *body = control_body(s->source, a);
    if (!body) return builder_fail(s->b, COT_SCHEMA, "%s: expected a body (get_attr of a graph)", s->call->op->packet);
    const node *attribute = graph_node(s->source, a->value);
    const char *name = attribute->target ? attribute->target : attribute->name;
    cot_graph *functional;
    TRY(s->body(s, body, name, &functional));
    *VEC_PUSH(s->b->graph->arena, &r->bodies) = functional;
    *VEC_PUSH(s->b->graph->arena, &r->names) = name;
    for (uint32_t k = 0; k < functional->num_mutated; k++) {
        operand *o = &r->operands.data[functional->mutated[k]];
        r->num_written += !o->written;
        o->written = true;
    }
    return COT_OK;
}

static cot_status add_bodies(rewriter *r) {
    const node *n = r->s->call;
    for (uint32_t i = 0; i < r->form->num_bodies; i++) {
        const arg *a = &n->args[r->form->first_body + i];
        if (!control_is_list(a)) TRY(add_body(r, a));
        else
            for (uint32_t k = 0; k < a->count; k++) TRY(add_body(r, &a->list[k]));
    }
    return COT_OK;
}

static void add_operands(rewriter *r) {
    functionalize_stage *s = r->s;
    for (uint32_t i = 0; i < r->form->num_lists; i++) {
        const uint32_t at = r->form->first_list + i;
        const arg *given = &s->call->args[at], *functional = &s->args[at];
        for (uint32_t k = 0; control_is_list(given) && k < given->count; k++) {
            const operand o = {.role = r->form->roles[i],
                               .given = &given->list[k],
                               .functional = &functional->list[k],
                               .index = r->operands.count};
            *VEC_PUSH(s->b->graph->arena, &r->operands) = o;
        }
    }
}

static cot_status check(rewriter *r) {
    builder *b = r->s->b;
    const char *who = r->s->call->op->packet;
    if (r->s->training)
        return builder_fail(b, COT_REFUSED,
                            "The %s HigherOrderOperator does not currently support training with in-place input or "
                            "buffer mutations If you require this feature, please submit an issue to PyTorch. "
                            "Alternatively, consider creating your own custom autograd.Function. ",
                            who);
    for (uint32_t i = 0; i < r->operands.count; i++) {
        const operand *o = &r->operands.data[i];
        if (!o->written || (o->role != WRITTEN_NEVER && o->given->kind == ARG_VALUE)) continue;
        if (r->form->refusal) return builder_fail(b, COT_REFUSED, "%s", r->form->refusal);
        return builder_fail(b, COT_REFUSED,
                            "Encountered input mutation during higher order op tracing: "
                            "Higher order ops do not support input mutation. Found in %s",
                            who);
    }
    return COT_OK;
}

/* ---- the functional bodies ------------------------------------------------------------------------------------------
 */

/* Operands in the order in which the new bodies take them: what is carried from now on stands behind the carries. */
static void order_operands(const rewriter *r, operand_list *out) {
    arena *a = r->s->b->graph->arena;
    for (int pass = 0; pass < 3; pass++)
        for (uint32_t i = 0; i < r->operands.count; i++) {
            const operand *o = &r->operands.data[i];
            const bool moves = o->written && o->role == WRITTEN_CARRIED,
                       carry = o->index < r->form->carries(r->s->call);
            if (pass == (carry ? 0 : moves ? 1 : 2)) *VEC_PUSH(a, out) = *o;
        }
}

/* What the body has made of input i; the input as it was where it does not write it. */
static arg new_value(const cot_graph *body, const arg_list *outputs, const value *map, uint32_t i) {
    for (uint32_t k = 0; k < body->num_mutated; k++) {
        if (body->mutated[k] != i) continue;
        const arg *a = &outputs->data[body->num_user_outputs + k];
        return arg_value(map[arg_as_value(a)]);
    }
    return arg_value(map[body->inputs.data[i]]);
}

/* A body that takes its inputs in the new order and returns the new values in their place. */
static cot_graph *rewrite_body(rewriter *r, const cot_graph *body, const operand_list *order, bool returns) {
    cot_graph *root = root_of(r->s->b->graph), *made = graph_create_child(root, body->class_name);
    arena *a = made->arena;
    value *map = ARENA_ARRAY(a, value, body->nodes.count);
    arg_list outputs = {0}, all = {0};
    for (uint32_t i = 0; i < order->count; i++) {
        const value v = body->inputs.data[order->data[i].index];
        map[v] = graph_copy_node_named(made, body, v, map, graph_node(body, v)->name);
        *VEC_PUSH(a, &made->inputs) = map[v];
    }
    graph_copy_children(made, body);
    for (value v = 0; v < body->nodes.count; v++)
        if (graph_node(body, v)->op->kind != OP_PLACEHOLDER)
            map[v] = graph_copy_node_named(made, body, v, map, graph_node(body, v)->name);
    arg_leaves(a, &body->output, &outputs);
    const uint32_t user = body->num_user_outputs, carries = returns ? r->form->carries(r->s->call) : user;
    for (uint32_t i = 0; i < MIN(carries, user); i++) *VEC_PUSH(a, &all) = arg_map(made, &outputs.data[i], map);
    for (int stacked = 0; returns && stacked < 2; stacked++) {
        for (uint32_t i = carries; stacked && i < user; i++) *VEC_PUSH(a, &all) = arg_map(made, &outputs.data[i], map);
        for (uint32_t i = 0; i < r->operands.count; i++) {
            const operand *o = &r->operands.data[i];
            if (o->written && (o->role == WRITTEN_CARRIED) == !stacked)
                *VEC_PUSH(a, &all) = new_value(body, &outputs, map, i);
        }
    }
    made->output =
        (arg){.kind = body->output.kind == ARG_LIST ? ARG_LIST : ARG_TUPLE, .list = all.data, .count = all.count};
    if (!returns) made->output = arg_map(made, &body->output, map);
    made->num_user_outputs = all.count;
    return made;
}

static arg attach(rewriter *r, cot_graph *body, const char *name) {
    cot_graph *g = r->s->b->graph;
    const char *path = name;
    for (uint32_t k = 1; graph_child(g, path); k++) path = arena_printf(g->arena, "%s_%u", name, k);
    return arg_value(emit_get_attr(r->s->b, path, body));
}

static void attach_bodies(rewriter *r, const operand_list *order, arg *args) {
    const node *n = r->s->call;
    uint32_t next = 0;
    for (uint32_t i = 0; i < r->form->num_bodies; i++) {
        const uint32_t at = r->form->first_body + i;
        const bool returns = i >= r->form->num_tests;
        arg *to = &args[at];
        if (!control_is_list(&n->args[at])) {
            *to = attach(r, rewrite_body(r, r->bodies.data[next], order, returns), r->names.data[next]);
            next++;
            continue;
        }
        arg *items = ARENA_ARRAY(r->s->b->graph->arena, arg, n->args[at].count);
        for (uint32_t k = 0; k < n->args[at].count; k++, next++)
            items[k] = attach(r, rewrite_body(r, r->bodies.data[next], order, returns), r->names.data[next]);
        to->list = items;
    }
}

/* ---- the call -------------------------------------------------------------------------------------------------------
 */

/* The lists of the call with what is carried moved into the first. */
static void fill_lists(rewriter *r, arg *args) {
    arena *a = r->s->b->graph->arena;
    const node *n = r->s->call;
    arg_list lists[WRITTEN_MOST_LISTS] = {{0}};
    for (uint32_t i = 0, k = 0; i < r->form->num_lists; i++) {
        const arg *given = &n->args[r->form->first_list + i];
        for (uint32_t j = 0; control_is_list(given) && j < given->count; j++, k++) {
            const operand *o = &r->operands.data[k];
            const bool moves = o->written && o->role == WRITTEN_CARRIED;
            *VEC_PUSH(a, &lists[moves ? 0 : i]) = *o->functional;
        }
    }
    for (uint32_t i = 0; i < r->form->num_lists; i++) {
        arg *to = &args[r->form->first_list + i];
        if (!control_is_list(to)) continue;
        to->list = lists[i].data;
        to->count = lists[i].count;
    }
}

/* The parts of the program's call, and the new values written to its operands. */
static value take_results(rewriter *r, value call) {
    functionalize_stage *s = r->s;
    builder *b = s->b;
    const uint32_t total = TYPE_OF(b, call)->count, own = total - r->num_written;
    const uint32_t carries = MIN(r->form->carries(s->call), own);
    value *parts = ARENA_ARRAY(b->graph->arena, value, own);
    uint32_t carried = 0, next = carries;
    for (uint32_t i = 0; i < r->operands.count; i++)
        carried += r->operands.data[i].written && r->operands.data[i].role == WRITTEN_CARRIED;
    for (uint32_t i = 0; i < own; i++) parts[i] = emit_get(b, call, i < carries ? i : i + carried);
    const value result = emit_pack(b, parts, own);
    for (int stacked = 0; stacked < 2; stacked++) {
        if (stacked) next += own - carries;
        for (uint32_t i = 0; i < r->operands.count && !b->status; i++) {
            const operand *o = &r->operands.data[i];
            if (o->written && (o->role == WRITTEN_CARRIED) == !stacked)
                s->write(s, o->given, emit_get(b, call, next++));
        }
    }
    return result;
}

cot_status written_functionalize(functionalize_stage *s, const written_form *form, value *result) {
    builder *b = s->b;
    const node *n = s->call;
    rewriter r = {.s = s, .form = form};
    add_operands(&r);
    TRY(add_bodies(&r));
    if (!r.num_written) return s->call_again(s, result);
    TRY(check(&r));
    operand_list order = {0};
    order_operands(&r, &order);
    arg *args = arena_copy(b->graph->arena, s->args, n->nargs * sizeof(arg));
    attach_bodies(&r, &order, args);
    fill_lists(&r, args);
    const node call = {.op = n->op, .args = args, .nargs = n->npos, .npos = n->npos};
    type t = {0};
    if (!b->status) b->status = control_shape(b->graph, &call, &t, b->error);
    const value v = emit_raw(b, n->op, args, n->npos, &t, NULL);
    if (b->status) return b->status;
    *result = take_results(&r, v);
    return b->status;
}

bool written_has_arguments(const arg *args, uint32_t nargs, uint32_t count) {
    return nargs == count || (nargs == count + 1 && args[count].kind == ARG_STRING);
}
