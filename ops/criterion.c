/* SPDX-License-Identifier: MIT
 * criterion.c — losses that are compositions of other operators, in the order in which PyTorch composes them. */
#include "kernels/loss.h"
#include "ops/layout.h"

static value reduce(builder *b, value x, int64_t reduction) {
    if (reduction == LOSS_MEAN) return emit(b, "mean", "v", x);
    return reduction == LOSS_SUM ? emit(b, "sum", "v", x) : x;
}

static value clamp_zero(builder *b, value x) { return emit(b, "clamp_min", "vi", x, (int64_t)0); }

static value contiguous(builder *b, value x) {
    if (b->status || type_is_contiguous(TYPE_OF(b, x), b->graph->ctx->syms)) return x;
    arg format = {.kind = ARG_CONST, .s = "contiguous_format"};
    return emit(b, "clone", "v,memory_format=a", x, &format);
}

static bool same_sizes(const type *a, const type *b) {
    if (a->ndim != b->ndim) return false;
    for (uint32_t d = 0; d < a->ndim; d++)
        if (!dim_equal(a->sizes[d], b->sizes[d])) return false;
    return true;
}

/* ---- cross entropy ----------------------------------------------------------------------------------------------- */

/* nll_loss for any number of dimensions: images as they are, anything else as an image of one row. */
static value nll_any(builder *b, value x, value target, const arg *weight, int64_t reduction, const arg *ignore) {
    const type *t = TYPE_OF(b, x), *labels = TYPE_OF(b, target);
    uint32_t ndim = t->ndim;
    if (b->status) return NO_VALUE;
    if (ndim < 1 || (labels->ndim + 1u != ndim && !(ndim == 1 && labels->ndim == 1))) {
        builder_fail(b, COT_SHAPE, "nll_loss: self has %u dimensions and target %u, expected one less", ndim,
                     labels->ndim);
        return NO_VALUE;
    }
    if (ndim <= 2) return emit_get(b, emit(b, "nll_loss_forward", "vvaia", x, target, weight, reduction, ignore), 0);
    if (ndim == 4) return emit_get(b, emit(b, "nll_loss2d_forward", "vvaia", x, target, weight, reduction, ignore), 0);
    dim sizes[COT_MAX_DIMS];
    for (uint32_t d = 0; d < ndim - 1; d++) sizes[d] = labels->sizes[d];
    arg image[4] = {emit_dim(b, t->sizes[0]), emit_dim(b, t->sizes[1]), arg_int(1), arg_int(-1)};
    dim numel = type_numel(b->graph->ctx->syms, t);
    if (numel == 0) image[2] = image[3] = arg_int(0);
    arg rows[3] = {image[0], image[2], image[3]}, image_list = arg_list_of(image, 4), row_list = arg_list_of(rows, 3);
    value flat = emit(b, "view", "va", contiguous(b, x), &image_list);
    value flat_target = emit(b, "view", "va", contiguous(b, target), &row_list);
    value out = emit_get(b, emit(b, "nll_loss2d_forward", "vvaia", flat, flat_target, weight, reduction, ignore), 0);
    return reduction == LOSS_NONE ? emit(b, "view", "vD", out, sizes, ndim - 1) : out;
}

static value decompose_nll_nd(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return nll_any(b, arg_as_value(&args[0]), arg_as_value(&args[1]), &args[2], arg_as_int(&args[3], LOSS_MEAN),
                   &args[4]);
}

/* (1, C, 1, …): class weights as they multiply scores of `ndim` dimensions. */
static value weight_row(builder *b, value weight, uint32_t ndim, uint32_t class_dim) {
    dim sizes[COT_MAX_DIMS], classes = TYPE_OF(b, weight)->sizes[0];
    for (uint32_t d = 0; d < ndim; d++) sizes[d] = d == class_dim ? classes : 1;
    return emit(b, "view", "vD", weight, sizes, ndim);
}

typedef struct scores {
    value log_probability, target, weight; /* weight may be NO_VALUE */
    uint32_t ndim, class_dim;
    dim classes;
    int64_t reduction;
    double smoothing;
} scores;

/* Targets are probabilities. */
static value cross_entropy_soft(builder *b, const scores *s) {
    syms *sy = b->graph->ctx->syms;
    int64_t class_dim = s->class_dim;
    value target = s->target;
    if (s->smoothing > 0 && dim_is_static(s->classes)) {
        target = emit(b, "mul.Scalar", "vf", target, 1 - s->smoothing);
        target = emit(b, "add.Scalar", "vf", target, s->smoothing / (double)s->classes);
    }
    value row = s->weight == NO_VALUE ? NO_VALUE : weight_row(b, s->weight, s->ndim, s->class_dim);
    value product = emit(b, "mul.Tensor", "vv", s->log_probability, target);
    if (row != NO_VALUE) product = emit(b, "mul.Tensor", "vv", product, row);
    if (s->reduction == LOSS_NONE)
        return emit(b, "neg", "v", emit(b, "sum.dim_IntList", "vI", product, &class_dim, 1u));
    value total = emit(b, "neg", "v", emit(b, "sum", "v", product));
    if (s->reduction == LOSS_SUM || b->status) return total;
    arg count = emit_dim(b, dim_floordiv(sy, type_numel(sy, TYPE_OF(b, s->log_probability)), s->classes));
    return emit(b, "div.Scalar", "va", total, &count);
}

/* The weights of the labels that count, summed. */
static value total_weight(builder *b, const scores *s, value ignored) {
    if (s->weight == NO_VALUE) return emit(b, "sum", "v", emit(b, "bitwise_not", "v", ignored));
    value labels = emit(b, "masked_fill.Scalar", "vvi", s->target, ignored, (int64_t)0);
    if (!b->status && TYPE_OF(b, labels)->ndim > 1) {
        dim all = type_numel(b->graph->ctx->syms, TYPE_OF(b, labels));
        labels = emit(b, "view", "vD", contiguous(b, labels), &all, 1u);
        ignored = emit(b, "view", "vD", contiguous(b, ignored), &all, 1u);
    }
    value weights = emit(b, "gather", "viv", s->weight, (int64_t)0, labels);
    return emit(b, "sum", "v", emit(b, "masked_fill.Scalar", "vvi", weights, ignored, (int64_t)0));
}

/* Label smoothing: (1 − ε) of the plain loss and ε of the mean loss over all classes. */
static value cross_entropy_smooth(builder *b, const scores *s, const arg *weight, const arg *ignore) {
    int64_t class_dim = s->class_dim;
    value plain = nll_any(b, s->log_probability, s->target, weight, s->reduction, ignore);
    value product = s->log_probability;
    if (s->weight != NO_VALUE)
        product = emit(b, "mul.Tensor", "vv", product, weight_row(b, s->weight, s->ndim, s->class_dim));
    value smooth = emit(b, "neg", "v", emit(b, "sum.dim_IntList", "vI", product, &class_dim, 1u));
    value ignored = emit(b, "eq.Scalar", "va", s->target, ignore);
    smooth = emit(b, "masked_fill.Scalar", "vvf", smooth, ignored, 0.0);
    if (s->reduction == LOSS_MEAN) {
        value total = total_weight(b, s, ignored);
        smooth = emit(b, "div.Tensor", "vv", emit(b, "sum", "v", smooth), total);
    } else if (s->reduction == LOSS_SUM) {
        smooth = emit(b, "sum", "v", smooth);
    }
    if (!dim_is_static(s->classes)) {
        builder_fail(b, COT_UNSUPPORTED, "cross_entropy_loss: label smoothing needs a number of classes that is known");
        return NO_VALUE;
    }
    value small = emit(b, "mul.Scalar", "vf", smooth, s->smoothing / (double)s->classes);
    value large = emit(b, "mul.Scalar", "vf", plain, 1 - s->smoothing);
    return emit(b, "add.Tensor", "vv", large, small);
}

static value decompose_cross_entropy(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value x = arg_as_value(&args[0]);
    scores s = {.target = arg_as_value(&args[1]), .weight = arg_as_value(&args[2]), .ndim = TYPE_OF(b, x)->ndim};
    if (s.ndim < 1) {
        builder_fail(b, COT_SHAPE, "cross_entropy_loss: self has no dimension of classes");
        return NO_VALUE;
    }
    s.class_dim = s.ndim == 1 ? 0 : 1;
    s.classes = TYPE_OF(b, x)->sizes[s.class_dim];
    s.reduction = arg_as_int(&args[3], LOSS_MEAN);
    s.smoothing = arg_as_float(&args[5], 0);
    bool soft = same_sizes(TYPE_OF(b, x), TYPE_OF(b, s.target));
    if (soft && !dtype_is_float(TYPE_OF(b, s.target)->dtype)) {
        builder_fail(b, COT_SHAPE,
                     "cross_entropy_loss: expected floating point type for target with class probabilities, got %s",
                     dtype_torch_name(TYPE_OF(b, s.target)->dtype));
        return NO_VALUE;
    }
    s.log_probability = emit(b, "_log_softmax", "vib", x, (int64_t)s.class_dim, 0);
    if (soft) return cross_entropy_soft(b, &s);
    if (s.smoothing > 0) return cross_entropy_smooth(b, &s, &args[2], &args[4]);
    return nll_any(b, s.log_probability, s.target, &args[2], s.reduction, &args[4]);
}

/* ---- differences and margins ------------------------------------------------------------------------------------- */

static value decompose_l1(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value distance = emit(b, "abs", "v", emit(b, "sub.Tensor", "aa", &args[0], &args[1]));
    return reduce(b, distance, arg_as_int(&args[2], LOSS_MEAN));
}

static value decompose_kl_div(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value out;
    if (arg_as_bool(&args[3], false)) {
        value distance = emit(b, "sub.Tensor", "aa", &args[1], &args[0]);
        out = emit(b, "mul.Tensor", "vv", emit(b, "exp", "a", &args[1]), distance);
    } else {
        value cross = emit(b, "mul.Tensor", "aa", &args[1], &args[0]);
        out = emit(b, "sub.Tensor", "vv", emit(b, "xlogy.Tensor", "aa", &args[1], &args[1]), cross);
    }
    return reduce(b, out, arg_as_int(&args[2], LOSS_MEAN));
}

static value decompose_margin_ranking(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value distance = emit(b, "sub.Tensor", "aa", &args[0], &args[1]);
    value product = emit(b, "mul.Tensor", "vv", emit(b, "neg", "a", &args[2]), distance);
    value margin = emit(b, "add.Scalar", "va", product, &args[3]);
    return reduce(b, clamp_zero(b, margin), arg_as_int(&args[4], LOSS_MEAN));
}

static value decompose_hinge_embedding(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value zeros = emit(b, "zeros_like", "a", &args[0]);
    value margin = clamp_zero(b, emit(b, "rsub.Scalar", "aa", &args[0], &args[2]));
    value far = emit(b, "where.self", "vvv", emit(b, "ne.Scalar", "ai", &args[1], (int64_t)1), margin, zeros);
    value near = emit(b, "where.self", "vav", emit(b, "ne.Scalar", "ai", &args[1], (int64_t)-1), &args[0], zeros);
    return reduce(b, emit(b, "add.Tensor", "vv", far, near), arg_as_int(&args[3], LOSS_MEAN));
}

static value decompose_cosine_embedding(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const type *target = TYPE_OF(b, arg_as_value(&args[2])), *one = TYPE_OF(b, arg_as_value(&args[0]));
    int64_t axis = target->ndim;
    if (target->ndim > 1 || one->ndim != target->ndim + 1) {
        builder_fail(b, COT_SHAPE, "cosine_embedding_loss: %uD target tensor does not match %uD input tensors",
                     target->ndim, one->ndim);
        return NO_VALUE;
    }
    /* The epsilon is a float there, so this is its value. */
    const double epsilon = (double)1e-12f;
    value dot = emit(b, "sum.dim_IntList", "vI", emit(b, "mul.Tensor", "aa", &args[0], &args[1]), &axis, 1u);
    value square0 = emit(b, "sum.dim_IntList", "vI", emit(b, "mul.Tensor", "aa", &args[0], &args[0]), &axis, 1u);
    square0 = emit(b, "add.Scalar", "vf", square0, epsilon);
    value square1 = emit(b, "sum.dim_IntList", "vI", emit(b, "mul.Tensor", "aa", &args[1], &args[1]), &axis, 1u);
    square1 = emit(b, "add.Scalar", "vf", square1, epsilon);
    value cosine =
        emit(b, "div.Tensor", "vv", dot, emit(b, "sqrt", "v", emit(b, "mul.Tensor", "vv", square0, square1)));
    value zeros = emit(b, "zeros_like", "v", cosine);
    value near = emit(b, "rsub.Scalar", "vi", cosine, (int64_t)1);
    value far = clamp_zero(b, emit(b, "sub.Scalar", "va", cosine, &args[3]));
    near = emit(b, "where.self", "vvv", emit(b, "eq.Scalar", "ai", &args[2], (int64_t)1), near, zeros);
    far = emit(b, "where.self", "vvv", emit(b, "eq.Scalar", "ai", &args[2], (int64_t)-1), far, zeros);
    return reduce(b, emit(b, "add.Tensor", "vv", near, far), arg_as_int(&args[4], LOSS_MEAN));
}

/* ‖x − y + eps‖ₚ along the last dimension. */
static value distance_of(builder *b, const arg *x, const arg *y, const arg *p, const arg *eps) {
    value difference = emit(b, "add.Scalar", "va", emit(b, "sub.Tensor", "aa", x, y), eps);
    if (b->status) return NO_VALUE;
    int64_t last = (int64_t)TYPE_OF(b, difference)->ndim - 1;
    return emit(b, "linalg_vector_norm", "vaI", difference, p, &last, 1u);
}

static value decompose_triplet_margin(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value positive = distance_of(b, &args[0], &args[1], &args[4], &args[5]);
    value negative = distance_of(b, &args[0], &args[2], &args[4], &args[5]);
    if (arg_as_bool(&args[6], false))
        negative = emit(b, "minimum", "vv", negative, distance_of(b, &args[1], &args[2], &args[4], &args[5]));
    value margin = emit(b, "sub.Tensor", "vv", emit(b, "add.Scalar", "va", positive, &args[3]), negative);
    return reduce(b, clamp_zero(b, margin), arg_as_int(&args[7], LOSS_MEAN));
}

static value decompose_poisson_nll(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value x = arg_as_value(&args[0]), t = arg_as_value(&args[1]), loss;
    if (arg_as_bool(&args[2], true)) {
        value product = emit(b, "mul.Tensor", "vv", t, x);
        loss = emit(b, "sub.Tensor", "vv", emit(b, "exp", "v", x), product);
    } else {
        value logarithm = emit(b, "log", "v", emit(b, "add.Scalar", "va", x, &args[4]));
        loss = emit(b, "sub.Tensor", "vv", x, emit(b, "mul.Tensor", "vv", t, logarithm));
    }
    if (arg_as_bool(&args[3], false)) {
        /* Stirling's approximation of log t!, where t > 1. */
        value root = emit(b, "log", "v", emit(b, "mul.Scalar", "vf", t, 6.283185307179586));
        root = emit(b, "mul.Scalar", "vf", root, 0.5);
        value power = emit(b, "sub.Tensor", "vv", emit(b, "mul.Tensor", "vv", t, emit(b, "log", "v", t)), t);
        value stirling = emit(b, "add.Tensor", "vv", power, root);
        value small = emit(b, "le.Scalar", "vi", t, (int64_t)1);
        loss = emit(b, "add.Tensor", "vv", loss, emit(b, "masked_fill.Scalar", "vvi", stirling, small, (int64_t)0));
    }
    return reduce(b, loss, arg_as_int(&args[5], LOSS_MEAN));
}

/* ---- several classes --------------------------------------------------------------------------------------------- */

static value class_numbers(builder *b, dim classes) { return emit(b, "arange", "d", classes); }

/* Rows of one tensor: a vector is one row. */
static value as_rows(builder *b, value x) {
    return !b->status && TYPE_OF(b, x)->ndim < 2 ? emit(b, "unsqueeze", "vi", x, (int64_t)0) : x;
}

static value decompose_multi_margin(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    uint32_t given = TYPE_OF(b, arg_as_value(&args[0]))->ndim;
    value x = as_rows(b, arg_as_value(&args[0])), target = arg_as_value(&args[1]), weight = arg_as_value(&args[4]);
    if (given == 0) x = as_rows(b, x);
    if (b->status || given > 2) {
        builder_fail(b, COT_SHAPE, "multi_margin_loss: self has %u dimensions, expected 1 or 2", given);
        return NO_VALUE;
    }
    dim classes = TYPE_OF(b, x)->sizes[1], one = 1;
    if (TYPE_OF(b, target)->ndim == 0) target = emit(b, "view", "vD", target, &one, 1u);
    value label = emit(b, "unsqueeze", "vi", target, (int64_t)1);
    value own = emit(b, "gather", "viv", x, (int64_t)1, label);
    value z = clamp_zero(b, emit(b, "add.Tensor", "vv", emit(b, "rsub.Scalar", "va", own, &args[3]), x));
    if (arg_as_int(&args[2], 1) == 2) z = emit(b, "mul.Tensor", "vv", z, z);
    if (weight != NO_VALUE) {
        value each = emit(b, "index_select", "viv", weight, (int64_t)0, target);
        z = emit(b, "mul.Tensor", "vv", z, emit(b, "unsqueeze", "vi", each, (int64_t)1));
    }
    value others = emit(b, "ne.Tensor", "vv", class_numbers(b, classes), label);
    z = emit(b, "mul.Tensor", "vv", z, others);
    int64_t axis = 1, reduction = arg_as_int(&args[5], LOSS_MEAN);
    arg count = emit_dim(b, classes);
    value rows = emit(b, "div.Scalar", "va", emit(b, "sum.dim_IntList", "vI", z, &axis, 1u), &count);
    if (reduction == LOSS_NONE && given < 2) return emit(b, "squeeze.dim", "vi", rows, (int64_t)0);
    return reduce(b, rows, reduction);
}

/* target lists labels until the first −1. Each label is compared with each class that is no label. */
static value decompose_multilabel_margin(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    uint32_t given = TYPE_OF(b, arg_as_value(&args[0]))->ndim;
    value x = as_rows(b, arg_as_value(&args[0])), target = as_rows(b, arg_as_value(&args[1]));
    if (b->status || given > 2) {
        builder_fail(b, COT_SHAPE, "multilabel_margin_loss: self has %u dimensions, expected 1 or 2", given);
        return NO_VALUE;
    }
    if (given == 0) x = as_rows(b, x), target = as_rows(b, target);
    dim classes = TYPE_OF(b, x)->sizes[1];
    int64_t axis = 1, both[2] = {1, 2}, reduction = arg_as_int(&args[2], LOSS_MEAN);
    arg count = emit_dim(b, classes);
    value numbers = class_numbers(b, classes);
    value ends = emit(b, "eq.Scalar", "vi", target, (int64_t)-1);
    value first = emit(b, "where.ScalarOther", "vva", ends, numbers, &count);
    first = emit(b, "amin", "vIb", first, &axis, 1u, 1);
    value counts = emit(b, "lt.Tensor", "vv", numbers, first); /* (n, c): the label counts */
    value labels = emit(b, "where.ScalarOther", "vvi", counts, target, (int64_t)0);
    value marked = emit(b, "where.ScalarOther", "vvi", counts, target, (int64_t)-1);
    value own = emit(b, "gather", "viv", x, (int64_t)1, labels);
    value hit =
        emit(b, "eq.Tensor", "vv", emit(b, "unsqueeze", "vi", marked, (int64_t)-1), numbers); /* (n, label, class) */
    value is_label = emit(b, "any.dim", "vi", hit, (int64_t)1);                               /* (n, class) */
    value z = emit(b, "sub.Tensor", "vv", emit(b, "unsqueeze", "vi", x, (int64_t)1),
                   emit(b, "unsqueeze", "vi", own, (int64_t)-1));
    z = clamp_zero(b, emit(b, "add.Scalar", "vi", z, (int64_t)1)); /* (n, label, class) */
    z = emit(b, "masked_fill.Scalar", "vvi", z, emit(b, "unsqueeze", "vi", is_label, (int64_t)1), (int64_t)0);
    z = emit(b, "mul.Tensor", "vv", z, emit(b, "unsqueeze", "vi", counts, (int64_t)-1));
    value rows = emit(b, "div.Scalar", "va", emit(b, "sum.dim_IntList", "vI", z, both, 2u), &count);
    if (reduction == LOSS_NONE && given < 2) return emit(b, "squeeze.dim", "vi", rows, (int64_t)0);
    return reduce(b, rows, reduction);
}

#define COMPOSITE(schema_, decompose_)                                                                                 \
    { .schema = schema_, .decompose_fn = decompose_, .traits = OP_COMPOSITE | OP_AUTOCAST_F32 }

const op_record ops_criterion[] = {
    COMPOSITE(
        "nll_loss_nd(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean, SymInt ignore_index=-100) "
        "-> Tensor",
        decompose_nll_nd),
    COMPOSITE("cross_entropy_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean, SymInt "
              "ignore_index=-100, float label_smoothing=0.0) -> Tensor",
              decompose_cross_entropy),
    COMPOSITE("l1_loss(Tensor self, Tensor target, int reduction=Mean) -> Tensor", decompose_l1),
    COMPOSITE("kl_div(Tensor self, Tensor target, int reduction=Mean, *, bool log_target=False) -> Tensor",
              decompose_kl_div),
    COMPOSITE(
        "margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=Mean) -> "
        "Tensor",
        decompose_margin_ranking),
    COMPOSITE("hinge_embedding_loss(Tensor self, Tensor target, float margin=1.0, int reduction=Mean) -> Tensor",
              decompose_hinge_embedding),
    COMPOSITE(
        "cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=Mean) "
        "-> Tensor",
        decompose_cosine_embedding),
    COMPOSITE("triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2, float "
              "eps=1e-06, bool swap=False, int reduction=Mean) -> Tensor",
              decompose_triplet_margin),
    COMPOSITE(
        "poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, int reduction) -> Tensor",
        decompose_poisson_nll),
    COMPOSITE("multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int "
              "reduction=Mean) -> Tensor",
              decompose_multi_margin),
    COMPOSITE("multilabel_margin_loss(Tensor self, Tensor target, int reduction=Mean) -> Tensor",
              decompose_multilabel_margin),
};
const uint32_t ops_criterion_count = COUNT_OF(ops_criterion);
