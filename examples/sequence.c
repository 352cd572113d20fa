/* SPDX-License-Identifier: MIT
 * sequence.c — trains a recurrent net whose loop and branch are part of the program.
 *
 *     cc sequence.c $(pkg-config --cflags --libs cotangent) -lm -o sequence && ./sequence
 *
 * The net reads a sequence item by item (cot_scan) and learns its mean. Where all of a step's items are padding it
 * keeps its state: a branch (cot_cond), of which only the taken side runs. Bodies are functions; the parameters that
 * they use they take from outside. The step of the loop is compiled once, its backward too, however long sequences are.
 */
#include <cotangent/cotangent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 12, BATCH = 32, WIDTH = 24 };
#define CHECK(call)                                                                                                    \
    if (call) return fprintf(stderr, "%s\n", error.text), 1

static double uniform(void) { return 2.0 * rand() / RAND_MAX - 1; }

typedef struct cell {
    cot_value weight, recurrent, bias; /* (WIDTH, 1), (WIDTH, WIDTH), (WIDTH) */
} cell;

/* h, x → tanh(weight x + recurrent h + bias) */
static cot_value update(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const cell *c = user;
    (void)count;
    const cot_value input = cot_linear(b, operands[1], c->weight, c->bias);
    return cot_tanh(b, cot_add(b, input, cot_linear(b, operands[0], c->recurrent, COT_NO_VALUE)));
}

static cot_value keep(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_scale(b, operands[0], 1); /* what a body returns is memory of its own */
}

/* h, x → next h, and nothing that is stacked */
static cot_value step(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    const cot_value any = cot_operator(b, ">", cot_sum(b, cot_mul(b, operands[1], operands[1])), cot_int(b, 0));
    return cot_tuple(b, (cot_value[]){cot_cond(b, any, update, keep, user, operands, 2), cot_none(b)}, 2);
}

int main(void) {
    cot_error error;
    cot_context *ctx = NULL;
    cot_builder *b = NULL;
    cot_graph *net = NULL;
    cot_executable *train = NULL;
    cot_frame *frame = NULL;
    CHECK(cot_context_create(NULL, &ctx, &error));

    CHECK(cot_builder_create(ctx, "Net", &b, &error));
    const cot_value x = cot_input(b, "x", COT_F32, 3, (int64_t[]){STEPS, BATCH, 1});
    const cot_value y = cot_input(b, "y", COT_F32, 2, (int64_t[]){BATCH, 1});
    const cot_value h = cot_input(b, "h", COT_F32, 2, (int64_t[]){BATCH, WIDTH});
    cell c = {cot_parameter(b, "cell.weight", COT_F32, 2, (int64_t[]){WIDTH, 1}),
              cot_parameter(b, "cell.recurrent", COT_F32, 2, (int64_t[]){WIDTH, WIDTH}),
              cot_parameter(b, "cell.bias", COT_F32, 1, (int64_t[]){WIDTH})};
    const cot_value out = cot_parameter(b, "out.weight", COT_F32, 2, (int64_t[]){1, WIDTH});
    const cot_value last = cot_part(b, cot_scan(b, step, &c, h, x, 0, 0), 0);
    cot_output(b, cot_mse_loss(b, cot_linear(b, last, out, COT_NO_VALUE), y));
    CHECK(cot_builder_finish(&b, &net, &error)); /* the first error of any call above, those in bodies included */

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
        const double scale = info.kind == COT_INPUT_PARAMETER ? 1 / sqrt((double)info.sizes[info.ndim - 1]) : 0;
        for (size_t k = 0; scale > 0 && k < count; k++) memory[i][k] = (float)(uniform() * scale);
        cot_tensor t = {.data = memory[i], .dtype = info.dtype, .ndim = info.ndim};
        memcpy(t.sizes, info.sizes, sizeof(t.sizes));
        CHECK(cot_frame_bind_input(frame, i, &t, &error));
    }
    float *xs = memory[cot_executable_find_input(train, "x")], *ys = memory[cot_executable_find_input(train, "y")];
    *memory[cot_executable_find_input(train, "lr")] = 3e-3f;
    for (int n = 1; n <= 1500; n++) {
        const int length = STEPS / 2 + rand() % (STEPS / 2 + 1);
        memset(ys, 0, BATCH * sizeof(*ys));
        for (int t = 0; t < STEPS; t++)
            for (int i = 0; i < BATCH; i++) {
                xs[t * BATCH + i] = t < length ? (float)uniform() : 0;
                ys[i] += xs[t * BATCH + i] / STEPS;
            }
        cot_tensor loss;
        CHECK(cot_step(frame, &error));
        CHECK(cot_frame_output(frame, 0, &loss, &error));
        if (n == 1 || n % 300 == 0) printf("step %4d  loss %.6f\n", n, *(float *)loss.data);
    }
    cot_frame_destroy(&frame), cot_executable_destroy(&train), cot_graph_destroy(&net), cot_context_destroy(&ctx);
    for (uint32_t i = 0; i < 64; i++) free(memory[i]);
    return 0;
}
