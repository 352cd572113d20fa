/* SPDX-License-Identifier: MIT
 * compile.c — `cotangent compile`: prints a stage, or what compiling gave, as JSON. */
#include "tools/cli.h"
#include <string.h>

static const char help[] =
    "cotangent compile P.fx [--data D.safetensors]… [--emit STAGE] [--stats]\n"
    "                  [--partition min-cut|default] [--cost runtime|reference] [--memory-budget BYTES]\n"
    "                  [--keep-input-mutations] [--unlift-tokens] [--infer] [--grad NAMES] [--threads N]\n"
    "                  [--transform TEXT]\n"
    "\n"
    "  STAGE: input, functional, joint, forward, backward: Python that torch executes; plan, fusion: for people.\n"
    "  --transform 'grad(w); vmap(size=8)': the program becomes its gradient, that over a batch: docs/transforms.md.\n"
    "  --stats prints one JSON object on the last line: compile_ms, nodes, saved_bytes, saved, peak_bytes.\n";

static const struct {
    const char *name;
    cot_stage stage;
} stages[] = {{"input", COT_STAGE_INPUT},     {"functional", COT_STAGE_FUNCTIONAL}, {"joint", COT_STAGE_JOINT},
              {"forward", COT_STAGE_FORWARD}, {"backward", COT_STAGE_BACKWARD},     {"plan", COT_STAGE_PLAN},
              {"fusion", COT_STAGE_FUSION}};

static int choice(const char *flag, const char *text, const char *first, const char *second, int *out) {
    if (!text) return EXIT_DONE;
    if (!strcmp(text, first)) *out = 0;
    else if (!strcmp(text, second)) *out = 1;
    else {
        fprintf(stderr, "cotangent: %s is %s or %s, not '%s'\n", flag, first, second, text);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static void print_stats(const session *s) {
    cot_stats t;
    cot_executable_stats(s->exe, &t);
    printf("{\"compile_ms\": ");
    print_json_number(stdout, s->read_ms + t.compile_ms);
    printf(", \"nodes\": {\"input\": %u, \"functional\": %u, \"joint\": %u, \"forward\": %u, \"backward\": %u}",
           t.nodes_input, t.nodes_functional, t.nodes_joint, t.nodes_forward, t.nodes_backward);
    printf(", \"kernels\": %u, \"node_visits\": %llu, \"saved_bytes\": %llu, \"saved\": [", t.kernels,
           (unsigned long long)t.node_visits, (unsigned long long)t.saved_bytes);
    for (uint32_t i = 0; i < t.num_saved; i++) {
        const cot_saved_info *v = &t.saved[i];
        printf("%s{\"name\": ", i ? ", " : "");
        print_json_string(stdout, v->name);
        printf(", \"dtype\": \"%s\", \"shape\": [", cot_dtype_name(v->dtype));
        for (uint32_t k = 0; k < v->ndim; k++) printf("%s%lld", k ? ", " : "", (long long)v->sizes[k]);
        printf("], \"bytes\": %llu}", (unsigned long long)v->bytes);
    }
    printf("], \"peak_bytes\": %llu, \"weight_bytes\": %llu}\n", (unsigned long long)t.peak_bytes,
           (unsigned long long)t.weight_bytes);
}

static int emit_stage(const session *s, const char *name) {
    for (size_t i = 0; i < sizeof(stages) / sizeof(*stages); i++) {
        if (strcmp(stages[i].name, name)) continue;
        cot_error error;
        char *text = NULL;
        if (cot_executable_print(s->exe, stages[i].stage, &text, &error)) return report(&error);
        fputs(text, stdout);
        cot_text_free(s->ctx, &text);
        return EXIT_DONE;
    }
    fprintf(stderr, "cotangent: there is no stage '%s' (input, functional, joint, forward, backward, plan, fusion)\n",
            name);
    return EXIT_USAGE;
}

int command_compile(int argc, char **argv) {
    file_names data = {0};
    const char *path = NULL, *emit = NULL, *partition = NULL, *cost = NULL, *grad = NULL, *transform = NULL;
    bool stats = false, keep = false, unlift = false, infer = false;
    uint64_t budget = 0;
    machine_choice machine = {0};
    uint32_t words = 0;
    const option options[] = {{"--data", OPTION_FILES, &data, NULL},
                              {"--emit", OPTION_TEXT, &emit, NULL},
                              {"--stats", OPTION_FLAG, &stats, NULL},
                              {"--partition", OPTION_TEXT, &partition, NULL},
                              {"--cost", OPTION_TEXT, &cost, NULL},
                              {"--memory-budget", OPTION_UNSIGNED, &budget, NULL},
                              {"--keep-input-mutations", OPTION_FLAG, &keep, NULL},
                              {"--unlift-tokens", OPTION_FLAG, &unlift, NULL},
                              {"--infer", OPTION_FLAG, &infer, NULL},
                              {"--transform", OPTION_TEXT, &transform, NULL},
                              {"--grad", OPTION_TEXT, &grad, NULL},
                              {"--threads", OPTION_UNSIGNED, &machine.threads, NULL}};
    int status = parse_options(argc, argv, options, sizeof(options) / sizeof(*options), &path, 1, &words, help);
    if (status) return status < 0 ? EXIT_DONE : status;
    int policy = 0, model = 0;
    if (!path) {
        fputs("cotangent: compile needs a program (see cotangent compile --help)\n", stderr);
        return EXIT_USAGE;
    }
    if ((status = choice("--partition", partition, "min-cut", "default", &policy)) ||
        (status = choice("--cost", cost, "runtime", "reference", &model)))
        return status;
    program p;
    status = program_open(&p, path, &data, grad, transform, &machine);
    cot_compile_options *o = &p.options.compile;
    o->mode = infer ? COT_MODE_INFERENCE : COT_MODE_TRAIN;
    o->partition = policy ? COT_PARTITION_DEFAULT : COT_PARTITION_MIN_CUT;
    o->cost = model ? COT_COST_REFERENCE : COT_COST_RUNTIME;
    o->memory_budget = budget;
    o->keep_input_mutations = keep;
    o->unlift_effect_tokens = unlift;
    if (!status) status = session_compile(&p.session, o);
    if (!status && emit) status = emit_stage(&p.session, emit);
    if (!status && (stats || !emit)) print_stats(&p.session);
    program_close(&p);
    return status;
}
