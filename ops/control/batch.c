/* SPDX-License-Identifier: MIT
 * batch.c — what the vmap hooks of ops/control/ share. */
#include "ops/batch.h"
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

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

/* ---- operators that call one body ------------------------------------------------------------------------------- */

cot_status control_call_batch(vmap_stage *s) {
    const node *n = s->call;
    const control_hooks *hooks = n->op->record->control;
    control_call call;
    if (!hooks->call(s->source, n->args, n->nargs, &call))
        return builder_fail(s->b, COT_SCHEMA, "%s: the operands do not fit the body", n->op->name);
    uint32_t first = 0;
    const arg operands = arg_list_of(call.operands, call.count);
    const bool *in = control_batched(s, &operands, &first);
    arg *args = arena_copy(s->b->graph->arena, s->args, n->nargs * sizeof *args);
    value attribute;
    TRY(s->body(s, control_body(s->source, &n->args[call.body]), in, s->out, &attribute));
    args[call.body] = arg_value(attribute);
    TRY(control_batch_call(s, args, n->nargs, &s->result));
    control_copy_form(s->b->graph, &s->b->graph->nodes.data[s->result], n, 0);
    return s->b->status;
}

/* ---- branches ---------------------------------------------------------------------------------------------------- */

cot_status control_batch_branches(vmap_stage *s, const arg *bodies, uint32_t num_bodies, const bool *in,
                                  value *attributes) {
    const uint32_t count = s->call->type.count;
    bool *out = ARENA_ARRAY(s->b->graph->arena, bool, count + 1u);
    for (uint32_t round = 0; round < 2; round++) /* what one branch gives with the batch the others must as well */
        for (uint32_t k = 0; k < num_bodies; k++) {
            memcpy(out, s->out, count * sizeof *out);
            TRY(s->body(s, control_body(s->source, &bodies[k]), in, out, &attributes[k]));
            for (uint32_t i = 0; i < count; i++) s->out[i] |= out[i];
        }
    return COT_OK;
}

/* A choice for each example, seen as (batch, 1, …). */
static value column(vmap_stage *s, value chosen, uint32_t rank) {
    dim sizes[COT_MAX_DIMS + 1] = {s->size};
    for (uint32_t k = 0; k < rank; k++) sizes[k + 1] = 1;
    return emit(s->b, "reshape", "vD", chosen, sizes, rank + 1);
}

cot_status control_batch_choose(vmap_stage *s, const arg *bodies, uint32_t num_bodies, const arg *operands,
                                const bool *in, const value *chosen) {
    builder *b = s->b;
    const type *result = &s->call->type;
    value *parts = ARENA_ARRAY(b->graph->arena, value, result->count);
    arg *outputs = ARENA_ARRAY(b->graph->arena, arg, result->count);
    bool *out = ARENA_ARRAY(b->graph->arena, bool, result->count + 1u);
    for (uint32_t i = 0; i < result->count; i++)
        if (result->parts[i].kind != TYPE_TENSOR && result->parts[i].kind != TYPE_NONE)
            return builder_fail(b, COT_REFUSED,
                                "vmap: output %u of %s is a number, which would be another for each example", i,
                                s->call->op->name);
    for (uint32_t k = num_bodies; k-- > 0;) { /* the last where no other is chosen */
        TRY(s->inlined(s, b, control_body(s->source, &bodies[k]), operands->list, in, outputs, out));
        for (uint32_t i = 0; i < result->count; i++) {
            const value one = arg_as_value(&outputs[i]);
            const bool tensor = result->parts[i].kind == TYPE_TENSOR;
            const bool last = k + 1 == num_bodies;
            parts[i] = last || !tensor
                           ? one
                           : emit(b, "where.self", "vvv", column(s, chosen[k], result->parts[i].ndim), one, parts[i]);
            s->out[i] = tensor;
        }
    }
    control_batch_result(s, parts, result->count);
    return b->status;
}
