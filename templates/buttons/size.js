// The text size of the article on the page, one for all its toolbars and tabs.
import { computed, listen, queryAll, setProperty, split } from './natives.js';

// The steps of the service, and how many percent the page's text has.
const names = split('small medium large x-large xx-large huge giant', ' ');
const percents = [90, 100, 115, 133, 150, 175, 225];
const key = 'offprint:size';

let step;
export const fontSize = () => names[step];
export const percent = (by) => percents[step + by];

// recall takes the step that is kept. A browser that keeps nothing for this
// page throws.
const recall = () => {
  let kept;
  try {
    kept = localStorage[key];
  } catch {}
  step = 1;
  for (let i = 0; i < names.length; i++) if (names[i] === kept) step = i;
  apply();
};

// Toolbars on this page: { article_, show_ }.
const bars = [];
export const join = (bar) => {
  bars[bars.length] = bar;
  recall();
};

// What was set: style, property, and the value that it had.
let changed = [];
const change = (element, property, value) => {
  const { style } = element;
  changed[changed.length] = [style, property, style[property]];
  setProperty(style, property, value);
};

// apply sets the variable on each article. Text that does not follow it is
// multiplied element by element, and keeps the ratio of its line height.
const apply = () => {
  for (let i = changed.length; i--;) setProperty(changed[i][0], changed[i][1], changed[i][2] || '');
  changed = [];
  let last;
  for (let k = 0; k < bars.length; k++) {
    bars[k].show_();
    const article = bars[k].article_();
    if (article && step !== 1 && article !== last) multiply(last = article, percents[step] / 100);
  }
};

const multiply = (article, by) => {
  const inside = queryAll(article, ':not(article-tools)');
  const before = [];
  const at = (i) => i ? inside[i - 1] : article;
  const size = (i) => parseFloat(computed(at(i)).fontSize);
  for (let i = 0; i <= inside.length; i++) before[i] = [size(i), parseFloat(computed(at(i)).lineHeight)];
  change(article, '--offprint-scale', 2);
  for (let i = 0; i <= inside.length; i++) before[i][2] = size(i) === before[i][0];
  setProperty(article.style, '--offprint-scale', by);
  for (let i = 0; i <= inside.length; i++) {
    if (before[i][2]) {
      change(at(i), 'font-size', before[i][0] * by + 'px');
      change(at(i), 'line-height', before[i][1] / before[i][0] || 'normal');
    }
  }
};

// go moves by so many steps (0: back to the page's own), and tells the other
// tabs by what is kept.
export const go = (by) => {
  if (!percent(by)) return;
  step = by ? step + by : 1;
  try {
    localStorage[key] = names[step];
  } catch {}
  apply();
};

listen(window, 'storage', recall);
// A page's own sizes may follow the width of its window.
listen(window, 'resize', apply);
