/**
 * The rules of grafana/dashboard-linter (https://github.com/grafana/dashboard-linter/tree/main/docs), as far as they concern classic
 * dashboards on Prometheus, and a few of ours: a panel asks a question, and every line of panels is full. Which rule is held where, and
 * that each can fail, is in linter.test.ts; why it is not that program itself, in docs/decisions/0013.
 */

/** As much of Grafana's classic JSON as is looked at. */
export type ClassicDashboard = {
  title?: string;
  uid?: string;
  id?: unknown;
  editable?: boolean;
  templating?: { list?: readonly Variable[] };
  panels?: readonly ClassicPanel[];
};

type Variable = {
  name?: string;
  type?: string;
  label?: string;
  query?: unknown;
  datasource?: Source;
  multi?: boolean;
  allValue?: string;
  refresh?: number;
};
type Source = { uid?: string };
type ClassicPanel = {
  type?: string;
  title?: string;
  description?: string;
  datasource?: Source;
  gridPos?: { w: number };
  fieldConfig?: { defaults?: { unit?: string } };
  targets?: readonly ClassicTarget[];
};
type ClassicTarget = { expr?: string; refId?: string; datasource?: Source };

const source = '${datasource}';
const units = ['s', 'bytes', 'percentunit', 'reqps', 'short', 'none', 'string'];

/** Every breach, with its place. */
export function breaches(dashboard: ClassicDashboard): readonly string[] {
  const title = dashboard.title ?? 'without title';
  const panels = dashboard.panels ?? [];
  return [
    ...ofDashboard(dashboard),
    ...ofVariables(dashboard.templating?.list ?? [], panels),
    ...panels.filter(({ type }) => type !== 'row').flatMap((panel) => ofPanel(panel).map((each) => `${panel.title}: ${each}`)),
    ...widths(panels),
  ].map((each) => `${title}: ${each}`);
}

function ofDashboard({ uid, id, editable, panels = [] }: ClassicDashboard): readonly string[] {
  return [
    ...found(uid === undefined || uid === '', 'has no uid: links to it would break'),
    ...found(id !== null, 'has an id: that is for the Grafana that it lands in to choose'),
    ...found(editable !== false, 'can be edited: what is changed there is lost with the next provisioning'),
    ...found(panels.length === 0, 'has no panels'),
  ];
}

function ofVariables(variables: readonly Variable[], panels: readonly ClassicPanel[]): readonly string[] {
  const named = (name: string) => variables.find((each) => each.name === name);
  const sources = variables.filter(({ type }) => type === 'datasource');
  const datasource = named('datasource');
  return [
    ...found(sources.length > 1, 'lets one choose more than one source'),
    ...found(datasource?.type !== 'datasource' || datasource.query !== 'prometheus', 'has no variable datasource for Prometheus'),
    ...found(datasource !== undefined && datasource.label !== 'Data source', 'does not call its variable datasource "Data source"'),
    ...['job', 'instance'].flatMap((name) => ofChoice(name, named(name))),
    ...variables.filter(({ type }) => type === 'query').flatMap((each) => ofQueryVariable(each, panels)),
  ];
}

function ofChoice(name: string, variable: Variable | undefined): readonly string[] {
  if (variable?.type !== 'query') return [`has no variable ${name}`];
  const { label, multi, allValue, datasource } = variable;
  return [
    ...found(label !== `${name.charAt(0).toUpperCase()}${name.slice(1)}`, `does not call its variable ${name} so`),
    ...found(multi !== true || allValue !== '.+', `lets one choose one ${name} only; "all" is .+`),
    ...found(datasource?.uid !== source, `asks for ${name} somewhere else than the chosen source`),
  ];
}

/** Whatever else is chosen from. */
function ofQueryVariable({ name = '', refresh, query }: Variable, panels: readonly ClassicPanel[]): readonly string[] {
  const text = typeof query === 'string' ? query : ((query as { query?: string } | undefined)?.query ?? '');
  const isUsed = panels.some(({ targets = [] }) => targets.some(({ expr = '' }) => new RegExp(`\\$${name}\\b`).test(expr)));
  return [
    ...found(refresh !== 2, `does not ask anew for ${name} when the time range changes`),
    ...found(
      !/^label_values\([\w:]+(\{[^}]*\})?, \w+\)$/.test(text),
      `asks for ${name} with something else than label_values(metric, label)`,
    ),
    ...found(!isUsed, `lets one choose ${name}, and no query minds it`),
  ];
}

function ofPanel({ title, description, datasource, fieldConfig, targets = [] }: ClassicPanel): readonly string[] {
  const unit = fieldConfig?.defaults?.unit ?? '';
  const refIds = targets.map(({ refId }) => refId);
  return [
    ...found((title ?? '') === '', 'has no title'),
    ...found(!/\?/.test(description ?? ''), 'does not say which question it answers'),
    ...found(!units.includes(unit), `has the unit "${unit}"`),
    ...found(datasource?.uid !== source, 'shows another source than the chosen one'),
    ...found(targets.length === 0, 'asks nothing'),
    ...found(new Set(refIds).size < refIds.length || refIds.includes(undefined), 'has queries without a name of their own (refId)'),
    ...targets.flatMap(ofTarget),
  ];
}

function ofTarget({ expr = '', datasource }: ClassicTarget): readonly string[] {
  return [
    ...found(datasource?.uid !== source, 'asks another source than the chosen one'),
    ...found(expr.trim() === '', 'has an empty query'),
    ...selectorsIn(expr).flatMap((selector) => ofSelector(selector)),
    ...rateWindows(expr),
  ];
}

type Selector = { metric: string; matchers: string; before: string; after: string };

function ofSelector({ metric, matchers, before, after }: Selector): readonly string[] {
  const isRange = after.startsWith('[');
  return [
    ...found(!matchers.includes('job=~"$job"'), `${metric} is not of the chosen job`),
    ...found(!matchers.includes('instance=~"$instance"'), `${metric} is not of the chosen instance`),
    ...found(
      /_(total|count|sum|bucket)$/.test(metric) && !(isRange && /\b(rate|irate|increase)\($/.test(before)),
      `${metric} counts, and is shown without rate or increase`,
    ),
    ...found(metric.endsWith('_bucket') && !isInside(before, 'histogram_quantile('), `${metric} is no argument of histogram_quantile`),
  ];
}

/** Whether a call that begins in what stands before has not been closed there. */
function isInside(before: string, call: string): boolean {
  const from = before.lastIndexOf(call);
  if (from < 0) return false;
  const brackets = before.slice(from).replace(/"(\\.|[^"\\])*"/g, '');
  return [...brackets].filter((each) => each === '(').length > [...brackets].filter((each) => each === ')').length;
}

/** The interval of a rate is Grafana's to choose, by the scrape interval; other functions may look at the whole range that is shown. */
function rateWindows(expr: string): readonly string[] {
  const windows = [...expr.matchAll(/(\w+)\([^()]*\[([^\]]+)\]/g)].map((match) => ({
    call: match[1] as string,
    window: match[2] as string,
  }));
  return windows.flatMap(({ call, window }) =>
    found(window !== '$__rate_interval' && (/rate$/.test(call) || window !== '$__range'), `${call} looks back ${window}`),
  );
}

const notMetrics = new Set(['and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan']);

/** Every metric of an expression with its matchers and what stands around it: names that no bracket follows are metrics, too. */
export function selectorsIn(expr: string): readonly Selector[] {
  // Same length, so that places stay: label lists and texts name no metrics.
  const blank = (text: string) => ' '.repeat(text.length);
  const outside = expr
    .replace(/"(\\.|[^"\\])*"/g, blank)
    .replace(/\{[^}]*\}/g, blank)
    .replace(/\[[^\]]*\]/g, blank)
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, blank)
    .replace(/\$\w+/g, blank);
  return [...outside.matchAll(/[a-zA-Z_:][\w:]*/g)].flatMap((match) => {
    const metric = match[0];
    const end = match.index + metric.length;
    if (notMetrics.has(metric.toLowerCase()) || /^\s*\(/.test(outside.slice(end))) return [];
    const matchers = /^\{[^}]*\}/.exec(expr.slice(end))?.[0] ?? '';
    return [{ metric, matchers, before: expr.slice(0, match.index), after: expr.slice(end + matchers.length) }];
  });
}

/** Panels stand in lines of 24 columns; a gap in the middle of the page looks like one that failed. */
function widths(panels: readonly ClassicPanel[]): readonly string[] {
  let sum = 0;
  const gaps: string[] = [];
  for (const { type, gridPos, title } of [...panels, { type: 'row', title: 'the end' } as ClassicPanel]) {
    if (type === 'row' && sum % 24 !== 0) gaps.push(`the line before "${title}" is not full`);
    sum = type === 'row' ? 0 : sum + (gridPos?.w ?? 0);
  }
  return gaps;
}

function found(isBreach: boolean, what: string): readonly string[] {
  return isBreach ? [what] : [];
}
