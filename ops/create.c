/* SPDX-License-Identifier: MIT
 * create.c — operators that make tensors from nothing: constants, ranges, identities, and `fill`, which keeps a
 * tensor's layout and nothing else of it. */
#include "ops/create.h"
#include "ops/prepare.h"
#include "ops/batch.h"
#include "ops/shape.h"

#include "kernels/copy.h"
#include "kernels/element.h"
#include "kernels/fill.h"

#include <math.h>
#include <string.h>

/* ---- options ---------------------------------------------------------------------------------------------------- */

static const arg *option(const op *o, const arg *args, const char *name) {
    static const arg none = {.kind = ARG_NONE};
    int i = op_param(o, name);
    return i < 0 ? &none : &args[i];
}

static cot_dtype option_dtype(const shape_call *c, cot_dtype fallback) {
    const arg *a = option(c->op, c->args, "dtype");
    return a->kind == ARG_DTYPE ? (cot_dtype)a->i : fallback;
}

static const char *option_format(const shape_call *c) {
    const arg *a = option(c->op, c->args, "memory_format");
    return a->kind == ARG_CONST ? a->s : NULL;
}

/* The dtype that torch.full and its like give a Python number. */
static cot_dtype number_dtype(const shape_call *c, const arg *a) {
    uint8_t kind = a->kind == ARG_VALUE ? graph_type(c->graph, a->value)->kind : TYPE_NONE;
    if (a->kind == ARG_BOOL || kind == TYPE_BOOL) return COT_BOOL;
    if (a->kind == ARG_INT || kind == TYPE_INT) return COT_I64;
    return a->kind == ARG_COMPLEX ? COT_C64 : COT_F32;
}

/* ---- shapes of constants ---------------------------------------------------------------------------------------- */

static cot_status result_of_sizes(shape_call *c, cot_dtype dtype, uint32_t param) {
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    const arg *a = &c->args[param];
    if (a->count > COT_MAX_DIMS)
        return shape_fail(c, "%u sizes are given, expected at most %d", a->count, COT_MAX_DIMS);
    uint32_t n = arg_as_dims(c->graph, a, sizes, COT_MAX_DIMS);
    for (uint32_t i = 0; i < n; i++)
        if (a->list[i].kind == ARG_INT && a->list[i].i < 0) return shape_fail(c, "size %u is negative", i);
    shape_format_strides(c, option_format(c), sizes, n, strides);
    c->result = type_strided(c->arena, dtype, sizes, strides, n, 0);
    return COT_OK;
}

static cot_status shape_sized(shape_call *c) { return result_of_sizes(c, option_dtype(c, COT_F32), 0); }

static cot_status shape_full(shape_call *c) {
    return result_of_sizes(c, option_dtype(c, number_dtype(c, &c->args[1])), 0);
}

static cot_status shape_new(shape_call *c) {
    return result_of_sizes(c, option_dtype(c, (cot_dtype)shape_tensor(c, 0)->dtype), 1);
}

static cot_status result_strided(shape_call *c, cot_dtype dtype, uint32_t param) {
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    uint32_t n = arg_as_dims(c->graph, &c->args[param], sizes, COT_MAX_DIMS);
    if (arg_as_dims(c->graph, &c->args[param + 1], strides, COT_MAX_DIMS) != n)
        return shape_fail(c, "size and stride differ in length");
    c->result = type_strided(c->arena, dtype, sizes, strides, n, 0);
    return COT_OK;
}

static cot_status shape_empty_strided(shape_call *c) { return result_strided(c, option_dtype(c, COT_F32), 0); }

static cot_status shape_new_strided(shape_call *c) {
    return result_strided(c, option_dtype(c, (cot_dtype)shape_tensor(c, 0)->dtype), 1);
}

/* physical_layout lists the dimensions from the outermost in memory to the innermost. */
static cot_status shape_empty_permuted(shape_call *c) {
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS] = {0}, next = 1;
    int64_t order[COT_MAX_DIMS];
    uint32_t n = arg_as_dims(c->graph, &c->args[0], sizes, COT_MAX_DIMS);
    if (arg_as_ints(&c->args[1], order, COT_MAX_DIMS) != n)
        return shape_fail(c, "size and physical_layout differ in length");
    for (uint32_t i = n; i-- > 0;) {
        if (order[i] < 0 || order[i] >= n || strides[order[i]])
            return shape_fail(c, "physical_layout is no permutation");
        strides[order[i]] = next;
        next = dim_mul(c->syms, next, sizes[order[i]]);
    }
    c->result = type_strided(c->arena, option_dtype(c, COT_F32), sizes, strides, n, 0);
    return COT_OK;
}

static cot_status shape_like(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    return shape_result_format(c, option_dtype(c, (cot_dtype)t->dtype), t, option_format(c));
}

static cot_status shape_scalar(shape_call *c) { return shape_result(c, option_dtype(c, COT_F32), NULL, 0); }

static cot_status shape_fill(shape_call *c) {
    if (c->op->num_params > 1 && c->op->params[1].type == PARAM_TENSOR && shape_tensor(c, 1)->ndim)
        return shape_fail(c, "value has %u dimensions, expected 0", shape_tensor(c, 1)->ndim);
    return shape_result_like(c, (cot_dtype)shape_tensor(c, 0)->dtype, shape_tensor(c, 0));
}

/* ---- constants: kernel ------------------------------------------------------------------------------------------ */

/* The number as it lies in memory. */
static void store_number(const arg *a, cot_dtype dtype, uint8_t *item) {
    if (dtype == COT_I64) {
        int64_t i = arg_as_int(a, 0);
        memcpy(item, &i, sizeof i);
        return;
    }
    element_store(dtype, item, 0, arg_as_float(a, 0));
    if (a->kind != ARG_COMPLEX) return;
    if (dtype == COT_C64) ((float *)(void *)item)[1] = (float)a->complex[1];
    if (dtype == COT_C128) ((double *)(void *)item)[1] = a->complex[1];
}

static const arg zero = {.kind = ARG_INT, .i = 0}, one = {.kind = ARG_INT, .i = 1};

static cot_status prepare_fill(prepare_call *c);

/* What is filled in: the record's own number, else the parameter that holds it. */
const arg *create_number(const op *o, const arg *args) {
    static const char *const names[] = {"fill_value", "value", "s"};
    if (o->record->prepare != prepare_fill) return NULL;
    const arg *number = o->record->data;
    for (size_t i = 0; !number && i < COUNT_OF(names); i++)
        if (op_param(o, names[i]) >= 0) number = option(o, args, names[i]);
    return number;
}

/* One element, as a program: for loops on a few numbers. */
static void form_constant(prepare_call *c, const arg *number) {
    const cot_dtype dtype = (cot_dtype)c->results[0].dtype;
    const tile_class class = tile_class_of(dtype);
    tile_builder b = {.arena = c->scratch};
    const tile_number n =
        class == TILE_I64 ? (tile_number){.i = arg_as_int(number, 0)} : (tile_number){.f = arg_as_float(number, 0)};
    if (class == TILE_I64 && number->kind == ARG_FLOAT) return;
    tile_store(&b, tile_constant(&b, class, n), 0, dtype);
    tile_lay_out(&b, c->results, c->results, 0);
    c->form = arena_copy(c->scratch, &b, sizeof b);
    c->form_alone = true;
}

static cot_status prepare_fill(prepare_call *c) {
    fill_attributes *a = PREPARE_ATTRIBUTES(c, fill_attributes);
    const arg *number = create_number(c->op, c->args);
    store_number(number, (cot_dtype)c->results[0].dtype, a->item);
    c->kernel = KERNEL_SELECT(fill_kernel);
    if (c->results[0].numel == 1 && !dtype_is_complex((cot_dtype)c->results[0].dtype)) form_constant(c, number);
    return COT_OK;
}

/* ---- ranges ----------------------------------------------------------------------------------------------------- */

typedef struct range {
    arg start, end, step;
} range;

static range range_of(const op *o, const arg *args) {
    range r = {.start = zero, .step = one, .end = *option(o, args, "end")};
    if (op_param(o, "start") >= 0) r.start = *option(o, args, "start");
    if (op_param(o, "step") >= 0) r.step = *option(o, args, "step");
    return r;
}

static bool is_literal(const arg *a) { return a->kind == ARG_INT || a->kind == ARG_FLOAT || a->kind == ARG_BOOL; }

static bool is_whole(const shape_call *c, const arg *a) {
    cot_dtype d = number_dtype(c, a);
    return d == COT_I64 || d == COT_BOOL;
}

/* ceil((end - start) / step), in whole numbers where all three are. `closed`: the end belongs to the range. */
static cot_status range_length(shape_call *c, const range *r, bool closed, dim *length) {
    bool whole = is_whole(c, &r->start) && is_whole(c, &r->end) && is_whole(c, &r->step);
    if (!is_literal(&r->start) || !is_literal(&r->end) || !is_literal(&r->step)) {
        dim start = arg_as_dim(c->graph, &r->start), end = arg_as_dim(c->graph, &r->end),
            step = arg_as_dim(c->graph, &r->step);
        dim span = dim_sub(c->syms, end, start);
        *length =
            dim_is_one(step) ? span : dim_floordiv(c->syms, dim_add(c->syms, span, dim_sub(c->syms, step, 1)), step);
        return COT_OK;
    }
    double start = arg_as_float(&r->start, 0), end = arg_as_float(&r->end, 0), step = arg_as_float(&r->step, 1);
    if (step == 0) return shape_fail(c, "step must be nonzero");
    if (!isfinite(start) || !isfinite(end)) return shape_fail(c, "the bounds of a range must be finite");
    if (step > 0 ? start > end : start < end)
        return shape_fail(c, "upper bound and lower bound inconsistent with step sign");
    double count = closed ? floor((end - start) / step) + 1 : ceil((end - start) / step);
    if (whole && !closed) {
        int64_t by = r->step.i, span = r->end.i - r->start.i;
        count = (double)((span + by - (by > 0 ? 1 : -1)) / by);
    }
    *length = (dim)count;
    return COT_OK;
}

static cot_status shape_arange(shape_call *c) {
    range r = range_of(c->op, c->args);
    bool whole = is_whole(c, &r.start) && is_whole(c, &r.end) && is_whole(c, &r.step);
    bool closed = !strcmp(c->op->packet, "range");
    dim length;
    TRY(range_length(c, &r, closed, &length));
    return shape_result(c, option_dtype(c, whole && !closed ? COT_I64 : COT_F32), &length, 1);
}

static cot_status prepare_arange(prepare_call *c) {
    range_attributes *a = PREPARE_ATTRIBUTES(c, range_attributes);
    range r = range_of(c->op, c->args);
    a->start = arg_as_float(&r.start, 0);
    a->step = arg_as_float(&r.step, 1);
    a->first = arg_as_int(&r.start, 0);
    a->by = arg_as_int(&r.step, 1);
    c->kernel = range_kernel;
    return COT_OK;
}

static cot_status shape_line(shape_call *c) {
    int64_t steps = arg_as_int(&c->args[2], 0);
    if (steps < 0) return shape_fail(c, "number of steps must be non-negative");
    return shape_result(c, option_dtype(c, COT_F32), &steps, 1);
}

static cot_status prepare_line(prepare_call *c) {
    line_attributes *a = PREPARE_ATTRIBUTES(c, line_attributes);
    bool power = !strcmp(c->op->packet, "logspace");
    a->start = arg_as_float(&c->args[0], 0);
    a->end = arg_as_float(&c->args[1], 0);
    a->base = power ? arg_as_float(&c->args[3], 10) : 0;
    a->end_first = c->op->params[0].type != PARAM_TENSOR;
    if (c->results[0].dtype >= COT_C64) return prepare_no_kernel(c);
    c->kernel = line_kernel;
    return COT_OK;
}

/* ---- identities, indices of triangles --------------------------------------------------------------------------- */

static cot_status shape_eye(shape_call *c) {
    int m = op_param(c->op, "m");
    dim sizes[2] = {arg_as_dim(c->graph, &c->args[0]), arg_as_dim(c->graph, &c->args[m < 0 ? 0 : m])};
    return shape_result(c, option_dtype(c, COT_F32), sizes, 2);
}

static cot_status prepare_eye(prepare_call *c) {
    c->kernel = eye_kernel;
    return COT_OK;
}

static cot_status shape_triangle_indices(shape_call *c) {
    int64_t rows = arg_as_int(&c->args[0], 0), columns = arg_as_int(&c->args[1], 0),
            offset = arg_as_int(&c->args[2], 0);
    if (rows < 0 || columns < 0) return shape_fail(c, "row and col must be non-negative");
    dim sizes[2] = {2, triangle_count(rows, columns, offset, c->op->packet[3] == 'u')};
    return shape_result(c, option_dtype(c, COT_I64), sizes, 2);
}

static cot_status prepare_triangle_indices(prepare_call *c) {
    triangle_indices_attributes *a = PREPARE_ATTRIBUTES(c, triangle_indices_attributes);
    a->rows = arg_as_int(&c->args[0], 0);
    a->columns = arg_as_int(&c->args[1], 0);
    a->offset = arg_as_int(&c->args[2], 0);
    a->upper = c->op->packet[3] == 'u';
    c->kernel = triangle_indices_kernel;
    return COT_OK;
}

#define OPTIONS "*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None"
#define CREATES (OP_CREATES | OP_RECOMPUTABLE | OP_NO_HISTORY)
#define CONSTANT(schema_, rule, number, samples_)                                                                      \
    {                                                                                                                  \
        .schema = schema_, .shape = rule, .prepare = prepare_fill, .reference = ref_fill, .data = number,              \
        .vjp = "self: none", .traits = CREATES, .samples = samples_                                                    \
    }
#define FILLED(schema_, rule, samples_)                                                                                \
    {                                                                                                                  \
        .schema = schema_, .shape = rule, .prepare = prepare_fill, .reference = ref_fill,                              \
        .on_numbers = "clone(expand(fill_value, sizes), memory_format = torch.contiguous_format)",                     \
        .vjp = "self: none", .traits = CREATES, .samples = samples_                                                    \
    }
#define RANGE(schema_, rule, prepare_, kernel, samples_)                                                               \
    {                                                                                                                  \
        .schema = schema_, .shape = rule, .prepare = prepare_, .reference = kernel, .traits = CREATES,                 \
        .samples = samples_                                                                                            \
    }

const op_record ops_create[] = {
    CONSTANT("zeros(SymInt[] size, " OPTIONS ") -> Tensor", shape_sized, &zero, "[2, 3]; []; [0], dtype = torch.int64"),
    CONSTANT("ones(SymInt[] size, " OPTIONS ") -> Tensor", shape_sized, &one, "[2, 3]; [2], dtype = torch.bool"),
    CONSTANT("_efficientzerotensor(SymInt[] size, " OPTIONS ") -> Tensor", shape_sized, &zero, "[2, 3]"),
    FILLED("full(SymInt[] size, Scalar fill_value, " OPTIONS ") -> Tensor", shape_full,
           "[2, 3], 7; [2], 0.5; [], True"),
    CONSTANT("empty.memory_format(SymInt[] size, " OPTIONS ", MemoryFormat? memory_format=None) -> Tensor", shape_sized,
             &zero, "[2, 3]"),
    CONSTANT("empty_strided(SymInt[] size, SymInt[] stride, " OPTIONS ") -> Tensor", shape_empty_strided, &zero,
             "[2, 3], [1, 2]"),
    CONSTANT("empty_permuted(SymInt[] size, int[] physical_layout, " OPTIONS ") -> Tensor", shape_empty_permuted, &zero,
             "[2, 3], [1, 0]"),
    CONSTANT("zeros_like(Tensor self, " OPTIONS ", MemoryFormat? memory_format=None) -> Tensor", shape_like, &zero,
             "f32[2, 3]"),
    CONSTANT("ones_like(Tensor self, " OPTIONS ", MemoryFormat? memory_format=None) -> Tensor", shape_like, &one,
             "f32[2, 3]"),
    FILLED("full_like(Tensor self, Scalar fill_value, " OPTIONS ", MemoryFormat? memory_format=None) -> Tensor",
           shape_like, "f32[2, 3], 2; i64[2], 3"),
    CONSTANT("empty_like(Tensor self, " OPTIONS ", MemoryFormat? memory_format=None) -> Tensor", shape_like, &zero,
             "f32[2, 3]"),
    CONSTANT("new_zeros(Tensor self, SymInt[] size, " OPTIONS ") -> Tensor", shape_new, &zero, "f32[2], [2, 3]"),
    CONSTANT("new_ones(Tensor self, SymInt[] size, " OPTIONS ") -> Tensor", shape_new, &one, "f32[2], [2, 3]"),
    FILLED("new_full(Tensor self, SymInt[] size, Scalar fill_value, " OPTIONS ") -> Tensor", shape_new,
           "f32[2], [2, 3], 4"),
    CONSTANT("new_empty(Tensor self, SymInt[] size, " OPTIONS ") -> Tensor", shape_new, &zero, "f32[2], [2, 3]"),
    CONSTANT("new_empty_strided(Tensor self, SymInt[] size, SymInt[] stride, " OPTIONS ") -> Tensor", shape_new_strided,
             &zero, "f32[2], [2, 3], [1, 2]"),
    {.schema = "scalar_tensor(Scalar s, " OPTIONS ") -> Tensor",
     .shape = shape_scalar,
     .prepare = prepare_fill,
     .reference = ref_fill,
     .on_numbers = "clone(s)",
     .vjp = "self: none",
     .traits = CREATES,
     .samples = "2; 1.5; True, dtype = torch.bool"},
    {.schema = "fill.Scalar(Tensor self, Scalar value) -> Tensor",
     .batch = &batch_leading,
     .shape = shape_fill,
     .on_numbers = "clone(expand(value, sizes), memory_format = torch.contiguous_format)",
     .prepare = prepare_fill,
     .reference = ref_fill,
     .vjp = "self: zeros_like(grad)",
     .traits = OP_RECOMPUTABLE | OP_HAS_INPLACE,
     .samples = "f32[2, 3], 2.0; i64[2], 3"},
    {.schema = "fill.Tensor(Tensor self, Tensor value) -> Tensor",
     .shape = shape_fill,
     .decompose = "copy(self, value)",
     .traits = OP_COMPOSITE | OP_HAS_INPLACE,
     .samples = "f32[2, 3], f32[]"},
    {.schema = "zero(Tensor self) -> Tensor",
     .batch = &batch_leading,
     .shape = shape_fill,
     .on_numbers = "clone(expand(value, sizes), memory_format = torch.contiguous_format)",
     .prepare = prepare_fill,
     .reference = ref_fill,
     .data = &zero,
     .vjp = "self: zeros_like(grad)",
     .traits = OP_RECOMPUTABLE | OP_HAS_INPLACE,
     .samples = "f32[2, 3]"},
    RANGE("arange(Scalar end, " OPTIONS ") -> Tensor", shape_arange, prepare_arange, range_kernel, "5; 2.5; 0"),
    RANGE("arange.start(Scalar start, Scalar end, " OPTIONS ") -> Tensor", shape_arange, prepare_arange, range_kernel,
          "2, 5; 0.5, 3"),
    RANGE("arange.start_step(Scalar start, Scalar end, Scalar step=1, " OPTIONS ") -> Tensor", shape_arange,
          prepare_arange, range_kernel, "0, 10, 3; 5, 0, -2; 0, 1, 0.25"),
    RANGE("range(Scalar start, Scalar end, " OPTIONS ") -> Tensor", shape_arange, prepare_arange, range_kernel, "0, 4"),
    RANGE("range.step(Scalar start, Scalar end, Scalar step=1, " OPTIONS ") -> Tensor", shape_arange, prepare_arange,
          range_kernel, "0, 4, 2"),
    RANGE("linspace(Scalar start, Scalar end, int steps, " OPTIONS ") -> Tensor", shape_line, prepare_line, line_kernel,
          "0, 1, 5; 1, 4, 1"),
    RANGE("linspace.Tensor_Tensor(Tensor start, Tensor end, int steps, " OPTIONS ") -> Tensor", shape_line,
          prepare_line, line_kernel, "f32[], f32[], 5"),
    RANGE("linspace.Tensor_Scalar(Tensor start, Scalar end, int steps, " OPTIONS ") -> Tensor", shape_line,
          prepare_line, line_kernel, "f32[], 2, 5"),
    RANGE("linspace.Scalar_Tensor(Scalar start, Tensor end, int steps, " OPTIONS ") -> Tensor", shape_line,
          prepare_line, line_kernel, "2, f32[], 5"),
    RANGE("logspace(Scalar start, Scalar end, int steps, float base=10.0, " OPTIONS ") -> Tensor", shape_line,
          prepare_line, line_kernel, "0, 1, 5; 0, 3, 4, 2.0"),
    RANGE("logspace.Tensor_Tensor(Tensor start, Tensor end, int steps, float base=10.0, " OPTIONS ") -> Tensor",
          shape_line, prepare_line, line_kernel, "f32[], f32[], 5"),
    RANGE("logspace.Tensor_Scalar(Tensor start, Scalar end, int steps, float base=10.0, " OPTIONS ") -> Tensor",
          shape_line, prepare_line, line_kernel, "f32[], 2, 5"),
    RANGE("logspace.Scalar_Tensor(Scalar start, Tensor end, int steps, float base=10.0, " OPTIONS ") -> Tensor",
          shape_line, prepare_line, line_kernel, "2, f32[], 5"),
    RANGE("eye(SymInt n, " OPTIONS ") -> Tensor", shape_eye, prepare_eye, eye_kernel, "3"),
    RANGE("eye.m(SymInt n, SymInt m, " OPTIONS ") -> Tensor", shape_eye, prepare_eye, eye_kernel, "3, 4"),
    RANGE("tril_indices(int row, int col, int offset=0, *, ScalarType? dtype=long, Layout? "
          "layout=None, Device? device=None, "
          "bool? pin_memory=None) -> Tensor",
          shape_triangle_indices, prepare_triangle_indices, triangle_indices_kernel, "3, 4, -1"),
    RANGE("triu_indices(int row, int col, int offset=0, *, ScalarType? dtype=long, Layout? "
          "layout=None, Device? device=None, "
          "bool? pin_memory=None) -> Tensor",
          shape_triangle_indices, prepare_triangle_indices, triangle_indices_kernel, "3, 4, 1"),
};
const uint32_t ops_create_count = COUNT_OF(ops_create);
