// A certified OpenID Connect server with two clients and four people, on a free port.
// `node server.mjs PORT REDIRECT...` prints a line of JSON once it listens.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, ...redirects] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const API = 'https://desk.example/api';

const people = {
  ada: { email: 'ada@acme.example', email_verified: true, name: 'Ada Lovelace', groups: ['everybody'] },
  alan: { email: 'alan@acme.example', email_verified: true, name: 'Alan Turing', groups: ['everybody', 'desk-agents'] },
  mallory: { email: 'ada@acme.example', email_verified: false, name: 'Mallory' },
  eve: { email: 'eve@elsewhere.example', email_verified: true, name: 'Eve' },
};

function key(kid) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'desk', client_secret: 'a secret of the desk', redirect_uris: redirects.map((to) => `${to}/callback`),
      post_logout_redirect_uris: redirects.map((to) => new URL('/', to).href),
    },
    // A front-end of the API's own, without a secret.
    { client_id: 'app', token_endpoint_auth_method: 'none', redirect_uris: ['https://app.example/callback'] },
  ],
  jwks: { keys: [key('first')] },
  cookies: { keys: ['only for tests'] },
  pkce: { required: () => true },
  claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
  scopes: ['openid', 'email', 'profile', 'offline_access', 'foredesk:tickets', 'foredesk:read'],
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  features: {
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'foredesk:tickets foredesk:read', audience: API, accessTokenFormat: 'jwt', accessTokenTTL: 600,
      }),
    },
  },
});

createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => {
  console.log(JSON.stringify({ issuer }));
});
