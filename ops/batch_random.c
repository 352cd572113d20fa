/* SPDX-License-Identifier: MIT
 * batch_random.c — random numbers over a batch: "different" draws for each example, "same" draws once. The mode
 * "error" is refused before a rule is asked. */
#include "ops/batch.h"

#include "base/error.h"

/* Made from sizes, or like a tensor whose values do not matter. */
static cot_status apply_random(batch_call *c) {
    builder *b = c->b;
    const int size = op_param(c->op, "size");
    if (c->randomness == BATCH_RANDOM_SAME) {
        if (batch_has(c, 0))
            c->args[0] = arg_value(emit(b, "select.int", "vii", batch_tensor(c, 0), (int64_t)0, (int64_t)0));
        c->plain = true;
        c->result = emit_bound(b, c->op, c->args, NULL);
        return b->status;
    }
    if (size < 0 && !c->first[c->op->num_params]) /* randperm: no size to put the batch into */
        return builder_fail(b, COT_UNSUPPORTED, "vmap: %s has no batching rule for randomness 'different'",
                            c->op->name);
    batch_whole_all(c);
    batch_drop_formats(c);
    if (size >= 0) {
        arg *items = ARENA_ARRAY(b->graph->arena, arg, c->args[size].count + 1u);
        items[0] = emit_dim(b, c->size);
        for (uint32_t i = 0; i < c->args[size].count; i++) items[i + 1] = c->args[size].list[i];
        c->args[size] = arg_list_of(items, c->args[size].count + 1u);
    }
    return batch_emit(c);
}
const batch_rule batch_random = {"random", apply_random, 0};

/* Parameters of the distribution come as tensors. */
static cot_status apply_random_tensor(batch_call *c) {
    uint32_t rank = 0;
    if (c->randomness == BATCH_RANDOM_SAME)
        return builder_fail(c->b, COT_REFUSED,
                            "Vmap does not currently support same randomness with a batched tensor input. (%s)",
                            c->op->name);
    for (uint32_t i = 0; i < c->op->num_params; i++) rank = MAX(rank, (uint32_t)batch_logical(c, i)->ndim);
    batch_whole_all(c);
    for (uint32_t i = 0; i < c->op->num_params; i++)
        if (c->op->params[i].type == PARAM_TENSOR && batch_tensor(c, i) != NO_VALUE)
            c->args[i] = arg_value(batch_pad(c, batch_tensor(c, i), rank));
    return batch_emit(c);
}
const batch_rule batch_random_tensor = {"random", apply_random_tensor, 0};

/* "same": the mask of one example, whose scaled form multiplies all. */
static cot_status apply_dropout(batch_call *c) {
    builder *b = c->b;
    const value input = batch_whole(c, 0);
    if (c->randomness == BATCH_RANDOM_DIFFERENT) return batch_emit(c);
    const value one = emit(b, "select.int", "vii", input, (int64_t)0, (int64_t)0);
    c->args[0] = arg_value(emit(b, "ones_like", "v", one));
    const value all = emit_bound(b, c->op, c->args, NULL);
    const value mask = emit_get(b, all, 1);
    const value parts[] = {emit(b, "mul.Tensor", "vv", input, emit_get(b, all, 0)), batch_repeat(b, mask, c->size)};
    c->result = emit_pack(b, parts, 2);
    return b->status;
}
const batch_rule batch_dropout = {"random", apply_dropout, 0};
