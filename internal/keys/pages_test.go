package keys

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// A key that pages use is everybody's: it opens printing alone, also one that was made before
// that was refused, and prints pages of its own hosts alone.
func TestKeysInPages(t *testing.T) {
	r, _ := openRing(t, t.TempDir())
	both := Params{Name: "buttons", Scopes: []Scope{Print, Email}, Origins: []string{"https://www.news.example"}}
	_, _, err := r.Create(both)
	var wrong *ParamError
	if !errors.As(err, &wrong) || wrong.Param != "origin" || wrong.Hint() == "" {
		t.Errorf("origin and email: %v", err)
	}
	old := Key{ID: "abc", Name: "old", Scopes: both.Scopes, Origins: both.Origins}
	if old.Allows(Email) || !old.Allows(Print) || !old.Bound() || !strings.Contains(old.Advice(), "old") {
		t.Errorf("an old key opens mail %v, print %v; advice %q", old.Allows(Email), old.Allows(Print), old.Advice())
	}
	if !old.AllowsHost("www.news.example") || old.AllowsHost("other.example") ||
		!slices.Equal(old.PageHosts(), []string{"www.news.example"}) {
		t.Errorf("an old key without hosts is for pages of %q", old.PageHosts())
	}
	for _, scope := range Scopes { // each, also one to come
		_, _, err := r.Create(Params{Name: "of-" + string(scope), Scopes: []Scope{Print, scope}, Origins: both.Origins})
		if refused := errors.As(err, &wrong) && wrong.Param == "origin"; refused != (scope != Print) {
			t.Errorf("origin and %s: %v", scope, err)
		}
		old := Key{ID: "abc", Name: "old", Scopes: Scopes, Origins: both.Origins}
		if old.Allows(scope) != (scope == Print) || scope != Print && !strings.Contains(old.Advice(), string(scope)) {
			t.Errorf("an old key opens %s: %v; advice %q", scope, old.Allows(scope), old.Advice())
		}
	}
	plain := Key{Scopes: both.Scopes}
	if !plain.Allows(Email) || plain.Bound() || plain.Advice() != "" || !plain.AllowsHost("other.example") {
		t.Error("a key without hosts and origins is bound")
	}
}
