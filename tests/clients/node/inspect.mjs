// graphql-inspector: what changed from one SDL to another, or to what a server says of itself.
import { readFile } from 'node:fs/promises';
import { diff } from '@graphql-inspector/core';
import { buildClientSchema, buildSchema, getIntrospectionQuery, printSchema } from 'graphql';

const [before, after, token] = process.argv.slice(2);

async function schema(source) {
  if (!source.startsWith('http')) return buildSchema(await readFile(source, 'utf8'));
  const response = await fetch(source, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: getIntrospectionQuery({ oneOf: true, specifiedByUrl: true }) }),
  });
  return buildClientSchema((await response.json()).data);
}

// Printed and read again, as introspection tells nothing of how the text was written.
const printed = async (source) => buildSchema(printSchema(await schema(source)));
const changes = await diff(await printed(before), await printed(after));
const told = changes.map(({ type, path, message, criticality }) => ({
  type,
  path,
  message,
  level: criticality.level,
}));
console.log(JSON.stringify(told));
