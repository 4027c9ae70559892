// A plain chat on socket.io: a node of it, on a Redis with others, as socket.io's own documentation sets one up.
//
//   node server.mjs --port 0 [--adapter redis|streams --redis redis://127.0.0.1:6379] [--others-only]
//
// Events of a client: `join` (conversation, acknowledgement) and `send` (conversation, text, acknowledgement with a number), which the
// room hears as `message` (conversation, text); with --others-only without its sender. Nobody signs in and nothing is kept.
// Prints `ready PORT` once it serves, and ends by SIGTERM.

import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { createAdapter as createRedisAdapter } from '@socket.io/redis-adapter';
import { createAdapter as createStreamsAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    adapter: { type: 'string', default: 'none' },
    redis: { type: 'string', default: 'redis://127.0.0.1:6379' },
    'others-only': { type: 'boolean', default: false },
  },
});

const clients = [];
// Published into a Redis that is gone: lost, as both adapters document it. Without this the first such message would end the process.
process.on('unhandledRejection', (error) => console.error(`not published: ${error?.message ?? error}`));

const http = createServer((_, response) => response.end('socket.io\n'));
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  adapter: await createAdapter(),
});

let sent = 0;
io.on('connection', (socket) => {
  socket.on('join', async (conversation, acknowledge) => {
    await socket.join(conversation);
    acknowledge();
  });
  socket.on('send', (conversation, text, acknowledge) => {
    const room = options['others-only'] ? socket.to(conversation) : io.to(conversation);
    room.emit('message', conversation, text);
    acknowledge(++sent);
  });
});

http.listen({ port: Number(options.port), host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`ready ${http.address().port}`);
});

process.on('SIGTERM', async () => {
  await io.close();
  for (const client of clients) {
    client.destroy();
  }
  process.exit(0);
});

async function createAdapter() {
  switch (options.adapter) {
    case 'none':
      return undefined;
    case 'redis':
      return createRedisAdapter(await connect(), await connect());
    case 'streams':
      return createStreamsAdapter(await connect());
    default:
      throw new Error(`--adapter is none, redis or streams, not ${options.adapter}`);
  }
}

async function connect() {
  const client = createClient({ url: options.redis });
  let lastFault = '';
  client.on('error', (error) => {
    // It tries again by itself, many times a second; one line for each kind of fault is enough.
    if (error.message !== lastFault) {
      lastFault = error.message;
      console.error(`redis: ${error.message}`);
    }
  });
  await client.connect();
  clients.push(client);
  return client;
}
