/* SPDX-License-Identifier: MIT
 * registered.c — operators of the caller's: the public callbacks behind the hooks of a record.
 *
 * The descriptors that a kernel is handed are made once, when the call is planned; a run copies them into the step's
 * scratch, because several frames may run the same step, and fills in addresses. */
#include "ops/registered.h"

#include "base/context.h"
#include "base/error.h"
#include "ops/emit.h"
#include "ops/schema.h"
#include "ops/shape.h"

#include <stdio.h>
#include <string.h>

/* ---- arguments -------------------------------------------------------------------------------------------------- */

typedef struct converter {
    arena *arena;
    uint32_t next; /* the flat index of the next tensor */
} converter;

static cot_argument convert_list(converter *c, const param *p, const arg *a) {
    cot_argument r = {.kind = p->type == PARAM_TENSOR ? COT_ARGUMENT_VALUES : COT_ARGUMENT_INTS, .count = a->count};
    int64_t *ints = ARENA_ARRAY(c->arena, int64_t, a->count);
    cot_value *values = ARENA_ARRAY(c->arena, cot_value, a->count);
    for (uint32_t i = 0; i < a->count; i++) {
        ints[i] = arg_as_int(&a->list[i], 0);
        values[i] = p->type == PARAM_TENSOR ? c->next++ : COT_NO_VALUE;
    }
    r.ints = ints;
    r.values = values;
    return r;
}

/* An argument as the public callbacks see it; sizes are numbers. */
static cot_argument convert(converter *c, const param *p, const arg *a) {
    if (a->kind == ARG_LIST || a->kind == ARG_TUPLE) return convert_list(c, p, a);
    if (p->type == PARAM_TENSOR) {
        const uint32_t at = c->next++;
        return a->kind == ARG_NONE ? (cot_argument){.kind = COT_ARGUMENT_NONE}
                                   : (cot_argument){.kind = COT_ARGUMENT_VALUE, .value = at};
    }
    cot_argument r = {.integer = arg_as_int(a, 0), .real = arg_as_float(a, 0)};
    switch ((arg_kind)a->kind) {
    case ARG_INT: r.kind = COT_ARGUMENT_INT; break;
    case ARG_FLOAT: r.kind = COT_ARGUMENT_REAL; break;
    case ARG_BOOL: r.kind = COT_ARGUMENT_BOOL; break;
    case ARG_DTYPE: r.kind = COT_ARGUMENT_DTYPE; break;
    case ARG_STRING:
    case ARG_CONST:
    case ARG_DEVICE:
        r.kind = COT_ARGUMENT_TEXT;
        r.text = arena_string(c->arena, a->s, strlen(a->s));
        break;
    default: r.kind = COT_ARGUMENT_NONE; break;
    }
    return r;
}

static const cot_argument *convert_all(arena *a, const op *o, const arg *args) {
    converter c = {.arena = a};
    cot_argument *out = ARENA_ARRAY(a, cot_argument, o->num_params);
    for (uint32_t i = 0; i < o->num_params; i++) {
        out[i] = convert(&c, &o->params[i], &args[i]);
        out[i].keyword = o->params[i].name;
    }
    return out;
}

/* ---- shapes ----------------------------------------------------------------------------------------------------- */

static bool describe_type(const type *t, cot_tensor *out) {
    *out = (cot_tensor){0};
    if (t->kind != TYPE_TENSOR) return true;
    out->dtype = (cot_dtype)t->dtype;
    out->ndim = t->ndim;
    for (uint32_t i = 0; i < t->ndim; i++) {
        if (!dim_is_static(t->sizes[i]) || !dim_is_static(t->strides[i])) return false;
        out->sizes[i] = t->sizes[i];
        out->strides[i] = t->strides[i];
    }
    return true;
}

static bool describe_operands(shape_call *c, cot_tensor *out, uint32_t *count) {
    for (uint32_t i = 0; i < c->op->num_params; i++) {
        if (c->op->params[i].type != PARAM_TENSOR) continue;
        const arg *a = &c->args[i];
        const bool list = a->kind == ARG_LIST || a->kind == ARG_TUPLE;
        for (uint32_t k = 0; k < (list ? a->count : 1); k++, ++*count) {
            const type *t = list ? shape_item(c, i, k) : shape_tensor(c, i);
            if (out && !describe_type(t, &out[*count])) return false;
        }
    }
    return true;
}

static bool returns_operand(const op *o, uint32_t r) { return o->returns[r].alias != 0; }

static cot_status result_of(shape_call *c, const cot_tensor *t, type *out) {
    dim sizes[COT_MAX_DIMS];
    bool good = (unsigned)t->dtype < COT_DTYPE_COUNT && t->ndim <= COT_MAX_DIMS;
    for (uint32_t i = 0; good && i < t->ndim; i++) {
        sizes[i] = t->sizes[i];
        good = t->sizes[i] >= 0;
    }
    if (!good) return shape_fail(c, "its shape rule gave a result that is no tensor");
    *out = type_tensor(c->arena, c->syms, t->dtype, sizes, t->ndim);
    return COT_OK;
}

/* The rule in C: wants numbers. */
static cot_status shape_by_callback(shape_call *c, const registered *r, type *fresh, uint32_t num_fresh) {
    uint32_t count = 0;
    describe_operands(c, NULL, &count);
    cot_tensor *operands = ARENA_ARRAY(c->arena, cot_tensor, count);
    cot_tensor *results = ARENA_ARRAY(c->arena, cot_tensor, num_fresh);
    count = 0;
    if (!describe_operands(c, operands, &count))
        return fail(c->error, COT_UNSUPPORTED,
                    "%s: its shape rule is a function in C, which needs sizes that are numbers; give an expression",
                    c->op->name);
    const cot_operator_call call = {.operands = operands,
                                    .num_operands = count,
                                    .num_results = num_fresh,
                                    .arguments = convert_all(c->arena, c->op, c->args),
                                    .num_arguments = c->op->num_params};
    cot_error why = {0};
    const cot_status status = r->shape(r->user, results, &call, &why);
    if (status) return fail(c->error, status, "%s: %s", c->op->name, why.text[0] ? why.text : cot_status_text(status));
    for (uint32_t i = 0; i < num_fresh; i++) TRY(result_of(c, &results[i], &fresh[i]));
    return COT_OK;
}

/* The types that the expression has on a scratch graph. */
static cot_status shape_by_expression(shape_call *c, const registered *r, type *fresh, uint32_t num_fresh) {
    cot_graph *scratch = graph_create(c->graph->ctx, "scratch");
    builder s;
    builder_init(&s, scratch, c->error);
    s.decompose = true;
    arg *args = ARENA_ARRAY(scratch->arena, arg, c->op->num_params);
    const char **names = ARENA_ARRAY(scratch->arena, const char *, c->op->num_params);
    for (uint32_t i = 0; i < c->op->num_params; i++) {
        args[i] = emit_argument_placeholders(&s, c->graph, &c->args[i]);
        names[i] = c->op->params[i].name;
    }
    const arg whole = evaluate_expression(&s, r->result, names, args, c->op->num_params);
    const arg *parts = whole.kind == ARG_LIST ? whole.list : &whole;
    const uint32_t count = whole.kind == ARG_LIST ? whole.count : 1;
    cot_status status = s.status;
    if (!status && count != num_fresh)
        status = fail(c->error, COT_SCHEMA, "%s: '%s' gives %u results, the schema has %u", c->op->name, r->result,
                      count, num_fresh);
    for (uint32_t i = 0; !status && i < count; i++) {
        const type *t = graph_type(scratch, arg_as_value(&parts[i]));
        if (t->kind != TYPE_TENSOR)
            status = fail(c->error, COT_SCHEMA, "%s: '%s' is no tensor", c->op->name, r->result);
        else fresh[i] = type_tensor(c->arena, c->syms, (cot_dtype)t->dtype, t->sizes, t->ndim);
    }
    graph_destroy(scratch);
    return status;
}

static cot_status shape_like_first(shape_call *c, type *fresh, uint32_t num_fresh) {
    const type *t = NULL;
    for (uint32_t i = 0; i < c->op->num_params && !t; i++) {
        if (c->op->params[i].type != PARAM_TENSOR) continue;
        const arg *a = &c->args[i];
        const bool list = a->kind == ARG_LIST || a->kind == ARG_TUPLE;
        const type *given = !list ? shape_tensor(c, i) : a->count ? shape_item(c, i, 0) : NULL;
        if (given && given->kind == TYPE_TENSOR) t = given;
    }
    if (!t && num_fresh) return shape_fail(c, "it has no tensor to be like, and no shape rule");
    for (uint32_t i = 0; i < num_fresh; i++)
        fresh[i] = type_tensor(c->arena, c->syms, (cot_dtype)t->dtype, t->sizes, t->ndim);
    return COT_OK;
}

static const type *written_operand(const shape_call *c, uint32_t r) {
    for (uint32_t p = 0; p < c->op->num_params; p++)
        if (c->op->params[p].writes && c->op->params[p].alias == c->op->returns[r].alias) return shape_tensor(c, p);
    return shape_tensor(c, 0);
}

static cot_status shape_registered(shape_call *c) {
    const registered *r = c->op->record->data;
    const op *o = c->op;
    uint32_t num_fresh = 0;
    for (uint32_t i = 0; i < o->num_returns; i++) num_fresh += !returns_operand(o, i);
    type *fresh = ARENA_ARRAY(c->arena, type, num_fresh), *parts = ARENA_ARRAY(c->arena, type, o->num_returns);
    if (num_fresh && r->shape) TRY(shape_by_callback(c, r, fresh, num_fresh));
    else if (num_fresh && r->result) TRY(shape_by_expression(c, r, fresh, num_fresh));
    else TRY(shape_like_first(c, fresh, num_fresh));
    for (uint32_t i = 0, k = 0; i < o->num_returns; i++)
        parts[i] = returns_operand(o, i) ? type_copy(c->arena, written_operand(c, i)) : fresh[k++];
    c->result = o->num_returns == 0   ? (type){0}
                : o->num_returns == 1 ? parts[0]
                                      : type_tuple(c->arena, parts, o->num_returns);
    return COT_OK;
}

/* ---- running ---------------------------------------------------------------------------------------------------- */

typedef struct call_attributes {
    const op *op;
    const cot_tensor *tensors; /* results, then operands; without addresses */
    const cot_argument *arguments;
} call_attributes;

static void run_registered(const kernel_call *k) {
    const call_attributes *a = k->attributes;
    const registered *r = a->op->record->data;
    const uint32_t count = k->num_results + k->num_operands;
    cot_tensor *tensors = k->scratch;
    for (uint32_t i = 0; i < count; i++) {
        tensors[i] = a->tensors[i];
        tensors[i].data = k->data[i];
    }
    const cot_operator_call call = {.results = tensors,
                                    .num_results = k->num_results,
                                    .operands = tensors + k->num_results,
                                    .num_operands = k->num_operands,
                                    .arguments = a->arguments,
                                    .num_arguments = a->op->num_params,
                                    .seed = k->seed,
                                    .step = k->step,
                                    .internal = k->pool};
    cot_error error = {0};
    const cot_status status = r->kernel(r->user, &call, &error);
    if (!status) return;
    char text[1024];
    snprintf(text, sizeof text, "%s: %s", a->op->name, error.text[0] ? error.text : cot_status_text(status));
    kernel_fail(k, status, text);
}

static cot_tensor describe(const tensor_desc *d) {
    cot_tensor t = {.dtype = (cot_dtype)d->dtype, .ndim = d->numel < 0 ? 0 : d->ndim};
    for (uint32_t i = 0; i < t.ndim; i++) {
        t.sizes[i] = d->sizes[i];
        t.strides[i] = d->strides[i];
    }
    return t;
}

/* Operands that are not written are row-major: the plan copies those that are not. */
static cot_status want_contiguous(prepare_call *c) {
    for (uint32_t p = 0; p < c->op->num_params; p++) {
        for (uint32_t i = c->first[p]; !c->op->params[p].writes && i < c->first[p + 1]; i++) {
            if (c->operands[i].numel < 0 || c->operands[i].contiguous) continue;
            if (i >= 64) return prepare_no_kernel(c);
            c->contiguous |= (uint64_t)1 << i;
        }
    }
    return COT_OK;
}

static cot_status prepare_registered(prepare_call *c) {
    const registered *r = c->op->record->data;
    if (!r->kernel)
        return graph_fail(c->graph, c->node, c->error, COT_NO_KERNEL, "%s was registered without a kernel",
                          c->op->name);
    call_attributes *a = PREPARE_ATTRIBUTES(c, call_attributes);
    TRY(want_contiguous(c));
    cot_tensor *tensors = ARENA_ARRAY(c->arena, cot_tensor, c->num_results + c->num_operands);
    for (uint32_t i = 0; i < c->num_results; i++) tensors[i] = describe(&c->results[i]);
    for (uint32_t i = 0; i < c->num_operands; i++) {
        tensor_desc d = c->operands[i];
        int64_t stride = 1; /* as it will be */
        for (uint32_t k = d.ndim; i < 64 && c->contiguous >> i & 1 && k-- > 0; stride *= MAX(d.sizes[k], 1))
            d.strides[k] = stride;
        tensors[c->num_results + i] = describe(&d);
    }
    *a = (call_attributes){.op = c->op, .tensors = tensors, .arguments = convert_all(c->arena, c->op, c->args)};
    c->scratch_bytes = (c->num_results + c->num_operands) * sizeof(cot_tensor);
    c->kernel = run_registered;
    return COT_OK;
}

/* ---- registering ------------------------------------------------------------------------------------------------ */

static const char *keep(arena *a, const char *s) { return s ? arena_string(a, s, strlen(s)) : NULL; }

op_record *registered_record(cot_context *ctx, const char *schema, const registered *callbacks) {
    op_record *record = ARENA_NEW(ctx->arena, op_record);
    registered *data = arena_copy(ctx->arena, callbacks, sizeof *callbacks);
    data->result = keep(ctx->arena, data->result);
    *record = (op_record){
        .schema = keep(ctx->arena, schema), .shape = shape_registered, .prepare = prepare_registered, .data = data};
    return record;
}

/* Whose names are the library's. */
static bool is_closed(const char *namespace_) {
    static const char *const closed[] = {"aten",  "prims",     "higher_order", "cot",
                                         "torch", "_operator", "math",         "_object"};
    for (size_t i = 0; i < COUNT_OF(closed); i++)
        if (!strcmp(namespace_, closed[i])) return true;
    return false;
}

static cot_status add_operator(cot_context *ctx, const cot_operator_options *o, cot_error *error) {
    const size_t word = strcspn(o->schema, ":");
    if (o->schema[word] != ':' || !strchr(o->schema, '('))
        return fail(error, COT_SYNTAX, "the schema '%s' does not parse: expected \"namespace::name(…) -> …\"",
                    o->schema);
    const char *namespace_ = arena_string(ctx->arena, o->schema, word);
    if (is_closed(namespace_)) return fail(error, COT_INVALID, "the namespace %s is the library's", namespace_);
    op_record *record = registered_record(
        ctx, o->schema, &(registered){.kernel = o->kernel, .shape = o->shape, .result = o->result, .user = o->user});
    record->vjp = keep(ctx->arena, o->derivative);
    record->decompose = keep(ctx->arena, o->decomposition);
    if (o->decomposition) record->shape = NULL, record->traits |= OP_COMPOSITE;
    if (o->flags & COT_OPERATOR_EFFECT) record->traits |= OP_EFFECT | OP_ORDERED;
    if (o->flags & COT_OPERATOR_CHEAP) record->traits |= OP_RECOMPUTABLE;
    op parsed = {.record = record};
    if (!schema_parse(ctx->arena, &parsed, SCHEMA_AS_IS))
        return fail(error, COT_SYNTAX, "the schema '%s' does not parse", o->schema);
    for (uint32_t i = 0; i < parsed.num_returns; i++)
        if (parsed.returns[i].list || parsed.returns[i].type != PARAM_TENSOR)
            return fail(error, COT_UNSUPPORTED, "%s: results that are no tensors", parsed.name);
    const op *made;
    return op_register(ctx, record, &made, error);
}

cot_status cot_operator_register(cot_context *ctx, const cot_operator_options *options, cot_error *error) {
    if (!options || !options->schema) return fail(error, COT_INVALID, "an operator needs a schema");
    guard g;
    if (GUARD_ENTER(&g, ctx)) return guard_failed(&g, error);
    const cot_status status = add_operator(ctx, options, error);
    guard_leave(&g);
    return status;
}

/* The operator that stands for a method: "_object::counter.add(…)". */
static cot_status add_method(cot_context *ctx, const char *name, const cot_method *m, void *self, cot_error *error) {
    if (!m->schema) return fail(error, COT_INVALID, "a method needs a schema");
    char *word = arena_string(ctx->arena, name, strlen(name));
    for (char *c = word; *c; c++)
        if (*c == '.') *c = '_';
    op_record *record =
        registered_record(ctx, arena_printf(ctx->arena, "_object::%s.%s", word, m->schema),
                          &(registered){.kernel = m->kernel, .shape = m->shape, .result = m->result, .user = self});
    record->vjp = keep(ctx->arena, m->derivative);
    record->traits = OP_EFFECT | OP_ORDERED;
    const op *made;
    return op_register(ctx, record, &made, error);
}

cot_status cot_object_register(cot_context *ctx, const char *name, const cot_method *methods, uint32_t count,
                               void *self, cot_error *error) {
    if (!name || !*name || (count && !methods)) return fail(error, COT_INVALID, "an object needs a name and methods");
    guard g;
    if (GUARD_ENTER(&g, ctx)) return guard_failed(&g, error);
    cot_status status = COT_OK;
    for (uint32_t i = 0; i < count && !status; i++) status = add_method(ctx, name, &methods[i], self, error);
    guard_leave(&g);
    return status;
}

typedef struct parallel_job {
    void (*body)(void *arg, int64_t begin, int64_t end);
    void *arg;
} parallel_job;

static void run_piece(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const parallel_job *job = arg;
    UNUSED(worker);
    job->body(job->arg, begin, end);
}

void cot_operator_parallel(const cot_operator_call *call, int64_t count, int64_t grain,
                           void (*body)(void *arg, int64_t begin, int64_t end), void *arg) {
    parallel_job job = {body, arg};
    parallel_for(call->internal, count, grain, run_piece, &job);
}
