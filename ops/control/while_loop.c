/* SPDX-License-Identifier: MIT
 * while_loop.c — a body as long as a condition holds; how often is known only when the program runs.
 *
 *     while_loop(condition, body, (carries…), (additional…)) → (carries…)
 *     while_loop_stack_output(the same) → (the carries after each iteration, stacked…); without iterations as they were
 *
 * Both bodies take the carries and the additional inputs. A loop that is differentiated becomes one whose carries are
 * (carries…, carries before the iteration…, whether there was one), of which all is stacked. Its backward is a scan
 * over the stacks from the last row to the first; a row of no iteration passes gradients on as they are. */
#include "ops/control/control.h"
#include "ops/control/written.h"

#include "base/error.h"
#include "base/map.h"
#include "base/text.h"

#include <string.h>

enum { CONDITION, BODY, CARRIES, ADDITIONAL, COUNT };

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (!written_has_arguments(args, nargs, COUNT))
        return fail(error, COT_SCHEMA,
                    "torch.while_loop expects 4 positional arguments (got %u) and no keyword "
                    "arguments (got 0) Usage: while_loop(cond_fn, body_fn, operands)",
                    nargs);
    if (!control_is_list(&args[CARRIES]) || !control_is_list(&args[ADDITIONAL]))
        return fail(error, COT_SCHEMA, "while_loop: carried and additional inputs must be a list or a tuple");
    cot_graph *condition, *body;
    arg_list test = {0}, outputs = {0};
    const uint32_t num_carries = args[CARRIES].count, count = num_carries + args[ADDITIONAL].count;
    TRY(control_read_body(g, &args[CONDITION], count, "while_loop", &condition, &test, error));
    TRY(control_read_body(g, &args[BODY], count, "while_loop", &body, &outputs, error));
    if (outputs.count != num_carries)
        return fail(error, COT_SHAPE, "while_loop: the body gives %u values for %u carries", outputs.count,
                    num_carries);
    type *parts = ARENA_ARRAY(g->arena, type, num_carries), *carries = ARENA_ARRAY(g->arena, type, num_carries);
    for (uint32_t i = 0; i < num_carries; i++) {
        parts[i] = control_result(g, body, &outputs.data[i], NULL);
        const arg *init = &args[CARRIES].list[i];
        carries[i] = init->kind == ARG_VALUE ? *graph_type(g, init->value) : type_int(0);
    }
    TRY(control_same_metadata(g, parts, num_carries, "body_fn_output", carries, num_carries, "carried_inputs", error));
    if (test.count == 1 && test.data[0].kind == ARG_BOOL && test.data[0].i)
        return fail(error, COT_REFUSED,
                    "Infinite loop detected because while_loop's cond_fn always returns the same value True.");
    const bool never = test.count == 1 && test.data[0].kind == ARG_BOOL;
    if (!never && (test.count != 1 || !control_is_scalar(graph_type(condition, arg_as_value(&test.data[0])))))
        return fail(error, COT_SHAPE, "Expected cond_fn to return a scalar tensor or a bool but got %s.",
                    test.count == 1 ? control_sizes_text(g, graph_type(condition, arg_as_value(&test.data[0])))
                                    : "several values");
    *result = type_tuple(g->arena, parts, num_carries);
    return COT_OK;
}

static cot_status capture(capture_stage *s) {
    static const capture_input inputs[] = {{.how = CAPTURE_OWN, .at = CARRIES},
                                           {.how = CAPTURE_HANDED, .at = ADDITIONAL}};
    static const char *const suffixes[] = {"_cond_fn", "_body_fn"};
    captured bodies[2], *both[2] = {&bodies[0], &bodies[1]};
    TRY(control_expect(s, COUNT, "while_loop(cond_fn, body_fn, operands)"));
    for (uint32_t i = 0; i < 2; i++) {
        const capture_request request = {
            .at = CONDITION + i, .inputs = inputs, .count = 2, .returns = i ? ARG_TUPLE : ARG_VALUE};
        TRY(s->body(s, &request, &bodies[i]));
    }
    const arg *constant = &bodies[0].constant;
    if (constant->kind == ARG_BOOL && !constant->i) {
        s->give(s, CARRIES);
        return COT_OK;
    }
    if (constant->kind != ARG_NONE)
        return builder_fail(s->b, COT_REFUSED,
                            "Infinite loop detected because while_loop's cond_fn always returns the same value %s.",
                            constant->kind == ARG_BOOL ? "True" : "int");
    TRY(s->merge(s, both, 2, suffixes));
    s->args[CONDITION] = s->attach(s, &bodies[0], "while_loop_cond_graph_", false);
    s->args[BODY] = s->attach(s, &bodies[1], "while_loop_body_graph_", false);
    s->args[ADDITIONAL] = control_lifted(s, &bodies[0], ARG_TUPLE, NULL);
    return s->call(s, s->args, COUNT, NULL, CARRIES);
}

/* How often the loop runs is an unbacked symbol, one for each body. */
static cot_status stack_shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    type rows;
    TRY(shape(g, args, nargs, &rows, error));
    const node *attribute = graph_node(g, args[BODY].value);
    const char *name = attribute->target ? attribute->target : attribute->name;
    const char *symbol = arena_printf(g->arena, "u%u", (unsigned)(hash_bytes(name, strlen(name), 0) % 1000000));
    const dim count = dim_symbol(g->ctx->syms, symbol, strlen(symbol));
    arg_list outputs = {0};
    arg_leaves(g->arena, &control_body(g, &args[BODY])->output, &outputs);
    type *parts = ARENA_ARRAY(g->arena, type, rows.count);
    for (uint32_t i = 0; i < rows.count; i++) {
        if (rows.parts[i].kind != TYPE_TENSOR)
            return fail(error, COT_UNSUPPORTED, "all carried_inputs must be tensors for stack_output");
        parts[i] = control_result(g, control_body(g, &args[BODY]), &outputs.data[i], &count);
    }
    *result = type_tuple(g->arena, parts, rows.count);
    return COT_OK;
}

/* ---- forward ---------------------------------------------------------------------------------------------------- */

/* A body of the wider loop; the one that gives carries also gives them as they were, and that it ran. */
static value wider_body(joint_stage *s, const arg *a, bool gives, const char *stem) {
    cot_graph *g = s->b->graph, *root = g->parent ? g->parent : g;
    const cot_graph *body = control_body(s->functional, a);
    const uint32_t num_carries = s->args[CARRIES].count;
    builder b;
    builder_init(&b, graph_create_child(root, body->class_name), s->b->error);
    value *map = ARENA_ARRAY(g->arena, value, body->nodes.count);
    for (uint32_t i = 0; i < body->inputs.count + num_carries + 1; i++) {
        const bool is_carry = i<num_carries, is_rest = i> 2 * num_carries;
        const uint32_t k = is_carry ? i : is_rest ? i - num_carries - 1 : i - num_carries;
        const type ran = type_tensor(g->arena, g->ctx->syms, COT_BOOL, NULL, 0);
        const type *t = i == 2 * num_carries ? &ran : graph_type(body, body->inputs.data[k]);
        const value v = emit_placeholder(&b, arena_printf(g->arena, "arg%u_1", i), t);
        if (is_carry || is_rest) map[body->inputs.data[k]] = v;
    }
    graph_copy_children(b.graph, body);
    for (value v = 0; v < body->nodes.count; v++)
        if (graph_node(body, v)->op->kind != OP_PLACEHOLDER) map[v] = graph_copy_node(b.graph, body, v, map);
    arg_list leaves = {0}, outputs = {0};
    arg_leaves(g->arena, &body->output, &leaves);
    for (uint32_t i = 0; i < leaves.count; i++) *VEC_PUSH(g->arena, &outputs) = arg_map(b.graph, &leaves.data[i], map);
    for (uint32_t i = 0; gives && i < num_carries; i++)
        *VEC_PUSH(g->arena, &outputs) = arg_value(emit(&b, "clone", "v", b.graph->inputs.data[i]));
    if (gives) *VEC_PUSH(g->arena, &outputs) = arg_value(emit(&b, "ones", "I,dtype=t", NULL, 0u, (int)COT_BOOL));
    if (b.status) return builder_failed(s->b, b.status), NO_VALUE;
    b.graph->output = (arg){.kind = ARG_TUPLE, .list = outputs.data, .count = outputs.count};
    b.graph->num_user_outputs = outputs.count;
    b.graph->aliases = ARENA_ARRAY(g->arena, output_alias, outputs.count);
    const char *name = control_free_name(g, stem);
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

static cot_status forward(joint_stage *s, value *result, value *parts) {
    builder *b = s->b;
    const arg *carries = &s->args[CARRIES];
    TRY(refuse_numbers(s));
    const value condition = wider_body(s, &s->call->args[CONDITION], false, "while_loop_cond_graph_");
    const value body = wider_body(s, &s->call->args[BODY], true, "while_loop_body_graph_");
    arg_list wider = {0};
    for (uint32_t i = 0; i < 2 * carries->count; i++)
        *VEC_PUSH(b->graph->arena, &wider) = carries->list[i % carries->count];
    *VEC_PUSH(b->graph->arena, &wider) = arg_value(emit(b, "zeros", "I,dtype=t", NULL, 0u, (int)COT_BOOL));
    TRY(b->status);
    const arg args[COUNT] = {arg_value(condition), arg_value(body),
                             (arg){.kind = ARG_TUPLE, .list = wider.data, .count = wider.count}, s->args[ADDITIONAL]};
    type t;
    TRY(stack_shape(b->graph, args, COUNT, &t, b->error));
    *result =
        emit_raw(b, op_find(b->graph->ctx, "torch.ops.higher_order.while_loop_stack_output"), args, COUNT, &t, NULL);
    for (uint32_t i = 0; i < carries->count; i++) { /* a copy: views of the last row would have its unknown offset */
        const value last = emit(b, "select.int", "vii", emit_get(b, *result, i), (int64_t)0, (int64_t)-1);
        parts[i] = emit(b, "clone", "v", last);
    }
    return b->status;
}

/* ---- joint ------------------------------------------------------------------------------------------------------ */

typedef struct differentiated {
    joint_stage *stage;
    const cot_graph *body;
    uint32_t num_carries, num_rest;
    bool *needs, *tangents; /* by input, by output of the body */
} differentiated;

static void find_needs(differentiated *d) {
    joint_stage *s = d->stage;
    uint32_t k = 0;
    control_needs(s, &s->args[CARRIES], &k);
    const bool *of_rest = control_needs(s, &s->args[ADDITIONAL], &k);
    d->needs = ARENA_ARRAY(s->b->graph->arena, bool, d->body->inputs.count);
    d->tangents = ARENA_ARRAY(s->b->graph->arena, bool, d->num_carries);
    for (uint32_t i = 0; i < d->num_carries; i++)
        d->needs[i] = d->tangents[i] = control_is_float(graph_type(d->body, d->body->inputs.data[i]));
    for (uint32_t i = 0; i < d->num_rest; i++) d->needs[d->num_carries + i] = of_rest[i];
}

/* (gradients of carries…, sums for additional…, whether it ran, carries before…, additional…) → (gradients…, sums…) */
static cot_status backward_body(differentiated *d, value *attribute) {
    control_backward w;
    arena *a = d->stage->b->graph->arena;
    TRY(control_backward_start(&w, d->stage, d->body, d->needs, d->tangents));
    VEC(value) carried = {0}, sums = {0}, out = {0};
    const uint32_t num_inputs = d->body->inputs.count;
    for (uint32_t i = num_inputs; i < w.joint->inputs.count; i++)
        *VEC_PUSH(a, &carried) = control_backward_input(&w, i);
    for (uint32_t i = d->num_carries; i < num_inputs; i++)
        if (d->needs[i])
            *VEC_PUSH(a, &sums) = control_backward_new_input(&w, graph_type(d->body, d->body->inputs.data[i]));
    const type bit = type_tensor(a, w.b.graph->ctx->syms, COT_BOOL, NULL, 0);
    const value ran = control_backward_new_input(&w, &bit);
    for (uint32_t i = 0; i < num_inputs; i++) control_backward_input(&w, i);
    control_backward_fill(&w);
    for (uint32_t i = 0, k = 0; i < d->num_carries; i++) {
        if (!d->needs[i]) continue;
        const value old = carried.data[k++], gradient = control_backward_gradient(&w, i, old);
        *VEC_PUSH(a, &out) = emit(&w.b, "where.self", "vvv", ran, gradient, old);
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

/* Part i of the forward call, stacked, the last row first. */
static arg reversed_stack(joint_stage *s, uint32_t i) {
    const uint32_t flags = s->b->flags;
    const int64_t first = 0;
    s->b->flags &= ~(uint32_t)NODE_BACKWARD; /* a part of the forward call is a forward value */
    const value stack = emit_get(s->b, s->result, i);
    s->b->flags = flags;
    return arg_value(emit(s->b, "flip", "vI", stack, &first, 1u));
}

static cot_status backward_call(differentiated *d, value attribute, value *call) {
    joint_stage *s = d->stage;
    builder *b = s->b;
    arena *a = b->graph->arena;
    arg_list carries = {0}, xs = {0};
    for (uint32_t i = 0; i < d->num_carries; i++) {
        if (!d->tangents[i]) continue;
        const value init = s->args[CARRIES].list[i].value;
        *VEC_PUSH(a, &carries) = arg_value(s->grads[i] != NO_VALUE ? s->grads[i] : emit(b, "zeros_like", "v", init));
    }
    for (uint32_t i = 0; i < d->num_rest; i++)
        if (d->needs[d->num_carries + i])
            *VEC_PUSH(a, &carries) = arg_value(emit(b, "zeros_like", "v", s->args[ADDITIONAL].list[i].value));
    *VEC_PUSH(a, &xs) = reversed_stack(s, 2 * d->num_carries);
    for (uint32_t i = 0; i < d->num_carries; i++) *VEC_PUSH(a, &xs) = reversed_stack(s, d->num_carries + i);
    TRY(b->status);
    const arg args[] = {arg_value(attribute), arg_list_of(carries.data, carries.count), arg_list_of(xs.data, xs.count),
                        s->args[ADDITIONAL]};
    const op *scan = op_find(b->graph->ctx, "torch.ops.higher_order.scan");
    type t;
    TRY(scan->record->control->shape(b->graph, args, COUNT_OF(args), &t, b->error));
    *call = emit_raw(b, scan, args, COUNT_OF(args), &t, NULL);
    return b->status;
}

static cot_status joint(joint_stage *s) {
    differentiated d = {.stage = s,
                        .body = control_body(s->functional, &s->call->args[BODY]),
                        .num_carries = s->args[CARRIES].count,
                        .num_rest = s->args[ADDITIONAL].count};
    value attribute, call;
    find_needs(&d);
    TRY(backward_body(&d, &attribute));
    TRY(backward_call(&d, attribute, &call));
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

static void run(const node *n, control_form *form) {
    *form = (control_form){.kind = CONTROL_WHILE,
                           .bodies = {n->args[CONDITION].value, n->args[BODY].value},
                           .carries = n->args[CARRIES],
                           .rest = n->args[ADDITIONAL]};
}

static void run_stack(const node *n, control_form *form) {
    run(n, form);
    form->stacks = true;
}

/* ---- vmap ------------------------------------------------------------------------------------------------------- */

/* The loop over a batch: which carries have it; `each`: the condition is another for each example. */
typedef struct batched_loop {
    vmap_stage *stage;
    const cot_graph *condition, *body;
    uint32_t num_carries, num_rest;
    bool *in, *out; /* by input of the bodies; by carry */
    bool each;
} batched_loop;

static cot_status settle(batched_loop *l, value *condition, value *body) {
    for (bool settled = false; !settled;) {
        bool test[1] = {false};
        TRY(l->stage->body(l->stage, l->condition, l->in, test, condition));
        l->each = test[0];
        for (uint32_t i = 0; i < l->num_carries; i++) l->out[i] = l->in[i] || l->each;
        TRY(l->stage->body(l->stage, l->body, l->in, l->out, body));
        settled = true;
        for (uint32_t i = 0; i < l->num_carries; i++) {
            settled &= l->in[i] == l->out[i];
            l->in[i] = l->out[i];
        }
    }
    return COT_OK;
}

/* A body of the loop that goes on as long as any example does. With `carries`, it gives the next ones: those of
 * examples that are done stay; without, whether any goes on. */
static cot_status masked_body(batched_loop *l, bool carries, const char *stem, value *attribute) {
    vmap_stage *s = l->stage;
    cot_graph *g = s->b->graph, *root = g->parent ? g->parent : g;
    const uint32_t count = l->num_carries + l->num_rest;
    arg *operands = ARENA_ARRAY(g->arena, arg, count), going, *next = ARENA_ARRAY(g->arena, arg, l->num_carries);
    bool *have = ARENA_ARRAY(g->arena, bool, l->num_carries + 1u), test[1];
    builder b;
    builder_init(&b, graph_create_child(root, stem), s->b->error);
    b.decompose = true;
    for (uint32_t i = 0; i < count; i++) {
        const type *one = graph_type(l->body, l->body->inputs.data[i]);
        dim sizes[COT_MAX_DIMS + 1] = {s->size};
        for (uint32_t k = 0; k < one->ndim; k++) sizes[k + 1] = one->sizes[k];
        const type t = l->in[i] ? type_tensor(g->arena, g->ctx->syms, (cot_dtype)one->dtype, sizes, one->ndim + 1u)
                                : type_copy(g->arena, one);
        operands[i] = arg_value(emit_placeholder(&b, arena_printf(g->arena, "arg%u_1", i), &t));
    }
    TRY(s->inlined(s, &b, l->condition, operands, l->in, &going, test));
    if (carries) TRY(s->inlined(s, &b, l->body, operands, l->in, next, have));
    for (uint32_t i = 0; carries && i < l->num_carries && !b.status; i++) {
        dim sizes[COT_MAX_DIMS + 1] = {s->size};
        const uint32_t rank = graph_type(l->body, l->body->inputs.data[i])->ndim;
        for (uint32_t k = 0; k < rank; k++) sizes[k + 1] = 1;
        const value chosen = emit(&b, "reshape", "vD", going.value, sizes, rank + 1u);
        next[i] = arg_value(emit(&b, "where.self", "vvv", chosen, next[i].value, operands[i].value));
    }
    if (!carries) next[0] = arg_value(emit(&b, "any", "v", going.value));
    if (b.status) return builder_failed(s->b, b.status), b.status;
    b.graph->output = (arg){.kind = ARG_TUPLE, .list = next, .count = carries ? l->num_carries : 1};
    b.graph->num_user_outputs = b.graph->output.count;
    const char *name = control_free_name(g, stem);
    b.graph->class_name = name;
    *attribute = emit_get_attr(s->b, name, b.graph);
    return s->b->status;
}

static cot_status batch(vmap_stage *s) {
    arena *a = s->b->graph->arena;
    batched_loop l = {.stage = s,
                      .condition = control_body(s->source, &s->call->args[CONDITION]),
                      .body = control_body(s->source, &s->call->args[BODY]),
                      .num_carries = s->args[CARRIES].count,
                      .num_rest = s->args[ADDITIONAL].count,
                      .out = s->out};
    const bool stacks = s->call->op->record->control->run == run_stack;
    uint32_t first = 0;
    const bool *carries = control_batched(s, &s->args[CARRIES], &first);
    const bool *rest = control_batched(s, &s->args[ADDITIONAL], &first);
    l.in = ARENA_ARRAY(a, bool, l.num_carries + l.num_rest + 1u);
    for (uint32_t i = 0; i < l.num_carries; i++) l.in[i] = carries[i];
    for (uint32_t i = 0; i < l.num_rest; i++) l.in[l.num_carries + i] = rest[i];
    value condition, body, call, *parts = ARENA_ARRAY(a, value, l.num_carries);
    TRY(settle(&l, &condition, &body));
    if (l.each && stacks)
        return builder_fail(s->b, COT_UNSUPPORTED,
                            "while_loop_stack_output: over a batch whose examples stop at different iterations the "
                            "stacks would have different lengths (hook 'vmap')");
    if (l.each) TRY(masked_body(&l, false, "while_loop_cond_graph_", &condition));
    if (l.each) TRY(masked_body(&l, true, "while_loop_body_graph_", &body));
    const arg args[COUNT] = {arg_value(condition), arg_value(body),
                             control_batch_operands(s, &s->args[CARRIES], carries, l.in, false), s->args[ADDITIONAL]};
    TRY(control_batch_call(s, args, COUNT, &call));
    for (uint32_t i = 0; i < l.num_carries; i++)
        parts[i] = stacks && s->out[i] ? control_batch_stack(s, call, i) : emit_get(s->b, call, i);
    control_batch_result(s, parts, l.num_carries);
    return s->b->status;
}

static uint32_t count_carries(const node *call) { return call->args[CARRIES].count; }

static cot_status functionalize(functionalize_stage *s, value *result) {
    static const written_form form = {.first_body = CONDITION,
                                      .num_bodies = 2,
                                      .num_tests = 1,
                                      .first_list = CARRIES,
                                      .num_lists = 2,
                                      .roles = {WRITTEN_NEVER, WRITTEN_CARRIED},
                                      .carries = count_carries};
    return written_functionalize(s, &form, result);
}

static const control_hooks hooks = {.capture = capture,
                                    .python = "torch.while_loop",
                                    .shape = shape,
                                    .functionalize = functionalize,
                                    .parameters = "cond_fn, body_fn, (carried_input), (additional_input)",
                                    .forward = forward,
                                    .joint = joint,
                                    .vmap = batch,
                                    .run = run};
static const control_hooks stack_hooks = {.capture = capture, .shape = stack_shape, .vmap = batch, .run = run_stack};

const op_record ops_while_loop[] = {
    {.schema = "higher_order::while_loop", .traits = OP_CONTROL, .control = &hooks},
    {.schema = "higher_order::while_loop_stack_output", .traits = OP_CONTROL, .control = &stack_hooks},
};
const uint32_t ops_while_loop_count = COUNT_OF(ops_while_loop);
