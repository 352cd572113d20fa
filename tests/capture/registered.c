/* SPDX-License-Identifier: MIT
 * registered.c — higher-order operators of the caller's: captured, printed, read, differentiated by what they are
 * written out in or by a rule of their own, and refused where a hook is missing. */
#include "tests/capture/capture.h"
#include <math.h>

/* ---- operators -----------------------------------------------------------------------------------------------------
 */

/* f(f(f(x))) */
static cot_status thrice(void *user, cot_builder *b, const cot_control_call *c, cot_value *results) {
    (void)user;
    results[0] = c->operands[0];
    for (int i = 0; i < 3; i++) results[0] = cot_part(b, cot_control_body(b, c, 0, results), 0);
    return COT_OK;
}

/* f(x), but its derivative is that of f at 2 x, to be told from the true one */
static cot_status apply(void *user, cot_builder *b, const cot_control_call *c, cot_value *results) {
    (void)user;
    results[0] = cot_part(b, cot_control_body(b, c, 0, c->operands), 0);
    return COT_OK;
}

static cot_status apply_joint(void *user, cot_builder *b, const cot_control_call *c, cot_value *gradients) {
    (void)user;
    const cot_value at = cot_scale(b, c->operands[0], 2), all = cot_control_vjp(b, c, 0, &at, c->tangents);
    for (uint32_t i = 0; i < c->num_operands + c->num_captured; i++) gradients[i] = cot_part(b, all, i);
    return COT_OK;
}

/* Items of xs through the body, and their number: results unlike the body's. */
static cot_status rows_shape(void *user, cot_control_types *t, cot_error *error) {
    (void)user, (void)error;
    for (uint32_t i = t->results[0].ndim++; i > 0; i--) t->results[0].sizes[i] = t->results[0].sizes[i - 1];
    t->results[0].sizes[0] = t->operands[0].sizes[0];
    t->results[t->num_results++] = (cot_tensor){.dtype = COT_F32};
    return COT_OK;
}

static cot_value item(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_part(b, cot_control_body(b, user, 0, operands), 0);
}

static cot_status rows(void *user, cot_builder *b, const cot_control_call *c, cot_value *results) {
    (void)user;
    results[0] = cot_map(b, item, (void *)c, c->operands[0], NULL, 0);
    results[1] = cot_sum(b, results[0]);
    return COT_OK;
}

static cot_status refuse(void *user, cot_builder *b, const cot_control_call *c, cot_value *results) {
    (void)user, (void)c, (void)results;
    cot_builder_fail(b, COT_REFUSED, "not on a Saturday");
    return COT_OK;
}

static const cot_control_options operators[] = {
    {.name = "thrice", .lower = thrice},
    {.name = "apply_twice_as_far", .lower = apply, .joint = apply_joint},
    {.name = "rows", .lower = rows, .shape = rows_shape, .items = 1},
    {.name = "nothing"},
    {.name = "refuse", .lower = refuse, .struct_bytes = sizeof(cot_control_options)},
};

static void begin_registered(fixture *f) {
    begin(f);
    for (uint32_t i = 0; i < 5; i++)
        if (cot_control_register(f->ctx, &operators[i], &f->error)) abort();
}

/* ---- programs ------------------------------------------------------------------------------------------------------
 */

/* sin(x) w */
static cot_value sine(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_mul(b, cot_sin(b, operands[0]), *(const cot_value *)user);
}

static cot_value call_with(fixture *f, const char *name, cot_value operand) {
    return cot_call(f->b, name,
                    (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = sine, .user = &f->w},
                                     {.kind = COT_ARGUMENT_VALUE, .value = operand}},
                    2);
}

/* Runs forward and backward at x = (0.1, 0.5, 0.9), w = (2, 1, -1); gradients of x and w. */
static int run(fixture *f, double *dx, double *dw) {
    const char *differentiate[] = {"x", "w"};
    cot_executable *e = NULL;
    cot_frame *frame = NULL;
    float in[3][3] = {{0.1f, 0.5f, 0.9f}, {0}, {2, 1, -1}};
    const cot_compile_options options = {.grad = differentiate, .num_grad = 2};
    int failed = cot_compile(f->graph, &options, &e, &f->error) || cot_frame_create(e, NULL, 0, &frame, &f->error);
    for (uint32_t i = 0; i < 3 && !failed; i++)
        failed = cot_frame_bind_input(frame, i, &(cot_tensor){.data = in[i], .dtype = COT_F32, .ndim = 1, .sizes = {3}},
                                      &f->error);
    failed = failed || cot_forward(frame, &f->error) || cot_backward(frame, &f->error);
    cot_tensor gx, gw;
    failed = failed || cot_frame_gradient(frame, 0, &gx, &f->error) || cot_frame_gradient(frame, 2, &gw, &f->error);
    for (int i = 0; i < 3 && !failed; i++) dx[i] = ((float *)gx.data)[i], dw[i] = ((float *)gw.data)[i];
    if (failed) printf("# %s\n", f->error.text);
    cot_frame_destroy(&frame);
    cot_executable_destroy(&e);
    return failed;
}

static void test_written_out(void) {
    static const double x[] = {0.1, 0.5, 0.9}, w[] = {2, 1, -1};
    double dx[3] = {0}, dw[3] = {0}, worst = 0;
    fixture f;
    begin_registered(&f);
    cot_output(f.b, cot_sum(f.b, call_with(&f, "higher_order.thrice", f.x)));
    CHECK(!finish(&f));
    check_round_trip(&f, "a registered operator is printed and read");
    CHECK(find_call(f.graph, "thrice") && find_call(f.graph, "thrice")->nargs == 3);
    CHECK(!run(&f, dx, dw));
    for (int i = 0; i < 3; i++) { /* y = s(s(s(x))), s(a) = w sin a */
        const double a = x[i], b = w[i] * sin(a), c = w[i] * sin(b);
        const double da = w[i] * cos(a), db = w[i] * cos(b), dc = w[i] * cos(c);
        worst = fmax(worst, fabs(dx[i] - dc * db * da));
        worst = fmax(worst, fabs(dw[i] - (sin(c) + dc * (sin(b) + db * sin(a)))));
    }
    CHECK(worst < 1e-6);
    end(&f);
}

static void test_own_derivative(void) {
    static const double x[] = {0.1, 0.5, 0.9}, w[] = {2, 1, -1};
    double dx[3] = {0}, dw[3] = {0}, worst = 0;
    fixture f;
    begin_registered(&f);
    cot_output(f.b, cot_sum(f.b, call_with(&f, "higher_order.apply_twice_as_far", f.x)));
    CHECK(!finish(&f));
    CHECK(!run(&f, dx, dw));
    for (int i = 0; i < 3; i++)
        worst = fmax(worst, fmax(fabs(dx[i] - w[i] * cos(2 * x[i])), fabs(dw[i] - sin(2 * x[i]))));
    CHECK(worst < 1e-6);
    end(&f);
}

static void test_shapes(void) {
    fixture f;
    begin_registered(&f);
    const cot_value xs = cot_input(f.b, "xs", COT_F32, 2, (int64_t[]){5, 3});
    const cot_value both = call_with(&f, "higher_order.rows", xs);
    int64_t sizes[COT_MAX_DIMS];
    CHECK(cot_count(f.b, both) == 2);
    CHECK(cot_value_shape(f.b, cot_part(f.b, both, 0), sizes, NULL) == 2 && sizes[0] == 5 && sizes[1] == 3);
    CHECK(cot_value_shape(f.b, cot_part(f.b, both, 1), sizes, NULL) == 0);
    cot_output(f.b, both);
    CHECK(!finish(&f));
    check_round_trip(&f, "results by a rule of the caller's");
    cot_executable *e = NULL;
    CHECK(!cot_compile(f.graph, NULL, &e, &f.error));
    cot_executable_destroy(&e);
    end(&f);
}

/* ---- refusals ------------------------------------------------------------------------------------------------------
 */

static void test_missing_hook(void) {
    fixture f;
    cot_executable *e = NULL;
    begin_registered(&f);
    cot_output(f.b, call_with(&f, "higher_order.nothing", f.x));
    CHECK(!finish(&f));
    CHECK(cot_compile(f.graph, NULL, &e, &f.error) == COT_UNSUPPORTED);
    CHECK_TEXT(f.error.text, "torch.ops.higher_order.nothing cannot run (hook 'lower')");
    CHECK_TEXT(f.error.node, "nothing");
    end(&f);
}

static void test_own_words(void) {
    fixture f;
    cot_executable *e = NULL;
    begin_registered(&f);
    cot_output(f.b, call_with(&f, "higher_order.refuse", f.x));
    CHECK(!finish(&f));
    CHECK(cot_compile(f.graph, NULL, &e, &f.error) == COT_REFUSED);
    CHECK_TEXT(f.error.text, "not on a Saturday");
    end(&f);
}

static void test_names(void) {
    fixture f;
    begin_registered(&f);
    CHECK(cot_control_register(f.ctx, &operators[0], &f.error) == COT_INVALID);
    CHECK(cot_control_register(f.ctx, &(cot_control_options){.name = "cond"}, &f.error) == COT_INVALID);
    CHECK(cot_control_register(f.ctx, &(cot_control_options){.name = "no name"}, &f.error) == COT_INVALID);
    CHECK(cot_control_register(f.ctx, &(cot_control_options){0}, &f.error) == COT_INVALID);
    cot_call(f.b, "higher_order.unheard_of", NULL, 0);
    check_refused(&f, COT_UNKNOWN_OPERATOR, "Unable to create higher order operator variable for unheard_of.",
                  "an operator that nobody registered");
    end(&f);
}

int main(void) {
    test_written_out();
    test_own_derivative();
    test_shapes();
    test_missing_hook();
    test_own_words();
    test_names();
    return tap_done();
}
