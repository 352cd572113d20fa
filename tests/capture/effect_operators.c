/* SPDX-License-Identifier: MIT
 * effect_operators.c — operators that call another one, written in C: effects with tokens, saved states of random
 * numbers, operators that write as functions, methods of objects; printed, read again, and run. */
#include "tests/capture/capture.h"
#include <cotangent/control.h>
#include <cotangent/operator.h>
#include <math.h>

static cot_argument of_value(cot_value v) { return (cot_argument){.kind = COT_ARGUMENT_VALUE, .value = v}; }

/* y += x; gives the sum of y before. */
static cot_status add_to(void *user, const cot_operator_call *c, cot_error *error) {
    float *y = c->operands[0].data, *sum = c->results[0].data;
    (void)user, (void)error;
    *sum = 0;
    for (int i = 0; i < 3; i++) {
        *sum += y[i];
        y[i] += ((const float *)c->operands[1].data)[i];
    }
    return COT_OK;
}

static cot_status count_call(void *user, const cot_operator_call *c, cot_error *error) {
    (void)error;
    const float calls = (float)++*(int *)user;
    for (int i = 0; i < 3; i++) ((float *)c->results[0].data)[i] = ((const float *)c->operands[0].data)[i] * calls;
    return COT_OK;
}

static void keep_text(void *user, const char *text, size_t bytes) {
    char *to = user;
    snprintf(to + strlen(to), 64 - strlen(to), "%.*s", (int)bytes, text);
}

static cot_graph *build(cot_context *ctx, cot_error *error) {
    cot_builder *b;
    cot_graph *graph = NULL;
    if (cot_builder_create(ctx, NULL, &b, error)) return NULL;
    const cot_value counter = cot_object(b, "counter"), x = cot_input(b, "x", COT_F32, 1, (int64_t[]){3});
    const cot_argument before = {.kind = COT_ARGUMENT_TEXT, .text = "before"};
    const cot_argument after = {.kind = COT_ARGUMENT_TEXT, .text = "after"};
    cot_value token = cot_with_effects(b, COT_NO_VALUE, "aten._print.default", &before, 1);
    token = cot_with_effects(b, cot_part(b, token, 0), "aten._print.default", &after, 1);
    cot_sink_token(b, cot_part(b, token, 0));
    const cot_value counted = cot_call_method(b, counter, "count", (cot_argument[]){of_value(x)}, 1);
    const cot_value again = cot_call_method(b, counter, "count", (cot_argument[]){of_value(counted)}, 1);
    const cot_value drawn = cot_save_rng_state(b, "aten.rand_like.default", (cot_argument[]){of_value(x)}, 1);
    const cot_value same =
        cot_with_rng_state(b, cot_part(b, drawn, 0), "aten.rand_like.default", (cot_argument[]){of_value(x)}, 1);
    const cot_value difference = cot_sub(b, cot_part(b, drawn, 1), same);
    const cot_argument written[] = {of_value(x), of_value(again)};
    const cot_value pair = cot_auto_functionalized(b, "mylib.add_to.default", written, 2);
    const cot_value out[] = {again, difference, cot_part(b, pair, 0), cot_part(b, pair, 1), cot_part(b, drawn, 1)};
    for (int i = 0; i < 5; i++) cot_output(b, out[i]);
    cot_builder_finish(&b, &graph, error);
    return graph;
}

static void run(cot_graph *graph, char *printed, int *calls) {
    cot_executable *e = NULL;
    cot_frame *frame = NULL;
    cot_error error = {0};
    float x[3] = {1, 2, 3};
    const cot_tensor in = {.data = x, .dtype = COT_F32, .ndim = 1, .sizes = {3}};
    const cot_compile_options options = {.mode = COT_MODE_INFERENCE};
    *printed = '\0';
    *calls = 0;
    int failed = cot_compile(graph, &options, &e, &error) || cot_frame_create(e, NULL, 0, &frame, &error) ||
                 cot_frame_bind_input(frame, 1, &in, &error) || cot_forward(frame, &error);
    cot_tensor out[5] = {0};
    for (uint32_t k = 0; k < 5 && !failed; k++) failed = cot_frame_output(frame, k, &out[k], &error);
    CHECK_TEXT(error.text, "");
    if (!failed) {
        const float *again = out[0].data, *zero = out[1].data, *sum = out[2].data, *new = out[3].data;
        CHECK(again[0] == 2 && again[2] == 6 && *calls == 2);
        CHECK(zero[0] == 0 && zero[1] == 0 && zero[2] == 0 && ((const float *)out[4].data)[1] > 0);
        CHECK(*sum == 6 && new[0] == 3 && new[2] == 9 && x[0] == 1 && x[2] == 3);
        CHECK_TEXT(printed, "before\nafter\n");
    }
    cot_frame_destroy(&frame);
    cot_executable_destroy(&e);
}

static void test_written_in_c(void) {
    char printed[64] = "", *text = NULL;
    int calls = 0;
    cot_error error = {0};
    cot_context *ctx;
    const cot_context_options options = {.print = keep_text, .print_user = printed};
    CHECK(!cot_context_create(&options, &ctx, &error));
    const cot_method method = {.schema = "count(Tensor x) -> Tensor", .kernel = count_call};
    CHECK(!cot_object_register(ctx, "counter", &method, 1, &calls, &error));
    const cot_operator_options add = {
        .schema = "mylib::add_to(Tensor(a!) y, Tensor x) -> Tensor", .result = "x.sum()", .kernel = add_to};
    CHECK(!cot_operator_register(ctx, &add, &error));
    cot_graph *graph = build(ctx, &error), *read = NULL;
    CHECK_TEXT(error.text, "");
    if (!graph) return;
    CHECK(!cot_graph_print(graph, &text, &error));
    CHECK(!cot_graph_parse(ctx, text, strlen(text), "printed", &read, &error) && graph_equal(graph, read));
    CHECK_TEXT(error.text, "");
    run(graph, printed, &calls);
    if (read) run(read, printed, &calls);
    CHECK(strstr(text, "with_effects(_make_token, torch.ops.aten._print.default, 'before')"));
    CHECK(strstr(text, "torch.ops.prims._sink_tokens.default([getitem_1])"));
    CHECK(strstr(text, "torch.ops.higher_order.run_and_save_rng_state(torch.ops.aten.rand_like.default, x)"));
    CHECK(strstr(text, "torch.ops.higher_order.auto_functionalized_v2(torch.ops.mylib.add_to.default, x = "));
    CHECK(strstr(text, "_y_base_index = 0, _all_bases = [x])"));
    CHECK(strstr(text, "torch.ops.higher_order.call_torchbind(counter, 'count', x)"));
    cot_text_free(ctx, &text);
    cot_graph_destroy(&read);
    cot_graph_destroy(&graph);
    cot_context_destroy(&ctx);
}

static void refused(cot_value (*write)(cot_builder *), const char *text) {
    cot_error error = {0};
    cot_context *ctx;
    cot_builder *b;
    cot_graph *graph = NULL;
    CHECK(!cot_context_create(NULL, &ctx, &error) && !cot_builder_create(ctx, NULL, &b, &error));
    cot_output(b, write(b));
    CHECK(cot_builder_finish(&b, &graph, &error) != COT_OK);
    CHECK_TEXT(error.text, text);
    cot_context_destroy(&ctx);
}

static cot_value writes_nothing(cot_builder *b) { return cot_auto_functionalized(b, "aten.add.Tensor", NULL, 0); }
static cot_value unknown(cot_builder *b) { return cot_with_effects(b, COT_NO_VALUE, "mylib.none", NULL, 0); }
static cot_value no_object(cot_builder *b) {
    return cot_call_method(b, cot_input(b, "x", COT_F32, 0, NULL), "count", NULL, 0);
}

static void test_refusals(void) {
    refused(writes_nothing, "auto_functionalized: aten.add.Tensor writes nothing");
    refused(unknown, "unknown operator mylib.none");
    refused(no_object, "Unsupported first arg type <class 'torch.Tensor'> for call_torchbind");
}

int main(void) {
    test_written_in_c();
    test_refusals();
    return tap_done();
}
