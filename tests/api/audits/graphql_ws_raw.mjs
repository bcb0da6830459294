// Says what the server does with messages that are at the edge of graphql-transport-ws, or beyond:
// prints {name: [code of the close, or "open", types of its messages, "error" of the client]}.
import WebSocket from 'ws';

const url = process.argv[2];
const P = 'graphql-transport-ws';
const init = { type: 'connection_init' };
const subscribe = (payload, id = '1') => ({ type: 'subscribe', id, payload });
const hello = { query: '{ hello }' };
const forever = { query: 'subscription { forever }' };

const scenarios = {
  'no subprotocol': [[], [init]],
  'unknown subprotocol': [['foo'], [init]],
  'legacy graphql-ws': [['graphql-ws'], [init]],
  'not json': [P, ['nope']],
  'unknown type': [P, [{ type: 'x' }]],
  'subscribe before init': [P, [subscribe(hello)]],
  'double init': [P, [init, init]],
  'duplicate id': [P, [init, subscribe(forever), subscribe(forever)]],
  'init payload null': [P, [{ type: 'connection_init', payload: null }]],
  'init payload array': [P, [{ type: 'connection_init', payload: [] }]],
  'init client id not a word': [P, [{ type: 'connection_init', payload: { clientId: 'a b' } }]],
  'subscribe without payload': [P, [init, { type: 'subscribe', id: '1' }]],
  'json array message': [P, [init, '[]']],
  'json number message': [P, [init, '1']],
  'json null': [P, [init, 'null']],
  'binary message': [P, [init, Buffer.from([0, 1, 2])]],
  'id not string': [P, [init, subscribe(hello, 1)]],
  'query not string': [P, [init, subscribe({ query: 1 })]],
  'variables list': [P, [init, subscribe({ ...hello, variables: [1] })]],
  'query null': [P, [init, subscribe({ query: null })]],
  'query invalid': [P, [init, subscribe({ query: '{ nope }' })]],
  'document unknown': [P, [init, subscribe({ documentId: 'x' })]],
  'ping before init': [P, [{ type: 'ping' }]],
  'complete unknown id': [P, [init, { type: 'complete', id: 'zz' }]],
  'too large': [P, [init, subscribe({ ...hello, variables: { x: 'x'.repeat(270000) } })]],
  'cross origin': [P, [init], { origin: 'https://evil.example' }],
  'same origin': [P, [init], { origin: url.replace('ws', 'http').replace('/graphql', '') }],
};

const play = (protocols, messages, options = {}) => new Promise((resolve) => {
  const types = [];
  const errors = [];
  const socket = new WebSocket(url, protocols, options);
  let isOpenStill = false;
  socket.on('open', () => messages.forEach((message) => socket.send(
    typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message),
  )));
  socket.on('message', (data) => types.push(JSON.parse(data).type));
  socket.on('error', (error) => errors.push(error.message));
  socket.on('close', (code) => resolve([isOpenStill ? 'open' : code, types, errors]));
  setTimeout(() => {
    if (socket.readyState === WebSocket.OPEN) { isOpenStill = true; socket.close(); }
  }, 700);
});

const names = Object.keys(scenarios);
const said = await Promise.all(names.map((name) => play(...scenarios[name])));
console.log(JSON.stringify(Object.fromEntries(names.map((name, place) => [name, said[place]]))));
process.exit(0);
