// Package filename makes file names of what a stranger wrote.
//
// In: text of a page, such as a headline. Out: a name that every file system,
// shell and mail program takes as one plain name, see [Safe], and that is as
// short as it has to be, see [Cut]. The package touches no file, and must not
// know what a name is for.
package filename
