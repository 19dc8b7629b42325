// @ts-check
/**
 * Draws the charts of the page. Runs in the browser, embedded as it stands: no imports, no network. Everything it draws was worked
 * out by chart-data.ts and stands in the page as JSON.
 * @typedef {import('./chart-data.ts').ChartData} ChartData
 * @typedef {import('./chart-data.ts').Chart} Chart
 * @typedef {import('./chart-data.ts').Series} Series
 * @typedef {{ charts: Map<string, uPlot>, logarithmic: Set<string> }} Board
 */

const chartHeight = 168;
/** The same room beside every plot, so that one moment stands in one column. */
const leftAxisPx = 58;
const rightAxisPx = 34;

/** @param {ChartData} data @param {HTMLElement} host */
function drawCharts(data, host) {
  /** @type {Board} */
  const board = { charts: new Map(), logarithmic: new Set(data.charts.filter(({ scale }) => scale === 'logarithmic').map(({ id }) => id)) };
  for (const chart of data.charts) frameOf(chart, data, board, host);
  const redraw = () => {
    for (const chart of data.charts) drawChart(chart, data, board);
  };
  redraw();
  // A canvas does not follow style sheets: colours and width are read again. On paper everything is dark on light.
  matchMedia('screen and (prefers-color-scheme: dark)').addEventListener('change', redraw);
  const fit = () => {
    for (const [id, drawn] of board.charts) drawn.setSize({ width: widthOf(id), height: chartHeight });
  };
  // One frame later: a size that changes while sizes are being observed is reported as an error.
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(host);
}

/** @param {Chart} chart @param {ChartData} data @param {Board} board @param {HTMLElement} host */
function frameOf(chart, data, board, host) {
  const figure = document.createElement('figure');
  const title = document.createElement('figcaption');
  title.textContent = `${chart.title} (${chart.unit})`;
  const plot = document.createElement('div');
  plot.id = `chart-${chart.id}`;
  plot.className = 'plot';
  plot.tabIndex = 0;
  plot.setAttribute('role', 'img');
  plot.setAttribute(
    'aria-label',
    `${chart.title}; arrow keys move the cursor, Escape shows the whole run. The tables below hold the figures.`,
  );
  plot.addEventListener('keydown', (event) => steer(event, chart, board));
  if (chart.scale !== null) title.append(scaleButton(chart, data, board));
  figure.append(title, plot);
  host.append(figure);
}

/** @param {Chart} chart @param {ChartData} data @param {Board} board */
function scaleButton(chart, data, board) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'log scale';
  button.setAttribute('aria-pressed', String(board.logarithmic.has(chart.id)));
  button.addEventListener('click', () => {
    const pressed = !board.logarithmic.has(chart.id);
    if (pressed) board.logarithmic.add(chart.id);
    else board.logarithmic.delete(chart.id);
    button.setAttribute('aria-pressed', String(pressed));
    drawChart(chart, data, board);
  });
  return button;
}

/** @param {Chart} chart @param {ChartData} data @param {Board} board */
function drawChart(chart, data, board) {
  board.charts.get(chart.id)?.destroy();
  const plot = /** @type {HTMLElement} */ (document.getElementById(`chart-${chart.id}`));
  // A point stands at its end: drawn at its start, an effect would rise before its cause.
  const columns = [data.toSeconds, ...chart.series.map((series) => series.values)];
  board.charts.set(chart.id, new uPlot(optionsOf(chart, data, board), /** @type {uPlot.AlignedData} */ (columns), plot));
  if (chart.series.length === 0) plot.dataset['empty'] = 'none';
}

/** @param {Chart} chart @param {ChartData} data @param {Board} board @returns {uPlot.Options} */
function optionsOf(chart, data, board) {
  const logarithmic = board.logarithmic.has(chart.id);
  const hasRight = chart.series.some((series) => series.right);
  return {
    width: widthOf(chart.id),
    height: chartHeight,
    padding: [8, hasRight ? 0 : rightAxisPx, 0, 0],
    cursor: { sync: { key: 'run', setSeries: false }, points: { size: 6 }, y: false },
    legend: { live: true, markers: { dash: (plot, index) => (plot.series[index]?.dash === undefined ? 'solid' : 'dashed') } },
    scales: {
      x: { time: false, range: (_plot, from, to) => wholeOr(data, from, to) },
      y: logarithmic ? { distr: 3 } : { range: (_plot, _low, high) => [0, Math.max(high ?? 0, 1) * 1.25] },
      right: { range: (_plot, _low, high) => [0, Math.max(high ?? 0, 1) + 1] },
    },
    axes: [timeAxis(), valueAxis(3, 'y', leftAxisPx), ...(hasRight ? [valueAxis(1, 'right', rightAxisPx)] : [])],
    series: [
      { label: 'time', value: (_plot, _value, _series, index) => (index === null ? '–' : spanAt(data, index)) },
      ...chart.series.map((series) => seriesOf(series, chart, data)),
    ],
    hooks: { drawAxes: [(plot) => tint(plot, chart, data)], ready: [focusLegend] },
  };
}

/**
 * The whole run begins where its first point does.
 * @param {ChartData} data @param {number} from @param {number} to @returns {uPlot.Range.MinMax}
 */
function wholeOr(data, from, to) {
  const first = from === data.toSeconds[0] ? (data.fromSeconds[0] ?? from) : from;
  return [first, Math.max(to, first + 1)];
}

/** @param {Series} series @param {Chart} chart @param {ChartData} data @returns {uPlot.Series} */
function seriesOf(series, chart, data) {
  return {
    label: series.label,
    scale: series.right ? 'right' : 'y',
    stroke: colour(`tone-${series.tone}`),
    width: 1.5,
    ...(series.dashed ? { dash: [5, 4] } : {}),
    ...(series.stepped && uPlot.paths.stepped ? { paths: uPlot.paths.stepped({ align: -1 }) } : {}),
    points: { show: series.values.length < 3 },
    value: (_plot, value, _series, index) => readout({ series, chart, data }, value, index ?? null),
  };
}

/**
 * What the legend says of a point: a rate per player too, a percentile with its count.
 * @param {{ series: Series, chart: Chart, data: ChartData }} line @param {number | null} value @param {number | null} index
 */
function readout({ series, chart, data }, value, index) {
  if (value === null || value === undefined || index === null) return '–';
  if (series.perPlayer) return `${value.toFixed(1)}/s (${perPlayer(value, data.players[index] ?? 0)})`;
  const samples = series.counts?.[index] ?? null;
  if (samples !== null) return `${value.toFixed(1)} ${chart.unit} (${samples} samples)`;
  return series.counts === null ? String(value) : `${value.toFixed(1)} ${chart.unit}`;
}

/** @param {number} perSecond @param {number} players */
function perPlayer(perSecond, players) {
  return players > 0 ? `${(perSecond / players).toFixed(2)} per player of ${players}` : 'no players';
}

/**
 * Tints the windows of faults and recoveries under the lines, on whole pixels: however short one is, its edge shows.
 * @param {uPlot} plot @param {Chart} chart @param {ChartData} data
 */
function tint(plot, chart, data) {
  const { ctx, bbox } = plot;
  const isFirst = data.charts[0]?.id === chart.id;
  const pixelOf = (/** @type {number} */ second) => Math.round(plot.valToPos(second, 'x', true));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  let takenUntil = bbox.left;
  for (const shade of data.shades) {
    const from = pixelOf(shade.fromSeconds);
    ctx.fillStyle = colour(`shade-${shade.kind}`);
    ctx.fillRect(from, bbox.top, pixelOf(shade.toSeconds) - from, bbox.height);
    ctx.fillStyle = colour(`edge-${shade.kind}`);
    ctx.fillRect(from, bbox.top, devicePixelRatio, bbox.height);
    if (isFirst && from >= takenUntil) takenUntil = label(plot, shade.label, from);
  }
  ctx.restore();
}

/**
 * The name of a window; in a long run it may run on over what follows, which then goes without.
 * @param {uPlot} plot @param {string} text @param {number} from @returns {number} where it ends
 */
function label({ ctx, bbox }, text, from) {
  const margin = 4 * devicePixelRatio;
  ctx.font = `${11 * devicePixelRatio}px ${fontFamily()}`;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  ctx.fillStyle = colour('muted');
  const end = from + ctx.measureText(text).width + 2 * margin;
  if (end > bbox.left + bbox.width) return from;
  ctx.fillText(text, from + margin, bbox.top + margin);
  return end;
}

/** @returns {uPlot.Axis} */
function timeAxis() {
  return { ...axisLook(), size: 24, values: (_plot, ticks) => ticks.map(minutes) };
}

/** @param {1 | 3} side @param {string} scale @param {number} size @returns {uPlot.Axis} */
function valueAxis(side, scale, size) {
  const look = axisLook();
  return {
    ...look,
    side,
    scale,
    size,
    space: 28,
    grid: { ...look.grid, show: side === 3 },
    values: (_plot, ticks) => ticks.map(axisValue),
  };
}

function axisLook() {
  const line = { stroke: colour('grid'), width: 1 };
  return { stroke: colour('muted'), font: `11px ${fontFamily()}`, gap: 4, grid: line, ticks: { ...line, size: 4 } };
}

/** @param {number | null} value */
function axisValue(value) {
  if (value === null) return '';
  return value >= 10_000 ? `${value / 1000}k` : String(Number(value.toPrecision(4)));
}

/** `1:05`. @param {number} seconds */
function minutes(seconds) {
  const whole = Math.floor(seconds);
  const rest = Math.round((seconds - whole) * 10) / 10;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}${rest > 0 ? String(rest).slice(1) : ''}`;
}

/** @param {ChartData} data @param {number} index */
function spanAt(data, index) {
  return `${minutes(data.fromSeconds[index] ?? 0)} – ${minutes(data.toSeconds[index] ?? 0)}`;
}

/**
 * Arrow keys move the cursor of all charts, Escape shows the whole run again.
 * @param {KeyboardEvent} event @param {Chart} chart @param {Board} board
 */
function steer(event, chart, board) {
  const drawn = board.charts.get(chart.id);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (drawn === undefined || event.target !== event.currentTarget) return;
  if (event.key === 'Escape') for (const each of board.charts.values()) each.setData(each.data, true);
  if (step === undefined) return;
  event.preventDefault();
  const at = Math.min(Math.max((drawn.cursor.idx ?? -1) + step, 0), drawn.data[0].length - 1);
  const left = drawn.valToPos(drawn.data[0][at] ?? 0, 'x');
  for (const each of board.charts.values()) each.setCursor({ left, top: 0 });
}

/** The library's legend takes clicks only. @param {uPlot} plot */
function focusLegend(plot) {
  for (const head of plot.root.querySelectorAll('.u-legend .u-series:not(:first-child) th')) {
    const button = /** @type {HTMLElement} */ (head);
    button.tabIndex = 0;
    button.title = 'show or hide this line';
    button.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      button.click();
    });
  }
}

/** @param {string} id */
function widthOf(id) {
  return Math.max(240, document.getElementById(`chart-${id}`)?.clientWidth ?? 0);
}

/** A custom property of the page. @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function fontFamily() {
  return getComputedStyle(document.body).fontFamily;
}

const chartHost = document.getElementById('charts');
const chartJson = document.getElementById('chart-data')?.textContent;
if (chartHost !== null && chartJson) drawCharts(JSON.parse(chartJson), chartHost);
