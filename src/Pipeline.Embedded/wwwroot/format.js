const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const whole = new Intl.NumberFormat();

/** 12,345 */
export const count = (number) => whole.format(number);

/** 93.4 % */
export const percent = (share) => (share === null || share === undefined ? '–' : `${(share * 100).toFixed(share > 0.9995 ? 0 : 1)} %`);

/** 3.2 ms, 48 ms, 1.25 s */
export function milliseconds(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  return value < 10 ? `${value.toFixed(1)} ms` : value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(2)} s`;
}

/** 20 MB; a megabyte is 1,048,576 bytes, as the limits are. */
export function bytes(number) {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  let unit = 0;
  let value = number;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`;
}

/** The time of day; with the date where it was not today. */
export function time(moment) {
  const date = new Date(moment);
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : day.format(date);
}

/** in 12 s, 3 min ago */
export function distance(moment) {
  const seconds = Math.round((new Date(moment) - Date.now()) / 1000);
  const size = Math.abs(seconds);
  const text = size < 60 ? `${size} s` : size < 3600 ? `${Math.round(size / 60)} min` : size < 86400 ? `${Math.round(size / 3600)} h` : `${Math.round(size / 86400)} d`;
  return size < 2 ? 'now' : seconds > 0 ? `in ${text}` : `${text} ago`;
}

/** A name's folders and its last part. */
export function parts(name) {
  const slash = name.lastIndexOf('/');
  return { folder: name.slice(0, slash + 1), file: name.slice(slash + 1) || name };
}
