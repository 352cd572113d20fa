/* SPDX-License-Identifier: MIT
 * lines.c — operators along lines, the definition: in double, by comparing every element with every other. */
#include "kernels/lines.h"
#include "kernels/element.h"

typedef struct line {
    const lines_attributes *a;
    const void *data;
    uint8_t dtype;
    int64_t base;
} line;

static double at(const line *l, int64_t i) { return element_load(l->dtype, l->data, l->base + i * l->a->stride); }

static bool less(double a, double b) { return a < b || (b != b && a == a); }

/* Index of the element at place k of the line in order; equal elements keep theirs. */
static int64_t place(const line *l, int64_t k, bool descending) {
    for (int64_t i = 0; i < l->a->length; i++) {
        int64_t before = 0;
        for (int64_t j = 0; j < l->a->length; j++) {
            const double x = at(l, i), y = at(l, j);
            const bool smaller = descending ? less(x, y) : less(y, x), larger = descending ? less(y, x) : less(x, y);
            before += smaller || (!larger && j < i);
        }
        if (before == k) return i;
    }
    return 0;
}

static int64_t valid_count(const line *l) {
    int64_t count = 0;
    for (int64_t i = 0; i < l->a->length; i++) count += at(l, i) == at(l, i);
    return count;
}

static int64_t mode(const line *l) {
    int64_t best = 0, most = 0;
    for (int64_t i = 0; i < l->a->length; i++) {
        int64_t same = 0;
        for (int64_t j = 0; j < l->a->length; j++) same += at(l, i) == at(l, j);
        if (same > most || (same == most && (at(l, i) < at(l, best) || at(l, i) == at(l, best)))) most = same, best = i;
    }
    return best;
}

static double log_add(double a, double b) {
    if (a == b) return a + log(2);
    return a > b ? a + log1p(exp(b - a)) : b + log1p(exp(a - b));
}

/* Element i of what the line gives; *index: where it came from. */
static double element(const line *l, int64_t i, int64_t *index) {
    const lines_attributes *a = l->a;
    const bool most = a->code == LINES_CUMMAX || a->code == LINES_MAX,
               running = a->code == LINES_CUMMAX || a->code == LINES_CUMMIN;
    const int64_t n = a->length, valid = valid_count(l);
    double total = a->code == LINES_CUMPROD ? 1 : a->code == LINES_LOGCUMSUMEXP ? -INFINITY : 0;
    *index = 0;
    switch ((lines_code)a->code) {
    case LINES_CUMSUM:
    case LINES_CUMPROD:
    case LINES_LOGCUMSUMEXP:
        for (int64_t k = 0; k <= i; k++)
            total = a->code == LINES_CUMSUM    ? total + at(l, k)
                    : a->code == LINES_CUMPROD ? total * at(l, k)
                                               : log_add(total, at(l, k));
        return total;
    case LINES_CUMMAX:
    case LINES_CUMMIN:
    case LINES_MAX:
    case LINES_MIN:
        for (int64_t k = 1; k < (running ? i + 1 : n); k++) {
            const double x = at(l, k), best = at(l, *index);
            const bool better = most ? x > best : x < best;
            if (x != x ? running || best == best : best == best && (better || (running && x == best))) *index = k;
        }
        return at(l, *index);
    case LINES_SORT:
    case LINES_TOPK: *index = place(l, i, a->descending); break;
    case LINES_KTH: *index = place(l, a->k - 1, false); break;
    case LINES_MEDIAN: *index = place(l, valid < n ? valid : (n - 1) / 2, false); break;
    case LINES_NANMEDIAN: *index = place(l, valid ? (valid - 1) / 2 : 0, false); break;
    case LINES_MODE: *index = mode(l); break;
    case LINES_CODE_COUNT: break;
    }
    return at(l, *index);
}

void lines_reference(const kernel_call *call) {
    const lines_attributes *a = call->attributes;
    const int64_t count = a->code <= LINES_CUMMIN                          ? a->length
                          : a->code == LINES_SORT || a->code == LINES_TOPK ? a->k
                                                                           : 1;
    if (a->length == 0) return;
    for (int64_t l = 0; l < a->lines; l++) {
        int64_t base = 0, value = 0, where = 0, rest = l;
        for (uint32_t d = a->ndim; d-- > 0;) {
            const int64_t i = rest % a->sizes[d];
            base += i * a->strides[d], value += i * a->value_strides[d], where += i * a->index_strides[d];
            rest /= a->sizes[d];
        }
        const line current = {
            .a = a, .data = call->data[a->operand], .dtype = call->tensors[a->operand].dtype, .base = base};
        for (int64_t i = 0; i < count; i++) {
            int64_t index;
            const double x = element(&current, i, &index);
            if (a->values >= 0)
                element_store(call->tensors[a->values].dtype, call->data[a->values], value + i * a->value_stride, x);
            if (a->indices >= 0) ((int64_t *)call->data[a->indices])[where + i * a->index_stride] = index;
        }
    }
}
