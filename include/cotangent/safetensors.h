/* SPDX-License-Identifier: MIT
 * safetensors.h — reading and writing weights in the safetensors format
 * (https://huggingface.co/docs/safetensors: 8-byte header length, JSON header, data). */
#ifndef COTANGENT_SAFETENSORS_H
#define COTANGENT_SAFETENSORS_H

#include <cotangent/run.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cot_file cot_file;

/* Maps a file and checks all of its header. Gives *out (caller closes). Errors: IO, DATA (truncated, overlapping or
 * lying offsets, unknown dtypes, sizes that overflow: the text names key and place), NO_MEMORY. */
COT_API cot_status cot_file_open(cot_context *ctx, const char *path, cot_file **out, cot_error *error);
COT_API void cot_file_close(cot_file **file);
COT_API uint32_t cot_file_count(const cot_file *file);
COT_API const char *cot_file_key(const cot_file *file, uint32_t index);
/* The tensor of a key: points into the mapping (read-only, maybe unaligned to its dtype), valid until close. Gives 0
 * when absent. */
COT_API int cot_file_tensor(const cot_file *file, const char *key, cot_tensor *tensor);
/* A string of the "__metadata__" object, NULL when absent. */
COT_API const char *cot_file_metadata(const cot_file *file, const char *key);

/* Writes tensors (any strides; stored row-major) and metadata pairs (key, value, …) to a temporary file beside `path`,
 * syncs it and renames it over: after a failure the old file is as it was. Errors: IO, NO_MEMORY. */
COT_API cot_status cot_file_write(cot_context *ctx, const char *path, const char *const *keys,
                                  const cot_tensor *tensors, uint32_t count, const char *const *metadata,
                                  uint32_t num_metadata, cot_error *error);

#ifdef __cplusplus
}
#endif
#endif
