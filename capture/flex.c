/* SPDX-License-Identifier: MIT
 * flex.c — flex_attention as a C function. Without lists of blocks its mask is one block: tiles that the mask hides are
 * skipped all the same.
 */
#include "capture/capture.h"

#include <math.h>
#include <string.h>

enum { WHOLE_BLOCK = 1 << 30, BLOCK_ITEMS = 16 };

static cot_argument of_value(cot_value v) { return (cot_argument){.kind = COT_ARGUMENT_VALUE, .value = v}; }
static cot_argument of_ints(const int64_t *ints, uint32_t count) {
    return (cot_argument){.kind = COT_ARGUMENT_INTS, .ints = ints, .count = count};
}
static cot_argument of_dtype(cot_dtype dtype) {
    return (cot_argument){.kind = COT_ARGUMENT_DTYPE, .keyword = "dtype", .integer = dtype};
}

static cot_value same_score(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    UNUSED(b), UNUSED(count), UNUSED(user);
    return operands[0];
}

static cot_value all_seen(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const cot_argument arguments[] = {of_value(operands[0]), of_ints(NULL, 0), of_dtype(COT_BOOL)};
    UNUSED(count), UNUSED(user);
    return cot_call(b, "new_ones.default", arguments, 3);
}

/* The block mask in which everything is one block that has to be looked at. */
static cot_value one_block(cot_builder *b) {
    static const int64_t ones[] = {1, 1, 1, 1};
    const cot_value count = cot_call(b, "ones.default", (cot_argument[]){of_ints(ones, 3), of_dtype(COT_I32)}, 2);
    const cot_value list = cot_call(b, "zeros.default", (cot_argument[]){of_ints(ones, 4), of_dtype(COT_I32)}, 2);
    cot_value items[BLOCK_ITEMS];
    for (uint32_t i = 0; i < BLOCK_ITEMS; i++) items[i] = cot_none(b);
    items[0] = items[1] = cot_int(b, 1);
    items[2] = items[6] = count;
    items[3] = items[7] = list;
    items[14] = items[15] = cot_int(b, WHOLE_BLOCK);
    return cot_tuple(b, items, BLOCK_ITEMS);
}

/* The lists as PyTorch's tuple has them, lengths first; nothing of keys and values that are stored in pages. */
static cot_value as_tuple(cot_builder *b, cot_value q, cot_value k, const cot_block_mask *blocks) {
    cot_block_mask m = {0};
    const size_t bytes = blocks->struct_bytes ? blocks->struct_bytes : sizeof m;
    memcpy(&m, blocks, MIN(bytes, sizeof m));
    const cot_value lists[] = {m.counts,       m.keys,    m.full_counts,       m.full_keys,
                               m.query_counts, m.queries, m.full_query_counts, m.full_queries};
    cot_value items[BLOCK_ITEMS];
    int64_t sizes[2][COT_MAX_DIMS] = {{0}};
    cot_value_shape(b, q, sizes[0], NULL);
    cot_value_shape(b, k, sizes[1], NULL);
    for (uint32_t i = 0; i < BLOCK_ITEMS; i++) items[i] = cot_none(b);
    for (uint32_t i = 0; i < 2; i++) items[i] = cot_int(b, sizes[i][2]);
    for (uint32_t i = 0; i < COUNT_OF(lists); i++)
        if (lists[i] != COT_NO_VALUE) items[2 + i] = lists[i];
    items[14] = cot_int(b, m.query_size);
    items[15] = cot_int(b, m.key_size);
    return cot_tuple(b, items, BLOCK_ITEMS);
}

cot_value cot_flex_attention(cot_builder *b, cot_value q, cot_value k, cot_value v, cot_body score_mod,
                             cot_body mask_mod, void *user, double scale) {
    return cot_flex_attention_blocks(b, q, k, v, score_mod, mask_mod, user, scale, NULL);
}

cot_value cot_flex_attention_blocks(cot_builder *b, cot_value q, cot_value k, cot_value v, cot_body score_mod,
                                    cot_body mask_mod, void *user, double scale, const cot_block_mask *blocks) {
    int64_t sizes[COT_MAX_DIMS] = {0};
    const int ndim = cot_value_shape(b, q, sizes, NULL);
    if (scale == 0 && ndim == 4 && sizes[3] > 0) scale = 1 / sqrt((double)sizes[3]);
    const cot_value score = cot_call(b, "new_zeros.default", (cot_argument[]){of_value(q), of_ints(NULL, 0)}, 2);
    const cot_value at =
        cot_call(b, "new_zeros.default", (cot_argument[]){of_value(q), of_ints(NULL, 0), of_dtype(COT_I32)}, 3);
    const cot_argument arguments[] = {
        of_value(q),
        of_value(k),
        of_value(v),
        {.kind = COT_ARGUMENT_BODY, .body = score_mod ? score_mod : same_score, .user = user},
        {.kind = COT_ARGUMENT_BODY, .body = mask_mod ? mask_mod : all_seen, .user = user},
        of_value(blocks ? as_tuple(b, q, k, blocks) : one_block(b)),
        {.kind = COT_ARGUMENT_REAL, .real = scale},
        of_value(score),
        of_value(cot_list(b, (cot_value[]){at, at, at, at}, 4))};
    return cot_call(b, "higher_order.flex_attention", arguments, 9);
}
