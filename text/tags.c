/* SPDX-License-Identifier: MIT
 * tags.c — what stands in a comment in front of the stack trace: a checkpoint's number and policy, as torch.fx prints
 * them ("# ac_graph_id: 2 - PREFER_RECOMPUTE File: …", "# recompute: MUST_SAVE File: …"). */
#include "text/tags.h"

#include <string.h>

static const struct {
    const char *name;
    uint32_t flags;
} policies[] = {
    {"MUST_SAVE", NODE_MUST_SAVE},
    {"PREFER_SAVE", NODE_PREFER},
    {"MUST_RECOMPUTE", NODE_RECOMPUTE},
    {"PREFER_RECOMPUTE", NODE_RECOMPUTE | NODE_PREFER},
};

static bool pass(const char **at, const char *to, const char *word) {
    const size_t n = strlen(word);
    if ((size_t)(to - *at) < n || memcmp(*at, word, n)) return false;
    *at += n;
    return true;
}

static bool pass_policy(const char **at, const char *to, uint32_t *flags) {
    for (size_t i = 0; i < COUNT_OF(policies); i++) {
        const char *end = *at;
        if (!pass(&end, to, policies[i].name) || (end < to && *end != ' ')) continue;
        *flags = policies[i].flags;
        *at = end;
        return true;
    }
    return false;
}

void tags_read(const char **from, const char *to, uint32_t *policy, uint32_t *checkpoint) {
    const char *at = *from;
    bool found = false;
    *policy = *checkpoint = 0;
    if (pass(&at, to, "recompute: ")) {
        found = pass_policy(&at, to, policy);
    } else if (pass(&at, to, "ac_graph_id: ")) {
        const char *digits = at;
        for (; at < to && *at >= '0' && *at <= '9' && *checkpoint < 100000000; at++)
            *checkpoint = *checkpoint * 10 + (uint32_t)(*at - '0');
        found = at > digits && (at == to || *at == ' ');
        if (found && pass(&at, to, " - ")) found = pass_policy(&at, to, policy);
    }
    if (!found) {
        *policy = *checkpoint = 0;
        return;
    }
    if (at < to) at++;
    *from = at;
}

void tags_print(const node *n, text *out) {
    const char *policy = NULL;
    for (size_t i = 0; i < COUNT_OF(policies); i++)
        if ((n->flags & NODE_POLICY) == policies[i].flags) policy = policies[i].name;
    if (n->checkpoint)
        text_printf(out, "ac_graph_id: %u%s%s ", n->checkpoint, policy ? " - " : "", policy ? policy : "");
    else if (policy) text_printf(out, "recompute: %s ", policy);
}
