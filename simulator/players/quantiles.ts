/** Quantiles at sixteen halvings of the survival, eight cells each. */
export type QuantileTable = readonly number[];

/**
 * How long players think between moves: Weibull with shape 0.7, mean 1, in 1/65,536. Most pauses are short, some very
 * long (coefficient of variation 1.46): that makes the bursts that a steady clock never makes.
 * Source: none. No published think-time table for game back ends was found; family and shape are assumed.
 *
 * Entry 8 * o + r is the quantile whose survival is 2^-o * (16 - r) / 16: sixteen halvings of the survival, eight cells
 * each, so that the tail is as fine as the body. Linear inside a cell. Against the exact law: mean exact to 1e-6, quantiles
 * within 5 % once one pause in 16 is shorter, within 0.11 % in the longest eighth. Once in 65,536 pauses the table ends, at
 * 24.5 means: cut there, 0.005 % of the mean is missing, and no pause outlives a keep-alive connection.
 */
export const thinkTable: QuantileTable = [
  0, 1031, 2914, 5475, 8722, 12_723, 17_587, 23_479, 30_635, 34_790, 39_403, 44_544, 50_305, 56_799, 64_177, 72_641, 82_465, 88_003, 94_042,
  100_661, 107_959, 116_064, 125_141, 135_410, 147_172, 153_741, 160_857, 168_607, 177_100, 186_472, 196_904, 208_631, 221_978, 229_396,
  237_407, 246_103, 255_599, 266_044, 277_628, 290_604, 305_319, 313_473, 322_261, 331_782, 342_158, 353_545, 366_146, 380_229, 396_159,
  404_970, 414_454, 424_714, 435_879, 448_115, 461_634, 476_717, 493_750, 503_159, 513_276, 524_210, 536_097, 549_110, 563_470, 579_473,
  597_521, 607_480, 618_182, 629_739, 642_293, 656_024, 671_165, 688_022, 707_014, 717_487, 728_732, 740_870, 754_048, 768_451, 784_322,
  801_979, 821_857, 832_810, 844_568, 857_252, 871_015, 886_051, 902_610, 921_021, 941_734, 953_143, 965_384, 978_584, 992_902, 1_008_537,
  1_025_748, 1_044_874, 1_066_380, 1_078_220, 1_090_920, 1_104_612, 1_119_457, 1_135_662, 1_153_493, 1_173_300, 1_195_562, 1_207_814,
  1_220_952, 1_235_112, 1_250_461, 1_267_210, 1_285_634, 1_306_092, 1_329_078, 1_341_723, 1_355_281, 1_369_890, 1_385_721, 1_402_992,
  1_421_984, 1_443_067, 1_466_746, 1_479_770, 1_493_731, 1_508_770, 1_525_065, 1_542_837, 1_562_376, 1_584_060, 1_608_407,
];

/** The quantile that all but `survival / 2^32` of all draws stay below, in the table's unit. */
export function quantileAt(table: QuantileTable, survival: number): number {
  const halvings = Math.clz32(survival);
  if (halvings >= 16) return table[128] as number;
  const shortOfTop = 4_294_967_296 - ((survival << halvings) >>> 0);
  const cell = Math.floor(shortOfTop / 268_435_456);
  const fraction = Math.floor((shortOfTop % 268_435_456) / 4096);
  const from = table[8 * halvings + cell] as number;
  const to = table[8 * halvings + cell + 1] ?? from;
  return from + Math.floor(((to - from) * fraction) / 65_536);
}
