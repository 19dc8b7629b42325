import { describe, expect, test } from 'vitest';
import { built } from './build.ts';
import { breaches, type ClassicDashboard, selectorsIn } from './linter.ts';
import type { Panel } from './panel.ts';
import { of, quantileOf, rateOf } from './promql.ts';

const panel: Panel = {
  title: 'Players',
  asks: 'How many?',
  unit: 'short',
  shape: 'lines',
  width: 24,
  queries: [{ legend: 'players', promql: of('launchstorm_players') }],
};

/** What is said of a dashboard with that one panel, changed in Grafana's JSON where a test wants to. */
function said(change: Partial<Panel>, edit: (dashboard: ClassicDashboard) => ClassicDashboard = (same) => same): readonly string[] {
  const rows = [{ title: 'Row', panels: [{ ...panel, ...change }] }];
  const dashboard = built({ uid: 'u', title: 'D', about: 'A page.', identity: 'launchstorm_run_info', rows });
  return breaches(edit(JSON.parse(JSON.stringify(dashboard)) as ClassicDashboard));
}

const asking = (...queries: readonly string[]) => said({ queries: queries.map((promql) => ({ legend: '', promql })) });

type Edit = (dashboard: ClassicDashboard) => ClassicDashboard;
type Variables = NonNullable<NonNullable<ClassicDashboard['templating']>['list']>;

const renamed: Edit = (dashboard) => withVariable(dashboard, 'datasource', { name: 'prometheus' });
const asks = (expr: string): Edit => {
  return (dashboard) => withPanels(dashboard, { targets: [{ expr, refId: 'A', datasource: { uid: '${datasource}' } }] });
};

/**
 * Every rule that its documentation and its set of rules name, broken once. Not here: those on LogQL and on the newer dashboard
 * model, since these are classic ones on Prometheus; those on matchers that one configures; and whether a query is PromQL at all,
 * which a real Prometheus says in queries.ci.test.ts.
 */
const rules: readonly [string, Edit, string][] = [
  ['template-datasource-rule', renamed, 'has no variable datasource'],
  ['template-job-rule', (dashboard) => withVariable(dashboard, 'job', { label: 'Program' }), 'does not call its variable job so'],
  ['template-instance-rule', (dashboard) => withVariable(dashboard, 'instance', { allValue: '.*' }), 'choose one instance only'],
  ['template-label-promql-rule', (dashboard) => withVariable(dashboard, 'job', { query: 'jobs()' }), 'asks for job with something else'],
  ['template-on-time-change-reload-rule', (dashboard) => withVariable(dashboard, 'instance', { refresh: 1 }), 'does not ask anew'],
  ['template-unused-rule', (dashboard) => withOneMore(dashboard, { name: 'pod', type: 'query' }), 'choose pod, and no query minds it'],
  ['panel-datasource-rule', (dashboard) => withPanels(dashboard, { datasource: { uid: 'mine' } }), 'shows another source'],
  ['panel-title-description-rule', (dashboard) => withPanels(dashboard, { description: '' }), 'which question it answers'],
  ['panel-units-rule', (dashboard) => withPanels(dashboard, { fieldConfig: { defaults: { unit: 'parsecs' } } }), 'has the unit "parsecs"'],
  ['panel-no-targets-rule', (dashboard) => withPanels(dashboard, { targets: [] }), 'asks nothing'],
  ['target-promql-rule', asks(''), 'has an empty query'],
  ['target-rate-interval-rule', asks(`rate(${of('launchstorm_sessions_total')}[1m])`), 'rate looks back 1m'],
  ['target-job-rule', asks('launchstorm_players{instance=~"$instance"}'), 'is not of the chosen job'],
  ['target-instance-rule', asks('launchstorm_players{job=~"$job"}'), 'is not of the chosen instance'],
  ['target-counter-agg-rule', asks(of('launchstorm_sessions_total')), 'without rate or increase'],
  ['target-histogram-rule', asks(`sum(${rateOf('launchstorm_action_latency_seconds_bucket')})`), 'no argument of histogram_quantile'],
  ['uneditable-dashboard-rule', (dashboard) => ({ ...dashboard, editable: true }), 'can be edited'],
];

test.each(rules)('what breaks %s of the dashboard-linter is told', (_, edit, what) => {
  expect(said({}, edit).join()).toContain(what);
});

describe('a dashboard', () => {
  test('that keeps the rules is not spoken of', () => {
    expect(said({})).toEqual([]);
  });

  test.each<[string, Partial<Panel>]>([
    ['has no title', { title: '' }],
    ['does not say which question it answers', { asks: 'Players.' }],
    ['has the unit ""', { unit: '' as never }],
    ['asks nothing', { queries: [] }],
    ['has an empty query', { queries: [{ legend: '', promql: ' ' }] }],
    ['is not full', { width: 8 }],
  ])('is told where a panel %s', (what, change) => {
    expect(said(change).join()).toContain(what);
  });

  test.each<[string, (dashboard: ClassicDashboard) => ClassicDashboard]>([
    ['can be edited', (dashboard) => ({ ...dashboard, editable: true })],
    ['has an id', (dashboard) => ({ ...dashboard, id: 7 })],
    ['has no variable datasource', (dashboard) => ({ ...dashboard, templating: { list: [] } })],
    ['has no variable job', (dashboard) => without(dashboard, 'job')],
    ['has no variable instance', (dashboard) => without(dashboard, 'instance')],
    ['another source', (dashboard) => withPanels(dashboard, { datasource: { uid: 'my-prometheus' } })],
    ['more than one source', (dashboard) => withOneMore(dashboard, { name: 'logs', type: 'datasource', query: 'loki' })],
    [
      'asks another source',
      (dashboard) => withPanels(dashboard, { targets: [{ expr: of('up'), refId: 'A', datasource: { uid: 'mine' } }] }),
    ],
  ])('is told where it %s', (what, edit) => {
    expect(said({}, edit).join()).toContain(what);
  });
});

describe('a query', () => {
  test.each([
    ['is not of the chosen job', 'launchstorm_players{instance=~"$instance"}'],
    ['is not of the chosen instance', 'sum(launchstorm_players{job=~"$job"})'],
    ['is not of the chosen job', 'launchstorm_players'],
    ['without rate or increase', of('launchstorm_sessions_total')],
    ['without rate or increase', `sum by (le) (${of('launchstorm_action_latency_seconds_bucket')})`],
    ['rate looks back 5m', `rate(${of('launchstorm_sessions_total')}[5m])`],
    ['rate looks back $__range', `rate(${of('launchstorm_sessions_total')}[$__range])`],
    ['changes looks back 1h', `changes(${of('process_start_time_seconds')}[1h])`],
  ])('%s: %s', (what, promql) => {
    expect(asking(promql).join()).toContain(what);
  });

  test('may add, divide, join and compare what is well asked', () => {
    const ratio = `sum by (job) (${rateOf('treasure_requests_total', 'outcome="a{b"')}) / on (job) group_left (pod) max(${of('treasure_info')}) > bool 0`;
    expect(asking(ratio, `increase(${of('treasure_gc_pressed_seconds_total')}[$__range])`)).toEqual([]);
    expect(asking(quantileOf(0.99, 'treasure_request_seconds', 'pod', 'outcome="a)"'))).toEqual([]);
    expect(selectorsIn(ratio).map(({ metric }) => metric)).toEqual(['treasure_requests_total', 'treasure_info']);
  });
});

function without(dashboard: ClassicDashboard, name: string): ClassicDashboard {
  return { ...dashboard, templating: { list: (dashboard.templating?.list ?? []).filter((each) => each.name !== name) } };
}

function withVariable(dashboard: ClassicDashboard, name: string, change: Variables[number]): ClassicDashboard {
  return { ...dashboard, templating: { list: variablesOf(dashboard).map((each) => (each.name === name ? { ...each, ...change } : each)) } };
}

function withOneMore(dashboard: ClassicDashboard, variable: Variables[number]): ClassicDashboard {
  return { ...dashboard, templating: { list: [...variablesOf(dashboard), variable] } };
}

function variablesOf({ templating }: ClassicDashboard): Variables {
  return templating?.list ?? [];
}

type Panels = NonNullable<ClassicDashboard['panels']>;

function withPanels(dashboard: ClassicDashboard, change: Partial<Panels[number]>): ClassicDashboard {
  return { ...dashboard, panels: (dashboard.panels ?? []).map((each) => (each.type === 'row' ? each : { ...each, ...change })) };
}
