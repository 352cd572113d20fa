/* SPDX-License-Identifier: MIT
 * expression.c — the language of derivative and decomposition lines: FX expressions, evaluated straight into a graph
 * by recursive descent. The same evaluator turns a symbolic size back into nodes that compute it. */
#include "ops/emit.h"

#include "base/error.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ARGUMENTS 32
#define MOST_LOCALS 24

typedef struct evaluator {
    builder *b;
    const char *text, *at;
    const char *const *names;
    const arg *args;
    uint32_t count;
    bool symbols;                         /* names are symbols of sizes */
    const char *local_names[MOST_LOCALS]; /* "d = div(self, other); mul(neg(grad), d)": named parts, in order */
    arg locals[MOST_LOCALS];
    uint32_t num_locals;
} evaluator;

static arg expression(evaluator *e, int least);

static arg broken(evaluator *e, const char *what) {
    builder_fail(e->b, COT_INTERNAL, "in the expression '%s' at '%.20s': %s", e->text, e->at, what);
    return arg_none();
}

static char peek(evaluator *e) {
    while (isspace((unsigned char)*e->at)) e->at++;
    return *e->at;
}

static bool accept(evaluator *e, const char *token) {
    peek(e);
    size_t n = strlen(token);
    if (strncmp(e->at, token, n)) return false;
    e->at += n;
    return true;
}

static bool starts_word(char c) { return isalpha((unsigned char)c) || c == '_'; }

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

static size_t word_length(const char *at) {
    size_t n = 0;
    while (is_word(at[n])) n++;
    return n;
}

/* ---- names ------------------------------------------------------------------------------------------------------ */

static const arg *lookup(const evaluator *e, const char *word, size_t length) {
    for (uint32_t i = e->num_locals; i-- > 0;)
        if (strlen(e->local_names[i]) == length && !memcmp(e->local_names[i], word, length)) return &e->locals[i];
    for (uint32_t i = 0; i < e->count; i++)
        if (strlen(e->names[i]) == length && !memcmp(e->names[i], word, length)) return &e->args[i];
    return NULL;
}

static bool constant(const char *word, size_t length, arg *out) {
    static const struct {
        const char *name;
        arg value;
    } constants[] = {
        {"None", {.kind = ARG_NONE}},
        {"True", {.kind = ARG_BOOL, .i = 1}},
        {"False", {.kind = ARG_BOOL, .i = 0}},
        {"inf", {.kind = ARG_FLOAT, .f = __builtin_inf()}},
        {"nan", {.kind = ARG_FLOAT, .f = __builtin_nan("")}},
    };
    for (size_t i = 0; i < COUNT_OF(constants); i++)
        if (strlen(constants[i].name) == length && !memcmp(constants[i].name, word, length)) {
            *out = constants[i].value;
            return true;
        }
    return false;
}

/* torch.float32, torch.contiguous_format */
static arg torch_constant(evaluator *e) {
    char name[64];
    cot_dtype dtype;
    snprintf(name, sizeof name, "%.*s", (int)word_length(e->at), e->at);
    e->at += word_length(e->at);
    if (dtype_parse_torch(name, &dtype)) return arg_dtype(dtype);
    return (arg){.kind = ARG_CONST, .s = arena_string(e->b->graph->arena, name, strlen(name))};
}

/* ---- sizes and properties of a value ---------------------------------------------------------------------------- */

static arg size_of(evaluator *e, arg x, int64_t i) {
    const type *t = TYPE_OF(e->b, arg_as_value(&x));
    if (t->kind != TYPE_TENSOR || i < -(int64_t)t->ndim || i >= t->ndim)
        return broken(e, "the tensor has no such dimension");
    return emit_dim(e->b, t->sizes[i < 0 ? i + t->ndim : i]);
}

static arg shape_of(evaluator *e, arg x) {
    uint32_t n = TYPE_OF(e->b, arg_as_value(&x))->ndim;
    arg *items = ARENA_ARRAY(e->b->graph->arena, arg, n);
    for (uint32_t i = 0; i < n; i++) items[i] = size_of(e, x, i);
    return arg_list_of(items, n);
}

static bool property(evaluator *e, arg x, const char *name, arg *out) {
    const type *t = TYPE_OF(e->b, arg_as_value(&x));
    if (t->kind != TYPE_TENSOR) return false;
    if (!strcmp(name, "shape") || !strcmp(name, "sizes")) *out = shape_of(e, x);
    else if (!strcmp(name, "dtype")) *out = arg_dtype(t->dtype);
    else if (!strcmp(name, "ndim")) *out = arg_int(t->ndim);
    else return false;
    return true;
}

/* ---- calls ------------------------------------------------------------------------------------------------------ */

typedef struct call {
    arg pos[MOST_ARGUMENTS], kw[MOST_ARGUMENTS];
    const char *names[MOST_ARGUMENTS];
    uint32_t npos, nkw;
} call;

static bool keyword_ahead(evaluator *e) {
    peek(e);
    size_t n = starts_word(*e->at) ? word_length(e->at) : 0;
    const char *p = e->at + n;
    while (isspace((unsigned char)*p)) p++;
    return n && p[0] == '=' && p[1] != '=';
}

/* Behind "(", through ")". */
static void read_arguments(evaluator *e, call *c) {
    while (!e->b->status && !accept(e, ")")) {
        if (c->npos == MOST_ARGUMENTS || c->nkw == MOST_ARGUMENTS || !peek(e)) {
            broken(e, "the call does not end");
            return;
        }
        if (keyword_ahead(e)) {
            size_t n = word_length(e->at);
            c->names[c->nkw] = arena_string(e->b->graph->arena, e->at, n);
            e->at += n;
            accept(e, "=");
            c->kw[c->nkw++] = expression(e, 0);
        } else {
            c->pos[c->npos++] = expression(e, 0);
        }
        accept(e, ",");
    }
}

/* A size's own functions, as sympy prints them. */
static const char *size_function(const char *name) {
    if (!strcmp(name, "Max")) return "torch.sym_max";
    if (!strcmp(name, "Min")) return "torch.sym_min";
    if (!strcmp(name, "Mod") || !strcmp(name, "PythonMod")) return "_operator.mod";
    if (!strcmp(name, "FloorDiv")) return "_operator.floordiv";
    if (!strcmp(name, "Where")) return "torch.sym_ite";
    return name;
}

static arg call_operator(evaluator *e, const char *name, call *c) {
    if (e->b->status) return arg_none();
    return emit_written(e->b, e->symbols ? size_function(name) : name, c->pos, c->npos, c->kw, c->names, c->nkw);
}

static arg method(evaluator *e, arg x, const char *name) {
    call c = {.npos = 1};
    c.pos[0] = x;
    read_arguments(e, &c);
    if (e->b->status) return arg_none();
    if (!strcmp(name, "size") && c.npos == 2) return size_of(e, x, arg_as_int(&c.pos[1], 0));
    if (!strcmp(name, "size") || !strcmp(name, "sizes")) return shape_of(e, x);
    if (!strcmp(name, "dim")) return arg_int(TYPE_OF(e->b, arg_as_value(&x))->ndim);
    if (!strcmp(name, "scalar_type")) return arg_dtype(TYPE_OF(e->b, arg_as_value(&x))->dtype);
    return call_operator(e, name, &c);
}

/* ---- atoms ------------------------------------------------------------------------------------------------------ */

static arg number(evaluator *e) {
    char *int_end, *float_end;
    int64_t i = strtoll(e->at, &int_end, 10);
    double f = strtod(e->at, &float_end);
    if (float_end == e->at) return broken(e, "expected a number");
    bool integral = int_end == float_end;
    e->at = float_end;
    return integral ? arg_int(i) : arg_float(f);
}

static arg quoted(evaluator *e) {
    char quote = *e->at++;
    const char *from = e->at;
    while (*e->at && *e->at != quote) e->at++;
    arg s = arg_string(arena_string(e->b->graph->arena, from, (size_t)(e->at - from)));
    if (*e->at) e->at++;
    return s;
}

static arg sequence(evaluator *e, const char *close, bool tuple) {
    arena *a = e->b->graph->arena;
    VEC(arg) items = {0};
    bool comma = false;
    while (!e->b->status && !accept(e, close)) {
        if (!peek(e)) return broken(e, "the list does not end");
        *VEC_PUSH(a, &items) = expression(e, 0);
        comma |= accept(e, ",");
    }
    if (tuple && !comma && items.count == 1) return items.data[0];
    arg list = arg_list_of(items.data, items.count);
    return list;
}

/* name, name(…), name.overload(…), torch.float32 */
static arg named(evaluator *e) {
    const char *word = e->at;
    size_t n = word_length(word);
    e->at += n;
    arg r;
    bool called = peek(e) == '(';
    const arg *found = called ? NULL : lookup(e, word, n);
    if (found) return *found;
    if (!called && constant(word, n, &r)) return r;
    if (n == 5 && !memcmp(word, "torch", 5) && accept(e, ".")) return torch_constant(e);
    if (e->symbols && !called) return emit_dim(e->b, dim_symbol(e->b->graph->ctx->syms, word, n));
    while (*e->at == '.') { /* an overload, or a namespace before the name */
        e->at++;
        e->at += word_length(e->at);
    }
    const char *name = arena_string(e->b->graph->arena, word, (size_t)(e->at - word));
    if (!accept(e, "(")) {
        e->at = word;
        return broken(e, "the name is not known");
    }
    call c = {0};
    read_arguments(e, &c);
    return call_operator(e, name, &c);
}

static arg atom(evaluator *e) {
    char c = peek(e);
    if (starts_word(c)) return named(e);
    if (c == '\'' || c == '"') return quoted(e);
    if (isdigit((unsigned char)c) || c == '.') return number(e);
    if (accept(e, "[")) return sequence(e, "]", false);
    if (accept(e, "(")) return sequence(e, ")", true);
    return broken(e, "expected a value");
}

static arg item(evaluator *e, arg x, arg index) {
    int64_t i = arg_as_int(&index, 0);
    if (x.kind == ARG_LIST || x.kind == ARG_TUPLE) {
        if (i < 0) i += x.count;
        return i >= 0 && i < x.count ? x.list[i] : broken(e, "the list has no such item");
    }
    if (TYPE_OF(e->b, arg_as_value(&x))->kind == TYPE_TUPLE) return arg_value(emit_get(e->b, x.value, (uint32_t)i));
    return arg_value(emit(e->b, "select.int", "vii", arg_as_value(&x), (int64_t)0, i));
}

static arg postfix(evaluator *e) {
    arg x = atom(e);
    while (!e->b->status) {
        if (accept(e, "[")) {
            arg index = expression(e, 0);
            if (!accept(e, "]")) return broken(e, "expected ]");
            x = item(e, x, index);
        } else if (peek(e) == '.' && starts_word(e->at[1])) {
            e->at++;
            size_t n = word_length(e->at);
            const char *name = arena_string(e->b->graph->arena, e->at, n);
            e->at += n;
            if (accept(e, "(")) x = method(e, x, name);
            else if (!property(e, x, name, &x)) return broken(e, "the value has no such property");
        } else {
            return x;
        }
    }
    return arg_none();
}

/* ---- operators: precedence climbing ----------------------------------------------------------------------------- */

static const struct {
    const char *symbol;
    int precedence;
} binary[] = {
    {"==", 1}, {"!=", 1}, {"<=", 1}, {">=", 1}, {"<<", 5}, {">>", 5}, {"**", 9}, {"//", 7}, {"<", 1}, {">", 1},
    {"|", 2},  {"^", 3},  {"&", 4},  {"+", 6},  {"-", 6},  {"*", 7},  {"/", 7},  {"%", 7},  {"@", 7},
};

/* Index of the operator that comes next, -1 when there is none. */
static int next_operator(evaluator *e) {
    peek(e);
    for (size_t i = 0; i < COUNT_OF(binary); i++)
        if (!strncmp(e->at, binary[i].symbol, strlen(binary[i].symbol))) return (int)i;
    return -1;
}

static arg unary(evaluator *e) {
    if (accept(e, "-")) return emit_operator(e->b, "neg", expression(e, 8), arg_none());
    if (accept(e, "+")) return expression(e, 8);
    if (accept(e, "~")) return emit_operator(e->b, "~", expression(e, 8), arg_none());
    return postfix(e);
}

static arg expression(evaluator *e, int least) {
    arg left = unary(e);
    while (!e->b->status) {
        int i = next_operator(e);
        if (i < 0 || binary[i].precedence < least) return left;
        const char *symbol = binary[i].symbol;
        e->at += strlen(symbol);
        bool power = binary[i].precedence == 9; /* binds to the right */
        arg right = expression(e, power ? 8 : binary[i].precedence + 1);
        left = emit_operator(e->b, symbol, left, right);
    }
    return left;
}

/* "name = expression; ": a value that is used twice, or that has to be made before another. */
static void read_local(evaluator *e) {
    size_t n = word_length(e->at);
    const char *name = arena_string(e->b->graph->arena, e->at, n);
    e->at += n;
    accept(e, "=");
    arg r = expression(e, 0);
    if (e->b->status) return;
    if (!accept(e, ";") || e->num_locals == MOST_LOCALS) {
        broken(e, "expected ; behind a named part");
        return;
    }
    e->local_names[e->num_locals] = name;
    e->locals[e->num_locals++] = r;
}

arg evaluate_expression(builder *b, const char *text, const char *const *names, const arg *args, uint32_t count) {
    if (b->status) return arg_none();
    evaluator e = {.b = b, .text = text, .at = text, .names = names, .args = args, .count = count};
    while (!b->status && keyword_ahead(&e)) read_local(&e);
    if (b->status) return arg_none();
    arg r = expression(&e, 0);
    if (!b->status && peek(&e)) return broken(&e, "expected the end");
    return r;
}

value emit_expression(builder *b, const char *text, const char *const *names, const arg *args, uint32_t count) {
    arg r = evaluate_expression(b, text, names, args, count);
    if (b->status || r.kind == ARG_NONE) return NO_VALUE;
    if (r.kind == ARG_VALUE) return r.value;
    if (r.kind != ARG_LIST) {
        builder_fail(b, COT_INTERNAL, "the expression '%s' gives no tensor", text);
        return NO_VALUE;
    }
    value *values = ARENA_ARRAY(b->graph->arena, value, r.count);
    for (uint32_t i = 0; i < r.count; i++) values[i] = arg_as_value(&r.list[i]);
    return emit_pack(b, values, r.count);
}

/* ---- sizes as nodes --------------------------------------------------------------------------------------------- */

/* An entry of builder.dims: a Sym node, or dimension `which` of a tensor. */
enum { ENTRY_BITS = 4, ENTRY_NODE = 15 };

static void note_node(builder *b, value v) {
    const type *t = TYPE_OF(b, v);
    if (t->kind == TYPE_INT && !dim_is_static(t->expr)) {
        map_set_number(&b->dims, (uint64_t)t->expr, v << ENTRY_BITS | ENTRY_NODE);
        return;
    }
    for (uint32_t i = 0; t->kind == TYPE_TENSOR && i < t->ndim; i++)
        if (!dim_is_static(t->sizes[i]) && map_get_number(&b->dims, (uint64_t)t->sizes[i]) == MAP_NONE)
            map_set_number(&b->dims, (uint64_t)t->sizes[i], v << ENTRY_BITS | i);
}

static arg size_in(builder *b, uint32_t entry) {
    const value v = entry >> ENTRY_BITS;
    if ((entry & ENTRY_NODE) == ENTRY_NODE) return arg_value(v);
    return arg_value(emit(b, "sym_size.int", "vi", v, (int64_t)(entry & ENTRY_NODE)));
}

/* Whether a size is by * symbol + plus. */
static bool is_linear(syms *s, dim size, dim symbol, int64_t *by, int64_t *plus) {
    symbol_value at = {.symbol = symbol};
    const binding b = {&at, 1};
    const int64_t zero = dim_value(s, size, &b);
    at.value = 1;
    const int64_t one = dim_value(s, size, &b);
    if (zero == DIM_ERROR || one == DIM_ERROR || one <= zero || zero < -(1 << 30) || one > 1 << 30) return false;
    *by = one - zero, *plus = zero;
    const dim rest = zero < 0 ? dim_negative(s, zero) : zero;
    return dim_add(s, dim_mul(s, symbol, *by), rest) == size;
}

/* A symbol that stands nowhere alone, from a size that it is part of: s from 2*s + 1. */
static bool solve_symbol(builder *b, dim symbol, arg *out) {
    int64_t best = INT64_MAX, by, plus, shift = 0;
    uint32_t entry = MAP_NONE;
    for (uint32_t i = 0; i < b->dims.capacity; i++) {
        const map_entry *e = &b->dims.entries[i];
        if (!e->used || !is_linear(b->graph->ctx->syms, (dim)e->hash, symbol, &by, &plus)) continue;
        if (by > best || (by == best && e->value > entry)) continue;
        best = by, shift = plus, entry = e->value;
    }
    if (entry == MAP_NONE) return false;
    *out = size_in(b, entry);
    if (shift) *out = emit_operator(b, "-", *out, arg_int(shift));
    if (best != 1) *out = emit_operator(b, "//", *out, arg_int(best));
    return true;
}

static arg compute_dim(builder *b, dim d) {
    syms *s = b->graph->ctx->syms;
    text t = {.arena = b->graph->arena};
    arg solved;
    dim_print(s, d, &t);
    if (dim_symbol_name(s, d) && solve_symbol(b, d, &solved)) return solved;
    if (dim_symbol_name(s, d)) {
        builder_fail(b, COT_SHAPE, "no value of the graph has the size %s", t.data);
        return arg_none();
    }
    evaluator e = {.b = b, .text = t.data, .at = t.data, .symbols = true};
    return expression(&e, 0);
}

arg emit_dim(builder *b, dim d) {
    if (b->status) return arg_none();
    if (dim_is_static(d)) return arg_int(d);
    binding empty = {0};
    int64_t number = dim_value(b->graph->ctx->syms, d, &empty);
    if (number != DIM_ERROR) return arg_int(number);
    while (b->scanned < b->graph->nodes.count) note_node(b, b->scanned++);
    uint32_t entry = map_get_number(&b->dims, (uint64_t)d);
    if (entry == MAP_NONE) return compute_dim(b, d);
    return size_in(b, entry);
}
