/* SPDX-License-Identifier: MIT
 * equilibrium.c — a higher-order operator of our own: fixed_point(f, z) runs z = f(z) until z stands still. Its
 * derivative is its own, too.
 *
 *     cc equilibrium.c $(pkg-config --cflags --libs cotangent) -lm -o equilibrium && ./equilibrium
 *
 * Where z = f(z, w), dz/dw = (1 - df/dz)⁻¹ df/dw. So the backward is a fixed point again, u = tangent + (df/dz)ᵀ u, and
 * one derivative of f at z; nothing of the iterations is kept (Bai, Kolter, Koltun: Deep Equilibrium Models, 2019). The
 * net trained here is one such layer, z = tanh(recurrent z + input x), between two linear ones. */
#include <cotangent/cotangent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 64, WIDTH = 32 };
#define CHECK(call)                                                                                                    \
    if (call) return fprintf(stderr, "%s\n", error.text), 1

static double uniform(void) { return 2.0 * rand() / RAND_MAX - 1; }

/* ---- the operator -------------------------------------------------------------------------------------------------
 */

/* A loop that calls body 0, or its derivative at `at`: carries are the value and how far it moved. */
typedef struct iteration {
    const cot_control_call *call;
    cot_value tangent; /* of the backward; COT_NO_VALUE: forward */
    double tolerance;
} iteration;

static cot_value moved(cot_builder *b, const cot_value *carries, uint32_t count, void *user) {
    (void)count;
    return cot_operator(b, ">", carries[1], cot_real(b, ((const iteration *)user)->tolerance));
}

static cot_value once(cot_builder *b, const cot_value *carries, uint32_t count, void *user) {
    const iteration *it = user;
    (void)count;
    cot_value next = cot_part(b, cot_control_body(b, it->call, 0, carries), 0);
    if (it->tangent != COT_NO_VALUE)
        next = cot_add(b, it->tangent, cot_part(b, cot_control_vjp(b, it->call, 0, it->call->results, carries), 0));
    const cot_value step = cot_sub(b, next, carries[0]);
    return cot_tuple(b, (cot_value[]){next, cot_mean(b, cot_mul(b, step, step))}, 2);
}

static cot_value iterate(cot_builder *b, iteration *it, cot_value start) {
    const cot_argument *tolerance = cot_control_option(it->call, "tolerance");
    it->tolerance = tolerance ? tolerance->real : 1e-6;
    const cot_value far = cot_shift(b, cot_scale(b, cot_mean(b, start), 0), 1); /* 1: not there yet */
    return cot_part(b, cot_while(b, moved, once, it, (cot_value[]){start, far}, 2), 0);
}

static cot_status fixed_point(void *user, cot_builder *b, const cot_control_call *call, cot_value *results) {
    iteration it = {.call = call, .tangent = COT_NO_VALUE};
    (void)user;
    results[0] = iterate(b, &it, call->operands[0]);
    return COT_OK;
}

static cot_status fixed_point_joint(void *user, cot_builder *b, const cot_control_call *call, cot_value *gradients) {
    iteration it = {.call = call, .tangent = call->tangents[0]};
    (void)user;
    const cot_value u = iterate(b, &it, call->tangents[0]);
    const cot_value all = cot_control_vjp(b, call, 0, call->results, &u);
    for (uint32_t i = 0; i < call->num_captured; i++) /* where it starts does not matter: its gradient is zero */
        gradients[call->num_operands + i] = cot_part(b, all, call->num_operands + i);
    return COT_OK;
}

/* ---- a net with it ------------------------------------------------------------------------------------------------
 */

typedef struct layer {
    cot_value recurrent, input;
} layer;

static cot_value settle(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const layer *l = user;
    (void)count;
    return cot_tanh(b, cot_add(b, cot_linear(b, operands[0], l->recurrent, COT_NO_VALUE), l->input));
}

static cot_value dense(cot_builder *b, const char *key, cot_value x, int64_t from, int64_t to) {
    return cot_linear(b, x, cot_parameter(b, key, COT_F32, 2, (int64_t[]){to, from}), COT_NO_VALUE);
}

int main(void) {
    cot_error error;
    cot_context *ctx = NULL;
    cot_builder *b = NULL;
    cot_graph *net = NULL;
    cot_executable *train = NULL;
    cot_frame *frame = NULL;
    CHECK(cot_context_create(NULL, &ctx, &error));
    CHECK(cot_control_register(
        ctx, &(cot_control_options){.name = "fixed_point", .lower = fixed_point, .joint = fixed_point_joint}, &error));

    CHECK(cot_builder_create(ctx, "Net", &b, &error));
    const cot_value x = cot_input(b, "x", COT_F32, 2, (int64_t[]){BATCH, 2});
    const cot_value y = cot_input(b, "y", COT_F32, 2, (int64_t[]){BATCH, 1});
    layer l = {.recurrent = cot_parameter(b, "recurrent", COT_F32, 2, (int64_t[]){WIDTH, WIDTH}),
               .input = dense(b, "in", x, 2, WIDTH)};
    const cot_value z = cot_call(b, "higher_order.fixed_point",
                                 (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = settle, .user = &l},
                                                  {.kind = COT_ARGUMENT_VALUE, .value = l.input},
                                                  {.kind = COT_ARGUMENT_REAL, .keyword = "tolerance", .real = 1e-7}},
                                 3);
    cot_output(b, cot_mse_loss(b, dense(b, "out", z, WIDTH, 1), y));
    CHECK(cot_builder_finish(&b, &net, &error));

    CHECK(cot_compile(net, &(cot_compile_options){.mode = COT_MODE_STEP, .optimizer = COT_OPTIMIZER_ADAMW}, &train,
                      &error));
    CHECK(cot_frame_create(train, NULL, 0, &frame, &error));
    float *memory[64] = {0};
    for (uint32_t i = 0; i < cot_executable_num_inputs(train) && i < 64; i++) {
        cot_input_info info;
        CHECK(cot_executable_input(train, i, &info));
        size_t count = 1;
        for (uint32_t d = 0; d < info.ndim; d++) count *= (size_t)info.sizes[d];
        memory[i] = calloc(count, 8);
        const double scale = info.kind == COT_INPUT_PARAMETER ? 0.5 / sqrt((double)info.sizes[info.ndim - 1]) : 0;
        for (size_t k = 0; scale > 0 && k < count; k++) memory[i][k] = (float)(uniform() * scale);
        cot_tensor t = {.data = memory[i], .dtype = info.dtype, .ndim = info.ndim};
        memcpy(t.sizes, info.sizes, sizeof(t.sizes));
        CHECK(cot_frame_bind_input(frame, i, &t, &error));
    }
    float *xs = memory[cot_executable_find_input(train, "x")], *ys = memory[cot_executable_find_input(train, "y")];
    *memory[cot_executable_find_input(train, "lr")] = 3e-3f;
    for (int n = 1; n <= 1000; n++) {
        for (int i = 0; i < BATCH; i++) {
            xs[2 * i] = (float)uniform(), xs[2 * i + 1] = (float)uniform();
            ys[i] = sinf(2 * xs[2 * i]) * cosf(xs[2 * i + 1]);
        }
        cot_tensor loss;
        CHECK(cot_step(frame, &error));
        CHECK(cot_frame_output(frame, 0, &loss, &error));
        if (n == 1 || n % 200 == 0) printf("step %4d  loss %.6f\n", n, *(float *)loss.data);
    }
    cot_frame_destroy(&frame), cot_executable_destroy(&train), cot_graph_destroy(&net), cot_context_destroy(&ctx);
    for (uint32_t i = 0; i < 64; i++) free(memory[i]);
    return 0;
}
