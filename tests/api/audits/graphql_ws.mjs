// Runs the graphql-ws client against the toy schema and prints what it got as one JSON object.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const client = createClient({
  url: process.argv[2], webSocketImpl: WebSocket, lazy: false, retryAttempts: 0, keepAlive: 100,
  connectionParams: { token: 'known' },
  on: { pong: () => { seen.pongs += 1; } },
});
const seen = { pongs: 0 };
const all = async (query) => {
  const answers = [];
  try {
    for await (const answer of client.iterate({ query })) answers.push(answer.data ?? answer);
  } catch (errors) {
    answers.push({ refused: errors.map((error) => error.extensions.code) });
  }
  return answers;
};

seen.subscription = await all('subscription { count(target: 3) }');
seen.query = await all('{ hello }');
seen.mutation = await all('mutation { bump }');
seen.invalid = await all('{ nope }');
seen.broken = await all('subscription {');
const early = client.iterate({ query: 'subscription { count(target: 1000) }' });
await early.next();
await early.return();
const many = [1, 2, 3, 4, 5].map((n) => all(`subscription { count(target: ${n}) }`));
seen.concurrent = (await Promise.all(many)).map((answers) => answers.length);
await new Promise((resolve) => setTimeout(resolve, 350));
console.log(JSON.stringify(seen));
await client.dispose();
