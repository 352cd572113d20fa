/* SPDX-License-Identifier: MIT
 * faults.c — each allocation made to fail in turn.
 *
 *     faults [--transform TEXT] [--run INPUT] PROGRAM.fx…
 *
 * For each program: makes a context, reads, compiles and makes a frame with an allocator that refuses its n-th request,
 * for n = 1, 2, 3 … until nothing fails. Each failure must be COT_NO_MEMORY, must leave nothing allocated once what was
 * made is destroyed, and the same context must then do the same work without trouble. With --run, programs whose sizes
 * only data tell also run, forward and backward to INPUT, for two sets of data: what is planned in a run may fail like
 * anything else, and the same frame must then run; what was planned before takes nothing. */
#include <cotangent/compile.h>
#include <cotangent/run.h>
#include <cotangent/transform.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct memory {
    size_t requests, fail_at, held;
} memory;

static void *allocate(void *user, size_t bytes) {
    memory *m = user;
    void *block = NULL;
    if (++m->requests == m->fail_at || posix_memalign(&block, 64, bytes ? bytes : 64)) return NULL;
    memset(block, 0xa5, bytes); /* nobody may count on zeroes */
    m->held += bytes;
    return block;
}

static void release(void *user, void *block, size_t bytes) {
    ((memory *)user)->held -= bytes;
    free(block);
}

static char *read_text(const char *path, size_t *length) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    char *text = malloc(1 << 20);
    *length = text ? fread(text, 1, 1 << 20, f) : 0;
    fclose(f);
    return text;
}

static const char *transform; /* what is done to each program, or NULL */

static const char *run_input; /* programs run and are differentiated by this input, or NULL */

enum { MAX_INPUTS = 8, MAX_ELEMENTS = 256 };

/* Numbers of both signs, others in each set. */
static cot_status bind_inputs(const cot_executable *executable, cot_frame *frame, float data[][MAX_ELEMENTS],
                              uint32_t set, cot_error *error) {
    cot_status status = COT_OK;
    for (uint32_t i = 0; i < cot_executable_num_inputs(executable) && i < MAX_INPUTS && !status; i++) {
        cot_input_info info;
        status = cot_executable_input(executable, i, &info);
        cot_tensor t = {.data = data[i], .dtype = info.dtype, .ndim = info.ndim};
        memcpy(t.sizes, info.sizes, sizeof t.sizes);
        memset(data[i], 0, sizeof data[i]);
        for (uint32_t k = 0; k < MAX_ELEMENTS && info.dtype == COT_F32; k++)
            data[i][k] = (float)((k * 37 + set * 11 + i) % 17) / 8.0f - (set ? 1.3f : 0.7f);
        if (!status) status = cot_frame_bind_input(frame, i, &t, error);
    }
    return status;
}

/* A run that is refused memory leaves a frame that runs. */
static cot_status run_frame(const cot_executable *executable, cot_frame *frame, memory *m, cot_error *error) {
    static float data[MAX_INPUTS][MAX_ELEMENTS], tangent[MAX_ELEMENTS];
    cot_status status = COT_OK, refused = COT_OK;
    size_t requests = 0;
    for (uint32_t k = 0; k < 2 * 2 && !status; k++) { /* the second time with what was planned the first time */
        if (k == 2) requests = m->requests;
        status = bind_inputs(executable, frame, data, k % 2, error);
        for (uint32_t again = 0; again < 2 && !status; again++) {
            cot_tensor out;
            status = cot_forward(frame, error);
            if (!status) status = cot_frame_output(frame, 0, &out, error);
            if (!status) out.data = tangent;
            if (!status) status = cot_frame_bind_tangent(frame, 0, &out, error);
            if (!status) status = cot_backward(frame, error);
            if (status != COT_NO_MEMORY || refused) break;
            refused = status;
            status = COT_OK;
            m->fail_at = 0;
        }
    }
    if (!status && m->requests != requests) {
        printf("# sizes that were seen before took %zu requests\n", m->requests - requests);
        return COT_INTERNAL;
    }
    return status ? status : refused;
}

/* Reads, compiles, makes a frame and destroys it all again. */
static cot_status work(cot_context *ctx, const char *text, size_t length, memory *m, cot_error *error) {
    const cot_compile_options options = {.grad = &run_input, .num_grad = 1};
    cot_graph *made = NULL;
    cot_graph *graph = NULL;
    cot_executable *executable = NULL;
    cot_frame *frame = NULL;
    cot_status status = cot_graph_parse(ctx, text, length, "program.fx", &graph, error);
    if (!status && transform) {
        status = cot_transform(graph, transform, &made, error);
        cot_graph_destroy(&graph);
        graph = made;
    }
    if (!status) status = cot_compile(graph, run_input ? &options : NULL, &executable, error);
    if (!status) status = cot_frame_create(executable, NULL, 0, &frame, error);
    if (!status && run_input) status = run_frame(executable, frame, m, error);
    char *printed = NULL;
    if (!status) status = cot_executable_print(executable, COT_STAGE_PLAN, &printed, error);
    if (printed) cot_text_free(ctx, &printed);
    if (frame) cot_frame_destroy(&frame);
    if (executable) cot_executable_destroy(&executable);
    if (graph) cot_graph_destroy(&graph);
    return status;
}

typedef struct attempt {
    cot_status status, again; /* with the n-th request refused; once more in the same context with none refused */
    size_t leaked;
    cot_error error;
} attempt;

static attempt try_at(size_t n, const char *text, size_t length) {
    memory m = {.fail_at = n};
    cot_allocator allocator = {.allocate = allocate, .release = release, .user = &m};
    cot_context *ctx = NULL;
    attempt a = {0};
    a.status = cot_context_create(&(cot_context_options){.allocator = &allocator, .threads = 1}, &ctx, &a.error);
    if (!a.status) {
        a.status = work(ctx, text, length, &m, &a.error);
        m.fail_at = 0;
        if (a.status) a.again = work(ctx, text, length, &m, &a.error);
        cot_context_destroy(&ctx);
    }
    a.leaked = m.held;
    return a;
}

/* The number of requests after which all went well, 0 when something did not. */
static size_t test_program(const char *text, size_t length) {
    for (size_t n = 1;; n++) {
        attempt a = try_at(n, text, length);
        if (a.leaked) printf("# request %zu refused: %zu bytes are still held\n", n, a.leaked);
        if (a.status && a.status != COT_NO_MEMORY)
            printf("# request %zu refused: %s: %s\n", n, cot_status_text(a.status), a.error.text);
        if (a.again) printf("# after request %zu was refused: %s: %s\n", n, cot_status_text(a.again), a.error.text);
        if (a.leaked || a.again || (a.status && a.status != COT_NO_MEMORY)) return 0;
        if (!a.status) return n;
    }
}

int main(int argc, char **argv) {
    int failed = 0;
    if (argc > 2 && !strcmp(argv[1], "--transform")) {
        transform = argv[2];
        argc -= 2, argv += 2;
    }
    if (argc > 2 && !strcmp(argv[1], "--run")) {
        run_input = argv[2];
        argc -= 2, argv += 2;
    }
    for (int i = 1; i < argc; i++) {
        size_t length = 0, requests = 0;
        char *text = read_text(argv[i], &length);
        if (text) requests = test_program(text, length);
        free(text);
        const char *name = strrchr(argv[i], '/');
        printf("%sok %d - %s\n", requests ? "" : "not ", i, name ? name + 1 : argv[i]);
        if (requests) printf("# %zu requests\n", requests - 1);
        failed += !requests;
    }
    printf("1..%d\n", argc - 1);
    return failed != 0;
}
