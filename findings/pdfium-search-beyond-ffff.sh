#!/bin/sh
# PDFium by @embedpdf/pdfium 2.15.1 (WebAssembly): FPDFText_FindStart finds no phrase that
# holds a character beyond U+FFFF, though FPDFText_GetText gives that character, as a
# surrogate pair, and though phrases beside it are found. Such Han stand in Hong Kong's
# daily news (𨋢, a lift).
#
# Seen: 升降機𨋢門 by fpdf2 2.8.3 in Noto Sans HK; its text is whole, 升降機 is found, 𨋢 and
# 機𨋢 are not.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$work"
python3 -m venv env
env/bin/pip install -q fpdf2==2.8.3 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @embedpdf/pdfium@2.15.1 @expo-google-fonts/noto-sans-hk@0.4.3
cat >page.py <<'PY'
from fpdf import FPDF

page = FPDF()
page.add_page()
page.add_font("HK", "", "node_modules/@expo-google-fonts/noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf")
page.set_font("HK", size=20)
page.cell(0, 12, "升降機𨋢門")
page.output("page.pdf")
PY
env/bin/python page.py
cat >find.mjs <<'JS'
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { init } = require('@embedpdf/pdfium');
const lib = await init({ wasmBinary: fs.readFileSync(require.resolve('@embedpdf/pdfium/pdfium.wasm')) });
lib.PDFiumExt_Init();
const heap = lib.pdfium;
const copy = (bytes) => {
	const at = heap.wasmExports.malloc(bytes.length);
	heap.HEAPU8.set(bytes, at);
	return at;
};
const words = (text) => Buffer.concat([Buffer.from(text, 'utf16le'), Buffer.alloc(2)]);

const file = fs.readFileSync('page.pdf');
const doc = lib.FPDF_LoadMemDocument(copy(file), file.length, '');
const page = lib.FPDFText_LoadPage(lib.FPDF_LoadPage(doc, 0));
const length = lib.FPDFText_CountChars(page);
const out = copy(Buffer.alloc(4 * length + 8));
const n = lib.FPDFText_GetText(page, 0, length, out);
const text = Buffer.from(heap.HEAPU8.slice(out, out + 2 * n)).toString('utf16le').replace(/\0.*/s, '').trim();
console.log('text:', text);
for (const phrase of ['升降機', '門', '𨋢', '機𨋢']) {
	const search = lib.FPDFText_FindStart(page, copy(words(phrase)), 0, 0);
	console.log(phrase, lib.FPDFText_FindNext(search) ? 'found' : 'not found');
	lib.FPDFText_FindClose(search);
}
JS
node find.mjs | tee seen
cat >want <<'WANT'
text: 升降機𨋢門
升降機 found
門 found
𨋢 not found
機𨋢 not found
WANT
cmp seen want
