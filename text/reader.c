/* SPDX-License-Identifier: MIT
 * reader.c — small steps of the reader, errors with a place, and what names stand for. */
#include "text/read.h"

#include <stdio.h>
#include <string.h>

/* ---- errors ------------------------------------------------------------------------------------------------------ */

/* The line of text around `at`; of a long line a window, the place in its middle. */
static void copy_source_line(reader *r, const token *at) {
    const char *from = at->start - (at->column - 1), *to = from;
    while (to < r->text_end && *to != '\n' && *to != '\r') to++;
    cot_error *e = r->error;
    size_t room = sizeof e->source - 1, offset = at->column - 1;
    if ((size_t)(to - from) > room && offset > room / 2) from += offset - room / 2;
    while (from < at->start && ((unsigned char)*from & 0xc0) == 0x80) from++;
    size_t n = MIN((size_t)(to - from), room);
    while (n && from + n < to && ((unsigned char)from[n] & 0xc0) == 0x80) n--;
    memcpy(e->source, from, n);
    e->source[n] = '\0';
    e->source_column = (uint32_t)(at->start - from) + 1;
}

cot_status read_place(reader *r, const token *at, cot_status status) {
    cot_error *e = r->error;
    if (!e || status == COT_OK || e->line) return status;
    snprintf(e->file, sizeof e->file, "%s", r->file);
    e->line = at->line;
    e->column = at->column;
    copy_source_line(r, at);
    if (!e->node[0] && r->target) snprintf(e->node, sizeof e->node, "%s", r->target);
    return status;
}

cot_status read_fail(reader *r, const token *at, cot_status status, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_v(r->error, status, format, args);
    va_end(args);
    return read_place(r, at, status);
}

/* ---- tokens ------------------------------------------------------------------------------------------------------ */

bool read_accept(reader *r, uint32_t sign) {
    if (!token_is(&r->lex.now, sign)) return false;
    lex_next(&r->lex);
    return true;
}

cot_status read_close(reader *r, const token *open, uint32_t sign, const char *shown) {
    if (read_accept(r, sign)) return COT_OK;
    if (read_now(r)->line > open->line)
        return read_fail(r, open, COT_SYNTAX, "'%.*s' is not closed: expected '%s' before line %u",
                         (int)(open->end - open->start), open->start, shown, read_now(r)->line);
    return read_expect(r, sign, shown);
}

cot_status read_expect(reader *r, uint32_t sign, const char *shown) {
    if (read_accept(r, sign)) return COT_OK;
    const token *t = read_now(r);
    if (t->kind == TOKEN_BAD) return read_fail(r, t, COT_SYNTAX, "%s", t->problem);
    return read_fail(r, t, COT_SYNTAX, "expected '%s', found %s", shown, token_show(r->scratch, t));
}

bool read_at_end(const reader *r) {
    const token *t = read_now(r);
    return t->kind == TOKEN_NEWLINE || t->kind == TOKEN_END || token_is(t, ';');
}

void read_skip(reader *r) {
    while (!read_at_end(r) && read_now(r)->kind != TOKEN_BAD) lex_next(&r->lex);
}

const char *read_name_of(reader *r, const token *t) {
    return arena_string(r->arena, t->start, (size_t)(t->end - t->start));
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

const arg *read_lookup(reader *r, const char *name) {
    uint32_t i = map_get(&r->scope, name);
    return i == MAP_NONE ? NULL : &r->bindings.data[i].value;
}

/* Words that mean something else wherever they stand: Python's keywords, and what printed programs use. */
static bool is_taken_word(const char *name) {
    static const char *const words[] = {
        "False", "None",     "True",  "and",       "as",     "assert",   "async",  "await",    "break",
        "class", "continue", "def",   "del",       "elif",   "else",     "except", "finally",  "for",
        "from",  "global",   "if",    "import",    "in",     "is",       "lambda", "nonlocal", "not",
        "or",    "pass",     "raise", "return",    "try",    "while",    "with",   "yield",    "inf",
        "nan",   "self",     "torch", "fx_pytree", "pytree", "Ellipsis",
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (!strcmp(words[i], name)) return true;
    return false;
}

void read_rebind(reader *r, value from, value to) {
    for (uint32_t i = 0; i < r->bindings.count; i++) {
        arg *a = &r->bindings.data[i].value;
        if (a->kind == ARG_VALUE && a->value == from) a->value = to;
    }
}

cot_status read_bind(reader *r, const token *at, const char *name, const arg *value) {
    uint32_t i = map_get(&r->scope, name);
    if (is_taken_word(name)) return read_fail(r, at, COT_SYNTAX, "'%s' cannot be the name of a value", name);
    if (i != MAP_NONE)
        return read_fail(r, at, COT_SYNTAX, "the name '%s' is defined twice, first in line %u", name,
                         r->bindings.data[i].line);
    map_set(&r->scope, name, r->bindings.count);
    *VEC_PUSH(r->scratch, &r->bindings) = (binding_of){.value = *value, .line = at->line};
    return COT_OK;
}

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

/* Gives node v exactly this name. A node that had it already has one of our making, and gets another. */
void read_rename(reader *r, value v, const char *name) {
    cot_graph *g = r->graph;
    value other = graph_find(g, name);
    if (other != NO_VALUE && other != v && !strcmp(g->nodes.data[other].name, name)) {
        const char *fresh = graph_name(g, name);
        g->nodes.data[other].name = fresh;
        map_set(&g->names, fresh, other);
    }
    g->nodes.data[v].name = name;
    map_set(&g->names, name, v);
}

value read_append(reader *r, const token *at, const op *o) {
    cot_graph *g = r->graph;
    bool last = r->target && read_at_end(r), free = last && map_get(&g->names, r->target) == MAP_NONE;
    value v = free ? graph_append_named(g, o, r->target) : graph_append(g, o, o->packet);
    if (last && !free) read_rename(r, v, r->target);
    g->nodes.data[v].line = at->line;
    g->nodes.data[v].column = at->column;
    return v;
}
