/* SPDX-License-Identifier: MIT
 * derivative.c — gradients against finite differences, in f64, through the public interface: the whole pipeline on a
 * program of one call. */
#include "tests/ops/ops.h"

#include <cotangent/run.h>
#include <cotangent/transform.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_INPUTS = 16, MOST_ELEMENTS = 1024 };
#define STEP 1e-5

static cot_error error;

typedef struct subject {
    cot_executable *exe;
    cot_frame *frame;
    uint32_t num_inputs, num_outputs;
    cot_tensor inputs[MOST_INPUTS];
    double *tangents[MOST_INPUTS]; /* by output; NULL: not differentiable */
} subject;

static int64_t count(const cot_tensor *t) {
    int64_t n = 1;
    for (uint32_t d = 0; d < t->ndim; d++) n *= t->sizes[d];
    return n;
}

static bool floats(cot_dtype d) { return d == COT_F64; }

/* Forward; Σ tangent · output. */
static double value_of(subject *s) {
    double sum = 0;
    if (cot_forward(s->frame, &error)) return NAN;
    for (uint32_t i = 0; i < s->num_outputs; i++) {
        cot_tensor y;
        if (!s->tangents[i] || cot_frame_output(s->frame, i, &y, &error)) continue;
        for (int64_t k = 0; k < count(&y); k++) {
            int64_t at = 0, rest = k;
            for (int d = (int)y.ndim - 1; d >= 0; d--) at += rest % y.sizes[d] * y.strides[d], rest /= y.sizes[d];
            sum += s->tangents[i][k] * ((double *)y.data)[at];
        }
    }
    return sum;
}

/* Only programs of small f64 results are differentiated numerically. */
static bool measurable(const subject *s) {
    for (uint32_t i = 0; i < s->num_inputs; i++) {
        cot_input_info info;
        int64_t n = 1;
        if (cot_executable_input(s->exe, i, &info)) return false;
        for (uint32_t d = 0; d < info.ndim; d++) n *= info.sizes[d];
        if (n > MOST_ELEMENTS) return false;
    }
    for (uint32_t i = 0; i < s->num_outputs; i++) {
        cot_output_info info;
        int64_t n = 1;
        if (cot_executable_output(s->exe, i, &info)) return false;
        for (uint32_t d = 0; d < info.ndim; d++) n *= info.sizes[d];
        if (info.has_gradient && (n > MOST_ELEMENTS || !floats(info.dtype))) return false;
    }
    return s->num_inputs <= MOST_INPUTS && s->num_outputs <= MOST_INPUTS;
}

static bool make_inputs(subject *s, const filling *how) {
    uint64_t state = 42;
    for (uint32_t i = 0; i < s->num_inputs; i++) {
        cot_input_info info;
        cot_tensor *t = &s->inputs[i];
        if (cot_executable_input(s->exe, i, &info)) return false;
        *t = (cot_tensor){.dtype = info.dtype, .ndim = info.ndim};
        memcpy(t->sizes, info.sizes, sizeof t->sizes);
        t->data = calloc(MOST_ELEMENTS, 8);
        random_fill(&state, t->dtype, t->data, count(t), how);
        if (cot_executable_input_is_used(s->exe, i) && cot_frame_bind_input(s->frame, i, t, &error)) return false;
    }
    return true;
}

/* Outputs [1, aux) get none. */
static bool make_tangents(subject *s, uint32_t aux) {
    uint64_t state = 7;
    for (uint32_t i = 0; i < s->num_outputs; i++) {
        if (i && i < aux) continue;
        cot_output_info info;
        if (cot_executable_output(s->exe, i, &info) || info.kind != COT_OUTPUT_TENSOR || !info.has_gradient) continue;
        cot_tensor t = {.dtype = info.dtype, .ndim = info.ndim};
        memcpy(t.sizes, info.sizes, sizeof t.sizes);
        t.data = s->tangents[i] = calloc(MOST_ELEMENTS, sizeof(double));
        for (int64_t k = 0; k < count(&t); k++) s->tangents[i][k] = random_between(&state, 0.5, 1.5);
        if (cot_frame_bind_tangent(s->frame, i, &t, &error)) return false;
    }
    return true;
}

static void drop(subject *s) {
    for (uint32_t i = 0; i < MOST_INPUTS; i++) {
        free(s->inputs[i].data);
        free(s->tangents[i]);
        s->inputs[i].data = s->tangents[i] = NULL;
    }
    cot_frame_destroy(&s->frame);
}

/* The gradient of input i, element by element. */
static bool gradient_agrees(subject *s, uint32_t i, const double *gradient) {
    double *x = s->inputs[i].data, scale = 1;
    const int64_t n = count(&s->inputs[i]);
    for (int64_t k = 0; k < n; k++) scale = fmax(scale, fabs(gradient[k]));
    for (int64_t k = 0; k < n; k++) {
        const double at = x[k];
        x[k] = at + STEP;
        const double above = value_of(s);
        x[k] = at - STEP;
        const double below = value_of(s), expected = (above - below) / (2 * STEP);
        x[k] = at;
        if (fabs(gradient[k] - expected) <= 2e-5 * scale) continue;
        printf("# gradient of x%u[%lld] at %g: %.9g, by differences %.9g\n", i, (long long)k, at, gradient[k],
               expected);
        return false;
    }
    return true;
}

static bool check_gradients(subject *s) {
    double *gradients[MOST_INPUTS] = {0};
    bool good = true;
    if (isnan(value_of(s)) || cot_backward(s->frame, &error)) {
        printf("# %s\n", error.text);
        return false;
    }
    for (uint32_t i = 0; i < s->num_inputs; i++) {
        cot_tensor g;
        if (!floats(s->inputs[i].dtype) || cot_frame_gradient(s->frame, i, &g, &error) || !g.data) continue;
        gradients[i] = calloc(MOST_ELEMENTS, sizeof(double));
        for (int64_t k = 0; k < count(&g); k++) {
            int64_t at = 0, rest = k;
            for (int d = (int)g.ndim - 1; d >= 0; d--) at += rest % g.sizes[d] * g.strides[d], rest /= g.sizes[d];
            gradients[i][k] = ((double *)g.data)[at];
        }
    }
    for (uint32_t i = 0; i < s->num_inputs; i++) {
        good = good && (!gradients[i] || gradient_agrees(s, i, gradients[i]));
        free(gradients[i]);
    }
    return good;
}

static bool run_subject(subject *s, bool any_integer, sample_marks marks, uint32_t aux) {
    for (uint32_t d = 0; d < NUM_DOMAINS; d++) { /* the first range in which all is finite */
        if (cot_frame_create(s->exe, NULL, 0, &s->frame, &error)) break;
        if (!make_inputs(s, &(filling){domains[d], any_integer, marks.rising}) || !make_tangents(s, aux)) break;
        if (isfinite(value_of(s))) return check_gradients(s);
        drop(s);
    }
    if (!s->frame) return true; /* defined nowhere among the ranges */
    printf("# %s\n", error.text);
    return false;
}

/* Compiles and checks a program; `is_missing`: whether an operator has no rule. */
static bool test_program(const cot_graph *g, bool any_integer, sample_marks marks, uint32_t aux, bool *is_missing) {
    const char *names[MOST_INPUTS];
    uint32_t count_names = 0;
    subject s = {0};
    bool good = true;
    for (uint32_t i = 0; i < g->inputs.count && count_names < MOST_INPUTS; i++)
        if (floats((cot_dtype)graph_type(g, g->inputs.data[i])->dtype))
            names[count_names++] = graph_node(g, g->inputs.data[i])->name;
    if (!count_names) return true;
    const cot_compile_options options = {.grad = names, .num_grad = count_names};
    const cot_status status = cot_compile(g, &options, &s.exe, &error);
    *is_missing = status == COT_NO_RULE;
    if (status && !*is_missing) {
        printf("# %s\n", error.text);
        good = false;
    } else if (!status) {
        s.num_inputs = cot_executable_num_inputs(s.exe);
        s.num_outputs = cot_executable_num_outputs(s.exe);
        bool differentiable = false;
        for (uint32_t i = 0; i < s.num_inputs; i++) differentiable |= cot_executable_input_has_gradient(s.exe, i) != 0;
        if (differentiable && measurable(&s)) good = run_subject(&s, any_integer, marks, aux);
        drop(&s);
    }
    cot_executable_destroy(&s.exe);
    return good;
}

bool test_derivative(cot_context *ctx, const op *o, const char *sample, sample_marks marks) {
    arena *a = arena_create(ctx);
    const char *program = sample_program(a, o, sample, &(variant){"f32", "f64"}, LAYOUT_CONTIGUOUS);
    cot_graph *g = NULL;
    bool good = true, is_missing;
    if (!cot_graph_parse(ctx, program, strlen(program), "sample", &g, &error)) { /* else not an operator of f64 */
        good = test_program(g, o->traits & OP_POINTWISE, marks, marks.first_only ? UINT32_MAX : 0, &is_missing);
        if (!good) printf("# %s\n", strstr(program, "forward"));
    }
    cot_graph_destroy(&g);
    arena_destroy(a);
    return good;
}

bool test_second_derivative(cot_context *ctx, const op *o, const char *sample, sample_marks marks) {
    arena *a = arena_create(ctx);
    const char *program = sample_program(a, o, sample, &(variant){"f32", "f64"}, LAYOUT_CONTIGUOUS);
    const char *names[MOST_INPUTS];
    cot_graph *g = NULL, *first = NULL;
    bool good = true, is_missing = false;
    cot_derivative_options options = {.inputs = names, .has_aux = marks.first_only};
    if (!cot_graph_parse(ctx, program, strlen(program), "sample", &g, &error)) {
        for (uint32_t i = 0; i < g->inputs.count && options.num_inputs < MOST_INPUTS; i++)
            if (floats((cot_dtype)graph_type(g, g->inputs.data[i])->dtype))
                names[options.num_inputs++] = graph_node(g, g->inputs.data[i])->name;
        const cot_status status = options.num_inputs ? cot_vjp(g, &options, &first, &error) : COT_INVALID;
        const uint32_t aux = marks.first_only ? cot_graph_num_outputs(g) : 0;
        if (!status) good = test_program(first, o->traits & OP_POINTWISE, marks, aux, &is_missing);
        else if (status != COT_NO_RULE && status != COT_INVALID) good = false;
        if (is_missing) good = false;
        if (!good) printf("# %s\n# %s\n", error.text, strstr(program, "forward"));
    }
    cot_graph_destroy(&first);
    cot_graph_destroy(&g);
    arena_destroy(a);
    return good;
}
