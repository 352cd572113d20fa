/* SPDX-License-Identifier: MIT
 * session.c — opening a program, compiling it, making its frame: the same few calls for every command. */
#include "tools/cli.h"
#include <stdlib.h>

static void log_line(void *user, const char *line) { fprintf(user, "cotangent: %s\n", line); }

int session_open(session *s, const char *path, const machine_choice *machine) {
    cot_error error;
    *s = (session){0};
    const cot_context_options options = {.threads = (uint32_t)machine->threads,
                                         .plain_f32_products = machine->plain_f32,
                                         .log = log_line,
                                         .log_user = stderr};
    const double start = now_ms();
    if (cot_context_create(&options, &s->ctx, &error)) return report(&error);
    if (cot_graph_read(s->ctx, path, &s->graph, &error)) return report(&error);
    s->read_ms = now_ms() - start;
    return EXIT_DONE;
}

int session_compile(session *s, const cot_compile_options *options) {
    cot_error error;
    if (cot_compile(s->graph, options, &s->exe, &error)) return report(&error);
    return EXIT_DONE;
}

int session_frame(session *s) {
    cot_error error;
    s->num_inputs = cot_executable_num_inputs(s->exe);
    s->inputs = calloc(s->num_inputs ? s->num_inputs : 1, sizeof(*s->inputs));
    if (!s->inputs) return refuse("cotangent", "out of memory");
    if (cot_frame_create(s->exe, NULL, 0, &s->frame, &error)) return report(&error);
    return EXIT_DONE;
}

/* The program in the place of the one that was read. Unless it is said by what, it is not differentiated again. */
static int transform_program(session *s, const char *text) {
    cot_error error;
    cot_graph *made;
    const double start = now_ms();
    if (cot_transform(s->graph, text, &made, &error)) return report(&error);
    cot_graph_destroy(&s->graph);
    s->graph = made;
    s->read_ms += now_ms() - start;
    return EXIT_DONE;
}

int program_open(program *p, const char *path, const file_names *data, const char *grad_flag, const char *transform,
                 const machine_choice *machine) {
    *p = (program){0};
    int status = session_open(&p->session, path, machine);
    if (!status && transform) status = transform_program(&p->session, transform);
    if (!status) status = data_open(p->session.ctx, data, &p->files);
    if (status) return status;
    choose_gradients(&p->options, &p->files, grad_flag, transform != NULL);
    if (!choose_shapes(&p->options, p->session.graph, &p->files)) return refuse("cotangent", "out of memory");
    return EXIT_DONE;
}

void program_close(program *p) {
    program_options_free(&p->options);
    data_close(&p->files);
    session_close(&p->session);
}

void session_close(session *s) {
    cot_frame_destroy(&s->frame);
    for (uint32_t i = 0; s->inputs && i < s->num_inputs; i++) free(s->inputs[i].data);
    free(s->inputs);
    cot_executable_destroy(&s->exe);
    cot_graph_destroy(&s->graph);
    cot_context_destroy(&s->ctx);
}
