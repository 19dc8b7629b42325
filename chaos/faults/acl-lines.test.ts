import { expect, test } from 'vitest';
import { differingUsers, lineOf, passwordRules, takeBack } from './acl-lines.ts';

const old = `#${'1'.repeat(64)}`;
const older = `#${'2'.repeat(64)}`;
const ours = `#${'3'.repeat(64)}`;
const theirs = `#${'4'.repeat(64)}`;
const line = (passwords: string, rest = '~* &* +@all') => `user default on ${passwords} ${rest}`;

test('a user is found by its whole name', () => {
  const list = `user app on nopass ~* &* +@all\nuser application off resetchannels -@all`;
  expect(lineOf(list, 'app')).toBe('user app on nopass ~* &* +@all');
  expect(lineOf(list, 'nobody')).toBeNull();
});

test('only hashes and nopass are password rules, not a key pattern that looks like one', () => {
  expect(passwordRules(`user a on ${old} ${older} ~#x* &* +@all`)).toEqual([old, older]);
  expect(passwordRules('user a on nopass ~* &* +@all')).toEqual(['nopass']);
});

test('nothing is done where the line is as it was', () => {
  expect(takeBack(line(old), line(old), ours)).toEqual({ kind: 'as-saved' });
});

test('our password goes and the saved ones come back, in their order', () => {
  expect(takeBack(line(ours), line(`${old} ${older}`), ours)).toEqual({ kind: 'ours', rules: [`!${ours.slice(1)}`, old, older] });
});

test('a user that needed no password needs none again', () => {
  expect(takeBack(line(ours), line('nopass'), ours)).toEqual({ kind: 'ours', rules: [`!${ours.slice(1)}`, 'nopass'] });
});

test('a password that somebody else added meanwhile is never flushed', () => {
  expect(takeBack(line(`${ours} ${theirs}`), line('nopass'), ours)).toEqual({ kind: 'ours', rules: [`!${ours.slice(1)}`] });
});

test('what somebody else wrote is left alone', () => {
  expect(takeBack(line(theirs), line(old), ours).kind).toBe('foreign');
  expect(takeBack(null, line(old), ours).kind).toBe('foreign');
});

test('differing users are named, added and deleted ones too, without their lines', () => {
  const saved = `${line(old)}\nuser gone on nopass ~* &* +@all`;
  expect(differingUsers(`${line(ours)}\nuser new on nopass ~* &* +@all`, saved)).toEqual(['default', 'gone', 'new']);
  expect(differingUsers(saved, saved)).toEqual([]);
});
