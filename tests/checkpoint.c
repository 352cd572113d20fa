/* SPDX-License-Identifier: MIT
 * checkpoint.c — checkpointed regions from the outside: what a policy of the caller's keeps, what it costs, and that
 * gradients are the same bits whatever is kept. */
#include "tests/unit/tap.h"
#include <cotangent/cotangent.h>

enum { ROWS = 8, WIDTH = 16, BYTES = ROWS * WIDTH * 4 };

/* Two layers in one region; `region` is what the second class is called by. */
static const char text_format[] = "class GraphModule(torch.nn.Module):\n"
                                  "    def forward(self, x: \"f32[8, 16]\", w: \"f32[16, 16]\"):\n"
                                  "        body = self.body\n"
                                  "        call = torch.ops.higher_order.%s(body, x, w)\n"
                                  "        getitem: \"f32[8, 16]\" = call[0]\n"
                                  "        sum_1: \"f32[]\" = getitem.sum()\n"
                                  "        return (sum_1,)\n"
                                  "    class body(torch.nn.Module):\n"
                                  "        def forward(self, x: \"f32[8, 16]\", w: \"f32[16, 16]\"):\n"
                                  "            mm: \"f32[8, 16]\" = x @ w\n"
                                  "            tanh: \"f32[8, 16]\" = mm.tanh()\n"
                                  "            mm_1: \"f32[8, 16]\" = tanh @ w\n"
                                  "            tanh_1: \"f32[8, 16]\" = mm_1.tanh()\n"
                                  "            return (tanh_1,)\n";

typedef struct asked {
    unsigned calls, products;
    cot_checkpoint product;
} asked;

static cot_checkpoint policy(void *user, const char *operation, const char *name, uint32_t region) {
    asked *a = user;
    const int is_product = !strcmp(operation, "torch.ops.aten.mm.default");
    a->calls += region == 1 && name[0];
    a->products += is_product;
    return is_product ? a->product : COT_CHECKPOINT_PREFER_RECOMPUTE;
}

static void fill(float *to, size_t count) {
    for (size_t i = 0; i < count; i++) to[i] = (float)((i * 7919u) % 97u) / 97.0f - 0.5f;
}

/* Gives the gradient of w and the bytes saved. */
static uint64_t run(const char *region, cot_partition partition, asked *a, float *gradient) {
    static const char *const grad[] = {"x", "w"};
    static _Alignas(64) float x[ROWS * WIDTH], w[WIDTH * WIDTH];
    char text[sizeof text_format + 64];
    cot_error e = {0};
    cot_context *ctx = NULL;
    cot_graph *graph = NULL;
    cot_executable *exe = NULL;
    cot_frame *frame = NULL;
    cot_tensor t = {0};
    cot_stats stats = {0};
    snprintf(text, sizeof text, text_format, region);
    fill(x, ROWS * WIDTH);
    fill(w, WIDTH * WIDTH);
    const cot_compile_options o = {.grad = grad,
                                   .num_grad = 2,
                                   .partition = partition,
                                   .checkpoint_policy = a ? policy : NULL,
                                   .checkpoint_user = a};
    const cot_tensor input[] = {{.data = x, .dtype = COT_F32, .ndim = 2, .sizes = {ROWS, WIDTH}},
                                {.data = w, .dtype = COT_F32, .ndim = 2, .sizes = {WIDTH, WIDTH}}};
    int ok = !cot_context_create(NULL, &ctx, &e) && !cot_graph_parse(ctx, text, strlen(text), "test.fx", &graph, &e) &&
             !cot_compile(graph, &o, &exe, &e) && !cot_frame_create(exe, NULL, 0, &frame, &e);
    for (uint32_t i = 0; i < 2; i++) ok = ok && !cot_frame_bind_input(frame, i, &input[i], &e);
    ok = ok && !cot_forward(frame, &e) && !cot_backward(frame, &e) && !cot_frame_gradient(frame, 1, &t, &e);
    if (ok) memcpy(gradient, t.data, WIDTH * WIDTH * sizeof *gradient);
    else printf("# %s\n", e.text);
    CHECK(ok);
    if (exe) cot_executable_stats(exe, &stats);
    const uint64_t saved = stats.saved_bytes;
    cot_frame_destroy(&frame);
    cot_executable_destroy(&exe);
    cot_graph_destroy(&graph);
    cot_context_destroy(&ctx);
    return saved;
}

int main(void) {
    static const char tag[] = "tag_activation_checkpoint";
    static float plain[WIDTH * WIDTH], other[WIDTH * WIDTH];
    const size_t bytes = sizeof plain;
    CHECK(run("wrap", COT_PARTITION_MIN_CUT, NULL, plain) == 2 * BYTES); /* both results of tanh */
    CHECK(run(tag, COT_PARTITION_MIN_CUT, NULL, other) == 0 && !memcmp(plain, other, bytes));
    CHECK(run("wrap_activation_checkpoint", COT_PARTITION_MIN_CUT, NULL, other) == 0);
    CHECK(run(tag, COT_PARTITION_DEFAULT, NULL, other) == 0 && !memcmp(plain, other, bytes));
    asked a = {.product = COT_CHECKPOINT_MUST_SAVE};
    CHECK(run(tag, COT_PARTITION_MIN_CUT, &a, other) == 2 * BYTES && !memcmp(plain, other, bytes));
    CHECK(a.calls == 4 && a.products == 2);
    a = (asked){.product = COT_CHECKPOINT_MUST_RECOMPUTE};
    CHECK(run(tag, COT_PARTITION_MIN_CUT, &a, other) == 0 && !memcmp(plain, other, bytes));
    a = (asked){.product = COT_CHECKPOINT_PREFER_SAVE};
    CHECK(run(tag, COT_PARTITION_MIN_CUT, &a, other) == 2 * BYTES && !memcmp(plain, other, bytes));
    CHECK(run("wrap", COT_PARTITION_MIN_CUT, &a, other) == 2 * BYTES);
    return tap_done();
}
