/* SPDX-License-Identifier: MIT
 * unrolled.c — a program with bodies computes what the same program without them does, gradients of inputs and of
 * captured values included, to the last digits. */
#include "tests/capture/capture.h"
#include <math.h>

enum { STEPS = 5, WIDTH = 3 };

/* x (STEPS, WIDTH), h and w (WIDTH) → a scalar */
typedef cot_value (*writer)(cot_builder *b, cot_value x, cot_value h, cot_value w);

/* ---- what bodies compute --------------------------------------------------------------------------------------------
 */

static cot_value cell(cot_builder *b, cot_value h, cot_value x, cot_value w) {
    const cot_value carried = cot_mul(b, h, w);
    return cot_tanh(b, cot_add(b, carried, x));
}

static cot_value other_cell(cot_builder *b, cot_value h, cot_value x, cot_value w) {
    const cot_value sum = cot_add(b, h, x);
    return cot_sin(b, cot_mul(b, sum, w));
}

static cot_value item(cot_builder *b, cot_value x, int64_t i) {
    return cot_call(b, "select.int",
                    (cot_argument[]){{.kind = COT_ARGUMENT_VALUE, .value = x},
                                     {.kind = COT_ARGUMENT_INT, .integer = 0},
                                     {.kind = COT_ARGUMENT_INT, .integer = i}},
                    3);
}

static cot_value positive(cot_builder *b, cot_value x) { return cot_operator(b, ">", cot_sum(b, x), cot_int(b, 0)); }

/* where(sum(x) > 0, a, c) */
static cot_value pick(cot_builder *b, cot_value x, cot_value a, cot_value c) {
    return cot_call(b, "where.self",
                    (cot_argument[]){{.kind = COT_ARGUMENT_VALUE, .value = positive(b, x)},
                                     {.kind = COT_ARGUMENT_VALUE, .value = a},
                                     {.kind = COT_ARGUMENT_VALUE, .value = c}},
                    3);
}

static cot_value body_cell(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cell(b, operands[0], operands[1], *(cot_value *)user);
}

static cot_value body_other(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return other_cell(b, operands[0], operands[1], *(cot_value *)user);
}

/* ---- scan, with a branch and a region inside
 * ------------------------------------------------------------------------- */

static cot_value scan_step(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    const cot_value next = cot_cond(b, positive(b, operands[1]), body_cell, body_other, user, operands, 2);
    const cot_value out = cot_invoke(b, body_other, user, operands, 2), parts[] = {next, out};
    return cot_tuple(b, parts, 2);
}

static cot_value scan_with(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    const cot_value result = cot_scan(b, scan_step, &w, h, x, 0, 1);
    const cot_value last = cot_sum(b, cot_part(b, result, 0)), rows = cot_mul(b, cot_part(b, result, 1), x);
    return cot_add(b, last, cot_sum(b, rows));
}

static cot_value scan_without(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    cot_value total = cot_int(b, 0);
    for (int i = STEPS - 1; i >= 0; i--) {
        const cot_value row = item(b, x, i), out = cot_mul(b, other_cell(b, h, row, w), row);
        const cot_value sum = cot_sum(b, out), a = cell(b, h, row, w), c = other_cell(b, h, row, w);
        total = i == STEPS - 1 ? sum : cot_add(b, total, sum);
        h = pick(b, row, a, c);
    }
    return cot_add(b, cot_sum(b, h), total);
}

/* ---- while, map, prefixes -------------------------------------------------------------------------------------------
 */

static cot_value below(cot_builder *b, const cot_value *carries, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_operator(b, "<", carries[0], cot_real(b, 3.5));
}

static cot_value advance(cot_builder *b, const cot_value *carries, uint32_t count, void *user) {
    (void)count;
    const cot_value *outside = user, next = cell(b, carries[1], outside[0], outside[1]);
    const cot_value parts[] = {cot_shift(b, carries[0], 1), next};
    return cot_tuple(b, parts, 2);
}

static cot_value while_with(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    cot_value outside[] = {item(b, x, 0), w};
    const cot_value zero = cot_scale(b, cot_sum(b, h), 0), carries[] = {zero, h};
    return cot_sum(b, cot_part(b, cot_while(b, below, advance, outside, carries, 2), 1));
}

static cot_value while_without(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    const cot_value row = item(b, x, 0);
    for (int i = 0; i < 4; i++) h = cell(b, h, row, w);
    return cot_sum(b, h);
}

static cot_value map_with(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    return cot_sum(b, cot_mul(b, cot_map(b, body_cell, &w, x, &h, 1), x));
}

static cot_value map_without(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    return cot_sum(b, cot_mul(b, cot_tanh(b, cot_add(b, cot_mul(b, x, w), h)), x));
}

static cot_value combine(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_mul(b, cot_mul(b, operands[0], operands[1]), *(cot_value *)user);
}

static cot_value prefixes_with(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    const cot_value rows = cot_associative_scan(b, combine, &w, x, 0, 0);
    return cot_sum(b, cot_mul(b, rows, h));
}

static cot_value prefixes_without(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    cot_value prefix = item(b, x, 0), total = cot_sum(b, cot_mul(b, prefix, h));
    for (int i = 1; i < STEPS; i++) {
        prefix = cot_mul(b, cot_mul(b, prefix, item(b, x, i)), w);
        total = cot_add(b, total, cot_sum(b, cot_mul(b, prefix, h)));
    }
    return total;
}

/* ---- regions --------------------------------------------------------------------------------------------------------
 */

static cot_value regions_with(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    static const cot_body branches[] = {body_cell, body_other};
    cot_value operands[] = {h, item(b, x, 0)};
    operands[0] = cot_checkpointed(b, body_cell, &w, operands, 2);
    operands[0] = cot_invoke(b, body_other, &w, operands, 2);
    operands[0] = cot_invoke(b, body_other, &w, operands, 2);
    const cot_value still = cot_no_grad(b, body_cell, &w, operands, 2);
    const cot_value index = cot_call(b, "argmax.default", &(cot_argument){.kind = COT_ARGUMENT_VALUE, .value = w}, 1);
    operands[0] = cot_switch(b, index, branches, 2, &w, operands, 2); /* w is largest at 1 */
    return cot_sum(b, cot_mul(b, operands[0], still));
}

static cot_value regions_without(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    const cot_value row = item(b, x, 0);
    h = cell(b, h, row, w);
    h = other_cell(b, h, row, w);
    h = other_cell(b, h, row, w);
    const cot_value still =
        cot_call(b, "detach.default", &(cot_argument){.kind = COT_ARGUMENT_VALUE, .value = cell(b, h, row, w)}, 1);
    return cot_sum(b, cot_mul(b, other_cell(b, h, row, w), still));
}

/* ---- a derivative of one's own: that of tanh by its result
 * ------------------------------------------------------------ */

static cot_value tanh_forward(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    const cot_value y = cot_tanh(b, cot_mul(b, operands[0], *(cot_value *)user)), saved[] = {y, *(cot_value *)user};
    const cot_value parts[] = {y, cot_tuple(b, saved, 2)};
    return cot_tuple(b, parts, 2);
}

static cot_value tanh_backward(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user; /* of y, then y and w */
    const cot_value slope = cot_shift(b, cot_neg(b, cot_mul(b, operands[1], operands[1])), 1);
    const cot_value gradient = cot_mul(b, cot_mul(b, operands[0], slope), operands[2]);
    return cot_tuple(b, &gradient, 1);
}

static cot_value custom_with(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    return cot_sum(b, cot_mul(b, cot_custom(b, tanh_forward, tanh_backward, &w, &x, 1), h));
}

/* What the forward used of outside gets no gradient from a derivative that does not give it one. */
static cot_value custom_without(cot_builder *b, cot_value x, cot_value h, cot_value w) {
    const cot_value still = cot_call(b, "detach.default", &(cot_argument){.kind = COT_ARGUMENT_VALUE, .value = w}, 1);
    const cot_value loss = cot_sum(b, cot_mul(b, cot_tanh(b, cot_mul(b, x, still)), h));
    return cot_add(b, loss, cot_scale(b, cot_sum(b, w), 0));
}

/* ---- running both
 * ---------------------------------------------------------------------------------------------------- */

enum { VALUES = 1 + STEPS * WIDTH + 2 * WIDTH };

/* The result, then gradients of x, h and w. */
static int run(writer write, float *out) {
    static const char *const names[] = {"x", "h", "w"};
    fixture f = {0};
    cot_executable *e = NULL;
    cot_frame *frame = NULL;
    float x[STEPS * WIDTH], h[WIDTH] = {0.3f, -0.6f, 0.9f}, w[WIDTH] = {0.7f, 1.2f, -0.4f}, *data[] = {x, h, w};
    for (int i = 0; i < STEPS * WIDTH; i++) x[i] = sinf(1.7f * (float)i + 0.4f);
    int failed = cot_context_create(NULL, &f.ctx, &f.error) || cot_builder_create(f.ctx, NULL, &f.b, &f.error);
    if (failed) return 1;
    const cot_value vx = cot_input(f.b, "x", COT_F32, 2, (int64_t[]){STEPS, WIDTH}), vh = vector(f.b, "h");
    cot_output(f.b, write(f.b, vx, vh, vector(f.b, "w")));
    const cot_compile_options options = {.grad = names, .num_grad = 3};
    failed =
        finish(&f) || cot_compile(f.graph, &options, &e, &f.error) || cot_frame_create(e, NULL, 0, &frame, &f.error);
    for (uint32_t i = 0; i < 3 && !failed; i++) {
        cot_tensor t = {.data = data[i], .dtype = COT_F32, .ndim = i ? 1 : 2, .sizes = {i ? WIDTH : STEPS, WIDTH}};
        failed = cot_frame_bind_input(frame, i, &t, &f.error);
    }
    cot_tensor t;
    failed = failed || cot_forward(frame, &f.error) || cot_backward(frame, &f.error) ||
             cot_frame_output(frame, 0, &t, &f.error);
    if (!failed) *out++ = *(const float *)t.data;
    for (uint32_t i = 0; i < 3 && !failed; i++) {
        failed = cot_frame_gradient(frame, i, &t, &f.error);
        for (int k = 0; !failed && k < (i ? WIDTH : STEPS * WIDTH); k++)
            *out++ = t.data ? ((const float *)t.data)[k] : 0;
    }
    if (failed) printf("# %s: %s\n", f.error.node, f.error.text);
    cot_frame_destroy(&frame);
    cot_executable_destroy(&e);
    end(&f);
    return failed;
}

static void compare(writer with, writer without, const char *what) {
    float found[VALUES] = {0}, expected[VALUES] = {0};
    double worst = run(with, found) + run(without, expected);
    for (int i = 0; i < VALUES; i++) worst = fmax(worst, fabs((double)found[i] - expected[i]));
    tap_check(worst < 1e-5, what, __FILE__, __LINE__);
    if (worst >= 1e-5) printf("# differs by %g\n", worst);
}

int main(void) {
    compare(scan_with, scan_without, "a scan in reverse, with a branch and a region inside");
    compare(while_with, while_without, "a loop on data");
    compare(map_with, map_without, "a map");
    compare(prefixes_with, prefixes_without, "prefixes, with a captured value in the combination");
    compare(regions_with, regions_without, "checkpoint, regions, no_grad and switch");
    compare(custom_with, custom_without, "a derivative of one's own");
    return tap_done();
}
