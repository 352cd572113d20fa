/* SPDX-License-Identifier: MIT
 * gemm.c — GFLOP/s of matrix products by each provider, on the shapes of small transformers, LSTMs and classifiers.
 * Weights rotate over copies, so that they come from memory or the last cache as in a step. Times are minima.
 *
 *     meson test -C build --benchmark gemm -v          or  build/bench/bench_gemm [THREADS [SUBSTRING]] */
#include "base/arena.h"
#include "kernels/cpu/dispatch.h"
#include "kernels/gemm.h"
#include "runtime/pool.h"

#include <cotangent/context.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

KERNEL_DECLARE(kernel_fn, gemm_f32);
KERNEL_DECLARE(kernel_fn, gemm_half);

typedef struct shape {
    const char *name;
    int64_t batch, m, n, k;
    const char *layout; /* of A and B: N row-major, T column-major; then + when a row is added */
} shape;

static const shape shapes[] = {
    {"gpt qkv", 1, 256, 2304, 768, "NN+"},
    {"gpt fc", 1, 256, 3072, 768, "NN+"},
    {"gpt fc dgrad", 1, 256, 768, 3072, "NT"},
    {"gpt fc2", 1, 256, 768, 3072, "NN+"},
    {"gpt fc2 dgrad", 1, 256, 3072, 768, "NT"},
    {"gpt fc wgrad", 1, 768, 3072, 256, "TN"},
    {"gpt fc2 wgrad", 1, 3072, 768, 256, "TN"},
    {"gpt proj", 1, 256, 768, 768, "NN+"},
    {"gpt head", 1, 256, 50257, 768, "NT"},
    {"gpt head dgrad", 1, 256, 768, 50257, "NN"},
    {"gpt head wgrad", 1, 50257, 768, 256, "TN"},
    {"llama up", 1, 256, 1408, 512, "NT"},
    {"llama kv", 1, 256, 256, 512, "NT"},
    {"bert fc", 1, 512, 2048, 512, "NT+"},
    {"bert proj", 1, 512, 512, 512, "NT+"},
    {"vit fc", 1, 1040, 1024, 256, "NT+"},
    {"vit fc2", 1, 1040, 256, 1024, "NT+"},
    {"vit wgrad", 1, 256, 1024, 1040, "TN"},
    {"mlp in", 1, 128, 512, 784, "NT+"},
    {"mlp wgrad", 1, 512, 784, 128, "TN"},
    {"mlp out", 1, 128, 10, 512, "NT+"},
    {"mlp out dgrad", 1, 128, 512, 10, "NN"},
    {"mlp out wgrad", 1, 10, 512, 128, "TN"},
    {"lstm gates", 1, 16, 1024, 256, "NT+"},
    {"lstm dgrad", 1, 16, 256, 1024, "NN"},
    {"lstm wgrad", 1, 1024, 256, 16, "TN"},
    {"small batch", 1, 8, 3072, 768, "NT"},
    {"two rows", 1, 2, 3072, 768, "NT"},
    {"one row", 1, 1, 3072, 768, "NT"},
    {"one column", 1, 3072, 1, 768, "NN"},
    {"heads QK", 48, 64, 64, 64, "NT"},
    {"heads PV", 48, 64, 64, 64, "NN"},
    {"heads dK", 48, 64, 64, 64, "TN"},
    {"tiny", 1, 2, 4, 4, "NT"},
    {"cube 16", 1, 16, 16, 16, "NN"},
    {"cube 32", 1, 32, 32, 32, "NN"},
    {"cube 64", 1, 64, 64, 64, "NN"},
    {"cube 96", 1, 96, 96, 96, "NN"},
    {"cube 128", 1, 128, 128, 128, "NN"},
    {"cube 160", 1, 160, 160, 160, "NN"},
    {"cube 256", 1, 256, 256, 256, "NN"},
};

enum { COPIES = 4 };

typedef struct measured {
    kernel_fn kernel;
    kernel_call call;
    gemm_attributes g;
    tensor_desc tensors[4];
    void *weights[COPIES], *data[4];
    double best;
} measured;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void *numbers(int64_t count, size_t item) {
    char *p = aligned_alloc(64, ((size_t)count * item + 63) / 64 * 64);
    for (int64_t i = 0; i < count; i++) {
        const float x = (float)(i % 17) - 8;
        uint32_t bits;
        memcpy(&bits, &x, sizeof bits);
        if (item == 2) memcpy(p + 2 * i, (char *)&bits + 2, 2);
        else memcpy(p + 4 * i, &bits, 4);
    }
    return p;
}

/* Rounds over all copies, several to a reading of the clock where products are short. */
static void measure(void *arg, pool *p) {
    measured *w = arg;
    w->call.pool = p;
    w->best = 1e30;
    const double work = (double)w->g.batch * (double)w->g.m * (double)w->g.n * (double)w->g.k;
    const int rounds = (int)MAX(1.0, 2e6 / MAX(work, 1e3));
    for (double begin = now(); now() - begin < 0.25;) {
        const double start = now();
        for (int i = 0; i < rounds * COPIES; i++) {
            w->data[2] = w->weights[i % COPIES];
            w->kernel(&w->call);
        }
        w->best = MIN(w->best, (now() - start) / (rounds * COPIES));
    }
}

static gemm_matrix matrix_of(char layout, int64_t rows, int64_t cols) {
    return layout == 'N' ? (gemm_matrix){rows * cols, cols, 1} : (gemm_matrix){rows * cols, 1, rows};
}

static void fill(measured *w, const shape *s, cot_dtype dtype) {
    const size_t item = cot_dtype_bytes(dtype);
    *w = (measured){.g = {.batch = s->batch, .m = s->m, .n = s->n, .k = s->k, .alpha = 1, .a_at = 1, .b_at = 2}};
    w->g.a = matrix_of(s->layout[0], s->m, s->k);
    w->g.b = matrix_of(s->layout[1], s->k, s->n);
    w->g.c = matrix_of('N', s->m, s->n);
    if (s->layout[2] == '+') w->g.d_at = 3, w->g.beta = 1, w->g.d = (gemm_matrix){0, 0, 1};
    w->data[0] = numbers(s->batch * s->m * s->n, item);
    w->data[1] = numbers(s->batch * s->m * s->k, item);
    w->data[3] = numbers(s->n, item);
    for (int i = 0; i < COPIES; i++) w->weights[i] = numbers(s->batch * s->k * s->n, item);
    for (int i = 0; i < 4; i++) w->tensors[i].dtype = (uint8_t)dtype;
    w->call = (kernel_call){.tensors = w->tensors, .data = w->data, .num_results = 1, .num_operands = 3};
    w->call.attributes = &w->g;
}

static void release(measured *w) {
    for (int i = 0; i < COPIES; i++) free(w->weights[i]);
    free(w->data[0]), free(w->data[1]), free(w->data[3]);
}

static void measure_f32(cot_context *ctx, uint32_t threads, measured *w, gemm_library library) {
    w->g.provider = gemm_provider_of(library, COT_F32);
    w->kernel = KERNEL_SELECT(gemm_f32);
    w->g.scratch = gemm_scratch(w->g.provider, w->g.m, w->g.n, w->g.k);
    w->call.scratch = numbers((int64_t)(threads * w->g.scratch / 4 + 16), 4);
    w->best = 0;
    if (w->g.provider) pool_run(ctx, threads, measure, w);
    free(w->call.scratch);
}

static void report(const measured *w) {
    const double flops = 2 * (double)w->g.batch * (double)w->g.m * (double)w->g.n * (double)w->g.k;
    if (w->best > 0) printf(" %9.1f us %6.0f", w->best * 1e6, flops / w->best * 1e-9);
    else printf(" %19s", "-");
}

int main(int argc, char **argv) {
    const uint32_t threads = argc > 1 ? (uint32_t)atoi(argv[1]) : 2;
    cot_context *ctx = NULL;
    if (cot_context_create(&(cot_context_options){.threads = threads}, &ctx, NULL)) return 1;
    guard g;
    if (GUARD_ENTER(&g, ctx)) return 1;
    context_team(ctx);
    guard_leave(&g);
    gemm_one_thread();
    printf("%-16s%24s%20s%20s%20s%20s\n", "us, GFLOP/s", "", "OpenBLAS", "ours", "split", "bf16");
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        const shape *s = &shapes[i];
        if (argc > 2 && !strstr(s->name, argv[2])) continue;
        measured w;
        printf("%-16s%3lld x %5lldx%5lldx%5lld %-3s", s->name, (long long)s->batch, (long long)s->m, (long long)s->n,
               (long long)s->k, s->layout);
        fill(&w, s, COT_F32);
        for (gemm_library l = 0; l < GEMM_LIBRARY_COUNT; l++) measure_f32(ctx, threads, &w, l), report(&w);
        release(&w);
        fill(&w, s, COT_BF16);
        w.kernel = gemm_amx_usable() ? gemm_amx : KERNEL_SELECT(gemm_half);
        w.g.provider = gemm_choose_layout(COT_F32, GEMM_BLOCK_M, GEMM_BLOCK_N, GEMM_BLOCK_K, &w.g.b, false);
        w.g.scratch =
            GEMM_WORKER_FLOATS * sizeof(float) + gemm_scratch(w.g.provider, GEMM_BLOCK_M, GEMM_BLOCK_N, GEMM_BLOCK_K);
        w.call.scratch = numbers((int64_t)(threads * MAX(GEMM_AMX_BYTES, w.g.scratch) / 4), sizeof(float));
        pool_run(ctx, threads, measure, &w);
        report(&w);
        printf("\n");
        free(w.call.scratch);
        release(&w);
        fflush(stdout);
    }
    cot_context_destroy(&ctx);
    return 0;
}
