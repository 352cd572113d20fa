/* SPDX-License-Identifier: MIT
 * einsum.c — Einstein's summation, taken apart as PyTorch does: every operand gets all labels as dimensions (size 1
 * where it lacks one), operands are contracted from left to right, each contraction being one bmm. */
#include "ops/emit.h"
#include "ops/shape.h"

#include <ctype.h>
#include <string.h>

#define MOST_OPERANDS 16
#define MOST_LABELS COT_MAX_DIMS
enum { ELLIPSIS = 1, NOT_OUT = -1 };

typedef struct equation {
    char labels[MOST_OPERANDS][COT_MAX_DIMS + 1]; /* by operand; ELLIPSIS stands for the dimensions of "..." */
    uint32_t counts[MOST_OPERANDS], operands;
    char out[MOST_LABELS + 1];
    uint32_t out_count;
    uint32_t ellipsis; /* dimensions that "..." covers at most */
    int8_t place[256]; /* of a label among the result's and the summed dimensions; of ELLIPSIS: of its first */
    uint32_t out_dims, dims;
} equation;

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static const char *read_term(builder *b, const char *at, char *labels, uint32_t *count) {
    for (*count = 0; *at && *at != ',' && strncmp(at, "->", 2); at++) {
        char label = *at;
        if (label == ' ') continue;
        if (label == '.') {
            if (strncmp(at, "...", 3) || memchr(labels, ELLIPSIS, *count)) break;
            label = ELLIPSIS;
            at += 2;
        } else if (!isalpha((unsigned char)label)) {
            break;
        }
        if (*count == COT_MAX_DIMS) break;
        labels[(*count)++] = label;
    }
    if (*at && *at != ',' && strncmp(at, "->", 2))
        builder_fail(b, COT_SHAPE, "einsum: the equation does not parse at '%s'", at);
    return at;
}

/* Without "->": the ellipsis, then the labels that occur once, in alphabetical order. */
static void implicit_output(equation *e) {
    uint32_t seen[256] = {0};
    for (uint32_t i = 0; i < e->operands; i++)
        for (uint32_t k = 0; k < e->counts[i]; k++) seen[(unsigned char)e->labels[i][k]]++;
    if (seen[ELLIPSIS]) e->out[e->out_count++] = ELLIPSIS;
    for (int label = 'A'; label <= 'z'; label++)
        if (seen[label] == 1 && e->out_count < MOST_LABELS) e->out[e->out_count++] = (char)label;
}

static void read_equation(builder *b, const char *text, uint32_t operands, equation *e) {
    uint32_t i = 0;
    for (const char *at = text;; at++) {
        if (i == operands) {
            builder_fail(b, COT_SHAPE, "einsum: '%s' has more terms than the %u operands", text, operands);
            return;
        }
        at = read_term(b, at, e->labels[i], &e->counts[i]);
        i++;
        if (b->status || *at == ',') {
            if (b->status) return;
            continue;
        }
        e->operands = i;
        if (!*at) implicit_output(e);
        else if (*read_term(b, at + 2, e->out, &e->out_count) && !b->status)
            builder_fail(b, COT_SHAPE, "einsum: the result of '%s' has more than one term", text);
        break;
    }
    if (i != operands) builder_fail(b, COT_SHAPE, "einsum: '%s' has %u terms for %u operands", text, i, operands);
}

/* Gives every label its dimension: those of the result in order, then summed ones in alphabetical order. */
static void place_labels(builder *b, equation *e, const value *v) {
    memset(e->place, NOT_OUT, sizeof e->place);
    for (uint32_t i = 0; i < e->operands; i++) {
        const uint32_t ndim = TYPE_OF(b, v[i])->ndim,
                       named = e->counts[i] - (memchr(e->labels[i], ELLIPSIS, e->counts[i]) != NULL);
        if (named == e->counts[i] ? ndim != named : ndim < named) {
            builder_fail(b, COT_SHAPE, "einsum: operand %u has %u dimensions, its term names %u", i, ndim, named);
            return;
        }
        if (named != e->counts[i]) e->ellipsis = MAX(e->ellipsis, ndim - named);
    }
    uint32_t next = 0;
    for (uint32_t k = 0; k < e->out_count; k++) {
        e->place[(unsigned char)e->out[k]] = (int8_t)next;
        next += e->out[k] == ELLIPSIS ? e->ellipsis : 1;
    }
    e->out_dims = next;
    bool seen[256] = {false};
    for (uint32_t i = 0; i < e->operands; i++)
        for (uint32_t k = 0; k < e->counts[i]; k++) seen[(unsigned char)e->labels[i][k]] = true;
    for (int label = 0; label < 256; label++) {
        if (!seen[label] || e->place[label] != NOT_OUT) continue;
        e->place[label] = (int8_t)next;
        next += label == ELLIPSIS ? e->ellipsis : 1;
    }
    e->dims = next;
    if (next > MOST_LABELS) builder_fail(b, COT_SHAPE, "einsum: more than %d different labels", MOST_LABELS);
}

/* ---- operands to common dimensions ------------------------------------------------------------------------------ */

/* Takes the diagonal where a label repeats, then adds the missing dimensions and permutes. */
static value align_operand(builder *b, const equation *e, uint32_t i, value v) {
    int64_t order[MOST_LABELS], from[256];
    memset(order, -1, sizeof order);
    memset(from, -1, sizeof from);
    int64_t at = 0;
    for (uint32_t k = 0; k < e->counts[i] && !b->status; k++) {
        const unsigned char label = (unsigned char)e->labels[i][k];
        if (label == ELLIPSIS) {
            const uint32_t covered = TYPE_OF(b, v)->ndim - (uint32_t)at - (e->counts[i] - k - 1);
            for (uint32_t d = 0; d < covered; d++) order[e->place[label] + (int)(e->ellipsis - covered + d)] = at++;
        } else if (from[label] >= 0) {
            value diagonal = emit(b, "diagonal", "viii", v, (int64_t)0, from[label], at);
            v = emit(b, "movedim.int", "vii", diagonal, (int64_t)-1, from[label]);
        } else {
            from[label] = at;
            order[e->place[label]] = at++;
        }
    }
    for (uint32_t d = 0; d < e->dims; d++) {
        if (order[d] >= 0) continue;
        v = emit(b, "unsqueeze", "vi", v, at);
        order[d] = at++;
    }
    return emit(b, "permute", "vI", v, order, e->dims);
}

/* ---- contractions ----------------------------------------------------------------------------------------------- */

typedef struct group {
    int64_t dims[MOST_LABELS];
    uint32_t count;
    dim size;
} group;

static void group_add(builder *b, group *g, uint32_t d, dim size) {
    g->dims[g->count++] = d;
    g->size = dim_mul(b->graph->ctx->syms, g->size, size);
}

static uint32_t join(int64_t *to, uint32_t at, const group *g) {
    memcpy(to + at, g->dims, g->count * sizeof *to);
    return at + g->count;
}

/* Sum of x·y over the dimensions `summed`, kept with size 1: dimensions that both have are a batch, those that one has
 * its rows or columns. */
static value contract(builder *b, value x, value y, const bool *summed, uint32_t dims) {
    group both = {.size = 1}, left = {.size = 1}, right = {.size = 1}, sum = {.size = 1};
    dim out[MOST_LABELS];
    uint32_t count = 0;
    for (uint32_t d = 0; d < dims; d++) {
        const dim p = TYPE_OF(b, x)->sizes[d], q = TYPE_OF(b, y)->sizes[d];
        if (summed[d]) group_add(b, &sum, d, p);
        else if (!dim_is_one(p) && !dim_is_one(q)) group_add(b, &both, d, p);
        else if (!dim_is_one(p)) group_add(b, &left, d, p);
        else group_add(b, &right, d, q);
    }
    for (uint32_t i = 0; i < both.count; i++) out[count++] = TYPE_OF(b, x)->sizes[both.dims[i]];
    for (uint32_t i = 0; i < left.count; i++) out[count++] = TYPE_OF(b, x)->sizes[left.dims[i]];
    for (uint32_t i = 0; i < sum.count; i++) out[count++] = 1;
    for (uint32_t i = 0; i < right.count; i++) out[count++] = TYPE_OF(b, y)->sizes[right.dims[i]];
    int64_t px[MOST_LABELS], py[MOST_LABELS], po[MOST_LABELS], straight[MOST_LABELS];
    join(px, join(px, join(px, join(px, 0, &both), &left), &sum), &right);
    join(py, join(py, join(py, join(py, 0, &both), &sum), &right), &left);
    join(straight, join(straight, join(straight, join(straight, 0, &both), &left), &sum), &right);
    for (uint32_t i = 0; i < dims; i++) po[straight[i]] = i;
    const dim sx[3] = {both.size, left.size, sum.size}, sy[3] = {both.size, sum.size, right.size};
    value p = emit(b, "reshape", "vD", emit(b, "permute", "vI", x, px, dims), sx, 3u);
    value q = emit(b, "reshape", "vD", emit(b, "permute", "vI", y, py, dims), sy, 3u);
    value product = emit(b, "view", "vD", emit(b, "bmm", "vv", p, q), out, count);
    return emit(b, "permute", "vI", product, po, dims);
}

static bool is_one(builder *b, value v, uint32_t d) { return dim_is_one(TYPE_OF(b, v)->sizes[d]); }

static value sum_dims(builder *b, value v, const int64_t *dims, uint32_t count, int keep) {
    return count ? emit(b, "sum.dim_IntList", "vIb", v, dims, count, keep) : v;
}

/* One step: `uses` counts the operands left that have more than one element along a summed dimension. */
static value contract_pair(builder *b, const equation *e, value x, value y, uint32_t *uses) {
    int64_t only_x[MOST_LABELS], only_y[MOST_LABELS];
    uint32_t nx = 0, ny = 0, n = 0;
    bool summed[MOST_LABELS] = {false};
    for (uint32_t d = e->out_dims; d < e->dims; d++) {
        const bool in_x = !is_one(b, x, d), in_y = !is_one(b, y, d);
        if (in_x && in_y) {
            if (--uses[d] == 1) uses[d] = 0, summed[d] = true, n++;
        } else if (uses[d] == 1 && (in_x || in_y)) {
            uses[d] = 0;
            if (in_x) only_x[nx++] = d;
            else only_y[ny++] = d;
        }
    }
    x = sum_dims(b, x, only_x, nx, 1);
    y = sum_dims(b, y, only_y, ny, 1);
    return n && !b->status ? contract(b, x, y, summed, e->dims) : emit(b, "mul.Tensor", "vv", x, y);
}

static bool sizes_agree(builder *b, const equation *e, const value *v) {
    for (uint32_t d = 0; d < e->dims; d++) {
        dim size = 1;
        for (uint32_t i = 0; i < e->operands; i++) {
            const dim s = TYPE_OF(b, v[i])->sizes[d];
            if (dim_is_one(s)) continue;
            if (!dim_is_one(size) && dim_is_static(s) && dim_is_static(size) && s != size) {
                builder_fail(b, COT_SHAPE, "einsum: one label has size %lld and, in operand %u, size %lld",
                             (long long)size, i, (long long)s);
                return false;
            }
            size = s;
        }
    }
    return true;
}

static value decompose_einsum(builder *b, const op *o, const arg *args) {
    const uint32_t n = args[1].count;
    value v[MOST_OPERANDS];
    equation e = {0};
    UNUSED(o);
    if (args[0].kind != ARG_STRING || n < 1 || n > MOST_OPERANDS) {
        builder_fail(b, COT_SHAPE, "einsum: an equation and 1 to %d operands are expected", MOST_OPERANDS);
        return NO_VALUE;
    }
    for (uint32_t i = 0; i < n; i++) v[i] = arg_as_value(&args[1].list[i]);
    read_equation(b, args[0].s, n, &e);
    if (!b->status) place_labels(b, &e, v);
    for (uint32_t i = 0; i < n && !b->status; i++) v[i] = align_operand(b, &e, i, v[i]);
    if (b->status || !sizes_agree(b, &e, v)) return NO_VALUE;
    uint32_t uses[MOST_LABELS] = {0};
    for (uint32_t d = 0; d < e.dims; d++)
        for (uint32_t i = 0; i < n; i++) uses[d] += !is_one(b, v[i], d);
    value result = v[0];
    for (uint32_t i = 1; i < n && !b->status; i++) result = contract_pair(b, &e, result, v[i], uses);
    if (b->status || e.dims == e.out_dims) return result;
    if (n > 1) return emit(b, "view", "vD", result, TYPE_OF(b, result)->sizes, e.out_dims);
    int64_t rest[MOST_LABELS];
    for (uint32_t d = e.out_dims; d < e.dims; d++) rest[d - e.out_dims] = d;
    return sum_dims(b, result, rest, e.dims - e.out_dims, 0);
}

const op_record ops_einsum[] = {
    {.schema = "einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_einsum,
     .samples = "'bij,bjk->bik', [f32[5, 2, 3], f32[5, 3, 4]]; 'ii->i', [f32[3, 3]]; "
                "'...i,...i->...', [f32[2, 3], f32[2, 3]]; "
                "'i,j', [f32[2], f32[3]]; 'ij->', [f32[2, 3]]; 'ik,kl,lj', [f32[2, 3], f32[3, 4], f32[4, 2]]"},
};
const uint32_t ops_einsum_count = COUNT_OF(ops_einsum);
