/* SPDX-License-Identifier: MIT
 * counts.c — what a training step of each program costs, counted: kernels, bytes moved, arena, saved values, work of
 * the passes. A fusion that is lost, a copy that comes back, shows as a difference to counts.txt (COT_ACCEPT=1 rewrites
 * it).
 *
 * And the planned peak is what a step really uses: the arena is poisoned and guarded, and looked at after a step.
 *
 * usage: counts GOLDEN PROGRAM.fx…  Numbers depend on what is built in and on the instruction set: a golden of another
 * machine is skipped. */
#include "kernels/cpu/dispatch.h"
#include "kernels/cpu/onednn.h"
#include "kernels/gemm.h"
#include "runtime/frame.h"
#include "runtime/profile.h"
#include "tests/unit/tap.h"
#include <cotangent/cotangent.h>

enum { THREADS = 2, GUARD = 1 << 16, POISON = 0xa5 };

static void print_configuration(cot_context *ctx, text *out) {
    static const char *const levels[] = {[KERNEL_V2] = "v2", [KERNEL_V3] = "v3", [KERNEL_V4] = "v4"};
    text_printf(out, "# a training step without optimizer, %u threads; %s%s", THREADS, levels[kernel_isa()],
                gemm_amx_usable() ? ", amx" : "");
    const char *version = onednn_version(onednn_open(ctx));
    if (version) text_printf(out, ", onednn %s", version);
    text_add(out, "\n");
}

/* ---- counting ---------------------------------------------------------------------------------------------------- */

static uint64_t bytes_moved(const plan *p) {
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < p->num_steps; i++) {
        const step *s = &p->steps[i];
        bytes += s->body ? bytes_moved(s->body) : step_bytes_read(s) + step_bytes_written(s);
    }
    return bytes;
}

static void print_counts(text *out, const char *name, const cot_executable *e) {
    cot_stats s;
    cot_executable_stats(e, &s);
    text_printf(out, "%-14s %7u %12llu %12llu %11llu %9llu\n", name, s.kernels,
                (unsigned long long)bytes_moved(&e->plan), (unsigned long long)s.peak_bytes,
                (unsigned long long)s.saved_bytes, (unsigned long long)s.node_visits);
}

/* ---- the arena --------------------------------------------------------------------------------------------------- */

static void fill(cot_tensor *t, uint64_t bytes) {
    for (uint64_t i = 0; i < bytes / cot_dtype_bytes(t->dtype); i++) {
        if (t->dtype == COT_F32) ((float *)t->data)[i] = (float)(i % 17) * 0.05f + 0.1f;
        else if (t->dtype == COT_I64) ((int64_t *)t->data)[i] = (int64_t)(i % 2);
        else if (t->dtype == COT_BOOL) ((uint8_t *)t->data)[i] = 1;
    }
}

/* Memory for a tensor that the caller frees. */
static void make_tensor(cot_tensor *t) {
    int64_t last = 0;
    bool empty = false;
    for (uint32_t d = 0; d < t->ndim; d++) last += (t->sizes[d] - 1) * t->strides[d], empty |= !t->sizes[d];
    const uint64_t bytes = empty ? 0 : (uint64_t)(last + 1) * cot_dtype_bytes(t->dtype);
    t->data = calloc(1, bytes + 64);
    fill(t, bytes);
}

static bool bind_all(cot_frame *f, cot_tensor *tensors) {
    cot_error error;
    const cot_executable *e = f->exe;
    for (uint32_t i = 0; i < e->num_inputs; i++) {
        const cot_input_info *info = &e->inputs[i].info;
        if (!info->is_tensor) continue;
        tensors[i] = (cot_tensor){.dtype = info->dtype, .ndim = info->ndim};
        memcpy(tensors[i].sizes, info->sizes, sizeof info->sizes);
        memcpy(tensors[i].strides, info->strides, sizeof info->strides);
        make_tensor(&tensors[i]);
        if (cot_frame_bind_input(f, i, &tensors[i], &error)) return false;
    }
    for (uint32_t k = 0; k < e->num_outputs; k++) {
        cot_output_info info;
        if (cot_executable_output(e, k, &info) || !info.has_gradient) continue;
        cot_tensor *t = &tensors[e->num_inputs + k];
        *t = (cot_tensor){.dtype = info.dtype, .ndim = info.ndim};
        memcpy(t->sizes, info.sizes, sizeof info.sizes);
        memcpy(t->strides, info.strides, sizeof info.strides);
        make_tensor(t);
        if (cot_frame_bind_tangent(f, k, t, &error)) return false;
    }
    return true;
}

/* The end of the highest byte that a step wrote, in the arena and behind it. */
static uint64_t highest_byte(const cot_executable *e) {
    const uint64_t bytes = cot_executable_frame_bytes(e), arena = e->plan.arena_bytes;
    cot_tensor *tensors = calloc(e->num_inputs + e->num_outputs + 1, sizeof(*tensors));
    char *memory = aligned_alloc(64, (bytes + GUARD + 63) / 64 * 64);
    uint64_t highest = UINT64_MAX;
    cot_frame *f = NULL;
    cot_error error;
    memset(memory, POISON, bytes + GUARD);
    if (!cot_frame_create(e, memory, bytes, &f, &error) && bind_all(f, tensors) && !cot_step(f, &error)) {
        const unsigned char *start = (const unsigned char *)f->arena;
        for (highest = arena + GUARD - 64; highest && start[highest - 1] == POISON; highest--) {}
    }
    cot_frame_destroy(&f);
    for (uint32_t i = 0; i < e->num_inputs + e->num_outputs; i++) free(tensors[i].data);
    free(tensors);
    free(memory);
    return highest;
}

/* Where the highest block of results begins: above it there is only scratch, whose end a kernel need not reach. */
static uint64_t highest_results(const cot_executable *e) {
    uint64_t highest = 0;
    for (uint32_t i = 0; i < e->plan.num_steps; i++) {
        const step *s = &e->plan.steps[i];
        for (uint32_t r = 0; r < s->num_results && s->tensors; r++) {
            uint64_t extent = 0;
            if (s->tensors[r].numel <= 0 || s->places[r].slot != SLOT_ARENA) continue;
            tensor_extent(&s->tensors[r], &extent);
            highest = MAX(highest, (uint64_t)s->places[r].offset + extent);
        }
    }
    return highest;
}

static bool uses_what_is_planned(const cot_executable *e) {
    const uint64_t highest = highest_byte(e);
    const bool good = highest <= e->plan.arena_bytes && highest >= highest_results(e);
    if (!good)
        printf("#   written up to %llu, results up to %llu, planned %llu\n", (unsigned long long)highest,
               (unsigned long long)highest_results(e), (unsigned long long)e->plan.arena_bytes);
    return good;
}

/* ---- all programs ------------------------------------------------------------------------------------------------ */

static const char *base_name(const char *path, char *to, size_t room) {
    const char *slash = strrchr(path, '/');
    snprintf(to, room, "%s", slash ? slash + 1 : path);
    if (strrchr(to, '.')) *strrchr(to, '.') = 0;
    return to;
}

static void check_program(cot_context *ctx, const char *path, text *out) {
    char name[64], what[128];
    cot_graph *g = NULL;
    cot_executable *e = NULL;
    cot_error error;
    const cot_compile_options options = {.mode = COT_MODE_STEP, .threads = THREADS};
    base_name(path, name, sizeof name);
    const bool good = !cot_graph_read(ctx, path, &g, &error) && !cot_compile(g, &options, &e, &error);
    snprintf(what, sizeof what, "%s: a step writes what was planned, and nothing behind it", name);
    tap_check(good && uses_what_is_planned(e), what, __FILE__, __LINE__);
    if (good) print_counts(out, name, e);
    else printf("# %s\n", error.text);
    cot_executable_destroy(&e);
    cot_graph_destroy(&g);
}

static char *read_all(const char *path) {
    FILE *f = fopen(path, "r");
    char *all = calloc(1, 1 << 16);
    if (f) {
        const size_t n = fread(all, 1, (1 << 16) - 1, f);
        all[n] = 0;
        fclose(f);
    }
    return all;
}

static void print_difference(const char *found, const char *expected) {
    while (*found || *expected) {
        const int a = (int)strcspn(found, "\n"), b = (int)strcspn(expected, "\n");
        if (a != b || strncmp(found, expected, (size_t)a))
            printf("# expected %.*s\n# found    %.*s\n", b, expected, a, found);
        found += a + (found[a] != 0), expected += b + (expected[b] != 0);
    }
}

static void compare(const char *golden, const text *found) {
    char *expected = read_all(golden);
    const char *accept = getenv("COT_ACCEPT");
    if (accept && *accept) {
        FILE *f = fopen(golden, "w");
        tap_check(f && fputs(found->data, f) >= 0 && !fclose(f), "counts accepted", __FILE__, __LINE__);
    } else if (strncmp(expected, found->data, strcspn(found->data, "\n"))) {
        printf("ok %d - counts # SKIP of another configuration\n", ++tap_count);
    } else {
        tap_check(!strcmp(expected, found->data), "counts are as accepted", __FILE__, __LINE__);
        print_difference(found->data, expected);
    }
    free(expected);
}

int main(int argc, char **argv) {
    cot_context *ctx;
    cot_error error;
    if (argc < 2 || cot_context_create(&(cot_context_options){.threads = THREADS}, &ctx, &error)) return 1;
    guard g;
    if (GUARD_ENTER(&g, ctx)) return 1;
    arena *a = arena_create(ctx);
    guard_leave(&g);
    text out = {.arena = a};
    print_configuration(ctx, &out);
    text_printf(&out, "%-14s %7s %12s %12s %11s %9s\n", "# program", "kernels", "bytes moved", "arena", "saved",
                "visits");
    for (int i = 2; i < argc; i++) check_program(ctx, argv[i], &out);
    compare(argv[1], &out);
    arena_destroy(a);
    cot_context_destroy(&ctx);
    return tap_done();
}
