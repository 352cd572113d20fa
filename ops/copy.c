/* SPDX-License-Identifier: MIT
 * copy.c — copies of one tensor: clone, casts, `to` in its forms (which give the operand itself where nothing
 * changes), and copy, the functional form of copy_. Checks that tracing has decided are here too: they have no effect.
 */
#include "ops/emit.h"
#include "ops/batch.h"
#include "ops/form.h"
#include "ops/prepare.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/copy.h"

#include <string.h>

static const arg *option(const op *o, const arg *args, const char *name) {
    static const arg none = {.kind = ARG_NONE};
    int i = op_param(o, name);
    return i < 0 ? &none : &args[i];
}

static const char *format_of(const op *o, const arg *args) {
    const arg *a = option(o, args, "memory_format");
    return a->kind == ARG_CONST ? a->s : NULL;
}

/* ---- shapes ----------------------------------------------------------------------------------------------------- */

static cot_status shape_clone(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    const arg *dtype = option(c->op, c->args, "dtype");
    cot_dtype to = dtype->kind == ARG_DTYPE ? (cot_dtype)dtype->i : (cot_dtype)t->dtype;
    return shape_result_format(c, to, t, format_of(c->op, c->args));
}

/* copy(self, src): src broadcast to self, in self's dtype and layout. */
static cot_status shape_copy(shape_call *c) {
    const type *self = shape_tensor(c, 0), *src = shape_tensor(c, 1);
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim = self->ndim;
    if (ndim) memcpy(sizes, self->sizes, ndim * sizeof *sizes);
    TRY(shape_broadcast(c, sizes, &ndim, src->sizes, src->ndim));
    bool grows = ndim != self->ndim;
    for (uint32_t i = 0; !grows && i < ndim; i++) grows = dim_is_one(self->sizes[i]) && !dim_is_one(sizes[i]);
    if (grows)
        return shape_fail(c, "src (%u dimensions) does not broadcast to self (%u dimensions)", src->ndim, self->ndim);
    return shape_result_like(c, (cot_dtype)self->dtype, self);
}

static cot_status shape_nothing(shape_call *c) {
    c->result = (type){0};
    return COT_OK;
}

/* ---- kernel ----------------------------------------------------------------------------------------------------- */

static cot_status prepare_copy(prepare_call *c) {
    c->kernel = KERNEL_SELECT(copy_kernel);
    form_copy(c);
    return COT_OK;
}

/* copy(self, src) reads src alone. */
static void copy_source(const kernel_call *call) {
    const tensor_desc tensors[2] = {call->tensors[0], call->tensors[2]};
    void *const data[2] = {call->data[0], call->data[2]};
    kernel_call one = *call;
    one.tensors = tensors;
    one.data = data;
    one.num_operands = 1;
    KERNEL_SELECT(copy_kernel)(&one);
}

static cot_status prepare_copy_source(prepare_call *c) {
    c->kernel = copy_source;
    return COT_OK;
}

/* ---- to: the operand itself where it already is what is asked for ----------------------------------------------- */

static bool lies_in_format(builder *b, const op *o, const arg *args, const type *t) {
    const char *format = format_of(o, args);
    dim strides[COT_MAX_DIMS];
    if (!format || !strcmp(format, "preserve_format")) return true;
    shape_call c = {.graph = b->graph, .op = o, .args = args, .arena = b->graph->arena, .syms = b->graph->ctx->syms};
    shape_format_strides(&c, format, t->sizes, t->ndim, strides);
    for (uint32_t i = 0; i < t->ndim; i++)
        if (!dim_equal(strides[i], t->strides[i]) && !dim_is_one(t->sizes[i])) return false;
    return true;
}

static value decompose_to(builder *b, const op *o, const arg *args) {
    value self = arg_as_value(&args[0]);
    const type *t = TYPE_OF(b, self);
    value other = arg_as_value(option(o, args, "other"));
    arg dtype = other == NO_VALUE ? *option(o, args, "dtype") : arg_dtype((cot_dtype)TYPE_OF(b, other)->dtype);
    bool same = dtype.kind != ARG_DTYPE || (cot_dtype)dtype.i == (cot_dtype)t->dtype;
    bool copy = arg_as_bool(option(o, args, "copy"), false);
    if (same && !copy && lies_in_format(b, o, args, t)) return self;
    return emit(b, "_to_copy", "v,dtype=a,layout=a,device=a,memory_format=a", self, &dtype, option(o, args, "layout"),
                option(o, args, "device"), option(o, args, "memory_format"));
}

/* Back to the operand's dtype, with the options that PyTorch spells out. */
static cot_status vjp_to_copy(vjp_call *c) {
    const cot_dtype dtype = (cot_dtype)TYPE_OF(c->b, vjp_tensor(c, 0))->dtype;
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    const bool same = TYPE_OF(c->b, c->grads[0])->dtype == dtype;
    const bool real = dtype_is_float(dtype) && dtype_is_float((cot_dtype)TYPE_OF(c->b, c->grads[0])->dtype);
    if (same || !real) vjp_set(c, 0, c->grads[0]); /* the driver makes complex gradients real */
    else vjp_set(c, 0, emit(c->b, "_to_copy", "v,dtype=t,layout=a,device=a", c->grads[0], (int)dtype, &strided, &cpu));
    return c->b->status;
}

#define TO_OPTIONS "bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)"
#define COPY .prepare = prepare_copy, .reference = ref_copy
#define CHECK(schema_)                                                                                                 \
    { .schema = schema_, .shape = shape_nothing, .vjp = "self: none", .traits = OP_NO_HISTORY }

const op_record ops_copy[] = {
    {.schema = "clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor",
     .batch = &batch_leading,
     .shape = shape_clone,
     COPY,
     .vjp = "self: grad",
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[2, 3]; f32[2, 3][1, 2]; f32[1, 2, 3, 4], memory_format = torch.channels_last; i64[]"},
    {.schema = "_to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, "
               "bool? pin_memory=None, "
               "bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor",
     .batch = &batch_leading,
     .shape = shape_clone,
     COPY,
     .vjp_fn = vjp_to_copy,
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[2, 3], dtype = torch.float64; f32[2, 3], dtype = torch.bfloat16; f32[4], dtype = "
                "torch.int64; i64[3], dtype = torch.bool"},
    {.schema = "to.dtype(Tensor(a) self, ScalarType dtype, " TO_OPTIONS,
     .decompose_fn = decompose_to,
     .traits = OP_COMPOSITE,
     .samples = "f32[2, 3], torch.float64; f32[2], torch.float32"},
    {.schema = "to.device(Tensor(a) self, Device device, ScalarType dtype, " TO_OPTIONS,
     .decompose_fn = decompose_to,
     .traits = OP_COMPOSITE},
    {.schema = "to.other(Tensor(a) self, Tensor other, " TO_OPTIONS,
     .decompose_fn = decompose_to,
     .traits = OP_COMPOSITE,
     .samples = "f32[2, 3], i64[2]"},
    {.schema = "to.dtype_layout(Tensor(a) self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, "
               "bool? pin_memory=None, " TO_OPTIONS,
     .decompose_fn = decompose_to,
     .traits = OP_COMPOSITE,
     .samples = "f32[2, 3], dtype = torch.int64"},
    {.schema = "type_as(Tensor self, Tensor other) -> Tensor",
     .decompose = "to.other(self, other)",
     .traits = OP_COMPOSITE,
     .samples = "f32[2, 3], i64[2]"},
    {.schema = "cpu(Tensor(a) self) -> Tensor(a)", .decompose = "self", .traits = OP_COMPOSITE},
    {.schema = "copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor",
     .batch = &batch_leading,
     .shape = shape_copy,
     .prepare = prepare_copy_source,
     .reference = copy_source,
     .vjp = "self: zeros_like(grad)\nsrc: grad",
     .traits = OP_RECOMPUTABLE | OP_HAS_INPLACE | OP_COPIES,
     .samples = "f32[2, 3], f32[3]; i64[2], f32[2]"},
    CHECK("_assert_tensor_metadata(Tensor a, SymInt[]? size=None, SymInt[]? stride=None, ScalarType? dtype=None, *, "
          "Device? device=None, Layout? layout=None) -> ()"),
};
const uint32_t ops_copy_count = COUNT_OF(ops_copy);
