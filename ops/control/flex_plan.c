/* SPDX-License-Identifier: MIT
 * flex_plan.c — plan time of flex_attention and its backward: sizes, bodies as programs, gradients of captured tensors.
 */
#include "kernels/cpu/dispatch.h"
#include "ops/control/flex_attention.h"
#include "ops/prepare.h"

KERNEL_DECLARE_TABLE(kernel_fn, flex_forward);
KERNEL_DECLARE_TABLE(kernel_fn, flex_backward);

/* Item `leaf` of argument `i` among the tensors of the call. */
static uint32_t tensor_of(const prepare_call *c, uint32_t i, uint32_t leaf) {
    const uint32_t flat = c->first[i] + leaf;
    return flat < c->first[i + 1] && c->operands[flat].numel >= 0 ? c->num_results + flat : FLEX_ABSENT;
}

static const tensor_desc *described(const prepare_call *c, uint32_t at) {
    return at < c->num_results ? &c->results[at] : &c->operands[at - c->num_results];
}

static cot_status refuse(prepare_call *c, const char *what, const char *why) {
    return graph_fail(c->graph, c->node, c->error, COT_UNSUPPORTED, "%s: %s: %s", c->op->packet, what, why);
}

/* ---- bodies ----------------------------------------------------------------------------------------------------- */

static const flex_capture *captures(prepare_call *c, uint32_t i) {
    flex_capture *out = ARENA_ARRAY(c->scratch, flex_capture, c->args[i].count);
    for (uint32_t k = 0; k < c->args[i].count; k++) {
        const uint32_t at = tensor_of(c, i, k);
        out[k] = (flex_capture){.at = at, .number = c->args[i].list[k]};
        if (at == FLEX_ABSENT) continue;
        const tensor_desc *t = described(c, at);
        out[k].type = type_strided(c->scratch, (cot_dtype)t->dtype, t->sizes, t->strides, t->ndim, 0);
    }
    return out;
}

static cot_status compile(prepare_call *c, const char *what, flex_kind kind, const arg *graph, uint32_t others,
                          const uint64_t *totals, const flex_program **out, bool *nothing) {
    const cot_dtype dtype = described(c, tensor_of(c, FLEX_ARG_Q, 0))->dtype == COT_F64 ? COT_F64 : COT_F32;
    const flex_body body = {.kind = kind,
                            .graph = control_body(c->graph, graph),
                            .dtype = dtype,
                            .captured = captures(c, others),
                            .num_captured = c->args[others].count,
                            .totals = totals};
    const char *why = "the body does not exist";
    flex_program *program = ARENA_NEW(c->arena, flex_program);
    const flex_answer answer =
        body.graph ? flex_compile(c->graph->ctx, &body, c->arena, program, &why) : FLEX_IS_NEITHER;
    if (answer == FLEX_IS_NEITHER) return refuse(c, what, why);
    *nothing = answer == FLEX_IS_NOTHING;
    *out = answer == FLEX_IS_PROGRAM ? program : NULL;
    return COT_OK;
}

/* ---- sizes ------------------------------------------------------------------------------------------------------ */

static cot_status prepare_sizes(prepare_call *c, flex_attributes *a) {
    const tensor_desc *q = described(c, a->at[FLEX_Q]), *k = described(c, a->at[FLEX_K]),
                      *v = described(c, a->at[FLEX_V]);
    if (q->dtype > COT_BF16 || k->dtype != q->dtype || v->dtype != q->dtype) return prepare_no_kernel(c);
    a->batch = q->sizes[0];
    a->heads = q->sizes[1];
    a->queries = q->sizes[2];
    a->width = q->sizes[3];
    a->key_batch = MAX(k->sizes[0], 1);
    a->key_heads = MAX(k->sizes[1], 1);
    a->keys = k->sizes[2];
    a->value_width = v->sizes[3];
    const bool fits = k->sizes[0] == v->sizes[0] && k->sizes[1] == v->sizes[1] && v->sizes[2] == a->keys &&
                      k->sizes[3] == a->width && a->batch % a->key_batch == 0 && a->heads % a->key_heads == 0;
    return fits ? COT_OK : refuse(c, "operands", "the sizes of queries, keys and values do not fit together");
}

static cot_status prepare_blocks(prepare_call *c, flex_attributes *a, uint32_t i) {
    static const uint8_t items[4][2] = {{FLEX_PARTIAL_COUNT, FLEX_BLOCKS_PARTIAL_COUNT},
                                        {FLEX_PARTIAL_KEYS, FLEX_BLOCKS_PARTIAL_KEYS},
                                        {FLEX_FULL_COUNT, FLEX_BLOCKS_FULL_COUNT},
                                        {FLEX_FULL_KEYS, FLEX_BLOCKS_FULL_KEYS}};
    const arg *mask = &c->args[i];
    flex_blocks *x = &a->blocks;
    for (uint32_t k = 0; k < 4; k++) a->at[items[k][0]] = tensor_of(c, i, items[k][1]);
    x->query_size = arg_as_int(&mask->list[FLEX_BLOCKS_QUERY_SIZE], 0);
    x->key_size = arg_as_int(&mask->list[FLEX_BLOCKS_KEY_SIZE], 0);
    if (x->query_size <= 0 || x->key_size <= 0) return refuse(c, "block mask", "a block has no size");
    if (a->at[FLEX_PARTIAL_COUNT] == FLEX_ABSENT || a->at[FLEX_PARTIAL_KEYS] == FLEX_ABSENT)
        return refuse(c, "block mask", "kv_num_blocks or kv_indices is missing");
    const tensor_desc *list = described(c, a->at[FLEX_PARTIAL_KEYS]);
    for (uint32_t k = 0; k < 4; k++) {
        const uint32_t ndim = k % 2 ? 4 : 3;
        if (a->at[items[k][0]] == FLEX_ABSENT) continue;
        const tensor_desc *t = described(c, a->at[items[k][0]]);
        bool fits = t->dtype == COT_I32 && t->ndim == ndim;
        for (uint32_t d = 0; d < 3; d++) fits &= t->sizes[d] == list->sizes[d];
        if (!fits) return refuse(c, "block mask", "its lists are not int32 tensors whose sizes agree");
    }
    x->batch = MAX(list->sizes[0], 1);
    x->heads = MAX(list->sizes[1], 1);
    x->rows = list->sizes[2];
    x->columns = (a->keys + x->key_size - 1) / x->key_size;
    a->states_bytes = flex_align((uint64_t)(x->batch * x->heads * x->rows * x->columns));
    return COT_OK;
}

/* What both have: `rest` is where the block mask stands. */
static cot_status prepare_common(prepare_call *c, uint32_t rest, uint32_t score_mod, flex_attributes *a) {
    static const uint32_t operands[3] = {FLEX_Q, FLEX_K, FLEX_V};
    const node *n = graph_node(c->graph, c->node);
    bool nothing;
    for (uint32_t i = 0; i < FLEX_TENSORS; i++) a->at[i] = FLEX_ABSENT;
    for (uint32_t i = 0; i < 3; i++) a->at[operands[i]] = tensor_of(c, i, 0);
    if (n->nargs != rest + FLEX_REST_COUNT) return refuse(c, "arguments", "some are missing");
    TRY(prepare_sizes(c, a));
    TRY(prepare_blocks(c, a, rest + FLEX_REST_BLOCKS));
    a->scale = arg_as_float(&c->args[rest + FLEX_REST_SCALE], 1);
    TRY(compile(c, "score_mod", FLEX_SCORE_MOD, &c->args[score_mod], rest + FLEX_REST_OTHERS, NULL, &a->score,
                &nothing));
    return compile(c, "mask_mod", FLEX_MASK_MOD, &c->args[rest + FLEX_REST_BLOCKS].list[FLEX_BLOCKS_MASK_MOD],
                   rest + FLEX_REST_MASK_OTHERS, NULL, &a->mask, &a->nothing);
}

static void finish(prepare_call *c, const flex_attributes *a, double products, const kernel_fn *table) {
    const tensor_desc *q = described(c, a->at[FLEX_Q]);
    c->scratch_bytes = a->states_bytes + MAX(c->threads, 1) * a->worker;
    c->flops = products * (double)(a->batch * a->heads * a->queries) * (double)(a->keys * (a->width + a->value_width));
    c->kernel = table[q->dtype];
}

static uint64_t item_of(const prepare_call *c, const flex_attributes *a) {
    return described(c, a->at[FLEX_Q])->dtype == COT_F64 ? sizeof(double) : sizeof(float);
}

cot_status flex_prepare_forward(prepare_call *c) {
    flex_attributes *a = PREPARE_ATTRIBUTES(c, flex_attributes);
    TRY(prepare_common(c, FLEX_ARG_FORWARD_REST, FLEX_ARG_SCORE_MOD, a));
    a->at[FLEX_OUT] = 0, a->at[FLEX_LSE] = 1, a->at[FLEX_MOST] = 2;
    a->worker = flex_forward_worker(a, item_of(c, a));
    finish(c, a, 2, KERNEL_SELECT(flex_forward));
    return COT_OK;
}

/* ---- backward --------------------------------------------------------------------------------------------------- */

enum { FIRST_TOTAL = 4 }; /* results: dq, dk, dv, the tuple, its parts */

static cot_status prepare_totals(prepare_call *c, flex_attributes *a, uint32_t others) {
    const uint32_t count = c->args[others].count;
    uint64_t *first = ARENA_ARRAY(c->scratch, uint64_t, count);
    flex_total *totals = ARENA_ARRAY(c->arena, flex_total, count);
    bool nothing;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t result = FIRST_TOTAL + i;
        if (result >= c->num_results || c->results[result].numel < 0) continue;
        first[i] = a->total_numbers;
        totals[a->num_totals++] = (flex_total){.result = result, .first = first[i]};
        a->total_numbers += (uint64_t)c->results[result].numel;
    }
    a->totals = totals;
    return compile(c, "the derivative of score_mod", FLEX_JOINT, &c->args[FLEX_ARG_JOINT_GRAPH], others, first,
                   &a->joint, &nothing);
}

cot_status flex_prepare_backward(prepare_call *c) {
    static const uint8_t operands[4][2] = {{FLEX_OUT, FLEX_ARG_RESULT},
                                           {FLEX_LSE, FLEX_ARG_LOGS},
                                           {FLEX_DOUT, FLEX_ARG_GRAD},
                                           {FLEX_DLSE, FLEX_ARG_GRAD_LOGS}};
    flex_attributes *a = PREPARE_ATTRIBUTES(c, flex_attributes);
    TRY(prepare_common(c, FLEX_ARG_BACKWARD_REST, FLEX_ARG_FW_GRAPH, a));
    for (uint32_t i = 0; i < 4; i++) a->at[operands[i][0]] = tensor_of(c, operands[i][1], 0);
    a->at[FLEX_DQ] = 0, a->at[FLEX_DK] = 1, a->at[FLEX_DV] = 2;
    TRY(prepare_totals(c, a, FLEX_ARG_BACKWARD_REST + FLEX_REST_OTHERS));
    /* Key heads are divided over the threads, at five products a tile, or blocks of all heads, at seven. */
    const int64_t heads = a->key_batch * a->key_heads, threads = MAX(c->threads, 1);
    a->split = (heads + threads - 1) / threads * threads * 5 > heads * 7 && attention_blocks(a->queries) > 1 &&
               attention_blocks(a->keys) > 1;
    a->worker = flex_backward_worker(a, item_of(c, a));
    finish(c, a, 5, KERNEL_SELECT(flex_backward));
    return COT_OK;
}
