/* SPDX-License-Identifier: MIT
 * order.c — steps move only where that saves memory, and never past what they depend on. */
#include "runtime/plan.h"
#include "tests/unit/tap.h"

typedef struct fixture {
    planner *p;
    uint64_t visits;
} fixture;

static void start(fixture *f, cot_context *ctx) {
    f->p = planner_create(ctx, arena_create(ctx), NULL, 1, &f->visits, NULL);
}

static void stop(fixture *f) {
    arena *result = f->p->arena;
    arena_destroy(f->p->scratch);
    arena_destroy(result);
}

/* A step that makes the storages `made` from the storages `read`; lists end with -1. */
static void add_step(fixture *f, const char *name, const int *made, const int *read) {
    planner *p = f->p;
    draft *d = VEC_PUSH(p->scratch, &p->drafts);
    *d = (draft){.step = {.name = name}, .scratch = NO_STORAGE};
    while (made[d->step.num_results] >= 0) d->step.num_results++;
    while (read[d->step.num_operands] >= 0) d->step.num_operands++;
    const uint32_t n = d->step.num_results + d->step.num_operands;
    d->at = ARENA_ARRAY(p->scratch, location, n);
    d->tensors = ARENA_ARRAY(p->scratch, tensor_desc, n);
    for (uint32_t i = 0; i < n; i++) {
        const int s = i < d->step.num_results ? made[i] : read[i - d->step.num_results];
        d->at[i].storage = (uint32_t)s;
        const int64_t size = (int64_t)p->storages.data[s].bytes;
        d->tensors[i] = tensor_describe(COT_U8, 1, &size, NULL);
    }
}

#define LIST(...) ((const int[]){__VA_ARGS__ __VA_OPT__(, ) - 1})
#define STEP(name, made, read) add_step(&f, name, made, read)

static int storage_of(fixture *f, const char *name, uint64_t bytes) {
    return (int)planner_add_storage(f->p, name, bytes);
}

static const char *order_of(const fixture *f) {
    text t = {.arena = f->p->scratch};
    for (uint32_t i = 0; i < f->p->drafts.count; i++) text_printf(&t, i ? " %s" : "%s", f->p->drafts.data[i].step.name);
    return t.data;
}

/* A large result, made from a small one, waits for the end while others need room. */
static void test_sinks(cot_context *ctx) {
    fixture f;
    start(&f, ctx);
    const int x = (int)planner_add_outside(f.p, "x", 64), small = storage_of(&f, "small", 4096),
              large = storage_of(&f, "large", 1 << 20), other = storage_of(&f, "other", 1 << 20),
              sum = storage_of(&f, "sum", 64), out = storage_of(&f, "out", 64);
    STEP("small", LIST(small), LIST(x));
    STEP("large", LIST(large), LIST(small));
    STEP("other", LIST(other), LIST(small));
    STEP("sum", LIST(sum), LIST(other));
    STEP("out", LIST(out), LIST(large, sum));
    CHECK(!planner_order(f.p, f.p->drafts.count));
    CHECK_TEXT(order_of(&f), "small other sum large out");
    stop(&f);
}

/* The large one is made from one that is larger still: waiting would keep that. */
static void test_stays(cot_context *ctx) {
    fixture f;
    start(&f, ctx);
    const int x = (int)planner_add_outside(f.p, "x", 64), huge = storage_of(&f, "huge", 2 << 20),
              large = storage_of(&f, "large", 1 << 20), other = storage_of(&f, "other", 1 << 20),
              out = storage_of(&f, "out", 64);
    STEP("huge", LIST(huge), LIST(x));
    STEP("large", LIST(large), LIST(huge));
    STEP("other", LIST(other), LIST(x));
    STEP("out", LIST(out), LIST(large, other));
    CHECK(!planner_order(f.p, f.p->drafts.count));
    CHECK_TEXT(order_of(&f), "huge large other out");
    stop(&f);
}

/* An operand that others read later anyway costs nothing until then. */
static void test_waits_with_others(cot_context *ctx) {
    fixture f;
    start(&f, ctx);
    const int x = (int)planner_add_outside(f.p, "x", 64), grad = storage_of(&f, "grad", 2 << 20),
              input = storage_of(&f, "input", 1 << 20), weight = storage_of(&f, "weight", 1 << 20),
              used = storage_of(&f, "used", 64), out = storage_of(&f, "out", 64);
    STEP("grad", LIST(grad), LIST(x));
    STEP("input", LIST(input), LIST(grad));
    STEP("weight", LIST(weight), LIST(grad));
    STEP("used", LIST(used), LIST(x));
    STEP("out", LIST(out), LIST(input, used));
    CHECK(!planner_order(f.p, f.p->drafts.count));
    CHECK_TEXT(order_of(&f), "grad weight input used out");
    stop(&f);
}

/* The forward stays before the backward, and a read of an old value before the write of a new one. */
static void test_boundaries(cot_context *ctx) {
    fixture f;
    start(&f, ctx);
    const int x = (int)planner_add_outside(f.p, "x", 64), state = (int)planner_add_outside(f.p, "state", 64),
              large = storage_of(&f, "large", 1 << 20), other = storage_of(&f, "other", 1 << 20),
              sum = storage_of(&f, "sum", 64), out = storage_of(&f, "out", 64);
    STEP("large", LIST(large), LIST(state));
    STEP("other", LIST(other), LIST(x));
    STEP("sum", LIST(sum), LIST(other));
    STEP("write", LIST(state), LIST(sum));
    STEP("last", LIST(out), LIST(sum));
    STEP("backward", LIST(out), LIST(large));
    CHECK(!planner_order(f.p, 5));
    CHECK_TEXT(order_of(&f), "other sum large write last backward");
    stop(&f);
}

int main(void) {
    cot_context *ctx;
    guard g;
    if (context_create(&(cot_context_options){.threads = 1}, &ctx, NULL)) return 1;
    if (GUARD_ENTER(&g, ctx)) return 1;
    test_sinks(ctx);
    test_stays(ctx);
    test_waits_with_others(ctx);
    test_boundaries(ctx);
    guard_leave(&g);
    context_destroy(ctx);
    return tap_done();
}
