/* SPDX-License-Identifier: MIT
 * cli.h — what the commands of the program `cotangent` share: options, errors, data files, timing. */
#ifndef TOOLS_CLI_H
#define TOOLS_CLI_H

#include <cotangent/cotangent.h>
#include <stdbool.h>
#include <stdio.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

/* ---- options (options.c) ---------------------------------------------------------------------------------------- */

typedef enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_FILES, OPTION_UNSIGNED, OPTION_REAL } option_kind;

typedef struct option {
    const char *name; /* "--data" */
    option_kind kind;
    void *target; /* bool *, const char **, file_names *, uint64_t *, double * */
    bool *given;  /* set when the option was given; may be NULL */
} option;

#define MAX_FILES 64 /* times that --data may be given */
typedef struct file_names {
    const char *items[MAX_FILES]; /* words of the command line */
    uint32_t count;
} file_names;

/* Parses argv[1 …] of a command: options in any order and at most `max_words` other words. EXIT_DONE, or EXIT_USAGE
 * after a line on stderr that names the option. `--help` prints `help` and gives -1. */
int parse_options(int argc, char **argv, const option *options, uint32_t count, const char **words, uint32_t max_words,
                  uint32_t *num_words, const char *help);
typedef struct string_list {
    const char **items;
    uint32_t count;
    char *text; /* that the items are parts of */
} string_list;
/* The words of `text` between any of `separators`. NULL items: out of memory, or there is none. */
string_list split_names(const char *text, const char *separators);
void list_free(string_list *list);

/* One line on stderr, `FILE:LINE:COL: error: …`, and the source line with a caret where there is one. EXIT_REFUSED. */
int report(const cot_error *error);
/* The same for an error of the program itself. */
int refuse(const char *place, const char *format, ...) __attribute__((format(printf, 2, 3)));

double now_ms(void);
void print_json_string(FILE *out, const char *text);
void print_json_number(FILE *out, double number); /* null where JSON has none */

/* ---- data (data.c) ---------------------------------------------------------------------------------------------- */

typedef struct data_files {
    cot_file *files[MAX_FILES];
    uint32_t count;
} data_files;

int data_open(cot_context *ctx, const file_names *paths, data_files *out);
void data_close(data_files *d);
bool data_find(const data_files *d, const char *key, cot_tensor *tensor); /* the first file that has it */
const char *data_metadata(const data_files *d, const char *key);
/* For input `info`: "input.NAME", else its target. */
/* The name that the files have for an input: of the two that a program captured by Dynamo has for it. */
const char *data_input_name(const data_files *d, const cot_input_info *info);
bool data_find_input(const data_files *d, const cot_input_info *info, cot_tensor *tensor);

/* Memory for a tensor of these sizes and strides (all zero: contiguous), zeroed; freed with free(t->data). false: out
 * of memory. */
bool tensor_allocate(cot_tensor *t);
size_t tensor_bytes(const cot_tensor *t); /* from the first element to the last */
int64_t tensor_count(const cot_tensor *t);
/* Copies values between tensors of the same dtype and sizes and any strides. */
void tensor_copy(cot_tensor *to, const cot_tensor *from);
double tensor_scalar(const cot_tensor *t); /* the first element as a number */

/* The pipeline options that follow from data and flags: which inputs to differentiate, which are tied, which share
 * a storage, symbolic sizes. */
typedef struct program_options {
    cot_compile_options compile;
    string_list grad, tied, view_fields;
    cot_view *views;
    cot_shape *shapes; /* for each input, from the data */
} program_options;
/* transformed: nothing is differentiated unless flag or data say so. */
void choose_gradients(program_options *o, const data_files *d, const char *grad_flag, bool transformed);
bool choose_shapes(program_options *o, const cot_graph *graph, const data_files *d);
void program_options_free(program_options *o);

/* A program, its executable, its frame and memory for every input. */
typedef struct session {
    cot_context *ctx;
    cot_graph *graph;
    cot_executable *exe;
    cot_frame *frame;
    cot_tensor *inputs; /* by input of the executable; data NULL where the input is no tensor */
    uint32_t num_inputs;
    double read_ms; /* reading and parsing */
} session;
/* How commands compute. */
typedef struct machine_choice {
    uint64_t threads;
    bool plain_f32;
} machine_choice;
int session_open(session *s, const char *path, const machine_choice *machine);
int session_compile(session *s, const cot_compile_options *options);
int session_frame(session *s); /* the frame, and room for the inputs */
void session_close(session *s);

/* What most commands begin with: the program read, its data files open, options chosen from both. program_close frees
 * what there is, whether or not program_open went well. */
typedef struct program {
    session session;
    data_files files;
    program_options options;
} program;
int program_open(program *p, const char *path, const file_names *data, const char *grad_flag, const char *transform,
                 const machine_choice *machine);
void program_close(program *p);

/* Fills s->inputs from data and binds them. An input without value is an error that names key and files. */
int session_bind(session *s, const data_files *d);

/* ---- profiles (profile.c) --------------------------------------------------------------------------------------- */

/* Runs more steps, watched: prints a table of where the time goes, writes a timeline (trace, may be NULL). */
int profile_steps(session *s, bool table, const char *trace, uint32_t threads);

/* ---- pictures (memory.c) ---------------------------------------------------------------------------------------- */

/* The arena over the schedule, as SVG. */
int draw_memory(const cot_executable *exe, const char *title, const char *path);

/* ---- commands --------------------------------------------------------------------------------------------------- */

int command_run(int argc, char **argv);
int command_compile(int argc, char **argv);
int command_bench(int argc, char **argv);
int command_train(int argc, char **argv);
int command_view(int argc, char **argv);

#endif
