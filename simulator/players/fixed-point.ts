/**
 * Powers without floating-point functions: engines differ in the last bit of `Math.pow`, and players must decide the same in
 * all of them. Every product below stays under 2^53, so that each step is exact in any engine. Relative error below 1e-6.
 */

/** One in a logarithm. */
export const unitOfLog = 1_048_576;

/** One in a power. */
export const unitOfPower = 67_108_864;

const mantissaMin = 33_554_432;

/** 2^(-1/2), 2^(-1/4), 2^(-1/8), … in units of a power. */
const roots: readonly number[] = [
  47_453_133, 56_431_603, 61_539_100, 64_263_668, 65_670_859, 66_385_968, 66_746_437, 66_927_405, 67_018_073, 67_063_453, 67_086_155,
  67_097_508, 67_103_186, 67_106_025, 67_107_444, 67_108_154, 67_108_509, 67_108_687, 67_108_775, 67_108_820,
];

/** The binary logarithm of a whole number from 1 to 2^31, in units of a logarithm: each squaring of the mantissa gives one more bit. */
export function log2(n: number): number {
  const exponent = 31 - Math.clz32(n);
  let mantissa = Math.floor((n * mantissaMin) / powerOfTwo(exponent));
  let log = exponent * unitOfLog;
  for (let bit = unitOfLog / 2; bit >= 1; bit /= 2) {
    mantissa = Math.floor((mantissa * mantissa) / mantissaMin);
    if (mantissa < 2 * mantissaMin) continue;
    mantissa = Math.floor(mantissa / 2);
    log += bit;
  }
  return log;
}

/** 2^-log, in units of a power; `log` is not negative. */
export function halvedBy(log: number): number {
  let rest = log % unitOfLog;
  let power = unitOfPower;
  for (const root of roots) {
    rest *= 2;
    if (rest < unitOfLog) continue;
    rest -= unitOfLog;
    power = Math.floor((power * root) / unitOfPower);
  }
  return power / powerOfTwo(Math.floor(log / unitOfLog));
}

function powerOfTwo(exponent: number): number {
  return exponent < 31 ? 1 << exponent : 2 * powerOfTwo(exponent - 1);
}
