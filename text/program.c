/* SPDX-License-Identifier: MIT
 * program.c — the program file: str(ExportedProgram) around a module's text, its signature and the ranges of its
 * symbols.
 *
 *     ExportedProgram:
 *         class GraphModule(torch.nn.Module): …
 *     Graph signature:
 *         # inputs
 *         p_weight: PARAMETER target='weight'
 *         # outputs
 *         add: USER_OUTPUT
 *     Range constraints: {s77: VR[2, int_oo]} */
#include "text/read.h"
#include "text/signature.h"

#include "base/error.h"

#include <string.h>

/* ---- signature --------------------------------------------------------------------------------------------------- */

static const char *take_word(reader *r) {
    const char *word = read_now(r)->kind == TOKEN_NAME ? read_name_of(r, read_now(r)) : "";
    if (*word) lex_next(&r->lex);
    return word;
}

typedef struct signature_line {
    token at;
    const char *name, *kind, *target; /* name "" for a constant */
    int8_t persistent;
} signature_line;

/* "NAME: KIND[ target='PATH'][ persistent=True]" */
static cot_status read_signature_line(reader *r, signature_line *out) {
    *out = (signature_line){.at = *read_now(r), .persistent = -1};
    out->name = take_word(r);
    TRY(read_expect(r, ':', ":"));
    out->kind = take_word(r);
    while (!read_at_end(r)) {
        token key = *read_now(r);
        lex_next(&r->lex);
        TRY(read_expect(r, '=', "="));
        token t = *read_now(r);
        uint32_t count;
        if (token_is_name(&key, "target") && t.kind == TOKEN_STRING) {
            out->target = token_string(r->arena, &t, &count);
            if (!out->target) return read_fail(r, &t, COT_SYNTAX, "a string has a wrong escape");
        } else if (token_is_name(&key, "persistent") && (token_is_name(&t, "True") || token_is_name(&t, "False"))) {
            out->persistent = token_is_name(&t, "True");
        } else {
            return read_fail(r, &key, COT_SYNTAX, "expected target='…' or persistent=…, found %s",
                             token_show(r->scratch, &key));
        }
        lex_next(&r->lex);
    }
    return COT_OK;
}

static cot_status add_input(reader *r, const signature_line *line) {
    cot_graph *g = r->root;
    uint32_t i = g->input_specs.count;
    int kind = signature_input_kind(line->kind);
    if (kind < 0) return read_fail(r, &line->at, COT_SYNTAX, "'%s' is no kind of input", line->kind);
    if (i >= g->inputs.count)
        return read_fail(r, &line->at, COT_SYNTAX, "the signature has more inputs than the program's %u",
                         g->inputs.count);
    const char *name = graph_node(g, g->inputs.data[i])->name;
    if (strcmp(name, line->name))
        return read_fail(r, &line->at, COT_SYNTAX, "input %u is '%s' in the program and '%s' in the signature", i, name,
                         line->name);
    *VEC_PUSH(r->arena, &g->input_specs) = (input_spec){
        .node = g->inputs.data[i], .kind = (uint8_t)kind, .persistent = line->persistent, .target = line->target};
    return COT_OK;
}

static cot_status add_output(reader *r, const signature_line *line, const arg_list *leaves) {
    cot_graph *g = r->root;
    uint32_t i = g->output_specs.count;
    int kind = signature_output_kind(line->kind);
    if (kind < 0) return read_fail(r, &line->at, COT_SYNTAX, "'%s' is no kind of output", line->kind);
    if (i >= leaves->count)
        return read_fail(r, &line->at, COT_SYNTAX, "the signature has more outputs than the program's %u",
                         leaves->count);
    const arg *leaf = &leaves->data[i];
    const char *name = leaf->kind == ARG_VALUE ? graph_node(g, leaf->value)->name : "";
    if (strcmp(name, line->name))
        return read_fail(r, &line->at, COT_SYNTAX, "output %u is '%s' in the program and '%s' in the signature", i,
                         name, line->name);
    *VEC_PUSH(r->arena, &g->output_specs) =
        (output_spec){.kind = (uint8_t)kind, .name = line->name, .target = line->target};
    return COT_OK;
}

/* Which part of the signature a comment line opens. */
static bool is_outputs(const reader *r) {
    const char *from = r->lex.comment, *word = "# outputs";
    size_t n = strlen(word);
    return from && (size_t)(r->lex.comment_end - from) >= n && !memcmp(from, word, n);
}

cot_status read_signature(reader *r, const char *from, const char *to, uint32_t line) {
    cot_graph *g = r->root;
    arg_list leaves = {0};
    arg_leaves(r->scratch, &g->output, &leaves);
    lex_start(&r->lex, from, to, line);
    for (;;) {
        while (read_now(r)->kind == TOKEN_NEWLINE) lex_next(&r->lex);
        if (read_now(r)->kind == TOKEN_END) break;
        bool output = is_outputs(r);
        signature_line l;
        TRY(read_signature_line(r, &l));
        TRY(output ? add_output(r, &l, &leaves) : add_input(r, &l));
    }
    if (g->input_specs.count != g->inputs.count || g->output_specs.count != leaves.count)
        return read_fail(r, read_now(r), COT_SYNTAX,
                         "the signature has %u inputs and %u outputs, the program %u and %u", g->input_specs.count,
                         g->output_specs.count, g->inputs.count, leaves.count);
    return COT_OK;
}

/* Values that are tokens: what calls with effects take first and give first. */
static bool *find_tokens(const reader *r, const cot_graph *g) {
    bool *is_token = ARENA_ARRAY(r->scratch, bool, g->nodes.count);
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        const bool part = n->op->kind == OP_GETITEM && n->args[0].kind == ARG_VALUE;
        const node *call = part ? graph_node(g, n->args[0].value) : n;
        if (!(call->op->traits & OP_THREADED)) continue;
        if (part) is_token[v] = arg_as_int(&n->args[1], -1) == 0;
        else if (n->args[0].kind == ARG_VALUE) is_token[n->args[0].value] = true;
    }
    return is_token;
}

void read_default_signature(reader *r) {
    cot_graph *g = r->root;
    arg_list leaves = {0};
    arg_leaves(r->scratch, &g->output, &leaves);
    const bool *is_token = find_tokens(r, g);
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        const value v = g->inputs.data[i];
        *VEC_PUSH(r->arena, &g->input_specs) =
            (input_spec){.node = v, .kind = is_token[v] ? INPUT_TOKEN : INPUT_USER, .persistent = -1};
    }
    for (uint32_t i = 0; i < leaves.count; i++) {
        const value v = arg_as_value(&leaves.data[i]);
        *VEC_PUSH(r->arena, &g->output_specs) =
            (output_spec){.kind = v != NO_VALUE && is_token[v] ? OUTPUT_TOKEN : OUTPUT_USER,
                          .name = v != NO_VALUE ? graph_node(g, v)->name : ""};
    }
}

/* ---- ranges ------------------------------------------------------------------------------------------------------ */

/* A bound: text up to ',' or ']', and its number when it is one. */
static cot_status read_bound(reader *r, bool low, int64_t *number, const char **shown) {
    token at = *read_now(r);
    const char *from = at.start;
    bool negative = read_accept(r, '-');
    token t = *read_now(r);
    *number = low ? INT64_MIN : INT64_MAX;
    const bool is_huge = t.kind == TOKEN_BAD && t.start < t.end && *t.start >= '0' && *t.start <= '9';
    if (is_huge) r->lex.now.kind = TOKEN_INT; /* no 64-bit number: as good as none */
    else if (t.kind == TOKEN_INT && (negative || t.integer <= (uint64_t)INT64_MAX))
        *number = negative ? (int64_t)(0 - t.integer) : (int64_t)t.integer;
    else if (t.kind != TOKEN_FLOAT && !token_is_name(&t, "int_oo") && !token_is_name(&t, "oo"))
        return read_fail(r, &t, COT_SYNTAX, "expected a bound of a range, found %s", token_show(r->scratch, &t));
    *shown = arena_string(r->arena, from, (size_t)(t.end - from));
    lex_next(&r->lex);
    return COT_OK;
}

static cot_status read_range(reader *r) {
    range_constraint c = {0};
    token at = *read_now(r);
    while (!read_at(r, ':') && read_now(r)->kind != TOKEN_END && read_now(r)->kind != TOKEN_NEWLINE &&
           read_now(r)->kind != TOKEN_BAD)
        lex_next(&r->lex);
    if (read_now(r)->start == at.start)
        return read_fail(r, &at, COT_SYNTAX, "expected a symbol, found %s", token_show(r->scratch, &at));
    const char *end;
    c.symbol = dim_parse(r->ctx->syms, at.start, read_now(r)->start, &end);
    if (c.symbol == DIM_ERROR || dim_is_static(c.symbol))
        return read_fail(r, &at, COT_SYNTAX, "expected a symbol, found %s", token_show(r->scratch, &at));
    TRY(read_expect(r, ':', ":"));
    if (!token_is_name(read_now(r), "VR"))
        return read_fail(r, read_now(r), COT_SYNTAX, "expected VR[low, high], found %s",
                         token_show(r->scratch, read_now(r)));
    lex_next(&r->lex);
    TRY(read_expect(r, '[', "["));
    TRY(read_bound(r, true, &c.low, &c.low_text));
    TRY(read_expect(r, ',', ","));
    TRY(read_bound(r, false, &c.high, &c.high_text));
    TRY(read_expect(r, ']', "]"));
    *VEC_PUSH(r->arena, &r->root->ranges) = c;
    return COT_OK;
}

cot_status read_ranges(reader *r, const char *from, const char *to, uint32_t line) {
    lex_start(&r->lex, from, to, line);
    TRY(read_expect(r, '{', "{"));
    while (!read_at(r, '}')) {
        TRY(read_range(r));
        if (!read_accept(r, ',')) break;
    }
    TRY(read_expect(r, '}', "}"));
    while (read_now(r)->kind == TOKEN_NEWLINE) lex_next(&r->lex);
    if (read_now(r)->kind == TOKEN_END) return COT_OK;
    return read_fail(r, read_now(r), COT_SYNTAX, "expected the end of the text, found %s",
                     token_show(r->scratch, read_now(r)));
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

typedef struct section {
    const char *from;
    uint32_t line;
} section;

/* The line that starts with `head`, from `at` on; NULL without. */
static section find_section(const reader *r, const char *head, section at) {
    size_t n = strlen(head);
    while (at.from < r->text_end) {
        if ((size_t)(r->text_end - at.from) >= n && !memcmp(at.from, head, n)) return at;
        const char *eol = memchr(at.from, '\n', (size_t)(r->text_end - at.from));
        at.from = eol ? eol + 1 : r->text_end;
        at.line++;
    }
    return (section){NULL, at.line};
}

/* Passes blank lines and comments. */
static section first_line(const reader *r) {
    lexer l;
    lex_start(&l, r->text, r->text_end, 1);
    while (l.now.kind == TOKEN_NEWLINE) lex_next(&l);
    return (section){l.now.start - (l.now.column - 1), l.now.line};
}

static const char PROGRAM[] = "ExportedProgram:", SIGNATURE[] = "Graph signature:", RANGES[] = "Range constraints:";

static cot_status missing(reader *r, const char *head, section at) {
    token end = {.start = r->text_end, .end = r->text_end, .line = at.line, .column = 1};
    while (end.start > r->text && end.start[-1] != '\n') end.start--;
    return read_fail(r, &end, COT_SYNTAX, "expected a line '%s' behind the module, found the end of the text", head);
}

static cot_status read_wrapped(reader *r, section program) {
    section signature = find_section(r, SIGNATURE, program);
    if (!signature.from) return missing(r, SIGNATURE, signature);
    section ranges = find_section(r, RANGES, signature);
    if (!ranges.from) return missing(r, RANGES, ranges);
    r->root->is_program = true;
    const char *module = program.from + strlen(PROGRAM);
    token rest = {.start = module, .end = module, .line = program.line, .column = (uint32_t)sizeof PROGRAM};
    while (module < signature.from && (*module == ' ' || *module == '\r')) module++;
    if (*module++ != '\n') return read_fail(r, &rest, COT_SYNTAX, "expected a line of its own for '%s'", PROGRAM);
    TRY(read_module(r, module, signature.from, program.line + 1));
    TRY(read_signature(r, signature.from + strlen(SIGNATURE), ranges.from, signature.line));
    return read_ranges(r, ranges.from + strlen(RANGES), r->text_end, ranges.line);
}

static cot_status check_bytes(reader *r) {
    const char *bad = lex_find_bad_byte(r->text, (size_t)(r->text_end - r->text));
    if (!bad) return COT_OK;
    token at = {.start = bad, .end = bad, .line = 1, .column = 1};
    for (const char *p = r->text; p < bad; p++) {
        at.column = *p == '\n' ? 1 : at.column + 1;
        at.line += *p == '\n';
    }
    return read_fail(r, &at, COT_SYNTAX, "the text is not UTF-8: there is a byte 0x%02x here", (unsigned char)*bad);
}

static cot_status read_text(reader *r) {
    TRY(check_bytes(r));
    section first = first_line(r);
    if ((size_t)(r->text_end - first.from) >= strlen(PROGRAM) && !memcmp(first.from, PROGRAM, strlen(PROGRAM)))
        return read_wrapped(r, first);
    TRY(read_module(r, first.from, r->text_end, first.line));
    read_default_signature(r);
    return COT_OK;
}

cot_status fx_read(cot_context *ctx, const char *source, size_t length, const char *file, const fx_options *options,
                   cot_graph **out, cot_error *error) {
    static const char mark[] = "\xef\xbb\xbf"; /* some editors put a byte order mark before UTF-8 */
    *out = NULL;
    if (length > UINT32_MAX / 4) return fail(error, COT_SYNTAX, "a text of %zu bytes is too long", length);
    if (length >= 3 && !memcmp(source, mark, 3)) source += 3, length -= 3;
    reader r = {.ctx = ctx, .options = options, .error = error, .file = file ? file : ""};
    r.root = graph_create(ctx, "GraphModule");
    r.arena = r.root->arena;
    r.scratch = arena_create(ctx);
    r.file = r.root->file = arena_string(r.arena, r.file, strlen(r.file));
    r.text = r.root->source = arena_string(r.arena, source, length);
    r.text_end = r.text + length;
    cot_status status = read_text(&r);
    arena_destroy(r.scratch);
    if (status) graph_destroy(r.root);
    else *out = r.root;
    return status;
}
