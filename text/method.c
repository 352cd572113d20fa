/* SPDX-License-Identifier: MIT
 * method.c — methods and attributes of tensors: those that convert, those that ask, and the rest, which are the ATen
 * packets of their names. */
#include "text/read.h"

#include <string.h>

/* ---- methods and attributes -------------------------------------------------------------------------------------- */

/* Methods that convert: x.float() is x.to(torch.float32). */
static bool conversion(const char *name, cot_dtype *dtype) {
    static const char *const names[] = {"float", "double", "half", "bfloat16", "long",   "int",
                                        "short", "char",   "byte", "bool",     "cfloat", "cdouble"};
    static const cot_dtype dtypes[] = {COT_F32, COT_F64, COT_F16, COT_BF16, COT_I64, COT_I32,
                                       COT_I16, COT_I8,  COT_U8,  COT_BOOL, COT_C64, COT_C128};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (!strcmp(names[i], name)) return *dtype = dtypes[i], true;
    return false;
}

static cot_status emit_size(reader *r, const token *at, dim d, arg *out) {
    builder b;
    builder_init(&b, r->graph, r->error);
    *out = emit_dim(&b, d);
    return read_place(r, at, b.status);
}

static cot_status shape_of(reader *r, const token *at, const arg *self, arg *out) {
    type t = *read_type_of(r, self);
    arg *items = ARENA_ARRAY(r->arena, arg, t.ndim);
    for (uint32_t i = 0; i < t.ndim; i++) TRY(emit_size(r, at, t.sizes[i], &items[i]));
    *out = (arg){.kind = ARG_TUPLE, .list = items, .count = t.ndim};
    return COT_OK;
}

/* What is known of a tensor without computing: sizes, rank, dtype. False: `name` is none of these. */
static bool tensor_property(reader *r, const token *at, const arg *self, const char *name, arg *out,
                            cot_status *status) {
    const type *t = read_type_of(r, self);
    *status = COT_OK;
    if (!strcmp(name, "shape")) *status = shape_of(r, at, self, out);
    else if (!strcmp(name, "ndim")) *out = arg_int(t->ndim);
    else if (!strcmp(name, "dtype")) *out = arg_dtype(t->dtype);
    else if (!strcmp(name, "device")) *out = (arg){.kind = ARG_DEVICE, .s = "cpu"};
    else if (!strcmp(name, "layout")) *out = (arg){.kind = ARG_CONST, .s = "strided"};
    else if (!strcmp(name, "is_cuda")) *out = arg_bool(false);
    else return false;
    return true;
}

static bool tensor_query(reader *r, const token *at, const arg *self, const char *name, const call_args *c, arg *out,
                         cot_status *status) {
    const type *t = read_type_of(r, self);
    *status = COT_OK;
    if (!strcmp(name, "size") && c->pos.count == 1) *status = shape_of(r, at, self, out);
    else if (c->pos.count == 1 && (!strcmp(name, "dim") || !strcmp(name, "ndimension"))) *out = arg_int(t->ndim);
    else if (!strcmp(name, "numel")) *status = emit_size(r, at, type_numel(r->ctx->syms, t), out);
    else if (!strcmp(name, "is_floating_point")) *out = arg_bool(dtype_is_float(t->dtype));
    else if (!strcmp(name, "is_complex")) *out = arg_bool(dtype_is_complex(t->dtype));
    else if (!strcmp(name, "is_contiguous")) *out = arg_bool(type_is_contiguous(t, r->ctx->syms));
    else return false;
    return true;
}

cot_status read_call_method(reader *r, const token *at, const arg *self, const char *name, arg *out) {
    call_args c = {0};
    cot_dtype dtype;
    cot_status status;
    call_push(r, &c, *self);
    TRY(read_call_args(r, &c));
    if (!read_is_tensor(r, self))
        return read_fail(r, at, COT_SYNTAX, "the method '%s' is called on a value that is no tensor", name);
    if (tensor_query(r, at, self, name, &c, out, &status)) return status;
    if (!strcmp(name, "size")) return read_call_packet(r, at, "sym_size.int", &c, 1, out);
    if (conversion(name, &dtype)) {
        call_push(r, &c, arg_dtype(dtype));
        return read_emit_aten(r, at, "to.dtype", &c, out);
    }
    if (!strcmp(name, "type")) return read_emit_aten(r, at, "to.dtype", &c, out);
    if (!strncmp(name, "__", 2) && !op_find(r->ctx, name)) {
        const char *bare = arena_printf(r->scratch, "%.*s", (int)MAX(strlen(name), 4) - 4, name + 2);
        return read_call_operator(r, at, bare, &c, out);
    }
    return read_call_packet(r, at, name, &c, 1, out);
}

cot_status read_attribute(reader *r, const token *at, const arg *self, const char *name, arg *out) {
    static const struct {
        const char *name, *packet;
    } attributes[] = {
        {"T", "numpy_T"}, {"mT", "mT"},     {"H", "matrix_H"},  {"mH", "mH"},
        {"real", "real"}, {"imag", "imag"}, {"data", "detach"},
    };
    cot_status status;
    if (!read_is_tensor(r, self))
        return read_fail(r, at, COT_SYNTAX, "a value that is no tensor has no attribute '%s'", name);
    if (tensor_property(r, at, self, name, out, &status)) return status;
    call_args c = {0};
    call_push(r, &c, *self);
    for (size_t i = 0; i < COUNT_OF(attributes); i++)
        if (!strcmp(attributes[i].name, name)) return read_emit_aten(r, at, attributes[i].packet, &c, out);
    return read_fail(r, at, COT_UNSUPPORTED, "the attribute '%s' of a tensor is not supported", name);
}
