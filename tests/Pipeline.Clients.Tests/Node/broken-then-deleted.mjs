// Uploads what is no picture, then a picture under the same name, then deletes it, and tells what a listener saw.
import { deleteObject, ref } from 'firebase/storage';
import { input, is, listen, sample, signIn, tell } from './support.mjs';
import { uploads } from './uploads.mjs';

const { db, storage } = signIn(input.user);
const upload = uploads(storage)[input.way];
const result = listen(db, encodeURIComponent(input.name));
await result.until((snapshot) => snapshot.exists === false);
const broken = await upload(input.name, Buffer.from(input.broken, 'base64'), 'image/jpeg');
await result.until(is(broken, 'failed'));
const repaired = await upload(input.name, await sample('camera.jpg'), 'image/jpeg');
await result.until(is(repaired, 'classified'));
await deleteObject(ref(storage, input.name));
await result.until(is(repaired, 'deleted'));
tell({ seen: result.seen });
process.exit(0);
