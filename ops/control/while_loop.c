/* SPDX-License-Identifier: MIT
 * while_loop.c — a body as long as a condition holds; how often is known only when the program runs.
 *
 *     while_loop(condition, body, (carries…), (additional…)) → (carries…)
 *     while_loop_stack_output(the same) → (the carries after each iteration, stacked…); without iterations as they were
 *
 * Both bodies take the carries and the additional inputs. Derivatives are in while_backward.c. */
#include "ops/control/while_loop.h"
#include "ops/control/written.h"

#include "base/error.h"

enum { CONDITION = WHILE_CONDITION, BODY = WHILE_BODY, CARRIES = WHILE_CARRIES, ADDITIONAL = WHILE_ADDITIONAL };
enum { COUNT = WHILE_ARGUMENTS };

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

/* How often a loop runs: the symbol that the program has for it, or a new one. */
static dim iterations(cot_graph *g) {
    const type *t = g->expected;
    t = t && t->kind == TYPE_TUPLE && t->count ? &t->parts[0] : NULL;
    return t && t->kind == TYPE_TENSOR && t->ndim && !dim_is_static(t->sizes[0]) ? t->sizes[0] : graph_unbacked(g, "u");
}

cot_status while_stack_shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    type rows;
    TRY(shape(g, args, nargs, &rows, error));
    const dim count = iterations(g);
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
    const char *name = graph_child_name(g, stem);
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
    s->b->graph->expected = stacks ? &s->call->type : NULL;
    const cot_status status = control_batch_call(s, args, COUNT, &call);
    s->b->graph->expected = NULL;
    TRY(status);
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
                                    .forward = while_forward,
                                    .joint = while_joint,
                                    .vmap = batch,
                                    .run = run};
static const control_hooks stack_hooks = {.capture = capture,
                                          .shape = while_stack_shape,
                                          .forward = while_forward,
                                          .joint = while_joint,
                                          .vmap = batch,
                                          .run = run_stack};

const op_record ops_while_loop[] = {
    {.schema = "higher_order::while_loop", .traits = OP_CONTROL, .control = &hooks},
    {.schema = "higher_order::while_loop_stack_output", .traits = OP_CONTROL, .control = &stack_hooks},
};
const uint32_t ops_while_loop_count = COUNT_OF(ops_while_loop);
