/* SPDX-License-Identifier: MIT
 * measured.c — operators whose result has a size that only data tell (nonzero, masked_select, unique,
 * repeat_interleave), or is a number that data are (item). Sizes are found by the record's `measure` before the call
 * itself is planned (runtime/segments.h); for reading with masks see index.c, which shares what is here. */
#include "ops/measured.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/cpu/dispatch.h"

#include <string.h>

KERNEL_DECLARE(kernel_fn, mask_count);
KERNEL_DECLARE(kernel_fn, mask_places);
KERNEL_DECLARE(kernel_fn, mask_take);
KERNEL_DECLARE(kernel_fn, unique_count);
KERNEL_DECLARE(kernel_fn, unique);
KERNEL_DECLARE(kernel_fn, repeat_count);
KERNEL_DECLARE(kernel_fn, repeat_items);
KERNEL_DECLARE(kernel_fn, read_number);

#define DEFINES (OP_BINDS | OP_NO_HISTORY)

/* ---- elements under a mask --------------------------------------------------------------------------------------- */

static void finish_mask(prepare_call *c, mask_attributes *a, kernel_fn kernel) {
    int64_t numel = 1;
    for (uint32_t i = 0; i < a->masked; i++) numel *= a->sizes[a->before + i];
    c->scratch_bytes = (size_t)(mask_chunks(numel) + 1) * sizeof(int64_t);
    c->kernel = kernel;
    c->reference = NULL;
}

mask_attributes *mask_describe(prepare_call *c, uint32_t mask, uint32_t before) {
    mask_attributes *a = PREPARE_ATTRIBUTES(c, mask_attributes);
    const tensor_desc *t = &c->operands[mask];
    a->mask_at = c->num_results + mask;
    a->before = before;
    a->masked = t->ndim;
    for (uint32_t d = 0; d < t->ndim; d++)
        a->sizes[before + d] = t->sizes[d], a->mask_strides[before + d] = t->strides[d];
    return a;
}

void mask_measure(prepare_call *c, uint32_t mask) {
    finish_mask(c, mask_describe(c, mask, 0), KERNEL_SELECT(mask_count));
}

void mask_take_from(prepare_call *c, mask_attributes *a, uint32_t from) {
    const tensor_desc *t = &c->operands[from];
    a->from_at = c->num_results + from;
    a->after = t->ndim - a->before - a->masked;
    for (uint32_t d = 0; d < t->ndim; d++) a->sizes[d] = t->sizes[d], a->from_strides[d] = t->strides[d];
    finish_mask(c, a, KERNEL_SELECT(mask_take));
}

static cot_status measure_operand(prepare_call *c) {
    mask_measure(c, c->first[0]);
    return COT_OK;
}

/* Coordinates of one dimension lie side by side. */
static cot_status shape_nonzero(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    const dim count = shape_measured(c, "u", 0, 0);
    c->result = type_strided(c->arena, COT_I64, (dim[2]){count, t->ndim}, (dim[2]){1, count}, 2, 0);
    return COT_OK;
}

static cot_status prepare_nonzero(prepare_call *c) {
    finish_mask(c, mask_describe(c, c->first[0], 0), KERNEL_SELECT(mask_places));
    return COT_OK;
}

static value decompose_places(builder *b, const op *o, const arg *args) {
    value x = arg_as_value(&args[0]);
    UNUSED(o);
    if (TYPE_OF(b, x)->ndim == 0) x = emit(b, "unsqueeze", "vi", x, (int64_t)0);
    return emit(b, "unbind.int", "vi", emit(b, "nonzero", "v", x), (int64_t)1);
}

static cot_status shape_masked_select(shape_call *c) {
    const type *self = shape_tensor(c, 0), *mask = shape_tensor(c, 1);
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim = self->ndim;
    if (mask->dtype != COT_BOOL) return shape_fail(c, "masked_select: expected BoolTensor for mask");
    memcpy(sizes, self->sizes, ndim * sizeof *sizes);
    TRY(shape_broadcast(c, sizes, &ndim, mask->sizes, mask->ndim));
    const dim count = shape_measured(c, "u", 0, 0);
    return shape_result(c, self->dtype, &count, 1);
}

/* Operand i of a masked_select as it is broadcast with the other. */
static void broadcast(const prepare_call *c, uint32_t i, int64_t *sizes, int64_t *strides, uint32_t *ndim) {
    const tensor_desc *t = &c->operands[c->first[i]], *other = &c->operands[c->first[1 - i]];
    *ndim = MAX(t->ndim, other->ndim);
    for (uint32_t d = 0; d < *ndim; d++) {
        const int mine = (int)(d + t->ndim) - (int)*ndim, theirs = (int)(d + other->ndim) - (int)*ndim;
        const int64_t size = mine < 0 ? 1 : t->sizes[mine];
        sizes[d] = size == 1 && theirs >= 0 ? other->sizes[theirs] : size;
        strides[d] = size == 1 ? 0 : t->strides[mine];
    }
}

static cot_status prepare_select(prepare_call *c, kernel_fn kernel) {
    mask_attributes *a = PREPARE_ATTRIBUTES(c, mask_attributes);
    a->mask_at = c->num_results + c->first[1];
    a->from_at = c->num_results + c->first[0];
    broadcast(c, 0, a->sizes, a->from_strides, &a->masked);
    broadcast(c, 1, a->sizes, a->mask_strides, &a->masked);
    finish_mask(c, a, kernel);
    return COT_OK;
}

static cot_status measure_masked_select(prepare_call *c) { return prepare_select(c, KERNEL_SELECT(mask_count)); }
static cot_status prepare_masked_select(prepare_call *c) { return prepare_select(c, KERNEL_SELECT(mask_take)); }

static cot_status vjp_masked_select(vjp_call *c) {
    builder *b = c->b;
    if (!vjp_needs(c, 0)) return COT_OK;
    const value self = vjp_tensor(c, 0), mask = vjp_tensor(c, 1);
    const arg preserve = {.kind = ARG_CONST, .s = "preserve_format"};
    shape_call sc = {.graph = b->graph,
                     .op = c->op,
                     .args = c->args,
                     .arena = b->graph->arena,
                     .syms = b->graph->ctx->syms,
                     .error = b->error};
    const type *t = TYPE_OF(b, self), *m = TYPE_OF(b, mask);
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim = t->ndim;
    memcpy(sizes, t->sizes, ndim * sizeof *sizes);
    TRY(shape_broadcast(&sc, sizes, &ndim, m->sizes, m->ndim));
    const value wide = emit(b, "expand", "vD", self, sizes, ndim);
    const value zeros = emit(b, "zeros_like", "v,memory_format=a", wide, &preserve);
    vjp_set(c, 0, emit(b, "masked_scatter", "vvv", zeros, mask, c->grads[0]));
    return b->status;
}

/* ---- items that differ ------------------------------------------------------------------------------------------- */

/* What a member of the family is told where. -1: it has no such parameter. */
typedef struct unique_form {
    int8_t dim, inverse, counts;
    bool consecutive, flat; /* flat: of all elements, when no dimension is given */
} unique_form;

static const unique_form form_unique = {-1, 2, -1, false, true}, form_unique2 = {-1, 2, 3, false, true},
                         form_dim = {1, -1, -1, false, false}, form_consecutive = {3, 1, 2, true, true},
                         form_dim_consecutive = {1, -1, -1, true, false};

/* The dimension, or -1: all elements are taken as one. */
static int64_t dimension_of(const op *o, const arg *args, uint32_t ndim) {
    const unique_form *f = o->record->data;
    if (f->dim < 0 || arg_is_none(&args[f->dim])) return -1;
    const int64_t d = arg_as_int(&args[f->dim], 0);
    return d < 0 ? d + ndim : d;
}

static bool wants(const shape_call *c, int8_t param) { return param < 0 || arg_as_bool(&c->args[param], false); }

static cot_status shape_unique(shape_call *c) {
    const unique_form *f = c->op->record->data;
    const type *t = shape_tensor(c, 0);
    if (t->kind != TYPE_TENSOR) return shape_fail(c, "expected a tensor");
    const int64_t d = dimension_of(c->op, c->args, t->ndim);
    dim sizes[COT_MAX_DIMS] = {0};
    const dim none = 0;
    uint32_t wrapped;
    if (dtype_is_complex(t->dtype)) return shape_fail(c, "complex tensors have no order");
    if (f->dim >= 0 && d >= 0) TRY(shape_wrap(c, d, t->ndim, &wrapped));
    const dim count = shape_measured(c, "u", 0, d < 0 ? 0 : (uint32_t)d),
              items = d < 0 || d >= t->ndim ? 0 : t->sizes[d];
    const bool counts = f->counts >= 0 || c->op->num_returns > 2;
    type parts[3];
    for (uint32_t i = 0; i < t->ndim; i++) sizes[i] = i == d ? count : t->sizes[i];
    parts[0] = type_tensor(c->arena, c->syms, t->dtype, d < 0 ? &count : sizes, d < 0 ? 1 : t->ndim);
    if (!wants(c, f->inverse)) parts[1] = type_tensor(c->arena, c->syms, COT_I64, &none, 1);
    else parts[1] = type_tensor(c->arena, c->syms, COT_I64, d < 0 ? t->sizes : &items, d < 0 ? t->ndim : 1);
    parts[2] = type_tensor(c->arena, c->syms, COT_I64, wants(c, f->counts) ? &count : &none, 1);
    c->result = type_tuple(c->arena, parts, counts ? 3 : 2);
    return COT_OK;
}

static cot_status prepare_items(prepare_call *c, kernel_fn kernel) {
    const unique_form *f = c->op->record->data;
    const tensor_desc *t = &c->operands[0];
    const int64_t d = dimension_of(c->op, c->args, t->ndim);
    unique_attributes *a = PREPARE_ATTRIBUTES(c, unique_attributes);
    *a = (unique_attributes){.outer = 1, .items = d < 0 ? t->numel : 1, .inner = 1, .consecutive = f->consecutive};
    for (int64_t i = 0; d >= 0 && i < t->ndim; i++)
        *(i < d ? &a->outer : i == d ? &a->items : &a->inner) *= t->sizes[i];
    c->contiguous = 1;
    c->scratch_bytes = (size_t)(4 * a->items + 1) * sizeof(int64_t);
    c->kernel = kernel;
    c->reference = NULL;
    return COT_OK;
}

static cot_status measure_unique(prepare_call *c) {
    const int64_t d = dimension_of(c->op, c->args, c->operands[0].ndim);
    c->measured = graph_node(c->graph, c->node)->type.parts[0].sizes[d < 0 ? 0 : d];
    return prepare_items(c, KERNEL_SELECT(unique_count));
}

static cot_status prepare_unique(prepare_call *c) { return prepare_items(c, KERNEL_SELECT(unique)); }

/* ---- repeats ----------------------------------------------------------------------------------------------------- */

static cot_status shape_repeats(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    if (t->ndim != 1) return shape_fail(c, "repeat_interleave only accept 1D vector as repeat");
    if (t->dtype != COT_I64 && t->dtype != COT_I32)
        return shape_fail(c, "repeats has to be Long or Int tensor, found %s", dtype_torch_name(t->dtype));
    const dim count = arg_is_none(&c->args[1]) ? shape_measured(c, "u", 0, 0) : arg_as_dim(c->graph, &c->args[1]);
    return shape_result(c, t->dtype, &count, 1);
}

static cot_status measure_repeats(prepare_call *c) {
    c->kernel = KERNEL_SELECT(repeat_count);
    return COT_OK;
}

static cot_status prepare_repeats(prepare_call *c) {
    c->kernel = KERNEL_SELECT(repeat_items);
    c->reference = NULL;
    return COT_OK;
}

/* Repeats for each item along a dimension; without one, of all elements in row-major order. */
static value decompose_repeat(builder *b, const op *o, const arg *args) {
    enum { SELF, REPEATS, DIM, SIZE };
    value self = arg_as_value(&args[SELF]), repeats = arg_as_value(&args[REPEATS]);
    const int64_t flat = -1;
    UNUSED(o);
    if (arg_is_none(&args[DIM])) self = emit(b, "reshape", "vI", self, &flat, 1u);
    int64_t d = arg_as_int(&args[DIM], 0);
    if (b->status) return NO_VALUE;
    const type *t = TYPE_OF(b, self), *r = TYPE_OF(b, repeats);
    if (d < 0) d += t->ndim;
    if (d < 0 || d >= t->ndim) return builder_fail(b, COT_SHAPE, "repeat_interleave: there is no dimension"), NO_VALUE;
    const dim items = t->sizes[d];
    if (r->ndim == 0 || dim_is_one(r->sizes[0])) repeats = emit(b, "expand", "vD", repeats, &items, 1u);
    const value index = emit(b, "repeat_interleave.Tensor", "v,output_size=a", repeats, &args[SIZE]);
    return emit(b, "index_select", "viv", self, d, index);
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

static cot_status shape_number(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    const bool is_float = dtype_is_float(t->dtype);
    if (dtype_is_complex(t->dtype)) return shape_fail(c, "a complex number read from a tensor is not supported");
    for (uint32_t i = 0; i < t->ndim; i++)
        if (dim_is_static(t->sizes[i]) && t->sizes[i] != 1)
            return shape_fail(c, "a Tensor with %lld elements cannot be converted to Scalar", (long long)t->sizes[i]);
    dim number = shape_measured(c, is_float ? "zuf" : "u", 0, 0);
    if (t->dtype == COT_BOOL && dim_symbol_name(c->syms, number))
        number = dim_function(c->syms, "==", (dim[2]){number, 1}, 2);
    c->result = type_int(number);
    c->result.kind = is_float ? TYPE_FLOAT : t->dtype == COT_BOOL ? TYPE_BOOL : TYPE_INT;
    return COT_OK;
}

static cot_status measure_number(prepare_call *c) {
    c->measured = graph_node(c->graph, c->node)->type.expr;
    c->kernel = KERNEL_SELECT(read_number);
    return COT_OK;
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

static cot_status prepare_assert(prepare_call *c) {
    if (c->rehearsal || c->args[0].kind == ARG_VALUE || arg_as_bool(&c->args[0], true)) return COT_OK;
    return graph_fail(c->graph, c->node, c->error, COT_INVALID, "%s", c->args[1].s);
}

/* min and max: both are in the range. */
static cot_status prepare_constraint(prepare_call *c) {
    const int64_t number = arg_as_int(&c->args[0], 0);
    const int64_t low = arg_as_int(&c->args[1], c->op->record->data ? 0 : INT64_MIN);
    const int64_t high = arg_as_int(&c->args[2], INT64_MAX);
    if (c->rehearsal || c->args[0].kind == ARG_VALUE || (number >= low && number <= high)) return COT_OK;
    return graph_fail(c->graph, c->node, c->error, COT_INVALID, "Invalid value range for %lld between [%lld, %lld].",
                      (long long)number, (long long)low, (long long)high);
}

#define UNIQUE(schema_, form)                                                                                          \
    {                                                                                                                  \
        .schema = schema_, .shape = shape_unique, .measure = measure_unique, .prepare = prepare_unique,                \
        .traits = DEFINES, .data = &(form)                                                                             \
    }
#define CHECK(schema_, prepare_)                                                                                       \
    { .schema = schema_, .prepare = prepare_, .traits = OP_EFFECT | OP_NO_HISTORY }

const op_record ops_measured[] = {
    {.schema = "nonzero(Tensor self) -> Tensor",
     .shape = shape_nonzero,
     .measure = measure_operand,
     .prepare = prepare_nonzero,
     .traits = DEFINES},
    {.schema = "nonzero_numpy(Tensor self) -> Tensor[]",
     .decompose_fn = decompose_places,
     .traits = DEFINES | OP_COMPOSITE},
    {.schema = "where(Tensor condition) -> Tensor[]",
     .decompose_fn = decompose_places,
     .traits = DEFINES | OP_COMPOSITE},
    {.schema = "argwhere(Tensor self) -> Tensor", .decompose = "nonzero(self)", .traits = DEFINES | OP_COMPOSITE},
    {.schema = "masked_select(Tensor self, Tensor mask) -> Tensor",
     .shape = shape_masked_select,
     .measure = measure_masked_select,
     .prepare = prepare_masked_select,
     .vjp_fn = vjp_masked_select,
     .traits = OP_BINDS},
    UNIQUE("_unique(Tensor self, bool sorted=True, bool return_inverse=False) -> (Tensor, Tensor)", form_unique),
    UNIQUE("_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, "
           "Tensor, Tensor)",
           form_unique2),
    UNIQUE("unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> "
           "(Tensor, Tensor, Tensor)",
           form_dim),
    UNIQUE("unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> "
           "(Tensor, Tensor, Tensor)",
           form_consecutive),
    UNIQUE("unique_dim_consecutive(Tensor self, int dim, bool return_inverse=False, bool return_counts=False) -> "
           "(Tensor, Tensor, Tensor)",
           form_dim_consecutive),
    {.schema = "repeat_interleave.Tensor(Tensor repeats, *, SymInt? output_size=None) -> Tensor",
     .shape = shape_repeats,
     .measure = measure_repeats,
     .prepare = prepare_repeats,
     .traits = DEFINES},
    {.schema = "repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) "
               "-> Tensor",
     .decompose_fn = decompose_repeat,
     .traits = OP_BINDS | OP_COMPOSITE},
    {.schema = "_local_scalar_dense(Tensor self) -> Scalar",
     .shape = shape_number,
     .measure = measure_number,
     .traits = DEFINES | OP_SYMBOLIC},
    {.schema = "item(Tensor self) -> Scalar",
     .decompose = "_local_scalar_dense(self)",
     .traits = DEFINES | OP_COMPOSITE},
    {.schema = "_assert_scalar(Scalar self, str assert_msg) -> ()",
     .prepare = prepare_assert,
     .on_numbers = "_assert_async.msg(self, assert_msg)",
     .traits = OP_EFFECT | OP_NO_HISTORY},
    CHECK("sym_constrain_range(Scalar size, *, int? min=None, int? max=None) -> ()", prepare_constraint),
    {.schema = "sym_constrain_range_for_size(Scalar size, *, int? min=None, int? max=None) -> ()",
     .prepare = prepare_constraint,
     .traits = OP_EFFECT | OP_NO_HISTORY,
     .data = "at least 0"},
};
const uint32_t ops_measured_count = COUNT_OF(ops_measured);
