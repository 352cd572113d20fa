/* SPDX-License-Identifier: MIT
 * index.c — reading with index tensors (index, gather, index_select, take) and index_put, the write that index's
 * gradient is. Kernels and their plan: kernels/index.h, indexing.c. */
#include "ops/indexing.h"
#include "ops/batch.h"
#include "ops/measured.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/ref/index.h"

KERNEL_DECLARE(kernel_fn, index_masked);

static value new_zeros(builder *b, value grad, value like) {
    const type *t = TYPE_OF(b, like);
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    return emit(b, "new_zeros", "vD,dtype=t,layout=a,device=a", grad, t->sizes, (uint32_t)t->ndim, (int)t->dtype,
                &strided, &cpu);
}

/* ---- index: which dimensions of the result are which ------------------------------------------------------------ */

/* Positions are dimensions of the result: [first, first + count) are those of the broadcast index tensors. */
typedef struct index_plan {
    bool indexed[COT_MAX_DIMS]; /* dimensions of self */
    uint32_t first, count, ndim;
} index_plan;

/* False when the result has too many dimensions. */
static bool plan_index(index_plan *p, uint32_t self_ndim, uint32_t index_ndim) {
    uint32_t first = self_ndim, last = 0, n = 0;
    for (uint32_t d = 0; d < self_ndim; d++) {
        if (!p->indexed[d]) continue;
        first = MIN(first, d);
        last = d;
        n++;
    }
    p->first = n && last - first + 1 == n ? first : 0; /* not adjacent: index dimensions come first */
    p->count = index_ndim;
    p->ndim = self_ndim - n + index_ndim;
    return p->ndim <= COT_MAX_DIMS;
}

/* The dimension of the result that dimension d of self, not indexed, becomes. */
static uint32_t place_of(const index_plan *p, uint32_t d) {
    uint32_t before = 0;
    for (uint32_t i = 0; i < d; i++) before += !p->indexed[i];
    return before < p->first ? before : before + p->count;
}

static bool is_mask(const type *t) { return t->kind == TYPE_TENSOR && (t->dtype == COT_BOOL || t->dtype == COT_U8); }

static cot_status check_mask(shape_call *c, const type *mask, uint32_t first, uint32_t item) {
    const type *self = shape_tensor(c, 0);
    for (uint32_t k = 0; k < mask->ndim; k++) {
        const dim a = mask->sizes[k], b = self->sizes[first + k];
        if (dim_is_static(a) && dim_is_static(b) && a != b)
            return shape_fail(c,
                              "The shape of the mask at index %u does not match the shape of the indexed tensor: "
                              "size %lld of dimension %u, expected %lld",
                              item, (long long)a, k, (long long)b);
    }
    return COT_OK;
}

/* What masks select is one dimension more to broadcast, of a size that only data tell. */
static cot_status add_masked(shape_call *c, index_plan *p, dim *index, uint32_t *index_ndim) {
    const type *self = shape_tensor(c, 0);
    if (*index_ndim && !dim_is_one(index[*index_ndim - 1])) return COT_OK; /* as many as the other indices are */
    if (!plan_index(p, self->ndim, MAX(*index_ndim, 1u))) return shape_fail(c, "the result has too many dimensions");
    const dim count = shape_measured(c, "u", 0, p->first + p->count - 1);
    return shape_broadcast(c, index, index_ndim, &count, 1);
}

/* The sizes that the index list, parameter `list`, gives. */
static cot_status index_sizes(shape_call *c, uint32_t list, index_plan *p, dim *sizes) {
    const type *self = shape_tensor(c, 0);
    const uint32_t items = c->args[list].count;
    dim index[COT_MAX_DIMS];
    uint32_t index_ndim = 0, d = 0;
    bool masked = false;
    *p = (index_plan){0};
    for (uint32_t i = 0; i < items; i++) {
        const type *t = shape_item(c, list, i);
        const bool is_tensor = t->kind == TYPE_TENSOR;
        const uint32_t covers = is_tensor && is_mask(t) ? t->ndim : 1;
        if (d + covers > self->ndim)
            return shape_fail(c, "too many indices for tensor of dimension %u (got %u)", self->ndim, items);
        if (is_tensor && !is_mask(t) && t->dtype != COT_I64 && t->dtype != COT_I32)
            return shape_fail(c, "tensors used as indices must be long, int, byte or bool tensors, found %s",
                              dtype_torch_name(t->dtype));
        if (is_tensor && is_mask(t)) {
            TRY(check_mask(c, t, d, i));
            masked = true;
        } else if (is_tensor) {
            TRY(shape_broadcast(c, index, &index_ndim, t->sizes, t->ndim));
        }
        for (uint32_t k = 0; k < covers && is_tensor; k++) p->indexed[d + k] = true;
        d += covers;
    }
    if (masked) TRY(add_masked(c, p, index, &index_ndim));
    if (!plan_index(p, self->ndim, index_ndim))
        return shape_fail(c, "the result has more than %d dimensions", COT_MAX_DIMS);
    for (uint32_t d = 0; d < index_ndim; d++) sizes[p->first + d] = index[d];
    for (uint32_t d = 0; d < self->ndim; d++)
        if (!p->indexed[d]) sizes[place_of(p, d)] = self->sizes[d];
    return COT_OK;
}

/* The result is laid out in the order of self's strides, index dimensions standing still. */
static cot_status shape_index(shape_call *c) {
    const type *self = shape_tensor(c, 0);
    index_plan p;
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS] = {0};
    TRY(index_sizes(c, 1, &p, sizes));
    for (uint32_t d = 0; d < self->ndim; d++)
        if (!p.indexed[d]) strides[place_of(&p, d)] = self->strides[d];
    const type seen = type_strided(c->arena, self->dtype, sizes, strides, p.ndim, 0);
    const type *operands[1] = {&seen};
    shape_iterator_strides(c, sizes, p.ndim, operands, 1, strides);
    c->result = type_strided(c->arena, self->dtype, sizes, strides, p.ndim, 0);
    return COT_OK;
}

enum { MASKED_SELF, MASKED_MASK, MASKED_INDICES, MASKED_REST }; /* parameters of the masked forms */

/* The mask, broadcast to the walk, as one more index. */
static void add_mask(prepare_call *c, index_attributes *a, uint32_t ndim) {
    const tensor_desc *t = prepare_operand(c, MASKED_MASK);
    index_source *s = &a->index[a->count++];
    *s = (index_source){.at = indexing_at(c, MASKED_MASK), .mask = true, .size = 1};
    for (int w = (int)ndim - 1, d = t->ndim - 1; w >= 0 && d >= 0; w--, d--)
        s->strides[w] = t->sizes[d] == 1 ? 0 : t->strides[d];
}

/* Adds the dimensions of the walk: base is `base`, other is `other` broadcast to the result of indexing. */
static cot_status prepare_walk(prepare_call *c, index_attributes *a, uint32_t list, const tensor_desc *base,
                               const tensor_desc *other) {
    const uint32_t begin = c->first[list], items = c->first[list + 1] - begin;
    index_plan p = {0};
    uint32_t index_ndim = 0;
    int64_t index_sizes_[COT_MAX_DIMS];
    for (int d = 0; d < COT_MAX_DIMS; d++) index_sizes_[d] = 1;
    for (uint32_t i = 0; i < items; i++) {
        const tensor_desc *t = &c->operands[begin + i];
        if (t->numel < 0) continue;
        p.indexed[i] = true;
        index_ndim = MAX(index_ndim, t->ndim);
        TRY(indexing_source(c, a, c->num_results + begin + i, base->sizes[i], base->strides[i]));
        a->index[a->count - 1].dim = i;
        a->index[a->count - 1].from_back = true;
        for (int d = 0; d < t->ndim; d++) {
            int64_t *size = &index_sizes_[COT_MAX_DIMS - 1 - d], mine = t->sizes[t->ndim - 1 - d];
            if (mine != 1 && *size != 1 && mine != *size) /* sizes that only data tell */
                return graph_fail(c->graph, c->node, c->error, COT_SHAPE,
                                  "shape mismatch: indexing tensors could not be broadcast together: a size is %lld "
                                  "in one and %lld in another",
                                  (long long)*size, (long long)mine);
            if (mine != 1) *size = mine;
        }
    }
    plan_index(&p, base->ndim, index_ndim);
    for (uint32_t r = 0; r < p.ndim; r++) {
        const int o = (int)other->ndim - (int)(p.ndim - r);
        const int64_t step = o < 0 || other->sizes[o] == 1 ? 0 : other->strides[o];
        if (r < p.first || r >= p.first + p.count) {
            uint32_t d = 0;
            while (p.indexed[d] || place_of(&p, d) != r) d++;
            indexing_dim(a, base->sizes[d], base->strides[d], step);
            continue;
        }
        const int from_last = (int)(p.first + p.count - 1 - r);
        const uint32_t w = indexing_dim(a, index_sizes_[COT_MAX_DIMS - 1 - from_last], 0, step);
        for (uint32_t k = 0; k < a->count; k++) {
            const tensor_desc *t = indexing_desc(c, a->index[k].at);
            const int d = (int)t->ndim - 1 - from_last;
            a->index[k].strides[w] = d < 0 || t->sizes[d] == 1 ? 0 : t->strides[d];
        }
    }
    if (list == MASKED_INDICES) add_mask(c, a, p.ndim);
    a->lenient = list == MASKED_INDICES;
    return indexing_finish(c, a);
}

/* The only index given, when it is a mask: its number, else -1. */
static int lone_mask(const cot_graph *g, const arg *indices) {
    int found = -1;
    for (uint32_t i = 0; i < indices->count; i++) {
        const value v = arg_as_value(&indices->list[i]);
        if (v == NO_VALUE) continue;
        if (found >= 0 || !is_mask(graph_type(g, v))) return -1;
        found = (int)i;
    }
    return found;
}

/* Where the mask of a list whose other items are None stands among the flat operands; -1: it is another list. */
static int mask_operand(const prepare_call *c) {
    const int item = lone_mask(c->graph, &c->args[1]);
    return item < 0 ? -1 : (int)c->first[1] + item;
}

static bool has_mask(const prepare_call *c) {
    bool found = false;
    for (uint32_t i = c->first[1]; i < c->first[2]; i++) {
        const tensor_desc *t = &c->operands[i];
        found |= t->numel >= 0 && (t->dtype == COT_BOOL || t->dtype == COT_U8);
    }
    return found;
}

/* Masks beside other indices are indices when they come here: see without_masks. */
static cot_status measure_index(prepare_call *c) {
    const int mask = mask_operand(c);
    if (!has_mask(c)) return COT_OK;
    if (mask < 0) return prepare_no_kernel(c);
    c->measured = graph_node(c->graph, c->node)->type.sizes[(uint32_t)mask - c->first[1]];
    mask_measure(c, (uint32_t)mask);
    return COT_OK;
}

/* The places that a mask selects, an index for each of its dimensions. */
static void add_places(builder *b, value mask, arg_list *items) {
    const uint32_t ndim = TYPE_OF(b, mask)->ndim;
    const bool new_symbols = b->new_symbols;
    b->new_symbols = true; /* how many there are is not what the node that is written stands for */
    const value places = emit(b, "nonzero", "v", mask);
    b->new_symbols = new_symbols;
    for (uint32_t d = 0; d < ndim; d++)
        *VEC_PUSH(b->graph->arena, items) = arg_value(emit(b, "select.int", "vii", places, (int64_t)1, (int64_t)d));
}

/* Masks beside other indices are broadcast with them: they become indices. */
static value without_masks(builder *b, const op *o, const arg *args) {
    const arg *list = &args[1];
    arg_list items = {0};
    uint32_t tensors = 0, masks = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const value v = arg_as_value(&list->list[i]);
        tensors += v != NO_VALUE;
        masks += v != NO_VALUE && is_mask(TYPE_OF(b, v)) && TYPE_OF(b, v)->ndim;
    }
    if (!masks || tensors < 2) return NO_VALUE;
    for (uint32_t i = 0; i < list->count; i++) {
        const value v = arg_as_value(&list->list[i]);
        if (v != NO_VALUE && is_mask(TYPE_OF(b, v))) add_places(b, v, &items);
        else *VEC_PUSH(b->graph->arena, &items) = list->list[i];
    }
    arg *changed = arena_copy(b->graph->arena, args, o->num_params * sizeof *args);
    changed[1] = arg_list_of(items.data, items.count);
    return emit_bound(b, o, changed, NULL);
}

static cot_status prepare_index(prepare_call *c) {
    const int mask = mask_operand(c);
    if (mask >= 0) {
        mask_take_from(c, mask_describe(c, (uint32_t)mask, (uint32_t)mask - c->first[1]), c->first[0]);
        return COT_OK;
    }
    if (has_mask(c)) return prepare_no_kernel(c);
    index_attributes *a = indexing_begin(c, INDEX_READ, indexing_at(c, 0), 0);
    return prepare_walk(c, a, 1, prepare_operand(c, 0), &c->results[0]);
}

static cot_status vjp_index(vjp_call *c) {
    builder *b = c->b;
    const char *put = c->op->record->data;
    if (vjp_needs(c, 0))
        vjp_set(c, 0, emit(b, put, "vavb", new_zeros(b, c->grads[0], vjp_tensor(c, 0)), vjp_arg(c, 1), c->grads[0], 1));
    return b->status;
}

/* ---- index_put -------------------------------------------------------------------------------------------------- */

static bool any_mask(const cot_graph *g, const arg *indices) {
    for (uint32_t i = 0; i < indices->count; i++) {
        const value v = arg_as_value(&indices->list[i]);
        if (v != NO_VALUE && is_mask(graph_type(g, v))) return true;
    }
    return false;
}

static cot_status shape_index_put(shape_call *c) {
    const type *self = shape_tensor(c, 0), *values = shape_tensor(c, 2);
    if (self->dtype != values->dtype)
        return shape_fail(
            c,
            "Index put requires the source and destination dtypes match, got %s for the destination and %s for "
            "the source.",
            dtype_torch_name(self->dtype), dtype_torch_name(values->dtype));
    if (any_mask(c->graph, &c->args[1])) return shape_result_like(c, self->dtype, self);
    index_plan p;
    dim sizes[COT_MAX_DIMS];
    TRY(index_sizes(c, 1, &p, sizes));
    for (uint32_t d = 0; d < values->ndim && values->ndim <= p.ndim; d++) {
        const dim v = values->sizes[d], r = sizes[p.ndim - values->ndim + d];
        if (!dim_is_one(v) && dim_is_static(v) && dim_is_static(r) && v != r)
            return shape_fail(c, "values have size %lld where the indices give %lld", (long long)v, (long long)r);
    }
    return shape_result_like(c, self->dtype, self);
}

static cot_status prepare_mask(prepare_call *c, uint32_t item) {
    index_mask *m = PREPARE_ATTRIBUTES(c, index_mask);
    const tensor_desc *result = &c->results[0], *mask = &c->operands[c->first[1] + item],
                      *values = prepare_operand(c, 2);
    m->base_at = 0;
    m->self_at = indexing_at(c, 0);
    m->mask_at = c->num_results + c->first[1] + item;
    m->other_at = indexing_at(c, 2);
    m->before = item;
    m->masked = mask->ndim;
    m->after = result->ndim - item - mask->ndim;
    m->accumulate = arg_as_bool(&c->args[3], false);
    m->rows = 1;
    for (uint32_t d = 0; d < result->ndim; d++) {
        m->sizes[d] = result->sizes[d];
        m->base_strides[d] = result->strides[d];
        if (d >= item && d < item + mask->ndim) m->mask_strides[d] = mask->strides[d - item];
    }
    /* values broadcast to (before…, true elements of the mask, after…) */
    const int ndim = (int)(m->before + 1 + m->after);
    for (int r = 0; r < ndim; r++) {
        const int d = r - (ndim - (int)values->ndim);
        const int64_t size = d < 0 ? 1 : values->sizes[d], stride = size == 1 ? 0 : values->strides[d];
        if ((uint32_t)r == m->before) m->rows = size, m->row = stride;
        else m->other_strides[(uint32_t)r < m->before ? (uint32_t)r : (uint32_t)r - 1 + m->masked] = stride;
    }
    c->kernel = KERNEL_SELECT(index_masked);
    c->reference = NULL;
    return COT_OK;
}

static cot_status prepare_index_put(prepare_call *c) {
    int mask = -1;
    for (uint32_t i = c->first[1]; i < c->first[2]; i++) {
        const tensor_desc *t = &c->operands[i];
        if (t->numel >= 0 && (t->dtype == COT_BOOL || t->dtype == COT_U8)) mask = (int)(i - c->first[1]);
    }
    if (mask >= 0) return prepare_mask(c, (uint32_t)mask);
    const index_mode mode = arg_as_bool(&c->args[3], false) ? INDEX_ADD : INDEX_SET;
    index_attributes *a = indexing_begin(c, mode, 0, indexing_at(c, 2));
    a->self_at = indexing_at(c, 0);
    c->in_place |= (uint64_t)1 << c->first[0];
    return prepare_walk(c, a, 1, &c->results[0], prepare_operand(c, 2));
}

/* What the masked elements of grad are to `values`: one for each where values has rows, else all summed by the driver.
 */
static value grad_of_masked_values(vjp_call *c, uint32_t item) {
    builder *b = c->b;
    const value mask = arg_as_value(&c->args[1].list[item]), values = vjp_tensor(c, 2);
    const type *grad = TYPE_OF(b, c->grads[0]), *m = TYPE_OF(b, mask), *v = TYPE_OF(b, values);
    const uint32_t after = grad->ndim - item - m->ndim;
    dim wide[COT_MAX_DIMS];
    int64_t masked[COT_MAX_DIMS];
    for (uint32_t d = 0; d < m->ndim + after; d++) {
        wide[d] = d < m->ndim ? m->sizes[d] : 1;
        if (d < m->ndim) masked[d] = item + d;
    }
    const value over = emit(b, "view", "vD", mask, wide, m->ndim + after);
    const bool rows = v->ndim == after + 1 + item && !dim_is_one(v->sizes[item]);
    if (rows && item == 0)
        return emit(b, "masked_scatter_backward", "vvD", c->grads[0], over, v->sizes, (uint32_t)v->ndim);
    const value zero = emit(b, "zeros_like", "v", c->grads[0]);
    const value kept = emit(b, "where.self", "vvv", over, c->grads[0], zero);
    const value sum = emit(b, "sum.dim_IntList", "vI", kept, masked, (uint32_t)m->ndim);
    return v->ndim > after ? emit(b, "unsqueeze", "vi", sum, (int64_t)item) : sum;
}

static cot_status vjp_index_put(vjp_call *c) {
    builder *b = c->b;
    const char *index = c->op->record->data; /* the operator that reads where this one writes */
    const bool accumulate = arg_as_bool(vjp_arg(c, 3), false);
    const value grad = c->grads[0], values = vjp_tensor(c, 2);
    const type *t = TYPE_OF(b, values);
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    if (vjp_needs(c, 0)) {
        value out = grad;
        if (!accumulate) {
            value zeros = emit(b, "zeros", "D,dtype=t,layout=a,device=a", t->sizes, (uint32_t)t->ndim, (int)t->dtype,
                               &strided, &cpu);
            arg args[4] = {arg_value(grad), c->args[1], arg_value(zeros), arg_bool(false)};
            out = emit_bound(b, c->op->functional ? c->op->functional : c->op, args, NULL);
        }
        vjp_set(c, 0, out);
    }
    const int mask = lone_mask(b->graph, vjp_arg(c, 1));
    if (vjp_needs(c, 2))
        vjp_set(c, 2, mask >= 0 ? grad_of_masked_values(c, (uint32_t)mask) : emit(b, index, "va", grad, vjp_arg(c, 1)));
    return b->status;
}

/* ---- masked forms: a bool tensor says which elements take part -------------------------------------------------- */

static cot_status shape_masked_index(shape_call *c) {
    index_plan p;
    dim sizes[COT_MAX_DIMS];
    TRY(index_sizes(c, MASKED_INDICES, &p, sizes));
    return shape_result(c, shape_tensor(c, MASKED_SELF)->dtype, sizes, p.ndim);
}

static cot_status shape_masked_index_put(shape_call *c) {
    index_plan p;
    dim sizes[COT_MAX_DIMS];
    TRY(index_sizes(c, MASKED_INDICES, &p, sizes));
    return shape_result_like(c, shape_tensor(c, MASKED_SELF)->dtype, shape_tensor(c, MASKED_SELF));
}

static cot_status prepare_masked_index(prepare_call *c) {
    index_attributes *a = indexing_begin(c, INDEX_READ, indexing_at(c, MASKED_SELF), 0);
    indexing_scalar(a->scalar, c->results[0].dtype, arg_as_float(&c->args[MASKED_REST], 0));
    return prepare_walk(c, a, MASKED_INDICES, prepare_operand(c, MASKED_SELF), &c->results[0]);
}

static cot_status prepare_masked_index_put(prepare_call *c) {
    index_attributes *a = indexing_begin(c, INDEX_ADD, 0, indexing_at(c, MASKED_REST));
    a->self_at = indexing_at(c, MASKED_SELF);
    c->in_place = 1;
    return prepare_walk(c, a, MASKED_INDICES, &c->results[0], prepare_operand(c, MASKED_REST));
}

static cot_status vjp_masked_index(vjp_call *c) {
    builder *b = c->b;
    if (!vjp_needs(c, MASKED_SELF)) return COT_OK;
    value zeros = new_zeros(b, c->grads[0], vjp_tensor(c, MASKED_SELF));
    vjp_set(c, MASKED_SELF,
            emit(b, "_unsafe_masked_index_put_accumulate", "vvav", zeros, vjp_tensor(c, MASKED_MASK),
                 vjp_arg(c, MASKED_INDICES), c->grads[0]));
    return b->status;
}

/* ---- gather, index_select, take --------------------------------------------------------------------------------- */

static cot_status check_integers(shape_call *c, uint32_t i) {
    const type *t = shape_tensor(c, i);
    if (t->dtype == COT_I64 || t->dtype == COT_I32) return COT_OK;
    return shape_fail(c, "Expected dtype int32/int64 for index, found %s", dtype_torch_name(t->dtype));
}

static cot_status shape_gather(shape_call *c) {
    const type *self = shape_tensor(c, 0), *index = shape_tensor(c, 2);
    uint32_t d;
    TRY(check_integers(c, 2));
    TRY(shape_wrap(c, arg_as_int(&c->args[1], 0), self->ndim, &d));
    if (MAX(self->ndim, 1) != MAX(index->ndim, 1))
        return shape_fail(c, "Index tensor must have the same number of dimensions as input tensor, found %u and %u",
                          index->ndim, self->ndim);
    return shape_result(c, self->dtype, index->sizes, index->ndim);
}

static uint32_t wrapped_dim(const prepare_call *c, uint32_t param, uint32_t ndim) {
    const int64_t d = arg_as_int(&c->args[param], 0);
    return ndim == 0 ? 0 : (uint32_t)(d < 0 ? d + ndim : d);
}

static cot_status prepare_gather(prepare_call *c) {
    const tensor_desc *self = prepare_operand(c, 0), *index = prepare_operand(c, 2), *result = &c->results[0];
    index_attributes *a = indexing_begin(c, INDEX_READ, indexing_at(c, 0), 0);
    const uint32_t dim_ = wrapped_dim(c, 1, self->ndim);
    TRY(indexing_source(c, a, indexing_at(c, 2), self->ndim ? self->sizes[dim_] : 1,
                        self->ndim ? self->strides[dim_] : 0));
    a->index[0].dim = dim_;
    for (uint32_t d = 0; d < index->ndim; d++) {
        indexing_dim(a, index->sizes[d], d == dim_ || d >= self->ndim ? 0 : self->strides[d],
                     result->ndim ? result->strides[d] : 0);
        a->index[0].strides[d] = index->strides[d];
    }
    return indexing_finish(c, a);
}

static cot_status vjp_gather(vjp_call *c) {
    builder *b = c->b;
    if (!vjp_needs(c, 0)) return COT_OK;
    const type *t = TYPE_OF(b, vjp_tensor(c, 0));
    value zeros = emit(b, "new_zeros", "vD", c->grads[0], t->sizes, (uint32_t)t->ndim);
    vjp_set(c, 0, emit(b, "scatter_add", "vavv", zeros, vjp_arg(c, 1), vjp_tensor(c, 2), c->grads[0]));
    return b->status;
}

static cot_status shape_index_select(shape_call *c) {
    const type *self = shape_tensor(c, 0), *index = shape_tensor(c, 2);
    dim sizes[COT_MAX_DIMS];
    uint32_t d;
    TRY(check_integers(c, 2));
    TRY(shape_wrap(c, arg_as_int(&c->args[1], 0), self->ndim, &d));
    if (index->ndim > 1) return shape_fail(c, "index has %u dimensions, expected a vector", index->ndim);
    for (uint32_t i = 0; i < self->ndim; i++) sizes[i] = self->sizes[i];
    if (self->ndim) sizes[d] = index->ndim ? index->sizes[0] : 1;
    return shape_result(c, self->dtype, sizes, self->ndim);
}

static cot_status prepare_index_select(prepare_call *c) {
    const tensor_desc *self = prepare_operand(c, 0), *index = prepare_operand(c, 2), *result = &c->results[0];
    index_attributes *a = indexing_begin(c, INDEX_READ, indexing_at(c, 0), 0);
    const uint32_t dim_ = wrapped_dim(c, 1, self->ndim);
    TRY(indexing_source(c, a, indexing_at(c, 2), self->ndim ? self->sizes[dim_] : 1,
                        self->ndim ? self->strides[dim_] : 0));
    a->index[0].dim = dim_;
    for (uint32_t d = 0; d < result->ndim; d++) {
        const uint32_t w = indexing_dim(a, result->sizes[d], d == dim_ ? 0 : self->strides[d], result->strides[d]);
        if (d == dim_ && index->ndim) a->index[0].strides[w] = index->strides[0];
    }
    return indexing_finish(c, a);
}

static cot_status vjp_index_select(vjp_call *c) {
    builder *b = c->b;
    if (vjp_needs(c, 0))
        vjp_set(c, 0,
                emit(b, "index_add", "vavv", new_zeros(b, c->grads[0], vjp_tensor(c, 0)), vjp_arg(c, 1),
                     vjp_tensor(c, 2), c->grads[0]));
    return b->status;
}

static cot_status shape_take(shape_call *c) {
    const type *index = shape_tensor(c, 1);
    if (index->dtype != COT_I64)
        return shape_fail(c, "Expected a long tensor for index, but got %s", dtype_torch_name(index->dtype));
    return shape_result(c, shape_tensor(c, 0)->dtype, index->sizes, index->ndim);
}

static cot_status prepare_take(prepare_call *c) {
    const tensor_desc *self = prepare_operand(c, 0), *index = prepare_operand(c, 1), *result = &c->results[0];
    index_attributes *a = indexing_begin(c, INDEX_READ, indexing_at(c, 0), 0);
    TRY(indexing_source(c, a, indexing_at(c, 1), self->numel, 1));
    a->index[0].logical = !self->contiguous;
    a->index[0].from_back = true;
    for (uint32_t d = 0; d < index->ndim; d++)
        a->index[0].strides[indexing_dim(a, index->sizes[d], 0, result->strides[d])] = index->strides[d];
    return indexing_finish(c, a);
}

/* Sizes of self and indices broadcast against each other, all but dimension `along`. */
static value decompose_take_along_dim(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]), indices = arg_as_value(&args[1]);
    const int64_t flat = -1;
    const type *t = TYPE_OF(b, self), *u = TYPE_OF(b, indices);
    syms *s = b->graph->ctx->syms;
    const char *how = type_is_contiguous(t, s) && type_is_contiguous(u, s) ? "view" : "reshape";
    UNUSED(o);
    if (arg_is_none(&args[2])) {
        value all = emit(b, how, "vI", self, &flat, 1u), at = emit(b, how, "vI", indices, &flat, 1u);
        return emit(b, "gather", "viv", all, (int64_t)0, at);
    }
    const int64_t dim_ = arg_as_int(&args[2], 0), along = dim_ < 0 ? dim_ + t->ndim : dim_;
    if (t->ndim != u->ndim || along < 0 || along >= t->ndim) {
        builder_fail(b, COT_SHAPE,
                     "take_along_dim: input and indices should have the same number of dimensions, but got %u and %u "
                     "(dim %lld)",
                     t->ndim, u->ndim, (long long)dim_);
        return NO_VALUE;
    }
    dim wide_self[COT_MAX_DIMS], wide_index[COT_MAX_DIMS];
    for (uint32_t d = 0; d < t->ndim; d++) {
        wide_self[d] = wide_index[d] = dim_is_one(t->sizes[d]) ? u->sizes[d] : t->sizes[d];
        if (d == (uint32_t)along) wide_self[d] = t->sizes[d], wide_index[d] = u->sizes[d];
    }
    const arg size = emit_dim(b, t->sizes[along]);
    value index = emit(b, "expand", "vD", indices, wide_index, (uint32_t)t->ndim);
    value input = emit(b, "expand", "vD", self, wide_self, (uint32_t)t->ndim);
    return emit(b, "gather", "viv", input, dim_, emit(b, "remainder.Scalar", "va", index, &size));
}

/* ---- masked_scatter --------------------------------------------------------------------------------------------- */

static cot_status shape_masked_scatter(shape_call *c) {
    const type *self = shape_tensor(c, 0), *mask = shape_tensor(c, 1);
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim = 0;
    TRY(shape_broadcast(c, sizes, &ndim, self->sizes, self->ndim));
    TRY(shape_broadcast(c, sizes, &ndim, mask->sizes, mask->ndim));
    if (self->dtype != shape_tensor(c, 2)->dtype)
        return shape_fail(c, "masked_scatter: expected self and source to have same dtypes but got %s and %s",
                          dtype_torch_name(self->dtype), dtype_torch_name(shape_tensor(c, 2)->dtype));
    return shape_result(c, self->dtype, sizes, ndim);
}

static void broadcast_strides(int64_t *out, const tensor_desc *t, uint32_t ndim) {
    for (uint32_t d = 0; d < ndim; d++) {
        const int s = (int)d - (int)(ndim - t->ndim);
        out[d] = s < 0 || t->sizes[s] == 1 ? 0 : t->strides[s];
    }
}

/* All of `over` is masked; its true elements meet those of a contiguous tensor one by one. */
static index_mask *masked_elements(prepare_call *c, const tensor_desc *over, uint32_t base_at, uint32_t mask_param,
                                   uint32_t other_at, int64_t rows) {
    index_mask *m = PREPARE_ATTRIBUTES(c, index_mask);
    m->base_at = base_at;
    m->mask_at = indexing_at(c, mask_param);
    m->other_at = other_at;
    m->self_at = indexing_at(c, 0);
    m->masked = over->ndim;
    m->rows = rows == 1 ? 2 : rows; /* one row is one element here, not all the same */
    m->row = 1;
    for (uint32_t d = 0; d < over->ndim; d++) m->sizes[d] = over->sizes[d];
    broadcast_strides(m->base_strides, indexing_desc(c, base_at), over->ndim);
    broadcast_strides(m->mask_strides, prepare_operand(c, mask_param), over->ndim);
    c->kernel = KERNEL_SELECT(index_masked);
    return m;
}

static cot_status prepare_masked_scatter(prepare_call *c) {
    masked_elements(c, &c->results[0], 0, 1, indexing_at(c, 2), prepare_operand(c, 2)->numel);
    c->contiguous |= (uint64_t)1 << c->first[2];
    return COT_OK;
}

static cot_status shape_masked_scatter_backward(shape_call *c) {
    dim sizes[COT_MAX_DIMS];
    const uint32_t n = arg_as_dims(c->graph, &c->args[2], sizes, COT_MAX_DIMS);
    return shape_result(c, shape_tensor(c, 0)->dtype, sizes, n);
}

static cot_status prepare_masked_scatter_backward(prepare_call *c) {
    masked_elements(c, prepare_operand(c, 0), indexing_at(c, 0), 1, 0, c->results[0].numel)->gather = true;
    return COT_OK;
}

const op_record ops_index[] = {
    {.schema = "index.Tensor(Tensor self, Tensor?[] indices) -> Tensor",
     .batch = &batch_index,
     .instead = without_masks,
     .shape = shape_index,
     .measure = measure_index,
     .vjp_fn = vjp_index,
     .data = "index_put",
     .prepare = prepare_index,
     .reference = ref_index_read,
     .traits = OP_RECOMPUTABLE | OP_BINDS,
     .samples = "f32[4, 3], [i64[2]]; f32[4, 3], [None, i64[2, 2]]; f32[4, 3, 2], [i64[2], None, i64[2]]"},
    {.schema = "_unsafe_index.Tensor(Tensor self, Tensor?[] indices) -> Tensor",
     .batch = &batch_index,
     .instead = without_masks,
     .shape = shape_index,
     .measure = measure_index,
     .vjp_fn = vjp_index,
     .data = "_unsafe_index_put",
     .prepare = prepare_index,
     .reference = ref_index_read,
     .traits = OP_RECOMPUTABLE | OP_BINDS,
     .samples = "f32[4, 3], [i64[2]]"},
    {.schema = "index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor",
     .batch = &batch_index_put,
     .instead = without_masks,
     .shape = shape_index_put,
     .vjp_fn = vjp_index_put,
     .data = "index.Tensor",
     .prepare = prepare_index_put,
     .reference = ref_index_write,
     .traits = OP_HAS_INPLACE,
     .samples = "f32[4, 3], [i64[2]], f32[2, 3]; f32[4, 3], [i64[2]], f32[3], True; f32[4, 3], [b8[4]], f32[3]"},
    {.schema = "_unsafe_index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor",
     .batch = &batch_index_put,
     .instead = without_masks,
     .shape = shape_index_put,
     .vjp_fn = vjp_index_put,
     .data = "_unsafe_index.Tensor",
     .prepare = prepare_index_put,
     .reference = ref_index_write,
     .samples = "f32[4, 3], [i64[2]], f32[2, 3], True"},
    {.schema = "_unsafe_masked_index(Tensor self, Tensor mask, Tensor?[] indices, Scalar fill) -> Tensor",
     .shape = shape_masked_index,
     .vjp_fn = vjp_masked_index,
     .prepare = prepare_masked_index,
     .reference = ref_index_read,
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[4], b8[2], [i64[2]], 0.5; f32[4, 5], b8[3, 2], [i64[3, 1], i64[2]], 1.0"},
    {.schema =
         "_unsafe_masked_index_put_accumulate(Tensor self, Tensor mask, Tensor?[] indices, Tensor values) -> Tensor",
     .shape = shape_masked_index_put,
     .vjp = "self: grad\nvalues: _unsafe_masked_index(grad, mask, indices, 0)",
     .prepare = prepare_masked_index_put,
     .reference = ref_index_write,
     .samples = "f32[4], b8[2], [i64[2]], f32[2]; f32[4, 5], b8[3, 2], [i64[3, 1], i64[2]], f32[3, 2]"},
    {.schema = "gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor",
     .batch = &batch_dims,
     .shape = shape_gather,
     .vjp_fn = vjp_gather,
     .prepare = prepare_gather,
     .reference = ref_index_read,
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[4, 3], 0, i64[2, 3]; f32[4, 3], -1, i64[4, 5]; f32[], 0, i64[]"},
    {.schema = "index_select(Tensor self, int dim, Tensor index) -> Tensor",
     .batch = &batch_index_dim,
     .shape = shape_index_select,
     .vjp_fn = vjp_index_select,
     .prepare = prepare_index_select,
     .reference = ref_index_read,
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[4, 3], 0, i64[5]; f32[4, 3], 1, i64[2]; f32[], 0, i64[1]"},
    {.schema = "take(Tensor self, Tensor index) -> Tensor",
     .batch = &batch_take,
     .shape = shape_take,
     .vjp = "self: put(zeros_like(self), index, grad, True)",
     .prepare = prepare_take,
     .reference = ref_index_read,
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[4, 3], i64[2, 2]"},
    {.schema = "take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor",
     .decompose_fn = decompose_take_along_dim,
     .traits = OP_COMPOSITE,
     .samples = "f32[4, 3], i64[4, 2], 1; f32[4, 3], i64[5]"},
    {.schema = "masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor",
     .shape = shape_masked_scatter,
     .vjp = "self: masked_fill(grad, mask, 0)\nsource: masked_scatter_backward(grad, mask, source.shape)",
     .prepare = prepare_masked_scatter,
     .reference = ref_index_masked,
     .traits = OP_HAS_INPLACE,
     .samples = "f32[4, 3], b8[4, 3], f32[12]; f32[3], b8[4, 3], f32[12]"},
    {.schema = "masked_scatter_backward(Tensor grad_output, Tensor mask, SymInt[] sizes) -> Tensor",
     .shape = shape_masked_scatter_backward,
     .vjp = "grad_output: masked_scatter(zeros_like(grad_output), mask, grad)",
     .prepare = prepare_masked_scatter_backward,
     .reference = ref_index_masked,
     .samples = "f32[4, 3], b8[4, 3], [12]"},
};
const uint32_t ops_index_count = COUNT_OF(ops_index);
