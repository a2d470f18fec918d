// The client's types are those of the API as it is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openApiDocument } from '@gatehouse/functions/api/openapi';
import { GENERATED, openApiTypes } from '../../packages/client/generate.ts';

test("the client's types are made of the API's document as it is now", async () => {
  const wanted = await openApiTypes(openApiDocument());
  // Not shown as a difference: it would fill the screen.
  assert.ok(readFileSync(GENERATED, 'utf8') === wanted, 'run npm run generate');
});
