/* SPDX-License-Identifier: MIT
 * rule.c — applying an operator's derivative: lines of expressions ("self: grad * other") or a C function. */
#include "autograd/differentiate.h"
#include <ctype.h>
#include <string.h>

typedef struct operands {
    const value *functional; /* flat tensor operands of the functional call; NO_VALUE for None */
    uint32_t *first;         /* by parameter, num_params + 1 entries */
    bool *needs;
    value *out;
    uint32_t count;
} operands;

static operands flatten_operands(differentiation *d, const node *n) {
    const op *o = n->op;
    VEC(value) flat = {0};
    operands r = {.first = ARENA_ARRAY(d->scratch, uint32_t, o->num_params + 1u)};
    for (uint32_t i = 0; i < o->num_params; i++) {
        r.first[i] = flat.count;
        if (o->params[i].type != PARAM_TENSOR) continue;
        const arg *a = &n->args[i];
        if (a->kind != ARG_LIST && a->kind != ARG_TUPLE) *VEC_PUSH(d->scratch, &flat) = arg_as_value(a);
        else
            for (uint32_t k = 0; k < a->count; k++) *VEC_PUSH(d->scratch, &flat) = arg_as_value(&a->list[k]);
    }
    r.first[o->num_params] = r.count = flat.count;
    r.functional = flat.data;
    r.needs = ARENA_ARRAY(d->scratch, bool, flat.count);
    r.out = ARENA_ARRAY(d->scratch, value, flat.count);
    for (uint32_t k = 0; k < flat.count; k++) {
        r.needs[k] = flat.data[k] != NO_VALUE && d->needs[flat.data[k]];
        r.out[k] = NO_VALUE;
    }
    return r;
}

/* The expression of a parameter's line in a rule, copied; NULL when the rule has no line for it. */
static const char *rule_line(arena *a, const char *rule, const char *param) {
    const size_t length = strlen(param);
    for (const char *line = rule; line && *line;) {
        while (isspace((unsigned char)*line)) line++;
        const char *end = strchr(line, '\n'), *stop = end ? end : line + strlen(line);
        const char *colon = memchr(line, ':', (size_t)(stop - line));
        for (const char *name = line; colon && name < colon;) { /* "self, other: none" names several */
            while (name < colon && (isspace((unsigned char)*name) || *name == ',')) name++;
            const char *name_end = name;
            while (name_end < colon && !isspace((unsigned char)*name_end) && *name_end != ',') name_end++;
            if ((size_t)(name_end - name) == length && !memcmp(name, param, length)) {
                for (colon++; isspace((unsigned char)*colon);) colon++;
                return arena_string(a, colon, (size_t)(stop - colon));
            }
            name = name_end + 1;
        }
        line = end ? end + 1 : NULL;
    }
    return NULL;
}

static cot_status no_rule(differentiation *d, value n, const char *param) {
    const node *node = graph_node(d->functional, n);
    return graph_fail(d->functional, n, d->b.error, COT_NO_RULE,
                      "%s has no derivative rule for %s, which a gradient needs", node->op->name, param);
}

/* The next parameter in alphabetical order, which is the order in which PyTorch computes gradients. */
static uint32_t next_by_name(const op *o, const char *after) {
    uint32_t best = o->num_params;
    for (uint32_t i = 0; i < o->num_params; i++)
        if ((!after || strcmp(o->params[i].name, after) > 0) &&
            (best == o->num_params || strcmp(o->params[i].name, o->params[best].name) < 0))
            best = i;
    return best;
}

/* Evaluates the lines of a rule for the parameters that need a gradient. */
static cot_status apply_lines(differentiation *d, value n, vjp_call *c, const char *rule) {
    const op *o = c->op;
    const uint32_t names_count = o->num_params + 2 + 2 * c->num_results;
    const char **names = ARENA_ARRAY(d->scratch, const char *, names_count);
    arg *args = ARENA_ARRAY(d->scratch, arg, names_count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < o->num_params; i++) {
        names[count] = o->params[i].name;
        args[count++] = c->args[i];
    }
    names[count] = "grad";
    args[count++] = arg_value(c->num_results ? c->grads[0] : NO_VALUE);
    names[count] = "result";
    args[count++] = arg_value(c->result);
    for (uint32_t i = 0; i < c->num_results && c->num_results > 1; i++) {
        names[count] = arena_printf(d->scratch, "grad%u", i);
        args[count++] = arg_value(c->grads[i]);
        /* A part is fetched only where a line speaks of it: an unused getitem would be a saved tensor in disguise. */
        names[count] = arena_printf(d->scratch, "result%u", i);
        args[count] = strstr(rule, names[count]) ? arg_value(vjp_result(c, i)) : arg_none();
        count++;
    }
    for (uint32_t i = next_by_name(o, NULL); i < o->num_params; i = next_by_name(o, o->params[i].name)) {
        if (!vjp_needs(c, i)) continue;
        const char *line = rule_line(d->scratch, rule, o->params[i].name);
        if (!line) return no_rule(d, n, o->params[i].name);
        if (!strcmp(line, "none") || !strcmp(line, "zero")) continue;
        vjp_set(c, i, emit_expression(&d->b, line, names, args, count));
        if (d->b.status) return d->b.status;
    }
    return COT_OK;
}

/* Whether a result that is there for the backward has a gradient of its own. */
static bool reaches_kept(const differentiation *d, value n) {
    const type *t = graph_type(d->functional, n);
    const uint32_t kept = graph_node(d->functional, n)->op->record->kept;
    for (uint32_t i = 0; kept && d->part_grad[n] && i < t->count; i++)
        if (kept >> i & 1 && d->part_grad[n][i] != NO_VALUE) return true;
    return false;
}

cot_status gradient_by_rule(differentiation *d, value n) {
    const node *node = graph_node(d->functional, n);
    const op *o = node->op;
    const type *t = graph_type(d->functional, n);
    const op_record *record = o->record;
    const bool ruled = record && (record->vjp || record->vjp_fn);
    const bool apart = record && (record->decompose || record->decompose_fn);
    if (apart && (!ruled || reaches_kept(d, n))) return gradient_by_decomposition(d, n);
    if (!ruled) return no_rule(d, n, "its operands");
    operands flat = flatten_operands(d, node);
    arg *args = ARENA_ARRAY(d->scratch, arg, node->nargs);
    for (uint32_t i = 0; i < node->nargs; i++) args[i] = arg_map(d->b.graph, &node->args[i], d->copy);
    vjp_call c = {.b = &d->b,
                  .op = o,
                  .args = args,
                  .result = d->copy[n],
                  .needs = flat.needs,
                  .out = flat.out,
                  .num_operands = flat.count,
                  .first = flat.first};
    c.num_results = t->kind == TYPE_TUPLE ? t->count : 1;
    c.grads = t->kind == TYPE_TUPLE ? d->part_grad[n] : &d->grad[n];
    const value begin = d->b.graph->nodes.count;
    if (record->vjp_fn) TRY(record->vjp_fn(&c));
    else TRY(apply_lines(d, n, &c, record->vjp));
    TRY(d->b.status);
    TRY(saved_check(d, n, begin));
    for (uint32_t k = 0; k < flat.count; k++)
        if (flat.needs[k]) gradient_add(d, flat.functional[k], flat.out[k]);
    return d->b.status;
}
