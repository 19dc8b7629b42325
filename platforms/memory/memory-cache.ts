import type { CacheTarget } from '../platform.ts';

/**
 * A cache that is only its list of passwords: enough to break authentication and to put it back on a simulated clock. As on a real
 * server, connections that are open stay logged in until they are closed.
 */
export interface MemoryCache {
  readonly target: CacheTarget;
  /** The line of the one user, as `ACL LIST` would give it; equal lines mean equal passwords. */
  aclLine(): string;
  setPasswords(passwords: readonly string[]): void;
  passwordWorks(password: string): boolean;
  /** Every client logs in anew; those that are refused are counted and try again no more until the next call. */
  closeConnections(clients: number): void;
  /** Logins refused since the start. */
  refusals(): number;
}

export function createMemoryCache(password: string): MemoryCache {
  let accepted: readonly string[] = [password];
  let refused = 0;
  const target: CacheTarget = { engine: 'memory', host: '127.0.0.1', port: 6379, username: 'default', password, owned: true };
  const passwordWorks = (candidate: string) => accepted.includes(candidate);
  return {
    target,
    aclLine: () => ['user default on', ...accepted.map((one) => `>${one}`), '~* &* +@all'].join(' '),
    setPasswords(passwords) {
      accepted = [...passwords];
    },
    passwordWorks,
    closeConnections(clients) {
      if (!passwordWorks(target.password)) refused += clients;
    },
    refusals: () => refused,
  };
}
