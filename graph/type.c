/* SPDX-License-Identifier: MIT
 * type.c — tensor types: contiguous strides, comparison, text, and the lattice of element types. */
#include "graph/graph.h"

static void set_sizes(type *t, arena *a, const dim *sizes, const dim *strides) {
    dim *copy = ARENA_ARRAY(a, dim, 2 * (size_t)t->ndim);
    if (t->ndim) memcpy(copy, sizes, t->ndim * sizeof(dim));
    if (t->ndim && strides) memcpy(copy + t->ndim, strides, t->ndim * sizeof(dim));
    t->sizes = copy;
    t->strides = copy + t->ndim;
}

type type_strided(arena *a, cot_dtype dtype, const dim *sizes, const dim *strides, uint32_t ndim, dim offset) {
    type t = {.kind = TYPE_TENSOR, .dtype = (uint8_t)dtype, .ndim = (uint8_t)ndim, .offset = offset};
    set_sizes(&t, a, sizes, strides);
    return t;
}

type type_tensor(arena *a, syms *s, cot_dtype dtype, const dim *sizes, uint32_t ndim) {
    type t = type_strided(a, dtype, sizes, NULL, ndim, 0);
    dim *strides = (dim *)t.sizes + ndim; /* just made, not shared yet */
    dim stride = 1;
    for (uint32_t i = ndim; i-- > 0;) {
        strides[i] = stride;
        if (i) stride = dim_mul(s, stride, dim_max(s, sizes[i], 1)); /* strides of an empty tensor as if it had one */
    }
    return t;
}

type type_int(dim expr) { return (type){.kind = TYPE_INT, .expr = expr}; }

type type_tuple(arena *a, const type *parts, uint32_t count) {
    return (type){.kind = TYPE_TUPLE, .count = count, .parts = arena_copy(a, parts, count * sizeof(type))};
}

type type_copy(arena *a, const type *t) {
    type copy = *t;
    if (t->kind == TYPE_TENSOR) {
        set_sizes(&copy, a, t->sizes, t->strides);
        if (!t->strides) copy.strides = NULL;
    } else if (t->kind == TYPE_TUPLE) {
        type *parts = ARENA_ARRAY(a, type, t->count);
        for (uint32_t i = 0; i < t->count; i++) parts[i] = type_copy(a, &t->parts[i]);
        copy.parts = parts;
    }
    return copy;
}

dim type_numel(syms *s, const type *t) {
    dim numel = 1;
    for (uint32_t i = 0; i < t->ndim; i++) numel = dim_mul(s, numel, t->sizes[i]);
    return numel;
}

bool type_is_contiguous(const type *t, syms *s) {
    for (uint32_t i = 0; i < t->ndim; i++)
        if (t->sizes[i] == 0) return true;
    dim expected = 1;
    for (uint32_t i = t->ndim; i-- > 0;) {
        if (dim_is_one(t->sizes[i])) continue; /* its stride is never used */
        if (!dim_equal(t->strides[i], expected)) return false;
        expected = dim_mul(s, expected, t->sizes[i]);
    }
    return true;
}

static bool all_static(const dim *dims, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (!dim_is_static(dims[i])) return false;
    return true;
}

bool type_is_static(const type *t) {
    if (t->kind == TYPE_TUPLE) {
        for (uint32_t i = 0; i < t->count; i++)
            if (!type_is_static(&t->parts[i])) return false;
        return true;
    }
    if (t->kind == TYPE_INT) return dim_is_static(t->expr);
    if (t->kind != TYPE_TENSOR) return true;
    return all_static(t->sizes, t->ndim) && (!t->strides || all_static(t->strides, t->ndim)) &&
           dim_is_static(t->offset);
}

static bool dims_equal(const dim *a, const dim *b, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (!dim_equal(a[i], b[i])) return false;
    return true;
}

bool type_equal(const type *a, const type *b, bool strides) {
    if (a->kind != b->kind) return false;
    switch (a->kind) {
    case TYPE_TENSOR:
        return a->dtype == b->dtype && a->ndim == b->ndim && a->device == b->device &&
               dims_equal(a->sizes, b->sizes, a->ndim) &&
               (!strides || !a->strides || !b->strides || dims_equal(a->strides, b->strides, a->ndim));
    case TYPE_INT:
    case TYPE_BOOL: return a->expr == b->expr;
    case TYPE_TUPLE:
        if (a->count != b->count) return false;
        for (uint32_t i = 0; i < a->count; i++)
            if (!type_equal(&a->parts[i], &b->parts[i], strides)) return false;
        return true;
    default: return true;
    }
}

static void print_dims(const syms *s, const dim *dims, uint32_t count, text *out) {
    text_add(out, "[");
    for (uint32_t i = 0; i < count; i++) {
        if (i) text_add(out, ", ");
        dim_print(s, dims[i], out);
    }
    text_add(out, "]");
}

void type_print(const syms *s, const type *t, bool strides, bool device, text *out) {
    switch (t->kind) {
    case TYPE_TENSOR:
        text_add(out, cot_dtype_name(t->dtype));
        print_dims(s, t->sizes, t->ndim, out);
        if (strides && t->strides) print_dims(s, t->strides, t->ndim, out);
        if (device && t->device) text_printf(out, "cuda:%u", t->device - 1u);
        else if (device) text_add(out, "cpu");
        return;
    case TYPE_INT:
    case TYPE_FLOAT:
    case TYPE_BOOL:
        text_add(out, "Sym(");
        dim_print(s, t->expr, out);
        text_add(out, ")");
        return;
    case TYPE_TUPLE:
        text_add(out, "(");
        for (uint32_t i = 0; i < t->count; i++) {
            if (i) text_add(out, ", ");
            type_print(s, &t->parts[i], strides, device, out);
        }
        text_add(out, t->count == 1 ? ",)" : ")");
        return;
    default: text_add(out, t->kind == TYPE_GRAPH ? "graph" : "None");
    }
}

/* ---- element types ----------------------------------------------------------------------------------------------- */

size_t dtype_bytes(cot_dtype d) { return cot_dtype_bytes(d); }

bool dtype_is_float(cot_dtype d) { return d == COT_F32 || d == COT_F64 || d == COT_F16 || d == COT_BF16; }
bool dtype_is_complex(cot_dtype d) { return d == COT_C64 || d == COT_C128; }
bool dtype_is_integral(cot_dtype d) {
    return d == COT_I64 || d == COT_I32 || d == COT_I16 || d == COT_I8 || d == COT_U8;
}

static int category(cot_dtype d) { return d == COT_BOOL ? 0 : dtype_is_integral(d) ? 1 : dtype_is_float(d) ? 2 : 3; }

static cot_dtype promote_same(cot_dtype a, cot_dtype b, int kind) {
    size_t bytes_a = dtype_bytes(a), bytes_b = dtype_bytes(b);
    if (kind == 1 && (a == COT_U8 || b == COT_U8)) { /* u8 does not fit into i8 */
        cot_dtype other = a == COT_U8 ? b : a;
        return other == COT_I8 ? COT_I16 : other;
    }
    if (kind == 2 && bytes_a == 2 && bytes_b == 2) return COT_F32; /* neither of f16 and bf16 holds the other */
    return bytes_a >= bytes_b ? a : b;
}

cot_dtype dtype_promote(cot_dtype a, cot_dtype b) {
    if (a == b) return a;
    int kind_a = category(a), kind_b = category(b);
    if (kind_a == kind_b) return promote_same(a, b, kind_a);
    if (kind_a < kind_b) return dtype_promote(b, a);
    return kind_a == 3 && b == COT_F64 ? COT_C128 : a;
}

static const struct {
    const char *name, *torch;
} dtypes[] = {
#define X(name, code, bytes, text, torch, st) [COT_##name] = {text, torch},
    COT_DTYPE_MAP(X)
#undef X
};

static const struct {
    const char *name;
    cot_dtype dtype;
} aliases[] = {
    {"float", COT_F32}, {"double", COT_F64}, {"half", COT_F16},   {"long", COT_I64},
    {"int", COT_I32},   {"short", COT_I16},  {"cfloat", COT_C64}, {"cdouble", COT_C128},
};

bool dtype_parse(const char *name, size_t length, cot_dtype *out) {
    for (uint32_t i = 0; i < COUNT_OF(dtypes); i++)
        if (strlen(dtypes[i].name) == length && memcmp(dtypes[i].name, name, length) == 0) {
            *out = (cot_dtype)i;
            return true;
        }
    return false;
}

bool dtype_parse_torch(const char *name, cot_dtype *out) {
    for (uint32_t i = 0; i < COUNT_OF(dtypes); i++)
        if (strcmp(dtypes[i].torch, name) == 0) {
            *out = (cot_dtype)i;
            return true;
        }
    for (uint32_t i = 0; i < COUNT_OF(aliases); i++)
        if (strcmp(aliases[i].name, name) == 0) {
            *out = aliases[i].dtype;
            return true;
        }
    return false;
}

const char *dtype_torch_name(cot_dtype d) { return d < COUNT_OF(dtypes) ? dtypes[d].torch : "?"; }
