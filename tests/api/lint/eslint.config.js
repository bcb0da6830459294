// graphql-eslint's recommended and Relay rules for schemas; what we do otherwise gives its reason.
import { readFileSync } from 'node:fs';
import graphql from '@graphql-eslint/eslint-plugin';

const schema = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');
const { 'flat/schema-recommended': recommended, 'flat/schema-relay': relay } = graphql.configs;

export default [
  {
    files: ['*.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...recommended.rules,
      ...relay.rules,
      // Everything is described but @oneOf, which is GraphQL's own.
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true, rootField: true, FieldDefinition: true, EnumValueDefinition: true,
          InputValueDefinition: true,
        },
      ],
      // Values that belong to one object (a clock, a payload, an error) are no objects of their own.
      '@graphql-eslint/strict-id-in-types': 'off',
      // Lists that are always short are plain lists.
      '@graphql-eslint/relay-edge-types': [
        'error', { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // A search goes forward only: hits before the best one there are none.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
    },
  },
];
