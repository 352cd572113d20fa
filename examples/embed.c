/* SPDX-License-Identifier: MIT
 * embed.c — trains a small net from C alone: builds the program, compiles a whole training step, runs it.
 *
 *     cc embed.c $(pkg-config --cflags --libs cotangent) -lm -o embed && ./embed
 *
 * The net learns y = sin(3 x0) + x1²: 2 → 64 → 64 → 1. A step (forward, backward, AdamW) is one program; it updates
 * the parameters in the memory bound here and allocates nothing. */
#include <cotangent/cotangent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 64
#define CHECK(call)                                                                                                    \
    if (call) return fprintf(stderr, "%s\n", error.text), 1

static double uniform(void) { return 2.0 * rand() / RAND_MAX - 1; }

static cot_value layer(cot_builder *b, const char *key, cot_value x, int64_t from, int64_t to) {
    char weight[64], bias[64];
    snprintf(weight, sizeof(weight), "%s.weight", key);
    snprintf(bias, sizeof(bias), "%s.bias", key);
    cot_value w = cot_parameter(b, weight, COT_F32, 2, (int64_t[]){to, from});
    return cot_linear(b, x, w, cot_parameter(b, bias, COT_F32, 1, &to));
}

int main(void) {
    cot_error error;
    cot_context *ctx = NULL;
    cot_builder *b = NULL;
    cot_graph *net = NULL;
    cot_executable *step = NULL;
    cot_frame *frame = NULL;
    CHECK(cot_context_create(NULL, &ctx, &error));

    CHECK(cot_builder_create(ctx, "Net", &b, &error));
    cot_value x = cot_input(b, "x", COT_F32, 2, (int64_t[]){BATCH, 2});
    cot_value y = cot_input(b, "y", COT_F32, 2, (int64_t[]){BATCH, 1});
    cot_value h = cot_tanh(b, layer(b, "in", x, 2, 64));
    h = cot_tanh(b, layer(b, "hidden", h, 64, 64));
    cot_output(b, cot_mse_loss(b, layer(b, "out", h, 64, 1), y));
    CHECK(cot_builder_finish(&b, &net, &error)); /* the first error of any call above */

    cot_compile_options options = {.mode = COT_MODE_STEP, .optimizer = COT_OPTIMIZER_ADAMW};
    CHECK(cot_compile(net, &options, &step, &error));
    CHECK(cot_frame_create(step, NULL, 0, &frame, &error));
    float *memory[64] = {0}; /* ours: the program reads and updates it in place */
    const uint32_t inputs = cot_executable_num_inputs(step);
    for (uint32_t i = 0; i < inputs && i < 64; i++) {
        cot_input_info info;
        CHECK(cot_executable_input(step, i, &info));
        size_t count = 1;
        for (uint32_t d = 0; d < info.ndim; d++) count *= (size_t)info.sizes[d];
        memory[i] = calloc(count, 8); /* optimizer state starts at zero */
        const double scale = info.kind == COT_INPUT_PARAMETER ? 1 / sqrt((double)info.sizes[info.ndim - 1]) : 0;
        for (size_t k = 0; scale > 0 && k < count; k++) memory[i][k] = (float)(uniform() * scale);
        cot_tensor t = {.data = memory[i], .dtype = info.dtype, .ndim = info.ndim};
        memcpy(t.sizes, info.sizes, sizeof(t.sizes));
        CHECK(cot_frame_bind_input(frame, i, &t, &error));
    }
    float *xs = memory[cot_executable_find_input(step, "x")], *ys = memory[cot_executable_find_input(step, "y")];
    *memory[cot_executable_find_input(step, "lr")] = 3e-3f;
    for (int n = 1; n <= 2000; n++) {
        for (int i = 0; i < BATCH; i++) {
            xs[2 * i] = (float)uniform(), xs[2 * i + 1] = (float)uniform();
            ys[i] = sinf(3 * xs[2 * i]) + xs[2 * i + 1] * xs[2 * i + 1];
        }
        cot_tensor loss;
        CHECK(cot_step(frame, &error));
        CHECK(cot_frame_output(frame, 0, &loss, &error));
        if (n == 1 || n % 400 == 0) printf("step %4d  loss %.5f\n", n, *(float *)loss.data);
    }
    cot_frame_destroy(&frame), cot_executable_destroy(&step), cot_graph_destroy(&net), cot_context_destroy(&ctx);
    for (uint32_t i = 0; i < 64; i++) free(memory[i]);
    return 0;
}
