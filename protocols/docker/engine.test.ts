import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publishedAt } from './answers.ts';
import { type Engine, EngineError, engineAt } from './engine.ts';
import { engineAddress } from './engine-address.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('the client of the Docker engine', () => {
  let folder = '';
  let server: Server;
  let engine: Engine;
  let asked: string[] = [];
  let answers: { [path: string]: Answer } = {};
  let minimum = '1.12';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ls-engine-'));
    asked = [];
    answers = {};
    minimum = '1.12';
    server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(`${request.method} ${path}`);
      if (path === '/version') return void response.end(JSON.stringify({ Version: '29.0.0', MinAPIVersion: minimum }));
      const answer = Object.entries(answers).find(([part]) => path.includes(part))?.[1];
      if (answer !== undefined) return answer(request, response);
      response.statusCode = 404;
      response.end(JSON.stringify({ message: 'No such container: x' }));
    });
    await new Promise<void>((resolve) => server.listen(join(folder, 'docker.sock'), resolve));
    engine = engineAt(`unix://${join(folder, 'docker.sock')}`);
  });
  afterEach(async () => {
    await engine.close();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  const json =
    (value: unknown): Answer =>
    (_request, response) =>
      void response.end(JSON.stringify(value));

  test('speaks 1.41, and the oldest version of an engine that has given that up', async () => {
    answers = { '/containers/json': json([]) };
    await engine.containers('a=b');
    expect(asked.at(-1)).toContain('GET /v1.41/containers/json?');
    minimum = '1.44';
    const newer = engineAt(engine.address);
    await newer.containers('a=b');
    await newer.close();
    expect(asked.at(-1)).toContain('GET /v1.44/containers/json?');
    expect(new URL(`http://x${asked.at(-1)?.slice(4)}`).searchParams.get('filters')).toBe('{"label":["a=b"]}');
  });

  test('no such container is null, another refusal is an error with the engine’s words, and an answer of another shape is refused', async () => {
    expect(await engine.inspect('x')).toBeNull();
    answers = {
      '/x/start': (_request, response) => {
        response.statusCode = 500;
        response.end('{"message":"driver failed"}');
      },
      '/y/json': json({ Id: 'y' }),
    };
    await expect(engine.start('x')).rejects.toThrow(new EngineError(500, 'driver failed'));
    await expect(engine.inspect('y')).rejects.toThrow('State');
  });

  test('events are heard one by one, however they are cut', async () => {
    const lines = [1, 2]
      .map((n) => `${JSON.stringify({ Action: 'die', id: `c${n}`, Actor: { Attributes: { exitCode: '137' } } })}\n`)
      .join('');
    answers = {
      '/events': (_request, response) => {
        response.write(lines.slice(0, 30));
        setTimeout(() => response.end(lines.slice(30)), 5);
      },
    };
    const heard: string[] = [];
    await engine.events('a=b', ({ id, Action }) => heard.push(`${Action} ${id}`), new AbortController().signal);
    expect(heard).toEqual(['die c1', 'die c2']);
  });

  test('everything with a label is removed, and what somebody else removed meanwhile is no error', async () => {
    answers = {
      '/containers/json': json([{ Id: 'c1' }, { Id: 'c2' }]),
      '/networks?': json([{ Id: 'n1', Name: 'net' }]),
      '/volumes?': json({ Volumes: [{ Name: 'vol' }] }),
      '/volumes/vol': (_request, response) => void response.writeHead(204).end(),
    };
    expect(await engine.removeAll('a=b')).toBe(2);
    expect(asked.filter((line) => line.startsWith('DELETE')).map((line) => line.split('?')[0])).toEqual(
      expect.arrayContaining([
        'DELETE /v1.41/containers/c1',
        'DELETE /v1.41/containers/c2',
        'DELETE /v1.41/networks/n1',
        'DELETE /v1.41/volumes/vol',
      ]),
    );
  });

  test('nobody there is no version', async () => {
    const nobody = engineAt(`unix://${join(folder, 'nobody.sock')}`);
    expect(await nobody.version()).toBeNull();
    await nobody.close();
  });
});

describe('DOCKER_HOST', () => {
  test.each([
    [undefined, 'unix:///var/run/docker.sock'],
    ['', 'unix:///var/run/docker.sock'],
    ['unix:///run/user/1000/docker.sock', 'unix:///run/user/1000/docker.sock'],
    ['tcp://127.0.0.1:2375/', 'tcp://127.0.0.1:2375'],
  ])('%s means %s', (given, address) => {
    expect(engineAddress({ DOCKER_HOST: given })).toEqual({ ok: true, value: address });
  });

  test.each(['tcp://10.0.0.7:2375', 'ssh://staging', 'tcp://127.0.0.1.example.com:2375', 'unix://'])(
    '%s is no engine of this machine',
    (given) => {
      expect(engineAddress({ DOCKER_HOST: given })).toMatchObject({ ok: false, problems: [{ place: 'DOCKER_HOST' }] });
    },
  );
});

test('a published port is the one on this machine', () => {
  const container = (bindings: { HostIp: string; HostPort: string }[] | null) => ({
    Id: 'c',
    Name: '/c',
    RestartCount: 0,
    State: { Status: 'running', Running: true, Pid: 1, ExitCode: 0, OOMKilled: false, StartedAt: '' },
    Config: { Labels: null, Image: '' },
    NetworkSettings: { Ports: { '8080/tcp': bindings } },
  });
  expect(publishedAt(container([{ HostIp: '127.0.0.1', HostPort: '32768' }]), 8080)).toBe('127.0.0.1:32768');
  expect(
    publishedAt(
      container([
        { HostIp: '::', HostPort: '1' },
        { HostIp: '0.0.0.0', HostPort: '2' },
      ]),
      8080,
    ),
  ).toBe('127.0.0.1:2');
  expect(publishedAt(container(null), 8080)).toBeNull();
  expect(publishedAt(container([]), 6379)).toBeNull();
});
