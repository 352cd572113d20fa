/* SPDX-License-Identifier: MIT
 * schema.c — ATen's schema language: "add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor".
 *
 * The grammar is the one of PyTorch's native_functions.yaml: alias sets "(a)", "(a!)", "(a -> *)", optional and list
 * types "Tensor?[]", "int[2]", keyword-only parameters behind "*", defaults, tuple returns with or without names. */
#include "ops/schema.h"

#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct cursor {
    arena *a;
    const char *at;
    bool failed;
} cursor;

static void skip_blanks(cursor *c) {
    while (*c->at == ' ' || *c->at == '\n') c->at++;
}

static bool accept(cursor *c, const char *token) {
    skip_blanks(c);
    size_t n = strlen(token);
    if (strncmp(c->at, token, n)) return false;
    c->at += n;
    return true;
}

static void expect(cursor *c, const char *token) {
    if (!accept(c, token)) c->failed = true;
}

static bool is_word(char ch) {
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_';
}

static const char *read_word(cursor *c) {
    skip_blanks(c);
    const char *from = c->at;
    while (is_word(*c->at)) c->at++;
    if (c->at == from) c->failed = true;
    return arena_string(c->a, from, (size_t)(c->at - from));
}

/* ---- types ------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    uint8_t type;
} type_names[] = {
    {"Tensor", PARAM_TENSOR},
    {"int", PARAM_INT},
    {"SymInt", PARAM_INT},
    {"float", PARAM_FLOAT},
    {"SymFloat", PARAM_FLOAT},
    {"bool", PARAM_BOOL},
    {"SymBool", PARAM_BOOL},
    {"Scalar", PARAM_SCALAR},
    {"str", PARAM_STRING},
    {"ScalarType", PARAM_DTYPE},
    {"Layout", PARAM_LAYOUT},
    {"Device", PARAM_DEVICE},
    {"MemoryFormat", PARAM_MEMORY_FORMAT},
    {"Generator", PARAM_GENERATOR},
    {"Dimname", PARAM_DIMNAME},
    {"Storage", PARAM_STORAGE},
    {"Stream", PARAM_STREAM},
};

/* "(a)", "(a!)", "(a -> *)", "(a! -> a|b)", "(*)" behind a type. */
static void read_alias(cursor *c, param *p) {
    if (*c->at != '(') return;
    c->at++;
    if (*c->at != '*') p->alias = *c->at;
    while (*c->at && *c->at != ')') p->writes |= *c->at++ == '!';
    expect(c, ")");
}

static void read_type(cursor *c, param *p) {
    const char *word = read_word(c);
    size_t i = 0;
    while (i < COUNT_OF(type_names) && strcmp(type_names[i].name, word)) i++;
    if (i == COUNT_OF(type_names)) {
        c->failed = true;
        return;
    }
    p->type = type_names[i].type;
    for (;;) {
        read_alias(c, p);
        if (*c->at == '?') {
            c->at++;
            p->optional = true; /* of what stands before: moved to the item when a list follows */
        } else if (*c->at == '[') {
            c->at++;
            if (*c->at != ']') p->fixed = (uint8_t)strtol(c->at, (char **)&c->at, 10);
            expect(c, "]");
            p->list = true;
            p->item_optional = p->optional;
            p->optional = false;
        } else {
            return;
        }
    }
}

/* ---- defaults --------------------------------------------------------------------------------------------------- */

static const struct {
    const char *word;
    arg value;
} words[] = {
    {"None", {.kind = ARG_NONE}},
    {"True", {.kind = ARG_BOOL, .i = 1}},
    {"False", {.kind = ARG_BOOL, .i = 0}},
    {"Mean", {.kind = ARG_INT, .i = 1}},
    {"Sum", {.kind = ARG_INT, .i = 2}},
    {"long", {.kind = ARG_DTYPE, .i = COT_I64}},
    {"float", {.kind = ARG_DTYPE, .i = COT_F32}},
    {"inf", {.kind = ARG_FLOAT, .f = 1e308 * 10}},
};

static arg read_number(cursor *c) {
    char *end_int, *end_float;
    long long i = strtoll(c->at, &end_int, 10);
    double f = strtod(c->at, &end_float);
    bool integral = end_int == end_float;
    if (end_float == c->at) c->failed = true;
    c->at = integral ? end_int : end_float;
    return integral ? arg_int(i) : arg_float(f);
}

static arg read_default(cursor *c) {
    skip_blanks(c);
    if (accept(c, "[")) {
        VEC(arg) items = {0};
        while (!c->failed && !accept(c, "]")) {
            *VEC_PUSH(c->a, &items) = read_default(c);
            accept(c, ",");
        }
        return arg_list_of(items.data, items.count);
    }
    if (*c->at == '\'' || *c->at == '"') {
        char quote = *c->at++;
        const char *from = c->at;
        while (*c->at && *c->at != quote) c->at++;
        const char *text = arena_string(c->a, from, (size_t)(c->at - from));
        if (*c->at) c->at++;
        return arg_string(text);
    }
    if (*c->at == '-' || *c->at == '.' || (*c->at >= '0' && *c->at <= '9')) return read_number(c);
    const char *word = read_word(c);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (!strcmp(words[i].word, word)) return words[i].value;
    return (arg){.kind = ARG_CONST, .s = word}; /* contiguous_format, strided */
}

/* int[2] stride=1 means [1, 1]. */
static void spread_default(cursor *c, param *p) {
    uint8_t kind = p->default_value.kind;
    if (!p->list || kind == ARG_LIST || kind == ARG_NONE) return;
    uint32_t count = MAX(p->fixed, 1);
    arg *items = ARENA_ARRAY(c->a, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = p->default_value;
    p->default_value = arg_list_of(items, count);
}

/* ---- lists of parameters ---------------------------------------------------------------------------------------- */

typedef VEC(param) param_list;

static void read_params(cursor *c, param_list *out) {
    bool keyword_only = false;
    while (!c->failed && !accept(c, ")")) {
        if (accept(c, "*")) {
            keyword_only = true;
        } else {
            param p = {.keyword_only = keyword_only};
            read_type(c, &p);
            p.name = read_word(c);
            p.has_default = accept(c, "=");
            if (p.has_default) p.default_value = read_default(c);
            spread_default(c, &p);
            *VEC_PUSH(c->a, out) = p;
        }
        accept(c, ",");
    }
}

static void read_return(cursor *c, param_list *out) {
    param p = {0};
    read_type(c, &p);
    skip_blanks(c);
    p.name = is_word(*c->at) ? read_word(c) : "";
    *VEC_PUSH(c->a, out) = p;
}

static void read_returns(cursor *c, param_list *out) {
    if (!accept(c, "(")) {
        read_return(c, out);
        return;
    }
    while (!c->failed && !accept(c, ")")) {
        read_return(c, out);
        accept(c, ",");
    }
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static bool is_python(const char *namespace_) {
    return !strcmp(namespace_, "torch") || !strcmp(namespace_, "_operator") || !strcmp(namespace_, "math") ||
           !strcmp(namespace_, "builtins");
}

/* A function of a module: "torch::amp.autocast_mode._enter_autocast" names nodes `_enter_autocast`. */
static void read_python_name(cursor *c, op *o, const char *word) {
    o->name = arena_printf(c->a, "%s.%s", o->namespace_, word);
    o->overload = "default";
    for (o->packet = word; accept(c, "."); o->packet = word) {
        word = read_word(c);
        o->name = arena_printf(c->a, "%s.%s", o->name, word);
    }
    text snake = {.arena = c->a}; /* of a class, too: InvokeQuant names nodes `invoke_quant` */
    for (const char *at = o->packet; *at; at++) {
        if (at > o->packet && isupper((unsigned char)*at) && islower((unsigned char)at[-1])) text_add(&snake, "_");
        const char letter = (char)tolower((unsigned char)*at);
        text_add_bytes(&snake, &letter, 1);
    }
    o->packet = snake.data;
}

static void read_name(cursor *c, op *o, schema_form form) {
    const char *word = read_word(c);
    o->namespace_ = "aten";
    if (accept(c, "::")) {
        o->namespace_ = word;
        word = read_word(c);
    }
    const char *suffix = form == SCHEMA_INPLACE ? "_" : form == SCHEMA_COPY ? "_copy" : "";
    if (is_python(o->namespace_)) {
        read_python_name(c, o, word);
        return;
    }
    o->packet = *suffix ? arena_printf(c->a, "%s%s", word, suffix) : word;
    bool overloaded = accept(c, ".");
    o->overload = overloaded ? read_word(c) : "default";
    if (*c->at == '(') o->name = arena_printf(c->a, "torch.ops.%s.%s.%s", o->namespace_, o->packet, o->overload);
    else o->name = arena_printf(c->a, "torch.ops.%s.%s", o->namespace_, o->packet);
}

static void derive_form(op *o, param *params, param *returns, schema_form form) {
    for (uint32_t i = 0; i < o->num_params && form == SCHEMA_COPY; i++) params[i].alias = 0;
    for (uint32_t i = 0; i < o->num_returns && form == SCHEMA_COPY; i++) returns[i].alias = 0;
    if (form == SCHEMA_INPLACE && o->num_params && o->num_returns) {
        params[0].alias = returns[0].alias = 'a';
        params[0].writes = returns[0].writes = true;
    }
}

static uint32_t implied_traits(const op *o, schema_form form) {
    uint32_t traits = o->record->traits & ~(uint32_t)(OP_HAS_INPLACE | OP_HAS_COPY);
    if (form == SCHEMA_INPLACE) traits &= ~(uint32_t)OP_COMPOSITE; /* functionalize takes the functional form apart */
    if (form == SCHEMA_COPY) traits = (traits & ~(uint32_t)(OP_VIEW | OP_RECOMPUTE_FREE)) | OP_COMPOSITE;
    for (uint32_t i = 0; i < o->num_params; i++)
        if (o->params[i].writes) traits |= OP_MUTATES;
    for (uint32_t i = 0; i < o->num_returns; i++)
        if (o->returns[i].alias && !o->returns[i].writes && !(traits & OP_COMPOSITE)) traits |= OP_VIEW;
    return traits;
}

bool schema_parse(arena *a, op *o, schema_form form) {
    cursor c = {a, o->record->schema, false};
    read_name(&c, o, form);
    o->traits = o->record->traits;
    if (*c.at == 0) return !c.failed; /* no parameter list: arguments are as written */
    o->has_schema = true;
    expect(&c, "(");
    param_list params = {0}, returns = {0};
    read_params(&c, &params);
    expect(&c, "->");
    read_returns(&c, &returns);
    skip_blanks(&c);
    o->params = params.data;
    o->num_params = (uint16_t)params.count;
    o->returns = returns.data;
    o->num_returns = (uint16_t)returns.count;
    derive_form(o, params.data, returns.data, form);
    o->traits = implied_traits(o, form);
    if (o->traits & OP_VIEW) o->traits |= OP_RECOMPUTE_FREE;
    return !c.failed && *c.at == 0;
}
