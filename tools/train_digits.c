/* SPDX-License-Identifier: MIT
 * train_digits.c — handwritten digits: shuffled batches of four fifths, accuracy on the held-out fifth. */
#include "tools/train.h"
#include <stdlib.h>
#include <string.h>

#define PIXELS 64
#define CLASSES 10

typedef struct digits {
    cot_file *file;
    const uint8_t *images, *labels;
    uint32_t *order; /* a fixed shuffle; the last fifth is held out */
    uint32_t count, trained, next;
} digits;

static void shuffle(uint32_t *items, uint32_t count, uint64_t *state) {
    for (uint32_t i = count; i > 1; i--) {
        const uint32_t k = (uint32_t)(train_random(state) % i), swap = items[i - 1];
        items[i - 1] = items[k];
        items[k] = swap;
    }
}

static int load(training *t) {
    char path[4096];
    cot_error error;
    cot_tensor images, labels;
    digits *d = t->data = calloc(1, sizeof(*d));
    if (!d) return refuse("cotangent", "out of memory");
    train_path(t, "digits_data.safetensors", path, sizeof(path));
    if (cot_file_open(t->step.ctx, path, &d->file, &error)) return report(&error);
    if (!cot_file_tensor(d->file, "images", &images) || !cot_file_tensor(d->file, "labels", &labels) ||
        images.ndim != 3 || images.dtype != COT_U8 || images.sizes[1] * images.sizes[2] != PIXELS ||
        labels.sizes[0] != images.sizes[0])
        return refuse(path, "expected 'images' u8[n, 8, 8] and 'labels' u8[n]");
    d->images = images.data;
    d->labels = labels.data;
    d->count = (uint32_t)images.sizes[0];
    d->trained = d->count - d->count / 5;
    d->order = malloc(d->count * sizeof(*d->order));
    if (!d->order) return refuse("cotangent", "out of memory");
    for (uint32_t i = 0; i < d->count; i++) d->order[i] = i;
    uint64_t fixed = 1797; /* the same held-out fifth whatever the seed */
    shuffle(d->order, d->count, &fixed);
    d->next = d->trained;
    printf("data: %u digits of 8x8 pixels, %u to train, %u held out\n", d->count, d->trained, d->count - d->trained);
    return EXIT_DONE;
}

static void fill_image(float *to, const uint8_t *from) {
    for (int i = 0; i < PIXELS; i++) to[i] = (float)from[i] / 16.0f;
}

static void batch(training *t, cot_tensor *x, cot_tensor *y) {
    digits *d = t->data;
    for (int64_t i = 0; i < x->sizes[0]; i++) {
        if (d->next == d->trained) {
            shuffle(d->order, d->trained, &t->random);
            d->next = 0;
        }
        const uint32_t k = d->order[d->next++];
        fill_image((float *)x->data + i * PIXELS, d->images + (size_t)k * PIXELS);
        ((int64_t *)y->data)[i] = d->labels[k];
    }
}

static int finish(training *t) {
    digits *d = t->data;
    cot_error error;
    cot_tensor logits;
    int status = train_open_answer(t);
    if (status) return status;
    cot_tensor *x = train_input(&t->answer, "x");
    if (!x || !x->data) return refuse(t->task->answer, "the program has no input 'x'");
    uint32_t right = 0, seen = 0;
    for (uint32_t first = d->trained; first < d->count; first += (uint32_t)x->sizes[0]) {
        const uint32_t rows = (uint32_t)(d->count - first < x->sizes[0] ? d->count - first : x->sizes[0]);
        for (uint32_t i = 0; i < rows; i++)
            fill_image((float *)x->data + i * PIXELS, d->images + (size_t)d->order[first + i] * PIXELS);
        if (cot_forward(t->answer.frame, &error) || cot_frame_output(t->answer.frame, 0, &logits, &error))
            return report(&error);
        for (uint32_t i = 0; i < rows; i++, seen++) {
            const float *row = (const float *)logits.data + i * CLASSES;
            int best = 0;
            for (int c = 1; c < CLASSES; c++)
                if (row[c] > row[best]) best = c;
            right += best == d->labels[d->order[first + i]];
        }
    }
    printf("held out: %u of %u right\naccuracy %.1f %%\n", right, seen, 100.0 * right / (seen ? seen : 1));
    return EXIT_DONE;
}

static void unload(training *t) {
    digits *d = t->data;
    if (!d) return;
    cot_file_close(&d->file);
    free(d->order);
    free(d);
}

const train_task train_digits = {.name = "digits",
                                 .program = "digits.fx",
                                 .answer = "digits_answer.fx",
                                 .weights = "digits.safetensors",
                                 .optimizer = COT_OPTIMIZER_SGD,
                                 .rate = 0.05,
                                 .steps = 460,
                                 .warmup = 20,
                                 .about = "a convolutional net on 1,797 handwritten digits (UCI, 8x8)",
                                 .load = load,
                                 .batch = batch,
                                 .finish = finish,
                                 .unload = unload};
