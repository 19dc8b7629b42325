import type { Dashboard, Row } from './panel.ts';
import { of, quantileOf, rateOf, sumBy } from './promql.ts';

const fromPlayers = 'operation=~"search|spawns|biome"';
const hits = 'result=~"hit|stale|negative"';

const whoAnswers: Row = {
  title: 'Is it the environment that we think it is?',
  panels: [
    {
      title: 'Environment and configuration',
      asks: 'Which environment does each pod say it is, and which configuration does it have? One hash where all are configured alike.',
      unit: 'string',
      shape: 'table',
      width: 12,
      queries: [{ legend: '', promql: `max by (job, instance, environment, config_hash) (${of('treasure_info')})` }],
    },
    {
      title: 'Environments',
      asks: 'Do all of them say the same environment? More than one means that figures of another one are mixed in.',
      unit: 'short',
      shape: 'figure',
      width: 4,
      limits: { warn: 2, bad: 2 },
      queries: [{ legend: 'environments', promql: `count(count by (environment) (${of('treasure_info')}))` }],
    },
    {
      title: 'Configurations',
      asks: 'Are all pods configured alike? More than one hash is drift.',
      unit: 'short',
      shape: 'figure',
      width: 4,
      limits: { warn: 2, bad: 2 },
      queries: [{ legend: 'hashes', promql: `count(count by (config_hash) (${of('treasure_info')}))` }],
    },
    {
      title: 'Restarts in the time shown',
      asks: 'How often did processes begin anew? Their counters begin at 0 again, and their caches are cold.',
      unit: 'short',
      shape: 'figure',
      width: 4,
      limits: { warn: 1, bad: 5 },
      queries: [{ legend: 'restarts', promql: `sum(changes(${of('process_start_time_seconds')}[$__range]))` }],
    },
  ],
};

const linkByLink: Row = {
  title: 'Link by link: sidecar, cache, Redis, main process',
  panels: [
    {
      title: 'Requests per second by link',
      asks: 'How many requests come to each link, and how many does the link before it keep away?',
      unit: 'reqps',
      shape: 'lines',
      width: 12,
      queries: [
        { legend: '{{job}} asked by players', promql: sumBy('job', rateOf('treasure_requests_total', fromPlayers)) },
        { legend: '{{job}} looks into its own cache', promql: sumBy('job', rateOf('treasure_cache_lookups_total', 'level="process"')) },
        { legend: '{{job}} asks Redis', promql: sumBy('job', rateOf('treasure_redis_read_seconds_count')) },
        { legend: '{{job}} asks the main process', promql: sumBy('job', rateOf('treasure_upstream_requests_total')) },
      ],
    },
    {
      title: 'Time p99 by link',
      asks: 'Which link makes players wait?',
      unit: 's',
      shape: 'lines',
      width: 12,
      queries: [
        { legend: '{{job}} answers', promql: quantileOf(0.99, 'treasure_request_seconds', 'job', fromPlayers) },
        { legend: '{{job}} waits for Redis', promql: quantileOf(0.99, 'treasure_redis_read_seconds', 'job') },
        { legend: '{{job}} waits for the main process', promql: quantileOf(0.99, 'treasure_upstream_request_seconds', 'job') },
      ],
    },
    {
      title: 'Time p99 by operation',
      asks: 'Which operation is slow? The one that was taken for a leaf may be the hot path.',
      unit: 's',
      shape: 'lines',
      width: 8,
      queries: [{ legend: '{{job}} {{operation}}', promql: quantileOf(0.99, 'treasure_request_seconds', 'job, operation', fromPlayers) }],
    },
    {
      title: 'Answers of no use, per second',
      asks: 'How many answers were empty, refused or failed, by operation?',
      unit: 'reqps',
      shape: 'lines',
      width: 8,
      queries: [
        {
          legend: '{{job}} {{operation}} {{outcome}}',
          promql: sumBy('job, operation, outcome', rateOf('treasure_requests_total', fromPlayers, 'outcome!="ok"')),
        },
      ],
    },
    {
      title: 'What came of asking the main process, per second',
      asks: 'Does the main process answer its sidecar, and in time?',
      unit: 'reqps',
      shape: 'stacked',
      width: 8,
      queries: [{ legend: '{{outcome}}', promql: sumBy('outcome', rateOf('treasure_upstream_requests_total')) }],
    },
  ],
};

const caches: Row = {
  title: 'Caches and Redis',
  panels: [
    {
      title: 'Hit ratio by level',
      asks: 'How much does each level of the cache keep away from the next one?',
      unit: 'percentunit',
      shape: 'lines',
      width: 12,
      queries: [
        {
          legend: '{{job}} {{level}}',
          promql: `${sumBy('job, level', rateOf('treasure_cache_lookups_total', hits))} / ${sumBy('job, level', rateOf('treasure_cache_lookups_total'))}`,
        },
      ],
    },
    {
      title: 'Lookups per second by result',
      asks: 'What does each level answer, and when does it begin to be passed by?',
      unit: 'reqps',
      shape: 'stacked',
      width: 12,
      queries: [{ legend: '{{level}} {{result}}', promql: sumBy('level, result', rateOf('treasure_cache_lookups_total')) }],
    },
    {
      title: 'Refused by Redis, per second',
      asks: 'Does Redis refuse our password? Nobody else says so: the service goes on without it, or hangs.',
      unit: 'reqps',
      shape: 'lines',
      width: 8,
      queries: [{ legend: '{{job}} {{instance}}', promql: sumBy('job, instance', rateOf('treasure_redis_auth_refused_total')) }],
    },
    {
      title: 'Errors on Redis, per second',
      asks: 'Why is Redis of no use: refused, too slow, gone?',
      unit: 'reqps',
      shape: 'stacked',
      width: 8,
      queries: [{ legend: '{{reason}}', promql: sumBy('reason', rateOf('treasure_redis_errors_total')) }],
    },
    {
      title: 'Redis answers',
      asks: 'Which pod has a second cache level to ask just now?',
      unit: 'none',
      shape: 'states',
      width: 8,
      queries: [{ legend: '{{job}} {{instance}}', promql: `max by (job, instance) (${of('treasure_redis_up')})` }],
    },
  ],
};

const runtime: Row = {
  title: 'Memory and garbage collection',
  panels: [
    {
      title: 'Share of time in garbage collection',
      asks: 'How much of its time does each process spend collecting garbage instead of answering?',
      unit: 'percentunit',
      shape: 'lines',
      width: 12,
      queries: [{ legend: '{{job}} {{instance}}', promql: sumBy('job, instance', rateOf('treasure_gc_seconds_total')) }],
    },
    {
      title: 'Seconds under pressure',
      asks: 'How many seconds of the time shown went to garbage collection by more than half, and by more than nine tenths?',
      unit: 's',
      shape: 'lines',
      width: 12,
      queries: [
        {
          legend: '{{instance}} above {{above}}',
          promql: `sum by (instance, above) (increase(${of('treasure_gc_pressed_seconds_total')}[$__range]))`,
        },
      ],
    },
    {
      title: 'Heap in use',
      asks: 'Does the heap grow and never come back?',
      unit: 'bytes',
      shape: 'lines',
      width: 8,
      queries: [{ legend: '{{job}} {{instance}}', promql: sumBy('job, instance', of('nodejs_heap_size_used_bytes')) }],
    },
    {
      title: 'Resident memory',
      asks: 'How near is each process to its memory limit?',
      unit: 'bytes',
      shape: 'lines',
      width: 8,
      queries: [{ legend: '{{job}} {{instance}}', promql: sumBy('job, instance', of('process_resident_memory_bytes')) }],
    },
    {
      title: 'Processor cores',
      asks: 'Which process has no time left to answer in?',
      unit: 'none',
      shape: 'lines',
      width: 8,
      queries: [{ legend: '{{job}} {{instance}}', promql: sumBy('job, instance', rateOf('process_cpu_seconds_total')) }],
    },
  ],
};

export const treasureService: Dashboard = {
  uid: 'launchstorm-treasure-service',
  title: 'Treasure service',
  about: 'What the service and its sidecars say of themselves, link by link, and whether they are who we think they are.',
  identity: 'treasure_info',
  rows: [whoAnswers, linkByLink, caches, runtime],
};
