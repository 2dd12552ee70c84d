// What the programs here share: their input, their output, and an app of the Firebase web SDK that is connected to this machine.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initializeApp } from 'firebase/app';
import { connectFirestoreEmulator, doc, getFirestore, onSnapshot } from 'firebase/firestore';

const Host = '127.0.0.1';

export const input = JSON.parse(process.argv[2] ?? '{}');

/** Tells the test something. */
export const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** The bytes of a sample picture. */
export const sample = (file) => readFile(join(input.samples, file));

/** An app with a user signed in, as the emulators understand it. */
export function signIn(uid) {
  const app = initializeApp({ projectId: input.project, storageBucket: input.bucket, apiKey: 'none' }, `${uid}-${Math.random()}`);
  const db = getFirestore(app);
  connectFirestoreEmulator(db, Host, input.firestorePort, { mockUserToken: { sub: uid } });
  return { app, db };
}

/** Uploads in one request of the JSON API. */
export async function uploadMedia(name, content, contentType = 'image/jpeg') {
  const answer = await fetch(
    `http://${Host}:${input.storagePort}/upload/storage/v1/b/${input.bucket}/o?uploadType=media&name=${encodeURIComponent(name)}`,
    { method: 'POST', headers: { 'content-type': contentType }, body: content });
  if (!answer.ok) {
    throw new Error(`The upload of ${name} was answered with ${answer.status}: ${await answer.text()}`);
  }

  return answer.json();
}

/**
 * Follows an object's result as an app does, from before its upload, and keeps every snapshot of the server.
 * `until(predicate)` ends with the first snapshot, seen already or yet to come, that fits.
 */
export function listen(db, name) {
  const seen = [];
  const waiting = new Set();
  const stop = onSnapshot(
    doc(db, 'classifications', encodeURIComponent(name)),
    (snapshot) => {
      seen.push({ exists: snapshot.exists(), fromCache: snapshot.metadata.fromCache, ...snapshot.data() });
      waiting.forEach((look) => look());
    },
    (error) => {
      seen.push({ error: error.code });
      waiting.forEach((look) => look());
    });
  const until = (predicate, seconds = 30) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => { waiting.delete(look); reject(new Error(`No such snapshot of ${name}: ${JSON.stringify(seen)}`)); }, seconds * 1000);
    const look = () => {
      const found = seen.find(predicate);
      if (found) {
        clearTimeout(timer);
        waiting.delete(look);
        resolve(found);
      }
    };
    waiting.add(look);
    look();
  });
  return { seen, until, stop };
}
