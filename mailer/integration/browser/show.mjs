// Shows letters in Chromium at three widths, light and dark, and writes a
// screenshot of each; runs axe-core on them; refuses any request that would
// leave the page and any line wider than the window.
//
// usage: node show.mjs CHROMIUM OUTPUT-FOLDER LETTER.html…
// Prints a JSON object for each page with something wrong, and a count; exit
// status 1 when there is any.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [program, folder, ...letters] = process.argv.slice(2);
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
let pages = 0;
let bad = 0;

for (const letter of letters) {
  const html = await readFile(letter, 'utf8');
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 600, 1200]) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const requests = [];
      await page.route('**/*', (route) => {
        requests.push(route.request().url());
        return route.abort();
      });
      await page.setContent(html, { waitUntil: 'load' });
      const name = `${basename(letter, '.html')}-${width}-${colorScheme}`;
      const height = Math.min(1600, await page.evaluate(() => document.documentElement.scrollHeight));
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, clip: { x: 0, y: 0, width, height } });
      // axe takes a page without a background for white, also where the window
      // is dark: tell it what there is.
      await page.evaluate(() => { document.documentElement.style.background = 'Canvas'; });
      await page.evaluate(axeSource);
      const violations = await page.evaluate(async () => {
        const result = await globalThis.axe.run(document);
        const name = (v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join('; ')}`;
        // What axe could not judge counts as wrong too, so that nothing passes unseen.
        return [...result.violations, ...result.incomplete].map(name);
      });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
      const wrong = violations.length > 0 || overflow > 0 || requests.length > 0 || dark !== (colorScheme === 'dark');
      pages += 1;
      if (wrong) {
        bad += 1;
        console.log(JSON.stringify({ name, violations, overflow, requests, dark }));
      }
      await context.close();
    }
  }
}
await browser.close();
console.log(`${pages} pages shown, ${bad} with something wrong`);
process.exit(bad ? 1 : 0);
