/* SPDX-License-Identifier: MIT
 * function.c — calls by name: what makes a constant (`device(…)`, `slice(…)`), an attribute, or an operator. */
#include "text/read.h"

#include <math.h>
#include <string.h>

/* ---- constructors of values -------------------------------------------------------------------------------------- */

static const arg *keyword(const call_args *c, const char *name, uint32_t position) {
    for (uint32_t i = 0; i < c->kw.count; i++)
        if (!strcmp(c->kwnames.data[i], name)) return &c->kw.data[i];
    return position < c->pos.count ? &c->pos.data[position] : NULL;
}

/* device(type='cuda', index=0) */
static cot_status make_device(reader *r, const token *at, const call_args *c, arg *out) {
    const arg *kind = keyword(c, "type", 0), *index = keyword(c, "index", 1);
    if (!kind || kind->kind != ARG_STRING || (index && (index->kind != ARG_INT || index->i < 0)))
        return read_fail(r, at, COT_SYNTAX, "expected device(type=STRING, index=INT)");
    size_t letters = strspn(kind->s, "abcdefghijklmnopqrstuvwxyz"), digits = 0;
    if (kind->s[letters] == ':') digits = 1 + strspn(kind->s + letters + 1, "0123456789");
    if (!letters || digits == 1 || kind->s[letters + digits] || (digits && index))
        return read_fail(r, at, COT_SYNTAX, "there is no device '%.40s'", kind->s);
    const char *s = index ? arena_printf(r->arena, "%s:%lld", kind->s, (long long)index->i) : kind->s;
    *out = (arg){.kind = ARG_DEVICE, .s = s};
    return COT_OK;
}

static cot_status make_slice(reader *r, const token *at, const call_args *c, arg *out) {
    if (c->pos.count < 1 || c->pos.count > 3) return read_fail(r, at, COT_SYNTAX, "slice takes 1 to 3 arguments");
    arg *parts = ARENA_ARRAY(r->arena, arg, 3);
    for (uint32_t i = 0; i < c->pos.count; i++) parts[c->pos.count == 1 ? 1 : i] = c->pos.data[i];
    *out = (arg){.kind = ARG_SLICE, .list = parts, .count = 3};
    return COT_OK;
}

static cot_status make_complex(reader *r, const token *at, const call_args *c, arg *out) {
    double *parts = ARENA_ARRAY(r->arena, double, 2);
    for (uint32_t i = 0; i < 2 && i < c->pos.count; i++) parts[i] = arg_as_float(&c->pos.data[i], 0);
    if (c->pos.count < 1 || c->pos.count > 2) return read_fail(r, at, COT_SYNTAX, "complex takes 1 or 2 numbers");
    *out = (arg){.kind = ARG_COMPLEX, .complex = parts};
    return COT_OK;
}

static cot_status make_float(reader *r, const token *at, const call_args *c, arg *out) {
    const arg *a = c->pos.count == 1 ? &c->pos.data[0] : NULL;
    if (a && a->kind == ARG_STRING && !strcmp(a->s, "inf")) *out = arg_float(INFINITY);
    else if (a && a->kind == ARG_STRING && !strcmp(a->s, "-inf")) *out = arg_float(-INFINITY);
    else if (a && a->kind == ARG_STRING && !strcmp(a->s, "nan")) *out = arg_float(NAN);
    else if (a && (a->kind == ARG_INT || a->kind == ARG_FLOAT)) *out = arg_float(arg_as_float(a, 0));
    else return read_fail(r, at, COT_SYNTAX, "float takes a number, 'inf' or 'nan'");
    return COT_OK;
}

static cot_status make_getattr(reader *r, const token *at, const call_args *c, arg *out) {
    if (c->pos.count < 2 || c->pos.data[1].kind != ARG_STRING)
        return read_fail(r, at, COT_SYNTAX, "getattr takes a value and a string");
    return read_attribute(r, at, &c->pos.data[0], c->pos.data[1].s, out);
}

/* ---- torch.tensor(…) -------------------------------------------------------------------------------------------- */

/* A list of lists of numbers, as numbers and sizes; false where it is none. */
static bool flatten(reader *r, const arg *a, uint32_t depth, dim *sizes, uint32_t *ndim, arg_list *items) {
    if (a->kind != ARG_LIST && a->kind != ARG_TUPLE) {
        *VEC_PUSH(r->scratch, items) = *a;
        const bool number = a->kind == ARG_INT || a->kind == ARG_FLOAT || a->kind == ARG_BOOL ||
                            a->kind == ARG_COMPLEX || a->kind == ARG_VALUE;
        return number && depth == *ndim;
    }
    if (depth == COT_MAX_DIMS) return false;
    if (depth == *ndim && !items->count) {
        sizes[(*ndim)++] = a->count;
    } else if (depth >= *ndim || sizes[depth] != a->count) {
        return false;
    }
    for (uint32_t i = 0; i < a->count; i++)
        if (!flatten(r, &a->list[i], depth + 1, sizes, ndim, items)) return false;
    return true;
}

/* Python's dtype for such numbers. */
static cot_dtype dtype_of_numbers(const reader *r, const arg_list *items) {
    int rank = 0;
    for (uint32_t i = 0; i < items->count; i++) {
        const arg *a = &items->data[i];
        const type *t = read_type_of(r, a);
        if (t->kind == TYPE_TENSOR) return (cot_dtype)t->dtype;
        const int own = a->kind == ARG_COMPLEX                          ? 3
                        : a->kind == ARG_FLOAT || t->kind == TYPE_FLOAT ? 2
                        : a->kind == ARG_BOOL || t->kind == TYPE_BOOL   ? 0
                                                                        : 1;
        rank = MAX(rank, own);
    }
    if (!items->count) return COT_F32;
    return rank == 3 ? COT_C64 : rank == 2 ? COT_F32 : rank ? COT_I64 : COT_BOOL;
}

/* A tensor of the numbers that are written: each a tensor of its own, stacked. dtype NULL: Python's. */
cot_status read_numbers(reader *r, const token *at, const arg *data, const arg *dtype, arg *out) {
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim = 0;
    arg_list items = {0};
    if (!data || !flatten(r, data, 0, sizes, &ndim, &items))
        return read_fail(r, at, COT_SYNTAX, "torch.tensor takes a number, or lists of numbers of one length each");
    const int t = (int)(dtype && dtype->kind == ARG_DTYPE ? (cot_dtype)dtype->i : dtype_of_numbers(r, &items));
    builder b;
    builder_init(&b, r->graph, r->error);
    value *numbers = ARENA_ARRAY(r->scratch, value, items.count + 1);
    for (uint32_t i = 0; i < items.count; i++)
        numbers[i] = read_is_tensor(r, &items.data[i]) ? emit(&b, "_to_copy", "v,dtype=t", items.data[i].value, t)
                                                       : emit(&b, "scalar_tensor", "a,dtype=t", &items.data[i], t);
    value v = numbers[0];
    if (!items.count) v = emit(&b, "zeros", "D,dtype=t", sizes, ndim, t);
    else if (ndim) v = emit(&b, "stack", "V", numbers, items.count);
    if (ndim > 1 && items.count) v = emit(&b, "view", "vD", v, sizes, ndim);
    *out = arg_value(v);
    return read_place(r, at, b.status);
}

static cot_status make_tensor(reader *r, const token *at, const call_args *c, arg *out) {
    return read_numbers(r, at, keyword(c, "data", 0), keyword(c, "dtype", 1), out);
}

typedef cot_status make_fn(reader *r, const token *at, const call_args *c, arg *out);
static const struct {
    const char *name;
    make_fn *make;
} makers[] = {
    {"device", make_device}, {"torch.device", make_device}, {"slice", make_slice},         {"complex", make_complex},
    {"float", make_float},   {"getattr", make_getattr},     {"torch.tensor", make_tensor},
};

/* range(…), named tuples: kept as they are, as long as no value of the graph is in them. */
static cot_status keep_verbatim(reader *r, const token *at, const char *from, uint32_t uses, arg *out) {
    if (r->uses != uses)
        return read_fail(r, at, COT_UNSUPPORTED, "an argument of this form cannot hold values of the graph");
    const char *to = r->lex.now.start;
    while (to > from && (to[-1] == ' ' || to[-1] == '\n')) to--;
    *out = (arg){.kind = ARG_CALL, .s = arena_string(r->arena, from, (size_t)(to - from))};
    return COT_OK;
}

/* getattr(self.layers, "0") and deeper: an attribute path with components that are no names. */
static cot_status read_getattr_path(reader *r, const char **out) {
    text path = {.arena = r->scratch};
    uint32_t depth = 0;
    while (token_is_name(read_now(r), "getattr")) {
        lex_next(&r->lex);
        TRY(read_expect(r, '(', "("));
        if (++depth > READ_MAX_DEPTH)
            return read_fail(r, read_now(r), COT_SYNTAX, "attributes are nested more than %d deep", READ_MAX_DEPTH);
    }
    if (!token_is_name(read_now(r), "self")) return read_fail(r, read_now(r), COT_SYNTAX, "expected 'self'");
    lex_next(&r->lex);
    for (;;) {
        if (read_accept(r, '.')) {
            const token *t = read_now(r);
            if (t->kind != TOKEN_NAME)
                return read_fail(r, t, COT_SYNTAX, "expected a name behind '.', found %s", token_show(r->scratch, t));
            if (path.count) text_add(&path, ".");
            text_add_bytes(&path, t->start, (size_t)(t->end - t->start));
            lex_next(&r->lex);
        } else if (depth && read_accept(r, ',')) {
            uint32_t count;
            token t = *read_now(r);
            const char *s = t.kind == TOKEN_STRING ? token_string(r->scratch, &t, &count) : NULL;
            if (!s) return read_fail(r, &t, COT_SYNTAX, "expected a string, found %s", token_show(r->scratch, &t));
            if (path.count) text_add(&path, ".");
            text_add(&path, s);
            lex_next(&r->lex);
            TRY(read_expect(r, ')', ")"));
            depth--;
        } else {
            break;
        }
    }
    if (depth || !path.count) return read_fail(r, read_now(r), COT_SYNTAX, "an attribute of 'self' does not end");
    *out = path.data;
    return COT_OK;
}

/* Is `getattr(` followed by `self` or another getattr of it? */
static bool is_getattr_of_self(const reader *r) {
    lexer l = r->lex;
    for (uint32_t i = 0; i <= READ_MAX_DEPTH; i++) {
        lex_next(&l);
        if (token_is_name(&l.now, "self")) return true;
        if (!token_is_name(&l.now, "getattr")) return false;
        lex_next(&l);
    }
    return false;
}

/* Functions of Python's own modules as torch.fx writes them: math_ceil, _operator_abs, round. */
static const char *python_name(arena *a, const char *name) {
    if (!strncmp(name, "math_", 5)) return arena_printf(a, "math.%s", name + 5);
    if (!strcmp(name, "_operator_abs") || !strcmp(name, "abs")) return "builtins.abs";
    return strcmp(name, "round") ? name : "builtins.round";
}

cot_status read_call_function(reader *r, const token *at, const char *name, arg *out) {
    uint32_t uses = r->uses;
    make_fn *make = NULL;
    if (!strcmp(name, "getattr") && is_getattr_of_self(r)) {
        const char *path;
        r->lex = r->before_name;
        TRY(read_getattr_path(r, &path));
        return read_get_attr(r, at, path, out);
    }
    for (size_t i = 0; i < COUNT_OF(makers); i++)
        if (!strcmp(makers[i].name, name)) make = makers[i].make;
    call_args c = {0};
    TRY(read_call_args(r, &c));
    if (make) return make(r, at, &c, out);
    name = python_name(r->arena, name);
    const op *o = op_find(r->ctx, name);
    bool known = o && !strcmp(o->name, name);
    if (known) return read_emit(r, at, o, &c, out);
    if (!strncmp(name, "operator.", 9)) return read_call_operator(r, at, name + 9, &c, out);
    if (!strncmp(name, "_operator.", 10)) return read_call_operator(r, at, name + 10, &c, out);
    if (!strncmp(name, "torch.ops.", 10) && (o || (c.kw.count && read_is_out(r, name, &c))))
        return read_emit_aten(r, at, name, &c, out);
    if (!strchr(name, '.')) return keep_verbatim(r, at, at->start, uses, out);
    return read_call_torch(r, at, name, &c, out);
}
