/* SPDX-License-Identifier: MIT
 * operators.c — operators and objects of the caller's through the public header: kernels, shape rules, derivatives,
 * written operands, effects, failures. */
#include "tests/unit/tap.h"
#include <cotangent/cotangent.h>
#include <math.h>

/* ---- the operators ---------------------------------------------------------------------------------------------- */

static int64_t count_of(const cot_tensor *t) {
    int64_t n = 1;
    for (uint32_t i = 0; i < t->ndim; i++) n *= t->sizes[i];
    return n;
}

static cot_status cube(void *user, const cot_operator_call *c, cot_error *error) {
    const float *x = c->operands[0].data;
    float *y = c->results[0].data;
    (void)error;
    ++*(int *)user;
    for (int64_t i = 0; i < count_of(&c->results[0]); i++) y[i] = x[i] * x[i] * x[i] * (float)c->arguments[1].real;
    return COT_OK;
}

static cot_status cube_backward(void *user, const cot_operator_call *c, cot_error *error) {
    const float *g = c->operands[0].data, *x = c->operands[1].data;
    float *y = c->results[0].data;
    (void)user, (void)error;
    for (int64_t i = 0; i < count_of(&c->results[0]); i++) y[i] = g[i] * 3 * x[i] * x[i] * (float)c->arguments[2].real;
    return COT_OK;
}

/* The gradient of squares. */
static cot_status rows_scaled(void *user, const cot_operator_call *c, cot_error *error) {
    const float *x = c->operands[0].data, *g = c->operands[1].data;
    (void)error;
    ++*(int *)user;
    for (int64_t i = 0; i < count_of(&c->results[0]); i++) ((float *)c->results[0].data)[i] = 2 * x[i] * g[0];
    return COT_OK;
}

/* Sum and largest element of the last dimension of a list's first tensor, times k. */
static cot_status rows(void *user, const cot_operator_call *c, cot_error *error) {
    const cot_tensor *x = &c->operands[c->arguments[0].values[0]];
    float *sum = c->results[0].data, *most = c->results[1].data;
    (void)user;
    if (c->arguments[1].integer < 0) {
        snprintf(error->text, sizeof error->text, "k must not be negative");
        return COT_INVALID;
    }
    for (int64_t i = 0; i < x->sizes[0]; i++) {
        sum[i] = 0, most[i] = -INFINITY;
        for (int64_t k = 0; k < x->sizes[1]; k++) {
            const float v = ((const float *)x->data)[i * x->sizes[1] + k] * (float)c->arguments[1].integer;
            sum[i] += v, most[i] = fmaxf(most[i], v);
        }
    }
    return COT_OK;
}

static cot_status rows_shape(void *user, cot_tensor *results, const cot_operator_call *c, cot_error *error) {
    (void)user, (void)error;
    for (int r = 0; r < 2; r++) {
        results[r] = (cot_tensor){.dtype = COT_F32, .ndim = 1};
        results[r].sizes[0] = c->operands[0].sizes[0];
    }
    return COT_OK;
}

/* x += y; gives sin(x). */
static cot_status addto(void *user, const cot_operator_call *c, cot_error *error) {
    const cot_tensor *x = &c->operands[0], *y = &c->operands[1];
    float *to = x->data, *out = c->num_results && c->results[0].data != x->data ? c->results[0].data : NULL;
    (void)error;
    if (user) ++*(int *)user;
    for (int64_t i = 0; i < count_of(x); i++) {
        int64_t at = 0, left = i;
        for (uint32_t d = x->ndim; d-- > 0; left /= x->sizes[d]) at += left % x->sizes[d] * x->strides[d];
        to[at] += ((const float *)y->data)[i];
        if (out) out[i] = sinf(to[at]);
    }
    return COT_OK;
}

/* ---- running a program ------------------------------------------------------------------------------------------ */

typedef struct run {
    cot_context *ctx;
    cot_graph *graph;
    cot_executable *exe;
    cot_frame *frame;
    cot_error error;
    cot_status status;
} run;

static void start(run *r) {
    memset(r, 0, sizeof *r);
    if (cot_context_create(NULL, &r->ctx, &r->error)) exit(1);
}

static void add(run *r, cot_operator_options o) { CHECK(!cot_operator_register(r->ctx, &o, &r->error)); }

/* Compiles a class with this signature and body; grads: names to differentiate. */
static void compile(run *r, const char *inputs, const char *body, const char *const *grads, uint32_t num_grads) {
    char text[4096];
    snprintf(text, sizeof text, "class GraphModule(torch.nn.Module):\n    def forward(self, %s):\n%s", inputs, body);
    r->status = cot_graph_parse(r->ctx, text, strlen(text), "test.fx", &r->graph, &r->error);
    static const char *const none[] = {NULL};
    cot_compile_options options = {.grad = grads ? grads : none, .num_grad = num_grads};
    if (!r->status) r->status = cot_compile(r->graph, &options, &r->exe, &r->error);
    if (!r->status) r->status = cot_frame_create(r->exe, NULL, 0, &r->frame, &r->error);
    if (r->status) printf("# %s\n", r->error.text);
}

static void bind(run *r, uint32_t i, float *data) {
    cot_input_info info;
    if (r->status || (r->status = cot_executable_input(r->exe, i, &info))) return;
    cot_tensor t = {.data = data, .dtype = info.dtype, .ndim = info.ndim};
    memcpy(t.sizes, info.sizes, sizeof t.sizes);
    r->status = cot_frame_bind_input(r->frame, i, &t, &r->error);
    if (r->status) printf("# %s\n", r->error.text);
}

static const float *output(run *r, uint32_t i) {
    static const float none[64];
    cot_tensor t = {0};
    if (r->status || cot_frame_output(r->frame, i, &t, &r->error)) return none;
    return t.data;
}

static const float *gradient(run *r, uint32_t i) {
    static const float none[64];
    cot_tensor t = {0};
    if (r->status || cot_frame_gradient(r->frame, i, &t, &r->error) || !t.data) return none;
    return t.data;
}

static void end(run *r) {
    cot_frame_destroy(&r->frame);
    cot_executable_destroy(&r->exe);
    cot_graph_destroy(&r->graph);
    cot_context_destroy(&r->ctx);
}

static bool near(float a, double b) { return fabs(a - b) <= 1e-5 * (1 + fabs(b)); }

static bool stage_has(run *r, cot_stage stage, const char *what) {
    char *text = NULL;
    if (r->status || cot_executable_print(r->exe, stage, &text, &r->error)) return false;
    const bool found = strstr(text, what) != NULL;
    if (!found) printf("# no '%s' in\n%s\n", what, text);
    cot_text_free(r->ctx, &text);
    return found;
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

static void derivative_by_expression_and_by_operator(void) {
    static const char *const derivatives[] = {"x: grad * 3 * x * x * k", "x: mylib.cube_backward(grad, x, k)"};
    for (int i = 0; i < 2; i++) {
        run r;
        int calls = 0;
        start(&r);
        add(&r, (cot_operator_options){.schema = "mylib::cube(Tensor x, float k=1.0) -> Tensor",
                                       .kernel = cube,
                                       .derivative = derivatives[i],
                                       .user = &calls});
        add(&r, (cot_operator_options){.schema = "mylib::cube_backward(Tensor grad, Tensor x, float k) -> Tensor",
                                       .kernel = cube_backward,
                                       .result = "x"});
        compile(&r, "x: \"f32[2, 3]\"",
                "        t: \"f32[3, 2]\" = torch.ops.aten.t.default(x)\n"
                "        cube: \"f32[3, 2]\" = torch.ops.mylib.cube.default(t, 2.0)\n"
                "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(cube)\n"
                "        return (sum_1, cube)\n",
                (const char *const[]){"x"}, 1);
        float x[6] = {1, -2, 3, 0.5f, 4, -1};
        bind(&r, 0, x);
        float one = 1, g[6] = {0};
        const cot_tensor at = {.data = g, .dtype = COT_F32, .ndim = 2, .sizes = {2, 3}};
        CHECK(!r.status && !cot_frame_bind_gradient(r.frame, 0, &at, 0, &r.error));
        CHECK(!r.status &&
              !cot_frame_bind_tangent(r.frame, 0, &(cot_tensor){.data = &one, .dtype = COT_F32}, &r.error));
        CHECK(!r.status && !cot_forward(r.frame, &r.error) && calls == 1);
        CHECK(near(output(&r, 1)[1], 2 * 0.125) && near(output(&r, 1)[2], -16));
        CHECK(!r.status && !cot_backward(r.frame, &r.error) && calls == 1);
        CHECK(near(g[0], 6) && near(g[4], 96));
        CHECK(stage_has(&r, COT_STAGE_FORWARD, "torch.ops.mylib.cube.default(t, 2.0)"));
        end(&r);
    }
}

static void lists_and_several_results(void) {
    run r;
    start(&r);
    add(&r, (cot_operator_options){.schema = "mylib::rows(Tensor[] xs, int k=1) -> (Tensor, Tensor)",
                                   .kernel = rows,
                                   .shape = rows_shape});
    compile(&r, "x: \"f32[2, 3]\", y: \"f32[2, 3]\"",
            "        rows = torch.ops.mylib.rows.default([x, y], 2)\n"
            "        getitem: \"f32[2]\" = rows[0]\n"
            "        getitem_1: \"f32[2]\" = rows[1]\n"
            "        rows_1 = torch.ops.mylib.rows.default([y], -1)\n"
            "        getitem_2: \"f32[2]\" = rows_1[0]\n"
            "        return (getitem, getitem_1, getitem_2)\n",
            NULL, 0);
    float x[6] = {1, 2, 3, 4, 5, 6};
    bind(&r, 0, x);
    bind(&r, 1, x);
    CHECK(!r.status && cot_forward(r.frame, &r.error) == COT_INVALID);
    CHECK_TEXT(r.error.text, "torch.ops.mylib.rows.default: k must not be negative");
    end(&r);
}

static void symbolic_sizes(void) {
    run r;
    int calls = 0;
    start(&r);
    add(&r, (cot_operator_options){.schema = "mylib::outer(Tensor x, Tensor w) -> (Tensor, Tensor)",
                                   .kernel = cube,
                                   .result = "[x @ w, x.sum(0)]",
                                   .user = &calls});
    const char *text = "class GraphModule(torch.nn.Module):\n"
                       "    def forward(self, x: \"f32[s77, 3]\", w: \"f32[3, 5]\"):\n"
                       "        outer = torch.ops.mylib.outer.default(x, w)\n"
                       "        getitem: \"f32[s77, 5]\" = outer[0]\n"
                       "        getitem_1: \"f32[3]\" = outer[1]\n"
                       "        return (getitem, getitem_1)\n";
    CHECK(!cot_graph_parse(r.ctx, text, strlen(text), "test.fx", &r.graph, &r.error));
    end(&r);
}

/* What is written: a view of another shape, a slice, a whole, with and without results, twice. */
static void written_operands(void) {
    run r;
    int calls = 0;
    start(&r);
    add(&r, (cot_operator_options){
                .schema = "mylib::addto(Tensor(a!) x, Tensor y) -> Tensor", .kernel = addto, .user = &calls});
    add(&r,
        (cot_operator_options){.schema = "mylib::push(Tensor(a!) x, Tensor y) -> ()", .kernel = addto, .user = &calls});
    add(&r, (cot_operator_options){
                .schema = "mylib::push_(Tensor(a!) x, Tensor y) -> Tensor(a!)", .kernel = addto, .user = &calls});
    compile(&r, "x: \"f32[2, 3]\", y: \"f32[6]\"",
            "        clone: \"f32[2, 3]\" = torch.ops.aten.clone.default(x)\n"
            "        view: \"f32[6]\" = torch.ops.aten.view.default(clone, [-1])\n"
            "        addto: \"f32[6]\" = torch.ops.mylib.addto.default(view, y)\n"
            "        slice_1: \"f32[1, 3]\" = torch.ops.aten.slice.Tensor(clone, 0, 1, 2)\n"
            "        slice_2: \"f32[3]\" = torch.ops.aten.slice.Tensor(y, 0, 0, 3)\n"
            "        push = torch.ops.mylib.push.default(slice_1, slice_2)\n"
            "        push_: \"f32[6]\" = torch.ops.mylib.push_.default(y, view)\n"
            "        mul: \"f32[6]\" = torch.ops.aten.mul.Tensor(push_, 10)\n"
            "        return (addto, clone, mul)\n",
            NULL, 0);
    float x[6] = {1, 2, 3, 4, 5, 6}, y[6] = {.1f, .2f, .3f, .4f, .5f, .6f};
    bind(&r, 0, x);
    bind(&r, 1, y);
    CHECK(!r.status && !cot_forward(r.frame, &r.error) && calls == 3);
    CHECK(near(output(&r, 0)[5], sin(6.6)) && near(output(&r, 1)[0], 1.1) && near(output(&r, 1)[5], 6.9));
    CHECK(near(output(&r, 2)[0], 12) && near(output(&r, 2)[3], 10 * (0.4 + 4.5)));
    CHECK(near(y[5], 0.6 + 6.9) && x[5] == 6);
    CHECK(stage_has(&r, COT_STAGE_FUNCTIONAL,
                    "auto_functionalized_v2(torch.ops.mylib.addto.default, y = y, _x_base_index = 0, _x_size = (6,), "
                    "_x_stride = (1,), _x_storage_offset = 0, _all_bases = [clone])"));
    CHECK(stage_has(&r, COT_STAGE_FUNCTIONAL,
                    "_x_base_index = 0, _x_slice_dim = 0, _x_slice_start = 1, _x_slice_end = 2, _all_bases = "));
    CHECK(stage_has(&r, COT_STAGE_FUNCTIONAL, "_x_base_index = 0, _all_bases = [y]"));
    end(&r);
}

/* The text that PyTorch's stages have. */
static void functional_text(void) {
    static const char *const bodies[] = {
        "        auto_functionalized_v2 = torch.ops.higher_order.auto_functionalized_v2(torch.ops.mylib.addto.default, "
        "y = y, _x_base_index = 0, _x_size = (6,), _x_stride = (1,), _x_storage_offset = 0, _all_bases = [x])\n"
        "        getitem: \"f32[6]\" = auto_functionalized_v2[0]\n"
        "        getitem_1: \"f32[2, 3]\" = auto_functionalized_v2[1]\n"
        "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(getitem_1)\n"
        "        return (getitem, getitem_1, x, sum_1)\n",
        "        view: \"f32[6]\" = torch.ops.aten.view.default(x, [6])\n"
        "        auto_functionalized = torch.ops.higher_order.auto_functionalized(torch.ops.mylib.addto.default, "
        "x = view, y = y)\n"
        "        getitem: \"f32[6]\" = auto_functionalized[0]\n"
        "        getitem_1: \"f32[6]\" = auto_functionalized[1]\n"
        "        return (getitem, getitem_1, x)\n"};
    for (int i = 0; i < 2; i++) {
        run r;
        start(&r);
        add(&r, (cot_operator_options){.schema = "mylib::addto(Tensor(a!) x, Tensor y) -> Tensor", .kernel = addto});
        compile(&r, "x: \"f32[2, 3]\", y: \"f32[6]\"", bodies[i], NULL, 0);
        float x[6] = {1, 2, 3, 4, 5, 6}, y[6] = {.1f, .2f, .3f, .4f, .5f, .6f};
        bind(&r, 0, x);
        bind(&r, 1, y);
        CHECK(!r.status && !cot_forward(r.frame, &r.error));
        CHECK(near(output(&r, 0)[5], sin(6.6)) && near(output(&r, 1)[5], 6.6) && x[5] == 6);
        end(&r);
    }
}

/* A value that the caller's operator writes keeps its history: autograd knows nothing of the write. */
static void written_in_training(void) {
    run r;
    start(&r);
    add(&r, (cot_operator_options){.schema = "mylib::push(Tensor(a!) x, Tensor y) -> ()", .kernel = addto});
    compile(&r, "x: \"f32[3]\", y: \"f32[3]\"",
            "        mul: \"f32[3]\" = torch.ops.aten.mul.Tensor(x, 2)\n"
            "        push = torch.ops.mylib.push.default(mul, y)\n"
            "        mul_1: \"f32[3]\" = torch.ops.aten.mul.Tensor(mul, mul)\n"
            "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(mul_1)\n"
            "        return (sum_1,)\n",
            (const char *const[]){"x"}, 1);
    float x[3] = {1, 2, 3}, y[3] = {10, 20, 30};
    bind(&r, 0, x);
    bind(&r, 1, y);
    CHECK(!r.status && !cot_forward(r.frame, &r.error) && near(output(&r, 0)[0], 144 + 576 + 36 * 36));
    CHECK(!r.status && !cot_backward(r.frame, &r.error) && near(gradient(&r, 0)[0], 4 * 12));
    cot_frame_destroy(&r.frame);
    cot_executable_destroy(&r.exe);
    cot_graph_destroy(&r.graph);
    add(&r, (cot_operator_options){.schema = "mylib::addto(Tensor(a!) x, Tensor y) -> Tensor", .kernel = addto});
    compile(&r, "x: \"f32[3]\", y: \"f32[3]\"",
            "        clone: \"f32[3]\" = torch.ops.aten.clone.default(x)\n"
            "        addto: \"f32[3]\" = torch.ops.mylib.addto.default(clone, y)\n"
            "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(addto)\n"
            "        return (sum_1,)\n",
            (const char *const[]){"x"}, 1);
    CHECK(r.status == COT_NO_RULE);
    CHECK_TEXT(r.error.text,
               "Trying to backward through torch.ops.mylib.addto.default but no autograd formula was registered.");
    end(&r);
}

static void decomposition(void) {
    run r;
    start(&r);
    add(&r,
        (cot_operator_options){.schema = "mylib::scaled(Tensor x, float k) -> Tensor", .decomposition = "x.sin() * k"});
    compile(&r, "x: \"f32[2]\"",
            "        scaled: \"f32[2]\" = torch.ops.mylib.scaled.default(x, 2.0)\n"
            "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(scaled)\n"
            "        return (sum_1,)\n",
            (const char *const[]){"x"}, 1);
    float x[2] = {0.5f, 1};
    bind(&r, 0, x);
    CHECK(!r.status && !cot_forward(r.frame, &r.error) && !cot_backward(r.frame, &r.error));
    CHECK(near(gradient(&r, 0)[1], 2 * cos(1.0)));
    end(&r);
}

/* ---- objects ---------------------------------------------------------------------------------------------------- */

typedef struct queue {
    float items[16];
    int count;
    char log[64];
} queue;

static cot_status push(void *user, const cot_operator_call *c, cot_error *error) {
    queue *q = user;
    (void)error;
    q->items[q->count++] = ((const float *)c->operands[0].data)[0] * (float)c->arguments[1].real;
    strcat(q->log, "+");
    return COT_OK;
}

static cot_status pop(void *user, const cot_operator_call *c, cot_error *error) {
    queue *q = user;
    strcat(q->log, "-");
    if (!q->count) {
        snprintf(error->text, sizeof error->text, "the queue is empty");
        return COT_INVALID;
    }
    for (int64_t i = 0; i < count_of(&c->results[0]); i++) ((float *)c->results[0].data)[i] = q->items[q->count - 1];
    q->count--;
    return COT_OK;
}

/* y = sum of x² into y[0], and its gradient, both as leaf functions. */
static cot_status squares(void *user, const cot_operator_call *c, cot_error *error) {
    const float *x = c->operands[0].data;
    float *y = c->results[0].data;
    (void)error;
    ++*(int *)user;
    y[0] = 0;
    for (int64_t i = 0; i < count_of(&c->operands[0]); i++) y[0] += x[i] * x[i];
    return COT_OK;
}

static const cot_method queue_methods[] = {
    {.schema = "push(Tensor x, float k=1.0) -> ()", .kernel = push},
    {.schema = "pop(Tensor like) -> Tensor", .kernel = pop, .derivative = "like: none"},
};

/* Read as torch.export prints it, with tokens and without. */
static void objects(void) {
    static const char *const bodies[] = {
        "        call_torchbind = torch.ops.higher_order.call_torchbind(queue, 'push', x)\n"
        "        call_torchbind_1 = torch.ops.higher_order.call_torchbind(queue, 'push', y, k = 2.0)\n"
        "        call_torchbind_2: \"f32[2]\" = torch.ops.higher_order.call_torchbind(queue, 'pop', x)\n"
        "        mul: \"f32[2]\" = torch.ops.aten.mul.Tensor(call_torchbind_2, x)\n"
        "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(mul)\n"
        "        return (sum_1,)\n",
        "        with_effects = torch.ops.higher_order.with_effects(token, torch.ops.higher_order.call_torchbind, "
        "queue, 'push', x)\n"
        "        getitem: \"f32[0]\" = with_effects[0]\n"
        "        with_effects_1 = torch.ops.higher_order.with_effects(getitem, "
        "torch.ops.higher_order.call_torchbind, queue, 'push', y, k = 2.0)\n"
        "        getitem_1: \"f32[0]\" = with_effects_1[0]\n"
        "        with_effects_2 = torch.ops.higher_order.with_effects(getitem_1, "
        "torch.ops.higher_order.call_torchbind, queue, 'pop', x)\n"
        "        getitem_2: \"f32[0]\" = with_effects_2[0]\n"
        "        getitem_3: \"f32[2]\" = with_effects_2[1]\n"
        "        mul: \"f32[2]\" = torch.ops.aten.mul.Tensor(getitem_3, x)\n"
        "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(mul)\n"
        "        return (getitem_2, sum_1)\n"};
    static const char *const inputs[] = {"queue, x: \"f32[2]\", y: \"f32[2]\"",
                                         "token: \"f32[0]\", queue, x: \"f32[2]\", y: \"f32[2]\""};
    for (uint32_t i = 0; i < 2; i++) {
        run r;
        queue q = {0};
        start(&r);
        CHECK(!cot_object_register(r.ctx, "queue", queue_methods, 2, &q, &r.error));
        CHECK(cot_object_register(r.ctx, "queue", queue_methods, 1, &q, &r.error) == COT_INVALID);
        compile(&r, inputs[i], bodies[i], (const char *const[]){"x"}, 1);
        float x[2] = {3, 1}, y[2] = {5, 1};
        bind(&r, 1 + i, x);
        bind(&r, 2 + i, y);
        CHECK(!r.status && !cot_forward(r.frame, &r.error) && !cot_backward(r.frame, &r.error));
        CHECK(near(output(&r, 0)[0], 40) && near(gradient(&r, 1 + i)[1], 10));
        CHECK(q.count == 1 && near(q.items[0], 3));
        CHECK_TEXT(q.log, "++-");
        CHECK(stage_has(&r, COT_STAGE_FORWARD, "def forward(self, token: \"f32[0]\", "));
        CHECK(stage_has(&r, COT_STAGE_FORWARD, "with_effects(getitem, torch.ops._object.queue.push, "));
        end(&r);
    }
    run r;
    start(&r);
    compile(&r, inputs[0], bodies[0], NULL, 0);
    CHECK(r.status == COT_UNSUPPORTED);
    CHECK_TEXT(r.error.text,
               "call_torchbind: nobody has registered 'queue' with a method 'push' (cot_object_register)");
    end(&r);
}

static cot_status tick(void *user, const cot_operator_call *c, cot_error *error) {
    (void)error;
    const float count = (float)++*(int *)user;
    for (int64_t i = 0; i < count_of(&c->results[0]); i++)
        ((float *)c->results[0].data)[i] = ((const float *)c->operands[0].data)[i] * count;
    return COT_OK;
}

/* What an effect gives is kept where the region around it is computed again: it happens once. */
static void effects_in_bodies(void) {
    static const char *const bodies[] = {"            tick: \"f32[2]\" = torch.ops.mylib.tick.default(x)\n"
                                         "            mul: \"f32[2]\" = torch.ops.aten.mul.Tensor(tick, y)\n"
                                         "            sin: \"f32[2]\" = torch.ops.aten.sin.default(mul)\n"
                                         "            return (sin,)\n",
                                         "            inner = self.inner\n"
                                         "            zeros: \"f32[2, 1]\" = torch.ops.aten.zeros.default([2, 1])\n"
                                         "            scan = torch.ops.higher_order.scan(inner, [x], [zeros], [y])\n"
                                         "            getitem: \"f32[2]\" = scan[0]\n"
                                         "            return (getitem,)\n"
                                         "        class inner(torch.nn.Module):\n"
                                         "            def forward(self, x: \"f32[2]\", i: \"f32[1]\", y: \"f32[2]\"):\n"
                                         "                tick: \"f32[2]\" = torch.ops.mylib.tick.default(x)\n"
                                         "                mul: \"f32[2]\" = torch.ops.aten.mul.Tensor(tick, y)\n"
                                         "                sin: \"f32[2]\" = torch.ops.aten.sin.default(mul)\n"
                                         "                clone: \"f32[1]\" = torch.ops.aten.clone.default(i)\n"
                                         "                return [sin, clone]\n"};
    static const char *const calls[] = {"tag_activation_checkpoint(outer, x, y, use_reentrant = False)",
                                        "invoke_subgraph(outer, 'outer', x, y)"};
    for (uint32_t i = 0; i < 4; i++) {
        run r;
        int count = 0;
        char text[2048];
        snprintf(text, sizeof text,
                 "        outer = self.outer\n"
                 "        call = torch.ops.higher_order.%s\n"
                 "        getitem: \"f32[2]\" = call[0]\n"
                 "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(getitem)\n"
                 "        return (sum_1,)\n"
                 "    class outer(torch.nn.Module):\n"
                 "        def forward(self, x: \"f32[2]\", y: \"f32[2]\"):\n%s",
                 calls[i / 2], bodies[i % 2]);
        start(&r);
        add(&r, (cot_operator_options){.schema = "mylib::tick(Tensor x) -> Tensor",
                                       .kernel = tick,
                                       .derivative = "x: grad * 2",
                                       .flags = COT_OPERATOR_EFFECT,
                                       .user = &count});
        compile(&r, "x: \"f32[2]\", y: \"f32[2]\"", text, (const char *const[]){"x", "y"}, 2);
        float x[2] = {0.25f, 0.5f}, y[2] = {0.5f, 0.75f};
        bind(&r, 0, x);
        bind(&r, 1, y);
        CHECK(!r.status && !cot_forward(r.frame, &r.error) && !cot_backward(r.frame, &r.error));
        CHECK(count == (i % 2 ? 2 : 1));
        const double h = sin(0.25 * 0.5), first = cos(0.25 * 0.5), second = cos(2 * h * 0.5);
        CHECK(near(gradient(&r, 1)[0], i % 2 ? second * 2 * h + second * 0.5 * 2 * first * 0.25 : first * 0.25));
        end(&r);
    }
}

/* A function with a derivative that is an effect of the backward: a token of its own. */
static void leaf_functions(void) {
    run r;
    int forward_calls = 0, backward_calls = 0;
    start(&r);
    const cot_method function = {.schema = "call(Tensor x) -> Tensor",
                                 .kernel = squares,
                                 .result = "x.sum()",
                                 .derivative = "x: mylib.scaled(x, grad)"};
    CHECK(!cot_object_register(r.ctx, "_opaque_obj0", &function, 1, &forward_calls, &r.error));
    add(&r, (cot_operator_options){.schema = "mylib::scaled(Tensor x, Tensor g) -> Tensor",
                                   .kernel = rows_scaled,
                                   .flags = COT_OPERATOR_EFFECT,
                                   .user = &backward_calls});
    compile(&r, "x: \"f32[3]\"",
            "        _opaque_obj0 = self._opaque_obj0\n"
            "        _opaque_obj1 = self._opaque_obj1\n"
            "        _tree_spec_constant0 = self._tree_spec_constant0\n"
            "        invoke_leaf_function = torch.ops.higher_order.invoke_leaf_function(_opaque_obj0, _opaque_obj1, "
            "_tree_spec_constant0, '', x, requires_grad_indices = '0')\n"
            "        getitem: \"f32[]\" = invoke_leaf_function[0]\n"
            "        mul: \"f32[]\" = torch.ops.aten.mul.Tensor(getitem, 3)\n"
            "        return (mul,)\n",
            (const char *const[]){"x"}, 1);
    float x[3] = {1, 2, 3};
    bind(&r, 0, x);
    CHECK(!r.status && !cot_forward(r.frame, &r.error) && near(output(&r, 0)[0], 42) && forward_calls == 1);
    CHECK(!r.status && !cot_backward(r.frame, &r.error) && near(gradient(&r, 0)[2], 18));
    CHECK(forward_calls == 1 && backward_calls == 1);
    CHECK(stage_has(&r, COT_STAGE_BACKWARD, "tangents_token: \"f32[0]\"):"));
    CHECK(stage_has(&r, COT_STAGE_BACKWARD, "with_effects(tangents_token, torch.ops.mylib.scaled.default, "));
    end(&r);
}

/* Memory that the program writes belongs to one input, unless it was told that two are one. */
static void shared_memory(void) {
    static const char body[] = "        add_: \"f32[3]\" = torch.ops.aten.add_.Tensor(x, 1)\n"
                               "        mul: \"f32[3]\" = torch.ops.aten.mul.Tensor(y, 10)\n"
                               "        return (mul,)\n";
    run r;
    start(&r);
    compile(&r, "x: \"f32[3]\", y: \"f32[3]\"", body, NULL, 0);
    float x[6] = {1, 2, 3, 4, 5, 6}, y[3] = {1, 1, 1};
    bind(&r, 0, x);
    bind(&r, 1, x + 1);
    CHECK(!r.status && cot_forward(r.frame, &r.error) == COT_INVALID);
    CHECK_TEXT(
        r.error.text,
        "inputs x and y share memory, which the program writes as x: two inputs that are one tensor must be tied "
        "when the program is compiled, views of one storage named as such");
    bind(&r, 1, x + 3);
    CHECK(!r.status && !cot_forward(r.frame, &r.error) && near(output(&r, 0)[0], 40) && near(x[0], 2));
    bind(&r, 0, y);
    bind(&r, 1, x);
    CHECK(!r.status && !cot_forward(r.frame, &r.error) && near(output(&r, 0)[1], 30) && near(y[0], 2));
    cot_frame_destroy(&r.frame);
    cot_executable_destroy(&r.exe);
    static const char *const tied[] = {"x", "y"}, *const none[] = {NULL};
    cot_compile_options options = {.grad = none, .tied = tied, .num_tied = 2};
    CHECK(!cot_compile(r.graph, &options, &r.exe, &r.error) && !cot_frame_create(r.exe, NULL, 0, &r.frame, &r.error));
    bind(&r, 0, y);
    CHECK(!r.status && !cot_forward(r.frame, &r.error) && near(output(&r, 0)[0], 30) && near(y[0], 3));
    end(&r);
}

/* Inputs that are views of one storage: the storage is bound, and a write to one view shows in the other. */
static void shared_storage(void) {
    static const char body[] = "        add_: \"f32[3]\" = torch.ops.aten.add_.Tensor(x, 1)\n"
                               "        mul: \"f32[3]\" = torch.ops.aten.mul.Tensor(y, z)\n"
                               "        return (mul,)\n";
    run r;
    start(&r);
    compile(&r, "x: \"f32[3]\", y: \"f32[3]\", z: \"f32[3]\"", body, NULL, 0);
    cot_frame_destroy(&r.frame);
    cot_executable_destroy(&r.exe);
    static const char *const grad[] = {"y", "z"};
    const cot_view views[] = {{.input = "x", .storage = "pool"},
                              {.input = "y", .storage = "pool", .offset = 1, .strides = {2}}};
    cot_compile_options options = {.grad = grad, .num_grad = 2, .views = views, .num_views = 2};
    CHECK(!cot_compile(r.graph, &options, &r.exe, &r.error) && !cot_frame_create(r.exe, NULL, 0, &r.frame, &r.error));
    CHECK(cot_executable_num_inputs(r.exe) == 2 && cot_executable_find_input(r.exe, "pool") == 0);
    CHECK(cot_executable_find_input(r.exe, "x") == -1 && cot_executable_input_is_mutated(r.exe, 0));
    float pool[6] = {1, 2, 3, 4, 5, 6}, z[3] = {10, 100, 1000}, one[3] = {1, 1, 1};
    const cot_tensor storage = {.data = pool, .dtype = COT_F32, .ndim = 1, .sizes = {6}};
    CHECK(!cot_frame_bind_input(r.frame, 0, &storage, &r.error));
    bind(&r, 1, z);
    const cot_tensor tangent = {.data = one, .dtype = COT_F32, .ndim = 1, .sizes = {3}};
    CHECK(!cot_frame_bind_tangent(r.frame, 0, &tangent, &r.error) && !cot_forward(r.frame, &r.error));
    CHECK(near(output(&r, 0)[0], 30) && near(output(&r, 0)[1], 400) && near(output(&r, 0)[2], 6000));
    CHECK(near(pool[0], 2) && near(pool[1], 3) && near(pool[2], 4) && near(pool[3], 4));
    CHECK(!cot_backward(r.frame, &r.error) && near(gradient(&r, 0)[1], 10) && near(gradient(&r, 0)[5], 1000));
    CHECK(near(gradient(&r, 0)[0], 0) && near(gradient(&r, 1)[0], 3) && near(gradient(&r, 1)[1], 4));
    cot_frame_destroy(&r.frame);
    cot_executable_destroy(&r.exe);
    const cot_view before[] = {{.input = "x", .storage = "pool", .offset = -1}};
    options = (cot_compile_options){.views = before, .num_views = 1};
    CHECK(cot_compile(r.graph, &options, &r.exe, &r.error) == COT_INVALID);
    CHECK_TEXT(r.error.text, "input x lies before its storage pool");
    const cot_view nothing[] = {{.input = "x"}};
    options = (cot_compile_options){.views = nothing, .num_views = 1};
    CHECK(cot_compile(r.graph, &options, &r.exe, &r.error) == COT_INVALID);
    CHECK_TEXT(r.error.text, "view 0 names no input or no storage");
    end(&r);
}

static void keep_text(void *user, const char *text, size_t bytes) {
    char *to = user;
    snprintf(to + strlen(to), 256 - strlen(to), "%.*s", (int)bytes, text);
}

/* What a program prints comes to the context's callback; a check of data that fails ends the run, which says so. */
static void printing_and_checking(void) {
    run r = {0};
    char text[256] = "";
    const cot_context_options options = {.print = keep_text, .print_user = text};
    CHECK(!cot_context_create(&options, &r.ctx, &r.error));
    compile(&r, "x: \"f32[2]\"",
            "        print_1 = torch.ops.higher_order.print('x {} {{{n}}} {s}', x, n = 1.5, s = 'end')\n"
            "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(x)\n"
            "        gt: \"b8[]\" = torch.ops.aten.gt.Scalar(sum_1, 0)\n"
            "        check = torch.ops.aten._assert_async.msg(gt, 'the sum is not positive')\n"
            "        _print = torch.ops.aten._print.default('checked')\n"
            "        return (sum_1,)\n",
            NULL, 0);
    float x[2] = {1, 0.25f};
    bind(&r, 0, x);
    CHECK(!r.status && !cot_forward(r.frame, &r.error) && near(output(&r, 0)[0], 1.25));
    CHECK_TEXT(text, "x tensor([1.0000, 0.2500]) {1.5} end\nchecked\n");
    x[0] = -1;
    text[0] = '\0';
    CHECK(!r.status && cot_forward(r.frame, &r.error) == COT_INVALID);
    CHECK_TEXT(r.error.text, "the sum is not positive");
    CHECK_TEXT(text, "x tensor([-1.0000,  0.2500]) {1.5} end\n");
    x[0] = 3;
    CHECK(!r.status && !cot_forward(r.frame, &r.error) && near(output(&r, 0)[0], 3.25));
    end(&r);
}

/* Schemas of calls, as PyTorch generates them. */
static void schemas(void) {
    static const char text[] = "class GraphModule(torch.nn.Module):\n"
                               "    def forward(self, x: \"f32[3, 4]\", y: \"f32[3, 4]\", p: \"b8[]\", i: \"i64[]\"):\n"
                               "        pure = self.pure\n"
                               "        writes = self.writes\n"
                               "        two = self.two\n"
                               "        row = self.row\n"
                               "        less = self.less\n"
                               "        next = self.next\n"
                               "        a = torch.ops.higher_order.invoke_subgraph(pure, 'subgraph_0', x, y)\n"
                               "        b = torch.ops.higher_order.invoke_subgraph(writes, 'subgraph_1', x, y)\n"
                               "        c = torch.ops.higher_order.invoke_subgraph(two, 'subgraph_2', x, y)\n"
                               "        d = torch.ops.higher_order.cond(p, writes, pure, (x, y))\n"
                               "        e = torch.ops.higher_order.cond(True, two, two, (x, y))\n"
                               "        f = torch.ops.higher_order.switch(i, [pure, pure], (x, y))\n"
                               "        g = torch.ops.higher_order.map_impl(row, [x], [i])\n"
                               "        h = torch.ops.higher_order.invoke_quant(writes, x, y, scheme = 'nf4')\n"
                               "        j = torch.ops.higher_order.print('x {a}', a = x)\n"
                               "        k = torch.ops.higher_order.while_loop(less, next, (i, x), (y,))\n"
                               "        l = torch.ops.higher_order.hints_wrapper(pure, (x, y), {}, hints = {})\n"
                               "        return (x,)\n"
                               "    class pure(torch.nn.Module):\n"
                               "        def forward(self, a: \"f32[3, 4]\", b: \"f32[3, 4]\"):\n"
                               "            mul: \"f32[3, 4]\" = torch.ops.aten.mul.Tensor(a, b)\n"
                               "            return (mul,)\n"
                               "    class writes(torch.nn.Module):\n"
                               "        def forward(self, a: \"f32[3, 4]\", b: \"f32[3, 4]\"):\n"
                               "            select: \"f32[4]\" = torch.ops.aten.select.int(a, 0, 1)\n"
                               "            add_: \"f32[4]\" = torch.ops.aten.add_.Tensor(select, 1)\n"
                               "            mul: \"f32[3, 4]\" = torch.ops.aten.mul.Tensor(a, b)\n"
                               "            return (mul,)\n"
                               "    class two(torch.nn.Module):\n"
                               "        def forward(self, a: \"f32[3, 4]\", b: \"f32[3, 4]\"):\n"
                               "            mul: \"f32[3, 4]\" = torch.ops.aten.mul.Tensor(a, b)\n"
                               "            add: \"f32[3, 4]\" = torch.ops.aten.add.Tensor(a, b)\n"
                               "            return (mul, add)\n"
                               "    class row(torch.nn.Module):\n"
                               "        def forward(self, a: \"f32[4]\", b: \"i64[]\"):\n"
                               "            mul: \"f32[4]\" = torch.ops.aten.mul.Tensor(a, b)\n"
                               "            return [mul]\n"
                               "    class less(torch.nn.Module):\n"
                               "        def forward(self, i: \"i64[]\", a: \"f32[3, 4]\", b: \"f32[3, 4]\"):\n"
                               "            lt: \"b8[]\" = torch.ops.aten.lt.Scalar(i, 3)\n"
                               "            return lt\n"
                               "    class next(torch.nn.Module):\n"
                               "        def forward(self, i: \"i64[]\", a: \"f32[3, 4]\", b: \"f32[3, 4]\"):\n"
                               "            add: \"i64[]\" = torch.ops.aten.add.Tensor(i, 1)\n"
                               "            mul: \"f32[3, 4]\" = torch.ops.aten.mul.Tensor(a, b)\n"
                               "            return (add, mul)\n";
    static const char *const expected[][2] = {
        {"a", "invoke_subgraph(Any subgraph, str identifier, Tensor arg0, Tensor arg1) -> ((Tensor))"},
        {"b", "invoke_subgraph(Any subgraph, str identifier, Tensor(a2!) arg0, Tensor arg1) -> ((Tensor))"},
        {"c", "invoke_subgraph(Any subgraph, str identifier, Tensor arg0, Tensor arg1) -> (Tensor, Tensor)"},
        {"d", "cond(Tensor pred, Any true_fn, Any false_fn, Tensor(a3!) operand0, Tensor operand1) -> ((Tensor))"},
        {"e", "cond(bool pred, Any true_fn, Any false_fn, Tensor operand0, Tensor operand1) -> (Tensor, Tensor)"},
        {"f", "switch(Tensor index, Any branch0_fn, Any branch1_fn, Tensor operand0, Tensor operand1) -> ((Tensor))"},
        {"g", "map_impl(Any f, Tensor xs0, Tensor additional_input0) -> ((Tensor))"},
        {"h", "invoke_quant(Any subgraph, Tensor(a1!) arg0, Tensor arg1, *, str scheme=\"nf4\") -> ((Tensor))"},
        {"j", "print(str format_str, *, Tensor a) -> ()"},
        {"k", "while_loop(Any cond_fn, Any body_fn, Tensor carried_input0, Tensor carried_input1, Tensor "
              "additional_input0) -> (Tensor, Tensor)"},
        {"l", "HigherOrderOperator hints_wrapper does not implement a gen_schema. This is OK as long as the hop is "
              "functional. e.g. it should not mutate its inputs and there are no input, output aliasing via views or "
              "direct referencing."},
        {"x", "x is no call of a higher-order operator"},
    };
    run r;
    start(&r);
    CHECK(!cot_graph_parse(r.ctx, text, sizeof text - 1, "schemas.fx", &r.graph, &r.error));
    for (size_t i = 0; r.graph && i < sizeof expected / sizeof *expected; i++) {
        char *got = NULL;
        const cot_status status = cot_graph_schema(r.graph, expected[i][0], &got, &r.error);
        CHECK_TEXT(status ? r.error.text : got, expected[i][1]);
        cot_text_free(r.ctx, &got);
    }
    end(&r);
}

static void refusals(void) {
    static const struct {
        const char *schema, *text;
        cot_status status;
    } cases[] = {
        {"aten::mine(Tensor x) -> Tensor", "the namespace aten is the library's", COT_INVALID},
        {"mine(Tensor x) -> Tensor",
         "the schema 'mine(Tensor x) -> Tensor' does not parse: expected "
         "\"namespace::name(…) -> …\"",
         COT_SYNTAX},
        {"my::op(Tensr x) -> Tensor", "the schema 'my::op(Tensr x) -> Tensor' does not parse", COT_SYNTAX},
        {"my::op(Tensor x) -> Tensor[]", "torch.ops.my.op.default: results that are no tensors", COT_UNSUPPORTED},
    };
    run r;
    start(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cot_operator_options o = {.schema = cases[i].schema, .kernel = cube};
        CHECK(cot_operator_register(r.ctx, &o, &r.error) == cases[i].status);
        CHECK_TEXT(r.error.text, cases[i].text);
    }
    add(&r, (cot_operator_options){.schema = "my::op(Tensor x) -> Tensor"});
    cot_operator_options twice = {.schema = "my::op(Tensor x, Tensor y) -> Tensor"};
    CHECK(cot_operator_register(r.ctx, &twice, &r.error) == COT_INVALID);
    CHECK_TEXT(r.error.text, "there is an operator torch.ops.my.op.default already");
    compile(&r, "x: \"f32[2]\"", "        op: \"f32[2]\" = torch.ops.my.op.default(x)\n        return (op,)\n", NULL,
            0);
    CHECK(r.status == COT_NO_KERNEL);
    CHECK_TEXT(r.error.text, "torch.ops.my.op.default was registered without a kernel");
    cot_graph_destroy(&r.graph);
    compile(&r, "x: \"f32[2]\"",
            "        op: \"f32[2]\" = torch.ops.my.op.default(x)\n"
            "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(op)\n        return (sum_1,)\n",
            (const char *const[]){"x"}, 1);
    CHECK(r.status == COT_NO_RULE);
    CHECK_TEXT(r.error.text, "torch.ops.my.op.default has no derivative rule for its operands, which a gradient needs");
    end(&r);
}

int main(void) {
    derivative_by_expression_and_by_operator();
    lists_and_several_results();
    symbolic_sizes();
    written_operands();
    functional_text();
    written_in_training();
    decomposition();
    objects();
    effects_in_bodies();
    leaf_functions();
    shared_memory();
    shared_storage();
    printing_and_checking();
    schemas();
    refusals();
    return tap_done();
}
