// Typed documents of operations.graphql, and the manifest of published operations.
// The schema is a file or an address: node codegen.mjs https://desk.example/graphql/schema.graphql
import { generate } from '@graphql-codegen/cli';

const [schema = '../../api/schema.graphql'] = process.argv.slice(2);

await generate(
  {
    schema,
    documents: 'operations.graphql',
    silent: true,
    generates: {
      'src/generated/': {
        preset: 'client',
        presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' }, fragmentMasking: false },
        config: {
          documentMode: 'string',
          strictScalars: true,
          scalars: { ID: 'string', DateTime: 'string', Date: 'string', URL: 'string', HTML: 'string' },
          useTypeImports: true,
          enumsAsTypes: true,
          importExtension: '.js',
        },
      },
    },
  },
  true,
);
