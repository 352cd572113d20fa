/* SPDX-License-Identifier: MIT
 * map.c — open addressing with linear probing, at most two thirds full. */
#include "base/map.h"
#include <string.h>

#define MULTIPLIER UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio (Knuth, multiplicative hashing) */

static uint64_t mix(uint64_t h) {
    h = (h ^ (h >> 32)) * MULTIPLIER;
    return h ^ (h >> 29);
}

uint64_t hash_bytes(const void *bytes, size_t count, uint64_t seed) {
    const unsigned char *p = bytes;
    uint64_t h = mix(seed + count + 1);
    for (; count >= 8; count -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        h = mix(h ^ word);
    }
    uint64_t word = 0;
    if (count) memcpy(&word, p, count);
    return mix(h ^ word);
}

/* The entry of a key, or the empty one where it would go. The table has an empty entry. */
static map_entry *find(const map *m, const char *key, uint64_t hash) {
    uint32_t mask = m->capacity - 1, i = (uint32_t)mix(hash) & mask;
    for (;; i = (i + 1) & mask) {
        map_entry *e = &m->entries[i];
        if (!e->used) return e;
        if (e->hash == hash && !e->key == !key && (!key || strcmp(e->key, key) == 0)) return e;
    }
}

static void grow(map *m) {
    map bigger = {.arena = m->arena, .capacity = m->capacity ? 2 * m->capacity : 16, .count = m->count};
    if (!bigger.capacity) guard_unwind(arena_context(m->arena));
    bigger.entries = ARENA_ARRAY(m->arena, map_entry, bigger.capacity);
    for (uint32_t i = 0; i < m->capacity; i++)
        if (m->entries[i].used) *find(&bigger, m->entries[i].key, m->entries[i].hash) = m->entries[i];
    *m = bigger;
}

static void set(map *m, const char *key, uint64_t hash, uint32_t value) {
    if (m->count >= m->capacity / 3 * 2) grow(m);
    map_entry *e = find(m, key, hash);
    if (!e->used) m->count++;
    *e = (map_entry){.key = e->used ? e->key : key, .hash = hash, .value = value, .used = 1};
}

uint32_t map_get(const map *m, const char *key) {
    if (!m->capacity) return MAP_NONE;
    const map_entry *e = find(m, key, hash_bytes(key, strlen(key), 0));
    return e->used ? e->value : MAP_NONE;
}

const char *map_key(const map *m, const char *key) {
    if (!m->capacity) return NULL;
    return find(m, key, hash_bytes(key, strlen(key), 0))->key;
}

void map_set(map *m, const char *key, uint32_t value) { set(m, key, hash_bytes(key, strlen(key), 0), value); }

uint32_t map_get_number(const map *m, uint64_t key) {
    if (!m->capacity) return MAP_NONE;
    const map_entry *e = find(m, NULL, key);
    return e->used ? e->value : MAP_NONE;
}

void map_set_number(map *m, uint64_t key, uint32_t value) { set(m, NULL, key, value); }
