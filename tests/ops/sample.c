/* SPDX-License-Identifier: MIT
 * sample.c — from samples to programs, and the numbers they run on. */
#include "tests/ops/ops.h"

#include "kernels/element.h"

#include <ctype.h>
#include <stdlib.h>

uint32_t sample_split(arena *a, const char *samples, const char **out, uint32_t most) {
    uint32_t count = 0;
    for (const char *at = samples; *at && count < most;) {
        while (isspace((unsigned char)*at)) at++;
        const char *end = at + strcspn(at, ";");
        if (end > at) out[count++] = arena_string(a, at, (size_t)(end - at));
        at = *end ? end + 1 : end;
    }
    return count;
}

const char *sample_marks_of(const char *sample, sample_marks *marks) {
    *marks = (sample_marks){0};
    for (;; sample++) {
        if (*sample == '!') marks->rough = true;
        else if (*sample == '.') marks->first_only = true;
        else if (*sample == '^') marks->rising = true;
        else if (*sample == '1' && sample[1] == ' ') marks->once = true;
        else if (*sample != ' ') return sample;
    }
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_' || c == '.'; }

/* "f32[" → the length of "f32", else 0. */
static size_t dtype_ahead(const char *at) {
    cot_dtype d;
    size_t n = 0;
    while (isalnum((unsigned char)at[n])) n++;
    return at[n] == '[' && dtype_parse(at, n, &d) ? n : 0;
}

static void add_dtype(text *t, const char *name, size_t length, const variant *v) {
    if (strlen(v->from) == length && !memcmp(v->from, name, length)) text_add(t, v->to);
    else text_add_bytes(t, name, length);
}

/* "[4, 8]" and a layout: strides in elements, written behind the sizes. */
static void add_strides(text *t, const char *sizes, layout l) {
    long size[COT_MAX_DIMS], stride[COT_MAX_DIMS], next = l == LAYOUT_SPACED ? 2 : 1;
    int n = 0;
    for (const char *at = sizes + 1; *at != ']' && n < COT_MAX_DIMS;) {
        size[n++] = strtol(at, (char **)&at, 10);
        while (*at == ',' || *at == ' ') at++;
    }
    for (int i = 0; i < n; i++) {
        /* Channels last: dimension 1, then the others from the last. */
        const bool inside = l == LAYOUT_CHANNELS_LAST && n > 2;
        const int d = l == LAYOUT_REVERSED ? i : inside && i == 0 ? 1 : inside && i < n - 1 ? n - i : n - 1 - i;
        stride[d] = next;
        next *= (size[d] ? size[d] : 1) + (l == LAYOUT_SPACED);
    }
    text_add(t, "[");
    for (int i = 0; i < n; i++) text_printf(t, "%s%ld", i ? ", " : "", stride[i]);
    text_add(t, "]cpu");
}

/* "torch.float32" in a sample follows the variant, too. */
static size_t torch_dtype_ahead(const char *at, cot_dtype *d) {
    size_t n = 0;
    char name[16];
    if (strncmp(at, "torch.", 6)) return 0;
    while (n < sizeof name - 1 && isalnum((unsigned char)at[6 + n])) name[n] = at[6 + n], n++;
    name[n] = 0;
    return dtype_parse_torch(name, d) ? 6 + n : 0;
}

const char *sample_program(arena *a, const op *o, const char *sample, const variant *v, layout l) {
    text head = {.arena = a}, call = {.arena = a};
    uint32_t tensors = 0;
    for (const char *at = sample; *at;) {
        cot_dtype d;
        size_t n = at == sample || !is_word(at[-1]) ? dtype_ahead(at) : 0, named = n ? 0 : torch_dtype_ahead(at, &d);
        if (named) {
            const char *fx = cot_dtype_name(d);
            cot_dtype to = d;
            if (!strcmp(fx, v->from)) dtype_parse(v->to, strlen(v->to), &to);
            text_printf(&call, "torch.%s", dtype_torch_name(to));
            at += named;
        } else if (n) {
            const size_t sizes = strcspn(at + n, "]") + 1;
            text_printf(&head, ", x%u: \"", tensors);
            add_dtype(&head, at, n, v);
            text_add_bytes(&head, at + n, sizes);
            if (l != LAYOUT_CONTIGUOUS) add_strides(&head, at + n, l);
            text_add(&head, "\"");
            text_printf(&call, "x%u", tensors++);
            at += n + sizes;
        } else if (*at == '=' && at[1] != '=') {
            text_add(&call, " = ");
            at += 1;
        } else {
            text_add_bytes(&call, at++, 1);
        }
    }
    text end = {.arena = a};
    const bool list = o->num_returns == 1 && o->returns[0].list;
    for (uint32_t i = 0; i < o->num_returns && (list || o->num_returns > 1); i++)
        text_printf(&end, "        y%u = y[%u]\n", i, i);
    text_add(&end, "        return (");
    for (uint32_t i = 0; i < o->num_returns; i++) text_printf(&end, list || o->num_returns > 1 ? "y%u, " : "y, ", i);
    return arena_printf(a, "class GraphModule(torch.nn.Module):\n    def forward(self%s):\n        y = %s(%s)\n%s)\n",
                        head.data ? head.data : "", o->name, call.data, end.data);
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

const double domains[NUM_DOMAINS][2] = {{-1, 1}, {0.1, 0.9}, {1.1, 1.9}};

static uint64_t next_random(uint64_t *state) { /* splitmix64 */
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double random_between(uint64_t *state, double low, double high) {
    return low + (high - low) * (double)(next_random(state) >> 11) * 0x1p-53;
}

void random_fill(uint64_t *state, cot_dtype dtype, void *data, int64_t n, const filling *how) {
    const bool floating = dtype_is_float(dtype), complex = dtype_is_complex(dtype);
    for (int64_t i = 0; i < n; i++) {
        const uint64_t r = next_random(state);
        double x = floating || complex                     ? random_between(state, how->domain[0], how->domain[1])
                   : how->any_integer && dtype != COT_BOOL ? (double)(int64_t)(r % 9) - (dtype == COT_U8 ? 0 : 4)
                                                           : (double)(r % 2);
        if (how->rising && floating) x = how->domain[0] + (how->domain[1] - how->domain[0]) * (double)i / (double)n;
        element_store((uint8_t)dtype, data, i, x);
    }
}
