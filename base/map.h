/* SPDX-License-Identifier: MIT
 * map.h — a hash map from strings (or 64-bit numbers) to 32-bit numbers, in an arena. Open addressing, no removal. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

typedef struct map_entry {
    const char *key; /* NULL: number key, or empty when !used */
    uint64_t hash;   /* the hash, or the number itself */
    uint32_t value;
    uint32_t used;
} map_entry;

typedef struct map {
    arena *arena;
    map_entry *entries;
    uint32_t capacity, count;
} map; /* zero with `arena` set is an empty map */

#define MAP_NONE UINT32_MAX

uint32_t map_get(const map *m, const char *key);       /* MAP_NONE when absent */
void map_set(map *m, const char *key, uint32_t value); /* key is borrowed: it must outlive the map */
const char *map_key(const map *m, const char *key);    /* the borrowed key itself, NULL when absent */
uint32_t map_get_number(const map *m, uint64_t key);
void map_set_number(map *m, uint64_t key, uint32_t value);
uint64_t hash_bytes(const void *bytes, size_t count, uint64_t seed);

#endif
