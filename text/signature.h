/* SPDX-License-Identifier: MIT
 * signature.h — the words of a program's signature, for reader and printer. */
#ifndef TEXT_SIGNATURE_H
#define TEXT_SIGNATURE_H

#include "graph/graph.h"

int signature_input_kind(const char *word);  /* input_kind, -1 for another word */
int signature_output_kind(const char *word); /* output_kind, -1 for another word */
const char *signature_input_word(uint8_t kind);
const char *signature_output_word(uint8_t kind);

#endif
