/* SPDX-License-Identifier: MIT
 * bench.c — `cotangent bench`: times whole training steps. */
#include "tools/cli.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "cotangent bench P.fx [--data D.safetensors… | --random [--int-max N]] [--threads N] [--seconds S] [--seed N]\n"
    "                [--optimizer sgd|adamw] [--grad NAMES] [--profile] [--trace F.json]\n"
    "                [--memory-budget BYTES] [--infer] [--plain-f32]\n"
    "\n"
    "  Times training steps (forward, backward, optimizer) and prints one JSON object on the last line:\n"
    "  step_ms_median, step_ms_min, compile_ms, saved_bytes, peak_bytes, steps, output_0, losses of the first\n"
    "  five steps, grad_norm of the first. Without --optimizer all gradients are in buffers of their own.\n"
    "  adamw: lr 1e-3, betas .9 .999, eps 1e-8, decay 0; sgd: lr 1e-2, momentum .9. --infer times forwards.\n"
    "  --plain-f32 multiplies f32 by multiply-adds alone, not by parts on the matrix unit (docs/performance.md).\n"
    "\n"
    "  --profile prints before that line where a step's time went, by operator and sizes, beside what the machine\n"
    "  can do; --trace writes a timeline of one step for Chrome's and Perfetto's viewers. docs/performance.md.\n";

#define SGD_RATE 1e-2
#define ADAMW_RATE 1e-3

/* splitmix64: random inputs need no more. */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double uniform(uint64_t *state) { return ((double)(next_random(state) >> 11) + 0.5) * 0x1p-53; }
static double normal(uint64_t *state) {
    return sqrt(-2 * log(uniform(state))) * cos(6.283185307179586 * uniform(state));
}

static uint16_t to_bf16(float f) {
    uint32_t bits;
    memcpy(&bits, &f, sizeof(bits));
    return (uint16_t)((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

static void fill_random(cot_tensor *t, const cot_input_info *info, uint64_t int_max, uint64_t *state) {
    const int64_t count = (int64_t)(tensor_bytes(t) / cot_dtype_bytes(t->dtype));
    const bool weight = info->kind == COT_INPUT_PARAMETER;
    for (int64_t i = 0; i < count; i++) {
        const double value = normal(state) * (weight ? 0.02 : 1.0);
        switch (t->dtype) {
        case COT_F32: ((float *)t->data)[i] = (float)(info->kind == COT_INPUT_BUFFER ? fabs(value) : value); break;
        case COT_F64: ((double *)t->data)[i] = value; break;
        case COT_BF16: ((uint16_t *)t->data)[i] = to_bf16((float)value); break;
        case COT_I64:
            ((int64_t *)t->data)[i] = info->kind == COT_INPUT_USER ? (int64_t)(next_random(state) % int_max) : 0;
            break;
        case COT_I32: ((int32_t *)t->data)[i] = (int32_t)(next_random(state) % int_max); break;
        case COT_BOOL: ((uint8_t *)t->data)[i] = next_random(state) & 1; break;
        default: break;
        }
    }
}

static int bind_random(session *s, uint64_t int_max, uint64_t seed) {
    uint64_t state = seed;
    for (uint32_t i = 0; i < s->num_inputs; i++) {
        cot_input_info info;
        cot_error error;
        cot_tensor *t = &s->inputs[i];
        if (t->data || cot_executable_input(s->exe, i, &info) || !info.is_tensor) continue;
        *t = (cot_tensor){.dtype = info.dtype, .ndim = info.ndim};
        memcpy(t->sizes, info.sizes, sizeof(t->sizes));
        memcpy(t->strides, info.strides, sizeof(t->strides));
        if (!tensor_allocate(t)) return refuse(info.name, "out of memory");
        fill_random(t, &info, int_max, &state);
        if (cot_frame_bind_input(s->frame, i, t, &error)) return report(&error);
    }
    return EXIT_DONE;
}

/* The inputs an optimizer adds: a rate, a step count, zeroed state. */
static int bind_optimizer(session *s, double rate) {
    for (uint32_t i = cot_graph_num_inputs(s->graph); i < s->num_inputs; i++) {
        cot_input_info info;
        cot_error error;
        cot_tensor *t = &s->inputs[i];
        if (cot_executable_input(s->exe, i, &info)) continue;
        *t = (cot_tensor){.dtype = info.dtype, .ndim = info.ndim};
        memcpy(t->sizes, info.sizes, sizeof(t->sizes));
        memcpy(t->strides, info.strides, sizeof(t->strides));
        if (!tensor_allocate(t)) return refuse(info.name, "out of memory");
        if (!strcmp(info.name, "lr")) *(float *)t->data = (float)rate;
        if (cot_frame_bind_input(s->frame, i, t, &error)) return report(&error);
    }
    return EXIT_DONE;
}

#define LANES 16

/* Lanes of their own: the compiler may not reorder one sum. */
static double sum_of_f32(const float *x, int64_t count) {
    double lanes[LANES] = {0}, sum = 0;
    int64_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (int k = 0; k < LANES; k++) lanes[k] += (double)x[i + k] * (double)x[i + k];
    for (; i < count; i++) sum += (double)x[i] * (double)x[i];
    for (int k = 0; k < LANES; k++) sum += lanes[k];
    return sum;
}

/* Elements lie without gaps, in whatever order. */
static bool is_dense(const cot_tensor *t) {
    int64_t last = 0;
    bool strided = false;
    for (uint32_t d = 0; d < t->ndim; d++) last += (t->sizes[d] - 1) * t->strides[d], strided |= t->strides[d] != 0;
    return !strided || last + 1 == tensor_count(t);
}

static double sum_of_squares(const cot_tensor *t, double scale) {
    const int64_t count = tensor_count(t);
    if (t->dtype == COT_F32 && is_dense(t)) return sum_of_f32(t->data, count) * scale * scale;
    cot_tensor dense = *t, one = *t;
    memset(dense.strides, 0, sizeof(dense.strides));
    if (!tensor_allocate(&dense)) return NAN;
    tensor_copy(&dense, t);
    double sum = 0;
    one.ndim = 0;
    for (int64_t i = 0; i < count; i++) {
        one.data = (char *)dense.data + (size_t)i * cot_dtype_bytes(t->dtype);
        const double x = tensor_scalar(&one) * scale;
        sum += x * x;
    }
    free(dense.data);
    return sum;
}

/* With an optimizer gradients are gone at the end of a step; its first moments after the first step are the gradients,
 * times (1 - 0.9) for adamw. */
static double gradient_norm(session *s, const char *optimizer) {
    double sum = 0;
    cot_error error;
    cot_tensor t;
    if (!optimizer) {
        for (uint32_t i = 0; i < s->num_inputs; i++)
            if (cot_executable_input_has_gradient(s->exe, i) && !cot_frame_gradient(s->frame, i, &t, &error) && t.data)
                sum += sum_of_squares(&t, 1);
        return sqrt(sum);
    }
    const bool adamw = !strcmp(optimizer, "adamw");
    const char *prefix = adamw ? "exp_avg." : "momentum."; /* before the parameter's path */
    for (uint32_t i = cot_graph_num_inputs(s->graph); i < s->num_inputs; i++) {
        cot_input_info info;
        if (cot_executable_input(s->exe, i, &info) || !info.target || strncmp(info.target, prefix, strlen(prefix)))
            continue;
        sum += sum_of_squares(&s->inputs[i], adamw ? 1 / (1 - (double)0.9f) : 1);
    }
    return sqrt(sum);
}

static double first_output(session *s) {
    cot_error error;
    cot_tensor t;
    if (!cot_executable_num_outputs(s->exe) || cot_frame_output(s->frame, 0, &t, &error) || !tensor_count(&t))
        return NAN;
    return tensor_scalar(&t);
}

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

#define MAX_STEPS 100000

typedef struct bench_options {
    const char *optimizer, *trace;
    bool profile, infer;
    double seconds;
    uint64_t threads;
} bench_options;

static int measure(session *s, const bench_options *o, double *times) {
    cot_error error;
    double losses[5], norm = NAN, end = INFINITY;
    uint32_t steps = 0, timed = 0;
    while (timed < MAX_STEPS && (timed < 3 || now_ms() < end)) {
        const double start = now_ms();
        if ((o->infer ? cot_forward : cot_step)(s->frame, &error)) return report(&error);
        const double time = now_ms() - start;
        if (steps < 5) losses[steps] = first_output(s);
        if (!steps && !o->infer) norm = gradient_norm(s, o->optimizer);
        if (++steps == 5) end = now_ms() + 1e3 * o->seconds; /* the first five warm the caches */
        if (steps > 5) times[timed++] = time;
    }
    qsort(times, timed, sizeof(*times), by_value);
    if (o->profile || o->trace) {
        const int status = profile_steps(s, o->profile, o->trace, (uint32_t)o->threads);
        if (status) return status;
    }
    cot_stats t;
    cot_executable_stats(s->exe, &t);
    printf("{\"step_ms_median\": ");
    print_json_number(stdout, times[timed / 2]);
    printf(", \"step_ms_min\": ");
    print_json_number(stdout, times[0]);
    printf(", \"compile_ms\": ");
    print_json_number(stdout, s->read_ms + t.compile_ms);
    printf(", \"saved_bytes\": %llu, \"peak_bytes\": %llu, \"steps\": %u, \"output_0\": ",
           (unsigned long long)t.saved_bytes, (unsigned long long)t.peak_bytes, steps);
    print_json_number(stdout, losses[0]);
    printf(", \"losses\": [");
    for (int i = 0; i < 5; i++) {
        if (i) printf(", ");
        print_json_number(stdout, losses[i]);
    }
    printf("], \"grad_norm\": ");
    print_json_number(stdout, norm);
    printf("}\n");
    return EXIT_DONE;
}

int command_bench(int argc, char **argv) {
    file_names data = {0};
    const char *path = NULL, *optimizer = NULL, *grad = NULL, *trace = NULL;
    bool random = false, profile = false, infer = false;
    uint64_t int_max = 2, seed = 0, budget = 0;
    machine_choice machine = {0};
    double seconds = 5;
    uint32_t words = 0;
    const option options[] = {{"--data", OPTION_FILES, &data, NULL},
                              {"--random", OPTION_FLAG, &random, NULL},
                              {"--int-max", OPTION_UNSIGNED, &int_max, NULL},
                              {"--threads", OPTION_UNSIGNED, &machine.threads, NULL},
                              {"--plain-f32", OPTION_FLAG, &machine.plain_f32, NULL},
                              {"--seconds", OPTION_REAL, &seconds, NULL},
                              {"--seed", OPTION_UNSIGNED, &seed, NULL},
                              {"--optimizer", OPTION_TEXT, &optimizer, NULL},
                              {"--grad", OPTION_TEXT, &grad, NULL},
                              {"--profile", OPTION_FLAG, &profile, NULL},
                              {"--trace", OPTION_TEXT, &trace, NULL},
                              {"--memory-budget", OPTION_UNSIGNED, &budget, NULL},
                              {"--infer", OPTION_FLAG, &infer, NULL}};
    int status = parse_options(argc, argv, options, sizeof(options) / sizeof(*options), &path, 1, &words, help);
    if (status) return status < 0 ? EXIT_DONE : status;
    const bool sgd = optimizer && !strcmp(optimizer, "sgd"), adamw = optimizer && !strcmp(optimizer, "adamw");
    if (!path || (optimizer && !sgd && !adamw)) {
        fputs(path ? "cotangent: --optimizer is sgd or adamw\n"
                   : "cotangent: bench needs a program (see cotangent bench --help)\n",
              stderr);
        return EXIT_USAGE;
    }
    const bench_options bench = {.optimizer = optimizer,
                                 .trace = trace,
                                 .profile = profile,
                                 .infer = infer,
                                 .seconds = seconds,
                                 .threads = machine.threads};
    program p = {0};
    session *s = &p.session;
    double *times = malloc(MAX_STEPS * sizeof(*times));
    status = times ? program_open(&p, path, &data, grad, NULL, &machine) : refuse("cotangent", "out of memory");
    p.options.compile.mode = infer ? COT_MODE_INFERENCE : COT_MODE_STEP;
    p.options.compile.memory_budget = budget;
    p.options.compile.optimizer = sgd ? COT_OPTIMIZER_SGD : adamw ? COT_OPTIMIZER_ADAMW : COT_OPTIMIZER_NONE;
    if (!status) status = session_compile(s, &p.options.compile);
    if (!status) status = session_frame(s);
    if (!status) cot_frame_seed(s->frame, seed);
    if (!status) status = bind_optimizer(s, sgd ? SGD_RATE : ADAMW_RATE);
    if (!status) status = random ? bind_random(s, int_max ? int_max : 1, seed) : session_bind(s, &p.files);
    data_close(&p.files);
    if (!status) status = measure(s, &bench, times);
    program_close(&p);
    free(times);
    return status;
}
