/* SPDX-License-Identifier: MIT
 * profile.c — `cotangent bench --profile` and `--trace`: where the time of a step goes, as a table and as a timeline.
 *
 * Several steps are watched and the fastest is shown. Kernels of one operator and the same sizes are one line of the
 * table; beside their speed stands what the machine can do at most, measured in the same run. */
#include "tools/cli.h"
#include <stdlib.h>
#include <string.h>

enum { WATCHED_STEPS = 50, MAX_THREADS = 64, MAX_LINES = 40 };
#define WATCHED_MS 2000

/* ---- recording --------------------------------------------------------------------------------------------------- */

typedef struct event_list {
    cot_event *items;
    size_t count, room;
} event_list;

typedef struct recorder {
    event_list kernels, pieces[MAX_THREADS]; /* a thread writes its own list */
    bool failed;
} recorder;

static void event_list_add(event_list *list, const cot_event *event, bool *failed) {
    if (list->count == list->room) {
        const size_t room = list->room ? 2 * list->room : 1024;
        cot_event *grown = realloc(list->items, room * sizeof(*grown));
        if (!grown) {
            *failed = true;
            return;
        }
        list->items = grown;
        list->room = room;
    }
    list->items[list->count++] = *event;
}

static void record(void *user, const cot_event *event) {
    recorder *r = user;
    const bool is_piece = event->kind == COT_EVENT_PIECE;
    event_list_add(is_piece ? &r->pieces[event->thread % MAX_THREADS] : &r->kernels, event, &r->failed);
}

static void recorder_clear(recorder *r) {
    r->kernels.count = 0;
    for (int t = 0; t < MAX_THREADS; t++) r->pieces[t].count = 0;
}

static void recorder_free(recorder *r) {
    free(r->kernels.items);
    for (int t = 0; t < MAX_THREADS; t++) free(r->pieces[t].items);
}

/* Watches steps for a while; `best` gets the events of the fastest one. */
static int watch_steps(session *s, recorder *best, double *best_ms) {
    cot_error error;
    recorder r = {0};
    *best_ms = 0;
    const double end = now_ms() + WATCHED_MS;
    for (int i = 0; i < WATCHED_STEPS && (i < 3 || now_ms() < end); i++) {
        recorder_clear(&r);
        cot_frame_watch(s->frame, record, &r);
        const double start = now_ms();
        const cot_status status = cot_step(s->frame, &error);
        const double ms = now_ms() - start;
        cot_frame_watch(s->frame, NULL, NULL);
        if (status) return report(&error);
        if (r.failed) return refuse("cotangent", "out of memory");
        if (*best_ms != 0 && ms >= *best_ms) continue;
        const recorder other = *best;
        *best = r, r = other, *best_ms = ms;
    }
    recorder_free(&r);
    return EXIT_DONE;
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

typedef struct line {
    cot_kernel_info info;
    uint64_t ns, busy_ns; /* busy: of all threads together */
    uint32_t calls;
    double flops, read, written;
    char names[64]; /* of some nodes */
} line;

static int by_what(const void *a, const void *b) {
    const line *x = a, *y = b;
    int order = strcmp(x->info.what, y->info.what);
    if (!order) order = strcmp(x->info.operands, y->info.operands);
    return order ? order : strcmp(x->info.results, y->info.results);
}

static int by_time(const void *a, const void *b) {
    const line *x = a, *y = b;
    return x->ns != y->ns ? (x->ns < y->ns ? 1 : -1) : by_what(a, b);
}

static void add_name(line *l, const char *name) {
    const size_t used = strlen(l->names), more = strlen(name);
    if (used && used + more + 8 > sizeof(l->names)) {
        if (l->names[used - 1] != '.') strcat(l->names, " ...");
        return;
    }
    snprintf(l->names + used, sizeof(l->names) - used, "%s%s", used ? " " : "", name);
}

/* How long the kernel's pieces ran in it; the whole kernel where it was not divided. */
static uint64_t busy_time(recorder *r, size_t next[MAX_THREADS], const cot_event *kernel) {
    uint64_t busy = 0;
    for (int t = 0; t < MAX_THREADS; t++) {
        const event_list *pieces = &r->pieces[t];
        for (; next[t] < pieces->count && pieces->items[next[t]].begin_ns < kernel->end_ns; next[t]++)
            if (pieces->items[next[t]].begin_ns >= kernel->begin_ns)
                busy += pieces->items[next[t]].end_ns - pieces->items[next[t]].begin_ns;
    }
    return busy ? busy : kernel->end_ns - kernel->begin_ns;
}

/* One line for each operator with the same sizes, the longest first; gives their number. */
static size_t make_lines(recorder *r, line *lines) {
    size_t count = 0, next[MAX_THREADS] = {0};
    for (size_t i = 0; i < r->kernels.count; i++) {
        const cot_event *e = &r->kernels.items[i];
        if (e->kind != COT_EVENT_KERNEL) continue;
        line *l = &lines[count++];
        *l = (line){.ns = e->end_ns - e->begin_ns, .calls = 1};
        cot_kernel_describe(e->kernel, &l->info);
        l->busy_ns = busy_time(r, next, e);
        l->flops = l->info.flops, l->read = (double)l->info.bytes_read, l->written = (double)l->info.bytes_written;
    }
    qsort(lines, count, sizeof(*lines), by_what);
    size_t merged = 0;
    for (size_t i = 0; i < count; i++) {
        if (!merged || by_what(&lines[merged - 1], &lines[i])) {
            lines[merged++] = lines[i];
        } else {
            line *l = &lines[merged - 1];
            l->ns += lines[i].ns, l->busy_ns += lines[i].busy_ns, l->calls++;
            l->flops += lines[i].flops, l->read += lines[i].read, l->written += lines[i].written;
        }
        add_name(&lines[merged - 1], lines[i].info.name);
    }
    qsort(lines, merged, sizeof(*lines), by_time);
    return merged;
}

/* The time that the machine needs at least. */
static double least_seconds(const cot_machine *m, double flops, double read, double written) {
    const double compute = flops / m->flops, memory = read / m->read + written / m->write;
    return compute > memory ? compute : memory;
}

/* "torch.ops.aten.mm.default" as "mm". */
static void print_operator(const char *what) {
    static const char prefix[] = "torch.ops.", aten[] = "aten.", suffix[] = ".default";
    if (!strncmp(what, prefix, sizeof(prefix) - 1)) what += sizeof(prefix) - 1;
    if (!strncmp(what, aten, sizeof(aten) - 1)) what += sizeof(aten) - 1;
    size_t length = strlen(what);
    if (length >= sizeof(suffix) && !strcmp(what + length - sizeof(suffix) + 1, suffix)) length -= sizeof(suffix) - 1;
    printf("%.*s", (int)length, what);
}

static void print_line(const line *l, double step_ms, const cot_machine *m) {
    const double s = l->ns ? (double)l->ns * 1e-9 : 1e-9, bytes = l->read + l->written;
    printf("%9.3f %5.1f%% %5u %9.1f %7.1f %5.0f%% %5.0f%%  ", s * 1e3, 1e5 * s / step_ms, l->calls, l->flops / s * 1e-9,
           bytes / s * 1e-9, 100 * least_seconds(m, l->flops, l->read, l->written) / s,
           100 * (double)l->busy_ns / ((double)l->ns * m->threads));
    print_operator(l->info.what);
    printf("  %s -> %s  (%s)\n", l->info.operands, l->info.results, l->names);
}

static void print_summary(const recorder *r, const line *lines, size_t count, double step_ms, const cot_machine *m) {
    double forward = 0, backward = 0, least = 0;
    uint32_t kernels = 0;
    for (size_t i = 0; i < r->kernels.count; i++) {
        const cot_event *e = &r->kernels.items[i];
        if (e->kind == COT_EVENT_KERNEL)
            *(e->is_backward ? &backward : &forward) += (double)(e->end_ns - e->begin_ns) * 1e-6;
    }
    for (size_t i = 0; i < count; i++) {
        kernels += lines[i].calls;
        least += 1e3 * least_seconds(m, lines[i].flops, lines[i].read, lines[i].written);
    }
    const double outside = step_ms - forward - backward;
    printf("machine: %u threads, f32 %.0f GFLOP/s, memory read %.1f and write %.1f GB/s\n", m->threads, m->flops * 1e-9,
           m->read * 1e-9, m->write * 1e-9);
    printf("step %.3f ms: %u kernels, forward %.3f ms, backward %.3f ms, outside of kernels %.3f ms (%.1f%%)\n",
           step_ms, kernels, forward, backward, outside, 100 * outside / step_ms);
    printf("at the machine's peaks the kernels would take %.3f ms (%.0f%% of the step)\n", least,
           100 * least / step_ms);
}

static int print_table(recorder *r, double step_ms, const cot_machine *m) {
    line *lines = malloc((r->kernels.count + 1) * sizeof(*lines));
    if (!lines) return refuse("cotangent", "out of memory");
    const size_t count = make_lines(r, lines);
    print_summary(r, lines, count, step_ms, m);
    printf("\n       ms  share calls   GFLOP/s    GB/s   peak   busy  operator  operands -> results  (nodes)\n");
    double rest = 0;
    for (size_t i = 0; i < count; i++) {
        if (i < MAX_LINES) print_line(&lines[i], step_ms, m);
        else rest += (double)lines[i].ns * 1e-6;
    }
    if (count > MAX_LINES) printf("%9.3f %5.1f%% in %zu other lines\n", rest, 100 * rest / step_ms, count - MAX_LINES);
    printf("peak: of what the machine's arithmetic or memory allows; over 100%% where data lay in caches\n"
           "busy: threads at work while the kernel ran\n\n");
    free(lines);
    return EXIT_DONE;
}

/* ---- the timeline ------------------------------------------------------------------------------------------------ */

static void write_event(FILE *out, const cot_event *e, uint64_t origin) {
    cot_kernel_info info;
    cot_kernel_describe(e->kernel, &info);
    const bool is_piece = e->kind == COT_EVENT_PIECE;
    fprintf(out, ",\n{\"name\": ");
    print_json_string(out, info.name);
    fprintf(out, ", \"cat\": \"%s\", \"ph\": \"X\", \"pid\": 1, \"tid\": %u, \"ts\": %.3f, \"dur\": %.3f",
            e->is_backward ? "backward" : "forward", is_piece ? e->thread + 1 : 0,
            (double)(e->begin_ns - origin) * 1e-3, (double)(e->end_ns - e->begin_ns) * 1e-3);
    if (!is_piece) {
        fprintf(out, ", \"args\": {\"operator\": ");
        print_json_string(out, info.what);
        fprintf(out, ", \"operands\": ");
        print_json_string(out, info.operands);
        fprintf(out, ", \"results\": ");
        print_json_string(out, info.results);
        fprintf(out, ", \"flops\": ");
        print_json_number(out, info.flops);
        fprintf(out, ", \"bytes\": %llu}", (unsigned long long)(info.bytes_read + info.bytes_written));
    }
    fprintf(out, "}");
}

static void write_thread(FILE *out, uint32_t id, const char *name, uint32_t number) {
    fprintf(out, "%s{\"name\": \"thread_name\", \"ph\": \"M\", \"pid\": 1, \"tid\": %u, \"args\": {\"name\": \"%s",
            id ? ",\n" : "", id, name);
    if (id) fprintf(out, " %u", number);
    fprintf(out, "\"}}");
}

/* Chrome's trace-event format: https://ui.perfetto.dev opens it. */
static int write_trace(const recorder *r, const char *path) {
    FILE *out = fopen(path, "w");
    if (!out) return refuse(path, "cannot be written");
    uint64_t origin = UINT64_MAX;
    for (size_t i = 0; i < r->kernels.count; i++)
        if (r->kernels.items[i].begin_ns < origin) origin = r->kernels.items[i].begin_ns;
    fprintf(out, "{\"displayTimeUnit\": \"ns\", \"traceEvents\": [\n");
    write_thread(out, 0, "steps of the plan", 0);
    for (uint32_t t = 0; t < MAX_THREADS; t++)
        if (r->pieces[t].count) write_thread(out, t + 1, "thread", t);
    for (size_t i = 0; i < r->kernels.count; i++) write_event(out, &r->kernels.items[i], origin);
    for (uint32_t t = 0; t < MAX_THREADS; t++)
        for (size_t i = 0; i < r->pieces[t].count; i++) write_event(out, &r->pieces[t].items[i], origin);
    fprintf(out, "\n]}\n");
    if (fclose(out)) return refuse(path, "could not be written");
    return EXIT_DONE;
}

int profile_steps(session *s, bool table, const char *trace, uint32_t threads) {
    cot_error error;
    cot_machine machine;
    recorder best = {0};
    double ms;
    int status = watch_steps(s, &best, &ms);
    if (!status && trace) status = write_trace(&best, trace);
    if (!status && table) {
        if (cot_context_measure(s->ctx, threads, &machine, &error)) return report(&error);
        status = print_table(&best, ms, &machine);
    }
    recorder_free(&best);
    return status;
}
