// Makes templates/web/buttons.js of templates/buttons: one small module.
//
// usage: node build.mjs [FILE]   (default: the committed file)
import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const root = new URL('../../', import.meta.url).pathname;
const outfile = process.argv[2] ?? `${root}templates/web/buttons.js`;

// A style sheet becomes a string, without its comments.
const sheets = {
  name: 'sheets',
  setup(made) {
    made.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: 'chrome120' });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

// The words become a string a language, and words.print a place in it.
const tables = JSON.parse(await readFile(`${root}templates/buttons/words.json`, 'utf8'));
const keys = Object.keys(tables.en);
const words = {
  name: 'words',
  setup(made) {
    made.onLoad({ filter: /words\.json$/ }, () => {
      const lines = Object.entries(tables).map(([lang, table]) => [lang, keys.map((key) => table[key]).join('|')]);
      return { contents: JSON.stringify(Object.fromEntries(lines)), loader: 'json' };
    });
    made.onLoad({ filter: /buttons\/\w+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace(/\bwords\.(\w+)\b(?!\.json|')/g, (whole, key) => {
        if (key === 'json') return whole;
        if (!keys.includes(key)) throw new Error(`${path}: ${whole} is not in words.json`);
        return `words[${keys.indexOf(key)}]`;
      });
      return { contents, loader: 'js' };
    });
  },
};

const { outputFiles: [bundle] } = await build({
  entryPoints: [`${root}templates/buttons/buttons.js`], write: false, bundle: true, minifySyntax: true, format: 'esm', target: 'es2022', charset: 'utf8',
  mangleProps: /[^_]_$/, legalComments: 'none', plugins: [sheets, words],
});
const { code } = await minify(bundle.text, {
  module: true, ecma: 2020, compress: { passes: 4, hoist_props: false, pure_getters: true, unsafe_arrows: true, keep_fargs: false, inline: 1 }, format: { ecma: 2020, semicolons: true, quote_style: 2 },
});
const bytes = Buffer.from(`/* offprint (MIT) */\n${code}\n`);
await writeFile(outfile, bytes);
console.log(`buttons.js: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzip`);
