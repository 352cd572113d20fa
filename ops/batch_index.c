/* SPDX-License-Identifier: MIT
 * batch_index.c — gathers and scatters over a batch: where the indices differ between examples, the example itself is
 * one more index. */
#include "ops/batch.h"

#include "base/error.h"

#include <string.h>

/* 0 … size - 1 along dimension 0, with `ones` dimensions of 1 behind it. */
static value examples(batch_call *c, uint32_t ones) {
    const arg size = emit_dim(c->b, c->size);
    value v = emit(c->b, "arange", "a", &size);
    for (uint32_t i = 0; i < ones; i++) v = emit(c->b, "unsqueeze", "vi", v, (int64_t)-1);
    return v;
}

/* ---- x[i, :, j] ------------------------------------------------------------------------------------------------- */

/* How the indices of one example stand. */
typedef struct index_form {
    const arg *list;
    uint32_t count, first, last; /* entries; the first and last that is no None */
    uint32_t rank;               /* of the indices, broadcast together */
    bool adjacent, batched;
} index_form;

static cot_status read_form(batch_call *c, uint32_t param, index_form *f) {
    const arg *a = &c->call->args[param];
    *f = (index_form){.list = a->list, .count = a->count, .first = a->count, .adjacent = true};
    for (uint32_t k = 0; k < a->count; k++) {
        const value v = arg_as_value(&a->list[k]);
        if (v == NO_VALUE) continue;
        const type *t = graph_type(c->source, v);
        if (t->dtype == COT_BOOL && c->batched[c->first[param] + k])
            return builder_fail(c->b, COT_REFUSED,
                                "vmap: It looks like you're attempting to use a mask that differs between examples as "
                                "an index of %s: the examples' results would have different sizes. Use torch.where",
                                c->op->name);
        if (f->first != a->count && f->last + 1 != k) f->adjacent = false;
        if (f->first == a->count) f->first = k;
        f->last = k;
        f->rank = MAX(f->rank, (uint32_t)t->ndim);
        f->batched |= c->batched[c->first[param] + k];
    }
    return COT_OK;
}

/* The list for the whole batch. With indices for each example the first entry says which example, if `self` has it. */
static arg whole_indices(batch_call *c, uint32_t param, const index_form *f, bool self) {
    arg *items = ARENA_ARRAY(c->b->graph->arena, arg, f->count + 1u);
    uint32_t count = 0;
    if (self) items[count++] = f->batched ? arg_value(examples(c, f->rank)) : arg_none();
    for (uint32_t k = 0; k < f->count; k++) {
        arg one = c->args[param].list[k];
        if (c->batched[c->first[param] + k]) one = arg_value(batch_pad(c, one.value, f->rank));
        items[count++] = one;
    }
    return arg_list_of(items, count);
}

/* Where the batch comes to stand among the dimensions of the result, and the order of the others: what a result of
 * `rank` dimensions (without the batch) must be permuted by to have the batch in front and the rest as one example. */
static uint32_t order_of(const index_form *f, bool self, uint32_t rank, int64_t *order) {
    uint32_t n = 0;
    const uint32_t lead = f->adjacent ? f->first : 0; /* dimensions in front of the indices' */
    if (self && f->batched) { /* example and indices in front, and apart from each other but where first == 0 */
        order[n++] = 0;
        if (f->first == 0 || !f->adjacent) {
            for (uint32_t i = 1; i <= rank; i++) order[n++] = i;
            return n;
        }
        for (uint32_t i = 0; i < lead; i++) order[n++] = 1 + f->rank + i;
        for (uint32_t i = 0; i < f->rank; i++) order[n++] = 1 + i;
        for (uint32_t i = lead + f->rank; i < rank; i++) order[n++] = 1 + i;
        return n;
    }
    const uint32_t at = self ? (f->adjacent ? 0 : f->rank) : lead;
    order[n++] = at;
    for (uint32_t i = 0; i <= rank; i++)
        if (i != at) order[n++] = i;
    return n;
}

static bool is_in_order(const int64_t *order, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (order[i] != i) return false;
    return true;
}

static cot_status apply_index(batch_call *c) {
    const uint32_t at = (uint32_t)op_param(c->op, "indices");
    index_form f;
    TRY(read_form(c, at, &f));
    const bool self = batch_has(c, 0);
    c->args[at] = whole_indices(c, at, &f, self);
    if (op_param(c->op, "mask") >= 0) return builder_fail(c->b, COT_UNSUPPORTED, "vmap: %s", c->op->name);
    value v = emit_bound(c->b, c->op, c->args, NULL);
    int64_t order[COT_MAX_DIMS + 1];
    const uint32_t n = order_of(&f, self, c->call->type.ndim, order);
    if (!is_in_order(order, n)) v = emit(c->b, "permute", "vI", v, order, n);
    c->result = v;
    return c->b->status;
}
const batch_rule batch_index = {"index", apply_index, 0};

/* values are broadcast to what self[indices] would be: they are laid out as the batched call has it. */
static cot_status apply_index_put(batch_call *c) {
    const uint32_t at = (uint32_t)op_param(c->op, "indices"), values = (uint32_t)op_param(c->op, "values");
    const type *self = batch_logical(c, 0);
    index_form f;
    TRY(read_form(c, at, &f));
    batch_whole(c, 0);
    c->args[at] = whole_indices(c, at, &f, true);
    uint32_t used = 0;
    for (uint32_t k = 0; k < f.count; k++) {
        const value v = arg_as_value(&f.list[k]);
        if (v == NO_VALUE) continue;
        const type *t = graph_type(c->source, v);
        used += t->dtype == COT_BOOL || t->dtype == COT_U8 ? t->ndim : 1;
    }
    const uint32_t rank = self->ndim - used + f.rank;
    int64_t order[COT_MAX_DIMS + 1], back[COT_MAX_DIMS + 1];
    const uint32_t n = order_of(&f, true, rank, order);
    for (uint32_t i = 0; i < n; i++) back[order[i]] = i;
    value v = batch_lined(c, values, rank);
    if (!is_in_order(order, n)) {
        while (!c->b->status && TYPE_OF(c->b, v)->ndim < n) v = emit(c->b, "unsqueeze", "vi", v, (int64_t)0);
        v = emit(c->b, "permute", "vI", v, back, n);
    }
    c->args[values] = arg_value(v);
    return batch_emit(c);
}
const batch_rule batch_index_put = {"index", apply_index_put, 0};

/* ---- along one dimension ---------------------------------------------------------------------------------------- */

/* index_select, index_add … with one row of indices for all examples: a dimension further up. With a row for each, a
 * permutation puts the dimension in front, and examples and rows become one. */
static value rows(batch_call *c, value v, int64_t d) { /* (b, …, d, …) → (b * d, …) */
    const uint32_t ndim = TYPE_OF(c->b, v)->ndim;
    int64_t order[COT_MAX_DIMS + 1] = {0, d + 1};
    for (uint32_t i = 1, n = 2; i < ndim; i++)
        if (i != d + 1) order[n++] = i;
    if (d) v = emit(c->b, "permute", "vI", v, order, ndim);
    return emit(c->b, "flatten.using_ints", "vii", v, (int64_t)0, (int64_t)1);
}

static value unrows(batch_call *c, value v, int64_t d, const type *one) { /* the way back, to the sizes of `one` */
    dim sizes[COT_MAX_DIMS + 1] = {c->size, one->sizes[d]};
    int64_t order[COT_MAX_DIMS + 1] = {0};
    for (uint32_t i = 0, n = 2; i < one->ndim; i++)
        if (i != d) sizes[n++] = one->sizes[i];
    for (uint32_t i = 1, n = 2; i <= one->ndim; i++) order[i] = i == d + 1 ? 1 : n++;
    v = emit(c->b, "reshape", "vD", v, sizes, one->ndim + 1u);
    return d ? emit(c->b, "permute", "vI", v, order, one->ndim + 1u) : v;
}

static cot_status apply_index_dim(batch_call *c) {
    builder *b = c->b;
    const uint32_t index = (uint32_t)op_param(c->op, "index"), ndim = batch_logical(c, 0)->ndim;
    const int source = op_param(c->op, "source");
    int64_t d = arg_as_int(&c->args[1], 0);
    if (d < 0) d += MAX(ndim, 1u);
    batch_whole(c, 0);
    if (source >= 0) batch_whole(c, (uint32_t)source);
    const int fill = op_param(c->op, "value");
    if (fill >= 0 && batch_has(c, (uint32_t)fill))
        return builder_fail(b, COT_UNSUPPORTED, "vmap: %s with another value for each example", c->op->name);
    if (!ndim)
        for (int i = 0; i <= source || !i; i += source > 0 ? source : 1)
            c->args[i] = arg_value(emit(b, "unsqueeze", "vi", batch_tensor(c, (uint32_t)i), (int64_t)1));
    if (!batch_has(c, index)) {
        c->args[1] = arg_int(d + 1);
        return batch_emit(c);
    }
    const dim each = ndim ? batch_logical(c, 0)->sizes[d] : 1;
    if (batch_logical(c, index)->ndim > 1)
        return builder_fail(b, COT_SHAPE, "vmap: the index of %s has more than one dimension", c->op->name);
    const arg step = emit_dim(b, each);
    value i = batch_pad(c, batch_tensor(c, index), 1); /* row k of example e is row e * each + k */
    i = emit(b, "add.Tensor", "vv", i, emit(b, "mul.Tensor", "va", examples(c, 1), &step));
    c->args[index] = arg_value(emit(b, "flatten.using_ints", "v", i));
    if (!ndim) d = 0;
    c->args[0] = arg_value(rows(c, batch_tensor(c, 0), d));
    if (source >= 0) c->args[source] = arg_value(rows(c, batch_tensor(c, (uint32_t)source), d));
    c->args[1] = arg_int(0);
    const value v = emit_bound(b, c->op, c->args, NULL);
    const type *one = &c->call->type;
    c->result = ndim ? unrows(c, v, d, one) : batch_shaped(c, v, one->sizes, one->ndim);
    return b->status;
}
const batch_rule batch_index_dim = {"index", apply_index_dim, 0};

/* By the place in the elements of self, in their order. */
static cot_status apply_take(batch_call *c) {
    const type *index = batch_logical(c, 1);
    const dim all[] = {type_numel(c->source->ctx->syms, batch_logical(c, 0))};
    const dim places[] = {type_numel(c->source->ctx->syms, index)};
    const value from = batch_shaped(c, batch_whole(c, 0), all, 1);
    const value at = batch_shaped(c, batch_whole(c, 1), places, 1);
    c->result = batch_shaped(c, emit(c->b, "gather", "viv", from, (int64_t)1, at), index->sizes, index->ndim);
    return c->b->status;
}
const batch_rule batch_take = {"index", apply_take, 0};

/* ---- tables ----------------------------------------------------------------------------------------------------- */

enum { E_WEIGHT, E_INDICES, E_PADDING };

static value shifted(batch_call *c, value indices, uint32_t rank, dim rows_each) {
    const arg step = emit_dim(c->b, rows_each);
    return emit(c->b, "add.Tensor", "vv", indices, emit(c->b, "mul.Tensor", "va", examples(c, rank), &step));
}

static cot_status apply_embedding(batch_call *c) {
    const type *table = batch_logical(c, E_WEIGHT), *indices = batch_logical(c, E_INDICES);
    if (!batch_has(c, E_WEIGHT)) return batch_emit(c);
    c->args[E_PADDING] = arg_int(-1); /* matters to derivatives alone, and the caller has masked the row there */
    c->args[E_INDICES] =
        arg_value(shifted(c, batch_lined(c, E_INDICES, indices->ndim), indices->ndim, table->sizes[0]));
    c->args[E_WEIGHT] =
        arg_value(emit(c->b, "flatten.using_ints", "vii", batch_tensor(c, E_WEIGHT), (int64_t)0, (int64_t)1));
    return batch_emit(c);
}
const batch_rule batch_embedding = {"index", apply_embedding, 0};

enum { D_GRAD, D_INDICES, D_ROWS, D_PADDING, D_SCALED };

static cot_status apply_embedding_backward(batch_call *c) {
    builder *b = c->b;
    const type *grad = batch_logical(c, D_GRAD), *indices = batch_logical(c, D_INDICES);
    const int64_t padding = arg_as_int(&c->args[D_PADDING], -1);
    value g = batch_whole(c, D_GRAD), i = batch_lined(c, D_INDICES, indices->ndim);
    if (padding >= 0) { /* that row is another in each example: its gradient is dropped before */
        value dropped = emit(b, "eq.Scalar", "vi", i, padding);
        dropped = emit(b, "unsqueeze", "vi", dropped, (int64_t)-1);
        g = emit(b, "masked_fill.Scalar", "vvi", g, dropped, (int64_t)0);
    }
    UNUSED(grad);
    const dim each = arg_as_dim(b->graph, &c->args[D_ROWS]);
    i = shifted(c, i, indices->ndim, each);
    c->args[D_GRAD] = arg_value(g);
    c->args[D_INDICES] = arg_value(i);
    c->args[D_ROWS] = emit_dim(b, dim_mul(b->graph->ctx->syms, c->size, each));
    c->args[D_PADDING] = arg_int(-1);
    return batch_emit(c);
}
const batch_rule batch_embedding_backward = {"index", apply_embedding_backward, 0};
