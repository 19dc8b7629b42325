import type { Publisher } from '../../platforms/platform.ts';

/** What Prometheus reads from a file (`file_sd_configs`) or an address (`http_sd_configs`): where to scrape, and what to call it. */
export type TargetGroup = { targets: readonly string[]; labels: { readonly [label: string]: string } };

export type Asked = { runId: string; environment: string };

/**
 * The tool itself and everything of the pods that publishes metrics. A pod keeps its name as `instance` over its restarts, whatever port
 * its next process has. `asked_environment` is what the run asked for: an alert compares it with what the metrics say of themselves.
 */
export function targetGroups(toolAddress: string, publishers: readonly Publisher[], { runId, environment }: Asked): readonly TargetGroup[] {
  const pods = publishers.map(({ pod, role, origin }) => ({
    targets: [new URL(origin).host],
    labels: { job: `treasure-${role}`, instance: pod, asked_environment: environment, run: runId },
  }));
  return [{ targets: [toolAddress], labels: { job: 'launchstorm' } }, ...pods];
}
