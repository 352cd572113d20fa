/* SPDX-License-Identifier: MIT
 * spec.c — the public functions, and transforms by their text. */
#include "base/error.h"
#include "transforms/transform.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- text ------------------------------------------------------------------------------------------------------- */

enum { MOST_ITEMS = 256 };

/* A text being read: "name(word, key=value, …)". Values are words, 'texts', numbers, None, and lists of these. */
typedef struct reader {
    const char *at, *from;
    arena *scratch;
    cot_error *error;
} reader;

typedef struct item_list {
    const char *items[MOST_ITEMS];
    uint32_t count;
    bool is_list;
} item_list;

typedef struct spec {
    const char *name;
    cot_derivative_options derivative;
    cot_vmap_options vmap;
    item_list inputs;
    int in_dims[MOST_ITEMS], out_dims[MOST_ITEMS];
} spec;

static void skip(reader *r) {
    while (isspace((unsigned char)*r->at)) r->at++;
}

static cot_status wrong(reader *r, const char *what) {
    return fail(r->error, COT_SYNTAX, "the transform '%.60s' does not parse at '%.20s': expected %s", r->from, r->at,
                what);
}

static bool take(reader *r, char c) {
    skip(r);
    if (*r->at != c) return false;
    r->at++;
    return true;
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '-'; }

static cot_status read_word(reader *r, const char **word) {
    skip(r);
    const char quote = *r->at == '\'' || *r->at == '"' ? *r->at++ : '\0';
    const char *from = r->at;
    while (*r->at && (quote ? *r->at != quote : is_word(*r->at))) r->at++;
    if (r->at == from || (quote && !*r->at)) return wrong(r, "a word");
    *word = arena_string(r->scratch, from, (size_t)(r->at - from));
    if (quote) r->at++;
    return COT_OK;
}

static cot_status read_value(reader *r, item_list *v) {
    *v = (item_list){0};
    skip(r);
    const char close = *r->at == '(' ? ')' : *r->at == '[' ? ']' : '\0';
    v->is_list = close != '\0';
    if (!close) return read_word(r, &v->items[v->count++]);
    r->at++;
    while (!take(r, close)) {
        if (v->count == MOST_ITEMS) return wrong(r, "at most 256 items");
        TRY(read_word(r, &v->items[v->count++]));
        if (!take(r, ',') && (skip(r), *r->at != close)) return wrong(r, "',' or the end of the list");
    }
    return COT_OK;
}

static cot_status as_int(reader *r, const char *word, int64_t *out) {
    char *end;
    *out = strtoll(word, &end, 10);
    return *end ? fail(r->error, COT_SYNTAX, "'%s' is no number", word) : COT_OK;
}

static cot_status as_dims(reader *r, const item_list *v, int *out, const int **set, uint32_t *count) {
    for (uint32_t i = 0; i < v->count; i++) {
        int64_t d = COT_NOT_BATCHED;
        if (strcmp(v->items[i], "None")) TRY(as_int(r, v->items[i], &d));
        out[i] = d < -COT_MAX_DIMS || d > COT_MAX_DIMS ? (d == COT_NOT_BATCHED ? COT_NOT_BATCHED : 100) : (int)d;
    }
    *set = out;
    *count = v->count;
    return COT_OK;
}

static cot_status as_flag(reader *r, const char *word, int *out) {
    *out = !strcmp(word, "True");
    return *out || !strcmp(word, "False") ? COT_OK : fail(r->error, COT_SYNTAX, "'%s' is not True or False", word);
}

static cot_status as_randomness(reader *r, const char *word, cot_randomness *out) {
    static const char *const names[] = {"error", "different", "same"};
    for (uint32_t i = 0; i < COUNT_OF(names); i++)
        if (!strcmp(word, names[i])) {
            *out = (cot_randomness)i;
            return COT_OK;
        }
    return fail(r->error, COT_SYNTAX, "Only allowed values for randomness are 'error', 'different', or 'same'. Got %s",
                word);
}

static cot_status set_keyword(reader *r, spec *s, const char *key, const item_list *v) {
    const char *word = v->count ? v->items[0] : "";
    if (!strcmp(key, "argnums") || !strcmp(key, "inputs")) {
        s->inputs = *v;
        return COT_OK;
    }
    if (!strcmp(key, "has_aux")) return as_flag(r, word, &s->derivative.has_aux);
    if (!strcmp(key, "value")) return as_flag(r, word, &s->derivative.value);
    if (!strcmp(key, "size")) return as_int(r, word, &s->vmap.size);
    if (!strcmp(key, "in_dims")) return as_dims(r, v, s->in_dims, &s->vmap.in_dims, &s->vmap.num_in_dims);
    if (!strcmp(key, "out_dims")) return as_dims(r, v, s->out_dims, &s->vmap.out_dims, &s->vmap.num_out_dims);
    if (!strcmp(key, "randomness")) return as_randomness(r, word, &s->vmap.randomness);
    return fail(r->error, COT_SYNTAX, "a transform has no argument '%s'", key);
}

static cot_status read_spec(reader *r, spec *s) {
    TRY(read_word(r, &s->name));
    if (!take(r, '(')) return COT_OK;
    while (!take(r, ')')) {
        item_list v;
        skip(r);
        const char *word;
        TRY(read_word(r, &word));
        if (take(r, '=')) {
            TRY(read_value(r, &v));
            TRY(set_keyword(r, s, word, &v));
        } else {
            if (s->inputs.count == MOST_ITEMS) return wrong(r, "at most 256 inputs");
            s->inputs.items[s->inputs.count++] = word;
        }
        if (!take(r, ',') && (skip(r), *r->at != ')')) return wrong(r, "',' or ')'");
    }
    return COT_OK;
}

static cot_status apply_spec(reader *r, spec *s, const cot_graph *g, cot_graph **out) {
    static const struct {
        const char *name;
        cot_status (*apply)(const cot_graph *, const cot_derivative_options *, cot_graph **, cot_error *);
    } derivatives[] = {{"grad", transform_grad},     {"vjp", transform_vjp},       {"jvp", transform_jvp},
                       {"jacrev", transform_jacrev}, {"jacfwd", transform_jacfwd}, {"hessian", transform_hessian}};
    if (s->inputs.count) {
        s->derivative.inputs = s->inputs.items;
        s->derivative.num_inputs = s->inputs.count;
    }
    if (!strcmp(s->name, "grad_and_value")) {
        s->name = "grad";
        s->derivative.value = 1;
    }
    for (uint32_t i = 0; i < COUNT_OF(derivatives); i++)
        if (!strcmp(s->name, derivatives[i].name)) return derivatives[i].apply(g, &s->derivative, out, r->error);
    if (!strcmp(s->name, "vmap")) return transform_vmap(g, &s->vmap, out, r->error);
    if (!strcmp(s->name, "functional_call"))
        return transform_functional_call(g, s->inputs.items, s->inputs.count, out, r->error);
    return fail(r->error, COT_SYNTAX,
                "there is no transform '%s' (grad, grad_and_value, vjp, jvp, jacrev, jacfwd, hessian, vmap, "
                "functional_call)",
                s->name);
}

static cot_status transform_text(const cot_graph *g, const char *text, cot_graph **out, cot_error *error) {
    arena *scratch = arena_create(g->ctx);
    reader r = {.at = text, .from = text, .scratch = scratch, .error = error};
    cot_graph *now = NULL;
    cot_status status = COT_OK;
    do {
        spec *s = ARENA_NEW(scratch, spec);
        cot_graph *next = NULL;
        status = read_spec(&r, s);
        skip(&r);
        if (!status && *r.at && *r.at != ';') status = wrong(&r, "';' or the end");
        if (!status) status = apply_spec(&r, s, now ? now : g, &next);
        graph_destroy(now);
        now = next;
    } while (!status && take(&r, ';'));
    arena_destroy(scratch);
    *out = now;
    return status;
}

/* ---- the public functions --------------------------------------------------------------------------------------- */

/* What any of them is to do, so that one function enters and leaves the guard. */
typedef struct request {
    cot_status (*derivative)(const cot_graph *, const cot_derivative_options *, cot_graph **, cot_error *);
    cot_derivative_options options;
    cot_vmap_options vmap;
    const char *const *names;
    uint32_t num_names;
    const char *text;
    bool batch, call;
} request;

static cot_status serve(const cot_graph *g, const request *r, cot_graph **out, cot_error *error) {
    if (r->text) return transform_text(g, r->text, out, error);
    if (r->batch) return transform_vmap(g, &r->vmap, out, error);
    if (r->call) return transform_functional_call(g, r->names, r->num_names, out, error);
    return r->derivative(g, &r->options, out, error);
}

static cot_status run_request(const cot_graph *graph, const request *r, cot_graph **out, cot_error *error) {
    guard g;
    *out = NULL;
    if (GUARD_ENTER(&g, graph->ctx)) {
        *out = NULL;
        return guard_failed(&g, error);
    }
    const cot_status status = serve(graph, r, out, error);
    if (status) *out = NULL;
    while (status && graph->ctx->arenas != g.newest) arena_destroy(graph->ctx->arenas);
    guard_leave(&g);
    return status;
}

static cot_status differentiate(const cot_graph *graph, const cot_derivative_options *options,
                                cot_status (*apply)(const cot_graph *, const cot_derivative_options *, cot_graph **,
                                                    cot_error *),
                                cot_graph **out, cot_error *error) {
    request r = {.derivative = apply};
    const size_t bytes = sizeof r.options;
    if (options) memcpy(&r.options, options, options->struct_bytes ? MIN(options->struct_bytes, bytes) : bytes);
    return run_request(graph, &r, out, error);
}

cot_status cot_grad(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out, cot_error *error) {
    return differentiate(graph, options, transform_grad, out, error);
}

cot_status cot_vjp(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out, cot_error *error) {
    return differentiate(graph, options, transform_vjp, out, error);
}

cot_status cot_jvp(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out, cot_error *error) {
    return differentiate(graph, options, transform_jvp, out, error);
}

cot_status cot_jacrev(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out,
                      cot_error *error) {
    return differentiate(graph, options, transform_jacrev, out, error);
}

cot_status cot_jacfwd(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out,
                      cot_error *error) {
    return differentiate(graph, options, transform_jacfwd, out, error);
}

cot_status cot_hessian(const cot_graph *graph, const cot_derivative_options *options, cot_graph **out,
                       cot_error *error) {
    return differentiate(graph, options, transform_hessian, out, error);
}

cot_status cot_vmap(const cot_graph *graph, const cot_vmap_options *options, cot_graph **out, cot_error *error) {
    request r = {.batch = true};
    const size_t bytes = sizeof r.vmap;
    if (options) memcpy(&r.vmap, options, options->struct_bytes ? MIN(options->struct_bytes, bytes) : bytes);
    return run_request(graph, &r, out, error);
}

cot_status cot_functional_call(const cot_graph *graph, const char *const *names, uint32_t num_names, cot_graph **out,
                               cot_error *error) {
    const request r = {.call = true, .names = names, .num_names = num_names};
    return run_request(graph, &r, out, error);
}

cot_status cot_transform(const cot_graph *graph, const char *text, cot_graph **out, cot_error *error) {
    const request r = {.text = text};
    return run_request(graph, &r, out, error);
}
