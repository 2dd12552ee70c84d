// What the programs here share: their input, their output, and apps of the Firebase web SDK that are connected to this machine.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initializeApp } from 'firebase/app';
import { connectFirestoreEmulator, doc, getFirestore, onSnapshot } from 'firebase/firestore';
import { connectStorageEmulator, getStorage } from 'firebase/storage';

export const Host = '127.0.0.1';

export const input = JSON.parse(process.argv[2] ?? '{}');

/** Tells the test something. */
export const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** The bytes of a sample picture. */
export const sample = (file) => readFile(join(input.samples, file));

/**
 * An app with a user signed in, as the emulators understand it. One for each result that is followed while others change: the emulator mixes up what it
 * sends at once to several listeners of one connection.
 */
export function signIn(uid) {
  const app = initializeApp({ projectId: input.project, storageBucket: input.bucket, apiKey: 'none' }, `${uid}-${Math.random()}`);
  const mockUserToken = { sub: uid };
  const db = getFirestore(app);
  connectFirestoreEmulator(db, Host, input.firestorePort, { mockUserToken });
  const storage = getStorage(app);
  connectStorageEmulator(storage, Host, input.storagePort, { mockUserToken });
  return { app, db, storage };
}

/** A call of Firestore as an administrator, to whom no rules apply. */
async function admin(call, body) {
  const answer = await fetch(
    `http://${Host}:${input.firestorePort}/v1/projects/${input.project}/databases/(default)/documents${call}`,
    { method: 'POST', headers: { authorization: 'Bearer owner', 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) {
    throw new Error(`${call} was answered with ${answer.status}: ${await answer.text()}`);
  }

  return answer.json();
}

/** A new document, past the rules. */
export const create = (collection, fields) => admin(`/${collection}`, { fields });

/** A document's fields past the rules, undefined where there is none. The id stands in the body: in an address the emulator decodes `%25` twice. */
export async function stored(collection, id) {
  const name = `projects/${input.project}/databases/(default)/documents/${collection}/${id}`;
  const [{ found }] = await admin(':batchGet', { documents: [name] });
  return found?.fields;
}

/**
 * Follows an object's result as an app does, from before its upload, and keeps every snapshot.
 * `until(predicate)` ends with the first snapshot, seen already or yet to come, that fits.
 */
export function listen(db, id) {
  const seen = [];
  const waiting = new Set();
  const add = (snapshot) => {
    seen.push(snapshot);
    waiting.forEach((look) => look());
  };
  const stop = onSnapshot(
    doc(db, 'classifications', id),
    (snapshot) => add({ exists: snapshot.exists(), fromCache: snapshot.metadata.fromCache, ...snapshot.data() }),
    (error) => add({ error: error.code }));
  const until = (predicate, seconds = 45) => new Promise((resolve, reject) => {
    const end = (settle, value) => {
      clearTimeout(timer);
      waiting.delete(look);
      settle(value);
    };
    const look = () => {
      const found = seen.find(predicate);
      if (found) {
        end(resolve, found);
      }
    };
    const timer = setTimeout(() => end(reject, new Error(`No such snapshot of ${id}: ${JSON.stringify(seen)}`)), seconds * 1000);
    waiting.add(look);
    look();
  });
  return { seen, until, stop };
}

/** Whether a snapshot is of a generation (as text), and has one of the statuses. */
export const is = (generation, ...statuses) => (snapshot) => `${snapshot.generation}` === `${generation}` && statuses.includes(snapshot.status);
