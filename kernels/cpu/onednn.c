/* SPDX-License-Identifier: MIT
 * onednn.c — finding oneDNN and its functions by name. */
#include "kernels/cpu/onednn.h"

#if COT_HAVE_DNNL
#include <dlfcn.h>
#include <stdio.h>

#define TEXT_OF_(x) #x
#define TEXT_OF(x) TEXT_OF_(x)
/* Structures that go to and fro belong to a major version; so does the name. */
#define LIBRARY "libdnnl.so." TEXT_OF(DNNL_VERSION_MAJOR)

/* A function's address through an object pointer's bits, as POSIX has it. */
static bool find(void *handle, const char *name, void *function) {
    return (*(void **)function = dlsym(handle, name)) != NULL;
}

static bool find_all(void *handle, onednn *to) {
    bool all =
        find(handle, "omp_get_max_threads", &to->get_threads) && find(handle, "omp_set_num_threads", &to->set_threads);
#define FIND(name) all = all && find(handle, "dnnl_" #name, &to->name);
    ONEDNN_FUNCTIONS(FIND)
#undef FIND
    if (!all) return false;
    const dnnl_version_t *v = to->version();
    snprintf(to->name, sizeof to->name, "%d.%d.%d", v->major, v->minor, v->patch);
    return v->major == DNNL_VERSION_MAJOR && (v->cpu_runtime == DNNL_RUNTIME_OMP || v->cpu_runtime == DNNL_RUNTIME_SEQ);
}

const onednn *onednn_open(cot_context *ctx) {
    if (ctx->onednn_sought) return ctx->onednn;
    ctx->onednn_sought = true;
    /* It stays in the process: its OpenMP threads cannot be unloaded. */
    void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!handle) return NULL;
    onednn *found = ARENA_NEW(ctx->arena, onednn);
    if (find_all(handle, found)) ctx->onednn = found;
    dlclose(handle);
    return ctx->onednn;
}

const char *onednn_version(const onednn *library) { return library ? library->name : NULL; }
#else
const onednn *onednn_open(cot_context *ctx) {
    UNUSED(ctx);
    return NULL;
}

const char *onednn_version(const onednn *library) {
    UNUSED(library);
    return NULL;
}
#endif
