import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Step } from './fault.ts';
import { createMemorySecrets } from './secrets.ts';
import { createStepRunner } from './step-runner.ts';

type Fake = { status: string };

/** An engine that knows some containers; a started one answers at once. */
describe('start-containers, from the journal alone', () => {
  let folder = '';
  let pod: Server;
  let engine: Server;
  let containers: { [id: string]: Fake } = {};
  let started: string[] = [];
  let ready = true;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ls-steps-'));
    containers = {};
    started = [];
    ready = true;
    pod = createServer((_request, response) => void response.writeHead(ready ? 200 : 503).end());
    await new Promise<void>((resolve) => pod.listen(0, '127.0.0.1', resolve));
    engine = createServer((request, response) => {
      const [, id = '', what] = /containers\/(\w+)\/(\w+)/.exec(request.url ?? '') ?? [];
      if (request.url === '/version') return void response.end(JSON.stringify({ Version: '20.10', MinAPIVersion: '1.12' }));
      const container = containers[id];
      if (container === undefined) return void response.writeHead(404).end('{"message":"No such container"}');
      if (what === 'start') {
        started.push(id);
        container.status = 'running';
      }
      response.end(JSON.stringify(inspected(id, container)));
    });
    await new Promise<void>((resolve) => engine.listen(join(folder, 'docker.sock'), resolve));
  });
  afterEach(async () => {
    for (const server of [pod, engine]) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true });
  });

  function inspected(id: string, { status }: Fake): unknown {
    const isUp = status === 'running';
    const { port } = pod.address() as AddressInfo;
    return {
      Id: id,
      Name: `/${id}`,
      RestartCount: 0,
      State: { Status: status, Running: isUp, Pid: isUp ? 1 : 0, ExitCode: 137, OOMKilled: false, StartedAt: '' },
      Config: { Labels: null, Image: '' },
      NetworkSettings: { Ports: isUp ? { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] } : {} },
    };
  }

  const run = (owned: boolean, withinMs = 2_000) => {
    const ids = { 'pod-1': 'a', 'pod-2': 'b' };
    const step: Step = {
      do: 'start-containers',
      containers: { engine: `unix://${join(folder, 'docker.sock')}`, port: 8080, ids },
      withinMs,
      owned,
    };
    return createStepRunner(null, createMemorySecrets()).run(step);
  };

  test('starts what is down, leaves alone what runs, and has seen both answer', async () => {
    containers = { a: { status: 'exited' }, b: { status: 'running' } };
    expect(await run(false)).toMatchObject({ kind: 'done', evidence: expect.stringMatching(/pod-1: .* started .*pod-2: .* runs/) });
    expect(started).toEqual(['a']);
  });

  test('leaves it to a restart policy that is at work', async () => {
    containers = { a: { status: 'restarting' }, b: { status: 'running' } };
    setTimeout(() => {
      containers['a'] = { status: 'running' };
    }, 80);
    expect(await run(false)).toMatchObject({ kind: 'done' });
    expect(started).toEqual([]);
  });

  test('running is not enough: who does not answer is not back', async () => {
    containers = { a: { status: 'running' }, b: { status: 'running' } };
    ready = false;
    expect(await run(false, 150)).toMatchObject({ kind: 'failed', why: expect.stringContaining('pod-1, pod-2') });
  });

  test('containers that somebody removed are a conflict, and those of a run that is gone are as they should be', async () => {
    containers = { a: { status: 'running' } };
    expect(await run(false)).toMatchObject({ kind: 'conflict', why: expect.stringContaining('pod-2') });
    expect(await run(true)).toMatchObject({ kind: 'done', evidence: expect.stringContaining('pod-2: removed with its run') });
  });

  test('an engine that is not there is a failure, so that somebody tries again', async () => {
    engine.closeAllConnections();
    await new Promise((resolve) => engine.close(resolve));
    expect((await run(false)).kind).toBe('failed');
  });
});
