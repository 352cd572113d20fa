/* SPDX-License-Identifier: MIT
 * type.c — tensor types: contiguous strides, text, comparison, promotion of element types. */
#include "tests/unit/tap.h"
#include "graph/graph.h"

static cot_context *ctx;

static const char *shown(const type *t) {
    text out = {.arena = ctx->arena};
    type_print(ctx->syms, t, true, true, &out);
    return out.data;
}

static void test_types(void) {
    syms *s = ctx->syms;
    arena *a = ctx->arena;
    dim s0 = dim_symbol(s, "s0", 2), u0 = dim_symbol(s, "u0", 2);
    type t = type_tensor(a, s, COT_F32, (dim[]){4, 8}, 2);
    CHECK_TEXT(shown(&t), "f32[4, 8][8, 1]cpu");
    CHECK(type_numel(s, &t) == 32 && type_is_contiguous(&t, s) && type_is_static(&t));
    t = type_tensor(a, s, COT_BOOL, NULL, 0);
    CHECK_TEXT(shown(&t), "b8[][]cpu");
    CHECK(type_numel(s, &t) == 1);
    t = type_tensor(a, s, COT_I64, (dim[]){2, 0, 3}, 3); /* strides as if the empty dimension had one item */
    CHECK_TEXT(shown(&t), "i64[2, 0, 3][3, 3, 1]cpu");
    CHECK(type_is_contiguous(&t, s));
    t = type_tensor(a, s, COT_BF16, (dim[]){2, s0, u0}, 3);
    CHECK_TEXT(shown(&t), "bf16[2, s0, u0][s0*Max(1, u0), Max(1, u0), 1]cpu");
    CHECK(!type_is_static(&t));
    type view = type_strided(a, COT_F32, (dim[]){8, 4}, (dim[]){1, 8}, 2, 0), other = type_copy(a, &view);
    CHECK(!type_is_contiguous(&view, s) && type_equal(&view, &other, true));
    type plain = type_tensor(a, s, COT_F32, (dim[]){8, 4}, 2);
    CHECK(type_equal(&view, &plain, false) && !type_equal(&view, &plain, true));
    type parts[] = {view, type_int(s0)}, pair = type_tuple(a, parts, 2), copy = type_copy(a, &pair);
    CHECK(type_equal(&pair, &copy, true) && copy.parts != pair.parts);
    CHECK_TEXT(shown(&parts[1]), "Sym(s0)");
    type ones = type_strided(a, COT_F32, (dim[]){1, 3, 1}, (dim[]){99, 1, 7}, 3, 0);
    CHECK(type_is_contiguous(&ones, s)); /* the stride of one item is never used */
}

/* torch.promote_types, rows and columns in the order of COT_DTYPE_MAP. */
static void test_promotion(void) {
    static const char *const table[COT_DTYPE_COUNT] = {
        [COT_F32] = "f32 f64 f32 f32 f32 f32 f32 f32 f32 f32 c64 c128",
        [COT_F64] = "f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 c128 c128",
        [COT_F16] = "f32 f64 f16 f32 f16 f16 f16 f16 f16 f16 c64 c128",
        [COT_BF16] = "f32 f64 f32 bf16 bf16 bf16 bf16 bf16 bf16 bf16 c64 c128",
        [COT_I64] = "f32 f64 f16 bf16 i64 i64 i64 i64 i64 i64 c64 c128",
        [COT_I32] = "f32 f64 f16 bf16 i64 i32 i32 i32 i32 i32 c64 c128",
        [COT_I16] = "f32 f64 f16 bf16 i64 i32 i16 i16 i16 i16 c64 c128",
        [COT_I8] = "f32 f64 f16 bf16 i64 i32 i16 i8 i16 i8 c64 c128",
        [COT_U8] = "f32 f64 f16 bf16 i64 i32 i16 i16 u8 u8 c64 c128",
        [COT_BOOL] = "f32 f64 f16 bf16 i64 i32 i16 i8 u8 b8 c64 c128",
        [COT_C64] = "c64 c128 c64 c64 c64 c64 c64 c64 c64 c64 c64 c128",
        [COT_C128] = "c128 c128 c128 c128 c128 c128 c128 c128 c128 c128 c128 c128",
    };
    for (uint32_t i = 0; i < COT_DTYPE_COUNT; i++) {
        text row = {.arena = ctx->arena};
        for (uint32_t j = 0; j < COT_DTYPE_COUNT; j++)
            text_printf(&row, "%s%s", j ? " " : "", cot_dtype_name(dtype_promote((cot_dtype)i, (cot_dtype)j)));
        CHECK_TEXT(row.data, table[i]);
    }
}

int main(void) {
    if (context_create(NULL, &ctx, NULL)) return 1;
    ctx->syms = syms_create(ctx);
    test_types();
    test_promotion();
    cot_dtype d;
    CHECK(dtype_parse("bf16", 4, &d) && d == COT_BF16 && !dtype_parse("f8", 2, &d));
    CHECK(dtype_parse_torch("float32", &d) && d == COT_F32 && dtype_parse_torch("long", &d) && d == COT_I64);
    CHECK(!dtype_parse_torch("strided", &d));
    CHECK_TEXT(dtype_torch_name(COT_BOOL), "bool");
    CHECK(cot_dtype_bytes(COT_C128) == 16 && cot_dtype_bytes((cot_dtype)99) == 0);
    CHECK_TEXT(cot_dtype_name((cot_dtype)99), "?");
    CHECK_TEXT(cot_status_text(COT_OK), "success");
    context_destroy(ctx);
    return tap_done();
}
