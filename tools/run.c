/* SPDX-License-Identifier: MIT
 * run.c — `cotangent run`: one forward and backward through the whole pipeline, results in a file. */
#include "tools/cli.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "cotangent run P.fx [--data D.safetensors]… [--out O.safetensors] [--infer] [--grad NAMES]\n"
    "              [--seed N] [--threads N] [--memory-budget BYTES] [--transform TEXT] [--plain-f32]\n"
    "\n"
    "  Runs the forward and, unless --infer or nothing requires grad, the backward.\n"
    "  Data: 'input.NAME' for a placeholder, else the weight's own key; the first file that has a key wins.\n"
    "  Differentiated: --grad a,b, else the data's metadata 'requires_grad', else the parameters.\n"
    "  Tangents: 'tangent.K' of output K, 'tangent.final.NAME' of a mutated input; without any, a lone\n"
    "  scalar output gets 1.\n"
    "  Inputs that share memory: metadata views 'x:pool:0,y:pool:4:8x1' (input, storage, offset, strides), and\n"
    "  'input.pool', the storage, in their place; 'grad.pool' and 'final.pool' are its.\n"
    "  --transform 'grad(w); vmap(size=8)': runs that function of the program (docs/transforms.md); only --grad or\n"
    "  the data make it differentiated again.\n"
    "  --plain-f32 multiplies f32 by multiply-adds alone, not by parts on the matrix unit (docs/performance.md).\n"
    "  Written: output.K, grad.NAME, final.NAME, and metadata alias.K for outputs that share storage.\n";

/* Keys and tensors of the result file. */
typedef struct results {
    char **keys, **metadata;
    cot_tensor *tensors;
    uint32_t count, num_metadata;
} results;

/* Memory that the frame is bound to, or that results lie in, until the end. */
typedef struct run {
    program program;
    results results;
    void **kept;
    uint32_t num_kept, room;
} run;

static char *format_key(const char *format, ...) {
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return strdup(text);
}

static bool results_reserve(results *r, uint32_t capacity) {
    r->keys = calloc(capacity, sizeof(*r->keys));
    r->tensors = calloc(capacity, sizeof(*r->tensors));
    r->metadata = calloc(2 * (size_t)capacity, sizeof(*r->metadata));
    return r->keys && r->tensors && r->metadata;
}

static void results_free(results *r) {
    for (uint32_t i = 0; i < r->count; i++) free(r->keys[i]);
    for (uint32_t i = 0; i < 2 * r->num_metadata; i++) free(r->metadata[i]);
    free(r->keys);
    free(r->tensors);
    free(r->metadata);
}

static void results_add(results *r, char *key, const cot_tensor *t) {
    r->keys[r->count] = key;
    r->tensors[r->count++] = *t;
}

static int keep_tensor(run *r, cot_tensor *t) {
    if (!r->kept || r->num_kept == r->room || !tensor_allocate(t)) return refuse("cotangent", "out of memory");
    r->kept[r->num_kept++] = t->data;
    return EXIT_DONE;
}

/* Data in a file may lie at any address: a copy lies where the library can read it. */
static int aligned_copy(run *r, cot_tensor *t) {
    cot_tensor copy = *t;
    if (keep_tensor(r, &copy)) return EXIT_REFUSED;
    tensor_copy(&copy, t);
    *t = copy;
    return EXIT_DONE;
}

static int bind_tangents(run *r, bool *any) {
    session *s = &r->program.session;
    const data_files *d = &r->program.files;
    cot_error error;
    cot_tensor t;
    char key[1024];
    uint32_t differentiable = 0, scalars = 0;
    *any = false;
    for (uint32_t k = 0; k < cot_executable_num_outputs(s->exe); k++) {
        cot_output_info info;
        if (cot_executable_output(s->exe, k, &info) || info.kind != COT_OUTPUT_TENSOR) continue;
        differentiable += info.has_gradient != 0;
        scalars += info.has_gradient && !info.ndim;
        snprintf(key, sizeof(key), "tangent.%u", k);
        if (!info.has_gradient || !data_find(d, key, &t)) continue;
        *any = true;
        if (aligned_copy(r, &t)) return EXIT_REFUSED;
        if (cot_frame_bind_tangent(s->frame, k, &t, &error)) return report(&error);
    }
    for (uint32_t i = 0; i < s->num_inputs; i++) {
        cot_input_info info;
        if (cot_executable_input(s->exe, i, &info) || !cot_executable_input_is_mutated(s->exe, i)) continue;
        snprintf(key, sizeof(key), "tangent.final.%s", data_input_name(d, &info));
        if (!data_find(d, key, &t)) continue;
        *any = true;
        if (aligned_copy(r, &t)) return EXIT_REFUSED;
        if (cot_frame_bind_final_tangent(s->frame, i, &t, &error)) return report(&error);
    }
    if (*any) return EXIT_DONE;
    if (differentiable == 1 && scalars == 1) *any = true;
    else if (differentiable)
        return refuse(
            "cotangent",
            "grad can be implicitly created only for scalar outputs: give 'tangent.K' in the data for some of "
            "the %u differentiable outputs, or use --infer",
            differentiable);
    return EXIT_DONE;
}

static int collect(run *all, bool backward) {
    session *s = &all->program.session;
    results *r = &all->results;
    const data_files *d = &all->program.files;
    cot_error error;
    cot_tensor t;
    const uint32_t outputs = cot_executable_num_outputs(s->exe);
    if (!results_reserve(r, outputs + 2 * s->num_inputs + 1)) return refuse("cotangent", "out of memory");
    for (uint32_t k = 0; k < outputs; k++) {
        cot_output_info info;
        if (cot_executable_output(s->exe, k, &info) || info.kind == COT_OUTPUT_NONE) continue;
        if (info.kind != COT_OUTPUT_TENSOR) {
            double number = 0;
            int64_t integer = 0;
            if (cot_frame_number(s->frame, k, &number, &integer, &error)) return report(&error);
            t = (cot_tensor){.dtype = info.kind == COT_OUTPUT_INT     ? COT_I64
                                      : info.kind == COT_OUTPUT_FLOAT ? COT_F64
                                                                      : COT_BOOL};
            if (keep_tensor(all, &t)) return EXIT_REFUSED;
            if (info.kind == COT_OUTPUT_INT) memcpy(t.data, &integer, sizeof(integer));
            else if (info.kind == COT_OUTPUT_FLOAT) memcpy(t.data, &number, sizeof(number));
            else *(uint8_t *)t.data = integer != 0;
        } else if (cot_frame_output(s->frame, k, &t, &error)) return report(&error);
        results_add(r, format_key("output.%u", k), &t);
        static const char *const kinds[] = {NULL, "input", "output", "base"};
        if (info.alias == COT_ALIAS_NO) continue;
        cot_input_info input;
        r->metadata[2 * r->num_metadata] = format_key("alias.%u", k);
        if (info.alias == COT_ALIAS_INPUT && !cot_executable_input(s->exe, info.alias_of, &input))
            r->metadata[2 * r->num_metadata + 1] = format_key("input:%s", data_input_name(d, &input));
        else r->metadata[2 * r->num_metadata + 1] = format_key("%s:%u", kinds[info.alias], info.alias_of);
        r->num_metadata++;
    }
    for (uint32_t i = 0; i < s->num_inputs; i++) {
        cot_input_info info;
        if (cot_executable_input(s->exe, i, &info)) continue;
        if (cot_executable_input_is_mutated(s->exe, i))
            results_add(r, format_key("final.%s", data_input_name(d, &info)), &s->inputs[i]);
        if (!backward || !cot_executable_input_has_gradient(s->exe, i)) continue;
        if (cot_frame_gradient(s->frame, i, &t, &error)) return report(&error);
        if (t.data) results_add(r, format_key("grad.%s", data_input_name(d, &info)), &t);
    }
    return EXIT_DONE;
}

static void print_results(const results *r) {
    for (uint32_t i = 0; i < r->count; i++) {
        const cot_tensor *t = &r->tensors[i];
        printf("%-28s %s[", r->keys[i], cot_dtype_name(t->dtype));
        for (uint32_t k = 0; k < t->ndim; k++) printf("%s%lld", k ? ", " : "", (long long)t->sizes[k]);
        printf("]");
        if (tensor_count(t) == 1) printf("  %.9g", tensor_scalar(t));
        printf("\n");
    }
}

static int run_program(run *r, bool infer, uint64_t seed, const char *out) {
    program *p = &r->program;
    session *s = &p->session;
    cot_error error;
    bool any_tangent = false;
    int status;
    p->options.compile.mode = infer ? COT_MODE_INFERENCE : COT_MODE_TRAIN;
    if ((status = session_compile(s, &p->options.compile)) || (status = session_frame(s))) return status;
    r->room = 2 * cot_executable_num_outputs(s->exe) + s->num_inputs + 1;
    r->kept = calloc(r->room, sizeof(*r->kept));
    cot_frame_seed(s->frame, seed);
    if ((status = session_bind(s, &p->files))) return status;
    if (!infer && (status = bind_tangents(r, &any_tangent))) return status;
    if (cot_forward(s->frame, &error)) return report(&error);
    if (any_tangent && cot_backward(s->frame, &error)) return report(&error);
    if ((status = collect(r, any_tangent))) return status;
    const results *found = &r->results;
    if (!out) print_results(found);
    else if (cot_file_write(s->ctx, out, (const char *const *)found->keys, found->tensors, found->count,
                            (const char *const *)found->metadata, 2 * found->num_metadata, &error))
        return report(&error);
    return EXIT_DONE;
}

int command_run(int argc, char **argv) {
    file_names data = {0};
    const char *out = NULL, *grad = NULL, *path = NULL, *transform = NULL;
    bool infer = false;
    uint64_t seed = 0, budget = 0;
    machine_choice machine = {0};
    uint32_t words = 0;
    const option options[] = {{"--data", OPTION_FILES, &data, NULL},
                              {"--out", OPTION_TEXT, &out, NULL},
                              {"--infer", OPTION_FLAG, &infer, NULL},
                              {"--transform", OPTION_TEXT, &transform, NULL},
                              {"--grad", OPTION_TEXT, &grad, NULL},
                              {"--seed", OPTION_UNSIGNED, &seed, NULL},
                              {"--threads", OPTION_UNSIGNED, &machine.threads, NULL},
                              {"--plain-f32", OPTION_FLAG, &machine.plain_f32, NULL},
                              {"--memory-budget", OPTION_UNSIGNED, &budget, NULL}};
    int status = parse_options(argc, argv, options, sizeof(options) / sizeof(*options), &path, 1, &words, help);
    if (status) return status < 0 ? EXIT_DONE : status;
    if (!path) {
        fputs("cotangent: run needs a program (see cotangent run --help)\n", stderr);
        return EXIT_USAGE;
    }
    run r = {0};
    status = program_open(&r.program, path, &data, grad, transform, &machine);
    r.program.options.compile.memory_budget = budget;
    if (!status) status = run_program(&r, infer, seed, out);
    results_free(&r.results);
    for (uint32_t i = 0; i < r.num_kept; i++) free(r.kept[i]);
    free(r.kept);
    program_close(&r.program);
    return status;
}
