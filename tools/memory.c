/* SPDX-License-Identifier: MIT
 * memory.c — `cotangent view --memory`: the arena over the schedule. Across: the steps of the plan; upwards: addresses.
 * Each block is a rectangle, as wide as it lives and as high as it is large. */
#include "runtime/executable.h"
#include "tools/cli.h"
#include <math.h>
#include <string.h>

enum { WIDTH = 1400, HEIGHT = 800, LEFT = 90, TOP = 60, RIGHT = 30, BOTTOM = 80, LETTER = 7, LINE = 12 };

typedef struct picture {
    FILE *out;
    const cot_executable *exe;
    double across, up; /* pixels for a step, for a byte */
} picture;

typedef enum block_kind { FORWARD_ONLY, SAVED, BACKWARD_ONLY, KEPT, KIND_COUNT } block_kind;
static const struct {
    const char *color, *words;
} kinds[KIND_COUNT] = {{"#9dc3e6", "forward"},
                       {"#f4b860", "from forward to backward"},
                       {"#a9d8a0", "backward"},
                       {"#c9a7dc", "until the end: outputs and gradients"}};

static uint32_t num_steps(const cot_executable *e) { return e->plan.num_steps; }

/* The first step of the backward; num_steps where there is none. */
static uint32_t boundary(const cot_executable *e) {
    uint32_t i = 0;
    while (i < e->plan.num_steps && !e->plan.steps[i].backward) i++;
    return i;
}

static block_kind kind_of(const cot_executable *e, const plan_block *b) {
    const uint32_t middle = boundary(e);
    if (b->last >= num_steps(e)) return KEPT;
    return b->first >= middle ? BACKWARD_ONLY : b->last >= middle ? SAVED : FORWARD_ONLY;
}

static double x_of(const picture *p, uint32_t step) { return LEFT + p->across * step; }
static double y_of(const picture *p, uint64_t offset) { return TOP + HEIGHT - p->up * (double)offset; }

static void print_escaped(FILE *out, const char *text) {
    for (; *text; text++) {
        if (*text == '<' || *text == '&') fputs(*text == '<' ? "&lt;" : "&amp;", out);
        else fputc(*text, out);
    }
}

/* "1.5 MB". */
static void print_bytes(FILE *out, uint64_t bytes) {
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
    double number = (double)bytes;
    int unit = 0;
    for (; number >= 1000 && unit < 4; unit++) number /= 1000;
    fprintf(out, number >= 100 || !unit ? "%.0f %s" : "%.1f %s", number, units[unit]);
}

static void draw_block(const picture *p, const plan_block *b) {
    const cot_executable *e = p->exe;
    const uint32_t last = MIN(b->last, num_steps(e) - 1);
    const double x = x_of(p, b->first), width = x_of(p, last + 1) - x;
    const double y = y_of(p, b->offset + b->bytes), height = p->up * (double)b->bytes;
    fprintf(p->out,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.2f\" fill=\"%s\" stroke=\"#555\" "
            "stroke-width=\"%.2f\"><title>",
            x, y, width, height, kinds[kind_of(e, b)].color, height > 2 ? 0.5 : 0.1);
    print_escaped(p->out, b->name);
    fprintf(p->out, ": ");
    print_bytes(p->out, b->bytes);
    fprintf(p->out, " at %llu, steps %u to %u</title></rect>\n", (unsigned long long)b->offset, b->first, last);
    if (height < LINE || width < (double)LETTER * (double)strlen(b->name) * 0.9) return;
    fprintf(p->out, "<text x=\"%.1f\" y=\"%.1f\" class=\"name\">", x + 3, y + height / 2 + 4);
    print_escaped(p->out, b->name);
    fprintf(p->out, "</text>\n");
}

/* Bytes that hold something, step by step: what the best of all placements would need. */
static uint64_t draw_live(const picture *p) {
    uint64_t most = 0;
    fprintf(p->out, "<polyline fill=\"none\" stroke=\"#c00000\" stroke-width=\"1.5\" points=\"");
    for (uint32_t i = 0; i < num_steps(p->exe); i++) {
        uint64_t live = 0;
        for (uint32_t k = 0; k < p->exe->plan.num_arena_blocks; k++) {
            const plan_block *b = &p->exe->plan.arena_blocks[k];
            if (b->first <= i && i <= b->last) live += b->bytes;
        }
        fprintf(p->out, "%.1f,%.1f %.1f,%.1f ", x_of(p, i), y_of(p, live), x_of(p, i + 1), y_of(p, live));
        most = MAX(most, live);
    }
    fprintf(p->out, "\"/>\n");
    return most;
}

/* A round number near a tenth of `all`: 1, 2 or 5 times a power of ten. */
static double round_step(double all) {
    const double power = pow(10, floor(log10(all / 8))), times = all / 8 / power;
    return power * (times > 5 ? 10 : times > 2 ? 5 : times > 1 ? 2 : 1);
}

static void draw_axes(const picture *p) {
    const cot_executable *e = p->exe;
    const double bytes = round_step((double)e->plan.arena_bytes), steps = fmax(1, round_step(num_steps(e)));
    for (double b = 0; b <= (double)e->plan.arena_bytes; b += bytes) {
        const double y = y_of(p, (uint64_t)b);
        fprintf(p->out,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" class=\"grid\"/><text x=\"%d\" y=\"%.1f\" "
                "text-anchor=\"end\">",
                LEFT, y, LEFT + WIDTH, y, LEFT - 6, y + 4);
        print_bytes(p->out, (uint64_t)b);
        fprintf(p->out, "</text>\n");
    }
    for (double s = 0; s < num_steps(e); s += steps)
        fprintf(p->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>\n", x_of(p, (uint32_t)s),
                TOP + HEIGHT + 16, s);
    const uint32_t middle = boundary(e);
    if (middle == num_steps(e)) return;
    fprintf(p->out, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#000\" stroke-dasharray=\"6 4\"/>\n",
            x_of(p, middle), TOP - 14, x_of(p, middle), TOP + HEIGHT);
    fprintf(p->out,
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\">forward</text>"
            "<text x=\"%.1f\" y=\"%d\">backward</text>\n",
            x_of(p, middle) - 6, TOP - 4, x_of(p, middle) + 6, TOP - 4);
}

static void draw_legend(const picture *p, uint64_t live) {
    double x = LEFT;
    const int y = TOP + HEIGHT + 34;
    for (int k = 0; k < KIND_COUNT; k++) {
        fprintf(p->out,
                "<rect x=\"%.0f\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\" stroke=\"#555\"/>"
                "<text x=\"%.0f\" y=\"%d\">%s</text>\n",
                x, y, kinds[k].color, x + 18, y + 11, kinds[k].words);
        x += 40 + LETTER * (double)strlen(kinds[k].words);
    }
    fprintf(p->out, "<text x=\"%d\" y=\"%d\" fill=\"#c00000\">red line: bytes in use, at most ", LEFT, y + 32);
    print_bytes(p->out, live);
    fprintf(p->out, "; the arena has ");
    print_bytes(p->out, p->exe->plan.arena_bytes);
    fprintf(p->out, "</text>\n");
}

int draw_memory(const cot_executable *exe, const char *title, const char *path) {
    if (!exe->plan.num_steps || !exe->plan.arena_bytes) return refuse(title, "the plan uses no memory of its own");
    FILE *out = fopen(path, "w");
    if (!out) return refuse(path, "cannot be written");
    const picture p = {out, exe, (double)WIDTH / exe->plan.num_steps, (double)HEIGHT / (double)exe->plan.arena_bytes};
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
            "font-size=\"12\">\n<style>.grid{stroke:#ddd} .name{font-size:11px;pointer-events:none}</style>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n<text x=\"%d\" y=\"24\" font-size=\"16\">",
            LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM + 10, LEFT);
    print_escaped(out, title);
    fprintf(out, ": the arena over the steps of the plan</text>\n");
    draw_axes(&p);
    for (uint32_t i = 0; i < exe->plan.num_arena_blocks; i++) draw_block(&p, &exe->plan.arena_blocks[i]);
    draw_legend(&p, draw_live(&p));
    fprintf(out, "</svg>\n");
    if (fclose(out)) return refuse(path, "could not be written");
    return EXIT_DONE;
}
