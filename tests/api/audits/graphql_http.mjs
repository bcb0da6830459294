// Prints {"ok": n, "failed": ["id name: reason", …]} for the audits of graphql-http.
import { auditServer } from 'graphql-http';

const [url, headers] = [process.argv[2], JSON.parse(process.argv[3])];
const fetchFn = (address, init = {}) =>
  fetch(address, { ...init, headers: { ...headers, ...(init.headers || {}) } });
const results = await auditServer({ url, fetchFn });
const failed = results.filter((result) => result.status !== 'ok');
console.log(JSON.stringify({
  ok: results.length - failed.length,
  failed: failed.map((result) => `${result.id} ${result.name}: ${result.reason}`),
}));
