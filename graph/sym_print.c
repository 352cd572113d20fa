/* SPDX-License-Identifier: MIT
 * sym_print.c — expressions as sympy's str prints them: where parentheses go, how coefficients and quotients stand. */
#include "graph/sym_private.h"

/* How tightly an expression holds together (sympy/printing/precedence.py). Floor division and modulo print below a sum:
 * PyTorch's classes say so. */
enum {
    LOOSE = 0,
    OR = 20,
    AND = 30,
    RELATION = 35,
    MODULO = 35,
    SUM = 40,
    PRODUCT = 50,
    POWER = 60,
    CALL = 70,
    ATOM = 1000
};

static int precedence_of_term(const term *t) {
    if (t->num < 0) return SUM;
    if (!t->count) return t->den == 1 ? ATOM : PRODUCT;
    if (t->num == 1 && t->den == 1 && t->count == 1) return POWER; /* to the power 1 it would be the base itself */
    return PRODUCT;
}

static const struct {
    const char *name, *text;
    int precedence, inside; /* as an operand; what its operands are held to */
} infix[] = {
    {"<", " < ", RELATION, RELATION},   {"<=", " <= ", RELATION, RELATION}, {">", " > ", RELATION, RELATION},
    {">=", " >= ", RELATION, RELATION}, {"&", " & ", AND, AND + 8},         {"|", " | ", OR, OR + 16},
};

static int precedence_of(const syms *s, dim d) {
    if (d >= 0) return ATOM;
    const expr *e = sym_expr(s, d);
    if (e->kind == EXPR_SUM) return e->count == 1 ? precedence_of_term(&e->terms[0]) : SUM;
    if (e->kind != EXPR_CALL) return ATOM;
    for (uint32_t i = 0; i < COUNT_OF(infix); i++)
        if (strcmp(infix[i].name, e->name) == 0) return infix[i].precedence;
    static const char *const low[] = {"FloorDiv", "Mod", "PythonMod", "ModularIndexing", "Where"};
    for (uint32_t i = 0; i < COUNT_OF(low); i++)
        if (strcmp(low[i], e->name) == 0) return MODULO;
    if (strcmp(e->name, "PowByNatural") == 0) return PRODUCT;
    if (strcmp(e->name, "Max") == 0 || strcmp(e->name, "Min") == 0) return ATOM;
    return strcmp(e->name, "~") == 0 ? 100 : CALL;
}

static void print(const syms *s, dim d, text *out);

/* In parentheses where it holds less tightly than `level` asks. */
static void print_in(const syms *s, dim d, int level, text *out) {
    bool parentheses = precedence_of(s, d) <= level;
    if (parentheses) text_add(out, "(");
    print(s, d, out);
    if (parentheses) text_add(out, ")");
}

/* Factors with powers of one sign, as a product; `number` leads unless it is 1. Gives how many were printed. */
static void print_product(const syms *s, const term *t, int64_t number, bool denominator, text *out) {
    bool first = true;
    if (number != 1) {
        text_printf(out, "%lld", (long long)number);
        first = false;
    }
    for (uint32_t i = 0; i < t->count; i++) {
        int64_t power = t->factors[i].power;
        if ((power < 0) != denominator) continue;
        if (denominator) power = -power;
        if (!first) text_add(out, "*");
        first = false;
        print_in(s, t->factors[i].base, power == 1 ? PRODUCT : POWER, out);
        if (power != 1) text_printf(out, "**%lld", (long long)power);
    }
    if (first) text_add(out, "1");
}

/* A term without its sign. */
static void print_term(const syms *s, const term *t, text *out) {
    uint32_t below = t->den != 1;
    for (uint32_t i = 0; i < t->count; i++) below += t->factors[i].power < 0;
    print_product(s, t, t->num < 0 ? -t->num : t->num, false, out);
    if (!below) return;
    text_add(out, below > 1 ? "/(" : "/");
    print_product(s, t, t->den, true, out);
    if (below > 1) text_add(out, ")");
}

/* As a term of a sum: floor divisions and modulos get parentheses (a second pair, for they have one of their own). */
static void print_sum(const syms *s, const expr *e, text *out) {
    for (uint32_t i = 0; i < e->count; i++) {
        const term *t = sym_term(e, i);
        if (i) text_add(out, t->num < 0 ? " - " : " + ");
        else if (t->num < 0) text_add(out, "-");
        bool lone = t->count == 1 && t->factors[0].power == 1 && (t->num == 1 || t->num == -1) && t->den == 1;
        if (lone) print_in(s, t->factors[0].base, t->num < 0 ? PRODUCT : SUM, out);
        else print_term(s, t, out);
    }
}

static void print_list(const syms *s, const dim *args, uint32_t count, const char *between, int level, text *out) {
    for (uint32_t i = 0; i < count; i++) {
        if (i) text_add(out, between);
        print_in(s, args[i], level, out);
    }
}

static void print_call(const syms *s, const expr *e, text *out) {
    for (uint32_t i = 0; i < COUNT_OF(infix); i++) {
        if (strcmp(infix[i].name, e->name) == 0) {
            print_list(s, e->args, e->count, infix[i].text, infix[i].inside, out);
            return;
        }
    }
    if (strcmp(e->name, "FloorDiv") == 0) {
        text_add(out, "(");
        print_list(s, e->args, e->count, "//", ATOM - 1, out);
        text_add(out, ")");
    } else if (strcmp(e->name, "~") == 0) {
        text_add(out, "~");
        print_list(s, e->args, e->count, "", 100, out);
    } else {
        const char *name = strcmp(e->name, "==") == 0 ? "Eq" : strcmp(e->name, "!=") == 0 ? "Ne" : e->name;
        text_printf(out, "%s(", name);
        print_list(s, e->args, e->count, ", ", LOOSE, out);
        text_add(out, !*name && e->count == 1 ? ",)" : ")"); /* a tuple of one */
    }
}

static void print(const syms *s, dim d, text *out) {
    if (d == DIM_ERROR) {
        text_add(out, "?");
    } else if (d >= 0) {
        text_printf(out, "%lld", (long long)d);
    } else {
        const expr *e = sym_expr(s, d);
        if (e->kind == EXPR_SUM) print_sum(s, e, out);
        else if (e->kind == EXPR_CALL) print_call(s, e, out);
        else text_add(out, e->name);
    }
}

void dim_print(const syms *s, dim d, text *out) { print(s, d, out); }
