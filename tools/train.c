/* SPDX-License-Identifier: MIT
 * train.c — `cotangent train`: the loop, the progress line, saving and going on. */
#include "tools/train.h"
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "cotangent train [digits|gpt] [--steps N] [--lr R] [--seed N] [--threads N]\n"
    "                [--save F.safetensors] [--resume F.safetensors] [--text FILE] [--data-dir DIR]\n"
    "                [--memory-budget BYTES] [--plain-f32]\n"
    "\n"
    "  Trains a bundled model on real data; both, one after the other, when none is named.\n"
    "    digits  a convolutional net on 1,797 handwritten digits, accuracy on a held-out fifth\n"
    "    gpt     a byte-level GPT of a million parameters on a text (default: the licences that Debian\n"
    "            ships), then a sample\n"
    "  --save writes weights and optimizer state (at the end and on Ctrl-C), --resume goes on from there.\n";

/* Set by Ctrl-C. The only thing a signal handler may touch. */
static volatile sig_atomic_t interrupted;
static void on_interrupt(int signal_number) {
    (void)signal_number;
    interrupted = 1;
}

uint64_t train_random(uint64_t *state) { /* splitmix64 */
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double train_uniform(uint64_t *state) { return (double)(train_random(state) >> 11) * 0x1p-53; }

const char *train_path(const training *t, const char *name, char *buffer, size_t bytes) {
    snprintf(buffer, bytes, "%s/%s", t->folder, name);
    return buffer;
}

cot_tensor *train_input(session *s, const char *name) {
    const int index = cot_executable_find_input(s->exe, name);
    return index < 0 ? NULL : &s->inputs[index];
}

static bool is_batch(const cot_input_info *info) { return info->kind == COT_INPUT_USER && !info->target; }

/* Memory for an input, zeroed, and from the files what they have of it. */
static int bind_input(training *t, session *s, uint32_t index, const data_files *files) {
    cot_input_info info;
    cot_error error;
    cot_tensor found, *to = &s->inputs[index];
    if (cot_executable_input(s->exe, index, &info) || !info.is_tensor) return EXIT_DONE;
    *to = (cot_tensor){.dtype = info.dtype, .ndim = info.ndim};
    memcpy(to->sizes, info.sizes, sizeof(to->sizes));
    memcpy(to->strides, info.strides, sizeof(to->strides));
    if (!tensor_allocate(to)) return refuse(info.name, "out of memory");
    if (data_find_input(files, &info, &found)) {
        if (found.dtype != to->dtype || tensor_count(&found) != tensor_count(to))
            return refuse(t->resume ? t->resume : t->task->weights, "'%s' does not fit the program", info.name);
        tensor_copy(to, &found);
    } else if (info.kind != COT_INPUT_USER)
        return refuse(t->resume ? t->resume : t->task->weights, "the file has no '%s'",
                      info.target ? info.target : info.name);
    if (cot_frame_bind_input(s->frame, index, to, &error)) return report(&error);
    return EXIT_DONE;
}

static int open_step(training *t) {
    char path[4096];
    file_names paths = {.count = 1};
    data_files files;
    int status;
    if ((status = session_open(&t->step, train_path(t, t->task->program, path, sizeof(path)), &t->machine)))
        return status;
    const cot_compile_options options = {
        .mode = COT_MODE_STEP, .optimizer = t->task->optimizer, .no_decay_1d = 1, .memory_budget = t->budget};
    if ((status = session_compile(&t->step, &options)) || (status = session_frame(&t->step))) return status;
    paths.items[0] = t->resume ? t->resume : train_path(t, t->task->weights, path, sizeof(path));
    status = data_open(t->step.ctx, &paths, &files);
    for (uint32_t i = 0; i < t->step.num_inputs && !status; i++) status = bind_input(t, &t->step, i, &files);
    const char *done = data_metadata(&files, "steps"), *random = data_metadata(&files, "random");
    if (t->resume && done) t->first_step = (uint32_t)strtoul(done, NULL, 10);
    if (t->resume && random) t->random = strtoull(random, NULL, 10);
    data_close(&files);
    cot_frame_seed(t->step.frame, t->seed);
    return status;
}

int train_open_answer(training *t) {
    char path[4096];
    cot_error error;
    data_files none = {0};
    int status;
    if ((status = session_open(&t->answer, train_path(t, t->task->answer, path, sizeof(path)), &t->machine)))
        return status;
    const cot_compile_options options = {.mode = COT_MODE_INFERENCE};
    if ((status = session_compile(&t->answer, &options)) || (status = session_frame(&t->answer))) return status;
    for (uint32_t i = 0; i < t->answer.num_inputs && !status; i++) {
        cot_input_info info;
        if (cot_executable_input(t->answer.exe, i, &info) || !info.is_tensor) continue;
        if (is_batch(&info)) status = bind_input(t, &t->answer, i, &none);
        else { /* the training's own memory: one set of weights, two programs */
            cot_tensor *own = train_input(&t->step, info.target ? info.target : info.name);
            if (!own) return refuse(t->task->answer, "'%s' is no weight of %s", info.name, t->task->program);
            if (cot_frame_bind_input(t->answer.frame, i, own, &error)) return report(&error);
        }
    }
    return status;
}

static void print_plan(const training *t) {
    cot_stats s;
    cot_executable_stats(t->step.exe, &s);
    printf("%s: %s\n", t->task->name, t->task->about);
    printf("plan: %u nodes read, %u functional, %u joint, %u forward, %u backward; %u kernels a step\n", s.nodes_input,
           s.nodes_functional, s.nodes_joint, s.nodes_forward, s.nodes_backward, s.kernels);
    printf("      %u tensors saved for the backward, %.2f MB; arena %.2f MB, weights %.2f MB; compiled in %.1f ms\n",
           s.num_saved, (double)s.saved_bytes / 1e6, (double)s.peak_bytes / 1e6, (double)s.weight_bytes / 1e6,
           t->step.read_ms + s.compile_ms);
}

/* Linear warm-up, then half a cosine down to a tenth. */
static double rate_at(const training *t, uint32_t step, double peak) {
    if (step < t->task->warmup) return peak * (step + 1) / t->task->warmup;
    const double done = (double)(step - t->task->warmup) / fmax(1, (double)t->steps - t->task->warmup);
    return peak * (0.1 + 0.45 * (1 + cos(3.141592653589793 * fmin(done, 1))));
}

static void progress(const training *t, uint32_t step, double started) {
    const double seconds = (now_ms() - started) / 1e3, rate = (step + 1 - t->first_step) / fmax(seconds, 1e-9);
    const bool terminal = isatty(STDOUT_FILENO) != 0;
    printf("%sstep %u/%u  loss %.4f  %.1f steps/s  %.0f s left%s", terminal ? "\r" : "", step + 1, t->steps, t->loss,
           rate, (t->steps - step - 1) / rate, terminal ? "   " : "\n");
    fflush(stdout);
}

static int loop(training *t, double peak) {
    cot_error error;
    cot_tensor loss;
    cot_tensor *x = train_input(&t->step, "x"), *y = train_input(&t->step, "y"), *lr = train_input(&t->step, "lr");
    if (!x || !y || !lr) return refuse(t->task->program, "the program has no inputs x, y and lr");
    const uint32_t every = t->steps / 20 ? t->steps / 20 : 1;
    const double started = now_ms();
    double shown = 0;
    for (uint32_t step = t->first_step; step < t->steps && !interrupted; step++) {
        t->task->batch(t, x, y);
        *(float *)lr->data = (float)rate_at(t, step, peak);
        if (cot_step(t->step.frame, &error) || cot_frame_output(t->step.frame, 0, &loss, &error)) return report(&error);
        const double now = tensor_scalar(&loss);
        if (!isfinite(now))
            return refuse(t->task->name, "the loss is %g after step %u: try a smaller --lr", now, step + 1);
        t->loss = step == t->first_step ? now : 0.95 * t->loss + 0.05 * now;
        const bool terminal = isatty(STDOUT_FILENO) != 0, last = step + 1 == t->steps || interrupted;
        if (last || (terminal ? now_ms() - shown > 100 : step == t->first_step || (step + 1) % every == 0)) {
            progress(t, step, started);
            shown = now_ms();
        }
        if (last && terminal) printf("\n");
        if (interrupted) t->steps = step + 1;
    }
    return EXIT_DONE;
}

/* Weights under their keys, optimizer state under its names: what --resume and `run --data` read. */
static int save(const training *t) {
    cot_error error;
    const uint32_t count = t->step.num_inputs;
    const char **keys = calloc(count + 1, sizeof(*keys));
    cot_tensor *tensors = calloc(count + 1, sizeof(*tensors));
    char steps[32], random[32];
    uint32_t kept = 0;
    for (uint32_t i = 0; keys && tensors && i < count; i++) {
        cot_input_info info;
        if (cot_executable_input(t->step.exe, i, &info) || !t->step.inputs[i].data) continue;
        if (i < cot_graph_num_inputs(t->step.graph) && is_batch(&info)) continue;
        keys[kept] = info.target ? info.target : info.name;
        tensors[kept++] = t->step.inputs[i];
    }
    snprintf(steps, sizeof(steps), "%u", t->steps);
    snprintf(random, sizeof(random), "%llu", (unsigned long long)t->random);
    const char *metadata[] = {"steps", steps, "random", random};
    int status = EXIT_DONE;
    if (!keys || !tensors) status = refuse("cotangent", "out of memory");
    else if (cot_file_write(t->step.ctx, t->save, keys, tensors, kept, metadata, 4, &error)) status = report(&error);
    free(keys);
    free(tensors);
    if (status) return status;
    printf("saved to %s after %u steps\n", t->save, t->steps);
    return EXIT_DONE;
}

static int train(training *t, const train_task *task, double rate) {
    t->task = task;
    int status = open_step(t);
    if (!t->steps) t->steps = task->steps;
    if (!status) print_plan(t);
    if (!status) status = task->load(t);
    if (!status) status = loop(t, rate > 0 ? rate : task->rate);
    if (!status && t->save) status = save(t);
    if (!status && !interrupted) status = task->finish(t);
    task->unload(t);
    session_close(&t->answer);
    session_close(&t->step);
    return status;
}

#ifndef COT_TRAIN_FOLDER
#define COT_TRAIN_FOLDER "examples/train"
#endif
#ifndef COT_INSTALLED_TRAIN_FOLDER
#define COT_INSTALLED_TRAIN_FOLDER "/usr/local/share/cotangent/train"
#endif

int command_train(int argc, char **argv) {
    const char *name = NULL;
    training t = {.folder =
                      access(COT_TRAIN_FOLDER "/digits.fx", R_OK) ? COT_INSTALLED_TRAIN_FOLDER : COT_TRAIN_FOLDER};
    uint64_t steps = 0;
    double rate = 0;
    uint32_t words = 0;
    const option options[] = {{"--steps", OPTION_UNSIGNED, &steps, NULL},
                              {"--lr", OPTION_REAL, &rate, NULL},
                              {"--seed", OPTION_UNSIGNED, &t.seed, NULL},
                              {"--threads", OPTION_UNSIGNED, &t.machine.threads, NULL},
                              {"--plain-f32", OPTION_FLAG, &t.machine.plain_f32, NULL},
                              {"--save", OPTION_TEXT, &t.save, NULL},
                              {"--resume", OPTION_TEXT, &t.resume, NULL},
                              {"--text", OPTION_TEXT, &t.text, NULL},
                              {"--data-dir", OPTION_TEXT, &t.folder, NULL},
                              {"--memory-budget", OPTION_UNSIGNED, &t.budget, NULL}};
    int status = parse_options(argc, argv, options, sizeof(options) / sizeof(*options), &name, 1, &words, help);
    if (status) return status < 0 ? EXIT_DONE : status;
    const train_task *const tasks[] = {&train_digits, &train_gpt};
    const struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    bool found = false;
    for (int i = 0; i < 2 && !status && !interrupted; i++) {
        if (name && strcmp(name, tasks[i]->name)) continue;
        if (found) printf("\n");
        found = true;
        training one = t;
        one.steps = (uint32_t)steps;
        one.random = t.seed;
        status = train(&one, tasks[i], rate);
    }
    if (!found) {
        fprintf(stderr, "cotangent: there is no training '%s' (digits, gpt)\n", name);
        return EXIT_USAGE;
    }
    return status;
}
