/* SPDX-License-Identifier: MIT
 * batch.c — batching rules for whole families, which read the schema: dimensions move up, sizes get one more. */
#include "ops/batch.h"

#include "base/error.h"

#include <string.h>

const batch_rule *batch_rule_of(const op *o) {
    if (!o->record || o->view) return NULL;
    if (o->record->batch) return o->record->batch;
    if (o->traits & OP_POINTWISE) return &batch_pointwise;
    if (o->traits & OP_CREATES) return &batch_creation;
    return NULL;
}

/* ---- for rules -------------------------------------------------------------------------------------------------- */

const type *batch_logical(const batch_call *c, uint32_t i) {
    return graph_type(c->source, arg_as_value(&c->call->args[i]));
}

bool batch_any(const batch_call *c) {
    for (uint32_t k = 0; k < c->first[c->op->num_params]; k++)
        if (c->batched[k]) return true;
    return false;
}

value batch_repeat(builder *b, value v, dim size) {
    if (v == NO_VALUE || b->status) return NO_VALUE;
    const type *t = TYPE_OF(b, v);
    dim sizes[COT_MAX_DIMS + 1] = {size};
    for (uint32_t i = 0; i < t->ndim; i++) sizes[i + 1] = t->sizes[i];
    return emit(b, "expand", "vD", v, sizes, t->ndim + 1u);
}

value batch_whole(batch_call *c, uint32_t i) {
    const value v = batch_tensor(c, i);
    if (v == NO_VALUE || batch_has(c, i) || TYPE_OF(c->b, v)->ndim > batch_logical(c, i)->ndim) return v;
    const value whole = batch_repeat(c->b, v, c->size);
    c->args[i] = arg_value(whole);
    return whole;
}

static void whole_list(batch_call *c, uint32_t i) {
    arg *items = ARENA_ARRAY(c->b->graph->arena, arg, c->args[i].count);
    for (uint32_t k = 0; k < c->args[i].count; k++) {
        items[k] = c->args[i].list[k];
        if (items[k].kind == ARG_VALUE && !c->batched[c->first[i] + k])
            items[k] = arg_value(batch_repeat(c->b, items[k].value, c->size));
    }
    c->args[i].list = items;
}

static bool is_list(const arg *a) { return a->kind == ARG_LIST || a->kind == ARG_TUPLE; }

void batch_whole_all(batch_call *c) {
    for (uint32_t i = 0; i < c->op->num_params; i++) {
        if (c->op->params[i].type != PARAM_TENSOR) continue;
        if (is_list(&c->args[i])) whole_list(c, i);
        else batch_whole(c, i);
    }
}

value batch_pad(batch_call *c, value v, uint32_t rank) {
    while (v != NO_VALUE && !c->b->status && TYPE_OF(c->b, v)->ndim < rank + 1)
        v = emit(c->b, "unsqueeze", "vi", v, (int64_t)1);
    return v;
}

value batch_lined(batch_call *c, uint32_t i, uint32_t rank) {
    const value v = batch_tensor(c, i);
    return batch_has(c, i) ? batch_pad(c, v, rank) : v;
}

value batch_shaped(batch_call *c, value v, const dim *sizes, uint32_t ndim) {
    if (v == NO_VALUE || c->b->status) return NO_VALUE;
    const type *t = TYPE_OF(c->b, v);
    dim whole[COT_MAX_DIMS + 1] = {c->size};
    if (ndim >= COT_MAX_DIMS) {
        builder_fail(c->b, COT_UNSUPPORTED, "vmap: a batch of tensors with %u dimensions has more than %u", ndim,
                     COT_MAX_DIMS);
        return NO_VALUE;
    }
    for (uint32_t i = 0; i < ndim; i++) whole[i + 1] = sizes[i];
    bool same = t->ndim == ndim + 1u;
    for (uint32_t i = 0; same && i <= ndim; i++) same = dim_equal(t->sizes[i], whole[i]);
    return same ? v : emit(c->b, "reshape", "vD", v, whole, ndim + 1u);
}

value batch_fit(batch_call *c, value v, const type *logical) {
    if (c->b->status || v == NO_VALUE) return NO_VALUE;
    if (logical->kind == TYPE_TENSOR) return batch_shaped(c, v, logical->sizes, logical->ndim);
    if (logical->kind != TYPE_TUPLE) return v;
    bool fits = true;
    for (uint32_t i = 0; i < logical->count && fits; i++)
        fits = logical->parts[i].kind != TYPE_TENSOR || TYPE_OF(c->b, v)->parts[i].ndim == logical->parts[i].ndim + 1;
    if (fits) return v;
    value *parts = ARENA_ARRAY(c->b->graph->arena, value, logical->count);
    for (uint32_t i = 0; i < logical->count; i++) parts[i] = batch_fit(c, emit_get(c->b, v, i), &logical->parts[i]);
    return emit_pack(c->b, parts, logical->count);
}

cot_status batch_emit(batch_call *c) {
    c->result = batch_fit(c, emit_bound(c->b, c->op, c->args, NULL), &c->call->type);
    return c->b->status;
}

void batch_drop_formats(batch_call *c) {
    for (uint32_t i = 0; i < c->op->num_params; i++)
        if (c->op->params[i].type == PARAM_MEMORY_FORMAT && c->args[i].kind == ARG_CONST &&
            strcmp(c->args[i].s, "contiguous_format"))
            c->args[i] = arg_none();
}

/* ---- pointwise -------------------------------------------------------------------------------------------------- */

static uint32_t category(cot_dtype d) {
    return d == COT_BOOL ? 0 : dtype_is_integral(d) ? 1 : dtype_is_float(d) ? 2 : 3;
}

/* A tensor without dimensions takes part in type promotion only by its category. Over a batch it has one, so that it
 * is cast to what the others have, where the dtype would come out another. */
static void keep_promotion(batch_call *c) {
    type t = {0};
    const type *expected = &c->call->type;
    if (c->b->status || infer_type(c->b->graph, c->op, c->args, &t, NULL)) return;
    if (t.kind != TYPE_TENSOR || expected->kind != TYPE_TENSOR || t.dtype == expected->dtype) return;
    for (uint32_t i = 0; i < c->op->num_params; i++) {
        if (!batch_has(c, i) || batch_logical(c, i)->ndim) continue;
        const cot_dtype have = (cot_dtype)batch_logical(c, i)->dtype, want = (cot_dtype)expected->dtype;
        if (have != want && category(have) && category(have) <= category(want))
            c->args[i] = arg_value(emit(c->b, "_to_copy", "v,dtype=t", batch_tensor(c, i), (int)want));
    }
}

static cot_status apply_pointwise(batch_call *c) {
    uint32_t rank = 0;
    for (uint32_t i = 0; i < c->op->num_params; i++) rank = MAX(rank, (uint32_t)batch_logical(c, i)->ndim);
    for (uint32_t i = 0; i < c->op->num_params; i++)
        if (batch_has(c, i)) c->args[i] = arg_value(batch_lined(c, i, rank));
    batch_drop_formats(c);
    keep_promotion(c);
    return batch_emit(c);
}
const batch_rule batch_pointwise = {"pointwise", apply_pointwise, 0};

/* ---- by the schema ---------------------------------------------------------------------------------------------- */

static cot_status apply_creation(batch_call *c) {
    c->loop = op_param(c->op, "steps") >= 0; /* between ends that differ */
    if (c->loop) return COT_OK;
    if (op_param(c->op, "size") >= 0) { /* new_zeros … */
        c->plain = true;
        c->result = emit_bound(c->b, c->op, c->args, NULL);
        return c->b->status;
    }
    batch_whole_all(c);
    batch_drop_formats(c);
    return batch_emit(c);
}
const batch_rule batch_creation = {"creation", apply_creation, 0};

static cot_status apply_leading(batch_call *c) {
    batch_whole_all(c);
    for (uint32_t i = 0; i < c->op->num_params; i++) /* a value written into a tensor of more dimensions */
        if (c->op->params[i].type == PARAM_TENSOR && batch_tensor(c, i) != NO_VALUE)
            c->args[i] = arg_value(batch_pad(c, batch_tensor(c, i), c->call->type.ndim));
    batch_drop_formats(c);
    return batch_emit(c);
}
const batch_rule batch_leading = {"leading dimensions", apply_leading, 0};

static bool is_one_of(const char *name, const char *const *names, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (!strcmp(name, names[i])) return true;
    return false;
}

static bool names_dimensions(const param *p) {
    static const char *const names[] = {"dim", "dims", "dim0", "dim1", "dim2", "dimension", "start_dim", "end_dim"};
    return p->type == PARAM_INT && is_one_of(p->name, names, COUNT_OF(names));
}

static bool names_sizes(const param *p) {
    static const char *const names[] = {"size", "sizes", "input_sizes"};
    return p->type == PARAM_INT && p->list && is_one_of(p->name, names, COUNT_OF(names));
}

static arg up(const arg *a, uint32_t ndim) {
    const int64_t d = arg_as_int(a, 0);
    return arg_int((d < 0 ? d + ndim : d) + 1);
}

/* Dimensions given as a list: to a reduction None, or none at all, are all of them. */
static arg up_list(batch_call *c, const arg *a, uint32_t ndim) {
    if (a->kind == ARG_INT) return up(a, ndim);
    const bool all = c->op->record->batch == &batch_reduction;
    const uint32_t count = is_list(a) && (a->count || !all) ? a->count : ndim;
    arg *items = ARENA_ARRAY(c->b->graph->arena, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = is_list(a) && a->count ? up(&a->list[i], ndim) : arg_int(i + 1);
    return arg_list_of(items, count);
}

static arg prefixed(batch_call *c, const arg *a, arg head) {
    arg *items = ARENA_ARRAY(c->b->graph->arena, arg, a->count + 1u);
    items[0] = head;
    for (uint32_t i = 0; i < a->count; i++) items[i + 1] = a->list[i];
    return arg_list_of(items, a->count + 1u);
}

/* Operands without dimensions get one, which an operator that names a dimension takes as theirs. */
static void give_dimension(batch_call *c) {
    for (uint32_t i = 0; i < c->op->num_params; i++)
        if (c->op->params[i].type == PARAM_TENSOR && batch_logical(c, i)->kind == TYPE_TENSOR &&
            !batch_logical(c, i)->ndim)
            c->args[i] = arg_value(emit(c->b, "unsqueeze", "vi", batch_tensor(c, i), (int64_t)1));
}

static cot_status move_dimensions(batch_call *c, uint32_t ndim) {
    for (uint32_t i = 0; i < c->op->num_params; i++) {
        const param *p = &c->op->params[i];
        if (names_dimensions(p)) {
            if (p->list) c->args[i] = up_list(c, &c->args[i], ndim);
            else if (c->args[i].kind != ARG_NONE) c->args[i] = up(&c->args[i], ndim);
        } else if (names_sizes(p) && is_list(&c->args[i])) {
            c->args[i] = prefixed(c, &c->args[i], emit_dim(c->b, c->size));
        }
    }
    return batch_emit(c);
}

static uint32_t rank_of_first(const batch_call *c) {
    for (uint32_t i = 0; i < c->op->num_params; i++)
        if (batch_logical(c, i)->kind == TYPE_TENSOR) return batch_logical(c, i)->ndim;
    return 0;
}

static cot_status apply_dims(batch_call *c) {
    uint32_t ndim = rank_of_first(c);
    const int sizes = op_param(c->op, "input_sizes"); /* a view's backward: dimensions of the base */
    if (sizes >= 0) ndim = c->args[sizes].count;
    batch_whole_all(c);
    if (!ndim && op_param(c->op, "size") < 0) give_dimension(c);
    return move_dimensions(c, MAX(ndim, 1));
}
const batch_rule batch_dims = {"dimensions", apply_dims, 0};

static cot_status apply_new_dim(batch_call *c) {
    batch_whole_all(c);
    return move_dimensions(c, c->call->type.ndim);
}
const batch_rule batch_new_dim = {"dimensions", apply_new_dim, 0};

static cot_status apply_permute(batch_call *c) {
    const arg moved = up_list(c, &c->args[1], batch_logical(c, 0)->ndim);
    c->args[1] = c->args[1].count ? prefixed(c, &moved, arg_int(0)) : prefixed(c, &c->args[1], arg_int(0));
    return batch_emit(c);
}
const batch_rule batch_permute = {"dimensions", apply_permute, 0};

static cot_status apply_expand_sizes(batch_call *c) {
    const bool repeats = op_param(c->op, "repeats") >= 0;
    c->args[0] = arg_value(batch_pad(c, batch_tensor(c, 0), c->args[1].count));
    c->args[1] = prefixed(c, &c->args[1], repeats ? arg_int(1) : emit_dim(c->b, c->size));
    return batch_emit(c);
}
const batch_rule batch_expand_sizes = {"sizes", apply_expand_sizes, 0};

static cot_status apply_shape(batch_call *c) {
    c->result = batch_fit(c, batch_tensor(c, 0), &c->call->type);
    return c->b->status;
}
const batch_rule batch_shape = {"sizes", apply_shape, 0};

/* The overload of this packet that takes a dimension. */
static const op *over_dimension(const batch_call *c) {
    for (const op *o = op_find(c->source->ctx, c->op->packet); o; o = o->next)
        if (o != c->op && o->num_params > 1 && names_dimensions(&o->params[1])) return o;
    return op_param(c->op, "dim") >= 0 ? c->op : NULL;
}

/* All elements: those of each example, laid out along one dimension. */
static cot_status reduce_all(batch_call *c) {
    const op *o = over_dimension(c);
    if (!o) return builder_fail(c->b, COT_INTERNAL, "%s has no overload over a dimension", c->op->name);
    const dim all[] = {type_numel(c->source->ctx->syms, batch_logical(c, 0))};
    arg *args = ARENA_ARRAY(c->b->graph->arena, arg, o->num_params);
    for (uint32_t i = 0; i < o->num_params; i++) {
        const int same = op_param(c->op, o->params[i].name);
        args[i] = same >= 0 ? c->args[same] : o->params[i].has_default ? o->params[i].default_value : arg_none();
    }
    args[0] = arg_value(batch_shaped(c, batch_tensor(c, 0), all, 1));
    const arg one = arg_int(1);
    const int at = op_param(o, "dim");
    args[at] = o->params[at].list ? arg_list_of(&one, 1) : one;
    value v = emit_bound(c->b, o, args, NULL);
    if (c->b->status) return c->b->status;
    if (c->call->type.kind == TYPE_TENSOR && TYPE_OF(c->b, v)->kind == TYPE_TUPLE) v = emit_get(c->b, v, 0);
    c->result = batch_fit(c, v, &c->call->type);
    return c->b->status;
}

static cot_status apply_reduction(batch_call *c) {
    const int at = op_param(c->op, "dim");
    if (at >= 0 && (c->op->params[at].list || c->args[at].kind != ARG_NONE)) return apply_dims(c);
    return reduce_all(c);
}
const batch_rule batch_reduction = {"reduction", apply_reduction, 0};

static cot_status apply_matrix(batch_call *c) {
    builder *b = c->b;
    const value v = batch_tensor(c, 0);
    const bool traces = c->call->type.ndim == 0 && batch_logical(c, 0)->ndim == 2;
    const int64_t last = -1;
    if (traces) {
        const value d = emit(b, "diagonal", "viii", v, (int64_t)0, (int64_t)1, (int64_t)2);
        c->result = emit(b, "sum.dim_IntList", "vI", d, &last, 1u);
    } else c->result = c->call->type.ndim < 2 ? v : emit(b, "transpose.int", "vii", v, (int64_t)1, (int64_t)2);
    return b->status;
}
const batch_rule batch_matrix = {"dimensions", apply_matrix, 0};

/* Strides speak of memory: each example's is laid out as the program has it, one behind the other. */
static cot_status apply_strided(batch_call *c) {
    builder *b = c->b;
    syms *s = b->graph->ctx->syms;
    for (uint32_t i = 0; i < c->op->num_params; i++) {
        if (c->op->params[i].type != PARAM_TENSOR) continue;
        if (!i && !type_is_contiguous(batch_logical(c, i), s))
            return builder_fail(b, COT_UNSUPPORTED, "vmap: %s of a tensor that is not contiguous", c->op->name);
        c->args[i] = arg_value(emit(b, "contiguous", "v", batch_whole(c, i)));
    }
    const uint32_t size = (uint32_t)op_param(c->op, "size"), stride = (uint32_t)op_param(c->op, "stride");
    c->args[size] = prefixed(c, &c->args[size], emit_dim(b, c->size));
    c->args[stride] = prefixed(c, &c->args[stride], emit_dim(b, type_numel(s, batch_logical(c, 0))));
    return batch_emit(c);
}
const batch_rule batch_strided = {"sizes", apply_strided, 0};

/* Without dimensions the elements roll as if they lay along one. */
static cot_status apply_roll(batch_call *c) {
    const int dims = op_param(c->op, "dims");
    if (is_list(&c->args[dims]) && c->args[dims].count) return apply_dims(c);
    const dim all[] = {type_numel(c->source->ctx->syms, batch_logical(c, 0))};
    const arg one = arg_int(1);
    c->args[0] = arg_value(batch_shaped(c, batch_tensor(c, 0), all, 1));
    c->args[dims] = arg_list_of(&one, 1);
    return batch_emit(c);
}
const batch_rule batch_roll = {"dimensions", apply_roll, 0};

/* One table of boundaries serves all examples; a table for each is searched example by example. */
static cot_status apply_search(batch_call *c) {
    static const char *const tables[] = {"sorted_sequence", "boundaries", "sorter"};
    for (uint32_t i = 0; i < COUNT_OF(tables); i++) {
        const int at = op_param(c->op, tables[i]);
        if (at < 0 || arg_as_value(&c->args[at]) == NO_VALUE) continue;
        if (batch_has(c, (uint32_t)at) || batch_logical(c, (uint32_t)at)->ndim > 1) c->loop = true;
    }
    return c->loop ? COT_OK : batch_emit(c);
}
const batch_rule batch_search = {"leading dimensions", apply_search, 0};

/* cat leaves out tensors of size [0], whatever the rank of the others. */
static cot_status apply_join(batch_call *c) {
    const uint32_t rank = c->call->type.ndim;
    batch_whole_all(c);
    arg *items = ARENA_ARRAY(c->b->graph->arena, arg, c->args[0].count);
    uint32_t count = 0;
    for (uint32_t k = 0; k < c->args[0].count; k++)
        if (graph_type(c->source, arg_as_value(&c->call->args[0].list[k]))->ndim == rank)
            items[count++] = c->args[0].list[k];
    c->args[0] = arg_list_of(items, count);
    return move_dimensions(c, rank);
}
const batch_rule batch_join = {"dimensions", apply_join, 0};
