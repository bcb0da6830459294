// graphql-codegen: typed documents and the manifest of published operations, into a given folder.
import { generate } from '@graphql-codegen/cli';

const [schema, folder] = process.argv.slice(2);

await generate(
  {
    schema,
    documents: 'documents/*.graphql',
    ignoreNoDocuments: false,
    silent: true,
    generates: {
      [`${folder}/`]: {
        preset: 'client',
        presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' }, fragmentMasking: false },
        config: {
          strictScalars: true,
          scalars: { DateTime: 'string', Date: 'string', URL: 'string', HTML: 'string' },
          useTypeImports: true,
          enumsAsTypes: true,
        },
      },
    },
  },
  true,
);
