/* SPDX-License-Identifier: MIT
 * while_loop.c — a body as long as a condition holds; how often is known only when the program runs.
 *
 *     while_loop(condition, body, (carries…), (additional…)) → (carries…)
 *
 * Both bodies take the carries and the additional inputs. */
#include "ops/control/control.h"

#include "base/error.h"

enum { CONDITION, BODY, CARRIES, ADDITIONAL, COUNT };

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs != COUNT)
        return fail(error, COT_SCHEMA,
                    "torch.while_loop expects 4 positional arguments (got %u) and no keyword "
                    "arguments Usage: while_loop(cond_fn, body_fn, operands)",
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
    type *parts = ARENA_ARRAY(g->arena, type, num_carries);
    for (uint32_t i = 0; i < num_carries; i++) {
        parts[i] = control_result(g, body, &outputs.data[i], NULL);
        const arg *init = &args[CARRIES].list[i];
        if (parts[i].kind == TYPE_TENSOR && !type_equal(&parts[i], graph_type(g, arg_as_value(init)), false))
            return fail(error, COT_SHAPE,
                        "Expected body_fn_output and carried_inputs to have same metadata but found: "
                        "carry %u has another type",
                        i);
    }
    *result = type_tuple(g->arena, parts, num_carries);
    return COT_OK;
}

static void run(const node *n, control_form *form) {
    *form = (control_form){.kind = CONTROL_WHILE,
                           .bodies = {n->args[CONDITION].value, n->args[BODY].value},
                           .carries = n->args[CARRIES],
                           .rest = n->args[ADDITIONAL]};
}

static const control_hooks hooks = {.shape = shape, .run = run};

const op_record ops_while_loop[] = {
    {.schema = "higher_order::while_loop", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_while_loop_count = COUNT_OF(ops_while_loop);
