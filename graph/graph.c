/* SPDX-License-Identifier: MIT
 * graph.c — making graphs and appending to them; places in errors. Names: name.c, arguments: arg.c. */
#include "graph/graph.h"
#include "graph/private.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

static cot_graph *create(cot_context *ctx, arena *a, const char *class_name) {
    cot_graph *g = ARENA_NEW(a, cot_graph);
    g->ctx = ctx;
    g->arena = a;
    g->class_name = arena_string(a, class_name, strlen(class_name));
    g->file = "";
    g->names.arena = g->suffixes.arena = g->child_names.arena = g->child_suffixes.arena = a;
    g->show_strides = g->show_device = true;
    return g;
}

cot_graph *graph_create(cot_context *ctx, const char *class_name) { return create(ctx, arena_create(ctx), class_name); }

cot_graph *graph_create_child(cot_graph *root, const char *class_name) {
    cot_graph *g = create(root->ctx, root->arena, class_name);
    g->owner = root;
    g->file = root->file;
    g->source = root->source;
    g->show_strides = root->show_strides;
    g->show_device = root->show_device;
    return g;
}

void graph_add_child(cot_graph *g, const char *name, cot_graph *c) {
    const char *own = arena_string(g->arena, name, strlen(name));
    c->parent = g;
    if (map_get(&g->child_names, name) == MAP_NONE) map_set(&g->child_names, own, g->children.count);
    *VEC_PUSH(g->arena, &g->children) = (child){.name = own, .graph = c};
}

uint32_t graph_child_index(const cot_graph *g, const char *name) { return map_get(&g->child_names, name); }

cot_graph *graph_child(const cot_graph *g, const char *name) {
    const uint32_t i = graph_child_index(g, name);
    return i == MAP_NONE ? NULL : g->children.data[i].graph;
}

const char *graph_child_name(cot_graph *g, const char *stem) {
    const uint32_t first = map_get(&g->child_suffixes, stem);
    for (uint32_t k = first == MAP_NONE ? 0 : first;; k++) {
        const char *name = arena_printf(g->arena, "%s%u", stem, k);
        if (graph_child(g, name)) continue;
        map_set(&g->child_suffixes, first == MAP_NONE ? arena_string(g->arena, stem, strlen(stem)) : stem, k);
        return name;
    }
}

void graph_keep_children(cot_graph *g, const map *used) {
    const uint32_t count = g->children.count;
    g->children.count = 0;
    g->child_names = g->child_suffixes = (map){.arena = g->arena};
    for (uint32_t i = 0; i < count; i++) {
        const child c = g->children.data[i];
        if (map_get(used, c.name) == MAP_NONE) continue;
        if (map_get(&g->child_names, c.name) == MAP_NONE) map_set(&g->child_names, c.name, g->children.count);
        g->children.data[g->children.count++] = c;
    }
}

void graph_destroy(cot_graph *g) {
    if (g) arena_destroy(g->arena);
}

const type *graph_type(const cot_graph *g, value v) {
    static const type nothing = {.kind = TYPE_NONE};
    return v < g->nodes.count ? &g->nodes.data[v].type : &nothing;
}

uint64_t node_stream(const node *n) { return n->stream ? n->stream : hash_bytes(n->name, strlen(n->name), 0); }

value graph_find(const cot_graph *g, const char *name) {
    uint32_t v = map_get(&g->names, name);
    return v < g->nodes.count ? v : NO_VALUE;
}

static value append(cot_graph *g, const struct op *op, const char *name) {
    g->ctx->visits++;
    value v = g->nodes.count;
    *VEC_PUSH(g->arena, &g->nodes) = (node){.op = op, .name = name, .overwritten = NO_VALUE, .forward = NO_VALUE};
    map_set(&g->names, name, v);
    return v;
}

value graph_append(cot_graph *g, const struct op *op, const char *candidate) {
    /* A name that graph_name gave out is known by its address: an equal candidate from elsewhere makes a new one. */
    bool given = map_key(&g->names, candidate) == candidate && map_get(&g->names, candidate) == NAME_TAKEN;
    return append(g, op, given ? candidate : graph_name(g, candidate));
}

value graph_append_named(cot_graph *g, const struct op *op, const char *name) {
    return append(g, op, graph_name_exact(g, name));
}

const char *graph_keep_comment(cot_graph *g, const char *comment) {
    if (!comment) return NULL;
    if (g->last_comment && !strcmp(g->last_comment, comment)) return g->last_comment;
    return g->last_comment = arena_string(g->arena, comment, strlen(comment));
}

/* ---- errors ------------------------------------------------------------------------------------------------------ */

/* Copies line `line` (1-based) of the text, a window of it around the column when it is long. */
static void copy_line(const char *source, uint32_t line, uint32_t column, cot_error *error) {
    for (; line > 1 && source; line--) {
        source = strchr(source, '\n');
        if (source) source++;
    }
    if (!source) return;
    size_t length = strcspn(source, "\n"), room = sizeof error->source - 1;
    size_t skip = length > room && column > room / 2 ? MIN(column - room / 2, length - room) : 0;
    memcpy(error->source, source + skip, MIN(length - skip, room));
    error->source[MIN(length - skip, room)] = '\0';
    error->source_column = column > skip ? column - (uint32_t)skip : 1;
}

cot_status graph_fail(const cot_graph *g, value v, cot_error *error, cot_status status, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_v(error, status, format, args);
    va_end(args);
    if (!error) return status;
    snprintf(error->file, sizeof error->file, "%s", g->file);
    if (v >= g->nodes.count) return status;
    const node *n = &g->nodes.data[v];
    error->line = n->line;
    error->column = n->column;
    snprintf(error->node, sizeof error->node, "%s", n->name);
    const cot_graph *root = g;
    while (root->parent && !root->source) root = root->parent;
    if (n->line && root->source) copy_line(root->source, n->line, n->column, error);
    return status;
}

/* The text that a graph was read from may name symbols that stand further down. */
static uint32_t first_free(const char *text, const char *stem) {
    const size_t length = strlen(stem);
    uint32_t next = 0;
    for (const char *at = text ? strstr(text, stem) : NULL; at; at = strstr(at + 1, stem)) {
        const bool inside = at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '_');
        if (!inside && isdigit((unsigned char)at[length]))
            next = MAX(next, (uint32_t)strtoul(at + length, NULL, 10) + 1);
    }
    return next;
}

dim graph_unbacked(cot_graph *g, const char *stem) {
    cot_graph *root = g;
    while (root->owner) root = root->owner;
    if (!root->num_unbacked) root->num_unbacked = first_free(root->source, stem);
    const char *name = arena_printf(g->arena, "%s%u", stem, root->num_unbacked++);
    return dim_symbol(g->ctx->syms, name, strlen(name));
}

void graph_range(const cot_graph *g, dim symbol, int64_t *low, int64_t *high) {
    const cot_graph *root = g->parent ? g->parent : g;
    *low = INT64_MIN, *high = INT64_MAX;
    for (uint32_t i = 0; i < root->ranges.count; i++)
        if (root->ranges.data[i].symbol == symbol) *low = root->ranges.data[i].low, *high = root->ranges.data[i].high;
}
