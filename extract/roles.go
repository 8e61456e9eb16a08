package extract

import "strings"

// role is what an element of a page is said to be: by the publisher, as a value
// of data-offprint, or by the rule of its site.
type role string

const (
	roleTitle      role = "title"
	roleSubtitle   role = "subtitle"
	roleAuthor     role = "author"
	roleBio        role = "bio"
	rolePublished  role = "published"
	roleModified   role = "modified"
	roleBody       role = "body"
	roleHeading    role = "heading"
	roleFigure     role = "figure"
	roleCaption    role = "caption"
	roleCredit     role = "credit"
	roleDisclaimer role = "disclaimer"
	roleLogo       role = "logo"
	roleSection    role = "section"
	roleColumn     role = "column"
	roleSource     role = "source"
	roleExclude    role = "exclude"
	roleNext       role = "next"
)

// roleTraits are what is known of a role.
type roleTraits struct {
	role     role
	key      string // of its selectors in a site rule; "" when a rule cannot give it
	contract bool   // a publisher can mark it with data-offprint
	every    bool   // all selectors of its list count, not the first one that matches
	field    bool   // it is printed from the article's fields, so it is no part of the body
}

// roles is the one table of them, in the order in which rules look them up: of
// two roles of an element the first counts. A new field of site rules is a line
// here, with its name above, and what it fills in extract/contract.go.
var roles = []roleTraits{
	{role: roleTitle, key: "title", contract: true, field: true},
	{role: roleSubtitle, key: "subtitle", contract: true, field: true},
	{role: roleAuthor, key: "author", contract: true, field: true},
	{role: roleBio, key: "bio", contract: true, field: true},
	{role: rolePublished, key: "published", contract: true, field: true},
	{role: roleModified, key: "modified", field: true},
	{role: roleBody, key: "body", contract: true},
	{role: roleHeading, key: "heading", contract: true, every: true},
	{role: roleFigure, contract: true},
	{role: roleCaption, key: "caption", contract: true, every: true},
	{role: roleCredit, key: "credit", contract: true, every: true},
	{role: roleDisclaimer, key: "disclaimer", contract: true, every: true},
	{role: roleLogo, contract: true, field: true}, // a rule gives its address
	{role: roleSection, key: "section", contract: true, field: true},
	{role: roleColumn, key: "column", field: true},
	{role: roleSource, key: "source", field: true},
	{role: roleExclude, key: "strip", contract: true, every: true}, // what is no part of the article
	{role: roleNext, key: "next", field: true},                     // links to the article's further pages
}

// contractRole finds the role that a word of data-offprint names; ok is false
// when it names none.
func contractRole(word string) (r role, ok bool) {
	for _, t := range roles {
		if t.contract && string(t.role) == word {
			return t.role, true
		}
	}
	return "", false
}

// isField reports whether what has the role is printed from the article's fields,
// and not in its body.
func (r role) isField() bool {
	for _, t := range roles {
		if t.role == r {
			return t.field
		}
	}
	return false
}

// selectorKey finds the role whose selectors a key of a site rule names.
// encoding/json, too, takes keys in either case.
func selectorKey(key string) (r role, ok bool) {
	for _, t := range roles {
		if t.key != "" && strings.EqualFold(t.key, key) {
			return t.role, true
		}
	}
	return "", false
}
