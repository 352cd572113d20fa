/* SPDX-License-Identifier: MIT
 * verify.c — runs each pass on whole programs and the verifier after each.
 *
 *     verify PROGRAM.fx…
 *
 * Also: a copy of a graph equals it and prints the same, and cleaning a graph keeps it valid. A program that is refused
 * (COT_REFUSED) is fine; any other failure is not. */
#include "autograd/joint.h"
#include "functionalize/functionalize.h"
#include "graph/graph.h"
#include "partition/partition.h"
#include "transforms/marks.h"
#include <stdio.h>

static cot_context *ctx;
static cot_error error;

/* Prints what went wrong with a stage; gives whether all is well. */
static bool check(const char *stage, const char *what, cot_status status) {
    if (status) printf("# %s: %s: %s: %s\n", stage, what, error.node, error.text);
    return !status;
}

static bool same_print(const cot_graph *a, const cot_graph *b) {
    char *x = NULL, *y = NULL;
    bool same = !cot_graph_print(a, &x, &error) && !cot_graph_print(b, &y, &error) && strcmp(x, y) == 0;
    if (x) cot_text_free(ctx, &x);
    if (y) cot_text_free(ctx, &y);
    return same;
}

/* What must hold of every graph. */
static bool verify(const char *stage, const cot_graph *g) {
    bool good = check(stage, "as made", graph_verify(g, &error));
    cot_graph *copy = graph_copy(g, NULL);
    if (!graph_equal(g, copy) || graph_hash(g) != graph_hash(copy) || !same_print(g, copy)) {
        printf("# %s: a copy differs\n", stage);
        good = false;
    }
    cot_graph *clean = graph_clean(g, NULL);
    good = good && check(stage, "cleaned", graph_verify(clean, &error));
    graph_destroy(clean);
    graph_destroy(copy);
    return good;
}

static bool test_backward(const cot_graph *functional) {
    static const partition_options policies[] = {
        {COT_PARTITION_MIN_CUT, COT_COST_RUNTIME},
        {COT_PARTITION_MIN_CUT, COT_COST_REFERENCE},
        {COT_PARTITION_DEFAULT, COT_COST_RUNTIME},
    };
    cot_graph *joint = NULL;
    cot_status status = joint_build(functional, NULL, &joint, &error);
    if (status == COT_REFUSED || (!status && !joint)) return true;
    if (!check("joint", "building", status)) return false;
    bool good = verify("joint", joint);
    for (uint32_t i = 0; i < COUNT_OF(policies) && good; i++) {
        cot_graph *forward = NULL, *backward = NULL, *step = NULL;
        good = check("partition", "splitting", partition(joint, &policies[i], &forward, &backward, NULL, &error));
        good = good && verify("forward", forward) && verify("backward", backward);
        good = good && check("merge", "merging", partition_merge(forward, backward, &step, &error)) &&
               verify("step", step);
        graph_destroy(step);
        graph_destroy(backward);
        graph_destroy(forward);
    }
    graph_destroy(joint);
    return good;
}

/* Parameters, or where there are none all floating point inputs. */
static bool *choose_inputs(const cot_graph *g) {
    bool *requires = ARENA_ARRAY(g->arena, bool, g->inputs.count);
    bool any = false;
    for (int pass = 0; pass < 2 && !any; pass++)
        for (uint32_t i = 0; i < g->inputs.count; i++) {
            const type *t = graph_type(g, g->inputs.data[i]);
            bool parameter = i < g->input_specs.count && g->input_specs.data[i].kind == INPUT_PARAMETER;
            requires[i] = t->kind == TYPE_TENSOR && dtype_is_float((cot_dtype)t->dtype) && (parameter || pass);
            any = any || requires[i];
        }
    return requires;
}

static bool test_program(const char *path) {
    cot_graph *program = NULL, *lowered = NULL;
    if (!check("input", "reading", cot_graph_read(ctx, path, &program, &error))) return false;
    bool good = verify("input", program);
    good = good && check("lowered", "lowering", lower(program, &lowered, &error)) && verify("lowered", lowered);
    const bool *requires = choose_inputs(program);
    for (int inference = 0; inference < 2 && good; inference++) {
        cot_graph *functional = NULL;
        functionalize_options options = {.requires_grad = inference ? NULL : requires, .inference = inference};
        cot_status status = functionalize(lowered, &options, &functional, &error);
        if (status == COT_REFUSED) continue;
        good = check("functional", "functionalizing", status) &&
               check("functional", "regions of vmap", marks_expand(&functional, &error)) &&
               verify("functional", functional);
        good = good && (inference || test_backward(functional));
        graph_destroy(functional);
    }
    graph_destroy(lowered);
    cot_graph_destroy(&program);
    return good;
}

static bool guarded(const char *path) {
    guard g;
    if (GUARD_ENTER(&g, ctx)) return check("memory", "", guard_failed(&g, &error));
    bool good = test_program(path);
    guard_leave(&g);
    return good;
}

int main(int argc, char **argv) {
    int failed = 0;
    if (cot_context_create(NULL, &ctx, &error)) return 1;
    for (int i = 1; i < argc; i++) {
        bool good = guarded(argv[i]);
        const char *name = strrchr(argv[i], '/');
        printf("%sok %d - %s\n", good ? "" : "not ", i, name ? name + 1 : argv[i]);
        failed += !good;
    }
    cot_context_destroy(&ctx);
    printf("1..%d\n", argc - 1);
    return failed != 0;
}
