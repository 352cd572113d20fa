/* SPDX-License-Identifier: MIT
 * index.h — reference kernels of indexing and search, named by operator records. */
#ifndef KERNELS_REF_INDEX_H
#define KERNELS_REF_INDEX_H

#include "kernels/kernel.h"

void ref_index_read(const kernel_call *call); /* kernels/index.h: index_attributes */
void ref_index_write(const kernel_call *call);
void ref_index_masked(const kernel_call *call); /* index_mask */
void ref_search(const kernel_call *call);       /* search_attributes */
void ref_renorm_rows(const kernel_call *call);  /* renorm_attributes */

#endif
