//go:build integration

// Package readers holds finished PDFs against the programs that people read them
// with: Poppler, MuPDF, pdf.js, PDFium, Ghostscript and PDFBox, and Poppler once more
// behind Ghostscript's pdfwrite. What each of them takes out of a line must be the
// source's text, to the character and the space; what stands in a line must be found
// by each one's own search.
//
// In: pages of testdata, the demos, and the laid-out pages, which say what stands in
// which line. Out: nothing; everything here is a test with the build tag integration,
// and check.sh installs what the tests need and runs them.
//
// It must not be imported by anything, and nothing here opens a connection beyond
// loopback.
package readers
