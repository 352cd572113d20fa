/* SPDX-License-Identifier: MIT
 * save.c — writing safetensors: to a temporary file beside the old one, synced, then renamed over it. */
#include <cotangent/safetensors.h>
#include "base/context.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "runtime/move.h"
#include "runtime/pool.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct saver {
    arena *arena;
    const char *path, *temporary;
    const char *const *keys;
    const cot_tensor *tensors;
    tensor_desc *descs;
    uint32_t count;
    uint32_t *order; /* largest elements first, so that each tensor is aligned to its elements */
    text header;
    cot_error *error;
} saver;

/* ---- the header ---------------------------------------------------------------------------------------------- */

static void add_json_string(text *t, const char *s) {
    text_add(t, "\"");
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\') text_printf(t, "\\%c", c);
        else if (c < 0x20) text_printf(t, "\\u%04x", c);
        else text_add_bytes(t, s, 1);
    }
    text_add(t, "\"");
}

static const char *dtype_name(cot_dtype d) {
    static const char *const names[] = {
#define X(name, code, bytes, text, torch, st) [code] = st,
        COT_DTYPE_MAP(X)
#undef X
    };
    return names[d];
}

static cot_status describe_tensors(saver *s) {
    map seen = {.arena = s->arena};
    for (uint32_t i = 0; i < s->count; i++) {
        const cot_tensor *t = &s->tensors[i];
        if (!s->keys[i] || !strcmp(s->keys[i], "__metadata__") || map_get(&seen, s->keys[i]) != MAP_NONE)
            return fail(s->error, COT_INVALID, "%s: key %u is missing, reserved or given twice", s->path, i);
        map_set(&seen, s->keys[i], i);
        if ((unsigned)t->dtype >= COT_DTYPE_COUNT || t->ndim > COT_MAX_DIMS)
            return fail(s->error, COT_INVALID, "%s: %s: no valid dtype or rank", s->path, s->keys[i]);
        bool given = false, negative = false;
        for (uint32_t d = 0; d < t->ndim; d++)
            given |= t->strides[d] != 0, negative |= t->sizes[d] < 0 || t->strides[d] < 0;
        s->descs[i] = tensor_describe(t->dtype, t->ndim, t->sizes, given ? t->strides : NULL);
        uint64_t extent;
        if (negative || !tensor_extent(&s->descs[i], &extent) || (s->descs[i].numel && !t->data))
            return fail(s->error, COT_INVALID, "%s: %s: no valid sizes, strides or data", s->path, s->keys[i]);
    }
    return COT_OK;
}

static void choose_order(saver *s) {
    static const uint32_t item_bytes[] = {16, 8, 4, 2, 1};
    uint32_t n = 0;
    for (size_t k = 0; k < COUNT_OF(item_bytes); k++)
        for (uint32_t i = 0; i < s->count; i++)
            if (s->descs[i].item_bytes == item_bytes[k]) s->order[n++] = i;
}

static void write_header(saver *s, const char *const *metadata, uint32_t num_metadata) {
    text *t = &s->header;
    text_add(t, "{");
    if (num_metadata) {
        text_add(t, "\"__metadata__\":{");
        for (uint32_t i = 0; i + 1 < num_metadata; i += 2) {
            if (i) text_add(t, ",");
            add_json_string(t, metadata[i]);
            text_add(t, ":");
            add_json_string(t, metadata[i + 1]);
        }
        text_add(t, s->count ? "}," : "}");
    }
    uint64_t offset = 0;
    for (uint32_t n = 0; n < s->count; n++) {
        uint32_t i = s->order[n];
        const tensor_desc *d = &s->descs[i];
        uint64_t end = offset + (uint64_t)d->numel * d->item_bytes;
        if (n) text_add(t, ",");
        add_json_string(t, s->keys[i]);
        text_printf(t, ":{\"dtype\":\"%s\",\"shape\":[", dtype_name((cot_dtype)d->dtype));
        for (uint32_t k = 0; k < d->ndim; k++) text_printf(t, "%s%lld", k ? "," : "", (long long)d->sizes[k]);
        text_printf(t, "],\"data_offsets\":[%llu,%llu]}", (unsigned long long)offset, (unsigned long long)end);
        offset = end;
    }
    text_add(t, "}");
    while (t->count % 8) text_add(t, " "); /* so that the data is aligned */
}

/* ---- the file
 * --------------------------------------------------------------------------------------------------------- */

static bool write_all(int file, const void *data, size_t bytes) {
    const char *at = data;
    while (bytes) {
        ssize_t n = write(file, at, bytes < (1u << 30) ? bytes : 1u << 30);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += n, bytes -= (size_t)n;
    }
    return true;
}

static bool write_tensors(const saver *s, int file, void *const *row_major) {
    for (uint32_t n = 0; n < s->count; n++) {
        uint32_t i = s->order[n];
        const tensor_desc *d = &s->descs[i];
        const void *data = row_major[i] ? row_major[i] : s->tensors[i].data;
        if (!write_all(file, data, (size_t)d->numel * d->item_bytes)) return false;
    }
    return true;
}

/* Row-major copies of what is not; all memory is taken before the file is made. */
static void **make_row_major(const saver *s) {
    void **copies = ARENA_ARRAY(s->arena, void *, s->count);
    pool serial = {.threads = 1};
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->descs[i].contiguous) continue;
        const tensor_desc *d = &s->descs[i];
        copies[i] = arena_alloc_aligned(s->arena, (size_t)d->numel * d->item_bytes, 64);
        tensor_desc tensors[2] = {tensor_describe((cot_dtype)d->dtype, d->ndim, d->sizes, NULL), *d};
        void *data[2] = {copies[i], s->tensors[i].data};
        kernel_call call = {.tensors = tensors, .data = data, .num_results = 1, .num_operands = 1, .pool = &serial};
        move_copy(&call);
    }
    return copies;
}

static cot_status io_failed(const saver *s, const char *what, const char *path) {
    cot_status status = fail(s->error, COT_IO, "%s: cannot %s: %s", path, what, strerror(errno));
    if (s->error) snprintf(s->error->file, sizeof s->error->file, "%s", s->path);
    return status;
}

/* A rename is safe in a crash only when the folder it changed is synced too; where that cannot be done, so be it. */
static void sync_folder(const char *path, char *folder) {
    const char *slash = strrchr(path, '/');
    if (!slash) strcpy(folder, ".");
    else if (slash == path) strcpy(folder, "/");
    else memcpy(folder, path, (size_t)(slash - path)), folder[slash - path] = 0;
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return;
    fsync(file);
    close(file);
}

static cot_status write_file(const saver *s, void *const *row_major, char *folder) {
    unsigned char length[8];
    for (int i = 0; i < 8; i++) length[i] = (unsigned char)((uint64_t)s->header.count >> 8 * i);
    int file = open(s->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) return io_failed(s, "create", s->temporary);
    bool ok = write_all(file, length, 8) && write_all(file, s->header.data, s->header.count) &&
              write_tensors(s, file, row_major) && !fsync(file);
    cot_status status = ok ? COT_OK : io_failed(s, "write", s->temporary);
    if (close(file) && !status) status = io_failed(s, "write", s->temporary);
    if (!status && rename(s->temporary, s->path)) status = io_failed(s, "rename over", s->path);
    if (status) unlink(s->temporary);
    else sync_folder(s->path, folder);
    return status;
}

static cot_status save(saver *s, const char *const *metadata, uint32_t num_metadata) {
    if (num_metadata % 2)
        return fail(s->error, COT_INVALID, "metadata must be pairs: %u strings were given", num_metadata);
    s->descs = ARENA_ARRAY(s->arena, tensor_desc, s->count);
    s->order = ARENA_ARRAY(s->arena, uint32_t, s->count);
    s->header.arena = s->arena;
    TRY(describe_tensors(s));
    choose_order(s);
    write_header(s, metadata, num_metadata);
    char *folder = arena_alloc(s->arena, strlen(s->path) + 2);
    s->temporary = arena_printf(s->arena, "%s.%ld.tmp", s->path, (long)getpid());
    return write_file(s, make_row_major(s), folder);
}

cot_status cot_file_write(cot_context *ctx, const char *path, const char *const *keys, const cot_tensor *tensors,
                          uint32_t count, const char *const *metadata, uint32_t num_metadata, cot_error *error) {
    guard g;
    if (GUARD_ENTER(&g, ctx)) return guard_failed(&g, error);
    saver s = {
        .arena = arena_create(ctx), .path = path, .keys = keys, .tensors = tensors, .count = count, .error = error};
    cot_status status = save(&s, metadata, num_metadata);
    arena_destroy(s.arena);
    guard_leave(&g);
    return status;
}
