// Uploads in pieces by the Firebase web SDK: whole, paused, cancelled, over connections that break, and over a restart of the endpoint.
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { initializeApp } from 'firebase/app';
import { connectStorageEmulator, getBytes, getMetadata, getStorage, ref, uploadBytesResumable } from 'firebase/storage';
import { input, tell } from './support.mjs';

const Longest = 20 * 1024 * 1024;
const all = new Uint8Array(Longest);
for (let index = 0; index < Longest; index++) {
  all[index] = index * 31 + (index >> 8) + (index >> 16);
}

const content = (size) => all.subarray(0, size);
const md5 = (bytes) => createHash('md5').update(bytes).digest('base64');

/** A storage of its own for each port. */
function connect(port) {
  const storage = getStorage(initializeApp({ projectId: 'demo-app', storageBucket: input.bucket, apiKey: 'none' }, `${Math.random()}`));
  connectStorageEmulator(storage, '127.0.0.1', port);
  return storage;
}

/** Ends with the last snapshot or the error's code, and all that was seen on the way. */
const follow = (task, look = () => {}) => new Promise((resolve) => {
  const seen = [];
  task.on(
    'state_changed',
    (snapshot) => { seen.push({ state: snapshot.state, bytes: snapshot.bytesTransferred }); look(snapshot); },
    (error) => resolve({ error: error.code, seen }),
    () => resolve({ metadata: task.snapshot.metadata, seen }));
});

async function check(name, port, size, look) {
  const bytes = content(size);
  const task = uploadBytesResumable(ref(connect(port), name), bytes, { contentType: 'image/jpeg', customMetadata: { k: 'v' } });
  const { metadata, error, seen } = await follow(task, (snapshot) => look?.(snapshot, task));
  const stored = error ? null : new Uint8Array(await getBytes(ref(connect(input.storagePort), name)));
  tell({
    name,
    error,
    size: metadata?.size,
    type: metadata?.contentType,
    custom: metadata?.customMetadata?.k,
    isSame: stored !== null && md5(stored) === md5(bytes) && metadata.md5Hash === md5(bytes),
    paused: seen.filter((snapshot) => snapshot.state === 'paused').length,
  });
}

for (const size of input.sizes ?? []) {
  await check(`whole/${size}`, input.storagePort, size);
}

if (input.pause) {
  let isPaused = false;
  await check('paused', input.storagePort, input.pause, async (snapshot, task) => {
    if (snapshot.bytesTransferred > input.pause / 4 && !isPaused) {
      isPaused = true;
      task.pause();
      await sleep(100);
      task.resume();
    }
  });
}

if (input.cancel) {
  await check('cancelled', input.storagePort, input.cancel, (snapshot, task) => snapshot.bytesTransferred > input.cancel / 4 && task.cancel());
  tell({ name: 'cancelled', error: await getMetadata(ref(connect(input.storagePort), 'cancelled')).then(() => null, (error) => error.code) });
}

await Promise.all((input.relays ?? []).map((port, index) => check(`broken/${index}`, port, input.broken)));

if (input.restart) {
  let isPaused = false;
  await check('restarted', input.storagePort, input.restart, async (snapshot, task) => {
    if (snapshot.bytesTransferred > input.restart / 4 && !isPaused) {
      isPaused = true;
      task.pause();
      await sleep(100);
      writeFileSync(input.paused, '');
      while (!existsSync(input.restarted)) {
        await sleep(20);
      }

      task.resume();
    }
  });
}

process.exit(0);
