// A customer and an agent talk through the npm packages of SignalR as they are published; nothing of this project but the wire.
//   node talk.mjs http://127.0.0.1:5080/ messagepack
// Prints what both sides heard as JSON.
import { HttpTransportType, HubConnectionBuilder, JsonHubProtocol, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

const server = new URL(process.argv[2]);
const Protocol = { json: JsonHubProtocol, messagepack: MessagePackHubProtocol }[process.argv[3]];

const customer = await connect((await post('api/customers', { site: 'demo' })).token);
const agent = await connect(
  (await post('api/agents/sign-in', { email: 'agent1@demo.example', password: 'demo' })).token,
);
const offered = next(agent, 'Offered');
const heardByAgent = next(agent, 'Message', ({ message }) => message.text === 'Hello from the customer');
const heardByCustomer = next(customer, 'Message', ({ message }) => message.text === 'Hello from the agent');

await agent.invoke('SetStatus', { status: 'available' });
const { conversationId } = await customer.invoke('StartChat', { requestId: 'r-1', topic: 'orders' });
await customer.invoke('Join', { conversationId, afterSeq: 0 });
await agent.invoke('AcceptOffer', { offerId: (await offered).offerId });
await agent.invoke('Join', { conversationId, afterSeq: 0 });
await customer.invoke('Send', { conversationId, messageId: 'c-1', text: 'Hello from the customer' });
await agent.invoke('Send', { conversationId, messageId: 'a-1', text: 'Hello from the agent' });
const refusal = await agent
  .invoke('Send', { conversationId: 'another', messageId: 'a-2', text: 'x' })
  .catch((error) => error);

console.log(
  JSON.stringify({
    heardByAgent: (await heardByAgent).message.text,
    heardByCustomer: (await heardByCustomer).message.text,
    refusal: refusal.message,
  }),
);
await Promise.all([customer.stop(), agent.stop()]);

async function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(new URL(path, server), { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}`);
  }
  return response.json();
}

async function connect(token) {
  const connection = new HubConnectionBuilder()
    .withUrl(new URL('hubs/chat', server).href, {
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
      accessTokenFactory: () => token,
    })
    .withHubProtocol(new Protocol())
    .configureLogging(LogLevel.Warning)
    .build();
  // The stock client warns about events that nobody listens to.
  for (const event of ['Message', 'Typing', 'Read', 'ContactChanged', 'Offered', 'OfferWithdrawn', 'QueuesChanged']) {
    connection.on(event, () => undefined);
  }
  await connection.start();
  return connection;
}

function next(connection, event, fits = () => true) {
  return new Promise((resolve) => {
    connection.on(event, (payload) => {
      if (fits(payload)) {
        resolve(payload);
      }
    });
  });
}
