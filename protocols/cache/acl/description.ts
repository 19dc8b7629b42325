import { writeCommandRules } from './command-rules.ts';
import type { KeyPattern, Selector, User } from './user.ts';

/** One line of `ACL LIST`, in the form that `ACL SETUSER` takes back. */
export function describeUser(user: User): string {
  const passwords = user.passwordHashes.map((hash) => `#${hash}`);
  const selectors = user.selectors.map((selector) => `(${describeRules(selector)})`);
  return ['user', user.name, ...userFlags(user), ...passwords, describeRules(user), ...selectors].join(' ');
}

export function userFlags(user: User): string[] {
  const flags = [user.enabled ? 'on' : 'off'];
  if (user.passwordless) flags.push('nopass');
  if (user.sanitizePayload === 'skip') flags.push('skip-sanitize-payload');
  if (user.sanitizePayload === 'sanitize') flags.push('sanitize-payload');
  return flags;
}

export function describeKeys(rules: Selector): string {
  return rules.everyKey ? '~*' : rules.keys.map(describeKey).join(' ');
}

export function describeChannels(rules: Selector): string {
  return rules.everyChannel ? '&*' : describeChannelList(rules).join(' ');
}

function describeRules(rules: Selector): string {
  const keys = describeKeys(rules);
  const channels = rules.everyChannel ? '&*' : ['resetchannels', ...describeChannelList(rules)].join(' ');
  return [...(keys === '' ? [] : [keys]), channels, writeCommandRules(rules.commands)].join(' ');
}

function describeKey(key: KeyPattern): string {
  if (key.read && key.write) return `~${key.pattern}`;
  return `%${key.read ? 'R' : 'W'}~${key.pattern}`;
}

function describeChannelList(rules: Selector): string[] {
  return rules.channels.map((pattern) => `&${pattern}`);
}
