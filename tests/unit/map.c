/* SPDX-License-Identifier: MIT
 * map.c — hash maps against what they should hold. */
#include "tests/unit/tap.h"
#include "base/map.h"

#define MANY 20000

int main(void) {
    cot_context *ctx;
    if (context_create(NULL, &ctx, NULL)) return 1;
    map words = {.arena = ctx->arena}, numbers = {.arena = ctx->arena};
    CHECK(map_get(&words, "") == MAP_NONE && map_get_number(&numbers, 0) == MAP_NONE);
    const char **keys = ARENA_ARRAY(ctx->arena, const char *, MANY);
    for (uint32_t i = 0; i < MANY; i++) {
        keys[i] = arena_printf(ctx->arena, "key_%u", i);
        map_set(&words, keys[i], i);
        map_set_number(&numbers, (uint64_t)i << 32, i);
    }
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < MANY; i++) {
        wrong += map_get(&words, arena_printf(ctx->arena, "key_%u", i)) != i;
        wrong += map_get_number(&numbers, (uint64_t)i << 32) != i;
        wrong += map_get_number(&numbers, ((uint64_t)i << 32) + 1) != MAP_NONE;
    }
    CHECK(wrong == 0);
    CHECK(words.count == MANY && numbers.count == MANY);
    char again[] = "key_7";
    map_set(&words, again, 70);
    CHECK(map_get(&words, "key_7") == 70 && words.count == MANY);
    CHECK(map_key(&words, "key_7") == keys[7]); /* the first key stays */
    CHECK(map_get(&words, "key_") == MAP_NONE && map_key(&words, "key_") == NULL);
    context_destroy(ctx);
    return tap_done();
}
