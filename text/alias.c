/* SPDX-License-Identifier: MIT
 * alias.c — torch-level names: `torch.sin(x)`, `x.view(-1)`, `torch.nn.functional.relu(x)` as the ATen operators they
 * stand for.
 *
 * A function or method is the ATen packet of its own name, its overload chosen by the arguments, as torch's own parser
 * does it. Tables hold only what differs: functions with other parameters than their operator, attributes that are
 * operators, conversions. */
#include "text/read.h"

#include <math.h>
#include <string.h>

/* ---- functions with parameters of their own ------------------------------------------------------------------------
 */

/* Parameters as Python has them, and the call they stand for, in the expression language of ops/emit.h. A None where
 * the default is another value means the default. */
typedef struct function {
    const char *name, *params, *expression;
} function;

#define LOSS "size_average=None, reduce=None, reduction=1"
#define POOL "input, kernel_size, stride=[], padding=0, dilation=1, ceil_mode=False, return_indices=False"

static const function functions[] = {
    {"dropout", "input, p=0.5, training=True", "dropout(input, p, training)"},
    {"alpha_dropout", "input, p=0.5, training=False", "alpha_dropout(input, p, training)"},
    {"dropout1d", "input, p=0.5, training=True", "feature_dropout(input, p, training)"},
    {"dropout2d", "input, p=0.5, training=True", "feature_dropout(input, p, training)"},
    {"dropout3d", "input, p=0.5, training=True", "feature_dropout(input, p, training)"},
    {"batch_norm", "input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05",
     "batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, True)"},
    {"instance_norm",
     "input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05",
     "instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, True)"},
    {"embedding", "input, weight, padding_idx=-1, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False",
     "embedding(weight, input, padding_idx, scale_grad_by_freq, sparse)"},
    {"softmax", "input, dim=-1, _stacklevel=3, dtype=None", "softmax(input, dim, dtype)"},
    {"log_softmax", "input, dim=-1, _stacklevel=3, dtype=None", "log_softmax(input, dim, dtype)"},
    {"softmin", "input, dim=-1, _stacklevel=3, dtype=None", "softmax(neg(input), dim, dtype)"},
    {"cross_entropy",
     "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction=1, label_smoothing=0.0",
     "cross_entropy_loss(input, target, weight, reduction, ignore_index, label_smoothing)"},
    {"nll_loss", "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction=1",
     "nll_loss_nd(input, target, weight, reduction, ignore_index)"},
    {"mse_loss", "input, target, " LOSS, "mse_loss(input, target, reduction)"},
    {"l1_loss", "input, target, " LOSS, "l1_loss(input, target, reduction)"},
    {"smooth_l1_loss", "input, target, " LOSS ", beta=1.0", "smooth_l1_loss(input, target, reduction, beta)"},
    {"huber_loss", "input, target, reduction=1, delta=1.0", "huber_loss(input, target, reduction, delta)"},
    {"kl_div", "input, target, " LOSS ", log_target=False", "kl_div(input, target, reduction, log_target=log_target)"},
    {"soft_margin_loss", "input, target, " LOSS, "soft_margin_loss(input, target, reduction)"},
    {"hinge_embedding_loss", "input, target, margin=1.0, " LOSS,
     "hinge_embedding_loss(input, target, margin, reduction)"},
    {"margin_ranking_loss", "input1, input2, target, margin=0.0, " LOSS,
     "margin_ranking_loss(input1, input2, target, margin, reduction)"},
    {"cosine_embedding_loss", "input1, input2, target, margin=0.0, " LOSS,
     "cosine_embedding_loss(input1, input2, target, margin, reduction)"},
    {"poisson_nll_loss",
     "input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction=1",
     "poisson_nll_loss(input, target, log_input, full, eps, reduction)"},
    {"binary_cross_entropy", "input, target, weight=None, " LOSS,
     "binary_cross_entropy(input, target, weight, reduction)"},
    {"binary_cross_entropy_with_logits", "input, target, weight=None, " LOSS ", pos_weight=None",
     "binary_cross_entropy_with_logits(input, target, weight, pos_weight, reduction)"},
    {"max_pool1d", POOL, "max_pool1d(input, kernel_size, stride, padding, dilation, ceil_mode)"},
    {"max_pool2d", POOL, "max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode)"},
    {"max_pool3d", POOL, "max_pool3d(input, kernel_size, stride, padding, dilation, ceil_mode)"},
    {"normalize", "input, p=2.0, dim=1, eps=1e-12",
     "div(input, expand_as(clamp_min(norm(input, p, [dim], True), eps), input))"},
    {"logsigmoid", "input", "log_sigmoid(input)"},
    {"tanhshrink", "input", "sub(input, tanh(input))"},
    {"softsign", "input", "div(input, add(abs(input), 1))"},
    {"unfold", "input, kernel_size, dilation=1, padding=0, stride=1",
     "im2col(input, kernel_size, dilation, padding, stride)"},
    {"fold", "input, output_size, kernel_size, dilation=1, padding=0, stride=1",
     "col2im(input, output_size, kernel_size, dilation, padding, stride)"},
};

/* Modules whose functions are ATen's, and what ATen puts before their names. */
static const struct {
    const char *module, *prefix;
} modules[] = {
    {"torch.ops.aten.", ""},
    {"torch._C._nn.", ""},
    {"torch.nn.functional.", ""},
    {"F.", ""},
    {"torch.linalg.", "linalg_"},
    {"torch._C._linalg.", ""},
    {"torch.special.", "special_"},
    {"torch._C._special.", ""},
    {"torch.fft.", "fft_"},
    {"torch._C._fft.", ""},
    {"torch._C._VariableFunctions.", ""},
    {"torch._VF.", ""},
    {"torch.Tensor.", ""},
    {"torch._C.TensorBase.", ""},
    {"aten.", ""},
    {"torch.", ""},
};

/* ---- calling such a function ----------------------------------------------------------------------------------------
 */

enum { FUNCTION_MAX_PARAMS = 12 };

typedef struct named_args {
    const char *names[FUNCTION_MAX_PARAMS];
    arg values[FUNCTION_MAX_PARAMS];
    bool given[FUNCTION_MAX_PARAMS];
    uint32_t count;
} named_args;

/* Splits "input, p=0.5" and evaluates the defaults. */
static void list_params(reader *r, builder *b, const char *at, named_args *out) {
    while (*at && out->count < FUNCTION_MAX_PARAMS) {
        size_t n = strcspn(at, "=,");
        out->names[out->count] = arena_string(r->scratch, at, n);
        at += n;
        if (*at == '=') {
            n = *++at == '[' ? 2 : strcspn(at, ",");
            out->values[out->count] = evaluate_expression(b, arena_string(r->scratch, at, n), NULL, NULL, 0);
            out->given[out->count] = true;
            at += n;
        }
        out->count++;
        at += strspn(at, ", ");
    }
}

static void set_param(named_args *p, uint32_t i, const arg *a) {
    if (a->kind != ARG_NONE || !p->given[i]) p->values[i] = *a;
    p->given[i] = true;
    if (a->kind == ARG_STRING && !strcmp(p->names[i], "reduction")) {
        static const char *const reductions[] = {"none", "mean", "sum"};
        for (uint32_t k = 0; k < COUNT_OF(reductions); k++)
            if (!strcmp(a->s, reductions[k])) p->values[i] = arg_int(k);
    }
}

static cot_status fill_params(reader *r, const token *at, const function *f, const call_args *c, named_args *p) {
    if (c->pos.count > p->count)
        return read_fail(r, at, COT_SCHEMA, "%s: expected at most %u arguments, found %u", f->name, p->count,
                         c->pos.count);
    for (uint32_t i = 0; i < c->pos.count; i++) set_param(p, i, &c->pos.data[i]);
    for (uint32_t k = 0; k < c->kw.count; k++) {
        uint32_t i = 0;
        while (i < p->count && strcmp(p->names[i], c->kwnames.data[k])) i++;
        if (i == p->count)
            return read_fail(r, at, COT_SCHEMA, "%s: there is no parameter '%s'", f->name, c->kwnames.data[k]);
        set_param(p, i, &c->kw.data[k]);
    }
    for (uint32_t i = 0; i < p->count; i++)
        if (!p->given[i]) return read_fail(r, at, COT_SCHEMA, "%s: argument '%s' is missing", f->name, p->names[i]);
    return COT_OK;
}

static cot_status call_listed(reader *r, const token *at, const function *f, bool inplace, const call_args *c,
                              arg *out) {
    builder b;
    named_args p = {0};
    builder_init(&b, r->graph, r->error);
    list_params(r, &b, f->params, &p);
    TRY(read_place(r, at, b.status));
    TRY(fill_params(r, at, f, c, &p));
    const char *expression = f->expression;
    size_t n = strcspn(expression, "(");
    if (inplace) expression = arena_printf(r->scratch, "%.*s_%s", (int)n, expression, expression + n);
    *out = evaluate_expression(&b, expression, p.names, p.values, p.count);
    return read_place(r, at, b.status);
}

/* ---- names of parameters and arguments as numbers
 * --------------------------------------------------------------------- */

/* Python's other names for a parameter; `o` decides. */
static const char *param_name(const op *first, const char *name) {
    static const char *const pairs[][2] = {{"input", "self"}, {"axis", "dim"}, {"keepdims", "keepdim"},
                                           {"x", "self"},     {"a", "self"},   {"dim", "dims"},
                                           {"shape", "size"}, {"dims", "dim"}};
    for (const op *o = first; o; o = o->next)
        if (op_param(o, name) >= 0) return name;
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        for (const op *o = first; o && !strcmp(pairs[i][0], name); o = o->next)
            if (op_param(o, pairs[i][1]) >= 0) return pairs[i][1];
    return name;
}

/* Takes `inplace = …` out of the keywords and gives its value. */
static bool take_inplace(call_args *c) {
    uint32_t kept = 0;
    bool inplace = false;
    for (uint32_t i = 0; i < c->kw.count; i++) {
        if (!strcmp(c->kwnames.data[i], "inplace")) {
            inplace = arg_as_bool(&c->kw.data[i], false);
            continue;
        }
        c->kwnames.data[kept] = c->kwnames.data[i];
        c->kw.data[kept++] = c->kw.data[i];
    }
    c->kw.count = c->kwnames.count = kept;
    return inplace;
}

static bool is_size(const reader *r, const arg *a) {
    return a->kind == ARG_INT || read_type_of(r, a)->kind == TYPE_INT;
}

/* x.view(2, 3) means x.view([2, 3]): packs the sizes from argument `from` on. */
static bool pack_sizes(reader *r, call_args *c, uint32_t from) {
    if (c->pos.count <= from) return false;
    for (uint32_t i = from; i < c->pos.count; i++)
        if (!is_size(r, &c->pos.data[i])) return false;
    uint32_t count = c->pos.count - from;
    c->pos.data[from] = arg_list_of(arena_copy(r->arena, c->pos.data + from, count * sizeof(arg)), count);
    c->pos.count = from + 1;
    return true;
}

static const op *select_op(const reader *r, const char *packet, const call_args *c) {
    return op_select(r->graph, packet, c->pos.data, c->pos.count, c->kw.data, c->kwnames.data, c->kw.count);
}

/* The operator `packet` with Python's ways of writing its arguments. */
static cot_status call_packet(reader *r, const token *at, const char *packet, call_args *c, uint32_t sizes_from,
                              arg *out) {
    const op *first = op_find(r->ctx, packet);
    for (uint32_t i = 0; i < c->kw.count && first; i++) c->kwnames.data[i] = param_name(first, c->kwnames.data[i]);
    if (first && !select_op(r, packet, c)) {
        call_args packed = *c;
        packed.pos.data = c->pos.count ? arena_copy(r->scratch, c->pos.data, c->pos.count * sizeof(arg)) : NULL;
        if (pack_sizes(r, &packed, sizes_from) && select_op(r, packet, &packed))
            return read_emit_aten(r, at, packet, &packed, out);
    }
    return read_emit_aten(r, at, packet, c, out);
}

/* ---- constructors of values
 * ------------------------------------------------------------------------------------------- */

static const arg *keyword(const call_args *c, const char *name, uint32_t position) {
    for (uint32_t i = 0; i < c->kw.count; i++)
        if (!strcmp(c->kwnames.data[i], name)) return &c->kw.data[i];
    return position < c->pos.count ? &c->pos.data[position] : NULL;
}

/* device(type='cuda', index=0) */
static cot_status make_device(reader *r, const token *at, const call_args *c, arg *out) {
    const arg *kind = keyword(c, "type", 0), *index = keyword(c, "index", 1);
    if (!kind || kind->kind != ARG_STRING || (index && (index->kind != ARG_INT || index->i < 0)))
        return read_fail(r, at, COT_SYNTAX, "expected device(type=STRING, index=INT)");
    size_t letters = strspn(kind->s, "abcdefghijklmnopqrstuvwxyz"), digits = 0;
    if (kind->s[letters] == ':') digits = 1 + strspn(kind->s + letters + 1, "0123456789");
    if (!letters || digits == 1 || kind->s[letters + digits] || (digits && index))
        return read_fail(r, at, COT_SYNTAX, "there is no device '%.40s'", kind->s);
    const char *s = index ? arena_printf(r->arena, "%s:%lld", kind->s, (long long)index->i) : kind->s;
    *out = (arg){.kind = ARG_DEVICE, .s = s};
    return COT_OK;
}

static cot_status make_slice(reader *r, const token *at, const call_args *c, arg *out) {
    if (c->pos.count < 1 || c->pos.count > 3) return read_fail(r, at, COT_SYNTAX, "slice takes 1 to 3 arguments");
    arg *parts = ARENA_ARRAY(r->arena, arg, 3);
    for (uint32_t i = 0; i < c->pos.count; i++) parts[c->pos.count == 1 ? 1 : i] = c->pos.data[i];
    *out = (arg){.kind = ARG_SLICE, .list = parts, .count = 3};
    return COT_OK;
}

static cot_status make_complex(reader *r, const token *at, const call_args *c, arg *out) {
    double *parts = ARENA_ARRAY(r->arena, double, 2);
    for (uint32_t i = 0; i < 2 && i < c->pos.count; i++) parts[i] = arg_as_float(&c->pos.data[i], 0);
    if (c->pos.count < 1 || c->pos.count > 2) return read_fail(r, at, COT_SYNTAX, "complex takes 1 or 2 numbers");
    *out = (arg){.kind = ARG_COMPLEX, .complex = parts};
    return COT_OK;
}

static cot_status make_float(reader *r, const token *at, const call_args *c, arg *out) {
    const arg *a = c->pos.count == 1 ? &c->pos.data[0] : NULL;
    if (a && a->kind == ARG_STRING && !strcmp(a->s, "inf")) *out = arg_float(INFINITY);
    else if (a && a->kind == ARG_STRING && !strcmp(a->s, "-inf")) *out = arg_float(-INFINITY);
    else if (a && a->kind == ARG_STRING && !strcmp(a->s, "nan")) *out = arg_float(NAN);
    else if (a && (a->kind == ARG_INT || a->kind == ARG_FLOAT)) *out = arg_float(arg_as_float(a, 0));
    else return read_fail(r, at, COT_SYNTAX, "float takes a number, 'inf' or 'nan'");
    return COT_OK;
}

static cot_status make_getattr(reader *r, const token *at, const call_args *c, arg *out) {
    if (c->pos.count < 2 || c->pos.data[1].kind != ARG_STRING)
        return read_fail(r, at, COT_SYNTAX, "getattr takes a value and a string");
    return read_attribute(r, at, &c->pos.data[0], c->pos.data[1].s, out);
}

typedef cot_status make_fn(reader *r, const token *at, const call_args *c, arg *out);
static const struct {
    const char *name;
    make_fn *make;
} makers[] = {
    {"device", make_device},   {"torch.device", make_device}, {"slice", make_slice},
    {"complex", make_complex}, {"float", make_float},         {"getattr", make_getattr},
};

/* range(…), named tuples: kept as they are, as long as no value of the graph is in them. */
static cot_status keep_verbatim(reader *r, const token *at, const char *from, uint32_t uses, arg *out) {
    if (r->uses != uses)
        return read_fail(r, at, COT_UNSUPPORTED, "an argument of this form cannot hold values of the graph");
    const char *to = r->lex.now.start;
    while (to > from && (to[-1] == ' ' || to[-1] == '\n')) to--;
    *out = (arg){.kind = ARG_CALL, .s = arena_string(r->arena, from, (size_t)(to - from))};
    return COT_OK;
}

/* getattr(self.layers, "0") and deeper: an attribute path with components that are no names. */
static cot_status read_getattr_path(reader *r, const char **out) {
    text path = {.arena = r->scratch};
    uint32_t depth = 0;
    while (token_is_name(read_now(r), "getattr")) {
        lex_next(&r->lex);
        TRY(read_expect(r, '(', "("));
        if (++depth > READ_MAX_DEPTH)
            return read_fail(r, read_now(r), COT_SYNTAX, "attributes are nested more than %d deep", READ_MAX_DEPTH);
    }
    if (!token_is_name(read_now(r), "self")) return read_fail(r, read_now(r), COT_SYNTAX, "expected 'self'");
    lex_next(&r->lex);
    for (;;) {
        if (read_accept(r, '.')) {
            const token *t = read_now(r);
            if (t->kind != TOKEN_NAME)
                return read_fail(r, t, COT_SYNTAX, "expected a name behind '.', found %s", token_show(r->scratch, t));
            if (path.count) text_add(&path, ".");
            text_add_bytes(&path, t->start, (size_t)(t->end - t->start));
            lex_next(&r->lex);
        } else if (depth && read_accept(r, ',')) {
            uint32_t count;
            token t = *read_now(r);
            const char *s = t.kind == TOKEN_STRING ? token_string(r->scratch, &t, &count) : NULL;
            if (!s) return read_fail(r, &t, COT_SYNTAX, "expected a string, found %s", token_show(r->scratch, &t));
            if (path.count) text_add(&path, ".");
            text_add(&path, s);
            lex_next(&r->lex);
            TRY(read_expect(r, ')', ")"));
            depth--;
        } else {
            break;
        }
    }
    if (depth || !path.count) return read_fail(r, read_now(r), COT_SYNTAX, "an attribute of 'self' does not end");
    *out = path.data;
    return COT_OK;
}

/* Is `getattr(` followed by `self` or another getattr of it? */
static bool is_getattr_of_self(const reader *r) {
    lexer l = r->lex;
    for (uint32_t i = 0; i <= READ_MAX_DEPTH; i++) {
        lex_next(&l);
        if (token_is_name(&l.now, "self")) return true;
        if (!token_is_name(&l.now, "getattr")) return false;
        lex_next(&l);
    }
    return false;
}

/* ---- functions
 * ------------------------------------------------------------------------------------------------------- */

static const function *find_function(const char *name) {
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        if (!strcmp(functions[i].name, name)) return &functions[i];
    return NULL;
}

/* Python's operator module: "operator.add" → "+". */
static const struct {
    const char *name, *symbol;
} operators[] = {
    {"add", "+"},    {"sub", "-"}, {"mul", "*"}, {"truediv", "/"}, {"floordiv", "//"}, {"mod", "%"},   {"pow", "**"},
    {"matmul", "@"}, {"eq", "=="}, {"ne", "!="}, {"lt", "<"},      {"le", "<="},       {"gt", ">"},    {"ge", ">="},
    {"and_", "&"},   {"or_", "|"}, {"xor", "^"}, {"lshift", "<<"}, {"rshift", ">>"},   {"neg", "neg"}, {"invert", "~"},
};

static cot_status emit_symbol(reader *r, const token *at, const char *symbol, const arg *a, const arg *b, arg *out) {
    builder emitter;
    builder_init(&emitter, r->graph, r->error);
    *out = emit_operator(&emitter, symbol, *a, b ? *b : arg_none());
    return read_place(r, at, emitter.status);
}

static cot_status call_operator_module(reader *r, const token *at, const char *name, const call_args *c, arg *out) {
    if (!strcmp(name, "getitem") && c->pos.count == 2) return read_index(r, at, &c->pos.data[0], &c->pos.data[1], out);
    for (size_t i = 0; i < COUNT_OF(operators); i++)
        if (!strcmp(operators[i].name, name) && c->pos.count >= 1 && c->pos.count <= 2)
            return emit_symbol(r, at, operators[i].symbol, &c->pos.data[0], c->pos.count == 2 ? &c->pos.data[1] : NULL,
                               out);
    return read_unknown(r, at, name);
}

/* A function of torch: listed above, or the packet of its name. */
static cot_status call_torch(reader *r, const token *at, const char *name, call_args *c, arg *out) {
    bool inplace = take_inplace(c), functional = !strncmp(name, "torch.nn.functional.", 20) || !strncmp(name, "F.", 2);
    for (size_t i = 0; i < COUNT_OF(modules); i++) {
        size_t n = strlen(modules[i].module);
        if (strncmp(name, modules[i].module, n)) continue;
        const function *f = functional ? find_function(name + n) : NULL;
        if (f) return call_listed(r, at, f, inplace, c, out);
        const char *packet = arena_printf(r->scratch, "%s%s%s", modules[i].prefix, name + n, inplace ? "_" : "");
        if (op_find(r->ctx, packet)) return call_packet(r, at, packet, c, 0, out);
        break;
    }
    return read_unknown(r, at, name);
}

cot_status read_call_function(reader *r, const token *at, const char *name, arg *out) {
    uint32_t uses = r->uses;
    make_fn *make = NULL;
    if (!strcmp(name, "getattr") && is_getattr_of_self(r)) {
        const char *path;
        r->lex = r->before_name;
        TRY(read_getattr_path(r, &path));
        return read_get_attr(r, at, path, out);
    }
    for (size_t i = 0; i < COUNT_OF(makers); i++)
        if (!strcmp(makers[i].name, name)) make = makers[i].make;
    call_args c = {0};
    TRY(read_call_args(r, &c));
    if (make) return make(r, at, &c, out);
    const op *o = op_find(r->ctx, name);
    bool known = o && !strcmp(o->name, name);
    if (known) return read_emit(r, at, o, &c, out);
    if (!strncmp(name, "operator.", 9)) return call_operator_module(r, at, name + 9, &c, out);
    if (!strncmp(name, "_operator.", 10)) return call_operator_module(r, at, name + 10, &c, out);
    if (o && !strncmp(name, "torch.ops.", 10)) return read_emit_aten(r, at, name, &c, out);
    if (!strchr(name, '.')) return keep_verbatim(r, at, at->start, uses, out);
    return call_torch(r, at, name, &c, out);
}

/* ---- methods and attributes
 * -------------------------------------------------------------------------------------------- */

/* Methods that convert: x.float() is x.to(torch.float32). */
static bool conversion(const char *name, cot_dtype *dtype) {
    static const char *const names[] = {"float", "double", "half", "bfloat16", "long",   "int",
                                        "short", "char",   "byte", "bool",     "cfloat", "cdouble"};
    static const cot_dtype dtypes[] = {COT_F32, COT_F64, COT_F16, COT_BF16, COT_I64, COT_I32,
                                       COT_I16, COT_I8,  COT_U8,  COT_BOOL, COT_C64, COT_C128};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (!strcmp(names[i], name)) return *dtype = dtypes[i], true;
    return false;
}

static cot_status emit_size(reader *r, const token *at, dim d, arg *out) {
    builder b;
    builder_init(&b, r->graph, r->error);
    *out = emit_dim(&b, d);
    return read_place(r, at, b.status);
}

static cot_status shape_of(reader *r, const token *at, const arg *self, arg *out) {
    type t = *read_type_of(r, self);
    arg *items = ARENA_ARRAY(r->arena, arg, t.ndim);
    for (uint32_t i = 0; i < t.ndim; i++) TRY(emit_size(r, at, t.sizes[i], &items[i]));
    *out = (arg){.kind = ARG_TUPLE, .list = items, .count = t.ndim};
    return COT_OK;
}

/* What is known of a tensor without computing: sizes, rank, dtype. False: `name` is none of these. */
static bool tensor_property(reader *r, const token *at, const arg *self, const char *name, arg *out,
                            cot_status *status) {
    const type *t = read_type_of(r, self);
    *status = COT_OK;
    if (!strcmp(name, "shape")) *status = shape_of(r, at, self, out);
    else if (!strcmp(name, "ndim")) *out = arg_int(t->ndim);
    else if (!strcmp(name, "dtype")) *out = arg_dtype(t->dtype);
    else if (!strcmp(name, "device")) *out = (arg){.kind = ARG_DEVICE, .s = "cpu"};
    else if (!strcmp(name, "layout")) *out = (arg){.kind = ARG_CONST, .s = "strided"};
    else if (!strcmp(name, "is_cuda")) *out = arg_bool(false);
    else return false;
    return true;
}

static bool tensor_query(reader *r, const token *at, const arg *self, const char *name, const call_args *c, arg *out,
                         cot_status *status) {
    const type *t = read_type_of(r, self);
    *status = COT_OK;
    if (!strcmp(name, "size") && c->pos.count == 1) *status = shape_of(r, at, self, out);
    else if (c->pos.count == 1 && (!strcmp(name, "dim") || !strcmp(name, "ndimension"))) *out = arg_int(t->ndim);
    else if (!strcmp(name, "numel")) *status = emit_size(r, at, type_numel(r->ctx->syms, t), out);
    else if (!strcmp(name, "is_floating_point")) *out = arg_bool(dtype_is_float(t->dtype));
    else if (!strcmp(name, "is_complex")) *out = arg_bool(dtype_is_complex(t->dtype));
    else if (!strcmp(name, "is_contiguous")) *out = arg_bool(type_is_contiguous(t, r->ctx->syms));
    else return false;
    return true;
}

cot_status read_call_method(reader *r, const token *at, const arg *self, const char *name, arg *out) {
    call_args c = {0};
    cot_dtype dtype;
    cot_status status;
    call_push(r, &c, *self);
    TRY(read_call_args(r, &c));
    if (!read_is_tensor(r, self))
        return read_fail(r, at, COT_SYNTAX, "the method '%s' is called on a value that is no tensor", name);
    if (tensor_query(r, at, self, name, &c, out, &status)) return status;
    if (!strcmp(name, "size")) return call_packet(r, at, "sym_size.int", &c, 1, out);
    if (conversion(name, &dtype)) {
        call_push(r, &c, arg_dtype(dtype));
        return read_emit_aten(r, at, "to.dtype", &c, out);
    }
    if (!strcmp(name, "type")) return read_emit_aten(r, at, "to.dtype", &c, out);
    if (!strncmp(name, "__", 2) && !op_find(r->ctx, name)) {
        const char *bare = arena_printf(r->scratch, "%.*s", (int)MAX(strlen(name), 4) - 4, name + 2);
        return call_operator_module(r, at, bare, &c, out);
    }
    return call_packet(r, at, name, &c, 1, out);
}

cot_status read_attribute(reader *r, const token *at, const arg *self, const char *name, arg *out) {
    static const struct {
        const char *name, *packet;
    } attributes[] = {
        {"T", "numpy_T"}, {"mT", "mT"},     {"H", "matrix_H"},  {"mH", "mH"},
        {"real", "real"}, {"imag", "imag"}, {"data", "detach"},
    };
    cot_status status;
    if (!read_is_tensor(r, self))
        return read_fail(r, at, COT_SYNTAX, "a value that is no tensor has no attribute '%s'", name);
    if (tensor_property(r, at, self, name, out, &status)) return status;
    call_args c = {0};
    call_push(r, &c, *self);
    for (size_t i = 0; i < COUNT_OF(attributes); i++)
        if (!strcmp(attributes[i].name, name)) return read_emit_aten(r, at, attributes[i].packet, &c, out);
    return read_fail(r, at, COT_UNSUPPORTED, "the attribute '%s' of a tensor is not supported", name);
}

/* ---- operators
 * --------------------------------------------------------------------------------------------------------- */

static const char *symbol_of(uint32_t sign, char text[4]) {
    for (int i = 0; i < 3; i++) text[i] = (char)(sign >> 8 * i & 0xff);
    text[3] = '\0';
    return text;
}

cot_status read_binary(reader *r, const token *at, uint32_t sign, const arg *a, const arg *b, arg *out) {
    char symbol[4];
    symbol_of(sign, symbol);
    bool number = a->kind == ARG_VALUE || a->kind == ARG_INT || a->kind == ARG_FLOAT || a->kind == ARG_BOOL ||
                  a->kind == ARG_COMPLEX;
    bool number_b = b->kind == ARG_VALUE || b->kind == ARG_INT || b->kind == ARG_FLOAT || b->kind == ARG_BOOL ||
                    b->kind == ARG_COMPLEX;
    if (!number || !number_b)
        return read_fail(r, at, COT_SYNTAX, "the operator '%s' takes tensors and numbers", symbol);
    return emit_symbol(r, at, symbol, a, b, out);
}

cot_status read_unary(reader *r, const token *at, uint32_t sign, const arg *a, arg *out) {
    call_args c = {0};
    call_push(r, &c, *a);
    if (a->kind != ARG_VALUE && a->kind != ARG_INT && a->kind != ARG_BOOL && a->kind != ARG_FLOAT)
        return read_fail(r, at, COT_SYNTAX, "a sign stands before a value that is no tensor or number");
    if (sign == '+' && a->kind != ARG_VALUE) {
        *out = *a;
        return COT_OK;
    }
    if (sign == '+') return read_emit_aten(r, at, read_is_tensor(r, a) ? "positive" : "_operator.pos", &c, out);
    return emit_symbol(r, at, sign == '-' ? "neg" : "~", a, NULL, out);
}
