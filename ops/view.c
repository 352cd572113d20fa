/* SPDX-License-Identifier: MIT
 * view.c — operators whose result is another way to look at the storage of their first operand.
 *
 * They are metadata: sizes, strides and offset are worked out here and no kernel runs. Each names its inverse, by which
 * functionalize writes a changed view back into its base. */
#include "ops/view.h"
#include "ops/batch.h"

#include "ops/vjp.h"

#include "base/error.h"

#include <string.h>

/* ---- geometry --------------------------------------------------------------------------------------------------- */

geometry view_geometry(const type *t) {
    geometry v = {.ndim = t->ndim, .offset = t->offset};
    if (t->ndim) memcpy(v.sizes, t->sizes, t->ndim * sizeof(dim));
    if (t->ndim) memcpy(v.strides, t->strides, t->ndim * sizeof(dim));
    return v;
}

cot_status view_result(shape_call *c, const geometry *v) {
    return shape_view(c, v->sizes, v->strides, v->ndim, v->offset);
}

void view_remove(geometry *v, uint32_t d) {
    for (uint32_t i = d + 1; i < v->ndim; i++) {
        v->sizes[i - 1] = v->sizes[i];
        v->strides[i - 1] = v->strides[i];
    }
    v->ndim--;
}

void view_insert(geometry *v, uint32_t d, dim size, dim stride) {
    for (uint32_t i = v->ndim; i > d; i--) {
        v->sizes[i] = v->sizes[i - 1];
        v->strides[i] = v->strides[i - 1];
    }
    v->sizes[d] = size;
    v->strides[d] = stride;
    v->ndim++;
}

bool view_is_minus_one(const cot_graph *g, const arg *a) {
    if (a->kind == ARG_INT) return a->i == -1;
    return a->kind == ARG_VALUE && arg_as_dim(g, a) == dim_negative(g->ctx->syms, -1);
}

static bool is_number(const arg *a) { return a->kind == ARG_INT || a->kind == ARG_BOOL || a->kind == ARG_NONE; }

/* Whether an expression has symbols that only data give a value: it may be negative, or larger than a size. */
static bool is_unbacked(const shape_call *c, dim d) {
    binding known = {0};
    symbol_value seen[8];
    known.entries = seen;
    for (dim s; known.count < COUNT_OF(seen) && (s = dim_unbound(c->syms, d, &known)) != 0;) {
        if (dim_symbol_name(c->syms, s)[0] == 'u') return true;
        seen[known.count++] = (symbol_value){.symbol = s, .value = 1};
    }
    return false;
}

static dim where_negative(shape_call *c, dim d, dim then) {
    const dim negative = dim_function(c->syms, "<", (dim[2]){d, 0}, 2);
    return dim_function(c->syms, "Where", (dim[3]){negative, then, d}, 3);
}

/* An index that only data tell, as Python takes it: from the back when it is negative. */
static dim from_back(shape_call *c, dim d, dim size) {
    int64_t low, high;
    graph_range(c->graph, d, &low, &high);
    return low < 0 ? where_negative(c, d, dim_add(c->syms, d, size)) : d;
}

/* An end that only data tell, as Python takes it: from the back when it is negative, at most the size. */
static dim unbacked_bound(shape_call *c, dim d, dim size) {
    int64_t low, high;
    graph_range(c->graph, d, &low, &high);
    if (low < 0) d = where_negative(c, d, dim_max(c->syms, dim_add(c->syms, d, size), 0));
    return dim_is_static(size) && high <= size ? d : dim_min(c->syms, d, size);
}

/* An end of a slice: negative ones count from the back; clamped where all is known. */
static dim slice_bound(shape_call *c, const arg *a, dim size, dim none, dim low) {
    if (a->kind == ARG_NONE) return none;
    if (!is_number(a)) {
        dim d = arg_as_dim(c->graph, a);
        binding empty = {0};
        int64_t number = dim_is_static(d) ? d : dim_value(c->syms, d, &empty);
        if (number == DIM_ERROR) return is_unbacked(c, d) ? unbacked_bound(c, d, size) : d;
        arg known = arg_int(number);
        return slice_bound(c, &known, size, none, low);
    }
    if (!dim_is_static(size)) {
        if (a->i == INT64_MAX) return size;
        return a->i < 0 ? dim_add(c->syms, size, dim_negative(c->syms, a->i)) : a->i;
    }
    int64_t floor = dim_is_static(low) ? low : 0, i = a->i < 0 ? a->i + size : a->i;
    return i < floor ? floor : i > size ? size : i;
}

/* Whether the program says that all between two numbers that only data tell is there (narrow). */
static bool is_promised(const shape_call *c, uint32_t ndim, uint32_t d, const arg *start, const arg *end) {
    const type *t = c->graph->expected;
    const dim between = dim_sub(c->syms, arg_as_dim(c->graph, end), arg_as_dim(c->graph, start));
    return t && t->kind == TYPE_TENSOR && t->ndim == ndim && dim_is_static(between) && t->sizes[d] == between;
}

cot_status view_slice(shape_call *c, geometry *v, int64_t dimension, const arg *start, const arg *end,
                      const arg *step) {
    uint32_t d;
    if (v->ndim == 0) return shape_fail(c, "a 0-dimensional tensor cannot be sliced");
    TRY(shape_wrap(c, dimension, v->ndim, &d));
    dim by = step ? arg_as_dim(c->graph, step) : 1;
    if (by == 0 || (dim_is_static(by) ? false : is_number(step)))
        return shape_fail(c, "the step of a slice must be positive");
    dim from = slice_bound(c, start, v->sizes[d], 0, 0);
    dim to = slice_bound(c, end, v->sizes[d], v->sizes[d], from);
    dim length = dim_is_static(from) && dim_is_static(to) && to < from ? 0 : dim_sub(c->syms, to, from);
    if (from != 0 && (is_unbacked(c, from) || is_unbacked(c, to)))
        length = is_promised(c, v->ndim, d, start, end) ? c->graph->expected->sizes[d] : dim_max(c->syms, length, 0);
    if (!dim_is_one(by)) length = dim_floordiv(c->syms, dim_add(c->syms, length, dim_sub(c->syms, by, 1)), by);
    v->offset = dim_add(c->syms, v->offset, dim_mul(c->syms, from, v->strides[d]));
    v->sizes[d] = length;
    v->strides[d] = dim_mul(c->syms, v->strides[d], by);
    return COT_OK;
}

cot_status view_select(shape_call *c, geometry *v, int64_t dimension, const arg *index) {
    uint32_t d;
    if (v->ndim == 0) return shape_fail(c, "nothing can be selected from a 0-dimensional tensor");
    TRY(shape_wrap(c, dimension, v->ndim, &d));
    dim size = v->sizes[d], at = arg_as_dim(c->graph, index);
    if (is_number(index)) {
        int64_t i = arg_as_int(index, 0);
        if (dim_is_static(size) && (i < -size || i >= size))
            return shape_fail(c, "index %lld is out of bounds for dimension %u with size %lld", (long long)i, d,
                              (long long)size);
        at = i >= 0 ? i : dim_add(c->syms, size, dim_negative(c->syms, i));
    } else if (is_unbacked(c, at)) {
        at = from_back(c, at, size);
    }
    v->offset = dim_add(c->syms, v->offset, dim_mul(c->syms, at, v->strides[d]));
    view_remove(v, d);
    return COT_OK;
}

cot_status view_diagonal(shape_call *c, geometry *v, int64_t offset, int64_t dim1, int64_t dim2) {
    uint32_t a, b;
    if (v->ndim < 2) return shape_fail(c, "self has %u dimensions, expected at least 2", v->ndim);
    TRY(shape_wrap(c, dim1, v->ndim, &a));
    TRY(shape_wrap(c, dim2, v->ndim, &b));
    if (a == b) return shape_fail(c, "the diagonal dimensions must differ, both are %u", a);
    dim rows = v->sizes[a], columns = v->sizes[b], stride = dim_add(c->syms, v->strides[a], v->strides[b]);
    uint32_t moved = offset >= 0 ? b : a;
    int64_t distance = offset >= 0 ? offset : -offset;
    if (offset >= 0) columns = dim_sub(c->syms, columns, distance);
    else rows = dim_sub(c->syms, rows, distance);
    dim length = dim_min(c->syms, rows, columns);
    if (dim_is_static(v->sizes[moved]) && v->sizes[moved] <= distance) length = 0;
    if (length != 0) v->offset = dim_add(c->syms, v->offset, dim_mul(c->syms, distance, v->strides[moved]));
    view_remove(v, MAX(a, b));
    view_remove(v, MIN(a, b));
    view_insert(v, v->ndim, length, stride);
    return COT_OK;
}

/* ---- view: the same elements under other sizes ------------------------------------------------------------------ */

cot_status view_sizes(shape_call *c, const arg *a, dim numel, dim *sizes, uint32_t *ndim) {
    uint32_t n = a->count, open = n;
    dim known = 1;
    if (n > COT_MAX_DIMS) return shape_fail(c, "%u sizes are given, expected at most %d", n, COT_MAX_DIMS);
    for (uint32_t i = 0; i < n; i++) {
        sizes[i] = arg_as_dim(c->graph, &a->list[i]);
        if (!view_is_minus_one(c->graph, &a->list[i])) {
            known = dim_mul(c->syms, known, sizes[i]);
            continue;
        }
        if (open < n) return shape_fail(c, "only one dimension can be inferred (-1)");
        open = i;
    }
    *ndim = n;
    if (open < n) {
        if (known == 0) return shape_fail(c, "-1 is ambiguous where the other sizes have a product of 0");
        sizes[open] = dim_floordiv(c->syms, numel, known);
        known = dim_mul(c->syms, known, sizes[open]);
    }
    if (dim_is_static(known) && dim_is_static(numel) && known != numel)
        return shape_fail(c, "sizes with %lld elements do not fit an input of %lld", (long long)known,
                          (long long)numel);
    return COT_OK;
}

static void row_major(syms *s, const dim *sizes, uint32_t ndim, dim *strides) {
    dim next = 1;
    for (uint32_t i = ndim; i-- > 0;) {
        strides[i] = next;
        if (sizes[i] != 0) next = dim_mul(s, next, sizes[i]);
    }
}

/* Old dimensions are taken from the back in runs that lie like one dimension; each run must be used up exactly by new
 * dimensions. Sizes may be symbolic: products are compared for equality alone. */
bool view_strides(syms *s, const type *t, const dim *sizes, uint32_t ndim, dim *strides) {
    dim numel = type_numel(s, t);
    if (numel == 0 && t->ndim == ndim && !memcmp(t->sizes, sizes, ndim * sizeof *sizes)) {
        if (ndim) memcpy(strides, t->strides, ndim * sizeof *strides);
        return true;
    }
    if (numel == 0 || t->ndim == 0 || (!dim_is_static(numel) && type_is_contiguous(t, s))) {
        row_major(s, sizes, ndim, strides);
        return true;
    }
    int at = (int)ndim - 1;
    dim base = t->strides[t->ndim - 1], run = 1, covered = 1;
    for (int i = t->ndim - 1; i >= 0; i--) {
        run = dim_mul(s, run, t->sizes[i]);
        if (i > 0 && (dim_is_one(t->sizes[i - 1]) || dim_equal(t->strides[i - 1], dim_mul(s, run, base)))) continue;
        for (; at >= 0 && (!dim_equal(covered, run) || dim_is_one(sizes[at])); at--) {
            strides[at] = dim_mul(s, covered, base);
            covered = dim_mul(s, covered, sizes[at]);
        }
        if (!dim_equal(covered, run)) return false;
        if (i > 0) base = t->strides[i - 1];
        run = covered = 1;
    }
    return at == -1;
}

static cot_status shape_of_view(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    uint32_t ndim;
    TRY(view_sizes(c, &c->args[1], type_numel(c->syms, t), sizes, &ndim));
    if (!view_strides(c->syms, t, sizes, ndim, strides))
        return shape_fail(
            c, "view size is not compatible with input tensor's size and stride (at least one dimension spans across "
               "two contiguous subspaces): use reshape");
    return shape_view(c, sizes, strides, ndim, t->offset);
}

static cot_status shape_reshape_alias(shape_call *c) {
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    uint32_t n = arg_as_dims(c->graph, &c->args[1], sizes, COT_MAX_DIMS);
    if (arg_as_dims(c->graph, &c->args[2], strides, COT_MAX_DIMS) != n)
        return shape_fail(c, "size and stride differ in length");
    return shape_view(c, sizes, strides, n, shape_tensor(c, 0)->offset);
}

/* ---- expand, permute, transpose --------------------------------------------------------------------------------- */

static cot_status shape_expand(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    geometry v = {.offset = t->offset};
    const arg *a = &c->args[1];
    v.ndim = a->count;
    if (v.ndim < t->ndim || v.ndim > COT_MAX_DIMS)
        return shape_fail(c, "%u sizes are given for a tensor of %u dimensions", v.ndim, t->ndim);
    for (uint32_t i = 0; i < v.ndim; i++) {
        bool leading = i < v.ndim - t->ndim, keep = view_is_minus_one(c->graph, &a->list[i]);
        dim from = leading ? 1 : t->sizes[i - (v.ndim - t->ndim)];
        dim to = keep ? from : arg_as_dim(c->graph, &a->list[i]);
        if (leading && keep) return shape_fail(c, "-1 is not allowed for a new leading dimension (%u)", i);
        bool grows = dim_is_one(from) && !dim_is_one(to);
        if (!dim_equal(from, to) && !dim_is_one(from) && dim_is_static(from) && dim_is_static(to))
            return shape_fail(c, "the expanded size (%lld) must match the existing size (%lld) at dimension %u",
                              (long long)to, (long long)from, i);
        v.sizes[i] = to;
        v.strides[i] = grows ? 0 : leading ? 0 : t->strides[i - (v.ndim - t->ndim)];
    }
    /* A new leading dimension of size 1 has the stride that an existing one there would have. */
    for (uint32_t i = v.ndim - t->ndim; t->ndim && i-- > 0;)
        if (dim_is_one(v.sizes[i])) v.strides[i] = dim_mul(c->syms, v.sizes[i + 1], v.strides[i + 1]);
    return view_result(c, &v);
}

static cot_status shape_permute(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    int64_t dims[COT_MAX_DIMS];
    bool seen[COT_MAX_DIMS] = {0};
    uint32_t n = arg_as_ints(&c->args[1], dims, COT_MAX_DIMS);
    geometry v = {.ndim = n, .offset = t->offset};
    if (n != t->ndim) return shape_fail(c, "%u dimensions are given for a tensor of %u", n, t->ndim);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t d;
        TRY(shape_wrap(c, dims[i], n, &d));
        if (seen[d]) return shape_fail(c, "dimension %u is given twice", d);
        seen[d] = true;
        v.sizes[i] = t->sizes[d];
        v.strides[i] = t->strides[d];
    }
    return view_result(c, &v);
}

static cot_status swap_dims(shape_call *c, int64_t dim0, int64_t dim1) {
    geometry v = view_geometry(shape_tensor(c, 0));
    uint32_t a, b;
    TRY(shape_wrap(c, dim0, v.ndim, &a));
    TRY(shape_wrap(c, dim1, v.ndim, &b));
    if (v.ndim == 0) return view_result(c, &v);
    dim size = v.sizes[a], stride = v.strides[a];
    v.sizes[a] = v.sizes[b], v.strides[a] = v.strides[b];
    v.sizes[b] = size, v.strides[b] = stride;
    return view_result(c, &v);
}

static cot_status shape_transpose(shape_call *c) {
    return swap_dims(c, arg_as_int(&c->args[1], 0), arg_as_int(&c->args[2], 0));
}

static cot_status shape_t(shape_call *c) {
    uint32_t n = shape_tensor(c, 0)->ndim;
    if (n > 2) return shape_fail(c, "self has %u dimensions, expected at most 2", n);
    return n < 2 ? swap_dims(c, 0, 0) : swap_dims(c, 0, 1);
}

/* ---- squeeze, unsqueeze ----------------------------------------------------------------------------------------- */

/* Which dimensions squeeze takes away, as a bit mask. */
static cot_status squeezed(shape_call *c, const type *t, uint32_t *mask) {
    int64_t dims[COT_MAX_DIMS];
    uint32_t count = c->op->num_params > 1 ? arg_as_ints(&c->args[1], dims, COT_MAX_DIMS) : 0;
    uint32_t asked = c->op->num_params > 1 ? 0 : ~0u;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t d;
        TRY(shape_wrap(c, dims[i], t->ndim, &d));
        asked |= 1u << d;
    }
    *mask = 0;
    for (uint32_t i = 0; i < t->ndim; i++)
        if ((asked >> i & 1) && dim_is_one(t->sizes[i])) *mask |= 1u << i;
    return COT_OK;
}

static cot_status shape_squeeze(shape_call *c) {
    geometry v = view_geometry(shape_tensor(c, 0));
    uint32_t mask;
    TRY(squeezed(c, shape_tensor(c, 0), &mask));
    for (uint32_t i = v.ndim; i-- > 0;)
        if (mask >> i & 1) view_remove(&v, i);
    return view_result(c, &v);
}

static cot_status shape_unsqueeze(shape_call *c) {
    geometry v = view_geometry(shape_tensor(c, 0));
    uint32_t d;
    TRY(shape_wrap(c, arg_as_int(&c->args[1], 0), v.ndim + 1, &d));
    if (v.ndim == COT_MAX_DIMS) return shape_fail(c, "the result has more than %d dimensions", COT_MAX_DIMS);
    view_insert(&v, d, 1, d < v.ndim ? dim_mul(c->syms, v.sizes[d], v.strides[d]) : 1);
    return view_result(c, &v);
}

/* Puts back, one by one, what squeeze took away. */
static cot_status vjp_squeeze(vjp_call *c) {
    const type *t = TYPE_OF(c->b, vjp_tensor(c, 0));
    uint32_t mask;
    shape_call call = {.graph = c->b->graph,
                       .op = c->op,
                       .args = c->args,
                       .arena = c->b->graph->arena,
                       .syms = c->b->graph->ctx->syms,
                       .error = c->b->error};
    uint32_t ndim = t->ndim;
    TRY(squeezed(&call, t, &mask));
    value grad = c->grads[0];
    for (uint32_t i = 0; i < ndim; i++)
        if (mask >> i & 1) grad = emit(c->b, "unsqueeze", "vi", grad, (int64_t)i);
    vjp_set(c, 0, grad);
    return c->b->status;
}

/* ---- slices ----------------------------------------------------------------------------------------------------- */

static cot_status shape_slice(shape_call *c) {
    geometry v = view_geometry(shape_tensor(c, 0));
    TRY(view_slice(c, &v, arg_as_int(&c->args[1], 0), &c->args[2], &c->args[3], &c->args[4]));
    return view_result(c, &v);
}

static cot_status vjp_slice(vjp_call *c) {
    const type *t = TYPE_OF(c->b, vjp_tensor(c, 0));
    arg zero = arg_int(0), last = arg_int(INT64_MAX);
    const arg *start = arg_is_none(vjp_arg(c, 2)) ? &zero : vjp_arg(c, 2);
    const arg *end = arg_is_none(vjp_arg(c, 3)) ? &last : vjp_arg(c, 3);
    vjp_set(c, 0,
            emit(c->b, "slice_backward", "vDaaaa", c->grads[0], t->sizes, (uint32_t)t->ndim, vjp_arg(c, 1), start, end,
                 vjp_arg(c, 4)));
    return c->b->status;
}

static cot_status shape_select(shape_call *c) {
    geometry v = view_geometry(shape_tensor(c, 0));
    TRY(view_select(c, &v, arg_as_int(&c->args[1], 0), &c->args[2]));
    return view_result(c, &v);
}

static cot_status shape_diagonal(shape_call *c) {
    geometry v = view_geometry(shape_tensor(c, 0));
    TRY(view_diagonal(c, &v, arg_as_int(&c->args[1], 0), arg_as_int(&c->args[2], 0), arg_as_int(&c->args[3], 1)));
    return view_result(c, &v);
}

static cot_status shape_unfold(shape_call *c) {
    geometry v = view_geometry(shape_tensor(c, 0));
    int64_t size = arg_as_int(&c->args[2], 0), step = arg_as_int(&c->args[3], 1);
    uint32_t d;
    TRY(shape_wrap(c, arg_as_int(&c->args[1], 0), v.ndim, &d));
    dim length = v.ndim ? v.sizes[d] : 1, stride = v.ndim ? v.strides[d] : 1;
    if (step <= 0 || size < 0) return shape_fail(c, "size must not be negative and step must be positive");
    if (dim_is_static(length) && size > length)
        return shape_fail(c, "the window of %lld is longer than dimension %u (%lld)", (long long)size, d,
                          (long long)length);
    if (v.ndim == COT_MAX_DIMS) return shape_fail(c, "the result has more than %d dimensions", COT_MAX_DIMS);
    if (v.ndim) {
        v.sizes[d] = dim_add(c->syms, dim_floordiv(c->syms, dim_sub(c->syms, length, size), step), 1);
        v.strides[d] = dim_mul(c->syms, stride, step);
    }
    view_insert(&v, v.ndim, size, stride);
    return view_result(c, &v);
}

/* ---- as_strided ------------------------------------------------------------------------------------------------- */

static cot_status shape_as_strided(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    geometry v = {.offset = arg_is_none(&c->args[3]) ? t->offset : arg_as_dim(c->graph, &c->args[3])};
    v.ndim = arg_as_dims(c->graph, &c->args[1], v.sizes, COT_MAX_DIMS);
    if (arg_as_dims(c->graph, &c->args[2], v.strides, COT_MAX_DIMS) != v.ndim)
        return shape_fail(c, "size and stride differ in length");
    return view_result(c, &v);
}

/* One past the last element that a tensor of this geometry touches; DIM_ERROR when it is symbolic. */
static dim extent(const geometry *v) {
    int64_t last = 0;
    for (uint32_t i = 0; i < v->ndim; i++) {
        if (!dim_is_static(v->sizes[i]) || !dim_is_static(v->strides[i])) return DIM_ERROR;
        if (v->sizes[i] == 0) return 0;
        last += (v->sizes[i] - 1) * v->strides[i];
    }
    return dim_is_static(v->offset) ? v->offset + last + 1 : DIM_ERROR;
}

/* Does each element lie in a place of its own? Dimensions from the smallest stride on: each steps over all before it.
 */
static bool is_apart(const geometry *v) {
    uint32_t done = 0;
    int64_t reach = 0;
    for (uint32_t k = 0; k < v->ndim; k++) {
        uint32_t least = v->ndim;
        for (uint32_t i = 0; i < v->ndim; i++)
            if (!(done >> i & 1) && (least == v->ndim || v->strides[i] < v->strides[least])) least = i;
        done |= 1u << least;
        if (v->sizes[least] <= 1) continue;
        if (v->strides[least] <= reach) return false;
        reach += (v->sizes[least] - 1) * v->strides[least];
    }
    return true;
}

/* The gradient is added up in a buffer that stands for the storage: `grad` at the places its elements were read from,
 * scattered where these may repeat, then read as the operand lies. */
static cot_status vjp_as_strided(vjp_call *c) {
    const type *t = TYPE_OF(c->b, vjp_tensor(c, 0)), *r = TYPE_OF(c->b, c->result);
    geometry in = view_geometry(t), out = view_geometry(r);
    int64_t in_end = extent(&in), out_end = extent(&out);
    cot_dtype dtype = (cot_dtype)t->dtype;
    if (in_end == DIM_ERROR || out_end == DIM_ERROR)
        return builder_fail(c->b, COT_UNSUPPORTED, "the derivative of as_strided needs sizes that are numbers");
    int64_t count = MAX(in_end, out_end), flat = -1;
    value zeros = emit(c->b, "full", "Df,dtype=t", &count, 1u, 0.0, (int)dtype);
    if (is_apart(&out)) {
        value laid = emit(c->b, "as_strided_scatter", "vvDDd", zeros, c->grads[0], out.sizes, out.ndim, out.strides,
                          out.ndim, out.offset);
        vjp_set(c, 0, emit(c->b, "as_strided", "vDDd", laid, in.sizes, in.ndim, in.strides, in.ndim, in.offset));
        return c->b->status;
    }
    value places = emit(c->b, "arange", "i", count);
    places = emit(c->b, "as_strided", "vDDd", places, out.sizes, out.ndim, out.strides, out.ndim, out.offset);
    value index = emit(c->b, "reshape", "vI", places, &flat, 1u);
    value source = emit(c->b, "reshape", "vI", c->grads[0], &flat, 1u);
    value storage = emit(c->b, "index_add", "vivv", zeros, (int64_t)0, index, source);
    vjp_set(c, 0, emit(c->b, "as_strided", "vDDd", storage, in.sizes, in.ndim, in.strides, in.ndim, in.offset));
    return c->b->status;
}

/* ---- the same again --------------------------------------------------------------------------------------------- */

static cot_status shape_alias(shape_call *c) {
    geometry v = view_geometry(shape_tensor(c, 0));
    return view_result(c, &v);
}

static cot_status shape_lift_fresh(shape_call *c) {
    return shape_result_like(c, (cot_dtype)shape_tensor(c, 0)->dtype, shape_tensor(c, 0));
}

/* ---- other dtypes ----------------------------------------------------------------------------------------------- */

static cot_status shape_view_dtype(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    geometry v = view_geometry(t);
    cot_dtype to = (cot_dtype)arg_as_int(&c->args[1], t->dtype);
    int64_t old = (int64_t)dtype_bytes((cot_dtype)t->dtype), new = (int64_t)dtype_bytes(to);
    if (old != new && (v.ndim == 0 || v.strides[v.ndim - 1] != 1))
        return shape_fail(c, "the last dimension must be contiguous to be seen with items of another size");
    for (uint32_t i = 0; i + 1 < v.ndim && old != new; i++)
        v.strides[i] = dim_floordiv(c->syms, dim_mul(c->syms, v.strides[i], old), new);
    if (old != new) {
        uint32_t last = v.ndim - 1;
        if (dim_is_static(v.sizes[last]) && v.sizes[last] * old % new)
            return shape_fail(c, "the last size (%lld) does not hold a whole number of items of %lld bytes",
                              (long long)v.sizes[last], (long long)new);
        v.sizes[last] = dim_floordiv(c->syms, dim_mul(c->syms, v.sizes[last], old), new);
        v.offset = dim_floordiv(c->syms, dim_mul(c->syms, v.offset, old), new);
    }
    TRY(view_result(c, &v));
    c->result.dtype = (uint8_t)to;
    return COT_OK;
}

static cot_status shape_view_as_real(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    geometry v = view_geometry(t);
    if (!dtype_is_complex((cot_dtype)t->dtype))
        return shape_fail(c, "self is %s, expected complex", dtype_torch_name(t->dtype));
    for (uint32_t i = 0; i < v.ndim; i++) v.strides[i] = dim_mul(c->syms, v.strides[i], 2);
    v.offset = dim_mul(c->syms, v.offset, 2);
    view_insert(&v, v.ndim, 2, 1);
    TRY(view_result(c, &v));
    c->result.dtype = t->dtype == COT_C128 ? COT_F64 : COT_F32;
    return COT_OK;
}

static cot_status shape_view_as_complex(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    geometry v = view_geometry(t);
    if (t->dtype != COT_F32 && t->dtype != COT_F64)
        return shape_fail(c, "self is %s, expected float32 or float64", dtype_torch_name(t->dtype));
    if (v.ndim == 0 || v.sizes[v.ndim - 1] != 2 || v.strides[v.ndim - 1] != 1)
        return shape_fail(c, "the last dimension must have size 2 and stride 1");
    v.ndim--;
    for (uint32_t i = 0; i < v.ndim; i++) v.strides[i] = dim_floordiv(c->syms, v.strides[i], 2);
    v.offset = dim_floordiv(c->syms, v.offset, 2);
    TRY(view_result(c, &v));
    c->result.dtype = t->dtype == COT_F64 ? COT_C128 : COT_C64;
    return COT_OK;
}

/* Writing through a permutation is permuting back. */
static value decompose_permute_inverse(builder *b, const op *o, const arg *args) {
    int64_t dims[COT_MAX_DIMS], back[COT_MAX_DIMS] = {0};
    uint32_t n = arg_as_ints(&args[1], dims, COT_MAX_DIMS);
    for (uint32_t i = 0; i < n; i++) back[dims[i] < 0 ? dims[i] + n : dims[i]] = i;
    UNUSED(o);
    return emit(b, "permute", "vI", arg_as_value(&args[0]), back, n);
}

/* A window view is written back through the strides it has in its base. */
static value decompose_unfold_scatter(builder *b, const op *o, const arg *args) {
    const arg view_args[4] = {args[0], args[2], args[3], args[4]};
    value view = emit_bound(b, op_find(b->graph->ctx, "unfold"), view_args, NULL);
    if (view == NO_VALUE) return view;
    geometry v = view_geometry(TYPE_OF(b, view));
    UNUSED(o);
    return emit(b, "cot.as_strided_write", "vvDDd", arg_as_value(&args[0]), arg_as_value(&args[1]), v.sizes, v.ndim,
                v.strides, v.ndim, v.offset);
}

#define VIEW (OP_VIEW | OP_RECOMPUTABLE)

const op_record ops_view[] = {
    {.schema = "view(Tensor(a) self, SymInt[] size) -> Tensor(a)",
     .batch = &batch_shape,
     .shape = shape_of_view,
     .vjp = "self: reshape(grad, self.shape)",
     .inverse = "reshape(y, base.shape)",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[2, 6], [3, 4]; f32[2, 3, 4], [-1, 4]; f32[0, 3], [3, 0]; f32[], [1, 1]"},
    /* No alias by its schema (the operand is always a temporary), yet nothing is moved at run time. */
    {.schema = "_unsafe_view(Tensor self, SymInt[] size) -> Tensor",
     .batch = &batch_shape,
     .shape = shape_of_view,
     .vjp = "self: reshape(grad, self.shape)",
     .inverse = "reshape(y, base.shape)",
     .traits = OP_RECOMPUTE_FREE | OP_RECOMPUTABLE,
     .samples = "f32[2, 6], [3, 4]; f32[2, 3, 4], [6, -1]"},
    {.schema = "_reshape_alias(Tensor(a) self, SymInt[] size, SymInt[] stride) -> Tensor(a)",
     .batch = &batch_shape,
     .shape = shape_reshape_alias,
     .vjp = "self: reshape(grad, self.shape)",
     .inverse = "reshape(y, base.shape)",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[2, 6], [3, 4], [4, 1]"},
    {.schema = "expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)",
     .batch = &batch_expand_sizes,
     .shape = shape_expand,
     .vjp = "self: grad",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[3, 1], [3, 4]; f32[3], [2, -1]; f32[], [2, 2]"},
    {.schema = "permute(Tensor(a) self, int[] dims) -> Tensor(a)",
     .batch = &batch_permute,
     .shape = shape_permute,
     .vjp = "self: cot.permute_inverse(grad, dims)",
     .inverse = "cot.permute_inverse(y, dims)",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[2, 3, 4], [2, 0, 1]; f32[2, 3], [-1, 0]; f32[], []"},
    {.schema = "transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)",
     .batch = &batch_dims,
     .shape = shape_transpose,
     .vjp = "self: transpose(grad, dim0, dim1)",
     .inverse = "transpose(y, dim0, dim1)",
     .traits = VIEW | OP_HAS_COPY | OP_HAS_INPLACE,
     .samples = "f32[2, 3, 4], 0, 2; f32[2, 3], -1, 0; f32[3], 0, 0"},
    {.schema = "t(Tensor(a) self) -> Tensor(a)",
     .batch = &batch_matrix,
     .shape = shape_t,
     .vjp = "self: t(grad)",
     .inverse = "t(y)",
     .traits = VIEW | OP_HAS_COPY | OP_HAS_INPLACE,
     .samples = "f32[2, 3]; f32[3]; f32[]"},
    {.schema = "squeeze(Tensor(a) self) -> Tensor(a)",
     .batch = &batch_shape,
     .shape = shape_squeeze,
     .vjp_fn = vjp_squeeze,
     .inverse = "view(y, base.shape)",
     .traits = VIEW | OP_HAS_COPY | OP_HAS_INPLACE,
     .samples = "f32[1, 3, 1]; f32[2]"},
    {.schema = "squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)",
     .batch = &batch_shape,
     .shape = shape_squeeze,
     .vjp_fn = vjp_squeeze,
     .inverse = "view(y, base.shape)",
     .traits = VIEW | OP_HAS_COPY | OP_HAS_INPLACE,
     .samples = "f32[1, 3, 1], 0; f32[2, 3], 1"},
    {.schema = "squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)",
     .batch = &batch_shape,
     .shape = shape_squeeze,
     .vjp_fn = vjp_squeeze,
     .inverse = "view(y, base.shape)",
     .traits = VIEW | OP_HAS_COPY | OP_HAS_INPLACE,
     .samples = "f32[1, 3, 1], [0, 2]"},
    {.schema = "unsqueeze(Tensor(a) self, int dim) -> Tensor(a)",
     .batch = &batch_new_dim,
     .shape = shape_unsqueeze,
     .vjp = "self: squeeze(grad, dim)",
     .inverse = "squeeze(y, dim)",
     .traits = VIEW | OP_HAS_COPY | OP_HAS_INPLACE,
     .samples = "f32[2, 3], 1; f32[], -1"},
    {.schema = "select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)",
     .batch = &batch_dims,
     .on_numbers = "squeeze(index_select(self, dim, reshape(where(lt(index, 0), add(index, size(self, dim)), index), "
                   "[1])), dim)",
     .shape = shape_select,
     .vjp = "self: select_backward(grad, self.shape, dim, index)",
     .inverse = "select_scatter(base, y, dim, index)",
     .rows = ROWS_LAST,
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[2, 3], 1, 2; f32[3], 0, -1"},
    {.schema =
         "slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)",
     .batch = &batch_dims,
     .on_numbers = "index_select(self, dim, add(mul(arange(sizes[dim]), step), where(lt(start, 0), add(start, "
                   "size(self, dim)), start)))",
     .shape = shape_slice,
     .vjp_fn = vjp_slice,
     .inverse = "slice_scatter(base, y, dim, start, end, step)",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[5, 3], 0, 1, 4, 2; f32[5], 0, -3, 9223372036854775807; f32[4], 0, 3, 1"},
    {.schema = "diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)",
     .batch = &batch_dims,
     .shape = shape_diagonal,
     .vjp = "self: diagonal_backward(grad, self.shape, offset, dim1, dim2)",
     .inverse = "diagonal_scatter(base, y, offset, dim1, dim2)",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[3, 4]; f32[2, 3, 4], -1, 1, 2; f32[3, 3], 5"},
    {.schema = "unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)",
     .batch = &batch_dims,
     .shape = shape_unfold,
     .vjp = "self: unfold_backward(grad, self.shape, dimension, size, step)",
     .inverse = "cot.unfold_scatter(base, y, dimension, size, step)",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[7], 0, 3, 2; f32[2, 5], 1, 2, 1"},
    {.schema = "as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)",
     .batch = &batch_strided,
     .shape = shape_as_strided,
     .layout = LAYOUT_FIXED,
     .vjp_fn = vjp_as_strided,
     .inverse = "cot.as_strided_write(base, y, size, stride, storage_offset)",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[3, 4], [2, 2], [4, 2], 1; f32[6], [2, 3], [1, 1]"},
    {.schema = "alias(Tensor(a) self) -> Tensor(a)",
     .batch = &batch_leading,
     .shape = shape_alias,
     .vjp = "self: grad",
     .inverse = "y",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[2, 3]"},
    {.schema = "detach(Tensor(a) self) -> Tensor(a)",
     .batch = &batch_leading,
     .shape = shape_alias,
     .vjp = "self: none",
     .inverse = "y",
     .traits = VIEW | OP_HAS_COPY | OP_HAS_INPLACE | OP_NO_HISTORY,
     .samples = "f32[2, 3]"},
    {.schema = "lift_fresh(Tensor(a) self) -> Tensor(a)",
     .batch = &batch_leading,
     .shape = shape_alias,
     .vjp = "self: grad",
     .inverse = "y",
     .traits = VIEW,
     .samples = "f32[2]"},
    {.schema = "lift_fresh_copy(Tensor self) -> Tensor",
     .shape = shape_lift_fresh,
     .vjp = "self: grad",
     .decompose = "clone(self)",
     .traits = OP_COMPOSITE,
     .samples = "f32[2]"},
    {.schema = "lift(Tensor self) -> Tensor",
     .vjp = "self: grad",
     .decompose = "alias(self)",
     .traits = OP_COMPOSITE,
     .samples = "f32[2]"},
    {.schema = "view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)",
     .batch = &batch_leading,
     .shape = shape_view_dtype,
     .vjp = "self: none",
     .inverse = "view(y, base.dtype)",
     .traits = VIEW | OP_NO_HISTORY,
     .samples = "f32[2, 4], torch.int32; f32[2, 4], torch.int16"},
    {.schema = "view_as_real(Tensor(a) self) -> Tensor(a)",
     .batch = &batch_leading,
     .shape = shape_view_as_real,
     .vjp = "self: view_as_complex(contiguous(grad))",
     .inverse = "view_as_complex(contiguous(y))",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "c64[2, 3]"},
    {.schema = "view_as_complex(Tensor(a) self) -> Tensor(a)",
     .batch = &batch_leading,
     .shape = shape_view_as_complex,
     .vjp = "self: view_as_real(contiguous(grad))",
     .inverse = "view_as_real(y)",
     .traits = VIEW | OP_HAS_COPY,
     .samples = "f32[2, 2]"},
    {.schema = "cot::permute_inverse(Tensor self, int[] dims) -> Tensor",
     .batch = &batch_permute,
     .decompose_fn = decompose_permute_inverse,
     .traits = OP_COMPOSITE,
     .samples = "f32[2, 3, 4], [2, 0, 1]"},
    {.schema = "cot::unfold_scatter(Tensor base, Tensor src, int dimension, int size, int step) -> Tensor",
     .decompose_fn = decompose_unfold_scatter,
     .traits = OP_COMPOSITE},
};
const uint32_t ops_view_count = COUNT_OF(ops_view);
