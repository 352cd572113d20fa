/* SPDX-License-Identifier: MIT
 * grown.h — memory that grows while a step runs: what a loop stacks that nobody knows the length of before.
 *
 * It belongs to the frame and is kept from step to step, so a step that goes round as often as one before it allocates
 * nothing. Buffers are taken in the order of the run and given back in the reverse one, so the same step finds the same
 * buffers. */
#ifndef RUNTIME_GROWN_H
#define RUNTIME_GROWN_H

#include <cotangent/context.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct grown_buffer {
    char *data;
    uint64_t bytes;
} grown_buffer;

typedef struct grown {
    const cot_allocator *allocator;
    grown_buffer *buffers;
    uint32_t count, used;
    bool failed; /* out of memory */
} grown;

/* What stands in the arena for such a stack: where its rows are, how many there are. */
typedef struct grown_stack {
    char *data;
    int64_t rows;
    uint32_t buffer;
} grown_stack;

/* The next buffer. False: out of memory. */
bool grown_take(grown *g, uint32_t *buffer);
/* Room for `bytes`, what is there kept; the address may change. NULL: out of memory. */
char *grown_reserve(grown *g, uint32_t buffer, uint64_t bytes);
void grown_free(grown *g);

/* Room for `bytes` in a buffer of the caller's, half as much again as it had; what is there kept where `keep`. False:
 * out of memory, and the buffer is as it was. */
bool grown_room(const cot_allocator *a, grown_buffer *b, uint64_t bytes, bool keep);

#endif
