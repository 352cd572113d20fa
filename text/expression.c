/* SPDX-License-Identifier: MIT
 * expression.c — values: constants, lists, names, calls, and Python's operators between them.
 *
 * Operators are read by precedence climbing (Richards, 1979). Every operation appends its node when its operands are
 * read, so nodes stand in the order in which Python would compute them. */
#include "text/read.h"

#include <math.h>
#include <string.h>

static cot_status read_operand(reader *r, arg *out);

static cot_status read_level(reader *r, int least, arg *out);

/* ---- constants --------------------------------------------------------------------------------------------------- */

static cot_status read_integer(reader *r, bool negative, arg *out) {
    token t = *read_now(r);
    if (t.integer > (uint64_t)INT64_MAX && !negative)
        return read_fail(r, &t, COT_SYNTAX, "a number does not fit in 64 bits");
    *out = arg_int(negative ? (int64_t)(0 - t.integer) : (int64_t)t.integer);
    lex_next(&r->lex);
    return COT_OK;
}

static arg complex_of(reader *r, double real, double imaginary) {
    double *parts = ARENA_ARRAY(r->arena, double, 2);
    parts[0] = real;
    parts[1] = imaginary;
    return (arg){.kind = ARG_COMPLEX, .complex = parts};
}

static cot_status read_string(reader *r, arg *out) {
    token t = *read_now(r);
    uint32_t count;
    const char *s = token_string(r->arena, &t, &count);
    if (!s) return read_fail(r, &t, COT_SYNTAX, "a string has a wrong escape");
    if (t.kind == TOKEN_STRING && strlen(s) != count)
        return read_fail(r, &t, COT_UNSUPPORTED, "a string with a NUL character is not supported");
    *out = t.kind == TOKEN_STRING ? arg_string(s) : (arg){.kind = ARG_BYTES, .s = s, .count = count};
    lex_next(&r->lex);
    return COT_OK;
}

/* ---- brackets ---------------------------------------------------------------------------------------------------- */

cot_status read_items(reader *r, uint32_t closing, const arg **items, uint32_t *count, bool *trailing_comma) {
    VEC(arg) list = {0};
    *trailing_comma = false;
    while (!read_at(r, closing)) {
        arg item;
        TRY(read_expression(r, &item));
        *VEC_PUSH(r->scratch, &list) = item;
        *trailing_comma = read_accept(r, ',');
        if (!*trailing_comma) break;
    }
    *items = list.count ? arena_copy(r->arena, list.data, list.count * sizeof(arg)) : NULL;
    *count = list.count;
    return COT_OK;
}

static cot_status read_parentheses(reader *r, arg *out) {
    const arg *items;
    uint32_t count;
    bool comma;
    token open = *read_now(r);
    lex_next(&r->lex);
    TRY(read_items(r, ')', &items, &count, &comma));
    TRY(read_close(r, &open, ')', ")"));
    *out = count == 1 && !comma ? items[0] : (arg){.kind = ARG_TUPLE, .list = items, .count = count};
    return COT_OK;
}

static cot_status read_list(reader *r, arg *out) {
    const arg *items;
    uint32_t count;
    bool comma;
    token open = *read_now(r);
    lex_next(&r->lex);
    TRY(read_items(r, ']', &items, &count, &comma));
    *out = arg_list_of(items, count);
    return read_close(r, &open, ']', "]");
}

static cot_status read_dict(reader *r, arg *out) {
    VEC(arg) list = {0};
    token open = *read_now(r);
    lex_next(&r->lex);
    while (!read_at(r, '}')) {
        arg key, item;
        TRY(read_expression(r, &key));
        TRY(read_expect(r, ':', ":"));
        TRY(read_expression(r, &item));
        *VEC_PUSH(r->scratch, &list) = key;
        *VEC_PUSH(r->scratch, &list) = item;
        if (!read_accept(r, ',')) break;
    }
    const arg *items = list.count ? arena_copy(r->arena, list.data, list.count * sizeof(arg)) : NULL;
    *out = (arg){.kind = ARG_DICT, .list = items, .count = list.count / 2};
    return read_close(r, &open, '}', "}");
}

/* ---- subscripts -------------------------------------------------------------------------------------------------- */

/* One item of x[…]: an expression, or a slice from:to:step with any part left out. */
static cot_status read_subscript_item(reader *r, arg *out) {
    arg *parts = ARENA_ARRAY(r->arena, arg, 3);
    uint32_t part = 0;
    bool slice = false;
    for (;;) {
        if (!read_at(r, ':') && !read_at(r, ']') && !read_at(r, ',')) TRY(read_expression(r, &parts[part]));
        if (part == 2 || !read_accept(r, ':')) break;
        slice = true;
        part++;
    }
    *out = slice ? (arg){.kind = ARG_SLICE, .list = parts, .count = 3} : parts[0];
    return COT_OK;
}

cot_status read_subscript(reader *r, arg *out) {
    VEC(arg) list = {0};
    bool comma = false;
    token open = *read_now(r);
    TRY(read_expect(r, '[', "["));
    while (!read_at(r, ']')) {
        arg item;
        TRY(read_subscript_item(r, &item));
        *VEC_PUSH(r->scratch, &list) = item;
        if (!read_accept(r, ',')) break;
        comma = true;
    }
    if (!list.count) return read_fail(r, &open, COT_SYNTAX, "expected an index between '[' and ']'");
    *out = list.data[0];
    if (list.count > 1 || comma)
        *out = (arg){
            .kind = ARG_TUPLE, .list = arena_copy(r->arena, list.data, list.count * sizeof(arg)), .count = list.count};
    return read_close(r, &open, ']', "]");
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

/* A dotted name that starts with the token at hand: "torch.ops.aten.add.Tensor". */
static cot_status read_dotted(reader *r, const char **out) {
    text name = {.arena = r->scratch};
    text_add_bytes(&name, read_now(r)->start, (size_t)(read_now(r)->end - read_now(r)->start));
    lex_next(&r->lex);
    while (read_accept(r, '.')) {
        const token *t = read_now(r);
        if (t->kind != TOKEN_NAME)
            return read_fail(r, t, COT_SYNTAX, "expected a name behind '.', found %s", token_show(r->scratch, t));
        text_add(&name, ".");
        text_add_bytes(&name, t->start, (size_t)(t->end - t->start));
        lex_next(&r->lex);
    }
    *out = name.data;
    return COT_OK;
}

static bool named_constant(reader *r, const char *name, arg *out) {
    cot_dtype dtype;
    if (!strcmp(name, "None")) *out = arg_none();
    else if (!strcmp(name, "True") || !strcmp(name, "False")) *out = arg_bool(name[0] == 'T');
    else if (!strcmp(name, "Ellipsis")) *out = (arg){.kind = ARG_ELLIPSIS};
    else if (!strcmp(name, "inf") || !strcmp(name, "math.inf") || !strcmp(name, "torch.inf"))
        *out = arg_float(INFINITY);
    else if (!strcmp(name, "nan") || !strcmp(name, "math.nan") || !strcmp(name, "torch.nan")) *out = arg_float(NAN);
    else if (!strcmp(name, "math.pi") || !strcmp(name, "torch.pi")) *out = arg_float(3.14159265358979323846);
    else if (strncmp(name, "torch.", 6) || strchr(name + 6, '.')) return false;
    else if (dtype_parse_torch(name + 6, &dtype)) *out = arg_dtype(dtype);
    else *out = (arg){.kind = ARG_CONST, .s = arena_string(r->arena, name + 6, strlen(name + 6))};
    return true;
}

/* The name in scope that is nearest to one that is not. */
static const char *nearest_name(reader *r, const char *name) {
    uint32_t limit = (uint32_t)strlen(name) / 3 + 1, least = limit;
    const char *best = NULL;
    for (uint32_t i = 0; i < r->scope.capacity; i++) {
        const map_entry *e = &r->scope.entries[i];
        uint32_t distance = e->used && e->key ? text_distance(name, e->key, limit) : limit;
        if (distance >= least) continue;
        least = distance;
        best = e->key;
    }
    return best;
}

static cot_status undefined(reader *r, const token *at, const char *name) {
    const char *near = nearest_name(r, name);
    if (near) return read_fail(r, at, COT_SYNTAX, "the name '%s' is not defined; did you mean '%s'?", name, near);
    return read_fail(r, at, COT_SYNTAX, "the name '%s' is not defined", name);
}

/* "self.a.b": an attribute; "self.a.b(…)" is a call of a module. */
static cot_status read_self(reader *r, const token *at, arg *out) {
    const char *path;
    TRY(read_dotted(r, &path));
    if (!strchr(path, '.')) return read_fail(r, at, COT_SYNTAX, "expected 'self.' and a name");
    if (read_at(r, '('))
        return read_fail(r, at, COT_UNSUPPORTED,
                         "calls of modules are not supported: '%s' has no operator; export the program", path);
    return read_get_attr(r, at, path + 5, out);
}

static cot_status read_operator_name(reader *r, const token *at, const char *name, arg *out) {
    const op *o = op_find(r->ctx, name);
    if (o) {
        *out = (arg){.kind = ARG_OP, .op = o};
        return COT_OK;
    }
    return read_unknown(r, at, name);
}

static cot_status read_name(reader *r, arg *out) {
    token at = *read_now(r);
    lexer next = r->lex;
    lex_next(&next);
    const char *name = arena_string(r->scratch, at.start, (size_t)(at.end - at.start));
    const arg *bound = token_is(&next.now, '(') ? NULL : read_lookup(r, name);
    r->before_name = r->lex;
    if (bound) {
        r->uses += bound->kind == ARG_VALUE;
        *out = *bound;
        lex_next(&r->lex);
        return COT_OK;
    }
    if (!strcmp(name, "self")) return read_self(r, &at, out);
    if (!token_is(&next.now, '.') && !token_is(&next.now, '(')) {
        if (!named_constant(r, name, out)) return undefined(r, &at, name);
        lex_next(&r->lex);
        return COT_OK;
    }
    static const char *const modules[] = {"torch", "math", "operator", "_operator", "F", "nn", "aten"};
    bool module = token_is(&next.now, '(');
    for (size_t i = 0; i < COUNT_OF(modules); i++) module |= !strcmp(name, modules[i]);
    if (!module) return undefined(r, &at, name);
    TRY(read_dotted(r, &name));
    if (read_at(r, '(')) return read_call_function(r, &at, name, out);
    if (!strncmp(name, "torch.ops.", 10)) return read_operator_name(r, &at, name, out);
    return named_constant(r, name, out) ? COT_OK : undefined(r, &at, name);
}

/* ---- operands ---------------------------------------------------------------------------------------------------- */

static cot_status read_atom(reader *r, arg *out) {
    const token *t = read_now(r);
    switch (t->kind) {
    case TOKEN_NAME: return read_name(r, out);
    case TOKEN_INT: return read_integer(r, false, out);
    case TOKEN_STRING:
    case TOKEN_BYTES: return read_string(r, out);
    case TOKEN_FLOAT:
    case TOKEN_IMAGINARY:
        *out = t->kind == TOKEN_FLOAT ? arg_float(t->number) : complex_of(r, 0, t->number);
        lex_next(&r->lex);
        return COT_OK;
    case TOKEN_SIGN:
        if (t->sign == '(') return read_parentheses(r, out);
        if (t->sign == '[') return read_list(r, out);
        if (t->sign == '{') return read_dict(r, out);
        if (t->sign == SIGN3('.', '.', '.')) {
            *out = (arg){.kind = ARG_ELLIPSIS};
            lex_next(&r->lex);
            return COT_OK;
        }
        break;
    case TOKEN_BAD: return read_fail(r, t, COT_SYNTAX, "%s", t->problem);
    default: break;
    }
    return read_fail(r, t, COT_SYNTAX, "expected a value, found %s", token_show(r->scratch, t));
}

static cot_status read_member(reader *r, arg *out) {
    lex_next(&r->lex);
    token at = *read_now(r);
    if (at.kind != TOKEN_NAME)
        return read_fail(r, &at, COT_SYNTAX, "expected a name behind '.', found %s", token_show(r->scratch, &at));
    const char *name = read_name_of(r, &at);
    arg self = *out;
    lex_next(&r->lex);
    return read_at(r, '(') ? read_call_method(r, &at, &self, name, out) : read_attribute(r, &at, &self, name, out);
}

/* An atom with the members, calls and indices behind it. */
static cot_status read_postfix(reader *r, arg *out) {
    TRY(read_atom(r, out));
    for (;;) {
        token at = *read_now(r);
        if (read_at(r, '.')) {
            TRY(read_member(r, out));
        } else if (read_at(r, '[')) {
            arg base = *out, index;
            TRY(read_subscript(r, &index));
            TRY(read_index(r, &at, &base, &index, out));
        } else {
            return COT_OK;
        }
    }
}

static bool negate_constant(reader *r, arg *a) {
    if (a->kind == ARG_FLOAT) *a = arg_float(-a->f);
    else if (a->kind == ARG_COMPLEX) *a = complex_of(r, -a->complex[0], -a->complex[1]);
    else if ((a->kind == ARG_INT || a->kind == ARG_BOOL) && a->i != INT64_MIN) *a = arg_int(-a->i);
    else return false;
    return true;
}

static cot_status read_operand(reader *r, arg *out) {
    token at = *read_now(r);
    if (!read_at(r, '-') && !read_at(r, '+') && !read_at(r, '~')) return read_postfix(r, out);
    if (r->depth >= READ_MAX_DEPTH)
        return read_fail(r, &at, COT_SYNTAX, "expressions are nested more than %d deep", READ_MAX_DEPTH);
    lex_next(&r->lex);
    if (at.sign == '-' && read_now(r)->kind == TOKEN_INT) {
        lexer next = r->lex;
        lex_next(&next);
        if (!token_is(&next.now, SIGN2('*', '*')) && !token_is(&next.now, '.')) return read_integer(r, true, out);
    }
    r->depth++;
    arg a;
    const char *target = r->target;
    r->target = NULL;
    TRY(read_level(r, 10, &a)); /* ** binds tighter than a sign before it */
    r->target = target;
    r->depth--;
    *out = a;
    if (at.sign == '-' && negate_constant(r, out)) return COT_OK;
    return read_unary(r, &at, at.sign, &a, out);
}

/* ---- operators --------------------------------------------------------------------------------------------------- */

/* How tightly an infix operator binds, as in Python; 0: it is none. */
static int precedence(const token *t) {
    if (t->kind != TOKEN_SIGN) return 0;
    switch (t->sign) {
    case SIGN2('=', '='):
    case SIGN2('!', '='):
    case SIGN2('<', '='):
    case SIGN2('>', '='):
    case '<':
    case '>': return 1;
    case '|': return 2;
    case '^': return 3;
    case '&': return 4;
    case SIGN2('<', '<'):
    case SIGN2('>', '>'): return 5;
    case '+':
    case '-': return 6;
    case '*':
    case '/':
    case '%':
    case '@':
    case SIGN2('/', '/'): return 7;
    case SIGN2('*', '*'): return 10;
    default: return 0;
    }
}

static bool is_complex_or_number(const arg *a) {
    return a->kind == ARG_COMPLEX || a->kind == ARG_FLOAT || a->kind == ARG_INT;
}

/* 1+2j is a constant. */
static bool fold_complex(reader *r, uint32_t sign, const arg *a, const arg *b, arg *out) {
    if ((sign != '+' && sign != '-') || !is_complex_or_number(a) || b->kind != ARG_COMPLEX) return false;
    double real = a->kind == ARG_COMPLEX ? a->complex[0] : arg_as_float(a, 0),
           imaginary = a->kind == ARG_COMPLEX ? a->complex[1] : 0;
    *out = sign == '+' ? complex_of(r, real + b->complex[0], imaginary + b->complex[1])
                       : complex_of(r, real - b->complex[0], imaginary - b->complex[1]);
    return true;
}

/* A bound of a size that is no 64-bit number, as PyTorch computes some: near enough as a float. */
static bool read_huge(reader *r, arg *out) {
    const token t = *read_now(r);
    double number;
    for (const char *p = t.start; p < t.end; p++)
        if (*p < '0' || *p > '9') return false;
    if (t.kind != TOKEN_BAD || t.start == t.end || !text_read_float(t.start, (size_t)(t.end - t.start), &number))
        return false;
    *out = arg_float(number);
    r->lex.now.kind = TOKEN_INT;
    lex_next(&r->lex);
    return true;
}

static cot_status read_level(reader *r, int least, arg *out) {
    TRY(read_operand(r, out));
    for (;;) {
        token at = *read_now(r);
        int level = precedence(&at);
        if (level == 0 || level < least) return COT_OK;
        lex_next(&r->lex);
        arg left = *out, right;
        if (r->depth >= READ_MAX_DEPTH)
            return read_fail(r, &at, COT_SYNTAX, "expressions are nested more than %d deep", READ_MAX_DEPTH);
        r->depth++;
        const char *target = r->target; /* the statement's name is for the last operation alone */
        r->target = NULL;
        if (level != 1 || !read_huge(r, &right))
            TRY(read_level(r, level == 10 ? 8 : level + 1, &right)); /* a ** -b: the right side takes a sign */
        r->target = target;
        r->depth--;
        if (!fold_complex(r, at.sign, &left, &right, out)) TRY(read_binary(r, &at, at.sign, &left, &right, out));
    }
}

cot_status read_expression(reader *r, arg *out) {
    if (r->depth >= READ_MAX_DEPTH)
        return read_fail(r, read_now(r), COT_SYNTAX, "expressions are nested more than %d deep", READ_MAX_DEPTH);
    r->depth++;
    TRY(read_level(r, 1, out));
    r->depth--;
    return COT_OK;
}
