// Package templates holds every design that a publisher may change: the look
// of the page (page/NAME/page.json) and the texts of the mail (mail/).
//
// In: the name of an embedded design, or a publisher's folder.
// Out: a checked [Design], or the files of a mail template as an fs.FS.
// Nothing in here lays anything out, and nothing in here is code: a design is
// numbers, colours and words. A key that is not known is an error, so that a
// typing mistake cannot pass for a setting.
package templates
