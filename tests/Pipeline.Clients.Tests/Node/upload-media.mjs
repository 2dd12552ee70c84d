// Follows a result, uploads its picture, and tells every snapshot.
import { input, listen, sample, signIn, tell, uploadMedia } from './support.mjs';

const { db } = signIn(input.user);
const result = listen(db, input.name);
await result.until((snapshot) => snapshot.exists === false);
await uploadMedia(input.name, await sample(input.picture));
await result.until((snapshot) => snapshot.status === 'classified');
result.seen.forEach(tell);
process.exit(0);
