import type { CacheRef, Login, SecretRef, Step, StepOutcome, Word } from './fault.ts';
import { differingUsers, lineOf, type TakeBack, takeBack } from './faults/acl-lines.ts';
import { askAsAny, type RedisAnswer } from './redis-admin.ts';
import type { SecretStore } from './secrets.ts';

export type RedisStep = Extract<Step, { cache: CacheRef }>;

/** What redis steps need to know: secrets, and whether the run that owned its cache is gone. */
export type RedisContext = { secrets: SecretStore; ownerGone: boolean };

/** Says the reason of a step that could not be done; caught at this file's only door. */
class StepFailed extends Error {}

class CommandRefused extends StepFailed {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A cache that the run started itself has nothing left to restore once it is gone. */
class CacheUnreachable extends StepFailed {}

/** Does one step on a cache server. Never rejects; no outcome holds a secret. */
export async function runRedisStep(step: RedisStep, context: RedisContext): Promise<StepOutcome> {
  try {
    return await outcomeOf(step, bind(step, context));
  } catch (error) {
    if (error instanceof CacheUnreachable && step.cache.owned && context.ownerGone) {
      return { kind: 'done', evidence: `the cache at ${step.cache.address} is gone with the run that started it` };
    }
    return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

/** One step's server, asked as one of its users. */
type Server = {
  address: string;
  ask(...command: string[]): Promise<unknown>;
  aclList(): Promise<string>;
  secret(ref: SecretRef): string;
};

function outcomeOf(step: RedisStep, server: Server): Promise<StepOutcome> {
  switch (step.do) {
    case 'redis':
      return command(step.command, server);
    case 'restore-acl':
      return restore(step, server);
    case 'drop-lifeline':
      return dropLifeline(step, server);
    case 'compare-acl':
      return compare(server.secret(step.saved), server);
    case 'log-in':
      return logIn(server);
  }
}

async function command(words: readonly Word[], server: Server): Promise<StepOutcome> {
  const answer = await server.ask(...words.map((word) => (typeof word === 'string' ? word : server.secret(word))));
  return { kind: 'done', evidence: `${words.map(wordText).join(' ')}: ${String(answer)}` };
}

async function restore(step: Extract<Step, { do: 'restore-acl' }>, server: Server): Promise<StepOutcome> {
  const saved = lineOf(server.secret(step.saved), step.user);
  if (saved === null) return { kind: 'failed', why: `the saved list holds no user ${step.user}` };
  const look = async (): Promise<TakeBack> => takeBack(lineOf(await server.aclList(), step.user), saved, server.secret(step.ours));
  const found = await look();
  if (found.kind === 'as-saved') return { kind: 'done', evidence: `user ${step.user} is as it was` };
  if (found.kind === 'foreign') return { kind: 'conflict', why: `user ${step.user} of ${server.address}: ${found.why}` };
  await server.ask('ACL', 'SETUSER', step.user, ...found.rules);
  const left = await look();
  if (left.kind === 'as-saved') return { kind: 'done', evidence: `user ${step.user} restored and read back, byte for byte` };
  if (left.kind === 'ours') return { kind: 'failed', why: `user ${step.user} still has our password` };
  return {
    kind: 'conflict',
    why: `user ${step.user} of ${server.address}: our password is taken out again, but somebody else changed the user as well`,
  };
}

async function dropLifeline(step: Extract<Step, { do: 'drop-lifeline' }>, server: Server): Promise<StepOutcome> {
  const list = await server.aclList();
  if (lineOf(list, step.user)?.includes(server.secret(step.ours))) {
    return { kind: 'failed', why: `${step.lifeline} is kept: user ${step.user} still has our password` };
  }
  if (lineOf(list, step.lifeline) === null) return { kind: 'done', evidence: `there is no user ${step.lifeline}` };
  await server.ask('ACL', 'DELUSER', step.lifeline);
  return { kind: 'done', evidence: `user ${step.lifeline} deleted` };
}

async function compare(saved: string, server: Server): Promise<StepOutcome> {
  const differing = differingUsers(await server.aclList(), saved);
  if (differing.length === 0) return { kind: 'done', evidence: 'ACL LIST equals what was saved, byte for byte' };
  return { kind: 'conflict', why: `ACL LIST of ${server.address} differs from what was saved in: ${differing.join(', ')}` };
}

/** PING itself may be forbidden to this user: then too it has been let in. */
async function logIn(server: Server): Promise<StepOutcome> {
  await server.ask('PING').catch((error: unknown) => {
    if (!(error instanceof CommandRefused) || error.code !== 'NOPERM') throw error;
  });
  return { kind: 'done', evidence: 'a fresh connection with the saved password is let in' };
}

function bind({ cache, as }: RedisStep, { secrets }: RedisContext): Server {
  const logins = as.map((name) => secrets.login(name)).filter((login): login is Login => login !== null);
  const ask = async (...words: string[]) => valueOf(cache, words.slice(0, 2).join(' '), await askAsAny(cache.address, logins, words));
  return {
    address: cache.address,
    ask,
    aclList: async () => ((await ask('ACL', 'LIST')) as string[]).join('\n'),
    secret({ secret }) {
      const value = secrets.value(secret);
      if (value === null) throw new StepFailed(`${secret} is not in undo.secrets`);
      return value;
    },
  };
}

function valueOf({ address }: CacheRef, what: string, answer: RedisAnswer): unknown {
  switch (answer.kind) {
    case 'answer':
      return answer.value;
    case 'refused':
      throw new CommandRefused(answer.code, `${address} refused ${what}: ${answer.message}`);
    case 'unreachable':
      throw new CacheUnreachable(`${address} did not answer ${what}: ${answer.message}`);
  }
}

function wordText(word: Word): string {
  return typeof word === 'string' ? word : `<secret ${word.secret}>`;
}
