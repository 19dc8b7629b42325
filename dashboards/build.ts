import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  BigValueColorMode,
  BigValueGraphMode,
  type DataSourceRef,
  StackingMode,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common';
import * as grafana from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StatesBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Dashboard, Panel, Query } from './panel.ts';

/** Whatever Prometheus the reader chooses at the top of the page. */
const chosenSource: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

const heightOf: { readonly [shape in Panel['shape']]: number } = { lines: 8, stacked: 8, figure: 5, states: 7, table: 8 };

/** Grafana's classic JSON, which file provisioning takes in every version from 11 on. */
export function built({ uid, title, about, identity, rows }: Dashboard): grafana.Dashboard {
  const page = new grafana.DashboardBuilder(title)
    .uid(uid)
    .description(about)
    .tags(['launchstorm'])
    .readonly()
    .tooltip(grafana.DashboardCursorSync.Crosshair)
    .time({ from: 'now-15m', to: 'now' })
    .refresh('10s')
    .link(siblings())
    .annotation(faultBands())
    .annotation(writtenBands());
  for (const variable of variables(identity)) page.withVariable(variable);
  if (JSON.stringify(rows).includes('$objective')) page.withVariable(objective());
  let id = 0;
  for (const row of rows) {
    page.withRow(new grafana.RowBuilder(row.title).id(++id));
    for (const panel of row.panels) page.withPanel(panelOf(panel, ++id));
  }
  return { ...page.build(), id: null as never };
}

function variables(identity: string): readonly Builder<grafana.VariableModel>[] {
  const all = { text: 'All', value: '$__all' };
  const chosenFrom = (name: string, label: string, query: string) =>
    new grafana.QueryVariableBuilder(name)
      .label(label)
      .datasource(chosenSource)
      .query({ query, refId: name })
      .refresh(grafana.VariableRefresh.OnTimeRangeChanged)
      .sort(grafana.VariableSort.AlphabeticalAsc)
      .multi(true)
      .includeAll(true)
      .allValue('.+')
      .current(all);
  return [
    new grafana.DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    chosenFrom('job', 'Job', `label_values(${identity}, job)`),
    chosenFrom('instance', 'Instance', `label_values(${identity}{job=~"$job"}, instance)`),
  ];
}

function objective(): Builder<grafana.VariableModel> {
  const share = '0.99';
  return new grafana.TextBoxVariableBuilder('objective')
    .label('Objective: share of useful chains')
    .defaultValue(share)
    .current({ text: share, value: share });
}

/** From the gauge that the tool publishes: needs nothing but the same Prometheus. */
function faultBands(): Builder<grafana.AnnotationQuery> {
  return new grafana.AnnotationQueryBuilder()
    .name('Faults')
    .datasource(chosenSource)
    .enable(true)
    .iconColor('red')
    .expr('launchstorm_fault_active == 1')
    .step('1s')
    .titleFormat('{{fault}}')
    .textFormat('{{kind}} ({{variant}})')
    .tagKeys('kind,variant');
}

/** What the tool writes into Grafana itself when LAUNCHSTORM_GRAFANA_URL is set: off, since the bands above say the same. */
function writtenBands(): Builder<grafana.AnnotationQuery> {
  const target = new grafana.AnnotationTargetBuilder().type('tags').limit(100).matchAny(false).tags(['launchstorm']);
  return new grafana.AnnotationQueryBuilder()
    .name('Faults, as written into Grafana')
    .datasource({ type: 'datasource', uid: 'grafana' })
    .enable(false)
    .iconColor('orange')
    .target(target as unknown as Builder<Dataquery>);
}

function siblings(): Builder<grafana.DashboardLink> {
  return new grafana.DashboardLinkBuilder('launchstorm')
    .type(grafana.DashboardLinkType.Dashboards)
    .tags(['launchstorm'])
    .asDropdown(false)
    .keepTime(true)
    .includeVars(false);
}

function panelOf(panel: Panel, id: number): Builder<grafana.Panel> {
  const { title, asks, unit, shape, width, queries } = panel;
  const builder = shapeOf(panel).id(id).title(title).description(asks).unit(unit).datasource(chosenSource);
  builder.span(width).height(heightOf[shape]);
  for (const [index, query] of queries.entries()) builder.withTarget(targetOf(query, index, shape));
  return builder;
}

function shapeOf({ shape, limits }: Panel): LinesBuilder | StatBuilder | StatesBuilder | TableBuilder {
  const thresholds = thresholdsOf(limits);
  switch (shape) {
    case 'figure':
      return new StatBuilder()
        .thresholds(thresholds)
        .colorMode(BigValueColorMode.Value)
        .graphMode(BigValueGraphMode.Area)
        .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false));
    case 'table':
      return new TableBuilder();
    case 'states':
      return new StatesBuilder()
        .thresholds(thresholdsOf({ warn: 1, bad: 2 }))
        .showValue(VisibilityMode.Never)
        .mergeValues(true);
    default:
      return linesOf(shape === 'stacked');
  }
}

function linesOf(isStacked: boolean): LinesBuilder {
  const legend = new common.VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(common.LegendDisplayMode.List)
    .placement(common.LegendPlacement.Bottom);
  const tooltip = new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending);
  const lines = new LinesBuilder().legend(legend).tooltip(tooltip).showPoints(VisibilityMode.Never).axisSoftMin(0);
  if (!isStacked) return lines;
  return lines.fillOpacity(40).stacking(new common.StackingConfigBuilder().mode(StackingMode.Normal));
}

function thresholdsOf(limits: Panel['limits']): Builder<grafana.ThresholdsConfig> {
  const steps = limits === undefined ? [] : [step(limits.warn, 'yellow'), step(limits.bad, 'red')];
  return new grafana.ThresholdsConfigBuilder().mode(grafana.ThresholdsMode.Absolute).steps([step(null, 'green'), ...steps]);
}

function step(value: number | null, color: string): grafana.Threshold {
  return { value: value as number, color };
}

function targetOf({ legend, promql }: Query, index: number, shape: Panel['shape']): Builder<prometheus.Dataquery> {
  const target = new prometheus.DataqueryBuilder()
    .refId(String.fromCharCode('A'.charCodeAt(0) + index))
    .datasource(chosenSource)
    .expr(promql)
    .legendFormat(legend);
  return shape === 'table' ? target.instant().format(prometheus.PromQueryFormat.Table) : target.range();
}
