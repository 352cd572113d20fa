/* SPDX-License-Identifier: MIT
 * inplace.c — in-place operators whose overload is not named as that of their functional form, which is where
 * everything else about them is said. All others the table derives. */
#include "ops/op.h"

const op_record ops_inplace[] = {
    {.schema = "pow_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)", .functional = "pow.Tensor_Scalar"},
    {.schema = "pow_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)", .functional = "pow.Tensor_Tensor"},
    {.schema = "float_power_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)",
     .functional = "float_power.Tensor_Scalar"},
    {.schema = "float_power_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)",
     .functional = "float_power.Tensor_Tensor"},
    {.schema = "floor_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", .functional = "floor_divide"},
    {.schema = "ldexp_(Tensor(a!) self, Tensor other) -> Tensor(a!)", .functional = "ldexp.Tensor"},
    {.schema = "transpose_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)", .functional = "transpose.int"},
    {.schema = "swapdims_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)", .functional = "transpose.int"},
    {.schema = "swapaxes_(Tensor(a!) self, int axis0, int axis1) -> Tensor(a!)", .functional = "transpose.int"},
};
const uint32_t ops_inplace_count = COUNT_OF(ops_inplace);
