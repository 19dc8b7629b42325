import type { K6Plan } from './k6-plan.ts';
import { testRunSchema } from './testrun-schema.ts';

/** How these files begin, so that they may be written over. */
export const yamlMark = '# Made by launchstorm';

type Wishes = { plan: K6Plan; parallelism?: number };

const scriptName = 'script.js';

/** ConfigMap and TestRun (k6.io/v1alpha1) for the k6 operator. YAML by way of JSON, which is YAML. Throws where they fit no schema. */
export function testRunFiles(name: string, script: string, { plan, parallelism = 1 }: Wishes): readonly { name: string; text: string }[] {
  const resource = `launchstorm-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 50).replace(/-+$/, '');
  const labels = { 'app.kubernetes.io/managed-by': 'launchstorm' };
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: resource, labels }, data: { [scriptName]: script } };
  const testRun = testRunSchema.parse({
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: { name: resource, labels },
    spec: {
      parallelism,
      script: { configMap: { name: resource, file: scriptName } },
      runner: { env: plan.facts.target === '' ? [] : [{ name: 'LAUNCHSTORM_TARGET', value: plan.facts.target }] },
    },
  });
  return [
    { name: 'configmap.yaml', text: documented(plan, configMap) },
    { name: 'testrun.yaml', text: documented(plan, testRun) },
  ];
}

function documented({ facts: { about } }: K6Plan, resource: object): string {
  const head = [
    `${yamlMark}: ${about.title.replace(/\s+/g, ' ')}, seed ${about.seed}. Changes are lost.`,
    '# Checked against the documented schema of k6.io/v1alpha1; not run on an operator.',
    '# The operator says "finished" of runners that have failed, too: look at the Jobs, or at the exit codes of their pods.',
  ];
  return `${head.join('\n')}\n${JSON.stringify(resource, null, 2)}\n`;
}
