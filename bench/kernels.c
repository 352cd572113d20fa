/* SPDX-License-Identifier: MIT
 * kernels.c — speed of single operators, beside what the machine can do at most. Each is a program of one line,
 * compiled and watched (cot_frame_watch), so what is measured is what a training step runs.
 *
 * usage: kernels [THREADS [WORD]]   only operators whose line contains WORD */
#include <cotangent/cotangent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_INPUTS = 8, MAX_THREADS_GIVEN = 64 };
#define SECONDS 0.15 /* for each operator */

/* Operands with annotations, then the call. */
static const char *const operators[][2] = {
    {"a: \"f32[256, 768]\", b: \"f32[768, 3072]\"", "torch.ops.aten.mm.default(a, b)"},
    {"a: \"f32[256, 3072]\", b: \"f32[3072, 768]\"", "torch.ops.aten.mm.default(a, b)"},
    {"a: \"f32[256, 768]\", b: \"f32[8192, 768]\"", "torch.ops.aten.linear.default(a, b)"},
    {"a: \"f32[32, 512]\", b: \"f32[512, 2048]\"", "torch.ops.aten.mm.default(a, b)"},
    {"a: \"f32[48, 64, 64]\", b: \"f32[48, 64, 64]\"", "torch.ops.aten.bmm.default(a, b)"},
    {"a: \"bf16[256, 768]\", b: \"bf16[768, 3072]\"", "torch.ops.aten.mm.default(a, b)"},
    {"q: \"f32[4, 12, 64, 64]\", k: \"f32[4, 12, 64, 64]\", v: \"f32[4, 12, 64, 64]\"",
     "torch.ops.aten.scaled_dot_product_attention.default(q, k, v, None, 0.0, True)"},
    {"q: \"f32[1, 8, 1024, 64]\", k: \"f32[1, 8, 1024, 64]\", v: \"f32[1, 8, 1024, 64]\"",
     "torch.ops.aten.scaled_dot_product_attention.default(q, k, v, None, 0.0, True)"},
    {"x: \"f32[16, 64, 56, 56]\", w: \"f32[64, 64, 3, 3]\"",
     "torch.ops.aten.conv2d.default(x, w, None, [1, 1], [1, 1])"},
    {"x: \"f32[16, 512, 14, 14]\", w: \"f32[512, 512, 1, 1]\"", "torch.ops.aten.conv2d.default(x, w)"},
    {"x: \"f32[16, 128, 56, 56]\", w: \"f32[128, 1, 3, 3]\"",
     "torch.ops.aten.conv2d.default(x, w, None, [1, 1], [1, 1], [1, 1], 128)"},
    {"x: \"f32[16, 64, 56, 56]\"", "torch.ops.aten.max_pool2d.default(x, [3, 3], [2, 2], [1, 1])"},
    {"x: \"f32[4096, 1024]\", y: \"f32[4096, 1024]\"", "x + y"},
    {"x: \"f32[256, 1024]\", y: \"f32[256, 1024]\"", "x + y"},
    {"x: \"f32[1024, 1024]\"", "torch.ops.aten.gelu.default(x)"},
    {"x: \"f32[1024, 1024]\"", "torch.ops.aten.tanh.default(x)"},
    {"x: \"f32[1024, 1024]\"", "torch.ops.aten.exp.default(x)"},
    {"x: \"f32[1024, 1024]\"", "torch.ops.aten.sum.dim_IntList(x, [1])"},
    {"x: \"f32[1024, 1024]\"", "torch.ops.aten.sum.dim_IntList(x, [0])"},
    {"x: \"f32[1024, 1024]\", w: \"f32[1024]\", b: \"f32[1024]\"",
     "torch.ops.aten.layer_norm.default(x, [1024], w, b)"},
    {"x: \"f32[256, 50257]\"", "torch.ops.aten._log_softmax.default(x, 1, False)"},
    {"x: \"f32[1024, 1024]\"", "torch.ops.aten._softmax.default(x, 1, False)"},
    {"x: \"f32[1024, 4096]\"", "torch.ops.aten.clone.default(x.t(), memory_format = torch.contiguous_format)"},
    {"w: \"f32[50257, 768]\", i: \"i64[4, 64]\"", "torch.ops.aten.embedding.default(w, i)"},
};

typedef struct step_time {
    double seconds, flops, bytes; /* of its kernels */
} step_time;

static void watch(void *user, const cot_event *e) {
    step_time *t = user;
    if (e->kind != COT_EVENT_KERNEL) return;
    cot_kernel_info info;
    cot_kernel_describe(e->kernel, &info);
    t->seconds += (double)(e->end_ns - e->begin_ns) * 1e-9;
    t->flops += info.flops, t->bytes += (double)(info.bytes_read + info.bytes_written);
}

static double seconds_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int bind_input(cot_frame *f, const cot_executable *e, uint32_t i, void **memory, cot_error *error) {
    cot_input_info info;
    cot_executable_input(e, i, &info);
    cot_tensor t = {.dtype = info.dtype, .ndim = info.ndim};
    size_t count = 1;
    memcpy(t.sizes, info.sizes, sizeof t.sizes);
    for (uint32_t d = 0; d < info.ndim; d++) count *= (size_t)info.sizes[d];
    if (!(t.data = *memory = aligned_alloc(64, (count * cot_dtype_bytes(t.dtype) + 63) / 64 * 64))) return 1;
    for (size_t k = 0; k < count; k++) {
        if (t.dtype == COT_F32) ((float *)t.data)[k] = (float)(k % 97) * 0.01f - 0.5f;
        else if (t.dtype == COT_BF16) ((uint16_t *)t.data)[k] = (uint16_t)(0x3e00 + k % 97);
        else ((int64_t *)t.data)[k] = (int64_t)(k * 7919 % 50000);
    }
    return cot_frame_bind_input(f, i, &t, error);
}

/* The fastest run of the operator; the time is that of its kernels. */
static int run_operator(cot_context *ctx, const char *const op[2], uint32_t threads, step_time *out, cot_error *error) {
    char text[1024];
    cot_graph *g = NULL;
    cot_executable *e = NULL;
    cot_frame *f = NULL;
    void *memory[MAX_INPUTS] = {0};
    snprintf(text, sizeof text,
             "class G(torch.nn.Module):\n    def forward(self, %s):\n        result = %s\n        return (result,)\n",
             op[0], op[1]);
    const cot_compile_options options = {.mode = COT_MODE_INFERENCE, .threads = threads};
    int bad = cot_graph_parse(ctx, text, strlen(text), op[1], &g, error) || cot_compile(g, &options, &e, error) ||
              cot_frame_create(e, NULL, 0, &f, error);
    for (uint32_t i = 0; !bad && i < cot_executable_num_inputs(e) && i < MAX_INPUTS; i++)
        bad = bind_input(f, e, i, &memory[i], error);
    const double end = seconds_now() + SECONDS;
    *out = (step_time){.seconds = 1e30};
    for (int runs = 0; !bad && (runs < 3 || seconds_now() < end); runs++) {
        step_time t = {0};
        cot_frame_watch(f, watch, &t);
        bad = cot_forward(f, error);
        if (!bad && t.seconds > 0 && t.seconds < out->seconds) *out = t;
    }
    cot_frame_destroy(&f);
    cot_executable_destroy(&e);
    cot_graph_destroy(&g);
    for (int i = 0; i < MAX_INPUTS; i++) free(memory[i]);
    return bad;
}

int main(int argc, char **argv) {
    const uint32_t threads = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) % (MAX_THREADS_GIVEN + 1) : 0;
    cot_context *ctx = NULL;
    cot_error error;
    cot_machine machine;
    int failed = 0;
    if (cot_context_create(&(cot_context_options){.threads = threads}, &ctx, &error) ||
        cot_context_measure(ctx, threads, &machine, &error)) {
        fprintf(stderr, "kernels: error: %s\n", error.text);
        return 1;
    }
    printf("%u threads, f32 %.0f GFLOP/s, memory read %.1f and write %.1f GB/s\n      ms   GFLOP/s    GB/s  operator\n",
           machine.threads, machine.flops * 1e-9, machine.read * 1e-9, machine.write * 1e-9);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        step_time b;
        if (argc > 2 && !strstr(operators[i][0], argv[2]) && !strstr(operators[i][1], argv[2])) continue;
        if (run_operator(ctx, operators[i], threads, &b, &error)) {
            printf("%s: error: %s\n", operators[i][1], error.text);
            failed = 1;
            continue;
        }
        printf("%8.3f %9.1f %7.1f  %s  of %s\n", b.seconds * 1e3, b.flops / b.seconds * 1e-9,
               b.bytes / b.seconds * 1e-9, operators[i][1], operators[i][0]);
    }
    cot_context_destroy(&ctx);
    return failed;
}
