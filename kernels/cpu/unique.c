/* SPDX-License-Identifier: MIT
 * unique.c — items that differ: of a tensor, or along one of its dimensions; and items repeated as often as told.
 *
 * Single elements are sorted by radix as 64-bit keys in their order, rows by merging. Equal items are found among
 * neighbours; which of them is given does not matter. A NaN differs from every other. */
#include "kernels/cpu/isa.h"
#include "kernels/element.h"
#include "kernels/measured.h"

typedef struct items {
    const unique_attributes *a;
    uint8_t dtype;
    const void *data;
} items;

static items items_of(const kernel_call *call) {
    return (items){call->attributes, call->tensors[call->num_results].dtype, call->data[call->num_results]};
}

static int64_t element_at(const items *x, int64_t item, int64_t k) {
    const unique_attributes *a = x->a;
    return (k / a->inner * a->items + item) * a->inner + k % a->inner;
}

/* Less than 0, 0, more than 0; NaN behind everything. */
static int compare_elements(uint8_t dtype, const void *data, int64_t i, int64_t j) {
    if (dtype == COT_I64) {
        const int64_t a = ((const int64_t *)data)[i], b = ((const int64_t *)data)[j];
        return (a > b) - (a < b);
    }
    const double a = element_load(dtype, data, i), b = element_load(dtype, data, j);
    if (a != a || b != b) return (a != a) - (b != b);
    return (a > b) - (a < b);
}

static int compare_items(const items *x, int64_t i, int64_t j) {
    for (int64_t k = 0; k < x->a->outer * x->a->inner; k++) {
        const int order = compare_elements(x->dtype, x->data, element_at(x, i, k), element_at(x, j, k));
        if (order) return order;
    }
    return 0;
}

static bool items_differ(const items *x, int64_t i, int64_t j) {
    for (int64_t k = 0; k < x->a->outer * x->a->inner; k++) {
        const int64_t p = element_at(x, i, k), q = element_at(x, j, k);
        if (x->dtype == COT_I64 ? ((const int64_t *)x->data)[p] != ((const int64_t *)x->data)[q]
                                : element_load(x->dtype, x->data, p) != element_load(x->dtype, x->data, q))
            return true;
    }
    return false;
}

/* ---- orders ------------------------------------------------------------------------------------------------------ */

static bool is_float(uint8_t dtype) { return dtype <= COT_BF16; }

static uint64_t key_of(const items *x, int64_t i) {
    const uint64_t sign = (uint64_t)1 << 63;
    if (!is_float(x->dtype)) return (uint64_t)element_load_int(x->dtype, x->data, i) ^ sign;
    double f = element_load(x->dtype, x->data, i);
    if (f != f) return UINT64_MAX;
    if (f == 0) f = 0; /* -0 too */
    uint64_t bits;
    memcpy(&bits, &f, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

/* order[] becomes the items' order; room for 3 more arrays of as many words behind it. */
static void sort_elements(const items *x, int64_t *order) {
    const int64_t n = x->a->items;
    int64_t *other = order + n;
    uint64_t *keys = (uint64_t *)(other + n), *other_keys = keys + n, all = 0, any = 0;
    for (int64_t i = 0; i < n; i++) order[i] = i, keys[i] = key_of(x, i);
    for (int64_t i = 0; i < n; i++) any |= keys[i] ^ keys[0];
    int64_t *from = order, *to = other;
    for (int shift = 0; shift < 64; shift += 8) {
        int64_t count[257] = {0};
        if (!(any >> shift & 255)) continue;
        for (int64_t i = 0; i < n; i++) count[(keys[i] >> shift & 255) + 1]++;
        for (int b = 0; b < 256; b++) count[b + 1] += count[b];
        for (int64_t i = 0; i < n; i++) {
            const int64_t at = count[keys[i] >> shift & 255]++;
            to[at] = from[i], other_keys[at] = keys[i];
        }
        int64_t *swap = from;
        from = to, to = swap;
        uint64_t *swapped = keys;
        keys = other_keys, other_keys = swapped;
        all++;
    }
    if (all & 1) memcpy(order, other, (size_t)n * sizeof *order);
}

static void sort_rows(const items *x, int64_t *order) {
    const int64_t n = x->a->items;
    int64_t *from = order, *to = order + n;
    for (int64_t i = 0; i < n; i++) order[i] = i;
    for (int64_t width = 1; width < n; width *= 2) {
        for (int64_t low = 0; low < n; low += 2 * width) {
            const int64_t middle = MIN(low + width, n), high = MIN(low + 2 * width, n);
            for (int64_t i = low, j = middle, k = low; k < high; k++)
                to[k] = i < middle && (j == high || compare_items(x, from[i], from[j]) <= 0) ? from[i++] : from[j++];
        }
        int64_t *swap = from;
        from = to, to = swap;
    }
    if (from != order) memcpy(order, from, (size_t)n * sizeof *order);
}

static void find_order(const items *x, int64_t *order) {
    if (!x->a->items) return;
    if (x->a->consecutive)
        for (int64_t i = 0; i < x->a->items; i++) order[i] = i;
    else if (x->a->outer * x->a->inner == 1) sort_elements(x, order);
    else sort_rows(x, order);
}

/* ---- kernels ----------------------------------------------------------------------------------------------------- */

void KERNEL(unique_count)(const kernel_call *call) {
    const items x = items_of(call);
    int64_t *order = call->scratch, count = x.a->items > 0;
    find_order(&x, order);
    for (int64_t i = 1; i < x.a->items; i++) count += items_differ(&x, order[i - 1], order[i]);
    *(int64_t *)call->data[0] = count;
}

static void write_item(const items *x, const tensor_desc *to, char *data, int64_t n, int64_t count, int64_t item) {
    const unique_attributes *a = x->a;
    const uint32_t bytes = to->item_bytes;
    for (int64_t o = 0; o < a->outer; o++)
        memcpy(data + (o * count + n) * a->inner * bytes,
               (const char *)x->data + (o * a->items + item) * a->inner * bytes, (size_t)a->inner * bytes);
}

/* Results: the items, then for each item of the operand which one it is, then how often each occurs; the last two may
 * be empty, and are not written then. */
void KERNEL(unique)(const kernel_call *call) {
    const items x = items_of(call);
    const unique_attributes *a = x.a;
    int64_t *order = call->scratch, *inverse = call->num_results > 1 && call->tensors[1].numel ? call->data[1] : NULL;
    int64_t *counts = call->num_results > 2 && call->tensors[2].numel ? call->data[2] : NULL;
    const int64_t per = a->outer * a->inner, count = per ? call->tensors[0].numel / per : 0;
    find_order(&x, order);
    for (int64_t i = 0, n = -1; i < a->items; i++) {
        if (i == 0 || items_differ(&x, order[i - 1], order[i])) {
            if (++n >= count) return;
            write_item(&x, &call->tensors[0], call->data[0], n, count, order[i]);
            if (counts) counts[n] = 0;
        }
        if (inverse) inverse[order[i]] = n;
        if (counts) counts[n]++;
    }
}

/* ---- repeats ----------------------------------------------------------------------------------------------------- */

/* -1 where a repeat is negative. */
void KERNEL(repeat_count)(const kernel_call *call) {
    const tensor_desc *t = &call->tensors[1];
    int64_t sum = 0;
    for (int64_t i = 0; i < t->numel && sum >= 0; i++) {
        const int64_t n = element_load_int(t->dtype, call->data[1], element_offset(t, i));
        if (n < 0 || __builtin_add_overflow(sum, n, &sum)) sum = -1;
    }
    *(int64_t *)call->data[0] = sum;
}

/* Item i as often as repeats[i] says. */
void KERNEL(repeat_items)(const kernel_call *call) {
    const tensor_desc *t = &call->tensors[1];
    int64_t n = 0, room = call->tensors[0].numel;
    for (int64_t i = 0; i < t->numel; i++) {
        const int64_t repeats = element_load_int(t->dtype, call->data[1], element_offset(t, i));
        for (int64_t k = 0; k < repeats && n < room; k++) {
            if (call->tensors[0].dtype == COT_I64) ((int64_t *)call->data[0])[n++] = i;
            else ((int32_t *)call->data[0])[n++] = (int32_t)i;
        }
    }
}
