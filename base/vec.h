/* SPDX-License-Identifier: MIT
 * vec.h — growable arrays in an arena. An old block stays in the arena when the array grows (at most as much again).
 *
 *     VEC(int) v = {0};
 *     *VEC_PUSH(a, &v) = 7;           // v.data[v.count - 1] == 7
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"
#include <string.h>

#define VEC(type)                                                                                                      \
    struct {                                                                                                           \
        type *data;                                                                                                    \
        uint32_t count, capacity;                                                                                      \
    }

void vec_grow_(arena *a, void *vec, size_t item_bytes, uint32_t wanted);

/* Pointer to a new zeroed item at the end. */
#define VEC_PUSH(a, v)                                                                                                 \
    ((v)->count == (v)->capacity ? vec_grow_((a), (v), sizeof(*(v)->data), (v)->count + 1) : (void)0,                  \
     memset(&(v)->data[(v)->count], 0, sizeof(*(v)->data)), &(v)->data[(v)->count++])
/* Makes room for `n` items in all, without changing count. */
#define VEC_RESERVE(a, v, n) vec_grow_((a), (v), sizeof(*(v)->data), (n))

#endif
