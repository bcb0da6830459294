// PostGraphile 5 on the benchmark's database: node server.mjs postgresql://…/name 8002
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";

const [connectionString, port] = process.argv.slice(2);

const preset = {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  pgServices: [
    makePgService({ connectionString, schemas: ["public", "benchmark"], poolConfig: { max: 10 } }),
  ],
  // The benchmark's filters and orders, as a schema of one's own would allow them.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: { explain: false },
};

const instance = postgraphile(preset).createServ(grafserv);
const server = createServer();
server.on("error", (error) => { console.error(error); process.exit(1); });
await instance.addTo(server);
server.listen(Number(port), "127.0.0.1");
