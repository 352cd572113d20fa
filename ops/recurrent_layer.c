/* SPDX-License-Identifier: MIT
 * recurrent_layer.c — one layer of lstm, gru or a plain recurrent network as an operator of our own, forward and
 * backward. The products of the inputs, and all gradients of weights, stand outside as one product over all steps.
 *
 * A printed stage shows them taken apart, step by step, in ATen's operators (ops/expand.c). */
#include "ops/emit.h"
#include "ops/prepare.h"
#include "ops/recurrent.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/recurrent.h"

#include <string.h>

KERNEL_DECLARE_TABLE(kernel_fn, recurrent);
KERNEL_DECLARE_TABLE(kernel_fn, recurrent_backward);

typedef struct layer_op {
    recurrent_cell cell;
    bool backward;
    uint8_t num_results;
    uint8_t results[3]; /* recurrent_role */
} layer_op;

/* Parameters by name, so that the schemas say everything. */
static const struct {
    const char *name;
    recurrent_role role;
} params[] = {{"input", RECURRENT_INPUT},          {"h", RECURRENT_H},         {"c", RECURRENT_C},
              {"weight", RECURRENT_WEIGHT},        {"bias", RECURRENT_BIAS},   {"output", RECURRENT_OUTPUT},
              {"cells", RECURRENT_CELLS},          {"gates", RECURRENT_GATES}, {"grad_output", RECURRENT_GRAD_OUTPUT},
              {"grad_cells", RECURRENT_GRAD_CELLS}};

static const arg *named(const op *o, const arg *args, const char *name) {
    const int at = op_param(o, name);
    return at < 0 ? NULL : &args[at];
}

static recurrent_cell cell_of(const op *o, const arg *args) {
    const arg *activation = named(o, args, "activation");
    const layer_op *l = o->record->data;
    if (!activation) return l->cell;
    return activation->kind == ARG_STRING && !strcmp(activation->s, "relu") ? RECURRENT_RELU : RECURRENT_TANH;
}

/* ---- shapes ----------------------------------------------------------------------------------------------------- */

/* A batch-first network hands in transposed sequences, and gets results laid out like them. */
static bool is_batch_first(const type *t, syms *s) {
    return !type_is_contiguous(t, s) && dim_equal(t->strides[0], t->sizes[2]) &&
           dim_equal(t->strides[1], dim_mul(s, t->sizes[0], t->sizes[2]));
}

static type sequence_like(const shape_call *c, const type *like, dim width) {
    const dim sizes[3] = {like->sizes[0], like->sizes[1], width};
    if (!is_batch_first(like, c->syms)) return type_tensor(c->arena, c->syms, (cot_dtype)like->dtype, sizes, 3);
    const dim strides[3] = {width, dim_mul(c->syms, sizes[0], width), 1};
    return type_strided(c->arena, (cot_dtype)like->dtype, sizes, strides, 3, 0);
}

/* The sequence whose layout the results have: the input's products, or what the forward kept. */
static const type *leading(const shape_call *c) {
    static const char *const candidates[] = {"input", "gates", "output"};
    for (uint32_t i = 0; i < COUNT_OF(candidates); i++) {
        const int at = op_param(c->op, candidates[i]);
        if (at >= 0) return shape_tensor(c, (uint32_t)at);
    }
    return NULL;
}

static cot_status check_operands(shape_call *c, const type *lead, dim hidden, int64_t gates) {
    const dim all = dim_mul(c->syms, hidden, gates);
    for (uint32_t i = 0; i < COUNT_OF(params); i++) {
        const int at = op_param(c->op, params[i].name);
        const type *t = at < 0 ? NULL : shape_tensor(c, (uint32_t)at);
        if (!t || t->kind != TYPE_TENSOR) continue;
        const recurrent_role role = params[i].role;
        const uint32_t ndim = role == RECURRENT_BIAS ? 1 : role <= RECURRENT_WEIGHT && role != RECURRENT_INPUT ? 2 : 3;
        if (t->ndim != ndim || t->dtype != lead->dtype)
            return shape_fail(c, "%s has %u dimensions and dtype %s, expected %u and %s", params[i].name, t->ndim,
                              dtype_torch_name((cot_dtype)t->dtype), ndim, dtype_torch_name((cot_dtype)lead->dtype));
        dim width = hidden;
        if (role == RECURRENT_INPUT || role == RECURRENT_BIAS) width = all;
        if (role == RECURRENT_GATES) width = dim_mul(c->syms, hidden, 4);
        if (dim_is_static(width) && dim_is_static(t->sizes[ndim - 1]) && t->sizes[ndim - 1] != width)
            return shape_fail(c, "%s is %lld wide, expected %lld", params[i].name, (long long)t->sizes[ndim - 1],
                              (long long)width);
    }
    return COT_OK;
}

static cot_status shape_layer(shape_call *c) {
    const layer_op *l = c->op->record->data;
    const type *lead = leading(c), *weight = shape_tensor(c, (uint32_t)op_param(c->op, "weight"));
    const int64_t gates = recurrent_gates(cell_of(c->op, c->args));
    if (lead->ndim != 3 || weight->ndim != 2)
        return shape_fail(c, "a sequence of %u and weights of %u dimensions, expected 3 and 2", lead->ndim,
                          weight->ndim);
    const dim hidden = weight->sizes[1], all = dim_mul(c->syms, hidden, gates);
    if (dim_is_static(all) && dim_is_static(weight->sizes[0]) && weight->sizes[0] != all)
        return shape_fail(c, "weight has %lld rows, expected %lld", (long long)weight->sizes[0], (long long)all);
    if (lead->sizes[0] == 0) return shape_fail(c, "Expected sequence length to be larger than 0 in RNN");
    TRY(check_operands(c, lead, hidden, gates));
    type parts[3];
    for (uint32_t i = 0; i < l->num_results; i++) {
        const recurrent_role role = (recurrent_role)l->results[i];
        const dim state[2] = {lead->sizes[1], hidden};
        dim width = hidden;
        if (role == RECURRENT_GRAD_INPUT || role == RECURRENT_GRAD_HIDDEN) width = all;
        if (role == RECURRENT_GATES) width = dim_mul(c->syms, hidden, 4);
        if (role == RECURRENT_GRAD_H || role == RECURRENT_GRAD_C)
            parts[i] = type_tensor(c->arena, c->syms, (cot_dtype)lead->dtype, state, 2);
        else parts[i] = sequence_like(c, lead, width);
    }
    c->result = l->num_results == 1 ? parts[0] : type_tuple(c->arena, parts, l->num_results);
    return COT_OK;
}

/* ---- plan time -------------------------------------------------------------------------------------------------- */

static cot_status prepare_layer(prepare_call *c) {
    const layer_op *l = c->op->record->data;
    recurrent_attributes *a = PREPARE_ATTRIBUTES(c, recurrent_attributes);
    const uint8_t dtype = c->results[0].dtype;
    if (!dtype_is_float((cot_dtype)dtype)) return prepare_no_kernel(c);
    memset(a->at, -1, sizeof a->at);
    for (uint32_t i = 0; i < l->num_results; i++) a->at[l->results[i]] = (int8_t)i;
    for (uint32_t i = 0; i < COUNT_OF(params); i++) {
        const int at = op_param(c->op, params[i].name);
        if (at < 0 || !prepare_has(c, (uint32_t)at)) continue;
        const uint32_t flat = c->first[at];
        const tensor_desc *t = &c->operands[flat];
        a->at[params[i].role] = (int8_t)(c->num_results + flat);
        if (t->strides[t->ndim - 1] != 1) c->contiguous |= (uint64_t)1 << flat;
    }
    a->cell = (uint8_t)cell_of(c->op, c->args);
    a->gates = (uint8_t)recurrent_gates((recurrent_cell)a->cell);
    a->reverse = arg_as_bool(named(c->op, c->args, "reverse"), false);
    a->steps = c->results[0].sizes[0];
    a->batch = c->results[0].sizes[1];
    a->hidden = prepare_operand(c, (uint32_t)op_param(c->op, "weight"))->sizes[1];
    /* Every thread has read a unit's gates before it writes their gradients. */
    if (l->backward && a->cell == RECURRENT_LSTM) c->in_place = (uint64_t)1 << c->first[op_param(c->op, "gates")];
    c->kernel = l->backward ? ref_recurrent_backward : ref_recurrent;
    if (dtype > COT_F64) return COT_OK; /* 16-bit networks are not made of these */
    c->kernel = l->backward ? KERNEL_SELECT(recurrent_backward)[dtype] : KERNEL_SELECT(recurrent)[dtype];
    c->scratch_bytes = recurrent_scratch(a, c->results[0].item_bytes);
    return COT_OK;
}

/* ---- derivatives ------------------------------------------------------------------------------------------------ */

static value transposed(builder *b, value v) { return emit(b, "transpose.int", "vii", v, (int64_t)0, (int64_t)1); }

/* A sequence as rows: one product over all of them. Batch-first ones keep their order, which no sum minds. */
static value as_rows(builder *b, value v, bool batch_first) {
    const value dense = batch_first ? transposed(b, v) : v;
    const type *t = TYPE_OF(b, dense);
    if (b->status) return NO_VALUE;
    const dim sizes[2] = {dim_mul(b->graph->ctx->syms, t->sizes[0], t->sizes[1]), t->sizes[2]};
    return emit(b, "view", "vD", dense, sizes, 2u);
}

/* The hidden states before each step, as rows. */
static value states_before(vjp_call *c, value output, value h, bool batch_first) {
    builder *b = c->b;
    const int64_t time = batch_first ? 1 : 0;
    const bool reverse = arg_as_bool(named(c->op, c->args, "reverse"), false);
    const value all = batch_first ? transposed(b, output) : output, first = emit(b, "unsqueeze", "vi", h, time);
    const value rest = reverse ? emit(b, "slice.Tensor", "vii", all, time, (int64_t)1)
                               : emit(b, "slice.Tensor", "viii", all, time, (int64_t)0, (int64_t)-1);
    const value parts[2] = {reverse ? rest : first, reverse ? first : rest};
    return as_rows(b, emit(b, "cat", "Vi", parts, 2u, time), false);
}

static void weight_gradients(vjp_call *c, value output, value grad_hidden) {
    builder *b = c->b;
    const int weight = op_param(c->op, "weight"), bias = op_param(c->op, "bias");
    const int64_t rows = 0;
    if (b->status || (!vjp_needs(c, (uint32_t)weight) && !vjp_needs(c, (uint32_t)bias))) return;
    const bool batch_first = is_batch_first(TYPE_OF(b, grad_hidden), b->graph->ctx->syms);
    const value grad = as_rows(b, grad_hidden, batch_first);
    if (vjp_needs(c, (uint32_t)weight)) {
        const value before = states_before(c, output, arg_as_value(named(c->op, c->args, "h")), batch_first);
        vjp_set(c, (uint32_t)weight, emit(b, "mm", "vv", emit(b, "t", "v", grad), before));
    }
    if (!vjp_needs(c, (uint32_t)bias)) return;
    /* As the derivative of addmm has it: the inputs' bias has the same gradient. */
    const value sum = emit(b, "sum.dim_IntList", "vIb", grad, &rows, 1u, 1);
    vjp_set(c, (uint32_t)bias, emit(b, "view", "vD", sum, TYPE_OF(b, sum)->sizes + 1, 1u));
}

static void set_needed(vjp_call *c, const char *name, value from, uint32_t part) {
    const uint32_t at = (uint32_t)op_param(c->op, name);
    if (vjp_needs(c, at)) vjp_set(c, at, emit_get(c->b, from, part));
}

/* What is kept for the backward has no derivative of its own: nobody else reads it. */
static cot_status vjp_lstm(vjp_call *c) {
    const arg *a = c->args;
    if (c->grads[0] == NO_VALUE && c->grads[1] == NO_VALUE) return COT_OK;
    const value back = emit(c->b, "cot.lstm_layer_backward", "vvaavva", c->grads[0], c->grads[1], named(c->op, a, "c"),
                            named(c->op, a, "weight"), vjp_result(c, 1), vjp_result(c, 2), named(c->op, a, "reverse"));
    const value grad = emit_get(c->b, back, 0);
    vjp_set(c, 0, grad);
    set_needed(c, "h", back, 1);
    set_needed(c, "c", back, 2);
    weight_gradients(c, vjp_result(c, 0), grad);
    return c->b->status;
}

static cot_status vjp_gru(vjp_call *c) {
    const arg *a = c->args;
    if (c->grads[0] == NO_VALUE) return COT_OK;
    const value output = vjp_result(c, 0);
    const value back = emit(c->b, "cot.gru_layer_backward", "vaavva", c->grads[0], named(c->op, a, "h"),
                            named(c->op, a, "weight"), output, vjp_result(c, 1), named(c->op, a, "reverse"));
    vjp_set(c, 0, emit_get(c->b, back, 0));
    set_needed(c, "h", back, 2);
    weight_gradients(c, output, emit_get(c->b, back, 1));
    return c->b->status;
}

static cot_status vjp_rnn(vjp_call *c) {
    const arg *a = c->args;
    if (c->grads[0] == NO_VALUE) return COT_OK;
    const value back = emit(c->b, "cot.rnn_layer_backward", "vavaa", c->grads[0], named(c->op, a, "weight"), c->result,
                            named(c->op, a, "activation"), named(c->op, a, "reverse"));
    const value grad = emit_get(c->b, back, 0);
    vjp_set(c, 0, grad);
    set_needed(c, "h", back, 1);
    weight_gradients(c, c->result, grad);
    return c->b->status;
}

/* ---- taken apart, for print ------------------------------------------------------------------------------------- */

static value decompose_layer(builder *b, const op *o, const arg *args) {
    const layer_op *l = o->record->data;
    layer_values v = {.cell = cell_of(o, args), .reverse = arg_as_bool(named(o, args, "reverse"), false)};
    for (uint32_t i = 0; i < RECURRENT_ROLES; i++) v.at[i] = NO_VALUE;
    for (uint32_t i = 0; i < COUNT_OF(params); i++) {
        const arg *a = named(o, args, params[i].name);
        if (a) v.at[params[i].role] = arg_as_value(a);
    }
    recurrent_role lead = l->backward ? RECURRENT_GATES : RECURRENT_INPUT;
    if (v.at[lead] == NO_VALUE) lead = RECURRENT_OUTPUT;
    v.batch_first = is_batch_first(TYPE_OF(b, v.at[lead]), b->graph->ctx->syms);
    if (l->backward) recurrent_unroll_backward(b, &v);
    else recurrent_unroll(b, &v);
    value results[3];
    for (uint32_t i = 0; i < l->num_results; i++) results[i] = v.at[l->results[i]];
    return l->num_results == 1 ? results[0] : emit_pack(b, results, l->num_results);
}

/* ---- records ---------------------------------------------------------------------------------------------------- */

static const layer_op
    lstm = {RECURRENT_LSTM, false, 3, {RECURRENT_OUTPUT, RECURRENT_CELLS, RECURRENT_GATES}},
    gru = {RECURRENT_GRU, false, 2, {RECURRENT_OUTPUT, RECURRENT_GATES}},
    rnn = {RECURRENT_TANH, false, 1, {RECURRENT_OUTPUT}},
    lstm_backward = {RECURRENT_LSTM, true, 3, {RECURRENT_GRAD_INPUT, RECURRENT_GRAD_H, RECURRENT_GRAD_C}},
    gru_backward = {RECURRENT_GRU, true, 3, {RECURRENT_GRAD_INPUT, RECURRENT_GRAD_HIDDEN, RECURRENT_GRAD_H}},
    rnn_backward = {RECURRENT_TANH, true, 2, {RECURRENT_GRAD_INPUT, RECURRENT_GRAD_H}};

#define LAYER(text, layer, kept_, run, rule, tests)                                                                    \
    {                                                                                                                  \
        .schema = text, .shape = shape_layer, .prepare = prepare_layer, .reference = run, .vjp_fn = rule,              \
        .decompose_fn = decompose_layer, .data = &layer, .kept = kept_, .traits = OP_EXPENSIVE, .samples = tests       \
    }
#define FORWARD(text, layer, kept_, tests) LAYER(text, layer, kept_, ref_recurrent, vjp_##layer, tests)
#define BACKWARD(text, layer, tests) LAYER(text, layer, 0, ref_recurrent_backward, NULL, tests)

const op_record ops_recurrent_layer[] = {
    FORWARD("cot::lstm_layer(Tensor input, Tensor h, Tensor c, Tensor weight, Tensor? bias, bool reverse) -> "
            "(Tensor, Tensor, Tensor)",
            lstm, 1 << 2,
            ".f32[3, 2, 20], f32[2, 5], f32[2, 5], f32[20, 5], f32[20], False; "
            ".f64[2, 9, 76], f64[9, 19], f64[9, 19], f64[76, 19], None, True"),
    FORWARD("cot::gru_layer(Tensor input, Tensor h, Tensor weight, Tensor? bias, bool reverse) -> (Tensor, Tensor)",
            gru, 1 << 1,
            ".f32[3, 2, 15], f32[2, 5], f32[15, 5], f32[15], True; "
            ".f64[2, 7, 51], f64[7, 17], f64[51, 17], None, False"),
    FORWARD("cot::rnn_layer(Tensor input, Tensor h, Tensor weight, Tensor? bias, str activation, bool reverse) -> "
            "Tensor",
            rnn, 0,
            "f32[3, 2, 5], f32[2, 5], f32[5, 5], f32[5], 'tanh', False; "
            "f32[2, 9, 70], f32[9, 70], f32[70, 70], None, 'relu', True"),
    BACKWARD("cot::lstm_layer_backward(Tensor? grad_output, Tensor? grad_cells, Tensor c, Tensor weight, Tensor cells, "
             "Tensor gates, bool reverse) -> (Tensor, Tensor, Tensor)",
             lstm_backward,
             "!f32[3, 2, 5], None, f32[2, 5], f32[20, 5], f32[3, 2, 5], f32[3, 2, 20], False; "
             "!f32[2, 8, 70], f32[2, 8, 70], f32[8, 70], f32[280, 70], f32[2, 8, 70], f32[2, 8, 280], True"),
    BACKWARD("cot::gru_layer_backward(Tensor? grad_output, Tensor h, Tensor weight, Tensor output, Tensor gates, "
             "bool reverse) -> (Tensor, Tensor, Tensor)",
             gru_backward,
             "!f32[3, 2, 5], f32[2, 5], f32[15, 5], f32[3, 2, 5], f32[3, 2, 20], True; "
             "!f64[2, 7, 20], f64[7, 20], f64[60, 20], f64[2, 7, 20], f64[2, 7, 80], False"),
    BACKWARD("cot::rnn_layer_backward(Tensor grad_output, Tensor weight, Tensor output, str activation, bool reverse) "
             "-> (Tensor, Tensor)",
             rnn_backward,
             "!f32[3, 2, 5], f32[5, 5], f32[3, 2, 5], 'tanh', False; "
             "!f32[2, 7, 70], f32[70, 70], f32[2, 7, 70], 'relu', True"),
};
const uint32_t ops_recurrent_layer_count = COUNT_OF(ops_recurrent_layer);
