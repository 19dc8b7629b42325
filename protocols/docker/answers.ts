import { z } from 'zod';

/** What we read of the engine's answers; whatever else is in them is not looked at. */

export const listedSchema = z.object({ Id: z.string() });

export const labelledSchema = z.object({ Id: z.string().optional(), Name: z.string() });
export type LabelledThing = z.infer<typeof labelledSchema>;

const published = z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullable();

export const containerSchema = z.object({
  Id: z.string(),
  Name: z.string(),
  RestartCount: z.number(),
  State: z.object({
    Status: z.string(),
    Running: z.boolean(),
    Pid: z.number(),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
    StartedAt: z.string(),
  }),
  Config: z.object({
    Labels: z.record(z.string(), z.string()).nullable(),
    Image: z.string(),
    /** `NAME=value` each. */
    Env: z.array(z.string()).nullish(),
  }),
  NetworkSettings: z.object({ Ports: z.record(z.string(), published).nullable() }),
});
export type Container = z.infer<typeof containerSchema>;

export const eventSchema = z.object({
  Action: z.string(),
  id: z.string(),
  Actor: z.object({ Attributes: z.record(z.string(), z.string()).default({}) }),
});
export type ContainerEvent = z.infer<typeof eventSchema>;

/** Where a port of the container is reached from this machine, or null: `127.0.0.1:32768`. */
export function publishedAt({ NetworkSettings }: Container, port: number): string | null {
  const bindings = NetworkSettings.Ports?.[`${port}/tcp`] ?? [];
  const first = bindings.find(({ HostIp }) => !HostIp.includes(':'));
  if (first === undefined) return null;
  return `${first.HostIp === '' || first.HostIp === '0.0.0.0' ? '127.0.0.1' : first.HostIp}:${first.HostPort}`;
}
