/* SPDX-License-Identifier: MIT
 * batch.c — batching rules: an operator over a batch against the same operator on each example, for each choice of
 * operands that have the batch. */
#include "tests/ops/ops.h"

#include <cotangent/run.h>
#include <cotangent/transform.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { BATCH = 3, MOST_INPUTS = 8, MOST_OUTPUTS = 64 };

static cot_error error;

/* One program and memory for its inputs. */
typedef struct machine {
    cot_executable *exe;
    cot_frame *frame;
    uint32_t num_inputs, num_outputs;
    cot_tensor inputs[MOST_INPUTS];
} machine;

static int64_t count(const cot_tensor *t) {
    int64_t n = 1;
    for (uint32_t d = 0; d < t->ndim; d++) n *= t->sizes[d];
    return n;
}

static bool machine_open(machine *m, const cot_graph *g) {
    *m = (machine){0};
    const cot_compile_options options = {.mode = COT_MODE_INFERENCE};
    if (cot_compile(g, &options, &m->exe, &error) || cot_frame_create(m->exe, NULL, 0, &m->frame, &error)) return false;
    m->num_inputs = cot_executable_num_inputs(m->exe);
    m->num_outputs = cot_executable_num_outputs(m->exe);
    if (m->num_inputs > MOST_INPUTS || m->num_outputs > MOST_OUTPUTS) return false;
    for (uint32_t i = 0; i < m->num_inputs; i++) {
        cot_input_info info;
        cot_tensor *t = &m->inputs[i];
        if (cot_executable_input(m->exe, i, &info)) return false;
        *t = (cot_tensor){.dtype = info.dtype, .ndim = info.ndim};
        memcpy(t->sizes, info.sizes, sizeof t->sizes);
        t->data = calloc((size_t)count(t) + 1, 16);
        if (cot_executable_input_is_used(m->exe, i) && cot_frame_bind_input(m->frame, i, t, &error)) return false;
    }
    return true;
}

static void machine_close(machine *m) {
    for (uint32_t i = 0; i < MOST_INPUTS; i++) free(m->inputs[i].data);
    cot_frame_destroy(&m->frame);
    cot_executable_destroy(&m->exe);
}

/* An output's elements in their order, as doubles. */
static double *elements(const machine *m, uint32_t i, int64_t *n) {
    cot_output_info info;
    cot_tensor y;
    *n = 0;
    if (cot_executable_output(m->exe, i, &info) || info.kind != COT_OUTPUT_TENSOR) return calloc(1, sizeof(double));
    if (cot_frame_output(m->frame, i, &y, &error)) return NULL;
    *n = count(&y);
    double *out = calloc((size_t)*n + 1, sizeof *out);
    for (int64_t k = 0; k < *n; k++) {
        int64_t at = 0, rest = k;
        for (int d = (int)y.ndim - 1; d >= 0; d--) at += rest % y.sizes[d] * y.strides[d], rest /= y.sizes[d];
        switch (y.dtype) {
        case COT_F64: out[k] = ((double *)y.data)[at]; break;
        case COT_F32: out[k] = ((float *)y.data)[at]; break;
        case COT_I64: out[k] = (double)((int64_t *)y.data)[at]; break;
        case COT_I32: out[k] = ((int32_t *)y.data)[at]; break;
        case COT_BOOL:
        case COT_U8: out[k] = ((uint8_t *)y.data)[at]; break;
        case COT_C128: out[k] = ((double *)y.data)[2 * at] + 3 * ((double *)y.data)[2 * at + 1]; break;
        default: break;
        }
    }
    return out;
}

static bool same(double a, double b) {
    return a == b || (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

/* Example e of the batched run against a run of the program on it. */
static bool compare(const machine *one, const machine *all, uint32_t e) {
    bool good = true;
    for (uint32_t i = 0; i < one->num_outputs && good; i++) {
        int64_t n, m;
        double *x = elements(one, i, &n), *y = elements(all, i, &m);
        if (!x || !y || m != n * BATCH) good = n == 0 && m == 0;
        for (int64_t k = 0; k < n && good; k++) {
            if (same(y[(int64_t)e * n + k], x[k])) continue;
            printf("# output %u, example %u, element %lld: %.9g, alone %.9g\n", i, e, (long long)k,
                   y[(int64_t)e * n + k], x[k]);
            good = false;
        }
        free(x);
        free(y);
    }
    return good;
}

static bool run_pattern(machine *one, machine *all, uint32_t pattern, const filling *how) {
    uint64_t state = 11;
    for (uint32_t i = 0; i < all->num_inputs; i++)
        random_fill(&state, all->inputs[i].dtype, all->inputs[i].data, count(&all->inputs[i]), how);
    for (uint32_t i = 0; i < all->num_inputs && !one->inputs[0].ndim; i++) /* the only index into a scalar */
        if (all->inputs[i].dtype == COT_I64) memset(all->inputs[i].data, 0, (size_t)count(&all->inputs[i]) * 8);
    error.text[0] = '\0';
    if (cot_forward(all->frame, &error)) return false;
    for (uint32_t e = 0; e < BATCH; e++) {
        for (uint32_t i = 0; i < one->num_inputs; i++) {
            const size_t bytes = (size_t)count(&one->inputs[i]) * cot_dtype_bytes(one->inputs[i].dtype);
            memcpy(one->inputs[i].data, (char *)all->inputs[i].data + (pattern >> i & 1 ? e * bytes : 0), bytes);
        }
        if (cot_forward(one->frame, &error)) return true; /* an index out of range */
        if (!compare(one, all, e)) return false;
    }
    return true;
}

static bool test_pattern(const cot_graph *g, uint32_t pattern, const filling *how) {
    machine one, all = {0};
    int dims[MOST_INPUTS];
    cot_graph *batched = NULL;
    const uint32_t count_inputs = g->inputs.count;
    for (uint32_t i = 0; i < count_inputs; i++) dims[i] = pattern >> i & 1 ? 0 : COT_NOT_BATCHED;
    const cot_vmap_options options = {.size = BATCH, .in_dims = dims, .num_in_dims = count_inputs};
    if (!machine_open(&one, g)) { /* not an operator that runs on these */
        machine_close(&one);
        return true;
    }
    const cot_status status = cot_vmap(g, &options, &batched, &error);
    bool good = status == COT_UNSUPPORTED || status == COT_REFUSED;
    if (!status) good = machine_open(&all, batched) && run_pattern(&one, &all, pattern, how);
    if (!good) printf("# operands %x have the batch: %s\n", pattern, error.text);
    machine_close(&one);
    machine_close(&all);
    cot_graph_destroy(&batched);
    return good;
}

bool test_batch(cot_context *ctx, const op *o, const char *sample, sample_marks marks) {
    arena *a = arena_create(ctx);
    const char *program = sample_program(a, o, sample, &(variant){"f32", "f64"}, LAYOUT_CONTIGUOUS);
    const filling how = {domains[1], o->traits & OP_POINTWISE, marks.rising};
    cot_graph *g = NULL;
    bool good = true;
    if (o->traits & OP_RANDOM || cot_graph_parse(ctx, program, strlen(program), "sample", &g, &error)) {
        arena_destroy(a);
        return true;
    }
    const uint32_t inputs = g->inputs.count;
    for (uint32_t p = 1; inputs <= MOST_INPUTS && p < 1u << inputs && good; p++) {
        const bool alone = (p & (p - 1)) == 0, whole = p == (1u << inputs) - 1;
        if (inputs > 3 && !alone && !whole) continue;
        good = test_pattern(g, p, &how);
    }
    if (!good) printf("# %s\n", strstr(program, "forward"));
    cot_graph_destroy(&g);
    arena_destroy(a);
    return good;
}
