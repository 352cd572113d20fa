/* SPDX-License-Identifier: MIT
 * search.c — binary search in sorted rows, and rows of a table scaled down to a norm. */
#include "kernels/cpu/isa.h"
#include "kernels/element.h"
#include "kernels/index.h"

#include <string.h>

typedef struct search_job {
    const kernel_call *call;
    const search_attributes *a;
    uint32_t boundaries_at, values_at;
} search_job;

/* a < b with NaN behind everything, exact for integers of one dtype. */
static bool below(uint8_t da, const void *a, int64_t i, uint8_t db, const void *b, int64_t j) {
    if (da == COT_I64 && db == COT_I64) return ((const int64_t *)a)[i] < ((const int64_t *)b)[j];
    const double x = element_load(da, a, i), y = element_load(db, b, j);
    return x < y || (y != y && x == x);
}

static int64_t place(const search_job *w, int64_t row, const void *value, uint8_t dtype, int64_t at) {
    const search_attributes *a = w->a;
    const tensor_desc *t = &w->call->tensors[w->boundaries_at];
    const void *boundaries = w->call->data[w->boundaries_at];
    const int64_t *sorter = a->sorter_at ? w->call->data[a->sorter_at] : NULL;
    const int64_t start = a->one_row ? 0 : row * a->boundaries;
    int64_t low = 0, high = a->boundaries;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2, p = sorter ? sorter[start + middle] : middle;
        const int64_t k = start + (p < 0 || p >= a->boundaries ? middle : p);
        const bool before = a->right ? !below(dtype, value, at, t->dtype, boundaries, k)
                                     : below(t->dtype, boundaries, k, dtype, value, at);
        if (before) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void search_part(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const search_job *w = arg;
    const search_attributes *a = w->a;
    const tensor_desc *result = &w->call->tensors[0];
    UNUSED(worker);
    for (int64_t i = begin; i < end; i++) {
        const void *value = a->has_scalar ? &a->scalar : w->call->data[w->values_at];
        const uint8_t dtype = a->has_scalar ? COT_F64 : w->call->tensors[w->values_at].dtype;
        const int64_t at = place(w, i / a->values, value, dtype, a->has_scalar ? 0 : i);
        if (result->dtype == COT_I64) ((int64_t *)w->call->data[0])[i] = at;
        else ((int32_t *)w->call->data[0])[i] = (int32_t)at;
    }
}

void KERNEL(search)(const kernel_call *call) {
    const search_attributes *a = call->attributes;
    search_job w = {call, a, a->boundaries_at, a->values_at};
    if (a->values > 0) parallel_for(call->pool, a->rows * a->values, 1024, search_part, &w);
}

/* ---- embedding_renorm ------------------------------------------------------------------------------------------- */

static double row_norm(const tensor_desc *t, const void *data, int64_t row, double power) {
    double sum = 0;
    for (int64_t j = 0; j < t->sizes[1]; j++) {
        const double x = fabs(element_load(t->dtype, data, row * t->strides[0] + j * t->strides[1]));
        if (power == 2) sum += x * x;
        else if (power == 1) sum += x;
        else if (isinf(power)) sum = x > sum ? x : sum;
        else sum += pow(x, power);
    }
    return power == 2 ? sqrt(sum) : power == 1 || isinf(power) ? sum : pow(sum, 1 / power);
}

/* Rows that the indices name and that are longer than the limit shrink to it, each once. */
void KERNEL(renorm_rows)(const kernel_call *call) {
    const renorm_attributes *a = call->attributes;
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1], *index = &call->tensors[2];
    unsigned char *done = call->scratch;
    for (int64_t i = 0; i < to->numel && call->data[0] != call->data[1]; i++)
        memcpy((char *)call->data[0] + element_offset(to, i) * to->item_bytes,
               (const char *)call->data[1] + element_offset(from, i) * to->item_bytes, to->item_bytes);
    memset(done, 0, (size_t)to->sizes[0]);
    for (int64_t i = 0; i < index->numel; i++) {
        int64_t row = element_load_int(index->dtype, call->data[2], i);
        if (row < 0 || row >= to->sizes[0] || done[row]) continue;
        done[row] = 1;
        const double norm = row_norm(to, call->data[0], row, a->power);
        if (!(norm > a->most)) continue;
        const double scale = a->most / (norm + 1e-7);
        for (int64_t j = 0; j < to->sizes[1]; j++) {
            const int64_t at = row * to->strides[0] + j * to->strides[1];
            element_store(to->dtype, call->data[0], at, element_load(to->dtype, call->data[0], at) * scale);
        }
    }
}
