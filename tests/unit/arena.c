/* SPDX-License-Identifier: MIT
 * arena.c — arenas and guards: alignment, zeroes, large pieces, and unwinding when memory ends. */
#include "tests/unit/tap.h"
#include "base/vec.h"

static int is_zero(const unsigned char *p, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (p[i]) return 0;
    return 1;
}

static void count_up(void *what) { ++*(int *)what; }

static void test_pieces(cot_context *ctx) {
    arena *a = arena_create(ctx);
    int aligned = 1, zero = 1;
    for (size_t i = 0; i < 2000; i++) {
        unsigned char *p = arena_alloc(a, i % 97), *q = arena_alloc_aligned(a, i, (size_t)16 << i % 9);
        aligned = aligned && (size_t)p % 16 == 0 && (size_t)q % ((size_t)16 << i % 9) == 0;
        zero = zero && is_zero(p, i % 97) && is_zero(q, i);
        memset(p, 0xff, i % 97);
        memset(q, 0xff, i);
    }
    CHECK(aligned);
    CHECK(zero);
    unsigned char *large = arena_alloc(a, 5 << 20), *small = arena_alloc(a, 8);
    CHECK(is_zero(large, 5 << 20) && is_zero(small, 8));
    CHECK(arena_bytes(a) >= 5 << 20);
    CHECK_TEXT(arena_printf(a, "%d-%s", 7, "x"), "7-x");
    CHECK_TEXT(arena_string(a, "abcdef", 3), "abc");
    int called[2] = {0};
    arena_on_destroy(a, count_up, &called[0]);
    arena_on_destroy(a, count_up, &called[0]);
    arena_on_destroy(a, count_up, &called[1]);
    arena_destroy(a);
    CHECK(called[0] == 2 && called[1] == 1);
}

static void test_vec(cot_context *ctx) {
    arena *a = arena_create(ctx);
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++) *VEC_PUSH(a, &v) = i;
    CHECK(v.count == 1000 && v.data[0] == 0 && v.data[999] == 999);
    v.count = 10;
    CHECK(*VEC_PUSH(a, &v) == 0); /* zeroed, though something stood there */
    arena_destroy(a);
}

/* Arenas made inside a guard go when it unwinds; an older one that was destroyed inside does not confuse it. */
static void test_unwind(cot_context *ctx, counting *memory) {
    arena *old = arena_create(ctx), *middle = arena_create(ctx);
    size_t held = memory->held;
    guard outer, inner;
    cot_error error;
    if (GUARD_ENTER(&outer, ctx)) {
        CHECK(guard_failed(&outer, &error) == COT_NO_MEMORY);
    } else {
        arena_destroy(middle);
        arena_create(ctx);
        if (GUARD_ENTER(&inner, ctx)) {
            CHECK(guard_failed(&inner, &error) == COT_NO_MEMORY && error.status == COT_NO_MEMORY);
            guard_unwind(ctx); /* and on to the outer one */
        } else {
            arena_create(ctx);
            arena_alloc(old, SIZE_MAX / 2);
            CHECK(!"an impossible request came back");
        }
    }
    CHECK(ctx->innermost == NULL);
    CHECK(ctx->arenas == old);
    CHECK(memory->held < held);
    arena_destroy(old);
}

static void test_overflow(cot_context *ctx) {
    guard g;
    if (GUARD_ENTER(&g, ctx)) {
        CHECK(guard_failed(&g, NULL) == COT_NO_MEMORY);
    } else {
        arena_array(arena_create(ctx), SIZE_MAX / 2, 3);
        CHECK(!"an overflowing product came back");
    }
}

int main(void) {
    counting memory = {0};
    cot_allocator allocator = counting_allocator(&memory);
    cot_context *ctx;
    for (size_t n = 1; n <= 2; n++) { /* the context, its arena */
        counting little = {.fail_at = n};
        cot_allocator failing = counting_allocator(&little);
        CHECK(context_create(&(cot_context_options){.allocator = &failing}, &ctx, NULL) == COT_NO_MEMORY && !ctx);
        CHECK(little.held == 0);
    }
    if (context_create(&(cot_context_options){.allocator = &allocator}, &ctx, NULL)) return 1;
    test_pieces(ctx);
    test_vec(ctx);
    test_unwind(ctx, &memory);
    test_overflow(ctx);
    context_destroy(ctx);
    CHECK(memory.held == 0);
    return tap_done();
}
