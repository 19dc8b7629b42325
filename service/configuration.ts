import { createHash, scryptSync } from 'node:crypto';
import { type OptionKey, type Options, optionKeys, rowOf } from './options.ts';

/** The effective configuration as people may see it: secrets as salted hashes, equal within an environment, useless elsewhere. */
export function visibleConfiguration(options: Options): { [key: string]: unknown } {
  return Object.fromEntries(optionKeys.map((key) => [key, visibleValue(options, key)]));
}

/** Twelve hex digits that two pods share exactly when they are configured alike; what tells pods apart is left out, and so are secrets. */
export function configurationHash(options: Options): string {
  const shared = optionKeys.filter((key) => !rowOf(key).perPod);
  const lines = shared.map((key) => `${key}=${JSON.stringify(rowOf(key).secret ? options[key] !== '' : options[key])}`);
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 12);
}

function visibleValue(options: Options, key: OptionKey): unknown {
  const value = options[key];
  if (!rowOf(key).secret) return value;
  return value === '' ? 'unset' : fingerprint(String(value), `${options.environment}/${key}`);
}

/** Slow on purpose: a hash that anybody may read must not be a way to guess the secret. */
function fingerprint(secret: string, salt: string): string {
  return `scrypt:${scryptSync(secret, `treasure/${salt}`, 8).toString('hex')}`;
}
