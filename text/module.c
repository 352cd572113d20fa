/* SPDX-License-Identifier: MIT
 * module.c — classes and their parameters.
 *
 * Classes nest by indentation, and a body may call the classes inside it, whose types it needs: so the headers are
 * found first, line by line, and the bodies are read from the last to the first. No recursion, whatever the nesting. */
#include "text/read.h"

#include <string.h>

/* ---- parameters -------------------------------------------------------------------------------------------------- */

typedef struct parameter {
    token at;
    const char *name, *target; /* target with the stars of *args, NULL without */
    annotation annotation;
    bool has_default;
    arg default_value;
} parameter;

typedef VEC(parameter) parameter_list;

/* Passes a dotted name that says a class of Python's: "torch.autograd.function.Function". */
static bool pass_class(reader *r) {
    if (read_now(r)->kind != TOKEN_NAME) return false;
    do lex_next(&r->lex);
    while (read_accept(r, '.') && read_now(r)->kind == TOKEN_NAME);
    return true;
}

static cot_status read_parameter(reader *r, parameter *p) {
    const char *stars = "";
    if (read_accept(r, '*')) stars = "*";
    else if (read_accept(r, SIGN2('*', '*'))) stars = "**";
    p->at = *read_now(r);
    if (p->at.kind != TOKEN_NAME)
        return read_fail(r, &p->at, COT_SYNTAX, "expected a parameter's name, found %s",
                         token_show(r->scratch, &p->at));
    p->name = read_name_of(r, &p->at);
    if (*stars) p->target = arena_printf(r->arena, "%s%s", stars, p->name);
    lex_next(&r->lex);
    if (read_accept(r, ':') && !pass_class(r)) {
        token t = *read_now(r);
        if (t.kind != TOKEN_STRING)
            return read_fail(r, &t, COT_SYNTAX, "expected an annotation in quotes, found %s",
                             token_show(r->scratch, &t));
        TRY(read_annotation(r, &t, &p->annotation));
        lex_next(&r->lex);
    }
    p->has_default = read_accept(r, '=');
    return p->has_default ? read_expression(r, &p->default_value) : COT_OK;
}

static cot_status read_parameter_list(reader *r, parameter_list *out) {
    TRY(read_expect(r, '(', "("));
    if (!token_is_name(read_now(r), "self"))
        return read_fail(r, read_now(r), COT_SYNTAX, "expected 'self', found %s", token_show(r->scratch, read_now(r)));
    lex_next(&r->lex);
    while (read_accept(r, ',') && !read_at(r, ')')) {
        parameter p = {0};
        TRY(read_parameter(r, &p));
        *VEC_PUSH(r->scratch, out) = p;
    }
    TRY(read_expect(r, ')', ")"));
    if (read_accept(r, SIGN2('-', '>'))) /* a result type is not kept */
        while (!read_at_end(r) && read_now(r)->kind != TOKEN_BAD && !(read_at(r, ':') && r->lex.brackets == 0))
            lex_next(&r->lex);
    return read_expect(r, ':', ":");
}

static cot_status add_placeholder(reader *r, const parameter *p) {
    cot_graph *g = r->graph;
    value v = graph_append_named(g, op_placeholder(r->ctx), p->name);
    arg bound = arg_value(v);
    TRY(read_bind(r, &p->at, p->name, &bound));
    node *n = &g->nodes.data[v];
    n->line = p->at.line;
    n->column = p->at.column;
    n->target = p->target;
    if (p->has_default) {
        n->args = arena_copy(r->arena, &p->default_value, sizeof(arg));
        n->nargs = n->npos = 1;
    }
    if (p->annotation.given) {
        n->flags |= NODE_ANNOTATED;
        if (!p->annotation.is_type) n->dtype_text = p->annotation.text;
        else n->annotation = arena_copy(r->arena, &p->annotation.type, sizeof(type));
        n->type = p->annotation.type;
    }
    *VEC_PUSH(g->arena, &g->inputs) = v;
    return COT_OK;
}

/* ---- code generators with a prologue ----------------------------------------------------------------------------- */

static void skip_line(reader *r) {
    while (read_now(r)->kind != TOKEN_NEWLINE && read_now(r)->kind != TOKEN_END && read_now(r)->kind != TOKEN_BAD)
        lex_next(&r->lex);
}

static void skip_line_ends(reader *r) {
    while (read_now(r)->kind == TOKEN_NEWLINE) lex_next(&r->lex);
}

/* Does the body start with `a: "…";`, or with `a, b, = fx_pytree.tree_flatten_spec(…)`? */
static bool starts_with_pytree(const reader *r) {
    lexer l = r->lex;
    if (l.now.kind != TOKEN_NAME) return false;
    lex_next(&l);
    if (token_is(&l.now, ':')) {
        lex_next(&l);
        if (l.now.kind != TOKEN_STRING) return false;
        lex_next(&l);
        return !token_is(&l.now, '=');
    }
    while (token_is(&l.now, ',')) {
        lex_next(&l);
        if (l.now.kind == TOKEN_NAME) lex_next(&l);
    }
    if (!token_is(&l.now, '=')) return false;
    lex_next(&l);
    return token_is_name(&l.now, "fx_pytree");
}

/* `primals_1: "…"; …` and `primals_1, …, = fx_pytree.tree_flatten_spec(…)`: the names left of '=' are the placeholders.
 */
static cot_status read_pytree(reader *r) {
    map declared = {.arena = r->scratch};
    parameter_list params = {0};
    for (;;) {
        skip_line_ends(r);
        lexer l = r->lex;
        lex_next(&l);
        if (read_now(r)->kind != TOKEN_NAME || !token_is(&l.now, ':')) break;
        do {
            parameter p = {0};
            if (read_at_end(r)) break;
            TRY(read_parameter(r, &p));
            map_set(&declared, p.name, params.count);
            *VEC_PUSH(r->scratch, &params) = p;
        } while (read_accept(r, ';'));
    }
    while (read_now(r)->kind == TOKEN_NAME) {
        parameter p = {.at = *read_now(r), .name = read_name_of(r, read_now(r))};
        uint32_t i = map_get(&declared, p.name);
        if (i != MAP_NONE) p.annotation = params.data[i].annotation;
        TRY(add_placeholder(r, &p));
        lex_next(&r->lex);
        if (!read_accept(r, ',')) break;
    }
    TRY(read_expect(r, '=', "="));
    if (!token_is_name(read_now(r), "fx_pytree"))
        return read_fail(r, read_now(r), COT_SYNTAX, "expected fx_pytree.tree_flatten_spec, found %s",
                         token_show(r->scratch, read_now(r)));
    skip_line(r);
    return COT_OK;
}

static bool starts_with_boxed(const reader *r) {
    lexer l = r->lex;
    if (l.now.kind != TOKEN_NAME) return false;
    lex_next(&l);
    if (!token_is(&l.now, '=')) return false;
    lex_next(&l);
    return token_is_name(&l.now, "iter");
}

/* `args_iter = iter(args_list)`, `x: "…" = next(args_iter)` for each placeholder, `args_list.clear()`. */
static cot_status read_boxed(reader *r) {
    skip_line(r);
    for (;;) {
        skip_line_ends(r);
        lexer start = r->lex;
        parameter p = {.at = *read_now(r)};
        if (p.at.kind != TOKEN_NAME) return COT_OK;
        lex_next(&r->lex);
        if (read_accept(r, '.') && token_is_name(read_now(r), "clear")) {
            skip_line(r);
            return COT_OK;
        }
        p.name = read_name_of(r, &p.at);
        if (read_accept(r, ':') && read_now(r)->kind == TOKEN_STRING) {
            token t = *read_now(r);
            TRY(read_annotation(r, &t, &p.annotation));
            lex_next(&r->lex);
        }
        if (!read_accept(r, '=') || !token_is_name(read_now(r), "next")) {
            r->lex = start;
            return COT_OK;
        }
        TRY(add_placeholder(r, &p));
        skip_line(r);
    }
}

static bool is_primals_and_tangents(const parameter_list *p) {
    return p->count == 2 && !strcmp(p->data[0].name, "primals") && !strcmp(p->data[1].name, "tangents");
}

cot_status read_parameters(reader *r) {
    parameter_list params = {0};
    TRY(read_parameter_list(r, &params));
    skip_line_ends(r);
    if (starts_with_pytree(r)) {
        TRY(read_pytree(r));
        r->graph->is_joint = is_primals_and_tangents(&params) && r->graph->inputs.count;
        return COT_OK;
    }
    if (starts_with_boxed(r)) return read_boxed(r);
    for (uint32_t i = 0; i < params.count; i++) TRY(add_placeholder(r, &params.data[i]));
    return COT_OK;
}

/* ---- classes ----------------------------------------------------------------------------------------------------- */

typedef struct class_text {
    cot_graph *graph;
    const char *from, *to; /* its own lines, behind the header, without the classes inside */
    uint32_t line;         /* of `from` */
    uint32_t indent, depth, parent;
} class_text;

typedef VEC(class_text) class_list;

/* Is [from, to) the header of a class? Gives its name. */
static bool is_header(const char *from, const char *to, const char **name, size_t *length) {
    static const char head[] = "class ", tail[] = "(torch.nn.Module):";
    while (to > from && (to[-1] == ' ' || to[-1] == '\r')) to--;
    size_t n = (size_t)(to - from), around = sizeof head - 1 + sizeof tail - 1;
    if (n < around || memcmp(from, head, sizeof head - 1) || memcmp(to - (sizeof tail - 1), tail, sizeof tail - 1))
        return false;
    *name = from + sizeof head - 1;
    *length = n - around;
    return true;
}

static cot_status add_class(reader *r, class_list *classes, map *seen, const token *at, uint32_t indent,
                            const char *name, size_t length) {
    class_text *last = classes->count ? &classes->data[classes->count - 1] : NULL;
    const char *kept = arena_string(r->root->arena, name, length);
    class_text c = {.indent = indent, .line = at->line + 1};
    if (last) {
        last->to = at->start;
        uint32_t i = classes->count; /* the nearest class before that is indented less */
        while (i && classes->data[i - 1].indent >= indent)
            i = classes->data[i - 1].depth ? classes->data[i - 1].parent + 1 : 0;
        if (!i) return read_fail(r, at, COT_SYNTAX, "a second module starts here; expected classes inside the first");
        class_text *parent = &classes->data[i - 1];
        c.parent = i - 1;
        c.depth = parent->depth + 1;
        if (c.depth > READ_MAX_CLASSES_DEEP)
            return read_fail(r, at, COT_SYNTAX, "classes are nested more than %d deep", READ_MAX_CLASSES_DEEP);
        const char *key = arena_printf(r->scratch, "%u.%s", c.parent, kept);
        if (map_get(seen, key) != MAP_NONE)
            return read_fail(r, at, COT_SYNTAX, "the class '%s' is defined twice", kept);
        map_set(seen, key, 0);
        c.graph = graph_create_child(r->root, kept);
        graph_add_child(parent->graph, kept, c.graph);
    } else {
        c.graph = r->root;
        c.graph->class_name = kept;
    }
    c.graph->file = r->root->file;
    c.graph->source = r->root->source;
    *VEC_PUSH(r->scratch, classes) = c;
    return COT_OK;
}

/* Whether a line has a region of autocast begin. */
static bool opens_autocast(const char *from, const char *to) {
    static const char *const calls[] = {".wrap_with_autocast(", "._enter_autocast("};
    for (size_t i = 0; i < COUNT_OF(calls); i++)
        if (memmem(from, (size_t)(to - from), calls[i], strlen(calls[i]))) return true;
    return false;
}

static cot_status find_classes(reader *r, const char *from, const char *to, uint32_t line, class_list *out) {
    map seen = {.arena = r->scratch};
    for (const char *at = from; at < to; line++) {
        const char *eol = memchr(at, '\n', (size_t)(to - at)), *next = eol ? eol + 1 : to, *start = at, *name;
        size_t length;
        while (start < next && *start == ' ') start++;
        if (start < next && *start != '#') r->autocast |= opens_autocast(start, next);
        token place = {.start = start, .end = start, .line = line, .column = (uint32_t)(start - at) + 1};
        if (is_header(start, eol ? eol : to, &name, &length)) {
            TRY(add_class(r, out, &seen, &place, (uint32_t)(start - at), name, length));
            out->data[out->count - 1].from = next;
        } else if (!out->count && start < next && *start != '\n' && *start != '\r' && *start != '#') {
            return read_fail(r, &place, COT_SYNTAX, "expected 'class NAME(torch.nn.Module):'");
        }
        at = next;
    }
    token end = {.start = to, .end = to, .line = line, .column = 1};
    if (!out->count)
        return read_fail(r, &end, COT_SYNTAX, "expected 'class NAME(torch.nn.Module):', found the end of the text");
    out->data[out->count - 1].to = to;
    return COT_OK;
}

/* Lines `wrap("NAME")` may stand before the def. */
static cot_status read_header(reader *r) {
    skip_line_ends(r);
    while (token_is_name(read_now(r), "wrap")) {
        skip_line(r);
        skip_line_ends(r);
    }
    static const char *const words[] = {"def", "forward"};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!token_is_name(read_now(r), words[i]))
            return read_fail(r, read_now(r), COT_SYNTAX, "expected 'def forward', found %s",
                             token_show(r->scratch, read_now(r)));
        lex_next(&r->lex);
    }
    return COT_OK;
}

static cot_status read_class(reader *r, const class_text *c) {
    r->graph = c->graph;
    r->scope = (map){.arena = r->scratch};
    r->bindings.count = 0;
    r->children = (map){.arena = r->scratch};
    for (uint32_t i = 0; i < c->graph->children.count; i++) map_set(&r->children, c->graph->children.data[i].name, i);
    r->comment = r->comment_seen = NULL;
    r->policy = r->checkpoint = 0;
    r->open.count = 0;
    r->returned = false;
    r->target = NULL;
    r->depth = 0;
    lex_start(&r->lex, c->from, c->to, c->line);
    TRY(read_header(r));
    TRY(read_parameters(r));
    skip_line_ends(r);
    return read_body(r);
}

cot_status read_module(reader *r, const char *from, const char *to, uint32_t line) {
    class_list classes = {0};
    TRY(find_classes(r, from, to, line, &classes));
    for (uint32_t i = classes.count; i-- > 0;) TRY(read_class(r, &classes.data[i]));
    for (uint32_t i = 0; i < classes.count; i++) {
        classes.data[i].graph->show_strides = r->has_strides;
        classes.data[i].graph->show_device = r->has_device;
    }
    return COT_OK;
}
