// Package site holds what is known of single sites, and which roles an element of a
// page can have.
//
// In: rules as JSON (extract/sites/NAME.json, or a publisher's own folder). Out: a
// [Rule] that matches pages by host and path and finds the elements of each [Role].
//
//	roles.go      the one table of roles: of rules and of the publisher contract
//	rules.go      the form of a rule; reading, checking, matching
//	selectors.go  its selectors, compiled when it is read, looked up by goquery
//
// A bad selector or an unknown key is an error when the rule is read, never when a
// page is. It must not know any site by name: that is data.
package site
