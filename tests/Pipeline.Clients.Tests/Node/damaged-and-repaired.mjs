// Asks for an object to be classified again whose stored bytes have been damaged, repairs them, and tells what a listener saw.
import { execFileSync } from 'node:child_process';
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDoc, collection, serverTimestamp } from 'firebase/firestore';
import { Host, input, is, listen, sample, signIn, tell } from './support.mjs';
import { uploads } from './uploads.mjs';

const { db, storage } = signIn(input.user);
const result = listen(db, encodeURIComponent(input.name));
await result.until((snapshot) => snapshot.exists === false);
const generation = await uploads(storage)[input.way](input.name, await sample('coffee.jpg'), 'image/jpeg');
await result.until(is(generation, 'classified'));

// A file of the same size and time is not taken for another upload.
const file = join(input.data, 'buckets', input.bucket, input.name);
const [kept, damaged] = [join(input.data, 'kept'), join(input.data, 'damaged')];
const bytes = await readFile(file);
bytes[bytes.length >> 1] ^= 1;
await copyFile(file, kept);
await writeFile(damaged, bytes);
execFileSync('touch', ['--reference', file, kept, damaged]);
await rename(damaged, file);

await addDoc(collection(db, 'classificationRequests'), { bucket: input.bucket, name: input.name, createdAt: serverTimestamp() });
const faulty = await result.until((snapshot) => snapshot.status === 'retrying' && snapshot.error !== undefined);
await rename(kept, file);
const before = result.seen.length;
while (!result.seen.slice(before).some(is(generation, 'classified'))) {
  await fetch(`http://${Host}:${input.workerPort}/maintain`, { method: 'POST' });
  await sleep(200);
}

tell({ error: faulty.error, seen: result.seen });
process.exit(0);
