/* SPDX-License-Identifier: MIT
 * view.c — `cotangent view`: forward and backward side by side as a picture, saved tensors marked. Graphviz draws it.
 */
#include "graph/graph.h"
#include "ops/op.h"
#include "tools/cli.h"
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "cotangent view P.fx -o G.svg [--data D.safetensors]… [--grad NAMES] [--infer] [--partition min-cut|default]\n"
    "               [--stage STAGE]\n"
    "cotangent view P.fx --memory -o M.svg [--step] [--optimizer sgd|adamw] [--memory-budget BYTES] […]\n"
    "\n"
    "  Draws forward and backward side by side: saved tensors in orange, inputs grey, outputs and gradients\n"
    "  with a double border, expensive operators bold. With --stage functional or joint, that graph alone.\n"
    "  The suffix of G says how: .svg, .png and .pdf need Graphviz (apt install graphviz), .dot is its input.\n"
    "  With --memory, the arena over the schedule: across the steps of the plan, upwards addresses, a rectangle\n"
    "  for each block of memory. --step plans forward, backward and optimizer as one, as bench does.\n";

static void escape(FILE *out, const char *text) {
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') fputc('\\', out);
        fputc(*text, out);
    }
}

static bool is_saved(const cot_graph *other, const node *n) {
    if (!other) return false;
    const value v = graph_find(other, n->name);
    return v != NO_VALUE && graph_node(other, v)->op->kind == OP_PLACEHOLDER;
}

typedef struct edge_walk {
    FILE *out;
    const cot_graph *g;
    char prefix;
    value to;
} edge_walk;

static void draw_edge(void *user, value from) {
    const edge_walk *w = user;
    if (graph_type(w->g, from)->kind == TYPE_GRAPH) return;
    fprintf(w->out, "    %c%u -> %c%u;\n", w->prefix, from, w->prefix, w->to);
}

/* One graph as a cluster. `other` is the backward when g is the forward: what it takes by name is saved. */
static void draw_cluster(FILE *out, const cot_graph *g, const cot_graph *other, char prefix, const char *title) {
    arena *scratch = arena_create(g->ctx);
    arg_list outputs = {0};
    arg_leaves(scratch, &g->output, &outputs);
    bool *is_output = ARENA_ARRAY(scratch, bool, g->nodes.count);
    const uint32_t shown = outputs.count;
    for (uint32_t i = 0; i < shown; i++)
        if (outputs.data[i].kind == ARG_VALUE) is_output[outputs.data[i].value] = true;
    fprintf(out, "  subgraph cluster_%c {\n    label=\"%s\"; labeljust=l; color=\"#bbbbbb\";\n", prefix, title);
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (n->op->kind == OP_GET_ATTR) continue;
        const bool input = n->op->kind == OP_PLACEHOLDER,
                   saved = other ? is_saved(other, n) && !input
                                 : prefix == 'b' && input && strncmp(n->name, "tangents", 8) != 0;
        text label = {.arena = scratch};
        if (n->type.kind == TYPE_TENSOR) type_print(g->ctx->syms, &n->type, false, false, &label);
        fprintf(out, "    %c%u [label=\"", prefix, v);
        escape(out, n->name);
        if (!input && strcmp(n->op->packet, n->name)) {
            fputs("\\n", out);
            escape(out, n->op->packet);
        }
        if (label.count) {
            fputs("\\n", out);
            escape(out, label.data);
        }
        fprintf(out, "\", shape=%s, style=\"filled%s\", fillcolor=\"%s\", peripheries=%d];\n",
                input ? "ellipse" : "box", n->op->traits & OP_EXPENSIVE ? ",bold" : "",
                saved   ? "#ffb060"
                : input ? "#e8e8e8"
                        : "#f4f8ff",
                is_output[v] && !saved ? 2 : 1);
        edge_walk w = {out, g, prefix, v};
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], draw_edge, &w);
    }
    fputs("  }\n", out);
    arena_destroy(scratch);
}

static void draw(FILE *out, const cot_graph *forward, const cot_graph *backward, const char *title) {
    fprintf(
        out,
        "digraph cotangent {\n  rankdir=TB; newrank=true; fontname=\"sans-serif\"; fontsize=20;\n"
        "  node [fontname=\"sans-serif\", fontsize=11, color=\"#707070\"]; edge [color=\"#909090\", arrowsize=0.6];\n");
    draw_cluster(out, forward, backward, 'f', title);
    if (backward) {
        draw_cluster(out, backward, NULL, 'b', "backward");
        for (uint32_t i = 0; i < backward->inputs.count; i++) {
            const value v = backward->inputs.data[i], from = graph_find(forward, graph_node(backward, v)->name);
            if (from != NO_VALUE)
                fprintf(out, "  f%u -> b%u [constraint=false, color=\"#e07000\", penwidth=1.6, style=dashed];\n", from,
                        v);
        }
    }
    fputs("}\n", out);
}

static int stage_graph(session *s, cot_stage stage, const char *name, cot_graph **out) {
    cot_error error;
    char *text = NULL;
    if (cot_executable_print(s->exe, stage, &text, &error)) return report(&error);
    const cot_status status = cot_graph_parse(s->ctx, text, strlen(text), name, out, &error);
    cot_text_free(s->ctx, &text);
    return status ? report(&error) : EXIT_DONE;
}

/* The file itself, or Graphviz reading from us. Names go to it as one quoted word. */
static FILE *open_output(const char *path, bool *is_pipe) {
    const char *dot = strrchr(path, '.');
    *is_pipe = dot && strcmp(dot, ".dot") != 0;
    if (!*is_pipe) return fopen(path, "w");
    if (system("command -v dot > /dev/null 2>&1")) return NULL;
    char command[8192];
    size_t n = (size_t)snprintf(command, sizeof(command), "dot -T%s -o '",
                                !strcmp(dot, ".png")   ? "png"
                                : !strcmp(dot, ".pdf") ? "pdf"
                                                       : "svg");
    for (const char *c = path; *c && n + 8 < sizeof(command); c++) {
        if (*c == '\'') n += (size_t)snprintf(command + n, sizeof(command) - n, "'\\''");
        else command[n++] = *c;
    }
    snprintf(command + n, sizeof(command) - n, "'");
    return popen(command, "w");
}

static int draw_to(const char *path, const cot_graph *forward, const cot_graph *backward, const char *title) {
    bool is_pipe = false;
    FILE *out = open_output(path, &is_pipe);
    if (!out)
        return refuse(path, is_pipe ? "needs Graphviz's `dot` (apt install graphviz), or name a .dot file"
                                    : "cannot be written");
    draw(out, forward, backward, title);
    if ((is_pipe ? pclose(out) : fclose(out)) != 0) return refuse(path, "could not be written");
    return EXIT_DONE;
}

/* One stage by name, or forward and backward. */
static int draw_stages(session *s, const char *stage, const char *path) {
    cot_graph *forward = NULL, *backward = NULL;
    cot_stats stats;
    cot_executable_stats(s->exe, &stats);
    const bool functional = stage && !strcmp(stage, "functional"), joint = stage && !strcmp(stage, "joint");
    const cot_stage first = functional ? COT_STAGE_FUNCTIONAL : joint ? COT_STAGE_JOINT : COT_STAGE_FORWARD;
    int status = stage_graph(s, first, "forward", &forward);
    if (!status && first == COT_STAGE_FORWARD && stats.nodes_backward)
        status = stage_graph(s, COT_STAGE_BACKWARD, "backward", &backward);
    if (!status) status = draw_to(path, forward, backward, first == COT_STAGE_FORWARD ? "forward" : stage);
    cot_graph_destroy(&forward);
    cot_graph_destroy(&backward);
    return status;
}

int command_view(int argc, char **argv) {
    file_names data = {0};
    const char *path = NULL, *output = NULL, *grad = NULL, *partition = NULL, *stage = NULL, *optimizer = NULL;
    bool infer = false, memory = false, step = false;
    uint64_t budget = 0;
    uint32_t words = 0;
    const option options[] = {{"-o", OPTION_TEXT, &output, NULL},
                              {"--data", OPTION_FILES, &data, NULL},
                              {"--grad", OPTION_TEXT, &grad, NULL},
                              {"--infer", OPTION_FLAG, &infer, NULL},
                              {"--partition", OPTION_TEXT, &partition, NULL},
                              {"--stage", OPTION_TEXT, &stage, NULL},
                              {"--memory", OPTION_FLAG, &memory, NULL},
                              {"--step", OPTION_FLAG, &step, NULL},
                              {"--optimizer", OPTION_TEXT, &optimizer, NULL},
                              {"--memory-budget", OPTION_UNSIGNED, &budget, NULL}};
    int status = parse_options(argc, argv, options, sizeof(options) / sizeof(*options), &path, 1, &words, help);
    if (status) return status < 0 ? EXIT_DONE : status;
    if (!path || !output) {
        fputs("cotangent: view needs a program and -o FILE (see cotangent view --help)\n", stderr);
        return EXIT_USAGE;
    }
    program p;
    status = program_open(&p, path, &data, grad, NULL, &(machine_choice){.threads = 1});
    p.options.compile.memory_budget = budget;
    const bool adamw = optimizer && !strcmp(optimizer, "adamw");
    cot_compile_options *o = &p.options.compile;
    o->mode = infer ? COT_MODE_INFERENCE : step || optimizer ? COT_MODE_STEP : COT_MODE_TRAIN;
    o->optimizer = !optimizer ? COT_OPTIMIZER_NONE : adamw ? COT_OPTIMIZER_ADAMW : COT_OPTIMIZER_SGD;
    o->partition = partition && !strcmp(partition, "default") ? COT_PARTITION_DEFAULT : COT_PARTITION_MIN_CUT;
    if (!status) status = session_compile(&p.session, o);
    if (!status) status = memory ? draw_memory(p.session.exe, path, output) : draw_stages(&p.session, stage, output);
    program_close(&p);
    return status;
}
