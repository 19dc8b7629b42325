/** One thing that is measured by itself, in this process: `work(n)` does it n times. */
export type Subject = {
  name: string;
  /** What one of them is: `a journey`. */
  unit: string;
  /** Makes everything ready, outside of the measured time. */
  prepare(): Work | Promise<Work>;
  /** Ends what `prepare` started. */
  end?(): Promise<void>;
};

export type Work = (times: number) => void | Promise<void>;

export type Timed = { name: string; unit: string; perSecond: number };

const warmupMs = 200;
const measuredMs = 500;

/** Doubles the number of repetitions until a stretch is long enough to be trusted; the first stretches warm the compiler up. */
export async function time(subject: Subject): Promise<Timed> {
  const work = await subject.prepare();
  try {
    return { name: subject.name, unit: subject.unit, perSecond: await perSecond(work) };
  } finally {
    await subject.end?.();
  }
}

async function perSecond(work: Work): Promise<number> {
  let times = 1;
  for (let spentMs = 0; spentMs < warmupMs; times *= 2) spentMs += await spent(work, times);
  for (;;) {
    const tookMs = await spent(work, times);
    if (tookMs >= measuredMs) return (times / tookMs) * 1000;
    times = Math.ceil(times * Math.max(1.5, (measuredMs * 1.1) / Math.max(1, tookMs)));
  }
}

async function spent(work: Work, times: number): Promise<number> {
  const fromMs = performance.now();
  await work(times);
  return performance.now() - fromMs;
}
