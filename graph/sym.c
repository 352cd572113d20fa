/* SPDX-License-Identifier: MIT
 * sym.c — interned symbolic sizes: sums of products, combined and ordered as sympy does when it builds them. */
#include "graph/sym_private.h"
#include <limits.h>

#define MAX_TERMS 256   /* sums that would multiply out to more are kept as products */
#define MAX_SIZE 100000 /* nodes of one expression */
#define MAX_NEST 50     /* levels of one: what is printed, brackets and all, stays within what dim_parse reads */

syms *syms_create(cot_context *ctx) {
    syms *s = ARENA_NEW(ctx->arena, syms);
    s->ctx = ctx;
    s->arena = s->index.arena = s->symbols.arena = ctx->arena;
    return s;
}

/* ---- interning --------------------------------------------------------------------------------------------------- */

static uint64_t hash_expr(const expr *e) {
    uint64_t h = hash_bytes(&e->kind, 1, e->count);
    if (e->name) h = hash_bytes(e->name, strlen(e->name), h);
    if (e->kind == EXPR_CALL) return hash_bytes(e->args, e->count * sizeof(dim), h);
    for (uint32_t i = 0; e->kind == EXPR_SUM && i < e->count; i++) {
        const term *t = &e->terms[i];
        int64_t coefficient[2] = {t->num, t->den};
        h = hash_bytes(coefficient, sizeof coefficient, h);
        h = hash_bytes(t->factors, t->count * sizeof(factor), h);
    }
    return h;
}

static bool same_factors(const term *a, const term *b) {
    return a->count == b->count && (!a->count || memcmp(a->factors, b->factors, a->count * sizeof(factor)) == 0);
}

static bool same_expr(const expr *a, const expr *b) {
    if (a->kind != b->kind || a->count != b->count || !a->name != !b->name) return false;
    if (a->name && strcmp(a->name, b->name) != 0) return false;
    if (a->kind == EXPR_CALL) return !a->count || memcmp(a->args, b->args, a->count * sizeof(dim)) == 0;
    for (uint32_t i = 0; a->kind == EXPR_SUM && i < a->count; i++) {
        const term *p = &a->terms[i], *q = &b->terms[i];
        if (p->num != q->num || p->den != q->den || !same_factors(p, q)) return false;
    }
    return true;
}

static const term *copy_terms(arena *a, const term *terms, uint32_t count) {
    term *copy = arena_copy(a, terms, count * sizeof(term));
    for (uint32_t i = 0; i < count; i++)
        copy[i].factors = arena_copy(a, terms[i].factors, terms[i].count * sizeof(factor));
    return copy;
}

static dim intern(syms *s, const expr *e) {
    uint64_t hash = hash_expr(e);
    uint32_t found;
    for (; (found = map_get_number(&s->index, hash)) != MAP_NONE; hash++)
        if (same_expr(&s->exprs.data[found], e)) return -(dim)found - 1;
    expr copy = *e;
    if (e->name) copy.name = arena_string(s->arena, e->name, strlen(e->name));
    if (e->terms) copy.terms = copy_terms(s->arena, e->terms, e->count);
    if (e->args) copy.args = arena_copy(s->arena, e->args, e->count * sizeof(dim));
    uint32_t index = s->exprs.count;
    dim d = -(dim)index - 1;
    VEC_RESERVE(s->arena, &s->exprs, index + 1); /* all memory first: running out of it leaves the table whole */
    map_set_number(&s->index, hash, index);
    copy.expanded = copy.shown = copy.kind == EXPR_SUM ? 0 : d;
    *VEC_PUSH(s->arena, &s->exprs) = copy;
    return d;
}

static uint32_t size_of(const syms *s, dim d) { return d >= 0 ? 1 : sym_expr(s, d)->size; }
static uint32_t depth_of(const syms *s, dim d) { return d >= 0 ? 0 : sym_expr(s, d)->depth; }

dim dim_symbol(syms *s, const char *name, size_t length) {
    char *copy = arena_string(s->arena, name, length);
    uint32_t found = map_get(&s->symbols, copy);
    if (found != MAP_NONE) return -(dim)found - 1;
    dim d = intern(s, &(expr){.kind = EXPR_SYMBOL, .size = 1, .name = copy});
    map_set(&s->symbols, copy, (uint32_t)(-d - 1));
    return d;
}

dim sym_float(syms *s, const char *text, size_t length) {
    return intern(s, &(expr){.kind = EXPR_FLOAT, .size = 1, .name = arena_string(s->arena, text, length)});
}

dim sym_call(syms *s, const char *name, const dim *args, uint32_t count) {
    uint64_t size = 1;
    uint32_t depth = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (args[i] == DIM_ERROR) return DIM_ERROR;
        size += size_of(s, args[i]);
        depth = MAX(depth, depth_of(s, args[i]) + 1);
    }
    if (size > MAX_SIZE || depth > MAX_NEST) return DIM_ERROR;
    return intern(
        s,
        &(expr){.kind = EXPR_CALL, .count = count, .size = (uint32_t)size, .depth = depth, .name = name, .args = args});
}

const char *dim_symbol_name(const syms *s, dim d) {
    return d < 0 && d != DIM_ERROR && sym_expr(s, d)->kind == EXPR_SYMBOL ? sym_expr(s, d)->name : NULL;
}

bool dim_is_one(dim d) { return d == 1; }

/* ---- rationals and terms ----------------------------------------------------------------------------------------- */

/* num/den in lowest terms, from 128 bits; den is not 0. */
static void set_rational(work *w, term *t, __int128 num, __int128 den) {
    if (den < 0) num = -num, den = -den;
    __int128 a = num < 0 ? -num : num, b = den;
    while (b) {
        __int128 rest = a % b;
        a = b;
        b = rest;
    }
    if (a > 1) num /= a, den /= a;
    if (num > INT64_MAX || num <= INT64_MIN || den > INT64_MAX) w->failed = true;
    t->num = (int64_t)num;
    t->den = (int64_t)den;
}

/* The product of two lists of factors, each sorted; equal bases add their powers. */
static void merge_factors(work *w, term *out, const term *a, const term *b) {
    factor *list = ARENA_ARRAY(w->arena, factor, a->count + b->count);
    uint32_t i = 0, j = 0, n = 0;
    while (i < a->count || j < b->count) {
        int order = i == a->count ? 1 : j == b->count ? -1 : sym_compare(w->s, a->factors[i].base, b->factors[j].base);
        factor f = order <= 0 ? a->factors[i] : b->factors[j];
        bool sum = order == 0 && __builtin_add_overflow(f.power, b->factors[j].power, &f.power);
        if (sum || f.power > 64 || f.power < -64) w->failed = true; /* what dim_parse refuses as well */
        i += order <= 0;
        j += order >= 0;
        if (f.power) list[n++] = f;
    }
    out->factors = list;
    out->count = n;
}

term term_mul(work *w, term a, term b) {
    term t = {.num = 1, .den = 1};
    if (w->failed) return t;
    set_rational(w, &t, (__int128)a.num * b.num, (__int128)a.den * b.den);
    merge_factors(w, &t, &a, &b);
    return t;
}

term term_power(work *w, term t, int64_t power) {
    term result = {.num = 1, .den = 1};
    if (power < 0) {
        if (!t.num) w->failed = true;
        if (w->failed) return result;
        term inverse = {.factors = t.factors, .count = t.count};
        set_rational(w, &inverse, t.den, t.num);
        factor *list = arena_copy(w->arena, t.factors, t.count * sizeof(factor));
        for (uint32_t i = 0; i < t.count; i++) list[i].power = -list[i].power;
        inverse.factors = list;
        if (power < -64) w->failed = true;
        return term_power(w, inverse, -power);
    }
    if (power > 64) w->failed = true; /* no size is that */
    for (int64_t i = 0; i < power && !w->failed; i++) result = term_mul(w, result, t);
    return result;
}

/* Lexicographic order of monomials, highest first: what sympy prints sums in. */
static int compare_terms(const syms *s, const term *a, const term *b) {
    for (uint32_t i = 0;; i++) {
        if (i == a->count && i == b->count) return 0;
        int order = i == a->count ? 1 : i == b->count ? -1 : sym_compare(s, a->factors[i].base, b->factors[i].base);
        int64_t power_a = order <= 0 ? a->factors[i].power : 0, power_b = order >= 0 ? b->factors[i].power : 0;
        if (power_a != power_b) return power_a > power_b ? -1 : 1;
    }
}

void poly_add(work *w, poly *p, term t) {
    if (!t.num || w->failed) return;
    uint32_t at = 0;
    for (; at < p->count; at++) {
        term *old = &p->data[at];
        int order = compare_terms(w->s, old, &t);
        if (order > 0) break;
        if (order < 0) continue;
        set_rational(w, old, (__int128)old->num * t.den + (__int128)t.num * old->den, (__int128)old->den * t.den);
        if (old->num) return;
        memmove(old, old + 1, (p->count - at - 1) * sizeof *old);
        p->count--;
        return;
    }
    if (p->count > 4 * MAX_TERMS) w->failed = true;
    VEC_PUSH(w->arena, p);
    memmove(&p->data[at + 1], &p->data[at], (p->count - 1 - at) * sizeof *p->data);
    p->data[at] = t;
}

bool sym_constant(const syms *s, dim d, int64_t *num, int64_t *den) {
    *num = d;
    *den = 1;
    if (d >= 0) return true;
    const expr *e = sym_expr(s, d);
    if (e->kind != EXPR_SUM || e->count != 1 || e->terms[0].count) return false;
    *num = e->terms[0].num;
    *den = e->terms[0].den;
    return true;
}

/* A base as a term: 1 * base ** 1. */
static term base_term(work *w, dim d) {
    factor *f = ARENA_NEW(w->arena, factor);
    *f = (factor){.base = d, .power = 1};
    return (term){.num = 1, .den = 1, .factors = f, .count = 1};
}

void sym_terms(work *w, dim d, poly *out) {
    out->count = 0;
    if (d == DIM_ERROR) w->failed = true;
    if (w->failed) return;
    if (d >= 0) {
        poly_add(w, out, (term){.num = d, .den = 1});
    } else if (sym_expr(w->s, d)->kind == EXPR_SUM) {
        const expr *e = sym_expr(w->s, d);
        VEC_RESERVE(w->arena, out, e->count);
        memcpy(out->data, e->terms, e->count * sizeof(term));
        out->count = e->count;
    } else {
        poly_add(w, out, base_term(w, d));
    }
}

term sym_as_term(work *w, dim d) {
    if (d == DIM_ERROR) w->failed = true;
    if (w->failed || d >= 0) return (term){.num = d, .den = 1};
    const expr *e = sym_expr(w->s, d);
    if (e->kind == EXPR_SUM && e->count == 1) return e->terms[0];
    return base_term(w, d);
}

/* ---- from scratch to interned ------------------------------------------------------------------------------------ */

work work_begin(syms *s) { return (work){.s = s, .arena = arena_create(s->ctx)}; }

dim work_end(work *w, dim result) {
    if (w->failed) result = DIM_ERROR;
    arena_destroy(w->arena);
    return sym_shown(w->s, result);
}

dim sym_shown(syms *s, dim d) {
    if (d >= 0 || d == DIM_ERROR) return d;
    dim expanded = sym_expanded(s, d);
    if (expanded >= 0) return expanded;
    expr *e = (expr *)sym_expr(s, expanded);
    if (!e->shown) e->shown = d;
    return e->shown;
}

dim sym_expanded(const syms *s, dim d) { return d >= 0 ? d : sym_expr(s, d)->expanded; }

static bool is_sum_base(const syms *s, const factor *f) { return f->power > 0 && sym_kind(s, f->base) == EXPR_SUM; }

static void multiply(work *w, poly *p, const poly *by) {
    poly product = {0};
    if ((uint64_t)p->count * by->count > MAX_TERMS) w->failed = true;
    for (uint32_t i = 0; i < p->count && !w->failed; i++)
        for (uint32_t j = 0; j < by->count; j++) poly_add(w, &product, term_mul(w, p->data[i], by->data[j]));
    *p = product;
}

static dim expand_into(work *w, const poly *p);

/* Interns a sum. Trivial sums are a number or the base itself. */
static dim intern_sum(work *w, const poly *p) {
    if (w->failed) return DIM_ERROR;
    if (!p->count) return 0;
    const term *t = &p->data[0];
    if (p->count == 1 && t->den == 1) {
        if (!t->count && t->num >= 0) return t->num;
        if (t->count == 1 && t->num == 1 && t->factors[0].power == 1) return t->factors[0].base;
    }
    uint64_t size = 1;
    uint32_t depth = 0;
    bool is_expanded = true;
    for (uint32_t i = 0; i < p->count; i++) {
        size += 1 + p->data[i].count;
        for (uint32_t j = 0; j < p->data[i].count; j++) {
            size += size_of(w->s, p->data[i].factors[j].base);
            depth = MAX(depth, depth_of(w->s, p->data[i].factors[j].base) + 1);
            is_expanded = is_expanded && !is_sum_base(w->s, &p->data[i].factors[j]);
        }
    }
    if (size > MAX_SIZE || depth > MAX_NEST) {
        w->failed = true;
        return DIM_ERROR;
    }
    dim d = intern(
        w->s, &(expr){.kind = EXPR_SUM, .count = p->count, .size = (uint32_t)size, .depth = depth, .terms = p->data});
    if (!sym_expr(w->s, d)->expanded) {
        dim expanded = is_expanded ? d : expand_into(w, p);
        ((expr *)sym_expr(w->s, d))->expanded = expanded;
    }
    return d;
}

/* The interned multiplied-out form of a sum with sums among its bases; where that gets too large, itself. */
static dim expand_into(work *w, const poly *p) {
    work inner = {.s = w->s, .arena = w->arena};
    poly all = {0};
    for (uint32_t i = 0; i < p->count && !inner.failed; i++) {
        const term *t = &p->data[i];
        poly product = {0};
        factor *rest = ARENA_ARRAY(w->arena, factor, t->count);
        term plain = {.num = t->num, .den = t->den, .factors = rest};
        for (uint32_t j = 0; j < t->count; j++)
            if (!is_sum_base(w->s, &t->factors[j])) rest[plain.count++] = t->factors[j];
        poly_add(&inner, &product, plain);
        for (uint32_t j = 0; j < t->count; j++) {
            if (!is_sum_base(w->s, &t->factors[j])) continue;
            poly base = {0};
            sym_terms(&inner, sym_expanded(w->s, t->factors[j].base), &base);
            for (int64_t k = 0; k < t->factors[j].power && !inner.failed; k++) multiply(&inner, &product, &base);
        }
        for (uint32_t j = 0; j < product.count; j++) poly_add(&inner, &all, product.data[j]);
    }
    if (!inner.failed) {
        dim d = intern_sum(&inner, &all);
        if (!inner.failed) return sym_expanded(w->s, d);
    }
    return intern(w->s, &(expr){.kind = EXPR_SUM, .count = p->count, .terms = p->data});
}

dim poly_intern(work *w, poly *p) { return intern_sum(w, p); }

dim term_intern(work *w, term t) {
    poly p = {0};
    /* A number times a sum is distributed, as sympy does; other products of sums are kept. */
    if (t.count == 1 && t.factors[0].power == 1 && sym_kind(w->s, t.factors[0].base) == EXPR_SUM) {
        poly sum = {0};
        sym_terms(w, t.factors[0].base, &sum);
        t.count = 0;
        for (uint32_t i = 0; i < sum.count; i++) poly_add(w, &p, term_mul(w, t, sum.data[i]));
    } else {
        poly_add(w, &p, t);
    }
    return intern_sum(w, &p);
}

/* ---- arithmetic -------------------------------------------------------------------------------------------------- */

static bool both_static(dim a, dim b) { return a >= 0 && b >= 0; }

dim dim_negative(syms *s, int64_t value) {
    if (value >= 0 || value == DIM_ERROR) return value;
    work w = work_begin(s);
    return work_end(&w, term_intern(&w, (term){.num = value, .den = 1}));
}

static dim add(syms *s, dim a, dim b, int sign) {
    if (a == DIM_ERROR || b == DIM_ERROR) return DIM_ERROR;
    work w = work_begin(s);
    poly p = {0}, q = {0};
    sym_terms(&w, a, &p);
    sym_terms(&w, b, &q);
    for (uint32_t i = 0; i < q.count; i++) {
        term t = q.data[i];
        t.num *= sign; /* never INT64_MIN */
        poly_add(&w, &p, t);
    }
    return work_end(&w, intern_sum(&w, &p));
}

dim dim_add(syms *s, dim a, dim b) {
    int64_t sum;
    if (both_static(a, b)) return __builtin_add_overflow(a, b, &sum) ? DIM_ERROR : sum;
    if (a == 0) return b;
    if (b == 0) return a;
    return add(s, a, b, 1);
}

dim dim_sub(syms *s, dim a, dim b) {
    if (both_static(a, b)) return a >= b ? a - b : dim_negative(s, a - b);
    if (a == b && a != DIM_ERROR) return 0;
    return b == 0 ? a : add(s, a, b, -1);
}

dim dim_mul(syms *s, dim a, dim b) {
    int64_t product;
    if (both_static(a, b)) return __builtin_mul_overflow(a, b, &product) ? DIM_ERROR : product;
    if (a == DIM_ERROR || b == DIM_ERROR) return DIM_ERROR;
    if (a == 0 || b == 0) return 0;
    if (a == 1) return b;
    if (b == 1) return a;
    work w = work_begin(s);
    return work_end(&w, term_intern(&w, term_mul(&w, sym_as_term(&w, a), sym_as_term(&w, b))));
}

dim sym_power(syms *s, dim a, int64_t power) {
    work w = work_begin(s);
    return work_end(&w, term_intern(&w, term_power(&w, sym_as_term(&w, a), power)));
}

dim sym_divide(syms *s, dim a, dim b) {
    if (b == 0) return DIM_ERROR;
    work w = work_begin(s);
    term inverse = term_power(&w, sym_as_term(&w, b), -1);
    return work_end(&w, term_intern(&w, term_mul(&w, sym_as_term(&w, a), inverse)));
}

/* Whether b divides a as monomials, with an integer quotient. */
static bool term_divide(work *w, term a, term b, term *quotient) {
    *quotient = term_mul(w, a, term_power(w, b, -1));
    if (w->failed || quotient->den != 1) return false;
    for (uint32_t i = 0; i < quotient->count; i++)
        if (quotient->factors[i].power < 0) return false;
    return true;
}

/* Long division by the leading term; works out without rest exactly when b divides a (the order of terms is one of
 * monomials). */
dim sym_divide_exact(syms *s, dim a, dim b) {
    if (a == DIM_ERROR || b == DIM_ERROR || b == 0) return DIM_ERROR;
    work w = work_begin(s);
    poly rest = {0}, by = {0}, result = {0};
    sym_terms(&w, sym_expanded(s, a), &rest);
    sym_terms(&w, sym_expanded(s, b), &by);
    for (uint32_t steps = 0; rest.count && !w.failed; steps++) {
        term quotient;
        if (steps > MAX_TERMS || !term_divide(&w, rest.data[0], by.data[0], &quotient)) {
            w.failed = true;
            break;
        }
        poly_add(&w, &result, quotient);
        quotient.num = -quotient.num;
        for (uint32_t i = 0; i < by.count; i++) poly_add(&w, &rest, term_mul(&w, quotient, by.data[i]));
    }
    return work_end(&w, intern_sum(&w, &result));
}

/* ---- bounds ------------------------------------------------------------------------------------------------------ */

static bool is_input_symbol(const char *name) { return name[0] == 's' && name[1] >= '0' && name[1] <= '9'; }

static int64_t lower_of_call(const syms *s, const expr *e) {
    if (strcmp(e->name, "FloorDiv") == 0)
        return sym_lower(s, e->args[0]) >= 0 && sym_lower(s, e->args[1]) > 0 ? 0 : INT64_MIN;
    if (strcmp(e->name, "Mod") == 0) return 0;
    bool is_max = strcmp(e->name, "Max") == 0;
    if (!is_max && strcmp(e->name, "Min") != 0) return INT64_MIN;
    int64_t bound = sym_lower(s, e->args[0]);
    for (uint32_t i = 1; i < e->count; i++) {
        int64_t other = sym_lower(s, e->args[i]);
        bound = is_max ? MAX(bound, other) : MIN(bound, other);
    }
    return bound;
}

int64_t sym_lower(const syms *s, dim d) {
    if (d >= 0 || d == DIM_ERROR) return d;
    const expr *e = sym_expr(s, d);
    if (e->kind == EXPR_SYMBOL) return is_input_symbol(e->name) ? 1 : INT64_MIN;
    if (e->kind == EXPR_CALL) return lower_of_call(s, e);
    if (e->kind == EXPR_FLOAT) return INT64_MIN;
    int64_t bound = 0;
    for (uint32_t i = 0; i < e->count; i++) {
        const term *t = &e->terms[i];
        int64_t product = t->num;
        if (t->den != 1 || (t->count && t->num < 0)) return INT64_MIN;
        for (uint32_t j = 0; j < t->count; j++) {
            int64_t base = sym_lower(s, t->factors[j].base);
            if (base < 0 || t->factors[j].power < 0) return INT64_MIN;
            for (int64_t k = 0; k < t->factors[j].power; k++)
                if (__builtin_mul_overflow(product, base, &product)) return INT64_MIN;
        }
        if (__builtin_add_overflow(bound, product, &bound)) return INT64_MIN;
    }
    return bound;
}
