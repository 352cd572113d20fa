/* SPDX-License-Identifier: MIT
 * prepare.c — what prepare functions share. */
#include "ops/prepare.h"

cot_status prepare_no_kernel(prepare_call *c) {
    char dtypes[96] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < c->num_operands && used + 8 < sizeof dtypes; i++) {
        if (c->operands[i].numel < 0) continue;
        const char *name = cot_dtype_name((cot_dtype)c->operands[i].dtype);
        if (used) dtypes[used++] = ',', dtypes[used++] = ' ';
        for (; *name; name++) dtypes[used++] = *name;
        dtypes[used] = 0;
    }
    return graph_fail(c->graph, c->node, c->error, COT_NO_KERNEL, "%s has no kernel for operands of dtypes (%s)",
                      c->op->name, dtypes);
}
