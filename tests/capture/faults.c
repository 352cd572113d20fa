/* SPDX-License-Identifier: MIT
 * faults.c — bodies in bodies while each allocation fails in turn: an error, no crash, nothing left behind. And what
 * sharing a body costs beside tracing it. */
#include "tests/capture/capture.h"
#include <time.h>

/* ---- a program with everything -------------------------------------------------------------------------------------
 */

static cot_value cell(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_tanh(b, cot_add(b, cot_mul(b, operands[0], *(cot_value *)user), operands[1]));
}

static cot_value keep(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_scale(b, operands[0], 1);
}

static cot_value step(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    static const char *const keys[] = {"h", "n"};
    (void)count;
    const cot_value p = cot_operator(b, ">", cot_sum(b, operands[1]), cot_int(b, 0));
    const cot_value h = cot_invoke(b, cell, user, operands, 2), next = cot_cond(b, p, cell, keep, user, operands, 2);
    const cot_value fields[] = {h, cot_int(b, 3)}, parts[] = {next, cot_dict(b, keys, fields, 2)};
    return cot_tuple(b, parts, 2);
}

static cot_status build(cot_context *ctx, cot_graph **graph, cot_error *error) {
    cot_builder *b = NULL;
    const cot_status status = cot_builder_create(ctx, NULL, &b, error);
    if (status) return status;
    const int64_t n = cot_dynamic(b, 2, 64);
    cot_value h = cot_input(b, "h", COT_F32, 1, &n), w = cot_input(b, "w", COT_F32, 1, &n);
    const cot_value xs = cot_input(b, "xs", COT_F32, 2, (int64_t[]){n, 5});
    cot_output(b, cot_scan(b, step, &w, h, xs, 1, 1));
    return cot_builder_finish(&b, graph, error);
}

static void test_faults(void) {
    size_t fail_at = 1, clean = 0;
    for (int done = 0; !done && fail_at < 10000; fail_at++) {
        counting c = {0};
        const cot_allocator allocator = counting_allocator(&c);
        const cot_context_options options = {.allocator = &allocator};
        cot_context *ctx = NULL;
        cot_graph *graph = NULL;
        cot_error error;
        if (cot_context_create(&options, &ctx, &error)) break;
        c.requests = 0;
        c.fail_at = fail_at;
        const cot_status status = build(ctx, &graph, &error);
        done = c.requests < fail_at;
        clean += done ? !status : status == COT_NO_MEMORY && !graph;
        cot_graph_destroy(&graph);
        cot_context_destroy(&ctx);
        clean -= c.held != 0;
    }
    CHECK(clean == fail_at - 1 && fail_at > 4);
}

/* ---- an operator of the caller's, down to code
 * ----------------------------------------------------------------------- */

static cot_status twice(void *user, cot_builder *b, const cot_control_call *c, cot_value *results) {
    (void)user;
    const cot_value once = cot_part(b, cot_control_body(b, c, 0, c->operands), 0);
    results[0] = cot_part(b, cot_control_body(b, c, 0, &once), 0);
    return COT_OK;
}

static cot_status twice_joint(void *user, cot_builder *b, const cot_control_call *c, cot_value *gradients) {
    (void)user;
    const cot_value all = cot_control_vjp(b, c, 0, c->operands, c->tangents);
    for (uint32_t i = 0; i < c->num_operands + c->num_captured; i++) gradients[i] = cot_part(b, all, i);
    return COT_OK;
}

static cot_value scaled(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_sin(b, cot_mul(b, operands[0], *(cot_value *)user));
}

static cot_status compile(cot_context *ctx, cot_graph **graph, cot_executable **e, cot_error *error) {
    static const char *const names[] = {"x", "w"};
    const cot_control_options options = {.name = "twice", .lower = twice, .joint = twice_joint};
    cot_builder *b = NULL;
    cot_status status = cot_control_register(ctx, &options, error);
    if (!status) status = cot_builder_create(ctx, NULL, &b, error);
    if (status) return status;
    const cot_value x = vector(b, "x");
    cot_value w = vector(b, "w");
    cot_output(b, cot_sum(b, cot_call(b, "higher_order.twice",
                                      (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = scaled, .user = &w},
                                                       {.kind = COT_ARGUMENT_VALUE, .value = x}},
                                      2)));
    status = cot_builder_finish(&b, graph, error);
    return status ? status : cot_compile(*graph, &(cot_compile_options){.grad = names, .num_grad = 2}, e, error);
}

static void test_registered(void) {
    size_t fail_at = 1, clean = 0;
    for (int done = 0; !done && fail_at < 10000; fail_at++) {
        counting c = {0};
        const cot_allocator allocator = counting_allocator(&c);
        const cot_context_options options = {.allocator = &allocator, .threads = 1};
        cot_context *ctx = NULL;
        cot_graph *graph = NULL;
        cot_executable *e = NULL;
        cot_error error;
        if (cot_context_create(&options, &ctx, &error)) break;
        c.requests = 0;
        c.fail_at = fail_at;
        const cot_status status = compile(ctx, &graph, &e, &error);
        done = c.requests < fail_at;
        clean += done ? !status : status == COT_NO_MEMORY;
        cot_executable_destroy(&e);
        cot_graph_destroy(&graph);
        cot_context_destroy(&ctx);
        clean -= c.held != 0;
    }
    CHECK(clean == fail_at - 1 && fail_at > 4);
    printf("# %zu allocations failed\n", fail_at - 2);
}

/* ---- sharing -------------------------------------------------------------------------------------------------------
 */

enum { LAYERS = 60, OPERATORS = 200 };

static cot_value layer(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    cot_value x = operands[0];
    for (int i = 0; i < OPERATORS / 2; i++) x = cot_add(b, cot_sin(b, x), operands[1]);
    return x;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Equal bodies are one; knowing that they are is cheap beside tracing one again. */
static void test_sharing(void) {
    fixture f;
    begin(&f);
    cot_value both[] = {f.x, f.w};
    const double begun = now();
    for (int i = 0; i < LAYERS; i++) both[0] = cot_invoke(f.b, layer, NULL, both, 2);
    const double traced = (now() - begun) / LAYERS;
    cot_output(f.b, both[0]);
    CHECK(!finish(&f) && f.graph->children.count == 1);
    const cot_graph *body = f.graph->children.data[0].graph, *copy = graph_copy(body, f.graph);
    double compared = 1;
    for (int k = 0; k < 5; k++) { /* the least of several: others run on this machine, too */
        const double from = now();
        int equal = 0;
        for (int i = 0; i < LAYERS; i++) equal += graph_hash(body) == graph_hash(copy) && graph_equal(body, copy);
        const double each = (now() - from) / LAYERS;
        if (equal == LAYERS && each < compared) compared = each;
    }
    CHECK(compared < traced / 10);
    printf("# %.1f us to trace a body of %d operators, %.1f us to find its equal\n", traced * 1e6, OPERATORS,
           compared * 1e6);
    end(&f);
}

int main(void) {
    test_faults();
    test_registered();
    test_sharing();
    return tap_done();
}
