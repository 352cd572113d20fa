/* SPDX-License-Identifier: MIT
 * transforms.c — what transforms ask of operators, on every sample of every record: second derivatives against finite
 * differences, batching rules against a loop.
 *
 *     transforms [PART-OF-A-NAME] */
#include "tests/ops/ops.h"

#include <stdio.h>

enum { MOST_SAMPLES = 64 };

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    cot_context *ctx = NULL;
    cot_error error;
    int tests = 0, failed = 0;
    if (cot_context_create(&(cot_context_options){.threads = 1}, &ctx, &error)) {
        printf("Bail out! %s\n", error.text);
        return 1;
    }
    for (uint32_t id = 0; id < op_count(ctx); id++) {
        const op *o = op_at(ctx, id);
        const char *samples[MOST_SAMPLES];
        if (!o->record || !o->record->samples || o->functional || o->view) continue;
        if (o->traits & (OP_MUTATES | OP_SYMBOLIC | OP_CONTROL)) continue;
        if (argc > 1 && !strstr(o->name, argv[1])) continue;
        arena *a = arena_create(ctx);
        const uint32_t count = sample_split(a, o->record->samples, samples, MOST_SAMPLES);
        bool twice = true, batch = true;
        for (uint32_t i = 0; i < count; i++) {
            sample_marks marks;
            const char *sample = sample_marks_of(samples[i], &marks);
            if (!marks.rough && !marks.once && !(o->traits & (OP_RANDOM | OP_NO_HISTORY)))
                twice = test_second_derivative(ctx, o, sample, marks) && twice;
            batch = test_batch(ctx, o, sample, marks) && batch;
        }
        printf("%sok %d - %s: second derivative\n", twice ? "" : "not ", ++tests, o->name);
        printf("%sok %d - %s: over a batch\n", batch ? "" : "not ", ++tests, o->name);
        failed += !twice + !batch;
        arena_destroy(a);
    }
    printf("1..%d\n", tests);
    cot_context_destroy(&ctx);
    return failed != 0;
}
