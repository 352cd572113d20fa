/* SPDX-License-Identifier: MIT
 * sym.c — symbolic sizes: what prints as it was read, what is equal, what has which value. */
#include "tests/unit/tap.h"
#include "graph/sym.h"

static cot_context *ctx;
static syms *s;

static dim parse(const char *from) {
    const char *end;
    dim d = dim_parse(s, from, from + strlen(from), &end);
    return *end ? DIM_ERROR : d;
}

static const char *shown(dim d) {
    text t = {.arena = ctx->arena};
    dim_print(s, d, &t);
    return t.data;
}

/* Texts that PyTorch prints. */
/* clang-format off */
static const char *const canonical[] = {
    "s77", "u0", "2*s75", "s77 - 2", "-s27 + s53", "s27*s77", "s0**2", "s0/2", "3*s0/2", "s0/2 + 1/2",
    "s57 + s75 + s96", "(s77//2)", "((s27 + 1)//2)", "(s77 - 2)*(((s27 + 1)//2))", "((s0//2)) + 1",
    "2*((s0//2)) + 1", "3 - s0", "7 - s0**2", "Mod(s0 + 1, 4)", "3*(Mod(s0 + 1, 4))", "Max(1, s75 - 1)",
    "Max(1, ((s27 + 1)//2))", "Min(4, s27)", "Max(1, u0)", "s1*Max(1, s0 - 1)", "(Min(4, s1)//3)",
    "PythonMod(u0, 3)", "ModularIndexing(s0, 2, 4)", "IntTrueDiv(s0, 2)", "FloatTrueDiv(zf3, 2)",
    "TruncToInt(IntTrueDiv(s0, 2))", "2.0*zuf0", "OpaqueUnaryFn_sqrt(s0)", "u0 >= 0", "u0 < 10", "Eq(u0, 0)",
    "Ne(u0, 1)", "(u0 > 0) & (u0 < 5)", "~(u0 > 0)", "Piecewise((s0, s0 > 1), (2, True))", "Where(u0, s0, s1)",
    "int_oo", "-int_oo", "-5", "s0/s1", "s0/(s1*s2)", "1/s0", "s10*(s11 + 1)", "(s0 + 1)**2", "-(s0 + 3)*((u0//2))",
    "2*s1*(s0 + 3)", "s0**2*s1 + s0*s1**2 + 1",
};
/* clang-format on */

/* What is the same for all values is the same number, in whatever form it comes. */
static const char *const equal[][2] = {
    {"2*s10*3", "6*s10"},
    {"s10*4/2", "2*s10"},
    {"s0 + s1", "s1 + s0"},
    {"(s0 + 1)*(s0 - 1)", "s0**2 - 1"},
    {"s0 - s0", "0"},
    {"(s0 + 1)*s1 - s1", "s0*s1"},
    {"(2*s0 + 1)//2", "s0"},
    {"(6*s0)//4", "(3*s0)//2"},
    {"(s0*s1)//s0", "s1"},
    {"(s0*s1 + s0)//s0", "s1 + 1"},
    {"((s77 - 2)*((s27 + 1)//2))//(s77 - 2)", "(s27 + 1)//2"},
    {"(s0**2 - 1)//(s0 + 1)", "s0 - 1"},
    {"(s0//2)//3", "s0//6"},
    {"Mod(4*s0, 2)", "0"},
    {"Mod(2*s0 + 1, 2)", "1"},
    {"Mod(s0, s0)", "0"},
    {"Max(1, s0)", "s0"},
    {"Max(0, s0 - 1)", "s0 - 1"},
    {"Max(s0, s0 + 1)", "s0 + 1"},
    {"Min(s0, s0 + s1)", "s0"},
    {"Max(Max(1, u0), u1)", "Max(1, u0, u1)"},
    {"Eq(s0, s0)", "1"},
    {"3 < 2", "0"},
    {"-7//2", "-4"},
    {"-7 % 3", "2"},
    {"(s0 + 4)//s0", "(s0 + 4)//s0"},
    {"CeilDiv(s0, 4)", "(s0 + 3)//4"},
};

static const char *const wrong[] = {
    "",   "(",   "s0 +",  "s0 s1", "9999999999999999999",      "s0**99999", "1//0", "s0 % 0", "Eq(s0)",
    "f(", "s0)", "1.5.2", "@",     "9223372036854775807*s0*2",
};

static void test_values(void) {
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"s0", 7},
        {"2*s0 + s1", 26},
        {"(s0//2)", 3},
        {"-(s0//2)", -3},
        {"Mod(s0, 4)", 3},
        {"PythonMod(-s0, 4)", 1},
        {"Max(1, s0 - 10)", 1},
        {"Min(4, s0, s1)", 4},
        {"s0/2 + s0/2", 7},
        {"s0/2", DIM_ERROR},
        {"s0**3", 343},
        {"u9", DIM_ERROR},
        {"ModularIndexing(s1, 2, 4)", 2},
        {"TruncToInt(IntTrueDiv(s0, 2))", 3},
        {"CeilToInt(IntTrueDiv(s0, 2))", 4},
        {"(s0 > 3) & (s1 < 20)", 1},
        {"~(s0 > 3)", 0},
        {"Piecewise((s0, s0 > 10), (2, True))", 2},
        {"s0**30*s1**30", DIM_ERROR},
        {"OpaqueUnaryFn_sqrt(s1 + 4)", 4},
        {"s1/s0", DIM_ERROR},
        {"Eq(s0, 7)", 1},
    };
    symbol_value entries[] = {{.symbol = parse("s0"), .value = 7}, {.symbol = parse("s1"), .value = 12}};
    binding b = {entries, 2};
    for (uint32_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t value = dim_value(s, parse(cases[i].text), &b);
        tap_check(value == cases[i].value, cases[i].text, __FILE__, __LINE__);
        if (value != cases[i].value) printf("#   found %lld\n", (long long)value);
    }
}

static void test_static(void) {
    CHECK(dim_add(s, 3, 4) == 7 && dim_mul(s, 3, 4) == 12 && dim_sub(s, 4, 3) == 1 && dim_floordiv(s, 7, 2) == 3);
    CHECK(dim_mod(s, 7, 4) == 3 && dim_max(s, 3, 4) == 4 && dim_min(s, 3, 4) == 3);
    CHECK(dim_mul(s, INT64_MAX, 2) == DIM_ERROR && dim_add(s, INT64_MAX, 1) == DIM_ERROR &&
          dim_floordiv(s, 1, 0) == DIM_ERROR);
    dim minus = dim_sub(s, 3, 5);
    CHECK(!dim_is_static(minus) && dim_add(s, minus, 5) == 3 && dim_value(s, minus, NULL) == -2);
    CHECK(dim_add(s, DIM_ERROR, 1) == DIM_ERROR && dim_mul(s, 0, parse("s0")) == 0);
    CHECK_TEXT(dim_symbol_name(s, parse("s77")), "s77");
    CHECK(dim_symbol_name(s, parse("2*s77")) == NULL && dim_symbol_name(s, 4) == NULL);
}

/* Sums that would multiply out to very many terms stay products; very deep or large expressions have no value. */
static void test_limits(void) {
    dim product = 1;
    for (int i = 0; i < 24; i++)
        product = dim_mul(s, product, dim_add(s, parse(arena_printf(ctx->arena, "s%d", i)), 1));
    CHECK(product != DIM_ERROR);
    CHECK(dim_sub(s, product, product) == 0);
    char deep[4096];
    memset(deep, '(', 2000);
    strcpy(deep + 2000, "1");
    CHECK(parse(deep) == DIM_ERROR);
    memset(deep, '-', 4000);
    strcpy(deep + 4000, "1");
    CHECK(parse(deep) == DIM_ERROR);
    dim big = parse("u0");
    for (int i = 0; i < 60 && big != DIM_ERROR; i++) big = dim_function(s, "f", (dim[]){big, big}, 2);
    CHECK(big == DIM_ERROR);
}

int main(void) {
    if (context_create(NULL, &ctx, NULL)) return 1;
    for (uint32_t i = 0; i < COUNT_OF(canonical); i++) {
        s = syms_create(ctx);
        CHECK_TEXT(shown(parse(canonical[i])), canonical[i]);
    }
    s = syms_create(ctx);
    for (uint32_t i = 0; i < COUNT_OF(equal); i++) {
        dim a = parse(equal[i][0]), b = parse(equal[i][1]);
        tap_check(a == b && a != DIM_ERROR, equal[i][0], __FILE__, __LINE__);
        if (a != b) printf("#   %s and %s\n", shown(a), shown(b));
    }
    for (uint32_t i = 0; i < COUNT_OF(wrong); i++)
        tap_check(parse(wrong[i]) == DIM_ERROR, wrong[i], __FILE__, __LINE__);
    test_values();
    test_static();
    test_limits();
    context_destroy(ctx);
    return tap_done();
}
