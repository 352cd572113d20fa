/* SPDX-License-Identifier: MIT
 * format.h — tensors as text, the way PyTorch's print writes them. */
#ifndef OPS_FORMAT_H
#define OPS_FORMAT_H

#include "kernels/kernel.h"

/* Where text goes: into a buffer that is handed on when it is full. */
typedef struct format_sink {
    char *buffer;
    size_t count, room;
    void (*flush)(void *user, const char *text, size_t bytes);
    void *user;
} format_sink;

void format_add(format_sink *s, const char *text, size_t bytes);
void format_text(format_sink *s, const char *text);
/* "tensor([1., 2.])": four digits, long tensors shortened to three items at each end, the dtype where it is not the
 * default one. */
void format_tensor(format_sink *s, const tensor_desc *d, const void *data);
/* The one element of a tensor as Python prints a number. */
void format_item(format_sink *s, const tensor_desc *d, const void *data);
/* A float as Python prints it: the fewest digits that give it back. */
void format_float(format_sink *s, double x);

#endif
