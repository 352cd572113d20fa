/* SPDX-License-Identifier: MIT
 * grid_taps.h — which elements of one dimension a coordinate reads, with what weights, and how the weights change with
 * the coordinate (Jaderberg et al. 2015). Shared by the fast kernels and the reference; A is the type to compute in. */
#ifndef GRID_NAME
#error "GRID_NAME(name) and A are given by the file that includes this one"
#endif

/* At most 4 elements; index −1 is outside and reads zero. */
typedef struct GRID_NAME(taps) {
    int count;
    int64_t index[4];
    A weight[4], slope[4];
} GRID_NAME(taps);

/* Mirrors x at low/2 and high/2 until it lies between; *slope is ±1. */
static inline A GRID_NAME(grid_reflect)(A x, int64_t twice_low, int64_t twice_high, A *slope) {
    *slope = 0;
    if (twice_low == twice_high) return 0;
    A low = (A)twice_low / 2, span = (A)(twice_high - twice_low) / 2, sign = 1;
    x -= low;
    if (x < 0) sign = -1, x = -x;
    A turns = (A)floor((double)(x / span)), rest = x - turns * span;
    bool even = (A)2 * (A)floor((double)(turns / 2)) == turns;
    *slope = even ? sign : -sign;
    return even ? rest + low : span - rest + low;
}

/* Brings a coordinate into the image as the padding mode says; *slope is multiplied by how it moves. */
static inline A GRID_NAME(grid_inside)(A x, int64_t size, int padding, bool align, A *slope) {
    if (padding == GRID_ZEROS) return x;
    if (padding == GRID_REFLECTION) {
        A turn;
        x = GRID_NAME(grid_reflect)(x, align ? 0 : -1, align ? 2 * (size - 1) : 2 * size - 1, &turn);
        *slope *= turn;
    }
    if (x <= 0) return *slope = 0, (A)0;
    if (x >= (A)(size - 1)) return *slope = 0, (A)(size - 1);
    return x;
}

static inline int64_t GRID_NAME(grid_index)(A x, int64_t size) { return x >= 0 && x < (A)size ? (int64_t)x : -1; }

static inline A GRID_NAME(grid_cubic)(A x, bool slope) {
    const A a = (A)-0.75;
    A z = x < 0 ? -x : x, sign = x < 0 ? -1 : 1;
    if (z < 1) return slope ? sign * (3 * (a + 2) * z - 2 * (a + 3)) * z : ((a + 2) * z - (a + 3)) * z * z + 1;
    return slope ? sign * ((3 * a * z - 10 * a) * z + 8 * a) : ((a * z - 5 * a) * z + 8 * a) * z - 4 * a;
}

/* The taps of a coordinate in [-1, 1]. Slopes are with respect to that coordinate. */
static inline GRID_NAME(taps) GRID_NAME(grid_taps)(const grid_attributes *a, int d, A coordinate) {
    GRID_NAME(taps) t;
    int64_t size = a->in[d];
    A slope = a->align_corners ? (A)(size - 1) / 2 : (A)size / 2;
    A x = a->align_corners ? (coordinate + 1) / 2 * (A)(size - 1) : ((coordinate + 1) * (A)size - 1) / 2;
    if (a->mode == GRID_CUBIC) {
        A first = (A)floor((double)x);
        t.count = 4;
        for (int k = 0; k < 4; k++) {
            A unused = 1, distance = x - first + 1 - (A)k;
            A at = GRID_NAME(grid_inside)(first - 1 + (A)k, size, a->padding, a->align_corners, &unused);
            t.index[k] = GRID_NAME(grid_index)(at, size);
            t.weight[k] = GRID_NAME(grid_cubic)(distance, false);
            t.slope[k] = GRID_NAME(grid_cubic)(distance, true) * slope;
        }
        return t;
    }
    x = GRID_NAME(grid_inside)(x, size, a->padding, a->align_corners, &slope);
    if (a->mode == GRID_NEAREST) {
        t.count = 1;
        t.index[0] = GRID_NAME(grid_index)((A)nearbyint((double)x), size);
        t.weight[0] = 1, t.slope[0] = 0;
        return t;
    }
    A first = (A)floor((double)x);
    t.count = 2;
    for (int k = 0; k < 2; k++) t.index[k] = GRID_NAME(grid_index)(first + (A)k, size);
    t.weight[0] = first + 1 - x, t.weight[1] = x - first;
    t.slope[0] = -slope, t.slope[1] = slope;
    return t;
}
