/* SPDX-License-Identifier: MIT
 * ops.c — runs the table-driven tests on all records.
 *
 *     ops [PART-OF-A-NAME]
 *
 * Two lines for each operator with samples: its kernel (shape rule, text round trip, fast kernel against reference for
 * dtypes, layouts and numbers of threads, sentinels) and its derivative (finite differences in f64). */
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
        if (argc > 1 && !strstr(o->name, argv[1])) continue;
        arena *a = arena_create(ctx);
        const uint32_t count = sample_split(a, o->record->samples, samples, MOST_SAMPLES);
        bool kernels = true, derivative = true;
        for (uint32_t i = 0; i < count; i++) {
            sample_marks marks;
            const char *sample = sample_marks_of(samples[i], &marks);
            kernels &= test_kernels(ctx, o, sample, marks);
            const bool smooth =
                !marks.rough && !(o->traits & (OP_RANDOM | OP_NO_HISTORY | OP_MUTATES | OP_SYMBOLIC | OP_CONTROL));
            if (smooth) derivative &= test_derivative(ctx, o, sample, marks);
        }
        printf("%sok %d - %s: kernel\n", kernels ? "" : "not ", ++tests, o->name);
        printf("%sok %d - %s: derivative\n", derivative ? "" : "not ", ++tests, o->name);
        failed += !kernels + !derivative;
        arena_destroy(a);
    }
    printf("1..%d\n", tests);
    cot_context_destroy(&ctx);
    return failed != 0;
}
