/* SPDX-License-Identifier: MIT
 * infix.c — Python's operators between values, and its operator module. */
#include "text/read.h"

#include <string.h>

/* Python's operator module: "operator.add" → "+". */
static const struct {
    const char *name, *symbol;
} operators[] = {
    {"add", "+"},    {"sub", "-"}, {"mul", "*"}, {"truediv", "/"}, {"floordiv", "//"}, {"mod", "%"},   {"pow", "**"},
    {"matmul", "@"}, {"eq", "=="}, {"ne", "!="}, {"lt", "<"},      {"le", "<="},       {"gt", ">"},    {"ge", ">="},
    {"and_", "&"},   {"or_", "|"}, {"xor", "^"}, {"lshift", "<<"}, {"rshift", ">>"},   {"neg", "neg"}, {"invert", "~"},
};

static cot_status emit_symbol(reader *r, const token *at, const char *symbol, const arg *a, const arg *b, arg *out) {
    if (!strcmp(symbol, "@")) { /* as by its name: in a region of autocast the dtypes may differ */
        call_args c = {0};
        call_push(r, &c, *a);
        call_push(r, &c, *b);
        return read_emit_aten(r, at, "matmul", &c, out);
    }
    builder emitter;
    builder_init(&emitter, r->graph, r->error);
    *out = emit_operator(&emitter, symbol, *a, b ? *b : arg_none());
    return read_place(r, at, emitter.status);
}

cot_status read_call_operator(reader *r, const token *at, const char *name, const call_args *c, arg *out) {
    if (!strcmp(name, "getitem") && c->pos.count == 2) return read_index(r, at, &c->pos.data[0], &c->pos.data[1], out);
    for (size_t i = 0; i < COUNT_OF(operators); i++)
        if (!strcmp(operators[i].name, name) && c->pos.count >= 1 && c->pos.count <= 2)
            return emit_symbol(r, at, operators[i].symbol, &c->pos.data[0], c->pos.count == 2 ? &c->pos.data[1] : NULL,
                               out);
    return read_unknown(r, at, name);
}

/* ---- operators --------------------------------------------------------------------------------------------------- */

static const char *symbol_of(uint32_t sign, char text[4]) {
    for (int i = 0; i < 3; i++) text[i] = (char)(sign >> 8 * i & 0xff);
    text[3] = '\0';
    return text;
}

cot_status read_binary(reader *r, const token *at, uint32_t sign, const arg *a, const arg *b, arg *out) {
    char symbol[4];
    symbol_of(sign, symbol);
    bool number = a->kind == ARG_VALUE || a->kind == ARG_INT || a->kind == ARG_FLOAT || a->kind == ARG_BOOL ||
                  a->kind == ARG_COMPLEX;
    bool number_b = b->kind == ARG_VALUE || b->kind == ARG_INT || b->kind == ARG_FLOAT || b->kind == ARG_BOOL ||
                    b->kind == ARG_COMPLEX;
    if (!number || !number_b)
        return read_fail(r, at, COT_SYNTAX, "the operator '%s' takes tensors and numbers", symbol);
    return emit_symbol(r, at, symbol, a, b, out);
}

cot_status read_unary(reader *r, const token *at, uint32_t sign, const arg *a, arg *out) {
    call_args c = {0};
    call_push(r, &c, *a);
    if (a->kind != ARG_VALUE && a->kind != ARG_INT && a->kind != ARG_BOOL && a->kind != ARG_FLOAT)
        return read_fail(r, at, COT_SYNTAX, "a sign stands before a value that is no tensor or number");
    if (sign == '+' && a->kind != ARG_VALUE) {
        *out = *a;
        return COT_OK;
    }
    if (sign == '+') return read_emit_aten(r, at, read_is_tensor(r, a) ? "positive" : "_operator.pos", &c, out);
    return emit_symbol(r, at, sign == '-' ? "neg" : "~", a, NULL, out);
}
