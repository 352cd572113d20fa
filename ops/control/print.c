/* SPDX-License-Identifier: MIT
 * print.c — programs that print: `print` with Python's format, and aten's _print of a text.
 *
 *     print('x is {} and {b:.2f}', x, b = y) → ()
 *
 * What is printed goes to the context's callback. The format is taken apart when the call is planned; numbers and texts
 * are text from then on, a run writes tensors alone. */
#include "ops/control/control.h"
#include "ops/control/inner.h"

#include "base/error.h"
#include "ops/format.h"
#include "ops/prepare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- pieces ----------------------------------------------------------------------------------------------------- */

typedef struct piece {
    const char *text; /* NULL: a tensor */
    size_t bytes;
    uint32_t operand;
    const char *spec; /* printf's form for its one item, "" for Python's own */
    bool is_integer;  /* the form takes a long long */
} piece;

typedef struct attributes {
    const cot_context *ctx;
    const piece *pieces;
    uint32_t count;
    uint32_t room;
} attributes;

enum { ROOM = 4096, NUMBER = 512 };

static void hand_on(void *user, const char *text, size_t bytes) { context_print(user, text, bytes); }

static void print_spec(format_sink *sink, const piece *p, const tensor_desc *d, const void *data) {
    char text[NUMBER];
    char item[64];
    format_sink one = {.buffer = item, .room = sizeof item, .flush = NULL};
    format_item(&one, d, data);
    item[MIN(one.count, sizeof item - 1)] = '\0';
    int n;
    if (p->is_integer) n = snprintf(text, sizeof text, p->spec, strtoll(item, NULL, 10));
    else n = snprintf(text, sizeof text, p->spec, strtod(item, NULL));
    format_add(sink, text, (size_t)MIN(n, NUMBER - 1));
}

static void run(const kernel_call *k) {
    const attributes *a = k->attributes;
    format_sink sink = {.buffer = k->scratch, .room = a->room, .flush = hand_on, .user = (void *)(uintptr_t)a->ctx};
    for (uint32_t i = 0; i < a->count; i++) {
        const piece *p = &a->pieces[i];
        const uint32_t at = k->num_results + p->operand;
        if (p->text) format_add(&sink, p->text, p->bytes);
        else if (p->spec[0]) print_spec(&sink, p, &k->tensors[at], k->data[at]);
        else if (!k->tensors[at].ndim) format_item(&sink, &k->tensors[at], k->data[at]);
        else format_tensor(&sink, &k->tensors[at], k->data[at]);
    }
    if (sink.count) context_print(a->ctx, sink.buffer, sink.count);
}

/* ---- the format ------------------------------------------------------------------------------------------------- */

typedef struct reader {
    prepare_call *c;
    VEC(piece) pieces;
    uint32_t next; /* argument of the next "{}" */
} reader;

static cot_status bad(const reader *r, const char *what) {
    return graph_fail(r->c->graph, r->c->node, r->c->error, COT_SCHEMA, "print: %s", what);
}

static void add_text(reader *r, const char *text, size_t bytes) {
    if (bytes)
        *VEC_PUSH(r->c->arena, &r->pieces) = (piece){.text = arena_copy(r->c->arena, text, bytes), .bytes = bytes};
}

static void add_flush(void *user, const char *text, size_t bytes) { add_text(user, text, bytes); }

/* A constant as Python's str() has it; `inside` a list as repr(). */
static void add_constant(reader *r, const arg *a, bool inside) {
    char number[64];
    format_sink sink = {.buffer = number, .room = sizeof number, .flush = add_flush, .user = r};
    switch ((arg_kind)a->kind) {
    case ARG_NONE: format_text(&sink, "None"); break;
    case ARG_BOOL: format_text(&sink, a->i ? "True" : "False"); break;
    case ARG_INT: format_text(&sink, arena_printf(r->c->scratch, "%lld", (long long)a->i)); break;
    case ARG_FLOAT: format_float(&sink, a->f); break;
    case ARG_STRING:
        if (inside) format_text(&sink, "'");
        format_text(&sink, a->s);
        if (inside) format_text(&sink, "'");
        break;
    case ARG_DTYPE: {
        static const char *const names[] = {
#define X(name, code, bytes, text, torch, st) [code] = torch,
            COT_DTYPE_MAP(X)
#undef X
        };
        format_text(&sink, "torch.");
        format_text(&sink, names[a->i]);
        break;
    }
    default: format_text(&sink, a->s ? a->s : "?"); break;
    }
    add_text(r, number, sink.count);
}

static void add_tensor(reader *r, value v, const char *spec, bool is_integer) {
    const uint32_t at = inner_operand(r->c, v);
    *VEC_PUSH(r->c->arena, &r->pieces) = (piece){.operand = at, .spec = spec, .is_integer = is_integer};
}

static void add_value(reader *r, const arg *a, bool inside) {
    if (a->kind == ARG_VALUE) {
        add_tensor(r, a->value, "", false);
    } else if (a->kind == ARG_LIST || a->kind == ARG_TUPLE) {
        add_text(r, a->kind == ARG_LIST ? "[" : "(", 1);
        for (uint32_t i = 0; i < a->count; i++) {
            if (i) add_text(r, ", ", 2);
            add_value(r, &a->list[i], true);
        }
        if (a->kind == ARG_TUPLE && a->count == 1) add_text(r, ",", 1);
        add_text(r, a->kind == ARG_LIST ? "]" : ")", 1);
    } else {
        add_constant(r, a, inside);
    }
}

/* "+08.3f" as printf's form; NULL when it is none that we know. */
static const char *printf_form(reader *r, const char *spec, size_t length, bool *is_integer) {
    size_t at = 0;
    if (at < length && (spec[at] == '+' || spec[at] == ' ')) at++;
    at += strspn(spec + at, "0123456789");
    if (at < length && spec[at] == '.') at += 1 + strspn(spec + at + 1, "0123456789");
    if (at + 1 != length || !strchr("feEgGd", spec[at]) || length > 12) return NULL;
    *is_integer = spec[at] == 'd';
    return *is_integer ? arena_printf(r->c->arena, "%%%.*slld", (int)at, spec)
                       : arena_printf(r->c->arena, "%%%.*s", (int)length, spec);
}

static cot_status add_with_spec(reader *r, const arg *a, const char *spec, size_t length) {
    bool is_integer = false;
    const char *form = printf_form(r, spec, length, &is_integer);
    if (!form) return bad(r, arena_printf(r->c->scratch, "the format '%.*s' is not known", (int)length, spec));
    if (a->kind == ARG_VALUE) {
        const type *t = graph_type(r->c->graph, a->value);
        if (t->ndim) return bad(r, "unsupported format string passed to Tensor.__format__");
        add_tensor(r, a->value, form, is_integer);
        return COT_OK;
    }
    char text[NUMBER];
    if (a->kind != ARG_INT && a->kind != ARG_FLOAT && a->kind != ARG_BOOL)
        return bad(r, "a format of what is no number");
    const int n = is_integer ? snprintf(text, sizeof text, form, (long long)arg_as_int(a, 0))
                             : snprintf(text, sizeof text, form, arg_as_float(a, 0));
    add_text(r, text, (size_t)MIN(n, NUMBER - 1));
    return COT_OK;
}

/* The argument that a field names: nothing, a number, or a keyword. */
static const arg *find_argument(reader *r, const char *field, size_t length) {
    const prepare_call *c = r->c;
    const size_t digits = strspn(field, "0123456789");
    if (!length || digits >= length) {
        const uint64_t at = length ? strtoull(field, NULL, 10) : r->next++;
        return at + 1 < c->npos ? &c->args[1 + at] : NULL;
    }
    for (uint32_t i = c->npos; c->kwnames && i < c->nargs; i++)
        if (strlen(c->kwnames[i - c->npos]) == length && !memcmp(c->kwnames[i - c->npos], field, length))
            return &c->args[i];
    return NULL;
}

/* "{field:spec}" behind its opening brace; *at goes behind the closing one. */
static cot_status read_field(reader *r, const char **at) {
    const char *end = strchr(*at, '}');
    if (!end) return bad(r, "expected '}' before end of string");
    const size_t length = (size_t)(end - *at), field = strcspn(*at, ":!}");
    const arg *a = find_argument(r, *at, field);
    if (!a) return bad(r, arena_printf(r->c->scratch, "there is no argument '%.*s' for the format", (int)field, *at));
    if (field < length && (*at)[field] == '!') return bad(r, "conversions with '!' are not known");
    if (field + 1 < length) TRY(add_with_spec(r, a, *at + field + 1, length - field - 1));
    else add_value(r, a, false);
    *at = end + 1;
    return COT_OK;
}

static cot_status read_format(reader *r, const char *format) {
    for (const char *at = format; *at;) {
        const size_t plain = strcspn(at, "{}");
        add_text(r, at, plain);
        at += plain;
        if (!*at) break;
        if (at[0] == at[1]) { /* a brace itself */
            add_text(r, at, 1);
            at += 2;
        } else if (*at == '}') {
            return bad(r, "Single '}' encountered in format string");
        } else {
            at++;
            TRY(read_field(r, &at));
        }
    }
    return COT_OK;
}

static void finish(reader *r, prepare_call *c) {
    attributes *a = PREPARE_ATTRIBUTES(c, attributes);
    add_text(r, "\n", 1);
    uint64_t room = 64;
    for (uint32_t i = 0; i < r->pieces.count; i++) {
        const piece *p = &r->pieces.data[i];
        room += p->text ? p->bytes : 64 + 24 * (uint64_t)c->operands[p->operand].numel;
    }
    *a = (attributes){.ctx = c->graph->ctx, .pieces = r->pieces.data, .count = r->pieces.count};
    a->room = (uint32_t)MIN(MAX(room, 256), 16 * ROOM);
    c->scratch_bytes = a->room;
    c->kernel = run;
}

static cot_status prepare_print(prepare_call *c) {
    reader r = {.c = c};
    TRY(read_format(&r, c->args[0].s));
    finish(&r, c);
    return COT_OK;
}

static cot_status prepare_text(prepare_call *c) {
    reader r = {.c = c};
    add_text(&r, c->args[0].s, strlen(c->args[0].s));
    finish(&r, c);
    return COT_OK;
}

static cot_status shape(cot_graph *g, const node *n, type *result, cot_error *error) {
    UNUSED(g);
    static const char *const kinds[] = {
        [ARG_INT] = "int",      [ARG_FLOAT] = "float", [ARG_BOOL] = "bool",  [ARG_NONE] = "NoneType",
        [ARG_VALUE] = "Tensor", [ARG_LIST] = "list",   [ARG_TUPLE] = "tuple"};
    const uint8_t kind = n->npos ? n->args[0].kind : ARG_NONE;
    if (kind != ARG_STRING)
        return fail(error, COT_SCHEMA, "format_str must be a string, got <class '%s'>",
                    kind < COUNT_OF(kinds) && kinds[kind] ? kinds[kind] : "object");
    *result = (type){0};
    return COT_OK;
}

static const control_hooks hooks = {
    .capture = control_capture_plain, .shape_named = shape, .parameters = "format_str, arg*"};

const op_record ops_print[] = {
    {.schema = "higher_order::print",
     .traits = OP_CONTROL | OP_EFFECT | OP_ORDERED,
     .prepare = prepare_print,
     .control = &hooks},
    {.schema = "_print(str s) -> ()", .traits = OP_EFFECT | OP_ORDERED, .prepare = prepare_text},
};
const uint32_t ops_print_count = COUNT_OF(ops_print);
