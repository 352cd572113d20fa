/* SPDX-License-Identifier: MIT
 * capture.c — the capture hooks that most operators share: one body, called with the outer values that it uses. */
#include "ops/control/control.h"

#include "base/error.h"

arg control_lifted(capture_stage *s, const captured *body, uint8_t kind, const arg *before) {
    const uint32_t first = before ? before->count : 0;
    arg *items = ARENA_ARRAY(s->b->graph->arena, arg, first + body->lifted.count);
    for (uint32_t i = 0; i < first; i++) items[i] = before->list[i];
    for (uint32_t i = 0; i < body->lifted.count; i++) items[first + i] = arg_value(body->lifted.data[i]);
    return (arg){.kind = kind, .list = items, .count = first + body->lifted.count};
}

cot_status control_expect(capture_stage *s, uint32_t count, const char *usage) {
    if (s->npos == count && s->nargs == count) return COT_OK;
    const char *python = s->op->record->control->python;
    return builder_fail(s->b, COT_SCHEMA,
                        "%s expects %u positional arguments (got %u) and no keyword arguments (got %u) Usage: %s",
                        python ? python : s->op->packet, count, s->npos, s->nargs - s->npos, usage);
}

arg control_as_list(capture_stage *s, uint32_t at) {
    arg *item = arena_copy(s->b->graph->arena, &s->args[at], sizeof(arg));
    if (!control_is_list(item)) return arg_list_of(item, 1);
    return arg_list_of(item->list, item->count);
}

/* Which argument is the body: by position, behind what the operator is told. */
static cot_status find_body(capture_stage *s, uint32_t *at) {
    for (*at = 0; *at < s->npos; ++*at)
        if (s->is_function(s, *at)) return COT_OK;
    return builder_fail(s->b, COT_SCHEMA, "%s: expected a body", s->op->name);
}

cot_status control_capture_call(capture_stage *s) {
    arena *a = s->b->graph->arena;
    uint32_t at;
    TRY(find_body(s, &at));
    capture_input *inputs = ARENA_ARRAY(a, capture_input, s->npos);
    for (uint32_t i = at + 1; i < s->npos; i++)
        inputs[i - at - 1] = (capture_input){.how = CAPTURE_HANDED, .structure = true, .at = i};
    const capture_request request = {.at = at, .inputs = inputs, .count = s->npos - at - 1, .returns = ARG_TUPLE};
    captured body;
    TRY(s->body(s, &request, &body));
    const arg operands = control_lifted(s, &body, ARG_TUPLE, NULL);
    const uint32_t keywords = s->nargs - s->npos, npos = at + 1 + operands.count;
    arg *args = ARENA_ARRAY(a, arg, npos + keywords);
    for (uint32_t i = 0; i < at; i++) args[i] = s->args[i];
    args[at] = s->attach(s, &body, "wrap_body_", false);
    for (uint32_t i = 0; i < operands.count; i++) args[at + 1 + i] = operands.list[i];
    for (uint32_t i = 0; i < keywords; i++) args[npos + i] = s->args[s->npos + i];
    return s->call(s, args, npos + keywords, &body, CAPTURE_ALL);
}

cot_status control_capture_plain(capture_stage *s) { return s->call(s, s->args, s->nargs, NULL, CAPTURE_ALL); }

cot_status control_capture_call_list(capture_stage *s) {
    uint32_t at;
    TRY(find_body(s, &at));
    if (at + 1 >= s->npos || !control_is_list(&s->args[at + 1]))
        return builder_fail(s->b, COT_SCHEMA, "%s: expected a list or a tuple of operands behind the body",
                            s->op->name);
    const capture_input operands = {.how = CAPTURE_HANDED, .at = at + 1};
    const capture_request request = {.at = at, .inputs = &operands, .count = 1, .returns = ARG_TUPLE};
    captured body;
    TRY(s->body(s, &request, &body));
    arg *args = arena_copy(s->b->graph->arena, s->args, s->nargs * sizeof(arg));
    args[at] = s->attach(s, &body, arena_printf(s->b->graph->arena, "%s_body_graph_", s->op->packet), false);
    args[at + 1] = control_lifted(s, &body, ARG_TUPLE, NULL);
    return s->call(s, args, s->nargs, &body, CAPTURE_ALL);
}
