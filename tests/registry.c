/* SPDX-License-Identifier: MIT
 * registry.c — every higher-order operator of the library and what its record has, a line each: for registry.py, which
 * holds the table of docs/higher-order-operators.md against it. */
#include "base/context.h"
#include "ops/control.h"

#include <stdio.h>
#include <string.h>

static void print(const op *o) {
    const control_hooks *h = o->record->control;
    printf("%s", o->packet);
    if (h && h->capture) printf(" capture");
    if (h && h->joint) printf(" joint");
    if (h && h->vmap) printf(" vmap");
    if (h && (h->region || h->lower || h->mark)) printf(" inlined");
    if ((h && (h->run || h->calls || h->call || h->passes)) || o->record->prepare) printf(" run");
    printf("\n");
}

int main(void) {
    cot_context *ctx = NULL;
    cot_error error;
    if (cot_context_create(NULL, &ctx, &error)) return 1;
    for (uint32_t i = 0; i < op_count(ctx); i++)
        if (!strcmp(op_at(ctx, i)->namespace_, "higher_order")) print(op_at(ctx, i));
    cot_context_destroy(&ctx);
    return 0;
}
