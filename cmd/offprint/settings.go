package main

import "strings"

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

// settings lists every key that there is, in the order in which they are shown.
var settings = []setting{
	{"data_dir", fileSetting, "", "folder of what is kept between runs"},

	{"site.name", textSetting, "the page's", "name of the publication, on paper and in letters"},
	{"site.logo", addressSetting, "the page's", "its logo: a file or URL"},
	{"site.hosts", listSetting, "every page", "hosts whose pages are the publication's own"},
	{"site.public_url", textSetting, "none", "address at which readers reach the service"},

	{"print.font_size", textSetting, "medium", "small, medium, large, x-large, xx-large, huge, giant, or points from 8 to 32"},
	{"print.paper", textSetting, "A4", "A4, A5, B5 or Letter"},
	{"print.columns", textSetting, "1", "1 or 2"},
	{"print.lang", textSetting, "the page's", "language as a BCP 47 tag"},
	{"print.images", textSetting, "all", "all, none or gray"},
	{"print.punctuation", textSetting, "auto", "what becomes of folded punctuation: auto, keep or fullwidth"},
	{"print.template", designSetting, "default", "page design: a name, or a folder with a page.json"},
	{"print.logo", addressSetting, "the site's", "logo: a file or URL"},
	{"print.drop", listSetting, "none", "indexes of blocks to leave out"},
	{"print.title", textSetting, "the page's", "words in place of the page's"},
	{"print.author", textSetting, "the page's", "name in place of the page's"},
	{"print.date", textSetting, "the page's", "day in place of the page's"},

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

	{"fetch.allow_hosts", listSetting, "every host", "the only hosts that pages are read from"},
	{"fetch.deny_private", textSetting, "false", "read no private address, whoever names it: true or false"},
}

// serverKeys are the keys of a table of mail.servers.
var serverKeys = map[string]settingKind{
	"host": textSetting, "port": textSetting, "tls": textSetting, "auth": textSetting, "user": textSetting,
	"password_file": secretSetting, "ca_file": fileSetting,
}

// findSetting gives the setting of a key, nil when there is none.
func findSetting(key string) *setting {
	for i := range settings {
		if settings[i].key == key {
			return &settings[i]
		}
	}
	return nil
}

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
