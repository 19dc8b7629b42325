import { describe, expect, test } from 'vitest';
import { built } from './build.ts';
import { breaches, type ClassicDashboard, selectorsIn } from './linter.ts';
import type { Panel } from './panel.ts';
import { of, rateOf } from './promql.ts';

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
    expect(selectorsIn(ratio).map(({ metric }) => metric)).toEqual(['treasure_requests_total', 'treasure_info']);
  });
});

function without(dashboard: ClassicDashboard, name: string): ClassicDashboard {
  return { ...dashboard, templating: { list: (dashboard.templating?.list ?? []).filter((each) => each.name !== name) } };
}

type Panels = NonNullable<ClassicDashboard['panels']>;

function withPanels(dashboard: ClassicDashboard, change: Partial<Panels[number]>): ClassicDashboard {
  return { ...dashboard, panels: (dashboard.panels ?? []).map((each) => (each.type === 'row' ? each : { ...each, ...change })) };
}
