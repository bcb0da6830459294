/** One query or mutation over HTTP. */
export async function ask(request, token) {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json, application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(request), credentials: "same-origin" });
  return { status: response.status, body: await response.json() };
}

/** One subscription over graphql-transport-ws; returns what stops it. */
export function subscribe(request, token, { next, done, error }) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/graphql`, "graphql-transport-ws");
  const send = (message) => socket.send(JSON.stringify(message));
  let ended = false;
  const end = (text) => {
    if (ended) return;
    ended = true;
    done(text);
    socket.close();
  };
  socket.onopen = () => send({ type: "connection_init", payload: token ? { token } : {} });
  socket.onclose = (event) => end(event.reason || "Closed");
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.type === "connection_ack") send({ id: "1", type: "subscribe", payload: request });
    if (message.type === "ping") send({ type: "pong" });
    if (message.type === "next") next(message.payload);
    if (message.type === "error") { error(message.payload); end("Refused"); }
    if (message.type === "complete") end("Complete");
  };
  return () => { ended = true; socket.close(); };
}
