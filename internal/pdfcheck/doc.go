// Package pdfcheck holds a PDF of ours against PDF/UA-1 (ISO 14289-1:2014), PDF/A-2
// (ISO 19005-2:2011) and PDF/A-3 (ISO 19005-3:2012), without any program beside it.
//
// In: a file's bytes. Out: what it claims to be, and a [Fault] for each rule of these
// standards that it breaks, with the rule's clause. docs/accessibility.md tells, for
// each machine check of the Matterhorn Protocol 1.1, which rule sees to it.
//
// It is a witness for tests. It trusts nothing that render/pdf says of its own work
// and shares no code with it, but it reads no more than such a file has: one
// cross-reference table, Flate alone, composite TrueType fonts. What it cannot read
// is a fault. It changes nothing and must not be imported but by tests.
package pdfcheck
