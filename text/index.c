/* SPDX-License-Identifier: MIT
 * index.c — x[…]: parts of tuples, and of tensors the views and gathers that torch's indexing is made of.
 *
 * Numbers select, slices slice, None adds a dimension, tensors gather; gathers come last and all at once, as in
 * torch/csrc/autograd/python_variable_indexing.cpp. */
#include "text/read.h"

typedef struct indexing {
    reader *r;
    const token *at;
    arg x;            /* the tensor so far */
    int64_t dim;      /* the dimension that the next item takes */
    VEC(arg) gathers; /* for index.Tensor: a tensor or None */
    bool any_gather;
    bool changed; /* x is no longer the tensor given */
} indexing;

static cot_status emit_view(indexing *s, const char *packet, const arg *rest, uint32_t count) {
    call_args c = {0};
    call_push(s->r, &c, s->x);
    call_push(s->r, &c, arg_int(s->dim));
    for (uint32_t i = 0; i < count; i++) call_push(s->r, &c, rest[i]);
    s->changed = true;
    return read_emit_aten(s->r, s->at, packet, &c, &s->x);
}

static void push_gather(indexing *s, arg a) { *VEC_PUSH(s->r->scratch, &s->gathers) = a; }

static cot_status apply_slice(indexing *s, const arg *parts) {
    bool whole = parts[0].kind == ARG_NONE && parts[1].kind == ARG_NONE &&
                 (parts[2].kind == ARG_NONE || arg_as_int(&parts[2], 0) == 1);
    arg rest[3] = {parts[0], parts[1], parts[2]};
    if (rest[0].kind == ARG_NONE) rest[0] = arg_int(0);
    if (rest[1].kind == ARG_NONE) rest[1] = arg_int(INT64_MAX);
    if (!whole) TRY(emit_view(s, "slice.Tensor", rest, rest[2].kind == ARG_NONE ? 2 : 3));
    push_gather(s, arg_none());
    s->dim++;
    return COT_OK;
}

/* Dimensions of x that the items take; "…" stands for the rest. */
static uint32_t dims_taken(const reader *r, const arg *items, uint32_t count) {
    uint32_t taken = 0;
    for (uint32_t i = 0; i < count; i++) {
        const type *t = read_type_of(r, &items[i]);
        if (items[i].kind == ARG_NONE || items[i].kind == ARG_ELLIPSIS) continue;
        taken += t->kind == TYPE_TENSOR && t->dtype == COT_BOOL ? t->ndim : 1;
    }
    return taken;
}

static cot_status apply_item(indexing *s, const arg *item, uint32_t skipped) {
    reader *r = s->r;
    const type *t = read_type_of(r, item);
    if (item->kind == ARG_ELLIPSIS) {
        for (uint32_t i = 0; i < skipped; i++, s->dim++) push_gather(s, arg_none());
        return COT_OK;
    }
    if (item->kind == ARG_NONE) {
        TRY(emit_view(s, "unsqueeze", NULL, 0));
        push_gather(s, arg_none());
        s->dim++;
        return COT_OK;
    }
    if (item->kind == ARG_INT || t->kind == TYPE_INT) return emit_view(s, "select.int", item, 1);
    if (item->kind == ARG_SLICE) return apply_slice(s, item->list);
    if (t->kind != TYPE_TENSOR)
        return read_fail(r, s->at, COT_UNSUPPORTED, "an index must be an int, a slice, None, ... or a tensor");
    push_gather(s, *item);
    s->any_gather = true;
    s->dim += t->dtype == COT_BOOL ? t->ndim : 1;
    return COT_OK;
}

/* The items of an index; lists of numbers are tensors. */
static cot_status tensors_of_lists(indexing *s, const arg *index, arg **items, uint32_t *count) {
    const bool tuple = index->kind == ARG_TUPLE;
    *count = tuple ? index->count : 1;
    *items = arena_copy(s->r->arena, tuple ? index->list : index, *count * sizeof **items);
    for (uint32_t i = 0; i < *count; i++)
        if ((*items)[i].kind == ARG_LIST) TRY(read_numbers(s->r, s->at, &(*items)[i], NULL, &(*items)[i]));
    return COT_OK;
}

static cot_status apply_items(indexing *s, const arg *index) {
    arg *items;
    uint32_t count;
    TRY(tensors_of_lists(s, index, &items, &count));
    const uint32_t taken = dims_taken(s->r, items, count), ndim = read_type_of(s->r, &s->x)->ndim;
    if (taken > ndim)
        return read_fail(s->r, s->at, COT_SHAPE, "%u indices are too many for a tensor of %u dimensions", taken, ndim);
    uint32_t dots = 0;
    for (uint32_t i = 0; i < count; i++) dots += items[i].kind == ARG_ELLIPSIS;
    if (dots > 1) return read_fail(s->r, s->at, COT_SYNTAX, "an index has at most one '...'");
    for (uint32_t i = 0; i < count; i++) TRY(apply_item(s, &items[i], ndim - taken));
    return COT_OK;
}

static arg gathers_of(indexing *s) {
    while (s->gathers.count && s->gathers.data[s->gathers.count - 1].kind == ARG_NONE) s->gathers.count--;
    return arg_list_of(arena_copy(s->r->arena, s->gathers.data, s->gathers.count * sizeof(arg)), s->gathers.count);
}

static cot_status index_tensor(reader *r, const token *at, const arg *x, const arg *index, arg *out) {
    indexing s = {.r = r, .at = at, .x = *x};
    TRY(apply_items(&s, index));
    call_args c = {0};
    call_push(r, &c, s.x);
    if (s.any_gather) call_push(r, &c, gathers_of(&s));
    if (s.any_gather) return read_emit_aten(r, at, "index.Tensor", &c, out);
    if (!s.changed) return read_emit_aten(r, at, "alias", &c, out);
    *out = s.x;
    return COT_OK;
}

static cot_status index_items(reader *r, const token *at, const arg *list, const arg *index, arg *out) {
    int64_t i = index->kind == ARG_INT ? index->i : INT64_MIN;
    if (i < 0 && i >= -(int64_t)list->count) i += list->count;
    if (i < 0 || i >= (int64_t)list->count)
        return read_fail(r, at, COT_SHAPE, "expected an index below %u of a list of %u", list->count, list->count);
    *out = list->list[i];
    return COT_OK;
}

cot_status read_index(reader *r, const token *at, const arg *a, const arg *index, arg *out) {
    if (a->kind == ARG_LIST || a->kind == ARG_TUPLE) return index_items(r, at, a, index, out);
    if (a->kind != ARG_VALUE) return read_fail(r, at, COT_SYNTAX, "only tensors, tuples and lists have items");
    uint8_t kind = read_type_of(r, a)->kind;
    if (kind == TYPE_TENSOR) {
        const char *target = r->target; /* the statement's name goes to the last view, at the statement's end */
        r->target = NULL;
        TRY(index_tensor(r, at, a, index, out));
        r->target = target;
        return COT_OK;
    }
    if (index->kind == ARG_STRING && kind == TYPE_NONE) return read_item_of_name(r, at, a->value, index->s, out);
    if (index->kind != ARG_INT || (kind != TYPE_TUPLE && kind != TYPE_NONE))
        return read_fail(r, at, COT_SHAPE, "'%s' has no item of this kind", graph_node(r->graph, a->value)->name);
    return read_getitem(r, at, a->value, index->i, out);
}

/* What is written: a number into a view by fill_, a tensor by copy_, through gathers by index_put_. */
static cot_status write_items(indexing *s, const arg *v) {
    reader *r = s->r;
    call_args c = {0};
    arg written = *v, ignored;
    bool tensor = read_is_tensor(r, v);
    if (s->any_gather && !tensor) {
        call_args scalar = {0};
        call_push(r, &scalar, written);
        call_push_keyword(r, &scalar, "dtype", arg_dtype(read_type_of(r, &s->x)->dtype));
        TRY(read_emit_aten(r, s->at, "scalar_tensor", &scalar, &written));
    }
    call_push(r, &c, s->x);
    if (s->any_gather) call_push(r, &c, gathers_of(s));
    call_push(r, &c, written);
    return read_emit_aten(r, s->at, s->any_gather ? "index_put_" : tensor ? "copy_" : "fill_", &c, &ignored);
}

cot_status read_set_index(reader *r, const token *at, const arg *a, const arg *index, const arg *v) {
    if (!read_is_tensor(r, a)) return read_fail(r, at, COT_SYNTAX, "only items of tensors can be assigned to");
    indexing s = {.r = r, .at = at, .x = *a};
    TRY(apply_items(&s, index));
    return write_items(&s, v);
}
