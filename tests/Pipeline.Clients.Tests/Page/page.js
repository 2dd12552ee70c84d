// An app as somebody writes it who uses the Firebase web SDK without a build step.
import { initializeApp } from 'https://www.gstatic.com/firebasejs/12.19.0/firebase-app.js';
import { connectFirestoreEmulator, doc, getFirestore, onSnapshot } from 'https://www.gstatic.com/firebasejs/12.19.0/firebase-firestore.js';
import { connectStorageEmulator, getStorage } from 'https://www.gstatic.com/firebasejs/12.19.0/firebase-storage.js';
import { classify } from './listen-then-upload.js';
import { followMine } from './my-results.js';

const settings = await (await fetch('settings.json')).json();
const asked = new URLSearchParams(location.search);
const uid = asked.get('user');
const element = (id) => document.getElementById(id);

const app = initializeApp({ projectId: settings.project, storageBucket: settings.bucket, apiKey: 'none' });
const db = getFirestore(app);
const storage = getStorage(app);
connectFirestoreEmulator(db, '127.0.0.1', settings.firestorePort, { mockUserToken: { sub: uid } });
connectStorageEmulator(storage, '127.0.0.1', settings.storagePort, { mockUserToken: { sub: uid } });

function add(list, text) {
  const line = document.createElement('li');
  line.textContent = text;
  list.append(line);
}

element('user').textContent = uid;
element('file').addEventListener('change', () => classify(db, storage, uid, element('file').files[0], (text) => {
  element('shown').textContent = text;
  add(element('log'), text);
}));

if (asked.has('list')) {
  followMine(db, uid, (results) => {
    element('mine').replaceChildren();
    results.forEach(({ name, status, label }) => add(element('mine'), `${name}: ${label ?? status}`));
  });
}

const name = asked.get('watch');
if (name) {
  element('name').textContent = name;
  onSnapshot(
    doc(db, 'classifications', encodeURIComponent(name)),
    (result) => { element('watched').textContent = result.data()?.label ?? 'nothing yet'; },
    (error) => { element('watched').textContent = error.code; });
}
