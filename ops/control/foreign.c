/* SPDX-License-Identifier: MIT
 * foreign.c — operators that only another system can run: they are read, kept and printed, and whoever would run one is
 * told who could. What they give is what the text says of it. */
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

static cot_status refuse(lower_stage *s, const char *who) {
    return builder_fail(s->b, COT_UNSUPPORTED, "%s cannot run here: only %s can run it", s->call->op->name, who);
}

static cot_status triton(lower_stage *s, arg_list *parts) {
    UNUSED(parts);
    return refuse(s, "Triton, on a GPU,");
}

static cot_status inductor(lower_stage *s, arg_list *parts) {
    UNUSED(parts);
    return refuse(s, "PyTorch's inductor");
}

static cot_status python(lower_stage *s, arg_list *parts) {
    UNUSED(parts);
    return refuse(s, "Python, with the function it was traced from,");
}

static cot_status cuda(lower_stage *s, arg_list *parts) {
    UNUSED(parts);
    return refuse(s, "a CUDA GPU");
}

static cot_status executorch(lower_stage *s, arg_list *parts) {
    UNUSED(parts);
    const node *n = s->call;
    const value module = n->nargs ? arg_as_value(&n->args[0]) : NO_VALUE;
    if (module == NO_VALUE || graph_node(s->source, module)->op->kind != OP_GET_ATTR)
        return builder_fail(s->b, COT_SCHEMA,
                            "executorch_call_delegate()'s first argument must be a LoweredBackendModule");
    return refuse(s, "the backend that the module was lowered for");
}

static const control_hooks of_triton = {.lower = triton};
static const control_hooks of_inductor = {.lower = inductor};
static const control_hooks of_python = {.lower = python};
static const control_hooks of_cuda = {.lower = cuda};
static const control_hooks of_executorch = {.lower = executorch};

#define FOREIGN(name, hooks)                                                                                           \
    { .schema = "higher_order::" name, .traits = OP_CONTROL | OP_EFFECT, .control = &hooks }

const op_record ops_foreign[] = {
    FOREIGN("triton_kernel_wrapper_mutation", of_triton),
    FOREIGN("triton_kernel_wrapper_functional", of_triton),
    FOREIGN("inductor_compiled_code", of_inductor),
    FOREIGN("run_const_graph", of_inductor),
    FOREIGN("control_deps", of_inductor),
    FOREIGN("aoti_call_delegate", of_inductor),
    FOREIGN("executorch_call_delegate", of_executorch),
    FOREIGN("register_hook", of_python),
    FOREIGN("trace_wrapped", of_python),
    FOREIGN("_export_tracepoint", of_python),
    FOREIGN("inline_asm_elementwise", of_cuda),
    FOREIGN("flex_gemm", of_cuda),
};
const uint32_t ops_foreign_count = COUNT_OF(ops_foreign);
