/* SPDX-License-Identifier: MIT
 * marks.h — regions of vmap, and derivatives, that a program carries as marks. */
#ifndef TRANSFORMS_MARKS_H
#define TRANSFORMS_MARKS_H

#include "ops/control.h"

/* marks.c — needs: a functional graph. gives: the same program with its marked regions written out; *g is replaced
 * where there are any. cost: linear for each level of nesting. */
cot_status marks_expand(cot_graph **g, cot_error *error);

/* marks_derive.c: questions for derivatives of this level, written out in `made`. depth: of regions around g. */
cot_status marks_derive(const cot_graph *g, int64_t level, int64_t depth, cot_graph *made, cot_error *error);

/* What both walks ask. */
static inline uint8_t marks_of(const node *n) {
    const control_hooks *hooks = n->op->record ? n->op->record->control : NULL;
    return hooks ? hooks->batch_mark : BATCH_MARK_NONE;
}
static inline int64_t marks_opens(uint8_t mark) { return mark == BATCH_MARK_BEGIN || mark == BATCH_MARK_OPEN; }
static inline int64_t marks_closes(uint8_t mark) { return mark == BATCH_MARK_END || mark == BATCH_MARK_CLOSE; }
void marks_copy_signature(cot_graph *to, const cot_graph *from, const value *map);

#endif
