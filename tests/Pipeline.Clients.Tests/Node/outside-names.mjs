// Uploads under names that belong to nobody, and tells where an administrator finds each result: at the id that the test expects, or not.
import { setTimeout as sleep } from 'node:timers/promises';
import { input, sample, stored, tell } from './support.mjs';
import { uploads } from './uploads.mjs';

const Tries = 500;

const picture = await sample('clock.jpg');
for (const { name, id } of input.names) {
  await uploads()[input.way](name, picture, 'image/jpeg');
  let fields;
  for (let tries = 0; fields?.status?.stringValue !== 'classified' && tries < Tries; tries++) {
    fields = await stored('classifications', id);
    await sleep(20);
  }

  tell({ name, stored: fields?.name?.stringValue ?? null, owned: fields?.owner !== undefined });
}

process.exit(0);
