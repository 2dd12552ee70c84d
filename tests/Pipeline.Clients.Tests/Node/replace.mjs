// Uploads pictures one after the other under one name, waiting for each label or not, and tells what a listener saw.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { input, is, listen, signIn, tell } from './support.mjs';
import { uploads } from './uploads.mjs';

const Quiet = 1000;

const { db, storage } = signIn(input.user);
const upload = uploads(storage)[input.way];
const result = listen(db, encodeURIComponent(input.name));
await result.until((snapshot) => snapshot.exists === false);
const generations = [];
for (const { file, contentType } of input.pictures) {
  generations.push(await upload(input.name, await readFile(file), contentType));
  if (input.waits) {
    await result.until(is(generations.at(-1), 'classified'));
  }
}

await result.until(is(generations.at(-1), 'classified'));
await sleep(Quiet);
tell({ generations: generations.map(Number), seen: result.seen });
process.exit(0);
