/* SPDX-License-Identifier: MIT
 * context.c — the public context: the bare one, with the table of operators and the symbolic sizes. */
#include "base/context.h"
#include "graph/sym.h"
#include "kernels/gemm.h"
#include "ops/op.h"

cot_status cot_context_create(const cot_context_options *options, cot_context **out, cot_error *error) {
    cot_context *ctx;
    *out = NULL;
    TRY(context_create(options, &ctx, error));
    guard g;
    if (GUARD_ENTER(&g, ctx)) {
        cot_status status = guard_failed(&g, error);
        context_destroy(ctx);
        return status;
    }
    ctx->matrix_unit = gemm_amx_usable();
    ctx->f32_by_parts &= ctx->matrix_unit;
    ctx->syms = syms_create(ctx);
    cot_status status = op_table_create(ctx, error);
    guard_leave(&g);
    if (status) context_destroy(ctx);
    else *out = ctx;
    return status;
}

void cot_context_destroy(cot_context **context) {
    if (!*context) return;
    context_destroy(*context);
    *context = NULL;
}
