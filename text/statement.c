/* SPDX-License-Identifier: MIT
 * statement.c — the lines of a body: assignments, writes in place, returns.
 *
 * `;  a = b = None` behind a statement says whose last use it is; it is dropped here and computed anew by the printer.
 * A torch-level write (`x += y`, `x[i] = v`) becomes the in-place operator; the name that the text gives its result
 * (`iadd = x`) is then another name of x. */
#include "text/read.h"
#include "text/tags.h"

#include <string.h>

/* ---- assignments ------------------------------------------------------------------------------------------------- */

/* `l_x_ = L_x_` in front of the first node: the placeholder is l_x_, its target L_x_. */
static bool rebind_placeholder(reader *r, const char *name, const arg *a) {
    cot_graph *g = r->graph;
    if (a->kind != ARG_VALUE || g->nodes.count != g->inputs.count) return false;
    node *n = &g->nodes.data[a->value];
    if (n->target && n->target[0] != '*') return false;
    if (!n->target) n->target = n->name;
    read_rename(r, a->value, name);
    return true;
}

/* A size that is a number, `getitem_2: "Sym(4)" = size[2]`. */
static bool is_said_number(const reader *r, const arg *a) {
    const type *t = &r->annotation.type;
    if (!r->annotation.is_type) return false;
    if (a->kind == ARG_INT) return t->kind == TYPE_INT && (!dim_is_static(t->expr) || t->expr == a->i);
    return (a->kind == ARG_BOOL && t->kind == TYPE_BOOL) || (a->kind == ARG_FLOAT && t->kind == TYPE_FLOAT);
}

/* Binds the statement's name to what its right side gave. */
static cot_status bind_result(reader *r, const token *at, arg *result) {
    if (result->kind == ARG_VALUE && result->value >= r->made_before) TRY(read_settle(r, at, result->value));
    else if (!rebind_placeholder(r, r->target, result) && r->annotation.given && result->kind != ARG_VALUE &&
             !is_said_number(r, result))
        return read_fail(r, at, COT_SYNTAX, "'%s' has an annotation but is a constant", r->target);
    return read_bind(r, at, r->target, result);
}

static cot_status read_assignment(reader *r) {
    token at = *read_now(r);
    arg result;
    r->target = read_name_of(r, &at);
    r->annotation = (annotation){0};
    r->made_before = r->graph->nodes.count;
    lex_next(&r->lex);
    if (read_accept(r, ':')) {
        token t = *read_now(r);
        if (t.kind != TOKEN_STRING)
            return read_fail(r, &t, COT_SYNTAX, "expected an annotation in quotes, found %s",
                             token_show(r->scratch, &t));
        TRY(read_annotation(r, &t, &r->annotation));
        lex_next(&r->lex);
    }
    TRY(read_expect(r, '=', "="));
    TRY(read_expression(r, &result));
    return bind_result(r, &at, &result);
}

/* `a, b = …`: the items of a tuple. */
static cot_status read_unpacking(reader *r) {
    VEC(token) names = {0};
    arg tuple;
    token at = *read_now(r);
    while (read_now(r)->kind == TOKEN_NAME) {
        *VEC_PUSH(r->scratch, &names) = *read_now(r);
        lex_next(&r->lex);
        if (!read_accept(r, ',')) break;
    }
    TRY(read_expect(r, '=', "="));
    r->target = NULL;
    TRY(read_expression(r, &tuple));
    for (uint32_t i = 0; i < names.count; i++) {
        arg index = arg_int(i), item;
        r->target = read_name_of(r, &names.data[i]);
        r->annotation = (annotation){0};
        r->made_before = r->graph->nodes.count;
        TRY(read_index(r, &at, &tuple, &index, &item));
        TRY(bind_result(r, &names.data[i], &item));
    }
    return COT_OK;
}

/* `a = b = None` behind ';': passed without a look at the names. */
static bool skip_deletions(reader *r) {
    lexer l = r->lex;
    uint32_t names = 0;
    while (l.now.kind == TOKEN_NAME && !token_is_name(&l.now, "None")) {
        lex_next(&l);
        if (!token_is(&l.now, '=')) return false;
        lex_next(&l);
        names++;
    }
    if (!names || !token_is_name(&l.now, "None")) return false;
    lex_next(&l);
    r->lex = l;
    return true;
}

/* ---- writes ------------------------------------------------------------------------------------------------------ */

/* The infix operator of `x += y`, 0 when the token is no such sign. */
static uint32_t augmented(const token *t) {
    if (t->kind != TOKEN_SIGN) return 0;
    switch (t->sign) {
    case SIGN2('+', '='):
    case SIGN2('-', '='):
    case SIGN2('*', '='):
    case SIGN2('/', '='):
    case SIGN2('%', '='):
    case SIGN2('@', '='):
    case SIGN2('&', '='):
    case SIGN2('|', '='):
    case SIGN2('^', '='): return t->sign & 0xff;
    case SIGN3('*', '*', '='):
    case SIGN3('/', '/', '='):
    case SIGN3('<', '<', '='):
    case SIGN3('>', '>', '='): return t->sign & 0xffff;
    default: return 0;
    }
}

static const char *inplace_packet(uint32_t sign) {
    switch (sign) {
    case '+': return "add_";
    case '-': return "sub_";
    case '*': return "mul_";
    case '/': return "div_";
    case '%': return "remainder_";
    case '&': return "bitwise_and_";
    case '|': return "bitwise_or_";
    case '^': return "bitwise_xor_";
    case SIGN2('*', '*'): return "pow_";
    case SIGN2('/', '/'): return "floor_divide_";
    case SIGN2('<', '<'): return "bitwise_left_shift_";
    case SIGN2('>', '>'): return "bitwise_right_shift_";
    default: return NULL;
    }
}

/* `x += y` with the sign next. A number or size is not written but computed anew: x is then the new one. */
static cot_status read_augmented(reader *r, const token *name, const arg *x, uint32_t sign) {
    token at = *read_now(r);
    arg y, result;
    lex_next(&r->lex);
    TRY(read_expression(r, &y));
    if (read_is_tensor(r, x)) {
        const char *packet = inplace_packet(sign);
        if (!packet) return read_fail(r, &at, COT_UNSUPPORTED, "this operator has no form that writes in place");
        call_args c = {0};
        call_push(r, &c, *x);
        call_push(r, &c, y);
        return read_emit_aten(r, &at, packet, &c, &result);
    }
    TRY(read_binary(r, &at, sign, x, &y, &result));
    uint32_t i = map_get(&r->scope, read_name_of(r, name));
    r->bindings.data[i].value = result;
    return COT_OK;
}

/* `x[i] = v`, `x += y`, or an expression for its effect; the name is next. */
static cot_status read_write(reader *r) {
    token name = *read_now(r);
    lexer start = r->lex;
    r->target = NULL;
    r->made_before = r->graph->nodes.count;
    lex_next(&r->lex);
    const char *text = arena_string(r->scratch, name.start, (size_t)(name.end - name.start));
    const arg *bound = read_lookup(r, text);
    uint32_t sign = augmented(read_now(r));
    if (bound && sign) {
        arg x = *bound;
        return read_augmented(r, &name, &x, sign);
    }
    arg x = bound ? *bound : arg_none(), index, v;
    while (bound && read_at(r, '[')) {
        token at = *read_now(r);
        TRY(read_subscript(r, &index));
        if (read_accept(r, '=')) {
            TRY(read_expression(r, &v));
            return read_set_index(r, &at, &x, &index, &v);
        }
        arg base = x;
        TRY(read_index(r, &at, &base, &index, &x));
    }
    if (r->graph->nodes.count != r->made_before)
        return read_fail(r, read_now(r), COT_SYNTAX, "expected '=', found %s", token_show(r->scratch, read_now(r)));
    r->lex = start;
    return read_expression(r, &v);
}

/* ---- return ------------------------------------------------------------------------------------------------------ */

/* `return expr` or `return pytree.tree_unflatten(expr, self._out_spec)`. */
static cot_status read_return(reader *r) {
    lex_next(&r->lex);
    r->target = NULL;
    r->returned = true;
    if (read_at_end(r)) return COT_OK;
    lexer l = r->lex;
    if (token_is_name(&l.now, "pytree")) {
        lex_next(&l), lex_next(&l);
        if (token_is_name(&l.now, "tree_unflatten")) {
            lex_next(&l);
            r->lex = l;
            TRY(read_expect(r, '(', "("));
            TRY(read_expression(r, &r->graph->output));
            read_skip(r);
            return COT_OK;
        }
    }
    const arg *items;
    uint32_t count;
    bool comma;
    TRY(read_items(r, ';', &items, &count, &comma));
    bool one = count == 1 && !comma;
    r->graph->output = one ? items[0] : (arg){.kind = ARG_TUPLE, .list = items, .count = count};
    return COT_OK;
}

/* ---- a line ------------------------------------------------------------------------------------------------------ */

/* A line `# …` stands over all nodes until the next. "No stacktrace found" is what we print without one. */
static void take_comment(reader *r) {
    if (r->lex.comment == r->comment_seen) return;
    r->comment_seen = r->lex.comment;
    const char *from = r->lex.comment + 1, *to = r->lex.comment_end;
    if (from < to && *from == ' ') from++;
    tags_read(&from, to, &r->policy, &r->checkpoint);
    bool none = to == from || ((size_t)(to - from) >= 19 && !memcmp(from, "No stacktrace found", 19));
    r->comment = none ? NULL : arena_string(r->arena, from, (size_t)(to - from));
}

static cot_status read_simple(reader *r) {
    token at = *read_now(r);
    if (token_is_name(&at, "return")) return read_return(r);
    if (token_is_name(&at, "pass") || token_is_name(&at, "del")) {
        read_skip(r);
        return COT_OK;
    }
    if (at.kind != TOKEN_NAME) {
        arg ignored;
        r->target = NULL;
        return read_expression(r, &ignored);
    }
    lexer next = r->lex;
    lex_next(&next);
    if (token_is(&next.now, '=') || token_is(&next.now, ':')) return read_assignment(r);
    if (token_is(&next.now, ',')) return read_unpacking(r);
    return read_write(r);
}

/* Gives the nodes that a line made their place and their comment, and checks that their bytes can be counted. */
static cot_status mark_nodes(reader *r, const token *at, uint32_t from) {
    for (uint32_t v = from; v < r->graph->nodes.count; v++) {
        node *n = &r->graph->nodes.data[v];
        n->comment = r->comment;
        n->flags |= r->policy;
        n->checkpoint = r->checkpoint;
        if (!n->line) n->line = at->line, n->column = at->column;
        if (!read_fits(&n->type))
            return read_fail(r, at, COT_SHAPE, "the result '%s' has more bytes than 63 bits can count", n->name);
    }
    return COT_OK;
}

static cot_status read_line(reader *r) {
    token at = *read_now(r);
    uint32_t from = r->graph->nodes.count;
    if (r->returned) return read_fail(r, &at, COT_SYNTAX, "a statement stands behind the return");
    TRY(read_simple(r));
    while (read_accept(r, ';')) {
        if (read_at_end(r)) continue;
        if (!skip_deletions(r)) TRY(read_simple(r));
    }
    TRY(mark_nodes(r, &at, from));
    const token *t = read_now(r);
    if (t->kind == TOKEN_BAD) return read_fail(r, t, COT_SYNTAX, "%s", t->problem);
    if (!read_at_end(r))
        return read_fail(r, t, COT_SYNTAX, "expected the end of the line, found %s", token_show(r->scratch, t));
    return COT_OK;
}

cot_status read_body(reader *r) {
    uint32_t column = 0;
    for (;;) {
        while (read_now(r)->kind == TOKEN_NEWLINE) lex_next(&r->lex);
        const token *t = read_now(r);
        if (t->kind == TOKEN_END) break;
        if (!column) column = t->column;
        if (t->column != column)
            return read_fail(r, t, COT_SYNTAX, "a line is indented by %u blanks, the body by %u", t->column - 1,
                             column - 1);
        take_comment(r);
        TRY(read_line(r));
    }
    if (!r->returned && r->graph->nodes.count > r->graph->inputs.count)
        return read_fail(r, read_now(r), COT_SYNTAX, "the body has no return");
    return read_marks_end(r);
}
