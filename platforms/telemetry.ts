/** Which environment and configuration somebody says to be, and what the same metrics show of its Redis. */
export type Identity = {
  pod: string;
  environment: string;
  configHash: string;
  redisUp: boolean | null;
  redisAuthRefused: number | null;
  /** What it has looked up in its cache since its start, and how much of that some level of it had; null where it counts none. */
  cacheLookups: number | null;
  cacheHits: number | null;
};

/** Whether what people look at comes from where players play: a question that a dashboard cannot answer about itself. */
export interface Telemetry {
  /** `shown`: what the source of the dashboards says just now. `played`: what the pods that players talk to say. Never rejects. */
  identities(): Promise<{ shown: readonly Identity[]; played: readonly Identity[] }>;
}
