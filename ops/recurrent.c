/* SPDX-License-Identifier: MIT
 * recurrent.c — lstm, gru and plain recurrent networks, taken apart into one product for all inputs of a layer and a
 * cell for each step, in PyTorch's order of operators.
 *
 * A layer is a function from a sequence (time, batch, features) and a state to a sequence and a state; directions and
 * layers are loops over it. */
#include "ops/recurrent.h"
#include "ops/shape.h"

/* One direction of one layer. Biases may be missing; without input weights the input has been multiplied already. */
typedef struct weights {
    value input, hidden, input_bias, hidden_bias;
} weights;

typedef struct state {
    value h, c; /* c: of lstm */
} state;

typedef state (*cell_fn)(builder *b, value input, state s, const weights *w);

typedef struct network {
    cell_fn cell;
    bool has_memory;   /* lstm's c */
    const char *layer; /* the operator of a whole layer */
    const char *activation;
} network;

static value linear(builder *b, value x, value w, value bias) { return emit(b, "linear", "vvv", x, w, bias); }

static value input_product(builder *b, value x, const weights *w) {
    return w->input == NO_VALUE ? x : linear(b, x, w->input, w->input_bias);
}

/* Both products, the hidden one first as PyTorch has it. */
static value product_sum(builder *b, value input, value h, const weights *w) {
    value hidden = linear(b, h, w->hidden, w->hidden_bias);
    return emit(b, "add.Tensor", "vv", hidden, input_product(b, input, w));
}

/* ---- cells: (batch, features) or (1, batch, features) ----------------------------------------------------------- */

static void split_gates(builder *b, value v, value *gates, uint32_t count, bool copies) {
    const type *t = TYPE_OF(b, v);
    if (b->status) return;
    const int64_t last = (int64_t)t->ndim - 1;
    value parts = emit(b, copies ? "unsafe_split.Tensor" : "split.Tensor", "vdi", v,
                       dim_floordiv(b->graph->ctx->syms, t->sizes[last], count), last);
    for (uint32_t i = 0; i < count; i++) gates[i] = emit_get(b, parts, i);
}

/* Gates i, f, g, o are one sum of both products. */
static state lstm_step(builder *b, value input, state s, const weights *w) {
    value gates[4] = {NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE};
    const bool copies = TYPE_OF(b, s.h)->ndim == 2; /* of a lone cell */
    split_gates(b, product_sum(b, input, s.h, w), gates, 4, copies);
    value i = emit(b, "sigmoid", "v", gates[0]), f = emit(b, "sigmoid", "v", gates[1]);
    value g = emit(b, "tanh", "v", gates[2]), o = emit(b, "sigmoid", "v", gates[3]);
    value kept = emit(b, "mul.Tensor", "vv", f, s.c);
    state next;
    next.c = emit(b, "add.Tensor", "vv", kept, emit(b, "mul.Tensor", "vv", i, g));
    next.h = emit(b, "mul.Tensor", "vv", o, emit(b, "tanh", "v", next.c));
    return next;
}

/* Gates r, z, n; the reset gate acts on the hidden product with its bias. */
static state gru_step(builder *b, value input, state s, const weights *w) {
    value x[3] = {NO_VALUE, NO_VALUE, NO_VALUE}, h[3] = {NO_VALUE, NO_VALUE, NO_VALUE};
    const bool copies = TYPE_OF(b, s.h)->ndim == 2; /* of a lone cell */
    split_gates(b, input_product(b, input, w), x, 3, copies);
    split_gates(b, linear(b, s.h, w->hidden, w->hidden_bias), h, 3, copies);
    value r = emit(b, "sigmoid", "v", emit(b, "add.Tensor", "vv", h[0], x[0]));
    value z = emit(b, "sigmoid", "v", emit(b, "add.Tensor", "vv", h[1], x[1]));
    value n = emit(b, "tanh", "v", emit(b, "add.Tensor", "vv", x[2], emit(b, "mul.Tensor", "vv", h[2], r)));
    value mixed = emit(b, "mul.Tensor", "vv", emit(b, "sub.Tensor", "vv", s.h, n), z);
    return (state){emit(b, "add.Tensor", "vv", mixed, n), NO_VALUE};
}

static state simple_step(builder *b, value input, state s, const weights *w, const char *activation) {
    return (state){emit(b, activation, "v", product_sum(b, input, s.h, w)), NO_VALUE};
}

static state tanh_step(builder *b, value input, state s, const weights *w) {
    return simple_step(b, input, s, w, "tanh");
}

static state relu_step(builder *b, value input, state s, const weights *w) {
    return simple_step(b, input, s, w, "relu");
}

/* ---- layers ----------------------------------------------------------------------------------------------------- */

/* All items along the first dimension. */
static const value *unbind(builder *b, value v, uint32_t count) {
    value *parts = ARENA_ARRAY(b->graph->arena, value, count), all = emit(b, "unbind.int", "v", v);
    for (uint32_t i = 0; i < count; i++) parts[i] = emit_get(b, all, i);
    return parts;
}

/* Runs one direction over a sequence; gives the sequence of hidden states and the last state, (1, batch, features). */
static value run_direction(builder *b, const network *net, value sequence, state *s, const weights *w, bool reverse) {
    const dim steps = TYPE_OF(b, sequence)->sizes[0];
    const int64_t time = 0;
    if (b->status) return NO_VALUE;
    if (!dim_is_static(steps) || steps < 1 || steps > RECURRENT_LONGEST) {
        builder_fail(b, COT_SHAPE, "a recurrent network needs a length known when it is compiled, from 1 to %d steps",
                     RECURRENT_LONGEST);
        return NO_VALUE;
    }
    value *outputs = ARENA_ARRAY(b->graph->arena, value, (size_t)steps);
    state now = {NO_VALUE, NO_VALUE};
    value inputs = NO_VALUE;
    if (!net->has_memory) inputs = linear(b, sequence, w->input, w->input_bias);
    now.h = emit(b, "unsqueeze", "vi", s->h, (int64_t)0);
    if (net->has_memory) { /* PyTorch's lstm takes its states first, the others their input */
        now.c = emit(b, "unsqueeze", "vi", s->c, (int64_t)0);
        inputs = linear(b, sequence, w->input, w->input_bias);
    }
    const weights hidden = {NO_VALUE, w->hidden, NO_VALUE, w->hidden_bias};
    if (reverse) inputs = emit(b, "flip", "vI", inputs, &time, 1u);
    const value *parts = unbind(b, inputs, (uint32_t)steps);
    for (dim i = 0; i < steps && !b->status; i++) {
        now = net->cell(b, parts[i], now, &hidden);
        outputs[reverse ? steps - 1 - i : i] = now.h;
    }
    value all = emit(b, "cat", "V", outputs, (uint32_t)steps);
    s->h = emit(b, "squeeze.dim", "vi", now.h, (int64_t)0);
    if (net->has_memory) s->c = emit(b, "squeeze.dim", "vi", now.c, (int64_t)0);
    return all;
}

/* The same as one operator, in f32 and f64. The sequence may be batch-first: its products are made as it lies. */
static value run_layer(builder *b, const network *net, value sequence, state *s, const weights *w, bool reverse,
                       bool batch_first) {
    value inputs = linear(b, sequence, w->input, w->input_bias), all;
    if (batch_first) inputs = emit(b, "transpose.int", "vii", inputs, (int64_t)0, (int64_t)1);
    if (net->has_memory) all = emit(b, net->layer, "vvvvvb", inputs, s->h, s->c, w->hidden, w->hidden_bias, reverse);
    else if (!net->activation) all = emit(b, net->layer, "vvvvb", inputs, s->h, w->hidden, w->hidden_bias, reverse);
    else all = emit(b, net->layer, "vvvvsb", inputs, s->h, w->hidden, w->hidden_bias, net->activation, reverse);
    const int64_t last = reverse ? 0 : -1;
    const value output = emit_get(b, all, 0);
    s->h = emit(b, "select.int", "vii", output, (int64_t)0, last);
    if (net->has_memory) s->c = emit(b, "select.int", "vii", emit_get(b, all, 1), (int64_t)0, last);
    return batch_first ? emit(b, "transpose.int", "vii", output, (int64_t)0, (int64_t)1) : output;
}

/* Arguments that all networks share. */
typedef struct call {
    const network *net;
    value input, h, c;
    const arg *params;
    bool has_biases, train, bidirectional, batch_first;
    int64_t layers;
    double dropout;
} call;

static bool read_weights(builder *b, const call *r, uint32_t which, weights *w) {
    const uint32_t each = r->has_biases ? 4 : 2, at = which * each;
    if (r->params->count < at + each) {
        builder_fail(b, COT_SHAPE,
                     "a recurrent network of %lld layers has %u parameters, expected %u for each direction of a layer",
                     (long long)r->layers, r->params->count, each);
        return false;
    }
    const arg *p = r->params->list;
    *w = (weights){arg_as_value(&p[at]), arg_as_value(&p[at + 1]), NO_VALUE, NO_VALUE};
    if (r->has_biases) w->input_bias = arg_as_value(&p[at + 2]), w->hidden_bias = arg_as_value(&p[at + 3]);
    return true;
}

static value unbatched(builder *b, value v, bool *was, int64_t at, uint32_t ndim) {
    if (v == NO_VALUE || TYPE_OF(b, v)->ndim != ndim - 1) return v;
    *was = true;
    return emit(b, "unsqueeze", "vi", v, at);
}

static bool same_dtype(builder *b, value v, cot_dtype dtype) { return v == NO_VALUE || TYPE_OF(b, v)->dtype == dtype; }

/* Whole layers as operators: not in 16 bits, where PyTorch rounds between all the operators of a step. */
static bool runs_in_layers(builder *b, const call *r) {
    const cot_dtype dtype = (cot_dtype)TYPE_OF(b, r->input)->dtype;
    bool same = same_dtype(b, r->h, dtype) && same_dtype(b, r->c, dtype);
    for (uint32_t i = 0; i < r->params->count; i++)
        same = same && same_dtype(b, arg_as_value(&r->params->list[i]), dtype);
    return same && !b->autocast && (dtype == COT_F32 || dtype == COT_F64);
}

/* Results: the sequence of the last layer, then the last states of all layers and directions, stacked. */
static value run_network(builder *b, call *r) {
    const uint32_t directions = r->bidirectional ? 2 : 1, count = (uint32_t)r->layers * directions;
    bool single = false;
    value input = unbatched(b, r->input, &single, r->batch_first ? 0 : 1, 3);
    const value h0 = unbatched(b, r->h, &single, 1, 3), c0 = unbatched(b, r->c, &single, 1, 3);
    if (b->status) return NO_VALUE;
    if (r->layers < 1 || TYPE_OF(b, input)->ndim != 3 || TYPE_OF(b, h0)->ndim != 3) {
        builder_fail(b, COT_SHAPE,
                     "a recurrent network takes a 2-D or 3-D input and a state of as many dimensions, found %u and %u",
                     TYPE_OF(b, input)->ndim, TYPE_OF(b, h0)->ndim);
        return NO_VALUE;
    }
    const value *hs = unbind(b, h0, count), *cs = r->net->has_memory ? unbind(b, c0, count) : NULL;
    const bool layers = runs_in_layers(b, r), turned = r->batch_first && !layers;
    value sequence = turned ? emit(b, "transpose.int", "vii", input, (int64_t)0, (int64_t)1) : input;
    value *last_h = ARENA_ARRAY(b->graph->arena, value, count), *last_c = ARENA_ARRAY(b->graph->arena, value, count);
    for (uint32_t layer = 0; layer < r->layers && !b->status; layer++) {
        value both[2] = {NO_VALUE, NO_VALUE};
        for (uint32_t d = 0; d < directions; d++) {
            const uint32_t k = layer * directions + d;
            weights w;
            if (!read_weights(b, r, k, &w)) return NO_VALUE;
            state s = {hs[k], cs ? cs[k] : NO_VALUE};
            both[d] = layers ? run_layer(b, r->net, sequence, &s, &w, d == 1, r->batch_first)
                             : run_direction(b, r->net, sequence, &s, &w, d == 1);
            last_h[k] = s.h;
            last_c[k] = s.c;
        }
        sequence = directions == 1 ? both[0] : emit(b, "cat", "Vi", both, 2u, (int64_t)2);
        if (r->train && r->dropout > 0 && layer + 1 < r->layers)
            sequence = emit(b, "dropout", "vfb", sequence, r->dropout, 1);
    }
    if (turned) sequence = emit(b, "transpose.int", "vii", sequence, (int64_t)0, (int64_t)1);
    value results[3] = {sequence, emit(b, "stack", "V", last_h, count), NO_VALUE};
    if (r->net->has_memory) results[2] = emit(b, "stack", "V", last_c, count);
    if (single) {
        results[0] = emit(b, "squeeze.dim", "vi", results[0], (int64_t)(r->batch_first ? 0 : 1));
        for (uint32_t i = 1; i < 3; i++)
            if (results[i] != NO_VALUE) results[i] = emit(b, "squeeze.dim", "vi", results[i], (int64_t)1);
    }
    return emit_pack(b, results, r->net->has_memory ? 3 : 2);
}

static value decompose_network(builder *b, const op *o, const arg *args) {
    call r = {.net = o->record->data, .input = arg_as_value(&args[0]), .c = NO_VALUE, .params = &args[2]};
    r.h = arg_as_value(&args[1]);
    if (r.net->has_memory) {
        if (args[1].count != 2) {
            builder_fail(b, COT_SHAPE, "lstm expects two hidden states, found %u", args[1].count);
            return NO_VALUE;
        }
        r.h = arg_as_value(&args[1].list[0]);
        r.c = arg_as_value(&args[1].list[1]);
    }
    r.has_biases = arg_as_bool(&args[3], true);
    r.layers = arg_as_int(&args[4], 1);
    r.dropout = arg_as_float(&args[5], 0);
    r.train = arg_as_bool(&args[6], false);
    r.bidirectional = arg_as_bool(&args[7], false);
    r.batch_first = arg_as_bool(&args[8], false);
    return run_network(b, &r);
}

static value decompose_cell(builder *b, const op *o, const arg *args) {
    const network *net = o->record->data;
    const weights w = {arg_as_value(&args[2]), arg_as_value(&args[3]), arg_as_value(&args[4]), arg_as_value(&args[5])};
    state s = {arg_as_value(&args[1]), NO_VALUE};
    if (net->has_memory) {
        if (args[1].count != 2) {
            builder_fail(b, COT_SHAPE, "%s expects two hidden states, found %u", o->packet, args[1].count);
            return NO_VALUE;
        }
        s = (state){arg_as_value(&args[1].list[0]), arg_as_value(&args[1].list[1])};
    }
    s = net->cell(b, arg_as_value(&args[0]), s, &w);
    const value results[2] = {s.h, s.c};
    return net->has_memory ? emit_pack(b, results, 2) : s.h;
}

static const network lstm = {lstm_step, true, "cot.lstm_layer", NULL}, gru = {gru_step, false, "cot.gru_layer", NULL},
                     rnn_tanh = {tanh_step, false, "cot.rnn_layer", "tanh"},
                     rnn_relu = {relu_step, false, "cot.rnn_layer", "relu"};

#define REST                                                                                                           \
    "Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first)"
#define CELL "Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None)"
#define NETWORK(text, net, tests)                                                                                      \
    { .schema = text, .decompose_fn = decompose_network, .data = &net, .traits = OP_COMPOSITE, .samples = tests }
#define STEP(text, net, tests)                                                                                         \
    { .schema = text, .decompose_fn = decompose_cell, .data = &net, .traits = OP_COMPOSITE, .samples = tests }
#define REST_OF_SAMPLE(gates)                                                                                          \
    "[f32[" gates ", 3], f32[" gates ", 4], f32[" gates "], f32[" gates "]], True, 1, 0.0, True, False, False"

const op_record ops_recurrent[] = {
    NETWORK("lstm.input(Tensor input, Tensor[] hx, " REST " -> (Tensor, Tensor, Tensor)", lstm,
            "f32[2, 5, 3], [f32[1, 5, 4], f32[1, 5, 4]], " REST_OF_SAMPLE("16")),
    NETWORK("gru.input(Tensor input, Tensor hx, " REST " -> (Tensor, Tensor)", gru,
            "f32[2, 5, 3], f32[1, 5, 4], " REST_OF_SAMPLE("12")),
    NETWORK("rnn_tanh.input(Tensor input, Tensor hx, " REST " -> (Tensor, Tensor)", rnn_tanh,
            "f32[2, 5, 3], f32[1, 5, 4], " REST_OF_SAMPLE("4")),
    NETWORK("rnn_relu.input(Tensor input, Tensor hx, " REST " -> (Tensor, Tensor)", rnn_relu,
            "f32[2, 5, 3], f32[1, 5, 4], " REST_OF_SAMPLE("4")),
    STEP("lstm_cell(Tensor input, Tensor[] hx, " CELL " -> (Tensor, Tensor)", lstm,
         "f32[5, 3], [f32[5, 4], f32[5, 4]], f32[16, 3], f32[16, 4], f32[16], f32[16]"),
    STEP("gru_cell(Tensor input, Tensor hx, " CELL " -> Tensor", gru,
         "f32[5, 3], f32[5, 4], f32[12, 3], f32[12, 4], f32[12], f32[12]"),
    STEP("rnn_tanh_cell(Tensor input, Tensor hx, " CELL " -> Tensor", rnn_tanh,
         "f32[5, 3], f32[5, 4], f32[4, 3], f32[4, 4]"),
    STEP("rnn_relu_cell(Tensor input, Tensor hx, " CELL " -> Tensor", rnn_relu,
         "f32[5, 3], f32[5, 4], f32[4, 3], f32[4, 4]"),
};
const uint32_t ops_recurrent_count = COUNT_OF(ops_recurrent);
