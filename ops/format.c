/* SPDX-License-Identifier: MIT
 * format.c — tensors as text (PyTorch: _tensor_str.py): one width for all numbers of a tensor, integers without digits
 * behind the point, exponents where numbers differ by more than a thousandfold. */
#include "ops/format.h"

#include "kernels/element.h"

#include <stdio.h>
#include <stdlib.h>

enum { DIGITS = 4, THRESHOLD = 1000, EDGE = 3, LINE = 80 };

void format_add(format_sink *s, const char *text, size_t bytes) {
    while (bytes) {
        const size_t part = MIN(bytes, s->room - s->count);
        memcpy(s->buffer + s->count, text, part);
        s->count += part, text += part, bytes -= part;
        if (s->count < s->room) continue;
        s->flush(s->user, s->buffer, s->count);
        s->count = 0;
    }
}

void format_text(format_sink *s, const char *text) { format_add(s, text, strlen(text)); }

static void add_blanks(format_sink *s, int64_t count) {
    while (count-- > 0) format_add(s, " ", 1);
}

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

/* How the numbers of a tensor, or of its real or imaginary parts, are written. */
typedef struct style {
    bool is_float, is_bool, exponents, integers;
    int width;
    uint8_t part; /* of a complex number: 0 real, 1 imaginary */
} style;

static bool is_float_dtype(uint8_t d) { return d <= COT_BF16 || d == COT_C64 || d == COT_C128; }
static bool is_complex_dtype(uint8_t d) { return d == COT_C64 || d == COT_C128; }

static double load(const tensor_desc *d, const void *data, int64_t at, uint8_t part) {
    if (d->dtype == COT_C64) return ((const float *)data)[2 * at + part];
    if (d->dtype == COT_C128) return ((const double *)data)[2 * at + part];
    return element_load(d->dtype, data, at);
}

static int write_number(char *to, size_t room, const style *st, const tensor_desc *d, const void *data, int64_t at) {
    if (st->is_bool) return snprintf(to, room, "%s", load(d, data, at, 0) != 0 ? "True" : "False");
    if (d->dtype == COT_I64) return snprintf(to, room, "%lld", (long long)((const int64_t *)data)[at]);
    const double x = load(d, data, at, st->part);
    if (!st->is_float) return snprintf(to, room, "%lld", (long long)x);
    if (isnan(x)) return snprintf(to, room, "nan");
    if (isinf(x)) return snprintf(to, room, "%s", x < 0 ? "-inf" : "inf");
    if (st->exponents) return snprintf(to, room, "%.*e", DIGITS, x);
    if (st->integers) return snprintf(to, room, "%.0f.", x);
    return snprintf(to, room, "%.*f", DIGITS, x);
}

enum { NUMBER = 400 }; /* characters of the longest one: %f of a double */

static void add_number(format_sink *s, const style *st, const tensor_desc *d, const void *data, int64_t at) {
    char text[NUMBER];
    const int n = write_number(text, sizeof text, st, d, data, at);
    add_blanks(s, st->width - n);
    format_add(s, text, (size_t)n);
}

/* A complex number: the imaginary part without blanks in front, with its sign. */
static void add_complex(format_sink *s, const style *st, const tensor_desc *d, const void *data, int64_t at) {
    char text[NUMBER];
    add_number(s, &st[0], d, data, at);
    const int n = write_number(text, sizeof text, &st[1], d, data, at);
    if (text[0] != '-') format_add(s, "+", 1);
    format_add(s, text, (size_t)n);
    format_add(s, "j", 1);
}

static void add_element(format_sink *s, const style *st, const tensor_desc *d, const void *data, int64_t at) {
    if (is_complex_dtype(d->dtype)) add_complex(s, st, d, data, at);
    else add_number(s, st, d, data, at);
}

/* ---- which numbers are shown ------------------------------------------------------------------------------------ */

/* Item k of those that are shown of a dimension: the first ones, then the last ones. */
static int64_t shown_item(const tensor_desc *d, uint32_t dim, bool shortened, int64_t k) {
    return shortened && d->sizes[dim] > 2 * EDGE && k >= EDGE ? d->sizes[dim] - 2 * EDGE + k : k;
}

static int64_t shown_count(const tensor_desc *d, uint32_t dim, bool shortened) {
    return shortened && d->sizes[dim] > 2 * EDGE ? 2 * EDGE : d->sizes[dim];
}

typedef struct survey {
    double least, most;
    bool any, fraction;
    int plain, exponents, integers; /* widths */
} survey;

static void look_at(survey *x, double v) {
    char text[NUMBER];
    if (!isfinite(v) || v == 0) return;
    const double size = fabs(v);
    x->least = x->any ? fmin(x->least, size) : size;
    x->most = x->any ? fmax(x->most, size) : size;
    x->any = true;
    x->fraction |= v != ceil(v);
    const int plain = snprintf(text, sizeof text, "%.*f", DIGITS, v);
    const int exponents = snprintf(text, sizeof text, "%.*e", DIGITS, v);
    const int integers = snprintf(text, sizeof text, "%.0f", v) + 1;
    x->plain = MAX(x->plain, plain);
    x->exponents = MAX(x->exponents, exponents);
    x->integers = MAX(x->integers, integers);
}

/* Goes over the numbers that are shown. */
static void choose_style(style *st, const tensor_desc *d, const void *data, bool shortened) {
    survey x = {0};
    int64_t count = 1, width = 1;
    char text[NUMBER];
    for (uint32_t i = 0; i < d->ndim; i++) count *= shown_count(d, i, shortened);
    for (int64_t n = 0; n < count; n++) {
        int64_t left = n, at = 0;
        for (uint32_t i = d->ndim; i-- > 0; left /= shown_count(d, i, shortened))
            at += shown_item(d, i, shortened, left % shown_count(d, i, shortened)) * d->strides[i];
        if (st->is_float) look_at(&x, load(d, data, at, st->part));
        else width = MAX(width, write_number(text, sizeof text, st, d, data, at));
    }
    st->integers = !x.fraction;
    st->exponents = x.any && (x.most / x.least > 1000 || x.most > 1e8 || x.least < 1e-4);
    st->width = (int)width;
    if (x.any) st->width = st->exponents ? x.exponents : st->integers ? x.integers : x.plain;
}

/* ---- rows ------------------------------------------------------------------------------------------------------- */

typedef struct writer {
    format_sink *sink;
    const tensor_desc *d;
    const void *data;
    style styles[2];
    bool shortened;
} writer;

static void add_vector(writer *w, uint32_t dim, int64_t at, int64_t indent) {
    const tensor_desc *d = w->d;
    int64_t length = w->styles[0].width + 2;
    if (is_complex_dtype(d->dtype)) length += w->styles[1].width + 1;
    const int64_t on_a_line = MAX((LINE - indent) / length, 1), count = shown_count(d, dim, w->shortened);
    const bool gap = count < d->sizes[dim];
    format_text(w->sink, "[");
    for (int64_t k = 0, shown = 0; k < count; k++) {
        for (int64_t dots = gap && k == EDGE; dots >= 0; dots--, shown++) {
            if (shown) format_text(w->sink, shown % on_a_line ? ", " : ",\n");
            if (shown && shown % on_a_line == 0) add_blanks(w->sink, indent + 1);
            if (dots) format_text(w->sink, " ...");
            else
                add_element(w->sink, w->styles, d, w->data, at + shown_item(d, dim, w->shortened, k) * d->strides[dim]);
        }
    }
    format_text(w->sink, "]");
}

static void add_rows(writer *w, uint32_t dim, int64_t at, int64_t indent) {
    const tensor_desc *d = w->d;
    if (dim + 1 == d->ndim) {
        add_vector(w, dim, at, indent);
        return;
    }
    const int64_t count = shown_count(d, dim, w->shortened);
    const bool gap = count < d->sizes[dim];
    format_text(w->sink, "[");
    for (int64_t k = 0; k < count; k++) {
        for (int64_t dots = gap && k == EDGE; dots >= 0; dots--) {
            if (k) {
                format_text(w->sink, ",");
                for (uint32_t line = dim + 1; line < d->ndim; line++) format_text(w->sink, "\n");
                add_blanks(w->sink, indent + 1);
            }
            if (dots) format_text(w->sink, "...");
            else add_rows(w, dim + 1, at + shown_item(d, dim, w->shortened, k) * d->strides[dim], indent + 1);
        }
    }
    format_text(w->sink, "]");
}

static void start_styles(writer *w) {
    for (uint8_t part = 0; part < 2; part++)
        w->styles[part] = (style){.is_float = is_float_dtype(w->d->dtype),
                                  .is_bool = w->d->dtype == COT_BOOL,
                                  .integers = true,
                                  .part = part};
}

static const char *dtype_name(uint8_t dtype) {
    static const char *const names[] = {
#define X(name, code, bytes, text, torch, st) [code] = torch,
        COT_DTYPE_MAP(X)
#undef X
    };
    return names[dtype];
}

static void add_sizes(format_sink *s, const tensor_desc *d) {
    char text[32];
    format_text(s, ", size=(");
    for (uint32_t i = 0; i < d->ndim; i++) {
        snprintf(text, sizeof text, "%s%lld", i ? ", " : "", (long long)d->sizes[i]);
        format_text(s, text);
    }
    format_text(s, d->ndim == 1 ? ",)" : ")");
}

/* Goes through a buffer, and keeps how long its last line is. */
typedef struct counted {
    format_sink *to;
    size_t last_line;
} counted;

static void count_line(void *user, const char *text, size_t bytes) {
    counted *c = user;
    format_add(c->to, text, bytes);
    for (size_t i = 0; i < bytes; i++) c->last_line = text[i] == '\n' ? 0 : c->last_line + 1;
}

static void add_contents(format_sink *s, const tensor_desc *d, const void *data) {
    writer w = {.sink = s, .d = d, .data = data, .shortened = d->numel > THRESHOLD};
    start_styles(&w);
    for (uint8_t part = 0; part <= is_complex_dtype(d->dtype); part++)
        choose_style(&w.styles[part], d, data, w.shortened);
    if (d->ndim) add_rows(&w, 0, 0, (int64_t)strlen("tensor("));
    else add_element(s, w.styles, d, data, 0);
}

void format_tensor(format_sink *s, const tensor_desc *d, const void *data) {
    const bool is_default =
        d->dtype == COT_F32 || (d->numel && (d->dtype == COT_C64 || d->dtype == COT_I64 || d->dtype == COT_BOOL));
    char lines[128], suffix[32];
    counted c = {.to = s, .last_line = strlen("tensor(")};
    format_sink inner = {.buffer = lines, .room = sizeof lines, .flush = count_line, .user = &c};
    format_text(s, "tensor(");
    if (d->numel) add_contents(&inner, d, data);
    else format_text(&inner, "[]");
    count_line(&c, lines, inner.count);
    if (!d->numel && d->ndim != 1) add_sizes(s, d);
    snprintf(suffix, sizeof suffix, "dtype=torch.%s", dtype_name(d->dtype));
    /* As the reference counts: two more than the last line has. */
    if (!is_default) {
        format_text(s, c.last_line + 2 + strlen(suffix) + 2 > LINE ? ",\n       " : ", ");
        format_text(s, suffix);
    }
    format_text(s, ")");
}

void format_float(format_sink *s, double x) {
    char text[NUMBER];
    if (isnan(x) || isinf(x)) {
        format_text(s, isnan(x) ? "nan" : x < 0 ? "-inf" : "inf");
        return;
    }
    int digits = 1;
    do snprintf(text, sizeof text, "%.*e", digits - 1, x);
    while (strtod(text, NULL) != x && ++digits <= 17);
    const int exponent = atoi(strchr(text, 'e') + 1);
    if (exponent >= -4 && exponent < 16) snprintf(text, sizeof text, "%.*f", MAX(digits - 1 - exponent, 1), x);
    format_text(s, text);
}

void format_item(format_sink *s, const tensor_desc *d, const void *data) {
    char text[NUMBER];
    if (is_float_dtype(d->dtype) && !is_complex_dtype(d->dtype)) {
        format_float(s, load(d, data, 0, 0));
        return;
    }
    writer w = {.d = d};
    start_styles(&w);
    if (is_complex_dtype(d->dtype)) {
        add_complex(s, w.styles, d, data, 0);
        return;
    }
    const int n = write_number(text, sizeof text, w.styles, d, data, 0);
    format_add(s, text, (size_t)n);
}
