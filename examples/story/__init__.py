"""One request from question to survey, told by GraphQL alone: docs/story.md, executed."""
