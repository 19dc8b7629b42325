import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export type FrontAddress = { host: string; port: number };

/** One address for clients that know one address only: new connections go to the ready endpoints in turns, as behind kube-proxy. */
export type TcpFront = {
  /** Where to connect to; from the first endpoints on. */
  readonly origin: string;
  /** Connections that stand are left alone. Without any endpoint nobody listens, and whoever comes is refused. */
  route(endpoints: readonly FrontAddress[]): void;
  close(): Promise<void>;
};

export async function openFront(): Promise<TcpFront> {
  let turns: readonly FrontAddress[] = [];
  let turn = 0;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const endpoint = turns[turn++ % Math.max(1, turns.length)];
    if (endpoint === undefined) return void client.resetAndDestroy();
    join(client, connect({ ...endpoint, noDelay: true }), sockets);
  });
  const { port } = await listening(server, 0);
  let changing: Promise<unknown> = Promise.resolve();
  return {
    origin: `http://127.0.0.1:${port}`,
    route(endpoints) {
      turns = endpoints;
      changing = changing.then(async () => {
        if (endpoints.length === 0) stopListening(server);
        else await listening(server, port);
      });
    },
    async close() {
      await changing;
      stopListening(server);
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function listening(server: Server, port: number): Promise<AddressInfo> {
  if (!server.listening) {
    server.listen({ port, host: '127.0.0.1', backlog: 4096 });
    await once(server, 'listening');
  }
  return server.address() as AddressInfo;
}

function stopListening(server: Server): void {
  if (server.listening) server.close();
}

/** Bytes both ways. When one side breaks so does the other, in the same way: a reset is passed on as a reset. */
function join(client: Socket, pod: Socket, sockets: Set<Socket>): void {
  for (const [socket, other] of [[client, pod] as const, [pod, client] as const]) {
    sockets.add(socket);
    socket.pipe(other);
    socket.on('error', () => other.resetAndDestroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroySoon();
    });
  }
}
