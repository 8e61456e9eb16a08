// Package noto embeds the Noto Sans faces that offprint sets text in.
//
// In comes nothing: the files are part of the program that imports this package,
// all of them, some 35 MB. Out come [Library], to set text of any language in,
// and single faces by [Face]. A file is opened on first use and read in place, so
// a program starts no slower for a face that it does not use.
//
// The faces are the table in faces.go. To add one, add its line there and its
// download to ../refresh.sh. The package chooses no face for a text: package
// fonts does, by the languages in the table.
//
// The fonts are under the SIL Open Font License 1.1, which stands beside them in
// OFL.txt. "make fonts" fetches them again and checks their hashes.
package noto
