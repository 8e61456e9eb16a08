package keys

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// maxName is the longest name of a key, in characters; maxList the most origins
// or hosts that it may have.
const (
	maxName = 64
	maxList = 100
)

// Params say what a new key is for.
type Params struct {
	Name          string // 1 to 64 characters
	Scopes        []Scope
	Origins       []string
	Hosts         []string
	Quotas        Quotas
	RatePerMinute int
	Expires       time.Time // zero: never
}

// ParamError says which of [Params] cannot be.
type ParamError struct {
	Param string // name, scope, origin, host, prints-per-day, mails-per-day, rate-per-minute, expires
	Err   error
	hint  string
}

func (e *ParamError) Error() string { return fmt.Sprintf("create key: %s: %v", e.Param, e.Err) }
func (e *ParamError) Unwrap() error { return e.Err }

// Hint says what the user can do about it.
func (e *ParamError) Hint() string { return e.hint }

// key makes a key of the params, with lists in the form in which they are
// compared.
func (p *Params) key(now time.Time) (Key, error) {
	k := Key{
		Name: strings.TrimSpace(p.Name), Quotas: p.Quotas, RatePerMinute: p.RatePerMinute,
		Created: now.UTC().Truncate(time.Second),
	}
	if err := checkName(k.Name); err != nil {
		return k, &ParamError{"name", err, "name it after who uses it, such as cms or app-2027"}
	}
	if len(p.Scopes) == 0 {
		return k, &ParamError{"scope", errors.New("none is given"), scopeHint}
	}
	for _, scope := range p.Scopes {
		if !slices.Contains(Scopes, scope) {
			return k, &ParamError{"scope", fmt.Errorf("%q is not known", scope), scopeHint}
		}
		if !slices.Contains(k.Scopes, scope) {
			k.Scopes = append(k.Scopes, scope)
		}
	}
	var err error
	if k.Origins, err = each(p.Origins, plainOrigin); err != nil {
		return k, &ParamError{"origin", err, "an origin is what browsers send: https://www.example.com, " +
			"with a port only if the address has one"}
	}
	if k.Hosts, err = each(p.Hosts, plainHost); err != nil {
		return k, &ParamError{"host", err, "a host is a name such as news.example, which stands for those beneath it, too"}
	}
	if closed := k.closed(); len(closed) > 0 {
		names := strings.Join(closed, ", ")
		return k, &ParamError{
			"origin", fmt.Errorf("a key that pages use is everybody's, and would open %s to everybody", names),
			"leave the scope " + names + " out, or leave the origins out and call from a server",
		}
	}
	for _, n := range []struct {
		param string
		value int
	}{
		{"prints-per-day", p.Quotas.PrintsPerDay},
		{"mails-per-day", p.Quotas.MailsPerDay},
		{"rate-per-minute", p.RatePerMinute},
	} {
		if n.value < 0 {
			err := fmt.Errorf("%d is less than none", n.value)
			return k, &ParamError{n.param, err, "give a number, or leave it out for no bound"}
		}
	}
	if !p.Expires.IsZero() {
		if k.Expires = p.Expires.UTC().Truncate(time.Second); !k.Expires.After(now) {
			err := fmt.Errorf("%s is past", k.Expires.Format(time.RFC3339))
			return k, &ParamError{"expires", err, "give a time to come, such as 90d"}
		}
	}
	return k, nil
}

const scopeHint = "scopes: print, email, hooks, admin; none includes another"

func checkName(name string) error {
	switch {
	case name == "":
		return errors.New("it is empty")
	case !utf8.ValidString(name):
		return errors.New("it is not valid UTF-8")
	case utf8.RuneCountInString(name) > maxName:
		return fmt.Errorf("it is longer than %d characters", maxName)
	case name[0] == '-':
		return errors.New("it begins like a flag")
	case strings.HasPrefix(name, textPrefix):
		return fmt.Errorf("it begins with %s, as the keys themselves do", textPrefix)
	}
	for _, r := range name {
		if !unicode.IsPrint(r) {
			return fmt.Errorf("%q cannot stand in it", r)
		}
	}
	return nil
}

// each puts every item into its plain form, without doubles.
func each(list []string, plain func(string) (string, error)) ([]string, error) {
	if len(list) > maxList {
		return nil, fmt.Errorf("%d are more than %d", len(list), maxList)
	}
	var out []string
	for _, one := range list {
		item, err := plain(one)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, item) {
			out = append(out, item)
		}
	}
	return out, nil
}

// plainOrigin gives an origin as browsers send it (RFC 6454 §6.2): lower case,
// the host in ASCII, without the scheme's own port.
func plainOrigin(s string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil ||
		u.Opaque != "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return "", fmt.Errorf("%.200q is not an origin", s)
	}
	host, err := plainHost(u.Hostname())
	if err != nil {
		return "", err
	}
	port := u.Port()
	if n, err := strconv.Atoi(port); port != "" && (err != nil || n < 1 || n > 65535) || strings.HasSuffix(u.Host, ":") {
		return "", fmt.Errorf("%.200q is not an origin: its port is none", s)
	}
	if port == "" || port == "443" && u.Scheme == "https" || port == "80" && u.Scheme == "http" {
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		return u.Scheme + "://" + host, nil
	}
	return u.Scheme + "://" + net.JoinHostPort(host, port), nil
}

// plainHost gives a host in lower case and ASCII, without a dot at its end.
func plainHost(s string) (string, error) {
	host := strings.TrimSuffix(strings.TrimSpace(s), ".")
	if ip, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil && ip.Zone() == "" {
		return ip.String(), nil
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err == nil { // what it makes is not always what it takes
		var again string
		if again, err = idna.Lookup.ToASCII(ascii); again != ascii {
			err = errors.New("it has no one form")
		}
	}
	if err != nil || !utf8.ValidString(s) || !isDomain(ascii) {
		return "", fmt.Errorf("%.200q is not a host", s)
	}
	return ascii, nil
}

// maxDomain is how long a domain can be, in bytes, without the dot at its end
// (RFC 1035 §2.3.4).
const maxDomain = 253

// isDomain reports whether a host in lower case and ASCII is labels of letters, digits
// and hyphens with a dot between each two.
func isDomain(ascii string) bool {
	if len(ascii) > maxDomain || slices.Contains(strings.Split(ascii, "."), "") {
		return false // an empty text is one empty label
	}
	return strings.Trim(ascii, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}
