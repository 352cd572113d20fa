/* SPDX-License-Identifier: MIT
 * train.h — the bundled trainings: what a task is, and the parts of `cotangent train`. */
#ifndef TOOLS_TRAIN_H
#define TOOLS_TRAIN_H

#include "tools/cli.h"

typedef struct training training;

/* A task: its files, how it trains, where its batches come from and what it shows at the end. */
typedef struct train_task {
    const char *name, *program, *answer, *weights; /* file names in the data folder */
    cot_optimizer optimizer;
    double rate;
    uint32_t steps, warmup;
    const char *about;
    int (*load)(training *t);                                 /* reads the task's data */
    void (*batch)(training *t, cot_tensor *x, cot_tensor *y); /* fills the next batch */
    int (*finish)(training *t);                               /* held-out accuracy, a sample */
    void (*unload)(training *t);
} train_task;

struct training {
    const train_task *task;
    session step;   /* forward, backward and optimizer in one */
    session answer; /* the same weights, without loss */
    const char *folder, *save, *resume, *text;
    machine_choice machine;
    uint64_t seed, random, budget;
    uint32_t steps, first_step;
    double loss; /* running mean */
    void *data;  /* the task's own */
};

extern const train_task train_digits, train_gpt;

uint64_t train_random(uint64_t *state);
double train_uniform(uint64_t *state);
/* Path of a file in the data folder, into a static-free caller buffer. */
const char *train_path(const training *t, const char *name, char *buffer, size_t bytes);
/* The memory bound to an input of a session, by name or target; data NULL when there is none. */
cot_tensor *train_input(session *s, const char *name);
/* Compiles the answering program and binds the training's own weights to it. */
int train_open_answer(training *t);

#endif
