package config

import (
	"reflect"
	"slices"
	"strings"

	"offprint"
	"offprint/server"
)

// settingKind says how a setting's value is read from the environment, and
// whether it is a path that starts from its file's folder.
type settingKind uint8

const (
	textSetting    settingKind = iota
	listSetting                // in the environment: a,b,c
	fileSetting                // a path
	secretSetting              // a path to a file that nobody else should read
	addressSetting             // a path or a URL
	designSetting              // a name, or a path if it has a slash or a dot
	tablesSetting              // [[…]]: only in a file
)

// setting is one key of the configuration.
type setting struct {
	key      string // section.name
	kind     settingKind
	fallback string // what holds when nobody sets it, in words
	about    string
}

// withPort says how a host is listed that is read at a port of its own.
const withPort = "HOST:PORT where the port is another than 80 or 443"

// settings lists every key that there is, in the order in which they are shown.
var settings = slices.Concat([]setting{
	{"data_dir", fileSetting, "", "folder of what is kept between runs"},

	{"site.name", textSetting, "the page's", "name of the publication, on paper and in letters"},
	{"site.logo", addressSetting, "the page's", "its logo: a file or URL"},
	{"site.hosts", listSetting, "every page", "hosts whose pages are the publication's own; " + withPort},
	{"site.public_url", textSetting, "none", "address at which readers reach the service"},
}, printSettings(), []setting{
	{"mail.host", textSetting, "none", "name of the SMTP server"},
	{"mail.port", textSetting, "587, 465 with tls, 25 with none", "its port"},
	{"mail.tls", textSetting, "starttls", "starttls, tls, or none (this machine only)"},
	{"mail.auth", textSetting, "no log-in", "PLAIN, LOGIN, SCRAM-SHA-256 or XOAUTH2"},
	{"mail.user", textSetting, "none", "name to log in with"},
	{"mail.password_file", secretSetting, "none", "file with the password, or XOAUTH2's access token"},
	{"mail.ca_file", fileSetting, "the system's", "certificates to trust instead of the system's, PEM"},
	{"mail.servers", tablesSetting, "none", "further servers, tried in order when the first is out of reach"},
	{"mail.from", textSetting, "none", "sender of all letters: Name <name@news.example>"},
	{"mail.envelope_domain", textSetting, "bounces go to mail.from", "domain that bounces go to, as bounce+TOKEN@"},
	{"mail.dkim_domain", textSetting, "unsigned", "domain that signs"},
	{"mail.dkim_rsa_selector", textSetting, "none", "place of the RSA key in the DNS"},
	{"mail.dkim_rsa_key_file", secretSetting, "none", "private RSA key, PEM"},
	{"mail.dkim_ed25519_selector", textSetting, "none", "place of the Ed25519 key in the DNS"},
	{"mail.dkim_ed25519_key_file", secretSetting, "none", "private Ed25519 key, PEM"},
	{"mail.attach_limit", textSetting, "7000000", "most bytes of a PDF in a letter"},
	{"mail.rate_per_second", textSetting, "no limit", "letters a second"},
	{"mail.suppression_file", fileSetting, "none", "who asked for no mail: an address or its sha256: a line"},

	{"fetch.allow_hosts", listSetting, "every host", "the only hosts that pages are read from; " + withPort},
	{
		"fetch.deny_private", textSetting, "false; in the service true",
		"read no private address, whoever names it: true or false",
	},

	{"serve.listen", textSetting, server.DefaultListen, "address of the service, HOST:PORT"},
	{"serve.admin_listen", textSetting, server.DefaultAdminListen, "address of the operator's pages: metrics and jobs"},
	{"serve.trusted_proxies", listSetting, "none", "proxies whose X-Forwarded-For is believed: addresses or ranges"},
	{"serve.max_body", textSetting, "10000000", "most bytes of a request"},
	{"serve.header_timeout", textSetting, "10s", "longest time for a request's headers to arrive"},
	{"serve.body_timeout", textSetting, "30s", "longest time for the rest of it to arrive"},
	{"serve.request_timeout", textSetting, "1m30s", "longest time for an answer"},
	{"serve.idle_timeout", textSetting, "2m", "for how long an idle connection is kept"},
	{
		"serve.drain_delay", textSetting, "5s with site.public_url, else none",
		"between not being ready and taking no more requests, when the service ends; -1s: none",
	},

	{"store.dir", fileSetting, "pdf in data_dir", "folder of finished PDFs"},
	{"store.keep", textSetting, "720h", "for how long a PDF is kept"},

	{"limits.slots", textSetting, "one a core", "articles that are set at a time"},
	{"limits.open", textSetting, "4 a slot", "articles that are under way at a time"},
	{"limits.waiting", textSetting, "16 a slot", "requests that may wait for that"},
	{"limits.pages", textSetting, "500", "pages of a document"},
	{"limits.characters", textSetting, "400000", "characters of an article"},
	{
		"limits.megapixels", textSetting, "50",
		"megapixels of pictures that are decoded at a time, at some 20 MB of memory each",
	},
	{"limits.time", textSetting, "1m", "longest time to make a document"},
	{"limits.per_ip_per_minute", textSetting, "120", "requests of an address without a key; -1: any number"},
	{"limits.per_key_per_minute", textSetting, "1200", "requests with a key; -1: any number"},
	{"limits.per_key_bytes", textSetting, "1000000000", "bytes kept for a key's jobs and letters; -1: any number"},
	{"limits.retention", textSetting, "168h", "for how long a finished job, with its readers' addresses, is remembered"},

	{"callbacks.url", textSetting, "none", "address that is told of every job that names none itself"},
	{
		"callbacks.secret_file", secretSetting, "callback.secret in data_dir",
		"file with the secrets that calls are signed with, one a line: whsec_…",
	},
	{
		"callbacks.allow_hosts", listSetting, "public ones",
		"hosts that may be called although they are private, at any port: names without one",
	},

	{
		"hooks.*.source", textSetting, "none",
		"system that calls: ghost, strapi, contentful, wordpress, standard-webhooks or generic",
	},
	{
		"hooks.*.verify", textSetting, "the source's way",
		"how it shows who it is: standard-webhooks, ghost, contentful, hmac, header, query or none",
	},
	{"hooks.*.secret_file", secretSetting, "none", "file with the secrets, one a line"},
	{"hooks.*.header", textSetting, "the way's own", "header of the secret or the signature"},
	{
		"hooks.*.url_template", textSetting, "none",
		"the article's address, made of values: https://news.example/{entry.slug}",
	},
	{"hooks.*.url_path", textSetting, "the source's", "where the article's address stands, as a gjson path"},
	{"hooks.*.title_path", textSetting, "the source's", "where its title stands"},
	{"hooks.*.html_path", textSetting, "the source's", "where its text stands: it is printed in place of the page"},
	{"hooks.*.locale_path", textSetting, "the source's", "where its language stands"},
	{"hooks.*.locale", textSetting, "the article's", "language of articles that do not say theirs"},
	{"hooks.*.event_path", textSetting, "the source's", "where it stands what happened"},
	{"hooks.*.type_path", textSetting, "the source's", "where it stands to what kind of thing"},
	{"hooks.*.id_path", textSetting, "the source's", "where it stands to which article"},
	{"hooks.*.version_path", textSetting, "the source's", "where something stands that changes with the article"},
	{"hooks.*.types", listSetting, "all", "kinds of thing that are articles"},
	{"hooks.*.publish_events", listSetting, "the source's", "more words for: it was published"},
	{"hooks.*.update_events", listSetting, "the source's", "more words for: it was changed"},
	{"hooks.*.withdraw_events", listSetting, "the source's", "more words for: it was taken back"},
	{"hooks.*.max_per_hour", textSetting, "20", "articles mailed to a list in an hour, at most"},
	{"hooks.*.actions", listSetting, "none", "what to do: render, render:large, email:LIST, call:https://…"},

	{"readers.enabled", textSetting, "false", "the form by which readers mail an article is there: true or false"},
	{"readers.note", textSetting, "false", "a reader may add a few words to the letter: true or false"},
	{
		"readers.secret_file", secretSetting, "readers.secret in data_dir",
		"file with the secrets that sign pages' tokens, one a line, at least 32 characters",
	},
	{"readers.challenge_bits", textSetting, "18", "work for each letter, in bits: 8 to 22; it rises to 22 under load"},
	{"readers.per_ip_per_day", textSetting, "20", "recipients of the form from an address (IPv6: /64) in a day"},
	{"readers.per_domain_per_hour", textSetting, "200", "recipients of the form at a mail domain in an hour"},
	{"readers.per_article_per_hour", textSetting, "500", "recipients of the form of an article in an hour"},

	{"lists.*.recipients_file", fileSetting, "none", "CSV file of recipients: email,name,lang,font_size"},
})

// printSettings are those of [print]: one for each of the print options.
func printSettings() []setting {
	var list []setting
	for _, option := range offprint.OptionFields() {
		kind := textSetting
		switch {
		case option.File == "design":
			kind = designSetting
		case option.File == "address":
			kind = addressSetting
		case option.Type.Kind() == reflect.Slice:
			kind = listSetting
		}
		list = append(list, setting{"print." + option.Name, kind, option.Holds(), option.LocalDoc()})
	}
	return list
}

// serverKeys are the keys of a table of mail.servers.
var serverKeys = map[string]settingKind{
	"host": textSetting, "port": textSetting, "tls": textSetting, "auth": textSetting, "user": textSetting,
	"password_file": secretSetting, "ca_file": fileSetting,
}

// findSetting gives the setting of a key, nil when there is none. A * in a setting
// stands for a name that the operator chooses: hooks.cms.source.
func findSetting(key string) *setting {
	named := key
	if parts := strings.Split(key, "."); len(parts) == 3 && parts[1] != "" {
		named = parts[0] + ".*." + parts[2]
	}
	for i := range settings {
		if settings[i].key == key || settings[i].key == named {
			return &settings[i]
		}
	}
	return nil
}

// named reports whether the setting stands beneath a name of the operator's.
func (s *setting) named() bool { return strings.Contains(s.key, ".*.") }

// variable is the name of a setting in the environment.
func (s *setting) variable() string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// nearestKey gives the key that was most likely meant, "" when none is like it.
func nearestKey(key string, keys []string) string {
	best, distance := "", 3
	if len(key) < 6 {
		distance = 2
	}
	_, name, _ := strings.Cut(key, ".")
	for _, one := range keys {
		for _, like := range []string{one, strings.TrimSuffix(one, "_file")} {
			if d := editDistance(key, like); d < distance {
				best, distance = one, d
			}
		}
		// The right name in another section, or in none.
		if _, oneName, ok := strings.Cut(one, "."); best == "" && ok && (oneName == name || oneName == key) {
			best = one
		}
	}
	return best
}

// editDistance is the number of letters to put in, take out, change, or swap with
// their neighbour (optimal string alignment).
func editDistance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
