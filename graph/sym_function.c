/* SPDX-License-Identifier: MIT
 * sym_function.c — floor division, modulo, extremes and other functions of sizes, evaluated as far as PyTorch's
 * symbolic functions evaluate them (torch/utils/_sympy/functions.py), so that a size we compute prints as the one it
 * prints. */
#include "graph/sym_private.h"

/* ---- order (sympy's Expr.sort_key) ------------------------------------------------------------------------------- */

/* An expression taken apart as its sort key is: coefficient, and a base to a power or a product. */
typedef struct key {
    int class;        /* 1 number, 2 symbol, 3 product, 4 sum, 5 function, 6 other */
    dim base;         /* of symbols, sums, functions */
    const term *term; /* of products */
    int64_t power, num, den;
} key;

static int class_of_call(const char *name) {
    static const char *const others[] = {"Max", "Min", "==", "!=", "<", "<=", ">", ">=", "&", "|", "~", ""};
    for (uint32_t i = 0; i < COUNT_OF(others); i++)
        if (strcmp(name, others[i]) == 0) return 6;
    return 5;
}

static key key_of_base(const syms *s, dim base) {
    key k = {.base = base, .power = 1, .num = 1, .den = 1};
    const expr *e = sym_expr(s, base);
    k.class = e->kind == EXPR_SYMBOL ? 2 : e->kind == EXPR_FLOAT ? 1 : e->kind == EXPR_SUM ? 4 : class_of_call(e->name);
    return k;
}

static key key_of(const syms *s, dim d) {
    if (d >= 0) return (key){.class = 1, .power = 1, .num = d, .den = 1};
    const expr *e = sym_expr(s, d);
    if (e->kind != EXPR_SUM || e->count != 1) return key_of_base(s, d);
    const term *t = &e->terms[0];
    key k = {.class = t->count ? 3 : 1, .term = t, .power = 1};
    if (t->count == 1) {
        k = key_of_base(s, t->factors[0].base);
        k.power = t->factors[0].power;
    }
    k.num = t->num;
    k.den = t->den;
    return k;
}

static int compare_numbers(int64_t a, int64_t b) { return a < b ? -1 : a > b; }

static int compare_rationals(const key *a, const key *b) {
    __int128 x = (__int128)a->num * b->den, y = (__int128)b->num * a->den;
    return x < y ? -1 : x > y;
}

static int compare_keys(const syms *s, const key *a, const key *b);

static key key_of_factor(const syms *s, const factor *f) {
    key k = key_of_base(s, f->base);
    k.power = f->power;
    return k;
}

static key key_of_term(const syms *s, const term *t) {
    key k = {.class = t->count ? 3 : 1, .term = t, .power = 1};
    if (t->count == 1) k = key_of_factor(s, &t->factors[0]);
    k.num = t->num;
    k.den = t->den;
    return k;
}

static int compare_products(const syms *s, const term *a, const term *b) {
    if (a->count != b->count) return compare_numbers(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        key x = key_of_factor(s, &a->factors[i]), y = key_of_factor(s, &b->factors[i]);
        int order = compare_keys(s, &x, &y);
        if (order) return order;
    }
    return 0;
}

static int compare_parts(const syms *s, const expr *a, const expr *b) {
    if (a->kind == EXPR_CALL) {
        int order = strcmp(a->name, b->name);
        if (order) return order;
    }
    if (a->count != b->count) return compare_numbers(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        int order;
        if (a->kind == EXPR_CALL) {
            order = sym_compare(s, a->args[i], b->args[i]);
        } else {
            key x = key_of_term(s, sym_term(a, i)), y = key_of_term(s, sym_term(b, i));
            order = compare_keys(s, &x, &y);
        }
        if (order) return order;
    }
    return 0;
}

static int compare_keys(const syms *s, const key *a, const key *b) {
    if (a->class != b->class) return compare_numbers(a->class, b->class);
    int order = 0;
    if (a->class == 3) {
        order = compare_products(s, a->term, b->term);
    } else if (a->class == 2) {
        order = strcmp(sym_expr(s, a->base)->name, sym_expr(s, b->base)->name);
    } else if (a->class != 1 && a->base != b->base) {
        order = compare_parts(s, sym_expr(s, a->base), sym_expr(s, b->base));
    }
    if (!order) order = compare_numbers(a->power, b->power);
    if (!order) order = compare_rationals(a, b);
    return order ? order : compare_numbers(b->base, a->base); /* floats, and nothing else: in order of making */
}

int sym_compare(const syms *s, dim a, dim b) {
    if (a == b) return 0;
    key x = key_of(s, a), y = key_of(s, b);
    return compare_keys(s, &x, &y);
}

/* ---- floor division ---------------------------------------------------------------------------------------------- */

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

static bool is_float_symbol(const syms *s, dim d) {
    const char *name = dim_symbol_name(s, d);
    return (name && name[0] == 'z') || sym_kind(s, d) == EXPR_FLOAT;
}

static bool is_integer_term(const syms *s, const term *t) {
    for (uint32_t i = 0; i < t->count; i++)
        if (t->factors[i].power < 0 || is_float_symbol(s, t->factors[i].base)) return false;
    return t->den == 1;
}

/* Takes the terms of a that the number b divides out of the division: (2*s0 + 1)//2 is s0 + 1//2. */
static bool split_divisible(syms *s, dim a, int64_t b, dim *quotient, dim *rest) {
    work w = work_begin(s);
    poly all = {0}, whole = {0}, left = {0};
    sym_terms(&w, a, &all);
    for (uint32_t i = 0; i < all.count; i++) {
        term t = all.data[i];
        if (is_integer_term(s, &t) && t.num % b == 0) {
            t.num /= b;
            poly_add(&w, &whole, t);
        } else {
            poly_add(&w, &left, t);
        }
    }
    dim q = poly_intern(&w, &whole), r = poly_intern(&w, &left);
    bool found = whole.count && !w.failed;
    work_end(&w, 0);
    if (!found) return false;
    *quotient = sym_shown(s, q);
    *rest = sym_shown(s, r);
    return true;
}

static int64_t gcd(int64_t a, int64_t b) {
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The number that divides all coefficients of a sum; 1 where they are not all integers. */
static int64_t content(const poly *p) {
    int64_t common = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->data[i].den != 1) return 1;
        common = gcd(common, p->data[i].num < 0 ? -p->data[i].num : p->data[i].num);
    }
    return MAX(common, 1);
}

static bool has_factor(const term *t, dim base) {
    for (uint32_t i = 0; i < t->count; i++)
        if (t->factors[i].base == base && t->factors[i].power > 0) return true;
    return false;
}

static term scaled(term t, int64_t by) {
    t.num /= by;
    return t;
}

/* Cancels what a and b visibly have in common: integer content, and factors of b that stand in every term of a. */
static bool cancel(syms *s, dim *a, dim *b) {
    work w = work_begin(s);
    poly p = {0}, q = {0}, top = {0}, bottom = {0};
    sym_terms(&w, *a, &p);
    sym_terms(&w, *b, &q);
    int64_t number = gcd(content(&p), content(&q));
    term common = {.num = 1, .den = 1}, divisor = sym_as_term(&w, *b);
    for (uint32_t i = 0; i < divisor.count; i++) {
        bool everywhere = p.count > 0 && divisor.factors[i].power > 0;
        for (uint32_t j = 0; j < p.count; j++)
            everywhere = everywhere && has_factor(&p.data[j], divisor.factors[i].base);
        factor one = {.base = divisor.factors[i].base, .power = 1};
        if (everywhere) common = term_mul(&w, common, (term){.num = 1, .den = 1, .factors = &one, .count = 1});
    }
    bool found = (number > 1 || common.count) && !w.failed;
    if (found) {
        term inverse = term_power(&w, common, -1);
        for (uint32_t i = 0; i < p.count; i++) poly_add(&w, &top, scaled(term_mul(&w, p.data[i], inverse), number));
        if (common.count) poly_add(&w, &bottom, scaled(term_mul(&w, divisor, inverse), number));
        for (uint32_t i = 0; !common.count && i < q.count; i++) poly_add(&w, &bottom, scaled(q.data[i], number));
        *a = top.count == 1 ? term_intern(&w, top.data[0]) : poly_intern(&w, &top);
        *b = bottom.count == 1 ? term_intern(&w, bottom.data[0]) : poly_intern(&w, &bottom);
    }
    found = found && !w.failed;
    work_end(&w, 0);
    return found;
}

dim dim_floordiv(syms *s, dim a, dim b) {
    if (a == DIM_ERROR || b == DIM_ERROR || b == 0) return DIM_ERROR;
    int64_t x, y, den_x, den_y;
    if (a >= 0 && b > 0) return a / b;
    bool number_a = sym_constant(s, a, &x, &den_x), number_b = sym_constant(s, b, &y, &den_y);
    if (number_a && number_b && den_x == 1 && den_y == 1) return dim_negative(s, floor_div(x, y));
    if (a == 0 || b == 1) return a;
    if (a == b) return 1;
    if (number_b && den_y == 1 && y == -1) return dim_mul(s, a, b);
    if (sym_is_call(s, a, "FloorDiv")) {
        dim inner = sym_expr(s, a)->args[0], divisor = sym_expr(s, a)->args[1];
        return dim_floordiv(s, inner, dim_mul(s, divisor, b));
    }
    dim quotient, rest;
    if (number_b && den_y == 1) {
        if (split_divisible(s, a, y, &quotient, &rest) || split_divisible(s, sym_expanded(s, a), y, &quotient, &rest))
            return dim_add(s, dim_floordiv(s, rest, b), quotient);
    }
    if (cancel(s, &a, &b)) return dim_floordiv(s, sym_shown(s, a), sym_shown(s, b));
    quotient = sym_divide_exact(s, a, b);
    if (quotient != DIM_ERROR) return quotient;
    return sym_call(s, "FloorDiv", (dim[]){a, b}, 2);
}

dim dim_mod(syms *s, dim a, dim b) {
    if (a == DIM_ERROR || b == DIM_ERROR || b == 0) return DIM_ERROR;
    if (a >= 0 && b > 0) return a % b;
    int64_t x, y, den_x, den_y;
    if (sym_constant(s, a, &x, &den_x) && sym_constant(s, b, &y, &den_y) && den_x == 1 && den_y == 1) {
        if (y == -1) return 0;
        return dim_negative(s, x - y * floor_div(x, y));
    }
    if (a == 0 || b == 1 || a == b || sym_divide_exact(s, a, b) != DIM_ERROR) return 0;
    if (b == 2 && sym_divide_exact(s, dim_sub(s, a, 1), 2) != DIM_ERROR) return 1;
    bool positive = sym_lower(s, a) >= 0 && sym_lower(s, b) > 0;
    return sym_call(s, positive ? "Mod" : "PythonMod", (dim[]){a, b}, 2);
}

/* ---- extremes ---------------------------------------------------------------------------------------------------- */

#define MAX_ARGUMENTS 32

/* Whether a is at least b for all values, as far as PyTorch decides it: against a number only by sign. */
static bool is_at_least(syms *s, dim a, dim b) {
    if (a == b) return true;
    if ((a > 1 && b < 0) || (b > 1 && a < 0)) return false;
    dim gain = dim_sub(s, a, b);
    return gain != DIM_ERROR && sym_lower(s, gain) >= 0;
}

/* Puts x among the n arguments, in order, unless one of them is always at least as extreme; drops those that it beats.
 */
static bool insert_extreme(syms *s, dim *list, uint32_t *n, dim x, bool is_max) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *n; i++)
        if (is_max ? is_at_least(s, list[i], x) : is_at_least(s, x, list[i])) return true;
    for (uint32_t i = 0; i < *n; i++)
        if (!(is_max ? is_at_least(s, x, list[i]) : is_at_least(s, list[i], x))) list[kept++] = list[i];
    if (kept == MAX_ARGUMENTS) return false;
    uint32_t at = kept;
    for (; at && sym_compare(s, list[at - 1], x) > 0; at--) list[at] = list[at - 1];
    list[at] = x;
    *n = kept + 1;
    return true;
}

static dim extreme(syms *s, dim a, dim b, bool is_max) {
    if (a == DIM_ERROR || b == DIM_ERROR) return DIM_ERROR;
    const char *name = is_max ? "Max" : "Min";
    dim list[MAX_ARGUMENTS], both[2] = {a, b};
    uint32_t n = 0;
    for (uint32_t i = 0; i < 2; i++) {
        bool nested = sym_is_call(s, both[i], name);
        uint32_t count = nested ? sym_expr(s, both[i])->count : 1;
        for (uint32_t j = 0; j < count; j++)
            if (!insert_extreme(s, list, &n, nested ? sym_expr(s, both[i])->args[j] : both[i], is_max))
                return DIM_ERROR;
    }
    return n == 1 ? list[0] : sym_call(s, name, list, n);
}

dim dim_max(syms *s, dim a, dim b) { return a >= 0 && b >= 0 ? MAX(a, b) : extreme(s, a, b, true); }
dim dim_min(syms *s, dim a, dim b) { return a >= 0 && b >= 0 ? MIN(a, b) : extreme(s, a, b, false); }

/* ---- by name ----------------------------------------------------------------------------------------------------- */

static bool compare_as(const char *name, int64_t a, int64_t b) {
    switch (name[0]) {
    case '=': return a == b;
    case '!': return a != b;
    case '<': return name[1] ? a <= b : a < b;
    default: return name[1] ? a >= b : a > b;
    }
}

/* Relations of numbers, and of an expression with itself, are decided: 1 or 0. */
static dim relation(syms *s, const char *name, const dim *args) {
    int64_t a, b, den_a, den_b;
    if (args[0] == args[1]) return compare_as(name, 0, 0);
    if (sym_constant(s, args[0], &a, &den_a) && sym_constant(s, args[1], &b, &den_b) && den_a == 1 && den_b == 1)
        return compare_as(name, a, b);
    return sym_call(s, name, args, 2);
}

dim dim_function(syms *s, const char *name, const dim *args, uint32_t count) {
    static const struct {
        const char *name;
        dim (*f)(syms *s, dim a, dim b);
    } binary[] = {
        {"FloorDiv", dim_floordiv},
        {"CleanDiv", dim_floordiv},
        {"Max", dim_max},
        {"Min", dim_min},
        {"+", dim_add},
        {"-", dim_sub},
        {"*", dim_mul},
        {"//", dim_floordiv},
        {"%", dim_mod},
    };
    for (uint32_t i = 0; i < count; i++)
        if (args[i] == DIM_ERROR) return DIM_ERROR;
    if (count == 2 && strchr("=!<>", name[0]) && name[0]) return relation(s, name, args);
    bool folds = strcmp(name, "Max") == 0 || strcmp(name, "Min") == 0;
    for (uint32_t i = 0; (count == 2 || (folds && count)) && i < COUNT_OF(binary); i++) {
        if (strcmp(binary[i].name, name) != 0) continue;
        dim d = args[0];
        for (uint32_t j = 1; j < count; j++) d = binary[i].f(s, d, args[j]);
        return d;
    }
    if (strcmp(name, "Mod") == 0 && count == 2) {
        dim d = dim_mod(s, args[0], args[1]);
        return sym_is_call(s, d, "PythonMod") ? sym_call(s, name, args, 2) : d;
    }
    if (strcmp(name, "CeilDiv") == 0 && count == 2)
        return dim_floordiv(s, dim_add(s, args[0], dim_sub(s, args[1], 1)), args[1]);
    if (strcmp(name, "PowByNatural") == 0 && count == 2 && args[1] >= 0) return sym_power(s, args[0], args[1]);
    return sym_call(s, name, args, count);
}
