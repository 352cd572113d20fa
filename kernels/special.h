/* SPDX-License-Identifier: MIT
 * special.h — functions of statistics and number theory that libm lacks, in double precision. */
#ifndef KERNELS_SPECIAL_H
#define KERNELS_SPECIAL_H

double special_lgamma(double x); /* log |Γ(x)|, without lgamma's global sign */
double special_digamma(double x);
double special_polygamma(double n, double x); /* n a whole number >= 0 */
double special_erfinv(double x);
double special_i0(double x); /* modified Bessel functions of the first kind */
double special_i1(double x);
double special_sinc(double x);              /* sin(πx) / πx */
double special_log_ndtr(double x);          /* log of the normal distribution function */
double special_igamma(double a, double x);  /* regularised lower incomplete gamma function */
double special_igammac(double a, double x); /* and upper */

#endif
