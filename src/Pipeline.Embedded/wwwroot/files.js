import { byId } from './dom.js';

/** All files of a dropped folder, with their paths. */
async function walk(entry, path) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(() => null);
    return file ? [{ file, path: path + file.name }] : [];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (some.length === 0) {
      return found;
    }
    for (const inner of some) {
      found.push(...await walk(inner, `${path}${entry.name}/`));
    }
  }
}

/** Takes files that are chosen, dropped or pasted, and hands them on as `{file, path}`. */
export function takeFiles(take) {
  const input = byId('files');
  const plain = (files) => [...files].map((file) => ({ file, path: file.name }));
  byId('pick').onclick = () => input.click();
  input.onchange = () => {
    take(plain(input.files));
    input.value = '';
  };

  addEventListener('paste', (event) => {
    if (event.clipboardData?.files.length > 0) {
      event.preventDefault();
      take(plain(event.clipboardData.files));
    }
  });

  let depth = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    document.body.classList.toggle('drags', depth > 0);
  };
  addEventListener('dragenter', (event) => carriesFiles(event) && mark(1));
  addEventListener('dragleave', (event) => carriesFiles(event) && mark(-1));
  addEventListener('dragover', (event) => carriesFiles(event) && event.preventDefault());
  addEventListener('drop', async (event) => {
    if (!carriesFiles(event)) {
      return;
    }
    event.preventDefault();
    mark(-depth);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (entries.some((entry) => entry.isDirectory)) {
      const found = [];
      for (const entry of entries) {
        found.push(...await walk(entry, ''));
      }
      take(found);
    } else {
      take(plain(event.dataTransfer.files));
    }
  });
}
