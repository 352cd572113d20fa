/* SPDX-License-Identifier: MIT
 * sym.h — sizes that may be symbolic.
 *
 * A `dim` is a size, stride or offset. Not negative: that number. Negative: an interned symbolic expression of the
 * context (`s77`, `2*s10`, `u0 + 1`, `Max(1, s75 - 1)`), so equal expressions are equal numbers, and static programs
 * pay one sign test. Expressions are kept in the canonical form that sympy prints, so text round-trips.
 * DIM_ERROR marks an expression with no value here (overflow, division by zero). */
#ifndef GRAPH_SYM_H
#define GRAPH_SYM_H

#include "base/text.h"

typedef int64_t dim;
#define DIM_ERROR INT64_MIN
static inline bool dim_is_static(dim d) { return d >= 0; }

typedef struct syms syms; /* ctx->syms */
syms *syms_create(cot_context *ctx);

/* Arithmetic; two static operands give a static result without touching `s`. Floor division and modulo as Python's. */
dim dim_add(syms *s, dim a, dim b);
dim dim_sub(syms *s, dim a, dim b);
dim dim_mul(syms *s, dim a, dim b);
dim dim_floordiv(syms *s, dim a, dim b);
dim dim_mod(syms *s, dim a, dim b);
dim dim_max(syms *s, dim a, dim b);
dim dim_min(syms *s, dim a, dim b);
dim dim_negative(syms *s, int64_t value); /* a negative constant as an expression (for differences and Sym values) */
dim dim_symbol(syms *s, const char *name, size_t length);
/* A relation ("==", "!=", "<", "<=", ">", ">=") or other function by the name sympy prints ("Mod", "FloatTrueDiv"). */
dim dim_function(syms *s, const char *name, const dim *args, uint32_t count);
/* True when the two are equal for all values of their symbols; different expressions may still be equal at run time. */
static inline bool dim_equal(dim a, dim b) { return a == b; }
bool dim_is_one(dim d); /* statically 1 */

/* The expression's text as sympy prints it. */
void dim_print(const syms *s, dim d, text *out);
/* Reads an expression; *end is set behind it. Gives DIM_ERROR where it does not parse. */
dim dim_parse(syms *s, const char *from, const char *to, const char **end);

/* Values of symbols. `count` entries; symbols are found by their dim. */
typedef struct symbol_value {
    dim symbol;
    int64_t value;
    double number; /* is_float: the value of a float, as of x.item() */
    bool is_float;
} symbol_value;
typedef struct binding {
    symbol_value *entries;
    uint32_t count;
} binding;
/* The number an expression has under a binding; DIM_ERROR when a symbol is missing or it overflows. */
int64_t dim_value(const syms *s, dim d, const binding *b);
/* The same for an expression of a float (IntTrueDiv, ToFloat): NaN when it has no number. */
double dim_real(const syms *s, dim d, const binding *b);
/* Calls f for each symbol in the expression, as often as it stands there, from left to right. */
void dim_each_symbol(const syms *s, dim d, void (*f)(void *user, dim symbol), void *user);
/* Name of a plain symbol, NULL for anything else. */
const char *dim_symbol_name(const syms *s, dim d);
/* A symbol of the expression that has no value under the binding; 0 when there is none. */
dim dim_unbound(const syms *s, dim d, const binding *b);

#endif
