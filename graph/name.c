/* SPDX-License-Identifier: MIT
 * name.c — names of values, as torch.fx makes them (torch/fx/graph.py, _Namespace.create_name), so that our graphs can
 * be compared with PyTorch's word by word. */
#include "graph/graph.h"
#include "graph/private.h"
#include <stdlib.h>

/* Names that generated Python must not shadow: keywords, builtins of Python 3.11, and what FX adds. Sorted. */
/* clang-format off */
static const char *const reserved_words[] = {
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BaseExceptionGroup", "BlockingIOError",
    "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError", "ConnectionAbortedError",
    "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "DeprecationWarning", "EOFError", "Ellipsis",
    "EncodingWarning", "EnvironmentError", "Exception", "ExceptionGroup", "False", "FileExistsError",
    "FileNotFoundError", "FloatingPointError", "FutureWarning", "GeneratorExit", "IOError", "ImportError",
    "ImportWarning", "IndentationError", "IndexError", "InterruptedError", "IsADirectoryError", "KeyError",
    "KeyboardInterrupt", "LookupError", "MemoryError", "ModuleNotFoundError", "NameError", "None", "NoneType",
    "NotADirectoryError", "NotImplemented", "NotImplementedError", "OSError", "OverflowError",
    "PendingDeprecationWarning", "PermissionError", "ProcessLookupError", "RecursionError", "ReferenceError",
    "ResourceWarning", "RuntimeError", "RuntimeWarning", "StopAsyncIteration", "StopIteration", "SyntaxError",
    "SyntaxWarning", "SystemError", "SystemExit", "TabError", "TimeoutError", "True", "TypeError",
    "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError",
    "UnicodeWarning", "UserWarning", "ValueError", "Warning", "ZeroDivisionError", "__build_class__", "__debug__",
    "__doc__", "__import__", "__loader__", "__name__", "__package__", "__spec__", "abs", "aiter", "all", "and",
    "anext", "any", "as", "ascii", "assert", "async", "await", "bin", "bool", "break", "breakpoint", "bytearray",
    "bytes", "callable", "chr", "class", "classmethod", "compile", "complex", "continue", "copyright", "credits",
    "def", "del", "delattr", "device", "dict", "dir", "divmod", "elif", "else", "enumerate", "eval", "except", "exec",
    "exit", "filter", "finally", "float", "for", "format", "from", "frozenset", "fx_pytree", "getattr", "global",
    "globals", "hasattr", "hash", "help", "hex", "id", "if", "import", "in", "inf", "input", "int", "is",
    "isinstance", "issubclass", "iter", "lambda", "len", "license", "list", "locals", "map", "max", "memoryview",
    "min", "nan", "next", "nonlocal", "not", "object", "oct", "open", "or", "ord", "pass", "pow", "print", "property",
    "pytree", "quit", "raise", "range", "repr", "return", "reversed", "round", "set", "setattr", "slice", "sorted",
    "staticmethod", "str", "sum", "super", "torch", "try", "tuple", "type", "vars", "while", "with", "yield", "zip",
};
/* clang-format on */

static int compare_words(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_reserved(const char *name) {
    return bsearch(&name, reserved_words, COUNT_OF(reserved_words), sizeof *reserved_words, compare_words);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/* The candidate with illegal characters replaced, in the graph's arena (each byte of a run is one, as in FX). */
static const char *legal(cot_graph *g, const char *candidate) {
    if (!*candidate) return "_unnamed";
    bool fine = !is_digit(*candidate);
    for (const char *p = candidate; *p; p++) fine = fine && is_word(*p);
    char *copy = is_digit(*candidate) ? arena_printf(g->arena, "_%s", candidate)
                                      : arena_string(g->arena, candidate, strlen(candidate));
    if (!fine)
        for (char *p = copy; *p; p++)
            if (!is_word(*p)) *p = '_';
    return copy;
}

/* Length of the base of "base_12", and the number; without a suffix the whole, and UINT32_MAX. */
static size_t split(const char *name, uint32_t *number) {
    size_t length = strlen(name), digits = length;
    *number = UINT32_MAX;
    while (digits && is_digit(name[digits - 1])) digits--;
    if (digits == length || digits < 2 || name[digits - 1] != '_') return length;
    uint64_t n = 0; /* absurd numbers stay absurd, but in range */
    for (const char *p = name + digits; *p && n < UINT32_MAX / 4; p++) n = 10 * n + (uint64_t)(*p - '0');
    *number = (uint32_t)MIN(n, UINT32_MAX / 4);
    return digits - 1;
}

/* Takes a free name: remembers it and the number its base has reached. */
static const char *take(cot_graph *g, const char *name, const char *base, uint32_t number) {
    map_set(&g->names, name, NAME_TAKEN);
    map_set(&g->suffixes, base, number);
    return name;
}

static bool is_used(const cot_graph *g, const char *name) { return map_get(&g->names, name) != MAP_NONE; }

const char *graph_name(cot_graph *g, const char *candidate) {
    const char *name = legal(g, candidate);
    uint32_t number;
    size_t length = split(name, &number);
    const char *base = name[length] ? arena_string(g->arena, name, length) : name;
    if (number == UINT32_MAX || is_used(g, name)) {
        number = map_get(&g->suffixes, base);
        if (number == MAP_NONE) number = 0;
        if (is_reserved(name)) name = arena_printf(g->arena, "%s_%u", base, ++number);
    }
    while (is_used(g, name)) name = arena_printf(g->arena, "%s_%u", base, ++number);
    return take(g, name, base, number);
}

const char *graph_name_exact(cot_graph *g, const char *name) {
    if (!*name || is_used(g, name)) return graph_name(g, name);
    uint32_t number;
    name = arena_string(g->arena, name, strlen(name));
    size_t length = split(name, &number);
    const char *base = name[length] ? arena_string(g->arena, name, length) : name;
    if (number == UINT32_MAX) number = map_get(&g->suffixes, base);
    if (number == MAP_NONE) number = 0;
    return take(g, name, base, number);
}
