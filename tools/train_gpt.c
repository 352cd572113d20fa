/* SPDX-License-Identifier: MIT
 * train_gpt.c — a byte-level GPT: random windows of a text, compared with the entropy of its bytes, then a sample. */
#include "tools/train.h"
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LICENSES "/usr/share/common-licenses" /* real prose that every Debian ships (base-files) */
#define SAMPLE_BYTES 400

typedef struct corpus {
    unsigned char *bytes;
    size_t count, capacity;
    double entropy; /* of single bytes, nats */
} corpus;

static int append_file(corpus *c, const char *path) {
    struct stat info;
    if (lstat(path, &info) || !S_ISREG(info.st_mode)) return EXIT_DONE; /* links repeat what we have */
    FILE *f = fopen(path, "rb");
    if (!f) return refuse(path, "cannot be read");
    const size_t size = (size_t)info.st_size;
    unsigned char *grown = realloc(c->bytes, c->count + size + 1);
    if (grown) {
        c->bytes = grown;
        c->count += fread(c->bytes + c->count, 1, size, f);
    }
    fclose(f);
    return grown ? EXIT_DONE : refuse(path, "out of memory");
}

static int append_folder(corpus *c, const char *folder) {
    struct dirent **names;
    const int count = scandir(folder, &names, NULL, alphasort);
    if (count < 0) return refuse(folder, "no text here: give a file with --text FILE");
    int status = EXIT_DONE;
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
        if (!status && names[i]->d_name[0] != '.') status = append_file(c, path);
        free(names[i]);
    }
    free(names);
    return status;
}

static double byte_entropy(const corpus *c) {
    size_t counts[256] = {0};
    for (size_t i = 0; i < c->count; i++) counts[c->bytes[i]]++;
    double h = 0;
    for (int b = 0; b < 256; b++)
        if (counts[b]) h -= (double)counts[b] / (double)c->count * log((double)counts[b] / (double)c->count);
    return h;
}

static int load(training *t) {
    corpus *c = t->data = calloc(1, sizeof(*c));
    if (!c) return refuse("cotangent", "out of memory");
    const int status = t->text ? append_file(c, t->text) : append_folder(c, LICENSES);
    if (status) return status;
    const cot_tensor *x = train_input(&t->step, "x");
    if (!x || c->count < (size_t)x->sizes[1] + 2)
        return refuse(t->text ? t->text : LICENSES, "the text has %zu bytes, too few to train on", c->count);
    c->entropy = byte_entropy(c);
    printf("data: %zu bytes of %s; byte-unigram entropy %.3f nats\n", c->count, t->text ? t->text : LICENSES,
           c->entropy);
    return EXIT_DONE;
}

static void batch(training *t, cot_tensor *x, cot_tensor *y) {
    const corpus *c = t->data;
    const size_t length = (size_t)x->sizes[1];
    for (int64_t row = 0; row < x->sizes[0]; row++) {
        const unsigned char *from = c->bytes + train_random(&t->random) % (c->count - length);
        for (size_t i = 0; i < length; i++) {
            ((int64_t *)x->data)[row * x->sizes[1] + (int64_t)i] = from[i];
            ((int64_t *)y->data)[row * x->sizes[1] + (int64_t)i] = from[i + 1];
        }
    }
}

/* Draws from softmax(logits / temperature). */
static int draw(const float *logits, uint64_t *state) {
    const double temperature = 0.7;
    double top = logits[0], sum = 0, weights[256];
    for (int b = 1; b < 256; b++) top = fmax(top, logits[b]);
    for (int b = 0; b < 256; b++) sum += weights[b] = exp((logits[b] - top) / temperature);
    double u = train_uniform(state) * sum;
    for (int b = 0; b < 256; b++)
        if ((u -= weights[b]) < 0) return b;
    return ' ';
}

static int finish(training *t) {
    const corpus *c = t->data;
    cot_error error;
    cot_tensor logits;
    printf("loss %.3f nats a byte; single bytes alone have %.3f\n", t->loss, c->entropy);
    const int status = train_open_answer(t);
    if (status) return status;
    cot_tensor *x = train_input(&t->answer, "x");
    if (!x || !x->data) return refuse(t->task->answer, "the program has no input 'x'");
    const int64_t context = x->sizes[1];
    int64_t *ids = x->data, filled = 0;
    for (const char *p = "  This program is "; *p; p++) ids[filled++] = (unsigned char)*p;
    printf("sample:\n");
    for (int64_t i = 0; i < filled; i++) putchar((int)ids[i]);
    for (int n = 0; n < SAMPLE_BYTES; n++) {
        if (cot_forward(t->answer.frame, &error) || cot_frame_output(t->answer.frame, 0, &logits, &error))
            return report(&error);
        const int next = draw((const float *)logits.data + (filled - 1) * 256, &t->random);
        putchar(next == '\n' || (next >= ' ' && next < 127) ? next : '?');
        if (filled == context) memmove(ids, ids + 1, (size_t)(context - 1) * sizeof(*ids));
        else filled++;
        ids[filled - 1] = next;
    }
    putchar('\n');
    return EXIT_DONE;
}

static void unload(training *t) {
    corpus *c = t->data;
    if (c) free(c->bytes);
    free(c);
}

const train_task train_gpt = {.name = "gpt",
                              .program = "gpt.fx",
                              .answer = "gpt_answer.fx",
                              .weights = "gpt.safetensors",
                              .optimizer = COT_OPTIMIZER_ADAMW,
                              .rate = 2e-3,
                              .steps = 400,
                              .warmup = 40,
                              .about =
                                  "a byte-level GPT of a million parameters on the licence texts that Debian ships",
                              .load = load,
                              .batch = batch,
                              .finish = finish,
                              .unload = unload};
