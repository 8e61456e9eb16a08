// Command bench prints one page with offprint and with headless Chromium, beside
// each other on the same machine, and writes what it measured as a table.
//
//	go run ./bench                         # builds the command, then measures
//	go run ./bench -offprint ./offprint    # measures this binary
//	go run ./bench -offprint none          # Chromium alone
//
// In: the Simplified Chinese demo article cut to 3,000 characters, four JPEGs of
// 130 KB, the repository's Noto Sans SC; the programs hyperfine and chromium. Out:
// bench/results/chromium.md, and the page and both PDFs in the folder of -work.
//
// Both programs get the same file. It carries print CSS and @font-face, so that
// Chromium prints a clean article in the same face and needs no system font.
// Chromium gets a new profile folder in every run, made outside the timed part.
//
// It must not be needed by anything, and it reaches no network.
package main
