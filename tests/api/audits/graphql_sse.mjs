// Runs the graphql-sse client against the toy schema and prints what it got as one JSON object.
import { createClient } from 'graphql-sse';

const url = process.argv[2];
const client = createClient({ url, singleConnection: false, retryAttempts: 0 });
const seen = {};
const all = async (query, by = client) => {
  const answers = [];
  try {
    for await (const answer of by.iterate({ query })) {
      answers.push(answer.data ?? answer.errors.map((error) => error.extensions.code));
    }
  } catch (error) {
    answers.push(`refused: ${error.message}`);
  }
  return answers;
};

seen.subscription = await all('subscription { count(target: 3) }');
seen.query = await all('{ hello }');
seen.mutation = await all('mutation { bump }');
seen.invalid = await all('{ nope }');
const early = client.iterate({ query: 'subscription { forever }' });
await early.next();
await early.return();
const many = [1, 2, 3].map((n) => all(`subscription { count(target: ${n}) }`));
seen.concurrent = (await Promise.all(many)).map((answers) => answers.length);
const named = createClient({
  url, singleConnection: false, retryAttempts: 0, headers: { 'foredesk-client-id': 'tab-1' },
});
seen.named = await all('subscription { origins { by } }', named);
const single = createClient({ url, singleConnection: true, retryAttempts: 0 });
seen.single = await all('subscription { count(target: 3) }', single);
console.log(JSON.stringify(seen));
process.exit(0);
