/* SPDX-License-Identifier: MIT
 * while_backward.c — derivatives of while_loop and while_loop_stack_output.
 *
 * A loop that is differentiated becomes one that also carries what the backward of an iteration reads: carries as they
 * were before it, values that the minimum cut of the body says, and that there was an iteration at all. All is stacked.
 * The backward is a scan over the stacks from the last row to the first; a row of no iteration passes gradients on as
 * they are. What a program stacks itself has a tangent in each row, which is added where the scan comes by. */
#include "ops/control/while_loop.h"

#include "base/error.h"
#include "base/text.h"

enum { CONDITION = WHILE_CONDITION, BODY = WHILE_BODY, CARRIES = WHILE_CARRIES, ADDITIONAL = WHILE_ADDITIONAL };
enum { COUNT = WHILE_ARGUMENTS };

/* The loop that is differentiated, and the wider one that stands for it. Carries of that one are the loop's, carries
 * before, values kept, whether there was an iteration. */
typedef struct differentiated {
    joint_stage *stage;
    const cot_graph *body;
    control_halves halves;
    uint32_t num_carries, num_rest;
    bool stacks;            /* the program has the stacks */
    bool *needs, *tangents; /* by input, by output of the body */
    arg_list outputs;       /* of halves.forward */
    uint32_t *before;       /* by carry: which part of the wider loop it is before the iteration; 0: nobody reads it */
    uint32_t *kept;         /* by input of the backward that is no input of the body: which part it is */
    uint32_t ran;           /* which part says that there was an iteration */
} differentiated;

static const type *input_type(const differentiated *d, uint32_t i) {
    return graph_type(d->body, d->body->inputs.data[i]);
}

static void find_needs(differentiated *d) {
    joint_stage *s = d->stage;
    arena *a = s->b->graph->arena;
    uint32_t k = 0;
    control_needs(s, &s->args[CARRIES], &k);
    const bool *of_rest = control_needs(s, &s->args[ADDITIONAL], &k);
    d->needs = ARENA_ARRAY(a, bool, d->body->inputs.count + 1u);
    d->tangents = ARENA_ARRAY(a, bool, d->num_carries + 1u);
    for (uint32_t i = 0; i < d->num_carries; i++) d->needs[i] = d->tangents[i] = control_is_float(input_type(d, i));
    for (uint32_t i = 0; i < d->num_rest; i++) d->needs[d->num_carries + i] = of_rest[i];
}

/* Rows of a stack are row-major, and rows of no iteration are zeros. */
static bool can_stack(const differentiated *d) {
    const control_halves *h = &d->halves;
    cot_graph *g = d->stage->b->graph;
    for (uint32_t i = 0; i < h->num_inputs; i++) {
        const type *t = graph_type(h->source, h->source->inputs.data[i]);
        const type row = type_tensor(g->arena, g->ctx->syms, (cot_dtype)t->dtype, t->sizes, t->ndim);
        if (control_is_kept(h, i) && !type_equal(t, &row, true)) return false;
    }
    return true;
}

/* Which of the body's outputs a value that is kept is; their number: none. */
static uint32_t output_of(const differentiated *d, uint32_t i) {
    const control_halves *h = &d->halves;
    const value kept = graph_find(h->forward, graph_node(h->source, h->source->inputs.data[i])->name);
    uint32_t k = 0;
    while (k < d->num_carries && arg_as_value(&d->outputs.data[k]) != kept) k++;
    return k;
}

/* Which part of the wider loop is what. */
static cot_status lay_out(differentiated *d) {
    joint_stage *s = d->stage;
    arena *a = s->b->graph->arena;
    control_halves *h = &d->halves;
    find_needs(d);
    TRY(control_halve(s, d->body, d->needs, d->tangents, !s->as_reference, h));
    if (!can_stack(d)) TRY(control_halve(s, d->body, d->needs, d->tangents, false, h));
    arg_leaves(a, &h->forward->output, &d->outputs);
    d->before = ARENA_ARRAY(a, uint32_t, d->num_carries + 1u);
    d->kept = ARENA_ARRAY(a, uint32_t, h->num_inputs + 1u);
    uint32_t next = d->num_carries;
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (control_reads(h, i)) d->before[i] = next++;
    for (uint32_t i = 0; i < h->num_inputs; i++) {
        if (!control_is_kept(h, i)) continue;
        d->kept[i] = output_of(d, i);
        if (d->kept[i] == d->num_carries) d->kept[i] = next++;
    }
    d->ran = next;
    return COT_OK;
}

static cot_status start(differentiated *d, joint_stage *s) {
    *d = (differentiated){.stage = s,
                          .body = control_body(s->functional, &s->call->args[BODY]),
                          .num_carries = s->args[CARRIES].count,
                          .num_rest = s->args[ADDITIONAL].count};
    const type *first = s->call->type.count ? &s->call->type.parts[0] : NULL;
    control_form form;
    s->call->op->record->control->run(s->call, &form);
    d->stacks = first && form.stacks;
    return lay_out(d);
}

/* ---- forward ---------------------------------------------------------------------------------------------------- */

/* The type of part i of the wider loop, behind the carries. */
static type extra_type(const differentiated *d, uint32_t part) {
    const control_halves *h = &d->halves;
    cot_graph *g = d->stage->b->graph;
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (d->before[i] == part) return *input_type(d, i);
    for (uint32_t i = 0; i < h->num_inputs; i++)
        if (control_is_kept(h, i) && d->kept[i] == part) return *graph_type(h->source, h->source->inputs.data[i]);
    return type_tensor(g->arena, g->ctx->syms, COT_BOOL, NULL, 0);
}

/* What an iteration gives beside the carries. */
static void give_extra(const differentiated *d, builder *b, const value *map, arg_list *outputs) {
    const control_halves *h = &d->halves;
    arena *a = b->graph->arena;
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (d->before[i]) *VEC_PUSH(a, outputs) = arg_value(emit(b, "clone", "v", b->graph->inputs.data[i]));
    for (uint32_t i = 0; i < h->num_inputs; i++) {
        if (!control_is_kept(h, i) || d->kept[i] < d->num_carries) continue;
        const value kept = graph_find(h->forward, graph_node(h->source, h->source->inputs.data[i])->name);
        *VEC_PUSH(a, outputs) = arg_value(map[kept]);
    }
    *VEC_PUSH(a, outputs) = arg_value(emit(b, "ones", "I,dtype=t", NULL, 0u, (int)COT_BOOL));
}

/* A body of the wider loop. `gives`: the one that gives the next carries. */
static value wider_body(const differentiated *d, const cot_graph *body, bool gives, const char *stem) {
    joint_stage *s = d->stage;
    cot_graph *g = s->b->graph, *root = g->parent ? g->parent : g;
    const uint32_t num_extra = d->ran + 1 - d->num_carries;
    builder b;
    builder_init(&b, graph_create_child(root, body->class_name), s->b->error);
    value *map = ARENA_ARRAY(g->arena, value, body->nodes.count + 1u);
    for (uint32_t i = 0; i < body->inputs.count + num_extra; i++) {
        const bool extra = i >= d->num_carries && i <= d->ran;
        const uint32_t k = i < d->num_carries ? i : i - num_extra;
        const type t = extra ? extra_type(d, i) : *graph_type(body, body->inputs.data[k]);
        const value v = emit_placeholder(&b, arena_printf(g->arena, "arg%u_1", i), &t);
        if (!extra) map[body->inputs.data[k]] = v;
    }
    graph_copy_children(b.graph, body);
    for (value v = 0; v < body->nodes.count; v++)
        if (graph_node(body, v)->op->kind != OP_PLACEHOLDER) map[v] = graph_copy_node(b.graph, body, v, map);
    arg_list leaves = {0}, outputs = {0};
    arg_leaves(g->arena, &body->output, &leaves);
    const uint32_t count = gives ? d->num_carries : leaves.count;
    for (uint32_t i = 0; i < count; i++) *VEC_PUSH(g->arena, &outputs) = arg_map(b.graph, &leaves.data[i], map);
    if (gives) give_extra(d, &b, map, &outputs);
    if (b.status) return builder_failed(s->b, b.status), NO_VALUE;
    b.graph->output = (arg){.kind = ARG_TUPLE, .list = outputs.data, .count = outputs.count};
    b.graph->num_user_outputs = outputs.count;
    b.graph->aliases = ARENA_ARRAY(g->arena, output_alias, outputs.count);
    const char *name = graph_child_name(g, stem);
    b.graph->class_name = name;
    return emit_get_attr(s->b, name, b.graph);
}

static const char *python_class(const type *t) {
    return t->kind == TYPE_TENSOR  ? "torch.Tensor"
           : t->kind == TYPE_FLOAT ? "float"
           : t->kind == TYPE_BOOL  ? "bool"
                                   : "int";
}

/* A number is no history: PyTorch refuses to differentiate a loop that carries one, and so do we. */
static cot_status refuse_numbers(joint_stage *s) {
    const arg *carries = &s->args[CARRIES];
    text list = {.arena = s->b->graph->arena};
    bool refused = false;
    for (uint32_t i = 0; i < carries->count; i++) {
        const type *t = &s->call->type.parts[i];
        refused |= t->kind != TYPE_TENSOR;
        text_printf(&list, "%s<class '%s'>", i ? ", " : "", python_class(t));
    }
    if (!refused) return COT_OK;
    return builder_fail(s->b, COT_REFUSED, "all carried_inputs must be tensors for stack_output, got [%s]", list.data);
}

/* What the wider loop begins with. */
static arg wider_carries(const differentiated *d) {
    builder *b = d->stage->b;
    arena *a = b->graph->arena;
    const arg *carries = &d->stage->args[CARRIES];
    arg_list wider = {0};
    for (uint32_t i = 0; i < d->num_carries; i++) *VEC_PUSH(a, &wider) = carries->list[i];
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (d->before[i]) *VEC_PUSH(a, &wider) = carries->list[i];
    while (wider.count <= d->ran) {
        const type t = extra_type(d, wider.count);
        *VEC_PUSH(a, &wider) = arg_value(emit(b, "zeros", "D,dtype=t", t.sizes, (uint32_t)t.ndim, (int)t.dtype));
    }
    return (arg){.kind = ARG_TUPLE, .list = wider.data, .count = wider.count};
}

cot_status while_forward(joint_stage *s, value *result, value *parts) {
    builder *b = s->b;
    differentiated d;
    TRY(refuse_numbers(s));
    TRY(start(&d, s));
    const cot_graph *test = control_body(s->functional, &s->call->args[CONDITION]);
    const value condition = wider_body(&d, test, false, "while_loop_cond_graph_");
    const value body = wider_body(&d, d.halves.forward, true, "while_loop_body_graph_");
    const arg args[COUNT] = {arg_value(condition), arg_value(body), wider_carries(&d), s->args[ADDITIONAL]};
    TRY(b->status);
    type t;
    b->graph->expected = d.stacks ? &s->call->type : NULL;
    const cot_status status = while_stack_shape(b->graph, args, COUNT, &t, b->error);
    b->graph->expected = NULL;
    TRY(status);
    *result =
        emit_raw(b, op_find(b->graph->ctx, "torch.ops.higher_order.while_loop_stack_output"), args, COUNT, &t, NULL);
    for (uint32_t i = 0; i < d.num_carries; i++) {
        parts[i] = emit_get(b, *result, i);
        if (d.stacks) continue;
        const value last = emit(b, "select.int", "vii", parts[i], (int64_t)0, (int64_t)-1);
        parts[i] = emit(b, "clone", "v", last); /* views of the last row would have its unknown offset */
    }
    return b->status;
}

/* ---- joint ------------------------------------------------------------------------------------------------------ */

/* A gradient that is one of the last row alone: that one; else NO_VALUE. */
static value last_row_alone(const builder *b, value gradient) {
    const node *n = graph_node(b->graph, gradient);
    if (n->op->kind != OP_CALL || n->op->record->rows != ROWS_ONLY_LAST) return NO_VALUE;
    const bool last = arg_as_int(&n->args[2], -1) == 0 && arg_as_int(&n->args[3], 0) == -1;
    return last ? arg_as_value(&n->args[0]) : NO_VALUE;
}

/* The gradients that arrive: of the last carries, and of each row where the program has the stacks. */
typedef struct arriving {
    value *last, *rows; /* by carry; NO_VALUE: none */
} arriving;

static arriving find_arriving(const differentiated *d) {
    joint_stage *s = d->stage;
    arena *a = s->b->graph->arena;
    arriving g = {ARENA_ARRAY(a, value, d->num_carries + 1u), ARENA_ARRAY(a, value, d->num_carries + 1u)};
    for (uint32_t i = 0; i < d->num_carries; i++) {
        g.last[i] = g.rows[i] = NO_VALUE;
        if (!d->tangents[i] || s->grads[i] == NO_VALUE) continue;
        g.last[i] = d->stacks ? last_row_alone(s->b, s->grads[i]) : s->grads[i];
        if (g.last[i] == NO_VALUE) g.rows[i] = s->grads[i];
    }
    return g;
}

/* Placeholders for what the backward reads of the forward: carries before, values kept, additional inputs. */
static void place_read(control_backward *w, const differentiated *d) {
    const control_halves *h = &d->halves;
    const uint32_t num_inputs = d->body->inputs.count;
    for (uint32_t part = d->num_carries; part < d->ran; part++)
        for (uint32_t i = 0; i < h->num_inputs; i++) {
            const uint32_t k = h->input[i];
            if (k < d->num_carries && d->before[k] == part) control_backward_input(w, i);
            if (k == num_inputs && d->kept[i] == part) control_backward_input(w, i);
        }
    for (uint32_t i = 0; i < h->num_inputs; i++)
        if (control_is_kept(h, i) && d->kept[i] < d->num_carries) control_backward_input(w, i);
    for (uint32_t k = d->num_carries; k < num_inputs; k++)
        for (uint32_t i = 0; i < h->num_inputs; i++)
            if (h->input[i] == k) control_backward_input(w, i);
}

/* (gradients of carries…, sums for additional…, rows of tangents…, whether it ran, what is read…) → (gradients…, sums…)
 */
static cot_status backward_body(differentiated *d, const arriving *arrive, value *attribute) {
    control_backward w;
    arena *a = d->stage->b->graph->arena;
    const control_halves *h = &d->halves;
    control_backward_begin(&w, d->stage, h->source, d->body->class_name);
    VEC(value) sums = {0}, out = {0};
    value *carried = ARENA_ARRAY(a, value, d->num_carries + 1u), *row = ARENA_ARRAY(a, value, d->num_carries + 1u);
    const uint32_t num_inputs = d->body->inputs.count;
    for (uint32_t i = 0, k = h->num_inputs; i < d->num_carries; i++)
        if (d->tangents[i]) carried[i] = control_backward_input(&w, k++);
    for (uint32_t i = d->num_carries; i < num_inputs; i++)
        if (d->needs[i]) *VEC_PUSH(a, &sums) = control_backward_new_input(&w, input_type(d, i));
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (arrive->rows[i] != NO_VALUE) row[i] = control_backward_new_input(&w, input_type(d, i));
    const type bit = type_tensor(a, w.b.graph->ctx->syms, COT_BOOL, NULL, 0);
    const value ran = control_backward_new_input(&w, &bit);
    place_read(&w, d);
    for (uint32_t i = 0, k = h->num_inputs; i < d->num_carries; i++) {
        if (!d->tangents[i]) continue;
        const value tangent = h->source->inputs.data[k++];
        if (arrive->rows[i] != NO_VALUE)
            w.map[tangent] = carried[i] = emit(&w.b, "add.Tensor", "vv", carried[i], row[i]);
    }
    control_backward_fill(&w);
    for (uint32_t i = 0; i < d->num_carries; i++) {
        if (!d->needs[i]) continue;
        const value gradient = control_backward_gradient(&w, i, carried[i]);
        *VEC_PUSH(a, &out) = emit(&w.b, "where.self", "vvv", ran, gradient, carried[i]);
    }
    for (uint32_t i = d->num_carries, k = 0; i < num_inputs; i++) {
        if (!d->needs[i]) continue;
        const value sum = sums.data[k++], more = control_backward_gradient(&w, i, NO_VALUE);
        *VEC_PUSH(a, &out) = more == NO_VALUE
                                 ? emit(&w.b, "clone", "v", sum)
                                 : emit(&w.b, "where.self", "vvv", ran, emit(&w.b, "add.Tensor", "vv", sum, more), sum);
    }
    return control_backward_finish(&w, out.data, out.count, "scan_combine_graph_", attribute);
}

static arg reversed(builder *b, value stack) {
    const int64_t first = 0;
    return arg_value(emit(b, "flip", "vI", stack, &first, 1u));
}

static cot_status backward_call(differentiated *d, const arriving *arrive, value attribute, value *call) {
    joint_stage *s = d->stage;
    builder *b = s->b;
    arena *a = b->graph->arena;
    const control_halves *h = &d->halves;
    arg_list carries = {0}, xs = {0}, rest = {0};
    for (uint32_t i = 0; i < d->num_carries; i++) {
        if (!d->tangents[i]) continue;
        const value init = s->args[CARRIES].list[i].value;
        *VEC_PUSH(a, &carries) =
            arg_value(arrive->last[i] != NO_VALUE ? arrive->last[i] : emit(b, "zeros_like", "v", init));
    }
    for (uint32_t i = 0; i < d->num_rest; i++)
        if (d->needs[d->num_carries + i])
            *VEC_PUSH(a, &carries) = arg_value(emit(b, "zeros_like", "v", s->args[ADDITIONAL].list[i].value));
    for (uint32_t i = 0; i < d->num_carries; i++)
        if (arrive->rows[i] != NO_VALUE) *VEC_PUSH(a, &xs) = reversed(b, arrive->rows[i]);
    for (uint32_t part = d->num_carries; part <= d->ran; part++) {
        const uint32_t first = part == d->num_carries ? d->ran : part - 1; /* whether it ran comes first */
        *VEC_PUSH(a, &xs) = reversed(b, control_part(s, first));
    }
    for (uint32_t i = 0; i < h->num_inputs; i++)
        if (control_is_kept(h, i) && d->kept[i] < d->num_carries)
            *VEC_PUSH(a, &xs) = reversed(b, control_part(s, d->kept[i]));
    for (uint32_t i = 0; i < d->num_rest; i++)
        if (control_reads(h, d->num_carries + i)) *VEC_PUSH(a, &rest) = s->args[ADDITIONAL].list[i];
    TRY(b->status);
    const arg args[] = {arg_value(attribute), arg_list_of(carries.data, carries.count), arg_list_of(xs.data, xs.count),
                        (arg){.kind = ARG_TUPLE, .list = rest.data, .count = rest.count}};
    const op *scan = op_find(b->graph->ctx, "torch.ops.higher_order.scan");
    type t;
    TRY(scan->record->control->shape(b->graph, args, COUNT_OF(args), &t, b->error));
    *call = emit_raw(b, scan, args, COUNT_OF(args), &t, NULL);
    return b->status;
}

cot_status while_joint(joint_stage *s) {
    differentiated d;
    value attribute, call;
    TRY(start(&d, s));
    const arriving arrive = find_arriving(&d);
    TRY(backward_body(&d, &arrive, &attribute));
    TRY(backward_call(&d, &arrive, attribute, &call));
    uint32_t part = 0, k = 0;
    for (uint32_t i = 0; i < d.num_carries; i++, k++) {
        if (d.needs[i] && s->needs[k]) s->out[k] = emit_get(s->b, call, part);
        part += d.needs[i];
    }
    for (uint32_t i = 0; i < d.num_rest; i++) {
        if (s->args[ADDITIONAL].list[i].kind != ARG_VALUE) continue;
        if (d.needs[d.num_carries + i]) s->out[k] = emit_get(s->b, call, part++);
        k++;
    }
    return s->b->status;
}
