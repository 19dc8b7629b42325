/** Placeholder: log-linear histogram, relative error at most 1 %. */
export type Histogram = { count: number };
