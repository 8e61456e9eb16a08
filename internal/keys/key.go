package keys

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Scope is a part of the service that a key opens.
type Scope string

// The scopes. None includes another: a key does what it was made for.
const (
	Print Scope = "print" // make PDFs
	Email Scope = "email" // send mail
	Hooks Scope = "hooks" // receive web hooks and bounces
	Admin Scope = "admin" // see and change all jobs, erase and export addresses
)

// Scopes lists all scopes.
var Scopes = []Scope{Print, Email, Hooks, Admin}

// Quotas bound what a key may do from midnight to midnight UTC. 0: no bound.
type Quotas struct {
	PrintsPerDay int `json:"prints_per_day,omitempty"`
	MailsPerDay  int `json:"mails_per_day,omitempty"` // messages, one a recipient
}

// Key is what is known of a key. Its JSON is that of offprint keys list; the
// key's text and hash are not in it.
type Key struct {
	ID     string  `json:"id"`   // the second part of its text
	Name   string  `json:"name"` // of no other key that is not revoked
	Scopes []Scope `json:"scopes"`
	// Origins are the web sites whose pages may use the key, as scheme://host:port,
	// a port only where it is not the scheme's own. Empty: none.
	Origins []string `json:"origins,omitempty"`
	// Hosts are those whose pages may be printed. Empty: those of Origins, and without
	// these all that the service prints.
	Hosts         []string  `json:"hosts,omitempty"`
	Quotas        Quotas    `json:"quotas"`
	RatePerMinute int       `json:"rate_per_minute,omitempty"` // requests; 0: the service's own
	Created       time.Time `json:"created"`
	Expires       time.Time `json:"expires,omitzero"`   // zero: never
	Revoked       time.Time `json:"revoked,omitzero"`   // zero: not
	LastUsed      time.Time `json:"last_used,omitzero"` // the day, UTC; from usage.json
}

// Allows reports whether the key opens a part of the service. A key that web pages
// use is everybody's, so it opens printing alone, whatever its scopes say.
func (k *Key) Allows(s Scope) bool {
	return slices.Contains(k.Scopes, s) && (s == Print || !k.InPages())
}

// closed lists the scopes that a key has in vain, since pages use it.
func (k *Key) closed() []string {
	var names []string
	for _, s := range k.Scopes {
		if !k.Allows(s) {
			names = append(names, string(s))
		}
	}
	return names
}

// InPages reports whether web pages may use the key, so that every reader knows it.
func (k *Key) InPages() bool { return len(k.Origins) > 0 }

// Bound reports whether the key takes the pages of its hosts as they stand, and
// nothing of the caller's: no HTML, no article, no title and no note.
func (k *Key) Bound() bool { return len(k.Hosts) > 0 || k.InPages() }

// Advice says what the key does not do although its scopes say so; "": it does all. Only
// keys of older versions have some.
func (k *Key) Advice() string {
	if closed := k.closed(); len(closed) > 0 {
		return fmt.Sprintf("key %s (%s) has origins, so that everybody may know it, and opens nothing but print although "+
			"its scopes have %s; make another without origins for it", k.ID, k.Name, strings.Join(closed, ", "))
	}
	return ""
}

// PageHosts are the hosts whose pages may be printed; none: all that the service
// prints. A key with origins and no hosts has the hosts of its origins.
func (k *Key) PageHosts() []string {
	if len(k.Hosts) > 0 || !k.InPages() {
		return k.Hosts
	}
	var hosts []string
	for _, origin := range k.Origins {
		u, err := url.Parse(origin)
		if err != nil {
			continue // the file's check refuses such an origin
		}
		if host := u.Hostname(); !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// AllowsHost reports whether pages of a host may be printed: one of PageHosts, or one
// beneath it, as allow_hosts and site.hosts have it. host has no port.
func (k *Key) AllowsHost(host string) bool {
	if !k.Bound() {
		return true
	}
	host, err := plainHost(host)
	if err != nil {
		return false
	}
	for _, one := range k.PageHosts() {
		if host == one || strings.HasSuffix(host, "."+one) && !isIP(one) {
			return true
		}
	}
	return false
}

// AllowsOrigin reports whether a request with this Origin header may use the key.
// Without Origins a key is for servers, which send none (""): a key that stands
// in a page is everybody's, so each site must be named. With Origins, the header
// must be there and be one of them.
func (k *Key) AllowsOrigin(origin string) bool {
	if len(k.Origins) == 0 {
		return origin == ""
	}
	return origin != "" && slices.Contains(k.Origins, strings.ToLower(origin))
}

// State is how a key stands at a time.
func (k *Key) State(now time.Time) State {
	switch {
	case !k.Revoked.IsZero():
		return IsRevoked
	case !k.Expires.IsZero() && !now.Before(k.Expires):
		return IsExpired
	}
	return IsActive
}

// State is how a key stands.
type State string

// The states.
const (
	IsActive  State = "active"
	IsRevoked State = "revoked"
	IsExpired State = "expired"
)
