/* SPDX-License-Identifier: MIT
 * batch.c — what the vmap hooks of ops/control/ share. */
#include "ops/batch.h"
#include "ops/control/control.h"

bool *control_batched(vmap_stage *s, const arg *list, uint32_t *first) {
    bool *have = ARENA_ARRAY(s->b->graph->arena, bool, list->count + 1u);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->list[i].kind == ARG_VALUE) have[i] = s->batched[(*first)++];
    return have;
}

static value behind_first(builder *b, value v) { return emit(b, "transpose.int", "vii", v, (int64_t)0, (int64_t)1); }

arg control_batch_operands(vmap_stage *s, const arg *list, const bool *have, const bool *want, bool along) {
    arg r = *list;
    arg *items = ARENA_ARRAY(s->b->graph->arena, arg, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        items[i] = list->list[i];
        if (items[i].kind != ARG_VALUE || !want[i]) continue;
        value v = items[i].value;
        if (!have[i]) v = batch_repeat(s->b, v, s->size);
        if (along) v = behind_first(s->b, v);
        items[i] = arg_value(v);
    }
    r.list = items;
    return r;
}

value control_batch_stack(vmap_stage *s, value call, uint32_t i) { return behind_first(s->b, emit_get(s->b, call, i)); }

cot_status control_batch_call(vmap_stage *s, const arg *args, uint32_t nargs, value *call) {
    type t = {0};
    TRY(s->b->status);
    TRY(s->call->op->record->control->shape(s->b->graph, args, nargs, &t, s->b->error));
    *call = emit_raw(s->b, s->call->op, args, nargs, &t, NULL);
    return s->b->status;
}

void control_batch_result(vmap_stage *s, const value *parts, uint32_t count) {
    s->result = emit_pack(s->b, parts, count);
}

uint32_t control_count_outputs(vmap_stage *s, const cot_graph *body) {
    arg_list leaves = {0};
    arg_leaves(s->b->graph->arena, &body->output, &leaves);
    return leaves.count;
}
