/* SPDX-License-Identifier: MIT
 * onednn.h — oneDNN without its threads.
 *
 * Debian's oneDNN divides work over OpenMP, whose threads would fight with our pool for the same cores. Each call of
 * oneDNN, and the making of each primitive, stands between onednn_enter and onednn_leave, on whichever thread calls:
 *
 *     int before = onednn_enter();
 *     dnnl_sgemm(…);
 *     onednn_leave(before);
 *
 * Only the calling thread's own OpenMP setting changes, and it is restored: an application may use OpenMP as well. */
#ifndef KERNELS_CPU_ONEDNN_H
#define KERNELS_CPU_ONEDNN_H

#include "base/base.h"

/* Whether the library was built with oneDNN and the one that was loaded can be kept on one thread. */
bool onednn_usable(void);
int onednn_enter(void);
void onednn_leave(int before);

#endif
