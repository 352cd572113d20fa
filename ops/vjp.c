/* SPDX-License-Identifier: MIT
 * vjp.c — what derivative rules share. */
#include "ops/vjp.h"

value vjp_result(vjp_call *c, uint32_t i) {
    return emit_get(c->b, c->result, i);
}
