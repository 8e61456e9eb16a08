package site

import (
	"strings"
)

// Role is what an element of a page is said to be: by the publisher, as a value
// of data-offprint, or by the rule of its site.
type Role string

const (
	RoleTitle      Role = "title"
	RoleSubtitle   Role = "subtitle"
	RoleAuthor     Role = "author"
	RoleBio        Role = "bio"
	RolePublished  Role = "published"
	RoleModified   Role = "modified"
	RoleBody       Role = "body"
	RoleHeading    Role = "heading"
	RoleFigure     Role = "figure"
	RoleCaption    Role = "caption"
	RoleCredit     Role = "credit"
	RoleDisclaimer Role = "disclaimer"
	RoleLogo       Role = "logo"
	RoleSection    Role = "section"
	RoleColumn     Role = "column"
	RoleSource     Role = "source"
	RoleExclude    Role = "exclude"
	RoleNext       Role = "next"
)

// roleTraits are what is known of a role.
type roleTraits struct {
	role     Role
	key      string // of its selectors in a site rule; "" when a rule cannot give it
	contract bool   // a publisher can mark it with data-offprint
	every    bool   // all selectors of its list count, not the first one that matches
	field    bool   // it is printed from the article's fields, so it is no part of the body
}

// roles is the one table of them, in the order in which rules look them up: of
// two roles of an element the first counts. A new field of site rules is a line
// here, with its name above, and what it fills in extract/marked.go. A field that
// no witness fills yet also wants a place in extract/claims.go.
var roles = []roleTraits{
	{role: RoleTitle, key: "title", contract: true, field: true},
	{role: RoleSubtitle, key: "subtitle", contract: true, field: true},
	{role: RoleAuthor, key: "author", contract: true, field: true},
	{role: RoleBio, key: "bio", contract: true, field: true},
	{role: RolePublished, key: "published", contract: true, field: true},
	{role: RoleModified, key: "modified", field: true},
	{role: RoleBody, key: "body", contract: true},
	{role: RoleHeading, key: "heading", contract: true, every: true},
	{role: RoleFigure, contract: true},
	{role: RoleCaption, key: "caption", contract: true, every: true},
	{role: RoleCredit, key: "credit", contract: true, every: true},
	{role: RoleDisclaimer, key: "disclaimer", contract: true, every: true},
	{role: RoleLogo, contract: true, field: true}, // a rule gives its address
	{role: RoleSection, key: "section", contract: true, field: true},
	{role: RoleColumn, key: "column", field: true},
	{role: RoleSource, key: "source", field: true},
	{role: RoleExclude, key: "strip", contract: true, every: true}, // what is no part of the article
	{role: RoleNext, key: "next", field: true},                     // links to the article's further pages
}

// ContractRole finds the role that a word of data-offprint names; ok is false
// when it names none.
func ContractRole(word string) (r Role, ok bool) {
	for _, t := range roles {
		if t.contract && string(t.role) == word {
			return t.role, true
		}
	}
	return "", false
}

// IsField reports whether what has the role is printed from the article's fields,
// and not in its body.
func (r Role) IsField() bool {
	for _, t := range roles {
		if t.role == r {
			return t.field
		}
	}
	return false
}

// selectorKey finds the role whose selectors a key of a site rule names.
// encoding/json, too, takes keys in either case.
func selectorKey(key string) (r Role, ok bool) {
	for _, t := range roles {
		if t.key != "" && strings.EqualFold(t.key, key) {
			return t.role, true
		}
	}
	return "", false
}
