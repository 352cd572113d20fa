/* SPDX-License-Identifier: MIT
 * annotation.c — "f32[4, 8][8, 1]cpu" and "Sym(s77 + 1)" into types, and what happens when they and the computed type
 * differ.
 *
 * Strides and device may be absent (str(ExportedProgram) prints neither). A form that is none of these, such as that of
 * a tensor subclass, is kept as text. */
#include "text/read.h"

#include <string.h>

enum { SIZE_MAX_LENGTH = 2000 }; /* bytes of one size: putting a sum in order takes more than linear time */

typedef struct source {
    reader *r;
    const token *token;
    const char *at, *end;
} source;

static bool accept(source *s, const char *text) {
    size_t n = strlen(text);
    if ((size_t)(s->end - s->at) < n || memcmp(s->at, text, n)) return false;
    s->at += n;
    return true;
}

/* "[" dims "]": the number of dims, or an error. */
static cot_status read_dims(source *s, dim *dims, uint32_t *count) {
    reader *r = s->r;
    *count = 0;
    if (accept(s, "]")) return COT_OK;
    for (;;) {
        if (*count == COT_MAX_DIMS)
            return read_fail(r, s->token, COT_SHAPE, "a tensor has at most %d dimensions here", COT_MAX_DIMS);
        const char *end = s->at;
        dim d =
            dim_parse(r->ctx->syms, s->at, s->end - s->at > SIZE_MAX_LENGTH ? s->at + SIZE_MAX_LENGTH : s->end, &end);
        if (d == DIM_ERROR)
            return read_fail(r, s->token, COT_SYNTAX, "the size '%.*s' of an annotation does not parse",
                             (int)MIN(s->end - s->at, 60), s->at);
        dims[(*count)++] = d;
        s->at = end;
        if (accept(s, "]")) return COT_OK;
        if (!accept(s, ", ") && !accept(s, ","))
            return read_fail(r, s->token, COT_SYNTAX, "expected ',' or ']' in an annotation, found %s",
                             s->at == s->end ? "its end" : arena_printf(r->scratch, "'%.60s'", s->at));
        while (accept(s, " ")) {}
    }
}

/* Bytes from the first to the last element must fit in 63 bits: everything behind the reader computes with them. */
static bool overflows(cot_dtype dtype, const dim *sizes, uint32_t ndim) {
    int64_t bytes = (int64_t)dtype_bytes(dtype);
    for (uint32_t i = 0; i < ndim; i++)
        if (dim_is_static(sizes[i]) && sizes[i] > 1 && __builtin_mul_overflow(bytes, sizes[i], &bytes)) return true;
    return bytes > INT64_MAX / 2;
}

static bool reaches_too_far(cot_dtype dtype, const dim *sizes, const dim *strides, uint32_t ndim) {
    int64_t last = 0, step;
    for (uint32_t i = 0; i < ndim; i++) {
        if (!dim_is_static(sizes[i]) || !dim_is_static(strides[i])) continue;
        if (sizes[i] == 0) return false;
        if (__builtin_mul_overflow(sizes[i] - 1, strides[i], &step) || __builtin_add_overflow(last, step, &last))
            return true;
    }
    return last > INT64_MAX / 2 / (int64_t)dtype_bytes(dtype);
}

bool read_fits(const type *t) {
    for (uint32_t i = 0; t->kind == TYPE_TUPLE && i < t->count; i++)
        if (!read_fits(&t->parts[i])) return false;
    if (t->kind != TYPE_TENSOR) return true;
    return !overflows(t->dtype, t->sizes, t->ndim) && !reaches_too_far(t->dtype, t->sizes, t->strides, t->ndim);
}

/* "cpu", "cuda:1", or nothing; false for a device we have no number for. */
static bool read_device(source *s, uint8_t *device) {
    uint32_t number = 0, digits = 0;
    if (s->at == s->end) return true;
    if (accept(s, "cpu")) return s->at == s->end;
    if (!accept(s, "cuda:")) return false;
    for (; s->at < s->end && *s->at >= '0' && *s->at <= '9' && digits < 3; digits++)
        number = 10 * number + (uint32_t)(*s->at++ - '0');
    *device = (uint8_t)(number + 1);
    return digits && number < 255 && s->at == s->end;
}

static cot_status read_tensor(source *s, cot_dtype dtype, annotation *out) {
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    uint32_t ndim, num_strides;
    TRY(read_dims(s, sizes, &ndim));
    if (overflows(dtype, sizes, ndim))
        return read_fail(s->r, s->token, COT_SHAPE, "a tensor of these sizes has more bytes than 63 bits can count");
    out->has_strides = accept(s, "[");
    if (out->has_strides) {
        TRY(read_dims(s, strides, &num_strides));
        if (num_strides != ndim)
            return read_fail(s->r, s->token, COT_SHAPE, "an annotation has %u sizes and %u strides", ndim, num_strides);
        if (reaches_too_far(dtype, sizes, strides, ndim))
            return read_fail(s->r, s->token, COT_SHAPE,
                             "a tensor of these strides has more bytes than 63 bits can count");
        out->type = type_strided(s->r->arena, dtype, sizes, strides, ndim, 0);
    } else {
        out->type = type_tensor(s->r->arena, s->r->ctx->syms, dtype, sizes, ndim);
    }
    out->has_device = s->at < s->end;
    out->is_type = read_device(s, &out->type.device);
    return COT_OK;
}

/* A Sym's kind shows in its expression: relations are bools, zf and zuf symbols and float functions are floats. */
static uint8_t sym_kind(const char *from, const char *to) {
    static const char *const floats[] = {"ToFloat",       "TrueDiv",      "FloatPow",
                                         "OpaqueUnaryFn", "TruncToFloat", "RoundDecimal"};
    char text[64];
    size_t n = MIN((size_t)(to - from), sizeof text - 1);
    memcpy(text, from, n);
    text[n] = '\0';
    if (!strncmp(text, "Eq(", 3) || !strncmp(text, "Ne(", 3) || strchr(text, '<') || strchr(text, '>') ||
        text[0] == '~' || !strcmp(text, "True") || !strcmp(text, "False"))
        return TYPE_BOOL;
    if (!strncmp(text, "zuf", 3) || !strncmp(text, "zf", 2)) return TYPE_FLOAT;
    for (size_t i = 0; i < COUNT_OF(floats); i++)
        if (strstr(text, floats[i])) return TYPE_FLOAT;
    return TYPE_INT;
}

/* "Sym(" expr ")". An expression that does not parse (a float, an unknown function) is kept as text. */
static bool read_sym(source *s, annotation *out) {
    const char *from = s->at, *end = from;
    if (s->end - from < 2 || s->end - from > SIZE_MAX_LENGTH || s->end[-1] != ')') return false;
    dim d = dim_parse(s->r->ctx->syms, from, s->end - 1, &end);
    if (d == DIM_ERROR || end != s->end - 1) return false;
    out->type = (type){.kind = sym_kind(from, end), .expr = d};
    return true;
}

cot_status read_annotation(reader *r, const token *t, annotation *out) {
    uint32_t length = (uint32_t)(t->end - t->start) - 2;
    const char *text = arena_string(r->arena, t->start + 1, length);
    if (strpbrk(text, "\\\"")) return read_fail(r, t, COT_SYNTAX, "an annotation holds a quote or a backslash");
    *out = (annotation){.given = true, .text = text};
    source s = {r, t, text, text + length};
    if (accept(&s, "Sym(")) {
        out->is_type = read_sym(&s, out);
        return COT_OK;
    }
    const char *bracket = strchr(text, '[');
    cot_dtype dtype;
    if (!bracket || !dtype_parse(text, (size_t)(bracket - text), &dtype)) return COT_OK;
    s.at = bracket + 1;
    TRY(read_tensor(&s, dtype, out));
    r->has_strides |= out->has_strides;
    r->has_device |= out->has_device;
    return COT_OK;
}

/* ---- computed against written ------------------------------------------------------------------------------------ */

static bool may_be_equal(dim a, dim b) { return a == b || !dim_is_static(a) || !dim_is_static(b); }

/* Under autocast the text has the dtypes that autocast gives; functionalize will. */
static bool same_dtype(const reader *r, const type *t, const type *w) {
    return t->dtype == w->dtype || (r->autocast && dtype_is_float(t->dtype) && dtype_is_float(w->dtype));
}

static bool contradicts(const reader *r, const annotation *a, const type *t) {
    const type *w = &a->type;
    bool sym = w->kind == TYPE_INT || w->kind == TYPE_FLOAT || w->kind == TYPE_BOOL;
    if (sym) return t->kind != TYPE_INT && t->kind != TYPE_FLOAT && t->kind != TYPE_BOOL;
    if (t->kind != TYPE_TENSOR || !same_dtype(r, t, w) || t->ndim != w->ndim) return true;
    for (uint32_t i = 0; i < t->ndim; i++)
        if (!may_be_equal(t->sizes[i], w->sizes[i])) return true;
    for (uint32_t i = 0; i < t->ndim && a->has_strides; i++)
        if (!may_be_equal(t->strides[i], w->strides[i]) && !dim_is_one(t->sizes[i])) return true;
    return false;
}

/* The annotation's name for a symbolic size that we computed otherwise (a fresh symbol, another form). */
static dim renamed(const type *from, const type *to, dim d) {
    for (uint32_t i = 0; i < from->ndim; i++)
        if (!dim_is_static(d) && from->sizes[i] == d) return to->sizes[i];
    return d;
}

static void take_names(reader *r, const annotation *a, type *t) {
    const type *w = &a->type;
    if (t->kind != TYPE_TENSOR) {
        if (!dim_is_static(w->expr) || !dim_is_static(t->expr)) t->expr = w->expr;
        return;
    }
    t->dtype = w->dtype;
    bool differ = false;
    for (uint32_t i = 0; i < t->ndim; i++)
        differ |= t->sizes[i] != w->sizes[i] || (a->has_strides && t->strides[i] != w->strides[i]);
    if (!differ) return;
    dim strides[COT_MAX_DIMS];
    bool contiguous = type_is_contiguous(t, r->ctx->syms);
    type fresh = type_tensor(r->arena, r->ctx->syms, t->dtype, w->sizes, w->ndim);
    for (uint32_t i = 0; i < t->ndim; i++)
        strides[i] = a->has_strides ? w->strides[i] : contiguous ? fresh.strides[i] : renamed(t, w, t->strides[i]);
    type named = type_strided(r->arena, t->dtype, w->sizes, strides, t->ndim, t->offset);
    named.device = t->device;
    *t = named;
}

cot_status read_reconcile(reader *r, const token *at, const annotation *a, const char *name, type *computed) {
    if (!a->given || !a->is_type) return COT_OK;
    if (computed->kind == TYPE_NONE) {
        *computed = a->type;
        return COT_OK;
    }
    if (!contradicts(r, a, computed)) {
        take_names(r, a, computed);
        return COT_OK;
    }
    text shown = {.arena = r->scratch};
    type_print(r->ctx->syms, computed, a->has_strides, false, &shown);
    if (r->options && r->options->strict)
        return read_fail(r, at, COT_SHAPE, "'%s' is annotated %s, but computed as %s", name, a->text, shown.data);
    context_log(r->ctx, "%s:%u: '%s' is annotated %s, but computed as %s", r->file, at->line, name, a->text,
                shown.data);
    return COT_OK;
}
