/* SPDX-License-Identifier: MIT
 * name.c — names as torch.fx gives them out. */
#include "tests/unit/tap.h"
#include "graph/graph.h"

int main(void) {
    cot_context *ctx;
    if (context_create(NULL, &ctx, NULL)) return 1;
    cot_graph *g = graph_create(ctx, "GraphModule");
    static const char *const asked[][2] = {
        {"add", "add"},
        {"add", "add_1"},
        {"add_1", "add_2"},
        {"add_7", "add_7"},
        {"add", "add_8"},
        {"sum", "sum_1"},
        {"sum", "sum_2"},
        {"slice", "slice_1"},
        {"max", "max_1"},
        {"max_1", "max_2"},
        {"inf", "inf_1"},
        {"torch", "torch_1"},
        {"for", "for_1"},
        {"9bad-name", "_9bad_name"},
        {"", "_unnamed"},
        {"x.y", "x_y"},
        {"_1", "_1"},
        {"_1", "_1_1"},
        {"a_1_2", "a_1_2"},
        {"a_1", "a_1"},
        {"a_1_2", "a_1_3"},
        {"b_99999999999999999999", "b_99999999999999999999"},
        {"primals_1", "primals_1"},
        {"primals", "primals"},
        {"primals", "primals_2"},
    };
    for (uint32_t i = 0; i < COUNT_OF(asked); i++) CHECK_TEXT(graph_name(g, asked[i][0]), asked[i][1]);

    /* A name given out is not given again, but is taken by the node it was made for. */
    const char *view = graph_name(g, "view");
    value first = graph_append(g, NULL, "view"), second = graph_append(g, NULL, view);
    CHECK_TEXT(graph_node(g, first)->name, "view_1");
    CHECK_TEXT(graph_node(g, second)->name, "view");
    CHECK(graph_find(g, "view") == second && graph_find(g, "view_1") == first);
    CHECK(graph_find(g, "add") == NO_VALUE && graph_find(g, "nothing") == NO_VALUE);

    /* A written name stays as it is, even where FX would not make it. */
    CHECK_TEXT(graph_node(g, graph_append_named(g, NULL, "input"))->name, "input");
    CHECK_TEXT(graph_node(g, graph_append_named(g, NULL, "input"))->name, "input_1");
    CHECK_TEXT(graph_node(g, graph_append_named(g, NULL, "mul_4"))->name, "mul_4");
    CHECK_TEXT(graph_name(g, "mul"), "mul");
    CHECK_TEXT(graph_name(g, "mul"), "mul_5");
    graph_destroy(g);
    context_destroy(ctx);
    return tap_done();
}
