import { make } from './dom.js';
import { count } from './format.js';

/** Draws filters as buttons of which one is pressed: `[value, text, number]` each. Their elements are kept, so that the focus is. */
export function drawChips(box, chips, pressed, choose) {
  while (box.children.length > chips.length) {
    box.lastElementChild.remove();
  }
  chips.forEach(([value, text, number], index) => {
    const chip = box.children[index] ?? box.appendChild(make('button', { type: 'button' }, make('span'), make('span', { className: 'count' })));
    chip.firstElementChild.textContent = text;
    chip.lastElementChild.textContent = count(number);
    chip.setAttribute('aria-pressed', String(value === pressed));
    chip.onclick = () => choose(value);
  });
}
