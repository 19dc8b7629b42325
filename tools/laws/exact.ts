import { normalShare } from './quantiles.ts';

/** A law as it is in books, with scale 1: the share of lengths up to t. */
export type Share = (t: number) => number;

export const weibullShare =
  (shape: number): Share =>
  (t) =>
    1 - Math.exp(-(t ** shape));

export const lognormalShare =
  (sigma: number): Share =>
  (t) =>
    t <= 0 ? 0 : normalShare(Math.log(t) / sigma);

export const paretoShare =
  (shape: number): Share =>
  (t) =>
    1 - (1 + t) ** -shape;
