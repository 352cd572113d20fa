/* SPDX-License-Identifier: MIT
 * segments.h — graphs in which a size, or a number that counts as one, is known only in a run.
 *
 * A node that defines such a size (OP_BINDS: nonzero, masked_select, item, …) is a *bind point*: the graph is cut
 * before it into segments. A segment that ends at one ends with a measurement, a kernel that finds the size. Then the
 * symbol has a value, and all that follows is planned with numbers like any other graph: the first time a size is seen.
 * Plans are kept, so a step of known sizes plans nothing and allocates nothing.
 *
 * A loop of unknown length whose stacks are read by more than loops along them, their last row and flips is measured by
 * running it: the graph is cut behind it.
 *
 * Values that a later segment reads lie in *homes*, memory of the run with a slot each; all else lies in the arena,
 * which segments use one after the other. The last segment is planned together with what follows the graph: a backward,
 * writes into inputs. */
#ifndef RUNTIME_SEGMENTS_H
#define RUNTIME_SEGMENTS_H

#include "runtime/plan.h"

#define NO_PART UINT32_MAX
#define LAST_ROW (UINT32_MAX - 1)

/* A value with memory of its own that a later segment reads, maybe through views. */
typedef struct home {
    value of;
    uint32_t part; /* of a tuple that is read whole; of a stack of a loop LAST_ROW for that; else NO_PART */
} home;

typedef struct segment_symbol {
    dim symbol;
    bool is_float;
} segment_symbol;

struct segments {
    const cot_graph *graph;
    uint32_t count;      /* 2 at least */
    const uint32_t *of;  /* by value: its segment */
    const value *bind;   /* by segment but the last: the node that is measured at its end, or the loop at its end */
    const value *root;   /* by value: the value in whose memory it lies, itself or what it is a view of */
    const bool *crosses; /* by value: a later segment reads it */
    const home *homes;   /* in order of nodes */
    uint32_t num_homes;
    const uint32_t *home_of;       /* by value: its first home, or NO_PART */
    const segment_symbol *symbols; /* that get a value in a run, in order */
    uint32_t num_symbols;
};

/* NULL: the graph has no bind point under these values of symbols. `backward`, NULL without, is planned with its last
 * segment. */
const segments *segments_find(arena *a, const cot_graph *g, const cot_graph *backward, const binding *b, syms *s);

/* The values that segment p->segment reads of those before it. Inputs must be there. */
cot_status segments_enter(planner *p, plan_value *values);

/* A segment that ends at a bind point, as it runs. */
typedef struct head_home {
    uint32_t slot, from; /* its slot gets the address in slot `from` … */
    int64_t offset;      /* … and so many bytes */
    bool is_stack;       /* there is a grown_stack: its slot gets the rows, behind the run */
} head_home;
typedef struct head_block {
    uint32_t slot;      /* gets memory … */
    uint64_t bytes, at; /* … at this place of the segment's */
} head_block;
typedef struct head_plan {
    plan plan;
    const head_block *blocks;
    uint32_t num_blocks;
    uint64_t bytes; /* of all blocks */
    const head_home *homes;
    uint32_t num_homes;
    uint32_t number_slot; /* where the measurement writes eight bytes; SLOT_NONE: the rows of a loop are counted … */
    place counted;        /* … in this grown_stack */
    bool is_float;
    dim measured; /* what it says */
} head_plan;

/* Plans segment p->segment, not the last; inputs and what segments_enter gives are there. */
cot_status segments_plan_head(planner *p, plan_value *values, head_plan *out);

/* As it runs: addresses of its blocks and homes, of the number; blocks lie from `memory` on. */
void segments_bind_head(const head_plan *h, char **bases, char *memory, int64_t *number);
/* Behind the run of a segment that ends with a loop: how many rows that has, and where those are that others read. */
void segments_take_rows(const head_plan *h, char **bases, int64_t *number);
/* What was measured gets its value, behind the others of the binding; a size that the program says is another is
 * refused. */
cot_status segments_take_measure(const segments *s, uint32_t segment, const head_plan *h, const syms *symbols,
                                 int64_t number, binding *b, cot_error *error);

#endif
