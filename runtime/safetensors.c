/* SPDX-License-Identifier: MIT
 * safetensors.c — reading weights through a mapping, and writing them so that a crash leaves the old file.
 *
 * A file is an 8-byte header length, a JSON object from keys to {dtype, shape, data_offsets}, and data. All of the
 * header is checked before anything is believed: extents against sizes, overlaps, gaps, what overflows. */
#include <cotangent/safetensors.h>
#include "base/context.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "runtime/json.h"
#include "runtime/move.h"
#include "runtime/pool.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LENGTH_BYTES = 8, MAX_HEADER = 100000000 };

typedef struct entry {
    const char *key;
    cot_tensor tensor;
    uint64_t begin, end; /* in the data */
    bool supported;      /* a dtype this library has */
} entry;

struct cot_file {
    arena *arena;
    const char *path;
    char *mapping;
    size_t bytes;
    const char *data;
    uint64_t data_bytes;
    VEC(entry) entries;
    VEC(const char *) metadata; /* key, value, … */
    map keys;
};

/* ---- the header ---------------------------------------------------------------------------------------------- */

/* Dtypes of the format that are not ours are checked for size and then not offered. */
static const struct {
    const char *name;
    int dtype; /* -1: not ours */
    uint32_t bits;
} dtypes[] = {
#define X(name, code, bytes, text, torch, st) {st, code, 8 * bytes},
    COT_DTYPE_MAP(X)
#undef X
        {"U16", -1, 16},
    {"U32", -1, 32},
    {"U64", -1, 64},
    {"F8_E4M3", -1, 8},
    {"F8_E5M2", -1, 8},
    {"F8_E8M0", -1, 8},
    {"F8_E4M3FNUZ", -1, 8},
    {"F8_E5M2FNUZ", -1, 8},
    {"F4", -1, 4},
    {"F6_E2M3", -1, 6},
    {"F6_E3M2", -1, 6},
};

static cot_status damaged(const cot_file *f, const char *key, cot_error *error, const char *what) {
    cot_status status =
        key ? fail(error, COT_DATA, "%s: %s: %s", f->path, key, what) : fail(error, COT_DATA, "%s: %s", f->path, what);
    if (error) snprintf(error->file, sizeof error->file, "%s", f->path);
    return status;
}

static cot_status json_damaged(const cot_file *f, const json *j, const char *key, cot_error *error) {
    char what[160];
    snprintf(what, sizeof what, "%s at byte %zu of the header", j->error ? j->error : "damaged", j->at);
    return damaged(f, key, error, what);
}

static bool read_shape(json *j, entry *e, uint64_t *count, bool *too_many) {
    *count = 1;
    if (!json_expect(j, '[')) return false;
    if (json_accept(j, ']')) return true;
    do {
        int64_t size;
        if (!json_unsigned(j, &size)) return false;
        if (e->tensor.ndim == COT_MAX_DIMS) *too_many = true;
        else e->tensor.sizes[e->tensor.ndim++] = size;
        if (__builtin_mul_overflow(*count, (uint64_t)size, count)) return json_fail(j, "sizes that overflow");
    } while (json_accept(j, ','));
    return json_expect(j, ']');
}

static bool read_offsets(json *j, entry *e) {
    int64_t begin, end;
    if (!json_expect(j, '[') || !json_unsigned(j, &begin)) return false;
    if (!json_accept(j, ',')) return json_fail(j, "expected two offsets");
    if (!json_unsigned(j, &end) || !json_expect(j, ']')) return false;
    e->begin = (uint64_t)begin, e->end = (uint64_t)end;
    return true;
}

static cot_status check_entry(const cot_file *f, entry *e, const char *dtype, uint64_t count, bool too_many,
                              cot_error *error) {
    size_t i = 0;
    while (i < COUNT_OF(dtypes) && strcmp(dtypes[i].name, dtype)) i++;
    if (i == COUNT_OF(dtypes)) return damaged(f, e->key, error, "unknown dtype");
    uint64_t bits;
    if (__builtin_mul_overflow(count, (uint64_t)dtypes[i].bits, &bits) || bits / 8 > INT64_MAX)
        return damaged(f, e->key, error, "sizes that overflow");
    if (e->begin > e->end || e->end > f->data_bytes) return damaged(f, e->key, error, "offsets outside the file");
    if (bits % 8 || e->end - e->begin != bits / 8)
        return damaged(f, e->key, error, "offsets do not fit dtype and shape");
    e->supported = dtypes[i].dtype >= 0 && !too_many;
    if (!e->supported) return COT_OK;
    e->tensor.dtype = (cot_dtype)dtypes[i].dtype;
    e->tensor.data = (void *)(f->data + e->begin);
    tensor_desc d = tensor_describe(e->tensor.dtype, e->tensor.ndim, e->tensor.sizes, NULL);
    memcpy(e->tensor.strides, d.strides, sizeof d.strides);
    return COT_OK;
}

static cot_status read_entry(cot_file *f, json *j, const char *key, cot_error *error) {
    entry e = {.key = key};
    const char *field, *dtype = NULL;
    bool shape = false, offsets = false, too_many = false, ok = json_expect(j, '{');
    uint64_t count = 0;
    while (ok && json_string(j, &field) && (ok = json_expect(j, ':'))) {
        if (!strcmp(field, "dtype") && !dtype) ok = json_string(j, &dtype);
        else if (!strcmp(field, "shape") && !shape) ok = shape = read_shape(j, &e, &count, &too_many);
        else if (!strcmp(field, "data_offsets") && !offsets) ok = offsets = read_offsets(j, &e);
        else ok = json_fail(j, "an unknown or repeated field");
        if (!json_accept(j, ',')) break;
    }
    if (!ok || j->error || !json_expect(j, '}')) return json_damaged(f, j, key, error);
    if (!dtype || !shape || !offsets) return damaged(f, key, error, "dtype, shape or data_offsets is missing");
    TRY(check_entry(f, &e, dtype, count, too_many, error));
    if (map_get(&f->keys, key) != MAP_NONE) return damaged(f, key, error, "the key stands twice");
    map_set(&f->keys, key, f->entries.count);
    *VEC_PUSH(f->arena, &f->entries) = e;
    return COT_OK;
}

static cot_status read_metadata(cot_file *f, json *j, cot_error *error) {
    if (f->metadata.count) return damaged(f, "__metadata__", error, "the key stands twice");
    bool ok = json_expect(j, '{');
    if (ok && json_accept(j, '}')) return COT_OK;
    while (ok) {
        const char *key, *text;
        ok = json_string(j, &key) && json_expect(j, ':') && json_string(j, &text);
        if (!ok) break;
        *VEC_PUSH(f->arena, &f->metadata) = key;
        *VEC_PUSH(f->arena, &f->metadata) = text;
        if (!json_accept(j, ',')) break;
    }
    if (!ok || !json_expect(j, '}')) return json_damaged(f, j, "__metadata__", error);
    return COT_OK;
}

static int by_begin(const void *a, const void *b) {
    const entry *x = *(const entry *const *)a, *y = *(const entry *const *)b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

/* Data of different keys must not overlap, and nothing may lie between them. */
static cot_status check_extents(cot_file *f, cot_error *error) {
    const entry **sorted = ARENA_ARRAY(f->arena, const entry *, f->entries.count);
    for (uint32_t i = 0; i < f->entries.count; i++) sorted[i] = &f->entries.data[i];
    if (f->entries.count) qsort(sorted, f->entries.count, sizeof *sorted, by_begin);
    uint64_t end = 0;
    for (uint32_t i = 0; i < f->entries.count; i++) {
        if (sorted[i]->begin < end) return damaged(f, sorted[i]->key, error, "its data overlaps that of another key");
        if (sorted[i]->begin > end) return damaged(f, sorted[i]->key, error, "there is a gap before its data");
        end = sorted[i]->end;
    }
    if (end != f->data_bytes) return damaged(f, NULL, error, "data that belongs to no key, or a truncated file");
    return COT_OK;
}

static cot_status read_header(cot_file *f, cot_error *error) {
    if (f->bytes < LENGTH_BYTES) return damaged(f, NULL, error, "shorter than a header");
    uint64_t length = 0;
    for (int i = LENGTH_BYTES; i-- > 0;) length = length << 8 | (unsigned char)f->mapping[i];
    if (length > MAX_HEADER || length > f->bytes - LENGTH_BYTES)
        return damaged(f, NULL, error, "the header is longer than the file");
    f->data = f->mapping + LENGTH_BYTES + length;
    f->data_bytes = f->bytes - LENGTH_BYTES - length;
    json j = {.text = f->mapping + LENGTH_BYTES, .length = (size_t)length, .arena = f->arena};
    bool more = json_expect(&j, '{');
    if (more && json_accept(&j, '}')) more = false;
    else if (more) {
        do {
            const char *key;
            if (!json_string(&j, &key) || !json_expect(&j, ':')) return json_damaged(f, &j, NULL, error);
            if (!strcmp(key, "__metadata__")) TRY(read_metadata(f, &j, error));
            else TRY(read_entry(f, &j, key, error));
        } while (json_accept(&j, ','));
        json_expect(&j, '}');
    }
    if (!json_end(&j)) return json_damaged(f, &j, NULL, error);
    return check_extents(f, error);
}

/* ---- files --------------------------------------------------------------------------------------------------- */

static cot_status io_failed(const char *path, const char *what, cot_error *error) {
    cot_status status = fail(error, COT_IO, "%s: cannot %s: %s", path, what, strerror(errno));
    if (error) snprintf(error->file, sizeof error->file, "%s", path);
    return status;
}

static cot_status map_file(cot_file *f, cot_error *error) {
    int file = open(f->path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return io_failed(f->path, "open", error);
    struct stat s;
    cot_status status = COT_OK;
    if (fstat(file, &s)) status = io_failed(f->path, "read", error);
    else if (!S_ISREG(s.st_mode)) status = damaged(f, NULL, error, "no regular file");
    else if (s.st_size > 0) {
        f->bytes = (size_t)s.st_size;
        f->mapping = mmap(NULL, f->bytes, PROT_READ, MAP_PRIVATE, file, 0);
        if (f->mapping == MAP_FAILED) {
            f->mapping = NULL;
            status = io_failed(f->path, "map", error);
        }
    }
    close(file);
    return status;
}

cot_status cot_file_open(cot_context *ctx, const char *path, cot_file **out, cot_error *error) {
    cot_file *volatile made = NULL;
    *out = NULL;
    guard g;
    if (GUARD_ENTER(&g, ctx)) {
        if (made && made->mapping) munmap(made->mapping, made->bytes);
        return guard_failed(&g, error);
    }
    arena *a = arena_create(ctx);
    cot_file *f = ARENA_NEW(a, cot_file);
    f->arena = f->keys.arena = a;
    f->path = arena_string(a, path, strlen(path));
    made = f;
    cot_status status = map_file(f, error);
    if (!status) status = read_header(f, error);
    guard_leave(&g);
    if (status) cot_file_close(&f);
    *out = f;
    return status;
}

void cot_file_close(cot_file **file) {
    cot_file *f = *file;
    *file = NULL;
    if (!f) return;
    if (f->mapping) munmap(f->mapping, f->bytes);
    arena_destroy(f->arena);
}

uint32_t cot_file_count(const cot_file *file) { return file->entries.count; }

const char *cot_file_key(const cot_file *file, uint32_t index) {
    return index < file->entries.count ? file->entries.data[index].key : NULL;
}

int cot_file_tensor(const cot_file *file, const char *key, cot_tensor *tensor) {
    uint32_t i = map_get(&file->keys, key);
    if (i == MAP_NONE || !file->entries.data[i].supported) return 0;
    *tensor = file->entries.data[i].tensor;
    return 1;
}

const char *cot_file_metadata(const cot_file *file, const char *key) {
    for (uint32_t i = 0; i < file->metadata.count; i += 2)
        if (!strcmp(file->metadata.data[i], key)) return file->metadata.data[i + 1];
    return NULL;
}
