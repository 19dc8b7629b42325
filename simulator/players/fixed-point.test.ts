import { expect, test } from 'vitest';
import { halvedBy, log2, unitOfLog, unitOfPower } from './fixed-point.ts';

test('logarithms are right to a millionth, up to 2^31', () => {
  for (const n of [1, 2, 3, 7, 1000, 1024, 65_537, 99_999_999, 2_147_483_647]) {
    expect(Math.abs(log2(n) / unitOfLog - Math.log2(n)), `${n}`).toBeLessThan(1e-6);
  }
});

test('powers are right to two millionths, for exponents of every kind', () => {
  for (const exponent of [0.5, 0.7, 1, 1.5]) {
    for (let n = 1; n < 3000; n++) {
      const power = halvedBy(Math.floor(log2(n) * exponent)) / unitOfPower;
      expect(Math.abs(power * n ** exponent - 1)).toBeLessThan(2e-6);
    }
  }
  expect(halvedBy(40 * unitOfLog)).toBe(unitOfPower / 2 ** 40);
});
