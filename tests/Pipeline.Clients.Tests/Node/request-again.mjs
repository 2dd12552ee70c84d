// An owner asks for an object to be classified again until his quota is used up; a backend of the app asks once for him, and before that for somebody
// whose object it is not.
import { setTimeout as sleep } from 'node:timers/promises';
import { addDoc, collection, deleteDoc, getDoc, serverTimestamp, updateDoc } from 'firebase/firestore';
import { create, input, is, listen, sample, signIn, stored, tell } from './support.mjs';
import { uploads } from './uploads.mjs';

const Quiet = 1500;

const { db, storage } = signIn(input.user);
const requests = collection(db, 'classificationRequests');
const wish = (name) => ({ bucket: input.bucket, name, createdAt: serverTimestamp() });
const askAsBackend = (user) => create('classificationRequests', {
  bucket: { stringValue: input.bucket },
  name: { stringValue: input.name },
  user: { stringValue: user },
  createdAt: { timestampValue: new Date().toISOString() },
});
const refusal = (promise) => promise.then(() => 'allowed', (error) => error.code);

const result = listen(db, encodeURIComponent(input.name));
await result.until((snapshot) => snapshot.exists === false);
const generation = await uploads(storage)[input.way](input.name, await sample('coffee.jpg'), 'image/jpeg');
await result.until(is(generation, 'classified'));
const first = result.seen.length;

await askAsBackend(`${input.user}x`);
await sleep(Quiet);
const afterForeign = result.seen.length;

const created = await addDoc(requests, wish(input.name));
for (let times = 1; times <= input.quota; times++) {
  while (result.seen.filter(is(generation, 'classified')).length <= times) {
    await sleep(20);
  }

  await (times === 1 ? askAsBackend(input.user) : addDoc(requests, wish(input.name)));
}

await sleep(Quiet);
tell({
  first: result.seen.slice(0, first),
  ofForeign: afterForeign - first,
  again: result.seen.slice(afterForeign),
  stored: await stored('classificationRequests', created.id),
  refusals: {
    foreign: await refusal(addDoc(requests, wish(`users/${input.user}x/photos/a.jpg`))),
    nobodys: await refusal(addDoc(requests, wish('shared/a.jpg'))),
    otherTime: await refusal(addDoc(requests, { ...wish(input.name), createdAt: new Date(0) })),
    otherField: await refusal(addDoc(requests, { ...wish(input.name), user: 'bob' })),
    read: await refusal(getDoc(created)),
    change: await refusal(updateDoc(created, { name: 'users/bob/a.jpg' })),
    remove: await refusal(deleteDoc(created)),
  },
});
process.exit(0);
