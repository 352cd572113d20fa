/* SPDX-License-Identifier: MIT
 * scatter_view.c — inverses and derivatives of views: a tensor with another one written where a view of it would lie
 * (slice_scatter, select_scatter, diagonal_scatter, as_strided_scatter), and the same into zeros (slice_backward, …).
 *
 * One kernel does them all: the base is copied (or zeros are laid), then the source is copied through the view's
 * strides. The plan may let the result lie over the base; then only the second half runs. */
#include "ops/prepare.h"
#include "ops/batch.h"
#include "ops/view.h"
#include "ops/vjp.h"

#include "kernels/copy.h"
#include "kernels/unfold.h"

/* ---- where the source goes -------------------------------------------------------------------------------------- */

/* The view of a tensor laid out as `base` that the operator writes. `p` is the index of the first parameter behind the
 * tensors and sizes. */
typedef cot_status (*place_fn)(shape_call *c, geometry *v, uint32_t p);

static cot_status place_slice(shape_call *c, geometry *v, uint32_t p) {
    return view_slice(c, v, arg_as_int(&c->args[p], 0), &c->args[p + 1], &c->args[p + 2], &c->args[p + 3]);
}

static cot_status place_select(shape_call *c, geometry *v, uint32_t p) {
    return view_select(c, v, arg_as_int(&c->args[p], 0), &c->args[p + 1]);
}

static cot_status place_diagonal(shape_call *c, geometry *v, uint32_t p) {
    return view_diagonal(c, v, arg_as_int(&c->args[p], 0), arg_as_int(&c->args[p + 1], 0),
                         arg_as_int(&c->args[p + 2], 1));
}

static cot_status place_as_strided(shape_call *c, geometry *v, uint32_t p) {
    v->ndim = arg_as_dims(c->graph, &c->args[p], v->sizes, COT_MAX_DIMS);
    if (arg_as_dims(c->graph, &c->args[p + 1], v->strides, COT_MAX_DIMS) != v->ndim)
        return shape_fail(c, "size and stride differ in length");
    if (!arg_is_none(&c->args[p + 2])) v->offset = arg_as_dim(c->graph, &c->args[p + 2]);
    return COT_OK;
}

typedef struct scatter {
    place_fn place;
    bool zeros; /* (src, sizes, …) into zeros; else (base, src, …) */
} scatter;

static const scatter slice = {place_slice, false}, slice_zeros = {place_slice, true};
static const scatter select = {place_select, false}, select_zeros = {place_select, true};
static const scatter diagonal = {place_diagonal, false}, diagonal_zeros = {place_diagonal, true};
static const scatter as_strided = {place_as_strided, false};

/* ---- shape ------------------------------------------------------------------------------------------------------ */

static bool sizes_fit(const geometry *v, const type *src) {
    if (v->ndim != src->ndim) return false;
    for (uint32_t i = 0; i < v->ndim; i++)
        if (!dim_equal(v->sizes[i], src->sizes[i]) && dim_is_static(v->sizes[i]) && dim_is_static(src->sizes[i]))
            return false;
    return true;
}

static cot_status shape_scatter(shape_call *c) {
    const scatter *k = c->op->record->data;
    const type *base = shape_tensor(c, 0), *src = shape_tensor(c, k->zeros ? 0 : 1);
    dim sizes[COT_MAX_DIMS];
    if (k->zeros) {
        uint32_t n = arg_as_dims(c->graph, &c->args[1], sizes, COT_MAX_DIMS);
        TRY(shape_result(c, (cot_dtype)base->dtype, sizes, n));
    } else {
        TRY(shape_result_like(c, (cot_dtype)base->dtype, base));
    }
    type result = c->result;
    geometry v = view_geometry(&result);
    TRY(k->place(c, &v, 2));
    if (!sizes_fit(&v, src)) return shape_fail(c, "src has sizes that differ from those of the place it is written to");
    c->result = result;
    return COT_OK;
}

/* ---- kernel ----------------------------------------------------------------------------------------------------- */

/* The place in the result, as numbers. */
static cot_status find_place(prepare_call *c, const scatter *k, tensor_desc *place, int64_t *offset) {
    syms *s = c->graph->ctx->syms;
    const tensor_desc *r = &c->results[0];
    shape_call call = {
        .graph = (cot_graph *)c->graph, .op = c->op, .args = c->args, .arena = c->arena, .syms = s, .error = c->error};
    geometry v = {.ndim = r->ndim};
    for (uint32_t i = 0; i < r->ndim; i++) v.sizes[i] = r->sizes[i], v.strides[i] = r->strides[i];
    TRY(k->place(&call, &v, 2));
    place->dtype = r->dtype;
    place->item_bytes = r->item_bytes;
    place->ndim = (uint8_t)v.ndim;
    place->numel = 1;
    for (uint32_t i = 0; i < v.ndim; i++) {
        place->sizes[i] = v.sizes[i];
        place->strides[i] = v.strides[i];
        place->numel *= v.sizes[i];
    }
    *offset = v.offset;
    return COT_OK;
}

static cot_status prepare_scatter(prepare_call *c) {
    const scatter *k = c->op->record->data;
    scatter_attributes *a = PREPARE_ATTRIBUTES(c, scatter_attributes);
    TRY(find_place(c, k, &a->place, &a->offset));
    a->zeros = k->zeros;
    c->kernel = KERNEL_SELECT(scatter_view_kernel);
    if (!k->zeros) c->in_place = 1;
    return COT_OK;
}

/* ---- unfold_backward: windows added up where they overlap ------------------------------------------------------- */

static cot_status shape_unfold_backward(shape_call *c) {
    dim sizes[COT_MAX_DIMS];
    uint32_t n = arg_as_dims(c->graph, &c->args[1], sizes, COT_MAX_DIMS), d;
    TRY(shape_wrap(c, arg_as_int(&c->args[2], 0), n, &d));
    if (shape_tensor(c, 0)->ndim != n + 1)
        return shape_fail(c, "grad_in has %u dimensions, expected %u", shape_tensor(c, 0)->ndim, n + 1);
    return shape_result(c, (cot_dtype)shape_tensor(c, 0)->dtype, sizes, n);
}

static cot_status prepare_unfold_backward(prepare_call *c) {
    unfold_attributes *a = PREPARE_ATTRIBUTES(c, unfold_attributes);
    int64_t d = arg_as_int(&c->args[2], 0), n = c->results[0].ndim;
    if (!dtype_is_float((cot_dtype)c->results[0].dtype)) return prepare_no_kernel(c);
    a->dim = (uint32_t)(d < 0 ? d + MAX(n, 1) : d);
    a->step = arg_as_int(&c->args[4], 1);
    a->size = arg_as_int(&c->args[3], 0);
    c->kernel = unfold_backward_kernel;
    return COT_OK;
}

/* ---- derivatives ------------------------------------------------------------------------------------------------ */

/* Both halves of y = scatter(self, src): self's gradient has zeros where src went, src's is read from there. */
#define SCATTER_RULE(name, args)                                                                                       \
    "self: " name "_scatter(grad, zeros_like(src), " args ")\nsrc: " name "(grad, " args ")"

/* One part of a split written back: a slice whose start is the sum of the lengths before it. */
static value decompose_split_scatter(builder *b, const op *o, const arg *args) {
    syms *s = b->graph->ctx->syms;
    dim *lengths = ARENA_ARRAY(b->graph->arena, dim, args[3].count), start = 0;
    uint32_t count = arg_as_dims(b->graph, &args[3], lengths, args[3].count);
    int64_t part = arg_as_int(&args[2], 0);
    UNUSED(o);
    if (part < 0 || part >= count) return NO_VALUE;
    for (int64_t i = 0; i < part; i++) start = dim_add(s, start, lengths[i]);
    return emit(b, "slice_scatter", "vvadd", arg_as_value(&args[0]), arg_as_value(&args[1]), &args[4], start,
                dim_add(s, start, lengths[part]));
}

/* PyTorch hands all of the gradient to as_strided_scatter's self, also where src went. A write through an as_strided
 * view needs the true derivative, so there it is an operator of its own, which prints as that one. */
static value decompose_as_strided_write(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return emit_bound(b, op_find(b->graph->ctx, "as_strided_scatter"), args, NULL);
}

#define SCATTER(kind)                                                                                                  \
    .shape = shape_scatter, .prepare = prepare_scatter, .reference = ref_scatter_view, .data = &(kind),                \
    .traits = OP_RECOMPUTABLE

const op_record ops_scatter_view[] = {
    {.schema = "slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, "
               "SymInt step=1) -> Tensor",
     .batch = &batch_dims,
     SCATTER(slice),
     .vjp = SCATTER_RULE("slice", "dim, start, end, step"),
     .samples = "f32[5, 3], f32[2, 3], 0, 1, 5, 2"},
    {.schema = "select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor",
     .batch = &batch_dims,
     SCATTER(select),
     .vjp = SCATTER_RULE("select", "dim, index"),
     .samples = "f32[3, 4], f32[3], 1, -1"},
    {.schema = "diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor",
     .batch = &batch_dims,
     SCATTER(diagonal),
     .vjp = SCATTER_RULE("diagonal", "offset, dim1, dim2"),
     .samples = "f32[3, 4], f32[3]; f32[3, 4], f32[2], -1"},
    {.schema = "as_strided_scatter(Tensor self, Tensor src, SymInt[] size, SymInt[] stride, SymInt? "
               "storage_offset=None) -> Tensor",
     .batch = &batch_strided,
     SCATTER(as_strided),
     .vjp = "self: grad\nsrc: as_strided(contiguous(grad), size, stride, storage_offset)",
     .samples = "!f32[3, 4], f32[2, 2], [2, 2], [4, 2], 1"},
    {.schema = "slice_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt start, SymInt "
               "end, SymInt step) -> Tensor",
     .batch = &batch_dims,
     SCATTER(slice_zeros),
     .vjp = "grad_output: slice(grad, dim, start, end, step)",
     .samples = "f32[2, 3], [5, 3], 0, 1, 5, 2"},
    {.schema = "select_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt index) -> Tensor",
     .batch = &batch_dims,
     SCATTER(select_zeros),
     .rows = ROWS_ONLY_LAST,
     .vjp = "grad_output: select(grad, dim, index)",
     .samples = "f32[3], [3, 4], 1, 2"},
    {.schema = "diagonal_backward(Tensor grad_output, SymInt[] input_sizes, int offset, int dim1, int dim2) -> Tensor",
     .batch = &batch_dims,
     SCATTER(diagonal_zeros),
     .vjp = "grad_output: diagonal(grad, offset, dim1, dim2)",
     .samples = "f32[3], [3, 4], 0, 0, 1"},
    {.schema = "unfold_backward(Tensor grad_in, SymInt[] input_sizes, int dim, int size, int step) -> Tensor",
     .batch = &batch_dims,
     .shape = shape_unfold_backward,
     .prepare = prepare_unfold_backward,
     .reference = unfold_backward_kernel,
     .vjp = "grad_in: unfold(grad, dim, size, step)",
     .samples = "f32[3, 3], [7], 0, 3, 2; f32[2, 4, 2], [2, 5], 1, 2, 1"},
    {.schema = "cot::as_strided_write(Tensor base, Tensor src, SymInt[] size, SymInt[] stride, SymInt? "
               "storage_offset=None) -> Tensor",
     .batch = &batch_strided,
     SCATTER(as_strided),
     .vjp = "base: cot.as_strided_write(grad, new_zeros(grad, size), size, stride, storage_offset)\n"
            "src: as_strided(contiguous(grad), size, stride, storage_offset)",
     .decompose_fn = decompose_as_strided_write,
     .samples = "f32[3, 4], f32[2, 2], [2, 2], [4, 2], 1"},
    {.schema = "cot::split_scatter(Tensor base, Tensor src, int part, SymInt[] sizes, int dim) -> Tensor",
     .decompose_fn = decompose_split_scatter,
     .traits = OP_COMPOSITE},
};
const uint32_t ops_scatter_view_count = COUNT_OF(ops_scatter_view);
