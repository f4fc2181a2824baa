#include <math.h>
#include <stdint.h>

/* x86's long double has 64 bits of precision, wasm32's has 113 (both count the leading one). */
#define SURPLUS_BITS 49

union binary128
{
  long double value;
  struct
  {
    uint64_t low;
    uint64_t high;
  } bits;
};

long double __real_strtold (const char *text, char **end);

/* strtold(3), rounded to x86's precision: to the nearest, ties to even. */
long double __wrap_strtold (const char *text, char **end)
{
  union binary128 number = { __real_strtold (text, end) };
  if (!isfinite (number.value))
    return number.value;
  const uint64_t unit = UINT64_C (1) << SURPLUS_BITS, half = unit / 2;
  const uint64_t surplus = number.bits.low & (unit - 1);
  number.bits.low -= surplus;
  if (surplus > half || (surplus == half && number.bits.low & unit))
    {
      number.bits.low += unit;
      /* The carry may go on into the exponent, which is then right, too. */
      if (number.bits.low == 0)
        number.bits.high++;
    }
  return number.value;
}
