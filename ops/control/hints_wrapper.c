/* SPDX-License-Identifier: MIT
 * hints_wrapper.c — a body with hints for whoever compiles it. They stay on the call through all stages.
 *
 *     hints_wrapper(body, (operands…), {}, hints = {'key': 1}) → (outputs…) */
#include "ops/control/control.h"

#include "base/error.h"

enum { BODY, OPERANDS, KEYWORDS, HINTS, COUNT };

static bool call(const cot_graph *g, const arg *args, uint32_t nargs, control_call *call) {
    return control_body(g, &args[BODY]) && control_list_call(args, nargs, BODY, OPERANDS, call);
}

static bool is_number(const arg *a) { return a->kind == ARG_INT || a->kind == ARG_FLOAT || a->kind == ARG_BOOL; }

static cot_status check_operands(const cot_graph *g, const arg *operands, cot_error *error) {
    for (uint32_t i = 0; control_is_list(operands) && i < operands->count; i++) {
        const arg *a = &operands->list[i];
        const type *t = graph_type(g, arg_as_value(a));
        if (!is_number(a) && (a->kind != ARG_VALUE || t->kind == TYPE_TUPLE || t->kind == TYPE_GRAPH))
            return fail(error, COT_SCHEMA, "args must be a tuple of tensors, ints, floats, or bools, got %s",
                        control_show(g, a));
    }
    if (control_is_list(operands)) return COT_OK;
    return fail(error, COT_SCHEMA, "args must be a tuple of tensors, ints, floats, or bools, got %s",
                control_show(g, operands));
}

static cot_status check_hints(const cot_graph *g, const arg *hints, cot_error *error) {
    if (hints->kind != ARG_DICT) return fail(error, COT_SCHEMA, "hints must be a dict, got %s", control_show(g, hints));
    for (uint32_t i = 0; i < hints->count; i++) {
        const arg *key = &hints->list[2 * i], *item = key + 1;
        if (key->kind != ARG_STRING)
            return fail(error, COT_SCHEMA, "hints key must be a str, got %s.", control_show(g, key));
        if (!is_number(item) && item->kind != ARG_STRING)
            return fail(error, COT_SCHEMA,
                        "hints must be a dict containing int, float, bool or str value, got value %s for key %s.",
                        control_show(g, item), key->s);
    }
    return COT_OK;
}

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    control_call c;
    if (nargs != COUNT)
        return fail(error, COT_SCHEMA, "hints_wrapper: expected a body, its args, kwargs and hints, found %u arguments",
                    nargs);
    TRY(check_operands(g, &args[OPERANDS], error));
    if (args[KEYWORDS].kind != ARG_DICT)
        return fail(error, COT_SCHEMA, "kwargs must be a dict, got %s", control_show(g, &args[KEYWORDS]));
    if (args[KEYWORDS].count)
        return fail(error, COT_SCHEMA, "kwargs except for hints are not supported, got %s",
                    control_show(g, &args[KEYWORDS]));
    TRY(check_hints(g, &args[HINTS], error));
    if (!call(g, args, nargs, &c))
        return fail(error, COT_SCHEMA, "hints_wrapper: expected a body (get_attr of a graph)");
    return control_call_shape(g, args, &c, "hints_wrapper", result, error);
}

/* Written as hints_wrapper(body, (operands…), hints = {…}). */
static cot_status capture(capture_stage *s) {
    static const capture_input operands = {.how = CAPTURE_HANDED, .at = OPERANDS};
    const capture_request request = {.at = BODY, .inputs = &operands, .count = 1, .returns = ARG_TUPLE};
    captured body;
    if (s->npos != KEYWORDS || !s->is_function(s, BODY) || !control_is_list(&s->args[OPERANDS]))
        return builder_fail(s->b, COT_SCHEMA, "hints_wrapper: expected a body, a tuple of operands, and hints = {…}");
    TRY(s->body(s, &request, &body));
    const uint32_t keywords = s->nargs - s->npos;
    arg *args = ARENA_ARRAY(s->b->graph->arena, arg, KEYWORDS + 1 + keywords);
    args[BODY] = s->attach(s, &body, "hints_wrapper_body_graph_", false);
    args[OPERANDS] = control_lifted(s, &body, ARG_TUPLE, NULL);
    args[KEYWORDS] = (arg){.kind = ARG_DICT};
    for (uint32_t i = 0; i < keywords; i++) args[KEYWORDS + 1 + i] = s->args[KEYWORDS + i];
    return s->call(s, args, KEYWORDS + 1 + keywords, &body, CAPTURE_ALL);
}

static const control_hooks hooks = {.capture = capture,
                                    .capture_rules = CAPTURE_ANYTHING,
                                    .shape = shape,
                                    .functionalize = control_call_functionalize,
                                    .joint = control_call_joint,
                                    .vmap = control_call_batch,
                                    .call = call};

const op_record ops_hints_wrapper[] = {
    {.schema = "higher_order::hints_wrapper", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_hints_wrapper_count = COUNT_OF(ops_hints_wrapper);
