/* SPDX-License-Identifier: MIT
 * vec.c — the one function behind VEC(type). */
#include "base/vec.h"

typedef struct any_vec {
    void *data;
    uint32_t count, capacity;
} any_vec;

void vec_grow_(arena *a, void *vec, size_t item_bytes, uint32_t wanted) {
    any_vec v; /* by copy: the caller's struct has another pointer type */
    memcpy(&v, vec, sizeof v);
    if (wanted <= v.capacity) return;
    if (wanted > UINT32_MAX / 2) guard_unwind(arena_context(a));
    uint32_t capacity = MAX(MAX(wanted, 2 * v.capacity), 8);
    void *data = arena_array(a, capacity, item_bytes);
    if (v.count) memcpy(data, v.data, v.count * item_bytes);
    v.data = data;
    v.capacity = capacity;
    memcpy(vec, &v, sizeof v);
}
