import type { Session } from './command.ts';

/** A connection as CLIENT LIST and ACL LOG write it: the fields of the real server that mean something here, in its order. */
export function describeSession(session: Session, nowMs: number): string {
  const seconds = (sinceMs: number): number => Math.floor((nowMs - sinceMs) / 1000);
  return [
    `id=${session.id} addr=${session.address} laddr=${session.localAddress} name=${session.name}`,
    `age=${seconds(session.connectedAtMs)} idle=${seconds(session.lastCommandAtMs)}`,
    `flags=${session.protectedFromEviction ? 'e' : 'N'} db=0 sub=0 psub=0 ssub=0 multi=-1`,
    `qbuf=${session.heldBytes} omem=${session.unreadBytes} tot-mem=${session.heldBytes + session.unreadBytes}`,
    `cmd=${session.lastCommand} user=${session.user.name} redir=-1 resp=${session.protocol}`,
    `lib-name=${session.libraryName} lib-ver=${session.libraryVersion}`,
  ].join(' ');
}
