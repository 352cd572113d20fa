/* SPDX-License-Identifier: MIT
 * marks.c — regions of vmap that a program carries as marks. */
#include "transforms/marks.h"

#include "base/error.h"

cot_status marks_expand(cot_graph **g, cot_error *error) {
    UNUSED(g);
    UNUSED(error);
    return COT_OK;
}
