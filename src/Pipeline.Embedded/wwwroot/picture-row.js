import { bar, make } from './dom.js';
import { pictureUrl } from './api.js';
import { milliseconds, parts, percent, time } from './format.js';
import { explain, status } from './reasons.js';

/** A status as a pill. */
export function pill(name) {
  const { text, tone } = status(name);
  return make('span', { className: `pill ${tone}`, textContent: text });
}

/** A name with its folders in the background. */
export function nameOf(name) {
  const { folder, file } = parts(name);
  return make('div', { className: 'name', title: name }, make('span', { className: 'folder', textContent: folder }), file);
}

const noThumbnail = () => make('span', { className: 'thumb' });

/** A small picture. Where there is none to be had, its place stays empty. */
export function thumbnail(source) {
  const image = make('img', { className: 'thumb', alt: '', decoding: 'async', onerror: () => image.replaceWith(noThumbnail()) });
  image.src = source;
  return image;
}

/** The small picture of something with a bucket, a name and a generation. */
export const thumbnailOf = (item) => (hasPicture(item) ? thumbnail(pictureUrl('thumbnail', item)) : noThumbnail());

const pictureless = new Set(['NOT_AN_IMAGE', 'UNSUPPORTED_FORMAT', 'TYPE_NOT_ALLOWED', 'TOO_LARGE', 'TOO_MANY_PIXELS', 'ENCODING_NOT_SUPPORTED', 'BAD_EVENT']);

/** Whether there is a picture of a result that can be shown. */
export const hasPicture = ({ status, generation, code }) => status !== 'deleted' && Boolean(generation) && !(status === 'failed' && pictureless.has(code));

/** Draws a result in its row. */
function drawResult(row, item, previous) {
  const isSamePicture = previous && previous.generation === item.generation && hasPicture(previous) === hasPicture(item);
  const picture = isSamePicture ? row.firstElementChild : thumbnailOf(item);
  const second = make('div', { className: 'second' });
  const score = make('div', { className: 'score' });
  if (item.status === 'classified') {
    second.append(make('span', { className: 'label', textContent: item.label ?? 'No label above its threshold' }));
    if (item.score !== null) {
      score.append(bar(item.score), make('span', { textContent: percent(item.score) }));
    }
  } else {
    second.append(pill(item.status));
    if (item.code) {
      second.append(make('span', { textContent: explain(item.code).title }));
    }
  }
  const side = make('div', { className: 'side' }, make('span', { textContent: time(item.created / 1000) }));
  if (item.totalMs !== null) {
    side.append(make('span', { textContent: milliseconds(item.totalMs) }));
  }
  row.replaceChildren(picture, make('div', {}, nameOf(item.name), second), score, side);
}

/** Draws an upload in its row, with the picture as it lies on the sender's disk. */
function drawUpload(row, item, previous) {
  let leave;
  let picture = previous?.file === item.file ? row.firstElementChild : null;
  if (!picture) {
    const address = item.file.type.startsWith('image/') ? URL.createObjectURL(item.file) : null;
    picture = address ? thumbnail(address) : noThumbnail();
    leave = address ? () => URL.revokeObjectURL(address) : undefined;
  }
  const second = make('div', { className: 'second' }, pill(item.status));
  const score = make('div', { className: 'score' });
  if (item.status === 'sending') {
    score.append(bar(item.progress), make('span', { textContent: percent(item.progress) }));
  } else if (item.reason) {
    second.append(make('span', { textContent: item.reason }));
  }
  row.replaceChildren(picture, make('div', {}, nameOf(item.name), second), score, make('div', { className: 'side' }));
  return leave;
}

/** Draws an item of the list; gives back what is to be done when its row goes. */
export function drawPicture(row, item, previous) {
  if (item.file) {
    return drawUpload(row, item, previous);
  }
  drawResult(row, item, previous?.file ? null : previous);
  return undefined;
}
