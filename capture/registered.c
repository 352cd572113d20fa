/* SPDX-License-Identifier: MIT
 * registered.c — higher-order operators of the caller's: the hooks of a record that call what was registered.
 *
 *     NAME(bodies…, (operands…), (captured…), options = …) → (results…)
 *
 * One with a derivative of its own stays a call until it is differentiated; then the joint graph gets what it is made
 * of and what its gradients are made of. Any other is written out when the program is made functional. */
#include "capture/writing.h"

#include "base/error.h"

#include <ctype.h>

typedef struct call_args {
    const arg *operands, *captured, *options; /* two tuples, then the keywords */
    uint32_t num_bodies, num_options;
} call_args;

static const cot_control_options *options_of(const op *o) { return o->record->data; }

static cot_status read_call(const op *o, const arg *args, uint32_t nargs, call_args *c, cot_error *error) {
    const uint32_t n = options_of(o)->num_bodies;
    if (nargs < n + 2 || !control_is_list(&args[n]) || !control_is_list(&args[n + 1]))
        return fail(error, COT_SCHEMA, "%s: expected %u bodies, a tuple of operands and a tuple of captured values",
                    o->name, n);
    *c = (call_args){.operands = &args[n],
                     .captured = &args[n + 1],
                     .options = &args[n + 2],
                     .num_bodies = n,
                     .num_options = nargs - n - 2};
    return COT_OK;
}

/* ---- capture -------------------------------------------------------------------------------------------------------
 */

static arg flat_operands(capture_stage *s, uint32_t first) {
    arena *a = s->b->graph->arena;
    arg_list leaves = {0};
    for (uint32_t i = first; i < s->npos; i++) arg_leaves(a, &s->args[i], &leaves);
    return (arg){.kind = ARG_TUPLE, .list = leaves.data, .count = leaves.count};
}

static cot_status capture(capture_stage *s) {
    const cot_control_options *o = options_of(s->op);
    arena *a = s->b->graph->arena;
    const uint32_t n = o->num_bodies, keywords = s->nargs - s->npos;
    if (s->npos < n) return builder_fail(s->b, COT_SCHEMA, "%s: expected %u bodies and operands", s->op->name, n);
    capture_input *inputs = ARENA_ARRAY(a, capture_input, s->npos);
    captured *bodies = ARENA_ARRAY(a, captured, n), **all = ARENA_ARRAY(a, captured *, n);
    const char **suffixes = ARENA_ARRAY(a, const char *, n);
    for (uint32_t i = n; i < s->npos; i++) {
        const bool item = i - n < 32 && o->items >> (i - n) & 1;
        inputs[i - n] = (capture_input){.how = item ? CAPTURE_ITEM : CAPTURE_OWN, .structure = true, .at = i};
    }
    for (uint32_t i = 0; i < n; i++) {
        const capture_request request = {.at = i, .inputs = inputs, .count = s->npos - n, .returns = ARG_TUPLE};
        TRY(s->body(s, &request, &bodies[i]));
        all[i] = &bodies[i];
        suffixes[i] = arena_printf(a, "_body_%u", i);
    }
    if (n > 1) TRY(s->merge(s, all, n, suffixes));
    arg *args = ARENA_ARRAY(a, arg, n + 2 + keywords);
    for (uint32_t i = 0; i < n; i++)
        args[i] = s->attach(s, &bodies[i], arena_printf(a, "%s_body_graph_", s->op->packet), false);
    args[n] = flat_operands(s, n);
    args[n + 1] = control_lifted(s, &bodies[0], ARG_TUPLE, NULL);
    for (uint32_t i = 0; i < keywords; i++) args[n + 2 + i] = s->args[s->npos + i];
    return s->call(s, args, n + 2 + keywords, o->shape ? NULL : &bodies[0], CAPTURE_ALL);
}

/* ---- shape ---------------------------------------------------------------------------------------------------------
 */

static cot_tensor describe(const type *t) {
    cot_tensor out = {.dtype = COT_I64};
    if (t->kind != TYPE_TENSOR) return out;
    out.dtype = (cot_dtype)t->dtype;
    out.ndim = t->ndim;
    for (uint32_t i = 0; i < t->ndim; i++) out.sizes[i] = size_public(t->sizes[i]);
    return out;
}

static cot_status result_type(cot_graph *g, const op *o, const cot_tensor *t, type *out, cot_error *error) {
    dim sizes[COT_MAX_DIMS];
    bool good = (unsigned)t->dtype < COT_DTYPE_COUNT && t->ndim <= COT_MAX_DIMS;
    for (uint32_t i = 0; good && i < t->ndim; i++) {
        sizes[i] = size_dim(t->sizes[i]);
        good = t->sizes[i] >= 0 || size_is_symbol(t->sizes[i]);
    }
    if (!good) return fail(error, COT_SHAPE, "%s: its shape rule gave a result that is no tensor", o->name);
    *out = type_tensor(g->arena, g->ctx->syms, t->dtype, sizes, t->ndim);
    return COT_OK;
}

static cot_status shape_by_hook(const op *o, cot_graph *g, const call_args *c, const type *parts, uint32_t count,
                                type *result, cot_error *error) {
    const uint32_t num_operands = c->operands->count + c->captured->count;
    cot_tensor *operands = ARENA_ARRAY(g->arena, cot_tensor, num_operands);
    cot_tensor *results = ARENA_ARRAY(g->arena, cot_tensor, num_operands + count);
    for (uint32_t i = 0; i < num_operands; i++) {
        const bool own = i < c->operands->count;
        const arg *a = own ? &c->operands->list[i] : &c->captured->list[i - c->operands->count];
        operands[i] = describe(graph_type(g, arg_as_value(a)));
    }
    for (uint32_t i = 0; i < count; i++) results[i] = describe(&parts[i]);
    cot_control_types types = {operands, num_operands, results, count};
    TRY(options_of(o)->shape(options_of(o)->user, &types, error));
    if (types.num_results > num_operands + count)
        return fail(error, COT_SHAPE, "%s: its shape rule gave %u results, too many", o->name, types.num_results);
    type *made = ARENA_ARRAY(g->arena, type, types.num_results);
    for (uint32_t i = 0; i < types.num_results; i++) TRY(result_type(g, o, &results[i], &made[i], error));
    *result = type_tuple(g->arena, made, types.num_results);
    return COT_OK;
}

static cot_status shape(cot_graph *g, const node *n, type *result, cot_error *error) {
    const op *o = n->op;
    const arg *args = n->args;
    call_args c = {0};
    TRY(read_call(o, args, n->nargs, &c, error));
    cot_graph *first = NULL;
    arg_list outputs = {0};
    for (uint32_t i = c.num_bodies; i-- > 0;) {
        outputs.count = 0;
        TRY(control_read_body(g, &args[i], c.operands->count + c.captured->count, o->packet, &first, &outputs, error));
    }
    type *parts = ARENA_ARRAY(g->arena, type, outputs.count);
    for (uint32_t i = 0; i < outputs.count; i++) parts[i] = control_result(g, first, &outputs.data[i], NULL);
    if (options_of(o)->shape) return shape_by_hook(o, g, &c, parts, outputs.count, result, error);
    *result = type_tuple(g->arena, parts, outputs.count);
    return COT_OK;
}

/* ---- the call as hooks see it --------------------------------------------------------------------------------------
 */

static const cot_value *public_values(cot_builder *b, const arg *list) {
    cot_value *values = ARENA_ARRAY(b->b.graph->arena, cot_value, list->count);
    for (uint32_t i = 0; i < list->count; i++) values[i] = value_of_argument(b, &list->list[i]);
    return values;
}

static cot_argument public_option(const arg *a, const char *keyword) {
    cot_argument r = {.keyword = keyword, .integer = arg_as_int(a, 0), .real = arg_as_float(a, 0)};
    switch ((arg_kind)a->kind) {
    case ARG_INT: r.kind = COT_ARGUMENT_INT; break;
    case ARG_FLOAT: r.kind = COT_ARGUMENT_REAL; break;
    case ARG_BOOL: r.kind = COT_ARGUMENT_BOOL; break;
    case ARG_DTYPE: r.kind = COT_ARGUMENT_DTYPE; break;
    case ARG_STRING:
        r.kind = COT_ARGUMENT_TEXT;
        r.text = a->s;
        break;
    default: break;
    }
    return r;
}

static cot_control_call public_call(cot_builder *b, const node *n, const call_args *c, control_bodies *bodies) {
    cot_argument *options = ARENA_ARRAY(b->b.graph->arena, cot_argument, c->num_options);
    for (uint32_t i = 0; i < c->num_options; i++)
        options[i] = public_option(&c->options[i], n->kwnames ? n->kwnames[i] : "");
    return (cot_control_call){.operands = public_values(b, c->operands),
                              .num_operands = c->operands->count,
                              .captured = public_values(b, c->captured),
                              .num_captured = c->captured->count,
                              .options = options,
                              .num_options = c->num_options,
                              .num_results = n->type.count,
                              .internal = bodies};
}

/* ---- run: written out ----------------------------------------------------------------------------------------------
 */

/* Fills parts; their types are what the shape rule said. */
static cot_status write_out(builder *b, const node *n, const arg *args, control_bodies *bodies, value *parts) {
    const cot_control_options *o = options_of(n->op);
    call_args c = {0};
    TRY(read_call(n->op, args, n->nargs, &c, b->error));
    if (!o->lower) return builder_fail(b, COT_UNSUPPORTED, "%s cannot run (hook 'lower')", n->op->name);
    cot_builder *w = writing_begin(b);
    const cot_control_call call = public_call(w, n, &c, bodies);
    cot_value *results = ARENA_ARRAY(b->graph->arena, cot_value, n->type.count);
    for (uint32_t i = 0; i < n->type.count; i++) results[i] = COT_NO_VALUE;
    const cot_status status = o->lower(o->user, w, &call, results);
    for (uint32_t i = 0; i < n->type.count && !status && !w->b.status; i++) {
        parts[i] = value_resolve(w, results[i]);
        if (parts[i] != NO_VALUE && !type_equal(graph_type(w->b.graph, parts[i]), &n->type.parts[i], false))
            builder_fail(&w->b, COT_SHAPE, "%s: result %u is not what its shape rule says", n->op->name, i);
    }
    return writing_end(w, b, status, n->op->name);
}

static cot_status functionalize(functionalize_stage *s, value *result) {
    const node *n = s->call;
    const cot_control_options *o = options_of(n->op);
    arena *a = s->b->graph->arena;
    if (o->joint && s->training) return s->call_again(s, result);
    const cot_graph **graphs = ARENA_ARRAY(a, const cot_graph *, o->num_bodies);
    for (uint32_t i = 0; i < o->num_bodies; i++) {
        cot_graph *functional;
        const cot_graph *body = control_body(s->source, &n->args[i]);
        const node *attribute = graph_node(s->source, n->args[i].value);
        TRY(s->body(s, body, attribute->target ? attribute->target : attribute->name, &functional));
        if (functional->num_mutated)
            return builder_fail(s->b, COT_REFUSED,
                                "Encountered input mutation during higher order op tracing: Higher order ops do not "
                                "support input mutation. Found in %s",
                                n->op->packet);
        graphs[i] = functional;
    }
    control_bodies bodies = {.graphs = graphs, .count = o->num_bodies};
    value *parts = ARENA_ARRAY(a, value, n->type.count);
    TRY(write_out(s->b, n, s->args, &bodies, parts));
    *result = emit_pack(s->b, parts, n->type.count);
    return s->b->status;
}

/* ---- joint ---------------------------------------------------------------------------------------------------------
 */

static control_bodies joint_bodies(joint_stage *s) {
    const uint32_t count = options_of(s->call->op)->num_bodies;
    const cot_graph **graphs = ARENA_ARRAY(s->b->graph->arena, const cot_graph *, count);
    for (uint32_t i = 0; i < count; i++) graphs[i] = control_body(s->functional, &s->call->args[i]);
    return (control_bodies){.graphs = graphs, .count = count, .joint = s};
}

static cot_status forward(joint_stage *s, value *result, value *parts) {
    control_bodies bodies = joint_bodies(s);
    TRY(write_out(s->b, s->call, s->args, &bodies, parts));
    *result = emit_pack(s->b, parts, s->call->type.count);
    return s->b->status;
}

static cot_status joint(joint_stage *s) {
    const cot_control_options *o = options_of(s->call->op);
    const node *n = s->call;
    arena *a = s->b->graph->arena;
    control_bodies bodies = joint_bodies(s);
    call_args c = {0};
    TRY(read_call(n->op, s->args, n->nargs, &c, s->b->error));
    cot_builder *w = writing_begin(s->b);
    cot_control_call call = public_call(w, n, &c, &bodies);
    cot_value *results = ARENA_ARRAY(a, cot_value, n->type.count), *tangents = ARENA_ARRAY(a, cot_value, n->type.count);
    for (uint32_t i = 0; i < n->type.count; i++) {
        results[i] = value_public(w, emit_get(&w->b, s->result, i));
        tangents[i] = value_public(w, s->grads[i]);
    }
    call.results = results;
    call.tangents = tangents;
    const uint32_t count = call.num_operands + call.num_captured;
    cot_value *gradients = ARENA_ARRAY(a, cot_value, count);
    for (uint32_t i = 0; i < count; i++) gradients[i] = COT_NO_VALUE;
    const cot_status status = o->joint(o->user, w, &call, gradients);
    for (uint32_t i = 0, k = 0; i < count && !status && !w->b.status; i++) {
        const arg *operand = i < c.operands->count ? &c.operands->list[i] : &c.captured->list[i - c.operands->count];
        if (operand->kind != ARG_VALUE) continue;
        const handle *h = leaf_handle(w, gradients[i]);
        if (s->needs[k] && h && h->kind == HANDLE_VALUE) s->out[k] = value_resolve(w, gradients[i]);
        k++;
    }
    return writing_end(w, s->b, status, n->op->name);
}

/* ---- registering ---------------------------------------------------------------------------------------------------
 */

static const control_hooks plain_hooks = {.capture = capture, .shape_named = shape, .functionalize = functionalize};
static const control_hooks joint_hooks = {
    .capture = capture, .shape_named = shape, .functionalize = functionalize, .forward = forward, .joint = joint};

static bool is_identifier(const char *name) {
    for (const char *c = name; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '_') return false;
    return *name && !isdigit((unsigned char)*name);
}

cot_status cot_control_register(cot_context *ctx, const cot_control_options *options, cot_error *error) {
    if (!options || !options->name || !is_identifier(options->name))
        return fail(error, COT_INVALID, "a higher-order operator needs a name of letters, digits and '_'");
    guard g;
    if (GUARD_ENTER(&g, ctx)) return guard_failed(&g, error);
    cot_control_options *kept = ARENA_NEW(ctx->arena, cot_control_options);
    memcpy(kept, options, options->struct_bytes ? MIN(options->struct_bytes, sizeof *kept) : sizeof *kept);
    kept->name = arena_string(ctx->arena, options->name, strlen(options->name));
    if (!kept->num_bodies) kept->num_bodies = 1;
    op_record *record = ARENA_NEW(ctx->arena, op_record);
    *record = (op_record){.schema = arena_printf(ctx->arena, "higher_order::%s", kept->name),
                          .traits = OP_CONTROL,
                          .control = kept->joint ? &joint_hooks : &plain_hooks,
                          .data = kept};
    const op *made;
    const cot_status status = op_register(ctx, record, &made, error);
    guard_leave(&g);
    return status;
}
