import { writeCommandRules } from './command-rules.ts';
import type { KeyPattern, User } from './user.ts';

/** One line of `ACL LIST`, in the form that `ACL SETUSER` takes back. */
export function describeUser(user: User): string {
  const words = ['user', user.name, ...userFlags(user), ...user.passwordHashes.map((hash) => `#${hash}`)];
  const keys = describeKeys(user);
  if (keys !== '') words.push(keys);
  words.push(user.everyChannel ? '&*' : ['resetchannels', ...describeChannelList(user)].join(' '));
  words.push(writeCommandRules(user.commands));
  return words.join(' ');
}

export function userFlags(user: User): string[] {
  const flags = [user.enabled ? 'on' : 'off'];
  if (user.passwordless) flags.push('nopass');
  if (user.sanitizePayload === 'skip') flags.push('skip-sanitize-payload');
  if (user.sanitizePayload === 'sanitize') flags.push('sanitize-payload');
  return flags;
}

export function describeKeys(user: User): string {
  return user.everyKey ? '~*' : user.keys.map(describeKey).join(' ');
}

export function describeChannels(user: User): string {
  return user.everyChannel ? '&*' : describeChannelList(user).join(' ');
}

function describeKey(key: KeyPattern): string {
  if (key.read && key.write) return `~${key.pattern}`;
  return `%${key.read ? 'R' : 'W'}~${key.pattern}`;
}

function describeChannelList(user: User): string[] {
  return user.channels.map((pattern) => `&${pattern}`);
}
