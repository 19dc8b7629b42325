import { describe, expect, test } from 'vitest';
import { sumOf } from './metrics-text.ts';

const text = `# HELP treasure_requests_total Requests; treasure_requests_total 99
# TYPE treasure_requests_total counter
treasure_requests_total{operation="search",outcome="ok"} 40
treasure_requests_total{operation="search",outcome="empty"} 2
treasure_requests_total{operation="biome",outcome="ok"} 7 1700000000000
treasure_requests_total_created 5
# TYPE treasure_redis_auth_refused_total counter
treasure_redis_up 1
treasure_gc_share_worst_second 0.25
treasure_strange{note="a \\"quoted\\" } brace",stop="a"} 1e3
treasure_nothing NaN`;

describe('metrics text', () => {
  test('samples whose labels all match are summed', () => {
    expect(sumOf(text, 'treasure_requests_total', {})).toBe(49);
    expect(sumOf(text, 'treasure_requests_total', { operation: 'search' })).toBe(42);
    expect(sumOf(text, 'treasure_requests_total', { outcome: 'ok', operation: 'search' })).toBe(40);
    expect(sumOf(text, 'treasure_gc_share_worst_second', {})).toBe(0.25);
  });

  test('a metric that is declared without a sample is 0, an unknown one is no number', () => {
    expect(sumOf(text, 'treasure_redis_auth_refused_total', {})).toBe(0);
    expect(sumOf(text, 'treasure_requests_total', { operation: 'spawns' })).toBe(0);
    expect(sumOf(text, 'treasure_requests', {})).toBeNull();
    expect(sumOf('', 'treasure_requests_total', {})).toBeNull();
  });

  test('labels match as a whole, with quotes and braces in them', () => {
    expect(sumOf(text, 'treasure_strange', { op: 'a' })).toBe(0);
    expect(sumOf(text, 'treasure_strange', { stop: 'a' })).toBe(1000);
    expect(sumOf(text, 'treasure_strange', { note: 'a "quoted" } brace' })).toBe(1000);
  });

  test('what is no number counts for nothing', () => {
    expect(sumOf(text, 'treasure_nothing', {})).toBe(0);
  });
});
