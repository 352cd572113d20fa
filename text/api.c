/* SPDX-License-Identifier: MIT
 * api.c — the public functions of <cotangent/graph.h>. */
#include "text/fx.h"

#include "base/error.h"
#include "ops/control.h"
#include <cotangent/graph.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

cot_status cot_graph_parse(cot_context *ctx, const char *text, size_t length, const char *file, cot_graph **out,
                           cot_error *error) {
    guard g;
    *out = NULL;
    if (GUARD_ENTER(&g, ctx)) {
        *out = NULL;
        return guard_failed(&g, error);
    }
    cot_status status = fx_read(ctx, text, length, file, NULL, out, error);
    guard_leave(&g);
    return status;
}

static cot_status fail_io(const char *path, const char *what, cot_error *error) {
    return fail(error, COT_IO, "%s: %s: %s", path, what, strerror(errno));
}

/* Reads up to `bytes` from an open file; *count gets what there was. */
static int read_all(int fd, char *to, size_t bytes, size_t *count) {
    *count = 0;
    while (*count < bytes) {
        ssize_t n = read(fd, to + *count, bytes - *count);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return -1;
        if (n == 0) return 0;
        *count += (size_t)n;
    }
    return 0;
}

/* The memory is there before the file is opened: running out of it must not leave a file open. */
static cot_status read_file(arena *a, const char *path, char **text, size_t *length, cot_error *error) {
    struct stat s;
    if (stat(path, &s)) return fail_io(path, "cannot be read", error);
    if (!S_ISREG(s.st_mode)) return fail(error, COT_IO, "%s: cannot be read: it is no regular file", path);
    *text = arena_alloc(a, (size_t)s.st_size + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail_io(path, "cannot be opened", error);
    int failed = read_all(fd, *text, (size_t)s.st_size, length);
    cot_status status = failed ? fail_io(path, "cannot be read", error) : COT_OK;
    close(fd);
    return status;
}

cot_status cot_graph_read(cot_context *ctx, const char *path, cot_graph **out, cot_error *error) {
    guard g;
    char *text = NULL;
    size_t length = 0;
    *out = NULL;
    if (GUARD_ENTER(&g, ctx)) {
        *out = NULL;
        return guard_failed(&g, error);
    }
    arena *scratch = arena_create(ctx);
    cot_status status = read_file(scratch, path, &text, &length, error);
    if (!status) status = fx_read(ctx, text, length, path, NULL, out, error);
    arena_destroy(scratch);
    guard_leave(&g);
    return status;
}

void cot_graph_destroy(cot_graph **graph) {
    if (!graph) return;
    graph_destroy(*graph);
    *graph = NULL;
}

cot_status fx_give_text(cot_context *ctx, const text *t, char **out, cot_error *error) {
    *out = ctx->allocator.allocate(ctx->allocator.user, (size_t)t->count + 1);
    if (!*out) return fail(error, COT_NO_MEMORY, "out of memory: %u bytes for a text", t->count + 1);
    memcpy(*out, t->count ? t->data : "", (size_t)t->count + 1);
    return COT_OK;
}

cot_status cot_graph_schema(const cot_graph *graph, const char *name, char **text_out, cot_error *error) {
    guard g;
    *text_out = NULL;
    if (GUARD_ENTER(&g, graph->ctx)) return guard_failed(&g, error);
    const value v = graph_find(graph, name);
    cot_status status = COT_OK;
    if (v == NO_VALUE || !(graph_node(graph, v)->op->traits & OP_CONTROL)) {
        status = fail(error, COT_INVALID, "%s is no call of a higher-order operator", name);
    } else {
        arena *scratch = arena_create(graph->ctx);
        const char *schema = NULL;
        status = control_schema(graph, v, scratch, &schema, error);
        text t = {.arena = scratch};
        if (!status) text_add(&t, schema);
        if (!status) status = fx_give_text(graph->ctx, &t, text_out, error);
        arena_destroy(scratch);
    }
    guard_leave(&g);
    return status;
}

cot_status cot_graph_print(const cot_graph *graph, char **text_out, cot_error *error) {
    guard g;
    cot_context *ctx = graph->ctx;
    *text_out = NULL;
    if (GUARD_ENTER(&g, ctx)) return guard_failed(&g, error);
    arena *scratch = arena_create(ctx);
    text t = {.arena = scratch};
    fx_print(graph, &t);
    cot_status status = fx_give_text(ctx, &t, text_out, error);
    arena_destroy(scratch);
    guard_leave(&g);
    return status;
}

void cot_text_free(cot_context *ctx, char **text) {
    if (!text || !*text) return;
    ctx->allocator.release(ctx->allocator.user, *text, strlen(*text) + 1);
    *text = NULL;
}

uint32_t cot_graph_num_inputs(const cot_graph *graph) { return graph->inputs.count; }

static int64_t known(dim d) { return dim_is_static(d) ? d : -1; }

cot_status cot_graph_input(const cot_graph *graph, uint32_t index, cot_input_info *info) {
    static const cot_input_kind kinds[] = {
        [INPUT_USER] = COT_INPUT_USER,     [INPUT_PARAMETER] = COT_INPUT_PARAMETER,
        [INPUT_BUFFER] = COT_INPUT_BUFFER, [INPUT_CONSTANT] = COT_INPUT_CONSTANT,
        [INPUT_TOKEN] = COT_INPUT_USER,    [INPUT_CUSTOM_OBJ] = COT_INPUT_USER,
    };
    if (index >= graph->inputs.count) return COT_INVALID;
    const node *n = graph_node(graph, graph->inputs.data[index]);
    *info = (cot_input_info){.name = n->name, .parameter = n->target, .is_tensor = n->type.kind == TYPE_TENSOR};
    if (index < graph->input_specs.count) {
        const input_spec *s = &graph->input_specs.data[index];
        info->kind = s->kind < COUNT_OF(kinds) ? kinds[s->kind] : COT_INPUT_USER;
        info->target = s->target;
        if (s->kind == INPUT_TOKEN || s->kind == INPUT_CUSTOM_OBJ) info->is_tensor = 0; /* nobody hands them in */
    }
    if (!info->is_tensor) return COT_OK;
    info->dtype = (cot_dtype)n->type.dtype;
    info->ndim = n->type.ndim;
    for (uint32_t i = 0; i < info->ndim; i++) {
        info->sizes[i] = known(n->type.sizes[i]);
        info->strides[i] = known(n->type.strides[i]);
    }
    return COT_OK;
}

/* Leaves of a returned structure, as arg_leaves lists them. */
static uint32_t count_leaves(const arg *a) {
    bool dict = a->kind == ARG_DICT;
    if (!dict && a->kind != ARG_LIST && a->kind != ARG_TUPLE) return 1;
    uint32_t count = 0;
    for (uint32_t i = 0; i < a->count; i++) count += count_leaves(&a->list[dict ? 2 * i + 1 : i]);
    return count;
}

uint32_t cot_graph_num_outputs(const cot_graph *graph) { return count_leaves(&graph->output); }
