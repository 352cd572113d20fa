/* SPDX-License-Identifier: MIT
 * data.c — data files of the commands: finding values by key, laying tensors out as a program wants them. */
#include "tools/cli.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int data_open(cot_context *ctx, const file_names *paths, data_files *out) {
    *out = (data_files){0};
    for (uint32_t i = 0; i < paths->count; i++) {
        cot_error error;
        if (cot_file_open(ctx, paths->items[i], &out->files[out->count], &error)) return report(&error);
        out->count++;
    }
    return EXIT_DONE;
}

void data_close(data_files *d) {
    for (uint32_t i = 0; i < d->count; i++) cot_file_close(&d->files[i]);
    d->count = 0;
}

bool data_find(const data_files *d, const char *key, cot_tensor *tensor) {
    for (uint32_t i = 0; i < d->count; i++)
        if (cot_file_tensor(d->files[i], key, tensor)) return true;
    return false;
}

const char *data_metadata(const data_files *d, const char *key) {
    for (uint32_t i = 0; i < d->count; i++) {
        const char *text = cot_file_metadata(d->files[i], key);
        if (text) return text;
    }
    return NULL;
}

const char *data_input_name(const data_files *d, const cot_input_info *info) {
    char key[1024];
    cot_tensor t;
    if (info->parameter) snprintf(key, sizeof(key), "input.%s", info->parameter);
    return info->parameter && data_find(d, key, &t) ? info->parameter : info->name;
}

bool data_find_input(const data_files *d, const cot_input_info *info, cot_tensor *tensor) {
    char key[1024];
    snprintf(key, sizeof(key), "input.%s", data_input_name(d, info));
    return data_find(d, key, tensor) || (info->target && data_find(d, info->target, tensor)) ||
           data_find(d, info->name, tensor);
}

int64_t tensor_count(const cot_tensor *t) {
    int64_t n = 1;
    for (uint32_t i = 0; i < t->ndim; i++) n *= t->sizes[i];
    return n;
}

static bool has_strides(const cot_tensor *t) {
    for (uint32_t i = 0; i < t->ndim; i++)
        if (t->strides[i]) return true;
    return false;
}

static void fill_strides(cot_tensor *t) {
    if (has_strides(t)) return;
    int64_t stride = 1;
    for (uint32_t i = t->ndim; i-- > 0;) {
        t->strides[i] = stride;
        stride *= t->sizes[i] > 1 ? t->sizes[i] : 1;
    }
}

size_t tensor_bytes(const cot_tensor *t) {
    if (!tensor_count(t)) return 0;
    cot_tensor full = *t;
    fill_strides(&full);
    int64_t last = 0;
    for (uint32_t i = 0; i < full.ndim; i++) last += (full.sizes[i] - 1) * full.strides[i];
    return (size_t)(last + 1) * cot_dtype_bytes(t->dtype);
}

/* Large tensors lie in large pages: touching them for the first time costs a fifth. */
bool tensor_allocate(cot_tensor *t) {
    const size_t bytes = (tensor_bytes(t) + 64) / 64 * 64 + 64, large = (size_t)2 << 20;
    const bool is_large = bytes >= 4 * large;
    t->data = is_large ? aligned_alloc(large, (bytes + large - 1) / large * large) : aligned_alloc(64, bytes);
#ifdef MADV_HUGEPAGE
    if (t->data && is_large) madvise(t->data, bytes / large * large, MADV_HUGEPAGE);
#endif
    if (t->data) memset(t->data, 0, bytes);
    return t->data != NULL;
}

/* Pages of a mapped file that have been copied need not count as ours any longer. */
static void drop_pages(const void *data, size_t bytes) {
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = ((uintptr_t)data + page - 1) / page * page;
    const uintptr_t to = ((uintptr_t)data + bytes) / page * page;
    if (to > from) madvise((void *)from, to - from, MADV_DONTNEED);
}

void tensor_copy(cot_tensor *to_given, const cot_tensor *from_given) {
    cot_tensor to = *to_given, from = *from_given;
    fill_strides(&to);
    fill_strides(&from);
    const size_t item = cot_dtype_bytes(to.dtype);
    const int64_t count = tensor_count(&to);
    if (!count) return;
    if (!memcmp(to.strides, from.strides, to.ndim * sizeof(*to.strides)) && tensor_bytes(&to) == (size_t)count * item) {
        memcpy(to.data, from.data, (size_t)count * item);
        return;
    }
    int64_t index[COT_MAX_DIMS] = {0};
    for (int64_t n = 0; n < count; n++) {
        int64_t a = 0, b = 0;
        for (uint32_t i = 0; i < to.ndim; i++) {
            a += index[i] * to.strides[i];
            b += index[i] * from.strides[i];
        }
        memcpy((char *)to.data + (size_t)a * item, (const char *)from.data + (size_t)b * item, item);
        for (uint32_t i = to.ndim; i-- > 0 && ++index[i] == to.sizes[i];) index[i] = 0;
    }
}

/* A tensor of a mapped file, piece by piece, so that never much more than the copy is in memory. */
static void copy_from_file(cot_tensor *to, const cot_tensor *from) {
    const size_t bytes = tensor_bytes(from), piece = (size_t)8 << 20;
    cot_tensor dense = *to;
    fill_strides(&dense);
    cot_tensor found = *from;
    fill_strides(&found);
    if (bytes != tensor_bytes(to) || memcmp(dense.strides, found.strides, to->ndim * sizeof(*dense.strides))) {
        tensor_copy(to, from);
        drop_pages(from->data, bytes);
        return;
    }
    for (size_t at = 0; at < bytes; at += piece) {
        const size_t count = bytes - at < piece ? bytes - at : piece;
        memcpy((char *)to->data + at, (const char *)from->data + at, count);
        drop_pages((const char *)from->data + at, count);
    }
}

static double half_to_double(uint16_t h) {
    const uint32_t sign = (uint32_t)(h & 0x8000u) << 16, exponent = (h >> 10) & 31u, mantissa = h & 1023u;
    if (!exponent) return (sign ? -1.0 : 1.0) * mantissa / 16777216.0;
    const uint32_t bits = sign | (exponent == 31 ? 0x7f800000u : (exponent + 112u) << 23) | mantissa << 13;
    float f;
    memcpy(&f, &bits, sizeof(f));
    return f;
}

double tensor_scalar(const cot_tensor *t) {
    union {
        float f;
        double d;
        int64_t i64;
        int32_t i32;
        int16_t i16;
        int8_t i8;
        uint8_t u8;
        uint16_t u16;
        uint32_t u32;
    } v = {0};
    memcpy(&v, t->data, cot_dtype_bytes(t->dtype) > 8 ? 8 : cot_dtype_bytes(t->dtype));
    switch (t->dtype) {
    case COT_F32:
    case COT_C64: return v.f;
    case COT_F64:
    case COT_C128: return v.d;
    case COT_BF16: v.u32 = (uint32_t)v.u16 << 16; return v.f;
    case COT_F16: return half_to_double(v.u16);
    case COT_I64: return (double)v.i64;
    case COT_I32: return v.i32;
    case COT_I16: return v.i16;
    case COT_I8: return v.i8;
    default: return v.u8;
    }
}

/* "x:pool:0,y:pool:4:8x1": input, storage, offset, strides where they are not the program's; in elements. */
static void choose_views(program_options *o, const char *text) {
    if (!text) return;
    o->view_fields = split_names(text, ",");
    o->views = calloc(o->view_fields.count + 1, sizeof(*o->views));
    if (!o->views) return;
    for (uint32_t i = 0; i < o->view_fields.count; i++) {
        char *rest = o->view_fields.text + (o->view_fields.items[i] - o->view_fields.text);
        cot_view *v = &o->views[i];
        v->input = strsep(&rest, ":");
        v->storage = strsep(&rest, ":");
        if (!v->storage || !rest) continue; /* the compiler says that it names no storage */
        v->offset = strtoll(rest, &rest, 10);
        for (uint32_t d = 0; d < COT_MAX_DIMS && *rest; d++) v->strides[d] = strtoll(rest + 1, &rest, 10);
    }
    o->compile.views = o->views;
    o->compile.num_views = o->view_fields.count;
}

void choose_gradients(program_options *o, const data_files *d, const char *grad_flag, bool transformed) {
    const char *names = grad_flag ? grad_flag : data_metadata(d, "requires_grad");
    if (!names && transformed) names = "";
    if (names) {
        o->grad = split_names(names, ",");
        o->compile.grad = o->grad.items;
        o->compile.num_grad = o->grad.count;
    }
    const char *tied = data_metadata(d, "tied");
    if (tied) {
        o->tied = split_names(tied, ",:"); /* "a:b,c:d": pairs */
        o->compile.tied = o->tied.items;
        o->compile.num_tied = o->tied.count & ~1u;
    }
    choose_views(o, data_metadata(d, "views"));
}

bool choose_shapes(program_options *o, const cot_graph *graph, const data_files *d) {
    const uint32_t count = cot_graph_num_inputs(graph);
    o->shapes = calloc(count ? count : 1, sizeof(*o->shapes));
    if (!o->shapes) return false;
    for (uint32_t i = 0; i < count; i++) {
        cot_input_info info;
        cot_tensor t;
        if (cot_graph_input(graph, i, &info) || !data_find_input(d, &info, &t)) continue;
        o->shapes[i].known = 1;
        o->shapes[i].ndim = t.ndim;
        memcpy(o->shapes[i].sizes, t.sizes, sizeof(t.sizes));
        if (!info.is_tensor && tensor_count(&t)) o->shapes[i].number = (int64_t)tensor_scalar(&t);
    }
    o->compile.shapes = o->shapes;
    o->compile.num_shapes = count;
    return true;
}

void program_options_free(program_options *o) {
    list_free(&o->grad);
    list_free(&o->tied);
    list_free(&o->view_fields);
    free(o->views);
    free(o->shapes);
    *o = (program_options){0};
}

static int bind_one(session *s, const data_files *d, uint32_t index, const cot_input_info *info) {
    cot_error error;
    cot_tensor found;
    cot_tensor *t = &s->inputs[index];
    const bool have = data_find_input(d, info, &found);
    if (!info->is_tensor) {
        if (!have)
            return EXIT_DONE; /* a constant the program does not use; a number that is used is asked for by the run */
        if (cot_frame_set_number(s->frame, index, tensor_scalar(&found), &error)) return report(&error);
        return EXIT_DONE;
    }
    if (!have)
        return refuse(info->name, "no data for this input: looked for 'input.%s'%s%s%s in the data files", info->name,
                      info->target ? " and '" : "", info->target ? info->target : "", info->target ? "'" : "");
    *t = (cot_tensor){.dtype = info->dtype, .ndim = info->ndim};
    memcpy(t->sizes, info->sizes, sizeof(t->sizes));
    memcpy(t->strides, info->strides, sizeof(t->strides));
    bool fits = found.dtype == t->dtype && found.ndim == t->ndim;
    for (uint32_t i = 0; fits && i < t->ndim; i++) fits = found.sizes[i] == t->sizes[i];
    if (!fits) /* let the library say what it expected and what it found */
        return cot_frame_bind_input(s->frame, index, &found, &error)
                   ? report(&error)
                   : refuse(info->name, "the data does not fit this input");
    if (!tensor_allocate(t)) return refuse(info->name, "out of memory");
    copy_from_file(t, &found);
    if (cot_frame_bind_input(s->frame, index, t, &error)) return report(&error);
    return EXIT_DONE;
}

int session_bind(session *s, const data_files *d) {
    for (uint32_t i = 0; i < s->num_inputs; i++) {
        cot_input_info info;
        if (s->inputs[i].data) continue;
        if (cot_executable_input(s->exe, i, &info)) return refuse("cotangent", "input %u does not exist", i);
        const int status = bind_one(s, d, i, &info);
        if (status) return status;
    }
    return EXIT_DONE;
}
