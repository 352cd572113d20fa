/* SPDX-License-Identifier: MIT
 * operator.c — trains a net with an activation of its own: an operator that the library does not have.
 *
 *     cc operator.c $(pkg-config --cflags --libs cotangent) -lm -o operator && ./operator
 *
 * The activation is snake(x) = x + sin²(a x) / a with a frequency `a` for each feature that is learned, too; it lets a
 * net learn what is periodic. Its kernel is C and uses the run's threads; its gradient to x is another operator of
 * ours, its gradient to a an expression. The operator counts how often it runs: once a step. */
#include <cotangent/cotangent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 128, WIDTH = 48 };
#define CHECK(call)                                                                                                    \
    if (call) return fprintf(stderr, "%s\n", error.text), 1

static double uniform(void) { return 2.0 * rand() / RAND_MAX - 1; }

/* ---- the operator: x (rows, features), a (features) ------------------------------------------------------------- */

static void snake_rows(void *arg, int64_t begin, int64_t end) {
    const cot_operator_call *c = arg;
    const int64_t features = c->operands[1].sizes[0];
    const float *x = c->operands[0].data, *a = c->operands[1].data;
    float *y = c->results[0].data;
    for (int64_t i = begin * features; i < end * features; i++) {
        const float s = sinf(a[i % features] * x[i]);
        y[i] = x[i] + s * s / a[i % features];
    }
}

static cot_status snake(void *user, const cot_operator_call *call, cot_error *error) {
    (void)error;
    ++*(int *)user;
    cot_operator_parallel(call, call->operands[0].sizes[0], 16, snake_rows, (void *)(uintptr_t)call);
    return COT_OK;
}

/* gradient · (1 + sin(2 a x)) */
static cot_status snake_backward(void *user, const cot_operator_call *call, cot_error *error) {
    const int64_t rows = call->operands[1].sizes[0], features = call->operands[2].sizes[0];
    const float *g = call->operands[0].data, *x = call->operands[1].data, *a = call->operands[2].data;
    float *out = call->results[0].data;
    (void)user, (void)error;
    for (int64_t i = 0; i < rows * features; i++) out[i] = g[i] * (1 + sinf(2 * a[i % features] * x[i]));
    return COT_OK;
}

static cot_status register_snake(cot_context *ctx, int *calls, cot_error *error) {
    const cot_operator_options backward = {.schema = "mylib::snake_backward(Tensor grad, Tensor x, Tensor a) -> Tensor",
                                           .kernel = snake_backward,
                                           .result = "x"};
    const cot_operator_options forward = {
        .schema = "mylib::snake(Tensor x, Tensor a) -> Tensor",
        .kernel = snake,
        .result = "x",
        .derivative = "x: mylib.snake_backward(grad, x, a)\n"
                      "a: grad * (x * (x * a * 2).sin() / a - (x * a).sin().square() / a.square())",
        .user = calls};
    const cot_status status = cot_operator_register(ctx, &backward, error);
    return status ? status : cot_operator_register(ctx, &forward, error);
}

/* ---- the net ---------------------------------------------------------------------------------------------------- */

static cot_value layer(cot_builder *b, const char *key, cot_value x, int64_t from, int64_t to) {
    char weight[64], bias[64];
    snprintf(weight, sizeof(weight), "%s.weight", key);
    snprintf(bias, sizeof(bias), "%s.bias", key);
    const cot_value w = cot_parameter(b, weight, COT_F32, 2, (int64_t[]){to, from});
    return cot_linear(b, x, w, cot_parameter(b, bias, COT_F32, 1, &to));
}

static cot_value activation(cot_builder *b, const char *key, cot_value x, int64_t features) {
    const cot_argument arguments[] = {
        {.kind = COT_ARGUMENT_VALUE, .value = x},
        {.kind = COT_ARGUMENT_VALUE, .value = cot_parameter(b, key, COT_F32, 1, &features)}};
    return cot_call(b, "mylib.snake", arguments, 2);
}

int main(void) {
    cot_error error;
    cot_context *ctx = NULL;
    cot_builder *b = NULL;
    cot_graph *net = NULL;
    cot_executable *step = NULL;
    cot_frame *frame = NULL;
    int calls = 0;
    CHECK(cot_context_create(NULL, &ctx, &error));
    CHECK(register_snake(ctx, &calls, &error));

    CHECK(cot_builder_create(ctx, "Net", &b, &error));
    const cot_value x = cot_input(b, "x", COT_F32, 2, (int64_t[]){BATCH, 1});
    const cot_value y = cot_input(b, "y", COT_F32, 2, (int64_t[]){BATCH, 1});
    const cot_value h = activation(b, "frequency", layer(b, "in", x, 1, WIDTH), WIDTH);
    const cot_value deep = activation(b, "frequency2", layer(b, "hidden", h, WIDTH, WIDTH), WIDTH);
    cot_output(b, cot_mse_loss(b, layer(b, "out", deep, WIDTH, 1), y));
    CHECK(cot_builder_finish(&b, &net, &error));

    cot_compile_options options = {.mode = COT_MODE_STEP, .optimizer = COT_OPTIMIZER_ADAMW};
    CHECK(cot_compile(net, &options, &step, &error));
    CHECK(cot_frame_create(step, NULL, 0, &frame, &error));
    float *memory[64] = {0};
    const uint32_t inputs = cot_executable_num_inputs(step);
    for (uint32_t i = 0; i < inputs && i < 64; i++) {
        cot_input_info info;
        CHECK(cot_executable_input(step, i, &info));
        size_t count = 1;
        for (uint32_t d = 0; d < info.ndim; d++) count *= (size_t)info.sizes[d];
        memory[i] = calloc(count, 8); /* optimizer state starts at zero */
        const int is_frequency = info.target && !strncmp(info.target, "frequency", 9);
        const double scale = info.kind == COT_INPUT_PARAMETER ? 1 / sqrt((double)info.sizes[info.ndim - 1]) : 0;
        for (size_t k = 0; scale > 0 && k < count; k++) memory[i][k] = is_frequency ? 1 : (float)(uniform() * scale);
        cot_tensor t = {.data = memory[i], .dtype = info.dtype, .ndim = info.ndim};
        memcpy(t.sizes, info.sizes, sizeof(t.sizes));
        CHECK(cot_frame_bind_input(frame, i, &t, &error));
    }
    float *xs = memory[cot_executable_find_input(step, "x")], *ys = memory[cot_executable_find_input(step, "y")];
    *memory[cot_executable_find_input(step, "lr")] = 3e-3f;
    enum { RUNS = 1500 };
    for (int n = 1; n <= RUNS; n++) {
        for (int i = 0; i < BATCH; i++) {
            xs[i] = (float)(2 * uniform());
            ys[i] = sinf(4 * xs[i]) + 0.3f * xs[i];
        }
        cot_tensor loss;
        CHECK(cot_step(frame, &error));
        CHECK(cot_frame_output(frame, 0, &loss, &error));
        if (n == 1 || n % 300 == 0) printf("step %4d  loss %.5f\n", n, *(float *)loss.data);
    }
    printf("the operator ran %d times in %d steps\n", calls, RUNS);
    cot_frame_destroy(&frame), cot_executable_destroy(&step), cot_graph_destroy(&net), cot_context_destroy(&ctx);
    for (uint32_t i = 0; i < 64; i++) free(memory[i]);
    return calls != 2 * RUNS;
}
