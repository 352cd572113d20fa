/* SPDX-License-Identifier: MIT
 * alias.c — torch-level names: `torch.sin(x)`, `torch.nn.functional.relu(x)` as the ATen operators they stand for.
 *
 * A function or method is the ATen packet of its own name, its overload chosen by the arguments, as torch's own parser
 * does it. A table holds only what differs: functions with other parameters than their operator. */
#include "text/read.h"

#include <string.h>

/* ---- functions with parameters of their own ---------------------------------------------------------------------- */

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
     "input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, "
     "eps=1e-05",
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
    {"torch.functional.", ""},
    {"torch.Tensor.", ""},
    {"torch._C.TensorBase.", ""},
    {"aten.", ""},
    {"torch.", ""},
};

/* ---- calling such a function ------------------------------------------------------------------------------------- */

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

/* ---- names of parameters and arguments as numbers ---------------------------------------------------------------- */

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

/* torch.einsum(equation, x, w) means einsum(equation, [x, w]): packs the tensors from the first parameter on that is a
 * list of them. */
static bool pack_tensors(const reader *r, const op *first, call_args *c) {
    uint32_t from = 0;
    while (from < first->num_params && !(first->params[from].list && first->params[from].type == PARAM_TENSOR)) from++;
    if (from == first->num_params || c->pos.count <= from) return false;
    for (uint32_t i = from; i < c->pos.count; i++)
        if (!read_is_tensor(r, &c->pos.data[i])) return false;
    const uint32_t count = c->pos.count - from;
    c->pos.data[from] = arg_list_of(arena_copy(r->arena, c->pos.data + from, count * sizeof(arg)), count);
    c->pos.count = from + 1;
    return true;
}

static const op *select_op(const reader *r, const char *packet, const call_args *c) {
    return op_select(r->graph, packet, c->pos.data, c->pos.count, c->kw.data, c->kwnames.data, c->kw.count);
}

/* The operator `packet` with Python's ways of writing its arguments. */
cot_status read_call_packet(reader *r, const token *at, const char *packet, call_args *c, uint32_t sizes_from,
                            arg *out) {
    const op *first = op_find(r->ctx, packet);
    for (uint32_t i = 0; i < c->kw.count && first; i++) c->kwnames.data[i] = param_name(first, c->kwnames.data[i]);
    if (first && !select_op(r, packet, c)) {
        call_args packed = *c;
        packed.pos.data = c->pos.count ? arena_copy(r->scratch, c->pos.data, c->pos.count * sizeof(arg)) : NULL;
        if ((pack_sizes(r, &packed, sizes_from) || pack_tensors(r, first, &packed)) && select_op(r, packet, &packed))
            return read_emit_aten(r, at, packet, &packed, out);
    }
    return read_emit_aten(r, at, packet, c, out);
}

/* ---- functions --------------------------------------------------------------------------------------------------- */

static const function *find_function(const char *name) {
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        if (!strcmp(functions[i].name, name)) return &functions[i];
    return NULL;
}

/* A function of torch: listed above, or the packet of its name. */
cot_status read_call_torch(reader *r, const token *at, const char *name, call_args *c, arg *out) {
    bool inplace = take_inplace(c), functional = !strncmp(name, "torch.nn.functional.", 20) || !strncmp(name, "F.", 2);
    for (size_t i = 0; i < COUNT_OF(modules); i++) {
        size_t n = strlen(modules[i].module);
        if (strncmp(name, modules[i].module, n)) continue;
        const function *f = functional ? find_function(name + n) : NULL;
        if (f) return call_listed(r, at, f, inplace, c, out);
        const char *packet = arena_printf(r->scratch, "%s%s%s", modules[i].prefix, name + n, inplace ? "_" : "");
        if (op_find(r->ctx, packet)) return read_call_packet(r, at, packet, c, 0, out);
        break;
    }
    return read_unknown(r, at, name);
}
