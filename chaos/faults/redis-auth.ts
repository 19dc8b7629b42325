import type { Problem } from '../../core/problem.ts';
import {
  type Aim,
  type Bite,
  cacheLogin,
  type Fault,
  type FaultRequest,
  type FaultTarget,
  type Readings,
  readKey,
  type Secrets,
} from '../fault.ts';

/**
 * What the lifeline may do and nothing else (tried on redis-server 7.0.15): put the user back, read back, delete itself, close connections.
 * `acl|setuser` could widen itself; it lives as long as the fault, and its password is 256 random bits.
 */
const lifelineRights = ['-@all', '+acl|setuser', '+acl|list', '+acl|deluser', '+client|kill'];

/** Counted by the service itself: another channel than ours. */
const refusedMetric = 'treasure_redis_auth_refused_total';

/**
 * The password changes under the service's feet, and its connections are closed so that it has to log in again: what a rotation
 * does whose other half never reaches the pods. `CLIENT KILL USER` closes that user's connections only; other users of the same
 * server are none of our business. Never `CONFIG SET requirepass` to undo: it answers OK and changes nothing (redis/redis #10431).
 */
export const redisAuth: Fault = {
  kind: 'redis-auth',
  variants: ['rotate'],
  description:
    "the cache's password changes and the service's connections are closed; undone when the saved password works again, byte for byte",
  permissions: ['ACL LIST, SETUSER, DELUSER and CLIENT KILL on the cache, as the user that the service logs in with'],

  check(request, target) {
    return [...requestProblems(request), ...(target.cache === null ? [noCache] : cacheProblems(target.cache))];
  },

  aim(request, target): Aim {
    const cache = cacheOf(target);
    const ref = { address: cache.address, owned: cache.owned };
    const server = cache.facts === null || cache.facts.serverId === null ? cache.address : cache.facts.serverId;
    return {
      faultId: request.id,
      runId: target.runId,
      kind: 'redis-auth',
      variant: request.variant,
      target: `user ${cache.username} of ${cache.address}`,
      targetKeys: [`cache ${server} user ${cache.username}`],
      strikes: [{ afterMs: 0, pods: [] }],
      podsOwned: target.podsOwned,
      cache: { ...ref, username: cache.username },
      readBefore: [
        { read: 'acl-list', cache: ref, as: cacheLogin },
        { read: 'new-password', name: 'broken' },
        { read: 'new-password', name: 'lifeline' },
      ],
      probes: [
        { read: 'fresh-login', cache: ref, as: cacheLogin },
        { read: 'metric', name: refusedMetric, labels: {} },
      ],
    };
  },

  steps(aim, readings) {
    const { username: user, ...cache } = cacheOf(aim);
    const lifeline = lifelineUser(aim);
    const names = secretNames(aim);
    const saved = { secret: names.aclList };
    const ours = { secret: names.broken };
    return {
      apply: [
        [
          {
            do: 'redis',
            cache,
            as: [cacheLogin],
            command: ['ACL', 'SETUSER', lifeline, 'reset', 'on', { secret: names.lifeline }, ...lifelineRights],
          },
          { do: 'redis', cache, as: [names.lifeline], command: ['ACL', 'SETUSER', user, 'resetpass', ours] },
          { do: 'redis', cache, as: [names.lifeline], command: ['CLIENT', 'KILL', 'USER', user] },
        ],
      ],
      undo: [
        { do: 'restore-acl', cache, as: [names.lifeline, cacheLogin], user, saved, ours },
        { do: 'drop-lifeline', cache, as: [cacheLogin, names.lifeline], lifeline, user, ours },
        { do: 'compare-acl', cache, as: [cacheLogin], saved },
        { do: 'log-in', cache, as: [cacheLogin] },
      ],
      secrets: secretsFrom(aim, readings),
    };
  },

  judgeBite(aim, before, after): Bite {
    const [login, refused] = aim.probes.map(readKey) as [string, string];
    const answer = after[login];
    const shutOut = before[login] === 'OK' && (answer === 'WRONGPASS' || answer === 'NOAUTH');
    const counted = numberIn(after, refused);
    const countedBefore = numberIn(before, refused);
    const grew = counted !== null && countedBefore !== null && counted > countedBefore;
    return {
      proven: shutOut && grew,
      evidence: [
        `a fresh connection with the service's own password: ${before[login] || 'no answer'} before, ${answer || 'no answer'} after`,
        `${refusedMetric}: ${countedBefore === null ? 'unknown' : countedBefore} before, ${counted === null ? 'unknown' : counted} after`,
      ],
    };
  },
};

/** The user that lets us in while the service's own password is broken. */
export function lifelineUser({ runId }: { runId: string }): string {
  return `launchstorm-${runId}`;
}

const noCache: Problem = { place: 'cache', problem: 'there is no cache to break', remedy: 'choose an environment with a cache' };

function requestProblems({ variant, forMs }: FaultRequest): readonly Problem[] {
  const problems: Problem[] = [];
  if (!redisAuth.variants.includes(variant)) {
    problems.push({
      place: 'variant',
      problem: `"${variant}" is no variant of redis-auth`,
      remedy: `choose from: ${redisAuth.variants.join(', ')}`,
    });
  }
  if (!(forMs > 0)) problems.push({ place: 'for', problem: 'lasts no time', remedy: 'write for example 10s' });
  return problems;
}

/** Reasons to leave this server alone: what could not be put back for certain is not broken in the first place. */
function cacheProblems({ address, username, facts }: NonNullable<FaultTarget['cache']>): readonly Problem[] {
  if (facts === null) return [];
  const at = (problem: string, remedy: string): Problem => ({ place: `cache ${address}`, problem, remedy });
  const problems = facts.denied.map((what) =>
    at(`user ${username} is not allowed: ${what}`, `allow it for ${username}, or rehearse on a cache of our own`),
  );
  if (facts.replicasAsUser > 0) {
    problems.push(
      at(
        `${facts.replicasAsUser} replicas log in as ${username}: they would lose their master`,
        'give replicas a user of their own (masteruser)',
      ),
    );
  }
  if (facts.masterUser === username) {
    problems.push(at(`this server follows its master as ${username}`, 'give replication a user of its own (masteruser)'));
  }
  if (facts.aclFile) {
    problems.push(
      at('an aclfile is configured: an ACL SAVE in between would keep the broken password', 'use a server without aclfile for this fault'),
    );
  }
  return problems;
}

function cacheOf<T>({ cache }: { cache: T | null }): T {
  if (cache === null) throw new TypeError('redis-auth aimed at no cache: check() was not asked');
  return cache;
}

function secretNames({ faultId }: Aim): { aclList: string; broken: string; lifeline: string } {
  return { aclList: `${faultId}.acl-list`, broken: `${faultId}.broken`, lifeline: `${faultId}.lifeline` };
}

/** Passwords go to the server as hashes; only the lifeline's own is kept in the clear, to log in with. */
function secretsFrom(aim: Aim, readings: Readings): Secrets {
  const [aclList, broken, lifeline] = aim.readBefore.map((read) => readings[readKey(read)]);
  if (typeof aclList !== 'string' || typeof broken !== 'string' || typeof lifeline !== 'string') return { values: {}, logins: {} };
  const names = secretNames(aim);
  const lifelinePassword: NewPassword = JSON.parse(lifeline);
  const brokenPassword: NewPassword = JSON.parse(broken);
  return {
    values: { [names.aclList]: aclList, [names.broken]: `#${brokenPassword.sha256}`, [names.lifeline]: `#${lifelinePassword.sha256}` },
    logins: { [names.lifeline]: { username: lifelineUser(aim), password: lifelinePassword.password } },
  };
}

type NewPassword = { password: string; sha256: string };

function numberIn(readings: Readings, key: string): number | null {
  const text = readings[key];
  return typeof text === 'string' && text !== '' ? Number(text) : null;
}
