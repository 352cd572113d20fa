/* SPDX-License-Identifier: MIT
 * api.c — the public interface of a run: frames, several forwards before their backwards, accumulation, cancelling, one
 * executable on several threads, memory and threads of the caller's, whole steps, and no allocation in a step.
 *
 * Linked with --wrap for the allocation functions, so that the test counts every one the library makes. */
#include "tests/unit/tap.h"
#include <cotangent/cotangent.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

/* ---- counting allocations --------------------------------------------------------------------------------------- */

static _Atomic size_t allocations;

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *memory, size_t bytes);
void *__real_aligned_alloc(size_t alignment, size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *memory, size_t bytes);
void *__wrap_aligned_alloc(size_t alignment, size_t bytes);

void *__wrap_malloc(size_t bytes) {
    allocations++;
    return __real_malloc(bytes);
}
void *__wrap_calloc(size_t count, size_t bytes) {
    allocations++;
    return __real_calloc(count, bytes);
}
void *__wrap_realloc(void *memory, size_t bytes) {
    allocations++;
    return __real_realloc(memory, bytes);
}
void *__wrap_aligned_alloc(size_t alignment, size_t bytes) {
    allocations++;
    return __real_aligned_alloc(alignment, bytes);
}

/* ---- programs -------------------------------------------------------------------------------------------------------
 */

/* A layer with a loss; b is a buffer that the program counts up. */
static const char layer[] = "class GraphModule(torch.nn.Module):\n"
                            "    def forward(self, x: \"f32[16, 32]\", w: \"f32[32, 24]\", c: \"f32[]\"):\n"
                            "        mm: \"f32[16, 24]\" = torch.ops.aten.mm.default(x, w)\n"
                            "        tanh: \"f32[16, 24]\" = torch.ops.aten.tanh.default(mm)\n"
                            "        mul: \"f32[16, 24]\" = torch.ops.aten.mul.Tensor(tanh, tanh)\n"
                            "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(mul)\n"
                            "        add_: \"f32[]\" = torch.ops.aten.add_.Tensor(c, 1)\n"
                            "        return (sum_1,)\n";

/* Two outputs that share storage, and one that is an input. */
static const char aliases[] = "class GraphModule(torch.nn.Module):\n"
                              "    def forward(self, x: \"f32[2, 3]\"):\n"
                              "        mul: \"f32[2, 3]\" = torch.ops.aten.mul.Tensor(x, 2)\n"
                              "        view: \"f32[6]\" = torch.ops.aten.view.default(mul, [6])\n"
                              "        t: \"f32[3, 2]\" = torch.ops.aten.t.default(mul)\n"
                              "        view_1: \"f32[6]\" = torch.ops.aten.view.default(x, [6])\n"
                              "        return (view, t, view_1)\n";

enum { ROWS = 16, IN = 32, OUT = 24 };

/* x·w is doubled as long as c, which is doubled too, is below 1. */
static const char loop[] = "class GraphModule(torch.nn.Module):\n"
                           "    def forward(self, x: \"f32[16, 32]\", w: \"f32[32, 24]\", c: \"f32[]\"):\n"
                           "        mm: \"f32[16, 24]\" = torch.ops.aten.mm.default(x, w)\n"
                           "        test = self.test\n"
                           "        body = self.body\n"
                           "        while_loop = torch.ops.higher_order.while_loop(test, body, (c, mm), ())\n"
                           "        getitem: \"f32[16, 24]\" = while_loop[1]\n"
                           "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(getitem)\n"
                           "        return (sum_1,)\n"
                           "    class test(torch.nn.Module):\n"
                           "        def forward(self, a: \"f32[]\", b: \"f32[16, 24]\"):\n"
                           "            lt: \"b8[]\" = torch.ops.aten.lt.Scalar(a, 1.0)\n"
                           "            return (lt,)\n"
                           "    class body(torch.nn.Module):\n"
                           "        def forward(self, a: \"f32[]\", b: \"f32[16, 24]\"):\n"
                           "            mul: \"f32[]\" = torch.ops.aten.mul.Tensor(a, 2)\n"
                           "            mul_1: \"f32[16, 24]\" = torch.ops.aten.mul.Tensor(b, 2)\n"
                           "            return (mul, mul_1)\n";

/* The rows of x that begin with more than c, times w. */
static const char rows[] = "class GraphModule(torch.nn.Module):\n"
                           "    def forward(self, x: \"f32[16, 32]\", w: \"f32[32, 24]\", c: \"f32[]\"):\n"
                           "        select: \"f32[16]\" = torch.ops.aten.select.int(x, 1, 0)\n"
                           "        gt: \"b8[16]\" = torch.ops.aten.gt.Tensor(select, c)\n"
                           "        index: \"f32[u0, 32]\" = torch.ops.aten.index.Tensor(x, [gt])\n"
                           "        size: \"Sym(u0)\" = torch.ops.aten.sym_size.int(index, 0)\n"
                           "        le: \"Sym(u0 <= 15)\" = size <= 15\n"
                           "        check = torch.ops.aten._assert_scalar.default(le, 'too many rows')\n"
                           "        mm: \"f32[u0, 24]\" = torch.ops.aten.mm.default(index, w)\n"
                           "        return (mm, size)\n";

/* The same rows from the last to the first, by their negative places. */
static const char rows_and_back[] = "class GraphModule(torch.nn.Module):\n"
                                    "    def forward(self, x: \"f32[16, 32]\", w: \"f32[32, 24]\", c: \"f32[]\"):\n"
                                    "        select: \"f32[16]\" = torch.ops.aten.select.int(x, 1, 0)\n"
                                    "        gt: \"b8[16]\" = torch.ops.aten.gt.Tensor(select, c)\n"
                                    "        index: \"f32[u0, 32]\" = torch.ops.aten.index.Tensor(x, [gt])\n"
                                    "        mm: \"f32[u0, 24]\" = torch.ops.aten.mm.default(index, w)\n"
                                    "        flip: \"f32[u0, 24]\" = torch.ops.aten.flip.default(mm, [-2])\n"
                                    "        return (flip,)\n";

typedef struct fixture {
    cot_context *ctx;
    cot_graph *graph;
    cot_executable *exe;
    _Alignas(64) float x[ROWS * IN];
    _Alignas(64) float w[IN * OUT];
    _Alignas(64) float c;
} fixture;

static void fill(float *to, size_t count, unsigned seed) {
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        to[i] = (float)(seed >> 8) / (1 << 24) - 0.5f;
    }
}

static cot_tensor tensor(void *data, uint32_t ndim, int64_t a, int64_t b) {
    return (cot_tensor){.data = data, .dtype = COT_F32, .ndim = ndim, .sizes = {a, b}};
}

static int made(cot_status status, const cot_error *error) {
    if (status) printf("# %s\n", error->text);
    return status == COT_OK;
}

static int setup(fixture *f, const char *text, const cot_context_options *context, const cot_compile_options *options) {
    cot_error e;
    memset(f, 0, sizeof *f);
    fill(f->x, ROWS * IN, 1);
    fill(f->w, IN * OUT, 2);
    return made(cot_context_create(context, &f->ctx, &e), &e) &&
           made(cot_graph_parse(f->ctx, text, strlen(text), "test.fx", &f->graph, &e), &e) &&
           made(cot_compile(f->graph, options, &f->exe, &e), &e);
}

static void teardown(fixture *f) {
    if (f->exe) cot_executable_destroy(&f->exe);
    if (f->graph) cot_graph_destroy(&f->graph);
    if (f->ctx) cot_context_destroy(&f->ctx);
}

static const char *const by_w[] = {"w"};
static const char *const by_both[] = {"x", "w"};

static cot_frame *frame_of(fixture *f) {
    cot_error e;
    cot_frame *frame = NULL;
    cot_tensor x = tensor(f->x, 2, ROWS, IN), w = tensor(f->w, 2, IN, OUT), c = tensor(&f->c, 0, 0, 0);
    if (!made(cot_frame_create(f->exe, NULL, 0, &frame, &e), &e)) return NULL;
    made(cot_frame_bind_input(frame, 0, &x, &e), &e);
    made(cot_frame_bind_input(frame, 1, &w, &e), &e);
    made(cot_frame_bind_input(frame, 2, &c, &e), &e);
    return frame;
}

/* d sum(tanh(x·w)²) / dw, in double. */
static void expect_gradient(const fixture *f, const float *x, double *grad, double *loss) {
    memset(grad, 0, IN * OUT * sizeof *grad);
    *loss = 0;
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < OUT; j++) {
            double sum = 0;
            for (int k = 0; k < IN; k++) sum += (double)x[i * IN + k] * f->w[k * OUT + j];
            double y = tanh(sum);
            *loss += y * y;
            for (int k = 0; k < IN; k++) grad[k * OUT + j] += 2 * y * (1 - y * y) * x[i * IN + k];
        }
}

static int near(const float *found, const double *expected, size_t count, double factor) {
    for (size_t i = 0; i < count; i++)
        if (fabs(found[i] - factor * expected[i]) > 1e-4 * (1 + fabs(factor * expected[i]))) return 0;
    return 1;
}

/* ---- tests
 * ------------------------------------------------------------------------------------------------------------ */

static void test_forward_backward(void) {
    fixture f;
    cot_error e;
    if (!setup(&f, layer, NULL, &(cot_compile_options){.grad = by_w, .num_grad = 1})) return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    double grad[IN * OUT], loss;
    expect_gradient(&f, f.x, grad, &loss);
    CHECK(cot_backward(frame, &e) == COT_INVALID);
    CHECK(cot_forward(frame, &e) == COT_OK);
    CHECK(f.c == 1);
    CHECK(cot_backward(frame, &e) == COT_OK);
    cot_tensor t;
    CHECK(cot_frame_output(frame, 0, &t, &e) == COT_OK && fabs(*(float *)t.data - loss) < 1e-3 * loss);
    CHECK(cot_frame_gradient(frame, 1, &t, &e) == COT_OK && near(t.data, grad, IN * OUT, 1));
    CHECK(cot_frame_gradient(frame, 0, &t, &e) == COT_OK && t.data == NULL);
    CHECK(cot_backward(frame, &e) == COT_INVALID && strstr(e.text, "second time"));
    cot_frame_destroy(&frame);
    CHECK(frame == NULL);
    teardown(&f);
}

static void test_refusals(void) {
    fixture f;
    cot_error e;
    if (!setup(&f, layer, NULL, &(cot_compile_options){.grad = by_w, .num_grad = 1})) return teardown(&f), CHECK(0);
    cot_frame *frame = NULL;
    CHECK(cot_frame_create(f.exe, NULL, 0, &frame, &e) == COT_OK);
    CHECK(cot_forward(frame, &e) == COT_INVALID && strstr(e.text, "x is not bound"));
    cot_tensor t = tensor(f.x, 2, ROWS, IN + 1);
    CHECK(cot_frame_bind_input(frame, 0, &t, &e) == COT_SHAPE && strstr(e.text, "[16, 33]"));
    t = tensor(f.x, 2, ROWS, IN);
    t.dtype = COT_F64;
    CHECK(cot_frame_bind_input(frame, 0, &t, &e) == COT_SHAPE);
    t = tensor(f.x, 2, ROWS, IN);
    t.strides[0] = 1, t.strides[1] = ROWS;
    CHECK(cot_frame_bind_input(frame, 0, &t, &e) == COT_SHAPE && strstr(e.text, "strides"));
    t = tensor(NULL, 2, ROWS, IN);
    CHECK(cot_frame_bind_input(frame, 0, &t, &e) == COT_INVALID);
    t = tensor((char *)f.x + 1, 2, ROWS, IN);
    CHECK(cot_frame_bind_input(frame, 0, &t, &e) == COT_INVALID);
    t = tensor(f.x, 2, ROWS, IN);
    CHECK(cot_frame_bind_input(frame, 9, &t, &e) == COT_INVALID);
    CHECK(cot_frame_bind_gradient(frame, 0, &t, 0, &e) == COT_INVALID);
    CHECK(cot_frame_output(frame, 0, &t, &e) == COT_INVALID);
    CHECK(cot_frame_output(frame, 7, &t, &e) == COT_INVALID);
    CHECK(cot_step(frame, &e) == COT_INVALID);
    cot_frame_destroy(&frame);
    teardown(&f);
}

static void test_several_forwards(void) {
    fixture f;
    cot_error e;
    if (!setup(&f, layer, NULL, &(cot_compile_options){.grad = by_w, .num_grad = 1})) return teardown(&f), CHECK(0);
    cot_frame *frames[3];
    _Alignas(64) static float x[3][ROWS * IN];
    _Alignas(64) float sum[IN * OUT] = {0};
    double grad[IN * OUT], total[IN * OUT] = {0}, loss;
    for (unsigned i = 0; i < 3; i++) {
        fill(x[i], ROWS * IN, 10 + i);
        frames[i] = frame_of(&f);
        cot_tensor t = tensor(x[i], 2, ROWS, IN);
        made(cot_frame_bind_input(frames[i], 0, &t, &e), &e);
        t = tensor(sum, 2, IN, OUT);
        CHECK(cot_frame_bind_gradient(frames[i], 1, &t, 1, &e) == COT_OK);
        CHECK(cot_forward(frames[i], &e) == COT_OK);
    }
    for (int i = 3; i-- > 0;) {
        CHECK(cot_backward(frames[i], &e) == COT_OK);
        expect_gradient(&f, x[i], grad, &loss);
        for (int k = 0; k < IN * OUT; k++) total[k] += grad[k];
    }
    CHECK(near(sum, total, IN * OUT, 1));
    CHECK(f.c == 3);
    for (int i = 0; i < 3; i++) cot_frame_destroy(&frames[i]);
    teardown(&f);
}

static void test_bound_gradients(void) {
    fixture f;
    cot_error e;
    if (!setup(&f, layer, NULL, &(cot_compile_options){.grad = by_both, .num_grad = 2})) return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    _Alignas(64) float direct[IN * OUT], turned[OUT * IN];
    double grad[IN * OUT], loss;
    expect_gradient(&f, f.x, grad, &loss);
    cot_tensor t = tensor(direct, 2, IN, OUT);
    CHECK(cot_frame_bind_gradient(frame, 1, &t, 0, &e) == COT_OK);
    CHECK(cot_step(frame, &e) == COT_OK && near(direct, grad, IN * OUT, 1));
    t = tensor(turned, 2, IN, OUT);
    t.strides[0] = 1, t.strides[1] = IN;
    CHECK(cot_frame_bind_gradient(frame, 1, &t, 0, &e) == COT_OK);
    CHECK(cot_step(frame, &e) == COT_OK);
    int same = 1;
    for (int k = 0; k < IN; k++)
        for (int j = 0; j < OUT; j++) same &= turned[j * IN + k] == direct[k * OUT + j];
    CHECK(same);
    /* A tangent of the caller's scales the gradient. */
    _Alignas(64) float scale = 3;
    t = tensor(&scale, 0, 0, 0);
    CHECK(cot_frame_bind_tangent(frame, 0, &t, &e) == COT_OK);
    t = tensor(direct, 2, IN, OUT);
    CHECK(cot_frame_bind_gradient(frame, 1, &t, 0, &e) == COT_OK);
    CHECK(cot_step(frame, &e) == COT_OK && near(direct, grad, IN * OUT, 3));
    cot_frame_destroy(&frame);
    teardown(&f);
}

static void test_aliases(void) {
    fixture f;
    cot_error e;
    const char *const by_x[] = {"x"};
    if (!setup(&f, aliases, NULL, &(cot_compile_options){.grad = by_x, .num_grad = 1})) return teardown(&f), CHECK(0);
    cot_frame *frame = NULL;
    CHECK(cot_frame_create(f.exe, NULL, 0, &frame, &e) == COT_OK);
    cot_tensor x = tensor(f.x, 2, 2, 3), view, t, same;
    CHECK(cot_frame_bind_input(frame, 0, &x, &e) == COT_OK && cot_forward(frame, &e) == COT_OK);
    CHECK(cot_frame_output(frame, 0, &view, &e) == COT_OK && cot_frame_output(frame, 1, &t, &e) == COT_OK);
    CHECK(cot_frame_output(frame, 2, &same, &e) == COT_OK);
    CHECK(view.data == t.data && same.data == f.x && t.strides[0] == 1 && t.strides[1] == 3);
    ((float *)view.data)[1] = 42;
    CHECK(((float *)t.data)[t.strides[0]] == 42);
    float a[6] = {1, 2, 3, 4, 5, 6}, b[6] = {10, 20, 30, 40, 50, 60}, c[6] = {100, 200, 300, 400, 500, 600};
    cot_tensor ta = tensor(a, 1, 6, 0), tb = tensor(b, 2, 3, 2), tc = tensor(c, 1, 6, 0), g;
    CHECK(cot_backward(frame, &e) == COT_INVALID);
    CHECK(cot_frame_bind_tangent(frame, 0, &ta, &e) == COT_OK && cot_frame_bind_tangent(frame, 1, &tb, &e) == COT_OK);
    CHECK(cot_frame_bind_tangent(frame, 2, &tc, &e) == COT_OK && cot_backward(frame, &e) == COT_OK);
    CHECK(cot_frame_gradient(frame, 0, &g, &e) == COT_OK);
    int right = 1;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++) {
            float found = ((float *)g.data)[i * g.strides[0] + j * g.strides[1]];
            right &= found == 2 * (a[3 * i + j] + b[2 * j + i]) + c[3 * i + j];
        }
    CHECK(right);
    cot_frame_destroy(&frame);
    teardown(&f);
}

static void test_cancel(void) {
    fixture f;
    cot_error e;
    if (!setup(&f, layer, NULL, &(cot_compile_options){.grad = by_w, .num_grad = 1})) return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    cot_frame_cancel(frame);
    CHECK(cot_forward(frame, &e) == COT_CANCELLED);
    CHECK(cot_backward(frame, &e) == COT_INVALID);
    CHECK(cot_forward(frame, &e) == COT_OK);
    cot_frame_cancel(frame);
    CHECK(cot_backward(frame, &e) == COT_CANCELLED);
    CHECK(cot_forward(frame, &e) == COT_OK && cot_backward(frame, &e) == COT_OK);
    cot_frame_destroy(&frame);
    teardown(&f);
}

typedef struct watched {
    int kernels, backward, products, ordered;
    uint64_t last_ns;
    double flops;
} watched;

static void count_event(void *user, const cot_event *e) {
    watched *w = user;
    cot_kernel_info info;
    if (e->kind != COT_EVENT_KERNEL) return; /* pieces come from several threads */
    cot_kernel_describe(e->kernel, &info);
    w->kernels++;
    w->backward += e->is_backward != 0;
    w->ordered += e->begin_ns >= w->last_ns && e->end_ns >= e->begin_ns && info.bytes_written > 0;
    w->last_ns = e->end_ns;
    if (!strstr(info.what, "mm")) return;
    w->products++;
    w->flops += info.flops;
}

static void test_watch(void) {
    fixture f;
    cot_error e;
    cot_stats stats;
    cot_machine machine;
    watched w = {0};
    if (!setup(&f, layer, &(cot_context_options){.threads = 2}, &(cot_compile_options){.grad = by_w, .num_grad = 1}))
        return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    cot_executable_stats(f.exe, &stats);
    cot_frame_watch(frame, count_event, &w);
    CHECK(!cot_forward(frame, &e) && !cot_backward(frame, &e));
    CHECK(w.kernels == (int)stats.kernels && w.ordered == w.kernels);
    CHECK(w.backward > 0 && w.backward < w.kernels);
    CHECK(w.products == 2 && w.flops == 2 * 2.0 * ROWS * IN * OUT);
    cot_frame_watch(frame, NULL, NULL);
    CHECK(!cot_forward(frame, &e) && !cot_backward(frame, &e));
    CHECK(w.kernels == (int)stats.kernels);
    CHECK(!cot_context_measure(f.ctx, 2, &machine, &e) && machine.threads == 2);
    CHECK(machine.flops > 1e8 && machine.read > 1e7 && machine.write > 1e7);
    cot_frame_destroy(&frame);
    teardown(&f);
}

static void test_no_allocation(void) {
    fixture f;
    cot_error e;
    counting c = {0};
    cot_allocator allocator = counting_allocator(&c);
    cot_context_options options = {.allocator = &allocator, .threads = 2};
    if (!setup(&f, layer, &options, &(cot_compile_options){.grad = by_w, .num_grad = 1})) return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    int ok = !cot_forward(frame, &e) && !cot_backward(frame, &e);
    size_t requests = c.requests, before = allocations;
    for (int i = 0; i < 20; i++) ok &= !cot_forward(frame, &e) && !cot_backward(frame, &e);
    CHECK(ok);
    CHECK(c.requests == requests);
    CHECK(allocations == before);
    cot_frame_destroy(&frame);
    teardown(&f);
    CHECK(c.held == 0);
}

/* Runs with c = 2^-times: the loop goes round so often. Whether the gradient says so. */
static int run_loop(fixture *f, cot_frame *frame, int times) {
    cot_error e;
    cot_tensor gradient;
    f->c = (float)ldexp(1, -times);
    if (cot_forward(frame, &e) || cot_backward(frame, &e) || cot_frame_gradient(frame, 1, &gradient, &e)) return 0;
    for (int k = 0; k < IN; k++) {
        double sum = 0;
        for (int i = 0; i < ROWS; i++) sum += f->x[i * IN + k];
        if (fabs(((float *)gradient.data)[k * OUT] - ldexp(sum, times)) > 1e-5 * ldexp(1, times)) return 0;
    }
    return 1;
}

/* What a loop of unknown length keeps grows with its longest run and stays. */
static void test_loop_memory(void) {
    fixture f;
    counting c = {0};
    cot_allocator allocator = counting_allocator(&c);
    cot_context_options options = {.allocator = &allocator, .threads = 2};
    if (!setup(&f, loop, &options, &(cot_compile_options){.grad = by_w, .num_grad = 1})) return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    CHECK(run_loop(&f, frame, 3));
    CHECK(run_loop(&f, frame, 0));
    CHECK(run_loop(&f, frame, 40));
    size_t requests = c.requests, before = allocations;
    int ok = 1;
    for (int i = 0; i < 40; i++) ok &= run_loop(&f, frame, i);
    CHECK(ok);
    CHECK(c.requests == requests);
    CHECK(allocations == before);
    cot_frame_destroy(&frame);
    teardown(&f);
    CHECK(c.held == 0);
}

/* The same loop, whose rows are summed: what follows is planned for their number. */
static const char stacked[] = "class GraphModule(torch.nn.Module):\n"
                              "    def forward(self, x: \"f32[16, 32]\", w: \"f32[32, 24]\", c: \"f32[]\"):\n"
                              "        mm: \"f32[16, 24]\" = torch.ops.aten.mm.default(x, w)\n"
                              "        test = self.test\n"
                              "        body = self.body\n"
                              "        loop = torch.ops.higher_order.while_loop_stack_output(test, body, (c, mm), ())\n"
                              "        getitem: \"f32[u0, 16, 24]\" = loop[1]\n"
                              "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(getitem)\n"
                              "        return (sum_1,)\n"
                              "    class test(torch.nn.Module):\n"
                              "        def forward(self, a: \"f32[]\", b: \"f32[16, 24]\"):\n"
                              "            lt: \"b8[]\" = torch.ops.aten.lt.Scalar(a, 1.0)\n"
                              "            return (lt,)\n"
                              "    class body(torch.nn.Module):\n"
                              "        def forward(self, a: \"f32[]\", b: \"f32[16, 24]\"):\n"
                              "            mul: \"f32[]\" = torch.ops.aten.mul.Tensor(a, 2)\n"
                              "            mul_1: \"f32[16, 24]\" = torch.ops.aten.mul.Tensor(b, 2)\n"
                              "            return (mul, mul_1)\n";

/* Runs with c = 2^-times; the gradient is that of 2 + 4 + … + 2^times, of one row as it was without iterations. */
static int run_stacked(fixture *f, cot_frame *frame, int times) {
    cot_error e;
    cot_tensor gradient;
    const double all = times ? ldexp(2, times) - 2 : 1;
    f->c = (float)ldexp(1, -times);
    if (cot_forward(frame, &e) || cot_backward(frame, &e) || cot_frame_gradient(frame, 1, &gradient, &e)) return 0;
    for (int k = 0; k < IN; k++) {
        double sum = 0;
        for (int i = 0; i < ROWS; i++) sum += f->x[i * IN + k];
        if (fabs(((float *)gradient.data)[k * OUT] - sum * all) > 1e-5 * all) return 0;
    }
    return 1;
}

/* A number of iterations that was seen before costs no plan and no memory. */
static void test_stack_memory(void) {
    fixture f;
    counting c = {0};
    cot_allocator allocator = counting_allocator(&c);
    cot_context_options options = {.allocator = &allocator, .threads = 2};
    if (!setup(&f, stacked, &options, &(cot_compile_options){.grad = by_w, .num_grad = 1}))
        return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    int ok = 1;
    for (int i = 9; i >= 0; i--) ok &= run_stacked(&f, frame, i);
    size_t requests = c.requests, before = allocations;
    for (int i = 0; i < 10; i++) ok &= run_stacked(&f, frame, i);
    CHECK(ok);
    CHECK(c.requests == requests);
    CHECK(allocations == before);
    cot_frame_destroy(&frame);
    teardown(&f);
    CHECK(c.held == 0);
}

/* Numbers alone, which a loop goes through as one program. */
static const char numbers[] = "class GraphModule(torch.nn.Module):\n"
                              "    def forward(self, x: \"f32[16, 32]\", w: \"f32[32, 24]\", c: \"f32[]\"):\n"
                              "        test = self.test\n"
                              "        body = self.body\n"
                              "        while_loop = torch.ops.higher_order.while_loop(test, body, (c,), ())\n"
                              "        getitem: \"f32[]\" = while_loop[0]\n"
                              "        mm: \"f32[16, 24]\" = torch.ops.aten.mm.default(x, w)\n"
                              "        mul: \"f32[16, 24]\" = torch.ops.aten.mul.Tensor(mm, getitem)\n"
                              "        return (mul,)\n"
                              "    class test(torch.nn.Module):\n"
                              "        def forward(self, a: \"f32[]\"):\n"
                              "            lt: \"b8[]\" = torch.ops.aten.lt.Scalar(a, 1.0)\n"
                              "            return (lt,)\n"
                              "    class body(torch.nn.Module):\n"
                              "        def forward(self, a: \"f32[]\"):\n"
                              "            mul: \"f32[]\" = torch.ops.aten.mul.Tensor(a, 2)\n"
                              "            return (mul,)\n";

static void *cancel_soon(void *frame) {
    const struct timespec pause = {.tv_nsec = 20000000};
    nanosleep(&pause, NULL);
    cot_frame_cancel(frame);
    return NULL;
}

/* A loop that would never end is stopped from another thread; the frame runs again, and so does its context. */
static void test_cancel_loop(void) {
    static const char *const texts[] = {loop, numbers};
    for (int i = 0; i < 2; i++) {
        fixture f;
        cot_error e;
        pthread_t thread;
        if (!setup(&f, texts[i], NULL, &(cot_compile_options){.mode = COT_MODE_INFERENCE}))
            return teardown(&f), CHECK(0);
        cot_frame *frame = frame_of(&f);
        f.c = 0;
        pthread_create(&thread, NULL, cancel_soon, frame);
        CHECK(cot_forward(frame, &e) == COT_CANCELLED && !strcmp(e.text, "the run was cancelled"));
        pthread_join(thread, NULL);
        f.c = 0.3f;
        CHECK(cot_forward(frame, &e) == COT_OK);
        cot_frame_destroy(&frame);
        frame = frame_of(&f);
        CHECK(cot_forward(frame, &e) == COT_OK);
        cot_frame_destroy(&frame);
        teardown(&f);
    }
}

/* Keeps the `count` rows of x that begin with the most. Whether results and gradient say so. */
static int run_rows(fixture *f, cot_frame *frame, int count, float *ones) {
    cot_error e;
    cot_tensor y, gradient, tangent = tensor(ones, 2, count, OUT);
    int64_t size;
    f->c = (float)(ROWS - count) - 0.5f;
    if (cot_frame_bind_tangent(frame, 0, &tangent, &e) || cot_forward(frame, &e) || cot_backward(frame, &e)) return 0;
    if (cot_frame_output(frame, 0, &y, &e) || cot_frame_gradient(frame, 1, &gradient, &e)) return 0;
    if (cot_frame_number(frame, 1, NULL, &size, &e) || size != count || y.sizes[0] != count) return 0;
    for (int k = 0; k < IN; k++) {
        double sum = 0;
        for (int i = ROWS - count; i < ROWS; i++) sum += f->x[i * IN + k];
        if (fabs(((float *)gradient.data)[k * OUT] - sum) > 1e-4) return 0;
    }
    return 1;
}

/* Sizes that only data tell: each is planned for when it is seen first, and never again. */
static void test_unknown_sizes(void) {
    fixture f;
    cot_error e;
    counting c = {0};
    static float ones[ROWS * OUT];
    cot_output_info info;
    cot_allocator allocator = counting_allocator(&c);
    cot_context_options options = {.allocator = &allocator, .threads = 2};
    if (!setup(&f, rows, &options, &(cot_compile_options){.grad = by_w, .num_grad = 1})) return teardown(&f), CHECK(0);
    for (int i = 0; i < ROWS; i++) f.x[i * IN] = (float)i;
    for (int i = 0; i < ROWS * OUT; i++) ones[i] = 1;
    CHECK(!cot_executable_output(f.exe, 0, &info) && info.sizes[0] == -1 && info.sizes[1] == OUT);
    cot_frame *frame = frame_of(&f);
    int ok = 1;
    for (int i = 0; i < ROWS; i++) ok &= run_rows(&f, frame, i, ones);
    CHECK(ok);
    size_t requests = c.requests, before = allocations;
    for (int i = ROWS; i-- > 0;) ok &= run_rows(&f, frame, i, ones);
    CHECK(ok);
    CHECK(c.requests == requests);
    CHECK(allocations == before);
    cot_tensor tangent = tensor(ones, 2, 3, OUT), wide = tensor(ones, 2, 3, OUT + 1);
    CHECK(cot_frame_bind_tangent(frame, 0, &wide, &e) == COT_SHAPE);
    CHECK(!cot_frame_bind_tangent(frame, 0, &tangent, &e) && !cot_forward(frame, &e));
    CHECK(cot_backward(frame, &e) == COT_SHAPE && strstr(e.text, "sizes [3, 24], expected [0, 24]"));
    f.c = -1;
    CHECK(cot_forward(frame, &e) == COT_INVALID && !strcmp(e.text, "too many rows") && e.line == 8);
    CHECK(run_rows(&f, frame, 5, ones));
    cot_frame_destroy(&frame);
    teardown(&f);
    CHECK(c.held == 0);
}

static void test_own_memory(void) {
    fixture f;
    cot_error e;
    if (!setup(&f, layer, NULL, &(cot_compile_options){.grad = by_w, .num_grad = 1})) return teardown(&f), CHECK(0);
    uint64_t bytes = cot_executable_frame_bytes(f.exe);
    char *memory = aligned_alloc(64, (bytes + 127) / 64 * 64);
    memset(memory, 0xcc, bytes + 64);
    cot_frame *frame = NULL;
    CHECK(cot_frame_create(f.exe, memory, bytes - 1, &frame, &e) == COT_INVALID && !frame);
    CHECK(cot_frame_create(f.exe, memory + 8, bytes, &frame, &e) == COT_INVALID && !frame);
    CHECK(cot_frame_create(f.exe, memory, bytes, &frame, &e) == COT_OK);
    cot_tensor x = tensor(f.x, 2, ROWS, IN), w = tensor(f.w, 2, IN, OUT), c = tensor(&f.c, 0, 0, 0), t;
    CHECK(!cot_frame_bind_input(frame, 0, &x, &e) && !cot_frame_bind_input(frame, 1, &w, &e) &&
          !cot_frame_bind_input(frame, 2, &c, &e));
    CHECK(!cot_step(frame, &e) && !cot_frame_gradient(frame, 1, &t, &e));
    double grad[IN * OUT], loss;
    expect_gradient(&f, f.x, grad, &loss);
    CHECK(near(t.data, grad, IN * OUT, 1));
    int untouched = 1;
    for (int i = 0; i < 64; i++) untouched &= (unsigned char)memory[bytes + (uint64_t)i] == 0xcc;
    CHECK(untouched);
    cot_frame_destroy(&frame);
    free(memory);
    teardown(&f);
}

/* ---- threads
 * ------------------------------------------------------------------------------------------------------------ */

typedef struct user {
    fixture *fixture;
    float grad[IN * OUT], c;
    int ok;
} user;

static void *run_many(void *arg) {
    user *u = arg;
    cot_error e;
    cot_tensor t, x = tensor(u->fixture->x, 2, ROWS, IN), w = tensor(u->fixture->w, 2, IN, OUT),
                  c = tensor(&u->c, 0, 0, 0);
    cot_frame *frame = NULL;
    u->ok = !cot_frame_create(u->fixture->exe, NULL, 0, &frame, &e) && !cot_frame_bind_input(frame, 0, &x, &e) &&
            !cot_frame_bind_input(frame, 1, &w, &e) && !cot_frame_bind_input(frame, 2, &c, &e);
    for (int i = 0; u->ok && i < 50; i++) {
        u->ok = !cot_forward(frame, &e) && !cot_backward(frame, &e) && !cot_frame_gradient(frame, 1, &t, &e);
        if (!u->ok) break;
        if (i && memcmp(u->grad, t.data, sizeof u->grad)) u->ok = 0;
        memcpy(u->grad, t.data, sizeof u->grad);
    }
    if (frame) cot_frame_destroy(&frame);
    return NULL;
}

static void test_threads(void) {
    static fixture f;
    static user users[4];
    pthread_t threads[4];
    if (!setup(&f, layer, &(cot_context_options){.threads = 3}, &(cot_compile_options){.grad = by_w, .num_grad = 1}))
        return teardown(&f), CHECK(0);
    for (int i = 0; i < 4; i++) {
        users[i].fixture = &f;
        pthread_create(&threads[i], NULL, run_many, &users[i]);
    }
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    int same = 1;
    for (int i = 0; i < 4; i++) same &= users[i].ok && !memcmp(users[i].grad, users[0].grad, sizeof users[0].grad);
    CHECK(same);
    teardown(&f);
}

/* Frames that meet sizes for the first time at the same time: each plans, and the symbols are the context's. */
typedef struct planner_user {
    fixture *fixture;
    int64_t found[ROWS];
    int ok;
} planner_user;

static void *run_and_plan(void *arg) {
    planner_user *u = arg;
    cot_error e;
    float c = 0;
    cot_tensor x = tensor(u->fixture->x, 2, ROWS, IN), w = tensor(u->fixture->w, 2, IN, OUT), t,
               limit = tensor(&c, 0, 0, 0);
    cot_frame *frame = NULL;
    u->ok = !cot_frame_create(u->fixture->exe, NULL, 0, &frame, &e) && !cot_frame_bind_input(frame, 0, &x, &e) &&
            !cot_frame_bind_input(frame, 1, &w, &e) && !cot_frame_bind_input(frame, 2, &limit, &e);
    for (int i = 0; u->ok && i < ROWS; i++) {
        c = (float)i;
        u->ok = !cot_forward(frame, &e) && !cot_frame_output(frame, 0, &t, &e);
        if (u->ok) u->found[i] = t.sizes[0];
    }
    if (frame) cot_frame_destroy(&frame);
    return NULL;
}

static void test_planning_threads(void) {
    static fixture f;
    static planner_user users[4];
    pthread_t threads[4];
    if (!setup(&f, rows_and_back, &(cot_context_options){.threads = 2},
               &(cot_compile_options){.mode = COT_MODE_INFERENCE}))
        return teardown(&f), CHECK(0);
    for (int i = 0; i < ROWS; i++) f.x[i * IN] = (float)i;
    for (int i = 0; i < 4; i++) {
        users[i].fixture = &f;
        pthread_create(&threads[i], NULL, run_and_plan, &users[i]);
    }
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    int right = 1;
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < ROWS; k++) right &= users[i].ok && users[i].found[k] == ROWS - 1 - k;
    CHECK(right);
    teardown(&f);
}

typedef struct runner_job {
    void (*job)(void *arg, uint32_t index);
    void *arg;
    uint32_t index;
} runner_job;

static void *runner_main(void *arg) {
    runner_job *j = arg;
    j->job(j->arg, j->index);
    return NULL;
}

/* A runner of the simplest kind: a thread for each job. */
static void run_on_threads(void *calls, uint32_t count, void (*job)(void *arg, uint32_t index), void *arg) {
    pthread_t threads[8];
    runner_job jobs[8];
    ++*(int *)calls;
    for (uint32_t i = 1; i < count; i++) {
        jobs[i] = (runner_job){job, arg, i};
        pthread_create(&threads[i], NULL, runner_main, &jobs[i]);
    }
    job(arg, 0);
    for (uint32_t i = 1; i < count; i++) pthread_join(threads[i], NULL);
}

static void test_runner(void) {
    int calls = 0;
    static user with_runner, without;
    static fixture f;
    cot_runner runner = {run_on_threads, &calls, 3};
    cot_compile_options options = {.grad = by_w, .num_grad = 1, .threads = 3};
    if (!setup(&f, layer, &(cot_context_options){.runner = &runner}, &options)) return teardown(&f), CHECK(0);
    with_runner.fixture = &f;
    run_many(&with_runner);
    CHECK(with_runner.ok && calls >= 100);
    teardown(&f);
    if (!setup(&f, layer, &(cot_context_options){.threads = 1}, &options)) return teardown(&f), CHECK(0);
    without.fixture = &f;
    run_many(&without);
    CHECK(without.ok && !memcmp(with_runner.grad, without.grad, sizeof without.grad));
    teardown(&f);
}

/* ---- whole steps
 * --------------------------------------------------------------------------------------------------------- */

static int bind_state(cot_frame *frame, fixture *f, const char *name, cot_tensor t) {
    cot_error e;
    int i = cot_executable_find_input(f->exe, name);
    if (i < 0) printf("# no input %s\n", name);
    return i >= 0 && made(cot_frame_bind_input(frame, (uint32_t)i, &t, &e), &e);
}

static void test_sgd(void) {
    fixture f;
    cot_error e;
    cot_compile_options options = {.mode = COT_MODE_STEP, .optimizer = COT_OPTIMIZER_SGD, .grad = by_w, .num_grad = 1};
    if (!setup(&f, layer, NULL, &options)) return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    _Alignas(64) float lr = 0.01f, momentum[IN * OUT] = {0};
    CHECK(bind_state(frame, &f, "lr", tensor(&lr, 0, 0, 0)));
    CHECK(bind_state(frame, &f, "momentum.w", tensor(momentum, 2, IN, OUT)));
    double w[IN * OUT], v[IN * OUT] = {0}, grad[IN * OUT], loss;
    for (int i = 0; i < IN * OUT; i++) w[i] = f.w[i];
    for (int step = 0; step < 3; step++) {
        expect_gradient(&f, f.x, grad, &loss);
        for (int i = 0; i < IN * OUT; i++) v[i] = 0.9 * v[i] + grad[i], w[i] -= 0.01 * v[i];
        CHECK(cot_step(frame, &e) == COT_OK);
        CHECK(near(f.w, w, IN * OUT, 1) && near(momentum, v, IN * OUT, 1));
    }
    CHECK(f.c == 3 && cot_forward(frame, &e) == COT_INVALID);
    cot_frame_destroy(&frame);
    teardown(&f);
}

static void test_adamw(void) {
    fixture f;
    cot_error e;
    cot_compile_options options = {
        .mode = COT_MODE_STEP, .optimizer = COT_OPTIMIZER_ADAMW, .weight_decay = 0.1, .grad = by_w, .num_grad = 1};
    if (!setup(&f, layer, NULL, &options)) return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    _Alignas(64) float lr = 0.01f, m[IN * OUT] = {0}, v[IN * OUT] = {0};
    _Alignas(64) int64_t step = 0;
    CHECK(bind_state(frame, &f, "lr", tensor(&lr, 0, 0, 0)) &&
          bind_state(frame, &f, "exp_avg.w", tensor(m, 2, IN, OUT)));
    CHECK(bind_state(frame, &f, "exp_avg_sq.w", tensor(v, 2, IN, OUT)));
    CHECK(bind_state(frame, &f, "step", (cot_tensor){.data = &step, .dtype = COT_I64}));
    double w[IN * OUT], dm[IN * OUT] = {0}, dv[IN * OUT] = {0}, grad[IN * OUT], loss;
    for (int i = 0; i < IN * OUT; i++) w[i] = f.w[i];
    for (int t = 1; t <= 3; t++) {
        expect_gradient(&f, f.x, grad, &loss);
        for (int i = 0; i < IN * OUT; i++) {
            dm[i] = 0.9 * dm[i] + 0.1 * grad[i], dv[i] = 0.999 * dv[i] + 0.001 * grad[i] * grad[i];
            w[i] -= 0.01 * 0.1 * w[i];
            w[i] -= 0.01 / (1 - pow(0.9, t)) * dm[i] / (sqrt(dv[i] / (1 - pow(0.999, t))) + 1e-8);
        }
        CHECK(cot_step(frame, &e) == COT_OK);
        CHECK(near(f.w, w, IN * OUT, 1) && step == t);
    }
    cot_stats stats;
    cot_executable_stats(f.exe, &stats);
    CHECK(stats.num_saved > 0 && stats.kernels > 0);
    cot_frame_destroy(&frame);
    teardown(&f);
}

static void test_inference(void) {
    fixture f;
    cot_error e;
    if (!setup(&f, layer, NULL, &(cot_compile_options){.mode = COT_MODE_INFERENCE})) return teardown(&f), CHECK(0);
    cot_frame *frame = frame_of(&f);
    double grad[IN * OUT], loss;
    cot_tensor t;
    expect_gradient(&f, f.x, grad, &loss);
    CHECK(cot_forward(frame, &e) == COT_OK && cot_frame_output(frame, 0, &t, &e) == COT_OK);
    CHECK(fabs(*(float *)t.data - loss) < 1e-3 * loss && f.c == 1);
    CHECK(cot_backward(frame, &e) == COT_INVALID);
    char *text = NULL;
    CHECK(cot_executable_print(f.exe, COT_STAGE_BACKWARD, &text, &e) == COT_INVALID && !text);
    CHECK(cot_executable_print(f.exe, COT_STAGE_PLAN, &text, &e) == COT_OK && strstr(text, "aten.mm"));
    cot_text_free(f.ctx, &text);
    cot_frame_destroy(&frame);
    teardown(&f);
}

int main(void) {
    test_forward_backward();
    test_refusals();
    test_several_forwards();
    test_bound_gradients();
    test_aliases();
    test_cancel();
    test_cancel_loop();
    test_watch();
    test_no_allocation();
    test_loop_memory();
    test_stack_memory();
    test_unknown_sizes();
    test_own_memory();
    test_threads();
    test_planning_threads();
    test_runner();
    test_sgd();
    test_adamw();
    test_inference();
    return tap_done();
}
